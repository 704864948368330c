//! How a place becomes a picture: the same for the window, for exports and for the command line.

use std::sync::Arc;

use super::amounts::shares_of_view;
use super::carried::{evidence_note, sources_of};
use super::order::in_order;
use super::{Audience, Sentence, TraceNames, flows_title, is_under_lens, themes_title, traced_picture_near};
use crate::figure::{
    self, Blind, Figure, FlowsInput, Measure, Scheme, Stamp, ThemesFigure, ThemesOptions, flows_figure,
    themes,
};
use crate::flow::breakdown::{Breakdown, NoPerHead, people};
use crate::flow::{FlowGraph, FlowSpec, FoldSpec, aggregate};
use crate::ledger::{Filter, Ledger};
use crate::money::in_full;
use crate::place::Place;
use crate::pool::Scenario;
use crate::sankey::{Previous, steps_for_ms};

/// What flows a place's view asks for in a picture of this height, px.
pub fn flow_spec(place: &Place, height_px: f64) -> FlowSpec {
    FlowSpec {
        layers: place.view.layers.clone(),
        filter: place.view.filter.clone(),
        color_by: place.view.color_by.dimension(),
        fold: FoldSpec::for_height(height_px, place.view.unfolded.clone()),
    }
}

/// The flows that a place's view asks for in a picture of this height, px, to the bodies at which they leave it.
pub fn flow_graph(place: &Place, height_px: f64) -> FlowGraph {
    in_order(place, aggregate(&place.ledger, &flow_spec(place, height_px), place.flow_ends()))
}

/// The drawing of a place's flows that its view asks for.
pub fn flows_input<'a>(
    place: &'a Place,
    graph: &'a FlowGraph,
    scheme: Scheme,
    (width, height): (f64, f64),
    previous: Option<&'a Previous>,
    budget_steps: u64,
) -> FlowsInput<'a> {
    FlowsInput {
        graph,
        ledger: &place.ledger,
        agencies: &place.agencies,
        color_by: place.view.color_by.dimension(),
        scheme,
        width,
        height,
        pins: pins(place, graph),
        title: String::new(),
        notes: Vec::new(),
        transfers: place.transfer_sums(&place.view.filter),
        stamp: place.shown_scenario().map(Stamp::of),
        shares: shares_of_view(place),
        beside: None,
        changes: std::collections::BTreeMap::new(),
        previous,
        budget_steps,
    }
}

/// The nodes that a hand has placed, by key, with how far down their top is, 0 to 1.
fn pins(place: &Place, graph: &FlowGraph) -> Vec<(u64, f64)> {
    let is_at = |moved: &crate::place::MovedNode, node: &crate::flow::FlowNode| {
        graph.layers[node.layer] == moved.layer && node.saved_name() == moved.name
    };
    let moved = place.view.moved.iter();
    moved
        .filter_map(|moved| {
            let node = graph.nodes.iter().find(|node| is_at(moved, node))?;
            Some((node.key(&graph.layers), f64::from(moved.at) / 10_000.0))
        })
        .collect()
}

/// The title of a picture of a place's flows, and the small print at its foot.
pub fn captions(place: &Place, to: Audience) -> (String, Vec<String>) {
    (flows_title(place, &place.view.filter, to), small_print(place, &place.view.filter))
}

/// The same of a picture of its themes.
pub fn themes_captions(place: &Place, to: Audience) -> (String, Vec<String>) {
    (themes_title(place, &place.view.filter, to), small_print(place, &place.view.filter))
}

/// What a picture of the lines that pass a filter counts, adds and rests on.
pub(super) fn small_print(place: &Place, filter: &Filter) -> Vec<String> {
    let sentence = Sentence::about(place, filter);
    let mut notes: Vec<String> = place.shown_scenario().map(stamped).into_iter().collect();
    notes.push(sentence.text.clone());
    if let Some(shares) = shares_of_view(place) {
        if is_under_lens(place) {
            notes.push("Percentages beside the pool are of the pool.".to_owned());
        } else {
            let whole = Sentence::about(place, &place.view.filter).total_in_full();
            notes.push(format!("Percentages are of {}, {whole}.", shares.of));
        }
    }
    notes.push(format!("Total {}, the sum of {} lines.", sentence.total_in_full(), sentence.lines));
    let known = evidence_note(&sentence.evidence, &place.ledger, filter);
    // Under a lens the hatching says how firmly the pool is meant.
    let of_whole = |known: String| known.replacen("Hatched", "Of the whole", 1);
    notes.extend(if is_under_lens(place) { known.map(of_whole) } else { known });
    if !sentence.warning.is_empty() {
        notes.push(sentence.warning.clone());
    }
    for total in place.control_totals.iter() {
        let agreement = place.compare(total);
        if !agreement.agrees() {
            let by = in_full(agreement.difference.abs());
            let way = if agreement.difference.is_negative() { "less" } else { "more" };
            notes.push(format!("The lines are {by} {way} than the control total \"{}\".", total.name));
        }
    }
    notes.extend(sources_note(&place.ledger, filter));
    notes
}

/// Who published the lines that a picture is drawn from, and nobody else's name; none where nobody is named.
pub(super) fn sources_note(ledger: &Ledger, filter: &Filter) -> Option<String> {
    sources_of([(ledger, ledger.lines_where(filter))])
}

/// What a picture or table of a scenario says of itself.
pub(super) fn stamped(scenario: &Scenario) -> String {
    let name = &scenario.name;
    match scenario.stamp() {
        Some(stamp) => format!("{stamp}. Scenario: {name}."),
        None => format!("Scenario: {name}, agreed by all."),
    }
}

/// Steps of search that a picture for a file may take: it is made once and looked at for long.
pub(super) const FILE_MS: u64 = 30;

/// A place's flows as a figure of a size, px, with nothing around it.
pub fn flows_picture(place: &Place, scheme: Scheme, size: (f64, f64)) -> Figure {
    flows_picture_near(place, scheme, size, |_| None)
}

/// The same, near an earlier layout, which may depend on what is drawn.
pub fn flows_picture_near(
    place: &Place,
    scheme: Scheme,
    size: (f64, f64),
    previous: impl FnOnce(&FlowGraph) -> Option<Previous>,
) -> Figure {
    traced_picture_near(place, scheme, size, &[], previous).expect("nothing is named that it could lack")
}

/// A scenario's flows near those of the place as it is: nodes stand where they stand in the baseline's own picture.
///
/// With something traced in it, where that is asked for.
///
/// # Errors
/// Where that is no node and no band.
pub fn flows_picture_of_scenario(
    place: &Place,
    baseline: &Place,
    scheme: Scheme,
    size: (f64, f64),
    traced: &TraceNames,
) -> Result<Figure, String> {
    // The same view, or there would be nothing to stand by.
    let before = Place { view: Arc::clone(&place.view), ..baseline.clone() };
    let graph = flow_graph(&before, size.1);
    let drawn = flows_figure(&flows_input(&before, &graph, scheme, size, None, steps_for_ms(FILE_MS)));
    traced_picture_near(place, scheme, size, traced, |of| Some(drawn.previous_in(&graph, &of.layers, size.1)))
}

/// How many people live where the lines in view are spent.
///
/// # Errors
/// Where the place does not say.
pub fn people_in_view(place: &Place) -> Result<u64, NoPerHead> {
    let populations = place.population.iter().map(|known| (known.area.as_deref(), known.people));
    people(populations, &place.view.filter)
}

/// A place's themes as a figure of a size, px, with nothing around it.
pub fn themes_picture(place: &Place, scheme: Scheme, measure: Measure, size: (f64, f64)) -> Figure {
    let breakdown = Breakdown::of(&place.ledger, &place.view.filter);
    let (options, stamp) = themes_options(place, scheme, measure, size);
    stamp.below(themes(&breakdown, &options))
}

/// How a window shows a place's themes.
#[derive(Clone, Copy, Debug)]
pub struct PageOptions<'a> {
    pub scheme: Scheme,
    pub measure: Measure,
    /// The room there is, px. The page is at least as high.
    pub size: (f64, f64),
    /// What a bar to scroll by takes of the width where the page is higher, px.
    pub scroll_bar_px: f64,
    /// Says names otherwise, and moves nothing.
    pub blind: Option<&'a Blind>,
}

/// The same as a window shows it, with what stands behind its marks.
pub fn themes_page(place: &Place, breakdown: &Breakdown, page: &PageOptions<'_>) -> ThemesFigure {
    let (options, stamp) = themes_options(place, page.scheme, page.measure, page.size);
    let drawn = figure::themes_page(breakdown, &options, page.scroll_bar_px, page.blind);
    ThemesFigure { figure: stamp.below(drawn.figure), ..drawn }
}

/// How a place's themes are drawn above the stamp of its scenario.
fn themes_options(
    place: &Place,
    scheme: Scheme,
    measure: Measure,
    (width, height): (f64, f64),
) -> (ThemesOptions<'_>, Stamp) {
    let stamp = place.shown_scenario().map(Stamp::of).unwrap_or_default();
    let options = ThemesOptions {
        width,
        height: (height - stamp.height_px()).max(1.0),
        scheme,
        measure,
        ledger: &place.ledger,
        agencies: &place.agencies,
    };
    (options, stamp)
}
