//! Fiscal and Tabular Data Packages: a descriptor that says which data files there are and what their columns mean.

use serde_json::Value;

use super::cell::Unit;
use super::input::Input;
use super::options::ImportOptions;
use super::problem::{Code, ImportError, Problem, Severity};
use super::recognise::{Field, year_in};
use crate::dimension::Dimension;
use crate::words::thousands;

/// A Fiscal or Tabular Data Package: data files listed in a `datapackage.json`, with what their columns are.
#[derive(Clone, Debug, Default)]
pub struct Package {
    pub files: Vec<PackageFile>,
    /// Paths of files that it lists and that lie outside its folder.
    outside: Vec<String>,
}

/// More files than these are no package of spending; each is read, and held against the others.
const MOST_FILES: usize = 2_000;

impl Package {
    /// What is said of files that lie outside the package's folder.
    pub fn outside(&self, descriptor: &str) -> Vec<Problem> {
        let said = |path: &String| {
            let what = format!(
                "lists \"{path}\", which lies outside its folder; it was left out. Put it beside the descriptor"
            );
            Problem::of_file(descriptor, Severity::Warning, Code::PackageFileOutside, &what)
        };
        self.outside.iter().map(said).collect()
    }
}

/// One data file of a package; it may be listed and absent.
#[derive(Clone, Debug, Default)]
pub struct PackageFile {
    /// Relative to the descriptor, inside its folder.
    pub path: String,
    columns: Vec<(String, Field)>,
    unit: Option<Unit>,
    /// The code of the currency of its amounts.
    currency: Option<String>,
}

impl PackageFile {
    /// What is said of a file that the package lists and that is not there.
    pub fn missing(&self, descriptor: &str) -> Problem {
        let what = format!("lists \"{}\", which is not there; it was left out", self.path);
        Problem::of_file(descriptor, Severity::Warning, Code::PackageFileMissing, &what)
    }

    /// How the file is to be read: what the package says of its columns, and what `options` say besides.
    pub fn options(&self, options: &ImportOptions) -> ImportOptions {
        let mut options = options.clone();
        options.columns.splice(0..0, self.columns.iter().cloned());
        options.unit = options.unit.or(self.unit);
        options.currency.clone_from(&self.currency);
        options
    }
}

/// Reads a package's descriptor.
///
/// # Errors
/// When it is no JSON, or lists no data files.
pub fn read_package(descriptor: Input<'_>) -> Result<Package, ImportError> {
    let text = String::from_utf8_lossy(descriptor.bytes);
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text).map_err(|error| {
        ImportError::refused(
            descriptor.name,
            Code::PackageUnreadable,
            &format!(
                "is not sound JSON (line {}, column {}); open its CSV files one by one",
                error.line(),
                error.column()
            ),
        )
    })?;
    let Some(resources) = value["resources"].as_array().filter(|resources| !resources.is_empty()) else {
        return Err(not_lines(descriptor));
    };
    let model = [&value["model"], &value["mapping"]]
        .into_iter()
        .find(|model| model.is_object())
        .unwrap_or(&Value::Null);
    if resources.len() > MOST_FILES {
        return Err(ImportError::refused(
            descriptor.name,
            Code::FileTooLarge,
            &format!(
                "lists {} files, and at most {} are read together; join them, or open some of them by themselves",
                thousands(resources.len()),
                thousands(MOST_FILES)
            ),
        ));
    }
    let mut package = Package::default();
    for resource in resources {
        let Some(path) = resource["path"].as_str().or(resource["path"][0].as_str()) else { continue };
        if is_outside(path) {
            package.outside.push(path.to_owned());
        } else {
            package.files.push(file_of(path, resource, model));
        }
    }
    Ok(package)
}

/// What is said of JSON where lines of spending are wanted.
pub(super) fn not_lines(input: Input<'_>) -> ImportError {
    ImportError::refused(
        input.name,
        Code::PackageUnreadable,
        "is JSON and lists no data files; open the package's datapackage.json, or its CSV files",
    )
}

/// Whether a path leads out of the package's own folder, from which a package takes nothing.
fn is_outside(path: &str) -> bool {
    path.starts_with(['/', '\\']) || path.contains(':') || path.split(['/', '\\']).any(|part| part == "..")
}

fn file_of(path: &str, resource: &Value, model: &Value) -> PackageFile {
    let mut columns = of_schema(&resource["schema"]["fields"]);
    columns.extend(of_measures(&model["measures"]));
    columns.extend(of_dimensions(&model["dimensions"], &resource["schema"]["fields"]));
    let factor = [&model["measures"]].into_iter().find_map(|measures| {
        measures
            .as_object()?
            .values()
            .find_map(|measure| measure["factor"].as_f64().map(|factor| factor as i64))
    });
    let unit = factor.and_then(|factor| {
        [Unit::Pounds, Unit::Thousands, Unit::Millions, Unit::Billions]
            .into_iter()
            .find(|unit| unit.factor() == i128::from(factor))
    });
    let measures = model["measures"].as_object().into_iter().flat_map(|measures| measures.values());
    let mut currencies = measures.filter_map(|measure| measure["currency"].as_str());
    PackageFile { path: path.to_owned(), columns, unit, currency: currencies.next().map(str::to_owned) }
}

/// Version 1: each field of a schema has its `columnType`. Only the first of a kind is taken.
fn of_schema(fields: &Value) -> Vec<(String, Field)> {
    let mut found: Vec<(String, Field)> = Vec::new();
    for field in fields.as_array().into_iter().flatten() {
        let (Some(name), Some(kind)) =
            (field["name"].as_str(), field["columnType"].as_str().or(field["osType"].as_str()))
        else {
            continue;
        };
        let Some(meant) = of_column_type(kind) else { continue };
        if !found.iter().any(|(_, field)| *field == meant) {
            found.push((name.to_owned(), meant));
        }
    }
    found
}

fn of_column_type(kind: &str) -> Option<Field> {
    let named = !kind.ends_with(":code") && !kind.ends_with(":id");
    let is = |family: &str| kind.starts_with(family);
    Some(match kind {
        "value" => Field::Amount,
        "date:fiscal-year" => Field::Dimension(Dimension::Year),
        "direction" => Field::Direction,
        "budget-line-id" | "transaction-id:code" => Field::Reference,
        _ if is("date:generic") || is("date:fiscal:final-payment") || is("date:fiscal:first-payment") => {
            Field::Date
        }
        _ if !named => return None,
        _ if is("administrator:") || is("administrative-classification:") => {
            Field::Dimension(Dimension::Agency)
        }
        _ if is("supplier:") || is("recipient:") => Field::Dimension(Dimension::Supplier),
        _ if is("fin-source:") => Field::Dimension(Dimension::Funder),
        _ if is("functional-classification:cofog:division")
            || is("functional-classification:generic:level1") =>
        {
            Field::Dimension(Dimension::Theme)
        }
        _ if is("functional-classification:") || is("activity:") => Field::Dimension(Dimension::Service),
        _ if is("geo-source:") => Field::Dimension(Dimension::Area),
        _ if is("economic-classification:") => Field::Description,
        _ => return None,
    })
}

/// Version 0.3: measures are amounts, one a year where there are several.
fn of_measures(measures: &Value) -> Vec<(String, Field)> {
    let Some(measures) = measures.as_object() else { return Vec::new() };
    let sources: Vec<&str> = measures.values().filter_map(|measure| measure["source"].as_str()).collect();
    match sources[..] {
        [only] => vec![(only.to_owned(), Field::Amount)],
        _ => sources
            .into_iter()
            .filter_map(|source| {
                year_in(source)
                    .map(|year| (source.to_owned(), Field::AmountFor(Dimension::Year, year.to_string())))
            })
            .collect(),
    }
}

/// Version 0.3: dimensions say of what type they are; those that do not are known by their headings later. Of codes and
/// their labels the labels are taken, and of the levels of a function the first is the theme.
fn of_dimensions(dimensions: &Value, fields: &Value) -> Vec<(String, Field)> {
    let mut found: Vec<(String, Field)> = Vec::new();
    for (name, dimension) in dimensions.as_object().into_iter().flatten() {
        let Some(attributes) = dimension["attributes"].as_object() else { continue };
        let labelled: Vec<&str> = attributes.values().filter_map(|it| it["labelfor"].as_str()).collect();
        let of_dimension = attributes.iter().filter(|(key, _)| !labelled.contains(&key.as_str()));
        for (_, attribute) in of_dimension {
            let Some(source) = attribute["source"].as_str() else { continue };
            let type_of = |field: &&Value| field["name"].as_str() == Some(source);
            let field = fields.as_array().into_iter().flatten().find(type_of);
            let kind = field.and_then(|field| field["type"].as_str()).unwrap_or_default();
            let free = |meant: Field| (!found.iter().any(|(_, known)| *known == meant)).then_some(meant);
            let meant = of_dimension_type(name, dimension, kind);
            if let Some(meant) = meant.iter().find_map(|meant| free(meant.clone())) {
                found.push((source.to_owned(), meant));
            }
        }
    }
    found
}

/// What a dimension of this name may be, by its type and that of its column; the first that nothing else is.
fn of_dimension_type(name: &str, dimension: &Value, column_type: &str) -> Vec<Field> {
    let name = name.to_lowercase();
    let classification = dimension["classificationType"].as_str().unwrap_or(&name);
    let of = |dimensions: &[Dimension]| dimensions.iter().copied().map(Field::Dimension).collect();
    match dimension["dimensionType"].as_str().unwrap_or_default() {
        "datetime" if matches!(column_type, "date" | "datetime") => vec![Field::Date],
        "datetime" => of(&[Dimension::Year]),
        "entity" => {
            let is_paid = ["supplier", "recipient", "payee", "vendor", "beneficiary", "creditor"];
            let is_paid = is_paid.iter().any(|word| name.contains(word));
            of(&[if is_paid { Dimension::Supplier } else { Dimension::Agency }])
        }
        "classification" if classification.starts_with("functional") => {
            of(&[Dimension::Theme, Dimension::Service])
        }
        "classification" if classification.starts_with("administrative") => {
            of(&[Dimension::Agency, Dimension::Service])
        }
        "classification" if classification.starts_with("economic") => vec![Field::Description],
        "activity" => of(&[Dimension::Service]),
        "location" => of(&[Dimension::Area]),
        _ => Vec::new(),
    }
}
