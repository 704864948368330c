//! What an entry of a journal says: what the place was, each step, where undo and redo went, and saves, which cut
//! nothing.

use ron::extensions::Extensions;
use serde::{Deserialize, Serialize};

use super::known_file::KnownFile;
use super::side_file::{KeptPlace, SideFile};
use crate::money::Money;
use crate::place::Command;

/// An entry; the line before it says the state it leads to.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) enum Entry {
    /// The first: what the steps begin from.
    Begin(Begin),
    /// What the steps begin from is kept beside the journal.
    Kept(KeptPlace),
    Do(Box<StepTaken>),
    /// Undone, done again, or chosen from the list of steps.
    GoTo {
        #[serde(default, skip_serializing_if = "String::is_empty")]
        name: String,
        total: Money,
    },
    /// A file now holds the state.
    Saved(KnownFile),
    /// The place was brought back, and its journal is gone on with under another name.
    BroughtBack {
        /// The name of the journal it was brought back from, where that goes once a file holds the place.
        of: Option<String>,
        /// No file holds any of it, as the one that did has changed.
        is_copy: bool,
    },
}

/// What the steps begin from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Begin {
    /// The place's name.
    pub(super) name: String,
    pub(super) total: Money,
    /// The file that the place was opened from or saved in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<KnownFile>,
    /// Nothing of it would be missed: the file holds it, or it is a sample or a new place.
    pub(super) is_saved: bool,
    /// Journals it was brought back from, as in [`Entry::BroughtBack`].
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) of: Vec<String>,
}

/// A step that was taken.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct StepTaken {
    pub(super) label: String,
    /// What the place is called after it, and what it comes to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) name: String,
    pub(super) total: Money,
    pub(super) command: Command,
    /// The lines of its additions, in their order, where they are kept in files of their own.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) lines: Vec<Option<SideFile>>,
}

fn options() -> ron::Options {
    ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME)
}

impl Entry {
    pub(super) fn write(&self) -> std::io::Result<String> {
        options().to_string(self).map_err(std::io::Error::other)
    }

    pub(super) fn read(text: &str) -> Result<Self, String> {
        options().from_str(text).map_err(|error| error.to_string())
    }
}
