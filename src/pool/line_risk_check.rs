//! Names in a risk share line by line that match nothing: a rule for a service that no line has is a rule for nothing.
//! It can be told only of a scenario that is worked out, since allocations bring names of their own.

use super::{Finding, FindingSeverity, LineRisk, Model, RiskShare, Scenario, ScenarioChange, ScenarioPart};
use crate::dimension::Dimension;

impl LineRisk {
    /// "Home care", "Ageing Well, Home care", "every line".
    fn in_words(&self) -> String {
        match (&self.theme, &self.service) {
            (Some(theme), Some(service)) => format!("{theme}, {service}"),
            (Some(name), None) | (None, Some(name)) => name.clone(),
            (None, None) => "every line".to_owned(),
        }
    }

    /// The name of a dimension that tells its lines, where it says one.
    pub(super) fn name_mut(&mut self, dimension: Dimension) -> Option<&mut String> {
        match dimension {
            Dimension::Theme => self.theme.as_mut(),
            Dimension::Service => self.service.as_mut(),
            _ => None,
        }
    }
}

impl Model {
    /// The rules by line that are for nothing, each with ways on. The others hold all the same.
    pub(super) fn check_line_risks(&self, scenario: &Scenario) -> Vec<Finding> {
        let RiskShare::PerLine(rules) = &scenario.risk_share else { return Vec::new() };
        let mut findings = Vec::new();
        for (index, rule) in rules.iter().enumerate() {
            let without = || {
                let mut rules = rules.clone();
                rules.remove(index);
                let label = format!("Take out the rule for {}", rule.in_words());
                let change = ScenarioChange::SetRiskShare(RiskShare::PerLine(rules));
                ScenarioChange::Several(label, vec![change])
            };
            let names = [(Dimension::Theme, &rule.theme), (Dimension::Service, &rule.service)];
            let is_lost =
                |(dimension, name): &(Dimension, &String)| self.ledger.names(*dimension).id(name).is_none();
            let named = names.into_iter().filter_map(|(dimension, name)| Some((dimension, name.as_ref()?)));
            let lost: Vec<(Dimension, &String)> = named.filter(is_lost).collect();
            for (dimension, name) in &lost {
                let known = Finding::lost_name(ScenarioPart::RiskShare, &self.ledger, *dimension, name);
                let mut finding = Finding { severity: FindingSeverity::Warning, ..known };
                finding.choices.push(without());
                findings.push(finding);
            }
            if lost.is_empty() && !self.plans_line(scenario, rule.theme.as_ref(), rule.service.as_ref()) {
                let message =
                    format!("the pool spends nothing on {}, and its rule is for nothing", rule.in_words());
                let mut finding = Finding::warning(ScenarioPart::RiskShare, message);
                finding.choices.push(without());
                findings.push(finding);
            }
        }
        findings
    }
}
