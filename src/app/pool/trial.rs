//! A change while a slider is held: shown, and not yet done. What it comes to follows at once, or for many lines is worked
//! out beside the window, one wish after the other, the newest next.

use std::sync::Arc;

use egui::Context;

use super::ground::Ground;
use crate::app::awaited::is_quick;
use crate::app::jobs::{Job, Poll};
use crate::figure::net_order;
use crate::ledger::Ledger;
use crate::pool::{Model, Scenario, ScenarioChange};

/// What is tried out at the moment.
#[derive(Default)]
pub(super) struct Trial {
    draft: Option<Draft>,
    /// The revision and the change whose outcome is being worked out. Whoever goes on dragging does not stop it: what
    /// that comes to is nearer than what is on screen.
    coming: Option<(u64, ScenarioChange, Job<Model>)>,
    /// How many outcomes were shown so far: figures are made anew for each.
    tried: u64,
}

/// The scenario while a slider is held: shown, and not yet done.
struct Draft {
    /// The revision it began from; another one ends it.
    of: u64,
    change: ScenarioChange,
    scenario: Scenario,
    /// What it comes to, or what was shown before until that is known.
    model: Arc<Model>,
    is_known: bool,
    ledger: Arc<Ledger>,
    /// Who stands where. Under a hand nobody changes places; who is largest now is seen once it is done.
    order: Vec<String>,
    /// Who had a row of its own when it began, in which order.
    rows: Arc<Vec<String>>,
}

impl Draft {
    fn keep(&mut self, mut model: Model) {
        let place = |agency: &str| self.order.iter().position(|shown| shown == agency);
        model.positions.sort_by_key(|position| place(&position.agency).unwrap_or(usize::MAX));
        self.model = Arc::new(model);
    }
}

impl Trial {
    /// Shows the scenario with a change that a slider holds.
    pub(super) fn try_out(
        &mut self,
        ground: &Ground<'_>,
        revision: u64,
        change: ScenarioChange,
        context: &Context,
    ) {
        let of_draft = self.draft.as_ref().is_some_and(|draft| draft.change == change);
        if of_draft {
            return;
        }
        // What cannot be followed is left out of the model and told as a finding; the command will say so.
        let Ok(scenario) = change.tried(ground.scenario) else { return };
        let (shown, rows) = match self.draft.take() {
            Some(draft) => (draft.model, draft.rows),
            None => (Arc::new(ground.model.clone()), Arc::new(net_order(ground.model))),
        };
        let order = shown.positions.iter().map(|position| position.agency.clone()).collect();
        let ledger = Arc::clone(&ground.place.ledger);
        let mut draft =
            Draft { of: revision, change, scenario, model: shown, is_known: false, ledger, order, rows };
        if is_quick(ground.place) {
            draft.keep(draft.scenario.model(&draft.ledger));
            draft.is_known = true;
            self.tried += 1;
        }
        self.draft = Some(draft);
        self.work_out(context);
    }

    /// Starts what is wished for now, where nothing else is under way.
    fn work_out(&mut self, context: &Context) {
        let Some(draft) = self.draft.as_ref().filter(|draft| !draft.is_known && self.coming.is_none()) else {
            return;
        };
        let (scenario, ledger) = (draft.scenario.clone(), Arc::clone(&draft.ledger));
        let job = Job::start("Modelling", context, move |_| scenario.model(&ledger));
        self.coming = Some((draft.of, draft.change.clone(), job));
    }

    /// The slider is let go: the change that was tried, to be done. Where that takes a while it stays on screen until it
    /// is done, or is not.
    pub(super) fn decide(&mut self, is_quick: bool) -> Option<ScenarioChange> {
        self.tried += 1;
        if is_quick {
            self.draft.take().map(|draft| draft.change)
        } else {
            Some(self.draft.as_ref()?.change.clone())
        }
    }

    /// How many outcomes were shown so far.
    pub(super) fn tried(&self) -> u64 {
        self.tried
    }

    /// Whether what is on screen is what is tried.
    pub(super) fn is_known(&self) -> bool {
        self.draft.as_ref().is_none_or(|draft| draft.is_known)
    }

    /// Who had a row of its own when what is tried began, in which order: under a hand nobody changes places.
    pub(super) fn rows(&self) -> Option<Arc<Vec<String>>> {
        self.draft.as_ref().map(|draft| Arc::clone(&draft.rows))
    }

    /// What is tried is given up.
    pub(super) fn give_up(&mut self) {
        self.draft = None;
    }

    /// The scenario that is tried and what it comes to, where it began from this revision.
    pub(super) fn of(&mut self, revision: u64, context: &Context) -> Option<(Scenario, Arc<Model>)> {
        if self.draft.as_ref().is_some_and(|draft| draft.of != revision) {
            self.draft = None;
        }
        if let Some((began, change, job)) = self.coming.take() {
            match job.poll() {
                Poll::Working => self.coming = Some((began, change, job)),
                outcome => {
                    // Of another revision it may have other parts.
                    if let Some(draft) = self.draft.as_mut().filter(|_| began == revision) {
                        draft.is_known = draft.change == change;
                        if let Poll::Done(model) = outcome {
                            draft.keep(model);
                            self.tried += 1;
                        }
                    }
                    self.work_out(context);
                }
            }
        }
        self.draft.as_ref().map(|draft| (draft.scenario.clone(), Arc::clone(&draft.model)))
    }
}
