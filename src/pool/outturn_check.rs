//! What of an outturn that was entered names nobody and nothing that is there, is of what the pool spends nothing on, or
//! says the same twice. It can be told only of a scenario that is worked out, since allocations bring names of their own.

use super::{Finding, Model, OutturnOf, Scenario, ScenarioChange, ScenarioPart};
use crate::dimension::Dimension;
use crate::ledger::Ledger;
use crate::money::in_full;

impl OutturnOf {
    /// What it names and a modelled ledger does not have.
    pub(super) fn lost_names(&self, scenario: &Scenario, ledger: &Ledger) -> Vec<(Dimension, &str)> {
        let named: [(Dimension, Option<&String>); 2] = match self {
            // Whoever brings new money is known, also where none of it is modelled.
            Self::Partner(partner) if scenario.new_money.iter().any(|money| money.partner == *partner) => {
                return Vec::new();
            }
            Self::Partner(partner) => [(Dimension::Agency, Some(partner)), (Dimension::Agency, None)],
            Self::Line { theme, service } => {
                [(Dimension::Theme, theme.as_ref()), (Dimension::Service, service.as_ref())]
            }
        };
        let named = named.into_iter().filter_map(|(dimension, name)| Some((dimension, name?.as_str())));
        named.filter(|(dimension, name)| ledger.names(*dimension).id(name).is_none()).collect()
    }

    /// The change that forgets it.
    pub(super) fn taken_out(&self) -> ScenarioChange {
        let label = format!("Take out the outturn of {}", self.in_words());
        ScenarioChange::Several(label, vec![ScenarioChange::SetOutturn(self.clone(), None)])
    }
}

impl Model {
    /// What is wrong with the outturn, each with ways on.
    pub(super) fn check_outturn(&self, scenario: &Scenario) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (index, outturn) in scenario.outturn.iter().enumerate() {
            let part = ScenarioPart::Outturn(index);
            let of = &outturn.of;
            if let Some(other) = scenario.outturn[..index].iter().find(|other| other.of == *of) {
                let message =
                    format!("what was spent by {} is entered twice; leave one of them", of.in_words());
                let mut finding = Finding::broken(part, message);
                finding.choices.extend([other.spent, outturn.spent].map(|spent| {
                    let label = format!("Leave {}", in_full(spent));
                    let changes = vec![
                        ScenarioChange::SetOutturn(of.clone(), None),
                        ScenarioChange::SetOutturn(of.clone(), Some(spent)),
                    ];
                    ScenarioChange::Several(label, changes)
                }));
                findings.push(finding);
            }
            let lost = of.lost_names(scenario, &self.ledger);
            for (dimension, name) in &lost {
                let mut finding = Finding::lost_name(part, &self.ledger, *dimension, name);
                finding.choices.push(of.taken_out());
                findings.push(finding);
            }
            if let OutturnOf::Line { theme, service } = of
                && lost.is_empty()
                && !self.plans_line(scenario, theme.as_ref(), service.as_ref())
            {
                let message = format!(
                    "the pool spends nothing on {}, so that all of the {} counts as spent beyond what was planned",
                    of.in_words(),
                    in_full(outturn.spent)
                );
                let mut finding = Finding::warning(part, message);
                finding.choices.push(of.taken_out());
                findings.push(finding);
            }
        }
        findings
    }
}
