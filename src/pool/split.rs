//! Who puts in how much of a pool by a rule: equally, by population, need or benefit, or in fixed shares.
//! Year by year the pool stays as large as it was, and nobody puts in more than its lines hold.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::scenario::is_default;
use super::split_ways::{with_new_money, with_the_short_locked};
use super::take::{Drawn, TakenPart, Takings};
use super::{Finding, Scenario, ScenarioChange, ScenarioPart};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Ledger, LineId};
use crate::money::{Money, Share, Weighting, Weights, apportion, in_full, portion};

/// Who puts in how much of the pool, by a rule; the pool stays as large as the contributions make it, in each year.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Split {
    pub rule: SplitRule,
    /// What the rule weighs partners by: people, a need index, benefit in £, percentages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shares: Vec<SplitShare>,
    /// Partners that put in what their contributions say, whatever the rule would have.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub locked: Vec<String>,
    /// Where the lines of a partner do not hold its share, it puts in all that they hold, and the others share the rest
    /// by the rule. Otherwise such a rule is refused.
    #[serde(default, skip_serializing_if = "is_default")]
    pub as_near_as_can_be: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SplitShare {
    pub partner: String,
    pub weight: Weighting,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum SplitRule {
    #[default]
    AsToday,
    /// The same from everyone.
    Equal,
    /// By the people each partner serves.
    Population,
    /// By an index of need.
    Need,
    /// By what each gains; by what it gets back from the pool, if no weights are given.
    Benefit,
    /// By agreed shares, which come to 100.
    Fixed,
}

impl SplitRule {
    pub const ALL: [Self; 6] =
        [Self::AsToday, Self::Equal, Self::Population, Self::Need, Self::Benefit, Self::Fixed];

    /// The words people read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::AsToday => "As today",
            Self::Equal => "Equal",
            Self::Population => "By population",
            Self::Need => "By need",
            Self::Benefit => "By benefit",
            Self::Fixed => "Fixed shares",
        }
    }
}

/// Shares the pool out among its partners by the rule, within the lines that they offer. `gets_back` is what each
/// would get back with the contributions as they are.
pub(super) fn split(
    scenario: &Scenario,
    ledger: &Ledger,
    takings: &mut Takings,
    gets_back: impl FnOnce(&Takings) -> BTreeMap<String, Money>,
    findings: &mut Vec<Finding>,
) {
    let Some(split) = scenario.split.as_ref().filter(|split| split.rule != SplitRule::AsToday) else {
        return;
    };
    let mut gets_back = Some(gets_back);
    let mut benefits: Option<BTreeMap<String, Money>> = None;
    let mut gained = |takings: &Takings| -> BTreeMap<String, Money> {
        // Worked out at most once, and only where the rule asks: it means laying the whole pool.
        let known =
            benefits.get_or_insert_with(|| gets_back.take().map(|of| of(takings)).unwrap_or_default());
        known.clone()
    };
    let short = match shared_out(scenario, ledger, split, takings, &mut gained) {
        Ok((parts, drawn)) => {
            debug_assert!(parts.iter().all(|part| part.amount().abs() <= ledger.amount(part.line).abs()));
            (takings.parts, takings.drawn) = (parts, drawn);
            return;
        }
        Err(Unsplit::Because(why)) => {
            let mut finding = Finding::broken(ScenarioPart::Split, why);
            finding.choices.extend(split.with_lacking_mended(&open_partners(scenario, split, takings)));
            return findings.push(finding);
        }
        Err(Unsplit::Short(short)) => short,
    };
    let message = format!(
        "{} ({}): {} would put in {}, and the lines it offers hold {}; let it offer more lines, follow the rule as near \
         as can be, lock it, or choose another rule",
        split.rule.name(),
        scenario.pool,
        short.partner,
        in_full(short.share),
        in_full(short.most)
    );
    let mut finding = Finding::broken(ScenarioPart::Split, message);
    let near = Split { as_near_as_can_be: true, ..split.clone() };
    if shared_out(scenario, ledger, &near, takings, &mut gained).is_ok() {
        let words = "Follow it as near as can be".to_owned();
        finding.choices.push(ScenarioChange::Several(words, vec![ScenarioChange::SetSplit(Some(near))]));
    }
    finding.choices.extend(with_the_short_locked(scenario, ledger, split, takings, short, &mut gained));
    finding.choices.extend(with_new_money(scenario, ledger, split, takings, &mut gained));
    findings.push(finding);
}

/// Why a pool is not shared out by its rule.
pub(super) enum Unsplit {
    Because(String),
    Short(Short),
}

/// A partner whose share is more than the lines that it offers hold.
pub(super) struct Short {
    pub(super) partner: String,
    share: Money,
    most: Money,
}

/// The partners that the rule is for, in the order of what they put in.
pub(super) fn open_partners<'a>(scenario: &'a Scenario, split: &Split, takings: &Takings) -> Vec<&'a str> {
    let mut partners: Vec<&str> = Vec::new();
    for part in &takings.parts {
        let partner = partner_of(scenario, part);
        if !partners.contains(&partner) && !split.locked.iter().any(|locked| locked == partner) {
            partners.push(partner);
        }
    }
    partners
}

pub(super) fn partner_of<'a>(scenario: &'a Scenario, part: &TakenPart) -> &'a str {
    &scenario.contributions[part.contribution()].partner
}

/// What is taken of each line where the pool is shared out by the rule, and what is left of it.
pub(super) fn shared_out(
    scenario: &Scenario,
    ledger: &Ledger,
    split: &Split,
    takings: &Takings,
    gained: &mut impl FnMut(&Takings) -> BTreeMap<String, Money>,
) -> Result<(Vec<TakenPart>, Drawn), Unsplit> {
    let partners = open_partners(scenario, split, takings);
    let weights = weights(split, &partners, || gained(takings)).map_err(Unsplit::Because)?;
    let mut years: BTreeMap<NameId, BTreeMap<&str, Vec<usize>>> = BTreeMap::new();
    for (index, part) in takings.parts.iter().enumerate() {
        let partner = partner_of(scenario, part);
        if partners.contains(&partner) {
            years
                .entry(ledger.name_id(part.line, Dimension::Year))
                .or_default()
                .entry(partner)
                .or_default()
                .push(index);
        }
    }
    // On copies, so that a rule that fails for the last partner has changed nothing for the first.
    let mut parts = takings.parts.clone();
    let mut drawn = takings.drawn.clone();
    for by_partner in years.values() {
        let indexes = by_partner.values().flatten();
        let pool: Money = indexes.map(|index| takings.parts[*index].amount()).sum();
        let mut shares = apportion(pool, &weights);
        if split.as_near_as_can_be {
            let most = |partner: &&str| {
                let own = by_partner.get(partner).map(Vec::as_slice).unwrap_or_default();
                let now: Money = own.iter().map(|index| parts[*index].amount()).sum();
                now + room(ledger, &parts, &drawn, own).into_iter().sum()
            };
            shares = as_near_as_can_be(pool, &weights, &partners.iter().map(most).collect::<Vec<_>>());
        }
        for (partner, share) in partners.iter().zip(shares) {
            let own = by_partner.get(partner).map(Vec::as_slice).unwrap_or_default();
            resize(ledger, &mut parts, &mut drawn, own, share)
                .map_err(|most| Unsplit::Short(Short { partner: (*partner).to_owned(), share, most }))?;
        }
    }
    parts.retain(|part| !part.amount().is_zero());
    Ok((parts, drawn))
}

/// Shares of a pool by weights, none of them more than its most: whoever cannot follow puts in all there is, and the
/// others share the rest. The parts add up to the pool as long as there is so much.
fn as_near_as_can_be(pool: Money, weights: &Weights, most: &[Money]) -> Vec<Money> {
    let weights: Vec<i128> = weights.iter().map(u128::cast_signed).collect();
    let mut shares = vec![Money::ZERO; most.len()];
    let mut open: Vec<usize> = (0..most.len()).collect();
    let mut rest = pool;
    loop {
        let own = open.iter().map(|&index| weights[index]);
        let even = || Weights::new(vec![1; open.len()]);
        let Ok(own) = Weights::new(own).or_else(|_| even()) else { return shares };
        for (&index, share) in open.iter().zip(apportion(rest, &own)) {
            shares[index] = share;
        }
        let Some(short) = open.iter().copied().find(|&index| shares[index] > most[index]) else {
            return shares;
        };
        // One at a time: what it cannot put in makes the shares of the others larger, so that another may follow.
        shares[short] = most[short];
        rest -= most[short];
        open.retain(|&index| index != short);
    }
}

pub(super) fn weights(
    split: &Split,
    partners: &[&str],
    gets_back: impl FnOnce() -> BTreeMap<String, Money>,
) -> Result<Weights, String> {
    if partners.is_empty() {
        return Err("every partner is locked, so there is nothing to share out; unlock one".to_owned());
    }
    let given = |partner: &&str| {
        let found = split.shares.iter().find(|share| share.partner == *partner);
        found.map(|share| share.weight).ok_or_else(|| {
            format!("{} has no weight for {partner}; give it one, or lock it", split.rule.name())
        })
    };
    let weights = match split.rule {
        SplitRule::AsToday | SplitRule::Equal => Weights::new(vec![1; partners.len()]),
        SplitRule::Benefit if split.shares.is_empty() => {
            let benefits = gets_back();
            let of = |partner: &&str| benefits.get(*partner).copied().unwrap_or_default().max(Money::ZERO);
            Weights::from_amounts(partners.iter().map(of))
        }
        SplitRule::Population | SplitRule::Need | SplitRule::Benefit | SplitRule::Fixed => {
            Weights::of(partners.iter().map(given).collect::<Result<Vec<Weighting>, String>>()?)
        }
    };
    weights.map_err(|error| format!("{}: {error}", split.rule.name()))
}

/// What is left of the lines of some parts. Two contributions may draw on one line: what is left of it is offered once.
fn room(ledger: &Ledger, parts: &[TakenPart], drawn: &Drawn, own: &[usize]) -> Vec<Money> {
    let mut seen: FxHashSet<LineId> = FxHashSet::default();
    let lines = own.iter().map(|index| parts[*index].line);
    lines.map(|line| if seen.insert(line) { drawn.left(ledger, line) } else { Money::ZERO }).collect()
}

/// Makes some parts come to `wanted`, within what is left of their lines.
///
/// # Errors
/// The nearest that they can come to, where that is something else.
fn resize(
    ledger: &Ledger,
    parts: &mut [TakenPart],
    drawn: &mut Drawn,
    own: &[usize],
    wanted: Money,
) -> Result<(), Money> {
    let now: Vec<Money> = own.iter().map(|index| parts[*index].amount()).collect();
    let sum: Money = now.iter().copied().sum();
    let resized = if wanted <= sum {
        let ratio = Share::of(wanted, sum).unwrap_or(Share::NONE);
        portion(&now, &now, ratio, wanted)
    } else {
        let room = room(ledger, parts, drawn, own);
        let most: Money = room.iter().copied().sum();
        if wanted - sum > most {
            return Err(sum + most);
        }
        let ratio = Share::of(wanted - sum, most).unwrap_or(Share::NONE);
        let more = portion(&room, &room, ratio, wanted - sum);
        now.iter().zip(more).map(|(now, more)| *now + more).collect()
    };
    // Where credits are among them less of each may not come to less of all: the pool would not stay as large as it was.
    let comes_to: Money = resized.iter().copied().sum();
    if comes_to != wanted {
        return Err(comes_to);
    }
    for ((index, before), after) in own.iter().zip(now).zip(resized) {
        parts[*index].set_amount(after);
        drawn.draw(parts[*index].line, after - before);
    }
    Ok(())
}
