//! What amounts are on pictures: pounds, a percentage of a whole that is named, or both.

use serde::{Deserialize, Serialize};

use super::{Money, Share, in_column, percent};

/// What stands beside the marks of a picture.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Amounts {
    #[default]
    Pounds,
    Percent,
    Both,
}

impl Amounts {
    /// As a switch says it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Pounds => "£",
            Self::Percent => "%",
            Self::Both => "£ and %",
        }
    }

    // serde hands the field over by reference.
    pub fn is_pounds(&self) -> bool {
        *self == Self::Pounds
    }

    /// An amount to three figures, as a part of a whole, or both: `£756m`, `25%`, `£756m 25%`. Of a whole that is
    /// nothing there is no part.
    pub fn say(self, amount: Money, whole: Money) -> String {
        match (self, Share::of(amount, whole)) {
            (Self::Pounds, _) | (_, None) => in_column(amount),
            (Self::Percent, Some(share)) => percent(share),
            (Self::Both, Some(share)) => format!("{} {}", in_column(amount), percent(share)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: [Amounts; 3] = [Amounts::Pounds, Amounts::Percent, Amounts::Both];

    #[test]
    fn an_amount_is_pounds_a_part_or_both() {
        let say = |amounts: Amounts, pounds, whole| {
            amounts.say(Money::from_pounds(pounds), Money::from_pounds(whole))
        };
        assert_eq!(ALL.map(|amounts| say(amounts, 756, 3000)), ["£756", "25%", "£756 25%"]);
        assert_eq!(ALL.map(|amounts| say(amounts, 756, 0)), ["£756"; 3]);
        assert_eq!(say(Amounts::Percent, -30, 3000), "\u{2212}1.0%");
    }
}
