//! A story in front of people, by every key that a keyboard or a clicker has for it; what is tried in a scene and taken back;
//! and the window as it was, afterwards.

use egui::{Event, Key, Modifiers, pos2};
use shadowpool::money::Money;
use shadowpool::place::{Place, Scene, Screen, ViewSpec};

use crate::pool_view::window_on;
use crate::story::with_scenes;
use crate::support_window::{CTRL, Window, folder};

const NONE: Modifiers = Modifiers::NONE;

/// The sample's own story, from its first scene.
fn presented() -> Window {
    let mut window = Window::sample();
    window.press(NONE, Key::F5);
    assert!(is_at(&window, 1));
    window
}

fn scenes(window: &Window) -> usize {
    window.place().story.len()
}

fn is_at(window: &Window, number: usize) -> bool {
    window.says(&format!("Scene {number} of {} of the story.", scenes(window)))
}

fn is_presenting(window: &Window) -> bool {
    window.says("of the story.")
}

/// A key by where it is: what the layout has there is another.
fn press_place(window: &mut Window, key: Key, place: Key) {
    for pressed in [true, false] {
        let event = Event::Key { key, physical_key: Some(place), pressed, repeat: false, modifiers: NONE };
        window.harness.event(event);
    }
    window.settle();
}

fn write(window: &mut Window, text: &str) {
    for letter in text.chars() {
        window.harness.event(Event::Text(letter.to_string()));
        window.settle();
    }
}

/// What people see, as one color; none where it is a picture.
fn ground(window: &mut Window) -> Option<[u8; 4]> {
    let picture = window.harness.render().expect("the painter needs nothing");
    // Around it the window of a test has an edge.
    let inside = |at: u32, whole: u32| (24..whole - 24).contains(&at);
    let (width, height) = picture.dimensions();
    let pixels = picture.enumerate_pixels().filter(|(x, y, _)| inside(*x, width) && inside(*y, height));
    let first = picture.get_pixel(24, 24).0;
    pixels.into_iter().all(|(.., pixel)| pixel.0 == first).then_some(first)
}

const BLACK: Option<[u8; 4]> = Some([0, 0, 0, 255]);
const WHITE: Option<[u8; 4]> = Some([255, 255, 255, 255]);

#[test]
fn every_key_that_goes_on_goes_on_and_every_key_that_goes_back_goes_back() {
    let mut window = presented();
    let on = [Key::ArrowRight, Key::ArrowDown, Key::Space, Key::Enter, Key::N, Key::PageDown];
    let back = [Key::ArrowLeft, Key::ArrowUp, Key::P, Key::PageUp, Key::Backspace];
    for (on, back) in on.into_iter().zip(back.into_iter().cycle()) {
        window.press(NONE, on);
        assert!(is_at(&window, 2), "{on:?}");
        window.press(NONE, back);
        assert!(is_at(&window, 1), "{back:?}");
    }
    window.press(NONE, Key::End);
    assert!(is_at(&window, scenes(&window)));
    window.press(NONE, Key::Home);
    assert!(is_at(&window, 1));
    window.press(NONE, Key::Num3);
    window.press(NONE, Key::Enter);
    assert!(is_at(&window, 3));
    // On the ground: nothing of a picture is at its edge.
    window.harness.hover_at(pos2(20.0, 400.0));
    window.settle();
    window.harness.drag_at(pos2(20.0, 400.0));
    window.harness.drop_at(pos2(20.0, 400.0));
    window.settle();
    assert!(is_at(&window, 4));
}

#[test]
fn black_is_black_and_white_is_white_until_asked_again() {
    let mut window = presented();
    window.press(NONE, Key::ArrowRight);
    for (key, color) in [(Key::B, BLACK), (Key::Period, BLACK), (Key::W, WHITE), (Key::Comma, WHITE)] {
        window.press(NONE, key);
        assert_eq!(ground(&mut window), color, "{key:?}");
        window.press(NONE, key);
        assert_eq!(ground(&mut window), None, "{key:?}");
        window.press(NONE, key);
        window.press(NONE, Key::PageDown);
        assert!(is_at(&window, 2), "the picture comes back, and nothing moves");
        assert_eq!(ground(&mut window), None);
    }
}

#[test]
fn with_caps_lock_on_and_on_any_layout() {
    let mut window = presented();
    // Of Caps Lock only the text is told, in capitals.
    for (text, color) in [("B", BLACK), ("W", WHITE), (".", BLACK), (",", WHITE)] {
        write(&mut window, text);
        assert_eq!(ground(&mut window), color, "{text}");
        write(&mut window, text);
        assert_eq!(ground(&mut window), None, "{text}");
    }
    write(&mut window, "N");
    assert!(is_at(&window, 2));
    write(&mut window, "P");
    assert!(is_at(&window, 1));
    // A clicker's point is where a French keyboard has a colon.
    press_place(&mut window, Key::Colon, Key::Period);
    assert_eq!(ground(&mut window), BLACK);
    press_place(&mut window, Key::Colon, Key::Period);
    assert_eq!(ground(&mut window), None);
    // The row of digits there has letters with accents.
    press_place(&mut window, Key::Quote, Key::Num3);
    window.press(NONE, Key::Enter);
    assert!(is_at(&window, 3));
    // What a key says counts more than where it is: a W there stands where others have Z.
    press_place(&mut window, Key::W, Key::Z);
    assert_eq!(ground(&mut window), WHITE);
}

#[test]
fn a_clicker_that_sends_f5_and_esc_in_turn_begins_and_ends_whichever_comes() {
    let mut window = Window::sample();
    for (key, presents) in
        [(Key::F5, true), (Key::Escape, false), (Key::F5, true), (Key::F5, false), (Key::F5, true)]
    {
        window.press(NONE, key);
        assert_eq!(is_presenting(&window), presents, "{key:?}");
    }
    window.press(NONE, Key::PageDown);
    window.press(NONE, Key::PageDown);
    window.press(NONE, Key::Escape);
    window.press(Modifiers::SHIFT, Key::F5);
    assert!(is_at(&window, 3), "it goes on where it was left");
}

#[test]
fn from_the_scene_that_is_chosen_in_the_list() {
    let folder = folder();
    let mut window = window_on(&folder, &with_scenes(&["One", "Two", "Three"]));
    window.press(CTRL, Key::Num6);
    window.click_like("2. Two");
    window.press(Modifiers::SHIFT, Key::F5);
    assert!(is_at(&window, 2), "{:#?}", window.names());
}

#[test]
fn esc_leads_back_to_the_window_as_it_was() {
    let mut window = Window::sample();
    window.click_like("Ageing Well, Theme");
    window.press(NONE, Key::Plus);
    let (names, steps) = (window.names(), window.app().history().done());
    let (view, revision) = (window.place().view.clone(), window.app().history().revision());
    window.press(NONE, Key::F5);
    for key in [Key::PageDown, Key::PageDown, Key::End, Key::B, Key::B, Key::Home] {
        window.press(NONE, key);
    }
    window.press(NONE, Key::Escape);
    assert!(!is_presenting(&window));
    assert_eq!(window.names(), names);
    assert_eq!(window.app().history().done(), steps);
    assert_eq!(window.app().history().revision(), revision);
    assert_eq!(window.place().view, view);
}

/// Presses a part of the picture.
fn pick(window: &mut Window, beginning: &str) {
    window.click_like(beginning);
}

#[test]
fn what_is_picked_says_its_share_then_its_lines_and_the_next_key_returns_first() {
    let mut window = presented();
    let before = window.place().view.clone();
    pick(&mut window, "Living Well");
    assert!(window.says("of the story. Living Well: £"), "the share first: {:#?}", window.names());
    window.press(NONE, Key::Enter);
    assert!(window.says(" lines, the largest 6"), "{:#?}", window.names());
    window.press(NONE, Key::Enter);
    assert!(window.says(" lines, 7 to "), "{:#?}", window.names());
    window.press(Modifiers::ALT, Key::ArrowLeft);
    assert!(!window.says(" lines, "));
    assert!(is_at(&window, 1));
    window.press(NONE, Key::PageDown);
    assert!(is_at(&window, 1), "the scene first, as it was");
    assert!(!window.says("of the story. Living Well: £"), "{:#?}", window.names());
    window.press(NONE, Key::PageDown);
    assert!(is_at(&window, 2));
    assert_eq!(window.place().view, before);
}

/// A story whose one scene is a pool of the sample.
fn pool_scene(window: &mut Window) {
    let is_pool = |scene: &Scene| scene.view.screen == Screen::Pool;
    let at = window.place().story.iter().position(is_pool).expect("one scene is of a pool");
    for digit in (at + 1).to_string().chars() {
        write(window, &digit.to_string());
    }
    window.press(NONE, Key::Enter);
    assert!(is_at(window, at + 1));
}

fn new_money(place: &Place) -> Money {
    place.scenarios.iter().flat_map(|scenario| &scenario.new_money).map(|money| money.amount).sum()
}

#[test]
fn an_amount_is_tried_and_taken_back_by_the_next_key_and_kept_only_where_that_is_asked_for() {
    let mut window = presented();
    pool_scene(&mut window);
    let (place, steps) = (window.place().clone(), window.app().history().done());
    pick(&mut window, "Cheshire West and Chester Council: puts in");
    write(&mut window, "+250k");
    assert!(window.says("+250k"), "what is typed is seen: {:#?}", window.names());
    window.press(NONE, Key::Enter);
    assert!(window.says("Tried: "), "{:#?}", window.names());
    assert!(window.says("next key goes back"));
    assert_eq!(new_money(window.place()), new_money(&place), "the place knows nothing of it");
    window.press(NONE, Key::ArrowRight);
    assert!(!window.says("Tried: "));
    assert_eq!(window.place().scenarios, place.scenarios);
    assert_eq!(window.place().view, place.view);
    assert_eq!(window.app().history().done(), steps);
    pick(&mut window, "Cheshire West and Chester Council: puts in");
    write(&mut window, "+nothing");
    window.press(NONE, Key::Enter);
    assert!(window.says("is not an amount of money"), "{:#?}", window.names());
    write(&mut window, "+250k");
    window.press(NONE, Key::Enter);
    window.press(NONE, Key::K);
    assert_eq!(new_money(window.place()) - new_money(&place), Money::from_pounds(250_000));
    assert_eq!(window.app().history().done(), steps + 1);
    window.press(NONE, Key::Escape);
    window.press(CTRL, Key::Z);
    assert_eq!(window.place().scenarios, place.scenarios);
}

#[test]
fn what_is_picked_alone_stays_in_view_until_the_next_key() {
    let mut window = presented();
    pick(&mut window, "Living Well");
    window.press(NONE, Key::O);
    assert!(window.says("only Living Well"), "{:#?}", window.names());
    window.press(NONE, Key::PageUp);
    assert!(!window.says("only Living Well"));
    assert!(is_at(&window, 1));
}

#[test]
fn a_hundred_scenes_held_down_are_gone_through_to_the_last() {
    let folder = folder();
    let names: Vec<String> = (1..=100).map(|number| format!("Scene {number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let mut window = window_on(&folder, &with_scenes(&names));
    window.press(NONE, Key::F5);
    for turn in 0..150 {
        let event = Event::Key {
            key: Key::ArrowRight,
            physical_key: Some(Key::ArrowRight),
            pressed: true,
            repeat: turn > 0,
            modifiers: NONE,
        };
        window.harness.event(event);
        window.harness.step();
    }
    window.settle();
    assert!(is_at(&window, 100));
    assert!(is_presenting(&window));
    // What is no way on is not done again while it is held.
    for repeat in [false, true, true] {
        let event =
            Event::Key { key: Key::B, physical_key: Some(Key::B), pressed: true, repeat, modifiers: NONE };
        window.harness.event(event);
        window.harness.step();
    }
    assert_eq!(ground(&mut window), BLACK);
}

#[test]
fn a_place_without_a_story_says_so_and_one_in_the_dark_is_not_shown() {
    let folder = folder();
    let mut window = Window::small(&folder);
    window.press(NONE, Key::F5);
    assert!(!is_presenting(&window) && window.says("There is no scene to show"));
    let mut window = Window::sample();
    window.press(NONE, Key::B);
    window.press(NONE, Key::F5);
    assert!(!is_presenting(&window) && window.says("leave blind mode first"));
}

#[test]
fn a_scene_that_no_longer_applies_is_shown_as_near_as_it_can_be_and_says_so() {
    let folder = folder();
    let view = ViewSpec { scenario: Some("Gone".to_owned()), ..ViewSpec::default() };
    let mut place = with_scenes(&["One"]);
    std::sync::Arc::make_mut(&mut place.story)[0].view = view;
    let mut window = window_on(&folder, &place);
    window.press(NONE, Key::F5);
    assert!(is_at(&window, 1));
    assert!(window.says("The scenario \u{201c}Gone\u{201d} is gone"), "{:#?}", window.names());
}

#[test]
fn a_pointer_that_rests_is_not_seen() {
    let mut window = presented();
    window.harness.hover_at(pos2(300.0, 300.0));
    window.harness.run_steps(2);
    let cursor = |window: &Window| window.harness.output().platform_output.cursor_icon;
    assert_ne!(cursor(&window), egui::CursorIcon::None);
    // The toolkit's time goes on by a part of a second in each step.
    for _ in 0..40 {
        window.harness.run_steps(4);
        if cursor(&window) == egui::CursorIcon::None {
            window.harness.hover_at(pos2(320.0, 300.0));
            window.harness.run_steps(2);
            assert_ne!(cursor(&window), egui::CursorIcon::None, "moved, it is back");
            return;
        }
    }
    panic!("it never went");
}

#[test]
fn f11_shows_the_scenes_as_at_a_desk_and_a_light_follows_the_pointer() {
    let mut window = presented();
    let hall = window.harness.render().unwrap();
    window.press(NONE, Key::F11);
    assert!(is_at(&window, 1));
    assert_ne!(window.harness.render().unwrap(), hall);
    window.press(NONE, Key::F11);
    window.press(NONE, Key::L);
    assert!(is_at(&window, 1));
}
