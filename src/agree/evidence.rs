//! What speaks for a pair of agencies besides the receiver's name, and what speaks against it.

use rustc_hash::FxHashMap;

use super::name_key::{PublicBody, public_body, spaced, words};
use super::spellings::Spellings;
use super::transfers::{Transfer, TransferPair};
use crate::dimension::{Date, Dimension, NameId};
use crate::ledger::{Ledger, LineId};
use crate::money::Money;

/// A payment and its receipt are entered within so many days of each other.
const NEAR_DAYS: u32 = 45;

/// A short name that may mean another body than the one it begins: "Greater Manchester West" and "Greater Manchester
/// West Mental Health NHS Foundation Trust".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// The body of the longer name.
    pub body: String,
    pub kind: PublicBody,
}

/// Finds out which transfers are to a body that only a short name speaks of: cut at the end of a word, so that it may be
/// another body's, and paid for things that have nothing to do with what the body does.
pub(super) fn doubts(ledger: &Ledger, transfers: &[Transfer]) -> Vec<Option<Doubt>> {
    let suppliers = ledger.names(Dimension::Supplier);
    let agencies = ledger.names(Dimension::Agency);
    let occurs = |name: &str| {
        agencies.id(name).is_some_and(|id| ledger.cells().occurring(Dimension::Agency).contains(&id))
    };
    let mut begun: Vec<Option<Doubt>> = transfers
        .iter()
        .map(|transfer| {
            if occurs(&transfer.receiver) || public_body(&transfer.receiver).is_some() {
                return None;
            }
            let mut bodies = transfer.suppliers.iter().map(|spelling| begun_body(spelling, ledger));
            let first = bodies.next().flatten()?;
            bodies.all(|body| body.as_ref() == Some(&first)).then_some(first)
        })
        .collect();
    if begun.iter().all(Option::is_none) {
        return begun;
    }
    let mut by_ids: FxHashMap<(NameId, NameId), usize> = FxHashMap::default();
    for (index, transfer) in transfers.iter().enumerate().filter(|(index, _)| begun[*index].is_some()) {
        let Some(payer) = agencies.id(&transfer.payer) else { continue };
        let spelled = transfer.suppliers.iter().filter_map(|spelling| suppliers.id(spelling));
        by_ids.extend(spelled.map(|supplier| ((payer, supplier), index)));
    }
    for line in ledger.lines() {
        let ids = (line.name_id(Dimension::Agency), line.name_id(Dimension::Supplier));
        let Some(&index) = by_ids.get(&ids) else { continue };
        let named = [Dimension::Service, Dimension::Theme].map(|dimension| line.name(dimension));
        let speaks = |kind: PublicBody| {
            named.into_iter().chain([line.description()]).any(|text| speaks_of(kind, text))
        };
        if begun[index].as_ref().is_some_and(|doubt| speaks(doubt.kind)) {
            begun[index] = None;
        }
    }
    begun
}

/// The only public body of the ledger whose name begins with these words, and goes on.
fn begun_body(short: &str, ledger: &Ledger) -> Option<Doubt> {
    let begins = spaced(short);
    if words(&begins).len() < 2 || public_body(short).is_some() {
        return None;
    }
    let mut found: Option<(String, Doubt)> = None;
    for dimension in [Dimension::Supplier, Dimension::Agency] {
        for (_, name) in ledger.names(dimension).iter().filter(|(_, name)| name.len() > short.len()) {
            let name_spaced = spaced(name);
            let goes_on = name_spaced
                .strip_prefix(&begins)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
            let Some((kind, key)) = goes_on.then(|| public_body(name)).flatten() else {
                continue;
            };
            match &found {
                Some((known, _)) if *known != key => return None,
                Some(_) => {}
                None => found = Some((key, Doubt { body: name.to_owned(), kind })),
            }
        }
    }
    found.map(|(_, doubt)| doubt)
}

/// Whether a payer's own words for a payment are about what such a body does.
fn speaks_of(kind: PublicBody, text: &str) -> bool {
    let joined = format!(" {} ", spaced(text));
    let words = words(&joined);
    let has = |wanted: &[&str]| wanted.iter().any(|wanted| joined.contains(&format!(" {wanted} ")));
    let begins =
        |wanted: &[&str]| words.iter().any(|word| wanted.iter().any(|start| word.starts_with(start)));
    match kind {
        PublicBody::PrimaryCareTrust
        | PublicBody::CommissioningBoard
        | PublicBody::NhsTrust
        | PublicBody::Nhs => {
            has(&["nhs", "h a", "pct"]) || begins(&["health", "hospital", "medic", "clinic"])
        }
        PublicBody::Police => begins(&["polic", "crim", "safe"]),
        PublicBody::Fire => begins(&["fire", "rescue"]),
        PublicBody::Probation => begins(&["probation", "offend", "criminal"]),
        PublicBody::Council | PublicBody::CombinedAuthority => {
            has(&["la", "las", "levy", "levies"]) || begins(&["council", "authorit"])
        }
        PublicBody::TransportAuthority => begins(&["transport", "travel", "highway", "bus"]),
        PublicBody::WasteAuthority => begins(&["waste", "recycl", "refuse"]),
        PublicBody::Department => begins(&["depart", "ministr", "government"]),
    }
}

/// Counts the payments of each pair that the receiver's own lines show as received: the same amount near that date,
/// with the payer as funder, or taken off what was spent under the payer's name.
pub(super) fn count_receipts(ledger: &Ledger, pairs: &mut [TransferPair]) {
    let agencies = ledger.names(Dimension::Agency);
    let mut payers = Spellings::default();
    let mut wanted: FxHashMap<NameId, Vec<usize>> = FxHashMap::default();
    for (index, pair) in pairs.iter().enumerate().filter(|(_, pair)| pair.receiver_lines > 0) {
        payers.add(&pair.transfer.payer, index);
        if let Some(receiver) = agencies.id(&pair.transfer.receiver) {
            wanted.entry(receiver).or_default().push(index);
        }
    }
    if wanted.is_empty() {
        return;
    }
    // Whose payer a name means, each name looked at once.
    let mut meant: FxHashMap<(Dimension, NameId), Option<usize>> = FxHashMap::default();
    let mut receipts: FxHashMap<(usize, Money), Vec<Option<Date>>> = FxHashMap::default();
    for line in ledger.lines() {
        let Some(of_receiver) = wanted.get(&line.name_id(Dimension::Agency)) else { continue };
        let (dimension, amount) = if line.amount().is_negative() {
            (Dimension::Supplier, -line.amount())
        } else {
            (Dimension::Funder, line.amount())
        };
        let name = line.name_id(dimension);
        if name == NameId::NOT_STATED {
            continue;
        }
        let payer = *meant.entry((dimension, name)).or_insert_with(|| payers.meant(line.name(dimension)));
        let Some(payer) = payer.map(|index| &pairs[index].transfer.payer) else { continue };
        if let Some(&index) = of_receiver.iter().find(|&&index| pairs[index].transfer.payer == *payer) {
            receipts.entry((index, amount)).or_default().push(line.date());
        }
    }
    for (index, pair) in pairs.iter_mut().enumerate() {
        let mut found = 0;
        for line in &pair.lines {
            let Some(dates) = receipts.get_mut(&(index, ledger.amount(*line))) else { continue };
            let paid = ledger.date(*line);
            if let Some(at) = dates.iter().position(|received| are_near(*received, paid)) {
                dates.swap_remove(at);
                found += 1;
            }
        }
        pair.receipts = found;
    }
}

/// Whether a receipt may be that of a payment, by their dates; where either has none, nothing speaks against it.
fn are_near(received: Option<Date>, paid: Option<Date>) -> bool {
    received.zip(paid).is_none_or(|(received, paid)| received.days_between(paid) <= NEAR_DAYS)
}

/// How many lines of each agency are no payment to another agency that is counted there: what it spends itself.
pub(super) fn spent_itself(ledger: &Ledger, is_passed_on: impl Fn(LineId) -> bool) -> Vec<u64> {
    let mut lines = vec![0; ledger.names(Dimension::Agency).len()];
    for line in (0..ledger.len() as u32).map(LineId).filter(|line| !is_passed_on(*line)) {
        lines[ledger.name_id(line, Dimension::Agency).index()] += 1;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_payment_is_for_speaks_of_who_receives_it() {
        for (kind, text, speaks) in [
            (PublicBody::NhsTrust, "Community Health & Social Care", true),
            (PublicBody::NhsTrust, "Payments to H A", true),
            (PublicBody::NhsTrust, "Chief Executives", false),
            (PublicBody::NhsTrust, "Payments for services", false),
            (PublicBody::Police, "Community safety", true),
            (PublicBody::Council, "Payts to Other LA's", true),
            (PublicBody::WasteAuthority, "Highways", false),
        ] {
            assert_eq!(speaks_of(kind, text), speaks, "{text}");
        }
    }

    #[test]
    fn a_receipt_is_near_for_45_days_however_long_the_months_are() {
        for (paid, received, near) in [
            ("2024-08-28", "2024-09-02", true),
            ("2024-12-31", "2024-08-31", false),
            // The 45th and the 46th day; counted by months of 31 days, the 45th of these were days too late.
            ("2024-07-01", "2024-08-15", true),
            ("2024-07-01", "2024-08-16", false),
            ("2024-01-31", "2024-03-16", true),
            ("2024-01-31", "2024-03-17", false),
            ("2023-01-31", "2023-03-17", true),
            ("2023-01-31", "2023-03-18", false),
            ("2023-04-30", "2023-03-16", true),
            ("2024-09-20", "2024-11-04", true),
            ("2024-09-20", "2024-11-05", false),
            // A month counts as its first day.
            ("2024-08", "2024-09-15", true),
            ("2024-08", "2024-09-16", false),
            ("2024-08", "2024-09", true),
            ("2024-08", "2024-10", false),
        ] {
            let date = |text: &str| text.parse::<Date>().ok();
            assert_eq!(are_near(date(received), date(paid)), near, "{paid} {received}");
        }
        assert!(are_near(None, "2024-08-28".parse().ok()));
    }
}
