//! How large things are in a picture: its unit grows with it, and nothing in it is smaller than its smallest type.

/// Pixels of a picture of this size for a pixel of one of 1280 by 720.
///
/// Everything in a picture is in it: type, gaps, the width of nodes, the pitch of hatches. A smaller picture shows less,
/// and not smaller: letters below their size cannot be read.
pub fn unit_of(width: f64, height: f64) -> f64 {
    (width / 1280.0).min(height / 720.0).max(1.0)
}

/// The sizes of type in a picture, px of its unit: its title, the heading of a part, amounts and names, and keys, notes and
/// headings of columns. Nothing is smaller than the last.
pub const TYPE_SIZES: [f64; 4] = [22.0, 16.0, 14.0, 12.0];
