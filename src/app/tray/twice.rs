//! Files in the tray whose lines stand in another of them, or in the place, too: not added unless a person says so.

use std::sync::Arc;

use super::file::{TrayFile, WaitingFile};
use crate::agree::{ComparedLines, LinePrints};
use crate::import::{Problem, Severity};
use crate::ledger::Ledger;
use crate::place::Addition;

/// What is to be said of the lines of files.
pub(super) struct Twice {
    /// By file.
    pub(super) found: Vec<Option<Problem>>,
    /// How much of them was compared.
    pub(super) compared: ComparedLines,
}

/// What of a file is compared with the others.
pub(super) struct ToCompare {
    title: String,
    additions: Vec<Arc<Addition>>,
    /// The source of the place that has its name; how they differ is told elsewhere.
    older: Option<String>,
}

impl ToCompare {
    pub(super) fn lines(&self) -> usize {
        self.additions.iter().map(|addition| addition.ledger.len()).sum()
    }
}

/// What of each file stands in one above it, or in the place.
pub(super) fn lines_twice(files: &[ToCompare], place: Option<&Ledger>) -> Twice {
    let lines = files.iter().map(ToCompare::lines).sum::<usize>() + place.map_or(0, Ledger::len);
    let compared = ComparedLines::of(files.len(), lines);
    let ComparedLines::OneIn(one_in) = compared else { return Twice { found: Vec::new(), compared } };
    let of_place = place.map_or_else(Vec::new, |place| LinePrints::of_sources(place, None, one_in));
    let mut before: Vec<LinePrints> = Vec::new();
    let mut found = Vec::new();
    for file in files {
        let own: Vec<LinePrints> = file
            .additions
            .iter()
            .map(|addition| LinePrints::of(&addition.title, &addition.counted(), one_in))
            .collect();
        let others = || {
            let is_another = |known: &&LinePrints| Some(known.name()) != file.older.as_deref();
            of_place.iter().filter(is_another).chain(&before)
        };
        let total = file.additions.iter().map(|addition| addition.counted().total()).sum();
        let twice = own.iter().filter_map(|prints| prints.twice(others()));
        let worst = twice.max_by_key(|twice| (twice.asks, twice.lines));
        found.push(worst.map(|twice| twice.problem(&file.title, file.lines() as u64, total)));
        before.extend(own);
    }
    Twice { found, compared }
}

impl TrayFile {
    /// What of it is compared with the other files.
    pub(super) fn to_compare(&self) -> ToCompare {
        ToCompare {
            title: self.title.clone(),
            additions: self.readings().iter().map(|reading| Arc::clone(&reading.addition)).collect(),
            older: self.older_key().map(str::to_owned),
        }
    }

    /// Whether it was read and holds lines.
    pub(super) fn holds_lines(&self) -> bool {
        matches!(self.outcome, WaitingFile::Read(_)) && self.lines() > 0
    }

    /// Whether its lines are in another file or in the place, and nobody has said that they are other payments.
    pub(super) fn is_there_already(&self) -> bool {
        let asked = self.twice.as_ref().filter(|problem| problem.severity == Severity::Question);
        asked.is_some_and(|problem| !self.answered.iter().any(|answered| answered.is_to(problem)))
    }
}
