//! The same money twice: lines of a file that stand in another file, or in the place, too.

use std::hash::{Hash as _, Hasher as _};

use rustc_hash::{FxHashMap, FxHasher};

use crate::dimension::{Dimension, NameId};
use crate::import::{Code, Problem, Severity, WayToRead};
use crate::ledger::{Ledger, LineView};
use crate::money::{Money, in_full};
use crate::words::{counted, thousands};

/// What a publisher says of the payment itself: the same in a file that was renamed, where who pays is told by the name.
const OF_THE_PAYMENT: [Dimension; 7] = [
    Dimension::Theme,
    Dimension::Service,
    Dimension::Provider,
    Dimension::Cohort,
    Dimension::Area,
    Dimension::Supplier,
    Dimension::Type,
];
/// One line in so many makes a question; fewer may be the same payment by chance, and are told.
const A_TENTH: usize = 10;
/// Where nobody says that it is the same agency, so many lines at least.
const FEWEST_BY_PAYMENT: usize = 3;

/// So many lines are compared with each other; of more than that every second, every third.
// A question that is looked for at each reading may take a moment, not seconds.
const MOST_COMPARED: usize = 1_000_000;
/// Files above which they are not compared: each with each, so many are twenty thousand comparisons.
const MOST_FILES_COMPARED: usize = 200;

/// How much of some files is compared with each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComparedLines {
    /// Every line, or of very many lines one in so many: the same ones in every file.
    OneIn(u64),
    /// There are too many files.
    Nothing,
}

impl ComparedLines {
    pub fn of(files: usize, lines: usize) -> Self {
        if files > MOST_FILES_COMPARED {
            Self::Nothing
        } else {
            Self::OneIn(lines.div_ceil(MOST_COMPARED).max(1) as u64)
        }
    }

    /// What is to be said of it, where it is not everything.
    pub fn words(self) -> Option<String> {
        match self {
            Self::OneIn(1) => None,
            Self::OneIn(one_in) => Some(format!(
                "of more than {} lines one in {one_in} was compared with those of the other files and the place",
                thousands(MOST_COMPARED)
            )),
            Self::Nothing => Some(format!(
                "the files were not compared for lines that stand in two of them: there are more than {MOST_FILES_COMPARED}"
            )),
        }
    }

    /// The same as a problem of a file; it is graver where nothing was compared.
    pub fn problem(self, title: &str) -> Option<Problem> {
        let severity = if self == Self::Nothing { Severity::Warning } else { Severity::Note };
        let message = format!("{title}: {}", self.words()?);
        Some(Problem {
            row: None,
            column: None,
            severity,
            code: Code::LinesTwice,
            message,
            readings: Vec::new(),
        })
    }
}

/// What tells the lines of a file from others, to be compared with those of another file.
#[derive(Debug)]
pub struct LinePrints {
    /// The file's name.
    name: String,
    /// One line in so many is compared.
    one_in: u64,
    /// By amount, date, description and every name, in order.
    whole: Vec<(u64, Money)>,
    /// By what is said of the payment alone, in order; whether a date, a supplier or a description tells it from others.
    of_payment: Vec<(u64, bool)>,
}

/// Lines of a file that stand in another one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinesTwice {
    /// The file that has them as well, the one with the most of them.
    pub file: String,
    pub lines: usize,
    /// Of so many lines that were compared.
    pub of: usize,
    /// One line in so many was compared.
    pub one_in: u64,
    /// What the lines that stand in both come to, where every name agrees.
    pub sum: Option<Money>,
    /// Whether they are so many that the file waits until a person has said what is right.
    pub asks: bool,
}

impl LinePrints {
    /// Those of all lines, or of one in so many.
    pub fn of(name: &str, ledger: &Ledger, one_in: u64) -> Self {
        let mut prints = Self::empty(name, one_in);
        let names = NamePrints::of(ledger);
        for line in ledger.lines() {
            prints.push(line, &names);
        }
        prints.in_order()
    }

    /// Those of each source of a place but of the one of this key or file, which is to go.
    pub fn of_sources(ledger: &Ledger, but: Option<&str>, one_in: u64) -> Vec<Self> {
        let names = NamePrints::of(ledger);
        let mut by_source: FxHashMap<usize, Self> = FxHashMap::default();
        for line in ledger.lines() {
            let Some(at) = ledger.source_index(line.id()) else { continue };
            let source = &ledger.sources()[at];
            if but.is_some_and(|but| source.key == but || source.file == but) {
                continue;
            }
            by_source.entry(at).or_insert_with(|| Self::empty(&source.key, one_in)).push(line, &names);
        }
        let mut prints: Vec<Self> = by_source.into_values().map(Self::in_order).collect();
        prints.sort_by(|a, b| a.name.cmp(&b.name));
        prints
    }

    /// The file's name, or the key of the source.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What of this file stands in another of these; nothing where no line does. Of several the one with the most.
    pub fn twice<'a>(&self, others: impl IntoIterator<Item = &'a Self>) -> Option<LinesTwice> {
        let found = others.into_iter().filter_map(|other| self.in_both(other));
        // Of those with as many the first.
        found.reduce(|best, next| if (next.asks, next.lines) > (best.asks, best.lines) { next } else { best })
    }

    fn in_both(&self, other: &Self) -> Option<LinesTwice> {
        let smaller = self.whole.len().min(other.whole.len());
        if smaller == 0 {
            return None;
        }
        let (mut lines, mut sum) = (0, Money::ZERO);
        each_in_both(&self.whole, &other.whole, |(_, amount)| {
            lines += 1;
            sum += *amount;
        });
        let (mut by_payment, mut told_apart) = (0, 0);
        each_in_both(&self.of_payment, &other.of_payment, |(_, is_told)| {
            by_payment += 1;
            told_apart += usize::from(*is_told);
        });
        let is_whole_file = by_payment == self.whole.len() && by_payment == other.whole.len();
        let is_by_payment = by_payment >= FEWEST_BY_PAYMENT && (is_whole_file || told_apart * 2 >= smaller);
        let asks = lines * A_TENTH >= smaller && lines > 0 || is_by_payment;
        let (lines, sum) =
            if lines >= by_payment || !is_by_payment { (lines, Some(sum)) } else { (by_payment, None) };
        let (file, one_in) = (other.name.clone(), self.one_in);
        let twice = LinesTwice { file, lines, of: self.whole.len(), one_in, sum, asks };
        (lines > 0).then_some(twice)
    }

    fn empty(name: &str, one_in: u64) -> Self {
        Self { name: name.to_owned(), one_in, whole: Vec::new(), of_payment: Vec::new() }
    }

    fn push(&mut self, line: LineView<'_>, names: &NamePrints) {
        let amount = line.amount();
        // Nothing is counted twice of a line without money, and tables are full of them.
        if amount.is_zero() {
            return;
        }
        let mut payment = FxHasher::default();
        (amount, line.date(), line.description()).hash(&mut payment);
        // By what is said of the payment, so that of every file the same lines are compared.
        if self.one_in > 1 && !(payment.finish() >> 32).is_multiple_of(self.one_in) {
            return;
        }
        let mut whole = payment.clone();
        for dimension in Dimension::ALL {
            let name = names.print(line, dimension);
            name.hash(&mut whole);
            if OF_THE_PAYMENT.contains(&dimension) {
                name.hash(&mut payment);
            }
        }
        let is_told = line.date().is_some()
            || !line.description().is_empty()
            || line.name_id(Dimension::Supplier) != NameId::NOT_STATED;
        self.whole.push((whole.finish(), amount));
        self.of_payment.push((payment.finish(), is_told));
    }

    fn in_order(mut self) -> Self {
        self.whole.sort_unstable_by_key(|(print, _)| *print);
        self.of_payment.sort_unstable_by_key(|(print, _)| *print);
        self
    }
}

/// Goes through what stands in both lists; each of the first stands for one of the second only, as twice the same
/// payment in one file may be two payments.
fn each_in_both<T>(first: &[(u64, T)], second: &[(u64, T)], mut found: impl FnMut(&(u64, T))) {
    let mut rest = second.iter().peekable();
    for one in first {
        while rest.next_if(|other| other.0 < one.0).is_some() {}
        if rest.next_if(|other| other.0 == one.0).is_some() {
            found(one);
        }
    }
}

/// The names of a ledger as numbers that are the same in every ledger.
struct NamePrints([Vec<u64>; Dimension::ALL.len()]);

impl NamePrints {
    fn of(ledger: &Ledger) -> Self {
        Self(Dimension::ALL.map(|dimension| {
            let print = |(_, name): (_, &str)| {
                let mut hasher = FxHasher::default();
                name.hash(&mut hasher);
                hasher.finish()
            };
            ledger.names(dimension).iter().map(print).collect()
        }))
    }

    fn print(&self, line: LineView<'_>, dimension: Dimension) -> u64 {
        self.0[dimension.index()].get(line.name_id(dimension).index()).copied().unwrap_or_default()
    }
}

impl LinesTwice {
    /// What is to be said of it: a question, or a word where it is a line or two.
    pub fn problem(&self, title: &str, lines: u64, total: Money) -> Problem {
        let same = if self.lines == self.of { "all".to_owned() } else { self.lines.to_string() };
        let sum = self.sum.map_or_else(String::new, |sum| format!(" ({})", in_full(sum)));
        let of = match self.one_in {
            1 => format!("its {}", counted(self.of as u64, "line")),
            one_in => {
                format!("the {} of it that were compared, one in {one_in},", counted(self.of as u64, "line"))
            }
        };
        let message = format!(
            "{title}: {same} of {of}{sum} are in {} too, and are counted twice; leave one of the files out if they \
             hold the same spending",
            self.file
        );
        let severity = if self.asks { Severity::Question } else { Severity::Warning };
        let ways = if self.asks { vec![WayToRead::as_read(total, lines)] } else { Vec::new() };
        Problem { row: None, column: None, severity, code: Code::LinesTwice, message, readings: ways }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{ImportOptions, Input, import};
    use std::fmt::Write as _;
    use std::ops::ControlFlow;

    fn prints(name: &str, text: &str) -> LinePrints {
        let input = Input { name, bytes: text.as_bytes() };
        let read = import(input, &ImportOptions::default(), |_| ControlFlow::Continue(())).expect("a list");
        LinePrints::of(name, &read.lines.finish(), 1)
    }

    const MAY: &str = "Agency,Date,Supplier,Amount\nCouncil,01/05/2024,A Ltd,10.00\nCouncil,02/05/2024,B Ltd,20.00\n\
        Council,02/05/2024,B Ltd,20.00\nCouncil,03/05/2024,C Ltd,30.00\n";

    #[test]
    fn a_file_under_another_name_is_all_there_already() {
        let twice = prints("copy.csv", MAY).twice([&prints("may.csv", MAY)]).expect("the same lines");
        let sum = Some("80.00".parse().expect("an amount"));
        assert_eq!(
            twice,
            LinesTwice { file: "may.csv".to_owned(), lines: 4, of: 4, one_in: 1, sum, asks: true }
        );
    }

    #[test]
    fn a_file_whose_name_says_who_pays_is_known_by_its_payments() {
        let other = MAY.replace("Agency,", "Team,").replace("Council,", "X,");
        let twice = prints("other.csv", &other).twice([&prints("may.csv", MAY)]).expect("the same payments");
        assert!(twice.asks && twice.sum.is_none(), "{twice:?}");
    }

    #[test]
    fn a_line_by_chance_is_told_and_asks_nothing() {
        let mut june = MAY.replace("/05/", "/06/");
        for day in 4..20 {
            writeln!(june, "Council,{day:02}/06/2024,D Ltd,40.00").expect("a text takes words");
        }
        let june_and_one = format!("{june}Council,01/05/2024,A Ltd,10.00\n");
        assert_eq!(prints("june.csv", &june).twice([&prints("may.csv", MAY)]), None);
        let year = format!("{MAY}{}", &june[june.find('\n').expect("headings") + 1..]);
        let twice =
            prints("june.csv", &june_and_one).twice([&prints("year.csv", &year)]).expect("all of June");
        assert!(twice.asks);
        let may =
            (4..20).fold(MAY.to_owned(), |all, day| format!("{all}Council,{day:02}/05/2024,E Ltd,50.00\n"));
        let twice = prints("june.csv", &june_and_one).twice([&prints("may.csv", &may)]).expect("one line");
        assert!(!twice.asks && twice.lines == 1, "{twice:?}");
    }

    #[test]
    fn of_very_many_lines_every_second_or_third_is_compared_and_that_is_said() {
        assert_eq!(ComparedLines::of(2, 1_000_000), ComparedLines::OneIn(1));
        assert_eq!(ComparedLines::of(2, 2_000_001), ComparedLines::OneIn(3));
        assert_eq!(ComparedLines::of(201, 10), ComparedLines::Nothing);
        assert!(
            ComparedLines::OneIn(1).problem("a").is_none() && ComparedLines::Nothing.problem("a").is_some()
        );
        let mut text = "Agency,Date,Supplier,Amount\n".to_owned();
        for line in 0..3000 {
            writeln!(text, "Council,01/05/2024,Firm {line},{}.00", line % 97 + 1)
                .expect("a text takes words");
        }
        let read = |name: &str| {
            let input = Input { name, bytes: text.as_bytes() };
            import(input, &ImportOptions::default(), |_| ControlFlow::Continue(())).expect("a list")
        };
        let prints = |name: &str| LinePrints::of(name, &read(name).lines.finish(), 3);
        let twice = prints("copy.csv").twice([&prints("may.csv")]).expect("the same lines");
        assert!(twice.asks && twice.lines == twice.of && (10..3000).contains(&twice.of), "{twice:?}");
        let problem = twice.problem("copy.csv", 3000, Money::ZERO);
        assert!(problem.message.contains("that were compared, one in 3,"), "{}", problem.message);
    }
}
