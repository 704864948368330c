//! What the themes view shows, worked out once for a filter and a width.

use std::collections::BTreeSet;

use super::spot::Spot;
use crate::dimension::{Dimension, Names};
use crate::figure::{Color, Palette, Scheme};
use crate::flow::breakdown::{Breakdown, Graded, Split};
use crate::money::{Money, in_short};
use crate::place::Place;

/// The rows of the view: more themes than these go together as one.
const MOST_THEMES: usize = 24;

/// The breakdown with a spot for everything that can be pressed.
pub(super) struct Shown {
    pub(super) total: Graded,
    pub(super) rows: Vec<Row>,
    /// The columns of the heat table and the pieces of the bars.
    pub(super) columns: Vec<Column>,
    pub(super) stages: Vec<Stage>,
    pub(super) years: Vec<String>,
    pub(super) years_in_view: Vec<String>,
    pub(super) trends: Vec<Trend>,
    pub(super) scheme: Scheme,
}

/// A theme that has money in view.
pub(super) struct Row {
    pub(super) spot: Spot,
    /// By agency, for each column; nothing where no line is.
    pub(super) cells: Vec<Option<Spot>>,
    pub(super) stages: Vec<Option<Spot>>,
}

pub(super) struct Column {
    /// As short as the place has it.
    pub(super) name: String,
    pub(super) color: Color,
    pub(super) spot: Spot,
}

pub(super) struct Stage {
    pub(super) name: String,
    pub(super) color: Color,
    pub(super) spot: Spot,
}

/// A theme's amounts for each of [`Shown::years`].
pub(super) struct Trend {
    pub(super) spot: Spot,
    pub(super) years: Vec<Spot>,
}

impl Shown {
    /// What no theme is known of, in view.
    pub(super) fn without_theme(&self) -> Money {
        let without = self.rows.iter().find(|row| row.spot.title == Names::NOT_STATED);
        without.map_or(Money::ZERO, |row| row.spot.amount.total())
    }

    /// The breakdown with no more agencies than there is room for.
    pub(super) fn new(place: &Place, whole: &Breakdown, scheme: Scheme, most_columns: usize) -> Self {
        let folded = whole.clone().with_themes(MOST_THEMES);
        let agencies = folded.agencies.clone().with_parts(most_columns);
        let palette = Palette::new(&place.ledger, Dimension::Agency, scheme);
        let stage_palette = Palette::new(&place.ledger, Dimension::Stage, scheme);
        let all_themes: Vec<&str> = whole.themes.iter().map(|theme| theme.name.as_str()).collect();
        let kept_themes: Vec<&str> = folded.themes.iter().map(|theme| theme.name.as_str()).collect();
        let all_agencies = names(&whole.agencies);
        let kept_agencies = names(&agencies);
        let total = (whole.total.total(), "the total".to_owned());
        let theme_names = |name: &str| (Dimension::Theme, behind(name, &all_themes, &kept_themes));
        let short = |name: &str| {
            let known = place.agencies.iter().find(|agency| agency.name == name);
            known.and_then(|agency| agency.short.clone()).unwrap_or_else(|| name.to_owned())
        };

        let columns: Vec<Column> = agencies
            .parts
            .iter()
            .map(|part| Column {
                name: short(&part.name),
                color: palette.color(&part.name),
                spot: Spot {
                    title: part.name.clone(),
                    conditions: vec![(Dimension::Agency, behind(&part.name, &all_agencies, &kept_agencies))],
                    amount: part.amount,
                    wholes: vec![total.clone()],
                },
            })
            .collect();
        let stages: Vec<Stage> = folded
            .stages
            .parts
            .iter()
            .map(|part| Stage {
                name: part.name.clone(),
                color: if part.name == Names::NOT_STATED {
                    scheme.muted()
                } else {
                    stage_palette.color(&part.name)
                },
                spot: Spot {
                    title: part.name.clone(),
                    conditions: vec![(Dimension::Stage, BTreeSet::from([part.name.clone()]))],
                    amount: part.amount,
                    wholes: vec![total.clone()],
                },
            })
            .collect();
        let years: Vec<String> = names(&folded.years)
            .into_iter()
            .filter(|year| *year != Names::NOT_STATED)
            .map(str::to_owned)
            .collect();

        let mut rows = Vec::new();
        let mut trends = Vec::new();
        for (index, theme) in folded.themes.iter().enumerate() {
            let of_theme = (theme.amount.total(), theme.name.clone());
            let spot = Spot {
                title: theme.name.clone(),
                conditions: vec![theme_names(&theme.name)],
                amount: theme.amount,
                wholes: vec![total.clone()],
            };
            let meet = |other: &Spot, amount: &Graded, wholes: Vec<(Money, String)>| {
                let mut conditions = spot.conditions.clone();
                conditions.extend(other.conditions.clone());
                let title = if other.title == spot.title {
                    other.title.clone()
                } else {
                    format!("{}: {}", other.title, spot.title)
                };
                (amount.parts().next().is_some()).then_some(Spot {
                    title,
                    conditions,
                    amount: *amount,
                    wholes,
                })
            };
            let cells = columns.iter().zip(&agencies.amounts[index]).map(|(column, amount)| {
                let of_agency = (column.spot.amount.total(), column.spot.title.clone());
                meet(&column.spot, amount, vec![of_theme.clone(), of_agency, total.clone()])
            });
            let by_stage = stages.iter().zip(&folded.stages.amounts[index]).map(|(stage, amount)| {
                let of_stage = (stage.spot.amount.total(), format!("all {}", stage.name.to_lowercase()));
                meet(&stage.spot, amount, vec![of_theme.clone(), of_stage])
            });
            let (cells, by_stage) = (cells.collect(), by_stage.collect());
            let by_year: Vec<Spot> =
                years.iter().map(|year| year_spot(&folded.years, index, year, &spot)).collect();
            if by_year.iter().any(|spot| !spot.amount.total().is_zero()) {
                trends.push(Trend { spot: spot.clone(), years: by_year });
            }
            if theme.lines > 0 {
                rows.push(Row { spot, cells, stages: by_stage });
            }
        }
        Self {
            total: whole.total,
            rows,
            columns,
            stages,
            years,
            years_in_view: whole.years_in_view.clone(),
            trends,
            scheme,
        }
    }

    /// Whether any line says that it is prevention, early help or acute.
    pub(super) fn has_stages(&self) -> bool {
        self.stages
            .iter()
            .any(|stage| !Names::is_remainder(&stage.name) && !stage.spot.amount.total().is_zero())
    }

    pub(super) fn has_trend(&self) -> bool {
        self.years.len() > 1
    }

    /// "£3.42bn".
    pub(super) fn total_in_short(&self) -> String {
        in_short(self.total.total())
    }
}

fn year_spot(years: &Split, theme: usize, year: &str, of: &Spot) -> Spot {
    let part = years.parts.iter().position(|part| part.name == year);
    let of_year = part.map_or(Money::ZERO, |part| years.parts[part].amount.total());
    let mut conditions = of.conditions.clone();
    conditions.push((Dimension::Year, BTreeSet::from([year.to_owned()])));
    Spot {
        title: format!("{}, {year}", of.title),
        conditions,
        amount: part.map_or(Graded::NOTHING, |part| years.amounts[theme][part]),
        wholes: vec![(of_year, year.to_owned())],
    }
}

fn names(split: &Split) -> Vec<&str> {
    split.parts.iter().map(|part| part.name.as_str()).collect()
}

/// The names that stand behind one that is shown: itself, or for a group all that have no place of their own.
fn behind(name: &str, all: &[&str], kept: &[&str]) -> BTreeSet<String> {
    if all.contains(&name) {
        return BTreeSet::from([name.to_owned()]);
    }
    all.iter().filter(|name| !kept.contains(name)).map(|name| (*name).to_owned()).collect()
}
