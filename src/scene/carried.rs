//! What a picture says of itself wherever it goes: which place, which years, what was left out, whose figures they are,
//! how well they are known, and the day it was made.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::Sentence;
use crate::dimension::{Date, Dimension, Evidence, NameId};
use crate::flow::breakdown::{Grade, Grades};
use crate::ledger::{Filter, Keep, Ledger, LineId};
use crate::money::{Money, Share, percent};
use crate::place::Place;
use crate::pool::{Difference, Model};
use crate::words::{any_of, capitalised, counted_as};

/// The title of a picture, and its small print.
type Captions = (String, Vec<String>);

/// The captions of a picture of a place, with what they have not said of it yet.
pub fn carried(place: &Place, captions: Captions, made: Date) -> Captions {
    let filter = &place.view.filter;
    let cells = filter.resolve(&place.ledger).cells(false);
    let years = years(&place.ledger, &cells.occurring(Dimension::Year));
    with_standing(captions, [place.name.clone(), years, conditions(filter)], made)
}

/// The same for a picture of a pool, which is drawn whole.
pub fn pool_carried(place: &Place, model: &Model, captions: Captions, made: Date) -> Captions {
    let in_pool = model.ledger.cells().iter();
    let in_pool = in_pool.filter(|cell| cell.ids[Dimension::Pool.index()] != NameId::NOT_STATED);
    let found: BTreeSet<NameId> = in_pool.map(|cell| cell.ids[Dimension::Year.index()]).collect();
    let years = years(&model.ledger, &found.into_iter().collect::<Vec<_>>());
    with_standing(captions, [place.name.clone(), years, String::new()], made)
}

/// Puts in what is said nowhere: the place, its years, the conditions.
fn with_standing(
    (title, mut notes): Captions,
    [place, years, conditions]: [String; 3],
    made: Date,
) -> Captions {
    let is_said = |words: &str| {
        let said = notes.iter().filter(|note| !note.starts_with("Sources: ")).chain([&title]);
        words.is_empty() || said.into_iter().any(|said| said.contains(words))
    };
    // Of several years both ends are said, in whatever words.
    let are_years_said = years.split(" to ").all(is_said);
    let mut standing: Vec<String> = Vec::new();
    // Of a place that is called after who spends there and when, each is said.
    if !place.split(", ").all(is_said) {
        standing.push(place);
    }
    if !are_years_said {
        standing.push(years);
    }
    if !conditions.is_empty() {
        standing.push(if standing.is_empty() { capitalised(&conditions) } else { conditions });
    }
    if !standing.is_empty() {
        // A scenario's stamp comes before all else.
        let stamps = notes.iter().take_while(|note| note.contains("Scenario: ")).count();
        notes.insert(stamps, format!("{}.", standing.join(", ")));
    }
    notes.push(format!("Made on {}.", made.in_words()));
    (title, notes)
}

/// `2013/14`, or `2011/12 to 2013/14`; nothing where no line says when.
fn years(ledger: &Ledger, found: &[NameId]) -> String {
    let names = ledger.names(Dimension::Year);
    let stated = found.iter().filter(|id| **id != NameId::NOT_STATED).map(|&id| names.name(id));
    let years: BTreeSet<&str> = stated.collect();
    match (years.first(), years.last()) {
        (Some(first), Some(last)) if first == last => (*first).to_owned(),
        (Some(first), Some(last)) => format!("{first} to {last}"),
        _ => String::new(),
    }
}

/// A filter in words: `only theme Ageing Well or Starting Well, without agency Police`.
fn conditions(filter: &Filter) -> String {
    let is_one_year = |dimension: Dimension, keep: Keep, names: usize| {
        // That stands with the years.
        dimension == Dimension::Year && keep == Keep::Only && names == 1
    };
    let chips = filter.chips.iter().filter(|chip| !is_one_year(chip.dimension, chip.keep, chip.names.len()));
    let mut words: Vec<String> = chips
        .map(|chip| {
            let names: Vec<&str> = chip.names.iter().map(String::as_str).collect();
            let way = if chip.keep == Keep::Only { "only" } else { "without" };
            let one = chip.dimension.title().to_lowercase();
            match names.len() {
                0..=3 => format!("{way} {one} {}", any_of(&names)),
                count => format!("{way} {}", counted_as(count, &one, chip.dimension.plural())),
            }
        })
        .collect();
    if !filter.text.trim().is_empty() {
        words.push(format!("only what has \u{201c}{}\u{201d} in it", filter.text.trim()));
    }
    words.join(", ")
}

/// How well the drawn lines are known, in the words of their hatching: their `evidence`, and how much of them is
/// planned. None where all of it is actual.
pub(super) fn evidence_note(evidence: &str, ledger: &Ledger, filter: &Filter) -> Option<String> {
    let grades = Grades::new(ledger);
    let cells = filter.resolve(ledger).cells(false);
    // Sizes on both sides: credits must not make the planned part look like more than the whole.
    let whole: Money = cells.iter().map(|cell| cell.amount.abs()).sum();
    let planned = cells.iter().filter(|cell| grades.of(cell) == Grade::Planned);
    let planned: Money = planned.map(|cell| cell.amount.abs()).sum();
    let planned = Share::of(planned, whole).filter(|_| !planned.is_zero());
    let planned = planned.map(|share| format!("{} {}", percent(share), Grade::Planned.word()));
    let said: Vec<String> =
        [evidence.to_owned()].into_iter().chain(planned).filter(|words| !words.is_empty()).collect();
    (!said.is_empty()).then(|| format!("Hatched: {}.", said.join(", ")))
}

/// What a comparison rests on: how well its money is known, and whose figures it is. Of a difference these are those of
/// what changes, and of nothing else.
pub(super) fn rests_on(before: &Place, after: &Place, changes: Option<&Difference>) -> Vec<String> {
    let filter = &after.view.filter;
    let [(first, lines_before), (second, lines_after)] = [before, after].map(|place| {
        let ledger = &*place.ledger;
        let lines = match changes {
            Some(changes) => lines_of(ledger, filter, changes),
            None => ledger.lines_where(filter),
        };
        (ledger, lines)
    });
    let evidence = match changes {
        Some(_) => evidence_of(second, &lines_after),
        None => evidence_note(&Sentence::about(after, filter).evidence, second, filter),
    };
    let sources = sources_of([(first, lines_before), (second, lines_after)]);
    evidence.into_iter().chain(sources).collect()
}

/// How well these lines are known, by their evidence.
fn evidence_of(ledger: &Ledger, lines: &[LineId]) -> Option<String> {
    let names = ledger.names(Dimension::Evidence);
    let whole: Money = lines.iter().map(|&line| ledger.amount(line).abs()).sum();
    let share = |evidence: Evidence| {
        let id = names.id(evidence.name())?;
        let of_it = lines.iter().filter(|line| ledger.name_id(**line, Dimension::Evidence) == id);
        let part: Money = of_it.map(|&line| ledger.amount(line).abs()).sum();
        let share = Share::of(part, whole).filter(|_| !part.is_zero())?;
        Some(format!("{} {}", percent(share), evidence.name().to_lowercase()))
    };
    let grades = [Evidence::Apportioned, Evidence::Estimated, Evidence::Illustrative];
    let shares: Vec<String> = grades.into_iter().filter_map(share).collect();
    (!shares.is_empty()).then(|| format!("Hatched: {}.", shares.join(", ")))
}

/// The lines of a ledger that are of what changes.
fn lines_of(ledger: &Ledger, filter: &Filter, changes: &Difference) -> Vec<LineId> {
    let by = &changes.by;
    let ids = |names: &[String]| -> Option<Vec<NameId>> {
        by.iter().zip(names).map(|(&dimension, name)| ledger.names(dimension).id(name)).collect()
    };
    let changing: FxHashSet<Vec<NameId>> = changes.rows.iter().filter_map(|row| ids(&row.names)).collect();
    let mut lines = ledger.lines_where(filter);
    lines.retain(|&line| {
        let own: Vec<NameId> = by.iter().map(|&dimension| ledger.name_id(line, dimension)).collect();
        changing.contains(&own)
    });
    lines
}

/// Whose figures these lines are, and nobody else's: publishers, or what their files are called where nobody says who
/// published them. Each ledger has its own lines.
pub(super) fn sources_of<'a>(drawn: impl IntoIterator<Item = (&'a Ledger, Vec<LineId>)>) -> Option<String> {
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (ledger, lines) in drawn {
        let sources: FxHashSet<usize> =
            lines.into_iter().filter_map(|line| ledger.source_index(line)).collect();
        let sources = ledger.sources().iter().enumerate().filter(|(index, _)| sources.contains(index));
        named.extend(sources.filter_map(|(_, source)| {
            [&source.publisher, &source.title, &source.key]
                .into_iter()
                .map(String::as_str)
                .find(|name| !name.is_empty())
        }));
    }
    let named: Vec<&str> = named.into_iter().collect();
    (!named.is_empty()).then(|| format!("Sources: {}.", named.join("; ")))
}
