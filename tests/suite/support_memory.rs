//! The memory of a process, and tests that are run in one of their own to look at it.

use std::path::Path;
use std::process::Command;

/// What this process has of memory, bytes; none where the system does not tell it so.
pub(crate) fn resident() -> Option<usize> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    line.split_whitespace().nth(1)?.parse::<usize>().ok().map(|kib| kib << 10)
}

/// Runs an ignored test in a process of its own: the memory of this one is that of all its tests. Where the system does not
/// tell it, nothing is run.
#[track_caller]
pub(crate) fn passes_alone(test: &str) {
    if resident().is_some() {
        passes_in(Path::new("."), test, &[]);
    }
}

/// Runs an ignored test in a process of its own, which is in this folder and is told these words.
#[track_caller]
pub(crate) fn passes_in(folder: &Path, test: &str, told: &[(&str, String)]) {
    let mut alone = Command::new(std::env::current_exe().unwrap());
    alone.args(["--ignored", "--exact", test]).current_dir(folder);
    let run = alone.envs(told.iter().map(|(name, words)| (name, words))).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}
