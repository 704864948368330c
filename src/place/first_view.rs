//! How a place of files is looked at first, before anybody has chosen: by what its lines say, and by nothing else.

use std::collections::BTreeMap;
use std::path::Path;

use super::{ColorBy, ViewSpec};
use crate::dimension::{Date, Dimension, NameId, Names};
use crate::ledger::{Cells, Ledger};
use crate::money::Money;

/// A dimension is drawn when at least this share of the money, in percent, has a name in it.
// Below that a layer is one block "Not stated" with a fringe, and tells nothing of most of the money.
const LEAST_STATED: i128 = 25;
/// Above so many lines suppliers, which are many and not kept in sums, are no layer unless asked for.
// Without sums every line is gone through, on the way to the first picture.
const MOST_WITH_SUPPLIERS: usize = 200_000;
/// A period is told from the dates of so many lines.
// Each line's date is looked at, for a name that can be changed by hand.
const MOST_DATED: usize = 500_000;
/// So many lines in a hundred have to be of one month, for it to be the month of all.
// Monthly files hold late invoices of the months before.
const OF_ONE_MONTH: usize = 80;

/// The view of a ledger that nobody has looked at yet: layers that have names, and colors that tell things apart.
pub fn first_view(ledger: &Ledger) -> ViewSpec {
    use Dimension::{Agency, Area, Cohort, Funder, Provider, Service, Supplier, Theme, Year};
    let stated = Stated::of(ledger);
    let mut layers: Vec<Dimension> =
        [Funder, Agency, Theme, Service].into_iter().filter(|&layer| stated.is_stated(layer)).collect();
    let mut add = |layer: Dimension, most: usize| {
        if layers.len() < most && stated.is_stated(layer) && !layers.contains(&layer) {
            layers.push(layer);
        }
    };
    add(Provider, 4);
    add(Supplier, 3);
    for layer in [Area, Cohort, Year] {
        add(layer, 2);
    }
    // Lines that say nothing but amounts are one block after another.
    for layer in [Agency, Service] {
        if layers.len() < 2 && !layers.contains(&layer) {
            layers.push(layer);
        }
    }
    ViewSpec { layers, color_by: first_color(&stated), ..ViewSpec::default() }
}

/// What tells most apart, in the order people ask for it.
fn first_color(stated: &Stated) -> ColorBy {
    let choices = [ColorBy::Theme, ColorBy::Agency, ColorBy::Service];
    let tells_apart = |color: &ColorBy| stated.names(color.dimension()) > 1;
    choices
        .into_iter()
        .find(|color| tells_apart(color) && stated.is_stated(color.dimension()))
        .unwrap_or(if stated.is_stated(Dimension::Theme) { ColorBy::Theme } else { ColorBy::Agency })
}

/// A name for a place of these lines: who spends, and when; after the `file` where no line says who.
pub fn first_name(ledgers: &[&Ledger], file: &str) -> String {
    let agencies = by_size(ledgers, Dimension::Agency);
    let who = match &agencies[..] {
        [] => return name_from_file(file),
        [one] => one.clone(),
        // Three names would be longer than the title has room for.
        [one, two] => format!("{one} and {two}"),
        several => format!("{} agencies", several.len()),
    };
    match period(ledgers) {
        Some(period) => format!("{who}, {period}"),
        None => who,
    }
}

/// "spend_2024-05.csv" gives "spend 2024-05".
fn name_from_file(file: &str) -> String {
    let stem = Path::new(file).file_stem().map(|stem| stem.to_string_lossy().into_owned());
    match stem.unwrap_or_default().as_str() {
        "-" => "Standard input".to_owned(),
        stem => stem.replace('_', " "),
    }
}

/// Whether a place is called after who spends in it, as [`first_name`] does, rather than after an area.
pub fn is_named_after_agencies(name: &str, ledger: &Ledger) -> bool {
    let names = ledger.names(Dimension::Agency);
    let counted = name.split_once(" agencies").is_some_and(|(count, _)| count.parse::<usize>().is_ok());
    counted || names.iter().any(|(id, agency)| id != NameId::NOT_STATED && name.starts_with(agency))
}

/// "August 2011", "2011/12", "2011/12 to 2013/14".
fn period(ledgers: &[&Ledger]) -> Option<String> {
    let mut months: Vec<Option<String>> = ledgers.iter().map(|ledger| month_of(ledger)).collect();
    months.dedup();
    if let [Some(month)] = &months[..] {
        return Some(month.clone());
    }
    let mut years = by_size(ledgers, Dimension::Year);
    years.sort_unstable();
    match &years[..] {
        [] => None,
        [only] => Some(only.clone()),
        [first, .., last] => Some(format!("{first} to {last}")),
    }
}

/// The month that nearly all lines of a ledger are of, and that nearly all lines of each of its files are of, as
/// "August 2011".
fn month_of(ledger: &Ledger) -> Option<String> {
    if ledger.len() > MOST_DATED {
        return None;
    }
    let mut months: BTreeMap<&str, BTreeMap<Option<Date>, usize>> = BTreeMap::new();
    for line in ledger.lines() {
        let source = line.provenance().source.map_or("", |source| source.key.as_str());
        let month = line.date().map(Date::to_month);
        *months.entry(source).or_default().entry(month).or_default() += 1;
    }
    let mut usual: Vec<Option<Date>> = months
        .values()
        .map(|months| {
            let lines: usize = months.values().sum();
            let most = months.iter().max_by_key(|(_, count)| **count);
            most.filter(|(_, count)| **count * 100 >= lines * OF_ONE_MONTH).and_then(|(month, _)| *month)
        })
        .collect();
    usual.dedup();
    let [month] = usual[..] else { return None };
    month.map(Date::month_in_words)
}

/// The stated names of a dimension, that of most money first.
fn by_size(ledgers: &[&Ledger], dimension: Dimension) -> Vec<String> {
    let mut sums: BTreeMap<&str, Money> = BTreeMap::new();
    for ledger in ledgers {
        let names = ledger.names(dimension);
        // By number first: names are compared letter by letter.
        let mut by_id = vec![None::<Money>; names.len()];
        for cell in ledger.cells().iter() {
            *by_id[cell.ids[dimension.index()].index()].get_or_insert_default() += cell.amount.abs();
        }
        for ((_, name), sum) in names.iter().zip(by_id).filter_map(|(name, sum)| Some((name, sum?))) {
            *sums.entry(name).or_default() += sum;
        }
    }
    let mut named: Vec<(&str, Money)> =
        sums.into_iter().filter(|(name, _)| !Names::is_remainder(name)).collect();
    named.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    named.into_iter().map(|(name, _)| name.to_owned()).collect()
}

/// How much of the money has a name in each dimension, and how many names there are.
struct Stated {
    /// In percent of the money, signs put aside.
    percent: [i128; Dimension::COUNT],
    names: [usize; Dimension::COUNT],
}

impl Stated {
    fn of(ledger: &Ledger) -> Self {
        let cells: &Cells = ledger.cells();
        let all: Money = cells.iter().map(|cell| cell.amount.abs()).sum();
        let mut stated = Self { percent: [0; Dimension::COUNT], names: [0; Dimension::COUNT] };
        for dimension in Dimension::ALL {
            let at = dimension.index();
            if dimension == Dimension::Supplier {
                // Sums do not tell suppliers apart; a file that names them names nearly all.
                // The first of the names is "Not stated".
                let is_drawn = ledger.len() <= MOST_WITH_SUPPLIERS;
                stated.names[at] = ledger.names(dimension).len() - 1;
                stated.percent[at] = if stated.names[at] > 0 && is_drawn { 100 } else { 0 };
                continue;
            }
            let named = cells.iter().filter(|cell| cell.ids[at] != NameId::NOT_STATED);
            let sum: Money = named.map(|cell| cell.amount.abs()).sum();
            stated.percent[at] = if all.is_zero() { 0 } else { sum.units() * 100 / all.units() };
            stated.names[at] =
                cells.occurring(dimension).into_iter().filter(|id| *id != NameId::NOT_STATED).count();
        }
        stated
    }

    fn is_stated(&self, dimension: Dimension) -> bool {
        self.percent[dimension.index()] >= LEAST_STATED
    }

    fn names(&self, dimension: Dimension) -> usize {
        self.names[dimension.index()]
    }
}
