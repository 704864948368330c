//! The story of a place: scenes in the order they are shown, each a live view with a caption, notes and annotations.
//! A scene says what is looked at by names, never by pixels or by the numbers of a ledger, so that it outlives both.

use serde::{Deserialize, Serialize};

use super::{Annotations, ViewSpec};
use crate::dimension::Dimension;
use crate::figure::Scheme;
use crate::money::Money;

/// What a node is called, by its dimension and name; or a band, by those of its two ends.
pub type MarkNames = Vec<(Dimension, String)>;

/// A saved live view with a caption. What it shows is the place as it is now, not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scene {
    /// What tells it from the other scenes of the story.
    pub name: String,
    /// What is said above it; where nothing is written, the finding of what is seen.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub caption: String,
    /// Screen, layers, filter, year, scenario, comparison, lens, amounts.
    #[serde(default)]
    pub view: ViewSpec,
    /// What is pinned, with all that runs through it lit; nothing is none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: MarkNames,
    /// The part of the picture that is seen; none is all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub zoom: Option<SceneZoom>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub look: Scheme,
    /// Whether it is drawn for a hall: one message in few and large words.
    #[serde(default, skip_serializing_if = "is_default")]
    pub big_room: bool,
    #[serde(default, skip_serializing_if = "Annotations::is_empty")]
    pub annotations: Annotations,
    /// What was seen when the view was captured; none of a scene that was written by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub captured: Option<Captured>,
    /// What its presenter wants to say.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub notes: String,
}

/// A part of a picture, in shares of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SceneZoom {
    /// How much larger than the whole, %: 200 shows a quarter of the picture.
    pub percent: u32,
    /// Where its left and its upper edge are, in ten-thousandths of the picture's width and height.
    pub left: u32,
    pub top: u32,
}

/// What a view came to when it was captured, to be held against what it comes to now.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Captured {
    /// £.
    pub total: Money,
    /// What its picture found.
    pub finding: String,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl Scene {
    /// The same scene with all that is seen of another in place of what was seen of it; its words stay, and its
    /// annotations.
    #[must_use]
    pub(super) fn seeing(&self, other: &Self) -> Self {
        // Every field by its name: a new one cannot be forgotten.
        let Self { name, caption, annotations, notes, .. } = self.clone();
        let Self {
            name: _,
            caption: _,
            view,
            pinned,
            zoom,
            look,
            big_room,
            annotations: _,
            captured,
            notes: _,
        } = other.clone();
        Self { name, caption, view, pinned, zoom, look, big_room, annotations, captured, notes }
    }
}
