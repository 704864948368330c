//! The heat table: a row for each theme, a column for each agency, in each cell what meets there.

use super::super::{
    Anchor, Color, HatchKind, Mark, MarkId, Paint, Point, Rect, Shape, Weight, extent, fit, on_fill,
    width_px, wrap,
};
use super::bars::is_hatched;
use super::drawing::{BODY, SMALL, ThemesDrawing, text_at};
use super::spot::SpotMeaning;
use super::{Measure, ThemesPart, ThemesPlan};
use crate::flow::breakdown::Graded;
use crate::ledger::ABOUT;
use crate::money::{Share, percent};

/// From line to line of a heading.
const LINE: f64 = 14.0;
const MOST_LINES: usize = 4;
/// The strip of an agency's color below its name: the key to the bars.
const STRIP: f64 = 5.0;
/// Between a cell's edge and its number.
const PADDING: f64 = 6.0;
/// Numbers are in the first of these sizes that has room; columns are as wide as they ask for.
const NUMBER_SIZES: [f64; 1] = [SMALL];
/// A share below an amount, and how high a cell is that has room for both.
const SHARE_SIZE: f64 = SMALL;
const TWO_NUMBERS: f64 = 30.0;

/// How high the headings of the columns are.
pub(super) fn headings_height<'a>(names: impl Iterator<Item = &'a str> + Clone, width: f64) -> f64 {
    let lines = names.map(|name| heading_lines(name, width).len()).max().unwrap_or(1);
    lines as f64 * LINE + STRIP + 10.0
}

fn heading_lines(name: &str, width: f64) -> Vec<String> {
    let (room, size) = (width - 5.0, SMALL);
    let mut lines = wrap(name, room, size, Weight::Regular);
    if lines.len() > MOST_LINES {
        let rest = lines.split_off(MOST_LINES - 1).join(" ");
        lines.push(rest);
    }
    // A word that is longer than its column is cut.
    lines.into_iter().map(|line| fit(&line, room, size, Weight::Regular).text).collect()
}

impl ThemesDrawing<'_> {
    pub(super) fn table(&mut self) {
        self.column_headings();
        self.cells();
        self.column_sums();
        let (content, plan) = (self.content, self.plan);
        if plan.is_beside {
            return;
        }
        self.theme_names(ThemesPlan::cell_middle, |theme| ThemesPart::TableTheme { theme });
        self.heading(0.0, plan.grid.0 - 4.0, plan.grid.1 - 16.0, "By agency", "");
        for (row, theme) in content.rows.iter().enumerate() {
            let words = self.say(&theme.theme.amount);
            let y = plan.cell_middle(row);
            let text = text_at(plan.amount_right, y, Anchor::End, BODY, Weight::SemiBold, words);
            self.words(&["themes", "table-total", &theme.theme.title], text, self.scheme().ink());
        }
    }

    /// The agencies' names above their columns, over a strip of their color.
    fn column_headings(&mut self) {
        let (content, plan) = (self.content, self.plan);
        let names = content.columns.iter().map(|column| column.short.as_str());
        let (size, height) = (SMALL, headings_height(names, plan.cell));
        for (index, column) in content.columns.iter().enumerate() {
            let (left, bottom) = (plan.grid.0 + plan.cell * index as f64, plan.grid.1 - 2.0);
            let right = left + plan.cell;
            let part = ThemesPart::Agency { agency: &column.meaning.title };
            let tooltip = self.tooltip(&column.meaning);
            let strip = Rect::new(left + 1.0, bottom - STRIP, right - 1.0, bottom);
            self.marks.push(Mark::new(part.id(), strip, Paint::fill(column.color), tooltip.clone()));
            let lines = heading_lines(&self.name(&column.short), plan.cell);
            for (line, words) in lines.into_iter().rev().enumerate() {
                let y = strip.y0 - 3.0 - LINE * (line as f64 + 0.5);
                let text = text_at(right - 3.0, y, Anchor::End, size, Weight::Regular, words);
                let id = MarkId::of(&["themes", "column", &column.meaning.title, &line.to_string()]);
                let mark = Mark::label(id, text, self.scheme().faint_ink()).pointing_at(part.id());
                self.marks.push(mark.with_tooltip(tooltip.clone()));
            }
            let reach = Rect::new(left, plan.grid.1 - height, right, plan.grid.1 - 1.0);
            self.spot(part, reach, &column.meaning).column = Some(index);
        }
    }

    /// The cells, darker the more money there is.
    fn cells(&mut self) {
        let (content, plan, scheme) = (self.content, self.plan, self.scheme());
        let size = |cell: &SpotMeaning| extent(cell.amount.total()).max(0.0);
        let most =
            content.rows.iter().flat_map(|row| row.cells.iter().flatten()).map(size).fold(0.0, f64::max);
        for (row, theme) in content.rows.iter().enumerate() {
            for (index, (column, cell)) in content.columns.iter().zip(&theme.cells).enumerate() {
                let left = plan.grid.0 + plan.cell * index as f64;
                let top = plan.grid.1 + plan.row * row as f64;
                let rect = Rect::new(left, top, left + plan.cell, top + plan.row).inset(-1.0);
                let part = ThemesPart::Cell { theme: &theme.theme.title, agency: &column.meaning.title };
                let Some(cell) = cell else {
                    let middle = rect.center();
                    let dash = Shape::line(middle - (4.0, 0.0), middle + (4.0, 0.0));
                    self.marks.push(Mark::decoration(part.id(), dash, Paint::stroke(scheme.grid(), 1.0)));
                    continue;
                };
                // The root makes small amounts tell apart; the number says how much it is.
                let share = if most > 0.0 { (size(cell) / most).sqrt() } else { 0.0 };
                let color = scheme.heat(share);
                let hatch = HatchKind::of(cell.amount.mostly()).map(|kind| scheme.hatch_on(kind, color));
                let paint = Paint::fill(color).hatched(hatch);
                let tooltip = self.tooltip(cell);
                self.marks.push(Mark::new(part.id(), rect, paint, tooltip));
                self.number_in_cell(part.id(), rect, color, cell);
                self.spot(part, rect, cell).column = Some(index);
            }
        }
    }

    fn number_in_cell(&mut self, id: MarkId, rect: Rect, color: Color, cell: &SpotMeaning) {
        let Some((words, size)) = self.fitting(&cell.amount, rect.width() - 10.0, Weight::Regular) else {
            return;
        };
        let x = rect.x1 - PADDING;
        let share = Share::of(cell.amount.total(), self.breakdown.total.total());
        let is_both = self.options.measure == Measure::Both && rect.height() >= TWO_NUMBERS;
        let share = share.filter(|_| is_both);
        // Of two numbers in a cell the amount stands above.
        let y = rect.center().y - if share.is_some() { LINE / 2.0 } else { 0.0 };
        if let Some(share) = share {
            let below = (rect.center().y + LINE / 2.0, percent(share));
            let mut text = text_at(x, below.0, Anchor::End, SHARE_SIZE, Weight::Regular, below.1);
            text.halo = is_hatched(cell).then_some(color);
            let label = MarkId::of(&["themes", "number-share", &id.0.to_string()]);
            self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
        }
        let mut text = text_at(x, y, Anchor::End, size, Weight::Regular, words);
        text.halo = is_hatched(cell).then_some(color);
        let label = MarkId::of(&["themes", "number", &id.0.to_string()]);
        self.marks.push(Mark::label(label, text, on_fill(color)).pointing_at(id));
    }

    /// The sums of the columns, under the last row.
    fn column_sums(&mut self) {
        let (content, plan) = (self.content, self.plan);
        let middle = plan.cell_middle(content.rows.len());
        for (index, column) in content.columns.iter().enumerate() {
            let of = &column.meaning.amount;
            let Some((words, size)) = self.fitting(of, plan.cell - 10.0, Weight::SemiBold) else { continue };
            let at = Point::new(plan.grid.0 + plan.cell * (index + 1) as f64 - PADDING - 1.0, middle);
            let text = text_at(at.x, at.y, Anchor::End, size, Weight::SemiBold, words);
            self.words(&["themes", "column-sum", &column.meaning.title], text, self.scheme().ink());
        }
    }

    /// How much it is, and the size at which that fits; of an estimate a sign says so where the word has no room.
    fn fitting(&self, of: &Graded, room: f64, weight: Weight) -> Option<(String, f64)> {
        let words = self.say(of);
        let shorter = words.strip_prefix(ABOUT).map(|amount| format!("~{amount}"));
        [Some(words), shorter].into_iter().flatten().find_map(|words| {
            let size = NUMBER_SIZES.into_iter().find(|&size| width_px(&words, size, weight) <= room)?;
            Some((words, size))
        })
    }
}
