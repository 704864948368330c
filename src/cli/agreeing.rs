//! What `check` and `import` say of a place's agreeing: money counted once, names, rules, pooled budgets; and
//! the files of decisions they take and write.

use std::path::Path;

use serde_json::{Value, json};

use super::output::save;
use super::{Failed, cannot_run};
use crate::agree::{
    Counted, Decisions, OneName, PublicBody, StandardRules, TransferPair, name_proposals, payee_bodies,
    pooled_budgets, unclassified,
};
use crate::dimension::{Dimension, Names};
use crate::ledger::{Filter, LineId, Source};
use crate::money::{Money, in_full};
use crate::place::{Command, Decision, Place, read_decisions, write_decisions};
use crate::store;
use crate::words::counted_plain;

/// How many of a list are written out.
/// A terminal still shows the totals above such lists; the files and the JSON have all of it.
const MOST: usize = 8;

/// The decisions of files; `standard` in place of a file is the program's own rules.
pub(super) fn read_files_of_decisions<'a>(
    files: impl IntoIterator<Item = &'a String>,
) -> Result<Vec<Decisions>, Failed> {
    let read = |file: &String| {
        // A file of that name can still be meant: ./standard.
        if file == "standard" {
            return Ok(Decisions { standard_rules: Some(StandardRules::LATEST), ..Decisions::default() });
        }
        let bytes = store::read_bytes(Path::new(file)).map_err(|error| cannot_run(error.to_string()))?;
        read_decisions(&String::from_utf8_lossy(&bytes)).map_err(|error| {
            cannot_run(format!("{file}: {error}; it should hold rules or names, or all decisions of a place"))
        })
    };
    files.into_iter().map(read).collect()
}

/// Takes decisions over into a place.
pub(super) fn take_decisions(place: &mut Place, decisions: Vec<Decisions>) -> Result<(), Failed> {
    for decisions in decisions {
        let taken = Command::Decide(Box::new(Decision::Take(Box::new(decisions)))).apply(place);
        taken.map_err(|error| cannot_run(error.to_string()))?;
    }
    Ok(())
}

/// Keeps of these files only what they pay agencies of the place, and says what that is.
pub(super) fn keep_payments_to_place(
    place: &mut Place,
    files: &[String],
    said: &mut Vec<String>,
) -> Result<(), Failed> {
    if files.is_empty() {
        return Ok(());
    }
    let mut keys = Vec::new();
    for file in files {
        let of_file: Vec<&Source> =
            place.sources.iter().filter(|source| source.key == *file || source.file == *file).collect();
        if of_file.is_empty() {
            return Err(cannot_run(format!("--payments-to-place {file}: no file of this name was read")));
        }
        keys.extend(of_file.into_iter().map(|source| source.key.clone()));
    }
    let kept = Command::KeepPaymentsToPlace(keys.clone()).apply(place);
    kept.map_err(|error| cannot_run(error.to_string()))?;
    let of_files = place.sources.iter().filter(|source| keys.contains(&source.key));
    said.extend(of_files.map(|source| format!("{}: {}", source.key, source.note)));
    Ok(())
}

/// What counts money once, for whoever asks for a total.
pub(super) fn counted_once(place: &Place, filter: &Filter) -> Option<String> {
    let sums = place.sums_in_words(filter)?;
    let more = if place.counted_once(filter).is_zero() {
        ""
    } else {
        "; --with-transfers counts what is counted once where it is paid as well"
    };
    Some(format!("{sums}{more}"))
}

/// What was agreed in a place and what is still to be looked at, as lines to read.
pub(super) fn agreeing_lines(place: &Place) -> Vec<String> {
    let mut lines = Vec::new();
    transfer_lines(place, &mut lines);
    let gone = place.decisions.without_line(place.lines_as_read());
    list(&mut lines, "decided by hand about lines that are not there any more", gone.into_iter());
    let left_out = &place.decisions.left_out;
    list(
        &mut lines,
        "lines left out",
        left_out.iter().map(|out| format!("{}: {}", out.line.says, out.reason)),
    );
    let all = place.all_lines();
    let bodies = payee_bodies(all, &place.decisions.transfers);
    list(
        &mut lines,
        "public bodies that are paid and are no agencies of the place",
        bodies.iter().map(|body| {
            format!(
                "{} ({}), {} in {}",
                body.name,
                body.kind.map_or("payee", PublicBody::words),
                in_full(body.amount),
                counted_plain(body.lines, "line")
            )
        }),
    );
    let pooled = pooled_budgets(place.all_lines());
    list(
        &mut lines,
        "pooled budgets, by their names",
        pooled.iter().map(|budget| {
            let amount = in_full(budget.amount);
            format!(
                "{}: {}, {amount} in {}",
                budget.agency,
                budget.name,
                counted_plain(budget.lines.len(), "line")
            )
        }),
    );
    let names = [Dimension::Agency, Dimension::Supplier]
        .into_iter()
        .flat_map(|dimension| name_proposals(all, dimension, &place.decisions.apart));
    list(
        &mut lines,
        "names that may be one",
        names.map(|proposal| {
            let spellings: Vec<String> = proposal
                .spellings
                .iter()
                .map(|spelling| format!("\"{}\" {}", spelling.name, in_full(spelling.amount)))
                .collect();
            format!("{} ({}, {})", spellings.join(", "), proposal.dimension, proposal.likeness.words())
        }),
    );
    if has_themes(place) {
        let groups = unclassified(&place.ledger, Dimension::Theme, &[Dimension::Agency, Dimension::Service]);
        list(
            &mut lines,
            "without a theme, largest first",
            groups.iter().map(|group| {
                let amount = in_full(group.amount);
                format!(
                    "{}, {amount} in {}",
                    group.names.join(": "),
                    counted_plain(group.lines.len(), "line")
                )
            }),
        );
    }
    lines
}

/// Whether the place has themes at all; where none is, all of it would be the list.
fn has_themes(place: &Place) -> bool {
    place.ledger.cells().occurring(Dimension::Theme).iter().any(|id| id.0 > 0)
}

fn transfer_lines(place: &Place, lines: &mut Vec<String>) {
    let all = place.transfers();
    let passed: Vec<&TransferPair> = all.iter().filter(|pair| !pair.passed.is_empty()).collect();
    let sum: Money = passed.iter().map(|pair| pair.passed_amount).sum();
    let stays = if place.counts_passed_on() { "counted where it is paid" } else { "left out" };
    let title = format!("{} passed to bodies whose spending is not here, {stays}", in_full(sum));
    list(
        lines,
        &title,
        passed.iter().map(|pair| {
            format!(
                "{} to {}: {} in {}; {}",
                pair.transfer.payer,
                pair.transfer.receiver,
                in_full(pair.passed_amount),
                counted_plain(pair.passed.len(), "line"),
                pair.evidence()
            )
        }),
    );
    let pairs: Vec<TransferPair> = all.into_iter().filter(|pair| !pair.lines.is_empty()).collect();
    let pair_line = |pair: &&TransferPair| {
        let spent = if pair.receiver_lines == 0 { "; its own spending is not here" } else { "" };
        format!(
            "{} to {}: {} in {}; {}{spent}",
            pair.transfer.payer,
            pair.transfer.receiver,
            in_full(pair.amount),
            counted_plain(pair.lines.len(), "line"),
            pair.evidence()
        )
    };
    for (kind, words) in [(Counted::Once, "counted once"), (Counted::Twice, "counted as its own")] {
        let of_kind: Vec<&TransferPair> = pairs.iter().filter(|pair| pair.transfer.counted == kind).collect();
        let sum: Money = of_kind.iter().map(|pair| pair.amount).sum();
        let title = format!("{} that agencies pay each other, {words}", in_full(sum));
        list(lines, &title, of_kind.iter().map(pair_line));
    }
}

/// A title with its list below it, cut where it grows long; nothing where there is nothing.
fn list(lines: &mut Vec<String>, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if items.is_empty() {
        return;
    }
    lines.push(format!("{title}:"));
    lines.extend(items.iter().take(MOST).map(|item| format!("  {item}")));
    // How many more there are is always said: a cut list must not pass for a whole one.
    if items.len() > MOST {
        lines.push(format!("  and {} more", items.len() - MOST));
    }
}

/// The same for programs, without cuts.
pub(super) fn agreeing_json(place: &Place) -> Value {
    let pairs: Vec<Value> = place
        .transfers()
        .into_iter()
        .filter(|pair| !pair.lines.is_empty() || !pair.passed.is_empty())
        .map(|pair| {
            json!({
                "payer": pair.transfer.payer, "receiver": pair.transfer.receiver,
                "suppliers": pair.transfer.suppliers, "amount": pair.amount.to_string(), "lines": pair.lines.len(),
                "receiver_lines": pair.receiver_lines, "receipts": pair.receipts, "evidence": pair.evidence(),
                "counted": pair.transfer.counted, "passed_on": pair.passed_amount.to_string(),
            })
        })
        .collect();
    let pooled: Vec<Value> = pooled_budgets(place.all_lines())
        .into_iter()
        .map(|budget| {
            json!({
                "agency": budget.agency, "name": budget.name, "amount": budget.amount.to_string(),
                "lines": budget.lines.len(),
            })
        })
        .collect();
    json!({
        "spent_here": spent_here(place).to_string(),
        "counted_once": place.counted_once(&Filter::default()).to_string(),
        "passed_on": place.passed_on(&Filter::default()).to_string(), "transfers": pairs,
        "pooled_budgets": pooled,
    })
}

/// What agencies of the place spend here, without what they pass on.
fn spent_here(place: &Place) -> Money {
    let passed = if place.counts_passed_on() { place.passed_on(&Filter::default()) } else { Money::ZERO };
    place.ledger.total() - passed
}

/// Everything that could be decided about names, to be edited and taken over with `--names`.
pub(super) fn write_proposals(path: &Path, place: &Place, said: &mut Vec<String>) -> Result<(), Failed> {
    let all = place.all_lines();
    let bodies = payee_bodies(all, &place.decisions.transfers).into_iter().map(|body| body.to_one_name());
    let proposed = [Dimension::Agency, Dimension::Supplier]
        .into_iter()
        .flat_map(|dimension| name_proposals(all, dimension, &place.decisions.apart))
        .map(|proposal| proposal.to_one_name());
    let names: Vec<OneName> = place.decisions.names.iter().cloned().chain(bodies).chain(proposed).collect();
    let text = write_decisions(&Decisions { names, ..Decisions::default() });
    save(path, text.as_bytes(), said)
}

/// `council.csv:118` as the file and the row of a line.
pub(super) fn read_row(text: &str) -> Result<(String, u32), String> {
    let (file, row) = text
        .rsplit_once(':')
        .ok_or_else(|| format!("\"{text}\" names no line; write FILE:ROW, such as council.csv:118"))?;
    let row = row.trim().parse().map_err(|_| format!("\"{row}\" is no number of a row, such as 118"))?;
    Ok((file.trim().to_owned(), row))
}

/// Why the lines of a row are under the theme they are under.
pub(super) fn why_lines(place: &Place, (file, row): &(String, u32)) -> Vec<String> {
    let is_it = |line: LineId| {
        let provenance = place.ledger.provenance(line);
        provenance.row == Some(*row)
            && provenance.source.is_some_and(|source| source.key == *file || source.file == *file)
    };
    let found = (0..place.ledger.len() as u32).map(LineId).filter(|line| is_it(*line));
    let lines: Vec<String> = found.map(|line| why_line(place, line)).collect();
    if lines.is_empty() {
        return vec![format!("{file}, row {row}: no line that counts was read from it")];
    }
    lines
}

fn why_line(place: &Place, line: LineId) -> String {
    let view = place.ledger.line(line);
    let theme = view.name(Dimension::Theme);
    let because = place.why_theme(line);
    let theme = if theme == Names::NOT_STATED { "no theme" } else { theme };
    format!("{}, {}: {theme}, because {because}", view.provenance(), in_full(view.amount()))
}
