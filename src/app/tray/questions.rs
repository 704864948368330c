//! What a file asks: the ways to read it side by side, each with its sum and its first rows, the likeliest first; and what
//! became of its numbers.

use egui::{Button, CornerRadius, Frame, Grid, Margin, RichText, Stroke, Ui, vec2};

use super::answers::Answered;
use super::file::{TrayFile, TrayTable};
use crate::app::style;
use crate::app::style::{Colors, Icon, paint_icon, space, weak_text};
use crate::figure::visible;
use crate::import::{Code, Numbers, Problem, Severity, WayToRead};
use crate::money::{Money, in_full, in_short};
use crate::words::{counted, counted_as, thousands};

/// Ways that stand beside one another; no file has had more.
const MOST_WAYS: usize = 3;
/// Kinds of numbers that are listed.
const MOST_KINDS: usize = 60;

/// What a person has done: answered a question by one of its ways, or wants an answer back.
enum QuestionWish {
    Answer(Problem, Option<usize>),
    TakeBack(usize),
}

/// Shows what the file asks, and what was answered; the first answer is given the keyboard where it is wanted.
pub(super) fn questions_ui(ui: &mut Ui, file: &mut TrayFile, mut wants_focus: bool) {
    let mut wish = None;
    for (index, problem) in file.open_questions().into_iter().enumerate() {
        ui.add_space(space::S);
        let focus = std::mem::take(&mut wants_focus);
        ui.push_id(("question", index), |ui| wish = wish.take().or(question_ui(ui, problem, focus)));
    }
    for (index, answered) in file.answered.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.label(visible(&answered.words()));
            if ui.push_id(("answered", index), |ui| ui.button("Ask again")).inner.clicked() {
                wish = Some(QuestionWish::TakeBack(index));
            }
        });
    }
    match wish {
        Some(QuestionWish::Answer(problem, way)) => file.answer(&problem, way),
        Some(QuestionWish::TakeBack(index)) => file.take_back(index),
        None => {}
    }
}

fn question_ui(ui: &mut Ui, problem: &Problem, wants_focus: bool) -> Option<QuestionWish> {
    let colors = Colors::of(ui);
    let frame = Frame::new()
        .fill(colors.warning_ground)
        .stroke(Stroke::new(1.0, colors.warning))
        .corner_radius(CornerRadius::same(6))
        .inner_margin(Margin::same(10));
    let mut chosen = None;
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_top(|ui| {
            let (mark, _) = ui.allocate_exact_size(vec2(16.0, 18.0), egui::Sense::hover());
            paint_icon(ui.painter(), Icon::Warning, mark.shrink2(vec2(0.0, 1.0)), colors.warning);
            let words = RichText::new(visible(&problem.message)).color(colors.text);
            ui.add(egui::Label::new(words).wrap());
        });
        ui.add_space(space::XS);
        if problem.readings.is_empty() || problem.code == Code::LinesTwice {
            let words = match problem.code {
                Code::LinesTwice => "They are other payments: add it too",
                _ => "It is right as it is read",
            };
            let right = ui.button(words);
            turn_to(&right, wants_focus);
            if right.clicked() {
                chosen = Some(None);
            }
            return;
        }
        let ways = &problem.readings[..problem.readings.len().min(MOST_WAYS)];
        ui.columns(ways.len(), |columns| {
            for (index, (ui, way)) in columns.iter_mut().zip(ways).enumerate() {
                let wants_focus = wants_focus && index == 0;
                if ui.push_id(("way", index), |ui| way_ui(ui, way, index, wants_focus)).inner {
                    chosen = Some(Some(index));
                }
            }
        });
    });
    chosen.map(|way| QuestionWish::Answer(problem.clone(), way))
}

/// Gives a control the keyboard, where it is wanted, and brings it into sight.
fn turn_to(control: &egui::Response, wants_focus: bool) {
    if wants_focus {
        control.request_focus();
        control.scroll_to_me(Some(egui::Align::Center));
    }
}

/// One way to read the file; true where it was chosen.
fn way_ui(ui: &mut Ui, way: &WayToRead, index: usize, wants_focus: bool) -> bool {
    let colors = Colors::of(ui);
    let words = visible(&way.answer.words()).into_owned();
    let button = ui.add(Button::new(RichText::new(words).font(style::semibold(13.0))).wrap());
    turn_to(&button, wants_focus);
    weak_text(ui, if index == 0 { "The likeliest; so it is read now" } else { "Or" });
    ui.label(RichText::new(in_full(way.total)).font(style::semibold(16.0)).color(colors.text));
    weak_text(ui, &counted(way.lines, "line"));
    Grid::new("rows").num_columns(3).spacing(vec2(space::S, 2.0)).show(ui, |ui| {
        for row in &way.rows {
            weak_text(ui, &row.row.to_string());
            let amount = row.amount.map_or_else(|| "left out".to_owned(), in_full);
            ui.label(RichText::new(amount).color(colors.text));
            let said =
                egui::Label::new(RichText::new(visible(&row.words)).color(colors.weak_text)).truncate();
            ui.add(said).on_hover_text(visible(&row.words));
            ui.end_row();
        }
    });
    button.clicked()
}

/// What became of the file's numbers, in a line that opens.
pub(super) fn numbers_ui(ui: &mut Ui, file: &TrayFile) {
    let Some(numbers) = file.shown().and_then(|reading| reading.report.numbers.as_ref()) else { return };
    let title = RichText::new(words_of(numbers)).color(Colors::of(ui).text);
    egui::CollapsingHeader::new(title).id_salt("numbers").show(ui, |ui| {
        Grid::new("kinds of numbers").num_columns(3).striped(true).spacing(vec2(space::M, 3.0)).show(
            ui,
            |ui| {
                weak_text(ui, &thousands(numbers.amounts));
                ui.label("read as amounts");
                let (lines, left_out) = file.shown().map_or((0, Money::ZERO), TrayTable::left_out);
                ui.label(in_full(file.total() + left_out));
                ui.end_row();
                if lines > 0 {
                    weak_text(ui, "");
                    ui.label(format!(
                        "of them in {}, for a reason",
                        counted_as(lines, "line left out", "lines left out")
                    ));
                    ui.label(in_full(left_out));
                    ui.end_row();
                }
                for told in numbers.told.iter().take(MOST_KINDS) {
                    weak_text(ui, &thousands(told.cells));
                    ui.add(egui::Label::new(visible(&told.what)).truncate());
                    ui.label(if told.is_money { in_full(told.sum) } else { String::new() });
                    ui.end_row();
                }
            },
        );
        if numbers.told.len() > MOST_KINDS {
            weak_text(ui, &format!("and {} more", numbers.told.len() - MOST_KINDS));
        }
    });
}

/// "96 columns of amounts are not read: £112.4bn", or that there is nothing of the kind.
fn words_of(numbers: &Numbers) -> String {
    let (kinds, sum) = numbers.amounts_not_read();
    match kinds {
        0 => format!(
            "{}: {} read as amounts, {} told as something else",
            counted(numbers.cells, "number"),
            thousands(numbers.amounts),
            thousands(numbers.told_cells())
        ),
        1 => format!("1 column of amounts is not read: {}", in_short(sum)),
        many => format!("{many} columns of amounts are not read: {}", in_short(sum)),
    }
}

impl TrayFile {
    /// The questions that are still open: not answered, and not proved by a control total that was typed.
    pub(super) fn open_questions(&self) -> Vec<&Problem> {
        // A total proves how the file is read, and not that its lines are nowhere else.
        let is_proved = matches!(self.agreement(), Some(Ok(difference)) if difference.is_zero());
        let problems = self.readings().iter().flat_map(|reading| &reading.report.problems);
        let problems = problems.filter(|_| !is_proved).chain(&self.twice);
        let asked = problems.filter(|problem| problem.severity == Severity::Question);
        asked.filter(|problem| !self.answered.iter().any(|answered| answered.is_to(problem))).collect()
    }

    /// Whether amounts in another currency were taken as they stand.
    pub(super) fn accepts_currency(&self) -> bool {
        self.answered.iter().any(|answered| answered.accepts(Code::CurrencyOther))
    }

    /// Answers a question by one of its ways; the file is read again where that is another than before.
    pub(super) fn answer(&mut self, problem: &Problem, way: Option<usize>) {
        let answered = Answered::of(problem, way);
        if !answered.is_as_read {
            self.said.answer(&answered.answer);
            self.read_again();
        }
        self.answered.push(answered);
    }

    /// Takes an answer back, so that the file asks again.
    pub(super) fn take_back(&mut self, index: usize) {
        let answered = self.answered.remove(index);
        if !answered.is_as_read {
            self.said.take_back(&answered.answer);
            self.read_again();
        }
    }
}
