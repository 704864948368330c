//! What people decide so that a place's files agree, and the ledger that comes of applying it. Decisions are
//! saved beside the lines and never written into them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::classify::{ByHand, Why, classify, rule_for, rule_totals};
use super::name_proposals::{Apart, OneName, fold_names};
use super::rule::{Rule, TestedField};
use super::standard::StandardRules;
use super::transfers::{
    Counted, PassedOn, Transfer, TransferPair, add_transfers, find_transfers, transfer_pairs,
};
use crate::dimension::{Agency, Dimension, NameId};
use crate::ledger::{Keys, Ledger, LineId, LineReference};
use crate::money::Money;

/// What people have decided so that the files of a place agree. The lines themselves stay as they were read: what is
/// decided is applied to them, and can be taken back.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Decisions {
    /// Spellings that are one name.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<OneName>,
    /// Spellings that look alike and are different.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub apart: Vec<Apart>,
    /// Rules for themes and other names, the first that fits decides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// The rules that come with the program, asked after those above; none if nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub standard_rules: Option<StandardRules>,
    /// Lines that a person has given a theme, whatever the rules say.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_hand: Vec<ByHand>,
    /// What agencies of the place pay each other.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub transfers: Vec<Transfer>,
    /// Lines that are left out of the total, each with the reason.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<LineLeftOut>,
    /// What is paid to bodies of the place whose own spending is not in it.
    #[serde(skip_serializing_if = "PassedOn::is_counted")]
    pub passed_on: PassedOn,
}

/// A line that a person has left out of the total, and why.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LineLeftOut {
    pub line: LineReference,
    pub reason: String,
}

/// The lines of a place once everything that was decided is applied.
#[derive(Clone, Debug, Default)]
pub struct Settled {
    /// The lines as they were read.
    pub read: Arc<Ledger>,
    /// All of them with the names that were decided, line for line.
    pub all: Arc<Ledger>,
    /// What agencies pay each other, in the order it is kept.
    pub pairs: Arc<Vec<TransferPair>>,
    /// Those of the lines that are paid to bodies of the place whose own spending is not in it, in order.
    pub passed: Arc<Vec<LineId>>,
    /// Those of the lines that a person has left out, in order.
    pub excluded: Arc<Vec<LineId>>,
    /// Those of the lines that are left out, whyever, in order.
    pub transferred: Arc<Vec<LineId>>,
    /// What is left: the lines that every view and total is made of.
    pub counted: Arc<Ledger>,
}

impl Decisions {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The rules that are asked, in their order.
    pub fn asked_rules(&self) -> Vec<&Rule> {
        let standard = self.standard_rules.map_or(&[][..], StandardRules::rules);
        self.rules.iter().chain(standard).collect()
    }

    /// Applies what was decided to the lines as they were read. `None`: nothing comes out differently.
    pub fn settle(&self, read: &Arc<Ledger>, agencies: &[Agency]) -> Option<Settled> {
        if self.is_empty() {
            return None;
        }
        // The order is part of what a decision means: rules ask about agreed names, and transfers are found
        // by them.
        let mut all = Arc::clone(read);
        if let Some(folded) = fold_names(&all, &self.names) {
            all = Arc::new(folded).with_sectors(agencies);
        }
        // References are looked up in the lines as they were read, since they say what the file says.
        let by_hand = self.found_by_hand(read);
        if let Some(classified) = classify(&all, &self.asked_rules(), &by_hand) {
            all = Arc::new(classified);
        }
        let mut pairs = transfer_pairs(&all, &self.transfers);
        let excluded = self.found_left_out(read);
        // What is left out already is not left out for another reason as well.
        for pair in &mut pairs {
            pair.leave_out(&all, &excluded);
        }
        let mut passed: Vec<LineId> = pairs.iter().flat_map(|pair| pair.passed.iter().copied()).collect();
        passed.sort_unstable();
        let once = pairs.iter().filter(|pair| pair.transfer.counted == Counted::Once);
        let mut transferred: Vec<LineId> = once.flat_map(|pair| pair.lines.iter().copied()).collect();
        if self.passed_on == PassedOn::LeftOut {
            transferred.extend_from_slice(&passed);
        }
        transferred.extend_from_slice(&excluded);
        transferred.sort_unstable();
        // Nothing came out differently: sharing the ledger that was read saves a place its second copy.
        if transferred.is_empty() && passed.is_empty() && Arc::ptr_eq(&all, read) {
            return None;
        }
        let counted = if transferred.is_empty() {
            Arc::clone(&all)
        } else {
            Arc::new(all.select(|line| transferred.binary_search(&line).is_err()))
        };
        let (pairs, passed, excluded) = (Arc::new(pairs), Arc::new(passed), Arc::new(excluded));
        let transferred = Arc::new(transferred);
        Some(Settled { read: Arc::clone(read), all, pairs, passed, excluded, transferred, counted })
    }

    /// The one name of a spelling.
    pub fn one_name<'a>(&'a self, dimension: Dimension, spelling: &'a str) -> &'a str {
        let is_it =
            |one: &&OneName| one.dimension == dimension && one.also.iter().any(|also| also == spelling);
        // The last word counts, as `fold_names` lets later decisions write over earlier ones.
        self.names.iter().rfind(is_it).map_or(spelling, |one| &one.name)
    }

    /// Why a line of a ledger as it was read has the name it has in a dimension.
    pub fn why(&self, read: &Ledger, line: LineId, dimension: Dimension) -> Why {
        let by_hand = self.found_by_hand(read);
        let named = by_hand.iter().rev().find(|(at, by_hand)| *at == line && by_hand.dimension == dimension);
        if let Some((_, by_hand)) = named {
            return Why::ByHand((*by_hand).clone());
        }
        let read = read.line(line);
        let says = |asked: TestedField| match asked {
            TestedField::Dimension(of) if read.name_id(of) == NameId::NOT_STATED => "",
            TestedField::Dimension(of) => self.one_name(of, read.name(of)),
            TestedField::Description => read.description(),
        };
        let rules = self.asked_rules();
        match rule_for(&rules, dimension, says) {
            Some(number) => Why::Rule(number, rules[number].clone()),
            None if says(TestedField::Dimension(dimension)).is_empty() => Why::Unclassified,
            None => Why::Stated,
        }
    }

    /// How many lines of a ledger as it was read each asked rule decides about, and what they come to, £; those that
    /// are named by hand as well are among them.
    pub fn rule_totals(&self, read: &Ledger) -> Vec<(u64, Money)> {
        let folded = fold_names(read, &self.names);
        rule_totals(folded.as_ref().unwrap_or(read), &self.asked_rules())
    }

    /// What agencies pay each other, with the lines and amounts, in a ledger of all lines.
    pub fn pairs(&self, all: &Ledger) -> Vec<TransferPair> {
        transfer_pairs(all, &self.transfers)
    }

    /// The lines that people have named, where they are still there.
    fn found_by_hand(&self, read: &Ledger) -> Vec<(LineId, &ByHand)> {
        if self.by_hand.is_empty() {
            return Vec::new();
        }
        let references: Vec<_> = self.by_hand.iter().map(|by_hand| by_hand.line.clone()).collect();
        let found = Keys::find(read, &references);
        found.into_iter().zip(&self.by_hand).filter_map(|(line, by_hand)| Some((line?, by_hand))).collect()
    }

    /// The lines that a person has left out, where they are still there, in order.
    fn found_left_out(&self, read: &Ledger) -> Vec<LineId> {
        if self.left_out.is_empty() {
            return Vec::new();
        }
        let references: Vec<_> = self.left_out.iter().map(|left_out| left_out.line.clone()).collect();
        let mut found: Vec<LineId> = Keys::find(read, &references).into_iter().flatten().collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// What was decided by hand about lines that are not among these any more, in words.
    pub fn without_line(&self, read: &Ledger) -> Vec<String> {
        let named = self
            .by_hand
            .iter()
            .map(|by_hand| (&by_hand.line, format!("{}: {}", by_hand.dimension.title(), by_hand.name)));
        let left_out = self.left_out.iter().map(|out| (&out.line, format!("left out: {}", out.reason)));
        let decided: Vec<(&LineReference, String)> = named.chain(left_out).collect();
        if decided.is_empty() {
            return Vec::new();
        }
        let references: Vec<LineReference> = decided.iter().map(|(line, _)| (*line).clone()).collect();
        let found = Keys::find(read, &references).into_iter().zip(decided);
        found
            .filter(|(line, _)| line.is_none())
            .map(|(_, (line, what))| format!("{} ({what})", line.says))
            .collect()
    }

    /// Finds what agencies of the place pay each other and nothing is decided about, to be counted once.
    pub fn note_transfers(&mut self, read: &Ledger) {
        let folded = fold_names(read, &self.names);
        let ledger = folded.as_ref().unwrap_or(read);
        let found = find_transfers(ledger, &self.names, &self.transfers);
        add_transfers(&mut self.transfers, found);
    }
}

impl Settled {
    /// Takes of what was settled before whatever came out the same, so that of both it is in memory once.
    #[must_use]
    pub fn sharing_with(mut self, former: &Self) -> Self {
        let is_all = Arc::ptr_eq(&self.all, &self.counted);
        let shared =
            |own: Arc<Ledger>, former: &Arc<Ledger>| Arc::new(Arc::unwrap_or_clone(own).sharing_with(former));
        if !Arc::ptr_eq(&self.all, &self.read) {
            self.all = shared(self.all, &former.all);
        }
        self.counted = if is_all { Arc::clone(&self.all) } else { shared(self.counted, &former.counted) };
        if self.pairs == former.pairs {
            self.pairs = Arc::clone(&former.pairs);
        }
        if self.passed == former.passed {
            self.passed = Arc::clone(&former.passed);
        }
        if self.excluded == former.excluded {
            self.excluded = Arc::clone(&former.excluded);
        }
        if self.transferred == former.transferred {
            self.transferred = Arc::clone(&former.transferred);
        }
        self
    }

    /// The number that a line of [`Settled::counted`] has among all lines.
    pub fn among_all(&self, counted: LineId) -> LineId {
        // Each line that is left out before it moves it by one.
        let mut line = counted.0;
        for left_out in self.transferred.iter() {
            if left_out.0 > line {
                break;
            }
            line += 1;
        }
        LineId(line)
    }
}
