//! What is unfolded in the flows: a chip for each, whose words list its names, since many small nodes have no room for
//! words of their own, and whose cross folds them again.

use std::cmp::Reverse;

use egui::{Button, Context, Id, Popup, PopupCloseBehavior, RichText, ScrollArea, Ui, vec2};

use crate::app::action::Action;
use crate::app::style::editable_chip;
use crate::dimension::Dimension;
use crate::flow::{FlowGraph, Focus, Member, trace};
use crate::money::in_short;
use crate::place::{Command, Place};

/// Opens the list of what is unfolded, once it is.
pub(super) fn list_names(context: &Context, dimension: Dimension, group: &str) {
    Popup::open_id(context, list_id(dimension, group));
}

fn list_id(dimension: Dimension, group: &str) -> Id {
    Id::unique(("unfolded names", dimension, group))
}

/// What is unfolded, to be looked through or folded again.
#[must_use]
pub(super) fn unfolded_ui(
    ui: &mut Ui,
    place: &Place,
    graph: Option<&FlowGraph>,
    said: &dyn Fn(&str) -> String,
) -> Option<Action> {
    let mut action = None;
    for (dimension, group) in &place.view.unfolded {
        let of = if group.is_empty() { dimension.plural() } else { group };
        let chip = editable_chip(ui, &said(&format!("Unfolded: {of}")));
        if chip.cross.on_hover_text("Fold the small ones again").clicked() {
            action = Some(Command::Fold(*dimension, group.clone()).into());
        }
        let words = chip.words.on_hover_text("The names, the largest first");
        let list = Popup::menu(&words).id(list_id(*dimension, group));
        list.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            if let Some(graph) = graph
                && let Some(wish) = names_ui(ui, place, graph, (*dimension, group), said)
            {
                action = Some(wish);
                ui.close();
            }
        });
    }
    action
}

/// The names of a layer that belong to a group, the largest first; each leads to its lines.
fn names_ui(
    ui: &mut Ui,
    place: &Place,
    graph: &FlowGraph,
    (dimension, group): (Dimension, &str),
    said: &dyn Fn(&str) -> String,
) -> Option<Action> {
    let layer = graph.layers.iter().position(|known| *known == dimension)?;
    // The theme that they were folded under, where they were.
    let under = graph
        .nodes
        .iter()
        .position(|node| graph.layers.get(node.layer) == Some(&Dimension::Theme) && *node.name == *group);
    let through = under.map(|theme| trace(graph, Focus::Node(theme)));
    let is_under = |node: usize| through.as_ref().is_none_or(|trace| !trace.nodes[node].is_zero());
    let mut names: Vec<usize> = graph
        .layer(layer)
        .filter(|(node, of)| matches!(of.member, Member::Name(_)) && is_under(*node))
        .map(|(node, _)| node)
        .collect();
    names.sort_by_key(|node| Reverse(graph.nodes[*node].amount.abs()));
    let mut action = None;
    ui.set_width(340.0);
    let of = if group.is_empty() { String::new() } else { format!(" of {group}") };
    ui.label(RichText::new(said(&format!("{} {}{of}", names.len(), dimension.plural()))).strong());
    ScrollArea::vertical().max_height(320.0).show_rows(ui, 28.0, names.len(), |ui, rows| {
        for &node in &names[rows] {
            let of = &graph.nodes[node];
            let row = Button::new(said(&of.name)).shortcut_text(said(&in_short(of.amount))).truncate();
            if ui.add(row.min_size(vec2(ui.available_width(), 26.0))).clicked() {
                let lines = graph.filter_of(Focus::Node(node), &place.view.filter);
                action = Some(Action::Drill(of.name.to_string(), lines));
            }
        }
    });
    action
}
