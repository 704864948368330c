//! A cell of a table that is typed into, as in a spreadsheet: Enter goes down, Tab goes on, Esc keeps what was there.

use egui::text::{CCursor, CCursorRange};
use egui::{Align2, Frame, Id, Key, Margin, Modifiers, RichText, TextEdit, Ui, vec2};

use crate::app::action::Action;
use crate::app::style::{Colors, Icon, icon_button, name_field, space};
use crate::place::{Command, CommandError};
use crate::pool::ChangeError;
use crate::words::capitalised;

/// What the cells of a view remember between frames.
#[derive(Default)]
pub(super) struct EditCells {
    typing: Option<Typing>,
    /// The cell whose change was last asked for.
    asked: Option<Id>,
    refusal: Option<Refusal>,
    /// What is shown: of a place as it is now, this scenario.
    shown: (u64, String, String),
}

/// A cell while it has the keyboard.
struct Typing {
    cell: Id,
    text: String,
    /// What stood there when it began; the same again is no change.
    before: String,
}

/// Why the last change was not made; the cell kept what it had.
struct Refusal {
    cell: Id,
    words: String,
    /// What would do instead.
    offers: Vec<(String, Command)>,
}

/// One cell: its name for those who do not see it, and what stands in it.
pub(super) struct EditCell<'a> {
    pub(super) id: Id,
    pub(super) name: &'a str,
    pub(super) shown: &'a str,
    pub(super) width: f32,
    /// The cell that Enter goes to.
    pub(super) below: Option<Id>,
}

impl EditCells {
    /// What is shown from here on. What was refused of another place, another scenario or another state of them is
    /// not said of this one, nor are its ways out offered: they would change what nobody sees.
    pub(super) fn show_for(&mut self, revision: u64, place: &str, scenario: &str) {
        let (known, known_place, known_scenario) = &self.shown;
        if (*known, known_place.as_str(), known_scenario.as_str()) != (revision, place, scenario) {
            self.shown = (revision, place.to_owned(), scenario.to_owned());
            self.refusal = None;
        }
    }

    /// Shows a cell; what was typed comes back once it is left or Enter is pressed.
    pub(super) fn show(&mut self, ui: &mut Ui, cell: &EditCell<'_>) -> Option<String> {
        self.show_as(ui, cell, |text| TextEdit::singleline(text).align(Align2::RIGHT_CENTER))
    }

    /// The same for words, which begin on the left.
    pub(super) fn show_words(&mut self, ui: &mut Ui, cell: &EditCell<'_>) -> Option<String> {
        self.show_as(ui, cell, |text| TextEdit::singleline(text).align(Align2::LEFT_CENTER))
    }

    /// The same for several lines of words; Enter begins the next one.
    pub(super) fn show_text(&mut self, ui: &mut Ui, cell: &EditCell<'_>, rows: usize) -> Option<String> {
        self.show_as(ui, cell, |text| TextEdit::multiline(text).desired_rows(rows))
    }

    fn show_as(
        &mut self,
        ui: &mut Ui,
        cell: &EditCell<'_>,
        field: impl FnOnce(&mut String) -> TextEdit<'_>,
    ) -> Option<String> {
        let typing = self.typing.as_ref().filter(|typing| typing.cell == cell.id);
        let mut text = typing.map_or_else(|| cell.shown.to_owned(), |typing| typing.text.clone());
        let edit = field(&mut text)
            .id(cell.id)
            .font(egui::FontId::proportional(13.0))
            .desired_width(cell.width - 12.0)
            .margin(vec2(6.0, 5.0));
        let output = edit.show(ui);
        let response = output.response.response;
        name_field(&response, &text, cell.name);
        if response.gained_focus() {
            let mut state = output.state;
            // All of it is chosen when the cell is entered, so that typing replaces, as in a spreadsheet.
            let all = CCursorRange::two(CCursor::new(0), CCursor::new(text.chars().count()));
            state.cursor.set_char_range(Some(all));
            state.store(ui.ctx(), cell.id);
            response.scroll_to_me(None);
        }
        if response.has_focus() {
            match self.typing.as_mut().filter(|typing| typing.cell == cell.id) {
                Some(typing) => typing.text = text,
                None => {
                    self.typing = Some(Typing { cell: cell.id, text, before: cell.shown.to_owned() });
                }
            }
            return None;
        }
        let typed = self.typing.take_if(|typing| typing.cell == cell.id)?;
        let escape = ui.input(|input| input.key_pressed(Key::Escape));
        // The cell below is shown in this very frame: it must not take the same Enter for its own.
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter))
            && let Some(below) = cell.below
        {
            ui.memory_mut(|memory| memory.request_focus(below));
        }
        // Against what stood there when it began: what stands there now may have come of another change.
        let is_change = !escape && text.trim() != typed.before.trim();
        if is_change {
            self.ask_at(cell.id);
        }
        is_change.then_some(text)
    }

    /// Keeps what stood in a cell, and says why.
    pub(super) fn refuse(&mut self, cell: Id, words: impl Into<String>) {
        self.refusal = Some(Refusal { cell, words: words.into(), offers: Vec::new() });
    }

    /// The next refusal belongs to this control.
    pub(super) fn ask_at(&mut self, cell: Id) {
        self.refusal = None;
        self.asked = Some(cell);
    }

    /// A command that this view asked for was not carried out: it is said where it was asked for. False where the
    /// view asked for nothing.
    pub(super) fn refused(&mut self, command: &Command, error: &CommandError) -> bool {
        let Some(cell) = self.asked.take() else { return false };
        let mut offers: Vec<(String, Command)> = Vec::new();
        if let (Command::ChangeScenario(name, _), CommandError::Scenario(ChangeError::Refused(finding))) =
            (command, error)
        {
            offers.extend(finding.choices.iter().map(|choice| {
                (choice.label(), Command::ChangeScenario(name.clone(), Box::new(choice.clone())))
            }));
        }
        self.refusal = Some(Refusal { cell, words: capitalised(&error.to_string()), offers });
        true
    }

    /// Esc closes what is said first; false where nothing is.
    pub(super) fn let_go(&mut self) -> bool {
        self.refusal.take().is_some()
    }

    /// Under a cell: why it kept what it had, and what would do instead.
    pub(super) fn refusal_ui(&mut self, ui: &mut Ui, cell: Id) -> Option<Action> {
        let refusal = self.refusal.as_ref().filter(|refusal| refusal.cell == cell)?;
        let colors = Colors::of(ui);
        let mut action = None;
        let mut close = false;
        Frame::new()
            .fill(colors.error_ground)
            .stroke(egui::Stroke::new(1.0, colors.error))
            .corner_radius(6)
            .inner_margin(Margin::symmetric(10, 6))
            .show(ui, |ui| {
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(ui.available_width() - 40.0);
                        ui.add(
                            egui::Label::new(RichText::new(&refusal.words).color(colors.error).small())
                                .wrap(),
                        );
                        if !refusal.offers.is_empty() {
                            ui.horizontal_wrapped(|ui| {
                                for (words, command) in &refusal.offers {
                                    if ui.button(words).clicked() {
                                        action = Some(Action::Edit(command.clone()));
                                        close = true;
                                    }
                                }
                            });
                        }
                    });
                    close |= icon_button(ui, Icon::Close, "Close the reason").clicked();
                });
            });
        ui.add_space(space::XS);
        if close {
            self.refusal = None;
        }
        action
    }
}
