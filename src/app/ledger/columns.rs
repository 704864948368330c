//! Which columns of the lines are shown, and how wide they are.

use super::rows::ShownRows;
use crate::dimension::Dimension;
use crate::ledger::{Ledger, LineView, OrderBy};
use crate::money::in_full;

/// One column of the lines; what lines are ordered by is what columns are.
pub(super) type LinesColumn = OrderBy;

/// All columns from left to right.
const ORDER: [LinesColumn; 21] = [
    OrderBy::Amount,
    OrderBy::Dimension(Dimension::Year),
    OrderBy::Date,
    OrderBy::Dimension(Dimension::Agency),
    OrderBy::Dimension(Dimension::Funder),
    OrderBy::Dimension(Dimension::Theme),
    OrderBy::Dimension(Dimension::Service),
    OrderBy::Dimension(Dimension::Provider),
    OrderBy::Dimension(Dimension::Supplier),
    OrderBy::Description,
    OrderBy::Dimension(Dimension::Cohort),
    OrderBy::Dimension(Dimension::Area),
    OrderBy::Dimension(Dimension::Stage),
    OrderBy::Dimension(Dimension::Type),
    OrderBy::Dimension(Dimension::Ringfence),
    OrderBy::Dimension(Dimension::Evidence),
    OrderBy::Dimension(Dimension::Sector),
    OrderBy::Dimension(Dimension::Basis),
    OrderBy::Dimension(Dimension::Pool),
    OrderBy::Dimension(Dimension::Commitment),
    OrderBy::Source,
];

pub(super) fn title(column: LinesColumn) -> &'static str {
    match column {
        OrderBy::Amount => "Amount (£)",
        OrderBy::Date => "Date",
        OrderBy::Description => "Description",
        OrderBy::Source => "File and row",
        OrderBy::Dimension(dimension) => dimension.title(),
    }
}

/// What a line has in a column.
pub(super) fn words(column: LinesColumn, line: LineView<'_>) -> String {
    match column {
        OrderBy::Amount => in_full(line.amount()).replacen('£', "", 1),
        OrderBy::Date => line.date().map_or_else(String::new, |date| date.to_string()),
        OrderBy::Description => line.description().to_owned(),
        OrderBy::Source => line.provenance().to_string(),
        OrderBy::Dimension(dimension) => line.name(dimension).to_owned(),
    }
}

/// How wide the amounts are: their column is never cut.
pub(super) fn amount_width(rows: &ShownRows) -> f32 {
    let words = in_full(rows.widest).replacen('£', "", 1);
    (crate::figure::width_px(&words, 14.0, crate::figure::Weight::Regular) as f32 + 8.0).max(104.0)
}

/// How wide a column is at least, how much it takes of what is left over, and which goes first where room is scarce.
const fn wish(column: LinesColumn, amount: f32) -> (f32, f32, u8) {
    match column {
        OrderBy::Amount => (amount, 0.0, 0),
        OrderBy::Source => (148.0, 1.4, 1),
        OrderBy::Dimension(Dimension::Agency) => (124.0, 1.0, 2),
        OrderBy::Dimension(Dimension::Service) => (124.0, 1.0, 3),
        OrderBy::Description => (140.0, 1.6, 4),
        OrderBy::Dimension(Dimension::Theme) => (104.0, 0.6, 5),
        OrderBy::Dimension(Dimension::Year) => (72.0, 0.0, 6),
        OrderBy::Dimension(Dimension::Supplier) => (124.0, 1.0, 7),
        OrderBy::Dimension(Dimension::Funder) => (120.0, 0.8, 8),
        OrderBy::Dimension(Dimension::Provider) => (120.0, 0.8, 9),
        OrderBy::Date => (92.0, 0.0, 10),
        OrderBy::Dimension(Dimension::Evidence) => (96.0, 0.0, 11),
        OrderBy::Dimension(Dimension::Stage) => (110.0, 0.2, 12),
        OrderBy::Dimension(Dimension::Area) => (110.0, 0.4, 13),
        OrderBy::Dimension(Dimension::Cohort) => (110.0, 0.4, 14),
        OrderBy::Dimension(Dimension::Basis) => (96.0, 0.0, 15),
        OrderBy::Dimension(_) => (110.0, 0.2, 16),
    }
}

/// The columns that this ledger has anything for.
pub(super) fn possible(ledger: &Ledger, rows: &ShownRows) -> Vec<LinesColumn> {
    let has = |column: &LinesColumn| match column {
        OrderBy::Amount | OrderBy::Source => true,
        OrderBy::Date => rows.has_date,
        OrderBy::Description => rows.has_description,
        OrderBy::Dimension(dimension) => !ledger.names(*dimension).is_empty(),
    };
    ORDER.into_iter().filter(has).collect()
}

/// So many of the most telling columns may be narrow; more come only where all have ample room.
const CROWDED: usize = 7;

/// Those of the columns that fit, the most telling first; from left to right.
pub(super) fn fitting(possible: &[LinesColumn], width: f32, gap: f32, amount: f32) -> Vec<LinesColumn> {
    let mut wanted = possible.to_vec();
    wanted.sort_by_key(|column| wish(*column, amount).2);
    let ample = |column: LinesColumn| {
        let (least, share, _) = wish(column, amount);
        least + 90.0 * share + gap
    };
    let (mut least, mut comfort) = (width + gap, width + gap);
    let mut kept = Vec::new();
    for column in wanted {
        let fits = if kept.len() < CROWDED {
            wish(column, amount).0 + gap <= least
        } else {
            ample(column) <= comfort
        };
        if fits || kept.len() < 2 {
            kept.push(column);
            least -= wish(column, amount).0 + gap;
            comfort -= ample(column);
        }
    }
    possible.iter().copied().filter(|column| kept.contains(column)).collect()
}

/// How wide each column is: together as wide as there is room, or as wide as they must be.
pub(super) fn widths(columns: &[LinesColumn], width: f32, gap: f32, amount: f32) -> Vec<f32> {
    let least: f32 = columns.iter().map(|column| wish(*column, amount).0).sum();
    let gaps = gap * columns.len().saturating_sub(1) as f32;
    let shares: f32 = columns.iter().map(|column| wish(*column, amount).1).sum();
    let left_over = (width - least - gaps).max(0.0);
    let widen = |column: &LinesColumn| {
        let (least, share, _) = wish(*column, amount);
        least + if shares > 0.0 { left_over * share / shares } else { 0.0 }
    };
    columns.iter().map(widen).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_amount_and_where_it_is_from_are_always_in_view() {
        for width in [200.0, 400.0, 992.0, 1888.0] {
            let columns = fitting(&ORDER, width, 12.0, 124.0);
            assert_eq!((columns.first(), columns.last()), (Some(&OrderBy::Amount), Some(&OrderBy::Source)));
        }
    }

    #[test]
    fn columns_fill_the_width() {
        for width in [600.0, 992.0, 1888.0] {
            let columns = fitting(&ORDER, width, 12.0, 124.0);
            let sum: f32 = widths(&columns, width, 12.0, 124.0).iter().sum();
            assert!((sum + 12.0 * (columns.len() - 1) as f32 - width).abs() < 0.5, "{width}");
        }
    }

    #[test]
    fn what_was_bought_is_in_view_on_a_small_screen() {
        let columns = fitting(&ORDER, 992.0, 12.0, 124.0);
        for column in [OrderBy::Description, OrderBy::Dimension(Dimension::Service)] {
            assert!(columns.contains(&column));
        }
    }
}
