//! How `render` is told what to draw: views, scopes, amounts, looks, paper and sizes by their names.

use clap::ValueEnum;

use crate::export;
use crate::figure::Scheme;
use crate::money::Amounts;

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RenderView {
    Flows,
    Themes,
    /// A scenario's pool: the balance, and what each partner puts in, gets back and gains
    Pool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PoolScopeName {
    /// The pool at a scale of its own, beside the whole place as one bar
    OnlyThePool,
    /// The pool among all else, at one scale
    WholePlace,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum AmountsName {
    Pounds,
    Percent,
    Both,
}

impl AmountsName {
    pub(super) const fn of_view(self) -> Amounts {
        match self {
            Self::Pounds => Amounts::Pounds,
            Self::Percent => Amounts::Percent,
            Self::Both => Amounts::Both,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemeName {
    Light,
    Dark,
    HighContrast,
}

impl SchemeName {
    pub(super) const fn of_figure(self) -> Scheme {
        match self {
            Self::Light => Scheme::Light,
            Self::Dark => Scheme::Dark,
            Self::HighContrast => Scheme::HighContrast,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum PaperSize {
    A4,
    A3,
}

impl PaperSize {
    pub(super) const fn of_page(self) -> export::Paper {
        match self {
            Self::A4 => export::Paper::A4,
            Self::A3 => export::Paper::A3,
        }
    }
}

/// `1280x720` as width and height.
pub(super) fn read_size(text: &str) -> Result<(f64, f64), String> {
    let wrong = || format!("\"{text}\" is not a size; write WIDTHxHEIGHT in pixels, such as 1280x720");
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or_else(wrong)?;
    // Smaller than 64 pixels nothing can be drawn, and 20,000 are a wall of paper at 300 dots to the inch.
    let read = |side: &str| side.trim().parse::<u32>().ok().filter(|side| (64..=20_000).contains(side));
    match (read(width), read(height)) {
        (Some(width), Some(height)) => Ok((f64::from(width), f64::from(height))),
        _ => Err(format!("{}; each side from 64 to 20000", wrong())),
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum MaskName {
    Shares,
    Hidden,
}
