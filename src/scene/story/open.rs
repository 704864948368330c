//! A scene opened: its view as near as the place can show it now, and in words what of it is gone.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::{Audience, Traced, change_title, flows_title, pool_title, themes_title, traced_in};
use super::super::{compare::model_of, traced::unfold_traced};
use crate::dimension::{Dimension, NameId, Names, shown_name};
use crate::ledger::{Keep, Ledger};
use crate::money::{Money, in_full};
use crate::place::{MarkNames, Place, Scene, Screen, ViewSpec};
use crate::words::{counted, list};

/// A scene as it is shown now.
#[derive(Clone, Debug)]
pub struct OpenedScene {
    /// The place as the scene looks at it, with the lines of its scenario.
    pub place: Place,
    /// The same without the scenario; its view asks for it.
    pub baseline: Place,
    /// What it is compared with.
    pub other: Option<Place>,
    /// What is lit, as far as it is there.
    pub pinned: MarkNames,
    /// What is said above it: its caption, or else what its picture finds.
    pub caption: String,
    /// Whether that is what the picture finds.
    pub says_finding: bool,
    /// What its picture finds, at a desk.
    pub finding: String,
    /// The same for a hall.
    pub finding_in_hall: String,
    /// £ of what is in view.
    pub total: Money,
    /// What of it does not apply any more, each with what is shown in its place.
    pub gone: Vec<String>,
    /// What is not as it was when it was captured; none where all is.
    pub changed: Option<String>,
}

/// The height at which it is asked whether something is drawn by itself, px: that of a window.
pub(super) const HEIGHT_PX: f64 = 720.0;

/// Opens a scene of a place, which is the baseline as its file has it.
pub fn open_scene(place: &Place, scene: &Scene) -> OpenedScene {
    let mut gone = Vec::new();
    let mut view = scene.view.clone();
    keep_scenarios(place, &mut view, &mut gone);
    let mut baseline = place.clone();
    baseline.view = Arc::new(view);
    let mut shown = modelled(&baseline);
    // Names of pools and commitments are those of the scenario's lines.
    let mut view = ViewSpec::clone(&baseline.view);
    keep_names(&shown.ledger, &mut view, &mut gone);
    keep_layers(&shown.ledger, &mut view, &mut gone);
    let view = Arc::new(view);
    baseline.view = Arc::clone(&view);
    shown.view = view;
    let (pinned, traced) = keep_pin(&mut shown, &scene.pinned, &mut gone);
    baseline.view = Arc::clone(&shown.view);
    let other = match baseline.compared_with() {
        Some(Some(scenario)) => {
            Some(baseline.with_model(scenario, &baseline.models.of(&baseline.ledger, scenario)))
        }
        Some(None) => Some(baseline.without_scenario()),
        None => None,
    };
    let mut opened = OpenedScene {
        place: shown,
        baseline,
        other,
        pinned,
        caption: String::new(),
        says_finding: scene.caption.is_empty(),
        finding: String::new(),
        finding_in_hall: String::new(),
        total: Money::ZERO,
        gone,
        changed: None,
    };
    opened.finding = opened.finding_for(Audience::DESK, traced.as_ref());
    opened.finding_in_hall = opened.finding_for(Audience::HALL, traced.as_ref());
    opened.total = opened.total_of(traced.as_ref());
    opened.caption = if scene.caption.is_empty() { opened.finding.clone() } else { scene.caption.clone() };
    opened.changed = changed(scene, &opened);
    opened
}

impl OpenedScene {
    /// What its picture finds, for whom it is; of what is lit, where something is.
    fn finding_for(&self, to: Audience, traced: Option<&Traced>) -> String {
        let place = &self.place;
        let filter = &place.view.filter;
        match (place.view.screen, &self.other, traced) {
            (Screen::Flows, Some(other), _) => change_title(other, place, to),
            (Screen::Flows, None, Some(traced)) => traced.sentence(place),
            (Screen::Themes, ..) => themes_title(place, filter, to),
            (Screen::Pool, ..) => match place.shown_scenario().zip(model_of(place)) {
                Some((scenario, model)) => pool_title(&self.baseline, scenario, &model, to),
                None => flows_title(place, filter, to),
            },
            (Screen::Flows | Screen::Ledger | Screen::Story, ..) => flows_title(place, filter, to),
        }
    }

    /// What is in the pool, where that is what is shown; what is lit; else what is in view, £.
    fn total_of(&self, traced: Option<&Traced>) -> Money {
        let place = &self.place;
        if place.view.screen == Screen::Pool
            && let Some(model) = model_of(place)
        {
            return model.balance.into_pool;
        }
        let lines = traced.map_or(&place.view.filter, |traced| &traced.lines);
        lines.resolve(&place.ledger).cells(false).total()
    }

    /// All that should be known of it before it is shown: what is gone, and what has changed.
    pub fn told(&self) -> impl Iterator<Item = &str> {
        self.gone.iter().map(String::as_str).chain(self.changed.as_deref())
    }
}

/// The place with the lines of the scenario that its view asks for.
fn modelled(baseline: &Place) -> Place {
    match baseline.shown_scenario() {
        Some(scenario) => baseline.with_model(scenario, &baseline.models.of(&baseline.ledger, scenario)),
        None => baseline.clone(),
    }
}

/// Scenarios that are gone are shown as what is.
fn keep_scenarios(place: &Place, view: &mut ViewSpec, gone: &mut Vec<String>) {
    let is_there = |name: &String| place.scenarios.iter().any(|scenario| scenario.name == *name);
    if let Some(name) = view.scenario.clone().filter(|name| !is_there(name)) {
        gone.push(format!("The scenario \u{201c}{name}\u{201d} is gone; the place is shown as it is."));
        view.show_baseline();
    }
    let with = view.compare.as_ref().and_then(|comparison| comparison.with.clone());
    if let Some(name) = with.filter(|name| !is_there(name)) {
        gone.push(format!(
            "The scenario \u{201c}{name}\u{201d} that it was compared with is gone; nothing is compared."
        ));
        view.compare = None;
    }
    if view.scenario.is_none() && view.compare.as_ref().is_some_and(|comparison| comparison.with.is_none()) {
        view.compare = None;
    }
    if let Some(name) = view.appraisal.take() {
        gone.push(format!("The appraisal \u{201c}{name}\u{201d} is gone."));
    }
}

/// The names of a dimension that lines have.
fn present(ledger: &Ledger, dimension: Dimension) -> BTreeSet<&str> {
    let names = ledger.names(dimension);
    // Suppliers are too many to be told apart in cells; those are asked for among the names.
    if dimension == Dimension::Supplier {
        return names.iter().map(|(_, name)| name).collect();
    }
    let ids: BTreeSet<NameId> = ledger.cells().iter().map(|cell| cell.ids[dimension.index()]).collect();
    ids.into_iter().map(|id| names.name(id)).collect()
}

/// Conditions on names that no line has any more let everything through; of years, the newest.
fn keep_names(ledger: &Ledger, view: &mut ViewSpec, gone: &mut Vec<String>) {
    let chips = std::mem::take(&mut view.filter.chips);
    for mut chip in chips {
        let present = present(ledger, chip.dimension);
        let missing: Vec<String> =
            chip.names.iter().filter(|name| !present.contains(name.as_str())).cloned().collect();
        if missing.is_empty() {
            view.filter.chips.push(chip);
            continue;
        }
        chip.names.retain(|name| present.contains(name.as_str()));
        let what = no_line_has(chip.dimension, &missing);
        let newest = present.iter().rfind(|name| **name != Names::NOT_STATED);
        let instead = match (chip.keep, chip.names.is_empty(), newest) {
            (Keep::Without, ..) => "nothing is left out for that".to_owned(),
            (Keep::Only, false, _) => "the others are shown".to_owned(),
            (Keep::Only, true, Some(newest)) if chip.dimension == Dimension::Year && present.len() > 1 => {
                chip.names.insert((*newest).to_owned());
                format!("{newest} is shown, the newest year")
            }
            (Keep::Only, true, _) => format!("all {} are shown", chip.dimension.plural()),
        };
        gone.push(format!("{what}; {instead}."));
        if !chip.names.is_empty() {
            view.filter.chips.push(chip);
        }
    }
}

/// "No line has the agency "Police" any more"
fn no_line_has(dimension: Dimension, missing: &[String]) -> String {
    let title = dimension.title().to_lowercase();
    match missing {
        [one] => {
            format!("No line has the {title} \u{201c}{}\u{201d} any more", shown_name(dimension, one, &[]))
        }
        several if several.len() <= 3 => {
            let names: Vec<String> = several.iter().map(|name| format!("\u{201c}{name}\u{201d}")).collect();
            format!("No line has the {} {} any more", dimension.plural(), list(&names))
        }
        several => format!("No line has {} any more that it asks for", counted(several.len(), &title)),
    }
}

/// A layer that no line has a name in is one block, and says nothing.
fn keep_layers(ledger: &Ledger, view: &mut ViewSpec, gone: &mut Vec<String>) {
    for layer in without_empty_layers(ledger, view) {
        let title = layer.title().to_lowercase();
        gone.push(format!("No line says its {title} any more; that layer is left out."));
    }
}

/// The same of a view that is captured, of which nothing is gone.
pub(super) fn keep_stated_layers(place: &Place, view: &mut ViewSpec) {
    without_empty_layers(&place.ledger, view);
}

/// Takes layers out in which no line has a name, as far as two are left, and says which.
fn without_empty_layers(ledger: &Ledger, view: &mut ViewSpec) -> Vec<Dimension> {
    let is_stated = |layer: &Dimension| present(ledger, *layer).iter().any(|name| *name != Names::NOT_STATED);
    // Those of a scenario are there where it has something to show.
    let is_of_scenario = |layer: &Dimension| {
        matches!(layer, Dimension::Pool | Dimension::Commitment) && view.scenario.is_some()
    };
    let (kept, empty): (Vec<Dimension>, Vec<Dimension>) =
        view.layers.iter().partition(|layer| is_stated(layer) || is_of_scenario(layer));
    if kept.len() < 2 {
        return Vec::new();
    }
    view.layers = kept;
    empty
}

/// What was lit, where it is still in the picture.
fn keep_pin(
    place: &mut Place,
    pinned: &[(Dimension, String)],
    gone: &mut Vec<String>,
) -> (MarkNames, Option<Traced>) {
    let is_flows = place.view.screen == Screen::Flows && place.compared_with().is_none();
    if pinned.is_empty() || !is_flows {
        return (pinned.to_vec(), None);
    }
    unfold_traced(place, HEIGHT_PX, pinned);
    if let Ok(traced) = traced_in(place, HEIGHT_PX, pinned) {
        return (pinned.to_vec(), Some(traced));
    }
    let said: Vec<String> = pinned
        .iter()
        .map(|(dimension, name)| {
            let shown = shown_name(*dimension, name, &place.agencies);
            format!("\u{201c}{shown}\u{201d}")
        })
        .collect();
    gone.push(format!("{} is not in the picture any more; nothing is lit.", said.join(" \u{2192} ")));
    (MarkNames::new(), None)
}

/// What is not as it was when the scene was captured.
fn changed(scene: &Scene, now: &OpenedScene) -> Option<String> {
    let was = scene.captured.as_ref()?;
    if was.total != now.total {
        return Some(format!(
            "Changed since it was captured: it was {}, and is {}.",
            in_full(was.total),
            in_full(now.total)
        ));
    }
    (was.finding != now.finding).then(|| {
        format!(
            "Changed since it was captured: it was \u{201c}{}\u{201d}, and is \u{201c}{}\u{201d}.",
            was.finding.trim_end_matches('.'),
            now.finding.trim_end_matches('.')
        )
    })
}
