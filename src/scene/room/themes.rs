//! Themes for a hall: what is spent on each, the largest first.

use super::page::{MOST_NODES, RoomOptions, page};
use crate::dimension::{Dimension, Names};
use crate::figure::{Figure, MarkId, Palette, RoomRow, RoomRowKind, RoomRows, room_rows};
use crate::flow::breakdown::{Breakdown, Graded, Theme};
use crate::money::{Share, in_short, percent};
use crate::place::Place;
use crate::words::counted;

/// A place's themes as a picture for a hall.
pub fn room_themes_picture(place: &Place, options: RoomOptions) -> Figure {
    let filter = &place.view.filter;
    let breakdown = Breakdown::of(&place.ledger, filter);
    let total = breakdown.total.total();
    let is_there = |theme: &&Theme| theme.lines > 0;
    let (rest, named): (Vec<&Theme>, Vec<&Theme>) =
        breakdown.themes.iter().filter(is_there).partition(|theme| Names::is_remainder(&theme.name));
    let picked = options
        .picked
        .and_then(|mark| named.iter().position(|theme| MarkId::of(&["row", &theme.name]) == mark));
    let subject = picked.unwrap_or(0);
    let row = |name: String, amount: &Graded, kind: RoomRowKind| {
        let share = Share::of(amount.total(), total).map(percent).unwrap_or_default();
        let tooltip = format!("{name}: {}, {share} of {}", amount.in_full(), in_short(total));
        let note = format!("{share} of {}", in_short(total));
        RoomRow { name, note, amount: amount.in_short(), value: amount.total(), kind, tooltip }
    };
    let most = MOST_NODES.saturating_sub(rest.len()).max(1);
    let shown = if named.len() > most { most - 1 } else { named.len() };
    let mut rows = Vec::new();
    for (index, theme) in named.iter().enumerate().take(shown) {
        let kind = if index == subject { RoomRowKind::Subject } else { RoomRowKind::Plain };
        rows.push(row(theme.name.clone(), &theme.amount, kind));
    }
    if shown < named.len() {
        let mut sum = Graded::NOTHING;
        named[shown..].iter().for_each(|theme| sum += theme.amount);
        let name = format!("{} others", named.len() - shown);
        rows.push(row(name, &sum, RoomRowKind::Plain));
    }
    rows.extend(rest.iter().map(|theme| row(theme.name.clone(), &theme.amount, RoomRowKind::Rest)));
    let title = match named.get(subject) {
        Some(theme) => {
            let share = Share::of(theme.amount.total(), total).map(percent).unwrap_or_default();
            format!("{}: {}, {share} of all that is spent", theme.name, theme.amount.in_short())
        }
        None => format!("{} is spent, on {}", in_short(total), counted(named.len(), "theme")),
    };
    let palette = Palette::new(&place.ledger, Dimension::Theme, options.scheme);
    let hue =
        named.get(subject).map_or_else(|| options.scheme.category(0), |theme| palette.color(&theme.name));
    let input = RoomRows { rows, heads: None, below: None, hue };
    room_rows(&input, &page(place, filter, title, options))
}
