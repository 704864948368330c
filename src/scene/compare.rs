//! Two scenarios of a place, or one and the baseline, in one picture: side by side, or only what changes.

use std::sync::Arc;

use super::amounts::shares_of_view;
use super::carried::rests_on;
use super::order::in_order;
use super::picture::stamped;
use super::title::{ChangeLists, title_of_changes};
use super::{Audience, flow_spec};
use crate::dimension::{Dimension, Names, shown_name};
use crate::figure::{
    Blind, CompareOptions, CompareSide, Figure, FlowsFigure, MarkId, Scheme, SideSpot, Stamp, side_by_side,
    side_width_px,
};
use crate::flow::{FlowGraph, FlowSpec, Focus, Trace, aggregate, trace};
use crate::ledger::{Chip, Filter, Keep};
use crate::money::{Money, in_full, in_short_signed};
use crate::place::Place;
use crate::pool::{Difference, Model, Scenario};
use crate::sankey::steps_for_ms;

/// What the place without a scenario is called.
pub const BASELINE: &str = "Baseline";

/// Room that a column of a picture side by side needs, px; columns that have none are left out.
// A node, its label of some ten letters, and enough way for bands to bend.
const COLUMN_PX: f64 = 125.0;

/// What one place has more or less than another by partner (what it puts in the pool, and its net position), by theme
/// and by service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    pub partners: Difference,
    pub nets: Difference,
    pub themes: Difference,
    pub services: Difference,
}

impl Changes {
    pub fn between(before: &Place, after: &Place) -> Self {
        let filter = &after.view.filter;
        let by = |filter: &Filter, dimension| {
            Difference::between(&before.ledger, &after.ledger, filter, &[dimension])
        };
        let mut pooled = filter.clone();
        // What a partner puts in is what of its money is in a pool; the rest is its own either way.
        pooled.chips.push(in_a_pool());
        Self {
            partners: by(&pooled, Dimension::Agency),
            nets: Self::nets(before, after),
            themes: by(filter, Dimension::Theme),
            services: by(filter, Dimension::Service),
        }
    }

    /// By partner, what its net position changes by.
    fn nets(before: &Place, after: &Place) -> Difference {
        let nets = Difference::of_nets(model_of(before).as_deref(), model_of(after).as_deref());
        nets.only(&after.view.filter)
    }

    /// The list behind them: every combination that changes.
    pub fn list(before: &Place, after: &Place) -> Difference {
        let by = [Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service];
        Difference::between(&before.ledger, &after.ledger, &after.view.filter, &by)
    }
}

/// What the scenario that is shown comes to; none for the baseline.
pub(super) fn model_of(place: &Place) -> Option<Arc<Model>> {
    place.shown_scenario().and_then(|_| place.models.that_made(&place.ledger))
}

/// What stands for a place in a comparison: its scenario's name, or "Baseline".
pub fn name_compared(place: &Place) -> &str {
    place.shown_scenario().map_or(BASELINE, |scenario| scenario.name.as_str())
}

/// A comparison as it is drawn, with what stands behind every node, band and bar of it.
pub struct ComparedPicture {
    pub figure: Figure,
    pub spots: Vec<ComparedSpot>,
    /// Of either side, where flows are drawn.
    pub(super) graphs: Vec<FlowGraph>,
}

/// Something in a comparison that can be pinned, and whose lines can be asked for.
#[derive(Clone, Debug)]
pub struct ComparedSpot {
    pub mark: MarkId,
    /// The same for the same node or band on either side.
    pub key: MarkId,
    /// Of the place that is compared with, drawn on the left.
    pub is_before: bool,
    pub title: String,
    /// The same with its side and its amount, for those who do not see it.
    pub said: String,
    /// Its lines.
    pub filter: Filter,
    pub(super) focus: Option<Focus>,
    /// What is lit with it, where that is known beforehand.
    pub(super) with: Vec<MarkId>,
    pub(super) is_band: bool,
}

impl ComparedSpot {
    /// Whether it is walked to by keyboard: bands are not, their ends are.
    pub fn is_control(&self) -> bool {
        !self.is_band
    }
}

impl ComparedPicture {
    pub fn spot(&self, mark: MarkId) -> Option<&ComparedSpot> {
        self.spots.iter().find(|spot| spot.mark == mark)
    }

    /// The picture with all dimmed but what is pinned, on both sides, and what runs through it.
    pub fn pinned(&self, key: MarkId) -> Figure {
        let traces: Vec<Option<Trace>> = self
            .graphs
            .iter()
            .enumerate()
            .map(|(side, graph)| {
                let is_it = |spot: &&ComparedSpot| spot.key == key && spot.is_before == (side == 0);
                let focus = self.spots.iter().find(is_it)?.focus?;
                Some(trace(graph, focus))
            })
            .collect();
        let runs_through = |spot: &ComparedSpot| {
            let Some(trace) = traces.get(usize::from(!spot.is_before)).and_then(Option::as_ref) else {
                return false;
            };
            match spot.focus {
                Some(Focus::Node(node)) => !trace.nodes[node].is_zero(),
                Some(Focus::Link(link)) => trace.links[link].iter().any(|part| !part.is_zero()),
                None => false,
            }
        };
        let lit: Vec<MarkId> = self
            .spots
            .iter()
            .filter(|spot| spot.key == key || runs_through(spot))
            .flat_map(|spot| std::iter::once(&spot.mark).chain(&spot.with).copied())
            .collect();
        self.figure.clone().dimmed(|target| lit.contains(&target))
    }
}

/// Both side by side at the same pounds per pixel, with nothing around them.
pub fn compare_picture(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    size: (f64, f64),
    budget_ms: u64,
) -> Figure {
    compared(before, after, scheme, size, budget_ms, None).figure
}

/// The same with what can be pointed at, near a drawing of the place that was seen before.
pub fn compared(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    (width, height): (f64, f64),
    budget_ms: u64,
    from: Option<(&FlowsFigure, &FlowGraph)>,
) -> ComparedPicture {
    let layers = compared_layers(&after.view.layers, side_width_px(width));
    let left_out: Vec<Dimension> =
        after.view.layers.iter().copied().filter(|layer| !layers.contains(layer)).collect();
    // One recipe for both, or folds would differ and nothing could be held against anything.
    let spec = FlowSpec { layers, ..flow_spec(after, height) };
    let graph = |place: &Place| in_order(place, aggregate(&place.ledger, &spec, place.flow_ends()));
    // The baseline stands on the left, whichever of the two is looked at.
    let is_turned = after.shown_scenario().is_none() && before.shown_scenario().is_some();
    let graphs = vec![graph(before), graph(after)];
    let stamp = |place: &Place| place.shown_scenario().map(Stamp::of);
    let side = |place, graph| {
        let place: &Place = place;
        let name = name_compared(place).to_owned();
        CompareSide { name, graph, ledger: place.ledger.as_ref(), stamp: stamp(place) }
    };
    let options = CompareOptions {
        agencies: &after.agencies,
        color_by: after.view.color_by.dimension(),
        left_out: &left_out,
        shares: shares_of_view(after),
        scheme,
        width,
        height,
        budget_steps: steps_for_ms(budget_ms),
        from,
    };
    let mut sides = [side(before, &graphs[0]), side(after, &graphs[1])];
    if is_turned {
        sides.reverse();
    }
    let drawn = side_by_side(&sides[0], &sides[1], &options);
    let spot = |spot: SideSpot| {
        let is_before = spot.is_left != is_turned;
        let (place, graph) = if is_before { (before, &graphs[0]) } else { (after, &graphs[1]) };
        let node = |node: usize| &graph.nodes[node];
        let (title, amount) = match spot.focus {
            Focus::Node(at) => (node(at).name.to_string(), node(at).amount),
            Focus::Link(at) => {
                let link = &graph.links[at];
                let title = format!("{} \u{2192} {}", node(link.source).name, node(link.target).name);
                (title, link.amount)
            }
        };
        let said = format!("{}: {title}, {}", name_compared(place), in_full(amount));
        let filter = graph.filter_of(spot.focus, &after.view.filter);
        let SideSpot { mark, key, focus, .. } = spot;
        let is_band = matches!(focus, Focus::Link(_));
        let focus = Some(focus);
        ComparedSpot { mark, key, is_before, title, said, filter, focus, with: Vec::new(), is_band }
    };
    let spots = drawn.spots.into_iter().map(spot).collect();
    ComparedPicture { figure: drawn.figure, spots, graphs }
}

/// The layers that have room: the pool and who and what it is for first, then what is on either side of them.
fn compared_layers(layers: &[Dimension], width_px: f64) -> Vec<Dimension> {
    let most = ((width_px / COLUMN_PX) as usize).max(2);
    let mut kept = layers.to_vec();
    let matters = [Dimension::Pool, Dimension::Theme, Dimension::Agency, Dimension::Service];
    let rank = |layer: &Dimension| matters.iter().position(|known| known == layer).unwrap_or(matters.len());
    while kept.len() > most {
        let least = (0..kept.len()).max_by_key(|index| rank(&kept[*index])).expect("there are layers");
        kept.remove(least);
    }
    kept
}

/// What any pool holds.
pub(super) fn in_a_pool() -> Chip {
    let names = [Names::OUTSIDE_THE_POOL.to_owned()].into();
    Chip { dimension: Dimension::Pool, keep: Keep::Without, names }
}

/// What changes, as a finding.
pub fn change_title(before: &Place, after: &Place, to: Audience) -> String {
    let Changes { partners, nets, themes, services } = &Changes::between(before, after);
    let names = (name_compared(before), name_compared(after));
    title_of_changes(after, &ChangeLists { services, themes, partners, nets, names }, to)
}

/// What is compared, and who gains and loses most, in small print.
pub fn compared_in_words(before: &Place, after: &Place, is_difference: bool) -> String {
    let place = if after.name.is_empty() { "this place" } else { &after.name };
    let (first, second) = (name_compared(before), name_compared(after));
    let what = if is_difference {
        format!("{place}: what changes from \u{201c}{first}\u{201d} to \u{201c}{second}\u{201d}.")
    } else {
        format!(
            "{place}: \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d} side by side, at the same scale."
        )
    };
    format!("{what} {}", gains_in_words(before, after))
}

/// The title and the small print of a comparison.
pub fn compare_captions(
    before: &Place,
    after: &Place,
    is_difference: bool,
    to: Audience,
) -> (String, Vec<String>) {
    let title = change_title(before, after, to);
    let mut notes: Vec<String> =
        [after, before].into_iter().filter_map(Place::shown_scenario).map(stamped).collect();
    notes.push(compared_in_words(before, after, is_difference));
    let (first, second) = (name_compared(before), name_compared(after));
    let total = |place: &Place| after.view.filter.resolve(&place.ledger).cells(false).total();
    let change = total(after) - total(before);
    let change = if change.is_zero() {
        "the same in both".to_owned()
    } else {
        format!("{} in \u{201c}{second}\u{201d}", in_short_signed(change))
    };
    notes.push(format!("Total of \u{201c}{first}\u{201d} {}; {change}.", in_full(total(before))));
    let list = is_difference.then(|| Changes::list(before, after));
    notes.extend(rests_on(before, after, list.as_ref()));
    (title, notes)
}

/// How changes are said to a room that is not to know who is who: as shares of the pool, since of all that a place spends
/// they are next to nothing.
pub fn blind_of_changes(blind: &Blind, before: &Place, after: &Place) -> Blind {
    let pooled = |place: &Place| {
        let chips = vec![in_a_pool()];
        Filter { chips, ..Filter::default() }.resolve(&place.ledger).cells(false).total()
    };
    let pool = pooled(before).max(pooled(after));
    if pool.is_positive() { blind.of_whole(pool) } else { blind.clone() }
}

/// The captions of a comparison as they are said to such a room: gains and losses of the pool, totals of the whole.
pub fn blind_compare_captions(
    blind: &Blind,
    before: &Place,
    after: &Place,
    is_difference: bool,
) -> (String, Vec<String>) {
    let (title, mut notes) = compare_captions(before, after, is_difference, Audience::DESK.blind(true));
    let of_changes = blind_of_changes(blind, before, after);
    // Gains and losses are of the pool, and all else of the whole.
    let gains = gains_in_words(before, after);
    for note in &mut notes {
        if let Some(what) = note.strip_suffix(&gains) {
            *note = format!("{what}{}", of_changes.say(&gains));
        }
    }
    blind.captions((title, notes))
}

/// Who gains most by the change from one to the other, and who loses most.
fn gains_in_words(before: &Place, after: &Place) -> String {
    let nets = Changes::nets(before, after);
    // What no agency is stated for is nobody's gain.
    let is_partner = |name: &String| name != Names::NOT_STATED;
    let rows = || nets.rows.iter().filter(|row| row.names.iter().all(is_partner));
    let changes = || rows().map(|row| (row.names.join(", "), row.change()));
    let most = changes().filter(|(_, change)| change.is_positive()).max_by_key(|(_, change)| *change);
    let least = changes().filter(|(_, change)| change.is_negative()).min_by_key(|(_, change)| *change);
    let said = |way: &str, (name, change): (String, Money)| {
        let name = shown_name(Dimension::Agency, &name, &after.agencies);
        format!("{way} {name}, {}", in_short_signed(change))
    };
    match (most, least) {
        (Some(most), Some(least)) => {
            format!("{}; {}.", said("Largest gain:", most), said("largest loss:", least))
        }
        (Some(most), None) => format!("{}; nobody loses.", said("Largest gain:", most)),
        (None, Some(least)) => format!("{}; nobody gains.", said("Largest loss:", least)),
        (None, None) => "No partner gains or loses.".to_owned(),
    }
}

impl Place {
    /// What the view compares the shown scenario with: the other scenario, or nothing for the baseline. Nothing at
    /// all where no comparison is asked for, or it would be with itself.
    pub fn compared_with(&self) -> Option<Option<&Scenario>> {
        let with = self.view.compare.as_ref()?.with.as_deref();
        let other = match with {
            Some(name) => Some(self.scenarios.iter().find(|scenario| scenario.name == name)?),
            None => None,
        };
        let is_other =
            other.map(|scenario| &scenario.name) != self.shown_scenario().map(|scenario| &scenario.name);
        is_other.then_some(other)
    }
}
