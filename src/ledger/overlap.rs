//! Spending that two files share: a warning before the same file, or two that repeat each other, are added
//! up.

use std::collections::HashMap;

use super::{Ledger, LineView};
use crate::dimension::{Date, Dimension, NameId};
use crate::money::Money;

/// How many lines of `second` stand in `first` too: the same amount, names, date and description.
///
/// Equal lines within one file are common and genuine; equal lines of two files may be the same spending twice.
pub fn overlap(first: &Ledger, second: &Ledger) -> usize {
    let mut known: HashMap<Fingerprint, usize> = HashMap::with_capacity(first.len());
    for line in first.lines() {
        *known.entry(fingerprint(line)).or_default() += 1;
    }
    second
        .lines()
        .filter(|line| match known.get_mut(&fingerprint(*line)) {
            // Each line of the first stands for one of the second only: twice the same payment in one file
            // may be two payments.
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        })
        .count()
}

type Fingerprint = (Money, Option<Date>, String);

fn fingerprint(line: LineView<'_>) -> Fingerprint {
    // Names and not ids, since each ledger numbers its own; the unit separator stands in no name.
    let mut words = line.description().to_owned();
    for dimension in Dimension::ALL {
        words.push('\u{1f}');
        if line.name_id(dimension) != NameId::NOT_STATED {
            words.push_str(line.name(dimension));
        }
    }
    (line.amount(), line.date(), words)
}
