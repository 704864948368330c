//! Many files to one place that agrees: control totals and what explains a difference, themes by rules, money that
//! passes between agencies and is counted once, names that are spelled in several ways.
//!
//! Everything here is a pure function of a ledger and of what people have decided. [`Decisions`] are saved with a
//! place; the lines stay as they were read, and [`Settled`] is what comes of applying the one to the other.

mod classify;
mod control;
mod decisions;
mod evidence;
mod explain;
mod lines_twice;
mod name_key;
mod name_proposals;
mod pooled;
mod rejects;
mod rule;
mod spellings;
mod standard;
mod transfers;
mod versions;

pub use classify::{ByHand, Unclassified, Why, unclassified};
pub use control::control_total;
pub use decisions::{Decisions, LineLeftOut, Settled};
pub use evidence::Doubt;
pub use explain::{Cause, Explanation, LeftOut, Verdict, compare, explain, left_out};
pub use lines_twice::{ComparedLines, LinePrints, LinesTwice};
pub use name_key::{PublicBody, public_body};
pub use name_proposals::{Apart, Likeness, NameProposal, OneName, SpellingEvidence, name_proposals};
pub use pooled::{PooledBudget, pooled_budgets};
pub use rejects::{Fate, RejectedRow, Rejects};
pub use rule::{Pattern, Rule, Test, TestedField};
pub use standard::StandardRules;
pub use transfers::{
    Counted, PassedOn, PayeeBody, Transfer, TransferPair, payee_bodies, payees_called, payments_to,
};
pub use versions::{Changed, ChangedLine, VersionChanges, VersionTotals, compare_versions, lines_of_source};
