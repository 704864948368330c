//! A figure that runs from what it was to what it is after a change, as the flows do.

use std::time::{Duration, Instant};

use egui::Ui;

use crate::figure::{Figure, Morph};

/// How long a figure is on its way.
pub(in crate::app) const MORPH: Duration = Duration::from_millis(260);

/// The figure that was shown last, and the way from the one before.
pub(in crate::app) struct Moving<K> {
    last: Option<(K, Figure)>,
    way: Option<(Morph, Instant)>,
}

impl<K> Default for Moving<K> {
    fn default() -> Self {
        Self { last: None, way: None }
    }
}

impl<K: PartialEq + Copy> Moving<K> {
    /// The figure between the former one and this, while it is on its way; `is_change` says of two keys whether one
    /// follows from the other by a change, and not by another width or look.
    pub(in crate::app) fn follow(
        &mut self,
        ui: &Ui,
        key: K,
        figure: &Figure,
        is_change: impl FnOnce(K, K) -> bool,
    ) -> Option<Figure> {
        if self.last.as_ref().is_none_or(|(last, _)| *last != key) {
            let former = self.last.replace((key, figure.clone()));
            let from = former.filter(|(former, _)| is_change(*former, key));
            self.way = from.map(|(_, from)| (Morph::new(from, figure.clone()), Instant::now()));
        }
        let (morph, since) = self.way.as_ref()?;
        let share = since.elapsed().as_secs_f64() / MORPH.as_secs_f64();
        if share >= 1.0 || ui.style().animation_time <= 0.0 {
            self.way = None;
            return None;
        }
        ui.ctx().request_repaint();
        Some(morph.at(share * share * (3.0 - 2.0 * share)))
    }
}
