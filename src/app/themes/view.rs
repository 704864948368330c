//! Who spends what on each theme: the figure of `figure::themes` as a page, with everything in it to be pressed.

use egui::{Align, Layout, Rect, Role, Sense, Ui, UiBuilder, WidgetInfo, pos2, vec2};

use super::spots::{Hands, ThemesGround};
use super::years::{YearsChart, years_ui};
use crate::app::action::Action;
use crate::app::controls::{Moving, Transform, describe, paint, scrolled_ui, unit_in};
use crate::app::memo::Memo;
use crate::app::style::{Look, scroll_bar_width, space};
use crate::dimension::Names;
use crate::figure::{Figure, Measure, ThemesFigure, themes_sentence};
use crate::flow::breakdown::{Breakdown, Graded, NoPerHead};
use crate::ledger::Filter;
use crate::money::{Amounts, Money};
use crate::place::{Command, Place};
use crate::scene::{Audience, PageOptions, PictureWords, people_in_view, themes_page, themes_words};
use crate::words::thousands;

/// What the view of themes remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct ThemesView {
    is_per_head: bool,
    breakdown: Memo<u64, Breakdown>,
    people: Memo<u64, Result<u64, NoPerHead>>,
    drawn: Memo<ThemesKey, ThemesFigure>,
    /// Points for a pixel of the figure: it grows with its room.
    unit: f32,
    way: Moving<ThemesKey>,
    painted: Memo<(ThemesKey, Option<usize>, Transform), Vec<egui::Shape>>,
    hands: Hands,
    worded: Memo<u64, PictureWords>,
    pub(super) years: YearsChart,
}

/// Revision, look, measure, width and height that the figure was made for.
type ThemesKey = (u64, Look, Measure, u32, u32);

/// Whether a figure follows from another by a change, and not by another size or look.
fn is_change(before: ThemesKey, after: ThemesKey) -> bool {
    before.0 != after.0 && (before.1, before.2, before.3, before.4) == (after.1, after.2, after.3, after.4)
}

/// What the numbers say: pounds for each person where that is chosen and known, else what all pictures do.
fn measure(is_per_head: bool, people: Option<u64>, amounts: Amounts) -> Measure {
    match (people.filter(|_| is_per_head), amounts) {
        (Some(people), _) => Measure::PerHead(people),
        (None, Amounts::Pounds) => Measure::Amount,
        (None, Amounts::Percent) => Measure::Share,
        (None, Amounts::Both) => Measure::Both,
    }
}

/// The row of measures, with the room below it.
const SWITCH: f32 = 28.0;
pub(super) const PICTURE_TOP: f32 = SWITCH + 2.0 * space::S;

impl ThemesView {
    /// The lines that are pointed at or have the keyboard, and what they are called.
    pub(in crate::app) fn pointed_lines(&self, revision: u64) -> Option<(Filter, String)> {
        self.hands.pointed_lines(revision)
    }

    pub(in crate::app) fn show_per_head(&mut self) {
        self.is_per_head = true;
    }

    /// The figure on screen, as exports draw it: all of the page, whatever of it is scrolled into view.
    pub(in crate::app) fn figure(&self, revision: u64) -> Option<Figure> {
        self.drawn.at(revision).map(|drawn| drawn.figure.clone().scaled(f64::from(self.unit)))
    }
}

#[must_use]
pub(in crate::app) fn themes_view_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    view: &mut ThemesView,
) -> Option<Action> {
    let look = Look::of(ui.visuals());
    let (room, _) = ui.allocate_exact_size(ui.available_size(), Sense::hover());
    let breakdown = view.breakdown.get(revision, || Breakdown::of(&place.ledger, &place.view.filter));
    let people = view.people.get(revision, || {
        let people = people_in_view(place);
        breakdown.per_head(Money::ZERO, people.clone()).and(people)
    });
    let head = Rect::from_min_size(room.min, vec2(room.width(), SWITCH));
    let below = Rect::from_min_max(pos2(room.left(), room.top() + PICTURE_TOP), room.max);
    let measure = measure(view.is_per_head, people.as_ref().ok().copied(), place.view.amounts);
    let size = (below.width().floor().max(1.0), below.height().floor().max(1.0));
    let unit = unit_in(below.size());
    view.unit = unit;
    let key = (revision, look, measure, size.0 as u32, size.1 as u32);
    let drawn = view.drawn.get(key, || {
        let page = PageOptions {
            scheme: look.scheme(),
            measure,
            size: (f64::from(size.0 / unit), f64::from(size.1 / unit)),
            scroll_bar_px: f64::from(scroll_bar_width() / unit),
            blind: None,
        };
        themes_page(place, breakdown, &page)
    });

    let layout = Layout::left_to_right(Align::Center);
    let mut head = ui.new_child(UiBuilder::new().max_rect(head).layout(layout));
    let wish = switch_ui(&mut head, &mut view.is_per_head, place.view.amounts, breakdown, people);
    if wish.is_some() {
        return wish;
    }
    years_switch_ui(&mut head, drawn, &mut view.years);
    if view.years.is_open() {
        years_ui(ui, below, &drawn.trends, &mut view.years);
        return view.hands.let_go(ui, place, revision);
    }
    let ground = ThemesGround { place, revision, people: people.as_ref().ok().copied() };
    let (hands, painted, way) = (&mut view.hands, &mut view.painted, &mut view.way);
    let worded = &mut view.worded;
    scrolled_ui(ui, below, |ui| {
        let size = vec2(drawn.figure.width as f32, drawn.figure.height as f32) * unit;
        let (rect, page) = ui.allocate_exact_size(size, Sense::click());
        // Those who do not see the picture hear what it is of, before its parts.
        page.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, themes_sentence(breakdown)));
        describe(ui, &page, || Some(worded.get(revision, || themes_words(place, Audience::DESK)).lines()));
        let transform = Transform { origin: rect.min, zoom: unit };
        if let Some(between) = way.follow(ui, key, &drawn.figure, is_change) {
            ui.painter().extend(paint::shapes(ui.painter(), &between, transform));
        } else {
            let lit = hands.last_column;
            let shapes = painted.get((key, lit, transform), || match lit {
                Some(column) => paint::shapes(ui.painter(), &drawn.with_agency_lit(column), transform),
                None => paint::shapes(ui.painter(), &drawn.figure, transform),
            });
            ui.painter().extend(shapes.iter().cloned());
        }
        said_ui(ui, drawn, transform);
        hands.reach(ui, ground, &page, drawn, transform);
        hands.reach_years(ui, drawn, transform);
    });
    if view.hands.opens_years() {
        view.years.open();
        ui.ctx().request_repaint();
    }
    view.hands.let_go(ui, place, revision)
}

/// Words of the picture that only say what is seen.
fn said_ui(ui: &Ui, drawn: &ThemesFigure, transform: Transform) {
    for (index, (rect, words)) in drawn.said.iter().enumerate() {
        let id = ui.scope_id().with(("said", index));
        let response = ui.interact(transform.rect(*rect), id, Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words));
    }
}

/// The measures to choose from, and what has no theme yet, to be given one.
fn switch_ui(
    ui: &mut Ui,
    is_per_head: &mut bool,
    amounts: Amounts,
    breakdown: &Breakdown,
    people: &Result<u64, NoPerHead>,
) -> Option<Action> {
    ui.spacing_mut().item_spacing.x = space::XS;
    let shows_per_head = *is_per_head && people.is_ok();
    let share = format!("% of {}", breakdown.total.in_short());
    let mut wish = None;
    for (chosen, text, tip) in [
        (Amounts::Pounds, "£", "Amounts to three figures"),
        (Amounts::Percent, share.as_str(), "Shares of all that is shown"),
        (Amounts::Both, "£ and %", "Amounts, and shares of all that is shown"),
    ] {
        let is_chosen = amounts == chosen && !shows_per_head;
        if ui.selectable_label(is_chosen, text).on_hover_text(tip).clicked() {
            *is_per_head = false;
            wish = (amounts != chosen).then(|| Command::SetAmounts(chosen).into());
        }
    }
    let per_head = ui.add_enabled(people.is_ok(), egui::Button::selectable(shows_per_head, "£ per head"));
    let per_head = match people {
        Ok(people) => per_head.on_hover_text(format!("For each of {} people", thousands(*people))),
        Err(reason) => per_head.on_disabled_hover_text(format!("Not per head: {reason}")),
    };
    if per_head.clicked() {
        *is_per_head = true;
    }
    let nameless = breakdown.themes.iter().find(|theme| theme.name == Names::NOT_STATED && theme.lines > 0);
    let without = nameless.map_or(Graded::NOTHING, |theme| theme.amount);
    // Where there is no room for it the menu has it too.
    if without.total().is_zero() || ui.available_width() < ROOM_TO_SORT {
        return wish;
    }
    ui.add_space(space::L);
    let words = format!("Sort {} without a theme", without.in_short());
    let sorts = ui.button(words).on_hover_text("By rules, the largest first").clicked();
    wish.or(sorts.then_some(Action::ThemeRules))
}

/// What the button that sorts and the switch of the years take, in points.
const ROOM_TO_SORT: f32 = 380.0;

/// Opens the years as one chart, and closes it.
fn years_switch_ui(ui: &mut Ui, drawn: &ThemesFigure, years: &mut YearsChart) {
    if drawn.trends.years.len() < 2 {
        years.close();
        return;
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let tip = "The years as one chart, with axes";
        if ui.selectable_label(years.is_open(), "Chart of years").on_hover_text(tip).clicked()
            && !years.close()
        {
            years.open();
        }
    });
}

#[cfg(test)]
mod tests {
    use egui::{Key, accesskit::Role};
    use egui_kittest::Harness;
    use egui_kittest::kittest::{NodeT as _, Queryable as _};

    use super::*;
    use crate::dimension::Dimension;
    use crate::place::read_place;

    /// A place and its themes, and all that was asked for.
    struct Window {
        place: Place,
        revision: u64,
        view: ThemesView,
        drilled: Vec<String>,
    }

    fn window<'a>(place: &str) -> Harness<'a, Window> {
        let place = read_place(place).unwrap();
        let state = Window { place, revision: 0, view: ThemesView::default(), drilled: Vec::new() };
        let show = |ui: &mut Ui, window: &mut Window| match themes_view_ui(
            ui,
            &window.place,
            window.revision,
            &mut window.view,
        ) {
            Some(Action::Edit(command)) => {
                command.apply(&mut window.place).unwrap();
                window.revision += 1;
            }
            Some(Action::Drill(title, _)) => window.drilled.push(title),
            _ => {}
        };
        let setup = |context: &egui::Context| {
            crate::app::style::install(context);
            // What is on its way is drawn for as long as a clock says.
            context.all_styles_mut(|style| style.animation_time = 0.0);
        };
        let mut harness = Harness::builder()
            .with_size([1024.0, 768.0])
            .with_context_setup(setup)
            .build_ui_state(show, state);
        harness.run();
        harness
    }

    const SMALL: &str = r#"(format: 1, name: "Here", lines: [
        (amount: "300.00", agency: "Council", theme: "Early years", year: "2024/25", stage: "Prevention"),
        (amount: "50.25", agency: "Council", theme: "Homes", year: "2024/25"),
        (amount: "100.00", agency: "Health", theme: "Early years", year: "2023/24"),
    ])"#;

    fn names(harness: &Harness<'_, Window>, dimension: Dimension) -> Vec<String> {
        let names = harness.state().place.view.filter.names(dimension);
        names.map(|names| names.iter().cloned().collect()).unwrap_or_default()
    }

    #[test]
    fn pressing_a_cell_narrows_to_it_and_pressing_it_again_widens() {
        let mut harness = window(SMALL);
        let name = "Council: Early years, £300.00, 75% of Early years";
        harness.get_all_by_role_and_label(Role::Button, name).next().unwrap().focus();
        harness.run();
        harness.key_press(Key::Space);
        harness.run();
        assert_eq!(names(&harness, Dimension::Agency), ["Council"]);
        assert_eq!(names(&harness, Dimension::Theme), ["Early years"]);
        harness.key_press(Key::Space);
        harness.run();
        assert!(harness.state().place.view.filter.is_empty());
    }

    #[test]
    fn enter_leads_to_the_lines_and_leaves_the_filter() {
        let mut harness = window(SMALL);
        harness.get_all_by_label("Homes, £50.25, 11% of the total").next().unwrap().focus();
        harness.run();
        harness.key_press(Key::Enter);
        harness.run();
        assert_eq!(harness.state().drilled, ["Homes"]);
        assert!(harness.state().place.view.filter.is_empty());
    }

    #[test]
    fn the_picture_says_in_words_what_it_is_of() {
        let harness = window(SMALL);
        let words =
            "£450.25 in 2 themes by 2 agencies, 2023/24 to 2024/25: Early years is the largest, £400 (89%)";
        harness.get_by_role_and_label(Role::Canvas, words);
    }

    #[test]
    fn per_head_is_grey_where_nobody_was_counted() {
        let harness = window(SMALL);
        assert!(harness.get_by_label("£ per head").accesskit_node().is_disabled());
        let counted = SMALL.replace("lines:", "population: [(people: 1000)], lines:");
        let several_years = window(&counted);
        assert!(several_years.get_by_label("£ per head").accesskit_node().is_disabled());
        let one_year = counted.replace("2023/24", "2024/25");
        assert!(!window(&one_year).get_by_label("£ per head").accesskit_node().is_disabled());
    }

    #[test]
    fn a_year_is_narrowed_to_with_its_theme() {
        let mut harness = window(SMALL);
        harness.get_by_label("Early years, 2023/24, £100.00, 100% of 2023/24").click();
        harness.run();
        assert_eq!(names(&harness, Dimension::Year), ["2023/24"]);
    }
}
