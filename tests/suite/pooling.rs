//! What is pointed at goes into a pool and comes out again; the picture says how firmly it is meant.

use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::dimension::{Commitment, Dimension};
use shadowpool::figure::{HatchKind, Scheme, Shape};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Command, History, Place, put_in_pool, take_out_of_pool};
use shadowpool::pool::{
    Allocation, Contribution, Lines, PoolingTerms, Portion, Purpose, Scenario, ScenarioChange,
};
use shadowpool::scene::{Audience, captions, flows_picture, themes_picture};

use crate::support_ledgers::any_ledger;

/// A place from text: `agency | theme | service | ring-fence | amount` a line; `-` is not stated.
fn place(text: &str) -> Place {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = |index: usize| (cells[index] != "-").then(|| cells[index].to_owned());
        SpendLine {
            amount: cells[4].parse().unwrap(),
            agency: name(0),
            theme: name(1),
            service: name(2),
            ringfence: name(3),
            ..SpendLine::default()
        }
    });
    let ledger = Ledger::from_lines(&lines.collect::<Vec<_>>(), &[], &[]);
    Place { name: "Small Town".to_owned(), ledger: Arc::new(ledger), ..Place::default() }
}

fn small() -> Place {
    place(
        "Council | Early years | Nurseries       | -            | 300.00
         Council | Safety      | Lighting        | -            |  50.00
         Health  | Early years | Health visiting | Public health | 100.00
         Health  | Ageing      | Home care       | -            | 200.00",
    )
}

fn only(dimension: Dimension, name: &str) -> Filter {
    Filter::default().only(dimension, [name])
}

/// What is in the pool of the shown scenario, £.
fn in_pool(history: &History) -> Money {
    let place = history.place();
    let name = &place.shown_scenario().unwrap().name;
    place.modelled(name).unwrap().1.balance.into_pool
}

fn put(history: &mut History, lines: &Filter, title: &str) {
    let command = put_in_pool(history.place(), lines, title, PoolingTerms::Pooled).unwrap();
    history.execute(&command).unwrap();
}

fn take(history: &mut History, lines: &Filter, title: &str) {
    let command = take_out_of_pool(history.place(), lines, title).unwrap();
    history.execute(&command).unwrap();
}

fn pounds(text: &str) -> Money {
    text.parse().unwrap()
}

#[test]
fn a_theme_goes_into_a_pool_that_is_made_for_it_in_one_step() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Theme, "Early years"), "Early years");
    let scenario = history.place().shown_scenario().unwrap();
    assert_eq!((scenario.name.as_str(), scenario.pool.as_str()), ("Shadow pool", "Shadow pool"));
    let partners: Vec<&str> =
        scenario.contributions.iter().map(|contribution| contribution.partner.as_str()).collect();
    assert_eq!(partners, ["Council", "Health"]);
    assert!(history.place().view.layers.contains(&Dimension::Pool));
    assert_eq!(in_pool(&history), pounds("400.00"));
    assert_eq!(history.undo().as_deref(), Some("Put Early years in the pool"));
    assert!(history.place().scenarios.is_empty() && history.undo_label().is_none());
}

#[test]
fn what_is_in_already_is_raised_to_the_whole_and_never_counted_twice() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Theme, "Early years"), "Early years");
    let again = put_in_pool(
        history.place(),
        &only(Dimension::Theme, "Early years"),
        "Early years",
        PoolingTerms::Pooled,
    );
    assert_eq!(again.unwrap_err(), "all of Early years is in Shadow pool already");
    let part = Contribution {
        partner: "Council".to_owned(),
        lines: Lines::Where(only(Dimension::Theme, "Early years")),
        what: Portion::Percent(Percent::new(60)),
        ..Contribution::default()
    };
    let change = ScenarioChange::ChangeContribution(0, part);
    history.execute(&Command::ChangeScenario("Shadow pool".to_owned(), Box::new(change))).unwrap();
    assert_eq!(in_pool(&history), pounds("280.00"));
    put(&mut history, &only(Dimension::Agency, "Council"), "Council");
    assert_eq!(in_pool(&history), pounds("450.00"), "all of the council and health's early years");
}

#[test]
fn more_than_there_is_is_refused_with_the_reason() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Agency, "Council"), "Council");
    let part = Contribution {
        partner: "Council".to_owned(),
        what: Portion::Percent(Percent::new(60)),
        ..Contribution::default()
    };
    let change = ScenarioChange::ChangeContribution(0, part);
    history.execute(&Command::ChangeScenario("Shadow pool".to_owned(), Box::new(change))).unwrap();
    let theme = only(Dimension::Theme, "Early years").only(Dimension::Agency, ["Council"]);
    let more = put_in_pool(history.place(), &theme, "Early years", PoolingTerms::Pooled).unwrap();
    let reason = history.execute(&more).unwrap_err().to_string();
    assert!(reason.contains("60%") && reason.contains("Council"), "{reason}");
    assert_eq!(in_pool(&history), pounds("210.00"), "nothing has changed");
}

#[test]
fn ring_fenced_money_that_would_go_elsewhere_names_the_rule_and_can_be_aligned() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Agency, "Council"), "Council");
    let to = Purpose { theme: Some("Ageing".to_owned()), ..Purpose::default() };
    let change = ScenarioChange::AddAllocation(Allocation { to, ..Allocation::default() });
    history.execute(&Command::ChangeScenario("Shadow pool".to_owned(), Box::new(change))).unwrap();
    let theme = only(Dimension::Theme, "Early years");
    let put_in = put_in_pool(history.place(), &theme, "Early years", PoolingTerms::Pooled).unwrap();
    let reason = history.execute(&put_in).unwrap_err().to_string();
    assert!(reason.contains("Public health"), "the rule is named: {reason}");
    let aligned = put_in_pool(history.place(), &theme, "Early years", PoolingTerms::FencesAligned).unwrap();
    history.execute(&aligned).unwrap();
    let scenario = history.place().shown_scenario().unwrap();
    let last = scenario.contributions.last().unwrap();
    assert!(last.aligned && last.partner == "Health");
    assert_eq!(in_pool(&history), pounds("450.00"));
}

#[test]
fn taking_a_part_out_leaves_the_rest_in() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Agency, "Council"), "Council");
    let before = in_pool(&history);
    let contributions = |history: &History| history.place().shown_scenario().unwrap().contributions.clone();
    // The council has no other lighting: what would hold no line does not stay as a contribution of its own.
    let lighting = only(Dimension::Theme, "Safety").only(Dimension::Service, ["Lighting"]);
    take(&mut history, &lighting, "Lighting");
    assert_eq!(before - in_pool(&history), pounds("50.00"));
    assert_eq!(contributions(&history).len(), 1, "{:?}", contributions(&history));
    // Whose it is said to be is no condition of its own: one part stays, and it says nothing twice.
    history.undo();
    let of_the_council = lighting.only(Dimension::Agency, ["Council"]);
    take(&mut history, &of_the_council, "Lighting");
    assert_eq!(before - in_pool(&history), pounds("50.00"));
    let [left] = &contributions(&history)[..] else { panic!("{:?}", contributions(&history)) };
    let Lines::Where(filter) = &left.lines else { panic!("{left:?}") };
    assert!(filter.names(Dimension::Agency).is_none(), "{filter:?}");
    let none = take_out_of_pool(history.place(), &only(Dimension::Theme, "Safety"), "Safety");
    assert_eq!(none.unwrap_err(), "none of Safety is in Shadow pool");
    let pool = only(Dimension::Pool, "Shadow pool");
    take(&mut history, &pool, "Shadow pool");
    assert!(history.place().shown_scenario().unwrap().contributions.is_empty());
}

#[test]
fn what_belongs_to_nobody_or_is_not_in_the_baseline_is_not_put_in() {
    let place = place("- | Early years | Nurseries | - | 5.00");
    let put = |filter: Filter| put_in_pool(&place, &filter, "It", PoolingTerms::Pooled).unwrap_err();
    assert!(put(only(Dimension::Theme, "Early years")).contains("no agency is stated"));
    assert!(put(only(Dimension::Theme, "Unallocated")).contains("no line of the baseline"));
}

#[test]
fn money_is_marked_by_commitment_to_the_penny() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Theme, "Early years"), "Early years");
    let agree = ScenarioChange::SetCommitment(0, Commitment::Agreed);
    history.execute(&Command::ChangeScenario("Shadow pool".to_owned(), Box::new(agree))).unwrap();
    let (modelled, _) = history.place().modelled("Shadow pool").unwrap();
    let by = [Dimension::Pool, Dimension::Commitment];
    let rows: Vec<String> = Totals::of(&modelled.ledger, &Filter::default(), &by)
        .rows
        .iter()
        .map(|row| format!("{} {}", row.names.join(", "), row.amount))
        .collect();
    assert_eq!(
        rows,
        [
            "Shadow pool, Agreed 300.00",
            "Outside the pool, Outside the pool 250.00",
            "Shadow pool, Shown 100.00"
        ]
    );
}

fn words(figure: &shadowpool::figure::Figure) -> Vec<String> {
    let label = |shape: &Shape| match shape {
        Shape::Label(text) => Some(text.content.clone()),
        _ => None,
    };
    figure.marks.iter().filter_map(|mark| label(&mark.shape)).collect()
}

#[test]
fn every_picture_of_a_scenario_is_stamped_until_all_is_agreed() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Agency, "Council"), "Council");
    let check = |history: &History, is_stamped: bool| {
        let (modelled, _) = history.place().modelled("Shadow pool").unwrap();
        let pictures = [
            flows_picture(&modelled, Scheme::Light, (1000.0, 600.0)),
            themes_picture(&modelled, Scheme::Dark, shadowpool::figure::Measure::Amount, (1000.0, 600.0)),
        ];
        for figure in pictures {
            assert_eq!(words(&figure).contains(&"MODEL, not an offer".to_owned()), is_stamped);
            let hatched = |mark: &shadowpool::figure::Mark| {
                mark.paint.hatch.is_some_and(|hatch| hatch.kind == HatchKind::Model)
            };
            assert_eq!(figure.marks.iter().any(hatched), is_stamped);
            assert!((figure.width - 1000.0).abs() < 0.01 && (figure.height - 600.0).abs() < 0.01);
            for mark in &figure.marks {
                let bounds = mark.shape.bounds();
                assert!(bounds.y1 <= 600.5 && bounds.y0 >= -0.5, "{mark:?} is within the picture");
            }
        }
        assert_eq!(captions(&modelled, Audience::DESK).1[0].contains("MODEL, not an offer"), is_stamped);
    };
    check(&history, true);
    let agree = ScenarioChange::SetCommitment(0, Commitment::Agreed);
    history.execute(&Command::ChangeScenario("Shadow pool".to_owned(), Box::new(agree))).unwrap();
    check(&history, false);
}

#[test]
fn a_picture_of_a_pool_shows_it_between_the_agency_and_the_theme_in_its_own_color() {
    let mut history = History::new(small());
    put(&mut history, &only(Dimension::Theme, "Early years"), "Early years");
    let (modelled, _) = history.place().modelled("Shadow pool").unwrap();
    let figure = flows_picture(&modelled, Scheme::Light, (1200.0, 700.0));
    let said = words(&figure);
    assert!(said.contains(&"Shadow pool".to_owned()) && said.contains(&"Outside the pool".to_owned()));
    assert!(!said.contains(&"Not stated".to_owned()) || said.contains(&"Funder".to_owned()));
    let has_pool_color = figure.marks.iter().filter(|mark| {
        mark.paint.fill == Scheme::Light.pool_band() && matches!(mark.shape, Shape::Ribbon(_))
    });
    assert_eq!(has_pool_color.count(), 3, "two partners put in, one theme gets it");
}

proptest! {
    #[test]
    fn what_is_put_in_and_taken_out_leaves_no_trace(ledger in any_ledger(20), pick in 0_usize..50) {
        let place = Place { ledger: Arc::new(ledger), ..Place::default() };
        let names: Vec<(Dimension, String)> = [Dimension::Agency, Dimension::Theme, Dimension::Service]
            .into_iter()
            .flat_map(|dimension| {
                place.ledger.names(dimension).iter().map(|(_, name)| (dimension, name.to_owned())).collect::<Vec<_>>()
            })
            .collect();
        let (dimension, name) = &names[pick % names.len()];
        let filter = only(*dimension, name);
        let scenario = Scenario { name: "A".into(), pool: "P".into(), ..Scenario::default() };
        let mut history = History::new(place);
        history.execute(&Command::AddScenario(Box::new(scenario))).unwrap();
        history.execute(&Command::ShowScenario(Some("A".into()))).unwrap();
        if let Ok(command) = put_in_pool(history.place(), &filter, name, PoolingTerms::Pooled)
            && history.execute(&command).is_ok()
        {
            let (modelled, model) = history.place().modelled("A").unwrap();
            prop_assert_eq!(modelled.ledger.total(), history.place().ledger.total());
            let stated = Totals::of(&history.place().ledger, &filter, &[Dimension::Agency]);
            let nobody = stated.rows.iter().filter(|row| row.names[0] == "Not stated");
            let nobody: Money = nobody.map(|row| row.amount).sum();
            prop_assert_eq!(model.balance.into_pool, stated.total - nobody);
            let out = take_out_of_pool(history.place(), &filter, name).unwrap();
            history.execute(&out).unwrap();
            let (_, model) = history.place().modelled("A").unwrap();
            prop_assert_eq!(model.balance.into_pool, Money::ZERO);
            prop_assert!(history.place().shown_scenario().unwrap().contributions.is_empty());
        }
    }
}

/// The names of each layer from top to bottom.
fn orders(
    place: &Place,
    figure: &shadowpool::figure::FlowsFigure,
    graph: &shadowpool::flow::FlowGraph,
) -> Vec<(Dimension, Vec<String>)> {
    let layers = place.view.layers.iter().enumerate();
    layers
        .map(|(layer, dimension)| {
            let mut nodes: Vec<(f64, String)> = graph
                .layer(layer)
                .map(|(index, node)| (figure.node_box(index).y0, node.name.to_string()))
                .collect();
            nodes.sort_by(|a, b| a.0.total_cmp(&b.0));
            (*dimension, nodes.into_iter().map(|(_, name)| name).collect())
        })
        .collect()
}

#[test]
fn turning_the_pool_on_leaves_every_layer_in_its_order() {
    use shadowpool::figure::flows_figure;
    use shadowpool::flow::{FlowEnds, aggregate};
    use shadowpool::scene::{flow_spec, flows_input};
    for (file, place) in crate::sample_data::samples() {
        for scenario in place.scenarios.iter() {
            let size = (1000.0, 600.0);
            let graph = aggregate(&place.ledger, &flow_spec(&place, size.1), FlowEnds::default());
            let before = flows_figure(&flows_input(&place, &graph, Scheme::Light, size, None, 45_000));
            let mut shown = place.clone();
            Command::ShowScenario(Some(scenario.name.clone())).apply(&mut shown).unwrap();
            let shown = shown.modelled(&scenario.name).unwrap().0;
            let modelled = aggregate(&shown.ledger, &flow_spec(&shown, size.1), FlowEnds::default());
            let previous = before.previous_in(&graph, &modelled.layers, before.figure.height);
            let after =
                flows_figure(&flows_input(&shown, &modelled, Scheme::Light, size, Some(&previous), 45_000));
            let after = orders(&shown, &after, &modelled);
            for (dimension, names) in orders(&place, &before, &graph) {
                let now = &after.iter().find(|(other, _)| *other == dimension).unwrap().1;
                let both = |list: &[String], other: &[String]| -> Vec<String> {
                    list.iter().filter(|name| other.contains(name)).cloned().collect()
                };
                let (was, is) = (both(&names, now), both(now, &names));
                let place_now = |name: &String| is.iter().position(|other| other == name);
                let pairs = was.len() * was.len().saturating_sub(1) / 2;
                let turned = was
                    .iter()
                    .enumerate()
                    .flat_map(|(index, upper)| was[index + 1..].iter().map(move |lower| (upper, lower)))
                    .filter(|(upper, lower)| place_now(upper) > place_now(lower))
                    .count();
                assert!(turned * 5 <= pairs, "{file}, {}: {dimension}: {was:?} and {is:?}", scenario.name);
            }
        }
    }
}
