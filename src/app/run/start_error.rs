//! Why there is no window.

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
