//! The places opened last, in a small file of the program's own; losing it loses nothing else.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{StoreError, note, read_bytes};

/// How many places are remembered.
/// As many as a menu shows without becoming a list to search.
const MOST: usize = 10;

/// The places opened last, latest first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recent {
    pub places: Vec<RecentPlace>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecentPlace {
    #[serde(with = "super::path_text")]
    pub path: PathBuf,
    pub name: String,
}

impl Recent {
    /// Reads the list; one that is missing or cannot be read is empty.
    pub fn load(list: &Path) -> Self {
        let text = read_bytes(list).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Puts a place at the head of the list.
    pub fn add(&mut self, path: &Path, name: &str) {
        // The same place by another way, and from another folder, is one entry that still opens.
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.places.retain(|place| place.path != path);
        self.places.insert(0, RecentPlace { path, name: name.to_owned() });
        self.places.truncate(MOST);
    }

    /// # Errors
    /// When the list cannot be written.
    pub fn save(&self, list: &Path) -> Result<(), StoreError> {
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::new()).unwrap_or_default();
        note(list, &text)
    }
}

impl RecentPlace {
    /// Whether the file is still there.
    pub fn exists(&self) -> bool {
        self.path.is_file()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn a_path_that_is_no_text_costs_the_list_nothing() {
        use std::os::unix::ffi::OsStrExt as _;
        let folder = tempfile::tempdir().unwrap();
        let list = folder.path().join("recent.ron");
        let odd = Path::new(std::ffi::OsStr::from_bytes(b"/town/caf\xe9.ron"));
        let mut recent = Recent::default();
        recent.add(Path::new("/town/plain.ron"), "Plain");
        recent.add(odd, "Odd");
        recent.save(&list).unwrap();
        assert_eq!(Recent::load(&list), recent);
        assert_eq!(recent.places[0].path, odd);
    }
}
