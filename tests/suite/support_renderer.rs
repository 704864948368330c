//! Pictures of the window without a GPU, by the painter that draws it where there is none.

use egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::TestRenderer;
use image::RgbaImage;
use shadowpool::painter::CpuPainter;

/// Give it to `Harness::builder().renderer(…)`; then `render` and `snapshot` work.
#[derive(Default)]
pub(crate) struct PainterRenderer {
    painter: CpuPainter,
}

impl TestRenderer for PainterRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.painter.update_textures(std::mem::take(delta));
    }

    fn render(&mut self, context: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = context.pixels_per_point();
        let size = context.content_rect().size() * scale;
        let size = [size.x.round() as usize, size.y.round() as usize];
        let primitives = context.tessellate(output.shapes.clone(), scale);
        let ground = context.global_style().visuals.panel_fill;
        self.painter.paint(size, scale, ground, &primitives);
        let pixels = self.painter.image().pixels.iter().flat_map(egui::Color32::to_array).collect();
        RgbaImage::from_raw(size[0] as u32, size[1] as u32, pixels)
            .ok_or_else(|| "the painter's picture has another size".to_owned())
    }
}
