//! Two versions of a place held against the one that both were made from: what each has changed, part by part, and
//! the place that has the changes of both where no part was changed by both.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Place;
use super::line_changes::{LinesOfSources, merged_lines};
use crate::dimension::{Dimension, NameId};
use crate::words::counted;

/// What two versions of a place have changed since the one they were made from.
#[derive(Clone, Debug)]
pub struct PlaceMerge {
    /// What either has changed, in the order of a place's file; conflicts say which part it is.
    pub changes: Vec<PartChange>,
    /// The place with the changes of both; none where a part was changed by both.
    pub merged: Option<Place>,
}

/// A part of a place that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartChange {
    /// "Scenarios", "Lines of book.csv".
    pub part: String,
    /// What they did to it: "2 added, 1 changed"; empty where it is as it was.
    pub theirs: String,
    pub mine: String,
    /// Both have changed it, each in another way.
    pub is_conflict: bool,
}

/// Compares two versions with the one both were made from. What is shown is no part: it stays as mine has it.
pub fn merge(base: &Place, theirs: &Place, mine: &Place) -> PlaceMerge {
    let mut parts = MergedParts::default();
    let mut merged = mine.clone();
    parts.take_one("Name", &base.name, &theirs.name, &mut merged.name);
    parts.take_one("Description", &base.about, &theirs.about, &mut merged.about);
    let area = |population: &super::Population| population.area.clone().unwrap_or_default();
    parts.take_list("Population", [&base.population, &theirs.population], &mut merged.population, area);
    let name = |agency: &crate::dimension::Agency| agency.name.clone();
    parts.take_list("Agencies", [&base.agencies, &theirs.agencies], &mut merged.agencies, name);
    let name = |described: &super::Described| described.name.clone();
    parts.take_list("Funders", [&base.funders, &theirs.funders], &mut merged.funders, name);
    parts.take_list("Themes", [&base.themes, &theirs.themes], &mut merged.themes, name);
    parts.take_list("Services", [&base.services, &theirs.services], &mut merged.services, name);
    let key = |source: &crate::ledger::Source| source.key.clone();
    parts.take_list("Sources", [&base.sources, &theirs.sources], &mut merged.sources, key);
    let name = |total: &crate::ledger::ControlTotal| total.name.clone();
    parts.take_list(
        "Control totals",
        [&base.control_totals, &theirs.control_totals],
        &mut merged.control_totals,
        name,
    );
    let name = |scenario: &crate::pool::Scenario| scenario.name.clone();
    parts.take_list("Scenarios", [&base.scenarios, &theirs.scenarios], &mut merged.scenarios, name);
    let source = |rejects: &crate::agree::Rejects| rejects.source.clone();
    parts.take_list("Rejected rows", [&base.rejects, &theirs.rejects], &mut merged.rejects, source);
    take_decisions(&mut parts, base, theirs, &mut merged);
    take_lines(&mut parts, base, theirs, &mut merged);
    parts.finish(merged)
}

/// What has changed from one version of a place to another, part by part.
pub fn differences(before: &Place, after: &Place) -> Vec<PartChange> {
    merge(before, after, before).changes
}

/// Decisions whose order matters, or which have no name to tell them apart by, are changed as one.
fn take_decisions(parts: &mut MergedParts, base: &Place, theirs: &Place, merged: &mut Place) {
    let (base, theirs) = (&base.decisions, &theirs.decisions);
    let mine = Arc::make_mut(&mut merged.decisions);
    parts.take_one("Names that are one", &base.names, &theirs.names, &mut mine.names);
    parts.take_one("Names kept apart", &base.apart, &theirs.apart, &mut mine.apart);
    parts.take_one("Rules", &base.rules, &theirs.rules, &mut mine.rules);
    parts.take_one("Standard rules", &base.standard_rules, &theirs.standard_rules, &mut mine.standard_rules);
    parts.take_one("Themes given by hand", &base.by_hand, &theirs.by_hand, &mut mine.by_hand);
    parts.take_one("Payments counted once", &base.transfers, &theirs.transfers, &mut mine.transfers);
    parts.take_one("Lines left out", &base.left_out, &theirs.left_out, &mut mine.left_out);
    parts.take_one("Payments passed on", &base.passed_on, &theirs.passed_on, &mut mine.passed_on);
}

/// The lines of each source are a part.
fn take_lines(parts: &mut MergedParts, base: &Place, theirs: &Place, merged: &mut Place) {
    let [of_base, of_theirs, of_mine] =
        [base, theirs, &*merged].map(|place| LinesOfSources::of(place.lines_as_read()));
    let mut keys: Vec<&str> =
        [&of_base, &of_theirs, &of_mine].into_iter().flat_map(LinesOfSources::keys).collect();
    keys.sort_unstable();
    keys.dedup();
    let (mut from_theirs, mut is_mine_changed) = (Vec::new(), false);
    for key in keys {
        let (before, they, me) = (of_base.lines(key), of_theirs.lines(key), of_mine.lines(key));
        let (they_changed, i_changed) = (before != they, before != me);
        let is_same_change = they == me;
        is_mine_changed |= i_changed;
        if they_changed && !is_same_change {
            from_theirs.push(key.to_owned());
        }
        parts.add(PartChange {
            part: if key.is_empty() { "Lines of no source".to_owned() } else { format!("Lines of {key}") },
            theirs: before.change_to(they),
            mine: before.change_to(me),
            is_conflict: they_changed && i_changed && !is_same_change,
        });
    }
    if parts.has_conflict() {
        return;
    }
    let lines = if from_theirs.is_empty() {
        // Agencies or decisions may have changed, which are applied to the lines.
        Arc::clone(merged.lines_as_read())
    } else if is_mine_changed {
        Arc::new(merged_lines(theirs, merged, &from_theirs))
    } else {
        Arc::clone(theirs.lines_as_read())
    };
    let unknown = unknown_agencies(&lines, merged);
    if !unknown.is_empty() {
        let theirs = format!("{} left without an agency of the place", unknown.join(", "));
        let part = "Agencies of the lines".to_owned();
        return parts.add(PartChange { part, theirs, mine: String::new(), is_conflict: true });
    }
    merged.set_lines(lines.with_sectors(&merged.agencies));
}

/// Agencies of lines that the place does not list any more.
fn unknown_agencies(lines: &crate::ledger::Ledger, place: &Place) -> Vec<String> {
    if place.agencies.is_empty() {
        return Vec::new();
    }
    let ids = lines.cells().iter().map(|cell| cell.ids[Dimension::Agency.index()]);
    let mut ids: Vec<NameId> = ids.filter(|id| *id != NameId::NOT_STATED).collect();
    ids.sort_unstable();
    ids.dedup();
    let names = ids.into_iter().map(|id| lines.names(Dimension::Agency).name(id));
    let is_unknown = |name: &&str| !place.agencies.iter().any(|agency| agency.name == *name);
    names.filter(is_unknown).map(str::to_owned).collect()
}

/// What was found so far.
#[derive(Default)]
struct MergedParts {
    changes: Vec<PartChange>,
}

impl MergedParts {
    fn add(&mut self, change: PartChange) {
        if !change.theirs.is_empty() || !change.mine.is_empty() {
            self.changes.push(change);
        }
    }

    fn has_conflict(&self) -> bool {
        self.changes.iter().any(|change| change.is_conflict)
    }

    fn finish(self, merged: Place) -> PlaceMerge {
        let merged = (!self.has_conflict()).then_some(merged);
        PlaceMerge { changes: self.changes, merged }
    }

    /// A part that is changed as a whole.
    fn take_one<T: Clone + PartialEq>(&mut self, part: &str, base: &T, theirs: &T, mine: &mut T) {
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

    /// A list of which each entry, told by its key, is a part.
    fn take_list<T: Clone + PartialEq>(
        &mut self,
        part: &str,
        [base, theirs]: [&Arc<Vec<T>>; 2],
        mine: &mut Arc<Vec<T>>,
        key: impl Fn(&T) -> String,
    ) {
        let words = (changed_words(base, theirs, &key), changed_words(base, mine, &key));
        let change = |part: &str, is_conflict| PartChange {
            part: part.to_owned(),
            theirs: words.0.clone(),
            mine: words.1.clone(),
            is_conflict,
        };
        if theirs == base || theirs == mine || mine == base {
            self.add(change(part, false));
            if mine == base {
                mine.clone_from(theirs);
            }
            return;
        }
        let (Some(of_base), Some(of_theirs), Some(of_mine)) =
            (by_key(base, &key), by_key(theirs, &key), by_key(mine, &key))
        else {
            // Entries that cannot be told apart are one part together.
            return self.add(change(part, true));
        };
        self.add(change(part, false));
        let is_clash = |key: &&String| {
            let (before, they, me) = (of_base.get(*key), of_theirs.get(*key), of_mine.get(*key));
            before != they && before != me && they != me
        };
        let mut clashes: Vec<&String> = of_theirs.keys().chain(of_base.keys()).filter(is_clash).collect();
        clashes.sort_unstable();
        clashes.dedup();
        for clash in clashes {
            let what = |side: &BTreeMap<String, &T>| match (of_base.get(clash), side.get(clash)) {
                (None, Some(_)) => "added",
                (Some(_), None) => "taken out",
                _ => "changed",
            };
            let (theirs, mine) = (what(&of_theirs).to_owned(), what(&of_mine).to_owned());
            self.changes.push(PartChange {
                part: format!("{part}: {clash}"),
                theirs,
                mine,
                is_conflict: true,
            });
        }
        // Mine in its order, each as the side that changed it has it, then what they added.
        let as_changed = |entry: &T| {
            let key = key(entry);
            let they = of_theirs.get(&key).copied();
            match of_base.get(&key) {
                Some(before) if *before == entry => they.cloned(),
                _ => Some(entry.clone()),
            }
        };
        let added = theirs.iter().filter(|entry| {
            let key = key(entry);
            !of_base.contains_key(&key) && !of_mine.contains_key(&key)
        });
        *mine = Arc::new(mine.iter().filter_map(as_changed).chain(added.cloned()).collect());
    }
}

/// The entries of a list by their keys; none where two have the same.
fn by_key<T>(list: &[T], key: impl Fn(&T) -> String) -> Option<BTreeMap<String, &T>> {
    let keyed: BTreeMap<String, &T> = list.iter().map(|entry| (key(entry), entry)).collect();
    (keyed.len() == list.len()).then_some(keyed)
}

/// "2 added, 1 changed, 1 taken out".
fn changed_words<T: PartialEq>(before: &[T], after: &[T], key: impl Fn(&T) -> String) -> String {
    if before == after {
        return String::new();
    }
    let (Some(before), Some(after)) = (by_key(before, &key), by_key(after, &key)) else {
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

impl PlaceMerge {
    /// The parts that both have changed.
    pub fn conflicts(&self) -> impl Iterator<Item = &PartChange> {
        self.changes.iter().filter(|change| change.is_conflict)
    }

    /// "3 parts were changed, 1 of them by both".
    pub fn words(&self) -> String {
        let parts = self.changes.len();
        let both = self.conflicts().count();
        match both {
            0 => format!("{} changed, none by both", counted(parts, "part")),
            both => format!("{} changed, {both} by both", counted(parts, "part")),
        }
    }
}
