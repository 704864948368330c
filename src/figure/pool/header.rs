//! The head of a pool's picture: its name, host and arrangement, and the stamp that says nobody has agreed
//! yet.

use super::super::stamp::stamp_box;
use super::super::{Anchor, Mark, Point, Weight, fit};
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
            // Laid out at the left first, to learn how wide it is.
            let (around, _) = stamp_box(scheme, "pool-stamp", Point::new(0.0, middle), unit, stamp);
            let left = width - unit - around.width();
            let (_, [outline, words]) =
                stamp_box(scheme, "pool-stamp", Point::new(left, middle), unit, stamp);
            room = left - 16.0 * unit;
            let tooltip = "Nobody has agreed to this yet; no money moves.";
            let id = PoolPart::Stamp.id();
            self.marks.push(Mark { id, ..outline }.pointing_at(id).with_tooltip(tooltip));
            self.marks.push(words);
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
