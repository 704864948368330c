//! A place's themes as one picture: who spends on each, how much of it is prevention, how it went over the years.
//!
//! The window shows it as a page of its own height, files have it in the size that is asked for. Beside the marks
//! stands what each of them is of, so that pointing at one can narrow to its lines.

mod bars;
mod cells;
mod content;
mod drawing;
mod key;
mod notes;
mod plan;
mod spot;
mod stages;
mod trend;

pub use notes::themes_sentence;
pub use spot::{SpotMeaning, ThemesSpot};

use content::{ThemesContent, Unfolded};
use drawing::ThemesDrawing;
use plan::ThemesPlan;

use super::{Blind, Color, Figure, MarkId, Point, Rect, Scheme};
use crate::dimension::Agency;
use crate::flow::breakdown::{Breakdown, Graded};
use crate::ledger::Ledger;

/// How the themes are drawn.
#[derive(Clone, Copy, Debug)]
pub struct ThemesOptions<'a> {
    pub width: f64,
    pub height: f64,
    pub scheme: Scheme,
    pub measure: Measure,
    /// The ledger the breakdown is of: colors follow its agencies, filtered or not.
    pub ledger: &'a Ledger,
    /// The place's agencies: a short name, where one is given, stands in the picture, the full one in tooltips.
    pub agencies: &'a [Agency],
}

/// What the numbers beside the shapes say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Measure {
    #[default]
    Amount,
    /// Percent of all that is in view.
    Share,
    /// Pounds, and percent of all that is in view.
    Both,
    /// Pounds for each of this many people.
    PerHead(u64),
}

/// What a mark of the themes figure shows; clicking it narrows to that.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThemesPart<'a> {
    Theme {
        theme: &'a str,
    },
    Agency {
        agency: &'a str,
    },
    /// A piece of a theme's bar.
    Bar {
        theme: &'a str,
        agency: &'a str,
    },
    /// A cell of the heat table.
    Cell {
        theme: &'a str,
        agency: &'a str,
    },
    /// A theme beside its cells, where the table stands by itself.
    TableTheme {
        theme: &'a str,
    },
    /// A stage in the key to the bars of stages.
    StageKey {
        stage: &'a str,
    },
    /// A theme beside its stages.
    StageTheme {
        theme: &'a str,
    },
    Stage {
        theme: &'a str,
        stage: &'a str,
    },
    /// A theme above its chart of years.
    Trend {
        theme: &'a str,
    },
    Year {
        theme: &'a str,
        year: &'a str,
    },
    /// The heading of the charts of years.
    Years,
}

impl ThemesPart<'_> {
    pub fn id(self) -> MarkId {
        match self {
            Self::Theme { theme } => MarkId::of(&["themes", "theme", theme]),
            Self::Agency { agency } => MarkId::of(&["themes", "agency", agency]),
            Self::Bar { theme, agency } => MarkId::of(&["themes", "bar", theme, agency]),
            Self::Cell { theme, agency } => MarkId::of(&["themes", "cell", theme, agency]),
            Self::TableTheme { theme } => MarkId::of(&["themes", "table-theme", theme]),
            Self::StageKey { stage } => MarkId::of(&["themes", "stage-key", stage]),
            Self::StageTheme { theme } => MarkId::of(&["themes", "stage-theme", theme]),
            Self::Stage { theme, stage } => MarkId::of(&["themes", "stage", theme, stage]),
            Self::Trend { theme } => MarkId::of(&["themes", "trend", theme]),
            Self::Year { theme, year } => MarkId::of(&["themes", "year", theme, year]),
            Self::Years => MarkId::of(&["themes", "years"]),
        }
    }
}

/// The picture with what stands behind its marks.
#[derive(Clone, Debug)]
pub struct ThemesFigure {
    pub figure: Figure,
    /// Everything that can be pressed, in the order in which it is read.
    pub spots: Vec<ThemesSpot>,
    /// Words that only say what is seen, with where they lie, for those who do not see them.
    pub said: Vec<(Rect, String)>,
    /// The heading of the charts of years, where there are any: it stands for all of them.
    pub years_heading: Option<Rect>,
    pub trends: ThemesTrends,
}

/// How each theme went over the years.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThemesTrends {
    /// The first first; fewer than two are no trend.
    pub years: Vec<String>,
    pub themes: Vec<ThemesTrend>,
}

/// One theme's amounts, for every year of [`ThemesTrends::years`].
#[derive(Clone, Debug, PartialEq)]
pub struct ThemesTrend {
    pub title: String,
    /// The theme's in every picture that is colored by themes.
    pub color: Color,
    pub amounts: Vec<Graded>,
}

impl ThemesFigure {
    /// What is under a point: what the figure has there, or whose room it is.
    pub fn spot_at(&self, point: Point) -> Option<&ThemesSpot> {
        let marked = self.figure.pointed_at(point).and_then(|mark| self.spot(mark.target?));
        marked.or_else(|| self.spots.iter().rev().find(|spot| spot.reach.contains(point)))
    }

    pub fn spot(&self, mark: MarkId) -> Option<&ThemesSpot> {
        self.spots.iter().find(|spot| spot.mark == mark)
    }

    /// The figure with the pieces of all agencies faded but those of one column.
    pub fn with_agency_lit(&self, column: usize) -> Figure {
        let faded = |target: MarkId| {
            let spot = self.spot(target).filter(|spot| spot.is_piece);
            spot.is_some_and(|spot| spot.column != Some(column))
        };
        let mut figure = self.figure.clone();
        let ground = figure.scheme.ground();
        for mark in figure.marks.iter_mut().filter(|mark| mark.target.is_some_and(faded)) {
            if let super::Shape::Label(_) = mark.shape {
                mark.paint.opacity = 0.0;
            } else {
                mark.paint.fill = mark.paint.fill.mix(ground, 0.72);
                mark.paint.hatch = None;
            }
        }
        figure
    }
}

/// The breakdown as one picture of the size that is asked for: the smallest themes and agencies go together, and all
/// is larger in a large picture.
pub fn themes(breakdown: &Breakdown, options: &ThemesOptions<'_>) -> Figure {
    let unit = (options.width / USUAL.0).min(options.height / USUAL.1).clamp(LEAST_UNIT, 3.0);
    let usual = ThemesOptions { width: options.width / unit, height: options.height / unit, ..*options };
    let drawn = drawn(breakdown, &usual, None, |source| ThemesPlan::sheet(&usual, source));
    drawn.figure.scaled(unit)
}

/// A picture of this size, px, has everything in the sizes that the window has.
const USUAL: (f64, f64) = (1232.0, 600.0);
/// Letters become no smaller in small pictures.
const LEAST_UNIT: f64 = 1.0;

/// The same as a page, as wide as the options say and as high as it needs to be, at least as high as they say. Where it
/// is higher it leaves room for a bar to scroll by, px.
///
/// In blind mode names are said otherwise, and nothing else: everything stands where it stood.
pub fn themes_page(
    breakdown: &Breakdown,
    options: &ThemesOptions<'_>,
    scroll_bar_px: f64,
    blind: Option<&Blind>,
) -> ThemesFigure {
    drawn(breakdown, options, blind, |source| ThemesPlan::page(options, scroll_bar_px, source))
}

fn drawn<'a>(
    breakdown: &'a Breakdown,
    options: &'a ThemesOptions<'a>,
    blind: Option<&'a Blind>,
    plan: impl FnOnce(&Unfolded<'a>) -> (ThemesPlan, ThemesContent),
) -> ThemesFigure {
    let (plan, content) = plan(&Unfolded::new(breakdown, options));
    let mut drawing = ThemesDrawing::new(options, breakdown, blind, &content, &plan);
    if content.rows.is_empty() {
        drawing.say_that_nothing_is_here();
    } else {
        drawing.upper();
        drawing.stages();
        drawing.trends();
    }
    drawing.finish()
}
