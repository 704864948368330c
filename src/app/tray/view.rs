//! How the tray looks: its files on the left, the chosen one on the right, over the lower part of the picture.

use egui::{
    Align, Area, Button, EventFilter, Frame, Id, Key, Layout, Margin, Modifiers, Order, RichText, ScrollArea,
    TextEdit, TextFormat, Ui, vec2,
};

use super::detail::detail_ui;
use super::file::TrayFile;
use super::{QUIET, Tray};
use crate::app::action::Action;
use crate::app::controls::scroll_ui;
use crate::app::style;
use crate::app::style::{
    Colors, Icon, Tone, icon_button, name_field, paint_icon, primary_button, space, weak_text,
};
use crate::figure::visible;
use crate::import::Encoding;
use crate::money::in_full;
use crate::words::{counted, counted_as, thousands};

/// Room that is left below the tray for the foot of the window.
const FOOT: f32 = 34.0;

/// Shows the tray over the picture. `place` is the name of what its files are added to; nothing is a new place.
#[must_use]
pub(in crate::app) fn tray_ui(ui: &mut Ui, tray: &mut Tray, place: Option<&str>) -> Option<Action> {
    let window = ui.ctx().content_rect();
    let height = (window.height() * 0.68).min(680.0);
    let size = vec2(window.width() - 2.0 * space::M, height);
    let at = egui::pos2(window.left() + space::M, window.bottom() - FOOT - height);
    let mut action = None;
    let area = Area::new(Id::unique("tray")).order(Order::Middle).fixed_pos(at).constrain(false);
    let shown = area.show(ui.ctx(), |ui| {
        let frame = Frame::window(ui.style()).inner_margin(Margin::symmetric(16, 12));
        let inside = size - frame.total_margin().sum();
        frame.show(ui, |ui| {
            ui.set_min_size(inside);
            ui.set_max_size(inside);
            let top = ui.cursor().top();
            action = head_ui(ui, tray);
            ui.add_space(space::S);
            let middle = (inside.y - (ui.cursor().top() - top) - 52.0).max(80.0);
            ui.horizontal_top(|ui| {
                let list = (inside.x * 0.27).clamp(260.0, 400.0);
                ui.allocate_ui_with_layout(vec2(list, middle), Layout::top_down(Align::Min), |ui| {
                    action = action.take().or(list_ui(ui, tray, middle));
                });
                ui.add_space(space::M);
                let rest = vec2(ui.available_width(), middle);
                ui.allocate_ui_with_layout(rest, Layout::top_down(Align::Min), |ui| {
                    let scroll = ScrollArea::vertical().id_salt("tray detail").max_height(middle);
                    scroll_ui(ui, scroll.auto_shrink(false), |ui| {
                        // What is too wide wraps or is cut; it does not widen the tray beyond the window.
                        ui.set_max_width(ui.available_width());
                        if let Some(file) = tray.files.get_mut(tray.chosen) {
                            let wants_question = std::mem::take(&mut tray.wants_question);
                            detail_ui(ui, file, wants_question);
                        }
                    });
                });
            });
            ui.add_space(space::S);
            if let Some(wish) = foot_ui(ui, tray, place) {
                action = Some(wish);
            }
        });
    });
    keep_keyboard(ui, tray, shown.response.layer_id);
    action
}

/// Takes the keyboard back where Tab has led it out of the tray, into what lies beneath; where a person has clicked, it
/// stays.
fn keep_keyboard(ui: &Ui, tray: &mut Tray, layer: egui::LayerId) {
    let focused = ui.memory(egui::Memory::focused);
    let beneath = focused.filter(|id| {
        let response = ui.ctx().read_response(*id);
        response
            .is_some_and(|response| response.layer_id != layer && response.layer_id.order < Order::Foreground)
    });
    let is_clicked = ui.input(|input| input.pointer.any_down() || input.pointer.any_released());
    if is_clicked || beneath.is_none() {
        tray.clicked_beneath = beneath;
    } else if beneath != tray.clicked_beneath {
        tray.wants_focus = true;
        ui.ctx().request_repaint();
    }
}

fn head_ui(ui: &mut Ui, tray: &Tray) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        let title = if tray.is_second_look { "How the files were read" } else { "Files to add" };
        ui.label(RichText::new(title).font(style::semibold(16.0)));
        weak_text(
            ui,
            if tray.is_second_look {
                "What you change is read again; nothing changes in the place until you say so."
            } else {
                "See what was understood; nothing is in the place yet."
            },
        );
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, "Close the tray").clicked() {
                action = Some(Action::CloseTray);
            }
        });
    });
    action
}

/// The files, one above the other; Enter on one of them adds them all.
fn list_ui(ui: &mut Ui, tray: &mut Tray, height: f32) -> Option<Action> {
    let mut action = None;
    scroll_ui(ui, ScrollArea::vertical().id_salt("tray files").max_height(height).auto_shrink(false), |ui| {
        let (mut left_out, mut walked) = (None, None);
        for index in 0..tray.files.len() {
            let is_chosen = tray.chosen == index;
            let row = row_ui(ui, &tray.files[index], is_chosen);
            if is_chosen && std::mem::take(&mut tray.wants_focus) {
                row.request_focus();
            }
            if row.clicked() || row.gained_focus() {
                tray.chosen = index;
            }
            if row.has_focus() {
                // Up and down walk the files; the toolkit would walk on into the picture.
                let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
                ui.memory_mut(|memory| memory.set_focus_lock_filter(row.id, arrows));
                let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
                let before = index.checked_sub(1).filter(|_| pressed(Key::ArrowUp));
                let after =
                    Some(index + 1).filter(|&next| next < tray.files.len() && pressed(Key::ArrowDown));
                walked = walked.or(before).or(after);
            }
            if row.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter)) && tray.is_ready() {
                action = Some(Action::AddTray);
            }
            row.context_menu(|ui| {
                if ui.button("Leave this file out").clicked() {
                    left_out = Some(index);
                }
            });
            if row.has_focus() && ui.input(|input| input.key_pressed(egui::Key::Delete)) {
                left_out = Some(index);
            }
        }
        if let Some(index) = walked {
            tray.chosen = index;
            tray.wants_focus = true;
        }
        if let Some(index) = left_out {
            tray.leave_out(index);
        }
    });
    action
}

/// A file with its mark: who, how it is written, how many rows, what they come to, and what to look at.
fn row_ui(ui: &mut Ui, file: &TrayFile, is_chosen: bool) -> egui::Response {
    let colors = Colors::of(ui);
    let standing = file.standing();
    let (icon, ink) = match standing.tone {
        Tone::Ok => (Some(Icon::Check), colors.ok),
        Tone::Warning => (Some(Icon::Warning), colors.warning),
        Tone::Error => (Some(Icon::Close), colors.error),
        Tone::Plain => (None, colors.weak_text),
    };
    let (small, plain) = (egui::FontId::proportional(12.5), colors.weak_text);
    let mut words = egui::text::LayoutJob::default();
    let mut add = |text: &str, font: egui::FontId, color| {
        words.append(text, 0.0, TextFormat { font_id: font, color, ..TextFormat::default() });
    };
    add(&visible(&file.title), style::semibold(14.0), colors.text);
    add("\n", small.clone(), plain);
    add(&standing.words, style::semibold(12.5), ink);
    if file.since().is_some_and(|since| since > QUIET) {
        add("\n", small.clone(), plain);
        add(&file.progress(), small.clone(), plain);
    }
    for line in lines_about(file) {
        add("\n", small.clone(), plain);
        add(&visible(&line), small.clone(), plain);
    }
    words.wrap.max_width = ui.available_width() - 40.0;
    ui.horizontal_top(|ui| {
        let (mark, _) = ui.allocate_exact_size(vec2(18.0, 26.0), egui::Sense::hover());
        if let Some(icon) = icon {
            let square = egui::Rect::from_center_size(mark.center(), vec2(16.0, 16.0));
            paint_icon(ui.painter(), icon, square, ink);
        }
        ui.with_layout(Layout::top_down_justified(Align::Min), |ui| {
            // Tab goes on into what is known of the chosen file, and not through all others; arrows walk them.
            let sense = if is_chosen { egui::Sense::click() } else { egui::Sense::CLICK };
            ui.add(Button::selectable(is_chosen, words).wrap().sense(sense))
        })
        .inner
    })
    .inner
}

fn lines_about(file: &TrayFile) -> Vec<String> {
    let Some(reading) = file.shown() else { return Vec::new() };
    let report = &reading.report;
    let mut who: Vec<String> = Vec::new();
    if !reading.agencies.is_empty() {
        who.push(reading.agencies.clone());
    }
    if !reading.years.is_empty() {
        who.push(reading.years.clone());
    }
    let mut written = vec![report.format.clone()];
    written.extend(report.encoding.map(Encoding::name));
    written.extend(report.sheet.iter().map(|sheet| format!("sheet {sheet}")));
    let mut rows = format!(
        "{} read, {} passed over, {} rejected",
        counted(report.read, "row"),
        thousands(report.skipped_rows),
        thousands(report.rejected)
    );
    let (left_out, sum) = reading.left_out();
    if left_out > 0 {
        rows.extend(["; ", &counted(left_out, "line"), " left out: ", &in_full(sum)]);
    }
    [who.join(", "), written.join(", "), rows, in_full(file.total())]
        .into_iter()
        .filter(|line| !line.is_empty())
        .collect()
}

/// The name of a new place, what it all comes to, and the ways on.
fn foot_ui(ui: &mut Ui, tray: &mut Tray, place: Option<&str>) -> Option<Action> {
    let mut action = None;
    ui.horizontal(|ui| {
        if place.is_none() && !tray.is_second_look {
            ui.label("Place");
            let mut name = tray.name.clone().unwrap_or_else(|| tray.suggested().to_owned());
            let edit =
                ui.add(TextEdit::singleline(&mut name).desired_width(230.0).hint_text("Name of the place"));
            name_field(&edit, &name, "Name of the place");
            if edit.changed() {
                tray.name = Some(name);
            }
        }
        let slow = tray.files.iter().find(|file| file.since().is_some_and(|since| since > QUIET));
        match slow {
            Some(file) => {
                ui.spinner();
                weak_text(ui, &format!("Reading {}: {}", file.title, file.progress()));
                let cancel = ui.button("Cancel reading");
                if cancel.on_hover_text("Esc; nothing is changed").clicked() {
                    action = Some(Action::Cancel);
                }
            }
            None => {
                weak_text(ui, &tray.words());
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let count = tray.addable().count() as u64;
            // What is typed in a field is read again as the pointer leaves it; the button waits for that.
            let is_ready = tray.can_be_asked_to_add();
            let words = match place {
                _ if tray.is_second_look => format!("Read {} again", counted(count, "file")),
                Some(place) => format!("Add {} to {place}", counted(count, "file")),
                None => format!("Add {}", counted(count, "file")),
            };
            let words = match tray.questions() {
                0 => words,
                open => format!("{words}, {} open", counted_as(open, "question", "questions")),
            };
            let words = if tray.is_comparing() { "Comparing the lines…".to_owned() } else { words };
            let add = ui.add_enabled_ui(is_ready, |ui| primary_button(ui, &words)).inner;
            if add.on_hover_text("Enter; one undo takes it back").clicked() {
                action = Some(Action::AddTray);
            }
            if ui.button("Cancel").clicked() {
                action = Some(Action::CloseTray);
            }
        });
    });
    action
}
