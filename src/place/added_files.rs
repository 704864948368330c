//! Files that are added to a place and taken back again: their lines, sources, agencies, rejected rows, control totals.

use super::command_error::CommandError;
use super::decision::leave_out;
use super::{Place, ViewSpec, first_name};
use crate::agree::{Decisions, Fate, Rejects};
use crate::dimension::Agency;
use crate::ledger::{ControlTotal, Ledger, LineId, LineReference, Source, SpendLine};
use crate::place::first_view;
use serde::{Deserialize, Serialize, Serializer};
use std::sync::Arc;

/// Files that a person adds together, and takes back together.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AddedFiles {
    /// The place's name from now on; nothing leaves it as it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The keys of sources whose lines these files take the place of.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<String>,
    pub additions: Vec<Arc<Addition>>,
    /// Figures that the lines of an addition must agree to, by its place among them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub control_totals: Vec<(usize, ControlTotal)>,
}

impl AddedFiles {
    /// The source of which these files are a newer version: one file takes the place of one.
    pub fn newer_version_of(&self) -> Option<&str> {
        match (&self.replaced[..], &self.additions[..]) {
            ([key], [addition]) if addition.sources.len() == 1 => Some(key),
            _ => None,
        }
    }
}

impl Addition {
    /// The same lines as a newer version of a source: it goes by the older's key, so that whatever speaks of it still
    /// does, and keeps what is known of it that the newer one does not say.
    fn as_version_of(&self, older: &Source) -> Arc<Self> {
        let or =
            |newer: &String, older: &String| if newer.is_empty() { older.clone() } else { newer.clone() };
        let newer = &self.sources[0];
        let source = Source {
            key: older.key.clone(),
            publisher: or(&newer.publisher, &older.publisher),
            licence: or(&newer.licence, &older.licence),
            address: or(&newer.address, &older.address),
            note: or(&newer.note, &older.note),
            ..newer.clone()
        };
        let keys = [(newer.key.as_str(), older.key.as_str())].into_iter().collect();
        let mut rejects = self.rejects.clone();
        for rejects in &mut rejects {
            rejects.source.clone_from(&older.key);
        }
        Arc::new(Self {
            ledger: Arc::new(self.ledger.with_source_keys(&keys)),
            sources: vec![source],
            rejects,
            ..self.clone()
        })
    }
}

impl Addition {
    /// The same with what was decided about rejected rows of an older version, where a row of these cells is rejected
    /// again.
    fn decided_as(self: &Arc<Self>, older: &Rejects) -> Arc<Self> {
        let mut newer = Arc::clone(self);
        for known in older.rows.iter().filter(|row| !row.fate.is_open()) {
            let same = newer.rejects.iter().find_map(|rejects| {
                let row = rejects.rows.iter().find(|row| row.fate.is_open() && row.cells == known.cells)?;
                let source = newer.sources.iter().find(|source| source.key == rejects.source)?;
                let lines = match &known.fate {
                    Fate::Fixed(cells) => rejects.read_again(source, row.row, cells).ok()?,
                    _ => Vec::new(),
                };
                newer.decided(row.row, known.fate.clone(), &lines)
            });
            newer = same.map_or(newer, Arc::new);
        }
        newer
    }

    /// The same once it was decided what becomes of a row that could not be read: `lines` are those that it gives, and
    /// none where it is left out. Nothing where no such row is there.
    pub fn decided(&self, row: u32, fate: Fate, lines: &[SpendLine]) -> Option<Self> {
        let mut rejects = self.rejects.clone();
        let of =
            rejects.iter_mut().find(|rejects| rejects.row(row).is_some_and(|known| known.fate.is_open()))?;
        let rejected = of.rows.iter_mut().find(|rejected| rejected.row == row)?;
        rejected.fate = fate;
        let its_own =
            |line: &SpendLine| SpendLine { source: Some(of.source.clone()), row: Some(row), ..line.clone() };
        let lines: Vec<SpendLine> = lines.iter().map(its_own).collect();
        let ledger = if lines.is_empty() {
            Arc::clone(&self.ledger)
        } else {
            Arc::new(self.ledger.join(&Ledger::from_lines(&lines, &self.sources, &self.agencies)))
        };
        Some(Self { rejects, ledger, ..self.clone() })
    }

    /// The same with these lines left out of the total, each with its reason, and no others.
    #[must_use]
    pub fn leaving_out(&self, lines: &[(LineId, String)]) -> Self {
        let left_out = lines.iter().map(|(line, reason)| (line.0, reason.clone())).collect();
        Self { left_out, ..self.clone() }
    }

    /// The lines that are left out of the total, in order.
    pub fn left_out(&self) -> Vec<LineId> {
        // What an earlier session has kept may speak of lines that are not there.
        let lines = self.left_out.iter().map(|(line, _)| LineId(*line));
        let mut lines: Vec<LineId> = lines.filter(|line| line.index() < self.ledger.len()).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    }

    /// The lines without those that are left out.
    pub fn counted(&self) -> Arc<Ledger> {
        let left_out = self.left_out();
        if left_out.is_empty() {
            return Arc::clone(&self.ledger);
        }
        Arc::new(self.ledger.select(|line| left_out.binary_search(&line).is_err()))
    }
}

/// Lines that files bring into a place.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "WrittenAddition")]
pub struct Addition {
    /// What is added, in words: a file's name, or "3 files".
    pub title: String,
    pub sources: Vec<crate::ledger::Source>,
    pub agencies: Vec<Agency>,
    /// Rows of these files that could not be read, by the keys of their sources.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rejects: Vec<Rejects>,
    #[serde(serialize_with = "ledger_as_lines")]
    pub ledger: Arc<Ledger>,
    /// Lines that are left out of the total from the beginning, by their number among these, with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<(u32, String)>,
}

/// An addition as text holds it: its ledger is its lines, one by one.
#[derive(Deserialize)]
#[serde(rename = "Addition", deny_unknown_fields)]
struct WrittenAddition {
    title: String,
    sources: Vec<crate::ledger::Source>,
    agencies: Vec<Agency>,
    #[serde(default)]
    rejects: Vec<Rejects>,
    ledger: Vec<SpendLine>,
    #[serde(default)]
    left_out: Vec<(u32, String)>,
}

impl From<WrittenAddition> for Addition {
    fn from(written: WrittenAddition) -> Self {
        let WrittenAddition { title, sources, agencies, rejects, ledger, left_out } = written;
        let ledger = Arc::new(Ledger::from_lines(&ledger, &sources, &[]));
        Self { title, sources, agencies, rejects, ledger, left_out }
    }
}

fn ledger_as_lines<S: Serializer>(ledger: &Arc<Ledger>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ledger.lines().map(|line| line.to_spend_line()))
}

impl AddedFiles {
    pub(super) fn label(&self) -> String {
        let verb = if self.replaced.is_empty() { "Add" } else { "Read again" };
        match &self.additions[..] {
            [one] => format!("{verb} {}", one.title),
            several => format!("{verb} {} files", several.len()),
        }
    }
}

/// Adds the lines of all files. A place that had none is then looked at by what its lines say.
pub(super) fn add_files(place: &mut Place, files: &AddedFiles) -> Result<(), CommandError> {
    if files.name.as_ref().is_some_and(|name| name.trim().is_empty()) {
        return Err(CommandError::NoName);
    }
    let unknown = files.replaced.iter().find(|key| !place.sources.iter().any(|source| source.key == **key));
    if let Some(key) = unknown {
        return Err(CommandError::NoSuchSource(key.clone()));
    }
    // Asked before anything is replaced: reading the only file of a place again is no new place.
    let is_new = place.lines_as_read().is_empty();
    let remarks =
        files.newer_version_of().and_then(|key| place.sources.iter().find(|source| source.key == key));
    let newer = remarks.cloned().map(|older| {
        let decided = place.rejects.iter().find(|rejects| rejects.source == older.key);
        let newer = files.additions[0].as_version_of(&older);
        decided.map_or_else(|| Arc::clone(&newer), |decided| newer.decided_as(decided))
    });
    for key in &files.replaced {
        remove_source(place, key)?;
    }
    let known = place.control_totals.iter().map(|known| &known.name);
    if let Some(name) =
        known.clone().find(|name| files.control_totals.iter().any(|(_, total)| total.name == **name))
    {
        return Err(CommandError::ControlTotalTwice(name.clone()));
    }
    let additions = newer.as_ref().map_or(&files.additions[..], std::slice::from_ref);
    for (index, addition) in additions.iter().enumerate() {
        let keys = add_lines(place, addition);
        for (_, total) in files.control_totals.iter().filter(|(of, _)| *of == index) {
            let file = keys.first().cloned().unwrap_or_default();
            add_control_total(place, &ControlTotal { file, ..total.clone() })?;
        }
    }
    // Who has chosen a view before there were lines keeps it.
    if is_new && *place.view == ViewSpec::default() {
        place.view = Arc::new(first_view(&place.ledger));
    }
    if let Some(name) = &files.name {
        name.trim().clone_into(&mut place.name);
    } else if is_new && place.name.is_empty() {
        place.name = first_name(&[&place.ledger], files.additions.first().map_or("", |first| &first.title));
    }
    Ok(())
}

/// Adds lines, and says the keys that their sources now have.
pub(super) fn add_lines(place: &mut Place, addition: &Addition) -> Vec<String> {
    let known: Vec<&str> = place.agencies.iter().map(|agency| agency.name.as_str()).collect();
    // What the place says of an agency stands: somebody may have corrected it.
    let new: Vec<Agency> =
        addition.agencies.iter().filter(|agency| !known.contains(&agency.name.as_str())).cloned().collect();
    Arc::make_mut(&mut place.agencies).extend(new);
    let keys = keys_of_their_own(&place.sources, &addition.sources);
    let sources = Arc::make_mut(&mut place.sources);
    for (source, key) in addition.sources.iter().zip(&keys) {
        if !sources.iter().any(|known| known.key == *key) {
            sources.push(Source { key: key.clone(), ..source.clone() });
        }
    }
    let is_renamed = addition.sources.iter().zip(&keys).any(|(source, key)| source.key != *key);
    let added = if is_renamed {
        let renamed =
            addition.sources.iter().map(|source| source.key.as_str()).zip(keys.iter().map(String::as_str));
        Arc::new(addition.ledger.with_source_keys(&renamed.collect()))
    } else {
        Arc::clone(&addition.ledger)
    };
    let renamed = |mut rejects: Rejects| {
        let key = addition.sources.iter().zip(&keys).find(|(source, _)| source.key == rejects.source);
        if let Some((_, key)) = key {
            rejects.source.clone_from(key);
        }
        rejects
    };
    if !addition.rejects.is_empty() {
        Arc::make_mut(&mut place.rejects).extend(addition.rejects.iter().cloned().map(renamed));
    }
    let before = place.lines_as_read();
    let first = before.len() as u32;
    // The first file of a place is shared as it is; joining copies.
    let read = if before.is_empty() { added } else { Arc::new(before.join(&added)) };
    let read = read.with_sectors(&place.agencies);
    let mut decisions = Decisions::clone(&place.decisions);
    // Written down now and not found anew at each start, so that a better way of finding them changes no old
    // total.
    decisions.note_transfers(&read);
    // Equal lines are told by their order among all lines of the place, so that they are numbered only here.
    let left_out = addition.left_out.iter().map(|(line, reason)| (LineId(first + line), reason.as_str()));
    let left_out: Vec<(LineId, &str)> = left_out.filter(|(line, _)| line.index() < read.len()).collect();
    if !left_out.is_empty() {
        let lines: Vec<LineId> = left_out.iter().map(|(line, _)| *line).collect();
        let references = LineReference::to_each(&read, &lines);
        leave_out(&mut decisions.left_out, references.iter().zip(left_out.iter().map(|(_, reason)| *reason)));
    }
    if decisions != *place.decisions {
        place.decisions = Arc::new(decisions);
    }
    place.set_lines(read);
    keys
}

/// A key for each new source that no other has: two files of one name are two sources, a publication is one.
fn keys_of_their_own(known: &[Source], new: &[Source]) -> Vec<String> {
    let mut taken: Vec<String> = known.iter().map(|source| source.key.clone()).collect();
    new.iter()
        .map(|source| {
            // A publication that several files quote, word for word the same.
            if source.file.is_empty() && known.contains(source) {
                return source.key.clone();
            }
            // As people number files themselves.
            let numbered = (2..).map(|number| format!("{} ({number})", source.key));
            let mut wishes = std::iter::once(source.key.clone()).chain(numbered);
            let key = wishes.find(|key| !taken.contains(key)).expect("numbers do not run out");
            taken.push(key.clone());
            key
        })
        .collect()
}

pub(super) fn remove_source(place: &mut Place, key: &str) -> Result<(), CommandError> {
    if !place.sources.iter().any(|source| source.key == key) {
        return Err(CommandError::NoSuchSource(key.to_owned()));
    }
    Arc::make_mut(&mut place.sources).retain(|source| source.key != key);
    if place.rejects.iter().any(|rejects| rejects.source == key) {
        Arc::make_mut(&mut place.rejects).retain(|rejects| rejects.source != key);
    }
    let stays =
        |line: crate::ledger::LineView<'_>| line.provenance().source.is_none_or(|source| source.key != key);
    let left = Arc::new(place.lines_as_read().retain(stays));
    place.set_lines(left);
    Ok(())
}

pub(super) fn add_control_total(place: &mut Place, total: &ControlTotal) -> Result<(), CommandError> {
    if place.control_totals.iter().any(|known| known.name == total.name) {
        return Err(CommandError::ControlTotalTwice(total.name.clone()));
    }
    Arc::make_mut(&mut place.control_totals).push(total.clone());
    Ok(())
}

pub(super) fn remove_control_total(place: &mut Place, name: &str) -> Result<(), CommandError> {
    let before = place.control_totals.len();
    Arc::make_mut(&mut place.control_totals).retain(|known| known.name != name);
    if place.control_totals.len() == before {
        return Err(CommandError::NoSuchControlTotal(name.to_owned()));
    }
    Ok(())
}
