//! Flows as a screen: the Sankey, or two of them where the place is compared.

use egui::{Key, Ui};

use super::compare::{CompareView, compare_view_ui, is_difference};
use super::compare_table::{all_that_changes, as_tsv, compare_table_ui};
use super::memory::FlowsView;
use super::traced::{PartTable, pool_scope_ui};
use super::unfolded::unfolded_ui;
use super::view::flows_view_ui;
use crate::app::action::Action;
use crate::app::controls::{TablePanel, color_by_ui, compare_ui, table_panel_ui};
use crate::app::headline::Headline;
use crate::app::style::space;
use crate::app::view::{CopiedTable, LitAndZoomed, MakeWorkbook, Pointed, ScreenEntry, Shown, View};
use crate::export;
use crate::figure::{Figure, Scheme};
use crate::flow::FlowGraph;
use crate::ledger::Filter;
use crate::place::{Place, Screen};
use crate::scene::{
    Audience, BlindPlace, Changes, Flows, blind_compare_captions, blind_of_changes, captions, change_title,
    change_words, compare_captions, compare_picture, compared_in_words, difference_picture, flows_title,
    flows_words, moves_between, traced_captions, traced_in, traced_picture_near,
};

pub(in crate::app) const SCREEN: ScreenEntry = ScreenEntry {
    screen: Screen::Flows,
    name: "Flows",
    tip: "Money from funder to service",
    key: Key::Num1,
    make: || Box::<FlowsScreen>::default(),
};

/// How long the layouts of a hidden comparison may search, in milliseconds' worth of steps.
const LAYOUT_MS: u64 = 4;

#[derive(Default)]
struct FlowsScreen {
    flows: FlowsView,
    compare: CompareView,
    part_table: PartTable,
}

impl View for FlowsScreen {
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action> {
        match shown.at.other() {
            // Side by side starts from the picture that was just seen.
            Some(_) => {
                let from = self.flows.last_drawn();
                compare_view_ui(ui, shown.at, shown.look, &mut self.compare, from)
            }
            None => flows_view_ui(ui, shown.at, shown.look, &mut self.flows),
        }
    }

    fn figure(&mut self, shown: &Shown<'_>) -> Option<Figure> {
        let place = shown.place();
        let (figure, (title, notes)) = if let Some(other) = shown.at.other() {
            (
                self.compare.figure(shown.revision()),
                compare_captions(other, place, is_difference(place), Audience::DESK),
            )
        } else {
            let pinned = self.flows.pinned(shown.at);
            let captions = pinned
                .map_or_else(|| captions(place, Audience::DESK), |traced| traced_captions(place, &traced));
            (self.flows.figure(shown.at), captions)
        };
        let words = match shown.at.other() {
            Some(other) => change_words(other, place, is_difference(place), Audience::DESK),
            None => self.flows.words(shown.at)?.clone(),
        };
        figure.map(|figure| Figure { title, notes, words: words.lines(), ..figure })
    }

    fn hidden_figure(
        &mut self,
        shown: &Shown<'_>,
        hidden: &BlindPlace,
        scheme: Scheme,
        size: (f64, f64),
    ) -> Option<Figure> {
        let place = &hidden.place;
        let Some(other) = shown.at.other() else {
            // Themes and services stay where they stood; the letters find their places among them.
            let previous = |graph: &FlowGraph| self.flows.previous_in(graph, size.1);
            let names = self
                .flows
                .pinned(shown.at)
                .map(|traced| traced.names(|dimension, name| hidden.say(dimension, name)));
            let names = names.unwrap_or_default();
            let traced = traced_in(place, size.1, &names).ok();
            let (title, notes) = traced
                .as_ref()
                .map_or_else(|| captions(place, hidden.audience()), |traced| traced_captions(place, traced));
            let names = if traced.is_some() { &names[..] } else { &[] };
            let figure = traced_picture_near(place, scheme, size, names, previous).ok()?;
            let words = flows_words(place, &Flows::of(place, size.1), hidden.audience()).lines();
            return Some(hidden.blind.figure(Figure { title, notes, words, ..figure }));
        };
        let other = hidden.hide(other);
        let is_difference = is_difference(place);
        let figure = if is_difference {
            difference_picture(&other, place, scheme, size)
        } else {
            compare_picture(&other, place, scheme, size, LAYOUT_MS)
        };
        let (title, notes) = blind_compare_captions(&hidden.blind, &other, place, is_difference);
        let words = change_words(&other, place, is_difference, hidden.audience()).lines();
        let figure = Figure { title, notes, words, ..figure };
        Some(if is_difference {
            blind_of_changes(&hidden.blind, &other, place).figure(figure)
        } else {
            hidden.blind.figure(figure)
        })
    }

    fn table_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>, panel: &mut TablePanel) -> Option<Action> {
        let (place, revision) = (shown.place(), shown.revision());
        match shown.at.other() {
            Some(other) => compare_table_ui(ui, other, place, revision, &mut self.compare),
            None => match self.flows.table_of(shown.at) {
                Some(part) => self.part_table.show(ui, revision, part),
                None => table_panel_ui(ui, place, &place.view.layers, revision, panel),
            },
        }
    }

    fn table(&mut self, shown: &Shown<'_>) -> Result<CopiedTable, String> {
        let place = shown.place();
        match shown.at.other() {
            Some(other) => {
                let list = all_that_changes(other, place);
                Ok(CopiedTable::stamped(as_tsv(&list), list.rows.len(), "row", place))
            }
            None => match self.flows.table_of(shown.at) {
                Some((part, _)) => Ok(CopiedTable::of_totals(&part, &part.view.layers)),
                None => Ok(CopiedTable::of_totals(place, &place.view.layers)),
            },
        }
    }

    fn workbook(&self, shown: &Shown<'_>) -> Option<MakeWorkbook> {
        let (before, after) = (shown.at.other()?.clone(), shown.place().clone());
        if !is_difference(&after) {
            return None;
        }
        Some(Box::new(move || {
            let (title, notes) = compare_captions(&before, &after, true, Audience::DESK);
            let changes = Changes::between(&before, &after);
            let (moves, every) = (moves_between(&before, &after), Changes::list(&before, &after));
            let titles = ["Partners in the pool", "Partners net", "Themes", "Services"];
            let lists = titles.into_iter().zip(changes.lists()).map(|(title, (.., list))| (title, list));
            let lists: Vec<_> = lists.chain([("Every change", &every)]).collect();
            let content =
                export::ChangesContent { title: &title, notes: &notes, moves: &moves, lists: &lists };
            export::changes_workbook(&content).map_err(|error| error.to_string())
        }))
    }

    fn headline(&self, shown: &Shown<'_>) -> Headline {
        let place = shown.place();
        if let Some(other) = shown.at.other() {
            let mut headline = Headline::of_view(shown.at);
            headline.text = change_title(other, place, Audience::DESK);
            headline.small = compared_in_words(other, place, is_difference(place));
            return headline.without_stamp();
        }
        let headline = match self.flows.pinned(shown.at) {
            Some(traced) => {
                let text = traced.sentence(place);
                Headline { text, ..Headline::of_lines(shown.at, place, &traced.lines) }
            }
            None => Headline::of_view(shown.at),
        };
        // The picture is stamped itself; of one that is zoomed into, the stamp may be out of sight.
        if self.flows.is_zoomed() { headline } else { headline.without_stamp() }
    }

    fn hidden_title(&self, shown: &Shown<'_>) -> String {
        let (place, to) = (shown.place(), Audience::DESK.blind(true));
        match shown.at.other() {
            Some(other) => change_title(other, place, to),
            None => flows_title(place, &place.view.filter, to),
        }
    }

    fn looks_at(&self) -> Option<(u64, u64)> {
        let pinned = self.flows.pinned_keys();
        if self.flows.is_zoomed() {
            // Another one than of the whole picture, whatever is pinned.
            return Some(pinned.map_or((0, 0), |(from, to)| (from, !to)));
        }
        pinned
    }

    fn pointed_sentence(&self, shown: &Shown<'_>) -> Option<String> {
        if shown.at.other().is_some() { None } else { self.flows.sentence(shown.at).map(str::to_owned) }
    }

    fn foot_sum(&self, shown: &Shown<'_>) -> Option<String> {
        if shown.at.other().is_some() { None } else { self.flows.sum_of_pinned(shown.at).map(str::to_owned) }
    }

    fn pinned_lines(&self, shown: &Shown<'_>) -> Option<Filter> {
        if shown.at.other().is_some() { None } else { Some(self.flows.pinned(shown.at)?.lines) }
    }

    fn chips_ui(&self, ui: &mut Ui, place: &Place, said: &dyn Fn(&str) -> String) -> Option<Action> {
        unfolded_ui(ui, place, self.flows.last_drawn().map(|(_, graph)| graph), said)
    }

    fn choices_ui(&self, ui: &mut Ui, place: &Place, said: &dyn Fn(&str) -> String) -> Option<Action> {
        ui.add_space(space::L);
        let colored = color_by_ui(ui, place.view.color_by);
        let scope = self.flows.is_under_lens().filter(|_| place.compared_with().is_none());
        let scope = scope.and_then(|is_under_lens| pool_scope_ui(ui, is_under_lens));
        compare_ui(ui, place, said).or(colored).or(scope)
    }

    fn pointed(&self, shown: &Shown<'_>) -> Option<Pointed> {
        let lines = match shown.at.other() {
            Some(_) => self.compare.pointed_lines(),
            None => self.flows.pointed_lines(shown.at),
        };
        lines.map(|(filter, title)| Pointed::Lines(filter, title))
    }

    fn cancel_drag(&mut self) -> bool {
        self.flows.cancel_drag()
    }

    fn let_go(&mut self, shown: &Shown<'_>) -> bool {
        match shown.at.other() {
            Some(_) => self.compare.let_go(),
            None => self.flows.let_go(),
        }
    }

    fn seen(&self, shown: &Shown<'_>) -> LitAndZoomed {
        if shown.at.other().is_some() { LitAndZoomed::default() } else { self.flows.seen(shown.at) }
    }

    fn see(&mut self, seen: &LitAndZoomed) {
        self.flows.see(seen);
    }

    fn do_own(&mut self, action: &Action) {
        match action {
            Action::ZoomIn => self.flows.zoom_by(1.25),
            Action::ZoomOut => self.flows.zoom_by(0.8),
            Action::Fit => self.flows.fit(),
            Action::PutPointedInPool => self.flows.light_pointed(),
            _ => {}
        }
    }

    fn start_afresh(&mut self) {
        self.flows.start_afresh();
        self.compare = CompareView::default();
    }
}
