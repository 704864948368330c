//! Ordinary lines that come by blocks, already taken apart.

use super::LineReader;
use super::said::text_id;
use crate::dimension::{Dimension, NameId};
use crate::import::cell::{read_date, read_serial};
use crate::import::recognise::Spelling;
use crate::ledger::{DateId, LineColumn};
use crate::money::Money;

/// Ordinary lines of one block, by column.
pub(in super::super) struct PlainBlock<'b> {
    pub(in super::super) amounts: &'b [i64],
    /// By kept column, the numbers of the block's cells.
    pub(in super::super) ids: &'b [&'b [u32]],
    /// By kept column, what [`LineReader::kept_id`] gave for each of those numbers.
    pub(in super::super) known: &'b [Vec<u32>],
    /// The rows of the lines within the block, from 0.
    pub(in super::super) rows: &'b [u32],
    /// Rows of the file up to the block.
    pub(in super::super) rows_before: u32,
    pub(in super::super) fingerprints: &'b [u64],
}

impl PlainBlock<'_> {
    /// What [`LineReader::kept_id`] gave for a cell of a line.
    fn id(&self, kept: usize, line: usize) -> u32 {
        self.known[kept][self.ids[kept][line] as usize]
    }
}

impl LineReader<'_> {
    /// The columns whose cells a block keeps as numbers, and whether new cells must come as rows first.
    pub(in super::super) fn kept_columns(&self) -> (Vec<usize>, Vec<bool>) {
        let mut kept: Vec<(usize, bool)> =
            self.names.iter().map(|column| (column.place, column.spelling != Spelling::Free)).collect();
        kept.extend(self.date.map(|place| (place, true)));
        if self.sums_by.is_none() {
            kept.extend(self.description.map(|place| (place, false)));
        }
        kept.into_iter().unzip()
    }

    /// Whether the fast way can do without what this file has.
    pub(in super::super) fn is_simple(&self) -> bool {
        self.month.is_none() && self.amounts.len() == 1 && self.credits.is_none() && self.repeated.is_empty()
    }

    pub(in super::super) fn keys(&self) -> &[usize] {
        &self.keys
    }

    pub(in super::super) fn sums_only(&self) -> bool {
        self.sums_by.is_some()
    }

    /// The number of a cell of the kept column; complaints are left to the row it stands in.
    pub(in super::super) fn kept_id(&mut self, kept: usize, text: &str) -> u32 {
        if let Some(column) = self.names.get_mut(kept) {
            if let Some(id) = column.ids.get(text) {
                return id.0;
            }
            let name = if text.is_empty() { Ok(String::new()) } else { column.spelling.read(text) };
            let Ok(name) = name else { return 0 };
            let id = self.lines.names_mut(column.dimension).add(&name);
            column.ids.insert(text.to_owned(), id);
            return id.0;
        }
        if kept == self.names.len() && self.date.is_some() {
            let date = read_date(text, self.map.dates).or_else(|| read_serial(text));
            let pair = date.map_or((DateId::NONE, NameId::NOT_STATED), |date| self.date_ids(date));
            self.date_pairs.push(pair);
            return self.date_pairs.len() as u32 - 1;
        }
        text_id(&mut self.texts, &mut self.lines, text).0
    }

    /// Adds ordinary lines.
    pub(in super::super) fn take_plain(&mut self, block: &PlainBlock<'_>) {
        self.count_plain(block.amounts);
        for &print in block.fingerprints {
            self.remember(print);
        }
        let count = block.amounts.len();
        self.lines.push_amounts(block.amounts);
        self.lines.extend_source(Some(self.own_source), count);
        let first = block.rows_before + 1;
        self.lines.extend(LineColumn::Row, u32::MAX, block.rows.iter().map(|row| first + row));
        let dates = self.date.map(|_| self.names.len());
        let year_of = |line: usize| -> NameId {
            dates.map_or(NameId::NOT_STATED, |kept| self.date_pairs[block.id(kept, line) as usize].1)
        };
        for dimension in Dimension::ALL {
            let part = LineColumn::Dimension(dimension);
            let base = self.base[dimension.index()].0;
            let kept = self.names.iter().rposition(|column| column.dimension == dimension);
            let largest = self.lines.names_mut(dimension).len() as u32;
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
                    self.lines.extend(part, largest, ids);
                }
                Some(kept) if base == 0 => {
                    let known = &block.known[kept];
                    self.lines.extend(part, largest, block.ids[kept].iter().map(|&id| known[id as usize]));
                }
                Some(kept) => self.lines.extend(part, largest, (0..count).map(|line| named(kept, line))),
                None if dimension == Dimension::Year && dates.is_some() => {
                    let ids = (0..count).map(|line| match year_of(line).0 {
                        0 => base,
                        id => id,
                    });
                    self.lines.extend(part, largest, ids);
                }
                None => self.lines.extend_same(part, base, count),
            }
        }
        let texts = self.lines.texts_mut().len() as u32;
        match dates {
            Some(kept) => {
                let ids = (0..count).map(|line| self.date_pairs[block.id(kept, line) as usize].0.0);
                let largest = self.lines.dates_mut().as_slice().len() as u32;
                self.lines.extend(LineColumn::Date, largest, ids);
            }
            None => self.lines.extend_same(LineColumn::Date, 0, count),
        }
        match self.description {
            Some(_) => {
                let kept = self.names.len() + usize::from(self.date.is_some());
                let known = &block.known[kept];
                let ids = block.ids[kept].iter().map(|&id| known[id as usize]);
                self.lines.extend(LineColumn::Description, texts, ids);
            }
            None => self.lines.extend_same(LineColumn::Description, 0, count),
        }
    }

    /// Counts ordinary lines.
    pub(in super::super) fn count_plain(&mut self, amounts: &[i64]) {
        let mut sum = 0_i128;
        let mut negative = 0_u64;
        for &amount in amounts {
            sum += i128::from(amount);
            negative += u64::from(amount < 0);
        }
        let count = amounts.len() as u64;
        let sum = Money::from_units(sum);
        self.totals.add_many(sum, count);
        self.report.rows += count;
        self.report.read += count;
        self.report.lines += count;
        self.report.negative_lines += negative;
        self.report.total += sum;
        self.last_rejected = None;
    }

    /// Adds lines of one combination of kept cells.
    pub(in super::super) fn add_sum(&mut self, kept: &[u32], amount: Money, lines: u32) {
        let Some(by) = self.sums_by else { return };
        let mut ids = self.base;
        let mut has_year = false;
        for (column, &id) in self.names.iter().zip(kept) {
            has_year |= column.dimension == Dimension::Year;
            if id != 0 {
                ids[column.dimension.index()] = NameId(id);
            }
        }
        if self.date.is_some()
            && let Some(&pair) = kept.get(self.names.len())
        {
            let (_, year) = self.date_pairs[pair as usize];
            let slot = &mut ids[Dimension::Year.index()];
            if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
                *slot = year;
            }
        }
        self.lines.add_sum(kept_only(ids, by), amount, lines);
    }
}

/// The dimensions that are asked for; the others are not told apart.
pub(super) fn kept_only(
    ids: [NameId; Dimension::COUNT],
    by: [bool; Dimension::COUNT],
) -> [NameId; Dimension::COUNT] {
    std::array::from_fn(|index| if by[index] { ids[index] } else { NameId::NOT_STATED })
}
