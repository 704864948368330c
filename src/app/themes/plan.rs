//! Where everything stands in the themes view: the same columns in every section.

use egui::Vec2;

use super::heat::headings_height;
use super::lower::{stages_height, trend_height};
use super::shown::Shown;

/// What stands side by side: the names of the themes, the bars, their amounts, the cells of the table.
#[derive(Clone, Copy, Debug)]
pub(super) struct Columns {
    /// Of the page beside a scroll bar.
    pub(super) width: f32,
    /// Of the themes' names, in every section.
    pub(super) label: f32,
    /// No more agencies than this have a column.
    pub(super) most: usize,
    /// Whether the table stands beside the bars, in the same rows, or below them.
    pub(super) is_beside: bool,
}

/// Between names and what they name.
pub(super) const GAP: f32 = 12.0;
/// The amounts behind the bars, and their shares.
pub(super) const AMOUNT: f32 = 72.0;
pub(super) const SHARE: f32 = 48.0;
/// The least width of a cell.
pub(super) const CELL: f32 = 64.0;
pub(super) const LEAST_BARS: f32 = 330.0;
/// Between sections side by side.
pub(super) const GUTTER: f32 = 28.0;

impl Columns {
    pub(super) fn fitting(width: f32, agencies: usize) -> Self {
        let label = (width * 0.14).clamp(120.0, 230.0);
        let beside = width - label - GAP - LEAST_BARS - AMOUNT - SHARE - GUTTER;
        let below = width - label - GAP - AMOUNT - SHARE;
        let is_beside = beside / CELL >= agencies.min(8) as f32;
        let most = (if is_beside { beside } else { below } / CELL).max(2.0) as usize;
        Self { width, label, most, is_beside }
    }
}

/// Where everything stands on the page, from its upper left corner.
pub(super) struct Plan {
    pub(super) columns: Columns,
    pub(super) header: f32,
    pub(super) row: f32,
    pub(super) cell_width: f32,
    /// Bars, and the table where it is not beside them.
    pub(super) upper: f32,
    pub(super) table: f32,
    /// Whether stages and years stand side by side.
    pub(super) lower_is_split: bool,
    pub(super) height: f32,
}

/// Between sections one below the other.
pub(super) const SECTION: f32 = 26.0;
pub(super) const PLAIN_HEADER: f32 = 30.0;

impl Plan {
    pub(super) fn new(columns: Columns, shown: &Shown, room: Vec2) -> Self {
        let count = shown.columns.len().max(1) as f32;
        let cell_width = if columns.is_beside {
            // The bars are the picture, the table its figures: it takes no more than it needs.
            (room.x * 0.46 / count).clamp(CELL, 88.0)
        } else {
            ((room.x - columns.label - GAP - AMOUNT - SHARE) / count).clamp(CELL, 120.0)
        };
        let rows = shown.rows.len() as f32;
        let headings = headings_height(&shown.columns, cell_width);
        let header = if columns.is_beside { headings.max(PLAIN_HEADER) } else { PLAIN_HEADER };
        let lower_is_split = room.x >= 860.0;
        let trend_width = if lower_is_split { room.x * 0.5 } else { room.x };
        let (stages, trend) = (stages_height(shown), trend_height(shown, trend_width));
        let lower = if lower_is_split { stages.max(trend) } else { stages + SECTION + trend };
        // What is left over makes the rows higher, but not without end.
        let tables = if columns.is_beside { 1.0 } else { 2.0 };
        let fixed = header
            + if columns.is_beside { 0.0 } else { headings + PLAIN_HEADER + SECTION }
            + SECTION
            + lower;
        let row = ((room.y - fixed) / (tables * (rows + 1.0))).clamp(28.0, 56.0);
        let upper = header + row * if columns.is_beside { rows + 1.0 } else { rows };
        let table = if columns.is_beside { 0.0 } else { SECTION + headings + row * (rows + 1.0) };
        let lower = lower.max((room.y - upper - table - SECTION).min(lower * 1.35));
        let height = upper + table + SECTION + lower;
        Self { columns, header, row, cell_width, upper, table, lower_is_split, height }
    }
}
