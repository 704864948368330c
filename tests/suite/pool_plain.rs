//! Pools against a plain model of them, to the penny: written only from what the words say, with lines as whole pence in
//! a list: of several years, with credits among them, and with a grant that may fund only what it funds. Bills are in
//! `pool_plain_bills`.
//!
//! Each year is by itself: a share, an amount and a rule are of each year's money, and what fails in one year is left out
//! in all. Credits are taken and moved as credits; what is asked for and not there of them never makes up for money that
//! is not there.
//!
//! Its rounding is that which the program documents. A percentage of an amount is the nearest penny, halves away from
//! zero. What is shared in proportion is rounded down, and the pennies left over go one each to the largest remainders,
//! the earlier of equals first. What one cannot give of its share, the others give in proportion to what they have left,
//! rounded down; the last pennies go as before, to whoever has room. A credit is rounded as the payment of its size is.

use std::collections::BTreeMap;

use shadowpool::dimension::{Dimension, Names};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::{Money, Percent, Weighting};
use shadowpool::pool::{
    Condition, NewMoney, Portion, Purpose, Rest, RingFence, Scenario, Split, SplitRule, SplitShare,
};

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
    of.signum() * ((of.abs() * percent * 2 + 100) / 200)
}

/// Takes `wanted` out of amounts, `over / under` of each and no more than is left of it.
fn taken(amounts: &[i128], left: &[i128], (over, under): (i128, i128), wanted: i128) -> Vec<i128> {
    let (over, under) = if under == 0 { (0, 1) } else { (over.abs(), under.abs()) };
    let of = |amount: &i128, left: &i128, over: i128, under: i128| {
        amount.signum() * (amount.abs() * over / under).min(left.abs())
    };
    let mut parts: Vec<i128> =
        amounts.iter().zip(left).map(|(amount, left)| of(amount, left, over, under)).collect();
    let missing = |parts: &[i128]| wanted - parts.iter().sum::<i128>();
    // More than rounding left over: somebody had too little.
    if missing(&parts).abs() > amounts.len() as i128 {
        let room: Vec<i128> = left.iter().zip(&parts).map(|(left, part)| left - part).collect();
        let (extra, whole) = (missing(&parts), room.iter().sum::<i128>());
        if whole != 0 && extra.signum() == whole.signum() {
            let (extra, whole) = (extra.abs().min(whole.abs()), whole.abs());
            for (part, room) in parts.iter_mut().zip(&room) {
                *part += of(room, room, extra, whole);
            }
        }
    }
    let way = missing(&parts).signum();
    let mut order: Vec<usize> = (0..amounts.len()).collect();
    order.sort_by_key(|&at| {
        let left_over = amounts[at].abs() * over % under * 1_000_000_000 / under * amounts[at].signum();
        std::cmp::Reverse(left_over * way)
    });
    let room = |parts: &[i128], at: usize| {
        if way > 0 { left[at].max(0) - parts[at] } else { parts[at] - left[at].min(0) }
    };
    while missing(&parts) != 0 && order.iter().any(|&at| room(&parts, at) > 0) {
        let most = (missing(&parts).abs() / order.len() as i128).max(1);
        for &at in &order {
            let given = most.min(room(&parts, at).max(0)).min(missing(&parts).abs());
            parts[at] += given * way;
        }
    }
    parts
}

#[derive(Clone)]
pub(super) struct Line {
    agency: String,
    theme: String,
    service: String,
    year: &'static str,
    /// Paid by the grant.
    is_fenced: bool,
    pence: i128,
}

const YEARS: [&str; 2] = ["2023/24", "2024/25"];
const GRANT: &str = "Grant";

/// What of the world a place has.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Kind {
    OneYear,
    /// Several years, credits, a grant.
    All,
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
    /// The years that the pool is of; none is all.
    years: Vec<&'static str>,
    /// The theme that the grant may fund beside what it funds.
    grant_allows: Option<&'static str>,
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
    New(usize, &'static str),
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
    pub(super) fn any(chance: &mut Chance, kind: Kind) -> Self {
        let themes = ["Ageing", "Early years", "Safety"];
        let line = |chance: &mut Chance| {
            let theme = chance.one_of(&themes);
            Line {
                agency: chance.one_of(&AGENCIES).to_owned(),
                theme: theme.to_owned(),
                service: format!("{theme} {}", chance.below(3)),
                pence: i128::from(chance.below(1_000_000)) + 1,
                year: YEARS[1],
                is_fenced: false,
            }
        };
        let theme =
            |chance: &mut Chance| (chance.below(3) > 0).then(|| chance.one_of(&themes[..2]).to_owned());
        let mut plain = Self { waits: chance.below(2) == 0, ..Self::default() };
        plain.lines = (0..30).map(|_| line(chance)).collect();
        if kind == Kind::All {
            for line in &mut plain.lines {
                line.year = YEARS[chance.below(2) as usize];
                line.is_fenced = chance.below(5) == 0;
                if chance.below(6) == 0 {
                    line.pence = -line.pence;
                }
            }
            plain.years = [&YEARS[..], &YEARS[1..], &[]][chance.below(3) as usize].to_vec();
            plain.grant_allows = (chance.below(3) == 0).then_some("Safety");
        } else {
            plain.years = vec![YEARS[1]];
        }
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
        let ring_fences = self.grant_allows.iter().map(|theme| RingFence {
            name: GRANT.to_owned(),
            allows: themed(theme),
            note: String::new(),
        });
        Scenario {
            years: self.years.iter().map(|year| year.parse().unwrap()).collect(),
            ring_fences: ring_fences.collect(),
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
                year: Some(line.year.into()),
                ringfence: line.is_fenced.then(|| GRANT.to_owned()),
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
            let of_pool = |line: &Line| self.years.is_empty() || self.years.contains(&line.year);
            let years = YEARS.map(|year| {
                let meant = self.meant(partner, theme.as_deref());
                let meant: Vec<(usize, &Line)> =
                    meant.filter(|(_, line)| line.year == year && of_pool(line)).collect();
                let there: i128 = meant.iter().map(|(_, line)| line.pence).sum();
                (meant, there)
            });
            let with = |(over, under): (i128, i128), share: (i128, i128)| {
                let (over, under) = (over * share.1 + share.0 * under, under * share.1);
                let by = common(over, under);
                (over / by, under / by)
            };
            let is_too_much = |(meant, there): &(Vec<(usize, &Line)>, i128)| {
                let is_beyond = matches!(what, HowMuch::Pence(_)) && what.of(*there) > *there;
                let is_over = |(at, _): &(usize, &Line)| {
                    let (over, under) = with(shares[*at], what.share(*there));
                    shares[*at].0 > 0 && over > under
                };
                !meant.is_empty() && (is_beyond || meant.iter().any(is_over))
            };
            if years.iter().any(is_too_much) {
                continue;
            }
            for (meant, there) in years.iter().filter(|(meant, _)| !meant.is_empty()) {
                let share = what.share(*there);
                let amounts: Vec<i128> = meant.iter().map(|(_, line)| line.pence).collect();
                let left: Vec<i128> = meant.iter().map(|(at, line)| line.pence - drawn[*at]).collect();
                let takes = match what {
                    HowMuch::Whole => amounts.clone(),
                    _ => taken(&amounts, &left, share, what.of(*there)),
                };
                for ((at, _), pence) in meant.iter().zip(takes) {
                    shares[*at] = with(shares[*at], share);
                    drawn[*at] += pence;
                    if pence != 0 {
                        let (agency, from) = (partner.clone(), From::Line(*at));
                        parts.push(Part { agency, from, pence, left: pence });
                    }
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
            SplitRule::Benefit => back.get(*partner).copied().unwrap_or_default().max(0),
            _ => 1,
        };
        let weights: Vec<i128> = partners.iter().map(weight).collect();
        if weights.iter().sum::<i128>() == 0 {
            return parts.clone();
        }
        let mut resized = parts.clone();
        for year in YEARS {
            let own = |partner: &str| {
                let is_own = |at: &usize| parts[*at].agency == partner && self.year_of(&parts[*at]) == year;
                (0..parts.len()).filter(is_own).collect::<Vec<_>>()
            };
            let pool: i128 = partners.iter().flat_map(|partner| own(partner)).map(|at| parts[at].pence).sum();
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
                // What it offers does not come to its share.
                if after.iter().sum::<i128>() != share {
                    return parts.clone();
                }
                for (at, pence) in own.into_iter().zip(after) {
                    (resized[at].pence, resized[at].left) = (pence, pence);
                }
            }
        }
        resized.retain(|part| part.pence != 0);
        resized
    }

    fn year_of(&self, part: &Part) -> &'static str {
        match part.from {
            From::Line(at) => self.lines[at].year,
            From::New(_, year) => year,
        }
    }

    /// Whether what a part is of lets it go to a purpose: the grant funds what it funds, and what is said beside that.
    fn may_go(&self, part: &Part, to: &Purpose) -> bool {
        let From::Line(at) = part.from else { return true };
        if !self.lines[at].is_fenced {
            return true;
        }
        let theme = to.theme.as_deref().or_else(|| {
            let service = to.service.as_ref()?;
            Some(self.lines.iter().find(|line| line.service == *service)?.theme.as_str())
        });
        let is_funded = |line: &Line| {
            line.is_fenced
                && theme.is_some_and(|theme| line.theme == theme)
                && to.service.as_ref().is_none_or(|service| line.service == *service)
        };
        theme.is_some() && theme == self.grant_allows || self.lines.iter().any(is_funded)
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
    fn give(&self, back: &mut BTreeMap<String, i128>, to: &Purpose, pence: i128, years: &[&str]) {
        if pence == 0 {
            return;
        }
        if let Some(agency) = &to.responsible {
            *back.entry(agency.clone()).or_default() += pence;
            return;
        }
        // Today is the years of the pool, or any where nobody spends on it in those.
        for is_in in
            [&|line: &Line| years.contains(&line.year), &|_: &Line| true] as [&dyn Fn(&Line) -> bool; 2]
        {
            // In the order in which they first appear among the lines.
            let mut spend: Vec<(&str, i128)> = Vec::new();
            for line in &self.lines {
                if !spend.iter().any(|(agency, _)| *agency == line.agency) {
                    spend.push((&line.agency, 0));
                }
                let is_meant = to.theme.as_ref().is_none_or(|theme| line.theme == *theme)
                    && to.service.as_ref().is_none_or(|service| line.service == *service);
                if is_meant && is_in(line) {
                    spend.iter_mut().find(|(agency, _)| *agency == line.agency).unwrap().1 += line.pence;
                }
            }
            spend.retain(|(_, pence)| *pence > 0);
            if !spend.is_empty() {
                let weights: Vec<i128> = spend.iter().map(|(_, pence)| *pence).collect();
                for ((agency, _), part) in spend.iter().zip(shared(pence, &weights)) {
                    *back.entry((*agency).to_owned()).or_default() += part;
                }
                return;
            }
        }
        *back.entry(Names::NOT_STATED.to_owned()).or_default() += pence;
    }

    /// Theme and service of a part where nobody moves it.
    fn own_purpose(&self, part: &Part) -> (String, String) {
        match part.from {
            From::Line(at) => (self.lines[at].theme.clone(), self.lines[at].service.clone()),
            From::New(at, _) => {
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
        // New money is of each of the pool's years: those it says, or else those that what came in is of.
        let of_parts = |parts: &[Part]| -> Vec<&'static str> {
            YEARS.into_iter().filter(|year| parts.iter().any(|part| self.year_of(part) == *year)).collect()
        };
        let mut years = if self.years.is_empty() { of_parts(&parts) } else { self.years.clone() };
        if years.is_empty() {
            years.push(Names::NOT_STATED);
        }
        for (at, new) in self.new_money.iter().enumerate() {
            for year in &years {
                let (agency, pence) = (new.agency.clone(), new.pence);
                parts.push(Part { agency, from: From::New(at, year), pence, left: pence });
            }
        }
        let pooled: Vec<&str> = of_parts(&parts);
        let mut outcome = Outcome::default();
        for part in &parts {
            outcome.into_pool += part.pence;
            *outcome.puts_in.entry(part.agency.clone()).or_default() += part.pence;
        }
        let (mut short, mut short_of_credits) = (0, 0);
        for one in &self.moves {
            let is_meant = |at: &usize| {
                let theme = match parts[*at].from {
                    From::Line(line) => Some(&self.lines[line].theme),
                    From::New(..) => None,
                };
                one.from.is_none() || one.from.as_ref() == theme
            };
            // Year by year: what is asked for, what that is of, the parts that may go.
            let in_years = YEARS.into_iter().chain([Names::NOT_STATED]).map(|year| {
                let meant: Vec<usize> =
                    (0..parts.len()).filter(|at| is_meant(at) && self.year_of(&parts[*at]) == year).collect();
                let free: Vec<usize> =
                    meant.iter().copied().filter(|at| self.may_go(&parts[*at], &one.to)).collect();
                let sum = |of: &[usize]| of.iter().map(|at| parts[*at].pence).sum::<i128>();
                let (whole, there) = (sum(&meant), sum(&free));
                let asked = if meant.is_empty() { 0 } else { one.what.of(whole) };
                let is_bound = meant.len() > free.len() && asked > there;
                (free, there, asked, is_bound)
            });
            let in_years: Vec<_> = in_years.collect();
            if in_years.iter().any(|(.., is_bound)| *is_bound) {
                continue;
            }
            let mut moved = 0;
            for (free, there, asked, _) in in_years {
                let amounts: Vec<i128> = free.iter().map(|at| parts[*at].pence).collect();
                let left: Vec<i128> = free.iter().map(|at| parts[*at].left).collect();
                let available: i128 = left.iter().sum();
                let pence = if asked < 0 { asked.max(available.min(0)) } else { asked.min(available.max(0)) };
                short += (asked - pence).max(0);
                short_of_credits += (pence - asked).max(0);
                // No more than all of each, and no less than nothing.
                let share = match (asked.signum() * there.signum(), asked.abs() > there.abs()) {
                    (1, true) => (1, 1),
                    (1, false) => (asked, there),
                    _ => (0, 1),
                };
                for (at, pence) in free.into_iter().zip(taken(&amounts, &left, share, pence)) {
                    parts[at].left -= pence;
                    moved += pence;
                    *outcome.spends.entry(self.moved(&parts[at], &one.to)).or_default() += pence;
                }
            }
            self.give(&mut outcome.gets_back, &one.to, moved, &pooled);
        }
        outcome.over = short.max(short_of_credits);
        let mut new_back = vec![0; self.new_money.len()];
        for part in &parts {
            let waits = match part.from {
                From::Line(at) => self.waits && !self.lines[at].is_fenced,
                From::New(at, _) => self.waits || self.new_money[at].service.is_none(),
            };
            if waits {
                outcome.unallocated += part.left;
                continue;
            }
            *outcome.spends.entry(self.own_purpose(part)).or_default() += part.left;
            match part.from {
                From::Line(_) => *outcome.gets_back.entry(part.agency.clone()).or_default() += part.left,
                From::New(at, _) => new_back[at] += part.left,
            }
        }
        for (new, pence) in self.new_money.iter().zip(new_back) {
            let to = new.service.as_deref().map_or_else(Purpose::default, to_service);
            self.give(&mut outcome.gets_back, &to, pence, &pooled);
        }
        outcome.spends.retain(|_, pence| *pence != 0);
        outcome.worse_off = self.worse_off(&outcome, &parts, &pooled);
        outcome
    }

    /// Whoever gets back less than it puts in, or does not keep what it asks for.
    fn worse_off(&self, outcome: &Outcome, parts: &[Part], years: &[&str]) -> Vec<String> {
        let of = |by: &BTreeMap<String, i128>, agency: &str| by.get(agency).copied().unwrap_or_default();
        let keeps = |(partner, theme, least): &(String, Option<String>, HowMuch)| {
            let meant = self.meant(partner, theme.as_deref()).filter(|(_, line)| years.contains(&line.year));
            let meant: Vec<(usize, &Line)> = meant.collect();
            let there: i128 = meant.iter().map(|(_, line)| line.pence).sum();
            let is_inside = |part: &&Part| meant.iter().any(|(at, _)| part.from == From::Line(*at));
            let inside: i128 = parts.iter().filter(is_inside).map(|part| part.pence).sum();
            // An amount is meant a year.
            let least = match least {
                HowMuch::Pence(pence) => i128::from(*pence) * years.len().max(1) as i128,
                part => part.of(there),
            };
            there - inside >= least
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
fn pools_at_random_come_to_what_a_plain_model_makes_of_them_to_the_penny() {
    let mut chance = Chance(14);
    let (mut split, mut worse_off) = (0, 0);
    for round in 0..1000 {
        let plain = Plain::any(&mut chance, if round < 40 { Kind::OneYear } else { Kind::All });
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
        let of_pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
        let spends = Totals::of(&model.ledger, &of_pool, &[Dimension::Theme, Dimension::Service]);
        let spends = spends.rows.into_iter().filter(|row| row.names[0] != Purpose::UNALLOCATED);
        let spends: BTreeMap<(String, String), i128> = spends
            .map(|row| ((row.names[0].clone(), row.names[1].clone()), pence(row.amount)))
            .filter(|(_, pence)| *pence != 0)
            .collect();
        assert_eq!(spends, right.spends, "round {round}: {scenario:#?} {:#?}", model.findings);
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
