//! A picture in words, for those who do not see it: its finding, what it counts, the five largest of what it draws, and
//! what is not known of it. Each amount is a sum of the same lines as the band or bar it stands for.

use std::collections::BTreeMap;

use super::carried::evidence_note;
use super::compare::{Changes, compared_in_words};
use super::picture::stamped;
use super::{Audience, Flows, Sentence, change_title, flows_title, pool_captions, themes_title};
use crate::dimension::{Dimension, NameId, Names, comparison_key, shown_name};
use crate::figure::visible;
use crate::flow::{FlowGraph, FlowNode, Focus, Member};
use crate::ledger::{Filter, short_or_about};
use crate::money::{Money, Share, in_full, in_short, in_short_signed, percent};
use crate::place::Place;
use crate::pool::{Model, Scenario};
use crate::words::{counted, counted_as};

/// More than five is a table, which stands behind every picture.
const MOST: usize = 5;

/// A picture in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PictureWords {
    /// What it shows, as a finding.
    pub title: String,
    /// What it counts and adds, and what it is stamped.
    pub about: Vec<String>,
    /// What the list below is of; nothing where that is empty.
    pub heading: String,
    /// The largest of what is drawn, one each: "A to B: £1.2m, 12%, 31 lines".
    pub largest: Vec<String>,
    /// How well it is known, what is not itemised, what is folded, what must not be added.
    pub not_known: Vec<String>,
}

impl PictureWords {
    /// Each of its sentences after the title, in the order they are read.
    pub fn lines(&self) -> Vec<String> {
        let heading = Some(self.heading.clone()).filter(|heading| !heading.is_empty());
        let numbered = self.largest.iter().enumerate().map(|(at, words)| format!("{}. {words}.", at + 1));
        self.about.iter().cloned().chain(heading).chain(numbered).chain(self.not_known.clone()).collect()
    }
}

/// Flows in words, of the lines and in the layers that are drawn.
pub fn flows_words(place: &Place, flows: &Flows, to: Audience) -> PictureWords {
    let graph = &flows.graph;
    let of = if flows.are_under_lens() { "the pool" } else { "what is in view" };
    let say = Saying { whole: graph.total, of, to };
    let pair = named_layers(graph);
    let drawn = graph.links.iter().enumerate().filter(|(_, link)| graph.nodes[link.source].layer == pair);
    let is_named = |node: usize| is_named(&graph.nodes[node]);
    let mut named: Vec<_> =
        drawn.filter(|(_, link)| is_named(link.source) && is_named(link.target)).collect();
    named.sort_by_key(|(at, link)| (std::cmp::Reverse(link.amount.abs()), *at));
    let largest = named.iter().take(MOST).map(|(at, link)| {
        let of_it = graph.filter_of(Focus::Link(*at), &flows.filter);
        let is_estimate = place.ledger.range_where(&of_it).is_some();
        let [from, into] = [link.source, link.target].map(|node| said_node(place, graph, node));
        say.part(&format!("{from} to {into}"), link.amount, is_estimate, link.lines)
    });
    let [from, into] = [pair, pair + 1].map(|layer| graph.layers.get(layer).map_or("", |layer| layer.key()));
    let heading = say.heading(named.len(), &format!("flows with a name at both ends, from {from} to {into}"));
    let mut words = spending_words(place, flows_title(place, &place.view.filter, to), &flows.filter, &say);
    (words.heading, words.largest) = (heading, largest.collect());
    words.not_known.splice(0..0, not_named(graph, &say));
    words
}

/// What is said of a node or a band beside its name: its share of what, its lines, from how many agencies.
pub fn mark_words(place: &Place, flows: &Flows, focus: Focus) -> String {
    let graph = &flows.graph;
    let cells = graph.filter_of(focus, &flows.filter).resolve(&place.ledger).cells(false);
    let share = |amount: Money, whole: Money, of: &str| {
        let is_part = amount.is_positive() && amount <= whole;
        Share::of(amount, whole).filter(|_| is_part).map(|share| format!("{} of {of}", percent(share)))
    };
    let mut words = Vec::new();
    let dimensions: &[Dimension] = match focus {
        Focus::Node(node) => {
            let node = &graph.nodes[node];
            words.extend(share(node.amount, graph.total, &in_short(graph.total)));
            words.push(counted(node.lines, "line"));
            &[graph.layers[node.layer]]
        }
        Focus::Link(link) => {
            let link = &graph.links[link];
            words.push(in_full(link.amount));
            for end in [link.source, link.target] {
                words.extend(share(link.amount, graph.nodes[end].amount, &said_node(place, graph, end)));
            }
            words.push(counted(link.lines, "line"));
            &[]
        }
    };
    if let [dimension] = dimensions
        && *dimension != Dimension::Agency
    {
        let names = place.ledger.names(Dimension::Agency);
        let agencies = cells.occurring(Dimension::Agency).into_iter();
        let agencies = agencies.filter(|id| !Names::is_remainder(names.name(*id))).count();
        let way = if *dimension == Dimension::Funder { "to" } else { "from" };
        if agencies > 0 {
            words.push(format!("{way} {}", counted_as(agencies, "agency", "agencies")));
        }
    }
    words.join(", ")
}

/// Themes in words: who spends most on which.
pub fn themes_words(place: &Place, to: Audience) -> PictureWords {
    let filter = &place.view.filter;
    let cells = filter.resolve(&place.ledger).cells(false);
    let say = Saying { whole: cells.total(), of: "what is in view", to };
    let dimensions = [Dimension::Agency, Dimension::Theme];
    let mut sums: BTreeMap<[NameId; 2], (Money, u64)> = BTreeMap::new();
    for cell in cells.iter() {
        let sum = sums.entry(dimensions.map(|dimension| cell.ids[dimension.index()])).or_default();
        *sum = (sum.0 + cell.amount, sum.1 + u64::from(cell.lines));
    }
    let name = |at: usize, id: NameId| place.ledger.names(dimensions[at]).name(id);
    let is_named = |ids: &[NameId; 2]| (0..2).all(|at| !Names::is_remainder(name(at, ids[at])));
    let mut named: Vec<_> = sums.iter().filter(|(ids, _)| is_named(ids)).collect();
    named.sort_by_key(|(ids, (amount, _))| {
        (std::cmp::Reverse(amount.abs()), name(0, ids[0]), name(1, ids[1]))
    });
    let largest = named.iter().take(MOST).map(|(ids, (amount, lines))| {
        let [agency, theme] = [0, 1].map(|at| name(at, ids[at]));
        let of_it = filter.clone().only(dimensions[0], [agency]).only(dimensions[1], [theme]);
        let is_estimate = place.ledger.range_where(&of_it).is_some();
        let said = |at: usize, name| shown_name(dimensions[at], name, &place.agencies);
        say.part(&format!("{} on {}", said(0, agency), said(1, theme)), *amount, is_estimate, *lines)
    });
    let heading = say.heading(named.len(), "amounts of a named agency on a named theme");
    let mut words = spending_words(place, themes_title(place, filter, to), filter, &say);
    (words.heading, words.largest) = (heading, largest.collect());
    for dimension in dimensions {
        let ids = cells.occurring(dimension);
        let names = place.ledger.names(dimension);
        for id in ids.into_iter().filter(|id| Names::is_remainder(names.name(*id))) {
            let amount = cells.clone().with_names(dimension, &[id]).total();
            words.not_known.insert(0, say.remainder(dimension, names.name(id), amount));
        }
    }
    words
}

/// A scenario's pool in words: who puts in most, and what comes back. The place is the baseline.
pub fn pool_words(place: &Place, scenario: &Scenario, model: &Model, to: Audience) -> PictureWords {
    let (title, mut notes) = pool_captions(place, scenario, model, to);
    let about = notes.drain(..notes.len().min(2)).collect();
    let partners: Vec<_> =
        model.positions.iter().filter(|position| position.agency != Names::NOT_STATED).collect();
    let largest = partners.iter().take(MOST).map(|position| {
        let name = shown_name(Dimension::Agency, &position.agency, &place.agencies);
        let puts_in = short_or_about(position.puts_in, position.range.is_some());
        let back = short_or_about(position.gets_back, position.is_estimate);
        let is_estimate = position.range.is_some() || position.is_estimate;
        let net =
            if is_estimate { short_or_about(position.net, true) } else { in_short_signed(position.net) };
        let share = if to.is_blind || position.share_of_pool == Share::NONE {
            String::new()
        } else {
            format!(", {} of the pool", percent(position.share_of_pool))
        };
        format!("{name} puts in {puts_in}{share}, gets back {back}, net {net}")
    });
    let heading = match partners.len() {
        0 => String::new(),
        count if count <= MOST => format!("{}:", counted(count, "partner")),
        count => format!("The {MOST} of {} that put in most:", counted(count, "partner")),
    };
    PictureWords { title, about, heading, largest: largest.collect(), not_known: notes }
}

/// A comparison in words: what changes most, from the one to the other.
pub fn change_words(before: &Place, after: &Place, is_difference: bool, to: Audience) -> PictureWords {
    let list = Changes::list(before, after);
    let mut about: Vec<String> =
        [after, before].into_iter().filter_map(Place::shown_scenario).map(stamped).collect();
    about.push(compared_in_words(before, after, is_difference));
    let largest = list.rows.iter().take(MOST).map(|row| {
        let stated = list.by.iter().zip(&row.names).filter(|(_, name)| *name != Names::NOT_STATED);
        let names: Vec<String> =
            stated.map(|(by, name)| shown_name(*by, name, &after.agencies).into_owned()).collect();
        let change = in_short_signed(row.change());
        format!("{}: {change}, from {} to {}", names.join(", "), in_short(row.before), in_short(row.after))
    });
    let heading = match list.rows.len() {
        0 => "Nothing changes.".to_owned(),
        count if count <= MOST => format!("{}:", counted(count, "change")),
        count => format!("The {MOST} largest of {}:", counted(count, "change")),
    };
    let not_known = super::carried::rests_on(before, after, Some(&list));
    PictureWords {
        title: change_title(before, after, to),
        about,
        heading,
        largest: largest.collect(),
        not_known,
    }
}

/// What is said of any picture of spending.
fn spending_words(place: &Place, title: String, filter: &Filter, say: &Saying) -> PictureWords {
    let sentence = Sentence::about(place, filter);
    let mut about: Vec<String> = place.shown_scenario().map(stamped).into_iter().collect();
    about.push(if say.to.is_blind { counted(sentence.lines, "line") + "." } else { sentence.text.clone() });
    let mut not_known = Vec::new();
    if sentence.lines > 0 {
        let known = evidence_note(&sentence.evidence, &place.ledger, filter);
        not_known.push(match known {
            Some(known) => known.replacen("Hatched: ", "How well it is known: ", 1),
            None => "Nothing of it is said to be planned, apportioned, estimated or illustrative.".to_owned(),
        });
    }
    not_known.extend(Some(sentence.warning).filter(|warning| !warning.is_empty()));
    PictureWords { title, about, not_known, ..PictureWords::default() }
}

/// How amounts are said, as parts of what.
struct Saying {
    /// £.
    whole: Money,
    /// The same to a room that is not to know how much it is.
    of: &'static str,
    to: Audience,
}

impl Saying {
    fn share(&self, amount: Money) -> Option<String> {
        let is_part = amount.is_positive() && amount <= self.whole;
        Share::of(amount, self.whole).filter(|_| is_part).map(percent)
    }

    /// To a room that is not to know how much it is, the share alone.
    fn amount(&self, amount: Money, is_estimate: bool) -> String {
        if !self.to.is_blind {
            return short_or_about(amount, is_estimate);
        }
        self.share(amount).unwrap_or_else(|| "no share".to_owned())
    }

    fn part(&self, name: &str, amount: Money, is_estimate: bool, lines: u64) -> String {
        let share = self.share(amount).filter(|_| !self.to.is_blind);
        let share = share.map(|share| format!(", {share}")).unwrap_or_default();
        format!("{name}: {}{share}, {}", self.amount(amount, is_estimate), counted(lines, "line"))
    }

    fn heading(&self, count: usize, what: &str) -> String {
        let of = if self.to.is_blind { self.of.to_owned() } else { in_short(self.whole) };
        match count {
            0 => String::new(),
            1 => format!("The only one of the {what}, with its share of {of}:"),
            2..=MOST => format!("The {count} {what}, with their shares of {of}:"),
            _ => format!("The {MOST} largest of {count} {what}, with their shares of {of}:"),
        }
    }

    /// "£620m is not itemised by service."
    fn remainder(&self, dimension: Dimension, name: &str, amount: Money) -> String {
        let (amount, by) = (self.amount(amount, false), dimension.title().to_lowercase());
        match comparison_key(name).as_str() {
            "notitemised" => format!("{amount} is not itemised by {by}."),
            "notclassified" => format!("{amount} is not classified by {by}."),
            "outsidethepool" => format!("{amount} is outside the pool."),
            "unallocated" => format!("{amount} is unallocated."),
            _ => format!("{amount} states no {by}."),
        }
    }
}

/// The layer whose bands to the next are told: those of the agencies, as a title is of them.
fn named_layers(graph: &FlowGraph) -> usize {
    let agency = graph.layers.iter().position(|layer| *layer == Dimension::Agency).unwrap_or(0);
    agency.min(graph.layers.len().saturating_sub(2))
}

/// Whether a node is somebody or something, and no fold or rest.
fn is_named(node: &FlowNode) -> bool {
    !matches!(node.member, Member::Other { .. }) && !Names::is_remainder(&node.name)
}

fn said_node(place: &Place, graph: &FlowGraph, node: usize) -> String {
    let node = &graph.nodes[node];
    visible(&shown_name(graph.layers[node.layer], &node.name, &place.agencies)).into_owned()
}

/// What stands for nobody in each layer: what states no name, and what is folded.
fn not_named(graph: &FlowGraph, say: &Saying) -> Vec<String> {
    let mut words = Vec::new();
    for (layer, &dimension) in graph.layers.iter().enumerate() {
        let rests = graph.layer(layer).filter(|(_, node)| {
            !matches!(node.member, Member::Other { .. }) && Names::is_remainder(&node.name)
        });
        words.extend(rests.map(|(_, node)| say.remainder(dimension, &node.name, node.amount)));
        let folded: Vec<(usize, Money)> = graph
            .layer(layer)
            .filter_map(|(_, node)| match &node.member {
                Member::Other { members, .. } => Some((members.len(), node.amount)),
                _ => None,
            })
            .collect();
        if !folded.is_empty() {
            let members: usize = folded.iter().map(|(members, _)| members).sum();
            let amount: Money = folded.iter().map(|(_, amount)| *amount).sum();
            let one = dimension.title().to_lowercase();
            words.push(format!(
                "{} in {} stand folded as \u{201c}Other\u{201d}.",
                counted_as(members, &format!("small {one}"), &format!("small {}", dimension.plural())),
                say.amount(amount, false)
            ));
        }
    }
    words
}
