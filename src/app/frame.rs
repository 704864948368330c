//! A frame: what was finished between frames is taken in, the window is shown, and what was wished for is done.

use egui::{CentralPanel, Context, Panel, Ui};

use super::action::Action;
use super::command_palette::PaletteOutcome;
use super::dialog::Answer;
use super::{App, bars, blind, keys, style};

impl App {
    /// Between frames: takes in finished work and dropped files, and keeps the window from closing on changes.
    pub fn between_frames(&mut self, context: &Context) {
        let is_lost = self.stand_up_after_lost_picture(context);
        self.fell_between = self.guarded(|app| app.go_on(context)).is_none() || is_lost;
        self.tell_of_faults();
    }

    fn go_on(&mut self, context: &Context) {
        self.collect_finished_work(context);
        self.go_on_closing(context);
        self.go_on_editing();
        self.tell_of_given_up();
        self.go_on_keeping();
        self.go_on_bringing_back(context);
        if let Some(tray) = &mut self.tray {
            tray.go_on(context);
            if tray.adds_when_read && !tray.is_working() {
                tray.adds_when_read = false;
                self.add_tray();
            }
        }
        self.shown.follow(&self.history, context);
        keys::take_dropped_files(self, context);
        keys::guard_closing(self, context);
        keys::keep_title(self, context);
    }

    /// One frame: shows the window and does what was asked for.
    pub fn frame(&mut self, ui: &mut Ui) {
        if self.has_fallen() {
            self.guarded(|app| app.plain_screen_ui(ui));
            return;
        }
        let context = ui.ctx().clone();
        let shown = self.guarded(|app| {
            let action = app.show(ui);
            app.act(action, &context);
        });
        if shown.is_some() && !self.fell_between {
            self.falls = 0;
        }
    }

    /// Shows the window and returns what was asked for, at most one thing a frame.
    fn show(&mut self, ui: &mut Ui) -> Option<Action> {
        self.shown.follow(&self.history, ui.ctx());
        self.blind.follow(&self.shown);
        if self.presenting.is_some() {
            return self.show_presentation(ui);
        }
        let mut action = keys::pressed(ui, self);
        // One wish a frame, the first: two of them might not both make sense of the place as it is.
        let mut wish = |wished: Option<Action>| {
            if action.is_none() {
                action = wished;
            }
        };
        if self.is_in_big_room() {
            // What went wrong is said there as well.
            wish(self.notices.standing_ui(ui, self.blind.words()));
            wish(self.show_big_room(ui));
        } else {
            wish(self.show_desk(ui));
        }
        wish(self.show_captured(ui));
        wish(self.show_history(ui));
        wish(self.show_who_pays(ui));
        wish(self.show_tray(ui));
        keys::drop_hint_ui(ui, self);
        wish(self.show_dialog(ui));
        wish(self.show_offer(ui));
        wish(self.show_palette(ui));
        action
    }

    /// A screen with its bars, and the table behind it.
    fn show_desk(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut action = bars::top_bar_ui(ui, self);
        action = action.or(bars::foot_bar_ui(ui, self));
        action = action.or(self.notices.standing_ui(ui, self.blind.words()));
        if self.table_is_open && self.divided_by().is_some() {
            action = action.or(self.show_table(ui));
        }
        let frame = style::plain_panel_frame(ui);
        let shown = CentralPanel::default().frame(frame).show(ui, |ui| self.show_screen(ui));
        action.or(shown.inner)
    }

    fn show_screen(&mut self, ui: &mut Ui) -> Option<Action> {
        if self.here().is_none() {
            return bars::empty_place_ui(ui);
        }
        if self.blind.is_on() {
            // Taken out for as long as it is shown, as the screen needs the rest of the window.
            let mut blind = std::mem::take(&mut self.blind);
            let screen = self.trail.here().screen;
            let action = self
                .here()
                .and_then(|(view, shown)| blind::blind_view_ui(ui, &shown, screen, view, &mut blind));
            self.blind = blind;
            return action;
        }
        let (view, shown) = self.here()?;
        view.show(ui, &shown)
    }

    fn show_table(&mut self, ui: &mut Ui) -> Option<Action> {
        let frame = style::panel_frame(ui);
        // What a wide screen can spare, the names of the table need.
        let width = (ui.available_width() * 0.36).clamp(420.0, 720.0);
        let panel = Panel::right("table behind").frame(frame).default_size(width).size_range(280.0..=900.0);
        panel.show(ui, |ui| self.show_table_behind(ui)).inner
    }

    fn show_table_behind(&mut self, ui: &mut Ui) -> Option<Action> {
        if self.blind.is_on() {
            let by = self.divided_by()?;
            blind::blind_table_ui(ui, self.shown.revision(), &by, &mut self.blind);
            return None;
        }
        let mut table = std::mem::take(&mut self.table);
        let action = self.here().and_then(|(view, shown)| view.table_ui(ui, &shown, &mut table));
        self.table = table;
        action
    }

    fn show_dialog(&mut self, ui: &mut Ui) -> Option<Action> {
        let dialog = self.dialog.as_mut()?;
        match dialog.show(ui, &self.recent) {
            Answer::Open => None,
            Answer::Wish(action) => Some(action),
            Answer::Browse => {
                self.work.browse(dialog, ui.ctx());
                None
            }
            Answer::Closed(action) => {
                self.answered = self.dialog.take().filter(|dialog| dialog.has_path() && action.is_some());
                if action.is_none() {
                    self.forget_what_follows();
                }
                action
            }
        }
    }

    /// What was left behind, when nothing else is asked.
    fn show_offer(&mut self, ui: &mut Ui) -> Option<Action> {
        if self.dialog.is_some() || self.palette.is_some() {
            return None;
        }
        let (action, is_done) = self.offer.as_mut()?.show(ui, self.blind.words());
        if is_done {
            self.offer = None;
        }
        action
    }

    fn show_palette(&mut self, ui: &mut Ui) -> Option<Action> {
        match self.palette.as_mut()?.show(ui) {
            PaletteOutcome::Open => None,
            PaletteOutcome::Closed(action) => {
                self.palette = None;
                action
            }
        }
    }

    /// Carries out a wish and lets the next frame show it.
    pub(super) fn act(&mut self, action: Option<Action>, context: &Context) {
        if let Some(action) = action {
            self.perform(action, context);
            context.request_repaint();
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, context: &Context, _frame: &mut eframe::Frame) {
        self.between_frames(context);
    }

    fn ui(&mut self, ui: &mut Ui, _frame: &mut eframe::Frame) {
        self.frame(ui);
    }
}
