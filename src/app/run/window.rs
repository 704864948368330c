//! What both ways of drawing have in common: the window's properties, and its shape when it closes.

use std::sync::Arc;

use eframe::{App, Frame, Storage};
use egui::{Context, IconData, RawInput, Ui, ViewportBuilder, Visuals};
use winit::event_loop::EventLoopBuilder;

use super::display::Backend;
use super::remembered::{StartMemory, WindowShape};

/// Name of the window until the app gives it a better one.
const TITLE: &str = "Shadowpool";
/// What desktops group windows by.
pub(super) const APP_ID: &str = "shadowpool";
// Below it the bars would need a second row each, and the picture would have no room left.
const SMALLEST: [f32; 2] = [800.0, 560.0];

pub(super) fn builder(shape: WindowShape) -> ViewportBuilder {
    ViewportBuilder::default()
        .with_title(TITLE)
        .with_app_id(APP_ID)
        .with_inner_size(shape.size)
        .with_min_inner_size(SMALLEST)
        .with_maximized(shape.is_maximized)
        .with_icon(icon())
}

/// Asks only the windowing system that answered.
pub(super) fn prefer<T: 'static>(backend: Backend, builder: &mut EventLoopBuilder<T>) {
    #[cfg(all(unix, not(target_os = "macos")))]
    {
        use winit::platform::wayland::EventLoopBuilderExtWayland;
        use winit::platform::x11::EventLoopBuilderExtX11;
        match backend {
            Backend::Wayland => EventLoopBuilderExtWayland::with_wayland(builder),
            Backend::X11 | Backend::Native => EventLoopBuilderExtX11::with_x11(builder),
        };
    }
    #[cfg(not(all(unix, not(target_os = "macos"))))]
    let _ = (backend, builder);
}

/// The app, watched so that its memory is kept up to date.
pub(super) struct Watched<A> {
    app: A,
    memory: Arc<dyn StartMemory>,
    shape: WindowShape,
    first_frame: Option<u64>,
    has_started: bool,
}

impl<A: App> Watched<A> {
    pub(super) fn new(app: A, memory: Arc<dyn StartMemory>, shape: WindowShape) -> Self {
        Self { app, memory, shape, first_frame: None, has_started: false }
    }

    /// The frame after the first means that the first has been shown.
    fn note_start(&mut self, context: &Context) {
        let frame = context.cumulative_frame_nr();
        match self.first_frame {
            None => {
                self.first_frame = Some(frame);
                context.request_repaint();
            }
            Some(first) if !self.has_started && frame > first => {
                self.has_started = true;
                self.memory.gpu_start_ends();
            }
            Some(_) => {}
        }
    }

    fn note_shape(&mut self, context: &Context) {
        context.input(|input| {
            let window = input.viewport();
            let fills_screen = window.maximized == Some(true) || window.fullscreen == Some(true);
            if let Some(rect) = window.inner_rect.filter(|_| !fills_screen) {
                self.shape.size = rect.size().into();
            }
            self.shape.is_maximized = window.maximized == Some(true);
        });
    }
}

impl<A: App> App for Watched<A> {
    fn logic(&mut self, context: &Context, frame: &mut Frame) {
        self.app.logic(context, frame);
    }

    fn ui(&mut self, ui: &mut Ui, frame: &mut Frame) {
        self.note_start(ui.ctx());
        self.note_shape(ui.ctx());
        self.app.ui(ui, frame);
    }

    fn save(&mut self, storage: &mut dyn Storage) {
        self.app.save(storage);
    }

    #[cfg(feature = "gpu")]
    fn on_exit(&mut self, gl: Option<&eframe::glow::Context>) {
        self.app.on_exit(gl);
        self.memory.keep_window_shape(self.shape);
    }

    #[cfg(not(feature = "gpu"))]
    fn on_exit(&mut self) {
        self.app.on_exit();
        self.memory.keep_window_shape(self.shape);
    }

    fn clear_color(&self, visuals: &Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn persist_egui_memory(&self) -> bool {
        false
    }

    fn raw_input_hook(&mut self, context: &Context, input: &mut RawInput) {
        self.app.raw_input_hook(context, input);
    }
}

/// The window's icon: two flows that become one, on a rounded square.
fn icon() -> IconData {
    // Desktops scale it down to what they show.
    const SIDE: usize = 64;
    let rgba =
        (0..SIDE * SIDE).flat_map(|i| icon_pixel((i % SIDE) as f32 + 0.5, (i / SIDE) as f32 + 0.5)).collect();
    IconData { rgba, width: SIDE as u32, height: SIDE as u32 }
}

fn icon_pixel(x: f32, y: f32) -> [u8; 4] {
    const GROUND: [f32; 3] = [18.0, 67.0, 109.0];
    const UPPER: [f32; 3] = [40.0, 161.0, 151.0];
    const LOWER: [f32; 3] = [244.0, 106.0, 37.0];
    // Distance beyond the rounded square, and from the middle of each flow.
    let corner = [x, y].map(|at| ((at - 32.0).abs() - 18.0).max(0.0));
    let inside = coverage(corner[0].hypot(corner[1]) - 13.0);
    let t = ((x - 8.0) / 40.0).clamp(0.0, 1.0);
    let ease = t * t * (3.0 - 2.0 * t);
    let flow = |from: f32, to: f32| coverage((y - (from + (to - from) * ease)).abs() - 6.0);
    let within = coverage(8.0 - x) * coverage(x - 56.0);
    let (upper, lower) = (flow(19.0, 26.0) * within, flow(46.0, 38.0) * within);
    let channel = |i: usize| {
        let with_upper = GROUND[i] + (UPPER[i] - GROUND[i]) * upper;
        (with_upper + (LOWER[i] - with_upper) * lower) as u8
    };
    [channel(0), channel(1), channel(2), (255.0 * inside) as u8]
}

/// How much of a pixel lies inside an edge that is `distance` away.
fn coverage(distance: f32) -> f32 {
    (0.5 - distance).clamp(0.0, 1.0)
}
