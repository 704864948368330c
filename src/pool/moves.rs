//! What money leaves and what it goes to, from one ledger of a place to another: paired line by line, as the allocations
//! of a scenario have it. What no line pairs is said to be unpaired, and never guessed.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::Difference;
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Filter, Ledger, LineId, Matcher};
use crate::money::Money;

/// A ledger that a scenario has made of a baseline, or the baseline itself: which line each that was added is a part of.
#[derive(Clone, Copy, Debug)]
pub struct TracedLedger<'a> {
    pub ledger: &'a Ledger,
    /// One for each line behind those of the baseline: the line it is a part of; none for new money.
    pub added: &'a [Option<LineId>],
}

/// Where money was that is spent otherwise now, or where it has gone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MoveEnd {
    /// One name for each dimension of [`Moves::by`].
    Named(Vec<String>),
    /// In no line of the baseline.
    NewMoney,
    /// What the filter does not let through.
    LeftOut,
    /// Several things have less of a line and several have more: nobody says which went where.
    NotPaired,
}

/// Money that has left one thing for another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MovedAmount {
    pub from: MoveEnd,
    pub to: MoveEnd,
    /// More than nothing, £.
    pub amount: Money,
}

/// All that moves between two ledgers of a place: of each name, what comes less what goes is what it has more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moves {
    pub by: Vec<Dimension>,
    /// The largest first, ties by name.
    pub rows: Vec<MovedAmount>,
}

impl Moves {
    /// What moves from one ledger to another of the same baseline.
    pub fn between(
        before: TracedLedger<'_>,
        after: TracedLedger<'_>,
        filter: &Filter,
        by: &[Dimension],
    ) -> Self {
        let lines = before.baseline();
        if lines != after.baseline() {
            return Self::unpaired(&Difference::between(before.ledger, after.ledger, filter, by));
        }
        let mut ends = EndNumbers::default();
        let mut sides = [MovedSide::new(before, filter, by), MovedSide::new(after, filter, by)];
        let parts = [parts_of(before), parts_of(after)];
        let mut moved = BTreeMap::new();
        let mut changes: Vec<(usize, Money)> = Vec::new();
        // New money is of no line, so that all of it stands behind the lines.
        for line in (0..lines).map(|line| Some(LineId(line))).chain([None]) {
            let own: [&[LineId]; 2] =
                [0, 1].map(|side: usize| parts[side].get(&line).map_or(&[][..], Vec::as_slice));
            changes.clear();
            for (side, sign) in [(0, -1), (1, 1)] {
                for part in line.iter().chain(own[side]) {
                    let amount = sides[side].traced.ledger.amount(*part);
                    let end = sides[side].end(*part, &mut ends);
                    let change = if sign < 0 { -amount } else { amount };
                    match changes.iter_mut().find(|(known, _)| *known == end) {
                        Some((_, sum)) => *sum += change,
                        None => changes.push((end, change)),
                    }
                }
            }
            if line.is_none() {
                let sum: Money = changes.iter().map(|(_, change)| *change).sum();
                changes.push((EndNumbers::NEW_MONEY, -sum));
            }
            changes.retain(|(_, change)| !change.is_zero());
            pair(&changes, &mut moved);
        }
        Self::of(by, &ends, moved)
    }

    /// What changes, where nothing is known of the lines: nothing is paired.
    pub fn unpaired(changes: &Difference) -> Self {
        let row = |row: &super::ChangedAmount| {
            let (named, change) = (MoveEnd::Named(row.names.clone()), row.change());
            let (from, to) =
                if change.is_negative() { (named, MoveEnd::NotPaired) } else { (MoveEnd::NotPaired, named) };
            MovedAmount { from, to, amount: change.abs() }
        };
        Self { by: changes.by.clone(), rows: changes.rows.iter().map(row).collect() }
    }

    fn of(by: &[Dimension], ends: &EndNumbers, mut moved: BTreeMap<(usize, usize), Money>) -> Self {
        // What goes to and fro between two stays where it is.
        let pairs: Vec<(usize, usize)> = moved.keys().copied().filter(|(from, to)| from < to).collect();
        for (from, to) in pairs.into_iter().filter(|(from, to)| !is_unknown(*from) && !is_unknown(*to)) {
            let back = moved.get(&(to, from)).copied().unwrap_or_default().min(moved[&(from, to)]);
            for way in [(from, to), (to, from)] {
                moved.entry(way).and_modify(|sum| *sum -= back);
            }
        }
        let mut rows: Vec<MovedAmount> = moved
            .into_iter()
            .filter(|(_, amount)| !amount.is_zero())
            .map(|((from, to), amount)| MovedAmount { from: ends.end(from), to: ends.end(to), amount })
            .collect();
        rows.sort_by(|a, b| {
            b.amount.cmp(&a.amount).then_with(|| a.from.cmp(&b.from)).then_with(|| a.to.cmp(&b.to))
        });
        Self { by: by.to_vec(), rows }
    }
}

/// Not paired is no place that money could come back from.
const fn is_unknown(end: usize) -> bool {
    end == EndNumbers::NOT_PAIRED
}

/// What has less of a line and what has more of it, one beside the other; where several have less and several more
/// nobody says which went where.
fn pair(changes: &[(usize, Money)], moved: &mut BTreeMap<(usize, usize), Money>) {
    let (less, more): (Vec<_>, Vec<_>) =
        changes.iter().copied().partition(|(_, change)| change.is_negative());
    let mut add = |from: usize, to: usize, amount: Money| *moved.entry((from, to)).or_default() += amount;
    match (&less[..], &more[..]) {
        ([(from, _)], _) => {
            for &(to, amount) in &more {
                add(*from, to, amount);
            }
        }
        (_, [(to, _)]) => {
            for &(from, amount) in &less {
                add(from, *to, amount.abs());
            }
        }
        _ => {
            for &(from, amount) in &less {
                add(from, EndNumbers::NOT_PAIRED, amount.abs());
            }
            for &(to, amount) in &more {
                add(EndNumbers::NOT_PAIRED, to, amount);
            }
        }
    }
}

impl TracedLedger<'_> {
    /// How many lines the baseline has.
    fn baseline(&self) -> u32 {
        (self.ledger.len() - self.added.len().min(self.ledger.len())) as u32
    }
}

/// The lines that are parts of another, by that one.
fn parts_of(traced: TracedLedger<'_>) -> BTreeMap<Option<LineId>, Vec<LineId>> {
    let mut parts: BTreeMap<Option<LineId>, Vec<LineId>> = BTreeMap::new();
    for (line, of) in (traced.baseline()..).zip(traced.added) {
        parts.entry(*of).or_default().push(LineId(line));
    }
    parts
}

/// The ends by number, the same for both ledgers.
#[derive(Default)]
struct EndNumbers {
    names: Vec<Vec<String>>,
    numbers: BTreeMap<Vec<String>, usize>,
}

impl EndNumbers {
    const LEFT_OUT: usize = 0;
    const NEW_MONEY: usize = 1;
    const NOT_PAIRED: usize = 2;
    /// Those that have names come behind.
    const NAMED: usize = 3;

    fn number(&mut self, names: Vec<String>) -> usize {
        let next = Self::NAMED + self.names.len();
        *self.numbers.entry(names).or_insert_with_key(|names| {
            self.names.push(names.clone());
            next
        })
    }

    fn end(&self, number: usize) -> MoveEnd {
        match number {
            Self::LEFT_OUT => MoveEnd::LeftOut,
            Self::NEW_MONEY => MoveEnd::NewMoney,
            Self::NOT_PAIRED => MoveEnd::NotPaired,
            named => MoveEnd::Named(self.names[named - Self::NAMED].clone()),
        }
    }
}

/// One of the two ledgers: what its lines are for.
struct MovedSide<'a> {
    traced: TracedLedger<'a>,
    matcher: Matcher<'a>,
    by: &'a [Dimension],
    /// Names are compared once for each combination, not for each of a million lines.
    known: FxHashMap<Vec<NameId>, usize>,
}

impl<'a> MovedSide<'a> {
    fn new(traced: TracedLedger<'a>, filter: &Filter, by: &'a [Dimension]) -> Self {
        Self { traced, matcher: filter.resolve(traced.ledger), by, known: FxHashMap::default() }
    }

    fn end(&mut self, line: LineId, ends: &mut EndNumbers) -> usize {
        if !self.matcher.passes(line) {
            return EndNumbers::LEFT_OUT;
        }
        let ledger = self.traced.ledger;
        let ids: Vec<NameId> = self.by.iter().map(|dimension| ledger.name_id(line, *dimension)).collect();
        if let Some(known) = self.known.get(&ids) {
            return *known;
        }
        let name = |(dimension, id): (&Dimension, &NameId)| ledger.names(*dimension).name(*id).to_owned();
        let number = ends.number(self.by.iter().zip(&ids).map(name).collect());
        self.known.insert(ids, number);
        number
    }
}
