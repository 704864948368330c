//! Saves again and again, so that another program can hurt it meanwhile and see whether anything is ever lost.
//!
//! `save_loop PATH FIRST BYTES [TIMES]` saves generations FIRST+1, FIRST+2, … of a file of about so many bytes, and
//! prints `saved N` once each is safe, or `failed N why`. A path that ends in `.ron` is a place, with all that belongs
//! to saving one: its lock, its earlier versions, and its lines beside it where they are many. `save_loop --look PATH`
//! prints the generation of a whole file, and ends with 1 where it is torn and 2 where it is missing.
//!
//! `save_loop --kill RUNS PATH BYTES` hurts itself: each run saves, and is killed at a random moment of a later save,
//! however long a save takes. Whoever kills after a few milliseconds meets a large place before its first save.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

use shadowpool::ledger::{Ledger, Source, SpendLine};
use shadowpool::money::Money;
use shadowpool::place::Place;
use shadowpool::store::{
    Known, LeftByOthers, PlaceLock, SavedFile, open_place, open_place_file, read_bytes, save_bytes,
    save_known,
};

mod loops;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match &words[..] {
        ["--look", path] => {
            let path = Path::new(path);
            return loops::answer(path.exists(), generation_of(path));
        }
        ["--kill", runs, path, bytes] => {
            loops::kill_again_and_again(&[], Path::new(path), runs, bytes, generation_of)
        }
        [path, first, bytes] => save_all(Path::new(path), first, bytes, "1000000000"),
        [path, first, bytes, times] => save_all(Path::new(path), first, bytes, times),
        _ => Err("save_loop PATH FIRST BYTES [TIMES], save_loop --look PATH, or \
                  save_loop --kill RUNS PATH BYTES"
            .to_owned()),
    };
    loops::ending(done)
}

fn save_all(path: &Path, first: &str, bytes: &str, times: &str) -> Result<(), String> {
    let (first, bytes, times) = (loops::number(first)?, loops::number(bytes)?, loops::number(times)?);
    let is_place = is_place(path);
    let mut saver = Saver::of(path, is_place);
    if is_place && !path.exists() {
        // So that there are earlier versions from the start, and what is new beside the place afterwards is what a save
        // has left behind.
        for generation in [first, first + 1] {
            saver.place(generation, bytes).map(|_| ())?;
        }
    }
    for generation in first + 1..=first.saturating_add(times) {
        let saved = if is_place { saver.place(generation, bytes) } else { text(path, generation, bytes) };
        let said = match saved {
            Ok(saved) if saved.warnings.iter().any(|words| words.contains("power cut")) => {
                format!("failed {generation} {}", saved.warnings.join("; "))
            }
            Ok(_) => format!("saved {generation}"),
            Err(why) => format!("failed {generation} {why}"),
        };
        loops::tell(&said)?;
    }
    Ok(())
}

fn is_place(path: &Path) -> bool {
    path.extension().is_some_and(|ending| ending == "ron")
}

/// Generation N as a text whose wholeness can be seen.
fn text(path: &Path, generation: u64, bytes: u64) -> Result<SavedFile, String> {
    // A line is 50 bytes.
    let lines = bytes / 50;
    let mut text = format!("gen {generation} lines {lines}\n");
    for line in 0..lines {
        let _ = writeln!(text, "{generation:010} {line:010} {:027}", generation.wrapping_mul(line));
    }
    let _ = writeln!(text, "end {generation}");
    save_bytes(path, text.as_bytes()).map_err(|error| error.to_string())
}

/// A window that has the place open and saves it.
struct Saver<'a> {
    path: &'a Path,
    known: Known,
    _lock: Option<PlaceLock>,
}

impl<'a> Saver<'a> {
    fn of(path: &'a Path, is_place: bool) -> Self {
        // Another computer is not there to be asked.
        let lock = is_place.then(|| PlaceLock::take(path, LeftByOthers::TakeOver).ok()).flatten();
        let known = open_place_file(path).map_or(Known::Anything, |opened| Known::Content(opened.hash));
        Self { path, known, _lock: lock }
    }

    fn place(&mut self, generation: u64, bytes: u64) -> Result<SavedFile, String> {
        let place = place_of(generation, bytes);
        let mut go_on = |_| std::ops::ControlFlow::Continue(());
        let saved =
            save_known(self.path, &place, self.known, &mut go_on).map_err(|error| error.to_string())?;
        self.known = Known::Content(saved.hash);
        Ok(saved)
    }
}

/// Generation N as a place: its name says so, and each of its lines.
fn place_of(generation: u64, bytes: u64) -> Place {
    let source = Source { key: "loop".to_owned(), title: "Loop".to_owned(), ..Source::default() };
    // A line is about 110 bytes.
    let line = |row: u64| SpendLine {
        amount: Money::from_pence(generation as i64),
        agency: Some("Council".to_owned()),
        theme: Some(format!("Theme {}", row % 7)),
        year: Some("2024/25".to_owned()),
        source: Some("loop".to_owned()),
        row: Some(row as u32 + 2),
        ..SpendLine::default()
    };
    let mut lines = Ledger::builder();
    lines.add_source(source.clone());
    for row in 0..bytes / 110 {
        lines.push(&line(row));
    }
    let ledger = lines.finish();
    Place {
        name: format!("Generation {generation}"),
        about: format!("{} lines", ledger.len()),
        ledger: ledger.into(),
        sources: vec![source].into(),
        ..Place::default()
    }
}

/// Which generation a file is, if it is whole.
fn generation_of(path: &Path) -> Option<u64> {
    if is_place(path) { look_at_place(path) } else { look_at_text(path) }
}

fn look_at_place(path: &Path) -> Option<u64> {
    let place = open_place(path).ok()?;
    let generation: u64 = place.name.strip_prefix("Generation ")?.parse().ok()?;
    let whole = place.about == format!("{} lines", place.ledger.len())
        && place.ledger.lines().all(|line| line.amount() == Money::from_pence(generation as i64));
    whole.then_some(generation)
}

fn look_at_text(path: &Path) -> Option<u64> {
    let text = String::from_utf8(read_bytes(path).ok()?).ok()?;
    let (first, _) = text.split_once('\n')?;
    let (generation, lines) = first.strip_prefix("gen ")?.split_once(" lines ")?;
    let lines: usize = lines.parse().ok()?;
    let is_whole = text.ends_with(&format!("\nend {generation}\n")) && text.lines().count() == lines + 2;
    is_whole.then(|| generation.parse().ok()).flatten()
}
