//! Somebody who presses anything: keys, clicks, drags and words at random, with undo to the empty place and back. The
//! same seed does the same. Nothing may fail, and what is undone is as it was to the byte.
//!
//! A short walk is part of the suite; `MONKEY_SECONDS=3600` walks on for as long, with seeds of its own.

use std::fs;
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{
    Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, PointerButton, Pos2, TouchPhase, pos2, vec2,
};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::ledger::{Filter, Ledger, Totals};
use shadowpool::place::{read_place, write_place};
use tempfile::TempDir;

use crate::support_memory::{passes_alone, passes_in, resident};
use crate::support_window::{CTRL, Window, folder};

/// Steps of a walk in the suite, and how often it is looked at closely.
const STEPS: u32 = 160;
const LOOKED_AT_EVERY: u32 = 40;

const SPENDING: &str = "Agency,Funder,Theme,Service,Supplier,Stage,Year,Date,Description,Amount\n\
    Council,Council tax,Early years,Nurseries,Acme Ltd,Prevention,2023/24,04/04/2023,Places,300.00\n\
    Council,Council tax,Homes,Housing advice,ACME LIMITED,Early help,2024/25,05/05/2024,Advice,50.25\n\
    Council,Grant,Homes,Repairs,Health Trust,Acute,2024/25,06/05/2024,Repairs,1200.00\n\
    Council,Grant,Ageing well,Home care,Care Co,Acute,2023/24,07/05/2023,Visits,-40.00\n\
    Health Trust,NHS,Early years,Health visitors,Nurses,Prevention,2024/25,08/05/2024,Visits,100.00\n\
    Health Trust,NHS,Ageing well,Wards,Hospital,Acute,2024/25,09/05/2024,Beds,7000000.00\n\
    Police,Home Office,Safety,Patrols,Cars & Co,Prevention,2023/24,10/05/2023,Fuel,999.99\n\
    Police,Home Office,Safety,,,,2024/25,,\u{202e}odd\u{200b},0.01\n";

/// Numbers that come again with their seed (`SplitMix64`).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below(&mut self, count: usize) -> usize {
        (self.next() % count.max(1) as u64) as usize
    }

    fn one_of<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())]
    }
}

/// Keys with what is held; none of them closes the window.
const KEYS: [(Modifiers, Key); 52] = [
    (CTRL, Key::Z),
    (CTRL, Key::Z),
    (CTRL, Key::Y),
    (CTRL, Key::Num1),
    (CTRL, Key::Num2),
    (CTRL, Key::Num3),
    (CTRL, Key::Num4),
    (CTRL, Key::L),
    (CTRL, Key::F),
    (CTRL, Key::H),
    (CTRL, Key::K),
    (CTRL, Key::A),
    (CTRL, Key::S),
    (CTRL, Key::P),
    (CTRL, Key::C),
    (CTRL, Key::O),
    (CTRL, Key::Plus),
    (CTRL, Key::Minus),
    (Modifiers::NONE, Key::P),
    (Modifiers::NONE, Key::P),
    (Modifiers::NONE, Key::Delete),
    (Modifiers::NONE, Key::T),
    (Modifiers::NONE, Key::B),
    (Modifiers::NONE, Key::Num0),
    (Modifiers::NONE, Key::Plus),
    (Modifiers::NONE, Key::Minus),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Enter),
    (Modifiers::NONE, Key::Space),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Escape),
    (Modifiers::NONE, Key::Tab),
    (Modifiers::NONE, Key::Tab),
    (Modifiers::SHIFT, Key::Tab),
    (Modifiers::NONE, Key::ArrowUp),
    (Modifiers::NONE, Key::ArrowDown),
    (Modifiers::NONE, Key::ArrowLeft),
    (Modifiers::NONE, Key::ArrowRight),
    (Modifiers::SHIFT, Key::ArrowDown),
    (Modifiers::ALT, Key::ArrowUp),
    (Modifiers::ALT, Key::ArrowDown),
    (Modifiers::ALT, Key::ArrowLeft),
    (Modifiers::ALT, Key::ArrowRight),
    (Modifiers::NONE, Key::Home),
    (Modifiers::NONE, Key::End),
    (Modifiers::NONE, Key::PageDown),
    (Modifiers::NONE, Key::Backspace),
    (Modifiers::NONE, Key::F1),
    (Modifiers::SHIFT, Key::Questionmark),
    (Modifiers::NONE, Key::Comma),
    (CTRL, Key::B),
];

const WORDS: [&str; 14] = [
    "1.2m",
    "250k",
    "-5%",
    "(500)",
    "Homes",
    "a",
    "\u{202e}",
    "0",
    "100%",
    "é\u{301}\u{301}",
    "2024/25",
    "x y",
    "9e99",
    "*60%",
];

/// Controls that ask the desktop for a file, leave the window, or leave the folder of the walk.
const LEFT_ALONE: [&str; 5] = ["Browse", "Quit", "New place", "Sample", "Choose a file"];

struct Monkey {
    window: Window,
    folder: TempDir,
    chance: Chance,
    done: Vec<String>,
}

impl Monkey {
    fn new(seed: u64) -> Self {
        let folder = folder();
        let path = folder.path().join("spending.csv");
        fs::write(&path, SPENDING).unwrap();
        let mut window = Window::open(&[path]);
        window.wait_until("the file is read", |app| app.history().place().ledger.len() == 8);
        Self { window, folder, chance: Chance(seed), done: Vec::new() }
    }

    fn step(&mut self) {
        match self.chance.below(100) {
            0..36 => self.press_a_key(),
            36..62 => self.press_a_control(),
            62..80 => self.point(),
            80..88 => self.drag(),
            88..93 => self.turn_the_wheel(),
            93..98 => self.type_words(),
            _ => self.drop_files(),
        }
        self.window.harness.step();
        let said = self.window.says("a fault of the program");
        assert!(!said, "a fault, after {:#?}", self.last_done());
        self.all_is_somewhere();
    }

    fn last_done(&self) -> &[String] {
        &self.done[self.done.len().saturating_sub(12)..]
    }

    /// Nothing stands at the end of the world: whoever pointed there would point at no number.
    fn all_is_somewhere(&self) {
        let named = By::new().predicate(|node| node.label().is_some());
        for node in self.window.harness.query_all(named) {
            let at = node.rect();
            let name = node.accesskit_node().label();
            assert!(at.is_finite(), "{name:?} is at {at:?}, after {:#?}", self.last_done());
        }
    }

    /// Where a file would be written elsewhere than in the folder of the walk, nothing is answered.
    fn would_leave_the_folder(&self) -> bool {
        let is_path = By::new().predicate(|node| node.label().as_deref() == Some("Path of the file"));
        let paths = self.window.harness.query_all(is_path).filter_map(|node| node.value());
        let inside = self.folder.path().display().to_string();
        paths.into_iter().any(|path| !path.starts_with(&inside))
    }

    fn press_a_key(&mut self) {
        let (modifiers, key) = self.chance.one_of(&KEYS);
        if key == Key::Enter && self.would_leave_the_folder() {
            return self.press(Modifiers::NONE, Key::Escape);
        }
        self.press(modifiers, key);
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.done.push(format!("{modifiers:?} {key:?}"));
        self.window.harness.key_press_modifiers(modifiers, key);
    }

    fn press_a_control(&mut self) {
        let is_control = By::new().predicate(|node| {
            let role = node.role();
            let is_pressed = matches!(
                role,
                Role::Button
                    | Role::CheckBox
                    | Role::RadioButton
                    | Role::ComboBox
                    | Role::TextInput
                    | Role::Row
            );
            is_pressed && !node.is_disabled() && node.label().is_some()
        });
        let found: Vec<_> = self.window.harness.query_all(is_control).collect();
        if found.is_empty() {
            return;
        }
        let node = &found[self.chance.below(found.len())];
        let name = node.accesskit_node().label().unwrap_or_default();
        let is_left_alone = LEFT_ALONE.iter().any(|left| name.contains(left));
        let answers = ["Save", "Export", "Replace"].iter().any(|word| name.starts_with(word));
        if is_left_alone || answers && self.would_leave_the_folder() {
            return;
        }
        self.done.push(format!("click {name}"));
        node.click();
    }

    fn somewhere(&mut self) -> Pos2 {
        pos2(self.chance.below(1280) as f32, self.chance.below(800) as f32)
    }

    fn point(&mut self) {
        let at = self.somewhere();
        self.done.push(format!("point {at}"));
        self.window.harness.hover_at(at);
        self.window.harness.step();
        let button = match self.chance.below(6) {
            0 => PointerButton::Secondary,
            1..4 => PointerButton::Primary,
            _ => return,
        };
        // Where a file is asked for, a click at random might answer.
        if self.would_leave_the_folder() {
            return;
        }
        let modifiers = self.chance.one_of(&[Modifiers::NONE, Modifiers::NONE, CTRL, Modifiers::SHIFT]);
        for _ in 0..=self.chance.below(2) {
            self.done.push(format!("{button:?} at {at}"));
            self.button(at, button, true, modifiers);
            self.button(at, button, false, modifiers);
        }
    }

    fn button(&mut self, pos: Pos2, button: PointerButton, pressed: bool, modifiers: Modifiers) {
        self.window.harness.event(Event::PointerButton { pos, button, pressed, modifiers });
        self.window.harness.step();
    }

    fn drag(&mut self) {
        if self.would_leave_the_folder() {
            return;
        }
        let (from, to) = (self.somewhere(), self.somewhere());
        self.done.push(format!("drag {from} to {to}"));
        self.window.harness.hover_at(from);
        self.window.harness.step();
        self.button(from, PointerButton::Primary, true, Modifiers::NONE);
        for share in [0.1, 0.5, 1.0] {
            self.window.harness.hover_at(from + (to - from) * share);
            self.window.harness.step();
        }
        // Undo under the hand, now and then.
        if self.chance.below(4) == 0 {
            self.press(CTRL, Key::Z);
        }
        self.button(to, PointerButton::Primary, false, Modifiers::NONE);
    }

    fn turn_the_wheel(&mut self) {
        let at = self.somewhere();
        let delta = vec2(0.0, self.chance.one_of(&[-300.0, -60.0, 60.0, 300.0]));
        let modifiers = self.chance.one_of(&[Modifiers::NONE, CTRL]);
        self.done.push(format!("wheel {delta} at {at}"));
        self.window.harness.hover_at(at);
        let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
        self.window.harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers });
    }

    fn type_words(&mut self) {
        let words = self.chance.one_of(&WORDS);
        self.done.push(format!("type {words:?}"));
        self.window.harness.event(Event::Text(words.to_owned()));
    }

    fn drop_files(&mut self) {
        let name = format!("dropped-{}.csv", self.chance.below(3));
        let path = self.folder.path().join(name);
        fs::write(&path, SPENDING).unwrap();
        self.done.push(format!("drop {}", path.display()));
        self.window.drop_file(&path);
    }

    /// Nothing in the way: dialogs, messages, menus.
    fn step_outwards(&mut self) {
        for _ in 0..12 {
            self.press(Modifiers::NONE, Key::Escape);
            self.window.harness.step();
        }
    }

    /// The place is as a fresh load of it, and undo to the beginning and back leaves it as it is.
    fn look_closely(&mut self) {
        self.step_outwards();
        self.window.settle();
        let before = self.window.app().history().clone();
        let place = before.place();
        if let Ok(fresh) = read_place(&write_place(place)) {
            let sums = |ledger: &Ledger| Totals::of(ledger, &Filter::default(), &place.view.layers);
            assert_eq!(sums(&fresh.ledger).total, sums(&place.ledger).total);
            assert!(sums(&fresh.ledger).rows == sums(&place.ledger).rows, "as a fresh load has it");
        }
        let mut history = before.clone();
        let (state, done) = (write_place(history.place()), history.done());
        while history.undo().is_some() {}
        for _ in 0..done {
            history.redo();
        }
        assert!(write_place(history.place()) == state, "undone to the beginning and done again");
        self.undo_everything_and_back(done);
    }

    /// The same by keys, with whatever the window remembers.
    fn undo_everything_and_back(&mut self, done: usize) {
        let most = done.min(30);
        for _ in 0..most {
            self.press(CTRL, Key::Z);
            self.window.harness.step();
        }
        for key in [Key::P, Key::Delete, Key::Enter, Key::Space, Key::T] {
            self.press(Modifiers::NONE, key);
            self.window.harness.step();
        }
        let said = self.window.says("a fault of the program");
        assert!(!said, "a fault, after {:#?}", self.last_done());
        self.step_outwards();
    }

    /// At rest nothing asks to be drawn again.
    fn comes_to_rest(&mut self) {
        self.step_outwards();
        let frames = (0..600).find(|_| {
            self.window.harness.step();
            !self.window.harness.ctx.has_requested_repaint()
        });
        assert!(frames.is_some(), "it is drawn again and again, after {:#?}", self.done.last());
    }
}

#[expect(clippy::print_stdout, reason = "of a walk that ends badly the seed is told")]
fn walk(seed: u64, steps: u32) {
    // What is saved under a name alone, and what is exported, lies in the folder of the process: one for each walk, so that
    // none finds what another has left.
    let saved = folder();
    std::env::set_current_dir(saved.path()).unwrap();
    println!("the walk of seed {seed}");
    let mut monkey = Monkey::new(seed);
    for step in 1..=steps {
        monkey.step();
        if step % LOOKED_AT_EVERY == 0 {
            monkey.look_closely();
        }
    }
    monkey.comes_to_rest();
    // Some systems remove no folder that a process is in.
    std::env::set_current_dir(std::env::temp_dir()).unwrap();
}

/// The words that a process of walks is told: where it begins, how many steps each has, for how many seconds there are more.
const SEED: &str = "MONKEY_SEED";
const STEPS_OF_EACH: &str = "MONKEY_STEPS";
const SECONDS: &str = "MONKEY_SECONDS";

/// Run alone, by the tests below: whoever presses anything saves somewhere too, and a process has one folder for all its tests.
#[test]
#[ignore = "it changes the folder of its process, and is run in one of its own"]
fn walks_with_nobody_else_about() {
    let told = |name| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    let (mut seed, steps) = (told(SEED).unwrap_or(1), told(STEPS_OF_EACH).unwrap_or(u64::from(STEPS)));
    let (start, end) = (Instant::now(), Duration::from_secs(told(SECONDS).unwrap_or_default()));
    loop {
        walk(seed, u32::try_from(steps).unwrap());
        seed += 1;
        if start.elapsed() >= end {
            return;
        }
    }
}

#[track_caller]
fn walks_alone(seed: u64, steps: u32, seconds: u64) {
    let here = || {
        let entries = fs::read_dir(".").unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension().is_some_and(|ending| ending == "ron")).count()
    };
    let (elsewhere, before) = (folder(), here());
    let told = [(SEED, seed.to_string()), (STEPS_OF_EACH, steps.to_string()), (SECONDS, seconds.to_string())];
    passes_in(elsewhere.path(), "monkey::walks_with_nobody_else_about", &told);
    assert_eq!(here(), before, "nothing is saved where the tests are run");
}

#[test]
fn whoever_presses_anything_finds_nothing_broken() {
    walks_alone(1, STEPS, 0);
}

#[test]
fn whoever_presses_anything_else_finds_nothing_broken_either() {
    walks_alone(2, STEPS, 0);
}

#[test]
fn for_as_long_as_is_asked_for_nothing_is_found_broken() {
    let Some(seconds) = std::env::var(SECONDS).ok().and_then(|text| text.parse().ok()) else {
        return;
    };
    walks_alone(1_000, 400, seconds);
}

/// Turns the wheel over the picture, as somebody does who looks at one node.
fn zoom_in(window: &mut Window, mut each: impl FnMut(&mut Window)) {
    window.harness.hover_at(pos2(640.0, 420.0));
    for _ in 0..60 {
        let (unit, phase, source) = (MouseWheelUnit::Point, TouchPhase::Move, MouseWheelSource::Unknown);
        let (delta, modifiers) = (vec2(0.0, 13.0), CTRL);
        window.harness.event(Event::MouseWheel { unit, delta, phase, source, modifiers });
        window.harness.step();
        window.harness.step();
        each(window);
    }
}

#[test]
fn zooming_makes_no_letters_that_fill_the_memory() {
    let mut window = Window::sample();
    #[expect(clippy::redundant_closure_for_method_calls, reason = "the method is of one lifetime only")]
    let atlas = |window: &Window| window.harness.ctx.fonts(|fonts| fonts.font_image_size());
    let before = atlas(&window);
    zoom_in(&mut window, |_| {});
    let after = atlas(&window);
    // Four bytes each, kept by the toolkit and by the painter: thirty megabytes in all.
    assert!(after[0] * after[1] <= 4 << 20, "{before:?} became {after:?}");
}

/// Run alone, by the test below: the memory of a process is that of all its tests.
#[test]
#[ignore = "it looks at the memory of its process, and is run in one of its own"]
fn a_picture_that_is_zoomed_into_takes_little_more_memory() {
    let mut window = Window::sample();
    window.harness.render().unwrap();
    let before = resident().unwrap();
    let mut most = before;
    zoom_in(&mut window, |window| {
        window.harness.render().unwrap();
        most = most.max(resident().unwrap());
    });
    let more = (most - before) >> 20;
    assert!(more < 60, "{more} MiB more than the {} MiB before", before >> 20);
}

#[test]
fn zooming_into_the_sample_takes_little_more_memory() {
    passes_alone("monkey::a_picture_that_is_zoomed_into_takes_little_more_memory");
}
