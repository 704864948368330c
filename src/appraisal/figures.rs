//! What an appraisal comes to: a cell for each cost and each gain in each year, whole pence, rounded once; everything
//! else is a sum of cells, so that every table closes both ways.

use num_traits::{One as _, Zero as _};

use super::check::{AppraisalSetting, Findings};
use super::discount::Discounting;
use super::exact::{self, Exact};
use super::{
    Appraisal, AppraisalCode, AppraisalFinding, AppraisedPart, CostLine, Deadweight, Outcome, OutcomeKind,
};
use crate::dimension::Evidence;
use crate::money::{Money, Percent, Weights, apportion};

/// A cell and all that is said of it, £; or a sum of such cells.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AppraisedSum {
    pub amount: Money,
    /// What it is worth in year 0.
    pub present: Money,
    /// What of the amount can be taken out of a budget; of a cost nothing.
    pub cashable: Money,
    pub cashable_present: Money,
}

impl std::ops::AddAssign for AppraisedSum {
    fn add_assign(&mut self, other: Self) {
        self.amount += other.amount;
        self.present += other.present;
        self.cashable += other.cashable;
        self.cashable_present += other.cashable_present;
    }
}

impl std::iter::Sum for AppraisedSum {
    fn sum<I: Iterator<Item = Self>>(sums: I) -> Self {
        sums.fold(Self::default(), |mut sum, one| {
            sum += one;
            sum
        })
    }
}

/// A cost by year.
#[derive(Clone, Debug)]
pub struct CostCells {
    /// Which of the appraisal's costs, from 0.
    pub cost: usize,
    pub evidence: Option<Evidence>,
    pub years: Vec<AppraisedSum>,
}

/// A gain by year.
#[derive(Clone, Debug)]
pub struct GainCells {
    /// Which of the appraisal's outcomes and which gain of it, from 0.
    pub outcome: usize,
    pub gain: usize,
    pub kind: OutcomeKind,
    pub evidence: Option<Evidence>,
    pub years: Vec<AppraisedSum>,
}

/// What an outcome comes to.
#[derive(Clone, Debug)]
pub struct OutcomeFigures {
    /// Which of the appraisal's outcomes, from 0.
    pub outcome: usize,
    effect: Exact,
    net_impact: Exact,
    /// The sum of the parts that are followed, £.
    pub unit_value: Money,
    /// £ in each year.
    pub benefit: Vec<Money>,
}

impl OutcomeFigures {
    /// How many units a year are changed in full, to two decimals: `371.2`.
    pub fn effect(&self) -> String {
        exact::in_decimals(&self.effect, 2)
    }

    /// Impact less what would have happened anyway, of one, all its decimals: `0.2`.
    pub fn net_impact(&self) -> String {
        // Two percentages of eight decimals each.
        exact::in_decimals(&self.net_impact, 16)
    }
}

/// What one partner pays and gains; gains are fiscal ones.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartnerFigures {
    pub name: String,
    pub pays: AppraisedSum,
    pub gains: AppraisedSum,
    /// £, what it pays in each year, not discounted.
    pub pays_by_year: Vec<Money>,
}

/// What an appraisal comes to, as its money falls; who ends up with what is for a rule to say.
#[derive(Clone, Debug)]
pub struct AppraisalFigures {
    pub has_baseline: bool,
    pub discounting: Discounting,
    pub costs: Vec<CostCells>,
    pub gains: Vec<GainCells>,
    pub outcomes: Vec<OutcomeFigures>,
    /// Whoever stands in a cost or a gain that is followed, in the order of the file: costs, then outcomes.
    pub partners: Vec<PartnerFigures>,
    /// What cannot be followed and is left out, and what is worth knowing.
    pub findings: Vec<AppraisalFinding>,
}

impl AppraisalFigures {
    /// Works an appraisal out; what of it cannot be followed is left out and told.
    pub fn of(appraisal: &Appraisal, setting: &AppraisalSetting<'_>) -> Self {
        let mut findings = Findings::of(appraisal, setting);
        let can_discount = findings.can_discount();
        let rates = if can_discount { appraisal.discount.as_slice() } else { &[] };
        let discounting = Discounting::over(rates, appraisal.years.len()).unwrap_or_else(|message| {
            findings.tell(AppraisalCode::DiscountUnclear, AppraisedPart::Discount, message);
            Discounting::none(appraisal.years.len())
        });
        let mut figures = Self {
            has_baseline: appraisal.has_baseline(),
            discounting,
            costs: Vec::new(),
            gains: Vec::new(),
            outcomes: Vec::new(),
            partners: Vec::new(),
            findings: Vec::new(),
        };
        for (index, cost) in appraisal.costs.iter().enumerate() {
            if findings.can_cost(index, cost) && !figures.take_cost(index, cost) {
                findings.tell(
                    AppraisalCode::AmountTooLarge,
                    AppraisedPart::Cost(index),
                    too_large(&cost.partner),
                );
            }
        }
        for (index, outcome) in appraisal.outcomes.iter().enumerate() {
            // Each gain is told of, also where the outcome itself cannot be followed.
            let can_count = findings.can_count(index, outcome);
            let followed: Vec<usize> = (0..outcome.gains.len())
                .filter(|gain| findings.can_gain(index, *gain, &outcome.gains[*gain]))
                .collect();
            if can_count && !figures.take_outcome(appraisal, index, &followed) {
                findings.tell(
                    AppraisalCode::AmountTooLarge,
                    AppraisedPart::Outcome(index),
                    too_large(&outcome.name),
                );
            }
        }
        findings.counted_twice();
        figures.findings = findings.found;
        figures
    }

    fn partner(&mut self, name: &str) -> usize {
        self.partners.iter().position(|partner| partner.name == name).unwrap_or_else(|| {
            let pays_by_year = vec![Money::ZERO; self.discounting.years()];
            self.partners.push(PartnerFigures {
                name: name.to_owned(),
                pays_by_year,
                ..PartnerFigures::default()
            });
            self.partners.len() - 1
        })
    }

    /// Whether a cost is within what can be counted; nothing of it is taken otherwise.
    fn take_cost(&mut self, index: usize, cost: &CostLine) -> bool {
        let corrected = Exact::one() + exact::of_share(cost.correction.share());
        let cell = |year: usize| {
            let amount = cost.amounts.get(year).copied().unwrap_or_default();
            let amount = exact::whole_pence(&(exact::in_pence(amount) * &corrected))?;
            let present = self.discounting.present(amount, year)?;
            Some(AppraisedSum { amount, present, ..AppraisedSum::default() })
        };
        let Some(years) = (0..self.discounting.years()).map(cell).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let partner = self.partner(&cost.partner);
        let sums = &mut self.partners[partner];
        sums.pays += years.iter().copied().sum();
        for (sum, cell) in sums.pays_by_year.iter_mut().zip(&years) {
            *sum += cell.amount;
        }
        self.costs.push(CostCells { cost: index, evidence: cost.evidence, years });
        true
    }

    /// Whether an outcome, as far as its gains are followed, is within what can be counted.
    fn take_outcome(&mut self, appraisal: &Appraisal, index: usize, followed: &[usize]) -> bool {
        let outcome = &appraisal.outcomes[index];
        let of = |percent: Percent| exact::of_share(percent.share());
        let net_impact = match outcome.deadweight {
            Some(Deadweight::Points(points)) => of(outcome.impact) - of(points),
            Some(Deadweight::Share(share)) => of(outcome.impact) * (Exact::one() - of(share)),
            None => return true,
        };
        let people = appraisal.people_of(outcome).unwrap_or_default();
        let effect = exact::of_people(people)
            * exact::of_share(outcome.each.share())
            * of(outcome.engagement)
            * of(outcome.retention)
            * &net_impact;
        let unit_value: Money = followed.iter().map(|gain| outcome.gains[*gain].value).sum();
        // In full: what there would be in a year of 100%.
        let corrected = &effect * (Exact::one() + of(outcome.correction));
        let Some(years) = (0..self.discounting.years())
            .map(|year| self.gains_of_year(outcome, followed, &corrected, year))
            .collect::<Option<Vec<_>>>()
        else {
            return false;
        };
        let benefit = years.iter().map(|cells| cells.iter().map(|cell| cell.amount).sum()).collect();
        for (at, &gain) in followed.iter().enumerate() {
            let partner = self.partner(&outcome.gains[gain].partner);
            let years: Vec<AppraisedSum> = years.iter().map(|cells| cells[at]).collect();
            if outcome.kind == OutcomeKind::Fiscal {
                self.partners[partner].gains += years.iter().copied().sum();
            }
            let (kind, evidence) = (outcome.kind, outcome.evidence);
            self.gains.push(GainCells { outcome: index, gain, kind, evidence, years });
        }
        self.outcomes.push(OutcomeFigures { outcome: index, effect, net_impact, unit_value, benefit });
        true
    }

    /// The cells of an outcome's gains in a year: the benefit is rounded once and shared among its parts.
    fn gains_of_year(
        &self,
        outcome: &Outcome,
        followed: &[usize],
        corrected: &Exact,
        year: usize,
    ) -> Option<Vec<AppraisedSum>> {
        let profile = outcome.profile.get(year).copied().unwrap_or(Percent::NONE);
        let in_year = corrected * exact::of_share(profile.share());
        let parts: Vec<Money> = followed.iter().map(|gain| outcome.gains[*gain].value).collect();
        let amounts = shared_among(&in_year, &parts)?;
        let cell = |(amount, gain): (Money, &usize)| {
            let cashable = amount.times(outcome.gains[*gain].cashable);
            Some(AppraisedSum {
                amount,
                present: self.discounting.present(amount, year)?,
                cashable,
                cashable_present: self.discounting.present(cashable, year)?,
            })
        };
        amounts.into_iter().zip(followed).map(cell).collect()
    }
}

fn too_large(name: &str) -> String {
    format!("{name}: it comes to more than £900,000,000,000,000 in a year; correct what is too large")
}

/// So much of a unit whose value is the sum of some parts: rounded once to a penny, and shared among the parts by the
/// largest remainders.
fn shared_among(units: &Exact, parts: &[Money]) -> Option<Vec<Money>> {
    let value: Money = parts.iter().copied().sum();
    let whole = exact::whole_pence(&(units * exact::in_pence(value)))?;
    let has_loss = parts.iter().any(|part| part.is_negative() != value.is_negative() && !part.is_zero());
    if !has_loss || value.is_zero() && parts.iter().all(|part| part.is_zero()) {
        let sizes = Weights::from_amounts(parts.iter().map(|part| part.abs()));
        return Some(match sizes {
            Ok(weights) => apportion(whole, &weights),
            Err(_) => vec![Money::ZERO; parts.len()],
        });
    }
    shared_with_losses(units, parts, whole)
}

/// The same where one part gains what another loses: each is rounded down, and the pennies left over go to the largest
/// remainders.
fn shared_with_losses(units: &Exact, parts: &[Money], whole: Money) -> Option<Vec<Money>> {
    let value: Money = parts.iter().copied().sum();
    let quota = |part: &Money| {
        if value.is_zero() {
            units * exact::in_pence(*part)
        } else {
            exact::in_pence(whole) * exact::in_pence(*part) / exact::in_pence(value)
        }
    };
    let quotas: Vec<Exact> = parts.iter().map(quota).collect();
    let mut shared: Vec<Money> =
        quotas.iter().map(|quota| exact::whole_pence(&quota.floor())).collect::<Option<_>>()?;
    let mut order: Vec<usize> = (0..parts.len()).collect();
    order.sort_by_key(|&at| (std::cmp::Reverse(&quotas[at] - quotas[at].floor()), at));
    let mut left = whole - shared.iter().copied().sum();
    for &at in &order {
        if left <= Money::ZERO || (&quotas[at] - quotas[at].floor()).is_zero() {
            break;
        }
        shared[at] += Money::from_units(100);
        left -= Money::from_units(100);
    }
    Some(shared)
}
