//! Flows for a hall: two layers of few names, or a pool between them, and which of them the title is about.

use super::page::{MOST_NODES, RoomOptions, page, short_name};
use crate::dimension::{Dimension, Names};
use crate::figure::{Color, Figure, Palette, RoomFlows, RoomLens, Scheme, room_flows, room_focus};
use crate::flow::{FlowEnds, FlowGraph, FlowNode, FlowSpec, Focus, FoldSpec, Member, aggregate, trace};
use crate::ledger::Filter;
use crate::money::{Money, Share, in_short, percent};
use crate::place::Place;
use crate::pool::Scenario;
use crate::words::counted_as;

/// A place's flows as a picture for a hall: who spends on what, or what a scenario's pool is put together from.
pub fn room_flows_picture(place: &Place, options: RoomOptions) -> Figure {
    // How firmly each partner means it is another question than what the pool is for.
    let layers = &place.view.layers;
    let asks_how_firm = layers.contains(&Dimension::Commitment) && !layers.contains(&Dimension::Pool);
    let scenario = place.shown_scenario().filter(|_| !asks_how_firm);
    match scenario.and_then(|scenario| pool_of(place, scenario)) {
        Some(pool) => of_pool(place, &pool, options),
        None => of_place(place, options),
    }
}

/// The lines that this picture is drawn from: those of the pool where it is one of a pool.
pub(in crate::scene) fn room_flows_lines(place: &Place) -> Filter {
    let pool = place.shown_scenario().and_then(|scenario| pool_of(place, scenario));
    pool.map_or_else(|| place.view.filter.clone(), |pool| pool.filter)
}

fn of_place(place: &Place, options: RoomOptions) -> Figure {
    let filter = &place.view.filter;
    let graph = room_graph(place, &room_layers(&place.view.layers), filter);
    let names = names_of(place, &graph);
    let picked = options.picked.and_then(|mark| room_focus(&graph, mark));
    let subject = picked.or_else(|| largest(&graph).map(Focus::Node));
    let title = match picked {
        Some(focus) => of_picked(&graph, &names, focus),
        None => of_largest(&graph, &names),
    };
    let input = RoomFlows {
        graph: &graph,
        names: &names,
        subject,
        hue: subject.map_or_else(|| options.scheme.category(0), |of| hue(place, &graph, of, options.scheme)),
        lens: None,
    };
    room_flows(&input, &page(place, filter, title, options))
}

/// The money of a scenario's pool, and what it is a part of.
struct PoolLines {
    filter: Filter,
    part: Money,
    whole: Money,
    /// Who puts in.
    partners: usize,
}

fn pool_of(place: &Place, scenario: &Scenario) -> Option<PoolLines> {
    let mut filter = place.view.filter.clone();
    filter.set_only(Dimension::Pool, [scenario.pool.clone()].into());
    let cells = filter.resolve(&place.ledger).cells(false);
    let agencies = place.ledger.names(Dimension::Agency);
    let is_named = |id: &crate::dimension::NameId| !Names::is_remainder(agencies.name(*id));
    let partners = cells.occurring(Dimension::Agency).into_iter().filter(is_named).count();
    let whole = place.view.filter.resolve(&place.ledger).cells(false).total();
    let part = cells.total();
    (part.is_positive() && whole >= part).then_some(PoolLines { filter, part, whole, partners })
}

fn of_pool(place: &Place, pool: &PoolLines, options: RoomOptions) -> Figure {
    let cells = pool.filter.resolve(&place.ledger).cells(false);
    // What it is for, as finely as it is told.
    let purpose = [Dimension::Service, Dimension::Theme]
        .into_iter()
        .max_by_key(|dimension| cells.occurring(*dimension).len())
        .unwrap_or(Dimension::Theme);
    let graph = room_graph(place, &[Dimension::Agency, Dimension::Pool, purpose], &pool.filter);
    let names = names_of(place, &graph);
    let share = Share::of(pool.part, pool.whole).unwrap_or(Share::NONE);
    let title = format!(
        "{} would pool {}: {} of what is spent here",
        counted_as(pool.partners, "partner", "partners"),
        in_short(pool.part),
        percent(share)
    );
    let input = RoomFlows {
        graph: &graph,
        names: &names,
        subject: None,
        hue: options.scheme.pool(),
        lens: Some(RoomLens { whole: pool.whole, part: pool.part }),
    };
    room_flows(&input, &page(place, &place.view.filter, title, options))
}

/// A view's own layers where they are few, else who spends and on what.
fn room_layers(layers: &[Dimension]) -> Vec<Dimension> {
    let kept: Vec<Dimension> = layers.iter().copied().filter(|layer| *layer != Dimension::Pool).collect();
    // A third layer's names would stand on bands, and a hall has no room for their amounts there.
    if (1..=2).contains(&kept.len()) {
        return kept;
    }
    let matters = [Dimension::Theme, Dimension::Agency, Dimension::Service, Dimension::Funder];
    let rank = |layer: &Dimension| matters.iter().position(|known| known == layer).unwrap_or(matters.len());
    let mut by_rank = kept.clone();
    by_rank.sort_by_key(rank);
    kept.into_iter().filter(|layer| by_rank[..2].contains(layer)).collect()
}

/// Folded until no layer has more nodes than a hall can read.
fn room_graph(place: &Place, layers: &[Dimension], filter: &Filter) -> FlowGraph {
    let spec = |most| FlowSpec {
        layers: layers.to_vec(),
        filter: filter.clone(),
        color_by: place.view.color_by.dimension(),
        fold: FoldSpec::for_hall(most),
    };
    // Bodies beyond the place are not told apart from a seat.
    let graph = |most| aggregate(&place.ledger, &spec(most), FlowEnds::default());
    let is_few =
        |graph: &FlowGraph| (0..graph.layers.len()).all(|layer| graph.layer(layer).count() <= MOST_NODES);
    (1..MOST_NODES).rev().map(graph).find(is_few).unwrap_or_else(|| graph(1))
}

fn names_of(place: &Place, graph: &FlowGraph) -> Vec<String> {
    let name = |node: &FlowNode| match &node.member {
        Member::Other { members, .. } => {
            format!("{} other {}", members.len(), graph.layers[node.layer].plural())
        }
        Member::Name(_) | Member::End { .. } => short_name(place, &node.name),
    };
    graph.nodes.iter().map(name).collect()
}

/// The largest of the last layer that has a name.
fn largest(graph: &FlowGraph) -> Option<usize> {
    let last = graph.layers.len().checked_sub(1)?;
    let named = graph.layer(last).filter(|(_, node)| is_named(node));
    named.max_by(|a, b| a.1.amount.cmp(&b.1.amount).then_with(|| b.1.name.cmp(&a.1.name))).map(|(at, _)| at)
}

fn is_named(node: &FlowNode) -> bool {
    matches!(node.member, Member::Name(_)) && !Names::is_remainder(&node.name)
}

fn of_largest(graph: &FlowGraph, names: &[String]) -> String {
    let Some(node) = largest(graph) else { return format!("{} is spent here", in_short(graph.total)) };
    let last = graph.layers.len() - 1;
    let rest: Money = graph
        .layer(last)
        .filter(|(_, node)| Names::is_remainder(&node.name) && matches!(node.member, Member::Name(_)))
        .map(|(_, node)| node.amount)
        .sum();
    let of = graph.total - rest;
    let said = if rest.is_zero() {
        " here".to_owned()
    } else {
        format!(" that has a {}", graph.layers[last].title().to_lowercase())
    };
    let amount = graph.nodes[node].amount;
    let verb = if graph.layers[last] == Dimension::Theme { "takes" } else { "has" };
    match Share::of(amount, of).filter(|share| share.numerator() != share.denominator()) {
        Some(share) => format!(
            "{} {verb} {}, {} of the {}{said}",
            names[node],
            in_short(amount),
            percent(share),
            in_short(of)
        ),
        None => format!("{} {verb} {}, all there is", names[node], in_short(amount)),
    }
}

/// What was picked, and where most of it is from or goes to.
fn of_picked(graph: &FlowGraph, names: &[String], focus: Focus) -> String {
    match focus {
        Focus::Link(link) => {
            let link = &graph.links[link];
            let (from, to) = (&names[link.source], &names[link.target]);
            format!("{} of {from} is for {to}", in_short(link.amount))
        }
        Focus::Node(node) => {
            let of = &graph.nodes[node];
            let is_first = of.layer == 0;
            let across = if is_first { graph.layers.len() - 1 } else { 0 };
            let traced = trace(graph, focus);
            let named = graph.layer(across).filter(|(_, other)| is_named(other) && across != of.layer);
            let most = named.max_by_key(|(at, _)| traced.nodes[*at]).map(|(at, _)| at);
            let most = most.and_then(|most| Some((most, Share::of(traced.nodes[most], of.amount)?)));
            let (name, amount) = (&names[node], in_short(of.amount));
            match most.filter(|(_, share)| share.numerator() > 0) {
                Some((most, share)) => {
                    let way = if is_first { "for" } else { "from" };
                    format!("{name}: {amount}, {} of it {way} {}", percent(share), names[most])
                }
                None => format!("{name}: {amount}"),
            }
        }
    }
}

fn hue(place: &Place, graph: &FlowGraph, focus: Focus, scheme: Scheme) -> Color {
    let node = match focus {
        Focus::Node(node) => node,
        Focus::Link(link) => graph.links[link].target,
    };
    let node = &graph.nodes[node];
    let color = Palette::new(&place.ledger, graph.layers[node.layer], scheme).color(&node.name);
    if color == scheme.neutral() { scheme.category(0) } else { color }
}
