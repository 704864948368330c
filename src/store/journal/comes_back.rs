//! The ways in which a place comes back from a journal.

/// How a place comes back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComesBack {
    /// Into its file, where that is as it was; otherwise as a copy.
    WithItsFile,
    /// Without its file, which stays as it is.
    AsCopy,
    /// Into its file, though that has changed, to be compared with it: what it held is known.
    ToCompare,
}
