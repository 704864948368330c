//! A scene of a place's story that is to be drawn: found by its name or its number, and told where it does not apply any
//! more.

use crate::dimension::Date;
use crate::figure::{Figure, Scheme};
use crate::place::{Place, Scene};
use crate::scene::{SceneOptions, ScenePage, open_scene, scene_picture};

/// Which scene, and how.
pub(super) struct SceneToDraw<'a> {
    /// Its name, or its number from 1.
    pub(super) name: &'a str,
    /// Else that of the scene.
    pub(super) scheme: Option<Scheme>,
    /// px.
    pub(super) size: (f64, f64),
    /// For a hall, also where the scene is for a desk.
    pub(super) big_room: bool,
    pub(super) made: Date,
}

impl SceneToDraw<'_> {
    /// Its figure; what of it does not apply any more is said.
    ///
    /// # Errors
    /// Where the place has no such scene.
    pub(super) fn figure(&self, place: &Place, said: &mut Vec<String>) -> Result<Figure, String> {
        let at = self.find(place)?;
        let scene = &place.story[at];
        let opened = open_scene(place, scene);
        said.extend(opened.told().map(|told| format!("{}: {told}", scene.name)));
        let before = at.checked_sub(1).map(|before| open_scene(place, &place.story[before]));
        let page = if scene.big_room || self.big_room { ScenePage::Hall } else { ScenePage::Framed };
        let scheme = self.scheme.unwrap_or(scene.look);
        let options = SceneOptions { page, scheme, size: self.size, made: self.made };
        let drawn = scene_picture(&opened, &scene.annotations, before.as_ref(), options);
        said.extend(drawn.lost.iter().map(|lost| format!("{}: {lost}", scene.name)));
        Ok(drawn.figure)
    }

    /// By its name; a number that is no name is counted from 1.
    fn find(&self, place: &Place) -> Result<usize, String> {
        let story: &[Scene] = &place.story;
        if let Some(at) = story.iter().position(|scene| scene.name == self.name) {
            return Ok(at);
        }
        match self.name.parse::<usize>() {
            Ok(number) if (1..=story.len()).contains(&number) => Ok(number - 1),
            Ok(number) if story.is_empty() => {
                Err(format!("there is no scene {number}; the place has no story"))
            }
            Ok(number) => Err(format!("there is no scene {number}; the story has {} scenes", story.len())),
            Err(_) => Err(place.scene(self.name).err().map_or_else(String::new, |error| error.to_string())),
        }
    }
}
