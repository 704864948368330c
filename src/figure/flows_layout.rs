//! How flows are laid out: the room for labels, the spaces between layers, and the graph as the layout sees it.

use super::flows::FlowsInput;
use super::flows_evidence::EvidenceKey;
use super::node_label::{FAR_GAP_PX, LABEL_GAP_PX, NodeLabel};
use super::{Stamp, Weight, transfer_pipes, width_px};
use crate::dimension::Dimension;
use crate::flow::stable_key;
use crate::sankey::{Graph, LabelSize, LayoutOptions, Link, Node};

/// Room above the nodes for the layers' headings, px.
pub(super) const HEADING_PX: f64 = 30.0;
/// How hard nodes are held where another picture has them that this one is compared with; 1 is usual.
// So firm that only what must make room moves: whoever compares takes each movement for a change of money.
const FIRM_HOLD: f64 = 50.0;
pub(super) const HEADING_LETTERS_PX: f64 = 12.0;
const NODE_WIDTH_PX: f64 = 14.0;
/// The narrowest and the widest space between two layers, in terms of spaces that are all alike.
// Below half of it bands would stand almost upright; above one and six tenths the other spaces would be seen
// to pay for one long name.
const LEAST_SPACE: f64 = 0.5;
const MOST_SPACE: f64 = 1.6;

/// Beside another picture a node stands where its like does there, and a pool that is tried out moves nobody.
fn is_held(input: &FlowsInput<'_>) -> bool {
    input.beside.is_some() || input.graph.layers.contains(&Dimension::Pool)
}

pub(super) fn layout_options(input: &FlowsInput<'_>, labels: &[NodeLabel]) -> LayoutOptions {
    let last = input.graph.layers.len().saturating_sub(1);
    let widest = |layer: usize, width: fn(&NodeLabel) -> f64| {
        labels
            .iter()
            .zip(&input.graph.nodes)
            .filter(|(_, node)| node.layer == layer)
            .map(|(label, _)| width(label))
            .fold(0.0, f64::max)
    };
    // The outer layers have their labels outside, where no band runs, as far as the picture can spare the room. A fifth
    // of the picture at either side, on small ones some thirty letters, and never so much that the flows have less than
    // half.
    let most = (input.width * 0.19).max(210.0).min(input.width * 0.24);
    let margin = |layer: usize| {
        if last == 0 {
            return 0.0;
        }
        // A little more where names would be cut otherwise, and the fewer layers there are the more.
        let share = if last < 3 { 0.31 } else { 0.25 };
        let beside = LABEL_GAP_PX + 2.0;
        let for_names = (widest(layer, NodeLabel::stacked_width) + beside).min(input.width * share);
        let wished = widest(layer, NodeLabel::width).max(widest(layer, NodeLabel::traced_width));
        (wished + beside).min(most.max(for_names))
    };
    let beside = |layer: usize, amount: fn(&NodeLabel) -> f64| {
        if last == 0 { 0.0 } else { widest(layer, amount) + LABEL_GAP_PX + 2.0 }
    };
    let between = |amount: fn(&NodeLabel) -> f64| {
        NODE_WIDTH_PX
            + (0..last).map(|space| least_px(input, space, |layer| widest(layer, amount))).sum::<f64>()
    };
    let is_enough = |amount: fn(&NodeLabel) -> f64| {
        beside(0, amount) + between(amount) + beside(last, amount) <= input.width
    };
    // The whole of an amount comes before a name; where even that has no room, what is never left out does.
    let amount = if is_enough(NodeLabel::amount_width) {
        NodeLabel::amount_width
    } else {
        NodeLabel::least_amount_width
    };
    let margins = input.beside.as_ref().map_or_else(
        || {
            let wished = (margin(0), margin(last));
            let least = (beside(0, amount).min(wished.0), beside(last, amount).min(wished.1));
            within(input.width - between(amount), wished, least)
        },
        |beside| beside.margins,
    );
    let column_shares = if let Some(beside) = &input.beside {
        beside.column_shares.clone()
    } else {
        let widths = |layer| (widest(layer, amount), widest(layer, NodeLabel::width));
        column_shares(input, margins, widths)
    };
    LayoutOptions {
        width: input.width,
        // The foot of the picture is for what stands beside the flows: no label hangs into it.
        height: input.height - foot_px(input),
        margin_left: margins.0,
        margin_right: margins.1,
        margin_top: HEADING_PX,
        // Half of the lowest node's label hangs below its middle, and it may have two lines.
        margin_bottom: labels.first().map_or(0.0, NodeLabel::line_px),
        scale: input.beside.as_ref().map(|beside| beside.scale),
        hold: if is_held(input) { FIRM_HOLD } else { LayoutOptions::default().hold },
        node_width: NODE_WIDTH_PX,
        label_gap: LABEL_GAP_PX,
        label_shift: labels.first().map_or(0.0, |label| label.line_px() * 1.5),
        has_room_for_labels: true,
        gap: 8.0,
        column_shares,
        budget_steps: input.budget_steps,
        ..LayoutOptions::default()
    }
}

/// What the space right of a layer takes at the least, px: the amounts beside its nodes and the headings are said.
fn least_px(input: &FlowsInput<'_>, space: usize, widest_amount: impl Fn(usize) -> f64) -> f64 {
    // The first layer has its labels outside; bands need to be seen all the same.
    let label = if space == 0 { NODE_WIDTH_PX } else { widest_amount(space) + LABEL_GAP_PX + FAR_GAP_PX };
    (NODE_WIDTH_PX + label).max(headings_px(input, space))
}

/// Two widths as wished, or as near to it as their sum may be and neither less than its least, px.
fn within(all: f64, wished: (f64, f64), least: (f64, f64)) -> (f64, f64) {
    let more = (wished.0 - least.0, wished.1 - least.1);
    let given = ((all - least.0 - least.1) / (more.0 + more.1).max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    (least.0 + more.0 * given, least.1 + more.1 * given)
}

/// The widths (px) of the spaces between the layers: labels stand in all but the first of them, and where they are
/// long that space takes of the others what these can spare.
fn column_shares(
    input: &FlowsInput<'_>,
    margins: (f64, f64),
    widest: impl Fn(usize) -> (f64, f64),
) -> Vec<f64> {
    // With one space there is nothing to take from another.
    let spaces = input.graph.layers.len().saturating_sub(1);
    if spaces < 2 {
        return Vec::new();
    }
    let all = input.width - margins.0 - margins.1 - NODE_WIDTH_PX;
    let alike = all / spaces as f64;
    let needed: Vec<f64> = (0..spaces).map(|space| least_px(input, space, |layer| widest(layer).0)).collect();
    let least: Vec<f64> = needed.iter().map(|needed| needed.max(alike * LEAST_SPACE)).collect();
    let wishes: Vec<f64> = (0..spaces)
        .map(
            |space| {
                if space == 0 { 0.0 } else { widest(space).1 + NODE_WIDTH_PX + LABEL_GAP_PX + FAR_GAP_PX }
            },
        )
        .zip(&least)
        .map(|(wish, least)| (wish.min(alike * MOST_SPACE) - least).max(0.0))
        .collect();
    let (spare, wished) = (all - least.iter().sum::<f64>(), wishes.iter().sum::<f64>());
    if spare < 0.0 {
        return needed;
    }
    let (met, over) =
        if wished > spare { (spare / wished, 0.0) } else { (1.0, (spare - wished) / spaces as f64) };
    wishes.into_iter().zip(least).map(|(wish, least)| least + wish * met + over).collect()
}

/// How far a layer has to be from the next for their headings to stand side by side, px.
fn headings_px(input: &FlowsInput<'_>, space: usize) -> f64 {
    let layers = &input.graph.layers;
    let width = |layer: usize| width_px(layers[layer].title(), HEADING_LETTERS_PX, Weight::SemiBold);
    // The outer headings stand outside.
    let left = if space == 0 { NODE_WIDTH_PX / 2.0 } else { width(space) / 2.0 };
    let right = if space + 2 == layers.len() { NODE_WIDTH_PX / 2.0 } else { width(space + 1) / 2.0 };
    left + right + LABEL_GAP_PX
}

/// What the foot of the picture takes of its height, px: the money that agencies pass between them, the key and
/// the stamp.
fn foot_px(input: &FlowsInput<'_>) -> f64 {
    let stamp = input.stamp.as_ref().map_or(0.0, Stamp::height_px);
    let key = EvidenceKey::of(input.graph).height_px(input.height);
    stamp + key + transfer_pipes::height_px(&input.transfers, input.height)
}

/// How large each label would be on one line; those of the outer layers at most as wide as the margins they stand in.
pub(super) fn label_sizes(
    input: &FlowsInput<'_>,
    labels: &[NodeLabel],
    options: &LayoutOptions,
) -> Vec<LabelSize> {
    let last = input.graph.layers.len().saturating_sub(1);
    let room = |layer: usize| match layer {
        _ if last == 0 => f64::INFINITY,
        0 => options.margin_left - options.label_gap,
        layer if layer == last => options.margin_right - options.label_gap,
        _ => f64::INFINITY,
    };
    let labels = labels.iter().zip(&input.graph.nodes);
    let size = |(label, node): (&NodeLabel, &crate::flow::FlowNode)| LabelSize {
        width: label.width().max(label.traced_width()).min(room(node.layer).max(0.0)),
        height: label.line_px(),
    };
    labels.map(size).collect()
}

/// The graph as the layout sees it: amounts become widths here, and a credit has the width of its size.
pub(super) fn sankey_graph(input: &FlowsInput<'_>, labels: &[LabelSize], options: &LayoutOptions) -> Graph {
    let layers = &input.graph.layers;
    let keys: Vec<u64> = input.graph.nodes.iter().map(|node| node.key(layers)).collect();
    let nodes = input
        .graph
        .nodes
        .iter()
        .zip(labels)
        .zip(&keys)
        .enumerate()
        .map(|(index, ((node, label), &key))| {
            let pin =
                input.pins.iter().find(|(pinned, _)| *pinned == key).map(|(_, share)| share * options.height);
            let label = (!input.graph.is_same_rest_as_before(index)).then_some(*label);
            // A node that a hand has put elsewhere has its place from there.
            let rank = input.graph.ranks.get(index).copied().flatten().filter(|_| pin.is_none());
            let foot = node.remainder().map(|rest| rest as u8);
            Node { key, layer: node.layer, pin, rank, foot, label, ..Node::default() }
        })
        .collect();
    let links = input
        .graph
        .links
        .iter()
        .map(|link| Link {
            source: link.source,
            target: link.target,
            value: link.amount.abs().to_approximate(),
            key: stable_key(&[&keys[link.source].to_string(), &keys[link.target].to_string()]),
        })
        .collect();
    Graph { nodes, links }
}
