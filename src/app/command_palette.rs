use egui::{Align2, Key, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::action::{Action, Entry, entries};
use super::style::{self, Colors, name_field, space};

/// Finds an action by typing a part of its name.
#[derive(Default)]
pub(super) struct CommandPalette {
    text: String,
    chosen: usize,
}

/// What became of the palette in this frame.
pub(super) enum Outcome {
    Open,
    Closed(Option<Action>),
}

impl CommandPalette {
    pub(super) fn show(&mut self, ui: &mut Ui) -> Outcome {
        let found = self.found();
        let mut run = None;
        let modal = Modal::new(egui::Id::unique("palette")).frame(style::dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ui.set_height(380.0);
            let (down, up, enter) = ui.input_mut(|input| {
                use egui::Modifiers;
                (
                    input.consume_key(Modifiers::NONE, Key::ArrowDown),
                    input.consume_key(Modifiers::NONE, Key::ArrowUp),
                    input.consume_key(Modifiers::NONE, Key::Enter),
                )
            });
            let edit = TextEdit::singleline(&mut self.text)
                .hint_text("Type what you want to do")
                .desired_width(f32::INFINITY);
            let edit = ui.add(edit.margin(vec2(10.0, 8.0)));
            name_field(&edit, &self.text, "Find an action");
            edit.request_focus();
            if edit.changed() {
                self.chosen = 0;
            }
            self.chosen = (self.chosen + usize::from(down))
                .min(found.len().saturating_sub(1))
                .saturating_sub(usize::from(up));
            ui.add_space(space::S);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for (index, entry) in found.iter().enumerate() {
                    let is_chosen = index == self.chosen;
                    if row(ui, entry, is_chosen, (down || up) && is_chosen) || (enter && is_chosen) {
                        run = Some(entry.action.clone());
                    }
                }
                if found.is_empty() {
                    ui.label(
                        RichText::new("Nothing is called that. Try \"export\", \"undo\" or \"theme\".")
                            .weak(),
                    );
                }
            });
        });
        if run.is_some() || response.should_close() { Outcome::Closed(run) } else { Outcome::Open }
    }

    /// The entries whose text holds every word typed.
    fn found(&self) -> Vec<Entry> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let holds = |entry: &Entry| {
            let text = format!("{} {}", entry.text, entry.tip).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let mut found: Vec<Entry> = entries()
            .into_iter()
            .filter(|entry| !matches!(entry.action, Action::Palette) && holds(entry))
            .collect();
        // What is called so comes before what only speaks of it: "dark" is Dark, not Light, "dark on light".
        found
            .sort_by_key(|entry| !words.iter().all(|word| entry.text.to_lowercase().contains(word.as_str())));
        found
    }
}

fn row(ui: &mut Ui, entry: &Entry, is_chosen: bool, scroll_to: bool) -> bool {
    let colors = Colors::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, entry.text));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, if is_chosen { colors.selection } else { colors.hovered });
    }
    let ink = if is_chosen { colors.selection_text } else { colors.text };
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let left = rect.left_center() + vec2(10.0, 0.0);
    let words = ui.painter().text(left, Align2::LEFT_CENTER, entry.text, body, ink);
    ui.painter().text(
        words.right_center() + vec2(10.0, 0.0),
        Align2::LEFT_CENTER,
        entry.tip,
        small.clone(),
        colors.weak_text,
    );
    if let Some(shortcut) = entry.shortcuts.first() {
        let keys = ui.ctx().format_shortcut(shortcut);
        ui.painter().text(
            rect.right_center() - vec2(10.0, 0.0),
            Align2::RIGHT_CENTER,
            keys,
            small,
            colors.weak_text,
        );
    }
    if scroll_to {
        ui.scroll_to_rect(rect, None);
    }
    response.clicked()
}
