//! A file as a journal knows it: by its path and by what it held. A path need not be text.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::store::ContentHash;

/// So many files of a folder are looked at for one that was renamed: more is no folder of places.
const MOST_LOOKED_AT: usize = 100;

/// What has become of a file since it was known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileNow {
    AsItWas,
    /// It holds what it held, under this name.
    Renamed(PathBuf),
    /// It holds something else: a colleague has saved it, or a newer program.
    Changed,
    /// It is not there, or not to be reached.
    Gone,
}

/// A file by its path and by what it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownFile {
    #[serde(with = "crate::store::path_text")]
    pub(super) path: PathBuf,
    pub(super) hash: ContentHash,
}

impl KnownFile {
    /// What has become of it.
    pub(super) fn now(&self) -> FileNow {
        if self.is_at(&self.path) {
            FileNow::AsItWas
        } else if self.path.exists() {
            FileNow::Changed
        } else {
            self.renamed().map_or(FileNow::Gone, FileNow::Renamed)
        }
    }

    /// The file that holds what it held, by whatever name.
    pub(super) fn found(&self) -> Option<Self> {
        match self.now() {
            FileNow::AsItWas => Some(self.clone()),
            FileNow::Renamed(path) => Some(Self { path, hash: self.hash }),
            FileNow::Changed | FileNow::Gone => None,
        }
    }

    fn is_at(&self, path: &Path) -> bool {
        // What is no file, such as a pipe, would never end.
        path.is_file() && ContentHash::of_file(path).is_ok_and(|hash| hash == self.hash)
    }

    /// The one place beside it that holds what it held; of several none is known to be it.
    fn renamed(&self) -> Option<PathBuf> {
        let entries =
            fs::read_dir(self.path.parent()?).ok()?.filter_map(Result::ok).map(|entry| entry.path());
        let places = entries.filter(|path| path.extension() == self.path.extension());
        let mut same = places.take(MOST_LOOKED_AT).filter(|path| self.is_at(path));
        same.next().filter(|_| same.next().is_none())
    }
}
