//! Pools against a plain model of them, to the penny: written only from what the words say, with lines as whole pence in
//! a list, of one year. Bills are in `pool_plain_bills`.
//!
//! Its rounding is that which the program documents. A percentage of an amount is the nearest penny, halves away from
//! zero. What is shared in proportion is rounded down, and the pennies left over go one each to the largest remainders,
//! the earlier of equals first. What one cannot give of its share, the others give in proportion to what they have left,
//! rounded down; the last pennies go as before, to whoever has room.

use std::collections::BTreeMap;

use shadowpool::dimension::Names;
use shadowpool::ledger::{Filter, Ledger, SpendLine};
use shadowpool::money::{Money, Percent, Weighting};
use shadowpool::pool::{Condition, NewMoney, Portion, Purpose, Rest, Scenario, Split, SplitRule, SplitShare};

use super::support_chance::Chance;
use super::support_pool::{allocation, check_balance, contribution, scenario, themed, to_service, to_theme};

pub(super) const AGENCIES: [&str; 3] = ["Council", "Health", "Police"];

/// Splits pence in proportion to weights, which are not all nothing.
pub(super) fn shared(total: i128, weights: &[i128]) -> Vec<i128> {
    let sum: i128 = weights.iter().sum();
    let size = total.abs();
    let mut parts: Vec<i128> = weights.iter().map(|weight| size * weight / sum).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(size * weights[at] % sum));
    let left_over = size - parts.iter().sum::<i128>();
    for &at in order.iter().take(left_over as usize) {
        parts[at] += 1;
    }
    parts.into_iter().map(|part| part * total.signum()).collect()
}

/// So many hundredths of some pence, to the nearest penny.
pub(super) fn hundredths(of: i128, percent: i128) -> i128 {
    (of * percent * 2 + 100) / 200
}

/// Takes `wanted` out of amounts, `over / under` of each and no more than is left of it.
fn taken(amounts: &[i128], left: &[i128], (over, under): (i128, i128), wanted: i128) -> Vec<i128> {
    let mut parts: Vec<i128> =
        amounts.iter().zip(left).map(|(amount, left)| (amount * over / under).min(*left)).collect();
    let missing = |parts: &[i128]| wanted - parts.iter().sum::<i128>();
    // More than rounding left over: somebody had too little.
    if missing(&parts) > amounts.len() as i128 {
        let room: Vec<i128> = left.iter().zip(&parts).map(|(left, part)| left - part).collect();
        let (extra, whole) = (missing(&parts), room.iter().sum::<i128>());
        for (part, room) in parts.iter_mut().zip(&room) {
            *part += if whole > 0 { (room * extra / whole).min(*room) } else { 0 };
        }
    }
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse(amounts[at] * over % under * 1_000_000_000 / under));
    while missing(&parts) > 0 && order.iter().any(|&at| parts[at] < left[at]) {
        for &at in &order {
            if missing(&parts) > 0 && parts[at] < left[at] {
                parts[at] += 1;
            }
        }
    }
    parts
}

#[derive(Clone)]
pub(super) struct Line {
    agency: String,
    theme: String,
    service: String,
    pence: i128,
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

    fn of(self, whole: i128) -> i128 {
        match self {
            Self::Whole => whole,
            Self::Percent(percent) => hundredths(whole, percent.into()),
            Self::Pence(pence) => pence.into(),
        }
    }

    /// The same as a fraction.
    fn share(self, whole: i128) -> (i128, i128) {
        match self {
            Self::Whole => (1, 1),
            Self::Percent(percent) => (percent.into(), 100),
            Self::Pence(pence) => (pence.into(), whole),
        }
    }
}

struct Moves {
    /// The theme it is taken from; none is all.
    from: Option<String>,
    what: HowMuch,
    to: Purpose,
}

struct Declared {
    agency: String,
    pence: i128,
    /// The service it is for.
    service: Option<String>,
}

#[derive(Default)]
pub(super) struct Plain {
    lines: Vec<Line>,
    /// Partner, theme, how much.
    contributions: Vec<(String, Option<String>, HowMuch)>,
    moves: Vec<Moves>,
    new_money: Vec<Declared>,
    waits: bool,
    /// The rule of the shares, what it weighs the agencies by, and who is locked.
    split: Option<(SplitRule, [i128; 3], Option<String>)>,
    /// Partner, theme, what it asks to keep.
    conditions: Vec<(String, Option<String>, HowMuch)>,
}

/// A part of a pool: whose it is, of which line or which new money, and what no allocation has taken of it.
#[derive(Clone)]
struct Part {
    agency: String,
    from: From,
    pence: i128,
    left: i128,
}

#[derive(Clone, Copy, PartialEq)]
enum From {
    Line(usize),
    New(usize),
}

#[derive(Default)]
pub(super) struct Outcome {
    pub(super) into_pool: i128,
    pub(super) unallocated: i128,
    over: i128,
    pub(super) puts_in: BTreeMap<String, i128>,
    pub(super) gets_back: BTreeMap<String, i128>,
    /// What the pool spends by theme and service.
    pub(super) spends: BTreeMap<(String, String), i128>,
    worse_off: Vec<String>,
}

impl Plain {
    pub(super) fn any(chance: &mut Chance) -> Self {
        let themes = ["Ageing", "Early years", "Safety"];
        let line = |chance: &mut Chance| {
            let theme = chance.one_of(&themes);
            Line {
                agency: chance.one_of(&AGENCIES).to_owned(),
                theme: theme.to_owned(),
                service: format!("{theme} {}", chance.below(3)),
                pence: i128::from(chance.below(1_000_000)) + 1,
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
            let pence = i128::from(chance.below(500_000)) + 1;
            plain.new_money.push(Declared { agency: chance.one_of(&AGENCIES).to_owned(), pence, service });
        }
        if chance.below(2) == 0 {
            let rule = [SplitRule::Equal, SplitRule::Need, SplitRule::Benefit][chance.below(3) as usize];
            let weights = [0; 3].map(|_| i128::from(chance.below(50)) + 1);
            let locked = (chance.below(3) == 0).then(|| chance.one_of(&AGENCIES).to_owned());
            plain.split = Some((rule, weights, locked));
        }
        for agency in AGENCIES.iter().take(chance.below(3) as usize) {
            plain.conditions.push(((*agency).to_owned(), theme(chance), HowMuch::any(chance)));
        }
        plain
    }

    pub(super) fn scenario(&self) -> Scenario {
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
        let new_money = self.new_money.iter().map(|new| NewMoney {
            partner: new.agency.clone(),
            amount: Money::from_pence(new.pence as i64),
            purpose: new.service.as_deref().map_or_else(Purpose::default, to_service),
            ..NewMoney::default()
        });
        let split = self.split.as_ref().map(|(rule, weights, locked)| Split {
            rule: *rule,
            shares: match rule {
                SplitRule::Need => AGENCIES
                    .into_iter()
                    .zip(weights)
                    .filter(|(agency, _)| locked.as_deref() != Some(agency))
                    .map(|(agency, weight)| SplitShare {
                        partner: agency.to_owned(),
                        weight: Weighting::new(*weight as u32),
                    })
                    .collect(),
                _ => Vec::new(),
            },
            locked: locked.iter().cloned().collect(),
            as_near_as_can_be: false,
        });
        let conditions = self.conditions.iter().map(|(partner, theme, keeps)| Condition {
            partner: partner.clone(),
            keeps: keeps.portion(),
            of: of(theme),
            note: String::new(),
        });
        Scenario {
            years: vec!["2024/25".parse().unwrap()],
            new_money: new_money.collect(),
            rest: if self.waits { Rest::Unallocated } else { Rest::KeepsItsPurpose },
            split,
            conditions: conditions.collect(),
            ..scenario(contributions, allocations)
        }
    }

    pub(super) fn ledger(&self) -> Ledger {
        let lines: Vec<SpendLine> = self
            .lines
            .iter()
            .map(|line| SpendLine {
                amount: Money::from_pence(line.pence as i64),
                year: Some("2024/25".into()),
                agency: Some(line.agency.clone()),
                theme: Some(line.theme.clone()),
                service: Some(line.service.clone()),
                ..SpendLine::default()
            })
            .collect();
        Ledger::from_lines(&lines, &[], &[])
    }

    fn meant<'a>(
        &'a self,
        agency: &'a str,
        theme: Option<&'a str>,
    ) -> impl Iterator<Item = (usize, &'a Line)> {
        let is_meant =
            move |line: &Line| line.agency == agency && theme.is_none_or(|theme| line.theme == theme);
        self.lines.iter().enumerate().filter(move |(_, line)| is_meant(line))
    }

    /// What comes in of lines: of each that a contribution means the same share, of none more than there is.
    fn contributed(&self) -> Vec<Part> {
        let mut drawn = vec![0; self.lines.len()];
        // The share that is taken of each line so far, as a fraction.
        let mut shares = vec![(0_i128, 1_i128); self.lines.len()];
        let mut parts = Vec::new();
        for (partner, theme, what) in &self.contributions {
            let meant: Vec<(usize, &Line)> = self.meant(partner, theme.as_deref()).collect();
            let there: i128 = meant.iter().map(|(_, line)| line.pence).sum();
            let wanted = what.of(there);
            if there == 0 || wanted > there {
                continue;
            }
            let share = what.share(there);
            let with = |(over, under): (i128, i128)| {
                let (over, under) = (over * share.1 + share.0 * under, under * share.1);
                let by = common(over, under);
                (over / by, under / by)
            };
            if meant.iter().any(|(at, _)| with(shares[*at]).0 > with(shares[*at]).1) {
                continue;
            }
            let amounts: Vec<i128> = meant.iter().map(|(_, line)| line.pence).collect();
            let left: Vec<i128> = meant.iter().map(|(at, line)| line.pence - drawn[*at]).collect();
            for ((at, _), pence) in meant.iter().zip(taken(&amounts, &left, share, wanted)) {
                shares[*at] = with(shares[*at]);
                drawn[*at] += pence;
                if pence > 0 {
                    let (agency, from) = (partner.clone(), From::Line(*at));
                    parts.push(Part { agency, from, pence, left: pence });
                }
            }
        }
        parts
    }

    /// Who puts in how much of the same sum by the rule; as it was where somebody's lines do not hold its share.
    fn split(&self, parts: Vec<Part>) -> Vec<Part> {
        let Some((rule, given, locked)) = &self.split else { return parts };
        let mut partners: Vec<&str> = Vec::new();
        for part in parts.iter().filter(|part| Some(&part.agency) != locked.as_ref()) {
            if !partners.contains(&part.agency.as_str()) {
                partners.push(&part.agency);
            }
        }
        let back =
            if *rule == SplitRule::Benefit { self.laid(parts.clone()).gets_back } else { BTreeMap::new() };
        let weight = |partner: &&str| match rule {
            SplitRule::Need => given[AGENCIES.iter().position(|agency| agency == partner).unwrap()],
            SplitRule::Benefit => back.get(*partner).copied().unwrap_or_default(),
            _ => 1,
        };
        let weights: Vec<i128> = partners.iter().map(weight).collect();
        if weights.iter().sum::<i128>() == 0 {
            return parts.clone();
        }
        let own =
            |partner: &str| (0..parts.len()).filter(|at| parts[*at].agency == partner).collect::<Vec<_>>();
        let pool: i128 = partners.iter().flat_map(|partner| own(partner)).map(|at| parts[at].pence).sum();
        let mut resized = parts.clone();
        for (partner, share) in partners.iter().zip(shared(pool, &weights)) {
            let own = own(partner);
            let now: Vec<i128> = own.iter().map(|at| parts[*at].pence).collect();
            let sum: i128 = now.iter().sum();
            let after: Vec<i128> = if share <= sum {
                taken(&now, &now, (share, sum), share)
            } else {
                let room = self.room(&parts, &own);
                let most: i128 = room.iter().sum();
                if share - sum > most {
                    return parts.clone();
                }
                let more = taken(&room, &room, (share - sum, most), share - sum);
                now.iter().zip(more).map(|(now, more)| now + more).collect()
            };
            for (at, pence) in own.into_iter().zip(after) {
                (resized[at].pence, resized[at].left) = (pence, pence);
            }
        }
        resized.retain(|part| part.pence > 0);
        resized
    }

    /// What nobody has taken of the lines of some parts; that of one line is offered once.
    fn room(&self, parts: &[Part], own: &[usize]) -> Vec<i128> {
        let mut seen = Vec::new();
        own.iter()
            .map(|at| {
                let From::Line(line) = parts[*at].from else { return 0 };
                if seen.contains(&line) {
                    return 0;
                }
                seen.push(line);
                let drawn: i128 =
                    parts.iter().filter(|part| part.from == From::Line(line)).map(|part| part.pence).sum();
                self.lines[line].pence - drawn
            })
            .collect()
    }

    /// Who answers for a purpose gets it back: who is named, or those who spend on it today, or nobody who is known.
    fn give(&self, back: &mut BTreeMap<String, i128>, to: &Purpose, pence: i128) {
        if pence == 0 {
            return;
        }
        if let Some(agency) = &to.responsible {
            *back.entry(agency.clone()).or_default() += pence;
            return;
        }
        // In the order in which they first appear among the lines.
        let mut spend: Vec<(&str, i128)> = Vec::new();
        for line in &self.lines {
            if !spend.iter().any(|(agency, _)| *agency == line.agency) {
                spend.push((&line.agency, 0));
            }
            let is_meant = to.theme.as_ref().is_none_or(|theme| line.theme == *theme)
                && to.service.as_ref().is_none_or(|service| line.service == *service);
            if is_meant {
                spend.iter_mut().find(|(agency, _)| *agency == line.agency).unwrap().1 += line.pence;
            }
        }
        spend.retain(|(_, pence)| *pence > 0);
        if spend.is_empty() {
            *back.entry(Names::NOT_STATED.to_owned()).or_default() += pence;
            return;
        }
        let weights: Vec<i128> = spend.iter().map(|(_, pence)| *pence).collect();
        for ((agency, _), part) in spend.iter().zip(shared(pence, &weights)) {
            *back.entry((*agency).to_owned()).or_default() += part;
        }
    }

    /// Theme and service of a part where nobody moves it.
    fn own_purpose(&self, part: &Part) -> (String, String) {
        match part.from {
            From::Line(at) => (self.lines[at].theme.clone(), self.lines[at].service.clone()),
            From::New(at) => {
                let service = self.new_money[at].service.clone();
                let not_stated = Names::NOT_STATED.to_owned();
                (not_stated.clone(), service.unwrap_or(not_stated))
            }
        }
    }

    /// Theme and service of a part where it is moved.
    fn moved(&self, part: &Part, to: &Purpose) -> (String, String) {
        let (theme, service) = self.own_purpose(part);
        match (&to.theme, &to.service) {
            // To a theme without a service: what is there already keeps its own.
            (Some(to), _) if *to == theme => (theme, service),
            (Some(to), _) => (to.clone(), Names::NOT_STATED.to_owned()),
            (None, Some(to)) => {
                // All lines of a service are of its theme; what does not exist yet stays in the theme it is taken from.
                let known = self.lines.iter().find(|line| line.service == *to);
                (known.map_or(theme, |line| line.theme.clone()), to.clone())
            }
            (None, None) => (theme, service),
        }
    }

    fn laid(&self, mut parts: Vec<Part>) -> Outcome {
        for (at, new) in self.new_money.iter().enumerate() {
            let (agency, pence) = (new.agency.clone(), new.pence);
            parts.push(Part { agency, from: From::New(at), pence, left: pence });
        }
        let mut outcome = Outcome::default();
        for part in &parts {
            outcome.into_pool += part.pence;
            *outcome.puts_in.entry(part.agency.clone()).or_default() += part.pence;
        }
        for one in &self.moves {
            let is_meant = |at: &usize| {
                let theme = match parts[*at].from {
                    From::Line(line) => Some(&self.lines[line].theme),
                    From::New(_) => None,
                };
                one.from.is_none() || one.from.as_ref() == theme
            };
            let meant: Vec<usize> = (0..parts.len()).filter(is_meant).collect();
            let amounts: Vec<i128> = meant.iter().map(|at| parts[*at].pence).collect();
            let left: Vec<i128> = meant.iter().map(|at| parts[*at].left).collect();
            let whole: i128 = amounts.iter().sum();
            if meant.is_empty() {
                continue;
            }
            let asked = one.what.of(whole);
            let pence = asked.min(left.iter().sum());
            outcome.over += asked - pence;
            for (at, pence) in meant.into_iter().zip(taken(&amounts, &left, (asked.min(whole), whole), pence))
            {
                parts[at].left -= pence;
                *outcome.spends.entry(self.moved(&parts[at], &one.to)).or_default() += pence;
            }
            self.give(&mut outcome.gets_back, &one.to, pence);
        }
        for part in &parts {
            let (waits, agency) = match part.from {
                From::Line(_) => (self.waits, Some(&part.agency)),
                From::New(at) => (self.waits || self.new_money[at].service.is_none(), None),
            };
            if waits {
                outcome.unallocated += part.left;
                continue;
            }
            *outcome.spends.entry(self.own_purpose(part)).or_default() += part.left;
            match agency {
                Some(agency) => *outcome.gets_back.entry(agency.clone()).or_default() += part.left,
                None => {
                    let (_, service) = self.own_purpose(part);
                    self.give(&mut outcome.gets_back, &to_service(&service), part.left);
                }
            }
        }
        outcome.spends.retain(|_, pence| *pence > 0);
        outcome.worse_off = self.worse_off(&outcome, &parts);
        outcome
    }

    /// Whoever gets back less than it puts in, or does not keep what it asks for.
    fn worse_off(&self, outcome: &Outcome, parts: &[Part]) -> Vec<String> {
        let of = |by: &BTreeMap<String, i128>, agency: &str| by.get(agency).copied().unwrap_or_default();
        let keeps = |(partner, theme, least): &(String, Option<String>, HowMuch)| {
            let meant: Vec<(usize, &Line)> = self.meant(partner, theme.as_deref()).collect();
            let there: i128 = meant.iter().map(|(_, line)| line.pence).sum();
            let is_inside = |part: &&Part| meant.iter().any(|(at, _)| part.from == From::Line(*at));
            let inside: i128 = parts.iter().filter(is_inside).map(|part| part.pence).sum();
            there - inside >= least.of(there)
        };
        let is_worse_off = |agency: &&str| {
            of(&outcome.gets_back, agency) < of(&outcome.puts_in, agency)
                || self.conditions.iter().any(|condition| condition.0 == **agency && !keeps(condition))
        };
        AGENCIES.iter().filter(|agency| is_worse_off(agency)).map(|agency| (*agency).to_owned()).collect()
    }

    pub(super) fn worked_out(&self) -> Outcome {
        self.laid(self.split(self.contributed()))
    }
}

/// The largest number that divides both.
fn common(a: i128, b: i128) -> i128 {
    if b == 0 { a.max(1) } else { common(b, a % b) }
}

pub(super) fn pence(amount: Money) -> i128 {
    assert_eq!(amount.units() % 100, 0, "whole pence");
    amount.units() / 100
}

#[test]
fn two_hundred_pools_at_random_come_to_what_a_plain_model_makes_of_them_to_the_penny() {
    let mut chance = Chance(14);
    let (mut split, mut worse_off) = (0, 0);
    for round in 0..200 {
        let plain = Plain::any(&mut chance);
        let (ledger, scenario) = (plain.ledger(), plain.scenario());
        let model = scenario.model(&ledger);
        check_balance(&ledger, &model);
        let right = plain.worked_out();
        let check = |what: &str, found: Money, right: i128| {
            let found = pence(found);
            assert_eq!(found, right, "round {round}, {what}: {scenario:#?} {:#?}", model.findings);
        };
        check("in the pool", model.balance.into_pool, right.into_pool);
        check("unallocated", model.balance.unallocated, right.unallocated);
        check("over-allocated", model.balance.over, right.over);
        let of = |by: &BTreeMap<String, i128>, agency: &str| by.get(agency).copied().unwrap_or_default();
        for agency in AGENCIES.into_iter().chain([Names::NOT_STATED]) {
            let position = model.positions.iter().find(|position| position.agency == agency);
            let (puts_in, gets_back) =
                position.map_or((Money::ZERO, Money::ZERO), |one| (one.puts_in, one.gets_back));
            check(&format!("{agency} puts in"), puts_in, of(&right.puts_in, agency));
            check(&format!("{agency} gets back"), gets_back, of(&right.gets_back, agency));
            if let Some(position) = position {
                let holds = !right.worse_off.iter().any(|other| other == agency);
                assert_eq!(position.no_worse_off.holds, holds, "round {round}, {agency}: {position:#?}");
            }
        }
        split += usize::from(
            plain.split.is_some()
                && !model.broken().any(|finding| finding.part == shadowpool::pool::ScenarioPart::Split),
        );
        worse_off += right.worse_off.len();
    }
    assert!(
        split > 30 && worse_off > 100,
        "chance has left nothing out: {split} splits, {worse_off} worse off"
    );
}
