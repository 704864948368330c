//! The Sankey on screen, put together from the drawing, the pointer and the words.

use std::sync::Arc;
use std::time::Duration;

use egui::{Sense, Ui, WidgetInfo};

use super::canvas::{magnified, paint_ui, refresh, zoom_and_pan};
use super::heading::headings_ui;
use super::memory::FlowsView;
use super::pointer::pointer_ui;
use super::pool::{empty_pool_ui, pool_drag_ui};
use super::tooltip::{behind, tell, tooltip_ui};
use super::tooltip_place::free_place;
use super::transfer_pipes::pipes_ui;
use crate::app::action::Action;
use crate::app::awaited::is_quick;
use crate::app::controls::{describe, unit_in};
use crate::app::shown_place::ShownPlace;
use crate::app::style::Look;
use crate::flow::Focus;
use crate::place::Place;
use crate::pool::Scenario;
use crate::scene::PictureWords;

/// The Sankey.
#[must_use]
pub(in crate::app) fn flows_view_ui(
    ui: &mut Ui,
    shown: &ShownPlace,
    look: Look,
    view: &mut FlowsView,
) -> Option<Action> {
    let (of, place, revision) = (shown, shown.place(), shown.revision());
    let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click_and_drag());
    // Less holds no label, and a layout of nothing.
    if canvas.width() < 80.0 || canvas.height() < 80.0 {
        return None;
    }
    view.unit = unit_in(canvas.size());
    refresh(ui, shown, look, canvas, view);
    view.follow_zoom_wish(revision);
    zoom_and_pan(ui, canvas, &response, view);
    let transform = magnified(canvas, place, revision, view);
    let mut action = None;
    let pointed = pointer_ui(ui, canvas, &response, transform, shown, view, &mut action);
    // A pointer that rests where it was when the keyboard chose something points at nothing.
    let pointer = ui.input(|input| input.pointer.latest_pos());
    let pointed = pointed.filter(|_| view.chosen.is_none() || pointer != view.rested_at);
    let before = (view.pointed, view.pinned, view.chosen);
    view.pointed = pointed.and_then(|focus| Some(view.shown.at(revision)?.key_of(focus)));
    view.say_traced(shown);
    if before != (view.pointed, view.pinned, view.chosen) {
        // The sentence above was painted before.
        ui.ctx().request_repaint();
    }
    let lit = view.lit_now(revision);
    if let Some((_, rest)) = lit {
        ui.ctx().request_repaint_after(rest);
    }
    response
        .widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, spoken(place, view, revision, lit)));
    describe(ui, &response, || view.words(shown).map(PictureWords::lines));
    let pointed = if lit.is_some() { None } else { pointed };
    paint_ui(ui, canvas, transform, of, look, pointed.or(lit.map(|(focus, _)| focus)), view);
    let Some(shown) = view.shown.at(revision) else { return action };
    let pool = place.shown_scenario().map(|scenario| scenario.pool.as_str());
    pool_drag_ui(ui, canvas, transform, shown, view, pool);
    if of.model().is_some_and(|model| model.balance.into_pool.is_zero()) && view.pool_drag.is_none() {
        empty_pool_ui(ui, canvas, transform, shown);
    }
    if !shown.flows.are_under_lens()
        && let Some(wish) = headings_ui(ui, transform, place, &shown.drawing, &shown.flows.graph)
    {
        action = Some(wish);
    }
    if let Some(wish) = pipes_ui(ui, canvas, transform, &shown.drawing) {
        action = Some(wish);
    }
    let told = pointed.or_else(|| shown.find(view.chosen?));
    if let Some(focus) = told
        .filter(|_| view.drag.is_none() && view.pool_drag.is_none() && !egui::Popup::is_any_open(ui.ctx()))
    {
        let key = shown.key_of(focus);
        let told = view.told.get((revision, key), || tell(place, &shown.flows, focus));
        let (ledger, filter) = (Arc::clone(&place.ledger), Arc::clone(&told.filter));
        let make = move || behind(&ledger, &filter);
        let behind = view.behind.get((revision, key), is_quick(place), ui.ctx(), make);
        let behind = behind.filter(|behind| behind.is_current).map(|behind| behind.value);
        let near = ui.input(|input| input.pointer.hover_pos()).filter(|_| pointed.is_some());
        let near = near.unwrap_or_else(|| shown.anchor(focus, transform));
        let at = free_place((&shown.flows.graph, &shown.drawing), focus, transform, canvas, near);
        tooltip_ui(ui, &response, told, behind, at);
    }
    action
}

/// What the picture is called, as what it is stamped, and what has just come into the pool.
fn spoken(place: &Place, view: &FlowsView, revision: u64, lit: Option<(Focus, Duration)>) -> String {
    let mut words = "Flows of money".to_owned();
    if let Some(stamp) = place.shown_scenario().and_then(Scenario::stamp) {
        words.extend([": ", stamp]);
    }
    if let Some((shown, (focus, _))) = view.shown.at(revision).zip(lit) {
        words.extend(["; ", &shown.title_of(focus), " has just come into the pool"]);
    }
    words
}
