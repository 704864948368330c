//! The table of lines: only the rows in view are made, chosen ones can be copied.

use std::collections::BTreeSet;

use egui::{Align, Id, Key, Layout, Modifiers, Popup, RichText, Role, Sense, Ui, WidgetInfo};
use egui_extras::{Column as TableColumn, TableBuilder};

use super::choice::LineSelection;
use super::columns::{LinesColumn, amount_width, fitting, possible, title, widths, words};
use super::rows::ShownRows;
use crate::app::controls::name_row;
use crate::app::style::Colors;
use crate::ledger::{LineView, Order, OrderBy};
use crate::place::Place;

/// What the table of lines remembers.
pub(super) struct LinesTable {
    pub(super) order: Order,
    pub(super) choice: LineSelection,
    /// The columns that somebody picked; nothing where they follow the width.
    picked: Option<BTreeSet<LinesColumn>>,
    /// The row to bring into view.
    scroll_to: Option<usize>,
    /// Rows that were in view in the last frame: a page.
    page: usize,
}

impl Default for LinesTable {
    fn default() -> Self {
        Self {
            order: Order { by: OrderBy::Amount, is_descending: true },
            choice: LineSelection::default(),
            picked: None,
            scroll_to: None,
            // Until a frame has shown how many rows there are.
            page: 20,
        }
    }
}

const ROW: f32 = 25.0;
const GAP: f32 = 14.0;

pub(super) fn lines_table_ui(ui: &mut Ui, rows: &ShownRows, table: &mut LinesTable) {
    let ledger = rows.ledger();
    table.choice.keep_to(ledger);
    let id = ui.scope_id().with("lines");
    let area = ui.available_rect_before_wrap();
    let whole = ui.interact(area, id, Sense::focusable_noninteractive());
    let count = rows.lines.len();
    whole.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("Lines, {count} rows")));
    keyboard(ui, id, rows, table);

    let possible = possible(ledger, rows);
    let amount = amount_width(rows);
    let room = ui.available_width() - ui.spacing().scroll.allocated_width();
    let columns: Vec<LinesColumn> = match &table.picked {
        Some(picked) => possible.iter().copied().filter(|column| picked.contains(column)).collect(),
        None => fitting(&possible, room, GAP, amount),
    };
    let widths = widths(&columns, room, GAP, amount);
    ui.spacing_mut().item_spacing = egui::vec2(GAP, 0.0);
    egui::ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height() - ROW - 8.0;
        table.page = ((height / ROW) as usize).max(1);
        let mut builder = TableBuilder::new(ui)
            // Widths that were drawn by hand belong to these columns in this room.
            .id_salt(("lines", &columns, room as u32, amount as u32))
            .striped(true)
            .sense(Sense::click())
            .min_scrolled_height(ROW)
            .max_scroll_height(height)
            .auto_shrink(false)
            // Over millions of rows a scroll that glides would take seconds.
            .animate_scrolling(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        for (column, width) in columns.iter().zip(&widths) {
            let resizable = *column != OrderBy::Amount && Some(column) != columns.last();
            builder =
                builder.column(TableColumn::initial(*width).at_least(40.0).clip(true).resizable(resizable));
        }
        if let Some(row) = table.scroll_to.take() {
            builder = builder.scroll_to_row(row, None);
        }
        builder
            .header(ROW + 4.0, |mut header| {
                for column in &columns {
                    header.col(|ui| heading_ui(ui, *column, &mut table.order));
                }
            })
            .body(|body| {
                body.rows(ROW, rows.lines.len(), |mut row| {
                    let index = row.index();
                    let line = ledger.line(rows.lines[index]);
                    row.set_selected(table.choice.contains(line.id()));
                    for column in &columns {
                        row.col(|ui| cell_ui(ui, *column, line));
                    }
                    let response = row.response();
                    name_row(&response, || {
                        WidgetInfo::selected(Role::Row, true, table.choice.contains(line.id()), name(line))
                    });
                    if response.clicked() {
                        let modifiers = response.ctx.input(|input| input.modifiers);
                        table.choice.go(&rows.lines, index, modifiers);
                        response.ctx.memory_mut(|memory| memory.request_focus(id));
                    }
                });
            });
    });
}

/// What is read aloud of a row.
fn name(line: LineView<'_>) -> String {
    use crate::dimension::Dimension::{Agency, Service};
    format!(
        "{}, {}, {}, {}",
        crate::money::in_full(line.amount()),
        line.name(Agency),
        line.name(Service),
        line.provenance()
    )
}

fn heading_ui(ui: &mut Ui, column: LinesColumn, order: &mut Order) {
    let is_ordered = order.by == column;
    let is_amount = column == OrderBy::Amount;
    let mark = match (is_ordered, order.is_descending) {
        (false, _) => "",
        (true, true) => " ▼",
        (true, false) => " ▲",
    };
    let colors = Colors::of(ui);
    let ink = if is_ordered { colors.accent_text } else { colors.weak_text };
    let layout =
        if is_amount { Layout::right_to_left(Align::Center) } else { Layout::left_to_right(Align::Center) };
    // All of the cell answers, not the words alone.
    let cell = ui.interact(ui.max_rect(), Id::unique(("heading of", title(column))), Sense::click());
    ui.with_layout(layout, |ui| {
        let words = RichText::new(format!("{}{mark}", title(column)))
            .font(crate::app::style::semibold(13.0))
            .color(ink);
        let button = egui::Button::new(words).frame(false).truncate();
        let response = ui.add(button).on_hover_text("Sort by this; again, the other way round");
        if response.clicked() || cell.clicked() {
            // Amounts from the largest, words from A.
            let is_descending = if is_ordered { !order.is_descending } else { is_amount };
            *order = Order { by: column, is_descending };
        }
    });
}

fn cell_ui(ui: &mut Ui, column: LinesColumn, line: LineView<'_>) {
    let colors = Colors::of(ui);
    let text = words(column, line);
    if column == OrderBy::Amount {
        // The minus says it, the color only helps.
        let ink = if line.amount().is_negative() { colors.error } else { colors.text };
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(RichText::new(text).color(ink)));
        return;
    }
    if column == OrderBy::Source {
        source_ui(ui, line);
        return;
    }
    let is_stated = match column {
        OrderBy::Dimension(dimension) => line.name_id(dimension) != crate::dimension::NameId::NOT_STATED,
        _ => true,
    };
    let ink = if is_stated { colors.text } else { colors.weak_text };
    ui.add(egui::Label::new(RichText::new(crate::figure::visible(&text)).color(ink)).truncate());
}

/// The file, cut where it must be, and the row, which never is.
fn source_ui(ui: &mut Ui, line: LineView<'_>) {
    let (text, weak) = (Colors::of(ui).text, Colors::of(ui).weak_text);
    let provenance = line.provenance();
    let row = provenance.row.map(|row| format!("row {row}"));
    let without_row = crate::ledger::Provenance { row: None, ..provenance }.to_string();
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = 6.0;
        if let Some(row) = row {
            ui.label(RichText::new(row).color(text));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let words = RichText::new(crate::figure::visible(&without_row)).color(weak);
            ui.add(egui::Label::new(words).truncate());
        });
    });
}

/// From the row one is at, with the last row and the length of a page, to the next.
type KeyStep = fn(usize, usize, usize) -> usize;

/// Arrows, pages, Home and End step through the rows, with Shift they choose; Ctrl+A chooses all.
fn keyboard(ui: &Ui, id: Id, rows: &ShownRows, table: &mut LinesTable) {
    let is_ours = ui.memory(|memory| memory.focused().is_none_or(|focused| focused == id));
    let is_elsewhere = ui.input(|input| input.modifiers.alt);
    if !is_ours || is_elsewhere || rows.lines.is_empty() || Popup::is_any_open(ui.ctx()) {
        return;
    }
    ui.memory_mut(|memory| {
        let arrows = egui::EventFilter { vertical_arrows: true, ..egui::EventFilter::default() };
        memory.set_focus_lock_filter(id, arrows);
    });
    let last = rows.lines.len() - 1;
    // A key with nothing held matches with Shift held too: the fuller one is asked first.
    let pressed = |key| {
        let held = [Modifiers::SHIFT, Modifiers::NONE];
        ui.input_mut(|input| held.into_iter().find(|&modifiers| input.consume_key(modifiers, key)))
    };
    if ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::A)) {
        table.choice.all(&rows.lines);
        return;
    }
    let page = table.page.saturating_sub(1).max(1);
    let steps: [(Key, KeyStep); 6] = [
        (Key::ArrowUp, |at, _, _| at.saturating_sub(1)),
        (Key::ArrowDown, |at, last, _| (at + 1).min(last)),
        (Key::PageUp, |at, _, page| at.saturating_sub(page)),
        (Key::PageDown, |at, last, page| (at + page).min(last)),
        (Key::Home, |_, _, _| 0),
        (Key::End, |_, last, _| last),
    ];
    for (key, step) in steps {
        let Some(modifiers) = pressed(key) else { continue };
        let at = table
            .choice
            .at(rows.ledger())
            .and_then(|line| rows.lines.iter().position(|other| *other == line));
        let next = match at {
            Some(at) => step(at, last, page),
            None if key == Key::End => last,
            None => 0,
        };
        table.choice.go(&rows.lines, next, modifiers);
        table.scroll_to = Some(next);
    }
}

/// Which columns there are, to be shown or not.
pub(super) fn columns_menu_ui(ui: &mut Ui, place: &Place, rows: &ShownRows, table: &mut LinesTable) {
    let button = ui.button("Columns").on_hover_text("Which columns are shown");
    Popup::menu(&button).close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
        ui.set_min_width(190.0);
        let possible = possible(&place.ledger, rows);
        let shown: BTreeSet<LinesColumn> = match &table.picked {
            Some(picked) => picked.clone(),
            None => fitting(&possible, ui.ctx().content_rect().width() - 48.0, GAP, amount_width(rows))
                .into_iter()
                .collect(),
        };
        if ui.selectable_label(table.picked.is_none(), "As many as fit").clicked() {
            table.picked = None;
        }
        ui.separator();
        for column in possible {
            let mut is_shown = shown.contains(&column);
            let changed =
                ui.add_enabled(column != OrderBy::Amount, egui::Checkbox::new(&mut is_shown, title(column)));
            if changed.changed() {
                let mut picked = shown.clone();
                if is_shown {
                    picked.insert(column);
                } else {
                    picked.remove(&column);
                }
                table.picked = Some(picked);
            }
        }
    });
}
