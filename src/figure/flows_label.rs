//! The labels beside the nodes of the flows: what each says, in the room that its layer has, and what gives way where that
//! is not enough.
//!
//! A second line is had where the layer's height has room for it, the largest money first. Where there is none a name is
//! cut at its words. What has no room for a line at all is folded before (`flow::fold`); of what a person has unfolded, the
//! smallest have no label.

use std::collections::{BTreeMap, HashMap};

use super::flows::{FlowsInput, node_mark};
use super::label_marks::{Inks, LabelPlace};
use super::node_label::{NodeLabel, SetLabel, Word};
use super::{Mark, Rect};
use crate::flow::FlowNode;
use crate::money::{Money, in_column, in_column_signed};
use crate::sankey::{LabelRoom, LabelSize, LayoutOptions, SankeyLayout};

const LABEL_PX: f64 = 14.0;
/// Where layers stand closer than this, letters are smaller so that fewer names are cut.
// Some twenty letters of the larger size: what is longer than that is many an agency's name.
const CLOSE_PX: f64 = 160.0;
const SMALL_LABEL_PX: f64 = 12.0;
/// The share of the height that money is sure to have.
// What the layout keeps for amounts before gaps and labels give way.
const SURELY_MONEY: f64 = 0.5;

/// The labels of a picture's nodes as they are set, and the room that each layer has for them.
#[derive(Clone, Default)]
pub(super) struct Labels {
    list: Vec<(NodeLabel, SetLabel)>,
    rooms: HashMap<usize, LabelRoom>,
}

/// A label where it stands.
#[derive(Clone)]
pub(super) struct PlacedLabel {
    pub(super) node: usize,
    pub(super) label: NodeLabel,
    pub(super) set: SetLabel,
    pub(super) place: LabelPlace,
    /// How wide it may be, px.
    pub(super) room: f64,
}

impl PlacedLabel {
    pub(super) fn marks(&self, input: &FlowsInput<'_>, inks: Inks) -> Vec<Mark> {
        let id = node_mark(input.graph, self.node);
        self.set.marks(id, &input.graph.nodes[self.node].name, self.place, inks, input.scheme.ground())
    }
}

impl Labels {
    /// Set in the room there is.
    pub(super) fn fitted(
        input: &FlowsInput<'_>,
        labels: Vec<NodeLabel>,
        rooms: Vec<LabelRoom>,
        options: &LayoutOptions,
    ) -> Self {
        let rooms: HashMap<usize, LabelRoom> = rooms.into_iter().map(|room| (room.layer, room)).collect();
        let set = set_in(input, &labels, &rooms, options);
        let mut apart = labels.clone();
        let list: Vec<(NodeLabel, SetLabel)> = labels.into_iter().zip(set).collect();
        if !told_apart(input, &mut apart, &list) {
            return Self { list, rooms };
        }
        let set = set_in(input, &apart, &rooms, options);
        // Where what differs has no room, what is alike says more than nothing.
        let better = |(own, apart): ((NodeLabel, SetLabel), (NodeLabel, SetLabel))| {
            if apart.1.name().is_empty() && apart.1.lines() == own.1.lines() { own } else { apart }
        };
        let list = list.into_iter().zip(apart.into_iter().zip(set)).map(better).collect();
        Self { list, rooms }
    }

    pub(super) fn sizes(&self) -> Vec<LabelSize> {
        self.list.iter().map(|(_, set)| LabelSize { width: set.width(), height: set.height() }).collect()
    }

    /// Each label where it stands in a layout.
    pub(super) fn placed(
        &self,
        input: &FlowsInput<'_>,
        layout: &SankeyLayout,
        options: &LayoutOptions,
    ) -> Vec<PlacedLabel> {
        let placed = self.list.iter().zip(&layout.labels).enumerate();
        placed
            .filter_map(|(node, ((label, set), at))| {
                // Where layers stand closer than an amount is wide there is no label.
                let y = at.filter(|_| set.width() <= self.room(input, node) + 0.5)?;
                let y = f64::midpoint(y.y0, y.y1);
                let (label, set) = (label.clone(), set.clone());
                let place = self.place(input, layout, options, node, y);
                Some(PlacedLabel { node, label, set, place, room: self.room(input, node) })
            })
            .collect()
    }

    /// Where the label of a node stands with its middle at `y`, px.
    pub(super) fn place(
        &self,
        input: &FlowsInput<'_>,
        layout: &SankeyLayout,
        options: &LayoutOptions,
        node: usize,
        y: f64,
    ) -> LabelPlace {
        let (at, layer) = (layout.nodes[node], input.graph.nodes[node].layer);
        let is_right = self.rooms.get(&layer).is_none_or(|room| room.is_right);
        let last = input.graph.layers.len().saturating_sub(1);
        LabelPlace {
            bar: Rect::new(at.x0, at.y0, at.x1, at.y1),
            is_right,
            gap: options.label_gap,
            y,
            is_on_bands: if is_right { layer < last } else { layer > 0 },
        }
    }

    pub(super) fn room(&self, input: &FlowsInput<'_>, node: usize) -> f64 {
        self.rooms.get(&input.graph.nodes[node].layer).map_or(f64::INFINITY, |room| room.width)
    }
}

/// Each label set on one line, or on two where that says more and its layer has room.
fn set_in(
    input: &FlowsInput<'_>,
    labels: &[NodeLabel],
    rooms: &HashMap<usize, LabelRoom>,
    options: &LayoutOptions,
) -> Vec<SetLabel> {
    let room_of =
        |node: usize| rooms.get(&input.graph.nodes[node].layer).map_or(f64::INFINITY, |room| room.width);
    let mut set: Vec<SetLabel> =
        labels.iter().enumerate().map(|(node, label)| label.set(room_of(node), 1)).collect();
    let height = options.height - options.margin_top - options.margin_bottom;
    let heights = least_heights(input, options, height);
    for layer in 0..input.graph.layers.len() {
        let mut nodes: Vec<usize> = input.graph.layer(layer).map(|(node, _)| node).collect();
        let slot = |node: usize, set: &SetLabel| heights[node].max(set.height());
        let mut used: f64 = nodes.iter().map(|node| slot(*node, &set[*node])).sum();
        nodes.sort_by(|a, b| heights[*b].total_cmp(&heights[*a]).then(a.cmp(b)));
        for node in nodes {
            if set[node].is_whole {
                continue;
            }
            let taller = labels[node].set(room_of(node), 2);
            let more = slot(node, &taller) - slot(node, &set[node]);
            if used + more <= height && taller.lines() > set[node].lines() {
                used += more;
                set[node] = taller;
            }
        }
    }
    set
}

/// An amount as the picture says it: in pounds, or as a part of its whole.
pub(super) fn said(input: &FlowsInput<'_>, amount: Money) -> String {
    input.shares.as_ref().map_or_else(|| in_column(amount), |shares| shares.say(amount))
}

/// All that may be said of a node, in letters of a size, px.
pub(super) fn label_of(input: &FlowsInput<'_>, node: usize, px: f64) -> NodeLabel {
    let of = &input.graph.nodes[node];
    let amount = said(input, of.amount);
    let change = input.changes.get(&node_mark(input.graph, node)).filter(|change| !change.is_zero());
    let change = change.map(|change| in_column_signed(*change));
    let all = change.as_ref().map_or_else(|| amount.clone(), |change| format!("{amount} {change}"));
    let mut label = NodeLabel::new(shown_name(input, of), px, vec![Word::amount(all, px)]);
    // What changes is what such a picture is about.
    label.short = change.map(|change| Word::amount(change, px));
    label
}

/// The size of the labels' letters, px.
fn label_px(input: &FlowsInput<'_>) -> f64 {
    let apart = input.width / (input.graph.layers.len() + 1) as f64;
    if apart < CLOSE_PX { SMALL_LABEL_PX } else { LABEL_PX }
}

/// How high each node will be at the least, px: the fullest layer decides the scale.
fn least_heights(input: &FlowsInput<'_>, options: &LayoutOptions, height: f64) -> Vec<f64> {
    let size = |node: &FlowNode| node.amount.abs().to_approximate();
    let mut layers = vec![0.0; input.graph.layers.len()];
    for node in &input.graph.nodes {
        layers[node.layer] += size(node);
    }
    let fullest = layers.into_iter().fold(f64::MIN_POSITIVE, f64::max);
    let scale = options.scale.unwrap_or(height * SURELY_MONEY / fullest);
    input.graph.nodes.iter().map(|node| size(node) * scale).collect()
}

/// Labels of a layer that were cut to the same words begin where their names differ instead; whether there are any.
fn told_apart(input: &FlowsInput<'_>, labels: &mut [NodeLabel], set: &[(NodeLabel, SetLabel)]) -> bool {
    let mut alike: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
    for (node, (_, set)) in set.iter().enumerate().filter(|(_, (_, set))| !set.is_whole) {
        // "NHS Greater…" three times over names nobody; what differs stands at the end.
        alike.entry((input.graph.nodes[node].layer, set.name())).or_default().push(node);
    }
    let alike: Vec<Vec<usize>> = alike.into_values().filter(|members| members.len() > 1).collect();
    for members in &alike {
        let names: Vec<String> = members.iter().map(|&node| labels[node].name.clone()).collect();
        let shared = words_in_common(&names);
        for (&node, name) in members.iter().zip(&names) {
            let rest: Vec<&str> = name.split_whitespace().skip(shared).collect();
            labels[node].name = format!("\u{2026}{}", rest.join(" "));
        }
    }
    !alike.is_empty()
}

/// How many words all names begin with alike; each keeps one at least.
fn words_in_common(names: &[String]) -> usize {
    let words: Vec<Vec<&str>> = names.iter().map(|name| name.split_whitespace().collect()).collect();
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    (0..shortest.saturating_sub(1))
        .take_while(|&at| words.iter().all(|name| name[at] == words[0][at]))
        .count()
}

/// All that may be said of each node, in letters of a size (px), or of the one that suits the picture.
pub(super) fn labels_of(input: &FlowsInput<'_>, px: Option<f64>) -> Vec<NodeLabel> {
    let px = px.unwrap_or_else(|| label_px(input));
    (0..input.graph.nodes.len()).map(|node| label_of(input, node, px)).collect()
}

/// What a node is called on the picture.
pub(super) fn shown_name(input: &FlowsInput<'_>, node: &FlowNode) -> String {
    crate::dimension::shown_name(input.graph.layers[node.layer], &node.name, input.agencies).into_owned()
}
