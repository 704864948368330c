//! From a change of filter to the figure: the largest sample, and ledgers of up to a million lines.

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use shadowpool::dimension::{Dimension, NameId};
use shadowpool::figure::{FlowsFigure, Scheme, flows_figure};
use shadowpool::flow::{FlowEnds, Focus, aggregate, trace};
use shadowpool::ledger::{DateId, Filter, Ledger, Totals};
use shadowpool::money::Money;
use shadowpool::place::{Place, read_place};
use shadowpool::sankey::steps_for_ms;
use shadowpool::scene::{flow_spec, flows_input};

fn main() {
    divan::main();
}

/// The canvas of a window of 1280 by 800, px.
const SIZE: (f64, f64) = (1248.0, 620.0);

fn west_cheshire() -> Place {
    read_place(include_str!("../sample-data/west-cheshire.ron")).expect("a test opens every sample")
}

/// A place of so many lines: 14 agencies, 60 services in 12 themes, 10 years, 5,000 suppliers.
fn large_place(lines: usize) -> Place {
    let mut builder = Ledger::builder();
    let mut names_of = |dimension: Dimension, count: usize| -> Vec<NameId> {
        (0..count).map(|number| builder.names_mut(dimension).add(&format!("{dimension} {number}"))).collect()
    };
    let agencies = names_of(Dimension::Agency, 14);
    let funders = names_of(Dimension::Funder, 20);
    let themes = names_of(Dimension::Theme, 12);
    let services = names_of(Dimension::Service, 60);
    let years = names_of(Dimension::Year, 10);
    let suppliers = names_of(Dimension::Supplier, 5000);
    for line in 0..lines {
        let service = line * 7 % services.len();
        let mut names = [NameId::NOT_STATED; Dimension::COUNT];
        names[Dimension::Agency.index()] = agencies[(line * 5 + service) % agencies.len()];
        names[Dimension::Funder.index()] = funders[(line * 3 + service / 4) % funders.len()];
        names[Dimension::Theme.index()] = themes[service / 5];
        names[Dimension::Service.index()] = services[service];
        names[Dimension::Year.index()] = years[line % years.len()];
        names[Dimension::Supplier.index()] = suppliers[line * 13 % suppliers.len()];
        let amount = Money::from_pence((line * 977 % 900_000) as i64);
        builder.push_ids(amount, names, NameId::NOT_STATED, DateId::NONE, None, None);
    }
    Place { ledger: Arc::new(builder.finish()), ..Place::default() }
}

fn figure(place: &Place, former: Option<&FlowsFigure>) -> FlowsFigure {
    let graph = aggregate(&place.ledger, &flow_spec(place, SIZE.1), FlowEnds::default());
    let previous = former.map(FlowsFigure::previous);
    flows_figure(&flows_input(place, &graph, Scheme::Light, SIZE, previous.as_ref(), steps_for_ms(4)))
}

fn with_year(mut place: Place, year: &str) -> Place {
    let view = Arc::make_mut(&mut place.view);
    view.filter.set_only(Dimension::Year, [year.to_owned()].into());
    place
}

/// Another year on the largest sample: sums, folds, a layout near the last one, marks.
#[divan::bench]
fn a_filter_changes_the_sample(bencher: Bencher<'_, '_>) {
    let former = figure(&west_cheshire(), None);
    let place = with_year(west_cheshire(), "2012/13");
    bencher.bench_local(|| black_box(figure(&place, Some(&former))));
}

/// The first picture of the largest sample.
#[divan::bench]
fn the_sample_is_drawn_first(bencher: Bencher<'_, '_>) {
    let place = west_cheshire();
    bencher.bench_local(|| black_box(figure(&place, None)));
}

/// Pointing at something: its share of everything, as a figure.
#[divan::bench]
fn a_node_is_traced(bencher: Bencher<'_, '_>) {
    let place = west_cheshire();
    let graph = aggregate(&place.ledger, &flow_spec(&place, SIZE.1), FlowEnds::default());
    let input = flows_input(&place, &graph, Scheme::Light, SIZE, None, steps_for_ms(4));
    let drawing = flows_figure(&input);
    bencher.bench_local(|| black_box(drawing.traced(&input, &trace(&graph, Focus::Node(0)), None)));
}

#[divan::bench(args = [10_000, 100_000, 1_000_000])]
fn a_filter_changes_a_ledger(bencher: Bencher<'_, '_>, lines: usize) {
    let place = large_place(lines);
    let former = figure(&place, None);
    let place = with_year(place, "year 3");
    bencher.bench_local(|| black_box(figure(&place, Some(&former))));
}

/// Sums by agency and theme under a filter on a flow dimension, which cells answer.
#[divan::bench(args = [10_000, 100_000, 1_000_000])]
fn totals_by_cells(bencher: Bencher<'_, '_>, lines: usize) {
    let place = large_place(lines);
    let filter = Filter::default().only(Dimension::Year, ["year 3"]);
    bencher.bench_local(|| {
        black_box(Totals::of(&place.ledger, &filter, &[Dimension::Agency, Dimension::Theme]))
    });
}

/// The same under a filter on the supplier, which goes through the lines.
#[divan::bench(args = [10_000, 100_000, 1_000_000])]
fn totals_by_lines(bencher: Bencher<'_, '_>, lines: usize) {
    let place = large_place(lines);
    let filter = Filter::default().only(Dimension::Supplier, ["supplier 3"]);
    bencher.bench_local(|| {
        black_box(Totals::of(&place.ledger, &filter, &[Dimension::Agency, Dimension::Theme]))
    });
}
