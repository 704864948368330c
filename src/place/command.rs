//! Commands: every change a person can make to a place, by name. Each is checked and changes everything or
//! nothing; the same values are undone, journalled and replayed.

use std::sync::Arc;

use serde::{Deserialize, Serialize, Serializer};
use thiserror::Error;

use super::payments_to_place::keep_payments_to_place;
use super::scenario_command::{
    add_scenario, change_scenario, remove_scenario, rename_scenario, show_scenario,
};
use super::{
    ColorBy, Comparison, Decision, DecisionError, MovedNode, NoSuchScenario, Place, ViewSpec, first_name,
};
use crate::agree::{Decisions, Rejects};
use crate::dimension::{Agency, Dimension};
use crate::ledger::{ControlTotal, Filter, Ledger, Source, SpendLine};
use crate::place::first_view;
use crate::pool::{ChangeError, Scenario, ScenarioChange};

/// Every change a person can make to a place, by name. Applying one either changes the place or says why not.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Command {
    Rename(String),
    /// Lines read from files, with the agencies they bring; see [`Addition`].
    AddLines(Arc<Addition>),
    /// Several files in one step; see [`AddedFiles`].
    AddFiles(Box<AddedFiles>),
    /// Takes a source away with all its lines.
    RemoveSource(String),
    /// Of these sources, whose bodies spend far beyond the place, keeps only what they pay agencies of the place.
    KeepPaymentsToPlace(Vec<String>),
    AddControlTotal(ControlTotal),
    RemoveControlTotal(String),
    AddScenario(Box<Scenario>),
    /// Adds a scenario like another, under a name of its own.
    DuplicateScenario {
        name: String,
        copy: String,
    },
    RenameScenario {
        from: String,
        to: String,
    },
    RemoveScenario(String),
    /// Changes a part of the scenario of this name.
    ChangeScenario(String, Box<ScenarioChange>),
    /// Shows a scenario in place of the baseline, or the baseline.
    ShowScenario(Option<String>),
    /// Compares the shown scenario with another or with the baseline, or with nothing any more.
    Compare(Option<Comparison>),
    /// Decides something so that the files agree.
    Decide(Box<Decision>),
    /// Several changes as one step, under a name of its own: all of them, or none.
    Several(String, Vec<Command>),
    SetLayers(Vec<Dimension>),
    SetFilter(Filter),
    SetColorBy(ColorBy),
    /// Shows the small nodes of a group one by one.
    Unfold(Dimension, String),
    /// Folds them again.
    Fold(Dimension, String),
    /// Puts a node where a hand has dragged it.
    MoveNode(MovedNode),
    /// Lets the layout place every node again.
    ReleaseNodes,
}

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
}

impl From<WrittenAddition> for Addition {
    fn from(written: WrittenAddition) -> Self {
        let WrittenAddition { title, sources, agencies, rejects, ledger } = written;
        let ledger = Arc::new(Ledger::from_lines(&ledger, &sources, &[]));
        Self { title, sources, agencies, rejects, ledger }
    }
}

fn ledger_as_lines<S: Serializer>(ledger: &Arc<Ledger>, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(ledger.lines().map(|line| line.to_spend_line()))
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum CommandError {
    #[error("a picture of flows has two to six layers; this would have {0}")]
    LayerCount(usize),
    #[error("{0} can stand in one layer only")]
    LayerTwice(&'static str),
    #[error("there is no source \"{0}\" in this place")]
    NoSuchSource(String),
    #[error("a place needs a name")]
    NoName,
    #[error("there is already a control total named \"{0}\"; give this one another name")]
    ControlTotalTwice(String),
    #[error("there is no control total named \"{0}\"")]
    NoSuchControlTotal(String),
    #[error("a scenario needs a name, and so does its pool")]
    NoScenarioName,
    #[error("there is already a scenario named \"{0}\"; give this one another name")]
    ScenarioTwice(String),
    #[error(transparent)]
    NoSuchScenario(#[from] NoSuchScenario),
    /// The scenario would contradict itself, or the lines.
    #[error(transparent)]
    Scenario(#[from] ChangeError),
    #[error(transparent)]
    Decision(#[from] DecisionError),
}

impl Command {
    /// The step's name, as undo says it: "Change layers".
    pub fn label(&self) -> String {
        match self {
            Self::Rename(_) => "Rename place".to_owned(),
            Self::AddLines(addition) => format!("Add {}", addition.title),
            Self::AddFiles(files) => files.label(),
            Self::RemoveSource(key) => format!("Remove {key}"),
            Self::KeepPaymentsToPlace(keys) => match &keys[..] {
                [one] => format!("Keep of {one} what it pays the place"),
                several => format!("Keep of {} files what they pay the place", several.len()),
            },
            Self::AddControlTotal(_) => "Add control total".to_owned(),
            Self::RemoveControlTotal(_) => "Remove control total".to_owned(),
            Self::AddScenario(scenario) => format!("Add scenario {}", scenario.name),
            Self::DuplicateScenario { name, .. } => format!("Duplicate {name}"),
            Self::RenameScenario { from, .. } => format!("Rename {from}"),
            Self::RemoveScenario(name) => format!("Remove scenario {name}"),
            Self::ChangeScenario(_, change) => change.label(),
            Self::Decide(decision) => decision.label(),
            Self::ShowScenario(Some(name)) => format!("Show {name}"),
            Self::ShowScenario(None) => "Show the baseline".to_owned(),
            Self::Compare(Some(Comparison { with, .. })) => {
                format!("Compare with {}", with.as_deref().unwrap_or("the baseline"))
            }
            Self::Compare(None) => "Stop comparing".to_owned(),
            Self::Several(label, _) => label.clone(),
            Self::SetLayers(_) => "Change layers".to_owned(),
            Self::SetFilter(_) => "Change filter".to_owned(),
            Self::SetColorBy(_) => "Change colour".to_owned(),
            Self::Unfold(..) => "Unfold".to_owned(),
            Self::Fold(..) => "Fold".to_owned(),
            Self::MoveNode(node) => format!("Move {}", node.name),
            Self::ReleaseNodes => "Release moved nodes".to_owned(),
        }
    }

    /// The step's name when it is done to this place: a change of one condition names that.
    pub fn label_on(&self, before: &Place) -> String {
        match self {
            Self::SetFilter(filter) => match filter.only_difference(&before.view.filter) {
                Some(dimension) => format!("Change {}", dimension.title().to_lowercase()),
                None => self.label(),
            },
            _ => self.label(),
        }
    }

    /// Whether it changes only what is looked at, not what the place holds.
    pub fn is_view(&self) -> bool {
        match self {
            Self::Rename(_)
            | Self::AddLines(_)
            | Self::AddFiles(_)
            | Self::RemoveSource(_)
            | Self::KeepPaymentsToPlace(_)
            | Self::AddControlTotal(_)
            | Self::RemoveControlTotal(_)
            | Self::AddScenario(_)
            | Self::DuplicateScenario { .. }
            | Self::RenameScenario { .. }
            | Self::RemoveScenario(_)
            | Self::ChangeScenario(..)
            | Self::Decide(_) => false,
            // One that changes something makes a change of the whole.
            Self::Several(_, commands) => commands.iter().all(Self::is_view),
            Self::ShowScenario(_)
            | Self::Compare(_)
            | Self::SetLayers(_)
            | Self::SetFilter(_)
            | Self::SetColorBy(_)
            | Self::Unfold(..)
            | Self::Fold(..)
            | Self::MoveNode(_)
            | Self::ReleaseNodes => true,
        }
    }

    /// How many lines are gone through to make the change in this place; none where it is made at once.
    pub fn lines_gone_through(&self, place: &Place) -> usize {
        let present = place.lines_as_read().len();
        match self {
            Self::AddLines(_) | Self::AddFiles(_) => present + self.added_lines(),
            Self::RemoveSource(_) | Self::KeepPaymentsToPlace(_) => present,
            Self::Decide(decision) if decision.settles_lines() => present,
            Self::Several(_, commands) => {
                commands.iter().map(|command| command.lines_gone_through(place)).sum()
            }
            _ => 0,
        }
    }

    /// How many lines it brings.
    pub fn added_lines(&self) -> usize {
        match self {
            Self::AddLines(addition) => addition.ledger.len(),
            Self::AddFiles(files) => files.additions.iter().map(|addition| addition.ledger.len()).sum(),
            Self::Several(_, commands) => commands.iter().map(Self::added_lines).sum(),
            _ => 0,
        }
    }

    /// Makes the change.
    ///
    /// # Errors
    /// When it cannot be made; the place is then as it was.
    pub fn apply(&self, place: &mut Place) -> Result<(), CommandError> {
        match self {
            Self::Rename(name) if name.trim().is_empty() => return Err(CommandError::NoName),
            Self::Rename(name) => name.trim().clone_into(&mut place.name),
            Self::AddLines(addition) => {
                add_lines(place, addition);
            }
            Self::AddFiles(files) => add_files(place, files)?,
            Self::RemoveSource(key) => remove_source(place, key)?,
            Self::KeepPaymentsToPlace(keys) => keep_payments_to_place(place, keys)?,
            Self::AddControlTotal(total) => add_control_total(place, total)?,
            Self::RemoveControlTotal(name) => remove_control_total(place, name)?,
            Self::AddScenario(scenario) => add_scenario(place, (**scenario).clone())?,
            Self::DuplicateScenario { name, copy } => {
                let copied = Scenario { name: copy.clone(), ..place.scenario(name)?.clone() };
                add_scenario(place, copied)?;
            }
            Self::RenameScenario { from, to } => rename_scenario(place, from, to)?,
            Self::RemoveScenario(name) => remove_scenario(place, name)?,
            Self::ChangeScenario(name, change) => change_scenario(place, name, change)?,
            Self::Decide(decision) => decision.apply(place)?,
            Self::ShowScenario(name) => show_scenario(place, name.as_deref())?,
            Self::Compare(comparison) => {
                if let Some(name) = comparison.as_ref().and_then(|comparison| comparison.with.as_ref()) {
                    place.scenario(name)?;
                }
                Arc::make_mut(&mut place.view).compare(comparison.as_ref());
            }
            Self::Several(_, commands) => {
                // On a copy, whose lines are shared: if the third fails the first two have not happened.
                let mut changed = place.clone();
                for command in commands {
                    command.apply(&mut changed)?;
                }
                *place = changed;
            }
            Self::SetLayers(layers) => {
                check_layers(layers)?;
                Arc::make_mut(&mut place.view).layers.clone_from(layers);
            }
            Self::SetFilter(filter) => Arc::make_mut(&mut place.view).filter = filter.clone(),
            Self::SetColorBy(color_by) => Arc::make_mut(&mut place.view).color_by = *color_by,
            Self::Unfold(dimension, group) => {
                Arc::make_mut(&mut place.view).unfolded.insert((*dimension, group.clone()));
            }
            Self::Fold(dimension, group) => {
                Arc::make_mut(&mut place.view).unfolded.remove(&(*dimension, group.clone()));
            }
            Self::MoveNode(node) => {
                let moved = &mut Arc::make_mut(&mut place.view).moved;
                moved.retain(|other| (other.layer, &other.name) != (node.layer, &node.name));
                moved.push(node.clone());
            }
            Self::ReleaseNodes => Arc::make_mut(&mut place.view).moved.clear(),
        }
        Ok(())
    }
}

fn check_layers(layers: &[Dimension]) -> Result<(), CommandError> {
    // Less than two layers have no flow between them; beyond six no column of a screen has room for names.
    if !(2..=6).contains(&layers.len()) {
        return Err(CommandError::LayerCount(layers.len()));
    }
    match layers.iter().enumerate().find(|(index, layer)| layers[..*index].contains(layer)) {
        // Between a layer and itself each name would flow into itself alone.
        Some((_, layer)) => Err(CommandError::LayerTwice(layer.title())),
        None => Ok(()),
    }
}

impl AddedFiles {
    fn label(&self) -> String {
        let verb = if self.replaced.is_empty() { "Add" } else { "Read again" };
        match &self.additions[..] {
            [one] => format!("{verb} {}", one.title),
            several => format!("{verb} {} files", several.len()),
        }
    }
}

/// Adds the lines of all files. A place that had none is then looked at by what its lines say.
fn add_files(place: &mut Place, files: &AddedFiles) -> Result<(), CommandError> {
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
    let newer = remarks.cloned().map(|older| files.additions[0].as_version_of(&older));
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
fn add_lines(place: &mut Place, addition: &Addition) -> Vec<String> {
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
    // The first file of a place is shared as it is; joining copies.
    let read = if before.is_empty() { added } else { Arc::new(before.join(&added)) };
    let read = read.with_sectors(&place.agencies);
    let mut decisions = Decisions::clone(&place.decisions);
    // Written down now and not found anew at each start, so that a better way of finding them changes no old
    // total.
    decisions.note_transfers(&read);
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

fn remove_source(place: &mut Place, key: &str) -> Result<(), CommandError> {
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

fn add_control_total(place: &mut Place, total: &ControlTotal) -> Result<(), CommandError> {
    if place.control_totals.iter().any(|known| known.name == total.name) {
        return Err(CommandError::ControlTotalTwice(total.name.clone()));
    }
    Arc::make_mut(&mut place.control_totals).push(total.clone());
    Ok(())
}

fn remove_control_total(place: &mut Place, name: &str) -> Result<(), CommandError> {
    let before = place.control_totals.len();
    Arc::make_mut(&mut place.control_totals).retain(|known| known.name != name);
    if place.control_totals.len() == before {
        return Err(CommandError::NoSuchControlTotal(name.to_owned()));
    }
    Ok(())
}
