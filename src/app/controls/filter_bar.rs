//! The filter over a picture, as chips to take away and names to tick; also the year switch and the choice of
//! colours.

use std::collections::BTreeSet;

use egui::{Popup, PopupCloseBehavior, RichText, ScrollArea, TextEdit, Ui};

use crate::app::action::Action;
use crate::app::style::{Colors, editable_chip, name_field, space, weak_label, weak_text};
use crate::app::view::View;
use crate::dimension::{Dimension, NameId};
use crate::figure::Blind;
use crate::ledger::{Filter, Keep};
use crate::place::{ColorBy, Command, Place};

/// What the filter bar remembers: the condition whose names are being chosen, and what was typed to find one.
#[derive(Default)]
pub(in crate::app) struct FilterBar {
    chooses: Option<(Dimension, Keep)>,
    text: String,
}

/// The filter as chips, a way to add one, and what the colors mean.
#[must_use]
pub(in crate::app) fn filter_bar_ui(
    ui: &mut Ui,
    place: &Place,
    view: &dyn View,
    bar: &mut FilterBar,
    blind: Option<&Blind>,
) -> Option<Action> {
    let said = |text: &str| blind.map_or_else(|| text.to_owned(), |blind| blind.say(text));
    let mut action = None;
    let filter = &place.view.filter;
    // A name of its own: the button's changes with the chips before it, and the popup would close on the first tick.
    let popup_id = egui::Id::unique("filter popup");
    let mut is_asked = false;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        for (index, condition) in filter.chips.iter().enumerate() {
            if is_year_switch(condition) {
                continue;
            }
            let words = said(&words_of(condition));
            let chip = editable_chip(ui, &words);
            if chip.cross.on_hover_text("Take this condition away").clicked() {
                let mut next = filter.clone();
                next.chips.remove(index);
                action = Some(Command::SetFilter(next).into());
            }
            if chip.words.on_hover_text("Choose other names").clicked() {
                bar.chooses = Some((condition.dimension, condition.keep));
                bar.text.clear();
                is_asked = true;
            }
        }
        if !filter.text.is_empty() {
            let chip = editable_chip(ui, &said(&format!("“{}”", filter.text)));
            if chip.cross.on_hover_text("Take this condition away").clicked() {
                action = Some(Command::SetFilter(Filter { text: String::new(), ..filter.clone() }).into());
            }
            if chip.words.on_hover_text("Search for something else").clicked() {
                action = Some(Action::FocusSearch);
            }
        }
        if let Some(wish) = view.chips_ui(ui, place, &said) {
            action = Some(wish);
        }
        let add = ui.button("+ Filter").on_hover_text("Show only some of the spending");
        let popup = Popup::menu(&add).id(popup_id);
        popup.close_behavior(PopupCloseBehavior::CloseOnClickOutside).show(|ui| {
            if let Some(next) = choose_ui(ui, place, bar, blind.is_some()) {
                action = Some(Command::SetFilter(next).into());
            }
        });
        if let Some(wish) = view.choices_ui(ui, place, &said) {
            action = Some(wish);
        }
    });
    if is_asked {
        Popup::open_id(ui.ctx(), popup_id);
    }
    action
}

/// One year alone is shown by the year switch, not as a chip.
fn is_year_switch(condition: &crate::ledger::Chip) -> bool {
    condition.dimension == Dimension::Year && condition.keep == Keep::Only && condition.names.len() == 1
}

fn words_of(condition: &crate::ledger::Chip) -> String {
    let names: Vec<&str> = condition.names.iter().map(String::as_str).collect();
    let names = match names[..] {
        [one] => one.to_owned(),
        [one, two] => format!("{one} or {two}"),
        _ => format!("{} {}", names.len(), condition.dimension.plural()),
    };
    let not = if condition.keep == Keep::Without { "not " } else { "" };
    format!("{}: {not}{names}", condition.dimension.title())
}

/// What the flows are colored by.
#[must_use]
pub(in crate::app) fn color_by_ui(ui: &mut Ui, color_by: ColorBy) -> Option<Action> {
    let mut chosen = color_by;
    let label = weak_text(ui, "Colour");
    egui::ComboBox::from_id_salt("color by")
        .selected_text(color_by.dimension().title())
        .width(110.0)
        .show_ui(ui, |ui| {
            for choice in ColorBy::ALL {
                if ui.selectable_value(&mut chosen, choice, choice.dimension().title()).clicked() {
                    ui.close();
                }
            }
        })
        .response
        .labelled_by(label.id);
    (chosen != color_by).then(|| Command::SetColorBy(chosen).into())
}

/// Choosing a dimension, then its names; each tick changes the filter at once.
fn choose_ui(ui: &mut Ui, place: &Place, bar: &mut FilterBar, is_blind: bool) -> Option<Filter> {
    ui.set_width(300.0);
    // Before a room that is not to know who is who no list of names tells it.
    bar.chooses = bar.chooses.filter(|(dimension, _)| !is_blind || !names_partners(*dimension));
    let Some((dimension, keep)) = bar.chooses else {
        ui.label(RichText::new("Filter by").strong());
        for dimension in Dimension::ALL {
            let count = place.ledger.names(dimension).len() - 1;
            let may_be_asked = !is_blind || !names_partners(dimension);
            if count > 0 && may_be_asked && ui.button(format!("{}  ({count})", dimension.title())).clicked() {
                bar.chooses = Some((dimension, Keep::Only));
                bar.text.clear();
            }
        }
        return None;
    };
    ui.horizontal(|ui| {
        if ui.button("Back").clicked() {
            bar.chooses = None;
        }
        let not = if keep == Keep::Without { ", without" } else { "" };
        ui.label(RichText::new(format!("{}{not}", dimension.title())).strong());
    });
    let search = ui.add(TextEdit::singleline(&mut bar.text).hint_text("Find").desired_width(f32::INFINITY));
    name_field(&search, &bar.text, "Find a name");
    names_ui(ui, place, (dimension, keep), &bar.text)
}

/// Whether the names of a dimension are those of partners, or tell who they are.
fn names_partners(dimension: Dimension) -> bool {
    use Dimension::{Agency, Funder, Provider, Sector, Supplier};
    matches!(dimension, Agency | Funder | Provider | Sector | Supplier)
}

fn names_ui(
    ui: &mut Ui,
    place: &Place,
    (dimension, keep): (Dimension, Keep),
    wanted: &str,
) -> Option<Filter> {
    let filter = &place.view.filter;
    let none = BTreeSet::new();
    let chosen = filter.names_of(dimension, keep).unwrap_or(&none);
    let wanted = wanted.to_lowercase();
    let names = place.ledger.names(dimension);
    let mut found: Vec<&str> =
        names.iter().filter(|(id, _)| *id != NameId::NOT_STATED).map(|(_, name)| name).collect();
    found.retain(|name| name.to_lowercase().contains(&wanted));
    found.sort_unstable();
    if names.len() > 1 && "not stated".contains(&wanted) {
        found.push(crate::dimension::Names::NOT_STATED);
    }
    let mut next = None;
    ScrollArea::vertical().max_height(300.0).show_rows(ui, 24.0, found.len(), |ui, rows| {
        for name in &found[rows] {
            let mut is_chosen = chosen.contains(*name);
            if ui.checkbox(&mut is_chosen, *name).changed() {
                let mut names = chosen.clone();
                if is_chosen {
                    names.insert((*name).to_owned());
                } else {
                    names.remove(*name);
                }
                let mut changed = filter.clone();
                changed.set(dimension, keep, names);
                next = Some(changed);
            }
        }
    });
    if found.is_empty() {
        ui.label(RichText::new("No such name").color(Colors::of(ui).weak_text));
    }
    next
}

/// What a year takes where it stands beside others, in points.
const YEAR: f32 = 82.0;

/// The years to switch between, and all of them.
#[must_use]
pub(in crate::app) fn year_switch_ui(ui: &mut Ui, place: &Place, room: f32) -> Option<Action> {
    let years = years_of(place);
    if years.is_empty() {
        return None;
    }
    let filter = &place.view.filter;
    let chosen = filter.names(Dimension::Year);
    let mut next: Option<Option<&str>> = None;
    // Many years are a list; few stand side by side, where there is room for them and for all of them together.
    if years.len() > 5 || (years.len() + 1) as f32 * YEAR > room {
        let text = match chosen.map(|chosen| chosen.iter().collect::<Vec<_>>()).as_deref() {
            None => "All years".to_owned(),
            Some([one]) => (*one).clone(),
            Some(several) => format!("{} years", several.len()),
        };
        let label = weak_label(ui, "Year", room > YEAR * 4.0);
        egui::ComboBox::from_id_salt("year")
            .selected_text(text)
            .width(110.0)
            .show_ui(ui, |ui| {
                if ui.selectable_label(chosen.is_none(), "All years").clicked() {
                    next = Some(None);
                    ui.close();
                }
                for year in years.iter().rev() {
                    let is_chosen = chosen.is_some_and(|chosen| chosen.contains(*year));
                    if ui.selectable_label(is_chosen, *year).clicked() {
                        next = Some(Some(year));
                        ui.close();
                    }
                }
            })
            .response
            .labelled_by(label.id);
    } else {
        // The bar is filled from the right: the last year first.
        for year in years.iter().rev() {
            let is_chosen = chosen.is_some_and(|chosen| chosen.contains(*year));
            if ui.selectable_label(is_chosen, *year).clicked() {
                next = Some(Some(year));
            }
        }
        if years.len() > 1 && ui.selectable_label(chosen.is_none(), "All years").clicked() {
            next = Some(None);
        }
    }
    next.map(|year| only_year(place, year).into())
}

/// The years that lines state, the first first.
pub(in crate::app) fn years_of(place: &Place) -> Vec<&str> {
    let names = place.ledger.names(Dimension::Year);
    let mut years: Vec<&str> =
        names.iter().filter(|(id, _)| *id != NameId::NOT_STATED).map(|(_, name)| name).collect();
    years.sort_unstable();
    years
}

/// Switches to a year, or to all of them.
pub(in crate::app) fn only_year(place: &Place, year: Option<&str>) -> Command {
    let mut changed = place.view.filter.clone();
    changed.set_only(Dimension::Year, year.map(str::to_owned).into_iter().collect());
    Command::SetFilter(changed)
}
