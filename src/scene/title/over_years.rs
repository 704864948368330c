//! The finding of several years: how much more or less the last is than the first, and what changes most.

use super::audience::Audience;
use super::ranking::{InView, Ranking, about};
use crate::dimension::{Dimension, NameId, shown_name};
use crate::ledger::Cells;
use crate::money::{Money, in_short};

/// What changes from the first year in view to the last. Nothing where there is one year, where years count different
/// things, and where they are payments by their dates, as the first and the last year may then be parts of years.
pub(super) fn over_years_title(in_view: &InView<'_>, to: Audience) -> Option<String> {
    let (years, place) = (in_view.years(), in_view.place);
    let (first, last) = (years.first()?, years.last().filter(|_| years.len() > 1)?);
    let is_dated = place.ledger.dates().as_slice().iter().any(Option::is_some);
    if is_dated || in_view.cells.occurring(Dimension::Basis).len() > 1 {
        return None;
    }
    let names = place.ledger.names(Dimension::Year);
    let of_year = |year: &str| {
        let id = names.id(year).unwrap_or(NameId::NOT_STATED);
        in_view.cells.clone().with_names(Dimension::Year, &[id])
    };
    let (before, after) = (of_year(first), of_year(last));
    let (was, is) = (before.total(), after.total());
    let most = most_changed(in_view, &before, &after);
    let is_estimate = in_view.range.is_some();
    if to.is_blind {
        let way = match is.cmp(&was) {
            std::cmp::Ordering::Less => "less than",
            std::cmp::Ordering::Equal => "as much as",
            std::cmp::Ordering::Greater => "more than",
        };
        return Some(match most {
            Some((name, change)) => format!("{name} {} most from {first} to {last}", way_of(change)),
            None => format!("In {last} {way} in {first} is spent"),
        });
    }
    let amount = |amount: Money| about(is_estimate, in_short(amount));
    let change = match is - was {
        Money::ZERO => format!("as much as in {first}"),
        change if change.is_negative() => format!("{} less than in {first}", amount(change.abs())),
        change => format!("{} more than in {first}", amount(change)),
    };
    let lead = format!("{} in {last}, {change}", crate::words::capitalised(&amount(is)));
    let most = most
        .map(|(name, change)| format!("{lead}; {name} {} most, by {}", way_of(change), amount(change.abs())));
    Some(to.fitting(most.into_iter().chain([lead])))
}

const fn way_of(change: Money) -> &'static str {
    if change.is_negative() { "shrinks" } else { "grows" }
}

/// The theme whose money changes most, of those that both years have; nothing where two change by the same.
fn most_changed(in_view: &InView<'_>, before: &Cells, after: &Cells) -> Option<(String, Money)> {
    let by = [Dimension::Theme, Dimension::Service, Dimension::Agency];
    by.into_iter().filter(|by| in_view.ranking(*by).says_enough()).find_map(|by| {
        let (was, is) = (Ranking::of(in_view.place, before, by), Ranking::of(in_view.place, after, by));
        let of_both = is.names.iter().filter_map(|(id, name, amount)| {
            let (_, _, earlier) = was.names.iter().find(|(known, _, _)| known == id)?;
            Some((name, *amount - *earlier))
        });
        let mut changes: Vec<(&String, Money)> = of_both.filter(|(_, change)| !change.is_zero()).collect();
        changes.sort_by(|a, b| b.1.abs().cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0)));
        let (name, change) = *changes.first()?;
        let is_tied =
            changes.get(1).is_some_and(|(_, other)| in_short(other.abs()) == in_short(change.abs()));
        (!is_tied).then(|| (shown_name(by, name, &in_view.place.agencies).into_owned(), change))
    })
}
