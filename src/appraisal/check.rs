//! What is wrong with an appraisal as it is said, before anything is worked out: parts that cannot be followed, which
//! are left out, and things worth knowing.

use super::{
    Appraisal, AppraisalCode, AppraisalFinding, AppraisedPart, CostLine, Deadweight, GainPart, Outcome,
    SharingRule,
};
use crate::dimension::{comparison_key, nearest};
use crate::money::{Percent, Share, in_full, percent};
use crate::words::{all_of, counted_as};

/// What a place knows that an appraisal refers to.
#[derive(Clone, Debug, Default)]
pub struct AppraisalSetting<'a> {
    /// The agencies there are; where a place names none, nobody is unknown.
    pub agencies: Vec<&'a str>,
    pub scenarios: Vec<&'a str>,
}

impl AppraisalSetting<'_> {
    /// Why a name is none of a partner.
    fn unknown(&self, partner: &str) -> Option<String> {
        if self.agencies.is_empty() || self.agencies.contains(&partner) {
            return None;
        }
        let hint = match nearest(partner, self.agencies.iter().copied()) {
            Some(near) => format!("did you mean \"{near}\"?"),
            None => "add it to the place, or choose another".to_owned(),
        };
        Some(format!("no agency \"{partner}\"; {hint}"))
    }
}

/// Collects what is found.
pub(super) struct Findings<'a> {
    appraisal: &'a Appraisal,
    setting: &'a AppraisalSetting<'a>,
    pub(super) found: Vec<AppraisalFinding>,
}

impl<'a> Findings<'a> {
    pub(super) fn of(appraisal: &'a Appraisal, setting: &'a AppraisalSetting<'a>) -> Self {
        let mut findings = Self { appraisal, setting, found: Vec::new() };
        findings.whole();
        findings
    }

    pub(super) fn tell(&mut self, code: AppraisalCode, part: AppraisedPart, message: impl Into<String>) {
        self.found.push(AppraisalFinding::new(code, part, message));
    }

    /// Whether anything that was told of a part leaves it out.
    fn is_whole_since(&self, before: usize) -> bool {
        !self.found[before..].iter().any(|finding| finding.code.is_broken())
    }

    fn whole(&mut self) {
        let Appraisal { years, scenario, .. } = self.appraisal;
        if !self.appraisal.has_baseline() {
            self.tell(
                AppraisalCode::NoBaseline,
                AppraisedPart::Appraisal,
                "It does not say what would be done without it, so no saving, return or payback is shown; say it under \
                 \"Today\"",
            );
        }
        if let Some(name) = scenario.as_deref().filter(|name| !self.setting.scenarios.contains(name)) {
            let hint = match nearest(name, self.setting.scenarios.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => "choose another, or none".to_owned(),
            };
            let message = format!("there is no scenario \"{name}\"; {hint}");
            self.tell(AppraisalCode::ScenarioUnknown, AppraisedPart::Appraisal, message);
        }
        if years.is_empty() {
            let message = "it has no years; give 1 to 30, each following the one before";
            self.tell(AppraisalCode::YearsApart, AppraisedPart::Years, message);
        }
        for pair in years.windows(2).filter(|pair| pair[1].start() != pair[0].start() + 1) {
            let message = format!("{} does not follow {}", pair[1], pair[0]);
            self.tell(AppraisalCode::YearsApart, AppraisedPart::Years, message);
        }
    }

    /// Whether the rates of discount can be followed; what is wrong with them is told.
    pub(super) fn can_discount(&mut self) -> bool {
        let rates = &self.appraisal.discount;
        let before = self.found.len();
        let least = Percent::WHOLE.negated();
        for rate in rates.iter().filter(|rate| rate.rate <= least) {
            let message = format!("discount {}: give more than -100%, such as 3.5%", rate.rate);
            self.tell(AppraisalCode::PercentOutOfRange, AppraisedPart::Discount, message);
        }
        let is_in_order = rates.windows(2).all(|pair| pair[0].from < pair[1].from);
        if rates.first().is_some_and(|first| first.from != 1) || !is_in_order {
            let starts: Vec<String> = rates.iter().map(|rate| rate.from.to_string()).collect();
            let message = format!(
                "the rates of discount are from year {}; the first is from 1, and each later one from a later year",
                all_of(&starts)
            );
            self.tell(AppraisalCode::DiscountUnclear, AppraisedPart::Discount, message);
        }
        self.is_whole_since(before)
    }

    /// Whether a cost can be followed.
    pub(super) fn can_cost(&mut self, index: usize, cost: &CostLine) -> bool {
        let before = self.found.len();
        let part = AppraisedPart::Cost(index);
        let years = self.appraisal.years.len();
        if let Some(message) = self.setting.unknown(&cost.partner) {
            self.tell(AppraisalCode::PartnerUnknown, part, message);
        }
        if cost.correction.is_negative() {
            self.tell(AppraisalCode::CorrectionWrongWay, part, wrong_way(&cost_name(cost), cost.correction));
        }
        if cost.amounts.len() > years {
            let amounts = counted_as(cost.amounts.len(), "amount", "amounts");
            let message = format!("{}: {amounts}, {} in the appraisal", cost_name(cost), in_years(years));
            self.tell(AppraisalCode::AmountsTooLong, part, message);
        }
        self.is_whole_since(before)
    }

    /// Whether an outcome can be followed; its gains are looked at one by one.
    pub(super) fn can_count(&mut self, index: usize, outcome: &Outcome) -> bool {
        let before = self.found.len();
        let part = AppraisedPart::Outcome(index);
        let name = &outcome.name;
        let years = self.appraisal.years.len();
        let deadweight = outcome.deadweight.map(Deadweight::percent);
        let shares = [
            ("engagement", Some(outcome.engagement)),
            ("retention", Some(outcome.retention)),
            ("impact", Some(outcome.impact)),
            ("deadweight", deadweight),
        ];
        let profile = outcome.profile.iter().map(|percent| ("profile", Some(*percent)));
        for (field, percent) in shares.into_iter().chain(profile) {
            if let Some(percent) = percent.filter(|percent| !is_part(*percent)) {
                let message = format!("{name}: {field} {percent}: give 0% to 100%");
                self.tell(AppraisalCode::PercentOutOfRange, part, message);
            }
        }
        if outcome.correction > Percent::NONE {
            self.tell(AppraisalCode::CorrectionWrongWay, part, wrong_way(name, outcome.correction));
        } else if outcome.correction < Percent::WHOLE.negated() {
            let message = format!("{name}: correction {}: give -100% to 0%", outcome.correction);
            self.tell(AppraisalCode::PercentOutOfRange, part, message);
        }
        if self.appraisal.people_of(outcome).is_none() {
            let message = format!("{name}: say how many people it is for, here or in the cohort");
            self.tell(AppraisalCode::PeopleMissing, part, message);
        }
        match outcome.deadweight {
            None => {
                let message = format!(
                    "{name}: say how much would have happened anyway, in points or as a share; {}",
                    how_far_apart(outcome.impact)
                );
                self.tell(AppraisalCode::DeadweightMissing, part, message);
            }
            Some(Deadweight::Points(points)) if points > outcome.impact => {
                let number = points.to_string();
                let message = format!(
                    "{name}: deadweight of {} points is more than the impact of {}",
                    number.trim_end_matches('%'),
                    outcome.impact
                );
                self.tell(AppraisalCode::NetImpactNegative, part, message);
            }
            Some(_) => {}
        }
        if outcome.profile.len() > years {
            let message = format!(
                "{name}: {} in the profile, {years} in the appraisal",
                in_years(outcome.profile.len())
            );
            self.tell(AppraisalCode::ProfileTooLong, part, message);
        }
        let value = outcome.unit_value();
        if let Some(stated) = outcome.stated.filter(|stated| *stated != value) {
            let message =
                format!("{name}: the parts come to {}, published {}", in_full(value), in_full(stated));
            self.tell(AppraisalCode::StatedDiffers, part, message);
        }
        self.is_whole_since(before)
    }

    /// Whether one gain of an outcome can be followed.
    pub(super) fn can_gain(&mut self, outcome: usize, index: usize, gain: &GainPart) -> bool {
        let before = self.found.len();
        let part = AppraisedPart::Gain(outcome, index);
        if let Some(message) = self.setting.unknown(&gain.partner) {
            self.tell(AppraisalCode::PartnerUnknown, part, message);
        }
        if !is_part(gain.cashable) {
            let name = &self.appraisal.outcomes[outcome].name;
            let message = format!("{name}: cashable {}: give 0% to 100%", gain.cashable);
            self.tell(AppraisalCode::PercentOutOfRange, part, message);
        }
        self.is_whole_since(before)
    }

    /// Two outcomes that give the same part of a partner's budget for the same people.
    pub(super) fn counted_twice(&mut self) {
        let outcomes = &self.appraisal.outcomes;
        for (index, outcome) in outcomes.iter().enumerate() {
            let is_for_same =
                |other: &&Outcome| self.appraisal.people_of(other) == self.appraisal.people_of(outcome);
            let before: Vec<&Outcome> = outcomes[..index].iter().filter(is_for_same).collect();
            let is_twice = |gain: &&GainPart| {
                let is_same = |other: &GainPart| {
                    other.partner == gain.partner && comparison_key(&other.part) == comparison_key(&gain.part)
                };
                !gain.part.trim().is_empty() && before.iter().any(|other| other.gains.iter().any(is_same))
            };
            if let Some(gain) = outcome.gains.iter().find(is_twice) {
                let message = format!(
                    "two outcomes give the same part ({}) for the same cohort: the same saving may be in both",
                    gain.part
                );
                self.tell(AppraisalCode::CountedTwice, AppraisedPart::Outcome(index), message);
            }
        }
    }

    /// Whether fixed shares can be followed.
    pub(super) fn can_share(&mut self, rule: &SharingRule) -> bool {
        let SharingRule::Fixed(shares) = rule else { return true };
        let before = self.found.len();
        for (index, share) in shares.iter().enumerate() {
            if let Some(message) = self.setting.unknown(&share.partner) {
                self.tell(AppraisalCode::PartnerUnknown, AppraisedPart::Sharing, message);
            }
            if !is_part(share.share) {
                let message = format!("the share of {} is {}: give 0% to 100%", share.partner, share.share);
                self.tell(AppraisalCode::PercentOutOfRange, AppraisedPart::Sharing, message);
            }
            if shares[..index].iter().any(|other| other.partner == share.partner) {
                let message = format!("{} has two shares; give it one", share.partner);
                self.tell(AppraisalCode::SharesNotHundred, AppraisedPart::Sharing, message);
            }
        }
        let sum = shares.iter().try_fold(Percent::NONE, |sum, share| sum.checked_add(share.share));
        if sum != Some(Percent::WHOLE) {
            let names: Vec<&str> = shares.iter().map(|share| share.partner.as_str()).collect();
            let sum = sum.map_or_else(|| "more than can be added".to_owned(), |sum| sum.to_string());
            let message = format!("the shares of {} come to {sum}, not to 100%", all_of(&names));
            self.tell(AppraisalCode::SharesNotHundred, AppraisedPart::Sharing, message);
        }
        self.is_whole_since(before)
    }
}

fn is_part(percent: Percent) -> bool {
    (Percent::NONE..=Percent::WHOLE).contains(&percent)
}

fn in_years(years: usize) -> String {
    counted_as(years, "year", "years")
}

fn wrong_way(name: &str, correction: Percent) -> String {
    format!("{name}, {correction}: a correction of benefits is 0% or less, of costs 0% or more")
}

fn cost_name(cost: &CostLine) -> String {
    if cost.what.is_empty() { cost.partner.clone() } else { format!("{}, {}", cost.partner, cost.what) }
}

/// By how much the effect differs between the two ways of saying a deadweight of a tenth.
fn how_far_apart(impact: Percent) -> String {
    let tenth = Percent::new(10);
    // impact × (1 − 10%) over impact − 10%, less one.
    let (as_share, in_points) = (impact.weight() * 9, (impact.weight() - tenth.weight()) * 10);
    match Share::ratio(as_share - in_points, in_points).filter(|_| in_points > 0) {
        Some(apart) => format!("the two differ by {} here if it is 10%", percent(apart)),
        None => "the two differ by all of it here if it is 10%".to_owned(),
    }
}
