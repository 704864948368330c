//! A scenario that both sides have changed, put together part by part: what a partner puts in, what it asks for, each
//! allocation, each of the other fields. Likewise a scene, of which what is seen is one part: half of one view and half of
//! another is neither.

use super::Scene;
use super::merged_entry::{Merged, MergedEntry};
use super::merged_parts::MergedParts;
use crate::pool::{Allocation, Condition, Contribution, NewMoney, Outturn, Scenario};

/// What one partner has in a list. It is one part: two changes of one partner's money may mean the same pounds.
#[derive(Clone, PartialEq)]
struct OfPartner<T> {
    partner: String,
    entries: Vec<T>,
}

impl<T: Clone + PartialEq> MergedEntry for OfPartner<T> {
    fn key(&self) -> String {
        self.partner.clone()
    }
}

impl MergedEntry for Allocation {
    /// From what to what: two of the same are one that was changed.
    fn key(&self) -> String {
        format!("{:?} to {:?}", self.from, self.to)
    }

    fn name(&self) -> String {
        self.to.in_words()
    }
}

impl MergedEntry for Outturn {
    fn key(&self) -> String {
        format!("{:?}", self.of)
    }

    fn name(&self) -> String {
        self.of.in_words()
    }
}

/// Two versions of a scenario put together, or the parts that both have changed, each in another way.
pub(super) fn merged_scenario(base: &Scenario, theirs: &Scenario, mine: &Scenario) -> Merged<Scenario> {
    let mut parts = MergedParts::default();
    let mut merged = mine.clone();
    // Every field by its name: a new one cannot be forgotten.
    let Scenario {
        name: _,
        pool,
        host,
        arrangement,
        years,
        contributions,
        new_money,
        split,
        allocations,
        rest,
        ring_fences,
        conditions,
        risk_share,
        outturn,
        notes,
        copied_from,
    } = &mut merged;
    parts.take_one("the pool's name", &base.pool, &theirs.pool, pool);
    parts.take_one("the host", &base.host, &theirs.host, host);
    parts.take_one("the arrangement", &base.arrangement, &theirs.arrangement, arrangement);
    parts.take_one("the years", &base.years, &theirs.years, years);
    parts.take_one("who puts in how much of the whole", &base.split, &theirs.split, split);
    parts.take_one("the money that no allocation takes", &base.rest, &theirs.rest, rest);
    parts.take_one("the risk share", &base.risk_share, &theirs.risk_share, risk_share);
    parts.take_one("the notes", &base.notes, &theirs.notes, notes);
    parts.take_one("what it was copied from", &base.copied_from, &theirs.copied_from, copied_from);
    let puts_in = |contribution: &Contribution| contribution.partner.clone();
    take_by_partner(
        &mut parts,
        "contributions",
        [&base.contributions, &theirs.contributions],
        contributions,
        puts_in,
    );
    let pays = |money: &NewMoney| money.partner.clone();
    take_by_partner(&mut parts, "new money", [&base.new_money, &theirs.new_money], new_money, pays);
    let asks = |condition: &Condition| condition.partner.clone();
    take_by_partner(&mut parts, "conditions", [&base.conditions, &theirs.conditions], conditions, asks);
    parts.take_list("allocations", [&base.allocations, &theirs.allocations], allocations);
    parts.take_list("outturn", [&base.outturn, &theirs.outturn], outturn);
    parts.take_list("ring-fences", [&base.ring_fences, &theirs.ring_fences], ring_fences);
    parts.together(merged)
}

/// A list of which all that one partner has is a part.
pub(super) fn take_by_partner<T: Clone + PartialEq>(
    parts: &mut MergedParts,
    part: &str,
    [base, theirs]: [&Vec<T>; 2],
    mine: &mut Vec<T>,
    partner: impl Fn(&T) -> String,
) {
    // Their order may have a meaning to those who wrote it; it is kept where only one side wrote.
    if base == theirs || theirs == mine || base == mine {
        return parts.take_one(part, base, theirs, mine);
    }
    let grouped = |list: &[T]| {
        let mut groups: Vec<OfPartner<T>> = Vec::new();
        for entry in list {
            let name = partner(entry);
            match groups.iter_mut().find(|group| group.partner == name) {
                Some(group) => group.entries.push(entry.clone()),
                None => groups.push(OfPartner { partner: name, entries: vec![entry.clone()] }),
            }
        }
        groups
    };
    let mut merged = grouped(mine);
    parts.take_list(part, [&grouped(base), &grouped(theirs)], &mut merged);
    *mine = merged.into_iter().flat_map(|group| group.entries).collect();
}

/// Two versions of a scene put together, or the parts that both have changed, each in another way.
pub(super) fn merged_scene(base: &Scene, theirs: &Scene, mine: &Scene) -> Merged<Scene> {
    let mut parts = MergedParts::default();
    let seen = |scene: &Scene| Scene::default().seeing(scene);
    let mut merged_view = seen(mine);
    parts.take_one("what is seen", &seen(base), &seen(theirs), &mut merged_view);
    let mut merged = mine.seeing(&merged_view);
    parts.take_one("the caption", &base.caption, &theirs.caption, &mut merged.caption);
    parts.take_one("the notes", &base.notes, &theirs.notes, &mut merged.notes);
    parts.take_one("the annotations", &base.annotations, &theirs.annotations, &mut merged.annotations);
    parts.together(merged)
}
