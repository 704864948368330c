//! Characters that hide or turn others are a small sign wherever a person meets them: in letters that are painted, in
//! names that are read aloud, in the window's title. All of it goes through one gate.

use std::fs;
use std::path::{Path, PathBuf};

use egui::accesskit::Role;
use egui::{Key, Modifiers, Shape, ViewportCommand, pos2};
use egui_kittest::kittest::{By, NodeT as _, Queryable as _};
use shadowpool::dimension::Agency;
use shadowpool::ledger::{ControlTotal, Ledger, Source, SpendLine};
use shadowpool::place::{Place, write_place};
use shadowpool::pool::Scenario;

use crate::support_ledgers::{money, small_place};
use crate::support_window::{CTRL, Window, folder};

/// Turns what follows, takes no room, rings a bell.
const HIDDEN: [char; 3] = ['\u{202e}', '\u{200b}', '\u{7}'];

fn odd(name: &str) -> String {
    name.chars().chain(HIDDEN).chain("end".chars()).collect()
}

/// The small place, whatever has a name named oddly.
fn odd_place() -> Place {
    let small = small_place();
    let odd_name = |name: &Option<String>| name.as_deref().map(odd);
    let lines: Vec<SpendLine> = small
        .ledger
        .lines()
        .map(|line| {
            let line = line.to_spend_line();
            SpendLine {
                agency: odd_name(&line.agency),
                theme: odd_name(&line.theme),
                service: odd_name(&line.service),
                funder: Some(odd("Council tax")),
                supplier: Some(odd("Acme")),
                description: Some(odd("Visits")),
                ..line
            }
        })
        .collect();
    let agencies: Vec<Agency> =
        small.agencies.iter().map(|agency| Agency { name: odd(&agency.name), ..agency.clone() }).collect();
    let source = Source { title: odd("Budget book"), publisher: odd("Council"), ..small.sources[0].clone() };
    let total = ControlTotal { name: odd("Outturn"), amount: money("9.00"), ..ControlTotal::default() };
    Place {
        name: odd("Odd Town"),
        about: odd("What is known of it"),
        ledger: Ledger::from_lines(&lines, std::slice::from_ref(&source), &agencies).into(),
        agencies: agencies.into(),
        sources: vec![source].into(),
        control_totals: vec![total].into(),
        scenarios: vec![Scenario { name: odd("Plan"), pool: odd("Pool"), ..Scenario::default() }].into(),
        ..small
    }
}

fn written(folder: &Path) -> PathBuf {
    // Some systems have no such names for files.
    let name = if cfg!(unix) { odd("place") } else { "place".to_owned() };
    let path = folder.join(format!("{name}.ron"));
    fs::write(&path, write_place(&odd_place())).unwrap();
    path
}

fn hides(text: &str) -> bool {
    text.contains(HIDDEN)
}

/// All that is said in the window: what is read aloud, and what is painted.
fn said(window: &Window) -> Vec<String> {
    let mut said = Vec::new();
    for node in window.harness.query_all(By::new().predicate(|_| true)) {
        let node = node.accesskit_node();
        said.extend([node.label(), node.value()].into_iter().flatten());
        said.extend(
            [node.placeholder(), node.description().as_deref()].into_iter().flatten().map(str::to_owned),
        );
    }
    for clipped in &window.harness.output().shapes {
        painted(&clipped.shape, &mut said);
    }
    said
}

fn painted(shape: &Shape, said: &mut Vec<String>) {
    match shape {
        Shape::Text(text) => said.push(text.galley.text().to_owned()),
        Shape::Vec(shapes) => shapes.iter().for_each(|shape| painted(shape, said)),
        _ => {}
    }
}

/// What the last frame had the window called.
fn titles(window: &Window) -> Vec<String> {
    let all = window.harness.output().viewport_output.values().flat_map(|viewport| &viewport.commands);
    let title = |command: &ViewportCommand| match command {
        ViewportCommand::Title(title) => Some(title.clone()),
        _ => None,
    };
    all.filter_map(title).collect()
}

/// Nothing is hidden in what the window shows, and something would be.
#[track_caller]
fn check(window: &Window, what: &str) {
    let said = said(window);
    let hidden: Vec<&String> = said.iter().filter(|text| hides(text)).collect();
    assert!(hidden.is_empty(), "{what}: {hidden:#?}");
    assert!(said.iter().any(|text| text.contains("\u{25a1}")), "{what}: there is nothing odd in it");
}

#[test]
fn no_screen_hides_anything_in_a_name() {
    let folder = folder();
    let mut window = Window::open(&[written(folder.path())]);
    window.wait_until("the place is open", |app| app.history().place().name.starts_with("Odd Town"));
    assert!(hides(&window.place().name), "the place keeps its names");
    for (key, screen) in
        [(Key::Num1, "Flows"), (Key::Num2, "Themes"), (Key::Num3, "Pool"), (Key::Num4, "Ledger")]
    {
        window.press(CTRL, key);
        check(&window, screen);
        // What is pointed at says more.
        for at in
            (0..60).map(|step| pos2(100.0 + 115.0 * (step % 10) as f32, 190.0 + 95.0 * (step / 10) as f32))
        {
            window.harness.hover_at(at);
            window.harness.run_steps(2);
            check(&window, screen);
        }
    }
    window.press(CTRL, Key::K);
    check(&window, "what can be done");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(CTRL, Key::Num4);
    let tabs = ["Lines", "Sources", "Control totals", "Rules", "Names", "Counted once", "Audit"];
    for name in tabs {
        if window.harness.query_by_role_and_label(Role::Button, name).is_some() {
            window.click_role(Role::Button, name);
            check(&window, name);
        }
    }
}

#[test]
fn no_question_and_no_list_hides_anything_in_a_name() {
    let (folder, program) = (folder(), folder());
    let path = written(folder.path());
    let more =
        folder.path().join(format!("{}.csv", if cfg!(unix) { odd("more") } else { "more".to_owned() }));
    fs::write(&more, format!("agency,theme,amount\n\"{}\",Homes,5.00\n", odd("Council"))).unwrap();
    let mut window = Window::open_in(&[path], Some(program.path()));
    window.wait_until("the place is open", |app| app.history().place().name.starts_with("Odd Town"));
    window.drop_file(&more);
    window.wait_for("Add 1 file");
    window.settle();
    check(&window, "the tray");
    window.harness.key_press(Key::Enter);
    window.wait("the title says that it is changed", |window| {
        let titles = titles(window);
        assert!(!titles.iter().any(|title| hides(title)), "{titles:?}");
        titles.iter().any(|title| title.starts_with("*Odd Town\u{25a1}\u{25a1}\u{25a1}end"))
    });
    window.settle();
    assert_eq!(window.place().ledger.len(), 4);
    check(&window, "what was read");
    window.press(CTRL, Key::H);
    check(&window, "the steps");
    window.click_role(Role::Button, "File");
    check(&window, "the menu");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(CTRL, Key::N);
    window.wait_for("Save the changes to");
    window.settle();
    check(&window, "the question");
    window.press(Modifiers::NONE, Key::Escape);
    window.press(CTRL | Modifiers::SHIFT, Key::S);
    check(&window, "the name to save under");
    window.press(Modifiers::NONE, Key::Escape);
    // Killed, its work is offered and comes back: the job that brings it says its name too.
    let left = crate::recovering::killed(window, program.path());
    let mut window = Window::open_in(&[], Some(left.path()));
    window.wait_for("Unsaved work");
    window.settle();
    check(&window, "the offer");
    window.click_like("Bring back Odd Town");
    window.wait_until("it is back", |app| app.history().place().ledger.len() == 4);
    check(&window, "what was brought back");
    window.press(CTRL, Key::O);
    check(&window, "recent places");
}

#[test]
fn a_field_shows_signs_and_keeps_what_is_in_it() {
    let folder = folder();
    let mut window = Window::open(&[written(folder.path())]);
    window.wait_until("the place is open", |app| app.history().place().name.starts_with("Odd Town"));
    window.press(CTRL, Key::K);
    window.field("Find an action").focus();
    window.settle();
    window.field("Find an action").type_text(&odd("undo"));
    window.settle();
    check(&window, "a field");
    assert!(window.says("undo\u{25a1}\u{25a1}\u{25a1}end"));
}
