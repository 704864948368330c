//! What stands beside a pool under a lens: who puts in how much, of what; and what it is spent on.

use super::FlowsInput;
use super::flows_label::label_of;
use super::label_marks::Inks;
use super::lens::{LensInput, pool_ink};
use super::lens_places::is_held_back;
use super::node_label::{NodeLabel, Word};
use crate::dimension::Dimension;
use crate::money::{Share, percent};

const LABEL_PX: f64 = 14.0;
const FACTS_PX: f64 = 12.0;

/// A partner's or a purpose's name and amount; of a partner also what share of the pool and of its own spending that is.
pub(super) fn side_label(input: &FlowsInput<'_>, lens: &LensInput, node: usize, unit: f64) -> NodeLabel {
    NodeLabel { facts: facts(input, lens, node, unit), ..label_of(input, node, LABEL_PX * unit) }
}

/// The colors of its words: what is held back has the pool's.
pub(super) fn side_inks(input: &FlowsInput<'_>, node: usize) -> Inks {
    let held_back = is_held_back(input.graph, node);
    let ink = if held_back { pool_ink(input.scheme) } else { input.scheme.ink() };
    Inks { name: ink, amount: ink, ..Inks::of(input.scheme) }
}

/// "78% of the pool", "2.9% of its spending".
fn facts(input: &FlowsInput<'_>, lens: &LensInput, node: usize, unit: f64) -> Vec<Word> {
    let (graph, of) = (input.graph, &input.graph.nodes[node]);
    if of.layer != 0 {
        return Vec::new();
    }
    let of_pool = Share::of(of.amount, graph.total).map(|share| format!("{} of the pool", percent(share)));
    let own = lens.own.get(&*of.name).filter(|_| graph.layers[0] == Dimension::Agency);
    let own = own.and_then(|own| Share::of(of.amount, *own));
    let of_own = own.map(|share| format!("{} of its spending", percent(share)));
    let facts = of_pool.into_iter().chain(of_own).enumerate();
    facts.map(|(index, words)| Word::quiet(&format!("facts {index}"), words, FACTS_PX * unit)).collect()
}
