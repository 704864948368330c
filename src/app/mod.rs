//! The window. `logic` collects finished work, `ui` shows and gathers a wish, `perform` carries it out.

mod action;
mod awaited;
mod bars;
mod blind;
mod bringing;
mod changing;
mod command_palette;
mod controls;
mod dialog;
mod editing;
mod entries;
mod finishing;
mod flows;
mod folder;
mod frame;
mod jobs;
mod journal;
mod keys;
mod ledger;
mod memo;
mod perform;
mod pool;
mod pooling;
pub mod run;
mod sample;
mod screens;
mod shown_place;
pub mod style;
mod themes;
mod trail;
mod tray;
mod view;
mod window;
mod work;

pub use folder::Folder;
pub use window::App;
