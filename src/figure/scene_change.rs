//! The way from one scene to the next: a morph in which words that change go before the others come, as no sentence is half
//! of another; and what belongs to a mark that a light is on.

use std::collections::{HashMap, HashSet};

use super::{Figure, Mark, MarkId, Morph, Point, Rect, RibbonShape, Shape};

/// The way from one figure in front of people to another.
#[derive(Clone, Debug)]
pub struct SceneChange {
    morph: Morph,
    /// Words that say something else then.
    reworded: HashSet<MarkId>,
}

impl SceneChange {
    pub fn new(from: Figure, to: Figure) -> Self {
        let words = |figure: &Figure| -> HashMap<MarkId, String> {
            let of = |mark: &Mark| match &mark.shape {
                Shape::Label(text) => Some((mark.id, text.content.clone())),
                _ => None,
            };
            figure.marks.iter().filter_map(of).collect()
        };
        let (before, after) = (words(&from), words(&to));
        let differs = |(id, words): (&MarkId, &String)| {
            before.get(id).is_some_and(|former| former != words).then_some(*id)
        };
        let reworded = after.iter().filter_map(differs).collect();
        Self { morph: Morph::new(from, to), reworded }
    }

    /// The figure `share` of the way, 0 to 1; the caller eases it.
    pub fn at(&self, share: f64) -> Figure {
        let mut figure = self.morph.at(share);
        if share <= 0.0 || share >= 1.0 {
            return figure;
        }
        let seen = (2.0 * share - 1.0).abs() as f32;
        for mark in figure.marks.iter_mut().filter(|mark| self.reworded.contains(&mark.id)) {
            mark.paint.opacity *= seen;
        }
        figure
    }
}

impl Figure {
    /// What a light on a mark falls on: the mark, and where it is a node its bands, where it is a band its two nodes.
    pub fn lit_with(&self, target: MarkId) -> HashSet<MarkId> {
        let mut lit = HashSet::from([target]);
        let Some(mark) = self.mark(target) else { return lit };
        for other in self.marks.iter().filter(|other| other.target.is_some() && other.id != target) {
            let is_lit = match (&mark.shape, &other.shape) {
                (Shape::Bar(bar), Shape::Ribbon(ribbon)) | (Shape::Ribbon(ribbon), Shape::Bar(bar)) => {
                    touches(bar, ribbon)
                }
                _ => false,
            };
            if is_lit {
                lit.extend(other.target);
            }
        }
        lit
    }
}

/// Whether a band begins or ends at a bar.
fn touches(bar: &Rect, ribbon: &RibbonShape) -> bool {
    ends(ribbon).iter().any(|(x, top, bottom)| {
        let is_at = (x - bar.x0).abs() < TOUCH_PX || (x - bar.x1).abs() < TOUCH_PX;
        is_at && *top >= bar.y0 - TOUCH_PX && *bottom <= bar.y1 + TOUCH_PX
    })
}

/// Ends of bands lie within it of their bars.
const TOUCH_PX: f64 = 1.5;

/// Where a band begins and ends: x, and between which heights.
fn ends(ribbon: &RibbonShape) -> [(f64, f64, f64); 2] {
    let (upper, lower) = ribbon.edges();
    let at = |one: Point, other: Point| (one.x, one.y.min(other.y), one.y.max(other.y));
    let nothing = (f64::NAN, 0.0, 0.0);
    let first = upper.first().zip(lower.first()).map_or(nothing, |(one, other)| at(one.p0, other.p0));
    let last = upper.last().zip(lower.last()).map_or(nothing, |(one, other)| at(one.p3, other.p3));
    [first, last]
}
