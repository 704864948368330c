//! Nodes and bands on their way into the pool.

use egui::{
    Align2, Context, CursorIcon, Id, Pos2, Rect, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use super::memory::FlowsView;
use super::shown::{FocusKey, ShownFlows};
use crate::app::action::Action;
use crate::app::awaited::is_quick;
use crate::app::controls::{Transform, color32};
use crate::app::jobs::{Job, Poll, Reporter};
use crate::app::shown_place::ShownPlace;
use crate::app::style;
use crate::app::style::{Colors, Look};
use crate::dimension::Dimension;
use crate::figure::Point;
use crate::flow::Focus;
use crate::ledger::Filter;
use crate::money::{Money, in_short};
use crate::place::{Place, put_in_pool};
use crate::pool::{PoolingTerms, ring_fenced_in_words};

/// A node or band that is being dragged and may be dropped on the pool.
pub(super) struct PoolDrag {
    pub(super) what: FocusKey,
    title: String,
    lines: Filter,
    pub(super) is_over: bool,
    verdict: DropVerdict,
}

/// What letting go over the pool would do, in words, or why it would do nothing; found out once.
enum DropVerdict {
    NotAsked,
    /// Of many lines that is worked out beside the window.
    Coming(Job<Result<String, String>>),
    Known(Result<String, String>),
}

/// Until it is known.
const NOT_KNOWN_YET: &str = "…";

/// How far beside the pool's column something can be dropped on it, points.
const BESIDE: f32 = 56.0;

impl PoolDrag {
    /// Takes hold of something, where it is not the pool itself.
    pub(super) fn of(shown: &ShownFlows, focus: Focus) -> Option<Self> {
        // Under a lens all of it is in the pool.
        if shown.flows.are_under_lens() {
            return None;
        }
        let pool_layer = shown.flows.graph.layers.iter().position(|layer| *layer == Dimension::Pool);
        if let Focus::Node(node) = focus
            && Some(shown.flows.graph.nodes[node].layer) == pool_layer
        {
            return None;
        }
        Some(Self {
            what: shown.key_of(focus),
            title: shown.title_of(focus),
            lines: shown.flows.graph.filter_of(focus, &shown.flows.filter),
            is_over: false,
            verdict: DropVerdict::NotAsked,
        })
    }

    /// Follows the pointer, and finds out what would happen when it first comes over the pool.
    pub(super) fn follow(&mut self, of: &ShownPlace, target: Rect, at: Pos2, context: &Context) {
        self.is_over = target.contains(at);
        match &self.verdict {
            DropVerdict::NotAsked if self.is_over => {
                let before = of.model().map(|model| model.balance.into_pool).unwrap_or_default();
                let baseline = of.baseline();
                self.verdict = if is_quick(baseline) {
                    DropVerdict::Known(verdict(baseline, before, &self.lines, &self.title))
                } else {
                    let (baseline, lines, title) = (baseline.clone(), self.lines.clone(), self.title.clone());
                    let work = move |_: &Reporter| verdict(&baseline, before, &lines, &title);
                    DropVerdict::Coming(Job::start("Modelling", context, work))
                };
            }
            DropVerdict::Coming(job) => match job.poll() {
                Poll::Working => {}
                Poll::Done(verdict) => self.verdict = DropVerdict::Known(verdict),
                // It will be told when it is dropped.
                Poll::Gone => self.verdict = DropVerdict::Known(Ok(String::new())),
            },
            DropVerdict::NotAsked | DropVerdict::Known(_) => {}
        }
    }

    pub(super) fn cursor(&self) -> CursorIcon {
        match (&self.verdict, self.is_over) {
            (DropVerdict::Known(Err(_)), true) => CursorIcon::NoDrop,
            (_, true) => CursorIcon::Copy,
            (_, false) => CursorIcon::Grabbing,
        }
    }

    /// What letting go here asks for.
    pub(super) fn drop(self) -> Option<Action> {
        self.is_over.then_some(Action::PutInPool(self.lines, self.title, PoolingTerms::Pooled))
    }
}

/// The total that the pool would have, or why the lines cannot go in.
fn verdict(baseline: &Place, before: Money, lines: &Filter, title: &str) -> Result<String, String> {
    let command = put_in_pool(baseline, lines, title, PoolingTerms::Pooled)?;
    let mut after = baseline.clone();
    command.apply(&mut after).map_err(|error| error.to_string())?;
    let scenario = after.shown_scenario().ok_or("the scenario is gone")?;
    let total = after.models.of(&after.ledger, scenario).balance.into_pool;
    let words = format!("{}: {} \u{2192} {}", scenario.pool, in_short(before), in_short(total));
    Ok(match ring_fenced_in_words(&baseline.ledger, lines) {
        Some(fenced) => format!("{words}. {fenced}"),
        None => words,
    })
}

/// Where what is dropped goes into the pool, on screen: the pool's column, or a place of its own where none is drawn.
pub(super) fn pool_target(shown: &ShownFlows, transform: Transform, canvas: Rect) -> Rect {
    let layer = shown.flows.graph.layers.iter().position(|layer| *layer == Dimension::Pool);
    let Some((x0, x1)) = layer.and_then(|layer| shown.drawing.layer_sides(&shown.flows.graph, layer)) else {
        return beside_the_layers(shown, transform, canvas);
    };
    let left = transform.to_screen(Point::new(x0, 0.0)).x - BESIDE;
    let right = transform.to_screen(Point::new(x1, 0.0)).x + BESIDE;
    Rect::from_min_max(pos2(left, canvas.top()), pos2(right, canvas.bottom()))
}

/// The place for a pool that is not there yet, points: at the foot, between two layers, where no node is dragged past.
const NEW_POOL: egui::Vec2 = vec2(170.0, 64.0);

fn beside_the_layers(shown: &ShownFlows, transform: Transform, canvas: Rect) -> Rect {
    let middle = shown.flows.graph.layers.len() / 2;
    let right = shown.drawing.layer_sides(&shown.flows.graph, middle);
    let left = shown.drawing.layer_sides(&shown.flows.graph, middle.saturating_sub(1));
    let x = match (left, right) {
        (Some((_, left)), Some((right, _))) => {
            transform.to_screen(Point::new(f64::midpoint(left, right), 0.0)).x
        }
        _ => canvas.center().x,
    };
    let half = NEW_POOL.x / 2.0;
    let x = x.clamp(canvas.left() + half, (canvas.right() - half).max(canvas.left() + half));
    Rect::from_center_size(pos2(x, canvas.bottom() - NEW_POOL.y / 2.0 - 8.0), NEW_POOL)
}

/// While something is dragged: where the pool is, and beside the pointer what letting go would do.
pub(super) fn pool_drag_ui(
    ui: &Ui,
    canvas: Rect,
    transform: Transform,
    shown: &ShownFlows,
    view: &FlowsView,
    pool: Option<&str>,
) {
    let Some(drag) = &view.pool_drag else { return };
    let target = pool_target(shown, transform, canvas);
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let is_band = matches!(drag.what, FocusKey::Link(..));
    let is_column = target.height() >= canvas.height();
    if !drag.is_over && !is_band && is_column {
        return;
    }
    let colors = Colors::of(ui);
    let of_pool = color32(Look::of(ui.visuals()).scheme().pool(), 1.0);
    let refused = drag.is_over && matches!(drag.verdict, DropVerdict::Known(Err(_)));
    let edge = if refused { colors.error } else { of_pool };
    let painter = ui.painter_at(canvas.expand(4.0));
    if !is_column {
        painter.rect_filled(target, 8.0, colors.ground);
    }
    painter.rect_filled(target, 8.0, edge.gamma_multiply(if drag.is_over { 0.18 } else { 0.07 }));
    painter.rect_stroke(target, 8.0, Stroke::new(2.0, edge), StrokeKind::Inside);
    if !is_column {
        let words = pool.unwrap_or("New shadow pool");
        let words = painter.layout(words.to_owned(), style::semibold(14.0), colors.text, NEW_POOL.x - 16.0);
        painter.galley(target.center() - words.size() / 2.0, words, colors.text);
    }
    if !drag.is_over && !is_band {
        return;
    }
    let (first, second) = match (&drag.verdict, drag.is_over) {
        (DropVerdict::Known(Ok(words)), true) => (format!("Put {} in", drag.title), words.clone()),
        (DropVerdict::Known(Err(reason)), true) => (format!("{} cannot go in", drag.title), reason.clone()),
        (DropVerdict::Coming(_), true) => (format!("Put {} in", drag.title), NOT_KNOWN_YET.to_owned()),
        _ => (drag.title.clone(), words_on_the_way(is_column).to_owned()),
    };
    let ink = if refused { colors.error } else { colors.text };
    // Said aloud too: nobody who drags by touch sees what is under the hand.
    let said = ui.interact(Rect::from_min_size(at, vec2(1.0, 1.0)), Id::unique("pool drag"), Sense::hover());
    let words = format!("{first}: {second}");
    said.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.as_str()));
    let title = painter.layout(first, style::semibold(13.0), ink, 320.0);
    let words = painter.layout(second, egui::FontId::proportional(12.0), colors.text, 320.0);
    let size = vec2(title.size().x.max(words.size().x), title.size().y + 3.0 + words.size().y);
    let around = vec2(10.0, 7.0);
    let mut box_rect = Rect::from_min_size(at + vec2(16.0, 12.0), size + around * 2.0);
    if !is_column && drag.is_over {
        // What it is dropped on stays in sight.
        box_rect = box_rect.translate(vec2(0.0, target.top() - 8.0 - box_rect.bottom()));
    }
    let beyond = (box_rect.max - canvas.max).max(egui::Vec2::ZERO);
    box_rect = box_rect.translate(-beyond);
    painter.rect_filled(box_rect, 6.0, colors.raised);
    painter.rect_stroke(box_rect, 6.0, Stroke::new(1.5, edge), StrokeKind::Inside);
    let below = vec2(0.0, title.size().y + 3.0);
    painter.galley(box_rect.min + around, title, ink);
    painter.galley(box_rect.min + around + below, words, colors.text);
    if view.drag.is_none() {
        painter.text(at, Align2::CENTER_CENTER, "\u{25cf}", egui::FontId::proportional(14.0), edge);
    }
}

const fn words_on_the_way(is_column: bool) -> &'static str {
    if is_column {
        "Drop it on the pool's column to put it in; Esc cancels"
    } else {
        "Drop it on the pool below to put it in; Esc cancels"
    }
}

/// How high the headings of the layers stand, points.
const HEADINGS: f32 = 34.0;

/// A pool that nothing is in yet says how something comes in.
pub(super) fn empty_pool_ui(ui: &mut Ui, canvas: Rect, transform: Transform, shown: &ShownFlows) {
    let target = pool_target(shown, transform, canvas);
    let size = vec2(230.0, 58.0);
    let half = size.x / 2.0;
    let x = target.center().x.clamp(canvas.left() + half, (canvas.right() - half).max(canvas.left() + half));
    // Under the heading of its layer: the foot has what the picture says of itself.
    let room = Rect::from_center_size(pos2(x, canvas.top() + HEADINGS + size.y / 2.0), size);
    let colors = Colors::of(ui);
    ui.painter().rect_filled(room, 8.0, colors.raised);
    ui.painter().rect_stroke(room, 8.0, Stroke::new(1.0, colors.strong_outline), StrokeKind::Inside);
    let words =
        "Nothing is in the pool yet. Drag a band or a node onto it, Ctrl+click one, or point and press P.";
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(room.shrink2(vec2(10.0, 6.0))));
    inside.add(egui::Label::new(egui::RichText::new(words).small()).wrap().selectable(false));
}
