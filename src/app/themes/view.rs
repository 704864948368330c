//! Who spends what on each theme: bars by agency, the theme × agency table, prevention against acute, the years.

use egui::{Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};

use super::page::{Measured, page_ui};
use super::plan::{Columns, Plan};
use super::shown::Shown;
use super::spot::{Ground, Hands};
use crate::app::action::Action;
use crate::app::controls::{color32, hatch_rect};
use crate::app::memo::Memo;
use crate::app::style::{Colors, Look, space};
use crate::figure::{Figure, HatchKind, Measure, Scheme, Weight, themes_sentence};
use crate::flow::breakdown::{Breakdown, Grade, NoPerHead};
use crate::ledger::Filter;
use crate::money::{Money, Share, in_short, percent};
use crate::place::Place;
use crate::scene::{people_in_view, themes_picture};
use crate::words::thousands;

/// What the view of themes remembers: nothing of it is saved.
#[derive(Default)]
pub(in crate::app) struct ThemesView {
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
    /// The lines that are pointed at or have the keyboard, and what they are called.
    pub(in crate::app) fn pointed_lines(&self) -> Option<(Filter, String)> {
        self.hands.pointed_lines()
    }

    /// The figure that exports draw, at the size of the view.
    pub(in crate::app) fn figure(&self, place: &Place) -> Option<Figure> {
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
pub(in crate::app) fn themes_view_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    view: &mut ThemesView,
) -> Option<Action> {
    let look = Look::of(ui.visuals());
    let size = ui.available_size();
    view.size = size;
    view.scheme = look.scheme();
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

    if switch_ui(ui, &mut view.measure, shown, people) {
        return Some(Action::ThemeRules);
    }
    if shown.rows.is_empty() {
        let middle = ui.max_rect().center();
        let words = "No line passes this filter.";
        let text = super::words::said(ui, words, 16.0, Weight::Regular, Colors::of(ui).weak_text);
        ui.painter().galley(middle - text.size() / 2.0, text, Colors::of(ui).weak_text);
        return view.hands.let_go(ui, place);
    }
    ui.add_space(space::S);
    let say = saying(view.measure, shown, people.as_ref().ok().copied());
    let unit = match (view.measure, people) {
        (Chosen::Share, _) => format!("% of {}", shown.total_in_short()),
        (Chosen::PerHead, Ok(_)) => "£ per head".to_owned(),
        _ => "£".to_owned(),
    };
    let measured = Measured { unit, say: &say };
    let hands = &mut view.hands;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        let height = ui.available_height();
        let mut plan = Plan::new(columns, shown, vec2(size.x, height));
        // Where all is in view there is no scroll bar to make room for.
        let width = if plan.height <= height { size.x } else { columns.width };
        if width < size.x {
            plan = Plan::new(columns, shown, vec2(width, height));
        }
        let (rect, page) = ui.allocate_exact_size(vec2(width, plan.height), Sense::hover());
        // Those who do not see the picture hear what it is of, before its parts.
        page.widget_info(|| WidgetInfo::labeled(Role::Canvas, true, themes_sentence(breakdown)));
        page_ui(ui, ground, shown, &plan, rect, hands, &measured);
    });
    view.hands.let_go(ui, place)
}

/// How an amount is written under a measure.
fn saying(chosen: Chosen, shown: &Shown, people: Option<u64>) -> impl Fn(Money) -> String {
    let whole = shown.total.total();
    move |amount| match (chosen, people) {
        (Chosen::Share, _) => Share::of(amount, whole).map(percent).unwrap_or_default(),
        (Chosen::PerHead, Some(people)) => in_short(amount.per(people)),
        _ => in_short(amount),
    }
}

/// The measures to choose from, what has no theme yet, and what the hatches say; true where themes are to be given.
fn switch_ui(ui: &mut Ui, measure: &mut Chosen, shown: &Shown, people: &Result<u64, NoPerHead>) -> bool {
    let mut gives_themes = false;
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
            Ok(people) => per_head.on_hover_text(format!("For each of {} people", thousands(*people))),
            Err(reason) => per_head.on_disabled_hover_text(format!("Not per head: {reason}")),
        };
        if per_head.clicked() {
            *measure = Chosen::PerHead;
        }
        let without = shown.without_theme();
        // Beside an open table there is room for the legend only; the menu has it too.
        if !without.is_zero() && ui.available_width() > 380.0 {
            ui.add_space(space::L);
            let words = format!("Sort {} without a theme", in_short(without));
            gives_themes = ui.button(words).on_hover_text("By rules, the largest first").clicked();
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| hatch_key_ui(ui, shown));
    });
    gives_themes
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
        crate::app::style::weak_text(ui, &words);
        let (rect, _) = ui.allocate_exact_size(vec2(22.0, 12.0), Sense::hover());
        let color = shown.scheme.neutral();
        ui.painter().rect_filled(rect, 1.0, color32(color, 1.0));
        hatch_rect(ui.painter(), rect.min, rect, shown.scheme.hatch_on(kind, color));
        ui.add_space(space::S);
    }
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
        let setup = |context: &egui::Context| crate::app::style::install(context);
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
            "£450 in 2 themes by 2 agencies, 2023/24 to 2024/25: Early years is the largest, £400 (89%)";
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
