//! A fault of the program, on whatever thread: what is known of it is written down beside the journal, in the
//! program's words and none of the place's, and the journal is forced to the disk.

use std::backtrace::Backtrace;
use std::fmt::{self, Write as _};
use std::fs;
use std::panic::{PanicHookInfo, set_hook};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError, TryLockError};

use super::{StoreError, forget, note};
use crate::import::is_reading_what_may_be_damaged;

/// How a report is called; the time follows.
const REPORT: &str = "fault-";
/// So many reports are kept.
/// Enough to see whether a fault comes again; more would only fill a disk.
const MOST_REPORTS: usize = 20;
/// So many calls are listed in a report: the way from the fault to what a person did.
const MOST_CALLS: usize = 80;

/// What is known of a fault. It holds nothing of a place: neither names nor amounts nor paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    what: String,
    /// The file and line of the code, as they are in its repository.
    place: String,
    calls: Vec<String>,
    /// Where the report of it is, if one could be written.
    pub report: Option<PathBuf>,
}

/// What is to be done first when something fails.
pub struct PanicGuard {
    /// Where reports are written.
    pub folder: PathBuf,
    /// Brings what was changed to the disk; it must not fail itself.
    pub flush: Box<dyn Fn() + Send + Sync>,
}

static GUARD: Mutex<Option<PanicGuard>> = Mutex::new(None);
/// Faults that nobody has told of yet.
static UNTOLD: Mutex<Vec<Fault>> = Mutex::new(Vec::new());

/// From now on this is done first when something fails.
pub fn guard_with(guard: PanicGuard) {
    *GUARD.lock().unwrap_or_else(PoisonError::into_inner) = Some(guard);
}

/// From now on a fault of any thread is reported, kept to be told of, and said with `say` in a line: nothing of it
/// reaches a terminal otherwise.
pub fn listen_to_faults(say: impl Fn(&Fault) + Send + Sync + 'static) {
    set_hook(Box::new(move |info| {
        if is_reading_what_may_be_damaged() {
            return;
        }
        let mut fault = Fault::of(info);
        // A fault within what is done for a fault finds the lock taken, and goes without.
        let guard = match GUARD.try_lock() {
            Ok(guard) => Some(guard),
            Err(TryLockError::Poisoned(guard)) => Some(guard.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        if let Some(guard) = guard.as_ref().and_then(|guard| guard.as_ref()) {
            (guard.flush)();
            fault.report = fault.keep(&guard.folder).ok();
        }
        say(&fault);
        if let Ok(mut untold) = UNTOLD.try_lock() {
            untold.push(fault);
        }
    }));
}

/// The faults since this was last asked for.
pub fn untold_faults() -> Vec<Fault> {
    std::mem::take(&mut *UNTOLD.lock().unwrap_or_else(PoisonError::into_inner))
}

impl Fault {
    fn of(info: &PanicHookInfo<'_>) -> Self {
        let message = info.payload_as_str().unwrap_or("no reason was given");
        // What was put together as the program ran may quote names of the place; what stands in the code does not.
        let is_of_code = info.payload().is::<&'static str>();
        let what = if is_of_code { message.to_owned() } else { without_quotes(message) };
        let place = info
            .location()
            .map(|at| format!("{}:{}", in_repository(at.file()), at.line()))
            .unwrap_or_default();
        Self { what, place, calls: calls(&Backtrace::force_capture().to_string()), report: None }
    }

    /// The report, as it is written.
    fn text(&self) -> String {
        let mut text = format!("Shadowpool {}, {}\n", env!("CARGO_PKG_VERSION"), std::env::consts::OS);
        let _ = writeln!(text, "When: {}", now());
        let _ = writeln!(text, "Where: {}", self.place);
        let _ = writeln!(text, "What: {}", self.what);
        for call in &self.calls {
            let _ = writeln!(text, "  {call}");
        }
        text
    }

    fn keep(&self, folder: &Path) -> Result<PathBuf, StoreError> {
        let name = format!("{REPORT}{}-{}.txt", now().replace(':', "-"), std::process::id());
        let path = folder.join(name);
        // Two faults of one second are mostly one after the other, and the first is the one to look into.
        if !path.exists() {
            note(&path, &self.text())?;
            sweep(folder);
        }
        Ok(path)
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "something stopped through a fault of the program ({})", self.place)
    }
}

/// The oldest reports go.
fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let is_report =
        |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(REPORT));
    let mut reports: Vec<PathBuf> =
        entries.filter_map(Result::ok).map(|entry| entry.path()).filter(is_report).collect();
    // Their names begin with the time.
    reports.sort();
    let too_many = reports.len().saturating_sub(MOST_REPORTS);
    reports[..too_many].iter().for_each(|report| forget(report));
}

fn now() -> String {
    jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// A file of the code by its name in its repository, wherever the program was built.
fn in_repository(file: &str) -> String {
    let file = file.replace('\\', "/");
    let after =
        |mark: &str| file.split_once(mark).and_then(|(_, rest)| rest.split_once('/')).map(|(_, rest)| rest);
    match after("/registry/src/").or_else(|| after("/rustc/")) {
        Some(rest) => rest.to_owned(),
        None => match file.rfind("/src/") {
            Some(at) => file[at + 1..].to_owned(),
            None if file.starts_with('/') => String::new(),
            None => file,
        },
    }
}

/// A message without what it quotes.
fn without_quotes(message: &str) -> String {
    // Longer ones hold what was to be looked at, and not what is wrong with it.
    const MOST: usize = 300;
    let mut said = String::new();
    let mut quote = None;
    let mut before = ' ';
    for c in message.chars().take(MOST) {
        match quote {
            Some(end) if c == end => quote = None,
            Some(_) => {}
            // An apostrophe within a word opens nothing.
            None if c == '"' || c == '`' || c == '\'' && !before.is_alphanumeric() => {
                said.push('…');
                quote = Some(c);
            }
            None if c.is_control() => said.push(' '),
            None => said.push(c),
        }
        before = c;
    }
    said
}

/// The calls of a backtrace by name; where the program was built is no part of it.
fn calls(trace: &str) -> Vec<String> {
    let numbered = trace.lines().filter_map(|line| {
        let (number, name) = line.trim_start().split_once(": ")?;
        (number.parse::<u32>().is_ok() && name != "<unknown>").then(|| name.to_owned())
    });
    numbered.take(MOST_CALLS).collect()
}

#[cfg(test)]
mod tests {
    use std::panic::{catch_unwind, take_hook};
    use std::sync::Arc;

    use super::*;

    /// The fault that a piece of work has.
    fn fault_of(work: impl FnOnce() + std::panic::UnwindSafe) -> Fault {
        let found = Arc::new(Mutex::new(None));
        let (slot, own, former) = (Arc::clone(&found), std::thread::current().id(), take_hook());
        set_hook(Box::new(move |info| {
            // Other tests fail beside this one, and are heard as before.
            if std::thread::current().id() == own {
                *slot.lock().unwrap() = Some(Fault::of(info));
            } else {
                former(info);
            }
        }));
        catch_unwind(work).unwrap_err();
        drop(take_hook());
        let fault = found.lock().unwrap().take();
        fault.unwrap()
    }

    #[test]
    fn a_report_says_what_is_wrong_and_where_and_holds_nothing_of_the_place() {
        let fault = fault_of(|| {
            let name = String::from("Brontë Trust");
            assert!(name.is_empty(), "no agency is called {name:?}, is it 'Brontë Trust'");
        });
        assert_eq!(fault.what, "no agency is called …, is it …");
        assert!(fault.place.starts_with("src/store/fault.rs:"), "{}", fault.place);
        let folder = tempfile::tempdir().unwrap();
        let path = fault.keep(folder.path()).unwrap();
        let text = fs::read_to_string(path).unwrap();
        assert!(text.contains(env!("CARGO_PKG_VERSION")) && text.contains("src/store/fault.rs"), "{text}");
        assert!(!text.contains("Bront") && !text.contains(env!("CARGO_MANIFEST_DIR")), "{text}");
    }

    #[test]
    fn files_are_named_as_in_their_repository() {
        for (file, named) in [
            ("src/app/frame.rs", "src/app/frame.rs"),
            ("/home/me/shadowpool/src/app/frame.rs", "src/app/frame.rs"),
            ("/home/me/.cargo/registry/src/index-1949/egui-0.37.0/src/ui.rs", "egui-0.37.0/src/ui.rs"),
            ("/rustc/59807616e1fa/library/core/src/option.rs", "library/core/src/option.rs"),
            (r"C:\Users\me\.cargo\registry\src\index-1\ron-0.12.0\src\de.rs", "ron-0.12.0/src/de.rs"),
        ] {
            assert_eq!(in_repository(file), named);
        }
    }

    #[test]
    fn of_many_reports_the_latest_are_kept() {
        let folder = tempfile::tempdir().unwrap();
        for number in 10..40 {
            fs::write(folder.path().join(format!("{REPORT}{number}.txt")), "").unwrap();
        }
        fs::write(folder.path().join("recent.ron"), "").unwrap();
        sweep(folder.path());
        let mut left: Vec<String> = fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        left.sort();
        assert_eq!(left.len(), MOST_REPORTS + 1);
        assert_eq!((left[0].as_str(), left.last().unwrap().as_str()), ("fault-20.txt", "recent.ron"));
    }
}
