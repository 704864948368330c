//! Journals that were damaged, and journals that are whole and say what no window would: both are listed and, as far
//! as they go, brought back.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use sha2::{Digest as _, Sha256};
use shadowpool::place::{Place, write_place};
use shadowpool::store::{ComesBack, ContentHash, LeftBehind, left_behind};

const TITLE: &str = "shadowpool journal 2 1-1-1\n";

/// A folder for journals, in memory where the system has such a thing.
struct Folder(tempfile::TempDir);

thread_local! {
    static FOLDER: RefCell<Option<Folder>> = const { RefCell::new(None) };
}

/// Lists and brings back a journal with this log, and files beside it.
fn bring_back(log: &[u8], files: &[(String, Vec<u8>)]) {
    FOLDER.with_borrow_mut(|folder| {
        let folder = folder.get_or_insert_with(|| {
            let memory = Path::new("/dev/shm");
            let made = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
            Folder(made.expect("a folder for a moment"))
        });
        let journals: PathBuf = folder.0.path().join("journals");
        let own = journals.join("1-1-1");
        fs::create_dir_all(&own).expect("a folder can be made");
        fs::write(own.join("log"), log).expect("a file can be written");
        for (name, bytes) in files {
            fs::write(own.join(name), bytes).expect("a file can be written");
        }
        for one in left_behind(&journals, folder.0.path()) {
            check(&one);
        }
        let _ = fs::remove_dir_all(&journals);
    });
}

/// What comes back can be gone through, and comes to what is told.
fn check(one: &LeftBehind) {
    let Ok(recovered) = one.bring_back(ComesBack::WithItsFile) else { return };
    let mut history = recovered.history;
    assert!(recovered.file.is_none(), "no file is what it says");
    assert!(history.is_changed(), "what was brought back counts as changed");
    let state = history.state();
    while history.undo().is_some() {}
    while history.redo().is_some() {}
    assert!(history.go_to(state), "every state that was there is found again");
    write_place(history.place());
}

/// A log as it lies on the disk.
pub(super) fn damaged(bytes: &[u8]) {
    bring_back(bytes, &[]);
}

/// Lines of a state and what an entry says, each made an entry that is whole, of a place that is kept.
pub(super) fn entries(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (mut log, mut files) = begun();
    for (number, line) in (3..).zip(text.lines()) {
        let (state, payload) = line.split_once(' ').unwrap_or(("1", line));
        log += &framed(number, state.parse().unwrap_or(1), payload);
    }
    bring_back(log.as_bytes(), &std::mem::take(&mut files));
}

/// A file of lines that a step brings.
pub(super) fn lines(bytes: &[u8]) {
    let (mut log, mut files) = begun();
    let name = "lines-1.columns".to_owned();
    let command = "AddLines((title:\"x\",sources:[],agencies:[],ledger:[]))";
    let hash = ContentHash::of(bytes);
    let lines = format!("lines:[Some((name:\"{name}\",hash:\"{hash}\"))]");
    log += &framed(3, 1, &format!("Do((label:\"Add x\",total:\"1\",command:{command},{lines}))"));
    files.push((name, bytes.to_owned()));
    bring_back(log.as_bytes(), &files);
}

/// The beginning of a journal, and the place that is kept beside it.
fn begun() -> (String, Vec<(String, Vec<u8>)>) {
    let text = write_place(&Place { name: "Town".to_owned(), ..Place::default() });
    let hash = ContentHash::of(text.as_bytes());
    let kept = format!("Kept((place:(name:\"place-1.ron\",hash:\"{hash}\")))");
    let mut log = TITLE.to_owned();
    log += &framed(1, 0, "Begin((name:\"Town\",total:\"0\",is_saved:false))");
    log += &framed(2, 0, &kept);
    (log, vec![("place-1.ron".to_owned(), text.into_bytes())])
}

fn framed(number: u64, state: u64, payload: &str) -> String {
    let bytes = payload.len();
    let mut text =
        format!("#{number} state {state} format 2 version 0.1.0 time 1700000000 bytes {bytes} check ");
    let mut hasher = Sha256::new();
    for part in [TITLE, &text, payload] {
        hasher.update(part.as_bytes());
    }
    for byte in &hasher.finalize()[..8] {
        write!(text, "{byte:02x}").expect("a text grows");
    }
    text + "\n" + payload + "\n"
}
