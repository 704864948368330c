//! Who draws the window, as the command line says it.

use std::fmt;
use std::str::FromStr;

/// The option of the command line that chooses a [`Renderer`].
pub(super) const RENDERER_OPTION: &str = "--renderer";

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
