//! Blocks put together in the order of the file, rows out of the ordinary among them at their place: lines,
//! their numbers and what is told of them come out as if one reader had read row by row.

use super::cells::{fingerprint, row_of};
use super::plan::BlockPlan;
use super::stopped::Stopped;
use super::worker::BlockResult;
use crate::import::files::Row;
use crate::import::lines::{LineReader, PlainBlock};

/// Puts the blocks together in their order.
pub(super) struct Merger<'m, 'a, 'p> {
    pub(super) lines: &'m mut LineReader<'a>,
    pub(super) next: usize,
    pub(super) rows: u64,
    /// Workers that are not done.
    pub(super) working: usize,
    pub(super) stopped: Option<Stopped>,
    pub(super) plan: &'p BlockPlan,
}

impl Merger<'_, '_, '_> {
    pub(super) fn take(&mut self, result: &BlockResult, bytes: &[u8], global: &mut [Vec<u32>]) {
        // The block ended inside quotation marks that only looked paired. Nothing was kept of it, so the
        // thorough way can begin anew.
        if result.torn {
            self.stopped = Some(Stopped::NotPlain);
            return;
        }
        // Names first, in the order in which they were met: their numbers are then those of a reader who goes
        // row by row.
        for (kept, news) in result.news.iter().enumerate() {
            for text in news {
                global[kept].push(self.lines.kept_id(kept, text));
            }
        }
        let mut done = 0;
        let mut row = Row::default();
        // A row that the thorough way takes may be a total of all above it, so what stands above it goes
        // first.
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
            // Rows of another table are not plain lines, however they look.
            if self.lines.has_left_table() {
                self.stopped = Some(Stopped::NotPlain);
                return;
            }
        }
        self.take_plain(result, done, result.amounts.len(), global);
        self.rows += u64::from(result.rows);
        // Rows are numbered in 32 bits, which halves what their places take in memory.
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
            let ids: Vec<&[u32]> = result.ids.iter().map(|ids| &ids[from..to]).collect();
            self.lines.take_plain(&PlainBlock {
                amounts: &result.amounts[from..to],
                ids: &ids,
                known: global,
                rows: &result.line_rows[from..to],
                rows_before: self.rows as u32,
                fingerprints: result.fingerprints.get(from..to).unwrap_or(&[]),
            });
        }
    }
}
