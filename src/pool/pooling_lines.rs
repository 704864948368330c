//! Putting lines that were picked into a pool, and taking them out again.

use std::collections::BTreeMap;

use super::pooling::no_fixed_sum;
use super::{Contribution, Lines, PoolingTerms, Portion, Scenario, ScenarioChange};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Filter, Keys, Ledger, LineId, LineReference};
use crate::words::counted_plain;

impl Scenario {
    /// The change that puts lines of the baseline into the pool, whole: each to those that its partner has picked by
    /// hand before, or as a contribution of its own; ring-fenced ones by themselves where these are to be aligned.
    ///
    /// # Errors
    /// Why there is nothing to put in.
    pub fn putting_lines_in(
        &self,
        ledger: &Ledger,
        lines: &[LineId],
        entry: PoolingTerms,
    ) -> Result<ScenarioChange, String> {
        let agencies = ledger.names(Dimension::Agency);
        let is_fenced = |line: LineId| ledger.name_id(line, Dimension::Ringfence) != NameId::NOT_STATED;
        let is_aligned = |line: LineId| entry == PoolingTerms::FencesAligned && is_fenced(line);
        let stays_out = |line: LineId| entry == PoolingTerms::FencesLeftOut && is_fenced(line);
        let mut by_partner: BTreeMap<(&str, bool), Vec<LineId>> = BTreeMap::new();
        for &line in lines {
            let id = ledger.name_id(line, Dimension::Agency);
            if id != NameId::NOT_STATED && !stays_out(line) {
                by_partner.entry((agencies.name(id), is_aligned(line))).or_default().push(line);
            }
        }
        if by_partner.is_empty() {
            return Err("no agency is stated for these lines, so nobody can put them in".to_owned());
        }
        let mut changes = Vec::new();
        for ((partner, aligned), lines) in by_partner {
            let mut references = LineReference::to_each(ledger, &lines);
            let known = self.contributions.iter().enumerate().find_map(|(index, known)| match &known.lines {
                Lines::ByHand(picked)
                    if known.partner == partner
                        && known.what == Portion::Whole
                        && (known.aligned, known.in_kind) == (aligned, false) =>
                {
                    Some((index, known, picked))
                }
                _ => None,
            });
            if let Some((index, known, picked)) = known {
                references.retain(|reference| !picked.contains(reference));
                if references.is_empty() {
                    continue;
                }
                let lines = Lines::ByHand(picked.iter().cloned().chain(references).collect());
                let changed = Contribution { lines, ..known.clone() };
                changes.push(ScenarioChange::ChangeContribution(index, changed));
            } else {
                let (partner, lines) = (partner.to_owned(), Lines::ByHand(references));
                let contribution = Contribution { partner, lines, aligned, ..Contribution::default() };
                changes.push(ScenarioChange::AddContribution(contribution));
            }
        }
        if changes.is_empty() {
            return Err(format!("these lines are in {} already", self.pool));
        }
        Ok(ScenarioChange::Several(
            format!("Put {} in the pool", counted_plain(lines.len(), "line")),
            changes,
        ))
    }

    /// The change that takes lines of the baseline out of the pool. Contributions of more lines keep the others, which
    /// are then picked by hand.
    ///
    /// # Errors
    /// Why it cannot be: none of them is in the pool, or one is part of a fixed sum.
    pub fn taking_lines_out(&self, ledger: &Ledger, lines: &[LineId]) -> Result<ScenarioChange, String> {
        let mut changes = Vec::new();
        // From the last, so that the numbers of those before stay what they are.
        for (index, contribution) in self.contributions.iter().enumerate().rev() {
            let chosen = chosen_by(contribution, ledger);
            let kept: Vec<LineId> = chosen.iter().copied().filter(|line| !lines.contains(line)).collect();
            if kept.len() == chosen.len() {
                continue;
            }
            if kept.is_empty() {
                changes.push(ScenarioChange::RemoveContribution(index));
                continue;
            }
            no_fixed_sum(contribution, &counted_plain(lines.len(), "line"))?;
            let lines = Lines::ByHand(LineReference::to_each(ledger, &kept));
            changes.push(ScenarioChange::ChangeContribution(
                index,
                Contribution { lines, ..contribution.clone() },
            ));
        }
        if changes.is_empty() {
            return Err(format!("none of these lines is in {}", self.pool));
        }
        Ok(ScenarioChange::Several(
            format!("Take {} out of the pool", counted_plain(lines.len(), "line")),
            changes,
        ))
    }
}

/// The lines that a contribution chooses, as far as they are there.
fn chosen_by(contribution: &Contribution, ledger: &Ledger) -> Vec<LineId> {
    match &contribution.lines {
        Lines::ByHand(references) => Keys::find(ledger, references).into_iter().flatten().collect(),
        Lines::Where(filter) => {
            let own = Filter::default().only(Dimension::Agency, [contribution.partner.as_str()]);
            let (own, chosen) = (own.resolve(ledger), filter.resolve(ledger));
            let all = (0..ledger.len() as u32).map(LineId);
            all.filter(|line| own.passes(*line) && chosen.passes(*line)).collect()
        }
    }
}
