//! A place as it is saved, changed and undone.

mod added_files;
mod command;
mod command_error;
mod decision;
mod document;
mod file;
mod first_view;
mod history;
mod payments_to_place;
mod reject;
mod scenario_command;
mod view;

pub use added_files::{AddedFiles, Addition};
pub use command::Command;
pub use command_error::CommandError;
pub use decision::{Decision, DecisionError};
pub use document::{Described, NoSuchScenario, Place, Population};
pub use file::{PlaceFileError, begins_as_place, read_decisions, read_place, write_decisions, write_place};
pub use first_view::{first_name, first_view, is_named_after_agencies};
pub use history::History;
pub use scenario_command::{
    fresh_name, fresh_scenario, put_in_pool, put_lines_in_pool, take_lines_out_of_pool, take_out_of_pool,
};
pub use view::{ColorBy, Compared, Comparison, MovedNode, Screen, ViewSpec, add_pool_layer};
