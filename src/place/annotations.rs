//! What a scene points out in its picture: words beside marks, what has changed, a bracket, all but some dimmed. Each is
//! tied to marks by their names, so that it follows them, and is told where they are gone.

use serde::{Deserialize, Serialize};

use super::MarkNames;
use crate::dimension::Dimension;

/// What is pointed out in a scene.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Annotations {
    /// At most [`Annotations::MOST_CALLOUTS`].
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub callouts: Vec<Callout>,
    /// Beside each node that both pictures have, by how much its amount differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub deltas: Option<DeltasAgainst>,
    /// Nodes of one layer, which are said together as a share of that layer: "78% of the pool".
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub bracket: Vec<(Dimension, String)>,
    /// What alone is not dimmed; with nothing here nothing is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub dim_all_but: Vec<MarkNames>,
}

/// A line of words beside a node or a band.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Callout {
    pub at: MarkNames,
    pub words: String,
}

/// What the amounts of a scene are held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum DeltasAgainst {
    /// The scene before it in the story.
    SceneBefore,
    /// The place as it is, without a scenario.
    Baseline,
}

impl Annotations {
    /// More are not taken in.
    pub const MOST_CALLOUTS: usize = 2;
    /// The letters of a callout: a line of a third of the picture's width.
    pub const MOST_LETTERS: usize = 60;

    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// What cannot be drawn of them, in words; none where all can.
    pub(super) fn wrong(&self) -> Option<String> {
        if self.callouts.len() > Self::MOST_CALLOUTS {
            return Some(format!("at most {} callouts are taken in; take one out", Self::MOST_CALLOUTS));
        }
        let named = self.callouts.iter().map(|callout| &callout.at).chain(&self.dim_all_but);
        if named.into_iter().any(|at| !(1..=2).contains(&at.len())) {
            return Some("name one node, or the two ends of a band".to_owned());
        }
        self.callouts.iter().find_map(|callout| {
            let words = callout.words.trim();
            let beginning: String = words.chars().take(30).collect();
            if words.is_empty() {
                Some("a callout has no words; take it out, or say something".to_owned())
            } else if words.contains(['\n', '\r']) || words.chars().count() > Self::MOST_LETTERS {
                Some(format!(
                    "the callout that begins \"{beginning}\" is more than one line of {} letters; shorten it",
                    Self::MOST_LETTERS
                ))
            } else {
                None
            }
        })
    }
}
