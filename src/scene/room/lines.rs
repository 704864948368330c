//! The lines behind something, for a hall: the largest first, a few at a time, what is left as one row, so that all rows add
//! up to what was asked about.

use super::page::{MOST_NODES, RoomOptions, page, short_name};
use crate::dimension::{Dimension, Names};
use crate::figure::{Figure, RoomRow, RoomRowKind, RoomRows, room_rows};
use crate::ledger::{Filter, LineView};
use crate::money::{Money, in_full, in_short};
use crate::place::Place;
use crate::words::{counted, counted_as};

/// How many lines are shown at a time.
pub(in crate::scene) const LINES_AT_A_TIME: usize = MOST_NODES - 1;

/// The lines that a filter lets through, from the `from`th on, as a picture whose title begins with `what` they are.
pub(in crate::scene) fn room_lines_picture(
    place: &Place,
    filter: &Filter,
    what: &str,
    from: usize,
    options: RoomOptions,
) -> Figure {
    let mut lines: Vec<LineView<'_>> =
        filter.resolve(&place.ledger).lines().into_iter().map(|id| place.ledger.line(id)).collect();
    lines.sort_by(|a, b| b.amount().abs().cmp(&a.amount().abs()).then_with(|| a.id().cmp(&b.id())));
    let total: Money = lines.iter().map(LineView::amount).sum();
    let until = (from + LINES_AT_A_TIME).min(lines.len());
    let shown = &lines[from.min(until)..until];
    let mut rows: Vec<RoomRow> = shown.iter().map(|line| row(place, line)).collect();
    let left = lines.len() - shown.len();
    if left > 0 {
        let sum = total - shown.iter().map(LineView::amount).sum::<Money>();
        let name = counted_as(left, "other line", "other lines");
        let tooltip = format!("{name}: {}", in_full(sum));
        let (note, amount) = ("together".to_owned(), in_short(sum));
        rows.push(RoomRow { name, note, amount, value: sum, kind: RoomRowKind::Rest, tooltip });
    }
    let which = match (from, until) {
        (0, until) if until == lines.len() => String::new(),
        (0, until) => format!(", the largest {until}"),
        (from, until) => format!(", {} to {until}", from + 1),
    };
    let title = format!("{what}: {} in {}{which}", in_short(total), counted(lines.len(), "line"));
    let input = RoomRows { rows, heads: None, below: None, hue: options.scheme.category(0) };
    room_rows(&input, &page(place, filter, title, options))
}

/// What it is for in the largest letters; who pays it, and to whom, below.
fn row(place: &Place, line: &LineView<'_>) -> RoomRow {
    let stated = |dimension: Dimension| {
        let name = line.name(dimension);
        (name != Names::NOT_STATED && !name.is_empty()).then_some(name)
    };
    let named = [Dimension::Service, Dimension::Provider, Dimension::Theme].into_iter().find_map(stated);
    let description = Some(line.description()).filter(|words| !words.is_empty());
    let name = named.or(description).unwrap_or("Not described").to_owned();
    let agency = stated(Dimension::Agency).map(|agency| short_name(place, agency));
    let what = description.map(str::to_owned).filter(|what| *what != name);
    let note: Vec<String> =
        agency.into_iter().chain(what).chain(stated(Dimension::Year).map(str::to_owned)).collect();
    let amount = line.amount();
    let kind = if amount.is_negative() { RoomRowKind::Less } else { RoomRowKind::Plain };
    let tooltip = format!("{name}: {}", in_full(amount));
    RoomRow { name, note: note.join(" \u{b7} "), amount: in_short(amount), value: amount, kind, tooltip }
}
