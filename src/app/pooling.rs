//! Putting what is pointed at into the pool, and what is offered where that is refused.

use super::App;
use super::action::Action;
use super::pool_view::PoolPointed;
use super::style::Tone;
use crate::dimension::Dimension;
use crate::ledger::{Filter, LineId};
use crate::place::{
    Command, CommandError, Place, Screen, put_in_pool, put_lines_in_pool, take_lines_out_of_pool,
    take_out_of_pool,
};
use crate::pool::{ChangeError, Contribution, Entry, Portion, ScenarioChange};

const NOTHING_POINTED_AT: &str = "Choose, pin or point at something first: a node, a band, a theme, a row";

/// What P and Delete are about.
enum Pointed {
    Lines(Filter, String),
    /// Lines that were picked, by their numbers in the ledger that is shown.
    Picked(Vec<LineId>),
    /// A part of the scenario: how to put in all of it, and how to take it away.
    Part {
        whole: Option<Box<ScenarioChange>>,
        away: Box<ScenarioChange>,
    },
}

impl App {
    pub(super) fn put_pointed_in_pool(&mut self) {
        match self.pointed() {
            Some(Pointed::Lines(lines, title)) => self.put_in_pool(&lines, &title, Entry::Pooled),
            Some(Pointed::Picked(lines)) => self.pool_lines(&lines, put_lines_in_pool),
            Some(Pointed::Part { whole: Some(change), .. }) => self.change_part(*change),
            Some(Pointed::Part { whole: None, .. }) => {
                self.notices.tell(Tone::Plain, "All of this is in the pool already");
            }
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    pub(super) fn take_pointed_out_of_pool(&mut self) {
        match self.pointed() {
            Some(Pointed::Lines(lines, title)) => self.take_out_of_pool(&lines, &title),
            Some(Pointed::Picked(lines)) => self.pool_lines(&lines, take_lines_out_of_pool),
            Some(Pointed::Part { away, .. }) => self.change_part(*away),
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    fn pointed(&self) -> Option<Pointed> {
        let lines = |(lines, title)| Pointed::Lines(lines, title);
        match self.trail.here().screen {
            Screen::Flows if self.shown.other().is_some() => self.compare.pointed_lines().map(lines),
            Screen::Flows => self.flows.pointed_lines(self.shown.place()).map(lines),
            Screen::Themes => self.themes.pointed_lines().map(lines),
            Screen::Pool => self.pointed_part(),
            Screen::Ledger => {
                let chosen = self.ledger.chosen();
                (!chosen.is_empty()).then_some(Pointed::Picked(chosen))
            }
            Screen::Story => None,
        }
    }

    /// In the pool: the row that is pointed at, or a partner with all it puts in.
    fn pointed_part(&self) -> Option<Pointed> {
        let scenario = self.history.place().shown_scenario()?;
        Some(match self.pool.pointed()?.clone() {
            PoolPointed::Contribution(index) => {
                let contribution = scenario.contributions.get(index)?;
                let whole = Contribution { what: Portion::Whole, ..contribution.clone() };
                let whole = (whole != *contribution)
                    .then(|| Box::new(ScenarioChange::ChangeContribution(index, whole)));
                Pointed::Part { whole, away: Box::new(ScenarioChange::RemoveContribution(index)) }
            }
            PoolPointed::NewMoney(index) => {
                Pointed::Part { whole: None, away: Box::new(ScenarioChange::RemoveNewMoney(index)) }
            }
            PoolPointed::Allocation(index) => {
                Pointed::Part { whole: None, away: Box::new(ScenarioChange::RemoveAllocation(index)) }
            }
            PoolPointed::Partner(agency) => {
                Pointed::Lines(Filter::default().only(Dimension::Agency, [agency.as_str()]), agency)
            }
        })
    }

    fn change_part(&mut self, change: ScenarioChange) {
        let Some(scenario) = self.history.place().shown_scenario() else { return };
        let command = Command::ChangeScenario(scenario.name.clone(), Box::new(change));
        if let Some(error) = self.try_edit(&command) {
            self.notices.tell(Tone::Warning, capitalised(&error.to_string()));
        }
    }

    /// Does something with lines that were picked, as far as they are lines of the baseline.
    fn pool_lines(&mut self, lines: &[LineId], step: fn(&Place, &[LineId]) -> Result<Command, String>) {
        let count = self.history.place().ledger.len();
        let known: Vec<LineId> = lines.iter().copied().filter(|line| line.index() < count).collect();
        if known.len() < lines.len() {
            let words = "Some of these are parts of lines that the scenario has made; choose the lines they are of, \
                         in the baseline";
            self.notices.tell(Tone::Warning, words);
            return;
        }
        let refused = match step(self.history.place(), &known) {
            Ok(command) => self.try_edit(&command).map(|error| error.to_string()),
            Err(reason) => Some(reason),
        };
        if let Some(reason) = refused {
            self.notices.tell(Tone::Warning, capitalised(&reason));
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
