//! How a scenario becomes a picture and a sentence: the same for the window, for exports and for the command line.

use super::picture::{sources_note, stamped};
use super::title::left_out;
use super::{Audience, pool_title};
use crate::dimension::{Dimension, Names};
use crate::figure::{Figure, PoolInput, Scheme, pool_figure};
use crate::ledger::{Filter, Totals, full_or_about, full_or_between, short_or_about, short_or_between};
use crate::money::{Money, Share, in_full, percent};
use crate::place::Place;
use crate::pool::{Model, NetPosition, Scenario};
use crate::words::{all_of, counted_as};

/// What a picture of a place's scenario is drawn from.
pub fn pool_input<'a>(
    place: &'a Place,
    scenario: &'a Scenario,
    model: &'a Model,
    scheme: Scheme,
) -> PoolInput<'a> {
    let agencies = &place.agencies[..];
    PoolInput { scenario, model, agencies, scheme, former: None, order: None }
}

/// A scenario's pool as a figure of a size, px, with nothing around it. The place is the baseline.
pub fn pool_picture(
    place: &Place,
    scenario: &Scenario,
    model: &Model,
    scheme: Scheme,
    (width, height): (f64, f64),
) -> Figure {
    pool_figure(&pool_input(place, scenario, model, scheme), width, height)
}

/// The scenario in small print: how many put in how much, and whether it is allocated.
pub fn pool_sentence(scenario: &Scenario, model: &Model) -> String {
    let balance = model.balance;
    let putting_in = putting_in(model);
    if putting_in == 0 {
        return format!("{}: nobody puts anything in yet{}.", scenario.pool, left_out(model));
    }
    let who = counted_as(putting_in, "partner puts", "partners put");
    let say = |amount| short_or_about(amount, model.range.is_some());
    let what = if balance.over.is_positive() {
        format!("{} more than that is allocated", say(balance.over))
    } else if balance.unallocated.is_positive() {
        format!("{} of it is unallocated", say(balance.unallocated))
    } else {
        "all of it is allocated".to_owned()
    };
    let left_out = left_out(model);
    format!(
        "{who} {} into the {}; {what}{left_out}.",
        short_or_between(balance.into_pool, model.range),
        pool_name(scenario)
    )
}

/// How many partners put something in.
fn putting_in(model: &Model) -> usize {
    let puts_in =
        |position: &&NetPosition| position.agency != Names::NOT_STATED && !position.puts_in.is_zero();
    model.positions.iter().filter(puts_in).count()
}

/// "Starting Well pool" as it stands in a sentence, whether or not its name says what it is.
fn pool_name(scenario: &Scenario) -> String {
    let name = scenario.pool.as_str();
    let says_so =
        name.to_lowercase().split_whitespace().any(|word| ["pool", "fund", "budget"].contains(&word));
    if says_so { name.to_owned() } else { format!("pool \u{201c}{name}\u{201d}") }
}

/// The title of a picture of a scenario, and the small print at its foot.
pub fn pool_captions(
    place: &Place,
    scenario: &Scenario,
    model: &Model,
    to: Audience,
) -> (String, Vec<String>) {
    let mut notes = vec![stamped(scenario)];
    let say = |amount| full_or_about(amount, model.range.is_some());
    let mut words = format!(
        "In the pool {}, allocated {}, unallocated {}.",
        full_or_between(model.balance.into_pool, model.range),
        say(model.balance.allocated),
        say(model.balance.unallocated)
    );
    if model.balance.over.is_positive() {
        words.extend([format!(" Allocations ask for {} more.", say(model.balance.over))]);
    }
    if model.balance.new_money != Money::ZERO {
        words.extend([format!(" New money: {}.", in_full(model.balance.new_money))]);
    }
    let putting_in = putting_in(model);
    if putting_in > 0 {
        words.extend([format!(" {} in.", counted_as(putting_in, "partner puts", "partners put"))]);
    }
    notes.push(words);
    let broken: Vec<String> = model.broken().map(ToString::to_string).collect();
    match &broken[..] {
        [] => {}
        [one] => notes.push(format!("Left out, since it cannot be as it says. {one}.")),
        [first, rest @ ..] => {
            let more = rest.len();
            notes.push(format!("Left out, since it cannot be as it says. {first}. And {more} more."));
        }
    }
    let of_pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
    let bases = Totals::of(&model.ledger, &of_pool, &[Dimension::Basis]).rows.into_iter();
    let mut bases: Vec<String> = bases.map(|mut row| row.names.remove(0)).collect();
    bases.retain(|basis| basis != Names::NOT_STATED);
    if bases.len() > 1 {
        bases.sort_unstable();
        notes.push(format!("This adds different things: {}.", all_of(&bases).to_lowercase()));
    }
    let illustrative = model.illustrative(scenario);
    if illustrative != Share::NONE {
        notes.push(format!("Illustrative: {} of the pool.", percent(illustrative)));
    }
    notes.extend(sources_note(&model.ledger, &of_pool));
    (pool_title(place, scenario, model, to), notes)
}
