//! What a step takes of memory: all that the place before it does not share with the place after it.

use std::collections::HashSet;
use std::io;
use std::sync::Arc;

use serde::Serialize;

use super::Place;
use crate::agree::TransferPair;
use crate::ledger::LineId;

impl Place {
    /// The bytes of this place that another does not share, about.
    pub(super) fn bytes_beside(&self, other: &Self) -> usize {
        let mut shared = HashSet::new();
        other.parts(&mut |address, _| {
            shared.insert(address);
        });
        let mut bytes = size_of::<Self>() + self.name.len() + self.about.len();
        self.parts(&mut |address, weigh| {
            // Once, wherever in the place it stands.
            if shared.insert(address) {
                bytes += weigh();
            }
        });
        bytes
    }

    /// Its parts: where each is, and what tells its bytes.
    fn parts(&self, part: &mut dyn FnMut(usize, &dyn Fn() -> usize)) {
        fn list<T: Serialize>(listed: &Arc<T>, part: &mut dyn FnMut(usize, &dyn Fn() -> usize)) {
            part(Arc::as_ptr(listed).addr(), &|| bytes_of(&**listed));
        }
        list(&self.population, part);
        list(&self.agencies, part);
        list(&self.funders, part);
        list(&self.themes, part);
        list(&self.services, part);
        list(&self.sources, part);
        list(&self.control_totals, part);
        list(&self.scenarios, part);
        list(&self.appraisals, part);
        list(&self.claims, part);
        list(&self.cohorts, part);
        list(&self.bridges, part);
        list(&self.story, part);
        list(&self.decisions, part);
        list(&self.rejects, part);
        list(&self.view, part);
        self.ledger.parts(part);
        if let Some(settled) = &self.settled {
            settled.read.parts(part);
            settled.all.parts(part);
            let (pairs, transferred) = (&settled.pairs, &settled.transferred);
            for lines in [&settled.passed, &settled.excluded] {
                part(Arc::as_ptr(lines).addr(), &|| lines.len() * size_of::<LineId>());
            }
            part(Arc::as_ptr(transferred).addr(), &|| transferred.len() * size_of::<LineId>());
            part(Arc::as_ptr(pairs).addr(), &|| {
                let lines = |pair: &TransferPair| {
                    size_of::<TransferPair>() + (pair.lines.len() + pair.passed.len()) * size_of::<LineId>()
                };
                pairs.iter().map(lines).sum()
            });
        }
    }
}

/// What a value takes of memory, about: twice what it takes as text, where names of fields stand for what lists and
/// texts take beside what is in them.
fn bytes_of(value: &impl Serialize) -> usize {
    let mut text = Length(0);
    // As JSON, which asks nothing of names: each step of a place with many scenarios is weighed with all of them. It
    // has no error but those that a value makes of itself, and what can be saved makes none.
    let weighed = serde_json::to_writer(&mut text, value);
    debug_assert!(weighed.is_ok(), "what can be saved has no error of its own: {weighed:?}");
    2 * text.0
}

/// The length of a text that nobody reads.
struct Length(usize);

impl io::Write for Length {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0 += text.len();
        Ok(text.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
