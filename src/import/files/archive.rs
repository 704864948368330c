use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use super::workbook::{Format, read_workbook};
use crate::import::input::Input;
use crate::import::options::ImportOptions;
use crate::import::problem::{Code, ImportError};
use crate::import::read::{Progress, read_file};
use crate::import::report::Imported;

/// More than any sound file unpacks to.
const MOST_BYTES: u64 = 2 << 30;
/// Up to here a high ratio is no sign of harm.
const HARMLESS_BYTES: u64 = 100 << 20;
/// Sound workbooks unpack to ten or fifty times their size.
const MOST_RATIO: u64 = 300;

/// Reads a ZIP archive: a workbook, or the one data file in it.
pub(in crate::import) fn read_archive(
    input: Input<'_>,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    read_zip(input, true, options, progress)
}

fn read_zip(
    input: Input<'_>,
    outermost: bool,
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
    let mut archive = open(input)?;
    let mut names = Vec::new();
    let mut stated: u64 = 0;
    for index in 0..archive.len() {
        let Ok(entry) = archive.by_index_raw(index) else { return Err(damaged(input.name)) };
        stated = stated.saturating_add(entry.size());
        names.push(entry.name().map_or_else(|_| String::new(), std::borrow::Cow::into_owned));
    }
    if stated > MOST_BYTES || stated > HARMLESS_BYTES && stated / MOST_RATIO > input.bytes.len() as u64 {
        return Err(too_large(input.name));
    }
    let has = |wanted: &str| names.iter().any(|name| name == wanted);
    let ends = |ending: &str| names.iter().any(|name| name.ends_with(ending));
    if has("xl/workbook.bin") {
        return read_workbook(input, Format::Xlsb, options, progress);
    }
    if has("xl/workbook.xml") || has("[Content_Types].xml") && ends("workbook.xml") {
        check_sizes(input, &mut archive, |name| {
            name.ends_with("sharedStrings.xml") || name.ends_with("styles.xml")
        })?;
        return read_workbook(input, Format::Xlsx, options, progress);
    }
    if has("content.xml") {
        return read_workbook(input, Format::Ods, options, progress);
    }
    if has("[Content_Types].xml") {
        return Err(ImportError::refused(
            input.name,
            Code::FileBinary,
            "is an Office document without sheets; put its table into a workbook or save it as CSV",
        ));
    }
    if !outermost {
        return Err(damaged(input.name));
    }
    read_only_file(input, &mut archive, &names, options, progress)
}

fn open(input: Input<'_>) -> Result<ZipArchive<Cursor<&[u8]>>, ImportError> {
    ZipArchive::new(Cursor::new(input.bytes)).map_err(|_| damaged(input.name))
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
    archive: &mut ZipArchive<Cursor<&[u8]>>,
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
fn read_only_file(
    input: Input<'_>,
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    names: &[String],
    options: &ImportOptions,
    progress: Progress<'_>,
) -> Result<Imported, ImportError> {
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
    let name = format!("{}/{inner}", input.name);
    let inner = Input { name: &name, bytes: &bytes };
    // An archive in an archive may be a workbook, and nothing deeper.
    if bytes.starts_with(b"PK\x03\x04") {
        read_zip(inner, false, options, progress)
    } else {
        read_file(inner, options, progress)
    }
}
