//! A whole place as a value of its own: what a step that replaces everything holds, written down as its file's text.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::{Place, read_place, write_place};

/// A place as a step carries it. Its big parts are shared; only where the step is written down is it text.
#[derive(Clone, Debug)]
pub struct WholePlace(pub Place);

impl Serialize for WholePlace {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&write_place(&self.0))
    }
}

impl<'de> Deserialize<'de> for WholePlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        read_place(&text).map(Self).map_err(de::Error::custom)
    }
}

impl WholePlace {
    /// The place becomes this one; which screen is shown stays.
    pub(super) fn take_place_of(&self, place: &mut Place) {
        let screen = place.view.screen;
        *place = self.0.clone();
        std::sync::Arc::make_mut(&mut place.view).screen = screen;
    }
}
