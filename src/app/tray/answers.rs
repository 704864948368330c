//! What was asked of a file and how a person has answered; each answer can be taken back.

use crate::agree::Fate;
use crate::import::{Code, FileAnswer, Problem};
use crate::money::{Money, in_full};
use crate::words::counted;

/// What was decided about a row of one of the file's tables.
#[derive(Clone, Debug)]
pub(super) struct RowDecided {
    pub(super) table: usize,
    pub(super) row: u32,
    pub(super) what: DecidedAs,
}

/// What becomes of a row.
#[derive(Clone, Debug)]
pub(super) enum DecidedAs {
    /// It could not be read.
    Rejected(Fate),
    /// It was read, and its lines are left out of the total: the key of its source, and the reason.
    LeftOut(String, String),
}

impl DecidedAs {
    /// "fixed", "left out: paid twice".
    pub(super) fn words(&self) -> String {
        match self {
            Self::Rejected(fate) => fate.words(),
            Self::LeftOut(_, reason) => format!("left out: {reason}"),
        }
    }
}

/// An answer to a question of a file.
#[derive(Clone, Debug)]
pub(super) struct Answered {
    code: Code,
    row: Option<u32>,
    pub(super) answer: FileAnswer,
    total: Option<Money>,
    lines: u64,
    /// Whether it is what had been read, so that nothing need be read again.
    pub(super) is_as_read: bool,
}

impl Answered {
    /// The answer to a question by one of its ways; by none where it has no other and is as it was read.
    pub(super) fn of(problem: &Problem, way: Option<usize>) -> Self {
        let chosen = way.and_then(|way| problem.readings.get(way));
        Self {
            code: problem.code,
            row: problem.row,
            answer: chosen.map_or(FileAnswer::AsRead, |chosen| chosen.answer.clone()),
            total: chosen.map(|chosen| chosen.total),
            lines: chosen.map_or(0, |chosen| chosen.lines),
            is_as_read: way.is_none_or(|way| way == 0),
        }
    }

    /// Whether it answers this question.
    pub(super) fn is_to(&self, problem: &Problem) -> bool {
        self.code == problem.code && self.row == problem.row
    }

    /// Whether it says of a question of this kind that the file is right as it is read.
    pub(super) fn accepts(&self, code: Code) -> bool {
        self.code == code && self.is_as_read && self.answer == FileAnswer::AsRead
    }

    /// What was said, as a line that stands where the question did.
    pub(super) fn words(&self) -> String {
        if self.code == Code::LinesTwice {
            return "You said: they are other payments, and it is added too".to_owned();
        }
        let said = self.answer.words();
        match self.total {
            Some(total) => format!("You said: {said} ({}, {})", counted(self.lines, "line"), in_full(total)),
            None => format!("You said: {said}"),
        }
    }
}
