//! The lines of one source in three versions, put together line by line: a line is known by its row, or by what it says
//! where rows do not tell the lines apart.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::line_changes::SourceLines;
use crate::ledger::LineId;
use crate::money::Money;

/// What tells a line from the others of its source: its row; or what it says, and which of several that say the same.
type Identity = (u64, u32);
/// What a line says.
type Content = (u64, Money);
/// The lines of one version: what each says, and where it is.
type VersionLines = BTreeMap<Identity, (Content, LineId)>;

/// My lines of a source with the changes that they made.
#[derive(Debug, Default)]
pub(super) struct MergedSource {
    /// My lines that do not stay: one of theirs stands in its place, or none.
    pub(super) replaced: HashMap<LineId, Option<LineId>>,
    /// The lines that they have added.
    pub(super) added: BTreeSet<LineId>,
    /// Lines that both have added, which are taken once.
    pub(super) added_by_both: Vec<LineId>,
    pub(super) collisions: Vec<LineCollision>,
}

/// A line that both have changed, each in another way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LineCollision {
    /// Its row, where rows tell the lines apart.
    pub(super) row: Option<u32>,
    pub(super) base: Option<LineId>,
    pub(super) theirs: Option<LineId>,
    pub(super) mine: Option<LineId>,
}

/// Puts the lines of a source together.
pub(super) fn merge_lines(base: &SourceLines, theirs: &SourceLines, mine: &SourceLines) -> MergedSource {
    let by_row = [base, theirs, mine].into_iter().all(SourceLines::are_told_by_rows);
    let [base, theirs, mine] = [base, theirs, mine].map(|lines| known(lines, by_row));
    let mut merged = MergedSource::default();
    let all: BTreeSet<Identity> =
        [&base, &theirs, &mine].into_iter().flat_map(VersionLines::keys).copied().collect();
    let at = |of: &VersionLines, line: &Identity| of.get(line).map(|(_, at)| *at);
    let says = |of: &VersionLines, line: &Identity| of.get(line).map(|(says, _)| *says);
    let mut taken_out_by_both = Vec::new();
    for line in &all {
        let [was, they, me] = [&base, &theirs, &mine].map(|of| says(of, line));
        let collision = || LineCollision {
            row: by_row.then_some(line.1),
            base: at(&base, line),
            theirs: at(&theirs, line),
            mine: at(&mine, line),
        };
        if they == me {
            match (was, me) {
                (None, Some(_)) => merged.added_by_both.extend(at(&mine, line)),
                (Some(_), None) => taken_out_by_both.push(collision()),
                _ => {}
            }
        } else if was == me {
            match at(&mine, line) {
                Some(own) => drop(merged.replaced.insert(own, at(&theirs, line))),
                None => merged.added.extend(at(&theirs, line)),
            }
        } else if was != they {
            merged.collisions.push(collision());
        }
    }
    // Where rows do not tell them apart, a line that was changed is one taken out and another one added: what both have
    // taken out, each adding something, may be one line that was changed in two ways, and would be there twice.
    let adds = |of: &VersionLines, other: &VersionLines| {
        of.keys().any(|line| !base.contains_key(line) && !other.contains_key(line))
    };
    if !by_row && adds(&theirs, &mine) && adds(&mine, &theirs) {
        merged.collisions.append(&mut taken_out_by_both);
    }
    merged
}

fn known(lines: &SourceLines, by_row: bool) -> VersionLines {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let known = lines.iter().map(|(at, key, row, amount)| {
        let identity = if by_row {
            (0, row)
        } else {
            let nth = seen.entry(key).or_default();
            *nth += 1;
            (key, *nth)
        };
        (identity, ((key, amount), at))
    });
    known.collect()
}
