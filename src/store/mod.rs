//! The disk: reading files, saving them whole or not at all, and the list of recent places.

mod attributes;
mod backups;
mod content_hash;
mod error;
mod fault;
mod first_bytes;
mod folder_files;
mod journal;
mod lines_file;
mod load;
mod lock;
mod new_file;
mod path_text;
mod read;
mod recent;
mod save;
mod save_place;
mod shapes;
mod today;

pub use backups::{EarlierVersion, versions};
pub use content_hash::{ContentHash, NoHash};
pub use error::StoreError;
pub use fault::{Fault, PanicGuard, guard_with, listen_to_faults, untold_faults};
pub use folder_files::{FolderFiles, files_of_folder};
pub use journal::{
    BroughtBackFrom, ComesBack, FileNow, Journal, JournalHealth, JournalWriter, LeftBehind, Recovered,
    left_behind,
};
pub use load::{Failure, Loaded, Reading, load, load_text};
pub use lock::{Holder, LeftByOthers, LockError, PlaceLock};
pub use new_file::SavedFile;
pub use read::{
    OpenedPlace, file_size, is_same_file, looks_like_place, open_place, open_place_file, read_bytes,
};
pub use recent::{Recent, RecentPlace};
pub use save::{forget, note, save_bytes, save_with};
pub use save_place::{Known, save_known, save_place};
pub use shapes::Shapes;
pub use today::today;
