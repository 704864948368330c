use std::ops::ControlFlow;

use rustc_hash::FxHashMap;

use super::amounts::Amount;
use super::columns::{ColumnMap, Field};
use super::credits::{Credits, is_credit};
use super::dates::{Date, read_date, read_serial};
use super::fast;
use super::meaning::month_in;
use super::names::Spelling;
use super::problem::{Code, Problem, Severity, SkipReason, Skipped};
use super::repair::{Shape, repair_of};
use super::report::{FileReport, Reject, Repair, Sample};
use super::row::Row;
use super::totals_rows::{RunningTotals, TotalLabel, total_label};
use crate::dimension::{Dimension, FinancialYear, NameId};
use crate::ledger::{LedgerBuilder, Part, SourceId};
use crate::money::{AmountError, Money};

/// Problems of rows that are listed one by one; beyond, they are counted.
const MOST_PROBLEMS: usize = 10_000;
/// Passed-over rows that are listed one by one.
const MOST_SKIPPED: usize = 10_000;
/// Rows that are remembered to tell which come twice.
const MOST_REMEMBERED: usize = 1_000_000;
/// Lines shown in the preview.
const SAMPLES: usize = 5;

/// Reads the rows below the headings into lines, by a column map.
pub(super) struct LineReader<'a> {
    map: &'a ColumnMap,
    headings: Vec<String>,
    /// How many cells a row usually fills.
    usually_filled: usize,
    amounts: Vec<AmountColumn>,
    date: Option<usize>,
    month: Option<usize>,
    /// The column that is the sum of the amounts side by side.
    total: Option<usize>,
    /// How many rows miss it, and by how much together.
    not_itemised: (u64, Money),
    direction: Option<usize>,
    description: Option<usize>,
    reference: Option<usize>,
    source: Option<usize>,
    source_row: Option<usize>,
    names: Vec<NameColumn>,
    /// Cells that are filled in every line and empty in an unlabelled total.
    keys: Vec<usize>,
    /// What holds for every line.
    base: [NameId; Dimension::COUNT],
    own_source: SourceId,
    sources: FxHashMap<String, SourceId>,
    dates: FxHashMap<String, (NameId, NameId)>,
    texts: FxHashMap<String, NameId>,
    totals: RunningTotals,
    rounded: (u64, Option<u32>, i128),
    /// What tells the first rows apart from each other.
    remembered: Vec<u64>,
    unlisted: FxHashMap<Code, u64>,
    last_rejected: Option<(u32, Code)>,
    /// Damaged rows are read as they may have been meant.
    pub(super) mend: bool,
    /// Where another column tells which amounts are credits.
    pub(super) credits: Option<Credits>,
    mended: Vec<u32>,
    /// Rows that are the sums of rows of a deeper level below them, in order.
    pub(super) repeated: Vec<u32>,
    /// Only the sums by these dimensions are kept, not the lines.
    sums_by: Option<[bool; Dimension::COUNT]>,
    /// What tells the row at hand from others, where a block has worked it out.
    print: Option<u64>,
    /// By number: the date and the year of a cell of the date column, for blocks.
    date_pairs: Vec<(NameId, NameId)>,
    header_rows: (u32, u32),
    pub(super) lines: LedgerBuilder,
    pub(super) report: FileReport,
}

/// Ordinary lines of one block, by column.
pub(super) struct PlainBlock<'b> {
    pub(super) amounts: &'b [i64],
    /// By kept column, the numbers of the block's cells.
    pub(super) ids: &'b [&'b [u32]],
    /// By kept column, what [`LineReader::kept_id`] gave for each of those numbers.
    pub(super) known: &'b [Vec<u32>],
    /// The rows of the lines within the block, from 0.
    pub(super) rows: &'b [u32],
    /// Rows of the file up to the block.
    pub(super) rows_before: u32,
    pub(super) fingerprints: &'b [u64],
}

struct AmountColumn {
    place: usize,
    /// The dimension it sets, with the name's id.
    of: Option<(Dimension, NameId)>,
    /// The date it sets, where it is an amount of a month.
    date: NameId,
}

struct NameColumn {
    place: usize,
    dimension: Dimension,
    spelling: Spelling,
    ids: FxHashMap<String, NameId>,
}

impl PlainBlock<'_> {
    /// What [`LineReader::kept_id`] gave for a cell of a line.
    fn id(&self, kept: usize, line: usize) -> u32 {
        self.known[kept][self.ids[kept][line] as usize]
    }
}

impl<'a> LineReader<'a> {
    #[expect(
        clippy::too_many_arguments,
        reason = "what is known of a file before its rows are read, each used once"
    )]
    pub(super) fn new(
        map: &'a ColumnMap,
        headings: Vec<String>,
        usually_filled: usize,
        base: &[(Dimension, String)],
        file_year: Option<FinancialYear>,
        (rows_before_data, heading_height): (u32, u32),
        sums_by: Option<&[Dimension]>,
        report: FileReport,
    ) -> Self {
        let mut lines = LedgerBuilder::default();
        let own_source = lines.add_source(report.source.clone());
        let mut base_ids = [NameId::NOT_STATED; Dimension::COUNT];
        if let Some(year) = file_year {
            base_ids[Dimension::Year.index()] = lines.names_mut(Dimension::Year).add(&year.to_string());
        }
        for (dimension, name) in base {
            base_ids[dimension.index()] = lines.names_mut(*dimension).add(name);
        }
        let wants_year = sums_by.is_none_or(|by| by.contains(&Dimension::Year));
        let set: Vec<Dimension> = base.iter().map(|(dimension, _)| *dimension).collect();
        let mut amounts = Vec::new();
        for place in map.amount_columns() {
            amounts.push(match &map.columns[place].field {
                Field::AmountFor(dimension, name) => {
                    amount_for(&mut lines, place, *dimension, name, file_year)
                }
                _ => AmountColumn { place, of: None, date: NameId::NOT_STATED },
            });
        }
        let names: Vec<NameColumn> = map
            .columns
            .iter()
            .enumerate()
            .filter_map(|(place, column)| match column.field {
                Field::Dimension(dimension)
                    if !set.contains(&dimension) && sums_by.is_none_or(|by| by.contains(&dimension)) =>
                {
                    Some(NameColumn {
                        place,
                        dimension,
                        spelling: Spelling::of(dimension),
                        ids: FxHashMap::default(),
                    })
                }
                _ => None,
            })
            .collect();
        let place = |field: &Field| map.place(field);
        // For sums a date only matters where it alone tells the year.
        let wants_date = sums_by.is_none()
            || wants_year
                && !set.contains(&Dimension::Year)
                && place(&Field::Dimension(Dimension::Year)).is_none();
        let keys = key_columns(map);
        Self {
            headings,
            usually_filled,
            date: place(&Field::Date).filter(|_| wants_date),
            month: place(&Field::Month).filter(|_| wants_date),
            total: map.total.as_ref().and_then(|heading| {
                map.columns
                    .iter()
                    .position(|column| column.heading == *heading && column.field == Field::Passed)
            }),
            not_itemised: (0, Money::ZERO),
            direction: place(&Field::Direction),
            description: place(&Field::Description),
            reference: place(&Field::Reference),
            source: place(&Field::Source),
            source_row: place(&Field::SourceRow),
            totals: RunningTotals::new(amounts.len()),
            amounts,
            names,
            keys,
            base: base_ids,
            own_source,
            sources: FxHashMap::default(),
            dates: FxHashMap::default(),
            texts: FxHashMap::default(),
            rounded: (0, None, 0),
            remembered: Vec::new(),
            unlisted: FxHashMap::default(),
            last_rejected: None,
            mend: false,
            credits: None,
            mended: Vec::new(),
            repeated: Vec::new(),
            sums_by: sums_by.map(|by| Dimension::ALL.map(|dimension| by.contains(&dimension))),
            print: None,
            date_pairs: Vec::new(),
            header_rows: (rows_before_data, heading_height),
            lines,
            report,
            map,
        }
    }

    /// Takes a row out of the ordinary from a block.
    pub(super) fn take_odd(&mut self, row: &Row, print: u64) -> ControlFlow<()> {
        self.print = Some(print);
        let flow = self.take_from_first(row);
        self.print = None;
        flow
    }

    /// Takes a row from the file's first on: titles and headings too.
    pub(super) fn take_from_first(&mut self, row: &Row) -> ControlFlow<()> {
        let (before, height) = self.header_rows;
        self.report.rows += 1;
        if row.number > before {
            return self.take(row);
        }
        if height > 0 && row.number > before - height {
            self.report.heading_rows += 1;
        } else {
            self.skip(row, if row.is_blank() { SkipReason::Blank } else { SkipReason::Title });
        }
        ControlFlow::Continue(())
    }

    /// Takes the next row: a line, or a row to pass over, or a problem.
    pub(super) fn take(&mut self, row: &Row) -> ControlFlow<()> {
        if row.is_blank() {
            self.skip(row, SkipReason::Blank);
            return ControlFlow::Continue(());
        }
        if self.repeated.binary_search(&row.number).is_ok() {
            self.skip(row, SkipReason::Total);
            return ControlFlow::Continue(());
        }
        if row.quote_unclosed {
            self.warn(
                row,
                None,
                Code::QuoteUnclosed,
                "a quotation mark is opened and never closed; it was read as part of the text",
            );
        }
        if self.amounts.len() == 1 {
            self.take_single(row);
        } else {
            self.take_wide(row);
        }
        ControlFlow::Continue(())
    }

    fn take_single(&mut self, row: &Row) {
        let place = self.amounts[0].place;
        let text = row.cell(place);
        let amount = match (self.map.amounts.read(text), self.credits) {
            (amount, Some(Credits::Beside(credit))) => self.less_credit(amount, row.cell(credit)),
            (amount, _) => amount,
        };
        let money = match amount {
            Amount::Exact(money) | Amount::Rounded(money, _) | Amount::Shortened(money) => money,
            Amount::Nil => Money::ZERO,
            Amount::Blank | Amount::Withheld | Amount::Not(_) => return self.without_amount(row, amount),
        };
        let money = match self.credits {
            Some(Credits::Told(told)) if is_credit(row.cell(told)) => -money,
            _ => money,
        };
        if self.is_total(row, &[Some(money)]) {
            return;
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        match amount {
            Amount::Rounded(_, lost) => self.note_rounded(row, lost),
            Amount::Shortened(_) => self.warn_amount(
                row,
                place,
                Code::AmountShortened,
                &format!("\"{text}\" was cut short by a spreadsheet; it is read as {money}, and its last digits may be lost"),
            ),
            _ => {}
        }
        self.read_line(row, &[(0, money)]);
    }

    /// A debit less the credit beside it; either may be blank.
    fn less_credit(&self, debit: Amount, credit: &str) -> Amount {
        match (debit, self.map.amounts.read(credit)) {
            (Amount::Exact(debit), Amount::Exact(credit)) => Amount::Exact(debit - credit),
            (Amount::Blank | Amount::Nil, Amount::Exact(credit)) => Amount::Exact(-credit),
            (debit, Amount::Blank | Amount::Nil) => debit,
            (_, credit) => credit,
        }
    }

    fn take_wide(&mut self, row: &Row) {
        let mut found: Vec<Option<Money>> = Vec::with_capacity(self.amounts.len());
        let mut unreadable = Vec::new();
        for index in 0..self.amounts.len() {
            let place = self.amounts[index].place;
            found.push(match self.map.amounts.read(row.cell(place)) {
                Amount::Exact(money) | Amount::Shortened(money) => Some(money),
                Amount::Rounded(money, lost) => {
                    self.note_rounded(row, lost);
                    Some(money)
                }
                Amount::Nil | Amount::Blank => None,
                Amount::Withheld => {
                    self.report.withheld += 1;
                    None
                }
                Amount::Not(error) => {
                    unreadable.push((place, error));
                    None
                }
            });
        }
        if found.iter().all(Option::is_none) {
            return if self.repeats_headings(row) {
                self.skip(row, SkipReason::RepeatedHeading);
            } else if row.filled() > 2 && self.amounts.iter().any(|amount| !row.cell(amount.place).is_empty())
            {
                self.skip(row, SkipReason::NotGiven);
            } else {
                self.skip(row, SkipReason::Note);
            };
        }
        if self.is_total(row, &found) {
            return;
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        for (place, error) in unreadable {
            let text = row.cell(place).to_owned();
            if text.starts_with('=') {
                self.problem(
                    row,
                    Some(place),
                    Severity::Error,
                    Code::FormulaUncalculated,
                    &uncalculated(&text),
                );
                continue;
            }
            self.problem(
                row,
                Some(place),
                Severity::Error,
                unreadable_code(error),
                &format!("\"{}\" {error}", shown(&text)),
            );
        }
        let lines: Vec<(usize, Money)> =
            found.iter().enumerate().filter_map(|(index, money)| money.map(|money| (index, money))).collect();
        self.read_line(row, &lines);
        self.read_rest(row, &lines);
    }

    /// What the amounts of a row miss of its own total is a line too, so that the file's figure stands.
    fn read_rest(&mut self, row: &Row, parts: &[(usize, Money)]) {
        let Some(place) = self.total else { return };
        let (Amount::Exact(total) | Amount::Rounded(total, _)) = self.map.amounts.read(row.cell(place))
        else {
            return;
        };
        let parts: Money = parts.iter().map(|(_, money)| *money).sum();
        let rest = total - parts;
        // Less than a hundredth of what the file counts in is dust of its arithmetic.
        if rest.abs() < Money::from_units(self.map.amounts.unit.factor() * 100) {
            return;
        }
        let Some((dimension, _)) = self.amounts.first().and_then(|amount| amount.of) else { return };
        let name = self.lines.names_mut(dimension).add("Not itemised");
        let (date, mut ids) = self.dimensions(row);
        ids[dimension.index()] = name;
        self.push_line(row, rest, ids, date);
        self.not_itemised.0 += 1;
        self.not_itemised.1 += rest;
    }

    /// A row whose amount is missing or cannot be read: a heading again, a note, or a problem.
    fn without_amount(&mut self, row: &Row, amount: Amount) {
        if self.repeats_headings(row) {
            return self.skip(row, SkipReason::RepeatedHeading);
        }
        let filled = row.filled();
        let place = self.amounts[0].place;
        let few = filled == 1 || filled * 2 < self.usually_filled;
        let keyed = self.keys.iter().filter(|&&key| !row.cell(key).is_empty()).count();
        let is_note = filled == 1 || amount == Amount::Blank && few && (keyed == 0 || filled <= 2);
        let repair = if is_note && filled > 1 || self.is_income(row) { None } else { self.repair_of(row) };
        if let Some(repair) = repair {
            return if self.mend { self.read_mended(row, &repair) } else { self.propose(row, repair) };
        }
        if is_note {
            return self.skip(row, SkipReason::Note);
        }
        if self.is_income(row) {
            return self.skip(row, SkipReason::Income);
        }
        let text = row.cell(place);
        if text.starts_with('=') && keyed == 0 {
            // Only a total stands beside nothing else.
            return self.skip(row, SkipReason::Total);
        }
        let (code, what) = match amount {
            _ if text.starts_with('=') => (Code::FormulaUncalculated, uncalculated(text)),
            Amount::Blank => {
                (Code::AmountMissing, "there is no amount; fill it in, or take the row out".to_owned())
            }
            Amount::Not(error) => (unreadable_code(error), format!("\"{}\" {error}", shown(text))),
            _ => (Code::AmountUnreadable, format!("\"{}\" {}", shown(text), AmountError::Unreadable)),
        };
        self.reject(row, Some(place), code, &what);
    }

    /// Reads a damaged row as it may have been meant.
    fn read_mended(&mut self, row: &Row, repair: &Repair) {
        let mut meant = Row::default();
        meant.clear(row.number);
        for cell in &repair.cells {
            meant.push(cell);
        }
        self.mended.push(row.number);
        self.read_line(&meant, &[(0, repair.amount)]);
    }

    /// Keeps back a damaged row, with how it may have been meant.
    fn propose(&mut self, row: &Row, repair: Repair) {
        let what = format!(
            "its cells stand beside their columns; read as \"{}\" its amount would be {}",
            shown(&repair.cells.join(", ")),
            repair.amount
        );
        self.totals.propose(repair.amount);
        self.reject(row, Some(self.amounts[0].place), Code::RowDamaged, &what);
        if let Some(reject) = self.report.rejects.last_mut().filter(|reject| reject.row == row.number) {
            reject.repair = Some(repair);
        }
    }

    fn reject(&mut self, row: &Row, place: Option<usize>, code: Code, what: &str) {
        self.problem(row, place, Severity::Error, code, what);
        self.report.rejected += 1;
        self.last_rejected = Some((row.number, code));
        if self.report.rejects.len() < MOST_PROBLEMS {
            self.report.rejects.push(Reject {
                row: row.number,
                code,
                cells: row.cells().map(str::to_owned).collect(),
                repair: None,
            });
        }
    }

    fn repair_of(&self, row: &Row) -> Option<Repair> {
        let payees = self.names.iter().filter(|column| column.dimension == Dimension::Supplier);
        let shape = Shape {
            map: self.map,
            width: self.headings.iter().rposition(|heading| !heading.is_empty()).map_or(0, |last| last + 1),
            amount: self.amounts[0].place,
            date: self.date,
            texts: payees.map(|column| column.place).chain(self.description).collect(),
        };
        repair_of(row, &shape)
    }

    /// Says that the file's own total proves the repairs above it.
    fn prove_repairs(&mut self, row: &Row, stated: Money) {
        let rows: Vec<String> = self
            .report
            .rejects
            .iter()
            .filter(|reject| reject.repair.is_some())
            .map(|reject| reject.row.to_string())
            .collect();
        let what = format!(
            "this total of {stated} agrees if the damaged rows ({}) are read as proposed; mend them so in the file",
            rows.join(", ")
        );
        self.problem(row, Some(self.amounts[0].place), Severity::Warning, Code::RepairsProved, &what);
        self.report.stated_total = Some(stated);
        self.totals.close();
        self.skip(row, SkipReason::Total);
    }

    fn repeats_headings(&self, row: &Row) -> bool {
        let named = self.headings.iter().filter(|heading| !heading.is_empty()).count();
        let same = self
            .headings
            .iter()
            .enumerate()
            .filter(|(index, heading)| !heading.is_empty() && row.cell(*index).eq_ignore_ascii_case(heading))
            .count();
        named > 0 && same * 3 >= named * 2
    }

    fn is_income(&self, row: &Row) -> bool {
        self.direction.is_some_and(|place| {
            matches!(row.cell(place).to_lowercase().as_str(), "revenue" | "income" | "receipts" | "receipt")
        })
    }

    /// Whether the row is a total of those above; if so it is struck out, and said where it does not agree.
    fn is_total(&mut self, row: &Row, amounts: &[Option<Money>]) -> bool {
        let keys_empty = !self.keys.is_empty() && self.keys.iter().all(|&key| row.cell(key).is_empty());
        let label = (0..row.len())
            .filter(|index| !self.amounts.iter().any(|amount| amount.place == *index))
            .find_map(|index| {
                let cell = row.cell(index);
                if cell.is_empty() { None } else { Some(total_label(cell)) }
            });
        let label = label.unwrap_or_default();
        if !keys_empty && !label.might && !label.note && !label.part {
            return false;
        }
        let is_of_list = |fields: &[Field]| {
            fields.iter().any(|field| self.map.place(field).is_some_and(|at| !row.cell(at).is_empty()))
        };
        if label.part && !is_of_list(&[Field::Date, Field::Reference, Field::Dimension(Dimension::Supplier)])
        {
            self.skip(row, SkipReason::Memorandum);
            return true;
        }
        if label.note && !self.keys.is_empty() && !is_of_list(&[Field::Date, Field::Reference]) {
            self.skip(row, SkipReason::Note);
            return true;
        }
        if amounts.len() > 1 && self.is_wide_total(row, amounts, keys_empty, label) {
            return true;
        }
        if let [Some(stated)] = *amounts
            && (keys_empty || label.might)
            && self.totals.proves_repairs(stated)
        {
            self.prove_repairs(row, stated);
            return true;
        }
        let few = row.filled() <= amounts.len() + 1 + self.usually_filled.saturating_sub(amounts.len()) / 2;
        let dateless =
            [self.date, self.reference].into_iter().flatten().all(|place| row.cell(place).is_empty());
        // "Acme Total" below a single payment to Acme: what tells payments apart is missing.
        let closes = label.might
            && self.keys.len() > 1
            && self.keys.iter().any(|&key| row.cell(key).is_empty())
            && self.totals.closes_group(amounts);
        let agrees = closes || self.totals.agree(amounts);
        if agrees && (keys_empty || label.might && few || label.surely && dateless) {
            self.report.stated_total = self
                .totals
                .is_grand(amounts)
                .then(|| amounts.iter().flatten().copied().sum())
                .or(self.report.stated_total);
            self.totals.close();
            self.skip(row, SkipReason::Total);
            return true;
        }
        if label.surely && dateless && few && row.filled() <= 2 + amounts.len() {
            if amounts.len() == 1 && self.totals.lines() > 0 {
                let stated = amounts[0].unwrap_or_default();
                let found = self.totals.nearest(stated);
                self.report.stated_total = Some(stated);
                self.warn_amount(
                    row,
                    self.amounts[0].place,
                    Code::TotalDiffers,
                    &format!(
                        "this total says {stated}, and the rows above add up to {found}: {} {}",
                        (stated - found).abs(),
                        if stated > found { "less" } else { "more" }
                    ),
                );
            }
            self.totals.close();
            self.skip(row, SkipReason::Total);
            return true;
        }
        false
    }

    /// In a wide table a row without its code, or one that says "Total", adds up others; "of which" repeats a part.
    fn is_wide_total(
        &mut self,
        row: &Row,
        amounts: &[Option<Money>],
        keys_empty: bool,
        label: TotalLabel,
    ) -> bool {
        if label.note {
            self.skip(row, SkipReason::Note);
            return true;
        }
        let has_code = self.reference.is_some();
        let tolerance = Money::from_units(self.map.amounts.unit.factor() * 30_000);
        let agrees = self.totals.agree_within(amounts, tolerance);
        if !(keys_empty && (has_code || agrees) || label.might && (agrees || label.leads)) {
            return false;
        }
        self.totals.close();
        self.skip(row, SkipReason::Total);
        true
    }

    fn read_line(&mut self, row: &Row, amounts: &[(usize, Money)]) {
        let (date, mut ids) = self.dimensions(row);
        for &(index, money) in amounts {
            let mut date = date;
            if let Some((dimension, name)) = self.amounts[index].of {
                ids[dimension.index()] = name;
                if self.amounts[index].date != NameId::NOT_STATED {
                    date = self.amounts[index].date;
                }
            }
            self.push_line(row, money, ids, date);
            self.totals.add(index, money);
        }
        self.report.read += 1;
        self.last_rejected = None;
        if self.report.sample.len() < SAMPLES {
            self.report
                .sample
                .push(Sample { row: row.number, cells: row.cells().map(str::to_owned).collect() });
        }
        if self.sums_by.is_none() && self.wants_fingerprints() {
            let print = self.print.take().unwrap_or_else(|| fingerprint(row));
            self.remember(print);
        }
    }

    fn push_line(&mut self, row: &Row, money: Money, ids: [NameId; Dimension::COUNT], date: NameId) {
        if let Some(by) = self.sums_by {
            self.lines.add_sum(kept_only(ids, by), money, 1);
        } else {
            let description = match self.description {
                Some(place) => text_id(&mut self.texts, &mut self.lines, row.cell(place)),
                None => NameId::NOT_STATED,
            };
            let (source, line_row) = self.origin(row);
            self.lines.push_ids(money, ids, description, date, Some(source), Some(line_row));
        }
        self.report.lines += 1;
        self.report.total += money;
        self.report.negative_lines += u64::from(money.is_negative());
    }

    fn remember(&mut self, print: u64) {
        if self.wants_fingerprints() {
            self.remembered.push(print);
        }
    }

    /// How many of the remembered rows read exactly as an earlier one does.
    fn twice(&mut self) -> u64 {
        let count = self.remembered.len();
        fast::sort(&mut self.remembered);
        self.remembered.dedup();
        (count - self.remembered.len()) as u64
    }

    /// The columns whose cells a block keeps as numbers, and whether new cells must come as rows first.
    pub(super) fn kept_columns(&self) -> (Vec<usize>, Vec<bool>) {
        let mut kept: Vec<(usize, bool)> =
            self.names.iter().map(|column| (column.place, column.spelling != Spelling::Free)).collect();
        kept.extend(self.date.map(|place| (place, true)));
        if self.sums_by.is_none() {
            kept.extend(self.description.map(|place| (place, false)));
        }
        kept.into_iter().unzip()
    }

    /// Whether the fast way can do without what this file has.
    pub(super) fn is_simple(&self) -> bool {
        self.month.is_none() && self.amounts.len() == 1 && self.credits.is_none() && self.repeated.is_empty()
    }

    pub(super) fn keys(&self) -> &[usize] {
        &self.keys
    }

    pub(super) fn sums_only(&self) -> bool {
        self.sums_by.is_some()
    }

    pub(super) fn wants_fingerprints(&self) -> bool {
        self.remembered.len() < MOST_REMEMBERED
    }

    /// The number of a cell of the kept column; complaints are left to the row it stands in.
    pub(super) fn kept_id(&mut self, kept: usize, text: &str) -> u32 {
        if let Some(column) = self.names.get_mut(kept) {
            if let Some(id) = column.ids.get(text) {
                return id.0;
            }
            let name = if text.is_empty() { Ok(String::new()) } else { column.spelling.read(text) };
            let Ok(name) = name else { return 0 };
            let id = self.lines.names_mut(column.dimension).add(&name);
            column.ids.insert(text.to_owned(), id);
            return id.0;
        }
        if kept == self.names.len() && self.date.is_some() {
            let date = read_date(text, self.map.dates).or_else(|| read_serial(text));
            let pair = date.map_or((NameId::NOT_STATED, NameId::NOT_STATED), |date| self.date_ids(date));
            self.date_pairs.push(pair);
            return self.date_pairs.len() as u32 - 1;
        }
        text_id(&mut self.texts, &mut self.lines, text).0
    }

    /// Adds ordinary lines.
    pub(super) fn take_plain(&mut self, block: &PlainBlock<'_>) {
        self.count_plain(block.amounts);
        for &print in block.fingerprints {
            self.remember(print);
        }
        let count = block.amounts.len();
        self.lines.push_amounts(block.amounts);
        self.lines.extend_source(Some(self.own_source), count);
        let first = block.rows_before + 1;
        self.lines.extend(Part::Row, u32::MAX, block.rows.iter().map(|row| first + row));
        let dates = self.date.map(|_| self.names.len());
        let year_of = |line: usize| -> NameId {
            dates.map_or(NameId::NOT_STATED, |kept| self.date_pairs[block.id(kept, line) as usize].1)
        };
        for dimension in Dimension::ALL {
            let part = Part::Dimension(dimension);
            let base = self.base[dimension.index()].0;
            let kept = self.names.iter().rposition(|column| column.dimension == dimension);
            let largest = self.lines.names_mut(dimension).len() as u32;
            let named = |kept: usize, line: usize| match block.id(kept, line) {
                0 => base,
                id => id,
            };
            match kept {
                Some(kept) if dimension == Dimension::Year && dates.is_some() => {
                    let ids = (0..count).map(|line| match named(kept, line) {
                        0 => year_of(line).0,
                        id => id,
                    });
                    self.lines.extend(part, largest, ids);
                }
                Some(kept) if base == 0 => {
                    let known = &block.known[kept];
                    self.lines.extend(part, largest, block.ids[kept].iter().map(|&id| known[id as usize]));
                }
                Some(kept) => self.lines.extend(part, largest, (0..count).map(|line| named(kept, line))),
                None if dimension == Dimension::Year && dates.is_some() => {
                    let ids = (0..count).map(|line| match year_of(line).0 {
                        0 => base,
                        id => id,
                    });
                    self.lines.extend(part, largest, ids);
                }
                None => self.lines.extend_same(part, base, count),
            }
        }
        let texts = self.lines.texts_mut().len() as u32;
        match dates {
            Some(kept) => {
                let ids = (0..count).map(|line| self.date_pairs[block.id(kept, line) as usize].0.0);
                self.lines.extend(Part::Date, texts, ids);
            }
            None => self.lines.extend_same(Part::Date, 0, count),
        }
        match self.description {
            Some(_) => {
                let kept = self.names.len() + usize::from(self.date.is_some());
                let known = &block.known[kept];
                let ids = block.ids[kept].iter().map(|&id| known[id as usize]);
                self.lines.extend(Part::Description, texts, ids);
            }
            None => self.lines.extend_same(Part::Description, 0, count),
        }
    }

    /// Counts ordinary lines.
    pub(super) fn count_plain(&mut self, amounts: &[i64]) {
        let mut sum = 0_i128;
        let mut negative = 0_u64;
        for &amount in amounts {
            sum += i128::from(amount);
            negative += u64::from(amount < 0);
        }
        let count = amounts.len() as u64;
        let sum = Money::from_units(sum);
        self.totals.add_many(sum, count);
        self.report.rows += count;
        self.report.read += count;
        self.report.lines += count;
        self.report.negative_lines += negative;
        self.report.total += sum;
        self.last_rejected = None;
    }

    /// Adds lines of one combination of kept cells.
    pub(super) fn add_sum(&mut self, kept: &[u32], amount: Money, lines: u32) {
        let Some(by) = self.sums_by else { return };
        let mut ids = self.base;
        let mut has_year = false;
        for (column, &id) in self.names.iter().zip(kept) {
            has_year |= column.dimension == Dimension::Year;
            if id != 0 {
                ids[column.dimension.index()] = NameId(id);
            }
        }
        if self.date.is_some()
            && let Some(&pair) = kept.get(self.names.len())
        {
            let (_, year) = self.date_pairs[pair as usize];
            let slot = &mut ids[Dimension::Year.index()];
            if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
                *slot = year;
            }
        }
        self.lines.add_sum(kept_only(ids, by), amount, lines);
    }

    /// Where the line was first read from: this file, or the one that this program's own file names.
    fn origin(&mut self, row: &Row) -> (SourceId, u32) {
        let Some(key) = self.source.map(|place| row.cell(place)).filter(|key| !key.is_empty()) else {
            return (self.own_source, row.number);
        };
        let id = match self.sources.get(key) {
            Some(&id) => id,
            None if self.sources.len() > 60_000 => self.own_source,
            None => {
                let id = self.lines.add_source(crate::ledger::Source {
                    key: key.to_owned(),
                    title: key.to_owned(),
                    ..crate::ledger::Source::default()
                });
                self.sources.insert(key.to_owned(), id);
                id
            }
        };
        let number = self.source_row.and_then(|place| row.cell(place).parse().ok());
        (id, number.unwrap_or(row.number))
    }

    fn dimensions(&mut self, row: &Row) -> (NameId, [NameId; Dimension::COUNT]) {
        let mut ids = self.base;
        let mut unknown = Vec::new();
        for column in &mut self.names {
            let cell = row.cell(column.place);
            if cell.is_empty() {
                continue;
            }
            let id = if let Some(&id) = column.ids.get(cell) {
                id
            } else {
                let id = match column.spelling.read(cell) {
                    Ok(name) => self.lines.names_mut(column.dimension).add(&name),
                    Err(what) => {
                        unknown.push((column.place, column.dimension, what));
                        NameId::NOT_STATED
                    }
                };
                column.ids.insert(cell.to_owned(), id);
                id
            };
            if id != NameId::NOT_STATED {
                ids[column.dimension.index()] = id;
            }
        }
        for (place, dimension, what) in unknown {
            let code = if dimension == Dimension::Year { Code::YearUnreadable } else { Code::WordUnknown };
            self.warn_amount(row, place, code, &format!("{what}; these lines count as \"Not stated\""));
        }
        let (date, year) = self.date_of(row);
        let has_year = self.names.iter().any(|column| column.dimension == Dimension::Year);
        let slot = &mut ids[Dimension::Year.index()];
        if year != NameId::NOT_STATED && (!has_year || *slot == NameId::NOT_STATED) {
            *slot = year;
        }
        (date, ids)
    }

    /// The date of a row and the financial year that follows from it.
    fn date_of(&mut self, row: &Row) -> (NameId, NameId) {
        let text = self.date.map_or("", |place| row.cell(place));
        let (place, text) = match (text.is_empty(), self.month) {
            (false, _) => (self.date, text),
            (true, Some(month)) => (None, row.cell(month)),
            (true, None) => return (NameId::NOT_STATED, NameId::NOT_STATED),
        };
        if text.is_empty() {
            return (NameId::NOT_STATED, NameId::NOT_STATED);
        }
        if let Some(&ids) = self.dates.get(text) {
            return ids;
        }
        let date = read_date(text, self.map.dates).or_else(|| read_serial(text));
        let ids = match date {
            Some(date) => self.date_ids(date),
            None => (
                NameId::NOT_STATED,
                if place.is_none() { self.period_year(text) } else { NameId::NOT_STATED },
            ),
        };
        if date.is_none()
            && let Some(place) = place
        {
            let what = format!(
                "\"{}\" is not a date, such as 31/08/2024; the line is read without one",
                shown(text)
            );
            self.warn_amount(row, place, Code::DateUnreadable, &what);
        }
        if self.dates.len() < 1_000_000 {
            self.dates.insert(text.to_owned(), ids);
        }
        ids
    }

    fn date_ids(&mut self, date: Date) -> (NameId, NameId) {
        let year = self.lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        (self.lines.texts_mut().add(&date.iso()), year)
    }

    /// An accounting period such as `202205`: the fifth of 2022/23.
    fn period_year(&mut self, text: &str) -> NameId {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let year = match digits.len() {
            6 => digits[..4].parse::<u16>().ok().filter(|year| (1990..2100).contains(year)),
            _ => None,
        };
        year.map_or(NameId::NOT_STATED, |year| {
            self.lines.names_mut(Dimension::Year).add(&FinancialYear::starting(year).to_string())
        })
    }

    pub(super) fn skip(&mut self, row: &Row, reason: SkipReason) {
        self.report.skipped_rows += 1;
        if let Some(last) = self.report.skipped.last_mut()
            && last.reason == reason
            && last.row + last.rows == row.number
            && matches!(reason, SkipReason::Blank | SkipReason::Income)
        {
            last.rows += 1;
            return;
        }
        if self.report.skipped.len() < MOST_SKIPPED {
            let text = row.summary();
            self.report.skipped.push(Skipped { row: row.number, rows: 1, reason, text });
        }
    }

    fn note_rounded(&mut self, row: &Row, lost: i64) {
        self.rounded.0 += 1;
        self.rounded.1.get_or_insert(row.number);
        self.rounded.2 += i128::from(lost);
    }

    fn warn(&mut self, row: &Row, place: Option<usize>, code: Code, what: &str) {
        self.problem(row, place, Severity::Warning, code, what);
    }

    fn warn_amount(&mut self, row: &Row, place: usize, code: Code, what: &str) {
        self.problem(row, Some(place), Severity::Warning, code, what);
    }

    fn problem(&mut self, row: &Row, place: Option<usize>, severity: Severity, code: Code, what: &str) {
        if self.report.problems.len() >= MOST_PROBLEMS {
            *self.unlisted.entry(code).or_default() += 1;
            return;
        }
        let column = place.map(|place| column_name(&self.headings, place));
        self.report.problems.push(Problem::of_row(
            &self.report.name,
            row.number,
            column.as_deref(),
            severity,
            code,
            what,
        ));
    }

    /// Ends the file: what is known only now is said.
    pub(super) fn finish(mut self) -> (FileReport, LedgerBuilder) {
        let name = self.report.name.clone();
        let note = |code, what: &str| Problem::of_file(&name, Severity::Note, code, what);
        if self.rounded.0 > 0 {
            let (count, row, lost) = self.rounded;
            let lost = Money::from_units(lost / 1_000_000_000_000);
            self.report.problems.push(note(
                Code::AmountsRounded,
                &format!(
                    "{} finer than a hundredth of a penny (the first in row {}) and {} rounded to it, as spreadsheets show them; together this changes the total by {}",
                    counted(count, "amount is", "amounts are"),
                    row.unwrap_or(0),
                    if count == 1 { "was" } else { "were" },
                    if lost.is_zero() { "less than a hundredth of a penny".to_owned() } else { format!("{lost}") },
                ),
            ));
        }
        let all_remembered = self.wants_fingerprints();
        let twice = self.twice();
        if twice > 0 {
            self.report.problems.push(note(
                Code::DuplicateLines,
                &format!(
                    "{}{} exactly as an earlier row does; such rows are common and genuine, so none was left out",
                    if all_remembered {
                        String::new()
                    } else {
                        format!("of the first {} lines ", thousands(MOST_REMEMBERED as u64))
                    },
                    counted(twice, "row reads", "rows read")
                ),
            ));
        }
        let (rows_short, missing) = self.not_itemised;
        if rows_short > 0 {
            self.report.problems.push(note(
                Code::TotalNotItemised,
                &format!(
                    "{} its own total, by {missing} together; the difference is kept as \"Not itemised\"",
                    counted(rows_short, "row misses", "rows miss"),
                ),
            ));
        }
        if !self.mended.is_empty() {
            let rows: Vec<String> = self.mended.iter().take(50).map(u32::to_string).collect();
            self.report.problems.push(note(
                Code::RowsMended,
                &format!(
                    "{} read as it may have been meant, which the file's own total proves (row {})",
                    counted(self.mended.len() as u64, "damaged row was", "damaged rows were"),
                    rows.join(", ")
                ),
            ));
        }
        if let Some((row, Code::AmountMissing)) = self.last_rejected {
            self.report.problems.push(Problem::of_row(
                &name,
                row,
                None,
                Severity::Warning,
                Code::FileTruncated,
                "the last row has no amount; the file may have been cut short, so ask its publisher for the whole of it",
            ));
        }
        let mut unlisted: Vec<(Code, u64)> = self.unlisted.into_iter().collect();
        unlisted.sort_unstable();
        for (code, count) in unlisted {
            self.report.problems.push(Problem::of_file(
                &name,
                Severity::Warning,
                code,
                &format!(
                    "{} of the same kind, not listed one by one",
                    counted(count, "more problem", "more problems")
                ),
            ));
        }
        (self.report, self.lines)
    }
}

/// The dimensions that are asked for; the others are not told apart.
fn kept_only(ids: [NameId; Dimension::COUNT], by: [bool; Dimension::COUNT]) -> [NameId; Dimension::COUNT] {
    std::array::from_fn(|index| if by[index] { ids[index] } else { NameId::NOT_STATED })
}

pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// `1234567` as `1,234,567`.
pub(super) fn thousands(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The heading of a column, or its letter where it has none.
pub(super) fn column_name(headings: &[String], place: usize) -> String {
    headings
        .get(place)
        .map(|heading| heading.trim())
        .filter(|heading| !heading.is_empty())
        .map_or_else(|| format!("column {}", letters(place)), str::to_owned)
}

/// A column's letter, as spreadsheets have them: A, B, …, Z, AA.
fn letters(place: usize) -> String {
    let mut text = String::new();
    let mut rest = place + 1;
    while rest > 0 {
        text.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text
}

fn shown(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(60).collect()
}

fn uncalculated(formula: &str) -> String {
    format!(
        "the formula \"{}\" holds no value; open the file in a spreadsheet, let it calculate, and save it again",
        shown(formula)
    )
}

fn unreadable_code(error: AmountError) -> Code {
    match error {
        AmountError::TooLarge => Code::AmountTooLarge,
        AmountError::Unreadable | AmountError::TooFine => Code::AmountUnreadable,
    }
}

fn text_id(known: &mut FxHashMap<String, NameId>, lines: &mut LedgerBuilder, text: &str) -> NameId {
    if text.is_empty() {
        return NameId::NOT_STATED;
    }
    if let Some(&id) = known.get(text) {
        return id;
    }
    let id = lines.texts_mut().add(crate::ledger::unguarded(text));
    if known.len() < 1_000_000 {
        known.insert(text.to_owned(), id);
    }
    id
}

fn fingerprint(row: &Row) -> u64 {
    use std::hash::{Hash as _, Hasher as _};
    let mut hasher = rustc_hash::FxHasher::default();
    for index in 0..row.len() {
        row.raw_cell(index).hash(&mut hasher);
    }
    hasher.finish()
}

/// A date, a payee, a number: filled in a line and empty in a total. Files without them have their other names.
fn key_columns(map: &ColumnMap) -> Vec<usize> {
    let of = |wanted: &dyn Fn(&Field) -> bool| -> Vec<usize> {
        map.columns
            .iter()
            .enumerate()
            .filter(|(_, column)| wanted(&column.field))
            .map(|(place, _)| place)
            .collect()
    };
    let keys =
        of(&|field| matches!(field, Field::Date | Field::Reference | Field::Dimension(Dimension::Supplier)));
    if keys.is_empty() {
        of(&|field| matches!(field, Field::Dimension(_) | Field::Description))
    } else {
        keys
    }
}

fn amount_for(
    lines: &mut LedgerBuilder,
    place: usize,
    dimension: Dimension,
    name: &str,
    file_year: Option<FinancialYear>,
) -> AmountColumn {
    let month = if dimension == Dimension::Year && name.parse::<FinancialYear>().is_err() {
        month_of(name, file_year)
    } else {
        None
    };
    if let Some(date) = month {
        let year = lines.names_mut(Dimension::Year).add(&date.financial_year().to_string());
        let date = lines.texts_mut().add(&date.iso());
        return AmountColumn { place, of: Some((Dimension::Year, year)), date };
    }
    let id =
        if name.starts_with("month ") { NameId::NOT_STATED } else { lines.names_mut(dimension).add(name) };
    AmountColumn { place, of: Some((dimension, id)), date: NameId::NOT_STATED }
}

/// `2024-04`, or `month 4` of the file's financial year.
fn month_of(name: &str, file_year: Option<FinancialYear>) -> Option<Date> {
    if let Some((year, month)) = name.split_once('-') {
        return Some(Date { year: year.parse().ok()?, month: month.parse().ok()?, day: 0 });
    }
    let month: u8 =
        name.strip_prefix("month ")?.parse().ok().or_else(|| month_in(name).map(|(month, _)| month))?;
    let start = file_year?.start();
    Some(Date { year: if month < 4 { start + 1 } else { start }, month, day: 0 })
}
