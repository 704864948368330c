//! The lines of one source in three versions, put together row by row; where lines have no rows, by what they say.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::line_changes::SourceLines;
use crate::ledger::LineId;
use crate::money::Money;

/// What tells lines from the others of their source: their row; or what a line says, and which of several that say the
/// same it is.
type Identity = (u64, u32);
/// What a line says.
type Content = (u64, Money);

/// The lines of one identity: one mostly, several where a row of a wide table gives several.
#[derive(Default)]
struct TogetherLines {
    says: Vec<Content>,
    at: Vec<LineId>,
}

type VersionLines = BTreeMap<Identity, TogetherLines>;

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

/// Lines that both have changed, each in another way.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct LineCollision {
    /// Their row, where they have one.
    pub(super) row: Option<u32>,
    pub(super) base: Vec<LineId>,
    pub(super) theirs: Vec<LineId>,
    pub(super) mine: Vec<LineId>,
}

/// Puts the lines of a source together.
pub(super) fn merge_lines(base: &SourceLines, theirs: &SourceLines, mine: &SourceLines) -> MergedSource {
    let by_row = [base, theirs, mine].into_iter().all(SourceLines::have_rows);
    let [base, theirs, mine] = [base, theirs, mine].map(|lines| known(lines, by_row));
    let mut merged = MergedSource::default();
    let all: BTreeSet<Identity> =
        [&base, &theirs, &mine].into_iter().flat_map(VersionLines::keys).copied().collect();
    let (mut taken_out_by_both, none) = (Vec::new(), TogetherLines::default());
    for line in &all {
        let [was, they, me] = [&base, &theirs, &mine].map(|of| of.get(line).unwrap_or(&none));
        let collision = || LineCollision {
            row: by_row.then_some(line.1),
            base: was.at.clone(),
            theirs: they.at.clone(),
            mine: me.at.clone(),
        };
        if they.says == me.says {
            if was.says.is_empty() {
                merged.added_by_both.extend(&me.at);
            } else if me.says.is_empty() {
                taken_out_by_both.push(collision());
            }
        } else if was.says == me.says {
            merged.take(they, me);
        } else if was.says != they.says {
            merged.collisions.push(collision());
        }
    }
    // Where lines have no rows, one that was changed is one taken out and another one added: what both have taken out,
    // one of them adding something, may be one line that was changed and taken out, or changed in two ways, and would
    // be there once too often.
    let adds = |of: &VersionLines, other: &VersionLines| {
        of.keys().any(|line| !base.contains_key(line) && !other.contains_key(line))
    };
    if !by_row && (adds(&theirs, &mine) || adds(&mine, &theirs)) {
        merged.collisions.append(&mut taken_out_by_both);
    }
    merged
}

impl MergedSource {
    /// Theirs in place of mine: each where mine stood, if they are as many.
    fn take(&mut self, theirs: &TogetherLines, mine: &TogetherLines) {
        if theirs.at.len() == mine.at.len() {
            self.replaced.extend(mine.at.iter().copied().zip(theirs.at.iter().copied().map(Some)));
        } else {
            self.replaced.extend(mine.at.iter().map(|own| (*own, None)));
            self.added.extend(&theirs.at);
        }
    }
}

fn known(lines: &SourceLines, by_row: bool) -> VersionLines {
    let mut seen: HashMap<u64, u32> = HashMap::new();
    let mut known = VersionLines::new();
    for (at, key, row, amount) in lines.each() {
        let identity = if by_row {
            (0, row)
        } else {
            let nth = seen.entry(key).or_default();
            *nth += 1;
            (key, *nth)
        };
        let together = known.entry(identity).or_default();
        together.says.push((key, amount));
        together.at.push(at);
    }
    known
}
