//! A scene of the story as it is now: what of it still applies, what it comes to, its picture with what it points out. The
//! same for the window, for files and for whoever presents.

mod capture;
mod named;
mod open;
mod picture;
mod pointing;
mod poke;
mod presented;
mod presenting;
mod traces;
mod words;

pub use capture::{CapturedView, captured_scene};
pub use named::nameable;
pub use open::{OpenedScene, open_scene};
pub use picture::{SceneOptions, ScenePage, ScenePicture, scene_captions, scene_picture};
pub use poke::Poke;
pub use presented::{PresentedScene, presented_scene};
pub use presenting::{AfterCue, Cover, Cue, Presentation};
pub use traces::{SceneTrace, SceneTraces, TracedNode, scene_traces};
pub use words::{SceneTable, scene_table, scene_words};
