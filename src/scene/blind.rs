//! A place as a room sees it that is not to know who is who.

use std::sync::Arc;

use crate::figure::Blind;
use crate::place::Place;

/// A place with letters for its partners, to be drawn and not to be changed, and what hides the rest of what is said.
#[derive(Clone, Debug)]
pub struct BlindPlace {
    pub place: Place,
    pub blind: Blind,
}

impl BlindPlace {
    /// Amounts become shares of what the view of the place comes to.
    pub fn of(place: &Place) -> Self {
        // Of the view, so that what a picture shows comes to a hundred per cent.
        let whole = place.view.filter.resolve(&place.ledger).cells(false).total();
        let blind = Blind::of(&place.agencies, &place.ledger, whole);
        Self { place: hidden(place, &blind), blind }
    }

    /// Another place of the same partners, hidden in the same way.
    #[must_use]
    pub fn hide(&self, place: &Place) -> Place {
        hidden(place, &self.blind)
    }
}

fn hidden(place: &Place, blind: &Blind) -> Place {
    let mut place = place.clone();
    place.agencies = Arc::new(blind.agencies(&place.agencies, &place.ledger));
    place.ledger = Arc::new(place.ledger.renamed(|name| blind.say(name)));
    // What was decided names who is who.
    (place.decisions, place.rejects, place.settled) = Default::default();
    // Drawings look agencies up by the name that the lines have.
    for agency in Arc::make_mut(&mut place.agencies) {
        agency.name = blind.say(&agency.name);
    }
    let view = Arc::make_mut(&mut place.view);
    for chip in &mut view.filter.chips {
        chip.names = chip.names.iter().map(|name| blind.say(name)).collect();
    }
    view.unfolded = view.unfolded.iter().map(|(layer, group)| (*layer, blind.say(group))).collect();
    for moved in &mut view.moved {
        moved.name = blind.say(&moved.name);
    }
    place.name = blind.say(&place.name);
    place
}
