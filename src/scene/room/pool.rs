//! A pool for a hall: who would be worse off and who better, and what nobody has been given yet.

use super::super::{Audience, pool_title};
use super::page::{MOST_NODES, RoomOptions, page, short_name};
use crate::dimension::Names;
use crate::figure::{Figure, RoomRow, RoomRowKind, RoomRows, room_rows};
use crate::ledger::Filter;
use crate::money::{Money, in_full, in_short, in_short_signed, nearest, percent};
use crate::place::Place;
use crate::pool::{Model, NetPosition, Scenario};
use crate::words::{counted_as, first_of};

/// A scenario's pool as a picture for a hall. The place says what partners are called for short.
pub fn room_pool_picture(place: &Place, scenario: &Scenario, model: &Model, options: RoomOptions) -> Figure {
    let is_partner = |position: &&NetPosition| position.agency != Names::NOT_STATED;
    let mut changed: Vec<&NetPosition> = model.positions.iter().filter(|one| !one.net.is_zero()).collect();
    changed.sort_by(|a, b| a.net.cmp(&b.net).then_with(|| a.agency.cmp(&b.agency)));
    let unchanged: Vec<&NetPosition> =
        model.positions.iter().filter(is_partner).filter(|one| one.net.is_zero()).collect();
    let is_even = changed.is_empty();
    let mut rows: Vec<RoomRow> = if is_even {
        unchanged.iter().take(MOST_NODES - 1).map(|one| put_in(place, one)).collect()
    } else {
        net_rows(place, &changed)
    };
    rows.extend(held_back(model));
    let names: Vec<String> = unchanged.iter().map(|one| short_name(place, &one.agency)).collect();
    let below = (!is_even && !names.is_empty()).then(|| ("No change:".to_owned(), first_of(&names, 5)));
    let heads = (!is_even).then_some(("worse off", "better off"));
    let input = RoomRows { rows, heads, below, hue: options.scheme.pool() };
    let shown = Place { view: std::sync::Arc::new(view_of(place, scenario)), ..place.clone() };
    let filter = Filter { chips: year_chips(place), ..Filter::default() };
    room_rows(&input, &page(&shown, &filter, pool_title(place, scenario, model, Audience::HALL), options))
}

/// A pool is shown whole, but for the years that the view is of.
fn year_chips(place: &Place) -> Vec<crate::ledger::Chip> {
    let chips = place.view.filter.chips.iter();
    chips.filter(|chip| chip.dimension == crate::dimension::Dimension::Year).cloned().collect()
}

fn view_of(place: &Place, scenario: &Scenario) -> crate::place::ViewSpec {
    crate::place::ViewSpec { scenario: Some(scenario.name.clone()), ..(*place.view).clone() }
}

/// Those who lose from the top, then those who gain; the least of many are one row.
fn net_rows(place: &Place, changed: &[&NetPosition]) -> Vec<RoomRow> {
    let most = MOST_NODES - 1;
    let mut shown: Vec<&NetPosition> = changed.to_vec();
    let mut folded: Vec<&NetPosition> = Vec::new();
    while shown.len() + usize::from(!folded.is_empty()) > most {
        let least = (0..shown.len()).min_by_key(|&at| shown[at].net.abs()).expect("there are more than most");
        folded.push(shown.remove(least));
    }
    let mut rows: Vec<RoomRow> = shown.into_iter().map(|one| net_row(place, one)).collect();
    if !folded.is_empty() {
        let net: Money = folded.iter().map(|one| one.net).sum();
        let name = counted_as(folded.len(), "other", "others");
        let tooltip = format!("{name}: {} together", in_full(net));
        rows.push(row(name, "together".to_owned(), net, tooltip));
        rows.sort_by_key(|row| row.value);
    }
    rows
}

fn row(name: String, note: String, net: Money, tooltip: String) -> RoomRow {
    let kind = if net.is_negative() { RoomRowKind::Less } else { RoomRowKind::More };
    RoomRow { name, note, amount: in_short_signed(net), value: net, kind, tooltip }
}

fn net_row(place: &Place, one: &NetPosition) -> RoomRow {
    let name = short_name(place, &one.agency);
    let tooltip = format!(
        "{}: puts in {}, gets back {}, net {}",
        one.agency,
        in_full(one.puts_in),
        in_full(one.gets_back),
        in_full(one.net)
    );
    row(name, back_of_a_pound(one), one.net, tooltip)
}

/// "gets back 96p in the pound"
fn back_of_a_pound(one: &NetPosition) -> String {
    if !one.puts_in.is_positive() {
        return format!("puts in {}", in_short(one.puts_in));
    }
    let Ok(by) = u128::try_from(one.puts_in.units()) else { return String::new() };
    let pence = nearest(one.gets_back.units(), 100, by);
    // Of no sum, so that it can be said where amounts are hidden.
    format!("gets back {pence}p in the pound")
}

fn put_in(place: &Place, one: &NetPosition) -> RoomRow {
    let name = short_name(place, &one.agency);
    let tooltip = format!("{}: puts in {} and gets it back", one.agency, in_full(one.puts_in));
    let note = format!("{} of the pool", percent(one.share_of_pool));
    let amount = in_short(one.puts_in);
    RoomRow { name, note, amount, value: one.puts_in, kind: RoomRowKind::Plain, tooltip }
}

/// What the nets add up to, turned round: money that waits, or that is asked for and not there.
fn held_back(model: &Model) -> Option<RoomRow> {
    let waits = model.balance.unallocated;
    waits.is_positive().then(|| RoomRow {
        name: "Nobody yet".to_owned(),
        note: "in the pool, not allocated".to_owned(),
        amount: in_short(waits),
        value: waits,
        kind: RoomRowKind::Rest,
        tooltip: format!("Not allocated: {}", in_full(waits)),
    })
}
