//! Decisions in a file of their own, as people mail them to each other.

use ron::ser::PrettyConfig;

use super::ron_text::{PlaceFileError, explain, options};
use crate::agree::{Decisions, OneName, Rule};

/// The decisions of a place by themselves, to be mailed and taken over by others.
///
/// # Panics
/// Never: every decision can be written.
pub fn write_decisions(decisions: &Decisions) -> String {
    let pretty = PrettyConfig::new().depth_limit(2).new_line("\n").indentor("  ");
    let text = options().to_string_pretty(decisions, pretty);
    let mut text = text.expect("decisions hold nothing that RON cannot write");
    text.push('\n');
    text
}

/// Reads decisions that were written by themselves: all of them, or a bare list of rules or of names.
///
/// # Errors
/// When the text is none of these.
pub fn read_decisions(text: &str) -> Result<Decisions, PlaceFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let is_list = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with("//"));
    if !is_list.is_some_and(|line| line.starts_with('[')) {
        return options().from_str(text).map_err(|error| explain(&error));
    }
    if let Ok(names) = options().from_str::<Vec<OneName>>(text) {
        return Ok(Decisions { names, ..Decisions::default() });
    }
    let rules = options().from_str::<Vec<Rule>>(text).map_err(|error| explain(&error))?;
    Ok(Decisions { rules, ..Decisions::default() })
}
