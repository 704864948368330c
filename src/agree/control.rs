//! Which lines a control total counts, told by what a finance officer calls it: a file, an agency, a year, or
//! all.

use crate::dimension::{Dimension, FinancialYear, comparison_key};
use crate::ledger::{ControlTotal, Filter, Ledger};
use crate::money::Money;

/// The control total of a file, an agency or a year, by what it is called; of all lines where it is called otherwise.
///
/// A file is known by its name with or without its ending, an agency and a year in any of their spellings.
pub fn control_total(name: &str, amount: Money, ledger: &Ledger) -> ControlTotal {
    let control = ControlTotal { name: name.trim().to_owned(), amount, ..ControlTotal::default() };
    let wanted = comparison_key(name);
    let is_file = |file: &str| {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        comparison_key(file) == wanted || comparison_key(stem) == wanted
    };
    // Files first: a council's file is often called after the council, and its total is printed on the file.
    if let Some(source) = ledger.sources().iter().find(|source| is_file(&source.key) || is_file(&source.file))
    {
        return ControlTotal { file: source.key.clone(), ..control };
    }
    let only = |dimension: Dimension, name: &str| Filter::default().only(dimension, [name]);
    let agencies = ledger.names(Dimension::Agency);
    if let Some((_, agency)) = agencies.iter().find(|(_, agency)| comparison_key(agency) == wanted) {
        return ControlTotal { lines: only(Dimension::Agency, agency), ..control };
    }
    if let Ok(year) = name.parse::<FinancialYear>() {
        return ControlTotal { lines: only(Dimension::Year, &year.to_string()), ..control };
    }
    control
}
