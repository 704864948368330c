//! Each theme's money by agency, by stage and by year, and how well it is known: what the themes view shows.

mod grades;
mod per_head;

use std::collections::{BTreeMap, HashMap};

use crate::dimension::{Dimension, NameId, Names, Stage};
use crate::ledger::{AmountRange, Cells, Filter, Ledger, LineId};
use crate::money::Money;

pub use grades::{Grade, Graded, Grades};
pub use per_head::{NoPerHead, people};

/// The filtered lines by theme, each theme divided by agency, stage and year. All sums are exact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breakdown {
    /// Largest first, remainders last; with those that only other years have.
    pub themes: Vec<Theme>,
    pub agencies: ThemeSplit,
    pub stages: ThemeSplit,
    /// By the same filter, but for every year.
    pub years: ThemeSplit,
    /// The years that the other amounts are of.
    pub years_in_view: Vec<String>,
    /// What the amounts count (budget, outturn, …) with how much of each.
    pub bases: Vec<(String, Money)>,
    pub total: Graded,
    /// How many lines were added.
    pub lines: u64,
}

/// One theme with its sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme {
    pub name: String,
    pub amount: Graded,
    pub lines: u64,
}

/// Each theme's money divided by one more dimension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThemeSplit {
    pub by: Dimension,
    /// Agencies largest first; stages and years in their order; remainders last.
    pub parts: Vec<SplitPart>,
    /// A row for each theme of the breakdown, an amount for each part.
    pub amounts: Vec<Vec<Graded>>,
}

/// One name of a split with its sum over all themes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SplitPart {
    pub name: String,
    pub amount: Graded,
}

impl Breakdown {
    pub fn of(ledger: &Ledger, filter: &Filter) -> Self {
        let in_view = filter.resolve(ledger).cells(false);
        let mut any_year = filter.clone();
        any_year.chips.retain(|chip| chip.dimension != Dimension::Year);
        let over_years =
            if any_year == *filter { in_view.clone() } else { any_year.resolve(ledger).cells(false) };
        // A budget does not go on as an outturn: other years count only where they count the same thing.
        let bases = in_view.occurring(Dimension::Basis);
        let over_years = over_years.with_names(Dimension::Basis, &bases);
        let mut breakdown = Self::of_cells(ledger, &in_view, &over_years);
        if ledger.has_ranges() {
            let (in_view, over_years) = (filter.resolve(ledger), any_year.resolve(ledger));
            let counts_the_same = |line| bases.contains(&ledger.name_id(line, Dimension::Basis));
            breakdown.widen(
                ledger,
                |line| in_view.passes(line),
                |line| over_years.passes(line) && counts_the_same(line),
            );
        }
        breakdown
    }

    /// Takes in what the amounts of lines in view, and of the same over all years, may be.
    fn widen(
        &mut self,
        ledger: &Ledger,
        in_view: impl Fn(LineId) -> bool,
        over_years: impl Fn(LineId) -> bool,
    ) {
        for (line, range) in ledger.ranges() {
            let (view, amount) = (ledger.line(line), ledger.amount(line));
            let named = view.name(Dimension::Theme);
            let Some(theme) = self.themes.iter().position(|theme| theme.name == named) else { continue };
            if in_view(line) {
                self.total.widen(amount, range);
                self.themes[theme].amount.widen(amount, range);
                for split in [&mut self.agencies, &mut self.stages] {
                    split.widen(theme, view.name(split.by), amount, range);
                }
            }
            if over_years(line) {
                self.years.widen(theme, view.name(Dimension::Year), amount, range);
            }
        }
    }

    /// Of the cells in view, and of the same without regard to the year.
    pub fn of_cells(ledger: &Ledger, in_view: &Cells, over_years: &Cells) -> Self {
        let grades = Grades::new(ledger);
        let themes = Themes::of(ledger, &grades, in_view, over_years);
        let total = themes.listed.iter().map(|theme| theme.amount).sum();
        let mut agencies = themes.split(ledger, &grades, in_view, Dimension::Agency);
        // Agencies by their money; stages and years have an order of their own, which no amount may turn.
        agencies.sort_by_key(|part| std::cmp::Reverse(part.amount.total()));
        let mut stages = themes.split(ledger, &grades, in_view, Dimension::Stage);
        stages.sort_by_key(|part| Stage::ALL.iter().position(|stage| stage.name() == part.name));
        let mut years = themes.split(ledger, &grades, over_years, Dimension::Year);
        years.sort_by_key(|part| part.name.clone());
        let mut bases: BTreeMap<String, Money> = BTreeMap::new();
        for cell in in_view.iter() {
            let name = ledger.names(Dimension::Basis).name(cell.ids[Dimension::Basis.index()]);
            *bases.entry(name.to_owned()).or_default() += cell.amount;
        }
        let years_in_view = in_view
            .occurring(Dimension::Year)
            .into_iter()
            .map(|id| ledger.names(Dimension::Year).name(id).to_owned());
        let mut years_in_view: Vec<String> = years_in_view.collect();
        years_in_view.sort();
        Self {
            themes: themes.listed,
            agencies,
            stages,
            years,
            years_in_view,
            bases: bases.into_iter().collect(),
            total,
            lines: in_view.line_count(),
        }
    }

    /// What one person's part of an amount is, to the penny, or why that cannot be said.
    ///
    /// # Errors
    /// Where no population is known, or the amounts are of several years.
    pub fn per_head(&self, amount: Money, people: Result<u64, NoPerHead>) -> Result<Money, NoPerHead> {
        let people = people?;
        match self.years_in_view.len() {
            0 | 1 => Ok(amount.per(people)),
            several => Err(NoPerHead::SeveralYears(several)),
        }
    }

    /// The breakdown with no more than `most` themes: the smallest go together as "Other (4 themes)".
    ///
    /// Remainders, and themes that only other years have, stay what they are.
    #[must_use]
    pub fn with_themes(mut self, most: usize) -> Self {
        let is_named = |theme: &&Theme| theme.lines > 0 && !Names::is_remainder(&theme.name);
        let in_view = self.themes.iter().filter(|theme| theme.lines > 0).count();
        let named = self.themes.iter().take_while(is_named).count();
        // One name and "Other" at least: all of it as "Other" would be no breakdown.
        let room = most.saturating_sub(in_view - named).max(2);
        if named <= room {
            return self;
        }
        let folded = room - 1..named;
        let other = Theme {
            name: format!("Other ({} themes)", folded.len()),
            amount: self.themes[folded.clone()].iter().map(|theme| theme.amount).sum(),
            lines: self.themes[folded.clone()].iter().map(|theme| theme.lines).sum(),
        };
        self.themes.splice(folded.clone(), [other]);
        for split in [&mut self.agencies, &mut self.stages, &mut self.years] {
            let sum = |part: usize| split.amounts[folded.clone()].iter().map(|row| row[part]).sum();
            let other: Vec<Graded> = (0..split.parts.len()).map(sum).collect();
            split.amounts.splice(folded.clone(), [other]);
        }
        self
    }
}

impl ThemeSplit {
    /// The split with no more than `most` parts: the smallest go together as "Other (4 agencies)".
    ///
    /// Remainders stay what they are.
    #[must_use]
    pub fn with_parts(mut self, most: usize) -> Self {
        let named = self.parts.iter().filter(|part| !Names::is_remainder(&part.name)).count();
        let room = most.saturating_sub(self.parts.len() - named).max(2);
        if named <= room {
            return self;
        }
        let folded = room - 1..named;
        let other = SplitPart {
            name: format!("Other ({} {})", folded.len(), self.by.plural()),
            amount: self.parts[folded.clone()].iter().map(|part| part.amount).sum(),
        };
        self.parts.splice(folded.clone(), [other]);
        for row in &mut self.amounts {
            let other: Graded = row[folded.clone()].iter().copied().sum();
            row.splice(folded.clone(), [other]);
        }
        self
    }

    fn widen(&mut self, theme: usize, name: &str, amount: Money, range: AmountRange) {
        if let Some(part) = self.parts.iter().position(|part| part.name == name) {
            self.parts[part].amount.widen(amount, range);
            self.amounts[theme][part].widen(amount, range);
        }
    }

    /// Puts the parts in order, remainders last.
    fn sort_by_key<K: Ord>(&mut self, key: impl Fn(&SplitPart) -> K) {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|&index| {
            let part = &self.parts[index];
            (part.name == Names::NOT_STATED, Names::is_remainder(&part.name), key(part), part.name.clone())
        });
        self.parts = order.iter().map(|&index| self.parts[index].clone()).collect();
        for row in &mut self.amounts {
            *row = order.iter().map(|&index| row[index]).collect();
        }
    }
}

/// The themes in their order, and where each stands.
struct Themes {
    listed: Vec<Theme>,
    places: HashMap<NameId, usize>,
}

impl Themes {
    fn of(ledger: &Ledger, grades: &Grades, in_view: &Cells, over_years: &Cells) -> Self {
        let mut sums: BTreeMap<NameId, (Graded, u64, Money)> = BTreeMap::new();
        for cell in in_view.iter() {
            let sum = sums.entry(cell.ids[Dimension::Theme.index()]).or_default();
            sum.0 += grades.graded(cell);
            sum.1 += u64::from(cell.lines);
        }
        for cell in over_years.iter() {
            sums.entry(cell.ids[Dimension::Theme.index()]).or_default().2 += cell.amount;
        }
        let names = ledger.names(Dimension::Theme);
        let mut sums: Vec<_> = sums.into_iter().collect();
        sums.sort_by(|(a, (a_sum, a_lines, a_years)), (b, (b_sum, b_lines, b_years))| {
            let last = |id: NameId| (id == NameId::NOT_STATED, Names::is_remainder(names.name(id)));
            (*a_lines == 0)
                .cmp(&(*b_lines == 0))
                .then(last(*a).cmp(&last(*b)))
                .then(b_sum.total().cmp(&a_sum.total()))
                .then(b_years.cmp(a_years))
                .then_with(|| names.name(*a).cmp(names.name(*b)))
        });
        let places = sums.iter().enumerate().map(|(place, (id, _))| (*id, place)).collect();
        let listed = sums
            .into_iter()
            .map(|(id, (amount, lines, _))| Theme { name: names.name(id).to_owned(), amount, lines })
            .collect();
        Self { listed, places }
    }

    fn split(&self, ledger: &Ledger, grades: &Grades, cells: &Cells, by: Dimension) -> ThemeSplit {
        let names = ledger.names(by);
        let occurring = cells.occurring(by);
        let columns: HashMap<NameId, usize> =
            occurring.iter().enumerate().map(|(column, &id)| (id, column)).collect();
        let mut parts: Vec<SplitPart> = occurring
            .iter()
            .map(|&id| SplitPart { name: names.name(id).to_owned(), amount: Graded::default() })
            .collect();
        let mut amounts = vec![vec![Graded::default(); parts.len()]; self.listed.len()];
        for cell in cells.iter() {
            let column = columns[&cell.ids[by.index()]];
            let row = self.places[&cell.ids[Dimension::Theme.index()]];
            let amount = grades.graded(cell);
            amounts[row][column] += amount;
            parts[column].amount += amount;
        }
        ThemeSplit { by, parts, amounts }
    }
}
