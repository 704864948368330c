//! How well the money of a flow picture is known: the key to its hatches at the foot, and the stamp that takes their
//! place where nearly all of it is known alike.

use super::stamp::stamp_box;
use super::{Anchor, HatchKind, Mark, MarkId, Paint, Point, Rect, Scheme, Text, Weight, width_px};
use crate::dimension::Dimension;
use crate::flow::breakdown::Grade;
use crate::flow::{BandPart, FlowGraph, FlowNode, Member};
use crate::money::{Money, Share, percent};

/// From so many of a hundred on a grade covers the picture: lines on every band would say nothing of any.
const COVERS_PERCENT: i128 = 95;

/// A line of words with air above.
const HEIGHT_PX: f64 = 24.0;
/// In a lower picture there is no room for it.
const LEAST_HEIGHT_PX: f64 = 300.0;
const WORDS_PX: f64 = 12.0;
const SWATCH: (f64, f64) = (26.0, 12.0);
const BETWEEN_PX: f64 = 16.0;

/// The hatches of a picture of flows with what they say, and what is true of nearly all of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct EvidenceKey {
    stamp: Option<String>,
    items: Vec<(HatchKind, String)>,
}

impl EvidenceKey {
    pub(super) fn of(graph: &FlowGraph) -> Self {
        let (whole, sums) = known(graph);
        let stamp = covering(whole, &sums).map(|(grade, amount)| {
            let much = if amount == whole { "all".to_owned() } else { share(amount, whole) };
            format!("{}, {much} of it", grade.word().to_uppercase())
        });
        let hatched = sums.iter().filter(|(_, amount)| !amount.is_zero());
        let mut items: Vec<(HatchKind, String)> = hatched
            .filter_map(|&(grade, amount)| {
                Some((HatchKind::of(grade)?, format!("{} {}", grade.word(), share(amount, whole))))
            })
            .collect();
        if graph.nodes.iter().any(|node| matches!(node.member, Member::End { .. })) {
            items.push((HatchKind::PassedOn, "passed on out of the place".to_owned()));
        }
        Self { stamp, items }
    }

    /// How much of a picture's height it takes, px: nothing where nothing is hatched.
    pub(super) fn height_px(&self, picture_height_px: f64) -> f64 {
        if self.items.is_empty() || picture_height_px < LEAST_HEIGHT_PX { 0.0 } else { HEIGHT_PX }
    }

    /// The key with its lower edge at `bottom` (px), in a picture so wide.
    pub(super) fn marks(&self, scheme: Scheme, width: f64, bottom: f64) -> Vec<Mark> {
        let middle = bottom - HEIGHT_PX / 2.0;
        let mut marks = Vec::new();
        let mut x = 0.0;
        if let Some(words) = &self.stamp {
            let (around, stamped) = stamp_box(scheme, "evidence-stamp", Point::new(1.0, middle), 1.0, words);
            marks.extend(stamped);
            x = around.x1 + BETWEEN_PX;
        }
        for (kind, words) in &self.items {
            let words_left = x + SWATCH.0 + 6.0;
            let end = words_left + width_px(words, WORDS_PX, Weight::Regular);
            // The first has to say what it says however narrow the picture.
            if end > width && x > 0.0 {
                break;
            }
            let swatch = Rect::new(x, middle - SWATCH.1 / 2.0, x + SWATCH.0, middle + SWATCH.1 / 2.0);
            let fill = scheme.neutral();
            let paint = Paint::fill(fill).hatched(Some(scheme.hatch_on(*kind, fill)));
            marks.push(Mark::decoration(MarkId::of(&["evidence", "swatch", words]), swatch, paint));
            let at = Point::new(words_left, middle);
            let text = Text::centred(at, Anchor::Start, WORDS_PX, Weight::Regular, words.as_str());
            marks.push(Mark::label(MarkId::of(&["evidence", "words", words]), text, scheme.faint_ink()));
            x = end + BETWEEN_PX;
        }
        marks
    }
}

/// The grade that nearly all of a picture is of, where that is hatched.
pub(super) fn covering_grade(graph: &FlowGraph) -> Option<Grade> {
    let (whole, sums) = known(graph);
    covering(whole, &sums).map(|(grade, _)| grade)
}

/// What a node is hatched by: what most of it is. Nodes carry it for bands that are too thin to be hatched.
pub(super) fn node_hatch(graph: &FlowGraph, node: &FlowNode) -> Option<HatchKind> {
    if matches!(node.member, Member::End { .. }) {
        return Some(HatchKind::PassedOn);
    }
    let has_pool = graph.layers.contains(&Dimension::Pool);
    let is_pool = graph.layers[node.layer] == Dimension::Pool;
    let mut sums: Vec<(Grade, Money)> = Vec::new();
    for BandPart { kind, amount } in &node.parts {
        let grade = if is_pool || !has_pool { kind.grade } else { kind.known };
        add(&mut sums, grade, amount.abs());
    }
    let most = sums.into_iter().max_by_key(|(grade, amount)| (*amount, std::cmp::Reverse(*grade)))?;
    HatchKind::of(most.0)
}

/// The money of a picture, and how much of it is known how well. Every line runs through the first layer once.
fn known(graph: &FlowGraph) -> (Money, Vec<(Grade, Money)>) {
    let mut sums = Vec::new();
    for (_, node) in graph.layer(0) {
        for part in &node.parts {
            add(&mut sums, part.kind.known, part.amount.abs());
        }
    }
    sums.sort_unstable_by_key(|(grade, _)| *grade);
    (sums.iter().map(|(_, amount)| *amount).sum(), sums)
}

fn add(sums: &mut Vec<(Grade, Money)>, grade: Grade, amount: Money) {
    match sums.iter_mut().find(|(known, _)| *known == grade) {
        Some((_, sum)) => *sum += amount,
        None => sums.push((grade, amount)),
    }
}

fn covering(whole: Money, sums: &[(Grade, Money)]) -> Option<(Grade, Money)> {
    let covers = |amount: Money| amount.units() * 100 >= whole.units() * COVERS_PERCENT;
    let found = sums.iter().find(|(grade, amount)| HatchKind::of(*grade).is_some() && covers(*amount))?;
    (!whole.is_zero()).then_some(*found)
}

fn share(amount: Money, whole: Money) -> String {
    Share::of(amount, whole).map(percent).unwrap_or_default()
}
