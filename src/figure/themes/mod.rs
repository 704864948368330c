//! A place's themes as one picture: who spends on each, how that went over the years, and how much is prevention.

mod bars;
mod cells;
mod drawing;
mod notes;
mod stages;
mod trend;

pub use notes::themes_sentence;

use drawing::Drawing;

use super::{Figure, MarkId, Scheme};
use crate::dimension::Agency;
use crate::flow::breakdown::Breakdown;
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
    Stage {
        theme: &'a str,
        stage: &'a str,
    },
    Year {
        theme: &'a str,
        year: &'a str,
    },
}

impl ThemesPart<'_> {
    pub fn id(self) -> MarkId {
        match self {
            Self::Theme { theme } => MarkId::of(&["themes", "theme", theme]),
            Self::Agency { agency } => MarkId::of(&["themes", "agency", agency]),
            Self::Bar { theme, agency } => MarkId::of(&["themes", "bar", theme, agency]),
            Self::Cell { theme, agency } => MarkId::of(&["themes", "cell", theme, agency]),
            Self::Stage { theme, stage } => MarkId::of(&["themes", "stage", theme, stage]),
            Self::Year { theme, year } => MarkId::of(&["themes", "year", theme, year]),
        }
    }
}

/// The breakdown as one picture: a row for each theme with its bar by agency and its cells of a heat table, and below
/// how each theme went over the years and how much of it is prevention.
pub fn themes(breakdown: &Breakdown, options: &ThemesOptions<'_>) -> Figure {
    let mut drawing = Drawing::new(breakdown, options);
    if drawing.rows.is_empty() {
        drawing.say_that_nothing_is_here();
    } else {
        drawing.bars_and_cells();
        drawing.years();
        drawing.stages();
    }
    Figure {
        width: options.width,
        height: options.height,
        title: String::new(),
        notes: Vec::new(),
        scheme: options.scheme,
        marks: drawing.marks,
        unbalanced: None,
    }
}
