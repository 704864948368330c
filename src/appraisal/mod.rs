//! Appraisals: what a programme costs and whom it benefits, how much of that is cash, when, and which agreement makes
//! nobody subsidise another. Also published claims, cohorts with people, and bridges between two counts.
//!
//! Every cell (a cost or a gain, in a year) is whole pence, rounded once from exact fractions; all totals are sums of
//! cells, so that every table closes both ways.

mod agreement;
mod appraised;
mod bridge;
mod change;
mod check;
mod claim;
mod claims;
mod discount;
mod document;
mod exact;
mod figures;
mod finding;
mod ratios;
mod shared;
mod sharing_rule;

pub use agreement::{
    AfterProgramme, AgreedLead, AgreedMilestone, AgreedOutcome, InvestmentAgreement, PaidAfter,
};
pub use appraised::Appraised;
pub use bridge::{Bridge, BridgeFigures, BridgeItem, PlaceCohort};
pub use change::{AppraisalChange, AppraisalChangeError, MOST_APPRAISED_YEARS};
pub use check::AppraisalSetting;
pub use claim::{Claim, ClaimCash, ClaimMeasure, ClaimNet, ClaimPart, ClaimYears};
pub use claims::{AddedClaims, add_claims, claim_findings};
pub use discount::Discounting;
pub use document::{
    Appraisal, AppraisedCohort, CostKind, CostLine, Deadweight, DiscountRate, GainPart, Outcome, OutcomeKind,
};
pub use figures::{AppraisalFigures, AppraisedSum, CostCells, GainCells, OutcomeFigures, PartnerFigures};
pub use finding::{AppraisalCode, AppraisalFinding, AppraisedPart};
pub use ratios::{AppraisedYear, ReturnRatio};
pub use shared::{Badges, SharedFigures, SharedPartner, YearSchedule};
pub use sharing_rule::{AgreedShare, SharingRule};
