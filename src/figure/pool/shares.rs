//! Who puts in how much of a pool, as a ring with its list.

use std::f64::consts::TAU;

use super::super::{Anchor, Color, Figure, Mark, MarkId, Paint, Point, Rect, Shape, Weight, fit, on_fill};
use super::board::{PoolDrawing, SMALL};
use super::{PoolInput, PoolPart};
use crate::money::{Money, Share, in_short, percent};
use crate::pool::Committed;

/// The donut with its list, as wide as this, px, and as high as it needs to be.
pub fn pool_shares(input: &PoolInput<'_>, width: f64) -> Figure {
    let mut board = PoolDrawing::new(input, 1.0);
    let height = board.shares(Rect::new(0.0, 0.0, width, 1000.0)) + 4.0;
    board.finish(width, height)
}

/// Slices that are named one by one.
/// More colours than these nobody tells apart in a ring; the others are one grey slice, and in the list of
/// partners each is named.
const MOST_SLICES: usize = 7;
const LIST_LINE: f64 = 18.0;

/// One slice of the donut.
struct DonutSlice {
    name: String,
    amount: Money,
    committed: Committed,
    color: Color,
}

impl PoolDrawing<'_> {
    /// Who puts in how much of the pool, and how firmly it is meant; returns where it ends.
    pub(super) fn shares(&mut self, room: Rect) -> f64 {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let mut slices = self.slices();
        let line = LIST_LINE * unit;
        let most_across = (room.width() * 0.74).min(210.0 * unit);
        let across = ((room.y1 - room.y0) * 0.44).min(most_across).max(96.0 * unit);
        self.heading(room.x0, room.y0 + 10.0 * unit, "Who puts in", "share of the pool", room.width());
        let top = room.y0 + 28.0 * unit;
        let left_for_list = room.y1 - top - across - 14.0 * unit;
        let lines = ((left_for_list / line).floor().max(3.0) as usize).min(MOST_SLICES + 1);
        if slices.len() > lines {
            let rest = slices.split_off(lines - 1);
            let name = format!("Other ({} partners)", rest.len());
            let amount = rest.iter().map(|slice| slice.amount).sum();
            let committed = super::partners::together(rest.iter().map(|slice| &slice.committed));
            slices.push(DonutSlice { name, amount, committed, color: scheme.neutral() });
        }
        let centre = Point::new(room.x0 + room.width() / 2.0, top + across / 2.0);
        self.donut(&slices, centre, across / 2.0);
        let list_top = top + across + 14.0 * unit;
        for (index, slice) in slices.iter().enumerate() {
            self.slice_line(slice, Rect::new(room.x0, list_top + line * index as f64, room.x1, 0.0));
        }
        list_top + line * slices.len() as f64
    }

    fn slices(&self) -> Vec<DonutSlice> {
        let committed = self.input.model.committed(self.input.scenario);
        let positions = self.input.model.positions.iter();
        positions
            .filter(|position| position.puts_in.is_positive())
            .map(|position| DonutSlice {
                name: position.agency.clone(),
                amount: position.puts_in,
                committed: committed.get(position.agency.as_str()).copied().unwrap_or_default(),
                color: self.color(&position.agency),
            })
            .collect()
    }

    fn donut(&mut self, slices: &[DonutSlice], centre: Point, radius: f64) {
        let scheme = self.input.scheme;
        let whole: f64 = slices.iter().map(|slice| slice.amount.to_approximate()).sum();
        // Wide enough for the hatching of a slice, and the hole for the pool's total.
        let inner = radius * 0.60;
        let mut from = -TAU / 4.0;
        for slice in slices {
            let turn = TAU * slice.amount.to_approximate() / whole;
            let to = from + turn;
            let told = self.told(&format!("{} puts in", slice.name), slice.amount);
            let id = PoolPart::Slice { agency: &slice.name }.id();
            // A hair of ground between neighbours.
            let gap = if slices.len() > 1 { (1.0 / radius).min(turn / 4.0) } else { 0.0 };
            let ring = |from: f64, to: f64| Shape::Polygon(ring(centre, inner, radius, from, to));
            self.marks.push(Mark::new(id, ring(from + gap, to - gap), Paint::fill(slice.color), told));
            let parts: Vec<_> = slice.committed.parts().collect();
            let sum: f64 = parts.iter().map(|(_, amount)| amount.abs().to_approximate()).sum();
            let mut at = from + gap;
            for (commitment, amount) in parts {
                let part = (turn - 2.0 * gap) * amount.abs().to_approximate() / sum;
                if let Some(hatch) = self.commitment_hatch(commitment, slice.color)
                    && part * radius > 2.0
                {
                    let paint = Paint::fill(slice.color).hatched(Some(hatch));
                    let hatch_id = MarkId::of(&["pool", "slice-hatch", &slice.name, commitment.name()]);
                    self.marks.push(Mark::decoration(hatch_id, ring(at, at + part), paint).pointing_at(id));
                }
                at += part;
            }
            self.share_in_slice(slice, centre, f64::midpoint(inner, radius), f64::midpoint(from, to), turn);
            from = to;
        }
        let into_pool = self.input.model.balance.into_pool;
        let size = (inner * 0.34 / self.unit).clamp(13.0, 24.0);
        let text = self.text(
            centre.x,
            centre.y - 6.0 * self.unit,
            Anchor::Middle,
            size,
            Weight::Bold,
            in_short(into_pool),
        );
        self.words(&["pool", "donut-total"], text, scheme.ink());
        if self.is_estimate() {
            let y = centre.y - (6.0 + size * 0.8) * self.unit;
            let text = self.text(centre.x, y, Anchor::Middle, SMALL, Weight::Regular, "about");
            self.words(&["pool", "donut-about"], text, scheme.faint_ink());
        }
        let text = self.text(
            centre.x,
            centre.y + size * 0.75 * self.unit,
            Anchor::Middle,
            SMALL,
            Weight::Regular,
            "in the pool",
        );
        self.words(&["pool", "donut-words"], text, scheme.faint_ink());
    }

    fn share_in_slice(&mut self, slice: &DonutSlice, centre: Point, radius: f64, angle: f64, turn: f64) {
        let words = self.share_of_pool(slice.amount);
        let at = Point::new(centre.x + radius * angle.cos(), centre.y + radius * angle.sin());
        let mut text = self.text(at.x, at.y, Anchor::Middle, SMALL, Weight::SemiBold, words);
        // The words must lie within the slice: as wide as they are along the ring.
        if turn * radius > text.width() + 8.0 * self.unit {
            text.halo = Some(slice.color);
            self.words(&["pool", "slice-share", &slice.name], text, on_fill(slice.color));
        }
    }

    fn share_of_pool(&self, amount: Money) -> String {
        Share::of(amount, self.input.model.balance.into_pool).map(percent).unwrap_or_default()
    }

    fn slice_line(&mut self, slice: &DonutSlice, at: Rect) {
        let (unit, scheme) = (self.unit, self.input.scheme);
        let y = at.y0 + LIST_LINE * unit / 2.0;
        let square = Rect::new(at.x0, y - 5.0 * unit, at.x0 + 10.0 * unit, y + 5.0 * unit);
        let id = MarkId::of(&["pool", "slice-key", &slice.name]);
        self.marks.push(Mark::decoration(id, square, Paint::fill(slice.color)));
        let share = self.share_of_pool(slice.amount);
        let share = self.text(at.x1, y, Anchor::End, SMALL + 0.5, Weight::SemiBold, share);
        let room = share.left() - 8.0 * unit - at.x0 - 16.0 * unit;
        self.words(&["pool", "slice-list", &slice.name], share, scheme.ink());
        let name = self.name(&slice.name, room, SMALL + 0.5, Weight::Regular);
        let name = fit(&name, room, (SMALL + 0.5) * unit, Weight::Regular).text;
        let text = self.text(at.x0 + 16.0 * unit, y, Anchor::Start, SMALL + 0.5, Weight::Regular, name);
        self.words(&["pool", "slice-name", &slice.name], text, scheme.ink());
    }
}

/// A piece of a ring: along the outer edge, and back along the inner one with as many points.
fn ring(centre: Point, inner: f64, outer: f64, from: f64, to: f64) -> Vec<Point> {
    // Chords of four degrees stay within a sixteenth of a pixel of rings of this size.
    let steps = ((to - from) / (TAU / 90.0)).ceil().max(1.0) as usize;
    let at = |radius: f64, step: usize| {
        let angle = from + (to - from) * step as f64 / steps as f64;
        Point::new(centre.x + radius * angle.cos(), centre.y + radius * angle.sin())
    };
    let there = (0..=steps).map(|step| at(outer, step));
    let back = (0..=steps).rev().map(|step| at(inner, step));
    there.chain(back).collect()
}
