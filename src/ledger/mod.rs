//! Every line of spending in a place, held by column; filters, totals, control totals and where each line is from.

mod cells;
mod column;
mod control;
mod filter;
mod guard;
mod line;
mod line_reference;
mod order;
mod overlap;
mod provenance;
mod revision;
mod store;
mod totals;

pub use cells::{Cell, Cells};
pub use control::{Agreement, ControlTotal};
pub use filter::{Chip, Filter, Keep, Matcher};
pub use guard::{guarded, unguarded};
pub use line::{LineId, LineView, SpendLine};
pub use line_reference::{Keys, LineReference, nearest_lines, says};
pub use order::{Order, OrderBy, OrderedLines};
pub use overlap::overlap;
pub use provenance::{Provenance, Source, SourceId};
pub use revision::Revision;
pub use store::{Ledger, LedgerBuilder, Part};
pub use totals::{TotalRow, Totals};
