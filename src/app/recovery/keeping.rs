//! How the window keeps its journal: who writes it, what it is told, and the sign that stays where it cannot be
//! written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use egui::{Context, Ui};

use crate::app::action::Action;
use crate::app::jobs::{Job, Poll};
use crate::app::style::{Tone, badge};
use crate::store::{Journal, JournalHealth, PanicGuard, guard_with};

/// So long a fault of the program waits for the disk before it is reported.
/// A slow disk syncs within a second; a person who waits longer takes the window for dead.
const LONGEST_FLUSH: Duration = Duration::from_secs(1);

/// The journal of the window, and what writes it.
pub(in crate::app) struct Keeping {
    pub(in crate::app) journal: Journal,
    writer: Job<()>,
    /// How often what writes it has come to an end through a fault of its own.
    pub(super) faults: u32,
}

impl Keeping {
    /// Begins to write, where the program has a folder.
    pub(in crate::app) fn start(folder: Option<&Path>, context: &Context) -> Self {
        let waking = context.clone();
        let (journal, writer) = Journal::new(folder.map(journals_in), move || waking.request_repaint());
        if let Some(folder) = folder {
            // What fails, on whatever thread, brings the steps so far to the disk first. No longer than that: it may
            // be the thread that writes them.
            let flush = Box::new(journal.flusher(LONGEST_FLUSH));
            guard_with(PanicGuard { folder: folder.to_owned(), flush });
        }
        let writer = Job::start("Keeping what is changed", context, move |_| writer.run());
        Self { journal, writer, faults: 0 }
    }

    /// Whether what writes it has come to an end, which it does by a fault of its own alone.
    pub(super) fn has_ended(&self) -> bool {
        !matches!(self.writer.poll(), Poll::Working)
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

/// Says for as long as it is so that changes are not kept, and why; saving is the way out.
pub(in crate::app) fn keeping_sign_ui(ui: &mut Ui, keeping: &Keeping, is_changed: bool) -> Option<Action> {
    let why = match keeping.journal.health() {
        _ if keeping.has_ended() => {
            "What keeps them has ended through a fault of the program. Save, and start it again.".to_owned()
        }
        JournalHealth::Well => return None,
        // Before there are changes nothing is missing.
        JournalHealth::NoFolder if !is_changed => return None,
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
