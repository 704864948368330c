//! What is said beside a node in every figure of flows: its name and its amounts, set in the room there is.
//!
//! An amount is never cut and never left out; a name is cut at its words, and not at all where the picture is about it.

use super::{Weight, fit, fit_words, width_px};

/// Between a node and its label, px.
pub(super) const LABEL_GAP_PX: f64 = 16.0;
/// Between a label and the next node, px.
pub(super) const FAR_GAP_PX: f64 = 8.0;
/// The height of a line of letters a pixel high.
pub(super) const LINE: f64 = 18.0 / 14.0;
/// Between a name and its amount, as a share of the letters' size.
const BETWEEN: f64 = 0.5;
/// Between two amounts likewise: a space.
const SPACE: f64 = 0.28;
/// A name that is never cut takes so many lines at most, with its amounts.
const MOST_LINES: usize = 4;

/// What a word of a label is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum WordTone {
    Name,
    Amount,
    /// What an amount is a part of, and what else is told.
    Quiet,
}

/// A word of a label, in its letters.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    /// By which its mark is known.
    pub(super) what: String,
    pub(super) text: String,
    pub(super) px: f64,
    pub(super) weight: Weight,
    pub(super) tone: WordTone,
}

impl Word {
    pub(super) fn amount(text: String, px: f64) -> Self {
        Self { what: "amount".to_owned(), text, px, weight: Weight::SemiBold, tone: WordTone::Amount }
    }

    pub(super) fn quiet(what: &str, text: String, px: f64) -> Self {
        Self { what: what.to_owned(), text, px, weight: Weight::Regular, tone: WordTone::Quiet }
    }

    pub(super) fn width(&self) -> f64 {
        width_px(&self.text, self.px, self.weight)
    }

    /// What it stands apart from the word before it, px.
    pub(super) fn before(&self) -> f64 {
        self.px * if self.tone == WordTone::Quiet { SPACE } else { BETWEEN }
    }
}

/// A node's name and amounts, as long as they may be.
#[derive(Clone, Debug)]
pub(super) struct NodeLabel {
    pub(super) name: String,
    /// The first is what is never left out.
    pub(super) amounts: Vec<Word>,
    /// Said in place of the first where that has no room.
    pub(super) short: Option<Word>,
    /// What else is told, a line for each, where its node is high enough.
    pub(super) facts: Vec<Word>,
    /// The size of the name's letters, px.
    pub(super) px: f64,
    /// The picture is about it: it is never cut.
    pub(super) is_subject: bool,
}

/// Words beside each other.
pub(super) type Line = Vec<Word>;

/// A label as it is set: line by line.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct SetLabel {
    pub(super) lines: Vec<Line>,
    px: f64,
    /// Whether the name is said at all; how many amounts; letters of the name.
    said: (bool, usize, usize),
    pub(super) is_whole: bool,
}

impl NodeLabel {
    pub(super) fn new(name: String, px: f64, amounts: Vec<Word>) -> Self {
        Self { name, amounts, short: None, facts: Vec::new(), px, is_subject: false }
    }

    /// All of it on one line, px.
    pub(super) fn width(&self) -> f64 {
        line_width(&Self::line(Some(self.word("name", &self.name)), &self.amounts))
    }

    /// What the amount takes with that of which it is a part, px: as much as it is while something is traced.
    pub(super) fn traced_width(&self) -> f64 {
        let whole =
            self.amounts.iter().map(|amount| Word::quiet("whole", format!("of {}", amount.text), amount.px));
        line_width(&self.amounts.iter().cloned().chain(whole).collect::<Line>())
    }

    pub(super) fn amount_width(&self) -> f64 {
        self.amounts.first().map_or(0.0, Word::width)
    }

    /// What is never left out, px.
    pub(super) fn least_amount_width(&self) -> f64 {
        self.least_amount().first().map_or(0.0, Word::width)
    }

    /// The wider of the name and its amounts, px: what two lines take.
    pub(super) fn stacked_width(&self) -> f64 {
        self.name_width().max(line_width(&self.amounts))
    }

    pub(super) fn line_px(&self) -> f64 {
        self.px * LINE
    }

    fn name_width(&self) -> f64 {
        width_px(&self.name, self.px, Weight::Regular)
    }

    /// Set on so many lines at most, in a room (px): what says most, and of that the one with fewest lines.
    pub(super) fn set(&self, room: f64, most_lines: usize) -> SetLabel {
        let most_lines = if self.is_subject { MOST_LINES } else { most_lines };
        let mut best: Option<SetLabel> = None;
        for lines in 1..=most_lines.max(1) {
            for form in self.forms(room, lines) {
                if best.as_ref().is_none_or(|best| form.said > best.said) {
                    best = Some(form);
                }
            }
            if best.as_ref().is_some_and(|best| best.is_whole) {
                break;
            }
        }
        // Not even an amount has room: it stands there all the same, and what it is a part of does not.
        best.unwrap_or_else(|| self.done(vec![self.least_amount().to_vec()], 0))
    }

    /// The amount that is never left out.
    fn least_amount(&self) -> &[Word] {
        self.short.as_ref().map_or(&self.amounts[..1], std::slice::from_ref)
    }

    /// The name above its amounts, whatever room there is (px): what the first amount is a part of gives way.
    pub(super) fn stacked(&self, room: f64) -> SetLabel {
        let has_room = line_width(&self.amounts) <= room;
        let amounts = if has_room { &self.amounts[..] } else { &self.amounts[..1] };
        self.of_parts(self.broken(room, 1), amounts, true)
    }

    /// Set as [`Self::set`] does, with what else is told where the node is so high (px).
    pub(super) fn set_with_facts(&self, room: f64, most_lines: usize, height: f64) -> SetLabel {
        let mut set = self.set(room, most_lines);
        let mut facts: Vec<Word> = self.facts.clone();
        let joined = facts.iter().map(|fact| fact.text.as_str()).collect::<Vec<_>>().join(", ");
        if let Some(first) = facts.first() {
            let joined = Word { text: joined, ..first.clone() };
            if joined.width() <= room {
                facts = vec![joined];
            }
        }
        if set.height() + facts.iter().map(|fact| fact.px * LINE).sum::<f64>() <= height {
            set.lines.extend(facts.into_iter().map(|fact| vec![fact]));
        }
        set
    }

    /// Ways of setting it on exactly so many lines, within the room.
    fn forms(&self, room: f64, lines: usize) -> Vec<SetLabel> {
        let fits = |line: &Line| line_width(line) <= room;
        let mut forms = Vec::new();
        // With what the amounts are parts of, and without where that has no room.
        for amounts in [&self.amounts[..], &self.amounts[..1], self.least_amount()] {
            if lines > 1 && fits(&amounts.to_vec()) {
                let above = self.broken(room, lines - 1);
                if above.len() == lines - 1 {
                    forms.push(self.of_parts(above, amounts, true));
                }
            }
            // The amounts stand behind the end of the name.
            let beside = room - line_width(amounts) - amounts[0].before();
            if lines == 1 {
                let name = self.cut(&self.name, beside);
                forms.extend((!name.is_empty()).then(|| self.of_parts(vec![name], amounts, false)));
                if fits(&amounts.to_vec()) {
                    forms.push(self.done(vec![amounts.to_vec()], 0));
                }
            } else {
                let mut parts = self.broken(room, lines);
                if parts.len() == lines {
                    let last = self.cut(&parts[lines - 1], beside);
                    parts[lines - 1] = last;
                    if !parts[lines - 1].is_empty() {
                        forms.push(self.of_parts(parts, amounts, false));
                    }
                }
            }
        }
        forms
    }

    fn cut(&self, name: &str, room: f64) -> String {
        if room <= 0.0 { String::new() } else { fit_words(name, room, self.px, Weight::Regular) }
    }

    /// The name on so many lines at most, as much on each as fits; what is left over is cut. A first word that is longer than
    /// a line is cut within, as there is nowhere else.
    fn broken(&self, room: f64, most: usize) -> Vec<String> {
        let fits = |text: &str| width_px(text, self.px, Weight::Regular) <= room;
        let mut parts: Vec<String> = Vec::new();
        let mut rest = self.name.as_str();
        while parts.len() + 1 < most && !fits(rest) {
            let breaks = rest.match_indices(' ').map(|(at, _)| at);
            let Some(at) = breaks.rev().find(|at| fits(&rest[..*at])) else { break };
            parts.push(rest[..at].to_owned());
            rest = &rest[at + 1..];
        }
        let mut last = self.cut(rest, room);
        if last.is_empty() && parts.is_empty() {
            let first = rest.split(' ').next().unwrap_or_default();
            last = fit(first, room.max(0.0), self.px, Weight::Regular).text;
        }
        if !last.is_empty() {
            parts.push(last);
        }
        parts
    }

    fn word(&self, what: &str, text: &str) -> Word {
        Word {
            what: what.to_owned(),
            text: text.to_owned(),
            px: self.px,
            weight: Weight::Regular,
            tone: WordTone::Name,
        }
    }

    fn line(name: Option<Word>, amounts: &[Word]) -> Line {
        name.into_iter().chain(amounts.iter().cloned()).collect()
    }

    /// Set with parts of the name on the lines, and the amounts on a line of their own or behind the last.
    fn of_parts(&self, parts: Vec<String>, amounts: &[Word], is_apart: bool) -> SetLabel {
        let letters = parts.iter().map(|part| part.trim_matches('\u{2026}').chars().count()).sum();
        let count = parts.len();
        let mut lines: Vec<Line> = Vec::new();
        for (number, part) in parts.into_iter().enumerate() {
            let what = match number {
                0 => "name".to_owned(),
                1 => "rest".to_owned(),
                number => format!("rest {number}"),
            };
            let behind = if number + 1 == count && !is_apart { amounts } else { &[] };
            lines.push(Self::line(Some(self.word(&what, &part)), behind));
        }
        if is_apart {
            lines.push(amounts.to_vec());
        }
        self.done(lines, letters)
    }

    fn done(&self, lines: Vec<Line>, letters: usize) -> SetLabel {
        let amounts = lines.iter().flatten().filter(|word| word.tone != WordTone::Name).count();
        let is_cut = lines.iter().flatten().any(|word| word.text.ends_with('\u{2026}'));
        let is_said = |amount: &Word| lines.iter().flatten().any(|word| word == amount);
        let is_whole = letters > 0 && !is_cut && self.amounts.iter().all(is_said);
        // What is whole says more than anything that is cut; a space at a break is no letter.
        let said = (letters > 0, amounts, if is_whole { usize::MAX } else { letters });
        SetLabel { lines, px: self.px, said, is_whole }
    }
}

impl SetLabel {
    pub(super) fn width(&self) -> f64 {
        self.lines.iter().map(|line| line_width(line)).fold(0.0, f64::max)
    }

    pub(super) fn height(&self) -> f64 {
        self.lines.iter().map(|line| self.height_of(line)).sum()
    }

    /// As much of the name as is said.
    pub(super) fn name(&self) -> String {
        let words = self.lines.iter().flatten().filter(|word| word.tone == WordTone::Name);
        words.map(|word| word.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn lines(&self) -> usize {
        self.lines.len()
    }

    pub(super) fn height_of(&self, line: &Line) -> f64 {
        line.iter().map(|word| word.px).fold(0.0, f64::max).max(if line.is_empty() { self.px } else { 0.0 })
            * LINE
    }
}

pub(super) fn line_width(line: &[Word]) -> f64 {
    let gaps: f64 = line.iter().skip(1).map(Word::before).sum();
    line.iter().map(Word::width).sum::<f64>() + gaps
}
