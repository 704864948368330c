//! The window's longest stalls while a large file is read and added, while rules, names and pairs are decided over all
//! of its lines, and how soon each stops when it is cancelled.
//!
//! `cargo bench --bench stalls -- FILE` takes a file of spending; without one, a million lines are made up. A stall is
//! the time from the beginning of `between_frames` to the end of `frame`; a screen of 60 frames a second leaves 16.7 ms.

#![expect(clippy::print_stdout, reason = "it tells what it has measured")]

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, Queryable as _};
use shadowpool::app::{App, style};

fn main() {
    let asked: Option<PathBuf> =
        std::env::args().skip(1).find(|argument| !argument.starts_with('-')).map(PathBuf::from);
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let file = asked.unwrap_or_else(|| made_up(folder.path(), 1_000_000));
    let mut window = Window::open(folder.path());
    println!("{}", file.display());
    println!("{:<44} {:>10} {:>12} {:>12}", "", "wall", "longest", "2nd longest");

    // Reading, stopped and begun again.
    window.drop_file(&file);
    window.frames_for(Duration::from_millis(100));
    window.step("read a part");
    let began = Instant::now();
    window.press(Key::Escape);
    window.until_enabled("Try again");
    println!("cancelled while reading, after {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
    window.step("cancel reading");
    window.click("Try again");
    window.until_enabled("Add 1 file");
    window.step("read");

    window.press(Key::Enter);
    window.until_state("it is added", |app| app.history().place().ledger.len() > 100_000);
    window.frames_for(Duration::from_millis(1500));
    window.step("add, and the picture");
    window.drop_file(&file);
    window.until_enabled("Add 1 file");
    window.step("read the same again, and compare");
    let before = window.app().history().revision();
    window.press(Key::Enter);
    let began = Instant::now();
    window.press(Key::Escape);
    if window.app().history().revision() == before {
        println!("cancelled while adding, after {:.1} ms", began.elapsed().as_secs_f64() * 1000.0);
        window.until_enabled("Add 1 file");
        window.step("add, cancelled: it lies in the tray again");
        window.press(Key::Enter);
    } else {
        println!("added before it could be cancelled");
    }
    window.until_state("it is added", |app| app.history().revision() > before);
    window.frames_for(Duration::from_millis(1500));
    window.step("add it in the place of the other");

    for (screen, key) in [("themes", Key::Num2), ("pool", Key::Num3), ("ledger", Key::Num4)] {
        window.press_with(Modifiers::COMMAND, key);
        window.frames_for(Duration::from_millis(800));
        window.step(&format!("look at {screen}"));
    }
    for sheet in
        ["Rejects", "Problems", "Control totals", "Sources", "Theme rules", "Names", "Counted once", "Audit"]
    {
        window.click_like(sheet);
        window.frames_for(Duration::from_millis(2500));
        window.step(&format!("look at {sheet}"));
    }
    window.click_like("Theme rules");
    window.frames_for(Duration::from_millis(100));
    window.step("");
    let before = window.app().history().revision();
    window.click("Standard rules");
    window.until_state("the rules are applied", |app| app.history().revision() > before);
    window.frames_for(Duration::from_millis(2500));
    window.step("standard rules, applied to all lines");
    window.press_with(Modifiers::COMMAND, Key::Z);
    window.frames_for(Duration::from_millis(2500));
    window.step("undo");
    window.click_like("Names");
    window.frames_for(Duration::from_millis(2500));
    window.step("");
    if window.names().iter().any(|name| name.starts_with("One name: ")) {
        let before = window.app().history().revision();
        window.click_like("One name: ");
        window.until_state("the names are one", |app| app.history().revision() > before);
        window.frames_for(Duration::from_millis(2500));
        window.step("one name of two");
    }
    window.press_with(Modifiers::COMMAND, Key::Num1);
    window.frames_for(Duration::from_millis(1500));
    window.step("look at the flows");
}

/// A file of so many lines of spending, of many suppliers.
fn made_up(folder: &Path, lines: u32) -> PathBuf {
    let path = folder.join("made-up.csv");
    let mut text =
        "Body Name,Funding,Service Area,Supplier Name,Payment Date,Description,Net Amount\n".to_owned();
    let mut file = fs::File::create(&path).expect("the file can be made");
    for line in 0..lines {
        let mixed = line.wrapping_mul(2_654_435_761) >> 8;
        let (day, month) = (mixed % 28 + 1, mixed / 28 % 12 + 1);
        writeln!(
            text,
            "Agency {},Fund {},Service {},Supplier {} Ltd,{day:02}/{month:02}/{},Order {},{}.{:02}",
            mixed % 14,
            mixed / 14 % 6,
            mixed / 7 % 90,
            mixed % 60_000,
            2015 + mixed / 336 % 10,
            mixed % 500_000,
            mixed % 40_000,
            mixed % 100,
        )
        .expect("a text grows");
        if text.len() > 1 << 20 {
            file.write_all(text.as_bytes()).expect("the file can be written");
            text.clear();
        }
    }
    file.write_all(text.as_bytes()).expect("the file can be written");
    path
}

struct Window {
    harness: Harness<'static, Option<App>>,
    /// How long each frame took since the last step was told.
    frames: Rc<RefCell<Vec<Duration>>>,
    began: Instant,
}

impl Window {
    fn open(folder: &Path) -> Self {
        let frames = Rc::new(RefCell::new(Vec::new()));
        let (taken, folder) = (Rc::clone(&frames), folder.to_owned());
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, Vec::new(), Some(folder.clone())));
            let began = Instant::now();
            app.between_frames(&context);
            app.frame(ui);
            taken.borrow_mut().push(began.elapsed());
        };
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            .with_context_setup(style::install)
            .build_ui_state(frame, None);
        let mut window = Self { harness, frames, began: Instant::now() };
        window.frames_for(Duration::from_millis(800));
        window.frames.borrow_mut().clear();
        window.began = Instant::now();
        window
    }

    fn app(&self) -> &App {
        self.harness.state().as_ref().expect("the window has opened")
    }

    fn frames_for(&mut self, time: Duration) {
        let began = Instant::now();
        while began.elapsed() < time {
            self.harness.step();
            std::thread::sleep(Duration::from_millis(4));
        }
    }

    fn until_state(&mut self, what: &str, is_so: impl Fn(&App) -> bool) {
        let began = Instant::now();
        while !is_so(self.app()) {
            assert!(began.elapsed() < Duration::from_mins(2), "waited in vain until {what}");
            self.frames_for(Duration::from_millis(4));
        }
    }

    fn until_enabled(&mut self, name: &str) {
        let began = Instant::now();
        let is_it = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            node.label().is_some_and(|label| label.starts_with(name)) && !node.is_disabled()
        };
        while self.harness.query_all(By::new().predicate(is_it)).next().is_none() {
            assert!(began.elapsed() < Duration::from_mins(2), "waited in vain for {name}");
            self.frames_for(Duration::from_millis(4));
        }
    }

    fn names(&self) -> Vec<String> {
        let named = By::new().predicate(|node| node.label().is_some());
        self.harness
            .query_all(named)
            .filter_map(|node| egui_kittest::kittest::NodeT::accesskit_node(&node).label())
            .collect()
    }

    fn click(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.step();
        self.harness.step();
    }

    fn click_like(&mut self, beginning: &str) {
        let name = self.names().into_iter().find(|name| name.starts_with(beginning));
        let name = name.unwrap_or_else(|| panic!("nothing is named {beginning}: {:?}", self.names()));
        self.harness.get_all_by_label(&name).next().expect("it was there").click();
        self.harness.step();
        self.harness.step();
    }

    fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.harness.step();
    }

    fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.harness.step();
    }

    /// Tells the longest frames since the last step.
    fn step(&mut self, what: &str) {
        let mut frames = std::mem::take(&mut *self.frames.borrow_mut());
        frames.sort_unstable_by(|a, b| b.cmp(a));
        let ms = |at: usize| frames.get(at).map_or(0.0, |frame| frame.as_secs_f64() * 1000.0);
        if !what.is_empty() {
            let wall = self.began.elapsed().as_secs_f64();
            println!("{what:<44} {wall:>8.2} s {:>9.1} ms {:>9.1} ms", ms(0), ms(1));
        }
        self.began = Instant::now();
    }
}

#[derive(Debug)]
struct Dropped(PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        fs::read(&self.0).map_err(|error| error.to_string())
    }
}
