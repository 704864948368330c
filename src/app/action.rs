//! All that a screen may ask for.

use std::path::PathBuf;
use std::sync::Arc;

use super::opening::{OpenRequest, OpenWay};
use super::save_request::{Meanwhile, Then};
use super::style::Look;
use super::version_list::VersionWish;
use crate::export::{Paper, StoryFile};
use crate::ledger::{Filter, LineId, OfLedger};
use crate::place::{Command, Comparison, Place, Screen};
use crate::pool;
use crate::store::{ComesBack, LeftBehind};

/// All that a screen may ask for. [`Command`] is what can be undone; the rest shows, opens and saves.
#[derive(Clone, Debug)]
pub(super) enum Action {
    Edit(Command),
    /// Gives lines of the shown place a theme by hand, with the reason where one was typed.
    GiveTheme(OfLedger<Vec<LineId>>, String, String),
    /// Leaves lines out of the total, for a reason.
    LeaveOut(OfLedger<Vec<LineId>>, String),
    Undo,
    Redo,
    /// Undoes or redoes until so many steps are done.
    GoToStep(usize),
    ToggleHistory,
    /// Lists what two or more agencies spend on.
    ToggleWhoPays,
    New,
    /// Asks for files to open.
    OpenDialog,
    Open(OpenRequest),
    /// Opens places, and puts files of spending into the tray.
    Bring(Vec<PathBuf>),
    /// Cells from a spreadsheet into the tray.
    Paste(String),
    /// Adds what lies in the tray to the place.
    AddTray,
    CloseTray,
    /// Shows the files again that wait to be added.
    ShowWaiting,
    /// How the files of the place were read, in the tray.
    LookAgain,
    OpenSample(usize),
    Save,
    SaveAs,
    /// Saves under a name, and then does what was asked for.
    SaveTo(PathBuf, Then),
    /// The same where a file of that name may be replaced.
    SaveOver(PathBuf, Then),
    /// Asks for a name beside the file's own.
    SaveCopy,
    /// Saves first, then does what was asked for.
    SaveAnd(Box<Action>),
    /// Does what was asked for without the changes.
    Discard(Box<Action>),
    /// What is done about a file that somebody else has saved meanwhile.
    TakeTheirs(Arc<Meanwhile>),
    MergeTheirs(Arc<Meanwhile>),
    SaveOverTheirs(Arc<Meanwhile>),
    /// The earlier versions of the place's file.
    ShowVersions,
    OfVersion(VersionWish),
    /// A place that is in no file of its own.
    ShowCopy(Arc<Place>),
    Quit,
    Show(Screen),
    /// The lines behind something, under a title that says what.
    Drill(String, Filter),
    /// The same in what the shown place is compared with.
    DrillBefore(String, Filter),
    /// The rules that give lines their themes, and the work that is left.
    ThemeRules,
    /// The rows of files that could not be read, to be mended or left out.
    ShowRejects,
    /// What agencies of the place pay each other, pair by pair.
    ShowCountedOnce,
    Back,
    Forward,
    ToggleTable,
    OpenTable,
    CopyTable,
    CopyPicture,
    /// The picture in words to the clipboard, for those who do not see it.
    CopyWords,
    Export(Picture),
    ExportTo(Picture, PathBuf),
    ExportOver(Picture, PathBuf),
    Palette,
    Help,
    SetLook(Look),
    NextLook,
    ZoomIn,
    ZoomOut,
    Fit,
    /// The window on all of the screen, or as it was.
    FullScreen,
    /// One picture for a hall in all of the window, and all of the screen for it.
    ToggleBigRoom,
    /// Shows the story to people: from its first scene, or from the one that is chosen.
    Present,
    PresentFromHere,
    /// Pictures change at once, or move from one to the next.
    ToggleMotion,
    Larger,
    Smaller,
    /// Asks what the copy of a scenario is to be called.
    AskToDuplicate(String),
    /// A scenario like another, under a name of its own.
    Duplicate {
        name: String,
        copy: String,
    },
    /// Shows in the flows the pool alone where the whole place is shown, and the whole place where the pool is.
    TogglePoolScope,
    /// Compares the shown scenario where that is seen.
    CompareWith(Comparison),
    /// Puts what is chosen, pinned or pointed at into the pool, or takes it out.
    PutPointedInPool,
    TakePointedOutOfPool,
    /// Puts lines into the pool, under a title that says what they are.
    PutInPool(Filter, String, pool::PoolingTerms),
    /// The same for lines that were picked.
    PutLinesInPool(OfLedger<Vec<LineId>>, pool::PoolingTerms),
    TakeOutOfPool(Filter, String),
    TakeLinesOutOfPool(OfLedger<Vec<LineId>>),
    /// Aligns lines of the pool that were picked.
    AlignLinesInPool(OfLedger<Vec<LineId>>),
    /// Aligns what is ring-fenced of lines that are in the pool.
    AlignInPool(Filter, String),
    /// Partners as letters and amounts as shares, or as they are.
    ToggleBlind,
    /// Hides amounts, makes them shares, shows them, in turn.
    NextMask,
    /// Shows themes in £ for each person.
    ShowPerHead,
    /// What is shown as a scene of the story.
    CaptureView,
    /// Looks at the place as the scene of a name does.
    OpenScene(String),
    /// What was looked at last, in the scene of a name.
    RetakeScene(String),
    RemoveScene(String),
    ClearFilter,
    FocusSearch,
    Cancel,
    /// Lists what was left behind by windows that did not close in good order.
    ShowLeftBehind,
    BringBack(Box<LeftBehind>, ComesBack),
    /// Shows what was brought back.
    ShowBroughtBack,
    ThrowAway(Box<LeftBehind>),
    Copy(String),
}

impl Action {
    /// Opens files for editing.
    pub(super) fn open(files: Vec<PathBuf>) -> Self {
        Self::Open(OpenRequest { files, way: OpenWay::Edit, leaves_changes: false })
    }

    /// Whether it is about what is pointed at.
    pub(super) const fn is_of_what_is_pointed_at(&self) -> bool {
        matches!(self, Self::PutPointedInPool | Self::TakePointedOutOfPool)
    }
}

impl From<Command> for Action {
    fn from(command: Command) -> Self {
        Self::Edit(command)
    }
}

/// What a picture or table can be exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Picture {
    Svg,
    Png(PngSize),
    Pdf(Paper),
    Xlsx,
    Csv,
    /// The rows that could not be read, as CSV.
    Problems,
    /// The rows that were rejected, with what was decided, as CSV.
    Rejects,
    /// All that stands behind the figures, as CSV.
    Audit,
    /// All scenes of the place's story.
    Story {
        file: StoryFile,
        /// With what its presenter wants to say.
        with_notes: bool,
    },
}

/// How many pixels a picture has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PngSize {
    AsOnScreen,
    /// Pictures are pasted into documents, which are printed.
    Twice,
    FourTimes,
    /// 300 dots to the inch on a landscape page.
    A4,
}

impl Picture {
    /// The story, without its notes unless they are asked for.
    pub(super) const fn story(file: StoryFile) -> Self {
        Self::Story { file, with_notes: false }
    }

    /// Whether it is of lines, which name partners and amounts: masked, it is not made.
    pub(super) const fn names_partners(self) -> bool {
        use Picture::{Audit, Csv, Problems, Rejects, Story, Xlsx};
        matches!(self, Xlsx | Csv | Problems | Rejects | Audit | Story { .. })
    }

    pub(super) const fn ending(self) -> &'static str {
        match self {
            Self::Svg => "svg",
            Self::Png(_) => "png",
            Self::Pdf(_) | Self::Story { file: StoryFile::Pdf(_), .. } => "pdf",
            Self::Story { file: StoryFile::Pptx, .. } => "pptx",
            Self::Story { file: StoryFile::Html, .. } => "html",
            Self::Xlsx => "xlsx",
            Self::Csv | Self::Problems | Self::Rejects | Self::Audit => "csv",
        }
    }
}
