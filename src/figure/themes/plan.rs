//! Where everything stands in the picture of themes: the same columns in every section.

use super::super::{Rect, Weight, width_px};
use super::ThemesOptions;
use super::cells::headings_height;
use super::content::{ThemesContent, Unfolded};
use super::drawing::SMALL;
use super::key::HatchKey;
use super::stages::stages_height;
use super::trend::trend_height;

/// Where everything stands, px from the upper left corner.
#[derive(Clone, Debug)]
pub(super) struct ThemesPlan {
    pub(super) width: f64,
    pub(super) height: f64,
    /// The width of the themes' names, in every section.
    pub(super) label: f64,
    /// Where the rows of bars begin, and the height of every row.
    pub(super) rows_top: f64,
    pub(super) row: f64,
    /// The left and right end of the bars, and the right ends of amounts and of shares.
    pub(super) bars: (f64, f64),
    pub(super) amount_right: f64,
    pub(super) share_right: f64,
    /// Whether the table stands in the rows of the bars, or below them.
    pub(super) is_beside: bool,
    /// The upper left corner of the first cell, and the width of each.
    pub(super) grid: (f64, f64),
    pub(super) cell: f64,
    pub(super) stages: Rect,
    pub(super) trend: Rect,
    pub(super) key: HatchKey,
}

/// Between names and what they name.
const GAP: f64 = 12.0;
/// The amounts behind the bars, and their shares.
const AMOUNT: f64 = 72.0;
const ABOUT: f64 = 40.0;
const SHARE: f64 = 48.0;
/// The least width of a cell, in which "£123m" has room.
const CELL: f64 = 68.0;
/// The same where the size is given.
const SHEET_CELL: f64 = 66.0;
/// A table takes no more than it needs: the bars are the picture, the table its figures.
const MOST_CELL: f64 = 88.0;
/// A table below the bars has the width of the page.
const MOST_CELL_BELOW: f64 = 120.0;
/// The part of the width that a table beside the bars has at most.
const CELLS_SHARE: f64 = 0.46;
/// Bars that are shorter are no picture: then the table stands below them.
const LEAST_BARS: f64 = 330.0;
/// Between sections side by side, and one below the other.
const GUTTER: f64 = 28.0;
const SECTION: f64 = 26.0;
/// A section's heading with the room below it.
const PLAIN_HEADER: f64 = 30.0;
/// From this width on stages and years stand side by side.
const SPLIT_FROM: f64 = 860.0;
/// The most themes that a page has rows for: more go together as one.
const MOST_THEMES: usize = 24;
/// A row is no higher than this, whatever room is left.
const MOST_ROW: f64 = 56.0;

/// How low rows, rows of stages and charts of years may be, px.
#[derive(Clone, Copy)]
pub(super) struct LeastHeights {
    row: f64,
    pub(super) stage_row: f64,
    pub(super) chart: f64,
}

const COMFORTABLE: LeastHeights = LeastHeights { row: 28.0, stage_row: 26.0, chart: 108.0 };
/// Where all of it is in view that way.
const TIGHT: LeastHeights = LeastHeights { row: 22.0, stage_row: 20.0, chart: 90.0 };

/// What of a page depends on its width alone.
#[derive(Clone, Copy)]
struct PageColumns {
    label: f64,
    /// Of the column of amounts.
    amount: f64,
    most: usize,
    is_beside: bool,
    /// The least width of a cell.
    cell: f64,
}

impl PageColumns {
    fn fitting(width: f64, source: &Unfolded<'_>) -> Self {
        let (label, amount, agencies) = (label_width(width), amount_width(source), source.agencies());
        let beside = width - label - GAP - LEAST_BARS - amount - SHARE - GUTTER;
        let below = width - label - GAP - amount - SHARE;
        let cell = least_cell(source, CELL);
        let is_beside = beside / cell >= agencies.min(8) as f64;
        let most = (if is_beside { beside } else { below } / cell).max(2.0) as usize;
        Self { label, amount, most, is_beside, cell }
    }
}

/// So wide that no word of the largest agencies' names is cut above their columns.
fn least_cell(source: &Unfolded<'_>, least: f64) -> f64 {
    let names = source.column_names(8);
    let words = names.iter().flat_map(|name| name.split_whitespace());
    let longest = words.map(|word| width_px(word, SMALL, Weight::Regular)).fold(0.0, f64::max);
    (longest + 6.0).clamp(least, MOST_LEAST_CELL)
}

/// A longer word than has room in it is cut.
const MOST_LEAST_CELL: f64 = 100.0;

/// An estimate says "about" before its amount.
fn amount_width(source: &Unfolded<'_>) -> f64 {
    if source.total().range().is_some() { AMOUNT + ABOUT } else { AMOUNT }
}

fn label_width(width: f64) -> f64 {
    (width * 0.14).clamp(120.0, 230.0)
}

impl ThemesPlan {
    /// A page as high as it needs to be; where it is higher than the window it leaves room for a bar to scroll by.
    pub(super) fn page(
        options: &ThemesOptions<'_>,
        scroll_bar: f64,
        source: &Unfolded<'_>,
    ) -> (Self, ThemesContent) {
        // With or without the bar there are as many columns.
        let narrow = options.width - scroll_bar;
        let columns = PageColumns::fitting(narrow, source);
        let content = source.content(MOST_THEMES, columns.most);
        let whole = Self::of_page(columns, source, &content, (options.width, options.height));
        let plan = if whole.height <= options.height {
            whole
        } else {
            Self::of_page(columns, source, &content, (narrow, options.height))
        };
        (Self { height: plan.height.max(options.height), ..plan }, content)
    }

    fn of_page(
        columns: PageColumns,
        source: &Unfolded<'_>,
        content: &ThemesContent,
        room: (f64, f64),
    ) -> Self {
        let comfortable = Self::at_least(COMFORTABLE, columns, source, content, room);
        if comfortable.height <= room.1 {
            return comfortable;
        }
        let tight = Self::at_least(TIGHT, columns, source, content, room);
        if tight.height <= room.1 { tight } else { comfortable }
    }

    fn at_least(
        least: LeastHeights,
        columns: PageColumns,
        source: &Unfolded<'_>,
        content: &ThemesContent,
        (width, height): (f64, f64),
    ) -> Self {
        let PageColumns { label, amount, is_beside, .. } = columns;
        let count = content.columns.len().max(1) as f64;
        let cell = if is_beside {
            (width * CELLS_SHARE / count).clamp(columns.cell, MOST_CELL.max(columns.cell))
        } else {
            ((width - label - GAP - amount - SHARE) / count).clamp(columns.cell, MOST_CELL_BELOW)
        };
        let rows = content.rows.len() as f64;
        let headings = headings_height(content.columns.iter().map(|column| column.short.as_str()), cell);
        let share_right = if is_beside { width - cell * count - GUTTER } else { width };
        let key = HatchKey::fitting(source.total(), share_right);
        let plain = PLAIN_HEADER + key.height();
        let rows_top = if is_beside { headings.max(plain) } else { plain };
        let is_split = width >= SPLIT_FROM;
        let stages = stages_height(source, content, least);
        let trend =
            trend_height(source, content, if is_split { (width - GUTTER) / 2.0 } else { width }, least);
        let lower = if is_split { stages.max(trend) } else { stages + SECTION + trend };
        let table_header = if is_beside { 0.0 } else { SECTION + headings.max(PLAIN_HEADER) };
        // What is left over makes the rows higher, but not without end.
        let lines = if is_beside { rows + 1.0 } else { 2.0 * rows + 1.0 };
        let fixed = rows_top + table_header + SECTION + lower;
        let row = ((height - fixed) / lines).clamp(least.row, MOST_ROW);
        let grid_top = if is_beside { rows_top } else { rows_top + row * rows + table_header };
        let lower_top = rows_top + table_header + row * lines + SECTION;
        let lower = lower.max((height - lower_top).min(lower * 1.35));
        let height = lower_top + lower;
        let (stages, trend) = if is_split {
            let middle = width / 2.0;
            (
                Rect::new(0.0, lower_top, middle - GUTTER / 2.0, height),
                Rect::new(middle + GUTTER / 2.0, lower_top, width, height),
            )
        } else {
            let middle = lower_top + stages;
            (Rect::new(0.0, lower_top, width, middle), Rect::new(0.0, middle + SECTION, width, height))
        };
        let bars = (label + GAP, share_right - SHARE - amount);
        Self {
            width,
            height,
            label,
            rows_top,
            row,
            bars,
            amount_right: bars.1 + amount,
            share_right,
            is_beside,
            grid: (if is_beside { width - cell * count } else { bars.0 }, grid_top),
            cell,
            stages,
            trend,
            key,
        }
    }

    /// Everything in the size that is asked for: as many themes and agencies as have room.
    pub(super) fn sheet(options: &ThemesOptions<'_>, source: &Unfolded<'_>) -> (Self, ThemesContent) {
        /// The lower half, where there is something to show in it and where there is not.
        const LOWER: f64 = 196.0;
        const LOWER_EMPTY: f64 = 64.0;
        /// A row that is lower is not begun; one that must be is no lower than the other.
        const ROW: f64 = 21.0;
        const LEAST_ROW: f64 = 18.0;
        /// A bar that is thicker says no more.
        const TALLEST: f64 = 72.0;
        /// The part of the width that the stages have.
        const STAGES_SHARE: f64 = 0.45;
        let (width, height) = (options.width, options.height);
        let least = least_cell(source, SHEET_CELL);
        let most = (width * CELLS_SHARE / least).floor().max(2.0) as usize;
        let names = source.column_names(most);
        let count = names.len().max(1) as f64;
        let cell = (width * CELLS_SHARE / count).min(MOST_CELL.max(least));
        let share_right = width - cell * count - GUTTER;
        let key = HatchKey::fitting(source.total(), share_right);
        let headings = headings_height(names.iter().map(String::as_str), cell);
        let rows_top = headings.max(PLAIN_HEADER + key.height());
        let has_lower = source.has_trend() || source.has_stages();
        let lower = if has_lower { LOWER } else { LOWER_EMPTY };
        let upper = height - rows_top - SECTION - lower;
        // One row is for the sums.
        let content = source.content(((upper / ROW).floor() - 1.0).max(2.0) as usize, most);
        let rows = content.rows.len() as f64;
        let row = (upper / (rows + 1.0)).clamp(LEAST_ROW, TALLEST);
        let lower_top = rows_top + row * (rows + 1.0) + SECTION;
        let label = label_width(width);
        let amount = amount_width(source);
        let bars = (label + GAP, share_right - SHARE - amount);
        let middle = width * STAGES_SHARE;
        let plan = Self {
            width,
            height,
            label,
            rows_top,
            row,
            bars,
            amount_right: bars.1 + amount,
            share_right,
            is_beside: true,
            grid: (width - cell * count, rows_top),
            cell,
            stages: Rect::new(0.0, lower_top, middle - GUTTER / 2.0, height),
            trend: Rect::new(middle + GUTTER / 2.0, lower_top, width, height),
            key,
        };
        (plan, content)
    }

    /// The middle of a row of bars.
    pub(super) fn row_middle(&self, row: usize) -> f64 {
        self.rows_top + self.row * (row as f64 + 0.5)
    }

    /// The middle of a row of the table; the sums are in the one after the last theme.
    pub(super) fn cell_middle(&self, row: usize) -> f64 {
        self.grid.1 + self.row * (row as f64 + 0.5)
    }
}
