//! The steps one by one, with a mark at the present one: any of them can be gone to.

use egui::{RichText, ScrollArea, Ui, Window};

use super::App;
use super::action::Action;
use super::style::{Colors, space, weak_text};
use crate::words::{capitalised, counted};

/// Where the place began, as the list says it.
const BEGINNING: &str = "As it was at first";

impl App {
    /// The list, while it is open; what was asked for.
    pub(super) fn show_history(&mut self, ui: &Ui) -> Option<Action> {
        let mut is_open = self.history_is_open;
        let mut action = None;
        let right = ui.ctx().content_rect().right_top();
        Window::new("History")
            .open(&mut is_open)
            .collapsible(false)
            .default_size([280.0, 360.0])
            .default_pos(right + egui::vec2(-320.0, 120.0))
            .show(ui.ctx(), |ui| action = self.steps_ui(ui));
        self.history_is_open = is_open;
        action
    }

    fn steps_ui(&self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        let done = self.history.done();
        let steps: Vec<&str> = std::iter::once(BEGINNING).chain(self.history.steps()).collect();
        if self.history.given_up() > 0 {
            weak_text(ui, &given_up_in_words(self.history.given_up()));
            ui.add_space(space::XS);
        }
        let weak = Colors::of(ui).weak_text;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, 22.0, steps.len(), |ui, rows| {
            ui.set_min_width(ui.available_width());
            for at in rows {
                let mark = if at == done { "\u{25b6} " } else { "" };
                let words = RichText::new(format!("{mark}{}", self.blind.said(steps[at])));
                // What was undone is there to be done again, and not a part of what is.
                let words = if at > done { words.color(weak) } else { words };
                let row = ui.add(egui::Button::selectable(at == done, words).truncate());
                if row.clicked() {
                    action = Some(Action::GoToStep(at));
                }
            }
        });
        action
    }

    /// Undoes or redoes until so many steps are done.
    pub(super) fn go_to_step(&mut self, wanted: usize) {
        if self.stop_editing() {
            self.tell_stopped();
        }
        let mut last = None;
        while self.history.done() > wanted
            && let Some(label) = self.undo_step()
        {
            last = Some(format!("Undone back to before: {label}"));
        }
        while self.history.done() < wanted
            && let Some(label) = self.redo_step()
        {
            last = Some(format!("Done again up to: {label}"));
        }
        if let Some(words) = last {
            self.notices.tell(super::style::Tone::Plain, words);
        }
    }

    /// Says so once where steps had to be given up.
    pub(super) fn tell_of_given_up(&mut self) {
        let given_up = self.history.given_up();
        if given_up > self.told_given_up {
            self.notices.tell(super::style::Tone::Plain, capitalised(&given_up_in_words(given_up)));
        }
        self.told_given_up = given_up;
    }
}

fn given_up_in_words(count: usize) -> String {
    let steps = if count == 1 {
        "the oldest step".to_owned()
    } else {
        format!("the oldest {}", counted(count, "step"))
    };
    format!("{steps} can no longer be undone; together they took too much memory")
}
