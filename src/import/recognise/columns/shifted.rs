//! Headings that do not stand over what they name, moved to it where money and dates prove it.

use crate::dimension::Dimension;
use crate::import::problem::Code;
use crate::import::question::FileAnswer;
use crate::import::recognise::choice::Choice;
use crate::import::recognise::meaning::{DateKind, Meaning};
use crate::import::recognise::profile::{Profile, Profiles};

/// Headings that stand one column beside their content are moved to it, when money and dates prove it.
pub(super) fn shift_back(
    headings: &mut Vec<String>,
    meanings: &mut Vec<(Meaning, u8)>,
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) {
    let fit = |by: isize| -> isize {
        let places = (0..meanings.len()).filter_map(|index| Some((index, index.checked_add_signed(by)?)));
        places.map(|(index, at)| fits(meanings[index].0, profiles.get(at))).sum()
    };
    // Headings that stand over cells: fewer would if one of them fell beside the table.
    let covered = |by: isize| {
        let over_cells = |&index: &usize| {
            !headings[index].trim().is_empty()
                && index.checked_add_signed(by).is_some_and(|at| profiles.get(at).filled > 0)
        };
        (0..headings.len()).filter(over_cells).count()
    };
    let straight = fit(0);
    let Some((best, by)) =
        [-1, 1].into_iter().filter(|&by| covered(by) >= covered(0)).map(|by| (fit(by), by)).max()
    else {
        return;
    };
    if best < 4 || straight > 0 {
        return;
    }
    if by == 1 {
        headings.insert(0, String::new());
        meanings.insert(0, (Meaning::Unknown, 0));
        let width = profiles.width().max(headings.len() - 1);
        headings.truncate(width.max(1));
        meanings.truncate(width.max(1));
    } else {
        headings.remove(0);
        meanings.remove(0);
        headings.push(String::new());
        meanings.push((Meaning::Unknown, 0));
    }
    choices.push(Choice::warning(
        Code::HeadingsShifted,
        format!(
            "the headings stand one column to the {} of what they name; they were moved back",
            if by == 1 { "left" } else { "right" }
        ),
    ));
}

/// How well what a heading means fits what stands below it.
fn fits(meaning: Meaning, profile: &Profile) -> isize {
    match meaning {
        Meaning::Amount(_) | Meaning::Date(_) if profile.filled == 0 => 0,
        Meaning::Amount(_) if profile.is_money() && !profile.is_date() => 2,
        Meaning::Amount(_) => -2,
        Meaning::Date(DateKind::Never) => 0,
        Meaning::Date(_) if profile.is_date() || profile.percent(profile.serials) > 60 => 2,
        Meaning::Date(_) => -1,
        Meaning::Dimension(Dimension::Supplier) if profile.filled > 0 => {
            if profile.is_text() {
                1
            } else {
                -1
            }
        }
        _ => 0,
    }
}

/// Where every row has one cell fewer than there are headings, the heading that has no cells is found by what the others
/// name, and those after it are moved to their cells.
pub(super) fn drop_missing(
    headings: &mut Vec<String>,
    meanings: &mut Vec<(Meaning, u8)>,
    profiles: &Profiles,
    choices: &mut Vec<Choice>,
) {
    let width = profiles.width();
    let is_short = headings.len() == width + 1
        && width >= 3
        && profiles.rows >= 2
        && headings.iter().all(|heading| !heading.trim().is_empty())
        && (0..width).all(|index| profiles.get(index).filled * 10 >= profiles.rows * 8);
    if !is_short {
        return;
    }
    let fit = |without: usize| -> isize {
        let kept = (0..headings.len()).filter(|&index| index != without);
        kept.enumerate().map(|(at, index)| fits(meanings[index].0, profiles.get(at))).sum()
    };
    let straight = fit(width);
    let Some((best, missing)) = (0..width).map(|without| (fit(without), without)).max() else { return };
    if best <= straight || best < 2 || straight > 0 {
        return;
    }
    // Others that fit as well name the same cells: what is dropped is the one that has a kind of its own.
    let missing = (0..width)
        .filter(|&without| fit(without) == best)
        .find(|&without| matches!(meanings[without].0, Meaning::Date(_)))
        .unwrap_or(missing);
    let heading = headings.remove(missing);
    meanings.remove(missing);
    headings.push(String::new());
    meanings.push((Meaning::Unknown, 0));
    choices.push(Choice::question(
        Code::HeadingsShifted,
        format!(
            "the rows have one cell fewer than there are headings: \"{}\" has none, and the headings after it were moved to the cells that they name",
            heading.trim()
        ),
        vec![FileAnswer::AsRead],
    ));
}
