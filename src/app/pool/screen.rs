//! The pool as a screen.

use std::sync::Arc;

use egui::{Key, Ui};

use super::ground::PoolPointed;
use super::table::partners_table_ui;
use super::view::{PoolView, pool_view_ui};
use crate::app::action::Action;
use crate::app::controls::{TablePanel, table_panel_ui};
use crate::app::headline::Headline;
use crate::app::view::{CopiedTable, MakeWorkbook, Pointed, ScreenEntry, Shown, View};
use crate::dimension::{Date, Dimension};
use crate::export;
use crate::figure::{Figure, Scheme};
use crate::ledger::{Filter, full_or_between};
use crate::place::{Command, CommandError, Place, Screen};
use crate::pool::{Contribution, Portion, ScenarioChange};
use crate::scene::{
    Audience, BlindPlace, carried, flows_title, pool_captions, pool_carried, pool_picture, pool_sentence,
    pool_title, pool_words,
};

pub(in crate::app) const SCREEN: ScreenEntry = ScreenEntry {
    screen: Screen::Pool,
    name: "Pool",
    tip: "Who puts in and who gains",
    key: Key::Num3,
    make: || Box::<PoolView>::default(),
};

impl View for PoolView {
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action> {
        pool_view_ui(ui, shown.at.baseline(), shown.at, self)
    }

    fn figure(&mut self, shown: &Shown<'_>) -> Option<Figure> {
        Self::figure(self, shown.at.baseline(), shown.at.model())
    }

    fn hidden_figure(
        &mut self,
        shown: &Shown<'_>,
        hidden: &BlindPlace,
        scheme: Scheme,
        size: (f64, f64),
    ) -> Option<Figure> {
        let (scenario, model) = (hidden.place.shown_scenario()?, shown.at.model()?);
        let baseline = shown.at.baseline();
        let agencies = hidden.blind.agencies(&baseline.agencies, &baseline.ledger);
        let lettered = Place { agencies: Arc::new(agencies), ..baseline.clone() };
        let figure = pool_picture(&lettered, scenario, model, scheme, size);
        let (title, notes) = pool_captions(baseline, scenario, model, hidden.audience());
        let of_pool = hidden.blind.of_whole(model.balance.into_pool);
        let words = pool_words(&lettered, scenario, model, hidden.audience()).lines();
        Some(of_pool.figure(Figure { title, notes, words, ..figure }))
    }

    fn carried(
        &self,
        shown: &Shown<'_>,
        place: &Place,
        captions: (String, Vec<String>),
        made: Date,
    ) -> (String, Vec<String>) {
        match shown.at.model() {
            Some(model) => pool_carried(place, model, captions, made),
            None => carried(place, captions, made),
        }
    }

    fn table_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>, panel: &mut TablePanel) -> Option<Action> {
        let place = shown.place();
        match shown.at.model() {
            Some(model) => partners_table_ui(ui, model),
            None => table_panel_ui(ui, place, &place.view.layers, shown.revision(), panel),
        }
    }

    fn table(&mut self, shown: &Shown<'_>) -> Result<CopiedTable, String> {
        let place = shown.place();
        Ok(match shown.at.model() {
            Some(model) => {
                let text = export::partners_tsv(model);
                CopiedTable::stamped(text, model.positions.len(), "partner", place)
            }
            None => CopiedTable::of_totals(place, &place.view.layers),
        })
    }

    fn workbook(&self, shown: &Shown<'_>) -> Option<MakeWorkbook> {
        let (place, model) = (shown.at.baseline().clone(), Arc::clone(shown.at.model()?));
        Some(Box::new(move || {
            let scenario = place.shown_scenario().ok_or("no scenario is shown")?;
            let (title, notes) = pool_captions(&place, scenario, &model, Audience::DESK);
            let content = export::PoolContent { title: &title, notes: &notes, scenario, model: &model };
            export::pool_workbook(&content).map_err(|error| error.to_string())
        }))
    }

    fn headline(&self, shown: &Shown<'_>) -> Headline {
        let (Some(scenario), Some(model)) = (shown.place().shown_scenario(), shown.at.model()) else {
            return Headline::of_view(shown.at);
        };
        let mut headline = Headline {
            text: pool_title(shown.at.baseline(), scenario, model, Audience::DESK),
            small: pool_sentence(scenario, model),
            tip: full_or_between(model.balance.into_pool, model.range),
            // A pool is shown whole, whatever the other screens are narrowed to.
            is_unfiltered: true,
            ..Headline::default()
        };
        headline.stamp(scenario.stamp());
        headline
    }

    fn hidden_title(&self, shown: &Shown<'_>) -> String {
        let (place, to) = (shown.place(), Audience::DESK.blind(true));
        match place.shown_scenario().zip(shown.at.model()) {
            Some((scenario, model)) => pool_title(shown.at.baseline(), scenario, model, to),
            None => flows_title(place, &place.view.filter, to),
        }
    }

    fn pointed(&self, shown: &Shown<'_>) -> Option<Pointed> {
        let scenario = shown.at.baseline().shown_scenario()?;
        let away = |change: ScenarioChange| Pointed::Part { whole: None, away: Box::new(change) };
        Some(match self.pointed_part(shown.revision())?.clone() {
            PoolPointed::Contribution(index) => {
                let contribution = scenario.contributions.get(index)?;
                let whole = Contribution { what: Portion::Whole, ..contribution.clone() };
                let whole = (whole != *contribution)
                    .then(|| Box::new(ScenarioChange::ChangeContribution(index, whole)));
                Pointed::Part { whole, away: Box::new(ScenarioChange::RemoveContribution(index)) }
            }
            PoolPointed::NewMoney(index) => away(ScenarioChange::RemoveNewMoney(index)),
            PoolPointed::Allocation(index) => away(ScenarioChange::RemoveAllocation(index)),
            PoolPointed::Partner(agency) => {
                Pointed::Lines(Filter::default().only(Dimension::Agency, [agency.as_str()]), agency)
            }
        })
    }

    fn let_go(&mut self, _shown: &Shown<'_>) -> bool {
        Self::let_go(self)
    }

    fn refused(&mut self, command: &Command, error: &CommandError) -> bool {
        Self::refused(self, command, error)
    }

    fn not_made(&mut self) {
        Self::not_made(self);
    }

    fn start_afresh(&mut self) {
        *self = Self::default();
    }
}
