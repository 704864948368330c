//! The scenes one below the other: chosen, opened, put in another order, renamed and removed, by hand or by keys.

use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Key, Modifiers, Pos2, Rect, Response, Role,
    ScrollArea, Sense, Stroke, StrokeKind, TextEdit, Ui, UiBuilder, WidgetInfo, pos2, vec2,
};

use super::view::{SceneDrag, StoryView, StoryWish};
use crate::app::controls::{Transform, give_keyboard, scroll_ui};
use crate::app::style::{self, Colors, Icon, ROUNDING, name_field, paint_icon, space};
use crate::figure::{Scheme, Weight, fit, visible};
use crate::place::{Place, Scene, StoryChange, fresh_scene_name};

/// Of a small picture, in points.
const THUMB: egui::Vec2 = vec2(128.0, 72.0);
const ROW: f32 = THUMB.y + 2.0 * space::S;

/// The list, in what is left of its panel.
#[must_use]
pub(super) fn list_ui(ui: &mut Ui, place: &Place, scheme: Scheme, view: &mut StoryView) -> Option<StoryWish> {
    let mut wish = None;
    scroll_ui(ui, ScrollArea::vertical().id_salt("scenes").auto_shrink(false), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let width = ui.available_width();
        let (list, _) = ui.allocate_exact_size(vec2(width, ROW * place.story.len() as f32), Sense::hover());
        follow_drag(ui, place, list, view);
        for (at, scene) in place.story.iter().enumerate() {
            let top = list.top() + ROW * at as f32;
            let room = Rect::from_min_size(pos2(list.left(), top), vec2(width, ROW));
            let asked = row_ui(ui, place, (at, scene), room, scheme, view);
            wish = wish.take().or(asked);
        }
        if let Some(drag) = &view.drag {
            let y = list.top() + ROW * drag.to as f32;
            let ends = [pos2(list.left(), y), pos2(list.right(), y)];
            ui.painter().line_segment(ends, Stroke::new(3.0, Colors::of(ui).accent));
        }
        if let Some(dropped) = dropped(ui, place, view) {
            wish = Some(dropped);
        }
    });
    wish
}

fn row_ui(
    ui: &mut Ui,
    place: &Place,
    (at, scene): (usize, &Scene),
    room: Rect,
    scheme: Scheme,
    view: &mut StoryView,
) -> Option<StoryWish> {
    let response = ui.interact(room, Id::unique(("scene", &scene.name)), Sense::click_and_drag());
    let is_chosen = view.chosen.as_deref() == Some(&scene.name);
    let is_seen = ui.is_rect_visible(room);
    // What nobody sees is drawn when it comes into sight.
    let drawn = if is_seen { view.drawn.get(place, at, scheme, ui.ctx()) } else { None };
    let said = words_of(at, scene, drawn.as_deref().map(|drawn| drawn.opened.caption.as_str()));
    let told: Vec<String> = drawn.iter().flat_map(|drawn| drawn.told().map(str::to_owned)).collect();
    let heard = if told.is_empty() { said } else { format!("{said} {}", told.join(" ")) };
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_chosen, visible(&heard)));
    if response.clicked() {
        response.request_focus();
    }
    if response.gained_focus() || response.clicked() {
        view.choose(&scene.name);
    }
    if view.wants_row.as_deref() == Some(&scene.name) {
        response.request_focus();
        response.scroll_to_me(None);
        view.wants_row = None;
    }
    if response.has_focus() {
        let arrows = EventFilter { vertical_arrows: true, ..EventFilter::default() };
        ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, arrows));
    }
    if response.drag_started() {
        view.drag = Some(SceneDrag { scene: scene.name.clone(), to: at });
    }
    if is_seen {
        paint_row(ui, room, (at, scene), &response, !told.is_empty(), view);
    }
    let thumb = thumb_in(room);
    let is_on_thumb = response.interact_pointer_pos().is_some_and(|at| thumb.contains(at));
    let mut wish = None;
    if response.double_clicked() {
        if is_on_thumb {
            wish = Some(StoryWish::Open(scene.name.clone()));
        } else {
            view.begin_to_rename(&scene.name);
        }
    }
    response.context_menu(|ui| {
        if let Some(asked) = menu_ui(ui, place, (at, scene), view) {
            wish = Some(asked);
            ui.close();
        }
    });
    if !told.is_empty() {
        response.clone().on_hover_text(told.join("\n"));
    }
    let renamed = name_ui(ui, room, scene, view);
    let typed = if response.has_focus() { keys_ui(ui, place, (at, scene), view) } else { None };
    wish.or(renamed).or(typed)
}

/// "2. The pool: seven partners would pool £23.1m"
fn words_of(at: usize, scene: &Scene, caption: Option<&str>) -> String {
    let number = at + 1;
    match caption.or(Some(scene.caption.as_str())).filter(|caption| !caption.is_empty()) {
        Some(caption) => format!("{number}. {}: {caption}", scene.name),
        None => format!("{number}. {}", scene.name),
    }
}

fn thumb_in(room: Rect) -> Rect {
    Rect::from_min_size(room.min + vec2(34.0, space::S), THUMB)
}

fn paint_row(
    ui: &Ui,
    room: Rect,
    (at, scene): (usize, &Scene),
    response: &Response,
    has_news: bool,
    view: &mut StoryView,
) {
    let colors = Colors::of(ui);
    let is_chosen = view.chosen.as_deref() == Some(&scene.name);
    let round = CornerRadius::same(ROUNDING);
    let inside = room.shrink2(vec2(2.0, 1.0));
    let ground = if is_chosen {
        Some(colors.selection)
    } else if response.hovered() {
        Some(colors.hovered)
    } else {
        None
    };
    if let Some(ground) = ground {
        ui.painter().rect_filled(inside, round, ground);
    }
    if response.has_focus() {
        ui.painter().rect_stroke(inside, round, Stroke::new(2.0, colors.focus), StrokeKind::Inside);
    }
    let thumb = thumb_in(room);
    ui.painter().rect_filled(thumb, 0.0, colors.ground);
    let zoom = THUMB.x / super::drawn::SIZE.0 as f32;
    view.drawn.paint(ui, &scene.name, Transform { origin: thumb.min, zoom });
    ui.painter().rect_stroke(thumb, 0.0, Stroke::new(1.0, colors.separator), StrokeKind::Outside);
    let number = (at + 1).to_string();
    let font = style::semibold(14.0);
    let corner = pos2(room.left() + 28.0, thumb.top() + 2.0);
    ui.painter().text(corner, Align2::RIGHT_TOP, number, font.clone(), colors.weak_text);
    let left = thumb.right() + space::M;
    let sign = if has_news { 22.0 } else { 0.0 };
    let width = f64::from((room.right() - left - sign - space::S).max(20.0));
    if has_news {
        let square = Rect::from_center_size(pos2(room.right() - 18.0, thumb.top() + 10.0), vec2(16.0, 16.0));
        paint_icon(ui.painter(), Icon::Warning, square, colors.warning);
    }
    if view.renaming.as_ref().is_none_or(|renaming| renaming.scene != scene.name) {
        let name = fit(&scene.name, width, 14.0, Weight::SemiBold).text;
        ui.painter().text(pos2(left, thumb.top() + 2.0), Align2::LEFT_TOP, visible(&name), font, colors.text);
    }
    let Some(caption) = view.caption_of(scene) else { return };
    let lines = crate::figure::wrap(&caption, width + f64::from(sign), 12.0, Weight::Regular);
    let small = egui::TextStyle::Small.resolve(ui.style());
    for (line, words) in lines.iter().take(3).enumerate() {
        let is_cut = line == 2 && lines.len() > 3;
        let words = if is_cut { format!("{words}\u{2026}") } else { words.clone() };
        let corner = pos2(left, thumb.top() + 22.0 + 16.0 * line as f32);
        ui.painter().text(corner, Align2::LEFT_TOP, visible(&words), small.clone(), colors.weak_text);
    }
}

/// The field in which a name is typed.
fn name_ui(ui: &mut Ui, room: Rect, scene: &Scene, view: &mut StoryView) -> Option<StoryWish> {
    let renaming = view.renaming.as_mut().filter(|renaming| renaming.scene == scene.name)?;
    let left = thumb_in(room).right() + space::S;
    let place =
        Rect::from_min_max(pos2(left, room.top() + space::XS), pos2(room.right() - 4.0, room.top() + 32.0));
    let mut inner = ui.new_child(UiBuilder::new().max_rect(place));
    let field = inner.add(TextEdit::singleline(&mut renaming.text).desired_width(place.width()));
    name_field(&field, &renaming.text, &format!("Name of {}", scene.name));
    give_keyboard(&field, &mut renaming.wants_keyboard);
    if !field.lost_focus() {
        return None;
    }
    let is_left = ui.input(|input| input.key_pressed(Key::Escape));
    let typed = view.renaming.take()?;
    view.wants_row = Some(scene.name.clone());
    if is_left || typed.text.trim() == scene.name {
        return None;
    }
    let name = typed.text.split_whitespace().collect::<Vec<_>>().join(" ");
    view.follow_to(&name);
    Some(StoryWish::Change(StoryChange::Rename { from: typed.scene, to: name }))
}

/// What is chosen from behind a row, with its keys.
fn menu_ui(
    ui: &mut Ui,
    place: &Place,
    (at, scene): (usize, &Scene),
    view: &mut StoryView,
) -> Option<StoryWish> {
    ui.set_min_width(220.0);
    let mut chosen = |text: &str, keys: &str, is_possible: bool| {
        ui.add_enabled(is_possible, egui::Button::new(text).shortcut_text(keys)).clicked()
    };
    let name = || scene.name.clone();
    if chosen("Open", "Enter", true) {
        return Some(StoryWish::Open(name()));
    }
    if chosen("Rename", "F2", true) {
        view.begin_to_rename(&scene.name);
        ui.close();
        return None;
    }
    if chosen("Duplicate", "Ctrl+D", true) {
        return Some(duplicate(place, scene));
    }
    if chosen("Take again", "", true) {
        return Some(StoryWish::Retake(name()));
    }
    if chosen("Move up", "Alt+Up", at > 0) {
        return Some(StoryWish::Change(moved(place, at, false)?));
    }
    if chosen("Move down", "Alt+Down", at + 1 < place.story.len()) {
        return Some(StoryWish::Change(moved(place, at, true)?));
    }
    chosen("Remove", "Delete", true).then(|| StoryWish::Remove(name()))
}

pub(super) fn duplicate(place: &Place, scene: &Scene) -> StoryWish {
    let copy = fresh_scene_name(place, &scene.name);
    StoryWish::Change(StoryChange::Duplicate { scene: scene.name.clone(), copy })
}

/// A scene one place further up or down; none where there is no such place.
fn moved(place: &Place, at: usize, is_down: bool) -> Option<StoryChange> {
    let before = if is_down { at + 2 } else { at.checked_sub(1)? };
    if is_down && at + 1 >= place.story.len() {
        return None;
    }
    let before = place.story.get(before).map(|scene| scene.name.clone());
    Some(StoryChange::Move { scene: place.story[at].name.clone(), before })
}

/// The keys of a row that has the keyboard.
fn keys_ui(ui: &Ui, place: &Place, (at, scene): (usize, &Scene), view: &mut StoryView) -> Option<StoryWish> {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let step = |to: Option<usize>| to.and_then(|to| place.story.get(to)).map(|scene| scene.name.clone());
    if pressed(Modifiers::ALT, Key::ArrowUp) {
        return moved(place, at, false).map(StoryWish::Change);
    }
    if pressed(Modifiers::ALT, Key::ArrowDown) {
        return moved(place, at, true).map(StoryWish::Change);
    }
    let to = if pressed(Modifiers::NONE, Key::ArrowUp) {
        step(at.checked_sub(1))
    } else if pressed(Modifiers::NONE, Key::ArrowDown) {
        step(Some(at + 1))
    } else if pressed(Modifiers::NONE, Key::Home) {
        step(Some(0))
    } else if pressed(Modifiers::NONE, Key::End) {
        step(place.story.len().checked_sub(1))
    } else {
        None
    };
    if let Some(to) = to {
        view.choose(&to);
        view.wants_row = Some(to);
        ui.ctx().request_repaint();
        return None;
    }
    if pressed(Modifiers::NONE, Key::Enter) {
        return Some(StoryWish::Open(scene.name.clone()));
    }
    if pressed(Modifiers::NONE, Key::F2) {
        view.begin_to_rename(&scene.name);
        ui.ctx().request_repaint();
        return None;
    }
    pressed(Modifiers::COMMAND, Key::D).then(|| duplicate(place, scene))
}

/// A scene under way shows between which two it would be put.
fn follow_drag(ui: &Ui, place: &Place, list: Rect, view: &mut StoryView) {
    let Some(drag) = &mut view.drag else { return };
    let Some(pointer): Option<Pos2> = ui.input(|input| input.pointer.latest_pos()) else { return };
    let rows = ((pointer.y - list.top()) / ROW).round();
    drag.to = (rows.max(0.0) as usize).min(place.story.len());
    ui.ctx().set_cursor_icon(CursorIcon::Grabbing);
}

fn dropped(ui: &Ui, place: &Place, view: &mut StoryView) -> Option<StoryWish> {
    if ui.input(|input| input.pointer.any_down()) {
        return None;
    }
    let SceneDrag { scene, to } = view.drag.take()?;
    let at = place.story.iter().position(|known| known.name == scene)?;
    // Between itself and its neighbours it stays.
    if to == at || to == at + 1 {
        return None;
    }
    let before = place.story.get(to).map(|scene| scene.name.clone());
    Some(StoryWish::Change(StoryChange::Move { scene, before }))
}
