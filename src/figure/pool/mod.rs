//! A scenario's pool: what is in it, who puts in, gets back and gains, and how firmly it is meant.
//!
//! The parts are figures of their own, so that the window shows the very marks that files hold.

mod balance;
mod board;
mod header;
mod partner_row;
mod partners;
mod shares;
mod spending;

pub use balance::pool_balance;
pub use partners::{PartnersFigure, pool_partners};
pub use shares::pool_shares;

use board::PoolDrawing;

use super::{Anchor, Figure, MarkId, Rect, Scheme, Weight};
use crate::dimension::Agency;
use crate::ledger::Ledger;
use crate::pool::{Model, Scenario};

/// What a picture of a pool is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct PoolInput<'a> {
    pub scenario: &'a Scenario,
    pub model: &'a Model,
    /// The baseline: colors follow its agencies, whatever the scenario does.
    pub ledger: &'a Ledger,
    /// The place's agencies: a short name, where one is given, stands where the full one has no room.
    pub agencies: &'a [Agency],
    pub scheme: Scheme,
    /// What it came to a moment ago: where the bars ended then is marked.
    pub former: Option<&'a Model>,
}

/// What a mark of the pool's figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PoolPart<'a> {
    Allocated,
    Unallocated,
    Over,
    PutsIn {
        agency: &'a str,
    },
    GetsBack {
        agency: &'a str,
    },
    Net {
        agency: &'a str,
    },
    /// Whether the partner is no worse off.
    Badge {
        agency: &'a str,
    },
    /// A partner's slice of the donut.
    Slice {
        agency: &'a str,
    },
    /// What the pool spends on a theme.
    Theme {
        theme: &'a str,
    },
    Commitment {
        name: &'a str,
    },
    /// "MODEL, not an offer".
    Stamp,
}

impl PoolPart<'_> {
    /// The id of its mark, in every figure of a pool.
    pub fn id(&self) -> MarkId {
        match self {
            Self::Allocated => MarkId::of(&["pool", "allocated"]),
            Self::Unallocated => MarkId::of(&["pool", "unallocated"]),
            Self::Over => MarkId::of(&["pool", "over"]),
            Self::PutsIn { agency } => MarkId::of(&["pool", "puts-in", agency]),
            Self::GetsBack { agency } => MarkId::of(&["pool", "gets-back", agency]),
            Self::Net { agency } => MarkId::of(&["pool", "net", agency]),
            Self::Badge { agency } => MarkId::of(&["pool", "badge", agency]),
            Self::Slice { agency } => MarkId::of(&["pool", "slice", agency]),
            Self::Theme { theme } => MarkId::of(&["pool", "theme", theme]),
            Self::Commitment { name } => MarkId::of(&["pool", "commitment", name]),
            Self::Stamp => MarkId::of(&["pool", "stamp"]),
        }
    }
}

/// The column on the right: its share of the width, and between what it stays.
const ASIDE_SHARE: f64 = 0.27;
const ASIDE_WIDTH: (f64, f64) = (226.0, 330.0);
const GAP: f64 = 26.0;

/// A whole pool in a picture of this size, px: head, balance, partners, shares, what it is spent on.
pub fn pool_figure(input: &PoolInput<'_>, width: f64, height: f64) -> Figure {
    let unit = (width / 1232.0).min(height / 600.0).clamp(0.9, 3.0);
    let mut board = PoolDrawing::new(input, unit);
    let below_head = board.header(width);
    if input.model.positions.is_empty() {
        let words = "Nobody puts anything in yet.";
        let middle = (width / 2.0, f64::midpoint(below_head, height));
        let text = board.text(middle.0, middle.1, Anchor::Middle, 16.0, Weight::Regular, words);
        board.words(&["pool", "empty"], text, input.scheme.faint_ink());
        return board.finish(width, height);
    }
    let below_balance = board.balance(Rect::new(0.0, below_head, width, height)) + 20.0 * unit;
    let aside = (width * ASIDE_SHARE).clamp(ASIDE_WIDTH.0 * unit, ASIDE_WIDTH.1 * unit);
    let (left, right) = (width - aside - GAP * unit, width - aside);
    board.partners(Rect::new(0.0, below_balance, left, height), true);
    let below_shares = board.shares(Rect::new(right, below_balance, width, height)) + 18.0 * unit;
    board.spending(Rect::new(right, below_shares, width, height));
    board.finish(width, height)
}
