//! What a place file may hold: beyond it no screen has room, and no answer comes within a breath.

use super::story_error::MOST_SCENES;
use super::{Place, Scene};
use crate::appraisal::MOST_APPRAISED_YEARS;
use crate::dimension::{Dimension, Names};
use crate::words::thousands;

/// The longest name or text, bytes.
/// A name is measured, searched and shown in every frame; the longest that anybody published is some hundred letters.
const LONGEST: usize = 1 << 20;

/// Contributions or allocations of one scenario.
/// Each is held against all others; a pool of thirty partners has some hundred.
const MOST_PARTS: usize = 5_000;

/// What a place holds too much of, in words; none where it holds nothing too much.
pub(super) fn exceeded(place: &Place) -> Option<String> {
    let named = [("name", &place.name), ("description", &place.about)];
    let long = |what: &str, text: &str| {
        (text.len() > LONGEST).then(|| {
            let beginning: String = text.chars().take(40).collect();
            format!(
                "the {what} that begins \"{beginning}\" has {} bytes, and the longest may have {}; shorten it",
                thousands(text.len()),
                thousands(LONGEST)
            )
        })
    };
    let of_place = named.into_iter().find_map(|(what, text)| long(what, text));
    let longest = |names: &Names, what: &str| names.iter().find_map(|(_, name)| long(what, name));
    let of_lines = || {
        let ledger = place.lines_as_read();
        let of_names = Dimension::ALL
            .into_iter()
            .find_map(|dimension| longest(ledger.names(dimension), &dimension.title().to_lowercase()));
        of_names.or_else(|| longest(ledger.texts(), "text of a line"))
    };
    let of_scenarios = || {
        place.scenarios.iter().find_map(|scenario| {
            let parts = [
                (scenario.contributions.len(), "contributions"),
                (scenario.allocations.len(), "allocations"),
                (scenario.new_money.len(), "contributions of new money"),
            ];
            let (count, what) = parts.into_iter().find(|(count, _)| *count > MOST_PARTS)?;
            Some(format!(
                "the scenario \"{}\" has {} {what}, and at most {} can be worked out; join those of one partner",
                scenario.name,
                thousands(count),
                thousands(MOST_PARTS)
            ))
        })
    };
    of_place
        .or_else(of_lines)
        .or_else(of_scenarios)
        .or_else(|| of_appraisals(place))
        .or_else(|| of_story(place, &long))
}

/// The same of its story.
fn of_story(place: &Place, long: &dyn Fn(&str, &str) -> Option<String>) -> Option<String> {
    let too_many = place.story.len() > MOST_SCENES;
    let too_many = too_many.then(|| {
        let count = thousands(place.story.len());
        format!("the story has {count} scenes, and may have {}", thousands(MOST_SCENES))
    });
    let texts = |scene: &Scene| {
        let texts = [("name", &scene.name), ("caption", &scene.caption), ("text of notes", &scene.notes)];
        texts.into_iter().find_map(|(what, text)| long(&format!("scene's {what}"), text))
    };
    too_many.or_else(|| place.story.iter().find_map(texts))
}

/// The same of its appraisals: costs and gains are cells, one in each year.
fn of_appraisals(place: &Place) -> Option<String> {
    place.appraisals.iter().find_map(|appraisal| {
        let gains = appraisal.outcomes.iter().map(|outcome| outcome.gains.len()).sum::<usize>();
        let parts = [
            (appraisal.years.len(), "years", MOST_APPRAISED_YEARS),
            (appraisal.costs.len(), "costs", MOST_PARTS),
            (appraisal.outcomes.len(), "outcomes", MOST_PARTS),
            (gains, "gains", MOST_PARTS),
        ];
        let (count, what, most) = parts.into_iter().find(|(count, _, most)| count > most)?;
        Some(format!(
            "the appraisal \"{}\" has {} {what}, and at most {} can be worked out; leave some out, or join them",
            appraisal.name,
            thousands(count),
            thousands(most)
        ))
    })
}
