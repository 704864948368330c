//! Flows: the Sankey, its pointer and drags, and two scenarios compared in it.

mod compare;
mod compare_table;
mod heading;
mod pointer;
mod pool;
mod screen;
mod tooltip;
mod tooltip_place;
mod traced;
mod transfer_pipes;
mod unfolded;
mod view;
mod walk;

pub(super) use screen::SCREEN;
