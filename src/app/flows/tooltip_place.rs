//! Where words about something that is traced stand: off what is lit, as near to the pointer as that lets them be.

use egui::{Pos2, Rect, Vec2, pos2, vec2};

use crate::app::controls::Transform;
use crate::figure::FlowsFigure;
use crate::flow::{FlowGraph, Focus, trace};

/// What the words take at most, in points; they are seldom higher.
const SIZE: Vec2 = vec2(396.0, 210.0);
/// From the pointer, and from the edges of the canvas.
const GAP: f32 = 18.0;

/// The upper left corner of words about a node or a band.
pub(super) fn free_place(
    (graph, drawing): (&FlowGraph, &FlowsFigure),
    focus: Focus,
    transform: Transform,
    canvas: Rect,
    pointer: Pos2,
) -> Pos2 {
    let lit = lit_boxes(graph, drawing, focus, transform);
    let most = canvas.max - SIZE;
    let x = |wished: f32| wished.min(most.x).max(canvas.left());
    let y = |wished: f32| wished.min(most.y).max(canvas.top());
    let columns =
        [x(pointer.x + GAP), x(pointer.x - GAP - SIZE.x), x(canvas.left()), x(most.x), x(canvas.center().x)];
    let rows = [y(pointer.y + GAP), y(pointer.y - GAP - SIZE.y), y(canvas.top() + GAP), y(most.y)];
    let corners = columns.into_iter().flat_map(|x| rows.map(|y| pos2(x, y)));
    let cost = |corner: &Pos2| {
        let words = Rect::from_min_size(*corner, SIZE);
        let covered: f32 = lit.iter().map(|lit| area(words.intersect(*lit))).sum();
        // Under the pointer nothing may stand: what it is over could not be seen.
        let hidden = if words.expand(4.0).contains(pointer) { 1e9 } else { 0.0 };
        hidden + covered * 4.0 + words.center().distance(pointer) * 20.0
    };
    corners.min_by(|a, b| cost(a).total_cmp(&cost(b))).unwrap_or(pointer)
}

fn area(rect: Rect) -> f32 {
    if rect.is_positive() { rect.area() } else { 0.0 }
}

/// The nodes that something of what is traced runs through with what is said of them, and the bands between them, cut into boxes.
fn lit_boxes(graph: &FlowGraph, drawing: &FlowsFigure, focus: Focus, transform: Transform) -> Vec<Rect> {
    let traced = trace(graph, focus);
    let node = |node: usize| transform.rect(drawing.node_box(node));
    let lit = (0..graph.nodes.len()).filter(|&at| !traced.nodes[at].is_zero());
    let mut boxes: Vec<Rect> = lit
        .flat_map(|at| [Some(node(at)), drawing.lit_label_box(at).map(|words| transform.rect(words))])
        .flatten()
        .collect();
    for (link, parts) in graph.links.iter().zip(&traced.links) {
        if parts.iter().all(|part| part.is_zero()) {
            continue;
        }
        let (from, to) = (node(link.source), node(link.target));
        for step in 0..PIECES {
            let share = |step: f32| step / PIECES as f32;
            let (start, end) = (share(step as f32), share(step as f32 + 1.0));
            let along = |share: f32| egui::lerp(from.right()..=to.left(), share);
            let middle = egui::lerp(from.center().y..=to.center().y, f32::midpoint(start, end));
            boxes.push(Rect::from_min_max(pos2(along(start), middle - 6.0), pos2(along(end), middle + 6.0)));
        }
    }
    boxes
}

const PIECES: usize = 6;
