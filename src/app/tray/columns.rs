//! Five rows of a file with what each column is read as, to be changed by a chooser.

use egui::{ComboBox, Grid, Id, Label, Memory, Response, RichText, ScrollArea, Ui, vec2};

use super::file::TrayFile;
use crate::app::controls::chooser_ui;
use crate::app::style;
use crate::app::style::{Colors, weak_text};
use crate::dimension::Dimension;
use crate::figure::visible;
use crate::import::{Field, FileReport};

/// So many columns are shown beside one another.
const MOST_COLUMNS: usize = 60;
const WIDTH: f32 = 120.0;
const HEIGHT: f32 = 20.0;
const GAP: f32 = 8.0;
/// What the numbers of the rows take.
const NUMBERS: f32 = 44.0;

/// Shows the sample; what is chosen is said of the file.
///
/// The columns stand in the file's order where all of them have room; where they have to be scrolled sideways, the
/// amounts stand still before them.
pub(super) fn columns_ui(ui: &mut Ui, file: &mut TrayFile) {
    let Some(reading) = file.shown() else { return };
    let report = &reading.report;
    let SampleColumns { still, moving, left } = SampleColumns::of(report, ui.available_width());
    let (mut said, mut said_of_moving) = (None, None);
    let mut at_hand = file.column_at_hand;
    let is_settled = !file.is_reading() && !file.is_waiting();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = GAP;
        if !still.is_empty() {
            grid_ui(ui, "amounts in view", |ui| {
                said = rows_ui(ui, report, &still, Numbering::Numbered, &mut at_hand);
            });
        }
        let rows = if still.is_empty() { Numbering::Numbered } else { Numbering::GoOn };
        ScrollArea::horizontal().id_salt("sample rows").show(ui, |ui| {
            grid_ui(ui, "sample", |ui| {
                said_of_moving = rows_ui(ui, report, &moving, rows, &mut at_hand);
            });
        });
    });
    if left > 0 {
        weak_text(ui, &format!("and {left} more columns"));
    }
    // Once it is read anew, the column has the keyboard where it stands now.
    file.column_at_hand = at_hand.filter(|at_hand| !(is_settled && at_hand.is_shown));
    if let Some((place, field)) = said.or(said_of_moving) {
        file.column_at_hand = Some(ColumnAtHand { place, list: None, is_shown: false });
        file.say_column(place, field);
    }
}

/// The column of which something was just said. What is said may move it, and its list has the keyboard all the same.
#[derive(Clone, Copy)]
pub(super) struct ColumnAtHand {
    place: usize,
    /// The list that it had last.
    list: Option<Id>,
    is_shown: bool,
}

impl ColumnAtHand {
    /// Gives a column's list the keyboard, unless it is somewhere else by now.
    fn show(at_hand: &mut Option<Self>, place: usize, list: &Response) {
        let Some(known) = at_hand.as_mut().filter(|at_hand| at_hand.place == place) else { return };
        let focused = list.ctx.memory(Memory::focused);
        if focused.is_none() || focused == known.list || focused == Some(list.id) {
            list.request_focus();
            (known.list, known.is_shown) = (Some(list.id), true);
        } else {
            *at_hand = None;
        }
    }
}

/// The columns that are shown, by their places.
struct SampleColumns {
    /// Amounts that stand still while the others are scrolled.
    still: Vec<usize>,
    moving: Vec<usize>,
    /// How many are not shown.
    left: usize,
}

impl SampleColumns {
    fn of(report: &FileReport, width: f32) -> Self {
        let columns = &report.map.columns;
        let room = ((width - NUMBERS) / (WIDTH + GAP)).max(0.0) as usize;
        let is_amount = |place: &usize| is_amount(&columns[*place].field);
        let still: Vec<usize> = if columns.len() > room {
            // Half of the room is the others'; of twelve months the first ones stand still.
            (0..columns.len()).filter(is_amount).take((room / 2).max(1)).collect()
        } else {
            Vec::new()
        };
        let others = (0..columns.len()).filter(|place| !still.contains(place));
        let moving: Vec<usize> = others.take(MOST_COLUMNS - still.len().min(MOST_COLUMNS)).collect();
        let left = columns.len() - still.len() - moving.len();
        Self { still, moving, left }
    }
}

/// Whether rows begin with their numbers, or go on with those of the table beside them.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Numbering {
    Numbered,
    GoOn,
}

fn grid_ui(ui: &mut Ui, name: &str, rows: impl FnOnce(&mut Ui)) {
    // Tables that stand beside each other have rows of one height.
    let grid =
        Grid::new(name).striped(true).spacing(vec2(GAP, 4.0)).min_col_width(28.0).min_row_height(HEIGHT);
    grid.show(ui, rows);
}

fn rows_ui(
    ui: &mut Ui,
    report: &FileReport,
    places: &[usize],
    rows: Numbering,
    at_hand: &mut Option<ColumnAtHand>,
) -> Option<(usize, Field)> {
    let mut said = None;
    let columns: Vec<_> = places.iter().map(|place| (*place, &report.map.columns[*place])).collect();
    let start = |ui: &mut Ui, words: &str| {
        if rows == Numbering::Numbered {
            weak_text(ui, words);
        }
    };
    start(ui, "Row");
    let mut headings = Vec::new();
    for (place, column) in &columns {
        let heading = match column.heading.trim() {
            "" => format!("(column {})", place + 1),
            heading => heading.to_owned(),
        };
        let words = RichText::new(visible(&heading)).font(style::semibold(13.0));
        headings.push(cell(ui, words, &heading));
    }
    ui.end_row();
    start(ui, "is");
    for ((place, column), heading) in columns.iter().zip(&headings) {
        ui.push_id(place, |ui| {
            let chooser = ComboBox::from_id_salt("column")
                .width(WIDTH)
                .height(520.0)
                .selected_text(words_of(ui, &column.field));
            let fields = choices(&column.field);
            let names: Vec<String> = fields.iter().map(name_of).collect();
            let is_now = fields.iter().map(|field| *field == column.field);
            let listed: Vec<(&str, bool)> = names.iter().map(String::as_str).zip(is_now).collect();
            let (shown, chosen) = chooser_ui(ui, chooser, &listed);
            if !ui.is_sizing_pass() {
                ColumnAtHand::show(at_hand, *place, &shown);
            }
            shown.labelled_by(heading.id);
            if let Some(field) = chosen.map(|chosen| &fields[chosen]).filter(|field| **field != column.field)
            {
                said = Some((*place, field.clone()));
            }
        });
    }
    ui.end_row();
    for sample in &report.sample {
        start(ui, &sample.row.to_string());
        for (place, column) in &columns {
            let text = sample.cells.get(*place).map_or("", |cell| cell.trim());
            let colors = Colors::of(ui);
            let ink = if column.field == Field::Passed { colors.weak_text } else { colors.text };
            cell(ui, RichText::new(visible(text)).color(ink), text);
        }
        ui.end_row();
    }
    said
}

fn is_amount(field: &Field) -> bool {
    matches!(field, Field::Amount | Field::AmountFor(..))
}

fn cell(ui: &mut Ui, words: RichText, whole: &str) -> egui::Response {
    ui.allocate_ui(vec2(WIDTH, HEIGHT), |ui| {
        ui.set_max_width(WIDTH);
        let label = ui.add(Label::new(words).truncate());
        if whole.is_empty() { label } else { label.on_hover_text(whole) }
    })
    .inner
}

fn words_of(ui: &Ui, field: &Field) -> RichText {
    let colors = Colors::of(ui);
    let words = RichText::new(name_of(field));
    match field {
        Field::Passed => words.color(colors.weak_text),
        Field::Amount | Field::AmountFor(..) => words.color(colors.accent_text).strong(),
        _ => words,
    }
}

/// What a column can be read as.
fn choices(now: &Field) -> Vec<Field> {
    let mut choices = vec![Field::Passed, Field::Amount, Field::Date, Field::Month];
    choices.extend(Dimension::ALL.into_iter().filter(|it| *it != Dimension::Pool).map(Field::Dimension));
    choices.extend([Field::Description, Field::Reference, Field::Direction, Field::Low, Field::High]);
    if !choices.contains(now) {
        choices.push(now.clone());
    }
    choices
}

fn name_of(field: &Field) -> String {
    match field {
        Field::Passed => "Ignore".to_owned(),
        Field::Amount => "Amount".to_owned(),
        Field::AmountFor(dimension, name) => format!("Amount for {} {name}", dimension.key()),
        Field::Date => "Date".to_owned(),
        Field::Month => "Month or period".to_owned(),
        Field::Description => "Description".to_owned(),
        Field::Reference => "Reference number".to_owned(),
        Field::Direction => "Expense or revenue".to_owned(),
        Field::Source => "File it is from".to_owned(),
        Field::SourceRow => "Row in that file".to_owned(),
        Field::Low => "Least it may be".to_owned(),
        Field::High => "Most it may be".to_owned(),
        Field::Dimension(dimension) => dimension.title().to_owned(),
    }
}
