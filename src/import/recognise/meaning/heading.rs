//! What a heading means by its words: rules from the narrow to the wide, each with how sure it is. It knows
//! headings only; what stands below them is held against it elsewhere.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::amounts::{AMOUNTS, UNSAID_AMOUNTS};
use super::dates::DATES;
use super::kinds::Meaning;
use super::known::known;
use super::parties::{AREAS, BODIES, FUNDERS, PAID, PAID_TO, SUPPLIERS};
use super::people::PEOPLE;
use super::purposes::{
    DESCRIPTIONS, KINDS_OF_MONEY, OF_NO_USE, SERVICES, THEMES, TIMES, TRANSACTIONS, TYPES,
};
use super::rules::{HeadingRule, first, telling_words};
use super::words::words;
use crate::dimension::Dimension;

/// What a heading means, and how surely: 0 to 100.
pub(in crate::import) fn meaning(heading: &str) -> (Meaning, u8) {
    let words = words(heading);
    known(&words.join(" ")).or_else(|| by_rules(&words)).unwrap_or((Meaning::Unknown, 0))
}

/// What a heading names, for those who read rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::import) enum HeadingKind {
    Amount,
    Date,
    Party,
    Other(u8),
    Unknown,
}

/// What a heading names.
pub(in crate::import) fn heading_kind(heading: &str) -> HeadingKind {
    match meaning(heading).0 {
        Meaning::Amount(_) => HeadingKind::Amount,
        Meaning::Date(_) => HeadingKind::Date,
        Meaning::Dimension(Dimension::Supplier) => HeadingKind::Party,
        Meaning::Dimension(dimension) => HeadingKind::Other(dimension.index() as u8),
        _ => HeadingKind::Unknown,
    }
}

/// Whether a heading names the parts of a body: its directorates and departments.
pub(in crate::import) fn names_part(heading: &str) -> bool {
    meaning(heading).0 == Meaning::Department
}

/// Whether a heading speaks of who is paid, even where it is headed as a code or a description of them.
pub(in crate::import) fn names_parties(heading: &str) -> bool {
    let parties = PAID.split(' ');
    let words = words(heading);
    parties.into_iter().any(|party| words.iter().any(|word| word == party))
}

fn by_rules(words: &[String]) -> Option<(Meaning, u8)> {
    // Where headings are looked for, most cells are names and hold no word of any rule.
    static TELLING: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
        let mut words = FxHashSet::default();
        for rules in &RULES {
            telling_words(rules, &mut words);
        }
        words
    });
    if !words.iter().any(|word| TELLING.contains(word.as_str())) {
        return None;
    }
    RULES.iter().find_map(|rules| first(rules, words))
}

/// The rules in the order in which they are tried: people before all, as a file with them is not read; what is told by
/// one word before what needs several; what any column may be called last.
const RULES: [&[HeadingRule]; 17] = [
    PEOPLE,
    OF_NO_USE,
    PAID_TO,
    DATES,
    AMOUNTS,
    SUPPLIERS,
    KINDS_OF_MONEY,
    TIMES,
    FUNDERS,
    TRANSACTIONS,
    DESCRIPTIONS,
    THEMES,
    BODIES,
    AREAS,
    SERVICES,
    TYPES,
    UNSAID_AMOUNTS,
];

#[cfg(test)]
mod tests {
    use super::super::kinds::{AmountMeasure, DateKind};
    use super::*;

    fn check(heading: &str, right: Meaning) {
        assert_eq!(meaning(heading).0, right, "{heading:?} as {:?}", words(heading));
    }

    #[test]
    fn headings_mean_what_publishers_mean() {
        use Dimension::{Agency, Area, Funder, Service, Supplier, Theme, Type};
        for heading in [
            "Supplier",
            "Suppklier",
            "Supplicer",
            "Vendor Name",
            "BeneficiaryName",
            "Supplier(T)",
            "6 Supplier",
            "Recipient Org:Name",
            "Benificiary Name",
            "Approved Supplier (Beneficiary) Name",
            "SUPPLIER_",
        ] {
            check(heading, Meaning::Dimension(Supplier));
        }
        for heading in [
            "Amount",
            "8 Amount",
            " Amount (£) ",
            "Amount (œ)",
            "Spend",
            "Payment Value",
            "AP Amount",
            "Total £",
        ] {
            check(heading, Meaning::Amount(AmountMeasure::Stated));
        }
        for heading in [
            "Net Amount",
            "NetAmount",
            "Total (excludes VAT)",
            "Invoice Line Value (net of VAT)",
            "Nett",
            "Amount Excluding VAT",
        ] {
            check(heading, Meaning::Amount(AmountMeasure::Net));
        }
        for heading in ["Gross", "Amount Including VAT", "Inc VAT (where applicable)"] {
            check(heading, Meaning::Amount(AmountMeasure::Gross));
        }
        for heading in [
            "Entity",
            "Enity",
            "Body Name",
            "OrganisationLabel",
            "Organistion Name",
            "Authority Name",
            "Department/Agency",
            "2 Entity",
        ] {
            check(heading, Meaning::Dimension(Agency));
        }
        for heading in [
            "Expense Area",
            "Exepense Area",
            "Service Area",
            "Service label",
            "EXPENSE_AREA_3",
            "Business Unit Description",
        ] {
            check(heading, Meaning::Dimension(Service));
        }
        for heading in ["Payment Date", "Date paid", "Invoice Payment Date", "Clearing Date", "DatePaid"] {
            check(heading, Meaning::Date(DateKind::Payment));
        }
        for heading in [
            "VAT Registration Number",
            "Vat Registration Num",
            "Supplier Postcode",
            "Supplier ID",
            "BeneficiaryOtherID",
            "Post Code",
        ] {
            check(heading, Meaning::Passed);
        }
        check("Local Authority Department", Meaning::Department);
        check("Updated Beneficiary", Meaning::Dimension(Supplier));
        check("tender/value/amount", Meaning::Amount(AmountMeasure::Forecast));
        check("awards/0/value/amount", Meaning::Amount(AmountMeasure::Awarded));
        check("Departmental Family", Meaning::DepartmentFamily);
        check("Directotate", Meaning::Department);
        check("Capital or revenue", Meaning::Dimension(Type));
        check("CAP or CUR", Meaning::Dimension(Type));
        check("NUTS Region", Meaning::Dimension(Area));
        check("Source of Funding", Meaning::Dimension(Funder));
        check("HMT Function", Meaning::Dimension(Theme));
        check("Transaction\nNumber", Meaning::Reference);
        check("SAP Document Number", Meaning::Reference);
        check("VAT", Meaning::Amount(AmountMeasure::Never));
        check("Amount Applied For", Meaning::Amount(AmountMeasure::Never));
        check("IrrecoverableVATAmount", Meaning::Amount(AmountMeasure::Never));
        check("Date of birth", Meaning::Person);
    }
}
