//! How large things are in a picture: its unit grows with it.

/// Pixels of a picture of this size for a pixel of one of 1280 by 720.
///
/// Everything in a picture is in it: type, gaps, the width of nodes, the pitch of hatches. A smaller picture shows less,
/// and not smaller: letters below their size cannot be read.
pub fn unit_of(width: f64, height: f64) -> f64 {
    (width / 1280.0).min(height / 720.0).max(1.0)
}
