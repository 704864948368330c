//! How the window keeps its journal: who writes it, what it is told, and the sign that stays where it cannot be
//! written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Context, Ui};

use crate::app::App;
use crate::app::action::Action;
use crate::app::jobs::{Job, Poll};
use crate::app::style::{Tone, badge};
use crate::place::Command;
use crate::store::{Journal, JournalHealth};

/// The window waits so long at its end for its journal to be cleared away; a disk that takes longer is not waited for,
/// and the next start clears it away.
const AT_THE_END: Duration = Duration::from_secs(5);

/// The journal of the window, and what writes it.
pub(in crate::app) struct Keeping {
    pub(in crate::app) journal: Journal,
    writer: Job<()>,
}

impl Keeping {
    /// Begins to write, where the program has a folder.
    pub(in crate::app) fn start(folder: Option<&Path>, context: &Context) -> Self {
        let waking = context.clone();
        let (journal, writer) = Journal::new(folder.map(journals_in), move || waking.request_repaint());
        Self { journal, writer: Job::start("Keeping what is changed", context, move |_| writer.run()) }
    }
}

/// Where journals lie, by the program's folder.
pub(super) fn journals_in(folder: &Path) -> PathBuf {
    // What the program remembers may follow its person to other computers; what was left behind here stays here.
    let variable = |name: &str| std::env::var_os(name).filter(|_| cfg!(windows)).map(PathBuf::from);
    match (variable("APPDATA"), variable("LOCALAPPDATA")) {
        (Some(travels), Some(stays)) if folder.starts_with(&travels) => stays.join("Shadowpool/journals"),
        _ => folder.join("journals"),
    }
}

impl Drop for App {
    /// A window that closes in good order leaves nothing to bring back.
    fn drop(&mut self) {
        if self.quits || !self.history.is_changed() {
            self.keeping.journal.end(AT_THE_END);
        } else {
            self.keeping.journal.flush_blocking(AT_THE_END);
        }
    }
}

impl App {
    /// Another place is shown: steps count from here.
    pub(in crate::app) fn begin_journal(&mut self) {
        let file = self.file.as_deref().map(|file| (file, None));
        self.keeping.journal.begin(&self.history, file);
    }

    /// Keeps a step that was taken.
    pub(in crate::app) fn keep_step(&mut self, command: &Command) {
        self.keeping.journal.step(command, &self.history);
    }

    /// Keeps that something was undone, done again or gone back to.
    pub(in crate::app) fn keep_where_it_stands(&mut self) {
        self.keeping.journal.go_to(&self.history);
    }

    pub(in crate::app) fn end_journal(&mut self) {
        self.keeping.journal.end(AT_THE_END);
    }

    /// What writes the journal has come to an end by a fault of its own: another one takes over.
    pub(in crate::app) fn go_on_keeping(&mut self) {
        if !matches!(self.keeping.writer.poll(), Poll::Working) {
            self.keeping = Keeping::start(self.folder.as_deref(), &self.context);
            self.begin_journal();
        }
    }
}

/// Says for as long as it is so that changes are not kept, and why; saving is the way out.
pub(in crate::app) fn keeping_sign_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let why = match app.keeping.journal.health() {
        JournalHealth::Well => return None,
        // Before there are changes nothing is missing.
        JournalHealth::NoFolder if !app.history.is_changed() => return None,
        JournalHealth::NoFolder => {
            "There is no folder for what is changed; a program that is killed would lose it. Save often."
                .to_owned()
        }
        JournalHealth::Failing { reason, since } => {
            let ago = since.elapsed().map_or(0, |since| since.as_secs());
            format!("Since {}: {reason}. It is tried again every few seconds.", super::offer::ago(ago))
        }
    };
    badge(ui, "Changes are not kept", Tone::Error).on_hover_text(why);
    ui.button("Save now").clicked().then_some(Action::Save)
}
