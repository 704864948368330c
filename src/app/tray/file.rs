//! One file in the tray: what a person has said of it, and what was understood.

use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;

use egui::Context;

use super::answers::{Answered, RowDecided};
use super::columns::ColumnAtHand;
use super::left_out::{RowLeftOut, told_rows};
use crate::agree::{VersionChanges, compare_versions, lines_of_source};
use crate::app::awaited::Awaited;
use crate::app::controls::RejectForm;
use crate::app::jobs::{Job, Poll};
use crate::app::style::Tone;
use crate::dimension::{Dimension, FinancialYear, NameId};
use crate::import::{Code, ColumnMap, Field, FileReport, ImportOptions, LinesToSee, Problem, Severity};
use crate::ledger::Ledger;
use crate::money::Money;
use crate::place::{Addition, Place};
use crate::store::{self, Loaded, Reading};
use crate::words::{capitalised, counted, counted_as};

/// What a person may say once for a whole file that lacks it.
pub(super) const SAID_ONCE: [Dimension; 6] = [
    Dimension::Agency,
    Dimension::Sector,
    Dimension::Funder,
    Dimension::Theme,
    Dimension::Year,
    Dimension::Basis,
];

/// So many changed lines of a newer version are listed.
const MOST_CHANGES: usize = 12;

/// Where the bytes are from.
#[derive(Clone, Debug)]
pub(in crate::app) enum TrayOrigin {
    File(PathBuf),
    /// Cells from a spreadsheet's clipboard.
    Pasted(Arc<str>),
}

/// A newer version of a file of the place beside the older one.
struct BesideOlder {
    changes: VersionChanges,
    /// The first of the changed lines.
    words: Vec<String>,
}

/// A file in the tray.
pub(in crate::app) struct TrayFile {
    pub(in crate::app) title: String,
    origin: TrayOrigin,
    /// Bytes; nothing for what was pasted.
    size: Option<u64>,
    /// What has been said so far.
    pub(super) said: ImportOptions,
    /// With what the shown reading was made, and how many answers were among it.
    read_with: ImportOptions,
    pub(super) answered_then: Vec<Answered>,
    /// What was answered so far.
    pub(super) answered: Vec<Answered>,
    is_waiting: bool,
    job: Option<Job<(WaitingFile, Option<BesideOlder>)>>,
    /// The source of the place that it may be a newer version of, with the place's lines.
    older: Option<(String, Arc<Ledger>)>,
    /// How it differs from that one.
    pub(super) changes: Option<VersionChanges>,
    /// The first of the changed lines, with what they say now and said before.
    pub(super) changed_lines: Vec<String>,
    /// Whether it takes the older one's place.
    pub(super) takes_place: bool,
    /// What of its lines stands in another file of the tray, or in the place under another name.
    pub(super) twice: Option<Problem>,
    /// What was decided about rows that could not be read, and the one at hand.
    pub(super) decided: Vec<RowDecided>,
    pub(super) mending: RejectForm,
    /// The column of which something was just said.
    pub(super) column_at_hand: Option<ColumnAtHand>,
    /// The row that was read and is being left out.
    pub(super) leaving_out: Option<RowLeftOut>,
    /// Whether lines of it were mended or left out since the tray last looked.
    pub(super) is_decided_anew: bool,
    pub(super) outcome: WaitingFile,
    /// Which of its tables is shown; a data package has several.
    pub(super) table: usize,
    /// The control total as it is being typed.
    pub(super) control: String,
    /// What may explain that the lines differ from it, and the total it was looked for.
    pub(super) explained: Awaited<(Money, Money), Vec<String>>,
    /// What holds for the whole file, as it is being typed, in the order of [`SAID_ONCE`].
    pub(super) typed: [String; SAID_ONCE.len()],
    /// The headings' row, as it is being typed.
    pub(super) header_row: u32,
    /// Whether what was read of it has been shown before.
    pub(super) is_shown: bool,
}

/// What came of reading a file.
pub(in crate::app) enum WaitingFile {
    NotYet,
    /// Its tables, at least one.
    Read(Vec<TrayTable>),
    /// It is not loaded, for this reason, which says the remedy.
    Refused(String),
}

/// One table that was read.
pub(in crate::app) struct TrayTable {
    pub(in crate::app) report: FileReport,
    pub(in crate::app) addition: Arc<Addition>,
    /// "Manchester City Council", or "5 agencies"; empty where no line says who spends.
    pub(super) agencies: String,
    /// "2011/12", or "2011/12 to 2013/14".
    pub(super) years: String,
    /// The earlier file of the same layout, which it was read like.
    pub(super) like: Option<String>,
    pub(super) to_see: LinesToSee,
    /// The rows of which something is told and which were read, in order.
    pub(super) told_rows: Vec<u32>,
}

/// How a file stands, for its mark and the words beside it.
pub(super) struct Standing {
    pub(super) tone: Tone,
    pub(super) words: String,
}

impl TrayFile {
    pub(in crate::app) fn new(origin: TrayOrigin, maps: &[ColumnMap], place: Option<&Place>) -> Self {
        let (title, size) = match &origin {
            TrayOrigin::File(path) => {
                let title = path.file_name().map(|name| name.to_string_lossy().into_owned());
                (title.unwrap_or_default(), store::file_size(path))
            }
            TrayOrigin::Pasted(_) => ("Pasted cells".to_owned(), None),
        };
        // By its file's name alone, which publishers keep or do not: whether it is the same is then seen by
        // its lines.
        let source = place.and_then(|place| place.sources.iter().find(|source| source.file == title));
        let older =
            source.zip(place).map(|(source, place)| (source.key.clone(), Arc::clone(place.lines_as_read())));
        let column_maps = maps.to_vec();
        let said = ImportOptions { column_maps, balance: true, ..ImportOptions::default() };
        Self {
            title,
            origin,
            size,
            read_with: said.clone(),
            said,
            answered_then: Vec::new(),
            answered: Vec::new(),
            is_waiting: true,
            job: None,
            older,
            changes: None,
            changed_lines: Vec::new(),
            takes_place: false,
            twice: None,
            decided: Vec::new(),
            mending: RejectForm::default(),
            column_at_hand: None,
            leaving_out: None,
            is_decided_anew: false,
            outcome: WaitingFile::NotYet,
            table: 0,
            control: String::new(),
            explained: Awaited::default(),
            typed: Default::default(),
            header_row: 0,
            is_shown: false,
        }
    }

    /// Reads the file again by what has been said; what was going on is stopped.
    pub(super) fn read_again(&mut self) {
        self.job = None;
        self.is_waiting = true;
    }

    pub(super) fn is_reading(&self) -> bool {
        self.job.is_some()
    }

    pub(super) fn is_waiting(&self) -> bool {
        self.is_waiting
    }

    /// Stops reading; what was understood before, and said, stands again. False where nothing was going on.
    pub(super) fn stop(&mut self) -> bool {
        let was_going_on = self.job.take().is_some() | std::mem::take(&mut self.is_waiting);
        if was_going_on {
            // What is shown and what has been said go together again.
            self.said = self.read_with.clone();
            self.answered = self.answered_then.clone();
            self.fill_in();
            if matches!(self.outcome, WaitingFile::NotYet) {
                self.outcome = WaitingFile::Refused(format!("{}: reading was stopped", self.title));
            }
        }
        was_going_on
    }

    /// Starts reading on another thread.
    pub(super) fn start(&mut self, context: &Context) {
        self.is_waiting = false;
        let (origin, said, title) = (self.origin.clone(), self.said.clone(), self.title.clone());
        let older = self.older.clone();
        self.job = Some(Job::start(&format!("Reading {title}"), context, move |reporter| {
            let mut loaded = load(origin, &title, &said, |reading| reporter.report_reading(reading));
            loaded.note_hashes();
            let changes = match (&older, &loaded.additions[..]) {
                (Some((key, lines)), [addition]) => {
                    let older = lines_of_source(lines, key);
                    let changes = compare_versions(&older, &addition.ledger);
                    let listed = changes.changed.iter().take(MOST_CHANGES);
                    let words = listed.map(|change| change.words(&older, &addition.ledger)).collect();
                    Some(BesideOlder { changes, words })
                }
                _ => None,
            };
            (outcome_of(loaded, &title), changes)
        }));
    }

    /// Takes in what was read; true where something was.
    pub(super) fn collect(&mut self) -> bool {
        let (outcome, changes) = match self.job.as_ref().map(Job::poll) {
            Some(Poll::Done(done)) => done,
            Some(Poll::Gone) => (outcome_of(Loaded::default(), &self.title), None),
            Some(Poll::Working) | None => return false,
        };
        self.job = None;
        self.read_with = self.said.clone();
        self.answered_then = self.answered.clone();
        self.outcome = outcome;
        // Two publishers may call their files alike: a newer version has lines of the older.
        self.takes_place = changes
            .as_ref()
            .is_some_and(|BesideOlder { changes, .. }| changes.unchanged.len() + changes.changed.len() > 0);
        (self.changes, self.changed_lines) = match changes {
            Some(BesideOlder { changes, words }) => (Some(changes), words),
            None => (None, Vec::new()),
        };
        self.decide_as_before();
        self.fill_in();
        true
    }

    /// Puts into the fields what was said and found.
    fn fill_in(&mut self) {
        self.table = self.table.min(self.readings().len().saturating_sub(1));
        for (dimension, typed) in SAID_ONCE.into_iter().zip(&mut self.typed) {
            let said = self.said.set.iter().find(|(said, _)| *said == dimension);
            *typed = said.map(|(_, name)| name.clone()).unwrap_or_default();
        }
        let found = self.shown().and_then(|reading| reading.report.header_row);
        self.header_row = self.said.header_row.or(found).unwrap_or(0);
    }

    /// The key of the source of the place that has its name.
    pub(super) fn older_key(&self) -> Option<&str> {
        self.older.as_ref().map(|(key, _)| key.as_str())
    }

    /// The key of the source whose place it takes.
    pub(in crate::app) fn replaced(&self) -> Option<String> {
        self.older.as_ref().filter(|_| self.takes_place).map(|(key, _)| key.clone())
    }

    /// How its tables were read, with what was said of them once; the year is another in the next file.
    pub(in crate::app) fn maps(&self) -> Vec<ColumnMap> {
        let accepts_currency = self.accepts_currency();
        let with_said = |map: &ColumnMap| self.said.map_to_keep(map, accepts_currency);
        self.readings().iter().map(|reading| with_said(&reading.report.map)).collect()
    }

    /// The file on the disk, where it is one.
    pub(in crate::app) fn path(&self) -> Option<&PathBuf> {
        match &self.origin {
            TrayOrigin::File(path) => Some(path),
            TrayOrigin::Pasted(_) => None,
        }
    }

    pub(in crate::app) fn readings(&self) -> &[TrayTable] {
        match &self.outcome {
            WaitingFile::Read(readings) => readings,
            _ => &[],
        }
    }

    pub(super) fn reading_mut(&mut self, table: usize) -> Option<&mut TrayTable> {
        match &mut self.outcome {
            WaitingFile::Read(readings) => readings.get_mut(table),
            _ => None,
        }
    }

    /// The table that is shown.
    pub(super) fn shown(&self) -> Option<&TrayTable> {
        self.readings().get(self.table)
    }

    /// Says what a dimension is in every line; nothing takes it back.
    pub(super) fn say(&mut self, dimension: Dimension, name: &str) {
        self.said.set.retain(|(said, _)| *said != dimension);
        if !name.is_empty() {
            self.said.set.push((dimension, name.to_owned()));
        }
        self.read_again();
    }

    /// Says what a column is; the others stay what they were shown as.
    pub(super) fn say_column(&mut self, place: usize, field: Field) {
        let is_amount = |field: &Field| matches!(field, Field::Amount | Field::AmountFor(..));
        let columns = self.shown().map(|reading| reading.report.map.columns.clone()).unwrap_or_default();
        let was_amount = columns.get(place).is_some_and(|column| is_amount(&column.field));
        // Which column is the amount follows from what is said, or is asked; it may be one that was passed over.
        let amounts_are_settled = self.open_questions().is_empty() && !was_amount && !is_amount(&field);
        for (other, column) in columns.into_iter().enumerate().filter(|(other, _)| *other != place) {
            let is_said = self.said.fields.iter().any(|(said, _)| *said == other);
            let stays = match &column.field {
                Field::Passed => amounts_are_settled,
                known => !is_amount(known) && *known != field,
            };
            if stays && !is_said {
                self.said.fields.push((other, column.field));
            }
        }
        self.said.fields.retain(|(said, _)| *said != place);
        self.said.fields.push((place, field));
        self.read_again();
    }

    /// Where the reading is: "120,000 rows, 24.3 MB of 203.2 MB".
    pub(super) fn progress(&self) -> String {
        let (rows, bytes) = self.job.as_ref().map_or((0, 0), |job| (job.count(), job.bytes()));
        let rows = counted(rows, "row");
        match self.size {
            Some(size) => format!("{rows}, {} of {}", in_bytes(bytes.min(size)), in_bytes(size)),
            None => rows,
        }
    }

    /// How long the reading has been going on.
    pub(super) fn since(&self) -> Option<std::time::Duration> {
        self.job.as_ref().map(|job| job.started.elapsed())
    }

    pub(super) fn standing(&self) -> Standing {
        let tell = |tone, words: &str| Standing { tone, words: words.to_owned() };
        match &self.outcome {
            _ if self.is_reading() => tell(Tone::Plain, "Reading…"),
            WaitingFile::NotYet => tell(Tone::Plain, "Waiting to be read"),
            // Said even where the list is narrow: it is the one refusal that is about more than the file.
            WaitingFile::Refused(message) if message.contains("personal data") => {
                tell(Tone::Error, "Not loaded: personal data")
            }
            WaitingFile::Refused(_) => tell(Tone::Error, "Not loaded"),
            WaitingFile::Read(_) if self.is_there_already() => {
                tell(Tone::Warning, "Its lines are there already; not added")
            }
            WaitingFile::Read(_)
                if self.takes_place && self.changes.as_ref().is_some_and(VersionChanges::is_same) =>
            {
                tell(Tone::Ok, "The same lines as a file of the place")
            }
            WaitingFile::Read(_) if self.takes_place => {
                tell(Tone::Warning, "A newer version of a file of the place")
            }
            WaitingFile::Read(readings) => {
                standing_of(readings, self.agreement().as_ref(), self.open_questions().len())
            }
        }
    }
}

/// What is to be looked at before the file is added, in a few words.
fn standing_of(
    readings: &[TrayTable],
    agreement: Option<&Result<Money, String>>,
    questions: usize,
) -> Standing {
    let mut words = Vec::new();
    if questions > 0 {
        words.push(counted_as(questions, "open question", "open questions"));
    }
    let rejected: u64 = readings.iter().map(|reading| reading.report.rejected).sum();
    if rejected > 0 {
        words.push(format!("{} rejected", counted(rejected, "row")));
    }
    let is_for_a_look = |code: Code, severity| severity == Severity::Warning || code == Code::UnitScaled;
    let looks = readings.iter().flat_map(|reading| &reading.report.problems);
    let looks = looks.filter(|problem| is_for_a_look(problem.code, problem.severity)).count();
    if looks > 0 {
        words.push(format!("{} to look at", counted(looks, "point")));
    }
    if readings.iter().any(|reading| reading.agencies.is_empty()) {
        words.push("no agency".to_owned());
    }
    match agreement {
        Some(Ok(difference)) if !difference.is_zero() => words.push("differs from its total".to_owned()),
        _ => {}
    }
    if readings.iter().all(|reading| reading.report.lines == 0) {
        words.push("no lines".to_owned());
    }
    if words.is_empty() {
        let agrees = matches!(agreement, Some(Ok(_)));
        let words = if agrees { "Agrees; nothing to confirm" } else { "Nothing to confirm" };
        return Standing { tone: Tone::Ok, words: words.to_owned() };
    }
    Standing { tone: Tone::Warning, words: capitalised(&words.join(", ")) }
}

fn load(
    origin: TrayOrigin,
    title: &str,
    said: &ImportOptions,
    progress: impl FnMut(Reading) -> ControlFlow<()> + Send,
) -> Loaded {
    match origin {
        TrayOrigin::File(path) => {
            store::load(&[path], said, || Err(std::io::ErrorKind::Unsupported.into()), progress)
        }
        TrayOrigin::Pasted(text) => store::load_text(title, text.as_bytes(), said, progress),
    }
}

fn outcome_of(loaded: Loaded, title: &str) -> WaitingFile {
    if let Some(failure) = loaded.failures.first() {
        return WaitingFile::Refused(failure.message.clone());
    }
    let readings: Vec<TrayTable> = loaded
        .files
        .into_iter()
        .zip(loaded.additions)
        .map(|(report, addition)| reading_of(report, addition))
        .collect();
    if readings.is_empty() {
        return WaitingFile::Refused(format!("{title}: nothing could be read"));
    }
    WaitingFile::Read(readings)
}

fn reading_of(report: FileReport, addition: Arc<Addition>) -> TrayTable {
    let to_see = LinesToSee::of(&addition.ledger);
    reading_with(report, addition, to_see)
}

/// A table with the lines that are seen of it.
pub(super) fn reading_with(report: FileReport, addition: Arc<Addition>, to_see: LinesToSee) -> TrayTable {
    let ledger = &addition.ledger;
    let agencies = names_of(ledger, Dimension::Agency);
    let agencies = match &agencies[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        several => format!("{} agencies", several.len()),
    };
    let mut years = names_of(ledger, Dimension::Year);
    years.sort_unstable();
    let years = match &years[..] {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, .., last] => format!("{first} to {last}"),
    };
    let learnt = report.map.learnt_from.as_str();
    let like = (!learnt.is_empty() && learnt != report.name).then(|| learnt.to_owned());
    let told_rows = told_rows(&report, ledger);
    TrayTable { report, addition, agencies, years, like, to_see, told_rows }
}

fn names_of(ledger: &Ledger, dimension: Dimension) -> Vec<&str> {
    let occurring = ledger.cells().occurring(dimension).into_iter();
    occurring.filter(|id| *id != NameId::NOT_STATED).map(|id| ledger.names(dimension).name(id)).collect()
}

/// A file's size: "12.4 MB".
pub(in crate::app) fn in_bytes(bytes: u64) -> String {
    match bytes {
        0..1_000 => counted(bytes, "byte"),
        // Thousands and not 1,024s, as the system's own windows mostly have it.
        1_000..1_000_000 => format!("{} KB", bytes / 1_000),
        1_000_000..1_000_000_000 => format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10),
        _ => format!("{}.{} GB", bytes / 1_000_000_000, bytes / 100_000_000 % 10),
    }
}

/// A name as a dimension wants it, or what would be right.
pub(super) fn checked_name(dimension: Dimension, typed: &str) -> Result<String, String> {
    let typed = typed.trim();
    if dimension == Dimension::Year && !typed.is_empty() {
        return typed
            .parse::<FinancialYear>()
            .map(|year| year.to_string())
            .map_err(|error| error.to_string());
    }
    Ok(typed.to_owned())
}
