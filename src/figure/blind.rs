//! Partners as letters and amounts as shares, on every text of a figure, for a room that is not to know who
//! is who. What cannot be said so is left out.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::label_marks::refit_plates;
use super::node_label::LABEL_GAP_PX;
use super::{Anchor, Figure, MarkId, Shape};
use crate::dimension::{Agency, Dimension, Names};
use crate::flow::stable_key;
use crate::ledger::Ledger;
use crate::money::{MaskedValues, Money, Share, in_full, percent, without_fractions};

/// Partners as letters and amounts as shares: what is drawn before a room is to know who is who.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Blind {
    /// What is hidden and what stands for it, the longest first.
    names: Vec<(String, String)>,
    /// What amounts are shares of, £.
    whole: Money,
    values: MaskedValues,
    /// The place's own name, which the room knows: what of it is a partner's name too is said.
    place: String,
}

impl Blind {
    /// Hides the agencies of a place and of its lines; amounts become shares of `whole`.
    pub fn of(agencies: &[Agency], ledger: &Ledger, whole: Money) -> Self {
        let listed = agencies.iter().map(|agency| agency.name.as_str());
        let of_lines = ledger.names(Dimension::Agency).iter().map(|(_, name)| name);
        let mut partners: Vec<&str> =
            listed.chain(of_lines).filter(|name| !Names::is_remainder(name)).collect();
        partners.sort_unstable();
        partners.dedup();
        // An order that says nothing: neither of the alphabet nor of the money.
        partners.sort_by_key(|name| stable_key(&["blind", name]));
        let mut names: Vec<(String, String)> = Vec::new();
        for (index, partner) in partners.into_iter().enumerate() {
            let letter = format!("Partner {}", letters(index));
            let short =
                agencies.iter().find(|agency| agency.name == partner).and_then(|agency| agency.short.clone());
            names.extend(short.map(|short| (short, letter.clone())));
            names.push((partner.to_owned(), letter));
        }
        // The longest first: "Bury Council Leisure" must not become "Partner A Leisure".
        names.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
        Self { names, whole, values: MaskedValues::Shares, place: String::new() }
    }

    /// Nobody is hidden, and amounts are shares of a whole.
    pub(super) fn in_shares_of(whole: Money) -> Self {
        Self { whole, values: MaskedValues::Shares, ..Self::default() }
    }

    /// The same with only some partners as letters, each the letter that it has among all, and with amounts as they may
    /// be seen.
    #[must_use]
    pub fn only(mut self, agencies: &[Agency], hides: impl Fn(&str) -> bool, values: MaskedValues) -> Self {
        let of_short = |short: &str| {
            agencies.iter().any(|agency| agency.short.as_deref() == Some(short) && hides(&agency.name))
        };
        self.names.retain(|(name, _)| hides(name) || of_short(name));
        Self { values, ..self }
    }

    /// An amount as it may be seen in a table, as a part of a whole.
    pub fn amount(&self, amount: Money, whole: Money) -> String {
        match self.values {
            MaskedValues::Shown => in_full(amount),
            MaskedValues::Shares => Share::of(amount, whole).map(percent).unwrap_or_default(),
            MaskedValues::Hidden => MaskedValues::HIDDEN_AMOUNT.to_owned(),
        }
    }

    /// The same where the name of the place is said as it is, though it has the short name of a partner in it: the room
    /// knows where it is. One that has the whole name of a partner in it is a partner's.
    #[must_use]
    pub fn in_place(mut self, place: &str, ledger: &Ledger) -> Self {
        let partners = ledger.names(Dimension::Agency).iter().map(|(_, name)| name);
        let mut partners = partners.filter(|name| !Names::is_remainder(name));
        if partners.all(|name| replaced(place, name, "") == place) {
            place.clone_into(&mut self.place);
        }
        self
    }

    /// The same where amounts are shares of something else, such as of the pool.
    #[must_use]
    pub fn of_whole(&self, whole: Money) -> Self {
        Self { whole, ..self.clone() }
    }

    /// The agencies with letters for short names, so that drawings have room for those.
    pub fn agencies(&self, agencies: &[Agency], ledger: &Ledger) -> Vec<Agency> {
        let hidden =
            |name: &str| self.names.iter().find(|(known, _)| known == name).map(|(_, letter)| letter.clone());
        let mut all: Vec<Agency> = agencies
            .iter()
            .map(|agency| Agency { short: hidden(&agency.name).or(agency.short.clone()), ..agency.clone() })
            .collect();
        for (_, name) in ledger.names(Dimension::Agency).iter() {
            if !all.iter().any(|agency| agency.name == name) {
                all.push(Agency { name: name.to_owned(), short: hidden(name), sector: None });
            }
        }
        all
    }

    /// A text without a partner's name and without an amount of money.
    pub fn say(&self, text: &str) -> String {
        let mut said = text.to_owned();
        let (longer, shorter) = self.names.split_at(self.longer_than_the_place());
        let hide = |said: String, (name, letter): &(String, String)| replaced(&said, name, letter);
        said = longer.iter().fold(said, hide);
        // Partners may be called as the place is and more; what is called less stands aside with it.
        said = replaced(&said, &self.place, ASIDE);
        said = shorter.iter().fold(said, hide);
        let said = said.replace(ASIDE, &self.place);
        match self.values {
            MaskedValues::Shown => said,
            MaskedValues::Shares => self.without_amounts(&said),
            MaskedValues::Hidden => without_fractions(&without_percentages(&self.without_amounts(&said))),
        }
    }

    /// How many names are longer than that of the place.
    fn longer_than_the_place(&self) -> usize {
        self.names.partition_point(|(name, _)| name.len() > self.place.len())
    }

    /// A title and notes with nothing in them that tells who is who or how much it is.
    pub fn captions(&self, (title, notes): (String, Vec<String>)) -> (String, Vec<String>) {
        // Who published a source tells who spends.
        let notes = notes.iter().filter(|note| self.names.is_empty() || !note.starts_with("Source"));
        (self.say(&title), notes.map(|note| self.say(note)).collect())
    }

    /// The same figure with everything that it says said so.
    #[must_use]
    pub fn figure(&self, mut figure: Figure) -> Figure {
        (figure.title, figure.notes) = self.captions((figure.title, figure.notes));
        let words = figure.words.iter().filter(|words| self.names.is_empty() || !words.starts_with("Source"));
        figure.words = words.map(|words| self.say(words)).collect();
        let bars: FxHashMap<MarkId, f64> = figure
            .marks
            .iter()
            .filter_map(|mark| match mark.shape {
                Shape::Bar(bar) => Some((mark.id, bar.x0)),
                _ => None,
            })
            .collect();
        let mut lines: BTreeMap<(MarkId, i64), Vec<(usize, f64)>> = BTreeMap::new();
        for (index, mark) in figure.marks.iter_mut().enumerate() {
            mark.tooltip = self.say(&mark.tooltip);
            if let Shape::Label(text) = &mut mark.shape {
                let before = text.width();
                text.content = self.say(&text.content);
                if let Some(target) = mark.target.filter(|_| text.anchor == Anchor::Start) {
                    // Words of one line stand within a quarter of a pixel of each other, whatever rounding
                    // left.
                    let line = (text.at.y * 4.0).round() as i64;
                    lines.entry((target, line)).or_default().push((index, before - text.width()));
                }
            }
        }
        for ((target, _), mut words) in lines {
            let Some(bar) = bars.get(&target) else { continue };
            let left = |index: usize| match &figure.marks[index].shape {
                Shape::Label(text) => text.left(),
                _ => 0.0,
            };
            words.sort_by(|a, b| left(a.0).total_cmp(&left(b.0)));
            // What stood against its bar goes on standing there; the names of a list begin where they began.
            let right =
                words.iter().fold(f64::MIN, |right, (index, shorter)| match &figure.marks[*index].shape {
                    Shape::Label(text) => right.max(text.left() + text.width() + shorter),
                    _ => right,
                });
            let is_left_of_bar = words.iter().all(|(index, _)| left(*index) < *bar);
            if !is_left_of_bar || *bar - right < AGAINST_PX {
                move_together(&mut figure, &words, is_left_of_bar);
            }
        }
        refit_plates(&mut figure.marks);
        figure
    }

    /// Amounts as shares of the whole: `£4.32m` becomes `2.4%`.
    fn without_amounts(&self, text: &str) -> String {
        let mut said = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('£') {
            said.push_str(before);
            let (amount, length) = read(after);
            // What comes back of each pound is a rate already: "96p of each £1", "£1.14 for each £1".
            if after[length..].starts_with(" for each £1")
                || said.ends_with("each ") && &after[..length] == "1"
            {
                said.push_str(if said.ends_with("each ") { "pound" } else { &after[..length] });
                rest = &after[length..];
                continue;
            }
            said.push_str(&match amount.map(|amount| Share::of(amount, self.whole)) {
                Some(_) if self.values == MaskedValues::Hidden => MaskedValues::HIDDEN_AMOUNT.to_owned(),
                Some(Some(share)) => percent(share),
                Some(None) => "\u{2013}".to_owned(),
                // A pound sign that no number follows is some unit, such as "£ per head".
                None => "share".to_owned(),
            });
            rest = &after[length..];
        }
        said.push_str(rest);
        said
    }
}

/// A text with dots in place of its percentages.
fn without_percentages(text: &str) -> String {
    let mut said = String::with_capacity(text.len());
    let mut parts = text.split('%').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            said.push_str(part);
            continue;
        }
        let number = part.trim_end_matches(|c: char| {
            c.is_ascii_digit() || matches!(c, '.' | ',' | '<' | '\u{2212}' | '+')
        });
        said.push_str(number);
        said.push_str(if number.len() < part.len() { MaskedValues::HIDDEN_PERCENT } else { "%" });
    }
    said
}

/// What stands for the place's name meanwhile: a character that no text has.
const ASIDE: &str = "\u{e000}";

/// Words that end so near a bar stand against it, px.
// A little more than figures leave between words and their bar.
const AGAINST_PX: f64 = LABEL_GAP_PX + 2.0;

/// Words of one line that became shorter (px, each) are moved together: towards what they stand to the left of, or
/// after the words before them.
fn move_together(figure: &mut Figure, words: &[(usize, f64)], is_left_of_bar: bool) {
    let all: f64 = words.iter().map(|(_, shorter)| shorter).sum();
    let mut before = 0.0;
    for (index, shorter) in words {
        if let Shape::Label(text) = &mut figure.marks[*index].shape {
            text.at.x += if is_left_of_bar { all - before } else { -before };
        }
        before += shorter;
    }
}

/// A, B, … Z, AA, AB, …
fn letters(mut index: usize) -> String {
    let mut text = Vec::new();
    loop {
        text.insert(0, b'A' + (index % 26) as u8);
        if index < 26 {
            return text.into_iter().map(char::from).collect();
        }
        index = index / 26 - 1;
    }
}

/// The text with a name replaced wherever it stands as words of its own, in whatever case.
fn replaced(text: &str, name: &str, with: &str) -> String {
    // ASCII alone changes no length, so that places in the one text are places in the other.
    let (lower, wanted) = (text.to_ascii_lowercase(), name.to_ascii_lowercase());
    if wanted.is_empty() || !lower.contains(&wanted) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (at, _) in lower.match_indices(&wanted) {
        let end = at + wanted.len();
        // "Bury" is a partner, and "Shadbury" is not one.
        let is_word = |side: Option<char>| side.is_none_or(|c| !c.is_alphanumeric());
        if at >= done && is_word(text[..at].chars().next_back()) && is_word(text[end..].chars().next()) {
            out.push_str(&text[done..at]);
            out.push_str(with);
            done = end;
        }
    }
    out.push_str(&text[done..]);
    out
}

/// The amount that a text begins with after its pound sign, and how many bytes it takes.
fn read(text: &str) -> (Option<Money>, usize) {
    // Amounts are written by this program, so these are all the ways there are; what a person has typed into a title is
    // hidden in the same way or, unread, as the word "share".
    let digits = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    // A full stop or comma at the end is the sentence's.
    let number = text[..digits].trim_end_matches(['.', ',']);
    let plain = number.replace(',', "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let Ok(pounds) = whole.parse::<i128>() else { return (None, 0) };
    let (unit, unit_length) = match &text[number.len()..] {
        rest if rest.starts_with("tn") => (1_000_000_000_000, 2),
        rest if rest.starts_with("bn") => (1_000_000_000, 2),
        rest if rest.starts_with('m') => (1_000_000, 1),
        rest if rest.starts_with('k') => (1000, 1),
        _ => (1, 0),
    };
    let pence = Money::from_pounds(1).units();
    // Twelve places are more than any unit has, and cannot overflow what is added up below.
    let places = 10_i128.pow(fraction.len().min(12) as u32);
    let part = fraction[..fraction.len().min(12)].parse::<i128>().unwrap_or(0);
    let units = (pounds * places + part) * unit * pence / places;
    (Some(Money::from_units(units)), number.len() + unit_length)
}
