//! A story in front of people: on all of the screen, led by a keyboard, a clicker or a mouse. Nothing of what is shown there
//! is the window's own: when it ends, the window is as it was.

mod awake;
mod keys;
mod painting;
mod poking;
mod screen;
mod stage;

pub(super) use keys::Press;
pub(super) use screen::Presenting;
