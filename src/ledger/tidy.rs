//! Lines as rows of tidy CSV, which read back as the same lines: for exports, and for places whose lines lie in a
//! file beside them.

use std::fmt::Write as _;

use super::{Ledger, LineId, guarded};
use crate::dimension::{Dimension, NameId};
use crate::money::Money;

/// The headings of a tidy CSV after those of the dimensions.
const OTHER_HEADINGS: [&str; 5] = ["amount", "description", "date", "source", "row"];

/// What follows where amounts may be less or more.
const RANGE_HEADINGS: [&str; 2] = ["low", "high"];

/// The headings of a tidy CSV: every dimension's key, then `amount`, `description`, `date`, `source`, `row`.
///
/// A file that begins with exactly these, in this order, was written here: its texts are guarded against being taken
/// for formulas, and whoever reads them takes the guard off with [`super::unguarded`].
pub fn tidy_headings() -> Vec<&'static str> {
    Dimension::ALL.iter().map(|dimension| dimension.key()).chain(OTHER_HEADINGS).collect()
}

/// The same with those of lines some of which have a low and a high beside their amounts: these stand last.
pub fn tidy_headings_with_range() -> Vec<&'static str> {
    tidy_headings().into_iter().chain(RANGE_HEADINGS).collect()
}

/// The headings of the lines of a ledger.
pub fn tidy_headings_of(ledger: &Ledger) -> Vec<&'static str> {
    if ledger.has_ranges() { tidy_headings_with_range() } else { tidy_headings() }
}

/// Writes lines of a ledger as rows of tidy CSV.
pub struct TidyRows<'a> {
    ledger: &'a Ledger,
    /// By dimension and name, as they are written.
    // Names are few and lines are many: each name is written out once.
    names: Vec<Vec<String>>,
    sources: Vec<String>,
}

impl<'a> TidyRows<'a> {
    pub fn of(ledger: &'a Ledger) -> Self {
        let written = |(id, name): (NameId, &str)| match (id, name) {
            (NameId::NOT_STATED, _) => String::new(),
            // Nothing between quotes is a name of no letters; nothing at all is no name.
            (_, "") => "\"\"".to_owned(),
            (_, name) => csv_cell(name),
        };
        let names = |&dimension: &Dimension| ledger.names(dimension).iter().map(written).collect();
        Self {
            ledger,
            names: Dimension::ALL.iter().map(names).collect(),
            sources: ledger.sources().iter().map(|source| csv_cell(&source.key)).collect(),
        }
    }

    /// Adds a line as a row, without what ends it.
    pub fn push(&self, out: &mut String, id: LineId) {
        for (names, &dimension) in self.names.iter().zip(&Dimension::ALL) {
            out.push_str(&names[self.ledger.name_id(id, dimension).index()]);
            out.push(',');
        }
        push_amount(out, self.ledger.amount(id));
        out.push(',');
        push_csv_cell(out, &guarded(self.ledger.description(id)));
        out.push(',');
        if let Some(date) = self.ledger.date(id) {
            let _ = write!(out, "{date}");
        }
        out.push(',');
        if let Some(source) = self.ledger.source_index(id) {
            out.push_str(&self.sources[source]);
        }
        out.push(',');
        if let Some(row) = self.ledger.provenance(id).row {
            push_number(out, u64::from(row));
        }
        if self.ledger.has_ranges() {
            out.push(',');
            if let Some(range) = self.ledger.range(id) {
                push_amount(out, range.low);
                out.push(',');
                push_amount(out, range.high);
            } else {
                out.push(',');
            }
        }
    }
}

/// As [`Money`] writes itself, without its detour over 128 bits: a line's amount fits 64.
fn push_amount(out: &mut String, amount: Money) {
    let Some(units) = i64::try_from(amount.units()).ok().filter(|units| units % 100 == 0) else {
        let _ = write!(out, "{amount}");
        return;
    };
    let pence = units.unsigned_abs() / 100;
    if units < 0 {
        out.push('-');
    }
    push_number(out, pence / 100);
    out.push('.');
    out.push(char::from(b'0' + (pence % 100 / 10) as u8));
    out.push(char::from(b'0' + (pence % 10) as u8));
}

/// Half of writing a line would be the formatting of its numbers.
fn push_number(out: &mut String, mut number: u64) {
    let mut digits = [0_u8; 20];
    let mut at = digits.len();
    loop {
        at -= 1;
        digits[at] = b'0' + (number % 10) as u8;
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out.extend(digits[at..].iter().map(|&digit| char::from(digit)));
}

fn csv_cell(text: &str) -> String {
    let mut out = String::new();
    push_csv_cell(&mut out, &guarded(text));
    out
}

/// Quoted where a comma, a quote, a line's end or space at either end asks for it.
pub fn push_csv_cell(out: &mut String, text: &str) {
    let plain = !text.contains([',', '"', '\n', '\r']) && !text.starts_with(' ') && !text.ends_with(' ');
    if plain {
        out.push_str(text);
    } else {
        out.push('"');
        out.push_str(&text.replace('"', "\"\""));
        out.push('"');
    }
}
