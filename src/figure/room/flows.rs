//! Flows for a hall: grey bands between few nodes, and in one hue what the title is about, at its exact share; a small pool
//! under a lens, at its own scale beside that of the whole.

use super::super::Anchor::{End, Middle, Start};
use super::super::flows::{link_mark, node_mark};
use super::super::{Color, Figure, Mark, MarkId, Paint, Point, Rect, Shape, Text, Weight};
use super::labels::{LabelSide, RoomLabel, RoomWords, label_marks, wish};
use super::page::{Greys, RoomPage, RoomSizes};
use super::stack::{Stack, StackRoom, is_rest};
use crate::dimension::Dimension;
use crate::flow::{FlowGraph, Focus, Trace, imbalances, trace};
use crate::money::{Money, Share, in_full, in_short, percent};

/// What flows for a hall are drawn from.
pub struct RoomFlows<'a> {
    pub graph: &'a FlowGraph,
    /// What nodes are called, by their number.
    pub names: &'a [String],
    /// What the title is about.
    pub subject: Option<Focus>,
    /// Its hue.
    pub hue: Color,
    /// Where a pool is looked at more closely than what it is of.
    pub lens: Option<RoomLens>,
}

/// The whole that a pool is a small part of, £.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomLens {
    pub whole: Money,
    pub part: Money,
}

/// Draws them on a page.
pub fn room_flows(input: &RoomFlows<'_>, page: &RoomPage) -> Figure {
    let drawing = RoomFlowsDrawing::of(input, page);
    let mut figure = page.around(drawing.marks());
    figure.unbalanced = imbalances(input.graph).into_iter().next();
    figure
}

struct RoomFlowsDrawing<'a> {
    input: &'a RoomFlows<'a>,
    page: &'a RoomPage,
    sizes: RoomSizes,
    greys: Greys,
    trace: Option<Trace>,
    stack: Stack,
    room: Rect,
    /// From nodes outwards, for words, by layer, px.
    label_room: Vec<f64>,
    /// By node.
    words: Vec<(RoomWords, Vec<RoomWords>)>,
}

/// The most of the picture's width that the labels of one side take.
const MOST_BESIDE: f64 = 0.33;

impl<'a> RoomFlowsDrawing<'a> {
    fn of(input: &'a RoomFlows<'a>, page: &'a RoomPage) -> Self {
        let (sizes, greys) = (page.sizes(), page.greys());
        let trace = input.subject.map(|subject| trace(input.graph, subject));
        let mut drawing = Self {
            input,
            page,
            sizes,
            greys,
            trace,
            stack: Stack { nodes: Vec::new(), bands: Vec::new(), layers: Vec::new() },
            room: page.inside(),
            label_room: Vec::new(),
            words: Vec::new(),
        };
        drawing.words = (0..input.graph.nodes.len()).map(|node| drawing.words_of(node)).collect();
        drawing.lay_out();
        drawing
    }

    /// Gives labels their room and nodes their places.
    fn lay_out(&mut self) {
        let graph = self.input.graph;
        let last = graph.layers.len().saturating_sub(1);
        let step = self.sizes.step;
        let (gap, node_width) = (step * 1.6, step * 2.2);
        let mut inside = self.page.inside();
        let width = self.page.width;
        if self.input.lens.is_some() {
            inside.x0 += step * 6.0 + width * 0.05;
            // What stands above the columns: the pool's amount, and what is put in and spent on.
            inside.y0 += self.sizes.number * 1.5;
        }
        self.room = inside;
        let wished = |layer: usize| {
            let of = graph
                .layer(layer)
                .map(|(node, _)| wish(&self.words[node].0, &self.words[node].1, self.sizes));
            of.fold(0.0, f64::max).min(width * MOST_BESIDE)
        };
        let (left, right) = if last == 0 { (0.0, wished(0)) } else { (wished(0), wished(last)) };
        let first = inside.x0 + if last == 0 { 0.0 } else { left + gap };
        let end = inside.x1 - right - gap - node_width;
        let column = |layer: usize| match last {
            0 => first,
            last => first + (end - first) * layer as f64 / last as f64,
        };
        let columns: Vec<f64> = (0..=last).map(column).collect();
        let apart = if last == 0 { right } else { (end - first) / last as f64 - node_width - 2.0 * gap };
        self.label_room = (0..=last)
            .map(|layer| match layer {
                0 if last > 0 => left,
                layer if layer == last => right,
                _ => (apart * 0.8).max(step * 20.0),
            })
            .map(|room| room + 1.0)
            .collect();
        let within = StackRoom { room: inside, columns, node_width, gap: step * 1.8 };
        self.stack = Stack::of(graph, &within);
        let pools: Vec<usize> = (0..graph.nodes.len()).filter(|&node| self.is_pool(node)).collect();
        for node in pools {
            self.stack.widen(graph, node, step * 2.4);
        }
    }

    fn words_of(&self, node: usize) -> (RoomWords, Vec<RoomWords>) {
        let (graph, scheme) = (self.input.graph, self.page.scheme);
        let amount = graph.nodes[node].amount;
        let is_subject = self.input.subject == Some(Focus::Node(node));
        let hue = self.greys.readable(self.input.hue);
        let color = if is_subject { hue } else { scheme.ink() };
        let word = |text: String, size, weight, color| RoomWords { text, size, weight, color };
        let name = self.input.names.get(node).cloned().unwrap_or_default();
        let is_quiet = is_rest(&graph.nodes[node]);
        let name_color = if is_quiet { scheme.faint_ink() } else { color };
        let weight = if is_quiet { Weight::Regular } else { Weight::SemiBold };
        let name = word(name, self.sizes.label, weight, name_color);
        if is_subject {
            return (name, vec![word(in_short(amount), self.sizes.number, Weight::SemiBold, hue)]);
        }
        let of_it = self.trace.as_ref().map(|trace| trace.nodes[node]).filter(|part| !part.is_zero());
        let whole = word(in_short(amount), self.sizes.label, Weight::Regular, name_color);
        match of_it.filter(|part| *part != amount) {
            None if of_it.is_some() && self.input.lens.is_none() => {
                (name, vec![RoomWords { weight: Weight::SemiBold, ..whole }])
            }
            None => (name, vec![whole]),
            Some(part) => {
                let of =
                    word(format!("of {}", whole.text), self.sizes.label, Weight::Regular, scheme.faint_ink());
                (name, vec![word(in_short(part), self.sizes.label, Weight::SemiBold, hue), of])
            }
        }
    }

    fn marks(&self) -> Vec<Mark> {
        let mut marks = Vec::new();
        if let Some(lens) = self.input.lens {
            self.add_lens(&mut marks, lens);
        }
        self.add_bands(&mut marks);
        for node in 0..self.input.graph.nodes.len() {
            self.add_node(&mut marks, node);
        }
        let last = self.stack.layers.len().saturating_sub(1);
        for (layer, members) in self.stack.layers.iter().enumerate() {
            let side = match layer {
                0 if last > 0 => LabelSide::Left,
                layer if layer == last => LabelSide::Right,
                _ => LabelSide::OnBands,
            };
            let mut members: Vec<usize> =
                members.iter().copied().filter(|&node| !self.is_said_elsewhere(node)).collect();
            members.sort_by(|&a, &b| self.stack.nodes[a].y0.total_cmp(&self.stack.nodes[b].y0));
            let labels: Vec<RoomLabel> = members.iter().map(|&node| self.label(node, side, layer)).collect();
            marks.extend(label_marks(&labels, self.room, self.sizes, self.page.scheme));
        }
        if let Some(lens) = self.input.lens {
            self.add_share_of_whole(&mut marks, lens);
        }
        marks
    }

    fn label(&self, node: usize, side: LabelSide, layer: usize) -> RoomLabel {
        let (name, amount) = self.words[node].clone();
        RoomLabel {
            target: node_mark(self.input.graph, node),
            tooltip: self.told(node),
            of: self.stack.nodes[node],
            name,
            amount,
            side,
            room: self.label_room[layer],
            is_subject: self.input.subject == Some(Focus::Node(node)),
        }
    }

    fn told(&self, node: usize) -> String {
        let amount = self.input.graph.nodes[node].amount;
        let share = Share::of(amount, self.input.graph.total).map_or_else(String::new, |share| {
            format!(", {} of {}", percent(share), in_short(self.input.graph.total))
        });
        format!("{}: {}{share}", self.input.names[node], in_full(amount))
    }

    /// A remainder that runs level through the whole picture is said once, on its band; a pool's amount stands above it.
    fn is_said_elsewhere(&self, node: usize) -> bool {
        self.level_rest().is_some_and(|link| {
            let link = &self.input.graph.links[link];
            link.source == node || link.target == node
        }) || self.is_pool(node)
    }

    fn is_pool(&self, node: usize) -> bool {
        let graph = self.input.graph;
        self.input.lens.is_some() && graph.layers[graph.nodes[node].layer] == Dimension::Pool
    }

    /// The band of a remainder that is one in both of two layers and nothing else.
    fn level_rest(&self) -> Option<usize> {
        let graph = self.input.graph;
        let is_whole = |node: usize, amount: Money| graph.nodes[node].amount == amount;
        (graph.layers.len() == 2).then_some(())?;
        graph.links.iter().position(|link| {
            is_rest(&graph.nodes[link.source])
                && is_rest(&graph.nodes[link.target])
                && graph.nodes[link.source].name == graph.nodes[link.target].name
                && is_whole(link.source, link.amount)
                && is_whole(link.target, link.amount)
        })
    }

    fn add_bands(&self, marks: &mut Vec<Mark>) {
        let graph = self.input.graph;
        let level = self.level_rest();
        let mut by_size: Vec<usize> = (0..graph.links.len()).filter(|link| Some(*link) != level).collect();
        by_size.sort_by_key(|&link| std::cmp::Reverse(graph.links[link].amount.abs()));
        let edge = (self.sizes.step * 0.12).max(0.75) as f32;
        for &link in &by_size {
            let target = link_mark(graph, link);
            let fill = if self.input.lens.is_some() && !self.is_held_back(graph.links[link].target) {
                self.greys.lit_band(self.input.hue)
            } else {
                self.greys.band
            };
            let paint = Paint::fill(fill).outlined(self.greys.ground, edge);
            marks.push(Mark::new(target, self.stack.bands[link].clone(), paint, self.told_of_link(link)));
        }
        let Some(trace) = self.trace.as_ref().filter(|_| self.input.lens.is_none()) else { return };
        for &link in &by_size {
            let part: Money = trace.links[link].iter().copied().sum();
            let share = Share::of(part.abs(), graph.links[link].amount.abs()).filter(|_| !part.is_zero());
            let Some(share) = share else { continue };
            let target = link_mark(graph, link);
            let lit = self.stack.bands[link].sub_band(0.0, share.to_approximate().min(1.0));
            let id = MarkId::of(&["lit", &target.0.to_string()]);
            let paint = Paint::fill(self.greys.lit_band(self.input.hue)).outlined(self.greys.ground, edge);
            marks.push(Mark::new(id, lit, paint, self.told_of_link(link)).pointing_at(target));
        }
    }

    fn told_of_link(&self, link: usize) -> String {
        let link = &self.input.graph.links[link];
        let name = |node: usize| &self.input.names[node];
        format!("{} \u{2192} {}: {}", name(link.source), name(link.target), in_full(link.amount))
    }

    fn is_held_back(&self, node: usize) -> bool {
        is_rest(&self.input.graph.nodes[node])
    }

    fn add_node(&self, marks: &mut Vec<Mark>, node: usize) {
        let graph = self.input.graph;
        let (id, rect) = (node_mark(graph, node), at_least(self.stack.nodes[node], 1.5));
        let line = (self.sizes.step * 0.2).max(1.0);
        if let Some(link) = self.level_rest()
            && graph.links[link].source == node
        {
            let other = self.stack.nodes[graph.links[link].target];
            return self.add_level_rest(marks, node, rect.union(other), line);
        }
        if self.level_rest().is_some_and(|link| graph.links[link].target == node) {
            return;
        }
        if is_rest(&graph.nodes[node]) {
            let paint = Paint::fill(self.greys.ground);
            marks.push(Mark::new(id, rect, paint, self.told(node)));
            return add_dashes(marks, id, rect, self.page.scheme.faint_ink(), line);
        }
        let fill = if self.is_pool(node) { self.input.hue } else { self.greys.node };
        marks.push(Mark::new(id, rect, Paint::fill(fill), self.told(node)));
        let Some(trace) = self.trace.as_ref().filter(|_| self.input.lens.is_none()) else { return };
        let share = Share::of(trace.nodes[node].abs(), graph.nodes[node].amount.abs());
        let Some(share) = share.filter(|share| share.numerator() != 0) else { return };
        let lit =
            Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + rect.height() * share.to_approximate().min(1.0));
        let lit_id = MarkId::of(&["lit", &id.0.to_string()]);
        let paint = Paint::fill(self.input.hue);
        marks.push(Mark::new(lit_id, lit, paint, self.told(node)).pointing_at(id));
    }

    /// What is not told apart, from one side to the other: an outline, said once.
    fn add_level_rest(&self, marks: &mut Vec<Mark>, node: usize, rect: Rect, line: f64) {
        let id = node_mark(self.input.graph, node);
        marks.push(Mark::new(id, rect, Paint::fill(self.greys.ground), self.told(node)));
        add_dashes(marks, id, rect, self.page.scheme.faint_ink(), line);
        let amount = in_short(self.input.graph.nodes[node].amount);
        let words = format!("{} {amount}", self.input.names[node]);
        let text = Text::centred(rect.center(), Middle, self.sizes.label, Weight::Regular, words);
        let label = MarkId::of(&["label", "rest", &id.0.to_string()]);
        marks.push(Mark::label(label, text, self.page.scheme.faint_ink()).pointing_at(id));
    }

    /// How much of the whole the part is, beside its sliver, where no partner's name is; or as near to it as there is
    /// room.
    fn add_share_of_whole(&self, marks: &mut Vec<Mark>, lens: RoomLens) {
        let (step, label) = (self.sizes.step, self.sizes.label);
        let inside = self.page.inside();
        let (x, top) = (inside.x0 + step * 5.2, self.room.y0 - step * 2.0);
        let middle = f64::midpoint(top, self.room.y1);
        let share = Share::of(lens.part, lens.whole).unwrap_or(Share::NONE);
        let half = ((self.room.y1 - top) * share.to_approximate().clamp(0.0, 1.0)).max(step * 0.5) / 2.0;
        let share = |y: f64| {
            let text = Text::centred(Point::new(x, y), Start, label, Weight::SemiBold, percent(share));
            Mark::label(MarkId::of(&["lens", "share"]), text, self.greys.readable(self.input.hue))
        };
        let lies_free = |mark: &Mark| {
            let own = mark.shape.bounds().inflate(2.0, 2.0);
            let is_word = |other: &&Mark| matches!(other.shape, Shape::Label(_));
            !marks.iter().filter(is_word).any(|other| own.overlaps(other.shape.bounds()))
        };
        let places = (0..6).flat_map(|step| {
            let off = half + label * (0.7 + 0.5 * f64::from(step));
            // A part that is all of it has nothing above or below.
            [middle - off, middle + off].map(|y| y.clamp(top + label, self.room.y1 - label))
        });
        let beside = places.map(share).find(lies_free);
        let beside = beside.unwrap_or_else(|| share((middle - half - label * 0.7).max(top + label)));
        marks.push(beside);
    }

    /// The whole as one bar, the part's sliver in it, and a wedge to where it stands at its own scale.
    fn add_lens(&self, marks: &mut Vec<Mark>, lens: RoomLens) {
        let (step, scheme) = (self.sizes.step, self.page.scheme);
        let inside = self.page.inside();
        let bar = Rect::new(inside.x0, self.room.y0 - step * 2.0, inside.x0 + step * 4.0, self.room.y1);
        let share = Share::of(lens.part, lens.whole).unwrap_or(Share::NONE);
        let height = (bar.height() * share.to_approximate().clamp(0.0, 1.0)).max(step * 0.5);
        let middle = f64::midpoint(bar.y0, bar.y1);
        let sliver = Rect::new(bar.x0, middle - height / 2.0, bar.x1, middle + height / 2.0);
        let firsts: Vec<Rect> =
            self.stack.layers.first().into_iter().flatten().map(|&node| self.stack.nodes[node]).collect();
        let Some(first) = firsts.iter().copied().reduce(|one, other| one.union(other)) else { return };
        let wedge = vec![
            Point::new(bar.x1, sliver.y0),
            Point::new(first.x0, first.y0),
            Point::new(first.x0, first.y1),
            Point::new(bar.x1, sliver.y1),
        ];
        let pale = Paint::fill(self.greys.ground.mix(self.input.hue, 0.12));
        marks.push(Mark::decoration(MarkId::of(&["lens", "wedge"]), Shape::Polygon(wedge), pale));
        let told = format!("{} of {}", in_full(lens.part), in_full(lens.whole));
        marks.push(Mark::new(
            MarkId::of(&["lens", "whole"]),
            bar,
            Paint::fill(self.greys.band),
            format!("All that is spent: {}", in_full(lens.whole)),
        ));
        marks.push(Mark::new(MarkId::of(&["lens", "part"]), sliver, Paint::fill(self.input.hue), told));
        let words = |key: &str, at: Point, anchor, size, weight, text: String, color| {
            let text = Text::centred(at, anchor, size, weight, text);
            Mark::label(MarkId::of(&["lens", key]), text, color)
        };
        let hue = self.greys.readable(self.input.hue);
        let (number, label, floor) = (self.sizes.number, self.sizes.label, self.sizes.floor);
        let above = bar.y0 - label * 0.7;
        marks.push(words(
            "amount",
            Point::new(bar.x0, above),
            Start,
            label,
            Weight::SemiBold,
            in_short(lens.whole),
            scheme.ink(),
        ));
        let heads = self.room.y0 - number * 0.9;
        for (layer, members) in self.stack.layers.iter().enumerate() {
            let Some(node) = members.first().map(|&node| self.stack.nodes[node]) else { continue };
            let dimension = self.input.graph.layers[layer];
            let (x, anchor, size, weight, text, color) = if dimension == Dimension::Pool {
                (node.center().x, Middle, number, Weight::SemiBold, in_short(lens.part), hue)
            } else if layer == 0 {
                (node.x1, End, floor, Weight::Regular, "put in".to_owned(), scheme.faint_ink())
            } else {
                (node.x0, Start, floor, Weight::Regular, "spent on".to_owned(), scheme.faint_ink())
            };
            marks.push(words(dimension.key(), Point::new(x, heads), anchor, size, weight, text, color));
        }
    }
}

/// The node or band that a mark stands for.
pub fn room_focus(graph: &FlowGraph, mark: MarkId) -> Option<Focus> {
    let node = (0..graph.nodes.len()).find(|&node| node_mark(graph, node) == mark).map(Focus::Node);
    let link = || (0..graph.links.len()).find(|&link| link_mark(graph, link) == mark).map(Focus::Link);
    node.or_else(link)
}

/// A box that can be seen however small its amount.
fn at_least(rect: Rect, height: f64) -> Rect {
    let more = ((height - rect.height()) / 2.0).max(0.0);
    Rect::new(rect.x0, rect.y0 - more, rect.x1, rect.y1 + more)
}

/// An outline of dashes: a line of marks, since strokes are whole in every output.
pub(super) fn add_dashes(marks: &mut Vec<Mark>, of: MarkId, rect: Rect, color: Color, line: f64) {
    let corners = [
        Point::new(rect.x0, rect.y0),
        Point::new(rect.x1, rect.y0),
        Point::new(rect.x1, rect.y1),
        Point::new(rect.x0, rect.y1),
    ];
    for side in 0..4 {
        let (from, to) = (corners[side], corners[(side + 1) % 4]);
        let length = (to - from).hypot();
        // A dash at either end, so that corners are closed.
        let count = ((length / (line * 9.0)).round() as usize).max(1);
        let part = length / (count as f64 * 1.6 - 0.6).max(1.0);
        for dash in 0..count {
            let start = part * 1.6 * dash as f64;
            let way = (to - from) / length.max(f64::MIN_POSITIVE);
            let ends = [from + way * start, from + way * (start + part).min(length)];
            let id = MarkId::of(&["dash", &of.0.to_string(), &side.to_string(), &dash.to_string()]);
            let paint = Paint::stroke(color, line as f32);
            marks.push(Mark::decoration(id, Shape::line(ends[0], ends[1]), paint));
        }
    }
}
