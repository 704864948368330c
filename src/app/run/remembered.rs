//! What is worth knowing from the last time the window was open.

/// Kept by the caller, who may touch the disk, from one start to the next.
pub trait StartMemory {
    /// True when the last start with OpenGL never got as far as a picture: it crashed, or hung.
    fn gpu_start_was_left_unfinished(&self) -> bool {
        false
    }

    /// OpenGL is about to be started; if the program dies now, it should be avoided next time.
    fn gpu_start_begins(&self) {}

    /// OpenGL has shown its first pictures, or has failed in an orderly way.
    fn gpu_start_ends(&self) {}

    /// How the window was when it was last closed.
    fn window_shape(&self) -> Option<WindowShape> {
        None
    }

    /// The window is closing in this shape.
    fn keep_window_shape(&self, _shape: WindowShape) {}
}

/// The size of the window, in points, and whether it fills the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowShape {
    /// Width and height when it does not fill the screen.
    pub size: [f32; 2],
    /// Whether it fills the screen.
    pub is_maximized: bool,
}

impl Default for WindowShape {
    fn default() -> Self {
        Self { size: [1280.0, 800.0], is_maximized: false }
    }
}
