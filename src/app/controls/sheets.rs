//! What stands beside the lines: rows that could not be read, and sources.

use egui::{Align, Layout, RichText, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::style;
use crate::app::style::{Colors, space};
use crate::export::{TableCell, cells_csv};
use crate::import::{FileReport, Severity};
use crate::ledger::Source;
use crate::money::{Money, in_full};
use crate::place::Place;
use crate::words::noun;

/// A row of a file that was not read, or that a person should look at.
pub(in crate::app) struct Complaint {
    pub(in crate::app) severity: &'static str,
    pub(in crate::app) file: String,
    pub(in crate::app) row: Option<u32>,
    pub(in crate::app) column: String,
    pub(in crate::app) message: String,
}

impl Complaint {
    /// How bad it is, in its color.
    pub(in crate::app) fn severity_words(&self, ui: &Ui) -> RichText {
        let colors = Colors::of(ui);
        let ink = match self.severity {
            "Not read" => colors.error,
            "Look at" => colors.warning,
            _ => colors.weak_text,
        };
        RichText::new(self.severity).color(ink)
    }
}

/// Everything the files' reports complain of, in the order of the files and rows.
pub(in crate::app) fn complaints(reports: &[FileReport]) -> Vec<Complaint> {
    let mut all = Vec::new();
    for report in reports {
        let first = all.len();
        for problem in &report.problems {
            all.push(Complaint {
                severity: severity_word(problem.severity),
                file: report.name.clone(),
                row: problem.row,
                column: problem.column.clone().unwrap_or_default(),
                message: shortened(&problem.message, &report.name, problem.row),
            });
        }
        // A rejected row whose problem was one too many to be told still has its row here.
        let told: std::collections::BTreeSet<u32> =
            all[first..].iter().filter_map(|complaint| complaint.row).collect();
        for reject in report.rejects.iter().filter(|reject| !told.contains(&reject.row)) {
            all.push(Complaint {
                severity: severity_word(Severity::Error),
                file: report.name.clone(),
                row: Some(reject.row),
                column: String::new(),
                message: format!("{}: {}", reject.code.key(), reject.cells.join(", ")),
            });
        }
        all[first..].sort_by_key(|complaint| complaint.row);
    }
    all
}

/// The same, with what the place keeps of files that were read before this session.
pub(in crate::app) fn all_complaints(reports: &[FileReport], place: &Place) -> Vec<Complaint> {
    let mut all = complaints(reports);
    let is_told = |source: &Source| reports.iter().any(|report| report.source.file == source.file);
    let kept = place.sources.iter().filter(|source| !is_told(source));
    for (source, record) in kept.filter_map(|source| Some((source, source.record.as_ref()?))) {
        all.extend(record.notes.iter().map(|note| Complaint {
            severity: match note.severity.as_str() {
                "error" => severity_word(Severity::Error),
                "question" => severity_word(Severity::Question),
                "warning" => severity_word(Severity::Warning),
                _ => severity_word(Severity::Note),
            },
            file: source.file.clone(),
            row: note.row,
            column: String::new(),
            message: shortened(&note.message, &source.file, note.row),
        }));
    }
    all
}

/// The message without the file and row before it, which have columns of their own.
fn shortened(message: &str, file: &str, row: Option<u32>) -> String {
    let rest = message.strip_prefix(file).unwrap_or(message);
    let rest = match row {
        Some(row) => rest.strip_prefix(&format!(", row {row}")).unwrap_or(rest),
        None => rest,
    };
    rest.trim_start_matches([',', ':', ' ']).to_owned()
}

const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Not read",
        Severity::Question => "Asked",
        Severity::Warning => "Look at",
        Severity::Note => "Note",
    }
}

pub(in crate::app) const ROW: f32 = 25.0;
const GAP: f32 = 14.0;

/// A table whose last column takes what is left; each row is one line high unless it says otherwise.
pub(in crate::app) fn table<'a>(ui: &'a mut Ui, id: &str, widths: &[f32]) -> TableBuilder<'a> {
    ui.spacing_mut().item_spacing = egui::vec2(GAP, 0.0);
    let height = ui.available_height() - ROW - 8.0;
    let mut table = TableBuilder::new(ui)
        .id_salt(id)
        .striped(true)
        .auto_shrink(false)
        .max_scroll_height(height)
        .cell_layout(Layout::left_to_right(Align::Center));
    for width in widths {
        table = table.column(Column::exact(*width).clip(true));
    }
    table.column(Column::remainder().at_least(120.0).clip(true))
}

pub(in crate::app) fn heading(ui: &mut Ui, title: &str, is_amount: bool) {
    let words = RichText::new(title).font(style::semibold(13.0)).color(Colors::of(ui).weak_text);
    if is_amount {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
    } else {
        ui.label(words);
    }
}

pub(in crate::app) fn text(ui: &mut Ui, words: &str) {
    ui.add(egui::Label::new(crate::figure::visible(words)).truncate()).on_hover_text(words);
}

pub(in crate::app) fn amount(ui: &mut Ui, amount: Money) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.label(in_full(amount).replacen('£', "", 1));
    });
}

pub(in crate::app) fn number(ui: &mut Ui, words: &str) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(words));
}

pub(in crate::app) fn nothing_ui(ui: &mut Ui, title: &str, words: &str) {
    ui.add_space(ui.available_height() * 0.28);
    ui.vertical_centered(|ui| {
        ui.label(RichText::new(title).font(style::semibold(16.0)));
        ui.add_space(space::XS);
        ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
    });
}

/// Rows that were not read or need a look, to be exported for whoever sent the file.
pub(in crate::app) fn problems_ui(ui: &mut Ui, complaints: &[Complaint]) -> bool {
    if complaints.is_empty() {
        let words = "Rows that cannot be read stand here, with their file, row and reason.";
        nothing_ui(ui, "Every row that was read became a line", words);
        return false;
    }
    let exports = ui
        .horizontal(|ui| {
            let count = complaints.len();
            let noun = noun(count, "row of a file", "rows of files");
            style::weak_text(ui, &format!("{count} {noun} to look at"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.button("Export as CSV…").on_hover_text("For whoever sent the file").clicked()
            })
            .inner
        })
        .inner;
    ui.add_space(space::XS);
    table(ui, "problems", &[76.0, 190.0, 64.0, 130.0])
        .header(ROW + 4.0, |mut header| {
            for (title, is_amount) in
                [("", false), ("File", false), ("Row", true), ("Column", false), ("What was found", false)]
            {
                header.col(|ui| heading(ui, title, is_amount));
            }
        })
        .body(|body| {
            body.rows(ROW, complaints.len(), |mut row| {
                let complaint = &complaints[row.index()];
                row.col(|ui| {
                    ui.label(complaint.severity_words(ui));
                });
                row.col(|ui| text(ui, &complaint.file));
                row.col(|ui| number(ui, &complaint.row.map(|row| row.to_string()).unwrap_or_default()));
                row.col(|ui| text(ui, &complaint.column));
                row.col(|ui| text(ui, &complaint.message));
            });
        });
    exports
}

/// Everything the files' reports complain of, for a spreadsheet.
pub(in crate::app) fn problems_csv(reports: &[FileReport], place: &Place) -> String {
    let headings = ["severity", "file", "row", "column", "message"]
        .map(|heading| TableCell::Text(heading.into()))
        .to_vec();
    let rows = all_complaints(reports, place).into_iter().map(|complaint| {
        let row = complaint.row.map(|row| row.to_string()).unwrap_or_default();
        vec![
            TableCell::Text(complaint.severity.into()),
            TableCell::Text(complaint.file.into()),
            TableCell::Number(row),
            TableCell::Text(complaint.column.into()),
            TableCell::Text(complaint.message.into()),
        ]
    });
    cells_csv(std::iter::once(headings).chain(rows))
}

/// Names a row of a table for those who do not see it; in its first frame a row is nowhere yet, and has no name.
pub(in crate::app) fn name_row(row: &egui::Response, info: impl Fn() -> egui::WidgetInfo) {
    if row.rect.is_finite() {
        row.widget_info(info);
    } else {
        row.ctx.request_repaint();
    }
}
