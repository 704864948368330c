//! The headings of the layers: dragged to reorder, clicked to change.

use egui::{Button, CursorIcon, Id, Popup, Rect, Sense, Ui, WidgetInfo, pos2, vec2};

use crate::app::action::Action;
use crate::app::controls::Transform;
use crate::app::style::{Colors, Icon, icon_button};
use crate::dimension::Dimension;
use crate::figure::FlowsFigure;
use crate::flow::FlowGraph;
use crate::place::{Command, Place};

const MOST_LAYERS: usize = 6;
const FEWEST_LAYERS: usize = 2;

#[must_use]
pub(super) fn headings_ui(
    ui: &mut Ui,
    transform: Transform,
    place: &Place,
    drawing: &FlowsFigure,
    graph: &FlowGraph,
) -> Option<Action> {
    let layers = &place.view.layers;
    let mut action = None;
    let middles: Vec<f32> = (0..layers.len())
        .map(|layer| {
            let (x0, x1) = drawing.layer_sides(graph, layer).unwrap_or_default();
            transform.to_screen(crate::figure::Point::new(f64::midpoint(x0, x1), 0.0)).x
        })
        .collect();
    for (layer, dimension) in layers.iter().enumerate() {
        let rect = heading_rect(transform, layers.len(), layer, middles[layer]);
        let response = ui.interact(rect, Id::unique(("heading", dimension)), Sense::click_and_drag());
        let name = format!("Layer {}: {}", layer + 1, dimension.title());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, &name));
        let colors = Colors::of(ui);
        if response.hovered() || response.has_focus() {
            let edge = egui::Stroke::new(
                1.0,
                if response.has_focus() { colors.focus } else { colors.strong_outline },
            );
            ui.painter().rect_stroke(rect, 5.0, edge, egui::StrokeKind::Inside);
            ui.ctx().set_cursor_icon(CursorIcon::Grab);
        }
        if response.dragged()
            && let Some(at) = response.interact_pointer_pos()
        {
            let place_at = nearest(&middles, at.x);
            let x = middles[place_at];
            let line = [pos2(x, rect.bottom()), pos2(x, ui.max_rect().bottom())];
            ui.painter().line_segment(line, egui::Stroke::new(3.0, colors.accent_text));
            let ghost = Rect::from_center_size(pos2(at.x, rect.center().y), rect.size());
            ui.painter().rect_filled(ghost, 5.0, colors.selection);
            let font = crate::app::style::semibold(13.0);
            let ink = colors.selection_text;
            ui.painter().text(ghost.center(), egui::Align2::CENTER_CENTER, dimension.title(), font, ink);
            ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
        }
        if response.drag_stopped()
            && let Some(at) =
                response.interact_pointer_pos().or_else(|| ui.input(|input| input.pointer.latest_pos()))
        {
            let to = nearest(&middles, at.x);
            if to != layer {
                action = Some(moved(layers, layer, to));
            }
        }
        Popup::menu(&response).show(|ui| {
            ui.set_min_width(200.0);
            if let Some(wish) = layer_menu_ui(ui, place, layer) {
                action = Some(wish);
                ui.close();
            }
        });
        response.on_hover_text("Drag to reorder; click to change this layer");
    }
    if layers.len() < MOST_LAYERS
        && let Some(wish) = add_layer_ui(ui, place, transform, &middles)
    {
        action = Some(wish);
    }
    action
}

fn heading_rect(transform: Transform, count: usize, layer: usize, middle: f32) -> Rect {
    let size = vec2(96.0, 22.0);
    let top = transform.to_screen(crate::figure::Point::new(0.0, 11.0)).y - size.y / 2.0;
    let half = 7.0 * transform.zoom + 8.0;
    let left = match layer {
        0 => middle + half - size.x,
        layer if layer + 1 == count => middle - half,
        _ => middle - size.x / 2.0,
    };
    Rect::from_min_size(pos2(left, top), size)
}

fn nearest(middles: &[f32], x: f32) -> usize {
    let distance = |layer: &usize| (middles[*layer] - x).abs();
    (0..middles.len()).min_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap_or(0)
}

fn moved(layers: &[Dimension], from: usize, to: usize) -> Action {
    let mut layers = layers.to_vec();
    let layer = layers.remove(from);
    layers.insert(to, layer);
    Command::SetLayers(layers).into()
}

/// Dimensions that have names in this place and stand in no layer yet.
fn free_dimensions(place: &Place) -> impl Iterator<Item = Dimension> + '_ {
    Dimension::ALL.into_iter().filter(|dimension| {
        !place.view.layers.contains(dimension) && !place.ledger.names(*dimension).is_empty()
    })
}

fn layer_menu_ui(ui: &mut Ui, place: &Place, layer: usize) -> Option<Action> {
    let layers = &place.view.layers;
    let mut action = None;
    if ui.add_enabled(layer > 0, Button::new("Move left")).clicked() {
        action = Some(moved(layers, layer, layer - 1));
    }
    if ui.add_enabled(layer + 1 < layers.len(), Button::new("Move right")).clicked() {
        action = Some(moved(layers, layer, layer + 1));
    }
    if ui.add_enabled(layers.len() > FEWEST_LAYERS, Button::new("Remove this layer")).clicked() {
        let mut fewer = layers.clone();
        fewer.remove(layer);
        action = Some(Command::SetLayers(fewer).into());
    }
    ui.separator();
    ui.label("Show instead");
    for dimension in free_dimensions(place) {
        if ui.button(dimension.title()).clicked() {
            let mut changed = layers.clone();
            changed[layer] = dimension;
            action = Some(Command::SetLayers(changed).into());
        }
    }
    action
}

fn add_layer_ui(ui: &mut Ui, place: &Place, transform: Transform, middles: &[f32]) -> Option<Action> {
    let mut action = None;
    let count = middles.len();
    let last = heading_rect(transform, count, count - 1, middles[count - 1]);
    let rect = Rect::from_min_size(last.right_top() + vec2(4.0, -3.0), vec2(30.0, 28.0));
    let mut corner = ui.new_child(egui::UiBuilder::new().max_rect(rect));
    let button = icon_button(&mut corner, Icon::Plus, "Add a layer");
    Popup::menu(&button).show(|ui| {
        ui.set_min_width(160.0);
        for dimension in free_dimensions(place) {
            if ui.button(dimension.title()).clicked() {
                let mut more = place.view.layers.clone();
                more.push(dimension);
                action = Some(Command::SetLayers(more).into());
                ui.close();
            }
        }
    });
    action
}
