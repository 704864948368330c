//! Which marks a name means: the same node or row has other marks in each kind of picture, all made of its name.

use super::super::room::short_name;
use super::OpenedScene;
use crate::dimension::Dimension;
use crate::figure::{
    Figure, MarkId, PoolPart, ThemesPart, band_mark, moves_band, moves_node, named_mark, side_mark,
};
use crate::ledger::Totals;
use crate::place::{MarkNames, Place};

/// The marks that may stand for a node, or for the band between two, the best first.
pub(super) fn marks_of(place: &Place, at: &[(Dimension, String)]) -> Vec<MarkId> {
    match at {
        [one] => node_marks(place, one),
        [one, other] => band_marks(one, other),
        _ => Vec::new(),
    }
}

/// What a picture of a scene has that can be named: nodes by layer, the largest of each first.
pub fn nameable(scene: &OpenedScene, figure: &Figure) -> Vec<(Dimension, String)> {
    let place = &scene.place;
    let mut dimensions = place.view.layers.clone();
    for other in [Dimension::Agency, Dimension::Theme, Dimension::Service] {
        if !dimensions.contains(&other) {
            dimensions.push(other);
        }
    }
    let is_drawn =
        |at: &(Dimension, String)| node_marks(place, at).into_iter().any(|mark| figure.mark(mark).is_some());
    let names = |dimension: Dimension| {
        let totals = Totals::of(&place.ledger, &place.view.filter, &[dimension]);
        totals.rows.into_iter().map(move |mut row| (dimension, row.names.swap_remove(0)))
    };
    dimensions.into_iter().flat_map(names).filter(is_drawn).collect()
}

/// What a mark of a picture of a scene stands for, by its names; none of what stands for several.
pub(super) fn names_at(scene: &OpenedScene, figure: &Figure, mark: MarkId) -> Option<MarkNames> {
    let place = &scene.place;
    let nodes = nameable(scene, figure);
    if let Some(node) = nodes.iter().find(|node| node_marks(place, node).contains(&mark)) {
        return Some(vec![node.clone()]);
    }
    let pairs = nodes.iter().flat_map(|one| nodes.iter().map(move |other| (one, other)));
    let (one, other) = pairs
        .filter(|(one, other)| one.0 != other.0)
        .find(|(one, other)| band_marks(one, other).contains(&mark))?;
    Some(vec![one.clone(), other.clone()])
}

fn node_marks(place: &Place, (dimension, name): &(Dimension, String)) -> Vec<MarkId> {
    let node = named_mark(*dimension, name);
    // In a comparison the right side is the scenario's.
    let mut marks = vec![node, side_mark(false, node), side_mark(true, node)];
    match dimension {
        Dimension::Agency => {
            let parts = [
                PoolPart::Net { agency: name },
                PoolPart::PutsIn { agency: name },
                PoolPart::GetsBack { agency: name },
                PoolPart::Badge { agency: name },
            ];
            marks.extend(parts.iter().map(PoolPart::id));
            marks.push(ThemesPart::Agency { agency: name }.id());
            marks.push(MarkId::of(&["pool", "partner", name]));
            marks.push(MarkId::of(&["row", &short_name(place, name)]));
        }
        Dimension::Theme => {
            marks.push(ThemesPart::Theme { theme: name }.id());
            marks.push(PoolPart::Theme { theme: name }.id());
            marks.push(ThemesPart::TableTheme { theme: name }.id());
        }
        _ => {}
    }
    marks.extend([moves_node(false, name), moves_node(true, name), MarkId::of(&["row", name])]);
    marks
}

fn band_marks(one: &(Dimension, String), other: &(Dimension, String)) -> Vec<MarkId> {
    let ends = [named_mark(one.0, &one.1), named_mark(other.0, &other.1)];
    let mut marks = vec![band_mark(ends[0], ends[1]), band_mark(ends[1], ends[0])];
    let sides = marks.iter().flat_map(|band| [side_mark(false, *band), side_mark(true, *band)]);
    let sides: Vec<MarkId> = sides.collect();
    marks.extend(sides);
    let cell = match (one.0, other.0) {
        (Dimension::Theme, Dimension::Agency) => Some((&one.1, &other.1)),
        (Dimension::Agency, Dimension::Theme) => Some((&other.1, &one.1)),
        _ => None,
    };
    if let Some((theme, agency)) = cell {
        marks.push(ThemesPart::Bar { theme, agency }.id());
        marks.push(ThemesPart::Cell { theme, agency }.id());
    }
    marks.push(moves_band(&one.1, &other.1));
    marks.push(moves_band(&other.1, &one.1));
    marks
}
