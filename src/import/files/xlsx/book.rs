//! A modern workbook whose parts are plain enough to be scanned, and the thorough reader beside it.

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::parts::{XmlPart, sheet_paths};
use super::sheet::{Scanned, Scanner};
use super::strings::Strings;
use super::styles::{Outline, outline_of};
use crate::import::files::filler::Filler;
use crate::import::files::read_ahead::read_ahead;
use crate::import::problem::ImportError;

/// A workbook whose parts are plain enough to be scanned.
pub(in crate::import) struct PlainBook<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    outline: Outline,
    /// Which part each sheet is in, by its name.
    paths: Vec<(String, String)>,
    strings: Strings,
    /// The same workbook the thorough way, once it was needed.
    thorough: Option<Box<Xlsx<Cursor<&'a [u8]>>>>,
}

impl<'a> PlainBook<'a> {
    /// `None` where the thorough way has to read all of it.
    pub(in crate::import::files) fn open(bytes: &'a [u8]) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let paths = sheet_paths(&mut zip)?;
        let outline = outline_of(&mut zip, &paths)?;
        let strings = Strings::read(&mut zip)?;
        Some(Self { zip, outline, paths, strings, thorough: None })
    }

    /// Its sheets, and whether they are shown.
    pub(in crate::import::files) fn sheets(&self) -> &[(String, bool)] {
        &self.outline.sheets
    }

    /// The workbook the thorough way.
    pub(in crate::import::files) fn thorough(
        &mut self,
        bytes: &'a [u8],
    ) -> Result<&mut Xlsx<Cursor<&'a [u8]>>, XlsxError> {
        if self.thorough.is_none() {
            self.thorough = Some(Box::new(Xlsx::new(Cursor::new(bytes))?));
        }
        Ok(self.thorough.as_mut().expect("it was just put there"))
    }

    /// Puts the cells of a sheet into `filler`, those of rows that are `wanted`, by their numbers from 1.
    pub(in crate::import::files) fn fill(
        &mut self,
        sheet: &str,
        wanted: Option<&dyn Fn(u32) -> bool>,
        filler: &mut Filler<'_>,
    ) -> Result<Scanned, ImportError> {
        let path = self.paths.iter().find(|(name, _)| name == sheet).map(|(_, path)| path);
        let Some(entry) = path.and_then(|path| self.zip.by_name(path).ok()) else {
            return Ok(Scanned::UpTo(None));
        };
        read_ahead(entry, |reader| {
            Scanner::new(XmlPart::new(reader), &self.strings, &self.outline.styles).fill(wanted, filler)
        })
    }
}
