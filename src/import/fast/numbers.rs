//! The numbers of plain rows, counted while these are taken apart. What is kept of a row is looked at once for each
//! distinct cell; of other columns each cell that may be a number is read.

use super::cells::{cell_text, plain_amount};
use super::dictionary::hash;
use super::plan::{BlockPlan, MOST_PLAIN_COLUMNS};
use crate::import::lines::{ColumnNumbers, may_be_number, number_in};
use crate::money::Money;

/// Cells that are remembered with what they are; a power of two.
// Dates and codes come again and again. Six kilobytes, which stay in the processor's first cache.
const REMEMBERED: usize = 256;
/// Longer cells are not remembered.
const LONGEST: usize = 15;

/// Counts the numbers of plain rows.
pub(super) struct PlainNumbers<'p> {
    plan: &'p BlockPlan,
    /// By kept column: what its cells come to, by the worker's numbers of them; shorter where those that follow, or all,
    /// hold no number.
    kept: Vec<Vec<Option<i64>>>,
    /// By kept column: how many distinct cells were met.
    met: Vec<usize>,
    /// How many plain rows are gathered.
    plain: u32,
    /// Cells of the gathered rows that may be numbers.
    spots: Vec<Spot>,
    /// Cells with their lengths at the end, and what they are.
    remembered: Vec<([u8; LONGEST + 1], Option<i64>)>,
    pub(super) columns: ColumnNumbers,
}

struct Spot {
    /// Which of the gathered plain rows it stands in.
    plain: u32,
    column: u32,
    start: u32,
    end: u32,
}

impl<'p> PlainNumbers<'p> {
    pub(super) fn new(plan: &'p BlockPlan) -> Self {
        Self {
            plan,
            kept: vec![Vec::new(); plan.kept.len()],
            met: vec![0; plan.kept.len()],
            plain: 0,
            spots: Vec::new(),
            remembered: vec![([0; LONGEST + 1], None); REMEMBERED],
            columns: ColumnNumbers::default(),
        }
    }

    /// Notes the cells of a plain row of which nothing is kept.
    #[inline]
    pub(super) fn gather(&mut self, bytes: &[u8], cells: &[(u32, u32); MOST_PLAIN_COLUMNS], count: usize) {
        for column in self.plan.counted.iter().copied().chain(self.plan.columns..count) {
            if column >= count {
                break;
            }
            let (start, end) = cells[column];
            if may_be_number(&bytes[start as usize..end as usize]) {
                self.spots.push(Spot { plain: self.plain, column: column as u32, start, end });
            }
        }
        self.plain += 1;
    }

    /// Takes the text of a kept cell that is met for the first time; their numbers follow one another.
    #[cold]
    pub(super) fn learn(&mut self, kept: usize, text: &str) {
        let id = self.met[kept];
        self.met[kept] += 1;
        let Some(map) = &self.plan.counts else { return };
        if let Some(money) = number_in(text, map) {
            self.kept[kept].resize(id, None);
            self.kept[kept].push(Some(units(money)));
        }
    }

    /// Counts the numbers of the gathered rows but of those that come as rows.
    pub(super) fn take(&mut self, bytes: &[u8], ids: &[Vec<u32>], comes_as_row: &[bool]) {
        let plain = std::mem::take(&mut self.plain) as usize;
        let rows = comes_as_row[..plain].iter().filter(|&&comes| !comes).count();
        self.columns.add(self.plan.amount, rows as u64, Money::ZERO);
        for (kept, known) in self.kept.iter().enumerate().filter(|(_, known)| !known.is_empty()) {
            let (mut cells, mut sum) = (0, 0_i128);
            for (row, &id) in ids[kept].iter().enumerate() {
                if let Some(Some(units)) = known.get(id as usize)
                    && !comes_as_row[row]
                {
                    cells += 1;
                    sum += i128::from(*units);
                }
            }
            self.columns.add(self.plan.kept[kept], cells, Money::from_units(sum));
        }
        let mut spots = std::mem::take(&mut self.spots);
        for Spot { plain, column, start, end } in spots.drain(..) {
            if !comes_as_row[plain as usize]
                && let Some(units) = self.number_of(&bytes[start as usize..end as usize])
            {
                self.columns.add(column as usize, 1, Money::from_units(i128::from(units)));
            }
        }
        self.spots = spots;
    }

    /// The number that a cell is, as the thorough way has it.
    fn number_of(&mut self, cell: &[u8]) -> Option<i64> {
        let plan = self.plan;
        if let Some(number) = whole_number(cell) {
            return Some(number * 10_000);
        }
        if let Some(units) = plain_amount(cell, plan.pound, plan.utf_8) {
            return Some(units);
        }
        let map = plan.counts.as_ref().filter(|_| cell.iter().any(u8::is_ascii_digit))?;
        let read = || number_in(&cell_text(cell, plan.encoding), map).map(units);
        if cell.len() > LONGEST {
            return read();
        }
        let mut key = [0; LONGEST + 1];
        key[..cell.len()].copy_from_slice(cell);
        key[LONGEST] = cell.len() as u8;
        let (known, number) = &mut self.remembered[hash(cell) as usize & (REMEMBERED - 1)];
        if *known != key {
            (*known, *number) = (key, read());
        }
        *number
    }
}

/// A number of up to fourteen digits and nothing else, as codes and references are.
#[inline]
fn whole_number(cell: &[u8]) -> Option<i64> {
    if cell.len() > 14 {
        return None;
    }
    let mut value = 0_i64;
    for byte in cell {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value * 10 + i64::from(digit);
    }
    (!cell.is_empty()).then_some(value)
}

/// What a cell says fits a line, and so into 64 bits.
fn units(money: Money) -> i64 {
    i64::try_from(money.units()).unwrap_or(i64::MAX)
}
