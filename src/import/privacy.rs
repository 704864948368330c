use super::meaning::{Meaning, meaning};
use super::profile::Profiles;

/// How many cells of a column look like what only a person has.
#[derive(Clone, Debug, Default)]
pub(super) struct PersonalSigns {
    /// Cells looked at.
    looked_at: usize,
    nhs_numbers: usize,
    insurance_numbers: usize,
    /// Dates of more than three years before 2000 or written as a birth date would be.
    old_dates: usize,
    postcodes: usize,
    street_addresses: usize,
    person_names: usize,
    email_addresses: usize,
}

impl PersonalSigns {
    pub(super) fn add(&mut self, cell: &str) {
        self.looked_at += 1;
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if digits == 10 {
            self.nhs_numbers += usize::from(is_nhs_number(cell));
        } else if digits == 6 {
            self.insurance_numbers += usize::from(is_insurance_number(cell));
        }
        if (6..=8).contains(&digits) && cell.len() <= 11 {
            let date = super::dates::read_date(cell, super::dates::DateOrder::DayFirst);
            self.old_dates += usize::from(date.is_some_and(|date| date.year < 2005));
        }
        if (1..=3).contains(&digits) && (5..=8).contains(&cell.len()) {
            self.postcodes += usize::from(is_postcode(cell));
        }
        if (1..=8).contains(&digits) {
            self.street_addresses += usize::from(is_street_address(cell));
        }
        if digits == 0 {
            self.person_names += usize::from(is_person_name(cell));
            self.email_addresses +=
                usize::from(cell.contains('@') && cell.contains('.') && !cell.contains(' '));
        }
    }
}

impl PersonalSigns {
    fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.looked_at).unwrap_or(0)
    }
}

/// A column that says something about people one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PersonalColumn {
    pub(super) column: usize,
    pub(super) what: &'static str,
    pub(super) count: usize,
}

/// The columns of personal data: judged by the column, when most of its values fit; never by a single value.
pub(super) fn personal_columns(headings: &[String], profiles: &Profiles) -> Vec<PersonalColumn> {
    let mut found = Vec::new();
    let meanings: Vec<Meaning> = headings.iter().map(|heading| meaning(heading).0).collect();
    for index in 0..profiles.columns.len().max(headings.len()) {
        let profile = profiles.get(index);
        let signs = &profile.personal;
        let heading = headings.get(index).map_or("", String::as_str);
        let lower = heading.to_lowercase();
        let means_person = meanings.get(index) == Some(&Meaning::Person);
        let mut say = |what, count| found.push(PersonalColumn { column: index, what, count });
        let is_reference =
            lower.contains("invoice") || lower.contains("transaction") || lower.contains("document");
        // One random number of ten digits in eleven passes the check: three quarters of a column never do.
        if signs.percent(signs.nhs_numbers) >= 75 && signs.nhs_numbers >= if is_reference { 20 } else { 2 } {
            say("NHS numbers", signs.nhs_numbers);
        } else if signs.percent(signs.insurance_numbers) >= 60 && signs.insurance_numbers >= 2 {
            say("National Insurance numbers", signs.insurance_numbers);
        } else if means_person && profile.filled > 0 && (lower.contains("birth") || lower.contains("dob")) {
            say("dates of birth", profile.filled);
        } else if means_person && profile.filled > 0 {
            let what =
                if lower.contains("name") { "names of people" } else { "numbers that stand for one person" };
            say(what, profile.filled);
        } else if signs.percent(signs.email_addresses) >= 60 && signs.email_addresses >= 3 {
            say("e-mail addresses", signs.email_addresses);
        }
    }
    if found.is_empty() {
        found.extend(names_beside_addresses(headings, profiles));
    }
    found
}

/// Names of people in one column and where they live in another, or when they were born.
fn names_beside_addresses(headings: &[String], profiles: &Profiles) -> Option<PersonalColumn> {
    let most = |count: fn(&PersonalSigns) -> usize| {
        (0..profiles.columns.len())
            .map(|index| (profiles.get(index).personal.percent(count(&profiles.get(index).personal)), index))
            .max()
            .filter(|(percent, index)| *percent >= 60 && profiles.get(*index).filled * 2 >= profiles.rows)
            .map(|(_, index)| index)
    };
    let names = most(|signs| signs.person_names)?;
    let homes =
        most(|signs| signs.street_addresses).or_else(|| most(|signs| signs.postcodes)).or_else(|| {
            most(|signs| signs.old_dates).filter(|&index| {
                !headings.get(index).is_some_and(|heading| heading.to_lowercase().contains("pa"))
            })
        })?;
    let count = profiles.get(names).personal.person_names;
    (names != homes && count >= 3).then_some(PersonalColumn {
        column: names,
        what: "names of people beside their addresses or dates of birth",
        count,
    })
}

/// Ten digits whose last is the check digit, by modulus 11.
pub(super) fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-')) {
        return false;
    }
    if digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && check == digits[9]
}

/// Two letters, six digits, a letter from A to D.
pub(super) fn is_insurance_number(text: &str) -> bool {
    let compact: Vec<u8> =
        text.bytes().filter(|b| !matches!(b, b' ' | b'-')).map(|b| b.to_ascii_uppercase()).collect();
    let [first, second, digits @ .., last] = compact.as_slice() else { return false };
    digits.len() == 6
        && digits.iter().all(u8::is_ascii_digit)
        && first.is_ascii_uppercase()
        && !b"DFIQUV".contains(first)
        && second.is_ascii_uppercase()
        && !b"DFIQUVO".contains(second)
        && (b'A'..=b'D').contains(last)
}

fn is_postcode(text: &str) -> bool {
    let Some((outward, inward)) = text.rsplit_once(' ') else { return false };
    let (outward, inward) = (outward.as_bytes(), inward.as_bytes());
    inward.len() == 3
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(u8::is_ascii_alphabetic)
        && (2..=4).contains(&outward.len())
        && outward[0].is_ascii_alphabetic()
        && outward.iter().any(u8::is_ascii_digit)
}

fn is_street_address(text: &str) -> bool {
    const STREETS: [&str; 16] = [
        " street",
        " road",
        " avenue",
        " lane",
        " close",
        " drive",
        " crescent",
        " gardens",
        " terrace",
        " grove",
        " way",
        " court",
        " st",
        " rd",
        " ave",
        " place",
    ];
    let lower = text.to_lowercase();
    let starts = lower.starts_with(|c: char| c.is_ascii_digit()) || lower.starts_with("flat ");
    starts && STREETS.iter().any(|street| lower.split(',').any(|part| part.trim_end().ends_with(street)))
}

/// `Mrs A Smith`, `Smith, John`, `John Smith`: two or three words, none of them that of a company.
fn is_person_name(text: &str) -> bool {
    let words: Vec<&str> = text.split([' ', ',', '.']).filter(|word| !word.is_empty()).collect();
    if !(2..=4).contains(&words.len()) || text.len() > 40 {
        return false;
    }
    let titled = ["mr", "mrs", "miss", "ms", "dr", "master"].contains(&words[0].to_lowercase().as_str());
    let letters = words.iter().all(|word| word.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'')));
    letters
        && (titled
            || words.len() <= 3
                && FIRST_NAMES.iter().any(|name| words.iter().any(|word| word.eq_ignore_ascii_case(name))))
}

/// The commonest first names of England; a column of people holds many of them, a column of firms few.
const FIRST_NAMES: [&str; 96] = [
    "David",
    "John",
    "Michael",
    "Paul",
    "Andrew",
    "Peter",
    "Stephen",
    "Mark",
    "Richard",
    "James",
    "Robert",
    "Christopher",
    "Ian",
    "Kevin",
    "Anthony",
    "Simon",
    "Brian",
    "Alan",
    "Graham",
    "Philip",
    "Martin",
    "Daniel",
    "Matthew",
    "Thomas",
    "William",
    "Joseph",
    "George",
    "Jack",
    "Oliver",
    "Harry",
    "Charlie",
    "Joshua",
    "Samuel",
    "Adam",
    "Ryan",
    "Luke",
    "Benjamin",
    "Lee",
    "Jamie",
    "Craig",
    "Susan",
    "Julie",
    "Karen",
    "Jacqueline",
    "Deborah",
    "Tracey",
    "Jane",
    "Helen",
    "Diane",
    "Sharon",
    "Linda",
    "Christine",
    "Margaret",
    "Patricia",
    "Barbara",
    "Jean",
    "Mary",
    "Elizabeth",
    "Sarah",
    "Emma",
    "Claire",
    "Nicola",
    "Lisa",
    "Joanne",
    "Michelle",
    "Rachel",
    "Laura",
    "Amy",
    "Rebecca",
    "Gemma",
    "Katie",
    "Charlotte",
    "Emily",
    "Jessica",
    "Chloe",
    "Sophie",
    "Olivia",
    "Amelia",
    "Lucy",
    "Hannah",
    "Bethany",
    "Megan",
    "Anne",
    "Ann",
    "Angela",
    "Alison",
    "Catherine",
    "Carol",
    "Mohammed",
    "Muhammad",
    "Ahmed",
    "Ali",
    "Fatima",
    "Aisha",
    "Priya",
    "Wei",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_known_by_their_check() {
        assert!(is_nhs_number("943 476 5919"));
        assert!(!is_nhs_number("943 476 5918"));
        assert!(is_insurance_number("AB 12 34 56 C"));
        assert!(!is_insurance_number("GB123456C"[..8].into()));
        assert!(!is_insurance_number("QQ123456Z"));
        assert!(is_person_name("Mrs A Smith") && is_person_name("Smith, John"));
        assert!(!is_person_name("Hays Personnel"));
        assert!(is_street_address("14 Acacia Avenue") && is_street_address("Flat 2, 9 Mill Lane, Bury"));
    }
}
