//! The picture of a pool: its bars are the model's sums to one scale, its words can be read, and it says what it is.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use shadowpool::cli::{self, Arguments, Status};
use shadowpool::dimension::{Agency, Dimension};
use shadowpool::figure::{
    Figure, Frame, MarkId, PoolInput, PoolPart, Scheme, Shape, extent, net_order, pool_balance, pool_figure,
    pool_partners,
};
use shadowpool::ledger::{Filter, Ledger, SpendLine};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Place, read_place, write_place};
use shadowpool::pool::{
    Allocation, Commitment, Contribution, Lines, Model, NewMoney, Portion, Purpose, Rest, Scenario,
};
use shadowpool::scene::{Audience, pool_captions, pool_input, pool_picture};

use super::figure::check_labels;
use super::sample_data::SAMPLES;
use super::support_ledgers::{money, small_place};

/// Every scenario of every sample, worked out.
fn sample_models() -> Vec<(Place, Scenario, Model)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut models = Vec::new();
    for file in SAMPLES {
        let place = read_place(&fs::read_to_string(folder.join(file)).unwrap()).unwrap();
        for scenario in place.scenarios.iter() {
            models.push((place.clone(), scenario.clone(), scenario.model(&place.ledger)));
        }
    }
    assert!(models.len() >= 14, "each sample has its scenarios");
    models
}

/// So many partners with long names, one of whose lines goes to a service of another.
fn many_partners(count: usize) -> (Place, Scenario) {
    let name = |index: usize| format!("The Integrated Authority of Number {index} and Surroundings");
    let lines: Vec<SpendLine> = (0..count)
        .map(|index| SpendLine {
            agency: Some(name(index)),
            theme: Some(format!("Theme {}", index % 9)),
            service: Some(format!("Service {index}")),
            year: Some("2024/25".to_owned()),
            amount: Money::from_pounds(1_000_000 + (index as i64 * 7919) % 900_001),
            ..SpendLine::default()
        })
        .collect();
    let contributions = (0..count)
        .map(|index| Contribution {
            partner: name(index),
            what: Portion::Percent(Percent::new(10 + (index as i32 * 13) % 80)),
            commitment: Commitment::ALL[index % 4],
            ..Contribution::default()
        })
        .collect();
    let allocation = Allocation {
        what: Portion::Percent(Percent::new(30)),
        to: Purpose { service: Some("Service 1".to_owned()), ..Purpose::default() },
        ..Allocation::default()
    };
    let scenario = Scenario {
        name: "Everyone".to_owned(),
        pool: "The pool of all partners of the place together".to_owned(),
        contributions,
        allocations: vec![allocation],
        ..Scenario::default()
    };
    let short = |index: usize| Agency { name: name(index), short: Some(format!("No {index}")), sector: None };
    let place = Place {
        name: "Many".to_owned(),
        ledger: Ledger::from_lines(&lines, &[], &[]).into(),
        agencies: (0..count).map(short).collect::<Vec<_>>().into(),
        scenarios: Arc::new(vec![scenario.clone()]),
        ..Place::default()
    };
    (place, scenario)
}

fn width(figure: &Figure, id: MarkId) -> Option<f64> {
    match figure.mark(id)?.shape {
        Shape::Bar(rect) => Some(rect.width()),
        _ => panic!("it is a bar"),
    }
}

/// What a row of a picture stands for: one partner, or those that have none of their own.
fn sum(model: &Model, names: &[String], of: fn(&shadowpool::pool::NetPosition) -> Money) -> Money {
    model.positions.iter().filter(|position| names.contains(&position.agency)).map(of).sum()
}

/// The nets are to one scale, what is put in and comes back to another; with what is unallocated the nets come to nothing.
fn check_partners(figure: &Figure, model: &Model, rows: &[(String, Vec<String>)], what: &str) {
    let (mut net_scale, mut thin_scale): (Option<f64>, Option<f64>) = (None, None);
    let check = |part: PoolPart<'_>, amount: Money, scale: &mut Option<f64>| {
        let bar = width(figure, part.id()).unwrap_or_else(|| panic!("{what}: {part:?} is drawn"));
        if amount.is_zero() {
            assert!(bar < 1e-9, "{what}: {part:?} is nothing");
            return;
        }
        let own = bar / extent(amount.abs());
        let scale = *scale.get_or_insert(own);
        assert!((own / scale - 1.0).abs() < 1e-6, "{what}: {part:?} has a scale of its own");
    };
    let mut closes = model.balance.unallocated;
    for (agency, names) in rows {
        check(PoolPart::PutsIn { agency }, sum(model, names, |own| own.puts_in), &mut thin_scale);
        check(PoolPart::GetsBack { agency }, sum(model, names, |own| own.gets_back), &mut thin_scale);
        let net = sum(model, names, |own| own.net);
        check(PoolPart::Net { agency }, net, &mut net_scale);
        closes += net;
    }
    if model.balance.unallocated.is_positive() {
        check(PoolPart::UnallocatedNet, model.balance.unallocated, &mut net_scale);
    }
    assert_eq!(closes, Money::ZERO, "{what}: the nets close on the page");
    let said = words(figure);
    assert!(said.iter().any(|words| words == "£0" || words.ends_with(" = £0")), "{what}: {said:?}");
}

/// Who has a row of its own in a picture, and who stands together in another.
fn rows_of(figure: &Figure, model: &Model) -> Vec<(String, Vec<String>)> {
    let drawn = |agency: &String| figure.mark(PoolPart::PutsIn { agency }.id()).is_some();
    let names = model.positions.iter().map(|position| position.agency.clone());
    let (alone, others): (Vec<String>, Vec<String>) = names.partition(drawn);
    let mut rows: Vec<(String, Vec<String>)> =
        alone.into_iter().map(|name| (name.clone(), vec![name])).collect();
    let folded: Vec<String> = (0..=others.len())
        .map(|count| format!("Other ({count} partners)"))
        .filter(|name| figure.mark(PoolPart::Net { agency: name }.id()).is_some())
        .collect();
    if let [name] = &folded[..] {
        // Those whom nothing changes for are folded into a line, and not into a row, where anybody gains or loses.
        let changes = model.positions.iter().any(|own| !own.net.is_zero() || !own.no_worse_off.holds);
        let is_still = |own: &&shadowpool::pool::NetPosition| own.net.is_zero() && own.no_worse_off.holds;
        let still: Vec<&str> =
            model.positions.iter().filter(is_still).map(|own| own.agency.as_str()).collect();
        let others = others.into_iter().filter(|name| !changes || !still.contains(&name.as_str()));
        rows.push((name.clone(), others.collect()));
    }
    rows
}

fn words(figure: &Figure) -> Vec<String> {
    let label = |mark: &shadowpool::figure::Mark| match &mark.shape {
        Shape::Label(text) => Some(text.content.clone()),
        _ => None,
    };
    figure.marks.iter().filter_map(label).collect()
}

/// The balance is drawn to one scale, and what is in is as long as what is allocated and what is not.
fn check_balance(figure: &Figure, model: &Model, what: &str) {
    let balance = model.balance;
    let parts = [
        (PoolPart::Allocated, balance.allocated),
        (PoolPart::Unallocated, balance.unallocated),
        (PoolPart::Over, balance.over),
    ];
    let whole = extent(balance.into_pool + balance.over);
    for (part, amount) in parts {
        let bar = width(figure, part.id()).unwrap_or_default();
        let right = extent(amount) / whole * figure.width;
        assert!((bar - right).abs() < 1e-6, "{what}: {part:?} is {bar} px, and should be {right}");
    }
}

#[test]
fn every_pool_of_the_samples_is_drawn_to_one_scale_and_can_be_read() {
    for (place, scenario, model) in sample_models() {
        for (size, scheme) in [
            ((1232.0, 600.0), Scheme::Light),
            ((976.0, 600.0), Scheme::Dark),
            ((1872.0, 930.0), Scheme::HighContrast),
            ((720.0, 420.0), Scheme::Light),
        ] {
            let what = format!("{}: {} at {size:?}", place.name, scenario.name);
            let input = pool_input(&place, &scenario, &model, scheme);
            let figure = pool_figure(&input, size.0, size.1);
            check_labels(&figure, &what);
            check_balance(&figure, &model, &what);
            check_partners(&figure, &model, &rows_of(&figure, &model), &what);
        }
        for (width, is_unfolded) in [(360.0, false), (480.0, true), (700.0, false), (900.0, true)] {
            let what = format!("{}: {}, the window's partners at {width}", place.name, scenario.name);
            let input = pool_input(&place, &scenario, &model, Scheme::Dark);
            let drawn = pool_partners(&input, width, is_unfolded);
            check_labels(&drawn.figure, &what);
            check_partners(&drawn.figure, &model, &rows_of(&drawn.figure, &model), &what);
            let mut shown: Vec<&String> = drawn.rows.iter().map(|(name, _)| name).collect();
            let mut all: Vec<&String> = model.positions.iter().map(|position| &position.agency).collect();
            shown.sort_unstable();
            all.sort_unstable();
            assert_eq!(shown, all, "{what}: everybody can be reached");
        }
    }
}

#[test]
fn who_loses_most_comes_first_and_nobody_moves_while_a_change_is_tried() {
    let (place, scenario) = many_partners(12);
    let model = scenario.model(&place.ledger);
    let nets = |model: &Model, order: &[String]| -> Vec<Money> {
        let net = |agency: &String| sum(model, std::slice::from_ref(agency), |own| own.net);
        order.iter().map(net).collect()
    };
    let order = net_order(&model);
    let sorted = nets(&model, &order);
    assert!(sorted.is_sorted() && sorted[0].is_negative() && order.len() == 12, "{sorted:?}");
    let shown = |input: &PoolInput<'_>| -> Vec<String> {
        pool_partners(input, 600.0, false).rows.into_iter().map(|(name, _)| name).collect()
    };
    assert_eq!(shown(&pool_input(&place, &scenario, &model, Scheme::Light)), order);

    let mut tried = scenario.clone();
    tried.allocations[0].what = Portion::Percent(Percent::new(0));
    tried.contributions[4].what = Portion::Percent(Percent::new(1));
    tried.allocations[0].to.service = Some("Service 7".to_owned());
    let after = tried.model(&place.ledger);
    let input = pool_input(&place, &tried, &after, Scheme::Light);
    let held = PoolInput { order: Some(&order), former: Some(&model), ..input };
    assert_eq!(shown(&held), order, "under a hand nobody changes places, not even who comes to nothing");
    let figure = pool_partners(&held, 600.0, false).figure;
    let ghost =
        figure.mark(MarkId::of(&["pool", "former", &order[0]])).expect("what it was stays for a moment");
    let bar = figure.mark(PoolPart::Net { agency: &order[0] }.id()).unwrap();
    assert!(ghost.shape.bounds().width() > bar.shape.bounds().width());
}

#[test]
fn those_whom_nothing_changes_for_stand_in_a_line_that_unfolds() {
    let (place, mut scenario) = many_partners(9);
    scenario.allocations[0].from = Filter::default().only(Dimension::Service, ["Service 3", "Service 5"]);
    let model = scenario.model(&place.ledger);
    assert_eq!(net_order(&model).len(), 3);
    let input = pool_input(&place, &scenario, &model, Scheme::Light);
    let folded = pool_partners(&input, 600.0, false);
    let unfolded = pool_partners(&input, 600.0, true);
    assert!(folded.no_change.is_some() && unfolded.no_change.is_some());
    assert!(folded.figure.height < unfolded.figure.height);
    assert!(words(&folded.figure).contains(&"No change:".to_owned()));
    let has_row = |figure: &Figure, agency: &str| figure.mark(PoolPart::Net { agency }.id()).is_some();
    let quiet = &model.positions.iter().find(|own| own.net.is_zero()).unwrap().agency;
    assert!(!has_row(&folded.figure, quiet) && has_row(&unfolded.figure, quiet));
    let picture = pool_figure(&input, 976.0, 600.0);
    assert!(!has_row(&picture, quiet));
    check_labels(&picture, "a line of those whom nothing changes for");
}

#[test]
fn what_comes_back_is_said_of_each_pound() {
    let place = small_place();
    let mut scenario = small_scenario(Commitment::Indicative);
    let said = |scenario: &Scenario| {
        let model = scenario.model(&place.ledger);
        words(&pool_picture(&place, scenario, &model, Scheme::Light, (976.0, 600.0)))
    };
    assert!(said(&scenario).contains(&"gets back all of it".to_owned()));
    scenario.allocations.push(Allocation {
        what: Portion::Amount(money("12.00")),
        to: Purpose {
            theme: Some("Early years".to_owned()),
            service: Some("Midwives".to_owned()),
            ..Purpose::default()
        },
        ..Allocation::default()
    });
    let words = said(&scenario);
    assert!(words.contains(&"gets back 96p of each £1".to_owned()), "{words:?}");
    assert!(words.contains(&"puts nothing in".to_owned()), "{words:?}");
    assert!(words.contains(&"\u{2212}£12".to_owned()) && words.contains(&"+£12".to_owned()), "{words:?}");
    assert!(words.contains(&"\u{2212}£12 + £12 = £0".to_owned()), "{words:?}");
}

#[test]
fn sixty_partners_fold_in_a_picture_and_have_a_row_each_in_the_window() {
    let (place, scenario) = many_partners(60);
    let model = scenario.model(&place.ledger);
    let input = pool_input(&place, &scenario, &model, Scheme::Light);
    for size in [(976.0, 600.0), (1872.0, 930.0)] {
        let figure = pool_figure(&input, size.0, size.1);
        check_labels(&figure, "sixty partners");
        let rows = rows_of(&figure, &model);
        assert!((12..60).contains(&rows.len()), "{} have a row of their own", rows.len());
        check_partners(&figure, &model, &rows, "sixty partners");
        let folded = &rows.last().unwrap().0;
        assert!(folded.starts_with("Other ("), "{folded}");
        // Where rows are low the tooltip of the name alone tells who.
        let name = figure.mark(MarkId::of(&["pool", "partner", folded])).expect("the rest has a row");
        assert!(name.tooltip.contains("Worse off: "), "{}", name.tooltip);
    }
    let drawn = pool_partners(&input, 620.0, false);
    assert_eq!(drawn.rows.len(), model.positions.len());
    check_partners(&drawn.figure, &model, &rows_of(&drawn.figure, &model), "the window's partners");
    check_labels(&drawn.figure, "the window's partners");
}

fn council_gives(what: Portion, commitment: Commitment) -> Contribution {
    Contribution {
        partner: "Council".to_owned(),
        lines: Lines::Where(Filter::default().only(Dimension::Theme, ["Early years"])),
        what,
        commitment,
        ..Contribution::default()
    }
}

fn small_scenario(commitment: Commitment) -> Scenario {
    Scenario {
        name: "A".to_owned(),
        pool: "Early years".to_owned(),
        contributions: vec![council_gives(Portion::Whole, commitment)],
        ..Scenario::default()
    }
}

#[test]
fn a_picture_says_that_it_is_a_model_until_everything_is_agreed() {
    let place = small_place();
    for commitment in Commitment::ALL {
        let mut scenario = small_scenario(commitment);
        scenario.new_money.push(NewMoney {
            partner: "Health".to_owned(),
            amount: money("10.00"),
            commitment: Commitment::Agreed,
            ..NewMoney::default()
        });
        let model = scenario.model(&place.ledger);
        let figure = pool_picture(&place, &scenario, &model, Scheme::Light, (1232.0, 600.0));
        let (_, notes) = pool_captions(&place, &scenario, &model, Audience::DESK);
        let is_agreed = commitment == Commitment::Agreed;
        assert_eq!(figure.mark(PoolPart::Stamp.id()).is_none(), is_agreed, "{commitment:?}");
        assert_eq!(notes[0].contains("MODEL, not an offer"), !is_agreed, "{}", notes[0]);
        let hatched: Vec<_> = figure
            .marks
            .iter()
            .filter(|mark| mark.id == PoolPart::Commitment { name: commitment.name() }.id())
            .filter_map(|mark| mark.paint.hatch)
            .collect();
        assert_eq!(hatched.is_empty(), is_agreed, "what is not agreed is hatched: {commitment:?}");
    }
}

#[test]
fn over_and_under_allocation_are_drawn_and_said() {
    let place = small_place();
    let mut scenario = small_scenario(Commitment::Indicative);
    scenario.rest = Rest::Unallocated;
    let model = scenario.model(&place.ledger);
    let input = pool_input(&place, &scenario, &model, Scheme::Light);
    check_balance(&pool_balance(&input, 800.0), &model, "all of it waits");
    assert_eq!(model.balance.unallocated, money("300.00"));
    let (title, _) = pool_captions(&place, &scenario, &model, Audience::DESK);
    assert!(title.contains("£300 of the pool is unallocated"), "{title}");

    scenario.allocations.push(Allocation {
        what: Portion::Amount(money("400.00")),
        to: Purpose { theme: Some("Ageing well".to_owned()), ..Purpose::default() },
        ..Allocation::default()
    });
    let model = scenario.model(&place.ledger);
    let input = pool_input(&place, &scenario, &model, Scheme::Light);
    let figure = pool_balance(&input, 800.0);
    check_balance(&figure, &model, "too much is asked for");
    assert_eq!(width(&figure, PoolPart::Over.id()), Some(200.0), "£100 of £400");
    let says = |words: &str| {
        figure.marks.iter().any(|mark| matches!(&mark.shape, Shape::Label(text) if text.content == words))
    };
    assert!(says("£100 over-allocated"));
}

#[test]
fn a_scenario_that_is_empty_says_so() {
    let place = small_place();
    let scenario = Scenario { contributions: vec![], ..small_scenario(Commitment::Shown) };
    let model = scenario.model(&place.ledger);
    let (title, notes) = pool_captions(&place, &scenario, &model, Audience::DESK);
    assert_eq!(title, "Early years: nobody puts anything in yet");
    let figure = pool_picture(&place, &scenario, &model, Scheme::Dark, (700.0, 400.0));
    check_labels(&Frame::new(760.0, 480.0, &title, &notes).around(figure), "nothing");
}

fn run(arguments: &[&str]) -> (Status, String) {
    use clap::Parser as _;
    let words = std::iter::once("shadowpool").chain(arguments.iter().copied());
    let command = Arguments::try_parse_from(words).unwrap().command.unwrap();
    let (mut out, mut said) = (Vec::new(), Vec::new());
    let status = cli::run(&command, &mut out, &mut said);
    (status, String::from_utf8(said).unwrap())
}

#[test]
fn the_command_draws_a_pool_and_says_which_there_are() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).display().to_string();
    let save = |name: &str, scenarios: Vec<Scenario>| {
        let place = Place { scenarios: Arc::new(scenarios), ..small_place() };
        fs::write(file(name), write_place(&place)).unwrap();
        file(name)
    };
    let named = |name: &str| Scenario { name: name.to_owned(), ..small_scenario(Commitment::Shown) };
    let none = save("none.ron", vec![]);
    let one = save("one.ron", vec![named("Early help")]);
    let two = save("two.ron", vec![named("Early help"), named("All in")]);

    let picture = file("pool.svg");
    let (status, said) = run(&["render", &one, "--view", "pool", "-o", &picture]);
    assert_eq!((status, said.as_str()), (Status::Fine, ""), "the only scenario can only be meant");
    let svg = fs::read_to_string(&picture).unwrap();
    for words in
        ["MODEL, not an offer", "Early years", "Council", "gets back all of it", "Scenario: Early help."]
    {
        assert!(svg.contains(words), "{words}");
    }
    for ending in ["png", "pdf"] {
        let picture = file(&format!("pool.{ending}"));
        let words =
            ["render", &two, "--view", "pool", "--scenario", "All in", "--theme", "dark", "-o", &picture];
        assert_eq!(run(&words).0, Status::Fine);
        assert!(fs::read(&picture).unwrap().len() > 1000);
    }

    let fails = |words: &[&str], right: &str| {
        let picture = file("not.svg");
        let all = [&["render"], words, &["--view", "pool", "-o", &picture]].concat();
        let (status, said) = run(&all);
        assert_eq!(status, Status::CannotRun, "{said}");
        assert!(said.contains(right), "{said}");
        assert!(!Path::new(&picture).exists());
    };
    fails(&[&none], "there is no scenario in Small Town");
    fails(&[&two], "choose one of the 2 scenarios in Small Town; it has \"Early help\", \"All in\"");
    let near = "there is no scenario \"Erly help\" in Small Town; did you mean \"Early help\"? It also has \"All in\"";
    fails(&[&two, "--scenario", "Erly help"], near);
    fails(&[&two, "--scenario", "Something else"], "it has \"Early help\", \"All in\"");
}

#[test]
fn a_broken_scenario_is_drawn_without_its_broken_part_and_says_so() {
    let mut scenario = small_scenario(Commitment::Shown);
    scenario.contributions.push(Contribution { partner: "Helth".to_owned(), ..Contribution::default() });
    let folder = tempfile::tempdir().unwrap();
    let place = Place { scenarios: Arc::new(vec![scenario]), ..small_place() };
    let (file, picture) = (folder.path().join("place.ron"), folder.path().join("pool.svg"));
    fs::write(&file, write_place(&place)).unwrap();
    let (file, picture) = (file.display().to_string(), picture.display().to_string());
    let (status, said) = run(&["render", &file, "--view", "pool", "-o", &picture]);
    assert_eq!(status, Status::DataHasErrors);
    assert!(said.contains("did you mean \"Health\"?"), "{said}");
    let svg = fs::read_to_string(&picture).unwrap();
    assert!(svg.contains("Left out, since it cannot be as it says. Contribution 2"));
}
