//! For how many people amounts are, and why there is none for each.

use std::collections::{BTreeMap, BTreeSet};

use thiserror::Error;

use crate::dimension::Dimension;
use crate::ledger::{Filter, Keep};

/// Why there is no amount per head.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NoPerHead {
    #[error("the place does not say how many people live in it")]
    NoPopulation,
    #[error("the place does not say how many people live in {0}")]
    NoPopulationOf(String),
    #[error("the amounts are of {0} years; choose one year")]
    SeveralYears(usize),
}

/// How many people the filtered lines are for: those of the whole place, or of the areas the filter keeps.
///
/// `populations` are numbers of people by area; no area is the whole place.
///
/// # Errors
/// Where a number that is needed is not known.
pub fn people<'a>(
    populations: impl IntoIterator<Item = (Option<&'a str>, u64)>,
    filter: &Filter,
) -> Result<u64, NoPerHead> {
    let mut whole = None;
    let mut areas: BTreeMap<&str, u64> = BTreeMap::new();
    for (area, people) in populations {
        match area {
            None => whole = Some(people),
            Some(area) => {
                areas.insert(area, people);
            }
        }
    }
    let mut kept: Option<BTreeSet<&str>> = None;
    for chip in filter.chips.iter().filter(|chip| chip.dimension == Dimension::Area) {
        let named = |area: &&str| chip.names.contains(*area) == (chip.keep == Keep::Only);
        kept = Some(match kept {
            None if chip.keep == Keep::Only => chip.names.iter().map(String::as_str).collect(),
            None => areas.keys().copied().filter(named).collect(),
            // Conditions narrow each other down, as they do for lines.
            Some(kept) => kept.into_iter().filter(named).collect(),
        });
    }
    match kept {
        None => whole.filter(|&people| people > 0).ok_or(NoPerHead::NoPopulation),
        Some(kept) => {
            let mut sum = 0;
            for area in kept {
                // One number that is not known makes the sum unknown: a rate by too few people would look too
                // high.
                sum += areas.get(area).ok_or_else(|| NoPerHead::NoPopulationOf(area.to_owned()))?;
            }
            if sum > 0 { Ok(sum) } else { Err(NoPerHead::NoPopulation) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_those_of_the_areas_in_view() {
        let populations = [(None, 1000), (Some("North"), 400), (Some("South"), 300)];
        let people = |filter: &Filter| people(populations, filter);
        assert_eq!(people(&Filter::default()), Ok(1000));
        assert_eq!(people(&Filter::default().only(Dimension::Area, ["North", "South"])), Ok(700));
        let unknown = people(&Filter::default().only(Dimension::Area, ["East"]));
        assert_eq!(unknown.unwrap_err().to_string(), "the place does not say how many people live in East");
    }
}
