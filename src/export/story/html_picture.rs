//! The picture of a scene within a page for a browser: its marks as SVG, each known by a number, and beside them what
//! lights up when one is pointed at, worked out beforehand.

use std::collections::HashMap;
use std::fmt::Write as _;

use serde::Serialize;

use crate::export::svg::escaped;
use crate::export::svg_in_page::{PageMark, marks_in_page, outline_in_page};
use crate::figure::{Color, Figure, MarkId, Shape};
use crate::scene::SceneTraces;

/// A picture and what a page knows of it.
pub(super) struct PagePicture {
    pub(super) svg: String,
    pub(super) data: PageData,
}

/// What lights up, as few letters as may be: words and colors are numbers in lists.
#[derive(Debug, Default, Serialize)]
pub(super) struct PageData {
    /// What is said of each mark that can be pointed at.
    t: Vec<String>,
    /// Amounts in words.
    w: Vec<String>,
    /// Colors.
    c: Vec<String>,
    /// By the number of what is pointed at: a sentence; of each node its number, what is lit and of how much, where its
    /// filled part begins and how high it is (tenths of a pixel), its color; of each band its number, between which
    /// ten-thousandths of its width it is lit, its color.
    f: std::collections::BTreeMap<usize, (String, Vec<i64>, Vec<i64>)>,
    /// What is pinned from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    p: Option<usize>,
}

/// A list of words of which each is there once.
#[derive(Default)]
struct Listed {
    list: Vec<String>,
    at: HashMap<String, usize>,
}

impl Listed {
    fn number(&mut self, word: &str) -> i64 {
        let next = self.list.len();
        let at = *self.at.entry(word.to_owned()).or_insert(next);
        if at == next {
            self.list.push(word.to_owned());
        }
        at as i64
    }
}

/// The picture of a scene, and what lights up in it. `label` is what it is called where it is read aloud.
pub(super) fn page_picture(figure: &Figure, traces: &SceneTraces, label: &str) -> PagePicture {
    let mut targets: HashMap<MarkId, usize> = HashMap::new();
    let mut said = Vec::new();
    for mark in &figure.marks {
        let Some(target) = mark.target else { continue };
        let stands_for_itself = target == mark.id || traces.bands.iter().any(|(band, _)| *band == target);
        let is_words = matches!(mark.shape, Shape::Label(_));
        if stands_for_itself && !is_words && !mark.tooltip.is_empty() {
            targets.entry(target).or_insert_with(|| {
                said.push(mark.tooltip.clone());
                said.len() - 1
            });
        }
    }
    let is_band = |id: MarkId| traces.bands.iter().any(|(band, _)| *band == id);
    let amounts: HashMap<MarkId, MarkId> = traces.nodes.iter().map(|(node, words)| (*words, *node)).collect();

    let mut svg = String::new();
    let _ = write!(
        svg,
        "<svg viewBox=\"0 0 {} {}\" role=\"group\" aria-label=\"{}\" font-family=\"'{}', Arial, sans-serif\">",
        figure.width.round(),
        figure.height.round(),
        escaped(label),
        crate::figure::FONT_FAMILY,
    );
    // Bands are beneath all else: above them what catches the pointer, and then what is lit.
    let bands_end = figure.marks.iter().position(|mark| !matches!(mark.shape, Shape::Ribbon(_)));
    let bands_end = bands_end.unwrap_or(figure.marks.len());
    let (bands, others) = figure.marks.split_at(bands_end);
    let page_mark = |mark: &crate::figure::Mark| {
        let number = mark.target.and_then(|target| targets.get(&target).copied());
        match (&mark.shape, number) {
            (_, None) => PageMark::Still,
            (Shape::Label(_), Some(number)) if amounts.contains_key(&mark.id) => PageMark::Amount(number),
            (Shape::Label(_), Some(number)) => PageMark::Words(number),
            (_, Some(number)) if mark.target.is_some_and(is_band) => PageMark::Band(number),
            (_, Some(number)) if mark.target == Some(mark.id) => PageMark::Node(number),
            (_, Some(number)) => PageMark::Words(number),
        }
    };
    marks_in_page(&mut svg, bands, page_mark);
    let mut whole: Vec<_> = traces.bands.iter().collect();
    // The thin ones on top, where they can still be pointed at.
    whole.sort_by(|a, b| b.1.width().total_cmp(&a.1.width()).then_with(|| a.0.cmp(&b.0)));
    for (mark, ribbon) in whole {
        if let Some(number) = targets.get(mark) {
            let _ = write!(svg, "<path class=\"h\" data-t=\"{number}\" d=\"{}\"/>", outline_in_page(ribbon));
        }
    }
    svg.push_str("<g class=\"lit\"></g>");
    marks_in_page(&mut svg, others, page_mark);
    svg.push_str("<g class=\"lit\"></g></svg>");
    PagePicture { svg, data: data(traces, &targets, said) }
}

fn data(traces: &SceneTraces, targets: &HashMap<MarkId, usize>, said: Vec<String>) -> PageData {
    let (mut words, mut colors) = (Listed::default(), Listed::default());
    let mut color = |color: Color| colors.number(&color.to_string());
    let mut lights = std::collections::BTreeMap::new();
    for trace in &traces.traces {
        let Some(&of) = targets.get(&trace.of) else { continue };
        let (mut nodes, mut bands) = (Vec::new(), Vec::new());
        for node in &trace.nodes {
            let Some(&number) = targets.get(&node.mark) else { continue };
            let tenths = |px: f64| (px * 10.0).round() as i64;
            let (lit, whole) = (words.number(&node.lit), words.number(&node.whole));
            let (top, high) = (tenths(node.bar.y0), tenths(node.bar.height()));
            nodes.extend([number as i64, lit, whole, top, high, color(node.color)]);
        }
        for band in &trace.bands {
            let Some(&number) = targets.get(&band.band) else { continue };
            let of_width = |share: f64| (share * 10_000.0).round() as i64;
            bands.extend([number as i64, of_width(band.from), of_width(band.until), color(band.color)]);
        }
        lights.insert(of, (trace.sentence.clone(), nodes, bands));
    }
    let pinned = traces.pinned.and_then(|mark| targets.get(&mark).copied());
    let said = said.into_iter().map(|words| crate::figure::visible_lines(&words).into_owned()).collect();
    PageData { t: said, w: words.list, c: colors.list, f: lights, p: pinned }
}

impl PagePicture {
    /// Whether nothing in it lights up.
    pub(super) fn data_is_empty(&self) -> bool {
        self.data.f.is_empty()
    }
}
