//! The scene that is chosen: its picture, what is not as it was, its caption, its notes, and what it points out.

use egui::{Align, Label, Layout, Rect, RichText, Role, ScrollArea, Sense, TextEdit, Ui, WidgetInfo, vec2};

use super::drawn::{DrawnScene, SIZE};
use super::list::duplicate;
use super::points_out::points_out_ui;
use super::view::{Drafts, StoryView, StoryWish};
use crate::app::controls::{Transform, scroll_ui};
use crate::app::style;
use crate::app::style::{Colors, Icon, name_field, paint_icon, primary_button, space, weak_text};
use crate::figure::{Scheme, visible};
use crate::place::{Place, Scene, StoryChange};

/// The most of the height that the picture takes.
const MOST_PICTURE: f32 = 0.55;

pub(super) fn detail_ui(
    ui: &mut Ui,
    place: &Place,
    at: usize,
    scheme: Scheme,
    view: &mut StoryView,
) -> Option<StoryWish> {
    let scene = &place.story[at];
    let drawn = view.drawn.get(place, at, scheme, ui.ctx());
    let mut wish = left_drafts(place, scene, &mut view.drafts);
    let height = ui.available_height();
    scroll_ui(ui, ScrollArea::vertical().id_salt("scene").auto_shrink(false), |ui| {
        let asked = head_ui(ui, place, scene);
        wish = wish.take().or(asked);
        let typed = caption_ui(ui, scene, drawn.as_deref(), &mut view.drafts);
        wish = wish.take().or(typed);
        told_ui(ui, drawn.as_deref());
        picture_ui(ui, scene, drawn.as_deref(), height * MOST_PICTURE, view);
        ui.add_space(space::S);
        let typed = notes_ui(ui, scene, &mut view.drafts);
        wish = wish.take().or(typed);
        ui.add_space(space::M);
        let pointed = points_out_ui(ui, place, scene, drawn.as_deref(), &mut view.points_out);
        wish = wish.take().or(pointed);
        ui.add_space(space::L);
    });
    wish
}

/// What was typed of another scene than the one that is shown now: who chooses another leaves its fields.
fn left_drafts(place: &Place, shown: &Scene, drafts: &mut Drafts) -> Option<StoryWish> {
    let left = |draft: &mut Option<(String, String)>| draft.take_if(|(of, _)| *of != shown.name);
    let known = |name: &String| place.story.iter().find(|scene| scene.name == *name);
    if let Some((name, text)) = left(&mut drafts.caption)
        && known(&name).is_some_and(|scene| scene.caption != text)
    {
        return Some(StoryWish::Change(StoryChange::SetCaption(name, text)));
    }
    let (name, text) = left(&mut drafts.notes)?;
    let is_other = known(&name).is_some_and(|scene| scene.notes != text);
    is_other.then_some(StoryWish::Change(StoryChange::SetNotes(name, text)))
}

/// The name, and what can be done with the scene.
fn head_ui(ui: &mut Ui, place: &Place, scene: &Scene) -> Option<StoryWish> {
    let mut wish = None;
    ui.horizontal(|ui| {
        let right = Layout::right_to_left(Align::Center);
        ui.with_layout(right, |ui| {
            let name = || scene.name.clone();
            if ui.button("Remove").on_hover_text("Take the scene out of the story (Delete)").clicked() {
                wish = Some(StoryWish::Remove(name()));
            }
            if ui.button("Duplicate").on_hover_text("Another scene like it (Ctrl+D)").clicked() {
                wish = Some(duplicate(place, scene));
            }
            let tip = "Show in this scene what you looked at last; its words stay";
            if ui.button("Take again").on_hover_text(tip).clicked() {
                wish = Some(StoryWish::Retake(name()));
            }
            if primary_button(ui, "Open")
                .on_hover_text("Look at the place as this scene does (Enter)")
                .clicked()
            {
                wish = Some(StoryWish::Open(name()));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let name = RichText::new(visible(&scene.name)).font(style::semibold(16.0));
                ui.add(Label::new(name).truncate());
            });
        });
    });
    wish
}

/// What is said above it; where nothing is typed, what the picture finds stands there, grey.
fn caption_ui(
    ui: &mut Ui,
    scene: &Scene,
    drawn: Option<&DrawnScene>,
    drafts: &mut Drafts,
) -> Option<StoryWish> {
    let mut text = draft_of(drafts.caption.as_ref(), scene).unwrap_or(&scene.caption).to_owned();
    let finding = drawn.map_or("", |drawn| drawn.opened.finding.as_str());
    let mut wish = None;
    ui.horizontal(|ui| {
        ui.label("Caption");
        let field = TextEdit::singleline(&mut text).hint_text(finding).desired_width(ui.available_width());
        let field = ui.add(field);
        let tip = "Left empty, it is what the picture finds, and always true of it";
        name_field(&field, &text, "Caption");
        if field.changed() {
            drafts.caption = Some((scene.name.clone(), text.clone()));
        }
        let has_left = !field.has_focus();
        if has_left && draft_of(drafts.caption.as_ref(), scene).is_some() {
            drafts.caption = None;
            // What it finds anyway is better left to it.
            let typed = if text.trim() == finding.trim() { String::new() } else { text.clone() };
            if typed.trim() != scene.caption {
                wish = Some(StoryWish::Change(StoryChange::SetCaption(scene.name.clone(), typed)));
            }
        }
        field.on_hover_text(tip);
    });
    wish
}

fn draft_of<'a>(draft: Option<&'a (String, String)>, scene: &Scene) -> Option<&'a String> {
    draft.filter(|(of, _)| *of == scene.name).map(|(_, text)| text)
}

/// What does not apply any more, and what has changed.
fn told_ui(ui: &mut Ui, drawn: Option<&DrawnScene>) {
    let Some(drawn) = drawn else { return };
    for told in drawn.told() {
        ui.horizontal(|ui| {
            let colors = Colors::of(ui);
            let (square, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
            paint_icon(ui.painter(), Icon::Warning, square, colors.warning);
            ui.add(Label::new(RichText::new(visible(told)).color(colors.warning)).wrap());
        });
    }
}

fn picture_ui(
    ui: &mut Ui,
    scene: &Scene,
    drawn: Option<&DrawnScene>,
    most_height: f32,
    view: &mut StoryView,
) {
    let width = ui.available_width().min(most_height * (SIZE.0 / SIZE.1) as f32);
    let size = vec2(width, width * (SIZE.1 / SIZE.0) as f32);
    let (room, response) = ui.allocate_exact_size(size, Sense::hover());
    let said = match drawn {
        Some(drawn) => format!("{} {}", drawn.figure.title, drawn.figure.notes.join(" ")),
        None => format!("{} is being drawn", scene.name),
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, visible(&said)));
    let zoom = width / SIZE.0 as f32;
    view.drawn.paint_large(ui, &scene.name, Transform { origin: room.min, zoom });
    let edge = egui::Stroke::new(1.0, Colors::of(ui).separator);
    ui.painter().rect_stroke(Rect::from_min_size(room.min, size), 0.0, edge, egui::StrokeKind::Inside);
    if drawn.is_none() {
        ui.put(room, egui::Spinner::new());
    }
}

/// Rows of notes that are seen at once.
const ROWS: usize = 5;

fn notes_ui(ui: &mut Ui, scene: &Scene, drafts: &mut Drafts) -> Option<StoryWish> {
    let mut text = draft_of(drafts.notes.as_ref(), scene).unwrap_or(&scene.notes).to_owned();
    weak_text(ui, "Notes, for whoever presents");
    let height = ROWS as f32 * 19.0;
    let area = ScrollArea::vertical().id_salt("notes").max_height(height).min_scrolled_height(height);
    let field = area.show(ui, |ui| {
        let field = TextEdit::multiline(&mut text).desired_rows(ROWS).desired_width(ui.available_width());
        ui.add(field)
    });
    let field = field.inner;
    name_field(&field, &text, "Notes");
    if field.changed() {
        drafts.notes = Some((scene.name.clone(), text.clone()));
    }
    if !field.has_focus() && draft_of(drafts.notes.as_ref(), scene).is_some() {
        drafts.notes = None;
        if text != scene.notes {
            return Some(StoryWish::Change(StoryChange::SetNotes(scene.name.clone(), text)));
        }
    }
    None
}
