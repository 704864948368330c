//! The partners of a pool below each other at one scale: in the window each in a row of its own, in a file
//! the smallest together.

use super::super::{Anchor, Figure, Point, Rect, Weight};
use super::PoolInput;
use super::board::{PoolDrawing, SMALL, is_partner};
use super::partner_row::{PartnerColumns, PartnerRow};
use crate::money::{Money, in_short};
use crate::pool::Committed;
use crate::words::counted_plain;

/// The partners of a pool with where each of their rows lies.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnersFigure {
    pub figure: Figure,
    /// Agency and row, in the order of the positions.
    pub rows: Vec<(String, Rect)>,
}

/// Every partner in a row of its own, in a picture as wide as this, px, and as high as it needs to be.
pub fn pool_partners(input: &PoolInput<'_>, width: f64) -> PartnersFigure {
    let mut board = PoolDrawing::new(input, 1.0);
    let row = if width < STACKED_BELOW { STACKED_ROW } else { WINDOW_ROW };
    let height = HEAD + input.model.positions.len() as f64 * row + SUM_ROW;
    let rects = board.partners(Rect::new(0.0, 0.0, width, height), false);
    let agencies = input.model.positions.iter().map(|position| position.agency.clone());
    PartnersFigure { rows: agencies.zip(rects).collect(), figure: board.finish(width, height) }
}

/// Headings of the columns.
const HEAD: f64 = 28.0;
/// Which way bars run that have a line of their own, the longest words first.
const WAYS_OF_BARS: [&str; 3] =
    ["put in to the left, get back to the right", "in to the left, back to the right", "in left, back right"];
/// A row has two lines of words from here on.
pub(super) const TALL_ROW: f64 = 38.0;
/// A line of small letters with a bar and its net beside it.
const LEAST_ROW: f64 = 20.0;
/// Higher rows of few partners would look like blocks, not like bars.
const MOST_ROW: f64 = 66.0;
const WINDOW_ROW: f64 = 46.0;
/// In a narrow column the bars have a line of their own, below the words.
const STACKED_BELOW: f64 = 640.0;
const STACKED_ROW: f64 = 70.0;
/// The height of a row's bars with the room around them, where they have a line of their own.
pub(super) const STACKED_BARS: f64 = 32.0;
const SUM_ROW: f64 = 30.0;

impl PoolDrawing<'_> {
    /// Diverging bars: what each puts in to the left, what it gets back to the right, its net below, one scale for all.
    /// Where there are more partners than rows the smallest are folded into one. Returns where the rows lie.
    pub(super) fn partners(&mut self, room: Rect, may_fold: bool) -> Vec<Rect> {
        let unit = self.unit;
        let positions = &self.input.model.positions;
        let committed = self.input.model.committed(self.input.scenario);
        let of = |agency: &str| committed.get(agency).copied().unwrap_or_default();
        let mut rows: Vec<PartnerRow> =
            positions.iter().map(|position| PartnerRow::of(position, of(&position.agency))).collect();
        let top = room.y0 + HEAD * unit;
        let most = ((room.y1 - top) / (LEAST_ROW * unit)).floor().max(3.0) as usize - 1;
        if may_fold && rows.len() > most {
            let folded = rows.split_off(most - 1);
            rows.push(PartnerRow::folded(&folded));
        }
        let height = if may_fold {
            ((room.y1 - top) / (rows.len() + 1) as f64).min(MOST_ROW * unit)
        } else {
            (room.y1 - top - SUM_ROW) / rows.len().max(1) as f64
        };
        let is_stacked = !may_fold && room.width() < STACKED_BELOW * unit;
        let columns = PartnerColumns::new(self, &rows, room, height, is_stacked);
        self.column_headings(&columns, room);
        let mut rects = Vec::with_capacity(rows.len());
        for (index, row) in rows.iter().enumerate() {
            let y = top + height * index as f64;
            let rect = Rect::new(room.x0, y, room.x1, y + height);
            if index > 0 {
                let line = (Point::new(room.x0, y), Point::new(room.x1, y));
                let grid = self.input.scheme.grid();
                self.rule(&["pool", "row-rule", &row.name], line.0, line.1, grid);
            }
            self.partner_row(row, rect, &columns);
            rects.push(rect);
        }
        let foot = top + height * rows.len() as f64;
        // Where words stand above the bars, the axis runs through the bars alone.
        let axes = if columns.is_stacked { rects.clone() } else { vec![Rect::new(0.0, top, 0.0, foot)] };
        for (index, axis) in axes.iter().enumerate() {
            let from = if columns.is_stacked { axis.y1 - STACKED_BARS * unit } else { axis.y0 };
            let ends = (Point::new(columns.zero, from), Point::new(columns.zero, axis.y1));
            let color = self.input.scheme.faint_ink();
            self.rule(&["pool", "axis", &index.to_string()], ends.0, ends.1, color);
        }
        let sum = height.min(SUM_ROW * unit);
        self.sum_row(&rows, Rect::new(room.x0, foot, room.x1, foot + sum), &columns);
        rects
    }

    fn column_headings(&mut self, columns: &PartnerColumns, room: Rect) {
        let unit = self.unit;
        let y = room.y0 + 10.0 * unit;
        let count = self.input.model.positions.iter().filter(|position| is_partner(&position.agency)).count();
        let partners = counted_plain(count, "partner");
        if columns.is_stacked {
            let net = super::super::width_px("Net", SMALL * unit, Weight::SemiBold);
            let to_net = columns.net_right - net - 10.0 * unit - room.x0;
            self.heading_whole(room.x0, y, &partners, &WAYS_OF_BARS, to_net);
        } else {
            self.heading(room.x0, y, &partners, "", columns.name_width);
        }
        let faint = self.input.scheme.faint_ink();
        let mut say = |id: &str, x: f64, anchor: Anchor, words: &str| {
            let text = self.text(x, y + 0.5 * unit, anchor, SMALL, Weight::SemiBold, words);
            self.words(&["pool", "column", id], text, faint);
        };
        if !columns.is_stacked {
            say("puts-in", columns.zero - 8.0 * unit, Anchor::End, "Puts in");
            say("gets-back", columns.zero + 8.0 * unit, Anchor::Start, "Gets back");
        }
        say("net", columns.net_right, Anchor::End, "Net");
        if let Some((pool_right, own_right)) = columns.shares {
            say("of-pool", pool_right, Anchor::End, "of pool");
            say("of-own", own_right, Anchor::End, "of own");
        }
        if columns.badge_left + 90.0 * unit <= room.x1 {
            say("badge", columns.badge_left, Anchor::Start, "Against today");
        }
    }

    /// All partners together: the nets sum to minus what is unallocated.
    fn sum_row(&mut self, rows: &[PartnerRow], rect: Rect, columns: &PartnerColumns) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let (ink, faint) = (scheme.ink(), scheme.faint_ink());
        let top = (Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y0));
        self.rule(&["pool", "sum-rule"], top.0, top.1, ink);
        let y = rect.center().y;
        let sum = |of: fn(&PartnerRow) -> Money| -> Money { rows.iter().map(of).sum() };
        let (puts_in, gets_back, net) =
            (sum(|row| row.puts_in), sum(|row| row.gets_back), sum(|row| row.net));
        let mut said = vec![("net", columns.net_right, Anchor::End, signed(net, self.is_estimate()))];
        if columns.is_stacked {
            let net_words = signed(net, self.is_estimate());
            let net_width = super::super::width_px(&net_words, 12.0 * unit, Weight::SemiBold);
            let room = columns.net_right - net_width - 8.0 * unit - rect.x0;
            let sums = format!("{} in, {} back", self.short(puts_in), self.short(gets_back));
            let words = [format!("Together {sums}"), sums]
                .into_iter()
                .find(|words| super::super::width_px(words, 12.0 * unit, Weight::SemiBold) <= room)
                .unwrap_or_else(|| "Together".to_owned());
            said.push(("name", rect.x0, Anchor::Start, words));
        } else {
            said.extend([
                ("name", rect.x0, Anchor::Start, "Together".to_owned()),
                ("puts-in", columns.zero - 8.0 * unit, Anchor::End, self.short(puts_in)),
                ("gets-back", columns.zero + 8.0 * unit, Anchor::Start, self.short(gets_back)),
            ]);
        }
        for (id, x, anchor, words) in said {
            let text = self.text(x, y, anchor, 12.0, Weight::SemiBold, words);
            self.words(&["pool", "sum", id], text, ink);
        }
        if net.is_negative() {
            let room = rect.x1 - columns.badge_left;
            let words = ["what is unallocated", "unallocated"]
                .into_iter()
                .find(|words| super::super::width_px(words, SMALL * unit, Weight::Regular) <= room);
            if let Some(words) = words {
                let text = self.text(columns.badge_left, y, Anchor::Start, SMALL, Weight::Regular, words);
                self.words(&["pool", "sum", "why"], text, faint);
            }
        }
    }
}

/// An amount with its sign: "+£250k", or "about +£250k".
pub(super) fn signed(amount: Money, is_estimate: bool) -> String {
    // That nothing is gained or lost is known of the largest estimate.
    let about = if is_estimate && !amount.is_zero() { "about " } else { "" };
    let plus = if amount.is_positive() { "+" } else { "" };
    format!("{about}{plus}{}", in_short(amount))
}

/// What several partners put in, by how firmly it is meant.
pub(super) fn together<'a>(all: impl Iterator<Item = &'a Committed>) -> Committed {
    let mut sum = Committed::default();
    for (commitment, amount) in all.flat_map(Committed::parts) {
        sum.add(commitment, amount);
    }
    sum
}
