//! Questions that come before anything else: which file, whether to save, whether to replace; and the list of
//! keys.

use std::path::PathBuf;
use std::sync::Arc;

use egui::{Key, Modal, RichText, ScrollArea, TextEdit, Ui, vec2};

use super::action::{Action, Picture};
use super::controls::scroll_ui;
use super::entries::entries;
use super::file_dialogs::{FileDialogAnswer, changed_ui, in_use_ui, take_focus};
use super::opening::OpenRequest;
use super::sample::SAMPLES;
use super::save_request::{Meanwhile, Then};
use super::style::{self, name_field, primary_button, space, weak_text};
use super::version_list::{VersionList, VersionWish, versions_ui};
use crate::export::StoryFile;
use crate::store::Recent;
use crate::words::without_quotes;

/// A question that has to be answered, or closed, before anything else.
pub(super) enum Dialog {
    Open {
        path: String,
    },
    SaveAs {
        path: String,
        /// What is done once it is saved.
        then: Then,
    },
    Export {
        picture: Picture,
        path: String,
    },
    /// The place has changes that no file holds; afterwards the action is done.
    Unsaved {
        name: String,
        then: Box<Action>,
    },
    /// A file of this name is there already.
    Replace {
        path: PathBuf,
        write: Box<Action>,
    },
    /// Somebody else has the place open.
    InUse {
        words: String,
        request: OpenRequest,
        /// It seems to be another computer, which may have left it behind.
        can_take_over: bool,
    },
    /// The place's file was saved by somebody else meanwhile.
    Changed(Arc<Meanwhile>),
    Versions(VersionList),
    /// What the copy of a scenario is to be called.
    Duplicate {
        name: String,
        /// The name as it may be said.
        said: String,
        copy: String,
        taken: Vec<String>,
    },
    Keys {
        search: String,
    },
}

/// What became of a dialog in this frame.
pub(super) enum Answer {
    Open,
    Closed(Option<Action>),
    /// Asks the system for a file, for this dialog.
    Browse,
    /// Something is done while it stays open.
    Wish(Action),
}

impl Dialog {
    /// Whether a path is typed into it.
    pub(super) const fn has_path(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::SaveAs { .. } | Self::Export { .. })
    }

    pub(super) fn show(&mut self, ui: &mut Ui, recent: &Recent) -> Answer {
        let mut answer = Answer::Open;
        let modal = Modal::new(egui::Id::unique("dialog")).frame(style::dialog_frame(ui));
        let response = modal.show(ui.ctx(), |ui| {
            ui.set_width(520.0);
            match self {
                Self::Open { path } => open_ui(ui, path, recent, &mut answer),
                Self::SaveAs { path, then } => {
                    let save = |path| Action::SaveTo(path, then.clone());
                    path_ui(ui, "Save the place as", "Save", path, &mut answer, save);
                }
                Self::Export { picture, path } => {
                    let what = if matches!(picture, Picture::Story { .. }) { " the story" } else { "" };
                    let title = format!("Export{what} as {}", picture.ending().to_uppercase());
                    let chosen = *picture;
                    path_ui(ui, &title, "Export", path, &mut answer, |path| Action::ExportTo(chosen, path));
                    // Slides have notes beside them in any case.
                    if let Picture::Story { file: StoryFile::Pdf(_) | StoryFile::Html, with_notes } = picture
                    {
                        ui.checkbox(with_notes, "With the notes of its scenes");
                    }
                }
                Self::Unsaved { name, then } => unsaved_ui(ui, name, then, &mut answer),
                Self::Replace { path, write } => replace_ui(ui, path, write, &mut answer),
                Self::InUse { words, request, can_take_over } => {
                    answer = closed(in_use_ui(ui, words, request, *can_take_over));
                }
                Self::Changed(meanwhile) => answer = closed(changed_ui(ui, meanwhile)),
                Self::Versions(list) => {
                    answer = match versions_ui(ui, list) {
                        None => Answer::Open,
                        Some(VersionWish::Close) => Answer::Closed(None),
                        Some(wish @ VersionWish::LookAt(_)) => Answer::Wish(Action::OfVersion(wish)),
                        Some(wish) => Answer::Closed(Some(Action::OfVersion(wish))),
                    };
                }
                Self::Duplicate { name, said, copy, taken } => {
                    duplicate_ui(ui, said, copy, taken, &mut answer, |copy| Action::Duplicate {
                        name: name.clone(),
                        copy,
                    });
                }
                Self::Keys { search } => keys_ui(ui, search, &mut answer),
            }
        });
        if matches!(answer, Answer::Open | Answer::Wish(_)) && response.should_close() {
            answer = Answer::Closed(None);
        }
        answer
    }

    /// Takes a path that the system's own dialog gave.
    pub(super) fn set_path(&mut self, chosen: &std::path::Path) {
        if let Self::Open { path } | Self::SaveAs { path, .. } | Self::Export { path, .. } = self {
            *path = chosen.display().to_string();
        }
    }
}

/// What was chosen, if anything was.
fn closed(choice: FileDialogAnswer) -> Answer {
    match choice {
        FileDialogAnswer::Open => Answer::Open,
        FileDialogAnswer::Cancel => Answer::Closed(None),
        FileDialogAnswer::Take(action) => Answer::Closed(Some(*action)),
    }
}

fn open_ui(ui: &mut Ui, path: &mut String, recent: &Recent, answer: &mut Answer) {
    path_ui(ui, "Open a place or spending files", "Open", path, answer, |path| Action::Bring(vec![path]));
    ui.add_space(space::M);
    if !recent.places.is_empty() {
        ui.label(RichText::new("Recent").strong());
        scroll_ui(ui, ScrollArea::vertical().id_salt("recent").max_height(190.0), |ui| {
            for place in &recent.places {
                let exists = place.exists();
                ui.horizontal(|ui| {
                    let name = if place.name.is_empty() { "Without a name" } else { &place.name };
                    if ui.add_enabled(exists, egui::Button::new(name)).clicked() {
                        *answer = Answer::Closed(Some(Action::open(vec![place.path.clone()])));
                    }
                    let at = place.path.display().to_string();
                    weak_text(ui, &if exists { at } else { format!("{at} (not found)") });
                });
            }
        });
        ui.add_space(space::M);
    }
    ui.label(RichText::new("Samples").strong());
    ui.horizontal_wrapped(|ui| {
        for (index, sample) in SAMPLES.iter().enumerate() {
            if ui.button(sample.name).clicked() {
                *answer = Answer::Closed(Some(Action::OpenSample(index)));
            }
        }
    });
}

fn path_ui(
    ui: &mut Ui,
    title: &str,
    verb: &str,
    path: &mut String,
    answer: &mut Answer,
    then: impl FnOnce(PathBuf) -> Action,
) {
    ui.heading(title);
    ui.add_space(space::S);
    let mut go = false;
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(path)
            .hint_text("Path of the file")
            .desired_width(400.0)
            .margin(vec2(8.0, 6.0));
        let edit = ui.add(edit);
        name_field(&edit, path.as_str(), "Path of the file");
        // Enter takes the focus away: asked before it is given back.
        go |= edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        if ui.memory(|memory| memory.focused().is_none()) {
            edit.request_focus();
        }
        if ui.button("Browse…").clicked() {
            *answer = Answer::Browse;
        }
    });
    let typed = without_quotes(path);
    if let Some(folder) = folder_of(typed) {
        weak_text(ui, &format!("In {folder}"));
    }
    ui.add_space(space::S);
    ui.horizontal(|ui| {
        go |= primary_button(ui, verb).clicked();
        if ui.button("Cancel").clicked() {
            *answer = Answer::Closed(None);
        }
    });
    if go && !typed.is_empty() {
        *answer = Answer::Closed(Some(then(PathBuf::from(typed))));
    }
}

fn duplicate_ui(
    ui: &mut Ui,
    said: &str,
    copy: &mut String,
    taken: &[String],
    answer: &mut Answer,
    then: impl FnOnce(String) -> Action,
) {
    ui.heading(format!("Duplicate {said}"));
    ui.add_space(space::S);
    let edit = ui.add(
        TextEdit::singleline(copy)
            .hint_text("Name of the copy")
            .desired_width(f32::INFINITY)
            .margin(vec2(8.0, 6.0)),
    );
    name_field(&edit, copy.as_str(), "Name of the copy");
    let enter = edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    take_focus(ui, &edit);
    let copy = copy.trim();
    let is_taken = taken.iter().any(|name| name == copy);
    let told = if is_taken {
        "There is a scenario of this name already"
    } else {
        "It becomes the one that is shown"
    };
    weak_text(ui, told);
    ui.add_space(space::S);
    let mut go = enter;
    ui.horizontal(|ui| {
        go |= primary_button(ui, "Duplicate").clicked();
        if ui.button("Cancel").clicked() {
            *answer = Answer::Closed(None);
        }
    });
    if go && !copy.is_empty() && !is_taken {
        *answer = Answer::Closed(Some(then(copy.to_owned())));
    }
}

/// The folder that a typed path leads to, in full.
fn folder_of(typed: &str) -> Option<String> {
    let path = std::path::absolute(if typed.is_empty() { "." } else { typed }).ok()?;
    let folder = if typed.is_empty() { Some(&*path) } else { path.parent() };
    folder.map(|folder| folder.display().to_string())
}

fn unsaved_ui(ui: &mut Ui, name: &str, then: &Action, answer: &mut Answer) {
    ui.heading(format!("Save the changes to {name}?"));
    ui.add_space(space::S);
    ui.label("They are in no file yet.");
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        let save = primary_button(ui, "Save");
        take_focus(ui, &save);
        if save.clicked() {
            *answer = Answer::Closed(Some(Action::SaveAnd(Box::new(then.clone()))));
        }
        if ui.button("Don't save").clicked() {
            *answer = Answer::Closed(Some(Action::Discard(Box::new(then.clone()))));
        }
        if ui.button("Cancel").clicked() {
            *answer = Answer::Closed(None);
        }
    });
}

fn replace_ui(ui: &mut Ui, path: &std::path::Path, write: &Action, answer: &mut Answer) {
    ui.heading("Replace the file?");
    ui.add_space(space::S);
    ui.label(format!("{} is there already, and would be replaced.", path.display()));
    ui.add_space(space::M);
    ui.horizontal(|ui| {
        if primary_button(ui, "Replace").clicked() {
            *answer = Answer::Closed(Some(write.clone()));
        }
        let cancel = ui.button("Cancel");
        // Enter destroys nothing.
        take_focus(ui, &cancel);
        if cancel.clicked() {
            *answer = Answer::Closed(None);
        }
    });
}

fn keys_ui(ui: &mut Ui, search: &mut String, answer: &mut Answer) {
    ui.heading("Keyboard shortcuts");
    ui.add_space(space::S);
    let field = ui.add(
        TextEdit::singleline(search).hint_text("Find a key or what it does").desired_width(f32::INFINITY),
    );
    name_field(&field, search.as_str(), "Find a key");
    take_focus(ui, &field);
    let wanted = search.to_lowercase();
    let is_wanted = |keys: &str, what: &str| {
        keys.to_lowercase().contains(&wanted) || what.to_lowercase().contains(&wanted)
    };
    ui.add_space(space::S);
    ScrollArea::vertical().max_height(420.0).auto_shrink(false).show(ui, |ui| {
        egui::Grid::new("keys").num_columns(2).striped(true).spacing(vec2(space::XL, 6.0)).show(ui, |ui| {
            for entry in entries().iter().filter(|entry| !entry.shortcuts.is_empty()) {
                let keys: Vec<String> =
                    entry.shortcuts.iter().map(|shortcut| ui.ctx().format_shortcut(shortcut)).collect();
                let (keys, what) =
                    (keys.join(", "), format!("{}. {}", entry.text.trim_end_matches('…'), entry.tip));
                if is_wanted(&keys, &what) {
                    ui.label(RichText::new(keys).strong());
                    ui.label(what);
                    ui.end_row();
                }
            }
            for (keys, what) in OTHER_KEYS.iter().filter(|(keys, what)| is_wanted(keys, what)) {
                ui.label(RichText::new(*keys).strong());
                ui.label(*what);
                ui.end_row();
            }
        });
    });
    ui.add_space(space::S);
    if ui.button("Close").clicked() {
        *answer = Answer::Closed(None);
    }
}

/// Keys that belong to a view rather than to an action.
const OTHER_KEYS: &[(&str, &str)] = &[
    (
        "Tab, arrows",
        "Flows: from node to node; up and down in a layer, left and right along the largest band.",
    ),
    (
        "Ctrl+Left, Ctrl+Right",
        "Flows: to the largest band into or out of a node; up and down to the next in size.",
    ),
    ("Space", "Flows: pins what is chosen, so that its share stays traced."),
    ("Enter", "Flows: the lines behind what is chosen; on a fold, opens it."),
    ("Alt+Up, Alt+Down", "Flows: moves the chosen node along its layer."),
    ("Esc", "Closes what is open, then unpins, then clears the filter. Never loses anything."),
    ("Ctrl+wheel", "Zooms to the pointer."),
];
