//! The window drawn with OpenGL, by eframe.

use std::sync::Arc;

use eframe::egui_glow::HardwareAcceleration;
use eframe::{App, NativeOptions};
use egui::Context;

use super::display::Backend;
use super::remembered::StartMemory;
use super::renderer::Renderer;
use super::start_error::StartError;
use super::window::{self, Watched};

/// What OpenGL calls itself when it is done in software.
const IN_SOFTWARE: [&str; 5] = ["llvmpipe", "softpipe", "swrast", "software", "gdi generic"];

/// Why the app was not made.
#[derive(Debug, thiserror::Error)]
#[error("{0} draws in software")]
struct DrawsInSoftware(String);

pub(super) fn run<A: App + 'static>(
    backend: Backend,
    renderer: Renderer,
    memory: &Arc<dyn StartMemory>,
    start: impl FnOnce(&Context) -> A + 'static,
) -> Result<(), StartError> {
    let shape = memory.window_shape().unwrap_or_default();
    memory.gpu_start_begins();
    let kept = Arc::clone(memory);
    renderer_name::listen();
    let result = eframe::run_native(
        window::APP_ID,
        options(backend, renderer, window::builder(shape)),
        Box::new(move |creation| {
            let name = renderer_name::heard().unwrap_or_default();
            if renderer == Renderer::Auto && draws_in_software(&name) {
                return Err(DrawsInSoftware(name).into());
            }
            let app = start(&creation.egui_ctx);
            Ok(Box::new(Watched::new(app, kept, shape)))
        }),
    );
    // An orderly end, good or bad, is no reason to avoid OpenGL next time.
    memory.gpu_start_ends();
    result.map_err(|error| match error {
        // winit's text names files of the machine it was built on.
        eframe::Error::Winit(_) | eframe::Error::WinitEventLoop(_) => StartError::NoDisplay,
        other => StartError::NoGpu(one_line(&other.to_string())),
    })
}

fn options(backend: Backend, renderer: Renderer, viewport: egui::ViewportBuilder) -> NativeOptions {
    let mut options = NativeOptions {
        viewport,
        dithering: false,
        system_font_fallback: false,
        // The program keeps the window's shape itself, for both ways of drawing.
        persist_window: false,
        event_loop_builder: Some(Box::new(move |builder| window::prefer(backend, builder))),
        ..NativeOptions::default()
    };
    options.glow_options.hardware_acceleration = match renderer {
        Renderer::Gpu => HardwareAcceleration::Preferred,
        Renderer::Auto | Renderer::Cpu => HardwareAcceleration::Required,
    };
    options
}

fn draws_in_software(name: &str) -> bool {
    let name = name.to_lowercase();
    IN_SOFTWARE.iter().any(|word| name.contains(word))
}

fn one_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}

/// The name of OpenGL's renderer. Asking for it takes unsafe code; but egui asks, and tells its log.
mod renderer_name {
    use std::sync::Mutex;

    use log::{LevelFilter, Log, Metadata, Record};

    const LABEL: &str = "opengl renderer: ";
    static NAME: Mutex<Option<String>> = Mutex::new(None);
    static LISTENER: Listener = Listener;

    struct Listener;

    /// Listens until asked what was heard.
    pub(super) fn listen() {
        // Where somebody else listens already, the name stays unknown.
        if log::set_logger(&LISTENER).is_ok() {
            // Only until the name is heard: a log that nobody reads would cost in every frame.
            log::set_max_level(LevelFilter::Debug);
        }
    }

    pub(super) fn heard() -> Option<String> {
        log::set_max_level(LevelFilter::Off);
        NAME.lock().ok()?.take()
    }

    impl Log for Listener {
        fn enabled(&self, metadata: &Metadata<'_>) -> bool {
            metadata.target().starts_with("egui_glow")
        }

        fn log(&self, record: &Record<'_>) {
            if self.enabled(record.metadata())
                && let Some(name) = find(&record.args().to_string())
                && let Ok(mut kept) = NAME.lock()
            {
                *kept = Some(name);
            }
        }

        fn flush(&self) {}
    }

    fn find(message: &str) -> Option<String> {
        message.lines().find_map(|line| line.strip_prefix(LABEL)).map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opengl_in_software_is_known_by_its_name() {
        assert!(draws_in_software("llvmpipe (LLVM 15.0.6, 256 bits)"));
        assert!(draws_in_software("GDI Generic"));
        assert!(!draws_in_software("Mesa Intel(R) UHD Graphics 620 (KBL GT2)"));
    }
}
