//! Marks as a part of a page that lights up what is pointed at: each in a group that says what it is there and by which
//! number it is known.

use std::fmt::Write as _;

use super::svg::{Writer, escaped};
use crate::figure::{Mark, RibbonShape, visible};

/// What a mark is to a page that lights up what is pointed at, and the number it is known by there.
#[derive(Clone, Copy, Debug)]
pub(super) enum PageMark {
    /// It can be pointed at and walked to, and is read aloud.
    Node(usize),
    Band(usize),
    /// Words that belong to it, or what else helps to read it.
    Words(usize),
    /// The words of its amount.
    Amount(usize),
    /// Nothing.
    Still,
}

/// Marks as a part of a page, each told what it is there.
pub(super) fn marks_in_page(out: &mut String, marks: &[Mark], as_what: impl Fn(&Mark) -> PageMark) {
    let mut writer = Writer { out: std::mem::take(out), shown: visible };
    for mark in marks.iter().filter(|mark| mark.paint.opacity > 0.0) {
        let (class, number) = match as_what(mark) {
            PageMark::Node(number) => ("n", Some(number)),
            PageMark::Band(number) => ("b", Some(number)),
            PageMark::Words(number) => ("l", Some(number)),
            PageMark::Amount(number) => ("l a", Some(number)),
            PageMark::Still => ("s", None),
        };
        match number {
            Some(number) => {
                let _ = write!(writer.out, "<g class=\"{class}\" data-t=\"{number}\"");
            }
            None => writer.out.push_str("<g class=\"s\""),
        }
        if class == "n" {
            let said = escaped(&mark.tooltip.replace('\n', ", "));
            // Up to its amount a tooltip says what it is called.
            let name = said.rsplit_once(": ").map_or(said.as_str(), |(name, _)| name);
            let _ = write!(
                writer.out,
                " tabindex=\"0\" role=\"button\" aria-pressed=\"false\" aria-label=\"{said}\" data-name=\"{name}\""
            );
        }
        writer.out.push('>');
        writer.shape(&mark.shape, &mark.paint, "");
        if let Some(hatch) = mark.paint.hatch {
            let lines = hatch.lines(&mark.shape);
            if !lines.is_empty() {
                writer.hatch(hatch, &lines, mark.paint.opacity);
            }
        }
        writer.out.push_str("</g>");
    }
    *out = writer.out;
}

/// The outline of a band: along its upper edge and back along the lower.
pub(super) fn outline_in_page(ribbon: &RibbonShape) -> String {
    let mut writer = Writer { out: String::new(), shown: visible };
    writer.ribbon_outline(ribbon);
    writer.out
}
