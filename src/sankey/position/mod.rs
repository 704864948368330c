//! Each item's place in its column: as little way up and down for the money as the order allows.
//!
//! The way is the sum over all segments of value times the vertical distance between its ends. With a
//! fixed order that is a linear program (the dual of a flow of least cost). It is approached by weighted
//! isotonic regressions, column by column, and finished by cuts; see `docs/LAYOUT.md`.

mod approach;
mod cut;
mod flow;
mod isotonic;

use super::metrics::Metrics;
use super::proper_graph::ProperGraph;

/// A placing problem: what pulls at the items, and the room each has.
pub(super) struct Placing<'a> {
    pub(super) net: &'a ProperGraph,
    pub(super) order: &'a [Vec<u32>],
    /// For each segment, how much lower its start is in its item than its end in its own (px).
    pub(super) shift: Vec<f64>,
    /// The pull of each segment.
    pub(super) weight: Vec<f64>,
    /// Where an item would like its top, and how much.
    pub(super) home: Vec<Option<(f64, f64)>>,
    /// How high each item is (px).
    pub(super) heights: &'a [f64],
    /// Heights and gaps of all that is above an item in its column: y less this never falls downwards.
    stacked: Vec<f64>,
    /// The least and the largest y less stacked.
    low: Vec<f64>,
    high: Vec<f64>,
}

impl<'a> Placing<'a> {
    pub(super) fn new(
        net: &'a ProperGraph,
        order: &'a [Vec<u32>],
        metrics: &'a Metrics,
        shift: Vec<f64>,
        pins: &[Option<f64>],
    ) -> Self {
        let count = net.item_count();
        let mut placing = Self {
            net,
            order,
            shift,
            weight: net.segments.iter().map(|segment| segment.value * metrics.scale).collect(),
            home: vec![None; count],
            heights: &metrics.heights,
            stacked: vec![0.0; count],
            low: vec![metrics.top; count],
            high: vec![metrics.top; count],
        };
        for column in order {
            placing.stack(column, metrics, pins);
        }
        placing
    }

    fn stack(&mut self, column: &[u32], metrics: &Metrics, pins: &[Option<f64>]) {
        let heights = &metrics.heights;
        let stack = |stacked: &mut [f64], squeeze: f64| {
            let mut y = 0.0;
            for (place, &item) in column.iter().enumerate() {
                if place > 0 {
                    let above = column[place - 1];
                    let (a, b) = ((above, heights[above as usize]), (item, heights[item as usize]));
                    y += heights[above as usize] + squeeze * metrics.gap_between(a, b);
                }
                stacked[item as usize] = y;
            }
            column.last().map_or(0.0, |last| y + heights[*last as usize])
        };
        let room = metrics.bottom - metrics.top;
        let pinned: Vec<(u32, f64)> = column
            .iter()
            .filter_map(|item| pins.get(*item as usize).copied().flatten().map(|pin| (*item, pin)))
            .collect();
        // Between things put by hand gaps may have to give way.
        let mut squeeze = 1.0;
        let mut need = stack(&mut self.stacked, squeeze);
        if !pinned.is_empty() {
            let fits = |stacked: &[f64], need: f64| {
                let mut least = metrics.top;
                let most = metrics.bottom - need;
                pinned.iter().all(|(item, pin)| {
                    let z = pin - stacked[*item as usize];
                    // Pins that were read back from a file are off by rounding.
                    let fits = z >= least - 1e-9 && z <= most + 1e-9;
                    least = z;
                    fits
                })
            };
            while !fits(&self.stacked, need) && squeeze > 0.0 {
                // In twentieths: gaps between pins need no more exactness, and at nought something has to
                // give.
                squeeze = if squeeze > 0.05 { squeeze - 0.05 } else { 0.0 };
                need = stack(&mut self.stacked, squeeze);
            }
        }
        let slack = (room - need).max(0.0);
        // A pin that leaves too little room for the rest gives way as far as it must.
        let mut least = metrics.top;
        for &item in column {
            if let Some(pin) = pins.get(item as usize).copied().flatten() {
                least = (pin - self.stacked[item as usize]).min(metrics.top + slack).max(least);
                self.high[item as usize] = least;
            }
            self.low[item as usize] = least;
        }
        let mut most = metrics.top + slack;
        for &item in column.iter().rev() {
            if pins.get(item as usize).copied().flatten().is_some() {
                most = self.high[item as usize];
            }
            self.high[item as usize] = most;
        }
    }

    /// The tops of all items, near the best there are; `effort` says how many cuts may be tried.
    pub(super) fn solve(&self, start: Option<Vec<f64>>, sweeps: usize, effort: u64) -> Vec<f64> {
        let mut y = start.unwrap_or_else(|| self.spread());
        approach::approach(self, &mut y, sweeps);
        cut::finish(self, &mut y, effort);
        y
    }

    /// Moves one column's items as little as need be to where there is room for them.
    pub(super) fn settle(&self, column: usize, y: &mut [f64]) {
        let items = &self.order[column];
        let wish: Vec<_> = items.iter().map(|i| (y[*i as usize] - self.stacked[*i as usize], 1.0)).collect();
        let mut z = vec![0.0; items.len()];
        isotonic::Squares::new().fit(&wish, &mut z);
        self.put(items, &z, y);
    }

    /// Every column's items with equal gaps.
    pub(super) fn spread(&self) -> Vec<f64> {
        let mut y = vec![0.0; self.stacked.len()];
        for column in self.order {
            for (place, &item) in column.iter().enumerate() {
                let i = item as usize;
                // Whatever slack there is, shared out evenly: a start that favours no end.
                let share = (place as f64 + 0.5) / column.len() as f64;
                y[i] = self.stacked[i] + self.low[i] + (self.high[i] - self.low[i]) * share;
            }
        }
        y
    }
}
