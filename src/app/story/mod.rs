//! The story: scenes as a list with their pictures, what is said in each, and what it points out.

mod detail;
mod drawn;
mod layout;
mod list;
mod points_out;
mod screen;
mod view;

pub(super) use screen::SCREEN;
