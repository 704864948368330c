//! The words beside the nodes while something is traced: how much of each runs through it, of how much. What is lit is
//! said whole; names of the rest stand back, and make room.

use std::collections::{BTreeMap, HashMap};

use super::flows::{label_mark, node_mark};
use super::flows_label::{said, shown_name};
use super::flows_trace::receding_ink;
use super::flows_trace_room::arranged;
use super::{
    Anchor, Color, FlowsFigure, FlowsInput, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Text, Weight,
    fit, width_px,
};
use crate::flow::Trace;

/// The size of letters where no label says it, px.
const LETTERS_PX: f64 = 14.0;
/// Between a name and its amounts, px.
const BETWEEN_PX: f64 = 7.0;
/// Between two amounts, as a share of the letters' size: a space.
const SPACE: f64 = 0.28;
/// Around words that stand on bands, px.
const PLATE_PX: f64 = 3.0;
/// From a node to its label, and from a label to the next node, px.
const GAP_PX: f64 = 6.0;
/// The height of a line of letters a pixel high.
const LINE: f64 = 18.0 / 14.0;
/// A name cut to fewer letters than this says nothing.
const LEAST_LETTERS: usize = 4;

/// Where a node's label stands, and what it says.
pub(super) struct Lit {
    /// Its first line, as the drawing has it.
    name: Text,
    /// What of the name stands on the second line.
    rest: Option<Text>,
    /// Its amount, which may have larger letters.
    amount: Option<Text>,
    is_right: bool,
    is_on_bands: bool,
    /// Where it ends on the right as it is drawn, and how wide it may be, px.
    right: f64,
    room: f64,
    /// What runs through, and of how much where that is more.
    share: String,
    whole: String,
    color: Color,
    /// Its node.
    bar: Rect,
    /// Nothing stands by the node while nothing is traced.
    pub(super) is_new: bool,
}

/// A word of a label: what it is, and in which letters.
struct Word {
    what: &'static str,
    content: String,
    weight: Weight,
    px: f64,
}

/// Words beside each other, and where they stand, px from the top.
struct Line {
    words: Vec<Word>,
    y: f64,
}

impl FlowsFigure {
    /// What is above the bands, with the labels as they are while something is traced.
    pub(super) fn labels_traced(&self, input: &FlowsInput<'_>, trace: &Trace) -> Vec<Mark> {
        let nodes: HashMap<MarkId, usize> =
            (0..input.graph.nodes.len()).map(|node| (node_mark(input.graph, node), node)).collect();
        let is_label = |mark: &Mark| matches!(mark.shape, Shape::Label(_));
        let node_of = |mark: &Mark| mark.target.and_then(|target| nodes.get(&target)).copied();
        let mut marks: Vec<Mark> = Vec::with_capacity(self.above_bands().len());
        let mut lit: Vec<(usize, Mark)> = Vec::new();
        for mark in self.above_bands() {
            match node_of(mark).filter(|_| is_label(mark)) {
                Some(node) if !trace.nodes[node].is_zero() => lit.push((node, mark.clone())),
                Some(_) => {
                    let mut mark = mark.clone();
                    mark.paint.fill = receding_ink(input.scheme);
                    marks.push(mark);
                }
                None => marks.push(mark.clone()),
            }
        }
        let said = self.say_lit(input, trace, &lit);
        // Where two cannot be read one above the other, what is traced is.
        let rooms: Vec<Rect> = said.iter().map(|mark| mark.shape.bounds()).collect();
        let is_covered = |mark: &Mark| {
            let bounds = mark.shape.bounds().inset(-1.0);
            rooms.iter().any(|room| room.overlaps(bounds))
        };
        let covered: Vec<MarkId> = marks
            .iter()
            .filter(|mark| is_label(mark) && node_of(mark).is_some() && is_covered(mark))
            .filter_map(|mark| mark.target)
            .collect();
        marks.retain(|mark| !is_label(mark) || mark.target.is_none_or(|target| !covered.contains(&target)));
        marks.extend(said);
        marks
    }

    /// The labels of the nodes that something is traced through.
    fn say_lit(&self, input: &FlowsInput<'_>, trace: &Trace, lit: &[(usize, Mark)]) -> Vec<Mark> {
        let mut all = Vec::new();
        let mut nodes: Vec<usize> = lit.iter().map(|(node, _)| *node).collect();
        nodes.dedup();
        // Of each layer and side from above, as they make room for each other.
        let mut columns: BTreeMap<(usize, bool), Vec<(usize, Lit)>> = BTreeMap::new();
        for node in nodes {
            let own: Vec<&Mark> = lit.iter().filter(|(of, _)| *of == node).map(|(_, mark)| mark).collect();
            let Some(label) = self.lit_label(input, trace, node, &own) else {
                all.extend(own.into_iter().cloned());
                continue;
            };
            let id = node_mark(input.graph, node);
            let is_own =
                |mark: &&Mark| ["name", "rest", "amount"].iter().any(|word| label_mark(word, id) == mark.id);
            // What else is said of it (such as shares) goes on standing there.
            all.extend(own.iter().filter(|mark| !is_own(mark)).map(|mark| (*mark).clone()));
            let column = (input.graph.nodes[node].layer, label.is_right);
            columns.entry(column).or_default().push((node, label));
        }
        let px = columns.values().flatten().next().map_or(LETTERS_PX, |(_, label)| label.name.size_px);
        for (node, traced) in trace.nodes.iter().enumerate() {
            let is_said = lit.iter().any(|(of, _)| *of == node);
            if !traced.is_zero() && !is_said {
                let label = self.new_label(input, trace, node, px);
                columns
                    .entry((input.graph.nodes[node].layer, label.is_right))
                    .or_default()
                    .push((node, label));
            }
        }
        for column in columns.into_values() {
            for ((node, label), (center, lines)) in arranged(column) {
                let id = node_mark(input.graph, node);
                let tooltip = input.graph.nodes[node].name.to_string();
                let words = label.set(center, lines);
                if label.is_on_bands {
                    let lines = words.chunk_by(|(_, one), (_, other)| (one.at.y - other.at.y).abs() < 1.0);
                    for (line, words) in lines.enumerate() {
                        let rooms: Vec<Rect> = words.iter().map(|(_, text)| text.bounds()).collect();
                        all.extend(plate(input.scheme, &[&id.0.to_string(), &line.to_string()], &rooms));
                    }
                }
                for (word, text) in words {
                    let color = if word == "whole" { input.scheme.faint_ink() } else { label.color };
                    let mark = Mark::label(label_mark(word, id), text, color);
                    all.push(mark.pointing_at(id).with_tooltip(tooltip.clone()));
                }
            }
        }
        all
    }

    fn lit_label(&self, input: &FlowsInput<'_>, trace: &Trace, node: usize, own: &[&Mark]) -> Option<Lit> {
        let id = node_mark(input.graph, node);
        let text = |word: &str| {
            own.iter().find(|mark| mark.id == label_mark(word, id)).and_then(|mark| match &mark.shape {
                Shape::Label(text) => Some(text.clone()),
                _ => None,
            })
        };
        let name = text("name")?;
        let color = own.iter().find(|mark| mark.id == label_mark("name", id))?.paint.fill;
        let bar = self.node_box(node);
        let is_right = name.left() >= bar.x1;
        let layer = input.graph.nodes[node].layer;
        let side = |layer: usize| self.layer_sides(input.graph, layer);
        let right = own.iter().map(|mark| mark.shape.bounds().x1).fold(f64::MIN, f64::max);
        let room = if is_right {
            side(layer + 1).map_or(self.figure.width, |(x0, _)| x0 - GAP_PX) - name.left()
        } else {
            right - layer.checked_sub(1).and_then(side).map_or(self.label_left(), |(_, x1)| x1 + GAP_PX)
        };
        let (traced, amount) = (trace.nodes[node], input.graph.nodes[node].amount);
        Some(Lit {
            rest: text("rest"),
            amount: text("amount"),
            is_right,
            is_on_bands: is_right && side(layer + 1).is_some(),
            right,
            room,
            share: said(input, traced),
            whole: if traced == amount { String::new() } else { format!("of {}", said(input, amount)) },
            name,
            color,
            bar,
            is_new: false,
        })
    }

    /// A label for a node that has none for want of room: what is traced comes first.
    fn new_label(&self, input: &FlowsInput<'_>, trace: &Trace, node: usize, px: f64) -> Lit {
        let of = &input.graph.nodes[node];
        let bar = self.node_box(node);
        let is_right = of.layer > 0;
        let (x, anchor) =
            if is_right { (bar.x1 + GAP_PX, Anchor::Start) } else { (bar.x0 - GAP_PX, Anchor::End) };
        let at = Point::new(x, bar.center().y);
        let mut name = Text::centred(at, anchor, px, Weight::SemiBold, shown_name(input, of));
        name.halo = Some(input.scheme.ground());
        let next = self.layer_sides(input.graph, of.layer + 1);
        let room = if is_right {
            next.map_or(self.figure.width, |(x0, _)| x0 - GAP_PX) - x
        } else {
            x - self.label_left()
        };
        let (traced, amount) = (trace.nodes[node], of.amount);
        Lit {
            name,
            rest: None,
            amount: None,
            is_right,
            is_on_bands: is_right && next.is_some(),
            right: x,
            room,
            share: said(input, traced),
            whole: if traced == amount { String::new() } else { format!("of {}", said(input, amount)) },
            color: input.scheme.ink(),
            bar,
            is_new: true,
        }
    }

    /// How far left words may stand, px.
    fn label_left(&self) -> f64 {
        self.lens.as_ref().map_or(0.0, |lens| lens.label_left)
    }
}

impl Lit {
    pub(super) fn line_px(&self) -> f64 {
        self.name.size_px * LINE
    }

    /// The second line, where the drawing has two.
    pub(super) fn second(&self) -> Option<&Text> {
        let second = self.rest.as_ref().or(self.amount.as_ref());
        second.filter(|text| (text.at.y - self.name.at.y).abs() > 1.0)
    }

    /// The middle between its lines' feet, px.
    pub(super) fn center(&self) -> f64 {
        f64::midpoint(self.name.at.y, self.second().map_or(self.name.at.y, |second| second.at.y))
    }

    fn full_name(&self) -> String {
        let rest = self.rest.as_ref().map(|rest| format!(" {}", rest.content));
        self.name.content.clone() + rest.as_deref().unwrap_or_default()
    }

    /// How many lines say all of it.
    pub(super) fn lines(&self) -> usize {
        let one = self.line(Some(("name", &self.full_name())), Some(&self.whole), 0.0);
        if self.second().is_none() && one.width() <= self.room { 1 } else { 2 }
    }

    /// Its words, each with what it is, where they stand: on so many lines around a middle, px.
    fn set(&self, center: f64, lines: usize) -> Vec<(&'static str, Text)> {
        let full = self.full_name();
        let half = self.second().map_or(self.line_px(), |second| second.at.y - self.name.at.y) / 2.0;
        let (first, second) = (center - half, center + half);
        if lines == 2 {
            // The amounts stand behind the end of the name where they fit, and else the name is one line and they are
            // another.
            let rest = self.rest.as_ref().map(|rest| ("rest", rest.content.as_str()));
            let behind = self.line(rest, Some(&self.whole), second);
            if behind.width() <= self.room {
                let name = self.cut(&self.name.content, self.room);
                return self.placed(vec![self.line(Some(("name", &name)), None, first), behind]);
            }
            let name = self.cut(&full, self.room);
            return self.placed(vec![
                self.line(Some(("name", &name)), None, first),
                self.line(None, Some(&self.whole), second),
            ]);
        }
        let one = self.line(Some(("name", &full)), Some(&self.whole), center);
        if one.width() <= self.room {
            return self.placed(vec![one]);
        }
        // The name is cut, never an amount; and of two amounts what is traced is said.
        for whole in [self.whole.as_str(), ""] {
            let amounts = self.line(None, Some(whole), center).width();
            let name = self.cut(&full, self.room - amounts - BETWEEN_PX);
            if name.chars().count() > LEAST_LETTERS {
                return self.placed(vec![self.line(Some(("name", &name)), Some(whole), center)]);
            }
        }
        self.placed(vec![self.line(None, Some(&self.whole), center)])
    }

    /// A line to the node, where the words have been moved off it.
    fn leader(&self, first: Point) -> Vec<Point> {
        // The capitals' middle is above their feet.
        let y = first.y - self.name.size_px * 0.36;
        let is_moved = (first.y - self.name.at.y).abs() > 1.0;
        if !is_moved {
            return self.name.leader.clone();
        }
        if (self.bar.y0 - 1.0..=self.bar.y1 + 1.0).contains(&y) || self.name.anchor == Anchor::Middle {
            return Vec::new();
        }
        let (from, to) =
            if self.is_right { (self.bar.x1, first.x - 1.0) } else { (self.bar.x0, self.right + 1.0) };
        vec![Point::new(from, self.bar.center().y), Point::new(to, y)]
    }

    /// As much of a name as there is room for, in whole words where one of them has room.
    fn cut(&self, name: &str, room_px: f64) -> String {
        let (px, weight) = (self.name.size_px, self.name.weight);
        let has_room = |text: &str| width_px(text, px, weight) <= room_px;
        if has_room(name) {
            return name.to_owned();
        }
        let cuts = name.match_indices(' ').map(|(at, _)| format!("{}\u{2026}", &name[..at]));
        let whole = cuts.rev().find(|cut| has_room(cut));
        whole.unwrap_or_else(|| fit(name, room_px.max(0.0), px, weight).text)
    }

    /// Words of a name, and the amounts behind them.
    fn line(&self, name: Option<(&'static str, &str)>, whole: Option<&str>, y: f64) -> Line {
        let word = |what, content: &str, weight, px| Word { what, content: content.to_owned(), weight, px };
        let px = self.name.size_px;
        let mut words: Vec<Word> =
            name.into_iter().map(|(what, content)| word(what, content, self.name.weight, px)).collect();
        if let Some(whole) = whole {
            let (px, weight) = match &self.amount {
                Some(amount) if amount.weight != Weight::Regular => (amount.size_px, amount.weight),
                _ => (px, Weight::SemiBold),
            };
            words.push(word("amount", &self.share, weight, px));
            if !whole.is_empty() {
                words.push(word("whole", whole, Weight::Regular, px.min(self.name.size_px * 1.2)));
            }
        }
        Line { words, y }
    }

    fn placed(&self, lines: Vec<Line>) -> Vec<(&'static str, Text)> {
        let mut placed = Vec::new();
        for line in lines {
            let width = line.width();
            let mut x = match self.name.anchor {
                Anchor::Middle => self.name.at.x - width / 2.0,
                _ if self.is_right => self.name.left(),
                _ => self.right - width,
            };
            let mut is_first = true;
            for word in line.words {
                if !is_first {
                    x += word.before();
                }
                is_first = false;
                let width = word.width();
                // All else as the drawing has it: rim, and what leads to the node.
                let leader =
                    if word.what == "name" { self.leader(Point::new(x, line.y)) } else { Vec::new() };
                let (at, anchor) = (Point::new(x, line.y), Anchor::Start);
                let Word { what, content, weight, px: size_px } = word;
                placed
                    .push((what, Text { at, anchor, size_px, weight, content, leader, ..self.name.clone() }));
                x += width;
            }
        }
        placed
    }
}

impl Word {
    /// What it stands apart from the word before it, px.
    fn before(&self) -> f64 {
        match self.what {
            "amount" => BETWEEN_PX,
            "whole" => SPACE * self.px,
            _ => 0.0,
        }
    }

    fn width(&self) -> f64 {
        width_px(&self.content, self.px, self.weight)
    }
}

impl Line {
    fn width(&self) -> f64 {
        let gaps = self.words.iter().skip(1).map(Word::before);
        self.words.iter().map(Word::width).sum::<f64>() + gaps.sum::<f64>()
    }
}

/// What is beneath words, so that they can be read on whatever they stand.
fn plate(scheme: Scheme, [node, line]: &[&str; 2], words: &[Rect]) -> Option<Mark> {
    let (first, rest) = words.split_first()?;
    let room = rest.iter().fold(*first, |room, word| room.union(*word));
    // Letters have air of their own above and below.
    let room = Rect::new(room.x0 - PLATE_PX, room.y0, room.x1 + PLATE_PX, room.y1);
    let paint = Paint::fill(scheme.ground()).opacity(0.88);
    Some(Mark::decoration(MarkId::of(&["plate", node, line]), room, paint))
}
