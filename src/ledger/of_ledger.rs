//! Numbers of lines mean something in one ledger only: what is kept for later is kept with the ledger it is of.

use std::sync::{Arc, Weak};

use super::Ledger;

/// Something said in numbers of lines or names, which can be had back for the ledger they are of and for no other.
#[derive(Clone, Debug)]
pub struct OfLedger<T> {
    // Weak, so that what is remembered of a ledger does not keep its lines in memory; its address is given to no other
    // ledger as long as this stands.
    ledger: Weak<Ledger>,
    value: T,
}

impl<T> OfLedger<T> {
    pub fn new(ledger: &Arc<Ledger>, value: T) -> Self {
        Self { ledger: Arc::downgrade(ledger), value }
    }

    /// What it says of this ledger; nothing where it is of another.
    pub fn of(&self, ledger: &Arc<Ledger>) -> Option<&T> {
        std::ptr::eq(self.ledger.as_ptr(), Arc::as_ptr(ledger)).then_some(&self.value)
    }
}

impl<T: PartialEq> PartialEq for OfLedger<T> {
    fn eq(&self, other: &Self) -> bool {
        self.ledger.ptr_eq(&other.ledger) && self.value == other.value
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::LineId;

    #[test]
    fn lines_of_one_ledger_are_none_of_another_that_is_alike() {
        let ledger = Arc::new(Ledger::default());
        let kept = OfLedger::new(&ledger, vec![LineId(3)]);
        assert_eq!(kept.of(&ledger), Some(&vec![LineId(3)]));
        assert_eq!(kept.of(&Arc::new(Ledger::clone(&ledger))), None);
        drop(ledger);
        assert_eq!(kept.of(&Arc::new(Ledger::default())), None);
    }
}
