//! What changes from one scenario to another, or from the baseline: what moves as a Sankey; where nothing moves, who puts
//! in more and who gains, as lists.

use std::sync::Arc;

use super::compare::{ComparedPicture, ComparedSpot, in_a_pool, model_of};
use super::{Changes, name_compared};
use crate::dimension::Dimension;
use crate::figure::{
    DifferenceInput, DifferencePart, Figure, MovesInput, MovesSpot, Scheme, Stamp, difference_bar,
    difference_figure, moves_figure,
};
use crate::ledger::LineId;
use crate::money::{in_full, in_short, in_short_signed};
use crate::place::Place;
use crate::pool::{ChangedAmount, Difference, Model, Moves, Purpose, TracedLedger};

/// What a change is told by, the first that says something: what money is for, and else who provides it, for whom, where
/// and when.
const BY: [&[Dimension]; 6] = [
    &[Dimension::Theme, Dimension::Service],
    &[Dimension::Stage],
    &[Dimension::Provider],
    &[Dimension::Cohort],
    &[Dimension::Area],
    &[Dimension::Year],
];

/// What moves from one place to another of the same baseline, by what it is for.
pub fn moves_between(before: &Place, after: &Place) -> Moves {
    let filter = &after.view.filter;
    let models = [before, after].map(model_of);
    let added =
        [(before, &models[0]), (after, &models[1])].map(|(place, model)| added(place, model.as_ref()));
    let [Some(first), Some(second)] = added else {
        // A scenario that was worked out and forgotten since: its sums are there, its lines are not.
        return Moves::unpaired(&Difference::between(&before.ledger, &after.ledger, filter, BY[0]));
    };
    let (before, after) = (
        TracedLedger { ledger: &before.ledger, added: first },
        TracedLedger { ledger: &after.ledger, added: second },
    );
    let mut moves = BY.iter().map(|by| Moves::between(before, after, filter, by));
    let first = moves.next().expect("there is one");
    if first.rows.is_empty() { moves.find(|moves| !moves.rows.is_empty()).unwrap_or(first) } else { first }
}

/// Which line each that was added is a part of; of the baseline none was.
fn added<'a>(place: &Place, model: Option<&'a Arc<Model>>) -> Option<&'a [Option<LineId>]> {
    match (place.shown_scenario(), model) {
        (None, _) => Some(&[]),
        (Some(_), Some(model)) => Some(&model.added),
        (Some(_), None) => None,
    }
}

/// Only what changes from one to the other: what moves, or who puts in more where nothing does.
pub fn difference_picture(before: &Place, after: &Place, scheme: Scheme, size: (f64, f64)) -> Figure {
    compared_difference(before, after, scheme, size).figure
}

/// The same with what can be pointed at.
pub fn compared_difference(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    size: (f64, f64),
) -> ComparedPicture {
    let moves = moves_between(before, after);
    if moves.rows.is_empty() {
        return lists_picture(before, after, scheme, size);
    }
    let changes = Difference::between(&before.ledger, &after.ledger, &after.view.filter, &moves.by);
    let stamp = stamp_of(before, after);
    let (width, height) = size;
    let drawn = moves_figure(&MovesInput { moves: &moves, changes: &changes, scheme, width, height, stamp });
    let spots = drawn.spots.into_iter().map(|spot| moved_spot(spot, &moves.by, &changes, after)).collect();
    ComparedPicture { figure: drawn.figure, spots, graphs: Vec::new() }
}

fn stamp_of(before: &Place, after: &Place) -> Option<Stamp> {
    [after, before].into_iter().find_map(|place| place.shown_scenario().map(Stamp::of))
}

/// What is behind a bar or a band of what moves.
fn moved_spot(spot: MovesSpot, by: &[Dimension], changes: &Difference, after: &Place) -> ComparedSpot {
    let mut filter = after.view.filter.clone();
    for (at, dimension) in by.iter().enumerate() {
        let mut names: Vec<&str> = spot.names.iter().map(|names| names[at].as_str()).collect();
        names.sort_unstable();
        names.dedup();
        if !names.is_empty() {
            filter = filter.only(*dimension, names);
        }
    }
    let row = match &spot.names[..] {
        [names] => changes.rows.iter().find(|row| row.names == *names),
        _ => None,
    };
    let of_all = row.map(|row| format!(", {} before, {} after", in_full(row.before), in_full(row.after)));
    let way = if spot.amount.is_negative() { "Less on" } else { "More on" };
    let is_held = spot.names.iter().flatten().any(|name| name == Purpose::UNALLOCATED);
    let said = if spot.is_band || spot.names.is_empty() || is_held {
        format!("{}, {}", spot.title, in_short(spot.amount.abs()))
    } else {
        format!("{way} {}, {}", spot.title, in_short_signed(spot.amount))
    };
    ComparedSpot {
        mark: spot.mark,
        key: spot.mark,
        is_before: false,
        title: spot.title,
        said: said + &of_all.unwrap_or_default(),
        filter,
        focus: None,
        with: spot.with,
        is_band: spot.is_band,
    }
}

/// Where nothing moves: who puts in how much more or less, and what that leaves everybody with.
fn lists_picture(
    before: &Place,
    after: &Place,
    scheme: Scheme,
    (width, height): (f64, f64),
) -> ComparedPicture {
    let changes = Changes::between(before, after);
    let lists = changes.lists();
    let drawn: Vec<_> = lists.into_iter().filter(|(.., difference)| !difference.rows.is_empty()).collect();
    let figure = difference_figure(&DifferenceInput {
        parts: drawn
            .iter()
            .map(|(title, _, difference)| DifferencePart { title: (*title).to_owned(), difference })
            .collect(),
        scheme,
        width,
        height,
        stamp: stamp_of(before, after),
        said: nothing_moves(before, after, &changes),
    });
    let mut spots = Vec::new();
    for (title, dimension, difference) in drawn {
        for row in &difference.rows {
            let name = row.names.join(", ");
            let mark = difference_bar(title, &name);
            // The smallest are together in one row, which stands for no name.
            if figure.mark(mark).is_none() {
                continue;
            }
            let mut filter = after.view.filter.clone().only(dimension, row.names.iter().map(String::as_str));
            if dimension == Dimension::Agency {
                filter.chips.push(in_a_pool());
            }
            let change = in_short_signed(row.change());
            let (was, is) = (in_full(row.before), in_full(row.after));
            let said = format!("{title}: {name}, {change}, {was} before, {is} after");
            let (focus, with, is_band) = (None, Vec::new(), false);
            let (key, title) = (mark, name);
            spots.push(ComparedSpot {
                mark,
                key,
                is_before: false,
                title,
                said,
                filter,
                focus,
                with,
                is_band,
            });
        }
    }
    ComparedPicture { figure, spots, graphs: Vec::new() }
}

/// What stands above the lists: that no money is spent otherwise, and what is new all the same.
fn nothing_moves(before: &Place, after: &Place, changes: &Changes) -> String {
    let name = name_compared(after);
    let total = changes.partners.total;
    if changes.partners.rows.is_empty() && changes.nets.rows.is_empty() {
        return format!(
            "Nothing changes from \u{201c}{}\u{201d} to \u{201c}{name}\u{201d}.",
            name_compared(before)
        );
    }
    let put_in = if total.is_positive() {
        format!(" puts {} in a pool and", in_short(total))
    } else if total.is_negative() {
        format!(" takes {} out of a pool and", in_short(total.abs()))
    } else {
        String::new()
    };
    format!("\u{201c}{name}\u{201d}{put_in} moves nothing: each pound is spent as before.")
}

impl Changes {
    /// The lists behind a change, each with its title and what it goes by.
    pub fn lists(&self) -> [(&'static str, Dimension, &Difference); 4] {
        [
            ("Partner: in the pool", Dimension::Agency, &self.partners),
            ("Partner: net", Dimension::Agency, &self.nets),
            ("Theme", Dimension::Theme, &self.themes),
            ("Service", Dimension::Service, &self.services),
        ]
    }

    /// What stands in the column of the pool where a row is of what a partner puts in, or of its net position.
    pub const IN_THE_POOL: &str = "In the pool";
    pub const NET: &str = "Net";

    /// The rows of all the lists in the columns of [`Changes::list`]: nothing stands where a row is of everything.
    pub fn summary(&self) -> Vec<ChangedAmount> {
        let row = |at: usize, pool: &str, row: &ChangedAmount| {
            let mut names = vec![String::new(); 4];
            pool.clone_into(&mut names[1]);
            names[at] = row.names.join(", ");
            ChangedAmount { names, ..row.clone() }
        };
        let columns = [(0, Self::IN_THE_POOL), (0, Self::NET), (2, ""), (3, "")];
        let lists = self.lists().into_iter().zip(columns);
        lists
            .flat_map(|((.., list), (at, pool))| list.rows.iter().map(move |own| row(at, pool, own)))
            .collect()
    }
}
