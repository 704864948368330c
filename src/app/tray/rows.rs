//! Rows of a file in the tray about which a person decides: one that could not be read is mended or left out for a reason,
//! one that was passed over as a total is counted as a payment.

use std::mem;
use std::sync::Arc;

use egui::{Grid, RichText, Ui, vec2};

use super::answers::{DecidedAs, RowDecided};
use super::file::{TrayFile, TrayTable, reading_with};
use crate::agree::Fate;
use crate::app::controls::{Complaint, RejectForm, complaints, mend_ui};
use crate::app::style;
use crate::app::style::{space, weak_text};
use crate::figure::visible;
use crate::import::{FileReport, SkipReason};
use crate::ledger::SpendLine;
use crate::money::Money;
use crate::place::Decision;

/// Problems shown here; all of them are in the ledger once the file is added.
const MOST_PROBLEMS: usize = 60;

/// What was clicked in the list of problems.
enum RowWish {
    Mend(u32),
    LeaveOut(u32),
    Count(u32),
    DecideAgain(usize),
}

/// The rows and points to look at, rejected rows first; a row can be clicked to decide about it.
pub(super) fn problems_ui(ui: &mut Ui, file: &mut TrayFile) {
    decided_ui(ui, file);
    let Some(reading) = file.shown() else { return };
    if reading.report.problems.is_empty() && reading.report.rejects.is_empty() {
        return;
    }
    let mut all: Vec<Complaint> = complaints(std::slice::from_ref(&reading.report));
    // What was chosen stands above.
    let chosen = chosen_by_the_reader(&reading.report);
    all.retain(|complaint| !chosen.contains(&complaint.message.as_str()) && complaint.severity != "Asked");
    if all.is_empty() {
        return;
    }
    let is_open = |row: u32| is_rejected(reading, row);
    all.sort_by_key(|complaint| !complaint.row.is_some_and(is_open));
    let mut wish = None;
    ui.label(RichText::new("Rows and points to look at").font(style::semibold(14.0)));
    Grid::new("tray problems").num_columns(3).striped(true).spacing(vec2(space::M, 4.0)).show(ui, |ui| {
        for complaint in all.iter().take(MOST_PROBLEMS) {
            ui.label(complaint.severity_words(ui));
            wish = wish.take().or(row_ui(ui, reading, complaint.row));
            ui.add(egui::Label::new(visible(&complaint.message)).wrap());
            ui.end_row();
        }
    });
    if all.len() > MOST_PROBLEMS {
        weak_text(
            ui,
            &format!("and {} more, listed in the ledger once the file is added", all.len() - MOST_PROBLEMS),
        );
    }
    match wish {
        Some(RowWish::Mend(row)) => file.begin_mending(row),
        Some(RowWish::Count(row)) => file.count_row(row),
        Some(RowWish::LeaveOut(row)) => file.begin_leaving_out(row),
        Some(RowWish::DecideAgain(_)) | None => {}
    }
    mending_ui(ui, file);
}

/// The row's number, to be clicked where something can be decided about it.
fn row_ui(ui: &mut Ui, reading: &TrayTable, row: Option<u32>) -> Option<RowWish> {
    let Some(row) = row else {
        weak_text(ui, "");
        return None;
    };
    let is_total = reading.report.skipped.iter().any(|skipped| {
        skipped.reason == SkipReason::Total && (skipped.row..skipped.row + skipped.rows).contains(&row)
    });
    if is_rejected(reading, row) {
        let link = ui.link(format!("Mend row {row}")).on_hover_text("Or leave it out, for a reason");
        return link.clicked().then_some(RowWish::Mend(row));
    }
    if is_total {
        let link = ui.link(format!("Count row {row}")).on_hover_text("It is a payment, and no total");
        return link.clicked().then_some(RowWish::Count(row));
    }
    if reading.told_rows.binary_search(&row).is_ok() {
        let link = ui.link(format!("Leave out row {row}")).on_hover_text("It was read; for a reason");
        return link.clicked().then_some(RowWish::LeaveOut(row));
    }
    weak_text(ui, &format!("row {row}"));
    None
}

fn is_rejected(reading: &TrayTable, row: u32) -> bool {
    let of = reading.addition.rejects.iter().find_map(|rejects| rejects.row(row));
    of.is_some_and(|rejected| rejected.fate.is_open())
}

/// What was decided about rows; each decision can be taken back.
fn decided_ui(ui: &mut Ui, file: &mut TrayFile) {
    let mut wish = None;
    for (index, decided) in file.decided.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(visible(&format!("Row {}: {}", decided.row, decided.what.words())));
            if ui
                .push_id(("decided", index), |ui| {
                    ui.button(format!("Decide again about row {}", decided.row))
                })
                .inner
                .clicked()
            {
                wish = Some(RowWish::DecideAgain(index));
            }
        });
    }
    if let Some(RowWish::DecideAgain(index)) = wish {
        file.decide_again(index);
    }
}

/// The row at hand, as it is being mended.
fn mending_ui(ui: &mut Ui, file: &mut TrayFile) {
    let mut form = mem::take(&mut file.mending);
    let decision = file.shown().and_then(|reading| {
        let rejects = reading.addition.rejects.iter();
        let mut rows = rejects.flat_map(|rejects| rejects.rows.iter().map(move |row| (rejects, row)));
        let (rejects, row) = rows.find(|(rejects, row)| form.is_about(rejects, row) && row.fate.is_open())?;
        let mut decision = None;
        style::card(ui).show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(format!("Row {}", row.row)).font(style::semibold(14.0)));
            ui.add(egui::Label::new(visible(&row.reason)).wrap());
            decision = mend_ui(ui, &reading.addition.sources, rejects, row, &mut form);
        });
        decision
    });
    file.mending = form;
    match decision {
        Some(Decision::FixReject { row, cells, lines, .. }) => file.decide(row, Fate::Fixed(cells), &lines),
        Some(Decision::ExcludeReject { row, reason, .. }) => file.decide(row, Fate::Excluded(reason), &[]),
        _ => {}
    }
}

/// What the reader chose, in words.
pub(super) fn chosen_by_the_reader(report: &FileReport) -> Vec<&str> {
    use crate::import::Code::{
        AmountChosen, DatesMonthFirst, DirectionChosen, HeadingsShifted, RepairsProved, SheetChosen,
        UnitScaled, WideTable, YearFromName,
    };
    let shown = [
        AmountChosen,
        DatesMonthFirst,
        DirectionChosen,
        HeadingsShifted,
        RepairsProved,
        SheetChosen,
        UnitScaled,
        WideTable,
        YearFromName,
    ];
    let start = format!("{}: ", report.name);
    let chosen = report.problems.iter().filter(|problem| shown.contains(&problem.code));
    chosen.map(|problem| problem.message.strip_prefix(&start).unwrap_or(&problem.message)).collect()
}

impl TrayFile {
    fn begin_mending(&mut self, row: u32) {
        let mut form = RejectForm::default();
        if let Some(reading) = self.shown() {
            let known =
                reading.addition.rejects.iter().find_map(|rejects| Some((rejects, rejects.row(row)?)));
            if let Some((rejects, rejected)) = known {
                form.begin(rejects, rejected);
            }
        }
        self.mending = form;
    }

    /// Reads a row that was passed over as a total as a payment.
    fn count_row(&mut self, row: u32) {
        self.said.lines_at.push(row);
        self.read_again();
    }

    /// Decides what becomes of a rejected row of the shown table.
    fn decide(&mut self, row: u32, fate: Fate, lines: &[SpendLine]) {
        let table = self.table;
        if let Some(reading) = self.reading_mut(table)
            && reading.decide(row, &fate, lines)
        {
            self.decided.push(RowDecided { table, row, what: DecidedAs::Rejected(fate) });
            self.mending = RejectForm::default();
            self.is_decided_anew = true;
        }
    }

    /// Takes a decision back.
    fn decide_again(&mut self, index: usize) {
        let RowDecided { table, what, .. } = self.decided.remove(index);
        match what {
            DecidedAs::Rejected(_) => self.read_again(),
            DecidedAs::LeftOut(..) => self.leave_out_rows(table),
        }
    }

    /// Decides again as before, once the file was read anew; what cannot be decided so any more is asked again.
    pub(super) fn decide_as_before(&mut self) {
        let decided = mem::take(&mut self.decided);
        for known in decided {
            let RowDecided { table, row, what } = &known;
            let Some(reading) = self.reading_mut(*table) else { continue };
            let holds = match what {
                DecidedAs::LeftOut(source, _) => !reading.lines_of(source, *row).is_empty(),
                DecidedAs::Rejected(fate) => {
                    let lines = match fate {
                        Fate::Fixed(cells) => reading.read_row(*row, cells),
                        _ => Some(Vec::new()),
                    };
                    lines.is_some_and(|lines| reading.decide(*row, fate, &lines))
                }
            };
            if holds {
                self.decided.push(known);
            }
        }
        for table in 0..self.readings().len() {
            self.leave_out_rows(table);
        }
        self.find_row_again();
    }
}

impl TrayTable {
    fn read_row(&self, row: u32, cells: &[String]) -> Option<Vec<SpendLine>> {
        let rejects = self.addition.rejects.iter().find(|rejects| rejects.row(row).is_some())?;
        let source = self.addition.sources.iter().find(|source| source.key == rejects.source)?;
        rejects.read_again(source, row, cells).ok()
    }

    /// Takes a decision about a rejected row over, into what is added and what is told; whether there is such a row.
    fn decide(&mut self, row: u32, fate: &Fate, lines: &[SpendLine]) -> bool {
        let Some(addition) = self.addition.decided(row, fate.clone(), lines) else { return false };
        let mut report = mem::take(&mut self.report);
        report.rejected = report.rejected.saturating_sub(1);
        report.rejects.retain(|reject| reject.row != row);
        report.problems.retain(|problem| problem.row != Some(row));
        if lines.is_empty() {
            report.skipped_rows += 1;
        } else {
            report.read += 1;
        }
        report.lines += lines.len() as u64;
        report.total += lines.iter().map(|line| line.amount).sum::<Money>();
        report.negative_lines += lines.iter().filter(|line| line.amount.is_negative()).count() as u64;
        // Whose it is and of which years may have changed. What is seen stays what the file was read as: lines of
        // mended rows stand behind the others, and are told by themselves.
        let to_see = mem::take(&mut self.to_see);
        *self = reading_with(report, Arc::new(addition), to_see);
        true
    }
}
