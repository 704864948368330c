//! A file as a journal knows it: by its path and by what it held. A path need not be text.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::store::ContentHash;

/// A file by its path and by what it held.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct KnownFile {
    #[serde(serialize_with = "write_path", deserialize_with = "read_path")]
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

/// Text, or the bytes of a path that is none.
#[derive(Serialize, Deserialize)]
enum WrittenPath {
    Text(String),
    Bytes(Vec<u8>),
}

fn write_path<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let written = match path.to_str() {
        Some(text) => WrittenPath::Text(text.to_owned()),
        None => WrittenPath::Bytes(path.as_os_str().as_encoded_bytes().to_owned()),
    };
    written.serialize(serializer)
}

fn read_path<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match WrittenPath::deserialize(deserializer)? {
        WrittenPath::Text(text) => text.into(),
        WrittenPath::Bytes(bytes) => path_of(bytes),
    })
}

#[cfg(unix)]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}

/// Elsewhere a path that is no text is not found again, and the place comes back as a copy.
#[cfg(not(unix))]
fn path_of(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
