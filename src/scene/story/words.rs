//! A scene in words and as a table: for those who do not see its picture, and for those who want its figures.

use super::super::compare::{Changes, model_of};
use super::super::{Flows, Sentence, compared_in_words, pool_sentence};
use super::OpenedScene;
use super::open::HEIGHT_PX;
use super::picture::{drawn_as, is_difference};
use crate::dimension::{Dimension, Names};
use crate::ledger::{Totals, full_or_between};
use crate::money::{Money, Share, in_full, in_short, in_short_signed, percent};
use crate::place::Screen;
use crate::pool::Difference;
use crate::words::{counted_as, list, thousands};

/// What is said of a picture besides its sentence: more is not taken in by ear.
const MOST_SAID: usize = 5;
/// Rows of a table behind a picture; the rest of it is one row, so that it adds up.
const MOST_ROWS: usize = 400;

/// The table behind the picture of a scene: names, then amounts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SceneTable {
    pub headings: Vec<String>,
    /// How many columns are names; the others are numbers.
    pub name_columns: usize,
    pub rows: Vec<Vec<String>>,
    /// What they come to.
    pub total: Option<Vec<String>>,
}

/// The picture of a scene in words: what is seen, its largest parts, what is not known of it.
pub fn scene_words(scene: &OpenedScene) -> Vec<String> {
    let place = &scene.place;
    let sentence = Sentence::about(place, &place.view.filter);
    let mut words = Vec::new();
    match (drawn_as(place.view.screen), &scene.other) {
        (Screen::Pool, _) if place.shown_scenario().is_some() => {
            if let Some((scenario, model)) = place.shown_scenario().zip(model_of(place)) {
                words.push(pool_sentence(scenario, &model));
                let mut nets: Vec<(&str, Money)> =
                    model.positions.iter().map(|one| (one.agency.as_str(), one.net)).collect();
                nets.retain(|(_, net)| !net.is_zero());
                nets.sort_by(|a, b| b.1.abs().cmp(&a.1.abs()).then_with(|| a.0.cmp(b.0)));
                let nets = nets.iter().map(|(name, net)| format!("{name} {}", in_short_signed(*net)));
                words.extend(largest("Gets back less what it puts in", nets.collect()));
            }
        }
        (Screen::Flows, Some(other)) => {
            words.push(compared_in_words(other, place, is_difference(place)));
            let changes = Changes::list(other, place);
            let rows = changes
                .rows
                .iter()
                .map(|row| format!("{} {}", named(&row.names).join(", "), in_short_signed(row.change())));
            words.extend(largest("The largest changes", rows.collect()));
        }
        (Screen::Themes, _) => {
            words.push(sentence.text.clone());
            let totals = Totals::of(&place.ledger, &place.view.filter, &[Dimension::Theme]);
            let rows = totals.rows.iter().map(|row| said(&row.names[0], row.amount, totals.total));
            words.extend(largest("The largest themes", rows.collect()));
        }
        _ => {
            words.push(sentence.text.clone());
            let graph = Flows::of(place, HEIGHT_PX).graph;
            // From what is not known to what is not known is no flow worth saying.
            let is_known = |node: usize| !Names::is_remainder(&graph.nodes[node].name);
            let mut links: Vec<_> = graph.links.iter().collect();
            links.retain(|link| is_known(link.source) || is_known(link.target));
            links.sort_by_key(|link| std::cmp::Reverse(link.amount.abs()));
            let rows = links.iter().map(|link| {
                let name = |node: usize| &graph.nodes[node].name;
                let ends = format!("{} \u{2192} {}", name(link.source), name(link.target));
                said(&ends, link.amount, graph.total)
            });
            words.extend(largest("The largest flows", rows.collect()));
        }
    }
    words.extend(not_known(scene, &sentence));
    words.extend(scene.told().map(str::to_owned));
    words
}

/// "The largest flows: A → B £4.32m, 12%; …"
fn largest(what: &str, mut said: Vec<String>) -> Option<String> {
    said.truncate(MOST_SAID);
    (!said.is_empty()).then(|| format!("{what}: {}.", said.join("; ")))
}

fn said(name: &str, amount: Money, whole: Money) -> String {
    let share = Share::of(amount, whole).map(|share| format!(", {}", percent(share)));
    format!("{name} {}{}", in_short(amount), share.unwrap_or_default())
}

fn named(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).filter(|name| *name != Names::NOT_STATED).collect()
}

/// How much of it is no actual money, and of how much a layer does not say what it is.
fn not_known(scene: &OpenedScene, sentence: &Sentence) -> Vec<String> {
    let place = &scene.place;
    let mut words = Vec::new();
    if !sentence.evidence.is_empty() {
        words.push(format!("How it is known: {}.", sentence.evidence));
    }
    let layers = place.view.layers.iter().filter(|layer| **layer != Dimension::Pool);
    let unknown = layers.filter_map(|&layer| {
        let totals = Totals::of(&place.ledger, &place.view.filter, &[layer]);
        let row = totals.rows.iter().find(|row| row.names[0] == Names::NOT_STATED)?;
        Some(format!("{} of no stated {}", in_short(row.amount), layer.title().to_lowercase()))
    });
    let unknown: Vec<String> = unknown.collect();
    if !unknown.is_empty() {
        words.push(format!("Not known: {}.", list(&unknown)));
    }
    if !sentence.warning.is_empty() {
        words.push(sentence.warning.clone());
    }
    words
}

/// The table behind the picture of a scene, with the sums that the picture draws.
pub fn scene_table(scene: &OpenedScene) -> SceneTable {
    let place = &scene.place;
    match (drawn_as(place.view.screen), &scene.other) {
        (Screen::Pool, _) if place.shown_scenario().is_some() => partners(scene),
        (Screen::Flows, Some(other)) => changes(&Changes::list(other, place)),
        (Screen::Themes, _) => totals(scene, &[Dimension::Theme, Dimension::Agency]),
        _ => totals(scene, &place.view.layers),
    }
}

fn totals(scene: &OpenedScene, by: &[Dimension]) -> SceneTable {
    let place = &scene.place;
    let filter = Flows::of(place, HEIGHT_PX).filter;
    let totals = Totals::of(&place.ledger, &filter, by);
    let mut headings: Vec<String> = by.iter().map(|dimension| dimension.title().to_owned()).collect();
    headings.extend(["Amount (£)", "Share", "Lines"].map(str::to_owned));
    let row = |names: Vec<String>, amount: Money, words: String, lines: u64| {
        let share = Share::of(amount, totals.total).map(percent).unwrap_or_default();
        names.into_iter().chain([words, share, thousands(lines)]).collect::<Vec<String>>()
    };
    let shown = totals.rows.iter().take(shown(totals.rows.len()));
    let mut rows: Vec<Vec<String>> = shown
        .map(|of| row(of.names.clone(), of.amount, full_or_between(of.amount, of.range), of.lines))
        .collect();
    let rest = &totals.rows[rows.len()..];
    if !rest.is_empty() {
        let sum: Money = rest.iter().map(|row| row.amount).sum();
        let mut names = vec![String::new(); by.len()];
        names[0] = counted_as(rest.len(), "more row", "more rows");
        rows.push(row(names, sum, in_full(sum), rest.iter().map(|row| row.lines).sum()));
    }
    let mut names = vec![String::new(); by.len()];
    "Total".clone_into(&mut names[0]);
    let total = row(names, totals.total, full_or_between(totals.total, totals.range), totals.lines);
    SceneTable { headings, name_columns: by.len(), rows, total: Some(total) }
}

/// All of them, or one less than there is room for, which the rest of them has.
const fn shown(rows: usize) -> usize {
    if rows > MOST_ROWS { MOST_ROWS - 1 } else { rows }
}

fn changes(changes: &Difference) -> SceneTable {
    let mut headings: Vec<String> = changes.by.iter().map(|dimension| dimension.title().to_owned()).collect();
    headings.extend(["Before (£)", "After (£)", "Change (£)"].map(str::to_owned));
    let row = |names: Vec<String>, sums: [Money; 3]| {
        names.into_iter().chain(sums.map(in_full)).collect::<Vec<String>>()
    };
    let some = shown(changes.rows.len());
    let mut rows: Vec<Vec<String>> = changes.rows[..some]
        .iter()
        .map(|of| row(of.names.clone(), [of.before, of.after, of.change()]))
        .collect();
    let sums = |of: &[crate::pool::ChangedAmount]| {
        [
            of.iter().map(|row| row.before).sum(),
            of.iter().map(|row| row.after).sum(),
            of.iter().map(crate::pool::ChangedAmount::change).sum(),
        ]
    };
    let names = |words: String| {
        let mut names = vec![String::new(); changes.by.len()];
        names[0] = words;
        names
    };
    let rest = &changes.rows[some..];
    if !rest.is_empty() {
        rows.push(row(names(counted_as(rest.len(), "more row", "more rows")), sums(rest)));
    }
    let total = row(names("All that changes".to_owned()), sums(&changes.rows));
    SceneTable { headings, name_columns: changes.by.len(), rows, total: Some(total) }
}

fn partners(scene: &OpenedScene) -> SceneTable {
    let headings = ["Partner", "Puts in (£)", "Gets back (£)", "Net (£)", "Of the pool", "No worse off"];
    let Some(model) = model_of(&scene.place) else { return SceneTable::default() };
    let row = |one: &crate::pool::NetPosition| {
        let badge = if one.no_worse_off.holds { "yes" } else { "no" };
        let sums = [one.puts_in, one.gets_back, one.net].map(in_full);
        let words = [percent(one.share_of_pool), badge.to_owned()];
        [one.agency.clone()].into_iter().chain(sums).chain(words).collect()
    };
    SceneTable {
        headings: headings.map(str::to_owned).into(),
        name_columns: 1,
        rows: model.positions.iter().map(row).collect(),
        total: None,
    }
}
