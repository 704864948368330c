//! Values that are made once and kept while what they were made from stays. What was made of the place as it was shown
//! says of which revision it is, and is given out for that one only.

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
}

impl<K: OfRevision, V> Memo<K, V> {
    /// The value that was made of a revision of the shown place, whatever else its key says.
    pub(super) fn at(&self, revision: u64) -> Option<&V> {
        self.kept.as_ref().filter(|(key, _)| key.revision() == revision).map(|(_, value)| value)
    }
}

/// A key that says which revision of the shown place a value was made from.
pub(super) trait OfRevision {
    fn revision(&self) -> u64;
}

impl OfRevision for u64 {
    fn revision(&self) -> u64 {
        *self
    }
}

impl<A> OfRevision for (u64, A) {
    fn revision(&self) -> u64 {
        self.0
    }
}

impl<A, B> OfRevision for (u64, A, B) {
    fn revision(&self) -> u64 {
        self.0
    }
}

impl<A, B, C> OfRevision for (u64, A, B, C) {
    fn revision(&self) -> u64 {
        self.0
    }
}

impl<A, B, C, D> OfRevision for (u64, A, B, C, D) {
    fn revision(&self) -> u64 {
        self.0
    }
}

/// Something that belongs to one revision of the shown place: what it names can be acted on while that is shown.
pub(super) struct Remembered<T> {
    kept: Option<(u64, T)>,
}

impl<T> Default for Remembered<T> {
    fn default() -> Self {
        Self { kept: None }
    }
}

impl<T> Remembered<T> {
    pub(super) fn keep(&mut self, revision: u64, value: T) {
        self.kept = Some((revision, value));
    }

    pub(super) fn keep_if_any(&mut self, revision: u64, value: Option<T>) {
        self.kept = value.map(|value| (revision, value));
    }

    pub(super) fn at(&self, revision: u64) -> Option<&T> {
        self.kept.as_ref().filter(|(of, _)| *of == revision).map(|(_, value)| value)
    }

    pub(super) fn at_mut(&mut self, revision: u64) -> Option<&mut T> {
        self.kept.as_mut().filter(|(of, _)| *of == revision).map(|(_, value)| value)
    }

    /// What was kept last, to be looked at and compared: what it names may be gone.
    pub(super) fn last(&self) -> Option<&T> {
        self.kept.as_ref().map(|(_, value)| value)
    }

    /// The same, to be put away.
    pub(super) fn take_last(&mut self) -> Option<T> {
        self.kept.take().map(|(_, value)| value)
    }
}
