//! The finding of a picture of spending: who or what is largest, of how much, and what is not itemised.

use std::cmp::Ordering;

use super::audience::{Audience, spelled};
use super::over_years::over_years_title;
use super::ranking::{InView, Ranking, about};
use crate::dimension::{Dimension, NameId, Names, shown_name};
use crate::ledger::{Cells, Filter};
use crate::money::{Money, Share, fraction, in_short};
use crate::place::{Place, is_named_after_agencies};
use crate::pool::Scenario;
use crate::words::{capitalised, list};

/// What a picture of flows shows: who spends most; of a scenario, how much of it is pooled; of years side by side,
/// what changes.
pub fn flows_title(place: &Place, filter: &Filter, to: Audience) -> String {
    let in_view = InView::new(place, filter);
    if let Some(nothing) = nothing(&in_view) {
        return nothing;
    }
    if let Some(scenario) = place.shown_scenario()
        && let Some(title) = pooled(&in_view, scenario, to)
    {
        return title;
    }
    let over_years = place.view.layers.contains(&Dimension::Year).then(|| over_years_title(&in_view, to));
    over_years.flatten().unwrap_or_else(|| largest(&in_view, &FLOWS, to))
}

/// What a picture of themes shows: what most is spent on; of several years, what changes.
pub fn themes_title(place: &Place, filter: &Filter, to: Audience) -> String {
    let in_view = InView::new(place, filter);
    nothing(&in_view)
        .or_else(|| over_years_title(&in_view, to))
        .unwrap_or_else(|| largest(&in_view, &THEMES, to))
}

/// What a title is about, the first that the lines tell apart.
const FLOWS: [Dimension; 9] = [
    Dimension::Agency,
    Dimension::Theme,
    Dimension::Service,
    Dimension::Supplier,
    Dimension::Funder,
    Dimension::Provider,
    Dimension::Area,
    Dimension::Cohort,
    Dimension::Stage,
];
const THEMES: [Dimension; 4] = [Dimension::Theme, Dimension::Agency, Dimension::Service, Dimension::Stage];

fn nothing(in_view: &InView<'_>) -> Option<String> {
    let place = in_view.place;
    if !in_view.cells.is_empty() {
        return None;
    }
    Some(if place.ledger.is_empty() {
        let name = if place.name.is_empty() { "This place" } else { &place.name };
        format!("{name} has no spending yet.")
    } else {
        "No line passes this filter.".to_owned()
    })
}

/// The largest of the first dimension that says something.
fn largest(in_view: &InView<'_>, order: &[Dimension], to: Audience) -> String {
    let layers = &in_view.place.view.layers;
    let mut order: Vec<Dimension> = order.to_vec();
    // In a room that is not to know who is who, nobody is named, nor by whom only one can be meant.
    order.retain(|dimension| {
        !to.is_blind || matches!(dimension, Dimension::Theme | Dimension::Service | Dimension::Stage)
    });
    if order.first() == Some(&Dimension::Agency) {
        // What is a layer is seen; the order is kept otherwise.
        order.sort_by_key(|dimension| !layers.contains(dimension));
    }
    let mut ways = None;
    for dimension in order {
        let ranking = in_view.ranking(dimension);
        if ranking.says_enough() {
            ways = Some(ranking);
            break;
        }
    }
    match ways {
        Some(ranking) => of_largest(in_view, &ranking, to),
        None => only_one(in_view, to),
    }
}

/// Nothing is told apart: one agency, one theme, or none that is stated.
fn only_one(in_view: &InView<'_>, to: Audience) -> String {
    if to.is_blind {
        return one_of_several(in_view);
    }
    let total = about(in_view.range.is_some(), in_short(in_view.total));
    let agency = in_view.only_name(Dimension::Agency);
    let theme = in_view.only_name(Dimension::Theme).or_else(|| in_view.only_name(Dimension::Service));
    let on = theme.map(|theme| format!(" on {theme}")).unwrap_or_default();
    let here = here(in_view.place);
    if let Some(agency) = agency {
        to.fitting([
            format!("{agency} spends {total}{on}{here}"),
            format!("{agency} spends {total}{on}"),
            format!("{agency} spends {total}"),
        ])
    } else {
        let total = capitalised(&total);
        to.fitting([format!("{total} is spent{on}{here}"), format!("{total} is spent{on}")])
    }
}

/// How much of it is the largest partner's, whoever that is.
fn one_of_several(in_view: &InView<'_>) -> String {
    let ranking = in_view.ranking(Dimension::Agency);
    let whole = Whole::of(in_view, &ranking);
    let share = match ranking.first() {
        [(_, _, most)] if ranking.names.len() > 1 => in_view.share(*most, whole.amount),
        _ => None,
    };
    match share {
        Some(share) => format!("One of {} partners spends {share} of {}", ranking.names.len(), whole.blind),
        None => "What is spent, as shares of it".to_owned(),
    }
}

fn of_largest(in_view: &InView<'_>, ranking: &Ranking, to: Audience) -> String {
    let first = ranking.first();
    let (_, raw, most) = &first[0];
    let (dimension, whole) = (ranking.dimension, Whole::of(in_view, ranking));
    let names: Vec<String> = first
        .iter()
        .map(|(_, name, _)| shown_name(dimension, name, &in_view.place.agencies).into_owned())
        .collect();
    let (one, many) = verb(dimension);
    let amount = in_view.said(dimension, raw, *most);
    let rest = Whole::rest(in_view, ranking);
    if in_view.total.is_negative() || !most.is_positive() {
        return credits(in_view, to);
    }
    if to.is_blind {
        let share = in_view.share(*most, whole.amount);
        let lead =
            if names.len() > 1 { format!("{} {many}", list(&names)) } else { format!("{} {one}", names[0]) };
        let each = if names.len() > 1 { " each" } else { "" };
        return match share {
            Some(share) => {
                to.fitting([format!("{lead} {share}{each} of {}", whole.blind), format!("{lead} most")])
            }
            None => format!("{lead} most"),
        };
    }
    match &names[..] {
        [name] => {
            let lead = format!("{name} {one} {amount}");
            let Some(share) = in_view.share(*most, whole.amount) else {
                let left = about(in_view.range.is_some(), in_short(in_view.total));
                return to.fitting([format!("{lead}; credits leave {left} in all"), lead]);
            };
            let of = format!("{lead}, {share} of {}", whole.long);
            let mostly = mostly(in_view, dimension, first[0].0);
            to.fitting([
                format!("{of}{mostly}{rest}"),
                format!("{of}{mostly}"),
                format!("{of}{rest}"),
                of,
                format!("{lead}, {share} of {}", whole.short),
                lead,
                // A name that two lines have no room for.
                format!("The largest of {} {} {one} {amount}", ranking.names.len(), dimension.plural()),
            ])
        }
        tied if tied.len() == ranking.names.len() && tied.len() > 2 => {
            let each = format!("Each of {} {} {one} {amount}", tied.len(), dimension.plural());
            to.fitting([
                format!("{each}, of {}{rest}", whole.long),
                format!("{each}, of {}", whole.short),
                each,
            ])
        }
        [first, second] => {
            let lead = format!("{first} and {second} {many} {amount} each");
            to.fitting([
                format!("{lead}, of {}{rest}", whole.long),
                format!("{lead}, of {}", whole.short),
                lead,
                format!("Two {} {many} {amount} each, more than any other", dimension.plural()),
            ])
        }
        tied => {
            let lead = format!("{} {} {many} {amount} each", spelled(tied.len()), dimension.plural());
            to.fitting([format!("{lead}, more than any other, of {}", whole.long), lead])
        }
    }
}

fn credits(in_view: &InView<'_>, to: Audience) -> String {
    if to.is_blind {
        return "Credits outweigh what is spent".to_owned();
    }
    let total = about(in_view.range.is_some(), in_short(in_view.total));
    if in_view.total.is_positive() {
        return format!("{} is left of what is spent, after credits", capitalised(&total));
    }
    format!("Credits outweigh what is spent{}: {total} in all", here(in_view.place))
}

/// What a share is of.
struct Whole {
    amount: Money,
    /// "the £2.38bn that is itemised".
    long: String,
    short: String,
    /// Without an amount.
    blind: &'static str,
}

impl Whole {
    fn of(in_view: &InView<'_>, ranking: &Ranking) -> Self {
        let say = |amount: Money| about(in_view.range.is_some(), in_short(amount));
        let itemised = in_view.total - ranking.not_itemised;
        let is_narrowed = |dimension: Dimension| {
            // What is said by name, or in the small print, needs no "in view".
            dimension != Dimension::Year && (in_view.only_name(dimension).is_none() || !is_named(dimension))
        };
        let filter = in_view.filter;
        let has_more = filter.chips.iter().any(|chip| is_narrowed(chip.dimension)) || !filter.text.is_empty();
        let agency = in_view.only_name(Dimension::Agency).filter(|_| ranking.dimension != Dimension::Agency);
        let theme = in_view.only_name(Dimension::Theme).filter(|_| ranking.dimension != Dimension::Theme);
        let years = in_view.years().len();
        let total = say(in_view.total);
        let of_years = if years > 1 { format!(" over {years} years") } else { String::new() };
        if ranking.not_itemised.is_positive() && itemised.is_positive() && !has_more && agency.is_none() {
            let long = format!("the {}{of_years} that is itemised", say(itemised));
            return Self {
                amount: itemised,
                long,
                short: "what is itemised".to_owned(),
                blind: "what is itemised",
            };
        }
        let long = if has_more {
            format!("the {total} in view{of_years}")
        } else {
            match (agency, theme) {
                (Some(agency), Some(theme)) => {
                    format!("the {total} that {agency} spends on {theme}{of_years}")
                }
                (Some(agency), None) => format!("the {total} that {agency} spends{of_years}"),
                (None, Some(theme)) => format!("the {total} spent on {theme}{of_years}"),
                (None, None) if here(in_view.place).is_empty() => format!("{total}{of_years}"),
                (None, None) => format!("the {total} spent{}{of_years}", here(in_view.place)),
            }
        };
        let blind = if filter.is_empty() { "what is spent" } else { "what is in view" };
        Self { amount: in_view.total, long, short: format!("{total}{of_years}"), blind }
    }

    /// What the title leaves over: "; £620m is not itemised".
    fn rest(in_view: &InView<'_>, ranking: &Ranking) -> String {
        let say = |amount: Money| about(in_view.range.is_some(), in_short(amount));
        let much = Share::of(ranking.unstated, in_view.total)
            .is_some_and(|share| Share::ratio(1, 20).is_some_and(|twentieth| share >= twentieth));
        if ranking.not_itemised.is_positive() {
            format!("; {} is not itemised", say(ranking.not_itemised))
        } else if much {
            format!("; {} states no {}", say(ranking.unstated), ranking.dimension.title().to_lowercase())
        } else {
            String::new()
        }
    }
}

/// Dimensions whose only name a title says.
const fn is_named(dimension: Dimension) -> bool {
    matches!(dimension, Dimension::Agency | Dimension::Theme)
}

/// ", mostly on Ageing Well", or ", all on" it: what more than half of an agency's money is for.
fn mostly(in_view: &InView<'_>, dimension: Dimension, id: NameId) -> String {
    if dimension != Dimension::Agency || in_view.range.is_some() {
        return String::new();
    }
    let own = in_view.cells.clone().with_names(dimension, &[id]);
    let whole = own.total();
    let said = |by: Dimension| {
        let ranking = Ranking::of(in_view.place, &own, by);
        let (_, name, most) = ranking.names.first().filter(|_| in_view.only_name(by).is_none())?;
        let part = match most.cmp(&whole) {
            Ordering::Equal => "all",
            Ordering::Less if *most + *most > whole => "mostly",
            _ => return None,
        };
        Some(format!(", {part} on {}", shown_name(by, name, &[])))
    };
    [Dimension::Theme, Dimension::Service].into_iter().find_map(said).unwrap_or_default()
}

/// What a name of the dimension does with money, one and several.
const fn verb(dimension: Dimension) -> (&'static str, &'static str) {
    match dimension {
        Dimension::Agency | Dimension::Provider => ("spends", "spend"),
        Dimension::Funder => ("pays", "pay"),
        Dimension::Supplier => ("is paid", "are paid"),
        _ => ("takes", "take"),
    }
}

/// " in West Cheshire"; nothing where the place is called after its agencies, or not at all.
pub(super) fn here(place: &Place) -> String {
    if place.name.is_empty() || is_named_after_agencies(&place.name, &place.ledger) {
        String::new()
    } else {
        format!(" in {}", place.name)
    }
}

/// "Seven partners would pool £23.1m, less than a hundredth of the £3bn spent in West Cheshire"; nothing where the
/// filter asks about pools itself.
fn pooled(in_view: &InView<'_>, scenario: &Scenario, to: Audience) -> Option<String> {
    if in_view.filter.chips.iter().any(|chip| chip.dimension == Dimension::Pool) {
        return None;
    }
    let outside = NameId::NOT_STATED;
    let inside = in_view.cells.iter().filter(|cell| cell.ids[Dimension::Pool.index()] != outside);
    let inside = Cells::kept(inside.copied());
    let (amount, total) = (inside.total(), in_view.total);
    if !amount.is_positive() {
        return None;
    }
    let names = in_view.place.ledger.names(Dimension::Agency);
    let who =
        inside.occurring(Dimension::Agency).into_iter().filter(|id| !Names::is_remainder(names.name(*id)));
    let who: Vec<NameId> = who.collect();
    let is_agreed = scenario.stamp().is_none();
    let pool = match (is_agreed, who.len()) {
        (false, _) => "would pool",
        (true, 1) => "pools",
        (true, _) => "pool",
    };
    let shown = |id: NameId| shown_name(Dimension::Agency, names.name(id), &in_view.place.agencies);
    let who = match who[..] {
        [] => return None,
        [one] if !to.is_blind => shown(one).into_owned(),
        _ => {
            format!("{} {}", spelled(who.len()), crate::words::noun(who.len(), "partner", "partners"))
        }
    };
    let share = Share::of(amount, total).filter(|_| amount <= total).map(fraction);
    if to.is_blind {
        return Some(match share {
            Some(share) => format!("{who} {pool} {share} of what is spent"),
            None => format!("{who} {pool} what they spend"),
        });
    }
    let is_estimate = in_view.range.is_some();
    let lead = format!("{who} {pool} {}", about(is_estimate, in_short(amount)));
    let Some(share) = share else { return Some(lead) };
    let spent = about(is_estimate, in_short(total));
    let place = here(in_view.place);
    let of = if in_view.filter.chips.iter().all(|chip| chip.dimension == Dimension::Year) {
        [format!("the {spent} spent{place}"), format!("the {spent} spent"), spent]
    } else {
        [format!("the {spent} in view"), format!("the {spent} in view"), spent]
    };
    let [first, second, third] = of.map(|of| format!("{lead}, {share} of {of}"));
    Some(to.fitting([first, second, third, lead]))
}
