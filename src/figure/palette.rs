//! Which name has which colour: the same in every view of a place, whatever is filtered out, so that a colour
//! can be learnt.

use std::collections::HashMap;

use super::{CATEGORIES, Color, Scheme};
use crate::dimension::{Dimension, Names, Sector, Stage};
use crate::ledger::Ledger;

/// Which name of a dimension has which color: the same in every view and whatever is filtered out.
///
/// Names are numbered by their money in the whole ledger, largest first; sectors, which every place has, in their
/// own order. Remainders, groups of several names, and names beyond those that have a hue are gray.
#[derive(Clone, Debug)]
pub struct Palette {
    scheme: Scheme,
    /// Of a name by itself, and of its bands.
    colors: HashMap<String, [Color; 2]>,
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
            .take(CATEGORIES)
            .map(|(index, name)| ((*name).to_owned(), [scheme.category(index), scheme.category_band(index)]))
            .collect();
        Self { scheme, colors }
    }

    /// From early to late, one hue; they are no categories but an order.
    fn of_stages(scheme: Scheme) -> Self {
        let colors = [Stage::Prevention, Stage::EarlyHelp, Stage::Acute]
            .into_iter()
            .enumerate()
            .map(|(index, stage)| {
                (stage.name().to_owned(), [scheme.sequence(index), scheme.sequence_band(index)])
            })
            .collect();
        Self { scheme, colors }
    }

    pub fn color(&self, name: &str) -> Color {
        self.colors.get(name).map_or_else(|| self.scheme.neutral(), |colors| colors[0])
    }

    /// The color of a name's bands: its own hue as a solid tint.
    pub fn band(&self, name: &str) -> Color {
        self.colors.get(name).map_or_else(|| self.scheme.rest_band(), |colors| colors[1])
    }
}

fn by_money(ledger: &Ledger, dimension: Dimension) -> Vec<&str> {
    ledger.names_by_money(dimension).into_iter().filter(|name| !Names::is_remainder(name)).collect()
}
