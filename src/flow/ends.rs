//! Where money leaves the place: what is paid to bodies whose own spending is not in it ends at a node of its own for
//! each of them, in the last layer.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::{FlowNode, FlowSpec, Member};
use crate::dimension::{Dimension, NameId};
use crate::ledger::{Cell, Cells, Ledger, LineId, Matcher};
use crate::money::Money;

/// More bodies than these are drawn as one.
/// As many as are told apart beside the names of a layer.
const MOST_ENDS: usize = 6;

/// A body that is paid and whose own spending is not in the place, with what finds its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowEnd {
    pub name: Arc<str>,
    pub payers: BTreeSet<String>,
    /// How the payers' lines spell it, as supplier.
    pub suppliers: BTreeSet<String>,
}

/// The bodies at which money ends, and the lines of a ledger that are paid to them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FlowEnds {
    pub ends: Vec<FlowEnd>,
    /// Each with its body's place among the ends.
    pub lines: Vec<(LineId, u32)>,
}

impl FlowEnds {
    /// The lines of a ledger that its payers pay to these bodies, by their names, but for those that are in a pool.
    pub fn lines_in(&self, ledger: &Ledger) -> Vec<(LineId, u32)> {
        let (agencies, suppliers) = (ledger.names(Dimension::Agency), ledger.names(Dimension::Supplier));
        let mut paid: HashMap<(NameId, NameId), u32> = HashMap::new();
        for (at, end) in self.ends.iter().enumerate() {
            for payer in end.payers.iter().filter_map(|payer| agencies.id(payer)) {
                let known = end.suppliers.iter().filter_map(|supplier| suppliers.id(supplier));
                paid.extend(known.map(|supplier| ((payer, supplier), at as u32)));
            }
        }
        let lines = (0..ledger.len() as u32).map(LineId);
        let is_apart = |line: &LineId| ledger.name_id(*line, Dimension::Pool) == NameId::NOT_STATED;
        let end_of = |line: LineId| {
            let key = (ledger.name_id(line, Dimension::Agency), ledger.name_id(line, Dimension::Supplier));
            paid.get(&key).map(|&end| (line, end))
        };
        lines.filter(is_apart).filter_map(end_of).collect()
    }
}

/// Cells of one ending: what is paid to a body.
pub(super) struct EndCell {
    pub(super) end: u32,
    pub(super) cell: Cell,
}

/// Parts the cells into those that end in the place and those that are paid to bodies beyond it.
pub(super) fn parted(
    ledger: &Ledger,
    cells: Cells,
    matcher: &Matcher<'_>,
    ends: &FlowEnds,
) -> (Cells, Vec<EndCell>) {
    if ends.lines.is_empty() {
        return (cells, Vec::new());
    }
    let mut kept: Vec<Cell> = cells.iter().copied().collect();
    let places: HashMap<[NameId; Dimension::COUNT], usize> =
        kept.iter().enumerate().map(|(at, cell)| (cell.ids, at)).collect();
    let mut passed: BTreeMap<(u32, usize), (Money, u32)> = BTreeMap::new();
    for &(line, end) in ends.lines.iter().filter(|(line, _)| matcher.passes(*line)) {
        let ids = Dimension::ALL.map(|dimension| ledger.name_id(line, dimension));
        // Suppliers are told apart only where they are asked for.
        let mut apart = ids;
        apart[Dimension::Supplier.index()] = NameId::NOT_STATED;
        let Some(&at) = places.get(&ids).or_else(|| places.get(&apart)) else { continue };
        let (amount, lines) = passed.entry((end, at)).or_default();
        *amount += ledger.amount(line);
        *lines += 1;
    }
    let end_cells = passed.into_iter().map(|((end, at), (amount, lines))| {
        kept[at].amount -= amount;
        kept[at].lines -= lines;
        EndCell { end, cell: Cell { ids: kept[at].ids, amount, lines } }
    });
    let end_cells = end_cells.collect();
    (Cells::kept(kept.into_iter().filter(|cell| cell.lines > 0)), end_cells)
}

/// The nodes at which the money ends, and which of them each body's is: the largest bodies by name, the others together.
pub(super) fn end_nodes(
    cells: &[EndCell],
    ends: &[FlowEnd],
    spec: &FlowSpec,
) -> (Vec<FlowNode>, HashMap<u32, usize>) {
    let mut sums: BTreeMap<u32, Money> = BTreeMap::new();
    for EndCell { end, cell } in cells {
        *sums.entry(*end).or_default() += cell.amount.abs();
    }
    let name_of = |end: u32| &ends[end as usize].name;
    let mut by_size: Vec<(u32, Money)> = sums.into_iter().collect();
    by_size.sort_by(|a, b| (Reverse(a.1), name_of(a.0)).cmp(&(Reverse(b.1), name_of(b.0))));
    // One body more has the room that "others" would take.
    let shown = if by_size.len() <= MOST_ENDS + 1 { by_size.len() } else { MOST_ENDS };
    let mut named: Vec<u32> = by_size[..shown].iter().map(|(end, _)| *end).collect();
    named.sort_by_key(|end| name_of(*end));
    let rest: Vec<u32> = by_size[shown..].iter().map(|(end, _)| *end).collect();
    let layer = spec.layers.len().saturating_sub(1);
    let node = |bodies: Vec<u32>, name: String| FlowNode {
        layer,
        member: Member::End { bodies },
        name: name.into(),
        amount: Money::ZERO,
        lines: 0,
        parts: Vec::new(),
    };
    let mut nodes: Vec<FlowNode> =
        named.iter().map(|&end| node(vec![end], format!("{} (passed on)", name_of(end)))).collect();
    let mut places: HashMap<u32, usize> = named.iter().enumerate().map(|(at, &end)| (end, at)).collect();
    if !rest.is_empty() {
        places.extend(rest.iter().map(|&end| (end, nodes.len())));
        let name = format!("{} more bodies (passed on)", rest.len());
        nodes.push(node(rest, name));
    }
    (nodes, places)
}
