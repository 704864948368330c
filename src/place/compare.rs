//! Two scenarios of a place, or one and the baseline, in one picture: side by side, or only what changes.

use super::picture::stamped;
use super::{Place, flow_spec};
use crate::dimension::{Dimension, Names};
use crate::figure::{
    CompareOptions, CompareSide, DifferenceInput, DifferencePart, Figure, Scheme, Stamp, difference_figure,
    side_by_side, side_width_px,
};
use crate::flow::{FlowSpec, aggregate};
use crate::ledger::{Chip, Filter, Keep};
use crate::money::{in_full, in_short_signed};
use crate::pool::{Difference, Scenario};
use crate::sankey::steps_for_ms;

/// What the place without a scenario is called.
pub const BASELINE: &str = "Baseline";

/// Room that a column of a picture side by side needs, px; columns that have none are left out.
const COLUMN_PX: f64 = 125.0;

/// What one place has more or less than another by partner (what it puts in the pool), by theme and by service.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changes {
    pub partners: Difference,
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
        let names = [Names::OUTSIDE_THE_POOL.to_owned()].into();
        pooled.chips.push(Chip { dimension: Dimension::Pool, keep: Keep::Without, names });
        Self {
            partners: by(&pooled, Dimension::Agency),
            themes: by(filter, Dimension::Theme),
            services: by(filter, Dimension::Service),
        }
    }

    /// The list behind them: every combination that changes.
    pub fn list(before: &Place, after: &Place) -> Difference {
        let by = [Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service];
        Difference::between(&before.ledger, &after.ledger, &after.view.filter, &by)
    }
}

/// What stands for a place in a comparison: its scenario's name, or "Baseline".
pub fn name_compared(place: &Place) -> &str {
    place.shown_scenario().map_or(BASELINE, |scenario| scenario.name.as_str())
}

/// Both side by side at the same pounds per pixel, with nothing around them.
pub fn compare_picture(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    (width, height): (f64, f64),
    budget_ms: u64,
) -> Figure {
    let layers = compared_layers(&after.view.layers, side_width_px(width));
    let spec = FlowSpec { layers, ..flow_spec(after, height) };
    let graphs = (aggregate(&before.ledger, &spec), aggregate(&after.ledger, &spec));
    let stamp = |place: &Place| place.shown_scenario().map(Stamp::of);
    let side = |place, graph| {
        let place: &Place = place;
        let name = name_compared(place).to_owned();
        CompareSide { name, graph, ledger: place.ledger.as_ref(), stamp: stamp(place) }
    };
    let options = CompareOptions {
        agencies: &after.agencies,
        color_by: after.view.color_by.dimension(),
        scheme,
        width,
        height,
        budget_steps: steps_for_ms(budget_ms),
    };
    side_by_side(&side(before, &graphs.0), &side(after, &graphs.1), &options)
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

/// Only what changes from one to the other: by partner, theme and service, at one scale.
pub fn difference_picture(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    (width, height): (f64, f64),
) -> Figure {
    let changes = Changes::between(before, after);
    let part = |title: &str, difference| DifferencePart { title: title.to_owned(), difference };
    let stamp = [after, before].into_iter().find_map(|place| place.shown_scenario().map(Stamp::of));
    difference_figure(&DifferenceInput {
        parts: vec![
            part("Partner: in the pool", &changes.partners),
            part("Theme", &changes.themes),
            part("Service", &changes.services),
        ],
        scheme,
        width,
        height,
        stamp,
    })
}

/// The title and the small print of a comparison.
pub fn compare_captions(before: &Place, after: &Place, is_difference: bool) -> (String, Vec<String>) {
    let place = if after.name.is_empty() { "this place" } else { &after.name };
    let (first, second) = (name_compared(before), name_compared(after));
    let title = if is_difference {
        format!("{place}: what changes from \u{201c}{first}\u{201d} to \u{201c}{second}\u{201d}.")
    } else {
        format!(
            "{place}: \u{201c}{first}\u{201d} and \u{201c}{second}\u{201d} side by side, at the same scale."
        )
    };
    let mut notes: Vec<String> =
        [after, before].into_iter().filter_map(Place::shown_scenario).map(stamped).collect();
    let total = |place: &Place| after.view.filter.resolve(&place.ledger).cells(false).total();
    let change = total(after) - total(before);
    let change = if change.is_zero() {
        "the same in both".to_owned()
    } else {
        format!("{} in \u{201c}{second}\u{201d}", in_short_signed(change))
    };
    notes.push(format!("Total of \u{201c}{first}\u{201d} {}; {change}.", in_full(total(before))));
    (title, notes)
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
