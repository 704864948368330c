//! How bands and nodes of the flows are painted: bands as solid tints with an edge, hatched by how well their money is
//! known; nodes in the hues of one dimension, all others slate.

use super::flows::{FlowsInput, color_of, passed_on};
use super::flows_evidence::covering_grade;
use super::flows_pool::{hatched_grade, pool_band_color};
use super::{Color, HatchKind, Paint, Palette, Scheme};
use crate::dimension::{Dimension, Names};
use crate::flow::{FlowLink, FlowNode, Member, PartKind};

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
/// nodes of all other layers are slate, even where by chance all of one's money is of one color. A remainder is grey in
/// every layer.
pub(super) fn node_color(input: &FlowsInput<'_>, palette: &Palette, node: &FlowNode) -> Color {
    if is_remainder(node) {
        return input.scheme.neutral();
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

fn is_remainder(node: &FlowNode) -> bool {
    matches!(node.member, Member::Name(_)) && Names::is_remainder(&node.name)
}

fn has_hue(layer: Dimension, color_by: Dimension) -> bool {
    let lies_under = matches!(
        (layer, color_by),
        (Dimension::Service, Dimension::Theme) | (Dimension::Agency, Dimension::Sector)
    );
    layer == color_by || lies_under
}
