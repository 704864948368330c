//! Which version of an amount a heading names, what it counts instead of money, whether it is income or a sum to date:
//! words as data.

/// Which of several versions of the same money this is, the most wanted first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::import::recognise) enum Version {
    Actual,
    Forecast,
    Revised,
    Approved,
    Original,
    Proposed,
    /// What one differs from another by, or what is left.
    Change,
}

/// The words of versions. The first that a heading holds counts: an "original budget" is the original one, a "projected
/// outturn" is a forecast.
const VERSIONS: [(Version, &str); 7] = [
    (
        Version::Change,
        "change changes variance variances variation variations difference differences diff movement increase \
         decrease growth remaining unspent underspend overspend encumbrance encumbrances écart abweichung desviación",
    ),
    (Version::Forecast, "forecast forecasted projected projection predicted prognose"),
    (
        Version::Proposed,
        "proposed proposal proposals draft recommended option options scenario propuesto proposé entwurf",
    ),
    (
        Version::Original,
        "original initial opening planned plan base baseline estimate estimated inicial primitif",
    ),
    (
        Version::Revised,
        "revised amended adjusted updated latest current modified supplementary definitivo modificado révisé",
    ),
    (
        Version::Approved,
        "approved adopted budget budgeted agreed voted enacted authorised authorized presupuesto voté ansatz soll",
    ),
    (
        Version::Actual,
        "actual actuals executed execution outturn realised realized expended disbursed ejecutado exécuté réalisé ist",
    ),
];

/// What is counted where it is no money.
const COUNTS: &str = "count counts number numbers no rank ranking code codes fte headcount population households \
                      quantity qty percent percentage % rate ratio index score volume datasets icnpo records";

const INCOME: &str = "income receipts receipt revenue revenues fees charges recettes ingresos einnahmen";

/// The version that a heading names.
pub(in crate::import::recognise) fn version_in(heading: &str) -> Option<Version> {
    let words = plain_words(heading);
    VERSIONS.iter().find(|(_, known)| holds(&words, known)).map(|(version, _)| *version)
}

/// Whether a column counts something other than money: "Number of payments", "Rank", "Value (%)".
pub(in crate::import::recognise) fn is_count(heading: &str) -> bool {
    heading.contains('%') || holds(&plain_words(heading), COUNTS)
}

/// Whether a heading names income and nothing that is spent.
pub(in crate::import) fn is_income(heading: &str) -> bool {
    holds(&plain_words(heading), INCOME)
}

/// Whether a column is a sum of periods: "Year to date", "YTD", "Full year", "Total".
pub(in crate::import::recognise) fn is_to_date(heading: &str) -> bool {
    let words = plain_words(heading);
    let joined = words.join(" ");
    joined.contains("to date")
        || joined.contains("full year")
        || joined.contains("whole year")
        || joined.contains("year total")
        || holds(&words, "ytd cumulative cumul annual")
        || matches!(joined.as_str(), "total" | "grand total" | "year" | "sum")
}

fn holds(words: &[String], known: &str) -> bool {
    words.iter().any(|word| known.split_whitespace().any(|known| known == word))
}

/// A heading as words in lower case, as they are spelt.
fn plain_words(heading: &str) -> Vec<String> {
    let mut text = String::new();
    let mut before = ' ';
    for c in heading.chars() {
        if c.is_uppercase() && before.is_lowercase() {
            text.push(' ');
        }
        if c.is_alphanumeric() || c == '%' {
            text.extend(c.to_lowercase());
        } else {
            text.push(' ');
        }
        before = c;
    }
    text.split_whitespace().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_by_their_words() {
        for (heading, version) in [
            ("Actuals", Some(Version::Actual)),
            ("Approved_FY12", Some(Version::Approved)),
            ("Original Estimate", Some(Version::Original)),
            ("Revised Budget", Some(Version::Revised)),
            ("Projected Outturn", Some(Version::Forecast)),
            ("Budget Variance", Some(Version::Change)),
            ("Adult social care", None),
            ("Amount", None),
        ] {
            assert_eq!(version_in(heading), version, "{heading}");
        }
        assert!(is_to_date("Year to date") && is_to_date("YTD") && !is_to_date("Payment date"));
        assert!(is_count("Number of payments") && is_count("Value (%)") && !is_count("Business rates"));
    }
}
