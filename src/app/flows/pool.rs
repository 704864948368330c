//! Nodes and bands on their way into the pool.

use egui::{Align2, CursorIcon, Pos2, Rect, Stroke, StrokeKind, Ui, pos2, vec2};

use super::view::{FlowsView, FocusKey, ShownFlows};
use crate::app::action::Action;
use crate::app::controls::{Transform, color32};
use crate::app::shown_place::ShownPlace;
use crate::app::style;
use crate::app::style::Colors;
use crate::dimension::Dimension;
use crate::figure::{Point, Scheme};
use crate::flow::Focus;
use crate::ledger::Filter;
use crate::money::in_short;
use crate::place::{Place, put_in_pool};
use crate::pool::PoolingTerms;

/// A node or band that is being dragged and may be dropped on the pool.
pub(super) struct PoolDrag {
    pub(super) what: FocusKey,
    title: String,
    lines: Filter,
    pub(super) is_over: bool,
    /// What letting go over the pool would do, in words, or why it would do nothing; found out once.
    verdict: Option<Result<String, String>>,
}

/// How far beside the pool's column something can be dropped on it, points.
const BESIDE: f32 = 56.0;

impl PoolDrag {
    /// Takes hold of something, where there is a pool to drop it on and it is not the pool itself.
    pub(super) fn of(shown: &ShownFlows, place: &Place, focus: Focus) -> Option<Self> {
        place.shown_scenario()?;
        let pool_layer = shown.graph.layers.iter().position(|layer| *layer == Dimension::Pool)?;
        if let Focus::Node(node) = focus
            && shown.graph.nodes[node].layer == pool_layer
        {
            return None;
        }
        Some(Self {
            what: shown.key_of(focus),
            title: shown.title_of(focus),
            lines: shown.graph.filter_of(focus, &place.view.filter),
            is_over: false,
            verdict: None,
        })
    }

    /// Follows the pointer, and finds out what would happen when it first comes over the pool.
    pub(super) fn follow(&mut self, of: &ShownPlace, column: Option<Rect>, at: Pos2) {
        self.is_over = column.is_some_and(|column| column.contains(at));
        if self.is_over && self.verdict.is_none() {
            self.verdict = Some(verdict(of, &self.lines, &self.title));
        }
    }

    pub(super) fn cursor(&self) -> CursorIcon {
        match (&self.verdict, self.is_over) {
            (Some(Err(_)), true) => CursorIcon::NoDrop,
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
fn verdict(of: &ShownPlace, lines: &Filter, title: &str) -> Result<String, String> {
    let baseline = of.baseline();
    let command = put_in_pool(baseline, lines, title, PoolingTerms::Pooled)?;
    let mut after = baseline.clone();
    command.apply(&mut after).map_err(|error| error.to_string())?;
    let scenario = after.shown_scenario().ok_or("the scenario is gone")?;
    let total = after.models.of(&after.ledger, scenario).balance.into_pool;
    let before = of.model().map(|model| model.balance.into_pool).unwrap_or_default();
    Ok(format!("{}: {} \u{2192} {}", scenario.pool, in_short(before), in_short(total)))
}

/// Where the pool's column takes what is dropped, on screen.
pub(super) fn pool_column(shown: &ShownFlows, transform: Transform, canvas: Rect) -> Option<Rect> {
    let layer = shown.graph.layers.iter().position(|layer| *layer == Dimension::Pool)?;
    let (x0, x1) = shown.drawing.layer_sides(&shown.graph, layer)?;
    let left = transform.to_screen(Point::new(x0, 0.0)).x - BESIDE;
    let right = transform.to_screen(Point::new(x1, 0.0)).x + BESIDE;
    Some(Rect::from_min_max(pos2(left, canvas.top()), pos2(right, canvas.bottom())))
}

/// While something is dragged: the pool's column, and beside the pointer what letting go would do.
pub(super) fn pool_drag_ui(
    ui: &Ui,
    canvas: Rect,
    transform: Transform,
    scheme: Scheme,
    shown: &ShownFlows,
    view: &FlowsView,
) {
    let Some(drag) = &view.pool_drag else { return };
    let Some(column) = pool_column(shown, transform, canvas) else { return };
    let Some(at) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let is_band = matches!(drag.what, FocusKey::Link(..));
    if !drag.is_over && !is_band {
        return;
    }
    let colors = Colors::of(ui);
    let pool = color32(scheme.pool(), 1.0);
    let refused = drag.is_over && matches!(drag.verdict, Some(Err(_)));
    let edge = if refused { colors.error } else { pool };
    let painter = ui.painter_at(canvas.expand(4.0));
    painter.rect_filled(column, 8.0, edge.gamma_multiply(if drag.is_over { 0.18 } else { 0.07 }));
    painter.rect_stroke(column, 8.0, Stroke::new(2.0, edge), StrokeKind::Inside);
    let (first, second) = match (&drag.verdict, drag.is_over) {
        (Some(Ok(words)), true) => (format!("Put {} in", drag.title), words.clone()),
        (Some(Err(reason)), true) => (format!("{} cannot go in", drag.title), reason.clone()),
        _ => (drag.title.clone(), "Drop it on the pool's column to put it in; Esc cancels".to_owned()),
    };
    let ink = if refused { colors.error } else { colors.text };
    let title = painter.layout(first, style::semibold(13.0), ink, 320.0);
    let words = painter.layout(second, egui::FontId::proportional(12.0), colors.text, 320.0);
    let size = vec2(title.size().x.max(words.size().x), title.size().y + 3.0 + words.size().y);
    let around = vec2(10.0, 7.0);
    let mut box_rect = Rect::from_min_size(at + vec2(16.0, 12.0), size + around * 2.0);
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
