//! A place as pictures for a hall: one message each, by another fold than that of the desk.

mod flows;
mod lines;
mod page;
mod pool;
mod themes;

use crate::figure::Figure;
use crate::place::{Place, Screen};

pub(super) use flows::room_flows_lines;
pub use flows::room_flows_picture;
pub(super) use lines::{LINES_AT_A_TIME, room_lines_picture};
pub use page::RoomOptions;
pub(super) use page::short_name;
pub use pool::room_pool_picture;
pub use themes::room_themes_picture;

/// Whether a screen of a place has a picture for a hall: lists of lines and comparisons are for a desk, and a pool is there
/// where a scenario is shown.
pub fn has_room_picture(place: &Place, screen: Screen) -> bool {
    !place.ledger.is_empty()
        && match screen {
            Screen::Flows => place.compared_with().is_none(),
            Screen::Themes => true,
            Screen::Pool => place.shown_scenario().is_some(),
            Screen::Ledger | Screen::Story => false,
        }
}

/// A screen of a place as a picture for a hall; none of a list of lines, of a comparison, nor of a pool where no scenario
/// is shown.
pub fn room_picture(place: &Place, baseline: &Place, screen: Screen, options: RoomOptions) -> Option<Figure> {
    if place.ledger.is_empty() {
        return None;
    }
    match screen {
        Screen::Flows if place.compared_with().is_none() => Some(room_flows_picture(place, options)),
        Screen::Themes => Some(room_themes_picture(place, options)),
        Screen::Pool => {
            let scenario = place.shown_scenario()?;
            // The model that the shown ledger is of, with the names that it shows.
            let known = place.models.that_made(&place.ledger);
            let model = known.unwrap_or_else(|| baseline.models.of(&baseline.ledger, scenario));
            Some(room_pool_picture(place, scenario, &model, options))
        }
        Screen::Flows | Screen::Ledger | Screen::Story => None,
    }
}
