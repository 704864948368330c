//! How many cells of a column look like what only a person has.

use rustc_hash::FxHashMap;

use super::names::{is_person_name, is_redacted};
use super::numbers::{is_email, is_insurance_number, is_nhs_number, telephone};
use super::places::{is_postcode, is_street_address};
use crate::import::cell::read_year_of_birth;

/// Public bodies have published their spending since 2010; dates that are years older are more likely births.
const FIRST_SPENDING: u16 = 2006;

/// Different numbers of ten digits that are told apart.
const MOST_TEN_DIGITS: usize = 500;

/// How many cells of a column look like what only a person has.
#[derive(Clone, Debug, Default)]
pub(in crate::import::recognise) struct PersonalSigns {
    /// Cells looked at.
    pub(in crate::import::recognise) looked_at: usize,
    pub(in crate::import::recognise) nhs_numbers: usize,
    /// Different numbers of ten digits, and those of them that pass the check: one number that comes again and again
    /// passes it every time.
    ten_digits: FxHashMap<String, bool>,
    /// Some are written in groups, as only NHS numbers are.
    grouped: bool,
    pub(in crate::import::recognise) insurance_numbers: usize,
    /// Dates before [`FIRST_SPENDING`].
    pub(in crate::import::recognise) old_dates: usize,
    pub(in crate::import::recognise) dates: usize,
    pub(in crate::import::recognise) postcodes: usize,
    pub(in crate::import::recognise) street_addresses: usize,
    pub(in crate::import::recognise) person_names: usize,
    pub(in crate::import::recognise) email_addresses: usize,
    /// Numbers of telephones, and those that can only be of a mobile one.
    pub(in crate::import::recognise) telephones: usize,
    pub(in crate::import::recognise) mobiles: usize,
    pub(in crate::import::recognise) redacted: usize,
    /// The earliest and the latest year of the dates.
    pub(in crate::import::recognise) years: Option<(u16, u16)>,
}

impl PersonalSigns {
    pub(in crate::import::recognise) fn add(&mut self, cell: &str) {
        self.looked_at += 1;
        let digits = cell.bytes().filter(u8::is_ascii_digit).count();
        if digits == 10 {
            let passes = is_nhs_number(cell);
            self.nhs_numbers += usize::from(passes);
            self.grouped |= passes && cell.len() > 10;
            if self.ten_digits.len() < MOST_TEN_DIGITS {
                self.ten_digits.insert(cell.to_owned(), passes);
            }
        } else if digits == 6 {
            self.insurance_numbers += usize::from(is_insurance_number(cell));
        }
        if (6..=8).contains(&digits)
            && cell.len() <= 11
            && let Some(year) = read_year_of_birth(cell)
        {
            self.old_dates += usize::from(year < FIRST_SPENDING);
            self.dates += 1;
            let (first, last) = self.years.unwrap_or((year, year));
            self.years = Some((first.min(year), last.max(year)));
        }
        if (1..=3).contains(&digits) && (5..=8).contains(&cell.len()) {
            self.postcodes += usize::from(is_postcode(cell));
        }
        if (1..=8).contains(&digits) {
            self.street_addresses += usize::from(is_street_address(cell));
        }
        if (10..=13).contains(&digits) {
            let (telephone, mobile) = telephone(cell);
            self.telephones += usize::from(telephone);
            self.mobiles += usize::from(mobile);
        }
        if digits == 0 {
            self.person_names += usize::from(is_person_name(cell));
            self.redacted += usize::from(is_redacted(cell));
        }
        self.email_addresses += usize::from(is_email(cell));
    }

    /// Whether different numbers pass as those of the NHS do, rather than one again and again.
    pub(in crate::import::recognise) fn are_nhs_numbers(&self) -> bool {
        let passing = self.ten_digits.values().filter(|passes| **passes).count();
        self.grouped || passing >= 2 && passing * 4 >= self.ten_digits.len() * 3
    }

    /// Share of the cells looked at, in hundredths.
    pub(in crate::import::recognise) fn percent(&self, count: usize) -> usize {
        (count * 100).checked_div(self.looked_at).unwrap_or(0)
    }
}
