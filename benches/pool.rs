//! A change of a scenario in a large place, from the typed Enter to the painted pixels, on one core: 60 partners,
//! 3,000 services, 36,000 lines over three years, 50 scenarios. A change should be on screen within 100 ms.

mod support;

use std::cell::{Cell, RefCell};
use std::sync::Arc;

use divan::Bencher;
use egui::{Key, Modifiers};
use egui_kittest::kittest::{By, Queryable as _};
use shadowpool::dimension::{Dimension, NameId};
use shadowpool::ledger::{DateId, Filter, Ledger};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Command, History, Place, Screen, ViewSpec, write_place};
use shadowpool::pool::{Allocation, Contribution, Lines, Portion, Purpose, Scenario, ScenarioChange};

fn main() {
    divan::main();
}

const SIZE: [f32; 2] = [1920.0, 1080.0];
const PARTNERS: usize = 60;
const SERVICES: usize = 3000;
const THEMES: usize = 11;
const YEARS: usize = 3;
const SCENARIOS: usize = 50;
/// How many partners spend on each service.
const SPENDERS: usize = 4;

/// Every service is spent on by several partners in every year.
fn ledger() -> Ledger {
    let mut builder = Ledger::builder();
    let mut names = |dimension: Dimension, count: usize, name: &dyn Fn(usize) -> String| -> Vec<NameId> {
        (0..count).map(|number| builder.names_mut(dimension).add(&name(number))).collect()
    };
    let numbered = |word: &'static str| move |number: usize| format!("{word} {number}");
    let partners = names(Dimension::Agency, PARTNERS, &numbered("Partner"));
    let services = names(Dimension::Service, SERVICES, &numbered("Service"));
    let themes = names(Dimension::Theme, THEMES, &numbered("Theme"));
    let years = names(Dimension::Year, YEARS, &|year| format!("202{}/2{}", year + 3, year + 4));
    for (service, &service_id) in services.iter().enumerate() {
        for spender in 0..SPENDERS {
            for (year, &year_id) in years.iter().enumerate() {
                let mut ids = [NameId::NOT_STATED; Dimension::COUNT];
                ids[Dimension::Agency.index()] = partners[(service * 7 + spender * 13) % PARTNERS];
                ids[Dimension::Service.index()] = service_id;
                ids[Dimension::Theme.index()] = themes[service % THEMES];
                ids[Dimension::Year.index()] = year_id;
                let amount = 100_000 + (service * 977 + spender * 331 + year * 53) % 900_000;
                let amount = Money::from_pence(amount as i64);
                builder.push_ids(amount, ids, NameId::NOT_STATED, DateId::NONE, None, None);
            }
        }
    }
    builder.finish()
}

/// Everyone puts a part of two themes in, and a tenth of each theme goes to the next.
fn scenario(number: usize) -> Scenario {
    let theme = |index: usize| format!("Theme {}", index % THEMES);
    let contributions = (0..PARTNERS).map(|partner| Contribution {
        partner: format!("Partner {partner}"),
        lines: Lines::Where(Filter::default().only(Dimension::Theme, [theme(partner), theme(partner + 5)])),
        what: Portion::Percent(Percent::new(10 + (partner + number) as i32 % 60)),
        ..Contribution::default()
    });
    let allocations = (0..THEMES / 2).map(|index| Allocation {
        from: Filter::default().only(Dimension::Theme, [theme(index * 2)]),
        what: Portion::Percent(Percent::new(10)),
        to: Purpose { theme: Some(theme(index * 2 + 1)), ..Purpose::default() },
        note: String::new(),
    });
    Scenario {
        name: format!("Scenario {number}"),
        pool: "Pool".to_owned(),
        contributions: contributions.collect(),
        allocations: allocations.collect(),
        ..Scenario::default()
    }
}

fn place(screen: Screen) -> Place {
    let view = ViewSpec { screen, scenario: Some("Scenario 0".to_owned()), ..ViewSpec::default() };
    Place {
        name: "Large".to_owned(),
        ledger: ledger().into(),
        scenarios: Arc::new((0..SCENARIOS).map(scenario).collect()),
        view: Arc::new(view),
        ..Place::default()
    }
}

/// The window with the large place open.
struct Window(support::Window);

impl Window {
    fn open(screen: Screen) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the place");
        let file = folder.path().join("large.ron");
        std::fs::write(&file, write_place(&place(screen))).expect("the place is written");
        Self(support::Window::open(vec![file], SIZE))
    }

    fn frame(&mut self) {
        self.0.frame();
    }

    fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.0.harness.key_press_modifiers(modifiers, key);
        self.frame();
    }

    fn focus_first_contribution(&mut self) {
        let named = By::new().predicate(|node| {
            node.label()
                .is_some_and(|name| name.starts_with("Contribution 1 of") && name.ends_with("puts in"))
        });
        self.0.harness.get(named).focus();
        self.frame();
        self.frame();
    }

    fn type_text(&mut self, text: &str) {
        self.0.harness.input_mut().events.push(egui::Event::Text(text.to_owned()));
        self.frame();
    }

    /// Draws until the place is another than after so many steps: changes of large places are made beside the window.
    fn until_changed(&mut self, before: u64) {
        let patience = std::time::Instant::now() + std::time::Duration::from_mins(1);
        while self.steps() == before {
            assert!(std::time::Instant::now() < patience, "nothing was changed");
            self.frame();
        }
        self.frame();
    }

    fn steps(&self) -> u64 {
        self.0.harness.state().as_ref().expect("the window is open").history().revision()
    }
}

/// The core alone: a contribution changed, checked and modelled.
#[divan::bench]
fn a_contribution_is_changed(bencher: Bencher<'_, '_>) {
    let mut history = History::new(place(Screen::Pool));
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        let contribution = history.place().scenarios[0].contributions[7].clone();
        let what = Portion::Percent(Percent::new(20 + step % 30));
        let change = ScenarioChange::ChangeContribution(7, Contribution { what, ..contribution });
        let command = Command::ChangeScenario("Scenario 0".to_owned(), Box::new(change));
        history.execute(&command).expect("there is as much");
        let place = history.place();
        place.models.of(&place.ledger, &place.scenarios[0]).balance
    });
}

/// Enter in the first contribution's cell: the change, the model and the figures, until they are painted.
#[divan::bench]
fn a_percentage_is_typed_in_the_pool(bencher: Bencher<'_, '_>) {
    let window = RefCell::new(Window::open(Screen::Pool));
    let began = window.borrow().steps();
    let step = Cell::new(0);
    bencher
        .with_inputs(|| {
            step.set(step.get() + 1);
            let mut window = window.borrow_mut();
            window.focus_first_contribution();
            window.type_text(&format!("{}%", 20 + step.get() % 30));
        })
        .bench_local_values(|()| {
            let mut window = window.borrow_mut();
            // The frame that takes the key, and those until one shows what it did.
            let before = window.steps();
            window.press(Modifiers::NONE, Key::Enter);
            window.until_changed(before);
        });
    assert!(window.borrow().steps() > began, "something was typed");
}

/// Undo and redo in the flows: the picture follows, with its pool column.
#[divan::bench]
fn a_step_is_undone_and_done_again_in_the_flows(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(Screen::Flows);
    window.press(Modifiers::COMMAND, Key::Num3);
    for _ in 0..3 {
        window.frame();
    }
    window.focus_first_contribution();
    window.type_text("33%");
    let before = window.steps();
    window.press(Modifiers::NONE, Key::Enter);
    window.until_changed(before);
    window.press(Modifiers::NONE, Key::Escape);
    window.press(Modifiers::COMMAND, Key::Num1);
    for _ in 0..100 {
        window.frame();
    }
    let began = window.steps();
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        let before = window.steps();
        window.press(Modifiers::COMMAND, if step % 2 == 1 { Key::Z } else { Key::Y });
        window.until_changed(before);
    });
    assert!(window.steps() > began, "steps were undone");
}
