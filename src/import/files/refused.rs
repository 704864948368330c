//! What is said of files that cannot be read.

use crate::import::problem::{Code, ImportError};

/// Reading stopped before the end of the file.
pub(in crate::import) fn unfinished(file: &str, error: &std::io::Error) -> ImportError {
    ImportError::refused(file, Code::FileUnreadable, &format!("could not be read to its end: {error}"))
}

pub(in crate::import) fn unreadable_workbook(file: &str, error: &str) -> ImportError {
    if error.contains("password") {
        return password(file);
    }
    ImportError::refused(
        file,
        Code::WorkbookUnreadable,
        &format!(
            "is a workbook that cannot be read ({error}); open it in a spreadsheet and save it again, or save it as CSV"
        ),
    )
}

pub(in crate::import) fn password(file: &str) -> ImportError {
    ImportError::refused(
        file,
        Code::WorkbookPassword,
        "is a workbook behind a password; open it, take the password off and save it, or save it as CSV",
    )
}
