//! Who pays when a pool overspends and who is given what it underspends, in the wordings of section 75
//! agreements. The bills always come to the whole of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::model::Model;
use super::{Bill, Finding, Portion, Purpose, Scenario, ScenarioPart};
use crate::dimension::{Dimension, Names};
use crate::ledger::Ledger;
use crate::money::{Money, Percent, Weights, apportion};

/// Who pays an overspend, and who is given an underspend: the wordings that section 75 agreements use.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum RiskShare {
    /// In proportion to what each puts in.
    #[default]
    Proportional,
    /// Each for the services it is responsible for: by the outturn of partners, where one was entered.
    OwnRisk,
    /// Service by service, fixed or variable; what is not listed is proportional. The variance falls
    /// on services by their outturn, where one was entered, and else in proportion to what the pool spends on them.
    PerLine(Vec<LineRisk>),
    /// In proportion, but nobody pays more of an overspend than its cap; the rest falls to those without one.
    Capped {
        caps: Vec<Cap>,
        /// Who alone pays beyond the caps. If nobody is named, those without a cap do, in proportion to what they put
        /// in; where everybody has a cap, the host.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        beyond: Option<String>,
    },
    /// The first part of a variance one way, the next another.
    Banded(Vec<RiskBand>),
    /// Step by step, until it is paid; what is left at the end is proportional.
    InOrder(Vec<RiskStep>),
}

/// How the variance of one service, or of all services of a theme, is shared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRisk {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    pub share: LineShare,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LineShare {
    /// Contributions do not change: this partner bears all of it.
    Fixed(String),
    /// Contributions change by these shares; in proportion to what each puts in, if none are given.
    Variable(Vec<PartnerShare>),
}

/// A partner's part of a hundred.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartnerShare {
    pub partner: String,
    pub share: Percent,
}

/// The most a partner pays of an overspend.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    pub partner: String,
    /// An amount, or a percentage of what it puts in; the whole of that, if nothing is said.
    #[serde(default)]
    pub most: Portion,
}

/// A part of a variance, from where the band before it ends.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Band", deny_unknown_fields)]
pub struct RiskBand {
    /// Up to this percentage of the pool; the last band has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Percent>,
    pub share: BandShare,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BandShare {
    Proportional,
    /// One partner bears it.
    Partner(String),
    Shares(Vec<PartnerShare>),
}

/// One step of the order in which an overspend is paid.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RiskStep {
    /// Money that waits in the pool pays first.
    Unallocated,
    /// A partner pays, up to so much: an amount, or a percentage of what it puts in.
    Partner { partner: String, most: Portion },
    /// The rest is shared.
    Share(BandShare),
}

impl RiskShare {
    /// The rule in the words that people choose it by.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Proportional => "In proportion to what each puts in",
            Self::OwnRisk => "Each for its own services",
            Self::PerLine(_) => "Line by line, fixed or variable",
            Self::Capped { .. } => "In proportion, up to a cap",
            Self::Banded(_) => "By bands",
            Self::InOrder(_) => "In order, until it is paid",
        }
    }

    /// Every name of a partner in it.
    pub(super) fn partners_mut(&mut self) -> Vec<&mut String> {
        fn of(shares: &mut [PartnerShare]) -> impl Iterator<Item = &mut String> {
            shares.iter_mut().map(|share| &mut share.partner)
        }
        fn of_share(share: &mut BandShare) -> Vec<&mut String> {
            match share {
                BandShare::Proportional => Vec::new(),
                BandShare::Partner(partner) => vec![partner],
                BandShare::Shares(shares) => of(shares).collect(),
            }
        }
        match self {
            Self::Proportional | Self::OwnRisk => Vec::new(),
            Self::PerLine(lines) => lines
                .iter_mut()
                .flat_map(|line| match &mut line.share {
                    LineShare::Fixed(partner) => vec![partner],
                    LineShare::Variable(shares) => of(shares).collect(),
                })
                .collect(),
            Self::Capped { caps, beyond } => {
                caps.iter_mut().map(|cap| &mut cap.partner).chain(beyond).collect()
            }
            Self::Banded(bands) => bands.iter_mut().flat_map(|band| of_share(&mut band.share)).collect(),
            Self::InOrder(steps) => steps
                .iter_mut()
                .flat_map(|step| match step {
                    RiskStep::Unallocated => Vec::new(),
                    RiskStep::Partner { partner, .. } => vec![partner],
                    RiskStep::Share(share) => of_share(share),
                })
                .collect(),
        }
    }

    /// Lists of shares that must come to a hundred.
    fn share_lists(&self) -> Vec<&[PartnerShare]> {
        fn of(share: &BandShare) -> Option<&[PartnerShare]> {
            match share {
                BandShare::Shares(shares) => Some(shares),
                BandShare::Proportional | BandShare::Partner(_) => None,
            }
        }
        match self {
            Self::Proportional | Self::OwnRisk | Self::Capped { .. } => Vec::new(),
            Self::PerLine(lines) => lines
                .iter()
                .filter_map(|line| match &line.share {
                    LineShare::Variable(shares) if !shares.is_empty() => Some(shares.as_slice()),
                    _ => None,
                })
                .collect(),
            Self::Banded(bands) => bands.iter().filter_map(|band| of(&band.share)).collect(),
            Self::InOrder(steps) => steps
                .iter()
                .filter_map(|step| match step {
                    RiskStep::Share(share) => of(share),
                    RiskStep::Unallocated | RiskStep::Partner { .. } => None,
                })
                .collect(),
        }
    }

    /// What contradicts itself, or names somebody who is not there.
    pub(super) fn check(&self, scenario: &Scenario, ledger: &Ledger, findings: &mut Vec<Finding>) {
        let mut copy = self.clone();
        let is_partner = |name: &str| {
            scenario.contributions.iter().any(|contribution| contribution.partner == name)
                || scenario.new_money.iter().any(|money| money.partner == name)
                || ledger.names(Dimension::Agency).id(name).is_some()
        };
        for name in copy.partners_mut().into_iter().filter(|name| !is_partner(name)) {
            findings.push(Finding::lost_name(ScenarioPart::RiskShare, ledger, Dimension::Agency, name));
        }
        for shares in self.share_lists() {
            let sum = shares.iter().try_fold(Percent::NONE, |sum, share| sum.checked_add(share.share));
            let negative = shares.iter().find(|share| share.share.is_negative());
            if let Some(share) = negative {
                let message = format!("{} cannot have a share of {}", share.partner, share.share);
                findings.push(Finding::broken(ScenarioPart::RiskShare, message));
            } else if sum != Some(Percent::WHOLE) {
                let listed: Vec<String> =
                    shares.iter().map(|share| format!("{} {}", share.partner, share.share)).collect();
                let sum = sum.map_or_else(|| "too much".to_owned(), |sum| sum.to_string());
                let message = format!("the shares {} come to {sum}, not to 100%", listed.join(", "));
                findings.push(Finding::broken(ScenarioPart::RiskShare, message));
            }
        }
        if let Self::Banded(bands) = self {
            for (index, pair) in bands.windows(2).enumerate() {
                let follows = match (pair[0].up_to, pair[1].up_to) {
                    (Some(first), Some(second)) => first < second,
                    (Some(_), None) => true,
                    (None, _) => false,
                };
                if !follows {
                    let end = |band: &RiskBand| {
                        band.up_to.map_or("everything".to_owned(), |up_to| up_to.to_string())
                    };
                    let message = format!(
                        "band {} goes up to {}, and band {} up to {}; each must go further than the one before",
                        index + 1,
                        end(&pair[0]),
                        index + 2,
                        end(&pair[1])
                    );
                    findings.push(Finding::broken(ScenarioPart::RiskShare, message));
                }
            }
        }
    }
}

impl Model {
    /// What each partner pays when the pool overspends by so much, £, or is given back when it underspends (negative).
    /// The bills come to exactly that.
    ///
    /// A rule that is broken counts as proportional.
    pub fn bills(&self, scenario: &Scenario, overspend: Money) -> Vec<Bill> {
        let is_broken = self.broken().any(|finding| finding.part == ScenarioPart::RiskShare);
        let proportional = RiskShare::Proportional;
        // Somebody has to pay in any case; in proportion is also what holds where nothing was said.
        let rule = if is_broken { &proportional } else { &scenario.risk_share };
        let mut bills = Bills { model: self, by_payer: BTreeMap::new() };
        match rule {
            RiskShare::Proportional => bills.in_proportion(overspend),
            RiskShare::OwnRisk => bills.own_risk(scenario, overspend),
            RiskShare::PerLine(lines) => bills.per_line(scenario, lines, overspend),
            RiskShare::Capped { caps, beyond } => {
                bills.capped(caps, beyond.as_deref(), scenario.host.as_deref(), overspend);
            }
            RiskShare::Banded(bands) => bills.banded(bands, overspend),
            RiskShare::InOrder(steps) => bills.in_order(steps, overspend),
        }
        let mut listed: Vec<Bill> =
            bills.by_payer.into_iter().map(|(payer, amount)| Bill { payer, amount }).collect();
        listed.retain(|bill| !bill.amount.is_zero());
        listed.sort_by(|a, b| b.amount.abs().cmp(&a.amount.abs()).then_with(|| a.payer.cmp(&b.payer)));
        listed
    }
}

/// Who pays how much, as it is put together.
pub(super) struct Bills<'a> {
    pub(super) model: &'a Model,
    by_payer: BTreeMap<String, Money>,
}

impl Bills<'_> {
    pub(super) fn add(&mut self, payer: &str, amount: Money) {
        *self.by_payer.entry(payer.to_owned()).or_default() += amount;
    }

    fn puts_in(&self, partner: &str) -> Money {
        let position = self.model.positions.iter().find(|position| position.agency == partner);
        position.map_or(Money::ZERO, |position| position.puts_in)
    }

    /// Shares an amount by weights; "Not stated" pays what nobody can be asked for.
    fn by(&mut self, amount: Money, weights: Vec<(String, i128)>) {
        let (payers, weights): (Vec<String>, Vec<i128>) =
            // Who is owed by the pool on balance is not asked to pay less than nothing.
            weights.into_iter().map(|(payer, weight)| (payer, weight.max(0))).unzip();
        match Weights::new(weights) {
            Ok(weights) => {
                for (payer, part) in payers.iter().zip(apportion(amount, &weights)) {
                    self.add(payer, part);
                }
            }
            Err(_) => self.add(Names::NOT_STATED, amount),
        }
    }

    pub(super) fn in_proportion(&mut self, amount: Money) {
        let positions = &self.model.positions;
        let weights = positions.iter().map(|position| (position.agency.clone(), position.puts_in.units()));
        self.by(amount, weights.collect());
    }

    pub(super) fn by_shares(&mut self, amount: Money, shares: &[PartnerShare]) {
        let weights = shares.iter().map(|share| (share.partner.clone(), share.share.weight()));
        self.by(amount, weights.collect());
    }

    fn by_band(&mut self, amount: Money, share: &BandShare) {
        match share {
            BandShare::Proportional => self.in_proportion(amount),
            BandShare::Partner(partner) => self.add(partner, amount),
            BandShare::Shares(shares) => self.by_shares(amount, shares),
        }
    }

    fn most(&self, partner: &str, most: Portion) -> Money {
        match most {
            Portion::Whole => self.puts_in(partner),
            Portion::Percent(percent) => self.puts_in(partner).times(percent),
            Portion::Amount(amount) => amount,
        }
    }

    fn capped(&mut self, caps: &[Cap], beyond: Option<&str>, host: Option<&str>, amount: Money) {
        self.in_proportion(amount);
        // Caps are about paying; what is given back has none.
        if !amount.is_positive() {
            return;
        }
        let mut rest = Money::ZERO;
        for cap in caps.iter().filter(|cap| beyond != Some(cap.partner.as_str())) {
            // Of whoever is owed by the pool on balance, a percentage is nothing to pay, and not money to be given.
            let most = self.most(&cap.partner, cap.most).max(Money::ZERO);
            if let Some(bill) = self.by_payer.get_mut(&cap.partner)
                && *bill > most
            {
                rest += *bill - most;
                *bill = most;
            }
        }
        if rest.is_zero() {
            return;
        }
        if let Some(partner) = beyond {
            return self.add(partner, rest);
        }
        let is_capped = |agency: &str| caps.iter().any(|cap| cap.partner == agency);
        let open = self.model.positions.iter().filter(|position| !is_capped(&position.agency));
        let weights: Vec<(String, i128)> =
            open.map(|position| (position.agency.clone(), position.puts_in.units())).collect();
        match host {
            // Nobody is left to share it, and whoever holds the money has to find it.
            Some(host) if weights.iter().all(|(_, weight)| *weight <= 0) => self.add(host, rest),
            _ => self.by(rest, weights),
        }
    }

    fn banded(&mut self, bands: &[RiskBand], amount: Money) {
        let pool = self.model.balance.into_pool;
        let (mut left, mut from) = (amount.abs(), Money::ZERO);
        let signed = |part: Money| if amount.is_negative() { -part } else { part };
        for band in bands {
            let width = band.up_to.map_or(left, |up_to| pool.times(up_to) - from).min(left).max(Money::ZERO);
            self.by_band(signed(width), &band.share);
            left -= width;
            from += width;
        }
        // Where the last band has an end, what goes beyond it is shared as if nothing was said.
        self.in_proportion(signed(left));
    }

    fn in_order(&mut self, steps: &[RiskStep], amount: Money) {
        if amount.is_negative() {
            // An underspend has no order: it goes back as it came.
            return self.in_proportion(amount);
        }
        let mut left = amount;
        for step in steps {
            match step {
                RiskStep::Unallocated => {
                    let part = self.model.balance.unallocated.max(Money::ZERO).min(left);
                    self.add(Purpose::UNALLOCATED, part);
                    left -= part;
                }
                RiskStep::Partner { partner, most } => {
                    let part = self.most(partner, *most).max(Money::ZERO).min(left);
                    self.add(partner, part);
                    left -= part;
                }
                RiskStep::Share(share) => {
                    self.by_band(left, share);
                    left = Money::ZERO;
                }
            }
        }
        self.in_proportion(left);
    }
}
