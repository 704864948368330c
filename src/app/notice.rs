use std::time::{Duration, Instant};

use egui::{Align2, Area, Frame, Id, Margin, RichText, Ui, vec2};

use super::action::Action;
use super::style::{Colors, Icon, Tone, icon_button, space};
use crate::figure::Blind;

/// How long a notice without bad news stays.
const STAYS: Duration = Duration::from_secs(6);

/// Something that happened, told in the corner; bad news stays until it is closed.
pub(super) struct Notice {
    tone: Tone,
    text: String,
    /// Further lines, shown smaller: the problems of a file.
    details: Vec<String>,
    /// A button that takes it back or goes on.
    offer: Option<(String, Action)>,
    since: Instant,
}

/// How many notices stand above one another; what cannot be read is listed in the ledger as well.
const MOST: usize = 6;

#[derive(Default)]
pub(super) struct Notices {
    shown: Vec<Notice>,
}

impl Notices {
    pub(super) fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.tell_all(tone, text, Vec::new(), None);
    }

    pub(super) fn tell_all(
        &mut self,
        tone: Tone,
        text: impl Into<String>,
        details: Vec<String>,
        offer: Option<(String, Action)>,
    ) {
        let text = text.into();
        self.shown.retain(|notice| notice.text != text);
        self.shown.push(Notice { tone, text, details, offer, since: Instant::now() });
        // Bad news is never pushed out by good.
        while self.shown.len() > MOST {
            let place = self.shown.iter().position(Notice::passes).unwrap_or(0);
            self.shown.remove(place);
        }
    }

    /// Whether something stands there until it is closed.
    pub(super) fn is_bad_news(&self) -> bool {
        self.shown.iter().any(|notice| !notice.passes())
    }

    /// Closes the newest; false where there is none.
    pub(super) fn close_newest(&mut self) -> bool {
        self.shown.pop().is_some()
    }

    /// In blind mode notices name nobody.
    pub(super) fn show(&mut self, ui: &mut Ui, blind: Option<&Blind>) -> Option<Action> {
        let now = Instant::now();
        self.shown.retain(|notice| !notice.passes() || now.duration_since(notice.since) < STAYS);
        if let Some(next) =
            self.shown.iter().filter(|notice| notice.passes()).map(|notice| notice.since + STAYS).min()
        {
            ui.ctx().request_repaint_after(next.saturating_duration_since(now));
        }
        let mut action = None;
        let mut closed = None;
        let corner = Area::new(Id::unique("notices")).anchor(Align2::RIGHT_BOTTOM, vec2(-space::L, -44.0));
        if !self.shown.is_empty() {
            corner.show(ui.ctx(), |ui| {
                for (index, notice) in self.shown.iter().enumerate() {
                    if notice.show(ui, blind, &mut action) {
                        closed = Some(index);
                    }
                    ui.add_space(space::S);
                }
            });
        }
        if let Some(index) = closed {
            self.shown.remove(index);
        }
        action
    }
}

impl Notice {
    fn passes(&self) -> bool {
        matches!(self.tone, Tone::Plain | Tone::Ok) && self.offer.is_none()
    }

    /// Shows the notice; true when it is to be closed.
    fn show(&self, ui: &mut Ui, blind: Option<&Blind>, action: &mut Option<Action>) -> bool {
        let said = |text: &str| blind.map_or_else(|| text.to_owned(), |blind| blind.say(text));
        let colors = Colors::of(ui);
        let (ground, ink) = match self.tone {
            Tone::Plain => (colors.raised, colors.text),
            Tone::Ok => (colors.ok_ground, colors.ok),
            Tone::Warning => (colors.warning_ground, colors.warning),
            Tone::Error => (colors.error_ground, colors.error),
        };
        let mut close = false;
        Frame::new()
            .fill(ground)
            .stroke(egui::Stroke::new(1.0, ink))
            .corner_radius(8)
            .shadow(ui.visuals().popup_shadow)
            .inner_margin(Margin::symmetric(14, 10))
            .show(ui, |ui| {
                ui.set_width(420.0);
                ui.horizontal_top(|ui| {
                    ui.vertical(|ui| {
                        ui.set_width(380.0);
                        ui.label(RichText::new(said(&self.text)).color(ink).strong());
                        for detail in &self.details {
                            ui.label(RichText::new(said(detail)).color(colors.text).small());
                        }
                        if let Some((words, offered)) = &self.offer
                            && ui.button(words).clicked()
                        {
                            *action = Some(offered.clone());
                            close = true;
                        }
                    });
                    close |= icon_button(ui, Icon::Close, "Close message").clicked();
                });
            });
        close
    }
}
