//! What became of a part of a place, on both sides.

/// A part of a place that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartChange {
    /// "Scenarios", "Lines of book.csv".
    pub part: String,
    /// What they did to it: "2 added, 1 changed"; empty where it is as it was.
    pub theirs: String,
    pub mine: String,
    /// Both have changed it, each in another way.
    pub is_conflict: bool,
}
