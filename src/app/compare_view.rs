//! Two scenarios in one picture: side by side, or only what changes.

use egui::{Sense, Ui, WidgetInfo};

use super::action::Action;
use super::flows_view::scheme_of;
use super::memo::Memo;
use super::paint::{self, Transform};
use super::shown_place::ShownPlace;
use super::style::Look;
use crate::figure::Figure;
use crate::place::{Compared, Place, compare_captions, compare_picture, difference_picture};
use crate::pool::Difference;

/// How long the layouts may search, in milliseconds' worth of steps.
const LAYOUT_MS: u64 = 4;

/// What the comparison remembers: nothing of it is saved.
#[derive(Default)]
pub(super) struct CompareView {
    figure: Memo<Key, Figure>,
    painted: Memo<(Key, Transform), Vec<egui::Shape>>,
    pub(super) list: Memo<u64, Difference>,
}

type Key = (u64, u32, u32, Look);

impl CompareView {
    /// The figure on screen, as exports draw it.
    pub(super) fn figure(&self) -> Option<&Figure> {
        self.figure.kept()
    }
}

/// Whether only what changes is drawn.
pub(super) fn is_difference(place: &Place) -> bool {
    place.view.compare.as_ref().is_some_and(|comparison| comparison.shows == Compared::Difference)
}

#[must_use]
pub(super) fn compare_view_ui(
    ui: &mut Ui,
    shown: &ShownPlace,
    look: Look,
    view: &mut CompareView,
) -> Option<Action> {
    let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let (place, other) = (shown.place(), shown.other()?);
    let is_difference = is_difference(place);
    if canvas.width() < 160.0 || canvas.height() < 120.0 {
        return None;
    }
    let size = (canvas.width().round(), canvas.height().round());
    let key = (shown.revision(), size.0 as u32, size.1 as u32, look);
    let figure = view.figure.get(key, || {
        let (scheme, size) = (scheme_of(look), (f64::from(size.0), f64::from(size.1)));
        if is_difference {
            difference_picture(other, place, scheme, size)
        } else {
            compare_picture(other, place, scheme, size, LAYOUT_MS)
        }
    });
    let (title, notes) = compare_captions(other, place, is_difference);
    response.widget_info(|| {
        WidgetInfo::labeled(egui::Role::Canvas, true, format!("{title} {}", notes.join(" ")))
    });
    let transform = Transform { origin: canvas.min, zoom: 1.0 };
    let painter = ui.painter_at(canvas.expand(4.0));
    let shapes = view.painted.get((key, transform), || paint::shapes(&painter, figure, transform));
    painter.extend(shapes.iter().cloned());
    let pointed = response.hover_pos().and_then(|at| figure.pointed_at(transform.to_figure(at)));
    if let Some(mark) = pointed.filter(|mark| !mark.tooltip.is_empty()) {
        let words = mark.tooltip.clone();
        response.on_hover_text_at_pointer(words);
    }
    None
}
