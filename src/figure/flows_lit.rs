//! What is lit of flows while something is traced, as numbers: for a page that lights it by itself.

use kurbo::Rect;

use super::flows::{amount_mark, link_mark, node_mark};
use super::flows_trace::lit_parts;
use super::{Color, FlowsFigure, FlowsInput, MarkId, Palette, RibbonShape, Shape};
use crate::flow::{Trace, stable_key};

/// What is lit while something is traced.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LitFlows {
    pub bands: Vec<LitBand>,
    pub nodes: Vec<LitNode>,
}

/// A part of a band that is lit, as shares of its width from its upper edge.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LitBand {
    pub band: MarkId,
    pub from: f64,
    pub until: f64,
    pub color: Color,
}

/// A node that something traced runs through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LitNode {
    /// Its number in the graph.
    pub node: usize,
    pub mark: MarkId,
    /// What of it is filled; the rest of it is an outline.
    pub bar: Rect,
    pub color: Color,
}

impl FlowsFigure {
    /// What is lit of the drawing, where and in which colors.
    pub fn lit(&self, input: &FlowsInput<'_>, trace: &Trace) -> LitFlows {
        let palette = Palette::new(input.ledger, input.color_by, input.scheme);
        let mut bands = Vec::new();
        for (index, link) in input.graph.links.iter().enumerate() {
            for (part, from, until) in lit_parts(input, trace, index) {
                let color = super::flows::part_paint(input, &palette, link, link.parts[part].kind).fill;
                bands.push(LitBand { band: link_mark(input.graph, index), from, until, color });
            }
        }
        let marks = self.trace_above_bands(input, trace, None);
        let bar_of = |id: MarkId| {
            let mark = marks.iter().find(|mark| mark.id == id)?;
            let Shape::Bar(bar) = mark.shape else { return None };
            Some((bar, mark.paint.fill))
        };
        let nodes = (0..input.graph.nodes.len()).filter(|&node| !trace.nodes[node].is_zero());
        let nodes = nodes.filter_map(|node| {
            let mark = node_mark(input.graph, node);
            let part = MarkId(stable_key(&["lit", &mark.0.to_string()]));
            let (bar, color) = bar_of(part).or_else(|| bar_of(mark))?;
            Some(LitNode { node, mark, bar, color })
        });
        LitFlows { bands, nodes: nodes.collect() }
    }

    /// Each band as a whole, whatever it is drawn of, by the mark that is pointed at.
    pub fn whole_bands(&self, input: &FlowsInput<'_>) -> Vec<(MarkId, RibbonShape)> {
        let marks = (0..input.graph.links.len()).map(|link| link_mark(input.graph, link));
        marks.zip(self.bands.iter().cloned()).collect()
    }

    /// The mark of each node, in the order of the graph, and that of the words of its amount.
    pub fn node_marks(&self, input: &FlowsInput<'_>) -> Vec<(MarkId, MarkId)> {
        let nodes = 0..input.graph.nodes.len();
        nodes.map(|node| (node_mark(input.graph, node), amount_mark(input.graph, node))).collect()
    }
}
