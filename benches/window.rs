//! A frame of the window, from the pointer's move to the painted pixels, on one core: views, tessellation and the CPU
//! painter. A screen of 60 frames a second leaves 16.7 ms for each.

mod support;

use divan::Bencher;
use egui::{Pos2, pos2};
use shadowpool::dimension::{Dimension, NameId};
use shadowpool::flow::{FlowEnds, aggregate};
use shadowpool::ledger::{DateId, Ledger};
use shadowpool::money::Money;
use shadowpool::place::{Place, write_place};
use shadowpool::scene::flow_spec;

use support::Window;

fn main() {
    divan::main();
}

const SIZE: [f32; 2] = [1280.0, 800.0];

fn move_to(window: &mut Window, at: Pos2) {
    window.harness.hover_at(at);
    window.frame();
}

/// A place whose picture has more than a thousand links.
fn thousand_links() -> Place {
    let mut builder = Ledger::builder();
    let dimensions = [Dimension::Funder, Dimension::Agency, Dimension::Theme, Dimension::Service];
    let names = dimensions.map(|dimension| -> Vec<NameId> {
        (0..24)
            .map(|number| builder.names_mut(dimension).add(&format!("{} {number}", dimension.title())))
            .collect()
    });
    for line in 0..4000_usize {
        let mut ids = [NameId::NOT_STATED; Dimension::COUNT];
        for (layer, (dimension, names)) in dimensions.into_iter().zip(&names).enumerate() {
            ids[dimension.index()] = names[(line * (layer * 2 + 1) + line / (7 * layer + 5)) % names.len()];
        }
        let amount = Money::from_pence(100_000 + (line * 977 % 90_000) as i64);
        builder.push_ids(amount, ids, NameId::NOT_STATED, DateId::NONE, None, None);
    }
    let place = Place { name: "Links".to_owned(), ..Place::default() };
    Place { ledger: builder.finish().into(), ..place }
}

/// Points all over the drawing, so that each move is over another band or node.
fn path(step: usize) -> Pos2 {
    pos2(260.0 + (step * 37 % 800) as f32, 240.0 + (step * 23 % 480) as f32)
}

#[divan::bench]
fn the_pointer_moves_over_the_sample(bencher: Bencher<'_, '_>) {
    let mut window = Window::open(Vec::new(), SIZE);
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        move_to(&mut window, path(step));
    });
}

#[divan::bench]
fn the_pointer_moves_over_a_thousand_links(bencher: Bencher<'_, '_>) {
    let place = thousand_links();
    let links = aggregate(&place.ledger, &flow_spec(&place, 600.0), FlowEnds::default()).links.len();
    assert!(links >= 1000, "{links} links");
    let folder = tempfile::tempdir().expect("a folder for the place");
    let file = folder.path().join("links.ron");
    std::fs::write(&file, write_place(&place)).expect("the place is written");
    let mut window = Window::open(vec![file], SIZE);
    let mut step = 0;
    bencher.bench_local(|| {
        step += 1;
        move_to(&mut window, path(step));
    });
}
