//! Programs that do one thing again and again, and have themselves killed in the middle of it.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Starts this program again and again, kills it at a random moment of what it does second or later, however long that
/// takes, and looks after each for what was told to be safe. It is started as `WORDS PATH FIRST BYTES`.
///
/// # Errors
/// When something that was safe is lost or not whole, or when nothing was ever safe.
pub(crate) fn kill_again_and_again(
    words: &[&str],
    path: &Path,
    runs: &str,
    bytes: &str,
    look: impl Fn(&Path) -> Option<u64>,
) -> Result<(), String> {
    let failed = |error: io::Error| error.to_string();
    let program = std::env::current_exe().map_err(failed)?;
    let runs = number(runs)?;
    let (mut last, mut acknowledged, mut seed) = (0, 0, 1_u64);
    for run in 1..=runs {
        let mut saver = Command::new(&program);
        saver.args(words).arg(path).args([last.to_string().as_str(), bytes]).stdout(Stdio::piped());
        let mut saver = saver.spawn().map_err(failed)?;
        let mut lines = BufReader::new(saver.stdout.take().expect("it was asked for")).lines();
        // The first save tells how long one takes: the moment is somewhere in the second or soon after it.
        let mut told = vec![lines.next().transpose().map_err(failed)?.unwrap_or_default()];
        let since = Instant::now();
        told.extend(lines.next().transpose().map_err(failed)?);
        let each = since.elapsed();
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        std::thread::sleep(share_of(each, seed));
        saver.kill().map_err(failed)?;
        told.extend(lines.map_while(Result::ok));
        saver.wait().map_err(failed)?;
        let saved: Vec<u64> =
            told.iter().filter_map(|line| line.strip_prefix("saved ")?.parse().ok()).collect();
        let safe =
            saved.last().copied().ok_or_else(|| format!("run {run} saved nothing: {}", told.join("; ")))?;
        acknowledged += saved.len();
        match look(path) {
            // What was put in its place just before the end could no longer be told.
            Some(found) if found == safe || found == safe + 1 => last = found,
            Some(found) => return Err(format!("run {run}: {safe} was safe, and {found} is there")),
            None => return Err(format!("run {run}: {safe} was safe, and what is there is not whole")),
        }
    }
    let said = format!("{runs} kills in the middle, {acknowledged} acknowledged, lost: 0");
    writeln!(io::stdout(), "{said}").map_err(failed)
}

/// Somewhere from none of it to all of it.
fn share_of(whole: Duration, seed: u64) -> Duration {
    whole.mul_f64((seed >> 40) as f64 / f64::from(1_u32 << 24))
}

/// The number that a word is.
pub(crate) fn number(text: &str) -> Result<u64, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no number"))
}

/// How a program ends that has done what it was asked to.
pub(crate) fn ending(done: Result<(), String>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            let _ = writeln!(io::stderr(), "{why}");
            ExitCode::from(2)
        }
    }
}

/// Prints which generation is there, and how a program ends that was asked for it: 1 where what is there is not whole, 2
/// where nothing is.
pub(crate) fn answer(is_there: bool, generation: Option<u64>) -> ExitCode {
    match generation {
        Some(generation) => {
            let _ = writeln!(io::stdout(), "{generation}");
            ExitCode::SUCCESS
        }
        None => ExitCode::from(if is_there { 1 } else { 2 }),
    }
}

/// Says what became of a generation, at once: whoever listens may end this program at any moment.
pub(crate) fn tell(said: &str) -> Result<(), String> {
    let mut out = io::stdout();
    writeln!(out, "{said}").and_then(|()| out.flush()).map_err(|error| error.to_string())
}
