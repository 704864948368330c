//! Scenarios worked out, kept for when they are asked for again. What is kept never changes an answer, only
//! how soon it comes.

use std::sync::{Arc, Mutex, PoisonError};

use super::{Model, Scenario};
use crate::ledger::Ledger;

/// How many are kept: those a change needs, those it is compared with, and some for undo.
/// Each holds a ledger of its own beyond what it shares, tens of megabytes for a million lines, so not many
/// more.
const MOST_KEPT: usize = 12;

/// Scenarios that were worked out, for when the same one is asked for again: by a change that is checked and then
/// shown, by undo, by switching to and fro. Clones share them.
#[derive(Clone, Debug, Default)]
pub struct Models {
    /// The latest last.
    kept: Arc<Mutex<Vec<KeptModel>>>,
}

#[derive(Debug)]
struct KeptModel {
    ledger: Arc<Ledger>,
    scenario: Scenario,
    model: Arc<Model>,
}

impl KeptModel {
    fn is_of(&self, ledger: &Arc<Ledger>, scenario: &Scenario) -> bool {
        // Ledgers never change, so the same pointer is the same lines, and comparing it costs nothing.
        Arc::ptr_eq(&self.ledger, ledger) && self.scenario == *scenario
    }
}

impl Models {
    /// What a scenario makes of a ledger, worked out now or before.
    pub fn of(&self, ledger: &Arc<Ledger>, scenario: &Scenario) -> Arc<Model> {
        // The lock is not held while a scenario is worked out: the window may ask for another one meanwhile.
        let known = self.known(ledger, scenario);
        // What is kept last goes last, so it is kept again.
        let model = known.unwrap_or_else(|| Arc::new(scenario.model(ledger)));
        self.keep(ledger, scenario, &model);
        model
    }

    /// What a scenario makes of a ledger, where that was worked out before.
    pub fn known(&self, ledger: &Arc<Ledger>, scenario: &Scenario) -> Option<Arc<Model>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|kept| kept.is_of(ledger, scenario)).map(|kept| Arc::clone(&kept.model))
    }

    /// The model that a ledger is of, where it is of one that is kept.
    pub fn that_made(&self, ledger: &Arc<Ledger>) -> Option<Arc<Model>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.iter().find(|kept| Arc::ptr_eq(&kept.model.ledger, ledger)).map(|kept| Arc::clone(&kept.model))
    }

    /// Keeps what was worked out elsewhere.
    pub fn keep(&self, ledger: &Arc<Ledger>, scenario: &Scenario, model: &Arc<Model>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(|kept| !kept.is_of(ledger, scenario));
        let new =
            KeptModel { ledger: Arc::clone(ledger), scenario: scenario.clone(), model: Arc::clone(model) };
        kept.push(new);
        if kept.len() > MOST_KEPT {
            kept.remove(0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scenario_is_worked_out_once_for_each_ledger() {
        let (models, ledger) = (Models::default(), Arc::new(Ledger::default()));
        let scenario = Scenario { name: "One".to_owned(), pool: "Pool".to_owned(), ..Scenario::default() };
        let first = models.of(&ledger, &scenario);
        assert!(Arc::ptr_eq(&first, &models.clone().of(&ledger, &scenario)), "clones share what is known");
        let other = Arc::new(Ledger::default());
        assert!(!Arc::ptr_eq(&first, &models.of(&other, &scenario)), "of another ledger it is another");
        for number in 0..MOST_KEPT {
            models.of(&ledger, &Scenario { name: number.to_string(), ..scenario.clone() });
        }
        assert!(models.known(&ledger, &scenario).is_none(), "the oldest make room");
    }
}
