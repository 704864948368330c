//! What is wrong with an appraisal or a claim, by code: what was found, and what would be right.

use std::fmt;

/// Something about an appraisal or a claim that should be looked at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppraisalFinding {
    pub code: AppraisalCode,
    pub part: AppraisedPart,
    /// What was found, and what would be right.
    pub message: String,
}

/// The part that a finding is about; numbers count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AppraisedPart {
    Appraisal,
    Years,
    Discount,
    Cost(usize),
    Outcome(usize),
    /// Of an outcome, one of its gains.
    Gain(usize, usize),
    Sharing,
    Claims,
    Bridges,
}

/// Stable codes: a published list that scripts rely on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AppraisalCode {
    NoBaseline,
    YearsApart,
    DiscountUnclear,
    PartnerUnknown,
    ScenarioUnknown,
    AmountsTooLong,
    AmountTooLarge,
    CorrectionWrongWay,
    PercentOutOfRange,
    PeopleMissing,
    DeadweightMissing,
    NetImpactNegative,
    ProfileTooLong,
    StatedDiffers,
    CountedTwice,
    SharesNotHundred,
    SharingImpossible,
    ScenarioUnlikeCost,
    CashShort,
    ClaimBasesDiffer,
    ClaimConflict,
    PartsDiffer,
    RangeReversed,
    TotalUnknown,
}

impl AppraisalCode {
    pub const ALL: [Self; 24] = [
        Self::NoBaseline,
        Self::YearsApart,
        Self::DiscountUnclear,
        Self::PartnerUnknown,
        Self::ScenarioUnknown,
        Self::AmountsTooLong,
        Self::AmountTooLarge,
        Self::CorrectionWrongWay,
        Self::PercentOutOfRange,
        Self::PeopleMissing,
        Self::DeadweightMissing,
        Self::NetImpactNegative,
        Self::ProfileTooLong,
        Self::StatedDiffers,
        Self::CountedTwice,
        Self::SharesNotHundred,
        Self::SharingImpossible,
        Self::ScenarioUnlikeCost,
        Self::CashShort,
        Self::ClaimBasesDiffer,
        Self::ClaimConflict,
        Self::PartsDiffer,
        Self::RangeReversed,
        Self::TotalUnknown,
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::NoBaseline => "no-baseline",
            Self::YearsApart => "years-apart",
            Self::DiscountUnclear => "discount-unclear",
            Self::PartnerUnknown => "partner-unknown",
            Self::ScenarioUnknown => "scenario-unknown",
            Self::AmountsTooLong => "amounts-too-long",
            Self::AmountTooLarge => "amount-too-large",
            Self::CorrectionWrongWay => "correction-wrong-way",
            Self::PercentOutOfRange => "percent-out-of-range",
            Self::PeopleMissing => "people-missing",
            Self::DeadweightMissing => "deadweight-missing",
            Self::NetImpactNegative => "net-impact-negative",
            Self::ProfileTooLong => "profile-too-long",
            Self::StatedDiffers => "stated-differs",
            Self::CountedTwice => "counted-twice",
            Self::SharesNotHundred => "shares-not-hundred",
            Self::SharingImpossible => "sharing-impossible",
            Self::ScenarioUnlikeCost => "scenario-unlike-cost",
            Self::CashShort => "cash-short",
            Self::ClaimBasesDiffer => "claim-bases-differ",
            Self::ClaimConflict => "claim-conflict",
            Self::PartsDiffer => "parts-differ",
            Self::RangeReversed => "range-reversed",
            Self::TotalUnknown => "total-unknown",
        }
    }

    /// Whether what it names is left out until it is mended; the others are worth knowing.
    pub const fn is_broken(self) -> bool {
        match self {
            Self::NoBaseline
            | Self::ScenarioUnknown
            | Self::StatedDiffers
            | Self::CountedTwice
            | Self::ScenarioUnlikeCost
            | Self::CashShort
            | Self::ClaimBasesDiffer
            | Self::ClaimConflict
            | Self::PartsDiffer => false,
            Self::YearsApart
            | Self::DiscountUnclear
            | Self::PartnerUnknown
            | Self::AmountsTooLong
            | Self::AmountTooLarge
            | Self::CorrectionWrongWay
            | Self::PercentOutOfRange
            | Self::PeopleMissing
            | Self::DeadweightMissing
            | Self::NetImpactNegative
            | Self::ProfileTooLong
            | Self::SharesNotHundred
            | Self::SharingImpossible
            | Self::RangeReversed
            | Self::TotalUnknown => true,
        }
    }
}

impl AppraisalFinding {
    /// Of what claims say.
    pub fn of_claims(code: AppraisalCode, message: String) -> Self {
        Self::new(code, AppraisedPart::Claims, message)
    }

    pub(super) fn new(code: AppraisalCode, part: AppraisedPart, message: impl Into<String>) -> Self {
        Self { code, part, message: message.into() }
    }
}

/// `partner-unknown: no agency "Ministry of Justise"; did you mean "Ministry of Justice"?`
impl fmt::Display for AppraisalFinding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.code.name(), self.message)
    }
}
