//! The sections of an agreement that are words: programme, parties, what is delivered, dates, progress, what comes
//! afterwards, signatures.

use super::{
    AgreementBlock, AgreementParts, AgreementSection, NOT_YET_SAID, or_unsaid, said, section, table,
};
use crate::appraisal::{AfterProgramme, InvestmentAgreement};
use crate::money::in_full;
use crate::words::{thousands, uncapitalised};

impl AgreementParts<'_> {
    fn agreement(&self) -> Option<&InvestmentAgreement> {
        self.appraisal.agreement.as_ref()
    }

    fn text(&self, of: fn(&InvestmentAgreement) -> &str) -> &str {
        self.agreement().map_or("", of)
    }

    pub(super) fn programme(&self) -> AgreementSection {
        let appraisal = self.appraisal;
        let mut words = vec![format!("{}, in {}.", appraisal.name, self.place.name)];
        if let Some(cohort) = &appraisal.cohort {
            words.push(format!("For {} {}.", thousands(cohort.people), uncapitalised(&cohort.name)));
        }
        let notes = said(appraisal.notes.clone());
        section("Programme", said(words.join(" ")).into_iter().chain(notes))
    }

    pub(super) fn parties(&self) -> AgreementSection {
        let lead = |partner: &str| {
            let leads = self.agreement().map_or(&[][..], |agreement| &agreement.leads);
            leads
                .iter()
                .find(|lead| lead.partner == partner)
                .map_or_else(|| NOT_YET_SAID.to_owned(), |lead| or_unsaid(&lead.name))
        };
        let partners = self.appraised.shared.partners.iter();
        let rows = partners.map(|partner| vec![partner.name.clone(), lead(&partner.name)]).collect();
        section("Parties and leads", table(&["Party", "Lead"], rows, 2))
    }

    pub(super) fn delivered(&self) -> AgreementSection {
        let today = self.appraisal.today.as_deref().filter(|today| !today.trim().is_empty());
        let today = today.and_then(|today| said(format!("Today: {today}")));
        let differs = said(self.text(|agreement| &agreement.differs));
        section("What is delivered, and how it differs from today", differs.into_iter().chain(today))
    }

    pub(super) fn location(&self) -> AgreementSection {
        section("Location", said(self.text(|agreement| &agreement.location)))
    }

    pub(super) fn dates(&self) -> AgreementSection {
        let (from, to) = (self.text(|agreement| &agreement.from), self.text(|agreement| &agreement.to));
        let words = match (from.trim().is_empty(), to.trim().is_empty()) {
            (true, true) => String::new(),
            _ => format!("From {} to {}.", uncapitalised_unsaid(from), uncapitalised_unsaid(to)),
        };
        section("From and to", said(words))
    }

    pub(super) fn outcomes(&self) -> AgreementSection {
        let outcomes = self.agreement().map_or(&[][..], |agreement| &agreement.outcomes);
        let rows = outcomes
            .iter()
            .map(|outcome| {
                [&outcome.measure, &outcome.baseline, &outcome.target, &outcome.by, &outcome.owner]
                    .map(|words| or_unsaid(words))
                    .to_vec()
            })
            .collect();
        section("Outcomes", table(&["Measure", "Baseline", "Target", "By when", "Owner"], rows, 5))
    }

    pub(super) fn progress(&self) -> AgreementSection {
        let outcomes = self.agreement().map_or(&[][..], |agreement| &agreement.outcomes);
        let measured: Vec<String> = outcomes
            .iter()
            .filter(|outcome| !outcome.source.trim().is_empty())
            .map(|outcome| format!("{}: {}", outcome.measure, self.source(&outcome.source)))
            .collect();
        section("How progress is measured", (!measured.is_empty()).then_some(AgreementBlock::List(measured)))
    }

    pub(super) fn repayment(&self) -> AgreementSection {
        let repayment = self.text(|agreement| &agreement.repayment);
        let reinvestment = self.text(|agreement| &agreement.reinvestment);
        let named = |name: &str, words: &str| {
            (!words.trim().is_empty()).then(|| AgreementBlock::Words(format!("{name}: {words}")))
        };
        let blocks = [named("Repayment", repayment), named("Reinvestment", reinvestment)];
        section("Repayment and reinvestment", blocks.into_iter().flatten())
    }

    pub(super) fn afterwards(&self) -> AgreementSection {
        let block = match self.agreement().map(|agreement| &agreement.after) {
            None => None,
            Some(AfterProgramme::Words(words)) => said(words.clone()),
            Some(AfterProgramme::Paid(paid)) => {
                let rows = paid.iter().map(|paid| vec![paid.partner.clone(), in_full(paid.amount)]).collect();
                table(&["Party", "Goes on paying a year"], rows, 1)
            }
        };
        section("What continues after it ends, and who pays", block)
    }

    pub(super) fn risk_share(&self) -> AgreementSection {
        let scenario = self.appraisal.scenario.as_deref().and_then(|name| self.place.scenario(name).ok());
        let words = scenario.map(|scenario| format!("{}: {}.", scenario.pool, scenario.risk_share.name()));
        section("Risk share", words.and_then(said))
    }

    pub(super) fn milestones(&self) -> AgreementSection {
        let milestones = self.agreement().map_or(&[][..], |agreement| &agreement.milestones);
        let rows =
            milestones.iter().map(|milestone| vec![milestone.when.clone(), milestone.what.clone()]).collect();
        section("Milestones", table(&["When", "What"], rows, 2))
    }

    pub(super) fn review(&self) -> AgreementSection {
        section("Review and leaving", said(self.text(|agreement| &agreement.review)))
    }

    pub(super) fn stamp(&self) -> AgreementSection {
        let words = match self.appraisal.stamp() {
            Some(stamp) => {
                format!("{stamp}: until every cost is agreed and the agreement has a date it binds nobody.")
            }
            None => "Every cost is agreed, and the agreement has a date.".to_owned(),
        };
        section("Standing of this document", said(words))
    }

    pub(super) fn signatures(&self) -> AgreementSection {
        let partners = self.appraised.shared.partners.iter();
        let rows = partners
            .map(|partner| vec![partner.name.clone(), String::new(), String::new(), String::new()])
            .collect();
        section("Signed", table(&["For", "Name", "Signature", "Date"], rows, 4))
    }

    /// The title of a source of the place, or the words that stand in its stead.
    pub(super) fn source(&self, key: &str) -> String {
        let found = self.place.sources.iter().find(|source| source.key == key);
        found.map_or_else(|| key.to_owned(), |source| source.title.clone())
    }
}

fn uncapitalised_unsaid(words: &str) -> String {
    if words.trim().is_empty() { uncapitalised(NOT_YET_SAID) } else { words.to_owned() }
}
