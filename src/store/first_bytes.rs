//! A large file by its first bytes: whether it can be a place at all, before gigabytes of it are read.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::StoreError;
use super::read::{LARGEST, check_file};

/// Smaller files are read whole: what is wrong with them is then told by its line and column.
const SMALL: u64 = 16 << 20;
/// So much of a file tells what it is.
const HEAD: u64 = 1 << 20;

/// Refuses a large file that begins otherwise than places and decisions do.
///
/// # Errors
/// When there is no such file, or its beginning is no text, or is other text.
pub(super) fn check_beginning(path: &Path) -> Result<(), StoreError> {
    // What is larger than anything that is read whole is refused as that.
    if !(SMALL..LARGEST).contains(&check_file(path)?.len()) {
        return Ok(());
    }
    let mut head = Vec::new();
    let read = File::open(path).and_then(|file| file.take(HEAD).read_to_end(&mut head));
    read.map_err(|error| StoreError::reading(path, &error))?;
    if begins_as_ron(&head) {
        return Ok(());
    }
    let what = "this is not a place: it does not begin as one; a place is a readable .ron file that starts with its format";
    Err(StoreError::File { path: path.to_owned(), what: what.to_owned() })
}

/// Whether text in RON begins so, comments apart.
fn begins_as_ron(head: &[u8]) -> bool {
    // The last letter may be cut.
    let text = match std::str::from_utf8(head) {
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => {
            std::str::from_utf8(&head[..error.valid_up_to()]).unwrap_or_default()
        }
        Err(_) => return false,
    };
    let mut rest = text.trim_start_matches('\u{feff}').trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
    }
    rest.starts_with(['(', '#'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_large_file_is_judged_by_its_beginning() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("large.ron");
        for (beginning, is_taken) in [
            (&b"\xef\xbb\xbf// Our place\n(format: 1,"[..], true),
            (b"agency,amount\n", false),
            (b"\0\0\0\0", false),
            (b"", false),
        ] {
            std::fs::write(&path, beginning).unwrap();
            // A file with a hole: its length is that of a large one, and it takes no room.
            File::options().write(true).open(&path).unwrap().set_len(7 << 30).unwrap();
            // What follows is blank to whoever reads it, as the beginning of a large file may be cut anywhere.
            let said = check_beginning(&path).map_err(|error| error.to_string());
            assert_eq!(said.is_ok(), is_taken, "{said:?}");
        }
    }
}
