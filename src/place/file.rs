//! The text of a place file: what is written in which order, what is refused and in which words. No disk
//! here; a newer format is refused kindly, and nothing unknown is skipped.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{self, BufRead, Write};
use std::sync::Arc;

use ron::ser::PrettyConfig;
use ron::value::RawValue;
use serde::{Deserialize, Serialize, Serializer, ser::Error as _};

use super::inline_lines::{InlineLines, WrongWord};
use super::lines_file::{LinesFile, read_lines};
use super::ron_text::{FORMAT, PlaceFileError, explain, options};
use super::story_error::wrong_story;
use super::{Described, Place, Population, Scene, ViewSpec};
use crate::agree::{Decisions, Rejects};
use crate::appraisal::{Appraisal, Bridge, Claim, PlaceCohort};
use crate::dimension::Agency;
use crate::ledger::{ControlTotal, Source};
use crate::pool::Scenario;

/// A place as its file holds it: fields in the order they are written.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields, rename = "Place")]
pub(super) struct PlaceFile {
    format: u32,
    /// Near the beginning, so that what a place needs beside it is known without reading all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    lines_in: Option<LinesFile>,
    name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    about: String,
    #[serde(default, skip_serializing_if = "is_none")]
    population: Arc<Vec<Population>>,
    #[serde(default, skip_serializing_if = "is_none")]
    agencies: Arc<Vec<Agency>>,
    #[serde(default, skip_serializing_if = "is_none")]
    funders: Arc<Vec<Described>>,
    #[serde(default, skip_serializing_if = "is_none")]
    themes: Arc<Vec<Described>>,
    #[serde(default, skip_serializing_if = "is_none")]
    services: Arc<Vec<Described>>,
    #[serde(default, skip_serializing_if = "is_none", serialize_with = "records_deeper")]
    sources: Arc<Vec<Source>>,
    #[serde(default, skip_serializing_if = "is_none")]
    control_totals: Arc<Vec<ControlTotal>>,
    #[serde(default, skip_serializing_if = "is_none", serialize_with = "scenarios_deeper")]
    scenarios: Arc<Vec<Scenario>>,
    #[serde(default, skip_serializing_if = "is_none", serialize_with = "appraisals_deeper")]
    appraisals: Arc<Vec<Appraisal>>,
    #[serde(default, skip_serializing_if = "is_none")]
    claims: Arc<Vec<Claim>>,
    #[serde(default, skip_serializing_if = "is_none")]
    cohorts: Arc<Vec<PlaceCohort>>,
    #[serde(default, skip_serializing_if = "is_none")]
    bridges: Arc<Vec<Bridge>>,
    #[serde(default, skip_serializing_if = "is_none", serialize_with = "story_deeper")]
    story: Arc<Vec<Scene>>,
    #[serde(default, skip_serializing_if = "nothing_decided", serialize_with = "decisions_deeper")]
    decisions: Arc<Decisions>,
    #[serde(default, skip_serializing_if = "is_none", serialize_with = "rejects_deeper")]
    rejects: Arc<Vec<Rejects>>,
    #[serde(default)]
    view: Arc<ViewSpec>,
    #[serde(default, skip_serializing_if = "InlineLines::are_beside")]
    lines: InlineLines,
}

fn is_none<T>(list: &Arc<Vec<T>>) -> bool {
    list.is_empty()
}

/// Scenarios are written a level deeper than the other lists: a contribution and an allocation have a line each.
fn scenarios_deeper<S: Serializer>(scenarios: &Arc<Vec<Scenario>>, serializer: S) -> Result<S::Ok, S::Error> {
    deeper(scenarios, 3, serializer)
}

/// Appraisals too: a cost and an outcome have a line each.
fn appraisals_deeper<S: Serializer>(
    appraisals: &Arc<Vec<Appraisal>>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    deeper(appraisals, 3, serializer)
}

/// A part of the file on lines of its own, so many levels of it.
fn deeper<S: Serializer>(part: &impl Serialize, levels: usize, serializer: S) -> Result<S::Ok, S::Error> {
    let pretty = PrettyConfig::new().depth_limit(levels).new_line("\n  ").indentor("  ");
    let text = options().to_string_pretty(part, pretty).map_err(S::Error::custom)?;
    RawValue::from_boxed_ron(text.into_boxed_str()).map_err(S::Error::custom)?.serialize(serializer)
}

/// Each field of a scene has a line, and each of what it looks at.
fn story_deeper<S: Serializer>(story: &Arc<Vec<Scene>>, serializer: S) -> Result<S::Ok, S::Error> {
    let pretty = PrettyConfig::new().depth_limit(3).new_line("\n  ").indentor("  ");
    let text = options().to_string_pretty(story, pretty).map_err(S::Error::custom)?;
    RawValue::from_boxed_ron(text.into_boxed_str()).map_err(S::Error::custom)?.serialize(serializer)
}

/// Each source has a line; how its file was read has a line for each part of it.
fn records_deeper<S: Serializer>(sources: &Arc<Vec<Source>>, serializer: S) -> Result<S::Ok, S::Error> {
    if sources.iter().all(|source| source.record.is_none()) {
        return sources.serialize(serializer);
    }
    let written = |source: &Source| {
        let depth = if source.record.is_some() { 2 } else { 0 };
        let pretty = PrettyConfig::new().depth_limit(depth).new_line("\n    ").indentor("  ");
        let text = options().to_string_pretty(source, pretty).map_err(S::Error::custom)?;
        RawValue::from_boxed_ron(text.into_boxed_str()).map_err(S::Error::custom)
    };
    sources.iter().map(written).collect::<Result<Vec<_>, _>>()?.serialize(serializer)
}

fn nothing_decided(decisions: &Arc<Decisions>) -> bool {
    decisions.is_empty()
}

/// Each rule, name and pair has a line.
fn decisions_deeper<S: Serializer>(decisions: &Arc<Decisions>, serializer: S) -> Result<S::Ok, S::Error> {
    deeper(decisions, 2, serializer)
}

/// Each rejected row has a line.
fn rejects_deeper<S: Serializer>(rejects: &Arc<Vec<Rejects>>, serializer: S) -> Result<S::Ok, S::Error> {
    deeper(rejects, 3, serializer)
}

/// As many as a ledger tells apart.
const MOST_SOURCES: usize = 65_000;

/// The text of a place file: stable order, one spend line a line, so that a change of one thing changes few lines.
///
/// # Panics
/// Never: every part of a place can be written.
pub fn write_place(place: &Place) -> String {
    let mut text = Vec::new();
    write_place_to(place, None, &mut text).expect("a place holds nothing that RON cannot write");
    String::from_utf8(text).expect("RON is text")
}

/// Writes a place file as [`write_place`] does, bit by bit; without the lines, where a file beside it has them.
///
/// # Errors
/// When `out` takes no more.
pub fn write_place_to(place: &Place, lines_in: Option<LinesFile>, out: &mut dyn Write) -> io::Result<()> {
    let lines = match lines_in {
        Some(_) => InlineLines::Beside,
        None => InlineLines::Of(Arc::clone(place.lines_as_read())),
    };
    let file = PlaceFile {
        format: place.format(lines_in.is_some()),
        lines_in,
        name: place.name.clone(),
        about: place.about.clone(),
        population: Arc::clone(&place.population),
        agencies: Arc::clone(&place.agencies),
        funders: Arc::clone(&place.funders),
        themes: Arc::clone(&place.themes),
        services: Arc::clone(&place.services),
        sources: Arc::clone(&place.sources),
        control_totals: Arc::clone(&place.control_totals),
        scenarios: Arc::clone(&place.scenarios),
        appraisals: Arc::clone(&place.appraisals),
        claims: Arc::clone(&place.claims),
        cohorts: Arc::clone(&place.cohorts),
        bridges: Arc::clone(&place.bridges),
        story: Arc::clone(&place.story),
        decisions: Arc::clone(&place.decisions),
        rejects: Arc::clone(&place.rejects),
        view: Arc::clone(&place.view),
        lines,
    };
    let pretty = PrettyConfig::new().depth_limit(2).new_line("\n").indentor("  ");
    // RON writes a letter at a time.
    let mut out = io::BufWriter::with_capacity(64 << 10, out);
    options().to_io_writer_pretty(&mut out, &file, pretty).map_err(io::Error::other)?;
    out.write_all(b"\n")?;
    out.flush()
}

/// Reads a place file that holds its lines itself.
///
/// # Errors
/// When it is no RON, has an unknown or mistyped field, a newer format, or lines that name what does not exist.
pub fn read_place(text: &str) -> Result<Place, PlaceFileError> {
    let half_read = begin_place(text)?;
    match half_read.lines_in() {
        Some(beside) => Err(PlaceFileError::Content(format!(
            "its {} lines are in {} beside it; open it from its folder",
            beside.lines, beside.file
        ))),
        None => half_read.finish(None::<&[u8]>),
    }
}

/// A place whose file is read, but for lines that are in a file beside it.
pub struct HalfRead<'a> {
    text: Cow<'a, str>,
    file: PlaceFile,
}

/// Begins to read a place file; [`HalfRead::finish`] does the rest.
///
/// # Errors
/// As [`read_place`].
pub fn begin_place(text: &str) -> Result<HalfRead<'_>, PlaceFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    // Before the fields are read: a newer file has fields that this program would call mistyped.
    check_format(text)?;
    let file: PlaceFile = options().from_str(text).map_err(|error| explain(&error))?;
    if file.format > FORMAT {
        return Err(PlaceFileError::Newer { found: file.format });
    }
    Ok(HalfRead::of(text.into(), file))
}

impl<'a> HalfRead<'a> {
    pub(super) fn of(text: Cow<'a, str>, file: PlaceFile) -> Self {
        Self { text, file }
    }

    /// The file that has the lines, where there is one.
    pub fn lines_in(&self) -> Option<&LinesFile> {
        self.file.lines_in.as_ref()
    }

    /// The place with its lines, read from the file beside it where [`HalfRead::lines_in`] names one.
    ///
    /// # Errors
    /// As [`read_place`]; what is wrong with the lines beside it is told by their rows.
    pub fn finish(self, lines: Option<impl BufRead>) -> Result<Place, PlaceFileError> {
        let file = self.file;
        if file.sources.len() > MOST_SOURCES {
            return Err(PlaceFileError::Content(format!(
                "it lists more than {MOST_SOURCES} sources; split it"
            )));
        }
        check_twins("scenarios", file.scenarios.iter().map(|scenario| scenario.name.as_str()))?;
        check_twins("appraisals", file.appraisals.iter().map(|appraisal| appraisal.name.as_str()))?;
        check_twins("cohorts", file.cohorts.iter().map(|cohort| cohort.name.as_str()))?;
        if let Some(wrong) = wrong_story(&file.story) {
            return Err(PlaceFileError::Content(wrong));
        }
        let inline = match file.lines {
            InlineLines::Read(inline) => Some(*inline),
            _ => None,
        };
        let ledger = match (lines, inline) {
            (Some(_), Some(inline)) if inline.count > 0 => {
                return Err(PlaceFileError::Content(
                    "it has lines of its own and names a file of lines beside it; take one of them out"
                        .to_owned(),
                ));
            }
            (Some(lines), _) => read_lines(lines, &file.sources, &file.agencies)?,
            (None, inline) => inline
                .unwrap_or_default()
                .into_ledger(&file.sources, &file.agencies)
                .map_err(|(index, wrong)| at_spend_line(&self.text, index, &wrong))?,
        };
        let mut place = Place {
            name: file.name,
            about: file.about,
            population: file.population,
            agencies: file.agencies,
            funders: file.funders,
            themes: file.themes,
            services: file.services,
            sources: file.sources,
            control_totals: file.control_totals,
            scenarios: file.scenarios,
            appraisals: file.appraisals,
            claims: file.claims,
            cohorts: file.cohorts,
            bridges: file.bridges,
            story: file.story,
            decisions: file.decisions,
            rejects: file.rejects,
            view: file.view,
            ..Place::default()
        };
        place.ledger = Arc::new(ledger);
        if let Some(what) = super::limits::exceeded(&place) {
            return Err(PlaceFileError::Content(what));
        }
        // Last, since settling the lines asks for the agencies and decisions that stand in the place by now.
        let ledger = Arc::clone(&place.ledger);
        place.set_lines(ledger);
        Ok(place)
    }
}

/// Says kindly that a file is from a newer version, before its unknown fields are held against it. The format is the
/// first field of every file that this program writes.
fn check_format(text: &str) -> Result<(), PlaceFileError> {
    match format_in(text) {
        Some(found) if found > FORMAT => Err(PlaceFileError::Newer { found }),
        _ => Ok(()),
    }
}

/// The format that the beginning of a place file states.
pub fn format_in(text: &str) -> Option<u32> {
    let format = after_format(text.strip_prefix('\u{feff}').unwrap_or(text))?.trim_start();
    let digits: String = format.chars().take_while(char::is_ascii_digit).collect();
    digits.parse().ok()
}

/// The file of lines that the beginning of a place file names, as it is written here.
pub fn lines_file_in(text: &str) -> Option<LinesFile> {
    let (_, named) = after_format(text)?.split_once("lines_in: (")?;
    // The value ends where its brackets do, which stand in no name and no hash of ours but may in others'.
    let ends = named.match_indices(')').map(|(end, _)| format!("({})", &named[..end]));
    ends.take(8).find_map(|value| options().from_str(&value).ok())
}

/// Whether the name stands where a file of lines would be named, as where a place holds its lines itself.
pub fn begins_without_lines_file(text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let rest =
        after_format(text).map(|rest| rest.trim_start().trim_start_matches(|c: char| c.is_ascii_digit()));
    let next = rest.and_then(|rest| rest.trim_start().strip_prefix(','));
    next.is_some_and(|next| next.trim_start().starts_with("name:"))
}

/// Whether a text begins as that of a place does.
pub fn begins_as_place(text: &str) -> bool {
    after_format(text.strip_prefix('\u{feff}').unwrap_or(text)).is_some()
}

/// What follows the name of the first field, where that is the format.
fn after_format(text: &str) -> Option<&str> {
    let mut rest = text.trim_start();
    while let Some(comment) = rest.strip_prefix("//") {
        rest = comment.split_once('\n').map_or("", |(_, after)| after).trim_start();
    }
    rest.strip_prefix("Place")
        .unwrap_or(rest)
        .trim_start()
        .strip_prefix('(')?
        .trim_start()
        .strip_prefix("format:")
}

/// Two of one name could not be told apart.
fn check_twins<'a>(kind: &str, names: impl Iterator<Item = &'a str>) -> Result<(), PlaceFileError> {
    let mut before = HashSet::new();
    match names.into_iter().find(|name| !before.insert(*name)) {
        Some(name) => Err(PlaceFileError::Content(format!(
            "there are two {kind} named \"{name}\"; give one of them another name"
        ))),
        None => Ok(()),
    }
}

/// Where in a file's text a wrong word of its spend line of this index stands.
fn at_spend_line(text: &str, index: usize, wrong: &WrongWord) -> PlaceFileError {
    /// The spend lines as they are written; the rest has been read before.
    #[derive(Deserialize)]
    #[serde(rename = "Place")]
    struct Written<'a> {
        #[serde(borrow)]
        lines: Vec<&'a RawValue>,
    }
    let written: Option<Written<'_>> = options().from_str(text).ok();
    let Some(line) = written.and_then(|written| written.lines.get(index).map(|line| line.get_ron())) else {
        return PlaceFileError::Content(format!("spend line {}: {}", index + 1, wrong.what));
    };
    // The borrowed text lies within the file's own, so its distance from the beginning is its place.
    let line_start = line.as_ptr() as usize - text.as_ptr() as usize;
    // As it is quoted in the file, or the word might be found inside another one before it.
    let quoted = ron::to_string(&wrong.word).ok().and_then(|quoted| line.find(&quoted));
    let unquoted = || line.find(&wrong.word).unwrap_or_default();
    let before = &text[..line_start + quoted.unwrap_or_else(unquoted)];
    PlaceFileError::Text {
        line: before.matches('\n').count() + 1,
        column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
        what: wrong.what.clone(),
    }
}
