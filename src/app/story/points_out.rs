//! What a scene points out, put together from what its picture has: two callouts, changes, a bracket, all else dimmed.

use egui::{ComboBox, RichText, TextEdit, Ui};

use super::drawn::DrawnScene;
use super::view::{PointsOut, StoryWish};
use crate::app::style;
use crate::app::style::{Icon, icon_button, name_field, space, weak_text};
use crate::dimension::{Dimension, shown_name};
use crate::figure::visible;
use crate::place::{Annotations, Callout, DeltasAgainst, MarkNames, Place, Scene, StoryChange};
use crate::scene::nameable;

/// So many nodes are offered; the smallest of more would not be seen.
const MOST_OFFERED: usize = 60;
const FIELD: f32 = 240.0;

pub(super) fn points_out_ui(
    ui: &mut Ui,
    place: &Place,
    scene: &Scene,
    drawn: Option<&DrawnScene>,
    view: &mut PointsOut,
) -> Option<StoryWish> {
    let nodes = drawn.map(|drawn| nameable(&drawn.opened, &drawn.figure)).unwrap_or_default();
    let mut annotations = scene.annotations.clone();
    ui.label(RichText::new("Points out").font(style::semibold(14.0)));
    callouts_ui(ui, place, scene, &nodes, &mut annotations, view);
    ui.horizontal_wrapped(|ui| {
        deltas_ui(ui, &mut annotations);
        ui.add_space(space::L);
        bracket_ui(ui, place, &nodes, &mut annotations);
        ui.add_space(space::L);
        lit_ui(ui, place, scene, &nodes, &mut annotations);
    });
    (annotations != scene.annotations)
        .then(|| StoryWish::Change(StoryChange::Annotate(scene.name.clone(), Box::new(annotations))))
}

/// What a node or band is called.
fn said(place: &Place, at: &[(Dimension, String)]) -> String {
    let names: Vec<String> = at
        .iter()
        .map(|(dimension, name)| shown_name(*dimension, name, &place.agencies).into_owned())
        .collect();
    visible(&names.join(" \u{2192} ")).into_owned()
}

/// Two lines of words at most, each with what it is beside.
fn callouts_ui(
    ui: &mut Ui,
    place: &Place,
    scene: &Scene,
    nodes: &[(Dimension, String)],
    annotations: &mut Annotations,
    view: &mut PointsOut,
) {
    let mut away = None;
    for (index, callout) in annotations.callouts.iter_mut().enumerate() {
        ui.horizontal(|ui| {
            let number = index + 1;
            let is_typed = |typed: &&(String, usize, String)| typed.0 == scene.name && typed.1 == index;
            let typed = view.typed.as_ref().filter(is_typed).map(|(.., words)| words.clone());
            let mut words = typed.clone().unwrap_or_else(|| callout.words.clone());
            let field = ui.add(TextEdit::singleline(&mut words).desired_width(FIELD));
            name_field(&field, &words, &format!("Callout {number}"));
            // A line is as long as it may be.
            words = words.chars().take(Annotations::MOST_LETTERS).collect();
            if field.changed() {
                view.typed = Some((scene.name.clone(), index, words.clone()));
            }
            if !field.has_focus() && typed.is_some() {
                view.typed = None;
                if !words.trim().is_empty() {
                    words.trim().clone_into(&mut callout.words);
                }
            }
            weak_text(ui, "beside");
            let chosen = said(place, &callout.at);
            let salt = ("callout", &scene.name, index);
            if let Some(at) =
                node_ui(ui, place, salt, &format!("Where callout {number} stands"), &chosen, nodes)
            {
                callout.at = vec![at];
            }
            if icon_button(ui, Icon::Close, &format!("Take callout {number} out")).clicked() {
                away = Some(index);
            }
        });
    }
    if let Some(index) = away {
        annotations.callouts.remove(index);
        view.typed = None;
    }
    if annotations.callouts.len() < Annotations::MOST_CALLOUTS {
        let first = if scene.pinned.is_empty() {
            nodes.first().cloned().map(|at| vec![at])
        } else {
            Some(scene.pinned.clone())
        };
        let tip = "A line of words beside what is lit, or the largest";
        let button = ui.add_enabled(first.is_some(), egui::Button::new("Add a callout"));
        if button.on_hover_text(tip).clicked()
            && let Some(at) = first
        {
            let words = said(place, &at);
            let words = words.chars().take(Annotations::MOST_LETTERS).collect();
            annotations.callouts.push(Callout { at, words });
        }
    }
}

/// A list of nodes to choose from; the one that was chosen.
fn node_ui(
    ui: &mut Ui,
    place: &Place,
    salt: impl std::hash::Hash + std::fmt::Debug,
    name: &str,
    chosen: &str,
    nodes: &[(Dimension, String)],
) -> Option<(Dimension, String)> {
    let mut picked = None;
    let shown =
        ComboBox::from_id_salt(salt).width(200.0).selected_text(chosen.to_owned()).show_ui(ui, |ui| {
            let mut last = None;
            for node in nodes.iter().take(MOST_OFFERED) {
                if last != Some(node.0) {
                    weak_text(ui, node.0.title());
                    last = Some(node.0);
                }
                let words = said(place, std::slice::from_ref(node));
                if ui.selectable_label(words == chosen, words).clicked() {
                    picked = Some(node.clone());
                }
            }
        });
    let words = format!("{name}: {chosen}");
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &words));
    picked
}

fn deltas_ui(ui: &mut Ui, annotations: &mut Annotations) {
    const WAYS: [(Option<DeltasAgainst>, &str); 3] = [
        (None, "nothing"),
        (Some(DeltasAgainst::SceneBefore), "the scene before"),
        (Some(DeltasAgainst::Baseline), "the place as it is"),
    ];
    let chosen = WAYS.iter().find(|(way, _)| *way == annotations.deltas).map_or("", |(_, words)| words);
    ui.label("Changes against");
    let shown = ComboBox::from_id_salt("deltas").width(150.0).selected_text(chosen).show_ui(ui, |ui| {
        for (way, words) in WAYS {
            ui.selectable_value(&mut annotations.deltas, way, words);
        }
    });
    let words = format!("Changes against: {chosen}");
    shown.response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ComboBox, true, &words));
}

/// Nodes of one layer, ticked.
fn bracket_ui(ui: &mut Ui, place: &Place, nodes: &[(Dimension, String)], annotations: &mut Annotations) {
    let count = annotations.bracket.len();
    let words = if count == 0 { "Bracket".to_owned() } else { format!("Bracket over {count}") };
    ui.menu_button(words, |ui| {
        ui.set_min_width(240.0);
        weak_text(ui, "Nodes of one layer; their share of it is said");
        ticks_ui(ui, place, nodes, |node, is_on| {
            let bracket = &mut annotations.bracket;
            match is_on {
                None => bracket.contains(node),
                Some(true) => {
                    // A share is of one layer.
                    bracket.retain(|(dimension, _)| *dimension == node.0);
                    bracket.push(node.clone());
                    true
                }
                Some(false) => {
                    bracket.retain(|known| known != node);
                    false
                }
            }
        });
    });
}

/// What alone stays lit.
fn lit_ui(
    ui: &mut Ui,
    place: &Place,
    scene: &Scene,
    nodes: &[(Dimension, String)],
    annotations: &mut Annotations,
) {
    let count = annotations.dim_all_but.len();
    let words = if count == 0 { "Dim all but".to_owned() } else { format!("Dim all but {count}") };
    ui.menu_button(words, |ui| {
        ui.set_min_width(240.0);
        if !scene.pinned.is_empty() && !annotations.dim_all_but.contains(&scene.pinned) {
            let words = format!("What is lit: {}", said(place, &scene.pinned));
            if ui.button(words).clicked() {
                annotations.dim_all_but.push(scene.pinned.clone());
            }
        }
        ticks_ui(ui, place, nodes, |node, is_on| {
            let at: MarkNames = vec![node.clone()];
            let lit = &mut annotations.dim_all_but;
            match is_on {
                None => lit.contains(&at),
                Some(true) => {
                    lit.push(at);
                    true
                }
                Some(false) => {
                    lit.retain(|known| *known != at);
                    false
                }
            }
        });
    });
}

/// Nodes with ticks; `set` says whether one is on, and turns it on or off.
fn ticks_ui(
    ui: &mut Ui,
    place: &Place,
    nodes: &[(Dimension, String)],
    mut set: impl FnMut(&(Dimension, String), Option<bool>) -> bool,
) {
    egui::ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        let mut last = None;
        for node in nodes.iter().take(MOST_OFFERED) {
            if last != Some(node.0) {
                weak_text(ui, node.0.title());
                last = Some(node.0);
            }
            let mut is_on = set(node, None);
            if ui.checkbox(&mut is_on, said(place, std::slice::from_ref(node))).changed() {
                set(node, Some(is_on));
            }
        }
    });
}
