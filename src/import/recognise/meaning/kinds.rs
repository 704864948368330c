//! What there is for a heading to mean.

use crate::dimension::Dimension;

/// What a heading says its column holds. Several columns of a file may say the same; content decides among them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import::recognise) enum Meaning {
    Amount(AmountMeasure),
    Date(DateKind),
    Year,
    /// A month or an accounting period.
    Period,
    Dimension(Dimension),
    /// A directorate inside the agency: the service where no column names that.
    Department,
    /// The department of state: the agency where no column names that.
    DepartmentFamily,
    /// What was bought: the description where no column has one.
    ExpenseType,
    Description,
    /// The number of a transaction, an invoice, a document.
    Reference,
    /// Expense or revenue, told by the values.
    Direction,
    /// `Type`, `Expenditure type`: the values say of what.
    SomeType,
    /// The file that a line was read from, as this program writes it.
    Source,
    /// The row it was read from.
    SourceRow,
    /// A name, an address, a birth date, a number of a person.
    Person,
    /// Known, and of no use here: postcodes, codes, company numbers.
    Passed,
    Unknown,
}

/// Which of several amounts side by side this is, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import::recognise) enum AmountMeasure {
    Net,
    Stated,
    Actual,
    Awarded,
    Disbursed,
    Gross,
    Budget,
    Forecast,
    /// The whole invoice, repeated on each of its lines.
    InvoiceTotal,
    /// Never spending: asked for, tax, a difference, a share.
    Never,
}

/// Which of several dates this is, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import::recognise) enum DateKind {
    Payment,
    Plain,
    Transaction,
    Award,
    Posting,
    Invoice,
    Never,
}
