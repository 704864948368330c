//! A finished drawing: bars, ribbons and labels at fixed positions, in colors and words, each with an id.
//!
//! Screen, SVG, PNG and PDF all draw a [`Figure`]; a test can read it. Here amounts become widths, once. Lengths are
//! pixels, y downwards.

mod blind;
mod categories;
mod colors;
mod compare;
mod dashes;
mod difference;
mod flows;
mod flows_evidence;
mod flows_label;
mod flows_layout;
mod flows_lit;
mod flows_magnified;
mod flows_paint;
mod flows_pool;
mod flows_trace;
mod flows_trace_label;
mod frame;
mod hatch;
mod hit;
mod label_column;
mod label_marks;
mod lens;
mod lens_label;
mod lens_places;
mod lens_scale;
mod mark;
mod morph;
mod moves;
mod named;
mod node_label;
mod palette;
mod pointed_out;
mod pool;
mod ribbon;
mod room;
mod scene_change;
mod shares_of;
mod sizes;
mod small_print;
mod stamp;
mod text;
mod themes;
mod transfer_pipes;

pub use kurbo::{CubicBez, Point, Rect, Vec2};

pub use blind::Blind;
pub use categories::CATEGORIES;
pub use colors::{Color, Scheme, on_fill};
pub use compare::{CompareOptions, CompareSide, ComparedFigure, SideSpot, side_by_side, side_width_px};
pub use difference::{DifferenceInput, DifferencePart, difference_bar, difference_figure};
pub use flows::{Beside, FlowsFigure, FlowsInput, LayoutSearch, flows_figure, flows_figure_dragged};
pub use flows_lit::{LitBand, LitFlows, LitNode};
pub use flows_pool::{PoolSide, RunningTotal, pool_side};
pub use frame::Frame;
pub use hatch::{Hatch, HatchKind, HatchLine};
pub use lens::{Lens, LensInput, lens_figure, lens_figure_magnified};
pub use mark::{Anchor, Figure, Mark, MarkId, Paint, Shape, Stroke, Text, extent};
pub use morph::Morph;
pub use moves::{MovesFigure, MovesInput, MovesSpot, moves_band, moves_figure, moves_node};
pub use named::{band_mark, named_mark, side_mark};
pub use palette::Palette;
pub use pointed_out::{NotPointed, Pointings, pointed_out};
pub use pool::{PartnersFigure, PoolInput, PoolPart, net_order, pool_balance, pool_figure, pool_partners};
pub use ribbon::{RibbonEdges, RibbonShape};
pub use room::{
    RoomFlows, RoomLens, RoomPage, RoomRow, RoomRowKind, RoomRows, RoomSizes, is_around_room, room_flows,
    room_focus, room_footed, room_rows, room_titled,
};
pub use scene_change::SceneChange;
pub use shares_of::SharesOf;
pub use sizes::unit_of;
pub use stamp::Stamp;
pub use text::{
    FONT_FAMILY, Fitted, Glyph, Weight, cap_height, drawable, fit, fit_words, font_bytes, glyphs, letters,
    visible, visible_lines, width_px, wrap,
};
pub use themes::{
    Measure, SpotMeaning, ThemesFigure, ThemesOptions, ThemesPart, ThemesSpot, ThemesTrend, ThemesTrends,
    themes, themes_page, themes_sentence,
};
pub use transfer_pipes::{Pipe, TransferSum};
