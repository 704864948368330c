use shadowpool::figure::{
    Anchor, CubicBez, Figure, HatchKind, Mark, MarkId, Morph, Paint, Point, Rect, RibbonShape, Scheme, Shape,
    Text, Weight,
};

fn figure(marks: Vec<Mark>) -> Figure {
    Figure {
        width: 400.0,
        height: 300.0,
        title: "A place".into(),
        notes: vec![],
        scheme: Scheme::Light,
        marks,
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
    let at = |x: f64, y: f64| figure.mark_at(Point::new(x, y));
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
    let at = |y: f64| figure.mark_at(Point::new(200.0, y));
    assert_eq!(at(101.2), Some(id("hair")));
    assert_eq!(at(103.0), Some(id("broad")));
    assert_eq!(at(199.9), Some(id("one")));
    assert_eq!(at(201.1), Some(id("two")));
    assert_eq!(at(203.0), None);
}

#[test]
fn a_band_that_turns_round_is_hit_along_its_bend_only() {
    let turn = CubicBez::new((200.0, 150.0), (280.0, 150.0), (280.0, 50.0), (200.0, 50.0));
    let figure = figure(vec![Mark::new(
        id("turn"),
        RibbonShape::around(&[turn], 20.0),
        Paint::fill(Scheme::Light.neutral()),
        "",
    )]);
    let at = |x: f64, y: f64| figure.mark_at(Point::new(x, y));
    assert_eq!(at(260.0, 100.0), Some(id("turn")));
    assert_eq!(at(210.0, 50.0), Some(id("turn")));
    assert_eq!(at(220.0, 100.0), None);
    assert_eq!(at(275.0, 100.0), None);
}

#[test]
fn hatching_hundreds_of_ribbons_takes_a_moment_only() {
    let hatch = Scheme::Light.hatch(HatchKind::Estimated);
    let start = std::time::Instant::now();
    let mut lines = 0;
    for index in 0..400 {
        let y = f64::from(index) * 1.5;
        lines += hatch
            .lines_in_ribbon(&RibbonShape::sweep(Point::new(0.0, y), Point::new(300.0, 600.0 - y), 8.0))
            .len();
    }
    assert!(lines > 10_000);
    assert!(start.elapsed().as_millis() < 500, "{:?}", start.elapsed());
}

#[test]
fn words_lie_in_the_box_they_are_said_to_take() {
    let text = Text::centred(Point::new(100.0, 50.0), Anchor::End, 14.0, Weight::SemiBold, "Council £4.32m");
    let bounds = text.bounds();
    assert!((bounds.x1 - 100.0).abs() < 1e-9 && bounds.contains(Point::new(99.0, 50.0)));
    assert!(bounds.height() < 14.0 * 1.3);
}
