//! An appraisal worked out whole: as its money falls, as a rule shares it, and everything that is to be said of it.

use super::{
    Appraisal, AppraisalCode, AppraisalFigures, AppraisalFinding, AppraisalSetting, AppraisedPart,
    SharedFigures, SharingRule, YearSchedule,
};
use crate::dimension::FinancialYear;
use crate::money::{Money, in_full};
use crate::words::counted_as;

/// An appraisal worked out under a rule.
#[derive(Clone, Debug)]
pub struct Appraised {
    pub figures: AppraisalFigures,
    pub shared: SharedFigures,
    /// Who bears how much in each year.
    pub schedule: Vec<YearSchedule>,
    /// Everything that was found: what is left out, and what is worth knowing.
    pub findings: Vec<AppraisalFinding>,
}

impl Appraised {
    /// Works an appraisal out under a rule. `pool` is what its scenario puts into the pool, where that is known: £ by
    /// year.
    pub fn of(
        appraisal: &Appraisal,
        setting: &AppraisalSetting<'_>,
        rule: &SharingRule,
        pool: Option<&[(FinancialYear, Money)]>,
    ) -> Self {
        let figures = AppraisalFigures::of(appraisal, setting);
        let shared = figures.shared(appraisal, setting, rule);
        let schedule = figures.schedule(&shared);
        let mut findings = figures.findings.clone();
        findings.extend(shared.findings.iter().cloned());
        findings.extend(pool.and_then(|pool| unlike_pool(appraisal, &figures, pool)));
        if figures.is_cash_short() {
            let message = figures.cash_short_in_words();
            findings.push(AppraisalFinding::new(AppraisalCode::CashShort, AppraisedPart::Sharing, message));
        }
        Self { figures, shared, schedule, findings }
    }

    /// What is left out until it is mended.
    pub fn is_broken(&self) -> bool {
        self.findings.iter().any(|finding| finding.code.is_broken())
    }

    /// The partners, largest gain first, ties by name, with their numbers in the order of the file.
    pub fn rows(&self) -> Vec<usize> {
        let partners = &self.shared.partners;
        let mut rows: Vec<usize> = (0..partners.len()).collect();
        rows.sort_by(|a, b| {
            let (a, b) = (&partners[*a], &partners[*b]);
            b.gains.cmp(&a.gains).then_with(|| a.name.cmp(&b.name))
        });
        rows
    }
}

impl AppraisalFigures {
    /// Whether less comes back in cash than it costs, so that no rule leaves everyone no worse off in cash.
    pub fn is_cash_short(&self) -> bool {
        self.has_baseline && self.cash() < self.cost()
    }

    /// "no split leaves everyone no worse off in cash: £0.89 comes back for each £1".
    pub fn cash_short_in_words(&self) -> String {
        let ratio = self.cash_return().map_or_else(|| "0.00".to_owned(), |ratio| ratio.short());
        let ratio = match ratio.strip_prefix('-') {
            Some(loss) => format!("\u{2212}£{loss}"),
            None => format!("£{ratio}"),
        };
        format!("no split leaves everyone no worse off in cash: {ratio} comes back for each £1")
    }
}

/// That a pool does not put in what the programme costs, by the first year in which it does not.
fn unlike_pool(
    appraisal: &Appraisal,
    figures: &AppraisalFigures,
    pool: &[(FinancialYear, Money)],
) -> Option<AppraisalFinding> {
    let years = appraisal.years.iter().zip(figures.by_year());
    let differs = years.filter_map(|(year, sums)| {
        let put_in = pool.iter().filter(|(of, _)| of == year).map(|(_, amount)| *amount).sum::<Money>();
        (put_in != sums.cost).then_some((year, put_in, sums.cost))
    });
    let differs: Vec<_> = differs.collect();
    let (year, put_in, cost) = differs.first()?;
    let more = match differs.len() - 1 {
        0 => String::new(),
        more => format!("; they differ in {} more", counted_as(more, "year", "years")),
    };
    let message = format!(
        "the pool puts in {} in {year}, the appraisal costs {}: different by {}{more}",
        in_full(*put_in),
        in_full(*cost),
        in_full((*put_in - *cost).abs())
    );
    Some(AppraisalFinding::new(AppraisalCode::ScenarioUnlikeCost, AppraisedPart::Appraisal, message))
}
