//! What a shape of the themes view stands for, and what pointing at it and pressing it do.

use std::collections::BTreeSet;

use egui::{
    CursorIcon, Id, Key, Rect, Response, RichText, Sense, Stroke, StrokeKind, Tooltip, Ui, WidgetInfo,
};

use crate::app::action::Action;
use crate::app::memo::Memo;
use crate::app::style;
use crate::app::style::Colors;
use crate::dimension::Dimension;
use crate::flow::breakdown::{Grade, Graded};
use crate::ledger::Filter;
use crate::money::{Money, Share, in_full, in_short, percent};
use crate::place::{Command, Place};
use crate::words::{counted, thousands};

/// A theme, an agency, or where two meet: what it is called, which lines it is, and what it is a share of.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// "Cheshire Police: Living Well".
    pub(super) title: String,
    pub(super) conditions: Vec<(Dimension, BTreeSet<String>)>,
    pub(super) amount: Graded,
    /// Amounts it is a part of, with what they are called.
    pub(super) wholes: Vec<(Money, String)>,
}

impl Spot {
    /// What is read aloud.
    fn name(&self) -> String {
        let share = self.wholes.first().and_then(|(whole, name)| {
            Some(format!(", {} of {name}", percent(Share::of(self.amount.total(), *whole)?)))
        });
        format!("{}, {}{}", self.title, in_full(self.amount.total()), share.unwrap_or_default())
    }

    /// The filter with nothing but these lines left.
    pub(super) fn narrow(&self, filter: &Filter) -> Filter {
        let mut next = filter.clone();
        for (dimension, names) in &self.conditions {
            next.set_only(*dimension, names.clone());
        }
        next
    }

    fn is_all_of(&self, filter: &Filter) -> bool {
        self.conditions.iter().all(|(dimension, names)| filter.names(*dimension) == Some(names))
    }

    /// The filter without these conditions.
    fn widen(&self, filter: &Filter) -> Filter {
        let mut next = filter.clone();
        for (dimension, _) in &self.conditions {
            next.set_only(*dimension, BTreeSet::new());
        }
        next
    }
}

/// What happened to the spots of a frame, and what was pressed before.
#[derive(Default)]
pub(super) struct Hands {
    told: Memo<(u64, Id), Told>,
    pressed: Option<Pressed>,
    /// The lines to go to in the next frame.
    drill: Option<(String, Filter)>,
    /// The agency that is pointed at, in this frame and in the last.
    agency: Option<usize>,
    pub(super) last_agency: Option<usize>,
    action: Option<Action>,
    /// What is pointed at or has the keyboard, in this frame and in the last: its lines, and what it is called.
    under: Option<(Filter, String)>,
    last_under: Option<(Filter, String)>,
}

/// The last press: pressing again takes it back, pressing twice at once opens it.
struct Pressed {
    spot: Spot,
    before: Filter,
    after: Filter,
    /// Seconds since the window opened.
    at: f64,
}

/// Two presses within this are one that opens, in seconds.
const TWICE: f64 = 0.6;

/// What is told about a spot.
struct Told {
    amount: String,
    facts: Vec<String>,
}

/// What every spot of a frame needs to know.
#[derive(Clone, Copy)]
pub(super) struct Ground<'a> {
    pub(super) place: &'a Place,
    pub(super) revision: u64,
    pub(super) people: Option<u64>,
}

impl Hands {
    /// Ends a frame and says what was asked for.
    pub(super) fn let_go(&mut self, ui: &Ui, place: &Place) -> Option<Action> {
        let mut action = self.action.take();
        let pressed_twice =
            ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary));
        let now = ui.input(|input| input.time);
        if let Some(pressed) = self.pressed.take_if(|pressed| pressed_twice && now - pressed.at < TWICE)
            && place.view.filter == pressed.after
        {
            // The first press has narrowed the view; the second says that the lines were meant.
            self.drill = Some((pressed.spot.title.clone(), pressed.spot.narrow(&pressed.before)));
            action = Some(Command::SetFilter(pressed.before).into());
        } else if action.is_none() {
            action = self.drill.take().map(|(title, filter)| Action::Drill(title, filter));
        }
        if self.agency != self.last_agency {
            ui.ctx().request_repaint();
        }
        self.last_agency = self.agency.take();
        self.last_under = self.under.take();
        action
    }

    /// The lines that are pointed at, and what they are called.
    pub(super) fn pointed_lines(&self) -> Option<(Filter, String)> {
        self.last_under.clone()
    }

    /// Lets pointer and keyboard at a spot.
    pub(super) fn reach(
        &mut self,
        ui: &Ui,
        ground: Ground<'_>,
        rect: Rect,
        id: Id,
        spot: &Spot,
        agency: Option<usize>,
    ) -> Response {
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, spot.name()));
        let filter = &ground.place.view.filter;
        if response.clicked() {
            let enter = response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            if enter {
                self.action = Some(Action::Drill(spot.title.clone(), spot.narrow(filter)));
            } else if !ui.input(|input| input.pointer.button_double_clicked(egui::PointerButton::Primary)) {
                self.press(filter, spot, ui.input(|input| input.time));
            }
        }
        response.context_menu(|ui| self.menu_ui(ui, filter, spot));
        if response.hovered() || response.has_focus() {
            self.under = Some((spot.narrow(filter), spot.title.clone()));
            self.agency = agency.or(self.agency);
            let colors = Colors::of(ui);
            let color = if response.has_focus() { colors.focus } else { colors.strong_outline };
            ui.painter().rect_stroke(rect, 2.0, Stroke::new(2.0, color), StrokeKind::Inside);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.hovered() {
            ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
        }
        self.tell(ui, ground, &response, spot);
        response
    }

    fn press(&mut self, filter: &Filter, spot: &Spot, at: f64) {
        let after = match &self.pressed {
            Some(pressed) if pressed.after == *filter && pressed.spot.conditions == spot.conditions => {
                pressed.before.clone()
            }
            _ if spot.is_all_of(filter) => spot.widen(filter),
            _ => spot.narrow(filter),
        };
        self.action = Some(Command::SetFilter(after.clone()).into());
        self.pressed = Some(Pressed { spot: spot.clone(), before: filter.clone(), after, at });
    }

    fn menu_ui(&mut self, ui: &mut Ui, filter: &Filter, spot: &Spot) {
        ui.set_min_width(220.0);
        let only = if spot.is_all_of(filter) { "Show the rest again" } else { "Show only this" };
        let amount = in_full(spot.amount.total());
        for (text, keys) in [("Show the lines", "Enter"), (only, "Space"), ("Copy the amount", "")] {
            if !ui.add(egui::Button::new(text).shortcut_text(keys)).clicked() {
                continue;
            }
            ui.close();
            match keys {
                "Enter" => self.action = Some(Action::Drill(spot.title.clone(), spot.narrow(filter))),
                "Space" => self.press(filter, spot, 0.0),
                _ => {
                    self.action = Some(Action::Copy(amount.replace(['£', ','], "").replace('\u{2212}', "-")));
                }
            }
        }
    }

    /// Exact pennies, shares of what, lines and how well it is known: at the pointer, or below what has the keyboard.
    fn tell(&mut self, ui: &Ui, ground: Ground<'_>, response: &Response, spot: &Spot) {
        let by_keyboard = response.has_focus() && !ui.input(|input| input.pointer.is_moving());
        let tooltip = if by_keyboard {
            Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, response.rect)
        } else {
            Tooltip::for_enabled(response).at_pointer()
        };
        let told = &mut self.told;
        tooltip.gap(12.0).width(340.0).show(|ui| {
            let told = told.get((ground.revision, response.id), || tell(ground, spot));
            let colors = Colors::of(ui);
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.label(RichText::new(crate::figure::visible(&spot.title)).font(style::semibold(14.0)));
            ui.label(RichText::new(&told.amount).font(style::bold(18.0)));
            for fact in &told.facts {
                ui.label(RichText::new(fact).color(colors.weak_text).small());
            }
        });
    }
}

fn tell(ground: Ground<'_>, spot: &Spot) -> Told {
    let amount = spot.amount.total();
    let mut facts: Vec<String> = spot
        .wholes
        .iter()
        .filter_map(|(whole, name)| Some(format!("{} of {name}", percent(Share::of(amount, *whole)?))))
        .collect();
    facts.dedup();
    if let Some(people) = ground.people {
        let head = amount.per(people);
        facts.push(format!("{} for each of {} people", in_full(head), thousands(people)));
    }
    let cells = spot.narrow(&ground.place.view.filter).resolve(&ground.place.ledger).cells(false);
    let count = cells.line_count();
    facts.push(counted(count, "line"));
    for (grade, part) in spot.amount.parts().filter(|(grade, _)| *grade != Grade::Firm) {
        let share = Share::of(part, amount).map(percent).unwrap_or_default();
        facts.push(format!("{share} is {}, {}", grade.word(), in_short(part)));
    }
    Told { amount: in_full(amount), facts }
}
