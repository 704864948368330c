//! Control totals: figures of a ledger or a publisher beside the lines they count, and what may explain a difference.

use egui::{ComboBox, Key, TextEdit, Ui};

use crate::agree::{LeftOut, Verdict, control_total};
use crate::app::action::Action;
use crate::app::controls::{ROW, amount, heading, nothing_ui, table, text};
use crate::app::style::{Colors, Icon, Tone, badge, icon_button, name_field, space};
use crate::dimension::{Dimension, NameId};
use crate::figure::visible;
use crate::ledger::ControlTotal;
use crate::money::read_amount;
use crate::place::{Command, Place};

/// In larger places a difference is told, and its explanation not looked for.
const MOST_EXPLAINED: usize = 200_000;
/// So many names of a kind are offered.
const MOST_OFFERED: usize = 200;
const ALL_LINES: &str = "All lines";

/// A control total as it is being typed.
#[derive(Default)]
pub(super) struct ControlForm {
    /// The file, agency or year it counts; nothing counts all lines.
    of: String,
    amount: String,
}

/// How each control total compares.
pub(super) fn verdicts(place: &Place, left_out: &[LeftOut]) -> Vec<Verdict> {
    if place.ledger.len() <= MOST_EXPLAINED {
        return place.verdicts(left_out);
    }
    let compared = place.control_totals.iter().map(|control| Verdict {
        control: control.clone(),
        agreement: place.compare(control),
        explanations: Vec::new(),
    });
    compared.collect()
}

/// The control totals of a place, and a way to add one and to take one away.
pub(super) fn control_totals_ui(
    ui: &mut Ui,
    place: &Place,
    verdicts: &[Verdict],
    form: &mut ControlForm,
) -> Option<Action> {
    let mut action = form_ui(ui, place, form);
    ui.add_space(space::XS);
    if verdicts.is_empty() {
        let words = "A control total is a published figure that the lines must agree to, to the penny.";
        nothing_ui(ui, "This place has no control totals", words);
        return action;
    }
    let wide = ui.available_width() > 1300.0;
    let (name, figure) = if wide { (380.0, 136.0) } else { (190.0, 112.0) };
    table(ui, "control totals", &[name, figure, figure, figure, 64.0, 28.0])
        .header(ROW + 4.0, |mut header| {
            for (title, is_amount) in [
                ("Control total", false),
                ("Stated (£)", true),
                ("Lines (£)", true),
                ("Differs by (£)", true),
                ("", false),
                ("", false),
                ("What may explain it, and notes", false),
            ] {
                header.col(|ui| heading(ui, title, is_amount));
            }
        })
        .body(|body| {
            body.rows(ROW, verdicts.len(), |mut row| {
                let Verdict { control, agreement, explanations } = &verdicts[row.index()];
                row.col(|ui| text(ui, &control.name));
                row.col(|ui| amount(ui, control.amount));
                row.col(|ui| amount(ui, agreement.found));
                row.col(|ui| amount(ui, agreement.difference));
                row.col(|ui| {
                    let agrees = agreement.agrees();
                    let (words, tone) =
                        if agrees { ("agrees", Tone::Ok) } else { ("differs", Tone::Warning) };
                    badge(ui, words, tone);
                });
                row.col(|ui| {
                    let name = format!("Remove the control total {}", control.name);
                    if icon_button(ui, Icon::Close, &name).clicked() {
                        action = Some(Command::RemoveControlTotal(control.name.clone()).into());
                    }
                });
                row.col(|ui| {
                    let mut words: Vec<String> =
                        explanations.iter().map(|found| found.words.clone()).collect();
                    words.push(note_of(place, control));
                    words.retain(|words| !words.is_empty());
                    let label = egui::Label::new(visible(&words.join("; or: "))).truncate();
                    ui.add(label).on_hover_text(words.join("\n"));
                });
            });
        });
    action
}

/// What explains a difference, and where the figure is from.
fn note_of(place: &Place, total: &ControlTotal) -> String {
    let source = place.sources.iter().find(|source| source.key == total.source);
    let source = source.map(|source| format!("From {}.", source.title)).unwrap_or_default();
    [total.note.trim(), &source].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
}

fn form_ui(ui: &mut Ui, place: &Place, form: &mut ControlForm) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        let label = ui.label("Compare");
        let shown = if form.of.is_empty() { ALL_LINES } else { form.of.as_str() }.to_owned();
        let combo = ComboBox::from_id_salt("control of").width(220.0).selected_text(visible(&shown));
        let combo = combo.show_ui(ui, |ui| {
            ui.selectable_value(&mut form.of, String::new(), ALL_LINES);
            for name in offered(place) {
                ui.selectable_value(&mut form.of, name.clone(), visible(&name).into_owned());
            }
        });
        combo.response.labelled_by(label.id);
        ui.label("with £");
        let edit = ui.add(TextEdit::singleline(&mut form.amount).hint_text("1,240.00").desired_width(130.0));
        name_field(&edit, &form.amount, "Stated total");
        let entered = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        let typed = form.amount.trim();
        let read = read_amount(typed);
        if let (Err(error), false) = (&read, typed.is_empty()) {
            ui.colored_label(Colors::of(ui).error, format!("\"{typed}\" {error}"));
        }
        let added = ui.add_enabled(read.is_ok(), egui::Button::new("Add control total"));
        if let (Ok(stated), true) = (read, added.clicked() || entered) {
            let mut control = control_total(&form.of, stated, place.all_lines());
            if form.of.is_empty() {
                ALL_LINES.clone_into(&mut control.name);
            }
            form.amount.clear();
            action = Some(adding(place, control));
        }
    });
    action
}

/// A figure typed again takes the place of the one before, in one step.
fn adding(place: &Place, control: ControlTotal) -> Action {
    if !place.control_totals.iter().any(|known| known.name == control.name) {
        return Command::AddControlTotal(control).into();
    }
    let steps = vec![Command::RemoveControlTotal(control.name.clone()), Command::AddControlTotal(control)];
    Command::Several("Change control total".to_owned(), steps).into()
}

/// Files, agencies and years, which have totals of their own.
fn offered(place: &Place) -> Vec<String> {
    let ledger = &place.ledger;
    let mut names: Vec<String> = ledger.sources().iter().map(|source| source.key.clone()).collect();
    for dimension in [Dimension::Agency, Dimension::Year] {
        let named = ledger.names(dimension).iter().filter(|(id, _)| *id != NameId::NOT_STATED);
        let mut named: Vec<String> = named.map(|(_, name)| name.to_owned()).collect();
        named.sort_unstable();
        named.truncate(MOST_OFFERED);
        names.extend(named);
    }
    names
}
