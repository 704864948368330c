//! Keys, dropped files and the closing of the window.

use egui::{Context, Key, KeyboardShortcut, Modifiers, Ui, ViewportCommand};

use super::App;
use super::action::{Action, entries};

/// The action whose key was pressed; keys without Ctrl or Alt wait while something is being typed.
pub(super) fn pressed(ui: &mut Ui, app: &App) -> Option<Action> {
    if app.dialog.is_some() || app.palette.is_some() {
        return None;
    }
    let is_typing = ui.ctx().text_edit_focused();
    let mut keys: Vec<(KeyboardShortcut, Action)> = entries()
        .into_iter()
        .flat_map(|entry| {
            let action = entry.action;
            entry.shortcuts.into_iter().map(move |shortcut| (shortcut, action.clone()))
        })
        .collect();
    // Ctrl+Shift+S would match Ctrl+S too: the fuller key goes first.
    keys.sort_by_key(|(shortcut, _)| std::cmp::Reverse(weight(shortcut.modifiers)));
    let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
    if copies && !is_typing {
        return Some(Action::CopyPicture);
    }
    for (shortcut, action) in keys {
        let is_plain = shortcut.modifiers.is_none() && !matches!(shortcut.logical_key, Key::F1);
        if is_plain && is_typing {
            continue;
        }
        if ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
            return Some(action);
        }
    }
    (!is_typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)))
        .then_some(Action::Cancel)
}

fn weight(modifiers: Modifiers) -> u8 {
    u8::from(modifiers.shift) + u8::from(modifiers.alt) + u8::from(modifiers.command || modifiers.ctrl)
}

pub(super) fn take_dropped_files(app: &mut App, context: &Context) {
    let files: Vec<_> =
        context.input(|input| input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect());
    if !files.is_empty() {
        app.act(Some(Action::Open(files)), context);
    }
}

/// Closing the window asks first where changes would be lost.
pub(super) fn guard_closing(app: &mut App, context: &Context) {
    if context.input(|input| input.viewport().close_requested()) && !app.quits && app.history.is_changed() {
        context.send_viewport_cmd(ViewportCommand::CancelClose);
        app.act(Some(Action::Quit), context);
    }
}
