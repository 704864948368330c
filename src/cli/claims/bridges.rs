//! Bridges between two counts of a place, told with its claims: what is explained, and the rest as a row.

use serde::Serialize;

use crate::appraisal::{AppraisalFinding, Bridge, BridgeFigures};
use crate::export::{TextColumn, table_text};
use crate::money::Money;
use crate::place::Place;

/// What no item of a bridge explains.
const NOT_EXPLAINED: &str = "Not explained";

/// The bridges of a place that reach from one control total to another.
pub(super) struct ListedBridge<'a> {
    place: &'a str,
    bridge: &'a Bridge,
    figures: BridgeFigures,
}

impl<'a> ListedBridge<'a> {
    /// Those of a place; of one that names no control total the finding is told.
    pub(super) fn of_place(place: &'a Place, findings: &mut Vec<AppraisalFinding>) -> Vec<Self> {
        let listed = |bridge: &'a Bridge| match bridge.figures(&place.control_totals) {
            Ok(figures) => Some(Self { place: &place.name, bridge, figures }),
            Err(finding) => {
                findings.push(finding);
                None
            }
        };
        place.bridges.iter().filter_map(listed).collect()
    }

    /// From one count over the items to the other.
    pub(super) fn table(&self) -> String {
        let BridgeFigures { from, to, not_explained } = self.figures;
        let items = &self.bridge.items;
        let names =
            [self.bridge.from.as_str()].into_iter().chain(items.iter().map(|item| item.what.as_str()));
        let amounts =
            [from].into_iter().chain(items.iter().map(|item| item.amount)).chain([not_explained, to]);
        let columns = [
            TextColumn::names("Bridge", names.chain([NOT_EXPLAINED, self.bridge.to.as_str()])),
            TextColumn::amounts("Amount (£)", &amounts.collect::<Vec<Money>>()),
        ];
        format!("\n{}", table_text(&columns, true))
    }
}

/// A bridge as JSON.
#[derive(Serialize)]
pub(super) struct BridgeOut<'a> {
    place: &'a str,
    from: &'a str,
    to: &'a str,
    from_amount: Money,
    to_amount: Money,
    items: Vec<BridgeItemOut<'a>>,
    not_explained: Money,
}

#[derive(Serialize)]
struct BridgeItemOut<'a> {
    what: &'a str,
    amount: Money,
}

impl<'a> BridgeOut<'a> {
    pub(super) fn of(listed: &ListedBridge<'a>) -> Self {
        let items = &listed.bridge.items;
        Self {
            place: listed.place,
            from: &listed.bridge.from,
            to: &listed.bridge.to,
            from_amount: listed.figures.from,
            to_amount: listed.figures.to,
            items: items.iter().map(|item| BridgeItemOut { what: &item.what, amount: item.amount }).collect(),
            not_explained: listed.figures.not_explained,
        }
    }
}
