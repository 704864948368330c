//! What every command needs: files opened, scenarios worked out, and conditions, control totals and column
//! meanings read from arguments.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use super::{Failed, Status, cannot_run};
use crate::agree::{self, Verdict};
use crate::dimension::{Dimension, Names};
use crate::import::{Code, Field, ImportOptions, Severity};
use crate::ledger::{ControlTotal, Filter};
use crate::money::{Money, in_full, read_amount};
use crate::place::{Command, Place};
use crate::scene::BASELINE;
use crate::store::{self, Loaded};

/// Opens the files of a command; what went wrong is said, and shows in the status.
pub(super) fn load(
    files: &[PathBuf],
    options: &ImportOptions,
    said: &mut Vec<String>,
) -> Result<(Loaded, Status), Failed> {
    let standard_input = || {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    };
    let loaded = store::load(files, options, standard_input, |_| ControlFlow::Continue(()));
    // A file that is not there is a mistake in the command; one that cannot be understood is bad data.
    for failure in &loaded.failures {
        if failure.problem.is_none() && !is_place(&failure.path) || !exists(&failure.path) {
            return Err(cannot_run(failure.message.clone()));
        }
        said.push(failure.message.clone());
    }
    said.extend(loaded.warnings.iter().cloned());
    let has_errors = !loaded.failures.is_empty()
        || loaded
            .files
            .iter()
            .any(|file| file.problems.iter().any(|problem| problem.severity == Severity::Error));
    Ok((loaded, if has_errors { Status::DataHasErrors } else { Status::Fine }))
}

fn is_place(path: &std::path::Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

fn exists(path: &std::path::Path) -> bool {
    // A minus stands for standard input, as everywhere.
    path.as_os_str() == "-" || path.is_file()
}

/// Opens the files as one place, and says how many rows each kept back.
pub(super) fn load_place(
    files: &[PathBuf],
    options: &ImportOptions,
    said: &mut Vec<String>,
) -> Result<(Place, Status), Failed> {
    let (loaded, status) = load_lines(files, options, said)?;
    Ok((loaded.into_place(), status))
}

/// The same, with what was said of each file, before they are one place.
pub(super) fn load_lines(
    files: &[PathBuf],
    options: &ImportOptions,
    said: &mut Vec<String>,
) -> Result<(Loaded, Status), Failed> {
    let (mut loaded, status) = load(files, options, said)?;
    // Sums or a picture of what could be read would pass for those of all that was named.
    if let Some(failure) = loaded.failures.last() {
        said.retain(|words| *words != failure.message);
        return Err(cannot_run(failure.message.clone()));
    }
    ask_of_lines_twice(&mut loaded, None, said);
    let problems = loaded.files.iter().flat_map(|file| &file.problems);
    said.extend(
        problems
            .filter(|problem| problem.code == Code::LinesTwice && problem.severity != Severity::Note)
            .map(|problem| problem.message.clone()),
    );
    for file in loaded.files.iter().filter(|file| file.rejected > 0) {
        said.push(match file.rejected {
            1 => format!(
                "{}: 1 row could not be read and is not counted; `shadowpool check` lists it",
                file.name
            ),
            many => format!(
                "{}: {many} rows could not be read and are not counted; `shadowpool check` lists them",
                file.name
            ),
        });
    }
    Ok((loaded, status))
}

/// Asks of lines that stand in two files; where they are too many to be compared, all of them, that is said.
pub(super) fn ask_of_lines_twice(loaded: &mut Loaded, replaced: Option<&str>, said: &mut Vec<String>) {
    said.extend(loaded.ask_of_lines_twice(replaced).words());
}

/// The place as a scenario would have it, if one is asked for; what the scenario cannot do is said.
pub(super) fn with_scenario(
    place: &Place,
    scenario: Option<&str>,
    status: Status,
    said: &mut Vec<String>,
) -> Result<(Place, Status), Failed> {
    let is_scenario = |name: &&str| !name.eq_ignore_ascii_case(BASELINE) || place.scenario(name).is_ok();
    let Some(name) = scenario.filter(is_scenario) else { return Ok((place.without_scenario(), status)) };
    let (modelled, model) = place.modelled(name).map_err(|error| cannot_run(error.to_string()))?;
    said.extend(model.findings.iter().map(|finding| format!("{name}: {finding}")));
    let is_broken = model.broken().next().is_some();
    Ok((modelled, if is_broken { Status::DataHasErrors } else { status }))
}

/// `Wert=amount` as what a column is read as.
pub(super) fn read_column(text: &str) -> Result<(String, Field), String> {
    let wrong = || {
        format!(
            "\"{text}\" says nothing of a column; write HEADING=MEANING, where the meaning is amount, date, month, \
             description, reference, low, high, passed or a dimension, such as \"Paid to=supplier\""
        )
    };
    // From the right: a heading may hold the sign, a meaning does not.
    let (heading, meaning) = text.rsplit_once('=').ok_or_else(wrong)?;
    let field = match meaning.trim().to_lowercase().as_str() {
        "amount" => Field::Amount,
        "date" => Field::Date,
        "month" => Field::Month,
        "description" => Field::Description,
        "reference" => Field::Reference,
        "passed" => Field::Passed,
        "low" => Field::Low,
        "high" => Field::High,
        dimension => Field::Dimension(dimension.parse().map_err(|_| wrong())?),
    };
    Ok((heading.trim().to_owned(), field))
}

/// `council.csv=1240.00` as a control total: what it counts, and £.
pub(super) fn read_control(text: &str) -> Result<(String, Money), String> {
    // From the right as well: names of files may hold it, amounts do not.
    let (name, amount) = text.rsplit_once('=').ok_or_else(|| {
        format!("\"{text}\" is not a control total; write NAME=AMOUNT, such as council.csv=\"1,240.00\"")
    })?;
    let amount = read_amount(amount).map_err(|error| error.to_string())?;
    if name.trim().is_empty() {
        return Err("a control total needs a name: that of a file, an agency or a year".to_owned());
    }
    Ok((name.trim().to_owned(), amount))
}

/// The control totals that were given, as those of a place; one that the place has is replaced.
pub(super) fn with_controls(place: &mut Place, controls: &[(String, Money)]) -> Vec<ControlTotal> {
    let ledger = Arc::clone(&place.ledger);
    let given: Vec<ControlTotal> =
        controls.iter().map(|(name, amount)| agree::control_total(name, *amount, &ledger)).collect();
    for control in &given {
        // Where there is none of that name, there is nothing to take away.
        let _ = Command::RemoveControlTotal(control.name.clone()).apply(place);
        let added = Command::AddControlTotal(control.clone()).apply(place);
        debug_assert!(added.is_ok(), "the one of that name is gone");
    }
    given
}

/// How every control total of a place compares, as text: two words to a line that agrees, the reasons below one that
/// does not.
pub(super) fn control_lines(verdicts: &[Verdict]) -> Vec<String> {
    let mut lines = Vec::new();
    for verdict in verdicts {
        let control = &verdict.control;
        lines.push(format!(
            "control total {} {}: {}",
            control.name,
            in_full(control.amount),
            verdict.words()
        ));
        lines.extend(verdict.explanations.iter().skip(1).map(|other| format!("  or: {}", other.words)));
        if !verdict.agreement.agrees() && !control.note.is_empty() {
            lines.push(format!("  note: {}", control.note));
        }
    }
    lines
}

/// A figure that was asked about and differs is an error of the data.
pub(super) fn status_of(status: Status, verdicts: &[Verdict], given: &[ControlTotal]) -> Status {
    let differs = |verdict: &Verdict| !verdict.agreement.agrees() && given.contains(&verdict.control);
    if status == Status::Fine && verdicts.iter().any(differs) { Status::DataHasErrors } else { status }
}

/// `theme=Ageing Well` as a condition.
pub(super) fn read_where(text: &str) -> Result<(Dimension, String), String> {
    let (dimension, name) = text.split_once('=').ok_or_else(|| {
        format!("\"{text}\" is not a condition; write DIMENSION=VALUE, such as theme=\"Ageing Well\"")
    })?;
    let dimension: Dimension = dimension.trim().parse().map_err(|error| format!("{error}"))?;
    Ok((dimension, name.trim().to_owned()))
}

/// A comma-separated list of dimensions.
pub(super) fn read_dimension(text: &str) -> Result<Dimension, String> {
    text.trim().parse().map_err(|error: crate::dimension::DimensionError| error.to_string())
}

/// The conditions as a filter; several values of one dimension are alternatives. A value that no line has is told.
pub(super) fn filter_of(
    place: &Place,
    conditions: &[(Dimension, String)],
    base: &Filter,
    said: &mut Vec<String>,
) -> Filter {
    let mut filter = base.clone();
    let mut seen: Vec<Dimension> = Vec::new();
    for (dimension, value) in conditions {
        let names = place.ledger.names(*dimension);
        let value = canonical(*dimension, value);
        let value =
            if names.id(&value).is_none() { in_any_case(names, &value).unwrap_or(value) } else { value };
        if names.id(&value).is_none() {
            let near = crate::dimension::nearest(&value, names.iter().map(|(_, name)| name));
            let hint = near.map_or_else(String::new, |near| format!("; did you mean \"{near}\"?"));
            said.push(format!("no line has the {dimension} \"{value}\"{hint}"));
        }
        // The first condition of a dimension takes the place of the view's; further ones add to it.
        let mut chosen = if seen.contains(dimension) {
            filter.names(*dimension).cloned().unwrap_or_default()
        } else {
            seen.push(*dimension);
            BTreeSet::new()
        };
        chosen.insert(value);
        filter.set_only(*dimension, chosen);
    }
    filter
}

/// The one name that is spelled so but for capitals.
fn in_any_case(names: &Names, value: &str) -> Option<String> {
    let wanted = value.to_lowercase();
    let mut same = names.iter().map(|(_, name)| name).filter(|name| name.to_lowercase() == wanted);
    // Two names that differ in capitals alone cannot both be meant, and neither is guessed.
    same.next().filter(|_| same.next().is_none()).map(str::to_owned)
}

/// Years and the words of small dimensions in their one spelling.
fn canonical(dimension: Dimension, value: &str) -> String {
    use crate::dimension::{Basis, Evidence, FinancialYear, Sector, SpendType, Stage};
    let spelled = match dimension {
        Dimension::Year => value.parse::<FinancialYear>().ok().map(|year| year.to_string()),
        Dimension::Stage => value.parse::<Stage>().ok().map(|stage| stage.name().to_owned()),
        Dimension::Type => value.parse::<SpendType>().ok().map(|kind| kind.name().to_owned()),
        Dimension::Evidence => value.parse::<Evidence>().ok().map(|grade| grade.name().to_owned()),
        Dimension::Basis => value.parse::<Basis>().ok().map(|basis| basis.name().to_owned()),
        Dimension::Sector => value.parse::<Sector>().ok().map(|sector| sector.name().to_owned()),
        _ => None,
    };
    spelled.unwrap_or_else(|| value.to_owned())
}
