//! Names that rules and people give to lines, and why each line has the one it has. A name that a file states
//! is never replaced unless a rule asks about that very dimension.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::rule::{PatternMatcher, Rule, Test, TestedField, is_theme, plain, theme};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Ledger, LedgerBuilder, LineId, LineReference};
use crate::money::Money;

/// A name that a person gave one line, whatever the rules say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ByHand {
    /// The line as it was read.
    pub line: LineReference,
    #[serde(default = "theme", skip_serializing_if = "is_theme")]
    pub dimension: Dimension,
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Why a line has the name it has in a dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// Its file says so.
    Stated,
    /// A rule gave it: the number of the rule among all that are asked, from 0, and the rule.
    Rule(usize, Rule),
    /// A person gave it.
    ByHand(ByHand),
    /// It has none: no rule fits.
    Unclassified,
}

/// Gives the lines what rules and people say. `rules` are asked in their order.
///
/// Each rule is held against the distinct names once, so that the work for a line is a few numbers.
pub(super) fn classify(ledger: &Ledger, rules: &[&Rule], by_hand: &[(LineId, &ByHand)]) -> Option<Ledger> {
    if rules.is_empty() && by_hand.is_empty() {
        return None;
    }
    // Lines stay as they were read: names go into a copy.
    let mut builder = LedgerBuilder::from(ledger.clone());
    for dimension in Dimension::ALL {
        let book = RuleBook::of(ledger, rules, dimension);
        if !book.is_empty() {
            let ids: Vec<NameId> =
                rules.iter().map(|rule| builder.name(rule.dimension, &rule.name)).collect();
            for line in (0..ledger.len() as u32).map(LineId) {
                if let Some(rule) = book.first_for(ledger, line) {
                    builder.set_name(line, dimension, ids[rule]);
                }
            }
        }
        for (line, by_hand) in by_hand.iter().filter(|(_, by_hand)| by_hand.dimension == dimension) {
            let id = builder.name(dimension, &by_hand.name);
            builder.set_name(*line, dimension, id);
        }
    }
    Some(builder.finish())
}

/// The first rule that gives a line a name in a dimension, by what the line says: nothing where it does not say it.
pub(super) fn rule_for<'a>(
    rules: &[&Rule],
    dimension: Dimension,
    says: impl Fn(TestedField) -> &'a str,
) -> Option<usize> {
    // This way reads one line's words for "why"; `RuleBook` reads numbers for all lines. Both must decide
    // alike.
    let is_stated = !says(TestedField::Dimension(dimension)).is_empty();
    rules.iter().position(|rule| {
        let fits = |test: &Test| {
            let name = says(test.asked);
            !name.is_empty() && PatternMatcher::of(&test.is).fits(&plain(name))
        };
        rule.dimension == dimension
            && !rule.when.is_empty()
            && (!is_stated || asks_about(rule, dimension))
            && rule.when.iter().all(fits)
    })
}

/// How many lines each rule decides about, and what they come to, £.
pub(super) fn rule_totals(ledger: &Ledger, rules: &[&Rule]) -> Vec<(u64, Money)> {
    let mut totals = vec![(0, Money::ZERO); rules.len()];
    for dimension in Dimension::ALL {
        let book = RuleBook::of(ledger, rules, dimension);
        if book.is_empty() {
            continue;
        }
        for line in (0..ledger.len() as u32).map(LineId) {
            if let Some(rule) = book.first_for(ledger, line) {
                totals[rule].0 += 1;
                totals[rule].1 += ledger.amount(line);
            }
        }
    }
    totals
}

fn asks_about(rule: &Rule, dimension: Dimension) -> bool {
    rule.when.iter().any(|test| test.asked == TestedField::Dimension(dimension))
}

/// The rules of one dimension against the names of one ledger.
struct RuleBook {
    dimension: Dimension,
    /// Where a single condition decides: the first such rule for each name, by what is looked at. What is stated may
    /// be replaced by the second of the two only.
    single: Vec<(TestedField, Vec<(u32, u32)>)>,
    /// Rules of several conditions.
    several: Vec<SeveralTests>,
}

/// A rule that asks several things.
struct SeveralTests {
    number: u32,
    /// Whether it may replace what a line states.
    replaces: bool,
    /// What is looked at, and the names that fit.
    masks: Vec<(TestedField, Vec<bool>)>,
}

/// No rule.
const NONE: u32 = u32::MAX;

impl RuleBook {
    fn of(ledger: &Ledger, rules: &[&Rule], dimension: Dimension) -> Self {
        let mut book = Self { dimension, single: Vec::new(), several: Vec::new() };
        // A place has far fewer names than lines: patterns are held against names here, once, and never
        // against a line.
        let mut plain_names: FxHashMap<TestedField, Vec<String>> = FxHashMap::default();
        for (number, rule) in rules.iter().enumerate().filter(|(_, rule)| rule.dimension == dimension) {
            let replaces = asks_about(rule, dimension);
            let mut masks: Vec<(TestedField, Vec<bool>)> = Vec::new();
            for test in &rule.when {
                let names = plain_names.entry(test.asked).or_insert_with(|| match test.asked {
                    TestedField::Dimension(of) => plained(ledger.names(of)),
                    TestedField::Description => plained(ledger.texts()),
                });
                let matcher = PatternMatcher::of(&test.is);
                let mask = names.iter().map(|name| !name.is_empty() && matcher.fits(name)).collect();
                masks.push((test.asked, mask));
            }
            match masks.len() {
                0 => {}
                // Most rules ask one thing, and a list of standard rules has hundreds of them: one look-up by
                // name stands for all of them, however many there are.
                1 => {
                    let (asked, mask) = masks.swap_remove(0);
                    book.add_single(asked, &mask, number as u32, replaces);
                }
                _ => book.several.push(SeveralTests { number: number as u32, replaces, masks }),
            }
        }
        book
    }

    fn add_single(&mut self, asked: TestedField, mask: &[bool], number: u32, replaces: bool) {
        let place = self.single.iter().position(|(of, _)| *of == asked).unwrap_or_else(|| {
            self.single.push((asked, vec![(NONE, NONE); mask.len()]));
            self.single.len() - 1
        });
        for (first, _) in self.single[place].1.iter_mut().zip(mask).filter(|(_, fits)| **fits) {
            first.0 = first.0.min(number);
            if replaces {
                first.1 = first.1.min(number);
            }
        }
    }

    fn is_empty(&self) -> bool {
        self.single.is_empty() && self.several.is_empty()
    }

    fn first_for(&self, ledger: &Ledger, line: LineId) -> Option<usize> {
        let is_stated = ledger.name_id(line, self.dimension) != NameId::NOT_STATED;
        let id = |asked: TestedField| match asked {
            TestedField::Dimension(of) => ledger.name_id(line, of).index(),
            TestedField::Description => ledger.description_id(line.index()),
        };
        let mut first = NONE;
        for (asked, rules) in &self.single {
            let (fills, replaces) = rules[id(*asked)];
            first = first.min(if is_stated { replaces } else { fills });
        }
        // Rules stand in their order, so none after the best single one can still win.
        for rule in self.several.iter().take_while(|rule| rule.number < first) {
            if (!is_stated || rule.replaces) && rule.masks.iter().all(|(asked, mask)| mask[id(*asked)]) {
                return Some(rule.number as usize);
            }
        }
        (first != NONE).then_some(first as usize)
    }
}

/// Every name of a list as patterns see it; "Not stated" is no name.
fn plained(names: &Names) -> Vec<String> {
    names
        .iter()
        .map(|(id, name)| if id == NameId::NOT_STATED { String::new() } else { plain(name) })
        .collect()
}

/// A group of lines that no rule has given a theme, to be worked through.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unclassified {
    /// The names the lines share, in the order of the dimensions that were asked for.
    pub names: Vec<String>,
    /// £.
    pub amount: Money,
    pub lines: Vec<LineId>,
}

/// The lines without a name in `dimension`, grouped by others: the largest amounts, whatever their sign, first.
pub fn unclassified(ledger: &Ledger, dimension: Dimension, by: &[Dimension]) -> Vec<Unclassified> {
    let mut groups: FxHashMap<Vec<NameId>, (Money, Vec<LineId>)> = FxHashMap::default();
    for line in (0..ledger.len() as u32).map(LineId) {
        if ledger.name_id(line, dimension) == NameId::NOT_STATED {
            let ids = by.iter().map(|&of| ledger.name_id(line, of)).collect();
            let group = groups.entry(ids).or_default();
            group.0 += ledger.amount(line);
            group.1.push(line);
        }
    }
    let name = |(&of, id): (&Dimension, NameId)| ledger.names(of).name(id).to_owned();
    let mut list: Vec<Unclassified> = groups
        .into_iter()
        .map(|(ids, (amount, lines))| Unclassified {
            names: by.iter().zip(ids).map(name).collect(),
            amount,
            lines,
        })
        .collect();
    // By size whatever the sign: a large credit without a theme needs a person as much as a large payment.
    // Names part what is equal, since the groups come in hash order.
    list.sort_by(|a, b| {
        Reverse(a.amount.abs()).cmp(&Reverse(b.amount.abs())).then_with(|| a.names.cmp(&b.names))
    });
    list
}
