//! Decisions as steps that can be undone: rules, names, pairs and rejected rows, each checked before it is
//! made. What they come to is worked out in `agree`.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::{Place, reject};
use crate::agree::{
    Apart, ByHand, Counted, Decisions, Fate, LineLeftOut, OneName, PassedOn, Rule, StandardRules,
};
use crate::dimension::{Dimension, comparison_key};
use crate::ledger::{LineReference, SpendLine};
use crate::words::counted;

/// Something that a person decides so that the files of a place agree, or takes back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Decision {
    /// Puts a rule before the one of this number; at the end where there are fewer.
    AddRule {
        at: usize,
        rule: Rule,
    },
    ChangeRule {
        at: usize,
        rule: Rule,
    },
    /// Takes a rule out and puts it in again at another place of the list.
    MoveRule {
        from: usize,
        to: usize,
    },
    RemoveRule(usize),
    /// Asks the rules that come with the program after the place's own, or no longer.
    UseStandardRules(Option<StandardRules>),
    /// Gives lines names by hand; lines that have one in the dimension get the new one.
    NameByHand(Vec<ByHand>),
    /// Leaves lines to the rules again.
    LeaveToRules {
        dimension: Dimension,
        lines: Vec<LineReference>,
    },
    /// Makes several spellings one name; a name that is known gains the spellings. An agency becomes one of the place.
    OneName(OneName),
    /// Shows the spellings of a name as they are published again.
    Separate {
        dimension: Dimension,
        name: String,
    },
    /// Says that names which look alike are different, so that they are not proposed again.
    KeepApart(Apart),
    /// Counts what one agency pays another once, or as two different moneys.
    Count {
        payer: String,
        receiver: String,
        counted: Counted,
    },
    /// Counts what is paid to bodies of the place whose own spending is not in it, or leaves it out.
    CountPassedOn(PassedOn),
    /// Leaves lines out of the total, with the reason.
    LeaveOut {
        lines: Vec<LineReference>,
        reason: String,
    },
    /// Counts lines again that were left out.
    CountAgain(Vec<LineReference>),
    /// Counts a rejected row as the lines that it gives with these cells; see [`crate::agree::Rejects::read_again`].
    FixReject {
        source: String,
        row: u32,
        cells: Vec<String>,
        lines: Vec<SpendLine>,
    },
    /// Leaves a rejected row out, with the reason.
    ExcludeReject {
        source: String,
        row: u32,
        reason: String,
    },
    /// Takes back what was decided about a rejected row.
    ReopenReject {
        source: String,
        row: u32,
    },
    /// Adds what is in a file of decisions to those of the place, the file's rules after the place's own.
    Take(Box<Decisions>),
}

#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum DecisionError {
    #[error("a rule needs the name it gives")]
    RuleWithoutName,
    #[error("a rule needs a condition with a text to look for; without one it would take every line")]
    RuleWithoutCondition,
    #[error("there is no rule number {0}")]
    NoSuchRule(usize),
    #[error("lines need a name to be given by hand")]
    NoName,
    #[error("no line is named by hand as that")]
    NotByHand,
    #[error("\"{0}\" is already a spelling of \"{1}\"; separate that first")]
    SpellingTaken(String, String),
    #[error("there is no {0} \"{1}\" with other spellings")]
    NoSuchName(Dimension, String),
    #[error("it takes two names to keep apart")]
    NothingApart,
    #[error("there is no rejected row {1} of \"{0}\" to decide about")]
    NoSuchReject(String, u32),
    #[error("say why the row is left out")]
    NoReason,
    #[error("the row gives no line of spending; it needs an amount")]
    NoLine,
    #[error("nothing that \"{0}\" pays \"{1}\" is known")]
    NoSuchTransfer(String, String),
}

impl Decision {
    /// The step's name, as undo says it.
    pub fn label(&self) -> String {
        match self {
            Self::AddRule { rule, .. } => format!("Add rule for {}", rule.name),
            Self::ChangeRule { rule, .. } => format!("Change rule for {}", rule.name),
            Self::MoveRule { .. } => "Move rule".to_owned(),
            Self::RemoveRule(_) => "Remove rule".to_owned(),
            Self::UseStandardRules(Some(_)) => "Use standard rules".to_owned(),
            Self::UseStandardRules(None) => "Leave standard rules out".to_owned(),
            Self::NameByHand(lines) => match &lines[..] {
                [only] => format!("Put a line into {}", only.name),
                lines => {
                    format!("Put {} lines into {}", lines.len(), lines.first().map_or("", |line| &line.name))
                }
            },
            Self::LeaveToRules { .. } => "Leave lines to the rules".to_owned(),
            Self::OneName(one) => format!("Make one name of {}", one.name),
            Self::Separate { name, .. } => format!("Separate the spellings of {name}"),
            Self::KeepApart(_) => "Keep names apart".to_owned(),
            Self::Count { payer, receiver, counted: Counted::Once } => {
                format!("Count what {payer} pays {receiver} once")
            }
            Self::Count { payer, receiver, counted: Counted::Twice } => {
                format!("Count what {payer} pays {receiver} as its own")
            }
            Self::CountPassedOn(PassedOn::Counted) => "Count what is passed on".to_owned(),
            Self::CountPassedOn(PassedOn::LeftOut) => "Leave out what is passed on".to_owned(),
            Self::LeaveOut { lines, .. } => format!("Leave out {}", counted(lines.len(), "line")),
            Self::CountAgain(lines) => format!("Count {} again", counted(lines.len(), "line")),
            Self::FixReject { source, row, .. } => format!("Fix row {row} of {source}"),
            Self::ExcludeReject { source, row, .. } => format!("Leave out row {row} of {source}"),
            Self::ReopenReject { source, row } => format!("Ask again about row {row} of {source}"),
            Self::Take(_) => "Take over decisions".to_owned(),
        }
    }

    /// Whether the lines come out otherwise for it.
    pub(super) fn settles_lines(&self) -> bool {
        !matches!(self, Self::ExcludeReject { .. } | Self::ReopenReject { .. } | Self::KeepApart(_))
    }

    pub(super) fn apply(&self, place: &mut Place) -> Result<(), DecisionError> {
        match self {
            Self::FixReject { source, row, cells, lines } => {
                return reject::fix(place, source, *row, cells, lines);
            }
            Self::ExcludeReject { source, row, reason } if reason.trim().is_empty() => {
                reject::known(place, source, *row)?;
                return Err(DecisionError::NoReason);
            }
            Self::ExcludeReject { source, row, reason } => {
                return reject::settle(place, source, *row, &Fate::Excluded(reason.trim().to_owned()));
            }
            Self::ReopenReject { source, row } => return reject::settle(place, source, *row, &Fate::Open),
            _ => {}
        }
        let mut decisions = Decisions::clone(&place.decisions);
        self.change(&mut decisions)?;
        // Only names change which supplier is which agency.
        if matches!(self, Self::OneName(_) | Self::Separate { .. } | Self::Take(_)) {
            decisions.note_transfers(place.lines_as_read());
        }
        place.decide(decisions);
        Ok(())
    }

    fn change(&self, decisions: &mut Decisions) -> Result<(), DecisionError> {
        let rules = &mut decisions.rules;
        let known = |rules: &[Rule], at: usize| {
            if at < rules.len() { Ok(()) } else { Err(DecisionError::NoSuchRule(at + 1)) }
        };
        match self {
            Self::AddRule { at, rule } => {
                check_rule(rule)?;
                rules.insert((*at).min(rules.len()), rule.clone());
            }
            Self::ChangeRule { at, rule } => {
                check_rule(rule)?;
                known(rules, *at)?;
                rules[*at] = rule.clone();
            }
            Self::MoveRule { from, to } => {
                known(rules, *from)?;
                known(rules, *to)?;
                let rule = rules.remove(*from);
                rules.insert(*to, rule);
            }
            Self::RemoveRule(at) => {
                known(rules, *at)?;
                rules.remove(*at);
            }
            Self::UseStandardRules(standard) => decisions.standard_rules = *standard,
            Self::NameByHand(lines) => {
                if lines.is_empty() || lines.iter().any(|line| line.name.trim().is_empty()) {
                    return Err(DecisionError::NoName);
                }
                name_by_hand(&mut decisions.by_hand, lines);
            }
            Self::LeaveToRules { dimension, lines } => {
                let before = decisions.by_hand.len();
                let is_it =
                    |by_hand: &ByHand| by_hand.dimension == *dimension && lines.contains(&by_hand.line);
                decisions.by_hand.retain(|by_hand| !is_it(by_hand));
                if decisions.by_hand.len() == before {
                    return Err(DecisionError::NotByHand);
                }
            }
            Self::OneName(one) => make_one(&mut decisions.names, one)?,
            Self::Separate { dimension, name } => {
                let before = decisions.names.len();
                decisions.names.retain(|one| one.dimension != *dimension || one.name != *name);
                if decisions.names.len() == before {
                    return Err(DecisionError::NoSuchName(*dimension, name.clone()));
                }
            }
            Self::KeepApart(apart) if apart.names.len() < 2 => return Err(DecisionError::NothingApart),
            Self::KeepApart(apart) => {
                if !decisions.apart.contains(apart) {
                    decisions.apart.push(apart.clone());
                }
            }
            Self::Count { payer, receiver, counted } => {
                let pair = decisions
                    .transfers
                    .iter_mut()
                    .find(|pair| pair.payer == *payer && pair.receiver == *receiver);
                let none = || DecisionError::NoSuchTransfer(payer.clone(), receiver.clone());
                pair.ok_or_else(none)?.counted = *counted;
            }
            Self::CountPassedOn(passed_on) => decisions.passed_on = *passed_on,
            Self::LeaveOut { reason, .. } if reason.trim().is_empty() => return Err(DecisionError::NoReason),
            Self::LeaveOut { lines, reason } => {
                let reason = reason.trim();
                leave_out(&mut decisions.left_out, lines.iter().map(|line| (line, reason)));
            }
            Self::CountAgain(lines) => {
                let before = decisions.left_out.len();
                decisions.left_out.retain(|known| !lines.iter().any(|line| is_same(&known.line, line)));
                if decisions.left_out.len() == before {
                    return Err(DecisionError::NotByHand);
                }
            }
            Self::Take(other) => take(decisions, other)?,
            Self::FixReject { .. } | Self::ExcludeReject { .. } | Self::ReopenReject { .. } => {}
        }
        Ok(())
    }
}

fn check_rule(rule: &Rule) -> Result<(), DecisionError> {
    use crate::agree::Pattern::{Contains, Equals, Like, Words};
    if rule.name.trim().is_empty() {
        return Err(DecisionError::RuleWithoutName);
    }
    // An empty text is part of every text: the rule would take all lines.
    let is_blank = |text: &String| text.trim().is_empty();
    let says_nothing = |test: &crate::agree::Test| match &test.is {
        Contains(texts) | Words(texts) | Equals(texts) | Like(texts) => texts.iter().all(is_blank),
    };
    if rule.when.is_empty() || rule.when.iter().any(says_nothing) {
        return Err(DecisionError::RuleWithoutCondition);
    }
    Ok(())
}

/// Whether two references are to one line, by key and place and not by words.
fn is_same(one: &LineReference, other: &LineReference) -> bool {
    (&one.key, one.nth) == (&other.key, other.nth)
}

/// Leaves lines out; of one that is left out already the new reason holds.
pub(super) fn leave_out<'a>(
    known: &mut Vec<LineLeftOut>,
    lines: impl Iterator<Item = (&'a LineReference, &'a str)>,
) {
    for (line, reason) in lines {
        known.retain(|other| !is_same(&other.line, line));
        known.push(LineLeftOut { line: line.clone(), reason: reason.to_owned() });
    }
}

fn name_by_hand(known: &mut Vec<ByHand>, lines: &[ByHand]) {
    let same_line = |one: &ByHand, other: &ByHand| {
        one.dimension == other.dimension && (&one.line.key, one.line.nth) == (&other.line.key, other.line.nth)
    };
    // By key and place and not by words: the words of a reference are for people and may be of an earlier
    // reading.
    known.retain(|one| !lines.iter().any(|new| same_line(one, new)));
    known.extend(lines.iter().cloned());
}

fn make_one(names: &mut Vec<OneName>, one: &OneName) -> Result<(), DecisionError> {
    let name = one.name.trim();
    if comparison_key(name).is_empty() {
        return Err(DecisionError::NoName);
    }
    let of_dimension = |other: &&OneName| other.dimension == one.dimension;
    for spelling in one.also.iter().filter(|spelling| *spelling != name) {
        let taken = |other: &&OneName| {
            other.name != name && (other.also.contains(spelling) || other.name == *spelling)
        };
        // Of a name that takes in others, all spellings go to the new name; only a spelling by itself is taken.
        let taken = names.iter().filter(of_dimension).find(|other| taken(other) && other.name != *spelling);
        if let Some(other) = taken {
            return Err(DecisionError::SpellingTaken(spelling.clone(), other.name.clone()));
        }
    }
    let mut also: Vec<String> = one.also.clone();
    names.retain(|other| {
        let joins =
            other.dimension == one.dimension && (other.name == name || one.also.contains(&other.name));
        if joins {
            also.extend(other.also.iter().cloned());
            also.push(other.name.clone());
        }
        !joins
    });
    also.sort_unstable();
    also.dedup();
    also.retain(|spelling| spelling != name);
    names.push(OneName { dimension: one.dimension, name: name.to_owned(), also });
    Ok(())
}

fn take(decisions: &mut Decisions, other: &Decisions) -> Result<(), DecisionError> {
    for one in &other.names {
        make_one(&mut decisions.names, one)?;
    }
    for apart in &other.apart {
        if !decisions.apart.contains(apart) {
            decisions.apart.push(apart.clone());
        }
    }
    for rule in &other.rules {
        check_rule(rule)?;
        if !decisions.rules.contains(rule) {
            decisions.rules.push(rule.clone());
        }
    }
    // A mailed file may bring standard rules, and never takes them away.
    decisions.standard_rules = decisions.standard_rules.max(other.standard_rules);
    name_by_hand(&mut decisions.by_hand, &other.by_hand);
    leave_out(&mut decisions.left_out, other.left_out.iter().map(|out| (&out.line, out.reason.as_str())));
    // A mailed file may leave it out, and never brings it back unasked.
    if other.passed_on == PassedOn::LeftOut {
        decisions.passed_on = PassedOn::LeftOut;
    }
    for transfer in &other.transfers {
        let known = decisions
            .transfers
            .iter_mut()
            .find(|pair| pair.payer == transfer.payer && pair.receiver == transfer.receiver);
        match known {
            Some(pair) => {
                pair.counted = transfer.counted;
                pair.suppliers.extend(transfer.suppliers.iter().cloned());
            }
            None => decisions.transfers.push(transfer.clone()),
        }
    }
    Ok(())
}
