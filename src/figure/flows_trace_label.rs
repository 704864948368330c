//! The words beside the nodes while something is traced: how much of each runs through it, of how much. What is lit is
//! said whole; names of the rest stand back, and make room.

use std::collections::HashMap;

use super::flows::{label_mark, node_mark};
use super::flows_trace::receding_ink;
use super::{Anchor, FlowsFigure, FlowsInput, Mark, MarkId, Point, Rect, Shape, Text, Weight, fit, width_px};
use crate::flow::Trace;
use crate::money::in_short;

/// Between a name and its amounts, px.
const BETWEEN_PX: f64 = 7.0;
/// From a node to its label, and from a label to the next node, px.
const GAP_PX: f64 = 6.0;
/// The height of a line of letters a pixel high.
const LINE: f64 = 18.0 / 14.0;
/// A name cut to fewer letters than this says nothing.
const LEAST_LETTERS: usize = 4;

/// Where a node's label stands, and what it says.
struct Lit {
    /// Its first line, as the drawing has it.
    name: Text,
    /// What of the name stands on the second line.
    rest: Option<Text>,
    /// Its amount, which may have larger letters.
    amount: Option<Text>,
    is_right: bool,
    /// Where it ends on the right as it is drawn, and how wide it may be, px.
    right: f64,
    room: f64,
    /// What runs through, and of how much where that is more.
    share: String,
    whole: String,
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
        let bounds: Vec<(usize, Rect)> =
            lit.iter().map(|(node, mark)| (*node, mark.shape.bounds())).collect();
        let mut said = Vec::new();
        let mut nodes: Vec<usize> = lit.iter().map(|(node, _)| *node).collect();
        nodes.dedup();
        for node in nodes {
            let own: Vec<&Mark> = lit.iter().filter(|(of, _)| *of == node).map(|(_, mark)| mark).collect();
            let Some(label) = self.lit_label(input, trace, node, &own) else {
                said.extend(own.into_iter().cloned());
                continue;
            };
            // Room for a second line is where no other lit label stands.
            let is_free = |room: Rect| bounds.iter().all(|(of, other)| *of == node || !other.overlaps(room));
            let id = node_mark(input.graph, node);
            let is_own =
                |mark: &&Mark| ["name", "rest", "amount"].iter().any(|word| label_mark(word, id) == mark.id);
            // What else is said of it (such as shares) goes on standing there.
            said.extend(own.iter().filter(|mark| !is_own(mark)).map(|mark| (*mark).clone()));
            let tooltip = input.graph.nodes[node].name.to_string();
            for (word, text) in label.set(&is_free) {
                let color = if word == "whole" { input.scheme.faint_ink() } else { input.scheme.ink() };
                let mark = Mark::label(label_mark(word, id), text, color);
                said.push(mark.pointing_at(id).with_tooltip(tooltip.clone()));
            }
        }
        said
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
            right,
            room,
            share: in_short(traced),
            whole: if traced == amount { String::new() } else { format!(" of {}", in_short(amount)) },
            name,
        })
    }

    /// How far left words may stand, px.
    fn label_left(&self) -> f64 {
        self.lens.as_ref().map_or(0.0, |lens| lens.label_left)
    }
}

impl Lit {
    /// Its words, each with what it is, where they stand.
    fn set(&self, is_free: &impl Fn(Rect) -> bool) -> Vec<(&'static str, Text)> {
        let y = self.name.at.y;
        let full = self.rest.as_ref().map_or_else(
            || self.name.content.clone(),
            |rest| format!("{} {}", self.name.content, rest.content),
        );
        let second = self.rest.as_ref().or(self.amount.as_ref()).filter(|text| (text.at.y - y).abs() > 1.0);
        if let Some(second) = second {
            // Two lines already: the amounts stand behind the end of the name where they fit, and else the name is one
            // line and they are another.
            let rest = self.rest.as_ref().map(|rest| ("rest", rest.content.as_str()));
            let behind = self.line(rest, Some(&self.whole), second.at.y);
            if behind.width() <= self.room {
                return self.placed(vec![self.line(Some(("name", &self.name.content)), None, y), behind]);
            }
            let name = self.cut(&full, self.room);
            return self.placed(vec![
                self.line(Some(("name", &name)), None, y),
                self.line(None, Some(&self.whole), second.at.y),
            ]);
        }
        let one = self.line(Some(("name", &full)), Some(&self.whole), y);
        if one.width() <= self.room {
            return self.placed(vec![one]);
        }
        let half = self.name.size_px * LINE / 2.0;
        let name = self.cut(&full, self.room);
        let two = self.placed(vec![
            self.line(Some(("name", &name)), None, y - half),
            self.line(None, Some(&self.whole), y + half),
        ]);
        if two.iter().all(|(_, text)| is_free(text.bounds().inset(-1.0))) {
            return two;
        }
        // The name is cut, never an amount; and of two amounts what is traced is said.
        for whole in [self.whole.as_str(), ""] {
            let amounts = self.line(None, Some(whole), y).width();
            let name = self.cut(&full, self.room - amounts - BETWEEN_PX);
            if name.chars().count() > LEAST_LETTERS {
                return self.placed(vec![self.line(Some(("name", &name)), Some(whole), y)]);
            }
        }
        self.placed(vec![self.line(None, Some(&self.whole), y)])
    }

    fn cut(&self, name: &str, width_px: f64) -> String {
        fit(name, width_px.max(0.0), self.name.size_px, self.name.weight).text
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
                if word.what == "amount" && !is_first {
                    x += BETWEEN_PX;
                }
                is_first = false;
                let width = word.width();
                // All else as the drawing has it: rim, and what leads to the node.
                let leader = if word.what == "name" { self.name.leader.clone() } else { Vec::new() };
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
    fn width(&self) -> f64 {
        width_px(&self.content, self.px, self.weight)
    }
}

impl Line {
    fn width(&self) -> f64 {
        let is_parted = self.words.first().is_some_and(|word| word.what != "amount")
            && self.words.iter().any(|word| word.what == "amount");
        self.words.iter().map(Word::width).sum::<f64>() + if is_parted { BETWEEN_PX } else { 0.0 }
    }
}
