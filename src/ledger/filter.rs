//! Which lines and cells are looked at: conditions on names, and a text that is searched for. Everything is
//! held against the names of a ledger once, so that a line is asked for numbers only.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Cells, Ledger, LineId, SpendLine};
use crate::dimension::{Dimension, Names};
use crate::money::{Money, read_amount};

/// Which lines to look at: every chip must let a line through, and the text must be found in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filter {
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub chips: Vec<Chip>,
    /// Searched for in names and descriptions, in any case; an amount finds lines of that amount.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
}

/// One condition: the line's name in a dimension is among these, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chip {
    pub dimension: Dimension,
    #[serde(default, skip_serializing_if = "Keep::is_only")]
    pub keep: Keep,
    pub names: BTreeSet<String>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Keep {
    #[default]
    Only,
    Without,
}

impl Keep {
    // serde hands the field over by reference.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if gives a reference")]
    fn is_only(&self) -> bool {
        *self == Self::Only
    }
}

impl Filter {
    pub fn is_empty(&self) -> bool {
        self.chips.is_empty() && self.text.is_empty()
    }

    /// The filter with one more condition; a second `Only` on the same dimension replaces the first.
    #[must_use]
    pub fn only(mut self, dimension: Dimension, names: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.set_only(dimension, names.into_iter().map(Into::into).collect());
        self
    }

    /// Replaces the `Only` condition on a dimension; no names take it away.
    pub fn set_only(&mut self, dimension: Dimension, names: BTreeSet<String>) {
        self.set(dimension, Keep::Only, names);
    }

    /// Replaces the condition of this kind on a dimension; no names take it away.
    pub fn set(&mut self, dimension: Dimension, keep: Keep, names: BTreeSet<String>) {
        let place = self.chips.iter().position(|chip| chip.dimension == dimension && chip.keep == keep);
        match (place, names.is_empty()) {
            (Some(at), true) => {
                self.chips.remove(at);
            }
            (Some(at), false) => self.chips[at].names = names,
            (None, true) => {}
            (None, false) => self.chips.push(Chip { dimension, keep, names }),
        }
    }

    /// The names an `Only` condition holds for a dimension.
    pub fn names(&self, dimension: Dimension) -> Option<&BTreeSet<String>> {
        self.names_of(dimension, Keep::Only)
    }

    /// The names that the condition of this kind holds for a dimension.
    pub fn names_of(&self, dimension: Dimension, keep: Keep) -> Option<&BTreeSet<String>> {
        self.chips
            .iter()
            .find(|chip| chip.dimension == dimension && chip.keep == keep)
            .map(|chip| &chip.names)
    }

    /// The one dimension whose conditions are not as in another filter; none where several differ, or the text.
    pub fn only_difference(&self, other: &Self) -> Option<Dimension> {
        let differs = |dimension: &Dimension| {
            let of = |filter: &Self| -> Vec<Chip> {
                filter.chips.iter().filter(|chip| chip.dimension == *dimension).cloned().collect()
            };
            of(self) != of(other)
        };
        let mut changed = Dimension::ALL.into_iter().filter(differs);
        changed.next().filter(|_| changed.next().is_none() && self.text == other.text)
    }

    /// The filter against the names of a ledger, ready to be asked.
    pub fn resolve<'a>(&self, ledger: &'a Ledger) -> Matcher<'a> {
        let mut masks: [Option<Vec<bool>>; Dimension::COUNT] = Default::default();
        for chip in &self.chips {
            let names = ledger.names(chip.dimension);
            let mask = masks[chip.dimension.index()].get_or_insert_with(|| vec![true; names.len()]);
            for (id, name) in names.iter() {
                // Names that the ledger does not have are simply not found: a filter outlives the lines it
                // was made for.
                mask[id.index()] &= chip.names.contains(name) == (chip.keep == Keep::Only);
            }
        }
        let search = (!self.text.trim().is_empty()).then(|| Search::new(&self.text, ledger));
        Matcher { ledger, masks, search }
    }
}

impl Filter {
    /// Whether a line that is in no ledger passes: by the same rules as one that is.
    pub fn passes_line(&self, line: &SpendLine) -> bool {
        let name = |dimension| line.get(dimension);
        let chips = self.chips.iter().all(|chip| {
            let stated = name(chip.dimension).unwrap_or(Names::NOT_STATED);
            chip.names.contains(stated) == (chip.keep == Keep::Only)
        });
        let wanted = self.text.trim().to_lowercase();
        let mut texts = Dimension::ALL.into_iter().filter_map(name).chain(line.description.as_deref());
        chips
            && (wanted.is_empty()
                || texts.any(|text| text.to_lowercase().contains(&wanted))
                || read_amount(&self.text).ok() == Some(line.amount))
    }
}

/// A filter resolved against one ledger.
pub struct Matcher<'a> {
    ledger: &'a Ledger,
    masks: [Option<Vec<bool>>; Dimension::COUNT],
    search: Option<Search>,
}

impl Matcher<'_> {
    /// Whether a line passes.
    pub fn passes(&self, line: LineId) -> bool {
        Dimension::ALL.into_iter().zip(&self.masks).all(|(dimension, mask)| {
            mask.as_ref().is_none_or(|mask| mask[self.ledger.name_id(line, dimension).index()])
        }) && self.search.as_ref().is_none_or(|search| search.finds(self.ledger, line.index()))
    }

    /// The cells that pass. Suppliers are told apart only if `suppliers` says so or the filter asks about them.
    pub fn cells(&self, suppliers: bool) -> Cells {
        // A search looks at descriptions and amounts, and cells do not know those; nor do they know
        // suppliers.
        if suppliers || self.search.is_some() || self.masks[Dimension::Supplier.index()].is_some() {
            return Cells::of_lines(self.ledger, &self.lines());
        }
        let passes = |ids: &[crate::dimension::NameId; Dimension::COUNT]| {
            self.masks.iter().zip(ids).all(|(mask, id)| mask.as_ref().is_none_or(|mask| mask[id.index()]))
        };
        if self.masks.iter().all(Option::is_none) {
            return self.ledger.cells().clone();
        }
        Cells::kept(self.ledger.cells().iter().filter(|cell| passes(&cell.ids)).copied())
    }

    /// The lines that pass, in the ledger's order.
    pub fn lines(&self) -> Vec<LineId> {
        let mut lines: Vec<u32> = (0..self.ledger.len() as u32).collect();
        self.retain(&mut lines);
        lines.into_iter().map(LineId).collect()
    }

    /// Gives the lines that pass to `take`, in the ledger's order: without a list of them, which may be long.
    pub fn each_line(&self, mut take: impl FnMut(LineId)) {
        let mut lines: Vec<u32> = Vec::new();
        for start in (0..self.ledger.len()).step_by(AT_A_TIME) {
            lines.clear();
            lines.extend(start as u32..self.ledger.len().min(start + AT_A_TIME) as u32);
            self.retain(&mut lines);
            for &line in &lines {
                take(LineId(line));
            }
        }
    }

    /// Keeps those of the lines that pass.
    fn retain(&self, lines: &mut Vec<u32>) {
        // Column by column and not line by line: each pass reads one array from end to end and shortens the
        // list for the next.
        for (dimension, mask) in Dimension::ALL.into_iter().zip(&self.masks) {
            if let Some(mask) = mask {
                self.ledger.column(dimension).retain(lines, mask);
            }
        }
        if let Some(search) = &self.search {
            lines.retain(|&line| search.finds(self.ledger, line as usize));
        }
    }
}

/// Lines that are asked about together.
/// 64 KB of numbers: a list of ten million would take 40 MB and be out of every cache.
const AT_A_TIME: usize = 16_384;

/// A text looked for once in every name, so that lines are only asked for their ids.
struct Search {
    names: Vec<(Dimension, Vec<bool>)>,
    texts: Vec<bool>,
    amount: Option<Money>,
}

impl Search {
    fn new(text: &str, ledger: &Ledger) -> Self {
        let wanted = text.trim().to_lowercase();
        let mask = |names: &Names| -> Vec<bool> {
            // "Not stated" is nothing that was published, so searching for "stated" does not find it.
            names.iter().map(|(id, name)| id.0 > 0 && name.to_lowercase().contains(&wanted)).collect()
        };
        let names = Dimension::ALL
            .into_iter()
            .map(|dimension| (dimension, mask(ledger.names(dimension))))
            .filter(|(_, mask)| mask.contains(&true))
            .collect();
        Self { names, texts: mask(ledger.texts()), amount: read_amount(text).ok() }
    }

    fn finds(&self, ledger: &Ledger, line: usize) -> bool {
        let id = LineId(line as u32);
        self.texts[ledger.description_id(line)]
            || self.names.iter().any(|(dimension, mask)| mask[ledger.name_id(id, *dimension).index()])
            || self.amount == Some(ledger.amount(id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dimension::NameId;
    use crate::ledger::DateId;

    #[test]
    fn lines_come_one_by_one_as_they_come_at_once() {
        let mut builder = Ledger::builder();
        let agencies = ["", "A", "B", "C"].map(|name| builder.names_mut(Dimension::Agency).add(name));
        for line in 0..40_000_u32 {
            let mut ids = [NameId::NOT_STATED; Dimension::COUNT];
            ids[Dimension::Agency.index()] = agencies[(line % 7 % 4) as usize];
            builder.push_ids(Money::from_pounds(1), ids, NameId::NOT_STATED, DateId::NONE, None, Some(line));
        }
        let ledger = builder.finish();
        let mut filter = Filter::default();
        for names in [[].as_slice(), &["B"], &["A", "C"], &["Nobody"]] {
            filter.set_only(Dimension::Agency, names.iter().map(|name| (*name).to_owned()).collect());
            let matcher = filter.resolve(&ledger);
            let mut found = Vec::new();
            matcher.each_line(|line| found.push(line));
            assert_eq!(found, matcher.lines(), "{names:?}");
        }
    }
}
