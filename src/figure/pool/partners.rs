//! The partners of a pool below each other: who loses most on top, then who gains, then what is nobody's, so that the
//! nets close on the page; those whom nothing changes for in a line.

use super::super::{Anchor, Figure, Point, Rect, Weight, width_px};
use super::PoolInput;
use super::board::{PoolDrawing, SMALL};
use super::net_rows::{NetRows, PartnerRow, fold};
use super::partner_row::{PartnerColumns, TALL_ROW};
use crate::money::{Money, in_short};
use crate::pool::Committed;
use crate::words::counted_plain;

/// The partners of a pool with where each of them stands.
#[derive(Clone, Debug, PartialEq)]
pub struct PartnersFigure {
    pub figure: Figure,
    /// Agency and row, or name in the line of those whom nothing changes for, in the order they stand.
    pub rows: Vec<(String, Rect)>,
    /// The line of those, which can be unfolded; nothing where there is none.
    pub no_change: Option<Rect>,
}

/// Every partner, in a picture as wide as this, px, and as high as it needs to be; those whom nothing changes for in a
/// line, or, unfolded, in rows of their own.
pub fn pool_partners(input: &PoolInput<'_>, width: f64, is_unfolded: bool) -> PartnersFigure {
    let mut board = PoolDrawing::new(input, 1.0);
    let placed = board.partners(Rect::new(0.0, 0.0, width, f64::INFINITY), Some(is_unfolded));
    let PlacedPartners { rows, no_change, end } = placed;
    PartnersFigure { figure: board.finish(width, end + 4.0), rows, no_change }
}

/// Where everybody stands, and where that ends, px.
pub(super) struct PlacedPartners {
    pub(super) rows: Vec<(String, Rect)>,
    pub(super) no_change: Option<Rect>,
    pub(super) end: f64,
}

/// Headings of the columns.
const HEAD: f64 = 28.0;
/// A line of small letters with a bar and its net beside it.
const LEAST_ROW: f64 = 22.0;
/// Higher rows of few partners would look like blocks, not like bars.
const MOST_ROW: f64 = 68.0;
const WINDOW_ROW: f64 = 52.0;
/// In a narrow column the thin bars stand below the net's.
const STACKED_BELOW: f64 = 640.0;
const STACKED_ROW: f64 = 72.0;
/// The height of its net's bar with the air around it.
const NETS_OF_STACKED: f64 = 38.0;
/// What stands below the rows: the sum, scales and how firm it is; and those whom nothing changes for, in two lines.
const FOOT: f64 = 74.0;
const NO_CHANGE: f64 = 44.0;

impl PoolDrawing<'_> {
    /// How high the partners want to be in a picture, so that each has a row of two lines, px.
    pub(super) fn wanted_height(&self) -> f64 {
        let rows = NetRows::of(self.input);
        let count = rows.changed.len() + usize::from(rows.nobody.is_some());
        let count = if count == 0 { rows.unchanged.len() } else { count };
        let unallocated = usize::from(self.unallocated().is_positive());
        let foot = if rows.unchanged.is_empty() { FOOT } else { FOOT + NO_CHANGE };
        (HEAD + (count + unallocated) as f64 * (TALL_ROW + 4.0) + foot) * self.unit
    }

    /// What waits: with it the nets come to nothing.
    pub(super) fn unallocated(&self) -> Money {
        self.input.model.balance.unallocated
    }

    /// Nets from one axis, sorted; what is unallocated; their sum; those whom nothing changes for. In a picture those who
    /// have no room stand together; in the window (`unfolded` says whether the line is) it is as high as it needs to be.
    pub(super) fn partners(&mut self, room: Rect, unfolded: Option<bool>) -> PlacedPartners {
        let unit = self.unit;
        let mut rows = NetRows::of(self.input);
        let top = room.y0 + HEAD * unit;
        let is_stacked = unfolded.is_some() && room.width() < STACKED_BELOW * unit;
        // Where nobody gains or loses there is nothing else to show than what each puts in.
        let nobody_changes = rows.changed.is_empty();
        if nobody_changes || unfolded == Some(true) {
            let unchanged = std::mem::take(&mut rows.unchanged);
            rows.changed.extend(unchanged);
        }
        let below = usize::from(self.unallocated().is_positive()) + usize::from(rows.nobody.is_some());
        let height = if unfolded.is_some() {
            (if is_stacked { STACKED_ROW } else { WINDOW_ROW }) * unit
        } else {
            let foot = if rows.unchanged.is_empty() { FOOT } else { FOOT + NO_CHANGE };
            let left = (room.y1 - top - foot * unit).max(LEAST_ROW * unit);
            let most = ((left / (LEAST_ROW * unit)) as usize).saturating_sub(below).max(2);
            if nobody_changes {
                fold(&mut rows.changed, most, |row| row.puts_in.abs());
            } else {
                rows.fold(most);
            }
            (left / (rows.changed.len() + below).max(1) as f64).clamp(LEAST_ROW * unit, MOST_ROW * unit)
        };
        let shown: Vec<&PartnerRow> = rows.changed.iter().chain(&rows.nobody).collect();
        let is_tall = is_stacked || height >= TALL_ROW * unit;
        let columns = PartnerColumns::new(self, &shown, room, (is_stacked, is_tall));
        self.column_headings(&columns, room);
        let mut placed = Vec::with_capacity(self.input.model.positions.len());
        let mut y = top;
        for row in &shown {
            let rect = Rect::new(room.x0, y, room.x1, y + height);
            self.partner_row(row, rect, &columns);
            placed.push((row.name.clone(), rect));
            y += height;
        }
        let axis_end = self.unallocated_row(Rect::new(room.x0, y, room.x1, y + height), &columns);
        // Where thin bars stand below the nets, the axis runs through the nets alone.
        let of_row = |(_, rect): &(String, Rect)| (rect.y0, rect.y0 + NETS_OF_STACKED * unit);
        let axes = if is_stacked {
            let unallocated = (y < axis_end).then_some((y, axis_end));
            placed.iter().map(of_row).chain(unallocated).collect()
        } else {
            vec![(top - 4.0 * unit, axis_end)]
        };
        for (index, (from, until)) in axes.into_iter().enumerate() {
            let ends = (Point::new(columns.zero, from), Point::new(columns.zero, until));
            self.rule(&["pool", "axis", &index.to_string()], ends.0, ends.1, self.input.scheme.ink());
        }
        y = self.sum_line(&rows, Rect::new(room.x0, axis_end, room.x1, axis_end), &columns);
        let mut no_change = None;
        let can_fold = unfolded.is_some() && !nobody_changes;
        if !rows.unchanged.is_empty() || can_fold && unfolded == Some(true) {
            let line = self.no_change(&rows.unchanged, Rect::new(room.x0, y, room.x1, y), unfolded);
            y = line.end;
            placed.extend(line.names);
            no_change = can_fold.then_some(line.whole);
        }
        y = self.scales(&columns, Rect::new(room.x0, y, room.x1, y));
        y = self.firmness(Rect::new(room.x0, y, room.x1, y));
        PlacedPartners { rows: placed, no_change, end: y }
    }

    fn column_headings(&mut self, columns: &PartnerColumns, room: Rect) {
        let unit = self.unit;
        let (scheme, y) = (self.input.scheme, room.y0 + 10.0 * unit);
        let beside = 8.0 * unit;
        for (id, x, anchor, words, color) in [
            ("worse", columns.zero - beside, Anchor::End, "worse off", scheme.less()),
            ("better", columns.zero + beside, Anchor::Start, "better off", scheme.more()),
        ] {
            let color = super::super::moves::readable(color, scheme);
            let text = self.text(x, y, anchor, 14.0, Weight::SemiBold, words);
            self.words(&["pool", "column", id], text, color);
        }
        if !columns.is_stacked {
            let text =
                self.text(columns.thin.0, y, Anchor::Start, SMALL, Weight::SemiBold, "Puts in, gets back");
            self.words(&["pool", "column", "puts-in"], text, scheme.faint_ink());
        }
        let partners = counted_plain(self.count_of_partners(), "partner");
        let left = columns.zero - beside - width_px("worse off", 14.0 * unit, Weight::SemiBold) - beside;
        let text = self.text(room.x0, y, Anchor::Start, 14.0, Weight::SemiBold, partners);
        if room.x0 + text.width() <= left {
            self.words(&["pool", "heading", "partners"], text, scheme.ink());
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
