//! The words beside the nodes while something is traced: how much of each runs through it, of how much. What is lit is
//! said whole; names of the rest stand back.

use super::flows::{label_mark, node_mark};
use super::flows_label::{PlacedLabel, label_of, said};
use super::label_column::{WantedLabel, arranged};
use super::label_marks::Inks;
use super::lens_label::side_inks;
use super::node_label::{NodeLabel, SetLabel, Word};
use super::{Anchor, FlowsFigure, FlowsInput, Mark, Point, Rect, Shape, Text, Weight};
use crate::flow::Trace;

/// The size of letters where no label says it, px.
const LETTERS_PX: f64 = 14.0;

impl FlowsFigure {
    /// What is above the bands, with the labels as they are while something is traced.
    pub(super) fn labels_traced(&self, input: &FlowsInput<'_>, trace: &Trace) -> Vec<Mark> {
        let marks = &self.figure.marks;
        let before = &marks[self.bands().len()..self.label_marks.start];
        let after = &marks[self.label_marks.end..];
        let mut all = before.to_vec();
        all.extend(self.columns_traced(input, trace));
        all.extend(after.iter().cloned());
        for (node, traced) in trace.nodes.iter().enumerate() {
            if traced.is_zero() {
                recede(&mut all[before.len()..], input, node);
            } else {
                self.head_traced(&mut all, input, trace, node);
            }
        }
        all
    }

    /// About where the label of a node stands while it is lit, px: with what its amount is a part of. None where it has none.
    pub fn lit_label_box(&self, node: usize) -> Option<Rect> {
        let placed = self.placed.iter().find(|placed| placed.node == node)?;
        let (label, place) = (&placed.label, placed.place);
        let more = label.traced_width() - label.amount_width();
        let width = (placed.set.width() + more).min(placed.room);
        let left = if place.is_right { place.bar.x1 + place.gap } else { place.bar.x0 - place.gap - width };
        let half = placed.set.height().max(2.0 * label.line_px()) / 2.0;
        Some(Rect::new(left, place.y - half, left + width, place.y + half))
    }

    /// The labels of each layer, from above, as they make room for each other.
    fn columns_traced(&self, input: &FlowsInput<'_>, trace: &Trace) -> Vec<Mark> {
        let mut all = Vec::new();
        for layer in 0..input.graph.layers.len() {
            let mut column: Vec<PlacedLabel> = Vec::new();
            let mut wanted: Vec<WantedLabel> = Vec::new();
            for (node, _) in input.graph.layer(layer) {
                let placed = self.placed.iter().find(|placed| placed.node == node);
                let is_lit = !trace.nodes[node].is_zero();
                let Some(mut own) =
                    placed.cloned().or_else(|| self.new_label(input, node).filter(|_| is_lit))
                else {
                    continue;
                };
                if is_lit {
                    own.label = lit_label(input, trace, node, &own.label);
                }
                let bar = own.place.bar;
                let mut forms = forms(&own, is_lit);
                forms.retain(|form| form.width() <= own.room + 0.5);
                if forms.is_empty() {
                    continue;
                }
                wanted.push(WantedLabel {
                    forms,
                    side: (bar.y0, bar.y1),
                    line: own.label.line_px(),
                    worth: match (is_lit, placed.is_some()) {
                        (true, true) => 2,
                        (true, false) => 1,
                        _ => 0,
                    },
                });
                column.push(own);
            }
            let foot = self.options.height;
            let arranged = arranged(&wanted, (self.label_top, foot));
            for ((mut own, wanted), place) in column.into_iter().zip(wanted).zip(arranged) {
                let Some((form, y)) = place else { continue };
                own.set = wanted.forms[form].clone();
                own.place.y = y;
                let is_lit = !trace.nodes[own.node].is_zero();
                let inks = match (is_lit, self.lens) {
                    (false, _) => Inks::all(input.scheme.receding_ink()),
                    (true, Some(_)) => side_inks(input, own.node),
                    (true, None) => Inks::of(input.scheme),
                };
                all.extend(own.marks(input, inks));
            }
        }
        all
    }

    /// A label for a node that has none for want of room: what is traced comes first. None where all else is in the way.
    fn new_label(&self, input: &FlowsInput<'_>, node: usize) -> Option<PlacedLabel> {
        if self.lens.is_some() || input.graph.is_same_rest_as_before(node) {
            return None;
        }
        let px = self.placed.first().map_or(LETTERS_PX, |placed| placed.label.px);
        let label = label_of(input, node, px);
        let room = self.labels.room(input, node);
        let place =
            self.labels.place(input, &self.layout, &self.options, node, self.node_box(node).center().y);
        let set = label.set(room, 1);
        Some(PlacedLabel { node, label, set, place, room })
    }

    /// A name and an amount that stand above what they name, as the pool's do under a lens: with what runs through it.
    fn head_traced(&self, marks: &mut Vec<Mark>, input: &FlowsInput<'_>, trace: &Trace, node: usize) {
        let (id, amount) = (node_mark(input.graph, node), input.graph.nodes[node].amount);
        let is_placed = self.placed.iter().any(|placed| placed.node == node);
        let is_amount = |mark: &Mark| mark.id == label_mark("amount", id);
        let Some(at) = marks.iter().position(is_amount).filter(|_| !is_placed && trace.nodes[node] != amount)
        else {
            return;
        };
        let Shape::Label(text) = &mut marks[at].shape else { return };
        let faint = input.scheme.faint_ink();
        let (y, centre, px) = (text.at.y, text.at.x, text.size_px);
        let part = Text { content: said(input, trace.nodes[node]), anchor: Anchor::Start, ..text.clone() };
        let whole = Text {
            content: format!("of {}", said(input, amount)),
            size_px: px * 0.7,
            weight: Weight::Regular,
            ..part.clone()
        };
        let between = px * 0.28;
        let left = centre - (part.width() + between + whole.width()) / 2.0;
        let beside = Text { at: Point::new(left + part.width() + between, y), ..whole };
        *text = Text { at: Point::new(left, y), ..part };
        let tooltip = marks[at].tooltip.clone();
        let whole = Mark::label(label_mark("whole", id), beside, faint).pointing_at(id).with_tooltip(tooltip);
        marks.insert(at + 1, whole);
    }
}

/// Ways of setting a label, that which says most first, each on fewer lines than the one before.
fn forms(own: &PlacedLabel, is_lit: bool) -> Vec<SetLabel> {
    let height = own.place.bar.height();
    let set = |label: &NodeLabel, lines| label.set_with_facts(own.room, lines, height);
    let plain = NodeLabel { is_subject: false, ..own.label.clone() };
    let all = [set(&own.label, 2), set(&plain, 2), set(&plain, 1)];
    let all = if is_lit { all.to_vec() } else { vec![own.set.clone(), set(&plain, 1)] };
    let mut forms: Vec<SetLabel> = Vec::new();
    for form in all {
        if forms.last().is_none_or(|last| form.height() < last.height()) {
            forms.push(form);
        }
    }
    forms
}

/// What runs through a node, and of how much where that is more.
fn lit_label(input: &FlowsInput<'_>, trace: &Trace, node: usize, label: &NodeLabel) -> NodeLabel {
    let (traced, amount) = (trace.nodes[node], input.graph.nodes[node].amount);
    let px = label.amounts.first().map_or(label.px, |amount| amount.px);
    let mut amounts = vec![Word::amount(said(input, traced), px)];
    if traced != amount {
        amounts.push(Word::quiet("whole", format!("of {}", said(input, amount)), px));
    }
    // All that is traced runs through what the picture is about.
    NodeLabel { amounts, is_subject: traced == trace.total, ..label.clone() }
}

/// Words of a node that nothing runs through, other than its label.
fn recede(marks: &mut [Mark], input: &FlowsInput<'_>, node: usize) {
    let id = node_mark(input.graph, node);
    for mark in marks.iter_mut().filter(|mark| mark.target == Some(id)) {
        if matches!(mark.shape, Shape::Label(_)) {
            mark.paint.fill = input.scheme.receding_ink();
        }
    }
}
