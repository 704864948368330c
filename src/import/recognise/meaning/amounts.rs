//! Which of several amounts a heading names.

use super::kinds::{AmountMeasure, Meaning};
use super::rules::Says::{First, Means};
use super::rules::{ALWAYS, HeadingRule, Says, any, both};

/// Amounts that say what is not spent yet, or was before.
const LEFT_OVER: &str = "balance remaining unspent encumbered encumbrance encumbrances cumulative";

/// Words beside which "value" or "total" is no amount: "Value band", "Total category".
const NO_AMOUNT: &str = "number type code category name description area reference centre supplier id purpose class \
                         classification band analysis month";

/// So many words at most: a longer heading is a sentence that only mentions money.
const LONGEST: usize = 6;

const fn amount(measure: AmountMeasure, sure: u8) -> Says {
    Means(Meaning::Amount(measure), sure)
}

/// Headings with a word for amounts in them.
pub(super) const AMOUNTS: &[HeadingRule] = &[HeadingRule {
    when: &[any("vat amount net gross value total spend £ gbp sterling").without(NO_AMOUNT)],
    says: First(&[
        HeadingRule {
            when: &[
                any("applied requested bid variance overall lowest highest minimum maximum"),
                any(LEFT_OVER),
            ],
            says: amount(AmountMeasure::Never, 80),
        },
        HeadingRule {
            when: &[any("vat")],
            says: First(&[
                HeadingRule {
                    when: &[any("irrecoverable rate recoverable")],
                    says: amount(AmountMeasure::Never, 80),
                },
                HeadingRule {
                    when: &[any("excluding net without exclusive less before")],
                    says: amount(AmountMeasure::Net, 90),
                },
                HeadingRule {
                    when: &[any("including gross with inclusive plus")],
                    says: amount(AmountMeasure::Gross, 90),
                },
                HeadingRule { when: &[ALWAYS], says: amount(AmountMeasure::Never, 80) },
            ]),
        },
        HeadingRule {
            when: &[any("tender tenders planning estimated").without("award awards awarded")],
            says: amount(AmountMeasure::Forecast, 70),
        },
        HeadingRule { when: &[any("awarded award awards")], says: amount(AmountMeasure::Awarded, 85) },
        HeadingRule { when: &[any("disbursed")], says: amount(AmountMeasure::Disbursed, 85) },
        HeadingRule { when: &[any("budget budgeted")], says: amount(AmountMeasure::Budget, 80) },
        HeadingRule { when: &[any("forecast")], says: amount(AmountMeasure::Forecast, 80) },
        HeadingRule { when: &[any("net")], says: amount(AmountMeasure::Net, 90) },
        HeadingRule { when: &[any("gross")], says: amount(AmountMeasure::Gross, 85) },
        // One line of an invoice, beside what the whole of it comes to.
        HeadingRule {
            when: &[both("line distribution", "amount value")],
            says: amount(AmountMeasure::Stated, 92),
        },
        // What a whole project costs is not what was given to it.
        HeadingRule {
            when: &[both("total", "invoice"), both("project", "cost costs value")],
            says: amount(AmountMeasure::InvoiceTotal, 60),
        },
        HeadingRule { when: &[any("actual outturn")], says: amount(AmountMeasure::Actual, 80) },
        HeadingRule { when: &[any("income")], says: amount(AmountMeasure::Never, 50) },
        HeadingRule { when: &[any("amount").at_most(LONGEST)], says: amount(AmountMeasure::Stated, 90) },
        HeadingRule {
            when: &[any("value £ gbp sterling").at_most(LONGEST)],
            says: amount(AmountMeasure::Stated, 80),
        },
        HeadingRule { when: &[ALWAYS.at_most(LONGEST)], says: amount(AmountMeasure::Stated, 65) },
    ]),
}];

/// Headings that name what is paid or planned and say nothing of amounts: "Budget", "Actual", "Costs".
pub(super) const UNSAID_AMOUNTS: &[HeadingRule] = &[HeadingRule {
    when: &[
        any(
            "budget actual actuals outturn forecast cost costs payment paid expenditure variance commitment expended \
             allocation allocations",
        ),
        any(LEFT_OVER),
    ],
    says: First(&[
        HeadingRule { when: &[any("variance"), any(LEFT_OVER)], says: amount(AmountMeasure::Never, 60) },
        HeadingRule { when: &[any("budget commitment")], says: amount(AmountMeasure::Budget, 60) },
        HeadingRule { when: &[any("forecast")], says: amount(AmountMeasure::Forecast, 60) },
        HeadingRule {
            when: &[any("actual actuals outturn expended")],
            says: amount(AmountMeasure::Actual, 60),
        },
        HeadingRule { when: &[ALWAYS], says: amount(AmountMeasure::Stated, 45) },
    ]),
}];
