//! Ledger text in, flow text out; what comes in goes out, and every band is the sum of its lines.

use std::collections::BTreeSet;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use shadowpool::dimension::Dimension::{self, Agency, Evidence, Funder, Service, Theme, Year};
use shadowpool::dimension::NameId;
use shadowpool::flow::breakdown::Grade;
use shadowpool::flow::{
    FlowEnds, FlowGraph, FlowSpec, Focus, FoldSpec, Member, aggregate, imbalances, trace,
};
use shadowpool::ledger::{Filter, Ledger, LineView, Totals};
use shadowpool::money::Money;

use crate::support_ledgers::{RANDOM, any_ledger, is_among, ledger, money, some_dimensions};

/// Nothing is folded.
const UNFOLDED: FoldSpec = FoldSpec {
    most_nodes: usize::MAX,
    smallest_thousandths: 0,
    unfolded: BTreeSet::new(),
    is_one_group: false,
};

fn spec(layers: &[Dimension]) -> FlowSpec {
    FlowSpec { layers: layers.to_vec(), filter: Filter::default(), color_by: Theme, fold: UNFOLDED }
}

/// Only so many nodes are shown in a layer.
fn folding(layers: &[Dimension], most_nodes: usize) -> FlowSpec {
    FlowSpec { fold: FoldSpec { most_nodes, ..UNFOLDED }, ..spec(layers) }
}

/// Ledger text in, flow text out: a line for each band, `Council > Early years  300.00`.
fn check(spec: &FlowSpec, columns: &[Dimension], lines: &str, expected: &str) {
    let graph = aggregate(&ledger(columns, lines), spec, FlowEnds::default());
    assert_eq!(imbalances(&graph), []);
    let bands: Vec<String> = graph
        .links
        .iter()
        .map(|link| {
            let (source, target) = (&graph.nodes[link.source].name, &graph.nodes[link.target].name);
            format!("{source} > {target}  {}", link.amount)
        })
        .collect();
    let expected: Vec<&str> = expected.lines().map(str::trim).collect();
    assert_eq!(bands, expected);
}

#[test]
fn a_graph_that_loses_money_says_where() {
    let lines = "Council  Early years  Nurseries  300.00
                 Health   Early years  Midwives   100.00";
    let mut graph = aggregate(
        &ledger(&[Agency, Theme, Service], lines),
        &spec(&[Agency, Theme, Service]),
        FlowEnds::default(),
    );
    graph.links[0].amount = money("299.99");
    let told: Vec<String> = imbalances(&graph).iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "at Council, £300.00 comes in, £300.00 is shown and £299.99 goes out",
            "at Early years, £399.99 comes in, £400.00 is shown and £400.00 goes out",
        ]
    );
    graph.total = money("400.01");
    let told = imbalances(&graph).last().map(ToString::to_string);
    assert_eq!(told.as_deref(), Some("the services add up to £400.00, of £400.01 in all"));
}

#[test]
fn lines_become_bands_between_neighbouring_layers() {
    check(
        &spec(&[Agency, Theme, Service]),
        &[Agency, Theme, Service],
        "Council  Early years  Nurseries  300.00
         Health   Early years  Midwives   100.00
         Council  Early years  Nurseries    0.25",
        "Council > Early years  300.25
         Health > Early years  100.00
         Early years > Midwives  100.00
         Early years > Nurseries  300.25",
    );
}

#[test]
fn what_is_not_stated_is_a_block_of_its_own() {
    check(
        &spec(&[Agency, Theme]),
        &[Agency, Theme],
        "Council  Early years  300.00
         Council  -             20.00
         -        Early years    1.00",
        "Council > Early years  300.00
         Council > Not stated  20.00
         Not stated > Early years  1.00",
    );
}

#[test]
fn credits_are_netted_where_they_can_be_and_kept_where_not() {
    check(
        &spec(&[Agency, Theme]),
        &[Agency, Theme],
        "Council  Early years  300.00
         Council  Early years  -20.00
         Council  Ageing well   -5.00
         Health   Ageing well    5.00
         Health   Early years    0.00",
        "Council > Ageing well  -5.00
         Council > Early years  280.00
         Health > Ageing well  5.00
         Health > Early years  0.00",
    );
}

#[test]
fn the_smallest_are_folded_theme_by_theme() {
    let lines = "Early years  Nurseries  300.00
                 Early years  Midwives   100.00
                 Early years  Toys         3.00
                 Early years  Books        2.00
                 Ageing well  Day care   200.00
                 Ageing well  Outings      1.00
                 Ageing well  Music        1.50";
    check(
        &folding(&[Theme, Service], 3),
        &[Theme, Service],
        lines,
        "Ageing well > Day care  200.00
         Ageing well > Other (2 services)  2.50
         Early years > Midwives  100.00
         Early years > Nurseries  300.00
         Early years > Other (2 services)  5.00",
    );
}

#[test]
fn a_single_small_node_is_not_folded() {
    check(
        &folding(&[Theme, Service], 2),
        &[Theme, Service],
        "Early years  Nurseries  300.00
         Early years  Midwives   100.00
         Early years  Toys         3.00",
        "Early years > Midwives  100.00
         Early years > Nurseries  300.00
         Early years > Toys  3.00",
    );
}

#[test]
fn an_unfolded_group_shows_its_nodes_one_by_one() {
    let mut spec = folding(&[Theme, Service], 1);
    spec.fold.unfolded = BTreeSet::from([(Service, "Early years".to_owned())]);
    check(
        &spec,
        &[Theme, Service],
        "Early years  Toys      3.00
         Early years  Books     2.00
         Ageing well  Day care  9.00
         Ageing well  Music     1.00
         Ageing well  Outings   1.00",
        "Ageing well > Day care  9.00
         Ageing well > Other (2 services)  2.00
         Early years > Books  2.00
         Early years > Toys  3.00",
    );
}

#[test]
fn a_trace_follows_the_lines_and_not_the_neighbouring_bands() {
    // Both funders pay the council, but only the grant reaches the nurseries.
    let ledger = ledger(
        &[Funder, Agency, Service],
        "Grant  Council  Nurseries  60.00
         Tax    Council  Roads      40.00",
    );
    let graph = aggregate(&ledger, &spec(&[Funder, Agency, Service]), FlowEnds::default());
    let node = |name: &str| graph.nodes.iter().position(|node| &*node.name == name).expect("it is drawn");
    let traced = trace(&graph, Focus::Node(node("Nurseries")));
    assert_eq!(traced.total, money("60"));
    assert_eq!(traced.nodes[node("Grant")], money("60"));
    assert_eq!(traced.nodes[node("Tax")], Money::ZERO);
    assert_eq!(traced.nodes[node("Council")], money("60"));
    assert_eq!(traced.nodes[node("Roads")], Money::ZERO);
}

#[test]
fn bands_know_how_well_their_money_is_known() {
    let ledger = ledger(
        &[Agency, Theme, Evidence],
        "Council  Early years  Actual     60.00
         Council  Early years  Estimated  40.00",
    );
    let graph = aggregate(&ledger, &spec(&[Agency, Theme]), FlowEnds::default());
    let parts: Vec<(Grade, String)> =
        graph.links[0].parts.iter().map(|part| (part.kind.grade, part.amount.to_string())).collect();
    assert_eq!(parts, [(Grade::Firm, "60.00".to_owned()), (Grade::Estimated, "40.00".to_owned())]);
}

#[test]
fn a_node_keeps_its_key_when_the_ledger_around_it_changes() {
    let key = |lines: &str| {
        let graph = aggregate(&ledger(&[Agency, Theme], lines), &spec(&[Agency, Theme]), FlowEnds::default());
        let node = graph.nodes.iter().find(|node| &*node.name == "Early years").expect("it is drawn");
        node.key(&graph.layers)
    };
    assert_eq!(key("Council  Early years  1.00"), key("Police  Safety  5.00\nHealth  Early years  9.00"));
}

#[test]
fn a_ledger_without_lines_has_no_flows() {
    let graph = aggregate(&Ledger::default(), &spec(&[Agency, Theme]), FlowEnds::default());
    assert!(graph.nodes.is_empty() && graph.links.is_empty() && graph.total.is_zero());
}

/// Every way of drawing a random ledger.
fn any_spec() -> impl Strategy<Value = FlowSpec> {
    let fold = (1_usize..8, 0_u32..150, prop::collection::btree_set((any_dimension(), 0_u8..9), 0..3));
    let filter = prop::option::weighted(0.3, (any_dimension(), prop::collection::btree_set(0_u8..9, 1..5)));
    (some_dimensions(1, 6), any_dimension(), fold, filter).prop_map(|(layers, color_by, fold, filter)| {
        let (most_nodes, smallest_thousandths, unfolded) = fold;
        FlowSpec {
            layers,
            color_by,
            filter: filter.map_or_else(Filter::default, |(dimension, numbers)| {
                let title = dimension.title();
                Filter::default().only(dimension, numbers.iter().map(|number| format!("{title} {number}")))
            }),
            fold: FoldSpec {
                most_nodes,
                smallest_thousandths,
                unfolded: unfolded
                    .into_iter()
                    .map(|(dimension, number)| (dimension, format!("Theme {number}")))
                    .collect(),
                is_one_group: false,
            },
        }
    })
}

fn any_dimension() -> impl Strategy<Value = Dimension> {
    prop::sample::select(&RANDOM[..])
}

/// The names a node stands for.
fn ids(graph: &FlowGraph, node: usize) -> Vec<NameId> {
    match &graph.nodes[node].member {
        Member::Name(id) => vec![*id],
        Member::Other { members, .. } => members.clone(),
        Member::End { .. } => Vec::new(),
    }
}

fn runs_through(graph: &FlowGraph, line: LineView<'_>, node: usize) -> bool {
    is_among(line, graph.layers[graph.nodes[node].layer], &ids(graph, node))
}

/// The amount and number of the lines that run through all these nodes, added one by one.
fn by_hand(graph: &FlowGraph, lines: &[LineView<'_>], nodes: &[usize]) -> (Money, u64) {
    let through = lines.iter().filter(|line| nodes.iter().all(|&node| runs_through(graph, **line, node)));
    through.fold((Money::ZERO, 0), |(amount, count), line| (amount + line.amount(), count + 1))
}

/// What a graph promises of its lines.
fn check_promises(ledger: &Ledger, spec: &FlowSpec) -> Result<(), TestCaseError> {
    let graph = aggregate(ledger, spec, FlowEnds::default());
    let lines: Vec<LineView<'_>> =
        ledger.lines_where(&spec.filter).into_iter().map(|id| ledger.line(id)).collect();
    let total: Money = lines.iter().map(LineView::amount).sum();
    prop_assert_eq!(graph.total, total);
    prop_assert_eq!(graph.lines, lines.len() as u64);
    prop_assert_eq!(imbalances(&graph), []);
    every_layer_is_the_total(&graph, &lines)?;
    every_band_is_its_lines(&graph, &lines)?;
    folds_are_what_is_not_drawn(ledger, spec, &graph)?;
    every_trace_is_its_lines(&graph, &lines)?;
    what_is_pointed_at_leads_to_its_lines(ledger, spec, &graph)
}

fn every_layer_is_the_total(graph: &FlowGraph, lines: &[LineView<'_>]) -> Result<(), TestCaseError> {
    for layer in 0..graph.layers.len() {
        prop_assert_eq!(graph.layer(layer).map(|(_, node)| node.amount).sum::<Money>(), graph.total);
        prop_assert_eq!(graph.layer(layer).map(|(_, node)| node.lines).sum::<u64>(), graph.lines);
        for line in lines {
            let nodes = graph.layer(layer).filter(|(node, _)| runs_through(graph, *line, *node)).count();
            prop_assert_eq!(nodes, 1, "a line runs through each layer once");
        }
        if layer + 1 < graph.layers.len() {
            let bands = graph.links.iter().filter(|link| graph.nodes[link.source].layer == layer);
            prop_assert_eq!(bands.map(|link| link.amount).sum::<Money>(), graph.total);
        }
    }
    Ok(())
}

fn every_band_is_its_lines(graph: &FlowGraph, lines: &[LineView<'_>]) -> Result<(), TestCaseError> {
    for (index, node) in graph.nodes.iter().enumerate() {
        prop_assert_eq!((node.amount, node.lines), by_hand(graph, lines, &[index]));
        prop_assert_eq!(node.parts.iter().map(|part| part.amount).sum::<Money>(), node.amount);
        prop_assert!(node.lines > 0, "an empty node is not drawn");
    }
    for link in &graph.links {
        prop_assert_eq!((link.amount, link.lines), by_hand(graph, lines, &[link.source, link.target]));
        prop_assert_eq!(link.parts.iter().map(|part| part.amount).sum::<Money>(), link.amount);
        prop_assert_eq!(graph.nodes[link.source].layer + 1, graph.nodes[link.target].layer);
    }
    Ok(())
}

fn folds_are_what_is_not_drawn(
    ledger: &Ledger,
    spec: &FlowSpec,
    graph: &FlowGraph,
) -> Result<(), TestCaseError> {
    for (layer, &dimension) in graph.layers.iter().enumerate() {
        let totals = Totals::of(ledger, &spec.filter, &[dimension]);
        let of_name = |id: NameId| {
            let name = ledger.names(dimension).name(id);
            totals.rows.iter().find(|row| row.names[0] == name).map(|row| row.amount)
        };
        let (mut drawn, mut folded) = (Money::ZERO, Money::ZERO);
        for (_, node) in graph.layer(layer) {
            match &node.member {
                Member::Name(id) => {
                    prop_assert_eq!(Some(node.amount), of_name(*id));
                    drawn += node.amount;
                }
                Member::End { .. } => prop_assert!(false, "nothing leaves this ledger"),
                Member::Other { members, .. } => {
                    prop_assert!(members.len() > 1, "a fold of one would say less than its name");
                    prop_assert!(
                        !members.contains(&NameId::NOT_STATED),
                        "what is not stated is always shown"
                    );
                    let sums: Option<Vec<Money>> = members.iter().map(|&id| of_name(id)).collect();
                    prop_assert_eq!(Some(node.amount), sums.map(|sums| sums.into_iter().sum()));
                    folded += node.amount;
                }
            }
        }
        prop_assert_eq!(drawn + folded, totals.total);
    }
    Ok(())
}

fn every_trace_is_its_lines(graph: &FlowGraph, lines: &[LineView<'_>]) -> Result<(), TestCaseError> {
    let of_nodes = (0..graph.nodes.len()).map(|node| (Focus::Node(node), vec![node]));
    let of_links =
        graph.links.iter().enumerate().map(|(at, link)| (Focus::Link(at), vec![link.source, link.target]));
    for (focus, through) in of_nodes.chain(of_links) {
        let traced = trace(graph, focus);
        prop_assert_eq!(traced.total, by_hand(graph, lines, &through).0);
        for (node, amount) in traced.nodes.iter().enumerate() {
            let nodes: Vec<usize> = through.iter().copied().chain([node]).collect();
            prop_assert_eq!(*amount, by_hand(graph, lines, &nodes).0);
        }
        for (link, parts) in graph.links.iter().zip(&traced.links) {
            let nodes: Vec<usize> = through.iter().copied().chain([link.source, link.target]).collect();
            prop_assert_eq!(parts.iter().copied().sum::<Money>(), by_hand(graph, lines, &nodes).0);
        }
    }
    Ok(())
}

fn what_is_pointed_at_leads_to_its_lines(
    ledger: &Ledger,
    spec: &FlowSpec,
    graph: &FlowGraph,
) -> Result<(), TestCaseError> {
    let nodes = graph.nodes.iter().enumerate().map(|(at, node)| (Focus::Node(at), node.amount, node.lines));
    let links = graph.links.iter().enumerate().map(|(at, link)| (Focus::Link(at), link.amount, link.lines));
    for (focus, amount, lines) in nodes.chain(links) {
        let behind = Totals::of(ledger, &graph.filter_of(focus, &spec.filter), &[]);
        prop_assert_eq!((behind.total, behind.lines), (amount, lines));
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn flows_keep_their_promises_on_any_ledger(ledger in any_ledger(30), spec in any_spec()) {
        check_promises(&ledger, &spec)?;
    }

    #[test]
    fn any_order_of_layers_draws_the_same_nodes(
        ledger in any_ledger(40),
        (one, other) in some_dimensions(2, 5).prop_flat_map(|by| (Just(by.clone()), Just(by).prop_shuffle())),
    ) {
        let nodes = |layers: &[Dimension]| -> BTreeSet<(Dimension, String, Money)> {
            let graph = aggregate(&ledger, &spec(layers), FlowEnds::default());
            let named = |node: &shadowpool::flow::FlowNode| {
                (graph.layers[node.layer], node.name.to_string(), node.amount)
            };
            graph.nodes.iter().map(named).collect()
        };
        prop_assert_eq!(nodes(&one), nodes(&other));
    }
}

#[test]
fn flows_keep_their_promises_on_the_sample_places() {
    for (file, place) in crate::sample_data::samples() {
        for layers in [
            vec![Funder, Agency, Theme, Service],
            vec![Theme, Agency],
            vec![Year, Dimension::Stage, Evidence, Dimension::Sector, Theme, Service],
        ] {
            for height in [300.0, 1080.0] {
                let fold = FoldSpec::for_height(height, BTreeSet::new());
                let graph =
                    aggregate(&place.ledger, &FlowSpec { fold, ..spec(&layers) }, FlowEnds::default());
                assert_eq!(imbalances(&graph), [], "{file}");
                assert_eq!(graph.total, place.ledger.total(), "{file}");
                for (layer, dimension) in layers.iter().enumerate() {
                    let sum: Money = graph.layer(layer).map(|(_, node)| node.amount).sum();
                    assert_eq!(sum, graph.total, "{file}: {dimension}");
                }
            }
        }
    }
}
