//! The appraisals of a place, found by name and worked out with what the place knows: its agencies, its scenarios, and
//! what a scenario puts into its pool.

use std::collections::BTreeSet;

use super::Place;
use crate::appraisal::{Appraisal, AppraisalSetting, Appraised, SharingRule};
use crate::dimension::{Dimension, FinancialYear, Names, nearest};
use crate::ledger::{Filter, Totals};
use crate::money::Money;

/// A place has no appraisal of a name; the error says which is nearest, or which there are.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("there is no appraisal \"{wanted}\" in {place}{hint}")]
pub struct NoSuchAppraisal {
    wanted: String,
    place: String,
    hint: String,
}

impl Place {
    /// The appraisal of a name.
    ///
    /// # Errors
    /// When there is none; the error names the nearest.
    pub fn appraisal(&self, name: &str) -> Result<&Appraisal, NoSuchAppraisal> {
        self.appraisals.iter().find(|appraisal| appraisal.name == name).ok_or_else(|| {
            let names: Vec<&str> = self.appraisals.iter().map(|appraisal| appraisal.name.as_str()).collect();
            let listed: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            let hint = match nearest(name, names.iter().copied()) {
                Some(near) => format!("; did you mean \"{near}\"?"),
                None if names.is_empty() => "; it has none".to_owned(),
                None => format!("; it has {}", listed.join(", ")),
            };
            let place = if self.name.is_empty() { "this place".to_owned() } else { self.name.clone() };
            NoSuchAppraisal { wanted: name.to_owned(), place, hint }
        })
    }

    /// An appraisal worked out under its own rule, or under one that is tried.
    pub fn appraise(&self, appraisal: &Appraisal, rule: Option<&SharingRule>) -> Appraised {
        let agencies = self.known_agencies();
        let setting = AppraisalSetting {
            agencies: agencies.iter().copied().collect(),
            scenarios: self.scenarios.iter().map(|scenario| scenario.name.as_str()).collect(),
        };
        let pool = appraisal.scenario.as_ref().and_then(|name| self.put_in_by_year(name));
        Appraised::of(appraisal, &setting, rule.unwrap_or(&appraisal.sharing), pool.as_deref())
    }

    /// The agencies that the place lists, and those of its lines.
    fn known_agencies(&self) -> BTreeSet<&str> {
        let listed = self.agencies.iter().map(|agency| agency.name.as_str());
        let names = self.all_lines().names(Dimension::Agency);
        let of_lines = names.iter().map(|(_, name)| name).filter(|name| *name != Names::NOT_STATED);
        listed.chain(of_lines).collect()
    }

    /// What a scenario puts into its pool, by year.
    fn put_in_by_year(&self, name: &str) -> Option<Vec<(FinancialYear, Money)>> {
        let scenario = self.scenario(name).ok()?;
        let baseline = self.settled.as_ref().map_or(&self.ledger, |settled| &settled.counted);
        let model = self.models.of(baseline, scenario);
        let of_pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
        let totals = Totals::of(&model.ledger, &of_pool, &[Dimension::Year]);
        let of_year = |names: &[String]| names.first()?.parse().ok();
        Some(totals.rows.iter().filter_map(|row| Some((of_year(&row.names)?, row.amount))).collect())
    }
}
