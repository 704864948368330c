//! Money that one agency of the place pays another and that would be counted twice: finding the pairs, their
//! lines, and public bodies that may be agencies too. Only between files, and each pair can be undone.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::{FxHashMap, FxHashSet};
use serde::{Deserialize, Serialize};

use super::evidence::{Doubt, count_receipts, doubts, spent_itself};
use super::name_key::{PublicBody, name_key, public_body};
use super::name_proposals::OneName;
use super::spellings::Spellings;
use crate::dimension::{Date, Dimension, NameId, Names};
use crate::ledger::{Ledger, LineId};
use crate::money::Money;

/// What one agency of the place pays another, and what has been decided about it.
///
/// The receiver spends the money again, so adding both would count it twice. Where it is counted once, the payer's
/// lines are left out of the place's total as far as the receiver's own lines are in it; what the receiver spends stays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub payer: String,
    pub receiver: String,
    /// How the payer's lines spell the receiver, as supplier.
    pub suppliers: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Counted::is_once")]
    pub counted: Counted,
}

/// How often money that passes between two agencies is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Counted {
    /// Where the receiver spends it.
    #[default]
    Once,
    /// Where it is paid, and where it is spent: the two are different money after all.
    Twice,
}

impl Counted {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if gives a reference")]
    fn is_once(&self) -> bool {
        *self == Self::Once
    }
}

/// What becomes of money that is paid to bodies of the place whose own spending is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum PassedOn {
    /// It stays in the total: it is counted nowhere else.
    #[default]
    Counted,
    /// It is left out of the total, as what the place passes on to others.
    LeftOut,
}

impl PassedOn {
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde's skip_serializing_if gives a reference")]
    pub(super) fn is_counted(&self) -> bool {
        *self == Self::Counted
    }
}

/// A transfer with its lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TransferPair {
    pub transfer: Transfer,
    /// The payer's lines, in the ledger that holds all of them.
    pub lines: Vec<LineId>,
    /// £; negative where credits outweigh.
    pub amount: Money,
    /// Of a pair that is counted once: the lines whose money the receiver spends beyond what is here, as its own lines of
    /// that time are not in the place, and what they come to.
    pub passed: Vec<LineId>,
    pub passed_amount: Money,
    /// How many lines of the receiver's own spending are in the place; none where it only is named as an agency.
    pub receiver_lines: u64,
    /// How many of the payments the receiver's own lines show as received: the same amount, near that date.
    pub receipts: u64,
    /// Where a short name alone speaks for the pair, the body whose name it begins.
    pub doubt: Option<Doubt>,
}

impl TransferPair {
    /// Takes lines out that are left out anyway.
    pub(super) fn leave_out(&mut self, ledger: &Ledger, excluded: &[LineId]) {
        if excluded.is_empty() {
            return;
        }
        let stays = |line: &LineId| excluded.binary_search(line).is_err();
        let sum = |lines: &[LineId]| lines.iter().map(|&line| ledger.amount(line)).sum();
        self.lines.retain(stays);
        self.passed.retain(stays);
        (self.amount, self.passed_amount) = (sum(&self.lines), sum(&self.passed));
    }

    /// What speaks for the pair, in words: "by name", "by name, amount and date (3 of 5)".
    pub fn evidence(&self) -> String {
        let lines = (self.lines.len() + self.passed.len()) as u64;
        match (&self.doubt, self.receipts) {
            (Some(doubt), _) => format!(
                "by a short name, which begins that of {}; nothing in these lines speaks of it",
                doubt.body
            ),
            (None, 0) => "by name".to_owned(),
            (None, receipts) if receipts == lines => "by name, amount and date".to_owned(),
            (None, receipts) => format!("by name; {receipts} of {lines} by amount and date as well"),
        }
    }
}

/// Finds what agencies of the place pay each other, where nothing has been decided yet: the supplier's name is a
/// variant of an agency's (see [`Spellings`]).
///
/// Within one file a publisher has counted as it counts; it is between files that money is counted twice. An agency
/// therefore is a receiver where its own lines are in another file, of the same year and of dates near the payment's,
/// or where a person has named it as one of the place, in these spellings.
pub(super) fn find_transfers(ledger: &Ledger, names: &[OneName], known: &[Transfer]) -> Vec<Transfer> {
    // A single file is the common case, and has nothing to be looked for.
    if ledger.sources().len() < 2 && !names.iter().any(|one| one.dimension == Dimension::Agency) {
        return Vec::new();
    }
    let receivers = Receivers::of(ledger, names);
    let suppliers = ledger.names(Dimension::Supplier);
    // Which supplier is which agency: each spelling is looked at once.
    let by_supplier: Vec<Option<usize>> = suppliers
        .iter()
        .map(|(id, name)| if id == NameId::NOT_STATED { None } else { receivers.spelled(name) })
        .collect();
    if by_supplier.iter().all(Option::is_none) {
        return Vec::new();
    }
    let agencies = ledger.names(Dimension::Agency);
    let by_agency: Vec<Option<usize>> = agencies.iter().map(|(_, name)| receivers.spelled(name)).collect();
    let mut found: BTreeMap<(String, String), BTreeSet<String>> = BTreeMap::new();
    let mut seen: FxHashSet<(NameId, NameId)> = FxHashSet::default();
    for line in ledger.lines() {
        let (payer, supplier) = (line.name_id(Dimension::Agency), line.name_id(Dimension::Supplier));
        let Some(receiver) = by_supplier[supplier.index()] else { continue };
        if payer == NameId::NOT_STATED || seen.contains(&(payer, supplier)) {
            continue;
        }
        let payer_name = line.name(Dimension::Agency);
        if by_agency[payer.index()] == Some(receiver) || !receivers.spends(ledger, receiver, line.id()) {
            continue;
        }
        // From here on nothing more can be learnt of this payer and spelling: of ten million lines most stop
        // at this set.
        seen.insert((payer, supplier));
        let pair = (payer_name.to_owned(), receivers.names[receiver].clone());
        found.entry(pair).or_default().insert(suppliers.name(supplier).to_owned());
    }
    let mut found: Vec<Transfer> = found
        .into_iter()
        .filter_map(|((payer, receiver), mut suppliers)| {
            // A new spelling joins the pair it belongs to and takes what was decided about it.
            let decided = known.iter().find(|known| known.payer == payer && known.receiver == receiver);
            if let Some(decided) = decided {
                suppliers.retain(|supplier| !decided.suppliers.contains(supplier));
            }
            let counted = decided.map_or(Counted::Once, |decided| decided.counted);
            (!suppliers.is_empty()).then_some(Transfer { payer, receiver, suppliers, counted })
        })
        .collect();
    // What may be another body is left as it is until somebody says that it is this one.
    let doubts = doubts(ledger, &found);
    for (transfer, _) in found.iter_mut().zip(doubts).filter(|(_, doubt)| doubt.is_some()) {
        transfer.counted = Counted::Twice;
    }
    found
}

/// Puts what was found with what is known: a pair stands once, with all its spellings.
pub(super) fn add_transfers(known: &mut Vec<Transfer>, found: Vec<Transfer>) {
    for transfer in found {
        let same =
            |other: &&mut Transfer| other.payer == transfer.payer && other.receiver == transfer.receiver;
        match known.iter_mut().find(same) {
            Some(pair) => pair.suppliers.extend(transfer.suppliers),
            None => known.push(transfer),
        }
    }
}

/// Each transfer with its lines and its amount, in the order they are kept.
pub(super) fn transfer_pairs(ledger: &Ledger, transfers: &[Transfer]) -> Vec<TransferPair> {
    let mut pairs: Vec<TransferPair> = Vec::with_capacity(transfers.len());
    let mut by_ids: FxHashMap<(NameId, NameId), usize> = FxHashMap::default();
    let (agencies, suppliers) = (ledger.names(Dimension::Agency), ledger.names(Dimension::Supplier));
    for (index, transfer) in transfers.iter().enumerate() {
        let payer = agencies.id(&transfer.payer);
        for supplier in transfer.suppliers.iter().filter_map(|name| suppliers.id(name)) {
            if let Some(payer) = payer {
                by_ids.insert((payer, supplier), index);
            }
        }
        pairs.push(TransferPair {
            transfer: transfer.clone(),
            lines: Vec::new(),
            amount: Money::ZERO,
            passed: Vec::new(),
            passed_amount: Money::ZERO,
            receiver_lines: 0,
            receipts: 0,
            doubt: None,
        });
    }
    if by_ids.is_empty() {
        return pairs;
    }
    // What the receivers spend must be known for the whole ledger before a single line can be judged: two
    // passes.
    let mut counts = vec![0; agencies.len()];
    let mut years: FxHashSet<(NameId, NameId)> = FxHashSet::default();
    let mut months = Months::of(agencies.len());
    for line in (0..ledger.len() as u32).map(LineId) {
        let agency = ledger.name_id(line, Dimension::Agency);
        counts[agency.index()] += 1;
        years.insert((agency, ledger.name_id(line, Dimension::Year)));
        months.take(agency, ledger.date(line));
    }
    let once = |line: LineId| {
        let ids = (ledger.name_id(line, Dimension::Agency), ledger.name_id(line, Dimension::Supplier));
        by_ids.get(&ids).is_some_and(|index| transfers[*index].counted == Counted::Once)
    };
    let spent = spent_itself(ledger, once);
    for line in (0..ledger.len() as u32).map(LineId) {
        let ids = (ledger.name_id(line, Dimension::Agency), ledger.name_id(line, Dimension::Supplier));
        let Some(&index) = by_ids.get(&ids) else { continue };
        let pair = &mut pairs[index];
        let receiver = agencies.id(&pair.transfer.receiver).filter(|id| counts[id.index()] > 0);
        // What is paid in a year of which the receiver's spending is not there is not counted anywhere else.
        let year = ledger.name_id(line, Dimension::Year);
        let is_here = receiver.is_some_and(|receiver| {
            let is_of_year = year == NameId::NOT_STATED
                || years.contains(&(receiver, year))
                || years.contains(&(receiver, NameId::NOT_STATED));
            is_of_year && months.are_near(receiver, ledger.date(line))
        });
        // Who only passes on what others of the place spend has nothing of its own to spend it on.
        let spends = receiver.is_none_or(|receiver| spent[receiver.index()] > 0);
        let is_once = pair.transfer.counted == Counted::Once;
        if spends && (is_here || receiver.is_none() && !is_once) {
            pair.lines.push(line);
            pair.amount += ledger.amount(line);
            pair.receiver_lines = receiver.map_or(0, |id| counts[id.index()]);
        } else if spends && is_once {
            pair.passed.push(line);
            pair.passed_amount += ledger.amount(line);
        }
    }
    count_receipts(ledger, &mut pairs);
    for (pair, doubt) in pairs.iter_mut().zip(doubts(ledger, transfers)) {
        pair.doubt = doubt;
    }
    pairs
}

/// All lines but those which a body that spends far beyond the place (`is_asked`) pays to others than agencies of the
/// place: what stays pays suppliers that are spelled like one of `agencies`.
pub fn payments_to<'a>(
    ledger: &Ledger,
    is_asked: impl Fn(LineId) -> bool,
    agencies: impl IntoIterator<Item = &'a str>,
) -> Ledger {
    let keys: FxHashSet<String> = agencies.into_iter().map(name_key).collect();
    let suppliers = ledger.names(Dimension::Supplier);
    let is_agency: Vec<bool> = suppliers
        .iter()
        .map(|(id, name)| id != NameId::NOT_STATED && keys.contains(&name_key(name)))
        .collect();
    // By key and not by variant: what is dropped here is gone from the place, so only a sure match decides.
    ledger.select(|line| !is_asked(line) || is_agency[ledger.name_id(line, Dimension::Supplier).index()])
}

/// The first and the last date of each agency's own lines, as far as they have dates.
struct Months {
    of_agency: Vec<Option<(Date, Date)>>,
}

/// What an agency spends so many months before or after a payment may be that money spent again.
const NEAR_MONTHS: i32 = 3;

impl Months {
    fn of(agencies: usize) -> Self {
        Self { of_agency: vec![None; agencies] }
    }

    fn take(&mut self, agency: NameId, date: Option<Date>) {
        let Some(date) = date else { return };
        let known = &mut self.of_agency[agency.index()];
        *known = Some(known.map_or((date, date), |(first, last)| (first.min(date), last.max(date))));
    }

    /// Whether a date is near the agency's own lines, by calendar months; where either has none, nothing speaks against
    /// it.
    fn are_near(&self, agency: NameId, date: Option<Date>) -> bool {
        self.of_agency[agency.index()].zip(date).is_none_or(|((first, last), date)| {
            first.months_since(date) <= NEAR_MONTHS && date.months_since(last) <= NEAR_MONTHS
        })
    }
}

/// The agencies that may receive, and how each is spelled.
struct Receivers {
    names: Vec<String>,
    spellings: Spellings,
    months: Months,
    /// Named as an agency of the place by a person.
    is_named: Vec<bool>,
    /// Where an agency's own lines are: its id, its year and its source.
    own: FxHashMap<(NameId, NameId), BTreeSet<Option<usize>>>,
    ids: Vec<Option<NameId>>,
}

impl Receivers {
    fn of(ledger: &Ledger, names: &[OneName]) -> Self {
        let mut receivers = Self {
            names: Vec::new(),
            spellings: Spellings::default(),
            months: Months::of(ledger.names(Dimension::Agency).len()),
            is_named: Vec::new(),
            own: FxHashMap::default(),
            ids: Vec::new(),
        };
        let agencies = ledger.names(Dimension::Agency);
        for line in (0..ledger.len() as u32).map(LineId) {
            let agency = ledger.name_id(line, Dimension::Agency);
            let year = ledger.name_id(line, Dimension::Year);
            receivers.own.entry((agency, year)).or_default().insert(ledger.source_index(line));
            receivers.months.take(agency, ledger.date(line));
        }
        let occurring: BTreeSet<NameId> = receivers.own.keys().map(|(agency, _)| *agency).collect();
        for id in occurring.into_iter().filter(|id| *id != NameId::NOT_STATED) {
            receivers.add(agencies.name(id), Some(id), false);
        }
        for one in names.iter().filter(|one| one.dimension == Dimension::Agency) {
            let index = receivers.add(&one.name, agencies.id(&one.name), true);
            for also in &one.also {
                receivers.spellings.add_exactly(also, index);
            }
        }
        receivers
    }

    fn add(&mut self, name: &str, id: Option<NameId>, is_named: bool) -> usize {
        let index = self.spellings.exactly(name).unwrap_or_else(|| {
            self.names.push(name.to_owned());
            self.ids.push(id);
            self.is_named.push(false);
            let body = self.names.len() - 1;
            // Who names a body that has no lines here has agreed to this spelling, and to no other.
            if is_named {
                self.spellings.add_exactly(name, body);
            } else {
                self.spellings.add(name, body);
            }
            self.names.len() - 1
        });
        self.is_named[index] |= is_named;
        index
    }

    fn spelled(&self, supplier: &str) -> Option<usize> {
        self.spellings.meant(supplier)
    }

    /// Whether what a line pays is spent again in the place.
    fn spends(&self, ledger: &Ledger, receiver: usize, line: LineId) -> bool {
        if self.is_named[receiver] {
            return true;
        }
        let Some(id) = self.ids[receiver] else { return false };
        if !self.months.are_near(id, ledger.date(line)) {
            return false;
        }
        let source = ledger.source_index(line);
        let year = ledger.name_id(line, Dimension::Year);
        let elsewhere = |year: NameId| {
            self.own.get(&(id, year)).is_some_and(|sources| sources.iter().any(|other| *other != source))
        };
        if year == NameId::NOT_STATED {
            return self
                .own
                .iter()
                .any(|((agency, _), sources)| *agency == id && sources.iter().any(|other| *other != source));
        }
        elsewhere(year) || elsewhere(NameId::NOT_STATED)
    }
}

/// A public body among the suppliers that is no agency of the place yet, for somebody to say whether it is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeBody {
    /// `None`: its name does not say that it is a public body.
    pub kind: Option<PublicBody>,
    /// The spelling with most lines.
    pub name: String,
    /// All spellings that seem to be the same body, by their names.
    pub spellings: Vec<String>,
    /// What the place's agencies pay it, £.
    pub amount: Money,
    pub lines: u64,
}

impl PayeeBody {
    /// What a person agrees to when they take it as an agency of the place.
    pub fn to_one_name(&self) -> OneName {
        let also = self.spellings.iter().filter(|spelling| **spelling != self.name).cloned().collect();
        OneName { dimension: Dimension::Agency, name: self.name.clone(), also }
    }
}

/// The public bodies among the suppliers, by what their names say; those who are paid most first. Whoever is counted
/// as a receiver already is not among them.
pub fn payee_bodies(ledger: &Ledger, transfers: &[Transfer]) -> Vec<PayeeBody> {
    payees(ledger, transfers, |name| public_body(name).map(|(kind, key)| (Some(kind), key)))
}

/// The suppliers in whose names a text (in lower case) stands, public bodies and others, as [`payee_bodies`] has them.
pub fn payees_called(ledger: &Ledger, transfers: &[Transfer], text: &str) -> Vec<PayeeBody> {
    let called = |name: &str| name.to_lowercase().contains(text);
    payees(ledger, transfers, |name| {
        called(name).then(|| {
            public_body(name).map_or_else(|| (None, name_key(name)), |(kind, key)| (Some(kind), key))
        })
    })
}

fn payees(
    ledger: &Ledger,
    transfers: &[Transfer],
    wanted: impl Fn(&str) -> Option<(Option<PublicBody>, String)>,
) -> Vec<PayeeBody> {
    let decided: FxHashSet<&str> =
        transfers.iter().flat_map(|transfer| transfer.suppliers.iter().map(String::as_str)).collect();
    let names = ledger.names(Dimension::Supplier);
    let agencies: FxHashMap<String, &str> = ledger
        .cells()
        .occurring(Dimension::Agency)
        .into_iter()
        .map(|id| ledger.names(Dimension::Agency).name(id))
        .map(|name| (public_body(name).map_or_else(|| name_key(name), |(_, key)| key), name))
        .collect();
    let mut sums: Vec<(Money, u64)> = vec![(Money::ZERO, 0); names.len()];
    for line in ledger.lines() {
        let sum = &mut sums[line.name_id(Dimension::Supplier).index()];
        sum.0 += line.amount();
        sum.1 += 1;
    }
    let mut groups: BTreeMap<String, (Option<PublicBody>, Vec<NameId>)> = BTreeMap::new();
    for (id, name) in names.iter() {
        if sums[id.index()].1 == 0 || Names::is_remainder(name) || decided.contains(name) {
            continue;
        }
        if let Some((kind, key)) = wanted(name) {
            groups.entry(key).or_insert_with(|| (kind, Vec::new())).1.push(id);
        }
    }
    let mut bodies: Vec<PayeeBody> = groups
        .into_iter()
        .map(|(key, (kind, mut ids))| {
            ids.sort_by_key(|id| (Reverse(sums[id.index()].1), names.name(*id)));
            // An agency that spends in the place is called as it calls itself.
            let name = agencies.get(&key).copied().unwrap_or_else(|| names.name(ids[0]));
            let mut spellings: Vec<String> = ids.iter().map(|id| names.name(*id).to_owned()).collect();
            spellings.sort_unstable();
            PayeeBody {
                kind,
                name: name.to_owned(),
                spellings,
                amount: ids.iter().map(|id| sums[id.index()].0).sum(),
                lines: ids.iter().map(|id| sums[id.index()].1).sum(),
            }
        })
        .collect();
    bodies.sort_by(|a, b| b.amount.abs().cmp(&a.amount.abs()).then_with(|| a.name.cmp(&b.name)));
    bodies
}
