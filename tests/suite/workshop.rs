//! An hour of a workshop on a small projector, by the names that a screen reader hears: a pool is built, a partner is asked
//! for more, variants are compared; whatever is refused has a way on that is taken, and all of it is undone.

use std::collections::{BTreeMap, BTreeSet};

use egui::accesskit::Role;
use egui::{Key, Modifiers, vec2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::dimension::Dimension;
use shadowpool::money::Money;
use shadowpool::place::{Compared, Screen, write_place};
use shadowpool::pool::{Lines, Portion, SplitRule};

use super::pool_view::{check_partners, model, scenario};
use super::support_window::{CTRL, Window};

/// The window on a sample, as large as a weak projector.
fn workshop(sample: &str) -> Window {
    let mut window = Window::sample();
    window.harness.set_size(vec2(1024.0, 768.0));
    window.settle();
    run(&mut window, &format!("sample {sample}"));
    window.settle();
    window
}

fn run(window: &mut Window, words: &str) {
    window.press(CTRL, Key::K);
    window.type_into("Find an action", words);
    window.press(Modifiers::NONE, Key::Enter);
}

/// Brings into view what begins so, and clicks it.
fn click_in_view(window: &mut Window, beginning: &str) {
    let is_it = |label: Option<String>| label.is_some_and(|label| label.starts_with(beginning));
    let named = || By::new().predicate(move |node| is_it(node.label()));
    assert!(window.harness.query_all(named()).next().is_some(), "{beginning}: not in {:#?}", window.names());
    window.harness.query_all(named()).next().unwrap().scroll_to_me();
    window.settle();
    window.harness.query_all(named()).next().unwrap().click();
    window.settle();
}

fn type_in_view(window: &mut Window, field: &str, text: &str) {
    window.harness.get_by_role_and_label(Role::TextInput, field).scroll_to_me();
    window.settle();
    window.type_into(field, text);
    window.press(Modifiers::NONE, Key::Enter);
}

/// Takes the first way on as long as something is refused; how often it was.
fn take_ways_on(window: &mut Window) -> usize {
    for refused in 0..4 {
        let Some(close) = window.harness.query_all_by_label("Close the reason").next() else {
            return refused;
        };
        let beside = close.rect();
        // The ways stand in the box whose cross this is.
        let ways = window.harness.query_all_by_role(Role::Button).filter(|node| {
            let rect = node.rect();
            rect.right() < beside.left()
                && rect.top() > beside.top() - 4.0
                && rect.top() < beside.bottom() + 90.0
        });
        let mut ways: Vec<(f32, String)> =
            ways.filter_map(|node| Some((node.rect().top(), node.accesskit_node().label()?))).collect();
        ways.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (_, way) = ways.into_iter().next().unwrap_or_else(|| panic!("a dead end: {:#?}", window.names()));
        click_in_view(window, &way);
    }
    panic!("refused without an end: {:#?}", window.names())
}

/// The partners with most lines in the first theme that four or more have lines in, with that theme.
fn four_partners(window: &Window) -> (String, Vec<String>) {
    let ledger = &window.place().ledger;
    let year = window.place().view.filter.names(Dimension::Year).cloned();
    let mut by_theme: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for line in ledger.lines() {
        let line = line.to_spend_line();
        let is_in_year =
            year.as_ref().is_none_or(|years| line.year.as_ref().is_some_and(|y| years.contains(y)));
        if let (Some(theme), Some(agency), true) = (line.theme, line.agency, is_in_year) {
            by_theme.entry(theme).or_default().insert(agency);
        }
    }
    let (theme, partners) =
        by_theme.into_iter().max_by_key(|(_, partners)| partners.len()).expect("there are themes");
    (theme, partners.into_iter().take(4).collect())
}

/// T4: eight lines of four partners, one of them aligned, one at sixty per cent, under a name.
fn a_pool_is_built(window: &mut Window) {
    let (theme, partners) = four_partners(window);
    assert_eq!(partners.len(), 4, "{theme}: {partners:?}");
    window.press(CTRL, Key::Num4);
    for partner in &partners {
        window.type_into("Find in lines", partner);
        window.settle();
        let rows: Vec<String> = window
            .names()
            .into_iter()
            .filter(|name| name.starts_with('£') && name.contains(partner.as_str()))
            .collect();
        assert!(!rows.is_empty(), "{partner}: {:#?}", window.names());
        let first = window.harness.query_all_by_label(&rows[0]).next().expect("it is there");
        first.click();
        window.settle();
        if let Some(second) = rows.get(1) {
            window.harness.query_all_by_label(second).next().expect("it is there").click_modifiers(CTRL);
            window.settle();
        }
        window.press(Modifiers::NONE, Key::P);
    }
    window.press(Modifiers::NONE, Key::Escape);
    let contributions = scenario(window).contributions.clone();
    assert_eq!(contributions.len(), 4, "{:#?}", window.names());
    let picked = |lines: &Lines| matches!(lines, Lines::ByHand(lines) if !lines.is_empty());
    assert!(contributions.iter().all(|one| picked(&one.lines)));
    its_terms_are_set(window);
}

/// The same by hand: eight services of a theme, with four partners or more among those who pay for them, are dragged to
/// where the pool is.
fn a_pool_is_dragged_together(window: &mut Window) {
    let (theme, _) = four_partners(window);
    window.press(CTRL, Key::Num1);
    let node = window.names_like(&format!("{theme}, Theme, £")).into_iter().next().expect("the theme");
    window.harness.get_all_by_label(&node).next().expect("it is there").click_secondary();
    window.settle();
    window.click_like(&format!("Only {theme}"));
    assert_eq!(
        window.place().view.filter.names(Dimension::Theme),
        Some(&BTreeSet::from([theme.clone()])),
        "{:#?}",
        window.names()
    );
    let mut services: Vec<(String, BTreeSet<String>)> = Vec::new();
    for line in window.place().ledger.lines().map(|line| line.to_spend_line()) {
        let (Some(service), Some(agency), true) =
            (line.service, line.agency, line.theme.as_ref() == Some(&theme))
        else {
            continue;
        };
        let name = window.names_like(&format!("{service}, Service, £")).into_iter().next();
        match services.iter_mut().find(|(known, _)| Some(known) == name.as_ref()) {
            Some((_, agencies)) => drop(agencies.insert(agency)),
            None => services.extend(name.map(|name| (name, BTreeSet::from([agency])))),
        }
    }
    // Whoever has not been asked yet comes first.
    let mut asked: BTreeSet<String> = BTreeSet::new();
    for dragged in 0..8 {
        let new = |(_, agencies): &(String, BTreeSet<String>)| agencies.difference(&asked).count();
        let at = (0..services.len()).max_by_key(|at| (new(&services[*at]), std::cmp::Reverse(*at)));
        let (name, agencies) =
            services.remove(at.unwrap_or_else(|| panic!("{dragged} only: {:#?}", window.names())));
        asked.extend(agencies);
        drag_into_the_pool(window, &name);
        assert!(!window.says("was not put in the pool"), "{name}: {:#?}", window.names());
    }
    let model = model(window);
    assert_eq!(model.broken().count(), 0, "{:?}", model.findings);
    let partners: BTreeSet<String> =
        scenario(window).contributions.iter().map(|one| one.partner.clone()).collect();
    assert!(partners.len() >= 4 && partners.is_subset(&asked), "{partners:?} of {asked:?}");
    its_terms_are_set(window);
}

/// Presses on a node, and lets go where the pool is, or will be.
fn drag_into_the_pool(window: &mut Window, name: &str) {
    let middle = |window: &Window, name: &str| {
        window.harness.get_all_by_label(name).next().expect("it is drawn").rect().center()
    };
    let from = middle(window, name);
    let canvas = window.names_like("Flows of money").remove(0);
    let canvas = window.harness.get_by_label(&canvas).rect();
    let pool =
        window.names().into_iter().find(|name| name.contains(", Pool, £") && !name.starts_with("Outside"));
    let to = if let Some(pool) = pool {
        egui::pos2(middle(window, &pool).x, canvas.center().y)
    } else {
        let layers = window.place().view.layers.len();
        let heading = |layer: usize| {
            let named = window.names_like(&format!("Layer {}: ", layer + 1));
            middle(window, &named[0]).x
        };
        egui::pos2(f32::midpoint(heading(layers / 2 - 1), heading(layers / 2)), canvas.bottom() - 40.0)
    };
    window.drag(from, to);
    window.harness.drop_at(to);
    window.settle();
}

/// One contribution is aligned, one is of sixty per cent, and the scenario has a name.
fn its_terms_are_set(window: &mut Window) {
    window.press(CTRL, Key::Num3);
    let contributions = scenario(window).contributions.clone();
    click_in_view(window, &format!("More for contribution 1 of {}", contributions[0].partner));
    click_in_view(window, "Aligned: it keeps its purpose");
    assert!(scenario(window).contributions[0].aligned);
    window.press(Modifiers::NONE, Key::Escape);
    let field = format!("Contribution 2 of {}: puts in", contributions[1].partner);
    type_in_view(window, &field, "60%");
    take_ways_on(window);
    assert_eq!(scenario(window).contributions[1].what, Portion::Percent("60%".parse().unwrap()));
    type_in_view(window, "Name of the scenario", "What we said on Tuesday");
    assert_eq!(scenario(window).name, "What we said on Tuesday");
    let model = model(window);
    let parts: Money = model.contributed.iter().map(|one| one.amount).sum();
    assert_eq!(model.balance.into_pool, parts, "the pool is the sum of its parts");
    check_partners(window);
}

/// T5: a quarter of a million more, and back.
fn a_partner_puts_in_a_quarter_of_a_million_more(window: &mut Window) {
    let before = write_place(window.place());
    let partner = scenario(window).contributions[1].partner.clone();
    let was = model(window).balance.into_pool;
    type_in_view(window, &format!("Contribution 2 of {partner}: puts in"), "+250k");
    take_ways_on(window);
    assert!(model(window).balance.into_pool > was, "{:#?}", window.names());
    check_partners(window);
    window.press(CTRL, Key::Z);
    assert_eq!(write_place(window.place()), before, "and if we did not: every penny is back");
    assert_eq!(model(window).balance.into_pool, was);
}

/// T6: a variant split by population, beside the original and as a difference.
fn a_variant_is_compared_with_the_original(window: &mut Window) {
    click_in_view(window, "Duplicate…");
    window.type_into("Name of the copy", "By population");
    window.press(Modifiers::NONE, Key::Enter);
    assert_eq!(scenario(window).name, "By population");
    click_in_view(window, "Split rule: ");
    window.click_role(Role::Button, "By population");
    // A number that lacks is no dead end either.
    if window.says("has no number for") {
        let is_way = |name: &String| name == "Count every partner as one" || name.ends_with(" today");
        let way = window.names().into_iter().find(is_way).unwrap_or_else(|| panic!("{:#?}", window.names()));
        click_in_view(window, &way);
    }
    take_ways_on(window);
    let split =
        scenario(window).split.clone().unwrap_or_else(|| panic!("a rule is set: {:#?}", window.names()));
    assert_eq!(split.rule, SplitRule::Population);
    check_partners(window);
    click_in_view(window, "Compare");
    window.click_like("Compare with the original, What we said on Tuesday");
    assert_eq!(window.place().view.screen, Screen::Flows);
    assert_eq!(window.place().view.compare.as_ref().map(|compare| compare.shows), Some(Compared::SideBySide));
    assert!(window.says("side by side, at the same scale. "), "{:#?}", window.names());
    window.click_role(Role::Button, "Difference");
    assert!(
        window.says(
            "what changes from \u{201c}What we said on Tuesday\u{201d} to \u{201c}By population\u{201d}."
        )
    );
    assert!(!window.names_like("Partner: ").is_empty(), "partners by change: {:#?}", window.names());
}

fn an_hour(sample: &str, pool: fn(&mut Window)) {
    let mut window = workshop(sample);
    let before = write_place(window.place());
    pool(&mut window);
    a_partner_puts_in_a_quarter_of_a_million_more(&mut window);
    a_variant_is_compared_with_the_original(&mut window);
    while window.app().history().undo_label().is_some() {
        window.press(CTRL, Key::Z);
    }
    assert_eq!(write_place(window.place()), before, "all of it is undone");
}

#[test]
fn an_hour_on_west_cheshire_ends_nowhere_before_its_end() {
    an_hour("west cheshire", a_pool_is_built);
}

#[test]
fn an_hour_on_west_cheshire_that_begins_with_dragging_ends_nowhere_before_its_end() {
    an_hour("west cheshire", a_pool_is_dragged_together);
}

#[test]
fn an_hour_on_the_tri_borough_ends_nowhere_before_its_end() {
    an_hour("tri-borough", a_pool_is_built);
}
