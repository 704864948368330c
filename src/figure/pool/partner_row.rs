//! One partner's row in a pool's picture: its net from the axis, less to the left and more to the right, what it gets back
//! of each pound, and what it puts in and gets back as two thin bars.

use super::super::{Anchor, Color, Mark, MarkId, Paint, Point, Rect, Shape, Text, Weight, fit, width_px};
use super::PoolPart;
use super::board::{PoolDrawing, SMALL, is_partner};
use super::net_rows::PartnerRow;
use super::partners::signed;
use crate::money::Money;

/// Where the columns of the partners stand, px.
pub(super) struct PartnerColumns {
    /// The thin bars stand below the net's, in a narrow picture.
    pub(super) is_stacked: bool,
    pub(super) name_width: f64,
    /// Between these ends the net's bars and their words stand.
    pub(super) chart: (f64, f64),
    pub(super) zero: f64,
    /// Pixels for a pound of what is gained or lost.
    pub(super) net_scale: f64,
    /// Between these the thin bars and their words stand.
    pub(super) thin: (f64, f64),
    /// Pixels for a pound of what is put in or comes back.
    pub(super) thin_scale: f64,
}

/// At the usual size, px.
pub(super) const NET_BAR: f64 = 24.0;
const THIN_BAR: f64 = 8.0;
const NET_WORDS: f64 = 16.0;
const NAME: f64 = 14.0;
const NOTE: f64 = 12.0;
/// A row has two lines of words from here on.
pub(super) const TALL_ROW: f64 = 33.0;
/// Between a bar and its words.
const BESIDE: f64 = 7.0;

impl PartnerColumns {
    pub(super) fn new(
        board: &PoolDrawing<'_>,
        rows: &[&PartnerRow],
        room: Rect,
        (is_stacked, is_tall): (bool, bool),
    ) -> Self {
        let unit = board.unit;
        let (width, unallocated) = (room.width(), board.unallocated());
        let name_width = if is_stacked {
            (width * 0.40).clamp(150.0, 250.0)
        } else {
            (width * 0.26).clamp(190.0 * unit, 340.0 * unit)
        };
        let words = |text: &str, size: f64, weight| width_px(text, size * unit, weight) + BESIDE * unit;
        let thin_words = |row: &&PartnerRow| {
            let said = [row.said_in(), row.said_back()];
            let said = if is_tall { said.to_vec() } else { vec![said.join(", ")] };
            said.iter().map(|said| words(said, SMALL, Weight::Regular) + unit).fold(0.0, f64::max)
        };
        let thin_words = rows.iter().map(thin_words).fold(60.0 * unit, f64::max);
        let chart_left = room.x0 + name_width + 8.0 * unit;
        let thin = if is_stacked {
            (chart_left, room.x1)
        } else {
            (room.x1 - (width * 0.21).clamp(thin_words + 40.0 * unit, 320.0 * unit), room.x1)
        };
        let chart = (chart_left, if is_stacked { room.x1 } else { thin.0 - 20.0 * unit });
        let said = |row: &PartnerRow| words(&signed(row.net, row.is_estimate), NET_WORDS, Weight::Bold);
        let side = |is_less: bool| {
            let of = rows.iter().filter(|row| !row.net.is_zero() && row.net.is_negative() == is_less);
            let own = of
                .fold((0.0_f64, 0.0_f64), |(most, room), row| (most.max(size(row.net)), room.max(said(row))));
            // A ghost of what was has its length too.
            let was = rows.iter().filter_map(|row| board.former_net(&row.name));
            let was = was.filter(|was| was.is_negative() == is_less).map(size);
            (was.fold(own.0, f64::max), own.1)
        };
        let (less, less_words) = side(true);
        let (mut more, mut more_words) = side(false);
        if unallocated.is_positive() {
            more = more.max(size(unallocated));
            more_words = more_words.max(words(&board.short(unallocated), NET_WORDS, Weight::Bold));
        }
        // "worse off" and "better off" stand at either side of the axis.
        let heading = 78.0 * unit;
        let bars =
            (chart.1 - chart.0 - less_words.max(heading / 2.0) - more_words.max(heading / 2.0)).max(1.0);
        let net_scale = if less + more > 0.0 { bars / (less + more) } else { 0.0 };
        let zero = if less + more > 0.0 {
            (chart.0 + less_words.max(heading / 2.0) + less * net_scale)
                .clamp(chart.0 + heading, (chart.1 - heading).max(chart.0 + heading))
        } else {
            f64::midpoint(chart.0, chart.1)
        };
        // Where the headings have pushed the axis, bars must still end before their words do.
        let to_left = (zero - chart.0 - less_words).max(1.0);
        let to_right = (chart.1 - zero - more_words).max(1.0);
        let fits = |room: f64, most: f64| if most > 0.0 { room / most } else { f64::INFINITY };
        let net_scale = net_scale.min(fits(to_left, less)).min(fits(to_right, more));
        let largest = rows.iter().map(|row| size(row.puts_in).max(size(row.gets_back))).fold(0.0, f64::max);
        let thin_scale = if largest > 0.0 { (thin.1 - thin.0 - thin_words).max(1.0) / largest } else { 0.0 };
        Self { is_stacked, name_width, chart, zero, net_scale, thin, thin_scale }
    }
}

/// How long an amount is, whatever its sign.
fn size(amount: Money) -> f64 {
    amount.abs().to_approximate()
}

impl PoolDrawing<'_> {
    pub(super) fn partner_row(&mut self, row: &PartnerRow, rect: Rect, columns: &PartnerColumns) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let is_tall = columns.is_stacked || rect.height() >= TALL_ROW * unit;
        // Where the thin bars stand below, the words stand beside the net's bar.
        let middle = if columns.is_stacked { rect.y0 + 22.0 * unit } else { rect.center().y };
        let room = columns.name_width - 8.0 * unit;
        let (weight, ink) = if is_partner(&row.name) {
            (Weight::SemiBold, scheme.ink())
        } else {
            (Weight::Regular, scheme.faint_ink())
        };
        let name_size = if is_tall { NAME } else { NOTE + 0.5 };
        let name_y = if is_tall { middle - 7.5 * unit } else { middle };
        let name = self.name(&row.name, room, name_size, weight);
        let text = self.text(rect.x0, name_y, Anchor::Start, name_size, weight, name);
        let id = PoolPart::Net { agency: &row.name }.id();
        let label = Mark::label(MarkId::of(&["pool", "partner", &row.name]), text, ink).pointing_at(id);
        self.marks.push(label.with_tooltip(row.tooltip()));
        if is_tall {
            self.comes_back(row, Point::new(rect.x0, middle + 8.0 * unit), room);
        }
        self.net_bar(row, middle, rect.height(), columns);
        self.thin_bars(row, rect, columns, is_tall);
    }

    /// What comes back of each pound; what is not as it should be stands in its place, with a sign.
    fn comes_back(&mut self, row: &PartnerRow, at: Point, room: f64) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let (words, weight, color) = match &row.fails {
            Some(fails) => (fails.clone(), Weight::SemiBold, scheme.focus()),
            None => (row.comes_back(), Weight::Regular, scheme.faint_ink()),
        };
        if words.is_empty() {
            return;
        }
        let mut x = at.x;
        if row.fails.is_some() {
            let sign = Point::new(x + 5.0 * unit, at.y);
            self.triangle(MarkId::of(&["pool", "sign", &row.name]), sign, color);
            x += 15.0 * unit;
        }
        let words = fit(&words, room - (x - at.x), NOTE * unit, weight).text;
        let text = self.text(x, at.y, Anchor::Start, NOTE, weight, words);
        let id = PoolPart::Badge { agency: &row.name }.id();
        self.marks.push(Mark::new(id, text, Paint::fill(color), row.why()));
    }

    /// The net from the axis, with its amount beyond its end.
    fn net_bar(&mut self, row: &PartnerRow, middle: f64, height: f64, columns: &PartnerColumns) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let thick = (NET_BAR * unit).min(height * 0.66);
        let end = |net: Money| columns.zero + net.to_approximate() * columns.net_scale;
        let bar =
            |net: Money| Rect::new(columns.zero, middle - thick / 2.0, end(net), middle + thick / 2.0).abs();
        let former = self.former_net(&row.name).filter(|was| *was != row.net);
        let within = |x: f64| x.clamp(columns.chart.0, columns.chart.1);
        if let Some(was) = former {
            let ghost = bar(was);
            let ghost = Rect::new(within(ghost.x0), ghost.y0, within(ghost.x1), ghost.y1);
            let paint = Paint::fill(scheme.faint_ink()).opacity(0.28);
            self.marks.push(Mark::decoration(MarkId::of(&["pool", "former", &row.name]), ghost, paint));
        }
        let is_named = is_partner(&row.name);
        let (fill, ink) = self.net_colors(row.net, is_named);
        let told = self.told(&format!("{}: net", row.name), row.net);
        let id = PoolPart::Net { agency: &row.name }.id();
        self.marks.push(Mark::new(id, bar(row.net), Paint::fill(fill), told));
        if let Some(was) = former {
            let x = within(end(was));
            let reach = thick / 2.0 + 3.0 * unit;
            let line = Shape::line(Point::new(x, middle - reach), Point::new(x, middle + reach));
            let paint = Paint::stroke(scheme.ink(), (1.5 * unit) as f32);
            self.marks.push(Mark::decoration(MarkId::of(&["pool", "former-end", &row.name]), line, paint));
        }
        let is_less = row.net.is_negative();
        let at = if is_less { end(row.net) - BESIDE * unit } else { end(row.net) + BESIDE * unit };
        let anchor = if is_less { Anchor::End } else { Anchor::Start };
        let size = if height >= 30.0 * unit { NET_WORDS } else { 13.0 };
        let said = signed(row.net, row.is_estimate);
        let text = self.text(at, middle, anchor, size, Weight::Bold, said);
        let label = MarkId::of(&["pool", "net-amount", &row.name]);
        self.marks.push(Mark::label(label, text, ink).pointing_at(id));
    }

    /// The colors of a net's bar and of its words; the sign says the same.
    fn net_colors(&self, net: Money, is_named: bool) -> (Color, Color) {
        let scheme = self.input.scheme;
        if net.is_zero() || !is_named {
            return (scheme.neutral(), scheme.faint_ink());
        }
        let fill = if net.is_negative() { scheme.less() } else { scheme.more() };
        (fill, super::super::moves::readable(fill, scheme))
    }

    fn former_net(&self, agency: &str) -> Option<Money> {
        let former = self.input.former?.positions.iter().find(|position| position.agency == agency);
        Some(former.map_or(Money::ZERO, |former| former.net))
    }

    /// What it puts in and what it gets back, at a scale of their own.
    fn thin_bars(&mut self, row: &PartnerRow, rect: Rect, columns: &PartnerColumns, is_tall: bool) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let step = if columns.is_stacked { 14.0 * unit } else { (rect.height() / 2.0).min(16.0 * unit) };
        let first = if columns.is_stacked { rect.y0 + 46.0 * unit } else { rect.center().y - step / 2.0 };
        let thick = (THIN_BAR * unit).min(step * 0.6);
        let (dark, pale) = (scheme.faint_ink(), scheme.neutral().mix(scheme.ground(), 0.35));
        let ids =
            [PoolPart::PutsIn { agency: &row.name }.id(), PoolPart::GetsBack { agency: &row.name }.id()];
        let parts = [
            ("puts in", row.puts_in, dark, row.said_in(), first),
            ("gets back", row.gets_back, pale, row.said_back(), first + step),
        ];
        let mut end = columns.thin.0;
        for (id, (what, amount, color, _, y)) in ids.into_iter().zip(&parts) {
            let length = size(*amount) * columns.thin_scale;
            let bar = Rect::new(columns.thin.0, y - thick / 2.0, columns.thin.0 + length, y + thick / 2.0);
            let told = self.told(&format!("{} {what}", row.name), *amount);
            self.marks.push(Mark::new(id, bar, Paint::fill(*color), told));
            end = end.max(bar.x1);
        }
        let bar = self.marks[self.marks.len() - 2].shape.bounds();
        if thick >= 6.0 * unit {
            self.committed_bar(ids[0], bar, dark, &row.committed);
        }
        let said: Vec<(MarkId, Text)> = if is_tall {
            let beside = |amount: Money| columns.thin.0 + size(amount) * columns.thin_scale + BESIDE * unit;
            let text = |(what, amount, _, words, y): &(&str, Money, Color, String, f64)| {
                let text =
                    self.text(beside(*amount), *y, Anchor::Start, SMALL, Weight::Regular, words.clone());
                (MarkId::of(&["pool", "amount", what, &row.name]), text)
            };
            parts.iter().map(text).collect()
        } else {
            let words = format!("{}, {}", parts[0].3, parts[1].3);
            let room = columns.thin.1 - end - BESIDE * unit;
            let y = rect.center().y;
            let text = self.text(end + BESIDE * unit, y, Anchor::Start, SMALL, Weight::Regular, words);
            let fits = text.width() <= room;
            fits.then(|| (MarkId::of(&["pool", "amount", "both", &row.name]), text)).into_iter().collect()
        };
        for (id, text) in said {
            self.marks.push(Mark::label(id, text, scheme.ink()));
        }
    }

    /// A tick: all is well.
    pub(super) fn check(&mut self, id: MarkId, at: Point, color: Color) {
        let size = 4.2 * self.unit;
        let points = vec![
            Point::new(at.x - size, at.y + 0.1 * size),
            Point::new(at.x - 0.25 * size, at.y + 0.85 * size),
            Point::new(at.x + size, at.y - 0.85 * size),
        ];
        let stroke = Paint::stroke(color, (2.0 * self.unit) as f32);
        self.marks.push(Mark::decoration(id, Shape::Line(points), stroke));
    }

    /// A triangle on its head: less than before.
    pub(super) fn triangle(&mut self, id: MarkId, at: Point, color: Color) {
        let size = 5.0 * self.unit;
        let points = vec![
            Point::new(at.x - size, at.y - 0.75 * size),
            Point::new(at.x + size, at.y - 0.75 * size),
            Point::new(at.x, at.y + 0.95 * size),
        ];
        self.marks.push(Mark::decoration(id, Shape::Polygon(points), Paint::fill(color)));
    }
}
