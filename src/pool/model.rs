//! A scenario worked out against a ledger: the ledger the place would have, the pool's balance, what
//! everybody puts in and gets back, and what cannot be followed. A pure function; nothing is shown or saved.

use std::sync::Arc;

use super::allocate::{AllocatedPool, Destination, allocate};
use super::check::check;
use super::net_position::positions;
use super::net_range::net_deviations;
use super::over::over_allocated;
use super::responsible::{gets_back, only_name};
use super::split::split;
use super::take::{TakenPart, take};
use super::way_on::give_ways_on;
use super::{Allocation, Commitment, Finding, FindingSeverity, NetPosition, Purpose, Scenario, ScenarioPart};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{AmountRange, Filter, Ledger, LineId, Revision, Totals};
use crate::money::{Money, Share, in_full};

/// A scenario worked out: the ledger that a place would have, and where that leaves every partner.
#[derive(Clone, Debug, Default)]
pub struct Model {
    /// The baseline with the contributed part of each line marked with its pool and laid along the allocations.
    pub ledger: Arc<Ledger>,
    /// One for each line of it behind those of the baseline: the line it is a part of; none for new money.
    pub added: Arc<Vec<Option<LineId>>>,
    pub balance: Balance,
    /// By what they put in, largest first; "Not stated" last.
    pub positions: Vec<NetPosition>,
    /// What the pool lies between, where some of its lines have a low and a high.
    pub range: Option<AmountRange>,
    /// One for each contribution of the scenario, in its order.
    pub contributed: Vec<Contributed>,
    /// One for each allocation of the scenario, in its order.
    pub allocated: Vec<Allocated>,
    /// What cannot be as the scenario says, and what should be known.
    pub findings: Vec<Finding>,
}

/// What is in a pool, £: what comes in is allocated or unallocated, to the penny.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Balance {
    pub into_pool: Money,
    /// Of that, declared as new: by so much the modelled ledger is more than the baseline.
    pub new_money: Money,
    /// Of that, under a condition that says what it may fund.
    pub ring_fenced: Money,
    pub allocated: Money,
    pub unallocated: Money,
    /// What allocations ask for beyond what there is; it is in no line. Credits that are asked for and not there never
    /// make up for money that is not: the larger of the two.
    pub over: Money,
}

/// What a contribution comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Contributed {
    /// £.
    pub amount: Money,
    /// What the lines it chooses come to in the baseline, £.
    pub of: Money,
    /// How many financial years those lines are of.
    pub years: usize,
    /// What it lies between, where some of its lines have a low and a high.
    pub range: Option<AmountRange>,
}

/// What an allocation comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Allocated {
    /// What it asks for, £.
    pub asked: Money,
    /// What there is for it, £.
    pub amount: Money,
    /// What is not there of money that a year was asked for, £: over-allocated.
    pub lacks: Money,
    /// The same of credits, which are negative: of one year they never make up for the money of another.
    pub lacks_credits: Money,
    /// What the money of the pool that it chooses from comes to, £.
    pub of: Money,
    /// How many financial years that money is of.
    pub years: usize,
}

impl Model {
    /// What of the pool's money is illustrative, by the lines of the model themselves.
    pub fn illustrative(&self, scenario: &Scenario) -> Share {
        let of_pool = Filter::default().only(Dimension::Pool, [scenario.pool.as_str()]);
        let totals = Totals::of(&self.ledger, &of_pool, &[Dimension::Evidence]);
        Share::of(totals.illustrative, totals.total).unwrap_or(Share::NONE)
    }

    /// Findings that leave a part of the scenario out.
    pub fn broken(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == FindingSeverity::Broken)
    }
}

impl Scenario {
    /// The ledger with the scenario in place of what is. Only lines that it touches are added up again.
    ///
    /// What cannot be followed is left out and told as a finding; the rest stands.
    pub fn model(&self, ledger: &Ledger) -> Model {
        let mut findings = check(self, ledger);
        let mut takings = take(self, ledger, &mut findings);
        // A split by benefit asks what partners would get back, which is known only once the pool is laid
        // along its allocations with the contributions as they are: a first pass whose findings nobody needs.
        let as_today = |takings: &_| {
            let layout = allocate(self, ledger, takings, &mut Vec::new());
            gets_back(self, ledger, &layout)
        };
        split(self, ledger, &mut takings, as_today, &mut findings);
        takings.close();
        let layout = allocate(self, ledger, &takings, &mut findings);
        let balance = balance(self, ledger, &layout);
        findings.extend(over_allocated(&layout, balance));
        if balance.unallocated.is_positive() {
            let amount = in_full(balance.unallocated);
            findings.push(Finding::warning(
                ScenarioPart::Scenario,
                format!("{amount} of the pool is unallocated"),
            ));
        }
        let mut contributed: Vec<Contributed> = takings
            .of
            .iter()
            .map(|(of, years)| Contributed { of: *of, years: *years, ..Contributed::default() })
            .collect();
        for part in &takings.parts {
            contributed[part.contribution()].amount += part.amount();
        }
        if ledger.has_ranges() {
            widen_contributed(&mut contributed, ledger, &takings.parts);
        }
        let (modelled, added) = modelled(self, ledger, &layout);
        let mut model = Model {
            positions: positions(self, ledger, &layout, balance),
            balance,
            range: None,
            contributed,
            allocated: layout.allocated.clone(),
            ledger: Arc::new(modelled),
            added: Arc::new(added),
            findings,
        };
        model.widen(self);
        if model.range.is_some()
            && let Some(deviations) = net_deviations(self, ledger, &layout)
        {
            model.widen_nets(&deviations);
        }
        model.findings.extend(model.check_outturn(self));
        model.findings.extend(model.check_line_risks(self));
        give_ways_on(self, &mut model.findings);
        model
    }
}

/// What contributions may be, of lines that have a low and a high.
fn widen_contributed(contributed: &mut [Contributed], ledger: &Ledger, parts: &[TakenPart]) {
    for part in parts {
        let one = &mut contributed[part.contribution()];
        let range = ledger.range(part.line);
        if let Some(deviation) =
            range.and_then(|range| range.deviation_of(part.amount(), ledger.amount(part.line)))
        {
            one.range = Some(one.range.unwrap_or(AmountRange::of(one.amount)).and(deviation));
        }
    }
}

fn balance(scenario: &Scenario, ledger: &Ledger, layout: &AllocatedPool<'_>) -> Balance {
    let mut balance = Balance::default();
    let unallocated: Vec<bool> =
        scenario.allocations.iter().map(|allocation| allocation.to.is_unallocated()).collect();
    for (place, part) in layout.parts().enumerate() {
        balance.into_pool += part.amount;
        match part.line() {
            None => balance.new_money += part.amount,
            Some(line) if ledger.name_id(line, Dimension::Ringfence) != NameId::NOT_STATED => {
                balance.ring_fenced += part.amount;
            }
            Some(_) => {}
        }
        for (destination, amount) in layout.pieces(place) {
            let waits = match destination {
                Destination::OwnPurpose => false,
                Destination::Unallocated => true,
                Destination::Allocation(index) => unallocated[index],
            };
            if waits {
                balance.unallocated += amount;
            } else {
                balance.allocated += amount;
            }
        }
    }
    let money: Money = layout.allocated.iter().map(|allocated| allocated.lacks).sum();
    let credits: Money = layout.allocated.iter().map(|allocated| allocated.lacks_credits).sum();
    balance.over = money.max(-credits);
    balance
}

/// Names that take the place of a line's own.
type NewNames = Vec<(Dimension, NameId)>;

/// Where a part of a line goes, and how firmly it is meant.
type PlannedUse = (Destination, Commitment);

/// Writes the pool into the ledger: each touched line keeps what is outside the pool, and has a line like it for each
/// piece inside. With it, which line each that is added is a part of.
fn modelled(
    scenario: &Scenario,
    ledger: &Ledger,
    layout: &AllocatedPool<'_>,
) -> (Ledger, Vec<Option<LineId>>) {
    let mut origins = Vec::new();
    let mut revision = Revision::of(ledger);
    let pool = (Dimension::Pool, revision.name(Dimension::Pool, &scenario.pool));
    let to: Vec<NewNames> = scenario
        .allocations
        .iter()
        .map(|allocation| names_of(allocation, ledger, &mut revision).into_iter().chain([pool]).collect())
        .collect();
    let unallocated: NewNames =
        names_of_purpose(&unallocated(), ledger, &mut revision).into_iter().chain([pool]).collect();
    let own = vec![pool];
    let changes = |destination: Destination| match destination {
        Destination::OwnPurpose => &own,
        Destination::Unallocated => &unallocated,
        Destination::Allocation(index) => &to[index],
    };

    let commitments = Commitment::ALL
        .map(|commitment| (Dimension::Commitment, revision.name(Dimension::Commitment, commitment.name())));
    for (place, new) in layout.new_parts() {
        let commitment = commitments[scenario.new_money[new.index].commitment as usize];
        for (destination, amount) in layout.pieces(place) {
            let mut line = new.line.clone();
            line.amount = amount;
            let added = revision.add(&line);
            origins.push(None);
            let own = |dimension| line.get(dimension).map(|name| revision.name(dimension, name));
            let own = [Dimension::Theme, Dimension::Service].map(own).map(Option::unwrap_or_default);
            let mut names = kept_where_it_stays(changes(destination), own);
            names.push(commitment);
            revision.change(added, amount, &names);
        }
    }
    // In the ledger's order, so that the lines that are added get the same numbers each time. Several contributions may
    // draw on one line; it is written once, with all of its pieces.
    let taken = layout.taken();
    let mut order: Vec<u32> = (0..taken.len() as u32).collect();
    order.sort_by_key(|place| taken[*place as usize].line);
    let mut pieces: Vec<(PlannedUse, Money)> = Vec::new();
    for of_line in order.chunk_by(|a, b| taken[*a as usize].line == taken[*b as usize].line) {
        let line = taken[of_line[0] as usize].line;
        pieces.clear();
        for &place in of_line {
            let commitment = scenario.contributions[taken[place as usize].contribution()].commitment;
            for (destination, amount) in layout.pieces(place as usize) {
                let piece = (destination, commitment);
                match pieces.iter_mut().find(|(known, _)| *known == piece) {
                    Some((_, sum)) => *sum += amount,
                    None => pieces.push((piece, amount)),
                }
            }
        }
        let own_names = |(destination, commitment): PlannedUse| -> NewNames {
            let own = [Dimension::Theme, Dimension::Service].map(|dimension| ledger.name_id(line, dimension));
            let mut names = kept_where_it_stays(changes(destination), own);
            names.push(commitments[commitment as usize]);
            names
        };
        let inside: Money = pieces.iter().map(|(_, amount)| *amount).sum();
        let outside = ledger.amount(line) - inside;
        for (piece, amount) in pieces.iter().skip(usize::from(outside.is_zero())) {
            revision.add_like(line, *amount, &own_names(*piece));
            origins.push(Some(line));
        }
        match pieces.first() {
            // A line that goes in whole becomes its first piece.
            Some((piece, amount)) if outside.is_zero() => {
                revision.change(line, *amount, &own_names(*piece));
            }
            _ => revision.change(line, outside, &[]),
        }
    }
    (revision.finish(), origins)
}

fn unallocated() -> Purpose {
    Purpose { theme: Some(Purpose::UNALLOCATED.to_owned()), ..Purpose::default() }
}

fn names_of(allocation: &Allocation, ledger: &Ledger, revision: &mut Revision) -> NewNames {
    let to = if allocation.to.is_unallocated() { &unallocated() } else { &allocation.to };
    names_of_purpose(to, ledger, revision)
}

/// The names a purpose gives to lines. Where it names another theme or service, what belongs to the old one goes;
/// what all lines of the new service have in common comes.
fn names_of_purpose(to: &Purpose, ledger: &Ledger, revision: &mut Revision) -> NewNames {
    let mut names: NewNames = to
        .stated()
        .into_iter()
        .map(|(dimension, name)| (dimension, revision.name(dimension, &name)))
        .collect();
    if to.is_unallocated() {
        names.push((Dimension::Service, revision.name(Dimension::Service, Purpose::UNALLOCATED)));
    }
    if to.theme.is_none() && to.service.is_none() {
        return names;
    }
    for dimension in [
        Dimension::Theme,
        Dimension::Service,
        Dimension::Provider,
        Dimension::Supplier,
        Dimension::Cohort,
        Dimension::Stage,
    ] {
        if names.iter().any(|(known, _)| *known == dimension) {
            continue;
        }
        let service = to.service.as_deref();
        let common = service.and_then(|service| only_name(ledger, service, dimension));
        // A service may stand under several themes. Then nothing says that it leaves the one it is taken
        // from.
        let is_kept = dimension == Dimension::Theme && common.is_none();
        if !is_kept && dimension != Dimension::Supplier {
            names.push((dimension, common.unwrap_or(NameId::NOT_STATED)));
        } else if dimension == Dimension::Supplier {
            names.push((dimension, NameId::NOT_STATED));
        }
    }
    names
}

/// Money that an allocation leaves with its theme and service, or with its theme where it names no service, keeps its
/// service, provider, cohort and stage too, unless other ones are named. Its own theme and service are given.
fn kept_where_it_stays(names: &NewNames, [theme, service]: [NameId; 2]) -> NewNames {
    let new = |dimension| names.iter().find(|(known, _)| *known == dimension).map(|(_, id)| *id);
    // A theme without a service comes with the service "Not stated".
    let stays = new(Dimension::Theme).is_none_or(|id| id == theme)
        && new(Dimension::Service).is_none_or(|id| id == NameId::NOT_STATED || id == service);
    let belongs = |dimension: Dimension| {
        matches!(
            dimension,
            Dimension::Service
                | Dimension::Provider
                | Dimension::Supplier
                | Dimension::Cohort
                | Dimension::Stage
        )
    };
    let keeps =
        |(dimension, id): &&(Dimension, NameId)| !(stays && belongs(*dimension) && *id == NameId::NOT_STATED);
    names.iter().filter(keeps).copied().collect()
}
