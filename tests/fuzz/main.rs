//! Damaged inputs for everything that reads: nothing may panic, hang or disagree with itself.
//!
//! `cargo test --test fuzz` replays the inputs kept in `tests/corpora`. To try new ones:
//! `cargo test --release --test fuzz -- --runs 1000000 amounts dates` (`--seed 7` to begin elsewhere); the program says
//! which seed made an input that failed, and `--runs 1 --seed THAT` makes it again.
#![expect(clippy::print_stdout, reason = "what was tried is told")]

mod journal;
mod mutate;
mod parts;
mod targets;

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use mutate::{Random, mutated};
use targets::{TARGETS, Target};

/// No input may keep the processors longer.
const LONGEST: Duration = Duration::from_secs(10);

fn main() {
    let mut arguments = std::env::args().skip(1);
    let (mut runs, mut seed, mut wanted) = (None, 0, Vec::new());
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--runs" => runs = arguments.next().and_then(|count| count.parse::<u64>().ok()),
            "--seed" => seed = arguments.next().and_then(|seed| seed.parse().ok()).unwrap_or(0),
            name => wanted.push(name.to_owned()),
        }
    }
    match runs {
        // Whatever else `cargo test` says is meant for other tests.
        None => TARGETS.iter().for_each(replay),
        Some(runs) => {
            for target in TARGETS.iter().filter(|target| wanted.iter().any(|name| name == target.name)) {
                search(target, runs, seed);
            }
        }
    }
}

/// The kept inputs of a target, by file name.
fn kept(target: &Target) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpora").join(target.name);
    let mut paths: Vec<_> =
        fs::read_dir(&folder).into_iter().flatten().filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} holds the inputs to begin with", folder.display());
    let mut inputs = Vec::new();
    for path in paths {
        let bytes = fs::read(&path).expect("a kept input can be read");
        if path.extension().is_some_and(|ending| ending == "list") {
            // Short inputs, one on each line.
            inputs.extend(bytes.split(|b| *b == b'\n').map(<[u8]>::to_vec));
        } else {
            inputs.push(bytes);
        }
    }
    inputs
}

fn replay(target: &Target) {
    let inputs = kept(target);
    for input in &inputs {
        (target.run)(input);
    }
    println!("{}: {} kept inputs", target.name, inputs.len());
}

fn search(target: &Target, runs: u64, first: u64) {
    let corpus = kept(target);
    let corpus: Vec<&[u8]> = corpus.iter().map(Vec::as_slice).collect();
    let begun = Instant::now();
    let (mut slowest, mut slowest_seed) = (Duration::ZERO, 0);
    for seed in first..first + runs {
        let input = mutated(&mut Random::new(seed), &corpus, target.tokens, target.longest);
        let before = Instant::now();
        let sound = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        let took = before.elapsed();
        assert!(sound.is_ok(), "{}: seed {seed} fails: {:?}", target.name, String::from_utf8_lossy(&input));
        // By the clock it may take that long where the machine has much else to do.
        if took >= LONGEST {
            let took = time_of_processors(|| (target.run)(&input));
            assert!(took < LONGEST, "{}: seed {seed} takes {took:?}", target.name);
        }
        if took > slowest {
            (slowest, slowest_seed) = (took, seed);
        }
    }
    println!(
        "{}: {runs} inputs from seed {first} in {:.0?}, the slowest (seed {slowest_seed}) {slowest:.1?}, {}",
        target.name,
        begun.elapsed(),
        most_memory()
    );
}

/// How long something keeps the processors, where the system tells; otherwise how long it takes.
fn time_of_processors(run: impl FnOnce()) -> Duration {
    /// Ticks of a second, by which Linux counts it.
    const TICK: Duration = Duration::from_millis(10);
    let ticks = || {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        // After the name, which may hold spaces: the time in the program, and in the system for it.
        let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
        Some(fields.get(11)?.parse::<u32>().ok()? + fields.get(12)?.parse::<u32>().ok()?)
    };
    let (clock, before) = (Instant::now(), ticks());
    run();
    match before.zip(ticks()) {
        Some((before, after)) => TICK * (after - before),
        None => clock.elapsed(),
    }
}

/// The most memory the program has held, where the system tells.
fn most_memory() -> String {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or_else(|| "memory not known".to_owned(), |peak| format!("at most {} of memory", peak.trim()))
}
