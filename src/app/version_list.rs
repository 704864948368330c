//! A list of earlier versions, and the one that is looked at: held against what is here.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use egui::{RichText, ScrollArea, Ui};

use super::controls::scroll_ui;
use super::style::{primary_button, space, weak_text};
use super::tray::in_bytes;
use crate::money::in_full;
use crate::place::{PartChange, Place, differences};
use crate::store::EarlierVersion;
use crate::words::counted;

/// An earlier version in a list.
#[derive(Clone, Debug)]
pub(super) struct ShownVersion {
    path: PathBuf,
    words: String,
}

impl ShownVersion {
    pub(super) fn of(version: EarlierVersion) -> Self {
        let mut words =
            format!("Until {} UTC, {}", version.replaced.replace('.', ":"), in_bytes(version.bytes));
        if version.is_before_format {
            words.push_str(", before the format changed");
        }
        Self { path: version.path, words }
    }
}

/// A version that was opened, and how it differs from the place.
#[derive(Clone, Debug)]
pub(super) struct LookedAt {
    pub(super) place: Place,
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
    Close,
}

/// Shows the list; a version that is chosen is opened elsewhere, while the list stays.
#[must_use]
pub(super) fn versions_ui(ui: &mut Ui, list: &mut VersionList) -> Option<VersionWish> {
    let mut wish = None;
    ui.heading("Earlier versions");
    ui.add_space(space::S);
    match list.versions.as_deref() {
        None => drop(weak_text(ui, "Looking for them…")),
        Some([]) => drop(weak_text(ui, "There is none yet: each save keeps the version before it.")),
        Some(versions) => {
            weak_text(
                ui,
                "Each save keeps the version before it: the last ten, and the last of ten days before.",
            );
            ui.add_space(space::S);
            scroll_ui(ui, ScrollArea::vertical().id_salt("versions").max_height(220.0), |ui| {
                for version in versions {
                    let is_chosen = list.chosen.as_deref() == Some(&version.path);
                    if ui.selectable_label(is_chosen, &version.words).clicked() && !is_chosen {
                        wish = Some(VersionWish::LookAt(version.path.clone()));
                    }
                }
            });
        }
    }
    if let Some(VersionWish::LookAt(path)) = &wish {
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
                wish = Some(VersionWish::BringBack(Arc::clone(looked_at)));
            }
            if ui.button("Open as a copy").clicked() {
                wish = Some(VersionWish::OpenCopy(Arc::clone(looked_at)));
            }
        }
        if ui.button("Close").clicked() {
            wish = Some(VersionWish::Close);
        }
    });
    wish
}

fn looked_at_ui(ui: &mut Ui, looked_at: &LookedAt) {
    let ledger = &looked_at.place.ledger;
    let lines = counted(ledger.len(), "line");
    ui.label(
        RichText::new(format!("{}: {lines}, {}", looked_at.place.name, in_full(ledger.total()))).strong(),
    );
    if looked_at.changes.is_empty() {
        weak_text(ui, "It holds what is here now.");
        return;
    }
    weak_text(ui, "Changed since then:");
    changes_ui(ui, looked_at.changes.iter().map(|change| format!("{}: {}", change.part, change.theirs)));
}

/// Changes as a list that scrolls.
pub(super) fn changes_ui(ui: &mut Ui, changes: impl Iterator<Item = String>) {
    scroll_ui(ui, ScrollArea::vertical().id_salt("changes").max_height(180.0), |ui| {
        for change in changes {
            ui.label(change);
        }
    });
}
