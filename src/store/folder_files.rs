//! The files of folders that are brought: those that may hold lines of spending.

use std::path::{Path, PathBuf};

/// Endings of files that are looked into; of a folder nothing else is taken.
const KINDS: [&str; 12] =
    ["csv", "tsv", "txt", "tab", "xlsx", "xlsm", "xls", "xlsb", "ods", "zip", "html", "htm"];
/// Folders within folders are looked into so deep.
const DEEPEST: usize = 3;
/// More files than these are not taken.
// Somebody has dropped the wrong folder.
const MOST: usize = 200;

/// What folders hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderFiles {
    /// Files that may hold lines, by name.
    pub files: Vec<PathBuf>,
    /// Files of other kinds.
    pub not_taken: Vec<PathBuf>,
    /// Folders that cannot be looked into, or lie too deep; and whether there were too many files.
    pub not_looked_into: Vec<PathBuf>,
    pub are_too_many: bool,
}

/// The files of a folder and of the folders in it; hidden ones are passed over, and links are not followed.
pub fn files_of_folder(folder: &Path) -> FolderFiles {
    let mut found = FolderFiles::default();
    look_into(folder, 0, &mut found);
    found
}

fn look_into(folder: &Path, depth: usize, found: &mut FolderFiles) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return found.not_looked_into.push(folder.to_owned());
    };
    let mut paths: Vec<(PathBuf, bool)> = entries
        .flatten()
        .filter_map(|entry| {
            Some((entry.path(), entry.file_type().ok().filter(|kind| !kind.is_symlink())?.is_dir()))
        })
        .filter(|(path, _)| !is_hidden(path))
        .collect();
    paths.sort_unstable();
    for (path, is_folder) in paths {
        if is_folder && depth + 1 < DEEPEST {
            look_into(&path, depth + 1, found);
        } else if is_folder {
            found.not_looked_into.push(path);
        } else if !is_of_a_kind(&path) {
            found.not_taken.push(path);
        } else if found.files.len() < MOST {
            found.files.push(path);
        } else {
            found.are_too_many = true;
        }
    }
}

/// Hidden by its name, or the lock that a spreadsheet program leaves beside an open file.
fn is_hidden(path: &Path) -> bool {
    path.file_name().is_none_or(|name| {
        let name = name.to_string_lossy();
        name.starts_with('.') || name.starts_with("~$")
    })
}

fn is_of_a_kind(path: &Path) -> bool {
    path.extension().is_some_and(|ending| KINDS.iter().any(|kind| ending.eq_ignore_ascii_case(kind)))
}
