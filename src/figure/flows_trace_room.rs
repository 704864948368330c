//! Room for the labels of what is traced, which say more than before: those of a column move aside for each other, a
//! little, and where that is not enough say it on one line.

use super::flows_layout::HEADING_PX;
use super::flows_trace_label::Lit;

/// A label is moved by at most so many lines: farther off it would be another node's.
const MOST_MOVED: f64 = 1.5;

/// The labels of a column with the middle (px) and the lines of each: those that have no room on one line have a second
/// where the others can make room for it.
pub(super) fn arranged(mut column: Vec<(usize, Lit)>) -> Vec<((usize, Lit), (f64, usize))> {
    column.sort_by(|a, b| a.1.center().total_cmp(&b.1.center()));
    let mut lines: Vec<usize> = column.iter().map(|(_, label)| label.lines()).collect();
    loop {
        let wished: Vec<f64> = column.iter().map(|(_, label)| label.center()).collect();
        let heights: Vec<f64> =
            column.iter().zip(&lines).map(|((_, label), lines)| label.line_px() * *lines as f64).collect();
        let middles = apart(&wished, &heights);
        let moved = |at: &usize| (middles[*at] - wished[*at]).abs();
        let farthest = (0..column.len()).max_by(|a, b| moved(a).total_cmp(&moved(b)));
        let most = column.first().map_or(0.0, |(_, label)| label.line_px() * MOST_MOVED);
        let crowded = farthest.filter(|at| moved(at) > most);
        // The nearest that can do with one line gives way.
        let gives_way = crowded.and_then(|at| {
            let can = |other: &usize| lines[*other] == 2 && column[*other].1.second().is_none();
            (0..column.len()).filter(can).min_by_key(|other| other.abs_diff(at))
        });
        let Some(gives_way) = gives_way else {
            // Where there is no room for all, those that had some before have it still.
            let is_new = |other: &usize| column[*other].1.is_new;
            let nearest =
                |at| (0..column.len()).filter(is_new).min_by_key(|other: &usize| other.abs_diff(at));
            if let Some(new) = crowded.and_then(nearest) {
                column.remove(new);
                lines.remove(new);
                continue;
            }
            return column.into_iter().zip(middles.into_iter().zip(lines)).collect();
        };
        lines[gives_way] = 1;
    }
}

/// Middles as near to those that are wished as things of these heights can be, none over another.
fn apart(wished: &[f64], heights: &[f64]) -> Vec<f64> {
    // Without the room between them they only must not come down: what is out of order stands at its mean.
    let mut room = Vec::with_capacity(wished.len());
    let mut sum = 0.0;
    for (index, height) in heights.iter().enumerate() {
        sum += if index == 0 { 0.0 } else { f64::midpoint(heights[index - 1], *height) };
        room.push(sum);
    }
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (wish, room) in wished.iter().zip(&room) {
        let mut block = (wish - room, 1);
        while let Some((mean, count)) = blocks.last().copied().filter(|(mean, _)| *mean > block.0) {
            blocks.pop();
            let both = count + block.1;
            block = ((mean * count as f64 + block.0 * block.1 as f64) / both as f64, both);
        }
        blocks.push(block);
    }
    let means = blocks.into_iter().flat_map(|(mean, count)| std::iter::repeat_n(mean, count));
    // Below the headings.
    let top = heights.first().map_or(0.0, |height| HEADING_PX - 4.0 + height / 2.0);
    let top = wished.first().map_or(top, |wish| top.min(*wish));
    means.zip(&room).map(|(mean, room)| mean.max(top) + room).collect()
}
