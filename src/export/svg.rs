//! A figure as SVG text in the plainest elements, which browsers, office suites and drawing programs all draw
//! alike.

use std::borrow::Cow;
use std::fmt::Write as _;

use super::letters::font_faces;
use crate::figure::{
    Anchor, CubicBez, FONT_FAMILY, Figure, Hatch, HatchLine, Mark, Paint, Point, Rect, RibbonShape, Shape,
    Text, Weight, drawable, visible, width_px,
};

/// A figure as SVG text: true outlines, words as words in letters that it brings along, tooltips as titles.
///
/// It keeps to what browsers, Inkscape, office suites and resvg all draw alike: paths with plain fills, no filters,
/// no patterns, of style sheets nothing but the font. Words carry their exact width, so that they keep their room, and
/// no letter is squeezed, where a program has no use for that font.
pub fn svg(figure: &Figure) -> String {
    written(figure, &font_faces(figure), visible)
}

/// The same for a painter that has the font, and nothing but the font.
pub(super) fn svg_to_paint(figure: &Figure) -> String {
    written(figure, "", drawable)
}

fn written(figure: &Figure, fonts: &str, shown: fn(&str) -> Cow<'_, str>) -> String {
    let out = String::with_capacity(512 + fonts.len() + figure.marks.len() * 320);
    let mut writer = Writer { out, shown };
    writer.head(figure, fonts);
    for mark in &figure.marks {
        writer.mark(mark);
    }
    writer.out.push_str("</svg>\n");
    writer.out
}

/// The small print, and after an empty line what of the picture in words is not in it.
fn described(figure: &Figure) -> String {
    let mut text = figure.notes.join("\n");
    let words: Vec<&str> =
        figure.words.iter().filter(|words| !figure.notes.contains(words)).map(String::as_str).collect();
    if !words.is_empty() {
        text.extend(["\n\n", &words.join("\n")]);
    }
    text
}

/// Writes marks one after the other.
pub(super) struct Writer {
    pub(super) out: String,
    /// How words are written.
    pub(super) shown: fn(&str) -> Cow<'_, str>,
}

impl Writer {
    fn head(&mut self, figure: &Figure, fonts: &str) {
        let (width, height) = (number(figure.width), number(figure.height));
        let _ = write!(
            self.out,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
             viewBox=\"0 0 {width} {height}\" role=\"img\" aria-labelledby=\"title desc\" \
             font-family=\"'{FONT_FAMILY}', Inter, 'Segoe UI', Helvetica, Arial, sans-serif\">\n\
             <title id=\"title\">{}</title>\n<desc id=\"desc\">{}</desc>\n\
             <rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>\n",
            escaped(&figure.title),
            escaped(&described(figure)),
            figure.scheme.ground(),
        );
        if !fonts.is_empty() {
            self.out.extend(["<style>\n", fonts, "</style>\n"]);
        }
    }

    fn mark(&mut self, mark: &Mark) {
        if mark.paint.opacity <= 0.0 {
            return;
        }
        let hatch = mark.paint.hatch.map(|hatch| (hatch, hatch.lines(&mark.shape)));
        let hatch = hatch.filter(|(_, lines)| !lines.is_empty());
        // One group is one thing to a pointer and to a screen reader, whatever it is drawn of.
        let grouped = hatch.is_some() || needs_group(mark);
        let title = if mark.tooltip.is_empty() {
            String::new()
        } else {
            format!("<title>{}</title>", escaped(&mark.tooltip))
        };
        if grouped {
            self.out.push_str("<g>");
            // Before all else in its element, where the standard wants it.
            self.out.push_str(&title);
            self.shape(&mark.shape, &mark.paint, "");
            if let Some((hatch, lines)) = hatch {
                self.hatch(hatch, &lines, mark.paint.opacity);
            }
            self.out.push_str("</g>\n");
        } else {
            self.shape(&mark.shape, &mark.paint, &title);
            self.out.push('\n');
        }
    }

    pub(super) fn shape(&mut self, shape: &Shape, paint: &Paint, title: &str) {
        match shape {
            Shape::Bar(rect) => {
                self.rect_start(*rect);
                self.painted(paint, 0.0);
                self.close("rect", title);
            }
            Shape::Ribbon(ribbon) => {
                self.rim(ribbon, paint);
                self.out.push_str("<path d=\"");
                self.ribbon_outline(ribbon);
                self.out.push('"');
                self.painted(&Paint { stroke: None, ..*paint }, hairline(ribbon.width()));
                self.close("path", title);
            }
            Shape::Polygon(points) => {
                self.out.push_str("<path d=\"");
                self.through(points);
                self.out.push_str("Z\"");
                self.painted(paint, 0.0);
                self.close("path", title);
            }
            Shape::Line(points) => {
                self.out.push_str("<path d=\"");
                self.through(points);
                self.out.push_str("\" fill=\"none\" stroke-linejoin=\"round\"");
                self.stroked(paint);
                self.close("path", title);
            }
            Shape::Dot { centre, radius } => {
                let _ = write!(
                    self.out,
                    "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"",
                    number(centre.x),
                    number(centre.y),
                    number(*radius)
                );
                self.painted(paint, 0.0);
                self.close("circle", title);
            }
            Shape::Label(text) => self.text(text, paint, title),
        }
    }

    fn rect_start(&mut self, rect: Rect) {
        let _ = write!(
            self.out,
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"",
            number(rect.x0),
            number(rect.y0),
            number(rect.width()),
            number(rect.height())
        );
    }

    /// What is seen of a stroke along the edges of a band, beneath it: the half on its outside.
    fn rim(&mut self, ribbon: &RibbonShape, paint: &Paint) {
        let Some(stroke) = paint.stroke else { return };
        self.out.push_str("<path d=\"");
        for edge in <[&[CubicBez]; 2]>::from(ribbon.edges()) {
            let Some(first) = edge.first() else { continue };
            self.command('M', &[first.p0]);
            for part in edge {
                self.curve(part);
            }
        }
        let width = number(2.0 * f64::from(stroke.width_px) + hairline(ribbon.width()));
        let _ = write!(self.out, "\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"", stroke.color);
        self.opacity("stroke-opacity", paint.opacity);
        self.out.push_str("/>");
    }

    pub(super) fn ribbon_outline(&mut self, ribbon: &RibbonShape) {
        let (upper, lower) = ribbon.edges();
        let (Some(first), Some(last)) = (upper.first(), lower.last()) else { return };
        self.command('M', &[first.p0]);
        for part in upper {
            self.curve(part);
        }
        self.command('L', &[last.p3]);
        for part in lower.iter().rev() {
            self.command('C', &[part.p2, part.p1, part.p0]);
        }
        self.out.push('Z');
    }

    fn curve(&mut self, part: &CubicBez) {
        self.command('C', &[part.p1, part.p2, part.p3]);
    }

    fn through(&mut self, points: &[Point]) {
        for (index, point) in points.iter().enumerate() {
            self.command(if index == 0 { 'M' } else { 'L' }, &[*point]);
        }
    }

    fn command(&mut self, letter: char, points: &[Point]) {
        self.out.push(letter);
        for (index, point) in points.iter().enumerate() {
            if index > 0 {
                self.out.push(' ');
            }
            push_number(&mut self.out, point.x);
            self.out.push(' ');
            push_number(&mut self.out, point.y);
        }
    }

    /// Fill and stroke; `hairline` widens what would be too thin to be seen.
    fn painted(&mut self, paint: &Paint, hairline: f64) {
        let _ = write!(self.out, " fill=\"{}\"", paint.fill);
        self.opacity("fill-opacity", paint.opacity);
        if paint.stroke.is_some() {
            self.stroked(paint);
        } else if hairline > 0.0 {
            let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{}\"", paint.fill, number(hairline));
            self.opacity("stroke-opacity", paint.opacity);
        }
    }

    fn stroked(&mut self, paint: &Paint) {
        let Some(stroke) = paint.stroke else { return };
        let width = number(f64::from(stroke.width_px));
        let _ = write!(self.out, " stroke=\"{}\" stroke-width=\"{width}\"", stroke.color);
        self.opacity("stroke-opacity", paint.opacity);
    }

    fn opacity(&mut self, attribute: &str, opacity: f32) {
        if opacity < 1.0 {
            let _ = write!(self.out, " {attribute}=\"{}\"", number(f64::from(opacity)));
        }
    }

    fn close(&mut self, element: &str, title: &str) {
        if title.is_empty() {
            self.out.push_str("/>");
        } else {
            let _ = write!(self.out, ">{title}</{element}>");
        }
    }

    pub(super) fn hatch(&mut self, hatch: Hatch, lines: &[HatchLine], opacity: f32) {
        self.out.push_str("<path d=\"");
        for (from, to) in lines {
            self.command('M', &[*from]);
            self.command('L', &[*to]);
        }
        let width = number(hatch.width_px());
        let _ = write!(self.out, "\" fill=\"none\" stroke=\"{}\" stroke-width=\"{width}\"", hatch.color);
        self.opacity("stroke-opacity", hatch.opacity * opacity);
        self.out.push_str("/>");
    }

    fn text(&mut self, text: &Text, paint: &Paint, title: &str) {
        if !text.leader.is_empty() {
            self.out.push_str("<path d=\"");
            self.through(&text.leader);
            let _ = write!(self.out, "\" fill=\"none\" stroke=\"{}\" stroke-width=\"1\"", paint.fill);
            self.opacity("stroke-opacity", paint.opacity * LEADER_OPACITY);
            self.out.push_str("/>");
        }
        if let Some(halo) = text.halo {
            self.text_start(text);
            let _ = write!(
                self.out,
                " fill=\"{halo}\" stroke=\"{halo}\" stroke-width=\"{}\" stroke-linejoin=\"round\" aria-hidden=\"true\"",
                number(HALO_WIDTH_PX)
            );
            self.opacity("fill-opacity", paint.opacity);
            self.opacity("stroke-opacity", paint.opacity * HALO_OPACITY);
            let _ = write!(self.out, ">{}</text>", escaped(&(self.shown)(&text.content)));
        }
        self.text_start(text);
        let _ = write!(self.out, " fill=\"{}\"", paint.fill);
        self.opacity("fill-opacity", paint.opacity);
        let _ = write!(self.out, ">{title}{}</text>", escaped(&(self.shown)(&text.content)));
    }

    fn text_start(&mut self, text: &Text) {
        let content = visible(&text.content);
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" font-size=\"{}\"",
            number(text.at.x),
            number(text.at.y),
            number(text.size_px)
        );
        if text.weight != Weight::Regular {
            let _ = write!(self.out, " font-weight=\"{}\"", text.weight.number());
        }
        match text.anchor {
            Anchor::Start => {}
            Anchor::Middle => self.out.push_str(" text-anchor=\"middle\""),
            Anchor::End => self.out.push_str(" text-anchor=\"end\""),
        }
        let width = width_px(&content, text.size_px, text.weight);
        if width > 0.0 {
            let _ = write!(self.out, " textLength=\"{}\" lengthAdjust=\"spacing\"", number(width));
        }
        // XML makes one space of several, and the words would no longer have their width.
        if content.contains("  ") {
            self.out.push_str(" xml:space=\"preserve\"");
        }
    }
}

/// How strong a leader is beside its words.
pub(super) const LEADER_OPACITY: f32 = 0.6;
/// The rim around words, both sides together.
pub(super) const HALO_WIDTH_PX: f64 = 4.0;
pub(super) const HALO_OPACITY: f32 = 0.9;

/// A line to be drawn around a band that is too thin to be seen; its outline stays what it is.
pub(super) fn hairline(width: f64) -> f64 {
    // Thinner lines vanish on a screen of usual density, and a payment that cannot be seen is one that is not
    // there.
    const THINNEST: f64 = 0.6;
    (THINNEST - width).max(0.0)
}

fn needs_group(mark: &Mark) -> bool {
    match &mark.shape {
        // With what is told of it, which drawing programs show of a group.
        Shape::Label(text) => text.halo.is_some() || !text.leader.is_empty() || !mark.tooltip.is_empty(),
        Shape::Ribbon(_) => mark.paint.stroke.is_some(),
        _ => false,
    }
}

/// Text for XML: markup escaped, what XML 1.0 cannot hold left out, what hides shown as a sign.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (index, line) in text.split('\n').enumerate() {
        if index > 0 {
            out.push('\n');
        }
        for c in visible(line).chars() {
            match c {
                '&' => out.push_str("&amp;"),
                '<' => out.push_str("&lt;"),
                '>' => out.push_str("&gt;"),
                '"' => out.push_str("&quot;"),
                // No XML can hold them, not even escaped.
                '\u{fffe}' | '\u{ffff}' => {}
                c => out.push(c),
            }
        }
    }
    out
}

/// A coordinate to a hundredth of a pixel, without needless zeros: `12`, `0.5`, `-3.25`.
fn number(value: f64) -> String {
    let mut out = String::new();
    push_number(&mut out, value);
    out
}

fn push_number(out: &mut String, value: f64) {
    // A hundredth of a pixel cannot be seen, and whole numbers print the same on every machine where floats
    // may not.
    let hundredths = (value * 100.0).round() as i64;
    let (whole, rest) = (hundredths.unsigned_abs() / 100, hundredths.unsigned_abs() % 100);
    if hundredths < 0 {
        out.push('-');
    }
    let _ = match rest {
        0 => write!(out, "{whole}"),
        rest if rest % 10 == 0 => write!(out, "{whole}.{}", rest / 10),
        rest => write!(out, "{whole}.{rest:02}"),
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::figure::{HatchKind, MarkId, Scheme};

    #[test]
    fn coordinates_are_short_and_steady() {
        for (value, text) in [(12.0, "12"), (0.5, "0.5"), (-3.25, "-3.25"), (-0.001, "0"), (1e6, "1000000")] {
            assert_eq!(number(value), text);
        }
        assert_eq!(number(f64::NAN), "0");
    }

    #[test]
    fn a_small_figure_is_written_as_it_stands() {
        let scheme = Scheme::Light;
        let fill = scheme.category(0);
        let bar = Paint::fill(fill).hatched(Some(scheme.hatch_on(HatchKind::Apportioned, fill)));
        let figure = Figure {
            width: 100.0,
            height: 40.0,
            title: "Health & Care: £4.32m".to_owned(),
            notes: vec!["Source: <accounts>".to_owned()],
            scheme,
            unbalanced: None,
            words: Vec::new(),
            marks: vec![
                Mark::new(MarkId::of(&["bar"]), Rect::new(0.0, 0.0, 8.0, 12.0), bar, "Council\n£4.32m"),
                Mark::new(
                    MarkId::of(&["link"]),
                    RibbonShape::sweep(Point::new(8.0, 6.0), Point::new(48.0, 6.0), 12.0),
                    Paint::fill(scheme.category(1)).opacity(0.46),
                    "",
                ),
                Mark::label(
                    MarkId::of(&["words"]),
                    Text {
                        at: Point::new(52.0, 11.0),
                        anchor: Anchor::Start,
                        size_px: 14.0,
                        weight: Weight::SemiBold,
                        content: "A\u{202e}&B".to_owned(),
                        leader: Vec::new(),
                        halo: None,
                    },
                    scheme.ink(),
                ),
            ],
        };
        let text = svg(&figure);
        assert_eq!(text, svg(&figure));
        assert!(text.contains("<title id=\"title\">Health &amp; Care: £4.32m</title>"), "{text}");
        assert!(text.contains("&lt;accounts&gt;") && text.contains("A\u{25a1}&amp;B"), "{text}");
        assert!(text.contains("<path d=\"M8 0C28 0 28 0 48 0L48 12C28 12 28 12 8 12Z\" fill=\"#28a197\" fill-opacity=\"0.46\"/>"), "{text}");
        assert!(
            text.contains("<g><title>Council\n£4.32m</title><rect x=\"0\" y=\"0\" width=\"8\" height=\"12\""),
            "{text}"
        );
    }
}
