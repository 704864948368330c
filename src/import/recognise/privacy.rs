//! Personal data told by what a column holds: NHS and National Insurance numbers, births, addresses, names of
//! people. A file that has any is refused whole; a value found is counted and never shown.

use super::meaning::{Meaning, meaning, words};
use super::profile::{Profile, Profiles};
use crate::import::cell::read_year_of_birth;

/// How many cells of a column look like what only a person has.
#[derive(Clone, Debug, Default)]
pub(super) struct PersonalSigns {
    /// Cells looked at.
    looked_at: usize,
    nhs_numbers: usize,
    insurance_numbers: usize,
    /// Dates before 2006: payments are published since about 2010, so a column of older ones, spread over many
    /// years, is of births.
    old_dates: usize,
    dates: usize,
    postcodes: usize,
    street_addresses: usize,
    person_names: usize,
    email_addresses: usize,
    /// Numbers of telephones, and those that can only be of a mobile one.
    telephones: usize,
    mobiles: usize,
    redacted: usize,
    /// The earliest and the latest year of the dates.
    years: Option<(u16, u16)>,
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
        if (6..=8).contains(&digits)
            && cell.len() <= 11
            && let Some(year) = read_year_of_birth(cell)
        {
            self.old_dates += usize::from(year < 2006);
            self.dates += 1;
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
        if (1..=3).contains(&digits) && (5..=8).contains(&cell.len()) {
            self.postcodes += usize::from(is_postcode(cell));
        }
        if (1..=8).contains(&digits) {
            self.street_addresses += usize::from(is_street_address(cell));
        }
        if (10..=13).contains(&digits) {
            let (telephone, mobile) = telephone(cell);
            self.telephones += usize::from(telephone);
            self.mobiles += usize::from(mobile);
        }
        if digits == 0 {
            self.person_names += usize::from(is_person_name(cell));
            self.redacted += usize::from(is_redacted(cell));
        }
        self.email_addresses += usize::from(is_email(cell));
    }
}

impl PersonalSigns {
    fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.looked_at).unwrap_or(0)
    }
}

/// A column that says something about people one by one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) struct PersonalColumn {
    pub(in crate::import) column: usize,
    pub(in crate::import) what: &'static str,
    pub(in crate::import) count: usize,
}

/// What a heading says of the people in its column.
#[derive(Clone, Copy, Debug, Default)]
struct HeadingSigns {
    nhs: bool,
    insurance: bool,
    birth: bool,
    email: bool,
    telephone: bool,
    /// "Surname", "Patient", "Client name".
    person: bool,
    /// Any other name: "Name", "Contact".
    name: bool,
    /// Invoices, documents, companies and VAT have numbers of their own.
    reference: bool,
}

impl HeadingSigns {
    fn of(heading: &str) -> Self {
        let words = words(heading);
        let any = |wanted: &[&str]| wanted.iter().any(|wanted| words.iter().any(|word| word == wanted));
        let number = any(&["number", "id", "#"]);
        Self {
            nhs: any(&["nhs"]) && (number || words.len() == 1) || any(&["nhsno", "nhsnumber"]),
            insurance: any(&["nino", "nin", "ninumber", "nino"])
                || any(&["ni"]) && (number || words.len() == 1)
                || any(&["national"]) && any(&["insurance"]),
            birth: any(&["birth", "dob", "born", "birthdate", "birthday"]),
            email: any(&["email", "mail"]) || heading.to_lowercase().contains("e-mail"),
            telephone: any(&["telephone", "phone", "mobile", "tel", "landline"]),
            person: meaning(heading).0 == Meaning::Person,
            name: any(&[
                "name", "contact", "client", "customer", "tenant", "claimant", "resident", "person",
                "employee",
            ]) && !any(&[
                "supplier",
                "vendor",
                "payee",
                "company",
                "body",
                "organisation",
                "beneficiary",
                "creditor",
            ]),
            reference: any(&[
                "invoice",
                "transaction",
                "document",
                "voucher",
                "order",
                "po",
                "contract",
                "company",
                "charity",
                "vat",
                "registration",
                "account",
                "ledger",
                "cheque",
                "supplier",
                "vendor",
                "creditor",
                "project",
                "code",
            ]),
        }
    }
}

/// The columns of personal data: judged by the column, when most of its values fit; never by a single value, unless the
/// heading says the same.
pub(in crate::import) fn personal_columns(headings: &[String], profiles: &Profiles) -> Vec<PersonalColumn> {
    let mut found = Vec::new();
    for index in 0..profiles.columns.len().max(headings.len()) {
        let heading = HeadingSigns::of(headings.get(index).map_or("", String::as_str));
        if let Some((what, count)) = personal(heading, profiles.get(index)) {
            found.push(PersonalColumn { column: index, what, count });
        }
    }
    if found.is_empty() {
        found.extend(names_beside_addresses(headings, profiles));
    }
    found
}

/// What a column says of people, and in how many rows.
fn personal(heading: HeadingSigns, profile: &Profile) -> Option<(&'static str, usize)> {
    let signs = &profile.personal;
    // How many values are enough: one, where the heading says so too; very many, where it says something else.
    let fits = |count: usize, percent: usize, said: bool| {
        let enough = match (said, heading.reference) {
            (true, _) => 1,
            (false, true) => 20,
            (false, false) => 2,
        };
        count >= enough && signs.percent(count) >= if said { 50 } else { percent }
    };
    if profile.filled == 0 || signs.percent(signs.redacted) > 50 {
        return None;
    }
    // One random number of ten digits in eleven passes the check: three quarters of a column never do.
    if fits(signs.nhs_numbers, 75, heading.nhs) {
        return Some(("NHS numbers", signs.nhs_numbers));
    }
    // Nothing else is written like these, so a single row is enough.
    let insurance = signs.insurance_numbers;
    if fits(insurance, 60, heading.insurance)
        || !heading.reference && insurance > 0 && insurance == signs.looked_at
    {
        return Some(("National Insurance numbers", insurance));
    }
    if fits(signs.email_addresses, 60, heading.email)
        || signs.email_addresses > 0 && signs.email_addresses == signs.looked_at
    {
        return Some(("e-mail addresses", signs.email_addresses));
    }
    if heading.telephone && fits(signs.telephones, 50, true) || fits(signs.mobiles, 75, false) {
        return Some(("telephone numbers", signs.telephones));
    }
    if heading.birth && (signs.percent(signs.dates) >= 50 || profile.percent(profile.serials) >= 50) {
        return Some(("dates of birth", signs.dates.max(profile.serials)));
    }
    // Payments are made within a few years; people are born over many.
    let spread = signs.years.map_or(0, |(first, last)| last - first);
    if spread >= 20 && signs.old_dates >= 3 && signs.percent(signs.old_dates) >= 60 {
        return Some(("dates of birth", signs.old_dates));
    }
    if heading.person {
        let what = if heading.nhs || heading.insurance || profile.percent(profile.letters) < 50 {
            "numbers that stand for one person"
        } else {
            "names of people"
        };
        return Some((what, profile.filled));
    }
    None
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
    let heading = HeadingSigns::of(headings.get(names).map_or("", String::as_str));
    let lower = |index: usize| headings.get(index).map_or_else(String::new, |heading| heading.to_lowercase());
    // Sole traders are suppliers, with a postcode or a street in the next column; people at home are not headed so.
    let is_payee =
        ["supplier", "vendor", "payee", "creditor", "beneficiary", "recipient", "company", "paid to"]
            .iter()
            .any(|word| lower(names).contains(word));
    let homes = most(|signs| signs.street_addresses)
        .filter(|&index| !is_payee || !lower(index).contains("supplier"))
        .or_else(|| most(|signs| signs.postcodes).filter(|_| !is_payee))
        .or_else(|| {
            most(|signs| signs.old_dates).filter(|&index| {
                !["pay", "paid", "invoice", "post", "trans"].iter().any(|word| lower(index).contains(word))
            })
        })?;
    let count = profiles.get(names).personal.person_names;
    let enough = if heading.name || heading.person { 1 } else { 3 };
    (names != homes && count >= enough).then_some(PersonalColumn {
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

fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    !name.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains('@')
        && !text.contains([' ', '/', ','])
}

/// Whether this is the number of a British telephone, and whether it can only be of a mobile one.
fn telephone(text: &str) -> (bool, bool) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '.');
    if !text.chars().all(is_part) || text.matches('.').count() > 2 {
        return (false, false);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0044")
        .or_else(|| digits.strip_prefix("44").filter(|_| text.contains('+')))
        .map_or_else(|| digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    let telephone = matches!(national.len(), 10 | 11) && national.starts_with('0');
    (telephone, telephone && national.len() == 11 && national.starts_with("07"))
}

/// Whether the publisher has put something in a person's place.
fn is_redacted(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["redact", "withheld", "personal", "confidential", "not disclosed", "anonym"]
        .iter()
        .any(|word| lower.contains(word))
        || text.chars().all(|c| matches!(c, '*' | 'x' | 'X' | '-' | '.' | '#'))
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
        assert!(is_email("someone@example.org") && !is_email("3 @ 5.00") && !is_email("@"));
        assert_eq!(telephone("07700 900123"), (true, true));
        assert_eq!(telephone("+44 (0)20 7946 0000"), (true, false));
        assert_eq!(telephone("5100479476"), (false, false));
        assert!(is_street_address("14 Acacia Avenue") && is_street_address("Flat 2, 9 Mill Lane, Bury"));
    }
}
