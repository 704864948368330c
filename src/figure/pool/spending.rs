//! Which themes a pool is spent on, as bars beside each other in as many columns as there is room for.

use super::super::{Anchor, Mark, MarkId, Paint, Rect, Weight, fit};
use super::PoolPart;
use super::board::{PoolDrawing, SMALL};
use crate::dimension::Dimension;
use crate::ledger::{Filter, Totals};
use crate::money::Money;
use crate::pool::Purpose;

const LINE: f64 = 19.0;
const HEAD: f64 = 26.0;
/// A column with a name, a bar and an amount.
const COLUMN: f64 = 300.0;

impl PoolDrawing<'_> {
    /// What the pool is spent on, by theme, the largest first.
    pub(super) fn themes(&self) -> Vec<(String, Money)> {
        let pool = Filter::default().only(Dimension::Pool, [self.input.scenario.pool.as_str()]);
        let totals = Totals::of(&self.input.model.ledger, &pool, &[Dimension::Theme]);
        let rows = totals.rows.into_iter();
        let spent = rows.filter(|row| row.names[0] != Purpose::UNALLOCATED && row.amount.is_positive());
        spent.map(|row| (row.names[0].clone(), row.amount)).collect()
    }

    /// Bars by theme, as far as there is room.
    pub(super) fn spending(&mut self, themes: &[(String, Money)], room: Rect) {
        let unit = self.unit;
        let top = room.y0 + HEAD * unit;
        let lines = ((room.y1 - top) / (LINE * unit)).floor() as usize;
        if lines == 0 {
            return;
        }
        self.heading(room.x0, room.y0 + 10.0 * unit, "Spent on", "by theme", room.width());
        let columns = ((room.width() / (COLUMN * unit)) as usize).max(1);
        let gap = 28.0 * unit;
        let width = (room.width() - gap * (columns - 1) as f64) / columns as f64;
        let largest = themes.first().map_or(1.0, |(_, amount)| amount.to_approximate());
        for (index, (theme, amount)) in themes.iter().take(lines * columns).enumerate() {
            let (column, line) = (index / lines, index % lines);
            let x = room.x0 + column as f64 * (width + gap);
            let y = top + line as f64 * LINE * unit;
            let share = amount.to_approximate() / largest;
            self.theme_line(theme, *amount, share, Rect::new(x, y, x + width, y + LINE * unit));
        }
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
        let bar = Rect::new(left, y - 5.0 * unit, left + width, y + 5.0 * unit);
        self.marks.push(Mark::new(target, bar, Paint::fill(scheme.neutral()), told));
        let text = self.text(line.x1, y, Anchor::End, SMALL + 0.5, Weight::SemiBold, self.short(amount));
        self.words(&["pool", "theme-amount", theme], text, scheme.ink());
    }
}
