//! The place itself: its lines, what is known and decided about them, its scenarios and its view.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{FORMAT, FORMAT_INLINE, Scene, StoryError, ViewSpec};
use crate::agree::{
    self, Counted, Decisions, LeftOut, PassedOn, Rejects, Settled, Transfer, TransferPair, Verdict, Why,
};
use crate::appraisal::{Appraisal, Bridge, Claim, PlaceCohort};
use crate::dimension::{Agency, Dimension, Names, nearest};
use crate::figure::TransferSum;
use crate::flow::{FlowEnd, FlowEnds, FlowOrders};
use crate::ledger::{Agreement, ControlTotal, Filter, Ledger, LineId, LineReference, Source};
use crate::money::{Money, in_full};
use crate::pool::{Model, Models, Scenario};

/// The area whose public spending is looked at, with everything that is known and said about it.
///
/// Cloning is cheap: the ledger and the lists are shared until they change.
#[derive(Clone, Debug, Default)]
pub struct Place {
    pub name: String,
    /// A few sentences: what this is, what is published and what is not.
    pub about: String,
    pub population: Arc<Vec<Population>>,
    pub agencies: Arc<Vec<Agency>>,
    pub funders: Arc<Vec<Described>>,
    pub themes: Arc<Vec<Described>>,
    pub services: Arc<Vec<Described>>,
    pub sources: Arc<Vec<Source>>,
    pub control_totals: Arc<Vec<ControlTotal>>,
    /// Shadow pools that are tried, in the order they are shown.
    pub scenarios: Arc<Vec<Scenario>>,
    /// What programmes cost and whom they benefit.
    pub appraisals: Arc<Vec<Appraisal>>,
    /// Published headline figures that cannot be worked out again.
    pub claims: Arc<Vec<Claim>>,
    /// How many people cohorts of its lines have.
    pub cohorts: Arc<Vec<PlaceCohort>>,
    /// From one count of the place to another.
    pub bridges: Arc<Vec<Bridge>>,
    /// Its scenes, in the order they are shown.
    pub story: Arc<Vec<Scene>>,
    /// What was decided so that the files agree.
    pub decisions: Arc<Decisions>,
    /// Rows of its files that could not be read, and what became of them.
    pub rejects: Arc<Vec<Rejects>>,
    /// The lines that count: as they were read, with everything that was decided applied.
    pub ledger: Arc<Ledger>,
    /// Where decisions have changed something: the lines as they were read, and those that are counted elsewhere.
    pub settled: Option<Settled>,
    /// Where its money leaves it, of a place whose names are hidden: it has no decisions that would say so.
    pub hidden_ends: Option<Arc<FlowEnds>>,
    /// What is looked at, and how.
    pub view: Arc<ViewSpec>,
    /// What its scenarios come to, as far as that was worked out.
    pub models: Models,
    /// The order of names in its flows, as far as it was looked for.
    pub flow_orders: FlowOrders,
}

/// A place has no scenario of a name, or none that could be meant without one; the error says which there are.
#[derive(Clone, Debug, thiserror::Error, PartialEq, Eq)]
#[error("{wanted} in {place}{hint}")]
pub struct NoSuchScenario {
    /// What was looked for, as the sentence begins.
    wanted: String,
    place: String,
    hint: String,
}

impl Place {
    /// The scenario of a name.
    ///
    /// # Errors
    /// When there is none; the error names the nearest.
    pub fn scenario(&self, name: &str) -> Result<&Scenario, NoSuchScenario> {
        self.scenarios.iter().find(|scenario| scenario.name == name).ok_or_else(|| {
            let names = || self.scenarios.iter().map(|scenario| scenario.name.as_str());
            let hint = match nearest(name, names()) {
                Some(near) => {
                    let others: Vec<String> =
                        names().filter(|name| *name != near).map(|name| format!("\"{name}\"")).collect();
                    let also = if others.is_empty() { "" } else { " It also has " };
                    format!("; did you mean \"{near}\"?{also}{}", others.join(", "))
                }
                None => self.scenarios_in_words(),
            };
            self.no_such_scenario(format!("there is no scenario \"{name}\""), hint)
        })
    }

    /// The scenario that can only be meant, since there is one.
    ///
    /// # Errors
    /// When there is none, or several; the error lists them.
    pub fn only_scenario(&self) -> Result<&Scenario, NoSuchScenario> {
        match &self.scenarios[..] {
            [one] => Ok(one),
            [] => Err(self.no_such_scenario("there is no scenario".to_owned(), String::new())),
            several => {
                let wanted = format!("choose one of the {} scenarios", several.len());
                Err(self.no_such_scenario(wanted, self.scenarios_in_words()))
            }
        }
    }

    /// The scene of a name.
    ///
    /// # Errors
    /// When there is none; the error names the nearest.
    pub fn scene(&self, name: &str) -> Result<&Scene, StoryError> {
        let found = self.story.iter().find(|scene| scene.name == name);
        found.ok_or_else(|| super::story_error::no_such_scene(&self.story, name))
    }

    fn scenarios_in_words(&self) -> String {
        let listed: Vec<String> =
            self.scenarios.iter().map(|scenario| format!("\"{}\"", scenario.name)).collect();
        if listed.is_empty() { "; it has none".to_owned() } else { format!("; it has {}", listed.join(", ")) }
    }

    fn no_such_scenario(&self, wanted: String, hint: String) -> NoSuchScenario {
        let place = if self.name.is_empty() { "this place" } else { &self.name };
        NoSuchScenario { wanted, place: place.to_owned(), hint }
    }

    /// The place as a scenario would have it, with what the scenario comes to: the ledger is the modelled one, and so
    /// every view, total and export works on it as on any other.
    ///
    /// # Errors
    /// As [`Place::scenario`].
    pub fn modelled(&self, name: &str) -> Result<(Self, Arc<Model>), NoSuchScenario> {
        let scenario = self.scenario(name)?;
        let model = self.models.of(&self.ledger, scenario);
        Ok((self.with_model(scenario, &model), model))
    }

    /// The place with what one of its scenarios comes to in place of what is; its view says which that is.
    #[must_use]
    pub fn with_model(&self, scenario: &Scenario, model: &Model) -> Self {
        // Everything else is shared, so that a scenario costs its own lines and no more.
        let mut modelled = Self { ledger: Arc::clone(&model.ledger), ..self.clone() };
        if modelled.view.scenario.as_ref() != Some(&scenario.name) {
            Arc::make_mut(&mut modelled.view).scenario = Some(scenario.name.clone());
        }
        modelled
    }

    /// The place as it is, whatever its view asks for.
    #[must_use]
    pub fn without_scenario(&self) -> Self {
        let mut baseline = self.clone();
        Arc::make_mut(&mut baseline.view).show_baseline();
        baseline
    }

    /// The scenario that the view asks for; none where the baseline is shown.
    pub fn shown_scenario(&self) -> Option<&Scenario> {
        let name = self.view.scenario.as_ref()?;
        self.scenarios.iter().find(|scenario| scenario.name == *name)
    }

    /// How the lines compare with a control total: all of its lines, whoever counts them in the place; those without what
    /// was left out by hand, where all of them do not agree.
    pub fn compare(&self, control: &ControlTotal) -> Agreement {
        let whole = self.compare_whole(control);
        whole.unwrap_or_else(|| control.compare_without(self.all_lines(), self.excluded()))
    }

    /// How a whole file compares with its control total, where only what it pays the place was kept of it.
    fn compare_whole(&self, control: &ControlTotal) -> Option<Agreement> {
        let is_of_file = |source: &&Source| source.key == control.file;
        let source = self.sources.iter().find(is_of_file).filter(|_| control.lines.is_empty())?;
        let (_, found) = source.whole?;
        Some(Agreement { found, difference: found - control.amount })
    }

    /// How the lines compare with each control total, with what may explain a difference; `left_out` are rows of its
    /// files that became no line.
    pub fn verdicts(&self, left_out: &[LeftOut]) -> Vec<Verdict> {
        // A file, an agency and a year agree with all their lines, whoever counts them in the place.
        let all = self.all_lines();
        let verdict = |control: &ControlTotal| match self.compare_whole(control) {
            // The lines that were not kept cannot be looked through for what explains a difference.
            Some(agreement) => Verdict { control: control.clone(), agreement, explanations: Vec::new() },
            None => agree::compare(control, all, self.excluded(), left_out),
        };
        self.control_totals.iter().map(verdict).collect()
    }

    /// The lines as their files have them: what a place file holds.
    pub fn lines_as_read(&self) -> &Arc<Ledger> {
        self.settled.as_ref().map_or(&self.ledger, |settled| &settled.read)
    }

    /// All lines, those that are counted elsewhere among them, with the names that were decided.
    pub fn all_lines(&self) -> &Arc<Ledger> {
        self.settled.as_ref().map_or(&self.ledger, |settled| &settled.all)
    }

    /// The lines that are left out of the total, by their numbers among all lines: what one agency of the place pays
    /// another and is counted once; and what is paid to bodies whose spending is not here, where that is left out.
    pub fn transferred(&self) -> &[LineId] {
        self.settled.as_ref().map_or(&[], |settled| &settled.transferred)
    }

    /// What agencies of the place pay each other, with lines (by their numbers among all lines) and amounts.
    pub fn transfers(&self) -> Vec<TransferPair> {
        match &self.settled {
            Some(settled) => settled.pairs.to_vec(),
            None => self.decisions.pairs(self.all_lines()),
        }
    }

    /// Where the money of its lines leaves the place: what is paid to bodies whose own spending is not in it. Nothing where
    /// that is left out. In a scenario what is in a pool goes where the pool spends it.
    pub fn flow_ends(&self) -> FlowEnds {
        if let Some(ends) = &self.hidden_ends {
            return FlowEnds::clone(ends);
        }
        let Some(settled) = self.settled.as_ref().filter(|_| self.counts_passed_on()) else {
            return FlowEnds::default();
        };
        let is_baseline = Arc::ptr_eq(&settled.counted, &self.ledger);
        let mut ends = FlowEnds::default();
        for pair in settled.pairs.iter().filter(|pair| !pair.passed.is_empty()) {
            let Transfer { payer, receiver, suppliers, .. } = &pair.transfer;
            let at = ends.ends.iter().position(|end| *end.name == **receiver).unwrap_or_else(|| {
                ends.ends.push(FlowEnd { name: receiver.as_str().into(), ..FlowEnd::default() });
                ends.ends.len() - 1
            });
            ends.ends[at].payers.insert(payer.clone());
            ends.ends[at].suppliers.extend(suppliers.iter().cloned());
            // Each line that is left out before it moves it by one.
            let counted = |line: &LineId| {
                LineId(line.0 - settled.transferred.partition_point(|left_out| left_out < line) as u32)
            };
            if is_baseline {
                ends.lines.extend(pair.passed.iter().map(|line| (counted(line), at as u32)));
            }
        }
        if !is_baseline && !ends.ends.is_empty() {
            ends.lines = ends.lines_in(&self.ledger);
        }
        ends
    }

    /// What agencies pay each other and is counted once, as far as a filter lets it through, the largest first.
    pub fn transfer_sums(&self, filter: &Filter) -> Vec<TransferSum> {
        let Some(settled) = self.settled.as_ref().filter(|settled| !settled.pairs.is_empty()) else {
            return Vec::new();
        };
        let matcher = filter.resolve(&settled.all);
        let once = settled.pairs.iter().filter(|pair| pair.transfer.counted == Counted::Once);
        let mut transfers: Vec<TransferSum> = once
            .map(|pair| {
                let lines: Vec<LineId> =
                    pair.lines.iter().copied().filter(|line| matcher.passes(*line)).collect();
                TransferSum {
                    payer: pair.transfer.payer.clone(),
                    receiver: pair.transfer.receiver.clone(),
                    amount: lines.iter().map(|&line| settled.all.amount(line)).sum(),
                    lines: lines.len() as u64,
                }
            })
            .filter(|one| one.lines > 0)
            .collect();
        transfers.sort_by(|a, b| {
            let names = |one: &TransferSum| (one.payer.clone(), one.receiver.clone());
            b.amount.abs().cmp(&a.amount.abs()).then_with(|| names(a).cmp(&names(b)))
        });
        transfers
    }

    /// How much of what a filter lets through is left out because it is counted where the receiver spends it, £.
    pub fn counted_once(&self, filter: &Filter) -> Money {
        let Some(settled) = &self.settled else { return Money::ZERO };
        let is_once = |line: &&LineId| {
            settled.passed.binary_search(line).is_err() && settled.excluded.binary_search(line).is_err()
        };
        self.sum_of_all(filter, settled.transferred.iter().filter(is_once))
    }

    /// How much of what a filter lets through is paid to bodies of the place whose own spending is not in it, £; whether
    /// it is counted is decided for the whole place.
    pub fn passed_on(&self, filter: &Filter) -> Money {
        self.settled.as_ref().map_or(Money::ZERO, |settled| self.sum_of_all(filter, settled.passed.iter()))
    }

    /// What lines, told by their numbers among all lines, come to under a filter.
    fn sum_of_all<'a>(&self, filter: &Filter, lines: impl Iterator<Item = &'a LineId>) -> Money {
        let mut lines = lines.peekable();
        if lines.peek().is_none() {
            return Money::ZERO;
        }
        let matcher = filter.resolve(self.all_lines());
        lines.filter(|line| matcher.passes(**line)).map(|&line| self.all_lines().amount(line)).sum()
    }

    /// How many lines are paid to bodies of the place whose own spending is not in it.
    pub fn passed_lines(&self) -> usize {
        self.settled.as_ref().map_or(0, |settled| settled.passed.len())
    }

    /// The lines that a person has left out, by their numbers among all lines.
    pub fn excluded(&self) -> &[LineId] {
        self.settled.as_ref().map_or(&[], |settled| &settled.excluded)
    }

    /// Whether what is paid to bodies whose own spending is not here is part of the total.
    pub fn counts_passed_on(&self) -> bool {
        self.decisions.passed_on == PassedOn::Counted
    }

    /// How a filtered total is made up, in words: what agencies of the place spend here, what is counted once, what they
    /// pass on to bodies whose spending is not here. None where nothing passes between them.
    pub fn sums_in_words(&self, filter: &Filter) -> Option<String> {
        let (once, passed) = (self.counted_once(filter), self.passed_on(filter));
        if once.is_zero() && passed.is_zero() {
            return None;
        }
        let counted = filter.resolve(&self.ledger).cells(false).total();
        let here = if self.counts_passed_on() { counted - passed } else { counted };
        let left_out = if self.counts_passed_on() { "" } else { ", which is left out" };
        Some(format!(
            "{} is spent here; {} that agencies pay each other is counted once, where the receiver's lines are here; {} is \
             passed to bodies whose spending is not here{left_out}",
            in_full(here),
            in_full(once),
            in_full(passed)
        ))
    }

    /// The oldest format that has the fields which its file needs, where its lines are beside it or not.
    pub fn format(&self, has_lines_beside: bool) -> u32 {
        let has_records = self.sources.iter().any(|source| source.record.is_some() || source.whole.is_some());
        let has_records = has_records || !self.decisions.left_out.is_empty();
        let is_newer = |scenario: &Scenario| !scenario.outturn.is_empty() || scenario.copied_from.is_some();
        let has_newer_scenario = self.scenarios.iter().any(is_newer);
        let has_appraisals = !self.appraisals.is_empty()
            || !self.claims.is_empty()
            || !self.cohorts.is_empty()
            || !self.bridges.is_empty();
        let is_newer = has_lines_beside
            || has_appraisals
            || has_records
            || has_newer_scenario
            || !self.story.is_empty()
            || self.view.appraisal.is_some()
            || self.view.pool_scope.is_some()
            || !self.view.amounts.is_pounds()
            || self.view.mask.is_some()
            || self.lines_as_read().has_ranges()
            || !self.counts_passed_on();
        if is_newer { FORMAT } else { FORMAT_INLINE }
    }

    /// How many rows that could not be read wait for somebody to decide about them.
    pub fn open_rejects(&self) -> usize {
        self.rejects.iter().flat_map(|rejects| &rejects.rows).filter(|row| row.fate.is_open()).count()
    }

    /// Why a line of [`Place::ledger`] has the name it has in a dimension.
    pub fn why(&self, line: LineId, dimension: Dimension) -> Why {
        let among_all = self.settled.as_ref().map_or(line, |settled| settled.among_all(line));
        if among_all.index() >= self.lines_as_read().len() {
            // A line that a scenario has added says itself what it is for.
            return Why::Stated;
        }
        self.decisions.why(self.lines_as_read(), among_all, dimension)
    }

    /// What refers to lines of [`Place::ledger`] as they were read, for a decision about them.
    pub fn references(&self, lines: &[LineId]) -> Vec<LineReference> {
        let among_all =
            |&line: &LineId| self.settled.as_ref().map_or(line, |settled| settled.among_all(line));
        let read = self.lines_as_read();
        let lines: Vec<LineId> =
            lines.iter().map(among_all).filter(|line| line.index() < read.len()).collect();
        LineReference::to_each(read, &lines)
    }

    /// Whether it is the same place, looked at in the same way or another.
    pub(super) fn differs_in_view_only(&self, other: &Self) -> bool {
        let same = |one: &Arc<Ledger>, other: &Arc<Ledger>| Arc::ptr_eq(one, other);
        self.name == other.name
            && self.about == other.about
            && Arc::ptr_eq(&self.population, &other.population)
            && Arc::ptr_eq(&self.agencies, &other.agencies)
            && Arc::ptr_eq(&self.funders, &other.funders)
            && Arc::ptr_eq(&self.themes, &other.themes)
            && Arc::ptr_eq(&self.services, &other.services)
            && Arc::ptr_eq(&self.sources, &other.sources)
            && Arc::ptr_eq(&self.control_totals, &other.control_totals)
            && Arc::ptr_eq(&self.scenarios, &other.scenarios)
            && Arc::ptr_eq(&self.appraisals, &other.appraisals)
            && Arc::ptr_eq(&self.claims, &other.claims)
            && Arc::ptr_eq(&self.cohorts, &other.cohorts)
            && Arc::ptr_eq(&self.bridges, &other.bridges)
            && Arc::ptr_eq(&self.story, &other.story)
            && Arc::ptr_eq(&self.decisions, &other.decisions)
            && Arc::ptr_eq(&self.rejects, &other.rejects)
            && same(&self.ledger, &other.ledger)
            && same(self.lines_as_read(), other.lines_as_read())
    }

    /// Gives the place other lines as they were read, and applies what was decided to them.
    pub(crate) fn set_lines(&mut self, read: Arc<Ledger>) {
        let settled = self.decisions.settle(&read, &self.agencies);
        self.settled = match (settled, &self.settled) {
            (Some(settled), Some(former)) => Some(settled.sharing_with(former)),
            (settled, _) => settled,
        };
        self.ledger = self.settled.as_ref().map_or(read, |settled| Arc::clone(&settled.counted));
    }

    /// Applies other decisions to the lines as they were read.
    pub(crate) fn decide(&mut self, decisions: Decisions) {
        self.decisions = Arc::new(decisions);
        let read = Arc::clone(self.lines_as_read());
        self.set_lines(read);
    }

    /// How many people a partner serves: those of the areas its lines name, where they name some and the numbers of
    /// all of them are known; otherwise those of the whole place.
    pub fn people_of(&self, agency: &str) -> Option<u64> {
        let whole = self.population.iter().find(|population| population.area.is_none()).map(|all| all.people);
        let filter = Filter::default().only(Dimension::Agency, [agency]);
        let cells = filter.resolve(&self.ledger).cells(false);
        let areas = self.ledger.names(Dimension::Area);
        let named = cells.occurring(Dimension::Area);
        let of_area = |area: &str| {
            let found = self.population.iter().find(|population| population.area.as_deref() == Some(area));
            found.map(|population| population.people)
        };
        let is_stated = |name: &&str| *name != Names::NOT_STATED;
        let names = || named.iter().map(|id| areas.name(*id)).filter(is_stated);
        let sum: Option<u64> = names().map(of_area).sum();
        // The sum of no areas is nought, which would be a partner that serves nobody.
        sum.filter(|_| names().next().is_some()).or(whole)
    }
}

/// A name with what should be known about it; the order of a list is the order it is shown in.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Described {
    pub name: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub about: String,
}

/// How many people live in the place, or in one of its areas.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Population {
    /// An area of the place; nothing means all of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    pub people: u64,
    /// The key of the source it is from.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
}
