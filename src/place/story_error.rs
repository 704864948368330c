//! What a story may not be, and why a change of it is refused.

use thiserror::Error;

use super::Scene;
use crate::dimension::nearest;

/// Why a change of the story is refused.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum StoryError {
    #[error("a scene needs a name")]
    NoName,
    #[error("there is already a scene named \"{0}\"; give this one another name")]
    Twice(String),
    #[error("there is no scene \"{0}\"{1}")]
    NoSuchScene(String, String),
    #[error("the scene \"{0}\" cannot be drawn so: {1}")]
    Annotations(String, String),
    #[error("the scene \"{0}\" is masked, and scenes are drawn as they are; take `mask` out of its view")]
    Masked(String),
    #[error("a story has at most {0} scenes")]
    TooMany(usize),
}

/// Beyond it a story is no story, and no list of it is looked through.
pub(super) const MOST_SCENES: usize = 1_000;

pub(super) fn no_such_scene(story: &[Scene], name: &str) -> StoryError {
    let near = nearest(name, story.iter().map(|scene| scene.name.as_str()));
    let hint = match near {
        Some(near) => format!("; did you mean \"{near}\"?"),
        None if story.is_empty() => "; the place has no story".to_owned(),
        None => String::new(),
    };
    StoryError::NoSuchScene(name.to_owned(), hint)
}

/// A scene is drawn, presented and exported as it is: one that asks for a mask would promise what nobody keeps.
pub(super) fn check_scene(scene: &Scene) -> Result<(), StoryError> {
    if scene.view.mask.is_some() {
        return Err(StoryError::Masked(scene.name.clone()));
    }
    scene.annotations.wrong().map_or(Ok(()), |wrong| Err(StoryError::Annotations(scene.name.clone(), wrong)))
}

/// What is wrong with a story that was read, in words; none where nothing is.
pub(super) fn wrong_story(story: &[Scene]) -> Option<String> {
    let mut names = std::collections::BTreeSet::new();
    story.iter().find_map(|scene| {
        let error = if scene.name.trim().is_empty() {
            StoryError::NoName
        } else if !names.insert(&scene.name) {
            StoryError::Twice(scene.name.clone())
        } else {
            check_scene(scene).err()?
        };
        Some(error.to_string())
    })
}
