//! What becomes of rows that could not be read.

use std::sync::Arc;

use super::{DecisionError, Place};
use crate::agree::{Fate, RejectedRow};
use crate::ledger::{Ledger, SpendLine};

/// The rejected row of a source.
pub(super) fn known<'a>(place: &'a Place, source: &str, row: u32) -> Result<&'a RejectedRow, DecisionError> {
    let rejects = place.rejects.iter().find(|rejects| rejects.source == source);
    let found = rejects.and_then(|rejects| rejects.row(row));
    found.ok_or_else(|| DecisionError::NoSuchReject(source.to_owned(), row))
}

/// Adds the lines of a mended row.
pub(super) fn fix(
    place: &mut Place,
    source: &str,
    row: u32,
    cells: &[String],
    lines: &[SpendLine],
) -> Result<(), DecisionError> {
    known(place, source, row)?;
    if lines.is_empty() {
        return Err(DecisionError::NoLine);
    }
    settle(place, source, row, &Fate::Fixed(cells.to_vec()))?;
    let its_own =
        |line: &SpendLine| SpendLine { source: Some(source.to_owned()), row: Some(row), ..line.clone() };
    let lines: Vec<SpendLine> = lines.iter().map(its_own).collect();
    let added = Ledger::from_lines(&lines, &place.sources, &place.agencies);
    let joined = place.lines_as_read().join(&added);
    place.set_lines(Arc::new(joined));
    Ok(())
}

/// Says what becomes of a row; the lines of one that was mended before go.
pub(super) fn settle(place: &mut Place, source: &str, row: u32, fate: &Fate) -> Result<(), DecisionError> {
    let was_fixed = matches!(known(place, source, row)?.fate, Fate::Fixed(_));
    let rejects = Arc::make_mut(&mut place.rejects);
    for rejected in rejects.iter_mut().filter(|rejects| rejects.source == source) {
        for rejected in rejected.rows.iter_mut().filter(|rejected| rejected.row == row) {
            rejected.fate = fate.clone();
        }
    }
    if was_fixed {
        let read = Arc::clone(place.lines_as_read());
        let is_it = |line| {
            let provenance = read.provenance(line);
            provenance.row == Some(row) && provenance.source.is_some_and(|of| of.key == source)
        };
        place.set_lines(Arc::new(read.select(|line| !is_it(line))));
    }
    Ok(())
}
