//! What is told of a node or a band: its amount and shares at once, its largest lines and its sources once
//! all lines were gone through.

use std::cmp::Reverse;
use std::sync::Arc;

use egui::{Pos2, Response, RichText, Ui};

use crate::app::style;
use crate::app::style::Colors;
use crate::dimension::{Dimension, Evidence, NameId};
use crate::figure::visible;
use crate::flow::{FlowGraph, Focus};
use crate::ledger::{Cells, Filter, Ledger, LineId, Source, full_or_between};
use crate::money::{Money, Share, in_full, percent};
use crate::place::Place;
use crate::scene::Flows;
use crate::words::counted;

/// What is told about a node or band at once.
pub(super) struct Told {
    title: String,
    amount: String,
    /// "12% of £3.42bn", in and out, lines, evidence.
    facts: Vec<String>,
    /// The lines it is about.
    pub(super) filter: Arc<Filter>,
}

/// What is told once all lines were gone through.
pub(super) struct Behind {
    sources: String,
    /// The largest lines: what they are, and their amounts.
    largest: Vec<(String, String)>,
}

/// Lines told one by one.
/// A tooltip must not cover the picture; Enter shows all of them.
const MOST_LINES: usize = 5;

pub(super) fn tell(place: &Place, flows: &Flows, focus: Focus) -> Told {
    let graph = &flows.graph;
    let filter = graph.filter_of(focus, &flows.filter);
    let cells = filter.resolve(&place.ledger).cells(false);
    let name = |node: usize| visible(&graph.nodes[node].name);
    let (title, amount) = match focus {
        Focus::Node(node) => (name(node).to_string(), graph.nodes[node].amount),
        Focus::Link(link) => {
            let link = &graph.links[link];
            (format!("{} \u{2192} {}", name(link.source), name(link.target)), link.amount)
        }
    };
    let count = cells.line_count();
    let mut facts = vec![shares(graph, focus, amount)];
    facts.extend(in_and_out(graph, focus));
    facts.push(format!("{}{}", counted(count, "line"), evidence(place, &cells)));
    let amount = full_or_between(amount, place.ledger.range_where(&filter));
    Told { title, amount, facts, filter: Arc::new(filter) }
}

/// The sources and the largest of the lines that a filter lets through.
pub(super) fn behind(ledger: &Ledger, filter: &Filter) -> Behind {
    let mut sources: Vec<usize> = Vec::new();
    // Largest first; a million lines are not sorted for five.
    let mut largest: Vec<(Reverse<Money>, LineId)> = Vec::with_capacity(MOST_LINES + 1);
    filter.resolve(ledger).each_line(|line| {
        if let Some(source) = ledger.source_index(line)
            && !sources.iter().rev().any(|known| *known == source)
        {
            // Lines of one source mostly stand together: looking at the last first is nearly always enough.
            sources.push(source);
        }
        let size = (Reverse(ledger.amount(line).abs()), line);
        if largest.len() < MOST_LINES || largest.last().is_some_and(|least| size < *least) {
            let at = largest.partition_point(|known| *known < size);
            largest.insert(at, size);
            largest.truncate(MOST_LINES);
        }
    });
    let sources = sources.into_iter().map(|source| &*ledger.sources()[source]).collect();
    let largest = largest.into_iter().map(|(_, line)| largest_line(ledger, line)).collect();
    Behind { sources: named(sources), largest }
}

/// What share of what: of the total, and of both ends of a band.
fn shares(graph: &FlowGraph, focus: Focus, amount: Money) -> String {
    let of = |whole: Money, words: &str| {
        Share::of(amount, whole).map(|share| format!("{} of {words}", percent(share)))
    };
    let mut parts: Vec<Option<String>> = vec![of(graph.total, "the total")];
    if let Focus::Link(link) = focus {
        let link = &graph.links[link];
        for node in [link.source, link.target] {
            parts.push(of(graph.nodes[node].amount, &graph.nodes[node].name));
        }
    }
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn in_and_out(graph: &FlowGraph, focus: Focus) -> Option<String> {
    let Focus::Node(node) = focus else { return None };
    let sum = |links: Vec<Money>| (!links.is_empty()).then(|| links.into_iter().sum::<Money>());
    let into = sum(graph.links.iter().filter(|link| link.target == node).map(|link| link.amount).collect());
    let out = sum(graph.links.iter().filter(|link| link.source == node).map(|link| link.amount).collect());
    let words: Vec<String> = [("In", into), ("Out", out)]
        .into_iter()
        .filter_map(|(way, amount)| Some(format!("{way} {}", in_full(amount?))))
        .collect();
    Some(words.join(" · "))
}

fn evidence(place: &Place, cells: &Cells) -> String {
    let names = place.ledger.names(Dimension::Evidence);
    let whole: Money = cells.iter().map(|cell| cell.amount.abs()).sum();
    let mut words = String::new();
    for grade in Evidence::ALL {
        let Some(id) = names.id(grade.name()) else { continue };
        let of_grade = cells.iter().filter(|cell| cell.ids[Dimension::Evidence.index()] == id);
        let part: Money = of_grade.map(|cell| cell.amount.abs()).sum();
        if let Some(share) = Share::of(part, whole).filter(|_| !part.is_zero()) {
            words.extend([", ", &percent(share), " ", &grade.name().to_lowercase()]);
        }
    }
    words
}

fn named(sources: Vec<&Source>) -> String {
    let mut titles: Vec<&str> = sources
        .into_iter()
        .map(|source| if source.file.is_empty() { &*source.title } else { &*source.file })
        .collect();
    titles.sort_unstable();
    match titles[..] {
        [] => "No source stated".to_owned(),
        [one] => format!("Source: {one}"),
        [one, ..] => format!("Sources: {one} and {} more", titles.len() - 1),
    }
}

/// The words for a line: the finest thing that is known about it.
fn largest_line(ledger: &Ledger, line: LineId) -> (String, String) {
    let view = ledger.line(line);
    let mut words = view.description().to_owned();
    for dimension in [Dimension::Supplier, Dimension::Service, Dimension::Theme, Dimension::Agency] {
        if words.is_empty() && view.name_id(dimension) != NameId::NOT_STATED {
            view.name(dimension).clone_into(&mut words);
        }
    }
    // What fits beside an amount in the width of the tooltip.
    if words.chars().count() > 42 {
        words = words.chars().take(40).collect::<String>().trim_end().to_owned() + "…";
    }
    (visible(&words).into_owned(), in_full(view.amount()))
}

/// Shows it where nothing is hidden by it; what all lines have to be gone through for, once it is
/// there.
pub(super) fn tooltip_ui(ui: &Ui, response: &Response, told: &Told, behind: Option<&Behind>, at: Pos2) {
    let tooltip = egui::Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, at);
    tooltip.gap(0.0).width(380.0).show(|ui| {
        let colors = Colors::of(ui);
        ui.spacing_mut().item_spacing.y = 3.0;
        ui.spacing_mut().interact_size.y = 0.0;
        ui.label(RichText::new(&told.title).font(style::semibold(14.0)));
        ui.label(RichText::new(&told.amount).font(style::bold(18.0)));
        let sources = behind.map_or("Going through the lines…", |behind| behind.sources.as_str());
        for fact in told.facts.iter().map(String::as_str).chain([sources]) {
            ui.label(RichText::new(fact).color(colors.weak_text).small());
        }
        ui.add_space(2.0);
        egui::Grid::new("largest lines").num_columns(2).spacing([16.0, 2.0]).show(ui, |ui| {
            for (words, amount) in behind.map_or(&[][..], |behind| &behind.largest) {
                ui.label(RichText::new(words).small());
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.label(RichText::new(amount).small());
                });
                ui.end_row();
            }
        });
    });
}
