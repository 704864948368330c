//! What is wrong with a scenario, said with the part it is about and the changes that would mend it. A
//! scenario is kept whatever is found; only what cannot be followed is left out of the model.

use std::fmt;

use super::{Lines, Outturn, RiskShare, Scenario, ScenarioChange};
use crate::dimension::{Dimension, FinancialYear, Names, comparison_key, nearest};
use crate::ledger::{Filter, Ledger};
use crate::ledger::{LineReference, nearest_lines};

/// Something about a scenario that cannot be as it says: it is kept, shown with the reason, and mended by a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub part: ScenarioPart,
    pub severity: FindingSeverity,
    /// What is wrong, and what would be right.
    pub message: String,
    /// Changes that would mend it, the likeliest first.
    pub choices: Vec<ScenarioChange>,
}

/// The part of a scenario that a finding is about; numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ScenarioPart {
    Scenario,
    Host,
    Years,
    Contribution(usize),
    NewMoney(usize),
    Split,
    Allocation(usize),
    RingFence(usize),
    Condition(usize),
    RiskShare,
    Outturn(usize),
}

/// Part as people count: "Contribution 2".
impl fmt::Display for ScenarioPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scenario => f.write_str("Scenario"),
            Self::Host => f.write_str("Host"),
            Self::Years => f.write_str("Years"),
            Self::Contribution(index) => write!(f, "Contribution {}", index + 1),
            Self::NewMoney(index) => write!(f, "New money {}", index + 1),
            Self::Split => f.write_str("Split"),
            Self::Allocation(index) => write!(f, "Allocation {}", index + 1),
            Self::RingFence(index) => write!(f, "Ring-fence {}", index + 1),
            Self::Condition(index) => write!(f, "Condition {}", index + 1),
            Self::RiskShare => f.write_str("Risk share"),
            Self::Outturn(index) => write!(f, "Outturn {}", index + 1),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.part, self.message)
    }
}

/// What a finding means for the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FindingSeverity {
    /// Worth knowing; the part is modelled.
    Warning,
    /// What it names is left out until it is mended.
    Broken,
}

/// What a scenario refers to: a name of a dimension, or one line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Reference {
    Name(Dimension, String),
    Line(LineReference),
}

impl Finding {
    pub(super) fn broken(part: ScenarioPart, message: impl Into<String>) -> Self {
        Self { part, severity: FindingSeverity::Broken, message: message.into(), choices: Vec::new() }
    }

    pub(super) fn warning(part: ScenarioPart, message: impl Into<String>) -> Self {
        Self { severity: FindingSeverity::Warning, ..Self::broken(part, message) }
    }

    /// A name that the ledger does not have, with the names that are nearest to it.
    pub(super) fn lost_name(part: ScenarioPart, ledger: &Ledger, dimension: Dimension, name: &str) -> Self {
        let lost = Reference::Name(dimension, name.to_owned());
        let found = nearest_names(ledger, dimension, name);
        let article = if matches!(dimension, Dimension::Agency | Dimension::Area) { "an" } else { "a" };
        let hint = match found.first() {
            Some(near) => format!("; did you mean \"{near}\"?"),
            None => "; choose another, or load the lines again".to_owned(),
        };
        let title = dimension.title().to_lowercase();
        let mut finding = Self::broken(part, format!("no line has {article} {title} \"{name}\"{hint}"));
        finding.choices = found
            .into_iter()
            .map(|name| ScenarioChange::Mend { lost: lost.clone(), found: Reference::Name(dimension, name) })
            .collect();
        finding
    }

    /// A line that the ledger does not have, with those that say most of the same.
    pub(super) fn lost_line(part: ScenarioPart, ledger: &Ledger, reference: &LineReference) -> Self {
        let near: Vec<LineReference> = nearest_lines(ledger, reference)
            .into_iter()
            .map(|line| LineReference::to(ledger, line))
            .collect();
        let said = if reference.says.is_empty() { &reference.key } else { &reference.says };
        let hint = near.first().map_or_else(
            || "; pick another, or take it out".to_owned(),
            |near| format!("; the nearest is \"{}\"", near.says),
        );
        let mut finding = Self::broken(part, format!("the line \"{said}\" is gone{hint}"));
        finding.choices = near
            .into_iter()
            .map(|near| ScenarioChange::Mend {
                lost: Reference::Line(reference.clone()),
                found: Reference::Line(near),
            })
            .collect();
        finding
    }
}

/// Up to three names of a ledger that may have been meant, the nearest first.
fn nearest_names(ledger: &Ledger, dimension: Dimension, name: &str) -> Vec<String> {
    if dimension == Dimension::Year {
        return nearest_years(ledger, name);
    }
    let all =
        || ledger.names(dimension).iter().map(|(_, name)| name).filter(|name| *name != Names::NOT_STATED);
    let mut found: Vec<String> = Vec::new();
    // Three are as many as a person weighs before typing the name.
    while found.len() < 3 {
        let left = all().filter(|name| !found.iter().any(|known| known == name));
        match nearest(name, left) {
            Some(near) => found.push(near.to_owned()),
            None => break,
        }
    }
    // A longer or shorter form of the same name is far by its letters and near by its sense.
    let key = comparison_key(name);
    for other in all() {
        let other_key = comparison_key(other);
        // Four letters and more: shorter keys stand in names by chance.
        let contains =
            key.len() > 3 && other_key.len() > 3 && (key.contains(&other_key) || other_key.contains(&key));
        if contains && found.len() < 3 && !found.iter().any(|known| known == other) {
            found.push(other.to_owned());
        }
    }
    found
}

/// Up to three years of a ledger, the nearest first: of two as near, the later.
fn nearest_years(ledger: &Ledger, name: &str) -> Vec<String> {
    let number = |year: &str| year.get(..4).and_then(|digits| digits.parse::<i32>().ok());
    let Some(lost) = number(name) else { return Vec::new() };
    let known = ledger.names(Dimension::Year).iter();
    let mut known: Vec<(i32, &str)> = known.filter_map(|(_, year)| Some((number(year)?, year))).collect();
    known.sort_unstable_by_key(|(year, _)| ((year - lost).abs(), std::cmp::Reverse(*year)));
    known.into_iter().take(3).map(|(_, year)| year.to_owned()).collect()
}

impl Scenario {
    /// Puts one reference in the place of another, everywhere in the scenario; whether there was one.
    pub(super) fn mend(&mut self, lost: &Reference, found: &Reference) -> bool {
        // Compared as a whole: whether anything was mended need not be counted at each of the dozen places.
        let before = self.clone();
        match (lost, found) {
            (Reference::Line(lost), Reference::Line(found)) => self.mend_line(lost, found),
            (Reference::Name(dimension, lost), Reference::Name(other, found)) if dimension == other => {
                self.mend_name(*dimension, lost, found);
            }
            _ => return false,
        }
        *self != before
    }

    fn mend_line(&mut self, lost: &LineReference, found: &LineReference) {
        for contribution in &mut self.contributions {
            if let Lines::ByHand(lines) = &mut contribution.lines {
                for line in lines.iter_mut().filter(|line| line.key == lost.key && line.nth == lost.nth) {
                    line.clone_from(found);
                }
            }
        }
    }

    fn mend_name(&mut self, dimension: Dimension, lost: &str, found: &str) {
        let mut filters: Vec<&mut Filter> = Vec::new();
        for contribution in &mut self.contributions {
            if let Lines::Where(filter) = &mut contribution.lines {
                filters.push(filter);
            }
        }
        filters.extend(self.allocations.iter_mut().map(|allocation| &mut allocation.from));
        filters.extend(self.ring_fences.iter_mut().map(|fence| &mut fence.allows));
        filters.extend(self.conditions.iter_mut().map(|condition| &mut condition.of));
        for chip in filters.into_iter().flat_map(|filter| &mut filter.chips) {
            if chip.dimension == dimension && chip.names.remove(lost) {
                chip.names.insert(found.to_owned());
            }
        }
        match dimension {
            Dimension::Agency => self.mend_agency(lost, found),
            Dimension::Year => {
                if let (Ok(lost), Ok(found)) = (lost.parse::<FinancialYear>(), found.parse()) {
                    self.years.iter_mut().filter(|year| **year == lost).for_each(|year| *year = found);
                }
            }
            Dimension::Ringfence => {
                for fence in self.ring_fences.iter_mut().filter(|fence| fence.name == lost) {
                    found.clone_into(&mut fence.name);
                }
            }
            Dimension::Theme | Dimension::Service => {
                let entered = self.outturn.iter_mut().filter_map(|outturn| outturn.name_mut(dimension));
                let rules = match &mut self.risk_share {
                    RiskShare::PerLine(rules) => rules.as_mut_slice(),
                    _ => &mut [],
                };
                let ruled = rules.iter_mut().filter_map(|rule| rule.name_mut(dimension));
                for name in entered.chain(ruled).filter(|name| *name == lost) {
                    found.clone_into(name);
                }
            }
            _ => {}
        }
    }

    fn mend_agency(&mut self, lost: &str, found: &str) {
        let mut names: Vec<&mut String> = Vec::new();
        names.extend(&mut self.host);
        names.extend(self.contributions.iter_mut().map(|contribution| &mut contribution.partner));
        names.extend(self.new_money.iter_mut().map(|money| &mut money.partner));
        names.extend(self.conditions.iter_mut().map(|condition| &mut condition.partner));
        names.extend(self.allocations.iter_mut().filter_map(|allocation| allocation.to.responsible.as_mut()));
        if let Some(split) = &mut self.split {
            names.extend(split.shares.iter_mut().map(|share| &mut share.partner));
            names.extend(&mut split.locked);
        }
        names.extend(self.risk_share.partners_mut());
        names.extend(self.outturn.iter_mut().filter_map(Outturn::partner_mut));
        for name in names.into_iter().filter(|name| *name == lost) {
            found.clone_into(name);
        }
    }
}
