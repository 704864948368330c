//! Headings that mean one thing as they stand.

use super::kinds::{AmountMeasure, DateKind, Meaning};
use crate::dimension::Dimension;

/// What a heading means whose words are exactly these.
pub(super) fn known(key: &str) -> Option<(Meaning, u8)> {
    let dimension = |dimension| Some((Meaning::Dimension(dimension), 100));
    match key {
        "amount" => Some((Meaning::Amount(AmountMeasure::Stated), 100)),
        "spend" | "value" => Some((Meaning::Amount(AmountMeasure::Stated), 80)),
        "total" | "total £" | "grand total" => Some((Meaning::Amount(AmountMeasure::Stated), 70)),
        "description" => Some((Meaning::Description, 95)),
        "date" => Some((Meaning::Date(DateKind::Plain), 95)),
        "source" => Some((Meaning::Source, 60)),
        "row" => Some((Meaning::SourceRow, 60)),
        "funder" | "funders" | "funding source" | "source of funding" => dimension(Dimension::Funder),
        "agency" | "agencies" => dimension(Dimension::Agency),
        "pool" => dimension(Dimension::Pool),
        "theme" | "themes" | "outcome theme" => dimension(Dimension::Theme),
        "service" | "services" => dimension(Dimension::Service),
        "provider" => dimension(Dimension::Provider),
        "cohort" => dimension(Dimension::Cohort),
        "area" | "areas" => dimension(Dimension::Area),
        "supplier" | "suppliers" => dimension(Dimension::Supplier),
        "year" | "financial year" | "fiscal year" => Some((Meaning::Year, 100)),
        "stage" => dimension(Dimension::Stage),
        "spend type" | "capital revenue" => dimension(Dimension::Type),
        "ringfence" | "ring fence" | "ring fenced" => dimension(Dimension::Ringfence),
        "evidence" => dimension(Dimension::Evidence),
        "sector" => dimension(Dimension::Sector),
        "basis" => dimension(Dimension::Basis),
        "commitment" => dimension(Dimension::Commitment),
        "area of spend" => Some((Meaning::Dimension(Dimension::Service), 95)),
        "account type"
        | "direction"
        | "expense revenue"
        | "income expenditure"
        | "expenditure income"
        | "expenditure or income" => Some((Meaning::Direction, 90)),
        "number" | "identifier" | "reference" | "their reference" | "internal reference" => {
            Some((Meaning::Reference, 50))
        }
        // Fields of a council's ledger, as its reports head them.
        "strgrp" | "strgrpcc" | "nstrg" => Some((Meaning::Department, 60)),
        "cipfsubj" | "cipfsubs" => Some((Meaning::ExpenseType, 60)),
        "portfolio" => Some((Meaning::DepartmentFamily, 90)),
        "category" => Some((Meaning::SomeType, 70)),
        "ledger account" => Some((Meaning::ExpenseType, 80)),
        "company name" | "trading name" | "name" => Some((Meaning::Dimension(Dimension::Supplier), 40)),
        "title" => Some((Meaning::Description, 60)),
        "notes" | "comments" | "status" | "certified" | "class" | "subclass" | "detailed class" => {
            Some((Meaning::Passed, 60))
        }
        _ => None,
    }
}
