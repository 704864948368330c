//! Files beside a journal that its entries name with what they hold: the place that the steps begin from, and
//! lines too many for an entry.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::disk;
use super::line_columns::{read_lines, write_lines};
use crate::ledger::Ledger;
use crate::place::{Place, read_place, write_place};
use crate::store::{ContentHash, read_bytes};

/// More lines than these are kept in a file of their own: a thousand lines of text are an entry of a quarter of a
/// megabyte.
pub(super) const MOST_LINES: usize = 1_000;

/// A file beside the journal, by its name and what it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SideFile {
    pub(super) name: String,
    hash: ContentHash,
}

/// A place beside the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeptPlace {
    place: SideFile,
    /// Its lines, where they are too many for the text of a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines: Option<SideFile>,
}

impl KeptPlace {
    /// Writes a place beside the journal; it is on the disk when this returns.
    pub(super) fn write(folder: &Path, place: &Place) -> io::Result<Self> {
        let read = place.lines_as_read();
        if read.len() <= MOST_LINES {
            let text = write_place(place);
            let place = SideFile::write(folder, "place", "ron", |out| out.write_all(text.as_bytes()))?;
            return Ok(Self { place, lines: None });
        }
        let lines = SideFile::write_lines(folder, read)?;
        let mut without = place.clone();
        without.set_lines(Arc::default());
        let text = write_place(&without);
        let place = SideFile::write(folder, "place", "ron", |out| out.write_all(text.as_bytes()))?;
        Ok(Self { place, lines: Some(lines) })
    }

    /// Reads the place.
    pub(super) fn read(&self, folder: &Path) -> Result<Place, String> {
        let text = String::from_utf8(self.place.read(folder)?)
            .map_err(|_| format!("{} is no text", self.place.name))?;
        let mut place = read_place(&text).map_err(|error| error.to_string())?;
        if let Some(lines) = &self.lines {
            place.set_lines(Arc::new(lines.read_lines(folder)?));
        }
        Ok(place)
    }

    pub(super) fn files(&self) -> impl Iterator<Item = &SideFile> {
        std::iter::once(&self.place).chain(&self.lines)
    }
}

impl SideFile {
    /// Writes lines beside the journal; they are on the disk when this returns.
    pub(super) fn write_lines(folder: &Path, lines: &Ledger) -> io::Result<Self> {
        Self::write(folder, "lines", "columns", |out| write_lines(lines, out))
    }

    fn write(
        folder: &Path,
        kind: &str,
        ending: &str,
        write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<Self> {
        let beside = folder.join(format!("{kind}.new"));
        // What a failure has left there is of no use.
        let _ = fs::remove_file(&beside);
        let file = disk::make_file(&beside)?;
        let mut out = BufWriter::with_capacity(1 << 20, file);
        write(&mut out)?;
        out.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        let hash = ContentHash::of_file(&beside)?;
        // The first letters tell files apart, and the whole is held against the file when it is read.
        let name = format!("{kind}-{}.{ending}", &hash.to_string()[..16]);
        fs::rename(&beside, folder.join(&name))?;
        disk::sync_folder(folder)?;
        Ok(Self { name, hash })
    }

    /// Reads what it holds, if it is what it was.
    fn read(&self, folder: &Path) -> Result<Vec<u8>, String> {
        if !disk::is_name(&self.name) {
            return Err(format!("{} is no name of a file", self.name));
        }
        let bytes = read_bytes(&folder.join(&self.name)).map_err(|error| error.to_string())?;
        if ContentHash::of(&bytes) != self.hash {
            return Err(format!("{} does not hold what it held", self.name));
        }
        Ok(bytes)
    }

    pub(super) fn read_lines(&self, folder: &Path) -> Result<Ledger, String> {
        read_lines(&self.read(folder)?).map_err(|what| format!("{}: {what}", self.name))
    }

    /// Puts it beside another journal too.
    pub(super) fn share(&self, from: &Path, to: &Path) -> io::Result<()> {
        if !disk::is_name(&self.name) {
            return Err(io::ErrorKind::InvalidFilename.into());
        }
        let (from, to) = (from.join(&self.name), to.join(&self.name));
        // Nothing is ever written into such a file, so that one under two names is as good as two.
        if to.exists() || fs::hard_link(&from, &to).is_ok() {
            return Ok(());
        }
        let mut file = disk::make_file(&to)?;
        io::copy(&mut fs::File::open(&from)?, &mut file)?;
        file.sync_all()
    }
}
