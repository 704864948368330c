//! What several screens share: painting figures, bars over the picture, messages, small tables.

mod chooser;
mod filter_bar;
mod keyboard;
mod letters;
mod mend;
mod moving;
mod notice;
pub mod paint;
mod scenario_bar;
mod scrolled;
mod sheets;
mod table_panel;

pub(super) use chooser::chooser_ui;
pub(super) use filter_bar::{FilterBar, color_by_ui, filter_bar_ui, only_year, year_switch_ui, years_of};
pub(super) use keyboard::{describe, give_keyboard};
pub(super) use mend::{RejectForm, mend_ui};
pub(super) use moving::{MORPH, Moving};
pub(super) use notice::Notices;
pub(super) use paint::{Transform, color32, unit_in};
pub(super) use scenario_bar::{compare_ui, duplicate, new_scenario, scenario_bar_ui};
pub(super) use scrolled::{scroll_ui, scrolled_ui};
pub(super) use sheets::{
    Complaint, ROW, all_complaints, amount, complaints, heading, name_row, nothing_ui, number, problems_csv,
    problems_ui, table, text,
};
pub(super) use table_panel::{TablePanel, table_panel_ui};
