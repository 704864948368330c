//! What a name is on pictures and in lists: an agency's short name where the place has one, and what a publisher wrote
//! in CAPITALS as a sentence has it. The lines keep what was read; filters, exports of lines and the audit say that.

use std::borrow::Cow;

use super::{Agency, Dimension};

/// What a name of a dimension is on a picture: the short name that the place has for the agency, else the name itself.
pub fn shown_name<'a>(dimension: Dimension, name: &'a str, agencies: &'a [Agency]) -> Cow<'a, str> {
    let is_body = is_body(dimension);
    let short = || agencies.iter().find(|agency| agency.name == name)?.short.as_deref();
    match is_body.then(short).flatten() {
        Some(short) => Cow::Borrowed(short),
        None => without_capitals(name, is_body),
    }
}

/// Whether names of the dimension are those of bodies and areas, every word of which begins with a capital.
const fn is_body(dimension: Dimension) -> bool {
    matches!(
        dimension,
        Dimension::Funder | Dimension::Agency | Dimension::Provider | Dimension::Supplier | Dimension::Area
    )
}

/// `MANCHESTER CITY COUNCIL` as `Manchester City Council`, `STAFF COSTS` as `Staff costs`; what is not all in capitals
/// is left as it is, and so is one word that may be letters of a name: `BBC`, `GMCA`.
fn without_capitals(name: &str, is_of_bodies: bool) -> Cow<'_, str> {
    let letters = || name.chars().filter(|c| c.is_alphabetic());
    let is_all_capitals =
        !letters().any(char::is_lowercase) && letters().filter(|c| c.is_uppercase()).count() > 1;
    let is_one_short_word = !name.trim().contains(' ') && letters().count() <= LONGEST_ALONE;
    if !is_all_capitals || is_one_short_word {
        return Cow::Borrowed(name);
    }
    let words = name.split(' ').enumerate();
    let said: Vec<String> =
        words.map(|(place, word)| in_small_letters(word, place == 0, is_of_bodies)).collect();
    Cow::Owned(said.join(" "))
}

/// One word of so many letters alone may be an acronym that nobody listed.
const LONGEST_ALONE: usize = 5;

/// What stays in capitals wherever it stands: bodies, arrangements and services that nobody knows otherwise, and
/// countries. Words without a vowel ("NHS", "DWP", "CCG") stay so without being listed.
const ACRONYMS: [&str; 44] = [
    // Departments, agencies and kinds of bodies.
    "ACAS", "BEIS", "BIS", "CAMHS", "CEC", "CIC", "CYPS", "DEFRA", "DFE", "DIUS", "EA", "EFA", "ESFA", "EU",
    "FE", "GLA", "GMCA", "HCA", "HE", "HMP", "HMRC", "ICB", "ICS", "LEP", "MOD", "MOJ", "MOPAC", "NAO",
    "OFSTED", "ONS", "PCT", "SFA", "UK", "US", "USA", "VAT", "VCSE", "YMCA",
    // Of services and money: information technology, human resources, education for children with special needs.
    "IT", "ICT", "HR", "SEN", "SEND", "PFI",
];

/// Words without a vowel that are no acronyms, or are written small.
const SMALL: [(&str, &str); 9] = [
    ("LTD", "Ltd"),
    ("PLC", "plc"),
    ("MR", "Mr"),
    ("MRS", "Mrs"),
    ("DR", "Dr"),
    ("ST", "St"),
    ("MY", "My"),
    ("BY", "by"),
    ("CO", "Co"),
];

/// Two letters that are a word of English; others are somebody's initials.
const OF_TWO: [&str; 16] =
    ["AM", "AN", "AS", "AT", "BE", "BY", "DO", "GO", "IF", "IN", "NO", "OF", "ON", "OR", "TO", "UP"];

/// Whether letters can only be an acronym: two of them that are no word, or four that begin with one letter twice, as
/// "WWEG" does.
fn is_no_english_word(bare: &str) -> bool {
    let letters: Vec<char> = bare.chars().collect();
    match letters[..] {
        [_, _] => !OF_TWO.contains(&bare),
        [first, second, ..] if letters.len() <= 4 => first == second,
        _ => false,
    }
}

/// Within a name these begin with no capital.
const BETWEEN: [&str; 9] = ["AND", "OF", "THE", "FOR", "IN", "ON", "TO", "AT", "WITH"];

/// A word of a name in capitals, as it stands in the name of a body or in a sentence.
fn in_small_letters(word: &str, is_first: bool, is_of_bodies: bool) -> String {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if let Some((_, small)) = SMALL.iter().find(|(known, _)| *known == bare) {
        let begins = is_first || (is_of_bodies && *small != "by");
        let small = if begins || *small == "plc" { (*small).to_owned() } else { small.to_lowercase() };
        return word.replacen(bare, &small, 1);
    }
    let has_vowel = bare.chars().any(|c| "AEIOUY".contains(c) || (c.is_alphabetic() && !c.is_ascii()));
    let is_acronym = ACRONYMS.contains(&bare)
        || bare.chars().any(|c| c.is_ascii_digit())
        || (bare.contains('&') && bare.len() <= 5)
        || (!has_vowel && bare.chars().count() <= 5)
        || is_no_english_word(bare);
    if is_acronym {
        return word.to_owned();
    }
    let begins = is_first || (is_of_bodies && !BETWEEN.contains(&bare));
    let mut said = String::with_capacity(word.len());
    // What stands before the first letter, such as a bracket, is passed over; after a hyphen or a stroke a word begins.
    let mut at_beginning = begins;
    for letter in word.chars() {
        if at_beginning {
            said.push(letter);
        } else {
            said.extend(letter.to_lowercase());
        }
        at_beginning = match letter {
            // Not after an apostrophe: "St Mary's".
            '-' | '/' | '(' if is_of_bodies => true,
            letter if letter.is_alphabetic() => false,
            _ => at_beginning,
        };
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_become_names_of_bodies_and_words_of_sentences() {
        for (dimension, name, said) in [
            (Dimension::Supplier, "ROYAL MAIL GROUP PLC", "Royal Mail Group plc"),
            (Dimension::Supplier, "HP ENTERPRISE SERVICES UK LTD", "HP Enterprise Services UK Ltd"),
            (
                Dimension::Supplier,
                "THE BIG WORD INTERPRETING SERVICES LTD",
                "The Big Word Interpreting Services Ltd",
            ),
            (Dimension::Agency, "MANCHESTER CITY COUNCIL", "Manchester City Council"),
            (Dimension::Agency, "NHS TRAFFORD CCG", "NHS Trafford CCG"),
            (Dimension::Area, "STOKE-ON-TRENT", "Stoke-On-Trent"),
            (Dimension::Service, "STAFF COSTS", "Staff costs"),
            (Dimension::Service, "PRINTING STATIONERY IT CONSUMABLES", "Printing stationery IT consumables"),
            (Dimension::Service, "HEALTH & SAFETY", "Health & safety"),
            (Dimension::Theme, "(ADULTS) CARE", "(Adults) care"),
            (Dimension::Service, "ELECTRICITY", "Electricity"),
            (Dimension::Supplier, "A&M 24", "A&M 24"),
            (Dimension::Service, "WWEG EG SUMMARY OF IT", "WWEG EG summary of IT"),
            // Letters of a name, and what was written with care.
            (Dimension::Supplier, "SERCO", "SERCO"),
            (Dimension::Agency, "HMRC", "HMRC"),
            (Dimension::Agency, "HM Revenue and Customs", "HM Revenue and Customs"),
            (Dimension::Service, "Not stated", "Not stated"),
            (Dimension::Service, "", ""),
            (Dimension::Service, "ÉCOLES PRIMAIRES", "Écoles primaires"),
        ] {
            assert_eq!(shown_name(dimension, name, &[]), said, "{name}");
        }
    }

    #[test]
    fn an_agency_has_the_short_name_of_the_place() {
        let dwp =
            Agency { name: "DEPARTMENT FOR WORK".to_owned(), short: Some("DWP".to_owned()), sector: None };
        let agencies = [dwp, Agency { name: "Police".to_owned(), short: None, sector: None }];
        assert_eq!(shown_name(Dimension::Agency, "DEPARTMENT FOR WORK", &agencies), "DWP");
        // The same body gives money as well.
        assert_eq!(shown_name(Dimension::Funder, "DEPARTMENT FOR WORK", &agencies), "DWP");
        assert_eq!(shown_name(Dimension::Agency, "Police", &agencies), "Police");
        assert_eq!(shown_name(Dimension::Theme, "DEPARTMENT FOR WORK", &agencies), "Department for work");
    }
}
