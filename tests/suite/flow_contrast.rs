//! Words of every figure of flows can be read on what is really behind them: at rest, pointed at, pinned, side by side, as
//! a difference and under a lens, in every scheme. What is behind is worked out from the marks in the order in which they
//! are painted.

use shadowpool::figure::{Color, Figure, Mark, Point, Scheme, Shape, Text};
use shadowpool::flow::{Focus, trace};
use shadowpool::scene::{Flows, compare_picture, compared, difference_picture};

use crate::flow_labels::{SIZES, places};
use crate::sample_data::samples;

/// What WCAG 2 asks of words of these sizes.
const LEAST: f64 = 4.5;

/// The colors that may be seen at a point where marks lie over each other on a ground: of what is hatched the fill and the
/// lines.
fn behind(marks: &[&Mark], ground: Color, at: Point) -> Vec<Color> {
    let mut seen = vec![ground];
    for mark in marks.iter().filter(|mark| mark.shape.contains(at, 0.0)) {
        let over = |under: Color, color: Color, opacity: f32| under.mix(color, f64::from(opacity));
        let paint = &mark.paint;
        let is_filled = !matches!(mark.shape, Shape::Line(_) | Shape::Label(_));
        if !is_filled {
            continue;
        }
        let filled: Vec<Color> = seen.iter().map(|under| over(*under, paint.fill, paint.opacity)).collect();
        let hatched = paint.hatch.into_iter().flat_map(|hatch| {
            let opacity = hatch.opacity * paint.opacity;
            filled.iter().map(move |under| under.mix(hatch.color, f64::from(opacity))).collect::<Vec<_>>()
        });
        seen = filled.iter().copied().chain(hatched).collect();
        seen.dedup();
    }
    seen
}

/// Points all over the letters of a text.
fn points(text: &Text) -> impl Iterator<Item = Point> + '_ {
    let (left, width) = (text.left(), text.width());
    let columns = (width / 6.0).ceil().max(2.0);
    (0..=columns as usize).flat_map(move |column| {
        let x = left + width * (column as f64 / columns).clamp(0.01, 0.99);
        [0.05, 0.35, 0.68].map(move |up| Point::new(x, text.at.y - up * text.size_px))
    })
}

/// Every text can be read, and nothing that is painted later lies on it.
fn check(figure: &Figure, what: &str) {
    let ground = figure.scheme.ground();
    for (index, mark) in figure.marks.iter().enumerate() {
        let Shape::Label(text) = &mark.shape else { continue };
        let bounds = text.bounds();
        let near = |mark: &&Mark| mark.shape.bounds().inflate(1.0, 1.0).overlaps(bounds);
        let below: Vec<&Mark> = figure.marks[..index].iter().filter(near).collect();
        let above: Vec<&Mark> = figure.marks[index + 1..].iter().filter(near).collect();
        for at in points(text) {
            for behind in behind(&below, ground, at) {
                let ink = behind.mix(mark.paint.fill, f64::from(mark.paint.opacity));
                let contrast = ink.contrast(behind);
                assert!(
                    contrast >= LEAST,
                    "{what}: {:?} has {contrast:.2} on {behind} at {at:?}",
                    text.content
                );
            }
            let covers = |mark: &&&Mark| {
                !matches!(mark.shape, Shape::Label(_) | Shape::Line(_)) && mark.shape.contains(at, 0.0)
            };
            assert!(above.iter().find(covers).is_none(), "{what}: {:?} is covered at {at:?}", text.content);
        }
    }
}

#[test]
fn words_of_flows_can_be_read_at_rest_and_while_something_is_traced() {
    for (name, place) in places() {
        for scheme in Scheme::ALL {
            for size in [SIZES[1], SIZES[2]] {
                let flows = Flows::of(&place, size.1);
                let input = flows.input(&place, scheme, size, None, 0);
                let drawn = flows.draw(&input);
                let what = format!("{name} {scheme:?} at {size:?}");
                check(&drawn.figure, &what);
                let (nodes, links) = (flows.graph.nodes.len(), flows.graph.links.len());
                let nodes = [0, nodes / 2, nodes - 1].map(Focus::Node);
                for focus in nodes.into_iter().chain([0, links / 2, links - 1].map(Focus::Link)) {
                    let traced = trace(&flows.graph, focus);
                    for pin in [None, Some(focus)] {
                        check(&drawn.traced(&input, &traced, pin), &format!("{what}, {focus:?}, {pin:?}"));
                    }
                }
            }
        }
    }
}

#[test]
fn words_of_two_scenarios_can_be_read_side_by_side_and_as_a_difference() {
    for (name, place) in samples() {
        for scenario in place.scenarios.iter() {
            let after = place.modelled(&scenario.name).unwrap().0;
            for scheme in Scheme::ALL {
                let what = format!("{name}, {}, {scheme:?}", scenario.name);
                let size = SIZES[2];
                check(&compare_picture(&place, &after, scheme, size, 1), &format!("{what}, side by side"));
                check(&difference_picture(&place, &after, scheme, size), &format!("{what}, difference"));
                let compared = compared(&place, &after, scheme, size, 1, None);
                for spot in compared.spots.iter().step_by(17) {
                    check(&compared.pinned(spot.key), &format!("{what}, {:?} pinned", spot.key));
                }
            }
        }
    }
}

#[test]
fn words_that_cannot_be_read_are_found() {
    let (_, place) = samples().last().unwrap();
    let flows = Flows::of(&place, SIZES[1].1);
    let drawn = flows.draw(&flows.input(&place, Scheme::Dark, SIZES[1], None, 0));
    let plates = drawn.figure.marks.iter().filter(|mark| matches!(mark.shape, Shape::Polygon(_))).count();
    assert!(plates > 10, "labels on bands stand on plates");
    let mut pale = drawn.figure.clone();
    for mark in &mut pale.marks {
        if matches!(mark.shape, Shape::Label(_)) {
            mark.paint.opacity = 0.4;
        }
    }
    assert!(std::panic::catch_unwind(|| check(&pale, "pale")).is_err());
}
