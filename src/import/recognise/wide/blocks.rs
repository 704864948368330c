//! Blocks of one shape, repeated for each service: "Education: employees, running costs, total; Highways: employees, …".
//! One measure is read for all of them.

use super::columns::{Columns, SideBySide, Wide, tidy};
use super::services::dimension_of;
use super::sums::find_totals;
use crate::import::problem::Code;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{is_count, is_income, version_in};
use crate::import::words::short;
use crate::words::all_of;

/// More columns than these are no block.
const WIDEST_BLOCK: usize = 40;

/// The columns of amounts as blocks: what each is called, and what its columns are.
struct MeasureBlocks {
    /// The columns, block after block.
    columns: Vec<usize>,
    names: Vec<String>,
    measures: Vec<String>,
}

/// One measure of each block, where the amounts stand in blocks of one shape.
pub(super) fn blocks_of_measures(columns: &Columns<'_>, choices: &mut Vec<Choice>) -> Option<Wide> {
    let money: Vec<usize> = (0..columns.headings.len())
        .filter(|&index| columns.is_money(index, false) && !columns.headings[index].trim().is_empty())
        .collect();
    let blocks =
        (2..=WIDEST_BLOCK.min(money.len() / 2)).find_map(|width| blocks_of(columns, &money, width))?;
    let width = blocks.measures.len();
    let measure = (0..width).min_by_key(|&at| {
        let measure = &blocks.measures[at];
        let lower = measure.to_lowercase();
        let is_net = lower.split_whitespace().any(|word| word == "net");
        // The sum of the others of its block is all of it.
        let is_sum = find_totals(&blocks.columns[..width], columns.profiles)
            .iter()
            .any(|total| total.column == blocks.columns[at] && total.end - total.start + 1 == width);
        let is_other = is_income(measure) || is_count(measure);
        (is_other, !is_net, !is_sum, version_in(measure), at)
    })?;
    let dimension = dimension_of(&blocks.columns, columns);
    let others: Vec<String> = (0..width)
        .filter(|&at| at != measure)
        .map(|at| format!("\"{}\"", short(&blocks.measures[at])))
        .collect();
    let read: Vec<usize> = blocks.columns.iter().copied().skip(measure).step_by(width).collect();
    choices.push(Choice::warning(
        Code::WideTable,
        format!(
            "each row holds blocks of the same {width} columns for {} {}; \"{}\" of each is read as a line of its own, and {} beside it is left out",
            blocks.names.len(),
            dimension.plural(),
            short(&blocks.measures[measure]),
            all_of(&others)
        ),
    ));
    let side = read.into_iter().zip(blocks.names).map(|(index, name)| (index, dimension, name)).collect();
    Some(Wide::Side(SideBySide { columns: side, total: None }))
}

/// The columns as blocks of so many: the headings of a block begin alike, and those of all blocks end alike.
fn blocks_of(columns: &Columns<'_>, money: &[usize], width: usize) -> Option<MeasureBlocks> {
    if !money.len().is_multiple_of(width) {
        return None;
    }
    let words: Vec<Vec<String>> = money
        .iter()
        .map(|&index| tidy(&columns.headings[index]).split(' ').map(str::to_owned).collect())
        .collect();
    let count = money.len() / width;
    let measures: Vec<Vec<String>> = (0..width)
        .map(|at| {
            let same: Vec<&Vec<String>> = (0..count).map(|block| &words[block * width + at]).collect();
            common(&same, true)
        })
        .collect();
    let names: Vec<Vec<String>> = (0..count)
        .map(|block| {
            let own: Vec<&Vec<String>> = (0..width).map(|at| &words[block * width + at]).collect();
            common(&own, false)
        })
        .collect();
    // Each heading is the name of its block and the measure, and nothing else.
    let is_whole = |(place, words): (usize, &Vec<String>)| {
        let (name, measure) = (&names[place / width], &measures[place % width]);
        !name.is_empty() && !measure.is_empty() && name.len() + measure.len() == words.len()
    };
    let mut distinct = measures.clone();
    distinct.sort_unstable();
    distinct.dedup();
    (distinct.len() == width && words.iter().enumerate().all(is_whole)).then(|| MeasureBlocks {
        columns: money.to_vec(),
        names: names.iter().map(|name| name.join(" ")).collect(),
        measures: measures.iter().map(|measure| measure.join(" ")).collect(),
    })
}

/// The words that all of these begin with, or end with.
fn common(of: &[&Vec<String>], at_end: bool) -> Vec<String> {
    let Some(first) = of.first() else { return Vec::new() };
    let word = |words: &Vec<String>, at: usize| -> Option<String> {
        if at_end { words.iter().rev().nth(at).cloned() } else { words.get(at).cloned() }
    };
    let mut found: Vec<String> = (0..first.len())
        .map_while(|at| {
            let wanted = word(first, at)?;
            of.iter().all(|words| word(words, at).as_ref() == Some(&wanted)).then_some(wanted)
        })
        .collect();
    if at_end {
        found.reverse();
    }
    found
}
