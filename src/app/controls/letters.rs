//! The sizes that letters are made in: few, however far a picture is zoomed into.

use std::sync::Arc;

use egui::emath::TSTransform;
use egui::epaint::TextShape;
use egui::{Color32, Galley, Pos2};

/// The size that letters are made in, and what they are scaled by on the way to the screen.
///
/// Each size is a picture of every letter, kept by the toolkit for as long as the window is open: made in whatever size a
/// wheel comes to, letters would take hundreds of megabytes. So a zoomed picture makes them in few sizes.
#[derive(Clone, Copy)]
pub(super) struct LetterSize {
    pub(super) made: f32,
    pub(super) scale: f32,
}

impl LetterSize {
    /// Two sizes for each doubling: scaled by less than a half, letters are still sharp.
    const STEPS: f32 = 2.0;
    /// Larger ones are few on a screen, and large enough to be soft at their edges.
    const LARGEST: f32 = 64.0;

    pub(super) fn of(size: f32, zoom: f32) -> Self {
        let wanted = size * zoom;
        if (zoom - 1.0).abs() < f32::EPSILON || wanted <= 0.0 {
            return Self { made: wanted, scale: 1.0 };
        }
        // From above, as scaling down keeps edges that scaling up would blur.
        let made = (wanted.log2() * Self::STEPS).ceil() / Self::STEPS;
        let made = made.exp2().min(Self::LARGEST);
        Self { made, scale: wanted / made }
    }

    pub(super) fn shape(self, at: Pos2, galley: &Arc<Galley>, color: Color32) -> TextShape {
        let mut shape = TextShape::new(Pos2::ZERO, Arc::clone(galley), color);
        if self.scale != 1.0 {
            shape.transform(TSTransform::from_scaling(self.scale));
        }
        shape.pos = at;
        shape
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_a_wheel_turns_letters_are_made_in_few_sizes() {
        let zooms = (1..=1_100).map(|step| 1.0 + step as f32 / 100.0);
        let sizes = zooms.map(|zoom| {
            let size = LetterSize::of(13.0, zoom);
            assert!((size.made * size.scale - 13.0 * zoom).abs() < 1e-3, "it is as large as it should be");
            size.made
        });
        let mut sizes: Vec<f32> = sizes.collect();
        sizes.dedup();
        assert!(sizes.len() < 8, "{sizes:?}");
        assert_eq!(LetterSize::of(13.0, 1.0).made, 13.0, "what is not zoomed is as before");
    }
}
