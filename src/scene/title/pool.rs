//! The finding of a scenario: who would be worse off and who better, what is over or waits, and what is left out.

use super::audience::{Audience, spelled};
use crate::dimension::{Dimension, Names, shown_name};
use crate::ledger::short_or_about;
use crate::money::{Money, in_short};
use crate::place::Place;
use crate::pool::{Model, NetPosition, Scenario};
use crate::words::{capitalised, counted_as, noun};

/// Who loses and who gains by a scenario.
pub fn pool_title(place: &Place, scenario: &Scenario, model: &Model, to: Audience) -> String {
    let left_out = left_out(model);
    let partners: Vec<&NetPosition> =
        model.positions.iter().filter(|position| position.agency != Names::NOT_STATED).collect();
    if !partners.iter().any(|position| !position.puts_in.is_zero()) {
        return format!("{}: nobody puts anything in yet{left_out}", scenario.pool);
    }
    let effect = Effect { place, partners, to, is_agreed: scenario.stamp().is_none() };
    let say = |amount| short_or_about(amount, model.range.is_some());
    let balance = model.balance;
    let waits = if balance.over.is_positive() {
        let more =
            if to.is_blind { "More".to_owned() } else { format!("{} more", capitalised(&say(balance.over))) };
        Some(format!("{more} is allocated than is in the pool"))
    } else if balance.unallocated.is_positive() {
        let waits = if to.is_blind { "Some".to_owned() } else { capitalised(&say(balance.unallocated)) };
        Some(format!("{waits} of the pool is unallocated"))
    } else {
        None
    };
    let (long, short) = effect.in_words();
    let with = |said: &str| format!("{said}{left_out}");
    let uncapitalised =
        |words: &str| words.replacen("More is", "more is", 1).replacen("Some of", "some of", 1);
    match waits {
        // What is more than there is comes first: nothing else holds before it is mended.
        Some(over) if balance.over.is_positive() => {
            to.fitting([with(&format!("{over}; {long}")), with(&format!("{over}; {short}")), with(&over)])
        }
        Some(waits) => {
            let waits = uncapitalised(&waits);
            to.fitting([
                with(&format!("{long}; {waits}")),
                with(&format!("{short}; {waits}")),
                with(&long),
                with(&short),
            ])
        }
        None => to.fitting([with(&long), with(&short)]),
    }
}

/// What a scenario does to its partners.
struct Effect<'a> {
    place: &'a Place,
    partners: Vec<&'a NetPosition>,
    to: Audience,
    is_agreed: bool,
}

impl Effect<'_> {
    /// At length, and with the least that is true.
    fn in_words(&self) -> (String, String) {
        let mut losers = self.of(Money::is_negative);
        losers.sort_by(|a, b| a.net.cmp(&b.net).then_with(|| a.agency.cmp(&b.agency)));
        let mut winners = self.of(Money::is_positive);
        winners.sort_by(|a, b| b.net.cmp(&a.net).then_with(|| a.agency.cmp(&b.agency)));
        let asks_more = self.asks_more();
        let all = self.partners.len();
        let count = |of: usize, what: &str| format!("{of} of {all} partners {} {what}", self.be(of));
        if self.to.is_blind {
            let said = match (losers.len(), winners.len()) {
                (0, 0) => "Nobody gains or loses".to_owned(),
                (0, gain) => format!("Nobody loses, and {gain} of {all} {}", noun(gain, "gains", "gain")),
                (lose, _) => count(lose, "worse off"),
            };
            let said = format!("{said}{asks_more}");
            return (said.clone(), said);
        }
        let worse = self.most(&losers, "worse off");
        let better = self.most(&winners, "better off");
        match (worse, better) {
            (None, None) => {
                let back = match all {
                    1 => format!("{} gets back what it puts in", self.name(self.partners[0])),
                    _ => format!("{} gain or lose: each gets back what it puts in", self.nobody()),
                };
                let short = if all == 1 { back.clone() } else { format!("{} gain or lose", self.nobody()) };
                (format!("{back}{asks_more}"), format!("{short}{asks_more}"))
            }
            (None, Some(better)) => {
                let better = format!("{better}; nobody loses{asks_more}");
                (better.clone(), better)
            }
            (Some(worse), None) => (format!("{worse}{asks_more}"), worse),
            (Some(worse), Some(better)) => {
                let better = better.replacen(&format!(" {} ", self.be(1)), " ", 1);
                let both = format!("{worse}, {better}");
                let many = losers.len() > 1;
                let all_who_lose =
                    if many { format!("; {} of {all} lose", losers.len()) } else { String::new() };
                (format!("{both}{all_who_lose}{asks_more}"), worse)
            }
        }
    }

    fn of(&self, is_so: impl Fn(Money) -> bool) -> Vec<&NetPosition> {
        self.partners.iter().copied().filter(|position| is_so(position.net)).collect()
    }

    fn name(&self, position: &NetPosition) -> String {
        shown_name(Dimension::Agency, &position.agency, &self.place.agencies).into_owned()
    }

    /// "Council would be £650k worse off": the first, or all that come to the same.
    fn most(&self, sorted: &[&NetPosition], how: &str) -> Option<String> {
        let first = sorted.first()?;
        let amount = in_short(first.net.abs());
        let tied = sorted.iter().take_while(|other| in_short(other.net.abs()) == amount).count();
        let amount = short_or_about(first.net.abs(), first.is_estimate);
        Some(match tied {
            1 => format!("{} {} {amount} {how}", self.name(first), self.be(1)),
            2 => {
                let names = format!("{} and {}", self.name(first), self.name(sorted[1]));
                format!("{names} {} {amount} {how} each", self.be(2))
            }
            _ => format!("{} partners {} {amount} {how} each", spelled(tied), self.be(tied)),
        })
    }

    /// Who loses no money and keeps less than it asks for.
    fn asks_more(&self) -> String {
        let failing = |position: &&&NetPosition| !position.no_worse_off.holds && !position.net.is_negative();
        let failing: Vec<&&NetPosition> = self.partners.iter().filter(failing).collect();
        match failing[..] {
            [] => String::new(),
            [one] if !self.to.is_blind => format!("; {} keeps less than it asks for", self.name(one)),
            _ => format!(
                "; {}",
                counted_as(
                    failing.len(),
                    "partner keeps less than it asks for",
                    "partners keep less than they ask for"
                )
            ),
        }
    }

    fn be(&self, count: usize) -> &'static str {
        if self.is_agreed { noun(count, "is", "are") } else { "would be" }
    }

    fn nobody(&self) -> &'static str {
        if self.is_agreed { "Nobody will" } else { "Nobody would" }
    }
}

/// What a sentence has to add where parts of a scenario are not modelled.
pub(in crate::scene) fn left_out(model: &Model) -> String {
    match model.broken().count() {
        0 => String::new(),
        1 => "; 1 part is left out until it is mended".to_owned(),
        parts => format!("; {parts} parts are left out until they are mended"),
    }
}
