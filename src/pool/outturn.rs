//! What was spent in the end of what a pool was to spend, as far as it is known, by partner or by line. It says where
//! an over- or underspend falls; where nothing is known, that is taken to be in proportion to spending.

use serde::{Deserialize, Serialize};

use super::risk_share::Bills;
use super::{LineRisk, LineShare, Model, Purpose, RiskShare, Scenario};
use crate::dimension::{Dimension, Names};
use crate::ledger::{Filter, Totals};
use crate::money::{Money, Weights, apportion};

/// What was spent in the end on what one partner answers for, or on one line of the pool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outturn {
    pub of: OutturnOf,
    /// £, in all years of the pool.
    pub spent: Money,
}

/// Whose outturn it is, or of what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub enum OutturnOf {
    /// Of all services that this partner is responsible for: against what it gets back.
    Partner(String),
    /// Of a service, or of all services of a theme, as risk shares name lines: against what the pool spends on them.
    Line {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        theme: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        service: Option<String>,
    },
}

impl OutturnOf {
    /// "Health", "Ageing Well, Home care".
    pub fn in_words(&self) -> String {
        match self {
            Self::Partner(partner) => partner.clone(),
            Self::Line { theme, service } => {
                let names: Vec<&str> = theme.iter().chain(service).map(String::as_str).collect();
                if names.is_empty() { "everything".to_owned() } else { names.join(", ") }
            }
        }
    }

    fn is_partner(&self) -> bool {
        matches!(self, Self::Partner(_))
    }

    /// How much narrower it is than everything: a service says more than its theme.
    fn narrowness(&self) -> usize {
        match self {
            Self::Partner(_) => 0,
            Self::Line { theme, service } => {
                usize::from(theme.is_some()) + 2 * usize::from(service.is_some())
            }
        }
    }

    /// The line of risk shares that it is of.
    pub fn of_line(line: &LineRisk) -> Self {
        Self::Line { theme: line.theme.clone(), service: line.service.clone() }
    }
}

impl Scenario {
    /// What is known to have been spent, £.
    pub fn outturn_of(&self, of: &OutturnOf) -> Option<Money> {
        self.outturn.iter().find(|outturn| outturn.of == *of).map(|outturn| outturn.spent)
    }

    /// Enters what was spent in the end, or forgets it.
    pub(super) fn set_outturn(&mut self, of: &OutturnOf, spent: Option<Money>) {
        match (self.outturn.iter_mut().find(|outturn| outturn.of == *of), spent) {
            (Some(known), Some(spent)) => known.spent = spent,
            (None, Some(spent)) => self.outturn.push(Outturn { of: of.clone(), spent }),
            (_, None) => self.outturn.retain(|outturn| outturn.of != *of),
        }
    }

    /// Where an over- or underspend is taken to fall, in words, where the rule asks for that.
    pub fn where_it_falls(&self) -> Option<&'static str> {
        let asks_partners = match self.risk_share {
            RiskShare::OwnRisk => true,
            RiskShare::PerLine(_) => false,
            _ => return None,
        };
        let is_known = self.outturn.iter().any(|outturn| outturn.of.is_partner() == asks_partners);
        Some(if is_known {
            "by the outturn that was entered; what that does not explain, in proportion to spending"
        } else {
            "if it falls in proportion to spending; enter an outturn to say where it fell"
        })
    }
}

impl Outturn {
    /// The partner it names, where it is of one.
    pub(super) fn partner_mut(&mut self) -> Option<&mut String> {
        match &mut self.of {
            OutturnOf::Partner(partner) => Some(partner),
            OutturnOf::Line { .. } => None,
        }
    }

    /// The theme or the service it names, where it is of a line that says one.
    pub(super) fn name_mut(&mut self, dimension: Dimension) -> Option<&mut String> {
        match (&mut self.of, dimension) {
            (OutturnOf::Line { theme, .. }, Dimension::Theme) => theme.as_mut(),
            (OutturnOf::Line { service, .. }, Dimension::Service) => service.as_mut(),
            _ => None,
        }
    }
}

/// What the pool was to spend on a line, £.
struct PlannedLine {
    theme: String,
    service: String,
    amount: Money,
}

impl PlannedLine {
    fn is_of(&self, theme: Option<&String>, service: Option<&String>) -> bool {
        theme.is_none_or(|theme| *theme == self.theme)
            && service.is_none_or(|service| *service == self.service)
    }
}

impl Model {
    /// What was to be spent on what an outturn is of, £.
    pub fn planned(&self, scenario: &Scenario, of: &OutturnOf) -> Money {
        match of {
            OutturnOf::Partner(partner) => {
                let position = self.positions.iter().find(|position| position.agency == *partner);
                position.map_or(Money::ZERO, |position| position.gets_back)
            }
            OutturnOf::Line { theme, service } => {
                let lines = self.planned_lines(scenario);
                let meant = lines.iter().filter(|line| line.is_of(theme.as_ref(), service.as_ref()));
                meant.map(|line| line.amount).sum()
            }
        }
    }

    /// By how much more was spent than planned, £, by the outturn that was entered; none where nothing was.
    pub fn outturn_variance(&self, scenario: &Scenario) -> Option<Money> {
        // By partner and by line are two ways to say the same money.
        let by_partner = match scenario.risk_share {
            RiskShare::PerLine(_) => false,
            RiskShare::OwnRisk => true,
            _ => self.outturn(scenario).any(|outturn| outturn.of.is_partner()),
        };
        if !self.outturn(scenario).any(|outturn| outturn.of.is_partner() == by_partner) {
            return None;
        }
        let mut falls = if by_partner { self.by_partner(scenario).1 } else { self.by_line(scenario).1 };
        falls.known();
        Some(falls.on.iter().copied().sum())
    }

    /// What was entered of the outturn, but for what names nobody and nothing that is there.
    fn outturn<'a>(&'a self, scenario: &'a Scenario) -> impl Iterator<Item = &'a Outturn> {
        scenario.outturn.iter().filter(|outturn| outturn.of.lost_names(scenario, &self.ledger).is_empty())
    }

    /// Whether the pool was to spend anything on a line, by theme and service.
    pub(super) fn plans_line(
        &self,
        scenario: &Scenario,
        theme: Option<&String>,
        service: Option<&String>,
    ) -> bool {
        self.planned_lines(scenario).iter().any(|line| line.is_of(theme, service))
    }

    fn planned_lines(&self, scenario: &Scenario) -> Vec<PlannedLine> {
        let pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
        let spent = Totals::of(&self.ledger, &pool, &[Dimension::Theme, Dimension::Service]);
        let rows = spent.rows.into_iter().filter(|row| row.names[0] != Purpose::UNALLOCATED);
        rows.filter_map(|row| {
            let [theme, service] = row.names.try_into().ok()?;
            Some(PlannedLine { theme, service, amount: row.amount })
        })
        .collect()
    }

    fn by_partner(&self, scenario: &Scenario) -> (Vec<String>, Falls) {
        let mut partners: Vec<String> =
            self.positions.iter().map(|position| position.agency.clone()).collect();
        let mut falls = Falls::on(self.positions.iter().map(|position| position.gets_back).collect());
        for outturn in self.outturn(scenario) {
            let OutturnOf::Partner(partner) = &outturn.of else { continue };
            let at = partners.iter().position(|known| known == partner).unwrap_or_else(|| {
                partners.push(partner.clone());
                falls.planned.push(Money::ZERO);
                partners.len() - 1
            });
            falls.said.push((vec![at], outturn.spent));
        }
        (partners, falls)
    }

    fn by_line(&self, scenario: &Scenario) -> (Vec<PlannedLine>, Falls) {
        let mut lines = self.planned_lines(scenario);
        let mut said: Vec<&Outturn> =
            self.outturn(scenario).filter(|outturn| !outturn.of.is_partner()).collect();
        // What is said of a service holds within what is said of its theme.
        said.sort_by_key(|outturn| std::cmp::Reverse(outturn.of.narrowness()));
        let mut entries = Vec::new();
        for outturn in said {
            let OutturnOf::Line { theme, service } = &outturn.of else { continue };
            let is_meant = |(_, line): &(usize, &PlannedLine)| line.is_of(theme.as_ref(), service.as_ref());
            let mut meant: Vec<usize> =
                lines.iter().enumerate().filter(is_meant).map(|(index, _)| index).collect();
            if meant.is_empty() {
                // The pool was to spend nothing on it.
                let name =
                    |name: &Option<String>| name.clone().unwrap_or_else(|| Names::NOT_STATED.to_owned());
                let (theme, service) = (name(theme), name(service));
                lines.push(PlannedLine { theme, service, amount: Money::ZERO });
                meant.push(lines.len() - 1);
            }
            entries.push((meant, outturn.spent));
        }
        let mut falls = Falls::on(lines.iter().map(|line| line.amount).collect());
        falls.said = entries;
        (lines, falls)
    }
}

/// Where an over- or underspend falls: on rows of what was planned.
struct Falls {
    /// £, by row.
    planned: Vec<Money>,
    /// Rows, and what was spent on them together, £; the narrowest first.
    said: Vec<(Vec<usize>, Money)>,
    /// What falls on each row, £.
    on: Vec<Money>,
}

impl Falls {
    fn on(planned: Vec<Money>) -> Self {
        Self { planned, said: Vec::new(), on: Vec::new() }
    }

    /// What the outturn says, and which rows it speaks of.
    fn known(&mut self) -> Vec<bool> {
        self.on = vec![Money::ZERO; self.planned.len()];
        let mut is_said = vec![false; self.planned.len()];
        for (rows, spent) in std::mem::take(&mut self.said) {
            let planned: Money = rows.iter().map(|row| self.planned[*row]).sum();
            let rest = self.share(&rows, &is_said, spent - planned);
            // Nothing was planned, so that nothing says on which of them it falls: on the first.
            self.on[rows[0]] += rest;
            for row in rows {
                is_said[row] = true;
            }
        }
        is_said
    }

    /// All of a variance: what is known of it where it fell, the rest in proportion to what was planned. What no row can
    /// bear is left.
    fn all(&mut self, variance: Money) -> Money {
        let is_said = self.known();
        let rows: Vec<usize> = (0..self.planned.len()).collect();
        self.share(&rows, &is_said, variance)
    }

    /// Makes what falls on some rows come to so much, by what nothing was said of or else by all of them; what none can
    /// bear is left.
    fn share(&mut self, rows: &[usize], is_said: &[bool], variance: Money) -> Money {
        let rest = variance - rows.iter().map(|row| self.on[*row]).sum();
        let open: Vec<usize> = rows.iter().copied().filter(|row| !is_said[*row]).collect();
        for among in [open.as_slice(), rows] {
            // Who is owed by the pool on balance is not asked to pay less than nothing.
            let weights = among.iter().map(|row| self.planned[*row].units().max(0));
            if let Ok(weights) = Weights::new(weights) {
                for (row, part) in among.iter().zip(apportion(rest, &weights)) {
                    self.on[*row] += part;
                }
                return Money::ZERO;
            }
        }
        rest
    }
}

impl Bills<'_> {
    /// Each pays for its own services.
    pub(super) fn own_risk(&mut self, scenario: &Scenario, amount: Money) {
        let (partners, mut falls) = self.model.by_partner(scenario);
        let rest = falls.all(amount);
        for (partner, part) in partners.iter().zip(falls.on) {
            self.add(partner, part);
        }
        self.add(Names::NOT_STATED, rest);
    }

    /// Line by line, each by its own rule.
    pub(super) fn per_line(&mut self, scenario: &Scenario, rules: &[LineRisk], amount: Money) {
        let (lines, mut falls) = self.model.by_line(scenario);
        let rest = falls.all(amount);
        for (line, part) in lines.iter().zip(falls.on) {
            let rule = rules.iter().find(|rule| line.is_of(rule.theme.as_ref(), rule.service.as_ref()));
            match rule.map(|rule| &rule.share) {
                Some(LineShare::Fixed(partner)) => self.add(partner, part),
                Some(LineShare::Variable(shares)) if !shares.is_empty() => self.by_shares(part, shares),
                _ => self.in_proportion(part),
            }
        }
        self.in_proportion(rest);
    }
}
