//! A window with a person in front of it, for journeys by the names that a screen reader hears.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use egui::accesskit::Role;
use egui::{ColorImage, Key, Modifiers, OutputCommand};
use egui_kittest::Harness;
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::app::{App, style};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::Money;
use shadowpool::painter::Bands;
use shadowpool::place::{Place, write_place};
use tempfile::TempDir;

use crate::support_ledgers::small_place;
use crate::support_renderer::PainterRenderer;

/// A window with a person in front of it.
pub(crate) struct Window {
    pub(crate) harness: Harness<'static, Option<App>>,
    /// What the window put on the clipboard.
    pub(crate) copied: Rc<RefCell<Vec<String>>>,
    /// The pictures that it put there.
    pub(crate) pictures: Rc<RefCell<Vec<ColorImage>>>,
    /// The window was told to close.
    pub(crate) has_closed: Rc<Cell<bool>>,
    /// When the window wants to be drawn again.
    wakes: Receiver<Instant>,
}

thread_local! {
    /// Whether the window is being shown, and not what is around it.
    static IN_FRAME: Cell<bool> = const { Cell::new(false) };
}

/// Nothing that a test waits for takes so long; what has not happened by then never will.
const PATIENCE: Duration = Duration::from_mins(1);

impl Window {
    /// The window with these files open, or the sample. It has no folder, and so remembers nothing.
    pub(crate) fn open(files: &[PathBuf]) -> Self {
        Self::open_in(files, None)
    }

    /// The same, of a program that has a folder of its own.
    pub(crate) fn open_in(files: &[PathBuf], folder: Option<&Path>) -> Self {
        let (files, folder) = (files.to_vec(), folder.map(Path::to_owned));
        let copied = Rc::new(RefCell::new(Vec::new()));
        let pictures = Rc::new(RefCell::new(Vec::new()));
        let (clipboard, gallery) = (Rc::clone(&copied), Rc::clone(&pictures));
        let has_closed = Rc::new(Cell::new(false));
        let closes = Rc::clone(&has_closed);
        let (wake, wakes) = channel();
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, files.clone(), folder.clone()));
            app.between_frames(&context);
            IN_FRAME.set(true);
            app.frame(ui);
            IN_FRAME.set(false);
            let is_closing =
                context.viewport(|viewport| viewport.commands.contains(&egui::ViewportCommand::Close));
            closes.set(closes.get() || is_closing);
            context.output(|output| {
                for command in &output.commands {
                    match command {
                        OutputCommand::CopyText(text) => clipboard.borrow_mut().push(text.clone()),
                        OutputCommand::CopyImage(image) => gallery.borrow_mut().push(image.clone()),
                        _ => {}
                    }
                }
            });
        };
        let harness = Harness::builder()
            .with_size([1280.0, 800.0])
            // The look that the program begins in: letters are painted anew where it changes, and what the first frame
            // painted would still have the old ones.
            .with_theme(egui::Theme::Light)
            .with_context_setup(|context| {
                style::install(context);
                Bands::are_painted_in(context);
                context.set_request_repaint_callback(move |request| {
                    // What is asked for at the end of all time is not asked for.
                    if let Some(due) = Instant::now().checked_add(request.delay) {
                        let _ = wake.send(due);
                    }
                });
            })
            .renderer(PainterRenderer::default())
            .build_ui_state(frame, None);
        let mut window = Self { harness, copied, pictures, has_closed, wakes };
        window.settle();
        window
    }

    pub(crate) fn sample() -> Self {
        Self::open(&[])
    }

    /// The small place, from a file in the folder.
    pub(crate) fn small(folder: &TempDir) -> Self {
        let path = folder.path().join("small.ron");
        fs::write(&path, write_place(&small_place())).unwrap();
        let mut window = Self::open(&[path]);
        window.wait_until("the place is open", |app| app.history().place().name == "Small Town");
        window
    }

    /// The small place, in a file of the folder, with a grant that is ring-fenced: the second line, of Health.
    pub(crate) fn fenced(folder: &TempDir) -> Self {
        let mut place = small_place();
        let mut lines: Vec<SpendLine> = place.ledger.lines().map(|line| line.to_spend_line()).collect();
        lines[1].ringfence = Some("Public health grant".to_owned());
        place.ledger = Arc::new(Ledger::from_lines(&lines, &place.sources, &place.agencies));
        let path = folder.path().join("fenced.ron");
        fs::write(&path, write_place(&place)).unwrap();
        let mut window = Self::open(&[path]);
        window.wait_until("the place is open", |app| app.history().place().name == "Small Town");
        window
    }

    /// Has so many frames fail in the middle: what the window wakes its loop with ends in a fault.
    pub(crate) fn fail(&mut self, times: u32) {
        let left = Arc::new(AtomicU32::new(times));
        self.harness.ctx.set_request_repaint_callback(move |_| {
            let count = |left: u32| left.checked_sub(1).filter(|_| IN_FRAME.get());
            let fails = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, count).is_ok();
            // One in a frame: what is done about it is not to fail as well.
            IN_FRAME.set(IN_FRAME.get() && !fails);
            assert!(!fails, "a fault as any other");
        });
    }

    pub(crate) fn settle(&mut self) {
        self.harness.run_steps(4);
    }

    pub(crate) fn app(&self) -> &App {
        self.harness.state().as_ref().expect("the window has opened")
    }

    pub(crate) fn place(&self) -> &Place {
        self.app().history().place()
    }

    /// Work goes on elsewhere; this waits for it, as a person does.
    pub(crate) fn wait_until(&mut self, what: &str, is_so: impl Fn(&App) -> bool) {
        self.wait(what, |window| is_so(window.app()));
        self.settle();
    }

    pub(crate) fn wait_for(&mut self, words: &str) {
        self.wait(words, |window| window.says(words));
    }

    /// Draws whenever the window asks for it, until something is so.
    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let patience = Instant::now() + PATIENCE;
        while !is_so(self) {
            let is_woken = Instant::now() < patience && self.is_woken_before(patience);
            assert!(is_woken, "waited in vain until {what}: {:#?}", self.names());
            self.harness.step();
        }
    }

    /// Sleeps until the window asks to be drawn, as its loop of events does.
    fn is_woken_before(&self, patience: Instant) -> bool {
        let mut next = patience;
        while let Ok(due) = self.wakes.recv_timeout(next.saturating_duration_since(Instant::now())) {
            next = next.min(due);
        }
        next < patience
    }

    /// Whether these words stand anywhere in the window.
    pub(crate) fn says(&self, words: &str) -> bool {
        let contains = |text: Option<String>| text.is_some_and(|text| text.contains(words));
        self.harness
            .query_all(By::new().predicate(move |node| contains(node.label()) || contains(node.value())))
            .next()
            .is_some()
    }

    pub(crate) fn click(&mut self, name: &str) {
        assert!(self.harness.query_all_by_label(name).next().is_some(), "{name}: not in {:#?}", self.names());
        self.hit(By::new().label(name));
    }

    pub(crate) fn click_role(&mut self, role: Role, name: &str) {
        self.hit(By::new().role(role).label(name));
    }

    /// Brings the one control that is meant into sight, as a hand does, and clicks it.
    pub(crate) fn hit(&mut self, by: By<'_>) {
        self.harness.get(by.clone()).scroll_to_me();
        self.settle();
        self.harness.get(by).click();
        self.settle();
    }

    /// Clicks the first control whose name begins like this.
    pub(crate) fn click_like(&mut self, beginning: &str) {
        let name = self.names_like(beginning).into_iter().next();
        let name = name.unwrap_or_else(|| panic!("nothing is named \"{beginning}…\""));
        self.harness.get_all_by_label(&name).next().expect("it was there").click();
        self.settle();
    }

    /// Presses at one place and moves to another, in steps as a hand does, without letting go.
    pub(crate) fn drag(&mut self, from: egui::Pos2, to: egui::Pos2) {
        self.harness.hover_at(from);
        self.settle();
        self.harness.drag_at(from);
        self.settle();
        for share in [0.2, 0.6, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.settle();
        }
    }

    pub(crate) fn names_like(&self, beginning: &str) -> Vec<String> {
        self.names().into_iter().filter(|name| name.starts_with(beginning)).collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        let named = By::new().predicate(|node| node.label().is_some());
        self.harness.query_all(named).filter_map(|node| node.accesskit_node().label()).collect()
    }

    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types into the field of this name, in place of what stands there.
    pub(crate) fn type_into(&mut self, field: &str, text: &str) {
        self.field(field).focus();
        self.settle();
        self.press(CTRL, Key::A);
        self.field(field).type_text(text);
        self.settle();
        assert_eq!(self.field(field).value().as_deref(), Some(text));
    }

    /// Types into a field of several lines and leaves it.
    pub(crate) fn type_into_lines(&mut self, field: &str, text: &str) {
        let is_named = || By::new().predicate(move |node| node.label().as_deref() == Some(field));
        let lines = |window: &Self| {
            let is_field = |role| matches!(role, Role::MultilineTextInput | Role::TextInput);
            let all: Vec<_> = window.harness.query_all(is_named()).collect();
            let at = all.iter().position(|node| is_field(node.accesskit_node().role()));
            at.unwrap_or_else(|| panic!("{field}: not in {:#?}", window.names()))
        };
        let at = lines(self);
        self.harness.query_all(is_named()).nth(at).expect("it is there").focus();
        self.settle();
        self.press(CTRL, Key::A);
        self.harness.query_all(is_named()).nth(at).expect("it is there").type_text(text);
        self.settle();
        self.press(Modifiers::NONE, Key::Tab);
    }

    /// The text field of this name, or of this hint while it is empty.
    pub(crate) fn field<'a>(&'a self, name: &'a str) -> egui_kittest::Node<'a> {
        let is_named = By::new()
            .role(Role::TextInput)
            .predicate(move |node| node.label().as_deref() == Some(name) || node.placeholder() == Some(name));
        self.harness.get(is_named)
    }

    pub(crate) fn drop_file(&mut self, path: &Path) {
        self.harness.input_mut().dropped_files.push(Arc::new(Dropped(path.to_owned())));
        self.harness.step();
    }

    /// Drops files and adds them as the tray understood them, with one Enter.
    pub(crate) fn add_files(&mut self, paths: &[&Path]) {
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped((*path).to_owned())));
        }
        self.harness.step();
        self.wait_for(&format!("Add {} file", paths.len()));
        self.settle();
        self.press(Modifiers::NONE, Key::Enter);
    }

    pub(crate) fn total(&self, filter: &Filter) -> Money {
        Totals::of(&self.place().ledger, filter, &[]).total
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

pub(crate) const CTRL: Modifiers = Modifiers::COMMAND;

pub(crate) fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder for a moment")
}

/// The name of what has the keyboard, where something has.
pub(crate) fn has_keyboard(window: &Window) -> Option<String> {
    let focused = By::new().predicate(|node| node.is_focused() && node.label().is_some());
    window.harness.query_all(focused).last()?.accesskit_node().label()
}
