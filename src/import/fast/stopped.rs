//! Why the fast way ended early.

/// Why the fast way ended early.
#[derive(Debug)]
pub(in crate::import) enum Stopped {
    Cancelled,
    /// Quotation marks without their pair: the thorough way reads such files.
    NotPlain,
    Failed(std::io::Error),
}
