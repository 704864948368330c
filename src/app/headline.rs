//! The sentence over every screen, with what must be known about it beside it: in a room of its own, so that a longer one
//! moves nothing below.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{Align, Galley, Label, Layout, Popup, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, vec2};

use super::shown_place::ShownPlace;
use super::style::{self, Colors, Tone, badge_width, badge_within, space};
use crate::dimension::Dimension;
use crate::ledger::Filter;
use crate::place::Place;
use crate::scene::{Audience, NeverAdded, Sentence, flows_title};
use crate::words::counted_plain;

/// What is seen, in words, and what must be known about it.
#[derive(Clone, Debug, Default)]
pub(super) struct Headline {
    pub(super) text: String,
    /// What it counts, in small print at the foot of the window.
    pub(super) small: String,
    /// The amount to the penny.
    pub(super) tip: String,
    pub(super) badges: Vec<HeadlineBadge>,
    /// It is shown whole, whatever other screens are narrowed to.
    pub(super) is_unfiltered: bool,
}

/// A few words beside the headline.
#[derive(Clone, Debug)]
pub(super) struct HeadlineBadge {
    words: String,
    tip: String,
    tone: Tone,
    /// What it asks to choose from, each with the filter that chooses it.
    choices: Vec<(String, Filter)>,
    /// It says that what is seen is a scenario.
    is_stamp: bool,
}

impl Headline {
    /// The lines of the shown place that pass the view's filter.
    pub(super) fn of_view(shown: &ShownPlace) -> Self {
        Self::of_lines(shown, shown.place(), &shown.place().view.filter)
    }

    /// Lines of a place: of the shown one, or of what it is compared with.
    pub(super) fn of_lines(shown: &ShownPlace, place: &Place, filter: &Filter) -> Self {
        let sentence = Sentence::about(place, filter);
        let tip = format!("{}, the sum of {} lines", sentence.total_in_full(), sentence.lines);
        let text = flows_title(place, filter, Audience::DESK);
        let mut headline = Self { text, small: sentence.text, tip, ..Self::default() };
        if !sentence.evidence.is_empty() {
            let tip = "How much of the total is not actual money; it is drawn hatched";
            headline.badge(sentence.evidence, tip, Tone::Plain);
        }
        headline.stamp(sentence.stamp);
        let broken: Vec<String> =
            shown.model().iter().flat_map(|model| model.broken()).map(ToString::to_string).collect();
        if !broken.is_empty() {
            let words = format!("{} of the scenario broken", counted_plain(broken.len(), "part"));
            headline.badge(words, broken.join("\n"), Tone::Error);
        }
        if !sentence.warning.is_empty() {
            // Of other lines than the view's a filter would choose nothing.
            let is_asked = *filter == shown.place().view.filter;
            let tip = if is_asked { "Press to choose which is seen" } else { "" };
            headline.badge(sentence.warning, tip, Tone::Warning);
            let only = |dimension: Dimension, name: &String| {
                (name.clone(), filter.clone().only(dimension, [name.as_str()]))
            };
            let of = |apart: &NeverAdded| -> Vec<_> {
                apart.names.iter().map(|name| only(apart.dimension, name)).collect()
            };
            let choices = sentence.apart.iter().filter(|_| is_asked).flat_map(of);
            headline.badges.last_mut().expect("it was just added").choices = choices.collect();
        }
        headline
    }

    /// The same without what the picture below says itself.
    pub(super) fn without_stamp(mut self) -> Self {
        self.badges.retain(|badge| !badge.is_stamp);
        self
    }

    /// Says that it is a scenario, where it is stamped as one.
    pub(super) fn stamp(&mut self, stamp: Option<&str>) {
        if let Some(stamp) = stamp {
            let tip = "A scenario, until every contribution to its pool is agreed";
            self.badge(stamp, tip, Tone::Warning);
            self.badges.iter_mut().last().into_iter().for_each(|badge| badge.is_stamp = true);
        }
    }

    fn badge(&mut self, words: impl Into<String>, tip: impl Into<String>, tone: Tone) {
        self.badges.push(HeadlineBadge {
            words: words.into(),
            tip: tip.into(),
            tone,
            is_stamp: false,
            choices: Vec::new(),
        });
    }
}

/// The room of the sentence, in points: two lines of a title, three of body text.
const ROOM: f32 = 50.0;

/// What a sentence is set in, the first that fits: a title, as small as a subheading, as body text.
const SIZES: [f32; 3] = [20.0, 17.0, 14.0];

/// No more of the width is the badges' than this.
const MOST_FOR_BADGES: f32 = 0.42;

/// Shows the sentence and its badges, with what may be said in blind mode; the filter that was chosen, where one of them
/// asks.
pub(super) fn headline_ui(ui: &mut Ui, headline: &Headline, said: &dyn Fn(&str) -> String) -> Option<Filter> {
    let (room, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROOM), Sense::hover());
    let (rows, width) = rows_of_badges(ui, &headline.badges, room.width());
    let beside = Rect::from_min_max(egui::pos2(room.right() - width, room.top()), room.max);
    let gap = if width > 0.0 { space::M } else { 0.0 };
    let sentence = Rect::from_min_max(room.min, egui::pos2(beside.left() - gap, room.bottom()));
    sentence_ui(ui, sentence, &said(&headline.text), &said(&headline.tip));
    badges_ui(ui, beside, &rows, said)
}

fn sentence_ui(ui: &mut Ui, room: Rect, text: &str, tip: &str) {
    let galley = fitted(ui, text, room.width());
    let is_cut = galley.elided;
    let middle = Layout::left_to_right(Align::Center);
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).layout(middle));
    let label = ui.add(Label::new(galley));
    label.on_hover_text(if is_cut { format!("{text}\n{tip}") } else { tip.to_owned() });
}

/// The sentence as large as its room lets it be; what has no room even so ends in three dots.
fn fitted(ui: &Ui, text: &str, width: f32) -> Arc<Galley> {
    let color = Colors::of(ui).text;
    let set = |size: f32, most_rows: usize| {
        let mut job = LayoutJob::simple(text.to_owned(), style::semibold(size), color, width);
        job.wrap.max_rows = most_rows;
        ui.painter().layout_job(job)
    };
    let whole = SIZES.iter().map(|size| set(*size, usize::MAX)).find(|galley| galley.size().y <= ROOM);
    whole.unwrap_or_else(|| set(SIZES[SIZES.len() - 1], 3))
}

/// The badges in one row, or in two where one would leave the sentence little room; and how wide they are.
fn rows_of_badges<'a>(ui: &Ui, badges: &'a [HeadlineBadge], room: f32) -> (Vec<&'a [HeadlineBadge]>, f32) {
    let width = |row: &[HeadlineBadge]| {
        let gaps = space::S * row.len().saturating_sub(1) as f32;
        row.iter().map(|one| badge_width(ui, &one.words)).sum::<f32>() + gaps
    };
    let most = room * MOST_FOR_BADGES;
    let whole = width(badges);
    if badges.len() < 2 || whole <= room / 4.0 {
        return (vec![badges], whole.min(most));
    }
    let parted = |at: usize| width(&badges[..at]).max(width(&badges[at..]));
    let at = (1..badges.len()).min_by(|a, b| parted(*a).total_cmp(&parted(*b))).unwrap_or(1);
    (vec![&badges[..at], &badges[at..]], parted(at).min(most))
}

fn badges_ui(
    ui: &mut Ui,
    room: Rect,
    rows: &[&[HeadlineBadge]],
    said: &dyn Fn(&str) -> String,
) -> Option<Filter> {
    let mut chosen = None;
    let height = room.height() / rows.len().max(1) as f32;
    for (index, row) in rows.iter().enumerate() {
        let corner = room.min + vec2(0.0, height * index as f32);
        let row_room = Rect::from_min_size(corner, vec2(room.width(), height));
        let layout = Layout::left_to_right(Align::Center);
        let mut ui = ui.new_child(UiBuilder::new().max_rect(row_room).layout(layout));
        ui.spacing_mut().item_spacing.x = space::S;
        for one in *row {
            let most = ui.available_width();
            let mut response = badge_within(&mut ui, &one.words, one.tone, most);
            if !one.choices.is_empty() {
                response = response.interact(Sense::click());
                response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &one.words));
                Popup::menu(&response).show(|ui| {
                    for (name, filter) in &one.choices {
                        if ui.button(format!("Only {name}")).clicked() {
                            chosen = Some(filter.clone());
                        }
                    }
                });
            }
            if !one.tip.is_empty() {
                response.on_hover_text(said(&one.tip));
            }
        }
    }
    chosen
}
