//! Shares of a whole as people say them: "a third", "more than half"; a percentage where no such words are true.

use super::{Share, percent};

/// A share in words that can follow "of": `a third`, `two fifths`, `more than half`, `41%`, `less than a hundredth`,
/// `all`.
///
/// A fraction is named only where the share is within a twenty-fifth part of it and within one and a half of a hundred, so
/// a third is from 32.0% to 34.7% and nine tenths from 88.5% to 91.5%; in a stretch where several would do it is the
/// nearest. "More than half" reaches up to three fifths. What is not within the
/// whole, such as a part that is larger than a whole with credits in it, is a percentage always.
pub fn fraction(share: Share) -> String {
    if share <= Share::NONE || share > Share::WHOLE {
        return percent(share);
    }
    if share == Share::WHOLE {
        return "all".to_owned();
    }
    if is_less(share, 1, 100) {
        return "less than a hundredth".to_owned();
    }
    let near = NAMED.iter().filter(|(parts, whole, _)| is_near(share, *parts, *whole));
    let nearest = near.min_by_key(|(parts, whole, _)| distance(share, *parts, *whole));
    match nearest {
        Some((_, _, words)) => (*words).to_owned(),
        None if is_less(share, 3, 5) && !is_less(share, 1, 2) => "more than half".to_owned(),
        None => percent(share),
    }
}

/// What shares are called.
const NAMED: [(i128, i128, &str); 13] = [
    (1, 2, "half"),
    (1, 3, "a third"),
    (2, 3, "two thirds"),
    (1, 4, "a quarter"),
    (3, 4, "three quarters"),
    (1, 5, "a fifth"),
    (2, 5, "two fifths"),
    (3, 5, "three fifths"),
    (4, 5, "four fifths"),
    (1, 6, "a sixth"),
    (1, 8, "an eighth"),
    (1, 10, "a tenth"),
    (9, 10, "nine tenths"),
];

/// A text with nothing in it of what [`fraction`] calls shares: "more than half of it" as "some of it".
pub fn without_fractions(text: &str) -> String {
    let mut said = text.to_owned();
    let longer = ["more than half", "less than a hundredth"];
    for words in longer.into_iter().chain(NAMED.iter().rev().map(|(_, _, words)| *words)) {
        for way in ["more than ", ""] {
            for after in [" of ", " from ", " on ", " through ", ",", "."] {
                said = said.replace(&format!(" {way}{words}{after}"), &format!(" some{after}"));
            }
        }
    }
    said
}

/// A fraction stands for shares that differ from it by at most its own part of so many, and by so many thousandths of the
/// whole.
const TOLERANCE: i128 = 25;
const MOST_THOUSANDTHS: i128 = 15;

/// Whether a share is within the tolerance of a fraction, ends included; exact, or of numbers beyond any budget not.
fn is_near(share: Share, parts: i128, whole: i128) -> bool {
    let exact = || {
        let own = share.numerator().checked_mul(whole)?;
        let named = share.denominator().checked_mul(parts)?;
        let off = own.checked_sub(named)?.abs();
        let most = share.denominator().checked_mul(whole)?.checked_mul(MOST_THOUSANDTHS)?;
        Some(off.checked_mul(TOLERANCE)? <= named && off.checked_mul(1000)? <= most)
    };
    exact().unwrap_or(false)
}

/// How far a share is from a fraction, as a part of it; of numbers beyond any budget nothing is near.
fn distance(share: Share, parts: i128, whole: i128) -> Option<Share> {
    let own = share.numerator().checked_mul(whole)?;
    let named = share.denominator().checked_mul(parts)?;
    Share::ratio(own.checked_sub(named)?.abs(), share.denominator().checked_mul(whole)?)
}

fn is_less(share: Share, parts: i128, whole: i128) -> bool {
    Share::ratio(parts, whole).is_some_and(|named| share < named)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(part: i128, whole: i128) -> String {
        fraction(Share::ratio(part, whole).unwrap())
    }

    #[test]
    fn fractions_are_named_where_they_are_nearly_so() {
        for (thousandths, words) in [
            (333, "a third"),
            (344, "a third"),
            (320, "a third"),
            (319, "32%"),
            (347, "35%"),
            (500, "half"),
            (485, "half"),
            (484, "48%"),
            (515, "half"),
            (516, "more than half"),
            (584, "more than half"),
            (585, "three fifths"),
            (630, "63%"),
            (875, "88%"),
            (167, "a sixth"),
            (250, "a quarter"),
            (410, "two fifths"),
            (900, "nine tenths"),
            (980, "98%"),
            (1000, "all"),
            (8, "less than a hundredth"),
            (10, "1.0%"),
            (1200, "120%"),
            (0, "0%"),
            (-100, "\u{2212}10%"),
        ] {
            assert_eq!(said(thousandths, 1000), words, "{thousandths} thousandths");
        }
    }

    #[test]
    fn a_named_fraction_is_never_further_off_than_its_tolerance() {
        for thousandths in 1..1000 {
            let words = said(thousandths, 1000);
            if let Some((parts, whole, _)) = NAMED.iter().find(|(_, _, named)| *named == words) {
                let off = (thousandths * whole - 1000 * parts).abs();
                let is_near = 25 * off <= 1000 * parts && 1000 * off <= 15 * 1000 * whole;
                assert!(is_near, "{thousandths} thousandths are not {words}");
            }
            let is_half = (500..600).contains(&thousandths);
            assert!(words != "more than half" || is_half, "{thousandths} thousandths are not {words}");
        }
    }
}
