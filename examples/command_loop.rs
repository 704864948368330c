//! Runs a command that writes a file again and again, so that another program can kill it at any moment and see whether
//! the file is ever torn, or older than what was told to be done.
//!
//! `command_loop import|render PATH FIRST BYTES [TIMES]` writes generations FIRST+1, FIRST+2, … of a place, or of a
//! picture at PATH with the ending `.svg`, from a list of payments of about so many bytes, by the command of that name,
//! and prints `saved N` once each is safe. `command_loop import|render --look PATH` prints the generation of a whole
//! file, and ends with 1 where it is torn and 2 where it is missing; `--kill RUNS PATH BYTES` has itself killed meanwhile.

use std::fmt::Write as _;
use std::fs;
use std::hash::{BuildHasher as _, BuildHasherDefault, DefaultHasher};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser as _;
use shadowpool::cli::{self, Arguments, Status};
use shadowpool::dimension::Dimension;
use shadowpool::store::open_place;

/// Bytes of a payment in the list.
const LINE: u64 = 60;

mod loops;

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match &words[..] {
        [command, "--look", path] => {
            let path = Path::new(path);
            return loops::answer(output(command, path).exists(), generation_of(command, path));
        }
        [command, "--kill", runs, path, bytes] => {
            let look = |path: &Path| generation_of(command, path);
            loops::kill_again_and_again(&[command], Path::new(path), runs, bytes, look)
        }
        [command, path, first, bytes] => write_all(command, Path::new(path), first, bytes, "1000000000"),
        [command, path, first, bytes, times] => write_all(command, Path::new(path), first, bytes, times),
        _ => Err(
            "command_loop import|render PATH FIRST BYTES [TIMES], … --look PATH, or … --kill RUNS PATH BYTES"
                .to_owned(),
        ),
    };
    loops::ending(done)
}

fn write_all(command: &str, path: &Path, first: &str, bytes: &str, times: &str) -> Result<(), String> {
    let (first, bytes, times) = (loops::number(first)?, loops::number(bytes)?, loops::number(times)?);
    let (list, output) = (list(path), output(command, path));
    for generation in first + 1..=first.saturating_add(times) {
        fs::write(&list, payments(generation, bytes)).map_err(|error| error.to_string())?;
        let mut words = vec!["shadowpool".as_ref(), command.as_ref(), list.as_os_str()];
        words.extend(["-o".as_ref(), output.as_os_str()]);
        if command == "import" {
            words.push("--replace-file".as_ref());
        }
        let arguments = Arguments::try_parse_from(words).map_err(|error| error.to_string())?;
        let command = arguments.command.as_ref().ok_or("no command")?;
        let (mut printed, mut told) = (Vec::new(), Vec::new());
        let said = match cli::run(command, &mut printed, &mut told) {
            Status::Fine => format!("saved {generation}"),
            _ => format!("failed {generation} {}", String::from_utf8_lossy(&told).replace('\n', "; ")),
        };
        loops::tell(&said)?;
    }
    Ok(())
}

/// Where the list of payments is: in another folder, and the same for the same path, so that kills leave one.
fn list(path: &Path) -> PathBuf {
    let name = BuildHasherDefault::<DefaultHasher>::default().hash_one(path);
    std::env::temp_dir().join(format!("command-loop-{name:x}.csv"))
}

fn output(command: &str, path: &Path) -> PathBuf {
    if command == "render" { path.with_extension("svg") } else { path.to_owned() }
}

/// Generation N as payments: their payer says so, and how many there are.
fn payments(generation: u64, bytes: u64) -> String {
    let count = (bytes / LINE).max(1);
    let mut text = "Date,Agency,Theme,Supplier,Amount\n".to_owned();
    for row in 0..count {
        let (day, theme) = (row % 28 + 1, row % 7);
        let _ = writeln!(
            text,
            "{day:02}/05/2024,Council {generation} of {count},Theme {theme},Supplier {row},{row}.50"
        );
    }
    text
}

/// Which generation a file is, if it is whole.
fn generation_of(command: &str, path: &Path) -> Option<u64> {
    let output = output(command, path);
    if command == "render" { look_at_picture(&output) } else { look_at_place(&output) }
}

fn look_at_place(path: &Path) -> Option<u64> {
    let place = open_place(path).ok()?;
    let mut payers = place.ledger.lines().map(|line| line.name(Dimension::Agency));
    let payer = payers.next()?;
    let (generation, count) = generation_in(payer)?;
    (payers.all(|other| other == payer) && place.ledger.len() as u64 == count).then_some(generation)
}

fn look_at_picture(path: &Path) -> Option<u64> {
    let text = fs::read_to_string(path).ok()?;
    let payer = &text[text.find("Council ")?..];
    text.trim_end().ends_with("</svg>").then(|| generation_in(payer).map(|(generation, _)| generation))?
}

fn generation_in(payer: &str) -> Option<(u64, u64)> {
    let mut words = payer.strip_prefix("Council ")?.split(|c: char| !c.is_ascii_alphanumeric());
    let generation = words.next()?.parse().ok()?;
    let count = words.nth(1)?.parse().ok()?;
    Some((generation, count))
}
