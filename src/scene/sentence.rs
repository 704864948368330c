//! What is seen, as one sentence that stands over every picture: who spends how much, where, in which years,
//! on what; how much of it is not actual, and what must not be added.

use std::fmt::Write as _;

use crate::dimension::{Dimension, Evidence, NameId, Names};
use crate::ledger::{AmountRange, Cell, Cells, Filter, full_or_between, short_or_between};
use crate::money::{Money, Share, in_short, percent};
use crate::place::{Place, is_named_after_agencies};
use crate::pool::Scenario;
use crate::words::{all_of, capitalised, list, noun};

/// What is seen, in words: the place, the years, the total, and how much of it is not actual money.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// "In 2013/14, 12 agencies spend £3.42bn in West Cheshire, on 5 themes and 63 services."
    pub text: String,
    /// "96% is illustrative"; empty where everything is actual.
    pub evidence: String,
    /// What should not be read into the total, such as two bases in one sum; empty mostly.
    pub warning: String,
    /// What it is that must not be added, to choose one of.
    pub apart: Vec<NeverAdded>,
    /// "MODEL, not an offer", where a scenario is shown that is not agreed.
    pub stamp: Option<&'static str>,
    pub total: Money,
    /// What the total lies between, where some of it is an estimate with a low and a high.
    pub range: Option<AmountRange>,
    pub lines: u64,
}

/// Names of a dimension whose lines count different things: their sum is no amount that anybody has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeverAdded {
    pub dimension: Dimension,
    /// The newest year first; bases in their order.
    pub names: Vec<String>,
}

impl Sentence {
    /// The total to the penny; of an estimate no pennies are known.
    pub fn total_in_full(&self) -> String {
        full_or_between(self.total, self.range)
    }

    pub fn about(place: &Place, filter: &Filter) -> Self {
        let cells = filter.resolve(&place.ledger).cells(false);
        let total = cells.total();
        if cells.is_empty() {
            let text = if place.ledger.is_empty() {
                format!("{} has no spending yet.", name_of(place))
            } else {
                "No line passes this filter.".to_owned()
            };
            return Self { text, ..Self::default() };
        }
        let stated = |dimension| {
            let names = place.ledger.names(dimension);
            cells.occurring(dimension).into_iter().filter(|id| !Names::is_remainder(names.name(*id))).count()
        };
        let agencies = only_name(place, &cells, Dimension::Agency).map_or_else(
            || some(stated(Dimension::Agency), "agency", "agencies"),
            |name| Some(name.to_owned()),
        );
        let verb = noun(stated(Dimension::Agency), "spends", "spend");
        // Of an estimate with a low and a high the sum says both.
        let range = place.ledger.range_where(filter);
        let total_words = short_or_between(total, range);
        let spent = format!("{verb} {total_words}{}", here(place));
        let mut text = match (years(place, &cells), agencies) {
            (Some(years), Some(agencies)) => format!("{years}, {agencies} {spent}"),
            (None, Some(agencies)) => format!("{} {spent}", capitalised(&agencies)),
            (Some(years), None) => format!("{years}, {total_words} is spent{}", here(place)),
            (None, None) => format!("{} is spent{}", capitalised(&total_words), here(place)),
        };
        let on: Vec<String> = [
            only_name(place, &cells, Dimension::Theme)
                .map(str::to_owned)
                .or_else(|| some(stated(Dimension::Theme), "theme", "themes")),
            some(stated(Dimension::Service), "service", "services"),
        ]
        .into_iter()
        .flatten()
        .collect();
        if !on.is_empty() {
            text.push_str(", on ");
            text.push_str(&list(&on));
        }
        text.push('.');
        let once = place.counted_once(filter);
        if !once.is_zero() {
            let _ = write!(text, " {} that agencies pay each other is counted once.", in_short(once));
        }
        let passed = place.passed_on(filter);
        if !passed.is_zero() {
            let (of_it, left_out) =
                if place.counts_passed_on() { (" of it", "") } else { ("", " and left out") };
            let passed = in_short(passed);
            let _ =
                write!(text, " {passed}{of_it} is passed to bodies whose spending is not here{left_out}.");
        }
        let scenario = place.shown_scenario();
        let apart = apart(place, &cells);
        if let Some(scenario) = scenario {
            text.push_str(&in_the_pool(scenario, &cells));
        }
        Self {
            text,
            stamp: scenario.and_then(Scenario::stamp),
            evidence: evidence(place, &cells),
            warning: warning(&apart),
            apart,
            total,
            range,
            lines: cells.line_count(),
        }
    }
}

/// ` Scenario "60% of each": £4.32m of it is in the pool "Starting Well".`
fn in_the_pool(scenario: &Scenario, cells: &Cells) -> String {
    let inside = |cell: &&Cell| cell.ids[Dimension::Pool.index()] != NameId::NOT_STATED;
    let amount: Money = cells.iter().filter(inside).map(|cell| cell.amount).sum();
    let amount = if amount.is_zero() { "nothing".to_owned() } else { in_short(amount) };
    format!(
        " Scenario \u{201c}{}\u{201d}: {amount} of it is in the pool \u{201c}{}\u{201d}.",
        scenario.name, scenario.pool
    )
}

fn name_of(place: &Place) -> &str {
    if place.name.is_empty() { "this place" } else { &place.name }
}

/// " in West Cheshire"; nothing where the place is called after its agencies, which are no area.
fn here(place: &Place) -> String {
    if is_named_after_agencies(&place.name, &place.ledger) {
        String::new()
    } else {
        format!(" in {}", name_of(place))
    }
}

/// How many of them are named, where any is.
fn some(count: usize, one: &str, many: &str) -> Option<String> {
    (count > 0).then(|| format!("{count} {}", noun(count, one, many)))
}

/// The name of a dimension, where all cells have the same one.
fn only_name<'a>(place: &'a Place, cells: &Cells, dimension: Dimension) -> Option<&'a str> {
    match cells.occurring(dimension)[..] {
        [only] if only != NameId::NOT_STATED => Some(place.ledger.names(dimension).name(only)),
        _ => None,
    }
}

fn years(place: &Place, cells: &Cells) -> Option<String> {
    let names = place.ledger.names(Dimension::Year);
    let mut years: Vec<&str> = cells
        .occurring(Dimension::Year)
        .into_iter()
        .filter(|id| *id != NameId::NOT_STATED)
        .map(|id| names.name(id))
        .collect();
    years.sort_unstable();
    match years[..] {
        [] => None,
        [only] => Some(format!("In {only}")),
        [first, .., last] => Some(format!("Over {} years, {first} to {last}", years.len())),
    }
}

/// How much of the money is not actual, by its grade.
fn evidence(place: &Place, cells: &Cells) -> String {
    let names = place.ledger.names(Dimension::Evidence);
    // Sizes on both sides: credits must not make the estimated part look like more than the whole.
    let whole: Money = cells.iter().map(|cell| cell.amount.abs()).sum();
    let parts: Vec<String> = [Evidence::Apportioned, Evidence::Estimated, Evidence::Illustrative]
        .into_iter()
        .filter_map(|grade| {
            let id = names.id(grade.name())?;
            let of_grade = cells.iter().filter(|cell| cell.ids[Dimension::Evidence.index()] == id);
            let part: Money = of_grade.map(|cell| cell.amount.abs()).sum();
            let share = Share::of(part, whole).filter(|_| !part.is_zero())?;
            Some(format!("{} {}", percent(share), grade.name().to_lowercase()))
        })
        .collect();
    parts.join(", ")
}

/// What among the lines counts different things.
fn apart(place: &Place, cells: &Cells) -> Vec<NeverAdded> {
    let names_of = |dimension: Dimension| {
        let names = place.ledger.names(dimension);
        let mut found: Vec<String> =
            cells.occurring(dimension).into_iter().map(|id| names.name(id).to_owned()).collect();
        found.sort_unstable();
        found
    };
    let mut apart = Vec::new();
    // Side by side, years are not added.
    if !place.view.layers.contains(&Dimension::Year) && !are_payments(place, cells) {
        let mut names = names_of(Dimension::Year);
        names.reverse();
        apart.push(NeverAdded { dimension: Dimension::Year, names });
    }
    apart.push(NeverAdded { dimension: Dimension::Basis, names: names_of(Dimension::Basis) });
    apart.retain(|apart| apart.names.len() > 1);
    apart
}

/// Whether they are one list of payments by their dates, which may be of several years: those of one agency, where
/// dates are known.
fn are_payments(place: &Place, cells: &Cells) -> bool {
    let dates = place.ledger.dates().as_slice();
    cells.occurring(Dimension::Agency).len() == 1 && dates.iter().any(Option::is_some)
}

/// Amounts that count different things are never added without a word about it.
fn warning(apart: &[NeverAdded]) -> String {
    let kinds: Vec<String> = apart
        .iter()
        .map(|apart| match apart.dimension {
            Dimension::Year => format!("figures of {}", all_of(&apart.names)),
            _ => all_of(&apart.names).to_lowercase(),
        })
        .collect();
    if kinds.is_empty() {
        return String::new();
    }
    format!("This adds different things: {}. Choose one.", kinds.join("; "))
}
