//! Words that say that a row is a total, a part of the row above, or a note.

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
    if !may_be_label(cell) {
        return TotalLabel::default();
    }
    let lower: String =
        cell.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words: Vec<&str> = lower.split_whitespace().collect();
    let joined = words.join(" ");
    // "*", "**" stand beside the sums of a list from SAP.
    let is_starred = !cell.is_empty() && cell.len() <= 4 && cell.bytes().all(|b| b == b'*');
    let surely = is_starred
        || matches!(
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
                | "net total"
                | "gross total"
                | "total for period"
                | "total for the period"
                | "month total"
                | "total for month"
                | "summe"
                | "gesamt"
                | "somme"
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

/// Whether a cell has anything of a label: of a million rows nearly all have nothing, and their words are not looked at.
fn may_be_label(cell: &str) -> bool {
    let first = cell.bytes().find(|b| b.is_ascii_alphanumeric() || !b.is_ascii());
    // Labels without a "total" begin with these: sum, source, gross, net, note, budget, of which, memo, count.
    first.is_none_or(|first| !first.is_ascii() || b"sgnbomc".contains(&first.to_ascii_lowercase()))
        || says_total(cell)
}

/// Whether a text holds the word, of whatever case: a cell, or a whole row at once.
pub(in crate::import) fn says_total(text: &str) -> bool {
    const WORD: &[u8; 5] = b"total";
    let bytes = text.as_bytes();
    let Some(starts) = bytes.len().checked_sub(WORD.len()) else { return false };
    let is = |at: usize| bytes[at..=at + starts].iter().map(move |byte| u8::from(byte | 0x20 == WORD[at]));
    // Without a way out of the loop many places are compared at once.
    is(0)
        .zip(is(1))
        .zip(is(2))
        .zip(is(3))
        .zip(is(4))
        .fold(0, |found, ((((t, o), again), a), l)| found | (t & o & again & a & l))
        != 0
}
