//! Flows: the Sankey, its pointer and drags, and two scenarios compared in it.

mod canvas;
mod compare;
mod compare_table;
mod heading;
mod memory;
mod pointer;
mod pool;
mod screen;
mod seen;
mod shown;
mod tooltip;
mod tooltip_place;
mod traced;
mod transfer_pipes;
mod unfolded;
mod view;
mod walk;

pub(super) use screen::SCREEN;
