//! Totals of which some are never added, as tables, CSV and JSON: where nothing differs exactly those of one total.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::table::{
    push_json, push_range, push_range_json, push_row, range_headings, totals_csv, totals_json, totals_text,
};
use crate::dimension::Dimension;
use crate::ledger::{PartTotals, SeparateTotals, guarded, push_csv_cell};

/// A table below each other for each kind of lines, and why there is no single one.
pub fn separate_text(totals: &SeparateTotals) -> String {
    let mut out = String::new();
    let why = totals.why();
    for part in &totals.parts {
        if !part.names.is_empty() {
            let headings: Vec<String> = totals
                .apart
                .iter()
                .zip(&part.names)
                .map(|(dimension, name)| format!("{}: {name}", dimension.title()))
                .collect();
            let _ = writeln!(out, "{}\n", headings.join(", "));
        }
        out.push_str(&totals_text(&part.totals));
        if !part.names.is_empty() {
            out.push('\n');
        }
    }
    if !why.is_empty() {
        let _ = writeln!(out, "{why}");
    }
    out
}

/// What is told apart and not asked for anyway, with its place among the names of a part.
fn added(totals: &SeparateTotals, by: &[Dimension]) -> Vec<(usize, Dimension)> {
    let all = totals.apart.iter().copied().enumerate();
    all.filter(|(_, dimension)| !by.contains(dimension)).collect()
}

/// One table for programs: what is told apart is a column of its own, and the last column says why.
pub fn separate_csv(totals: &SeparateTotals, stamp: Option<&str>) -> String {
    let why = totals.why();
    if let ([only], true) = (&totals.parts[..], why.is_empty()) {
        return totals_csv(&only.totals, stamp);
    }
    let by = &totals.parts[0].totals.by;
    let added = added(totals, by);
    let has_illustrative = totals.parts.iter().any(|part| !part.totals.illustrative.is_zero());
    let ranges = range_headings(totals.parts.iter().map(|part| &part.totals));
    let mut out = String::new();
    let headings = by.iter().chain(added.iter().map(|(_, dimension)| dimension)).map(|key| key.key());
    let headings = headings
        .chain(["amount", "lines"])
        .chain(has_illustrative.then_some("illustrative"))
        .chain(ranges.iter().copied())
        .chain(stamp.map(|_| "model"))
        .chain(["why"]);
    push_row(&mut out, headings.map(Cow::Borrowed));
    for part in &totals.parts {
        for row in &part.totals.rows {
            for name in row.names.iter().chain(added.iter().map(|(place, _)| &part.names[*place])) {
                push_csv_cell(&mut out, &guarded(name));
                out.push(',');
            }
            let _ = write!(out, "{},{}", row.amount, row.lines);
            if has_illustrative {
                let _ = write!(out, ",{}", row.illustrative);
            }
            if !ranges.is_empty() {
                push_range(&mut out, row);
            }
            for text in stamp.into_iter().chain([why.as_str()]) {
                out.push(',');
                push_csv_cell(&mut out, text);
            }
            out.push('\n');
        }
    }
    out
}

/// As `totals_json`, but for what is never added: in place of `total` there is `totals`, with one for each kind,
/// rows say of which kind they are, and `why` says why. No program takes one of them for all.
pub fn separate_json(totals: &SeparateTotals, stamp: Option<&str>) -> String {
    let why = totals.why();
    let [first, ..] = &totals.parts[..] else { return String::new() };
    if why.is_empty() {
        return totals_json(&first.totals, stamp);
    }
    let lines: u64 = totals.parts.iter().map(|part| part.totals.lines).sum();
    let mut out = format!("{{\"lines\": {lines}, ");
    if let (true, [only]) = (totals.apart.is_empty(), &totals.parts[..]) {
        let _ = write!(out, "\"total\": \"{}\"", only.totals.total);
        push_range_json(&mut out, only.totals.range);
        out.push_str(", ");
    } else {
        out.push_str("\"totals\": [");
        for (index, part) in totals.parts.iter().enumerate() {
            out.push_str(if index > 0 { ",\n  {" } else { "\n  {" });
            push_names(&mut out, totals.apart.iter().zip(&part.names));
            let _ = write!(out, "\"total\": \"{}\", \"lines\": {}", part.totals.total, part.totals.lines);
            if !part.totals.illustrative.is_zero() {
                let _ = write!(out, ", \"illustrative\": \"{}\"", part.totals.illustrative);
            }
            push_range_json(&mut out, part.totals.range);
            out.push('}');
        }
        out.push_str("\n], ");
    }
    out.push_str("\"why\": ");
    push_json(&mut out, &why);
    let illustrative = totals.parts.last().map(|part| part.totals.illustrative);
    if let (true, Some(illustrative)) = (totals.apart.is_empty(), illustrative.filter(|sum| !sum.is_zero())) {
        let _ = write!(out, ", \"illustrative\": \"{illustrative}\"");
    }
    if let Some(stamp) = stamp {
        out.push_str(", \"model\": ");
        push_json(&mut out, stamp);
    }
    let keys: Vec<String> =
        first.totals.by.iter().map(|dimension| format!("\"{}\"", dimension.key())).collect();
    let _ = write!(out, ", \"by\": [{}], \"rows\": [", keys.join(", "));
    let mut comma = "";
    for part in &totals.parts {
        push_rows(&mut out, totals, part, &mut comma);
    }
    out.push_str(if comma.is_empty() { "]}\n" } else { "\n]}\n" });
    out
}

fn push_rows(out: &mut String, totals: &SeparateTotals, part: &PartTotals, comma: &mut &str) {
    let by = &part.totals.by;
    let added = added(totals, by);
    for row in &part.totals.rows {
        let _ = write!(out, "{comma}\n  {{");
        *comma = ",";
        push_names(out, by.iter().zip(&row.names));
        push_names(out, added.iter().map(|(place, dimension)| (dimension, &part.names[*place])));
        let _ = write!(out, "\"amount\": \"{}\", \"lines\": {}", row.amount, row.lines);
        push_range_json(out, row.range);
        out.push('}');
    }
}

fn push_names<'a>(out: &mut String, names: impl Iterator<Item = (&'a Dimension, &'a String)>) {
    for (dimension, name) in names {
        let _ = write!(out, "\"{}\": ", dimension.key());
        push_json(out, name);
        out.push_str(", ");
    }
}
