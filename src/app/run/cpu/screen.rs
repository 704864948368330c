//! The painter's picture on the window.

use std::collections::VecDeque;
use std::num::NonZeroU32;
use std::sync::Arc;

use softbuffer::{Context, Rect, Surface};
use winit::window::Window;

use crate::painter::{CpuPainter, PixelRect};

/// More rectangles than this are sent as the one that holds them all.
// Each is sent by itself; so many small ones lie close together as a rule.
const MOST_RECTS: usize = 24;
/// A window system may hand back a buffer that is this many pictures old.
// Window systems have two or three buffers in turn; an older one is filled whole.
const OLDEST_BUFFER: usize = 3;

/// A window's pixels.
pub(super) struct WindowPixels {
    window: Arc<Window>,
    surface: Surface<Arc<Window>, Arc<Window>>,
    /// What changed in each of the last pictures, the latest first.
    changes: VecDeque<Vec<PixelRect>>,
    has_shown: bool,
}

impl WindowPixels {
    pub(super) fn new(window: Arc<Window>) -> Result<Self, String> {
        let failed = |error: softbuffer::SoftBufferError| error.to_string();
        let context = Context::new(Arc::clone(&window)).map_err(failed)?;
        let surface = Surface::new(&context, Arc::clone(&window)).map_err(failed)?;
        Ok(Self { window, surface, changes: VecDeque::new(), has_shown: false })
    }

    pub(super) fn has_shown(&self) -> bool {
        self.has_shown
    }

    /// Sends what changed, or everything after the window was uncovered.
    pub(super) fn show(
        &mut self,
        painter: &CpuPainter,
        changed: &[PixelRect],
        was_uncovered: bool,
    ) -> Result<(), String> {
        let failed = |error: softbuffer::SoftBufferError| error.to_string();
        let [width, height] = painter.size();
        let (Some(columns), Some(rows)) = (non_zero(width), non_zero(height)) else { return Ok(()) };
        self.changes.push_front(changed.to_vec());
        self.changes.truncate(OLDEST_BUFFER);
        if changed.is_empty() && !was_uncovered {
            // A picture that was not sent is no step in the age of the window system's buffers.
            self.changes.pop_front();
            return Ok(());
        }

        self.surface.resize(columns, rows).map_err(failed)?;
        let mut buffer = self.surface.buffer_mut().map_err(failed)?;
        let whole = PixelRect { left: 0, top: 0, right: width as i32, bottom: height as i32 };
        let age = usize::from(buffer.age());
        if age == 0 || age > self.changes.len() {
            buffer.copy_from_slice(painter.pixels());
        } else {
            for rect in self.changes.iter().take(age).flatten() {
                copy(painter.pixels(), &mut buffer, width, rect);
            }
        }
        let sent = if was_uncovered { vec![whole] } else { few(changed, whole) };
        let sent: Vec<Rect> = sent.iter().filter_map(softbuffer_rect).collect();
        self.window.pre_present_notify();
        buffer.present_with_damage(&sent).map_err(failed)?;
        self.has_shown = true;
        Ok(())
    }
}

fn copy(from: &[u32], to: &mut [u32], width: usize, rect: &PixelRect) {
    let height = to.len() / width;
    let columns = rect.left as usize..(rect.right as usize).min(width);
    for row in rect.top as usize..(rect.bottom as usize).min(height) {
        let start = row * width;
        let range = start + columns.start..start + columns.end;
        to[range.clone()].copy_from_slice(&from[range]);
    }
}

/// The rectangles, or the one around them if they are many.
fn few(rects: &[PixelRect], whole: PixelRect) -> Vec<PixelRect> {
    if rects.len() <= MOST_RECTS {
        return rects.to_vec();
    }
    let around = rects.iter().copied().reduce(|a, b| PixelRect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    });
    vec![around.unwrap_or(whole)]
}

fn softbuffer_rect(rect: &PixelRect) -> Option<Rect> {
    Some(Rect {
        x: rect.left as u32,
        y: rect.top as u32,
        width: non_zero((rect.right - rect.left) as usize)?,
        height: non_zero((rect.bottom - rect.top) as usize)?,
    })
}

fn non_zero(length: usize) -> Option<NonZeroU32> {
    NonZeroU32::new(u32::try_from(length).ok()?)
}
