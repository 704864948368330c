//! A scene that both sides have changed, put together: its caption, its notes, what it points out, and what is seen, which
//! is one part, as half of one view and half of another is neither.

use super::Scene;
use super::merged_entry::Merged;
use super::merged_parts::MergedParts;

/// Two versions of a scene put together, or the parts that both have changed, each in another way.
pub(super) fn merged_scene(base: &Scene, theirs: &Scene, mine: &Scene) -> Merged<Scene> {
    let mut parts = MergedParts::default();
    let seen = |scene: &Scene| Scene::default().seeing(scene);
    let mut merged_view = seen(mine);
    parts.take_one("what is seen", &seen(base), &seen(theirs), &mut merged_view);
    let mut merged = mine.seeing(&merged_view);
    parts.take_one("the caption", &base.caption, &theirs.caption, &mut merged.caption);
    parts.take_one("the notes", &base.notes, &theirs.notes, &mut merged.notes);
    parts.take_one("the annotations", &base.annotations, &theirs.annotations, &mut merged.annotations);
    parts.together(merged)
}
