//! `shadowpool layout`: the layout of a graph given as JSON, as JSON.

use std::collections::BTreeMap;
use std::time::Instant;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::sankey::{
    Graph, LabelSize, LayoutOptions, Link, Node, Previous, PreviousNode, SankeyLayout, first_picture_steps,
    layers, layout, relayout, steps_for_graph,
};

/// Why a graph cannot be laid out: where, what was found, and what would be right.
#[derive(Debug, thiserror::Error)]
pub enum LayoutError {
    #[error("{what}, line {line}, column {column}: {found}; a graph looks like {EXAMPLE}")]
    Json { what: &'static str, line: usize, column: usize, found: String },
    #[error("node {place}: the id {id} is taken by node {earlier}; each node needs an id of its own")]
    TakenId { place: usize, id: String, earlier: usize },
    #[error("node {place}: {found} is not an id; write a text such as \"council\" or a number")]
    Id { place: usize, found: String },
    #[error("link {place}: there is no node {id}; add it to \"nodes\" or correct the link's {end}")]
    UnknownNode { place: usize, id: String, end: &'static str },
    #[error(
        "link {place}: its value is {value}; a link is as wide as what it carries, so write {positive}, or leave it out"
    )]
    NegativeLink { place: usize, value: f64, positive: f64 },
    #[error("the size {width}x{height} is too small to draw in; use at least 20x20, such as 1280x720")]
    Size { width: f64, height: f64 },
}

const EXAMPLE: &str = r#"{"nodes": [{"id": "a", "layer": 0}, {"id": "b", "layer": 1}], "links": [{"source": "a", "target": "b", "value": 2.5}]}"#;

#[derive(Deserialize)]
struct GraphIn {
    nodes: Vec<NodeIn>,
    #[serde(default)]
    links: Vec<LinkIn>,
}

#[derive(Deserialize)]
struct NodeIn {
    id: Value,
    name: Option<String>,
    layer: Option<u32>,
    pin: Option<f64>,
    rank: Option<i32>,
    foot: Option<u8>,
    group: Option<u32>,
}

#[derive(Deserialize)]
struct LinkIn {
    source: Value,
    target: Value,
    #[serde(default)]
    value: f64,
}

#[derive(Deserialize)]
struct LayoutIn {
    nodes: Vec<NodePlaceIn>,
    #[serde(default)]
    links: Vec<LinkPlaceIn>,
}

#[derive(Deserialize)]
struct NodePlaceIn {
    id: Value,
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
}

#[derive(Deserialize)]
struct LinkPlaceIn {
    source: Value,
    target: Value,
    #[serde(default)]
    value: f64,
    #[serde(default)]
    width: f64,
    #[serde(default)]
    points: Vec<(f64, f64)>,
}

#[derive(Serialize)]
struct LayoutOut<'a> {
    width: f64,
    height: f64,
    time_ms: f64,
    nodes: Vec<NodeOut<'a>>,
    links: Vec<LinkOut<'a>>,
    labels: Vec<LabelOut<'a>>,
}

#[derive(Serialize)]
struct NodeOut<'a> {
    id: &'a Value,
    x0: f64,
    x1: f64,
    y0: f64,
    y1: f64,
    /// Drawn narrow beside its neighbours, as its layer has more nodes than pixels.
    #[serde(rename = "folded", skip_serializing_if = "std::ops::Not::not")]
    is_folded: bool,
}

#[derive(Serialize)]
struct LinkOut<'a> {
    source: &'a Value,
    target: &'a Value,
    value: f64,
    width: f64,
    y0: f64,
    y1: f64,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    points: &'a [(f64, f64)],
    /// Money that comes back is drawn around the nodes.
    #[serde(rename = "return", skip_serializing_if = "std::ops::Not::not")]
    is_return: bool,
}

#[derive(Serialize)]
struct LabelOut<'a> {
    id: &'a Value,
    x0: f64,
    y0: f64,
    x1: f64,
    y1: f64,
}

/// The height of a line of label text (px).
// Labels of the size that they are measured in, one line each.
const LABEL_HEIGHT: f64 = 14.0;

/// Lays out the graph in `input`, near the layout in `previous` if there is one, and returns the layout as
/// JSON. `budget_ms` is how long it may search; without it, as long as a first picture may. `measure` tells
/// the width (px) of a text.
pub fn layout_json(
    input: &str,
    previous: Option<&str>,
    (width, height): (f64, f64),
    budget_ms: Option<u64>,
    measure: &dyn Fn(&str) -> f64,
) -> Result<String, LayoutError> {
    // Written so that a size that is no number is refused too.
    if !(width >= 20.0 && height >= 20.0 && width.is_finite() && height.is_finite()) {
        return Err(LayoutError::Size { width, height });
    }
    let read: GraphIn = serde_json::from_str(input).map_err(|error| json_error("graph", &error))?;
    let graph = graph(&read, measure)?;
    let options = LayoutOptions {
        width,
        height,
        budget_steps: budget_ms.map_or_else(|| first_picture_steps(&graph), |ms| steps_for_graph(&graph, ms)),
        ..LayoutOptions::default()
    };
    let previous = match previous {
        Some(text) => {
            let former: LayoutIn =
                serde_json::from_str(text).map_err(|error| json_error("earlier layout", &error))?;
            Some(previous_of(&former, &read, &graph))
        }
        None => None,
    };
    let draw = || match &previous {
        Some(previous) => relayout(&graph, &options, previous),
        None => layout(&graph, &options),
    };
    // Time is measured here, for those who compare layouts, and decides nothing: what is spent is counted in
    // steps.
    let mut start = Instant::now();
    let mut drawn = draw();
    let mut time_ms = start.elapsed().as_secs_f64() * 1000.0;
    if budget_ms.is_none() {
        // Warm, as in a running program.
        // The best of three, as the first also fills caches.
        for _ in 0..2 {
            start = Instant::now();
            drawn = draw();
            time_ms = time_ms.min(start.elapsed().as_secs_f64() * 1000.0);
        }
    }
    Ok(written(&read, &drawn, (width, height), time_ms))
}

fn json_error(what: &'static str, error: &serde_json::Error) -> LayoutError {
    let text = error.to_string();
    let found = text.split(" at line ").next().unwrap_or(&text).to_owned();
    LayoutError::Json { what, line: error.line(), column: error.column(), found }
}

fn graph(read: &GraphIn, measure: &dyn Fn(&str) -> f64) -> Result<Graph, LayoutError> {
    let mut index: BTreeMap<String, usize> = BTreeMap::new();
    for (place, node) in read.nodes.iter().enumerate() {
        if !(node.id.is_string() || node.id.is_number()) {
            return Err(LayoutError::Id { place: place + 1, found: node.id.to_string() });
        }
        if let Some(earlier) = index.insert(node.id.to_string(), place) {
            return Err(LayoutError::TakenId {
                place: place + 1,
                id: node.id.to_string(),
                earlier: earlier + 1,
            });
        }
    }
    let mut links = Vec::with_capacity(read.links.len());
    for (place, link) in read.links.iter().enumerate() {
        let find = |id: &Value, end| {
            let found = index.get(&id.to_string()).copied();
            found.ok_or_else(|| LayoutError::UnknownNode { place: place + 1, id: id.to_string(), end })
        };
        let (source, target) = (find(&link.source, "source")?, find(&link.target, "target")?);
        // Keys are texts of ids, so that an earlier layout finds them whatever their order.
        let key = key_of(&[&link.source.to_string(), &link.target.to_string()]);
        // Not above nought, rather than below: what is no number is neither.
        if !(link.value >= 0.0 && link.value.is_finite()) {
            let (value, positive) = (link.value, link.value.abs());
            return Err(LayoutError::NegativeLink { place: place + 1, value, positive });
        }
        links.push(Link { source, target, value: link.value, key });
    }
    let ranks = if read.nodes.iter().all(|node| node.layer.is_some()) {
        None
    } else {
        let pairs: Vec<_> = links.iter().map(|link| (link.source, link.target, link.value)).collect();
        Some(layers(read.nodes.len(), &pairs).0)
    };
    let node = |(place, node): (usize, &NodeIn)| Node {
        key: key_of(&[&node.id.to_string()]),
        layer: ranks.as_ref().map_or_else(|| node.layer.unwrap_or(0) as usize, |ranks| ranks[place]),
        pin: node.pin,
        rank: node.rank,
        foot: node.foot,
        group: node.group,
        label: Some(LabelSize { width: measure(&name_of(node)), height: LABEL_HEIGHT }),
    };
    Ok(Graph { nodes: read.nodes.iter().enumerate().map(node).collect(), links })
}

fn name_of(node: &NodeIn) -> String {
    let id = || node.id.as_str().map_or_else(|| node.id.to_string(), str::to_owned);
    node.name.clone().unwrap_or_else(id)
}

/// A number that stands for some texts, the same on every machine (FNV-1a).
fn key_of(texts: &[&str]) -> u64 {
    let mut key = 0xCBF2_9CE4_8422_2325_u64;
    // Ids are JSON texts, in which a nought byte cannot stand: none runs over into the next.
    for byte in texts.iter().flat_map(|text| text.bytes().chain([0])) {
        key = (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
    }
    key
}

/// What an earlier layout says about the nodes of this graph.
fn previous_of(former: &LayoutIn, read: &GraphIn, graph: &Graph) -> Previous {
    let mut previous = Previous::default();
    let layer: BTreeMap<String, usize> =
        read.nodes.iter().zip(&graph.nodes).map(|(node, made)| (node.id.to_string(), made.layer)).collect();
    let mut columns: BTreeMap<usize, f64> = BTreeMap::new();
    for node in &former.nodes {
        let id = node.id.to_string();
        if let Some(&layer) = layer.get(&id) {
            columns.insert(layer, f64::midpoint(node.x0, node.x1));
            previous.nodes.insert(key_of(&[&id]), PreviousNode { layer, y0: node.y0, y1: node.y1 });
        }
    }
    let mut ratios = Vec::new();
    for link in &former.links {
        if link.value.abs() > 0.0 && link.width > 0.0 {
            ratios.push(link.width / link.value.abs());
        }
        let (source, target) = (key_of(&[&link.source.to_string()]), key_of(&[&link.target.to_string()]));
        for (&layer, &x) in &columns {
            // A lane is level across its column.
            let after = link.points.iter().position(|point| point.0 >= x).filter(|after| *after > 0);
            if let Some(after) = after
                && link.points[after - 1].0 <= x
            {
                previous.lanes.insert((source, target, layer), link.points[after].1);
            }
        }
    }
    ratios.sort_by(f64::total_cmp);
    // The middle one, since widths in the file are rounded and thin ones most of all.
    previous.scale = ratios.get(ratios.len() / 2).copied().unwrap_or(0.0);
    previous
}

fn written(read: &GraphIn, drawn: &SankeyLayout, (width, height): (f64, f64), time_ms: f64) -> String {
    let nodes = read.nodes.iter().zip(&drawn.nodes);
    let links = read.links.iter().zip(&drawn.links);
    let labels = read.nodes.iter().zip(&drawn.labels);
    let out = LayoutOut {
        width,
        height,
        time_ms,
        nodes: nodes
            .map(|(node, b)| NodeOut {
                id: &node.id,
                x0: b.x0,
                x1: b.x1,
                y0: b.y0,
                y1: b.y1,
                is_folded: b.is_folded,
            })
            .collect(),
        links: links
            .map(|(link, ribbon)| LinkOut {
                source: &link.source,
                target: &link.target,
                value: link.value,
                width: ribbon.width,
                y0: ribbon.y0,
                y1: ribbon.y1,
                points: &ribbon.waypoints,
                is_return: ribbon.is_return,
            })
            .collect(),
        labels: labels
            .filter_map(|(node, label)| {
                label.map(|l| LabelOut { id: &node.id, x0: l.x0, y0: l.y0, x1: l.x1, y1: l.y1 })
            })
            .collect(),
    };
    serde_json::to_string(&out).expect("numbers and texts can be written")
}
