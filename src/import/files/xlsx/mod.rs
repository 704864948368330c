//! Sheets of modern workbooks at full speed. Their XML is scanned as bytes, as far as it is plain; the first thing out
//! of the ordinary hands over to the thorough reader, so that the results are those of the thorough way.

mod parts;
mod sheet;
mod strings;
mod styles;
mod text;

use std::io::Cursor;

use calamine::{Reader as _, Xlsx, XlsxError};
use zip::ZipArchive;

use super::cells::Filler;
use crate::import::files::read_ahead;
use crate::import::problem::ImportError;
use parts::{Part, sheet_paths};
use sheet::Scanner;
use strings::Strings;
use styles::{Outline, outline_of};

/// A workbook whose parts are plain enough to be scanned.
pub(super) struct PlainBook<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    outline: Outline,
    /// Which part each sheet is in, by its name.
    paths: Vec<(String, String)>,
    strings: Strings,
    /// The same workbook the thorough way, once it was needed.
    thorough: Option<Box<Xlsx<Cursor<&'a [u8]>>>>,
}

/// How far a sheet was plain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scanned {
    /// To its end, or to where no more was wanted.
    Whole,
    /// Up to the cell of this row and column, or not at all.
    UpTo(Option<(u32, u32)>),
}

impl<'a> PlainBook<'a> {
    /// `None` where the thorough way has to read all of it.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let mut zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let paths = sheet_paths(&mut zip)?;
        let outline = outline_of(&mut zip, &paths)?;
        let strings = Strings::read(&mut zip)?;
        Some(Self { zip, outline, paths, strings, thorough: None })
    }

    /// Its sheets, and whether they are shown.
    pub(super) fn sheets(&self) -> &[(String, bool)] {
        &self.outline.sheets
    }

    /// The workbook the thorough way.
    pub(super) fn thorough(&mut self, bytes: &'a [u8]) -> Result<&mut Xlsx<Cursor<&'a [u8]>>, XlsxError> {
        if self.thorough.is_none() {
            self.thorough = Some(Box::new(Xlsx::new(Cursor::new(bytes))?));
        }
        Ok(self.thorough.as_mut().expect("it was just put there"))
    }

    /// Puts the cells of a sheet into `filler`, those of rows that are `wanted`, by their numbers from 1.
    pub(super) fn fill(
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
            Scanner::new(Part::new(reader), &self.strings, &self.outline.styles).fill(wanted, filler)
        })
    }
}
