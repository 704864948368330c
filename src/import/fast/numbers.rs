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
/// So many counted columns have a bit each for cells of digits alone.
const DIGITS: usize = 64;

/// Counts the numbers of plain rows.
pub(super) struct PlainNumbers<'p> {
    plan: &'p BlockPlan,
    /// By kept column: which of its cells are numbers, by the worker's numbers of them; shorter where those that follow, or
    /// all, are none.
    kept: Vec<Vec<bool>>,
    /// By kept column: how many of its distinct cells are numbers, and how many were met.
    met: Vec<(usize, usize)>,
    /// By gathered plain row: in which of the first counted columns it has digits alone, as a bit for each.
    digits: Vec<u64>,
    /// Cells of the gathered rows that may be other numbers.
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
            met: vec![(0, 0); plan.kept.len()],
            digits: Vec::new(),
            spots: Vec::new(),
            remembered: vec![([0; LONGEST + 1], None); REMEMBERED],
            columns: ColumnNumbers::default(),
        }
    }

    /// Notes the cells of a plain row of which nothing is kept.
    #[inline]
    pub(super) fn gather(&mut self, bytes: &[u8], cells: &[(u32, u32); MOST_PLAIN_COLUMNS], count: usize) {
        let plain = self.digits.len() as u32;
        let mut digits = 0;
        let mut spot = |column: usize, (start, end): (u32, u32)| {
            if may_be_number(&bytes[start as usize..end as usize]) {
                self.spots.push(Spot { plain, column: column as u32, start, end });
            }
        };
        for (at, &(column, is_added_up)) in self.plan.counted.iter().enumerate() {
            if column >= count {
                break;
            }
            let (start, end) = cells[column];
            // Codes and references are counted only, and there is one in nearly every row.
            if !is_added_up && at < DIGITS && is_digits(&bytes[start as usize..end as usize]) {
                digits |= 1 << at;
            } else {
                spot(column, (start, end));
            }
        }
        for (column, &cell) in cells.iter().enumerate().take(count).skip(self.plan.columns) {
            spot(column, cell);
        }
        self.digits.push(digits);
    }

    /// Takes the text of a kept cell that is met for the first time; their numbers follow one another.
    #[cold]
    pub(super) fn learn(&mut self, kept: usize, text: &str) {
        let (numbers, met) = &mut self.met[kept];
        let id = *met;
        *met += 1;
        let Some(map) = &self.plan.counts else { return };
        if number_in(text, map).is_some() {
            *numbers += 1;
            self.kept[kept].resize(id, false);
            self.kept[kept].push(true);
        }
    }

    /// Counts the numbers of the gathered rows but of those that come as rows.
    pub(super) fn take(&mut self, bytes: &[u8], ids: &[Vec<u32>], comes_as_row: &[bool]) {
        let comes = &comes_as_row[..self.digits.len()];
        let rows = comes.iter().filter(|&&comes| !comes).count();
        self.columns.add(self.plan.amount, rows as u64, Money::ZERO);
        for (kept, known) in self.kept.iter().enumerate().filter(|(_, known)| !known.is_empty()) {
            let (numbers, met) = self.met[kept];
            let cells = if numbers == met {
                rows
            } else {
                let is_number = |(id, comes): (&u32, &bool)| !comes && known.get(*id as usize) == Some(&true);
                ids[kept].iter().zip(comes).filter(|&(id, comes)| is_number((id, comes))).count()
            };
            self.columns.add(self.plan.kept[kept], cells as u64, Money::ZERO);
        }
        // Mostly the same of each row.
        let first = self.digits.first().copied().unwrap_or_default();
        let is_same = rows == comes.len() && self.digits.iter().all(|digits| *digits == first);
        for (at, &(column, _)) in self.plan.counted.iter().enumerate().take(DIGITS) {
            let has = |digits: &u64| digits >> at & 1 == 1;
            let cells = match has(&first) {
                true if is_same => rows,
                false if is_same => 0,
                _ => self.digits.iter().zip(comes).filter(|(digits, comes)| has(digits) && !**comes).count(),
            };
            self.columns.add(column, cells as u64, Money::ZERO);
        }
        self.digits.clear();
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

/// Whether a cell is of one to fourteen digits and nothing else: [`whole_number`] without its value.
#[inline]
fn is_digits(cell: &[u8]) -> bool {
    const HIGH: u64 = 0xF0F0_F0F0_F0F0_F0F0;
    const ZEROS: u64 = 0x3030_3030_3030_3030;
    // Eight bytes at a time: the upper half of each is a 3, and with six more it still is.
    let all = |eight: &[u8; 8]| {
        let word = u64::from_le_bytes(*eight);
        word & HIGH == ZEROS && (word + 0x0606_0606_0606_0606) & HIGH == ZEROS
    };
    match (cell.first_chunk::<8>(), cell.last_chunk::<8>()) {
        (Some(first), Some(last)) => cell.len() <= 14 && all(first) && all(last),
        _ => !cell.is_empty() && cell.iter().all(u8::is_ascii_digit),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_alone_are_those_of_a_whole_number() {
        let cells =
            ["", "7", "1234567", "12345678", "51000000012345", "510000000123456", "5100000001x", "x2345678"];
        let others = ["1234567/", "1234567:", "12345678 ", "0000000\u{b2}", "12-45678", "00000000"];
        for cell in cells.into_iter().chain(others).map(str::as_bytes) {
            assert_eq!(is_digits(cell), whole_number(cell).is_some(), "{}", String::from_utf8_lossy(cell));
        }
    }
}
