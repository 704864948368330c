//! The lines of a place by column, and the builder that takes them in. A ledger never changes: undo keeps the
//! earlier one, and what was derived from it stays true.

mod builder;

use std::collections::HashMap;
use std::sync::Arc;

use super::cells::Cells;
use super::dates::{DateId, Dates};
use super::id_column::IdColumn;
use super::part::LedgerPart;
use super::range::LineRanges;
use super::{AmountRange, Filter, LineId, LineView, Provenance, Source, SourceId, SpendLine};
use crate::dimension::{Agency, Date, Dimension, NameId, Names};
use crate::money::Money;

pub use builder::{LedgerBuilder, LineColumn};

/// All lines of a place, held by column, with the sums of their distinct combinations of dimensions ([`Cells`]).
///
/// A ledger never changes once built; a change makes another.
#[derive(Clone, Debug)]
pub struct Ledger {
    /// Shared with the ledgers that this one was made from, until one of them gains a name.
    names: [Arc<Names>; Dimension::COUNT],
    columns: [LedgerPart<IdColumn>; Dimension::COUNT],
    /// Ten-thousandths of a pound.
    amounts: LedgerPart<Vec<i64>>,
    texts: Arc<Names>,
    descriptions: LedgerPart<IdColumn>,
    known_dates: Arc<Dates>,
    dates: LedgerPart<IdColumn>,
    sources: LedgerPart<Vec<Arc<Source>>>,
    /// The source's number plus one; 0 is none.
    line_sources: LedgerPart<IdColumn>,
    /// 0 is none.
    rows: LedgerPart<IdColumn>,
    /// Of the few lines that have one.
    ranges: LedgerPart<LineRanges>,
    cells: LedgerPart<Cells>,
    /// In a revision: what each name came to in the ledger it is one of, ten-thousandths of a pound.
    sums_before: Option<Arc<Vec<Vec<i128>>>>,
    /// In a revision: the cells of the ledger it is one of.
    cells_before: Option<Arc<Cells>>,
}

/// What is changed of a ledger on its way to another: the names and columns by dimension, and the amounts.
pub(super) type ChangedParts<'a> = (
    &'a mut [Arc<Names>; Dimension::COUNT],
    &'a mut [LedgerPart<IdColumn>; Dimension::COUNT],
    &'a mut LedgerPart<Vec<i64>>,
);

impl Default for Ledger {
    fn default() -> Self {
        Self {
            names: Dimension::ALL.map(|dimension| match dimension {
                Dimension::Pool | Dimension::Commitment => {
                    Arc::new(Names::with_rest(Names::OUTSIDE_THE_POOL))
                }
                _ => Arc::default(),
            }),
            columns: Default::default(),
            amounts: LedgerPart::default(),
            texts: Arc::default(),
            descriptions: LedgerPart::default(),
            known_dates: Arc::default(),
            dates: LedgerPart::default(),
            sources: LedgerPart::default(),
            line_sources: LedgerPart::default(),
            rows: LedgerPart::default(),
            ranges: LedgerPart::default(),
            cells: LedgerPart::default(),
            sums_before: None,
            cells_before: None,
        }
    }
}

impl Ledger {
    pub fn builder() -> LedgerBuilder {
        LedgerBuilder::default()
    }

    /// A ledger of these lines; what the agencies say of their sector holds for their lines.
    pub fn from_lines<'a>(
        lines: impl IntoIterator<Item = &'a SpendLine>,
        sources: &[Source],
        agencies: &[Agency],
    ) -> Self {
        let mut builder = Self::builder();
        for source in sources {
            builder.add_source(source.clone());
        }
        for line in lines {
            builder.push(line);
        }
        builder.set_sectors(agencies);
        builder.finish()
    }

    pub fn len(&self) -> usize {
        self.amounts.len()
    }

    pub fn is_empty(&self) -> bool {
        self.amounts.is_empty()
    }

    pub fn names(&self, dimension: Dimension) -> &Names {
        &self.names[dimension.index()]
    }

    /// The names of a dimension, to be kept beyond this ledger.
    pub fn shared_names(&self, dimension: Dimension) -> Arc<Names> {
        Arc::clone(&self.names[dimension.index()])
    }

    pub fn sources(&self) -> &[Arc<Source>] {
        &self.sources
    }

    /// The sums of the distinct combinations of dimensions; suppliers are not told apart in them.
    pub fn cells(&self) -> &Cells {
        &self.cells
    }

    /// The names of a dimension by their money, largest first. A revision keeps the order of the ledger it is one of,
    /// so that what is told apart by its place in it, as by a color, stays what it is; new names come last.
    pub fn names_by_money(&self, dimension: Dimension) -> Vec<&str> {
        let names = self.names(dimension);
        let now = self.sums_of_names(dimension);
        let before = self.sums_before.as_ref().map(|sums| &sums[dimension.index()]);
        let rank = |id: NameId| match before {
            Some(before) => match before.get(id.index()) {
                Some(sum) => (false, -sum),
                None => (true, -now[id.index()]),
            },
            None => (false, -now[id.index()]),
        };
        let mut order: Vec<((bool, i128), &str)> = names.iter().map(|(id, name)| (rank(id), name)).collect();
        order.sort_unstable();
        order.into_iter().map(|(_, name)| name).collect()
    }

    /// The same ledger with its names in other words, as to hide who somebody is.
    #[must_use]
    pub fn renamed(&self, say: impl Fn(Dimension, &str) -> String) -> Self {
        let mut renamed = self.clone();
        for (dimension, names) in Dimension::ALL.into_iter().zip(&mut renamed.names) {
            *names = Arc::new(names.said(|name| say(dimension, name)));
        }
        renamed
    }

    fn sums_of_names(&self, dimension: Dimension) -> Vec<i128> {
        let mut sums = vec![0_i128; self.names(dimension).len()];
        if let [only] = &mut sums[..] {
            *only = self.cells.total().units();
            return sums;
        }
        for cell in self.cells.iter() {
            sums[cell.ids[dimension.index()].index()] += cell.amount.units();
        }
        sums
    }

    /// Keeps the order of names by their money in what is made of this ledger.
    pub(super) fn keep_order_of_names(&mut self) {
        if self.sums_before.is_none() {
            let sums = Dimension::ALL.into_iter().map(|dimension| self.sums_of_names(dimension));
            self.sums_before = Some(Arc::new(sums.collect()));
            self.cells_before = Some(self.cells.share());
        }
    }

    /// The cells of the ledger that this is a revision of, and its own where it is of none: what an order is found for
    /// that revisions keep.
    pub fn cells_before(&self) -> Arc<Cells> {
        self.cells_before.clone().unwrap_or_else(|| self.shared_cells())
    }

    /// Its cells, to be kept beyond this ledger: the same address for the same money.
    pub fn shared_cells(&self) -> Arc<Cells> {
        match &self.cells {
            LedgerPart::Shared(cells) => Arc::clone(cells),
            LedgerPart::Own(cells) => Arc::new(cells.clone()),
        }
    }

    /// The sum of all lines.
    pub fn total(&self) -> Money {
        self.cells.total()
    }

    pub fn line(&self, id: LineId) -> LineView<'_> {
        LineView { ledger: self, id }
    }

    pub fn lines(&self) -> impl ExactSizeIterator<Item = LineView<'_>> {
        (0..self.amounts.len()).map(|index| self.line(LineId(index as u32)))
    }

    pub fn amount(&self, line: LineId) -> Money {
        Money::from_units(i128::from(self.amounts[line.index()]))
    }

    /// What the amount of a line may be, where that is stated.
    pub fn range(&self, line: LineId) -> Option<AmountRange> {
        self.ranges.get(line)
    }

    /// The lines that say what their amounts may be, in the ledger's order.
    pub fn ranges(&self) -> impl Iterator<Item = (LineId, AmountRange)> + '_ {
        self.ranges.iter()
    }

    pub fn has_ranges(&self) -> bool {
        !self.ranges.is_empty()
    }

    pub fn name_id(&self, line: LineId, dimension: Dimension) -> NameId {
        NameId(self.columns[dimension.index()].get(line.index()))
    }

    pub fn description(&self, line: LineId) -> &str {
        self.text(self.descriptions.get(line.index()))
    }

    pub fn date(&self, line: LineId) -> Option<Date> {
        self.known_dates.get(self.date_id(line))
    }

    fn text(&self, id: u32) -> &str {
        if id == 0 { "" } else { self.texts.name(NameId(id)) }
    }

    pub fn provenance(&self, line: LineId) -> Provenance<'_> {
        let source = self.line_sources.get(line.index());
        let row = self.rows.get(line.index());
        Provenance {
            source: source.checked_sub(1).map(|index| &*self.sources[index as usize]),
            row: (row > 0).then_some(row),
        }
    }

    /// The lines of a row, of whatever source: found in one column, as quick as that can be looked through.
    pub fn lines_of_row(&self, row: u32) -> impl Iterator<Item = LineView<'_>> {
        // In a ledger 0 stands for no row.
        let found = if row == 0 { Vec::new() } else { self.rows.positions(row) };
        found.into_iter().map(|index| self.line(LineId(index as u32)))
    }

    pub(super) fn column(&self, dimension: Dimension) -> &IdColumn {
        &self.columns[dimension.index()]
    }

    /// The descriptions of all lines, each once; nothing stands for "none".
    pub fn texts(&self) -> &Names {
        &self.texts
    }

    /// The dates of all lines, each once.
    pub fn dates(&self) -> &Dates {
        &self.known_dates
    }

    /// The number of a line's date among [`Ledger::dates`].
    pub fn date_id(&self, line: LineId) -> DateId {
        DateId(self.dates.get(line.index()))
    }

    /// The number of a line's source among [`Ledger::sources`].
    pub fn source_index(&self, line: LineId) -> Option<usize> {
        self.line_sources.get(line.index()).checked_sub(1).map(|source| source as usize)
    }

    /// The number of a line's description among [`Ledger::texts`]; 0 where it has none.
    pub fn description_id(&self, line: usize) -> usize {
        self.descriptions.get(line) as usize
    }

    /// The lines a filter lets through, in the ledger's order.
    pub fn lines_where(&self, filter: &Filter) -> Vec<LineId> {
        filter.resolve(self).lines()
    }

    /// The same lines with other keys for their sources, by the keys they have.
    #[must_use]
    pub fn with_source_keys(&self, keys: &HashMap<&str, &str>) -> Self {
        let renamed = |source: &Arc<Source>| match keys.get(source.key.as_str()) {
            Some(key) => Arc::new(Source { key: (*key).to_owned(), ..(**source).clone() }),
            None => Arc::clone(source),
        };
        let sources = self.sources.iter().map(renamed).collect();
        Self { sources: LedgerPart::Shared(Arc::new(sources)), ..self.clone() }
    }

    /// The same lines, one of whose sources, told by its key, is as it is given.
    #[must_use]
    pub fn with_source(&self, described: &Source) -> Self {
        let changed = |source: &Arc<Source>| {
            if source.key == described.key { Arc::new(described.clone()) } else { Arc::clone(source) }
        };
        let sources = self.sources.iter().map(changed).collect();
        Self { sources: LedgerPart::Shared(Arc::new(sources)), ..self.clone() }
    }

    /// The lines of both ledgers, these first; names and sources are merged, each source keeping its own key.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        let mut builder = LedgerBuilder::from(self.clone());
        let ids: Vec<Vec<NameId>> = Dimension::ALL
            .into_iter()
            .map(|dimension| {
                other
                    .names(dimension)
                    .iter()
                    .map(|(_, name)| builder.names_mut(dimension).add(name))
                    .collect()
            })
            .collect();
        let texts: Vec<NameId> = other.texts.iter().map(|(_, text)| builder.texts_mut().add(text)).collect();
        let dates: Vec<DateId> = other
            .known_dates
            .as_slice()
            .iter()
            .map(|date| date.map_or(DateId::NONE, |date| builder.dates_mut().add(date)))
            .collect();
        let sources: Vec<SourceId> =
            other.sources.iter().map(|source| builder.add_source(Source::clone(source))).collect();
        for line in 0..other.len() {
            let names = Dimension::ALL
                .map(|dimension| ids[dimension.index()][other.columns[dimension.index()].get(line) as usize]);
            let source = other.line_sources.get(line).checked_sub(1).map(|source| sources[source as usize]);
            let row = other.rows.get(line);
            builder.push_ids(
                other.amount(LineId(line as u32)),
                names,
                texts[other.descriptions.get(line) as usize],
                dates[other.dates.get(line) as usize],
                source,
                (row > 0).then_some(row),
            );
        }
        for (line, range) in other.ranges() {
            builder.set_range(LineId(self.len() as u32 + line.0), range);
        }
        builder.finish()
    }

    /// The columns and amounts by themselves, to make another ledger of.
    pub(super) fn parts_mut(&mut self) -> ChangedParts<'_> {
        (&mut self.names, &mut self.columns, &mut self.amounts)
    }

    /// Adds a line that is another one but for its amount and some names; the sums do not know of it yet.
    pub(super) fn push_like(&mut self, line: LineId, amount: i64) -> LineId {
        let index = line.index();
        for column in &mut self.columns {
            let id = column.get(index);
            column.to_mut().push(id);
        }
        for column in [&mut self.descriptions, &mut self.dates, &mut self.line_sources, &mut self.rows] {
            let id = column.get(index);
            column.to_mut().push(id);
        }
        self.amounts.to_mut().push(amount);
        LineId(self.amounts.len() as u32 - 1)
    }

    /// Adds a line that has nothing but names and a description.
    pub(super) fn push_alone(
        &mut self,
        ids: [NameId; Dimension::COUNT],
        description: &str,
        amount: i64,
    ) -> LineId {
        for (column, id) in self.columns.iter_mut().zip(ids) {
            column.to_mut().push(id.0);
        }
        self.descriptions.to_mut().push(Arc::make_mut(&mut self.texts).add(description).0);
        for column in [&mut self.dates, &mut self.line_sources, &mut self.rows] {
            column.to_mut().push(0);
        }
        self.amounts.to_mut().push(amount);
        LineId(self.amounts.len() as u32 - 1)
    }

    /// Gives a line of a ledger that is made another range.
    pub(super) fn set_range(&mut self, line: LineId, range: AmountRange) {
        self.ranges.to_mut().set(line, range);
    }

    /// It is whole: from now on what is made of it shares its parts.
    pub(super) fn whole(mut self, cells: Cells) -> Self {
        self.cells = LedgerPart::Own(cells);
        for column in &mut self.columns {
            column.share();
        }
        for column in [&mut self.descriptions, &mut self.dates, &mut self.line_sources, &mut self.rows] {
            column.share();
        }
        self.amounts.share();
        self.ranges.share();
        self.sources.share();
        self.cells.share();
        self
    }

    /// Takes of a former ledger what says the same, so that of both it is in memory once.
    #[must_use]
    pub fn sharing_with(mut self, former: &Self) -> Self {
        for (own, former) in self.names.iter_mut().zip(&former.names) {
            if !Arc::ptr_eq(own, former) && own.is_same(former) {
                *own = Arc::clone(former);
            }
        }
        let columns = self.columns.iter_mut().zip(&former.columns);
        let columns = columns.chain([
            (&mut self.descriptions, &former.descriptions),
            (&mut self.dates, &former.dates),
            (&mut self.line_sources, &former.line_sources),
            (&mut self.rows, &former.rows),
        ]);
        for (own, former) in columns {
            own.share_with(former);
            if let LedgerPart::Shared(own) = own
                && let Some(own) = Arc::get_mut(own)
            {
                own.share_with(former);
            }
        }
        self.amounts.share_with(&former.amounts);
        self.ranges.share_with(&former.ranges);
        self.sources.share_with(&former.sources);
        self.cells.share_with(&former.cells);
        self
    }

    /// What it takes of memory, part by part: where each is, the same wherever it is shared, and what tells its bytes.
    pub fn parts(&self, part: &mut dyn FnMut(usize, &dyn Fn() -> usize)) {
        for names in self.names.iter().chain([&self.texts]) {
            part(Arc::as_ptr(names).addr(), &|| names.bytes());
        }
        let others = [&self.descriptions, &self.dates, &self.line_sources, &self.rows];
        for column in self.columns.iter().chain(others) {
            if let Some(address) = column.address() {
                column.parts(address, part);
            }
        }
        let mut list = |address: Option<usize>, bytes: &dyn Fn() -> usize| {
            if let Some(address) = address {
                part(address, bytes);
            }
        };
        list(self.amounts.address(), &|| self.amounts.capacity() * size_of::<i64>());
        list(self.ranges.address(), &|| self.ranges.bytes());
        list(self.sources.address(), &|| self.sources.capacity() * size_of::<Arc<Source>>());
        list(self.cells.address(), &|| self.cells.bytes());
        // Dates are few; the sums of a revision are a number for each name.
        if let Some(sums) = &self.sums_before {
            let numbers = || sums.iter().map(Vec::len).sum::<usize>();
            part(Arc::as_ptr(sums).addr(), &|| numbers() * size_of::<i128>());
        }
        if let Some(cells) = &self.cells_before {
            part(Arc::as_ptr(cells).addr(), &|| cells.bytes());
        }
    }

    /// The same lines, each with the sector that its agency says of itself.
    #[must_use]
    pub fn with_sectors(self: Arc<Self>, agencies: &[Agency]) -> Arc<Self> {
        let sectors: HashMap<NameId, &str> = agencies
            .iter()
            .filter_map(|agency| {
                Some((self.names(Dimension::Agency).id(&agency.name)?, agency.sector?.name()))
            })
            .collect();
        // Every combination of agency and sector is a cell: asking those saves a copy of all lines where
        // nothing changes.
        let agrees = |cell: &super::Cell| {
            let said = self.names(Dimension::Sector).name(cell.ids[Dimension::Sector.index()]);
            sectors.get(&cell.ids[Dimension::Agency.index()]).is_none_or(|sector| *sector == said)
        };
        if self.cells.iter().all(agrees) {
            return self;
        }
        let mut builder = LedgerBuilder::from(Self::clone(&self));
        builder.set_sectors(agencies);
        Arc::new(builder.finish())
    }

    /// The lines that `keep` lets through.
    #[must_use]
    pub fn retain(&self, keep: impl Fn(LineView<'_>) -> bool) -> Self {
        // Through the text of each line: names that no longer occur go with their lines, which `select` would
        // keep.
        let mut builder = LedgerBuilder::default();
        for source in self.sources.iter() {
            builder.add_source(Source::clone(source));
        }
        for line in self.lines().filter(|line| keep(*line)) {
            builder.push(&line.to_spend_line());
        }
        builder.finish()
    }

    /// Some of the lines, with the same names and sources under the same numbers.
    #[must_use]
    pub fn select(&self, keep: impl Fn(LineId) -> bool) -> Self {
        let mut selected = Self {
            // Names keep their numbers, so that filters, colours and decisions about the whole hold for the
            // part.
            names: self.names.clone(),
            texts: self.texts.clone(),
            known_dates: self.known_dates.clone(),
            sources: self.sources.clone(),
            ..Self::default()
        };
        let kept: Vec<u32> = (0..self.len() as u32).filter(|line| keep(LineId(*line))).collect();
        let picked = |column: &LedgerPart<IdColumn>| LedgerPart::Own(column.picked(&kept));
        selected.amounts = LedgerPart::Own(kept.iter().map(|&line| self.amounts[line as usize]).collect());
        for (column, from) in selected.columns.iter_mut().zip(&self.columns) {
            *column = picked(from);
        }
        selected.descriptions = picked(&self.descriptions);
        selected.dates = picked(&self.dates);
        selected.line_sources = picked(&self.line_sources);
        selected.rows = picked(&self.rows);
        selected.ranges = LedgerPart::Own(self.ranges.picked(&kept));
        let cells = Cells::of(&selected);
        selected.whole(cells)
    }
}
