//! The window: drawn with OpenGL where that is sound, by our own painter where it is not.
//!
//! Remote desktops, virtual machines and old laptops have no OpenGL worth the name, and it is there that
//! finance officers work. So OpenGL is asked for only where a GPU is likely; if it does not come up, or
//! turns out to be done in software, the program starts itself again with the painter, which needs nothing.

mod cpu;
mod display;
#[cfg(feature = "gpu")]
mod gpu;
mod remembered;
mod renderer;
mod start_error;
mod window;

#[cfg(feature = "gpu")]
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use eframe::App;
use egui::Context;

pub use remembered::{StartMemory, WindowShape};
pub use renderer::Renderer;
pub use start_error::StartError;

#[cfg(any(feature = "gpu", test))]
use renderer::RENDERER_OPTION;

/// Opens the window and returns when it is closed.
///
/// `start` makes the app once there is a context; install fonts and look there. `memory` is what the caller
/// keeps from one start to the next. Does not return if the program had to start itself again.
pub fn run<A: App + 'static>(
    renderer: Renderer,
    memory: impl StartMemory + 'static,
    start: impl FnOnce(&Context) -> A + 'static,
) -> Result<(), StartError> {
    let backend = display::find()?;
    let memory: Arc<dyn StartMemory> = Arc::new(memory);
    #[cfg(feature = "gpu")]
    if worth_trying_gpu(renderer, memory.as_ref()) {
        // The loop is the toolkit's there: a fault outside the window's frames ends it. The journal is on the disk by
        // then, and the program that starts anew offers what it holds, drawn without OpenGL.
        let run = catch_unwind(AssertUnwindSafe(|| gpu::run(backend, renderer, &memory, start)));
        return match run {
            Ok(Err(StartError::NoGpu(_))) if renderer == Renderer::Auto => restart_without_gpu(),
            Ok(result) => result,
            Err(_) => restart_without_gpu(),
        };
    }
    cpu::run(backend, memory, start)
}

#[cfg(feature = "gpu")]
fn worth_trying_gpu(renderer: Renderer, memory: &dyn StartMemory) -> bool {
    match renderer {
        Renderer::Cpu => false,
        Renderer::Gpu => true,
        // A start that never came to its end was most likely the driver's.
        Renderer::Auto => !memory.gpu_start_was_left_unfinished() && display::is_gpu_likely(),
    }
}

/// Runs the program anew with the painter; an event loop cannot be made twice in one process.
#[cfg(feature = "gpu")]
fn restart_without_gpu() -> Result<(), StartError> {
    let failed =
        |error: std::io::Error| StartError::NoWindow(format!("the program could not start again, {error}"));
    let program = std::env::current_exe().map_err(failed)?;
    let mut command = std::process::Command::new(program);
    command.args([RENDERER_OPTION, "cpu"]).args(without_renderer(std::env::args_os().skip(1)));
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        Err(failed(command.exec()))
    }
    #[cfg(not(unix))]
    {
        let status = command.status().map_err(failed)?;
        std::process::exit(status.code().unwrap_or(1));
    }
}

/// The arguments without a choice of renderer, in either spelling; what follows `--` are files.
#[cfg(any(feature = "gpu", test))]
fn without_renderer<T: Into<std::ffi::OsString>>(
    arguments: impl Iterator<Item = T>,
) -> Vec<std::ffi::OsString> {
    let mut kept = Vec::new();
    let mut arguments = arguments.map(Into::into);
    while let Some(argument) = arguments.next() {
        if argument == "--" {
            kept.push(argument);
            kept.extend(arguments);
            break;
        }
        let text = argument.to_string_lossy();
        if text == RENDERER_OPTION {
            arguments.next();
        } else if !text.starts_with("--renderer=") {
            kept.push(argument);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: &[&str]) {
        assert_eq!(without_renderer(arguments.iter()), expected);
    }

    #[test]
    fn a_restart_keeps_everything_but_the_choice_of_renderer() {
        check(&["--renderer", "auto", "a.ron"], &["a.ron"]);
        check(&["a.ron", "--renderer=gpu", "b.csv"], &["a.ron", "b.csv"]);
        check(&["--", "--renderer", "auto"], &["--", "--renderer", "auto"]);
    }

    #[test]
    fn no_display_is_said_in_one_line_that_names_what_works_without() {
        let text = StartError::NoDisplay.to_string();
        assert!(!text.contains('\n'));
        assert!(text.contains("shadowpool render") && text.contains("shadowpool totals"));
    }
}
