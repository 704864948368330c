//! Prevention against acute, theme by theme.

use super::super::{Anchor, Color, Mark, MarkId, Paint, Rect, Weight, fit, on_fill, width_px};
use super::ThemesPart;
use super::drawing::{BODY, Drawing, GAP, LABEL_WIDTH, SMALL};
use crate::dimension::Names;
use crate::flow::breakdown::Graded;
use crate::money::{Money, Share, percent};

impl Drawing<'_> {
    // The lower half on the right: how much of each theme is prevention.

    pub(super) fn stages(&mut self) {
        let unit = self.unit;
        let top = self.lower_top();
        let left = self.options.width * 0.60;
        let width = self.options.width - left;
        if !self.has_stages() {
            self.heading(left, top + 9.0 * unit, width, "Prevention against acute", "");
            let words = "No line says whether it is prevention or acute.";
            let text = self.text(left, top + 36.0 * unit, Anchor::Start, BODY, Weight::Regular, words);
            self.words(&["themes", "no-stages"], text, self.scheme().faint_ink());
            return;
        }
        let names_width = (LABEL_WIDTH * 0.86 * unit).min(width * 0.34);
        let bars = Rect::new(
            left + names_width + 8.0 * unit,
            top + 48.0 * unit,
            self.options.width,
            self.options.height,
        );
        let room = (bars.height() / (13.0 * unit)).floor().max(1.0) as usize;
        let rows: Vec<usize> = self.rows.iter().copied().take(room).collect();
        let more = if rows.len() < self.rows.len() {
            format!("% of each theme, the {} largest", rows.len())
        } else {
            "% of each theme".to_owned()
        };
        self.heading(left, top + 9.0 * unit, width, "Prevention against acute", &more);
        self.stage_key(left, top + 33.0 * unit, width);
        let row_height = (bars.height() / rows.len() as f64).min(30.0 * unit);
        for (row, &theme) in rows.iter().enumerate() {
            let middle = bars.y0 + row_height * (row as f64 + 0.5);
            let name = self.theme(theme).name.clone();
            let words = fit(&name, names_width, SMALL * unit, Weight::Regular).text;
            let text = self.text(left, middle, Anchor::Start, SMALL, Weight::Regular, words);
            self.words(&["themes", "stage-name", &name], text, self.scheme().ink());
            let height = (row_height * 0.70).min(20.0 * unit);
            let room = Rect::new(bars.x0, middle - height / 2.0, bars.x1, middle + height / 2.0);
            self.stage_bar(theme, &name, room);
        }
    }

    /// Whether any money is said to be prevention or acute.
    pub(super) fn has_stages(&self) -> bool {
        self.breakdown
            .stages
            .parts
            .iter()
            .any(|part| !Names::is_remainder(&part.name) && !part.amount.total().is_zero())
    }

    /// The stages' names with their colors, in the order of the bars.
    fn stage_key(&mut self, left: f64, y: f64, width: f64) {
        let unit = self.unit;
        let faint = self.scheme().faint_ink();
        let mut x = left;
        for part in self.breakdown.stages.parts.clone() {
            let text =
                self.text(x + 12.0 * unit, y, Anchor::Start, SMALL, Weight::Regular, part.name.as_str());
            let next = x + 12.0 * unit + text.width() + GAP * 0.5 * unit;
            if next - GAP * 0.5 * unit > left + width {
                break;
            }
            let square = Rect::new(x, y - 4.5 * unit, x + 9.0 * unit, y + 4.5 * unit);
            let color = self.stage_color(&part.name);
            self.marks.push(Mark::decoration(
                MarkId::of(&["themes", "stage-key", &part.name]),
                square,
                Paint::fill(color),
            ));
            self.words(&["themes", "stage-key-name", &part.name], text, faint);
            x = next;
        }
    }

    /// What nobody classified is gray, what nobody stated is paler still.
    fn stage_color(&self, stage: &str) -> Color {
        if stage == Names::NOT_STATED { self.scheme().muted() } else { self.stage_colors.color(stage) }
    }

    /// Money spent by stage fills the room; credits that outweigh a stage are not part of it.
    fn stage_bar(&mut self, theme: usize, name: &str, room: Rect) {
        let amounts = self.breakdown.stages.amounts[theme].clone();
        let size = |amount: &Graded| amount.total().to_approximate().max(0.0);
        let whole: f64 = amounts.iter().map(size).sum();
        if whole <= 0.0 {
            return;
        }
        let of_theme: Money = amounts.iter().map(Graded::total).sum();
        let mut x = room.x0;
        for (part, amount) in amounts.iter().enumerate() {
            let width = room.width() * size(amount) / whole;
            if width <= 0.0 {
                continue;
            }
            let stage = self.breakdown.stages.parts[part].name.clone();
            let id = ThemesPart::Stage { theme: name, stage: &stage }.id();
            let rect = Rect::new(x, room.y0, x + width, room.y1);
            x += width;
            let color = self.stage_color(&stage);
            let tooltip = self.tooltip(&format!("{name}: {}", stage.to_lowercase()), *amount, of_theme, name);
            self.piece(id, rect, color, *amount, tooltip);
            let Some(share) = Share::of(amount.total(), of_theme) else { continue };
            let words = percent(share);
            if width_px(&words, SMALL * self.unit, Weight::Regular) + 8.0 * self.unit > width {
                continue;
            }
            let centre = rect.center();
            let mut text = self.text(centre.x, centre.y, Anchor::Middle, SMALL, Weight::Regular, words);
            text.halo = Some(color);
            let label = MarkId::of(&["themes", "stage-share", name, &stage]);
            self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
        }
    }
}
