//! Parts of a place put together: those that are changed as a whole, and lists, entry by entry, in an order that has
//! what either side moved.

use std::collections::{BTreeMap, BTreeSet};

use super::merged_entry::{Merged, MergedEntry};
use super::part_change::PartChange;
use crate::agree::Rule;

/// What was found so far.
#[derive(Default)]
pub(super) struct MergedParts {
    changes: Vec<PartChange>,
}

impl MergedParts {
    pub(super) fn add(&mut self, change: PartChange) {
        if !change.theirs.is_empty() || !change.mine.is_empty() {
            self.changes.push(change);
        }
    }

    /// Something that both have changed, each in another way.
    pub(super) fn clash(&mut self, part: String, theirs: &str, mine: &str) {
        self.add(PartChange { part, theirs: theirs.to_owned(), mine: mine.to_owned(), is_conflict: true });
    }

    pub(super) fn has_conflict(&self) -> bool {
        self.changes.iter().any(|change| change.is_conflict)
    }

    /// What was found, in order.
    pub(super) fn changes(self) -> Vec<PartChange> {
        self.changes
    }

    /// What was put together, or the conflicts.
    pub(super) fn together<T>(self, merged: T) -> Merged<T> {
        let conflicts: Vec<PartChange> =
            self.changes.into_iter().filter(|change| change.is_conflict).collect();
        if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
    }

    /// A part that is changed as a whole.
    pub(super) fn take_one<T: Clone + PartialEq>(&mut self, part: &str, base: &T, theirs: &T, mine: &mut T) {
        let (they_changed, i_changed) = (base != theirs, base != mine);
        let is_conflict = they_changed && i_changed && theirs != mine;
        let word = |changed| if changed { "changed".to_owned() } else { String::new() };
        self.add(PartChange {
            part: part.to_owned(),
            theirs: word(they_changed),
            mine: word(i_changed),
            is_conflict,
        });
        if they_changed && !is_conflict {
            mine.clone_from(theirs);
        }
    }

    /// Rules, of which the first that fits decides: where both have put them in another order, that is a conflict.
    pub(super) fn take_rules(&mut self, part: &str, [base, theirs]: [&Vec<Rule>; 2], mine: &mut Vec<Rule>) {
        let keys = |rules: &[Rule]| rules.iter().map(MergedEntry::key).collect::<Vec<_>>();
        let [was, they, me] = [base, theirs, &*mine].map(|rules| keys(rules));
        if is_reordered(&was, &they) && is_reordered(&was, &me) && is_reordered(&they, &me) {
            return self.clash(part.to_owned(), "in another order", "in another order");
        }
        self.take_list(part, [base, theirs], mine);
    }

    /// A list of which each entry is a part.
    pub(super) fn take_list<T: MergedEntry>(
        &mut self,
        part: &str,
        [base, theirs]: [&Vec<T>; 2],
        mine: &mut Vec<T>,
    ) {
        let words = (changed_words(base, theirs), changed_words(base, mine));
        let change = |is_conflict| PartChange {
            part: part.to_owned(),
            theirs: words.0.clone(),
            mine: words.1.clone(),
            is_conflict,
        };
        if theirs == base || theirs == mine || mine == base {
            self.add(change(false));
            if mine == base {
                mine.clone_from(theirs);
            }
            return;
        }
        let (Some(of_base), Some(of_theirs), Some(of_mine)) = (by_key(base), by_key(theirs), by_key(mine))
        else {
            // Entries that cannot be told apart are one part together.
            return self.add(change(true));
        };
        self.add(change(false));
        let mut keys: Vec<&String> = of_theirs.keys().chain(of_base.keys()).chain(of_mine.keys()).collect();
        keys.sort_unstable();
        keys.dedup();
        let mut merged = BTreeMap::new();
        for key in keys {
            let (was, they, me) = (of_base.get(key), of_theirs.get(key), of_mine.get(key));
            let put_together = || {
                let (they, me) = they.zip(me).ok_or_else(Vec::new)?;
                T::merged(was.copied(), they, me)
            };
            if they == me || was == they {
                merged.extend(me.map(|me| (key.clone(), T::clone(me))));
            } else if was == me {
                merged.extend(they.map(|they| (key.clone(), T::clone(they))));
            } else {
                let name = they.or(me).or(was).map(|entry| entry.name()).unwrap_or_default();
                let part = format!("{part}: {name}");
                match put_together() {
                    Ok(both) => drop(merged.insert(key.clone(), both)),
                    Err(inside) if inside.is_empty() => {
                        self.clash(part, what_became(was, they), what_became(was, me));
                    }
                    Err(inside) => inside.into_iter().for_each(|change| {
                        self.clash(format!("{part}: {}", change.part), &change.theirs, &change.mine);
                    }),
                }
            }
        }
        let keys = |list: &[T]| list.iter().map(MergedEntry::key).collect::<Vec<_>>();
        let [was, they, me] = [base, theirs, &*mine].map(|list| keys(list));
        let theirs_first = is_reordered(&was, &they) && !is_reordered(&was, &me);
        let order = if theirs_first { in_order(they, me) } else { in_order(me, they) };
        *mine = order.iter().filter_map(|key| merged.remove(key)).collect();
    }
}

fn what_became<T>(was: Option<T>, is: Option<T>) -> &'static str {
    match (was, is) {
        (None, Some(_)) => "added",
        (Some(_), None) => "taken out",
        _ => "changed",
    }
}

/// Whether what both lists have stands in another order in them.
fn is_reordered(before: &[String], after: &[String]) -> bool {
    let at: BTreeMap<&String, usize> = before.iter().enumerate().map(|(at, key)| (key, at)).collect();
    let places: Vec<usize> = after.iter().filter_map(|key| at.get(key).copied()).collect();
    !places.is_sorted()
}

/// The first list, with what only the second has before what it stands before there, or at the end.
fn in_order(first: Vec<String>, second: Vec<String>) -> Vec<String> {
    let known: BTreeSet<&String> = first.iter().collect();
    let mut before: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut waiting = Vec::new();
    for key in second {
        if !known.contains(&key) {
            waiting.push(key);
        } else if !waiting.is_empty() {
            before.insert(key, std::mem::take(&mut waiting));
        }
    }
    let mut order = Vec::with_capacity(first.len() + waiting.len());
    for key in first {
        order.extend(before.remove(&key).unwrap_or_default());
        order.push(key);
    }
    order.extend(waiting);
    order
}

/// The entries of a list by their keys; none where two have the same.
fn by_key<T: MergedEntry>(list: &[T]) -> Option<BTreeMap<String, &T>> {
    let keyed: BTreeMap<String, &T> = list.iter().map(|entry| (entry.key(), entry)).collect();
    (keyed.len() == list.len()).then_some(keyed)
}

/// "2 added, 1 changed, 1 taken out".
fn changed_words<T: MergedEntry>(before: &[T], after: &[T]) -> String {
    if before == after {
        return String::new();
    }
    let (Some(before), Some(after)) = (by_key(before), by_key(after)) else {
        return "changed".to_owned();
    };
    let added = after.keys().filter(|key| !before.contains_key(*key)).count();
    let gone = before.keys().filter(|key| !after.contains_key(*key)).count();
    let is_other = |(key, entry): &(&String, &&T)| before.get(*key).is_some_and(|was| was != *entry);
    let changed = after.iter().filter(is_other).count();
    let words: Vec<String> = [(added, "added"), (changed, "changed"), (gone, "taken out")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}"))
        .collect();
    if words.is_empty() { "in another order".to_owned() } else { words.join(", ") }
}
