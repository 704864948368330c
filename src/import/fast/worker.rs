//! One block taken apart on one core: plain rows to amounts and small numbers, everything else left as a row
//! for the thorough reader. It decides nothing that needs another row.

use super::cells::{cell_text, find_labels, fingerprint, is_plainly_filled, might_be_total, plain_amount};
use super::dictionary::Dictionary;
use super::marks::mark_special;
use super::numbers::PlainNumbers;
use super::plan::{BlockPlan, MOST_PLAIN_COLUMNS};
use super::sums::{MOST_SUMMED, Sums};

/// The first rows go the thorough way: headings, titles and the sample are among them.
// A few more than the samples that a report shows.
const FIRST_ROWS: u32 = 8;

/// What one block came to.
pub(super) struct BlockResult {
    /// Rows in the block.
    pub(super) rows: u32,
    /// Ten-thousandths of a pound of the ordinary lines, in order.
    pub(super) amounts: Vec<i64>,
    /// By kept column: the numbers of the cells of the ordinary lines, as the worker counts them.
    pub(super) ids: Vec<Vec<u32>>,
    /// The row of each ordinary line within the block, where they are not one after another.
    pub(super) line_rows: Vec<u32>,
    /// Rows out of the ordinary: how many ordinary lines stand before, the row within the block, its text.
    pub(super) odd: Vec<OddRow>,
    /// By kept column: cells that the worker met for the first time, in order.
    pub(super) news: Vec<Vec<String>>,
    pub(super) fingerprints: Vec<u64>,
    /// The block did not end where a row ends.
    pub(super) torn: bool,
}

pub(super) struct OddRow {
    pub(super) lines_before: usize,
    pub(super) row: u32,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Rows whose cells are looked up together: so few that their bytes are still at hand.
// Twenty kilobytes of text, which lie in the processor's first cache.
const GATHERED: usize = 128;

/// Rows that are taken apart and wait until their cells are looked up.
#[derive(Default)]
struct Gathered {
    rows: Vec<GatheredRow>,
    /// By kept column: from where to where the cells of the plain rows go.
    cells: Vec<Vec<(u32, u32)>>,
    /// By kept column: their numbers.
    ids: Vec<Vec<u32>>,
    /// Whether a plain row has a new cell that must come as a row first.
    unknown: Vec<bool>,
}

struct GatheredRow {
    row: u32,
    start: usize,
    end: usize,
    /// Of a plain row.
    amount: Option<i64>,
}

/// Takes blocks apart; what it has met before it knows by number.
pub(super) struct Worker<'p> {
    plan: &'p BlockPlan,
    dictionaries: Vec<Dictionary>,
    gathered: Gathered,
    /// By kept column: the reader's number for each of the worker's.
    pub(super) global: Vec<Vec<u32>>,
    special: Vec<u64>,
    /// Where "total" ends a cell, in order, and the first that has not been passed.
    labels: Vec<usize>,
    next_label: usize,
    /// What numbers the plain rows hold, where that is counted.
    pub(super) numbers: Option<PlainNumbers<'p>>,
    /// The sums of combinations of kept cells, where lines are not kept.
    pub(super) sums: Sums,
}

impl<'p> Worker<'p> {
    pub(super) fn new(plan: &'p BlockPlan) -> Self {
        Self {
            plan,
            dictionaries: plan.kept.iter().map(|_| Dictionary::new()).collect(),
            gathered: Gathered {
                cells: vec![Vec::new(); plan.kept.len()],
                ids: vec![Vec::new(); plan.kept.len()],
                ..Gathered::default()
            },
            global: plan.kept.iter().map(|_| Vec::new()).collect(),
            special: Vec::new(),
            labels: Vec::new(),
            next_label: 0,
            numbers: plan.counts.is_some().then(|| PlainNumbers::new(plan)),
            sums: Sums::default(),
        }
    }

    pub(super) fn take_apart(&mut self, bytes: &[u8], first: bool, fingerprints: bool) -> BlockResult {
        let plan = self.plan;
        // Rows of published lists are about 160 bytes; a list that has to grow is copied once.
        let guess = bytes.len() / 160 + 16;
        let mut result = BlockResult {
            rows: 0,
            amounts: Vec::with_capacity(guess),
            ids: plan.kept.iter().map(|_| Vec::with_capacity(guess)).collect(),
            line_rows: Vec::with_capacity(guess),
            odd: Vec::new(),
            news: plan.kept.iter().map(|_| Vec::new()).collect(),
            fingerprints: Vec::new(),
            torn: false,
        };
        mark_special(bytes, plan.delimiter, &mut self.special);
        find_labels(bytes, plan.delimiter, &mut self.labels);
        self.next_label = 0;
        let special = std::mem::take(&mut self.special);
        let mut cells = [(0_u32, 0_u32); MOST_PLAIN_COLUMNS];
        let mut count = 0;
        let mut start = 0;
        let mut row_start = 0;
        let mut inside = false;
        let mut closed = usize::MAX;
        for (word_index, &word) in special.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                let at = word_index * 64 + word.trailing_zeros() as usize;
                // Takes the lowest bit off, which is the one that was looked at.
                word &= word - 1;
                let byte = bytes[at];
                if byte == b'"' {
                    if inside {
                        inside = false;
                        closed = at;
                    // Two marks in a quoted cell are one; any other in a cell that does not begin with it, or behind the
                    // one that ended it, is a letter.
                    } else if at == start || at == closed.wrapping_add(1) {
                        inside = true;
                    }
                    continue;
                }
                if inside {
                    continue;
                }
                if count < MOST_PLAIN_COLUMNS {
                    cells[count] = (start as u32, at as u32);
                }
                count += 1;
                start = at + 1;
                if byte == b'\n' {
                    let odd = first && result.rows < plan.rows_before_data + FIRST_ROWS;
                    self.gather(bytes, (row_start, at), &mut cells, count, odd, &mut result);
                    if self.gathered.rows.len() >= GATHERED {
                        self.take_rows(bytes, fingerprints, &mut result);
                    }
                    row_start = start;
                    count = 0;
                }
            }
        }
        if row_start < bytes.len() {
            // The last row of a file may lack its line end.
            result.torn = inside;
            if count < MOST_PLAIN_COLUMNS {
                cells[count] = (start as u32, bytes.len() as u32);
            }
            let odd = first && result.rows < plan.rows_before_data + FIRST_ROWS;
            self.gather(bytes, (row_start, bytes.len()), &mut cells, count + 1, odd, &mut result);
        } else {
            result.torn = inside;
        }
        self.take_rows(bytes, fingerprints, &mut result);
        self.special = special;
        result
    }

    /// Takes a row apart: a plain one, or one out of the ordinary.
    fn gather(
        &mut self,
        bytes: &[u8],
        (start, end): (usize, usize),
        cells: &mut [(u32, u32); MOST_PLAIN_COLUMNS],
        count: usize,
        odd: bool,
        result: &mut BlockResult,
    ) {
        let plan = self.plan;
        let row = result.rows;
        result.rows += 1;
        let mut plain = None;
        let odd = self.holds_label(start, end) || odd;
        if !odd && count >= plan.width && count <= MOST_PLAIN_COLUMNS {
            // A carriage return before the line end belongs to neither.
            let last = &mut cells[count - 1];
            if last.1 > last.0 && bytes[last.1 as usize - 1] == b'\r' {
                last.1 -= 1;
            }
            let cell = |index: usize| &bytes[cells[index].0 as usize..cells[index].1 as usize];
            // The cheap question first: most rows out of the ordinary have no plain amount.
            plain = plain_amount(cell(plan.amount), plan.pound, plan.utf_8).filter(|_| {
                plan.keys.iter().any(|&key| is_plainly_filled(cell(key))) && !might_be_total(cell(0))
            });
            if let Some(amount) = plain.filter(|_| plan.sums_only) {
                // What is summed by has few names: nothing is gained by looking them up together.
                if self.sum(bytes, cells, amount, result) {
                    return;
                }
            } else if plain.is_some() {
                if let Some(numbers) = &mut self.numbers {
                    numbers.gather(bytes, cells, count);
                }
                for (column, &place) in self.gathered.cells.iter_mut().zip(&plan.kept) {
                    column.push(cells[place]);
                }
            }
        }
        if plan.sums_only {
            return result.odd.push(OddRow { lines_before: result.amounts.len(), row, start, end });
        }
        self.gathered.rows.push(GatheredRow { row, start, end, amount: plain });
    }

    /// Whether a cell of a row ends with the word of a total.
    fn holds_label(&mut self, start: usize, end: usize) -> bool {
        while self.labels.get(self.next_label).is_some_and(|&at| at < start) {
            self.next_label += 1;
        }
        self.labels.get(self.next_label).is_some_and(|&at| at < end)
    }

    /// Adds a plain row to the sum of its combination; false where a cell is met for the first time that must come as a
    /// row first.
    fn sum(
        &mut self,
        bytes: &[u8],
        cells: &[(u32, u32); MOST_PLAIN_COLUMNS],
        amount: i64,
        result: &mut BlockResult,
    ) -> bool {
        let plan = self.plan;
        let mut key = [0_u32; MOST_SUMMED];
        let mut is_unknown = false;
        for (kept, &place) in plan.kept.iter().enumerate() {
            let text = &bytes[cells[place].0 as usize..cells[place].1 as usize];
            let (id, is_new) = self.dictionaries[kept].id(text);
            if is_new {
                result.news[kept].push(cell_text(text, plan.encoding));
                is_unknown |= plan.checked[kept];
            }
            key[kept] = id;
        }
        // The cells that are new are noted, and the row itself goes to the thorough reader, which says what
        // is wrong with them.
        if is_unknown {
            return false;
        }
        self.sums.add(key, amount);
        result.amounts.push(amount);
        true
    }

    /// Looks the cells of the gathered rows up, column by column, and puts the rows into the result.
    fn take_rows(&mut self, bytes: &[u8], fingerprints: bool, result: &mut BlockResult) {
        let plan = self.plan;
        let Gathered { rows, cells, ids, unknown } = &mut self.gathered;
        unknown.clear();
        unknown.resize(rows.len(), false);
        for (kept, column) in cells.iter_mut().enumerate() {
            self.dictionaries[kept].ids(bytes, column, &mut ids[kept], |index| {
                let (start, end) = column[index];
                let text = cell_text(&bytes[start as usize..end as usize], plan.encoding);
                if let Some(numbers) = &mut self.numbers {
                    numbers.learn(kept, &text);
                }
                result.news[kept].push(text);
                unknown[index] |= plan.checked[kept];
            });
            column.clear();
        }
        if let Some(numbers) = &mut self.numbers {
            numbers.take(bytes, ids, unknown);
        }
        // Mostly all of them are lines.
        if !unknown.contains(&true) && rows.iter().all(|row| row.amount.is_some()) {
            for (column, ids) in result.ids.iter_mut().zip(&*ids) {
                column.extend_from_slice(ids);
            }
            result.line_rows.extend(rows.iter().map(|row| row.row));
            if fingerprints {
                result.fingerprints.extend(rows.iter().map(|row| fingerprint(&bytes[row.start..row.end])));
            }
            return result.amounts.extend(rows.drain(..).filter_map(|row| row.amount));
        }
        let mut plain = 0;
        for GatheredRow { row, start, end, amount } in rows.drain(..) {
            let Some(amount) = amount else {
                result.odd.push(OddRow { lines_before: result.amounts.len(), row, start, end });
                continue;
            };
            let index = plain;
            plain += 1;
            if unknown[index] {
                result.odd.push(OddRow { lines_before: result.amounts.len(), row, start, end });
                continue;
            }
            for (column, ids) in result.ids.iter_mut().zip(&*ids) {
                column.push(ids[index]);
            }
            result.line_rows.push(row);
            if fingerprints {
                result.fingerprints.push(fingerprint(&bytes[start..end]));
            }
            result.amounts.push(amount);
        }
    }
}
