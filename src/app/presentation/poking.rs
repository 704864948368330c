//! What whoever presents tries in a scene: picks, lines, filters, an amount that is being typed.

use std::sync::Arc;

use super::keys::Press;
use super::screen::Presenting;
use super::stage::SceneKey;
use crate::figure::MarkId;
use crate::ledger::Keep;
use crate::place::Place;
use crate::scene::{Poke, PresentedScene, SceneOptions};

/// A scene that is poked at, and what the pointer is over.
pub(in crate::app) struct Poking {
    pub(in crate::app) poke: Poke,
    /// The amount that is being typed.
    pub(super) typed: Option<String>,
    pub(super) hovered: Option<MarkId>,
    pub(super) picked: Option<MarkId>,
    /// Another number after each change of it.
    change: u64,
    drawn: Option<((u64, SceneKey), Arc<PresentedScene>)>,
}

/// No amount of money has so many letters.
const MOST_LETTERS: usize = 40;

impl Poking {
    fn new(poke: Poke) -> Self {
        Self { poke, typed: None, hovered: None, picked: None, change: 0, drawn: None }
    }

    pub(super) fn has_picked(&self) -> bool {
        self.picked.is_some()
    }

    /// What is seen of it.
    pub(super) fn drawn(&mut self, key: SceneKey, options: SceneOptions) -> Arc<PresentedScene> {
        let key = (self.change, key);
        if let Some((_, drawn)) = self.drawn.as_ref().filter(|(known, _)| *known == key) {
            return Arc::clone(drawn);
        }
        let drawn = Arc::new(self.poke.picture(options));
        self.drawn = Some((key, Arc::clone(&drawn)));
        drawn
    }

    fn is_nothing(&self) -> bool {
        self.poke.is_nothing() && self.typed.is_none()
    }
}

impl Presenting {
    fn poking(&mut self, place: &Place) -> &mut Poking {
        let scene = self.scene(place);
        self.poking.get_or_insert_with(|| Poking::new(Poke::at(place, scene)))
    }

    /// What the pointer is over, for the zoom.
    pub(super) fn note_hovered(&mut self, mark: Option<MarkId>, place: &Place) {
        if mark.is_some() || self.poking.is_some() {
            self.poking(place).hovered = mark;
        }
    }

    /// Something is picked: its share is said first.
    pub(super) fn pick(&mut self, mark: MarkId, place: &Place) {
        self.refused = None;
        let Some(figure) = self.figure().cloned() else { return };
        let poking = self.poking(place);
        if poking.poke.shows_lines() {
            return;
        }
        poking.poke.pick(&figure, mark);
        poking.picked = if poking.picked == Some(mark) { None } else { Some(mark) };
        poking.change += 1;
        self.follow_poke();
    }

    /// Whether Enter asks for lines: what it does else is to go on.
    pub(super) fn is_enter_for_lines(&self) -> bool {
        let has_picked = self.poking.as_ref().is_some_and(Poking::has_picked);
        has_picked && self.at.cover().is_none() && self.at.said().is_none()
    }

    pub(super) fn show_lines(&mut self) {
        let Some(poking) = &mut self.poking else { return };
        match poking.poke.show_lines() {
            Ok(()) => poking.change += 1,
            Err(why) => self.refused = Some(why),
        }
    }

    /// Leads from the lines back to what they are of; false where none are shown.
    pub(super) fn hides_lines(&mut self) -> bool {
        let Some(poking) = self.poking.as_mut().filter(|poking| poking.poke.shows_lines()) else {
            return false;
        };
        poking.poke.hide_lines();
        poking.change += 1;
        true
    }

    /// Does what is pressed to try something.
    pub(super) fn poke_by(&mut self, press: Press, place: &Place) {
        let poking = self.poking(place);
        let done = match press {
            Press::Letters(letters) => {
                let typed = poking.typed.get_or_insert_default();
                typed.extend(letters.chars().filter(|letter| !letter.is_control()));
                // Cut between letters: an amount has none of more than a byte but its sign.
                *typed = typed.chars().take(MOST_LETTERS).collect();
                Ok(())
            }
            Press::Erase => {
                let is_empty =
                    poking.typed.as_mut().is_some_and(|typed| typed.pop().is_none() || typed.is_empty());
                if is_empty {
                    poking.typed = None;
                }
                Ok(())
            }
            Press::StopTyping => {
                poking.typed = None;
                Ok(())
            }
            Press::Try => {
                let typed = poking.typed.take().unwrap_or_default();
                poking.poke.put_in(&typed)
            }
            Press::Only => poking.poke.filter(Keep::Only).map(|()| poking.picked = None),
            Press::Without => poking.poke.filter(Keep::Without).map(|()| poking.picked = None),
            _ => Ok(()),
        };
        poking.change += 1;
        if let Err(why) = done {
            self.refused = Some(why);
        }
        self.follow_poke();
    }

    /// The next key leads back where the scene is not as it was.
    fn follow_poke(&mut self) {
        if self.poking.as_ref().is_some_and(|poking| !poking.is_nothing()) {
            self.at.poke();
        } else {
            self.at.return_to_scene();
        }
    }
}
