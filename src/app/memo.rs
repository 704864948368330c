//! Values that are made once and kept while what they were made from stays.

/// A value kept until what it was made from changes.
pub(super) struct Memo<K, V> {
    kept: Option<(K, V)>,
}

impl<K, V> Default for Memo<K, V> {
    fn default() -> Self {
        Self { kept: None }
    }
}

impl<K: PartialEq, V> Memo<K, V> {
    /// The value for a key: the kept one, or one made now. Keys are cheap to compare; data is never a key.
    pub(super) fn get(&mut self, key: K, make: impl FnOnce() -> V) -> &mut V {
        if self.kept.as_ref().is_none_or(|(kept, _)| *kept != key) {
            self.kept = Some((key, make()));
        }
        &mut self.kept.as_mut().expect("it was just put there").1
    }

    /// Whether the value for this key is kept.
    pub(super) fn is_of(&self, key: &K) -> bool {
        self.kept.as_ref().is_some_and(|(kept, _)| kept == key)
    }

    /// Keeps a value that was made elsewhere.
    pub(super) fn keep(&mut self, key: K, value: V) {
        self.kept = Some((key, value));
    }

    /// The kept value, whatever its key.
    pub(super) fn kept(&self) -> Option<&V> {
        self.kept.as_ref().map(|(_, value)| value)
    }
}
