//! A bar for each theme, in pieces by agency, with its amount and its share of all.

use super::super::{
    Anchor, Color, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Weight, extent, fit, on_fill,
};
use super::drawing::{BODY, SMALL, SMALLEST, ThemesDrawing, text_at};
use super::spot::SpotMeaning;
use super::{ThemesPart, ThemesPlan};
use crate::flow::breakdown::Grade;
use crate::money::{Share, percent};

/// The part of a row that a bar takes, and how thick it is at most.
const BAR_SHARE: f64 = 0.66;
const MOST_BAR: f64 = 34.0;
/// What is lower has no room for letters.
const LEAST_FOR_WORDS: f64 = 14.0;
/// Between the end of a piece and the words in it.
const PADDING: f64 = 6.0;

/// A piece of a bar as it is drawn.
pub(super) struct BarPiece<'a> {
    pub(super) part: ThemesPart<'a>,
    pub(super) rect: Rect,
    pub(super) color: Color,
    pub(super) meaning: &'a SpotMeaning,
}

impl ThemesDrawing<'_> {
    /// The rows: names, bars, amounts, the heat table beside or below them.
    pub(super) fn upper(&mut self) {
        let plan = self.plan;
        let rows = self.content.rows.len();
        let heading_y = plan.rows_top - 16.0;
        let more = format!("{}, by agency", self.unit());
        let heading_right = plan.share_right - plan.key.beside_heading();
        self.heading(0.0, heading_right, heading_y, "Who spends on each theme", &more);
        self.hatch_key(heading_y);
        self.rule("bars", 0.0, plan.share_right, plan.rows_top - 1.0);
        self.theme_names(ThemesPlan::row_middle, |theme| ThemesPart::Theme { theme });
        self.bars();
        self.amounts();
        self.table();
        let sums = plan.cell_middle(rows);
        let text = text_at(0.0, sums, Anchor::Start, BODY, Weight::SemiBold, "All themes");
        self.words(&["themes", "all"], text, self.scheme().ink());
        let words = self.say(&self.breakdown.total);
        let text = text_at(plan.amount_right, sums, Anchor::End, BODY, Weight::SemiBold, words);
        self.words(&["themes", "sum"], text, self.scheme().ink());
        self.rule("sums", 0.0, plan.width, sums - plan.row / 2.0);
    }

    /// Bars from zero to the right; what credits outweigh goes to the left.
    fn bars(&mut self) {
        let (content, plan) = (self.content, self.plan);
        let sizes = |row: usize| {
            let cells = content.rows[row].cells.iter().flatten();
            cells.map(|cell| extent(cell.amount.total()))
        };
        let rows = 0..content.rows.len();
        let most = rows.clone().map(|row| sizes(row).filter(|size| *size > 0.0).sum()).fold(0.0, f64::max);
        let least = rows.clone().map(|row| sizes(row).filter(|size| *size < 0.0).sum()).fold(0.0, f64::min);
        let (left, right) = plan.bars;
        let scale = if most > least { (right - left) / (most - least) } else { 0.0 };
        let zero = left - least * scale;
        let height = (plan.row * BAR_SHARE).min(MOST_BAR);
        for row in rows.clone() {
            self.bar(row, zero, scale, height);
        }
        let bottom = plan.rows_top + plan.row * content.rows.len() as f64;
        let line = Shape::line(Point::new(zero, plan.rows_top), Point::new(zero, bottom));
        let stroke = Paint::stroke(self.scheme().faint_ink(), 1.0);
        self.marks.push(Mark::decoration(MarkId::of(&["themes", "zero"]), line, stroke));
    }

    fn bar(&mut self, row: usize, zero: f64, scale: f64, height: f64) {
        let content = self.content;
        let (theme, middle) = (&content.rows[row].theme.title, self.plan.row_middle(row));
        let (mut right, mut left) = (zero, zero);
        for (index, (column, cell)) in content.columns.iter().zip(&content.rows[row].cells).enumerate() {
            let Some(meaning) = cell.as_ref().filter(|cell| !cell.amount.total().is_zero()) else { continue };
            let width = extent(meaning.amount.total()) * scale;
            let end = if width > 0.0 { &mut right } else { &mut left };
            let (from, to) = (*end, *end + width);
            *end = to;
            let rect = Rect::new(from.min(to), middle - height / 2.0, from.max(to), middle + height / 2.0);
            let part = ThemesPart::Bar { theme, agency: &column.meaning.title };
            self.piece(&BarPiece { part, rect, color: column.color, meaning });
            let spot = self.spot(part, at_least(rect, 3.0), meaning);
            (spot.column, spot.is_piece) = (Some(index), true);
            let is_group = column.meaning.title.starts_with("Other (");
            self.name_in_piece(part.id(), rect, column.color, &column.short, is_group, meaning);
        }
    }

    /// A rectangle of which each part is hatched by how well it is known, a hair apart from the next.
    pub(super) fn piece(&mut self, piece: &BarPiece<'_>) {
        let (scheme, id, shown) = (self.scheme(), piece.part.id(), inset(piece.rect));
        let tooltip = self.tooltip(piece.meaning);
        self.marks.push(Mark::new(id, shown, Paint::fill(piece.color), tooltip));
        let sizes: Vec<(Grade, f64)> =
            piece.meaning.amount.parts().map(|(grade, part)| (grade, extent(part.abs()))).collect();
        let whole: f64 = sizes.iter().map(|(_, size)| size).sum();
        let mut at = shown.x0;
        for (grade, size) in sizes {
            let width = shown.width() * size / whole;
            if let Some(kind) = HatchKind::of(grade)
                && width >= 1.5
            {
                let part = Rect::new(at, shown.y0, at + width, shown.y1);
                let paint = Paint::fill(piece.color).hatched(Some(scheme.hatch_on(kind, piece.color)));
                let hatch_id = MarkId::of(&["themes", "hatch", &id.0.to_string(), grade.word()]);
                self.marks.push(Mark::decoration(hatch_id, part, paint).pointing_at(id));
            }
            at += width;
        }
    }

    /// The agency's name where there is room for it, or for most of it.
    fn name_in_piece(
        &mut self,
        id: MarkId,
        rect: Rect,
        color: Color,
        name: &str,
        is_group: bool,
        of: &SpotMeaning,
    ) {
        let name = self.name(name);
        let fitted = fit(&name, rect.width() - 2.0 * PADDING, SMALLEST, Weight::Regular);
        // A stump of a name says less than the table's heading.
        let kept = fitted.text.chars().count().saturating_sub(1);
        let is_stump = is_group || kept < 6 || kept * 3 < name.chars().count() * 2;
        if rect.height() < LEAST_FOR_WORDS || fitted.text.is_empty() || (fitted.shortened && is_stump) {
            return;
        }
        let mut text = text_at(
            rect.x0 + PADDING,
            rect.center().y,
            Anchor::Start,
            SMALLEST,
            Weight::Regular,
            fitted.text,
        );
        text.halo = is_hatched(of).then_some(color);
        let label = MarkId::of(&["themes", "in-bar", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }

    /// Each theme's amount behind its bar, in a column of figures, and its share.
    fn amounts(&mut self) {
        let (content, plan, whole) = (self.content, self.plan, self.breakdown.total.total());
        for (index, row) in content.rows.iter().enumerate() {
            let (amount, y) = (row.theme.amount.total(), plan.row_middle(index));
            let words = self.say(&row.theme.amount);
            let share = Share::of(amount, whole).map(percent).filter(|share| *share != words);
            let text = text_at(plan.amount_right, y, Anchor::End, BODY, Weight::SemiBold, words);
            self.words(&["themes", "total", &row.theme.title], text, self.scheme().ink());
            if let Some(share) = share {
                let text = text_at(plan.share_right, y, Anchor::End, SMALL, Weight::Regular, share);
                self.words(&["themes", "share", &row.theme.title], text, self.scheme().faint_ink());
            }
        }
    }
}

/// Whether any of an amount is hatched: words on it need a rim.
pub(super) fn is_hatched(of: &SpotMeaning) -> bool {
    of.amount.parts().any(|(grade, _)| HatchKind::of(grade).is_some())
}

/// A hair of ground on the right keeps a piece apart from the next.
fn inset(rect: Rect) -> Rect {
    let gap = if rect.width() > 4.0 { 1.0 } else { 0.0 };
    Rect::new(rect.x0, rect.y0, rect.x1 - gap, rect.y1)
}

/// What is thin can still be hit.
pub(super) fn at_least(rect: Rect, width: f64) -> Rect {
    let more = ((width - rect.width()) / 2.0).max(0.0);
    rect.inflate(more, 0.0)
}
