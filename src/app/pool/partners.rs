//! The partners' bars on screen: each a button that says why it is no worse off, and leads to its lines.

use egui::{
    CursorIcon, Id, Key, Popup, PopupCloseBehavior, RichText, Role, Sense, Stroke, StrokeKind, Ui, WidgetInfo,
};

use super::balance::figure_ui;
use super::ground::{Ground, PoolPointed};
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, space};
use crate::dimension::{Dimension, Names};
use crate::figure::{Figure, PartnersFigure};
use crate::ledger::{full_or_about, full_or_between};
use crate::money::{in_full, percent};
use crate::pool::NetPosition;

/// What of the partners is open; nothing of it is saved.
#[derive(Default)]
pub(super) struct PartnersShown {
    /// Whose net is explained.
    pub(super) partner: Option<String>,
    /// Whether those whom nothing changes for have rows of their own.
    pub(super) is_unfolded: bool,
}

/// Every partner with its bars and its badge; clicking one says why, Enter goes to its lines.
#[must_use]
pub(super) fn partners_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    drawn: &PartnersFigure,
    on_its_way: Option<&Figure>,
    shown: &mut PartnersShown,
    pointed: &mut Option<PoolPointed>,
) -> Option<Action> {
    let transform = figure_ui(ui, &drawn.figure, on_its_way);
    let mut action = None;
    let explained = &mut shown.partner;
    for (agency, rect) in &drawn.rows {
        let position = ground.model.positions.iter().find(|position| position.agency == *agency);
        let Some(position) = position else { continue };
        let rect = transform.rect(*rect);
        let response = ui.interact(rect, Id::unique(("pool partner", agency)), Sense::click());
        let name = format!("{}{}", spoken(position), former_in_words(ground, position));
        response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name.as_str()));
        if response.has_focus() || response.hovered() {
            let colors = Colors::of(ui);
            let color = if response.has_focus() { colors.focus } else { colors.outline };
            ui.painter().rect_stroke(rect, 3.0, Stroke::new(1.5, color), StrokeKind::Inside);
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
            *pointed = Some(PoolPointed::Partner(agency.clone()));
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        let drill = || {
            let filter = ground.in_the_pool().only(Dimension::Agency, [agency.as_str()]);
            Action::Drill(format!("{agency} in the {}", ground.scenario.pool), filter)
        };
        if response.double_clicked() {
            *explained = None;
            action = Some(drill());
        } else if response.clicked() {
            if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                action = Some(drill());
            } else {
                let is_open = explained.as_ref() == Some(agency);
                *explained = (!is_open).then(|| agency.clone());
            }
        }
        let mut is_open = explained.as_ref() == Some(agency);
        let was_open = is_open;
        Popup::from_response(&response)
            .id(Id::unique(("pool reason", agency)))
            .open_bool(&mut is_open)
            .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
            .show(|ui| {
                ui.set_max_width(380.0);
                if let Some(wish) = reason_ui(ui, position, drill) {
                    action = Some(wish);
                }
            });
        if was_open && !is_open && !response.clicked() {
            *explained = None;
        }
    }
    if action.is_some() {
        *explained = None;
    }
    if let Some(rect) = drawn.no_change {
        unfold_ui(ui, transform.rect(rect), &mut shown.is_unfolded);
    }
    action
}

/// Those whom nothing changes for stand in a line; a click gives each a row, and another one takes it away.
fn unfold_ui(ui: &Ui, rect: egui::Rect, is_unfolded: &mut bool) {
    let response = ui.interact(rect, Id::unique("pool no change"), Sense::click());
    let name = if *is_unfolded {
        "No change: put them together in a line"
    } else {
        "No change: give each a row of its own"
    };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, *is_unfolded, name));
    if response.has_focus() || response.hovered() {
        let colors = Colors::of(ui);
        let color = if response.has_focus() { colors.focus } else { colors.outline };
        ui.painter().rect_stroke(rect.expand(2.0), 3.0, Stroke::new(1.5, color), StrokeKind::Outside);
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if response.clicked() {
        *is_unfolded = !*is_unfolded;
        ui.ctx().request_repaint();
    }
    response.on_hover_text(name);
}

/// Why a partner is or is not worse off.
fn reason_ui(ui: &mut Ui, position: &NetPosition, drill: impl FnOnce() -> Action) -> Option<Action> {
    let colors = Colors::of(ui);
    ui.label(RichText::new(&position.agency).font(style::semibold(14.0)));
    ui.label(&position.no_worse_off.reason);
    ui.label(RichText::new(shares(position)).color(colors.weak_text).small());
    ui.add_space(space::XS);
    ui.button("Show the lines").clicked().then(drill)
}

fn shares(position: &NetPosition) -> String {
    let pool = format!("{} of the pool", percent(position.share_of_pool));
    if position.own.is_zero() {
        pool
    } else {
        format!("{pool}, {} of what they spend", percent(position.share_of_own))
    }
}

fn spoken(position: &NetPosition) -> String {
    let badge = match (&*position.agency, position.no_worse_off.holds) {
        (Names::NOT_STATED, _) => "",
        (_, true) if position.net.is_positive() => ", better off",
        (_, true) => ", no worse off",
        (_, false) => ", worse off",
    };
    format!(
        "{} puts in {}, gets back {}, net {}, {}{badge}",
        position.agency,
        full_or_between(position.puts_in, position.range),
        full_or_about(position.gets_back, position.is_estimate),
        full_or_about(position.net, position.is_estimate && !position.net.is_zero()),
        shares(position)
    )
}

/// Where its bars ended a moment ago, as the marks on them show.
fn former_in_words(ground: Ground<'_>, position: &NetPosition) -> String {
    let former = ground.former.into_iter().flat_map(|former| &former.positions);
    let former = former.into_iter().find(|former| former.agency == position.agency);
    match former {
        Some(former) if (former.puts_in, former.net) != (position.puts_in, position.net) => {
            format!("; it put in {}, net {}", in_full(former.puts_in), in_full(former.net))
        }
        _ => String::new(),
    }
}
