//! What a person says of a source: who published it, when, under which licence, and where it is to be found.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{CommandError, Place};
use crate::ledger::Source;

/// What is said of a source, all of it; nothing is said where a text is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct SourceWords {
    pub publisher: String,
    pub date: String,
    pub licence: String,
    pub address: String,
}

impl SourceWords {
    pub fn of(source: &Source) -> Self {
        Self {
            publisher: source.publisher.clone(),
            date: source.date.clone(),
            licence: source.licence.clone(),
            address: source.address.clone(),
        }
    }
}

/// Says of a source what was typed; its lines are as they were.
pub(super) fn describe_source(place: &mut Place, key: &str, words: &SourceWords) -> Result<(), CommandError> {
    let Some(at) = place.sources.iter().position(|source| source.key == key) else {
        return Err(CommandError::NoSuchSource(key.to_owned()));
    };
    let trimmed = |text: &String| text.trim().to_owned();
    let described = Source {
        publisher: trimmed(&words.publisher),
        date: trimmed(&words.date),
        licence: trimmed(&words.licence),
        address: trimmed(&words.address),
        ..place.sources[at].clone()
    };
    // Lines tell of their source themselves.
    let with_words = |ledger: &Arc<_>| Arc::new(crate::ledger::Ledger::with_source(ledger, &described));
    match &mut place.settled {
        Some(settled) => {
            for ledger in [&mut settled.read, &mut settled.all, &mut settled.counted] {
                *ledger = with_words(ledger);
            }
            place.ledger = Arc::clone(&settled.counted);
        }
        None => place.ledger = with_words(&place.ledger),
    }
    Arc::make_mut(&mut place.sources)[at] = described;
    Ok(())
}
