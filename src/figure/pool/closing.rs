//! What stands below the partners of a pool: what is nobody's yet, the sum that closes, those whom nothing changes for,
//! the scales, and how firmly the money is meant.

use super::super::compare::round_amount;
use super::super::dashes::dashes_around;
use super::super::moves::readable;
use super::super::{Anchor, Mark, MarkId, Paint, Point, Rect, Weight, width_px};
use super::PoolPart;
use super::board::{PoolDrawing, SMALL, is_partner};
use super::net_rows::{NetRows, PartnerRow};
use super::partner_row::{NET_BAR, PartnerColumns, TALL_ROW};
use super::partners::together;
use crate::money::{Money, in_short};
use crate::words::counted_plain;

const NAME: f64 = 14.0;
const NOTE: f64 = 12.0;
const LINE: f64 = 18.0;

/// The line of those whom nothing changes for, and where each of its names stands.
pub(super) struct NoChangeLine {
    pub(super) names: Vec<(String, Rect)>,
    pub(super) whole: Rect,
    pub(super) end: f64,
}

impl PoolDrawing<'_> {
    pub(super) fn count_of_partners(&self) -> usize {
        self.input.model.positions.iter().filter(|position| is_partner(&position.agency)).count()
    }

    /// What is unallocated, dashed and in gold, to the right of the axis; returns where it ends.
    pub(super) fn unallocated_row(&mut self, rect: Rect, columns: &PartnerColumns) -> f64 {
        let (unit, scheme, amount) = (self.unit, self.input.scheme, self.unallocated());
        if !amount.is_positive() {
            return rect.y0;
        }
        // Where partners have a second pair of bars it has none.
        let height = rect.height().min(46.0 * unit);
        let rect = Rect::new(rect.x0, rect.y0, rect.x1, rect.y0 + height);
        let ends = (Point::new(rect.x0, rect.y0), Point::new(rect.x1, rect.y0));
        self.rule(&["pool", "unallocated-rule"], ends.0, ends.1, scheme.grid());
        let middle = rect.center().y;
        let thick = (NET_BAR * unit).min(height * 0.66);
        let end = columns.zero + amount.to_approximate() * columns.net_scale;
        let bar = Rect::new(columns.zero, middle - thick / 2.0, end, middle + thick / 2.0);
        let id = PoolPart::UnallocatedNet.id();
        let told = self.told("Unallocated: with it the nets come to nothing", amount);
        self.marks.push(Mark::new(id, bar, Paint::fill(scheme.ground()), told));
        let inside = bar.inflate(-unit.min(bar.width() / 4.0), -unit);
        for (index, dash) in dashes_around(inside, 5.0 * unit).into_iter().enumerate() {
            let paint = Paint::stroke(scheme.pool(), (2.0 * unit) as f32);
            let dash_id = MarkId::of(&["pool", "unallocated-dash", &index.to_string()]);
            self.marks.push(Mark::decoration(dash_id, dash, paint).pointing_at(id));
        }
        let is_tall = height >= TALL_ROW * unit;
        let name_y = if is_tall { middle - 7.5 * unit } else { middle };
        let (ink, faint) = (readable(scheme.pool(), scheme), scheme.faint_ink());
        let text = self.text(rect.x0, name_y, Anchor::Start, NAME, Weight::SemiBold, "Unallocated");
        self.words(&["pool", "unallocated-name"], text, faint);
        if is_tall {
            let words = "waits: nobody gets it back yet";
            let text = self.text(rect.x0, middle + 8.0 * unit, Anchor::Start, NOTE, Weight::Regular, words);
            self.words(&["pool", "unallocated-note"], text, faint);
        }
        let size = if height >= 30.0 * unit { 16.0 } else { 13.0 };
        let said = self.short(amount);
        let text = self.text(end + 7.0 * unit, middle, Anchor::Start, size, Weight::Bold, said);
        self.words(&["pool", "unallocated-amount"], text, ink);
        rect.y1
    }

    /// The nets and what is unallocated, added up: they come to nothing.
    pub(super) fn sum_line(&mut self, rows: &NetRows, room: Rect, columns: &PartnerColumns) -> f64 {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let ends = (Point::new(room.x0, room.y0), Point::new(room.x1, room.y0));
        self.rule(&["pool", "sum-rule"], ends.0, ends.1, scheme.ink());
        let y = room.y0 + 13.0 * unit;
        let nets = || self.input.model.positions.iter().map(|position| position.net);
        let less: Money = nets().filter(|net| net.is_negative()).sum();
        let more: Money = nets().filter(|net| net.is_positive()).sum();
        let unallocated = self.unallocated();
        let about = if self.is_estimate() && !(less.is_zero() && more.is_zero()) { "about " } else { "" };
        let mut sum: Vec<String> = Vec::new();
        if !less.is_zero() {
            sum.push(format!("{about}{}", in_short(less)));
        }
        for (amount, what) in [(more, ""), (unallocated, " unallocated")] {
            if !amount.is_zero() {
                let plus = if sum.is_empty() { "" } else { "+ " };
                sum.push(format!("{plus}{}{what}", in_short(amount)));
            }
        }
        let total = in_short(less + more + unallocated);
        let words = if sum.is_empty() { total } else { format!("{} = {total}", sum.join(" ")) };
        let text = self.text(room.x0, y, Anchor::Start, NOTE, Weight::SemiBold, "Together");
        let after = room.x0 + text.width() + 10.0 * unit;
        self.words(&["pool", "sum", "name"], text, scheme.ink());
        let x = if after <= columns.chart.0 { columns.chart.0 } else { after };
        let width = width_px(&words, NOTE * unit, Weight::SemiBold);
        let x = x.min((room.x1 - width).max(after));
        let text = self.text(x, y, Anchor::Start, NOTE, Weight::SemiBold, words);
        self.words(&["pool", "sum", "net"], text, scheme.ink());
        if !columns.is_stacked {
            let all = |of: fn(&PartnerRow) -> Money| -> Money {
                rows.changed.iter().chain(&rows.unchanged).chain(&rows.nobody).map(of).sum()
            };
            let words = format!(
                "{} in, {} back",
                self.short(all(|row| row.puts_in)),
                self.short(all(|row| row.gets_back))
            );
            let text = self.text(columns.thin.0, y, Anchor::Start, NOTE, Weight::SemiBold, words);
            if x + width + 12.0 * unit <= columns.thin.0 && columns.thin.0 + text.width() <= room.x1 {
                self.words(&["pool", "sum", "both"], text, scheme.ink());
            }
        }
        room.y0 + 26.0 * unit
    }

    /// "No change: " and who: in a picture in two lines at the most; in the window all of them, since each leads to its
    /// own lines.
    pub(super) fn no_change(
        &mut self,
        rows: &[PartnerRow],
        room: Rect,
        unfolded: Option<bool>,
    ) -> NoChangeLine {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let most_lines = if unfolded.is_some() { usize::MAX } else { 2 };
        let is_open = unfolded == Some(true);
        // What can be unfolded has a sign, as a list has.
        let sign = if unfolded.is_some() { 16.0 * unit } else { 0.0 };
        let begins = if is_open { "No change above" } else { "No change:" };
        let mut y = room.y0 + LINE * unit / 2.0;
        if unfolded.is_some() {
            self.fold_sign(Point::new(room.x0 + 5.0 * unit, y), is_open);
        }
        let text = self.text(room.x0 + sign, y, Anchor::Start, NOTE, Weight::SemiBold, begins);
        let first = room.x0 + sign + text.width() + 6.0 * unit;
        self.words(&["pool", "no-change"], text, scheme.ink());
        let width = |words: &str| width_px(words, NOTE * unit, Weight::Regular);
        let (mut x, mut line, mut names) = (first, String::new(), Vec::new());
        let (mut lines, mut begins_at) = (1, first);
        let put = |board: &mut Self, x: f64, y: f64, line: &str, number: usize| {
            let text = board.text(x, y, Anchor::Start, NOTE, Weight::Regular, line.trim_end());
            board.words(&["pool", "no-change", &number.to_string()], text, scheme.ink());
        };
        for (index, row) in rows.iter().enumerate() {
            let left = rows.len() - index;
            let last = left == 1;
            let name = self.name(&row.name, 240.0 * unit, NOTE, Weight::Regular);
            let said = format!("{name}{}", if last { "" } else { ", " });
            let more = format!("and {} more", counted_plain(left, "partner"));
            let tail = if last || lines < most_lines { 0.0 } else { width(&more) + 4.0 * unit };
            if x + width(said.trim_end()) + tail > room.x1 && x > begins_at {
                if lines == most_lines {
                    line.push_str(&more);
                    break;
                }
                put(self, begins_at, y, &line, lines);
                (line, lines, y) = (String::new(), lines + 1, y + LINE * unit);
                (x, begins_at) = (room.x0 + sign, room.x0 + sign);
            }
            let wide = width(&said);
            let half = LINE * unit / 2.0;
            names.push((row.name.clone(), Rect::new(x, y - half, x + width(&name), y + half)));
            line.push_str(&said);
            x += wide;
        }
        if !line.is_empty() {
            put(self, begins_at, y, &line, lines);
        }
        let whole = Rect::new(room.x0, room.y0, first - 4.0 * unit, room.y0 + LINE * unit);
        NoChangeLine { names, whole, end: y + LINE * unit / 2.0 + 6.0 * unit }
    }

    /// A triangle to the right, or down where what it stands for is open.
    fn fold_sign(&mut self, at: Point, is_open: bool) {
        let size = 4.0 * self.unit;
        let points = if is_open {
            vec![(-size, -size * 0.7), (size, -size * 0.7), (0.0, size * 0.8)]
        } else {
            vec![(-size * 0.7, -size), (size * 0.8, 0.0), (-size * 0.7, size)]
        };
        let points = points.into_iter().map(|(x, y)| Point::new(at.x + x, at.y + y)).collect();
        let paint = Paint::fill(self.input.scheme.faint_ink());
        let id = MarkId::of(&["pool", "no-change-sign"]);
        self.marks.push(Mark::decoration(id, super::super::Shape::Polygon(points), paint));
    }

    /// The scales of the nets and of what is put in and comes back, each as a bar of a round sum.
    pub(super) fn scales(&mut self, columns: &PartnerColumns, room: Rect) -> f64 {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let y = room.y0 + 9.0 * unit;
        let mut x = room.x0;
        let mut is_said = false;
        for (key, words, scale) in [
            ("net", "Worse or better off:", columns.net_scale),
            ("thin", "Puts in, gets back:", columns.thin_scale),
        ] {
            let Some(amount) = (scale > 0.0).then(|| round_amount(90.0 * unit / scale)).flatten() else {
                continue;
            };
            let said = format!("= {}", in_short(amount));
            let length = amount.to_approximate() * scale;
            let small = SMALL * unit;
            let wide = width_px(words, small, Weight::Regular) + 8.0 * unit + length + 6.0 * unit;
            if x + wide + width_px(&said, small, Weight::SemiBold) > room.x1 {
                continue;
            }
            let text = self.text(x, y, Anchor::Start, SMALL, Weight::Regular, words);
            let left = x + text.width() + 8.0 * unit;
            self.words(&["pool", "scale-words", key], text, scheme.faint_ink());
            let bar = Rect::new(left, y - 3.0 * unit, left + length, y + 3.0 * unit);
            let id = MarkId::of(&["pool", "scale", key]);
            self.marks.push(Mark::decoration(id, bar, Paint::fill(scheme.faint_ink())));
            let text = self.text(x + wide, y, Anchor::Start, SMALL, Weight::SemiBold, said);
            x += wide + text.width() + 22.0 * unit;
            self.words(&["pool", "scale-amount", key], text, scheme.ink());
            is_said = true;
        }
        if is_said { room.y0 + 20.0 * unit } else { room.y0 }
    }

    /// How firmly the money is meant, the firmest first: the key to the hatching of what is put in.
    pub(super) fn firmness(&mut self, room: Rect) -> f64 {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let committed = self.input.model.committed(self.input.scenario);
        let parts: Vec<_> = together(committed.values()).parts().collect();
        let fill = scheme.faint_ink();
        let mut y = room.y0 + 9.0 * unit;
        let text = self.text(room.x0, y, Anchor::Start, SMALL, Weight::Regular, "How firm it is:");
        let first = room.x0 + text.width() + 8.0 * unit;
        if parts.is_empty() {
            return room.y0;
        }
        self.words(&["pool", "firm"], text, scheme.faint_ink());
        let mut x = first;
        for (commitment, amount) in parts {
            let name = commitment.name();
            let said = self.short(amount);
            let small = SMALL * unit;
            let name_px = width_px(name, small, Weight::Regular);
            let wide = 30.0 * unit + name_px + 6.0 * unit + width_px(&said, small, Weight::SemiBold);
            if x + wide > room.x1 && x > first {
                (x, y) = (first, y + LINE * unit);
            }
            let swatch = Rect::new(x, y - 5.0 * unit, x + 24.0 * unit, y + 5.0 * unit);
            let paint = Paint::fill(fill).hatched(self.commitment_hatch(commitment, fill));
            let told = self.told(name, amount);
            self.marks.push(Mark::new(PoolPart::Commitment { name }.id(), swatch, paint, told));
            let text = self.text(x + 30.0 * unit, y, Anchor::Start, SMALL, Weight::Regular, name);
            self.words(&["pool", "commitment-name", name], text, scheme.ink());
            let at = x + 36.0 * unit + name_px;
            let text = self.text(at, y, Anchor::Start, SMALL, Weight::SemiBold, said);
            self.words(&["pool", "commitment-amount", name], text, scheme.ink());
            x += wide + 18.0 * unit;
        }
        y + 10.0 * unit
    }
}
