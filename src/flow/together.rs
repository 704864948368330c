//! Who else pays for this: providers, cohorts and areas that two or more agencies spend on, with what each spends.

use std::collections::BTreeMap;

use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Filter, Ledger};
use crate::money::Money;

/// What several agencies spend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PaidTogether {
    /// Provider, cohort or area.
    pub dimension: Dimension,
    pub name: String,
    /// £, of all of them.
    pub amount: Money,
    /// Each agency with what it spends, £, the largest first.
    pub by_agency: Vec<(String, Money)>,
}

impl PaidTogether {
    /// Where the money of several agencies meets without anybody seeing it.
    pub const DIMENSIONS: [Dimension; 3] = [Dimension::Provider, Dimension::Cohort, Dimension::Area];

    /// Only its lines, of those that are looked at.
    pub fn only(&self, filter: &Filter) -> Filter {
        filter.clone().only(self.dimension, [self.name.as_str()])
    }
}

/// Of the lines that pass, what two or more agencies spend on: providers, then cohorts, then areas, the most money first.
pub fn paid_together(ledger: &Ledger, filter: &Filter) -> Vec<PaidTogether> {
    let cells = filter.resolve(ledger).cells(false);
    let mut all = Vec::new();
    for dimension in PaidTogether::DIMENSIONS {
        let mut by_name: BTreeMap<NameId, BTreeMap<NameId, Money>> = BTreeMap::new();
        for cell in cells.iter() {
            let [name, agency] = [dimension, Dimension::Agency].map(|of| cell.ids[of.index()]);
            *by_name.entry(name).or_default().entry(agency).or_default() += cell.amount;
        }
        let names = ledger.names(dimension);
        let mut of_dimension: Vec<PaidTogether> = by_name
            .into_iter()
            // What is left over of a count is nobody in particular.
            .filter(|(name, _)| !Names::is_remainder(names.name(*name)))
            .filter_map(|(name, agencies)| {
                let by_agency = payers(ledger, agencies)?;
                let amount = by_agency.iter().map(|(_, amount)| *amount).sum();
                Some(PaidTogether { dimension, name: names.name(name).to_owned(), amount, by_agency })
            })
            .collect();
        of_dimension.sort_by(|a, b| b.amount.cmp(&a.amount).then_with(|| a.name.cmp(&b.name)));
        all.append(&mut of_dimension);
    }
    all
}

/// Those who spend, with what; none where they are not two.
fn payers(ledger: &Ledger, agencies: BTreeMap<NameId, Money>) -> Option<Vec<(String, Money)>> {
    let names = ledger.names(Dimension::Agency);
    let mut payers: Vec<(String, Money)> = agencies
        .into_iter()
        .map(|(agency, amount)| (names.name(agency), amount))
        // Who gets more than it spends pays for nothing.
        .filter(|(agency, amount)| amount.is_positive() && !Names::is_remainder(agency))
        .map(|(agency, amount)| (agency.to_owned(), amount))
        .collect();
    payers.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    (payers.len() > 1).then_some(payers)
}
