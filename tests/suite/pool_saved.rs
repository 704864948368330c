//! Scenarios in the place's file and its history: written, read, undone.

use std::sync::Arc;

use shadowpool::ledger::{Filter, LineId};
use shadowpool::money::Weighting;
use shadowpool::place::{Command, History, Place, read_place, write_place};
use shadowpool::pool::{
    Allocation, Arrangement, BandShare, Cap, Commitment, Condition, Contribution, LineReference, LineRisk,
    LineShare, Lines, NewMoney, Outturn, OutturnOf, PartnerShare, Purpose, Rest, RingFence, RiskBand,
    RiskShare, RiskStep, Scenario, ScenarioChange, Split, SplitRule,
};

use super::support::small_place;
use super::support_pool::{amount, contribution, percent, place, pounds, scenario, shares, themed, to_theme};

#[test]
fn the_quarter_of_a_million_and_back() {
    let mut history = History::new(place());
    let pool = scenario(vec![contribution("Health", themed("Starting Well"), amount("100.00"))], vec![]);
    let bytes = write_place(history.place());
    history.execute(&Command::AddScenario(Box::new(pool))).unwrap();
    let with_pool = write_place(history.place());

    let more = contribution("Health", themed("Starting Well"), amount("150.00"));
    let change = Command::ChangeScenario("A".into(), Box::new(ScenarioChange::ChangeContribution(0, more)));
    history.execute(&change).unwrap();
    assert_eq!(history.undo_label(), Some("Change contribution of Health"));
    let (after, model) = history.place().modelled("A").unwrap();
    assert_eq!(model.balance.into_pool, pounds("300.00"), "a year, in two years");
    assert_eq!(after.ledger.total(), history.place().ledger.total());
    history.undo();
    assert_eq!(write_place(history.place()), with_pool);

    let copy = Command::DuplicateScenario { name: "A".into(), copy: "B".into() };
    history.execute(&copy).unwrap();
    assert_eq!(
        history.execute(&copy).unwrap_err().to_string(),
        "there is already a scenario named \"B\"; give this one another name"
    );
    history.execute(&Command::RenameScenario { from: "B".into(), to: "Bee".into() }).unwrap();
    assert!(history.execute(&Command::RenameScenario { from: "Bee".into(), to: " ".into() }).is_err());
    history.execute(&Command::RemoveScenario("Bee".into())).unwrap();
    assert_eq!(write_place(history.place()), with_pool);
    history.execute(&Command::RemoveScenario("A".into())).unwrap();
    assert_eq!(write_place(history.place()), bytes, "removing a scenario restores the baseline");
    let error = history.execute(&Command::RemoveScenario("A".into())).unwrap_err();
    assert_eq!(error.to_string(), "there is no scenario \"A\" in Testshire; it has none");
}

#[test]
fn a_copy_says_what_it_was_copied_from_as_long_as_the_place_has_that() {
    let mut history = History::new(place());
    let pool = scenario(vec![contribution("Health", themed("Starting Well"), amount("100.00"))], vec![]);
    history.execute(&Command::AddScenario(Box::new(pool))).unwrap();
    let before = write_place(history.place());
    assert!(before.contains("format: 1,"), "a place without copies is written as it always was: {before}");
    let original = |history: &History| history.place().scenarios.last().unwrap().copied_from.clone();
    history.execute(&Command::DuplicateScenario { name: "A".into(), copy: "B".into() }).unwrap();
    let text = write_place(history.place());
    assert!(text.contains("format: 2,") && text.contains("copied_from: \"A\""), "{text}");
    let read = read_place(&text).unwrap();
    assert_eq!(read.scenarios, history.place().scenarios);
    assert_eq!(write_place(&read), text);
    history.execute(&Command::RenameScenario { from: "A".into(), to: "First".into() }).unwrap();
    assert_eq!(original(&history).as_deref(), Some("First"));
    history.execute(&Command::RemoveScenario("First".into())).unwrap();
    assert_eq!(original(&history), None);
    assert!(write_place(history.place()).contains("format: 1,"));
    history.undo();
    assert_eq!(original(&history).as_deref(), Some("First"));
}

#[test]
fn a_split_by_population_takes_the_people_the_place_knows() {
    use shadowpool::place::Population;
    let mut place = place();
    place.population = Arc::new(vec![Population { area: None, people: 1000, source: String::new() }]);
    let half = |partner| contribution(partner, themed("Starting Well"), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health")], vec![]);
    Command::AddScenario(Box::new(pool)).apply(&mut place).unwrap();
    let split = Split { rule: SplitRule::Population, ..Split::default() };
    let change = Command::ChangeScenario("A".into(), Box::new(ScenarioChange::SetSplit(Some(split))));
    change.apply(&mut place).unwrap();
    let split = place.scenarios[0].split.clone().unwrap();
    assert_eq!(split.shares.iter().map(|share| share.weight).collect::<Vec<_>>(), [Weighting::new(1000); 2]);
    let (_, model) = place.modelled("A").unwrap();
    let more = model.positions[0].puts_in - model.positions[1].puts_in;
    assert_eq!(more, pounds("0.01"), "the odd penny");
}

/// Everything that a scenario can say, once.
fn full_scenario() -> Scenario {
    let share = |partner: &str, percent: &str| PartnerShare {
        partner: partner.into(),
        share: percent.parse().unwrap(),
    };
    Scenario {
        name: "Everything".into(),
        pool: "Starting Well \"pool\"".into(),
        host: Some("Council".into()),
        arrangement: Arrangement::LeadCommissioning,
        years: vec!["2024/25".parse().unwrap()],
        contributions: vec![
            Contribution {
                commitment: Commitment::InPrinciple,
                note: "Subject to\nthe cabinet".into(),
                ..contribution("Council", themed("Starting Well"), percent("33.5%"))
            },
            Contribution { in_kind: true, ..contribution("Health", Filter::default(), amount("20.50")) },
            Contribution {
                partner: "Police".into(),
                lines: Lines::ByHand(vec![LineReference::to(&small_place(), LineId(8))]),
                aligned: true,
                ..Contribution::default()
            },
        ],
        new_money: vec![NewMoney {
            partner: "Home Office".into(),
            amount: pounds("5.00"),
            funder: Some("Safer streets fund".into()),
            purpose: to_theme("Safer Places"),
            commitment: Commitment::Indicative,
            note: "Bid".into(),
        }],
        split: Some(Split {
            rule: SplitRule::Need,
            shares: shares(&[("Council", "1.5")]),
            locked: vec!["Police".into()],
            as_near_as_can_be: true,
        }),
        allocations: vec![Allocation {
            from: themed("Starting Well"),
            what: percent("25%"),
            to: Purpose {
                year: "2024/25".parse().ok(),
                theme: Some("Starting Well".into()),
                service: Some("Parenting".into()),
                provider: Some("Home-Start".into()),
                cohort: Some("Parents".into()),
                area: Some("North".into()),
                stage: Some("Prevention".into()),
                responsible: Some("Health".into()),
            },
            note: "As the plan says".into(),
        }],
        rest: Rest::Unallocated,
        ring_fences: vec![RingFence {
            name: "Grant".into(),
            allows: themed("Starting Well"),
            note: String::new(),
        }],
        conditions: vec![Condition {
            partner: "Police".into(),
            keeps: percent("40%"),
            of: themed("Safer Places"),
            note: "Operational".into(),
        }],
        risk_share: RiskShare::InOrder(vec![
            RiskStep::Unallocated,
            RiskStep::Partner { partner: "Council".into(), most: amount("10.00") },
            RiskStep::Share(BandShare::Shares(vec![share("Council", "50%"), share("Health", "50%")])),
        ]),
        outturn: vec![
            Outturn { of: OutturnOf::Partner("Health".into()), spent: pounds("21.75") },
            Outturn {
                of: OutturnOf::Line { theme: Some("Ageing Well".into()), service: Some("Care".into()) },
                spent: pounds("1000000.00"),
            },
        ],
        notes: "Two lines.\nThe second.".into(),
        copied_from: Some("Another".into()),
    }
}

#[test]
fn a_scenario_is_a_readable_piece_of_the_file_and_comes_back_as_it_was() {
    let risk_shares = [
        RiskShare::OwnRisk,
        RiskShare::PerLine(vec![LineRisk {
            theme: None,
            service: Some("Care".into()),
            share: LineShare::Fixed("Council".into()),
        }]),
        RiskShare::Capped {
            caps: vec![Cap { partner: "Council".into(), most: percent("5%") }],
            beyond: Some("Health".into()),
        },
        RiskShare::Banded(vec![RiskBand { up_to: "2%".parse().ok(), share: BandShare::Proportional }]),
    ];
    let mut scenarios = vec![full_scenario(), scenario(vec![], vec![])];
    for (index, risk_share) in risk_shares.into_iter().enumerate() {
        scenarios.push(Scenario {
            name: index.to_string(),
            pool: "P".into(),
            risk_share,
            ..Scenario::default()
        });
    }
    let place = Place { scenarios: Arc::new(scenarios), ..place() };
    let text = write_place(&place);
    let read = read_place(&text).unwrap();
    assert_eq!(read.scenarios, place.scenarios);
    assert_eq!(write_place(&read), text);
    assert!(text.contains("\n    (\n      name: \"A\",\n      pool: \"the pool\",\n    ),\n"), "{text}");
    assert!(
        text.contains("\n        (partner: \"Health\", what: Amount(\"20.50\"), in_kind: true),\n"),
        "{text}"
    );
    assert!(text.find("scenarios: [").unwrap() < text.find("\n  view: (").unwrap());

    let mistyped = read_place(&text.replace("arrangement:", "arangement:")).unwrap_err().to_string();
    assert!(mistyped.contains("did you mean `arrangement`?"), "{mistyped}");
    let twice = read_place(&text.replace("name: \"A\"", "name: \"Everything\"")).unwrap_err().to_string();
    assert!(twice.contains("two scenarios named \"Everything\""), "{twice}");
}

#[test]
fn an_outturn_makes_a_file_one_that_older_programs_do_not_open_and_goes_with_the_last_of_it() {
    let pool = scenario(vec![contribution("Health", Filter::default(), percent("10%"))], vec![]);
    let mut history = History::new(Place { scenarios: Arc::new(vec![pool]), ..place() });
    let before = write_place(history.place());
    assert!(before.contains("format: 1,") && !before.contains("outturn"), "{before}");
    let health = OutturnOf::Partner("Health".into());
    let outturn = |spent: Option<&str>| {
        let change = ScenarioChange::SetOutturn(health.clone(), spent.map(pounds));
        Command::ChangeScenario("A".into(), Box::new(change))
    };
    history.execute(&outturn(Some("12.50"))).unwrap();
    assert_eq!(history.undo_label(), Some("Outturn of Health"));
    let with = write_place(history.place());
    assert!(with.contains("format: 2,"), "{with}");
    assert!(with.contains("outturn: [\n        (of: Partner(\"Health\"), spent: \"12.50\"),"), "{with}");
    assert_eq!(write_place(&read_place(&with).unwrap()), with);
    history.execute(&outturn(None)).unwrap();
    assert_eq!(write_place(history.place()), before, "what is forgotten leaves nothing behind");
    history.undo();
    assert_eq!(write_place(history.place()), with);
}
