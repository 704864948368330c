//! How the window changes its place: at once, or by a change that is made elsewhere and taken over.

use std::sync::Arc;

use super::App;
use super::action::Action;
use super::editing::{AT_ONCE, Brought, Edit, GoingOn, Wanted};
use super::jobs::{Poll, let_go};
use super::pooling::LINES_HAVE_CHANGED;
use super::style::Tone;
use super::trail::Visit;
use super::window::tell_error;
use crate::agree::ByHand;
use crate::dimension::Dimension;
use crate::ledger::{LineId, OfLedger};
use crate::place::{Command, CommandError, Decision, Place};
use crate::pool::{ChangeError, ScenarioChange};
use crate::words::capitalised;

impl App {
    /// Makes a change, at once or elsewhere.
    pub(super) fn edit(&mut self, command: &Command) {
        self.begin_edit(Edit { wanted: Wanted::Command(command.clone()), brings: None, pooled: None });
    }

    /// Gives lines of the shown place a theme by hand.
    pub(super) fn give_theme(&mut self, lines: &OfLedger<Vec<LineId>>, name: String, reason: &str) {
        // Of the place whose lines are listed: in a comparison that may be the other one.
        let place = self.shown.listed(self.trail.here().drill.as_ref()).0.clone();
        let Some(lines) = lines.of(&place.ledger).cloned() else {
            return self.notices.tell(Tone::Warning, capitalised(LINES_HAVE_CHANGED));
        };
        let reason = reason.to_owned();
        let make = move |_: &Place| {
            let given = place.references(&lines).into_iter().map(|line| ByHand {
                line,
                dimension: Dimension::Theme,
                name: name.clone(),
                reason: reason.clone(),
            });
            Ok(Command::Decide(Box::new(Decision::NameByHand(given.collect()))))
        };
        self.begin_edit(Edit {
            wanted: Wanted::Made("Give a theme by hand", Arc::new(make)),
            brings: None,
            pooled: None,
        });
    }

    /// Leaves lines out of the total, for a reason.
    pub(super) fn leave_out(&mut self, lines: &OfLedger<Vec<LineId>>, reason: String) {
        let place = self.shown.listed(self.trail.here().drill.as_ref()).0.clone();
        let Some(lines) = lines.of(&place.ledger).cloned() else {
            return self.notices.tell(Tone::Warning, capitalised(LINES_HAVE_CHANGED));
        };
        let make = move |_: &Place| {
            let (lines, reason) = (place.references(&lines), reason.clone());
            Ok(Command::Decide(Box::new(Decision::LeaveOut { lines, reason })))
        };
        self.begin_edit(Edit {
            wanted: Wanted::Made("Leave lines out", Arc::new(make)),
            brings: None,
            pooled: None,
        });
    }

    pub(super) fn begin_edit(&mut self, edit: Edit) {
        let before = self.place_before(&edit);
        if edit.wanted.lines_gone_through(&before) <= AT_ONCE {
            let (command, made) = edit.wanted.make(&before);
            return self.end_edit(edit, command, &before, made);
        }
        if self.editing.is_going_on() {
            // One after the other, in the order they were asked for: the second may build on the first.
            self.editing.waiting.push_back(edit);
        } else {
            self.editing.going_on = Some(GoingOn::start(edit, before, &self.context));
        }
    }

    /// What the change is made of: the place, or an empty one where the sample makes way.
    fn place_before(&self, edit: &Edit) -> Place {
        let is_new = edit.brings.as_ref().is_some_and(|brings| brings.is_new_place);
        if is_new && self.is_untouched_sample() { Place::default() } else { self.history.place().clone() }
    }

    /// Takes over what was made elsewhere; what was made of a place that has changed meanwhile is made again.
    pub(super) fn go_on_editing(&mut self) {
        let Some(going_on) = self.editing.going_on.take() else { return };
        match going_on.job.poll() {
            Poll::Working => {
                self.editing.going_on = Some(going_on);
                return;
            }
            Poll::Done((command, made)) => self.end_edit(going_on.edit, command, &going_on.before, made),
            Poll::Gone => {
                self.views.not_made();
                let what = "this stopped through a fault of the program; the place is as it was";
                tell_error(&mut self.notices, format!("{}: {what}", going_on.job.name));
            }
        }
        if !self.editing.is_going_on()
            && let Some(next) = self.editing.waiting.pop_front()
        {
            self.begin_edit(next);
        }
    }

    fn end_edit(&mut self, edit: Edit, command: Command, before: &Place, made: Result<Place, CommandError>) {
        let after = match made {
            Ok(after) => after,
            Err(error) => return self.refuse(&command, &error),
        };
        let Edit { wanted, brings, pooled } = edit;
        let makes_way =
            brings.as_ref().is_some_and(|brings| brings.is_new_place) && self.is_untouched_sample();
        if makes_way {
            self.show_place(before.clone(), None);
        }
        // The place has changed while this was being made: it is made again, of what is there now.
        if !self.history.take(&command, before, after) {
            let edit = Edit { wanted, brings, pooled };
            let before = self.place_before(&edit);
            self.editing.going_on = Some(GoingOn::start(edit, before, &self.context));
            return;
        }
        self.keep_step(command);
        self.tell_what_happened(before);
        if let Some(pooled) = pooled {
            self.tell_of_pooled(&pooled);
        }
        let mut tray = None;
        if let Some(mut brought) = brings {
            tray = brought.tray.take();
            self.receive(brought, makes_way);
        }
        // The lines as they were read, which the place has put together with its own.
        let_go((wanted, tray));
    }

    fn refuse(&mut self, command: &Command, error: &CommandError) {
        self.views.not_made();
        if self.here().is_some_and(|(view, _)| view.refused(command, error)) {
            return;
        }
        let offers = ways_on(command, error);
        if offers.is_empty() {
            tell_error(&mut self.notices, error.to_string());
        } else {
            let text = format!("{} was not done", command.label());
            self.notices.tell_all(Tone::Warning, text, vec![error.to_string()], offers);
        }
    }

    /// Tells of files that are now part of the place.
    fn receive(&mut self, brought: Brought, is_new: bool) {
        if is_new {
            self.go(Visit::default());
        }
        if brought.forgets || is_new {
            self.reports.clear();
            self.read_files.clear();
        }
        self.reports.extend(brought.reports);
        self.read_files.extend(brought.files);
        if !brought.words.is_empty() {
            self.notices.tell(Tone::Ok, brought.words);
        }
    }

    /// Stops changes that are being made elsewhere, and nothing has changed: files lie in the tray again. False where
    /// none is.
    pub(super) fn stop_editing(&mut self) -> bool {
        self.editing.waiting.clear();
        let Some(stopped) = self.editing.going_on.take() else { return false };
        self.views.not_made();
        let tray = stopped.edit.brings.and_then(|brings| brings.tray);
        if self.tray.is_none() {
            self.tray = tray;
        }
        true
    }
}

/// What would do in place of a change of a scenario that was refused.
fn ways_on(command: &Command, error: &CommandError) -> Vec<(String, Action)> {
    match (command, error) {
        (Command::ChangeScenario(name, _), CommandError::Scenario(ChangeError::Refused(finding))) => {
            let change =
                |choice: &ScenarioChange| Command::ChangeScenario(name.clone(), Box::new(choice.clone()));
            finding.choices.iter().map(|choice| (choice.label(), change(choice).into())).collect()
        }
        _ => Vec::new(),
    }
}
