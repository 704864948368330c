//! Only what changes between two scenarios, as bars from one axis: by partner, theme and service, all at one
//! scale.

use super::compare::scale_marks_sideways;
use super::{
    Anchor, Figure, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Stamp, Text, Weight, extent, fit,
    width_px,
};
use crate::money::{Money, in_full, in_short, in_short_signed};
use crate::pool::{ChangedAmount, Difference};

/// One list of changes: by partner, by theme, by service.
pub struct DifferencePart<'a> {
    /// "Theme".
    pub title: String,
    pub difference: &'a Difference,
}

/// What one place has more or less than another: only what changes has width.
pub struct DifferenceInput<'a> {
    pub parts: Vec<DifferencePart<'a>>,
    pub scheme: Scheme,
    /// px.
    pub width: f64,
    pub height: f64,
    pub stamp: Option<Stamp>,
    /// What stands above the lists; nothing where it is empty.
    pub said: String,
}

// Wide enough that an amount at the end of one list is not read as one of the next.
const GAP_PX: f64 = 36.0;
const HEADING_PX: f64 = 50.0;
const SAID_PX: f64 = 36.0;
const SCALE_PX: f64 = 34.0;
const ROW_PX: f64 = 34.0;
// As high as a line of its words, so that rows read as a table.
const BAR_PX: f64 = 14.0;
const WORDS_PX: f64 = 13.0;

/// A row of bars: a name, and what it has more (to the right) or less (to the left).
struct ChangeRow {
    name: String,
    change: Money,
    tooltip: String,
}

/// The mark of a row's bar: of the list of this title, and the names of what changes.
pub fn difference_bar(title: &str, name: &str) -> MarkId {
    MarkId::of(&["difference", title, name, "bar"])
}

/// Draws every list beside the others, at one scale.
pub fn difference_figure(input: &DifferenceInput<'_>) -> Figure {
    let count = input.parts.len().max(1) as f64;
    let column = ((input.width - GAP_PX * (count - 1.0)) / count).max(1.0);
    let below = SCALE_PX + input.stamp.as_ref().map_or(0.0, Stamp::height_px);
    let above = if input.said.is_empty() { 0.0 } else { SAID_PX };
    let room = ((input.height - above - HEADING_PX - below) / ROW_PX).floor().max(2.0) as usize;
    let lists: Vec<Vec<ChangeRow>> = input.parts.iter().map(|part| rows_of(part.difference, room)).collect();
    let most = |sign: bool| {
        let of_sign = lists.iter().flatten().filter(|row| row.change.is_negative() == sign);
        of_sign.map(|row| extent(row.change.abs())).fold(0.0, f64::max)
    };
    let (most_less, most_more) = (most(true), most(false));
    // Room for an amount at either end.
    // "+£123.45m" in the size of the words.
    let amount_px = 66.0;
    // One scale for all lists: a bar in one may be held against a bar in another.
    let bars = (column - 2.0 * amount_px).max(20.0);
    let scale = bars / (most_less + most_more).max(f64::MIN_POSITIVE);
    let mut marks = Vec::new();
    for (index, (part, rows)) in input.parts.iter().zip(&lists).enumerate() {
        let x = index as f64 * (column + GAP_PX);
        let zero = x + amount_px + most_less * scale;
        let (key, scheme) = (part.title.as_str(), input.scheme);
        let list = ChangeList { key, x, top: above, width: column, zero, scale, scheme };
        list.heading(&mut marks, part);
        list.rows(&mut marks, rows);
    }
    if !input.said.is_empty() {
        let words = fit(&input.said, input.width, 16.0, Weight::SemiBold).text;
        let text = Text::centred(Point::new(0.0, 10.0), Anchor::Start, 16.0, Weight::SemiBold, words);
        let said = Mark::label(MarkId::of(&["difference", "said"]), text, input.scheme.ink());
        marks.push(said.with_tooltip(input.said.clone()));
    }
    let has_changes = lists.iter().any(|rows| !rows.is_empty());
    if has_changes {
        let foot = Point::new(0.0, input.height - below + SCALE_PX / 2.0);
        marks.extend(scale_marks_sideways(scale, foot, "All lists at one scale:", input.scheme));
    }
    if let Some(stamp) = &input.stamp {
        marks.extend(stamp.marks(input.scheme, input.width, input.height));
    }
    Figure {
        width: input.width,
        height: input.height,
        title: String::new(),
        notes: Vec::new(),
        scheme: input.scheme,
        marks,
        unbalanced: None,
        words: Vec::new(),
    }
}

/// The largest changes, and the others together: more and less apart, so that neither hides the other.
fn rows_of(difference: &Difference, room: usize) -> Vec<ChangeRow> {
    let row = |changed: &ChangedAmount| {
        let name = changed.names.join(", ");
        let tooltip = format!(
            "{name}\n{} before, {} after\n{}",
            in_full(changed.before),
            in_full(changed.after),
            in_short_signed(changed.change())
        );
        ChangeRow { name, change: changed.change(), tooltip }
    };
    if difference.rows.len() <= room {
        return difference.rows.iter().map(row).collect();
    }
    // Two rows are kept for what is gathered, more and less.
    let (shown, rest) = difference.rows.split_at(room.saturating_sub(2));
    let mut rows: Vec<ChangeRow> = shown.iter().map(row).collect();
    for (word, is_less) in [("more", false), ("less", true)] {
        let of_sign: Vec<Money> =
            rest.iter().map(ChangedAmount::change).filter(|change| change.is_negative() == is_less).collect();
        if !of_sign.is_empty() {
            let name = format!("{} others, {word}", of_sign.len());
            let change: Money = of_sign.into_iter().sum();
            rows.push(ChangeRow { tooltip: format!("{name}\n{}", in_full(change)), name, change });
        }
    }
    rows
}

/// Where one list stands.
struct ChangeList<'a> {
    key: &'a str,
    x: f64,
    top: f64,
    width: f64,
    /// Where nothing changes, px.
    zero: f64,
    /// px for a pound.
    scale: f64,
    scheme: Scheme,
}

impl ChangeList<'_> {
    fn heading(&self, marks: &mut Vec<Mark>, part: &DifferencePart<'_>) {
        let id = |word: &str| MarkId::of(&["difference", self.key, word]);
        let label = |y: f64, size: f64, weight, words: &str| {
            let words = fit(words, self.width, size, weight).text;
            Text::centred(Point::new(self.x, self.top + y), Anchor::Start, size, weight, &words)
        };
        marks.push(Mark::label(
            id("title"),
            label(11.0, 15.0, Weight::SemiBold, &part.title),
            self.scheme.ink(),
        ));
        let (more, less) = sums(part.difference);
        let said = if part.difference.rows.is_empty() {
            "Nothing changes".to_owned()
        } else {
            format!(
                "{} more, {} less, {} in all",
                in_short(more),
                in_short(less.abs()),
                in_short_signed(part.difference.total)
            )
        };
        marks.push(Mark::label(
            id("sum"),
            label(32.0, 12.5, Weight::Regular, &said),
            self.scheme.faint_ink(),
        ));
    }

    fn rows(&self, marks: &mut Vec<Mark>, rows: &[ChangeRow]) {
        for (index, row) in rows.iter().enumerate() {
            self.row(marks, row, self.top + HEADING_PX + index as f64 * ROW_PX);
        }
    }

    /// The name above its bar, the amount at the bar's end.
    fn row(&self, marks: &mut Vec<Mark>, row: &ChangeRow, top: f64) {
        let id = |word: &str| MarkId::of(&["difference", self.key, &row.name, word]);
        let target = difference_bar(self.key, &row.name);
        let end = self.zero + extent(row.change) * self.scale;
        let middle = top + ROW_PX - BAR_PX / 2.0 - 3.0;
        let (left, right) = if end < self.zero { (end, self.zero) } else { (self.zero, end) };
        // A change of a pound among millions is still a change, and has a pixel.
        let wide = 1.0_f64.max(right - left);
        let (x0, x1) = if row.change.is_negative() { (right - wide, right) } else { (left, left + wide) };
        let bar = Rect::new(x0, middle - BAR_PX / 2.0, x1, middle + BAR_PX / 2.0);
        let ends = (Point::new(self.zero, bar.y0 - 2.0), Point::new(self.zero, bar.y1 + 2.0));
        let axis = Shape::line(ends.0, ends.1);
        marks.push(Mark::decoration(id("axis"), axis, Paint::stroke(self.scheme.faint_ink(), 1.0)));
        let color = if row.change.is_negative() { self.scheme.less() } else { self.scheme.more() };
        marks.push(Mark::new(target, bar, Paint::fill(color), row.tooltip.clone()));

        let name = fit(&row.name, self.width, WORDS_PX, Weight::SemiBold).text;
        let name =
            Text::centred(Point::new(self.x, top + 8.0), Anchor::Start, WORDS_PX, Weight::SemiBold, &name);
        marks.push(
            Mark::label(id("name"), name, self.scheme.ink())
                .pointing_at(target)
                .with_tooltip(row.name.clone()),
        );
        let said = in_short_signed(row.change);
        let width = width_px(&said, WORDS_PX, Weight::Regular);
        let at = if row.change.is_negative() { x0 - 6.0 - width } else { x1 + 6.0 };
        let amount = Text::centred(Point::new(at, middle), Anchor::Start, WORDS_PX, Weight::Regular, &said);
        marks.push(Mark::label(id("amount"), amount, self.scheme.ink()).pointing_at(target));
    }
}

/// What there is more and what there is less, £.
fn sums(difference: &Difference) -> (Money, Money) {
    let of = |is_less: bool| {
        let changes = difference.rows.iter().map(ChangedAmount::change);
        changes.filter(|change| change.is_negative() == is_less).sum()
    };
    (of(false), of(true))
}
