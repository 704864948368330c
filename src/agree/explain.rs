//! What may explain that lines do not come to a control total: a unit, VAT, a row that was left out, a line
//! that stands twice, digits that changed places. A proposal with its words each, never a correction.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use serde::Serialize;

use crate::dimension::{Dimension, NameId};
use crate::import::FileReport;
use crate::ledger::{Agreement, ControlTotal, Ledger, LineId, Provenance};
use crate::money::{Money, in_full, read_amount};

/// How many explanations are given.
/// The first is nearly always the one; a longer list would be read as "anything may be wrong".
const MOST: usize = 6;
/// More lines than this of one amount are a common amount and explain nothing by themselves.
/// A council pays the same £500 grant hundreds of times: that one of them is the difference says nothing.
const COMMON: usize = 25;
/// More pairs than this come to the amount by chance.
/// Among thousands of lines there are millions of pairs, and some of them add up to whatever is wanted.
const CHANCE_PAIRS: usize = 3;

/// A control total, how the lines compare with it, and what may explain a difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub control: ControlTotal,
    pub agreement: Agreement,
    /// The likeliest first; none where the lines agree, or where nothing was found.
    pub explanations: Vec<Explanation>,
}

impl Verdict {
    /// "agrees", or "differs by £1,240.00: row 118 is exactly that amount".
    pub fn words(&self) -> String {
        if self.agreement.agrees() {
            return "agrees".to_owned();
        }
        let difference = self.agreement.difference;
        let side = if difference.is_negative() { "too little" } else { "too much" };
        let mut words = format!("differs by {} ({side} was read)", in_full(difference.abs()));
        if let Some(likeliest) = self.explanations.first() {
            words.push_str(": ");
            words.push_str(&likeliest.words);
        }
        words
    }
}

/// Something that comes to exactly the difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    pub cause: Cause,
    /// The lines it speaks of, to be shown; none where it is about rows that became no line.
    pub lines: Vec<LineId>,
    /// "row 118 is exactly that amount".
    pub words: String,
}

/// What kind of explanation it is, in the order of likelihood.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Cause {
    /// One of the two counts thousands, millions or pence.
    Unit,
    /// One of the two is with VAT.
    Vat,
    /// A row that was passed over or rejected has the amount.
    LeftOutRow,
    /// A line stands twice, exactly alike.
    Duplicate,
    /// A line of half the amount has the wrong sign.
    SignFlipped,
    /// A single line has the amount.
    SingleLine,
    /// A line is with VAT, or without.
    LineVat,
    /// All lines of one name come to the amount.
    Group,
    /// Two digits changed places when the control total was written down.
    Digits,
    /// Two lines come to the amount.
    Pair,
    /// A line of the amount is there once, and may have to be there twice.
    CountedTwice,
}

/// A row of a file that became no line: a total that was struck out, a row that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    pub file: String,
    pub row: u32,
    /// "passed over as a total row", "rejected".
    pub why: String,
    /// Every amount that stands in it.
    pub amounts: Vec<Money>,
}

/// The rows of a file that became no line and hold an amount.
pub fn left_out(report: &FileReport) -> Vec<LeftOut> {
    let of = |row: u32, why: String, cells: &mut dyn Iterator<Item = &str>| LeftOut {
        file: report.name.clone(),
        row,
        why,
        amounts: cells.filter_map(|cell| read_amount(cell).ok()).filter(|amount| !amount.is_zero()).collect(),
    };
    let rejected = report
        .rejects
        .iter()
        .map(|reject| of(reject.row, "rejected".to_owned(), &mut reject.cells.iter().map(String::as_str)));
    let skipped = report.skipped.iter().map(|skipped| {
        let why = format!("passed over ({})", skipped.reason.words());
        of(skipped.row, why, &mut skipped.text.split(", "))
    });
    rejected.chain(skipped).filter(|left_out| !left_out.amounts.is_empty()).collect()
}

/// A line that a person has left out, as a row that is not counted.
fn by_hand(ledger: &Ledger, line: LineId) -> Option<LeftOut> {
    let Provenance { source, row } = ledger.provenance(line);
    let (file, why) = (source?.file.clone(), "left out by hand".to_owned());
    Some(LeftOut { file, row: row?, why, amounts: vec![ledger.amount(line)] })
}

/// Compares the lines with a control total; where they differ, looks for what explains it.
///
/// `excluded` are lines that were left out by hand, in order; `left_out` are rows of the files it counts that became no
/// line.
pub fn compare(
    control: &ControlTotal,
    ledger: &Ledger,
    excluded: &[LineId],
    left_out: &[LeftOut],
) -> Verdict {
    let agreement = control.compare_without(ledger, excluded);
    let explanations = if agreement.agrees() {
        Vec::new()
    } else {
        let is_out = |line: &LineId| excluded.binary_search(line).is_ok();
        let (out, counted): (Vec<LineId>, Vec<LineId>) =
            control.lines_of(ledger).into_iter().partition(is_out);
        let by_hand = out.into_iter().filter_map(|line| by_hand(ledger, line));
        let left_out: Vec<LeftOut> = left_out.iter().cloned().chain(by_hand).collect();
        explain(ledger, &counted, control.amount, &left_out)
    };
    Verdict { control: control.clone(), agreement, explanations }
}

/// What may explain that these lines do not come to `control` (£), the likeliest first: linear in the lines.
pub fn explain(ledger: &Ledger, lines: &[LineId], control: Money, left_out: &[LeftOut]) -> Vec<Explanation> {
    let found: Money = lines.iter().map(|&line| ledger.amount(line)).sum();
    let difference = found - control;
    if difference.is_zero() {
        return Vec::new();
    }
    let search =
        ExplanationSearch { ledger, lines, by_amount: by_amount(ledger, lines), found, control, difference };
    let mut explanations: Vec<Explanation> = Vec::new();
    explanations.extend(search.unit());
    explanations.extend(search.vat());
    explanations.extend(search.left_out(left_out));
    explanations.extend(search.duplicate());
    explanations.extend(search.sign_flipped());
    explanations.extend(search.single_line());
    explanations.extend(search.line_vat());
    explanations.extend(search.group());
    explanations.extend(search.digits());
    explanations.extend(search.pair());
    explanations.extend(search.counted_twice());
    // Each way is asked whatever the others found: a difference may be VAT and a line at once, and people
    // should see both.
    explanations.sort_by_key(|explanation| explanation.cause);
    explanations.truncate(MOST);
    explanations
}

fn by_amount(ledger: &Ledger, lines: &[LineId]) -> FxHashMap<Money, Vec<LineId>> {
    let mut by_amount: FxHashMap<Money, Vec<LineId>> = FxHashMap::default();
    for &line in lines {
        by_amount.entry(ledger.amount(line)).or_default().push(line);
    }
    by_amount
}

struct ExplanationSearch<'a> {
    ledger: &'a Ledger,
    lines: &'a [LineId],
    by_amount: FxHashMap<Money, Vec<LineId>>,
    /// What the lines come to, £.
    found: Money,
    control: Money,
    /// Lines less control, £.
    difference: Money,
}

impl ExplanationSearch<'_> {
    fn of_amount(&self, amount: Money) -> &[LineId] {
        self.by_amount.get(&amount).map_or(&[], Vec::as_slice)
    }

    /// "row 118"; with its file where lines of several are counted.
    fn place(&self, line: LineId) -> String {
        let provenance = self.ledger.provenance(line);
        match (provenance.row, self.ledger.sources().len()) {
            (Some(row), 0 | 1) => format!("row {row}"),
            (Some(_), _) => provenance.to_string(),
            (None, _) => format!("line {}", line.0 + 1),
        }
    }

    /// "row 118", or "row 118 and 3 more".
    fn places(&self, lines: &[LineId]) -> String {
        match lines {
            [] => String::new(),
            [only] => self.place(*only),
            [first, second] => format!("{} and {}", self.place(*first), self.place(*second)),
            [first, rest @ ..] => format!("{} and {} more", self.place(*first), rest.len()),
        }
    }

    fn unit(&self) -> Option<Explanation> {
        let times = |amount: Money, unit: i128| Money::from_units(amount.units() * unit);
        // A published total in thousands is rounded to them.
        let is_rounded = |exact: Money, rounded: Money, unit: i128| {
            rounded.is_positive() == exact.is_positive()
                && (exact - times(rounded, unit)).abs().units() * 2 <= Money::from_pounds(1).units() * unit
        };
        let units = [(1000, "thousands of pounds"), (1_000_000, "millions of pounds")];
        let mut found = units.iter().filter_map(|&(unit, word)| {
            if is_rounded(self.found, self.control, unit) {
                Some(format!("the control total counts {word}, and the lines pounds"))
            } else if is_rounded(self.control, self.found, unit) {
                Some(format!("the lines count {word}, and the control total pounds"))
            } else {
                None
            }
        });
        let words = found.next().or_else(|| {
            if times(self.control, 100) == self.found {
                Some("the lines may count pence, and the control total pounds".to_owned())
            } else if times(self.found, 100) == self.control {
                Some("the control total may count pence, and the lines pounds".to_owned())
            } else {
                None
            }
        })?;
        Some(Explanation { cause: Cause::Unit, lines: Vec::new(), words })
    }

    /// 20% between the two, to within half a penny a line.
    fn vat(&self) -> Option<Explanation> {
        // VAT is rounded line by line. Fifty units are half a penny; the thousandth below keeps the slack of
        // a long file from swallowing a difference that is no VAT at all.
        let slack = self.lines.len() as i128 * 50;
        let is_gross = |gross: Money, net: Money| {
            (gross.units() * 5 - net.units() * 6).abs() <= slack.min(gross.units().abs() / 1000) * 5
                && gross.is_positive() == net.is_positive()
        };
        let words = if is_gross(self.found, self.control) {
            "the lines are 20% more than the control total, as amounts with VAT are"
        } else if is_gross(self.control, self.found) {
            "the control total is 20% more than the lines, as amounts with VAT are"
        } else {
            return None;
        };
        Some(Explanation { cause: Cause::Vat, lines: Vec::new(), words: words.to_owned() })
    }

    fn left_out(&self, left_out: &[LeftOut]) -> Option<Explanation> {
        let missing = -self.difference;
        let row = left_out.iter().find(|row| row.amounts.contains(&missing))?;
        let files = self.ledger.sources().len();
        let place =
            if files > 1 { format!("{}, row {}", row.file, row.row) } else { format!("row {}", row.row) };
        let words = format!("{place}, {}, has exactly that amount", row.why);
        Some(Explanation { cause: Cause::LeftOutRow, lines: Vec::new(), words })
    }

    /// A line of the amount that another says exactly the same as.
    fn duplicate(&self) -> Option<Explanation> {
        let lines = self.of_amount(self.difference);
        let lines = &lines[..lines.len().min(COMMON)];
        let says = |line: LineId| {
            let view = self.ledger.line(line);
            (Dimension::ALL.map(|dimension| view.name_id(dimension)), view.date(), view.description())
        };
        let twins = lines.iter().enumerate().find_map(|(index, &line)| {
            let twin = lines[..index].iter().find(|&&earlier| says(earlier) == says(line))?;
            Some(vec![*twin, line])
        })?;
        let words = format!("{} say exactly the same, and one of them is that amount", self.places(&twins));
        Some(Explanation { cause: Cause::Duplicate, lines: twins, words })
    }

    fn sign_flipped(&self) -> Option<Explanation> {
        // A payment entered as a credit is missing twice: once because it was not added, once because it was
        // taken off.
        let half = Money::from_units(self.difference.units() / 2);
        let lines = self.of_amount(half);
        if self.difference.units() % 2 != 0 || lines.is_empty() || lines.len() > COMMON {
            return None;
        }
        let should = if half.is_negative() { "a payment" } else { "a credit" };
        let words = format!(
            "{} of {} may be {should}: with the other sign the totals agree",
            self.places(lines),
            in_full(half)
        );
        Some(Explanation { cause: Cause::SignFlipped, lines: lines.to_vec(), words })
    }

    fn single_line(&self) -> Option<Explanation> {
        let lines = self.of_amount(self.difference);
        let words = match lines.len() {
            0 => return None,
            1 => format!("{} is exactly that amount", self.place(lines[0])),
            count => format!("{count} lines are exactly that amount, the first {}", self.place(lines[0])),
        };
        let lines = lines[..lines.len().min(COMMON)].to_vec();
        Some(Explanation { cause: Cause::SingleLine, lines, words })
    }

    /// A line whose VAT at 20% is the difference: a sixth of a gross amount, a fifth of a net one.
    fn line_vat(&self) -> Option<Explanation> {
        let gross = self.of_amount(Money::from_units(self.difference.units() * 6));
        let net = self.of_amount(Money::from_units(-self.difference.units() * 5));
        let (lines, what) = match (gross, net) {
            ([], []) => return None,
            ([], net) => (net, "without VAT where the control total has it"),
            (gross, _) => (gross, "with VAT where the control total has none"),
        };
        if lines.len() > COMMON {
            return None;
        }
        let words = format!("{} may be {what}: its VAT at 20% is that amount", self.places(lines));
        Some(Explanation { cause: Cause::LineVat, lines: lines.to_vec(), words })
    }

    /// A name all of whose lines together are the difference.
    fn group(&self) -> Option<Explanation> {
        let asked = [
            Dimension::Agency,
            Dimension::Theme,
            Dimension::Service,
            Dimension::Supplier,
            Dimension::Type,
            Dimension::Year,
            Dimension::Funder,
        ];
        asked.into_iter().find_map(|dimension| {
            let mut sums: FxHashMap<NameId, (Money, usize)> = FxHashMap::default();
            for &line in self.lines {
                let sum = sums.entry(self.ledger.name_id(line, dimension)).or_default();
                sum.0 += self.ledger.amount(line);
                sum.1 += 1;
            }
            let is_it = |(id, (sum, lines)): &(NameId, (Money, usize))| {
                *id != NameId::NOT_STATED
                    && *sum == self.difference
                    && *lines > 1
                    // A name that has all lines is the whole, not a part of it.
                    && *lines < self.lines.len()
            };
            let mut found: Vec<_> = sums.into_iter().filter(is_it).collect();
            // Hash order must not choose which of several names is told.
            found.sort_unstable_by_key(|(id, (_, lines))| (Reverse(*lines), *id));
            let (id, (_, count)) = *found.first()?;
            let name = self.ledger.names(dimension).name(id);
            let of_it = |line: &LineId| self.ledger.name_id(*line, dimension) == id;
            let lines = self.lines.iter().copied().filter(of_it).collect();
            let words =
                format!("the {count} lines of the {} \"{name}\" are exactly that amount", dimension.key());
            Some(Explanation { cause: Cause::Group, lines, words })
        })
    }

    /// Whether the two differ by two neighbouring digits.
    fn digits(&self) -> Option<Explanation> {
        let (found, control) = (self.found.to_string(), self.control.to_string());
        let (found, control) = (found.as_bytes(), control.as_bytes());
        if found.len() != control.len() {
            return None;
        }
        let other: Vec<usize> = (0..found.len()).filter(|&at| found[at] != control[at]).collect();
        let [first, second] = other[..] else { return None };
        let between = &found[first + 1..second];
        let is_swapped = found[first] == control[second]
            && found[second] == control[first]
            // Neighbours in the number may stand either side of the decimal point.
            && (between.is_empty() || between == b".");
        is_swapped.then(|| Explanation {
            cause: Cause::Digits,
            lines: Vec::new(),
            words: "two digits of the control total may have changed places when it was written down"
                .to_owned(),
        })
    }

    /// Two lines that are the difference together, where few do.
    fn pair(&self) -> Option<Explanation> {
        let mut pairs: Vec<[LineId; 2]> = Vec::new();
        for &line in self.lines {
            let rest = self.difference - self.ledger.amount(line);
            if rest.is_zero() || self.ledger.amount(line).is_zero() {
                continue;
            }
            // Later lines only, so that a pair is found once and no line is paired with itself.
            for &other in self.of_amount(rest).iter().filter(|&&other| other > line) {
                pairs.push([line, other]);
                if pairs.len() > CHANCE_PAIRS {
                    return None;
                }
            }
        }
        let first = *pairs.first()?;
        let more = match pairs.len() {
            1 => String::new(),
            count => format!(" (one of {count} such pairs)"),
        };
        let words = format!("{} are exactly that amount together{more}", self.places(&first));
        Some(Explanation { cause: Cause::Pair, lines: first.to_vec(), words })
    }

    /// A line of what is missing: the control total may count it once more.
    fn counted_twice(&self) -> Option<Explanation> {
        let lines = self.of_amount(-self.difference);
        if lines.is_empty() || lines.len() > COMMON {
            return None;
        }
        let words = format!("the control total may count {} once more", self.places(lines));
        Some(Explanation { cause: Cause::CountedTwice, lines: lines.to_vec(), words })
    }
}
