//! A place as it is saved, changed and undone.

mod added_files;
mod annotations;
mod appraisal_command;
mod appraising;
mod command;
mod command_error;
mod decision;
mod decisions_file;
mod document;
mod file;
mod first_view;
mod history;
mod inline_lines;
mod limits;
mod line_changes;
mod line_merge;
mod lines_file;
mod merge;
mod merged_appraisal;
mod merged_entry;
mod merged_parts;
mod merged_scenario;
mod newer_file;
mod part_change;
mod payments_to_place;
mod reject;
mod replay;
mod ron_text;
mod scenario_command;
mod short_names;
mod source_words;
mod spelled;
mod story;
mod story_command;
mod story_error;
mod view;
mod weight;
mod whole_place;

pub use added_files::{AddedFiles, Addition};
pub use annotations::{Annotations, Callout, DeltasAgainst};
pub use appraisal_command::AppraisalCommand;
pub use appraising::NoSuchAppraisal;
pub use command::Command;
pub use command_error::CommandError;
pub use decision::{Decision, DecisionError};
pub use decisions_file::{read_decisions, write_decisions};
pub use document::{Described, NoSuchScenario, Place, Population};
pub use file::{
    HalfRead, begin_place, begins_as_place, begins_without_lines_file, format_in, lines_file_in, read_place,
    write_place, write_place_to,
};
pub use first_view::{first_name, first_view, is_named_after_agencies};
pub use history::History;
pub use lines_file::{LinesFile, MOST_LINES_INLINE, write_lines};
pub use merge::{PlaceMerge, differences, merge};
pub use newer_file::{NewerFormat, begin_newer_place};
pub use part_change::PartChange;
pub use replay::{Replay, ReplayError};
pub use ron_text::{FORMAT, FORMAT_INLINE, PlaceFileError};
pub use scenario_command::{
    align_in_pool, align_lines_in_pool, fresh_name, fresh_scenario, put_in_pool, put_lines_in_pool,
    ring_fenced_lines_of, ring_fenced_of, take_lines_out_of_pool, take_out_of_pool,
};
pub use source_words::SourceWords;
pub use story::{Captured, MarkNames, Scene, SceneZoom};
pub use story_command::{StoryChange, fresh_scene_name};
pub use story_error::StoryError;
pub use view::{
    ColorBy, Compared, Comparison, Mask, MaskedPartners, MovedNode, PoolScope, Screen, ViewSpec,
    add_pool_layer,
};
pub use whole_place::WholePlace;
