//! An appraisal worked out, as the documented JSON: amounts and ratios are decimal strings, present values have `pv`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::appraisal::{
    Appraisal, Appraised, AppraisedSum, AppraisedYear, OutcomeFigures, OutcomeKind, ReturnRatio,
    SharedPartner,
};
use crate::money::{Money, Rate};

/// What is shown in place of a ratio where nothing is paid.
const NO_COST: &str = "no cost";

#[derive(Serialize)]
pub(super) struct AppraisalOut<'a> {
    appraisal: &'a str,
    scenario: Option<&'a str>,
    today: Option<&'a str>,
    years: Vec<String>,
    prices: &'a str,
    discounted: bool,
    factors: Vec<String>,
    agreed: bool,
    share: &'static str,
    cost: CostOut,
    benefit: BenefitOut,
    /// None where it does not say what would be done without it; and so on below.
    net: Option<CostOut>,
    #[serde(rename = "return")]
    returns: Option<String>,
    cashable_return: Option<String>,
    /// Of all kinds of benefit.
    value_for_money: Option<String>,
    break_even: Option<String>,
    payback: PaybackOut,
    by_year: Vec<YearOut>,
    outcomes: Vec<OutcomeOut<'a>>,
    partners: Vec<AppraisedPartnerOut<'a>>,
    schedule: Vec<ScheduleOut<'a>>,
    evidence: EvidenceOut,
    warnings: Vec<String>,
}

#[derive(Serialize)]
struct CostOut {
    amount: Money,
    pv: Money,
}

#[derive(Serialize)]
struct BenefitOut {
    fiscal: SumOut,
    economic: SumOut,
    social: SumOut,
}

#[derive(Serialize)]
struct SumOut {
    amount: Money,
    pv: Money,
    cashable: Money,
    cashable_pv: Money,
}

impl From<AppraisedSum> for SumOut {
    fn from(sum: AppraisedSum) -> Self {
        Self {
            amount: sum.amount,
            pv: sum.present,
            cashable: sum.cashable,
            cashable_pv: sum.cashable_present,
        }
    }
}

#[derive(Serialize)]
struct PaybackOut {
    year: Option<String>,
    cash: Option<String>,
}

#[derive(Serialize)]
struct YearOut {
    year: String,
    cost: Money,
    benefit: Money,
    net: Option<Money>,
    cumulative_pv: Option<Money>,
}

#[derive(Serialize)]
struct OutcomeOut<'a> {
    name: &'a str,
    unit: &'a str,
    effect: String,
    net_impact: String,
    unit_value: Money,
    benefit: &'a [Money],
}

#[derive(Serialize)]
struct AppraisedPartnerOut<'a> {
    agency: &'a str,
    pays: Money,
    pays_pv: Money,
    gains: Money,
    gains_pv: Money,
    cashable: Money,
    cashable_pv: Money,
    net_pv: Option<Money>,
    payment: Money,
    bears_pv: Money,
    shared_net_pv: Option<Money>,
    cash_net_pv: Option<Money>,
    no_worse_off: Option<bool>,
    subsidises_nobody: Option<bool>,
    no_worse_off_in_cash: Option<bool>,
    reason: String,
}

#[derive(Serialize)]
struct ScheduleOut<'a> {
    year: String,
    bears: BTreeMap<&'a str, Money>,
    transfers: BTreeMap<&'a str, Money>,
}

#[derive(Serialize)]
struct EvidenceOut {
    cost_illustrative: Rate,
    benefit_illustrative: Rate,
}

impl<'a> AppraisalOut<'a> {
    pub(super) fn of(appraisal: &'a Appraisal, appraised: &'a Appraised) -> Self {
        let figures = &appraised.figures;
        let has_baseline = figures.has_baseline;
        let (cost, fiscal) = (figures.cost_sum(), figures.sum_of(OutcomeKind::Fiscal));
        let net = CostOut { amount: fiscal.amount - cost.amount, pv: fiscal.present - cost.present };
        let ratio = |ratio: Option<ReturnRatio>| {
            has_baseline.then(|| ratio.map_or_else(|| NO_COST.to_owned(), |ratio| ratio.full()))
        };
        let year = |index: Option<usize>| {
            let index = index.filter(|_| has_baseline)?;
            Some(appraisal.years.get(index)?.to_string())
        };
        Self {
            appraisal: &appraisal.name,
            scenario: appraisal.scenario.as_deref(),
            today: appraisal.today.as_deref(),
            years: appraisal.years.iter().map(ToString::to_string).collect(),
            prices: &appraisal.prices,
            discounted: figures.discounting.is_discounted(),
            factors: figures.discounting.factors(),
            agreed: appraisal.is_agreed(),
            share: appraised.shared.rule.key(),
            cost: CostOut { amount: cost.amount, pv: cost.present },
            benefit: BenefitOut {
                fiscal: fiscal.into(),
                economic: figures.sum_of(OutcomeKind::Economic).into(),
                social: figures.sum_of(OutcomeKind::Social).into(),
            },
            net: has_baseline.then_some(net),
            returns: ratio(figures.financial_return()),
            cashable_return: ratio(figures.cash_return()),
            value_for_money: ratio(figures.public_value_return()),
            break_even: figures.break_even().filter(|_| has_baseline).map(|ratio| ratio.full()),
            payback: PaybackOut { year: year(figures.payback()), cash: year(figures.cash_payback()) },
            by_year: appraisal
                .years
                .iter()
                .zip(figures.by_year())
                .map(|(year, sums)| YearOut::of(year.to_string(), &sums, has_baseline))
                .collect(),
            outcomes: figures.outcomes.iter().map(|outcome| OutcomeOut::of(appraisal, outcome)).collect(),
            partners: appraised
                .rows()
                .into_iter()
                .map(|row| AppraisedPartnerOut::of(appraised, row))
                .collect(),
            schedule: schedule(appraisal, appraised),
            evidence: EvidenceOut {
                cost_illustrative: Rate::of(figures.illustrative_cost()),
                benefit_illustrative: Rate::of(figures.illustrative_benefit()),
            },
            warnings: appraised.findings.iter().map(ToString::to_string).collect(),
        }
    }
}

impl YearOut {
    fn of(year: String, sums: &AppraisedYear, has_baseline: bool) -> Self {
        Self {
            year,
            cost: sums.cost,
            benefit: sums.benefit,
            net: has_baseline.then_some(sums.benefit - sums.cost),
            cumulative_pv: has_baseline.then_some(sums.cumulative),
        }
    }
}

impl<'a> OutcomeOut<'a> {
    fn of(appraisal: &'a Appraisal, figures: &'a OutcomeFigures) -> Self {
        let outcome = &appraisal.outcomes[figures.outcome];
        Self {
            name: &outcome.name,
            unit: &outcome.unit,
            effect: figures.effect(),
            net_impact: figures.net_impact(),
            unit_value: figures.unit_value,
            benefit: &figures.benefit,
        }
    }
}

impl<'a> AppraisedPartnerOut<'a> {
    fn of(appraised: &'a Appraised, row: usize) -> Self {
        let partner: &SharedPartner = &appraised.shared.partners[row];
        let has_baseline = appraised.figures.has_baseline;
        // Whoever is named by fixed shares alone neither pays nor gains.
        let figures = appraised.figures.partners.get(row);
        let sum = |of: fn(&AppraisedSum) -> Money, sums: Option<&AppraisedSum>| sums.map_or(Money::ZERO, of);
        let (pays, gains) = (figures.map(|figures| &figures.pays), figures.map(|figures| &figures.gains));
        let badge = |badge: bool| has_baseline.then_some(badge);
        Self {
            agency: &partner.name,
            pays: sum(|sum| sum.amount, pays),
            pays_pv: partner.pays,
            gains: sum(|sum| sum.amount, gains),
            gains_pv: partner.gains,
            cashable: sum(|sum| sum.cashable, gains),
            cashable_pv: partner.cashable,
            net_pv: has_baseline.then(|| partner.net()),
            payment: partner.payment,
            bears_pv: partner.bears(),
            shared_net_pv: has_baseline.then(|| partner.shared_net()),
            cash_net_pv: has_baseline.then(|| partner.cash_net()),
            no_worse_off: badge(partner.badges.no_worse_off),
            subsidises_nobody: badge(partner.badges.subsidises_nobody),
            no_worse_off_in_cash: badge(partner.badges.no_worse_off_in_cash),
            reason: if has_baseline {
                partner.reason()
            } else {
                "It does not say what would be done without it".to_owned()
            },
        }
    }
}

fn schedule<'a>(appraisal: &Appraisal, appraised: &'a Appraised) -> Vec<ScheduleOut<'a>> {
    let names = || appraised.figures.partners.iter().map(|partner| partner.name.as_str());
    let years = appraisal.years.iter().zip(&appraised.schedule);
    years
        .map(|(year, of_year)| ScheduleOut {
            year: year.to_string(),
            bears: names().zip(of_year.bears.iter().copied()).collect(),
            transfers: names().zip(of_year.transfers.iter().copied()).collect(),
        })
        .collect()
}
