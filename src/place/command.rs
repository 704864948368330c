//! Commands: every change a person can make to a place, by name. Each is checked and changes everything or
//! nothing; the same values are undone, journalled and replayed.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::added_files::{
    AddedFiles, Addition, add_control_total, add_files, add_lines, remove_control_total, remove_source,
};
use super::appraisal_command::AppraisalCommand;
use super::command_error::CommandError;
use super::payments_to_place::keep_payments_to_place;
use super::scenario_command::{
    add_scenario, change_scenario, remove_scenario, rename_scenario, show_scenario,
};
use super::short_names::name_shortly;
use super::source_words::describe_source;
use super::{
    ColorBy, Comparison, Decision, Mask, MovedNode, Place, PoolScope, SourceWords, StoryChange, ViewSpec,
    WholePlace,
};
use crate::dimension::Dimension;
use crate::ledger::{ControlTotal, Filter};
use crate::money::Amounts;
use crate::pool::{Scenario, ScenarioChange};

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
    /// Says of a source who published it, when, under which licence, and where it is.
    DescribeSource(String, Box<SourceWords>),
    /// Of these sources, whose bodies spend far beyond the place, keeps only what they pay agencies of the place.
    KeepPaymentsToPlace(Vec<String>),
    /// Gives an agency a short name for pictures; an empty one takes it away.
    NameShortly(String, String),
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
    /// Changes an appraisal, a claim, a cohort or a bridge.
    Appraise(Box<AppraisalCommand>),
    /// Decides something so that the files agree.
    Decide(Box<Decision>),
    /// Changes the scenes of the place.
    ChangeStory(Box<StoryChange>),
    /// Looks at the place as the scene of a name does, with this view.
    OpenScene(String, Box<ViewSpec>),
    /// Several changes as one step, under a name of its own: all of them, or none.
    Several(String, Vec<Command>),
    /// The place becomes another version of itself, such as an earlier one, under a name for the step.
    Become(String, Box<WholePlace>),
    SetLayers(Vec<Dimension>),
    SetFilter(Filter),
    SetColorBy(ColorBy),
    /// Shows in the flows the pool alone, or the whole place around it.
    SetPoolScope(PoolScope),
    /// Says amounts on pictures in pounds, as percentages, or both.
    SetAmounts(Amounts),
    /// Masks amounts or partners before a room, or shows all again.
    SetMask(Option<Mask>),
    /// Shows the small nodes of a group one by one.
    Unfold(Dimension, String),
    /// Folds them again.
    Fold(Dimension, String),
    /// Puts a node where a hand has dragged it.
    MoveNode(MovedNode),
    /// Lets the layout place every node again.
    ReleaseNodes,
}

impl Command {
    /// The step's name, as undo says it: "Change layers".
    pub fn label(&self) -> String {
        match self {
            Self::Rename(_) => "Rename place".to_owned(),
            Self::AddLines(addition) => format!("Add {}", addition.title),
            Self::AddFiles(files) => files.label(),
            Self::RemoveSource(key) => format!("Remove {key}"),
            Self::DescribeSource(key, _) => format!("Describe {key}"),
            Self::KeepPaymentsToPlace(keys) => match &keys[..] {
                [one] => format!("Keep of {one} what it pays the place"),
                several => format!("Keep of {} files what they pay the place", several.len()),
            },
            Self::NameShortly(agency, _) => format!("Short name of {agency}"),
            Self::AddControlTotal(_) => "Add control total".to_owned(),
            Self::RemoveControlTotal(_) => "Remove control total".to_owned(),
            Self::AddScenario(scenario) => format!("Add scenario {}", scenario.name),
            Self::DuplicateScenario { name, .. } => format!("Duplicate {name}"),
            Self::RenameScenario { from, .. } => format!("Rename {from}"),
            Self::RemoveScenario(name) => format!("Remove scenario {name}"),
            Self::ChangeScenario(_, change) => change.label(),
            Self::Appraise(command) => command.label(),
            Self::Decide(decision) => decision.label(),
            Self::ChangeStory(change) => change.label(),
            Self::OpenScene(name, _) => format!("Open scene {name}"),
            Self::ShowScenario(Some(name)) => format!("Show {name}"),
            Self::ShowScenario(None) => "Show the baseline".to_owned(),
            Self::Compare(Some(Comparison { with, .. })) => {
                format!("Compare with {}", with.as_deref().unwrap_or("the baseline"))
            }
            Self::Compare(None) => "Stop comparing".to_owned(),
            Self::Several(label, _) | Self::Become(label, _) => label.clone(),
            Self::SetLayers(_) => "Change layers".to_owned(),
            Self::SetFilter(_) => "Change filter".to_owned(),
            Self::SetColorBy(_) => "Change colour".to_owned(),
            Self::SetPoolScope(PoolScope::OnlyThePool) => "Show only the pool".to_owned(),
            Self::SetPoolScope(PoolScope::WholePlace) => "Show the whole place".to_owned(),
            Self::SetAmounts(amounts) => format!("Show amounts in {}", amounts.name()),
            Self::SetMask(Some(_)) => "Mask".to_owned(),
            Self::SetMask(None) => "Take the mask off".to_owned(),
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
            | Self::DescribeSource(..)
            | Self::KeepPaymentsToPlace(_)
            | Self::NameShortly(..)
            | Self::AddControlTotal(_)
            | Self::RemoveControlTotal(_)
            | Self::AddScenario(_)
            | Self::DuplicateScenario { .. }
            | Self::RenameScenario { .. }
            | Self::RemoveScenario(_)
            | Self::ChangeScenario(..)
            | Self::Appraise(_)
            | Self::Decide(_)
            | Self::ChangeStory(_)
            | Self::Become(..) => false,
            // One that changes something makes a change of the whole.
            Self::Several(_, commands) => commands.iter().all(Self::is_view),
            Self::ShowScenario(_)
            | Self::OpenScene(..)
            | Self::Compare(_)
            | Self::SetLayers(_)
            | Self::SetFilter(_)
            | Self::SetColorBy(_)
            | Self::SetPoolScope(_)
            | Self::SetAmounts(_)
            | Self::SetMask(_)
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
            // A change of a scenario is held against what that comes to, and a refusal tries what would do.
            Self::RemoveSource(_) | Self::KeepPaymentsToPlace(_) | Self::ChangeScenario(..) => present,
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
            Self::Become(_, whole) => whole.0.lines_as_read().len(),
            _ => 0,
        }
    }

    /// The same command with other lines in place of those it brings: each addition is given in its order.
    #[must_use]
    pub fn with_additions(&self, change: &mut dyn FnMut(&Arc<Addition>) -> Arc<Addition>) -> Self {
        match self {
            Self::AddLines(addition) => Self::AddLines(change(addition)),
            Self::AddFiles(files) => {
                let additions = files.additions.iter().map(change).collect();
                Self::AddFiles(Box::new(AddedFiles { additions, ..(**files).clone() }))
            }
            Self::Several(label, commands) => {
                let commands = commands.iter().map(|command| command.with_additions(change));
                Self::Several(label.clone(), commands.collect())
            }
            other => other.clone(),
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
            Self::DescribeSource(key, words) => describe_source(place, key, words)?,
            Self::KeepPaymentsToPlace(keys) => keep_payments_to_place(place, keys)?,
            Self::NameShortly(agency, short) => name_shortly(place, agency, short)?,
            Self::AddControlTotal(total) => add_control_total(place, total)?,
            Self::RemoveControlTotal(name) => remove_control_total(place, name)?,
            Self::AddScenario(scenario) => add_scenario(place, (**scenario).clone())?,
            Self::DuplicateScenario { name, copy } => {
                let copied_from = Some(name.clone());
                let copied = Scenario { name: copy.clone(), copied_from, ..place.scenario(name)?.clone() };
                add_scenario(place, copied)?;
            }
            Self::RenameScenario { from, to } => rename_scenario(place, from, to)?,
            Self::RemoveScenario(name) => remove_scenario(place, name)?,
            Self::ChangeScenario(name, change) => change_scenario(place, name, change)?,
            Self::Appraise(command) => command.apply(place)?,
            Self::Decide(decision) => decision.apply(place)?,
            Self::ChangeStory(change) => change.apply(place)?,
            Self::OpenScene(_, view) => {
                check_layers(&view.layers)?;
                place.view = Arc::new(ViewSpec::clone(view));
            }
            Self::ShowScenario(name) => show_scenario(place, name.as_deref())?,
            Self::Compare(comparison) => {
                let with = comparison.as_ref().and_then(|comparison| comparison.with.as_ref());
                let with = with.map(|name| place.scenario(name).cloned()).transpose()?;
                let view = Arc::make_mut(&mut place.view);
                view.compare(comparison.as_ref());
                // The scenario that is shown has brought its year already; beside the baseline, the other one does.
                if let (Some(scenario), None) = (&with, &view.scenario) {
                    view.move_to_years_of(scenario);
                }
            }
            Self::Several(_, commands) => {
                // On a copy, whose lines are shared: if the third fails the first two have not happened.
                let mut changed = place.clone();
                for command in commands {
                    command.apply(&mut changed)?;
                }
                *place = changed;
            }
            Self::Become(_, whole) => whole.take_place_of(place),
            Self::SetLayers(layers) => {
                check_layers(layers)?;
                Arc::make_mut(&mut place.view).layers.clone_from(layers);
            }
            Self::SetFilter(filter) => Arc::make_mut(&mut place.view).filter = filter.clone(),
            Self::SetColorBy(color_by) => Arc::make_mut(&mut place.view).color_by = *color_by,
            Self::SetPoolScope(scope) => Arc::make_mut(&mut place.view).pool_scope = Some(*scope),
            Self::SetAmounts(amounts) => Arc::make_mut(&mut place.view).amounts = *amounts,
            Self::SetMask(mask) => Arc::make_mut(&mut place.view).mask.clone_from(mask),
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
