//! Lines taken in one by one, or column by column, until they are a ledger.

use std::collections::HashMap;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Ledger;
use crate::dimension::{Agency, Dimension, NameId, Names};
use crate::ledger::cells::{Cell, Cells};
use crate::ledger::dates::{DateId, Dates};
use crate::ledger::id_column::IdColumn;
use crate::ledger::part::LedgerPart;
use crate::ledger::{AmountRange, LineId, Source, SourceId, SpendLine};
use crate::money::Money;

/// A column of a ledger, for those who add many lines at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LineColumn {
    Dimension(Dimension),
    Description,
    Date,
    /// The row in the source; 0 is none.
    Row,
}

/// Takes lines one by one and becomes a [`Ledger`].
#[derive(Debug, Default)]
pub struct LedgerBuilder {
    ledger: Ledger,
    /// Sums of lines that are not kept themselves.
    sums: FxHashMap<[NameId; Dimension::COUNT], (Money, u32)>,
    source_ids: HashMap<String, SourceId>,
}

impl From<Ledger> for LedgerBuilder {
    fn from(ledger: Ledger) -> Self {
        let source_ids =
            (0..).zip(&*ledger.sources).map(|(id, source)| (source.key.clone(), SourceId(id))).collect();
        Self { ledger, sums: FxHashMap::default(), source_ids }
    }
}

impl LedgerBuilder {
    /// Adds a source, or finds the one of the same key.
    pub fn add_source(&mut self, source: Source) -> SourceId {
        if let Some(&id) = self.source_ids.get(&source.key) {
            return id;
        }
        let id = SourceId(
            u16::try_from(self.ledger.sources.len()).expect("a place has fewer than 65,000 sources"),
        );
        self.source_ids.insert(source.key.clone(), id);
        self.ledger.sources.to_mut().push(Arc::new(source));
        id
    }

    /// The names of a dimension, to add to before [`LedgerBuilder::push_ids`].
    pub fn names_mut(&mut self, dimension: Dimension) -> &mut Names {
        Arc::make_mut(&mut self.ledger.names[dimension.index()])
    }

    /// The descriptions, to add to before [`LedgerBuilder::push_ids`].
    pub fn texts_mut(&mut self) -> &mut Names {
        Arc::make_mut(&mut self.ledger.texts)
    }

    /// The dates, to add to before [`LedgerBuilder::push_ids`].
    pub fn dates_mut(&mut self) -> &mut Dates {
        Arc::make_mut(&mut self.ledger.known_dates)
    }

    /// Adds a line from its text.
    pub fn push(&mut self, line: &SpendLine) {
        let ids = Dimension::ALL.map(|dimension| {
            line.get(dimension).map_or(NameId::NOT_STATED, |name| self.names_mut(dimension).add(name))
        });
        let description =
            line.description.as_deref().map_or(NameId::NOT_STATED, |text| self.texts_mut().add(text));
        let date = line.date.map_or(DateId::NONE, |date| self.dates_mut().add(date));
        let source = line.source.as_ref().map(|key| match self.source_ids.get(key) {
            Some(&id) => id,
            None => self.add_source(Source { key: key.clone(), title: key.clone(), ..Source::default() }),
        });
        self.push_ids(line.amount, ids, description, date, source, line.row);
        if let Some(range) = line.range() {
            self.set_range_of_last(range);
        }
    }

    /// Says what the amount of a line may be.
    pub fn set_range(&mut self, line: LineId, range: AmountRange) {
        self.ledger.set_range(line, range);
    }

    /// Says it of the line that was added last.
    pub fn set_range_of_last(&mut self, range: AmountRange) {
        if let Some(last) = self.ledger.len().checked_sub(1) {
            self.set_range(LineId(last as u32), range);
        }
    }

    /// Adds a line from ids: those of `names_mut` by dimension, that of `texts_mut` for the description, that of
    /// `dates_mut` for the date.
    pub fn push_ids(
        &mut self,
        amount: Money,
        ids: [NameId; Dimension::COUNT],
        description: NameId,
        date: DateId,
        source: Option<SourceId>,
        row: Option<u32>,
    ) {
        let ledger = &mut self.ledger;
        ledger
            .amounts
            .to_mut()
            .push(i64::try_from(amount.units()).expect("read_amount refuses what a line cannot hold"));
        for (column, id) in ledger.columns.iter_mut().zip(ids) {
            column.to_mut().push(id.0);
        }
        ledger.descriptions.to_mut().push(description.0);
        ledger.dates.to_mut().push(date.0);
        ledger.line_sources.to_mut().push(source.map_or(0, |source| u32::from(source.0) + 1));
        ledger.rows.to_mut().push(row.unwrap_or(0));
    }

    /// The amounts of the lines so far, in their order.
    pub fn amounts(&self) -> impl Iterator<Item = Money> {
        self.ledger.amounts.iter().map(|units| Money::from_units(i128::from(*units)))
    }

    /// Adds lines by column. Each column must be given as many ids, by [`LedgerBuilder::extend`] or
    /// [`LedgerBuilder::extend_same`], before the next lines come.
    pub fn push_amounts(&mut self, amounts: &[i64]) {
        self.ledger.amounts.to_mut().extend_from_slice(amounts);
    }

    /// Adds the ids of new lines to a column, none of them beyond `largest`.
    pub fn extend(&mut self, part: LineColumn, largest: u32, ids: impl IntoIterator<Item = u32>) {
        self.column_mut(part).extend(largest, ids);
    }

    /// Adds one id for so many new lines to a column.
    pub fn extend_same(&mut self, part: LineColumn, id: u32, count: usize) {
        self.column_mut(part).extend_same(id, count);
    }

    /// Adds the source of so many new lines.
    pub fn extend_source(&mut self, source: Option<SourceId>, count: usize) {
        let id = source.map_or(0, |source| u32::from(source.0) + 1);
        self.ledger.line_sources.to_mut().extend_same(id, count);
    }

    fn column_mut(&mut self, part: LineColumn) -> &mut IdColumn {
        match part {
            LineColumn::Dimension(dimension) => self.ledger.columns[dimension.index()].to_mut(),
            LineColumn::Description => self.ledger.descriptions.to_mut(),
            LineColumn::Date => self.ledger.dates.to_mut(),
            LineColumn::Row => self.ledger.rows.to_mut(),
        }
    }

    /// Gives every line another name in a dimension: for each id that lines have, the id they are to have. It takes a
    /// table, however many lines there are.
    pub fn rename(&mut self, dimension: Dimension, ids: &[NameId]) {
        let column = &mut self.ledger.columns[dimension.index()];
        let ids: Vec<u32> = ids.iter().map(|id| id.0).collect();
        *column = LedgerPart::Own(IdColumn::renamed(&column.share(), &ids));
    }

    /// The id of a name in a dimension, added where it is new.
    pub fn name(&mut self, dimension: Dimension, name: &str) -> NameId {
        // Asked first: names that are known stay shared with other ledgers.
        let known = self.ledger.names(dimension).id(name.trim());
        known.unwrap_or_else(|| self.names_mut(dimension).add(name))
    }

    /// Gives one line another name in a dimension.
    pub fn set_name(&mut self, line: LineId, dimension: Dimension, id: NameId) {
        let column = &mut self.ledger.columns[dimension.index()];
        if column.get(line.index()) != id.0 {
            column.to_mut().set(line.index(), id.0);
        }
    }

    /// Adds to the sum of a combination of names without keeping lines; [`Totals`](crate::ledger::Totals) by dimensions other
    /// than the supplier are then as if the lines were there.
    pub fn add_sum(&mut self, ids: [NameId; Dimension::COUNT], amount: Money, lines: u32) {
        let (sum, count) = self.sums.entry(ids).or_default();
        *sum += amount;
        *count += lines;
    }

    /// Adds the lines and sums of another after these.
    pub fn append(&mut self, other: Self) {
        let Self { ledger, sums, .. } = other;
        let joined = std::mem::take(&mut self.ledger).join(&ledger);
        *self = Self { sums: std::mem::take(&mut self.sums), ..Self::from(joined) };
        // New names are numbered as they come, so they may not come in hash order.
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_unstable_by_key(|(ids, _)| *ids);
        for (ids, (amount, lines)) in sums {
            let ids = Dimension::ALL.map(|dimension| {
                let name = ledger.names(dimension).name(ids[dimension.index()]);
                self.names_mut(dimension).add(name)
            });
            self.add_sum(ids, amount, lines);
        }
    }

    /// Writes the sectors of listed agencies over whatever the lines said; an agency without one leaves them as they are.
    pub fn set_sectors(&mut self, agencies: &[Agency]) {
        let sectors: HashMap<NameId, NameId> = agencies
            .iter()
            .filter_map(|agency| {
                let id = self.ledger.names[Dimension::Agency.index()].id(&agency.name)?;
                let sectors = Arc::make_mut(&mut self.ledger.names[Dimension::Sector.index()]);
                Some((id, sectors.add(agency.sector?.name())))
            })
            .collect();
        if sectors.is_empty() {
            return;
        }
        let mut column = IdColumn::default();
        for index in 0..self.ledger.amounts.len() {
            let agency = NameId(self.ledger.column(Dimension::Agency).get(index));
            let said = self.ledger.column(Dimension::Sector).get(index);
            column.push(sectors.get(&agency).map_or(said, |sector| sector.0));
        }
        self.ledger.columns[Dimension::Sector.index()] = LedgerPart::Own(column);
    }

    pub fn finish(self) -> Ledger {
        let cells = if self.sums.is_empty() {
            Cells::of(&self.ledger)
        } else {
            let mut cells: Vec<Cell> =
                self.sums.into_iter().map(|(ids, (amount, lines))| Cell { ids, amount, lines }).collect();
            cells.sort_unstable_by_key(|cell| cell.ids);
            Cells::kept(cells.into_iter())
        };
        self.ledger.whole(cells)
    }
}
