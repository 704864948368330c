//! A newer version of a file in place of one that a place has: read as that one was, with what changes listed.

use std::path::PathBuf;
use std::sync::Arc;

use super::{Failed, cannot_run};
use crate::agree;
use crate::dimension::{Dimension, NameId};
use crate::import::{Code, Field, FileReport, ImportOptions, Severity, Unit};
use crate::ledger::{FileNote, FileRecord, SaidOfFile, Source};
use crate::place::Place;
use crate::store::{self, Loaded};
use crate::words::all_of;

use super::load::read_column;

/// How many changed lines are listed.
/// The sums above them say how much changed; whoever needs each line reads the place.
const MOST_CHANGES: usize = 12;
/// What may hold for a whole file, and for the next version of it.
const CARRIED: [Dimension; 4] = [Dimension::Agency, Dimension::Funder, Dimension::Theme, Dimension::Basis];

/// Has the file read as the one was whose place it takes: columns by their headings, and what holds for every line where
/// no column says it. What is said on the command line goes before. Says what was taken over.
pub(super) fn read_like_before(files: &[PathBuf], file: &str, options: &mut ImportOptions) -> Option<String> {
    let is_place =
        |path: &&PathBuf| path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
    // A place that cannot be read is told where it is read for good.
    let place = store::open_place(files.iter().find(is_place)?).ok()?;
    let source = source_called(&place, file)?;
    let record = source.record.as_ref()?;
    let mut taken = Vec::new();
    if options.column_maps.is_empty() {
        let said = options.columns.clone();
        let is_said = |heading: &str| said.iter().any(|(said, _)| said.eq_ignore_ascii_case(heading));
        let known = columns_of(record).into_iter().filter(|(heading, _)| !is_said(heading));
        let known: Vec<(String, Field)> = known.collect();
        if !known.is_empty() {
            taken.push("its columns".to_owned());
        }
        options.columns.extend(known);
    }
    taken.extend(say_as_before(record, options));
    let lines = agree::lines_of_source(place.lines_as_read(), &source.key);
    for dimension in CARRIED {
        let of_column = record.columns.iter().any(|(key, _)| key == dimension.key());
        let is_said = options.set.iter().any(|(said, _)| *said == dimension);
        if let [only] = lines.cells().occurring(dimension)[..]
            && only != NameId::NOT_STATED
            && !of_column
            && !is_said
        {
            let name = lines.names(dimension).name(only).to_owned();
            taken.push(format!("{} {name}", dimension.title().to_lowercase()));
            options.set.push((dimension, name));
        }
    }
    (!taken.is_empty()).then(|| format!("read as {} was: {}", source.key, all_of(&taken)))
}

/// Keeps with the newer version what was taken over for it, to be seen where it is asked how the file was read.
pub(super) fn keep_taken_over(loaded: &mut Loaded, words: &str) {
    for addition in &mut loaded.additions {
        let message = format!("{}: {words}", addition.title);
        let sources = &mut Arc::make_mut(addition).sources;
        if let Some(record) = sources.iter_mut().find_map(|source| source.record.as_mut()) {
            let note = FileNote {
                severity: Severity::Note.key().to_owned(),
                code: Code::LayoutKnown.key(),
                row: None,
                message,
            };
            Arc::make_mut(record).notes.insert(0, note);
        }
    }
}

/// What the columns of the older file were, by their headings. Where several are amounts, those that were not read are
/// known as well: what is new beside them is recognised.
fn columns_of(record: &FileRecord) -> Vec<(String, Field)> {
    let known = record.columns.iter().filter(|(_, heading)| !heading.is_empty());
    let mut known: Vec<(String, Field)> =
        known.filter_map(|(key, heading)| Some((heading.clone(), field_of(key, heading)?))).collect();
    let is_of_several = |(_, field): &(String, Field)| matches!(field, Field::AmountFor(..));
    if known.iter().any(is_of_several) {
        known.extend(record.not_read.iter().map(|heading| (heading.clone(), Field::Passed)));
        let mut headings: Vec<String> = known.iter().map(|(heading, _)| heading.to_lowercase()).collect();
        let all = headings.len();
        headings.sort_unstable();
        headings.dedup();
        if headings.len() < all {
            // Headings that stand twice do not say which column is meant.
            known.clear();
        }
    }
    known
}

fn field_of(key: &str, heading: &str) -> Option<Field> {
    match key.strip_prefix("amount for ").and_then(|of| of.split_once(' ')) {
        Some((dimension, name)) => Some(Field::AmountFor(dimension.parse().ok()?, name.to_owned())),
        None => Some(read_column(&format!("{heading}={key}")).ok()?.1),
    }
}

/// Says again what a person has said of the older file, where nothing is said of it now; in words.
fn say_as_before(record: &FileRecord, options: &mut ImportOptions) -> Vec<String> {
    let mut taken = SaidOfFile::default();
    if let (None, Some(sheet)) = (&options.sheet, &record.said.sheet) {
        taken.sheet = Some(sheet.clone());
        options.sheet = Some(sheet.clone());
    }
    // What was asked and is in the place was accepted.
    let was_accepted = |note: &FileNote| note.severity == "question" && note.code == "currency-other";
    let pounds = record.said.pounds.or_else(|| record.notes.iter().any(was_accepted).then_some(false));
    taken.pounds = pounds.filter(|_| !options.pounds);
    match taken.pounds {
        Some(true) => options.pounds = true,
        Some(false) => options.keeps_currency = true,
        None => {}
    }
    if record.said.credits_off && !options.credits_off {
        taken.credits_off = true;
        options.credits_off = true;
    }
    if let (None, Some(words)) = (options.unit, &record.said.unit)
        && let Some(unit) = Unit::ALL.into_iter().find(|unit| unit.words() == words)
    {
        taken.unit = Some(words.clone());
        options.unit = Some(unit);
    }
    if options.decimal_comma.is_none() {
        taken.decimal_comma = record.said.decimal_comma;
        options.decimal_comma = record.said.decimal_comma;
    }
    taken.words()
}

fn source_called<'p>(place: &'p Place, file: &str) -> Option<&'p Source> {
    place.sources.iter().find(|source| source.key == file || source.file == file)
}

/// The place with the file in place of one of its sources, and what that changes, in words.
pub(super) fn replaced(loaded: &Loaded, file: &str) -> Result<(Place, Vec<String>), Failed> {
    let Some((_, before)) = &loaded.place else {
        return Err(cannot_run("--replace changes a place; name the place (.ron) among the files"));
    };
    let [addition] = &loaded.additions[..] else {
        return Err(cannot_run(
            "--replace takes one file in place of one; name a single file beside the place",
        ));
    };
    let Some(source) = source_called(before, file) else {
        let known: Vec<&str> = before.sources.iter().map(|source| source.key.as_str()).collect();
        return Err(cannot_run(format!("the place has no source {file}; it has {}", known.join(", "))));
    };
    let older = agree::lines_of_source(before.lines_as_read(), &source.key);
    let changes = agree::compare_versions(&older, &addition.ledger);
    let mut words = vec![format!("{} in place of {}:", addition.title, source.key)];
    words.extend(changes.words().into_iter().map(|line| format!("  {line}")));
    let listed = changes.changed.iter().take(MOST_CHANGES);
    words.extend(listed.map(|change| format!("  {}", change.words(&older, &addition.ledger))));
    let decided = before.rejects.iter().filter(|rejects| rejects.source == source.key);
    words.extend(
        decided
            .flat_map(|rejects| rejects.decided_and_gone(&addition.rejects))
            .map(|line| format!("  {line}")),
    );
    let place = loaded.to_place_replacing(vec![source.key.clone()]);
    Ok((place.map_err(|error| cannot_run(error.to_string()))?, words))
}

/// A word about a file of which the place already has an older one.
pub(super) fn already_there(loaded: &Loaded, replaces: bool) -> Vec<String> {
    let Some((_, place)) = loaded.place.as_ref().filter(|_| !replaces) else { return Vec::new() };
    let is_there = |file: &&FileReport| place.sources.iter().any(|source| source.file == file.name);
    let word = |file: &FileReport| {
        let name = &file.name;
        format!(
            "{name}: the place has a file of this name already, and now has both; --replace {name} takes this one in its place"
        )
    };
    loaded.files.iter().filter(is_there).map(word).collect()
}
