//! The journal: each step as it is taken, so that a program that is killed loses nothing, in a log that saves cut
//! nothing from. Writing it never keeps a save or a step from happening.

mod comes_back;
mod course;
mod disk;
mod entry;
mod handle;
mod health;
mod known_file;
mod left_behind;
mod line_columns;
mod log;
mod old_format;
mod open_journal;
mod present;
mod recovery;
mod side_file;
mod whereabouts;
mod writer;

pub use comes_back::ComesBack;
pub use handle::Journal;
pub use health::JournalHealth;
pub use known_file::FileNow;
pub use left_behind::{LeftBehind, left_behind};
pub use recovery::{BroughtBackFrom, Recovered};
pub use writer::JournalWriter;
