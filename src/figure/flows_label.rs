//! The names and amounts beside the nodes of the flows, and what is said where there is not room for both.

use std::collections::{BTreeMap, HashMap};

use super::flows::{FlowsInput, label_mark, node_mark};
use super::{Anchor, Mark, Point, Text, Weight, fit, width_px};
use crate::flow::FlowNode;
use crate::money::{Money, in_short, in_short_signed};
use crate::sankey::{LabelBox, LabelSize, LayoutOptions, SankeyLayout};

const LABEL_PX: f64 = 14.0;
/// Where layers stand closer than this, letters are smaller so that fewer names are cut.
// Some twenty letters of the larger size: what is longer than that is many an agency's name.
const CLOSE_PX: f64 = 160.0;
const SMALL_LABEL_PX: f64 = 12.0;
/// The height of a line of letters a pixel high.
const LINE: f64 = 18.0 / 14.0;
/// Between a name and its amount, px.
const BETWEEN_PX: f64 = 7.0;
/// How much of the picture's height its nodes are sure to fill.
// A guess, made before anything is laid out: higher, it would promise second lines that then have no room;
// lower, it would cut names beside room that is free.
const SURELY_FILLED: f64 = 0.7;
/// A node of so many lines' height has room for two, as its neighbours' labels seldom fill theirs.
// Two whole lines would be sure, and would leave most names cut beside room that nobody uses.
const STACKED: f64 = 1.3;
/// Fewer letters than this are no name.
// "Gre…" stands for forty names.
const LEAST_LETTERS: usize = 4;

/// A node's name and amount, as long as they may be.
#[derive(Clone)]
pub(super) struct NodeLabel {
    name: String,
    /// What of the name stands on the second line, before the amount.
    rest: String,
    amount: String,
    /// Two lines, each of which has all the width.
    is_stacked: bool,
    /// The size of its letters, px.
    px: f64,
    /// The amount is what the picture is about: the name gives way to it.
    keeps_amount: bool,
}

impl NodeLabel {
    pub(super) fn width(&self) -> f64 {
        if self.is_stacked {
            self.name_width().max(beside(self.rest_width(), self.amount_width()))
        } else {
            beside(self.name_width(), self.amount_width())
        }
    }

    pub(super) fn size(&self) -> LabelSize {
        let lines = if self.is_stacked { 2.0 } else { 1.0 };
        LabelSize { width: self.width(), height: self.line_px() * lines }
    }

    fn line_px(&self) -> f64 {
        self.px * LINE
    }

    pub(super) fn name_width(&self) -> f64 {
        width_px(&self.name, self.px, Weight::SemiBold)
    }

    fn rest_width(&self) -> f64 {
        width_px(&self.rest, self.px, Weight::SemiBold)
    }

    fn amount_width(&self) -> f64 {
        width_px(&self.amount, self.px, Weight::Regular)
    }

    /// Whether it says less than the node's name and amount.
    fn is_cut(&self) -> bool {
        self.amount.is_empty() || self.name.is_empty() || self.name.ends_with('…') || self.rest.ends_with('…')
    }

    /// Whether another label leaves out more: letters of the name, or else the amount.
    fn says_more_than(&self, other: &Self) -> bool {
        let letters = |label: &Self| {
            let cut = usize::from(label.name.ends_with('…') || label.rest.ends_with('…'));
            label.name.chars().count() + label.rest.chars().count() - cut
        };
        (letters(self), !self.amount.is_empty()) > (letters(other), !other.amount.is_empty())
    }

    /// Shortened to a width: without the amount where the name would have to be cut for it. An amount can be read
    /// from the size of its node, and stands in the tooltip and the table; a name cut short is a riddle.
    fn within(self, max_width_px: f64) -> Self {
        if self.width() <= max_width_px {
            return self;
        }
        let amount = if self.keeps_amount { self.amount.clone() } else { String::new() };
        let room =
            if amount.is_empty() { max_width_px } else { max_width_px - self.amount_width() - BETWEEN_PX };
        let mut name = fit(&self.name, room.max(0.0), self.px, Weight::SemiBold).text;
        if name != self.name && name.chars().count() <= LEAST_LETTERS {
            name.clear();
        }
        Self { name, amount, ..self }
    }

    /// On two lines: the amount under the name, or beside the end of a name that takes both lines.
    fn stacked(self, max_width_px: f64) -> Self {
        let is_within = |text: &str| width_px(text, self.px, Weight::SemiBold) <= max_width_px;
        let fitted = |text: &str| fit(text, max_width_px, self.px, Weight::SemiBold).text;
        let breaks = || self.name.match_indices(' ').map(|(at, _)| at);
        // The last break that fits: as much of the name as can be on the first line.
        let broken =
            if is_within(&self.name) { None } else { breaks().rfind(|&at| is_within(&self.name[..at])) };
        let (name, rest) = match broken {
            Some(at) => (self.name[..at].to_owned(), fitted(&self.name[at + 1..])),
            None => (fitted(&self.name), String::new()),
        };
        let label = Self { name, rest, is_stacked: true, ..self.clone() };
        if label.width() <= max_width_px {
            label
        } else if label.keeps_amount {
            let name = fitted(&self.name);
            Self { name, rest: String::new(), ..label }
        } else {
            Self { amount: String::new(), ..label }
        }
    }
}

/// The labels of a picture's nodes, in the room (px) that each layer has.
#[derive(Clone, Default)]
pub(super) struct Labels {
    list: Vec<NodeLabel>,
    room: HashMap<usize, f64>,
}

impl Labels {
    /// Cut to the room there is: what is cut stands on two lines where its node is high enough.
    pub(super) fn fitted(input: &FlowsInput<'_>, labels: Vec<NodeLabel>, room: HashMap<usize, f64>) -> Self {
        let heights = least_heights(input);
        let mut fitted = Self { list: Vec::new(), room };
        fitted.list = labels
            .into_iter()
            .enumerate()
            .map(|(index, label)| {
                let room = fitted.room_of(input, index);
                let within = label.within(room);
                let is_high = within.keeps_amount || heights[index] >= STACKED * within.line_px();
                let may_stack = within.is_cut() && is_high;
                if may_stack { whole_of(input, index).stacked(room) } else { within }
            })
            .collect();
        fitted.told_apart(input);
        fitted
    }

    pub(super) fn list(&self) -> &[NodeLabel] {
        &self.list
    }

    fn room_of(&self, input: &FlowsInput<'_>, index: usize) -> f64 {
        self.room.get(&input.graph.nodes[index].layer).copied().unwrap_or(f64::INFINITY)
    }

    /// Each node's label and where it stands in a layout; one that is cut takes a second line where there happens
    /// to be nothing above or below it.
    pub(super) fn placed(
        &self,
        input: &FlowsInput<'_>,
        layout: &SankeyLayout,
        options: &LayoutOptions,
    ) -> Vec<Option<(NodeLabel, LabelBox)>> {
        let labelled = self.list.iter().zip(&layout.labels);
        let mut placed: Vec<_> = labelled.map(|(label, at)| at.map(|at| (label.clone(), at))).collect();
        for layer in 0..input.graph.layers.len() {
            let mut shown: Vec<usize> = input
                .graph
                .layer(layer)
                .map(|(index, _)| index)
                .filter(|&index| placed[index].is_some())
                .collect();
            let top = |index: usize| layout.labels[index].map_or(0.0, |at| at.y0);
            shown.sort_by(|a, b| top(*a).total_cmp(&top(*b)));
            let mut above = options.margin_top;
            for (number, &index) in shown.iter().enumerate() {
                let below = shown.get(number + 1).map_or(options.height, |&next| top(next));
                let Some((label, at)) = &mut placed[index] else { continue };
                if label.is_cut() && !label.is_stacked {
                    let taller = whole_of(input, index).stacked(self.room_of(input, index));
                    let height = taller.size().height;
                    if below - above >= height && taller.says_more_than(label) {
                        let y0 = (mid(*at) - height / 2.0).clamp(above, below - height);
                        *at = resized(*at, y0, taller.size());
                        *label = taller;
                    }
                }
                above = at.y1;
            }
        }
        placed
    }
}

/// A label's box with another top and size (px), at the same side of its node.
fn resized(at: LabelBox, y0: f64, size: LabelSize) -> LabelBox {
    let (x0, x1) = if at.is_right { (at.x0, at.x0 + size.width) } else { (at.x1 - size.width, at.x1) };
    let resized = LabelBox { x0, x1, y0, y1: y0 + size.height, ..at };
    let near = if at.is_right { x0 } else { x1 };
    LabelBox { leader: at.leader.map(|(from, _)| (from, (near, mid(resized)))), ..resized }
}

/// An amount as the picture says it: in pounds, or as a part of its whole.
pub(super) fn said(input: &FlowsInput<'_>, amount: Money) -> String {
    input.shares.as_ref().map_or_else(|| in_short(amount), |shares| shares.say(amount))
}

/// All that may be said of a node.
fn whole_of(input: &FlowsInput<'_>, index: usize) -> NodeLabel {
    let node = &input.graph.nodes[index];
    let name = shown_name(input, node);
    let mut amount = said(input, node.amount);
    let change = input.changes.get(&node_mark(input.graph, index));
    if let Some(change) = change.filter(|change| !change.is_zero()) {
        amount = format!("{amount} {}", in_short_signed(*change));
    }
    let (px, keeps_amount) = (label_px(input), change.is_some());
    NodeLabel { name, rest: String::new(), amount, is_stacked: false, px, keeps_amount }
}

/// The size of the labels' letters, px.
fn label_px(input: &FlowsInput<'_>) -> f64 {
    let apart = input.width / (input.graph.layers.len() + 1) as f64;
    if apart < CLOSE_PX { SMALL_LABEL_PX } else { LABEL_PX }
}

/// How high each node will be at the least, px: the fullest layer decides the scale.
fn least_heights(input: &FlowsInput<'_>) -> Vec<f64> {
    let size = |node: &FlowNode| node.amount.abs().to_approximate();
    let mut layers = vec![0.0; input.graph.layers.len()];
    for node in &input.graph.nodes {
        layers[node.layer] += size(node);
    }
    let fullest = layers.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    let scale = input.height * SURELY_FILLED / fullest;
    input.graph.nodes.iter().map(|node| size(node) * scale).collect()
}

impl Labels {
    /// Labels of a layer that were cut to the same words begin where their names differ instead.
    fn told_apart(&mut self, input: &FlowsInput<'_>) {
        let layer_of = |index: usize| input.graph.nodes[index].layer;
        let mut alike: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (index, label) in self.list.iter().enumerate().filter(|(_, label)| label.name.ends_with('…')) {
            // "NHS Greater Ma…" three times over names nobody; what differs stands at the end.
            alike.entry((layer_of(index), label.name.clone())).or_default().push(index);
        }
        for members in alike.into_values().filter(|members| members.len() > 1) {
            let names: Vec<String> =
                members.iter().map(|&index| shown_name(input, &input.graph.nodes[index])).collect();
            let shared = words_in_common(&names);
            for (&index, name) in members.iter().zip(&names) {
                let room = self.room_of(input, index);
                let rest: Vec<&str> = name.split_whitespace().skip(shared).collect();
                let name = format!("…{}", rest.join(" "));
                let label = NodeLabel { name, rest: String::new(), ..self.list[index].clone() };
                self.list[index] = if label.is_stacked { label.stacked(room) } else { label.within(room) };
            }
        }
    }
}

/// How many words all names begin with alike; each keeps one at least.
fn words_in_common(names: &[String]) -> usize {
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split_whitespace().collect()).collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    (0..shortest.saturating_sub(1))
        .take_while(|&at| words.iter().all(|name| name[at] == words[0][at]))
        .count()
}

pub(super) fn labels_of(input: &FlowsInput<'_>) -> Vec<NodeLabel> {
    (0..input.graph.nodes.len()).map(|index| whole_of(input, index)).collect()
}

/// What a node is called on the picture.
pub(super) fn shown_name(input: &FlowsInput<'_>, node: &FlowNode) -> String {
    crate::dimension::shown_name(input.graph.layers[node.layer], &node.name, input.agencies).into_owned()
}

/// The outer layers' labels, cut to the margins they stand in.
pub(super) fn within_margins(
    input: &FlowsInput<'_>,
    labels: Vec<NodeLabel>,
    options: &LayoutOptions,
) -> Vec<NodeLabel> {
    let last = input.graph.layers.len().saturating_sub(1);
    let room = |layer: usize| match layer {
        _ if last == 0 => f64::INFINITY,
        0 => options.margin_left - options.label_gap,
        layer if layer == last => options.margin_right - options.label_gap,
        _ => f64::INFINITY,
    };
    labels.into_iter().zip(&input.graph.nodes).map(|(label, node)| label.within(room(node.layer))).collect()
}

pub(super) fn add_label(
    marks: &mut Vec<Mark>,
    input: &FlowsInput<'_>,
    index: usize,
    label: &NodeLabel,
    at: LabelBox,
) {
    let target = node_mark(input.graph, index);
    let half_line = label.line_px() / 2.0;
    let (upper, lower) =
        if label.is_stacked { (at.y0 + half_line, at.y1 - half_line) } else { (mid(at), mid(at)) };
    let (name, rest, amount) = (label.name_width(), label.rest_width(), label.amount_width());
    // Before the amount, on its line.
    let before = if label.is_stacked { rest } else { name };
    let line = beside(before, amount);
    let (name_x, rest_x, amount_x) = if at.is_right {
        (at.x0, at.x0, at.x0 + line - amount)
    } else {
        (at.x1 - if label.is_stacked { name } else { line }, at.x1 - line, at.x1 - amount)
    };
    for (word, x, y, text, weight, color) in [
        ("rest", rest_x, lower, &label.rest, Weight::SemiBold, input.scheme.ink()),
        ("name", name_x, upper, &label.name, Weight::SemiBold, input.scheme.ink()),
        ("amount", amount_x, lower, &label.amount, Weight::Regular, input.scheme.ink()),
    ] {
        if text.is_empty() {
            continue;
        }
        let mut words = Text::centred(Point::new(x, y), Anchor::Start, label.px, weight, text);
        words.halo = Some(input.scheme.ground());
        if word == "name"
            && let Some((from, to)) = at.leader
        {
            words.leader = vec![Point::new(from.0, from.1), Point::new(to.0, to.1)];
        }
        let id = label_mark(word, target);
        marks.push(
            Mark::label(id, words, color)
                .pointing_at(target)
                .with_tooltip(input.graph.nodes[index].name.to_string()),
        );
    }
}

/// The width of two texts beside each other, of which either may be empty, px.
fn beside(one: f64, other: f64) -> f64 {
    if one > 0.0 && other > 0.0 { one + BETWEEN_PX + other } else { one + other }
}

/// The middle of a label's height.
fn mid(at: LabelBox) -> f64 {
    f64::midpoint(at.y0, at.y1)
}
