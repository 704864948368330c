//! What a file's titles and name say of all its lines, where no column does.

use crate::dimension::{Dimension, FinancialYear};
use crate::import::problem::{Code, Problem, Severity};
use crate::import::recognise::{ColumnMap, Field, Header, agency_of_file, names_part, year_in, year_of_file};
use crate::import::report::FileReport;
use crate::import::words::short;

/// The body that the file's titles or name are about, where no column tells it.
pub(super) fn agency_for_file(
    header: &Header,
    map: &ColumnMap,
    set: &[(Dimension, String)],
    report: &mut FileReport,
) -> Option<String> {
    let told = set.iter().any(|(dimension, _)| *dimension == Dimension::Agency)
        || map.columns.iter().any(|column| match &column.field {
            Field::Dimension(dimension) | Field::AmountFor(dimension, _) => *dimension == Dimension::Agency,
            Field::Source => true,
            _ => false,
        });
    if told {
        return None;
    }
    let Some((agency, said)) = agency_of_file(&header.titles, &report.name) else {
        // Only where parts of a body are named, one wonders of which.
        let parts = map.used().find(|(_, column)| names_part(&column.heading));
        if let Some((_, part)) = parts {
            let what = format!(
                "\"{}\" names parts of a body, and nothing says of which; set the agency for the file",
                part.heading.trim()
            );
            report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::AgencyMissing, &what));
        }
        return None;
    };
    let what = format!(
        "no column gives the agency, so \"{agency}\" was taken from \"{}\"; set another for the file if that is wrong",
        short(&said)
    );
    report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::AgencyFromName, &what));
    Some(agency)
}

/// The year of the file's titles or name, where no column tells it.
pub(super) fn year_for_file(
    header: &Header,
    map: &ColumnMap,
    report: &mut FileReport,
) -> Option<FinancialYear> {
    let amount = map.columns.iter().find(|column| column.field == Field::Amount);
    let heading = amount.map(|column| &column.heading).filter(|heading| year_in(heading).is_some());
    let titles: Vec<String> =
        heading.into_iter().chain(&header.titles).chain(report.sheet.as_ref()).cloned().collect();
    let (year, said) = year_of_file(&titles, &report.name)?;
    let told = map.columns.iter().any(|column| {
        matches!(column.field, Field::Dimension(Dimension::Year) | Field::Date)
            || matches!(&column.field, Field::AmountFor(Dimension::Year, _))
    });
    if !told {
        let what = format!("no column gives the year, so {year} was taken from \"{}\"", short(&said));
        report.problems.push(Problem::of_file(&report.name, Severity::Note, Code::YearFromName, &what));
    }
    Some(year)
}
