//! Whose spending a file is, where no column says it plainly: the titles above the table, the file's name, or the
//! department above entities that are its parts.

use super::profile::Profile;
use crate::import::cell::month_name;

/// Words that bodies have in their names.
const BODIES: [&str; 33] = [
    "academy",
    "agency",
    "association",
    "authority",
    "borough",
    "ccg",
    "commission",
    "commissioner",
    "constabulary",
    "corporation",
    "council",
    "county",
    "court",
    "department",
    "executive",
    "fire",
    "foundation",
    "homes",
    "hospital",
    "hospitals",
    "housing",
    "icb",
    "ministry",
    "nhs",
    "office",
    "parish",
    "partnership",
    "pct",
    "police",
    "probation",
    "service",
    "trust",
    "university",
];

/// Bodies of one place, which a department of state only passes money to.
const LOCAL_BODIES: [&str; 16] = [
    "borough",
    "ccg",
    "college",
    "constabulary",
    "council",
    "fire",
    "foundation",
    "hospital",
    "hospitals",
    "icb",
    "nhs",
    "parish",
    "pct",
    "police",
    "trust",
    "university",
];

/// Words of titles that are no part of a body's name.
const TITLE_WORDS: [&str; 62] = [
    "000",
    "25k",
    "500",
    "accounts",
    "actual",
    "all",
    "amounts",
    "are",
    "at",
    "budget",
    "by",
    "commercial",
    "csv",
    "data",
    "date",
    "during",
    "each",
    "end",
    "equal",
    "exceeding",
    "excl",
    "expenditure",
    "expenses",
    "figures",
    "file",
    "final",
    "financial",
    "from",
    "greater",
    "have",
    "in",
    "inc",
    "invoice",
    "invoices",
    "items",
    "list",
    "made",
    "monthly",
    "more",
    "net",
    "on",
    "open",
    "over",
    "paid",
    "payment",
    "payments",
    "period",
    "procurement",
    "publication",
    "published",
    "quarter",
    "report",
    "spend",
    "spending",
    "statement",
    "supplier",
    "suppliers",
    "than",
    "transactions",
    "transparency",
    "value",
    "were",
];

/// The body that titles or a file's name are about, with the text that says so.
pub(in crate::import) fn agency_of_file(titles: &[String], file: &str) -> Option<(String, String)> {
    let of_titles = titles.iter().find_map(|title| Some((body_in(title)?, title.clone())));
    of_titles.or_else(|| {
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        // Joining words were small in the title that the name was made of.
        Some((in_title_case(&body_in(&stem.replace(['-', '_'], " "))?), file.to_owned()))
    })
}

/// The words that name a body in a title: "Anytown Borough Council" in "Payments over £500: Anytown Borough Council".
fn body_in(title: &str) -> Option<String> {
    if title.len() > 200 {
        return None;
    }
    let mut runs: Vec<(bool, Vec<&str>)> = Vec::new();
    for piece in
        title.split([':', '|', ',', '(', ')', ';', '\u{2013}', '\u{2014}']).flat_map(|p| p.split(" - "))
    {
        let mut made_by = false;
        let mut run: Vec<&str> = Vec::new();
        for word in piece.split_whitespace() {
            let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
            let ends = word != "&"
                && (lower.is_empty()
                    || TITLE_WORDS.binary_search(&lower.as_str()).is_ok()
                    || lower.bytes().any(|b| b.is_ascii_digit())
                    || lower != "may" && month_name(&lower).is_some());
            if ends {
                runs.push((made_by, std::mem::take(&mut run)));
                made_by = lower == "by";
            } else {
                run.push(word);
            }
        }
        runs.push((made_by, run));
    }
    runs.into_iter().find_map(|(made_by, run)| {
        let joining = |word: &&str| {
            ["&", "a", "and", "for", "of", "the", "to", "with", "your", "our"]
                .contains(&word.to_lowercase().as_str())
        };
        let from = run.iter().position(|word| !joining(word))?;
        let to = run.iter().rposition(|word| !joining(word))?;
        let run = &run[from..=to];
        let is_body = run.iter().any(|word| is_one_of(word, &BODIES));
        // A single word such as "Council" names nobody.
        (is_body && run.len() > 1
            || made_by && run.iter().all(|word| *word == "&" || word.starts_with(char::is_uppercase)))
        .then(|| run.join(" ").trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
    })
}

/// Whether a heading names a council, a trust, a force.
pub(super) fn is_body(heading: &str) -> bool {
    heading.split_whitespace().any(|word| is_one_of(word, &LOCAL_BODIES))
}

/// Whether a name is that of a department of state or another whole body, or its initials: "DWP", "Home Office".
pub(super) fn is_office(name: &str) -> bool {
    let is_initials = (2..=6).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_uppercase());
    is_initials || name.contains(' ') && name.split_whitespace().any(|word| is_one_of(word, &BODIES))
}

/// Whether a name is that of a department of state or a government.
pub(super) fn is_of_state(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    ["department for ", "department of ", "ministry of ", "hm ", "local government "]
        .iter()
        .any(|begins| lower.starts_with(begins))
        || lower.ends_with(" government")
}

fn is_one_of(word: &str, known: &[&str]) -> bool {
    let lower = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    known.contains(&lower.as_str())
}

/// `anytown borough council` as people write it; names that have capitals keep them.
fn in_title_case(name: &str) -> String {
    if name.chars().any(char::is_uppercase) {
        return name.to_owned();
    }
    let words: Vec<String> = name
        .split_whitespace()
        .map(|word| match word {
            "and" | "of" | "for" | "the" => word.to_owned(),
            "nhs" | "ccg" | "icb" | "pct" => word.to_uppercase(),
            _ => {
                let mut letters = word.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        })
        .collect();
    words.join(" ")
}

/// Whether entities are parts of the one department that publishes, rather than bodies of their own: the department
/// is the same in nearly every row, the entities are several, and few of them are councils, trusts or forces.
pub(super) fn is_one_department(family: &Profile, entities: &Profile) -> bool {
    let most = |profile: &Profile| profile.values.values().copied().max().unwrap_or(0);
    let name = |profile: &Profile| {
        profile.values.iter().max_by_key(|(_, count)| **count).map(|(name, _)| name.trim().to_lowercase())
    };
    // Where both say the same, the few other entities are parts of it, or the same misspelt.
    let is_itself = name(family) == name(entities) && most(entities) < entities.filled;
    let local: usize = entities
        .values
        .iter()
        .filter(|(name, _)| name.split_whitespace().any(|word| is_one_of(word, &LOCAL_BODIES)))
        .map(|(_, count)| *count)
        .sum();
    family.filled > 0
        && family.percent(most(family)) >= 90
        && entities.filled > 0
        && (is_itself || entities.percent(most(entities)) < 98 && entities.percent(local) < 50)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(title: &str, right: Option<&str>) {
        assert_eq!(body_in(title).as_deref(), right, "{title:?}");
    }

    #[test]
    fn bodies_are_found_in_titles() {
        assert!(TITLE_WORDS.is_sorted());
        check("Payments over £500: Anytown Borough Council", Some("Anytown Borough Council"));
        check("Anytown Borough Council - payments over £500", Some("Anytown Borough Council"));
        check("NHS Midshire ICB Expenditure over £30,000 April 2024", Some("NHS Midshire ICB"));
        check("Department of Health spend over £25,000 for August 2011", Some("Department of Health"));
        check(
            "Report of all payments made by GLA & GLA Land & Property for value over £250",
            Some("GLA & GLA Land & Property"),
        );
        check("Midshire Fire and Rescue Service", Some("Midshire Fire and Rescue Service"));
        for nobody in [
            "Payments over £500",
            "Council spending over £500",
            "Period: May 2023",
            "Revenue account",
            "Spend report",
        ] {
            check(nobody, None);
        }
        let named = agency_of_file(&[], "west-midshire-council-spend-2023-24.csv").map(|(name, _)| name);
        assert_eq!(named.as_deref(), Some("West Midshire Council"));
    }
}
