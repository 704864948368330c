//! How firmly a pool's money is meant and which themes it is spent on, as lists with bars, as far as there is
//! room.

use super::super::{Anchor, Mark, MarkId, Paint, Rect, Weight, fit};
use super::PoolPart;
use super::board::{PoolDrawing, SMALL};
use crate::dimension::Dimension;
use crate::ledger::{Filter, Totals};
use crate::money::{Money, Share, percent};
use crate::pool::{Commitment, Purpose};

const LINE: f64 = 19.0;
const HEAD: f64 = 26.0;
const BETWEEN: f64 = 14.0;

impl PoolDrawing<'_> {
    /// How firmly the money is meant, and what the pool spends it on, as far as there is room.
    pub(super) fn spending(&mut self, room: Rect) {
        let unit = self.unit;
        let commitments = self.commitments();
        let needs = |lines: usize| (HEAD + LINE * lines as f64) * unit;
        let mut top = room.y0;
        if top + needs(commitments.len()) > room.y1 {
            return;
        }
        self.heading(room.x0, top + 10.0 * unit, "How firm it is", "", room.width());
        top += HEAD * unit;
        for (commitment, amount) in commitments {
            self.commitment_line(commitment, amount, Rect::new(room.x0, top, room.x1, top + LINE * unit));
            top += LINE * unit;
        }
        top += BETWEEN * unit;
        let pool = Filter::default().only(Dimension::Pool, [self.input.scenario.pool.as_str()]);
        let totals = Totals::of(&self.input.model.ledger, &pool, &[Dimension::Theme]);
        let rows: Vec<(String, Money)> = totals
            .rows
            .into_iter()
            .filter(|row| row.names[0] != Purpose::UNALLOCATED && row.amount.is_positive())
            .map(|row| (row.names[0].clone(), row.amount))
            .collect();
        let most = ((room.y1 - top - HEAD * unit) / (LINE * unit)).floor();
        if most < 1.0 || rows.is_empty() {
            return;
        }
        self.heading(room.x0, top + 10.0 * unit, "Spent on", "by theme", room.width());
        top += HEAD * unit;
        let largest = rows[0].1.to_approximate();
        for (name, amount) in rows.into_iter().take(most as usize) {
            let share = amount.to_approximate() / largest;
            self.theme_line(&name, amount, share, Rect::new(room.x0, top, room.x1, top + LINE * unit));
            top += LINE * unit;
        }
    }

    /// What is meant how firmly, the firmest first.
    fn commitments(&self) -> Vec<(Commitment, Money)> {
        let committed = self.input.model.committed(self.input.scenario);
        super::partners::together(committed.values()).parts().collect()
    }

    fn commitment_line(&mut self, commitment: Commitment, amount: Money, line: Rect) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let y = line.center().y;
        let fill = scheme.category(0);
        let square = Rect::new(line.x0, y - 6.0 * unit, line.x0 + 22.0 * unit, y + 6.0 * unit);
        let name = commitment.name();
        let paint = Paint::fill(fill).hatched(self.commitment_hatch(commitment, fill));
        let told = self.told(name, amount);
        self.marks.push(Mark::new(PoolPart::Commitment { name }.id(), square, paint, told));
        let text = self.text(line.x0 + 30.0 * unit, y, Anchor::Start, SMALL + 0.5, Weight::Regular, name);
        self.words(&["pool", "commitment-name", name], text, scheme.ink());
        let share = Share::of(amount, self.input.model.balance.into_pool).map(percent).unwrap_or_default();
        let words = format!("{}, {share}", self.short(amount));
        let text = self.text(line.x1, y, Anchor::End, SMALL + 0.5, Weight::SemiBold, words);
        self.words(&["pool", "commitment-amount", name], text, scheme.ink());
    }

    fn theme_line(&mut self, theme: &str, amount: Money, share: f64, line: Rect) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let y = line.center().y;
        let (names, figures) = (line.width() * 0.42, if self.is_estimate() { 92.0 } else { 52.0 } * unit);
        let words = fit(theme, names - 6.0 * unit, (SMALL + 0.5) * unit, Weight::Regular).text;
        let text = self.text(line.x0, y, Anchor::Start, SMALL + 0.5, Weight::Regular, words);
        let id = MarkId::of(&["pool", "theme-name", theme]);
        let told = self.told(theme, amount);
        let target = PoolPart::Theme { theme }.id();
        let label = Mark::label(id, text, scheme.ink()).pointing_at(target);
        self.marks.push(label.with_tooltip(told.clone()));
        let left = line.x0 + names;
        let width = (line.x1 - left - figures).max(1.0) * share;
        let bar = Rect::new(left, y - 6.0 * unit, left + width, y + 6.0 * unit);
        self.marks.push(Mark::new(target, bar, Paint::fill(scheme.category(0)), told));
        let text = self.text(line.x1, y, Anchor::End, SMALL + 0.5, Weight::SemiBold, self.short(amount));
        self.words(&["pool", "theme-amount", theme], text, scheme.ink());
    }
}
