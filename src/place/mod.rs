//! A place as it is saved, changed and undone.

mod command;
mod file;
mod history;
mod picture;
mod sentence;
mod view;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use command::{Addition, Command, CommandError};
pub use file::{PlaceFileError, read_place, write_place};
pub use history::History;
pub use picture::{captions, flow_spec, flows_input, flows_picture, people_in_view, themes_picture};
pub use sentence::Sentence;
pub use view::{ColorBy, MovedNode, Screen, ViewSpec};

use crate::dimension::Agency;
use crate::ledger::{ControlTotal, Ledger, Source};

/// The area whose public spending is looked at, with everything that is known and said about it.
///
/// Cloning is cheap: the ledger and the lists are shared until they change.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub name: String,
    /// A few sentences: what this is, what is published and what is not.
    pub about: String,
    pub population: Arc<Vec<Population>>,
    pub agencies: Arc<Vec<Agency>>,
    pub funders: Arc<Vec<Described>>,
    pub themes: Arc<Vec<Described>>,
    pub services: Arc<Vec<Described>>,
    pub sources: Arc<Vec<Source>>,
    pub control_totals: Arc<Vec<ControlTotal>>,
    pub ledger: Arc<Ledger>,
    /// What is looked at, and how.
    pub view: Arc<ViewSpec>,
}

/// A name with what should be known about it; the order of a list is the order it is shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// How many people live in the place, or in one of its areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// An area of the place; nothing means all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    pub people: u64,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}
