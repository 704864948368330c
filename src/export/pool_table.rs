//! What each partner of a pool puts in, gets back and gains, as cells for the clipboard.

use super::{TableCell, cells_tsv};
use crate::money::percent;
use crate::pool::Model;

/// What is said of each partner of a pool, on the clipboard and in a workbook.
pub(super) const PARTNER_HEADINGS: [&str; 8] = [
    "Partner",
    "Puts in (£)",
    "Gets back (£)",
    "Net (£)",
    "Of the pool",
    "Of what they spend",
    "No worse off",
    "Why",
];

/// The partners of a pool for the clipboard: what each puts in, gets back and gains, and why it is no worse off.
pub fn partners_tsv(model: &Model) -> String {
    let rows = model.positions.iter().map(|position| {
        let badge = if position.no_worse_off.holds { "yes" } else { "no" };
        vec![
            TableCell::Text(position.agency.as_str().into()),
            TableCell::Amount(position.puts_in),
            TableCell::Amount(position.gets_back),
            TableCell::Amount(position.net),
            TableCell::Number(percent(position.share_of_pool)),
            TableCell::Number(percent(position.share_of_own)),
            TableCell::Text(badge.into()),
            TableCell::Text(position.no_worse_off.reason.as_str().into()),
        ]
    });
    let headings = PARTNER_HEADINGS.map(|heading| TableCell::Text(heading.into())).to_vec();
    cells_tsv(std::iter::once(headings).chain(rows))
}
