//! Themes: what is spent on each theme, by agency, year and stage.

mod heat;
mod lower;
mod page;
mod plan;
mod plot;
mod screen;
mod shown;
mod spot;
mod view;
mod words;

pub(super) use screen::SCREEN;
