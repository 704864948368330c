//! What percentages on pictures are of, in words: the place, the pool, a theme, an agency, or what is in view.

use crate::dimension::{Dimension, shown_name};
use crate::figure::SharesOf;
use crate::ledger::{Filter, Keep};
use crate::place::Place;

/// What the amounts of a place's flows and themes are of: all that is in view.
pub(super) fn shares_of_view(place: &Place) -> Option<SharesOf> {
    let amounts = place.view.amounts;
    if amounts.is_pounds() {
        return None;
    }
    let whole = place.view.filter.resolve(&place.ledger).cells(false).total();
    Some(SharesOf { amounts, whole, of: whole_in_words(place, &place.view.filter) })
}

/// "the place", "the pool", "Starting Well", "DWP"; "what is in view" where a filter says more.
pub(super) fn whole_in_words(place: &Place, filter: &Filter) -> String {
    let chips: Vec<_> = filter.chips.iter().filter(|chip| chip.dimension != Dimension::Year).collect();
    match chips[..] {
        [] if filter.text.is_empty() => "the place".to_owned(),
        [chip] if filter.text.is_empty() && chip.keep == Keep::Only && chip.names.len() == 1 => {
            let name = chip.names.first().map_or("", String::as_str);
            match chip.dimension {
                Dimension::Pool if place.shown_scenario().is_some_and(|shown| shown.pool == name) => {
                    "the pool".to_owned()
                }
                dimension => shown_name(dimension, name, &place.agencies).into_owned(),
            }
        }
        _ => "what is in view".to_owned(),
    }
}
