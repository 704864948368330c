//! What pictures for a hall have in common: how they are drawn, their page, short names.

use super::super::Sentence;
use crate::dimension::{Dimension, Names};
use crate::figure::{MarkId, RoomPage, Scheme};
use crate::ledger::Filter;
use crate::place::Place;
use crate::pool::Scenario;

/// How a picture for a hall is drawn.
#[derive(Clone, Copy, Debug)]
pub struct RoomOptions {
    pub scheme: Scheme,
    /// px.
    pub size: (f64, f64),
    /// What was picked, as the picture's own marks name it: the title is about that.
    pub picked: Option<MarkId>,
}

/// No layer has more labelled nodes, no list more rows: more are not taken in from a seat.
pub(super) const MOST_NODES: usize = 7;

/// A page of a place's lines.
pub(super) fn page(place: &Place, filter: &Filter, title: String, options: RoomOptions) -> RoomPage {
    let scenario = place.shown_scenario();
    let sentence = Sentence::about(place, filter);
    // What must not be added comes before all else.
    let mut foot: Vec<String> =
        Some(sentence.warning).filter(|words| !words.is_empty()).into_iter().collect();
    foot.extend(scenario.map(|scenario| format!("Scenario \u{201c}{}\u{201d}", scenario.name)));
    foot.extend(narrowed(filter));
    let years = years(place, filter);
    match (scenario, years) {
        (Some(_), years) => {
            foot.extend(years);
            foot.extend(evidence(&sentence.evidence));
            foot.push(name_of(place));
        }
        (None, years) => {
            foot.push(years.map_or_else(|| name_of(place), |years| format!("{}, {years}", name_of(place))));
            foot.extend(evidence(&sentence.evidence));
        }
    }
    RoomPage {
        width: options.size.0,
        height: options.size.1,
        scheme: options.scheme,
        title,
        stamp: scenario.and_then(Scenario::stamp),
        foot,
    }
}

/// How well it is known, in as few words as a seat can read: "illustrative", "21% estimated, 79% illustrative".
fn evidence(said: &str) -> Option<String> {
    let words = said.strip_prefix("100% ").unwrap_or(said);
    (!words.is_empty()).then(|| words.to_owned())
}

fn name_of(place: &Place) -> String {
    if place.name.is_empty() { "This place".to_owned() } else { place.name.clone() }
}

/// "2013/14"
fn years(place: &Place, filter: &Filter) -> Option<String> {
    let names = place.ledger.names(Dimension::Year);
    let cells = filter.resolve(&place.ledger).cells(false);
    let mut years: Vec<&str> =
        cells.occurring(Dimension::Year).into_iter().map(|id| names.name(id)).collect();
    years.retain(|name| *name != Names::NOT_STATED);
    years.sort_unstable();
    match years[..] {
        [] => None,
        [only] => Some(only.to_owned()),
        [first, .., last] => Some(format!("{first} to {last}")),
    }
}

/// What of the place is seen, where it is not all of it.
fn narrowed(filter: &Filter) -> Option<String> {
    let chips = filter.chips.iter().filter(|chip| chip.dimension != Dimension::Year);
    let names: Vec<&str> = chips.flat_map(|chip| chip.names.iter().map(String::as_str)).collect();
    match (&names[..], filter.text.trim()) {
        ([], "") => None,
        ([only], "") => Some(format!("narrowed to {only}")),
        _ => Some("narrowed by a filter".to_owned()),
    }
}

/// An agency's short name where it has one; else the name.
pub(in crate::scene) fn short_name(place: &Place, name: &str) -> String {
    let known = place.agencies.iter().find(|agency| agency.name == name);
    known.and_then(|agency| agency.short.clone()).unwrap_or_else(|| name.to_owned())
}
