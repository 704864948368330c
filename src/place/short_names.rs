//! The short name that pictures have for an agency: one for each, told apart from all others.

use std::sync::Arc;

use super::{CommandError, Place};
use crate::dimension::{Agency, Dimension};

/// Gives an agency a short name for pictures, or takes it away where it is empty or the name itself.
pub(super) fn name_shortly(place: &mut Place, agency: &str, short: &str) -> Result<(), CommandError> {
    let short = short.trim();
    let short = (!short.is_empty() && short != agency).then(|| short.to_owned());
    let is_known = place.agencies.iter().any(|known| known.name == agency)
        || place.ledger.names(Dimension::Agency).id(agency).is_some();
    if !is_known {
        return Err(CommandError::NoSuchAgency(agency.to_owned()));
    }
    if let Some(short) = &short {
        let others = place.agencies.iter().filter(|known| known.name != agency);
        let of_lines = place.ledger.names(Dimension::Agency).iter().map(|(_, name)| name);
        let called = |known: &Agency| known.name == *short || known.short.as_ref() == Some(short);
        let taken = others.clone().find(|known| called(known)).map(|known| known.name.clone());
        let taken = taken.or_else(|| of_lines.into_iter().find(|name| *name == short).map(str::to_owned));
        if let Some(other) = taken {
            return Err(CommandError::ShortNameTwice(short.clone(), other));
        }
    }
    let agencies = Arc::make_mut(&mut place.agencies);
    match agencies.iter().position(|known| known.name == agency) {
        // Nothing is kept of an agency of which nothing else is known.
        Some(at) if short.is_none() && agencies[at].sector.is_none() => {
            agencies.remove(at);
        }
        Some(at) => agencies[at].short = short,
        None if short.is_none() => {}
        None => agencies.push(Agency { name: agency.to_owned(), short, sector: None }),
    }
    Ok(())
}
