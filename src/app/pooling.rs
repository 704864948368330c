//! Putting what is pointed at into the pool, and what is offered where that is refused.

use super::App;
use super::action::Action;
use super::style::Tone;
use super::view::Pointed;
use crate::ledger::{Filter, LineId, OfLedger};
use crate::place::{
    Command, CommandError, Place, put_in_pool, put_lines_in_pool, take_lines_out_of_pool, take_out_of_pool,
};
use crate::pool::{ChangeError, PoolingTerms, ScenarioChange};
use crate::words::{capitalised, counted};

const NOTHING_POINTED_AT: &str = "Choose, pin or point at something first: a node, a band, a theme, a row";

/// Why lines that were picked are not acted on any more.
pub(super) const LINES_HAVE_CHANGED: &str = "the lines have changed since these were picked; pick them again";

const NOTHING_CHANGED: &str = "Nothing was changed";

impl App {
    pub(super) fn put_pointed_in_pool(&mut self) {
        match self.pointed() {
            Some(Pointed::Lines(lines, title)) => self.put_in_pool(&lines, &title, PoolingTerms::Pooled),
            Some(Pointed::Picked(lines)) => self.put_lines_in_pool(&lines, PoolingTerms::Pooled),
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
            Some(Pointed::Picked(lines)) => self.take_lines_out_of_pool(&lines),
            Some(Pointed::Part { away, .. }) => self.change_part(*away),
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    fn pointed(&mut self) -> Option<Pointed> {
        let (view, shown) = self.here()?;
        view.pointed(&shown)
    }

    fn change_part(&mut self, change: ScenarioChange) {
        let Some(scenario) = self.history.place().shown_scenario() else { return };
        let command = Command::ChangeScenario(scenario.name.clone(), Box::new(change));
        if let Some(error) = self.try_edit(&command) {
            self.notices.tell(Tone::Warning, capitalised(&error.to_string()));
        }
    }

    pub(super) fn put_lines_in_pool(&mut self, lines: &OfLedger<Vec<LineId>>, entry: PoolingTerms) {
        let align = Action::PutLinesInPool(lines.clone(), PoolingTerms::FencesAligned);
        let align = (entry == PoolingTerms::Pooled).then_some(align);
        let mut count = 0;
        let step = self.with_baseline_lines(lines, |place, lines| {
            count = lines.len();
            put_lines_in_pool(place, lines, entry)
        });
        self.pool(step, &capitalised(&counted(count, "line")), align);
    }

    fn take_lines_out_of_pool(&mut self, lines: &OfLedger<Vec<LineId>>) {
        let step = self.with_baseline_lines(lines, take_lines_out_of_pool);
        self.pool(step, NOTHING_CHANGED, None);
    }

    /// A step with lines that were picked, where they are lines of the baseline.
    fn with_baseline_lines(
        &self,
        lines: &OfLedger<Vec<LineId>>,
        step: impl FnOnce(&Place, &[LineId]) -> Result<Command, String>,
    ) -> Result<Command, String> {
        let lines = self.shown.in_baseline(lines, self.history.place()).ok_or(LINES_HAVE_CHANGED)?;
        let count = self.history.place().ledger.len();
        if lines.iter().any(|line| line.index() >= count) {
            let words = "some of these are parts of lines that the scenario has made; choose the lines they are of, \
                         in the baseline";
            return Err(words.to_owned());
        }
        step(self.history.place(), lines)
    }

    pub(super) fn put_in_pool(&mut self, lines: &Filter, title: &str, entry: PoolingTerms) {
        let align = Action::PutInPool(lines.clone(), title.to_owned(), PoolingTerms::FencesAligned);
        let align = (entry == PoolingTerms::Pooled).then_some(align);
        self.pool(put_in_pool(self.history.place(), lines, title, entry), title, align);
    }

    pub(super) fn take_out_of_pool(&mut self, lines: &Filter, title: &str) {
        self.pool(take_out_of_pool(self.history.place(), lines, title), NOTHING_CHANGED, None);
    }

    /// Takes a step, or says why not: what was not put in, and where a ring-fence is the reason, the way that would do.
    fn pool(&mut self, step: Result<Command, String>, title: &str, align: Option<Action>) {
        let error = match step.map(|command| self.try_edit(&command)) {
            Ok(None) => return,
            Ok(Some(error)) => error,
            Err(reason) => {
                self.notices.tell(Tone::Warning, capitalised(&reason));
                return;
            }
        };
        let text = if align.is_some() {
            format!("{title} was not put in the pool")
        } else {
            NOTHING_CHANGED.to_owned()
        };
        let offer = align.filter(|_| can_be_aligned(&error)).map(|align| ("Align instead".to_owned(), align));
        self.notices.tell_all(Tone::Warning, text, vec![error.to_string()], offer);
    }

    /// Makes a change; the error where it is refused.
    fn try_edit(&mut self, command: &Command) -> Option<CommandError> {
        match self.history.execute(command) {
            Ok(()) => {
                self.keep_step(command.clone());
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
