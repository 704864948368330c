//! How the themes went over the years, as one chart with axes: opened from the picture, closed by Esc, never saved.

use egui::{Id, Key, Modifiers, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, vec2};
use egui_plot::{Corner, GridInput, GridMark, HoverPosition, Legend, Line, Plot, PlotPoint, PlotUi, Points};

use crate::app::controls::color32;
use crate::app::style::{self, Colors, space, weak_text};
use crate::figure::{ThemesTrend, ThemesTrends, extent};
use crate::money::{Money, in_short};

/// The chart of the years, while it is open.
#[derive(Default)]
pub(super) struct YearsChart {
    is_open: bool,
    /// What the keyboard wants of it.
    wanted: Option<ChartWish>,
}

#[derive(Clone, Copy)]
pub(super) enum ChartWish {
    /// So many times as near.
    Zoom(f32),
    /// All of it in view.
    Fit,
    /// Farther, by shares of what is in view.
    Move(Vec2),
}

impl YearsChart {
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    pub(super) fn open(&mut self) {
        *self = Self { is_open: true, wanted: Some(ChartWish::Fit) };
    }

    /// Closes it; false where it is not open.
    pub(super) fn close(&mut self) -> bool {
        std::mem::take(self).is_open
    }

    /// For the next frame.
    pub(super) fn want(&mut self, wanted: ChartWish) {
        self.wanted = Some(wanted).filter(|_| self.is_open);
    }
}

/// How far to the right the chart goes on beyond its last year, as a part of all years.
const LEGEND_UNTIL: f64 = 1.2;

/// A line and points in the theme's color for each theme.
pub(super) fn years_ui(ui: &mut Ui, room: Rect, trends: &ThemesTrends, years: &mut YearsChart) {
    let mut ui = ui.new_child(UiBuilder::new().max_rect(room).scope_id(Id::unique("themes over the years")));
    ui.horizontal(|ui| {
        ui.label(egui::RichText::new("Over the years").font(style::semibold(15.0)));
        weak_text(ui, "£, a line for each theme. Drag moves, the wheel zooms, 0 shows all, Esc closes");
    });
    ui.add_space(space::XS);
    let wanted = years.wanted.take().or_else(|| arrow(&ui));
    // Beside the last year there is room for the legend.
    let span = trends.years.len().saturating_sub(1) as f64;
    let plot = Plot::new("themes over the years")
        .legend(Legend::default().position(Corner::RightTop).follow_insertion_order(true))
        .x_axis_formatter(|mark, _| year_at(trends, mark.value).to_owned())
        .y_axis_formatter(|mark, _| in_short(nearly(mark.value)))
        .x_grid_spacer(|input| every_year(trends, &input))
        .label_formatter(|hover| read_out(trends, hover))
        .include_y(0.0)
        .include_x(span * LEGEND_UNTIL)
        .set_margin_fraction(vec2(0.06, 0.08))
        .grid_color(Colors::of(&ui).separator)
        .show_crosshair(false)
        .y_axis_min_width(56.0)
        .show_background(false);
    let shown = plot.show(&mut ui, |plot| {
        for theme in &trends.themes {
            theme_line(plot, theme);
        }
        if let Some(wanted) = wanted {
            follow(plot, wanted);
        }
    });
    let (first, last) = (trends.years.first(), trends.years.last());
    let words = match (first, last) {
        (Some(first), Some(last)) => format!("Chart of the themes over the years, {first} to {last}"),
        _ => "Chart of the themes over the years".to_owned(),
    };
    shown.response.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, &words));
    // A line is read aloud where it ends.
    for theme in &trends.themes {
        let Some((index, amount)) = theme.amounts.iter().enumerate().next_back() else { continue };
        let at = PlotPoint::new(index as f64, extent(amount.total()));
        let at = shown.transform.position_from_point(&at);
        let rect = Rect::from_center_size(at, vec2(8.0, 8.0));
        let response = ui.interact(rect, Id::unique(("themes line", &theme.title)), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, said(trends, theme)));
    }
}

fn theme_line<'a>(plot: &mut PlotUi<'a>, theme: &'a ThemesTrend) {
    let points = || -> Vec<[f64; 2]> {
        let amounts = theme.amounts.iter().enumerate();
        amounts.map(|(index, amount)| [index as f64, extent(amount.total())]).collect()
    };
    let color = color32(theme.color, 1.0);
    // Points alone are read out: what lies between two years is nothing that anybody spent.
    plot.line(Line::new(&theme.title, points()).color(color).width(2.0).allow_hover(false));
    plot.points(Points::new(&theme.title, points()).color(color).radius(4.5));
}

fn follow(plot: &mut PlotUi<'_>, wanted: ChartWish) {
    let bounds = plot.plot_bounds();
    match wanted {
        ChartWish::Zoom(factor) => plot.zoom_bounds(Vec2::splat(factor), bounds.center()),
        ChartWish::Fit => plot.set_auto_bounds(true),
        ChartWish::Move(share) => {
            let size = vec2(bounds.width() as f32, bounds.height() as f32);
            plot.translate_bounds(size * share);
        }
    }
}

/// Arrows move the chart while no control has them.
fn arrow(ui: &Ui) -> Option<ChartWish> {
    const STEP: f32 = 0.1;
    let is_free = ui.memory(|memory| memory.focused().is_none()) && !egui::Popup::is_any_open(ui.ctx());
    if !is_free {
        return None;
    }
    let ways = [
        (Key::ArrowLeft, vec2(-STEP, 0.0)),
        (Key::ArrowRight, vec2(STEP, 0.0)),
        (Key::ArrowUp, vec2(0.0, STEP)),
        (Key::ArrowDown, vec2(0.0, -STEP)),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    ways.into_iter().find(|(key, _)| pressed(*key)).map(|(_, way)| ChartWish::Move(way))
}

/// The year at a place of the axis; between two years nothing.
fn year_at(trends: &ThemesTrends, value: f64) -> &str {
    let is_year = value >= -0.01 && (value - value.round()).abs() < 0.01;
    let year = if is_year { trends.years.get(value.round() as usize) } else { None };
    year.map_or("", String::as_str)
}

/// A line for each year, in whole years however far it is zoomed.
fn every_year(trends: &ThemesTrends, input: &GridInput) -> Vec<GridMark> {
    let is_in_view = |value: &f64| (input.bounds.0..=input.bounds.1).contains(value);
    let years = (0..trends.years.len()).map(|index| index as f64).filter(is_in_view);
    years.map(|value| GridMark { value, step_size: 1.0 }).collect()
}

/// An amount of the axis, for its words alone: to the pound.
fn nearly(value: f64) -> Money {
    Money::from_pounds(value.round() as i64)
}

/// What is read out at a point: to the penny.
fn read_out(trends: &ThemesTrends, hover: &HoverPosition<'_>) -> Option<String> {
    let HoverPosition::NearDataPoint { plot_name, index, .. } = hover else { return None };
    let theme = trends.themes.iter().find(|theme| theme.title == *plot_name)?;
    let (year, amount) = (trends.years.get(*index)?, theme.amounts.get(*index)?);
    Some(format!("{}\n{year}: {}", theme.title, amount.in_full()))
}

fn said(trends: &ThemesTrends, theme: &ThemesTrend) -> String {
    let years = trends.years.iter().zip(&theme.amounts);
    let years: Vec<String> = years.map(|(year, amount)| format!("{year} {}", amount.in_full())).collect();
    format!("{}: {}", theme.title, years.join(", "))
}
