//! A list that drops down, opens at what is chosen, and goes to what is typed.

use egui::{Align, ComboBox, Event, Response, Ui};

/// Letters typed within so many seconds belong together.
const TOGETHER: f64 = 1.0;

/// What was typed into an open list.
#[derive(Clone, Default)]
struct LettersTyped {
    letters: String,
    at: f64,
    /// The pass in which the list was last shown.
    pass: u64,
}

/// Shows choices, each with whether it is the one that holds; the number of the one that was taken.
pub(in crate::app) fn chooser_ui(
    ui: &mut Ui,
    combo: ComboBox,
    choices: &[(&str, bool)],
) -> (Response, Option<usize>) {
    let mut taken = None;
    let shown = combo.show_ui(ui, |ui| {
        let wanted = wanted(ui, choices);
        for (index, (words, is_chosen)) in choices.iter().enumerate() {
            let row = ui.selectable_label(*is_chosen, *words);
            if wanted == Some(index) {
                row.request_focus();
                row.scroll_to_me(Some(Align::Center));
            }
            if row.clicked() {
                taken = Some(index);
                ui.close();
            }
        }
    });
    keep_keyboard(ui, &shown.response, shown.inner.is_some());
    (shown.response, taken)
}

/// Gives the keyboard back to a list that has just closed: what had it in the list is gone. Where the pointer closed it,
/// nothing had it.
fn keep_keyboard(ui: &Ui, list: &Response, is_open: bool) {
    let id = list.id.with("was open");
    let was_open = ui.data_mut(|data| std::mem::replace(data.get_temp_mut_or_default::<bool>(id), is_open));
    let by_pointer = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    if was_open && !is_open && !by_pointer && !ui.is_sizing_pass() {
        list.request_focus();
    }
}

/// The choice that is to have the keyboard: the one that holds as the list opens, then the one that is typed.
fn wanted(ui: &Ui, choices: &[(&str, bool)]) -> Option<usize> {
    let id = ui.scope_id().with("typed");
    let (pass, now) = (ui.ctx().cumulative_pass_nr(), ui.input(|input| input.time));
    let mut typed: LettersTyped = ui.data_mut(|data| data.get_temp(id).unwrap_or_default());
    let is_new = typed.pass + 1 < pass;
    if ui.is_sizing_pass() {
        // Nothing can have the keyboard in a pass that only measures.
        return None;
    }
    typed.pass = pass;
    let text = ui.input(|input| {
        let texts = input.events.iter().filter_map(|event| match event {
            // A space takes what has the keyboard.
            Event::Text(text) if text != " " => Some(text.to_lowercase()),
            _ => None,
        });
        texts.collect::<String>()
    });
    if is_new || now - typed.at > TOGETHER {
        typed.letters.clear();
    }
    let wanted = if text.is_empty() {
        choices.iter().position(|(_, is_chosen)| *is_chosen).filter(|_| is_new)
    } else {
        typed.letters.push_str(&text);
        typed.at = now;
        choices.iter().position(|(words, _)| words.to_lowercase().starts_with(&typed.letters))
    };
    ui.data_mut(|data| data.insert_temp(id, typed));
    wanted
}
