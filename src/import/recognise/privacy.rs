//! Personal data told by what a column holds: NHS and National Insurance numbers, births, addresses, names of
//! people. A file that has any is refused whole; a value found is counted and never shown.

use super::meaning::{Meaning, meaning, words};
use super::person::PersonalSigns;
use super::profile::{Profile, Profiles};

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
    /// Dates of what bodies do: they are registered, incorporated and dissolved over many years.
    of_bodies: bool,
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
            of_bodies: any(&[
                "registration",
                "registered",
                "register",
                "incorporation",
                "incorporated",
                "established",
                "founded",
                "formed",
                "dissolved",
                "removed",
                "removal",
                "opened",
                "opening",
                "built",
                "lease",
                "acquired",
                "acquisition",
                "contract",
                "start",
                "commencement",
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
    if fits(signs.nhs_numbers, 75, heading.nhs) && (heading.nhs || signs.are_nhs_numbers()) {
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
    if !heading.of_bodies && spread >= 20 && signs.old_dates >= 3 && signs.percent(signs.old_dates) >= 60 {
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
