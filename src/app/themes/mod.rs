//! Themes: what is spent on each theme, by agency, year and stage.

mod screen;
mod spots;
mod view;
mod years;

pub(super) use screen::SCREEN;
