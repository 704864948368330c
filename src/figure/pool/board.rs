//! What all parts of a pool's picture are drawn with: words, rules, bars hatched by commitment, names as long
//! as there is room.

use super::super::{
    Anchor, Color, Figure, Hatch, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Text, Weight, fit,
};
use super::PoolInput;
use crate::dimension::{Dimension, Names, shown_name};
use crate::ledger::{full_or_about, short_or_about};
use crate::money::{Money, Share, percent};
use crate::pool::{Commitment, Committed};

pub(super) const BODY: f64 = 14.0;
pub(super) const SMALL: f64 = 12.0;

/// The drawing as far as it has come, and what all its parts go by.
pub(super) struct PoolDrawing<'a> {
    pub(super) input: &'a PoolInput<'a>,
    /// Pixels for a pixel of the picture at its usual size.
    pub(super) unit: f64,
    pub(super) marks: Vec<Mark>,
}

impl<'a> PoolDrawing<'a> {
    pub(super) fn new(input: &'a PoolInput<'a>, unit: f64) -> Self {
        Self { input, unit, marks: Vec::new() }
    }

    pub(super) fn finish(self, width: f64, height: f64) -> Figure {
        let scheme = self.input.scheme;
        Figure {
            width,
            height,
            title: String::new(),
            notes: Vec::new(),
            scheme,
            marks: self.marks,
            unbalanced: None,
            words: Vec::new(),
        }
    }

    pub(super) fn words(&mut self, id: &[&str], text: Text, color: Color) {
        self.marks.push(Mark::label(MarkId::of(id), text, color));
    }

    pub(super) fn text(
        &self,
        x: f64,
        y: f64,
        anchor: Anchor,
        size: f64,
        weight: Weight,
        words: impl Into<String>,
    ) -> Text {
        Text::centred(Point::new(x, y), anchor, size * self.unit, weight, words)
    }

    /// A section's heading, its middle at `y`; returns where the words end.
    pub(super) fn heading(&mut self, x: f64, y: f64, heading: &str, more: &str, room: f64) {
        let text = self.text(x, y, Anchor::Start, 14.0, Weight::SemiBold, heading);
        let after = x + text.width() + 8.0 * self.unit;
        let (ink, faint) = (self.input.scheme.ink(), self.input.scheme.faint_ink());
        self.words(&["pool", "heading", heading], text, ink);
        let more = fit(more, x + room - after, SMALL * self.unit, Weight::Regular);
        if !more.text.is_empty() && (!more.shortened || more.text.chars().count() > 8) {
            let text =
                self.text(after, y + 0.5 * self.unit, Anchor::Start, SMALL, Weight::Regular, more.text);
            self.words(&["pool", "subheading", heading], text, faint);
        }
    }

    /// What a partner is called on pictures, cut where there is no room for it.
    pub(super) fn name(&self, agency: &str, room: f64, size: f64, weight: Weight) -> String {
        let shown = shown_name(Dimension::Agency, agency, self.input.agencies);
        fit(&shown, room, size * self.unit, weight).text
    }

    /// A rectangle of which each part is hatched by how firmly it is meant.
    pub(super) fn committed_bar(&mut self, id: MarkId, rect: Rect, color: Color, committed: &Committed) {
        let rect = rect.abs();
        let sizes: Vec<(Commitment, f64)> = committed
            .parts()
            .map(|(commitment, amount)| (commitment, amount.abs().to_approximate()))
            .collect();
        let whole: f64 = sizes.iter().map(|(_, size)| size).sum();
        // The firmest first.
        let mut at = rect.x0;
        for (commitment, size) in sizes {
            let width = rect.width() * size / whole;
            if let Some(hatch) = self.commitment_hatch(commitment, color)
                // A narrower part would be one line of its hatch, and say nothing.
                && width >= 1.5
            {
                let part = Rect::new(at, rect.y0, at + width, rect.y1);
                let paint = Paint::fill(color).hatched(Some(hatch));
                let hatch_id = MarkId::of(&["pool", "hatch", &id.0.to_string(), commitment.name()]);
                self.marks.push(Mark::decoration(hatch_id, part, paint).pointing_at(id));
            }
            at += width;
        }
    }

    pub(super) fn commitment_hatch(&self, commitment: Commitment, fill: Color) -> Option<Hatch> {
        HatchKind::of_commitment(commitment).map(|kind| self.input.scheme.hatch_on(kind, fill))
    }

    pub(super) fn rule(&mut self, id: &[&str], from: Point, to: Point, color: Color) {
        let line = Shape::line(from, to);
        self.marks.push(Mark::decoration(MarkId::of(id), line, Paint::stroke(color, 1.0)));
    }

    /// What a tooltip says of an amount: what it is, to the penny, and how much of the pool.
    pub(super) fn told(&self, what: &str, amount: Money) -> String {
        let share = Share::of(amount, self.input.model.balance.into_pool);
        let share = share.map(|share| format!("\n{} of the pool", percent(share))).unwrap_or_default();
        format!("{what}\n{}{share}", full_or_about(amount, self.is_estimate()))
    }

    /// Whether what is in the pool is not known to the penny.
    pub(super) const fn is_estimate(&self) -> bool {
        self.input.model.range.is_some()
    }

    /// An amount of the pool to three figures, marked where it is an estimate.
    pub(super) fn short(&self, amount: Money) -> String {
        short_or_about(amount, self.is_estimate())
    }
}

/// A partner, rather than what belongs to nobody.
pub(super) fn is_partner(agency: &str) -> bool {
    agency != Names::NOT_STATED
}
