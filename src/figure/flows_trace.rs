//! What runs through a node or a band that is pointed at, lit at its exact place and width in every band; the
//! rest is dimmed by a veil.

use kurbo::{Point, Rect};

use super::flows::{link_mark, link_tooltip, part_paint, ribbon_shape, shares};
use super::flows_layout::HEADING_PX;
use super::{Figure, FlowsFigure, FlowsInput, Hatch, Mark, MarkId, Paint, Palette, Shape};
use crate::flow::{Focus, Trace, stable_key};
use crate::money::Share;

impl FlowsFigure {
    /// The drawing with everything dimmed but the share that runs through what is traced, at its exact place and
    /// width in every band.
    pub fn traced(&self, input: &FlowsInput<'_>, trace: &Trace) -> Figure {
        let mut marks = self.bands().to_vec();
        marks.extend(self.trace_above_bands(input, trace));
        let Figure { title, notes, unbalanced, .. } = &self.figure;
        Figure {
            marks,
            title: title.clone(),
            notes: notes.clone(),
            unbalanced: unbalanced.clone(),
            ..self.figure
        }
    }

    /// The bands, beneath all else. They look the same whatever is traced: what dims them lies on top.
    pub fn bands(&self) -> &[Mark] {
        &self.figure.marks[..self.band_count()]
    }

    /// All but the bands.
    pub fn above_bands(&self) -> &[Mark] {
        &self.figure.marks[self.band_count()..]
    }

    /// What lies above the bands while something is traced.
    pub fn trace_above_bands(&self, input: &FlowsInput<'_>, trace: &Trace) -> Vec<Mark> {
        // A veil and not paler bands: the bands then look the same whatever is traced, and painters may keep
        // them.
        let mut marks = vec![self.veil(input)];
        self.add_traced_bands(&mut marks, input, trace);
        marks.extend(self.above_bands().iter().map(|mark| self.dimmed(mark, trace)));
        marks
    }

    fn band_count(&self) -> usize {
        let is_band = |mark: &Mark| matches!(mark.shape, Shape::Ribbon(_));
        self.figure.marks.iter().take_while(|mark| is_band(mark)).count()
    }

    /// The ground, laid thinly over all bands.
    fn veil(&self, input: &FlowsInput<'_>) -> Mark {
        let (_, weak) = input.scheme.ribbon_opacity_traced();
        let opacity = 1.0 - weak;
        let area = Rect::from_points(
            Point::new(0.0, HEADING_PX / 2.0),
            Point::new(self.figure.width, self.layout_height_px()),
        );
        let paint = Paint::fill(input.scheme.ground()).opacity(opacity);
        Mark::decoration(MarkId(stable_key(&["veil"])), area, paint)
    }

    fn add_traced_bands(&self, marks: &mut Vec<Mark>, input: &FlowsInput<'_>, trace: &Trace) {
        let (strong, _) = input.scheme.ribbon_opacity_traced();
        let palette = Palette::new(input.ledger, input.color_by, input.scheme);
        for (index, link) in input.graph.links.iter().enumerate() {
            if trace.links[index].iter().all(|part| part.is_zero()) {
                continue;
            }
            let whole = ribbon_shape(&self.layout.links[index]);
            let target = link_mark(input.graph, index);
            for (part, (from, to)) in shares(&link.parts).enumerate() {
                let part_of_link = &link.parts[part];
                let traced = trace.links[index][part];
                let Some(share) = Share::of(traced.abs(), part_of_link.amount.abs()) else { continue };
                if traced.is_zero() {
                    continue;
                }
                // Where payments and credits meet in a part, what is traced may be more than the net that has
                // the width.
                let until = from + (to - from) * share.to_approximate().min(1.0);
                let paint = part_paint(input, &palette, link, part_of_link.kind).opacity(strong);
                let paint = paint.hatched(paint.hatch.map(Hatch::halved));
                let id = MarkId(stable_key(&["traced", &target.0.to_string(), &part.to_string()]));
                let tooltip = link_tooltip(input, index);
                marks.push(Mark::new(id, whole.sub_band(from, until), paint, tooltip).pointing_at(target));
            }
        }
    }

    /// A node or its label, paler where nothing of what is traced runs through it.
    fn dimmed(&self, mark: &Mark, trace: &Trace) -> Mark {
        let mut mark = mark.clone();
        if let Some(Focus::Node(node)) = mark.target.and_then(|target| self.focus_of(target))
            && trace.nodes[node].is_zero()
        {
            match mark.shape {
                // Names stay legible where their bars fade: one may want to point at them next.
                Shape::Bar(_) => mark.paint.opacity = 0.25,
                Shape::Label(_) => mark.paint.opacity = 0.45,
                _ => {}
            }
        }
        mark
    }
}
