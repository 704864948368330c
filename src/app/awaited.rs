//! A value that may take longer than a frame to be worked out.

use egui::{Context, Ui};

use super::jobs::{Job, Poll};
use super::style::weak_text;
use crate::place::Place;

/// A value kept until what it was made from changes, then made again: at once where that is quick, else on another
/// thread, with the one before on screen meanwhile.
pub(super) struct Awaited<K, V> {
    kept: Option<(K, V)>,
    coming: Option<(K, Job<V>)>,
}

/// Of so many lines things are worked out within a frame.
const AT_ONCE: usize = 20_000;

/// Whether what goes through the lines of a place may be worked out within a frame.
pub(super) fn is_quick(place: &Place) -> bool {
    place.lines_as_read().len() <= AT_ONCE
}

/// The value as it can be shown now.
pub(super) struct Seen<'a, V> {
    pub(super) value: &'a V,
    /// Not so where it is one of before, and another is on its way: what it says may be looked at, and not acted upon.
    pub(super) is_current: bool,
}

impl<K, V> Default for Awaited<K, V> {
    fn default() -> Self {
        Self { kept: None, coming: None }
    }
}

impl<K: PartialEq, V: Send + 'static> Awaited<K, V> {
    /// The value for a key, or the one before; none while the first is on its way. Keys are cheap to compare.
    pub(super) fn get(
        &mut self,
        key: K,
        is_quick: bool,
        context: &Context,
        make: impl FnOnce() -> V + Send + 'static,
    ) -> Option<Seen<'_, V>> {
        match self.coming.as_ref().map(|(_, job)| job.poll()) {
            // Kept under the key it was made for, which may be that of before: it is still nearer than what
            // is on screen.
            Some(Poll::Done(value)) => self.kept = self.coming.take().map(|(key, _)| (key, value)),
            Some(Poll::Gone) => self.coming = None,
            Some(Poll::Working) | None => {}
        }
        let is_kept = self.kept.as_ref().is_some_and(|(kept, _)| *kept == key);
        if is_kept {
            self.coming = None;
        } else if is_quick {
            self.coming = None;
            self.kept = Some((key, make()));
        } else if self.coming.as_ref().is_none_or(|(coming, _)| *coming != key) {
            // The job that was on its way to another key is dropped, and so stopped.
            self.coming = Some((key, Job::start("Working out", context, move |_| make())));
        }
        self.kept.as_ref().map(|(_, value)| Seen { value, is_current: self.coming.is_none() })
    }

    /// Whether the value of a key is here or on its way.
    pub(super) fn is_of(&self, key: &K) -> bool {
        self.coming.as_ref().is_some_and(|(coming, _)| coming == key)
            || self.coming.is_none() && self.kept.as_ref().is_some_and(|(kept, _)| kept == key)
    }

    /// The value that is kept, whatever its key.
    pub(super) fn kept(&self) -> Option<&V> {
        self.kept.as_ref().map(|(_, value)| value)
    }
}

/// While the first value is on its way.
pub(super) fn working_out_ui(ui: &mut Ui) {
    // A little above the middle, where the eye looks for the middle.
    ui.add_space(ui.available_height() * 0.28);
    ui.vertical_centered(|ui| {
        ui.spinner();
        weak_text(ui, "Going through the lines…");
    });
}
