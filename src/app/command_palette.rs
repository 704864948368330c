//! The command palette: anything that can be done here, found by typing a part of its name.

use std::borrow::Cow;

use egui::{Align2, Key, KeyboardShortcut, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::action::Action;
use super::controls::{new_scenario, only_year, years_of};
use super::entries::entries;
use super::sample::SAMPLES;
use super::style::{self, Colors, name_field, space};
use crate::dimension::Dimension;
use crate::figure::Blind;
use crate::flow::paid_together;
use crate::place::{Command, Compared, Comparison, Mask, Place};
use crate::scene::BASELINE;
use crate::words::counted_as;

/// Finds an action by typing a part of its name.
#[derive(Default)]
pub(super) struct CommandPalette {
    text: String,
    chosen: usize,
    /// What can be done with this place only: its scenarios, its years.
    of_place: Vec<Find>,
}

/// An action as the palette lists it.
#[derive(Clone)]
struct Find {
    action: Action,
    text: Cow<'static, str>,
    tip: &'static str,
    shortcut: Option<KeyboardShortcut>,
}

/// What became of the palette in this frame.
pub(super) enum PaletteOutcome {
    Open,
    Closed(Option<Action>),
}

/// What a place adds to the actions; in blind mode with its names hidden.
fn of_place(place: &Place, blind: Option<&Blind>) -> Vec<Find> {
    let mut finds = scenarios(place, blind);
    let mut add = |text: String, tip, action: Action| {
        finds.push(Find { action, text: text.into(), tip, shortcut: None });
    };
    let years = years_of(place);
    if years.len() > 1 {
        add("All years".to_owned(), "Year", only_year(place, None).into());
    }
    for year in years.iter().rev() {
        add((*year).to_owned(), "Year", only_year(place, Some(year)).into());
    }
    // Before a room that is not to know who is who no list of names tells it.
    if blind.is_none() {
        for (_, name) in place.ledger.names(Dimension::Agency).iter().take(MOST_AGENCIES) {
            let only = place.view.filter.clone().only(Dimension::Agency, [name]);
            let known = place.agencies.iter().find(|agency| agency.name == name);
            // It is found by the name that pictures have for it as well.
            let short = known
                .and_then(|agency| agency.short.as_deref())
                .map_or(String::new(), |short| format!(" ({short})"));
            add(format!("Only {name}{short}"), "Agency", Command::SetFilter(only).into());
            let mask = Mask::toggling(place.view.mask.as_ref(), name);
            add(format!("Mask {name} as a letter"), "Partner", Command::SetMask(mask).into());
        }
        let filter = &place.view.filter;
        for together in paid_together(&place.ledger, filter).into_iter().take(MOST_AGENCIES) {
            let agencies = counted_as(together.by_agency.len(), "agency", "agencies");
            let text = format!("Only {}, which {agencies} pay for", together.name);
            add(text, together.dimension.title(), Command::SetFilter(together.only(filter)).into());
        }
    }
    for (index, sample) in SAMPLES.iter().enumerate() {
        add(format!("Sample: {}", sample.name), "A place to look at", Action::OpenSample(index));
    }
    finds
}

/// So many agencies are listed; others are found in the filter.
const MOST_AGENCIES: usize = 200;

/// What can be done with the scenarios of a place, as its menu and the palette list it.
pub(super) fn scenario_actions(place: &Place, blind: Option<&Blind>) -> Vec<(String, Action)> {
    scenarios(place, blind).into_iter().map(|find| (find.text.into_owned(), find.action)).collect()
}

fn scenarios(place: &Place, blind: Option<&Blind>) -> Vec<Find> {
    let said = |text: &str| blind.map_or_else(|| text.to_owned(), |blind| blind.say(text));
    let mut finds = Vec::new();
    let mut add = |text: String, tip, action: Action| {
        finds.push(Find { action, text: text.into(), tip, shortcut: None });
    };
    let show = |name: Option<&String>| Command::ShowScenario(name.cloned()).into();
    if place.ledger.is_empty() {
        return finds;
    }
    let shown = place.shown_scenario().map(|scenario| scenario.name.as_str());
    let others =
        || place.scenarios.iter().map(|scenario| &scenario.name).filter(|name| Some(name.as_str()) != shown);
    if let Some(name) = shown {
        add(format!("Show {BASELINE}"), "As it is", show(None));
        add(duplicated(&said(name)), LIKE_IT, Action::AskToDuplicate(name.to_owned()));
    }
    for name in others() {
        add(format!("Show {}", said(name)), "Scenario", show(Some(name)));
    }
    add("New scenario".to_owned(), "What partners would put in, and for what", new_scenario(place).into());
    let compared = place.compared_with().and(place.view.compare.as_ref());
    let shows = compared.map(|comparison| comparison.shows).unwrap_or_default();
    let compare =
        |with: Option<&String>, shows| Action::CompareWith(Comparison { with: with.cloned(), shows });
    if shown.is_some() {
        add(format!("Compare with {BASELINE}"), "In Flows", compare(None, shows));
    }
    for name in others() {
        add(format!("Compare with {}", said(name)), "In Flows", compare(Some(name), shows));
    }
    if let Some(comparison) = compared {
        let with = comparison.with.as_ref();
        add("Compare with nothing".to_owned(), "One picture", Command::Compare(None).into());
        add("Side by side".to_owned(), "Both at the same scale", compare(with, Compared::SideBySide));
        add("Difference".to_owned(), "Only what changes", compare(with, Compared::Difference));
    }
    for name in others() {
        add(duplicated(&said(name)), LIKE_IT, Action::AskToDuplicate(name.clone()));
    }
    finds
}

const LIKE_IT: &str = "Another scenario like it";

fn duplicated(name: &str) -> String {
    format!("Duplicate {name}…")
}

impl CommandPalette {
    pub(super) fn of(place: &Place, blind: Option<&Blind>) -> Self {
        Self { of_place: of_place(place, blind), ..Self::default() }
    }

    pub(super) fn show(&mut self, ui: &mut Ui) -> PaletteOutcome {
        let found = self.found();
        let mut run = None;
        let modal = Modal::new(egui::Id::unique("palette")).frame(style::dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            ui.set_height(380.0);
            let (down, up, enter) = ui.input_mut(|input| {
                use egui::Modifiers;
                (
                    input.consume_key(Modifiers::NONE, Key::ArrowDown),
                    input.consume_key(Modifiers::NONE, Key::ArrowUp),
                    input.consume_key(Modifiers::NONE, Key::Enter),
                )
            });
            let edit = TextEdit::singleline(&mut self.text)
                .hint_text("Type what you want to do")
                .desired_width(f32::INFINITY);
            let edit = ui.add(edit.margin(vec2(10.0, 8.0)));
            name_field(&edit, &self.text, "Find an action");
            edit.request_focus();
            if edit.changed() {
                self.chosen = 0;
            }
            self.chosen = (self.chosen + usize::from(down))
                .min(found.len().saturating_sub(1))
                .saturating_sub(usize::from(up));
            ui.add_space(space::S);
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                for (index, entry) in found.iter().enumerate() {
                    let is_chosen = index == self.chosen;
                    if row(ui, entry, is_chosen, (down || up) && is_chosen) || (enter && is_chosen) {
                        run = Some(entry.action.clone());
                    }
                }
                if found.is_empty() {
                    ui.label(
                        RichText::new("Nothing is called that. Try \"export\", \"undo\" or \"theme\".")
                            .weak(),
                    );
                }
            });
        });
        if run.is_some() || response.should_close() {
            PaletteOutcome::Closed(run)
        } else {
            PaletteOutcome::Open
        }
    }

    /// The entries whose text holds every word typed.
    fn found(&self) -> Vec<Find> {
        let words: Vec<String> = self.text.split_whitespace().map(str::to_lowercase).collect();
        let holds = |entry: &Find| {
            let text = format!("{} {}", entry.text, entry.tip).to_lowercase();
            words.iter().all(|word| text.contains(word.as_str()))
        };
        let always = entries().into_iter().map(|entry| Find {
            action: entry.action,
            text: entry.text.into(),
            tip: entry.tip,
            shortcut: entry.shortcuts.first().copied(),
        });
        let mut found: Vec<Find> = always
            .chain(self.of_place.iter().cloned())
            .filter(|entry| !matches!(entry.action, Action::Palette) && holds(entry))
            .collect();
        // What is called so comes before what only speaks of it: "dark" is Dark, not Light, "dark on light".
        found
            .sort_by_key(|entry| !words.iter().all(|word| entry.text.to_lowercase().contains(word.as_str())));
        found
    }
}

fn row(ui: &mut Ui, entry: &Find, is_chosen: bool, scroll_to: bool) -> bool {
    let colors = Colors::of(ui);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), 30.0), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, entry.text.as_ref()));
    if is_chosen || response.hovered() {
        ui.painter().rect_filled(rect, 6.0, if is_chosen { colors.selection } else { colors.hovered });
    }
    let ink = if is_chosen { colors.selection_text } else { colors.text };
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let left = rect.left_center() + vec2(10.0, 0.0);
    let words = ui.painter().text(left, Align2::LEFT_CENTER, entry.text.as_ref(), body, ink);
    ui.painter().text(
        words.right_center() + vec2(10.0, 0.0),
        Align2::LEFT_CENTER,
        entry.tip,
        small.clone(),
        colors.weak_text,
    );
    if let Some(shortcut) = entry.shortcut {
        let keys = ui.ctx().format_shortcut(&shortcut);
        ui.painter().text(
            rect.right_center() - vec2(10.0, 0.0),
            Align2::RIGHT_CENTER,
            keys,
            small,
            colors.weak_text,
        );
    }
    if scroll_to {
        ui.scroll_to_rect(rect, None);
    }
    response.clicked()
}
