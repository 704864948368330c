//! Several claims side by side: which contradict each other, which may be added, and what keeps the others apart.

use std::collections::BTreeSet;

use super::claim::{Claim, ClaimCash, ClaimNet, ClaimYears};
use super::{AppraisalCode, AppraisalFinding, AppraisedPart};
use crate::dimension::comparison_key;
use crate::money::{Money, Share, in_full};
use crate::words::{counted, list};

/// What claims that may be added come to, end by end, £.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AddedClaims {
    pub from: Money,
    pub to: Money,
}

impl Claim {
    /// The claim less what its parts come to; nothing where it has no parts or is a range.
    pub fn not_itemised(&self) -> Money {
        if self.parts.is_empty() || self.from != self.to {
            return Money::ZERO;
        }
        self.from - self.parts.iter().map(|part| part.amount).sum()
    }

    /// How much of it is cash, where its parts say so.
    pub fn cash_share(&self) -> Option<Share> {
        let cash = self.parts.iter().filter(|part| part.cash == ClaimCash::Cashable);
        let is_said = self.parts.iter().any(|part| part.cash != ClaimCash::NotStated);
        Share::of(cash.map(|part| part.amount).sum(), self.from).filter(|_| is_said && self.from == self.to)
    }

    /// `£9,400,000,000.00 to £20,600,000,000.00`.
    pub fn in_words(&self) -> String {
        if self.from == self.to {
            return in_full(self.from);
        }
        format!("{} to {}", in_full(self.from), in_full(self.to))
    }

    /// What contradicts it: a claim of the same thing, whose basis may be the same, and whose amount is another.
    fn conflicts_with(&self, other: &Self) -> bool {
        let may_be = |same: bool, either_unsaid: bool| same || either_unsaid;
        let net = may_be(self.net == other.net, [self.net, other.net].contains(&ClaimNet::NotStated));
        let years =
            may_be(self.years == other.years, [self.years, other.years].contains(&ClaimYears::NotStated));
        let cash = self.cash == other.cash || self.cash.is_whole() && other.cash.is_whole();
        let is_of_same = comparison_key(&self.of) == comparison_key(&other.of);
        is_of_same
            && self.measure.is_cost() == other.measure.is_cost()
            && net
            && years
            && cash
            && (self.from, self.to) != (other.from, other.to)
    }
}

/// What is wrong with claims: ranges the wrong way round, parts that do not come to their claim, claims of one thing that
/// contradict each other.
pub fn claim_findings(claims: &[&Claim]) -> Vec<AppraisalFinding> {
    let mut found = Vec::new();
    let mut tell = |code, message| found.push(AppraisalFinding::new(code, AppraisedPart::Claims, message));
    for (index, claim) in claims.iter().enumerate() {
        if claim.from > claim.to {
            let message = format!(
                "{}, {}: from {} to {}; put the lower end first",
                claim.of,
                claim.name,
                in_full(claim.from),
                in_full(claim.to)
            );
            tell(AppraisalCode::RangeReversed, message);
        }
        let rest = claim.not_itemised();
        if !rest.is_zero() {
            let message = format!(
                "{}, {}: its parts come to {}, the claim to {}: {} is not itemised",
                claim.of,
                claim.name,
                in_full(claim.from - rest),
                in_full(claim.from),
                in_full(rest)
            );
            tell(AppraisalCode::PartsDiffer, message);
        }
        for other in claims[..index].iter().filter(|other| other.conflicts_with(claim)) {
            let message = format!(
                "{}: {} ({}) and {} ({}) are claims of one thing that differ",
                claim.of,
                other.in_words(),
                other.source_or_name(),
                claim.in_words(),
                claim.source_or_name()
            );
            tell(AppraisalCode::ClaimConflict, message);
        }
    }
    found
}

impl Claim {
    fn source_or_name(&self) -> &str {
        if self.source.is_empty() { &self.name } else { &self.source }
    }
}

/// What claims come to together, ranges end by end; never multiplied into other years.
///
/// # Errors
/// What keeps them apart, in words.
pub fn add_claims(claims: &[&Claim]) -> Result<AddedClaims, String> {
    if claims.is_empty() {
        return Err("There are no claims to add.".to_owned());
    }
    let mut apart = Vec::new();
    let years: BTreeSet<ClaimYears> = claims.iter().map(|claim| claim.years).collect();
    if years.len() > 1 {
        let of = |years: &ClaimYears| match years {
            ClaimYears::Sum(years) => format!("of {}", counted(*years, "year")),
            ClaimYears::Annual => "of one year".to_owned(),
            ClaimYears::NotStated => "of years that are not stated".to_owned(),
        };
        apart.push(list(&years.iter().map(of).collect::<Vec<_>>()));
    }
    let nets: BTreeSet<ClaimNet> = claims.iter().map(|claim| claim.net).collect();
    if nets.len() > 1 {
        apart.push(list(&nets.iter().map(|net| net.name()).collect::<Vec<_>>()));
    }
    let cost = claims.iter().any(|claim| claim.measure.is_cost());
    if cost && claims.iter().any(|claim| !claim.measure.is_cost()) {
        apart.push("cost and benefit".to_owned());
    }
    let whole = claims.iter().any(|claim| claim.cash.is_whole());
    if whole && claims.iter().any(|claim| !claim.cash.is_whole()) {
        apart.push("of all and of a part of it".to_owned());
    }
    let twice = claimed_twice(claims);
    if apart.is_empty() && twice.is_empty() {
        let sum = |end: fn(&Claim) -> Money| claims.iter().map(|claim| end(claim)).sum();
        return Ok(AddedClaims { from: sum(|claim| claim.from), to: sum(|claim| claim.to) });
    }
    let mut words = String::from("These are not added");
    if !apart.is_empty() {
        words.push_str(&format!(": they are {}", apart.join("; ")));
    }
    words.push('.');
    for (of, times) in twice {
        words.push_str(&format!("\n{of} is claimed {times} times; choose one of them."));
    }
    Err(words)
}

/// What is claimed more than once on the same part of it, with how often.
fn claimed_twice(claims: &[&Claim]) -> Vec<(String, usize)> {
    let mut twice: Vec<(String, usize)> = Vec::new();
    for (index, claim) in claims.iter().enumerate() {
        // Cashable and not cashable are two parts of one whole.
        let is_same = |other: &&&Claim| {
            comparison_key(&other.of) == comparison_key(&claim.of)
                && (other.cash == claim.cash || other.cash.is_whole() || claim.cash.is_whole())
        };
        let before = claims[..index].iter().any(|other| is_same(&other));
        if before && !twice.iter().any(|(of, _)| comparison_key(of) == comparison_key(&claim.of)) {
            let times =
                claims.iter().filter(|other| comparison_key(&other.of) == comparison_key(&claim.of)).count();
            twice.push((claim.of.clone(), times));
        }
    }
    twice
}
