//! Two versions of a place held against the one that both were made from: what each has changed, part by part, and
//! the place that has the changes of both where no part was changed by both.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Place;
use super::line_changes::{LinesFrom, LinesOfSources, merged_lines};
use super::line_merge::{LineCollision, MergedSource, merge_lines};
use super::merged_parts::MergedParts;
use super::part_change::PartChange;
use crate::agree::OneName;
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Ledger, LineId, says};
use crate::money::{Money, in_full};
use crate::words::counted;

/// So many lines that both have changed are named; the others are counted.
const MOST_COLLISIONS: usize = 20;

/// What two versions of a place have changed since the one they were made from.
#[derive(Clone, Debug)]
pub struct PlaceMerge {
    /// What either has changed, in the order of a place's file; conflicts say which part it is.
    pub changes: Vec<PartChange>,
    /// The place with the changes of both; none where a part was changed by both.
    pub merged: Option<Place>,
}

/// Compares two versions with the one both were made from. What is shown is no part: it stays as mine has it.
pub fn merge(base: &Place, theirs: &Place, mine: &Place) -> PlaceMerge {
    let mut parts = MergedParts::default();
    let mut merged = mine.clone();
    parts.take_one("Name", &base.name, &theirs.name, &mut merged.name);
    parts.take_one("Description", &base.about, &theirs.about, &mut merged.about);
    parts.take_list(
        "Population",
        [&base.population, &theirs.population],
        Arc::make_mut(&mut merged.population),
    );
    parts.take_list("Agencies", [&base.agencies, &theirs.agencies], Arc::make_mut(&mut merged.agencies));
    parts.take_list("Funders", [&base.funders, &theirs.funders], Arc::make_mut(&mut merged.funders));
    parts.take_list("Themes", [&base.themes, &theirs.themes], Arc::make_mut(&mut merged.themes));
    parts.take_list("Services", [&base.services, &theirs.services], Arc::make_mut(&mut merged.services));
    parts.take_list("Sources", [&base.sources, &theirs.sources], Arc::make_mut(&mut merged.sources));
    let totals = [&*base.control_totals, &*theirs.control_totals];
    parts.take_list("Control totals", totals, Arc::make_mut(&mut merged.control_totals));
    parts.take_list("Scenarios", [&base.scenarios, &theirs.scenarios], Arc::make_mut(&mut merged.scenarios));
    let appraisals = [&*base.appraisals, &*theirs.appraisals];
    parts.take_list("Appraisals", appraisals, Arc::make_mut(&mut merged.appraisals));
    parts.take_list("Claims", [&base.claims, &theirs.claims], Arc::make_mut(&mut merged.claims));
    parts.take_list("Cohorts", [&base.cohorts, &theirs.cohorts], Arc::make_mut(&mut merged.cohorts));
    parts.take_list("Bridges", [&base.bridges, &theirs.bridges], Arc::make_mut(&mut merged.bridges));
    parts.take_list("Story", [&base.story, &theirs.story], Arc::make_mut(&mut merged.story));
    parts.take_list("Rejected rows", [&base.rejects, &theirs.rejects], Arc::make_mut(&mut merged.rejects));
    take_decisions(&mut parts, base, theirs, &mut merged);
    take_lines(&mut parts, base, theirs, &mut merged);
    let merged = (!parts.has_conflict()).then_some(merged);
    PlaceMerge { changes: parts.changes(), merged }
}

/// What has changed from one version of a place to another, part by part.
pub fn differences(before: &Place, after: &Place) -> Vec<PartChange> {
    merge(before, after, before).changes
}

/// Each decision is a part: a name with its spellings, a rule by what it asks, a line that was named by hand, a pair.
fn take_decisions(parts: &mut MergedParts, base: &Place, theirs: &Place, merged: &mut Place) {
    let (base, theirs) = (&base.decisions, &theirs.decisions);
    let mine = Arc::make_mut(&mut merged.decisions);
    let both_changed = base.names != theirs.names && base.names != mine.names;
    parts.take_list("Names that are one", [&base.names, &theirs.names], &mut mine.names);
    for (of, spelling) in spellings_of_two_names(&mine.names).into_iter().filter(|_| both_changed) {
        // Each alone was well; together a spelling would be two names.
        parts.clash(
            format!("Names that are one: {of} \"{spelling}\""),
            "given another name",
            "given another name",
        );
    }
    parts.take_list("Names kept apart", [&base.apart, &theirs.apart], &mut mine.apart);
    parts.take_rules("Rules", [&base.rules, &theirs.rules], &mut mine.rules);
    parts.take_one("Standard rules", &base.standard_rules, &theirs.standard_rules, &mut mine.standard_rules);
    parts.take_list("Themes given by hand", [&base.by_hand, &theirs.by_hand], &mut mine.by_hand);
    parts.take_list("Payments counted once", [&base.transfers, &theirs.transfers], &mut mine.transfers);
    parts.take_list("Lines left out", [&base.left_out, &theirs.left_out], &mut mine.left_out);
    parts.take_one("Payments passed on", &base.passed_on, &theirs.passed_on, &mut mine.passed_on);
}

/// Spellings that two names have, or that are a name themselves, in their order.
fn spellings_of_two_names(names: &[OneName]) -> Vec<(Dimension, &str)> {
    let shown = names.iter().map(|one| (one.dimension, one.name.as_str()));
    let also = names.iter().flat_map(|one| one.also.iter().map(|also| (one.dimension, also.as_str())));
    let mut all: Vec<(Dimension, &str)> = shown.chain(also).collect();
    all.sort_unstable();
    let mut twice: Vec<_> = all.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
    twice.dedup();
    twice
}

/// The lines of each source are a part; where both have changed them, each line is.
fn take_lines(parts: &mut MergedParts, base: &Place, theirs: &Place, merged: &mut Place) {
    let [of_base, of_theirs, of_mine] =
        [base, theirs, &*merged].map(|place| LinesOfSources::of(place.lines_as_read()));
    let mut keys: Vec<&str> =
        [&of_base, &of_theirs, &of_mine].into_iter().flat_map(LinesOfSources::keys).collect();
    keys.sort_unstable();
    keys.dedup();
    let (mut from, mut is_mine_changed) = (BTreeMap::new(), false);
    for key in keys {
        let (before, they, me) = (of_base.lines(key), of_theirs.lines(key), of_mine.lines(key));
        let (they_changed, i_changed) = (before != they, before != me);
        is_mine_changed |= i_changed;
        let part = if key.is_empty() { "Lines of no source".to_owned() } else { format!("Lines of {key}") };
        let (theirs_in_words, mine_in_words) = (before.change_to(they), before.change_to(me));
        parts.add(PartChange {
            part: part.clone(),
            theirs: theirs_in_words,
            mine: mine_in_words,
            is_conflict: false,
        });
        if !they_changed || they == me {
            continue;
        }
        if !i_changed {
            from.insert(key.to_owned(), LinesFrom::Theirs);
            continue;
        }
        let both = merge_lines(before, they, me);
        tell_of_lines(parts, &part, &both, [base, theirs, &*merged].map(|place| &**place.lines_as_read()));
        from.insert(key.to_owned(), LinesFrom::Both(both));
    }
    if parts.has_conflict() {
        return;
    }
    let lines = if from.is_empty() {
        // Agencies or decisions may have changed, which are applied to the lines.
        Arc::clone(merged.lines_as_read())
    } else if is_mine_changed {
        Arc::new(merged_lines(theirs, merged, &from))
    } else {
        Arc::clone(theirs.lines_as_read())
    };
    let unknown = unknown_agencies(&lines, merged);
    if !unknown.is_empty() {
        let theirs = format!("{} left without an agency of the place", unknown.join(", "));
        return parts.clash("Agencies of the lines".to_owned(), &theirs, "");
    }
    merged.set_lines(lines.with_sectors(&merged.agencies));
}

/// Names the lines that both have changed, and those that both have added.
fn tell_of_lines(
    parts: &mut MergedParts,
    part: &str,
    both: &MergedSource,
    [base, theirs, mine]: [&Ledger; 3],
) {
    let all_say = |ledger: &Ledger, lines: &[LineId]| {
        lines.iter().map(|line| says(ledger, *line)).collect::<Vec<_>>().join("; ")
    };
    let says_now = |ledger: &Ledger, lines: &[LineId], was: &[LineId]| match (lines, was) {
        ([], _) => "taken out, or changed into another".to_owned(),
        (lines, []) => format!("added: {}", all_say(ledger, lines)),
        (lines, _) => format!("changed to: {}", all_say(ledger, lines)),
    };
    for LineCollision { row, base: was, theirs: they, mine: me } in
        both.collisions.iter().take(MOST_COLLISIONS)
    {
        let which = row.map_or_else(|| all_say(base, was), |row| format!("row {row}"));
        let (they, me) = (says_now(theirs, they, was), says_now(mine, me, was));
        parts.clash(format!("{part}, {which}"), &they, &me);
    }
    let more = both.collisions.len().saturating_sub(MOST_COLLISIONS);
    if more > 0 {
        parts.clash(format!("{part}, {}", counted(more, "more line")), "changed", "changed otherwise");
    }
    if !both.added_by_both.is_empty() {
        let sum: Money = both.added_by_both.iter().map(|line| mine.amount(*line)).sum();
        let words = format!("{} ({}), taken once", counted(both.added_by_both.len(), "line"), in_full(sum));
        let part = format!("{part}, added by both");
        parts.add(PartChange { part, theirs: words.clone(), mine: words, is_conflict: false });
    }
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
