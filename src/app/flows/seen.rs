//! What is lit in the flows and the part of them that is zoomed into, by names and shares: as a scene keeps it.

use super::memory::FlowsView;
use super::shown::FocusKey;
use crate::app::shown_place::ShownPlace;
use crate::app::view::LitAndZoomed;
use crate::dimension::Dimension;
use crate::figure::named_mark;
use crate::place::SceneZoom;

impl FlowsView {
    /// What is lit and zoomed into.
    pub(super) fn seen(&self, of: &ShownPlace) -> LitAndZoomed {
        let pinned = self.pinned(of).map(|traced| traced.names(|_, name| name.to_owned()));
        LitAndZoomed { pinned: pinned.unwrap_or_default(), zoom: self.zoomed() }
    }

    /// Lights what is named, and zooms to a part.
    pub(super) fn see(&mut self, seen: &LitAndZoomed) {
        let key = |(dimension, name): &(Dimension, String)| named_mark(*dimension, name).0;
        self.pinned = match &seen.pinned[..] {
            [one] => Some(FocusKey::Node(key(one))),
            [from, to] => Some(FocusKey::Link(key(from), key(to))),
            _ => None,
        };
        self.chosen = None;
        self.zoom_to(seen.zoom.unwrap_or(SceneZoom { percent: 100, left: 0, top: 0 }));
    }
}
