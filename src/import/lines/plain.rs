//! Ordinary lines that come by blocks, already taken apart.

use std::ops::ControlFlow;

use super::line::kept_only;
use super::numbers::ColumnNumbers;
use super::reader::LineReader;
use crate::dimension::{Dimension, NameId};
use crate::import::files::Row;
use crate::ledger::LineColumn;
use crate::money::Money;

/// Ordinary lines of one block, by column.
pub(in crate::import) struct PlainBlock<'b> {
    pub(in crate::import) amounts: &'b [i64],
    /// By kept column, the numbers of the block's cells.
    pub(in crate::import) ids: &'b [&'b [u32]],
    /// By kept column, what [`LineReader::kept_id`] gave for each of those numbers.
    pub(in crate::import) known: &'b [Vec<u32>],
    /// The rows of the lines within the block, from 0.
    pub(in crate::import) rows: &'b [u32],
    /// Rows of the file up to the block.
    pub(in crate::import) rows_before: u32,
    pub(in crate::import) fingerprints: &'b [u64],
}

impl PlainBlock<'_> {
    /// What [`LineReader::kept_id`] gave for a cell of a line.
    fn id(&self, kept: usize, line: usize) -> u32 {
        self.known[kept][self.ids[kept][line] as usize]
    }
}

impl LineReader<'_> {
    /// Takes a row out of the ordinary from a block.
    pub(in crate::import) fn take_odd(&mut self, row: &Row, print: u64) -> ControlFlow<()> {
        self.fingerprints.at_hand = Some(print);
        let flow = self.take_from_first(row);
        self.fingerprints.at_hand = None;
        flow
    }

    /// The number of a cell of the kept column; complaints are left to the row it stands in.
    pub(in crate::import) fn kept_id(&mut self, kept: usize, text: &str) -> u32 {
        self.ids.kept_id(kept, text)
    }

    /// Adds ordinary lines.
    pub(in crate::import) fn take_plain(&mut self, block: &PlainBlock<'_>) {
        self.count_plain(block.amounts);
        for &print in block.fingerprints {
            self.fingerprints.remember(print);
        }
        let places = &self.plan.places;
        let count = block.amounts.len();
        self.ids.lines.push_amounts(block.amounts);
        self.ids.lines.extend_source(Some(self.ids.own_source), count);
        let first = block.rows_before + 1;
        self.ids.lines.extend(LineColumn::Row, u32::MAX, block.rows.iter().map(|row| first + row));
        let dates = places.date.map(|_| places.names.len());
        let year_of = |line: usize| -> NameId {
            dates.map_or(NameId::NOT_STATED, |kept| self.ids.date_pairs[block.id(kept, line) as usize].1)
        };
        for dimension in Dimension::ALL {
            let part = LineColumn::Dimension(dimension);
            let base = self.ids.base[dimension.index()].0;
            let kept = places.names.iter().rposition(|column| column.dimension == dimension);
            let largest = self.ids.lines.names_mut(dimension).len() as u32;
            let named = |kept: usize, line: usize| match block.id(kept, line) {
                0 => base,
                id => id,
            };
            match kept {
                Some(kept) if dimension == Dimension::Year && dates.is_some() => {
                    let ids = (0..count).map(|line| match named(kept, line) {
                        0 => year_of(line).0,
                        id => id,
                    });
                    self.ids.lines.extend(part, largest, ids);
                }
                Some(kept) if base == 0 => {
                    let known = &block.known[kept];
                    self.ids.lines.extend(
                        part,
                        largest,
                        block.ids[kept].iter().map(|&id| known[id as usize]),
                    );
                }
                Some(kept) => self.ids.lines.extend(part, largest, (0..count).map(|line| named(kept, line))),
                None if dimension == Dimension::Year && dates.is_some() => {
                    let ids = (0..count).map(|line| match year_of(line).0 {
                        0 => base,
                        id => id,
                    });
                    self.ids.lines.extend(part, largest, ids);
                }
                None => self.ids.lines.extend_same(part, base, count),
            }
        }
        let texts = self.ids.lines.texts_mut().len() as u32;
        match dates {
            Some(kept) => {
                let ids = (0..count).map(|line| self.ids.date_pairs[block.id(kept, line) as usize].0.0);
                let largest = self.ids.lines.dates_mut().as_slice().len() as u32;
                self.ids.lines.extend(LineColumn::Date, largest, ids);
            }
            None => self.ids.lines.extend_same(LineColumn::Date, 0, count),
        }
        match places.description {
            Some(_) => {
                let kept = places.names.len() + usize::from(places.date.is_some());
                let known = &block.known[kept];
                let ids = block.ids[kept].iter().map(|&id| known[id as usize]);
                self.ids.lines.extend(LineColumn::Description, texts, ids);
            }
            None => self.ids.lines.extend_same(LineColumn::Description, 0, count),
        }
    }

    /// Counts ordinary lines.
    pub(in crate::import) fn count_plain(&mut self, amounts: &[i64]) {
        self.begin_line();
        let mut sum = 0_i128;
        let mut negative = 0_u64;
        for &amount in amounts {
            sum += i128::from(amount);
            negative += u64::from(amount < 0);
        }
        let count = amounts.len() as u64;
        let sum = Money::from_units(sum);
        self.totals.add_many(sum, count);
        self.report.add_read(count);
        let file = &mut self.report.file;
        file.rows += count;
        file.lines += count;
        file.negative_lines += negative;
        file.total += sum;
    }

    /// Adds what the numbers of ordinary lines come to.
    pub(in crate::import) fn add_numbers(&mut self, plain: &ColumnNumbers) {
        if let Some(numbers) = &mut self.report.numbers {
            numbers.add_plain(plain);
        }
    }

    /// Adds lines of one combination of kept cells.
    pub(in crate::import) fn add_sum(&mut self, kept: &[u32], amount: Money, lines: u32) {
        let Some(by) = self.plan.sums_by else { return };
        let places = &self.plan.places;
        let mut ids = self.ids.base;
        let mut has_year = false;
        for (column, &id) in places.names.iter().zip(kept) {
            has_year |= column.dimension == Dimension::Year;
            if id != 0 {
                ids[column.dimension.index()] = NameId(id);
            }
        }
        if places.date.is_some()
            && let Some(&pair) = kept.get(places.names.len())
        {
            let (_, year) = self.ids.date_pairs[pair as usize];
            let slot = &mut ids[Dimension::Year.index()];
            if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
                *slot = year;
            }
        }
        self.ids.lines.add_sum(kept_only(ids, by), amount, lines);
    }
}
