//! Putting what is pointed at into a pool, and taking it out again.

use std::collections::BTreeSet;

use super::{Contribution, Lines, NewMoney, Portion, Scenario, ScenarioChange};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::Keys;
use crate::ledger::{Chip, Filter, Keep, Ledger, LineId};

/// How lines are put into a pool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolingTerms {
    /// Whole, to be spent as the pool decides.
    Pooled,
    /// What is ring-fenced is aligned: it keeps its purpose.
    FencesAligned,
    /// What is ring-fenced stays outside.
    FencesLeftOut,
}

impl Scenario {
    /// The change that puts lines of the baseline into the pool, whole: a contribution of each partner they are of.
    ///
    /// # Errors
    /// Why there is nothing to put in: the lines are in the pool already, or nobody's.
    pub fn putting_in(
        &self,
        ledger: &Ledger,
        lines: &Filter,
        title: &str,
        entry: PoolingTerms,
    ) -> Result<ScenarioChange, String> {
        if asks_for(lines, Dimension::Pool, &self.pool) {
            return Err(format!("{title} is in {} already", self.pool));
        }
        let lines = of_the_baseline(lines);
        let cells = lines.resolve(ledger).cells(false);
        let agencies = ledger.names(Dimension::Agency);
        let mut partners: Vec<&str> = cells
            .occurring(Dimension::Agency)
            .into_iter()
            .filter(|id| *id != NameId::NOT_STATED)
            .map(|id| agencies.name(id))
            .collect();
        partners.sort_unstable();
        if partners.is_empty() {
            return Err(if cells.is_empty() {
                format!("{title} is in the scenario only; no line of the baseline is behind it")
            } else {
                format!("no agency is stated for {title}, so nobody can put it in")
            });
        }
        let of_partner = without_dimension(&lines, Dimension::Agency);
        let mut changes = Vec::new();
        for partner in partners {
            let free = self.raise_what_is_in(ledger, partner, &of_partner, &mut changes);
            for lines in free {
                for (lines, aligned) in parts_to_put_in(ledger, partner, &lines, entry) {
                    let (partner, lines) = (partner.to_owned(), Lines::Where(lines));
                    let contribution = Contribution { partner, lines, aligned, ..Contribution::default() };
                    changes.push(ScenarioChange::AddContribution(contribution));
                }
            }
        }
        if changes.is_empty() {
            Err(format!("all of {title} is in {} already", self.pool))
        } else {
            Ok(ScenarioChange::Several(format!("Put {title} in the pool"), changes))
        }
    }

    /// Contributions of a part of these lines are raised to the whole of it; what is left are the lines in none.
    fn raise_what_is_in(
        &self,
        ledger: &Ledger,
        partner: &str,
        lines: &Filter,
        changes: &mut Vec<ScenarioChange>,
    ) -> Vec<Filter> {
        let own = Filter::default().only(Dimension::Agency, [partner]);
        // A scenario of some years has nothing of the others to give.
        let own = if self.years.is_empty() {
            own
        } else {
            let years: Vec<String> = self.years.iter().map(ToString::to_string).collect();
            own.only(Dimension::Year, years.iter().map(String::as_str))
        };
        let count = |filter: &Filter| both(&own, filter).resolve(ledger).cells(false).line_count();
        let mut left = vec![lines.clone()];
        for (index, contribution) in self.contributions.iter().enumerate() {
            let Lines::Where(known) = &contribution.lines else { continue };
            let shared = count(&both(known, lines));
            if contribution.partner != partner || shared == 0 || !known.text.is_empty() {
                continue;
            }
            match contribution.what {
                Portion::Percent(_) if shared == count(known) => {
                    let whole = Contribution { what: Portion::Whole, ..contribution.clone() };
                    changes.push(ScenarioChange::ChangeContribution(index, whole));
                }
                Portion::Whole => {}
                // More would be taken than there is: the model says so.
                Portion::Percent(_) | Portion::Amount(_) => continue,
            }
            left = left.iter().flat_map(|part| outside(part, known)).collect();
        }
        left.retain(|part| count(part) > 0);
        left
    }

    /// The change that takes lines out of the pool: contributions of them go, those of more lines keep the others.
    ///
    /// # Errors
    /// Why it cannot be: none of it is in the pool, or it is part of a fixed sum.
    pub fn taking_out(&self, ledger: &Ledger, lines: &Filter, title: &str) -> Result<ScenarioChange, String> {
        let lines = of_the_baseline(lines);
        let mut changes = Vec::new();
        let mut added = Vec::new();
        // From the last, so that the numbers of those before stay what they are.
        for (index, contribution) in self.contributions.iter().enumerate().rev() {
            match left_after(contribution, ledger, &lines, title)? {
                Left::All => {}
                Left::Nothing => changes.push(ScenarioChange::RemoveContribution(index)),
                Left::Parts(parts) => {
                    let mut parts =
                        parts.into_iter().map(|lines| Contribution { lines, ..contribution.clone() });
                    if let Some(first) = parts.next() {
                        changes.push(ScenarioChange::ChangeContribution(index, first));
                    }
                    added.extend(parts.map(ScenarioChange::AddContribution));
                }
            }
        }
        let is_new_money_of = |money: &NewMoney| lines.text.is_empty() && is_about(&lines, money);
        for (index, money) in self.new_money.iter().enumerate().rev() {
            if is_new_money_of(money) {
                changes.push(ScenarioChange::RemoveNewMoney(index));
            }
        }
        changes.append(&mut added);
        if changes.is_empty() {
            Err(format!("none of {title} is in {}", self.pool))
        } else {
            Ok(ScenarioChange::Several(format!("Take {title} out of the pool"), changes))
        }
    }
}

/// Whether a filter asks for this name of a dimension and no other.
fn asks_for(filter: &Filter, dimension: Dimension, name: &str) -> bool {
    filter.names(dimension).is_some_and(|names| names.len() == 1 && names.contains(name))
}

/// The filter without what only the lines of a scenario have.
fn of_the_baseline(filter: &Filter) -> Filter {
    without_dimension(&without_dimension(filter, Dimension::Pool), Dimension::Commitment)
}

fn without_dimension(filter: &Filter, dimension: Dimension) -> Filter {
    let chips = filter.chips.iter().filter(|chip| chip.dimension != dimension).cloned().collect();
    Filter { chips, text: filter.text.clone() }
}

fn with_chip(filter: &Filter, dimension: Dimension, keep: Keep, names: BTreeSet<String>) -> Filter {
    let mut filter = filter.clone();
    filter.chips.push(Chip { dimension, keep, names });
    filter
}

/// The lines to put in, with whether they are aligned: those under a ring-fence apart, where that is asked for.
fn parts_to_put_in(
    ledger: &Ledger,
    partner: &str,
    lines: &Filter,
    entry: PoolingTerms,
) -> Vec<(Filter, bool)> {
    let own = lines.clone().only(Dimension::Agency, [partner]);
    let cells = own.resolve(ledger).cells(false);
    let names = ledger.names(Dimension::Ringfence);
    let fences: BTreeSet<String> = cells
        .occurring(Dimension::Ringfence)
        .into_iter()
        .filter(|id| *id != NameId::NOT_STATED)
        .map(|id| names.name(id).to_owned())
        .collect();
    if entry == PoolingTerms::Pooled || fences.is_empty() {
        return vec![(lines.clone(), false)];
    }
    let free = with_chip(lines, Dimension::Ringfence, Keep::Without, fences.clone());
    let fenced = with_chip(lines, Dimension::Ringfence, Keep::Only, fences);
    let has_lines = |filter: &Filter| {
        !filter.clone().only(Dimension::Agency, [partner]).resolve(ledger).cells(false).is_empty()
    };
    let mut parts = vec![(free, false), (fenced, true)];
    parts.retain(|(filter, is_fenced)| {
        has_lines(filter) && !(*is_fenced && entry == PoolingTerms::FencesLeftOut)
    });
    parts
}

/// What stays in the pool of a contribution.
enum Left {
    All,
    Nothing,
    Parts(Vec<Lines>),
}

fn left_after(
    contribution: &Contribution,
    ledger: &Ledger,
    out: &Filter,
    title: &str,
) -> Result<Left, String> {
    let own = Filter::default().only(Dimension::Agency, [contribution.partner.as_str()]);
    let goes_out = both(&own, out);
    match &contribution.lines {
        Lines::ByHand(references) => {
            let matcher = goes_out.resolve(ledger);
            let found = Keys::find(ledger, references);
            let stays = |line: &Option<LineId>| line.is_none_or(|line| !matcher.passes(line));
            let kept: Vec<_> = references
                .iter()
                .zip(&found)
                .filter(|(_, line)| stays(line))
                .map(|(reference, _)| reference.clone())
                .collect();
            if kept.len() == references.len() {
                return Ok(Left::All);
            }
            if kept.is_empty() {
                return Ok(Left::Nothing);
            }
            no_fixed_sum(contribution, title)?;
            Ok(Left::Parts(vec![Lines::ByHand(kept)]))
        }
        Lines::Where(chosen) => {
            let count = |filter: &Filter| filter.resolve(ledger).cells(false).line_count();
            let all = count(&both(&own, chosen));
            let out_of_it = count(&both(&goes_out, chosen));
            if out_of_it == 0 && all > 0 || all == 0 && !out.is_empty() {
                return Ok(Left::All);
            }
            if out_of_it == all {
                return Ok(Left::Nothing);
            }
            no_fixed_sum(contribution, title)?;
            if !out.text.is_empty() {
                return Err(format!(
                    "only part of \u{201c}{}\u{201d} is found by the text; clear the search first",
                    contribution.in_words()
                ));
            }
            let parts = outside(chosen, out).into_iter().filter(|part| count(&both(&own, part)) > 0);
            Ok(Left::Parts(parts.map(Lines::Where).collect()))
        }
    }
}

/// A sum a year is of all its lines together; a part of them cannot be taken out of it.
pub(super) fn no_fixed_sum(contribution: &Contribution, title: &str) -> Result<(), String> {
    match contribution.what {
        Portion::Amount(_) => Err(format!(
            "{title} is part of a fixed sum, \u{201c}{}\u{201d}; change that in the Pool view",
            contribution.in_words()
        )),
        Portion::Whole | Portion::Percent(_) => Ok(()),
    }
}

/// What passes both filters.
fn both(first: &Filter, second: &Filter) -> Filter {
    let mut filter = first.clone();
    filter.chips.extend(second.chips.iter().cloned());
    if filter.text.is_empty() {
        filter.text.clone_from(&second.text);
    }
    filter
}

/// What passes `all` and not `out`, as filters that share no line: each passes the conditions before one of `out`,
/// and not that one.
pub(super) fn outside(all: &Filter, out: &Filter) -> Vec<Filter> {
    let mut parts = Vec::new();
    let mut before = all.clone();
    // The partner is the contribution's own.
    for chip in out.chips.iter().filter(|chip| chip.dimension != Dimension::Agency) {
        let opposite = match chip.keep {
            Keep::Only => Keep::Without,
            Keep::Without => Keep::Only,
        };
        parts.push(with_chip(&before, chip.dimension, opposite, chip.names.clone()));
        before.chips.push(chip.clone());
    }
    parts
}

/// Whether new money is among what a filter lets through.
fn is_about(filter: &Filter, money: &NewMoney) -> bool {
    let purpose = money.purpose.stated();
    filter.chips.iter().all(|chip| {
        let name = match chip.dimension {
            Dimension::Agency => Some(money.partner.clone()),
            Dimension::Funder => money.funder.clone(),
            dimension => purpose.iter().find(|(known, _)| *known == dimension).map(|(_, name)| name.clone()),
        };
        let name = name.unwrap_or_else(|| Names::NOT_STATED.to_owned());
        chip.names.contains(&name) == (chip.keep == Keep::Only)
    })
}
