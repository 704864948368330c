//! ZIP archives: a workbook, or the one data file inside. Nothing is unpacked beyond what the archive says of
//! its size, and no archive inside an archive inside an archive.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::kind::WorkbookFormat;
use crate::import::input::Input;
use crate::import::problem::{Code, ImportError};

/// More than any sound file unpacks to.
const MOST_BYTES: u64 = 2 << 30;
/// Up to here a high ratio is no sign of harm.
const HARMLESS_BYTES: u64 = 100 << 20;
/// Sound workbooks unpack to ten or fifty times their size.
const MOST_RATIO: u64 = 300;

/// What a ZIP archive turned out to be.
pub(in crate::import) enum Unpacked {
    Workbook(WorkbookFormat),
    /// The one data file in it.
    File {
        /// Behind the archive's own.
        name: String,
        bytes: Vec<u8>,
    },
}

/// Opens a ZIP archive: a workbook, or the one data file in it.
pub(in crate::import) fn unpack(input: Input<'_>) -> Result<Unpacked, ImportError> {
    let (mut archive, names) = opened(input)?;
    match workbook_of(input, &mut archive, &names)? {
        Some(format) => Ok(Unpacked::Workbook(format)),
        None => only_file(input, &mut archive, &names),
    }
}

/// The workbook that an archive inside another one is; nothing deeper is opened.
pub(in crate::import) fn inner_workbook(input: Input<'_>) -> Result<WorkbookFormat, ImportError> {
    let (mut archive, names) = opened(input)?;
    workbook_of(input, &mut archive, &names)?.ok_or_else(|| damaged(input.name))
}

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// The archive and the names of what is in it, unless it would unpack to far too much.
fn opened(input: Input<'_>) -> Result<(Archive<'_>, Vec<String>), ImportError> {
    let mut archive = ZipArchive::new(Cursor::new(input.bytes)).map_err(|_| damaged(input.name))?;
    let mut names = Vec::new();
    let mut stated: u64 = 0;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else { return Err(damaged(input.name)) };
        stated = stated.saturating_add(entry.size());
        names.push(entry.name().map_or_else(|_| String::new(), std::borrow::Cow::into_owned));
    }
    if entries_stated(input.bytes).is_some_and(|stated| stated != archive.len()) {
        return Err(ImportError::refused(
            input.name,
            Code::ZipUnreadable,
            "holds two files of one name, of which only one can be meant; unpack it and choose, or save the workbook again",
        ));
    }
    if stated > MOST_BYTES || stated > HARMLESS_BYTES && stated / MOST_RATIO > input.bytes.len() as u64 {
        return Err(too_large(input.name));
    }
    Ok((archive, names))
}

/// How many files an archive says that it holds, at its end; the reader of archives keeps one of each name. `None` where
/// there are more than that number has room for.
fn entries_stated(bytes: &[u8]) -> Option<usize> {
    // A comment of at most 65,535 bytes may follow.
    let end = bytes.len().checked_sub(22)?;
    let start = end.saturating_sub(usize::from(u16::MAX));
    let at = memchr::memmem::rfind(&bytes[start..end + 4], b"PK\x05\x06")? + start;
    let count = u16::from_le_bytes([*bytes.get(at + 10)?, *bytes.get(at + 11)?]);
    (count < u16::MAX).then_some(usize::from(count))
}

/// What kind of workbook the archive is, by the names of its parts; `None` where it is none.
fn workbook_of(
    input: Input<'_>,
    archive: &mut Archive<'_>,
    names: &[String],
) -> Result<Option<WorkbookFormat>, ImportError> {
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = |ending: &str| names.iter().any(|name| name.ends_with(ending));
    if has("xl/workbook.bin") {
        return Ok(Some(WorkbookFormat::Xlsb));
    }
    if has("xl/workbook.xml") || has("[Content_Types].xml") && ends("workbook.xml") {
        check_sizes(input, archive, |name| {
            name.ends_with("sharedStrings.xml") || name.ends_with("styles.xml")
        })?;
        return Ok(Some(WorkbookFormat::Xlsx));
    }
    if has("content.xml") {
        return Ok(Some(WorkbookFormat::Ods));
    }
    if has("[Content_Types].xml") {
        return Err(ImportError::refused(
            input.name,
            Code::FileBinary,
            "is an Office document without sheets; put its table into a workbook or save it as CSV",
        ));
    }
    Ok(None)
}

fn damaged(file: &str) -> ImportError {
    ImportError::refused(
        file,
        Code::ZipUnreadable,
        "is a ZIP archive or a workbook that is damaged or not yet whole; copy or download it again",
    )
}

fn too_large(file: &str) -> ImportError {
    ImportError::refused(
        file,
        Code::FileTooLarge,
        "would unpack to far more than its size allows for, as harmful files do; it was not opened. Save its table as CSV",
    )
}

/// Parts that are unpacked whole must be as large as they say.
fn check_sizes(
    input: Input<'_>,
    archive: &mut Archive<'_>,
    of: impl Fn(&str) -> bool,
) -> Result<(), ImportError> {
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index(index) else { continue };
        if !entry.name().is_ok_and(|name| of(&name)) || entry.compressed_size() < 100_000 {
            continue;
        }
        let stated = entry.size();
        let found = std::io::copy(&mut entry.take(stated + 1), &mut std::io::sink())
            .map_err(|_| damaged(input.name))?;
        if found > stated {
            return Err(too_large(input.name));
        }
    }
    Ok(())
}

/// The one data file of an archive, or a word about which there are.
fn only_file(input: Input<'_>, archive: &mut Archive<'_>, names: &[String]) -> Result<Unpacked, ImportError> {
    let is_data = |name: &str| {
        let lower = name.to_lowercase();
        !lower.starts_with("__macosx")
            && [".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"]
                .iter()
                .any(|ending| lower.ends_with(ending))
            && !lower.rsplit('/').next().unwrap_or("").starts_with(['.', '~'])
    };
    let data: Vec<usize> = (0..names.len()).filter(|&index| is_data(&names[index])).collect();
    let [only] = data[..] else {
        let listed: Vec<&str> = data.iter().take(8).map(|&index| names[index].as_str()).collect();
        let what = if data.is_empty() {
            "is a ZIP archive without a CSV file or workbook in it".to_owned()
        } else {
            format!(
                "is a ZIP archive of {} data files ({}); unpack it and choose among them",
                data.len(),
                listed.join(", ")
            )
        };
        return Err(ImportError::refused(input.name, Code::ZipSeveral, &what));
    };
    let entry = archive.by_index(only).map_err(|error| match error {
        zip::result::ZipError::UnsupportedArchive(_) => ImportError::refused(
            input.name,
            Code::ZipUnreadable,
            "is a ZIP archive behind a password or of an unusual kind; unpack it first",
        ),
        _ => damaged(input.name),
    })?;
    let stated = entry.size();
    let mut bytes = Vec::new();
    entry.take(stated + 1).read_to_end(&mut bytes).map_err(|_| damaged(input.name))?;
    if bytes.len() as u64 > stated {
        return Err(too_large(input.name));
    }
    let inner = names[only].rsplit('/').next().unwrap_or(&names[only]);
    Ok(Unpacked::File { name: format!("{}/{inner}", input.name), bytes })
}
