//! Earlier versions of the place: listed, held against what is here, brought back as a step or opened as a copy.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{Context, RichText, ScrollArea, Ui};

use super::App;
use super::action::Action;
use super::dialog::{Answer, Dialog};
use super::style::{Tone, primary_button, space, weak_text};
use super::tray::in_bytes;
use crate::money::in_full;
use crate::place::{PartChange, Place, differences};
use crate::store::Version;
use crate::words::counted;

/// An earlier version in a list.
#[derive(Clone, Debug)]
pub(super) struct ShownVersion {
    path: PathBuf,
    words: String,
}

impl ShownVersion {
    pub(super) fn of(version: Version) -> Self {
        let mut words = format!("Until {} UTC, {}", version.replaced.replace('.', ":"), in_bytes(version.bytes));
        if version.is_before_format {
            words.push_str(", before the format changed");
        }
        Self { path: version.path, words }
    }
}

/// A version that was opened, and how it differs from the place.
#[derive(Clone, Debug)]
pub(super) struct LookedAt {
    place: Place,
    /// From the version to what is here.
    changes: Vec<PartChange>,
}

impl LookedAt {
    pub(super) fn of(place: Place, present: &Place) -> Self {
        let changes = differences(&place, present);
        Self { place, changes }
    }
}

/// The earlier versions, and the one that is looked at.
#[derive(Default)]
pub(super) struct VersionList {
    versions: Option<Vec<ShownVersion>>,
    chosen: Option<PathBuf>,
    looked_at: Option<Result<Arc<LookedAt>, String>>,
}

impl VersionList {
    pub(super) fn take(&mut self, versions: Vec<ShownVersion>) {
        self.versions = Some(versions);
    }

    pub(super) fn take_version(&mut self, path: &Path, looked_at: Result<Box<LookedAt>, String>) {
        // Another one may have been chosen meanwhile.
        if self.chosen.as_deref() == Some(path) {
            self.looked_at = Some(looked_at.map(Arc::from));
        }
    }
}

/// What is asked for in the list.
#[derive(Clone, Debug)]
pub(super) enum VersionWish {
    LookAt(PathBuf),
    BringBack(Arc<LookedAt>),
    OpenCopy(Arc<LookedAt>),
}

/// Shows the list; a version that is chosen is opened elsewhere, while the list stays.
pub(super) fn versions_ui(ui: &mut Ui, list: &mut VersionList, answer: &mut Answer) {
    ui.heading("Earlier versions");
    ui.add_space(space::S);
    match list.versions.as_deref() {
        None => drop(weak_text(ui, "Looking for them…")),
        Some([]) => drop(weak_text(ui, "There is none yet: each save keeps the version before it.")),
        Some(versions) => {
            weak_text(ui, "Each save keeps the version before it: the last ten, and the last of ten days before.");
            ui.add_space(space::S);
            ScrollArea::vertical().id_salt("versions").max_height(220.0).show(ui, |ui| {
                for version in versions {
                    let is_chosen = list.chosen.as_deref() == Some(&version.path);
                    if ui.selectable_label(is_chosen, &version.words).clicked() && !is_chosen {
                        *answer = Answer::Wish(Action::OfVersion(VersionWish::LookAt(version.path.clone())));
                    }
                }
            });
        }
    }
    if let Answer::Wish(Action::OfVersion(VersionWish::LookAt(path))) = answer {
        list.chosen = Some(path.clone());
        list.looked_at = None;
    }
    ui.add_space(space::S);
    let looked_at = match &list.looked_at {
        Some(Ok(looked_at)) => {
            looked_at_ui(ui, looked_at);
            Some(looked_at)
        }
        Some(Err(message)) => {
            ui.label(message);
            None
        }
        None => {
            if list.chosen.is_some() {
                weak_text(ui, "Opening it…");
            }
            None
        }
    };
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        if let Some(looked_at) = looked_at {
            if primary_button(ui, "Bring it back").on_hover_text("As a step, which can be undone").clicked() {
                *answer =
                    Answer::Closed(Some(Action::OfVersion(VersionWish::BringBack(Arc::clone(looked_at)))));
            }
            if ui.button("Open as a copy").clicked() {
                *answer = Answer::Closed(Some(Action::OfVersion(VersionWish::OpenCopy(Arc::clone(looked_at)))));
            }
        }
        if ui.button("Close").clicked() {
            *answer = Answer::Closed(None);
        }
    });
}

fn looked_at_ui(ui: &mut Ui, looked_at: &LookedAt) {
    let ledger = &looked_at.place.ledger;
    let lines = counted(ledger.len(), "line");
    ui.label(RichText::new(format!("{}: {lines}, {}", looked_at.place.name, in_full(ledger.total()))).strong());
    if looked_at.changes.is_empty() {
        weak_text(ui, "It holds what is here now.");
        return;
    }
    weak_text(ui, "Changed since then:");
    changes_ui(ui, looked_at.changes.iter().map(|change| format!("{}: {}", change.part, change.theirs)));
}

/// Changes as a list that scrolls.
pub(super) fn changes_ui(ui: &mut Ui, changes: impl Iterator<Item = String>) {
    ScrollArea::vertical().id_salt("changes").max_height(180.0).show(ui, |ui| {
        for change in changes {
            ui.label(change);
        }
    });
}

impl App {
    /// Shows the earlier versions of the place's file.
    pub(super) fn show_versions(&mut self, context: &Context) {
        let Some(file) = self.file.clone() else {
            let words = "This place is in no file yet; earlier versions are kept from its second save on";
            return self.notices.tell(Tone::Plain, words);
        };
        self.dialog = Some(Dialog::Versions(VersionList::default()));
        self.work.list_versions(file, context);
    }

    pub(super) fn do_of_version(&mut self, wish: VersionWish, context: &Context) {
        match wish {
            VersionWish::LookAt(path) => {
                self.work.look_at_version(path, self.history.place().clone(), context);
            }
            VersionWish::BringBack(looked_at) => {
                self.become_place("Bring back an earlier version".to_owned(), looked_at.place.clone());
                self.notices.tell(Tone::Ok, "The earlier version is back; undo returns to what was here");
            }
            VersionWish::OpenCopy(looked_at) => {
                self.leave_place(Action::ShowCopy(Arc::new(looked_at.place.clone())), context);
            }
        }
    }
}
