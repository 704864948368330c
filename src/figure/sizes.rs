//! How large things are in a picture: its unit, which grows with it, and the six sizes of its type.

/// Pixels of a picture of this size for a pixel of one of 1280 by 720.
///
/// Everything in a picture is in it: type, gaps, the width of nodes, the pitch of hatches. A smaller picture shows less,
/// and not smaller: letters below their size cannot be read.
pub fn unit_of(width: f64, height: f64) -> f64 {
    (width / 1280.0).min(height / 720.0).max(1.0)
}

/// The sentence over a picture, semi-bold.
pub(super) const TITLE_PX: f64 = 22.0;
/// The heading of a part, semi-bold.
pub(super) const SECTION_PX: f64 = 16.0;
/// An amount, semi-bold.
pub(super) const AMOUNT_PX: f64 = 14.0;
/// A name.
pub(super) const LABEL_PX: f64 = 14.0;
/// Keys, notes, headings of columns: nothing in a picture is smaller.
pub(super) const KEY_PX: f64 = 12.0;
