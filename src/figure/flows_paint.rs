//! How bands and nodes of the flows are painted: bands as solid tints with an edge, hatched by how well their money is
//! known; nodes in the hues of one dimension, all others slate.

use super::dashes::dashes_around;
use super::flows::{FlowsInput, color_of, passed_on};
use super::flows_evidence::covering_grade;
use super::flows_pool::{hatched_grade, pool_band_color, pool_node_color};
use super::{Color, HatchKind, Mark, MarkId, Paint, Palette, Rect, Scheme};
use crate::dimension::Dimension;
use crate::flow::{FlowLink, PartKind, Remainder};

/// The paint of a part of a band, without its edge.
pub(super) fn part_paint(
    input: &FlowsInput<'_>,
    palette: &Palette,
    link: &FlowLink,
    kind: PartKind,
) -> Paint {
    if link.amount.is_negative() {
        // A credit runs against the flow: an outline without a body, so that nobody takes it for money in.
        return Paint::fill(input.scheme.ground()).outlined(input.scheme.focus(), 1.0);
    }
    let own = palette.band(input.ledger.names(input.color_by).name(kind.color));
    // Of what is folded there is one band, of no color: its parts are of too many names to be told apart.
    let is_folded = [link.source, link.target]
        .into_iter()
        .any(|node| input.graph.nodes[node].remainder() == Some(Remainder::Other));
    let own = if is_folded { input.scheme.rest_band() } else { own };
    let fill = pool_band_color(input.scheme, input.graph, link, own);
    let grade = hatched_grade(input.graph, link, kind);
    // Where nearly all is known alike, lines on all of it would tell nothing apart: nodes have them, and a stamp says so.
    let shown = Some(grade).filter(|grade| *grade != kind.known || covering_grade(input.graph).is_none());
    let hatch = passed_on(input, link.target).or(shown.and_then(HatchKind::of));
    Paint::fill(fill).hatched(hatch.map(|kind| input.scheme.hatch_on(kind, fill)))
}

/// A band's paint with its edge, by which bands that cross are told apart: in the ground's color, and around the rest,
/// which is hardly more than ground, a line.
pub(super) fn edged(paint: Paint, width_px: f64, scheme: Scheme) -> Paint {
    const EDGE_PX: f64 = 0.75;
    // Bands lie side by side at their node: wide edges of thin ones would hide their neighbours.
    const SHARE: f64 = 0.3;
    if paint.stroke.is_some() {
        return paint;
    }
    let color = if paint.fill == scheme.rest_band() { scheme.muted() } else { scheme.ground() };
    paint.outlined(color, EDGE_PX.min(width_px * SHARE) as f32)
}

/// A node has a hue where it is of the dimension that is colored or lies under it, as a service lies under its theme; the
/// nodes of all other layers are slate, even where by chance all of one's money is of one color. A rest is an outline on
/// the ground in every layer.
pub(super) fn node_color(input: &FlowsInput<'_>, palette: &Palette, index: usize) -> Color {
    let node = &input.graph.nodes[index];
    if node.remainder().is_some() {
        return input.scheme.ground();
    }
    if let Some(color) = pool_node_color(input.scheme, input.graph, index) {
        return color;
    }
    let mut colors = node.parts.iter().map(|part| part.kind.color);
    match colors.next() {
        Some(first)
            if colors.all(|color| color == first)
                && has_hue(input.graph.layers[node.layer], input.color_by) =>
        {
            color_of(input, palette, first)
        }
        _ => input.scheme.faint_ink(),
    }
}

/// The outline of a rest.
pub(super) fn add_dashes(marks: &mut Vec<Mark>, of: MarkId, bar: Rect, scheme: Scheme) {
    // Within the node's own room: nodes stand close.
    let inside = bar.inset(-(DASHED_PX / 2.0).min(bar.height() / 2.0));
    for (number, dash) in dashes_around(inside, DASH_PX).into_iter().enumerate() {
        let id = MarkId::of(&["dash", &of.0.to_string(), &number.to_string()]);
        let paint = Paint::stroke(scheme.faint_ink(), DASHED_PX as f32);
        marks.push(Mark::decoration(id, dash, paint).pointing_at(of));
    }
}

/// The line around a rest, and its dashes, px.
const DASHED_PX: f64 = 1.0;
const DASH_PX: f64 = 4.0;

fn has_hue(layer: Dimension, color_by: Dimension) -> bool {
    let lies_under = matches!(
        (layer, color_by),
        (Dimension::Service, Dimension::Theme) | (Dimension::Agency, Dimension::Sector)
    );
    layer == color_by || lies_under
}
