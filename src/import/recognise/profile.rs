//! What the cells of each column look like, in counts: money, dates, words, long numbers. Columns are
//! recognised by these and by their headings together.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::judged::Judged;
use super::meaning::{Meaning, is_count, meaning, version_in};
use super::person::PersonalSigns;
use crate::import::cell::Currency;

/// What the cells of a column look like.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    pub(super) filled: usize,
    pub(super) money: usize,
    /// Money with pence, thousands separators or a pound sign: surely no number of something else.
    pub(super) sure_money: usize,
    pub(super) withheld: usize,
    /// Formulas that were never worked out.
    pub(super) formulas: usize,
    pub(super) nil: usize,
    pub(super) negative: usize,
    pub(super) day_first: usize,
    pub(super) month_first: usize,
    /// Dates that are none with the month first, and those that are none with the day first.
    pub(super) only_day_first: usize,
    pub(super) only_month_first: usize,
    pub(super) serials: usize,
    /// Months by their numbers that are no financial years: `2024-04`.
    pub(super) year_months: usize,
    /// Eight digits and more, or digits with a leading nought: numbers of documents.
    pub(super) long_numbers: usize,
    /// Digits with a leading nought: numbers of documents and accounts.
    pub(super) padded: usize,
    /// Whole numbers without any sign, and how many digits the shortest and the longest of them has.
    pub(super) whole: usize,
    pub(super) digits: Option<(usize, usize)>,
    pub(super) letters: usize,
    /// Cells with a space in them, as names have.
    pub(super) spaced: usize,
    pub(super) length: usize,
    pub(super) comma_decimals: usize,
    pub(super) point_decimals: usize,
    /// Numbers whose points stand as those of thousands would: `1.100`.
    pub(super) point_thousands: usize,
    /// Amounts whose £ stands as something else.
    pub(super) lost_pounds: usize,
    pub(super) pounds: usize,
    pub(super) dollars: usize,
    pub(super) euros: usize,
    /// The commonest values by how often they occur, while there are few.
    pub(super) values: FxHashMap<String, usize>,
    pub(super) many_values: bool,
    pub(super) personal: PersonalSigns,
}

impl Profile {
    /// Counts a cell that came so many times.
    pub(super) fn count(&mut self, judged: Judged, times: usize) {
        for (count, holds) in [
            (&mut self.letters, judged.letters),
            (&mut self.spaced, judged.spaced),
            (&mut self.formulas, judged.formula),
            (&mut self.nil, judged.nil),
            (&mut self.withheld, judged.withheld),
            (&mut self.day_first, judged.day_first),
            (&mut self.month_first, judged.month_first),
            (&mut self.only_day_first, judged.day_first && !judged.month_first),
            (&mut self.only_month_first, judged.month_first && !judged.day_first),
            (&mut self.serials, judged.serial),
            (&mut self.year_months, judged.year_month),
            (&mut self.long_numbers, judged.long_number),
            (&mut self.padded, judged.padded),
            (&mut self.whole, judged.whole_digits.is_some()),
            (&mut self.money, judged.money),
            (&mut self.negative, judged.negative),
            (&mut self.sure_money, judged.sure_money),
            (&mut self.point_decimals, judged.point_decimals),
            (&mut self.point_thousands, judged.point_thousands),
            (&mut self.comma_decimals, judged.comma_decimals),
            (&mut self.lost_pounds, judged.lost_pound),
            (&mut self.pounds, judged.currency == Some(Currency::Pound)),
            (&mut self.dollars, judged.currency == Some(Currency::Dollar)),
            (&mut self.euros, judged.currency == Some(Currency::Euro)),
        ] {
            *count += times * usize::from(holds);
        }
        if let Some(digits) = judged.whole_digits {
            let (least, most) = self.digits.unwrap_or((digits, digits));
            self.digits = Some((least.min(digits), most.max(digits)));
        }
    }

    /// Share of the filled cells, in hundredths; of nothing it is nothing.
    pub(super) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.filled).unwrap_or(0)
    }

    /// Whether most cells can be read as money, nil or not given.
    pub(super) fn is_money(&self) -> bool {
        self.money + self.comma_decimals > 0
            && self.percent(self.money + self.comma_decimals + self.nil + self.withheld) >= 70
            && self.money + self.comma_decimals > self.long_numbers
    }

    /// Whether most cells are numbers that may be amounts where the heading says so, however many digits they have.
    pub(super) fn may_be_money(&self) -> bool {
        self.is_money()
            || self.money > 0
                && self.percent(self.money + self.nil + self.withheld) >= 70
                && self.percent(self.padded) < 10
    }

    /// Whether the numbers look like codes: whole, without any sign, all of one length.
    pub(super) fn looks_coded(&self) -> bool {
        self.filled >= 3
            && self.sure_money == 0
            && self.whole * 10 >= self.filled * 9
            && (self.padded > 0 || self.digits.is_some_and(|(least, most)| least == most))
    }

    /// Whether names stand here rather than numbers.
    pub(super) fn holds_names(&self) -> bool {
        self.filled == 0 || self.percent(self.letters) >= 10
    }

    pub(super) fn is_date(&self) -> bool {
        self.percent(self.day_first.max(self.month_first)) >= 60 || self.holds_year_months()
    }

    /// Whether the cells are months by their numbers.
    pub(super) fn holds_year_months(&self) -> bool {
        self.percent(self.year_months) >= 60
    }

    pub(super) fn is_text(&self) -> bool {
        self.percent(self.letters) >= 60
    }

    pub(super) fn distinct(&self) -> usize {
        self.values.len()
    }
}

/// What every column of the rows below the headings looks like.
#[derive(Clone, Debug, Default)]
pub(in crate::import) struct Profiles {
    pub(super) columns: Vec<Profile>,
    /// Rows looked at, blank ones apart.
    pub(in crate::import) rows: usize,
    /// The amounts of the first rows of wide tables, in ten-thousandths, by column.
    pub(super) sums: Vec<Vec<Option<i64>>>,
    /// How many cells a row usually fills.
    pub(super) filled: FxHashMap<usize, usize>,
    /// Semicolons part the cells.
    pub(in crate::import) semicolons: bool,
    /// The amounts are only shown in thousands or millions; the cells hold pounds.
    pub(in crate::import) shown_in_thousands: bool,
    /// Cells beyond the last heading: by their place, how many there are and the row of the first.
    pub(super) beyond: BTreeMap<usize, (u64, u32)>,
}

impl Profiles {
    /// How many cells stand in columns that have no heading and are not read, and the first of them: its row and place.
    pub(in crate::import) fn beyond(&self, is_read: impl Fn(usize) -> bool) -> Option<(u64, u32, usize)> {
        let unread = || self.beyond.iter().filter(|(place, _)| !is_read(**place));
        let (place, (_, row)) = unread().min_by_key(|(place, (_, row))| (*row, **place))?;
        Some((unread().map(|(_, (count, _))| count).sum(), *row, *place))
    }

    /// Whether no row says more than one thing, and none of it is a number.
    pub(in crate::import) fn holds_remarks_only(&self) -> bool {
        self.rows > 0
            && self.filled.keys().all(|&filled| filled == 1)
            && self.columns.iter().all(|column| column.money == 0 && column.comma_decimals == 0)
    }

    /// The columns that hold amounts, counts or other measures.
    pub(in crate::import) fn measures(&self) -> Vec<usize> {
        (0..self.columns.len())
            .filter(|&index| self.columns[index].is_money() && !self.columns[index].is_date())
            .collect()
    }

    /// Those of them that hold amounts of money, by what they are called or by how they are written.
    pub(in crate::import) fn money(&self, headings: &[String]) -> Vec<usize> {
        let is_money = |&index: &usize| {
            let heading = headings.get(index).map_or("", String::as_str);
            match meaning(heading).0 {
                Meaning::Amount(_) => !is_count(heading),
                Meaning::Unknown => {
                    !is_count(heading)
                        && (version_in(heading).is_some() || !self.columns[index].looks_coded())
                }
                _ => false,
            }
        };
        self.measures().into_iter().filter(is_money).collect()
    }

    /// Whether a column holds months by their numbers.
    pub(in crate::import) fn holds_year_months(&self, index: usize) -> bool {
        self.get(index).holds_year_months()
    }

    /// The currency of most amounts of these columns, and whether one of them says any.
    pub(in crate::import) fn currency_of(&self, amounts: &[usize]) -> Currency {
        let sum = |count: fn(&Profile) -> usize| -> usize {
            amounts.iter().map(|&index| count(self.get(index))).sum()
        };
        let (money, dollars, euros) = (
            sum(|profile| profile.money + profile.comma_decimals),
            sum(|profile| profile.dollars),
            sum(|profile| profile.euros),
        );
        if euros * 2 > money {
            Currency::Euro
        } else if dollars * 2 > money {
            Currency::Dollar
        } else {
            Currency::Pound
        }
    }

    /// The commonest value of a column.
    pub(in crate::import) fn commonest(&self, index: usize) -> Option<&str> {
        let values = &self.get(index).values;
        values.iter().max_by_key(|(value, count)| (**count, *value)).map(|(value, _)| value.as_str())
    }

    pub(super) fn get(&self, index: usize) -> &Profile {
        static NOTHING: std::sync::LazyLock<Profile> = std::sync::LazyLock::new(Profile::default);
        self.columns.get(index).unwrap_or(&NOTHING)
    }

    /// The columns up to the last that holds anything.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().rposition(|column| column.filled > 0).map_or(0, |last| last + 1)
    }

    /// The number of cells that most rows fill.
    pub(in crate::import) fn usually_filled(&self) -> usize {
        let mut counts: Vec<(usize, usize)> =
            self.filled.iter().map(|(&filled, &rows)| (rows, filled)).collect();
        counts.sort_unstable();
        counts.last().map_or(0, |(_, filled)| *filled)
    }
}

impl Profiles {
    /// Whether one column holds, on each of several rows, the sum of another over these rows.
    pub(super) fn repeats_sum_of(&self, total: usize, line: usize) -> bool {
        let groups = self.groups_by(total);
        let several: Vec<_> = groups.iter().filter(|(_, rows)| rows.len() >= 2).collect();
        let right = several.iter().filter(|(stated, rows)| {
            let sum: i128 = rows.iter().map(|&row| i128::from(self.amount(row, line).unwrap_or(0))).sum();
            sum == i128::from(**stated)
        });
        let rows: usize = several.iter().map(|(_, rows)| rows.len()).sum();
        several.len() >= 2 && right.count() * 10 >= several.len() * 9 && rows * 2 >= self.sums.len()
    }

    /// Whether one column is the same wherever another is the same, over several rows.
    pub(super) fn goes_with(&self, column: usize, total: usize) -> bool {
        let groups = self.groups_by(total);
        groups
            .values()
            .all(|rows| rows.iter().all(|&row| self.amount(row, column) == self.amount(rows[0], column)))
    }

    fn amount(&self, row: usize, column: usize) -> Option<i64> {
        self.sums.get(row)?.get(column).copied().flatten()
    }

    /// The first rows by what a column states.
    fn groups_by(&self, column: usize) -> BTreeMap<i64, Vec<usize>> {
        let mut groups: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
        for row in 0..self.sums.len() {
            if let Some(stated) = self.amount(row, column).filter(|stated| *stated != 0) {
                groups.entry(stated).or_default().push(row);
            }
        }
        groups
    }
}
