//! Between what the net of a partner lies, where some of the pool's lines have a low and a high. What it puts in and what
//! comes back of it are parts of the same lines, so that they are less or more together: what comes back to whoever has
//! put it in changes nothing, and only what goes to somebody else does.

use std::collections::BTreeMap;

use super::allocate::{AllocatedPool, Destination, PooledFrom};
use super::model::Model;
use super::responsible::{shares, stays_with_partner};
use super::{Portion, Scenario, SplitRule};
use crate::ledger::{AmountRange, Ledger, LineId};
use crate::money::{Money, nearest};

/// By how much less or more each net may be, £; a partner that is not listed has a net that is certain.
pub(super) type NetDeviations = BTreeMap<String, AmountRange>;

impl AmountRange {
    /// How much less or more a part of an amount may be, where the whole of it has this range.
    pub(super) fn deviation_of(self, part: Money, amount: Money) -> Option<Self> {
        let of = |more: Money| {
            let by = amount.units();
            (by != 0).then(|| {
                let signed = part.units().signum() * by.signum();
                let (times, by) = (part.units().unsigned_abs(), by.unsigned_abs());
                Money::from_units(signed * nearest(more.units(), times, by))
            })
        };
        let (less, more) = (of(self.low - amount)?, of(self.high - amount)?);
        Some(Self { low: less.min(more), high: less.max(more) })
    }
}

/// Where the nets of a scenario lie about what they are, or nothing where that cannot be worked out exactly: where a fixed
/// sum or a rule makes up for what a line may be less, or where several answer for what it goes to.
pub(super) fn net_deviations(
    scenario: &Scenario,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
) -> Option<NetDeviations> {
    if scenario.split.as_ref().is_some_and(|split| split.rule != SplitRule::AsToday) {
        return None;
    }
    let mut receivers: BTreeMap<usize, Option<String>> = BTreeMap::new();
    // What of each line comes to whom, less what they put in of it.
    let mut by_line: BTreeMap<LineId, BTreeMap<String, Money>> = BTreeMap::new();
    for (place, part) in layout.parts().enumerate() {
        let PooledFrom::Line(taken) = part.origin else { continue };
        if ledger.range(taken.line).is_none() {
            continue;
        }
        if matches!(scenario.contributions[taken.contribution()].what, Portion::Amount(_)) {
            return None;
        }
        let partner = part.partner(scenario);
        let own = by_line.entry(taken.line).or_default();
        *own.entry(partner.to_owned()).or_default() -= part.amount;
        for (destination, amount) in layout.pieces(place) {
            match destination {
                Destination::Unallocated => {}
                Destination::OwnPurpose => *own.entry(partner.to_owned()).or_default() += amount,
                Destination::Allocation(index) => {
                    if !is_its_share(scenario.allocations[index].what, amount, part.amount) {
                        return None;
                    }
                    let to = &scenario.allocations[index].to;
                    if to.is_unallocated() {
                        continue;
                    }
                    let receiver = if stays_with_partner(scenario, to) {
                        partner.to_owned()
                    } else {
                        let known =
                            receivers.entry(index).or_insert_with(|| only_receiver(ledger, layout, index));
                        known.clone()?
                    };
                    *own.entry(receiver).or_default() += amount;
                }
            }
        }
    }
    let mut deviations = NetDeviations::new();
    for (line, parts) in by_line {
        let range = ledger.range(line)?;
        for (agency, part) in parts.into_iter().filter(|(_, part)| !part.is_zero()) {
            let deviation = range.deviation_of(part, ledger.amount(line))?;
            let sum = deviations.entry(agency).or_insert(AmountRange::of(Money::ZERO));
            *sum = sum.and(deviation);
        }
    }
    Some(deviations)
}

/// Whether an allocation takes of a part what it takes of all: a percentage, or whatever is left. Then it takes the less of
/// it, the less it is.
fn is_its_share(what: Portion, piece: Money, part: Money) -> bool {
    match what {
        Portion::Whole => true,
        Portion::Percent(percent) => (part.times(percent) - piece).abs() <= Money::from_pence(1),
        Portion::Amount(_) => false,
    }
}

/// Who alone answers for what an allocation pays for.
fn only_receiver(ledger: &Ledger, layout: &AllocatedPool<'_>, index: usize) -> Option<String> {
    let to = &layout.scenario.allocations[index].to;
    match &shares(ledger, to, Money::from_pence(1), &layout.years())[..] {
        [(agency, _)] => Some(agency.clone()),
        _ => None,
    }
}

impl Model {
    /// Says of each net that is an estimate between what it lies, where that is known.
    pub(super) fn widen_nets(&mut self, deviations: &NetDeviations) {
        for position in self.positions.iter_mut().filter(|position| position.is_estimate) {
            let deviation = deviations.get(&position.agency).copied();
            let range = AmountRange::of(position.net).and(deviation.unwrap_or(AmountRange::of(Money::ZERO)));
            if range.low != range.high {
                position.no_worse_off.reason.push_str("; its net lies ");
                position.no_worse_off.reason.push_str(&range.in_words());
            }
            position.net_range = Some(range);
        }
    }
}
