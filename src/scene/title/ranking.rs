//! What the lines in view come to by one dimension, the largest first, with what has no name of its own set apart.

use std::borrow::Cow;

use crate::dimension::{Dimension, NameId, Names, comparison_key, shown_name};
use crate::ledger::{AmountRange, Cells, Filter};
use crate::money::{Money, Share, fraction, in_short, percent};
use crate::place::Place;

/// The lines in view with their sums.
pub(super) struct InView<'a> {
    pub(super) place: &'a Place,
    pub(super) filter: &'a Filter,
    pub(super) cells: Cells,
    pub(super) total: Money,
    /// What the total lies between, where some of it is an estimate.
    pub(super) range: Option<AmountRange>,
}

/// The sums of one dimension's names.
pub(super) struct Ranking {
    pub(super) dimension: Dimension,
    /// Those that stand for somebody, the largest first; ties by name.
    pub(super) names: Vec<(NameId, String, Money)>,
    /// What the lines are known not to explain.
    pub(super) not_itemised: Money,
    /// All other remainders: what states no name, what is not allocated.
    pub(super) unstated: Money,
}

impl<'a> InView<'a> {
    pub(super) fn new(place: &'a Place, filter: &'a Filter) -> Self {
        let cells = filter.resolve(&place.ledger).cells(false);
        let total = cells.total();
        Self { place, filter, cells, total, range: place.ledger.range_where(filter) }
    }

    pub(super) fn ranking(&self, dimension: Dimension) -> Ranking {
        if dimension == Dimension::Supplier {
            // Cells do not know suppliers, as there are too many.
            let told_apart = self.filter.resolve(&self.place.ledger).cells(true);
            return Ranking::of(self.place, &told_apart, dimension);
        }
        Ranking::of(self.place, &self.cells, dimension)
    }

    /// The name of a dimension, where all lines in view have the same one, as it is on a picture.
    pub(super) fn only_name(&self, dimension: Dimension) -> Option<Cow<'a, str>> {
        match self.cells.occurring(dimension)[..] {
            [only] if only != NameId::NOT_STATED => {
                let name = self.place.ledger.names(dimension).name(only);
                (!Names::is_remainder(name)).then(|| shown_name(dimension, name, &self.place.agencies))
            }
            _ => None,
        }
    }

    /// The amount of a name, with "about" where it is an estimate.
    pub(super) fn said(&self, dimension: Dimension, name: &str, amount: Money) -> String {
        let is_estimate = self.range.is_some()
            && self.place.ledger.range_where(&self.filter.clone().only(dimension, [name])).is_some();
        about(is_estimate, in_short(amount))
    }

    /// A part of a whole in words; of an estimate no fraction is known, and a percentage is "about" so much.
    pub(super) fn share(&self, part: Money, whole: Money) -> Option<String> {
        let is_part = part.is_positive() && part <= whole;
        let share = Share::of(part, whole).filter(|_| is_part)?;
        Some(if self.range.is_some() && part != whole {
            about(true, percent(share))
        } else {
            fraction(share)
        })
    }

    /// The years that are stated, in their order.
    pub(super) fn years(&self) -> Vec<String> {
        let names = self.place.ledger.names(Dimension::Year);
        let ids = self.cells.occurring(Dimension::Year).into_iter().filter(|id| *id != NameId::NOT_STATED);
        let mut years: Vec<String> = ids.map(|id| names.name(id).to_owned()).collect();
        years.sort_unstable();
        years
    }
}

impl Ranking {
    pub(super) fn of(place: &Place, cells: &Cells, dimension: Dimension) -> Self {
        let names = place.ledger.names(dimension);
        let mut amounts: Vec<Money> = vec![Money::ZERO; names.len()];
        for cell in cells.iter() {
            amounts[cell.ids[dimension.index()].index()] += cell.amount;
        }
        let mut ranking =
            Self { dimension, names: Vec::new(), not_itemised: Money::ZERO, unstated: Money::ZERO };
        for id in cells.occurring(dimension) {
            let (name, amount) = (names.name(id), amounts[id.index()]);
            if comparison_key(name) == "notitemised" {
                ranking.not_itemised += amount;
            } else if Names::is_remainder(name) {
                ranking.unstated += amount;
            } else {
                ranking.names.push((id, name.to_owned(), amount));
            }
        }
        ranking.names.sort_by(|a, b| b.2.cmp(&a.2).then_with(|| a.1.cmp(&b.1)));
        ranking
    }

    /// The largest, and those that come to the same on a picture.
    pub(super) fn first(&self) -> &[(NameId, String, Money)] {
        let Some((_, _, most)) = self.names.first() else { return &[] };
        let most = in_short(*most);
        let tied = self.names.iter().take_while(|(_, _, amount)| in_short(*amount) == most).count();
        &self.names[..tied]
    }

    /// Whether more of the money has a name than has none.
    pub(super) fn says_enough(&self) -> bool {
        let named: Money = self.names.iter().map(|(_, _, amount)| amount.abs()).sum();
        self.names.len() > 1 && named > self.unstated.abs()
    }
}

pub(super) fn about(is_estimate: bool, words: String) -> String {
    if is_estimate { format!("{}{words}", crate::ledger::ABOUT) } else { words }
}
