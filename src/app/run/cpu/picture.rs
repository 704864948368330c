//! A frame on its way to pixels: the toolkit's shapes to triangles, triangles to the picture. A fault on this way, in
//! which no work of the program is, costs the frame and not the window.

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::epaint::ClippedShape;
use egui::{ColorImage, Context, TexturesDelta};

use crate::app::standing_up::lose_picture;
use crate::painter::{CpuPainter, PixelRect};

/// So many pictures may be lost one after the other before the window gives up.
/// After three the plain screen comes, which has little that can fail; where that is lost too, nothing would be seen.
const MOST_IN_A_ROW: u32 = 10;

/// The picture of the window, and how often it was lost of late.
pub(super) struct WindowPicture {
    painter: CpuPainter,
    lost: u32,
}

impl WindowPicture {
    pub(super) fn new() -> Self {
        Self { painter: CpuPainter::new(), lost: 0 }
    }

    /// Does a part of a frame; nothing comes of it where it has a fault, and the next frame is painted whole.
    pub(super) fn guarded<T>(
        &mut self,
        context: &Context,
        work: impl FnOnce(&mut CpuPainter) -> T,
    ) -> Option<T> {
        let done = catch_unwind(AssertUnwindSafe(|| work(&mut self.painter))).ok();
        if done.is_none() {
            self.lost += 1;
            self.painter.forget_picture();
            lose_picture(context);
        }
        done
    }

    /// Ends the pass that a fault left open, so that the toolkit can begin another one.
    pub(super) fn end_pass(&mut self, context: &Context) {
        // Where the fault was in its end, there is nothing to end.
        if let Ok(output) = catch_unwind(AssertUnwindSafe(|| context.end_pass())) {
            self.take_textures(output.textures_delta);
        }
    }

    /// Letters and pictures that are new, before anything is painted with them.
    pub(super) fn take_textures(&mut self, delta: TexturesDelta) {
        self.painter.update_textures(delta);
    }

    /// Paints a frame: where it has changed, or nothing where that failed.
    pub(super) fn paint(
        &mut self,
        context: &Context,
        shapes: Vec<ClippedShape>,
        pixels_per_point: f32,
        size: [usize; 2],
    ) -> Option<Vec<PixelRect>> {
        let ground = context.global_style().visuals.panel_fill;
        self.guarded(context, |painter| {
            let primitives = context.tessellate(shapes, pixels_per_point);
            painter.paint(size, pixels_per_point, ground, &primitives)
        })
    }

    /// It is on the screen.
    pub(super) fn is_seen(&mut self) {
        self.lost = 0;
    }

    /// Whether there is no hope that another frame is painted.
    pub(super) fn is_lost(&self) -> bool {
        self.lost >= MOST_IN_A_ROW
    }

    pub(super) fn image(&self) -> ColorImage {
        self.painter.image()
    }
}

#[cfg(test)]
mod tests {
    use egui::epaint::Vertex;
    use egui::{Color32, Mesh, RawInput, Rect, Shape, Ui, pos2, vec2};

    use super::*;
    use crate::app::standing_up::takes_lost_picture;

    const SIZE: [usize; 2] = [120, 80];

    /// A frame in which something is shown, painted.
    fn frame(
        context: &Context,
        picture: &mut WindowPicture,
        show: impl Fn(&mut Ui),
    ) -> Option<Vec<PixelRect>> {
        let screen_rect = Some(Rect::from_min_size(pos2(0.0, 0.0), vec2(120.0, 80.0)));
        let output = context.run_ui(RawInput { screen_rect, ..RawInput::default() }, |ui| show(ui));
        picture.take_textures(output.textures_delta);
        let changed = picture.paint(context, output.shapes, output.pixels_per_point, SIZE)?;
        picture.is_seen();
        Some(changed)
    }

    fn words(ui: &mut Ui) {
        ui.label("Early years");
    }

    /// A triangle with a corner that is not there: the toolkit or the painter fails at it.
    fn broken(ui: &mut Ui) {
        words(ui);
        let corner = |x, y| Vertex { pos: pos2(x, y), uv: pos2(0.0, 0.0), color: Color32::RED };
        let vertices = vec![corner(0.0, 0.0), corner(50.0, 0.0), corner(0.0, 50.0)];
        let mesh = Mesh { indices: vec![0, 1, 9], vertices, ..Mesh::default() };
        ui.painter().add(Shape::Mesh(mesh.into()));
    }

    #[test]
    fn a_fault_of_the_painting_costs_the_frame_and_not_the_window() {
        let context = Context::default();
        let mut picture = WindowPicture::new();
        assert!(frame(&context, &mut picture, words).is_some());
        let before = picture.painter.pixels().to_vec();
        assert!(frame(&context, &mut picture, broken).is_none());
        assert!(takes_lost_picture(&context), "the window is told");
        assert!(!takes_lost_picture(&context), "once");
        // The next one is whole, as if nothing had been painted before.
        let changed = frame(&context, &mut picture, words).unwrap();
        assert!(!changed.is_empty());
        assert!(picture.painter.pixels() == before);
        assert!(!takes_lost_picture(&context) && !picture.is_lost());
    }

    #[test]
    fn where_nothing_can_be_painted_any_more_that_is_known() {
        let context = Context::default();
        let mut picture = WindowPicture::new();
        for lost in 1..=MOST_IN_A_ROW {
            assert!(frame(&context, &mut picture, broken).is_none());
            assert_eq!(picture.is_lost(), lost == MOST_IN_A_ROW);
        }
    }

    #[test]
    fn a_fault_within_a_pass_of_the_toolkit_leaves_it_fit_for_the_next() {
        let context = Context::default();
        let mut picture = WindowPicture::new();
        let input = RawInput::default;
        let output =
            picture.guarded(&context, |_| context.run_ui(input(), |_| panic!("a fault as any other")));
        assert!(output.is_none());
        picture.end_pass(&context);
        assert!(frame(&context, &mut picture, words).is_some());
        assert!(!context.will_discard());
    }
}
