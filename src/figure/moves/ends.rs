//! What has less and what has more, in their order and at their places; and the bands between.

use std::collections::BTreeMap;

use super::super::{Color, Rect, Scheme};
use super::{GAP, readable};
use crate::dimension::Names;
use crate::figure::extent;
use crate::money::{Money, in_column};
use crate::pool::{MoveEnd, Moves, Purpose};

/// Something with less or with more.
#[derive(Clone, Debug)]
pub(super) struct EndMark {
    pub(super) title: String,
    pub(super) names: Vec<Vec<String>>,
    pub(super) amount: Money,
    /// Its middle and its height, px.
    pub(super) y: f64,
    pub(super) height: f64,
    kind: EndKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum EndKind {
    Named,
    /// Held back.
    Unallocated,
    Others,
    NewMoney,
    LeftOut,
    NotPaired,
}

impl EndMark {
    pub(super) fn is_held(&self) -> bool {
        self.kind == EndKind::Unallocated
    }

    /// Whether it has a name, or stands for several that have.
    pub(super) fn is_more(&self) -> bool {
        matches!(self.kind, EndKind::Named | EndKind::Others)
    }

    /// What is nobody's: at the foot of its side, and quiet.
    pub(super) fn is_remainder(&self) -> bool {
        !matches!(self.kind, EndKind::Named | EndKind::Unallocated)
    }

    /// The amount with its sign. What is held back, new or not paired is neither less nor more of anything.
    pub(super) fn said(&self, is_less: bool) -> String {
        let sign = match (self.is_more(), is_less) {
            (false, _) => "",
            (true, true) => "\u{2212}",
            (true, false) => "+",
        };
        format!("{sign}{}", in_column(self.amount))
    }

    pub(super) fn note(&self) -> Option<&'static str> {
        match self.kind {
            EndKind::Unallocated => Some("held back"),
            EndKind::NewMoney => Some("in no line of the place"),
            _ => None,
        }
    }

    /// The color of its words, and of its bar where that is filled.
    pub(super) fn colors(&self, is_less: bool, scheme: Scheme) -> (Color, Option<Color>) {
        match self.kind {
            EndKind::Named | EndKind::Others => {
                let color = if is_less { scheme.less() } else { scheme.more() };
                (readable(color, scheme), Some(color))
            }
            EndKind::Unallocated => (readable(scheme.pool(), scheme), None),
            EndKind::NewMoney | EndKind::LeftOut | EndKind::NotPaired => (scheme.faint_ink(), None),
        }
    }
}

/// Money from one to the other.
#[derive(Clone, Debug)]
pub(super) struct MovesBand {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) amount: Money,
    pub(super) thickness: f64,
    /// The middles of its ends.
    pub(super) from_y: f64,
    pub(super) to_y: f64,
}

/// Both sides and what is between, at their places.
pub(super) struct MovesEnds {
    /// Less, and more.
    pub(super) sides: [Vec<EndMark>; 2],
    pub(super) bands: Vec<MovesBand>,
    /// px for a pound.
    pub(super) scale: f64,
    /// Whether labels have two lines of large letters.
    pub(super) is_large: bool,
}

/// The height of a label, of two lines or of one, at the usual size.
const TWO_LINES: f64 = 44.0;
const ONE_LINE: f64 = 21.0;
/// No single change fills more of the height.
const MOST_OF_HEIGHT: f64 = 0.5;

impl MovesEnds {
    pub(super) fn placed(moves: &Moves, room: Rect, unit: f64) -> Self {
        let height = room.height();
        let titles = titles(moves);
        let most = ((height / (ONE_LINE * unit)) as usize).max(4);
        let key = |end: &MoveEnd, folded: &[EndKey]| {
            let key = EndKey::of(end, &titles);
            if folded.contains(&key) { EndKey::others() } else { key }
        };
        let folded = [0, 1].map(|side: usize| smallest(moves, side, most, &titles));
        let mut bands: BTreeMap<(EndKey, EndKey), Money> = BTreeMap::new();
        let mut names: [BTreeMap<EndKey, Vec<Vec<String>>>; 2] = Default::default();
        for row in &moves.rows {
            let ends = (key(&row.from, &folded[0]), key(&row.to, &folded[1]));
            for (side, key, end) in [(0, &ends.0, &row.from), (1, &ends.1, &row.to)] {
                let own: &mut Vec<Vec<String>> = names[side].entry(key.clone()).or_default();
                if let MoveEnd::Named(name) = end
                    && !own.contains(name)
                {
                    own.push(name.clone());
                }
            }
            *bands.entry(ends).or_default() += row.amount;
        }
        let (left, right) = orders(&bands);
        let sides = [(left, 0), (right, 1)].map(|(order, side): (Vec<EndKey>, usize)| {
            let end = |key: &EndKey| {
                let amount = bands
                    .iter()
                    .filter(|((from, to), _)| if side == 0 { from == key } else { to == key })
                    .map(|(_, amount)| *amount)
                    .sum();
                let own = names[side].remove(key).unwrap_or_default();
                let title = match key.kind {
                    EndKind::Others => format!("{} others", own.len()),
                    _ => key.title.clone(),
                };
                EndMark { title, names: own, amount, y: 0.0, height: 0.0, kind: key.kind }
            };
            (order.iter().map(end).collect::<Vec<EndMark>>(), order)
        });
        let [(left, left_keys), (right, right_keys)] = sides;
        let at =
            |keys: &[EndKey], key: &EndKey| keys.iter().position(|known| known == key).unwrap_or_default();
        let bands = bands.iter().map(|((from, to), amount)| MovesBand {
            from: at(&left_keys, from),
            to: at(&right_keys, to),
            amount: *amount,
            thickness: 0.0,
            from_y: 0.0,
            to_y: 0.0,
        });
        let bands = bands.collect();
        let count = left.len().max(right.len()) as f64;
        let is_large = count * (TWO_LINES + GAP) * unit <= height;
        let mut ends = Self { sides: [left, right], bands, scale: 0.0, is_large };
        ends.place(room, unit);
        ends
    }

    fn place(&mut self, room: Rect, unit: f64) {
        let label = if self.is_large { TWO_LINES } else { ONE_LINE } * unit;
        let gap = if self.is_large { GAP * unit } else { 0.0 };
        let needs = |side: &[EndMark], scale: f64| -> f64 {
            let slots = side.iter().map(|end| (extent(end.amount) * scale).max(label) + gap);
            slots.sum::<f64>() - gap
        };
        let largest = self.sides.iter().flatten().map(|end| extent(end.amount)).fold(0.0, f64::max);
        let most = room.height() * MOST_OF_HEIGHT / largest.max(f64::MIN_POSITIVE);
        let (mut low, mut high) = (0.0, most);
        // Halved forty times the scale is exact to a millionth of a pixel.
        for _ in 0..40 {
            let middle = f64::midpoint(low, high);
            let fits = self.sides.iter().all(|side| needs(side, middle) <= room.height());
            if fits { low = middle } else { high = middle }
        }
        self.scale = low;
        let (scale, needed) = (low, self.sides.each_ref().map(|side| needs(side, low)));
        for (side, needed) in self.sides.iter_mut().zip(needed) {
            let mut y = room.y0;
            // What is left over goes between, so that labels have air; little of it, or bands look torn apart.
            let air = ((room.height() - needed) / side.len().max(1) as f64).clamp(0.0, 14.0 * unit);
            for end in side.iter_mut() {
                end.height = extent(end.amount) * scale;
                let slot = end.height.max(label);
                end.y = y + slot / 2.0;
                y += slot + gap + air;
            }
        }
        self.level(room, label, gap);
        for side in [0, 1] {
            self.lay_bands(side);
        }
    }

    /// What has more stands as near as it can to the height that its money comes from.
    fn level(&mut self, room: Rect, label: f64, gap: f64) {
        let [left, right] = &mut self.sides;
        let slot = |end: &EndMark| end.height.max(label);
        let mut top = room.y0;
        for (index, end) in right.iter_mut().enumerate() {
            let own: Vec<&MovesBand> = self.bands.iter().filter(|band| band.to == index).collect();
            let whole: f64 = own.iter().map(|band| extent(band.amount)).sum();
            let wanted: f64 = own.iter().map(|band| left[band.from].y * extent(band.amount)).sum();
            let half = slot(end) / 2.0;
            end.y = if whole > 0.0 { (wanted / whole).max(top + half) } else { top + half };
            top = end.y + half + gap;
        }
        let mut bottom = room.y1;
        for end in right.iter_mut().rev() {
            let half = slot(end) / 2.0;
            end.y = end.y.min(bottom - half);
            bottom = end.y - half - gap;
        }
    }

    /// The bands of each node beside each other, in the order of what they lead to.
    fn lay_bands(&mut self, side: usize) {
        for index in 0..self.sides[side].len() {
            let other = 1 - side;
            let end = |band: &MovesBand, side: usize| if side == 0 { band.from } else { band.to };
            let mut own: Vec<usize> =
                (0..self.bands.len()).filter(|&at| end(&self.bands[at], side) == index).collect();
            own.sort_by(|a, b| {
                let y = |at: usize| self.sides[other][end(&self.bands[at], other)].y;
                y(*a).total_cmp(&y(*b))
            });
            let node = &self.sides[side][index];
            let mut y = node.y - node.height / 2.0;
            for at in own {
                let band = &mut self.bands[at];
                band.thickness = extent(band.amount) * self.scale;
                let middle = y + band.thickness / 2.0;
                *(if side == 0 { &mut band.from_y } else { &mut band.to_y }) = middle;
                y += band.thickness;
            }
        }
    }
}

/// What an end is known by while both sides are put in order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct EndKey {
    kind: EndKind,
    title: String,
}

impl EndKey {
    fn of(end: &MoveEnd, titles: &BTreeMap<Vec<String>, String>) -> Self {
        let (kind, title) = match end {
            MoveEnd::Named(names) => {
                let is_held = names.iter().all(|name| name == Purpose::UNALLOCATED);
                let kind = if is_held { EndKind::Unallocated } else { EndKind::Named };
                (kind, titles.get(names).cloned().unwrap_or_else(|| names.join(", ")))
            }
            MoveEnd::NewMoney => (EndKind::NewMoney, "New money".to_owned()),
            MoveEnd::LeftOut => (EndKind::LeftOut, "Beyond the filter".to_owned()),
            MoveEnd::NotPaired => (EndKind::NotPaired, "Not paired".to_owned()),
        };
        Self { kind, title }
    }

    fn others() -> Self {
        Self { kind: EndKind::Others, title: String::new() }
    }
}

/// What each is called: by its last name that is stated, and by all where that would stand for several.
fn titles(moves: &Moves) -> BTreeMap<Vec<String>, String> {
    let ends = moves.rows.iter().flat_map(|row| [&row.from, &row.to]);
    let mut titles: BTreeMap<Vec<String>, String> = BTreeMap::new();
    for end in ends {
        if let MoveEnd::Named(names) = end {
            let stated = names.iter().rfind(|name| *name != Names::NOT_STATED);
            let title = stated.or(names.last()).cloned().unwrap_or_default();
            titles.insert(names.clone(), title);
        }
    }
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    for title in titles.values() {
        *counts.entry(title.clone()).or_default() += 1;
    }
    for (names, title) in &mut titles {
        if counts[title] > 1 {
            let own: Vec<&str> = names.iter().rev().map(String::as_str).collect();
            *title = own.join(", ");
        }
    }
    titles
}

/// Those of a side that have no room of their own: the smallest.
fn smallest(moves: &Moves, side: usize, most: usize, titles: &BTreeMap<Vec<String>, String>) -> Vec<EndKey> {
    let mut sums: BTreeMap<EndKey, Money> = BTreeMap::new();
    for row in &moves.rows {
        let end = if side == 0 { &row.from } else { &row.to };
        *sums.entry(EndKey::of(end, titles)).or_default() += row.amount;
    }
    if sums.len() <= most {
        return Vec::new();
    }
    let is_named = |(key, _): &(EndKey, Money)| key.kind == EndKind::Named;
    let (mut named, rest): (Vec<_>, Vec<_>) = sums.into_iter().partition(is_named);
    named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let keep = most.saturating_sub(rest.len() + 1);
    named.split_off(keep.min(named.len())).into_iter().map(|(key, _)| key).collect()
}

/// Both sides in order: the largest on top, what belongs together beside each other, what has no name at the foot.
fn orders(bands: &BTreeMap<(EndKey, EndKey), Money>) -> (Vec<EndKey>, Vec<EndKey>) {
    let mut groups: Vec<(Money, Vec<&(EndKey, EndKey)>)> = Vec::new();
    // Whatever hangs together by bands between things with names is one group.
    for (ends, amount) in bands {
        let touches = |known: &&(EndKey, EndKey)| {
            known.0 == ends.0 && ends.0.kind == EndKind::Named
                || known.1 == ends.1 && ends.1.kind == EndKind::Named
        };
        let (mut one, others): (Vec<_>, Vec<_>) =
            groups.into_iter().partition(|(_, members)| members.iter().any(&touches));
        groups = others;
        one.push((*amount, vec![ends]));
        let sum = one.iter().map(|(sum, _)| *sum).sum();
        groups.push((sum, one.into_iter().flat_map(|(_, members)| members).collect()));
    }
    // What goes to no name or comes from none stands at the foot on both sides, so that nothing crosses it.
    let is_open = |members: &[&(EndKey, EndKey)]| {
        members.iter().all(|(from, to)| from.kind != EndKind::Named || to.kind != EndKind::Named)
    };
    groups.sort_by(|a, b| {
        let by_sum = b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1));
        is_open(&a.1).cmp(&is_open(&b.1)).then(by_sum)
    });
    let amount_of = |side: usize, key: &EndKey| -> Money {
        let is_it = |(from, to): &(EndKey, EndKey)| if side == 0 { from == key } else { to == key };
        bands.iter().filter(|(ends, _)| is_it(ends)).map(|(_, amount)| *amount).sum()
    };
    let mut sides: [Vec<EndKey>; 2] = Default::default();
    for (_, members) in &groups {
        for side in [0, 1] {
            let mut own: Vec<EndKey> =
                members.iter().map(|(from, to)| if side == 0 { from } else { to }.clone()).collect();
            own.sort_by(|a, b| amount_of(side, b).cmp(&amount_of(side, a)).then_with(|| a.cmp(b)));
            own.dedup();
            for key in own {
                if !sides[side].contains(&key) {
                    sides[side].push(key);
                }
            }
        }
    }
    for side in &mut sides {
        // A stable sort: those with names keep their order.
        side.sort_by_key(|key| key.kind);
    }
    let [left, right] = sides;
    (left, right)
}
