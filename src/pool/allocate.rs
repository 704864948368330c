//! Pooled money along its allocations, year by year and to the penny: which part of which line goes where,
//! what ring-fences forbid, what is left over. What an allocation cannot have is told, never taken.

use std::collections::BTreeMap;

use super::bound::bound;
use super::check::round_in_circles;
use super::fences::Fences;
use super::take::{TakenPart, Takings, lost_names};
use super::{
    Allocated, Allocation, Arrangement, Finding, Portion, Purpose, Rest, Scenario, ScenarioChange,
    ScenarioPart,
};
use crate::dimension::{Dimension, NameId, Names};
use crate::ledger::{Filter, Ledger, LineId, SpendLine};
use crate::money::{Money, Share, portion};

/// A part of the pool as it came in: of a line, or new.
#[derive(Clone, Copy, Debug)]
pub(super) struct PooledMoney<'a> {
    pub(super) origin: PooledFrom<'a>,
    /// The year's name.
    pub(super) year: &'a str,
    pub(super) amount: Money,
    /// Money in kind and aligned money keep their purpose.
    pub(super) keeps_its_purpose: bool,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum PooledFrom<'a> {
    Line(TakenPart),
    New(&'a NewPart),
}

/// New money of one year.
#[derive(Debug)]
pub(super) struct NewPart {
    /// Which of the scenario's new money.
    pub(super) index: usize,
    year: String,
    /// As a line of its own.
    pub(super) line: SpendLine,
}

/// Where a part of the pool goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// To what it was for.
    OwnPurpose,
    /// To what an allocation says.
    Allocation(usize),
    /// Nowhere yet.
    Unallocated,
}

/// The pool's money, laid along its allocations.
#[derive(Debug)]
pub(super) struct AllocatedPool<'a> {
    pub(super) scenario: &'a Scenario,
    pub(super) ledger: &'a Ledger,
    /// What came in of lines. What is new comes behind it, in the numbers of parts.
    taken: &'a [TakenPart],
    new: Vec<NewPart>,
    /// What allocations took, by part; nobody has gone through a pool without allocations.
    moved: Vec<Money>,
    /// The pieces that allocations took: of which part, which allocation, and how much; by part once all is laid.
    pieces: Vec<(u32, u32, Money)>,
    /// One for each allocation of the scenario, in its order.
    pub(super) allocated: Vec<Allocated>,
}

/// The years that new money is for: those of the scenario, or those that contributions are of.
fn years(scenario: &Scenario, ledger: &Ledger, takings: &Takings) -> Vec<String> {
    if !scenario.years.is_empty() {
        return scenario.years.iter().map(ToString::to_string).collect();
    }
    let mut ids: Vec<NameId> =
        takings.parts.iter().map(|part| ledger.name_id(part.line, Dimension::Year)).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut years: Vec<String> =
        ids.into_iter().map(|id| ledger.names(Dimension::Year).name(id).to_owned()).collect();
    if years.is_empty() {
        years.push(Names::NOT_STATED.to_owned());
    }
    years
}

/// New money, year by year.
fn new_parts(scenario: &Scenario, ledger: &Ledger, takings: &Takings) -> Vec<NewPart> {
    let given = scenario.new_money.iter().enumerate().filter(|(_, money)| money.amount.is_positive());
    let mut parts = Vec::new();
    for (index, money) in given {
        for year in years(scenario, ledger, takings) {
            let mut line = SpendLine {
                amount: money.amount,
                year: (year != Names::NOT_STATED).then(|| year.clone()),
                funder: money.funder.clone(),
                agency: Some(money.partner.clone()),
                evidence: Some("Illustrative".to_owned()),
                description: Some(if money.note.is_empty() {
                    "New money".to_owned()
                } else {
                    money.note.clone()
                }),
                ..SpendLine::default()
            };
            for (dimension, name) in money.purpose.stated() {
                line.set(dimension, Some(name));
            }
            parts.push(NewPart { index, year, line });
        }
    }
    parts
}

/// Lays the pool along its allocations; one that cannot be followed is left out, with a finding.
pub(super) fn allocate<'a>(
    scenario: &'a Scenario,
    ledger: &'a Ledger,
    takings: &'a Takings,
    findings: &mut Vec<Finding>,
) -> AllocatedPool<'a> {
    let new = new_parts(scenario, ledger, takings);
    let parts = takings.parts.len() + new.len();
    let mut layout = AllocatedPool {
        scenario,
        ledger,
        taken: &takings.parts,
        new,
        moved: vec![Money::ZERO; if scenario.allocations.is_empty() { 0 } else { parts }],
        pieces: Vec::new(),
        allocated: Vec::new(),
    };
    // Found for all allocations at once, before any of them takes money: which of a circle is at fault is for
    // people to say.
    let circles = round_in_circles(&scenario.allocations);
    let fences = Fences::new(scenario, ledger);
    for (index, allocation) in scenario.allocations.iter().enumerate() {
        layout.allocated.push(Allocated::default());
        let part = ScenarioPart::Allocation(index);
        if allocation.what.is_no_portion().is_some() {
            continue;
        }
        if scenario.arrangement == Arrangement::Separate {
            let message = format!(
                "{}: the arrangement is Separate, where every partner spends its own money as today; take the \
                 allocation out, or choose another arrangement",
                allocation.in_words()
            );
            let mut finding = Finding::broken(part, message);
            finding.choices.push(ScenarioChange::SetArrangement(Arrangement::Shadow));
            findings.push(finding);
            continue;
        }
        if allocation.to == Purpose::default() {
            let message =
                "it does not say what the money goes to; name a theme, a service, an area, a stage or a year";
            findings.push(Finding::broken(part, message));
            continue;
        }
        if let Some(other) = circles.get(&index) {
            let message = format!(
                "{} and allocation {} ({}) send the same money round in a circle; take one of them out",
                allocation.in_words(),
                other + 1,
                scenario.allocations[*other].in_words()
            );
            let mut finding = Finding::broken(part, message);
            finding.choices.extend(ScenarioPart::Allocation(*other).taken_out(scenario));
            findings.push(finding);
            continue;
        }
        layout.follow(index, allocation, &fences, findings);
    }
    // Those of one part stay in the order of the allocations.
    layout.pieces.sort_by_key(|(place, ..)| *place);
    layout
}

/// What an allocation asks for of one year's money.
pub(super) struct AskedOfYear {
    pub(super) asked: Money,
    /// What the money that it chooses from comes to.
    meant: Money,
    /// The parts that may go where it would have them, and what they come to; and those that may not.
    pub(super) there: Money,
    pub(super) free: Vec<usize>,
    pub(super) bound: Vec<usize>,
}

impl AskedOfYear {
    /// What is bound may stay where it is as long as the free money does for what is asked.
    pub(super) fn is_short(&self) -> bool {
        !self.bound.is_empty() && self.asked > self.there
    }
}

impl AllocatedPool<'_> {
    /// How many parts there are.
    pub(super) fn len(&self) -> usize {
        self.taken.len() + self.new.len()
    }

    pub(super) fn part(&self, place: usize) -> PooledMoney<'_> {
        if let Some(taken) = self.taken.get(place) {
            return PooledMoney {
                origin: PooledFrom::Line(*taken),
                year: self.ledger.line(taken.line).name(Dimension::Year),
                amount: taken.amount(),
                keeps_its_purpose: self.scenario.contributions[taken.contribution()].keeps_its_purpose(),
            };
        }
        let new = &self.new[place - self.taken.len()];
        PooledMoney {
            origin: PooledFrom::New(new),
            year: &new.year,
            amount: new.line.amount,
            keeps_its_purpose: false,
        }
    }

    pub(super) fn parts(&self) -> impl Iterator<Item = PooledMoney<'_>> {
        (0..self.len()).map(|place| self.part(place))
    }

    /// What was taken of lines, in the order of the parts.
    pub(super) fn taken(&self) -> &[TakenPart] {
        self.taken
    }

    /// The new money, with which part it is.
    pub(super) fn new_parts(&self) -> impl Iterator<Item = (usize, &NewPart)> {
        (self.taken.len()..).zip(&self.new)
    }

    /// What no allocation has taken of a part.
    fn left(&self, place: usize) -> Money {
        let moved = self.moved.get(place).copied().unwrap_or_default();
        self.part(place).amount - moved
    }

    /// The pieces of a part: where they go, and how much. What no allocation took is the last.
    pub(super) fn pieces(&self, place: usize) -> impl Iterator<Item = (Destination, Money)> {
        let first = self.pieces.partition_point(|(part, ..)| (*part as usize) < place);
        let own = self.pieces[first..].iter().take_while(move |(part, ..)| *part as usize == place);
        let taken =
            own.map(|(_, allocation, amount)| (Destination::Allocation(*allocation as usize), *amount));
        let left = self.left(place);
        let rest = (!left.is_zero()).then(|| (self.destination_of_the_rest(place), left));
        taken.chain(rest)
    }

    /// The years that pooled money is of.
    pub(super) fn years(&self) -> Vec<NameId> {
        let of_lines = self.taken.iter().map(|taken| self.ledger.name_id(taken.line, Dimension::Year));
        let new = self.new.iter().filter_map(|new| self.ledger.names(Dimension::Year).id(&new.year));
        // They are few, and mostly the last one again.
        let mut years: Vec<NameId> = Vec::new();
        for year in of_lines.chain(new) {
            if years.last() != Some(&year) && !years.contains(&year) {
                years.push(year);
            }
        }
        years.sort_unstable();
        years
    }

    /// Takes what an allocation asks for, in each year.
    fn follow(
        &mut self,
        index: usize,
        allocation: &Allocation,
        fences: &Fences<'_>,
        findings: &mut Vec<Finding>,
    ) {
        let part = ScenarioPart::Allocation(index);
        self.lost_names(part, &allocation.from, findings);
        let matcher = allocation.from.resolve(self.ledger);
        // Each year by itself: money of one year cannot pay for another, and an amount is meant a year.
        let mut by_year: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, pool_part) in self.parts().enumerate() {
            let is_meant = match &pool_part.origin {
                PooledFrom::Line(taken) => matcher.passes(taken.line),
                PooledFrom::New(new) => allocation.from.passes_line(&new.line),
            };
            if is_meant {
                by_year.entry(pool_part.year).or_default().push(place);
            }
        }
        if by_year.is_empty() {
            let message = format!("{}: the pool holds no such money", allocation.in_words());
            return findings.push(Finding::broken(part, message));
        }
        // First all years are worked out, then all are taken: an allocation that fails in one year takes
        // nothing in any.
        let years: Vec<_> =
            by_year.into_values().map(|places| self.asked(places, allocation, fences)).collect();
        if years.iter().any(AskedOfYear::is_short) {
            return findings.push(bound(self, index, fences, &years));
        }
        let shares: Vec<YearShare> = years.into_iter().map(|year| self.share(year)).collect();
        for share in shares {
            let allocated = &mut self.allocated[index];
            allocated.asked += share.asked;
            allocated.of += share.of;
            allocated.years += 1;
            let lacks = share.asked - share.taken.iter().map(|(_, amount)| *amount).sum();
            allocated.lacks += lacks.max(Money::ZERO);
            allocated.lacks_credits += lacks.min(Money::ZERO);
            for (place, amount) in share.taken {
                self.moved[place] += amount;
                self.allocated[index].amount += amount;
                if !amount.is_zero() {
                    self.pieces.push((place as u32, index as u32, amount));
                }
            }
        }
    }

    /// What an allocation asks for of the parts of one year, and which of them may go there.
    fn asked(&self, places: Vec<usize>, allocation: &Allocation, fences: &Fences<'_>) -> AskedOfYear {
        let meant = self.sum(&places);
        // Money that keeps its purpose is no part of a whole that is moved, unless there is no other.
        let movable: Vec<usize> =
            places.iter().copied().filter(|place| !self.part(*place).keeps_its_purpose).collect();
        let asked = match allocation.what {
            Portion::Whole if !movable.is_empty() => self.sum(&movable),
            Portion::Whole => meant,
            Portion::Percent(percent) => meant.times(percent),
            Portion::Amount(amount) => amount,
        };
        let (free, bound): (Vec<usize>, Vec<usize>) = places.into_iter().partition(|place| {
            let part = self.part(*place);
            !part.keeps_its_purpose && fences.allow(&part, &allocation.to)
        });
        AskedOfYear { asked, meant, there: self.sum(&free), free, bound }
    }

    pub(super) fn sum(&self, places: &[usize]) -> Money {
        places.iter().map(|place| self.part(*place).amount).sum()
    }

    /// What an allocation takes of the parts of one year.
    fn share(&self, year: AskedOfYear) -> YearShare {
        let AskedOfYear { asked, meant, there, free, .. } = year;
        // In proportion to what came in and within what is left, so that the order of allocations decides who
        // goes short and never what anybody's share is.
        let amounts: Vec<Money> = free.iter().map(|place| self.part(*place).amount).collect();
        let left: Vec<Money> = free.iter().map(|place| self.left(*place)).collect();
        let available: Money = left.iter().copied().sum();
        // Credits are moved as credits: towards nothing, and never beyond.
        let taken = if asked.is_negative() {
            asked.max(available.min(Money::ZERO))
        } else {
            asked.min(available.max(Money::ZERO))
        };
        let ratio =
            Share::of(asked, there).map_or(Share::NONE, |ratio| ratio.min(Share::WHOLE).max(Share::NONE));
        let parts = portion(&amounts, &left, ratio, taken);
        YearShare { asked, of: meant, taken: free.into_iter().zip(parts).collect() }
    }

    /// What no allocation took keeps its purpose or waits.
    fn destination_of_the_rest(&self, place: usize) -> Destination {
        let part = self.part(place);
        let rest = self.scenario.rest;
        // Ring-fenced money cannot wait: its condition says what it is spent on.
        let waits = match part.origin {
            PooledFrom::Line(taken) => {
                rest == Rest::Unallocated
                    && !part.keeps_its_purpose
                    && self.ledger.name_id(taken.line, Dimension::Ringfence) == NameId::NOT_STATED
            }
            PooledFrom::New(NewPart { line, .. }) => {
                rest == Rest::Unallocated || line.theme.is_none() && line.service.is_none()
            }
        };
        if waits { Destination::Unallocated } else { Destination::OwnPurpose }
    }

    /// Findings for names that neither a line nor new money has.
    fn lost_names(&self, part: ScenarioPart, filter: &Filter, findings: &mut Vec<Finding>) {
        let is_new = |dimension: Dimension, name: &str| {
            self.new.iter().any(|new| new.line.get(dimension) == Some(name))
        };
        let mut filter = filter.clone();
        for chip in &mut filter.chips {
            let dimension = chip.dimension;
            chip.names.retain(|name| !is_new(dimension, name));
        }
        filter.chips.retain(|chip| !chip.names.is_empty());
        lost_names(part, &filter, self.ledger, findings);
    }
}

/// What one allocation asks for and takes in one year.
struct YearShare {
    asked: Money,
    of: Money,
    taken: Vec<(usize, Money)>,
}

impl PooledMoney<'_> {
    /// The line it was taken from, if it was.
    pub(super) fn line(&self) -> Option<LineId> {
        match &self.origin {
            PooledFrom::Line(taken) => Some(taken.line),
            PooledFrom::New(_) => None,
        }
    }

    /// Who put it in.
    pub(super) fn partner<'a>(&self, scenario: &'a Scenario) -> &'a str {
        match &self.origin {
            PooledFrom::Line(taken) => &scenario.contributions[taken.contribution()].partner,
            PooledFrom::New(new) => &scenario.new_money[new.index].partner,
        }
    }
}
