//! The rooms stand in an order, and each uses only those above it; few may touch the world.

use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in reading order, as `src/lib.rs` lists them.
const ROOMS: [&str; 17] = [
    "words",
    "painter",
    "money",
    "dimension",
    "ledger",
    "import",
    "agree",
    "flow",
    "pool",
    "sankey",
    "figure",
    "place",
    "scene",
    "export",
    "store",
    "cli",
    "app",
];

/// Rooms on one floor, which do not know each other.
const STRANGERS: [&[&str]; 4] = [
    &["import", "flow", "pool", "sankey"],
    &["agree", "flow", "pool", "sankey"],
    &["export", "store"],
    &["cli", "app"],
];

/// Files where a float stands beside money: a size on the screen, and what a workbook's cell
/// holds, which is read by its shortest text.
const FLOATS_BESIDE_MONEY: [&str; 7] = [
    "money/amount.rs",
    "money/share.rs",
    "import/files/filler.rs",
    "flow/spec.rs",
    "scene/compare.rs",
    "scene/picture.rs",
    "scene/pool.rs",
];

/// A source file without its comments and its own tests.
pub(super) struct SourceFile {
    /// `flow/trace.rs`.
    pub(super) path: String,
    pub(super) room: String,
    pub(super) code: String,
}

pub(super) fn source_files() -> Vec<SourceFile> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![root.clone()];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("src is a folder") {
            let path: PathBuf = entry.expect("an entry").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "rs") {
                files.push(source_file(&root, &path));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 100, "the source is where it was");
    files
}

fn source_file(root: &Path, path: &Path) -> SourceFile {
    let text = fs::read_to_string(path).expect("source is text");
    let below = path.strip_prefix(root).expect("it was found there");
    let path = below.to_string_lossy().replace('\\', "/");
    let room = path.split('/').next().unwrap_or_default().trim_end_matches(".rs").to_owned();
    // Tests may look at anything, in a file of their own too.
    let is_all_tests = path.ends_with("/tests.rs");
    let before_tests =
        text.split("#[cfg(test)]\nmod tests {").next().filter(|_| !is_all_tests).unwrap_or_default();
    let code = before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    SourceFile { path, room, code }
}

/// Where `word` stands by itself in the code.
fn mentions(code: &str, word: &str) -> bool {
    let is_part_of_word = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].chars().next_back().is_some_and(is_part_of_word)
            && !code[at + word.len()..].chars().next().is_some_and(is_part_of_word)
    })
}

/// The rooms a file names in `crate::…` paths.
fn rooms_used(code: &str) -> Vec<String> {
    code.split("crate::")
        .skip(1)
        .flat_map(|after| {
            let listed = after.strip_prefix('{').and_then(|list| list.split_once('}'));
            match listed {
                Some((list, _)) => list.split(',').map(first_word).collect::<Vec<_>>(),
                None => vec![first_word(after)],
            }
        })
        .filter(|room| !room.is_empty())
        .collect()
}

fn first_word(text: &str) -> String {
    text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// Every file where `is_wrong` holds, by path.
fn check(rule: &str, is_wrong: impl Fn(&SourceFile) -> bool) {
    let wrong: Vec<String> = source_files().into_iter().filter(is_wrong).map(|file| file.path).collect();
    assert!(wrong.is_empty(), "{rule}: {}", wrong.join(", "));
}

#[test]
fn the_library_lists_its_rooms_in_their_order() {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/lib.rs")).unwrap();
    let rooms: Vec<&str> =
        text.lines().filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';')).collect();
    assert_eq!(rooms, ROOMS);
}

#[test]
fn a_room_uses_only_the_rooms_above_it() {
    let floor = |room: &str| ROOMS.iter().position(|known| *known == room);
    let mut wrong = Vec::new();
    for file in source_files() {
        let Some(own) = floor(&file.room) else { continue };
        for used in rooms_used(&file.code) {
            if floor(&used).is_none_or(|used| used > own) {
                wrong.push(format!("{} uses {used}", file.path));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn rooms_of_one_floor_do_not_know_each_other() {
    for strangers in STRANGERS {
        check("strangers stay strangers", |file| {
            strangers.contains(&file.room.as_str())
                && rooms_used(&file.code)
                    .iter()
                    .any(|used| *used != file.room && strangers.contains(&used.as_str()))
        });
    }
}

#[test]
fn the_layout_knows_no_other_room() {
    check("sankey stands alone", |file| {
        file.room == "sankey" && rooms_used(&file.code).iter().any(|used| used != "sankey")
    });
}

#[test]
fn only_the_window_knows_its_toolkit() {
    for word in ["egui", "eframe", "egui_plot", "egui_extras", "winit", "rfd", "softbuffer"] {
        check(&format!("{word} stays in app (and egui in painter)"), |file| {
            !["app", "main"].contains(&file.room.as_str())
                && !(file.room == "painter" && word == "egui")
                && mentions(&file.code, word)
        });
    }
    // The program's door asks where settings are kept, and nothing else.
    let door =
        source_files().into_iter().find(|file| file.path == "main.rs").expect("the program has a door");
    assert_eq!(door.code.matches("eframe").count(), 1);
    assert!(!mentions(&door.code, "egui"));
}

#[test]
fn only_the_store_touches_the_disk() {
    check("std::fs stays in store", |file| {
        file.room != "store"
            && (["std::fs", "fs::File", "fs::read", "fs::write", "OpenOptions"]
                .iter()
                .any(|word| mentions(&file.code, word))
                || file.code.contains("std::{") && mentions(&file.code, "fs"))
    });
}

#[test]
fn threads_start_in_jobs_only() {
    check("std::thread stays in app/jobs.rs", |file| {
        file.path != "app/jobs.rs"
            && (mentions(&file.code, "std::thread") || mentions(&file.code, "thread::spawn"))
    });
}

#[test]
fn nothing_opens_a_connection() {
    // The display itself may be reached through a socket; nothing else may.
    check("no network", |file| file.path != "app/run/display.rs" && mentions(&file.code, "std::net"));
}

#[test]
fn amounts_never_pass_through_floats() {
    let exact = ["money", "dimension", "ledger", "import", "flow", "pool", "place", "scene", "store"];
    check("floats stay away from money", |file| {
        exact.contains(&file.room.as_str())
            && !FLOATS_BESIDE_MONEY.contains(&file.path.as_str())
            && (mentions(&file.code, "f64") || mentions(&file.code, "f32"))
    });
}

#[test]
fn amounts_become_approximate_in_figures_only() {
    check("to_approximate is for widths and percentages", |file| {
        !["money", "figure"].contains(&file.room.as_str()) && mentions(&file.code, "to_approximate")
    });
}

#[test]
fn nothing_is_printed_but_through_a_given_writer() {
    check("print goes through the writer", |file| {
        ["println!", "eprintln!", "print!", "eprint!"].iter().any(|word| mentions(&file.code, word))
    });
}
