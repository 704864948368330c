//! What the picture counts and adds, in small print in the foot of the window.

use egui::{Label, RichText, Ui};

use super::App;
use super::style::Colors;

/// What the picture counts and adds, and how many lines the place has: as much as there is room for.
pub(super) fn small_print_ui(ui: &mut Ui, app: &mut App) {
    // What is pinned comes before what is seen.
    let pinned = app.here().and_then(|(view, shown)| view.foot_sum(&shown)).filter(|_| !app.blind.is_on());
    let headline = app.headline.at(app.shown.revision());
    let counted = headline.map(|headline| app.blind.said(&headline.small));
    let words = [pinned.or(counted).unwrap_or_default(), app.foot_words()];
    let words: Vec<&str> = words.iter().map(String::as_str).filter(|words| !words.is_empty()).collect();
    // What concerns everything stands on the right, and what has just happened.
    let most = ui.available_width();
    let room = if app.notices.is_passing() {
        most * (1.0 - HAPPENED)
    } else {
        (most - BESIDE_SMALL_PRINT).clamp(SMALL_PRINT.0, SMALL_PRINT.1)
    };
    ui.scope(|ui| {
        ui.set_max_width(room);
        let words = RichText::new(words.join(" ")).small().color(Colors::of(ui).weak_text);
        ui.add(Label::new(words).truncate());
    });
}

/// What of the foot is for what has just happened, with what may be done about it: in a small window it has room for all of
/// that.
const HAPPENED: f32 = 0.93;
/// What is on the right of the small print, and between what widths that is, in points.
const BESIDE_SMALL_PRINT: f32 = 260.0;
const SMALL_PRINT: (f32, f32) = (120.0, 900.0);
