//! Spellings that are one name: agreed ones applied to the lines, likely ones proposed for consent. Nothing
//! is merged that nobody agreed to.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::name_key::name_key;
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Ledger, LedgerBuilder};
use crate::money::Money;

/// One name for what is spelled in several ways, as a person has agreed to it.
///
/// Of an agency it also says that the body is one of the place, whether or not it has lines of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OneName {
    pub dimension: Dimension,
    /// The name that is shown.
    pub name: String,
    /// The other spellings, exactly as they are published.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
}

/// Names that look alike and were found to be different; they are not proposed again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Apart {
    pub dimension: Dimension,
    pub names: Vec<String>,
}

/// Spellings that may be one name, for consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameProposal {
    pub dimension: Dimension,
    /// The spelling with most lines, which the others would take.
    pub name: String,
    /// All of them, that one first, then by lines.
    pub spellings: Vec<SpellingEvidence>,
    pub likeness: Likeness,
}

/// What speaks for a proposal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likeness {
    /// They differ in case, spaces, punctuation, `&`, "The" or Ltd only.
    SameWords,
    /// A letter is missing, added, changed or swapped with its neighbour.
    OneLetter,
}

impl Likeness {
    pub const fn words(self) -> &'static str {
        match self {
            Self::SameWords => "the same words",
            Self::OneLetter => "one letter apart",
        }
    }
}

/// One spelling, with the money under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpellingEvidence {
    pub name: String,
    /// £.
    pub amount: Money,
    pub lines: u64,
}

impl NameProposal {
    /// What a person agrees to when they take the proposal as it is.
    pub fn to_one_name(&self) -> OneName {
        let also =
            self.spellings.iter().map(|spelling| spelling.name.clone()).filter(|name| *name != self.name);
        OneName { dimension: self.dimension, name: self.name.clone(), also: also.collect() }
    }

    /// The sum of all spellings, £.
    pub fn amount(&self) -> Money {
        self.spellings.iter().map(|spelling| spelling.amount).sum()
    }
}

/// Gives the lines the names that were agreed to.
pub(super) fn fold_names(ledger: &Ledger, names: &[OneName]) -> Option<Ledger> {
    let mut builder: Option<LedgerBuilder> = None;
    for dimension in Dimension::ALL {
        let of_dimension = || names.iter().filter(move |one| one.dimension == dimension);
        let known = ledger.names(dimension);
        let occurs = |one: &OneName| one.also.iter().any(|name| known.id(name).is_some());
        if !of_dimension().any(occurs) {
            continue;
        }
        let builder = builder.get_or_insert_with(|| LedgerBuilder::from(ledger.clone()));
        let mut ids: Vec<NameId> = (0..known.len() as u32).map(NameId).collect();
        for one in of_dimension() {
            let id = builder.name(dimension, &one.name);
            for also in one.also.iter().filter_map(|name| known.id(name)) {
                ids[also.index()] = id;
            }
        }
        builder.rename(dimension, &ids);
    }
    builder.map(LedgerBuilder::finish)
}

/// Spellings that may be one name, those with most money first. Nothing is merged: each is for consent.
///
/// The work grows as n log n with the number of names.
pub fn name_proposals(ledger: &Ledger, dimension: Dimension, apart: &[Apart]) -> Vec<NameProposal> {
    let names = ledger.names(dimension);
    let mut sums: Vec<(Money, u64)> = vec![(Money::ZERO, 0); names.len()];
    for line in ledger.lines() {
        let sum = &mut sums[line.name_id(dimension).index()];
        sum.0 += line.amount();
        sum.1 += 1;
    }
    let mut groups = Groups::new(names.len());
    let mut by_key: FxHashMap<String, NameId> = FxHashMap::default();
    let mut keys: Vec<(String, NameId)> = Vec::new();
    for (id, name) in names.iter() {
        // A name may be left in the list without lines, and "Other" is nobody: neither is worth a question.
        if sums[id.index()].1 == 0 || Names::is_remainder(name) {
            continue;
        }
        let key = name_key(name);
        if let Some(&first) = by_key.get(&key) {
            groups.join(first, id, Likeness::SameWords);
        } else {
            by_key.insert(key.clone(), id);
            keys.push((key, id));
        }
    }
    join_misspellings(&mut groups, one_letter_apart(&keys), &sums);
    let declined: Vec<FxHashSet<&str>> = apart
        .iter()
        .filter(|apart| apart.dimension == dimension)
        .map(|apart| apart.names.iter().map(String::as_str).collect())
        .collect();
    let mut proposals: Vec<NameProposal> = groups
        .into_groups()
        .into_iter()
        .map(|(ids, likeness)| proposal(names, dimension, &ids, &sums, likeness))
        .filter(|proposal| {
            let is_declined = |declined: &FxHashSet<&str>| {
                proposal.spellings.iter().all(|spelling| declined.contains(spelling.name.as_str()))
            };
            // Only when all of it was declined: a new spelling beside two that were kept apart is a new
            // question.
            !declined.iter().any(is_declined)
        })
        .collect();
    proposals.sort_by(|a, b| b.amount().abs().cmp(&a.amount().abs()).then_with(|| a.name.cmp(&b.name)));
    proposals
}

/// Puts each misspelling with the name of most lines that it is a letter apart from, and no further: a chain of names
/// that are each a letter apart would end with another name than it began with.
fn join_misspellings(groups: &mut Groups, pairs: Vec<(NameId, NameId)>, sums: &[(Money, u64)]) {
    let mut neighbours: BTreeMap<NameId, BTreeSet<NameId>> = BTreeMap::new();
    for (one, other) in pairs {
        neighbours.entry(one).or_default().insert(other);
        neighbours.entry(other).or_default().insert(one);
    }
    let mut centres: Vec<NameId> = neighbours.keys().copied().collect();
    centres.sort_by_key(|id| (Reverse(sums[id.index()].1), *id));
    let mut taken: FxHashSet<NameId> = FxHashSet::default();
    for centre in centres {
        if !taken.insert(centre) {
            continue;
        }
        for &misspelling in &neighbours[&centre] {
            if taken.insert(misspelling) {
                groups.join(centre, misspelling, Likeness::OneLetter);
            }
        }
    }
}

fn proposal(
    names: &Names,
    dimension: Dimension,
    ids: &[NameId],
    sums: &[(Money, u64)],
    likeness: Likeness,
) -> NameProposal {
    let mut spellings: Vec<SpellingEvidence> = ids
        .iter()
        .map(|&id| {
            let (amount, lines) = sums[id.index()];
            SpellingEvidence { name: names.name(id).to_owned(), amount, lines }
        })
        .collect();
    // Between equals, one that is not shouted.
    let is_shouted = |name: &str| !name.chars().any(char::is_lowercase);
    spellings
        .sort_by_key(|spelling| (Reverse(spelling.lines), is_shouted(&spelling.name), spelling.name.clone()));
    NameProposal { dimension, name: spellings[0].name.clone(), spellings, likeness }
}

/// Shorter names that are a letter apart are usually different names.
/// "Bolton" and "Boston", "Mears" and "Sears": at eight letters one letter is likelier a slip than another
/// name.
const SHORTEST: usize = 8;
/// Of many names that begin or end alike, only the nearest are compared.
/// Many names of a place begin with the place; without a bound these would be compared each with each.
const NEIGHBOURS: usize = 12;

/// Pairs of keys of which one becomes the other by one letter. Names that differ in a digit are different.
///
/// Of two such keys the first or the last half is the same; keys are put in order by each and held against their
/// neighbours.
fn one_letter_apart(keys: &[(String, NameId)]) -> Vec<(NameId, NameId)> {
    let mut pairs = Vec::new();
    let long: Vec<(Vec<char>, NameId)> = keys
        .iter()
        .map(|(key, id)| (key.chars().collect::<Vec<char>>(), *id))
        .filter(|(key, _)| key.len() >= SHORTEST)
        .collect();
    for backwards in [false, true] {
        // Texts are in the order of their letters, and quicker to compare.
        let mut order: Vec<(String, usize)> = long
            .iter()
            .enumerate()
            .map(|(index, (key, _))| {
                (if backwards { key.iter().rev().collect() } else { key.iter().collect() }, index)
            })
            .collect();
        order.sort_unstable();
        for (at, &(_, index)) in order.iter().enumerate() {
            let (key, id) = &long[index];
            for &(_, other) in order[at + 1..].iter().take(NEIGHBOURS) {
                let (other_key, other_id) = &long[other];
                if !share_half(key, other_key, backwards) {
                    break;
                }
                if is_one_letter_apart(key, other_key) {
                    pairs.push((*id, *other_id));
                }
            }
        }
    }
    pairs
}

/// Whether the first (or the last) halves of two keys are the same.
fn share_half(one: &[char], other: &[char], backwards: bool) -> bool {
    // Two letters that swap may stand in the middle.
    let half = (one.len().min(other.len()) - 1) / 2;
    if backwards {
        one[one.len() - half..] == other[other.len() - half..]
    } else {
        one[..half] == other[..half]
    }
}

/// One letter added, dropped, changed, or swapped with its neighbour; digits must agree.
pub(super) fn is_one_letter_apart(one: &[char], other: &[char]) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same_start = short.iter().zip(long).take_while(|(a, b)| a == b).count();
    let same_end =
        short[same_start..].iter().rev().zip(long.iter().rev()).take_while(|(a, b)| a == b).count();
    let (short, long) =
        (&short[same_start..short.len() - same_end], &long[same_start..long.len() - same_end]);
    let is_near = match (short, long) {
        ([] | [_], [_]) => true,
        ([a, b], [c, d]) => a == d && b == c,
        _ => false,
    };
    // Who misspells a name begins it rightly.
    // A digit is no slip of the hand: "School 1" and "School 2" are two schools.
    is_near && same_start > 0 && !short.iter().chain(long).any(char::is_ascii_digit)
}

/// Names in groups that grow together.
struct Groups {
    parents: Vec<u32>,
    likeness: Vec<Likeness>,
}

impl Groups {
    fn new(count: usize) -> Self {
        Self { parents: (0..count as u32).collect(), likeness: vec![Likeness::SameWords; count] }
    }

    fn root(&mut self, id: NameId) -> usize {
        let mut root = id.index();
        while self.parents[root] as usize != root {
            // Halving the path on the way up keeps chains short (path halving).
            self.parents[root] = self.parents[self.parents[root] as usize];
            root = self.parents[root] as usize;
        }
        root
    }

    fn join(&mut self, one: NameId, other: NameId, likeness: Likeness) {
        let (one, other) = (self.root(one), self.root(other));
        let (first, second) = (one.min(other), one.max(other));
        // The first name of a group stays its root, so that groups come out in the same order each time.
        self.parents[second] = first as u32;
        self.likeness[first] = self.likeness[first].max(self.likeness[second]).max(likeness);
    }

    /// The groups of two and more, by their first name.
    fn into_groups(mut self) -> Vec<(Vec<NameId>, Likeness)> {
        let mut members: Vec<(usize, NameId)> =
            (0..self.parents.len() as u32).map(|id| (self.root(NameId(id)), NameId(id))).collect();
        members.sort_unstable();
        members
            .chunk_by(|a, b| a.0 == b.0)
            .filter(|group| group.len() > 1)
            .map(|group| (group.iter().map(|member| member.1).collect(), self.likeness[group[0].0]))
            .collect()
    }
}
