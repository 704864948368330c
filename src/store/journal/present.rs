//! What a journal is of: the place that is shown, where it stands, and what its steps begin from.

use super::handle::Beginning;
use super::known_file::KnownFile;
use super::recovery::BroughtBackFrom;
use super::whereabouts::Whereabouts;
use crate::place::Place;
use crate::store::ContentHash;

/// What is shown, whether or not it is on the disk.
pub(super) struct Present {
    pub(super) place: Place,
    pub(super) standing: Whereabouts,
    /// The file that the place was opened from or saved in.
    pub(super) file: Option<KnownFile>,
    /// The place that the journal begins from, until it is kept beside it.
    pub(super) base: Option<Place>,
    /// The file that holds it.
    pub(super) base_file: Option<KnownFile>,
    /// It is to be kept now: a step has changed what a file holds.
    pub(super) owes_base: bool,
    /// The names of journals that it was brought back from, which go once a file holds the place.
    pub(super) of: Vec<String>,
    /// The journal that it was brought back from, until that is set aside.
    pub(super) origin: Option<BroughtBackFrom>,
}

impl Present {
    pub(super) fn of(beginning: Beginning) -> Self {
        let Beginning { place, state, is_saved, file, origin } = beginning;
        let known = |(path, hash): (_, Option<ContentHash>)| {
            let path = std::path::absolute(&path).unwrap_or(path);
            let hash = hash.or_else(|| ContentHash::of_file(&path).ok())?;
            Some(KnownFile { path, hash })
        };
        Self {
            place,
            standing: Whereabouts::new(state, is_saved),
            file: file.and_then(known),
            base: None,
            base_file: None,
            owes_base: false,
            of: Vec::new(),
            origin,
        }
    }
}
