//! A flow graph as a finished drawing: amounts become widths here and nowhere else, the layout finds the
//! places, and nodes, bands, labels and headings become marks with their ids.

use std::collections::{BTreeMap, HashMap};
use std::ops::{ControlFlow, Range};

use kurbo::{Point, Rect};

use super::flows_evidence::{EvidenceKey, node_hatch};
use super::flows_label::{Labels, PlacedLabel, labels_of};
use super::flows_layout::{HEADING_LETTERS_PX, label_sizes, layout_options, sankey_graph};
pub(super) use super::flows_paint::part_paint;
use super::flows_paint::{add_dashes, edged, node_color};
use super::label_marks::Inks;
use super::lens::Lens;
use super::node_label::{LINE, NodeLabel};
use super::{
    Anchor, Color, Figure, HatchKind, Mark, MarkId, Paint, Palette, Pipe, RibbonShape, Scheme, SharesOf,
    Stamp, Text, TransferSum, Weight, band_mark, transfer_pipes,
};
use crate::dimension::{Agency, Dimension, NameId};
use crate::flow::{BandPart, FlowGraph, Focus, Imbalance, Member, PartKind, imbalances, stable_key};
use crate::ledger::Ledger;
use crate::money::{Money, Share, in_full, percent};
use crate::sankey::{
    self, Graph, LayoutOptions, Previous, Ribbon, SankeyLayout, label_room, layout, relayout,
};

/// What a drawing of flows is made from.
#[derive(Clone)]
pub struct FlowsInput<'a> {
    pub graph: &'a FlowGraph,
    pub ledger: &'a Ledger,
    /// For short names and sectors.
    pub agencies: &'a [Agency],
    /// The dimension that the graph's parts are told apart by.
    pub color_by: Dimension,
    pub scheme: Scheme,
    /// px.
    pub width: f64,
    pub height: f64,
    /// Nodes that stand where a hand put them: their keys and how far down their top is, 0 to 1.
    pub pins: Vec<(u64, f64)>,
    pub title: String,
    pub notes: Vec<String>,
    /// What agencies pay each other and is counted once, the largest first: it is drawn beside the flows.
    pub transfers: Vec<TransferSum>,
    /// What a picture of a scenario says of itself at its foot.
    pub stamp: Option<Stamp>,
    /// What amounts are parts of, where they are not pounds alone.
    pub shares: Option<SharesOf>,
    /// What the picture has in common with one that it stands beside.
    pub beside: Option<Beside>,
    /// By the marks of nodes that have another amount there: what they have more here, or nothing where only the other
    /// picture says so. Their amounts are never left out.
    pub changes: BTreeMap<MarkId, Money>,
    /// An earlier layout to stay near.
    pub previous: Option<&'a Previous>,
    /// How long the layout may search, in its own steps.
    pub budget_steps: u64,
}

/// What pictures side by side must share to be compared.
#[derive(Clone, Debug, PartialEq)]
pub struct Beside {
    /// Pixels for a pound.
    pub scale: f64,
    /// Room for the labels of the outer layers, px.
    pub margins: (f64, f64),
    /// What each space between two layers takes of the way from the first to the last, in proportion.
    pub column_shares: Vec<f64>,
}

impl Beside {
    /// The widths of this one, which says more, and the scale that suits both.
    #[must_use]
    pub fn and(self, other: &Self) -> Self {
        let column_shares = if self.column_shares.len() == other.column_shares.len() {
            self.column_shares
        } else {
            Vec::new()
        };
        Self { scale: self.scale.min(other.scale), margins: self.margins, column_shares }
    }
}

/// Flows as a finished drawing, with what is needed to point at it, trace it and drag in it.
pub struct FlowsFigure {
    pub figure: Figure,
    pub layout: SankeyLayout,
    /// What agencies pay each other, as it is drawn at the foot.
    pub pipes: Vec<Pipe>,
    pub(super) graph: Graph,
    pub(super) options: LayoutOptions,
    pub(super) labels: Labels,
    /// The labels beside nodes where they stand, and which of the marks they are.
    pub(super) placed: Vec<PlacedLabel>,
    pub(super) label_marks: Range<usize>,
    /// How high they may reach, px.
    pub(super) label_top: f64,
    pub(super) targets: HashMap<MarkId, Focus>,
    /// The whole band of each link.
    pub(super) bands: Vec<RibbonShape>,
    /// Where it is a pool under a lens: how it is drawn.
    pub(super) lens: Option<Lens>,
    /// How many times as large as it was laid out it is drawn.
    pub(super) magnified: f64,
}

/// A layout that may be improved, by itself: it can go to another thread.
pub struct LayoutSearch {
    graph: Graph,
    options: LayoutOptions,
    from: SankeyLayout,
}

impl LayoutSearch {
    /// Looks for a layout with fewer crossings by at least `gain` (a share); `None` where there is none to be found.
    pub fn run(
        mut self,
        steps: u64,
        gain: f64,
        progress: impl FnMut(u64) -> ControlFlow<()>,
    ) -> Option<SankeyLayout> {
        self.options.budget_steps = steps;
        sankey::improve(&self.graph, &self.options, &self.from, gain, progress)
    }
}

/// Lays the graph out and draws it.
pub fn flows_figure(input: &FlowsInput<'_>) -> FlowsFigure {
    let labels = labels_of(input, None);
    let options = layout_options(input, &labels);
    let mut graph = sankey_graph(input, &label_sizes(input, &labels, &options), &options);
    let labels = set_labels(input, labels, &mut graph, &options);
    let placed = match input.previous {
        Some(previous) => relayout(&graph, &options, previous),
        None => layout(&graph, &options),
    };
    draw(input, graph, options, placed, &labels)
}

/// The labels set in the room that their layers have in a graph, which then knows how large they are.
// In two rounds: how wide labels want to be decides where layers stand, and where layers stand decides how much of each
// label there is room for.
pub(super) fn set_labels(
    input: &FlowsInput<'_>,
    labels: Vec<NodeLabel>,
    graph: &mut Graph,
    options: &LayoutOptions,
) -> Labels {
    let labels = Labels::fitted(input, labels, label_room(graph, options), options);
    for (node, size) in graph.nodes.iter_mut().zip(labels.sizes()) {
        // What is said by another layer's has none.
        node.label = node.label.map(|_| size);
    }
    labels
}

/// The drawing with one node dragged to another height (px, its top); others of its layer make room.
pub fn flows_figure_dragged(
    input: &FlowsInput<'_>,
    from: &FlowsFigure,
    node: usize,
    top_px: f64,
) -> FlowsFigure {
    let placed = sankey::move_node(&from.graph, &from.options, &from.layout, node, top_px);
    from.with_layout(input, placed)
}

/// The picture that these marks make; one that does not add up says so.
pub(super) fn finished(
    input: &FlowsInput<'_>,
    mut marks: Vec<Mark>,
    unbalanced: Option<Imbalance>,
) -> Figure {
    if let Some(imbalance) = &unbalanced {
        // It is seen on screen; files are not made of it.
        let words = format!("This picture does not add up: {imbalance}");
        let words = Text::centred(Point::new(0.0, 30.0), Anchor::Start, 14.0, Weight::Bold, words);
        marks.push(Mark::label(MarkId(stable_key(&["unbalanced"])), words, input.scheme.focus()));
    }
    Figure {
        width: input.width,
        height: input.height,
        title: input.title.clone(),
        notes: input.notes.clone(),
        words: Vec::new(),
        scheme: input.scheme,
        marks,
        unbalanced,
    }
}

impl FlowsFigure {
    /// The node or link that a mark stands for.
    pub fn focus_of(&self, mark: MarkId) -> Option<Focus> {
        self.targets.get(&mark).copied()
    }

    /// What a later layout needs to stay near this one.
    pub fn previous(&self) -> Previous {
        self.layout.previous(&self.graph)
    }

    /// The same for a graph of other layers: what stands in a layer that is elsewhere there goes with it.
    ///
    /// In a picture of another height (px) things keep their order, as far up and down as they were in this one.
    pub fn previous_in(&self, graph: &FlowGraph, layers: &[Dimension], height: f64) -> Previous {
        let moved = |layer: usize| layers.iter().position(|other| graph.layers.get(layer) == Some(other));
        // Layers go by what they are of: a layer that is moved to another place takes its nodes along.
        let mut previous = self.previous();
        // Places are px from the top, so a picture that became higher would crowd everything at its head.
        if height != self.figure.height {
            previous.stretch(height / self.figure.height);
        }
        previous.nodes.retain(|_, node| match moved(node.layer) {
            Some(layer) => {
                node.layer = layer;
                true
            }
            None => false,
        });
        if graph.layers != layers {
            // Lanes are known by the columns they cross, and those are others now.
            previous.lanes.clear();
        }
        previous
    }

    /// The box of a node.
    pub fn node_box(&self, node: usize) -> Rect {
        rect_of(&self.layout, node)
    }

    /// What another picture must share with this one to be compared with it.
    pub fn beside(&self) -> Beside {
        Beside {
            scale: self.layout.scale,
            margins: (self.options.margin_left, self.options.margin_right),
            column_shares: self.options.column_shares.clone(),
        }
    }

    /// How far down a node's top is, 0 to 1 of the picture's height, as a place keeps it.
    pub fn top_share(&self, node: usize) -> f64 {
        self.node_box(node).y0 / self.options.height
    }

    /// What is needed to look for a better layout elsewhere, while this one is shown.
    pub fn search(&self) -> LayoutSearch {
        LayoutSearch { graph: self.graph.clone(), options: self.options.clone(), from: self.layout.clone() }
    }

    /// The same drawing in another layout of the same graph.
    #[must_use]
    pub fn with_layout(&self, input: &FlowsInput<'_>, layout: SankeyLayout) -> Self {
        draw(input, self.graph.clone(), self.options.clone(), layout, &self.labels)
    }
}

pub(super) fn draw(
    input: &FlowsInput<'_>,
    graph: Graph,
    options: LayoutOptions,
    layout: SankeyLayout,
    labels: &Labels,
) -> FlowsFigure {
    // Of the whole ledger and not of what the filter leaves: a name keeps its colour while one filters.
    let palette = Palette::new(input.ledger, input.color_by, input.scheme);
    let bands: Vec<RibbonShape> = layout.links.iter().map(ribbon_shape).collect();
    let mut marks = Vec::new();
    let mut targets = HashMap::new();
    // Thin bands lie on top of thick ones, where they can still be seen and pointed at.
    let mut by_size: Vec<usize> = (0..input.graph.links.len()).collect();
    by_size.sort_by_key(|&link| std::cmp::Reverse(input.graph.links[link].amount.abs()));
    for link in by_size {
        targets.insert(link_mark(input.graph, link), Focus::Link(link));
        add_link(&mut marks, input, &palette, &bands[link], link);
    }
    for (index, node) in input.graph.nodes.iter().enumerate() {
        let id = node_mark(input.graph, index);
        targets.insert(id, Focus::Node(index));
        let fill = node_color(input, &palette, index);
        // A pixel at least, or the smallest nodes could be seen by nobody.
        let bar = at_least(rect_of(&layout, index), 1.0);
        let hatch = node_hatch(input.graph, node).map(|kind| input.scheme.hatch_on(kind, fill));
        // A rest is an outline: nothing of it is told apart, so nothing of it is known more or less well.
        let is_rest = node.remainder().is_some();
        let paint = Paint::fill(fill).hatched(hatch.filter(|_| !is_rest));
        marks.push(Mark::new(id, bar, paint, node_tooltip(input, index)));
        if is_rest {
            add_dashes(&mut marks, id, bar, input.scheme);
        }
    }
    let placed = labels.placed(input, &layout, &options);
    let first = marks.len();
    for label in &placed {
        marks.extend(label.marks(input, Inks::of(input.scheme)));
    }
    let label_marks = first..marks.len();
    add_headings(&mut marks, input, &layout);
    if let Some(stamp) = &input.stamp {
        marks.extend(stamp.marks(input.scheme, input.width, input.height));
    }
    let key = EvidenceKey::of(input.graph);
    let key_bottom = input.height - input.stamp.as_ref().map_or(0.0, Stamp::height_px);
    let key_height = key.height_px(input.height);
    if key_height > 0.0 {
        marks.extend(key.marks(input.scheme, input.width, key_bottom));
    }
    let mut pipes = Vec::new();
    if transfer_pipes::height_px(&input.transfers, input.height) > 0.0 {
        let bottom = key_bottom - key_height;
        let (strip, drawn) = transfer_pipes::strip(&input.transfers, input.scheme, input.width, bottom);
        marks.extend(strip);
        pipes = drawn;
    }
    let unbalanced = imbalances(input.graph).into_iter().next();
    let figure = finished(input, marks, unbalanced);
    let line = placed.first().map_or(0.0, |placed| placed.label.px * LINE);
    FlowsFigure {
        figure,
        layout,
        pipes,
        graph,
        label_top: options.margin_top - line / 2.0,
        options,
        labels: labels.clone(),
        placed,
        label_marks,
        targets,
        bands,
        lens: None,
        magnified: 1.0,
    }
}

pub(super) fn add_link(
    marks: &mut Vec<Mark>,
    input: &FlowsInput<'_>,
    palette: &Palette,
    whole: &RibbonShape,
    index: usize,
) {
    let link = &input.graph.links[index];
    let target = link_mark(input.graph, index);
    let tooltip = link_tooltip(input, index);
    let parts: Vec<(PartKind, (f64, f64))> =
        link.parts.iter().map(|part| part.kind).zip(shares(&link.parts)).collect();
    let looks_alike = |one: &(PartKind, (f64, f64)), other: &(PartKind, (f64, f64))| {
        let look = |kind: PartKind| part_paint(input, palette, link, kind);
        look(one.0) == look(other.0)
    };
    // What looks alike is one band: no seam runs between the pooled part and the rest of it.
    for alike in parts.chunk_by(looks_alike) {
        let (kind, from, to) = (alike[0].0, alike[0].1.0, alike[alike.len() - 1].1.1);
        // By what the part is rather than by its number: a morph then finds it in the next picture.
        let id = MarkId(stable_key(&[
            "part",
            &target.0.to_string(),
            input.ledger.names(input.color_by).name(kind.color),
            kind.grade.word(),
            kind.known.word(),
        ]));
        let shape = if alike.len() == parts.len() { whole.clone() } else { whole.sub_band(from, to) };
        let paint = edged(part_paint(input, palette, link, kind), shape.width(), input.scheme);
        marks.push(Mark::new(id, shape, paint, tooltip.clone()).pointing_at(target));
    }
}

/// The hatch of what ends at a body whose own spending is not in the place.
pub(super) fn passed_on(input: &FlowsInput<'_>, node: usize) -> Option<HatchKind> {
    matches!(input.graph.nodes[node].member, Member::End { .. }).then_some(HatchKind::PassedOn)
}

/// A heading above each layer.
fn add_headings(marks: &mut Vec<Mark>, input: &FlowsInput<'_>, layout: &SankeyLayout) {
    let last = input.graph.layers.len().saturating_sub(1);
    for (layer, dimension) in input.graph.layers.iter().enumerate() {
        let Some((x0, x1)) = layer_sides(input.graph, layout, layer) else { continue };
        let (x, anchor) = match layer {
            0 => (x1, Anchor::End),
            layer if layer == last => (x0, Anchor::Start),
            _ => (f64::midpoint(x0, x1), Anchor::Middle),
        };
        let words = Text::centred(
            Point::new(x, 11.0),
            anchor,
            HEADING_LETTERS_PX,
            Weight::SemiBold,
            heading(input, layer, x1),
        );
        let id = MarkId(stable_key(&["heading", dimension.key()]));
        marks.push(Mark::label(id, words, input.scheme.faint_ink()));
    }
}

/// What stands above a layer; above the first, as far as there is room (px), also what its numbers are of.
fn heading(input: &FlowsInput<'_>, layer: usize, room: f64) -> String {
    let title = input.graph.layers[layer].title();
    let with_unit =
        input.shares.as_ref().filter(|_| layer == 0).map(|shares| format!("{title}, {}", shares.unit()));
    let fits = |words: &String| super::width_px(words, HEADING_LETTERS_PX, Weight::SemiBold) <= room;
    match with_unit {
        Some(words) if fits(&words) => words,
        Some(_) => format!("{title}, % of all"),
        None => title.to_owned(),
    }
}

/// The left and right edges of a layer's nodes, px.
fn layer_sides(graph: &FlowGraph, layout: &SankeyLayout, layer: usize) -> Option<(f64, f64)> {
    graph.layer(layer).next().map(|(index, _)| (layout.nodes[index].x0, layout.nodes[index].x1))
}

impl FlowsFigure {
    /// The left and right edges of a layer's nodes, px.
    pub fn layer_sides(&self, graph: &FlowGraph, layer: usize) -> Option<(f64, f64)> {
        layer_sides(graph, &self.layout, layer)
    }
}

pub(super) fn color_of(input: &FlowsInput<'_>, palette: &Palette, name: NameId) -> Color {
    palette.color(input.ledger.names(input.color_by).name(name))
}

/// Where each part lies across a band, as shares of its width.
pub(super) fn shares(parts: &[BandPart]) -> impl Iterator<Item = (f64, f64)> + '_ {
    let whole: Money = parts.iter().map(|part| part.amount.abs()).sum();
    let mut before = Money::ZERO;
    parts.iter().map(move |part| {
        let from = before;
        before += part.amount.abs();
        let share = |amount: Money| Share::of(amount, whole).map_or(0.0, Share::to_approximate);
        (share(from), share(before))
    })
}

/// The layout's band as a figure's.
fn ribbon_shape(ribbon: &Ribbon) -> RibbonShape {
    let outline = ribbon.outline();
    RibbonShape::between(outline.top, outline.bottom)
}

fn rect_of(layout: &SankeyLayout, node: usize) -> Rect {
    let node = layout.nodes[node];
    Rect::new(node.x0, node.y0, node.x1, node.y1)
}

/// A box that can be seen and hit however small its amount.
pub(super) fn at_least(rect: Rect, height_px: f64) -> Rect {
    let more = ((height_px - rect.height()) / 2.0).max(0.0);
    Rect::new(rect.x0, rect.y0 - more, rect.x1, rect.y1 + more)
}

pub(super) fn node_mark(graph: &FlowGraph, node: usize) -> MarkId {
    MarkId(graph.nodes[node].key(&graph.layers))
}

pub(super) fn label_mark(word: &str, target: MarkId) -> MarkId {
    MarkId(stable_key(&["label", word, &target.0.to_string()]))
}

/// The mark that says a node's amount.
pub(super) fn amount_mark(graph: &FlowGraph, node: usize) -> MarkId {
    label_mark("amount", node_mark(graph, node))
}

pub(super) fn link_mark(graph: &FlowGraph, link: usize) -> MarkId {
    let link = &graph.links[link];
    band_mark(node_mark(graph, link.source), node_mark(graph, link.target))
}

pub(super) fn node_tooltip(input: &FlowsInput<'_>, index: usize) -> String {
    let node = &input.graph.nodes[index];
    let end = passed_on(input, index).map_or(
        "",
        |_| ". Its own spending is not in this place, so what it is paid is counted where it is paid",
    );
    format!("{}: {}{}{end}", node.name, in_full(node.amount), of_total(input, node.amount))
}

pub(super) fn link_tooltip(input: &FlowsInput<'_>, index: usize) -> String {
    let link = &input.graph.links[index];
    let name = |node: usize| &input.graph.nodes[node].name;
    let credit = if link.amount.is_negative() { ", a credit" } else { "" };
    format!(
        "{} \u{2192} {}: {}{credit}{}",
        name(link.source),
        name(link.target),
        in_full(link.amount),
        of_total(input, link.amount)
    )
}

fn of_total(input: &FlowsInput<'_>, amount: Money) -> String {
    Share::of(amount, input.graph.total)
        .map_or_else(String::new, |share| format!(", {} of the total", percent(share)))
}
