//! What each partner of a pool puts in, gets back and gains, as cells for the clipboard.

use super::{TableCell, cells_tsv};
use crate::ledger::AmountRange;
use crate::money::percent;
use crate::pool::{Model, NetPosition};

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

/// What the first of them may be, where some of what is in the pool has a low and a high.
pub(super) const RANGE_HEADINGS: [&str; 2] = ["Puts in, low (£)", "Puts in, high (£)"];

/// What a partner may put in; where that is certain, the amount twice.
pub(super) fn range_of(position: &NetPosition) -> AmountRange {
    position.range.unwrap_or(AmountRange::of(position.puts_in))
}

/// The partners of a pool for the clipboard: what each puts in, gets back and gains, and why it is no worse off.
pub fn partners_tsv(model: &Model) -> String {
    let rows = model.positions.iter().map(|position| {
        let badge = if position.no_worse_off.holds { "yes" } else { "no" };
        let mut cells = vec![
            TableCell::Text(position.agency.as_str().into()),
            TableCell::Amount(position.puts_in),
            TableCell::Amount(position.gets_back),
            TableCell::Amount(position.net),
            TableCell::Number(percent(position.share_of_pool)),
            TableCell::Number(percent(position.share_of_own)),
            TableCell::Text(badge.into()),
            TableCell::Text(position.no_worse_off.reason.as_str().into()),
        ];
        if model.range.is_some() {
            let range = range_of(position);
            cells.extend([range.low, range.high].map(TableCell::Amount));
        }
        cells
    });
    let ends = model.range.map(|_| RANGE_HEADINGS).into_iter().flatten();
    let headings =
        PARTNER_HEADINGS.into_iter().chain(ends).map(|heading| TableCell::Text(heading.into())).collect();
    cells_tsv(std::iter::once(headings).chain(rows))
}
