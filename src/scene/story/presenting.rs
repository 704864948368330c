//! Where whoever presents a story is, and what a key of a keyboard or a clicker does there. It knows nothing of pictures: the
//! window tells it what was pressed, and it says what is to be shown.

/// What whoever presents asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    Next,
    Back,
    First,
    Last,
    /// A figure of the number of a scene.
    Digit(u8),
    /// Goes to the scene whose number was typed, or else on.
    Enter,
    Cover(Cover),
    /// Gives up the innermost thing; in the end the presentation.
    StepOut,
    Leave,
}

/// What hides the picture while people are to look at one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cover {
    Black,
    White,
}

/// What comes of a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterCue {
    /// Nothing but what is said at the foot.
    Stays,
    /// Another scene is shown.
    Goes,
    /// The scene is shown again as it was before it was poked at.
    Returns,
    /// The picture is covered, or seen again.
    Covers,
    Leaves,
}

/// A story in front of people: the scene that is shown, what covers it, whether it was poked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    scene: usize,
    count: usize,
    cover: Option<Cover>,
    is_poked: bool,
    digits: String,
    /// A number that no scene has, to be said until the next cue.
    no_such: Option<String>,
}

/// No story has so many scenes that a number of them is longer.
const MOST_DIGITS: usize = 4;

impl Presentation {
    /// Begins at a scene, counted from 0, of so many; none where there is no scene.
    pub fn begin(count: usize, scene: usize) -> Option<Self> {
        let scene = scene.min(count.checked_sub(1)?);
        Some(Self { scene, count, cover: None, is_poked: false, digits: String::new(), no_such: None })
    }

    /// The scene that is shown, counted from 0.
    pub const fn scene(&self) -> usize {
        self.scene
    }

    pub const fn cover(&self) -> Option<Cover> {
        self.cover
    }

    pub const fn is_poked(&self) -> bool {
        self.is_poked
    }

    /// Something of the scene is looked at, or tried: the next cue takes that back and goes no further.
    pub fn poke(&mut self) {
        self.is_poked = true;
        self.digits.clear();
        self.no_such = None;
    }

    /// The scene is as it was.
    pub fn return_to_scene(&mut self) {
        self.is_poked = false;
    }

    /// The scenes are so many now.
    ///
    /// False where none is left to be shown.
    pub fn follow(&mut self, count: usize) -> bool {
        self.count = count;
        self.scene = self.scene.min(count.saturating_sub(1));
        count > 0
    }

    /// "3/6"
    pub fn position(&self) -> String {
        format!("{}/{}", self.scene + 1, self.count)
    }

    /// What is being typed, or was and leads nowhere: "Scene 12…", "There is no scene 9".
    pub fn said(&self) -> Option<String> {
        if !self.digits.is_empty() {
            return Some(format!("Scene {}\u{2026}", self.digits));
        }
        self.no_such.as_ref().map(|number| format!("There is no scene {number}"))
    }

    pub fn cue(&mut self, cue: Cue) -> AfterCue {
        self.no_such = None;
        let typed = match cue {
            Cue::Digit(_) | Cue::Enter => String::new(),
            _ => std::mem::take(&mut self.digits),
        };
        match cue {
            Cue::Digit(digit) => {
                if self.digits.len() < MOST_DIGITS {
                    self.digits.push(char::from(b'0' + digit.min(9)));
                }
                AfterCue::Stays
            }
            Cue::Enter if !self.digits.is_empty() => self.go_to_typed(),
            // Whichever key hides the picture, any of them brings it back, and goes nowhere.
            Cue::Cover(_) | Cue::Next | Cue::Back | Cue::Enter if self.cover.is_some() => {
                self.cover = None;
                AfterCue::Covers
            }
            Cue::Cover(cover) => {
                self.cover = Some(cover);
                AfterCue::Covers
            }
            Cue::Next | Cue::Back | Cue::Enter if self.is_poked => {
                self.is_poked = false;
                AfterCue::Returns
            }
            Cue::Next | Cue::Enter => self.go((self.scene + 1).min(self.count - 1)),
            Cue::Back => self.go(self.scene.saturating_sub(1)),
            Cue::First => self.go(0),
            Cue::Last => self.go(self.count - 1),
            Cue::StepOut if !typed.is_empty() => AfterCue::Stays,
            Cue::StepOut if self.is_poked => {
                self.is_poked = false;
                AfterCue::Returns
            }
            Cue::StepOut | Cue::Leave => AfterCue::Leaves,
        }
    }

    fn go_to_typed(&mut self) -> AfterCue {
        let typed = std::mem::take(&mut self.digits);
        match typed.parse::<usize>() {
            Ok(number) if (1..=self.count).contains(&number) => self.go(number - 1),
            _ => {
                self.no_such = Some(typed);
                AfterCue::Stays
            }
        }
    }

    fn go(&mut self, scene: usize) -> AfterCue {
        let was = (self.scene, self.cover.take(), std::mem::take(&mut self.is_poked));
        self.scene = scene;
        match was {
            (former, ..) if former != scene => AfterCue::Goes,
            (_, _, true) => AfterCue::Returns,
            (_, Some(_), _) => AfterCue::Covers,
            _ => AfterCue::Stays,
        }
    }
}
