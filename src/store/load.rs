//! Opening places, files of lines, data packages and mailed decisions together; one that cannot be read does
//! not keep the others out, and is told with its reason.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use super::first_bytes::check_beginning;
use super::lock::user;
use super::read::{check_file, file_size};
use super::{ContentHash, OpenedPlace, open_place_file, read_bytes, today};
use crate::agree::{ComparedLines, Decisions, LinePrints, Rejects};
use crate::dimension::{Agency, Dimension, NameId, Sector};
use crate::import::{
    FileReport, ImportError, ImportOptions, Imported, Input, Problem, import, import_stream, read_package,
};
use crate::ledger::{FileRecord, Ledger, Source};
use crate::place::{
    AddedFiles, Addition, Command, CommandError, Decision, NewerFormat, Place, read_decisions,
};

/// What was opened: a place, files of lines, and what could not be read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// All that was to be opened.
    pub asked: Vec<PathBuf>,
    /// The first place among the files, with its path.
    pub place: Option<(PathBuf, Place)>,
    /// Of what that place's file holds.
    pub hash: Option<ContentHash>,
    /// Where that place is of a newer format: what of it could not be read.
    pub newer: Option<NewerFormat>,
    pub additions: Vec<Arc<Addition>>,
    /// Of the additions that are from a file of lines, which file.
    files_of: Vec<(usize, PathBuf)>,
    /// Of each report, its addition.
    additions_of: Vec<usize>,
    /// Decisions that came in files of their own, by the files' names.
    pub decisions: Vec<(String, Decisions)>,
    /// A report for each file of lines.
    pub files: Vec<FileReport>,
    /// Files that could not be read at all, with the reason.
    pub failures: Vec<Failure>,
    /// What concerns several files together.
    pub warnings: Vec<String>,
}

/// How far reading is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Rows of the file that is being read.
    pub rows: u64,
    /// How many of its bytes have been taken from the disk.
    pub bytes: u64,
}

/// A file that could not be read at all.
#[derive(Debug)]
pub struct Failure {
    pub path: PathBuf,
    /// The whole message: the file, what is wrong, what to do.
    pub message: String,
    /// The stable word for what is wrong, where the file itself is to blame.
    pub problem: Option<Problem>,
}

/// Opens places and files of lines; `-` is text from `standard_input`. One bad file does not keep the others out.
pub fn load(
    paths: &[PathBuf],
    options: &ImportOptions,
    standard_input: impl Fn() -> std::io::Result<Vec<u8>>,
    mut progress: impl FnMut(Reading) -> ControlFlow<()> + Send,
) -> Loaded {
    let mut loaded = Loaded { asked: paths.to_vec(), ..Loaded::default() };
    for path in paths {
        if progress(Reading::default()).is_break() {
            break;
        }
        if is_place(path) {
            load_place(path, &mut loaded);
        } else if is_package(path) {
            load_package(path, options, &mut progress, &mut loaded);
        } else {
            load_lines(path, options, &standard_input, &mut progress, &mut loaded);
        }
    }
    loaded
}

/// Reads lines from text that is in no file, such as cells that were pasted.
pub fn load_text(
    name: &str,
    text: &[u8],
    options: &ImportOptions,
    mut progress: impl FnMut(Reading) -> ControlFlow<()>,
) -> Loaded {
    let bytes = text.len() as u64;
    let progress = |rows| progress(Reading { rows, bytes });
    let mut loaded = Loaded { asked: vec![PathBuf::from(name)], ..Loaded::default() };
    let imported = import(Input { name, bytes: text }, options, progress);
    take(Path::new(name), name, imported, &mut loaded);
    for addition in &mut loaded.additions {
        record(addition, |kept| (kept.size, kept.sha256) = (Some(bytes), ContentHash::of(text).to_string()));
    }
    loaded
}

impl Loaded {
    /// One place of all that was opened: the place with the lines added, or a new one of the lines, named and looked
    /// at by what they say.
    pub fn into_place(self) -> Place {
        self.to_place()
    }

    /// As [`Loaded::into_place`]; what was opened is shared.
    pub fn to_place(&self) -> Place {
        let place = self.to_place_replacing(Vec::new());
        place.expect("lines can be added to any place")
    }

    /// Notes what the files hold, for a place that is to keep it: each is gone through once more.
    pub fn note_hashes(&mut self) {
        for (at, path) in &self.files_of {
            let (size, hash) = (file_size(path), ContentHash::of_file(path));
            let Some(addition) = self.additions.get_mut(*at) else { continue };
            record(addition, |kept| {
                // One that has another size by now is another file.
                if let (true, Ok(hash)) = (kept.size == size, &hash) {
                    kept.sha256 = hash.to_string();
                }
            });
        }
    }

    /// Asks of each file whose lines stand in one before it, or in the place, too; `replaced` is the source of the place
    /// that is to go. How much of them was compared.
    pub fn ask_of_lines_twice(&mut self, replaced: Option<&str>) -> ComparedLines {
        let known = self.place.as_ref().map(|(_, place)| place.lines_as_read());
        if self.additions.is_empty() || self.additions.len() == 1 && known.is_none() {
            return ComparedLines::OneIn(1);
        }
        let added: usize = self.additions.iter().map(|addition| addition.ledger.len()).sum();
        let compared = ComparedLines::of(self.additions.len(), added + known.map_or(0, |lines| lines.len()));
        for report in &mut self.files {
            report.problems.extend(compared.problem(&report.name));
        }
        let ComparedLines::OneIn(one_in) = compared else { return compared };
        let mut before = known.map_or_else(Vec::new, |lines| LinePrints::of_sources(lines, replaced, one_in));
        for (at, addition) in self.additions.iter().enumerate() {
            let prints = LinePrints::of(&addition.title, &addition.ledger, one_in);
            if let Some(twice) = prints.twice(&before) {
                let problem =
                    twice.problem(&addition.title, addition.ledger.len() as u64, addition.ledger.total());
                let report = self.additions_of.iter().position(|of| *of == at);
                match report.and_then(|report| self.files.get_mut(report)) {
                    Some(report) => report.problems.push(problem),
                    None => self.warnings.push(problem.message),
                }
            }
            before.push(prints);
        }
        compared
    }

    /// One place of all that was opened, in which the files take the place of sources of these keys.
    ///
    /// # Errors
    /// When the place has no such source.
    pub fn to_place_replacing(&self, replaced: Vec<String>) -> Result<Place, CommandError> {
        let mut place = self.place.as_ref().map_or_else(Place::default, |(_, place)| place.clone());
        if !self.additions.is_empty() {
            let files = AddedFiles { replaced, additions: self.additions.clone(), ..AddedFiles::default() };
            Command::AddFiles(Box::new(files)).apply(&mut place)?;
        }
        for (_, decisions) in &self.decisions {
            Command::Decide(Box::new(Decision::Take(Box::new(decisions.clone())))).apply(&mut place)?;
        }
        Ok(place)
    }
}

fn is_place(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"))
}

/// Whether a file describes a data package, whose tables are files beside it.
fn is_package(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"))
}

/// Reads the tables of a data package; those it lists and that are not there are told of.
fn load_package(
    path: &Path,
    options: &ImportOptions,
    progress: &mut (impl FnMut(Reading) -> ControlFlow<()> + Send),
    loaded: &mut Loaded,
) {
    let fail = |message: String, problem| Failure { path: path.to_owned(), message, problem };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = match read_bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => return loaded.failures.push(fail(error.to_string(), None)),
    };
    let package = match read_package(Input { name: &name, bytes: &bytes }) {
        Ok(package) => package,
        Err(error) => return loaded.failures.push(refused(path, error)),
    };
    let folder = path.parent().unwrap_or(Path::new(""));
    let (there, missing): (Vec<_>, Vec<_>) =
        package.files.iter().partition(|file| is_within(folder, &folder.join(&file.path)));
    let outside = package.outside(&name);
    // A package of which some files were not fetched is still worth reading; one without any is a mistake.
    if there.is_empty() {
        let listed =
            package.files.first().map(|file| file.missing(&name)).or_else(|| outside.first().cloned());
        let message = format!("{name}: none of the files it lists is there; put them beside it");
        return loaded.failures.push(fail(message, listed));
    }
    let first = loaded.files.len();
    for file in there {
        load_file(&folder.join(&file.path), &file.options(options), progress, loaded);
    }
    if let Some(report) = loaded.files.get_mut(first) {
        report.problems.extend(missing.iter().map(|file| file.missing(&name)));
        report.problems.extend(outside);
    }
}

/// Whether a file is there, and lies in the folder when links are followed: a package names no files elsewhere.
fn is_within(folder: &Path, file: &Path) -> bool {
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    match (folder.canonicalize(), file.canonicalize()) {
        (Ok(folder), Ok(file)) => file.is_file() && file.starts_with(folder),
        _ => false,
    }
}

fn load_place(path: &Path, loaded: &mut Loaded) {
    let opened = open_place_file(path);
    // Decisions in a file of their own have the ending of places too. What is wrong with a place is told only
    // where it is no decisions either.
    if opened.is_err()
        && let Some(decisions) = decisions_of(path)
    {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        return loaded.decisions.push((name, decisions));
    }
    match opened {
        Ok(OpenedPlace { place, hash, newer }) if loaded.place.is_none() => {
            if let Some(newer) = &newer {
                loaded.warnings.push(format!("{}: {newer}", path.display()));
            }
            loaded.place = Some((path.to_owned(), place));
            (loaded.hash, loaded.newer) = (Some(hash), newer);
        }
        Ok(OpenedPlace { place, .. }) => loaded.additions.push(Arc::new(Addition {
            title: place.name.clone(),
            sources: place.sources.to_vec(),
            agencies: place.agencies.to_vec(),
            rejects: place.rejects.to_vec(),
            ledger: Arc::clone(place.all_lines()),
            ..Addition::default()
        })),
        Err(error) => {
            loaded.failures.push(Failure {
                path: path.to_owned(),
                message: error.to_string(),
                problem: None,
            });
        }
    }
}

/// Names, rules or pairs in a file of their own, as people mail them.
fn decisions_of(path: &Path) -> Option<Decisions> {
    check_beginning(path).ok()?;
    let bytes = read_bytes(path).ok()?;
    read_decisions(&String::from_utf8(bytes).ok()?).ok().filter(|decisions| !decisions.is_empty())
}

fn load_lines(
    path: &Path,
    options: &ImportOptions,
    standard_input: &impl Fn() -> std::io::Result<Vec<u8>>,
    progress: &mut (impl FnMut(Reading) -> ControlFlow<()> + Send),
    loaded: &mut Loaded,
) {
    if path.as_os_str() != "-" {
        return load_file(path, options, progress, loaded);
    }
    match standard_input() {
        Ok(bytes) => {
            let progress = |rows| progress(Reading { rows, bytes: bytes.len() as u64 });
            take(path, "-", import(Input { name: "-", bytes: &bytes }, options, progress), loaded);
        }
        Err(error) => {
            let message = format!("standard input: it could not be read ({error})");
            loaded.failures.push(Failure { path: path.to_owned(), message, problem: None });
        }
    }
}

fn load_file(
    path: &Path,
    options: &ImportOptions,
    progress: &mut (impl FnMut(Reading) -> ControlFlow<()> + Send),
    loaded: &mut Loaded,
) {
    let fail = |message| Failure { path: path.to_owned(), message, problem: None };
    let before = match check_file(path) {
        Ok(known) => known,
        Err(error) => return loaded.failures.push(fail(error.to_string())),
    };
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let taken = Arc::new(AtomicU64::new(0));
    let open = || {
        // It may be read several times, as when one way of reading turns out not to do.
        taken.store(0, Ordering::Relaxed);
        let counted =
            |file| Box::new(CountingFile { file, taken: Arc::clone(&taken) }) as Box<dyn Read + Send>;
        File::open(path).map(counted)
    };
    let progress = |rows| progress(Reading { rows, bytes: taken.load(Ordering::Relaxed) });
    let imported = import_stream(&name, &open, options, progress);
    // What another program writes meanwhile would be read in part.
    let unchanged = check_file(path)
        .is_ok_and(|after| (after.len(), after.modified().ok()) == (before.len(), before.modified().ok()));
    if !unchanged && !matches!(imported, Err(ImportError::Cancelled)) {
        let message = format!("{name}: it changed while it was read; try again when it is complete");
        return loaded.failures.push(fail(message));
    }
    let listed = loaded.additions.len();
    take(path, &name, imported, loaded);
    if let Some(addition) = loaded.additions.get_mut(listed) {
        record(addition, |kept| kept.size = Some(before.len()));
        loaded.files_of.push((listed, path.to_owned()));
    }
}

/// Changes what is known of how the file of an addition was read.
fn record(addition: &mut Arc<Addition>, change: impl FnOnce(&mut FileRecord)) {
    let sources = &mut Arc::make_mut(addition).sources;
    if let Some(kept) = sources.iter_mut().find_map(|source| source.record.as_mut()) {
        change(Arc::make_mut(kept));
    }
}

/// A file that counts the bytes it gives.
struct CountingFile {
    file: File,
    taken: Arc<AtomicU64>,
}

impl Read for CountingFile {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let count = self.file.read(buffer)?;
        self.taken.fetch_add(count as u64, Ordering::Relaxed);
        Ok(count)
    }
}

/// Puts what was read with the rest, or the reason why it was not.
fn take(path: &Path, name: &str, imported: Result<Imported, ImportError>, loaded: &mut Loaded) {
    match imported {
        Ok(imported) => {
            let ledger = imported.lines.finish();
            let mut sources: Vec<Source> = ledger.sources().iter().map(|source| (**source).clone()).collect();
            let own = sources.iter().position(|source| source.key == imported.file.source.key);
            if let Some(source) = sources.get_mut(own.unwrap_or_default()) {
                let on = today().to_string();
                source.record = Some(Arc::new(FileRecord { by: user(), on, ..imported.file.record() }));
            }
            loaded.additions.push(Arc::new(Addition {
                title: name.to_owned(),
                sources,
                agencies: agencies_of(&ledger),
                rejects: Rejects::of(&imported.file, &ledger).into_iter().collect(),
                ledger: Arc::new(ledger),
                ..Addition::default()
            }));
            loaded.additions_of.push(loaded.additions.len() - 1);
            loaded.files.push(imported.file);
        }
        Err(error) => loaded.failures.push(refused(path, error)),
    }
}

fn refused(path: &Path, error: ImportError) -> Failure {
    let message = error.to_string();
    let problem = match error {
        ImportError::Refused(problem) => Some(problem),
        ImportError::Cancelled => None,
    };
    Failure { path: path.to_owned(), message, problem }
}

/// The agencies of a ledger, each with its sector where all its lines state the same one.
fn agencies_of(ledger: &Ledger) -> Vec<Agency> {
    let mut sectors: BTreeMap<NameId, BTreeSet<NameId>> = BTreeMap::new();
    for cell in ledger.cells().iter() {
        let agency = cell.ids[Dimension::Agency.index()];
        if agency != NameId::NOT_STATED {
            sectors.entry(agency).or_default().insert(cell.ids[Dimension::Sector.index()]);
        }
    }
    let names = ledger.names(Dimension::Agency);
    let sector_names = ledger.names(Dimension::Sector);
    let only = |ids: BTreeSet<NameId>| match ids.len() {
        // Two files may say two things of one body; then the place says nothing, and the lines keep what each
        // said.
        1 => ids.first().and_then(|&id| sector_names.name(id).parse::<Sector>().ok()),
        _ => None,
    };
    sectors
        .into_iter()
        .map(|(id, ids)| Agency { name: names.name(id).to_owned(), short: None, sector: only(ids) })
        .collect()
}
