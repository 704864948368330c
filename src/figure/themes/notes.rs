//! What is said of a picture of themes in words.

use crate::dimension::Names;
use crate::flow::breakdown::Breakdown;
use crate::ledger::short_or_between;
use crate::money::{Share, percent};
use crate::words::{capitalised, counted_plain, noun};

/// The picture in words: `£3.65bn in 6 themes by 9 agencies, 2011/12: Ageing Well is the largest, £1.2bn (33%)`.
pub fn themes_sentence(breakdown: &Breakdown) -> String {
    let whole = breakdown.total.total();
    let themes =
        breakdown.themes.iter().filter(|theme| theme.lines > 0 && !Names::is_remainder(&theme.name)).count();
    let agencies = breakdown.agencies.parts.iter().filter(|part| !Names::is_remainder(&part.name)).count();
    let years = match &breakdown.years_in_view[..] {
        [] => String::new(),
        [year] if year == Names::NOT_STATED => String::new(),
        [year] => format!(", {year}"),
        [first, .., last] => format!(", {first} to {last}"),
    };
    let mut sentence = format!(
        "{} in {} by {agencies} {}{years}",
        capitalised(&short_or_between(whole, breakdown.total.range())),
        counted_plain(themes, "theme"),
        noun(agencies, "agency", "agencies"),
    );
    if let Some(largest) = breakdown.themes.first().filter(|_| themes > 1)
        && let Some(share) = Share::of(largest.amount.total(), whole)
    {
        let amount = largest.amount.in_short();
        sentence.extend([": ", &largest.name, " is the largest, ", &amount, " (", &percent(share), ")"]);
    }
    sentence
}
