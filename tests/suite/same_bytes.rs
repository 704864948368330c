//! The same place gives the same bytes: of each kind of file, again and again, on one core and on many.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support_window::folder;

/// The day that pictures say they were made on; without it they are those of the same day.
const DAY: &str = "2024-08-31";

/// What the program writes with so many threads: the files of a folder by name, and what it prints.
fn written(sample: &Path, threads: &str) -> Vec<(String, Vec<u8>)> {
    let folder = folder();
    fs::copy(sample, folder.path().join("place.ron")).unwrap();
    fs::write(folder.path().join("spend.csv"), "Agency,Theme,Amount\nPolice,Safe,12.00\nFire,Safe,x\n")
        .unwrap();
    let run = |words: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_shadowpool"))
            .args(words)
            .current_dir(folder.path())
            .env("RAYON_NUM_THREADS", threads)
            .env_remove("DISPLAY")
            .output()
            .expect("the program starts");
        assert!(
            output.status.code().is_some_and(|code| code < 2),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        output.stdout
    };
    let mut all = Vec::new();
    for (name, words) in [
        ("totals.csv", &["totals", "place.ron", "--by", "agency,theme,service", "--format", "csv"][..]),
        ("totals.json", &["totals", "place.ron", "spend.csv", "--by", "supplier", "--format", "json"]),
        ("svg", &["render", "place.ron", "--date", DAY, "-o", "p.svg"]),
        (
            "themes",
            &["render", "place.ron", "--view", "themes", "--theme", "dark", "--date", DAY, "-o", "t.svg"],
        ),
        ("png", &["render", "place.ron", "--size", "640x400", "--date", DAY, "-o", "p.png"]),
        ("pdf", &["render", "place.ron", "--date", DAY, "-o", "p.pdf"]),
        ("import", &["import", "place.ron", "spend.csv", "-o", "new.ron"]),
        ("audit", &["check", "place.ron", "spend.csv", "--audit", "a.xlsx", "--format", "json"]),
        ("csv", &["check", "place.ron", "--audit", "a.csv", "--rejects", "r.csv"]),
    ] {
        all.push((name.to_owned(), run(words)));
    }
    let mut files: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    for file in files.into_iter().filter(|file| file.is_file()) {
        all.push((file.file_name().unwrap().to_string_lossy().into_owned(), fs::read(file).unwrap()));
    }
    all
}

#[test]
fn the_same_place_gives_the_same_bytes_on_one_core_and_on_many() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/west-cheshire.ron");
    let once = written(&sample, "1");
    assert_eq!(once.len(), 9 + 10, "{:?}", once.iter().map(|(name, _)| name).collect::<Vec<_>>());
    for threads in ["1", "2", "7"] {
        for ((name, first), (_, again)) in once.iter().zip(written(&sample, threads)) {
            assert!(*first == again, "{name} with {threads} threads is not what it was");
        }
    }
}
