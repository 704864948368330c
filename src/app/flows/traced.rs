//! What is said of what is lit in the flows: in the sentence, in the table behind, in the foot and in files.

use std::sync::Arc;

use egui::Ui;

use super::memory::FlowsView;
use crate::app::action::Action;
use crate::app::controls::{TablePanel, table_panel_ui};
use crate::app::memo::Memo;
use crate::app::shown_place::ShownPlace;
use crate::ledger::{Filter, full_or_between};
use crate::place::Place;
use crate::scene::{Audience, PictureWords, Sentence, Traced, flows_words};
use crate::words::thousands;

/// The table behind a part of the picture: what is pinned, or the pool under a lens.
#[derive(Default)]
pub(super) struct PartTable {
    kept: Memo<(u64, (u64, u64)), (Place, TablePanel)>,
}

impl FlowsView {
    /// What is pinned, where it is drawn.
    pub(super) fn pinned(&self, of: &ShownPlace) -> Option<Traced> {
        let shown = self.shown.at(of.revision())?;
        let focus = shown.find(self.pinned?)?;
        Some(Traced::of(&shown.flows.graph, focus, &shown.flows.filter))
    }

    /// What the table behind is of where it is not of all that the view shows: the place as if that was all, and numbers
    /// that say what it is.
    pub(super) fn table_of(&self, of: &ShownPlace) -> Option<(Place, (u64, u64))> {
        let shown = self.shown.at(of.revision())?;
        let under_lens = shown.flows.are_under_lens().then(|| shown.flows.filter.clone());
        let pinned = self.pinned(of).map(|traced| traced.lines);
        let keys = self.pinned_keys().filter(|_| pinned.is_some()).unwrap_or_default();
        let mut narrowed = narrowed(of.place(), pinned.or(under_lens)?);
        Arc::make_mut(&mut narrowed.view).layers.clone_from(&shown.flows.graph.layers);
        Some((narrowed, keys))
    }

    /// The picture in words.
    pub(super) fn words(&mut self, of: &ShownPlace) -> Option<&PictureWords> {
        let revision = of.revision();
        let shown = self.shown.at(revision)?;
        let key = (revision, self.paintings);
        Some(self.worded.get(key, || flows_words(of.place(), &shown.flows, Audience::DESK)))
    }

    /// Puts what is pointed at into words, and what is pinned.
    pub(super) fn say_traced(&mut self, of: &ShownPlace) {
        let revision = of.revision();
        let Some(shown) = self.shown.at(revision) else { return };
        let traced = |focus| Traced::of(&shown.flows.graph, focus, &shown.flows.filter);
        if let Some(key) = self.pointed
            && let Some(focus) = shown.find(key)
        {
            self.said.get((revision, key), || traced(focus).sentence(of.place()));
        }
        if let Some(key) = self.pinned
            && let Some(focus) = shown.find(key)
        {
            self.summed.get((revision, key), || summed(of.place(), &traced(focus).lines));
        }
    }

    /// What is pointed at, in words.
    pub(super) fn sentence(&self, of: &ShownPlace) -> Option<&str> {
        let key = (of.revision(), self.pointed?);
        if self.said.is_of(&key) { self.said.at(key.0).map(String::as_str) } else { None }
    }

    /// What is pinned, as the foot says it.
    pub(super) fn sum_of_pinned(&self, of: &ShownPlace) -> Option<&str> {
        let key = (of.revision(), self.pinned?);
        if self.summed.is_of(&key) { self.summed.at(key.0).map(String::as_str) } else { None }
    }
}

/// "Pinned: £501,234,567.00 in 36 of 134 lines".
fn summed(place: &Place, lines: &Filter) -> String {
    let sentence = Sentence::about(place, lines);
    let all = thousands(place.ledger.len());
    let sum = full_or_between(sentence.total, sentence.range);
    format!("Pinned: {sum} in {} of {all} lines", thousands(sentence.lines))
}

/// A place whose view shows only these lines.
fn narrowed(place: &Place, lines: Filter) -> Place {
    let mut narrowed = place.clone();
    Arc::make_mut(&mut narrowed.view).filter = lines;
    narrowed
}

impl PartTable {
    /// The table of a part of the shown place of this revision.
    #[must_use]
    pub(super) fn show(
        &mut self,
        ui: &mut Ui,
        revision: u64,
        (place, keys): (Place, (u64, u64)),
    ) -> Option<Action> {
        let (place, panel) = self.kept.get((revision, keys), || (place, TablePanel::default()));
        table_panel_ui(ui, place, &place.view.layers, revision, panel)
    }
}

/// A button that goes from the pool alone to the whole place, or back.
#[must_use]
pub(super) fn pool_scope_ui(ui: &mut Ui, is_under_lens: bool) -> Option<Action> {
    let (words, tip) = if is_under_lens {
        ("The whole place", "The pool among all else, at one scale (O)")
    } else {
        ("Only the pool", "The pool at a scale of its own, beside the whole as one bar (O)")
    };
    ui.button(words).on_hover_text(tip).clicked().then_some(Action::TogglePoolScope)
}
