//! What a picture of a scenario says of itself at its foot until all is agreed: that it is a model, and what
//! its hatching means. No picture of a scenario leaves without it.

use super::{
    Anchor, Figure, HatchKind, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Weight, fit, width_px,
};
use crate::dimension::Commitment;
use crate::pool::Scenario;

/// What a picture of a scenario says of itself at its foot: that it is a model and no offer, until all is agreed, and
/// what the hatching of its pool means.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stamp {
    words: Option<&'static str>,
    pool: String,
    /// Those that occur, the firmest first.
    commitments: Vec<Commitment>,
}

/// The strip that the stamp takes, px.
/// A line of words in a box, with air above.
const HEIGHT_PX: f64 = 30.0;
const BOX_PX: f64 = 20.0;
const WORDS_PX: f64 = 12.0;
const SWATCH: (f64, f64) = (26.0, 12.0);
const BETWEEN_PX: f64 = 14.0;

impl Stamp {
    pub fn of(scenario: &Scenario) -> Self {
        let mut commitments: Vec<Commitment> = scenario
            .contributions
            .iter()
            .map(|contribution| contribution.commitment)
            .chain(scenario.new_money.iter().map(|money| money.commitment))
            .collect();
        // New money may be firmer or looser than what is put in, and is hatched by the same rule.
        commitments.sort_unstable_by(|a, b| b.cmp(a));
        commitments.dedup();
        Self { words: scenario.stamp(), pool: scenario.pool.clone(), commitments }
    }

    /// How much of a picture's height it takes, px: nothing where there is nothing to say.
    pub fn height_px(&self) -> f64 {
        if self.words.is_some() { HEIGHT_PX } else { 0.0 }
    }

    /// A picture with the stamp below it: higher by [`Stamp::height_px`].
    #[must_use]
    pub fn below(&self, mut figure: Figure) -> Figure {
        figure.height += self.height_px();
        let marks = self.marks(figure.scheme, figure.width, figure.height);
        figure.marks.extend(marks);
        figure
    }

    /// The stamp at the foot of a picture of this size, px.
    pub fn marks(&self, scheme: Scheme, width: f64, height: f64) -> Vec<Mark> {
        let Some(words) = self.words else { return Vec::new() };
        let middle = height - BOX_PX / 2.0 - 2.0;
        let mut marks = Vec::new();
        let label = |key: &str, x: f64, weight, text: &str, color| {
            let text = Text::centred(Point::new(x, middle), Anchor::Start, WORDS_PX, weight, text);
            Mark::label(MarkId::of(&["stamp", key]), text, color)
        };
        let (around, stamped) = stamp_box(scheme, "stamp", Point::new(1.0, middle), 1.0, words);
        marks.extend(stamped);

        let mut x = around.x1 + BETWEEN_PX;
        let said = if self.commitments.is_empty() {
            format!("Nothing is in {} yet", self.pool)
        } else {
            format!("In {}:", self.pool)
        };
        // A pool's name may be as long as anybody likes; the swatches need their room.
        let said = fit(&said, (width - x).clamp(0.0, 320.0), WORDS_PX, Weight::Regular).text;
        marks.push(label("pool", x, Weight::Regular, &said, scheme.faint_ink()));
        x += width_px(&said, WORDS_PX, Weight::Regular) + 10.0;
        for commitment in &self.commitments {
            let name = commitment.name().to_lowercase();
            let name_width = width_px(&name, WORDS_PX, Weight::Regular);
            if x + SWATCH.0 + 6.0 + name_width > width {
                break;
            }
            let swatch = Rect::new(x, middle - SWATCH.1 / 2.0, x + SWATCH.0, middle + SWATCH.1 / 2.0);
            let fill = scheme.pool_band();
            let hatch = HatchKind::of_commitment(*commitment).map(|kind| scheme.hatch_on(kind, fill));
            let paint = Paint::fill(fill).hatched(hatch);
            marks.push(Mark::decoration(MarkId::of(&["stamp", "swatch", &name]), swatch, paint));
            marks.push(label(&name, x + SWATCH.0 + 6.0, Weight::Regular, &name, scheme.faint_ink()));
            x += SWATCH.0 + 6.0 + name_width + BETWEEN_PX;
        }
        marks
    }
}

/// What is not to be overlooked, in a box: one design in every picture. It begins on the left at `at`, its middle as far
/// down; `unit` is pixels for a pixel of a picture of the usual size.
pub(super) fn stamp_box(scheme: Scheme, key: &str, at: Point, unit: f64, words: &str) -> (Rect, [Mark; 2]) {
    let size = WORDS_PX * unit;
    let width = width_px(words, size, Weight::SemiBold) + 16.0 * unit;
    let half = BOX_PX / 2.0 * unit;
    let around = Rect::new(at.x, at.y - half, at.x + width, at.y + half);
    let paint = Paint::fill(scheme.ground()).outlined(scheme.focus(), (1.5 * unit) as f32);
    let text = Text::centred(at + (8.0 * unit, 0.0), Anchor::Start, size, Weight::SemiBold, words);
    let marks = [
        Mark::decoration(MarkId::of(&[key, "box"]), around, paint),
        Mark::label(MarkId::of(&[key, "words"]), text, scheme.focus()),
    ];
    (around, marks)
}
