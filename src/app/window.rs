//! The program with its window: all that it holds.

use std::path::PathBuf;

use egui::Context;

use super::action::Action;
use super::big_room::BigRoom;
use super::blind::BlindView;
use super::capturing::CapturedNote;
use super::command_palette::CommandPalette;
use super::controls::{FilterBar, Notices, TablePanel};
use super::dialog::Dialog;
use super::editing::Editing;
use super::headline::Headline;
use super::memo::Memo;
use super::presentation::Presenting;
use super::recovery::{BringingBack, Keeping, Offer};
use super::save_request::{HeldFile, Then};
use super::screens::Views;
use super::shown_place::ShownPlace;
use super::style::{Look, Tone};
use super::trail::Trail;
use super::tray::Tray;
use super::view::{Shown, View};
use super::who_pays::WhoPays;
use super::work::Work;
use super::{sample, style};
use crate::dimension::Dimension;
use crate::place::{History, Place, read_place};
use crate::store::{Known, Recent, Shapes};

/// The list of recent places, in the program's folder.
pub(super) const RECENT: &str = "recent.ron";
/// How files of known shapes are read, in the program's folder.
pub(super) const SHAPES: &str = "layouts.ron";

/// The program with its window.
pub struct App {
    pub(super) history: History,
    /// What of it the window draws.
    pub(super) shown: ShownPlace,
    /// The file the place is saved in; a sample or a new place has none.
    pub(super) file: Option<PathBuf>,
    pub(super) look: Look,
    pub(super) trail: Trail,
    pub(super) dialog: Option<Dialog>,
    /// The dialog that what goes on was asked for in: it comes back where that fails.
    pub(super) answered: Option<Dialog>,
    pub(super) palette: Option<CommandPalette>,
    pub(super) notices: Notices,
    pub(super) filter_bar: FilterBar,
    pub(super) views: Views,
    pub(super) blind: BlindView,
    pub(super) big_room: BigRoom,
    /// The story that is shown to people in place of the window.
    pub(super) presenting: Option<Box<Presenting>>,
    /// The scene that was shown to them last, by its name.
    pub(super) presented_last: Option<String>,
    /// The scene that was captured last, while its caption is asked for.
    pub(super) captured: Option<CapturedNote>,
    pub(super) headline: Memo<HeadlineKey, Headline>,
    pub(super) table: TablePanel,
    pub(super) table_is_open: bool,
    pub(super) history_is_open: bool,
    pub(super) who_pays: WhoPays,
    /// How many steps are known to be given up.
    pub(super) told_given_up: usize,
    pub(super) work: Work,
    /// Changes of many lines that are being made elsewhere.
    pub(super) editing: Editing,
    /// What was read from each file since the place was opened.
    pub(super) reports: Vec<crate::import::FileReport>,
    /// Where these files are.
    pub(super) read_files: Vec<PathBuf>,
    /// Files that wait to be added.
    pub(super) tray: Option<Tray>,
    pub(super) recent: Recent,
    /// How files were read, so that the next of the same layout asks nothing.
    pub(super) shapes: Shapes,
    /// Where the list of recent places and the journal are kept; tests keep none.
    pub(super) folder: Option<PathBuf>,
    pub(super) keeping: Keeping,
    /// What other windows left behind.
    pub(super) bringing_back: BringingBack,
    pub(super) offer: Option<Offer>,
    pub(super) context: Context,
    pub(super) quits: bool,
    /// How many frames have failed one after the other, through faults of the program, and whether work between them did.
    pub(super) falls: u32,
    pub(super) fell_between: bool,
    /// What is known of the file, and the hold on it.
    pub(super) held: HeldFile,
    /// How many places have been shown: what was saved of one is not said of another.
    pub(super) place_number: u64,
    /// A save that waits for the one that is going on.
    pub(super) waiting_save: Option<(PathBuf, Known, Then)>,
    /// How the window closes once everything is written.
    pub(super) closing: Option<Box<Action>>,
    /// What the window's title says.
    pub(super) title: String,
}

/// What the sentence is of: the revision, the visit, whether it is hidden who is who, what is looked at more closely.
pub(super) type HeadlineKey = (u64, u64, bool, Option<(u64, u64)>);

impl App {
    /// The window with these files open, or the sample place where there are none.
    pub fn new(context: &Context, files: Vec<PathBuf>, folder: Option<PathBuf>) -> Self {
        style::install(context);
        let recent = folder.as_deref().map(|folder| Recent::load(&folder.join(RECENT))).unwrap_or_default();
        let mut app = Self::with_sample(context, recent, folder);
        if let Some(folder) = &app.folder {
            app.shapes = Shapes::load(&folder.join(SHAPES));
        }
        if !files.is_empty() {
            // The sample is for those who bring nothing.
            app.history = History::new(Place::default());
            app.perform(Action::open(files), context);
        }
        app.begin_journal();
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
            big_room: BigRoom::default(),
            presenting: None,
            presented_last: None,
            captured: None,
            headline: Memo::default(),
            table: TablePanel::default(),
            table_is_open: false,
            history_is_open: false,
            who_pays: WhoPays::default(),
            told_given_up: 0,
            work: Work::default(),
            editing: Editing::default(),
            shapes: Shapes::default(),
            reports: Vec::new(),
            read_files: Vec::new(),
            tray: None,
            recent,
            keeping: Keeping::start(folder.as_deref(), context),
            bringing_back: BringingBack::default(),
            offer: None,
            folder,
            context: context.clone(),
            quits: false,
            falls: 0,
            fell_between: false,
            held: HeldFile::default(),
            place_number: 0,
            waiting_save: None,
            closing: None,
            title: String::new(),
        }
    }

    /// The place that is shown, with its past.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The screen that is shown, and what it shows; none where there is not a line to show: no screen is asked then, and
    /// what it remembers of another place is of no use.
    pub(super) fn here(&mut self) -> Option<(&mut dyn View, Shown<'_>)> {
        if self.shown.place().ledger.is_empty() {
            return None;
        }
        let visit = self.trail.here();
        let shown = Shown {
            at: &self.shown,
            look: self.look,
            drill: visit.drill.as_ref(),
            reports: &self.reports,
            can_look_again: !self.read_files.is_empty(),
        };
        Some((self.views.at(visit.screen), shown))
    }

    /// What the table behind the screen is divided by; `None` where the screen is a table itself.
    pub(super) fn divided_by(&mut self) -> Option<Vec<Dimension>> {
        let (view, shown) = self.here()?;
        view.divided_by(shown.place())
    }
}

/// How a failure is told.
pub(super) fn tell_error(notices: &mut Notices, text: impl Into<String>) {
    notices.tell(Tone::Error, text);
}
