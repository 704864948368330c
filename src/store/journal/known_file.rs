//! A file as a journal knows it: by its path and by what it held. A path need not be text.

use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::store::ContentHash;

/// A file by its path and by what it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownFile {
    #[serde(with = "crate::store::path_text")]
    pub(super) path: PathBuf,
    pub(super) hash: ContentHash,
}

impl KnownFile {
    /// Whether the file is there and holds what it held.
    pub(super) fn is_as_it_was(&self) -> bool {
        // What is no file, such as a pipe, would never end.
        self.path.is_file() && ContentHash::of_file(&self.path).is_ok_and(|hash| hash == self.hash)
    }
}
