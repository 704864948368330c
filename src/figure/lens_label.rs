//! The names beside a pool under a lens: who puts in how much, of what; and what it is spent on.

use super::flows::{label_mark, node_mark};
use super::flows_label::{said, shown_name};
use super::lens::{LensInput, pool_ink};
use super::lens_places::is_held_back;
use super::{Anchor, FlowsInput, Mark, Point, Rect, Text, Weight, fit, width_px};
use crate::dimension::Dimension;
use crate::money::{Share, percent};

const LABEL_PX: f64 = 14.0;
const FACTS_PX: f64 = 12.0;
/// The height of a line of letters a pixel high.
const LINE: f64 = 18.0 / 14.0;
/// Between a name and its amount, and from a node to its label.
const BETWEEN_PX: f64 = 7.0;
const GAP_PX: f64 = 10.0;

/// A name and an amount beside a node, on one line or two.
#[derive(Clone, Debug)]
pub(super) struct SideLabel {
    name: String,
    amount: String,
    is_stacked: bool,
    px: f64,
    /// At which side of which place it stands.
    at: Point,
    is_right: bool,
    /// How high its node is, and how wide it may be, px.
    height: f64,
    room: f64,
}

impl SideLabel {
    pub(super) fn new(input: &FlowsInput<'_>, node: usize, unit: f64) -> Self {
        Self {
            name: shown_name(input, &input.graph.nodes[node]),
            amount: said(input, input.graph.nodes[node].amount),
            is_stacked: false,
            px: LABEL_PX * unit,
            at: Point::ZERO,
            is_right: true,
            height: 0.0,
            room: 0.0,
        }
    }

    fn name_px(&self) -> f64 {
        width_px(&self.name, self.px, Weight::SemiBold)
    }

    fn amount_px(&self) -> f64 {
        width_px(&self.amount, self.px, Weight::Regular)
    }

    pub(super) fn width_px(&self) -> f64 {
        if self.is_stacked {
            self.name_px().max(self.amount_px())
        } else {
            self.name_px() + BETWEEN_PX + self.amount_px()
        }
    }

    pub(super) fn height_px(&self) -> f64 {
        self.px * LINE * if self.is_stacked { 2.0 } else { 1.0 }
    }

    /// On two lines where one has no room; a name that is longer still is cut, an amount never.
    pub(super) fn within(mut self, room_px: f64) -> Self {
        self.is_stacked = self.width_px() > room_px;
        if self.is_stacked {
            self.name = fit(&self.name, room_px, self.px, Weight::SemiBold).text;
        }
        self
    }

    /// Beside a node.
    pub(super) fn stand_by(&mut self, bar: Rect, is_right: bool, room: f64, unit: f64) {
        let x = if is_right { bar.x1 + GAP_PX * unit } else { bar.x0 - GAP_PX * unit };
        self.at = Point::new(x, bar.center().y);
        (self.is_right, self.height, self.room) = (is_right, bar.height(), room);
    }
}

/// The marks of a label, and what share of the pool and of its own spending a partner's amount is, where there is room.
pub(super) fn add_side_label(
    marks: &mut Vec<Mark>,
    input: &FlowsInput<'_>,
    lens: &LensInput,
    node: usize,
    label: &SideLabel,
    unit: f64,
) {
    let id = node_mark(input.graph, node);
    let held_back = is_held_back(input.graph, node);
    let ink = if held_back { pool_ink(input.scheme) } else { input.scheme.ink() };
    let line = label.px * LINE;
    let facts_line = FACTS_PX * unit * LINE;
    let facts = facts(input, lens, node, label, unit);
    // Above and below its own lines as much of the node is left as the facts take.
    let own = label.height_px();
    let facts = if own + facts.len() as f64 * facts_line <= label.height { facts } else { Vec::new() };
    let top = label.at.y - (own + facts.len() as f64 * facts_line) / 2.0;
    let mut add = |word: &str, x: f64, y: f64, px: f64, weight, text: &str, color| {
        let text = Text::centred(Point::new(x, y), Anchor::Start, px, weight, text);
        let mark = Mark::label(label_mark(word, id), text, color).pointing_at(id);
        marks.push(mark.with_tooltip(input.graph.nodes[node].name.to_string()));
    };
    let x = |width: f64| if label.is_right { label.at.x } else { label.at.x - width };
    let (first, second) =
        (top + line / 2.0, if label.is_stacked { top + line * 1.5 } else { top + line / 2.0 });
    let name_x = x(if label.is_stacked { label.name_px() } else { label.width_px() });
    let amount_x = if label.is_stacked {
        x(label.amount_px())
    } else {
        x(label.width_px()) + label.name_px() + BETWEEN_PX
    };
    add("name", name_x, first, label.px, Weight::SemiBold, &label.name, ink);
    add("amount", amount_x, second, label.px, Weight::Regular, &label.amount, ink);
    for (index, words) in facts.iter().enumerate() {
        let px = FACTS_PX * unit;
        let y = top + own + facts_line * (index as f64 + 0.5);
        let word = format!("facts {index}");
        add(
            &word,
            x(width_px(words, px, Weight::Regular)),
            y,
            px,
            Weight::Regular,
            words,
            input.scheme.faint_ink(),
        );
    }
}

/// "78% of the pool, 2.9% of its spending", on one line or two.
fn facts(input: &FlowsInput<'_>, lens: &LensInput, node: usize, label: &SideLabel, unit: f64) -> Vec<String> {
    let (graph, of) = (input.graph, &input.graph.nodes[node]);
    if of.layer != 0 {
        return Vec::new();
    }
    let Some(pool) = Share::of(of.amount, graph.total) else { return Vec::new() };
    let pool = format!("{} of the pool", percent(pool));
    let own = lens.own.get(&*of.name).filter(|_| graph.layers[0] == Dimension::Agency);
    let own =
        own.and_then(|own| Share::of(of.amount, *own)).map(|own| format!("{} of its spending", percent(own)));
    let Some(own) = own else { return vec![pool] };
    let one = format!("{pool}, {own}");
    if width_px(&one, FACTS_PX * unit, Weight::Regular) <= label.room {
        vec![one]
    } else {
        vec![format!("{pool},"), own]
    }
}
