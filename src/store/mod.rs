//! The disk: reading files, saving them whole or not at all, and the list of recent places.

mod content_hash;
mod error;
mod fault;
mod first_bytes;
mod journal;
mod load;
mod path_text;
mod read;
mod recent;
mod save;
mod shapes;

pub use content_hash::{ContentHash, NoHash};
pub use error::StoreError;
pub use fault::{Fault, PanicGuard, guard_with, listen_to_faults, untold_faults};
pub use journal::{
    BroughtBackFrom, Journal, JournalHealth, JournalWriter, LeftBehind, Recovered, left_behind,
};
pub use load::{Failure, Loaded, Reading, load, load_text};
pub use read::{file_size, open_place, read_bytes};
pub use recent::{Recent, RecentPlace};
pub use save::{forget, note, save_bytes, save_place};
pub use shapes::Shapes;
