//! Names reduced to what tells bodies apart: keys, initials, tiers of councils, and the kind of public body a
//! name says it is. English public bodies only; it proposes and never merges.

use std::collections::BTreeSet;

/// What two spellings of one name share without a doubt: letters and digits in lower case, `&` read as "and", without
/// "the" in front and without Ltd, Limited, PLC or LLP at the end.
pub(super) fn name_key(name: &str) -> String {
    let text = spaced(name);
    let words = words(&text);
    let mut words: &[&str] = &words;
    if let [first, rest @ ..] = words
        && *first == "the"
        && !rest.is_empty()
    {
        words = rest;
    }
    // "limted" and "lmited" stand in published files often enough to be worth two words here.
    while let [rest @ .., last] = words
        && matches!(*last, "ltd" | "limited" | "plc" | "llp" | "limted" | "lmited")
        && !rest.is_empty()
    {
        words = rest;
    }
    // Joined without spaces: "Health Watch" and "Healthwatch" are one.
    words.concat()
}

/// Whether a council's name says that it is a county's or a town's: both may be called after one place.
pub(super) fn tier(name: &str) -> Option<Tier> {
    let text = spaced(name);
    let words = words(&text);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    match (
        has(&["county", "cc"]),
        has(&["city", "borough", "district", "metropolitan", "mbc", "mdc", "bc", "dc"]),
    ) {
        (true, false) => Some(Tier::County),
        (false, true) => Some(Tier::Town),
        _ => None,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tier {
    County,
    Town,
}

/// Where the words of a name end in its key, counted in letters.
pub(super) fn word_ends(name: &str) -> Vec<usize> {
    let text = spaced(name);
    let words = words(&text);
    let leads_with_the = words.len() > 1 && words[0] == "the";
    let mut end = 0;
    words
        .iter()
        .skip(usize::from(leads_with_the))
        .map(|word| {
            end += word.chars().count();
            end
        })
        .collect()
}

/// The first letters of a name's words, as bodies are called for short: "GMCA".
pub(super) fn acronym(name: &str) -> Option<String> {
    let letters: String = words(&spaced(name))
        .iter()
        .filter(|word| !matches!(**word, "of" | "and" | "the" | "for"))
        .filter_map(|word| word.chars().next())
        .collect();
    (letters.len() > 1).then(|| letters.to_uppercase())
}

/// The words of a name that [`spaced`] has set apart.
pub(super) fn words(text: &str) -> Vec<&str> {
    text.split(' ').filter(|word| !word.is_empty()).collect()
}

/// The words of a name in lower case, with a space between; points within a word are no part of it: "C.A.B." is "cab".
pub(super) fn spaced(name: &str) -> String {
    let mut text = String::with_capacity(name.len() + 8);
    for c in name.chars() {
        match c {
            // Nearly every letter is ASCII, and this runs for each supplier of a place: no table of Unicode
            // for those.
            'a'..='z' | '0'..='9' => text.push(c),
            'A'..='Z' => text.push(c.to_ascii_lowercase()),
            '&' | '+' => {
                end_word(&mut text);
                text.push_str("and ");
            }
            '.' | '\'' | '\u{2019}' => {}
            c if !c.is_ascii() && c.is_alphanumeric() => text.extend(c.to_lowercase()),
            _ => end_word(&mut text),
        }
    }
    text.truncate(text.trim_end_matches(' ').len());
    text
}

fn end_word(text: &mut String) {
    if !text.is_empty() && !text.ends_with(' ') {
        text.push(' ');
    }
}

/// What kind of public body a name says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicBody {
    Council,
    PrimaryCareTrust,
    CommissioningBoard,
    NhsTrust,
    Nhs,
    Police,
    Fire,
    Probation,
    CombinedAuthority,
    TransportAuthority,
    WasteAuthority,
    Department,
}

impl PublicBody {
    /// "council", "NHS trust".
    pub const fn words(self) -> &'static str {
        match self {
            Self::Council => "council",
            Self::PrimaryCareTrust => "primary care trust",
            Self::CommissioningBoard => "NHS commissioner",
            Self::NhsTrust => "NHS trust",
            Self::Nhs => "NHS body",
            Self::Police => "police",
            Self::Fire => "fire and rescue",
            Self::Probation => "probation",
            Self::CombinedAuthority => "combined authority",
            Self::TransportAuthority => "transport authority",
            Self::WasteAuthority => "waste authority",
            Self::Department => "government department",
        }
    }
}

/// Words that say what kind of body it is, and not which.
/// What a name has beside them is its key. "london" is among them because every London borough may add it.
const KIND_WORDS: [&str; 54] = [
    "city",
    "borough",
    "metropolitan",
    "county",
    "district",
    "royal",
    "council",
    "corporation",
    "unitary",
    "mbc",
    "mdc",
    "cc",
    "bc",
    "dc",
    "cbc",
    "of",
    "the",
    "london",
    "nhs",
    "trust",
    "trus",
    "foundation",
    "ft",
    "primary",
    "care",
    "pct",
    "icb",
    "ccg",
    "hospital",
    "hospitals",
    "university",
    "teaching",
    "integrated",
    "clinical",
    "commissioning",
    "group",
    "board",
    "nhst",
    "police",
    "constabulary",
    "authority",
    "service",
    "services",
    "fire",
    "rescue",
    "and",
    "probation",
    "combined",
    "waste",
    "disposal",
    "for",
    "department",
    "ministry",
    "commissioner",
];

/// The public body a name seems to be: its kind, and a key that other spellings of the same body share. It is near
/// enough to propose, and not to act on.
pub fn public_body(name: &str) -> Option<(PublicBody, String)> {
    let text = spaced(name);
    let words = words(&text);
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    // Firms and clubs are called after towns and services too.
    if has(&[
        "ltd",
        "limited",
        "plc",
        "llp",
        "club",
        "association",
        "solicitors",
        "federation",
        "society",
        "housing",
        "homes",
    ]) || text.contains("parish council")
        || text.contains("council for")
        || text.contains("british council")
        || text.contains("research council")
        || text.contains("arts council")
    {
        return None;
    }
    // The narrower kinds come first: a combined authority has "authority" in its name, and a trust may have
    // "council".
    let kind = if has(&["council", "mbc", "mdc", "cbc"])
        || text.ends_with(" borough")
        || text.contains("city corporation")
    {
        PublicBody::Council
    } else if has(&["pct", "pcts"]) || text.contains("primary care trust") {
        PublicBody::PrimaryCareTrust
    } else if has(&["icb", "ccg"])
        || text.contains("integrated care board")
        || text.contains("clinical commissioning")
    {
        PublicBody::CommissioningBoard
    } else if has(&["nhst"])
        || text.contains("nhs") && has(&["trust", "trus", "foundation", "ft"])
        || text.contains("university hospital")
        || text.contains("mental health") && has(&["trust"])
    {
        PublicBody::NhsTrust
    } else if words.first() == Some(&"nhs") {
        PublicBody::Nhs
    } else if has(&["police", "constabulary"]) {
        PublicBody::Police
    } else if has(&["fire"]) && has(&["rescue", "authority", "brigade"]) {
        PublicBody::Fire
    } else if has(&["probation"]) {
        PublicBody::Probation
    } else if text.contains("combined authority") {
        PublicBody::CombinedAuthority
    } else if text.contains("passenger transport") || text.starts_with("transport for ") {
        PublicBody::TransportAuthority
    } else if has(&["waste"]) && text.contains("auth") {
        PublicBody::WasteAuthority
    } else if text.starts_with("department for ")
        || text.starts_with("department of ")
        || text.starts_with("ministry of ")
    {
        PublicBody::Department
    } else if text.contains("borough of ") {
        PublicBody::Council
    } else {
        return None;
    };
    // Sorted, so that "Royal Bolton" and "Bolton Royal" are one; single letters are initials that not every
    // file writes.
    let which: BTreeSet<&str> =
        words.iter().copied().filter(|word| word.len() > 1 && !KIND_WORDS.contains(word)).collect();
    if which.is_empty() {
        return None;
    }
    let key = format!("{}:{}", kind.words(), which.into_iter().collect::<Vec<_>>().join(" "));
    Some((kind, key))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        for (one, other) in [
            ("The Acme Group Ltd.", "ACME GROUP LIMITED"),
            ("Smith & Sons", "Smith and Sons Ltd"),
            ("SALFORD CITY  COUNCIL", "Salford City Council"),
            ("C.A.B. (Salford)", "CAB Salford"),
        ] {
            assert_eq!(name_key(one), name_key(other));
        }
        assert_ne!(name_key("Ward 1 Ltd"), name_key("Ward 2 Ltd"));
        assert_eq!(name_key("Limited"), "limited");
    }

    #[test]
    fn a_public_body_is_known_by_its_name() {
        let same = |one: &str, other: &str| {
            assert!(public_body(one).is_some(), "{one}");
            assert_eq!(public_body(one), public_body(other), "{one}, {other}");
        };
        same("TRAFFORD METROPOLITAN BOROUGH COUNCIL (G)", "Trafford  Council");
        same("Manchester City Council", "Council of the City of Manchester");
        same("NHS Manchester Primary Care Trust", "MANCHESTER PCT");
        same("Greater Manchester Probation Board", "Greater Manchester Probation Trust");
        for other in
            ["Police Federation", "Council Flooring Ltd", "Fire Doors Direct", "Arts Council England", "GMCA"]
        {
            assert_eq!(public_body(other), None, "{other}");
        }
    }
}
