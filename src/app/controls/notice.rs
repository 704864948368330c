//! What has happened, told at the foot of the window: good news passes, bad news stays until it is closed. A
//! notice lies over nothing.

use std::time::{Duration, Instant};

use egui::{Align, Color32, Frame, Label, Layout, Margin, Panel, RichText, ScrollArea, Ui};

use super::scroll_ui;
use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{Colors, Icon, Tone, icon_button};
use crate::figure::Blind;

/// How long a notice without bad news stays.
/// Long enough to read two lines; whoever missed it finds the step under Undo.
const STAYS: Duration = Duration::from_secs(6);

/// How long one stays that offers something to do.
const OFFERS_STAY: Duration = Duration::from_secs(15);

/// Something that happened, told at the foot of the window; bad news stays until it is closed.
pub(super) struct Notice {
    tone: Tone,
    text: String,
    /// Further lines, shown smaller: the problems of a file.
    details: Vec<String>,
    /// Buttons that take it back or go on, the likeliest first.
    offers: Vec<(String, Action)>,
    since: Instant,
}

/// How many notices stand above one another; what cannot be read is listed in the ledger as well.
/// With more of them the picture would be gone.
const MOST: usize = 6;

#[derive(Default)]
pub(in crate::app) struct Notices {
    shown: Vec<Notice>,
}

impl Notices {
    pub(in crate::app) fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.tell_all(tone, text, Vec::new(), Vec::new());
    }

    pub(in crate::app) fn tell_all(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        details: Vec<String>,
        offers: Vec<(String, Action)>,
    ) {
        let text = text.into();
        self.shown.retain(|notice| notice.text != text);
        let notice = Notice { tone, text, details, offers, since: Instant::now() };
        // Of what passes the newest is seen.
        if notice.passes() {
            self.shown.retain(|earlier| !earlier.passes());
        }
        self.shown.push(notice);
        // Bad news is never pushed out by good.
        while self.shown.len() > MOST {
            let place = self.shown.iter().position(Notice::passes).unwrap_or(0);
            self.shown.remove(place);
        }
    }

    /// Whether something stands there until it is closed.
    pub(in crate::app) fn is_bad_news(&self) -> bool {
        self.shown.iter().any(|notice| !notice.passes())
    }

    /// Whether this stands there.
    pub(in crate::app) fn is_told(&self, text: &str) -> bool {
        self.shown.iter().any(|notice| notice.text == text)
    }

    /// Closes the newest; false where there is none.
    pub(in crate::app) fn close_newest(&mut self) -> bool {
        self.shown.pop().is_some()
    }

    /// Whether the foot of the window says what has just happened.
    pub(in crate::app) fn is_passing(&self) -> bool {
        self.shown.iter().any(Notice::passes)
    }

    /// What has just happened, in the foot of the window, where it lies over nothing; false where nothing has.
    ///
    /// In blind mode notices name nobody.
    pub(in crate::app) fn passing_ui(
        &mut self,
        ui: &mut Ui,
        blind: Option<&Blind>,
        action: &mut Option<Action>,
    ) -> bool {
        let now = Instant::now();
        self.shown.retain(|notice| !notice.passes() || now < notice.until());
        let Some(place) = self.shown.iter().rposition(Notice::passes) else { return false };
        let newest = &self.shown[place];
        ui.ctx().request_repaint_after(newest.until().saturating_duration_since(now));
        let mut is_done = false;
        // The bar is filled from the right.
        for (words, offered) in newest.offers.iter().rev() {
            if ui.button(said(words, blind)).clicked() {
                *action = Some(offered.clone());
                is_done = true;
            }
        }
        let text = RichText::new(said(&newest.text, blind)).color(newest.inks(ui).1).strong();
        let details: Vec<String> = newest.details.iter().map(|detail| said(detail, blind)).collect();
        let label = ui.add(Label::new(text).truncate());
        if !details.is_empty() {
            label.on_hover_text(details.join("\n"));
        }
        if is_done {
            self.shown.remove(place);
        }
        true
    }

    /// What stands until it is closed, above the foot; the picture has the room that is left.
    #[must_use]
    pub(in crate::app) fn standing_ui(&mut self, ui: &mut Ui, blind: Option<&Blind>) -> Option<Action> {
        if !self.shown.iter().any(|notice| !notice.passes()) {
            return None;
        }
        let mut action = None;
        let mut closed = None;
        let most = ui.available_height() * 0.4;
        Panel::bottom("notices").frame(style::plain_panel_frame(ui)).show(ui, |ui| {
            scroll_ui(ui, ScrollArea::vertical().max_height(most).min_scrolled_height(most), |ui| {
                for (index, notice) in self.shown.iter().enumerate().filter(|(_, notice)| !notice.passes()) {
                    if notice.show(ui, blind, &mut action) {
                        closed = Some(index);
                    }
                }
            });
        });
        if let Some(index) = closed {
            self.shown.remove(index);
        }
        action
    }
}

fn said(text: &str, blind: Option<&Blind>) -> String {
    blind.map_or_else(|| text.to_owned(), |blind| blind.say(text))
}

impl Notice {
    fn passes(&self) -> bool {
        matches!(self.tone, Tone::Plain | Tone::Ok)
    }

    fn until(&self) -> Instant {
        self.since + if self.offers.is_empty() { STAYS } else { OFFERS_STAY }
    }

    /// The colors of its ground and its words.
    fn inks(&self, ui: &Ui) -> (Color32, Color32) {
        let colors = Colors::of(ui);
        match self.tone {
            Tone::Plain => (colors.raised, colors.text),
            Tone::Ok => (colors.ok_ground, colors.ok),
            Tone::Warning => (colors.warning_ground, colors.warning),
            Tone::Error => (colors.error_ground, colors.error),
        }
    }

    /// Shows the notice; true when it is to be closed.
    fn show(&self, ui: &mut Ui, blind: Option<&Blind>, action: &mut Option<Action>) -> bool {
        let (ground, ink) = self.inks(ui);
        let mut close = false;
        Frame::new().fill(ground).inner_margin(Margin::symmetric(16, 6)).show(ui, |ui| {
            ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                close |= icon_button(ui, Icon::Close, "Close message").clicked();
                ui.with_layout(Layout::top_down(Align::Min), |ui| {
                    ui.add_space(3.0);
                    ui.label(RichText::new(said(&self.text, blind)).color(ink).strong());
                    for detail in &self.details {
                        let text = RichText::new(said(detail, blind)).color(Colors::of(ui).text).small();
                        ui.label(text);
                    }
                    if !self.offers.is_empty() {
                        ui.horizontal_wrapped(|ui| {
                            for (words, offered) in &self.offers {
                                if ui.button(said(words, blind)).clicked() {
                                    *action = Some(offered.clone());
                                    close = true;
                                }
                            }
                        });
                    }
                });
            });
        });
        close
    }
}
