//! Bodies that spend far beyond a place, such as departments of state: only what they pay its agencies is
//! kept of them.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{CommandError, Place};
use crate::agree::payments_to;
use crate::dimension::{Dimension, Names};
use crate::ledger::{LineId, Source};
use crate::money::in_full;

/// Of sources of bodies that spend far beyond the place, keeps only what they pay its agencies: those that other files
/// spend for, and those that are named as agencies. What was kept is noted with the source.
pub(super) fn keep_payments_to_place(place: &mut Place, keys: &[String]) -> Result<(), CommandError> {
    let is_there = |key: &&String| place.sources.iter().any(|source| source.key == **key);
    if let Some(missing) = keys.iter().find(|key| !is_there(key)) {
        return Err(CommandError::NoSuchSource(missing.clone()));
    }
    let read = Arc::clone(place.lines_as_read());
    let asked: Vec<bool> = read.sources().iter().map(|source| keys.contains(&source.key)).collect();
    let is_asked = |line: LineId| read.source_index(line).is_some_and(|source| asked[source]);
    let lines = || (0..read.len() as u32).map(LineId);
    let spending: BTreeSet<&str> = lines()
        .filter(|line| !is_asked(*line))
        .map(|line| read.line(line).name(Dimension::Agency))
        .filter(|name| *name != Names::NOT_STATED)
        .collect();
    let named = place.decisions.names.iter().filter(|one| one.dimension == Dimension::Agency);
    let named = named.flat_map(|one| std::iter::once(&one.name).chain(&one.also)).map(String::as_str);
    let kept = payments_to(&read, is_asked, spending.into_iter().chain(named));
    let (before, after) = (read.totals_by_source(), kept.totals_by_source());
    for (index, source) in read.sources().iter().enumerate().filter(|(index, _)| asked[*index]) {
        let ((all, all_total), (left, left_total)) = (before[index], after[index]);
        // Said with the source, where whoever wonders at its total will look.
        let note = format!(
            "only what is paid to agencies of the place: {left} of {all} lines, {} of {}",
            in_full(left_total),
            in_full(all_total)
        );
        let noted = |known: &Source| known.key == source.key;
        if let Some(known) = Arc::make_mut(&mut place.sources).iter_mut().find(|known| noted(known)) {
            known.note = note;
            // A control total of the file goes on meeting all of it.
            known.whole.get_or_insert((all, all_total));
        }
    }
    // Names that only lines left out bear go with them.
    place.set_lines(Arc::new(kept.retain(|_| true)).with_sectors(&place.agencies));
    Ok(())
}
