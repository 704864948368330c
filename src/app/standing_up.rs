//! A fault of the program within a frame: the window goes on with the place as it is, all that screens remember
//! forgotten; where the same comes again and again, a plain screen with the way out.

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::{CentralPanel, Context, Id, RichText, Ui};

use super::App;
use super::action::Action;
use super::blind::BlindView;
use super::controls::{FilterBar, TablePanel};
use super::style::{self, Tone, space, weak_text};
use crate::store;

/// So many frames may fail one after the other before the plain screen comes.
/// The first may be a screen's memory, which is forgotten; the second what was asked for. A third is the place itself.
const MOST_IN_A_ROW: u32 = 3;

/// Under which the toolkit keeps for the window that a picture was lost.
const LOST: &str = "a picture was lost";

/// Tells the window that what it showed last was not painted, through a fault outside its frames.
pub(super) fn lose_picture(context: &Context) {
    context.data_mut(|data| data.insert_temp(Id::unique(LOST), true));
    context.request_repaint();
}

/// Whether a picture was lost since this was last asked.
pub(super) fn takes_lost_picture(context: &Context) -> bool {
    context.data_mut(|data| data.remove_temp::<bool>(Id::unique(LOST))).unwrap_or_default()
}

impl App {
    /// What was shown could not be painted: it may be what a screen remembers.
    pub(super) fn stand_up_after_lost_picture(&mut self, context: &Context) -> bool {
        let is_lost = takes_lost_picture(context);
        // The plain screen has nothing to forget.
        if is_lost && !self.has_fallen() {
            self.stand_up(self.blind.is_all());
        }
        is_lost
    }

    /// Does something for the window; a fault in it is the end of that alone.
    pub(super) fn guarded<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> Option<T> {
        // What a fault leaves half done is what screens remember, and that is forgotten; the place changes as a whole
        // or not at all.
        let is_blind = self.blind.is_all();
        let done = catch_unwind(AssertUnwindSafe(|| work(self))).ok();
        if done.is_none() {
            self.stand_up(is_blind);
        }
        done
    }

    fn stand_up(&mut self, is_blind: bool) {
        self.falls += 1;
        self.views.start_afresh();
        self.shown.start_afresh();
        self.dialog = None;
        self.answered = None;
        self.palette = None;
        self.forget_what_follows();
        self.filter_bar = FilterBar::default();
        self.table = TablePanel::default();
        self.blind = BlindView::default();
        // Who was not to be known is not to be known now.
        if is_blind {
            self.blind.toggle();
        }
        self.tell_of_faults();
        self.tell_of_a_fault(None);
        self.context.request_repaint();
    }

    /// Tells of faults on other threads too.
    pub(super) fn tell_of_faults(&mut self) {
        for fault in store::untold_faults() {
            self.tell_of_a_fault(fault.report.as_deref());
        }
    }

    fn tell_of_a_fault(&mut self, report: Option<&std::path::Path>) {
        let words = "Something stopped through a fault of the program; the place is as it was, and the window goes on";
        let details =
            report.map(|path| format!("A report, with nothing of the place in it, is in {}", path.display()));
        // The one that says where the report is stays.
        if details.is_some() || !self.notices.is_told(words) {
            self.notices.tell_all(Tone::Error, words, details.into_iter().collect(), Vec::new());
        }
    }

    /// Whether the window cannot be shown as it is.
    pub(super) fn has_fallen(&self) -> bool {
        self.falls >= MOST_IN_A_ROW
    }

    /// A window with nothing in it that can fail: what has happened, and the ways on.
    pub(super) fn plain_screen_ui(&mut self, ui: &mut Ui) {
        let frame = style::plain_panel_frame(ui);
        let mut action = None;
        CentralPanel::default().frame(frame).show(ui, |ui| {
            ui.add_space(ui.available_height() * 0.25);
            ui.vertical_centered(|ui| {
                ui.label(RichText::new("This view cannot be shown").font(style::semibold(18.0)));
                weak_text(ui, "A fault of the program; the place itself is as it was after your last step.");
                ui.add_space(space::L);
                if ui.button("Try again").clicked() {
                    self.falls = 0;
                }
                if ui.button("Undo the last step").clicked() {
                    self.falls = 0;
                    action = Some(Action::Undo);
                }
                if ui.button("Show the lines").clicked() {
                    self.falls = 0;
                    action = Some(Action::Show(super::screens::LINES));
                }
                if self.file.is_some() && ui.button("Save").clicked() {
                    action = Some(Action::Save);
                }
            });
        });
        let context = ui.ctx().clone();
        self.act(action, &context);
    }
}

#[cfg(test)]
mod tests {
    use egui_kittest::Harness;
    use egui_kittest::kittest::Queryable as _;

    use super::*;

    #[test]
    fn faults_one_after_the_other_lead_to_a_plain_screen_with_ways_on() {
        let frame = |ui: &mut Ui, app: &mut Option<App>| {
            let context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&context, Vec::new(), None));
            app.between_frames(&context);
            app.frame(ui);
        };
        let mut harness = Harness::builder()
            .with_size([1024.0, 768.0])
            .with_context_setup(style::install)
            .build_ui_state(frame, None);
        harness.run_steps(2);
        // Pictures that were lost outside its frames, each after one that was shown as it should be.
        let is_plain = |harness: &Harness<'_, Option<App>>| {
            harness.query_by_label("This view cannot be shown").is_some()
        };
        for lost in 1..=MOST_IN_A_ROW {
            lose_picture(&harness.ctx);
            harness.run_steps(1);
            assert_eq!(is_plain(&harness), lost == MOST_IN_A_ROW, "{lost} lost");
        }
        harness.get_by_label("Try again").click();
        harness.run_steps(3);
        assert!(!is_plain(&harness));
        let fall = |harness: &mut Harness<'_, Option<App>>, times: u32| {
            let app = harness.state_mut().as_mut().unwrap();
            for _ in 0..times {
                let fallen: Option<()> = app.guarded(|_| panic!("a fault as any other"));
                assert!(fallen.is_none());
            }
            harness.run_steps(2);
        };
        fall(&mut harness, MOST_IN_A_ROW - 1);
        assert!(
            harness.query_by_label("This view cannot be shown").is_none(),
            "a frame that is shown begins anew"
        );
        fall(&mut harness, MOST_IN_A_ROW);
        harness.get_by_label("Try again").click();
        harness.run_steps(2);
        assert!(harness.query_by_label("This view cannot be shown").is_none());
        let told = |node: &egui_kittest::kittest::AccessKitNode<'_>| {
            [node.label(), node.value()]
                .into_iter()
                .flatten()
                .any(|text| text.contains("a fault of the program"))
        };
        assert!(harness.query_all(egui_kittest::kittest::By::new().predicate(told)).next().is_some());
    }
}
