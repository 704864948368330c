//! Which of several amounts a heading names.

use super::kinds::{Meaning, Measure};

/// Amounts that say what is not spent yet, or was before.
pub(super) const LEFT_OVER: &[&str] =
    &["balance", "remaining", "unspent", "encumbered", "encumbrance", "encumbrances", "cumulative"];

pub(super) fn measure(
    words: &[String],
    has: &impl Fn(&str) -> bool,
    any: &impl Fn(&[&str]) -> bool,
) -> Option<(Meaning, u8)> {
    let amount = |measure, sure| Some((Meaning::Amount(measure), sure));
    if any(&[
        "number",
        "type",
        "code",
        "category",
        "name",
        "description",
        "area",
        "reference",
        "centre",
        "supplier",
        "id",
        "purpose",
        "class",
        "classification",
        "band",
        "analysis",
        "month",
    ]) {
        return None;
    }
    if any(&["applied", "requested", "bid"]) || has("variance") || has("overall") || any(LEFT_OVER) {
        return amount(Measure::Never, 80);
    }
    if has("vat") {
        return if has("irrecoverable") || has("rate") || has("recoverable") {
            amount(Measure::Never, 80)
        } else if any(&["excluding", "net", "without", "exclusive", "less", "before"]) {
            amount(Measure::Net, 90)
        } else if any(&["including", "gross", "with", "inclusive", "plus"]) {
            amount(Measure::Gross, 90)
        } else {
            amount(Measure::Never, 80)
        };
    }
    if any(&["awarded"]) {
        return amount(Measure::Awarded, 85);
    }
    if any(&["disbursed"]) {
        return amount(Measure::Disbursed, 85);
    }
    if any(&["budget", "budgeted"]) {
        return amount(Measure::Budget, 80);
    }
    if any(&["forecast"]) {
        return amount(Measure::Forecast, 80);
    }
    if any(&["net"]) {
        return amount(Measure::Net, 90);
    }
    if any(&["gross"]) {
        return amount(Measure::Gross, 85);
    }
    // What a whole project costs is not what was given to it.
    if has("total") && has("invoice") || has("project") && any(&["cost", "costs", "value"]) {
        return amount(Measure::InvoiceTotal, 60);
    }
    if any(&["actual", "outturn"]) {
        return amount(Measure::Actual, 80);
    }
    if has("income") {
        return amount(Measure::Never, 50);
    }
    let sure = if has("amount") {
        90
    } else if any(&["value", "£", "gbp", "sterling"]) {
        80
    } else {
        65
    };
    (words.len() <= 6).then_some((Meaning::Amount(Measure::Stated), sure))
}

pub(super) fn plain_measure(any: &impl Fn(&[&str]) -> bool) -> (Meaning, u8) {
    if any(&["variance"]) || any(LEFT_OVER) {
        (Meaning::Amount(Measure::Never), 60)
    } else if any(&["budget", "commitment"]) {
        (Meaning::Amount(Measure::Budget), 60)
    } else if any(&["forecast"]) {
        (Meaning::Amount(Measure::Forecast), 60)
    } else if any(&["actual", "actuals", "outturn", "expended"]) {
        (Meaning::Amount(Measure::Actual), 60)
    } else {
        (Meaning::Amount(Measure::Stated), 45)
    }
}
