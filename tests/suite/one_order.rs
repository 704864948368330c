//! Flows have one order: at every size, in every scheme, in blind mode, under a filter and in a scenario.

use std::sync::Arc;

use shadowpool::dimension::{Dimension, NameId, Stage};
use shadowpool::figure::{Scheme, flows_figure};
use shadowpool::flow::{FlowGraph, Member};
use shadowpool::ledger::Filter;
use shadowpool::place::Place;
use shadowpool::sankey::steps_for_ms;
use shadowpool::scene::{BlindPlace, flow_graph, flows_input};

use crate::sample_data::samples;

const SIZES: [(f64, f64); 6] =
    [(640.0, 400.0), (1024.0, 640.0), (1280.0, 720.0), (1600.0, 800.0), (1920.0, 1000.0), (3840.0, 2000.0)];

/// The names of each layer from the top down, by their numbers, which hiding names leaves as they are.
fn order(place: &Place, scheme: Scheme, size: (f64, f64)) -> Vec<Vec<NameId>> {
    let graph = flow_graph(place, size.1);
    let drawn = flows_figure(&flows_input(place, &graph, scheme, size, None, steps_for_ms(1)));
    let number = |graph: &FlowGraph, node: usize| match graph.nodes[node].member {
        Member::Name(id) => Some(id),
        Member::Other { .. } | Member::End { .. } => None,
    };
    let layer = |layer: usize| {
        let mut nodes: Vec<usize> = graph.layer(layer).map(|(node, _)| node).collect();
        nodes.sort_by(|a, b| drawn.node_box(*a).y0.total_cmp(&drawn.node_box(*b).y0));
        nodes.into_iter().filter_map(|node| number(&graph, node)).collect()
    };
    (0..graph.layers.len()).map(layer).collect()
}

/// What both have stands in the same order in both.
fn check(what: &str, one: &[Vec<NameId>], other: &[Vec<NameId>]) {
    assert_eq!(one.len(), other.len(), "{what}");
    for (layer, (one, other)) in one.iter().zip(other).enumerate() {
        let in_both = |of: &[NameId], also: &[NameId]| -> Vec<NameId> {
            of.iter().copied().filter(|id| also.contains(id)).collect()
        };
        let kept = in_both(one, other);
        assert_eq!(kept, in_both(other, one), "{what}, layer {layer}");
    }
}

/// Samples as they are opened, in layers of many names.
fn places() -> Vec<(&'static str, Place)> {
    let mut places: Vec<(&str, Place)> = samples().collect();
    let with_services = samples().map(|(file, mut place)| {
        Arc::make_mut(&mut place.view).layers = vec![Dimension::Agency, Dimension::Theme, Dimension::Service];
        (file, place)
    });
    places.extend(with_services);
    places
}

#[test]
fn the_order_is_the_same_at_every_size_and_in_every_scheme() {
    for (file, place) in places() {
        let known = order(&place, Scheme::Light, SIZES[2]);
        for (size, scheme) in
            SIZES.into_iter().zip([Scheme::Light, Scheme::Dark, Scheme::HighContrast].into_iter().cycle())
        {
            check(&format!("{file} at {size:?}"), &known, &order(&place, scheme, size));
        }
        for scheme in [Scheme::Dark, Scheme::HighContrast] {
            assert_eq!(order(&place, scheme, SIZES[2]), known, "{file}");
        }
    }
}

#[test]
fn hiding_names_moves_nothing() {
    for (file, place) in places() {
        let hidden = BlindPlace::of(&place).hide(&place);
        assert_eq!(order(&hidden, Scheme::Light, SIZES[2]), order(&place, Scheme::Light, SIZES[2]), "{file}");
    }
}

#[test]
fn what_a_filter_leaves_keeps_its_order() {
    for (file, place) in places() {
        let known = order(&place, Scheme::Light, SIZES[4]);
        let by_money = place.ledger.names_by_money(Dimension::Agency);
        for agencies in by_money.chunks(3).take(4) {
            let mut filtered = place.clone();
            Arc::make_mut(&mut filtered.view).filter =
                Filter::default().only(Dimension::Agency, agencies.iter().copied());
            check(&format!("{file}, {agencies:?}"), &known, &order(&filtered, Scheme::Light, SIZES[4]));
        }
    }
}

#[test]
fn a_scenario_has_the_order_of_the_place_that_it_is_of() {
    let mut seen = 0;
    for (file, place) in places() {
        let known = order(&place.without_scenario(), Scheme::Light, SIZES[2]);
        for scenario in place.scenarios.iter() {
            seen += 1;
            let (modelled, _) = place.modelled(&scenario.name).expect("it is one of the place's");
            check(&format!("{file}, {}", scenario.name), &known, &order(&modelled, Scheme::Light, SIZES[2]));
        }
    }
    assert!(seen > 3, "{seen} scenarios");
}

#[test]
fn years_stages_and_grades_keep_their_own_order() {
    for (file, mut place) in samples() {
        Arc::make_mut(&mut place.view).layers = vec![Dimension::Agency, Dimension::Year, Dimension::Stage];
        let order = order(&place, Scheme::Light, SIZES[2]);
        let names = |dimension: Dimension, ids: &[NameId]| -> Vec<String> {
            ids.iter().map(|id| place.ledger.names(dimension).name(*id).to_owned()).collect()
        };
        let years = names(Dimension::Year, &order[1]);
        let told: Vec<&String> = years.iter().filter(|year| *year != "Not stated").collect();
        assert!(told.is_sorted(), "{file}: {years:?}");
        let stages = names(Dimension::Stage, &order[2]);
        let place_of = |name: &&str| {
            let stages = Stage::ALL.map(Stage::name);
            stages.iter().chain(&["Not stated"]).position(|other| other == name).unwrap()
        };
        let places: Vec<_> = stages.iter().map(|name| place_of(&name.as_str())).collect();
        assert!(places.is_sorted(), "{file}: {stages:?}");
    }
}
