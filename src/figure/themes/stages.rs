//! Prevention against acute, theme by theme.

use super::super::{Anchor, Mark, MarkId, Paint, Rect, Weight, extent, fit, on_fill, width_px};
use super::ThemesPart;
use super::bars::{BarPiece, at_least, is_hatched};
use super::content::{ThemeRow, ThemesContent, Unfolded};
use super::drawing::{BODY, EMPTY, HEADING, SMALL, SMALLEST, ThemesDrawing, text_at};
use super::plan::LeastHeights;
use super::spot::SpotMeaning;
use crate::money::{Share, percent};

const KEY: f64 = 24.0;
/// A row is no higher than this, and a bar no thicker than that.
const MOST_ROW: f64 = 40.0;
const MOST_BAR: f64 = 24.0;
/// Where the size is given rows are no lower than this; below that some are left out.
const LEAST_ROW: f64 = 15.0;
/// Rows that are lower have smaller letters.
const BODY_FROM: f64 = 18.0;

/// How high the stages are at their least.
pub(super) fn stages_height(source: &Unfolded<'_>, content: &ThemesContent, least: LeastHeights) -> f64 {
    if source.has_stages() { HEADING + KEY + content.rows.len() as f64 * least.stage_row } else { EMPTY }
}

impl ThemesDrawing<'_> {
    pub(super) fn stages(&mut self) {
        const TITLE: &str = "Prevention against acute";
        let (content, room) = (self.content, self.plan.stages);
        if !self.unfolded().has_stages() {
            self.empty_section(room, TITLE, "No line says whether it is prevention, early help or acute.");
            return;
        }
        let top = room.y0 + HEADING + KEY;
        let most = ((room.y1 - top) / LEAST_ROW).floor().max(1.0) as usize;
        let rows = &content.rows[..content.rows.len().min(most)];
        let more = if rows.len() < content.rows.len() {
            format!("% of each theme, the {} largest", rows.len())
        } else {
            "% of each theme".to_owned()
        };
        self.heading(room.x0, room.x1, room.y0 + 11.0, TITLE, &more);
        self.stage_key(room);
        let row_height = ((room.y1 - top) / rows.len() as f64).min(MOST_ROW);
        for (index, row) in rows.iter().enumerate() {
            let middle = top + row_height * (index as f64 + 0.5);
            self.stage_bar(row, room, middle, row_height);
        }
        for (index, row) in rows.iter().enumerate() {
            let middle = top + row_height * (index as f64 + 0.5);
            self.stage_theme(&row.theme, middle, row_height);
        }
    }

    fn stage_theme(&mut self, theme: &SpotMeaning, middle: f64, row_height: f64) {
        let (left, label) = (self.plan.stages.x0, self.plan.label);
        let size = if row_height < BODY_FROM { SMALLEST } else { BODY };
        let words = fit(&self.name(&theme.title), label, size, Weight::Regular).text;
        let text = text_at(left, middle, Anchor::Start, size, Weight::Regular, words);
        let part = ThemesPart::StageTheme { theme: &theme.title };
        let id = MarkId::of(&["themes", "stage-name", &theme.title]);
        let tooltip = self.tooltip(theme);
        let mark = Mark::label(id, text, self.scheme().ink()).pointing_at(part.id());
        self.marks.push(mark.with_tooltip(tooltip));
        let half = row_height / 2.0 - 1.0;
        self.spot(part, Rect::new(left - 4.0, middle - half, left + label + 4.0, middle + half), theme);
    }

    /// The stages' names with their colors, in the order of the bars.
    fn stage_key(&mut self, room: Rect) {
        let (content, y) = (self.content, room.y0 + HEADING + KEY / 2.0 - 4.0);
        let mut x = room.x0;
        for stage in &content.stages {
            let text = text_at(x + 15.0, y, Anchor::Start, SMALL, Weight::Regular, stage.short.as_str());
            let right = x + 15.0 + text.width();
            if right > room.x1 {
                break;
            }
            let part = ThemesPart::StageKey { stage: &stage.meaning.title };
            let tooltip = self.tooltip(&stage.meaning);
            let square = Rect::new(x, y - 5.0, x + 10.0, y + 5.0);
            self.marks.push(Mark::new(part.id(), square, Paint::fill(stage.color), tooltip.clone()));
            let id = MarkId::of(&["themes", "stage-key-name", &stage.meaning.title]);
            let mark = Mark::label(id, text, self.scheme().ink()).pointing_at(part.id());
            self.marks.push(mark.with_tooltip(tooltip));
            self.spot(part, Rect::new(x - 3.0, y - 11.0, right + 3.0, y + 11.0), &stage.meaning);
            x = right + 18.0;
        }
    }

    /// A theme's money by stage fills the room; credits that outweigh a stage are no part of it.
    fn stage_bar(&mut self, row: &ThemeRow, room: Rect, middle: f64, row_height: f64) {
        let content = self.content;
        let size = |stage: &SpotMeaning| extent(stage.amount.total()).max(0.0);
        let whole: f64 = row.stages.iter().flatten().map(size).sum();
        let left = room.x0 + self.plan.label + 12.0;
        let height = (row_height * 0.68).min(MOST_BAR);
        let mut x = left;
        for (stage, meaning) in content.stages.iter().zip(&row.stages) {
            let Some(meaning) = meaning.as_ref().filter(|meaning| size(meaning) > 0.0) else { continue };
            let width = (room.x1 - left) * size(meaning) / whole;
            let rect = Rect::new(x, middle - height / 2.0, x + width, middle + height / 2.0);
            x += width;
            let part = ThemesPart::Stage { theme: &row.theme.title, stage: &stage.meaning.title };
            self.piece(&BarPiece { part, rect, color: stage.color, meaning });
            self.spot(part, at_least(rect, 3.0), meaning);
            let share = Share::of(meaning.amount.total(), row.theme.amount.total());
            let words = share.map(percent).unwrap_or_default();
            if height < 10.0 || width_px(&words, SMALLEST, Weight::Regular) + 12.0 > width {
                continue;
            }
            let at = rect.center();
            let mut text = text_at(at.x, at.y, Anchor::Middle, SMALLEST, Weight::Regular, words);
            text.halo = is_hatched(meaning).then_some(stage.color);
            let label = MarkId::of(&["themes", "stage-share", &row.theme.title, &stage.meaning.title]);
            self.marks.push(Mark::label(label, text, on_fill(stage.color)).pointing_at(part.id()));
        }
    }
}
