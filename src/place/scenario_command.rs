//! Scenarios as commands: added, renamed, removed, changed, shown.

use std::sync::Arc;

use super::{Command, CommandError, Place, ViewSpec};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Chip, Filter, Keep, LineId};
use crate::money::Weighting;
use crate::pool::{PoolingTerms, Scenario, ScenarioChange, SplitRule, SplitShare};

pub(super) fn add_scenario(place: &mut Place, scenario: Scenario) -> Result<(), CommandError> {
    let scenario =
        Scenario { name: scenario.name.trim().to_owned(), pool: scenario.pool.trim().to_owned(), ..scenario };
    if scenario.name.is_empty() || scenario.pool.is_empty() {
        return Err(CommandError::NoScenarioName);
    }
    if place.scenarios.iter().any(|known| known.name == scenario.name) {
        return Err(CommandError::ScenarioTwice(scenario.name));
    }
    Arc::make_mut(&mut place.scenarios).push(scenario);
    Ok(())
}

pub(super) fn rename_scenario(place: &mut Place, from: &str, to: &str) -> Result<(), CommandError> {
    let to = to.trim();
    place.scenario(from)?;
    if to.is_empty() {
        return Err(CommandError::NoScenarioName);
    }
    if from != to && place.scenarios.iter().any(|known| known.name == to) {
        return Err(CommandError::ScenarioTwice(to.to_owned()));
    }
    for scenario in Arc::make_mut(&mut place.scenarios).iter_mut().filter(|scenario| scenario.name == from) {
        to.clone_into(&mut scenario.name);
    }
    copies_are_of(place, from, Some(to));
    scenes_are_of(place, from, to);
    if place.view.scenario.as_deref() == Some(from) {
        Arc::make_mut(&mut place.view).scenario = Some(to.to_owned());
    }
    if is_compared_with(place, from)
        && let Some(comparison) = &mut Arc::make_mut(&mut place.view).compare
    {
        comparison.with = Some(to.to_owned());
    }
    Ok(())
}

/// Takes a scenario away; where it was shown, the baseline is.
pub(super) fn remove_scenario(place: &mut Place, name: &str) -> Result<(), CommandError> {
    place.scenario(name)?;
    Arc::make_mut(&mut place.scenarios).retain(|scenario| scenario.name != *name);
    copies_are_of(place, name, None);
    if is_compared_with(place, name) {
        Arc::make_mut(&mut place.view).compare(None);
    }
    if place.view.scenario.as_deref() == Some(name) {
        Arc::make_mut(&mut place.view).show_baseline();
    }
    Ok(())
}

/// What was copied from a scenario goes on saying so under its new name, and no longer where it is gone.
fn copies_are_of(place: &mut Place, original: &str, now: Option<&str>) {
    let is_copy = |scenario: &Scenario| scenario.copied_from.as_deref() == Some(original);
    if place.scenarios.iter().any(is_copy) {
        for copy in Arc::make_mut(&mut place.scenarios).iter_mut().filter(|scenario| is_copy(scenario)) {
            copy.copied_from = now.map(str::to_owned);
        }
    }
}

/// Scenes that show a scenario go on showing it under its new name.
fn scenes_are_of(place: &mut Place, from: &str, to: &str) {
    let is_of = |view: &ViewSpec| {
        let compared = view.compare.as_ref().and_then(|comparison| comparison.with.as_deref());
        view.scenario.as_deref() == Some(from) || compared == Some(from)
    };
    if !place.story.iter().any(|scene| is_of(&scene.view)) {
        return;
    }
    for view in Arc::make_mut(&mut place.story).iter_mut().map(|scene| &mut scene.view) {
        let compared = view.compare.as_mut().and_then(|comparison| comparison.with.as_mut());
        for name in view.scenario.as_mut().into_iter().chain(compared).filter(|name| *name == from) {
            to.clone_into(name);
        }
    }
}

fn is_compared_with(place: &Place, name: &str) -> bool {
    place.view.compare.as_ref().is_some_and(|comparison| comparison.with.as_deref() == Some(name))
}

pub(super) fn show_scenario(place: &mut Place, name: Option<&str>) -> Result<(), CommandError> {
    match name {
        Some(name) => {
            let scenario = place.scenario(name)?.clone();
            Arc::make_mut(&mut place.view).show_scenario(&scenario);
        }
        None => Arc::make_mut(&mut place.view).show_baseline(),
    }
    Ok(())
}

pub(super) fn change_scenario(
    place: &mut Place,
    name: &str,
    change: &ScenarioChange,
) -> Result<(), CommandError> {
    let before = place.scenario(name)?;
    let change = with_known_people(change, before, place);
    let after = change.apply_with(before, |scenario| place.models.of(&place.ledger, scenario))?;
    for scenario in Arc::make_mut(&mut place.scenarios).iter_mut().filter(|scenario| scenario.name == name) {
        scenario.clone_from(&after);
    }
    Ok(())
}

/// A split by population that says no numbers takes those that the place knows, so that they stand in the scenario
/// and can be seen and corrected.
fn with_known_people(change: &ScenarioChange, scenario: &Scenario, place: &Place) -> ScenarioChange {
    let mut change = change.clone();
    if let ScenarioChange::SetSplit(Some(split)) = &mut change
        && split.rule == SplitRule::Population
        && split.shares.is_empty()
    {
        let mut partners: Vec<&str> =
            scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
        partners.sort_unstable();
        partners.dedup();
        // Whose sum is locked has no weight to say.
        partners.retain(|partner| !split.locked.iter().any(|locked| locked == partner));
        for partner in partners {
            if let Some(people) = place.people_of(partner).and_then(|people| u32::try_from(people).ok()) {
                split.shares.push(SplitShare { partner: partner.to_owned(), weight: Weighting::new(people) });
            }
        }
    }
    change
}

/// A name like this one that no scenario of the place has: "Shadow pool 2".
///
/// # Panics
/// Never: numbers do not run out.
pub fn fresh_name(place: &Place, name: &str) -> String {
    fresh_among(&|name| place.scenarios.iter().any(|known| known.name == name), name)
}

/// A name like this one that is not taken.
pub(super) fn fresh_among(is_taken: &dyn Fn(&str) -> bool, name: &str) -> String {
    let stem = match name.rsplit_once(' ') {
        // "Shadow pool 2" is followed by "Shadow pool 3" and not by "Shadow pool 2 2".
        Some((stem, number)) if number.parse::<u32>().is_ok() => stem,
        _ => name,
    };
    let numbered = (2..).map(|number| format!("{stem} {number}"));
    let mut names = std::iter::once(name.to_owned()).chain(numbered);
    names.find(|name| !is_taken(name)).expect("numbers do not run out")
}

/// What a scenario made by a click is called, and its pool.
const NEW_SCENARIO: &str = "Shadow pool";

/// An empty scenario of a name of its own.
pub fn fresh_scenario(place: &Place) -> Scenario {
    Scenario { name: fresh_name(place, NEW_SCENARIO), pool: NEW_SCENARIO.to_owned(), ..Scenario::default() }
}

/// The step that puts lines into the pool of the scenario that is shown; where the baseline is, a scenario is made.
///
/// # Errors
/// Why there is nothing to put in.
pub fn put_in_pool(
    place: &Place,
    lines: &Filter,
    title: &str,
    entry: PoolingTerms,
) -> Result<Command, String> {
    pooling(place, |scenario| scenario.putting_in(&place.ledger, lines, title, entry))
}

/// The same for lines that were picked by hand.
///
/// # Errors
/// As [`put_in_pool`].
pub fn put_lines_in_pool(place: &Place, lines: &[LineId], entry: PoolingTerms) -> Result<Command, String> {
    pooling(place, |scenario| scenario.putting_lines_in(&place.ledger, lines, entry))
}

/// The step that aligns what is ring-fenced of lines that are in the pool: it keeps its purpose.
///
/// # Errors
/// As [`put_in_pool`] and [`take_out_of_pool`].
pub fn align_in_pool(place: &Place, lines: &Filter, title: &str) -> Result<Command, String> {
    let fenced = ring_fenced_of(lines);
    let out = take_out_of_pool(place, &fenced, title)?;
    let mut without = place.clone();
    out.apply(&mut without).map_err(|error| error.to_string())?;
    let aligned = put_in_pool(&without, &fenced, title, PoolingTerms::FencesAligned)?;
    Ok(Command::Several(format!("Align what is ring-fenced of {title}"), vec![out, aligned]))
}

/// The same for lines that were picked by hand.
///
/// # Errors
/// As [`align_in_pool`].
pub fn align_lines_in_pool(place: &Place, lines: &[LineId]) -> Result<Command, String> {
    let out = take_lines_out_of_pool(place, lines)?;
    let mut without = place.clone();
    out.apply(&mut without).map_err(|error| error.to_string())?;
    let aligned = put_lines_in_pool(&without, lines, PoolingTerms::FencesAligned)?;
    Ok(Command::Several("Align what is ring-fenced of the lines".to_owned(), vec![out, aligned]))
}

/// Of lines that were picked by hand, those under any condition.
pub fn ring_fenced_lines_of(place: &Place, lines: &[LineId]) -> Vec<LineId> {
    let is_fenced = |line: &LineId| place.ledger.name_id(*line, Dimension::Ringfence) != NameId::NOT_STATED;
    lines.iter().copied().filter(is_fenced).collect()
}

/// Of some lines, those under any condition.
pub fn ring_fenced_of(lines: &Filter) -> Filter {
    let mut fenced = lines.clone();
    let names = [Names::NOT_STATED.to_owned()].into();
    fenced.chips.push(Chip { dimension: Dimension::Ringfence, keep: Keep::Without, names });
    fenced
}

fn pooling(
    place: &Place,
    change: impl FnOnce(&Scenario) -> Result<ScenarioChange, String>,
) -> Result<Command, String> {
    if let Some(scenario) = place.shown_scenario() {
        return Ok(Command::ChangeScenario(scenario.name.clone(), Box::new(change(scenario)?)));
    }
    let scenario = fresh_scenario(place);
    let change = change(&scenario)?;
    let (name, label) = (scenario.name.clone(), change.label());
    let steps = vec![
        Command::AddScenario(Box::new(scenario)),
        Command::ShowScenario(Some(name.clone())),
        Command::ChangeScenario(name, Box::new(change)),
    ];
    Ok(Command::Several(label, steps))
}

/// The step that takes lines that were picked by hand out of the pool of the scenario that is shown.
///
/// # Errors
/// As [`take_out_of_pool`].
pub fn take_lines_out_of_pool(place: &Place, lines: &[LineId]) -> Result<Command, String> {
    let scenario = place.shown_scenario().ok_or(NO_POOL)?;
    let change = scenario.taking_lines_out(&place.ledger, lines)?;
    Ok(Command::ChangeScenario(scenario.name.clone(), Box::new(change)))
}

const NO_POOL: &str = "the baseline has no pool; show a scenario first";

/// The step that takes lines out of the pool of the scenario that is shown.
///
/// # Errors
/// Why it cannot be: there is no pool, or none of the lines is in it, or they are part of a fixed sum.
pub fn take_out_of_pool(place: &Place, lines: &Filter, title: &str) -> Result<Command, String> {
    let scenario = place.shown_scenario().ok_or(NO_POOL)?;
    let change = scenario.taking_out(&place.ledger, lines, title)?;
    Ok(Command::ChangeScenario(scenario.name.clone(), Box::new(change)))
}
