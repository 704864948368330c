use std::sync::Arc;

use shadowpool::dimension::{Agency, Dimension};
use shadowpool::figure::{
    Anchor, CubicBez, Figure, HatchKind, Mark, MarkId, Measure, Morph, Paint, Point, Rect, RibbonShape,
    Scheme, Shape, Text, ThemesOptions, ThemesPart, Weight, themes,
};
use shadowpool::flow::breakdown::Breakdown;
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::Money;
use shadowpool::place::Place;
use shadowpool::scene::{PageOptions, flows_picture, themes_page};

use super::support::say_skipped;

fn figure(marks: Vec<Mark>) -> Figure {
    Figure {
        width: 400.0,
        height: 300.0,
        title: "A place".into(),
        notes: vec![],
        scheme: Scheme::Light,
        marks,
        unbalanced: None,
        words: Vec::new(),
    }
}

fn id(word: &str) -> MarkId {
    MarkId::of(&[word])
}

fn bar(word: &str, rect: Rect) -> Mark {
    Mark::new(id(word), rect, Paint::fill(Scheme::Light.category(0)), word)
}

fn ribbon(word: &str, from: (f64, f64), to: (f64, f64), width: f64) -> Mark {
    let shape = RibbonShape::sweep(from.into(), to.into(), width);
    Mark::new(id(word), shape, Paint::fill(Scheme::Light.category(1)).opacity(0.5), word)
}

fn before() -> Figure {
    figure(vec![
        ribbon("link", (20.0, 50.0), (200.0, 80.0), 20.0),
        ribbon("leaving", (20.0, 90.0), (200.0, 120.0), 10.0),
        bar("node", Rect::new(10.0, 40.0, 20.0, 100.0)),
    ])
}

fn after() -> Figure {
    figure(vec![
        ribbon("link", (20.0, 60.0), (200.0, 180.0), 30.0),
        bar("node", Rect::new(10.0, 40.0, 20.0, 120.0)),
        bar("entering", Rect::new(200.0, 40.0, 210.0, 120.0)),
    ])
}

#[test]
fn a_morph_begins_and_ends_with_its_figures() {
    let morph = Morph::new(before(), after());
    assert_eq!(morph.at(0.0), before());
    assert_eq!(morph.at(1.0), after());
}

#[test]
fn half_way_all_marks_are_half_way() {
    let half = Morph::new(before(), after()).at(0.5);
    let order: Vec<MarkId> = half.marks.iter().map(|mark| mark.id).collect();
    assert_eq!(order, [id("link"), id("leaving"), id("node"), id("entering")]);
    let Shape::Ribbon(link) = &half.mark(id("link")).unwrap().shape else {
        panic!("a ribbon stays a ribbon")
    };
    assert!((link.width() - 25.0).abs() < 1e-9);
    let Shape::Bar(entering) = half.mark(id("entering")).unwrap().shape else { panic!("a bar stays a bar") };
    assert_eq!(entering, Rect::new(200.0, 60.0, 210.0, 100.0));
    assert_eq!(half.mark(id("leaving")).unwrap().paint.opacity, 0.25);
}

#[test]
fn the_topmost_mark_is_under_the_pointer() {
    let figure = figure(vec![
        ribbon("below", (0.0, 100.0), (400.0, 200.0), 60.0),
        ribbon("above", (0.0, 200.0), (400.0, 100.0), 60.0),
        Mark::decoration(
            id("grid"),
            Shape::line(Point::new(0.0, 150.0), Point::new(400.0, 150.0)),
            Paint::stroke(Scheme::Light.grid(), 1.0),
        ),
    ]);
    let at = |x: f64, y: f64| figure.pointed_at(Point::new(x, y)).map(|mark| mark.id);
    assert_eq!(at(200.0, 150.0), Some(id("above")));
    assert_eq!(at(10.0, 100.0), Some(id("below")));
    assert_eq!(at(10.0, 140.0), None);
    // The band falls by half of its height by the middle: above its upper edge there is nothing.
    assert_eq!(at(200.0, 100.0), None);
}

#[test]
fn thin_ribbons_can_be_pointed_at_and_neighbours_are_told_apart() {
    let figure = figure(vec![
        ribbon("broad", (0.0, 100.0), (400.0, 100.0), 80.0),
        ribbon("hair", (0.0, 100.0), (400.0, 100.0), 0.2),
        ribbon("one", (0.0, 200.0), (400.0, 200.0), 1.0),
        ribbon("two", (0.0, 201.0), (400.0, 201.0), 1.0),
    ]);
    let at = |y: f64| figure.pointed_at(Point::new(200.0, y)).map(|mark| mark.id);
    assert_eq!(at(101.2), Some(id("hair")));
    assert_eq!(at(103.0), Some(id("broad")));
    assert_eq!(at(199.9), Some(id("one")));
    assert_eq!(at(201.1), Some(id("two")));
    assert_eq!(at(203.0), None);
}

#[test]
fn a_band_that_turns_round_is_hit_along_its_bend_only() {
    // From below to above, each edge as far out as it is from the middle at both ends.
    let turn = |out: f64| {
        let (right, below, above) = (280.0 + out * 4.0 / 3.0, 150.0 + out, 50.0 - out);
        CubicBez::new((200.0, below), (right, below), (right, above), (200.0, above))
    };
    let figure = figure(vec![Mark::new(
        id("turn"),
        RibbonShape::between(vec![turn(10.0)], vec![turn(-10.0)]),
        Paint::fill(Scheme::Light.neutral()),
        "",
    )]);
    let at = |x: f64, y: f64| figure.pointed_at(Point::new(x, y)).map(|mark| mark.id);
    assert_eq!(at(260.0, 100.0), Some(id("turn")));
    assert_eq!(at(210.0, 50.0), Some(id("turn")));
    assert_eq!(at(220.0, 100.0), None);
    assert_eq!(at(275.0, 100.0), None);
}

#[test]
fn hatching_hundreds_of_ribbons_takes_no_more_lines_than_they_have_room_for() {
    let hatch = Scheme::Light.hatch_on(HatchKind::Estimated, Scheme::Light.category(0));
    let mut lines = 0;
    for index in 0..400 {
        let y = f64::from(index) * 1.5;
        lines += hatch
            .lines_in_ribbon(&RibbonShape::sweep(Point::new(0.0, y), Point::new(300.0, 600.0 - y), 8.0))
            .len();
    }
    // None of the bands is longer than 680 px; at 45° a line each 6 px begins along either of two sides.
    let room = 400 * (680 + 8) / 6;
    assert!((10_000..room).contains(&lines), "{lines} lines");
}

#[test]
fn words_lie_in_the_box_they_are_said_to_take() {
    let text = Text::centred(Point::new(100.0, 50.0), Anchor::End, 14.0, Weight::SemiBold, "Council £4.32m");
    let bounds = text.bounds();
    assert!((bounds.x1 - 100.0).abs() < 1e-9 && bounds.contains(Point::new(99.0, 50.0)));
    assert!(bounds.height() < 14.0 * 1.3);
}

fn sample_ledgers() -> Vec<(String, shadowpool::place::Place)> {
    let Ok(folder) = std::fs::read_dir("sample-data") else {
        say_skipped("there is no sample-data here: its pictures are not looked at");
        return Vec::new();
    };
    let mut paths: Vec<std::path::PathBuf> = folder.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .map(|path| {
            let place = shadowpool::place::read_place(&std::fs::read_to_string(&path).unwrap()).unwrap();
            (path.display().to_string(), place)
        })
        .collect()
}

#[test]
fn a_themes_figure_shows_every_penny() {
    let ledger = super::support::small_place();
    let filter = Filter::default().only(Dimension::Year, ["2024/25"]);
    let breakdown = Breakdown::of(&ledger, &filter);
    let totals = |by: &[Dimension]| Totals::of(&ledger, &filter, by);
    assert_eq!(breakdown.total.total(), totals(&[]).total);
    for row in totals(&[Dimension::Theme, Dimension::Agency]).rows {
        let theme = breakdown.themes.iter().position(|theme| theme.name == row.names[0]).unwrap();
        let agency = breakdown.agencies.parts.iter().position(|part| part.name == row.names[1]).unwrap();
        assert_eq!(breakdown.agencies.amounts[theme][agency].total(), row.amount);
    }
    let all_years: Money = breakdown.years.parts.iter().map(|part| part.amount.total()).sum();
    assert_eq!(all_years, ledger.total());
    let folded = breakdown.clone().with_themes(2);
    let sum: Money = folded.themes.iter().map(|theme| theme.amount.total()).sum();
    assert_eq!(sum, breakdown.total.total());
    let folded = breakdown.agencies.clone().with_parts(2);
    assert_eq!(folded.parts.iter().map(|part| part.amount.total()).sum::<Money>(), breakdown.total.total());

    let figure = drawn(&breakdown, &ledger, &[], (1232.0, 600.0), Scheme::Light, Measure::Amount);
    let width = |theme: &str, agency: &str| {
        let id = ThemesPart::Bar { theme, agency }.id();
        let Shape::Bar(rect) = figure.mark(id).unwrap().shape else { panic!("a bar") };
        rect.width()
    };
    // A hair of ground on the right of each piece is no money.
    let scale = (width("Ageing Well", "Council") + 1.0) / 900.50;
    assert!(((width("Starting Well", "Council") + 1.0) / scale - 320.10).abs() < 0.01);
}

fn drawn(
    breakdown: &Breakdown,
    ledger: &Ledger,
    agencies: &[Agency],
    (width, height): (f64, f64),
    scheme: Scheme,
    measure: Measure,
) -> Figure {
    themes(breakdown, &ThemesOptions { width, height, scheme, measure, ledger, agencies })
}

#[test]
fn no_label_of_a_themes_figure_is_cut_or_covered() {
    let mut places = sample_ledgers();
    places.push(("small".into(), Place { ledger: super::support::small_place().into(), ..Place::default() }));
    places.push(("crowded".into(), Place { ledger: crowded().into(), ..Place::default() }));
    for (name, place) in &places {
        let breakdown = Breakdown::of(&place.ledger, &Filter::default());
        for size in [(1232.0, 600.0), (976.0, 650.0), (1872.0, 960.0), (720.0, 420.0)] {
            for measure in [Measure::Amount, Measure::Share, Measure::PerHead(330_000)] {
                let figure = drawn(&breakdown, &place.ledger, &place.agencies, size, Scheme::Dark, measure);
                check_labels(&figure, &format!("{name} at {size:?} {measure:?}"));
            }
        }
    }
}

fn page_of(measure: Measure, size: (f64, f64)) -> PageOptions<'static> {
    PageOptions { scheme: Scheme::Light, measure, size, scroll_bar_px: 14.0, blind: None }
}

#[test]
fn no_label_of_a_themes_page_is_cut_or_covered() {
    let mut places = sample_ledgers();
    places.push(("crowded".into(), Place { ledger: crowded().into(), ..Place::default() }));
    for (name, place) in &places {
        let breakdown = Breakdown::of(&place.ledger, &Filter::default());
        for size in [(1248.0, 560.0), (992.0, 540.0), (1888.0, 900.0), (640.0, 560.0)] {
            for measure in [Measure::Amount, Measure::Share] {
                let page = themes_page(place, &breakdown, &page_of(measure, size));
                check_labels(&page.figure, &format!("the page of {name} at {size:?} {measure:?}"));
            }
        }
    }
}

#[test]
fn every_spot_of_a_themes_page_is_what_the_pointer_finds_there() {
    let places = sample_ledgers();
    for (name, place) in &places {
        let breakdown = Breakdown::of(&place.ledger, &Filter::default());
        let size = (1248.0, 560.0);
        let page = themes_page(place, &breakdown, &page_of(Measure::Amount, size));
        let figure = &page.figure;
        for spot in &page.spots {
            let mark = figure.mark(spot.mark);
            assert!(
                mark.is_some() || figure.marks.iter().any(|mark| mark.target == Some(spot.mark)),
                "{name}: {} is drawn",
                spot.meaning.said()
            );
            // What is thinner than the reach of a pointer may give way to its neighbour.
            if spot.reach.width() <= 3.0 {
                continue;
            }
            let found = page.spot_at(spot.reach.center()).map(|spot| spot.meaning.said());
            assert_eq!(found, Some(spot.meaning.said()), "{name}");
        }
    }
}

/// The money behind the spots of one column, and of all columns with what is folded, is the same as without folding.
#[test]
fn what_is_folded_in_a_themes_page_leads_to_all_of_its_lines() {
    let place = Place { ledger: crowded().into(), ..Place::default() };
    let breakdown = Breakdown::of(&place.ledger, &Filter::default());
    let page = themes_page(&place, &breakdown, &page_of(Measure::Amount, (1248.0, 560.0)));
    assert!(page.spots.iter().any(|spot| spot.meaning.title.starts_with("Other (")));
    for spot in &page.spots {
        // Years are of every year, whatever is filtered.
        let filter = spot.meaning.narrow(&Filter::default());
        let total = Totals::of(&place.ledger, &filter, &[]).total;
        assert_eq!(total, spot.meaning.amount.total(), "{}", spot.meaning.said());
        assert!(spot.meaning.is_all_of(&filter) && spot.meaning.widen(&filter).is_empty());
    }
}

#[test]
fn no_label_of_a_flows_figure_is_covered() {
    for (name, mut place) in sample_ledgers() {
        let usual = place.view.layers.clone();
        for layers in [usual, LAYERS.to_vec()] {
            Arc::make_mut(&mut place.view).layers = layers;
            for size in [(1024.0, 590.0), (604.0, 590.0), (1920.0, 910.0), (500.0, 300.0)] {
                let figure = flows_picture(&place, Scheme::Light, size);
                check_labels(&figure, &format!("{name} at {size:?}"));
            }
        }
    }
}

#[test]
fn the_first_picture_has_every_name_whole_on_a_small_screen() {
    let place = shadowpool::place::read_place(include_str!("../../sample-data/west-cheshire.ron")).unwrap();
    let figure = flows_picture(&place, Scheme::Light, (1024.0, 590.0));
    let cut: Vec<&str> = figure
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Label(text) => Some(text.content.as_str()),
            _ => None,
        })
        .filter(|text| text.contains('…'))
        .collect();
    assert_eq!(cut, Vec::<&str>::new());
}

const LAYERS: [Dimension; 6] = [
    Dimension::Funder,
    Dimension::Agency,
    Dimension::Sector,
    Dimension::Theme,
    Dimension::Stage,
    Dimension::Service,
];

/// Forty agencies, thirty themes, long names, credits, several grades of evidence.
fn crowded() -> Ledger {
    let lines: Vec<SpendLine> = (0..900_i64)
        .map(|index| SpendLine {
            agency: Some(format!("The Integrated Authority of Number {} and Surroundings", index % 40)),
            theme: Some(format!("Theme {} with Unreasonablylongwordinthemiddle of it", index % 30)),
            year: Some(format!("{}/{}", 2019 + index % 5, 20 + index % 5)),
            stage: (index % 7 > 0)
                .then(|| ["Prevention", "Early help", "Acute or reactive"][index as usize % 3].to_owned()),
            evidence: (index % 3 > 0).then(|| {
                ["Actual", "Estimated", "Apportioned", "Illustrative"][index as usize % 4].to_owned()
            }),
            amount: Money::from_pounds((index * 7919) % 1_000_003 - 40_000),
            ..SpendLine::default()
        })
        .collect();
    Ledger::from_lines(&lines, &[], &[])
}

/// Every label lies within the figure and beside every other; words on a fill can be read.
pub(super) fn check_labels(figure: &Figure, what: &str) {
    let labels: Vec<(&Text, Rect)> = figure
        .marks
        .iter()
        .filter_map(|mark| match &mark.shape {
            Shape::Label(text) => {
                let bounds = text.bounds();
                // What can be seen lies between the height of capitals and a little below the baseline.
                let seen = Rect::new(
                    bounds.x0,
                    text.at.y - text.size_px * 0.74,
                    bounds.x1,
                    text.at.y + text.size_px * 0.14,
                );
                Some((text, seen))
            }
            _ => None,
        })
        .collect();
    let picture = Rect::new(-0.5, -0.5, figure.width + 0.5, figure.height + 0.5);
    for (index, (text, bounds)) in labels.iter().enumerate() {
        assert!(
            picture.contains(bounds.origin()) && picture.contains(Point::new(bounds.x1, bounds.y1)),
            "{what}: \"{}\" at {bounds:?} leaves the picture",
            text.content
        );
        for (other, other_bounds) in &labels[..index] {
            let shared = bounds.intersect(*other_bounds);
            assert!(
                shared.width() < 0.5
                    || shared.height() < 0.5
                    || bounds.x1 <= other_bounds.x0
                    || other_bounds.x1 <= bounds.x0
                    || bounds.y1 <= other_bounds.y0
                    || other_bounds.y1 <= bounds.y0,
                "{what}: \"{}\" at {bounds:?} covers \"{}\" at {other_bounds:?}",
                text.content,
                other.content
            );
        }
    }
}

#[test]
fn years_that_count_something_else_are_not_drawn_as_a_trend() {
    let text = include_str!("../../sample-data/greater-manchester.ron");
    let place = shadowpool::place::read_place(text).unwrap();
    for year in ["2013/14", "2025/26"] {
        let filter = Filter::default().only(Dimension::Year, [year]);
        let breakdown = Breakdown::of(&place.ledger, &filter);
        let years: Vec<&str> = breakdown.years.parts.iter().map(|part| part.name.as_str()).collect();
        assert_eq!(years, [year], "a budget of one body does not follow the spending of a whole place");
    }
}
