//! How files of known headings are read, remembered from month to month and mailed between colleagues.

use std::path::Path;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::{Deserialize, Serialize};

use super::{StoreError, note, read_bytes};
use crate::import::ColumnMap;

/// How files of known shapes are read: a mapping for each row of headings, the one used last first. A readable list
/// that can be mailed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shapes {
    pub maps: Vec<ColumnMap>,
}

impl Shapes {
    /// Reads the list that is kept; one that is missing or cannot be read is empty, for no file must fail for it.
    pub fn load(list: &Path) -> Self {
        let text = read_bytes(list).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        text.and_then(|text| Self::read(&text).ok()).unwrap_or_default()
    }

    /// Reads a list that somebody has mailed: several mappings, or one by itself.
    ///
    /// # Errors
    /// What is wrong with it, with line and column.
    pub fn read(text: &str) -> Result<Self, String> {
        let options = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let one = options.from_str::<ColumnMap>(text).map(|map| vec![map]);
        let several = || options.from_str::<Vec<ColumnMap>>(text);
        let maps = one.or_else(|of_one| {
            // What is said of a list is of no use to whoever wrote a single one.
            several()
                .map_err(|of_several| if text.trim_start().starts_with('[') { of_several } else { of_one })
        });
        maps.map(|maps| Self { maps }).map_err(|error| error.to_string())
    }

    /// The list as text.
    pub fn write(&self) -> String {
        let pretty = PrettyConfig::new().depth_limit(3).new_line("\n").indentor("  ");
        let mut text = ron::ser::to_string_pretty(&self.maps, pretty).unwrap_or_default();
        text.push('\n');
        text
    }

    /// Remembers how a file was read, under its name: the shape is known by its headings, and the latest way of reading it holds.
    /// Whether anything is new.
    pub fn remember(&mut self, map: &ColumnMap, file: &str) -> bool {
        let headings: Vec<String> = map.columns.iter().map(|column| column.heading.clone()).collect();
        let map = ColumnMap { learnt_from: file.to_owned(), ..map.clone() };
        if headings.is_empty() || self.maps.first() == Some(&map) {
            return false;
        }
        self.maps.retain(|known| !known.fits(&headings));
        // The latest first, as the first that fits is taken.
        self.maps.insert(0, map);
        true
    }

    /// # Errors
    /// When the list cannot be written.
    pub fn save(&self, list: &Path) -> Result<(), StoreError> {
        note(list, &self.write())
    }
}
