//! Which flows of a place are drawn, and of which lines: all that its view shows, or, where the pool of its scenario is
//! small beside that, the pool under a lens.

use std::collections::BTreeMap;

use super::picture::{flow_graph, flows_input};
use crate::dimension::{Dimension, NameId};
use crate::figure::{
    FlowsFigure, FlowsInput, LensInput, Scheme, SharesOf, flows_figure, lens_figure, lens_figure_magnified,
};
use crate::flow::{FlowEnds, FlowGraph, FlowSpec, FoldSpec, aggregate};
use crate::ledger::{Cells, Filter};
use crate::money::Money;
use crate::place::{Place, PoolScope};
use crate::sankey::Previous;

/// A pool of less than one of so many parts of the picture is drawn under a lens unless it is asked for otherwise.
// A twentieth of 600 px is the width of two lines of words; below it a pool is a thread beside a wall.
const SMALL: i128 = 20;
/// What a partner or a purpose takes of the height with its name and the gap to the next, px.
const NAME_PX: f64 = 48.0;
/// What is above and below them.
const AROUND_PX: f64 = 110.0;

/// The flows that a place's view asks for.
pub struct Flows {
    pub graph: FlowGraph,
    /// The lines they are of: those of the view, or of these the pool's.
    pub filter: Filter,
    lens: Option<LensInput>,
}

impl Flows {
    /// In a picture of this height, px.
    pub fn of(place: &Place, height_px: f64) -> Self {
        let Some(lens) = lens_over(place) else {
            return Self {
                graph: flow_graph(place, height_px),
                filter: place.view.filter.clone(),
                lens: None,
            };
        };
        let filter = pool_filter(place);
        let most_nodes = ((height_px - AROUND_PX) / NAME_PX).clamp(3.0, 10.0) as usize;
        let spec = FlowSpec {
            layers: lens_layers(place),
            filter: filter.clone(),
            // All of it has the pool's color: where money is from and where it goes is said by where it runs.
            color_by: Dimension::Pool,
            fold: FoldSpec {
                most_nodes,
                smallest_thousandths: 4,
                unfolded: place.view.unfolded.clone(),
                is_one_group: true,
            },
        };
        // What leaves the place is no purpose of its own here.
        let graph = aggregate(&place.ledger, &spec, FlowEnds::default());
        Self { graph, filter, lens: Some(lens) }
    }

    /// Whether they are the pool's alone, under a lens.
    pub fn are_under_lens(&self) -> bool {
        self.lens.is_some()
    }

    /// What a drawing of them is made from.
    pub fn input<'a>(
        &'a self,
        place: &'a Place,
        scheme: Scheme,
        size: (f64, f64),
        previous: Option<&'a Previous>,
        budget_steps: u64,
    ) -> FlowsInput<'a> {
        let input = flows_input(place, &self.graph, scheme, size, previous, budget_steps);
        if self.lens.is_none() {
            return input;
        }
        // Nothing in it is placed by hand, and what agencies pay each other is no part of it.
        let of_pool = |shares| SharesOf { whole: self.graph.total, of: "the pool".to_owned(), ..shares };
        let shares = input.shares.map(of_pool);
        FlowsInput { color_by: Dimension::Pool, pins: Vec::new(), transfers: Vec::new(), shares, ..input }
    }

    /// A drawing of them so many times as large, in letters of their size.
    pub fn magnified(&self, drawing: &FlowsFigure, input: &FlowsInput<'_>, by: f64) -> FlowsFigure {
        match &self.lens {
            Some(lens) => lens_figure_magnified(input, lens, by),
            None => drawing.magnified(input, by),
        }
    }

    /// The drawing of them.
    pub fn draw(&self, input: &FlowsInput<'_>) -> FlowsFigure {
        match &self.lens {
            Some(lens) => lens_figure(input, lens),
            None => flows_figure(input),
        }
    }
}

/// Whether a place's flows show a pool between two layers, of which there can be only that or all.
pub fn has_pool_scope(place: &Place) -> bool {
    place.shown_scenario().is_some()
        && place.view.layers.contains(&Dimension::Pool)
        && pool_and_whole(&place.view.filter.resolve(&place.ledger).cells(false)).is_some()
}

/// Whether the pool alone is drawn, under a lens.
pub fn is_under_lens(place: &Place) -> bool {
    lens_over(place).is_some()
}

/// What is under the lens, where there is one.
fn lens_over(place: &Place) -> Option<LensInput> {
    place.shown_scenario()?;
    if !place.view.layers.contains(&Dimension::Pool) || place.view.pool_scope == Some(PoolScope::WholePlace) {
        return None;
    }
    let cells = place.view.filter.resolve(&place.ledger).cells(false);
    let (pool, whole) = pool_and_whole(&cells)?;
    let is_small = pool.units() * SMALL < whole.units();
    if !is_small && place.view.pool_scope.is_none() {
        return None;
    }
    let names = place.ledger.names(Dimension::Agency);
    let mut own: BTreeMap<String, Money> = BTreeMap::new();
    for cell in cells.iter() {
        let agency = cell.ids[Dimension::Agency.index()];
        if agency != NameId::NOT_STATED {
            *own.entry(names.name(agency).to_owned()).or_default() += cell.amount;
        }
    }
    Some(LensInput { whole, place: place.name.clone(), own })
}

/// What is in the pool and all that is shown, where the one is a part of the other.
fn pool_and_whole(cells: &Cells) -> Option<(Money, Money)> {
    let inside = cells.iter().filter(|cell| cell.ids[Dimension::Pool.index()] != NameId::NOT_STATED);
    let pool: Money = inside.map(|cell| cell.amount).sum();
    let whole = cells.total();
    // Beside credits a pool may be more than what is left of all; of that it is no part.
    (pool.is_positive() && pool < whole).then_some((pool, whole))
}

/// The lines of the view that are in the pool.
fn pool_filter(place: &Place) -> Filter {
    // By the names of the lines: in blind mode they are others than the scenario's.
    let pools = place.ledger.names(Dimension::Pool).iter().filter(|(id, _)| *id != NameId::NOT_STATED);
    place.view.filter.clone().only(Dimension::Pool, pools.map(|(_, name)| name))
}

/// Who puts in, the pool, and what it is spent on: as near to the layers of the view as may be.
fn lens_layers(place: &Place) -> Vec<Dimension> {
    let layers = &place.view.layers;
    let at = layers.iter().position(|layer| *layer == Dimension::Pool).unwrap_or(0);
    let (before, after) = (&layers[..at], &layers[(at + 1).min(layers.len())..]);
    let left = [Dimension::Agency, Dimension::Sector, Dimension::Funder]
        .into_iter()
        .find(|layer| before.contains(layer));
    let left = left.or(before.last().copied()).unwrap_or(Dimension::Agency);
    let right = [Dimension::Service, Dimension::Theme].into_iter().find(|layer| after.contains(layer));
    let right = right.or(after.last().copied()).filter(|layer| *layer != left);
    let other = if left == Dimension::Service { Dimension::Theme } else { Dimension::Service };
    vec![left, Dimension::Pool, right.unwrap_or(other)]
}
