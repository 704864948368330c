//! What pointing at the picture of themes and pressing it do: the figure says what is where, and what it is.

use egui::{
    CursorIcon, Id, Key, PointerButton, Response, RichText, Sense, Stroke, StrokeKind, Tooltip, Ui,
    WidgetInfo,
};

use crate::app::action::Action;
use crate::app::controls::Transform;
use crate::app::memo::{Memo, Remembered};
use crate::app::style;
use crate::app::style::Colors;
use crate::figure::{MarkId, SpotMeaning, ThemesFigure, ThemesSpot};
use crate::ledger::Filter;
use crate::money::in_full;
use crate::place::{Command, Place};
use crate::words::counted;

/// What happened to the spots of a frame, and what was pressed before.
#[derive(Default)]
pub(super) struct Hands {
    told: Memo<(u64, MarkId), SpotTold>,
    pressed: Option<PressedSpot>,
    /// The lines to go to in the next frame.
    drill: Option<(String, Filter)>,
    /// The column of the agency that is pointed at, in this frame and in the last.
    column: Option<usize>,
    pub(super) last_column: Option<usize>,
    /// Whether the charts of the years are to be opened as one.
    opens_years: bool,
    action: Option<Action>,
    /// What is pointed at or has the keyboard, in this frame and in the last: its lines, and what it is called.
    under: Option<(Filter, String)>,
    last_under: Remembered<(Filter, String)>,
}

/// The last press: pressing again takes it back, pressing twice at once opens it.
struct PressedSpot {
    meaning: SpotMeaning,
    before: Filter,
    after: Filter,
    /// Seconds since the window opened.
    at: f64,
}

/// Two presses within this are one that opens, in seconds.
const TWICE: f64 = 0.6;

/// What is told about a spot.
struct SpotTold {
    amount: String,
    facts: Vec<String>,
}

/// What every spot of a frame needs to know.
#[derive(Clone, Copy)]
pub(super) struct ThemesGround<'a> {
    pub(super) place: &'a Place,
    pub(super) revision: u64,
    pub(super) people: Option<u64>,
}

impl Hands {
    /// Ends a frame and says what was asked for.
    pub(super) fn let_go(&mut self, ui: &Ui, place: &Place, revision: u64) -> Option<Action> {
        let mut action = self.action.take();
        let pressed_twice = ui.input(|input| input.pointer.button_double_clicked(PointerButton::Primary));
        let now = ui.input(|input| input.time);
        if let Some(pressed) = self.pressed.take_if(|pressed| pressed_twice && now - pressed.at < TWICE)
            && place.view.filter == pressed.after
        {
            // The first press has narrowed the view; the second says that the lines were meant.
            let narrow = pressed.meaning.narrow(&pressed.before);
            self.drill = Some((pressed.meaning.title, narrow));
            action = Some(Command::SetFilter(pressed.before).into());
        } else if action.is_none() {
            action = self.drill.take().map(|(title, filter)| Action::Drill(title, filter));
        }
        if self.column != self.last_column {
            ui.ctx().request_repaint();
        }
        self.last_column = self.column.take();
        self.last_under.keep_if_any(revision, self.under.take());
        action
    }

    /// The lines that are pointed at, and what they are called.
    pub(super) fn pointed_lines(&self, revision: u64) -> Option<(Filter, String)> {
        self.last_under.at(revision).cloned()
    }

    /// Whether the heading of the years was pressed.
    pub(super) fn opens_years(&mut self) -> bool {
        std::mem::take(&mut self.opens_years)
    }

    /// Lets pointer and keyboard at everything in the picture that can be pressed.
    pub(super) fn reach(
        &mut self,
        ui: &Ui,
        ground: ThemesGround<'_>,
        page: &Response,
        drawn: &ThemesFigure,
        transform: Transform,
    ) {
        let at = ui.input(|input| input.pointer.hover_pos()).filter(|_| ui.rect_contains_pointer(page.rect));
        let under = at.and_then(|at| drawn.spot_at(transform.to_figure(at)));
        let filter = &ground.place.view.filter;
        let mut hovered = page.hovered().then(|| page.clone());
        let mut is_clicked = page.clicked();
        for spot in &drawn.spots {
            let response = self.control(ui, ground, spot, transform);
            let is_under = under.is_some_and(|under| under.mark == spot.mark);
            if is_under || response.has_focus() {
                self.under = Some((spot.meaning.narrow(filter), spot.meaning.title.clone()));
                self.column = spot.column.or(self.column);
                let colors = Colors::of(ui);
                let color = if response.has_focus() { colors.focus } else { colors.strong_outline };
                let ring = Stroke::new(2.0, color);
                ui.painter().rect_stroke(response.rect, 2.0, ring, StrokeKind::Inside);
            }
            is_clicked |= response.clicked_by(PointerButton::Primary);
            if response.hovered() {
                hovered = Some(response);
            }
        }
        let is_twice = ui.input(|input| input.pointer.button_double_clicked(PointerButton::Primary));
        if let Some(spot) = under {
            if is_clicked && !is_twice {
                self.press(filter, &spot.meaning, ui.input(|input| input.time));
            }
            if let Some(hovered) = hovered {
                ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
                self.tell(ground, Tooltip::for_enabled(&hovered).at_pointer(), spot);
            }
        }
    }

    /// A spot as a control: named for those who do not see it, reached by Tab, with a menu of its own.
    fn control(
        &mut self,
        ui: &Ui,
        ground: ThemesGround<'_>,
        spot: &ThemesSpot,
        transform: Transform,
    ) -> Response {
        let (filter, meaning) = (&ground.place.view.filter, &spot.meaning);
        let rect = transform.rect(spot.reach);
        let response = ui.interact(rect, Id::unique(("themes", spot.mark.0)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, meaning.said()));
        // What the pointer clicks is what the figure has there.
        if response.clicked() && !response.clicked_by(PointerButton::Primary) {
            if response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                self.action = Some(Action::Drill(meaning.title.clone(), meaning.narrow(filter)));
            } else {
                self.press(filter, meaning, ui.input(|input| input.time));
            }
        }
        response.context_menu(|ui| self.menu_ui(ui, filter, meaning));
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        if response.has_focus() && !ui.input(|input| input.pointer.is_moving()) {
            let tooltip =
                Tooltip::always_open(ui.ctx().clone(), response.layer_id, response.id, response.rect);
            self.tell(ground, tooltip, spot);
        }
        response
    }

    /// The heading of the years stands for all of their charts.
    pub(super) fn reach_years(&mut self, ui: &Ui, drawn: &ThemesFigure, transform: Transform) {
        let Some(heading) = drawn.years_heading else { return };
        let rect = transform.rect(heading);
        let response = ui.interact(rect, Id::unique(("themes", "years")), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Button, true, "Open the years as a chart"));
        if response.has_focus() || response.hovered() {
            let colors = Colors::of(ui);
            let color = if response.has_focus() { colors.focus } else { colors.strong_outline };
            ui.painter().rect_stroke(rect, 2.0, Stroke::new(2.0, color), StrokeKind::Outside);
        }
        if response.gained_focus() {
            response.scroll_to_me(None);
        }
        self.opens_years |= response.clicked();
        response
            .on_hover_cursor(CursorIcon::PointingHand)
            .on_hover_text("Opens the years as one chart, with axes");
    }

    fn press(&mut self, filter: &Filter, meaning: &SpotMeaning, at: f64) {
        let after = match &self.pressed {
            Some(pressed) if pressed.after == *filter && pressed.meaning.conditions == meaning.conditions => {
                pressed.before.clone()
            }
            _ if meaning.is_all_of(filter) => meaning.widen(filter),
            _ => meaning.narrow(filter),
        };
        self.action = Some(Command::SetFilter(after.clone()).into());
        self.pressed = Some(PressedSpot { meaning: meaning.clone(), before: filter.clone(), after, at });
    }

    fn menu_ui(&mut self, ui: &mut Ui, filter: &Filter, meaning: &SpotMeaning) {
        ui.set_min_width(220.0);
        let only = if meaning.is_all_of(filter) { "Show the rest again" } else { "Show only this" };
        let amount = in_full(meaning.amount.total());
        for (text, keys) in [("Show the lines", "Enter"), (only, "Space"), ("Copy the amount", "")] {
            if !ui.add(egui::Button::new(text).shortcut_text(keys)).clicked() {
                continue;
            }
            ui.close();
            match keys {
                "Enter" => self.action = Some(Action::Drill(meaning.title.clone(), meaning.narrow(filter))),
                "Space" => self.press(filter, meaning, 0.0),
                _ => {
                    self.action = Some(Action::Copy(amount.replace(['£', ','], "").replace('\u{2212}', "-")));
                }
            }
        }
    }

    /// Exact pennies, shares of what, lines and how well it is known.
    fn tell(&mut self, ground: ThemesGround<'_>, tooltip: Tooltip<'_>, spot: &ThemesSpot) {
        let told = &mut self.told;
        tooltip.gap(12.0).width(340.0).show(|ui| {
            let told = told.get((ground.revision, spot.mark), || tell(ground, &spot.meaning));
            let colors = Colors::of(ui);
            ui.spacing_mut().item_spacing.y = 3.0;
            ui.label(RichText::new(crate::figure::visible(&spot.meaning.title)).font(style::semibold(14.0)));
            ui.label(RichText::new(&told.amount).font(style::bold(18.0)));
            for fact in &told.facts {
                ui.label(RichText::new(fact).color(colors.weak_text).small());
            }
        });
    }
}

fn tell(ground: ThemesGround<'_>, of: &SpotMeaning) -> SpotTold {
    let mut facts = of.shares(ground.people);
    let cells = of.narrow(&ground.place.view.filter).resolve(&ground.place.ledger).cells(false);
    facts.push(counted(cells.line_count(), "line"));
    facts.extend(of.grades());
    SpotTold { amount: of.amount.in_full(), facts }
}
