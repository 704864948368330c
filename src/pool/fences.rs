//! What ring-fenced money may be spent on, and the words for it.

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::allocate::{PooledFrom, PooledMoney};
use super::{Purpose, Scenario};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Filter, Keep, Ledger, LineId};
use crate::money::{Money, in_short};
use crate::words::first_of;

/// What ring-fenced money may fund: what it funds in the baseline, and what the scenario adds to that.
pub(super) struct Fences<'a> {
    scenario: &'a Scenario,
    ledger: &'a Ledger,
    /// Condition, theme and service of the lines that there are.
    funded: FxHashSet<(NameId, NameId, NameId)>,
    themes_of: FxHashMap<String, String>,
}

impl<'a> Fences<'a> {
    pub(super) fn new(scenario: &'a Scenario, ledger: &'a Ledger) -> Self {
        let mut funded = FxHashSet::default();
        let mut themes_of = FxHashMap::default();
        // Only allocations ask, and a scenario often has none: the cells are then not gone through.
        if !scenario.allocations.is_empty() {
            let id = |ids: &[NameId], dimension: Dimension| ids[dimension.index()];
            for cell in ledger.cells().iter() {
                let fence = id(&cell.ids, Dimension::Ringfence);
                if fence != NameId::NOT_STATED {
                    funded.insert((
                        fence,
                        id(&cell.ids, Dimension::Theme),
                        id(&cell.ids, Dimension::Service),
                    ));
                }
            }
            for service in scenario.allocations.iter().filter_map(|allocation| allocation.to.service.as_ref())
            {
                if let Some(theme) = super::responsible::only_name(ledger, service, Dimension::Theme) {
                    themes_of.insert(service.clone(), ledger.names(Dimension::Theme).name(theme).to_owned());
                }
            }
        }
        Self { scenario, ledger, funded, themes_of }
    }

    /// Whether the condition of a part lets it go to a purpose.
    pub(super) fn allow(&self, part: &PooledMoney<'_>, to: &Purpose) -> bool {
        let PooledFrom::Line(taken) = &part.origin else { return true };
        let fence = self.ledger.name_id(taken.line, Dimension::Ringfence);
        if fence == NameId::NOT_STATED {
            return true;
        }
        if to.is_unallocated() {
            return false;
        }
        // Another year, area or stage is the same purpose still.
        if to.theme.is_none() && to.service.is_none() {
            return true;
        }
        let stated: BTreeMap<Dimension, String> = to.stated().into_iter().collect();
        let name = self.ledger.names(Dimension::Ringfence).name(fence);
        let theme = to.theme.as_ref().or_else(|| self.themes_of.get(to.service.as_ref()?));
        let of = |dimension: Dimension| match (dimension, stated.get(&dimension)) {
            (_, Some(name)) => name.as_str(),
            (Dimension::Theme, None) => theme.map_or(Names::NOT_STATED, String::as_str),
            // What an allocation leaves open stays as it is.
            (dimension, None) => self.ledger.line(taken.line).name(dimension),
        };
        let permits = |filter: &Filter| {
            filter
                .chips
                .iter()
                .all(|chip| chip.names.contains(of(chip.dimension)) == (chip.keep == Keep::Only))
        };
        if self.scenario.ring_fences.iter().any(|rule| rule.name == name && permits(&rule.allows)) {
            return true;
        }
        let theme = theme.and_then(|theme| self.ledger.names(Dimension::Theme).id(theme));
        let service = to.service.as_ref().map(|service| self.ledger.names(Dimension::Service).id(service));
        self.funded.iter().any(|funded| {
            funded.0 == fence
                && theme.is_none_or(|theme| funded.1 == theme)
                && service.is_none_or(|service| Some(funded.2) == service)
                && (theme.is_some() || to.theme.is_none())
        })
    }

    /// What a condition lets its money fund, in words.
    pub(super) fn allowed(&self, fence: &str) -> String {
        let id = self.ledger.names(Dimension::Ringfence).id(fence);
        let services = self.ledger.names(Dimension::Service);
        let mut names: Vec<&str> = self
            .funded
            .iter()
            .filter(|funded| Some(funded.0) == id)
            .map(|funded| services.name(funded.2))
            .collect();
        let rules = self.scenario.ring_fences.iter().filter(|rule| rule.name == fence);
        let chips = rules.flat_map(|rule| &rule.allows.chips).filter(|chip| chip.keep == Keep::Only);
        names.extend(chips.flat_map(|chip| chip.names.iter().map(String::as_str)));
        names.sort_unstable();
        names.dedup();
        if names.is_empty() { "what it funds today".to_owned() } else { first_of(&names, 3) }
    }
}

/// What of some lines is ring-fenced, and what it may fund, as a sentence; nothing where none of it is.
pub fn ring_fenced_in_words(ledger: &Ledger, lines: &Filter) -> Option<String> {
    let cells = lines.resolve(ledger).cells(false);
    fences_in_words(ledger, cells.iter().map(|cell| (cell.ids[Dimension::Ringfence.index()], cell.amount)))
}

/// The same of lines that were picked.
pub fn ring_fenced_lines_in_words(ledger: &Ledger, lines: &[LineId]) -> Option<String> {
    let fence = |line: LineId| ledger.name_id(line, Dimension::Ringfence);
    fences_in_words(ledger, lines.iter().map(|line| (fence(*line), ledger.amount(*line))))
}

fn fences_in_words(ledger: &Ledger, money: impl Iterator<Item = (NameId, Money)>) -> Option<String> {
    let mut by_fence: BTreeMap<NameId, Money> = BTreeMap::new();
    let fence = |ids: &[NameId]| ids[Dimension::Ringfence.index()];
    for (fence, amount) in money.filter(|(fence, _)| *fence != NameId::NOT_STATED) {
        *by_fence.entry(fence).or_default() += amount;
    }
    let amount = in_short(by_fence.values().copied().sum());
    let names: Vec<NameId> = by_fence.keys().copied().collect();
    let funds = match names[..] {
        [] => return None,
        [one] => {
            let services = ledger.names(Dimension::Service);
            let of_fence = ledger.cells().iter().filter(|cell| fence(&cell.ids) == one);
            let mut funded: Vec<&str> =
                of_fence.map(|cell| services.name(cell.ids[Dimension::Service.index()])).collect();
            funded.sort_unstable();
            funded.dedup();
            first_of(&funded, 3)
        }
        _ => "what it funds today".to_owned(),
    };
    Some(format!("{amount} of it is ring-fenced: it may come in, but only fund {funds}"))
}
