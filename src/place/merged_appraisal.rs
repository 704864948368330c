//! An appraisal that both sides have changed, put together part by part: what a partner pays, each outcome, each of the
//! other fields.

use super::merged_entry::{Merged, MergedEntry};
use super::merged_parts::MergedParts;
use super::merged_scenario::take_by_partner;
use crate::appraisal::{Appraisal, CostLine, Outcome};

impl MergedEntry for Appraisal {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn merged(base: Option<&Self>, theirs: &Self, mine: &Self) -> Merged<Self> {
        merged_appraisal(base.ok_or_else(Vec::new)?, theirs, mine)
    }
}

impl MergedEntry for Outcome {
    fn key(&self) -> String {
        self.name.clone()
    }
}

/// Two versions of an appraisal put together, or the parts that both have changed, each in another way.
fn merged_appraisal(base: &Appraisal, theirs: &Appraisal, mine: &Appraisal) -> Merged<Appraisal> {
    let mut parts = MergedParts::default();
    let mut merged = mine.clone();
    // Every field by its name: a new one cannot be forgotten.
    let Appraisal {
        name: _,
        scenario,
        today,
        years,
        prices,
        discount,
        discount_source,
        cohort,
        costs,
        outcomes,
        sharing,
        agreement,
        notes,
    } = &mut merged;
    parts.take_one("the scenario", &base.scenario, &theirs.scenario, scenario);
    parts.take_one("what would be done today", &base.today, &theirs.today, today);
    parts.take_one("the years", &base.years, &theirs.years, years);
    parts.take_one("the price base", &base.prices, &theirs.prices, prices);
    parts.take_one("the discount", &base.discount, &theirs.discount, discount);
    parts.take_one(
        "the source of the discount",
        &base.discount_source,
        &theirs.discount_source,
        discount_source,
    );
    parts.take_one("who it is for", &base.cohort, &theirs.cohort, cohort);
    parts.take_one("the sharing", &base.sharing, &theirs.sharing, sharing);
    parts.take_one("the agreement", &base.agreement, &theirs.agreement, agreement);
    parts.take_one("the notes", &base.notes, &theirs.notes, notes);
    let pays = |cost: &CostLine| cost.partner.clone();
    take_by_partner(&mut parts, "costs", [&base.costs, &theirs.costs], costs, pays);
    parts.take_list("outcomes", [&base.outcomes, &theirs.outcomes], outcomes);
    parts.together(merged)
}
