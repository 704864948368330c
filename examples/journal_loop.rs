//! Takes step after step with a journal, so that another program can kill this one at any moment and see whether a step
//! that was on the disk is ever lost.
//!
//! `journal_loop PATH FIRST BYTES [TIMES]` takes steps FIRST+1, FIRST+2, … of about so many bytes each, and prints
//! `saved N` once each is safe. It begins as a window does that brings back what was left behind, and saves the place
//! in PATH now and then, after which another journal begins. `journal_loop --look PATH` prints the last step that a
//! journal beside the file, or the file, leads to; it ends with 1 where what is there cannot be brought back, and with 2
//! where nothing is there. `journal_loop --kill RUNS PATH BYTES` has itself killed in the middle of steps.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use shadowpool::place::{Command, History, Place};
use shadowpool::store::{
    ComesBack, ContentHash, Journal, JournalHealth, LeftBehind, left_behind, open_place, save_place,
};

/// Steps between two saves.
const STEPS_A_SAVE: u64 = 40;
/// No disk takes so long.
const PATIENCE: Duration = Duration::from_mins(1);

mod loops;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["--look", path] => {
            let path = Path::new(path);
            return loops::answer(is_there(path), last(path));
        }
        ["--kill", runs, path, bytes] => {
            loops::kill_again_and_again(&[], Path::new(path), runs, bytes, last)
        }
        [path, first, bytes] => go(Path::new(path), first, bytes, "1000000000"),
        [path, first, bytes, times] => go(Path::new(path), first, bytes, times),
        _ => Err("journal_loop PATH FIRST BYTES [TIMES], journal_loop --look PATH, or journal_loop --kill RUNS PATH BYTES"
            .to_owned()),
    };
    loops::ending(done)
}

fn go(path: &Path, first: &str, bytes: &str, times: &str) -> Result<(), String> {
    let (first, bytes, times) = (loops::number(first)?, loops::number(bytes)?, loops::number(times)?);
    let (journal, writer) = Journal::new(Some(journals(path)), || ());
    let thread = std::thread::Builder::new().name("journal".to_owned());
    thread.spawn(move || writer.run()).map_err(|error| error.to_string())?;
    let is_safe = || journal.flush_blocking(PATIENCE) && journal.health() == JournalHealth::Well;
    let mut history = match latest(path) {
        Some(left) if generation(&left) >= saved(path) => {
            let recovered = left.bring_back(ComesBack::WithItsFile).map_err(|error| error.to_string())?;
            let file = recovered.file.as_ref().map(|(file, hash)| (file.as_path(), *hash));
            journal.go_on(&recovered.history, file, recovered.origin);
            recovered.history
        }
        _ => {
            let opened = open_place(path).ok();
            let file = opened.is_some().then_some((path, None));
            let history = History::new(opened.unwrap_or_default());
            journal.begin(&history, file);
            history
        }
    };
    for step in first + 1..=first.saturating_add(times) {
        let command = Command::Rename(name(step, bytes));
        let said = match history.execute(&command) {
            Ok(()) => {
                journal.step(command, &history);
                if is_safe() {
                    format!("saved {step}")
                } else {
                    format!("failed {step} {:?}", journal.health())
                }
            }
            Err(why) => format!("failed {step} {why}"),
        };
        loops::tell(&said)?;
        if step % STEPS_A_SAVE == 0 {
            save_place(path, history.place()).map_err(|error| error.to_string())?;
            history.mark_saved(history.state());
            let hash = ContentHash::of_file(path).map_err(|error| error.to_string())?;
            journal.mark_saved(history.state(), Some(hash), path);
            history = History::new(history.place().clone());
            journal.begin(&history, Some((path, Some(hash))));
        }
    }
    Ok(())
}

fn journals(path: &Path) -> PathBuf {
    path.with_extension("journals")
}

/// A step says which it is, at both ends of as many bytes.
fn name(step: u64, bytes: u64) -> String {
    format!("Step {step} {} {step}", "-".repeat(bytes as usize))
}

/// Which step a place stands at, if its name is whole.
fn step_of(place: &Place) -> Option<u64> {
    number_in(&place.name)
}

fn number_in(name: &str) -> Option<u64> {
    let mut words = name.strip_prefix("Step ")?.split(' ');
    let (first, last) = (words.next()?, words.next_back()?);
    (first == last).then(|| first.parse().ok()).flatten()
}

/// What was left behind last.
fn latest(path: &Path) -> Option<LeftBehind> {
    let all = left_behind(&journals(path), &journals(path));
    all.into_iter().filter(|one| one.can_be_brought_back).max_by_key(generation)
}

/// The step that a journal leads to, by the name of the last of its steps.
fn generation(left: &LeftBehind) -> u64 {
    let brought = left.bring_back(ComesBack::WithItsFile).ok();
    brought.and_then(|brought| step_of(brought.history.place())).unwrap_or_default()
}

/// The step that the file stands at; 0 without one.
fn saved(path: &Path) -> u64 {
    open_place(path).ok().and_then(|place| step_of(&place)).unwrap_or_default()
}

/// The last step that a journal beside the file, or the file, leads to.
fn last(path: &Path) -> Option<u64> {
    let journal = latest(path).map_or(0, |left| generation(&left));
    Some(journal.max(saved(path))).filter(|last| *last > 0)
}

fn is_there(path: &Path) -> bool {
    path.exists() || journals(path).read_dir().is_ok_and(|mut files| files.next().is_some())
}
