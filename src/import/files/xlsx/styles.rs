//! Which styles of a workbook make a date of a number, as the thorough reader says when it is given a cell in
//! each of them. What a date format is, is decided in one place only.

use std::io::{Cursor, Write as _};

use calamine::{DataRef, ExcelDateTimeType, Reader as _, SheetType, SheetVisible, Xlsx};
use memchr::memmem::find_iter;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::notes::is_scaled;
use super::parts::{attribute, tag_end, whole};

/// What a cell's style makes of a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Number,
    /// A number that is shown in thousands or millions.
    Scaled,
    /// Days; whether they count from 1904.
    Date(bool),
    Duration(bool),
}

/// More styles than any sound workbook has.
const MOST_STYLES: usize = 65_000;

impl Style {
    pub(super) fn is_scaled(self) -> bool {
        self == Self::Scaled
    }

    pub(super) fn date_type(self) -> Option<(ExcelDateTimeType, bool)> {
        match self {
            Self::Number | Self::Scaled => None,
            Self::Date(is_1904) => Some((ExcelDateTimeType::DateTime, is_1904)),
            Self::Duration(is_1904) => Some((ExcelDateTimeType::TimeDelta, is_1904)),
        }
    }
}

/// What a workbook has besides texts and cells.
pub(super) struct Outline {
    /// Its sheets, and whether they are shown.
    pub(super) sheets: Vec<(String, bool)>,
    /// By number.
    pub(super) styles: Vec<Style>,
}

/// The outline of a workbook. The thorough reader is asked: it is
/// given the same workbook with one cell in each style on every sheet.
pub(super) fn outline_of(zip: &mut ZipArchive<Cursor<&[u8]>>, paths: &[(String, String)]) -> Option<Outline> {
    let mut book = Xlsx::new(Cursor::new(frame(zip, paths)?)).ok()?;
    let sheets: Vec<(String, bool)> = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| matches!(sheet.typ, SheetType::WorkSheet))
        .map(|sheet| (sheet.name.clone(), sheet.visible == SheetVisible::Visible))
        .collect();
    let is_1904 = book.has_1904_epoch();
    let mut cells = book.worksheet_cells_reader(&sheets.first()?.0).ok()?;
    let mut styles = Vec::new();
    while let Some(cell) = cells.next_cell().ok()? {
        styles.push(match cell.get_value() {
            DataRef::DateTime(date) if date.is_duration() => Style::Duration(is_1904),
            DataRef::DateTime(_) => Style::Date(is_1904),
            DataRef::Float(_) => Style::Number,
            _ => return None,
        });
    }
    for scaled in scaled_styles(zip) {
        if let Some(style) = styles.get_mut(scaled).filter(|style| **style == Style::Number) {
            *style = Style::Scaled;
        }
    }
    Some(Outline { sheets, styles })
}

/// The styles whose format shows numbers in thousands or millions.
fn scaled_styles(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Vec<usize> {
    let Some(bytes) = whole(zip, "xl/styles.xml") else { return Vec::new() };
    let tags = |xml: &[u8], name: &[u8]| -> Vec<Vec<u8>> {
        let starts = find_iter(xml, name);
        starts.filter_map(|at| Some(xml[at..at + tag_end(&xml[at..])?].to_vec())).collect()
    };
    let scaled: Vec<Vec<u8>> = tags(&bytes, b"<numFmt ")
        .iter()
        .filter(|tag| {
            let code = attribute(tag, |key| key == b"formatCode").unwrap_or_default();
            is_scaled(&String::from_utf8_lossy(code).replace("&quot;", "\""))
        })
        .filter_map(|tag| attribute(tag, |key| key == b"numFmtId").map(<[u8]>::to_vec))
        .collect();
    let Some(start) = memchr::memmem::find(&bytes, b"<cellXfs") else { return Vec::new() };
    let end = memchr::memmem::find(&bytes, b"</cellXfs>").unwrap_or(bytes.len());
    let Some(styles) = bytes.get(start..end).filter(|_| !scaled.is_empty()) else { return Vec::new() };
    tags(styles, b"<xf ")
        .iter()
        .enumerate()
        .filter(|(_, tag)| {
            attribute(tag, |key| key == b"numFmtId").is_some_and(|id| scaled.iter().any(|known| known == id))
        })
        .map(|(style, _)| style)
        .collect()
}

/// A workbook without its texts, each of its sheets a row with a cell in each style.
fn frame(zip: &mut ZipArchive<Cursor<&[u8]>>, paths: &[(String, String)]) -> Option<Vec<u8>> {
    let mut parts = Vec::new();
    for path in ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"] {
        parts.push((path, whole(zip, path)?));
    }
    let mut styles = 0;
    if zip.index_for_name("xl/styles.xml").is_some() {
        let bytes = whole(zip, "xl/styles.xml")?;
        styles = find_iter(&bytes, b"xf ").count().min(MOST_STYLES);
        parts.push(("xl/styles.xml", bytes));
    }
    let mut sheet = "<worksheet><sheetData><row r=\"1\">".to_owned();
    for style in 0..styles {
        // One and a half: a day and twelve hours, or a number; which of them is what is asked.
        sheet.extend(["<c s=\"", &style.to_string(), "\"><v>1.5</v></c>"]);
    }
    sheet.push_str("</row></sheetData></worksheet>");
    let mut paths: Vec<&str> = paths.iter().map(|(_, path)| path.as_str()).collect();
    paths.sort_unstable();
    paths.dedup();
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    let sheets = paths.into_iter().map(|path| (path, sheet.as_bytes()));
    for (path, bytes) in parts.iter().map(|(path, bytes)| (*path, &bytes[..])).chain(sheets) {
        zip.start_file(path, stored).ok()?;
        zip.write_all(bytes).ok()?;
    }
    Some(zip.finish().ok()?.into_inner())
}
