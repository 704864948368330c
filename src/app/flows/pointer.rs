//! Pointing at, choosing, dragging and opening nodes and bands.

use egui::{
    CursorIcon, EventFilter, FocusDirection, Id, Key, Modifiers, PointerButton, Rect, Response, Sense, Ui,
    WidgetInfo, accesskit,
};

use super::memory::FlowsView;
use super::pool::{PoolDrag, pool_target};
use super::shown::{FocusKey, ShownFlows};
use super::unfolded::list_names;
use super::walk::{first, next};
use crate::app::action::Action;
use crate::app::controls::Transform;
use crate::app::shown_place::ShownPlace;
use crate::dimension::Dimension;
use crate::figure::{FlowsFigure, flows_figure_dragged, visible};
use crate::flow::{Focus, Member};
use crate::ledger::{Chip, Filter, Keep};
use crate::money::in_full;
use crate::place::{Command, MovedNode, Place};
use crate::pool::PoolingTerms;
use crate::scene::mark_words;

/// A node under way along its layer.
pub(super) struct Drag {
    node: u64,
    /// From the node's top to where it was taken hold of, px.
    hold: f64,
    pub(super) dragged: Option<FlowsFigure>,
}

/// Lets the pointer and the keyboard at the drawing; returns what the pointer is over.
pub(super) fn pointer_ui(
    ui: &mut Ui,
    canvas: Rect,
    ground: &Response,
    transform: Transform,
    of: &ShownPlace,
    view: &mut FlowsView,
    action: &mut Option<Action>,
) -> Option<Focus> {
    let (place, pinned) = (of.place(), view.pinned);
    let mut pointed = nodes_ui(ui, canvas, transform, ground.id, of, view, action);
    let shown = view.shown.at(of.revision())?;
    if pointed.is_none() && ground.hovered() {
        pointed = ground.hover_pos().and_then(|at| drawn_at(shown, transform, at));
        if pointed.is_some() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
    }
    if ground.drag_started_by(PointerButton::Primary) {
        let held =
            ui.input(|input| input.pointer.press_origin()).and_then(|at| drawn_at(shown, transform, at));
        view.pool_drag = held.and_then(|focus| PoolDrag::of(shown, focus));
    }
    if let (Some(drag), Some(at)) = (&mut view.pool_drag, ground.interact_pointer_pos())
        && ground.dragged_by(PointerButton::Primary)
    {
        drag.follow(of, pool_target(shown, transform, canvas), at, ui.ctx());
        ui.ctx().set_cursor_icon(drag.cursor());
    }
    if ground.drag_stopped()
        && let Some(drag) = view.pool_drag.take()
    {
        let what = drag.what;
        if let Some(wish) = drag.drop() {
            *action = Some(wish);
            view.light(what);
        }
    }
    let shown = view.shown.at(of.revision())?;
    let key = pointed.map(|focus| shown.key_of(focus));
    if ground.double_clicked() {
        // A double click is two clicks on one thing; the first may have moved another one under the pointer.
        if view.clicked == key {
            *action = Some(pointed.map_or(Action::Fit, |focus| open(ui, shown, focus)));
        }
    } else if ground.clicked() && is_held(ui) {
        if let Some(focus) = pointed {
            *action = Some(put_in(shown, focus));
            view.lit = key.map(|key| (key, std::time::Instant::now()));
        }
    } else if ground.clicked() {
        view.clicked = key;
        view.pinned = if key == view.pinned { None } else { key };
        view.chosen = None;
    }
    if let Some(focus) = pointed {
        let shown = view.shown.at(of.revision())?;
        ground.context_menu(|ui| menu_ui(ui, shown, place, focus, action));
    }
    if view.pinned != pinned {
        // The walk goes on from what was clicked.
        view.left_at = None;
    }
    bands_ui(ui, canvas, transform, ground.id, of, view);
    keyboard(ui, of, view, action);
    pointed
}

/// Each node as a control of its own: named for those who do not see it, reached by Tab and arrows.
fn nodes_ui(
    ui: &mut Ui,
    canvas: Rect,
    transform: Transform,
    ground: Id,
    of: &ShownPlace,
    view: &mut FlowsView,
    action: &mut Option<Action>,
) -> Option<Focus> {
    let place = of.place();
    follow_reader(ui, of, view);
    let shown = view.shown.at(of.revision())?;
    let mut pointed = None;
    let mut started: Option<(u64, f64)> = None;
    let mut moving: Option<egui::Pos2> = None;
    let mut stopped = false;
    let (mut pinned, mut chosen, mut clicked) = (view.pinned, view.chosen, view.clicked);
    let mut rested_at = view.rested_at;
    let mut lit = None;
    let stop = stop(view, shown);
    let is_listened_to = ui.ctx().has_accesskit_node(ground);
    let mut told: Vec<(Id, Focus)> = Vec::new();
    for (index, node) in shown.flows.graph.nodes.iter().enumerate() {
        let rect =
            // A little more than is drawn, for nodes of a pixel's height.
            transform.rect(shown.drawing.node_box(index)).expand2(egui::vec2(3.0, 2.0)).intersect(canvas);
        if !rect.is_positive() {
            continue;
        }
        let key = node.key(&shown.flows.graph.layers);
        let id = Id::unique(("node", key));
        let has_stop = stop == Some(FocusKey::Node(key)) || ui.memory(|memory| memory.has_focus(id));
        let sense = if has_stop { Sense::click_and_drag() } else { Sense::CLICK | Sense::DRAG };
        let response = ui.interact(rect, id, sense);
        let name = format!(
            "{}, {}, {}",
            visible(&node.name),
            shown.flows.graph.layers[node.layer].title(),
            in_full(node.amount)
        );
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        if is_listened_to {
            told.push((id, Focus::Node(index)));
        }
        if response.hovered() || response.dragged() {
            pointed = Some(Focus::Node(index));
            ui.ctx().set_cursor_icon(if response.dragged() {
                CursorIcon::Grabbing
            } else {
                CursorIcon::PointingHand
            });
        }
        if response.gained_focus() {
            chosen = Some(FocusKey::Node(key));
            rested_at = ui.input(|input| input.pointer.latest_pos());
        }
        if response.has_focus() {
            // Arrows walk the drawing here; the toolkit would walk on to the next control as well.
            let arrows =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
        }
        let is_fold = matches!(node.member, Member::Other { .. });
        let is_clicked = response.clicked_by(PointerButton::Primary);
        if response.double_clicked() {
            // What came under the pointer because the first click moved things was not meant.
            if clicked == Some(FocusKey::Node(key)) {
                *action = Some(open(ui, shown, Focus::Node(index)));
            }
        } else if is_clicked && is_held(ui) {
            *action = Some(put_in(shown, Focus::Node(index)));
            lit = Some(FocusKey::Node(key));
        } else if is_fold && is_clicked {
            *action = Some(open(ui, shown, Focus::Node(index)));
        } else if is_clicked && !response.has_focus() {
            pinned = if pinned == Some(FocusKey::Node(key)) { None } else { Some(FocusKey::Node(key)) };
            chosen = None;
        }
        if is_clicked {
            clicked = Some(FocusKey::Node(key));
        }
        response.context_menu(|ui| menu_ui(ui, shown, place, Focus::Node(index), action));
        let at = |response: &Response| response.interact_pointer_pos().map(|at| transform.to_figure(at).y);
        if response.drag_started_by(PointerButton::Primary)
            && !shown.flows.are_under_lens()
            && let Some(y) = at(&response)
        {
            started = Some((key, y - shown.drawing.node_box(index).y0));
        }
        if response.dragged_by(PointerButton::Primary) {
            moving = response.interact_pointer_pos();
        }
        stopped |= response.drag_stopped();
    }
    (view.pinned, view.chosen, view.clicked, view.rested_at) = (pinned, chosen, clicked, rested_at);
    if let Some(lit) = lit {
        view.light(lit);
    }
    for (id, focus) in told {
        tell_reader(ui, id, of, view, focus);
    }
    let shown = view.shown.at(of.revision())?;
    if let Some((node, hold)) = started {
        view.drag = Some(Drag { node, hold, dragged: None });
        let held = shown.find(FocusKey::Node(node));
        view.pool_drag = held.and_then(|focus| PoolDrag::of(shown, focus));
    }
    if let Some(at) = moving {
        drag_node(ui, canvas, transform, of, view, at);
    }
    if stopped {
        let dropped = view.pool_drag.take();
        let what = dropped.as_ref().map(|drag| drag.what);
        let pooled = dropped.and_then(PoolDrag::drop);
        if let (Some(what), Some(_)) = (what, &pooled) {
            view.light(what);
        }
        let moved = drop_node(of, view);
        *action = pooled.or(moved);
    }
    pointed
}

/// A node follows the pointer along its layer, unless that is over the pool: there it can be dropped.
fn drag_node(
    ui: &Ui,
    canvas: Rect,
    transform: Transform,
    of: &ShownPlace,
    view: &mut FlowsView,
    at: egui::Pos2,
) {
    if let (Some(pooled), Some(shown)) = (&mut view.pool_drag, view.shown.at(of.revision())) {
        pooled.follow(of, pool_target(shown, transform, canvas), at, ui.ctx());
        if pooled.is_over {
            ui.ctx().set_cursor_icon(pooled.cursor());
            if let Some(drag) = &mut view.drag {
                drag.dragged = None;
            }
            return;
        }
    }
    drag_to(ui, of, view, transform.to_figure(at).y);
}

/// Shows the drawing with the dragged node under the pointer.
fn drag_to(ui: &Ui, of: &ShownPlace, view: &mut FlowsView, y: f64) {
    let (Some(drag), Some(shown)) = (&mut view.drag, view.shown.at(of.revision())) else { return };
    let Some(Focus::Node(node)) = shown.find(FocusKey::Node(drag.node)) else { return };
    let scheme = shown.drawing.figure.scheme;
    let size = (shown.drawing.figure.width, shown.drawing.figure.height);
    let input = shown.flows.input(of.place(), scheme, size, None, 0);
    drag.dragged = Some(flows_figure_dragged(&input, &shown.drawing, node, y - drag.hold));
    ui.ctx().request_repaint();
}

/// The drag is over: the node's new place is a change of the view, one step to undo.
fn drop_node(of: &ShownPlace, view: &mut FlowsView) -> Option<Action> {
    let drag = view.drag.take()?;
    let shown = view.shown.at(of.revision())?;
    let Some(Focus::Node(node)) = shown.find(FocusKey::Node(drag.node)) else { return None };
    let top = drag.dragged?.top_share(node);
    Some(move_to(shown, node, top))
}

fn move_to(shown: &ShownFlows, node: usize, top: f64) -> Action {
    let moved = &shown.flows.graph.nodes[node];
    // A whole number in the file: a share written as a float would differ from machine to machine.
    let at = (top * 10_000.0).round() as i32;
    Command::MoveNode(MovedNode {
        layer: shown.flows.graph.layers[moved.layer],
        name: moved.saved_name(),
        at,
    })
    .into()
}

/// What the figure has under a point: a band, or words beside a node.
fn drawn_at(shown: &ShownFlows, transform: Transform, at: egui::Pos2) -> Option<Focus> {
    let point = transform.to_figure(at);
    let mark = shown.drawing.figure.pointed_at_zoomed(point, f64::from(transform.zoom))?;
    shown.drawing.focus_of(mark.target?)
}

/// What a double click or Enter does: a fold opens, anything else leads to its lines.
fn open(ui: &Ui, shown: &ShownFlows, focus: Focus) -> Action {
    if let Focus::Node(node) = focus
        && let Member::Other { group, .. } = &shown.flows.graph.nodes[node].member
    {
        let dimension = shown.flows.graph.layers[shown.flows.graph.nodes[node].layer];
        list_names(ui.ctx(), dimension, group);
        return Command::Unfold(dimension, group.to_string()).into();
    }
    lines_of(shown, focus)
}

/// Whether Ctrl is held, with which a click puts in the pool.
fn is_held(ui: &Ui) -> bool {
    ui.input(|input| input.modifiers.command)
}

fn put_in(shown: &ShownFlows, focus: Focus) -> Action {
    let lines = shown.flows.graph.filter_of(focus, &shown.flows.filter);
    Action::PutInPool(lines, shown.title_of(focus), PoolingTerms::Pooled)
}

fn lines_of(shown: &ShownFlows, focus: Focus) -> Action {
    let filter = shown.flows.graph.filter_of(focus, &shown.flows.filter);
    Action::Drill(shown.title_of(focus), filter)
}

fn menu_ui(ui: &mut Ui, shown: &ShownFlows, place: &Place, focus: Focus, action: &mut Option<Action>) {
    ui.set_min_width(220.0);
    let mut choose = |ui: &mut Ui, text: String, keys: &str, wish: Action| {
        let mut row = egui::Button::new(text);
        if !keys.is_empty() {
            row = row.shortcut_text(keys);
        }
        if ui.add(row).clicked() {
            *action = Some(wish);
            ui.close();
        }
    };
    choose(ui, "Show the lines".to_owned(), "Enter", lines_of(shown, focus));
    let narrowed = shown.flows.graph.filter_of(focus, &shown.flows.filter);
    choose(ui, format!("Only {}", shown.title_of(focus)), "", Command::SetFilter(narrowed).into());
    if let Focus::Node(index) = focus {
        let node = &shown.flows.graph.nodes[index];
        let dimension = shown.flows.graph.layers[node.layer];
        choose(ui, format!("Without {}", visible(&node.name)), "", without(shown, place, index));
        match &node.member {
            Member::Other { group, .. } => {
                choose(
                    ui,
                    "Unfold".to_owned(),
                    "Enter",
                    Command::Unfold(dimension, group.to_string()).into(),
                );
            }
            Member::End { .. } => {}
            Member::Name(_) => {
                for (unfolded, group) in &place.view.unfolded {
                    if *unfolded == dimension {
                        let title = if group.is_empty() { dimension.plural() } else { group };
                        let text = format!("Fold the small ones of {title}");
                        choose(ui, text, "", Command::Fold(dimension, group.clone()).into());
                    }
                }
            }
        }
    }
    let title = shown.title_of(focus);
    let lines = || shown.flows.graph.filter_of(focus, &shown.flows.filter);
    choose(ui, "Put in the pool".to_owned(), "P", put_in(shown, focus));
    if place.shown_scenario().is_some() {
        choose(ui, "Take out of the pool".to_owned(), "Delete", Action::TakeOutOfPool(lines(), title));
    }
    if !place.view.moved.is_empty() {
        choose(ui, "Release moved nodes".to_owned(), "", Command::ReleaseNodes.into());
    }
}

fn without(shown: &ShownFlows, place: &Place, node: usize) -> Action {
    let dimension = shown.flows.graph.layers[shown.flows.graph.nodes[node].layer];
    let only = shown.flows.graph.filter_of(Focus::Node(node), &Filter::default());
    let is_end = matches!(shown.flows.graph.nodes[node].member, Member::End { .. });
    let dimension = if is_end { Dimension::Supplier } else { dimension };
    let names = only.names(dimension).cloned().unwrap_or_default();
    let mut filter = place.view.filter.clone();
    filter.chips.push(Chip { dimension, keep: Keep::Without, names });
    Command::SetFilter(filter).into()
}

/// Where Tab comes in: what was chosen last, what is pinned, or the largest node of the first layer.
fn stop(view: &FlowsView, shown: &ShownFlows) -> Option<FocusKey> {
    let known = [view.chosen, view.left_at, view.pinned].into_iter().flatten();
    let mut known = known.filter(|key| shown.find(*key).is_some());
    known.next().or_else(|| Some(shown.key_of(first(&shown.flows.graph)?)))
}

/// What a screen reader says of a node after its name: its share, its lines, and from how many agencies they are.
fn tell_reader(ui: &Ui, id: Id, of: &ShownPlace, view: &mut FlowsView, focus: Focus) {
    if !ui.ctx().has_accesskit_node(id) {
        return;
    }
    let Some(shown) = view.shown.at(of.revision()) else { return };
    // Once for a drawing, and not in every frame.
    let told = view.told_reader.get((of.revision(), view.paintings), Default::default);
    let words = told.entry(focus).or_insert_with(|| mark_words(of.place(), &shown.flows, focus));
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_description(words.as_str());
        node.add_action(accesskit::Action::Focus);
    });
}

/// Each band for those who do not see it, and the one that the keyboard is on.
fn bands_ui(ui: &Ui, canvas: Rect, transform: Transform, ground: Id, of: &ShownPlace, view: &mut FlowsView) {
    let is_listened_to = ui.ctx().has_accesskit_node(ground);
    let Some(shown) = view.shown.at(of.revision()) else { return };
    let mut bands: Vec<(Focus, FocusKey, String, Rect)> = Vec::new();
    for mark in shown.drawing.bands() {
        let focus = mark.target.and_then(|target| shown.drawing.focus_of(target));
        let Some(focus @ Focus::Link(_)) = focus else { continue };
        let key = shown.key_of(focus);
        if (is_listened_to || view.chosen == Some(key)) && bands.iter().all(|(other, ..)| *other != focus) {
            let rect = transform.rect(mark.shape.bounds()).intersect(canvas);
            bands.push((focus, key, shown.title_of(focus), rect));
        }
    }
    for (focus, key, title, rect) in bands.into_iter().filter(|(.., rect)| rect.is_positive()) {
        let id = id_of(key);
        let has_stop = view.chosen == Some(key) || ui.memory(|memory| memory.has_focus(id));
        // It never lies in the way of the pointer: what is drawn there is asked of the figure.
        let sense = if has_stop { Sense::focusable_noninteractive() } else { Sense::hover() };
        let response = ui.interact(rect, id, sense);
        let name = format!("{title}, band");
        response.widget_info(|| WidgetInfo::labeled(egui::Role::GraphicsObject, true, &name));
        if response.gained_focus() {
            view.chosen = Some(key);
            view.rested_at = ui.input(|input| input.pointer.latest_pos());
        }
        if response.has_focus() {
            let arrows =
                EventFilter { horizontal_arrows: true, vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, arrows));
        }
        tell_reader(ui, id, of, view, focus);
    }
}

fn id_of(key: FocusKey) -> Id {
    match key {
        FocusKey::Node(node) => Id::unique(("node", node)),
        FocusKey::Link(source, target) => Id::unique(("band", source, target)),
    }
}

/// Arrows walk nodes, Ctrl with left and right the bands of a node, Space pins, Enter opens, Alt with up and down moves a
/// node.
fn keyboard(ui: &Ui, of: &ShownPlace, view: &mut FlowsView, action: &mut Option<Action>) {
    let Some(shown) = view.shown.at(of.revision()) else { return };
    if ui.ctx().text_edit_focused() || egui::Popup::is_any_open(ui.ctx()) {
        return;
    }
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    // What was clicked answers to Enter as well as what Tab and arrows have chosen.
    let focus = view.chosen.or(view.pinned).and_then(|key| shown.find(key));
    let is_free = ui.memory(|memory| memory.focused().is_none());
    let is_arrow = || ARROWS.into_iter().any(|arrow| pressed(Modifiers::NONE, arrow));
    let is_left = view.chosen.is_none() && view.left_at.is_some_and(|key| shown.find(key).is_some());
    // An arrow goes on with the walk where it was left, or begins it at the largest node of the first layer.
    if is_free
        && (is_left || focus.is_none())
        && is_arrow()
        && let Some(key) = stop(view, shown)
    {
        choose(ui, view, key);
        return;
    }
    let Some(focus) = focus else { return };
    // A thirtieth of the picture: a node is past its neighbour in a few presses, and not lost by one.
    let step = 0.03;
    if let Focus::Node(node) = focus
        && !shown.flows.are_under_lens()
    {
        let top = shown.drawing.top_share(node);
        if pressed(Modifiers::ALT, Key::ArrowUp) {
            *action = Some(move_to(shown, node, (top - step).max(0.0)));
            return;
        } else if pressed(Modifiers::ALT, Key::ArrowDown) {
            *action = Some(move_to(shown, node, (top + step).min(1.0)));
            return;
        }
    }
    if pressed(Modifiers::NONE, Key::Enter) {
        *action = Some(open(ui, shown, focus));
    } else if view.chosen.is_some() && pressed(Modifiers::NONE, Key::Space) {
        view.pinned = if view.pinned == view.chosen { None } else { view.chosen };
    } else if let Some(next) = next(&shown.flows.graph, &shown.drawing, focus, &pressed) {
        let key = shown.key_of(next);
        choose(ui, view, key);
    }
}

const ARROWS: [Key; 4] = [Key::ArrowUp, Key::ArrowDown, Key::ArrowLeft, Key::ArrowRight];

fn choose(ui: &Ui, view: &mut FlowsView, key: FocusKey) {
    ui.memory_mut(|memory| {
        memory.request_focus(id_of(key));
        // The toolkit would take the same arrow for a step on from there.
        memory.move_focus(FocusDirection::None);
    });
    view.chosen = Some(key);
    view.rested_at = ui.input(|input| input.pointer.latest_pos());
}

/// A screen reader goes to a node or a band: of those that Tab passes by the toolkit knows nothing.
fn follow_reader(ui: &Ui, of: &ShownPlace, view: &mut FlowsView) {
    let asked: Vec<accesskit::NodeId> = ui.input(|input| {
        let asked = input.events.iter().filter_map(|event| match event {
            egui::Event::AccessKitActionRequest(wish) if wish.action == accesskit::Action::Focus => {
                Some(wish.target_node)
            }
            _ => None,
        });
        asked.collect()
    });
    let Some(shown) = view.shown.at(of.revision()).filter(|_| !asked.is_empty()) else { return };
    let graph = &shown.flows.graph;
    let nodes = (0..graph.nodes.len()).map(Focus::Node);
    let all = nodes.chain((0..graph.links.len()).map(Focus::Link)).map(|focus| shown.key_of(focus));
    let meant = all.into_iter().find(|key| asked.contains(&id_of(*key).accesskit_id()));
    if let Some(key) = meant {
        choose(ui, view, key);
    }
}
