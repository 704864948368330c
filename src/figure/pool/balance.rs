//! The balance of a pool as one bar: allocated, unallocated, over, all to one scale and in words.

use super::super::dashes::dashes_around;
use super::super::{
    Anchor, Figure, HatchKind, Mark, MarkId, Paint, Point, Rect, Text, Weight, on_fill, width_px,
};
use super::board::{BODY, PoolDrawing, SMALL};
use super::{PoolInput, PoolPart};
use crate::ledger::short_or_between;
use crate::money::{Money, Share, percent};
use crate::words::capitalised;

/// The balance by itself, as wide as this, px.
pub fn pool_balance(input: &PoolInput<'_>, width: f64) -> Figure {
    let mut board = PoolDrawing::new(input, 1.0);
    let height = board.balance(Rect::new(0.0, 0.0, width, f64::INFINITY));
    board.finish(width, height)
}

/// Where all is allocated there is nothing to say in it.
const THIN_BAR: f64 = 8.0;
const BAR: f64 = 20.0;

impl PoolDrawing<'_> {
    /// What is in the pool, allocated, unallocated or over, all to one scale; returns where it ends.
    pub(super) fn balance(&mut self, room: Rect) -> f64 {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let balance = self.input.model.balance;
        let (into_pool, over) = (balance.into_pool, balance.over);
        let fenced = match balance.ring_fenced {
            fenced if fenced.is_positive() => format!(", {} of it ring-fenced", self.short(fenced)),
            _ => String::new(),
        };
        let y = room.y0 + 9.0 * unit;
        // The ends of an estimate where they have room beside the verdict, and else a word.
        let between = short_or_between(into_pool, self.input.model.range);
        let verdict = width_px(&self.verdict_words().0, BODY * unit, Weight::SemiBold) + 36.0 * unit;
        let words =
            [between, self.short(into_pool)].map(|sum| capitalised(&format!("{sum} in the pool{fenced}")));
        let fits = |words: &&String| width_px(words, 15.0 * unit, Weight::SemiBold) + verdict <= room.width();
        let words = words.iter().find(fits).unwrap_or(&words[1]).clone();
        let heading = self.text(room.x0, y, Anchor::Start, 15.0, Weight::SemiBold, words);
        self.words(&["pool", "in"], heading, scheme.ink());
        self.verdict(room.x1, room.y0 + 9.0 * unit);

        let top = room.y0 + 24.0 * unit;
        let is_even = !balance.unallocated.is_positive() && !over.is_positive();
        let thick = if is_even { THIN_BAR } else { BAR };
        // What is over runs on beyond the end of the pool, so the scale has to hold both.
        let whole = (into_pool.max(Money::ZERO) + over).to_approximate();
        let scale = if whole > 0.0 { room.width() / whole } else { 0.0 };
        let bar = |from: f64, to: f64| Rect::new(from, top, to, top + thick * unit);
        let allocated = room.x0 + balance.allocated.max(Money::ZERO).to_approximate() * scale;
        let pool_end = room.x0 + into_pool.max(Money::ZERO).to_approximate() * scale;
        // Quiet: who gains and who loses is what the picture is about.
        let color = scheme.neutral().mix(scheme.ground(), 0.4);
        let told = self.told("Allocated", balance.allocated);
        self.marks.push(Mark::new(
            PoolPart::Allocated.id(),
            bar(room.x0, allocated),
            Paint::fill(color),
            told,
        ));
        if balance.unallocated.is_positive() {
            let told = self.told("Unallocated", balance.unallocated);
            let rect = bar(allocated, pool_end);
            self.marks.push(Mark::new(PoolPart::Unallocated.id(), rect, Paint::fill(scheme.ground()), told));
            let inside = rect.inflate(-unit.min(rect.width() / 4.0), -unit);
            for (index, dash) in dashes_around(inside, 5.0 * unit).into_iter().enumerate() {
                let paint = Paint::stroke(scheme.pool(), (2.0 * unit) as f32);
                let id = MarkId::of(&["pool", "balance-dash", &index.to_string()]);
                self.marks.push(Mark::decoration(id, dash, paint).pointing_at(PoolPart::Unallocated.id()));
            }
        }
        if over.is_positive() {
            let told = self.told("Allocated beyond what is in the pool", over);
            let fill = scheme.focus();
            let hatch = scheme.hatch_on(HatchKind::Illustrative, fill);
            let paint = Paint::fill(fill).hatched(Some(hatch));
            self.marks.push(Mark::new(PoolPart::Over.id(), bar(pool_end, room.x1), paint, told));
            let end = (pool_end, top - 4.0 * unit, top + (thick + 4.0) * unit);
            self.rule(&["pool", "end"], Point::new(end.0, end.1), Point::new(end.0, end.2), scheme.ink());
        }
        let (full, rest) = (bar(room.x0, allocated), bar(allocated, pool_end));
        if !is_even {
            self.in_bar("allocated", full, on_fill(color), color, balance.allocated, "allocated");
        }
        let ground = scheme.ground();
        if balance.unallocated.is_positive() {
            self.in_bar("unallocated", rest, scheme.ink(), ground, balance.unallocated, "unallocated");
        }
        top + thick * unit
    }

    /// Words in a part of the bar, where they have room.
    fn in_bar(
        &mut self,
        id: &str,
        bar: Rect,
        ink: super::super::Color,
        ground: super::super::Color,
        amount: Money,
        what: &str,
    ) {
        let share = Share::of(amount, self.input.model.balance.into_pool).map(percent);
        let long = share.map_or_else(String::new, |share| format!(", {share} of the pool"));
        let sum = self.short(amount);
        let words = [format!("{sum} {what}{long}"), format!("{sum} {what}")];
        let at = (bar.x0 + 9.0 * self.unit, bar.center().y);
        let said = |words: String| -> Text {
            Text {
                halo: Some(ground),
                ..self.text(at.0, at.1, Anchor::Start, SMALL + 1.0, Weight::SemiBold, words)
            }
        };
        let fitting = words.map(said).into_iter().find(|text| text.width() + 18.0 * self.unit <= bar.width());
        if let Some(text) = fitting {
            self.words(&["pool", "in-bar", id], text, ink);
        }
    }

    /// Whether the pool is in balance, in words, and whether that is as it should be.
    fn verdict_words(&self) -> (String, bool) {
        let balance = self.input.model.balance;
        if balance.over.is_positive() {
            (format!("{} over-allocated", self.short(balance.over)), false)
        } else if balance.unallocated.is_positive() {
            (format!("{} unallocated", self.short(balance.unallocated)), true)
        } else {
            ("All of it is allocated".to_owned(), true)
        }
    }

    /// The same with a sign, ending at `x`.
    fn verdict(&mut self, x: f64, y: f64) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let balance = self.input.model.balance;
        let (words, is_fine) = self.verdict_words();
        let color = if is_fine { scheme.ink() } else { scheme.focus() };
        let text = self.text(x, y, Anchor::End, BODY, Weight::SemiBold, words);
        let left = text.left();
        self.words(&["pool", "verdict"], text, color);
        if balance.over.is_positive() {
            self.triangle(MarkId::of(&["pool", "verdict-sign"]), Point::new(left - 12.0 * unit, y), color);
        } else if !balance.unallocated.is_positive() {
            self.check(MarkId::of(&["pool", "verdict-sign"]), Point::new(left - 12.0 * unit, y), color);
        }
    }
}
