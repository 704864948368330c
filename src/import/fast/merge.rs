//! The blocks put together in their order: names get the numbers of the ledger.

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
