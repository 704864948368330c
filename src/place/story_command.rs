//! Changes of the story as commands: scenes added, taken again, moved, named, described and removed. A scene is told by
//! its name.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::story_error::{MOST_SCENES, StoryError, check_scene, no_such_scene};
use super::{Annotations, Place, Scene};

/// A change of the story.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum StoryChange {
    /// Before the scene of a name, or at the end.
    Add {
        scene: Box<Scene>,
        before: Option<String>,
    },
    Remove(String),
    /// Before another scene, or to the end.
    Move {
        scene: String,
        before: Option<String>,
    },
    Rename {
        from: String,
        to: String,
    },
    /// Another scene like it, behind it.
    Duplicate {
        scene: String,
        copy: String,
    },
    /// What is said above a scene; nothing is the finding of what is seen.
    SetCaption(String, String),
    SetNotes(String, String),
    Annotate(String, Box<Annotations>),
    /// The scene of a name shows what is seen of another from now on.
    Retake(String, Box<Scene>),
}

impl StoryChange {
    pub(super) fn label(&self) -> String {
        match self {
            Self::Add { scene, .. } => format!("Add scene {}", scene.name),
            Self::Remove(name) => format!("Remove scene {name}"),
            Self::Move { scene, .. } => format!("Move scene {scene}"),
            Self::Rename { from, .. } => format!("Rename scene {from}"),
            Self::Duplicate { scene, .. } => format!("Duplicate scene {scene}"),
            Self::SetCaption(name, _) => format!("Caption of {name}"),
            Self::SetNotes(name, _) => format!("Notes of {name}"),
            Self::Annotate(name, _) => format!("Annotations of {name}"),
            Self::Retake(name, _) => format!("Retake scene {name}"),
        }
    }

    /// Makes the change, or says why not; the place is then as it was.
    pub(super) fn apply(&self, place: &mut Place) -> Result<(), StoryError> {
        let mut story = Vec::clone(&place.story);
        match self {
            Self::Add { scene, before } => add(&mut story, Scene::clone(scene), before.as_deref())?,
            Self::Remove(name) => drop(story.remove(at(&story, name)?)),
            Self::Move { scene, before } => {
                let moved = story.remove(at(&story, scene)?);
                let to = if before.as_ref() == Some(scene) {
                    // Before itself it stands already.
                    return Ok(());
                } else {
                    before.as_ref().map_or(Ok(story.len()), |before| at(&story, before))?
                };
                story.insert(to, moved);
            }
            Self::Rename { from, to } => {
                let found = at(&story, from)?;
                story[found].name = free_name(&story, to, Some(found))?;
            }
            Self::Duplicate { scene, copy } => {
                let found = at(&story, scene)?;
                let copied = Scene { name: copy.clone(), ..story[found].clone() };
                let next = story.get(found + 1).map(|scene| scene.name.clone());
                add(&mut story, copied, next.as_deref())?;
            }
            Self::SetCaption(name, caption) => {
                let found = at(&story, name)?;
                story[found].caption = one_line(caption);
            }
            Self::SetNotes(name, notes) => {
                let found = at(&story, name)?;
                story[found].notes.clone_from(notes);
            }
            Self::Annotate(name, annotations) => {
                let found = at(&story, name)?;
                story[found].annotations = Annotations::clone(annotations);
                check_scene(&story[found])?;
            }
            Self::Retake(name, taken) => {
                let found = at(&story, name)?;
                story[found] = story[found].seeing(taken);
                check_scene(&story[found])?;
            }
        }
        place.story = Arc::new(story);
        Ok(())
    }
}

fn add(story: &mut Vec<Scene>, scene: Scene, before: Option<&str>) -> Result<(), StoryError> {
    if story.len() >= MOST_SCENES {
        return Err(StoryError::TooMany(MOST_SCENES));
    }
    let name = free_name(story, &scene.name, None)?;
    let scene = Scene { name, caption: one_line(&scene.caption), ..scene };
    check_scene(&scene)?;
    let to = before.map_or(Ok(story.len()), |before| at(story, before))?;
    story.insert(to, scene);
    Ok(())
}

/// Where the scene of a name stands.
fn at(story: &[Scene], name: &str) -> Result<usize, StoryError> {
    story.iter().position(|scene| scene.name == name).ok_or_else(|| no_such_scene(story, name))
}

/// A name that no scene but this one has.
fn free_name(story: &[Scene], name: &str, of: Option<usize>) -> Result<String, StoryError> {
    let name = one_line(name);
    if name.is_empty() {
        return Err(StoryError::NoName);
    }
    let is_taken = |(index, scene): (usize, &Scene)| Some(index) != of && scene.name == name;
    if story.iter().enumerate().any(is_taken) {
        return Err(StoryError::Twice(name));
    }
    Ok(name)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name like this one that no scene of the place has: "Who gains 2".
pub fn fresh_scene_name(place: &Place, name: &str) -> String {
    super::scenario_command::fresh_among(&|name| place.story.iter().any(|scene| scene.name == name), name)
}
