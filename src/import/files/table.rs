//! A table as its rows, wherever they come from: what the readers of files offer and all others use.

use std::ops::ControlFlow;

use super::row::Row;
use crate::import::problem::ImportError;

/// What rows are given to, one after another, until it breaks.
pub(in crate::import) type RowSink<'s> = dyn FnMut(&Row) -> ControlFlow<()> + 's;

/// Cells up to which the first rows are kept.
const MOST_FIRST_CELLS: usize = 1_000_000;

/// A table that can be read from its first row as often as needed.
pub(in crate::import) trait Table {
    /// Gives each row to `take`, until it breaks.
    fn each_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError>;

    /// Gives the rows of the beginning, enough to judge the columns by.
    fn each_first_row(&mut self, take: &mut RowSink<'_>) -> Result<(), ImportError> {
        self.each_row(take)
    }

    /// Gives those of the first rows whose numbers are wanted.
    fn each_sampled_row(
        &mut self,
        wanted: &dyn Fn(u32) -> bool,
        take: &mut RowSink<'_>,
    ) -> Result<(), ImportError> {
        self.each_first_row(&mut |row| {
            if wanted(row.number) { take(row) } else { ControlFlow::Continue(()) }
        })
    }
}

/// Up to `count` rows of the beginning, fewer where they are very wide.
pub(in crate::import) fn first_rows(table: &mut dyn Table, count: usize) -> Result<Vec<Row>, ImportError> {
    let mut rows: Vec<Row> = Vec::new();
    let mut size = 0;
    table.each_first_row(&mut |row| {
        size += row.len();
        rows.push(row.clone());
        if rows.len() >= count || size > MOST_FIRST_CELLS {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    })?;
    Ok(rows)
}
