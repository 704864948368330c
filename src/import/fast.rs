//! Plain delimited files at full speed: blocks are taken apart on all cores, and whatever is out of the ordinary is
//! left to [`LineReader`], so that the results are those of the thorough way.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use memchr::{memchr_iter, memrchr, memrchr_iter};

use super::amounts::{Unit, plain_units};
use super::columns::{ColumnMap, Field};
use super::csv::Delimited;
use super::dictionary::Dictionary;
use super::encoding::Encoding;
use super::lines::{LineReader, PlainBlock};
use super::row::{Row, trimmed};
use crate::money::Money;

/// Bytes that one core takes apart at a time.
const BLOCK: usize = 2 << 20;
/// Columns beyond these make a file one for the thorough way.
const MOST_PLAIN_COLUMNS: usize = 256;
/// More kept columns than there are fields.
const MOST_KEPT: usize = 20;
/// The first rows go the thorough way: headings, titles and the sample are among them.
const FIRST_ROWS: u32 = 8;

/// What the fast way must know of a file: where which cell stands.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    delimiter: u8,
    encoding: Encoding,
    /// Where £ is a byte of its own, its value.
    pound: Option<u8>,
    amount: usize,
    /// Columns whose cells are kept as small numbers, in the order that [`LineReader`] has them.
    kept: Vec<usize>,
    /// By kept column: a cell met for the first time makes its row one for the thorough way, which may have to
    /// complain about it.
    checked: Vec<bool>,
    /// Lines are not kept, only the sums of their combinations.
    sums_only: bool,
    /// A cell of one of these tells a line from a total.
    keys: Vec<usize>,
    /// Columns up to here are looked at.
    width: usize,
    /// Rows before the first line.
    rows_before_data: u32,
}

impl Plan {
    /// A plan, where the file is plain enough: one amount in pounds a row, in an encoding that keeps ASCII.
    pub(super) fn of(
        map: &ColumnMap,
        lines: &LineReader<'_>,
        delimiter: u8,
        carriage_returns: bool,
        encoding: Encoding,
        rows_before_data: u32,
    ) -> Option<Self> {
        let (kept, checked) = lines.kept_columns();
        let keys = lines.keys().to_vec();
        let amounts = map.amount_columns();
        let [amount] = amounts[..] else { return None };
        let plain = map.amounts.unit == Unit::Pounds
            && !map.amounts.decimal_comma
            && !carriage_returns
            && encoding.keeps_ascii()
            && !keys.is_empty()
            && map.columns.len() <= MOST_PLAIN_COLUMNS
            && map.place(&Field::Direction).is_none()
            && map.place(&Field::Source).is_none()
            && (!lines.sums_only() || kept.len() <= 8);
        let width = kept.iter().chain(&keys).chain([&amount]).max().map_or(0, |last| last + 1);
        plain.then_some(Self {
            delimiter,
            encoding,
            pound: encoding.pound_byte(),
            amount,
            kept,
            checked,
            sums_only: lines.sums_only(),
            keys,
            width,
            rows_before_data,
        })
    }
}

/// What one block came to.
struct BlockResult {
    /// Rows in the block.
    rows: u32,
    /// Ten-thousandths of a pound of the ordinary lines, in order.
    amounts: Vec<i64>,
    /// By kept column: the numbers of the cells of the ordinary lines, as the worker counts them.
    ids: Vec<Vec<u32>>,
    /// The row of each ordinary line within the block, where they are not one after another.
    line_rows: Vec<u32>,
    /// Rows out of the ordinary: how many ordinary lines stand before, the row within the block, its text.
    odd: Vec<OddRow>,
    /// By kept column: cells that the worker met for the first time, in order.
    news: Vec<Vec<String>>,
    fingerprints: Vec<u64>,
    /// The block did not end where a row ends.
    torn: bool,
}

struct OddRow {
    lines_before: usize,
    row: u32,
    start: usize,
    end: usize,
}

/// Reads blocks whole rows at a time.
struct Blocks<R> {
    reader: R,
    carry: Vec<u8>,
    number: usize,
    ended: bool,
    failed: Option<std::io::Error>,
}

impl<R: Read> Blocks<R> {
    /// The next block and its number; it ends with a row, as far as quotation marks in pairs can tell.
    fn next(&mut self, buffer: &mut Vec<u8>) -> Option<usize> {
        if self.ended && self.carry.is_empty() {
            return None;
        }
        buffer.clear();
        buffer.append(&mut self.carry);
        let mut wanted = BLOCK.max(buffer.len() * 2);
        loop {
            let start = buffer.len();
            if !self.ended {
                let missing = (wanted - start) as u64;
                match (&mut self.reader).take(missing).read_to_end(buffer) {
                    Ok(count) => self.ended = (count as u64) < missing,
                    Err(error) => {
                        self.failed = Some(error);
                        self.ended = true;
                    }
                }
            }
            if self.ended {
                break;
            }
            if let Some(end) = last_row_end(buffer) {
                self.carry.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                break;
            }
            if buffer.len() > 64 * BLOCK {
                // A quotation mark without its pair: the tokenizer will see it and the thorough way takes over.
                let end = memrchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
                self.carry.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                break;
            }
            wanted = buffer.len() * 2;
        }
        if buffer.is_empty() {
            return None;
        }
        self.number += 1;
        Some(self.number - 1)
    }
}

/// Where the last row of a block ends: at the last line end with an even number of quotation marks before it.
fn last_row_end(bytes: &[u8]) -> Option<usize> {
    let mut quotes = memchr_iter(b'"', bytes).count();
    let mut end = bytes.len();
    for line_end in memrchr_iter(b'\n', bytes) {
        quotes -= memchr_iter(b'"', &bytes[line_end..end]).count();
        if quotes.is_multiple_of(2) {
            return Some(line_end + 1);
        }
        end = line_end;
    }
    None
}

/// Takes blocks apart; what it has met before it knows by number.
struct Worker<'p> {
    plan: &'p Plan,
    dictionaries: Vec<Dictionary>,
    /// By kept column: the reader's number for each of the worker's.
    global: Vec<Vec<u32>>,
    special: Vec<u64>,
    /// The sums of combinations of kept cells, where lines are not kept.
    sums: Sums,
}

impl<'p> Worker<'p> {
    fn new(plan: &'p Plan) -> Self {
        Self {
            plan,
            dictionaries: plan.kept.iter().map(|_| Dictionary::new()).collect(),
            global: plan.kept.iter().map(|_| Vec::new()).collect(),
            special: Vec::new(),
            sums: Sums::default(),
        }
    }

    fn take_apart(&mut self, bytes: &[u8], first: bool, fingerprints: bool) -> BlockResult {
        let plan = self.plan;
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
        let special = std::mem::take(&mut self.special);
        let mut cells = [(0_u32, 0_u32); MOST_PLAIN_COLUMNS];
        let mut count = 0;
        let mut start = 0;
        let mut row_start = 0;
        let mut inside = false;
        for (word_index, &word) in special.iter().enumerate() {
            let mut word = word;
            while word != 0 {
                let at = word_index * 64 + word.trailing_zeros() as usize;
                word &= word - 1;
                let byte = bytes[at];
                if byte == b'"' {
                    if inside {
                        inside = false;
                    } else if at == start || bytes[start] == b'"' && bytes[at - 1] == b'"' {
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
                    self.take_row(bytes, (row_start, at), &mut cells, count, odd, fingerprints, &mut result);
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
            self.take_row(
                bytes,
                (row_start, bytes.len()),
                &mut cells,
                count + 1,
                odd,
                fingerprints,
                &mut result,
            );
        } else {
            result.torn = inside;
        }
        self.special = special;
        result
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one row of one block; a struct would be filled for each row"
    )]
    fn take_row(
        &mut self,
        bytes: &[u8],
        (start, end): (usize, usize),
        cells: &mut [(u32, u32); MOST_PLAIN_COLUMNS],
        count: usize,
        odd: bool,
        fingerprints: bool,
        result: &mut BlockResult,
    ) {
        let row = result.rows;
        result.rows += 1;
        let plan = self.plan;
        if !odd && count >= plan.width && count <= MOST_PLAIN_COLUMNS {
            // A carriage return before the line end belongs to neither.
            let last = &mut cells[count - 1];
            if last.1 > last.0 && bytes[last.1 as usize - 1] == b'\r' {
                last.1 -= 1;
            }
            let cell = |index: usize| &bytes[cells[index].0 as usize..cells[index].1 as usize];
            if let Some(amount) = plain_amount(cell(plan.amount), plan.pound)
                && plan.keys.iter().any(|&key| is_plainly_filled(cell(key)))
                && !might_be_total(cell(0))
            {
                let mut ids = [0_u32; MOST_KEPT];
                let mut odd = false;
                for (kept, &place) in plan.kept.iter().enumerate() {
                    let text = cell(place);
                    let (id, new) = self.dictionaries[kept].id(text);
                    if new {
                        result.news[kept].push(cell_text(text, plan.encoding));
                        odd |= plan.checked[kept];
                    }
                    ids[kept] = id;
                }
                if !odd {
                    if plan.sums_only {
                        self.sums.add(&ids, plan.kept.len(), amount);
                    } else {
                        for (column, id) in result.ids.iter_mut().zip(ids) {
                            column.push(id);
                        }
                        result.line_rows.push(row);
                        if fingerprints {
                            result.fingerprints.push(fingerprint(&bytes[start..end]));
                        }
                    }
                    result.amounts.push(amount);
                    return;
                }
            }
        }
        result.odd.push(OddRow { lines_before: result.amounts.len(), row, start, end });
    }
}

/// What tells a row from others: its bytes without the line end.
fn fingerprint(row: &[u8]) -> u64 {
    super::dictionary::hash(row.strip_suffix(b"\r").unwrap_or(row))
}

/// An amount in one of its everyday spellings, quoted or not.
fn plain_amount(cell: &[u8], pound: Option<u8>) -> Option<i64> {
    let inner = match cell {
        [b'"', inner @ .., b'"'] => inner,
        _ => cell,
    };
    if let Some(units) = plain_units(inner) {
        return Some(units);
    }
    // £ as one byte: made two for the reader of amounts.
    let pound = pound?;
    let at = inner.iter().take(4).position(|b| *b == pound)?;
    let mut text = [0_u8; 32];
    if inner.len() > 30 {
        return None;
    }
    text[..at].copy_from_slice(&inner[..at]);
    text[at..at + 2].copy_from_slice("£".as_bytes());
    text[at + 2..=inner.len()].copy_from_slice(&inner[at + 1..]);
    plain_units(&text[..=inner.len()])
}

/// Whether a cell surely holds something.
fn is_plainly_filled(cell: &[u8]) -> bool {
    match cell {
        [b'"', second, _, ..] => *second > b' ' && *second < 0x80 && *second != b'"',
        [first, ..] => *first > b' ' && *first < 0x80 && *first != b'"',
        [] => false,
    }
}

/// Whether the first cell of a row may say "total"; an empty one leaves it to the thorough way.
fn might_be_total(cell: &[u8]) -> bool {
    match cell.first() {
        None | Some(b' ' | b'"') => {
            cell.len() < 3
                || cell.windows(4).any(|four| four.eq_ignore_ascii_case(b"otal"))
                || cell.starts_with(b"\" ")
        }
        // "20…" years, codes and numbers are no totals.
        Some(b'0'..=b'9') if cell.len() <= 10 => false,
        Some(_) => memchr_iter(b'o', cell)
            .chain(memchr_iter(b'O', cell))
            .any(|at| cell.get(at..at + 4).is_some_and(|four| four.eq_ignore_ascii_case(b"otal"))),
    }
}

/// The text of a cell as the thorough way has it: without quotation marks, decoded, trimmed.
fn cell_text(cell: &[u8], encoding: Encoding) -> String {
    if !cell.starts_with(b"\"")
        && let Ok(text) = std::str::from_utf8(cell)
        && (encoding.is_utf_8() || text.is_ascii())
    {
        return trimmed(text).to_owned();
    }
    let mut row = Row::default();
    row_of(cell, b'\0', encoding, 1, &mut row);
    row.cell(0).to_owned()
}

/// A row of the block as the thorough way has it.
fn row_of(bytes: &[u8], delimiter: u8, encoding: Encoding, number: u32, row: &mut Row) {
    let mut text = String::with_capacity(bytes.len() + 8);
    encoding.decoder().decode(bytes, &mut text, true);
    let mut reader = Delimited::of_text(text, delimiter);
    if !reader.next(row) {
        row.clear(number);
        row.push("");
    }
    row.number = number;
}

/// A bit for each byte that is a delimiter, a line end or a quotation mark.
///
/// Written so that the compiler can compare many bytes at once: first a byte each, then eight of them into eight bits.
fn mark_special(bytes: &[u8], delimiter: u8, marks: &mut Vec<u64>) {
    marks.clear();
    marks.reserve(bytes.len() / 64 + 1);
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        marks.push(marks_of(block, delimiter));
    }
    if !rest.is_empty() {
        let mut last = [0_u8; 64];
        last[..rest.len()].copy_from_slice(rest);
        marks.push(marks_of(&last, delimiter));
    }
}

#[inline]
fn marks_of(block: &[u8; 64], delimiter: u8) -> u64 {
    let mut flags = [0_u8; 64];
    for (flag, &byte) in flags.iter_mut().zip(block) {
        *flag = u8::from(byte == delimiter) | u8::from(byte == b'\n') | u8::from(byte == b'"');
    }
    let (eights, _) = flags.as_chunks::<8>();
    let mut mark = 0_u64;
    for (index, eight) in eights.iter().enumerate() {
        let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        mark |= gathered << (index * 8);
    }
    mark
}

/// Reads everything from `reader`; the row numbers go on from `0`.
///
/// # Errors
/// When reading fails or is stopped, or the file is not as plain as it looked: then it must be read the thorough way.
pub(super) fn read_plain<R: Read + Send>(
    plan: &Plan,
    reader: R,
    lines: &mut LineReader<'_>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), Stopped> {
    let blocks = Mutex::new(Blocks { reader, carry: Vec::new(), number: 0, ended: false, failed: None });
    let workers = rayon::current_num_threads().min(8);
    let merger = Mutex::new(Merger { lines, next: 0, rows: 0, working: workers, stopped: None, plan });
    let turn = Condvar::new();
    if rayon::current_thread_index().is_some() {
        // On one of rayon's own threads waiting would keep a worker from its work.
        rayon::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| work(plan, &blocks, &merger, &turn));
            }
        });
    } else {
        rayon::in_place_scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| work(plan, &blocks, &merger, &turn));
            }
            report_progress(&merger, &turn, progress);
        });
    }
    let merger = merger.into_inner().expect("no worker panics");
    if let Some(stopped) = merger.stopped {
        return Err(stopped);
    }
    let blocks = blocks.into_inner().expect("no worker panics");
    match blocks.failed {
        Some(error) => Err(Stopped::Failed(error)),
        None => Ok(()),
    }
}

/// Tells how far the workers are, until they are done; stops them when asked to.
fn report_progress(
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) {
    let mut told = 0;
    let mut merging = merger.lock().expect("no worker panics");
    while merging.working > 0 {
        merging = turn.wait_timeout(merging, Duration::from_millis(20)).expect("no worker panics").0;
        let rows = merging.rows;
        if rows == told || merging.stopped.is_some() {
            continue;
        }
        told = rows;
        drop(merging);
        let asked_to_stop = progress(rows).is_break();
        merging = merger.lock().expect("no worker panics");
        if asked_to_stop {
            merging.stopped = Some(Stopped::Cancelled);
            turn.notify_all();
        }
    }
}

/// Why the fast way ended early.
#[derive(Debug)]
pub(super) enum Stopped {
    Cancelled,
    /// Quotation marks without their pair: the thorough way reads such files.
    NotPlain,
    Failed(std::io::Error),
}

fn work<R: Read>(plan: &Plan, blocks: &Mutex<Blocks<R>>, merger: &Mutex<Merger<'_, '_, '_>>, turn: &Condvar) {
    take_blocks(plan, blocks, merger, turn);
    merger.lock().expect("no worker panics").working -= 1;
    turn.notify_all();
}

fn take_blocks<R: Read>(
    plan: &Plan,
    blocks: &Mutex<Blocks<R>>,
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
) {
    let mut worker = Worker::new(plan);
    let mut buffer = Vec::with_capacity(BLOCK + 4096);
    let mut fingerprints = !plan.sums_only;
    loop {
        let number = blocks.lock().expect("no worker panics").next(&mut buffer);
        let Some(number) = number else { break };
        let result = worker.take_apart(&buffer, number == 0, fingerprints);
        // Each block is put to the others in its turn.
        let merging = merger.lock().expect("no worker panics");
        let mut merging = turn
            .wait_while(merging, |merging| merging.next != number && merging.stopped.is_none())
            .expect("no worker panics");
        if merging.stopped.is_none() {
            merging.take(&result, &buffer, &mut worker.global);
        }
        fingerprints = !plan.sums_only && merging.lines.wants_fingerprints();
        merging.next += 1;
        let stopped = merging.stopped.is_some();
        drop(merging);
        turn.notify_all();
        if stopped {
            return;
        }
    }
    if plan.sums_only {
        let mut merging = merger.lock().expect("no worker panics");
        for (ids, amount, lines) in worker.sums.iter(plan.kept.len()) {
            let global: Vec<u32> =
                ids.iter().zip(&worker.global).map(|(&id, global)| global[id as usize]).collect();
            merging.lines.add_sum(&global, amount, lines);
        }
    }
}

/// Puts the blocks together in their order.
struct Merger<'m, 'a, 'p> {
    lines: &'m mut LineReader<'a>,
    next: usize,
    rows: u64,
    /// Workers that are not done.
    working: usize,
    stopped: Option<Stopped>,
    plan: &'p Plan,
}

impl Merger<'_, '_, '_> {
    fn take(&mut self, result: &BlockResult, bytes: &[u8], global: &mut [Vec<u32>]) {
        if result.torn {
            self.stopped = Some(Stopped::NotPlain);
            return;
        }
        for (kept, news) in result.news.iter().enumerate() {
            for text in news {
                global[kept].push(self.lines.kept_id(kept, text));
            }
        }
        let mut done = 0;
        let mut row = Row::default();
        for odd in &result.odd {
            self.take_plain(result, done, odd.lines_before, global);
            done = odd.lines_before;
            let number = self.rows as u32 + odd.row + 1;
            row_of(&bytes[odd.start..odd.end], self.plan.delimiter, self.plan.encoding, number, &mut row);
            if row.quote_unclosed {
                self.stopped = Some(Stopped::NotPlain);
                return;
            }
            let print = fingerprint(&bytes[odd.start..odd.end]);
            if self.lines.take_odd(&row, print).is_break() {
                self.stopped = Some(Stopped::Cancelled);
                return;
            }
        }
        self.take_plain(result, done, result.amounts.len(), global);
        self.rows += u64::from(result.rows);
        if self.rows > u64::from(u32::MAX) {
            self.stopped =
                Some(Stopped::Failed(std::io::Error::other("it has more rows than can be counted")));
        }
    }

    fn take_plain(&mut self, result: &BlockResult, from: usize, to: usize, global: &[Vec<u32>]) {
        if from == to {
            return;
        }
        if self.plan.sums_only {
            self.lines.count_plain(&result.amounts[from..to]);
        } else {
            let ids: Vec<Vec<u32>> = result
                .ids
                .iter()
                .zip(global)
                .map(|(ids, global)| ids[from..to].iter().map(|&id| global[id as usize]).collect())
                .collect();
            let rows: Vec<u32> =
                result.line_rows[from..to].iter().map(|row| self.rows as u32 + row + 1).collect();
            let prints = result.fingerprints.get(from..to).unwrap_or(&[]);
            self.lines.take_plain(&PlainBlock {
                amounts: &result.amounts[from..to],
                ids: &ids,
                rows: &rows,
                fingerprints: prints,
            });
        }
    }
}

/// Sums by combinations of small numbers: open addressing, eight numbers at most.
#[derive(Debug)]
struct Sums {
    slots: Vec<u32>,
    mask: usize,
    keys: Vec<[u32; 8]>,
    /// The sum, what has overflown it, and how many lines were added.
    amounts: Vec<(i64, i128, u32)>,
}

impl Default for Sums {
    fn default() -> Self {
        Self { slots: vec![0; 1024], mask: 1023, keys: Vec::new(), amounts: Vec::new() }
    }
}

impl Sums {
    #[inline]
    fn add(&mut self, ids: &[u32; MOST_KEPT], count: usize, amount: i64) {
        let mut key = [0_u32; 8];
        key[..count].copy_from_slice(&ids[..count]);
        let mut at = hash_of(&key) as usize & self.mask;
        let index = loop {
            match self.slots[at] {
                0 => break self.insert(key, at),
                slot if self.keys[slot as usize - 1] == key => break slot as usize - 1,
                _ => at = (at + 1) & self.mask,
            }
        };
        let (sum, wide, lines) = &mut self.amounts[index];
        *lines += 1;
        if let Some(more) = sum.checked_add(amount) {
            *sum = more;
        } else {
            *wide += i128::from(*sum);
            *sum = amount;
        }
    }

    #[cold]
    fn insert(&mut self, key: [u32; 8], at: usize) -> usize {
        self.keys.push(key);
        self.amounts.push((0, 0, 0));
        self.slots[at] = self.keys.len() as u32;
        if self.keys.len() * 2 > self.slots.len() {
            let size = self.slots.len() * 4;
            self.slots = vec![0; size];
            self.mask = size - 1;
            for (index, key) in self.keys.iter().enumerate() {
                let mut at = hash_of(key) as usize & self.mask;
                while self.slots[at] != 0 {
                    at = (at + 1) & self.mask;
                }
                self.slots[at] = index as u32 + 1;
            }
        }
        self.keys.len() - 1
    }

    fn iter(&self, count: usize) -> impl Iterator<Item = (&[u32], Money, u32)> {
        self.keys.iter().zip(&self.amounts).map(move |(key, (sum, wide, lines))| {
            (&key[..count], Money::from_units(i128::from(*sum) + wide), *lines)
        })
    }
}

#[inline]
fn hash_of(key: &[u32; 8]) -> u64 {
    let mut state = 0_u64;
    for pair in key.as_chunks::<2>().0 {
        let word = u64::from(pair[0]) | u64::from(pair[1]) << 32;
        state = (state.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    state ^ (state >> 32)
}
