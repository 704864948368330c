//! Budgets that are pooled or aligned today, found by what services, themes and funders are called. A hint
//! for a person to follow to the lines: nothing is changed.

use crate::dimension::{Dimension, NameId};
use crate::ledger::{Ledger, LineId};
use crate::money::Money;

/// Money that is in a pooled or aligned budget today, by what its service is called.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PooledBudget {
    pub agency: String,
    pub dimension: Dimension,
    /// The service, theme or funder as it is published: "Learning Disabilities PB".
    pub name: String,
    /// £.
    pub amount: Money,
    pub lines: Vec<LineId>,
}

/// Finds pooled budgets by name: "pooled budget", "PB" as a word of its own, section 75, Better Care Fund. The largest
/// first. A name is a hint and no proof, so nothing is changed.
pub fn pooled_budgets(ledger: &Ledger) -> Vec<PooledBudget> {
    let mut found: Vec<PooledBudget> = Vec::new();
    for dimension in [Dimension::Service, Dimension::Theme, Dimension::Funder] {
        let names = ledger.names(dimension);
        let is_pooled: Vec<bool> =
            names.iter().map(|(id, name)| id != NameId::NOT_STATED && is_pooled(name)).collect();
        // Names are few and lines many: where no name speaks of a pool the lines are not gone through.
        if !is_pooled.contains(&true) {
            continue;
        }
        for line in (0..ledger.len() as u32).map(LineId) {
            let id = ledger.name_id(line, dimension);
            if !is_pooled[id.index()] {
                continue;
            }
            let (agency, name) = (ledger.line(line).name(Dimension::Agency), names.name(id));
            let same = |budget: &PooledBudget| {
                budget.dimension == dimension && budget.name == name && budget.agency == agency
            };
            let at = found.iter().position(same).unwrap_or_else(|| {
                let (agency, name) = (agency.to_owned(), name.to_owned());
                found.push(PooledBudget { agency, dimension, name, amount: Money::ZERO, lines: Vec::new() });
                found.len() - 1
            });
            found[at].amount += ledger.amount(line);
            found[at].lines.push(line);
        }
    }
    found.sort_by(|a, b| b.amount.abs().cmp(&a.amount.abs()).then_with(|| a.name.cmp(&b.name)));
    found
}

fn is_pooled(name: &str) -> bool {
    let words: Vec<String> = name
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let follows = |first: &[&str], second: &[&str]| {
        words.windows(2).any(|pair| first.contains(&pair[0].as_str()) && second.contains(&pair[1].as_str()))
    };
    let has = |wanted: &str| words.iter().any(|word| word == wanted);
    follows(&["pooled", "pool", "aligned"], &["budget", "budgets", "fund", "funds", "funding"])
        || follows(&["section", "s", "sec", "sect"], &["75"])
        || has("s75")
        || has("bcf")
        || words.windows(3).any(|three| three == ["better", "care", "fund"])
        // "PB" by itself or in front is somebody's initials; at the end, behind a service, councils mean the
        // pooled budget.
        || words.len() > 1 && words.last().is_some_and(|last| last == "pb")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pooled_budgets_are_known_by_name() {
        for name in [
            "Learning Disabilities PB",
            "Adults (Section 75)",
            "S75 Equipment",
            "Mental Health Pooled Fund",
            "Better Care Fund",
        ] {
            assert!(is_pooled(name), "{name}");
        }
        for name in ["PB", "Swimming pool", "Care fund", "Section 17", "PB Fencing", "Flat 75"] {
            assert!(!is_pooled(name), "{name}");
        }
    }
}
