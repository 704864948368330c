//! Every line of spending in a place, held by column; filters, totals, control totals and where each line is from.

mod cells;
mod columns;
mod control;
mod dates;
mod file_record;
mod filter;
mod formula_injection;
mod id_column;
mod line;
mod line_reference;
mod of_ledger;
mod order;
mod part;
mod provenance;
mod range;
mod revision;
mod separate;
mod tidy;
mod totals;

pub use cells::{Cell, Cells};
pub use columns::{Ledger, LedgerBuilder, LineColumn};
pub use control::{Agreement, ControlTotal};
pub use dates::{DateId, Dates};
pub use file_record::{FileNote, FileRecord, NumberBalance, PassedOver, RowCounts, SaidOfFile};
pub use filter::{Chip, Filter, Keep, Matcher};
pub use formula_injection::{guarded, unguarded};
pub use line::{LineId, LineView, SpendLine};
pub use line_reference::{Keys, LineReference, nearest_lines, says};
pub use of_ledger::OfLedger;
pub use order::{Order, OrderBy, OrderedLines};
pub use provenance::{Provenance, Source, SourceId};
pub use range::{ABOUT, AmountRange, full_or_about, full_or_between, short_or_about, short_or_between};
pub use revision::Revision;
pub use separate::{PartTotals, Periods, SeparateTotals};
pub use tidy::{TidyRows, push_csv_cell, tidy_headings, tidy_headings_of, tidy_headings_with_range};
pub use totals::{TotalRow, Totals};
