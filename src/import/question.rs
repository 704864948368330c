//! Questions: the ways to read what a file does not prove, what the file comes to by each, and how a person answers.

use serde::Serialize;

use crate::money::Money;

/// One way to read what a file does not prove.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct WayToRead {
    /// The option of the command line that chooses it.
    pub choose: String,
    /// What the file comes to so.
    pub total: Money,
    pub lines: u64,
    #[serde(skip)]
    pub answer: FileAnswer,
    /// The first rows that depend on it.
    #[serde(skip)]
    pub rows: Vec<RowAsRead>,
}

impl WayToRead {
    /// The way that was taken, where there is no other to choose.
    pub fn as_read(total: Money, lines: u64) -> Self {
        let (answer, rows) = (FileAnswer::AsRead, Vec::new());
        Self { choose: answer.option(), total, lines, answer, rows }
    }

    /// A way that differs from another by one row; what it comes to is known once all rows are read.
    pub(super) fn of_row(answer: FileAnswer, row: RowAsRead) -> Self {
        let choose = answer.option();
        Self { choose, total: Money::ZERO, lines: 0, answer, rows: vec![row] }
    }
}

/// A row as it would be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowAsRead {
    pub row: u32,
    /// Its words, without its numbers.
    pub words: String,
    /// Nothing where it would be left out.
    pub amount: Option<Money>,
}

/// What a person says of a file to choose one way to read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileAnswer {
    /// The column in this place, from 0, of this name holds the amounts.
    Column(usize, String),
    /// Whether a comma, rather than a point, parts the pence.
    DecimalComma(bool),
    /// This sheet holds the lines.
    Sheet(String),
    /// This row is a payment, and not a total.
    LineAt(u32),
    /// The headings stand in this row.
    Headings(u32),
    /// The amounts are pounds, whatever sign stands at them.
    Pounds,
    /// Nothing more: it is as it was read.
    AsRead,
}

impl FileAnswer {
    /// The option of the command line that says the same; none where it is as it was read.
    pub fn option(&self) -> String {
        match self {
            Self::Column(_, name) => format!("--column \"{name}=amount\""),
            Self::DecimalComma(true) => "--decimals comma".to_owned(),
            Self::DecimalComma(false) => "--decimals point".to_owned(),
            Self::Sheet(name) => format!("--sheet \"{name}\""),
            Self::LineAt(row) => format!("--line-at {row}"),
            Self::Headings(row) => format!("--headings {row}"),
            Self::Pounds => "--pounds".to_owned(),
            Self::AsRead => String::new(),
        }
    }

    /// In words, as a heading above what it comes to.
    pub fn words(&self) -> String {
        match self {
            Self::Column(_, name) => format!("\"{name}\" is the amount"),
            Self::DecimalComma(true) => "A comma parts the pence".to_owned(),
            Self::DecimalComma(false) => "A point parts the pence".to_owned(),
            Self::Sheet(name) => format!("Sheet \"{name}\" holds the lines"),
            Self::LineAt(row) => format!("Row {row} is a payment"),
            Self::Headings(row) => format!("The table below row {row} holds the lines"),
            Self::Pounds => "They are pounds".to_owned(),
            Self::AsRead => "As it is read".to_owned(),
        }
    }
}
