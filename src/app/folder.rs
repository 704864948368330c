//! The program's own folder: whether the last start with OpenGL came up, and the window's shape. What cannot
//! be kept there is forgotten, and nothing fails for it.

use std::path::PathBuf;

use super::run::{StartMemory, WindowShape};
use crate::store;

/// The program's own folder, where it remembers what it needs from one start to the next; none remembers nothing.
pub struct Folder(Option<PathBuf>);

impl Folder {
    pub fn new(folder: Option<PathBuf>) -> Self {
        Self(folder)
    }

    fn file(&self, name: &str) -> Option<PathBuf> {
        self.0.as_ref().map(|folder| folder.join(name))
    }
}

// A driver that crashes takes the program with it: only what is on the disk tells the next start of it.
const MARKER: &str = "gpu-is-starting";
const SHAPE: &str = "window.ron";

// What cannot be remembered is forgotten: no start fails for it.
impl StartMemory for Folder {
    fn gpu_start_was_left_unfinished(&self) -> bool {
        self.file(MARKER).is_some_and(|marker| marker.exists())
    }

    fn gpu_start_begins(&self) {
        if let Some(marker) = self.file(MARKER) {
            let _ = store::note(&marker, "");
        }
    }

    fn gpu_start_ends(&self) {
        if let Some(marker) = self.file(MARKER) {
            store::forget(&marker);
        }
    }

    fn window_shape(&self) -> Option<WindowShape> {
        // Whatever is wrong with it, the window has a shape of its own.
        let bytes = store::read_bytes(&self.file(SHAPE)?).ok()?;
        let (width, height, is_maximized): (u32, u32, bool) =
            ron::from_str(std::str::from_utf8(&bytes).ok()?).ok()?;
        Some(WindowShape { size: [width as f32, height as f32], is_maximized })
    }

    fn keep_window_shape(&self, shape: WindowShape) {
        if let Some(file) = self.file(SHAPE) {
            let [width, height] = shape.size.map(|side| side.round() as u32);
            let _ = store::note(&file, &format!("({width}, {height}, {})", shape.is_maximized));
        }
    }
}
