//! A picture of flows with something traced in it that is named and not pointed at: as a command asks for it.

use std::sync::Arc;

use super::picture::{FILE_MS, small_print};
use super::{Flows, Traced};
use crate::dimension::{Dimension, nearest};
use crate::figure::{Figure, Scheme};
use crate::flow::{FlowGraph, Focus, Member, trace};
use crate::place::Place;
use crate::sankey::{Previous, steps_for_ms};

/// What is to be traced: a name of a layer, or one of each of two layers beside each other.
pub type TraceNames = [(Dimension, String)];

/// The title and the notes of a picture with something traced in it: of what is lit.
pub fn traced_captions(place: &Place, traced: &Traced) -> (String, Vec<String>) {
    let of_all = small_print(place, &place.view.filter);
    let notes = small_print(place, &traced.lines);
    // Whose the lines are is said of all that are drawn, and these are.
    let is_source = |note: &&String| note.starts_with("Source");
    let total = of_all.iter().find(|note| note.starts_with("Total"));
    let mut said: Vec<String> = notes.iter().filter(|note| !is_source(note)).cloned().collect();
    for note in &mut said {
        if let Some(rest) = note.strip_prefix("Total ") {
            let of = total
                .and_then(|total| total.strip_prefix("Total "))
                .map_or("", |of| of.trim_end_matches('.'));
            *note = format!("Lit {} In all {of}.", rest);
        }
    }
    said.extend(of_all.iter().filter(is_source).cloned());
    (traced.sentence(place), said)
}

/// What the names mean in the flows of a place at a height of the picture, px.
///
/// # Errors
/// Where they are no node and no band.
pub fn traced_in(place: &Place, height_px: f64, names: &TraceNames) -> Result<Traced, String> {
    let flows = Flows::of(place, height_px);
    Ok(Traced::of(&flows.graph, named(&flows.graph, names)?, &flows.filter))
}

/// Shows one by one whatever is folded together with something that is to be traced.
pub fn unfold_traced(place: &mut Place, height_px: f64, names: &TraceNames) {
    let graph = Flows::of(place, height_px).graph;
    for (dimension, name) in names {
        let Some(id) = place.ledger.names(*dimension).id(name) else { continue };
        let folded = graph.nodes.iter().find_map(|node| match &node.member {
            Member::Other { group, members }
                if graph.layers[node.layer] == *dimension && members.contains(&id) =>
            {
                Some(group.to_string())
            }
            _ => None,
        });
        if let Some(group) = folded {
            Arc::make_mut(&mut place.view).unfolded.insert((*dimension, group));
        }
    }
}

/// A place's flows as a figure of a size, px, with nothing around it, near an earlier layout, which may depend on what
/// is drawn; with something traced in it as if it were pinned, where that is asked for.
///
/// # Errors
/// Where that is no node and no band.
pub fn traced_picture_near(
    place: &Place,
    scheme: Scheme,
    size: (f64, f64),
    names: &TraceNames,
    previous: impl FnOnce(&FlowGraph) -> Option<Previous>,
) -> Result<Figure, String> {
    let flows = Flows::of(place, size.1);
    let previous = if flows.are_under_lens() { None } else { previous(&flows.graph) };
    let input = flows.input(place, scheme, size, previous.as_ref(), steps_for_ms(FILE_MS));
    let drawn = flows.draw(&input);
    if names.is_empty() {
        return Ok(drawn.figure);
    }
    let focus = named(&flows.graph, names)?;
    Ok(drawn.traced(&input, &trace(&flows.graph, focus), Some(focus)))
}

/// The node of a name, or the band between two.
fn named(graph: &FlowGraph, names: &TraceNames) -> Result<Focus, String> {
    let nodes = names.iter().map(|(dimension, name)| node_of(graph, *dimension, name));
    let nodes: Vec<usize> = nodes.collect::<Result<_, String>>()?;
    match nodes[..] {
        [node] => Ok(Focus::Node(node)),
        [one, other] => {
            let ends = [(one, other), (other, one)];
            let link = graph.links.iter().position(|link| ends.contains(&(link.source, link.target)));
            let (one, other) = (&graph.nodes[one], &graph.nodes[other]);
            link.map(Focus::Link).ok_or_else(|| {
                format!(
                    "no band runs from \"{}\" to \"{}\": name layers beside each other",
                    one.name, other.name
                )
            })
        }
        _ => Err("name one node, or the two ends of a band".to_owned()),
    }
}

fn node_of(graph: &FlowGraph, dimension: Dimension, name: &str) -> Result<usize, String> {
    let Some(layer) = graph.layers.iter().position(|layer| *layer == dimension) else {
        let layers: Vec<&str> = graph.layers.iter().map(|layer| layer.key()).collect();
        return Err(format!("the picture has no layer {dimension}; it has {}", layers.join(", ")));
    };
    graph.layer(layer).find(|(_, node)| *node.name == *name).map(|(index, _)| index).ok_or_else(|| {
        let names: Vec<&str> = graph.layer(layer).map(|(_, node)| &*node.name).collect();
        let near =
            nearest(name, names).map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
        format!("nothing of the picture is of the {dimension} \"{name}\"{near}")
    })
}
