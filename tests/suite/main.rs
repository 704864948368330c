//! Journeys through the program from outside.

mod support_renderer;
mod window;
