//! What the picture of themes shows: a breakdown with no more themes and agencies than there is room for, and what
//! stands behind each of them.

use std::collections::BTreeSet;

use super::super::{Color, Palette};
use super::spot::SpotMeaning;
use super::{ThemesOptions, ThemesTrend, ThemesTrends};
use crate::dimension::{Dimension, Names, shown_name};
use crate::flow::breakdown::{Breakdown, Graded, ThemeSplit};
use crate::money::Money;

/// A breakdown before it is known how much of it there is room for.
#[derive(Clone, Copy)]
pub(super) struct Unfolded<'a> {
    breakdown: &'a Breakdown,
    options: &'a ThemesOptions<'a>,
}

/// The breakdown with a meaning for everything that can be pressed.
pub(super) struct ThemesContent {
    pub(super) rows: Vec<ThemeRow>,
    /// The columns of the heat table and the pieces of the bars.
    pub(super) columns: Vec<ThemesColumn>,
    pub(super) stages: Vec<ThemesColumn>,
    pub(super) years: Vec<String>,
    pub(super) trends: Vec<TrendChart>,
}

/// A theme that has money in view.
pub(super) struct ThemeRow {
    pub(super) theme: SpotMeaning,
    /// By agency, for each column; nothing where no line is.
    pub(super) cells: Vec<Option<SpotMeaning>>,
    pub(super) stages: Vec<Option<SpotMeaning>>,
}

/// An agency or a stage.
pub(super) struct ThemesColumn {
    /// As short as the place has it.
    pub(super) short: String,
    pub(super) color: Color,
    pub(super) meaning: SpotMeaning,
}

/// A theme's amounts for each of [`ThemesContent::years`].
pub(super) struct TrendChart {
    pub(super) theme: SpotMeaning,
    pub(super) years: Vec<SpotMeaning>,
    pub(super) color: Color,
}

impl<'a> Unfolded<'a> {
    pub(super) const fn new(breakdown: &'a Breakdown, options: &'a ThemesOptions<'a>) -> Self {
        Self { breakdown, options }
    }

    pub(super) const fn total(&self) -> &Graded {
        &self.breakdown.total
    }

    pub(super) fn agencies(&self) -> usize {
        self.breakdown.agencies.parts.len()
    }

    /// What stands above the columns, where there is room for so many.
    pub(super) fn column_names(&self, most: usize) -> Vec<String> {
        let agencies = self.breakdown.agencies.clone().with_parts(most);
        agencies.parts.iter().map(|part| self.short(&part.name)).collect()
    }

    /// What a name is on the picture, where room is dear.
    fn short(&self, agency: &str) -> String {
        shown_name(Dimension::Agency, agency, self.options.agencies).into_owned()
    }

    /// Whether any line says that it is prevention, early help or acute.
    pub(super) fn has_stages(&self) -> bool {
        let parts = &self.breakdown.stages.parts;
        parts.iter().any(|part| !Names::is_remainder(&part.name) && !part.amount.total().is_zero())
    }

    pub(super) fn has_trend(&self) -> bool {
        years(&self.breakdown.years).len() > 1
    }

    /// The breakdown with no more themes and agencies than these.
    pub(super) fn content(&self, most_themes: usize, most_columns: usize) -> ThemesContent {
        let whole = self.breakdown;
        let folded = whole.clone().with_themes(most_themes);
        let agencies = folded.agencies.clone().with_parts(most_columns);
        let theme_colors = self.palette(Dimension::Theme);
        let all_themes: Vec<&str> = whole.themes.iter().map(|theme| theme.name.as_str()).collect();
        let kept_themes: Vec<&str> = folded.themes.iter().map(|theme| theme.name.as_str()).collect();
        let total = (whole.total.total(), "the total".to_owned());

        let columns = self.agency_columns(&agencies, &total);
        let stages = self.stage_columns(&folded.stages, &total);
        let years = years(&folded.years);
        let (mut rows, mut trends) = (Vec::new(), Vec::new());
        for (index, theme) in folded.themes.iter().enumerate() {
            let of_theme = (theme.amount.total(), theme.name.clone());
            let meaning = SpotMeaning {
                title: theme.name.clone(),
                conditions: vec![(Dimension::Theme, behind(&theme.name, &all_themes, &kept_themes))],
                amount: theme.amount,
                wholes: vec![total.clone()],
            };
            let cells = columns.iter().zip(&agencies.amounts[index]).map(|(column, amount)| {
                let of_agency = (column.meaning.amount.total(), column.meaning.title.clone());
                meet(&column.meaning, &meaning, amount, vec![of_theme.clone(), of_agency, total.clone()])
            });
            let by_stage = stages.iter().zip(&folded.stages.amounts[index]).map(|(stage, amount)| {
                let all = format!("all {}", stage.meaning.title.to_lowercase());
                let of_stage = (stage.meaning.amount.total(), all);
                meet(&stage.meaning, &meaning, amount, vec![of_theme.clone(), of_stage])
            });
            let (cells, stages) = (cells.collect(), by_stage.collect());
            let by_year: Vec<SpotMeaning> =
                years.iter().map(|year| of_year(&folded.years, index, year, &meaning)).collect();
            if by_year.iter().any(|year| !year.amount.total().is_zero()) {
                let color = theme_colors.color(&theme.name);
                trends.push(TrendChart { theme: meaning.clone(), years: by_year, color });
            }
            if theme.lines > 0 {
                rows.push(ThemeRow { theme: meaning, cells, stages });
            }
        }
        ThemesContent { rows, columns, stages, years, trends }
    }

    fn palette(&self, dimension: Dimension) -> Palette {
        Palette::new(self.options.ledger, dimension, self.options.scheme)
    }

    fn agency_columns(&self, agencies: &ThemeSplit, total: &(Money, String)) -> Vec<ThemesColumn> {
        let palette = self.palette(Dimension::Agency);
        let (all, kept) = (names(&self.breakdown.agencies), names(agencies));
        let column = |(name, amount): (&str, Graded)| ThemesColumn {
            short: self.short(name),
            color: palette.color(name),
            meaning: SpotMeaning {
                title: name.to_owned(),
                conditions: vec![(Dimension::Agency, behind(name, &all, &kept))],
                amount,
                wholes: vec![total.clone()],
            },
        };
        agencies.parts.iter().map(|part| column((&part.name, part.amount))).collect()
    }

    /// What nobody classified is gray, what nobody stated is paler still.
    fn stage_columns(&self, stages: &ThemeSplit, total: &(Money, String)) -> Vec<ThemesColumn> {
        let palette = self.palette(Dimension::Stage);
        let color = |name: &str| match name {
            Names::NOT_STATED => self.options.scheme.muted(),
            name => palette.color(name),
        };
        let column = |(name, amount): (&str, Graded)| ThemesColumn {
            short: name.to_owned(),
            color: color(name),
            meaning: SpotMeaning {
                title: name.to_owned(),
                conditions: vec![(Dimension::Stage, BTreeSet::from([name.to_owned()]))],
                amount,
                wholes: vec![total.clone()],
            },
        };
        stages.parts.iter().map(|part| column((&part.name, part.amount))).collect()
    }
}

impl ThemesContent {
    /// The years as they are told beside the picture.
    pub(super) fn trends(&self) -> ThemesTrends {
        let theme = |trend: &TrendChart| ThemesTrend {
            title: trend.theme.title.clone(),
            color: trend.color,
            amounts: trend.years.iter().map(|year| year.amount).collect(),
        };
        ThemesTrends { years: self.years.clone(), themes: self.trends.iter().map(theme).collect() }
    }
}

/// Where a theme meets an agency or a stage; nothing where no line is.
fn meet(
    other: &SpotMeaning,
    theme: &SpotMeaning,
    amount: &Graded,
    wholes: Vec<(Money, String)>,
) -> Option<SpotMeaning> {
    amount.parts().next()?;
    let mut conditions = theme.conditions.clone();
    conditions.extend(other.conditions.iter().cloned());
    let title = if other.title == theme.title {
        other.title.clone()
    } else {
        format!("{}: {}", other.title, theme.title)
    };
    Some(SpotMeaning { title, conditions, amount: *amount, wholes })
}

fn of_year(years: &ThemeSplit, theme: usize, year: &str, of: &SpotMeaning) -> SpotMeaning {
    let part = years.parts.iter().position(|part| part.name == year);
    let whole = part.map_or(Money::ZERO, |part| years.parts[part].amount.total());
    let mut conditions = of.conditions.clone();
    conditions.push((Dimension::Year, BTreeSet::from([year.to_owned()])));
    SpotMeaning {
        title: format!("{}, {year}", of.title),
        conditions,
        amount: part.map_or(Graded::NOTHING, |part| years.amounts[theme][part]),
        wholes: vec![(whole, year.to_owned())],
    }
}

/// The years that lines state.
fn years(split: &ThemeSplit) -> Vec<String> {
    names(split).into_iter().filter(|year| *year != Names::NOT_STATED).map(str::to_owned).collect()
}

fn names(split: &ThemeSplit) -> Vec<&str> {
    split.parts.iter().map(|part| part.name.as_str()).collect()
}

/// The names that stand behind one that is shown: itself, or for a group all that have no place of their own.
fn behind(name: &str, all: &[&str], kept: &[&str]) -> BTreeSet<String> {
    if all.contains(&name) {
        return BTreeSet::from([name.to_owned()]);
    }
    all.iter().filter(|name| !kept.contains(name)).map(|name| (*name).to_owned()).collect()
}
