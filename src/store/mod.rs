//! The disk: reading files, saving them whole or not at all, and the list of recent places.

mod attributes;
mod content_hash;
mod error;
mod journal;
mod load;
mod new_file;
mod read;
mod recent;
mod save;
mod shapes;

pub use content_hash::{ContentHash, NoHash};
pub use error::StoreError;
pub use journal::{Base, Entry, Journal, Recovered, discard, left_behind, recover};
pub use load::{Failure, Loaded, Reading, load, load_text};
pub use new_file::SavedFile;
pub use read::{file_size, is_same_file, looks_like_place, open_place, read_bytes};
pub use recent::{Recent, RecentPlace};
pub use save::{forget, note, save_bytes, save_place, save_with};
pub use shapes::Shapes;
