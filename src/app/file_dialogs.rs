//! Questions about the place's file: somebody else has it open, or has saved it meanwhile.

use std::sync::Arc;

use egui::{Response, RichText, Ui};

use super::action::Action;
use super::opening::{OpenRequest, OpenWay};
use super::save_request::Meanwhile;
use super::style::{primary_button, space, weak_text};
use super::version_list::changes_ui;
use crate::place::PartChange;

/// Gives a button the keyboard where nothing has it, so that Enter and Space press it.
pub(super) fn take_focus(ui: &Ui, button: &Response) {
    if ui.memory(|memory| memory.focused().is_none()) {
        button.request_focus();
    }
}

/// What was chosen.
pub(super) enum FileDialogAnswer {
    /// Nothing yet.
    Open,
    Cancel,
    Take(Box<Action>),
}

/// Somebody else has it open: it can be looked at, or worked on as a copy.
pub(super) fn in_use_ui(
    ui: &mut Ui,
    words: &str,
    request: &OpenRequest,
    can_take_over: bool,
) -> FileDialogAnswer {
    let mut choice = FileDialogAnswer::Open;
    ui.heading("This place is open elsewhere");
    ui.add_space(space::S);
    ui.label(words);
    ui.add_space(space::M);
    let again = |way| Action::Open(OpenRequest { way, ..request.clone() });
    ui.horizontal(|ui| {
        let read = primary_button(ui, "Open to read");
        take_focus(ui, &read);
        if read.clicked() {
            choice = FileDialogAnswer::Take(Box::new(again(OpenWay::Read)));
        }
        if ui.button("Open a copy").clicked() {
            choice = FileDialogAnswer::Take(Box::new(again(OpenWay::Copy)));
        }
        if can_take_over && ui.button("Nobody has it open").clicked() {
            choice = FileDialogAnswer::Take(Box::new(again(OpenWay::TakeOver)));
        }
        if ui.button("Cancel").clicked() {
            choice = FileDialogAnswer::Cancel;
        }
    });
    choice
}

/// The file was saved by somebody else since it was opened here.
pub(super) fn changed_ui(ui: &mut Ui, meanwhile: &Arc<Meanwhile>) -> FileDialogAnswer {
    let mut choice = FileDialogAnswer::Open;
    ui.heading("The file has changed meanwhile");
    ui.add_space(space::S);
    ui.label(format!(
        "{} was saved by somebody else since you opened it. Nothing was written.",
        meanwhile.path.display()
    ));
    ui.add_space(space::S);
    ui.label(&meanwhile.sizes);
    let merge = meanwhile.merge.as_ref();
    if let Some(merge) = merge {
        ui.label(RichText::new(merge.words()).strong());
        let words = |text: &str| if text.is_empty() { "as it was".to_owned() } else { text.to_owned() };
        let line = |change: &PartChange| {
            let both = if change.is_conflict { "Both: " } else { "" };
            format!("{both}{}. They: {}. You: {}.", change.part, words(&change.theirs), words(&change.mine))
        };
        changes_ui(ui, merge.changes.iter().map(line));
    } else {
        weak_text(ui, "From what is here to what the file holds:");
        let line = |change: &PartChange| format!("{}: {}", change.part, change.theirs);
        changes_ui(ui, meanwhile.differences.iter().map(line));
    }
    ui.add_space(space::M);
    ui.horizontal_wrapped(|ui| {
        let can_merge = merge.is_some_and(|merge| merge.merged.is_some()) && !meanwhile.is_newer;
        if can_merge {
            let button = primary_button(ui, "Merge and save").on_hover_text("No part was changed by both");
            take_focus(ui, &button);
            if button.clicked() {
                choice = FileDialogAnswer::Take(Box::new(Action::MergeTheirs(Arc::clone(meanwhile))));
            }
        }
        if ui.button("Save a copy…").clicked() {
            choice = FileDialogAnswer::Take(Box::new(Action::SaveCopy));
        }
        if ui.button("Take theirs").on_hover_text("As a step, which can be undone").clicked() {
            choice = FileDialogAnswer::Take(Box::new(Action::TakeTheirs(Arc::clone(meanwhile))));
        }
        let over = "What they have saved is kept among the earlier versions";
        if !meanwhile.is_newer && ui.button("Save mine over it").on_hover_text(over).clicked() {
            choice = FileDialogAnswer::Take(Box::new(Action::SaveOverTheirs(Arc::clone(meanwhile))));
        }
        let cancel = ui.button("Cancel");
        if !can_merge {
            // Enter destroys nothing.
            take_focus(ui, &cancel);
        }
        if cancel.clicked() {
            choice = FileDialogAnswer::Cancel;
        }
    });
    choice
}
