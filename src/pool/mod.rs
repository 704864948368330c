//! Shadow pools: a scenario says what partners would put in and what it would be spent on, and turns the ledger of a
//! place into the ledger it would have. No money moves.
//!
//! Every part is taken out of its lines to the penny: what goes into a pool is what is allocated and what is
//! unallocated, and a modelled ledger comes to the total of the place and the money declared as new.

mod allocate;
mod allocation;
mod bound;
mod change;
mod check;
mod committed;
mod contribution;
mod difference;
mod fences;
mod finding;
mod line_risk_check;
mod model;
mod models;
mod moves;
mod net_position;
mod net_range;
mod outturn;
mod outturn_check;
mod over;
mod overlap;
mod pooling;
mod pooling_lines;
mod responsible;
mod risk_share;
mod scenario;
mod split;
mod split_numbers;
mod split_ways;
mod take;
mod typed;
mod variance;
mod way_on;

pub use crate::dimension::Commitment;
pub use crate::ledger::LineReference;
pub use allocation::{Allocation, Purpose, RingFence};
pub use change::{ChangeError, ScenarioChange};
pub use committed::Committed;
pub use contribution::{Contribution, Lines, Portion};
pub use difference::{ChangedAmount, Difference};
pub use fences::{ring_fenced_in_words, ring_fenced_lines_in_words};
pub use finding::{Finding, FindingSeverity, Reference, ScenarioPart};
pub use model::{Allocated, Balance, Contributed, Model};
pub use models::Models;
pub use moves::{MoveEnd, MovedAmount, Moves, TracedLedger};
pub use net_position::{Bill, NetPosition, NoWorseOff};
pub use outturn::{Outturn, OutturnOf};
pub use pooling::PoolingTerms;
pub use risk_share::{BandShare, Cap, LineRisk, LineShare, PartnerShare, RiskBand, RiskShare, RiskStep};
pub use scenario::{Arrangement, Condition, NewMoney, Rest, Scenario};
pub use split::{Split, SplitRule, SplitShare};
pub use typed::PortionError;
pub use variance::{Variance, VarianceError};
