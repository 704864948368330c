//! Which of several amounts a heading names.

use super::kinds::{Meaning, Measure};
use super::rules::Says::{First, Means};
use super::rules::{ALWAYS, Rule, Says, any, both};

/// Amounts that say what is not spent yet, or was before.
const LEFT_OVER: &str = "balance remaining unspent encumbered encumbrance encumbrances cumulative";

/// Words beside which "value" or "total" is no amount: "Value band", "Total category".
const NO_AMOUNT: &str = "number type code category name description area reference centre supplier id purpose class \
                         classification band analysis month";

/// So many words at most: a longer heading is a sentence that only mentions money.
const LONGEST: usize = 6;

const fn amount(measure: Measure, sure: u8) -> Says {
    Means(Meaning::Amount(measure), sure)
}

/// Headings with a word for amounts in them.
pub(super) const AMOUNTS: &[Rule] = &[Rule {
    when: &[any("vat amount net gross value total spend £ gbp sterling").without(NO_AMOUNT)],
    says: First(&[
        Rule {
            when: &[any("applied requested bid variance overall"), any(LEFT_OVER)],
            says: amount(Measure::Never, 80),
        },
        Rule {
            when: &[any("vat")],
            says: First(&[
                Rule { when: &[any("irrecoverable rate recoverable")], says: amount(Measure::Never, 80) },
                Rule {
                    when: &[any("excluding net without exclusive less before")],
                    says: amount(Measure::Net, 90),
                },
                Rule {
                    when: &[any("including gross with inclusive plus")],
                    says: amount(Measure::Gross, 90),
                },
                Rule { when: &[ALWAYS], says: amount(Measure::Never, 80) },
            ]),
        },
        Rule { when: &[any("awarded")], says: amount(Measure::Awarded, 85) },
        Rule { when: &[any("disbursed")], says: amount(Measure::Disbursed, 85) },
        Rule { when: &[any("budget budgeted")], says: amount(Measure::Budget, 80) },
        Rule { when: &[any("forecast")], says: amount(Measure::Forecast, 80) },
        Rule { when: &[any("net")], says: amount(Measure::Net, 90) },
        Rule { when: &[any("gross")], says: amount(Measure::Gross, 85) },
        // What a whole project costs is not what was given to it.
        Rule {
            when: &[both("total", "invoice"), both("project", "cost costs value")],
            says: amount(Measure::InvoiceTotal, 60),
        },
        Rule { when: &[any("actual outturn")], says: amount(Measure::Actual, 80) },
        Rule { when: &[any("income")], says: amount(Measure::Never, 50) },
        Rule { when: &[any("amount").at_most(LONGEST)], says: amount(Measure::Stated, 90) },
        Rule { when: &[any("value £ gbp sterling").at_most(LONGEST)], says: amount(Measure::Stated, 80) },
        Rule { when: &[ALWAYS.at_most(LONGEST)], says: amount(Measure::Stated, 65) },
    ]),
}];

/// Headings that name what is paid or planned and say nothing of amounts: "Budget", "Actual", "Costs".
pub(super) const UNSAID_AMOUNTS: &[Rule] = &[Rule {
    when: &[
        any(
            "budget actual actuals outturn forecast cost costs payment paid expenditure variance commitment expended",
        ),
        any(LEFT_OVER),
    ],
    says: First(&[
        Rule { when: &[any("variance"), any(LEFT_OVER)], says: amount(Measure::Never, 60) },
        Rule { when: &[any("budget commitment")], says: amount(Measure::Budget, 60) },
        Rule { when: &[any("forecast")], says: amount(Measure::Forecast, 60) },
        Rule { when: &[any("actual actuals outturn expended")], says: amount(Measure::Actual, 60) },
        Rule { when: &[ALWAYS], says: amount(Measure::Stated, 45) },
    ]),
}];
