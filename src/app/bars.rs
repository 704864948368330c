//! The bars above and below the screens: menus, tabs, the sentence, years and scenarios, the foot; and what
//! an empty place says.

use egui::{
    Align, Atom, Button, KeyboardShortcut, Layout, MenuBar, Modifiers, Panel, RichText, Role, ScrollArea, Ui,
    WidgetInfo, vec2,
};

use super::App;
use super::action::Action;
use super::command_palette::scenario_actions;
use super::controls::{filter_bar_ui, scenario_bar_ui, scroll_ui, year_switch_ui};
use super::entries::{Menu, entries};
use super::headline::{Headline, headline_ui};
use super::keys::key_hint;
use super::perform::is_full_screen;
use super::recovery::keeping_sign_ui;
use super::sample::SAMPLES;
use super::screens::SCREENS;
use super::small_print::small_print_ui;
use super::style::{
    self, Colors, Icon, Look, badge, card, focus_ring, has_less_motion, icon_button, paint_icon, space, tab,
    weak_text,
};
use crate::place::Command;
use crate::words::counted;

/// Menus, views, the sentence that says what is seen, and the filter.
#[must_use]
pub(super) fn top_bar_ui(ui: &mut Ui, app: &mut App) -> Option<Action> {
    let frame = style::bar_frame(ui);
    let mut action = None;
    Panel::top("top").frame(frame).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 2.0;
        // In one row where there is room for it, and in two in a small window or in large letters.
        let is_one_row = ui.available_width() >= ONE_ROW;
        ui.horizontal(|ui| {
            action = menus_ui(ui, app);
            if is_one_row && let Some(wish) = tabs_ui(ui, app) {
                action = Some(wish);
            }
            let right = Layout::right_to_left(Align::Center);
            let wish = ui.with_layout(right, |ui| {
                let pressed = icons_ui(ui, app);
                let chosen = if is_one_row { choices_ui(ui, app) } else { None };
                pressed.or(chosen)
            });
            if wish.inner.is_some() {
                action = wish.inner;
            }
        });
        if !is_one_row {
            ui.horizontal(|ui| {
                let shown = tabs_ui(ui, app);
                let right = Layout::right_to_left(Align::Center);
                let chosen = ui.with_layout(right, |ui| choices_ui(ui, app)).inner;
                if let Some(wish) = shown.or(chosen) {
                    action = Some(wish);
                }
            });
        }
        if app.history.place().ledger.is_empty() {
            return;
        }
        let (is_unfiltered, chosen) = sentence_ui(ui, app);
        if chosen.is_some() {
            action = chosen;
        }
        if is_unfiltered {
            return;
        }
        let view = app.views.at(app.trail.here().screen);
        let blind = app.blind.words();
        if let Some(wish) = filter_bar_ui(ui, app.shown.place(), view, &mut app.filter_bar, blind) {
            action = Some(wish);
        }
    });
    action
}

/// What menus, views, scenario, years and signs take beside each other at the least, in points.
const ONE_ROW: f32 = 940.0;

/// The views, the one that is shown underlined.
fn tabs_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let mut action = None;
    let chosen = app.trail.here().screen;
    ui.spacing_mut().item_spacing.x = 0.0;
    for entry in &SCREENS {
        let response = tab(ui, entry.name, chosen == entry.screen);
        let keys = KeyboardShortcut::new(Modifiers::COMMAND, entry.key);
        key_hint(ui, &response, &ui.ctx().format_shortcut(&keys), 0);
        if response.clicked() {
            action = Some(Action::Show(entry.screen));
        }
    }
    action
}

/// The scenario and the years that are shown, from the right.
fn choices_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    ui.spacing_mut().item_spacing.x = space::XS;
    // Years stand side by side where that leaves the scenario its room.
    let year = year_switch_ui(ui, app.shown.place(), ui.available_width() - SCENARIO);
    let scenario = scenario_bar_ui(ui, app.history.place(), app.blind.words());
    scenario.or(year)
}

/// What the choice of a scenario takes, in points.
const SCENARIO: f32 = 112.0;

fn menus_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let mut action = None;
    let room = vec2(menus_width(ui), ui.spacing().interact_size.y);
    let bar = |ui: &mut Ui| {
        for (menu, title) in MENUS {
            // Help is the last of any program's menus.
            if menu == Menu::Help
                && !app.history.place().ledger.is_empty()
                && let Some(wish) = scenario_menu_ui(ui, app)
            {
                action = Some(wish);
            }
            let button = ui.menu_button(title, |ui| {
                let wish = in_window_ui(ui, width_of(ui, menu, app), |ui| menu_ui(ui, menu, app));
                if let Some(wish) = wish {
                    action = Some(wish);
                    ui.close();
                }
            });
            focus_ring(ui, &button.response);
        }
    };
    // A bar of menus takes all the width there is: it is given its own, and the views stand beside it.
    ui.allocate_ui_with_layout(room, Layout::left_to_right(Align::Center), |ui| MenuBar::new().ui(ui, bar));
    action
}

/// The menus but for that of the scenarios, from the left.
const MENUS: [(Menu, &str); 4] =
    [(Menu::File, "File"), (Menu::Edit, "Edit"), (Menu::View, "View"), (Menu::Help, "Help")];
const SCENARIO_MENU: &str = "Scenario";

/// What the names of the menus take beside each other, points.
fn menus_width(ui: &Ui) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let width = |text: &str| {
        let words = ui.painter().layout_no_wrap(text.to_owned(), font.clone(), Colors::of(ui).text);
        words.size().x + 4.0 + ui.spacing().item_spacing.x
    };
    MENUS.iter().map(|(_, title)| width(title)).sum::<f32>() + width(SCENARIO_MENU) + space::M
}

/// What is at hand everywhere, as signs from the right: looks, palette, table, steps back and forward.
fn icons_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let mut action = None;
    let said = |text: &str| app.blind.said(text);
    ui.spacing_mut().item_spacing.x = 0.0;
    let look = if app.look == Look::Light { Icon::Moon } else { Icon::Sun };
    let table = if app.table_is_open { "Hide the table behind" } else { "Show the table behind" };
    let (undo, redo) = (app.history.undo_label().map(said), app.history.redo_label().map(said));
    let (undo, redo) = (undo.as_deref(), redo.as_deref());
    let buttons = [
        (look, "Next look: light, dark, high contrast".to_owned(), "Ctrl+L", Action::NextLook, true),
        (Icon::Search, "Command palette".to_owned(), "Ctrl+K", Action::Palette, true),
        (Icon::Table, table.to_owned(), "T", Action::ToggleTable, true),
        (Icon::Redo, step_name("Redo", redo), "Ctrl+Y", Action::Redo, redo.is_some()),
        (Icon::Undo, step_name("Undo", undo), "Ctrl+Z", Action::Undo, undo.is_some()),
        (Icon::Forward, "Forward".to_owned(), "Alt+Right", Action::Forward, app.trail.can_go_forward()),
        (Icon::Back, "Back".to_owned(), "Alt+Left", Action::Back, app.trail.can_go_back()),
    ];
    for (row, (icon, name, keys, wish, is_possible)) in buttons.into_iter().enumerate() {
        let response = ui.add_enabled_ui(is_possible, |ui| icon_button(ui, icon, &name)).inner;
        key_hint(ui, &response, keys, row % 2);
        if response.clicked() {
            action = Some(wish);
        }
    }
    action
}

/// The place, whether it is saved, and whether it is hidden who is who.
fn place_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let place = app.history.place();
    let name = if place.name.is_empty() { "New place".to_owned() } else { app.blind.said(&place.name) };
    let title = ui.label(RichText::new(name).font(style::semibold(12.0)));
    if !place.about.is_empty() && !app.blind.is_on() {
        title.on_hover_text(&place.about);
    }
    weak_text(ui, &saved_state(app));
    let words = app.blind.in_words()?;
    blind_ui(ui, &words, app.blind.is_all())
}

/// A menu no higher than the window, to be scrolled where it has more.
fn in_window_ui<T>(ui: &mut Ui, width: f32, menu: impl FnOnce(&mut Ui) -> T) -> T {
    let window = ui.ctx().content_rect().size();
    let most = (window.y - MENU_BAR).max(120.0);
    let width = width.min(window.x - 2.0 * space::L);
    ui.set_min_width(width);
    ui.set_max_width(width);
    scroll_ui(ui, ScrollArea::vertical().max_height(most).min_scrolled_height(most), menu)
}

/// A menu of scenarios is as wide as this, points: their names end in three dots.
const MENU_WIDTH: f32 = 320.0;

/// As wide as the longest row of a menu, with its keys and its sign, points.
fn width_of(ui: &Ui, menu: Menu, app: &App) -> f32 {
    let font = egui::TextStyle::Button.resolve(ui.style());
    let width = |text: String| ui.painter().layout_no_wrap(text, font.clone(), Colors::of(ui).text).size().x;
    let of = entries().into_iter().filter(|entry| entry.menu == menu).map(|entry| {
        let text = match entry.action {
            Action::Undo => {
                step_name("Undo", app.history.undo_label().map(|step| app.blind.said(step)).as_deref())
            }
            Action::Redo => {
                step_name("Redo", app.history.redo_label().map(|step| app.blind.said(step)).as_deref())
            }
            _ => entry.text.to_owned(),
        };
        let keys = entry.shortcuts.first().map(|keys| ui.ctx().format_shortcut(keys)).unwrap_or_default();
        width(text) + width(keys)
    });
    of.fold(160.0, f32::max) + AROUND_ROW
}

/// The sign before a row, the gap before its keys, what a bar to scroll takes, and the padding at its ends, points.
const AROUND_ROW: f32 = 14.0 + 40.0 + 16.0 + 32.0;

/// What the menu bar and the edges of a menu take of the window's height, points.
const MENU_BAR: f32 = 64.0;

/// What can be done with scenarios: those there are, another one, comparing.
fn scenario_menu_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let mut action = None;
    let button = ui.menu_button(SCENARIO_MENU, |ui| {
        let actions = scenario_actions(app.history.place(), app.blind.words());
        let chosen = in_window_ui(ui, MENU_WIDTH, |ui| {
            let width = vec2(ui.available_width(), 0.0);
            let is_chosen = |(text, _): &&(String, Action)| {
                ui.add(Button::new(text).truncate().min_size(width)).clicked()
            };
            actions.iter().find(is_chosen).map(|(_, action)| action.clone())
        });
        if chosen.is_some() {
            action = chosen;
            ui.close();
        }
    });
    focus_ring(ui, &button.response);
    action
}

fn step_name(verb: &str, label: Option<&str>) -> String {
    label.map_or_else(|| verb.to_owned(), |label| format!("{verb}: {label}"))
}

fn saved_state(app: &App) -> String {
    match (&app.file, app.history.is_changed()) {
        (None, false) if app.history.place().ledger.is_empty() => String::new(),
        (None, false) => "Sample".to_owned(),
        (None, true) => "Not saved yet".to_owned(),
        (Some(file), false) => format!("Saved in {}", short_name(file)),
        (Some(file), true) => format!("Changed since {} was saved", short_name(file)),
    }
}

fn short_name(file: &std::path::Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

fn menu_ui(ui: &mut Ui, menu: Menu, app: &App) -> Option<Action> {
    let mut action = None;
    let said = |text: &str| app.blind.said(text);
    for entry in entries().into_iter().filter(|entry| entry.menu == menu) {
        if matches!(entry.action, Action::Quit)
            && let Some(wish) = places_ui(ui, app)
        {
            action = Some(wish);
        }
        if entry.starts_group {
            ui.separator();
        }
        let text = match entry.action {
            Action::Undo => step_name("Undo", app.history.undo_label().map(said).as_deref()),
            Action::Redo => step_name("Redo", app.history.redo_label().map(said).as_deref()),
            _ => entry.text.to_owned(),
        };
        let is_on = is_on(&entry.action, app, ui.ctx());
        // Where some rows have a tick, all leave room for one.
        let mut button = match menu {
            Menu::View => Button::new((tick(is_on == Some(true)), text.as_str())),
            _ => Button::new(text.as_str()),
        };
        if let Some(shortcut) = entry.shortcuts.first() {
            button = button.shortcut_text(ui.ctx().format_shortcut(shortcut));
        }
        let is_possible = match entry.action {
            Action::Undo => app.history.undo_label().is_some(),
            Action::Redo => app.history.redo_label().is_some(),
            _ => true,
        };
        // No tooltip: it would lie on the next entry.
        let response = ui.add_enabled(is_possible, button.min_size(vec2(ui.available_width(), 0.0)));
        if let Some(is_on) = is_on {
            response.widget_info(|| WidgetInfo::selected(Role::Button, is_possible, is_on, text.as_str()));
        }
        if response.clicked() {
            action = Some(entry.action);
        }
    }
    action
}

/// Whether what an entry switches is on; nothing where it switches nothing.
fn is_on(action: &Action, app: &App, context: &egui::Context) -> Option<bool> {
    match action {
        Action::Show(screen) => Some(app.trail.here().screen == *screen),
        Action::ToggleTable => Some(app.table_is_open),
        Action::ToggleHistory => Some(app.history_is_open),
        Action::ToggleBlind => Some(app.blind.is_all()),
        Action::Edit(Command::SetColorBy(by)) => Some(app.history.place().view.color_by == *by),
        Action::Edit(Command::SetAmounts(amounts)) => Some(app.history.place().view.amounts == *amounts),
        Action::SetLook(look) => Some(app.look == *look),
        Action::ToggleMotion => Some(has_less_motion(context)),
        Action::FullScreen => Some(is_full_screen(context)),
        Action::ToggleBigRoom => Some(app.big_room.is_on()),
        _ => None,
    }
}

/// The sign before what is on, or the room that it would take.
fn tick(is_on: bool) -> Atom<'static> {
    Atom::paint(vec2(14.0, 14.0), move |ui, of| {
        if is_on {
            paint_icon(ui.painter(), Icon::Check, of.rect, Colors::of(ui).text);
        }
    })
}

/// The places that come with the program, and those seen before.
fn places_ui(ui: &mut Ui, app: &App) -> Option<Action> {
    let mut action = None;
    ui.separator();
    ui.menu_button("Samples", |ui| {
        for (index, sample) in SAMPLES.iter().enumerate() {
            if ui.button(sample.name).clicked() {
                action = Some(Action::OpenSample(index));
            }
        }
    });
    ui.menu_button("Recent", |ui| {
        for place in &app.recent.places {
            let words = format!("{}  {}", place.name, place.path.display());
            if ui.add_enabled(place.exists(), Button::new(words)).clicked() {
                action = Some(Action::open(vec![place.path.clone()]));
            }
        }
        if app.recent.places.is_empty() {
            weak_text(ui, "Places you open or save appear here");
        }
    });
    action
}

/// What is seen, in words; true where it is shown whole, and a filter would say nothing. With what was chosen where it
/// asks.
fn sentence_ui(ui: &mut Ui, app: &mut App) -> (bool, Option<Action>) {
    let is_blind = app.blind.is_on();
    let screen = app.trail.here().screen;
    let looks_at = if is_blind { None } else { app.views.at(screen).looks_at() };
    let revision = app.shown.revision();
    let key = (revision, app.trail.number(), is_blind, looks_at);
    if !app.headline.is_of(&key) {
        let of_screen = app.here().map(|(view, shown)| {
            let hidden = is_blind.then(|| view.hidden_title(&shown));
            (view.headline(&shown), hidden)
        });
        let headline = match of_screen {
            Some((headline, None)) => headline,
            // The filter has its line in both ways of seeing, or in neither.
            Some((Headline { is_unfiltered, .. }, Some(text))) => {
                Headline { text, is_unfiltered, ..Headline::of_view(&app.shown) }
            }
            None => Headline::of_view(&app.shown),
        };
        app.headline.keep(key, headline);
    }
    let pointed = app.here().and_then(|(view, shown)| view.pointed_sentence(&shown));
    let Some(headline) = app.headline.at(revision) else { return (false, None) };
    let is_unfiltered = headline.is_unfiltered;
    let pointed = pointed.filter(|_| !is_blind).map(|text| Headline { text, ..headline.clone() });
    let headline = pointed.as_ref().unwrap_or(headline);
    let chosen = headline_ui(ui, headline, &|text| app.blind.said(text));
    (is_unfiltered, chosen.map(|filter| Command::SetFilter(filter).into()))
}

/// That it is hidden who is who, and the way to see it: in a line that is there anyway, so that nothing moves.
#[must_use]
fn blind_ui(ui: &mut Ui, words: &str, is_all: bool) -> Option<Action> {
    let tip = if is_all {
        "Partners are letters and amounts are shares: of the total in view, or of the pool"
    } else {
        "Words and numbers are masked; widths of bands, their order and counts of lines are not"
    };
    badge(ui, words, style::Tone::Plain).on_hover_text(tip);
    let reveal = if is_all { Action::ToggleBlind } else { Command::SetMask(None).into() };
    ui.button("Reveal").on_hover_text("Names and amounts").clicked().then_some(reveal)
}

/// How high the foot's line is, points.
const FOOT: f32 = 20.0;

/// The foot of the window: work that is going on, and what concerns everything.
#[must_use]
pub(super) fn foot_bar_ui(ui: &mut Ui, app: &mut App) -> Option<Action> {
    let mut action = None;
    let frame = style::panel_frame(ui).inner_margin(egui::Margin::symmetric(16, 1));
    Panel::bottom("foot").frame(frame).show(ui, |ui| {
        // Lower than a bar of controls: it is read, and seldom pressed.
        ui.spacing_mut().interact_size.y = FOOT;
        ui.spacing_mut().button_padding.y = 2.0;
        ui.horizontal(|ui| {
            if let Some(wish) = place_ui(ui, app) {
                action = Some(wish);
            }
            let words = app.work.words(ui.ctx()).or_else(|| app.editing.words(ui.ctx()));
            if let Some(words) = words {
                ui.spinner();
                ui.label(words);
                if ui.button("Cancel").clicked() {
                    action = Some(Action::Cancel);
                }
            } else {
                small_print_ui(ui, app);
                if let Some(words) = app.tray.as_ref().and_then(super::tray::Tray::waiting_words)
                    && ui
                        .link(words)
                        .on_hover_text("Show them again, to add them or to leave them out")
                        .clicked()
                {
                    action = Some(Action::ShowWaiting);
                }
                let open = app.history.place().open_rejects();
                if open > 0 {
                    let words = format!("{} to decide about", counted(open, "rejected row"));
                    if ui.link(words).on_hover_text("Mend them, or leave them out for a reason").clicked() {
                        action = Some(Action::ShowRejects);
                    }
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if let Some(wish) = keeping_sign_ui(ui, &app.keeping, app.history.is_changed()) {
                    action = Some(wish);
                }
                if !app.notices.passing_ui(ui, app.blind.words(), &mut action) {
                    weak_text(ui, "Nothing leaves this computer");
                }
            });
        });
    });
    action
}

/// A place without lines: what belongs here, and the ways to begin.
#[must_use]
pub(super) fn empty_place_ui(ui: &mut Ui) -> Option<Action> {
    let mut action = None;
    ui.vertical_centered(|ui| {
        ui.add_space(ui.available_height() * 0.22);
        ui.label(RichText::new("This place has no spending yet").text_style(style::title_style()));
        ui.add_space(space::S);
        ui.label(
            RichText::new("Drop the spending files of its agencies here: tidy CSV, or what they publish.")
                .color(Colors::of(ui).weak_text),
        );
        ui.add_space(space::XL);
        let width = 3.0 * 236.0 + 2.0 * space::L;
        ui.allocate_ui(vec2(width, 130.0), |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = space::L;
                for (title, text, verb, wish) in [
                    (
                        "Try the sample",
                        "West Cheshire, with illustrative lines.",
                        "Show the sample",
                        Action::OpenSample(0),
                    ),
                    (
                        "Drop your files",
                        "Anywhere on this window, or choose them.",
                        "Choose files",
                        Action::OpenDialog,
                    ),
                    ("Open a place", "A .ron file you or a colleague saved.", "Open", Action::OpenDialog),
                ] {
                    card(ui).show(ui, |ui| {
                        ui.vertical(|ui| {
                            ui.set_width(210.0);
                            ui.label(RichText::new(title).font(style::semibold(16.0)));
                            ui.label(RichText::new(text).color(Colors::of(ui).weak_text));
                            ui.add_space(space::S);
                            if ui.button(verb).clicked() {
                                action = Some(wish);
                            }
                        });
                    });
                }
            });
        });
    });
    action
}
