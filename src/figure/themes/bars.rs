//! A bar for each theme, in pieces by agency.

use super::super::{
    Anchor, Color, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Weight, fit, on_fill, wrap,
};
use super::drawing::{BODY, Drawing, LABEL_WIDTH, SMALL, inset};
use super::{Measure, ThemesPart};
use crate::flow::breakdown::{Grade, Graded};
use crate::money::{Share, percent};

impl Drawing<'_> {
    pub(super) fn theme_names(&mut self) {
        for row in 0..self.rows.len() {
            let theme = self.theme(self.rows[row]).clone();
            let (unit, middle) = (self.unit, self.row_middle(row));
            let target = ThemesPart::Theme { theme: &theme.name }.id();
            let tooltip = self.tooltip(&theme.name, theme.amount, self.breakdown.total.total(), "the total");
            let mut lines = wrap(&theme.name, LABEL_WIDTH * unit, BODY * unit, Weight::SemiBold);
            let most = if self.row_height >= 34.0 * unit { 2 } else { 1 };
            if lines.len() > most {
                let rest = lines.split_off(most - 1).join(" ");
                lines.push(fit(&rest, LABEL_WIDTH * unit, BODY * unit, Weight::SemiBold).text);
            }
            let top = middle - (lines.len() as f64 - 1.0) * 8.0 * unit;
            let color = self.scheme().ink();
            for (index, line) in lines.into_iter().enumerate() {
                let y = top + 16.0 * unit * index as f64;
                let text = self.text(0.0, y, Anchor::Start, BODY, Weight::SemiBold, line);
                let id = MarkId::of(&["themes", "name", &theme.name, &index.to_string()]);
                self.marks
                    .push(Mark::label(id, text, color).pointing_at(target).with_tooltip(tooltip.clone()));
            }
        }
    }

    /// Bars from zero to the right; what credits outweigh goes to the left.
    pub(super) fn bars(&mut self, left: f64, right: f64) {
        let side = |row: &[Graded], positive: bool| -> f64 {
            row.iter()
                .map(Graded::total)
                .filter(|amount| amount.is_positive() == positive)
                .map(|amount| amount.abs().to_approximate())
                .sum()
        };
        let rows = self.rows.clone();
        let most = |positive: bool| {
            rows.iter().map(|&theme| side(&self.agencies.amounts[theme], positive)).fold(0.0, f64::max)
        };
        let (above, below) = (most(true), most(false));
        let scale = if above + below > 0.0 { (right - left) / (above + below) } else { 0.0 };
        let zero = left + below * scale;
        let height = (self.row_height * 0.64).min(36.0 * self.unit);
        for (row, &theme) in rows.iter().enumerate() {
            let ends = self.bar(row, theme, zero, scale, height);
            self.bar_total(row, theme, ends);
        }
        let (top, bottom) = (self.rows_top, self.rows_top + self.row_height * rows.len() as f64);
        let line = Shape::line(Point::new(zero, top), Point::new(zero, bottom));
        let stroke = Paint::stroke(self.scheme().faint_ink(), 1.0);
        self.marks.push(Mark::decoration(MarkId::of(&["themes", "zero"]), line, stroke));
    }

    /// Draws one theme's bar and says where it ends on the right.
    fn bar(&mut self, row: usize, theme: usize, zero: f64, scale: f64, height: f64) -> f64 {
        let middle = self.row_middle(row);
        let name = self.theme(theme).name.clone();
        let whole = self.theme(theme).amount.total();
        let (mut right, mut left) = (zero, zero);
        for (part, amount) in self.agencies.amounts[theme].clone().into_iter().enumerate() {
            let total = amount.total();
            if total.is_zero() {
                continue;
            }
            let width = total.abs().to_approximate() * scale;
            let from = if total.is_positive() { right } else { left - width };
            let agency = self.agencies.parts[part].name.clone();
            let color = self.colors.color(&agency);
            let id = ThemesPart::Bar { theme: &name, agency: &agency }.id();
            let what = format!("{name}: {agency}");
            let tooltip = self.tooltip(&what, amount, whole, &name);
            let rect = Rect::new(from, middle - height / 2.0, from + width, middle + height / 2.0);
            self.piece(id, rect, color, amount, tooltip);
            let short = self.short(&agency);
            self.name_in_piece(id, rect, color, &short);
            if total.is_positive() {
                right += width;
            } else {
                left -= width;
            }
        }
        right
    }

    /// A rectangle of which each part is hatched by how well it is known, a hair apart from the next.
    pub(super) fn piece(&mut self, id: MarkId, rect: Rect, color: Color, amount: Graded, tooltip: String) {
        let scheme = self.scheme();
        let shown = inset(rect);
        self.marks.push(Mark::new(id, shown, Paint::fill(color), tooltip));
        let sizes: Vec<(Grade, f64)> =
            amount.parts().map(|(grade, part)| (grade, part.abs().to_approximate())).collect();
        let whole: f64 = sizes.iter().map(|(_, size)| size).sum();
        let mut at = shown.x0;
        for (grade, size) in sizes {
            let width = shown.width() * size / whole;
            if let Some(kind) = HatchKind::of(grade)
                && width >= 1.5
            {
                let part = Rect::new(at, shown.y0, at + width, shown.y1);
                let paint = Paint::fill(color).hatched(Some(scheme.hatch_on(kind, color)));
                let hatch_id = MarkId::of(&["themes", "hatch", &id.0.to_string(), grade.word()]);
                self.marks.push(Mark::decoration(hatch_id, part, paint).pointing_at(id));
            }
            at += width;
        }
    }

    fn name_in_piece(&mut self, id: MarkId, rect: Rect, color: Color, name: &str) {
        let room = rect.width() - 12.0 * self.unit;
        let short = fit(name, room, SMALL * self.unit, Weight::Regular);
        let letters = short.text.chars().count();
        if rect.height() < 14.0 * self.unit || (short.shortened && (letters < 9 || name.contains('('))) {
            return;
        }
        let mut text = self.text(
            rect.x0 + 6.0 * self.unit,
            rect.center().y,
            Anchor::Start,
            SMALL,
            Weight::Regular,
            short.text,
        );
        text.halo = Some(color);
        let label = MarkId::of(&["themes", "in-bar", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }

    fn bar_total(&mut self, row: usize, theme: usize, end: f64) {
        let amount = self.theme(theme).amount.total();
        let name = self.theme(theme).name.clone();
        let words = self.say(amount);
        let (y, x) = (self.row_middle(row), end + 7.0 * self.unit);
        let text = self.text(x, y, Anchor::Start, BODY, Weight::SemiBold, words);
        let after = x + text.width() + 6.0 * self.unit;
        let (ink, faint) = (self.scheme().ink(), self.scheme().faint_ink());
        self.words(&["themes", "total", &name], text, ink);
        if self.options.measure != Measure::Share
            && let Some(share) = Share::of(amount, self.breakdown.total.total())
        {
            let text = self.text(after, y, Anchor::Start, SMALL, Weight::Regular, percent(share));
            self.words(&["themes", "share", &name], text, faint);
        }
    }
}
