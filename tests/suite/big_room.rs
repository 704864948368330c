//! Pictures for a hall: every text is at least the floor, nothing is cut or outside, few nodes, the title in two lines of
//! a glance; the same on the command line and in the window, which F11 leads into and Esc out of.

use egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use shadowpool::figure::{Figure, Mark, RoomSizes, Scheme, Shape, Text, unit_of};
use shadowpool::place::{Place, Screen};
use shadowpool::scene::{
    RoomOptions, flows_picture, room_flows_picture, room_picture, room_pool_picture, room_themes_picture,
    themes_picture,
};

use crate::sample_data::samples;
use crate::support_window::Window;

const SIZES: [(f64, f64); 4] = [(1024.0, 768.0), (1280.0, 720.0), (1920.0, 1080.0), (3840.0, 2160.0)];

fn texts<'a>(figure: &'a Figure) -> Vec<&'a Text> {
    let text = |mark: &'a Mark| match &mark.shape {
        Shape::Label(text) => Some(text),
        _ => None,
    };
    figure.marks.iter().filter_map(text).collect()
}

/// A place of the samples, as it is and with each of its scenarios.
fn places() -> Vec<(String, Place, Place)> {
    let mut all = Vec::new();
    for (file, place) in samples() {
        let baseline = place.without_scenario();
        all.push((file.to_owned(), baseline.clone(), baseline.clone()));
        for scenario in place.scenarios.iter() {
            let model = place.models.of(&place.ledger, scenario);
            let shown = baseline.with_model(scenario, &model);
            all.push((format!("{file}, {}", scenario.name), shown, baseline.clone()));
        }
    }
    all
}

fn pictures(place: &Place, baseline: &Place, size: (f64, f64)) -> Vec<Figure> {
    let options = RoomOptions { scheme: Scheme::Light, size, picked: None };
    let mut pictures = vec![room_flows_picture(place, options), room_themes_picture(place, options)];
    if let Some(scenario) = place.shown_scenario() {
        let model = baseline.models.of(&baseline.ledger, scenario);
        pictures.push(room_pool_picture(place, scenario, &model, options));
    }
    pictures
}

#[test]
fn every_text_for_a_hall_is_at_least_the_floor_and_inside() {
    for (name, place, baseline) in places() {
        for size in SIZES {
            for figure in pictures(&place, &baseline, size) {
                assert_eq!((figure.width, figure.height), size);
                for text in texts(&figure) {
                    let said = format!("{name} at {size:?}: {:?}", text.content);
                    assert!(text.size_px >= size.1 * 0.026, "{said} is {} px", text.size_px);
                    let bounds = text.bounds();
                    let is_inside = bounds.x0 >= 0.0 && bounds.x1 <= size.0 && bounds.y0 >= 0.0;
                    assert!(is_inside && bounds.y1 <= size.1, "{said} is outside: {bounds:?}");
                }
            }
        }
    }
}

#[test]
fn no_words_for_a_hall_lie_on_others() {
    for (name, place, baseline) in places() {
        for size in SIZES {
            for figure in pictures(&place, &baseline, size) {
                let texts = texts(&figure);
                for (index, one) in texts.iter().enumerate() {
                    for other in &texts[..index] {
                        // Ascenders of a line may reach between the descenders of the line above.
                        let shared = one.bounds().inset(-one.size_px * 0.14).intersect(other.bounds());
                        let is_apart = shared.width() <= 0.5 || shared.height() <= 0.5;
                        assert!(
                            is_apart,
                            "{name} at {size:?}: {:?} lies on {:?}",
                            one.content, other.content
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn an_amount_for_a_hall_is_never_cut_and_a_title_has_two_lines_of_44_letters() {
    for (name, place, baseline) in places() {
        for figure in pictures(&place, &baseline, SIZES[0]) {
            let title_px = RoomSizes::of(figure.width, figure.height).title;
            let lines: Vec<&Text> =
                texts(&figure).into_iter().filter(|text| text.size_px == title_px).collect();
            assert!((1..=2).contains(&lines.len()), "{name}: {:?}", figure.title);
            assert!(lines.iter().all(|line| line.content.chars().count() <= 45), "{name}: {lines:?}");
            for text in texts(&figure) {
                assert!(!(text.content.starts_with('£') && text.content.ends_with('…')), "{name}: {text:?}");
            }
        }
    }
}

#[test]
fn no_layer_for_a_hall_has_more_than_seven_nodes_and_none_is_hatched() {
    for (name, place, _) in places() {
        let options = RoomOptions { scheme: Scheme::Light, size: SIZES[0], picked: None };
        let figure = room_flows_picture(&place, options);
        assert!(figure.marks.iter().all(|mark| mark.paint.hatch.is_none()), "{name}");
        let mut lefts: Vec<i64> = Vec::new();
        for mark in figure.marks.iter().filter(|mark| mark.target == Some(mark.id)) {
            if let Shape::Bar(rect) = &mark.shape {
                lefts.push(rect.x0.round() as i64);
            }
        }
        for left in lefts.clone() {
            let count = lefts.iter().filter(|&&other| other == left).count();
            assert!(count <= 7, "{name}: {count} nodes in the layer at {left}");
        }
        lefts.sort_unstable();
        lefts.dedup();
        // The bar of the whole stands beside the three layers of a pool.
        assert!(lefts.len() <= 4, "{name}: {lefts:?}");
    }
}

#[test]
fn what_is_picked_is_what_the_title_is_about_and_nothing_moves() {
    let place = crate::sample_data::sample("west-cheshire.ron").without_scenario();
    let plain = RoomOptions { scheme: Scheme::Light, size: SIZES[0], picked: None };
    let before = room_picture(&place, &place, Screen::Flows, plain).unwrap();
    let starting_well = before.marks.iter().find(|mark| mark.tooltip.starts_with("Starting Well: ")).unwrap();
    let picked = RoomOptions { picked: starting_well.target, ..plain };
    let after = room_picture(&place, &place, Screen::Flows, picked).unwrap();
    assert_eq!(after.title, "Starting Well: £501m, 53% of it from Cheshire West Council");
    let bars = |figure: &Figure| -> Vec<_> {
        let own = figure.marks.iter().filter(|mark| mark.target == Some(mark.id));
        own.map(|mark| (mark.id, mark.shape.bounds())).collect()
    };
    assert_eq!(bars(&before), bars(&after));
}

#[test]
fn type_is_never_smaller_than_twelve_units() {
    for (name, place, _) in places() {
        for size in [(560.0, 420.0), (1024.0, 600.0), (1280.0, 720.0), (1920.0, 1080.0)] {
            let unit = unit_of(size.0, size.1);
            let inside = (size.0 / unit, size.1 / unit);
            let flows = flows_picture(&place, Scheme::Light, inside).scaled(unit);
            let measure = shadowpool::figure::Measure::Amount;
            let themes = themes_picture(&place, Scheme::Light, measure, inside).scaled(unit);
            for figure in [&flows, &themes] {
                for text in texts(figure) {
                    let words = &text.content;
                    assert!(text.size_px >= 12.0 * unit - 1e-6, "{name}: {words:?} is {}", text.size_px);
                }
            }
        }
    }
}

#[test]
fn the_window_leads_into_the_big_room_by_f11_and_out_of_it_by_esc() {
    let mut window = Window::sample();
    assert!(window.says("Nothing leaves this computer"));
    window.press(Modifiers::NONE, Key::F11);
    window.settle();
    assert!(!window.says("Nothing leaves this computer"), "no chrome stands around it");
    assert!(window.says("Leave the big room (F11)"));
    assert!(window.says("Living Well takes"), "{:#?}", window.names());
    window.press(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(window.says("Nothing leaves this computer"));
}

#[test]
fn a_node_is_picked_in_the_big_room_by_keyboard_and_let_go_by_esc() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::F11);
    window.settle();
    let node = window.harness.get_all_by_role(egui::accesskit::Role::Button);
    let node = node
        .into_iter()
        .find(|node| node.accesskit_node().label().is_some_and(|label| label.starts_with("Starting Well: ")));
    node.expect("a theme is a control").focus();
    window.settle();
    window.press(Modifiers::NONE, Key::Space);
    window.settle();
    assert!(window.says("Starting Well: £501m, 53% of it from"));
    window.press(Modifiers::NONE, Key::Escape);
    window.settle();
    assert!(window.says("Living Well takes"));
}

#[test]
fn a_list_of_lines_is_for_a_desk_and_keeps_its_bars() {
    let mut window = Window::sample();
    window.press(Modifiers::NONE, Key::F11);
    window.press(Modifiers::COMMAND, Key::Num4);
    window.settle();
    assert!(window.says("Nothing leaves this computer"));
    window.press(Modifiers::COMMAND, Key::Num2);
    window.settle();
    assert!(!window.says("Nothing leaves this computer"));
}

/// What the window says at a size, in points.
fn at_size(width: f32, height: f32) -> Window {
    let mut window = Window::sample();
    window.harness.set_size(egui::vec2(width, height));
    window.settle();
    window
}

#[test]
fn bars_take_a_seventh_of_a_weak_projector_and_nothing_lies_on_anything() {
    for screen in [Key::Num1, Key::Num2, Key::Num3, Key::Num4] {
        let mut window = at_size(1024.0, 768.0);
        window.press(Modifiers::COMMAND, screen);
        window.settle();
        let of = |name: &str| window.harness.get_all_by_label(name).next().expect(name).rect();
        let controls = ["File", "Edit", "View", "Scenario", "Help", "Flows", "Themes", "Pool", "Ledger"];
        let rects: Vec<egui::Rect> = controls.iter().map(|name| of(name)).collect();
        for (index, one) in rects.iter().enumerate() {
            assert!((one.center().y - rects[0].center().y).abs() < 6.0, "{} is in the row", controls[index]);
            for (other, name) in rects[..index].iter().zip(controls) {
                assert!(!one.shrink(1.0).intersects(*other), "{} lies on {name}", controls[index]);
            }
        }
        let signs = of("Command palette");
        assert!(signs.right() <= 1024.0 && rects.iter().all(|rect| !rect.intersects(signs)));
    }
}

#[test]
fn all_is_reachable_in_a_small_window_and_at_twice_the_size() {
    // 1280 by 800 at 200% is as many points.
    for (width, height) in [(640.0, 400.0), (640.0, 480.0)] {
        let mut window = at_size(width, height);
        let names = ["File", "Edit", "View", "Scenario", "Help", "Flows", "Themes", "Pool", "Ledger"];
        for name in names.into_iter().chain(["Command palette", "Undo", "+ Filter"]) {
            let rect = window.harness.get_all_by_label(name).next().expect(name).rect();
            let is_inside = rect.left() >= 0.0 && rect.right() <= width && rect.bottom() <= height;
            assert!(is_inside, "{name} at {width} by {height}: {rect:?}");
        }
        window.click("View");
        window.settle();
        let menu = window.harness.get_all_by_label("Big room").next();
        assert!(menu.is_some(), "a menu is scrolled where it is higher than the window");
    }
}
