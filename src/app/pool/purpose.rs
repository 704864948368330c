//! What money can be spent on: names of the place, and names that are typed for the first time.

use super::chooser::Choosable;
use super::ground::Ground;
use super::head::names;
use crate::dimension::{Dimension, FinancialYear, Stage};
use crate::pool::Purpose;

/// What money can go to: a theme, a service, a stage, an area, a year, or nothing yet.
pub(super) fn purposes(ground: Ground<'_>) -> Vec<Choosable<Purpose>> {
    let unallocated = Purpose { theme: Some(Purpose::UNALLOCATED.to_owned()), ..Purpose::default() };
    let mut choices =
        vec![Choosable { kind: "", words: Purpose::UNALLOCATED.to_owned(), value: unallocated }];
    for dimension in
        [Dimension::Theme, Dimension::Service, Dimension::Stage, Dimension::Area, Dimension::Year]
    {
        for name in purpose_names(ground, dimension) {
            let mut value = Purpose::default();
            set(&mut value, dimension, Some(name.clone()));
            choices.push(Choosable { kind: dimension.title(), words: name, value });
        }
    }
    choices
}

/// A theme or a service that no line has yet.
pub(super) fn new_purposes(typed: &str) -> Vec<Choosable<Purpose>> {
    let of = |kind: &'static str, dimension: Dimension| {
        let mut value = Purpose::default();
        set(&mut value, dimension, Some(typed.to_owned()));
        Choosable { kind, words: format!("{typed} ({})", kind.to_lowercase()), value }
    };
    vec![of("New theme", Dimension::Theme), of("New service", Dimension::Service)]
}

/// The names that spending can have in a dimension.
pub(super) fn purpose_names(ground: Ground<'_>, dimension: Dimension) -> Vec<String> {
    match dimension {
        Dimension::Stage => {
            let stages = [Stage::Prevention, Stage::EarlyHelp, Stage::Acute];
            stages.into_iter().map(|stage| stage.name().to_owned()).collect()
        }
        _ => names(ground, dimension),
    }
}

/// States a name of a purpose, or takes it back; a year that is none is passed over.
pub(super) fn set(purpose: &mut Purpose, dimension: Dimension, name: Option<String>) {
    match dimension {
        Dimension::Theme => purpose.theme = name,
        Dimension::Service => purpose.service = name,
        Dimension::Provider => purpose.provider = name,
        Dimension::Cohort => purpose.cohort = name,
        Dimension::Area => purpose.area = name,
        Dimension::Stage => purpose.stage = name,
        Dimension::Year => match name.map(|name| name.parse::<FinancialYear>()) {
            None => purpose.year = None,
            Some(Ok(year)) => purpose.year = Some(year),
            Some(Err(_)) => {}
        },
        _ => {}
    }
}
