//! Details on demand: at most one part of the scenario is open, in a card under its row.

use super::lines::PickedLines;
use super::risk_terms::RiskDraft;

/// A part of the scenario whose details can be shown; numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    Contribution(usize),
    NewMoney(usize),
    Allocation(usize),
    Years,
    RingFences,
    Conditions,
    Notes,
    RiskShare,
}

/// What is open, and what is being put together there before it is asked for.
#[derive(Default)]
pub(super) struct Details {
    /// The part, of the scenario of this name.
    open: Option<(String, Detail)>,
    pub(super) picked: Option<PickedLines>,
    pub(super) risk: Option<RiskDraft>,
    /// A ring-fence that is to be let fund more.
    pub(super) fence: Option<String>,
    /// The partner whose condition is being put together, and what it keeps as it was typed.
    pub(super) partner: Option<String>,
    pub(super) keeps: String,
}

impl Details {
    pub(super) fn is_open(&self, scenario: &str, detail: Detail) -> bool {
        self.open.as_ref().is_some_and(|(of, open)| of == scenario && *open == detail)
    }

    /// Opens a part, or closes it where it is open.
    pub(super) fn toggle(&mut self, scenario: &str, detail: Detail) {
        let was_open = self.is_open(scenario, detail);
        *self = Self { open: (!was_open).then(|| (scenario.to_owned(), detail)), ..Self::default() };
    }

    /// Closes what is open; false where nothing is.
    pub(super) fn let_go(&mut self) -> bool {
        let was_open = self.open.is_some();
        *self = Self::default();
        was_open
    }
}
