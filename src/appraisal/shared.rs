//! Who ends up with what under a rule: payments between partners that come to nothing, what each then bears, and
//! whether it subsidises another.

use super::check::Findings;
use super::{
    Appraisal, AppraisalCode, AppraisalFigures, AppraisalFinding, AppraisalSetting, AppraisedPart,
    SharingRule,
};
use crate::money::{Money, Weights, apportion, in_full};
use crate::words::all_of;

/// A penny, which rounding may leave between two shares that are the same.
const PENNY: Money = Money::from_pence(1);

/// An appraisal under a rule.
#[derive(Clone, Debug)]
pub struct SharedFigures {
    /// The rule that holds: where the one that was asked for is refused, everything stays as it falls.
    pub rule: SharingRule,
    /// In the order of [`AppraisalFigures::partners`]; whoever is named by fixed shares alone comes after.
    pub partners: Vec<SharedPartner>,
    /// Why the rule cannot be followed.
    pub findings: Vec<AppraisalFinding>,
}

/// What a partner ends up with, present values in £.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPartner {
    pub name: String,
    pub pays: Money,
    pub gains: Money,
    pub cashable: Money,
    /// What it receives from the others; less than nothing is what it pays them.
    pub payment: Money,
    pub badges: Badges,
}

/// Three tests of fairness after sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Badges {
    pub no_worse_off: bool,
    pub subsidises_nobody: bool,
    pub no_worse_off_in_cash: bool,
}

impl SharedPartner {
    /// What it gains less what it pays, as it falls.
    pub fn net(&self) -> Money {
        self.gains - self.pays
    }

    /// What it pays less what it receives for it.
    pub fn bears(&self) -> Money {
        self.pays - self.payment
    }

    pub fn shared_net(&self) -> Money {
        self.gains - self.bears()
    }

    /// What it gains in cash less what it bears.
    pub fn cash_net(&self) -> Money {
        self.cashable - self.bears()
    }

    /// Why its badges are what they are.
    pub fn reason(&self) -> String {
        let badges = self.badges;
        let net = self.shared_net();
        let mut words = if badges.no_worse_off {
            format!("Ends {} better off", in_full(net))
        } else {
            format!("Ends {} worse off", in_full(net.abs()))
        };
        if badges.no_worse_off && !badges.subsidises_nobody {
            words.push_str(", and bears a larger share of the cost than of the benefit");
        }
        if !badges.no_worse_off_in_cash {
            let (cash, bears) = (in_full(self.cashable), in_full(self.bears()));
            words.push_str(&format!("; in cash {cash} comes back for {bears} that it bears"));
        }
        words
    }
}

impl AppraisalFigures {
    /// What the benefits come to in year 0, fiscal ones.
    pub fn benefit(&self) -> Money {
        self.partners.iter().map(|partner| partner.gains.present).sum()
    }

    /// What of them is cash.
    pub fn cash(&self) -> Money {
        self.partners.iter().map(|partner| partner.gains.cashable_present).sum()
    }

    /// What it costs in year 0.
    pub fn cost(&self) -> Money {
        self.partners.iter().map(|partner| partner.pays.present).sum()
    }

    /// Who ends up with what under a rule. Where it cannot be followed everything stays as it falls, and the finding
    /// says why.
    pub fn shared(
        &self,
        appraisal: &Appraisal,
        setting: &AppraisalSetting<'_>,
        rule: &SharingRule,
    ) -> SharedFigures {
        let mut findings = Findings::of(appraisal, setting);
        findings.found.clear();
        let mut partners: Vec<SharedPartner> = self.partners.iter().map(SharedPartner::as_it_falls).collect();
        let can_share = findings.can_share(rule);
        let mut rule = rule.clone();
        if !can_share {
            rule = SharingRule::AsItFalls;
        }
        if let SharingRule::Fixed(shares) = &rule {
            for share in shares {
                if !partners.iter().any(|partner| partner.name == share.partner) {
                    partners.push(SharedPartner::outside(&share.partner));
                }
            }
        }
        match self.payments(&partners, &rule) {
            Ok(payments) => {
                for (partner, payment) in partners.iter_mut().zip(payments) {
                    partner.payment = payment;
                }
            }
            Err(message) => {
                findings.tell(AppraisalCode::SharingImpossible, AppraisedPart::Sharing, message);
                partners.truncate(self.partners.len());
                rule = SharingRule::AsItFalls;
            }
        }
        for partner in &mut partners {
            partner.badges = self.badges(partner);
        }
        SharedFigures { rule, partners, findings: findings.found }
    }

    /// What each partner receives; all of it comes to nothing.
    fn payments(&self, partners: &[SharedPartner], rule: &SharingRule) -> Result<Vec<Money>, String> {
        let (cost, benefit) = (self.cost(), self.benefit());
        let less = |from: &[Money], parts: Vec<Money>| -> Vec<Money> {
            from.iter().zip(parts).map(|(from, part)| *from - part).collect()
        };
        let pays: Vec<Money> = partners.iter().map(|partner| partner.pays).collect();
        let gains: Vec<Money> = partners.iter().map(|partner| partner.gains).collect();
        let nets: Vec<Money> = partners.iter().map(SharedPartner::net).collect();
        match rule {
            SharingRule::AsItFalls => Ok(vec![Money::ZERO; partners.len()]),
            SharingRule::CostFollowsBenefit | SharingRule::CostFollowsCash => {
                Ok(less(&pays, apportion(cost, &cost_weights(partners, rule)?)))
            }
            SharingRule::BenefitFollowsCost => {
                let weights = weights(
                    partners,
                    |partner| partner.pays,
                    "pays",
                    "nobody pays, so the benefit cannot follow the cost",
                )?;
                let kept = apportion(benefit, &weights);
                Ok(kept.into_iter().zip(&gains).map(|(kept, gains)| kept - *gains).collect())
            }
            SharingRule::EqualNet | SharingRule::Fixed(_) => {
                if benefit < cost {
                    return Err(format!(
                        "the benefits ({}) are less than the cost ({}): there is nothing to share",
                        in_full(benefit),
                        in_full(cost)
                    ));
                }
                let shares: Vec<i128> = partners.iter().map(|partner| part_of_net(partner, rule)).collect();
                let weights = Weights::new(shares)
                    .map_err(|_| "nobody pays or gains: there is nothing to share".to_owned())?;
                let ends = apportion(benefit - cost, &weights);
                Ok(ends.into_iter().zip(nets).map(|(end, net)| end - net).collect())
            }
        }
    }

    fn badges(&self, partner: &SharedPartner) -> Badges {
        let no_worse_off = !partner.shared_net().is_negative();
        Badges {
            no_worse_off,
            subsidises_nobody: no_worse_off && self.bears_no_more_than_it_gains(partner),
            no_worse_off_in_cash: !partner.cash_net().is_negative(),
        }
    }

    /// Whether a partner bears no larger a share of the cost than it has of the benefit, to a penny.
    fn bears_no_more_than_it_gains(&self, partner: &SharedPartner) -> bool {
        let (cost, benefit) = (self.cost(), self.benefit());
        if !benefit.is_positive() {
            // No share of nothing can be told: only who bears nothing subsidises nobody.
            return partner.bears() <= PENNY;
        }
        let pence = super::exact::in_pence;
        // bears ÷ cost ≤ gains ÷ benefit, both sides times cost and benefit, and a penny more.
        (pence(partner.bears()) - pence(PENNY)) * pence(benefit) <= pence(cost) * pence(partner.gains)
    }

    /// What all partners bear in each year and what each receives of the others, by the same weights as the whole; where
    /// the rule shares no cost, as it falls.
    pub fn schedule(&self, shared: &SharedFigures) -> Vec<YearSchedule> {
        let years = 0..self.discounting.years();
        let weights = cost_weights(&shared.partners, &shared.rule).ok().filter(|_| shared.rule.shares_cost());
        let of_year = |year: usize| {
            let pays: Vec<Money> = self.partners.iter().map(|partner| partner.pays_by_year[year]).collect();
            let Some(weights) = &weights else {
                return YearSchedule { transfers: vec![Money::ZERO; pays.len()], bears: pays };
            };
            let bears = apportion(pays.iter().copied().sum(), weights);
            let transfers = pays.iter().zip(&bears).map(|(pays, bears)| *pays - *bears).collect();
            YearSchedule { bears, transfers }
        };
        years.map(of_year).collect()
    }
}

/// Who bears how much in a year, £ not discounted, in the order of [`AppraisalFigures::partners`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct YearSchedule {
    pub bears: Vec<Money>,
    /// What each receives of the others; less than nothing is what it pays them.
    pub transfers: Vec<Money>,
}

impl SharedPartner {
    fn as_it_falls(partner: &super::PartnerFigures) -> Self {
        Self {
            pays: partner.pays.present,
            gains: partner.gains.present,
            cashable: partner.gains.cashable_present,
            ..Self::outside(&partner.name)
        }
    }

    /// A partner that neither pays nor gains.
    fn outside(name: &str) -> Self {
        let badges = Badges { no_worse_off: true, subsidises_nobody: true, no_worse_off_in_cash: true };
        let (pays, gains, cashable, payment) = (Money::ZERO, Money::ZERO, Money::ZERO, Money::ZERO);
        Self { name: name.to_owned(), pays, gains, cashable, payment, badges }
    }
}

/// By what the cost is shared.
fn cost_weights(partners: &[SharedPartner], rule: &SharingRule) -> Result<Weights, String> {
    if *rule == SharingRule::CostFollowsCash {
        let nobody = "nobody gains in cash, so the cost cannot follow it";
        weights(partners, |partner| partner.cashable, "gains in cash", nobody)
    } else {
        let nobody = "nobody gains, so the cost cannot follow the benefit";
        weights(partners, |partner| partner.gains, "gains", nobody)
    }
}

fn weights(
    partners: &[SharedPartner],
    of: impl Fn(&SharedPartner) -> Money,
    verb: &str,
    nobody: &str,
) -> Result<Weights, String> {
    let less: Vec<String> = partners
        .iter()
        .filter(|partner| of(partner).is_negative())
        .map(|partner| format!("{} {verb} {}", partner.name, in_full(of(partner))))
        .collect();
    if !less.is_empty() {
        return Err(format!("{}, and nobody can have less than no share", all_of(&less)));
    }
    Weights::from_amounts(partners.iter().map(of)).map_err(|_| nobody.to_owned())
}

/// How much of what is left a partner has: as much as each other that pays or gains, or what was agreed.
fn part_of_net(partner: &SharedPartner, rule: &SharingRule) -> i128 {
    match rule {
        SharingRule::Fixed(shares) => {
            shares.iter().find(|share| share.partner == partner.name).map_or(0, |share| share.share.weight())
        }
        _ => i128::from(!partner.pays.is_zero() || !partner.gains.is_zero()),
    }
}
