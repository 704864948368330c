//! Stacked bars, one a row, drawn by `egui_plot`; hatches, words and what can be pressed lie on top.

use egui::{Color32, Id, Rect, Sense, Stroke, Ui, UiBuilder, pos2, vec2};
use egui_plot::{Bar, BarChart, Plot, PlotBounds};

use super::spot::{Ground, Hands, Spot};
use super::words::{plate, said};
use crate::app::controls::{color32, hatch_rect};
use crate::figure::{Color, HatchKind, Scheme, Weight, extent, fit, on_fill};
use crate::flow::breakdown::Graded;

/// A part of a bar, from and to in the units of the bar.
pub(super) struct Piece<'a> {
    pub(super) spot: &'a Spot,
    pub(super) color: Color,
    pub(super) from: f64,
    pub(super) to: f64,
    /// What stands in it where there is room.
    pub(super) words: String,
    /// Whether the words may be cut.
    pub(super) may_be_cut: bool,
    /// Which agency it belongs to.
    pub(super) agency: Option<usize>,
}

/// Where the bars stand, and what they are called.
pub(super) struct Bars<'a> {
    pub(super) name: &'static str,
    pub(super) rect: Rect,
    /// Of a bar, in points; the row gives the rest.
    pub(super) thickness: f32,
    /// The units at the left and the right edge.
    pub(super) range: (f64, f64),
    pub(super) rows: Vec<Vec<Piece<'a>>>,
    pub(super) scheme: Scheme,
    /// Where hatches are counted from.
    pub(super) origin: egui::Pos2,
}

impl Bars<'_> {
    pub(super) fn show(&self, ui: &mut Ui, ground: Ground<'_>, hands: &mut Hands) {
        let rects = self.plot(ui, hands.last_agency);
        for (row, rects) in self.rows.iter().zip(&rects) {
            for (piece, rect) in row.iter().zip(rects) {
                self.dress(ui, piece, *rect, hands.last_agency);
            }
        }
        for (row, rects) in self.rows.iter().zip(&rects) {
            for (piece, rect) in row.iter().zip(rects) {
                // What is thin can still be hit.
                let reach = if rect.width() < 3.0 { rect.expand2(vec2(1.5, 0.0)) } else { *rect };
                let id = Id::unique(("themes", self.name, &piece.spot.title));
                hands.reach(ui, ground, reach, id, piece.spot, piece.agency);
            }
        }
    }

    /// Where a value of the bars is on the screen.
    pub(super) fn x(&self, value: f64) -> f32 {
        let share = (value - self.range.0) / (self.range.1 - self.range.0);
        self.rect.left() + self.rect.width() * share as f32
    }

    /// Draws the bars and returns where the pieces lie.
    fn plot(&self, ui: &mut Ui, pointed: Option<usize>) -> Vec<Vec<Rect>> {
        let count = self.rows.len() as f64;
        let row_height = f64::from(self.rect.height()) / count.max(1.0);
        let gap = Stroke::new(0.5, color32(self.scheme.ground(), 1.0));
        let bars = self.rows.iter().enumerate().flat_map(|(row, pieces)| {
            let at = count - row as f64 - 0.5;
            pieces.iter().map(move |piece| {
                let fades = pointed.is_some() && piece.agency.is_some() && piece.agency != pointed;
                let color = if fades { piece.color.mix(self.scheme.ground(), 0.72) } else { piece.color };
                Bar::new(at, piece.to - piece.from)
                    .base_offset(piece.from)
                    .fill(color32(color, 1.0))
                    .stroke(gap)
            })
        });
        let thickness = f64::from(self.thickness) / row_height;
        let chart = BarChart::new(self.name, bars.collect()).horizontal().width(thickness).allow_hover(false);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(self.rect).id_salt(self.name));
        let bounds = PlotBounds::from_min_max([self.range.0, 0.0], [self.range.1, count.max(1.0)]);
        Plot::new(self.name)
            .width(self.rect.width())
            .height(self.rect.height())
            .sense(Sense::hover())
            .show_axes(false)
            .show_grid(false)
            .show_background(false)
            .show_x(false)
            .show_y(false)
            .show_crosshair(false)
            .allow_zoom(false)
            .allow_scroll(false)
            .allow_drag(false)
            .allow_axis_zoom_drag(false)
            .allow_boxed_zoom(false)
            .allow_double_click_reset(false)
            .set_margin_fraction(egui::Vec2::ZERO)
            .show(&mut ui, |plot| {
                plot.set_plot_bounds(bounds);
                plot.bar_chart(chart);
            });
        let rect_of = |row: usize, piece: &Piece<'_>| {
            let middle = self.rect.top() + self.rect.height() * ((row as f32 + 0.5) / self.rows.len() as f32);
            let x = |value: f64| self.x(value);
            Rect::from_min_max(
                pos2(x(piece.from), middle - self.thickness / 2.0),
                pos2(x(piece.to), middle + self.thickness / 2.0),
            )
        };
        self.rows
            .iter()
            .enumerate()
            .map(|(row, pieces)| pieces.iter().map(|piece| rect_of(row, piece)).collect())
            .collect()
    }

    fn dress(&self, ui: &Ui, piece: &Piece<'_>, rect: Rect, pointed: Option<usize>) {
        let fades = pointed.is_some() && piece.agency.is_some() && piece.agency != pointed;
        if fades {
            return;
        }
        hatch_by_grade(ui, self.origin, rect.shrink(0.5), piece.color, &piece.spot.amount, self.scheme);
        let room = f64::from(rect.width()) - 12.0;
        let fitted = fit(&piece.words, room, 11.0, Weight::Regular);
        if rect.height() < 14.0 || fitted.text.is_empty() || (fitted.shortened && !piece.may_be_cut) {
            return;
        }
        // A stump of a name says less than the table's heading.
        let kept = fitted.text.chars().count().saturating_sub(1);
        if fitted.shortened && (kept < 6 || kept * 3 < piece.words.chars().count() * 2) {
            return;
        }
        let ink = color32(on_fill(piece.color), 1.0);
        let text = said(ui, &fitted.text, 11.0, Weight::Regular, ink);
        let left = if piece.may_be_cut { rect.left() + 6.0 } else { rect.center().x - text.size().x / 2.0 };
        let at = pos2(left, rect.center().y - text.size().y / 2.0);
        if HatchKind::of(piece.spot.amount.mostly()).is_some() {
            plate(ui, Rect::from_min_size(at, text.size()), color32(piece.color, 0.86));
        }
        ui.painter().galley(at, text, Color32::PLACEHOLDER);
    }
}

/// Each part of an amount is hatched by how well it is known, side by side.
pub(super) fn hatch_by_grade(
    ui: &Ui,
    origin: egui::Pos2,
    rect: Rect,
    color: Color,
    amount: &Graded,
    scheme: Scheme,
) {
    if !ui.is_rect_visible(rect) {
        return;
    }
    let sizes: Vec<_> = amount.parts().map(|(grade, part)| (grade, extent(part.abs()))).collect();
    let whole: f64 = sizes.iter().map(|(_, size)| size).sum();
    let mut left = rect.left();
    for (grade, size) in sizes {
        let width = rect.width() * (size / whole) as f32;
        if let Some(kind) = HatchKind::of(grade).filter(|_| width >= 1.5) {
            let part = Rect::from_min_max(pos2(left, rect.top()), pos2(left + width, rect.bottom()));
            hatch_rect(ui.painter(), origin, part, scheme.hatch_on(kind, color));
        }
        left += width;
    }
}
