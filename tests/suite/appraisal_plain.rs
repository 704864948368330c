//! Appraisals against a plain model of them, to the penny: whole numbers of 128 bits and the rules in words, with as few
//! digits in every number as keep each product within them.
//!
//! A cost is its amount and the correction, a benefit is people × units × engagement × retention × net impact × value ×
//! profile × correction; each is rounded once to a penny, halves away from zero. A benefit is shared among its parts by
//! the largest remainders. A present value is a cell times its factor, rounded; cash is a percentage of a cell, rounded,
//! and then discounted.

use shadowpool::appraisal::{SharedPartner, SharingRule};
use shadowpool::money::Money;

use super::pool_plain::shared;
use super::support_appraisal::appraised_place;
use super::support_chance::Chance;

const YEARS: usize = 5;
const NAMES: [&str; 4] = ["North", "East", "South", "West"];

/// Of a number by a number, to the nearest, halves away from zero.
fn nearest(number: i128, by: i128) -> i128 {
    number.signum() * ((2 * number.abs() + by) / (2 * by))
}

struct PlainCost {
    partner: usize,
    pence: Vec<i128>,
    correction: i128,
}

struct PlainGain {
    partner: usize,
    pence: i128,
    cashable: i128,
}

struct PlainOutcome {
    people: i128,
    /// Tenths of a unit.
    each: i128,
    /// Percents: engagement, retention, impact, deadweight.
    parts: [i128; 4],
    in_points: bool,
    profile: Vec<i128>,
    correction: i128,
    gains: Vec<PlainGain>,
}

/// Partners in the order in which they are first named: pays, gains, cash, present values in pence; costs by year.
#[derive(Default)]
struct PlainSums {
    order: Vec<usize>,
    pays: [i128; 4],
    gains: [i128; 4],
    cash: [i128; 4],
    by_year: [[i128; 4]; YEARS],
}

struct PlainAppraisal {
    /// Tenths of a percent.
    rate: i128,
    costs: Vec<PlainCost>,
    outcomes: Vec<PlainOutcome>,
}

impl PlainAppraisal {
    fn any(chance: &mut Chance) -> Self {
        let mut below = |count: u64| i128::from(chance.below(count));
        let rate = below(80);
        let costs = (0..below(5))
            .map(|_| PlainCost {
                partner: below(4) as usize,
                pence: (0..below(YEARS as u64 + 1)).map(|_| below(30_000_000)).collect(),
                correction: below(60),
            })
            .collect();
        let outcomes = (0..below(4))
            .map(|_| {
                let impact = below(101);
                let in_points = below(2) == 0;
                let deadweight = if in_points { below(impact as u64 + 1) } else { below(101) };
                PlainOutcome {
                    people: below(3000),
                    each: below(60),
                    parts: [below(101), below(101), impact, deadweight],
                    in_points,
                    profile: (0..below(YEARS as u64 + 1)).map(|_| below(101)).collect(),
                    correction: below(60),
                    gains: (0..below(6))
                        .map(|_| PlainGain {
                            partner: below(4) as usize,
                            pence: below(300_000),
                            cashable: below(101),
                        })
                        .collect(),
                }
            })
            .collect();
        Self { rate, costs, outcomes }
    }

    /// A cell of a year, as it is worth in year 0.
    fn present(&self, pence: i128, year: usize) -> i128 {
        nearest(pence * 1000_i128.pow(year as u32), (1000 + self.rate).pow(year as u32))
    }

    fn sums(&self) -> PlainSums {
        let mut sums = PlainSums::default();
        for cost in &self.costs {
            sums.see(cost.partner);
            for (year, pence) in cost.pence.iter().enumerate() {
                let cell = nearest(pence * (100 + cost.correction), 100);
                sums.by_year[year][cost.partner] += cell;
                sums.pays[cost.partner] += self.present(cell, year);
            }
        }
        for outcome in &self.outcomes {
            let [engagement, retention, impact, deadweight] = outcome.parts;
            let net =
                if outcome.in_points { (impact - deadweight) * 100 } else { impact * (100 - deadweight) };
            // In pence, times a power of ten that is divided by below.
            let effect = outcome.people * outcome.each * engagement * retention * net;
            let value: i128 = outcome.gains.iter().map(|gain| gain.pence).sum();
            outcome.gains.iter().for_each(|gain| sums.see(gain.partner));
            for (year, profile) in outcome.profile.iter().enumerate().filter(|_| value > 0) {
                let benefit = effect * value * profile * (100 - outcome.correction);
                let benefit = nearest(benefit, 10 * 10_i128.pow(12));
                let weights: Vec<i128> = outcome.gains.iter().map(|gain| gain.pence).collect();
                for (gain, cell) in outcome.gains.iter().zip(shared(benefit, &weights)) {
                    sums.gains[gain.partner] += self.present(cell, year);
                    sums.cash[gain.partner] += self.present(nearest(cell * gain.cashable, 100), year);
                }
            }
        }
        sums
    }

    /// As its file has it.
    fn text(&self) -> String {
        let pounds = |pence: &i128| format!("\"{}\"", Money::from_pence(*pence as i64));
        let percents = |list: &[i128]| {
            list.iter().map(|percent| format!("\"{percent}%\"")).collect::<Vec<_>>().join(", ")
        };
        let costs: Vec<String> = self
            .costs
            .iter()
            .map(|cost| {
                let amounts: Vec<String> = cost.pence.iter().map(pounds).collect();
                format!(
                    "(partner: \"{}\", amounts: [{}], correction: \"{}%\")",
                    NAMES[cost.partner],
                    amounts.join(", "),
                    cost.correction
                )
            })
            .collect();
        let outcomes: Vec<String> = self
            .outcomes
            .iter()
            .map(|outcome| {
                let [engagement, retention, impact, deadweight] = outcome.parts;
                let gains: Vec<String> = outcome
                    .gains
                    .iter()
                    .map(|gain| {
                        format!(
                            "(partner: \"{}\", value: {}, cashable: \"{}%\")",
                            NAMES[gain.partner],
                            pounds(&gain.pence),
                            gain.cashable
                        )
                    })
                    .collect();
                format!(
                    "(name: \"Good\", people: {}, each: \"{}.{}\", engagement: \"{engagement}%\", \
                     retention: \"{retention}%\", impact: \"{impact}%\", deadweight: {}(\"{deadweight}%\"), \
                     profile: [{}], correction: \"-{}%\", gains: [{}])",
                    outcome.people,
                    outcome.each / 10,
                    outcome.each % 10,
                    if outcome.in_points { "Points" } else { "Share" },
                    percents(&outcome.profile),
                    outcome.correction,
                    gains.join(", ")
                )
            })
            .collect();
        format!(
            "(name: \"Random\", today: \"As it is\", years: [\"2020\", \"2021\", \"2022\", \"2023\", \"2024\"], \
             prices: \"Cash\", discount: [(from: 1, rate: \"{}.{}%\")], costs: [{}], outcomes: [{}])",
            self.rate / 10,
            self.rate % 10,
            costs.join(", "),
            outcomes.join(", ")
        )
    }
}

impl PlainSums {
    fn see(&mut self, partner: usize) {
        if !self.order.contains(&partner) {
            self.order.push(partner);
        }
    }

    /// What each receives under a rule; none where it cannot be followed.
    fn payments(&self, rule: &SharingRule) -> Option<Vec<i128>> {
        let column = |of: &[i128; 4]| self.order.iter().map(|partner| of[*partner]).collect::<Vec<i128>>();
        let (pays, gains, cash) = (column(&self.pays), column(&self.gains), column(&self.cash));
        let (cost, benefit): (i128, i128) = (pays.iter().sum(), gains.iter().sum());
        let follows = |weights: &[i128]| (weights.iter().sum::<i128>() > 0).then(|| shared(cost, weights));
        let less = |bears: Vec<i128>| pays.iter().zip(bears).map(|(pays, bears)| pays - bears).collect();
        match rule {
            SharingRule::CostFollowsBenefit => follows(&gains).map(less),
            SharingRule::CostFollowsCash => follows(&cash).map(less),
            SharingRule::BenefitFollowsCost => (cost > 0).then(|| {
                shared(benefit, &pays).into_iter().zip(&gains).map(|(keeps, has)| keeps - has).collect()
            }),
            SharingRule::EqualNet => {
                let takes_part: Vec<i128> = pays
                    .iter()
                    .zip(&gains)
                    .map(|(pays, gains)| i128::from(*pays != 0 || *gains != 0))
                    .collect();
                let is_possible = benefit >= cost && takes_part.contains(&1);
                is_possible.then(|| {
                    let ends = shared(benefit - cost, &takes_part);
                    let nets = pays.iter().zip(&gains).map(|(pays, gains)| gains - pays);
                    ends.into_iter().zip(nets).map(|(end, net)| end - net).collect()
                })
            }
            _ => Some(vec![0; pays.len()]),
        }
    }
}

#[test]
fn hundreds_of_appraisals_are_those_of_a_plain_model() {
    let mut chance = Chance(2013);
    let mut followed = 0;
    for round in 0..600 {
        let plain = PlainAppraisal::any(&mut chance);
        let sums = plain.sums();
        let place = appraised_place(&NAMES, &plain.text(), "");
        for rule in SharingRule::PLAIN {
            let found = place.appraise(&place.appraisals[0], Some(&rule));
            let names: Vec<&str> = sums.order.iter().map(|partner| NAMES[*partner]).collect();
            let partners = &found.shared.partners;
            let column = |of: fn(&SharedPartner) -> Money| -> Vec<i128> {
                partners.iter().map(|partner| of(partner).units() / 100).collect()
            };
            assert_eq!(partners.iter().map(|partner| partner.name.as_str()).collect::<Vec<_>>(), names);
            let of = |column: &[i128; 4]| sums.order.iter().map(|at| column[*at]).collect::<Vec<i128>>();
            assert_eq!(column(|partner| partner.pays), of(&sums.pays), "round {round}");
            assert_eq!(column(|partner| partner.gains), of(&sums.gains), "round {round}");
            assert_eq!(column(|partner| partner.cashable), of(&sums.cash), "round {round}");
            for (year, schedule) in found.schedule.iter().enumerate() {
                let costs = of(&sums.by_year[year]);
                let borne: Vec<i128> = schedule.bears.iter().map(|bears| bears.units() / 100).collect();
                let weights = match &found.shared.rule {
                    SharingRule::CostFollowsBenefit => Some(of(&sums.gains)),
                    SharingRule::CostFollowsCash => Some(of(&sums.cash)),
                    _ => None,
                };
                let right = weights.map_or(costs.clone(), |weights| shared(costs.iter().sum(), &weights));
                assert_eq!(borne, right, "round {round}, {}", rule.key());
            }
            let payments = sums.payments(&rule);
            followed += usize::from(payments.is_some());
            assert_eq!(found.shared.rule == rule, payments.is_some(), "round {round}, {}", rule.key());
            let nothing = vec![0; names.len()];
            assert_eq!(
                column(|partner| partner.payment),
                payments.unwrap_or(nothing),
                "round {round}, {}",
                rule.key()
            );
        }
    }
    assert!(followed > 1500, "most rules can be followed: {followed}");
}
