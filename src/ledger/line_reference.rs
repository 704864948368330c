//! Lines found again by what they say, when their file is read anew in another order. What a key is made of
//! never changes, since keys are written in places.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::{Ledger, LineId};
use crate::dimension::{Date, Dimension, NameId, Names};
use crate::money::{in_full, read_amount};

/// One line of a ledger, by what it says rather than by where it stands, so that it is found again when its file is
/// read anew in another order or under another name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineReference {
    /// Made of the line's amount, names, date and description: sixteen letters and digits.
    pub key: String,
    /// Which of several lines that say the same, from 1.
    #[serde(default = "first", skip_serializing_if = "is_first")]
    pub nth: u32,
    /// The line in words, for people and for finding the nearest one when it is gone.
    #[serde(default)]
    pub says: String,
}

const fn first() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if gives a reference")]
fn is_first(nth: &u32) -> bool {
    *nth == 1
}

impl LineReference {
    /// The reference to a line of a ledger.
    pub fn to(ledger: &Ledger, line: LineId) -> Self {
        Self::to_each(ledger, &[line]).pop().expect("a reference to each line")
    }

    /// The references to several lines, in their order; the ledger is gone through once.
    pub fn to_each(ledger: &Ledger, lines: &[LineId]) -> Vec<Self> {
        let keys = Keys::of(ledger);
        // Which of several equal lines it is can be told only by counting those before it: one pass for all
        // references.
        let wanted: Vec<u64> = lines.iter().map(|&line| keys.key(ledger, line)).collect();
        let mut seen: FxHashMap<u64, Vec<LineId>> = wanted.iter().map(|&key| (key, Vec::new())).collect();
        for line in (0..ledger.len() as u32).map(LineId) {
            if let Some(found) = seen.get_mut(&keys.key(ledger, line)) {
                found.push(line);
            }
        }
        let reference = |(&line, key): (&LineId, &u64)| Self {
            key: format!("{key:016x}"),
            nth: seen[key].partition_point(|&other| other < line) as u32 + 1,
            says: says(ledger, line),
        };
        lines.iter().zip(&wanted).map(reference).collect()
    }
}

/// What a line says of itself in a few words, before its amount.
const SAID: [Dimension; 5] =
    [Dimension::Agency, Dimension::Theme, Dimension::Service, Dimension::Area, Dimension::Year];

/// A line in words: "Health · Starting Well · Health visiting · 2023/24 · £200.00".
pub fn says(ledger: &Ledger, line: LineId) -> String {
    let names = SAID
        .into_iter()
        .map(|dimension| ledger.line(line).name(dimension))
        .filter(|name| *name != Names::NOT_STATED);
    let mut words = names.collect::<Vec<_>>().join(" · ");
    words.push_str(" · ");
    words.push_str(&in_full(ledger.amount(line)));
    words
}

/// A number for every name and date of a ledger, so that a line's key is quickly made.
pub struct Keys {
    names: Vec<Vec<u64>>,
    dates: Vec<u64>,
}

impl Keys {
    pub fn of(ledger: &Ledger) -> Self {
        let of_names = |dimension: Dimension| {
            let key = |(id, name)| match (dimension, id) {
                // What a place says of an agency's sector, or a scenario of its pool, is not the line's own.
                (Dimension::Pool | Dimension::Sector | Dimension::Commitment, _)
                | (_, NameId::NOT_STATED) => 0,
                _ => mixed_with(dimension.key(), name),
            };
            ledger.names(dimension).iter().map(key).collect()
        };
        let of_date = |date: &Option<Date>| date.map_or(0, |date| mixed_with("date", &date.to_string()));
        Self {
            names: Dimension::ALL.into_iter().map(of_names).collect(),
            dates: ledger.dates().as_slice().iter().map(of_date).collect(),
        }
    }

    /// A number that lines share which say the same.
    pub fn key(&self, ledger: &Ledger, line: LineId) -> u64 {
        let amount = mixed(ledger.amount(line).units().to_le_bytes().into_iter());
        // A sum and not a chain: what a line says is the same in whatever order its parts are taken.
        amount.wrapping_add(self.key_without_amount(ledger, line))
    }

    /// A number that lines share which say the same but for the amount.
    pub fn key_without_amount(&self, ledger: &Ledger, line: LineId) -> u64 {
        let mut key: u64 = 0;
        for (dimension, names) in Dimension::ALL.into_iter().zip(&self.names) {
            // A dimension that is not stated leaves no trace, so that a new one changes no key.
            key = key.wrapping_add(names[ledger.name_id(line, dimension).index()].wrapping_mul(SPREAD));
        }
        key = key.wrapping_add(self.dates[ledger.date_id(line).index()].wrapping_mul(SPREAD));
        let description = ledger.description(line);
        if !description.is_empty() {
            key = key.wrapping_add(mixed_with("description", description).wrapping_mul(SPREAD));
        }
        key
    }

    /// The lines behind references, in their order; `None` where a line is gone.
    pub fn find(ledger: &Ledger, references: &[LineReference]) -> Vec<Option<LineId>> {
        let keys = Self::of(ledger);
        let read = |reference: &LineReference| u64::from_str_radix(&reference.key, 16).ok();
        let mut wanted: FxHashMap<u64, Vec<LineId>> =
            references.iter().filter_map(read).map(|key| (key, Vec::new())).collect();
        for line in (0..ledger.len() as u32).map(LineId) {
            if let Some(found) = wanted.get_mut(&keys.key(ledger, line)) {
                found.push(line);
            }
        }
        references
            .iter()
            .map(|reference| {
                let found = wanted.get(&read(reference)?)?;
                found.get(reference.nth.checked_sub(1)? as usize).copied()
            })
            .collect()
    }
}

/// The lines that say most of what a lost reference said, the nearest first.
pub fn nearest_lines(ledger: &Ledger, reference: &LineReference) -> Vec<LineId> {
    let wanted: Vec<&str> = reference.says.split(" · ").collect();
    let amount = wanted.last().and_then(|text| read_amount(text).ok());
    let ids: Vec<(Dimension, NameId)> = SAID
        .into_iter()
        .flat_map(|dimension| {
            let id = move |name: &&str| ledger.names(dimension).id(name);
            wanted.iter().filter_map(id).map(move |id| (dimension, id))
        })
        .collect();
    let mut near: Vec<(usize, LineId)> = (0..ledger.len() as u32)
        .map(LineId)
        .map(|line| {
            let names = ids.iter().filter(|(dimension, id)| ledger.name_id(line, *dimension) == *id).count();
            (names + usize::from(amount == Some(ledger.amount(line))), line)
        })
        // One thing in common, the year or the agency, half of the place has.
        .filter(|(common, _)| *common >= 2)
        .collect();
    near.sort_by_key(|(common, line)| (std::cmp::Reverse(*common), *line));
    // Three fit in a message, and who does not find the line among them searches.
    near.into_iter().take(3).map(|(_, line)| line).collect()
}

/// Keeps sums of keys from cancelling out: an odd number with its bits well spread.
/// It is 2⁶⁴ divided by the golden ratio (Knuth's multiplicative hashing).
const SPREAD: u64 = 0x9e37_79b9_7f4a_7c15;

/// A number for what a line says of one thing.
fn mixed_with(of: &str, says: &str) -> u64 {
    mixed(of.bytes().chain([b'=']).chain(says.bytes()))
}

/// FNV-1a, 64 bits, with a last stir: the same on every machine and in every version.
fn mixed(bytes: impl Iterator<Item = u8>) -> u64 {
    let key = bytes
        .fold(0xcbf2_9ce4_8422_2325_u64, |key, byte| (key ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    let key = (key ^ key >> 32).wrapping_mul(SPREAD);
    key ^ key >> 29
}
