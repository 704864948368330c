//! What tells the entries of a place's lists apart, so that two versions of a list can be put together entry by entry.

use super::merged_scenario::{merged_scenario, merged_scene};
use super::part_change::PartChange;
use super::{Described, Population, Scene};
use crate::agree::{Apart, ByHand, LineLeftOut, OneName, RejectedRow, Rejects, Rule, Transfer};
use crate::appraisal::{Bridge, Claim, PlaceCohort};
use crate::dimension::Agency;
use crate::ledger::{ControlTotal, Source};
use crate::pool::{RingFence, Scenario};

/// An entry put together, or the parts of it that both have changed; none where it is one part.
pub(super) type Merged<T> = Result<T, Vec<PartChange>>;

/// An entry of a list, told from the others by a key, and named in words.
pub(super) trait MergedEntry: Clone + PartialEq {
    fn key(&self) -> String;

    /// What people call it.
    fn name(&self) -> String {
        self.key()
    }

    /// The entry with the changes of both, where each has changed another part of it.
    fn merged(_base: Option<&Self>, _theirs: &Self, _mine: &Self) -> Merged<Self> {
        Err(Vec::new())
    }
}

/// Entries that are told apart by their names.
macro_rules! named {
    ($($entry:ty),*) => {
        $(impl MergedEntry for $entry {
            fn key(&self) -> String {
                self.name.clone()
            }
        })*
    };
}

named!(Agency, Described, ControlTotal, RingFence, PlaceCohort);

impl MergedEntry for Claim {
    /// On its basis: a figure that was corrected is the same claim.
    fn key(&self) -> String {
        let Self { name, of, measure, net, cash, years, source, .. } = self;
        format!("{of}, {name}, {measure:?}, {net:?}, {cash:?}, {years}, {source}")
    }

    fn name(&self) -> String {
        format!("{}, {}", self.of, self.name)
    }
}

impl MergedEntry for Bridge {
    fn key(&self) -> String {
        format!("{} to {}", self.from, self.to)
    }
}

impl MergedEntry for Scenario {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn merged(base: Option<&Self>, theirs: &Self, mine: &Self) -> Merged<Self> {
        merged_scenario(base.ok_or_else(Vec::new)?, theirs, mine)
    }
}

impl MergedEntry for Scene {
    fn key(&self) -> String {
        self.name.clone()
    }

    fn merged(base: Option<&Self>, theirs: &Self, mine: &Self) -> Merged<Self> {
        merged_scene(base.ok_or_else(Vec::new)?, theirs, mine)
    }
}

impl MergedEntry for Population {
    fn key(&self) -> String {
        self.area.clone().unwrap_or_default()
    }
}

impl MergedEntry for Source {
    fn key(&self) -> String {
        self.key.clone()
    }
}

impl MergedEntry for OneName {
    fn key(&self) -> String {
        format!("{} \"{}\"", self.dimension, self.name)
    }
}

impl MergedEntry for Apart {
    fn key(&self) -> String {
        format!("{} \"{}\"", self.dimension, self.names.join("\", \""))
    }
}

impl MergedEntry for Rule {
    /// What it asks, and not what it gives: two that ask the same are one that was changed.
    fn key(&self) -> String {
        let tests: Vec<String> = self.when.iter().map(ToString::to_string).collect();
        format!("{} by {}", self.dimension, tests.join(" and "))
    }
}

impl MergedEntry for ByHand {
    fn key(&self) -> String {
        format!("{} of {}, {}", self.dimension, self.line.key, self.line.nth)
    }

    fn name(&self) -> String {
        format!("{} of {}", self.dimension, self.line.says)
    }
}

impl MergedEntry for LineLeftOut {
    fn key(&self) -> String {
        format!("{}, {}", self.line.key, self.line.nth)
    }

    fn name(&self) -> String {
        self.line.says.clone()
    }
}

impl MergedEntry for Transfer {
    fn key(&self) -> String {
        format!("{} to {}", self.payer, self.receiver)
    }

    fn merged(base: Option<&Self>, theirs: &Self, mine: &Self) -> Merged<Self> {
        let counted = one_of(base.map(|base| &base.counted), &theirs.counted, &mine.counted);
        let counted = counted.ok_or_else(Vec::new)?;
        // A spelling that either has found is one.
        let suppliers = theirs.suppliers.union(&mine.suppliers).cloned().collect();
        Ok(Self { suppliers, counted: *counted, ..mine.clone() })
    }
}

impl MergedEntry for Rejects {
    fn key(&self) -> String {
        self.source.clone()
    }

    /// Row by row: what becomes of one has nothing to do with the others.
    fn merged(base: Option<&Self>, theirs: &Self, mine: &Self) -> Merged<Self> {
        let base = base.ok_or_else(Vec::new)?;
        let numbers = |rejects: &Self| rejects.rows.iter().map(|row| row.row).collect::<Vec<_>>();
        let are_same =
            theirs.map == mine.map && numbers(base) == numbers(theirs) && numbers(base) == numbers(mine);
        if !are_same {
            return Err(Vec::new());
        }
        let rows = base.rows.iter().zip(theirs.rows.iter().zip(&mine.rows));
        let rows = rows.map(|(was, (they, me))| one_of(Some(was), they, me).cloned());
        let rows = rows.collect::<Option<Vec<RejectedRow>>>().ok_or_else(Vec::new)?;
        Ok(Self { rows, ..mine.clone() })
    }
}

/// What one of both has changed, or both alike.
fn one_of<'a, T: PartialEq>(base: Option<&T>, theirs: &'a T, mine: &'a T) -> Option<&'a T> {
    if theirs == mine || base == Some(theirs) { Some(mine) } else { (base == Some(mine)).then_some(theirs) }
}
