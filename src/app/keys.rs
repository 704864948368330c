//! Keys, dropped files and the closing of the window.

use egui::{
    Align2, Context, Key, KeyboardShortcut, LayerId, Modifiers, Order, PointerButton, Ui, ViewportCommand,
};

use super::App;
use super::action::Action;
use super::entries::entries;
use super::style::{self, Colors};

/// The action whose key was pressed; keys without Ctrl or Alt wait while something is being typed.
pub(super) fn pressed(ui: &mut Ui, app: &App) -> Option<Action> {
    if app.dialog.is_some() || app.palette.is_some() || app.offer.is_some() {
        return None;
    }
    ui.input_mut(|input| {
        if !input.modifiers.shift {
            input.keys_down.remove(&Key::Questionmark);
        }
    });
    let is_typing = ui.ctx().text_edit_focused();
    // In the dark nothing is put anywhere: nobody would know what it was.
    let can_point = !app.blind.is_on();
    let mut keys: Vec<(KeyboardShortcut, Action)> = entries()
        .into_iter()
        .filter(|entry| can_point || !entry.action.is_of_what_is_pointed_at())
        .flat_map(|entry| {
            let action = entry.action;
            entry.shortcuts.into_iter().map(move |shortcut| (shortcut, action.clone()))
        })
        .collect();
    // Ctrl+Shift+S would match Ctrl+S too: the fuller key goes first.
    keys.sort_by_key(|(shortcut, _)| std::cmp::Reverse(weight(shortcut.modifiers)));
    let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
    if copies && !is_typing {
        // The windowing makes Copy of Ctrl+C with or without Shift; which it was is asked of the keys.
        let is_table = ui.input(|input| input.modifiers.shift);
        return Some(if is_table { Action::CopyTable } else { Action::CopyPicture });
    }
    // A paste into no field is for the program: cells from a spreadsheet go to the tray.
    let pasted = ui.input(|input| {
        input.events.iter().find_map(|event| match event {
            egui::Event::Paste(text) => Some(text.clone()),
            _ => None,
        })
    });
    if let Some(text) = pasted.filter(|_| !is_typing) {
        return Some(Action::Paste(text));
    }
    // Nothing has the keyboard: Enter adds what lies in the tray.
    let is_for_tray = app.tray_is_open() && ui.memory(|memory| memory.focused().is_none());
    if is_for_tray && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
        return Some(Action::AddTray);
    }
    let (back, forward) = ui.input(|input| {
        (
            input.pointer.button_pressed(PointerButton::Extra1),
            input.pointer.button_pressed(PointerButton::Extra2),
        )
    });
    if back || forward {
        return Some(if back { Action::Back } else { Action::Forward });
    }
    for (shortcut, action) in keys {
        let is_plain =
            shortcut.modifiers.is_none() && !matches!(shortcut.logical_key, Key::F1 | Key::F5 | Key::F11);
        // Letters are meant for what lies in front.
        if is_plain && (is_typing || app.tray_is_open()) {
            continue;
        }
        if ui.input_mut(|input| input.consume_shortcut(&shortcut)) {
            // Backspace leads outwards: out of a filter, and else to where one was.
            let is_outwards = matches!(action, Action::ClearFilter) && app.cleared_filter().is_none();
            return Some(if is_outwards { Action::Back } else { action });
        }
    }
    // A popup that is open closes itself on Esc, and that is all that happens then.
    let is_free = !is_typing && !egui::Popup::is_any_open(ui.ctx());
    (is_free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)))
        .then_some(Action::Cancel)
}

fn weight(modifiers: Modifiers) -> u8 {
    u8::from(modifiers.shift) + u8::from(modifiers.alt) + u8::from(modifiers.command || modifiers.ctrl)
}

pub(super) fn take_dropped_files(app: &mut App, context: &Context) {
    let dropped = context.input(|input| input.raw.dropped_files.clone());
    let (files, texts): (Vec<_>, Vec<_>) =
        dropped.into_iter().partition(|file| !file.path().as_os_str().is_empty());
    if !files.is_empty() {
        let files = files.iter().map(|file| file.path().to_owned()).collect();
        app.act(Some(Action::Bring(files)), context);
    }
    // What is dropped and is no file is text, as from a spreadsheet.
    for text in texts.iter().filter_map(|text| String::from_utf8(text.bytes().ok()?).ok()) {
        app.act(Some(Action::Paste(text)), context);
    }
}

/// Closing the window asks first where changes would be lost, and waits for what is being written.
pub(super) fn guard_closing(app: &mut App, context: &Context) {
    if context.input(|input| input.viewport().close_requested())
        && !app.quits
        && (app.history.is_changed() || app.work.is_writing())
    {
        context.send_viewport_cmd(ViewportCommand::CancelClose);
        app.act(Some(Action::Quit), context);
    }
}

/// While files are held over the window, all of it says what dropping them will do.
pub(super) fn drop_hint_ui(ui: &Ui, app: &App) {
    let count = ui.input(|input| input.raw.hovered_files.len());
    if count == 0 {
        return;
    }
    let is_sample = app.file.is_none() && !app.history.is_changed();
    let files = if count == 1 { "this file".to_owned() } else { format!("these {count} files") };
    let words = if is_sample {
        format!("Drop {files} to open a place from them")
    } else {
        format!("Drop {files} to add them to {}", app.history.place().name)
    };
    let colors = Colors::of(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, egui::Id::unique("drop hint")));
    let window = ui.ctx().content_rect();
    // Dark enough for the words, and what lies beneath can still be seen.
    painter.rect_filled(window, 0.0, colors.ground.gamma_multiply(0.86));
    let edge = egui::Stroke::new(4.0, colors.accent_text);
    painter.rect_stroke(window.shrink(6.0), 10.0, edge, egui::StrokeKind::Inside);
    painter.text(window.center(), Align2::CENTER_CENTER, words, style::semibold(22.0), colors.text);
}

/// The window's title: the place, and a mark while no file holds its changes.
pub(super) fn keep_title(app: &mut App, context: &Context) {
    let place = app.blind.said(&app.history.place().name);
    let mark = if app.history.is_changed() { "*" } else { "" };
    let way = if app.held.read_only.is_some() { " (read only)" } else { "" };
    let title =
        if place.is_empty() { "Shadowpool".to_owned() } else { format!("{mark}{place}{way} - Shadowpool") };
    if app.title != title {
        context.send_viewport_cmd(ViewportCommand::Title(title.clone()));
        app.title = title;
    }
}

/// While `?` is held, the key of a control stands on it.
/// Neighbours stand on two rows in turn, as keys are wider than the controls they stand on.
pub(super) fn key_hint(ui: &Ui, response: &egui::Response, keys: &str, row: usize) {
    // Let go of Shift first, and the key that comes up is another one.
    let holds = |input: &egui::InputState| input.key_down(Key::Questionmark) && input.modifiers.shift;
    let is_asked = ui.input(holds) && !ui.ctx().text_edit_focused();
    if !is_asked {
        return;
    }
    let colors = Colors::of(ui);
    let painter = ui.ctx().layer_painter(LayerId::new(Order::Tooltip, response.id.with("keys")));
    let words = painter.layout_no_wrap(keys.to_owned(), style::semibold(11.0), colors.on_accent);
    let size = words.size() + egui::vec2(8.0, 4.0);
    let at = egui::Rect::from_center_size(
        response.rect.center_bottom() + egui::vec2(0.0, row as f32 * 20.0),
        size,
    );
    painter.rect_filled(at, 4.0, colors.accent);
    painter.galley(at.center() - words.size() / 2.0, words, colors.on_accent);
}
