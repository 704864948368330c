//! Sums that a file says of itself, in its titles or level by level.

use crate::import::cell::Amount;
use crate::import::problem::{Code, Problem, Severity};
use crate::import::question::WayToRead;
use crate::import::recognise::total_label;
use crate::import::report::FileReport;
use crate::words::{counted_as, noun};

/// A longer title is a sentence.
const LONGEST_TITLE: usize = 60;

/// Says that rows are the sums of others.
pub(super) fn say_levels(sums: usize, report: &mut FileReport) {
    if sums > 0 {
        let what = format!(
            "{} of rows below, level by level, and {} left out; the rows of the deepest level come to the same",
            counted_as(sums, "row is the sum", "rows are the sums"),
            noun(sums, "was", "were")
        );
        report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::LevelsFound, &what));
    }
}

/// Holds what a title says is the total against what was read.
pub(super) fn hold_against_title(titles: &[String], file: &mut FileReport) {
    let amounts = file.map.amounts;
    let amount_in = |text: &str| match amounts.read(text.trim()) {
        Amount::Exact(money) if text.contains(['.', '£', ',']) => Some(money),
        _ => None,
    };
    let stated = titles.iter().enumerate().find_map(|(at, title)| {
        if !total_label(title).might || title.len() > LONGEST_TITLE {
            return None;
        }
        let after = title.rsplit_once([':', ' ']).map_or("", |(_, after)| after);
        amount_in(after).or_else(|| amount_in(titles.get(at + 1)?))
    });
    let Some(stated) = stated.filter(|_| file.stated_total.is_none() && file.lines > 0) else { return };
    file.stated_total = Some(stated);
    if stated != file.total {
        let what = format!(
            "a title says that the total is {stated}, and the rows add up to {}: {} {}",
            file.total,
            (stated - file.total).abs(),
            if stated > file.total { "less" } else { "more" }
        );
        // Rows that could not be read are likely to be what is missing: those are an error already.
        let severity = if file.rejected > 0 { Severity::Warning } else { Severity::Question };
        let mut problem = Problem::of_file(&file.name, severity, Code::TotalDiffers, &what);
        if severity == Severity::Question {
            problem.readings = vec![WayToRead::as_read(file.total, file.lines)];
        }
        file.problems.push(problem);
    }
}

/// Headings that were moved are where they belong where the file's own total agrees.
pub(super) fn prove_headings(file: &mut FileReport) {
    let is_proved = file.stated_total == Some(file.total);
    let moved = file.problems.iter_mut().filter(|problem| problem.code == Code::HeadingsShifted);
    for problem in moved.filter(|problem| is_proved && problem.severity == Severity::Question) {
        problem.severity = Severity::Warning;
        problem.readings.clear();
    }
}
