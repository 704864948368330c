//! A part of a ledger: its own while the ledger is put together, shared with all that are made of it afterwards, so
//! that a ledger in which one column differs from another costs that column and no more.

use std::ops::Deref;
use std::sync::Arc;

/// A column or list of a ledger.
#[derive(Clone, Debug)]
pub(super) enum LedgerPart<T> {
    /// Being put together: changed without asking whether anybody shares it, which ten million lines would feel.
    Own(T),
    Shared(Arc<T>),
}

impl<T: Default> Default for LedgerPart<T> {
    fn default() -> Self {
        Self::Own(T::default())
    }
}

impl<T> Deref for LedgerPart<T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Self::Own(own) => own,
            Self::Shared(shared) => shared,
        }
    }
}

impl<T: Clone + Default> LedgerPart<T> {
    /// The part to be changed; where others share it, a copy.
    // A line asks for each of its columns: a call for each was felt.
    #[inline]
    pub(super) fn to_mut(&mut self) -> &mut T {
        if let Self::Shared(_) = self {
            self.become_own();
        }
        match self {
            Self::Own(own) => own,
            Self::Shared(_) => unreachable!("it was made its own"),
        }
    }

    #[cold]
    fn become_own(&mut self) {
        if let Self::Shared(shared) = self {
            *self = Self::Own(Arc::unwrap_or_clone(std::mem::take(shared)));
        }
    }

    /// From now on it is shared with what is made of the ledger.
    pub(super) fn share(&mut self) -> Arc<T> {
        if let Self::Own(own) = self {
            *self = Self::Shared(Arc::new(std::mem::take(own)));
        }
        match self {
            Self::Shared(shared) => Arc::clone(shared),
            Self::Own(_) => unreachable!("it was shared"),
        }
    }

    /// Where it is in memory: the same for all that share it. None while it is put together.
    pub(super) fn address(&self) -> Option<usize> {
        match self {
            Self::Own(_) => None,
            Self::Shared(shared) => Some(Arc::as_ptr(shared).addr()),
        }
    }
}

impl<T: PartialEq> LedgerPart<T> {
    /// Shares it with another that says the same.
    pub(super) fn share_with(&mut self, former: &Self) {
        if let (Self::Shared(own), Self::Shared(former)) = (&mut *self, former)
            && !Arc::ptr_eq(own, former)
            && own == former
        {
            *own = Arc::clone(former);
        }
    }
}
