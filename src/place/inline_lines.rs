//! Spend lines as a place's own file holds them: written one by one out of the ledger, and read one by one into it.

use std::fmt;
use std::sync::Arc;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::spelled::{nearest_known, spell};
use crate::dimension::{Agency, Dimension, NameId};
use crate::ledger::{Ledger, LedgerBuilder, LineId, Source, SpendLine};

/// The lines of a place's file.
#[derive(Default)]
pub(super) enum InlineLines {
    /// It has none: they are beside it.
    #[default]
    Beside,
    /// Those to be written.
    Of(Arc<Ledger>),
    Read(Box<ReadInline>),
}

impl InlineLines {
    pub(super) const fn are_beside(&self) -> bool {
        matches!(self, Self::Beside)
    }
}

impl Serialize for InlineLines {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Of(ledger) => serializer.collect_seq(ledger.lines().map(|line| line.to_spend_line())),
            Self::Beside | Self::Read(_) => serializer.collect_seq(std::iter::empty::<SpendLine>()),
        }
    }
}

/// Lines that have been read, before it is known whether the place knows what they name.
#[derive(Default)]
pub(super) struct ReadInline {
    lines: LedgerBuilder,
    pub(super) count: usize,
    /// The first line with a word that its dimension does not have.
    wrong: Option<(usize, WrongWord)>,
}

/// A word of a spend line that cannot stand there, and why.
pub(super) struct WrongWord {
    pub(super) word: String,
    pub(super) what: String,
}

impl<'de> Deserialize<'de> for InlineLines {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct LinesVisitor;

        impl<'de> Visitor<'de> for LinesVisitor {
            type Value = ReadInline;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of spend lines")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut lines: A) -> Result<ReadInline, A::Error> {
                let mut read = ReadInline::default();
                while let Some(line) = lines.next_element()? {
                    read.take(line);
                }
                Ok(read)
            }
        }

        deserializer.deserialize_seq(LinesVisitor).map(|read| Self::Read(Box::new(read)))
    }
}

/// The dimensions whose words have one spelling each.
const SPELLED: [Dimension; 6] = [
    Dimension::Year,
    Dimension::Stage,
    Dimension::Type,
    Dimension::Evidence,
    Dimension::Basis,
    Dimension::Sector,
];

impl ReadInline {
    /// Takes a line in, its words in their one spelling.
    fn take(&mut self, mut line: SpendLine) {
        let index = self.count;
        self.count += 1;
        // The first wrong word is the one to tell; what follows it is of no use.
        if self.wrong.is_some() {
            return;
        }
        for dimension in SPELLED {
            let Some(word) = line.get(dimension) else { continue };
            match spell(dimension, word) {
                Ok(spelled) => line.set(dimension, Some(spelled)),
                Err(what) => {
                    self.wrong = Some((index, WrongWord { word: word.to_owned(), what }));
                    break;
                }
            }
        }
        if let Some((range, what)) =
            line.range().and_then(|range| Some((range, range.wrong_for(line.amount)?)))
        {
            let side = if range.low > line.amount { range.low } else { range.high };
            self.wrong.get_or_insert((index, WrongWord { word: side.to_string(), what }));
        }
        self.lines.push(&line);
    }

    /// The ledger of the lines, each naming a source and an agency that the place knows; otherwise the first that does
    /// not, with its number.
    pub(super) fn into_ledger(
        self,
        sources: &[Source],
        agencies: &[Agency],
    ) -> Result<Ledger, (usize, WrongWord)> {
        let mut lines = Ledger::builder();
        for source in sources {
            lines.add_source(source.clone());
        }
        lines.append(self.lines);
        lines.set_sectors(agencies);
        let ledger = lines.finish();
        let first = unknown_name(&ledger, sources.len(), agencies);
        let is_before = |(index, _): &(usize, _)| self.wrong.as_ref().is_none_or(|(wrong, _)| index <= wrong);
        match (first.filter(is_before), self.wrong) {
            (Some((index, NameOf::Agency(name))), _) => {
                Err((index, unknown("agency", name, agencies.iter().map(|agency| agency.name.as_str()))))
            }
            (Some((index, NameOf::Source(key))), _) => {
                Err((index, unknown("source", key, sources.iter().map(|source| source.key.as_str()))))
            }
            (None, Some(wrong)) => Err(wrong),
            (None, None) => Ok(ledger),
        }
    }
}

enum NameOf<'a> {
    Agency(&'a str),
    Source(&'a str),
}

/// The first line that names what the place does not know.
fn unknown_name<'a>(
    ledger: &'a Ledger,
    known_sources: usize,
    agencies: &[Agency],
) -> Option<(usize, NameOf<'a>)> {
    // A place without a list of agencies takes whoever spends in it.
    let is_known = |(id, name): (NameId, &str)| {
        id == NameId::NOT_STATED || agencies.is_empty() || agencies.iter().any(|known| known.name == name)
    };
    let known: Vec<bool> = ledger.names(Dimension::Agency).iter().map(is_known).collect();
    if ledger.sources().len() == known_sources && known.iter().all(|known| *known) {
        return None;
    }
    (0..ledger.len()).find_map(|index| {
        let line = LineId(index as u32);
        let agency = ledger.name_id(line, Dimension::Agency);
        if !known[agency.index()] {
            return Some((index, NameOf::Agency(ledger.names(Dimension::Agency).name(agency))));
        }
        let source = ledger.source_index(line).filter(|source| *source >= known_sources)?;
        Some((index, NameOf::Source(&ledger.sources()[source].key)))
    })
}

fn unknown<'a>(kind: &str, found: &str, known: impl Iterator<Item = &'a str>) -> WrongWord {
    WrongWord { word: found.to_owned(), what: nearest_known(kind, found, known) }
}
