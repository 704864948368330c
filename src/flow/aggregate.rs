//! Lines to a graph: cells are merged into paths through all layers, and nodes and links are sums of paths.
//! Every amount runs through every layer exactly once.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::breakdown::Grades;
use super::ends::{EndCell, FlowEnds, end_nodes, parted};
use super::fold::{Folding, fold};
use super::{BandPart, FlowGraph, FlowLink, FlowNode, FlowSpec, FoldSpec, Member, PartKind, Path};
use crate::dimension::Dimension;
use crate::ledger::{Cell, Cells, Filter, Ledger, Matcher};
use crate::money::Money;

/// Adds the filtered lines up into flows between layers; those that go to bodies beyond the place end there.
pub fn aggregate(ledger: &Ledger, spec: &FlowSpec, ends: FlowEnds) -> FlowGraph {
    let matcher = spec.filter.resolve(ledger);
    let all = matcher.cells(spec.layers.contains(&Dimension::Supplier));
    graph_of(ledger, spec, all, &matcher, ends)
}

/// All lines as flows between layers, with as many names as an order is looked for among, and their cells; of a revision
/// those of the ledger that it is one of.
pub fn whole(ledger: &Ledger, layers: &[Dimension]) -> (FlowGraph, Cells) {
    let fold = FoldSpec {
        most_nodes: MOST_IN_ORDER,
        smallest_thousandths: 0,
        unfolded: BTreeSet::new(),
        is_one_group: true,
    };
    let color_by = layers.first().copied().unwrap_or(Dimension::Theme);
    let spec = FlowSpec { layers: layers.to_vec(), filter: Filter::default(), color_by, fold };
    let matcher = spec.filter.resolve(ledger);
    let cells = if layers.contains(&Dimension::Supplier) {
        matcher.cells(true)
    } else {
        Cells::clone(&ledger.cells_before())
    };
    (graph_of(ledger, &spec, cells.clone(), &matcher, FlowEnds::default()), cells)
}

/// More names of a layer than are ever drawn without being asked for.
const MOST_IN_ORDER: usize = 100;

/// The flows of cells, of which some end at bodies beyond the place.
fn graph_of(
    ledger: &Ledger,
    spec: &FlowSpec,
    all: Cells,
    matcher: &Matcher<'_>,
    ends: FlowEnds,
) -> FlowGraph {
    let (total, lines) = (all.total(), all.line_count());
    let last = spec.layers.len().saturating_sub(1);
    let before_last: Vec<Folding> =
        (0..last).map(|layer| fold(ledger, &all, &spec.layers, layer, &spec.fold)).collect();
    let (cells, passed) = parted(ledger, all, matcher, &ends);
    let of_last = (last < spec.layers.len()).then(|| fold(ledger, &cells, &spec.layers, last, &spec.fold));
    let foldings: Vec<Folding> = before_last.into_iter().chain(of_last).collect();
    let (mut nodes, places) = list_nodes(ledger, spec, &foldings);
    let (end_nodes, end_places) = end_nodes(&passed, &ends.ends, spec);
    let first_end = nodes.len();
    nodes.extend(end_nodes);
    let mut graph = FlowGraph {
        layers: spec.layers.clone(),
        names: spec.layers.iter().map(|&layer| ledger.shared_names(layer)).collect(),
        nodes,
        ends: ends.ends,
        total,
        lines,
        ..FlowGraph::default()
    };
    // Nodes and links are added up from paths and not from cells, so that a trace, which goes by paths,
    // agrees with them to the last unit.
    let passed =
        passed.iter().map(|EndCell { end, cell }| (cell, Some((first_end + end_places[end]) as u32)));
    let cells = cells.iter().map(|cell| (cell, None)).chain(passed);
    add_paths(&mut graph, cells, spec, &places, &Grades::new(ledger));
    number_links(&mut graph);
    add_up(&mut graph);
    graph
}

/// For each layer, which node a name belongs to, by the name's number; of names that do not occur it says nothing.
type NodePlaces = Vec<Vec<u32>>;

/// Every layer's nodes by name, folds last, and where each name went.
fn list_nodes(ledger: &Ledger, spec: &FlowSpec, foldings: &[Folding]) -> (Vec<FlowNode>, NodePlaces) {
    let mut nodes = Vec::new();
    let mut places = NodePlaces::new();
    for (layer, folding) in foldings.iter().enumerate() {
        let dimension = spec.layers[layer];
        let names = ledger.names(dimension);
        let mut place = vec![0; names.len()];
        let empty =
            |member, name| FlowNode { layer, member, name, amount: Money::ZERO, lines: 0, parts: Vec::new() };
        // By name, so that the order of nodes, and all that is laid out from it, does not depend on amounts.
        let mut shown = folding.shown.clone();
        shown.sort_by_key(|&id| names.shared(id));
        for id in shown {
            place[id.index()] = nodes.len() as u32;
            nodes.push(empty(Member::Name(id), names.shared(id)));
        }
        for (group, members) in &folding.folded {
            for &id in members {
                place[id.index()] = nodes.len() as u32;
            }
            let name = format!("Other ({} {})", members.len(), dimension.plural());
            nodes.push(empty(Member::Other { group: group.clone(), members: members.clone() }, name.into()));
        }
        places.push(place);
    }
    (nodes, places)
}

/// Merges the cells that run through the same nodes with the same color and evidence; of some the last node is one at
/// which their money leaves the place.
fn add_paths<'c>(
    graph: &mut FlowGraph,
    cells: impl Iterator<Item = (&'c Cell, Option<u32>)>,
    spec: &FlowSpec,
    places: &NodePlaces,
    grades: &Grades,
) {
    let mut known: FxHashMap<(Vec<u32>, PartKind), usize> = FxHashMap::default();
    let last = spec.layers.len().saturating_sub(1);
    let mut nodes = Vec::with_capacity(spec.layers.len());
    for (cell, end) in cells {
        let node_of = |(layer, (dimension, place)): (usize, (&Dimension, &Vec<u32>))| {
            end.filter(|_| layer == last).unwrap_or_else(|| place[cell.ids[dimension.index()].index()])
        };
        nodes.clear();
        nodes.extend(spec.layers.iter().zip(places).enumerate().map(node_of));
        let id = |dimension: Dimension| cell.ids[dimension.index()];
        let kind = PartKind { color: id(spec.color_by), grade: grades.of(cell), known: grades.known(cell) };
        // Paths are few where cells are many: only a new one is kept.
        let key = (nodes, kind);
        let at = known.get(&key).copied().unwrap_or_else(|| {
            let nodes = key.0.clone();
            graph.paths.push(Path { nodes, links: Vec::new(), kind, amount: Money::ZERO, lines: 0 });
            known.insert(key.clone(), graph.paths.len() - 1);
            graph.paths.len() - 1
        });
        (nodes, _) = key;
        graph.paths[at].amount += cell.amount;
        graph.paths[at].lines += cell.lines;
    }
    // Cells come in the order of lines; sorted, the same money gives the same graph in whatever order its
    // files were added.
    graph.paths.sort_by(|a, b| (&a.nodes, a.kind).cmp(&(&b.nodes, b.kind)));
}

/// Lists the links that paths run along, by source and target.
fn number_links(graph: &mut FlowGraph) {
    let mut numbers: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    for path in &graph.paths {
        for pair in path.nodes.windows(2) {
            numbers.insert((pair[0], pair[1]), 0);
        }
    }
    // Numbered in the order of a sorted map: links have the same numbers whichever path came first.
    for (number, (&(source, target), slot)) in (0..).zip(numbers.iter_mut()) {
        *slot = number;
        graph.links.push(FlowLink {
            source: source as usize,
            target: target as usize,
            amount: Money::ZERO,
            lines: 0,
            parts: Vec::new(),
        });
    }
    for path in &mut graph.paths {
        path.links = path.nodes.windows(2).map(|pair| numbers[&(pair[0], pair[1])]).collect();
    }
}

/// Adds the paths up into their nodes and links.
fn add_up(graph: &mut FlowGraph) {
    let FlowGraph { nodes, links, paths, .. } = graph;
    for path in paths.iter() {
        for &node in &path.nodes {
            let node = &mut nodes[node as usize];
            node.amount += path.amount;
            node.lines += u64::from(path.lines);
            add_part(&mut node.parts, path);
        }
        for &link in &path.links {
            let link = &mut links[link as usize];
            link.amount += path.amount;
            link.lines += u64::from(path.lines);
            add_part(&mut link.parts, path);
        }
    }
}

fn add_part(parts: &mut Vec<BandPart>, path: &Path) {
    // Kept in the order of kinds, by which a trace finds them again.
    match parts.binary_search_by_key(&path.kind, |part| part.kind) {
        Ok(at) => parts[at].amount += path.amount,
        Err(at) => parts.insert(at, BandPart { kind: path.kind, amount: path.amount }),
    }
}
