//! How the flows are brought to the canvas: drawn anew where the place, its view or the canvas changes, morphed, zoomed and
//! painted.

use std::time::Instant;

use egui::{Rect, Response, Ui, vec2};

use super::memory::{FlowsView, MOST_ZOOM, Morphing, PaintKey};
use super::shown::{ShownFlows, drawn};
use crate::app::controls::{MORPH, Transform, paint};
use crate::app::jobs::Poll;
use crate::app::shown_place::ShownPlace;
use crate::app::style::{Colors, Look};
use crate::figure::{Morph, Point, RunningTotal};
use crate::flow::{Focus, trace};
use crate::painter::KeptGround;
use crate::place::{Place, Screen, ViewSpec};

/// How many drawings are kept for when their view comes back.
/// More than the years and scenarios that are switched between; each holds its graph and its marks.
const MOST_KEPT: usize = 24;

/// Makes the drawing anew where the place, its view or the canvas has changed, and starts a morph.
pub(super) fn refresh(ui: &Ui, of: &ShownPlace, look: Look, canvas: Rect, view: &mut FlowsView) {
    let (place, revision) = (of.place(), of.revision());
    // Whole pixels, or a window that is dragged by halves would be laid out for each.
    let (width, height) = ((canvas.width() / view.unit).round(), (canvas.height() / view.unit).round());
    let key = (revision, width as u32, height as u32, look);
    if view.shown.at(revision).is_some_and(|shown| shown.key == key) {
        // Only a drawing of the place as it is can be drawn again; what was found for an older one is of no use.
        take_better_layout(ui, of, view);
        return;
    }
    let former = view.shown.take_last();
    let made_of = (ViewSpec { screen: Screen::Flows, ..(*place.view).clone() }, of.origin().clone());
    let is_kept = |kept: &ShownFlows| {
        (kept.key.1, kept.key.2, kept.key.3) == (key.1, key.2, key.3) && kept.of == made_of
    };
    view.search = None;
    let mut shown = if let Some(place) = view.kept.iter().position(is_kept) {
        ShownFlows { key, ..view.kept.remove(place) }
    } else {
        let before = || former.iter().chain(view.kept.iter().rev());
        drawn(ui, place, key, made_of, before, &mut view.search)
    };
    shown.zoom(place, view.zoom.factor);
    view.morph = former.as_ref().filter(|former| former.key.0 != revision).map(|former| Morphing {
        morph: Morph::new(former.drawing.figure.clone(), shown.drawing.figure.clone()),
        since: Instant::now(),
        running: RunningTotal::of(&former.flows.graph, &shown.flows.graph),
    });
    if view.morph.is_some() {
        ui.ctx().request_repaint();
    }
    view.shown.keep(revision, shown);
    if let Some(former) = former {
        view.kept.push(former);
        if view.kept.len() > MOST_KEPT {
            view.kept.remove(0);
        }
    }
    view.paintings += 1;
    view.keep_in_view();
}

/// Shows what the search elsewhere has found, as a morph, unless something is being dragged.
fn take_better_layout(ui: &Ui, of: &ShownPlace, view: &mut FlowsView) {
    let Some(search) = &view.search else { return };
    let found = match search.poll() {
        Poll::Working => return,
        Poll::Done(found) => found,
        Poll::Gone => None,
    };
    view.search = None;
    let (Some(layout), Some(shown)) = (found, view.shown.at_mut(of.revision())) else { return };
    // Under a hand nothing else may move; what was found is given up.
    if view.drag.is_some() {
        return;
    }
    let former = shown.drawing.figure.clone();
    let whole = shown.whole();
    let (scheme, size) = (whole.figure.scheme, (whole.figure.width, whole.figure.height));
    let input = shown.flows.input(of.place(), scheme, size, None, 0);
    let better = whole.with_layout(&input, layout);
    shown.show_whole(better);
    shown.zoom(of.place(), view.zoom.factor);
    let morph = Morph::new(former, shown.drawing.figure.clone());
    view.morph = Some(Morphing { morph, since: Instant::now(), running: None });
    view.paintings += 1;
    ui.ctx().request_repaint();
}

/// Where the whole drawing would lie, as large as it is zoomed.
fn zoomed(canvas: Rect, view: &FlowsView) -> Transform {
    let corner = vec2(view.zoom.corner.x as f32, view.zoom.corner.y as f32);
    let zoom = view.zoom.factor * view.unit;
    Transform { origin: canvas.min - corner * zoom, zoom }
}

/// Draws what is shown as large as it is zoomed, and says where that lies: its letters are as large as before.
pub(super) fn magnified(canvas: Rect, place: &Place, revision: u64, view: &mut FlowsView) -> Transform {
    if let Some(shown) = view.shown.at_mut(revision)
        && shown.zoom(place, view.zoom.factor)
    {
        view.paintings += 1;
        // What moves on its way to another size would be of the one before.
        view.morph = None;
    }
    Transform { zoom: view.unit, ..zoomed(canvas, view) }
}

/// The wheel and pinching zoom to the pointer; dragging the ground pans what is zoomed.
pub(super) fn zoom_and_pan(ui: &Ui, canvas: Rect, response: &Response, view: &mut FlowsView) {
    let pointer = ui.input(|input| input.pointer.hover_pos()).filter(|at| canvas.contains(*at));
    if let Some(at) = pointer {
        // The wheel alone zooms as well: there is nothing here to scroll.
        let (pinch, scroll) = ui.input(|input| (input.zoom_delta(), input.smooth_scroll_delta().y));
        // A notch of most wheels, some fifty points, is then a fifth.
        let factor = if (pinch - 1.0).abs() > 1e-3 { pinch } else { (scroll / 240.0).exp() };
        if (factor - 1.0).abs() > 1e-3 {
            let under = zoomed(canvas, view).to_figure(at);
            view.zoom.factor = (view.zoom.factor * factor).clamp(1.0, MOST_ZOOM);
            let way = (at - canvas.min) / (view.zoom.factor * view.unit);
            view.zoom.corner = Point::new(under.x - f64::from(way.x), under.y - f64::from(way.y));
        }
    }
    if response.dragged() && view.drag.is_none() && view.pool_drag.is_none() {
        let way = response.drag_delta() / (view.zoom.factor * view.unit);
        view.zoom.corner.x -= f64::from(way.x);
        view.zoom.corner.y -= f64::from(way.y);
    }
    view.keep_in_view();
}

/// Paints the drawing: in between two while it morphs, dimmed but for what is traced while something is pointed at.
pub(super) fn paint_ui(
    ui: &mut Ui,
    canvas: Rect,
    transform: Transform,
    of: &ShownPlace,
    look: Look,
    pointed: Option<Focus>,
    view: &mut FlowsView,
) {
    let Some(shown) = view.shown.at(of.revision()) else { return };
    // A little beyond, for the rim of what is chosen at the edge.
    let painter = ui.painter_at(canvas.expand(4.0));
    if let Some(Morphing { morph, since, running }) = &view.morph {
        let share = since.elapsed().as_secs_f64() / MORPH.as_secs_f64();
        if share < 1.0 && ui.style().animation_time > 0.0 {
            // Slow at both ends, so that the eye sees what begins to move and where it stops.
            let eased = share * share * (3.0 - 2.0 * share);
            let mut between = morph.at(eased);
            if let Some(running) = running {
                running.show(&mut between, eased);
            }
            painter.extend(paint::shapes(&painter, &between, transform));
            ui.ctx().request_repaint();
            return;
        }
        view.morph = None;
    }
    if let Some(dragged) = view.drag.as_ref().and_then(|drag| drag.dragged.as_ref()) {
        painter.extend(paint::shapes(&painter, &dragged.figure, transform));
        return;
    }
    let focus = pointed.or_else(|| shown.find(view.pinned?)).or_else(|| shown.find(view.chosen?));
    let size = (shown.drawing.figure.width, shown.drawing.figure.height);
    let input = || shown.flows.input(of.place(), look.scheme(), size, None, 0);
    // While something is traced all bands recede alike, whatever that is: neither are they put together again when the
    // pointer moves.
    let bands = (view.paintings, transform);
    let bands = match focus {
        None => {
            view.painted_bands.get(bands, || paint::shapes_of(&painter, shown.drawing.bands(), transform))
        }
        Some(_) => view
            .receding_bands
            .get(bands, || paint::shapes_of(&painter, &shown.drawing.receding_bands(&input()), transform)),
    };
    painter.extend(bands.iter().cloned());
    KeptGround::end_in(&painter);
    let pinned = view.pinned.filter(|key| shown.find(*key).is_some());
    let focused = focus.map(|focus| shown.key_of(focus));
    let key = PaintKey { painting: view.paintings, focus: focused, pinned, transform };
    let above = view.painted.get(key, || match focus {
        None => paint::shapes_of(&painter, shown.drawing.above_bands(), transform),
        Some(focus) => {
            let traced = trace(&shown.flows.graph, focus);
            let pin = pinned.and_then(|key| shown.find(key));
            let above = shown.drawing.trace_above_bands(&input(), &traced, pin);
            paint::shapes_of(&painter, &above, transform)
        }
    });
    painter.extend(above.iter().cloned());
    let stroke = egui::Stroke::new(2.0, Colors::of(ui).focus);
    match view.chosen.and_then(|key| shown.find(key)) {
        Some(Focus::Node(node)) => {
            let around = transform.rect(shown.drawing.node_box(node)).expand(3.0);
            painter.rect_stroke(around, 4.0, stroke, egui::StrokeKind::Outside);
        }
        Some(focus) => {
            for edge in shown.edges_of(focus, transform) {
                painter.line(edge, stroke);
            }
        }
        None => {}
    }
}
