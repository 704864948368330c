//! Credits that are told by another column than that of the amounts: `DR` and `CR`, invoices and credit notes, or a
//! column of their own beside the debits.

use super::choice::Choice;
use super::columns::ColumnMap;
use super::meaning::words;
use super::profile::Profiles;
use crate::import::problem::Code;

/// Where a file says which amounts are to be taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Credits {
    /// A word in this column.
    Told(usize),
    /// The amounts of this column.
    Beside(usize),
}

const CREDITS: [&str; 9] =
    ["cr", "credit", "credits", "credit note", "credit memo", "crn", "cn", "c", "refund"];
const DEBITS: [&str; 9] =
    ["dr", "debit", "debits", "invoice", "inv", "payment", "standard invoice", "standard", "d"];

/// Whether the word in a column of credits says that the amount is one.
pub(in crate::import) fn is_credit(cell: &str) -> bool {
    CREDITS.iter().any(|word| word.eq_ignore_ascii_case(cell))
}

/// Where the credits are, with what is said of it; none where amounts have their own signs.
pub(in crate::import) fn find_credits(map: &ColumnMap, profiles: &Profiles) -> Option<(Credits, Choice)> {
    let [amount] = map.amount_columns()[..] else { return None };
    if profiles.get(amount).negative > 0 {
        return None;
    }
    let heading = |index: usize| map.columns.get(index).map_or("", |column| column.heading.trim());
    let has = |index: usize, wanted: &[&str]| {
        let words = words(heading(index));
        words.len() <= 3 && words.iter().any(|word| wanted.contains(&word.as_str()))
    };
    if has(amount, &["debit", "debits", "dr"])
        && let Some(credit) = (0..map.columns.len()).find(|&index| {
            has(index, &["credit", "credits", "cr"]) && index != amount && profiles.get(index).is_money()
        })
    {
        let what = format!(
            "\"{}\" is taken off \"{}\", which is read as the amount",
            heading(credit),
            heading(amount)
        );
        return Some((Credits::Beside(credit), Choice::note(Code::AmountChosen, what)));
    }
    let told = (0..map.columns.len()).find(|&index| {
        let profile = profiles.get(index);
        let words = |known: &[&str]| -> usize {
            let count = |(value, count): (&String, &usize)| {
                if known.iter().any(|word| word.eq_ignore_ascii_case(value)) { *count } else { 0 }
            };
            profile.values.iter().map(count).sum()
        };
        let (credits, debits) = (words(&CREDITS), words(&DEBITS));
        index != amount
            && !profile.many_values
            && credits > 0
            && debits > 0
            && credits + debits == profile.filled
            && profile.filled * 10 >= profiles.rows * 9
    })?;
    let what = format!("\"{}\" tells which amounts are credits; they are taken off", heading(told));
    Some((Credits::Told(told), Choice::note(Code::DirectionChosen, what)))
}
