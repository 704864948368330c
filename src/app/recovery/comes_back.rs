//! The two ways in which a place comes back.

/// How a place comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::app) enum ComesBack {
    /// Into its file, where that is as it was.
    WithItsFile,
    /// Without its file, which stays as it is.
    AsCopy,
}
