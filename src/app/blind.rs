//! What a room sees that is not to know who is who: each view as its picture, with letters and shares.

use egui::{Rect, Response, RichText, Sense, Ui, WidgetInfo, vec2};

use super::action::Action;
use super::controls::{Transform, paint, scrolled_ui, unit_in};
use super::memo::Memo;
use super::shown_place::ShownPlace;
use super::style::{self, Colors, Look, space, weak_text};
use super::view::{Shown, View};
use crate::dimension::Dimension;
use crate::figure::{Blind, Figure, MarkId, visible};
use crate::ledger::Totals;
use crate::place::{Mask, Screen};
use crate::scene::BlindPlace;

/// Whether it is on, and what was drawn last.
#[derive(Default)]
pub(super) struct BlindView {
    is_on: bool,
    /// What the view itself masks.
    mask: Option<Mask>,
    /// Of what is shown now.
    revision: u64,
    hidden: Memo<(u64, bool), BlindPlace>,
    figure: Memo<BlindKey, Option<Figure>>,
    painted: Memo<(BlindKey, Option<MarkId>, Transform), Vec<egui::Shape>>,
    /// What was clicked: all else is dimmed.
    pinned: Option<MarkId>,
    /// By revision and what they are divided by.
    totals: Memo<(u64, Vec<Dimension>), Totals>,
}

type BlindKey = (u64, Screen, (u32, u32), Look, bool);

impl BlindView {
    pub(super) fn toggle(&mut self) {
        self.is_on = !self.is_on;
    }

    /// Takes the pin off; false where nothing is pinned.
    pub(super) fn let_go(&mut self) -> bool {
        self.pinned.take().is_some()
    }

    /// Whether anything is hidden: all of who is who and how much, or what the view masks.
    pub(super) fn is_on(&self) -> bool {
        self.is_on || self.mask.is_some()
    }

    /// Whether all partners are letters and all amounts shares, whatever the view masks.
    pub(super) fn is_all(&self) -> bool {
        self.is_on
    }

    /// What is hidden, in words.
    pub(super) fn in_words(&self) -> Option<String> {
        if self.is_on {
            return Some("Blind mode".to_owned());
        }
        self.mask.as_ref().map(Mask::in_words)
    }

    /// Keeps up with the place; before anything is said.
    pub(super) fn follow(&mut self, shown: &ShownPlace) {
        self.revision = shown.revision();
        self.mask.clone_from(&shown.place().view.mask);
        let mask = if self.is_on { Some(Mask::BLIND) } else { self.mask.clone() };
        if let Some(mask) = mask {
            let key = (shown.revision(), self.is_on);
            self.hidden.get(key, || BlindPlace::masked(shown.place(), &mask));
        }
    }

    /// What hides names and amounts, while it is on.
    pub(super) fn words(&self) -> Option<&Blind> {
        self.hidden.at(self.revision).map(|hidden| &hidden.blind).filter(|_| self.is_on())
    }

    /// The place with its partners hidden, while it is on.
    pub(super) fn hidden(&self) -> Option<&BlindPlace> {
        self.hidden.at(self.revision).filter(|_| self.is_on())
    }

    /// A text as it may be said now, with a sign for what would hide in it or turn it.
    pub(super) fn said(&self, text: &str) -> String {
        let said = self.words().map_or_else(|| text.to_owned(), |blind| blind.say(text));
        visible(&said).into_owned()
    }

    /// The picture on screen, as exports draw it.
    pub(super) fn figure(&self) -> Option<Figure> {
        self.figure.at(self.revision).cloned().flatten().map(|figure| lit(&figure, self.pinned))
    }

    /// The table behind as text: names as letters, shares only.
    pub(super) fn table_tsv(&self, by: &[Dimension]) -> Option<String> {
        let hidden = self.hidden.at(self.revision)?;
        let totals = totals_of(hidden, by);
        let mut text = String::new();
        for dimension in &totals.by {
            text.extend([dimension.title(), "\t"]);
        }
        text.push_str("Amount\n");
        for row in &totals.rows {
            for name in &row.names {
                text.extend([&crate::ledger::guarded(name), "\t"]);
            }
            text.push_str(&hidden.blind.amount(row.amount, totals.total));
            text.push('\n');
        }
        Some(text)
    }
}

fn totals_of(hidden: &BlindPlace, by: &[Dimension]) -> Totals {
    Totals::of(&hidden.place.ledger, &hidden.place.view.filter, by)
}

#[must_use]
pub(super) fn blind_view_ui(
    ui: &mut Ui,
    shown: &Shown<'_>,
    screen: Screen,
    screen_view: &mut dyn View,
    view: &mut BlindView,
) -> Option<Action> {
    let (canvas, response) = ui.allocate_exact_size(ui.available_size(), Sense::click());
    // The picture lies where it lies when it is not hidden.
    let room = Rect::from_min_max(canvas.min + vec2(0.0, screen_view.picture_top()), canvas.max);
    let size = (room.width().floor().max(160.0), room.height().floor().max(120.0));
    let key = (shown.revision(), screen, (size.0 as u32, size.1 as u32), shown.look, view.is_on);
    let hidden = view.hidden.at(key.0)?;
    let figure = view.figure.get(key, || {
        let unit = f64::from(unit_in(room.size()));
        let size = (f64::from(size.0) / unit, f64::from(size.1) / unit);
        let figure = screen_view.hidden_figure(shown, hidden, shown.look.scheme(), size);
        figure.map(|figure| figure.scaled(unit))
    });
    let Some(figure) = figure else {
        let words = "Lines name partners and amounts; Reveal, at the foot of the window, shows them";
        let color = Colors::of(ui).weak_text;
        let font = egui::TextStyle::Body.resolve(ui.style());
        ui.painter().text(canvas.center(), egui::Align2::CENTER_CENTER, words, font, color);
        response.widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, words));
        return None;
    };
    if figure.height <= f64::from(size.1) {
        return picture_ui(ui, room, response, key, view);
    }
    let size = vec2(figure.width as f32, figure.height as f32);
    let mut action = None;
    scrolled_ui(ui, room, |ui| {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        action = picture_ui(ui, rect, response, key, view);
    });
    action
}

/// The hidden picture in its place: clicking pins, double clicking opens the table behind.
fn picture_ui(
    ui: &Ui,
    rect: Rect,
    response: Response,
    key: BlindKey,
    view: &mut BlindView,
) -> Option<Action> {
    let figure = view.figure.at(key.0)?.as_ref()?;
    let said = format!("{} {}", figure.title, figure.notes.join(" "));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Canvas, true, &said));
    let transform = Transform { origin: rect.min, zoom: 1.0 };
    let painter = ui.painter_at(rect.expand(4.0).intersect(ui.clip_rect()));
    let pinned = view.pinned;
    let shapes = view
        .painted
        .get((key, pinned, transform), || paint::shapes(&painter, &lit(figure, pinned), transform));
    painter.extend(shapes.iter().cloned());
    let pointed = response.hover_pos().and_then(|at| figure.pointed_at(transform.to_figure(at)));
    let target = pointed.and_then(|mark| mark.target);
    let words = pointed.map(|mark| figure.told(mark).to_owned()).filter(|words| !words.is_empty());
    let opens = response.double_clicked() && target.is_some();
    if opens {
        view.pinned = target;
    } else if response.clicked() {
        view.pinned = if target == pinned { None } else { target };
    }
    if let Some(words) = words {
        response
            .on_hover_text_at_pointer(format!("{words}\nClick pins it, double-click opens the table behind"));
    }
    opens.then_some(Action::OpenTable)
}

/// The figure with all dimmed but what is pinned, where something is.
fn lit(figure: &Figure, pinned: Option<MarkId>) -> Figure {
    match pinned.filter(|pinned| figure.marks.iter().any(|mark| mark.target == Some(*pinned))) {
        Some(pinned) => figure.clone().dimmed(|target| target == pinned),
        None => figure.clone(),
    }
}

/// The table behind: letters and shares.
pub(super) fn blind_table_ui(ui: &mut Ui, revision: u64, by: &[Dimension], view: &mut BlindView) {
    let Some(hidden) = view.hidden.at(revision) else { return };
    let totals = view.totals.get((revision, by.to_vec()), || totals_of(hidden, by));
    ui.heading("Table behind");
    weak_text(ui, &format!("{} rows; shares are of the total in view", totals.rows.len()));
    ui.add_space(space::XS);
    egui::ScrollArea::both().auto_shrink(false).show_rows(ui, 20.0, totals.rows.len(), |ui, rows| {
        egui::Grid::new("blind table").striped(true).spacing([14.0, 4.0]).show(ui, |ui| {
            for row in &totals.rows[rows] {
                let share = hidden.blind.amount(row.amount, totals.total);
                ui.label(RichText::new(share).font(style::semibold(12.0)));
                for name in &row.names {
                    ui.label(RichText::new(name).small());
                }
                ui.end_row();
            }
        });
    });
}
