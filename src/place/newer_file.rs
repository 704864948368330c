//! Places of a newer format, as far as this program can read them: fields that it does not know are left out and
//! named, so that people can look at the rest.

use std::borrow::Cow;
use std::ops::Range;

use ron::Error;

use super::file::{HalfRead, PlaceFile};
use super::ron_text::{PlaceFileError, options};

/// So many fields that are not known are left out; with more it is another kind of file.
const MOST_UNKNOWN: usize = 100;

/// A place of a newer format that was read in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewerFormat {
    pub format: u32,
    /// The names of the fields that are not known here, each once.
    pub unknown: Vec<String>,
}

/// "It has format 9, and this program knows up to 2; what `pools` says is not shown."
impl std::fmt::Display for NewerFormat {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "it was written by a newer Shadowpool (format {}) and is opened to read", self.format)?;
        match &self.unknown[..] {
            [] => Ok(()),
            names => write!(f, "; what it says under {} is not shown", names.join(", ")),
        }
    }
}

/// Begins to read a place file of a newer format, which may be looked at and must not be written over.
///
/// # Errors
/// When more is new to this program than fields that can be left out.
pub fn begin_newer_place(text: &str, found: u32) -> Result<(HalfRead<'_>, NewerFormat), PlaceFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut text: Cow<'_, str> = text.into();
    let mut unknown: Vec<String> = Vec::new();
    for _ in 0..MOST_UNKNOWN {
        let error = match options().from_str::<PlaceFile>(&text) {
            Ok(file) => return Ok((HalfRead::of(text, file), NewerFormat { format: found, unknown })),
            Err(error) => error,
        };
        let Error::NoSuchStructField { found: field, .. } = &error.code else { break };
        let at = offset(&text, error.span.start.line, error.span.start.col);
        let Some(range) = field_at(&text, at, field) else { break };
        if !unknown.contains(field) {
            unknown.push(field.clone());
        }
        text.to_mut().replace_range(range, "");
    }
    Err(PlaceFileError::Newer { found })
}

/// Where a line and a column, both from 1, are in a text.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let line = text[start..].split('\n').next().unwrap_or_default();
    start + line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(at, _)| at)
}

/// From the name of a field to the comma after its value. RON says where it stopped, which is at the name or behind it.
fn field_at(text: &str, at: usize, field: &str) -> Option<Range<usize>> {
    let near = text.get(..(at + field.len()).min(text.len()))?;
    let start = near.rfind(field)?;
    let value = start + field.len();
    text.get(value..)?.trim_start().strip_prefix(':')?;
    Some(start..value + value_length(&text[value..])?)
}

/// How long a value is, with the comma after it, where there is one.
fn value_length(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut letters = text.char_indices();
    while let Some((at, letter)) = letters.next() {
        match letter {
            '"' => loop {
                match letters.next()?.1 {
                    '\\' => drop(letters.next()?),
                    '"' => break,
                    _ => {}
                }
            },
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' if depth == 0 => return Some(at),
            ')' | ']' | '}' => depth -= 1,
            ',' if depth == 0 => return Some(at + 1),
            _ => {}
        }
    }
    None
}
