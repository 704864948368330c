//! Who else pays for this: providers, cohorts and areas that two or more agencies spend on, as a list. Each entry
//! filters the rooms to its lines, and pressed again lets them all in.

use egui::{RichText, ScrollArea, Ui, Window};

use super::App;
use super::action::Action;
use super::controls::scroll_ui;
use super::memo::Memo;
use super::style::{Colors, semibold, space, weak_text};
use crate::flow::{PaidTogether, paid_together};
use crate::money::in_short;
use crate::place::Command;

/// The list, and whether it is open.
#[derive(Default)]
pub(super) struct WhoPays {
    pub(super) is_open: bool,
    /// By the revision of the shown place.
    list: Memo<u64, Vec<PaidTogether>>,
}

impl App {
    /// The list, while it is open; the filter that was asked for.
    pub(super) fn show_who_pays(&mut self, ui: &Ui) -> Option<Action> {
        // Before a room that is not to know who is who no list of names tells it.
        if !self.who_pays.is_open || self.blind.is_on() {
            return None;
        }
        let place = self.shown.place();
        let filter = &place.view.filter;
        // Whole while one of its entries is the filter, or it would be a list of one. So each entry takes the place of
        // the one before, and what it says is what is seen of it.
        let mut wide = filter.clone();
        for dimension in PaidTogether::DIMENSIONS {
            wide.set_only(dimension, [].into());
        }
        let list = self.who_pays.list.get(self.shown.revision(), || paid_together(&place.ledger, &wide));
        let (mut is_open, mut wanted) = (true, None);
        let right = ui.ctx().content_rect().right_top();
        Window::new("Who else pays for this?")
            .open(&mut is_open)
            .collapsible(false)
            .default_size([380.0, 420.0])
            .default_pos(right + egui::vec2(-420.0, 120.0))
            .show(ui.ctx(), |ui| {
                weak_text(ui, "What two or more agencies spend on. Press one to see its lines alone");
                ui.add_space(space::XS);
                if list.is_empty() {
                    ui.label("No provider, cohort or area has money of two agencies here.");
                }
                scroll_ui(ui, ScrollArea::vertical().auto_shrink(false), |ui| {
                    for together in list.iter() {
                        let narrow = together.only(&wide);
                        let is_chosen = *filter == narrow;
                        if entry_ui(ui, together, is_chosen) {
                            wanted = Some(if is_chosen { wide.clone() } else { narrow });
                        }
                    }
                });
            });
        self.who_pays.is_open = is_open;
        wanted.map(|filter| Command::SetFilter(filter).into())
    }
}

/// One of the list with what each agency pays; true where it is pressed.
fn entry_ui(ui: &mut Ui, together: &PaidTogether, is_chosen: bool) -> bool {
    let kind = together.dimension.title().to_lowercase();
    let words = format!("{}, {kind}: {}", together.name, in_short(together.amount));
    let words = RichText::new(words).font(semibold(13.0));
    let pressed = ui.add(egui::Button::selectable(is_chosen, words).truncate()).clicked();
    let payers: Vec<String> =
        together.by_agency.iter().map(|(agency, amount)| format!("{agency} {}", in_short(*amount))).collect();
    let payers = RichText::new(payers.join(" · ")).color(Colors::of(ui).weak_text).small();
    ui.add(egui::Label::new(payers).wrap());
    ui.add_space(space::XS);
    pressed
}
