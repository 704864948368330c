//! Putting what is pointed at into the pool, and what is offered where that is refused.

use super::App;
use super::action::Action;
use super::style::Tone;
use crate::ledger::Filter;
use crate::place::{Command, CommandError, put_in_pool, take_out_of_pool};
use crate::pool::{ChangeError, Entry, ScenarioChange};

const NOTHING_POINTED_AT: &str = "Choose, pin or point at a node or a band first";

impl App {
    pub(super) fn put_pointed_in_pool(&mut self) {
        match self.flows.pointed_lines(self.shown.place()) {
            Some((lines, title)) => self.put_in_pool(&lines, &title, Entry::Pooled),
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    pub(super) fn take_pointed_out_of_pool(&mut self) {
        match self.flows.pointed_lines(self.shown.place()) {
            Some((lines, title)) => self.take_out_of_pool(&lines, &title),
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    pub(super) fn put_in_pool(&mut self, lines: &Filter, title: &str, entry: Entry) {
        match put_in_pool(self.history.place(), lines, title, entry) {
            Ok(command) => {
                let refused = self.try_edit(&command);
                self.tell_refusal(refused, lines, title, entry);
            }
            Err(reason) => self.notices.tell(Tone::Warning, capitalised(&reason)),
        }
    }

    pub(super) fn take_out_of_pool(&mut self, lines: &Filter, title: &str) {
        match take_out_of_pool(self.history.place(), lines, title) {
            Ok(command) => {
                let refused = self.try_edit(&command);
                self.tell_refusal(refused, lines, title, Entry::FencesAligned);
            }
            Err(reason) => self.notices.tell(Tone::Warning, capitalised(&reason)),
        }
    }

    /// Why it was not done, and where a ring-fence is the reason, the way that would do.
    fn tell_refusal(&mut self, refused: Option<CommandError>, lines: &Filter, title: &str, entry: Entry) {
        let Some(error) = refused else { return };
        let offer = (entry == Entry::Pooled && can_be_aligned(&error)).then(|| {
            let align = Action::PutInPool(lines.clone(), title.to_owned(), Entry::FencesAligned);
            ("Align instead".to_owned(), align)
        });
        let text = format!("{title} was not put in the pool");
        let text = if entry == Entry::Pooled { text } else { "Nothing was changed".to_owned() };
        self.notices.tell_all(Tone::Warning, text, vec![error.to_string()], offer);
    }

    /// Makes a change; the error where it is refused.
    fn try_edit(&mut self, command: &Command) -> Option<CommandError> {
        match self.history.execute(command) {
            Ok(()) => {
                self.note(crate::store::Entry::Do(command.clone()));
                None
            }
            Err(error) => Some(error),
        }
    }
}

fn can_be_aligned(error: &CommandError) -> bool {
    let CommandError::Scenario(ChangeError::Refused(finding)) = error else { return false };
    finding.choices.iter().any(|choice| matches!(choice, ScenarioChange::Align { .. }))
}

fn capitalised(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}
