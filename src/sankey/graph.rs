//! What is laid out: nodes and links by index.

/// Nodes in layers and the links between them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Graph {
    pub nodes: Vec<Node>,
    pub links: Vec<Link>,
}

/// A box of the drawing; its height follows from its links.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Node {
    /// Who this is, the same from one layout to the next.
    pub key: u64,
    /// The column, from 0. Columns without nodes take no room.
    pub layer: usize,
    /// Where its top must be (px from the top of the picture), if somebody placed it by hand.
    pub pin: Option<f64>,
    /// Its place in a hand order: of two ranked nodes of a layer the smaller rank is above.
    pub rank: Option<i32>,
    /// Where it stands at the foot of its layer, below all that has no such number: the larger, the lower.
    pub foot: Option<u8>,
    /// Nodes of one layer that share a group stay next to each other.
    pub group: Option<u32>,
    /// How large its label is; none where it has no label.
    pub label: Option<LabelSize>,
}

/// The size of a label's text (px).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct LabelSize {
    pub width: f64,
    pub height: f64,
}

/// A flow from one node to another.
///
/// A link that does not lead to a later layer is a return: it is drawn around the nodes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Link {
    pub source: usize,
    pub target: usize,
    /// How much flows; at least 0. The caller turns a negative amount into a marked link of its size.
    pub value: f64,
    /// Who this is, the same from one layout to the next.
    pub key: u64,
}

impl Graph {
    /// A link's value, with everything that cannot be drawn (negative, not a number) as nothing.
    pub fn value(&self, link: usize) -> f64 {
        let value = self.links[link].value;
        if value.is_finite() && value > 0.0 { value } else { 0.0 }
    }

    /// Does the link lead back to its own or an earlier layer?
    pub fn is_return(&self, link: usize) -> bool {
        let link = &self.links[link];
        self.nodes[link.target].layer <= self.nodes[link.source].layer
    }

    /// What flows into and out of each node, returns included.
    pub(super) fn flows(&self) -> Vec<NodeFlow> {
        let mut flows = vec![NodeFlow::default(); self.nodes.len()];
        for (index, link) in self.links.iter().enumerate() {
            flows[link.source].outgoing += self.value(index);
            flows[link.target].incoming += self.value(index);
        }
        flows
    }
}

/// What flows through a node.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct NodeFlow {
    pub(super) incoming: f64,
    pub(super) outgoing: f64,
}

impl NodeFlow {
    /// What the node's height stands for: the larger side, as no band may be cut.
    pub(super) fn worth(self) -> f64 {
        self.incoming.max(self.outgoing)
    }
}
