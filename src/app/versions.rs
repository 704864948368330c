//! Earlier versions of the place's file: shown, brought back as a step, opened as a copy.

use std::sync::Arc;

use egui::Context;

use super::App;
use super::action::Action;
use super::dialog::Dialog;
use super::style::Tone;
use super::version_list::{VersionList, VersionWish};

impl App {
    /// Shows the earlier versions of the place's file.
    pub(super) fn show_versions(&mut self, context: &Context) {
        let Some(file) = self.file.clone() else {
            let words = "This place is in no file yet; earlier versions are kept from its second save on";
            return self.notices.tell(Tone::Plain, words);
        };
        self.dialog = Some(Dialog::Versions(VersionList::default()));
        self.work.list_versions(file, context);
    }

    pub(super) fn do_of_version(&mut self, wish: VersionWish, context: &Context) {
        match wish {
            VersionWish::LookAt(path) => {
                self.work.look_at_version(path, self.history.place().clone(), context);
            }
            VersionWish::BringBack(looked_at) => {
                self.become_place("Bring back an earlier version".to_owned(), looked_at.place.clone());
                self.notices.tell(Tone::Ok, "The earlier version is back; undo returns to what was here");
            }
            VersionWish::Close => {}
            VersionWish::OpenCopy(looked_at) => {
                self.leave_place(Action::ShowCopy(Arc::new(looked_at.place.clone())), context);
            }
        }
    }
}
