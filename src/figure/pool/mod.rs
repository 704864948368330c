//! A scenario's pool: who gains and who loses by it, what that is of what they put in, and how firmly it is meant.
//!
//! The parts are figures of their own, so that the window shows the very marks that files hold.

mod balance;
mod board;
mod closing;
mod header;
mod net_rows;
mod partner_row;
mod partners;
mod spending;

pub use balance::pool_balance;
pub use net_rows::net_order;
pub use partners::{PartnersFigure, pool_partners};

use board::PoolDrawing;

use super::{Anchor, Figure, MarkId, Rect, Scheme, Weight};
use crate::dimension::Agency;
use crate::pool::{Model, Scenario};

/// What a picture of a pool is drawn from.
#[derive(Clone, Copy, Debug)]
pub struct PoolInput<'a> {
    pub scenario: &'a Scenario,
    pub model: &'a Model,
    /// The place's agencies: a short name, where one is given, stands where the full one has no room.
    pub agencies: &'a [Agency],
    pub scheme: Scheme,
    /// What it came to a moment ago: where the bars ended then is marked.
    pub former: Option<&'a Model>,
    /// Who has a row, in which order, while a change is being made: under a hand nobody changes places.
    pub order: Option<&'a [String]>,
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
    /// What comes back of each pound, and whether the partner keeps what it asks for.
    Badge {
        agency: &'a str,
    },
    /// What is unallocated, beside the nets: with it they come to nothing.
    UnallocatedNet,
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
            Self::UnallocatedNet => MarkId::of(&["pool", "unallocated-net"]),
            Self::Theme { theme } => MarkId::of(&["pool", "theme", theme]),
            Self::Commitment { name } => MarkId::of(&["pool", "commitment", name]),
            Self::Stamp => MarkId::of(&["pool", "stamp"]),
        }
    }
}

/// What the pool is spent on stands at the foot where so much is left, px.
const SPENDING: f64 = 126.0;

/// A whole pool in a picture of this size, px: head, balance, who gains and loses, what it is spent on.
pub fn pool_figure(input: &PoolInput<'_>, width: f64, height: f64) -> Figure {
    // Smaller letters are for a thumbnail alone.
    let least = if width < 900.0 { 0.9 } else { 1.0 };
    let unit = (width / 1232.0).min(height / 600.0).clamp(least, 3.0);
    let mut board = PoolDrawing::new(input, unit);
    let below_head = board.header(width);
    if input.model.positions.is_empty() {
        let words = "Nobody puts anything in yet.";
        let middle = (width / 2.0, f64::midpoint(below_head, height));
        let text = board.text(middle.0, middle.1, Anchor::Middle, 16.0, Weight::Regular, words);
        board.words(&["pool", "empty"], text, input.scheme.faint_ink());
        return board.finish(width, height);
    }
    let top = board.balance(Rect::new(0.0, below_head, width, height)) + 18.0 * unit;
    let themes = board.themes();
    let spending = if themes.len() > 1 { SPENDING * unit } else { 0.0 };
    let has_room = height - top - spending >= board.wanted_height();
    let bottom = if has_room { height - spending } else { height };
    let end = board.partners(Rect::new(0.0, top, width, bottom), None).end;
    if has_room && spending > 0.0 {
        board.spending(&themes, Rect::new(0.0, end + 16.0 * unit, width, height));
    }
    board.finish(width, height)
}
