//! A button that opens a list of names to choose from, with a field that narrows it.

use std::hash::Hash;

use egui::{Button, ComboBox, Id, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui, WidgetInfo};

use crate::app::style::{Colors, name_field};

/// One name that can be chosen, under what kind it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choosable<T> {
    /// "Theme"; the same words follow each other.
    pub(super) kind: &'static str,
    pub(super) words: String,
    pub(super) value: T,
}

/// The button with what is chosen now, `width` wide; the list is made when it is open.
pub(super) fn chooser_ui<T>(
    ui: &mut Ui,
    id: impl Hash + std::fmt::Debug,
    name: &str,
    chosen: &str,
    width: f32,
    choices: impl FnOnce() -> Vec<Choosable<T>>,
) -> Option<T> {
    chooser_or_new_ui(ui, id, name, chosen, width, choices, |_| Vec::new())
}

/// The same where a name may be typed that is not there yet: `new` says what it could be the name of.
pub(super) fn chooser_or_new_ui<T>(
    ui: &mut Ui,
    id: impl Hash + std::fmt::Debug,
    name: &str,
    chosen: &str,
    width: f32,
    choices: impl FnOnce() -> Vec<Choosable<T>>,
    new: impl Fn(&str) -> Vec<Choosable<T>>,
) -> Option<T> {
    let sought_id = Id::unique(("sought", &id));
    let mut picked = None;
    let words = crate::figure::fit(chosen, f64::from(width) - 42.0, 14.0, crate::figure::Weight::Regular);
    let shown = ComboBox::from_id_salt(("chooser", &id))
        .selected_text(words.text)
        .width(width)
        .close_behavior(PopupCloseBehavior::CloseOnClickOutside)
        .show_ui(ui, |ui| {
            ui.set_min_width(width.max(280.0));
            let known: Option<String> = ui.data_mut(|data| data.get_temp(sought_id));
            let has_just_opened = known.is_none();
            let mut sought = known.unwrap_or_default();
            picked = list_ui(ui, choices(), new, &mut sought, has_just_opened);
            ui.data_mut(|data| data.insert_temp(sought_id, sought));
            if picked.is_some() {
                ui.close();
            }
        });
    if shown.inner.is_none() {
        ui.data_mut(|data| data.remove::<String>(sought_id));
    }
    let response = shown.response;
    if picked.is_some() {
        // The keyboard goes on from here, not from the beginning of the window.
        response.request_focus();
    }
    response.widget_info(|| WidgetInfo::labeled(egui::Role::ComboBox, true, format!("{name}: {chosen}")));
    if !response.has_focus() {
        response.on_hover_text(chosen);
    }
    picked
}

fn list_ui<T>(
    ui: &mut Ui,
    mut choices: Vec<Choosable<T>>,
    new: impl Fn(&str) -> Vec<Choosable<T>>,
    sought: &mut String,
    has_just_opened: bool,
) -> Option<T> {
    // So many are seen at once, and need no field to find them.
    const FEW: usize = 10;
    // Enter takes the first that is found.
    let mut enters = false;
    // Whether a name may be new is asked with any name at all.
    let can_be_new = !new("a").is_empty();
    if choices.len() > FEW || can_be_new {
        let hint = if can_be_new { "Find, or type a new name" } else { "Find" };
        let field = ui.add(TextEdit::singleline(sought).hint_text(hint).desired_width(f32::INFINITY));
        name_field(&field, sought, "Find a name to choose");
        if has_just_opened {
            field.request_focus();
        }
        enters = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let wanted = sought.to_lowercase();
        choices.retain(|choice| {
            choice.words.to_lowercase().contains(&wanted) || choice.kind.to_lowercase().contains(&wanted)
        });
        let typed = sought.trim();
        let is_known = choices.iter().any(|choice| choice.words.to_lowercase() == typed.to_lowercase());
        if !typed.is_empty() && !is_known {
            choices.extend(new(typed));
        }
    }
    if choices.is_empty() {
        ui.label(RichText::new("No such name").color(Colors::of(ui).weak_text));
        return None;
    }
    let mut picked = (enters && !sought.trim().is_empty()).then_some(0);
    ui.spacing_mut().item_spacing.y = 2.0;
    ScrollArea::vertical().max_height(320.0).show_rows(ui, 28.0, choices.len(), |ui, rows| {
        for index in rows {
            let choice = &choices[index];
            let is_first = index == 0 || choices[index - 1].kind != choice.kind;
            let kind = if is_first { choice.kind } else { "" };
            let button = Button::new(&choice.words)
                .right_text(RichText::new(kind).small().weak())
                .frame_when_inactive(false)
                .truncate()
                .min_size(egui::vec2(ui.available_width(), 26.0));
            let response = ui.add(button);
            response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, choice.words.as_str()));
            if response.clicked() {
                picked = Some(index);
            }
        }
    });
    picked.map(|index| choices.swap_remove(index).value)
}
