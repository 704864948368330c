//! The way from one figure to the next, so that the eye can follow what changes; matched by what marks stand
//! for, not by where they stand.

use std::collections::HashMap;

use super::{Color, Figure, Hatch, Mark, MarkId, Paint, Point, Rect, RibbonShape, Shape, Stroke, Text};

/// The way from one figure to another, by mark id: what both have moves, what only one has grows or shrinks in its
/// place.
#[derive(Clone, Debug)]
pub struct Morph {
    from: Figure,
    to: Figure,
    /// In the order of drawing.
    steps: Vec<MarkChange>,
}

/// The numbers of a mark in the figure before and the figure after.
#[derive(Clone, Copy, Debug)]
enum MarkChange {
    Stays(usize, usize),
    Leaves(usize),
    Enters(usize),
}

impl Morph {
    pub fn new(from: Figure, to: Figure) -> Self {
        let mut before: HashMap<MarkId, usize> = HashMap::with_capacity(from.marks.len());
        for (index, mark) in from.marks.iter().enumerate() {
            // Of marks that share an id only one can be followed.
            before.entry(mark.id).or_insert(index);
        }
        let mut partner: Vec<Option<usize>> = vec![None; from.marks.len()];
        let mut steps = Vec::with_capacity(to.marks.len());
        for (index, mark) in to.marks.iter().enumerate() {
            match before.remove(&mark.id) {
                Some(earlier) => {
                    partner[earlier] = Some(index);
                    steps.push(MarkChange::Stays(earlier, index));
                }
                None => steps.push(MarkChange::Enters(index)),
            }
        }
        Self { steps: with_leaving(&steps, &partner), from, to }
    }

    /// The figure `share` of the way, 0 to 1; the caller eases it.
    pub fn at(&self, share: f64) -> Figure {
        // The ends are the figures themselves, to the last bit: the animation leaves nothing behind.
        if share <= 0.0 {
            return self.from.clone();
        }
        if share >= 1.0 {
            return self.to.clone();
        }
        let marks = self.steps.iter().map(|step| match *step {
            MarkChange::Stays(before, after) => {
                between(&self.from.marks[before], &self.to.marks[after], share)
            }
            MarkChange::Leaves(before) => grown(&self.from.marks[before], 1.0 - share),
            MarkChange::Enters(after) => grown(&self.to.marks[after], share),
        });
        // A sentence cannot be half of another.
        let words = if share < 0.5 { &self.from } else { &self.to };
        Figure {
            width: mix(self.from.width, self.to.width, share),
            height: mix(self.from.height, self.to.height, share),
            title: words.title.clone(),
            notes: words.notes.clone(),
            words: words.words.clone(),
            scheme: words.scheme,
            marks: marks.collect(),
            unbalanced: self.to.unbalanced.clone(),
        }
    }
}

/// Puts each leaving mark where it was drawn: right after the nearest mark before it that stays.
fn with_leaving(steps: &[MarkChange], partner: &[Option<usize>]) -> Vec<MarkChange> {
    let mut behind: HashMap<Option<usize>, Vec<MarkChange>> = HashMap::new();
    let mut last = None;
    for (index, after) in partner.iter().enumerate() {
        match after {
            Some(after) => last = Some(*after),
            // Where it leaves it is still over and under what it was over and under.
            None => behind.entry(last).or_default().push(MarkChange::Leaves(index)),
        }
    }
    let mut all = behind.remove(&None).unwrap_or_default();
    for step in steps {
        all.push(*step);
        if let MarkChange::Stays(_, after) = step {
            all.extend(behind.remove(&Some(*after)).unwrap_or_default());
        }
    }
    all
}

fn between(from: &Mark, to: &Mark, share: f64) -> Mark {
    let nearer = if share < 0.5 { from } else { to };
    Mark {
        id: to.id,
        target: to.target,
        shape: shape_between(&from.shape, &to.shape, share).unwrap_or_else(|| nearer.shape.clone()),
        paint: paint_between(from.paint, to.paint, share),
        tooltip: nearer.tooltip.clone(),
    }
}

/// Nothing where the shapes are of different kinds: then one gives way to the other half way.
fn shape_between(from: &Shape, to: &Shape, share: f64) -> Option<Shape> {
    let points = |from: &[Point], to: &[Point]| -> Option<Vec<Point>> {
        (from.len() == to.len())
            .then(|| from.iter().zip(to).map(|(from, to)| from.lerp(*to, share)).collect())
    };
    Some(match (from, to) {
        (Shape::Bar(from), Shape::Bar(to)) => Shape::Bar(rect_between(*from, *to, share)),
        (Shape::Ribbon(from), Shape::Ribbon(to)) => Shape::Ribbon(from.lerp(to, share)),
        (Shape::Label(from), Shape::Label(to)) => Shape::Label(text_between(from, to, share)),
        (Shape::Line(from), Shape::Line(to)) => Shape::Line(points(from, to)?),
        (Shape::Polygon(from), Shape::Polygon(to)) => Shape::Polygon(points(from, to)?),
        (Shape::Dot { centre, radius }, Shape::Dot { centre: to, radius: to_radius }) => {
            Shape::Dot { centre: centre.lerp(*to, share), radius: mix(*radius, *to_radius, share) }
        }
        _ => return None,
    })
}

fn rect_between(from: Rect, to: Rect, share: f64) -> Rect {
    Rect::new(
        mix(from.x0, to.x0, share),
        mix(from.y0, to.y0, share),
        mix(from.x1, to.x1, share),
        mix(from.y1, to.y1, share),
    )
}

/// Words cannot be mixed: they change half way, while they move.
fn text_between(from: &Text, to: &Text, share: f64) -> Text {
    let nearer = if share < 0.5 { from } else { to };
    // Moved by different ends, words would jump.
    if from.anchor != to.anchor {
        return nearer.clone();
    }
    let leader = if from.leader.len() == to.leader.len() {
        from.leader.iter().zip(&to.leader).map(|(from, to)| from.lerp(*to, share)).collect()
    } else {
        Vec::new()
    };
    Text {
        at: from.at.lerp(to.at, share),
        size_px: mix(from.size_px, to.size_px, share),
        leader,
        ..nearer.clone()
    }
}

fn paint_between(from: Paint, to: Paint, share: f64) -> Paint {
    Paint {
        fill: from.fill.mix(to.fill, share),
        opacity: mix(f64::from(from.opacity), f64::from(to.opacity), share) as f32,
        stroke: stroke_between(from.stroke, to.stroke, share),
        hatch: hatch_between(from.hatch, to.hatch, share),
    }
}

fn stroke_between(from: Option<Stroke>, to: Option<Stroke>, share: f64) -> Option<Stroke> {
    let one = from.or(to)?;
    let (from, to) =
        (from.unwrap_or(Stroke { width_px: 0.0, ..one }), to.unwrap_or(Stroke { width_px: 0.0, ..one }));
    Some(Stroke {
        color: from.color.mix(to.color, share),
        width_px: mix(f64::from(from.width_px), f64::from(to.width_px), share) as f32,
    })
}

fn hatch_between(from: Option<Hatch>, to: Option<Hatch>, share: f64) -> Option<Hatch> {
    let faded = |hatch: Hatch, share: f64| Hatch { opacity: hatch.opacity * share as f32, ..hatch };
    match (from, to) {
        (Some(from), Some(to)) if from.kind == to.kind => {
            let color: Color = from.color.mix(to.color, share);
            Some(Hatch {
                kind: to.kind,
                color,
                opacity: mix(f64::from(from.opacity), f64::from(to.opacity), share) as f32,
                unit: to.unit,
            })
        }
        // One pattern fades out, then the other in.
        (Some(from), _) if share < 0.5 => Some(faded(from, 1.0 - share * 2.0)),
        (_, Some(to)) if share >= 0.5 => Some(faded(to, share * 2.0 - 1.0)),
        _ => None,
    }
}

/// A mark that is only partly there: thinner, and fainter.
fn grown(mark: &Mark, share: f64) -> Mark {
    let shape = match &mark.shape {
        Shape::Bar(rect) => {
            let middle = rect.center().y;
            Shape::Bar(Rect::new(rect.x0, mix(middle, rect.y0, share), rect.x1, mix(middle, rect.y1, share)))
        }
        Shape::Ribbon(ribbon) => Shape::Ribbon(thinned(ribbon, share)),
        other => other.clone(),
    };
    let paint = Paint { opacity: mark.paint.opacity * share as f32, ..mark.paint };
    Mark { shape, paint, tooltip: mark.tooltip.clone(), ..*mark }
}

fn thinned(ribbon: &RibbonShape, share: f64) -> RibbonShape {
    ribbon.sub_band(0.5 - share / 2.0, 0.5 + share / 2.0)
}

fn mix(from: f64, to: f64, share: f64) -> f64 {
    from + (to - from) * share
}
