//! Rows that are sums of rows above: what their words say, and whether their amounts agree. Only the amount
//! decides, since suppliers are called "Total" too.

use crate::money::Money;

/// The sums of what has been read, by column of amounts: all of it, and what came since the last total.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct RunningTotals {
    all: Vec<Money>,
    since: Vec<Money>,
    lines: u64,
    lines_since: u64,
    /// What damaged rows above would add, if they were read as they may have been meant.
    proposed: Money,
}

impl RunningTotals {
    pub(in crate::import) fn new(columns: usize) -> Self {
        Self {
            all: vec![Money::ZERO; columns],
            since: vec![Money::ZERO; columns],
            lines: 0,
            lines_since: 0,
            proposed: Money::ZERO,
        }
    }

    pub(in crate::import) fn add(&mut self, column: usize, amount: Money) {
        self.all[column] += amount;
        self.since[column] += amount;
        self.lines += 1;
        self.lines_since += 1;
    }

    /// Adds lines of the first column that were added up already.
    pub(in crate::import) fn add_many(&mut self, amount: Money, lines: u64) {
        self.all[0] += amount;
        self.since[0] += amount;
        self.lines += lines;
        self.lines_since += lines;
    }

    pub(in crate::import) fn lines(&self) -> u64 {
        self.lines
    }

    /// Notes what a damaged row would add.
    pub(in crate::import) fn propose(&mut self, amount: Money) {
        self.proposed += amount;
    }

    /// Whether this is the sum of everything above, with the damaged rows as they may have been meant.
    pub(in crate::import) fn proves_repairs(&self, amount: Money) -> bool {
        !self.proposed.is_zero() && self.lines >= 1 && self.all[0] + self.proposed == amount
    }

    /// Whether these amounts are the sums of everything above, or of what came since the last total.
    pub(in crate::import) fn agree(&self, amounts: &[Option<Money>]) -> bool {
        if amounts.iter().all(|amount| amount.is_none_or(Money::is_zero)) {
            return false;
        }
        let same =
            |sums: &[Money]| amounts.iter().zip(sums).all(|(amount, sum)| amount.unwrap_or_default() == *sum);
        self.lines >= 2 && same(&self.all) || self.lines_since >= 2 && same(&self.since)
    }

    /// Whether this is what came since the last total, were it a single line.
    pub(in crate::import) fn closes_group(&self, amounts: &[Option<Money>]) -> bool {
        self.lines_since >= 1
            && amounts.iter().zip(&self.since).all(|(amount, sum)| amount.unwrap_or_default() == *sum)
    }

    /// The same, where published sums may miss their parts by rounding.
    pub(in crate::import) fn agree_within(&self, amounts: &[Option<Money>], tolerance: Money) -> bool {
        if amounts.iter().all(|amount| amount.is_none_or(Money::is_zero)) {
            return false;
        }
        let near = |sums: &[Money]| {
            amounts
                .iter()
                .zip(sums)
                .all(|(amount, sum)| (amount.unwrap_or_default() - *sum).abs() <= tolerance)
        };
        self.lines >= 2 && near(&self.all) || self.lines_since >= 2 && near(&self.since)
    }

    pub(in crate::import) fn is_grand(&self, amounts: &[Option<Money>]) -> bool {
        amounts.iter().zip(&self.all).all(|(amount, sum)| amount.unwrap_or_default() == *sum)
    }

    /// The one of the two sums that is nearer to what a total says.
    pub(in crate::import) fn nearest(&self, stated: Money) -> Money {
        let (all, since) = (self.all[0], self.since[0]);
        if (stated - since).abs() < (stated - all).abs() { since } else { all }
    }

    /// A total was met: what follows is added up anew.
    pub(in crate::import) fn close(&mut self) {
        self.since.fill(Money::ZERO);
        self.lines_since = 0;
    }
}

/// What the words of a cell say about its row.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) struct TotalLabel {
    /// It may be a total, if its amount agrees: "Total adult social care".
    pub(in crate::import) might: bool,
    /// It can hardly be anything else: "Total", "Grand total".
    pub(in crate::import) surely: bool,
    /// It begins with the word: "Total DEL".
    pub(in crate::import) leads: bool,
    /// "of which: ...": part of the row above. "Memorandum: ...": beside the table, not in it.
    pub(in crate::import) part: bool,
    /// "Source: ...", "Notes", "Number of payments": about the table, not in it.
    pub(in crate::import) note: bool,
}

/// Reads "Total", "Grand Total:", "Sub-total", "Total for March", "England total". A supplier may be called
/// "TOTAL GAS & POWER LTD": only the amount decides.
pub(in crate::import) fn total_label(cell: &str) -> TotalLabel {
    let lower: String =
        cell.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let joined = words.join(" ");
    let surely = matches!(
        joined.as_str(),
        "total"
            | "totals"
            | "grand total"
            | "sub total"
            | "subtotal"
            | "sub totals"
            | "subtotals"
            | "overall total"
            | "report total"
            | "total spend"
            | "total expenditure"
            | "total amount"
            | "total payments"
            | "total net"
            | "total £"
            | "sum"
            | "total all"
    );
    // "Net budget", "Gross expenditure", "Budget requirement": the sum, by another name.
    let is_sum = matches!(words.first(), Some(&"net" | &"gross"))
        && words[1..].iter().any(|word| {
            matches!(
                *word,
                "budget" | "expenditure" | "cost" | "costs" | "spend" | "spending" | "requirement"
            )
        })
        || joined.starts_with("budget requirement");
    let might = surely
        || is_sum
        || words.iter().any(|word| matches!(*word, "total" | "totals" | "subtotal" | "subtotals"));
    let leads = matches!(words.first(), Some(&"total" | &"totals" | &"subtotal"));
    TotalLabel {
        might,
        surely,
        leads,
        part: joined.starts_with("of which")
            || matches!(words.first(), Some(&"memorandum"))
            || joined.starts_with("memo item"),
        note: matches!(words.first(), Some(&"source" | &"sources" | &"note" | &"notes"))
            && cell.contains(':')
            || joined.starts_with("number of ")
            || joined.starts_with("count of "),
    }
}
