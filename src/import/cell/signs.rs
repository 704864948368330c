//! Signs around an amount: currencies, a £ as it comes out of a wrong encoding, marks where an amount is not given.

/// The currency that an amount says it is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::import) enum Currency {
    #[default]
    Pound,
    Dollar,
    Euro,
    /// By its code: a currency of elsewhere.
    Other,
}

impl Currency {
    pub(in crate::import) const fn words(self) -> &'static str {
        match self {
            Self::Pound => "pounds",
            Self::Dollar => "dollars",
            Self::Euro => "euros",
            Self::Other => "another currency",
        }
    }

    /// The currency of a code: `GBP`, `eur`, `£`.
    pub(in crate::import) fn of_code(code: &str) -> Option<Self> {
        let code = code.trim();
        match code.to_ascii_uppercase().as_str() {
            "GBP" | "£" | "STG" | "STERLING" | "POUNDS" | "POUND" | "UK£" => Some(Self::Pound),
            "USD" | "$" | "US$" | "DOLLAR" | "DOLLARS" | "AUD" | "CAD" | "NZD" => Some(Self::Dollar),
            "EUR" | "€" | "EURO" | "EUROS" => Some(Self::Euro),
            _ if code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()) => Some(Self::Other),
            _ => None,
        }
    }
}

/// The currency that a cell of an amount names beside its digits; `None` where it names none.
pub(in crate::import) fn currency_of(text: &str) -> Option<Currency> {
    if text.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b' ' | b'(' | b')')) {
        return None;
    }
    let is_of_number = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '-' | '(' | ')' | '+' | '\'');
    if !text.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    text.split(|c: char| is_of_number(c) || c.is_whitespace()).find_map(Currency::of_code)
}

/// Whether an amount has signs about it that [`tidied`] takes off.
pub(super) fn is_untidy(text: &str) -> bool {
    // Of nearly every amount this is all there is to see.
    let is_plain = |b: u8| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b' ' | b'(' | b')');
    if text.bytes().all(is_plain) {
        return false;
    }
    text.ends_with('£')
        || has_lost_pound(text)
        || text.contains(['œ', 'ú', '$', '€', '¤', 'G', 'g', '\'', '"', '\u{2013}', '\u{2007}'])
}

/// Whether a £ stands as what a wrong encoding makes of it: `?1,000`, `¬£5`, `&pound;5`.
pub(in crate::import) fn has_lost_pound(text: &str) -> bool {
    let after_sign = text.trim_start_matches(['-', '(', ' ']);
    let lost = after_sign.strip_prefix(['?', '\u{fffd}']);
    lost.is_some_and(|rest| rest.trim_start().starts_with(|c: char| c.is_ascii_digit()))
        || ["¬£", "Â£", "Ł", "&pound;", "&#163;", "&#xa3;"].iter().any(|lost| after_sign.starts_with(lost))
}

/// Other currency words and wrongly decoded pound signs taken off; curly and straight quotation marks too.
pub(super) fn tidied(text: &str) -> String {
    let mut text = text.trim_matches(['\'', '"']).replace('\u{2013}', "-").replace('\u{2007}', " ");
    if has_lost_pound(&text) {
        for lost in ["¬£", "Â£", "Ł", "&pound;", "&#163;", "&#xa3;", "?", "\u{fffd}"] {
            text = text.replacen(lost, "£", 1);
        }
    }
    let text = text.replace(['œ', 'ú', '$', '€', '¤'], "£").replace("GBP", " ").replace("gbp", " ");
    text.trim().trim_end_matches('£').trim().to_owned()
}

/// The amount without the mark of a footnote behind it: "1,234.50*".
pub(super) fn without_note_marks(text: &str) -> &str {
    let marks = ['*', '†', '‡', '§', '¹', '²', '³', '⁴', '⁵'];
    if text.ends_with(marks) { text.trim_end_matches(marks).trim_end() } else { text }
}

/// Whether this stands where an amount is not given.
pub(super) fn is_withheld(text: &str) -> bool {
    if text.len() > 24 {
        return false;
    }
    WITHHELD.iter().any(|word| word.eq_ignore_ascii_case(text))
}

/// Words that stand where an amount is not given.
const WITHHELD: [&str; 36] = [
    "…",
    "...",
    "..",
    ".",
    "*",
    ":",
    "[x]",
    "[c]",
    "[z]",
    "[w]",
    "[u]",
    "[e]",
    "[low]",
    "low",
    "[s]",
    "x",
    "z",
    "nfp",
    "n/a",
    "na",
    "#n/a",
    "#ref!",
    "#value!",
    "#div/0!",
    "#name?",
    "#null!",
    "#num!",
    "nan",
    "null",
    "none",
    "nil",
    "not available",
    "not applicable",
    "category discontinued",
    "tbc",
    "tba",
];

/// Whether a publisher of statistics says by a mark that an amount is held back or there is none, rather than that
/// something went wrong with it.
pub(in crate::import) fn is_marked(text: &str) -> bool {
    let is_short_mark =
        matches!(text, "…" | "..." | ".." | "*" | ":" | "x" | "z" | "low" | "-") || text == "nfp";
    is_short_mark || text.len() <= 6 && text.starts_with('[') && text.ends_with(']')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_told_by_its_sign_or_its_code() {
        for (text, currency) in [
            ("€50.00", Some(Currency::Euro)),
            ("50.00 EUR", Some(Currency::Euro)),
            ("-US$50", Some(Currency::Dollar)),
            ("£5", Some(Currency::Pound)),
            ("1,234.50", None),
            ("12.50 CR", None),
            ("n/a", None),
        ] {
            assert_eq!(currency_of(text), currency, "{text}");
        }
    }
}
