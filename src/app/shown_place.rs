//! The place as it is drawn: as it is, or as its scenario would have it, and what that is compared with.
//! Scenarios over many lines are worked out on another thread while the earlier picture stays.

use std::sync::Arc;

use egui::Context;

use super::jobs::{Job, Poll};
use super::trail::Drill;
use crate::ledger::{Ledger, LineId, OfLedger};
use crate::place::{History, Place};
use crate::pool::{Model, Scenario};

/// Above so many lines a scenario is worked out elsewhere, and the place before it stays on screen until that is done.
/// Working one out goes through all lines once; beyond this the window would be seen to stand still.
const MANY_LINES: usize = 100_000;

/// The place as the window draws it: as it is, or as the scenario that its view asks for would have it.
#[derive(Default)]
pub(super) struct ShownPlace {
    place: Place,
    baseline: Place,
    origin: Origin,
    model: Option<Arc<Model>>,
    /// What the shown place is compared with.
    other: Option<Place>,
    /// The revision of the history that it was made from.
    of: Option<u64>,
    revision: u64,
    /// A scenario that is being worked out.
    pending: Option<(Origin, Job<Model>)>,
}

/// What a shown place is made from: where this comes back, so does all that was derived from it.
#[derive(Clone, Default)]
pub(super) struct Origin {
    baseline: Arc<Ledger>,
    scenario: Option<Scenario>,
}

impl Origin {
    fn of(place: &Place, scenario: &Scenario) -> Self {
        Self { baseline: Arc::clone(&place.ledger), scenario: Some(scenario.clone()) }
    }
}

impl Origin {
    /// Whether it is the same place with another scenario.
    pub(super) fn differs_by_scenario(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.baseline, &other.baseline) && self.scenario != other.scenario
    }
}

impl PartialEq for Origin {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.baseline, &other.baseline) && self.scenario == other.scenario
    }
}

impl ShownPlace {
    /// Follows the place and its view.
    pub(super) fn follow(&mut self, history: &History, context: &Context) {
        let place = history.place();
        // By address first: most frames change nothing, and a filter of a hundred names is dear to compare.
        let is_other_view = !Arc::ptr_eq(&place.view, &self.place.view) && place.view != self.place.view;
        if self.of == Some(history.revision()) && !is_other_view {
            return;
        }
        if place.ledger.len() > MANY_LINES && self.of.is_some() && !self.has_worked_out(place, context) {
            return;
        }
        self.pending = None;
        if self.of != Some(history.revision()) {
            self.revision += 1;
            self.of = Some(history.revision());
        }
        self.origin =
            Origin { baseline: Arc::clone(&place.ledger), scenario: place.shown_scenario().cloned() };
        self.model = self.origin.scenario.as_ref().map(|scenario| place.models.of(&place.ledger, scenario));
        self.baseline = place.clone();
        self.place = match (&self.origin.scenario, &self.model) {
            (Some(scenario), Some(model)) => place.with_model(scenario, model),
            _ => place.clone(),
        };
        self.other = match place.compared_with() {
            Some(Some(scenario)) => {
                Some(place.with_model(scenario, &place.models.of(&place.ledger, scenario)))
            }
            Some(None) => Some(place.without_scenario()),
            None => None,
        };
    }

    /// Whether the scenarios that are to be shown are worked out; starts what is not.
    fn has_worked_out(&mut self, place: &Place, context: &Context) -> bool {
        let wanted = place.shown_scenario().into_iter().chain(place.compared_with().flatten());
        for scenario in wanted {
            if place.models.known(&place.ledger, scenario).is_some() {
                continue;
            }
            let origin = Origin::of(place, scenario);
            match self.pending.take() {
                Some((known, job)) if known == origin => match job.poll() {
                    Poll::Working => {
                        self.pending = Some((known, job));
                        return false;
                    }
                    Poll::Done(model) => place.models.keep(&place.ledger, scenario, &Arc::new(model)),
                    Poll::Gone => {}
                },
                _ => {
                    let (scenario, ledger) = (scenario.clone(), Arc::clone(&place.ledger));
                    let job = Job::start("Modelling", context, move |_| scenario.model(&ledger));
                    self.pending = Some((origin, job));
                    return false;
                }
            }
        }
        true
    }

    /// The place whose lines are listed, and its revision: this one, or what it is compared with where something of
    /// that was drilled into.
    pub(super) fn listed(&self, drill: Option<&Drill>) -> (&Place, u64) {
        match self.other.as_ref().filter(|_| drill.is_some_and(|drill| drill.is_before)) {
            Some(other) => (other, !self.revision),
            None => (&self.place, self.revision),
        }
    }

    /// Lines of a ledger that is shown, by their numbers in a place as it is: a scenario keeps the numbers of its lines,
    /// and adds its own behind them. None where another place than that is shown, or another ledger than theirs.
    pub(super) fn in_baseline<'a>(
        &self,
        lines: &'a OfLedger<Vec<LineId>>,
        place: &Place,
    ) -> Option<&'a Vec<LineId>> {
        if !Arc::ptr_eq(&self.baseline.ledger, &place.ledger) {
            return None;
        }
        let shown = [Some(&self.place), self.other.as_ref(), Some(&self.baseline)];
        shown.into_iter().flatten().find_map(|place| lines.of(&place.ledger))
    }

    /// Forgets what was derived from another place.
    pub(super) fn start_afresh(&mut self) {
        *self = Self { revision: self.revision + 1, ..Self::default() };
    }

    pub(super) fn place(&self) -> &Place {
        &self.place
    }

    /// The place as it is, with the view that asks for the scenario.
    pub(super) fn baseline(&self) -> &Place {
        &self.baseline
    }

    pub(super) fn origin(&self) -> &Origin {
        &self.origin
    }

    /// What the view compares it with: another scenario, or the baseline.
    pub(super) fn other(&self) -> Option<&Place> {
        self.other.as_ref()
    }

    /// What the shown scenario comes to; none where the baseline is shown.
    pub(super) fn model(&self) -> Option<&Arc<Model>> {
        self.model.as_ref()
    }

    /// Another number whenever the place is another one; derived values are kept as long as it stays.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }
}
