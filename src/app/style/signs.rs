//! The gate between the program and whoever looks at it or listens to it: every text of a frame goes through here, as
//! letters that are painted, as names that are read aloud, as the window's title. Characters that hide or turn those
//! around them are shown as a small sign.

use std::borrow::Cow;
use std::collections::HashSet;
use std::hash::{BuildHasher as _, RandomState};
use std::sync::Arc;

use egui::accesskit::{Node, Role};
use egui::text::{ByteIndex, LayoutJob};
use egui::{Context, FullOutput, Plugin, Shape, ViewportCommand};

use crate::figure::visible_lines;

/// So many texts with signs are remembered as painted before; a screen has hundreds at most.
const MOST_REMEMBERED: usize = 4_096;

/// Shows what would be hidden, whoever has said it.
#[derive(Default)]
pub(super) struct Signs {
    /// Texts whose letters are in the picture of all letters.
    painted: HashSet<u64>,
    hashing: RandomState,
}

impl Plugin for Signs {
    fn debug_name(&self) -> &'static str {
        "signs for hidden characters"
    }

    fn output_hook(&mut self, context: &Context, output: &mut FullOutput) {
        for clipped in &mut output.shapes {
            self.show(context, &mut clipped.shape);
        }
        if let Some(update) = &mut output.platform_output.accesskit_update {
            update.nodes.iter_mut().for_each(|(_, node)| say(node));
        }
        for command in output.viewport_output.values_mut().flat_map(|viewport| &mut viewport.commands) {
            if let ViewportCommand::Title(title) = command
                && let Cow::Owned(shown) = visible_lines(title)
            {
                *title = shown;
            }
        }
    }
}

impl Signs {
    fn show(&mut self, context: &Context, shape: &mut Shape) {
        match shape {
            Shape::Vec(shapes) => shapes.iter_mut().for_each(|shape| self.show(context, shape)),
            Shape::Text(text) => {
                if let Some(job) = with_signs(&text.galley.job) {
                    // The letters of this frame are with the painter already: new ones are there in the next.
                    if self.painted.insert(self.hashing.hash_one(&job)) {
                        context.request_repaint();
                    }
                    if self.painted.len() > MOST_REMEMBERED {
                        self.painted.clear();
                    }
                    text.galley = context.fonts_mut(|fonts| fonts.layout_job(job));
                }
            }
            _ => {}
        }
    }
}

/// The text with signs; none where it has nothing to be shown.
fn with_signs(job: &Arc<LayoutJob>) -> Option<LayoutJob> {
    if matches!(visible_lines(&job.text), Cow::Borrowed(_)) {
        return None;
    }
    let mut shown = LayoutJob::clone(job);
    shown.text.clear();
    for section in &mut shown.sections {
        let start = shown.text.len();
        let range = section.byte_range.start.0..section.byte_range.end.0;
        shown.text.push_str(&visible_lines(&job.text[range]));
        section.byte_range = ByteIndex(start)..ByteIndex(shown.text.len());
    }
    Some(shown)
}

/// What is read aloud of a control.
fn say(node: &mut Node) {
    let shown = |text: Option<&str>| match visible_lines(text?) {
        Cow::Owned(shown) => Some(shown),
        Cow::Borrowed(_) => None,
    };
    if node.role() == Role::TextRun {
        return say_run(node);
    }
    if let Some(label) = shown(node.label()) {
        node.set_label(label);
    }
    if let Some(value) = shown(node.value()) {
        node.set_value(value);
    }
    if let Some(description) = shown(node.description()) {
        node.set_description(description);
    }
    if let Some(placeholder) = shown(node.placeholder()) {
        node.set_placeholder(placeholder);
    }
    if let Some(tooltip) = shown(node.tooltip()) {
        node.set_tooltip(tooltip);
    }
}

/// Of the letters of a field each is known by its length, and keeps its place: one sign for each that hides.
fn say_run(node: &mut Node) {
    let Some(value) = node.value() else { return };
    if matches!(visible_lines(value), Cow::Borrowed(_)) {
        return;
    }
    let letters: Vec<String> =
        value.chars().map(|letter| visible_lines(letter.encode_utf8(&mut [0; 4])).into_owned()).collect();
    if letters.len() == node.character_lengths().len() {
        let lengths: Vec<u8> = letters.iter().map(|letter| letter.len() as u8).collect();
        node.set_character_lengths(lengths);
    }
    node.set_value(letters.concat());
}
