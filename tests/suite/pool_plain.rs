//! Pools against a plain model of them, written only from what the words say: lines as numbers in a list, one year, no
//! conditions. It knows nothing of pennies, so sums may differ by a few of them and by no more.

use std::collections::BTreeMap;

use shadowpool::dimension::Names;
use shadowpool::ledger::{Filter, Ledger, SpendLine};
use shadowpool::money::{Money, Percent};
use shadowpool::pool::{NewMoney, Portion, Purpose, Rest, Scenario};

use super::support_chance::Chance;
use super::support_pool::{allocation, check_balance, contribution, scenario, themed, to_service, to_theme};

/// How far apart sums of a few dozen lines may be that are rounded to the penny line by line, £.
const FEW_PENNIES: f64 = 0.5;

const AGENCIES: [&str; 3] = ["Council", "Health", "Police"];

#[derive(Clone)]
struct Line {
    agency: String,
    theme: String,
    service: String,
    amount: f64,
}

/// All, a percentage, or an amount of something.
#[derive(Clone, Copy)]
enum HowMuch {
    Whole,
    Percent(i32),
    Pence(i64),
}

impl HowMuch {
    fn any(chance: &mut Chance) -> Self {
        match chance.below(3) {
            0 => Self::Whole,
            1 => Self::Percent(chance.below(101) as i32),
            _ => Self::Pence(chance.below(60_000) as i64 + 1),
        }
    }

    fn portion(self) -> Portion {
        match self {
            Self::Whole => Portion::Whole,
            Self::Percent(percent) => Portion::Percent(Percent::new(percent)),
            Self::Pence(pence) => Portion::Amount(Money::from_pence(pence)),
        }
    }

    fn of(self, whole: f64) -> f64 {
        match self {
            Self::Whole => whole,
            Self::Percent(percent) => whole * f64::from(percent) / 100.0,
            Self::Pence(pence) => pence as f64 / 100.0,
        }
    }
}

struct Moves {
    /// The theme it is taken from; none is all.
    from: Option<String>,
    what: HowMuch,
    to: Purpose,
}

#[derive(Default)]
struct Plain {
    lines: Vec<Line>,
    /// Partner, theme, how much.
    contributions: Vec<(String, Option<String>, HowMuch)>,
    moves: Vec<Moves>,
    /// Partner, amount, the service it is for.
    new_money: Vec<(String, f64, Option<String>)>,
    waits: bool,
}

/// A part of a pool: whose it is, its theme, what it is and what no allocation has taken of it.
struct Part {
    agency: String,
    theme: Option<String>,
    is_line: bool,
    /// What new money is for.
    service: Option<String>,
    amount: f64,
    left: f64,
}

#[derive(Default)]
struct Result {
    into_pool: f64,
    unallocated: f64,
    over: f64,
    puts_in: BTreeMap<String, f64>,
    gets_back: BTreeMap<String, f64>,
}

impl Plain {
    fn any(chance: &mut Chance) -> Self {
        let themes = ["Ageing", "Early years", "Safety"];
        let line = |chance: &mut Chance| {
            let theme = chance.one_of(&themes);
            Line {
                agency: chance.one_of(&AGENCIES).to_owned(),
                theme: theme.to_owned(),
                service: format!("{theme} {}", chance.below(3)),
                amount: (chance.below(1_000_000) + 1) as f64 / 100.0,
            }
        };
        let theme =
            |chance: &mut Chance| (chance.below(3) > 0).then(|| chance.one_of(&themes[..2]).to_owned());
        let mut plain = Self { waits: chance.below(2) == 0, ..Self::default() };
        plain.lines = (0..30).map(|_| line(chance)).collect();
        for _ in 0..=chance.below(4) {
            let one = (chance.one_of(&AGENCIES).to_owned(), theme(chance), HowMuch::any(chance));
            plain.contributions.push(one);
        }
        for _ in 0..chance.below(4) {
            let to = match chance.below(4) {
                0 => to_theme("Safety"),
                1 => to_service("Safety 1"),
                2 => to_service("Something new"),
                _ => Purpose { responsible: Some("Police".into()), ..to_service("Something new") },
            };
            plain.moves.push(Moves { from: theme(chance), what: HowMuch::any(chance), to });
        }
        for _ in 0..chance.below(3) {
            let service = (chance.below(2) == 0).then(|| "Safety 1".to_owned());
            let amount = (chance.below(500_000) + 1) as f64 / 100.0;
            plain.new_money.push((chance.one_of(&AGENCIES).to_owned(), amount, service));
        }
        plain
    }

    fn scenario(&self) -> Scenario {
        let of = |theme: &Option<String>| theme.as_deref().map_or_else(Filter::default, themed);
        let contributions = self
            .contributions
            .iter()
            .map(|(partner, theme, what)| contribution(partner, of(theme), what.portion()))
            .collect();
        let allocations = self
            .moves
            .iter()
            .map(|one| allocation(of(&one.from), one.what.portion(), one.to.clone()))
            .collect();
        let new_money = self.new_money.iter().map(|(partner, amount, service)| NewMoney {
            partner: partner.clone(),
            amount: Money::from_pence((amount * 100.0).round() as i64),
            purpose: service.as_deref().map_or_else(Purpose::default, to_service),
            ..NewMoney::default()
        });
        Scenario {
            new_money: new_money.collect(),
            rest: if self.waits { Rest::Unallocated } else { Rest::KeepsItsPurpose },
            ..scenario(contributions, allocations)
        }
    }

    fn ledger(&self) -> Ledger {
        let lines: Vec<SpendLine> = self
            .lines
            .iter()
            .map(|line| SpendLine {
                amount: Money::from_pence((line.amount * 100.0).round() as i64),
                year: Some("2024/25".into()),
                agency: Some(line.agency.clone()),
                theme: Some(line.theme.clone()),
                service: Some(line.service.clone()),
                ..SpendLine::default()
            })
            .collect();
        Ledger::from_lines(&lines, &[], &[])
    }

    /// What comes in: of each line that a contribution means the same share, of none more than there is.
    fn parts(&self) -> Vec<Part> {
        let mut taken = vec![0.0; self.lines.len()];
        let mut parts = Vec::new();
        for (partner, theme, what) in &self.contributions {
            let is_meant = |line: &Line| {
                line.agency == *partner && theme.as_ref().is_none_or(|theme| line.theme == *theme)
            };
            let there: f64 = self.lines.iter().filter(|line| is_meant(line)).map(|line| line.amount).sum();
            if there == 0.0 || what.of(there) > there + 1e-6 {
                continue;
            }
            let share = what.of(there) / there;
            let meant = || self.lines.iter().enumerate().filter(|(_, line)| is_meant(line));
            if meant().any(|(index, _)| taken[index] + share > 1.0 + 1e-9) {
                continue;
            }
            for (index, line) in meant() {
                taken[index] += share;
                let (amount, theme) = (line.amount * share, Some(line.theme.clone()));
                let agency = line.agency.clone();
                parts.push(Part { agency, theme, is_line: true, service: None, amount, left: amount });
            }
        }
        for (partner, amount, service) in &self.new_money {
            let (agency, service) = (partner.clone(), service.clone());
            parts.push(Part { agency, theme: None, is_line: false, service, amount: *amount, left: *amount });
        }
        parts
    }

    /// Who answers for a purpose gets it back: who is named, or those who spend on it today, or nobody who is known.
    fn give(&self, back: &mut BTreeMap<String, f64>, to: &Purpose, amount: f64) {
        if let Some(agency) = &to.responsible {
            *back.entry(agency.clone()).or_default() += amount;
            return;
        }
        let is_meant = |line: &&Line| {
            to.theme.as_ref().is_none_or(|theme| line.theme == *theme)
                && to.service.as_ref().is_none_or(|service| line.service == *service)
        };
        let whole: f64 = self.lines.iter().filter(is_meant).map(|line| line.amount).sum();
        if whole == 0.0 {
            *back.entry(Names::NOT_STATED.to_owned()).or_default() += amount;
            return;
        }
        for line in self.lines.iter().filter(is_meant) {
            *back.entry(line.agency.clone()).or_default() += amount * line.amount / whole;
        }
    }

    fn worked_out(&self) -> Result {
        let mut parts = self.parts();
        let mut result = Result::default();
        for part in &parts {
            result.into_pool += part.amount;
            *result.puts_in.entry(part.agency.clone()).or_default() += part.amount;
        }
        for one in &self.moves {
            let is_meant = |part: &&mut Part| one.from.is_none() || one.from == part.theme;
            let mut meant: Vec<&mut Part> = parts.iter_mut().filter(is_meant).collect();
            let whole: f64 = meant.iter().map(|part| part.amount).sum();
            if meant.is_empty() || whole == 0.0 {
                continue;
            }
            let asked = one.what.of(whole);
            let left: f64 = meant.iter().map(|part| part.left).sum();
            let taken = asked.min(left);
            result.over += asked - taken;
            let share = (asked / whole).min(1.0);
            let first: Vec<f64> = meant.iter().map(|part| (part.amount * share).min(part.left)).collect();
            let missing = taken - first.iter().sum::<f64>();
            let room = left - first.iter().sum::<f64>();
            for (part, first) in meant.iter_mut().zip(first) {
                let more = if room > 1e-9 { (part.left - first) * (missing / room).max(0.0) } else { 0.0 };
                part.left -= first + more;
            }
            self.give(&mut result.gets_back, &one.to, taken);
        }
        for part in &parts {
            let waits = self.waits || !part.is_line && part.service.is_none();
            if waits {
                result.unallocated += part.left;
            } else if part.is_line {
                *result.gets_back.entry(part.agency.clone()).or_default() += part.left;
            } else {
                let to = to_service(part.service.as_deref().unwrap_or_default());
                self.give(&mut result.gets_back, &to, part.left);
            }
        }
        result
    }
}

#[test]
fn two_hundred_pools_at_random_come_to_what_a_plain_model_makes_of_them() {
    let mut chance = Chance(14);
    for round in 0..200 {
        let plain = Plain::any(&mut chance);
        let (ledger, scenario) = (plain.ledger(), plain.scenario());
        let model = scenario.model(&ledger);
        check_balance(&ledger, &model);
        let right = plain.worked_out();
        let pounds = |amount: Money| amount.units() as f64 / 10_000.0;
        let check = |what: &str, found: f64, right: f64| {
            let is_near = (found - right).abs() < FEW_PENNIES;
            assert!(is_near, "round {round}, {what}: {found} and by the plain model {right}: {scenario:#?}");
        };
        check("in the pool", pounds(model.balance.into_pool), right.into_pool);
        check("unallocated", pounds(model.balance.unallocated), right.unallocated);
        check("over-allocated", pounds(model.balance.over), right.over);
        for agency in AGENCIES.into_iter().chain([Names::NOT_STATED]) {
            let position = model.positions.iter().find(|position| position.agency == agency);
            let found = position.map_or((0.0, 0.0), |one| (pounds(one.puts_in), pounds(one.gets_back)));
            let of = |by: &BTreeMap<String, f64>| by.get(agency).copied().unwrap_or_default();
            check(&format!("{agency} puts in"), found.0, of(&right.puts_in));
            check(&format!("{agency} gets back"), found.1, of(&right.gets_back));
        }
    }
}
