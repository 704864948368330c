//! The audit of a place: all that stands behind its figures, as tables that can be shown, copied and exported
//! alike.

use crate::agree::{Fate, Why};
use crate::dimension::Dimension;
use crate::ledger::{ControlTotal, FileRecord, Filter, Keep};
use crate::money::Money;
use crate::place::Place;
use crate::words::{all_of, any_of};

/// Everything that stands behind the figures of a place: where they are from, what was left out, and what was decided.
///
/// The sections are always there, in this order; one of which there is nothing to say has no rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Audit {
    pub sections: Vec<AuditSection>,
}

/// A table of the audit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditSection {
    pub title: &'static str,
    pub columns: Vec<&'static str>,
    /// A cell for each column.
    pub rows: Vec<Vec<AuditCell>>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AuditCell {
    Text(String),
    /// £.
    Amount(Money),
    Count(u64),
}

impl From<&str> for AuditCell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for AuditCell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<Money> for AuditCell {
    fn from(amount: Money) -> Self {
        Self::Amount(amount)
    }
}

impl From<u64> for AuditCell {
    fn from(count: u64) -> Self {
        Self::Count(count)
    }
}

/// The audit of a place, as it is now.
pub fn audit(place: &Place) -> Audit {
    Audit {
        sections: vec![
            totals(place),
            sources(place),
            files(place),
            columns(place),
            numbers(place),
            passed_over(place),
            notes(place),
            control_totals(place),
            rejects(place),
            transfers(place),
            names(place),
            rules(place),
            by_hand(place),
            left_out(place),
            without_line(place),
        ],
    }
}

fn section(title: &'static str, columns: &[&'static str], rows: Vec<Vec<AuditCell>>) -> AuditSection {
    AuditSection { title, columns: columns.to_vec(), rows }
}

/// How the lines that were read come to the total that is shown.
fn totals(place: &Place) -> AuditSection {
    let row =
        |what: &str, lines: usize, amount: Money| vec![what.into(), (lines as u64).into(), amount.into()];
    let all = place.all_lines();
    let once = place.counted_once(&Filter::default());
    let (passed, lines) = (place.passed_on(&Filter::default()), place.passed_lines());
    let counts = place.counts_passed_on();
    let left_out = if counts { 0 } else { lines };
    let mut rows = vec![
        row("Read", all.len(), all.total()),
        // With a minus, so that the column adds up before the reader's eyes.
        row(
            "Paid by one agency to another, counted where it is spent",
            place.transferred().len() - left_out - place.excluded().len(),
            -once,
        ),
        row("Counted", place.ledger.len(), place.ledger.total()),
    ];
    if !place.excluded().is_empty() {
        let sum: Money = place.excluded().iter().map(|&line| all.amount(line)).sum();
        rows.insert(2, row("Left out by hand", place.excluded().len(), -sum));
    }
    let passed_row = |amount| row("Passed to bodies whose spending is not here", lines, amount);
    if lines > 0 && counts {
        rows.push(row("Of it spent here", place.ledger.len() - lines, place.ledger.total() - passed));
        rows.push(passed_row(passed));
    } else if lines > 0 {
        rows.insert(2, passed_row(-passed));
    }
    section("Total", &["What", "Lines", "Amount (£)"], rows)
}

fn sources(place: &Place) -> AuditSection {
    let all = place.all_lines();
    let totals = all.totals_by_source();
    let of_key = |key: &str| all.sources().iter().position(|source| source.key == key).map(|at| totals[at]);
    let rows = place.sources.iter().map(|source| {
        let (lines, amount) = of_key(&source.key).unwrap_or_default();
        vec![
            source.key.as_str().into(),
            source.title.as_str().into(),
            source.publisher.as_str().into(),
            source.date.as_str().into(),
            source.licence.as_str().into(),
            source.address.as_str().into(),
            source.sheet.as_str().into(),
            lines.into(),
            amount.into(),
            source.note.as_str().into(),
        ]
    });
    let columns = [
        "Source",
        "Title",
        "Publisher",
        "Date",
        "Licence",
        "Address",
        "Sheet",
        "Lines",
        "Amount (£)",
        "Note",
    ];
    section("Sources", &columns, rows.collect())
}

/// Each source with how its file was read, where that is known.
fn records(place: &Place) -> impl Iterator<Item = (&str, &FileRecord)> {
    place.sources.iter().filter_map(|source| Some((source.key.as_str(), source.record.as_deref()?)))
}

fn files(place: &Place) -> AuditSection {
    let rows = records(place).map(|(key, record)| {
        let heading = record.header_row.map_or_else(String::new, |row| row.to_string());
        vec![
            key.into(),
            record.format.as_str().into(),
            record.encoding.as_str().into(),
            heading.into(),
            record.rows.all.into(),
            record.rows.read.into(),
            (record.rows.headings + record.rows.passed_over).into(),
            record.rows.rejected.into(),
            record.lines.into(),
            record.total.into(),
            record.size.map_or_else(|| "".into(), AuditCell::Count),
            record.sha256.as_str().into(),
            record.by.as_str().into(),
            record.on.as_str().into(),
            record.said.words().join(", ").into(),
        ]
    });
    let columns = [
        "Source",
        "Format",
        "Encoding",
        "Headings in row",
        "Rows",
        "Read",
        "Passed over",
        "Rejected",
        "Lines",
        "Amount (£)",
        "Bytes",
        "SHA-256",
        "Read by",
        "Read on",
        "Said of it",
    ];
    section("How the files were read", &columns, rows.collect())
}

fn columns(place: &Place) -> AuditSection {
    let rows = records(place).flat_map(|(key, record)| {
        record
            .columns
            .iter()
            .map(move |(meaning, heading)| vec![key.into(), heading.as_str().into(), meaning.as_str().into()])
    });
    section("What the columns were read as", &["Source", "Heading", "Read as"], rows.collect())
}

fn numbers(place: &Place) -> AuditSection {
    let balances = records(place).filter_map(|(key, record)| Some((key, record.numbers.as_ref()?)));
    let rows = balances.flat_map(|(key, numbers)| {
        let amounts = vec![key.into(), "read as amounts".into(), numbers.amounts.into(), "".into()];
        let told = numbers.told.iter().map(move |(what, cells, sum)| {
            let sum = sum.map_or_else(|| "".into(), AuditCell::Amount);
            vec![key.into(), what.as_str().into(), (*cells).into(), sum]
        });
        std::iter::once(amounts).chain(told)
    });
    let columns = ["Source", "What the numbers are", "Cells", "Amount (£)"];
    section("What became of the numbers", &columns, rows.collect())
}

fn passed_over(place: &Place) -> AuditSection {
    let rows = records(place).flat_map(|(key, record)| {
        let listed: u64 = record.passed_over.iter().map(|passed| u64::from(passed.rows)).sum();
        let more = record.rows.passed_over.saturating_sub(listed);
        let more =
            (more > 0).then(|| vec![key.into(), "".into(), more.into(), "not listed".into(), "".into()]);
        let rows = record.passed_over.iter().map(move |passed| {
            vec![
                key.into(),
                u64::from(passed.row).into(),
                u64::from(passed.rows).into(),
                passed.reason.as_str().into(),
                passed.text.as_str().into(),
            ]
        });
        rows.chain(more)
    });
    section("Rows passed over", &["Source", "Row", "Rows", "Why", "What it says"], rows.collect())
}

fn notes(place: &Place) -> AuditSection {
    let rows = records(place).flat_map(|(key, record)| {
        record.notes.iter().map(move |note| {
            vec![
                key.into(),
                note.row.map_or_else(|| "".into(), |row| u64::from(row).into()),
                note.severity.as_str().into(),
                note.code.as_str().into(),
                note.message.as_str().into(),
            ]
        })
    });
    section("What was said of the files", &["Source", "Row", "How grave", "Code", "What"], rows.collect())
}

fn control_totals(place: &Place) -> AuditSection {
    // Without the rows left out: what may explain a difference is a guess, and an audit holds none.
    let rows = place.verdicts(&[]).into_iter().map(|verdict| {
        vec![
            verdict.control.name.as_str().into(),
            counts(&verdict.control).into(),
            verdict.control.amount.into(),
            verdict.agreement.found.into(),
            verdict.agreement.difference.into(),
            verdict.words().into(),
            verdict.control.note.as_str().into(),
        ]
    });
    let columns = ["Control total", "Counts", "Amount (£)", "Lines (£)", "Difference (£)", "Verdict", "Note"];
    section("Control totals", &columns, rows.collect())
}

/// What a control total counts, in words.
fn counts(control: &ControlTotal) -> String {
    let file = (!control.file.is_empty()).then(|| control.file.clone());
    let chips = control.lines.chips.iter().map(|chip| {
        let names: Vec<&str> = chip.names.iter().map(String::as_str).collect();
        let verb = if chip.keep == Keep::Only { "is" } else { "is not" };
        format!("{} {verb} {}", chip.dimension, any_of(&names))
    });
    let words: Vec<String> = file.into_iter().chain(chips).collect();
    if words.is_empty() { "everything".to_owned() } else { words.join(", ") }
}

fn rejects(place: &Place) -> AuditSection {
    let rows = place.rejects.iter().flat_map(|rejects| {
        rejects.rows.iter().map(|row| {
            let cells = match &row.fate {
                Fate::Fixed(cells) => cells.join(", "),
                Fate::Open | Fate::Excluded(_) => String::new(),
            };
            vec![
                rejects.source.as_str().into(),
                u64::from(row.row).into(),
                row.cells.join(", ").into(),
                row.reason.as_str().into(),
                row.fate.words().into(),
                cells.into(),
            ]
        })
    });
    let columns = ["Source", "Row", "As it stands", "What is wrong", "Decided", "Fixed as"];
    section("Rows that could not be read", &columns, rows.collect())
}

fn transfers(place: &Place) -> AuditSection {
    let rows = place.transfers().into_iter().map(|pair| {
        let counted = match pair.transfer.counted {
            crate::agree::Counted::Once => "once",
            crate::agree::Counted::Twice => "as its own",
        };
        let suppliers: Vec<String> = pair.transfer.suppliers.into_iter().collect();
        vec![
            pair.transfer.payer.into(),
            pair.transfer.receiver.into(),
            suppliers.join(", ").into(),
            (pair.lines.len() as u64).into(),
            pair.amount.into(),
            counted.into(),
            pair.passed_amount.into(),
            pair.receiver_lines.into(),
        ]
    });
    let columns = [
        "Payer",
        "Receiver",
        "Spelled as",
        "Lines",
        "Amount (£)",
        "Counted",
        "Passed on (£)",
        "Lines of the receiver",
    ];
    section("Money between agencies", &columns, rows.collect())
}

fn names(place: &Place) -> AuditSection {
    let one = place.decisions.names.iter().map(|one| {
        vec![
            one.dimension.title().into(),
            one.name.as_str().into(),
            "one name".into(),
            one.also.join(", ").into(),
        ]
    });
    let apart = place.decisions.apart.iter().map(|apart| {
        vec![apart.dimension.title().into(), "".into(), "kept apart".into(), apart.names.join(", ").into()]
    });
    let columns = ["Dimension", "Name", "Decided", "Spellings"];
    section("Names", &columns, one.chain(apart).collect())
}

fn rules(place: &Place) -> AuditSection {
    let own = place.decisions.rules.len();
    let rules = place.decisions.asked_rules();
    let sums = place.decisions.rule_totals(place.lines_as_read());
    let rows = rules.into_iter().zip(sums).zip(1_u64..).map(|((rule, (lines, amount)), number)| {
        let whose = if number as usize <= own { "own" } else { "standard" };
        let tests: Vec<String> = rule.when.iter().map(ToString::to_string).collect();
        vec![
            number.into(),
            whose.into(),
            all_of(&tests).into(),
            format!("{}: {}", rule.dimension.title(), rule.name).into(),
            rule.reason.as_str().into(),
            lines.into(),
            amount.into(),
        ]
    });
    let columns = ["Number", "Whose", "When", "Gives", "Reason", "Lines", "Amount (£)"];
    section("Rules", &columns, rows.collect())
}

fn by_hand(place: &Place) -> AuditSection {
    let rows = place.decisions.by_hand.iter().map(|by_hand| {
        vec![
            by_hand.line.says.as_str().into(),
            format!("{}: {}", by_hand.dimension.title(), by_hand.name).into(),
            by_hand.reason.as_str().into(),
        ]
    });
    section("Named by hand", &["Line", "Given", "Reason"], rows.collect())
}

fn left_out(place: &Place) -> AuditSection {
    let rows = place.decisions.left_out.iter();
    let rows = rows.map(|out| vec![out.line.says.as_str().into(), out.reason.as_str().into()]);
    section("Lines left out", &["Line", "Reason"], rows.collect())
}

/// What was decided about lines that are not there any more, as after a newer version of their file.
fn without_line(place: &Place) -> AuditSection {
    let rows = place.decisions.without_line(place.lines_as_read()).into_iter();
    section(
        "Decided by hand about lines that are gone",
        &["Line"],
        rows.map(|words| vec![words.into()]).collect(),
    )
}

impl Place {
    /// Why a line is under its theme, in words: "rule 3: service is "Zebra": Stripes (because of stripes)".
    pub fn why_theme(&self, line: crate::ledger::LineId) -> String {
        match self.why(line, Dimension::Theme) {
            Why::Stated => "its file says so".to_owned(),
            Why::Rule(number, rule) => {
                let own = self.decisions.rules.len();
                let which =
                    if number < own { format!("rule {}", number + 1) } else { "a standard rule".to_owned() };
                let reason =
                    if rule.reason.is_empty() { String::new() } else { format!(" ({})", rule.reason) };
                format!("{which}: {}{reason}", shortened(&rule.to_string()))
            }
            Why::ByHand(by_hand) if by_hand.reason.is_empty() => "put there by hand".to_owned(),
            Why::ByHand(by_hand) => format!("put there by hand: {}", by_hand.reason),
            Why::Unclassified => "no rule fits".to_owned(),
        }
    }
}

/// A rule of many words is cut to what can be read.
fn shortened(rule: &str) -> String {
    // Two lines in the ledger's detail. Standard rules list dozens of headings, and their theme is said
    // before.
    const MOST: usize = 160;
    if rule.chars().count() <= MOST {
        return rule.to_owned();
    }
    rule.chars().take(MOST - 1).chain(['…']).collect()
}
