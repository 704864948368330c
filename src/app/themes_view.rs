//! Who spends what on each theme: bars by agency, the theme × agency table, prevention against acute, the years.

use egui::{Id, Rect, ScrollArea, Sense, Ui, Vec2, pos2, vec2};

use super::action::Action;
use super::flows_view::scheme_of;
use super::memo::Memo;
use super::paint::{color32, hatch_rect};
use super::style::{Colors, Look, space};
use super::themes_heat::{Grid, cells_ui, headings_height, headings_ui, sums_ui};
use super::themes_lower::{stages_height, stages_ui, trend_height, trend_ui};
use super::themes_plot::{Bars, Piece};
use super::themes_shown::Shown;
use super::themes_spot::{Ground, Hands, grouped};
use super::themes_words::{heading, rule, write, write_to};
use crate::figure::{Figure, HatchKind, Measure, Scheme, Weight, extent, fit, wrap};
use crate::flow::breakdown::{Breakdown, Grade, NoPerHead, divided};
use crate::money::{Money, Share, in_short, percent};
use crate::place::{Place, people_in_view, themes_picture};

/// What the view of themes remembers: nothing of it is saved.
#[derive(Default)]
pub(super) struct ThemesView {
    measure: Chosen,
    breakdown: Memo<u64, Breakdown>,
    people: Memo<u64, Result<u64, NoPerHead>>,
    shown: Memo<(u64, Look, usize), Shown>,
    hands: Hands,
    size: Vec2,
    scheme: Scheme,
}

/// What the numbers say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Chosen {
    #[default]
    Amount,
    Share,
    PerHead,
}

impl ThemesView {
    /// The figure that exports draw, at the size of the view.
    pub(super) fn figure(&self, place: &Place) -> Option<Figure> {
        (self.size.x > 0.0).then(|| {
            let size = (f64::from(self.size.x), f64::from(self.size.y));
            themes_picture(place, self.scheme, self.measure(place), size)
        })
    }

    fn measure(&self, place: &Place) -> Measure {
        match self.measure {
            Chosen::Amount => Measure::Amount,
            Chosen::Share => Measure::Share,
            Chosen::PerHead => people_in_view(place).map_or(Measure::Amount, Measure::PerHead),
        }
    }
}

#[must_use]
pub(super) fn themes_view_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    view: &mut ThemesView,
) -> Option<Action> {
    let look = Look::of(ui.visuals());
    let size = ui.available_size();
    view.size = size;
    view.scheme = scheme_of(look);
    let breakdown = view.breakdown.get(revision, || Breakdown::of(&place.ledger, &place.view.filter));
    let people = view.people.get(revision, || {
        let people = people_in_view(place);
        breakdown.per_head(Money::ZERO, people.clone()).and(people)
    });
    let ground = Ground { place, revision, people: people.as_ref().ok().copied() };
    let columns =
        Columns::fitting(size.x - ui.spacing().scroll.allocated_width(), breakdown.agencies.parts.len());
    let scheme = view.scheme;
    let shown =
        view.shown.get((revision, look, columns.most), || Shown::new(place, breakdown, scheme, columns.most));

    switch_ui(ui, &mut view.measure, shown, people);
    if shown.rows.is_empty() {
        let middle = ui.max_rect().center();
        let words = "No line passes this filter.";
        let text = super::themes_words::said(ui, words, 16.0, Weight::Regular, Colors::of(ui).weak_text);
        ui.painter().galley(middle - text.size() / 2.0, text, Colors::of(ui).weak_text);
        return view.hands.let_go(ui, place);
    }
    ui.add_space(space::S);
    let say = saying(view.measure, shown, people.as_ref().ok().copied());
    let hands = &mut view.hands;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height();
        let mut plan = Plan::new(columns, shown, vec2(size.x, height));
        // Where all is in view there is no scroll bar to make room for.
        let width = if plan.height <= height { size.x } else { columns.width };
        if width < size.x {
            plan = Plan::new(columns, shown, vec2(width, height));
        }
        let (rect, _) = ui.allocate_exact_size(vec2(width, plan.height), Sense::hover());
        page_ui(ui, ground, shown, &plan, rect, hands, &say);
    });
    view.hands.let_go(ui, place)
}

/// How an amount is written under a measure.
fn saying(chosen: Chosen, shown: &Shown, people: Option<u64>) -> impl Fn(Money) -> String {
    let whole = shown.total.total();
    move |amount| match (chosen, people) {
        (Chosen::Share, _) => Share::of(amount, whole).map(percent).unwrap_or_default(),
        (Chosen::PerHead, Some(people)) => in_short(divided(amount, people)),
        _ => in_short(amount),
    }
}

/// The measures to choose from, and what the hatches say.
fn switch_ui(ui: &mut Ui, measure: &mut Chosen, shown: &Shown, people: &Result<u64, NoPerHead>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let total = shown.total_in_short();
        let current = if *measure == Chosen::PerHead && people.is_err() { Chosen::Amount } else { *measure };
        let share = format!("% of {total}");
        for (chosen, text, tip) in [
            (Chosen::Amount, "£", "Amounts to three figures".to_owned()),
            (Chosen::Share, &share, "Shares of all that is shown".to_owned()),
        ] {
            if ui.selectable_label(current == chosen, text).on_hover_text(tip).clicked() {
                *measure = chosen;
            }
        }
        let per_head = ui
            .add_enabled(people.is_ok(), egui::Button::selectable(current == Chosen::PerHead, "£ per head"));
        let per_head = match people {
            Ok(people) => per_head.on_hover_text(format!("For each of {} people", grouped(*people))),
            Err(reason) => per_head.on_disabled_hover_text(format!("Not per head: {reason}")),
        };
        if per_head.clicked() {
            *measure = Chosen::PerHead;
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| hatch_key_ui(ui, shown));
    });
}

/// The hatches that occur, from the right, with their shares of the total.
fn hatch_key_ui(ui: &mut Ui, shown: &Shown) {
    let whole = shown.total.total();
    let grades: Vec<(Grade, Money)> =
        shown.total.parts().filter(|(grade, _)| *grade != Grade::Firm).collect();
    for (grade, amount) in grades.into_iter().rev() {
        let Some(kind) = HatchKind::of(grade) else { continue };
        let share = Share::of(amount, whole).map(percent).unwrap_or_default();
        let words = format!("{} {share}", grade.word());
        super::style::weak_text(ui, &words);
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 12.0), Sense::hover());
        let color = shown.scheme.neutral();
        ui.painter().rect_filled(rect, 1.0, color32(color, 1.0));
        hatch_rect(ui.painter(), rect.min, rect, shown.scheme.hatch_on(kind, color));
        ui.add_space(space::S);
    }
}

/// What stands side by side: the names of the themes, the bars, their amounts, the cells of the table.
#[derive(Clone, Copy, Debug)]
struct Columns {
    /// Of the page beside a scroll bar.
    width: f32,
    /// Of the themes' names, in every section.
    label: f32,
    /// No more agencies than this have a column.
    most: usize,
    /// Whether the table stands beside the bars, in the same rows, or below them.
    is_beside: bool,
}

/// Between names and what they name.
const GAP: f32 = 12.0;
/// The amounts behind the bars, and their shares.
const AMOUNT: f32 = 72.0;
const SHARE: f32 = 48.0;
/// The least width of a cell.
const CELL: f32 = 64.0;
const LEAST_BARS: f32 = 330.0;
/// Between sections side by side.
const GUTTER: f32 = 28.0;

impl Columns {
    fn fitting(width: f32, agencies: usize) -> Self {
        let label = (width * 0.14).clamp(120.0, 230.0);
        let beside = width - label - GAP - LEAST_BARS - AMOUNT - SHARE - GUTTER;
        let below = width - label - GAP - AMOUNT - SHARE;
        let is_beside = beside / CELL >= agencies.min(9) as f32;
        let most = (if is_beside { beside } else { below } / CELL).max(2.0) as usize;
        Self { width, label, most, is_beside }
    }
}

/// Where everything stands on the page, from its upper left corner.
struct Plan {
    columns: Columns,
    header: f32,
    row: f32,
    cell_width: f32,
    /// Bars, and the table where it is not beside them.
    upper: f32,
    table: f32,
    /// Whether stages and years stand side by side.
    lower_is_split: bool,
    height: f32,
}

/// Between sections one below the other.
const SECTION: f32 = 26.0;
const PLAIN_HEADER: f32 = 30.0;

impl Plan {
    fn new(columns: Columns, shown: &Shown, room: Vec2) -> Self {
        let count = shown.columns.len().max(1) as f32;
        let cell_width = if columns.is_beside {
            // The bars are the picture, the table its figures: it takes no more than it needs.
            (room.x * 0.46 / count).clamp(CELL, 88.0)
        } else {
            ((room.x - columns.label - GAP - AMOUNT - SHARE) / count).clamp(CELL, 120.0)
        };
        let rows = shown.rows.len() as f32;
        let headings = headings_height(&shown.columns, cell_width);
        let header = if columns.is_beside { headings.max(PLAIN_HEADER) } else { PLAIN_HEADER };
        let lower_is_split = room.x >= 860.0;
        let trend_width = if lower_is_split { room.x * 0.5 } else { room.x };
        let (stages, trend) = (stages_height(shown), trend_height(shown, trend_width));
        let lower = if lower_is_split { stages.max(trend) } else { stages + SECTION + trend };
        // What is left over makes the rows higher, but not without end.
        let tables = if columns.is_beside { 1.0 } else { 2.0 };
        let fixed = header
            + if columns.is_beside { 0.0 } else { headings + PLAIN_HEADER + SECTION }
            + SECTION
            + lower;
        let row = ((room.y - fixed) / (tables * (rows + 1.0))).clamp(28.0, 56.0);
        let upper = header + row * if columns.is_beside { rows + 1.0 } else { rows };
        let table = if columns.is_beside { 0.0 } else { SECTION + headings + row * (rows + 1.0) };
        let lower = lower.max((room.y - upper - table - SECTION).min(lower * 1.35));
        let height = upper + table + SECTION + lower;
        Self { columns, header, row, cell_width, upper, table, lower_is_split, height }
    }
}

fn page_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    plan: &Plan,
    page: Rect,
    hands: &mut Hands,
    say: &dyn Fn(Money) -> String,
) {
    let count = shown.rows.len() as f32;
    let cells_width = plan.cell_width * shown.columns.len() as f32;
    let label = plan.columns.label;
    let top = page.top() + plan.header;
    let cells_left = page.right() - cells_width;
    let share_right = if plan.columns.is_beside { cells_left - GUTTER } else { page.right() };
    let bars = Rect::from_min_max(
        pos2(page.left() + label + GAP, top),
        pos2(share_right - SHARE - AMOUNT, top + plan.row * count),
    );
    let heading_y = top - 16.0;
    heading(ui, page.left(), bars.right(), heading_y, "Who spends on each theme", "£, by agency");
    rule(ui, page.left(), share_right, top - 1.0);
    names_ui(ui, ground, shown, "theme", pos2(page.left(), top), vec2(label, plan.row), hands);
    bars_ui(ui, ground, shown, bars, plan.row, page.min, hands);
    amounts_ui(ui, shown, bars.right() + AMOUNT, share_right, top, plan.row, say);

    let grid_top = if plan.columns.is_beside {
        top
    } else {
        page.top() + plan.upper + plan.table - plan.row * (count + 1.0)
    };
    let grid_left = if plan.columns.is_beside { cells_left } else { page.left() + label + GAP };
    let grid =
        Grid { corner: pos2(grid_left, grid_top), cell: vec2(plan.cell_width, plan.row), origin: page.min };
    headings_ui(ui, ground, shown, grid, hands);
    cells_ui(ui, ground, shown, grid, hands, say);
    let sums_top = grid_top + plan.row * count;
    let sums_right = bars.right() + AMOUNT;
    sums_ui(ui, shown, grid, sums_top + plan.row / 2.0, say);
    sum_ui(ui, page.left(), sums_right, sums_top + plan.row / 2.0, shown, say);
    rule(ui, page.left(), page.right(), sums_top);
    if !plan.columns.is_beside {
        names_ui(ui, ground, shown, "table theme", pos2(page.left(), grid_top), vec2(label, plan.row), hands);
        let heading_y = grid_top - 16.0;
        heading(ui, page.left(), grid_left - 4.0, heading_y, "Theme by agency", "");
        for (row, theme) in shown.rows.iter().enumerate() {
            let middle = grid_top + plan.row * (row as f32 + 0.5);
            let words = say(theme.spot.amount.total());
            write_to(ui, pos2(sums_right, middle), &words, 13.0, Weight::SemiBold, Colors::of(ui).text);
        }
    }

    let lower_top = page.top() + plan.upper + plan.table + SECTION;
    let (trend, stages) = if plan.lower_is_split {
        let middle = page.left() + page.width() * 0.5;
        (
            Rect::from_min_max(pos2(middle + GUTTER / 2.0, lower_top), pos2(page.right(), page.bottom())),
            Rect::from_min_max(pos2(page.left(), lower_top), pos2(middle - GUTTER / 2.0, page.bottom())),
        )
    } else {
        let middle = lower_top + stages_height(shown);
        (
            Rect::from_min_max(pos2(page.left(), middle + SECTION), page.max),
            Rect::from_min_max(pos2(page.left(), lower_top), pos2(page.right(), middle)),
        )
    };
    stages_ui(ui, ground, shown, stages, label, hands);
    trend_ui(ui, ground, shown, trend, hands);
}

/// The themes' names, one a row; long ones in two lines where there is room.
fn names_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    section: &str,
    corner: egui::Pos2,
    row: Vec2,
    hands: &mut Hands,
) {
    let color = Colors::of(ui).text;
    let most = if row.y >= 38.0 { 2 } else { 1 };
    for (index, theme) in shown.rows.iter().enumerate() {
        let middle = corner.y + row.y * (index as f32 + 0.5);
        let room = f64::from(row.x);
        let mut lines = wrap(&theme.spot.title, room, 13.0, Weight::SemiBold);
        if lines.len() > most {
            let rest = lines.split_off(most - 1).join(" ");
            lines.push(fit(&rest, room, 13.0, Weight::SemiBold).text);
        }
        let first = middle - (lines.len() as f32 - 1.0) * 8.0;
        for (line, words) in lines.iter().enumerate() {
            write(ui, pos2(corner.x, first + 16.0 * line as f32), words, 13.0, Weight::SemiBold, color);
        }
        let reach = Rect::from_min_max(
            pos2(corner.x - 4.0, middle - row.y / 2.0 + 1.0),
            pos2(corner.x + row.x + 4.0, middle + row.y / 2.0 - 1.0),
        );
        let id = Id::unique(("themes", section, &theme.spot.title));
        hands.reach(ui, ground, reach, id, &theme.spot, None);
    }
}

/// Bars from zero to the right; what credits outweigh goes to the left.
fn bars_ui(
    ui: &mut Ui,
    ground: Ground<'_>,
    shown: &Shown,
    rect: Rect,
    row: f32,
    origin: egui::Pos2,
    hands: &mut Hands,
) {
    let rows: Vec<Vec<Piece<'_>>> = shown
        .rows
        .iter()
        .map(|theme| {
            let (mut right, mut left) = (0.0, 0.0);
            let mut pieces = Vec::new();
            for (index, (column, spot)) in shown.columns.iter().zip(&theme.cells).enumerate() {
                let Some(spot) = spot.as_ref().filter(|spot| !spot.amount.total().is_zero()) else {
                    continue;
                };
                let amount = extent(spot.amount.total());
                let end = if amount > 0.0 { &mut right } else { &mut left };
                let (from, to) = (*end, *end + amount);
                *end = to;
                pieces.push(Piece {
                    spot,
                    color: column.color,
                    from: from.min(to),
                    to: from.max(to),
                    words: column.name.clone(),
                    may_be_cut: !column.name.starts_with("Other ("),
                    agency: Some(index),
                });
            }
            pieces
        })
        .collect();
    let ends = || rows.iter().flatten();
    let least = ends().map(|piece| piece.from).fold(0.0, f64::min);
    let most = ends().map(|piece| piece.to).fold(0.0, f64::max);
    let range = if most > least { (least, most) } else { (0.0, 1.0) };
    let thickness = (row * 0.66).min(34.0);
    let bars = Bars { name: "agencies", rect, thickness, range, rows, scheme: shown.scheme, origin };
    bars.show(ui, ground, hands);
    let zero = bars.x(0.0);
    ui.painter().vline(zero, rect.y_range(), (1.0, Colors::of(ui).outline));
}

/// Each theme's amount behind its bar, in a column of figures, and its share.
fn amounts_ui(
    ui: &Ui,
    shown: &Shown,
    right: f32,
    share_right: f32,
    top: f32,
    row: f32,
    say: &dyn Fn(Money) -> String,
) {
    let colors = Colors::of(ui);
    let whole = shown.total.total();
    for (index, theme) in shown.rows.iter().enumerate() {
        let amount = theme.spot.amount.total();
        let middle = top + row * (index as f32 + 0.5);
        let words = say(amount);
        write_to(ui, pos2(right, middle), &words, 13.0, Weight::SemiBold, colors.text);
        let share = Share::of(amount, whole).map(percent).unwrap_or_default();
        if share != words {
            write_to(ui, pos2(share_right, middle), &share, 12.0, Weight::Regular, colors.weak_text);
        }
    }
}

/// The sum of all, under the themes' amounts.
fn sum_ui(ui: &Ui, left: f32, right: f32, middle: f32, shown: &Shown, say: &dyn Fn(Money) -> String) {
    let color = Colors::of(ui).text;
    write(ui, pos2(left, middle), "All themes", 13.0, Weight::SemiBold, color);
    let words = say(shown.total.total());
    write_to(ui, pos2(right, middle), &words, 13.0, Weight::SemiBold, color);
}
