//! The same money in several versions side by side: proposed, approved, revised, spent. One is read, the others are told;
//! they are never added.

use super::columns::{Columns, SideBySide, Wide, tidy};
use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::question::FileAnswer;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{Version, month_in, quarter_in, version_in, year_in};
use crate::import::words::{column_name, short};
use crate::words::all_of;

/// The version that is read where at least two stand side by side, without a year of their own; `None` where there are
/// no versions.
pub(super) fn one_version(columns: &Columns<'_>, choices: &mut Vec<Choice>) -> Option<Wide> {
    let heading = |index: usize| columns.headings[index].as_str();
    let is_period = |index: usize| month_in(heading(index)).is_some() || quarter_in(heading(index)).is_some();
    let found: Vec<(usize, Version)> = (0..columns.headings.len())
        .filter(|&index| columns.is_money(index, true) && !is_period(index))
        .filter_map(|index| Some((index, version_in(heading(index))?)))
        .collect();
    let money: Vec<(usize, Version)> =
        found.iter().copied().filter(|(_, version)| *version != Version::Change).collect();
    let best = money.iter().map(|(_, version)| *version).min()?;
    // Of one year all are versions; of several, those of each are sorted out year by year.
    let mut years: Vec<_> = money.iter().map(|(index, _)| year_in(heading(*index))).collect();
    years.dedup();
    let is_of_one_year = years.len() == 1;
    let has_year = |index: usize| !is_of_one_year && year_in(heading(index)).is_some();
    let are_versions = money.iter().any(|(_, version)| *version != best) || money.len() < found.len();
    if !are_versions || found.len() < 2 || money.iter().all(|(index, _)| has_year(*index)) {
        return None;
    }
    let mut read: Vec<usize> =
        money.iter().filter(|(_, version)| *version == best).map(|(index, _)| *index).collect();
    // One without a year beside those with one is not one of theirs.
    if read.len() > 1 && !read.iter().all(|&index| has_year(index)) {
        read.retain(|&index| !has_year(index));
    }
    if read.len() > 1 && !read.iter().all(|&index| has_year(index)) {
        // "Option A", "Option B": the first of them.
        read.truncate(1);
    }
    let others: Vec<usize> =
        found.iter().map(|(index, _)| *index).filter(|index| !read.contains(index)).collect();
    let quoted = |columns: &[usize]| {
        let listed: Vec<String> =
            columns.iter().map(|&index| format!("\"{}\"", short(&tidy(heading(index))))).collect();
        all_of(&listed)
    };
    let what = format!(
        "{} is read; {} tells the same money in another version, or what it differs by, and is left out",
        quoted(&read),
        quoted(&others)
    );
    let versions: Vec<usize> = money.iter().map(|(index, _)| *index).collect();
    choices.push(if versions.len() > 1 {
        let rest = versions.into_iter().filter(|index| !read.contains(index));
        let readings = read.iter().copied().take(1).chain(rest);
        let readings =
            readings.map(|index| FileAnswer::Column(index, column_name(columns.headings, index))).collect();
        Choice::question(Code::VersionChosen, what, readings)
    } else {
        Choice::note(Code::VersionChosen, what)
    });
    Some(match read[..] {
        [one] => Wide::One(one),
        _ => Wide::Side(SideBySide {
            columns: read
                .into_iter()
                .filter_map(|index| Some((index, Dimension::Year, year_in(heading(index))?.to_string())))
                .collect(),
            total: None,
        }),
    })
}
