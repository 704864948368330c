//! Putting what is pointed at into the pool, and what is offered where that is refused.

use std::sync::Arc;

use super::App;
use super::action::Action;
use super::editing::{AT_ONCE, Edit, Pooled, Wanted};
use super::screens::COMPARISONS;
use super::style::Tone;
use super::view::Pointed;
use crate::ledger::{Filter, LineId, OfLedger};
use crate::place::{
    Command, CommandError, Place, PoolScope, align_in_pool, align_lines_in_pool, put_in_pool,
    put_lines_in_pool, ring_fenced_lines_of, ring_fenced_of, take_lines_out_of_pool, take_out_of_pool,
};
use crate::pool::{
    ChangeError, Finding, PoolingTerms, Scenario, ScenarioChange, ScenarioPart, ring_fenced_in_words,
    ring_fenced_lines_in_words,
};
use crate::scene::{has_pool_scope, is_under_lens, what_happened};
use crate::words::{capitalised, counted};

const NOTHING_POINTED_AT: &str = "Choose, pin or point at something first: a node, a band, a theme, a row";

/// Why lines that were picked are not acted on any more.
pub(super) const LINES_HAVE_CHANGED: &str = "the lines have changed since these were picked; pick them again";

const NO_POOL_IN_FLOWS: &str =
    "Flows show no pool that is a part of more; choose a scenario whose pool has money in it";
/// What is being done, where that takes a while.
const PUT_IN: &str = "Put in the pool";
const TAKE_OUT: &str = "Take out of the pool";
const ALIGN: &str = "Align what is ring-fenced";

const NOTHING_CHANGED: &str = "Nothing was changed";

impl App {
    /// True where something came in.
    pub(super) fn put_pointed_in_pool(&mut self) -> bool {
        match self.pointed() {
            Some(Pointed::Lines(lines, title)) => self.put_in_pool(&lines, &title, PoolingTerms::Pooled),
            Some(Pointed::Picked(lines)) => self.put_lines_in_pool(&lines, PoolingTerms::Pooled),
            Some(Pointed::Part { whole: Some(change), .. }) => self.change_part(*change),
            Some(Pointed::Part { whole: None, .. }) => {
                self.notices.tell(Tone::Plain, "All of this is in the pool already");
                false
            }
            Some(Pointed::Scene(_)) | None => {
                self.notices.tell(Tone::Plain, NOTHING_POINTED_AT);
                false
            }
        }
    }

    pub(super) fn take_pointed_out_of_pool(&mut self) {
        match self.pointed() {
            Some(Pointed::Lines(lines, title)) => self.take_out_of_pool(&lines, &title),
            Some(Pointed::Picked(lines)) => self.take_lines_out_of_pool(&lines),
            Some(Pointed::Part { away, .. }) => {
                self.change_part(*away);
            }
            Some(Pointed::Scene(name)) => self.remove_scene(name),
            None => self.notices.tell(Tone::Plain, NOTHING_POINTED_AT),
        }
    }

    fn pointed(&mut self) -> Option<Pointed> {
        let (view, shown) = self.here()?;
        view.pointed(&shown)
    }

    fn change_part(&mut self, change: ScenarioChange) -> bool {
        let Some(scenario) = self.history.place().shown_scenario() else { return false };
        let command = Command::ChangeScenario(scenario.name.clone(), Box::new(change));
        self.pool(Ok(command), "", |_| Vec::new())
    }

    pub(super) fn put_lines_in_pool(&mut self, lines: &OfLedger<Vec<LineId>>, terms: PoolingTerms) -> bool {
        let count = self.shown.in_baseline(lines, self.history.place()).map_or(0, Vec::len);
        let title = capitalised(&counted(count, "line"));
        let pooled = (terms == PoolingTerms::Pooled).then(|| Pooled::Lines(lines.clone(), title.clone()));
        let step = move |place: &Place, lines: &[LineId]| put_lines_in_pool(place, lines, terms);
        if self.lines_elsewhere(PUT_IN, lines, pooled.clone(), step) {
            return false;
        }
        let make = |app: &Self, terms| {
            app.with_baseline_lines(lines, |place, lines| put_lines_in_pool(place, lines, terms))
        };
        let again = |terms| Action::PutLinesInPool(lines.clone(), terms);
        let is_in = self.pool(make(self, terms), &title, |app| app.fence_ways(make, again));
        if let Some(pooled) = pooled.filter(|_| is_in) {
            self.tell_of_pooled(&pooled);
        }
        is_in
    }

    /// Says what of that which came in is ring-fenced, with the other ways there are for it.
    pub(super) fn tell_of_pooled(&mut self, pooled: &Pooled) {
        match pooled {
            Pooled::Filter(lines, title) => self.tell_of_fences(lines, title),
            Pooled::Lines(lines, title) => {
                let lines = self.shown.in_baseline(lines, self.history.place()).cloned();
                self.tell_of_fenced_lines(&lines.unwrap_or_default(), title);
            }
        }
    }

    fn tell_of_fenced_lines(&mut self, lines: &[LineId], title: &str) {
        let place = self.history.place();
        let Some(words) = ring_fenced_lines_in_words(&place.ledger, lines) else { return };
        // Of the baseline: it stays as it is while scenarios come and go.
        let fenced = OfLedger::new(&place.ledger, ring_fenced_lines_of(place, lines));
        let offers = vec![
            ("Leave it out".to_owned(), Action::TakeLinesOutOfPool(fenced.clone())),
            ("Align it".to_owned(), Action::AlignLinesInPool(fenced)),
        ];
        self.notices.tell_all(Tone::Plain, format!("{title}: {words}"), Vec::new(), offers);
    }

    pub(super) fn align_lines_in_pool(&mut self, lines: &OfLedger<Vec<LineId>>) {
        if self.lines_elsewhere(ALIGN, lines, None, align_lines_in_pool) {
            return;
        }
        let step = self.with_baseline_lines(lines, align_lines_in_pool);
        self.pool(step, "", |_| Vec::new());
    }

    pub(super) fn take_lines_out_of_pool(&mut self, lines: &OfLedger<Vec<LineId>>) {
        if self.lines_elsewhere(TAKE_OUT, lines, None, take_lines_out_of_pool) {
            return;
        }
        let step = self.with_baseline_lines(lines, take_lines_out_of_pool);
        self.pool(step, "", |_| Vec::new());
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

    pub(super) fn put_in_pool(&mut self, lines: &Filter, title: &str, terms: PoolingTerms) -> bool {
        let step = move |place: &Place, lines: &Filter, title: &str| put_in_pool(place, lines, title, terms);
        let pooled = (terms == PoolingTerms::Pooled).then(|| Pooled::Filter(lines.clone(), title.to_owned()));
        if self.filter_elsewhere(PUT_IN, lines, title, pooled.clone(), step) {
            return false;
        }
        let make = |app: &Self, terms| put_in_pool(app.history.place(), lines, title, terms);
        let again = |terms| Action::PutInPool(lines.clone(), title.to_owned(), terms);
        let is_in = self.pool(make(self, terms), title, |app| app.fence_ways(make, again));
        if let Some(pooled) = pooled.filter(|_| is_in) {
            self.tell_of_pooled(&pooled);
        }
        is_in
    }

    fn tell_of_fences(&mut self, lines: &Filter, title: &str) {
        let Some(words) = ring_fenced_in_words(&self.history.place().ledger, lines) else { return };
        let fenced = format!("what is ring-fenced of {title}");
        let offers = vec![
            ("Leave it out".to_owned(), Action::TakeOutOfPool(ring_fenced_of(lines), fenced)),
            ("Align it".to_owned(), Action::AlignInPool(lines.clone(), title.to_owned())),
        ];
        self.notices.tell_all(Tone::Plain, format!("{title}: {words}"), Vec::new(), offers);
    }

    pub(super) fn align_in_pool(&mut self, lines: &Filter, title: &str) {
        if self.filter_elsewhere(ALIGN, lines, title, None, align_in_pool) {
            return;
        }
        self.pool(align_in_pool(self.history.place(), lines, title), "", |_| Vec::new());
    }

    pub(super) fn take_out_of_pool(&mut self, lines: &Filter, title: &str) {
        if self.filter_elsewhere(TAKE_OUT, lines, title, None, take_out_of_pool) {
            return;
        }
        self.pool(take_out_of_pool(self.history.place(), lines, title), "", |_| Vec::new());
    }

    /// Puts a step with picked lines together beside the window, where the place has so many lines that a frame is too short
    /// for it; false where it has not, or where they are no lines of the baseline, which is told as it is for few.
    fn lines_elsewhere(
        &mut self,
        label: &'static str,
        lines: &OfLedger<Vec<LineId>>,
        pooled: Option<Pooled>,
        step: impl Fn(&Place, &[LineId]) -> Result<Command, String> + Send + Sync + 'static,
    ) -> bool {
        let place = self.history.place();
        let count = place.ledger.len();
        let known = self.shown.in_baseline(lines, place);
        let known = known.filter(|lines| lines.iter().all(|line| line.index() < count));
        let Some(lines) = known.filter(|_| place.lines_as_read().len() > AT_ONCE) else { return false };
        let lines = OfLedger::new(&place.ledger, lines.clone());
        // Where the place has changed meanwhile it is put together again, of what is there then.
        let make = move |place: &Place| {
            lines.of(&place.ledger).ok_or(LINES_HAVE_CHANGED.to_owned()).and_then(|lines| step(place, lines))
        };
        self.begin_edit(Edit { wanted: Wanted::Made(label, Arc::new(make)), brings: None, pooled });
        true
    }

    /// The same with the lines of a filter.
    fn filter_elsewhere(
        &mut self,
        label: &'static str,
        lines: &Filter,
        title: &str,
        pooled: Option<Pooled>,
        step: impl Fn(&Place, &Filter, &str) -> Result<Command, String> + Send + Sync + 'static,
    ) -> bool {
        if self.history.place().lines_as_read().len() <= AT_ONCE {
            return false;
        }
        let (lines, title) = (lines.clone(), title.to_owned());
        let make = move |place: &Place| step(place, &lines, &title);
        self.begin_edit(Edit { wanted: Wanted::Made(label, Arc::new(make)), brings: None, pooled });
        true
    }

    /// Ways to put in what is ring-fenced, of those that go through.
    fn fence_ways(
        &self,
        make: impl Fn(&Self, PoolingTerms) -> Result<Command, String>,
        again: impl Fn(PoolingTerms) -> Action,
    ) -> Vec<(String, Action)> {
        let ways = [("Leave it out", PoolingTerms::FencesLeftOut), ("Align it", PoolingTerms::FencesAligned)];
        let works = |terms| {
            make(self, terms).is_ok_and(|command| command.apply(&mut self.history.place().clone()).is_ok())
        };
        ways.into_iter()
            .filter(|(_, terms)| works(*terms))
            .map(|(words, terms)| (words.to_owned(), again(terms)))
            .collect()
    }

    /// Shows in the flows the pool alone, or the whole place.
    pub(super) fn toggle_pool_scope(&mut self) {
        let place = self.shown.place();
        if !has_pool_scope(place) {
            self.notices.tell(Tone::Plain, NO_POOL_IN_FLOWS);
            return;
        }
        let scope = if is_under_lens(place) { PoolScope::WholePlace } else { PoolScope::OnlyThePool };
        self.edit(&Command::SetPoolScope(scope));
    }

    /// A change of the pool that is made in the picture of the whole place leaves it there, however small the pool is.
    fn where_it_is_seen(&self, command: Command) -> Command {
        let (place, shown) = (self.history.place(), self.shown.place());
        let is_whole = self.trail.here().screen == COMPARISONS
            && place.view.pool_scope.is_none()
            && place.compared_with().is_none()
            && !is_under_lens(shown);
        if !is_whole {
            return command;
        }
        let mut after = place.clone();
        if command.apply(&mut after).is_err() {
            return command;
        }
        let would_change = after
            .shown_scenario()
            .map(|scenario| scenario.name.clone())
            .and_then(|name| after.modelled(&name).ok())
            .is_some_and(|(modelled, _)| is_under_lens(&modelled));
        if would_change {
            let label = command.label_on(place);
            Command::Several(label, vec![command, Command::SetPoolScope(PoolScope::WholePlace)])
        } else {
            command
        }
    }

    /// Takes a step, or says why not: what was not put in, and the ways that would do. True where it was taken.
    fn pool(
        &mut self,
        step: Result<Command, String>,
        title: &str,
        ways: impl Fn(&Self) -> Vec<(String, Action)>,
    ) -> bool {
        if let Ok(command) = &step
            && command.lines_gone_through(self.history.place()) > AT_ONCE
        {
            // Made elsewhere; what becomes of it is told once it is done.
            self.edit(command);
            return false;
        }
        let step = step.map(|command| (self.try_edit(&self.where_it_is_seen(command.clone())), command));
        let (command, error) = match step {
            Ok((None, _)) => return true,
            Ok((Some(error), command)) => (command, error),
            Err(reason) => {
                self.notices.tell(Tone::Warning, capitalised(&reason));
                return false;
            }
        };
        let text = if title.is_empty() {
            NOTHING_CHANGED.to_owned()
        } else {
            format!("{title} was not put in the pool")
        };
        let CommandError::Scenario(ChangeError::Refused(finding)) = &error else {
            self.notices.tell_all(Tone::Warning, text, vec![error.to_string()], Vec::new());
            return false;
        };
        let mut offers = if is_about_fences(finding) { ways(self) } else { Vec::new() };
        if let (Command::ChangeScenario(name, _), true) = (&command, offers.is_empty()) {
            offers.extend(finding.choices.iter().map(|choice| {
                let command = Command::ChangeScenario(name.clone(), Box::new(choice.clone()));
                (choice.label(), command.into())
            }));
        }
        self.notices.tell_all(Tone::Warning, text, vec![error.to_string()], offers);
        false
    }

    /// Makes a change; the error where it is refused.
    fn try_edit(&mut self, command: &Command) -> Option<CommandError> {
        let before = self.history.place().clone();
        match self.history.execute(command) {
            Ok(()) => {
                self.keep_step(command.clone());
                self.tell_what_happened(&before);
                None
            }
            Err(error) => Some(error),
        }
    }

    /// Says in the foot what a change of the shown pool has just done, where both are worked out.
    pub(super) fn tell_what_happened(&mut self, before: &Place) {
        let after = self.history.place();
        let Some(scenario) = after.shown_scenario() else { return };
        let former = before.scenarios.iter().find(|former| former.name == scenario.name);
        if former == Some(scenario) {
            return;
        }
        let model = |place: &Place, scenario: &Scenario| place.models.known(&place.ledger, scenario);
        let was = former.map_or_else(|| Some(Arc::default()), |former| model(before, former));
        let is = model(after, scenario);
        if let (Some(was), Some(is)) = (was, is)
            && let Some(words) = what_happened(&was, &is)
        {
            self.notices.tell(Tone::Plain, words);
        }
    }
}

/// Whether an allocation would move what is ring-fenced.
fn is_about_fences(finding: &Finding) -> bool {
    matches!(finding.part, ScenarioPart::Allocation(_))
}
