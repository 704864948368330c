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
mod window;

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use eframe::App;
use egui::Context;

pub use remembered::{NothingRemembered, StartMemory, WindowShape};

/// The option of the command line that chooses a [`Renderer`].
const RENDERER_OPTION: &str = "--renderer";

/// Who draws the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Renderer {
    /// OpenGL if it is sound, else our own painter.
    #[default]
    Auto,
    /// OpenGL, or an error.
    Gpu,
    /// Our own painter.
    Cpu,
}

/// Why there is no window.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// Nothing to open a window on, as on a server.
    #[error(
        "there is no display to open a window on; \
         `shadowpool render` draws to a file and `shadowpool totals` prints the sums without one"
    )]
    NoDisplay,
    /// OpenGL was insisted on and did not start.
    #[error("OpenGL did not start ({0}); without `--renderer gpu` the window is drawn without it")]
    NoGpu(String),
    /// The display is there but would not take a window.
    #[error("the window could not be opened: {0}")]
    NoWindow(String),
}

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
        return match gpu::run(backend, renderer, &memory, start) {
            Err(StartError::NoGpu(_)) if renderer == Renderer::Auto => restart_without_gpu(),
            result => result,
        };
    }
    cpu::run(backend, memory, start)
}

#[cfg(feature = "gpu")]
fn worth_trying_gpu(renderer: Renderer, memory: &dyn StartMemory) -> bool {
    match renderer {
        Renderer::Cpu => false,
        Renderer::Gpu => true,
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

impl FromStr for Renderer {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "auto" => Ok(Self::Auto),
            "gpu" => Ok(Self::Gpu),
            "cpu" => Ok(Self::Cpu),
            other => Err(format!("“{other}” is not one of auto, gpu, cpu")),
        }
    }
}

impl fmt::Display for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Auto => "auto",
            Self::Gpu => "gpu",
            Self::Cpu => "cpu",
        })
    }
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
