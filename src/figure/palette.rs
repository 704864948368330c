use std::collections::HashMap;

use super::{Color, Scheme};
use crate::dimension::{Dimension, Names, Sector, Stage};
use crate::ledger::Ledger;

/// Which name of a dimension has which color: the same in every view and whatever is filtered out.
///
/// Names are numbered by their money in the whole ledger, largest first; sectors, which every place has, in their
/// own order. Remainders and groups of several names are gray.
#[derive(Clone, Debug)]
pub struct Palette {
    scheme: Scheme,
    colors: HashMap<String, Color>,
}

impl Palette {
    pub fn new(ledger: &Ledger, dimension: Dimension, scheme: Scheme) -> Self {
        let fixed: Option<Vec<&str>> = match dimension {
            Dimension::Sector => Some(Sector::ALL.map(Sector::name).to_vec()),
            _ => None,
        };
        let names: Vec<&str> = match dimension {
            Dimension::Stage => return Self::of_stages(scheme),
            _ => fixed.unwrap_or_else(|| by_money(ledger, dimension)),
        };
        let colors = names
            .iter()
            .enumerate()
            .map(|(index, name)| ((*name).to_owned(), scheme.category(index)))
            .collect();
        Self { scheme, colors }
    }

    /// From early to late, dark to light; they are no categories but an order.
    fn of_stages(scheme: Scheme) -> Self {
        let colors = [Stage::Prevention, Stage::EarlyHelp, Stage::Acute]
            .into_iter()
            .enumerate()
            .map(|(index, stage)| (stage.name().to_owned(), scheme.sequence(index)))
            .collect();
        Self { scheme, colors }
    }

    pub fn color(&self, name: &str) -> Color {
        self.colors.get(name).copied().unwrap_or_else(|| self.scheme.neutral())
    }
}

fn by_money(ledger: &Ledger, dimension: Dimension) -> Vec<&str> {
    let names = ledger.names(dimension);
    let mut sums = vec![0_i128; names.len()];
    for cell in ledger.cells().iter() {
        sums[cell.ids[dimension.index()].index()] += cell.amount.units();
    }
    let mut order: Vec<(i128, &str)> = names
        .iter()
        .map(|(id, name)| (sums[id.index()], name))
        .filter(|(_, name)| !Names::is_remainder(name))
        .collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    order.into_iter().map(|(_, name)| name).collect()
}
