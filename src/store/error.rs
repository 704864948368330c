//! Why a file could not be read or saved, for people: where, what happened, what to do. The system's error
//! numbers are left out.

use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::place::PlaceFileError;

/// Why a file could not be read or saved: what happened, where, and what to do.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("{}: {what}", path.display())]
    File { path: PathBuf, what: String },
    #[error("{}: {source}", path.display())]
    Place { path: PathBuf, source: PlaceFileError },
    /// Somebody else has saved it since it was read.
    #[error(
        "{}: this file has been changed since it was opened; save under another name, or open it again. Nothing was \
         changed", path.display()
    )]
    Changed { path: PathBuf },
    /// A newer program has written it.
    #[error(
        "{}: this is a place of format {format}, which a newer Shadowpool has written and this one would spoil; save \
         under another name. Nothing was changed", path.display()
    )]
    NewerPlace { path: PathBuf, format: u32 },
    /// It was asked to stop, and did.
    #[error("{}: saving was stopped; the file is as it was", path.display())]
    Stopped { path: PathBuf },
}

impl StoreError {
    pub(super) fn reading(path: &Path, error: &io::Error) -> Self {
        let what = match error.kind() {
            io::ErrorKind::NotFound => "there is no such file; check the name and the folder".to_owned(),
            io::ErrorKind::PermissionDenied => {
                "this user may not read it; ask for permission, or copy it to a folder of your own".to_owned()
            }
            io::ErrorKind::IsADirectory => Self::folder(),
            _ => format!(
                "it could not be read ({}); if another program has it open, close it there",
                plain(error)
            ),
        };
        Self::File { path: path.to_owned(), what }
    }

    pub(super) fn saving(path: &Path, error: &io::Error) -> Self {
        let what = match error.kind() {
            // The folder is there and still nothing can be made in it, as in /proc or in some network
            // folders.
            io::ErrorKind::NotFound if path.parent().is_some_and(Path::is_dir) => {
                "this folder takes no new files; save it elsewhere. Nothing was changed".to_owned()
            }
            io::ErrorKind::NotFound => "its folder does not exist; save it elsewhere".to_owned(),
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
                "this folder cannot be written to; save it elsewhere. Nothing was changed".to_owned()
            }
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "the disk is full; free some space or save it elsewhere. The file is as it was".to_owned()
            }
            _ => {
                format!("it could not be saved ({}); save it elsewhere. The file is as it was", plain(error))
            }
        };
        Self::File { path: path.to_owned(), what }
    }

    pub(super) fn folder() -> String {
        "this is a folder; name a file in it".to_owned()
    }
}

/// The system's words without its error number.
pub(super) fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_lowercase()
}
