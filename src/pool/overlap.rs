//! Contributions that together ask for more than there is of a line: why the later one is left out, and the ways there
//! are for both.

use std::collections::BTreeSet;

use super::pooling::outside;
use super::{Contribution, Finding, Lines, Portion, Scenario, ScenarioChange, ScenarioPart};
use crate::dimension::Dimension;
use crate::ledger::{Filter, Ledger, LineId, says};
use crate::money::{Money, Percent, Share, in_short};
use crate::words::all_of;

/// What others have left of the lines that a contribution chooses, and who they are.
pub(super) struct Overlap {
    /// The first line that does not hold what is asked of it, and the last of the contributions before that draws on it.
    line: LineId,
    other: usize,
    /// All contributions that draw on lines which do not hold what is asked of them.
    others: BTreeSet<usize>,
    /// By year: what its lines come to, £, and the least share that is left of any of them.
    left: Vec<(Money, Share)>,
}

impl Overlap {
    /// `years` are the lines of each year with what is asked of them; `claims` says who draws on a line already, and
    /// with what share. Nothing where every line holds what is asked of it.
    pub(super) fn of<'a>(
        ledger: &Ledger,
        years: impl Iterator<Item = (&'a [LineId], Share)> + Clone,
        claims: impl Fn(LineId) -> &'a [(usize, Share)],
    ) -> Option<Self> {
        // Fractions and not amounts are compared: pennies that were rounded would make 60% and 40% more than the whole.
        let is_short = |line: LineId, ratio: Share| {
            let shares = claims(line).iter().map(|(_, share)| *share);
            !claims(line).is_empty() && is_more_than_whole(shares.chain([ratio]))
        };
        let lines = years.clone().flat_map(|(lines, ratio)| lines.iter().map(move |line| (*line, ratio)));
        let mut short =
            lines.filter(|(line, ratio)| is_short(*line, *ratio)).map(|(line, _)| line).peekable();
        let line = *short.peek()?;
        let (other, _) = *claims(line).last()?;
        let others = short.flat_map(|line| claims(line).iter().map(|(other, _)| *other)).collect();
        let rest = |line: &LineId| rest_of(claims(*line).iter().map(|(_, share)| *share));
        let left = years.map(|(lines, _)| {
            let there = lines.iter().map(|line| ledger.amount(*line)).sum();
            (there, lines.iter().map(rest).min().unwrap_or(Share::WHOLE))
        });
        Some(Self { line, other, others, left: left.collect() })
    }

    /// Why the contribution of this number is left out, and what would do.
    pub(super) fn finding(&self, scenario: &Scenario, ledger: &Ledger, index: usize) -> Finding {
        let own = &scenario.contributions[index];
        let message = format!(
            "{} and contribution {} ({}) together take more than there is of \"{}\"; make one of them smaller, or let \
             them choose different lines",
            own.in_words(),
            self.other + 1,
            scenario.contributions[self.other].in_words(),
            says(ledger, self.line)
        );
        let mut finding = Finding::broken(ScenarioPart::Contribution(index), message);
        finding.choices.extend(self.what_is_left(index, own));
        finding.choices.extend(self.other_lines(scenario, ledger, index));
        finding.choices.push(self.without_the_others());
        finding
    }

    /// The contribution, as much smaller as makes it fit.
    fn what_is_left(&self, index: usize, own: &Contribution) -> Option<ScenarioChange> {
        let (what, words) = match own.what {
            Portion::Amount(_) => {
                let amount = self.left.iter().map(|(there, left)| of_share(*there, *left)).min()?;
                (Portion::Amount(amount), format!("{} a year", in_short(amount)))
            }
            Portion::Whole | Portion::Percent(_) => {
                let percent = whole_hundredths(self.left.iter().map(|(_, left)| *left).min()?);
                (Portion::Percent(percent), percent.to_string())
            }
        };
        let is_some = what != Portion::Percent(Percent::NONE) && what != Portion::Amount(Money::ZERO);
        is_some.then(|| {
            let smaller = Contribution { what, ..own.clone() };
            let label = format!("Put in {words} of them: as much as is left");
            ScenarioChange::Several(label, vec![ScenarioChange::ChangeContribution(index, smaller)])
        })
    }

    /// The contribution without the lines of the others, where both say by what they are which lines they mean.
    fn other_lines(&self, scenario: &Scenario, ledger: &Ledger, index: usize) -> Option<ScenarioChange> {
        let own = &scenario.contributions[index];
        let Lines::Where(lines) = &own.lines else { return None };
        let mut parts = vec![lines.clone()];
        for &other in &self.others {
            let Lines::Where(out) = &scenario.contributions[other].lines else { return None };
            if !out.text.is_empty() {
                return None;
            }
            parts = parts.iter().flat_map(|part| outside(part, out)).collect();
        }
        let has_lines = |part: &Filter| {
            let of_partner = part.clone().only(Dimension::Agency, [own.partner.as_str()]);
            !of_partner.resolve(ledger).cells(false).is_empty()
        };
        parts.retain(has_lines);
        // A sum is of all its lines together.
        if parts.len() > 1 && matches!(own.what, Portion::Amount(_)) {
            return None;
        }
        let mut parts =
            parts.into_iter().map(|part| Contribution { lines: Lines::Where(part), ..own.clone() });
        let mut changes = vec![ScenarioChange::ChangeContribution(index, parts.next()?)];
        changes.extend(parts.map(ScenarioChange::AddContribution));
        let label = format!("Leave out the lines of {}", self.others_in_words());
        Some(ScenarioChange::Several(label, changes))
    }

    fn without_the_others(&self) -> ScenarioChange {
        // From the last, so that the numbers of those before stay what they are.
        let changes = self.others.iter().rev().map(|other| ScenarioChange::RemoveContribution(*other));
        ScenarioChange::Several(format!("Take out {}", self.others_in_words()), changes.collect())
    }

    fn others_in_words(&self) -> String {
        let numbers: Vec<String> = self.others.iter().map(|other| (other + 1).to_string()).collect();
        let noun = if numbers.len() > 1 { "contributions" } else { "contribution" };
        format!("{noun} {}", all_of(&numbers))
    }
}

/// What is left of a whole.
fn rest_of(shares: impl Iterator<Item = Share>) -> Share {
    let mut shares = shares;
    let sum = shares.try_fold(Share::NONE, Share::checked_add).unwrap_or(Share::WHOLE).min(Share::WHOLE);
    Share::ratio(sum.denominator() - sum.numerator(), sum.denominator()).unwrap_or(Share::NONE)
}

/// In hundredths of a percent, rounded down: what is asked for is there.
fn whole_hundredths(share: Share) -> Percent {
    const HUNDREDTHS: i128 = 10_000;
    let hundredths = share.numerator().checked_mul(HUNDREDTHS).map_or(0, |of| of / share.denominator());
    let text = format!("{}.{:02}", hundredths / 100, hundredths % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    text.parse().unwrap_or(Percent::NONE)
}

/// In whole pennies, rounded down.
fn of_share(there: Money, share: Share) -> Money {
    const PENNY: i128 = 100;
    let units = there.units().checked_mul(share.numerator()).map_or(0, |of| of / share.denominator());
    Money::from_units((units / PENNY * PENNY).max(0))
}

/// Whether fractions come to more than one; exact wherever their common denominator fits.
fn is_more_than_whole(shares: impl Iterator<Item = Share> + Clone) -> bool {
    const FINE: i128 = 1_000_000_000_000;
    if let Some(sum) = shares.clone().try_fold(Share::NONE, Share::checked_add) {
        return sum > Share::WHOLE;
    }
    // To twelve decimals, each rounded down: far finer than a penny of any line.
    let rounded = |share: Share| match share.numerator().checked_mul(FINE) {
        Some(product) => product / share.denominator(),
        None => share.numerator() / (share.denominator() / FINE).max(1),
    };
    shares.map(rounded).sum::<i128>() > FINE
}
