//! The window. `logic` collects finished work, `ui` shows and gathers a wish, `perform` carries it out.

mod action;
mod awaited;
mod bars;
mod blind;
mod command_palette;
mod controls;
mod dialog;
mod editing;
mod flows;
mod folder;
mod jobs;
mod journal;
mod keys;
mod ledger;
mod memo;
mod perform;
mod pool;
mod pooling;
pub mod run;
mod sample;
mod shown_place;
pub mod style;
mod themes;
mod trail;
mod tray;
mod view;
mod work;

use std::path::PathBuf;

use egui::{CentralPanel, Context, Panel, Ui};

use action::Action;
use blind::BlindView;
use command_palette::{CommandPalette, Outcome};
use controls::{FilterBar, Notices, TablePanel};
use dialog::{Answer, Dialog};
use editing::Editing;
use jobs::Job;
use memo::Memo;
use shown_place::ShownPlace;
use style::{Look, Tone};
use trail::Trail;
use tray::Tray;
use view::{Headline, Shown, View, Views};
use work::Work;

pub use controls::paint;
pub use folder::Folder;

use crate::dimension::Dimension;
use crate::place::{History, Place, Screen, read_place};
use crate::store::{Entry, Journal, Recent, Shapes, StoreError};

/// The list of recent places, in the program's folder.
const RECENT: &str = "recent.ron";
/// How files of known shapes are read, in the program's folder.
const SHAPES: &str = "layouts.ron";

/// The program with its window.
pub struct App {
    history: History,
    /// What of it the window draws.
    shown: ShownPlace,
    /// The file the place is saved in; a sample or a new place has none.
    file: Option<PathBuf>,
    look: Look,
    trail: Trail,
    dialog: Option<Dialog>,
    /// The dialog that what goes on was asked for in: it comes back where that fails.
    answered: Option<Dialog>,
    palette: Option<CommandPalette>,
    notices: Notices,
    filter_bar: FilterBar,
    views: Views,
    blind: BlindView,
    /// What is seen, in words, by revision, screen and whether it is hidden who is who.
    headline: Memo<(u64, Screen, bool), Headline>,
    table: TablePanel,
    table_is_open: bool,
    work: Work,
    /// Changes of many lines that are being made elsewhere.
    editing: Editing,
    /// What was read from each file since the place was opened.
    reports: Vec<crate::import::FileReport>,
    /// Where these files are.
    read_files: Vec<PathBuf>,
    /// Files that wait to be added.
    tray: Option<Tray>,
    recent: Recent,
    /// How files were read, so that the next of the same layout asks nothing.
    shapes: Shapes,
    /// Where the list of recent places and the journal are kept; tests keep none.
    folder: Option<PathBuf>,
    journal: Option<Journal>,
    /// The last step on its way to the disk.
    sync: Option<Job<()>>,
    /// Steps that are being written down elsewhere, and those that follow them.
    writing: Option<Job<Result<(), StoreError>>>,
    unwritten: Vec<Entry>,
    context: Context,
    quits: bool,
    /// What was asked for before the place had to be saved.
    afterwards: Option<Action>,
    /// The next place that is opened may take the place of changes that no file holds.
    leaves_changes: bool,
    /// What the window's title says.
    title: String,
}

impl App {
    /// The window with these files open, or the sample place where there are none.
    pub fn new(context: &Context, files: Vec<PathBuf>, folder: Option<PathBuf>) -> Self {
        style::install(context);
        let recent = folder.as_deref().map(|folder| Recent::load(&folder.join(RECENT))).unwrap_or_default();
        let mut app = Self::with_sample(context, recent, folder);
        if let Some(folder) = &app.folder {
            app.shapes = Shapes::load(&folder.join(SHAPES));
        }
        app.offer_recovery();
        app.begin_journal();
        if !files.is_empty() {
            // The sample is for those who bring nothing.
            app.history = History::new(Place::default());
            app.perform(Action::Open(files), context);
        }
        app
    }

    fn with_sample(context: &Context, recent: Recent, folder: Option<PathBuf>) -> Self {
        let place = read_place(sample::SAMPLES[0].text).expect("a test opens every sample");
        Self {
            trail: Trail::new(place.view.screen),
            history: History::new(place),
            shown: ShownPlace::default(),
            file: None,
            look: Look::Light,
            dialog: None,
            answered: None,
            palette: None,
            notices: Notices::default(),
            filter_bar: FilterBar::default(),
            views: Views::default(),
            blind: BlindView::default(),
            headline: Memo::default(),
            table: TablePanel::default(),
            table_is_open: false,
            work: Work::default(),
            editing: Editing::default(),
            shapes: Shapes::default(),
            reports: Vec::new(),
            read_files: Vec::new(),
            tray: None,
            recent,
            folder,
            journal: None,
            sync: None,
            writing: None,
            unwritten: Vec::new(),
            context: context.clone(),
            quits: false,
            afterwards: None,
            leaves_changes: false,
            title: String::new(),
        }
    }

    /// The place that is shown, with its past.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Between frames: takes in finished work and dropped files, and keeps the window from closing on changes.
    pub fn between_frames(&mut self, context: &Context) {
        self.collect_finished_work(context);
        self.go_on_editing();
        self.go_on_noting();
        if let Some(tray) = &mut self.tray {
            tray.go_on(context);
        }
        self.shown.follow(&self.history, context);
        keys::take_dropped_files(self, context);
        keys::guard_closing(self, context);
        keys::keep_title(self, context);
    }

    /// One frame: shows the window and does what was asked for.
    pub fn frame(&mut self, ui: &mut Ui) {
        let action = self.show(ui);
        let context = ui.ctx().clone();
        self.act(action, &context);
    }

    /// Shows the window and returns what was asked for, at most one thing a frame.
    fn show(&mut self, ui: &mut Ui) -> Option<Action> {
        self.shown.follow(&self.history, ui.ctx());
        self.blind.follow(&self.shown);
        let mut action = keys::pressed(ui, self);
        let mut wish = |wished: Option<Action>| {
            if action.is_none() {
                action = wished;
            }
        };
        wish(bars::top_bar_ui(ui, self));
        wish(bars::foot_bar_ui(ui, self));
        wish(self.notices.standing_ui(ui, self.blind.words()));
        if self.table_is_open && self.divided_by().is_some() {
            wish(self.show_table(ui));
        }
        let frame = style::plain_panel_frame(ui);
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| self.show_screen(ui));
        wish(shown.inner);
        wish(self.show_tray(ui));
        keys::drop_hint_ui(ui, self);
        wish(self.show_dialog(ui));
        wish(self.show_palette(ui));
        action
    }

    /// The screen that is shown, and what it shows.
    fn here(&mut self) -> (&mut dyn View, Shown<'_>) {
        let visit = self.trail.here();
        let shown = Shown {
            at: &self.shown,
            look: self.look,
            drill: visit.drill.as_ref(),
            reports: &self.reports,
            can_look_again: !self.read_files.is_empty(),
        };
        (self.views.at(visit.screen), shown)
    }

    fn show_screen(&mut self, ui: &mut Ui) -> Option<Action> {
        if self.shown.place().ledger.is_empty() {
            return bars::empty_place_ui(ui);
        }
        if self.blind.is_on() {
            let mut blind = std::mem::take(&mut self.blind);
            let screen = self.trail.here().screen;
            let (view, shown) = self.here();
            let action = blind::blind_view_ui(ui, &shown, screen, view, &mut blind);
            self.blind = blind;
            return action;
        }
        let (view, shown) = self.here();
        view.show(ui, &shown)
    }

    fn show_table(&mut self, ui: &mut Ui) -> Option<Action> {
        let frame = style::panel_frame(ui);
        // What a wide screen can spare, the names of the table need.
        let width = (ui.available_width() * 0.36).clamp(420.0, 720.0);
        let panel = Panel::right("table behind").frame(frame).default_size(width).size_range(280.0..=900.0);
        panel.show(ui, |ui| self.show_table_behind(ui)).inner
    }

    fn show_table_behind(&mut self, ui: &mut Ui) -> Option<Action> {
        if self.blind.is_on() {
            let by = self.divided_by()?;
            blind::blind_table_ui(ui, self.shown.revision(), &by, &mut self.blind);
            return None;
        }
        let mut table = std::mem::take(&mut self.table);
        let (view, shown) = self.here();
        let action = view.table_ui(ui, &shown, &mut table);
        self.table = table;
        action
    }

    /// What the table behind the screen is divided by; `None` where the screen is a table itself.
    fn divided_by(&mut self) -> Option<Vec<Dimension>> {
        let (view, shown) = self.here();
        view.divided_by(shown.place())
    }

    fn show_dialog(&mut self, ui: &mut Ui) -> Option<Action> {
        let dialog = self.dialog.as_mut()?;
        match dialog.show(ui, &self.recent) {
            Answer::Open => None,
            Answer::Browse => {
                self.work.browse(dialog, ui.ctx());
                None
            }
            Answer::Closed(action) => {
                self.answered = self.dialog.take().filter(|dialog| dialog.has_path() && action.is_some());
                if action.is_none() {
                    self.afterwards = None;
                }
                action
            }
        }
    }

    fn show_palette(&mut self, ui: &mut Ui) -> Option<Action> {
        match self.palette.as_mut()?.show(ui) {
            Outcome::Open => None,
            Outcome::Closed(action) => {
                self.palette = None;
                action
            }
        }
    }

    /// Carries out a wish and lets the next frame show it.
    fn act(&mut self, action: Option<Action>, context: &Context) {
        if let Some(action) = action {
            self.perform(action, context);
            context.request_repaint();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &Context, _frame: &mut eframe::Frame) {
        self.between_frames(context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}

/// How a failure is told.
fn tell_error(notices: &mut Notices, text: impl Into<String>) {
    notices.tell(Tone::Error, text);
}
