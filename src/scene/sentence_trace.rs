//! What is traced, in words: how much it is, from how many or on how much, and whose the most of it is.

use std::collections::BTreeMap;

use crate::dimension::{Dimension, NameId, Names, shown_name};
use crate::flow::{FlowGraph, Focus};
use crate::ledger::{Cells, Filter, short_or_between};
use crate::money::{Money, Share, percent};
use crate::place::Place;
use crate::words::counted_as;

/// What is traced in a picture of flows: a node, or the two ends of a band.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Traced {
    ends: Vec<TracedEnd>,
    /// The lines that are traced.
    pub lines: Filter,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct TracedEnd {
    dimension: Dimension,
    name: String,
    /// All that runs through it, £.
    amount: Money,
}

impl Traced {
    /// In flows of the lines that pass a filter.
    pub fn of(graph: &FlowGraph, focus: Focus, base: &Filter) -> Self {
        let end = |node: usize| {
            let node = &graph.nodes[node];
            TracedEnd {
                dimension: graph.layers[node.layer],
                name: node.name.to_string(),
                amount: node.amount,
            }
        };
        let ends = match focus {
            Focus::Node(node) => vec![end(node)],
            Focus::Link(link) => vec![end(graph.links[link].source), end(graph.links[link].target)],
        };
        Self { ends, lines: graph.filter_of(focus, base) }
    }

    /// The names of what is traced, as they are said.
    pub fn names(&self, say: impl Fn(Dimension, &str) -> String) -> Vec<(Dimension, String)> {
        self.ends.iter().map(|end| (end.dimension, say(end.dimension, &end.name))).collect()
    }

    /// "Starting Well: £501m from 10 agencies, more than half from Cheshire West Council."
    pub fn sentence(&self, place: &Place) -> String {
        let cells = self.lines.resolve(&place.ledger).cells(false);
        let amount = short_or_between(cells.total(), place.ledger.range_where(&self.lines));
        match &self.ends[..] {
            [end] => format!("{}: {amount}{}.", said(place, end), parties(place, &cells, end.dimension)),
            ends => {
                let names: Vec<String> = ends.iter().map(|end| said(place, end)).collect();
                let shares = ends.iter().zip(&names).filter_map(|(end, name)| {
                    let share = Share::of(cells.total(), end.amount)?;
                    Some(format!("{} of {name}", percent(share)))
                });
                let shares: Vec<String> = shares.collect();
                format!("{}: {amount}, {}.", names.join(" \u{2192} "), crate::words::list(&shares))
            }
        }
    }
}

fn said(place: &Place, end: &TracedEnd) -> String {
    said_name(place, end.dimension, &end.name)
}

fn said_name(place: &Place, dimension: Dimension, name: &str) -> String {
    shown_name(dimension, name, &place.agencies).into_owned()
}

/// " from 10 agencies, more than half from the council": who is at the other side, and whose the most of it is.
fn parties(place: &Place, cells: &Cells, dimension: Dimension) -> String {
    let sides: &[(Dimension, &str)] = match dimension {
        Dimension::Agency | Dimension::Sector => &[(Dimension::Theme, "on"), (Dimension::Service, "on")],
        Dimension::Funder => &[(Dimension::Agency, "through"), (Dimension::Theme, "on")],
        _ => &[(Dimension::Agency, "from"), (Dimension::Funder, "from")],
    };
    // Whoever puts into a pool for one theme does so for several services.
    let several = |(other, _): &&(Dimension, &str)| {
        let names = place.ledger.names(*other);
        let stated = cells.occurring(*other).into_iter().filter(|id| !Names::is_remainder(names.name(*id)));
        stated.count() > 1
    };
    let first = sides.iter().find(several).into_iter().chain(sides);
    first.into_iter().find_map(|(other, word)| side(place, cells, *other, word)).unwrap_or_default()
}

fn side(place: &Place, cells: &Cells, other: Dimension, word: &str) -> Option<String> {
    let names = place.ledger.names(other);
    let mut sums: BTreeMap<NameId, Money> = BTreeMap::new();
    for cell in cells.iter() {
        *sums.entry(cell.ids[other.index()]).or_default() += cell.amount;
    }
    let stated: Vec<(&str, Money)> = sums
        .iter()
        .map(|(&id, &amount)| (names.name(id), amount))
        .filter(|(name, _)| !Names::is_remainder(name))
        .collect();
    let has_credits = cells.iter().any(|cell| cell.amount.is_negative());
    let one = |name: &str| said_name(place, other, name);
    match stated[..] {
        [] => None,
        [(only, amount)] if amount != cells.total() && !has_credits => {
            let share = how_much(Share::of(amount, cells.total())?).map(|share| format!("{share} of it "));
            Some(format!(", {}{word} {}", share.unwrap_or_default(), one(only)))
        }
        [(only, amount)] if amount == cells.total() => Some(format!(", all of it {word} {}", one(only))),
        _ => {
            let count = counted_as(stated.len(), other.title().to_lowercase().as_str(), other.plural());
            let most = stated.iter().max_by(|a, b| a.1.cmp(&b.1).then_with(|| b.0.cmp(a.0)));
            // Beside credits a part may be more than the whole, and a share of it says nothing.
            let most = most.filter(|_| !has_credits).and_then(|(name, amount)| {
                Some(format!(", {} {word} {}", how_much(Share::of(*amount, cells.total())?)?, one(name)))
            });
            Some(format!(" {word} {count}{}", most.unwrap_or_default()))
        }
    }
}

/// The largest of plain fractions that a share is more than; nothing below a quarter, which is no message.
fn how_much(share: Share) -> Option<String> {
    let than = |(numerator, denominator, words): (i128, i128, &str)| {
        let fraction = Share::ratio(numerator, denominator)?;
        if share == fraction {
            Some(words.to_owned())
        } else {
            (share > fraction).then(|| format!("more than {words}"))
        }
    };
    [
        (9, 10, "nine tenths"),
        (3, 4, "three quarters"),
        (2, 3, "two thirds"),
        (1, 2, "half"),
        (1, 3, "a third"),
        (1, 4, "a quarter"),
    ]
    .into_iter()
    .find_map(than)
}
