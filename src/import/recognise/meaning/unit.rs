//! What headings and titles say that amounts count.

use crate::import::cell::Unit;

/// The unit that a heading or a title states.
pub(in crate::import::recognise) fn unit_in(text: &str) -> Option<Unit> {
    let lower: String =
        text.to_lowercase().chars().filter(|c| !matches!(c, '\'' | '’' | '‘' | '`')).collect();
    let has = |wanted: &[&str]| {
        wanted.iter().any(|word| lower.contains(word))
            || lower.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | ',' | ';' | ':')).any(
                |word| {
                    wanted
                        .first()
                        .is_some_and(|first| word.trim_end_matches('.') == first.trim_end_matches(')'))
                },
            )
    };
    if has(&["(pence)", "in pence", "(p)"]) || lower.trim() == "pence" {
        Some(Unit::Pence)
    } else if has(&["£bn", "£ billion", "£billion"]) {
        Some(Unit::Billions)
    } else if has(&[
        "£m)",
        "(£m",
        "£ million",
        "£million",
        "£mn",
        "£ m)",
        "in millions",
        "$m)",
        "millions of pounds",
    ]) || lower.trim() == "£m"
    {
        Some(Unit::Millions)
    } else if has(&[
        "£000",
        "£ 000",
        "000s",
        "£k",
        "£ thousand",
        "£thousand",
        "in thousands",
        "(000)",
        "$000",
        "thousands of pounds",
        "gbp thousand",
    ]) {
        Some(Unit::Thousands)
    } else if has(&["(£)", "£s", "in pounds"]) || lower.trim() == "£" {
        Some(Unit::Pounds)
    } else {
        None
    }
}

/// The unit that the heading of a column of amounts states, also where it is too short for a title: "Value (m)", "Spend k".
pub(in crate::import::recognise) fn unit_of_amounts(heading: &str) -> Option<Unit> {
    unit_in(heading).or_else(|| {
        let lower = heading.to_lowercase();
        lower.split(|c: char| !c.is_alphanumeric()).find_map(|word| match word {
            "k" | "000" | "000s" | "thousand" | "thousands" => Some(Unit::Thousands),
            "m" | "mn" | "mln" | "million" | "millions" => Some(Unit::Millions),
            "bn" | "billion" | "billions" => Some(Unit::Billions),
            _ => None,
        })
    })
}
