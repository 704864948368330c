//! Two scenarios in one picture: side by side, or only what changes.

use egui::{CursorIcon, Id, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo};

use crate::app::action::Action;
use crate::app::controls::{Transform, describe, paint, unit_in};
use crate::app::memo::Memo;
use crate::app::shown_place::ShownPlace;
use crate::app::style::{Colors, Look};
use crate::figure::{Figure, FlowsFigure, MarkId};
use crate::flow::FlowGraph;
use crate::ledger::Filter;
use crate::place::{Compared, Place};
use crate::pool::Difference;
use crate::scene::{
    Audience, ComparedPicture, ComparedSpot, PictureWords, change_words, compare_captions, compared,
    compared_difference,
};

/// How long the layouts may search, in milliseconds' worth of steps.
const LAYOUT_MS: u64 = 4;

/// What the comparison remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct CompareView {
    picture: Memo<CompareKey, ComparedPicture>,
    /// The picture in words, for those who do not see it.
    said: Memo<(u64, bool), String>,
    worded: Memo<(u64, bool), PictureWords>,
    lit: Memo<(CompareKey, MarkId), Figure>,
    painted: Memo<(CompareKey, Option<MarkId>, Transform), Vec<egui::Shape>>,
    pub(super) list: Memo<(u64, Option<MarkId>), Difference>,
    /// What was clicked: all else is dimmed, on both sides, and the list behind is of it.
    pinned: Option<Pinned>,
}

#[derive(Clone)]
struct Pinned {
    key: MarkId,
    title: String,
    filter: Filter,
}

type CompareKey = (u64, u32, u32, Look);

impl CompareView {
    /// The figure on screen, with what is pinned lit, as exports draw it.
    pub(in crate::app) fn figure(&self, revision: u64) -> Option<Figure> {
        let picture = self.picture.at(revision)?;
        Some(match self.pinned_of(picture) {
            Some(key) => picture.pinned(key),
            None => picture.figure.clone(),
        })
    }

    /// What is pinned, where the picture has it.
    fn pinned_of(&self, picture: &ComparedPicture) -> Option<MarkId> {
        let key = self.pinned.as_ref()?.key;
        picture.spots.iter().any(|spot| spot.key == key).then_some(key)
    }

    /// What the list behind is of: its name, its lines, and a key.
    pub(super) fn listed(&self) -> Option<(&str, &Filter, MarkId)> {
        self.pinned.as_ref().map(|pinned| (pinned.title.as_str(), &pinned.filter, pinned.key))
    }

    /// The lines behind what is pinned, and what it is called.
    pub(in crate::app) fn pointed_lines(&self) -> Option<(Filter, String)> {
        self.pinned.as_ref().map(|pinned| (pinned.filter.clone(), pinned.title.clone()))
    }

    /// Takes the pin off; false where nothing is pinned.
    pub(in crate::app) fn let_go(&mut self) -> bool {
        self.pinned.take().is_some()
    }

    fn pin(&mut self, spot: &ComparedSpot) {
        let pinned = Pinned { key: spot.key, title: spot.title.clone(), filter: spot.filter.clone() };
        self.pinned = match self.pinned.take() {
            Some(before) if before.key == pinned.key => None,
            _ => Some(pinned),
        };
    }
}

/// Whether only what changes is drawn.
pub(in crate::app) fn is_difference(place: &Place) -> bool {
    place.view.compare.as_ref().is_some_and(|comparison| comparison.shows == Compared::Difference)
}

#[must_use]
pub(in crate::app) fn compare_view_ui(
    ui: &mut Ui,
    shown: &ShownPlace,
    look: Look,
    view: &mut CompareView,
    from: Option<(&FlowsFigure, &FlowGraph)>,
) -> Option<Action> {
    let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
    let (place, other, revision) = (shown.place(), shown.other()?, shown.revision());
    let is_difference = is_difference(place);
    if canvas.width() < 160.0 || canvas.height() < 120.0 {
        return None;
    }
    let size = (canvas.width().round(), canvas.height().round());
    let key = (revision, size.0 as u32, size.1 as u32, look);
    view.picture.get(key, || {
        let unit = f64::from(unit_in(canvas.size()));
        let (scheme, size) = (look.scheme(), (f64::from(size.0) / unit, f64::from(size.1) / unit));
        let mut picture = if is_difference {
            compared_difference(other, place, scheme, size)
        } else {
            compared(other, place, scheme, size, LAYOUT_MS, from)
        };
        picture.figure = picture.figure.scaled(unit);
        picture
    });
    // All lines are gone through for it: once, not in every frame.
    let said = view.said.get((revision, is_difference), || {
        let (title, notes) = compare_captions(other, place, is_difference, Audience::DESK);
        format!("{title}. {}", notes.join(" "))
    });
    response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &*said));
    describe(ui, &response, || {
        let words = || change_words(other, place, is_difference, Audience::DESK);
        Some(view.worded.get((revision, is_difference), words).lines())
    });
    let transform = Transform { origin: canvas.min, zoom: 1.0 };
    paint_ui(ui, canvas, key, transform, view);
    let (clicked, action) = spots_ui(ui, canvas, &response, transform, revision, view);
    if let Some(spot) = clicked {
        view.pin(&spot);
        ui.ctx().request_repaint();
    } else if response.clicked() && action.is_none() {
        view.let_go();
    }
    action
}

fn paint_ui(ui: &Ui, canvas: Rect, key: CompareKey, transform: Transform, view: &mut CompareView) {
    let Some(picture) = view.picture.at(key.0) else { return };
    let pinned = view.pinned_of(picture);
    let figure = match pinned {
        Some(pinned) => view.lit.get((key, pinned), || picture.pinned(pinned)),
        None => &picture.figure,
    };
    let painter = ui.painter_at(canvas.expand(4.0));
    let shapes = view.painted.get((key, pinned, transform), || paint::shapes(&painter, figure, transform));
    painter.extend(shapes.iter().cloned());
}

/// Lets the pointer and the keyboard at the picture: what was clicked, to be pinned, or what is asked for.
fn spots_ui(
    ui: &mut Ui,
    canvas: Rect,
    ground: &egui::Response,
    transform: Transform,
    revision: u64,
    view: &CompareView,
) -> (Option<ComparedSpot>, Option<Action>) {
    let Some(picture) = view.picture.at(revision) else { return (None, None) };
    let (mut clicked, mut action) = (None, None);
    for spot in picture.spots.iter().filter(|spot| spot.is_control()) {
        let Some(mark) = picture.figure.mark(spot.mark) else { continue };
        let rect = transform.rect(mark.shape.bounds()).expand2(egui::vec2(3.0, 2.0)).intersect(canvas);
        if !rect.is_positive() {
            continue;
        }
        let response = ui.interact(rect, Id::unique(("compared", spot.mark.0)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, spot.said.as_str()));
        if response.has_focus() {
            let ring = Stroke::new(2.0, Colors::of(ui).focus);
            ui.painter().rect_stroke(rect.expand(2.0), 3.0, ring, StrokeKind::Outside);
        }
        let by_enter = response.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        if response.double_clicked() || response.clicked() && by_enter {
            action = Some(behind(spot));
        } else if response.clicked() {
            clicked = Some(spot.clone());
        }
        tell(ui, response, &mark.tooltip);
    }
    // Bands, and the words beside nodes.
    let pointed = ground.hover_pos().and_then(|at| picture.figure.pointed_at(transform.to_figure(at)));
    if let Some(mark) = pointed {
        let spot = mark.target.and_then(|target| picture.spot(target));
        let told = picture.figure.told(mark);
        if ground.double_clicked() {
            action = action.or(spot.map(behind));
        } else if ground.clicked() {
            clicked = clicked.or(spot.cloned());
        }
        match spot {
            Some(_) => tell(ui, ground.clone(), told),
            None if !told.is_empty() => {
                ground.clone().on_hover_text_at_pointer(told);
            }
            None => {}
        }
    }
    (clicked, action)
}

fn tell(ui: &Ui, response: egui::Response, words: &str) {
    if response.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    response.on_hover_text_at_pointer(format!("{words}\nClick pins it, double-click leads to its lines"));
}

/// The lines of the side that it belongs to.
fn behind(spot: &ComparedSpot) -> Action {
    let drill = if spot.is_before { Action::DrillBefore } else { Action::Drill };
    drill(spot.title.clone(), spot.filter.clone())
}
