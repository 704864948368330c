//! What contributions take out of the lines of a ledger: line by line, year by year, to the penny, and never
//! more than there is of a line.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::overlap::Overlap;
use super::{
    Contribution, Finding, FindingSeverity, Lines, NewMoney, Portion, Scenario, ScenarioChange, ScenarioPart,
};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Filter, Keep, Ledger, LineId};
use crate::ledger::{Keys, says};
use crate::money::{Money, Share, in_full, portion};

/// What contributions take out of the lines of a ledger.
#[derive(Debug, Default)]
pub(super) struct Takings {
    /// By contribution, then by year and line.
    pub(super) parts: Vec<TakenPart>,
    /// What the lines that each contribution chooses come to, £, and how many years they are of.
    pub(super) of: Vec<(Money, usize)>,
    pub(super) drawn: Drawn,
    claims: Claims,
}

/// The part of one line that one contribution takes.
#[derive(Clone, Copy, Debug)]
pub(super) struct TakenPart {
    /// Ten-thousandths of a pound, with the sign of its line, into whose amount it fits.
    units: i64,
    pub(super) line: LineId,
    contribution: u32,
}

// A pool may be of ten million lines.
const _: () = assert!(size_of::<TakenPart>() == 16);

impl TakenPart {
    /// £, with the sign of its line.
    pub(super) fn amount(&self) -> Money {
        Money::from_units(i128::from(self.units))
    }

    pub(super) fn set_amount(&mut self, amount: Money) {
        self.units = units(amount);
    }

    /// Which of the scenario's contributions takes it.
    pub(super) fn contribution(&self) -> usize {
        self.contribution as usize
    }
}

fn units(amount: Money) -> i64 {
    i64::try_from(amount.units()).expect("a part of a line fits where the line did")
}

/// What was taken of each line, in all.
#[derive(Clone, Debug, Default)]
pub(super) struct Drawn {
    /// By line, in ten-thousandths of a pound.
    units: Vec<i64>,
}

impl Drawn {
    /// What is left of a line.
    pub(super) fn left(&self, ledger: &Ledger, line: LineId) -> Money {
        ledger.amount(line) - Money::from_units(i128::from(self.units[line.index()]))
    }

    pub(super) fn draw(&mut self, line: LineId, amount: Money) {
        self.units[line.index()] += units(amount);
    }
}

/// Which contributions draw on each line, and with what share. Most lines have the same: each set of claims is kept
/// once, and for each line which it is.
#[derive(Debug, Default)]
struct Claims {
    /// By line.
    of: Vec<u32>,
    /// The first is of nobody.
    sets: Vec<Vec<(usize, Share)>>,
}

impl Claims {
    fn of_line(&self, line: LineId) -> &[(usize, Share)] {
        &self.sets[self.of[line.index()] as usize]
    }

    fn add(&mut self, lines: &[LineId], contribution: usize, share: Share) {
        // By what the set was, what it is with this claim.
        let mut with: FxHashMap<u32, u32> = FxHashMap::default();
        for line in lines {
            let set = &mut self.of[line.index()];
            *set = *with.entry(*set).or_insert_with(|| {
                let mut more = self.sets[*set as usize].clone();
                more.push((contribution, share));
                self.sets.push(more);
                self.sets.len() as u32 - 1
            });
        }
    }
}

/// Takes what every contribution says out of its lines; one that cannot be taken is left out, with a finding.
pub(super) fn take(scenario: &Scenario, ledger: &Ledger, findings: &mut Vec<Finding>) -> Takings {
    let chooser = Chooser::new(scenario, ledger, findings);
    let mut takings = Takings {
        drawn: Drawn { units: vec![0; ledger.len()] },
        claims: Claims { of: vec![0; ledger.len()], sets: vec![Vec::new()] },
        ..Takings::default()
    };
    for (index, contribution) in scenario.contributions.iter().enumerate() {
        // Lines that are gone are told about; those that are there are taken all the same.
        let lines = chooser.lines_of(index, contribution, findings);
        let years: BTreeSet<NameId> =
            lines.iter().map(|line| ledger.name_id(*line, Dimension::Year)).collect();
        takings.of.push((lines.iter().map(|line| ledger.amount(*line)).sum(), years.len()));
        if contribution.what.is_no_portion().is_some() {
            continue;
        }
        if let Err(finding) = takings.take_one(scenario, ledger, index, lines) {
            findings.push(*finding);
        }
    }
    takings
}

/// Finds the lines of contributions.
struct Chooser<'a> {
    ledger: &'a Ledger,
    by_agency: FxHashMap<NameId, Vec<LineId>>,
    /// The years of the scenario; none is all.
    years: Option<Vec<NameId>>,
    /// By contribution, the lines picked by hand, where they are found.
    by_hand: FxHashMap<usize, Vec<Option<LineId>>>,
}

impl<'a> Chooser<'a> {
    fn new(scenario: &Scenario, ledger: &'a Ledger, findings: &mut Vec<Finding>) -> Self {
        // Once for all contributions: a scenario of twenty partners would go through a million lines twenty
        // times. Counted first: a list that grows has up to twice the room that it needs, and half as much while it is
        // moved.
        let is_drawn_on = |line: &LineId| !ledger.amount(*line).is_zero();
        let all = || (0..ledger.len() as u32).map(LineId).filter(is_drawn_on);
        let mut counts: FxHashMap<NameId, usize> = FxHashMap::default();
        for line in all() {
            *counts.entry(ledger.name_id(line, Dimension::Agency)).or_default() += 1;
        }
        let mut by_agency: FxHashMap<NameId, Vec<LineId>> = FxHashMap::default();
        let agencies = ledger.names(Dimension::Agency);
        for contribution in &scenario.contributions {
            if let Some(id) = agencies.id(&contribution.partner) {
                let count = counts.get(&id).copied().unwrap_or_default();
                by_agency.entry(id).or_insert_with(|| Vec::with_capacity(count));
            }
        }
        for line in all() {
            if let Some(lines) = by_agency.get_mut(&ledger.name_id(line, Dimension::Agency)) {
                lines.push(line);
            }
        }
        let mut years = Vec::new();
        for year in &scenario.years {
            let name = year.to_string();
            if let Some(id) = ledger.names(Dimension::Year).id(&name) {
                years.push(id);
            } else {
                findings.push(Finding::lost_name(ScenarioPart::Years, ledger, Dimension::Year, &name));
            }
        }
        let picked =
            scenario.contributions.iter().enumerate().filter_map(|(index, contribution)| match &contribution
                .lines
            {
                Lines::ByHand(references) => Some((index, Keys::find(ledger, references))),
                Lines::Where(_) => None,
            });
        Self {
            ledger,
            by_agency,
            years: (!scenario.years.is_empty()).then_some(years),
            by_hand: picked.collect(),
        }
    }

    fn lines_of(
        &self,
        index: usize,
        contribution: &Contribution,
        findings: &mut Vec<Finding>,
    ) -> Vec<LineId> {
        let (part, ledger) = (ScenarioPart::Contribution(index), self.ledger);
        let partner = ledger.names(Dimension::Agency).id(&contribution.partner);
        let Some(partner) = partner.filter(|id| *id != NameId::NOT_STATED) else {
            findings.push(Finding::lost_name(part, ledger, Dimension::Agency, &contribution.partner));
            return Vec::new();
        };
        let before = findings.len();
        let mut lines = match &contribution.lines {
            Lines::Where(filter) => {
                lost_names(part, filter, ledger, findings);
                let matcher = filter.resolve(ledger);
                let own = self.by_agency.get(&partner).map(Vec::as_slice).unwrap_or_default();
                let passing = || own.iter().copied().filter(|line| matcher.passes(*line));
                let mut lines = Vec::with_capacity(passing().count());
                lines.extend(passing());
                lines
            }
            Lines::ByHand(references) => {
                let mut lines = Vec::new();
                for (reference, found) in references.iter().zip(&self.by_hand[&index]) {
                    match found {
                        Some(line) if ledger.name_id(*line, Dimension::Agency) == partner => lines.push(*line),
                        Some(line) => findings.push(Finding::broken(
                            part,
                            format!(
                                "the line \"{}\" is not a line of {}; put it into a contribution of its own partner",
                                says(ledger, *line),
                                contribution.partner
                            ),
                        )),
                        None => findings.push(Finding::lost_line(part, ledger, reference)),
                    }
                }
                lines.sort_unstable();
                lines.dedup();
                lines
            }
        };
        if let Some(years) = &self.years {
            lines.retain(|line| years.contains(&ledger.name_id(*line, Dimension::Year)));
        }
        // Where no year of the scenario is there, that is the reason, and it is told once.
        let no_year_is_there = self.years.as_ref().is_some_and(Vec::is_empty);
        if lines.is_empty() && findings.len() == before && !no_year_is_there {
            let why = format!("{} chooses no lines; widen it, or take it out", contribution.in_words());
            findings.push(Finding::broken(part, why));
        }
        lines
    }
}

/// A finding for each name that a filter asks for and the ledger does not have. Where others of the same condition
/// are there, it is a warning, since those are still found.
pub(super) fn lost_names(part: ScenarioPart, filter: &Filter, ledger: &Ledger, findings: &mut Vec<Finding>) {
    for chip in filter.chips.iter().filter(|chip| chip.keep == Keep::Only) {
        let names = ledger.names(chip.dimension);
        let is_lost = |name: &&String| names.id(name).is_none();
        let all_lost = chip.names.iter().filter(is_lost).count() == chip.names.len();
        for name in chip.names.iter().filter(is_lost) {
            let mut finding = Finding::lost_name(part, ledger, chip.dimension, name);
            if !all_lost {
                finding.severity = FindingSeverity::Warning;
            }
            findings.push(finding);
        }
    }
}

impl Takings {
    /// Nothing more is taken: what tells how much is left of each line goes, which ten million lines feel.
    pub(super) fn close(&mut self) {
        (self.drawn, self.claims) = (Drawn::default(), Claims::default());
    }

    /// Takes one contribution, or nothing of it.
    fn take_one(
        &mut self,
        scenario: &Scenario,
        ledger: &Ledger,
        index: usize,
        lines: Vec<LineId>,
    ) -> Result<(), Box<Finding>> {
        let count = lines.len();
        let by_year = by_year(ledger, lines);
        let contribution = &scenario.contributions[index];
        let wanted: Vec<(Share, Money)> = by_year
            .iter()
            .map(|(year, lines)| wanted(contribution, ledger, *year, lines))
            .collect::<Result<_, String>>()
            .map_err(|why| Box::new(beyond_its_lines(contribution, index, ledger, &by_year, why)))?;
        // All years are claimed before any is taken, so that one that cannot be had leaves nothing half
        // taken.
        let claimed = by_year.values().zip(&wanted).map(|(lines, (ratio, _))| (lines.as_slice(), *ratio));
        if let Some(overlap) = Overlap::of(ledger, claimed, |line| self.claims.of_line(line)) {
            return Err(Box::new(overlap.finding(scenario, ledger, index)));
        }
        for (lines, (ratio, _)) in by_year.values().zip(&wanted) {
            self.claims.add(lines, index, *ratio);
        }
        self.parts.reserve_exact(count);
        for (lines, (ratio, wanted)) in by_year.into_values().zip(wanted) {
            // Nobody else draws on a line that is claimed whole.
            if ratio == Share::WHOLE {
                for line in lines {
                    self.draw(index, line, ledger.amount(line));
                }
                continue;
            }
            let amounts: Vec<Money> = lines.iter().map(|line| ledger.amount(*line)).collect();
            let left: Vec<Money> = lines.iter().map(|line| self.drawn.left(ledger, *line)).collect();
            for (line, part) in lines.into_iter().zip(portion(&amounts, &left, ratio, wanted)) {
                self.draw(index, line, part);
            }
        }
        Ok(())
    }

    fn draw(&mut self, contribution: usize, line: LineId, amount: Money) {
        self.drawn.draw(line, amount);
        if !amount.is_zero() {
            self.parts.push(TakenPart { units: units(amount), line, contribution: contribution as u32 });
        }
    }
}

/// The lines of each year, in their order. Those of one year alone are not copied.
fn by_year(ledger: &Ledger, lines: Vec<LineId>) -> BTreeMap<NameId, Vec<LineId>> {
    let year = |line: &LineId| ledger.name_id(*line, Dimension::Year);
    let mut counts: BTreeMap<NameId, usize> = BTreeMap::new();
    for line in &lines {
        *counts.entry(year(line)).or_default() += 1;
    }
    if let (1, Some((only, _))) = (counts.len(), counts.first_key_value()) {
        return [(*only, lines)].into();
    }
    let mut by_year: BTreeMap<NameId, Vec<LineId>> =
        counts.into_iter().map(|(year, count)| (year, Vec::with_capacity(count))).collect();
    for line in lines {
        by_year.entry(year(&line)).or_default().push(line);
    }
    by_year
}

/// More is asked for than the lines of a contribution hold: why, and what would do.
fn beyond_its_lines(
    contribution: &Contribution,
    index: usize,
    ledger: &Ledger,
    by_year: &BTreeMap<NameId, Vec<LineId>>,
    why: String,
) -> Finding {
    let mut finding = Finding::broken(ScenarioPart::Contribution(index), why);
    let whole = Contribution { what: Portion::Whole, ..contribution.clone() };
    let whole = ScenarioChange::ChangeContribution(index, whole);
    // What is beyond the lines can be put in as new money, which is meant a year.
    if let (Portion::Amount(amount), 1) = (contribution.what, by_year.len()) {
        let there: Money = by_year.values().flatten().map(|line| ledger.amount(*line)).sum();
        let money = NewMoney {
            partner: contribution.partner.clone(),
            amount: amount - there,
            commitment: contribution.commitment,
            ..NewMoney::default()
        };
        let label = format!("Put in all of it, and {} of new money", in_full(money.amount));
        let changes = vec![whole.clone(), ScenarioChange::AddNewMoney(money)];
        finding.choices.push(ScenarioChange::Several(label, changes));
    }
    finding.choices.push(ScenarioChange::Several("Put in all of it".to_owned(), vec![whole]));
    finding
}

/// What share of some lines of one year a contribution takes, and how much that is.
fn wanted(
    contribution: &Contribution,
    ledger: &Ledger,
    year: NameId,
    lines: &[LineId],
) -> Result<(Share, Money), String> {
    let there: Money = lines.iter().map(|line| ledger.amount(*line)).sum();
    match contribution.what {
        Portion::Whole => Ok((Share::WHOLE, there)),
        Portion::Percent(percent) => Ok((percent.share(), there.times(percent))),
        Portion::Amount(amount) if amount > there => {
            let year = match year {
                NameId::NOT_STATED => String::new(),
                year => format!(" in {}", ledger.names(Dimension::Year).name(year)),
            };
            Err(format!(
                "{} asks for {}, and its lines hold {}{year}; nobody can put in more than there is",
                contribution.in_words(),
                in_full(amount),
                in_full(there)
            ))
        }
        Portion::Amount(amount) => Ok((Share::of(amount, there).unwrap_or(Share::NONE), amount)),
    }
}
