//! A change while a slider is held: shown, and not yet done.

use std::sync::Arc;

use super::ground::Ground;
use crate::pool::{Model, Scenario, ScenarioChange};

/// What is tried out at the moment.
#[derive(Default)]
pub(super) struct Trial {
    draft: Option<Draft>,
    /// How many changes were tried so far: figures are made anew for each.
    tried: u64,
}

/// The scenario while a slider is held: shown, and not yet done.
struct Draft {
    /// The revision it began from; another one ends it.
    of: u64,
    change: ScenarioChange,
    scenario: Scenario,
    model: Arc<Model>,
}

impl Trial {
    /// Shows the scenario with a change that a slider holds.
    pub(super) fn try_out(&mut self, ground: &Ground<'_>, revision: u64, change: ScenarioChange) {
        let of_draft = self.draft.as_ref().is_some_and(|draft| draft.change == change);
        if of_draft {
            return;
        }
        // What cannot be followed is left out of the model and told as a finding; the command will say so.
        if let Ok(scenario) = change.tried(ground.scenario) {
            let mut model = scenario.model(&ground.place.ledger);
            // Under a hand nobody changes places; who is largest now is seen once it is done.
            let shown = &ground.model.positions;
            let place = |agency: &str| shown.iter().position(|position| position.agency == agency);
            model.positions.sort_by_key(|position| place(&position.agency).unwrap_or(usize::MAX));
            self.tried += 1;
            self.draft = Some(Draft { of: revision, change, scenario, model: Arc::new(model) });
        }
    }

    /// The slider is let go: the change that was tried, to be done.
    pub(super) fn decide(&mut self) -> Option<ScenarioChange> {
        self.tried += 1;
        self.draft.take().map(|draft| draft.change)
    }

    /// How many changes were tried so far.
    pub(super) fn tried(&self) -> u64 {
        self.tried
    }

    /// What is tried is given up.
    pub(super) fn give_up(&mut self) {
        self.draft = None;
    }

    /// The scenario that is tried and what it comes to, where it began from this revision.
    pub(super) fn of(&mut self, revision: u64) -> Option<(Scenario, Arc<Model>)> {
        if self.draft.as_ref().is_some_and(|draft| draft.of != revision) {
            self.draft = None;
        }
        self.draft.as_ref().map(|draft| (draft.scenario.clone(), Arc::clone(&draft.model)))
    }
}
