//! The rooms stand in an order, and each uses only those above it; few may touch the world.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms in reading order, as `src/lib.rs` lists them.
const ROOMS: [&str; 18] = [
    "words",
    "painter",
    "money",
    "dimension",
    "ledger",
    "import",
    "agree",
    "flow",
    "pool",
    "appraisal",
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
    &["import", "flow", "pool", "appraisal", "sankey"],
    &["agree", "flow", "pool", "appraisal", "sankey"],
    &["export", "store"],
    &["cli", "app"],
];

/// Files where a float stands beside money: a size on the screen, and what a workbook's cell
/// holds, which is read by its shortest text.
const FLOATS_BESIDE_MONEY: [&str; 15] = [
    "scene/room/page.rs",
    "money/amount.rs",
    "money/share.rs",
    "import/files/filler.rs",
    "flow/spec.rs",
    "scene/compare.rs",
    "scene/difference.rs",
    "scene/lens.rs",
    "scene/picture.rs",
    "scene/pool.rs",
    "scene/story/open.rs",
    "scene/story/picture.rs",
    "scene/story/pointing.rs",
    "scene/story/traces.rs",
    "scene/traced.rs",
];

/// Files that cut work up for all cores; threads of their own start in `app/jobs.rs` only.
const ON_ALL_CORES: [&str; 4] =
    ["painter/mod.rs", "export/png.rs", "import/files/read_ahead.rs", "import/lines/fingerprints.rs"];

/// Crates that know one format or one art, with the rooms that may know them.
const CRATES: [(&str, &[&str]); 10] = [
    ("calamine", &["import"]),
    ("quick_xml", &["import"]),
    ("cfb", &["import"]),
    ("encoding_rs", &["import"]),
    ("krilla", &["export"]),
    ("resvg", &["export"]),
    ("rust_xlsxwriter", &["export"]),
    ("kurbo", &["sankey", "figure", "scene", "export", "app"]),
    ("harfrust", &["figure"]),
    ("skrifa", &["figure"]),
];

/// Rooms that may ask whether a path is there, beside the store: a name that is offered for saving may be taken.
const ASK_FOR_PATHS: [&str; 3] = ["store", "cli", "app"];

/// Types that traits of the standard library ask for: no names of the program's own.
const OF_TRAITS: [&str; 5] = ["Err", "Error", "Item", "Output", "Value"];

/// A source file without its comments and its own tests.
pub(super) struct SourceFile {
    /// `flow/trace.rs`.
    pub(super) path: String,
    pub(super) room: String,
    /// The first of all, comments and all.
    first_line: String,
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
    let first_line = text.lines().next().unwrap_or_default().to_owned();
    SourceFile { path, room, first_line, code }
}

/// The type that a line defines, whatever is before it.
fn defined_type(line: &str) -> Option<String> {
    let mut words = line.split_whitespace().skip_while(|word| word.starts_with("pub"));
    // `pub(in crate::app)` is two words.
    let kind = words.find(|word| !word.ends_with(')'))?;
    let name = first_word(words.next()?);
    (["struct", "enum", "trait", "type", "union"].contains(&kind) && !OF_TRAITS.contains(&name.as_str()))
        .then_some(name)
}

fn document(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(name);
    fs::read_to_string(path).expect("the document is where it was")
}

/// What stands between backticks, outside blocks of code.
fn backticked(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
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
            let may =
                ["app", "main"].contains(&file.room.as_str()) || file.room == "painter" && word == "egui";
            !may && mentions(&file.code, word)
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
fn whether_a_path_is_there_is_asked_by_the_store_the_commands_and_the_window_only() {
    check("paths are the store's", |file| {
        !ASK_FOR_PATHS.contains(&file.room.as_str())
            && [".exists()", ".is_file()", ".is_dir()", ".read_dir()", ".metadata()", ".canonicalize()"]
                .iter()
                .any(|word| file.code.contains(word))
    });
}

#[test]
fn no_file_is_opened_to_be_added_to_or_cut() {
    // What is on the disk stays as it is until a whole one takes its place.
    check("append and set_len lose what was there", |file| {
        [".append(true)", ".set_len("].iter().any(|call| file.code.contains(call))
    });
}

#[test]
fn work_is_cut_up_for_all_cores_in_four_places() {
    check("rayon is for those who need all cores", |file| {
        mentions(&file.code, "rayon") && !ON_ALL_CORES.contains(&file.path.as_str())
    });
}

#[test]
fn formats_and_geometry_are_known_in_their_rooms_only() {
    for (word, rooms) in CRATES {
        check(&format!("{word} is for {}", rooms.join(", ")), |file| {
            !rooms.contains(&file.room.as_str()) && mentions(&file.code, word)
        });
    }
}

#[test]
fn threads_start_in_jobs_only() {
    check("std::thread stays in app/jobs.rs", |file| {
        file.path != "app/jobs.rs"
            && (mentions(&file.code, "std::thread") || mentions(&file.code, "thread::spawn"))
    });
}

#[test]
fn what_the_window_remembers_says_of_which_ledger_its_numbers_are() {
    // These hold the ledger itself beside the numbers.
    const WITH_THEIR_LEDGER: [&str; 3] = ["app/ledger/choice.rs", "app/ledger/rows.rs", "app/pool/lines.rs"];
    let is_bare = |line: &str| {
        let line = line.trim();
        let is_field =
            line.ends_with(',') && !line.contains('&') && !line.contains("fn ") && !line.contains("=>");
        let is_number = ["LineId", "NameId"].iter().any(|number| mentions(line, number));
        // A key of a revision is of that revision alone; what is imported is not kept.
        is_field
            && is_number
            && !line.contains("OfLedger<")
            && !line.contains("(u64, ")
            && line.contains([':', '('])
            && !line.contains("::")
    };
    check("numbers of lines and names are remembered with their ledger", |file| {
        file.room == "app"
            && !WITH_THEIR_LEDGER.contains(&file.path.as_str())
            && file.code.lines().any(is_bare)
    });
}

#[test]
fn nothing_opens_a_connection() {
    // The display itself may be reached through a socket; nothing else may.
    check("no network", |file| file.path != "app/run/display.rs" && mentions(&file.code, "std::net"));
}

#[test]
fn amounts_never_pass_through_floats() {
    let exact = [
        "money",
        "dimension",
        "ledger",
        "import",
        "agree",
        "flow",
        "pool",
        "appraisal",
        "place",
        "scene",
        "store",
    ];
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

#[test]
fn text_reaches_people_through_two_gates_that_hide_nothing() {
    // The terminal: both ways out are opened at the door, and what is said to a person is made plain there.
    check("the terminal is the door's", |file| {
        file.path != "main.rs" && ["stdout()", "stderr()"].iter().any(|way| file.code.contains(way))
    });
    let files = source_files();
    let code = |path: &str| &files.iter().find(|file| file.path == path).expect("it is there").code;
    let door = code("main.rs");
    assert_eq!(door.matches("stderr()").count(), door.matches("Plain::new(stderr())").count());
    assert_eq!(door.matches("stdout()").count(), 1);
    // The window: a look without the gate cannot be put on, and there is one look and one toolkit.
    assert!(code("app/style/mod.rs").contains("context.add_plugin(signs::Signs::default());"));
    assert!(code("app/window.rs").contains("style::install(context);"));
    check("the toolkit is begun where the window is", |file| {
        file.path != "app/run/cpu/running.rs" && file.code.contains("Context::default()")
    });
}

#[test]
fn every_file_opens_with_what_it_is_for() {
    check("a newcomer reads the first line first", |file| !file.first_line.starts_with("//! "));
}

#[test]
fn no_type_name_has_two_meanings() {
    let mut meanings: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in source_files() {
        for name in file.code.lines().filter_map(defined_type) {
            meanings.entry(name).or_default().push(file.path.clone());
        }
    }
    meanings.retain(|_, places| places.len() > 1);
    let twice: Vec<String> =
        meanings.iter().map(|(name, places)| format!("{name}: {}", places.join(", "))).collect();
    assert!(twice.is_empty(), "one word, one meaning:\n{}", twice.join("\n"));
}

#[test]
fn the_document_lists_the_rooms_in_their_order() {
    let text = document("ARCHITECTURE.md");
    let listed: Vec<&str> = text
        .split("\n## ")
        .find(|part| part.starts_with("The rooms"))
        .expect("there is a part about rooms")
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect();
    assert_eq!(listed, ROOMS);
}

/// Whether a file has a name in its code, or is called so.
fn names(file: &SourceFile, name: &str) -> bool {
    mentions(&file.code, name) || file.path.contains(name)
}

fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

#[test]
fn the_documents_name_what_is_there() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = source_files();
    let mut gone = Vec::new();
    for name in ["ARCHITECTURE.md", "CONTRIBUTING.md", "LAYOUT.md"] {
        let text = document(name);
        for said in backticked(&text) {
            let is_there = match said.split_once("::") {
                // `room::name`: the name stands in the room's code.
                Some((room, rest)) if ROOMS.contains(&room) => {
                    files.iter().any(|file| file.room == room && names(file, last_name(rest)))
                }
                // `Type::name`: some file knows both.
                Some((owner, rest)) if owner.starts_with(char::is_uppercase) => {
                    files.iter().any(|file| mentions(&file.code, owner) && names(file, last_name(rest)))
                }
                // A path, or the name of a file.
                None if ["src/", "tests/", "benches/", "docs/", "examples/", ".ci/"]
                    .iter()
                    .any(|top| said.starts_with(top)) =>
                {
                    root.join(said.split(' ').next().unwrap_or(said)).exists()
                }
                None if Path::new(said).extension().is_some_and(|ending| ending == "rs") => {
                    files.iter().any(|file| file.path.ends_with(said))
                        || root.join("tests/suite").join(said).exists()
                }
                _ => true,
            };
            if !is_there {
                gone.push(format!("{name}: `{said}`"));
            }
        }
    }
    assert!(gone.is_empty(), "{}", gone.join("\n"));
}
