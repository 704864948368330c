//! What the hatches of the picture say, with their shares of the total.

use super::super::{Anchor, HatchKind, Mark, MarkId, Paint, Rect, Weight, width_px};
use super::drawing::{SMALL, ThemesDrawing, text_at};
use crate::flow::breakdown::{Grade, Graded};
use crate::money::{Share, percent};

/// The hatches that occur, in lines that end where the bars' part of the picture ends.
#[derive(Clone, Debug, Default)]
pub(super) struct HatchKey {
    lines: Vec<Vec<KeyItem>>,
    /// A single line stands behind the heading, where there is room.
    is_beside_heading: bool,
}

#[derive(Clone, Debug)]
struct KeyItem {
    grade: Grade,
    kind: HatchKind,
    words: String,
    /// With its swatch, px.
    width: f64,
}

const SWATCH: (f64, f64) = (22.0, 12.0);
/// Between a swatch and its words, and between two of them.
const GAP: f64 = 6.0;
const BETWEEN: f64 = 16.0;
/// From line to line.
const LINE: f64 = 20.0;
/// What the heading with its quieter words takes of a line.
const HEADING: f64 = 330.0;

impl HatchKey {
    /// The key to a total, in a picture whose bars have this width.
    pub(super) fn fitting(total: &Graded, width: f64) -> Self {
        let whole = total.total();
        let mut lines: Vec<Vec<KeyItem>> = Vec::new();
        let mut taken = f64::INFINITY;
        for (grade, amount) in total.parts() {
            let Some(kind) = HatchKind::of(grade) else { continue };
            let share = Share::of(amount, whole).map(percent).unwrap_or_default();
            let words = format!("{} {share}", grade.word());
            let item_width = SWATCH.0 + GAP + width_px(&words, SMALL, Weight::Regular);
            if taken + BETWEEN + item_width > width {
                lines.push(Vec::new());
                taken = -BETWEEN;
            }
            taken += BETWEEN + item_width;
            let line = lines.last_mut().expect("the first has begun a line");
            line.push(KeyItem { grade, kind, words, width: item_width });
        }
        let is_beside_heading = lines.len() == 1 && HEADING + taken <= width;
        Self { lines, is_beside_heading }
    }

    /// What it takes above the heading, px.
    pub(super) fn height(&self) -> f64 {
        if self.is_beside_heading { 0.0 } else { self.lines.len() as f64 * LINE }
    }

    /// What it takes of the heading's line, px.
    pub(super) fn beside_heading(&self) -> f64 {
        if self.is_beside_heading {
            self.lines.iter().map(|line| width_of(line) + BETWEEN).sum()
        } else {
            0.0
        }
    }
}

fn width_of(line: &[KeyItem]) -> f64 {
    line.iter().map(|item| item.width + BETWEEN).sum::<f64>() - BETWEEN
}

impl ThemesDrawing<'_> {
    /// The key behind a heading whose middle is at `y`, or in lines above it.
    pub(super) fn hatch_key(&mut self, y: f64) {
        let plan = self.plan;
        let above = if plan.key.is_beside_heading { 0.0 } else { 2.0 + LINE };
        for (index, line) in plan.key.lines.iter().rev().enumerate() {
            let middle = y - above - LINE * index as f64;
            // Above the heading it begins where everything begins.
            let mut x = if plan.key.is_beside_heading { plan.share_right - width_of(line) } else { 0.0 };
            for item in line {
                self.key_item(item, x, middle);
                x += item.width + BETWEEN;
            }
        }
    }

    fn key_item(&mut self, item: &KeyItem, x: f64, middle: f64) {
        let scheme = self.scheme();
        let color = scheme.neutral();
        let swatch = Rect::new(x, middle - SWATCH.1 / 2.0, x + SWATCH.0, middle + SWATCH.1 / 2.0);
        let paint = Paint::fill(color).hatched(Some(scheme.hatch_on(item.kind, color)));
        let id = MarkId::of(&["themes", "key", item.grade.word()]);
        self.marks.push(Mark::decoration(id, swatch, paint));
        let left = x + SWATCH.0 + GAP;
        let text = text_at(left, middle, Anchor::Start, SMALL, Weight::Regular, item.words.as_str());
        self.tell(swatch.union(text.bounds()), &item.words);
        self.words(&["themes", "key-words", item.grade.word()], text, scheme.faint_ink());
    }
}
