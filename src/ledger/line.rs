//! One line of spending: its number in a ledger, as it is written in a place's file, and as it is looked at
//! where it lies.

use serde::{Deserialize, Serialize};

use super::{AmountRange, Ledger, Provenance};
use crate::dimension::{Date, Dimension, NameId};
use crate::money::Money;

/// The number of a line in its ledger.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineId(pub u32);

impl LineId {
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// One row of spending as it is written in a place file: an amount with its dimensions and where it is from.
///
/// A dimension that is not stated is `None`. `source` names a [`super::Source`] of the place by its key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpendLine {
    pub amount: Money,
    /// The least that an estimated amount may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub low: Option<Money>,
    /// The most that an estimated amount may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub year: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub funder: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub agency: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub theme: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provider: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cohort: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<String>,
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub spend_type: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ringfence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub basis: Option<String>,
    /// In a scenario: how firmly the line's part of the pool is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment: Option<String>,
    /// Only where the place lists no agency of this name; otherwise the agency's own sector holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sector: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pool: Option<String>,
    /// `2011-08-31`, or `2011-08` where only the month is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The row of the source's file that the line was read from, as a spreadsheet numbers it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

impl SpendLine {
    /// What its amount may be, where it says that; a side that is not stated ends at the amount.
    pub fn range(&self) -> Option<AmountRange> {
        let is_stated = self.low.is_some() || self.high.is_some();
        let or_amount = |side: Option<Money>| side.unwrap_or(self.amount);
        is_stated.then(|| AmountRange { low: or_amount(self.low), high: or_amount(self.high) })
    }

    pub fn get(&self, dimension: Dimension) -> Option<&str> {
        match dimension {
            Dimension::Funder => self.funder.as_deref(),
            Dimension::Agency => self.agency.as_deref(),
            Dimension::Pool => self.pool.as_deref(),
            Dimension::Theme => self.theme.as_deref(),
            Dimension::Service => self.service.as_deref(),
            Dimension::Provider => self.provider.as_deref(),
            Dimension::Cohort => self.cohort.as_deref(),
            Dimension::Area => self.area.as_deref(),
            Dimension::Supplier => self.supplier.as_deref(),
            Dimension::Year => self.year.as_deref(),
            Dimension::Stage => self.stage.as_deref(),
            Dimension::Type => self.spend_type.as_deref(),
            Dimension::Ringfence => self.ringfence.as_deref(),
            Dimension::Evidence => self.evidence.as_deref(),
            Dimension::Sector => self.sector.as_deref(),
            Dimension::Basis => self.basis.as_deref(),
            Dimension::Commitment => self.commitment.as_deref(),
        }
    }

    pub fn set(&mut self, dimension: Dimension, name: Option<String>) {
        let slot = match dimension {
            Dimension::Funder => &mut self.funder,
            Dimension::Agency => &mut self.agency,
            Dimension::Pool => &mut self.pool,
            Dimension::Theme => &mut self.theme,
            Dimension::Service => &mut self.service,
            Dimension::Provider => &mut self.provider,
            Dimension::Cohort => &mut self.cohort,
            Dimension::Area => &mut self.area,
            Dimension::Supplier => &mut self.supplier,
            Dimension::Year => &mut self.year,
            Dimension::Stage => &mut self.stage,
            Dimension::Type => &mut self.spend_type,
            Dimension::Ringfence => &mut self.ringfence,
            Dimension::Evidence => &mut self.evidence,
            Dimension::Sector => &mut self.sector,
            Dimension::Basis => &mut self.basis,
            Dimension::Commitment => &mut self.commitment,
        };
        *slot = name;
    }
}

/// A line of a ledger, looked at where it lies.
#[derive(Clone, Copy)]
pub struct LineView<'a> {
    pub(super) ledger: &'a Ledger,
    pub(super) id: LineId,
}

impl<'a> LineView<'a> {
    pub fn id(&self) -> LineId {
        self.id
    }

    pub fn amount(&self) -> Money {
        self.ledger.amount(self.id)
    }

    /// What its amount may be, where that is stated.
    pub fn range(&self) -> Option<AmountRange> {
        self.ledger.range(self.id)
    }

    pub fn name_id(&self, dimension: Dimension) -> NameId {
        self.ledger.name_id(self.id, dimension)
    }

    pub fn name(&self, dimension: Dimension) -> &'a str {
        self.ledger.names(dimension).name(self.name_id(dimension))
    }

    /// The narrative of the line; empty where there is none.
    pub fn description(&self) -> &'a str {
        self.ledger.description(self.id)
    }

    /// When it was paid, where that is stated.
    pub fn date(&self) -> Option<Date> {
        self.ledger.date(self.id)
    }

    pub fn provenance(&self) -> Provenance<'a> {
        self.ledger.provenance(self.id)
    }

    /// The line by itself, as a place file writes it.
    pub fn to_spend_line(&self) -> SpendLine {
        // By dimension and not field by field: a new dimension is written without anybody remembering this
        // place.
        let mut line = SpendLine { amount: self.amount(), ..SpendLine::default() };
        if let Some(range) = self.range() {
            (line.low, line.high) = (Some(range.low), Some(range.high));
        }
        for dimension in Dimension::ALL {
            let id = self.name_id(dimension);
            if id != NameId::NOT_STATED {
                line.set(dimension, Some(self.ledger.names(dimension).name(id).to_owned()));
            }
        }
        line.description = Some(self.description()).filter(|text| !text.is_empty()).map(str::to_owned);
        line.date = self.date();
        let provenance = self.provenance();
        line.source = provenance.source.map(|source| source.key.clone());
        line.row = provenance.row;
        line
    }
}
