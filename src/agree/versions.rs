//! What changed between two versions of a file, by what their lines say: publishers sort anew and drop rows,
//! so row numbers say nothing.

use rustc_hash::FxHashMap;

use crate::dimension::{Date, Dimension};
use crate::ledger::{Keys, Ledger, LineId, says};
use crate::money::{Money, in_full};
use crate::words::counted_plain;

/// How a newer version of a file differs from the older one, line by line. Every line of both is in exactly one list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct VersionChanges {
    /// Lines that say the same in both, the older's first.
    pub unchanged: Vec<(LineId, LineId)>,
    /// Lines that are the same spending and say something else now.
    pub changed: Vec<ChangedLine>,
    /// Lines of the newer version alone.
    pub new: Vec<LineId>,
    /// Lines of the older version alone.
    pub removed: Vec<LineId>,
    /// The sums of these four, £; of the changed lines what they came to before and come to now.
    pub totals: VersionTotals,
}

/// One line in two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChangedLine {
    /// In the older ledger.
    pub before: LineId,
    /// In the newer ledger.
    pub after: LineId,
    /// What of it changed.
    pub what: Changed,
}

impl ChangedLine {
    /// "row 5, now in row 7: Council · Roads · £310.00; amount was £300.00".
    pub fn words(&self, before: &Ledger, after: &Ledger) -> String {
        let row = |ledger: &Ledger, line| {
            ledger.provenance(line).row.map_or_else(|| "?".to_owned(), |row| row.to_string())
        };
        let (older, newer) = (before.line(self.before), after.line(self.after));
        let amount =
            (older.amount() != newer.amount()).then(|| format!("amount was {}", in_full(older.amount())));
        let named = Dimension::ALL.into_iter().filter(|&of| older.name(of) != newer.name(of));
        let names = named.map(|of| format!("{} was \"{}\"", of.title().to_lowercase(), older.name(of)));
        let description = (older.description() != newer.description())
            .then(|| format!("description was \"{}\"", older.description()));
        let was: Vec<String> = amount.into_iter().chain(names).chain(description).collect();
        format!(
            "row {} now in row {}: {}; {}",
            row(before, self.before),
            row(after, self.after),
            says(after, self.after),
            was.join(", ")
        )
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Changed {
    /// The amount; names, date and description are the same.
    Amount,
    /// Names or the description; amount, date and supplier are the same.
    Words,
}

/// The sums of two versions of a file, £: `unchanged + changed_before + removed` is the older, `unchanged +
/// changed_after + new` the newer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct VersionTotals {
    pub unchanged: Money,
    pub changed_before: Money,
    pub changed_after: Money,
    pub new: Money,
    pub removed: Money,
}

impl VersionChanges {
    /// Whether both versions hold the same lines.
    pub fn is_same(&self) -> bool {
        self.changed.is_empty() && self.new.is_empty() && self.removed.is_empty()
    }

    /// The four kinds in words, one to a line: "12 new, £4,200.00".
    pub fn words(&self) -> Vec<String> {
        let totals = self.totals;
        let now_and_then =
            format!("{} before, {} now", in_full(totals.changed_before), in_full(totals.changed_after));
        vec![
            format!(
                "{} unchanged, {}",
                counted_plain(self.unchanged.len(), "line"),
                in_full(totals.unchanged)
            ),
            format!("{} changed, {now_and_then}", counted_plain(self.changed.len(), "line")),
            format!("{} new, {}", counted_plain(self.new.len(), "line"), in_full(totals.new)),
            format!("{} removed, {}", counted_plain(self.removed.len(), "line"), in_full(totals.removed)),
        ]
    }
}

/// The lines of one source.
pub fn lines_of_source(ledger: &Ledger, key: &str) -> Ledger {
    let source = ledger.sources().iter().position(|source| source.key == key);
    ledger.select(|line| source.is_some() && ledger.source_index(line) == source)
}

/// What tells one payment from another, whatever its names: the amount, the date and the number of the supplier.
type Payment = (Money, Option<Date>, u32);

/// Compares two versions of a file, by what their lines say and not by where they stand.
///
/// Of lines that say the same several times, as many are unchanged as both have. The work grows with the lines.
pub fn compare_versions(before: &Ledger, after: &Ledger) -> VersionChanges {
    let (old_keys, new_keys) = (Keys::of(before), Keys::of(after));
    let mut removed: Vec<LineId> = (0..before.len() as u32).map(LineId).collect();
    let mut new: Vec<LineId> = (0..after.len() as u32).map(LineId).collect();
    let unchanged =
        pair_off(&mut removed, &mut new, |line| old_keys.key(before, line), |line| new_keys.key(after, line));
    // The surest likeness first, each on what the one before it left over: the same line, the same but for
    // the amount, the same payment in other words.
    let other_amount = pair_off(
        &mut removed,
        &mut new,
        |line| old_keys.key_without_amount(before, line),
        |line| new_keys.key_without_amount(after, line),
    );
    let mut suppliers: FxHashMap<String, u32> = FxHashMap::default();
    let mut payment = |ledger: &Ledger, line: LineId| {
        let view = ledger.line(line);
        let next = suppliers.len() as u32;
        let supplier = *suppliers.entry(view.name(Dimension::Supplier).to_owned()).or_insert(next);
        (view.amount(), view.date(), supplier)
    };
    let old_payments: Vec<_> = removed.iter().map(|&line| payment(before, line)).collect();
    let new_payments: Vec<_> = new.iter().map(|&line| payment(after, line)).collect();
    let by_line = |lines: &[LineId], payments: Vec<Payment>| -> FxHashMap<LineId, Payment> {
        lines.iter().copied().zip(payments).collect()
    };
    let (old_payments, new_payments) = (by_line(&removed, old_payments), by_line(&new, new_payments));
    let other_words =
        pair_off(&mut removed, &mut new, |line| old_payments[&line], |line| new_payments[&line]);

    let as_changed = |what| move |(before, after)| ChangedLine { before, after, what };
    let mut changed: Vec<ChangedLine> = other_amount.into_iter().map(as_changed(Changed::Amount)).collect();
    changed.extend(other_words.into_iter().map(as_changed(Changed::Words)));
    changed.sort_unstable_by_key(|line| line.after);
    let old = |lines: &mut dyn Iterator<Item = LineId>| lines.map(|line| before.amount(line)).sum();
    let now = |lines: &mut dyn Iterator<Item = LineId>| lines.map(|line| after.amount(line)).sum();
    let totals = VersionTotals {
        unchanged: old(&mut unchanged.iter().map(|pair| pair.0)),
        changed_before: old(&mut changed.iter().map(|line| line.before)),
        changed_after: now(&mut changed.iter().map(|line| line.after)),
        new: now(&mut new.iter().copied()),
        removed: old(&mut removed.iter().copied()),
    };
    VersionChanges { unchanged, changed, new, removed, totals }
}

/// Pairs lines of the same key, in the order of both, and takes them out of the lists.
fn pair_off<K: std::hash::Hash + Eq>(
    old: &mut Vec<LineId>,
    new: &mut Vec<LineId>,
    old_key: impl Fn(LineId) -> K,
    new_key: impl Fn(LineId) -> K,
) -> Vec<(LineId, LineId)> {
    // A queue for each key: of five lines alike the first pairs with the first, so that pairs keep their
    // order.
    let mut waiting: FxHashMap<K, std::collections::VecDeque<LineId>> = FxHashMap::default();
    for &line in old.iter() {
        waiting.entry(old_key(line)).or_default().push_back(line);
    }
    let mut pairs = Vec::new();
    let mut is_paired: rustc_hash::FxHashSet<LineId> = rustc_hash::FxHashSet::default();
    new.retain(|&line| {
        let Some(older) = waiting.get_mut(&new_key(line)).and_then(std::collections::VecDeque::pop_front)
        else {
            return true;
        };
        is_paired.insert(older);
        pairs.push((older, line));
        false
    });
    old.retain(|line| !is_paired.contains(line));
    pairs
}
