//! Room for the labels of a column that say more than before: they move aside for each other, a little, and where that is
//! not enough say it on fewer lines.

use super::node_label::SetLabel;
use crate::sankey::stacked_labels;

/// A label is moved off its node by at most so many lines: farther off it would be another node's.
const MOST_MOVED: f64 = 1.5;

/// A label that wants to stand beside its node.
pub(super) struct WantedLabel {
    /// Ways of setting it, that which says most first, and each on fewer lines than the one before.
    pub(super) forms: Vec<SetLabel>,
    /// The top and the bottom of its node, px.
    pub(super) side: (f64, f64),
    /// The height of a line, px.
    pub(super) line: f64,
    /// How much is lost where it is left out: nought where nothing stood there before.
    pub(super) worth: u8,
}

/// The form and the middle (px) of each label of a column, none over another, between `top` and `bottom`. What has no room
/// at all is left out, and only that: the least worth near where it is crowded.
pub(super) fn arranged(column: &[WantedLabel], (top, bottom): (f64, f64)) -> Vec<Option<(usize, f64)>> {
    let middle = |at: usize| f64::midpoint(column[at].side.0, column[at].side.1);
    let mut order: Vec<usize> = (0..column.len()).collect();
    order.sort_by(|a, b| middle(*a).total_cmp(&middle(*b)).then(a.cmp(b)));
    let mut forms = vec![0; column.len()];
    loop {
        let wished: Vec<(f64, f64)> =
            order.iter().map(|&at| (middle(at) - top, column[at].forms[forms[at]].height())).collect();
        let tops = stacked_labels(&wished, bottom - top);
        let middles: Vec<f64> =
            tops.iter().zip(&wished).map(|(y, (_, height))| top + y + height / 2.0).collect();
        let over = |place: usize| {
            let (wanted, y) = (&column[order[place]], middles[place]);
            (wanted.side.0 - y).max(y - wanted.side.1) - MOST_MOVED * wanted.line
        };
        let is_too_high = wished.iter().map(|(_, height)| height).sum::<f64>() > bottom - top;
        let crowded = (0..order.len()).max_by(|a, b| over(*a).total_cmp(&over(*b)));
        let Some(crowded) = crowded.filter(|place| is_too_high || over(*place) > 1e-6) else {
            let mut placed = vec![None; column.len()];
            for (place, y) in middles.into_iter().enumerate() {
                placed[order[place]] = Some((forms[order[place]], y));
            }
            return placed;
        };
        // The nearest that can do with fewer lines gives way.
        let can = |place: &usize| forms[order[*place]] + 1 < column[order[*place]].forms.len();
        if let Some(place) = (0..order.len()).filter(can).min_by_key(|place| place.abs_diff(crowded)) {
            forms[order[place]] += 1;
        } else if let Some(place) =
            (0..order.len()).min_by_key(|place| (column[order[*place]].worth, place.abs_diff(crowded)))
        {
            order.remove(place);
        }
    }
}
