//! A drawing of flows that one has zoomed into: larger, in letters of their size.

use super::flows::{draw, set_labels};
use super::flows_label::labels_of;
use super::flows_layout::{label_sizes, sankey_graph};
use super::{FlowsFigure, FlowsInput, Mark};
use crate::sankey;

impl FlowsFigure {
    /// The same drawing so many times as large, in letters of their size: labels are set anew in the room there is then.
    #[must_use]
    pub fn magnified(&self, input: &FlowsInput<'_>, by: f64) -> Self {
        let larger = FlowsInput { width: input.width * by, height: input.height * by, ..input.clone() };
        let options = self.options.magnified(by);
        let px = self.placed.first().map(|placed| placed.label.px);
        let labels = labels_of(&larger, px);
        let mut graph = sankey_graph(&larger, &label_sizes(&larger, &labels, &options), &options);
        let labels = set_labels(&larger, labels, &mut graph, &options);
        let layout = sankey::magnified(&graph, &options, &self.layout, by);
        let mut drawn = draw(&larger, graph, options, layout, &labels);
        drawn.magnified = by;
        magnify_hatches(&mut drawn.figure.marks, by);
        drawn
    }
}

/// Hatches that grow with a picture: at their own pitch a large one would have thousands of lines.
pub(super) fn magnify_hatches(marks: &mut [Mark], by: f64) {
    for hatch in marks.iter_mut().filter_map(|mark| mark.paint.hatch.as_mut()) {
        hatch.unit *= by as f32;
    }
}
