//! Which small names of a layer go together as "Other (14 services)", so that what is left can be read. Money
//! is folded, never dropped.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::FoldSpec;
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Cells, Ledger};
use crate::money::Money;

/// Which names of a layer are shown and which are folded together, group by group.
pub(super) struct Folding {
    pub(super) shown: Vec<NameId>,
    /// By the group's name; each holds at least two names, largest first.
    pub(super) folded: BTreeMap<Arc<str>, Vec<NameId>>,
}

/// Decides what a layer folds: the names beyond the most it can show, and the very small ones.
///
/// Names that belong under a theme (services, providers, …) are folded theme by theme where themes are drawn, so that
/// a fold does not make flows of several themes cross.
pub(super) fn fold(
    ledger: &Ledger,
    cells: &Cells,
    layers: &[Dimension],
    layer: usize,
    spec: &FoldSpec,
) -> Folding {
    let dimension = layers[layer];
    let grouped = belongs_under_theme(dimension) && layers.contains(&Dimension::Theme) && !spec.is_one_group;
    let mut sums: FxHashMap<NameId, (Money, BTreeMap<NameId, Money>)> = FxHashMap::default();
    let mut total = Money::ZERO;
    for cell in cells.iter() {
        let (amount, themes) = sums.entry(cell.ids[dimension.index()]).or_default();
        // What runs through and not net sums: of £300 in and £300 back nothing is left, and both are drawn; and a large
        // credit would make everything beside it look large.
        *amount += cell.amount.abs();
        total += cell.amount.abs();
        if grouped {
            *themes.entry(cell.ids[Dimension::Theme.index()]).or_default() += cell.amount.abs();
        }
    }
    let names = ledger.names(dimension);
    let group_of = |themes: &BTreeMap<NameId, Money>| -> Arc<str> {
        // A service of several themes goes where most of its money is; on a tie by number, so that it stays
        // there.
        let largest = themes.iter().max_by_key(|&(id, amount)| (*amount, Reverse(*id)));
        largest.map_or_else(|| "".into(), |(&id, _)| ledger.names(Dimension::Theme).shared(id))
    };
    let mut by_size: Vec<(NameId, Money, Arc<str>)> =
        sums.iter().map(|(&id, (amount, themes))| (id, *amount, group_of(themes))).collect();
    by_size.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| names.name(a.0).cmp(names.name(b.0))));

    // In thousandths and whole units: what is drawn of money may be a float, what is decided about it may
    // not.
    let too_small = total.units() * i128::from(spec.smallest_thousandths) / 1000;
    let is_kept = |is_large: bool, id: NameId, amount: Money, group: &Arc<str>| {
        // How much is not stated or not allocated has to be seen, however little it is.
        id == NameId::NOT_STATED
            || names.name(id) == Names::UNALLOCATED
            || spec.is_one_group && Names::is_remainder(names.name(id))
            || is_large && amount.units() >= too_small
            || spec.unfolded.contains(&(dimension, group.to_string()))
    };
    let split = |most: usize| {
        let mut folding = Folding { shown: Vec::new(), folded: BTreeMap::new() };
        for (position, (id, amount, group)) in by_size.iter().enumerate() {
            if is_kept(position < most, *id, *amount, group) {
                folding.shown.push(*id);
            } else {
                folding.folded.entry(Arc::clone(group)).or_default().push(*id);
            }
        }
        let Folding { shown, folded } = &mut folding;
        // "Other (1 service)" would take the room of a name and say less.
        folded.retain(|_, members| {
            let is_fold = members.len() > 1;
            if !is_fold {
                shown.append(members);
            }
            is_fold
        });
        folding
    };
    let mut most = spec.most_nodes.min(by_size.len());
    let mut folding = split(most);
    if spec.is_one_group || !(FEWEST_LINES..MOST_LINES).contains(&spec.most_nodes) {
        return folding;
    }
    let thousandths = |folding: &Folding| {
        let of = |ids: &[NameId]| ids.iter().map(|id| sums[id].0).sum::<Money>();
        let shown = folding.shown.iter().map(|id| sums[id].0);
        let all = shown.chain(folding.folded.values().map(|ids| of(ids)));
        all.map(|amount| thousandths_of_a_line(amount, total, spec.most_nodes)).sum::<i128>()
    };
    // Fewer step by step: folds take lines too, and come and go with what is in them.
    while most > 0 {
        let over = thousandths(&folding) - spec.most_nodes as i128 * 1000;
        if over <= 0 {
            break;
        }
        // Half of what is missing at most, as a name that is folded may have taken several lines.
        most -= usize::try_from(over / 2000).unwrap_or(most).clamp(1, most);
        folding = split(most);
    }
    folding
}

/// Every picture has so many lines; fewer names are taken at their word.
const FEWEST_LINES: usize = 6;
/// More lines than this no picture has.
const MOST_LINES: usize = 1_000_000;

/// What a name takes of a layer of so many lines of words: a line for its label, or as much as it has of the half of the
/// height that is sure to be money.
fn thousandths_of_a_line(amount: Money, total: Money, lines: usize) -> i128 {
    let share = amount.units() * lines as i128 * 500 / total.units().max(1);
    share.max(1000)
}

fn belongs_under_theme(dimension: Dimension) -> bool {
    use Dimension::{Area, Cohort, Provider, Service, Supplier};
    matches!(dimension, Service | Provider | Supplier | Cohort | Area)
}
