//! Paths in files of the program's own: as text, and those that are no text (on Unix any bytes but two may be in a name)
//! by their bytes, so that one such path costs none of the others.

use std::path::{Path, PathBuf};

use serde::de::Deserializer;
use serde::{Deserialize, Serialize, Serializer};

/// A path as it is written.
#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum WrittenPath {
    Text(String),
    Bytes(Vec<u8>),
}

pub(super) fn serialize<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    let written = match path.to_str() {
        Some(text) => WrittenPath::Text(text.to_owned()),
        None => WrittenPath::Bytes(path.as_os_str().as_encoded_bytes().to_vec()),
    };
    written.serialize(serializer)
}

pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PathBuf, D::Error> {
    Ok(match WrittenPath::deserialize(deserializer)? {
        WrittenPath::Text(text) => PathBuf::from(text),
        WrittenPath::Bytes(bytes) => of_bytes(bytes),
    })
}

#[cfg(unix)]
fn of_bytes(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt as _;
    std::ffi::OsString::from_vec(bytes).into()
}

/// Elsewhere what is no text can only be shown; it opens nothing.
#[cfg(not(unix))]
fn of_bytes(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
