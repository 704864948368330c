//! The head of a pool's picture: its name, host and arrangement, and the stamp that says nobody has agreed
//! yet.

use super::super::{Anchor, Mark, Paint, Rect, Weight, fit};
use super::PoolPart;
use super::board::PoolDrawing;

impl PoolDrawing<'_> {
    /// The pool's name, its host and arrangement, and the stamp; returns where they end.
    pub(super) fn header(&mut self, width: f64) -> f64 {
        let unit = self.unit;
        let scheme = self.input.scheme;
        let scenario = self.input.scenario;
        let middle = 13.0 * unit;
        let mut room = width;
        if let Some(stamp) = scenario.stamp() {
            let text = self.text(width - 10.0 * unit, middle, Anchor::End, 12.5, Weight::Bold, stamp);
            let edge =
                Rect::new(text.left() - 10.0 * unit, middle - 12.0 * unit, width, middle + 12.0 * unit);
            room = edge.x0 - 16.0 * unit;
            // An outline alone: what lies within stays as light as the ground.
            let frame = Paint::fill(scheme.focus());
            let tooltip = "Nobody has agreed to this yet; no money moves.";
            self.marks.push(Mark::new(PoolPart::Stamp.id(), edge, frame, tooltip));
            let inside = edge.inflate(-1.5 * unit, -1.5 * unit);
            self.marks.push(Mark::decoration(
                super::MarkId::of(&["pool", "stamp-ground"]),
                inside,
                Paint::fill(scheme.ground()),
            ));
            self.words(&["pool", "stamp-words"], text, scheme.focus());
        }
        let name = fit(&scenario.pool, room * 0.6, 18.0 * unit, Weight::Bold).text;
        let text = self.text(0.0, middle, Anchor::Start, 18.0, Weight::Bold, name);
        let after = text.width() + 12.0 * unit;
        self.words(&["pool", "name"], text, scheme.ink());
        let more = fit(&self.arrangement(), room - after, 12.5 * unit, Weight::Regular).text;
        let text = self.text(after, middle + unit, Anchor::Start, 12.5, Weight::Regular, more);
        self.words(&["pool", "arrangement"], text, scheme.faint_ink());
        middle + 12.0 * unit + 14.0 * unit
    }

    fn arrangement(&self) -> String {
        let scenario = self.input.scenario;
        let host = scenario.host.as_ref().map(|host| format!("hosted by {host}"));
        let years: Vec<String> = scenario.years.iter().map(ToString::to_string).collect();
        let years = match &years[..] {
            [] => None,
            [one] => Some(one.clone()),
            [first, .., last] => Some(format!("{first} to {last}")),
        };
        let parts = [Some(scenario.arrangement.name().to_owned()), host, years];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}
