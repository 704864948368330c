//! The list of what can be brought back: of which place, since when, which steps, and what they come to. Esc keeps
//! everything; what is thrown away is asked for twice.

use std::time::{SystemTime, UNIX_EPOCH};

use egui::{Modal, RichText, ScrollArea, Ui};

use crate::app::action::Action;
use crate::app::controls::scroll_ui;
use crate::app::style::{self, Tone, badge, primary_button, space, weak_text};
use crate::figure::{Blind, visible};
use crate::money::in_full;
use crate::store::{ComesBack, FileNow, LeftBehind};
use crate::words::{capitalised, counted, counted_plain, first_of};

/// So many steps are named; the others are counted.
const MOST_NAMED: usize = 5;

/// What was left behind, to choose from.
pub(in crate::app) struct Offer {
    list: Vec<LeftBehind>,
    /// The one of which it is asked a second time whether it is to be thrown away.
    asked: Option<usize>,
}

impl Offer {
    pub(super) fn of(list: Vec<LeftBehind>) -> Self {
        Self { list, asked: None }
    }

    /// Shows the list; what was chosen, and whether the list is done with.
    pub(in crate::app) fn show(&mut self, ui: &mut Ui, blind: Option<&Blind>) -> (Option<Action>, bool) {
        let (mut action, mut is_done) = (None, false);
        let modal = Modal::new(egui::Id::unique("left behind")).frame(style::dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(640.0);
            ui.heading(if self.list.is_empty() { "Nothing was left behind" } else { "Unsaved work" });
            ui.add_space(space::S);
            let about = "Windows that did not close in good order left this behind. What is not brought back is \
                         kept, and File shows it again.";
            weak_text(ui, about);
            ui.add_space(space::M);
            scroll_ui(ui, ScrollArea::vertical().max_height(420.0), |ui| {
                for index in 0..self.list.len() {
                    if let Some(wish) = self.one_ui(ui, index, blind) {
                        action = Some(wish);
                    }
                    ui.add_space(space::M);
                }
            });
            let keep = ui.button(if self.list.is_empty() { "Close" } else { "Keep for later" });
            // Enter loses nothing.
            if ui.memory(|memory| memory.focused().is_none()) {
                keep.request_focus();
            }
            is_done |= keep.clicked();
        });
        is_done |= response.should_close() || matches!(action, Some(Action::BringBack(..)));
        if let Some(Action::ThrowAway(_)) = &action {
            self.asked.take().map(|index| self.list.remove(index));
            is_done |= self.list.is_empty();
        }
        (action, is_done)
    }

    fn one_ui(&mut self, ui: &mut Ui, index: usize, blind: Option<&Blind>) -> Option<Action> {
        let one = &self.list[index];
        let said = |text: String| {
            let text = blind.map_or(text.clone(), |blind| blind.say(&text));
            visible(&text).into_owned()
        };
        // Two windows may have shown the same place: their buttons are told apart.
        let is_same = |other: &&LeftBehind| name_of(other) == name_of(one);
        let name = match self.list[..index].iter().filter(is_same).count() {
            0 => said(name_of(one)),
            before => format!("{} ({})", said(name_of(one)), before + 1),
        };
        ui.horizontal(|ui| {
            ui.label(RichText::new(capitalised(&name)).strong());
            weak_text(ui, &format!("{}, {}", said(file_of(one)), ago(seconds_since(one.when))));
            if one.is_set_aside {
                badge(ui, "Set aside", Tone::Plain).on_hover_text("It goes by itself when it is a month old");
            }
        });
        let steps = one.steps.iter().map(|step| said(step.clone())).collect::<Vec<_>>();
        if one.is_in_a_file {
            ui.label("A file holds it as it is");
        } else if steps.is_empty() {
            ui.label("No steps, but no file holds it as it was");
        } else {
            let count = counted(steps.len() as u64, "step");
            // The last steps are what somebody remembers.
            let last: Vec<String> = steps.iter().rev().take(MOST_NAMED + 1).cloned().collect();
            ui.label(format!("{count}, the last first: {}", first_of(&last, MOST_NAMED)));
        }
        // In blind mode amounts are shares, which these have no whole for.
        if blind.is_none() && one.can_be_brought_back {
            ui.label(if one.before == one.after {
                format!("It comes to {}, as before", in_full(one.after))
            } else {
                format!("It came to {} and comes to {}", in_full(one.before), in_full(one.after))
            });
        }
        if let Some(words) = now_in_words(&one.file_now) {
            ui.label(said(words));
        }
        if let Some(trouble) = &one.trouble {
            ui.label(RichText::new(visible(trouble)).color(style::Colors::of(ui).warning));
        }
        let mut action = None;
        ui.horizontal_wrapped(|ui| {
            if self.asked == Some(index) {
                ui.label(format!("Throw {} away for good?", counted_plain(steps.len(), "step")));
                if ui.button(format!("Throw away for good: {name}")).clicked() {
                    action = Some(Action::ThrowAway(Box::new(one.clone())));
                }
                if ui.button("No, keep it").clicked() {
                    self.asked = None;
                }
                return;
            }
            if one.can_be_brought_back {
                let (verb, tip, how) = match one.file_now {
                    FileNow::Changed => (
                        "Compare",
                        "What you and they have changed; it can be merged, and nothing is written yet",
                        ComesBack::ToCompare,
                    ),
                    _ => ("Bring back", "With its steps: undo works as before", ComesBack::WithItsFile),
                };
                if primary_button(ui, &format!("{verb} {name}")).on_hover_text(tip).clicked() {
                    action = Some(Action::BringBack(Box::new(one.clone()), how));
                }
                let copy = ui.button(format!("Open {name} as a copy"));
                if copy.on_hover_text("Its file stays as it is").clicked() {
                    action = Some(Action::BringBack(Box::new(one.clone()), ComesBack::AsCopy));
                }
            }
            if ui.button(format!("Throw away {name}…")).clicked() {
                self.asked = Some(index);
            }
        });
        action
    }
}

/// What a journal is of, in words.
pub(super) fn name_of(one: &LeftBehind) -> String {
    if one.place.is_empty() { "a place without a name".to_owned() } else { one.place.clone() }
}

/// Whose file it was, in words.
fn file_of(one: &LeftBehind) -> String {
    let shown = |path: &std::path::PathBuf| format!("of {}", path.display());
    one.file.as_ref().map_or_else(|| "in no file yet".to_owned(), shown)
}

/// What has become of the file, where that is worth a word.
fn now_in_words(file: &FileNow) -> Option<String> {
    match file {
        FileNow::AsItWas => None,
        FileNow::Renamed(to) => {
            Some(format!("Its file is called {} now", to.file_name().unwrap_or_default().display()))
        }
        FileNow::Changed => Some("Its file was saved by somebody else since".to_owned()),
        FileNow::Gone => Some("Its file is not there".to_owned()),
    }
}

fn seconds_since(when: u64) -> u64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    now.saturating_sub(when)
}

/// How long ago something was, in words.
pub(super) fn ago(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..60 => return "just now".to_owned(),
        60..3600 => (seconds / 60, "minute"),
        3600..86_400 => (seconds / 3600, "hour"),
        _ => (seconds / 86_400, "day"),
    };
    format!("{} ago", counted(count, unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_is_told_in_the_unit_that_fits() {
        let told = [0, 59, 60, 7_199, 86_399, 86_400 * 3].map(ago);
        assert_eq!(
            told,
            ["just now", "just now", "1 minute ago", "1 hour ago", "23 hours ago", "3 days ago"]
        );
    }
}
