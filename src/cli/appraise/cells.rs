//! The cells of an appraisal as CSV: a row for each cost and each gain in each year, plain numbers, and what the
//! appraisal says of itself in every row.

use crate::appraisal::{Appraisal, Appraised, AppraisedSum};
use crate::dimension::Evidence;
use crate::export::{TableCell, cells_csv};

const HEADINGS: [&str; 12] = [
    "side",
    "partner",
    "what",
    "kind",
    "year",
    "amount",
    "present_value",
    "cashable",
    "cashable_present_value",
    "evidence",
    "source",
    "model",
];

/// What a line of cells is of.
struct CellLine<'a> {
    side: &'static str,
    partner: &'a str,
    what: String,
    kind: &'static str,
    evidence: Option<Evidence>,
    source: &'a str,
}

pub(super) fn cells(appraisal: &Appraisal, appraised: &Appraised) -> String {
    let figures = &appraised.figures;
    let mut rows = vec![HEADINGS.map(|heading| TableCell::Text(heading.into())).to_vec()];
    for cells in &figures.costs {
        let cost = &appraisal.costs[cells.cost];
        let line = CellLine {
            side: "cost",
            partner: &cost.partner,
            what: cost.what.clone(),
            kind: cost.kind.name(),
            evidence: cost.evidence,
            source: &cost.source,
        };
        push(&mut rows, appraisal, line, &cells.years);
    }
    for cells in &figures.gains {
        let outcome = &appraisal.outcomes[cells.outcome];
        let gain = &outcome.gains[cells.gain];
        let part = if gain.part.is_empty() { String::new() } else { format!(": {}", gain.part) };
        let line = CellLine {
            side: "benefit",
            partner: &gain.partner,
            what: format!("{}{part}", outcome.name),
            kind: cells.kind.name(),
            evidence: cells.evidence,
            source: &outcome.source,
        };
        push(&mut rows, appraisal, line, &cells.years);
    }
    cells_csv(rows)
}

fn push<'a>(
    rows: &mut Vec<Vec<TableCell<'a>>>,
    appraisal: &Appraisal,
    line: CellLine<'a>,
    years: &[AppraisedSum],
) {
    let CellLine { side, partner, what, kind, evidence, source } = line;
    for (year, cell) in appraisal.years.iter().zip(years) {
        rows.push(vec![
            TableCell::Text(side.into()),
            TableCell::Text(partner.into()),
            TableCell::Text(what.clone().into()),
            TableCell::Text(kind.into()),
            TableCell::Text(year.to_string().into()),
            TableCell::Amount(cell.amount),
            TableCell::Amount(cell.present),
            TableCell::Amount(cell.cashable),
            TableCell::Amount(cell.cashable_present),
            TableCell::Text(evidence.map_or("", Evidence::name).into()),
            TableCell::Text(source.into()),
            TableCell::Text(appraisal.stamp().unwrap_or_default().into()),
        ]);
    }
}
