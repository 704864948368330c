//! All that is known about one line, and where it is from.

use egui::{Align, Key, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::app::style;
use crate::app::style::{Colors, name_field, space};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{AmountRange, LineView};
use crate::money::in_full;

/// What is being typed for the chosen lines.
#[derive(Default)]
pub(super) struct TypedForLines {
    pub(super) theme: String,
    /// Why they have it.
    pub(super) theme_reason: String,
    /// Why they are left out.
    pub(super) reason: String,
}

/// What is to be done with the chosen lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LinesWish {
    GiveTheme,
    LeaveOut,
}

/// The strip below the lines: the line's amount and names on the left, its source on the right.
///
/// `why` says how it comes to have its theme; what is being typed for the chosen lines is a theme or a reason to leave them
/// out.
pub(super) fn detail_ui(
    ui: &mut Ui,
    line: LineView<'_>,
    why: &str,
    typed: &mut TypedForLines,
    ledger_names: impl Fn(Dimension) -> bool,
) -> Option<LinesWish> {
    let mut wish = None;
    let colors = Colors::of(ui);
    let width = ui.available_width();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing = vec2(space::XL, 4.0);
        let left = (width * 0.58).max(240.0);
        ui.vertical(|ui| {
            ui.set_width(left);
            let ink = if line.amount().is_negative() { colors.error } else { colors.text };
            ui.horizontal(|ui| {
                ui.label(RichText::new(in_full(line.amount())).font(style::bold(18.0)).color(ink));
                let text = crate::figure::visible(line.description());
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if !why.is_empty() {
                        let fields = [
                            (
                                "Leave out, because",
                                "Enter leaves the chosen lines out of the total, for this reason",
                                &mut typed.reason,
                                LinesWish::LeaveOut,
                            ),
                            (
                                "Why by hand",
                                "The reason stands beside the theme; Enter gives it",
                                &mut typed.theme_reason,
                                LinesWish::GiveTheme,
                            ),
                            (
                                "Theme by hand",
                                "Enter gives it to the chosen lines, whatever the rules say",
                                &mut typed.theme,
                                LinesWish::GiveTheme,
                            ),
                        ];
                        for (hint, help, text, wanted) in fields {
                            let edit =
                                ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(130.0));
                            name_field(&edit, text, hint);
                            let edit = edit.on_hover_text(help);
                            if edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                                wish = Some(wanted);
                            }
                        }
                    }
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.add(egui::Label::new(RichText::new(text)).truncate());
                    });
                });
            });
            let mut facts: Vec<(&str, &str)> = Dimension::ALL
                .into_iter()
                .filter(|&dimension| line.name_id(dimension) != NameId::NOT_STATED && ledger_names(dimension))
                .map(|dimension| (dimension.title(), line.name(dimension)))
                .collect();
            let date = line.date().map(|date| date.to_string());
            facts.extend(date.iter().map(|date| ("Date", date.as_str())));
            let range = line.range().map(AmountRange::in_words);
            facts.extend(range.iter().map(|range| ("Estimate", range.as_str())));
            if !why.is_empty() {
                facts.push(("Why this theme", why));
            }
            ScrollArea::vertical().id_salt("facts").show(ui, |ui| facts_ui(ui, &facts, left));
        });
        ui.vertical(|ui| {
            ui.set_width(ui.available_width());
            source_ui(ui, line);
        });
    });
    wish
}

fn facts_ui(ui: &mut Ui, facts: &[(&str, &str)], width: f32) {
    let across = if width > 900.0 {
        4
    } else if width > 560.0 {
        3
    } else {
        2
    };
    let column = width / across as f32 - 12.0;
    ui.spacing_mut().interact_size.y = 18.0;
    egui::Grid::new("facts of a line").num_columns(across).spacing([12.0, 4.0]).show(ui, |ui| {
        for row in facts.chunks(across) {
            for (title, name) in row {
                fact_ui(ui, title, name, column);
            }
            ui.end_row();
        }
    });
}

fn fact_ui(ui: &mut Ui, title: &str, name: &str, width: f32) {
    let weak = Colors::of(ui).weak_text;
    ui.horizontal(|ui| {
        ui.set_width(width);
        ui.spacing_mut().item_spacing.x = 6.0;
        ui.label(RichText::new(title).small().color(weak));
        ui.add(egui::Label::new(RichText::new(crate::figure::visible(name)).small()).truncate());
    });
}

fn source_ui(ui: &mut Ui, line: LineView<'_>) {
    let provenance = line.provenance();
    let Some(source) = provenance.source else {
        ui.label(RichText::new("No source stated").color(Colors::of(ui).weak_text));
        return;
    };
    let title = if source.title.is_empty() { &source.key } else { &source.title };
    let title = RichText::new(crate::figure::visible(title)).font(style::semibold(13.0));
    ui.add(egui::Label::new(title).truncate());
    let sheet = if source.sheet.is_empty() { String::new() } else { format!(", sheet {}", source.sheet) };
    let row = provenance.row.map(|row| format!(", row {row}")).unwrap_or_default();
    let at = if source.file.is_empty() {
        row.trim_start_matches(", ").to_owned()
    } else {
        format!("{}{sheet}{row}", source.file)
    };
    let published: Vec<&str> = [source.publisher.as_str(), source.date.as_str(), source.licence.as_str()]
        .into_iter()
        .filter(|text| !text.is_empty())
        .collect();
    let published = published.join(" · ");
    for text in [at.as_str(), &published, &source.address, &source.note] {
        if !text.is_empty() {
            let text = RichText::new(crate::figure::visible(text)).small().color(Colors::of(ui).weak_text);
            ui.add(egui::Label::new(text).truncate());
        }
    }
}
