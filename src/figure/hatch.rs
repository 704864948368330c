//! Hatching: lines across a shape that say how well an amount is known, or how firmly it is meant. Worked out
//! once as lines, so that every painter draws the same.

use kurbo::{Point, Rect};

use super::{Color, RibbonShape, Scheme, Shape};
use crate::dimension::Commitment;
use crate::flow::breakdown::Grade;

/// Lines across a shape that say how well its amount is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hatch {
    pub kind: HatchKind,
    pub color: Color,
    /// Of the lines alone: 1 but where they come or go, or stand back.
    pub opacity: f32,
    /// Pixels for a pixel of its pitch and of its lines' width.
    pub unit: f32,
}

/// Pixels from line to line, of every kind: what sets kinds apart is how their lines run, and closer ones make a
/// picture restless.
const PITCH_PX: f64 = 10.0;
/// How thick the lines are, px.
const LINE_PX: f64 = 1.0;
/// The contrast of the lines with their fill, on every fill: seen where one looks for it, and nowhere else.
const CONTRAST: f64 = 1.3;
/// A band thinner than this has none, px: the node that it leads to carries it.
const LEAST_BAND_PX: f64 = 6.0;

/// What the lines say, and so how they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HatchKind {
    /// Broken lines on the level.
    Apportioned,
    /// Rising to the right.
    Estimated,
    /// Falling to the right.
    Illustrative,
    /// Broken lines, rising to the right: planned, not yet spent.
    Budget,
    /// Both ways: a scenario's money, which does not move.
    Model,
    /// Upright and broken: an indication of what a partner might put in.
    Indicative,
    /// Upright: put in in principle.
    InPrinciple,
    /// Broken lines, falling to the right: paid to a body whose own spending is not in the place.
    PassedOn,
}

/// One straight piece of a hatch.
pub type HatchLine = (Point, Point);

impl HatchKind {
    pub const ALL: [Self; 8] = [
        Self::Apportioned,
        Self::Estimated,
        Self::Illustrative,
        Self::Budget,
        Self::Model,
        Self::Indicative,
        Self::InPrinciple,
        Self::PassedOn,
    ];

    /// The hatch of an amount; what is spent and known has none.
    pub const fn of(grade: Grade) -> Option<Self> {
        match grade {
            Grade::Firm => None,
            Grade::Planned => Some(Self::Budget),
            Grade::Apportioned => Some(Self::Apportioned),
            Grade::Estimated => Some(Self::Estimated),
            Grade::Illustrative => Some(Self::Illustrative),
            Grade::Shown => Some(Self::Model),
            Grade::Indicative => Some(Self::Indicative),
            Grade::InPrinciple => Some(Self::InPrinciple),
        }
    }

    /// The hatch of money in a pool; what is agreed has none.
    pub const fn of_commitment(commitment: Commitment) -> Option<Self> {
        match commitment {
            Commitment::Shown => Some(Self::Model),
            Commitment::Indicative => Some(Self::Indicative),
            Commitment::InPrinciple => Some(Self::InPrinciple),
            Commitment::Agreed => None,
        }
    }

    /// How thick the lines are, in pixels.
    pub const fn width_px(self) -> f64 {
        LINE_PX
    }

    fn directions(self) -> &'static [Direction] {
        match self {
            Self::Apportioned => &[Direction::Level],
            Self::Estimated | Self::Budget => &[Direction::Rising],
            Self::Illustrative | Self::PassedOn => &[Direction::Falling],
            Self::Model => &[Direction::Rising, Direction::Falling],
            Self::Indicative | Self::InPrinciple => &[Direction::Upright],
        }
    }

    /// Length of line and of gap, for broken lines.
    const fn dashes(self) -> Option<(f64, f64)> {
        match self {
            // Longer than the gap, or it would be read as dots.
            Self::Apportioned | Self::Budget | Self::Indicative | Self::PassedOn => Some((5.0, 3.0)),
            _ => None,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    Rising,
    Falling,
    Upright,
    Level,
}

impl Scheme {
    /// The lines on a fill of this color: just so much lighter or darker that they can be seen, nearer to the ground
    /// where there is room for it and else to the ink.
    pub fn hatch_on(self, kind: HatchKind, fill: Color) -> Hatch {
        const STEPS: u32 = 128;
        let toward = |end: Color| {
            let mixed = |step: u32| fill.mix(end, f64::from(step) / f64::from(STEPS));
            (1..=STEPS).map(mixed).find(|color| color.contrast(fill) >= CONTRAST)
        };
        let color = toward(self.ground()).or_else(|| toward(self.ink())).unwrap_or(self.ink());
        Hatch { kind, color, opacity: 1.0, unit: 1.0 }
    }
}

impl Hatch {
    /// How thick its lines are, px.
    pub fn width_px(self) -> f64 {
        self.kind.width_px() * f64::from(self.unit)
    }

    /// Half as strong: on what is traced, where amounts are what counts.
    #[must_use]
    pub fn halved(self) -> Self {
        Self { opacity: self.opacity / 2.0, ..self }
    }

    /// The lines of this hatch on a shape: the same on screen and in every file. Words and lines have none.
    pub fn lines(self, shape: &Shape) -> Vec<HatchLine> {
        if (self.unit - 1.0).abs() > 1e-4 {
            let unit = f64::from(self.unit);
            let lines = Self { unit: 1.0, ..self }.lines(&shape.scaled(1.0 / unit));
            let scaled = |at: Point| Point::new(at.x * unit, at.y * unit);
            return lines.into_iter().map(|(from, to)| (scaled(from), scaled(to))).collect();
        }
        match shape {
            Shape::Bar(rect) => self.lines_in_rect(*rect),
            Shape::Ribbon(ribbon) => self.lines_in_ribbon(ribbon),
            Shape::Polygon(points) => self.lines_in_polygon(points),
            Shape::Label(_) | Shape::Line(_) | Shape::Dot { .. } => Vec::new(),
        }
    }

    pub fn lines_in_rect(self, rect: Rect) -> Vec<HatchLine> {
        let corners = [
            Point::new(rect.x0, rect.y0),
            Point::new(rect.x1, rect.y0),
            Point::new(rect.x1, rect.y1),
            Point::new(rect.x0, rect.y1),
        ];
        self.lines_in_polygon(&corners)
    }

    pub fn lines_in_ribbon(self, ribbon: &RibbonShape) -> Vec<HatchLine> {
        if ribbon.width() < LEAST_BAND_PX {
            return Vec::new();
        }
        let strip = ribbon.strip();
        let upper = strip.iter().map(|pair| pair.0);
        let lower = strip.iter().rev().map(|pair| pair.1);
        let outline: Vec<Point> = upper.chain(lower).collect();
        self.lines_in_polygon(&outline)
    }

    /// Lines within a closed outline. They keep their places on the picture, so that shapes side by side match.
    pub fn lines_in_polygon(self, outline: &[Point]) -> Vec<HatchLine> {
        let mut lines = Vec::new();
        for &direction in self.kind.directions() {
            hatch_lines(outline, PITCH_PX, direction, self.kind.dashes(), &mut lines);
        }
        lines
    }
}

/// Lines at 45°, upright or level through an outline, `spacing` apart, broken by `dashes`.
///
/// Each side of the outline is asked which lines it crosses; a line is drawn between its first crossing and its
/// second, its third and its fourth, and so on.
fn hatch_lines(
    outline: &[Point],
    spacing: f64,
    direction: Direction,
    dashes: Option<(f64, f64)>,
    lines: &mut Vec<HatchLine>,
) {
    const ROOT: f64 = std::f64::consts::FRAC_1_SQRT_2;
    // `along` runs along the lines, `across` from line to line.
    let turn = |point: Point| match direction {
        Direction::Rising => ((point.x - point.y) * ROOT, (point.x + point.y) * ROOT),
        Direction::Falling => ((point.x + point.y) * ROOT, (point.y - point.x) * ROOT),
        Direction::Upright => (point.y, point.x),
        Direction::Level => (point.x, point.y),
    };
    let turn_back = |along: f64, across: f64| match direction {
        Direction::Rising => Point::new((along + across) * ROOT, (across - along) * ROOT),
        Direction::Falling => Point::new((along - across) * ROOT, (along + across) * ROOT),
        Direction::Upright => Point::new(across, along),
        Direction::Level => Point::new(along, across),
    };
    let mut crossings: Vec<(i64, f64)> = Vec::new();
    for (index, &point) in outline.iter().enumerate() {
        let from = turn(point);
        let to = turn(outline[(index + 1) % outline.len()]);
        let (low, high) = if from.1 < to.1 { (from, to) } else { (to, from) };
        // A line through a corner belongs to one of the two sides that meet there.
        let first = (low.1 / spacing).ceil() as i64;
        let last = (high.1 / spacing).ceil() as i64;
        for number in first..last {
            let across = number as f64 * spacing;
            let share = (across - low.1) / (high.1 - low.1);
            crossings.push((number, low.0 + (high.0 - low.0) * share));
        }
    }
    // By line, then along it, so that crossings come in pairs: in, out, in, out.
    crossings.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let mut draw = |number: i64, from: f64, to: f64| {
        let across = number as f64 * spacing;
        // What is shorter than a dot would only be dirt.
        if to - from > 0.4 {
            lines.push((turn_back(from, across), turn_back(to, across)));
        }
    };
    for pair in crossings.chunks_exact(2) {
        let (number, from, to) = (pair[0].0, pair[0].1, pair[1].1);
        let Some((dash, gap)) = dashes else {
            draw(number, from, to);
            continue;
        };
        // Dashes of neighbouring lines stand apart like bricks, else the gaps would run together into lines
        // of their own.
        let shift = if number % 2 == 0 { 0.0 } else { f64::midpoint(dash, gap) };
        let mut start = ((from - shift) / (dash + gap)).floor() * (dash + gap) + shift;
        while start < to {
            draw(number, start.max(from), (start + dash).min(to));
            start += dash + gap;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_within_their_bar() {
        let rect = Rect::new(10.0, 20.0, 90.0, 50.0);
        for kind in HatchKind::ALL {
            let lines = Scheme::Light.hatch_on(kind, Color::WHITE).lines_in_rect(rect);
            assert!(lines.len() >= 3, "{kind:?}");
            let grown = rect.inflate(1e-6, 1e-6);
            assert!(lines.iter().all(|(from, to)| grown.contains(*from) && grown.contains(*to)));
        }
    }

    #[test]
    fn lines_stay_within_their_ribbon() {
        let ribbon = RibbonShape::sweep(Point::new(0.0, 40.0), Point::new(300.0, 240.0), 36.0);
        for (from, to) in
            Scheme::Dark.hatch_on(HatchKind::Illustrative, Color::BLACK).lines_in_ribbon(&ribbon)
        {
            for end in [from, to] {
                let edges = ribbon.edges_at(end.x.clamp(0.001, 299.999))[0];
                assert!(end.y > edges.top - 0.5 && end.y < edges.bottom + 0.5, "{end:?} {edges:?}");
            }
        }
    }

    #[test]
    fn lines_can_be_told_from_every_fill_and_no_more() {
        for scheme in Scheme::ALL {
            // All grays, and every mixture of three strong colors with them.
            let grays = (0..=255_u8).map(|level| Color { r: level, g: level, b: level });
            let mixed =
                |gray: Color| [0xff_00_00, 0x00_c0_40, 0x20_20_ff].map(|rgb| gray.mix(Color::hex(rgb), 0.5));
            for fill in grays.flat_map(|gray| [gray].into_iter().chain(mixed(gray))) {
                let contrast = scheme.hatch_on(HatchKind::Estimated, fill).color.contrast(fill);
                assert!(
                    (CONTRAST..CONTRAST + 0.12).contains(&contrast),
                    "{contrast} on {fill} in {scheme:?}"
                );
            }
        }
    }

    #[test]
    fn a_thin_band_has_none() {
        let hatch = Scheme::Light.hatch_on(HatchKind::Estimated, Color::WHITE);
        let lines = |height: f64| {
            let ribbon = RibbonShape::sweep(Point::new(0.0, 40.0), Point::new(300.0, 240.0), height);
            hatch.lines_in_ribbon(&ribbon).len()
        };
        assert!(lines(5.9) == 0 && lines(6.1) > 10);
    }

    #[test]
    fn neighbours_share_their_lines() {
        let hatch = Scheme::Light.hatch_on(HatchKind::Estimated, Color::WHITE);
        let whole = hatch.lines_in_rect(Rect::new(0.0, 0.0, 40.0, 20.0));
        let left = hatch.lines_in_rect(Rect::new(0.0, 0.0, 20.0, 20.0));
        let starts = |segments: &[HatchLine]| -> Vec<i64> {
            segments.iter().map(|(from, _)| ((from.x + from.y) * 1000.0).round() as i64).collect()
        };
        assert!(starts(&left).iter().all(|line| starts(&whole).contains(line)));
    }
}
