//! Credits that are told by another column than that of the amounts: `DR` and `CR`, invoices and credit notes, or a
//! column of their own beside the debits.

use super::choice::Choice;
use super::columns::ColumnMap;
use super::meaning::words;
use super::profile::{Profile, Profiles};
use crate::import::problem::Code;
use crate::words::all_of;

/// Where a file says which amounts are to be taken off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum Credits {
    /// A word in this column.
    ToldNumbers(usize),
    /// The amounts of this column.
    Beside(usize),
}

/// Words that are named in a question.
const MOST_UNKNOWN: usize = 6;

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
    if map.credits_off || profiles.get(amount).negative > 0 {
        return None;
    }
    let heading = |index: usize| map.columns.get(index).map_or("", |column| column.heading.trim());
    let has = |index: usize, wanted: &[&str]| {
        let words = words(heading(index));
        words.len() <= 3 && words.iter().any(|word| wanted.contains(&word.as_str()))
    };
    if has(amount, &["debit", "debits", "dr", "out"])
        && let Some(credit) = (0..map.columns.len()).find(|&index| {
            has(index, &["credit", "credits", "cr", "in"])
                && index != amount
                && profiles.get(index).is_money()
        })
    {
        let what = format!(
            "\"{}\" is taken off \"{}\", which is read as the amount",
            heading(credit),
            heading(amount)
        );
        return Some((Credits::Beside(credit), Choice::note(Code::AmountChosen, what)));
    }
    let known = |index: usize, known: &[&str]| -> usize {
        let count = |(value, count): (&String, &usize)| {
            if known.iter().any(|word| word.eq_ignore_ascii_case(value)) { *count } else { 0 }
        };
        profiles.get(index).values.iter().map(count).sum()
    };
    let told = (0..map.columns.len()).find(|&index| {
        let profile = profiles.get(index);
        let (credits, debits) = (known(index, &CREDITS), known(index, &DEBITS));
        index != amount
            && is_named_for_credits(heading(index))
            && !profile.many_values
            && credits > 0
            && debits > 0
            && (credits + debits) * 10 >= profile.filled * 6
            && profile.filled * 10 >= profiles.rows * 9
    })?;
    let unknown: Vec<String> = unknown_words(profiles.get(told));
    if unknown.is_empty() {
        let what = format!("\"{}\" tells which amounts are credits; they are taken off", heading(told));
        return Some((Credits::ToldNumbers(told), Choice::note(Code::DirectionChosen, what)));
    }
    let what = format!(
        "\"{}\" tells which amounts are credits, and they are taken off; whether {} is one it does not say, and its amounts are read as they stand",
        heading(told),
        all_of(&unknown)
    );
    Some((Credits::ToldNumbers(told), Choice::question(Code::DirectionChosen, what, Vec::new())))
}

/// Whether a column is headed as one that says what kind of document or entry a row is.
fn is_named_for_credits(heading: &str) -> bool {
    const NAMES: [&str; 20] = [
        "type",
        "kind",
        "credit",
        "credits",
        "debit",
        "debits",
        "dr",
        "cr",
        "crn",
        "inv",
        "invoice",
        "sign",
        "direction",
        "indicator",
        "document",
        "doc",
        "transaction",
        "note",
        "drcr",
        "dc",
    ];
    let words = words(heading);
    words.is_empty() || words.iter().any(|word| NAMES.contains(&word.as_str()))
}

/// Words of a column of credits that say neither.
fn unknown_words(profile: &Profile) -> Vec<String> {
    let is_known = |value: &str| CREDITS.iter().chain(&DEBITS).any(|word| word.eq_ignore_ascii_case(value));
    let mut unknown: Vec<String> =
        profile.values.keys().filter(|value| !is_known(value)).map(|value| format!("\"{value}\"")).collect();
    unknown.sort_unstable();
    unknown.truncate(MOST_UNKNOWN);
    unknown
}
