//! A frame of the window, from the pointer's move to the painted pixels, on one core: views, tessellation and the CPU
//! painter. A screen of 60 frames a second leaves 16.7 ms for each.

use std::cell::RefCell;
use std::rc::Rc;

use divan::Bencher;
use egui::{Context, FullOutput, Pos2, TexturesDelta, pos2};
use egui_kittest::{Harness, TestRenderer};
use image::RgbaImage;
use shadowpool::app::cpu_painter::{Bands, CpuPainter};
use shadowpool::app::{App, style};
use shadowpool::dimension::{Dimension, NameId};
use shadowpool::flow::aggregate;
use shadowpool::ledger::Ledger;
use shadowpool::money::Money;
use shadowpool::place::{Place, flow_spec, write_place};

fn main() {
    divan::main();
}

const SIZE: [f32; 2] = [1280.0, 800.0];

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

struct Window {
    harness: Harness<'static, Option<App>>,
    painter: Painter,
}

impl Window {
    fn open(files: Vec<std::path::PathBuf>) -> Self {
        let painter = Painter::default();
        let frame = move |ui: &mut egui::Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, files.clone(), None));
            app.between_frames(&context);
            app.frame(ui);
        };
        let harness = Harness::builder()
            .with_size(SIZE)
            .with_context_setup(|context| {
                style::install(context);
                Bands::are_painted_in(context);
            })
            .renderer(painter.clone())
            .build_ui_state(frame, None);
        let mut window = Self { harness, painter };
        // Until files are read and the search for a better layout has ended.
        for _ in 0..200 {
            window.frame();
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        window
    }

    fn frame(&mut self) {
        self.harness.step();
        let context = self.harness.ctx.clone();
        let primitives = context.tessellate(self.harness.output().shapes.clone(), 1.0);
        let ground = context.global_style().visuals.panel_fill;
        self.painter.0.borrow_mut().paint(SIZE.map(|side| side as usize), 1.0, ground, &primitives);
    }

    fn move_to(&mut self, at: Pos2) {
        self.harness.hover_at(at);
        self.frame();
    }
}

/// A place whose picture has more than a thousand links.
fn thousand_links() -> Place {
    let mut builder = Ledger::builder();
    let dimensions = [Dimension::Funder, Dimension::Agency, Dimension::Theme, Dimension::Service];
    let names = dimensions.map(|dimension| -> Vec<NameId> {
        (0..24)
            .map(|number| builder.names_mut(dimension).add(&format!("{} {number}", dimension.title())))
            .collect()
    });
    for line in 0..4000_usize {
        let mut ids = [NameId::NOT_STATED; Dimension::COUNT];
        for (layer, (dimension, names)) in dimensions.into_iter().zip(&names).enumerate() {
            ids[dimension.index()] = names[(line * (layer * 2 + 1) + line / (7 * layer + 5)) % names.len()];
        }
        let amount = Money::from_pence(100_000 + (line * 977 % 90_000) as i64);
        builder.push_ids(amount, ids, NameId::NOT_STATED, NameId::NOT_STATED, None, None);
    }
    let place = Place { name: "Links".to_owned(), ..Place::default() };
    Place { ledger: builder.finish().into(), ..place }
}

/// Points all over the drawing, so that each move is over another band or node.
fn path(step: usize) -> Pos2 {
    pos2(260.0 + (step * 37 % 800) as f32, 240.0 + (step * 23 % 480) as f32)
}

#[divan::bench]
fn the_pointer_moves_over_the_sample(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(Vec::new());
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        window.move_to(path(step));
    });
}

#[divan::bench]
fn the_pointer_moves_over_a_thousand_links(bencher: Bencher<'_, '_>) {
    let place = thousand_links();
    let links = aggregate(&place.ledger, &flow_spec(&place, 600.0)).links.len();
    assert!(links >= 1000, "{links} links");
    let folder = tempfile::tempdir().expect("a folder for the place");
    let file = folder.path().join("links.ron");
    std::fs::write(&file, write_place(&place)).expect("the place is written");
    let mut window = Window::open(vec![file]);
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        window.move_to(path(step));
    });
}
