//! How firm money is: spent, planned, estimated or only in a model, and sums of each.

use std::iter::Sum;
use std::ops::AddAssign;

use crate::dimension::{Basis, Commitment, Dimension, Evidence};
use crate::ledger::{AmountRange, Cell, Ledger, full_or_between, short_or_about};
use crate::money::Money;

/// How firm an amount is, and so how it is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Spent, from accounts or as published; or nothing else was said.
    Firm,
    /// A budget or a forecast.
    Planned,
    Apportioned,
    Estimated,
    Illustrative,
    /// In a shadow pool, agreed in principle only: what moves in a model is drawn so, whatever its evidence.
    InPrinciple,
    Indicative,
    Shown,
}

impl Grade {
    pub const ALL: [Self; 8] = [
        Self::Firm,
        Self::Planned,
        Self::Apportioned,
        Self::Estimated,
        Self::Illustrative,
        Self::InPrinciple,
        Self::Indicative,
        Self::Shown,
    ];

    /// `estimated`, as it stands after a percentage.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Firm => "actual",
            Self::Planned => "budget or forecast",
            Self::Apportioned => "apportioned",
            Self::Estimated => "estimated",
            Self::Illustrative => "illustrative",
            Self::InPrinciple => "in the pool in principle",
            Self::Indicative => "indicatively in the pool",
            Self::Shown => "shown in the pool",
        }
    }
}

/// The grade of each cell of a ledger: how firmly it is in a pool, or its evidence, or where that is actual, its basis.
#[derive(Clone, Debug)]
pub struct Grades {
    commitment: Vec<Option<Grade>>,
    evidence: Vec<Option<Grade>>,
    basis: Vec<Grade>,
}

impl Grades {
    pub fn new(ledger: &Ledger) -> Self {
        let evidence = |name: &str| match name.parse() {
            Ok(Evidence::Apportioned) => Some(Grade::Apportioned),
            Ok(Evidence::Estimated) => Some(Grade::Estimated),
            Ok(Evidence::Illustrative) => Some(Grade::Illustrative),
            // Of actual money the basis is asked: a budget is known exactly and is still not spent.
            Ok(Evidence::Actual) | Err(_) => None,
        };
        let basis = |name: &str| match name.parse() {
            Ok(Basis::Budget | Basis::GrossBudget | Basis::Forecast) => Grade::Planned,
            _ => Grade::Firm,
        };
        let commitment = |name: &str| match name.parse() {
            Ok(Commitment::Shown) => Some(Grade::Shown),
            Ok(Commitment::Indicative) => Some(Grade::Indicative),
            Ok(Commitment::InPrinciple) => Some(Grade::InPrinciple),
            // What is agreed is money like any other, and shows its evidence.
            Ok(Commitment::Agreed) | Err(_) => None,
        };
        let commitments = ledger.names(Dimension::Commitment).iter();
        Self {
            commitment: commitments.map(|(_, name)| commitment(name)).collect(),
            evidence: ledger.names(Dimension::Evidence).iter().map(|(_, name)| evidence(name)).collect(),
            basis: ledger.names(Dimension::Basis).iter().map(|(_, name)| basis(name)).collect(),
        }
    }

    pub fn of(&self, cell: &Cell) -> Grade {
        let commitment = cell.ids[Dimension::Commitment.index()].index();
        self.commitment[commitment].unwrap_or_else(|| self.known(cell))
    }

    /// How well the cell's amount is known, in a pool or outside.
    pub fn known(&self, cell: &Cell) -> Grade {
        let index = |dimension: Dimension| cell.ids[dimension.index()].index();
        self.evidence[index(Dimension::Evidence)].unwrap_or(self.basis[index(Dimension::Basis)])
    }

    /// The cell's amount with its grade.
    pub fn graded(&self, cell: &Cell) -> Graded {
        Graded::new(self.of(cell), cell.amount)
    }
}

/// An amount by how firm it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Graded {
    by_grade: [Money; Grade::ALL.len()],
    /// By how much it may be less and more, £, where some of it has a low and a high.
    less: Money,
    more: Money,
}

impl Graded {
    pub const NOTHING: Self =
        Self { by_grade: [Money::ZERO; Grade::ALL.len()], less: Money::ZERO, more: Money::ZERO };

    pub fn new(grade: Grade, amount: Money) -> Self {
        let mut graded = Self::default();
        graded.by_grade[grade as usize] = amount;
        graded
    }

    pub fn total(&self) -> Money {
        self.by_grade.iter().copied().sum()
    }

    /// What it lies between, where it is not certain.
    pub fn range(&self) -> Option<AmountRange> {
        let total = self.total();
        let range = AmountRange { low: total - self.less, high: total + self.more };
        (range != AmountRange::of(total)).then_some(range)
    }

    /// To three figures; of an estimate with a word that says so.
    pub fn in_short(&self) -> String {
        short_or_about(self.total(), self.range().is_some())
    }

    /// To the penny, or between what it lies.
    pub fn in_full(&self) -> String {
        full_or_between(self.total(), self.range())
    }

    /// Takes in what one of the amounts that it is a sum of may be.
    pub(super) fn widen(&mut self, amount: Money, range: AmountRange) {
        self.less += amount - range.low;
        self.more += range.high - amount;
    }

    pub const fn of(&self, grade: Grade) -> Money {
        self.by_grade[grade as usize]
    }

    /// The grades that have an amount, firmest first.
    pub fn parts(&self) -> impl Iterator<Item = (Grade, Money)> + '_ {
        Grade::ALL.into_iter().map(|grade| (grade, self.of(grade))).filter(|(_, amount)| !amount.is_zero())
    }

    /// The grade that most of the amount has, by size.
    pub fn mostly(&self) -> Grade {
        // By size, since a large credit weighs as much; among equals the firmer one, which claims less of a
        // doubt.
        let largest =
            Grade::ALL.into_iter().max_by_key(|&grade| (self.of(grade).abs(), std::cmp::Reverse(grade)));
        largest.unwrap_or(Grade::Firm)
    }
}

impl AddAssign for Graded {
    fn add_assign(&mut self, other: Self) {
        for (amount, more) in self.by_grade.iter_mut().zip(other.by_grade) {
            *amount += more;
        }
        self.less += other.less;
        self.more += other.more;
    }
}

impl Sum for Graded {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), |mut sum, amount| {
            sum += amount;
            sum
        })
    }
}
