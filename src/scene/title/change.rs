//! The finding of a comparison: what gets more and what less from one scenario to the other, and who loses by it.

use super::audience::{Audience, spelled};
use crate::dimension::{Dimension, Names, shown_name};
use crate::money::{Money, in_short, in_short_signed};
use crate::place::Place;
use crate::pool::{ChangedAmount, Difference};
use crate::words::capitalised;

/// What changes from one place to another, and what these are called.
pub(in crate::scene) struct ChangeLists<'a> {
    pub(in crate::scene) services: &'a Difference,
    pub(in crate::scene) themes: &'a Difference,
    /// What partners put into pools, and what they are left with.
    pub(in crate::scene) partners: &'a Difference,
    pub(in crate::scene) nets: &'a Difference,
    pub(in crate::scene) names: (&'a str, &'a str),
}

/// What changes from one place to the other: the service that gets most more and the one that gets most less, and how
/// many partners are worse off.
pub(in crate::scene) fn title_of_changes(after: &Place, changes: &ChangeLists<'_>, to: Audience) -> String {
    let spent = [(Dimension::Service, changes.services), (Dimension::Theme, changes.themes)];
    let moved = spent.into_iter().find_map(|(dimension, of)| {
        let said = moved(dimension, of, to);
        (!said.is_empty()).then_some(said)
    });
    let nets = partners(changes.nets);
    let pooled: Money = partners(changes.partners).iter().map(|row| row.change()).sum();
    let lead = match moved {
        Some(moved) => moved,
        None if pooled.is_zero() && nets.is_empty() => {
            let (first, second) = changes.names;
            let names = format!("Nothing changes from \u{201c}{first}\u{201d} to \u{201c}{second}\u{201d}");
            return to.fitting([names, "Nothing changes from one to the other".to_owned()]);
        }
        None if to.is_blind || pooled.is_zero() => "What is spent on each service does not change".to_owned(),
        None => {
            let way = if pooled.is_negative() { "less" } else { "more" };
            format!("{} {way} is pooled, and spent as before", in_short(pooled.abs()))
        }
    };
    let who = who_loses(after, &nets, to);
    let waits = changes.services.rows.iter().find(|row| is_unallocated(row)).map(ChangedAmount::change);
    let waits = waits.filter(|change| change.is_positive() && !to.is_blind);
    let waits = waits.map(|change| format!("; {} more is unallocated", in_short(change)));
    let total = changes.services.total;
    let in_all = if total.is_zero() || to.is_blind {
        String::new()
    } else {
        format!("; {} in all", in_short_signed(total))
    };
    to.fitting([
        format!("{lead}{in_all}; {who}{}", waits.unwrap_or_default()),
        format!("{lead}{in_all}; {who}"),
        format!("{lead}; {who}"),
        lead,
        capitalised(&who),
    ])
}

/// Changes of those who are somebody.
fn partners(of: &Difference) -> Vec<&ChangedAmount> {
    of.rows.iter().filter(|row| row.names.iter().all(|name| name != Names::NOT_STATED)).collect()
}

fn is_unallocated(row: &ChangedAmount) -> bool {
    row.names.iter().any(|name| name == "Unallocated")
}

/// "Early help +£1.50m, residential care −£770k".
fn moved(dimension: Dimension, of: &Difference, to: Audience) -> String {
    let named = of.rows.iter().filter(|row| !row.names.iter().any(|name| Names::is_remainder(name)));
    let named: Vec<&ChangedAmount> = named.collect();
    let said = |is_so: fn(Money) -> bool, way: &str| {
        let mut rows = named.iter().filter(|row| is_so(row.change()));
        // The largest change stands first.
        let most = rows.next()?;
        let amount = in_short_signed(most.change());
        let tied = rows.take_while(|row| in_short_signed(row.change()) == amount).count() + 1;
        let name = shown_name(dimension, &most.names[0], &[]);
        Some(match (tied, to.is_blind) {
            (1, false) => format!("{name} {amount}"),
            (1, true) => format!("{name} gets most {way}"),
            (_, false) => format!("{} {} {amount} each", spelled(tied), dimension.plural()),
            (_, true) => format!("{} {} get {way}", spelled(tied), dimension.plural()),
        })
    };
    let parts = [said(Money::is_positive, "more"), said(Money::is_negative, "less")];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(", ")
}

/// "2 of 7 partners are worse off".
fn who_loses(after: &Place, nets: &[&ChangedAmount], to: Audience) -> String {
    let losers: Vec<&&ChangedAmount> = nets.iter().filter(|row| row.change().is_negative()).collect();
    let model = after.shown_scenario().and_then(|_| after.models.that_made(&after.ledger));
    let positions = model.as_ref().map_or(&[][..], |model| &model.positions);
    let all = positions.iter().filter(|position| position.agency != Names::NOT_STATED).count();
    match losers[..] {
        [] => "nobody loses".to_owned(),
        [one] if !to.is_blind => {
            let name = shown_name(Dimension::Agency, &one.names[0], &after.agencies);
            let is_agreed = after.shown_scenario().is_some_and(|scenario| scenario.stamp().is_none());
            let be = if is_agreed { "is" } else { "would be" };
            format!("{name} {be} {} worse off", in_short(one.change().abs()))
        }
        [_] if all > 0 => format!("1 of {all} partners is worse off"),
        [_] => "one partner is worse off".to_owned(),
        _ if all >= losers.len() => format!("{} of {all} partners are worse off", losers.len()),
        _ => format!("{} partners are worse off", losers.len()),
    }
}
