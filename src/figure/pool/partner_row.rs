//! One partner's row in a pool's picture: puts in, gets back and net as bars from one axis, shares, and
//! whether it is no worse off.

use super::super::{Anchor, Color, Mark, MarkId, Paint, Point, Rect, Scheme, Shape, Weight, fit, width_px};
use super::PoolPart;
use super::board::{BODY, PoolDrawing, SMALL, is_partner};
use super::partners::{STACKED_BARS, TALL_ROW, signed, together};
use crate::ledger::{AmountRange, full_or_about, full_or_between, short_or_about};
use crate::money::{Money, Share, percent};
use crate::pool::{Committed, NetPosition};

/// What one row says: a partner, or the smallest ones together.
pub(super) struct PartnerRow {
    /// The agency, or "Other (12 partners)".
    pub(super) name: String,
    pub(super) puts_in: Money,
    pub(super) gets_back: Money,
    pub(super) net: Money,
    share_of_pool: Share,
    /// Of several there is none.
    share_of_own: Option<Share>,
    committed: Committed,
    badge: Badge,
    reason: String,
    /// What it may put in, where that is not certain.
    range: Option<AmountRange>,
    /// Whether what it gets back is not known to the penny.
    is_estimate: bool,
}

#[derive(Clone, Debug, PartialEq)]
enum Badge {
    /// Nobody to ask.
    None,
    Holds(String),
    Fails(String),
}

impl PartnerRow {
    pub(super) fn of(position: &NetPosition, committed: Committed) -> Self {
        let badge = if !is_partner(&position.agency) {
            Badge::None
        } else if position.no_worse_off.holds {
            let words = if position.net.is_positive() { "Better off" } else { "No worse off" };
            Badge::Holds(words.to_owned())
        } else if position.net.is_negative() {
            Badge::Fails("Worse off".to_owned())
        } else {
            Badge::Fails("Keeps too little".to_owned())
        };
        Self {
            name: position.agency.clone(),
            puts_in: position.puts_in,
            gets_back: position.gets_back,
            net: position.net,
            share_of_pool: position.share_of_pool,
            share_of_own: (!position.own.is_zero()).then_some(position.share_of_own),
            committed,
            badge,
            reason: position.no_worse_off.reason.clone(),
            range: position.range,
            is_estimate: position.is_estimate,
        }
    }

    /// Several rows as one.
    pub(super) fn folded(rows: &[Self]) -> Self {
        let sum = |of: fn(&Self) -> Money| -> Money { rows.iter().map(of).sum() };
        let worse: Vec<&str> = rows
            .iter()
            .filter(|row| matches!(row.badge, Badge::Fails(_)))
            .map(|row| row.name.as_str())
            .collect();
        let badge = match worse.len() {
            0 => Badge::Holds("None worse off".to_owned()),
            count => Badge::Fails(format!("{count} worse off")),
        };
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let reason =
            if worse.is_empty() { names.join(", ") } else { format!("Worse off: {}", worse.join(", ")) };
        let share = rows.iter().map(|row| row.share_of_pool).try_fold(Share::NONE, Share::checked_add);
        Self {
            name: format!("Other ({} partners)", rows.len()),
            puts_in: sum(|row| row.puts_in),
            gets_back: sum(|row| row.gets_back),
            net: sum(|row| row.net),
            share_of_pool: share.unwrap_or(Share::NONE),
            share_of_own: None,
            committed: together(rows.iter().map(|row| &row.committed)),
            badge,
            reason,
            range: rows.iter().any(|row| row.range.is_some()).then(|| {
                let ends = rows.iter().map(|row| row.range.unwrap_or(AmountRange::of(row.puts_in)));
                ends.reduce(AmountRange::and).expect("a row has a range")
            }),
            is_estimate: rows.iter().any(|row| row.is_estimate),
        }
    }

    /// "41% of the pool, 0.6% of what they spend".
    fn shares_in_words(&self) -> String {
        let pool = format!("{} of the pool", percent(self.share_of_pool));
        match self.share_of_own {
            Some(own) if is_partner(&self.name) => format!("{pool}, {} of what they spend", percent(own)),
            _ => pool,
        }
    }

    /// What it puts in, to three figures.
    fn said_in(&self) -> String {
        short_or_about(self.puts_in, self.range.is_some())
    }

    /// What it gets back, to three figures.
    fn said_back(&self) -> String {
        short_or_about(self.gets_back, self.is_estimate && !self.gets_back.is_zero())
    }

    fn tooltip(&self) -> String {
        format!(
            "{}\nPuts in {}, gets back {}, net {}\n{}\n{}",
            self.name,
            full_or_between(self.puts_in, self.range),
            full_or_about(self.gets_back, self.is_estimate),
            full_or_about(self.net, self.is_estimate && !self.net.is_zero()),
            self.shares_in_words(),
            self.reason
        )
    }
}

/// Where the columns of the partners stand.
pub(super) struct PartnerColumns {
    /// The bars have a line of their own, below the words.
    pub(super) is_stacked: bool,
    pub(super) name_width: f64,
    pub(super) zero: f64,
    /// Pixels for a pound.
    scale: f64,
    /// Between these ends bars may stand.
    ends: (f64, f64),
    pub(super) net_right: f64,
    /// Right ends of the shares of the pool and of the own budget, where they have columns of their own.
    pub(super) shares: Option<(f64, f64)>,
    pub(super) badge_left: f64,
}

/// Widths at the usual size, px: a signed amount of three figures, a percentage, the longest words of a badge
/// with their sign.
const NET: f64 = 74.0;
const SHARE: f64 = 50.0;
const BADGE: f64 = 112.0;

/// An estimate has a word before it.
fn net_width(board: &PoolDrawing<'_>) -> f64 {
    if board.is_estimate() { NET + 40.0 } else { NET }
}

impl PartnerColumns {
    pub(super) fn new(
        board: &PoolDrawing<'_>,
        rows: &[PartnerRow],
        room: Rect,
        row_height: f64,
        is_stacked: bool,
    ) -> Self {
        let unit = board.unit;
        let is_tall = is_stacked || row_height >= TALL_ROW * unit;
        let badge_left = room.x1 - BADGE * unit;
        let mut right = badge_left - 14.0 * unit;
        let shares = (!is_tall).then(|| {
            let own = right;
            right -= SHARE * 2.0 * unit;
            (own - SHARE * unit, own)
        });
        let net_right = right;
        let name_share = if is_tall { 0.33 } else { 0.25 };
        let name_width = if is_stacked {
            net_right - net_width(board) * unit - room.x0
        } else {
            (room.width() * name_share).clamp(110.0 * unit, 300.0 * unit)
        };
        let longest = |of: fn(&PartnerRow) -> String| -> f64 {
            let width = |row: &PartnerRow| width_px(&of(row), (SMALL + 0.5) * unit, Weight::Regular);
            rows.iter().map(width).fold(40.0 * unit, f64::max) + 9.0 * unit
        };
        let (from, to) = if is_stacked {
            (room.x0, room.x1)
        } else {
            (room.x0 + name_width, net_right - net_width(board) * unit)
        };
        let bars_left = from + longest(PartnerRow::said_in);
        let bars_right = to - longest(PartnerRow::said_back);
        // Credits that outweigh what is put in stand on the other side.
        let reach = |to_left: bool| -> f64 {
            let side = |amount: Money| {
                let extent = amount.to_approximate();
                if to_left { extent } else { -extent }
            };
            rows.iter()
                .map(|row| side(row.puts_in).max(-side(row.gets_back)).max(-side(row.net)).max(0.0))
                .fold(0.0, f64::max)
        };
        let (left, right) = (reach(true), reach(false));
        let scale = if left + right > 0.0 { (bars_right - bars_left).max(1.0) / (left + right) } else { 0.0 };
        let zero =
            if left + right > 0.0 { bars_left + left * scale } else { f64::midpoint(bars_left, bars_right) };
        let ends = (from, to);
        Self { is_stacked, name_width, zero, scale, ends, net_right, shares, badge_left }
    }
}

impl PoolDrawing<'_> {
    pub(super) fn partner_row(&mut self, row: &PartnerRow, rect: Rect, columns: &PartnerColumns) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let is_tall = columns.is_stacked || rect.height() >= TALL_ROW * unit;
        let (words, bars) = if columns.is_stacked {
            let split = rect.y1 - STACKED_BARS * unit;
            (Rect::new(rect.x0, rect.y0, rect.x1, split), Rect::new(rect.x0, split, rect.x1, rect.y1))
        } else {
            (rect, rect)
        };
        let middle = words.center().y;
        let name_y = if is_tall { middle - 9.0 * unit } else { middle };
        let id = PoolPart::PutsIn { agency: &row.name }.id();
        let weight = if is_partner(&row.name) { Weight::SemiBold } else { Weight::Regular };
        let size = if is_tall { BODY } else { 12.0 };
        let name = self.name(&row.name, columns.name_width - 8.0 * unit, size, weight);
        let text = self.text(rect.x0, name_y, Anchor::Start, size, weight, name);
        let label = MarkId::of(&["pool", "partner", &row.name]);
        let label = Mark::label(label, text, scheme.ink()).pointing_at(id);
        self.marks.push(label.with_tooltip(row.tooltip()));
        if is_tall {
            let room = if columns.is_stacked { rect.width() } else { columns.name_width - 8.0 * unit };
            let words = fit(&row.shares_in_words(), room, SMALL * unit, Weight::Regular);
            let text =
                self.text(rect.x0, middle + 9.0 * unit, Anchor::Start, SMALL, Weight::Regular, words.text);
            self.words(&["pool", "shares", &row.name], text, scheme.faint_ink());
        } else if let Some((of_pool, of_own)) = columns.shares {
            let own = row.share_of_own.map_or_else(String::new, percent);
            for (id, x, words) in [("of-pool", of_pool, percent(row.share_of_pool)), ("of-own", of_own, own)]
            {
                let text = self.text(x, middle, Anchor::End, 12.0, Weight::Regular, words);
                self.words(&["pool", id, &row.name], text, scheme.ink());
            }
        }
        let net_y = if columns.is_stacked { name_y } else { middle };
        let net = self.text(
            columns.net_right,
            net_y,
            Anchor::End,
            12.5,
            Weight::SemiBold,
            signed(row.net, row.is_estimate),
        );
        self.words(&["pool", "net-amount", &row.name], net, scheme.ink());
        self.bars(row, bars, columns);
        self.badge(row, Point::new(columns.badge_left, net_y), rect.x1);
    }

    /// Puts in to the left, gets back to the right, and below them the net: all from one axis, to one scale.
    fn bars(&mut self, row: &PartnerRow, rect: Rect, columns: &PartnerColumns) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let middle = rect.center().y;
        let height = (rect.height() * 0.42).clamp(7.0 * unit, 20.0 * unit);
        // Thinner than what it is the difference of, and never so thin that its colour is lost.
        let net_height = (height * 0.32).max(3.0 * unit);
        let top = middle - (height + net_height + 2.0 * unit) / 2.0;
        let bar = |from: f64, amount: f64, top: f64, height: f64| {
            Rect::new(from, top, from + amount * columns.scale, top + height).abs()
        };
        let (zero, color) = (columns.zero, self.color(&row.name));
        let puts_in = bar(zero, -row.puts_in.to_approximate(), top, height);
        let gets_back = bar(zero, row.gets_back.to_approximate(), top, height);
        let id = PoolPart::PutsIn { agency: &row.name }.id();
        let told = self.told(&format!("{} puts in", row.name), row.puts_in);
        self.marks.push(Mark::new(id, puts_in, Paint::fill(color), told));
        self.committed_bar(id, puts_in, color, &row.committed);
        let pale = color.mix(scheme.ground(), 0.45);
        let told = self.told(&format!("{} gets back", row.name), row.gets_back);
        let id = PoolPart::GetsBack { agency: &row.name }.id();
        self.marks.push(Mark::new(id, gets_back, Paint::fill(pale), told));
        let net_color = net_color(scheme, row.net);
        let net = bar(zero, row.net.to_approximate(), top + height + 2.0 * unit, net_height);
        let told = self.told(&format!("{}: net", row.name), row.net);
        self.marks.push(Mark::new(
            PoolPart::Net { agency: &row.name }.id(),
            net,
            Paint::fill(net_color),
            told,
        ));

        self.former_ends(row, columns, [puts_in, gets_back, net]);
        let beside = [
            ("puts-in", puts_in.x0.min(net.x0) - 6.0 * unit, Anchor::End, row.puts_in, row.said_in()),
            (
                "gets-back",
                gets_back.x1.max(net.x1) + 6.0 * unit,
                Anchor::Start,
                row.gets_back,
                row.said_back(),
            ),
        ];
        let y = top + height / 2.0;
        for (id, x, anchor, amount, words) in beside {
            let ink = if amount.is_zero() { scheme.faint_ink() } else { scheme.ink() };
            let text = self.text(x, y, anchor, SMALL + 0.5, Weight::Regular, words);
            self.words(&["pool", "amount", id, &row.name], text, ink);
        }
    }

    /// Where the bars ended a moment ago, as far as that is within the picture.
    fn former_ends(&mut self, row: &PartnerRow, columns: &PartnerColumns, bars: [Rect; 3]) {
        let Some(former) = self.input.former else { return };
        let former = former.positions.iter().find(|position| position.agency == row.name);
        let (puts_in, gets_back, net) = former.map_or((Money::ZERO, Money::ZERO, Money::ZERO), |former| {
            (former.puts_in, former.gets_back, former.net)
        });
        let color = self.input.scheme.ink();
        let ends = [
            ("puts-in", -puts_in, -row.puts_in),
            ("gets-back", gets_back, row.gets_back),
            ("net", net, row.net),
        ];
        for ((id, was, is), bar) in ends.into_iter().zip(bars) {
            let x = columns.zero + was.to_approximate() * columns.scale;
            if was == is || x < columns.ends.0 || x > columns.ends.1 {
                continue;
            }
            let reach = 2.0 * self.unit;
            let line = vec![Point::new(x, bar.y0 - reach), Point::new(x, bar.y1 + reach)];
            let paint = Paint::stroke(color, (1.5 * self.unit) as f32);
            let id = MarkId::of(&["pool", "former", id, &row.name]);
            self.marks.push(Mark::decoration(id, Shape::Line(line), paint));
        }
    }

    /// Whether a partner is no worse off: a sign and a word, never color alone.
    fn badge(&mut self, row: &PartnerRow, at: Point, right: f64) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let id = PoolPart::Badge { agency: &row.name }.id();
        let (words, holds) = match &row.badge {
            Badge::None => return,
            Badge::Holds(words) => (words, true),
            Badge::Fails(words) => (words, false),
        };
        let color = if holds { scheme.ink() } else { scheme.focus() };
        let sign = Point::new(at.x + 5.0 * unit, at.y);
        let sign_id = MarkId::of(&["pool", "sign", &row.name]);
        if holds {
            self.check(sign_id, sign, net_color(scheme, Money::from_pounds(1)));
        } else {
            self.triangle(sign_id, sign, color);
        }
        let room = right - at.x - 15.0 * unit;
        let weight = if holds { Weight::Regular } else { Weight::SemiBold };
        let words = fit(words, room, 12.0 * unit, weight).text;
        let text = self.text(at.x + 15.0 * unit, at.y, Anchor::Start, 12.0, weight, words);
        let tooltip = format!("{}\n{}", row.name, row.reason);
        self.marks.push(Mark::new(id, text, Paint::fill(color), tooltip));
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

/// Above nothing and below nothing; the sign by the figure says the same.
fn net_color(scheme: Scheme, net: Money) -> Color {
    if net.is_negative() { scheme.focus() } else { scheme.sequence(0) }
}
