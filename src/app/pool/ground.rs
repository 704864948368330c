//! What every part of the screen is given: the baseline, the scenario, what it comes to.

use crate::app::action::Action;
use crate::dimension::Dimension;
use crate::figure::{PoolInput, Scheme};
use crate::ledger::Filter;
use crate::place::{Command, Place};
use crate::pool::{Model, Scenario, ScenarioChange};
use crate::scene::pool_input;

/// What of a pool is pointed at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PoolPointed {
    Contribution(usize),
    NewMoney(usize),
    Allocation(usize),
    Partner(String),
}

/// What every part of the view needs to know.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    /// The baseline.
    pub(super) place: &'a Place,
    pub(super) scenario: &'a Scenario,
    pub(super) model: &'a Model,
    /// What the scenario came to before its last change, for a few seconds.
    pub(super) former: Option<&'a Model>,
    /// Who has a row among the partners, in which order, while a change is tried out.
    pub(super) order: Option<&'a [String]>,
    pub(super) scheme: Scheme,
}

impl<'a> Ground<'a> {
    pub(super) fn command(&self, change: ScenarioChange) -> Command {
        Command::ChangeScenario(self.scenario.name.clone(), Box::new(change))
    }

    pub(super) fn change(&self, change: ScenarioChange) -> Action {
        self.command(change).into()
    }

    pub(super) fn input(&self) -> PoolInput<'a> {
        let input = pool_input(self.place, self.scenario, self.model, self.scheme);
        PoolInput { former: self.former, order: self.order, ..input }
    }

    /// The money in the pool, as the modelled lines have it.
    pub(super) fn in_the_pool(&self) -> Filter {
        Filter::default().only(Dimension::Pool, [self.scenario.pool.as_str()])
    }

    /// Those whose lines are put in, by name.
    pub(super) fn partners(&self) -> Vec<&'a str> {
        let mut partners: Vec<&str> =
            self.scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
        partners.sort_unstable();
        partners.dedup();
        partners
    }
}
