//! A pool that is small beside its place is drawn under a lens: at two scales that hold and are printed.

use std::sync::Arc;

use shadowpool::dimension::{Dimension, Names};
use shadowpool::figure::{Figure, FlowsFigure, MarkId, Point, Scheme, Shape};
use shadowpool::flow::{Focus, trace};
use shadowpool::ledger::Filter;
use shadowpool::money::{Money, in_short};
use shadowpool::place::{Command, Place, PoolScope, read_place, write_place};
use shadowpool::scene::{Audience, Flows, captions, has_pool_scope, is_under_lens};

use crate::sample_data::{in_first_format, sample, samples};

const SIZES: [(f64, f64); 5] =
    [(984.0, 590.0), (1232.0, 610.0), (1850.0, 930.0), (3700.0, 1900.0), (560.0, 320.0)];

/// A sample with each of its scenarios shown.
fn shown(mut place: Place) -> Vec<Place> {
    let names: Vec<String> = place.scenarios.iter().map(|scenario| scenario.name.clone()).collect();
    names
        .into_iter()
        .map(|name| {
            Command::ShowScenario(Some(name.clone())).apply(&mut place).unwrap();
            place.modelled(&name).unwrap().0
        })
        .collect()
}

fn west_cheshire() -> Place {
    let mut shown = shown(sample("west-cheshire.ron"));
    shown.retain(|place| place.shown_scenario().unwrap().name == "Starting Well, earlier help");
    shown.remove(0)
}

fn drawn(place: &Place, flows: &Flows, scheme: Scheme, size: (f64, f64)) -> FlowsFigure {
    flows.draw(&flows.input(place, scheme, size, None, 0))
}

fn words(figure: &Figure) -> Vec<String> {
    let said = |shape: &Shape| match shape {
        Shape::Label(text) => Some(text.content.clone()),
        _ => None,
    };
    figure.marks.iter().filter_map(|mark| said(&mark.shape)).collect()
}

fn height(figure: &Figure, id: MarkId) -> f64 {
    figure.mark(id).unwrap().shape.bounds().height()
}

/// Everything that is drawn of a pool is as high as its amount at the pool's scale, and the whole at its own.
#[track_caller]
fn check_scales(place: &Place, size: (f64, f64)) {
    let what = format!("{} at {size:?}", place.name);
    let flows = Flows::of(place, size.1);
    let figure = drawn(place, &flows, Scheme::Light, size);
    let lens = figure.lens().expect("it is under a lens");
    let whole = place.view.filter.resolve(&place.ledger).cells(false).total();
    let pounds = |amount: Money| amount.abs().units() as f64 / Money::from_pounds(1).units() as f64;
    let is = |px: f64, amount: Money, scale: f64| {
        assert!((px - pounds(amount) * scale).abs() < 0.01, "{what}: {px} px for {amount}");
    };
    is(height(&figure.figure, MarkId::of(&["lens", "whole"])), whole, lens.whole_scale);
    let pool: Money = flows.graph.layer(1).map(|(_, node)| node.amount).sum();
    assert_eq!(pool, flows.graph.total);
    let sliver = height(&figure.figure, MarkId::of(&["lens", "sliver"]));
    assert!((sliver - (pounds(pool) * lens.whole_scale).max(3.0)).abs() < 0.01, "{what}: {sliver}");
    for (node, of) in flows.graph.nodes.iter().enumerate() {
        let links = flows.graph.links.iter();
        let through = |at: usize| -> Money {
            let touching = links.clone().filter(|link| [link.source, link.target][at] == node);
            touching.map(|link| link.amount.abs()).sum()
        };
        is(figure.node_box(node).height(), through(0).max(through(1)), lens.pool_scale);
        if of.layer == 1 {
            assert!(figure.node_box(node).height() >= 24.0, "{what}: the pool is what it is about");
        }
    }
    for (which, scale) in [("whole", lens.whole_scale), ("pool", lens.pool_scale)] {
        let line = figure.figure.mark(MarkId::of(&["lens", "scale", which, "line"])).unwrap();
        let words = figure.figure.mark(MarkId::of(&["lens", "scale", which, "words"])).unwrap();
        let Shape::Label(words) = &words.shape else { panic!("words are words") };
        let short = words.content.split(' ').next().unwrap();
        let length = line.shape.bounds().width();
        let amount = (0..13)
            .flat_map(|power| [1, 2, 5].map(|step| Money::from_pounds(step * 10_i64.pow(power))))
            .find(|amount| (pounds(*amount) * scale - length).abs() < 0.01);
        assert_eq!(in_short(amount.expect("a round amount")), short, "{what}: a scale is printed");
    }
    for mark in &figure.figure.marks {
        let bounds = mark.shape.bounds();
        let inside =
            bounds.x0 >= -1.0 && bounds.x1 <= size.0 + 1.0 && bounds.y0 >= -2.0 && bounds.y1 <= size.1 + 1.0;
        assert!(inside || size.0 < 600.0, "{what}: {mark:?} is within the picture");
    }
}

#[test]
fn both_scales_hold_on_every_sample_at_every_size() {
    let mut seen = 0;
    for (_, place) in samples() {
        for mut place in shown(place) {
            if !has_pool_scope(&place) {
                continue;
            }
            Arc::make_mut(&mut place.view).pool_scope = Some(PoolScope::OnlyThePool);
            seen += 1;
            for size in SIZES {
                check_scales(&place, size);
            }
        }
    }
    assert!(seen >= 3, "{seen} pools of samples were seen");
}

#[test]
fn both_scales_hold_however_much_is_put_in() {
    let place = sample("west-cheshire.ron");
    for percent in [1, 2, 7, 25, 60, 99] {
        let mut place = place.clone();
        let scenario = Arc::make_mut(&mut place.scenarios);
        for contribution in &mut scenario[0].contributions {
            contribution.what = shadowpool::pool::Portion::Percent(shadowpool::money::Percent::new(percent));
        }
        scenario.truncate(1);
        let mut shown = shown(place).remove(0);
        Arc::make_mut(&mut shown.view).pool_scope = Some(PoolScope::OnlyThePool);
        check_scales(&shown, (1232.0, 610.0));
    }
}

#[test]
fn a_small_pool_is_drawn_under_a_lens_unless_the_whole_place_is_asked_for() {
    let mut place = west_cheshire();
    assert!(is_under_lens(&place));
    let flows = Flows::of(&place, 600.0);
    assert_eq!(flows.graph.layers, [Dimension::Agency, Dimension::Pool, Dimension::Service]);
    let said = words(&drawn(&place, &flows, Scheme::Light, (984.0, 590.0)).figure);
    for word in ["£3bn", "£23.1m", "0.8% of it", "Puts in", "Spent on"] {
        assert!(said.contains(&word.to_owned()), "{word}: {said:?}");
    }
    assert!(said.iter().any(|words| words.contains("2.9% of its spending")), "{said:?}");

    Command::SetPoolScope(PoolScope::WholePlace).apply(&mut place).unwrap();
    assert!(!is_under_lens(&place) && has_pool_scope(&place));
    assert_eq!(Flows::of(&place, 600.0).graph.layers.len(), 5);
    // A pool that is all there is to see is no part of anything.
    let only = Filter::default().only(Dimension::Pool, [place.shown_scenario().unwrap().pool.clone()]);
    Command::SetFilter(only).apply(&mut place).unwrap();
    Command::SetPoolScope(PoolScope::OnlyThePool).apply(&mut place).unwrap();
    assert!(!is_under_lens(&place) && !has_pool_scope(&place));
}

#[test]
fn what_is_not_allocated_is_hollow_last_and_never_folded() {
    let place = west_cheshire();
    for size in SIZES {
        let flows = Flows::of(&place, size.1);
        let figure = drawn(&place, &flows, Scheme::Light, size);
        let held = flows.graph.nodes.iter().position(|node| &*node.name == Names::UNALLOCATED).unwrap();
        let bar = figure.node_box(held);
        let last = flows.graph.layer(2).all(|(node, _)| figure.node_box(node).y0 <= bar.y0);
        assert!(last, "at {size:?}");
        let mark =
            figure.figure.marks.iter().find(|mark| figure.focus_of(mark.id) == Some(Focus::Node(held)));
        let paint = mark.unwrap().paint;
        assert_eq!(paint.fill, Scheme::Light.ground());
        assert_eq!(paint.stroke.unwrap().color, Scheme::Light.pool());
    }
}

#[test]
fn everything_in_it_can_be_pointed_at_and_leads_to_its_lines() {
    let place = west_cheshire();
    let flows = Flows::of(&place, 590.0);
    let figure = drawn(&place, &flows, Scheme::Light, (984.0, 590.0));
    for (node, of) in flows.graph.nodes.iter().enumerate() {
        let at = figure.node_box(node).center();
        let mark = figure.figure.pointed_at(at).unwrap();
        assert_eq!(figure.focus_of(mark.target.unwrap()), Some(Focus::Node(node)), "{}", of.name);
        let lines = flows.graph.filter_of(Focus::Node(node), &flows.filter);
        assert_eq!(lines.resolve(&place.ledger).cells(false).total(), of.amount, "{}", of.name);
    }
    let sliver = figure.figure.mark(MarkId::of(&["lens", "sliver"])).unwrap().shape.bounds();
    let mark = figure.figure.pointed_at(Point::new(sliver.center().x, sliver.center().y)).unwrap();
    let focus = figure.focus_of(mark.target.unwrap());
    assert!(matches!(focus, Some(Focus::Node(node)) if flows.graph.nodes[node].layer == 1));

    let council = flows.graph.layer(0).max_by_key(|(_, node)| node.amount).unwrap().0;
    let input = flows.input(&place, Scheme::Light, (984.0, 590.0), None, 0);
    let traced = trace(&flows.graph, Focus::Node(council));
    let said = words(&figure.traced(&input, &traced, None));
    assert!(
        said.contains(&"of £23.1m".to_owned()),
        "the pool says how much of it is the council's: {said:?}"
    );
}

#[test]
fn labels_under_the_lens_do_not_cover_each_other() {
    for (name, place) in samples() {
        for mut place in shown(place).into_iter().filter(has_pool_scope) {
            Arc::make_mut(&mut place.view).pool_scope = Some(PoolScope::OnlyThePool);
            for size in &SIZES[..4] {
                let flows = Flows::of(&place, size.1);
                let figure = drawn(&place, &flows, Scheme::Light, *size).figure;
                let labels: Vec<_> = figure
                    .marks
                    .iter()
                    .filter(|mark| matches!(mark.shape, Shape::Label(_)))
                    .map(|mark| (mark, mark.shape.bounds().inset(-2.0)))
                    .collect();
                for (index, (mark, bounds)) in labels.iter().enumerate() {
                    for (other, others) in &labels[..index] {
                        let covered = bounds.intersect(*others).area();
                        assert!(covered <= 0.0, "{name} {size:?}: {:?} {:?}", mark.shape, other.shape);
                    }
                }
            }
        }
    }
}

#[test]
fn the_choice_is_kept_with_the_place_and_a_place_without_it_stays_as_it_was() {
    let mut place = in_first_format(sample("west-cheshire.ron"));
    Command::ShowScenario(Some(place.scenarios[0].name.clone())).apply(&mut place).unwrap();
    let before = write_place(&place);
    assert!(before.starts_with("(\n  format: 1,"), "{}", &before[..40]);
    assert!(!before.contains("pool_scope"));
    Command::SetPoolScope(PoolScope::WholePlace).apply(&mut place).unwrap();
    let after = write_place(&place);
    assert!(after.starts_with("(\n  format: 2,") && after.contains("pool_scope: "), "{}", &after[..40]);
    assert_eq!(read_place(&after).unwrap().view.pool_scope, Some(PoolScope::WholePlace));
    // With the pool goes what was chosen about it.
    Command::ShowScenario(None).apply(&mut place).unwrap();
    assert_eq!(place.view.pool_scope, None);
}

#[test]
fn the_small_print_is_of_all_that_the_bar_shows() {
    let (_, notes) = captions(&west_cheshire(), Audience::DESK);
    assert!(notes.iter().any(|note| note.starts_with("Total £3,000,000,000.00")), "{notes:?}");
}
