//! Pictures for a hall, read from six metres: one message each, in letters that are a share of the picture's height; few
//! nodes, one hue for what the title is about, everything else grey.

mod flows;
mod foot;
mod labels;
mod page;
mod rows;
mod stack;

pub use flows::{RoomFlows, RoomLens, room_flows, room_focus};
pub use foot::{is_around_room, room_footed};
pub use page::{RoomPage, RoomSizes, room_titled};
pub use rows::{RoomRow, RoomRowKind, RoomRows, room_rows};
