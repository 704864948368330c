//! What a scene points out, in the marks and words of its picture: shares under a bracket and changes are worked out from
//! the lines that are shown, so that they are never out of date.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Flows;
use super::super::amounts::whole_in_words;
use super::super::compare::model_of;
use super::OpenedScene;
use super::named::marks_of;
use crate::dimension::{Dimension, Names, shown_name};
use crate::figure::{NotPointed, Pointings};
use crate::ledger::{Filter, Totals};
use crate::money::{Money, Share, in_short_signed, percent};
use crate::place::{Annotations, DeltasAgainst, MarkNames, Place, Screen};

/// More changes are not read; the largest are said.
const MOST_DELTAS: usize = 6;

/// What is pointed out in the picture of a scene.
pub(super) fn pointings(
    scene: &OpenedScene,
    annotations: &Annotations,
    before: Option<&OpenedScene>,
    size_px: f64,
) -> Pointings {
    let place = &scene.place;
    let marks = |at: &[(Dimension, String)]| marks_of(place, at);
    let Annotations { callouts, deltas, bracket, dim_all_but } = annotations;
    let baseline = || {
        let baseline = scene.baseline.without_scenario();
        OpenedScene { place: baseline.clone(), baseline, other: None, ..scene.clone() }
    };
    let against = match deltas {
        None => None,
        Some(DeltasAgainst::SceneBefore) => before.cloned(),
        Some(DeltasAgainst::Baseline) => Some(baseline()),
    };
    Pointings {
        callouts: callouts.iter().map(|callout| (marks(&callout.at), callout.words.clone())).collect(),
        deltas: against
            .map(|against| changes(scene, &against))
            .unwrap_or_default()
            .into_iter()
            .map(|(at, change)| (marks(&[at]), in_short_signed(change), change.is_negative()))
            .collect(),
        bracket: share_of(scene, bracket)
            .map(|words| (bracket.iter().map(|node| marks(std::slice::from_ref(node))).collect(), words)),
        lit: dim_all_but.iter().map(|at| marks(at)).collect(),
        size_px,
    }
}

/// "78% of the pool": what nodes of a layer come to of all of it.
fn share_of(scene: &OpenedScene, bracket: &[(Dimension, String)]) -> Option<String> {
    let place = &scene.place;
    let (dimension, _) = bracket.first()?;
    let named: BTreeSet<&str> =
        bracket.iter().filter(|(of, _)| of == dimension).map(|(_, name)| name.as_str()).collect();
    if place.view.screen == Screen::Pool && *dimension == Dimension::Agency {
        let model = model_of(place)?;
        let put_in = model.positions.iter().filter(|one| named.contains(one.agency.as_str()));
        let share = Share::of(put_in.map(|one| one.puts_in).sum(), model.balance.into_pool)?;
        return Some(format!("{} of the pool", percent(share)));
    }
    let filter = lines_of(scene);
    let sums = sums(place, &filter, *dimension);
    let part: Money =
        sums.iter().filter(|(name, _)| named.contains(name.as_str())).map(|(_, sum)| *sum).sum();
    let share = Share::of(part, sums.values().copied().sum())?;
    Some(format!("{} of {}", percent(share), whole_in_words(place, &filter)))
}

/// The lines that its picture is drawn from: those of the view, or of these the pool's.
fn lines_of(scene: &OpenedScene) -> Filter {
    let place = &scene.place;
    match place.view.screen {
        Screen::Flows if scene.other.is_none() => Flows::of(place, super::open::HEIGHT_PX).filter,
        _ => place.view.filter.clone(),
    }
}

fn sums(place: &Place, filter: &Filter, dimension: Dimension) -> BTreeMap<String, Money> {
    let totals = Totals::of(&place.ledger, filter, &[dimension]);
    totals.rows.into_iter().map(|mut row| (row.names.swap_remove(0), row.amount)).collect()
}

/// What differs most between two scenes, among the names that both have, the largest first.
fn changes(scene: &OpenedScene, before: &OpenedScene) -> Vec<((Dimension, String), Money)> {
    let place = &scene.place;
    let mut changes: Vec<((Dimension, String), Money)> = Vec::new();
    if let (Screen::Pool, Some(model)) = (place.view.screen, model_of(place)) {
        let former = model_of(&before.place);
        for one in &model.positions {
            let was = former
                .as_ref()
                .and_then(|former| former.positions.iter().find(|was| was.agency == one.agency));
            let was = was.map_or(Money::ZERO, |was| was.net);
            changes.push(((Dimension::Agency, one.agency.clone()), one.net - was));
        }
    } else {
        let dimensions = match place.view.screen {
            Screen::Themes => vec![Dimension::Theme],
            _ => place.view.layers.clone(),
        };
        for dimension in dimensions {
            let was = sums(&before.place, &before.place.view.filter, dimension);
            for (name, sum) in sums(place, &place.view.filter, dimension) {
                if let Some(was) = was.get(&name).filter(|_| name != Names::NOT_STATED) {
                    changes.push(((dimension, name), sum - *was));
                }
            }
        }
    }
    changes.retain(|(_, change)| !change.is_zero());
    changes.sort_by(|a, b| b.1.abs().cmp(&a.1.abs()).then_with(|| a.0.cmp(&b.0)));
    changes.truncate(MOST_DELTAS);
    changes
}

/// What is not there to be pointed at, in words.
pub(super) fn lost_in_words(
    scene: &OpenedScene,
    annotations: &Annotations,
    lost: &NotPointed,
) -> Vec<String> {
    let said = |at: &[(Dimension, String)]| {
        let names: Vec<String> = at
            .iter()
            .map(|(dimension, name)| shown_name(*dimension, name, &scene.place.agencies).into_owned())
            .collect();
        format!("\u{201c}{}\u{201d}", names.join(" \u{2192} "))
    };
    let callouts = lost.callouts.iter().filter_map(|index| annotations.callouts.get(*index));
    let mut words: Vec<String> = callouts
        .map(|callout| {
            let (at, words) = (said(&callout.at), &callout.words);
            format!("{at} is not in the picture, and so its callout is not: \u{201c}{words}\u{201d}.")
        })
        .collect();
    let under = lost.bracket.iter().filter_map(|index| annotations.bracket.get(*index));
    words.extend(under.map(|node| {
        let node = said(std::slice::from_ref(node));
        format!("{node} is not in the picture under the bracket, and is counted in what it says.")
    }));
    let lit = lost.lit.iter().filter_map(|index| annotations.dim_all_but.get(*index));
    words.extend(lit.map(|at: &MarkNames| format!("{} is not in the picture to be lit.", said(at))));
    words
}
