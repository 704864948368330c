//! Formula injection (CWE-1236): text that a spreadsheet would run as a formula is written so that it stays
//! text, and read back as it was. For every CSV that leaves the program.

use std::borrow::Cow;

/// A text for a cell of CSV, with `'` in front where a spreadsheet would take it for a formula.
///
/// That is where its first visible character is `=`, `+`, `-`, `@`, their full-width forms, a tab or a carriage
/// return. A text that already has such `'` gets one more, so that [`unguarded`] gives back what was there.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if is_dangerous(text.trim_start_matches('\'')) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// The text that [`guarded`] was given.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_dangerous(rest.trim_start_matches('\'')) => rest,
        _ => text,
    }
}

fn is_dangerous(text: &str) -> bool {
    // Spreadsheets skip what cannot be seen before they look for a formula, zero-width characters and
    // direction marks among it; so must this.
    let visible = |c: &char| {
        matches!(c, '\t' | '\r')
            || !(c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{ad}'))
    };
    matches!(
        text.chars().find(visible),
        Some('=' | '+' | '-' | '@' | '\t' | '\r' | '\u{ff1d}' | '\u{ff0b}' | '\u{ff0d}' | '\u{ff20}')
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_come_back() {
        for (text, written) in [
            ("=1+1", "'=1+1"),
            (" \u{feff}@SUM(A1)", "' \u{feff}@SUM(A1)"),
            ("\u{ff1d}1", "'\u{ff1d}1"),
            ("\t5", "'\t5"),
            ("'=1", "''=1"),
            ("'tis", "'tis"),
            ("Health & Care - adults", "Health & Care - adults"),
            ("", ""),
        ] {
            assert_eq!(guarded(text), written);
            assert_eq!(unguarded(written), text);
        }
    }
}
