//! The heat table: what each agency spends on each theme.

use super::super::{Anchor, Color, HatchKind, Mark, MarkId, Paint, Rect, Weight, on_fill, width_px};
use super::ThemesPart;
use super::drawing::{Drawing, HEADING_LINE};
use crate::money::Money;

impl Drawing<'_> {
    /// An agency's name above its cells, under a strip of its color: the key to the bars.
    pub(super) fn column_headings(&mut self, left: f64, width: f64) {
        let unit = self.unit;
        for (index, part) in self.agencies.parts.clone().into_iter().enumerate() {
            let x = left + width * index as f64;
            let id = ThemesPart::Agency { agency: &part.name }.id();
            let tooltip = self.tooltip(&part.name, part.amount, self.breakdown.total.total(), "the total");
            let bottom = self.rows_top - 3.0 * unit;
            let strip = Rect::new(x + 1.0, bottom - 5.0 * unit, x + width - 1.0, bottom);
            self.marks.push(Mark::new(
                id,
                strip,
                Paint::fill(self.colors.color(&part.name)),
                tooltip.clone(),
            ));
            let (lines, size) = self.column_heading(&part.name);
            let count = lines.len();
            let faint = self.scheme().faint_ink();
            for (line, words) in lines.into_iter().enumerate() {
                let y = bottom - 13.0 * unit - HEADING_LINE * unit * (count - 1 - line) as f64;
                let text = self.text(x + 2.0, y, Anchor::Start, size, Weight::Regular, words);
                let label = MarkId::of(&["themes", "column", &part.name, &line.to_string()]);
                self.marks
                    .push(Mark::label(label, text, faint).pointing_at(id).with_tooltip(tooltip.clone()));
            }
        }
    }

    pub(super) fn cells(&mut self, left: f64, width: f64) {
        let scheme = self.scheme();
        let rows = self.rows.clone();
        let size = |amount: Money| amount.to_approximate().max(0.0);
        let amounts = || rows.iter().flat_map(|&theme| &self.agencies.amounts[theme]);
        let most = amounts().map(|amount| size(amount.total())).fold(0.0, f64::max);
        for (row, &theme) in rows.iter().enumerate() {
            let name = self.theme(theme).name.clone();
            for (part, amount) in self.agencies.amounts[theme].clone().into_iter().enumerate() {
                let agency = self.agencies.parts[part].name.clone();
                let x = left + width * part as f64;
                let top = self.rows_top + self.row_height * row as f64;
                let rect = Rect::new(x + 1.0, top + 1.0, x + width - 1.0, top + self.row_height - 1.0);
                let id = ThemesPart::Cell { theme: &name, agency: &agency }.id();
                let total = amount.total();
                if total.is_zero() {
                    self.marks.push(Mark::decoration(id, rect, Paint::fill(scheme.heat(0.0)).opacity(0.35)));
                    continue;
                }
                // The root makes small amounts tell apart; the number says how much it is.
                let color = scheme.heat(if most > 0.0 { (size(total) / most).sqrt() } else { 0.0 });
                let hatch = HatchKind::of(amount.mostly()).map(|kind| scheme.hatch_on(kind, color));
                let whole = self.agencies.parts[part].amount.total();
                let tooltip = self.tooltip(&format!("{agency}: {name}"), amount, whole, &agency);
                self.marks.push(Mark::new(id, rect, Paint::fill(color).hatched(hatch), tooltip));
                self.number_in_cell(id, rect, color, total);
            }
        }
    }

    fn number_in_cell(&mut self, id: MarkId, rect: Rect, color: Color, amount: Money) {
        let words = self.say(amount);
        let sizes = [11.5, 10.0, 9.0];
        let fits = |size: &f64| width_px(&words, size * self.unit, Weight::Regular) <= rect.width() - 4.0;
        let Some(size) = sizes.into_iter().find(fits) else { return };
        let centre = rect.center();
        let mut text = self.text(centre.x, centre.y, Anchor::Middle, size, Weight::Regular, words);
        text.halo = Some(color);
        let label = MarkId::of(&["themes", "number", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }
}
