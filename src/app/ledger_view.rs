use std::cmp::Ordering;

use egui::{Align, Layout, RichText, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};

use super::action::Action;
use super::memo::Memo;
use super::style::{self, Colors, Icon, badge, icon_button, name_field, space, weak_text};
use super::trail::Drill;
use crate::dimension::Dimension;
use crate::ledger::{Filter, Ledger, LineId};
use crate::money::{Money, in_full};
use crate::place::Place;

/// What the view of lines remembers.
pub(super) struct LedgerView {
    search: String,
    sort: Sort,
    wants_focus: bool,
    shown: Memo<(u64, Filter, Sort), Lines>,
    chosen: Option<LineId>,
}

impl Default for LedgerView {
    fn default() -> Self {
        Self {
            search: String::new(),
            sort: Sort { by: SortBy::Amount, is_descending: true },
            wants_focus: false,
            shown: Memo::default(),
            chosen: None,
        }
    }
}

/// The lines that are shown, in order, with their sum.
struct Lines {
    lines: Vec<LineId>,
    total: Money,
}

#[derive(Clone, Copy, PartialEq, Eq)]
struct Sort {
    by: SortBy,
    is_descending: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SortBy {
    Amount,
    Dimension(Dimension),
    Description,
    Source,
}

impl LedgerView {
    pub(super) fn focus_search(&mut self) {
        self.wants_focus = true;
    }
}

/// The lines under the filter, or those behind what was drilled into.
#[must_use]
pub(super) fn ledger_view_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    drill: Option<&Drill>,
    view: &mut LedgerView,
) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        if let Some(drill) = drill {
            if icon_button(ui, Icon::Back, "Back to the picture").clicked() {
                action = Some(Action::Back);
            }
            ui.label(RichText::new(format!("Lines behind {}", drill.title)).font(style::semibold(16.0)));
        }
        let edit = TextEdit::singleline(&mut view.search)
            .hint_text("Find a name, a word or an amount")
            .desired_width(260.0);
        let edit = ui.add(edit);
        name_field(&edit, &view.search, "Find in lines");
        if std::mem::take(&mut view.wants_focus) {
            edit.request_focus();
        }
        if !view.search.is_empty() && icon_button(ui, Icon::Close, "Clear the search").clicked() {
            view.search.clear();
        }
    });
    let base = drill.map_or(&place.view.filter, |drill| &drill.filter);
    let mut filter = base.clone();
    if !view.search.trim().is_empty() {
        filter.text = view.search.trim().to_owned();
    }
    let sort = view.sort;
    let shown = view.shown.get((revision, filter.clone(), sort), || sorted(&place.ledger, &filter, sort));
    ui.horizontal(|ui| {
        let noun = if shown.lines.len() == 1 { "line" } else { "lines" };
        weak_text(ui, &format!("{} {noun}, together {}", grouped(shown.lines.len()), in_full(shown.total)));
        for total in place.control_totals.iter() {
            let agreement = total.compare(&place.ledger);
            if agreement.agrees() {
                badge(ui, &format!("{}: agrees", total.name), style::Tone::Ok).on_hover_text(&total.note);
            } else {
                let words = format!("{}: differs by {}", total.name, in_full(agreement.difference.abs()));
                let note = format!(
                    "Control total {}, lines {}. {}",
                    in_full(total.amount),
                    in_full(agreement.found),
                    total.note
                );
                badge(ui, &words, style::Tone::Warning).on_hover_text(note);
            }
        }
    });
    ui.add_space(space::XS);
    table_ui(ui, place, view, &mut action);
    action
}

fn grouped(count: usize) -> String {
    in_full(Money::from_pounds(count as i64)).replace('£', "").replace(".00", "")
}

/// The columns of the table: those dimensions that this place has names for.
fn columns(place: &Place) -> Vec<Dimension> {
    [
        Dimension::Year,
        Dimension::Agency,
        Dimension::Funder,
        Dimension::Theme,
        Dimension::Service,
        Dimension::Provider,
        Dimension::Supplier,
        Dimension::Stage,
        Dimension::Evidence,
    ]
    .into_iter()
    .filter(|dimension| !place.ledger.names(*dimension).is_empty())
    .collect()
}

fn table_ui(ui: &mut Ui, place: &Place, view: &mut LedgerView, action: &mut Option<Action>) {
    let columns = columns(place);
    let colors = Colors::of(ui);
    let mut sort = view.sort;
    let Some(shown) = view.shown.kept() else { return };
    let chosen = &mut view.chosen;
    egui::ScrollArea::horizontal().auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height();
        let mut table = TableBuilder::new(ui)
            .striped(true)
            .sense(egui::Sense::click())
            .max_scroll_height(height)
            .auto_shrink(false)
            .cell_layout(Layout::left_to_right(Align::Center));
        table = table.column(Column::initial(130.0).clip(true));
        for dimension in &columns {
            let width = if matches!(dimension, Dimension::Year) { 76.0 } else { 150.0 };
            table = table.column(Column::initial(width).clip(true).resizable(true));
        }
        table = table
            .column(Column::initial(220.0).clip(true).resizable(true))
            .column(Column::remainder().at_least(200.0).clip(true));
        table
            .header(28.0, |mut header| {
                header.col(|ui| {
                    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                        heading(ui, "Amount (£)", SortBy::Amount, &mut sort);
                    });
                });
                for dimension in &columns {
                    header.col(|ui| heading(ui, dimension.title(), SortBy::Dimension(*dimension), &mut sort));
                }
                header.col(|ui| heading(ui, "Description", SortBy::Description, &mut sort));
                header.col(|ui| heading(ui, "Source", SortBy::Source, &mut sort));
            })
            .body(|body| {
                body.rows(24.0, shown.lines.len(), |mut row| {
                    let id = shown.lines[row.index()];
                    let line = place.ledger.line(id);
                    row.set_selected(*chosen == Some(id));
                    row.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            let ink = if line.amount().is_negative() { colors.error } else { colors.text };
                            ui.label(RichText::new(in_full(line.amount()).replacen('£', "", 1)).color(ink));
                        });
                    });
                    for dimension in &columns {
                        row.col(|ui| cell(ui, line.name(*dimension)));
                    }
                    row.col(|ui| cell(ui, line.description()));
                    row.col(|ui| cell(ui, &line.provenance().to_string()));
                    if row.response().clicked() {
                        *chosen = Some(id);
                        if row.response().double_clicked() {
                            *action = Some(Action::Copy(crate::export::lines_csv(&place.ledger, &[id])));
                        }
                    }
                });
            });
    });
    view.sort = sort;
}

fn heading(ui: &mut Ui, title: &str, by: SortBy, sort: &mut Sort) {
    let is_sorted = sort.by == by;
    let mark = match (is_sorted, sort.is_descending) {
        (false, _) => "",
        (true, true) => " ▼",
        (true, false) => " ▲",
    };
    let words = RichText::new(format!("{title}{mark}")).strong().color(Colors::of(ui).weak_text);
    if ui.add(egui::Button::new(words).frame(false)).on_hover_text("Sort by this").clicked() {
        *sort =
            Sort { by, is_descending: if is_sorted { !sort.is_descending } else { by == SortBy::Amount } };
    }
}

fn cell(ui: &mut Ui, text: &str) {
    ui.add(egui::Label::new(crate::figure::visible(text)).truncate());
}

/// The lines under a filter, in order.
fn sorted(ledger: &Ledger, filter: &Filter, sort: Sort) -> Lines {
    let mut lines = ledger.lines_where(filter);
    let total = lines.iter().map(|&line| ledger.amount(line)).sum();
    match sort.by {
        SortBy::Amount => lines.sort_by_key(|&line| ledger.amount(line)),
        SortBy::Dimension(dimension) => {
            // Names are few and lines are many: names are ranked once.
            let names = ledger.names(dimension);
            let mut ids: Vec<_> = names.iter().collect();
            ids.sort_by(|a, b| a.1.cmp(b.1));
            let mut ranks = vec![0_u32; names.len()];
            for (rank, (id, _)) in (0..).zip(&ids) {
                ranks[id.index()] = rank;
            }
            lines.sort_by_key(|&line| ranks[ledger.name_id(line, dimension).index()]);
        }
        SortBy::Description => lines.sort_by(|&a, &b| ledger.description(a).cmp(ledger.description(b))),
        SortBy::Source => lines.sort_by(|&a, &b| by_source(ledger, a, b)),
    }
    if sort.is_descending {
        lines.reverse();
    }
    Lines { lines, total }
}

fn by_source(ledger: &Ledger, a: LineId, b: LineId) -> Ordering {
    let (a, b) = (ledger.provenance(a), ledger.provenance(b));
    let key = |source: Option<&crate::ledger::Source>| source.map(|source| source.key.clone());
    key(a.source).cmp(&key(b.source)).then(a.row.cmp(&b.row))
}
