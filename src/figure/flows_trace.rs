//! What runs through a node or a band that is pointed at or pinned, lit at its exact place and width in every band, and
//! filled in every node as much as runs through it; all else recedes to grey.

use kurbo::{Point, Rect};

use super::flows::{color_of, link_mark, link_tooltip, node_mark, part_paint, shares};
use super::flows_layout::HEADING_PX;
use super::flows_magnified::magnify_hatches;
use super::flows_pool::{PoolSide, pool_side};
use super::{Color, Figure, FlowsFigure, FlowsInput, Hatch, Mark, MarkId, Paint, Palette, Scheme, Shape};
use crate::flow::{Focus, Trace, stable_key};
use crate::money::{Money, Share};

/// From so many px on a band that recedes has an edge of the ground, where others cross it.
// A thinner one would have little left but its edges.
const EDGED_PX: f64 = 3.0;
/// The edge around what is in a node and is not traced, px.
const OUTLINE_PX: f32 = 1.0;
/// What is traced of a node is at least so high, px, or it would not be seen.
const LEAST_LIT_PX: f64 = 1.5;
/// The head of a pin, and how far it stands from what it is stuck into, px.
const PIN_HEAD_PX: f64 = 5.5;
const PIN_PX: f64 = 15.0;
/// Where a pin may stand along a piece of a band.
const ALONG: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// Where a pin may stand across a band, as shares of its thickness.
const ACROSS: [f64; 5] = [0.5, 0.3, 0.7, 0.1, 0.9];
/// Around the head, in the colour of the ground.
const PIN_RIM_PX: f64 = 1.5;

impl FlowsFigure {
    /// The drawing with all of it grey but the share that runs through what is traced, at its exact place and width in
    /// every band; with a pin in what is pinned.
    pub fn traced(&self, input: &FlowsInput<'_>, trace: &Trace, pin: Option<Focus>) -> Figure {
        let mut marks = self.receding_bands(input);
        marks.extend(self.trace_above_bands(input, trace, pin));
        let Figure { title, notes, words, unbalanced, .. } = &self.figure;
        Figure {
            marks,
            title: title.clone(),
            notes: notes.clone(),
            words: words.clone(),
            unbalanced: unbalanced.clone(),
            ..self.figure
        }
    }

    /// The bands, beneath all else.
    pub fn bands(&self) -> &[Mark] {
        &self.figure.marks[..self.band_count()]
    }

    /// All but the bands.
    pub fn above_bands(&self) -> &[Mark] {
        &self.figure.marks[self.band_count()..]
    }

    /// The bands while something is traced, beneath all else: the same whatever that is, so that painters may keep them.
    pub fn receding_bands(&self, input: &FlowsInput<'_>) -> Vec<Mark> {
        let (gray, ground) = (receding(input.scheme), input.scheme.ground());
        let mut by_size: Vec<usize> = (0..input.graph.links.len()).collect();
        by_size.sort_by_key(|&link| std::cmp::Reverse(input.graph.links[link].amount.abs()));
        by_size
            .into_iter()
            .map(|link| {
                let shape = self.bands[link].clone();
                let paint = if input.graph.links[link].amount.is_negative() {
                    Paint::fill(ground).outlined(gray, 1.0)
                } else if shape.width() < EDGED_PX {
                    Paint::fill(gray)
                } else {
                    Paint::fill(gray).outlined(ground, 0.75)
                };
                let target = link_mark(input.graph, link);
                let id = MarkId(stable_key(&["receding", &target.0.to_string()]));
                Mark::new(id, shape, paint, link_tooltip(input, link)).pointing_at(target)
            })
            .collect()
    }

    /// What lies above the bands while something is traced.
    pub fn trace_above_bands(&self, input: &FlowsInput<'_>, trace: &Trace, pin: Option<Focus>) -> Vec<Mark> {
        let mut marks = Vec::new();
        let met = self.add_traced_bands(&mut marks, input, trace);
        let bands = marks.len();
        let mut above = self.labels_traced(input, trace);
        for (node, met) in met.iter().enumerate() {
            self.light_node(&mut above, input, trace, node, met);
        }
        marks.extend(above);
        // Nodes have theirs already as the drawing has them.
        magnify_hatches(&mut marks[..bands], self.magnified);
        if let Some(pin) = pin {
            let pin = self.pin_marks(input.scheme, pin, &marks);
            marks.extend(pin);
        }
        marks
    }

    fn band_count(&self) -> usize {
        let is_band = |mark: &Mark| matches!(mark.shape, Shape::Ribbon(_));
        self.figure.marks.iter().take_while(|mark| is_band(mark)).count()
    }

    /// The bands that are lit, and where and in which colors they meet the nodes.
    fn add_traced_bands(&self, marks: &mut Vec<Mark>, input: &FlowsInput<'_>, trace: &Trace) -> Vec<Met> {
        let (strong, _) = input.scheme.ribbon_opacity_traced();
        let palette = Palette::new(input.ledger, input.color_by, input.scheme);
        let mut met = vec![Met::default(); input.graph.nodes.len()];
        for (index, link) in input.graph.links.iter().enumerate() {
            let lit = lit_parts(input, trace, index);
            if lit.is_empty() {
                continue;
            }
            let target = link_mark(input.graph, index);
            for (part, from, until) in lit {
                let kind = link.parts[part].kind;
                let mut paint = part_paint(input, &palette, link, kind).opacity(strong);
                if paint.fill == input.scheme.rest_band() {
                    // What is hardly more than the ground would be less than what recedes.
                    paint.fill = input.scheme.neutral();
                }
                let paint = paint.hatched(paint.hatch.map(Hatch::halved));
                let id = MarkId(stable_key(&["traced", &target.0.to_string(), &part.to_string()]));
                let shape = self.bands[index].sub_band(from, until);
                let color = color_of(input, &palette, kind.color);
                let (upper, lower) = shape.edges();
                let first = (upper.first().map(|part| part.p0), lower.first().map(|part| part.p0));
                let last = (upper.last().map(|part| part.p3), lower.last().map(|part| part.p3));
                met[link.source].by(first, color);
                met[link.target].by(last, color);
                marks.push(Mark::new(id, shape, paint, link_tooltip(input, index)).pointing_at(target));
            }
        }
        met
    }

    /// A node is filled as much as runs through it, and the rest of it is an outline; one that nothing runs through is
    /// grey.
    fn light_node(
        &self,
        marks: &mut Vec<Mark>,
        input: &FlowsInput<'_>,
        trace: &Trace,
        node: usize,
        met: &Met,
    ) {
        let id = node_mark(input.graph, node);
        let Some(at) = marks.iter().position(|mark| mark.id == id) else { return };
        let Shape::Bar(bar) = marks[at].shape else { return };
        let ground = input.scheme.ground();
        let is_hollow = marks[at].paint.stroke.is_some();
        let is_rest = input.graph.nodes[node].remainder().is_some();
        if is_rest && trace.nodes[node].is_zero() {
            return;
        }
        if trace.nodes[node].is_zero() {
            let gray = receding_node(input.scheme);
            marks[at].paint =
                if is_hollow { Paint::fill(ground).outlined(gray, OUTLINE_PX) } else { Paint::fill(gray) };
            return;
        }
        // What nobody spends yet stays hollow, however much of it is lit.
        if is_hollow {
            return;
        }
        let is_of_pool = self.lens().is_some() || pool_side(input.graph, node) == Some(PoolSide::Inside);
        let color = met.color.filter(|_| !is_of_pool && !met.is_mixed).unwrap_or(marks[at].paint.fill);
        let color = if is_rest { input.scheme.neutral() } else { color };
        let is_whole = trace.nodes[node] == input.graph.nodes[node].amount;
        let share = Share::of(trace.nodes[node].abs(), input.graph.nodes[node].amount.abs());
        // Where payments and credits meet in a node, what is traced may be more than the net.
        let share = share.map_or(1.0, Share::to_approximate).min(1.0);
        if is_whole || bar.height() <= 2.0 * f64::from(OUTLINE_PX) {
            marks[at].paint.fill = color;
            return;
        }
        let height = (bar.height() * share).max(LEAST_LIT_PX).min(bar.height());
        let middle = if met.weight > 0.0 { met.weighted / met.weight } else { bar.center().y };
        let top = (middle - height / 2.0).clamp(bar.y0, (bar.y1 - height).max(bar.y0));
        let lit = Mark::new(
            MarkId(stable_key(&["lit", &id.0.to_string()])),
            Rect::new(bar.x0, top, bar.x1, top + height),
            Paint { fill: color, ..marks[at].paint },
            marks[at].tooltip.clone(),
        );
        // Within the node's own room: nodes stand close.
        if !is_rest {
            marks[at].shape = bar.inset(-f64::from(OUTLINE_PX) / 2.0).into();
            marks[at].paint = Paint::fill(ground).outlined(color, OUTLINE_PX);
        }
        marks.insert(at + 1, lit.pointing_at(id));
    }

    /// A pin, with its point in the node or the band that it holds, on no word of what it is stuck into.
    fn pin_marks(&self, scheme: Scheme, pin: Focus, beneath: &[Mark]) -> Vec<Mark> {
        let point = match pin {
            Focus::Node(node) => {
                let bar = self.node_box(node);
                // In a high node it stands within, so that it hides no name above.
                let y = if bar.height() > 2.0 * PIN_PX { bar.center().y } else { bar.y0 };
                // Nor a heading.
                let y = y.max(HEADING_PX + 8.0);
                Point::new(bar.center().x, y)
            }
            Focus::Link(link) => {
                let words: Vec<Rect> = beneath
                    .iter()
                    .filter(|mark| matches!(mark.shape, Shape::Label(_)))
                    .map(|mark| mark.shape.bounds())
                    .collect();
                let is_on_words = |at: Point| words.iter().any(|words| words.overlaps(pin_bounds(at)));
                let across = self.bands[link].strip();
                let (Some(first), Some(last)) = (across.first(), across.last()) else { return Vec::new() };
                // Pieces are longer where a band is straight: the middle one may be near an end.
                let centre = f64::midpoint(first.0.x, last.0.x);
                let along = across.windows(2).flat_map(|pair| {
                    ALONG.map(|share| (pair[0].0.lerp(pair[1].0, share), pair[0].1.lerp(pair[1].1, share)))
                });
                let places = along.flat_map(|(upper, lower)| {
                    ACROSS.map(|share| (upper.lerp(lower, share), (share - 0.5_f64).abs()))
                });
                let best = places.min_by(|(a, across_a), (b, across_b)| {
                    let off = |at: Point| (at.x - centre).abs();
                    is_on_words(*a)
                        .cmp(&is_on_words(*b))
                        .then(across_a.total_cmp(across_b))
                        .then(off(*a).total_cmp(&off(*b)))
                });
                best.map_or(first.0, |(at, _)| at)
            }
        };
        let head = pin_head(point);
        let (ink, ground) = (scheme.ink(), scheme.ground());
        let line = |key: &str, width| {
            let shape = Shape::line(head, point);
            Mark::decoration(MarkId::of(&["pin", key]), shape, width)
        };
        let dot = |key: &str, radius, paint| {
            Mark::decoration(MarkId::of(&["pin", key]), Shape::Dot { centre: head, radius }, paint)
        };
        vec![
            // A rim of the ground, or it would be lost on a dark node.
            line("rim", Paint::stroke(ground, 4.5)),
            dot("rim of the head", PIN_HEAD_PX + PIN_RIM_PX, Paint::fill(ground)),
            line("needle", Paint::stroke(ink, 2.0)),
            dot("head", PIN_HEAD_PX, Paint::fill(ink)),
            dot("hole", PIN_HEAD_PX / 2.6, Paint::fill(ground)),
        ]
    }
}

/// The middle of the head of a pin whose point is here.
fn pin_head(point: Point) -> Point {
    Point::new(point.x, point.y - PIN_PX + PIN_HEAD_PX / 2.0)
}

/// What a pin covers whose point is here.
fn pin_bounds(point: Point) -> Rect {
    let (head, reach) = (pin_head(point), PIN_HEAD_PX + PIN_RIM_PX);
    Rect::new(head.x - reach, head.y - reach, head.x + reach, point.y + PIN_RIM_PX)
}

/// Where the bands that are lit meet a node, on the whole, and the color that all of them have.
#[derive(Clone, Copy, Default)]
struct Met {
    weighted: f64,
    weight: f64,
    color: Option<Color>,
    is_mixed: bool,
}

impl Met {
    /// One more, by its upper and its lower end.
    fn by(&mut self, (top, bottom): (Option<Point>, Option<Point>), color: Color) {
        let (Some(top), Some(bottom)) = (top, bottom) else { return };
        let thick = (bottom.y - top.y).abs();
        self.weighted += f64::midpoint(top.y, bottom.y) * thick;
        self.weight += thick;
        self.is_mixed |= self.color.is_some_and(|known| known != color);
        self.color = Some(color);
    }
}

/// The parts of a link that something is traced through, with where that lies across the band, as shares of its width.
pub(super) fn lit_parts(input: &FlowsInput<'_>, trace: &Trace, link: usize) -> Vec<(usize, f64, f64)> {
    let parts = &input.graph.links[link].parts;
    if trace.links[link].iter().all(|traced: &Money| traced.is_zero()) {
        return Vec::new();
    }
    let mut lit = Vec::new();
    for (part, (from, to)) in shares(parts).enumerate() {
        let traced = trace.links[link][part];
        let Some(share) = Share::of(traced.abs(), parts[part].amount.abs()) else { continue };
        if !traced.is_zero() {
            // Where payments and credits meet in a part, what is traced may be more than the net that has the width.
            lit.push((part, from, from + (to - from) * share.to_approximate().min(1.0)));
        }
    }
    lit
}

/// A band that nothing of what is traced runs through.
fn receding(scheme: Scheme) -> Color {
    match scheme {
        Scheme::Light => Color::hex(0xdf_e3_e8),
        Scheme::Dark => Color::hex(0x2a_31_3b),
        Scheme::HighContrast => Color::hex(0x33_33_33),
    }
}

/// A node of the same kind: it can still be found and pointed at.
fn receding_node(scheme: Scheme) -> Color {
    match scheme {
        Scheme::Light => Color::hex(0xa7_af_b9),
        Scheme::Dark => Color::hex(0x55_5f_6d),
        Scheme::HighContrast => Color::hex(0x6a_6a_6a),
    }
}
