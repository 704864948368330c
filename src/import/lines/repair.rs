//! How damaged rows may have been meant: proposals, which only a file's own total proves.

use crate::dimension::Date;
use crate::import::cell::{Amount, read_date};
use crate::import::files::Row;
use crate::import::recognise::{ColumnMap, Field, total_label};
use crate::import::report::Repair;
use crate::money::Money;

/// Where which cell of a sound row stands.
pub(super) struct RowShape<'a> {
    pub(super) map: &'a ColumnMap,
    /// Cells of a sound row.
    pub(super) width: usize,
    pub(super) amount: usize,
    pub(super) date: Option<usize>,
    /// Payee and description: what holds commas and spaces.
    pub(super) texts: Vec<usize>,
}

impl RowShape<'_> {
    /// An amount that can hardly be anything else.
    fn sure(&self, cell: &str) -> Option<Money> {
        match self.map.amounts.read(cell) {
            Amount::Exact(money)
                if cell.contains(['.', '£', ',']) && read_date(cell, self.map.dates).is_none() =>
            {
                Some(money)
            }
            _ => None,
        }
    }

    fn is_date(&self, cell: &str) -> bool {
        read_date(cell, self.map.dates).is_some_and(Date::is_day)
    }
}

/// How a row may have been meant whose amount does not stand in its column: two columns have changed places, a comma
/// inside a name has parted it in two, or separators were lost.
pub(super) fn repair_of(row: &Row, shape: &RowShape<'_>) -> Option<Repair> {
    let mut cells: Vec<String> = row.cells().map(str::to_owned).collect();
    let filled = cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1);
    cells.truncate(filled);
    if filled > shape.width {
        return parted(&cells, shape);
    }
    if filled == 1 {
        return run_together(&cells[0], shape);
    }
    if filled + 1 == shape.width
        && let Some(repair) = grown_together(&cells, shape)
    {
        return Some(repair);
    }
    swapped(cells, shape)
}

/// A comma inside the payee or the description before the amount made more cells of it.
fn parted(cells: &[String], shape: &RowShape<'_>) -> Option<Repair> {
    let extra = cells.len() - shape.width;
    let amount = shape.sure(cells.get(shape.amount + extra)?)?;
    let parted = *shape.texts.iter().find(|&&parted| parted < shape.amount)?;
    let mut mended = cells[..parted].to_vec();
    mended.push(cells[parted..=parted + extra].join(", "));
    mended.extend_from_slice(&cells[parted + extra + 1..]);
    Some(Repair { cells: mended, amount })
}

/// The amount stands in another column that is read, and nothing else looks like one.
fn swapped(mut cells: Vec<String>, shape: &RowShape<'_>) -> Option<Repair> {
    let mut found = (0..cells.len())
        .filter(|&index| index != shape.amount)
        .filter_map(|index| Some((index, shape.sure(&cells[index])?)));
    let (other, amount) = found.next()?;
    let is_only = found.next().is_none();
    let is_read = shape.map.columns.get(other).is_some_and(|column| column.field != Field::Passed);
    if !is_only || !is_read {
        return None;
    }
    cells.resize(cells.len().max(shape.amount + 1), String::new());
    cells.swap(other, shape.amount);
    Some(Repair { cells, amount })
}

/// All separators were lost: "Acme Ltd 01/08/2011 17 5.50", or others than the file's.
fn run_together(text: &str, shape: &RowShape<'_>) -> Option<Repair> {
    for separator in [';', '\t', '|', ','] {
        let cells: Vec<String> = text.split(separator).map(|cell| cell.trim().to_owned()).collect();
        if cells.len() == shape.width
            // A column that is read may stand beyond the last heading.
            && shape.date.is_none_or(|date| cells.get(date).is_some_and(|cell| shape.is_date(cell)))
            && let Some(amount) = cells.get(shape.amount).and_then(|cell| shape.sure(cell))
        {
            return Some(Repair { cells, amount });
        }
    }
    let date = shape.date?;
    let label = total_label(text);
    if label.might || label.note || text.contains(':') {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let dated: Vec<usize> = (0..words.len()).filter(|&at| shape.is_date(words[at])).collect();
    let sums: Vec<(usize, Money)> =
        words.iter().enumerate().filter_map(|(at, word)| Some((at, shape.sure(word)?))).collect();
    let ([dated], [(at, amount)], Some(&text)) = (&dated[..], &sums[..], shape.texts.first()) else {
        return None;
    };
    let mut cells = vec![String::new(); shape.width];
    let rest: Vec<&str> =
        (0..words.len()).filter(|word| word != dated && word != at).map(|word| words[word]).collect();
    for (place, value) in
        [(date, words[*dated].to_owned()), (shape.amount, words[*at].to_owned()), (text, rest.join(" "))]
    {
        *cells.get_mut(place)? = value;
    }
    Some(Repair { cells, amount: *amount })
}

/// One separator was lost: two neighbours share a cell, and what follows stands one column to the left.
fn grown_together(cells: &[String], shape: &RowShape<'_>) -> Option<Repair> {
    let date = shape.date?;
    let mut found: Option<Repair> = None;
    for at in 0..shape.amount.min(cells.len()) {
        for (space, _) in cells[at].match_indices(' ') {
            let mut mended = cells[..at].to_vec();
            mended.push(cells[at][..space].to_owned());
            mended.push(cells[at][space + 1..].to_owned());
            mended.extend_from_slice(&cells[at + 1..]);
            let fits = mended.get(date).is_some_and(|cell| shape.is_date(cell));
            let Some(amount) = mended.get(shape.amount).and_then(|cell| shape.sure(cell)).filter(|_| fits)
            else {
                continue;
            };
            if found.is_some() {
                // More than one way to part them: none is proved.
                return None;
            }
            found = Some(Repair { cells: mended, amount });
        }
    }
    found
}
