//! What benchmarks of the window share.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use egui::{Context, FullOutput, TexturesDelta};
use egui_kittest::{Harness, TestRenderer};
use image::RgbaImage;
use shadowpool::app::{App, style};
use shadowpool::painter::{Bands, CpuPainter};

/// The painter, kept from frame to frame as the window keeps it: it paints what changed.
#[derive(Clone, Default)]
struct Painter(Rc<RefCell<CpuPainter>>);

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        self.0.borrow_mut().update_textures(std::mem::take(delta));
    }

    fn render(&mut self, _context: &Context, _output: &FullOutput) -> Result<RgbaImage, String> {
        Err("frames are painted by `Window::frame`".to_owned())
    }
}

/// The program's window without a screen, painted as it is where there is no GPU.
pub(crate) struct Window {
    pub(crate) harness: Harness<'static, Option<App>>,
    painter: Painter,
    size: [f32; 2],
}

impl Window {
    /// The window with these files, once they are read and the search for a better layout has ended.
    pub(crate) fn open(files: Vec<PathBuf>, size: [f32; 2]) -> Self {
        let painter = Painter::default();
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, files.clone(), None));
            app.between_frames(&context);
            app.frame(ui);
        };
        let harness = Harness::builder()
            .with_size(size)
            .with_context_setup(|context| {
                style::install(context);
                Bands::are_painted_in(context);
            })
            .renderer(painter.clone())
            .build_ui_state(frame, None);
        let mut window = Self { harness, painter, size };
        for _ in 0..400 {
            window.frame();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        window
    }

    /// One frame, to the painted pixels.
    pub(crate) fn frame(&mut self) {
        self.harness.step();
        let context = self.harness.ctx.clone();
        let primitives = context.tessellate(self.harness.output().shapes.clone(), 1.0);
        let ground = context.global_style().visuals.panel_fill;
        self.painter.0.borrow_mut().paint(self.size.map(|side| side as usize), 1.0, ground, &primitives);
    }
}
