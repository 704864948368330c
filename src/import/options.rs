//! What a person or a package says beforehand about how a file is to be read.

use super::cell::Unit;
use super::files::Encoding;
use super::question::FileAnswer;
use super::recognise::{ColumnMap, Field};
use crate::dimension::Dimension;

/// What is to be kept of the lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Retention {
    /// Every line, with where it is from.
    #[default]
    Lines,
    /// Only the sums by these dimensions, the supplier not among them: little memory and more speed, for totals.
    SumsBy(Vec<Dimension>),
}

/// What is said beforehand about how a file is to be read; nothing need be.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// Instead of the encoding that the bytes suggest.
    pub encoding: Option<Encoding>,
    /// Instead of the sheet with most lines of spending.
    pub sheet: Option<String>,
    /// Remembered shapes of files; the one whose headings these are is used.
    pub column_maps: Vec<ColumnMap>,
    /// What single columns are, by their headings; the rest is recognised.
    pub columns: Vec<(String, Field)>,
    /// What single columns are, by their place from 0, whatever their headings say; the rest is recognised.
    pub fields: Vec<(usize, Field)>,
    /// The row of the headings instead of the one that is found, as a spreadsheet numbers it; 0 where there are none.
    pub header_row: Option<u32>,
    /// What the amounts count, where the file does not say it.
    pub unit: Option<Unit>,
    /// Whether a comma parts the pence, where the file does not prove it.
    pub decimal_comma: Option<bool>,
    /// The currency of the amounts by its code, as a data package says it.
    pub currency: Option<String>,
    /// Whether the amounts are pounds, whatever sign stands at them.
    pub pounds: bool,
    /// Whether amounts in another currency stay as they stand, unasked.
    pub keeps_currency: bool,
    /// Whether no word and no column beside the amount takes amounts off.
    pub credits_off: bool,
    /// What holds for every line of the file, whatever its columns say.
    pub set: Vec<(Dimension, String)>,
    /// Rows that are payments although they stand where a total does, as a spreadsheet numbers them.
    pub lines_at: Vec<u32>,
    /// Whether it is counted what became of every number, those on sheets that are not read among them.
    pub balance: bool,
    pub keep: Retention,
    /// Reads damaged rows as they may have been meant, where the file's own total proves it.
    pub mend: bool,
    /// Row by row even where the file is plain: slower, with the same results.
    pub thorough: bool,
}

impl ImportOptions {
    /// How a file was read, with what was said of it, for the next one of its kind, which is of another year.
    ///
    /// `accepts_currency` where a person took amounts in another currency as they stand.
    pub fn map_to_keep(&self, map: &ColumnMap, accepts_currency: bool) -> ColumnMap {
        let mut map = map.clone();
        let said = self.set.iter().filter(|(dimension, _)| *dimension != Dimension::Year);
        map.set.retain(|(known, _)| said.clone().all(|(said, _)| said != known));
        map.set.extend(said.cloned());
        if accepts_currency {
            map.pounds = Some(self.pounds);
        }
        map
    }

    /// Takes an answer to what the file asks.
    pub fn answer(&mut self, answer: &FileAnswer) {
        self.take_back(answer);
        match answer {
            FileAnswer::Column(place, _) => self.fields.push((*place, Field::Amount)),
            FileAnswer::DecimalComma(is_comma) => self.decimal_comma = Some(*is_comma),
            FileAnswer::Sheet(name) => {
                // Another sheet has other columns and rows.
                self.fields.clear();
                self.lines_at.clear();
                self.header_row = None;
                self.sheet = Some(name.clone());
            }
            FileAnswer::LineAt(row) => self.lines_at.push(*row),
            FileAnswer::Headings(row) => {
                // Another table has other columns and rows.
                self.fields.clear();
                self.lines_at.clear();
                self.header_row = Some(*row);
            }
            FileAnswer::Pounds => self.pounds = true,
            FileAnswer::AsRead => {}
        }
    }

    /// Takes an answer back, so that the file asks again.
    pub fn take_back(&mut self, answer: &FileAnswer) {
        match answer {
            FileAnswer::Column(place, _) => self.fields.retain(|(said, _)| said != place),
            FileAnswer::DecimalComma(_) => self.decimal_comma = None,
            FileAnswer::Sheet(_) => self.sheet = None,
            FileAnswer::LineAt(row) => self.lines_at.retain(|said| said != row),
            FileAnswer::Headings(_) => self.header_row = None,
            FileAnswer::Pounds => self.pounds = false,
            FileAnswer::AsRead => {}
        }
    }
}
