//! The balance of the pool above its tables: always in view, each part leading to its lines.

use egui::{CursorIcon, Id, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo, vec2};

use super::ground::Ground;
use crate::app::action::Action;
use crate::app::controls::{Transform, paint};
use crate::app::style::Colors;
use crate::dimension::Dimension;
use crate::figure::{Figure, PoolPart};
use crate::ledger::{Chip, Filter, Keep, full_or_about};
use crate::pool::Purpose;

/// Draws a figure where the cursor is; one that is still on its way is seen there.
pub(super) fn figure_ui(ui: &mut Ui, figure: &Figure, on_its_way: Option<&Figure>) -> Transform {
    let size = vec2(figure.width as f32, figure.height as f32);
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let transform = Transform { origin: rect.min, zoom: 1.0 };
    ui.painter().extend(paint::shapes(ui.painter(), on_its_way.unwrap_or(figure), transform));
    transform
}

/// The balance, which never scrolls away; each part leads to its lines.
#[must_use]
pub(super) fn balance_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    figure: &Figure,
    on_its_way: Option<&Figure>,
) -> Option<Action> {
    let transform = figure_ui(ui, figure, on_its_way);
    let balance = ground.model.balance;
    let mut action = None;
    for (part, words, amount) in [
        (PoolPart::Allocated, "Allocated", balance.allocated),
        (PoolPart::Unallocated, "Unallocated", balance.unallocated),
        (PoolPart::Over, "Over-allocated", balance.over),
    ] {
        let Some(mark) = figure.mark(part.id()) else { continue };
        let rect = transform.rect(mark.shape.bounds());
        let response = ui.interact(rect, Id::unique(("pool balance", words)), Sense::click());
        let name = format!("{words} {}", full_or_about(amount, ground.model.range.is_some()));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
        if response.has_focus() {
            let ring = Stroke::new(2.0, Colors::of(ui).focus);
            ui.painter().rect_stroke(rect, 2.0, ring, StrokeKind::Outside);
        }
        // What is over is in no line.
        if response.clicked() && part != PoolPart::Over {
            let title = format!("{words} of the {}", ground.scenario.pool);
            action = Some(Action::Drill(title, lines(ground, part == PoolPart::Unallocated)));
        }
        if part != PoolPart::Over && response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
        response.on_hover_text(&mark.tooltip);
    }
    action
}

fn lines(ground: Ground<'_>, unallocated: bool) -> Filter {
    let mut filter = ground.in_the_pool();
    let keep = if unallocated { Keep::Only } else { Keep::Without };
    let names = [Purpose::UNALLOCATED.to_owned()].into();
    filter.chips.push(Chip { dimension: Dimension::Theme, keep, names });
    filter
}
