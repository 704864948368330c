//! The lines of each source of a place, told apart by what they say, so that two versions can be compared and put
//! together.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasher as _;

use rustc_hash::FxBuildHasher;

use super::Place;
use super::line_merge::MergedSource;
use crate::ledger::{Keys, Ledger, LineId};
use crate::money::{Money, in_full};
use crate::words::counted;

/// The lines of a ledger by the keys of their sources.
pub(super) struct LinesOfSources {
    by_source: BTreeMap<String, SourceLines>,
    none: SourceLines,
}

/// The lines of one source in their order: what each says, its row and its amount.
#[derive(Default)]
pub(super) struct SourceLines {
    lines: Vec<(u64, u32, Money)>,
    /// Where each is in its ledger.
    ids: Vec<LineId>,
}

impl PartialEq for SourceLines {
    /// Whether they say the same, wherever they are.
    fn eq(&self, other: &Self) -> bool {
        self.lines == other.lines
    }
}

impl LinesOfSources {
    pub(super) fn of(ledger: &Ledger) -> Self {
        let keys = Keys::of(ledger);
        let mut by_index: Vec<SourceLines> = Vec::new();
        by_index.resize_with(ledger.sources().len() + 1, SourceLines::default);
        for line in (0..ledger.len() as u32).map(LineId) {
            let row = ledger.provenance(line).row.unwrap_or_default();
            let source = ledger.source_index(line).map_or(0, |index| index + 1);
            by_index[source].lines.push((key_of(&keys, ledger, line), row, ledger.amount(line)));
            by_index[source].ids.push(line);
        }
        let names = std::iter::once("").chain(ledger.sources().iter().map(|source| source.key.as_str()));
        let by_source =
            names.map(str::to_owned).zip(by_index).filter(|(_, of_source)| !of_source.lines.is_empty());
        Self { by_source: by_source.collect(), none: SourceLines::default() }
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.by_source.keys().map(String::as_str)
    }

    pub(super) fn lines(&self, source: &str) -> &SourceLines {
        self.by_source.get(source).unwrap_or(&self.none)
    }
}

/// What a line says, what its amount may be with it.
fn key_of(keys: &Keys, ledger: &Ledger, line: LineId) -> u64 {
    let key = keys.key(ledger, line);
    ledger
        .range(line)
        .map_or(key, |range| FxBuildHasher.hash_one((key, range.low.units(), range.high.units())))
}

impl SourceLines {
    /// Each line: where it is in its ledger, what it says, its row and its amount.
    pub(super) fn each(&self) -> impl Iterator<Item = (LineId, u64, u32, Money)> {
        self.ids.iter().zip(&self.lines).map(|(id, (key, row, amount))| (*id, *key, *row, *amount))
    }

    /// Whether each says which row it is from.
    pub(super) fn have_rows(&self) -> bool {
        self.lines.iter().all(|(_, row, _)| *row > 0)
    }

    /// "12 lines added (£1,250.00), 3 lines taken out (£40.00)"; empty where they are the same.
    pub(super) fn change_to(&self, after: &Self) -> String {
        if self == after {
            return String::new();
        }
        let mut counts: HashMap<(u64, u32, Money), i64> = HashMap::new();
        for line in &self.lines {
            *counts.entry(*line).or_default() -= 1;
        }
        for line in &after.lines {
            *counts.entry(*line).or_default() += 1;
        }
        let (mut added, mut gone) = ((0_u64, Money::ZERO), (0_u64, Money::ZERO));
        #[expect(clippy::iter_over_hash_type, reason = "sums are the same in any order")]
        for ((_, _, amount), count) in counts {
            let into = if count > 0 { &mut added } else { &mut gone };
            for _ in 0..count.unsigned_abs() {
                into.0 += 1;
                into.1 += amount;
            }
        }
        let words: Vec<String> = [(added, "added"), (gone, "taken out")]
            .into_iter()
            .filter(|((count, _), _)| *count > 0)
            .map(|((count, amount), word)| format!("{} {word} ({})", counted(count, "line"), in_full(amount)))
            .collect();
        if words.is_empty() { "in another order".to_owned() } else { words.join(", ") }
    }
}

/// Where the lines of a source that both versions may have changed come from.
pub(super) enum LinesFrom {
    Theirs,
    /// Mine, with some of theirs.
    Both(MergedSource),
}

/// Mine, with the lines of these sources as they have them, or as both have.
pub(super) fn merged_lines(theirs: &Place, mine: &Place, from: &BTreeMap<String, LinesFrom>) -> Ledger {
    let mut merged = Ledger::builder();
    for source in mine.sources.iter() {
        merged.add_source(source.clone());
    }
    let (theirs, mine) = (theirs.lines_as_read(), mine.lines_as_read());
    let from = |ledger: &Ledger, line: LineId| {
        let key = ledger.provenance(line).source.map_or("", |source| source.key.as_str());
        from.get(key)
    };
    for line in mine.lines() {
        match from(mine, line.id()) {
            None => merged.push(&line.to_spend_line()),
            Some(LinesFrom::Theirs) => {}
            Some(LinesFrom::Both(both)) => match both.replaced.get(&line.id()) {
                None => merged.push(&line.to_spend_line()),
                Some(None) => {}
                Some(Some(other)) => merged.push(&theirs.line(*other).to_spend_line()),
            },
        }
    }
    for line in theirs.lines() {
        let is_taken = match from(theirs, line.id()) {
            None => false,
            Some(LinesFrom::Theirs) => true,
            Some(LinesFrom::Both(both)) => both.added.contains(&line.id()),
        };
        if is_taken {
            merged.push(&line.to_spend_line());
        }
    }
    merged.finish()
}
