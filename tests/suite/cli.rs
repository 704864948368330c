//! Each command as people and scripts run it: arguments, output, messages and exit status.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Read as _, Write as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use shadowpool::money::Money;
use shadowpool::place::write_place;
use tempfile::TempDir;

use crate::sample_data::SAMPLES;
use crate::support_ledgers::{money, small_place};

/// A folder with the small place and a file of spending that has a bad row and a total row.
fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    fs::write(folder.path().join("small.ron"), write_place(&small_place())).unwrap();
    fs::write(folder.path().join("spend.csv"), SPEND).unwrap();
    folder
}

const SPEND: &str = "Agency,Theme,Amount
Council,Early years,300.00
Council,Early years,lots
Health,Ageing well,(20.50)
Health,Ageing well,\"1,000.00\"
Total,,1279.50
";

/// The program with these words, in this folder, given this on standard input.
pub(crate) fn run(folder: &Path, words: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_shadowpool"))
        .args(words)
        .current_dir(folder)
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("WAYLAND_SOCKET")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    child.stdin.take().expect("it listens").write_all(input.as_bytes()).expect("it reads");
    let output = child.wait_with_output().expect("it ends");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!said.contains("panicked") && !said.contains("backtrace"), "{said}");
    output
}

pub(crate) fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("text")
}

pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("text")
}

/// What the program prints and says, and its status.
fn check(words: &[&str], expected: &str, messages: &str, status: i32) {
    let folder = folder();
    let output = run(folder.path(), words, "");
    assert_eq!(out(&output), expected, "{words:?}");
    assert_eq!(said(&output), messages, "{words:?}");
    assert_eq!(output.status.code(), Some(status), "{words:?}");
}

/// It cannot run, says so in one line, and prints nothing.
fn check_refused(words: &[&str], message: &str) {
    check(words, "", &format!("shadowpool: {message}\n"), 2);
}

fn json(folder: &Path, words: &[&str]) -> Value {
    let output = run(folder, words, "");
    serde_json::from_str(&out(&output)).unwrap_or_else(|error| panic!("{error}: {}", said(&output)))
}

fn sample(name: &str) -> String {
    format!("{}/sample-data/{name}", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn totals_are_a_table_to_read() {
    check(
        &["totals", "small.ron", "--by", "theme,agency"],
        "Year: 2024/25

Theme        Agency   Amount (£)  Lines
---------------------------------------
Early years  Council      300.00      1
Early years  Health       100.00      1
---------------------------------------
Total                     400.00      2

Year: 2023/24

Theme        Agency   Amount (£)  Lines
---------------------------------------
Ageing well  Council       50.25      1
---------------------------------------
Total                      50.25      1

Lines of different years (2023/24 and 2024/25) are not added: each has its own total.
",
        "",
        0,
    );
}

#[test]
fn totals_are_json_for_programs() {
    check(
        &["totals", "small.ron", "--where", "year=2024/25", "--by", "agency", "--format", "json"],
        "{\"lines\": 2, \"total\": \"400.00\", \"by\": [\"agency\"], \"rows\": [
  {\"agency\": \"Council\", \"amount\": \"300.00\", \"lines\": 1},
  {\"agency\": \"Health\", \"amount\": \"100.00\", \"lines\": 1}
]}
",
        "",
        0,
    );
}

#[test]
fn totals_are_csv_for_spreadsheets() {
    check(
        &["totals", "small.ron", "--by", "year,service", "--format", "csv"],
        "year,service,amount,lines
2024/25,Nurseries,300.00,1
2024/25,Midwives,100.00,1
2023/24,Day care,50.25,1
",
        "",
        0,
    );
}

#[test]
fn totals_without_a_dimension_are_the_total() {
    check(
        &["totals", "small.ron", "--where", "year=2024/25", "--format", "json"],
        "{\"lines\": 2, \"total\": \"400.00\", \"by\": [], \"rows\": [\n  {\"amount\": \"400.00\", \"lines\": 2}\n]}\n",
        "",
        0,
    );
}

#[test]
fn totals_of_two_years_are_two_in_json_and_csv_with_the_reason() {
    let why = "Lines of different years (2023/24 and 2024/25) are not added: each has its own total.";
    check(
        &["totals", "small.ron", "--format", "json"],
        &format!(
            "{{\"lines\": 3, \"totals\": [
  {{\"year\": \"2024/25\", \"total\": \"400.00\", \"lines\": 2}},
  {{\"year\": \"2023/24\", \"total\": \"50.25\", \"lines\": 1}}
], \"why\": \"{why}\", \"by\": [], \"rows\": [
  {{\"year\": \"2024/25\", \"amount\": \"400.00\", \"lines\": 2}},
  {{\"year\": \"2023/24\", \"amount\": \"50.25\", \"lines\": 1}}
]}}
"
        ),
        "",
        0,
    );
    check(
        &["totals", "small.ron", "--by", "agency", "--format", "csv"],
        &format!(
            "agency,year,amount,lines,why\nCouncil,2024/25,300.00,1,{why}\nHealth,2024/25,100.00,1,{why}\n\
             Council,2023/24,50.25,1,{why}\n"
        ),
        "",
        0,
    );
}

#[test]
fn two_counts_of_greater_manchester_are_never_added() {
    let folder = folder();
    let value = json(folder.path(), &["totals", &sample("greater-manchester.ron"), "--format", "json"]);
    assert!(value.get("total").is_none(), "{value}");
    let totals: Vec<&str> =
        value["totals"].as_array().unwrap().iter().map(|part| part["total"].as_str().unwrap()).collect();
    assert_eq!(totals, ["630000000.00", "22000000000.00"]);
}

#[test]
fn a_condition_keeps_some_lines_and_several_values_are_alternatives() {
    let json_of = |conditions: &[&str]| {
        let folder = folder();
        let words: Vec<&str> = ["totals", "small.ron", "--format", "json"]
            .into_iter()
            .chain(conditions.iter().flat_map(|condition| ["--where", condition]))
            .collect();
        json(folder.path(), &words)["total"].clone()
    };
    assert_eq!(json_of(&["year=2024-25"]), "400.00");
    assert_eq!(json_of(&["service=Nurseries", "service=Midwives"]), "400.00");
    assert_eq!(json_of(&["agency=Council", "theme=Early years"]), "300.00");
    assert_eq!(json_of(&["year=2024/25", "funder=Not stated"]), "400.00");
}

#[test]
fn a_value_that_no_line_has_is_told_with_the_nearest() {
    check(
        &["totals", "small.ron", "--where", "theme=Aging well", "--format", "csv"],
        "amount,lines\n",
        "shadowpool: no line has the theme \"Aging well\"; did you mean \"Ageing well\"?\n",
        0,
    );
}

#[test]
fn spending_files_are_added_up_with_places() {
    let folder = folder();
    let value =
        json(folder.path(), &["totals", "small.ron", "spend.csv", "--by", "agency", "--format", "json"]);
    // The file says no year, so its lines stand for themselves.
    let totals = value["totals"].as_array().unwrap();
    let totals: Vec<&str> = totals.iter().map(|part| part["total"].as_str().unwrap()).collect();
    assert_eq!(totals, ["400.00", "50.25", "1279.50"]);
    assert_eq!(value["lines"], 6);
}

#[test]
fn standard_input_is_a_file_named_with_a_dash() {
    let folder = folder();
    let output =
        run(folder.path(), &["totals", "-", "--format", "csv"], "Agency,Amount\nCouncil,1.10\nHealth,2.20\n");
    assert_eq!((out(&output).as_str(), output.status.code()), ("amount,lines\n3.30,2\n", Some(0)));
}

#[test]
fn rows_that_cannot_be_read_are_counted_and_the_rest_stands() {
    check(
        &["totals", "spend.csv", "--by", "agency", "--format", "csv"],
        "agency,amount,lines\nHealth,979.50,2\nCouncil,300.00,1\n",
        "shadowpool: spend.csv: 1 row could not be read and is not counted; `shadowpool check` lists it\n",
        1,
    );
}

#[test]
fn check_says_what_was_read_and_what_was_not() {
    check(
        &["check", "spend.csv"],
        "spend.csv: csv, utf-8
  6 rows: 3 read, 2 passed over, 1 rejected; 3 lines, £1,279.50
  columns: agency from \"Agency\", theme from \"Theme\", amount from \"Amount\"
  4 numbers: 3 read as amounts; 1 total row
  row 6: total row: Total, 1279.50
  spend.csv, row 3, Amount: \"lots\" is not an amount of money, such as 1250.00 or (1,250.00) [amount-unreadable]
3 lines, £1,279.50
",
        "",
        1,
    );
    check(
        &["check", "small.ron"],
        "small.ron: a place, Small Town with 3 lines, £450.25\n3 lines, £450.25\n",
        "",
        0,
    );
}

#[test]
fn check_as_json_has_every_documented_field() {
    let folder = folder();
    let value = json(folder.path(), &["check", "spend.csv", "--format", "json"]);
    let file = &value["files"][0];
    assert_eq!(file["file"], "spend.csv");
    assert_eq!(file["format"], "csv");
    assert_eq!(file["encoding"], "utf-8");
    assert_eq!(file["sheet"], Value::Null);
    assert_eq!(file["header_row"], 1);
    assert_eq!(file["columns"]["amount"], "Amount");
    assert_eq!(file["lines"], 3);
    assert_eq!(file["total"], "1279.50");
    assert_eq!(file["negative_lines"], 1);
    assert_eq!(file["skipped"][0]["row"], 6);
    assert_eq!(file["skipped"][0]["reason"], "total row");
    assert_eq!(file["skipped"][0]["text"], "Total, 1279.50");
    let problem = &file["problems"][0];
    assert_eq!((problem["row"].as_u64(), problem["column"].as_str()), (Some(3), Some("Amount")));
    assert_eq!(
        (problem["severity"].as_str(), problem["code"].as_str()),
        (Some("error"), Some("amount-unreadable"))
    );
    assert_eq!((value["lines"].as_u64(), value["total"].as_str()), (Some(3), Some("1279.50")));
}

#[test]
fn check_lists_a_file_that_could_not_be_read_at_all() {
    let folder = folder();
    fs::write(folder.path().join("empty.csv"), "").unwrap();
    fs::write(folder.path().join("bad.ron"), "(format: 1, nam: \"Here\")").unwrap();
    let output = run(folder.path(), &["check", "empty.csv", "bad.ron", "spend.csv", "--format", "json"], "");
    let value: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(value["lines"], 3);
    let codes: BTreeMap<&str, &str> = value["files"]
        .as_array()
        .unwrap()
        .iter()
        .map(|file| (file["file"].as_str().unwrap(), file["problems"][0]["code"].as_str().unwrap()))
        .collect();
    assert_eq!(codes["bad.ron"], "place-unreadable");
    assert_eq!(codes["spend.csv"], "amount-unreadable");
    assert!(codes.contains_key("empty.csv"));
}

#[test]
fn import_makes_a_place_that_gives_the_same_sums() {
    let folder = folder();
    let output = run(folder.path(), &["import", "spend.csv", "--set", "year=2024/25", "-o", "made.ron"], "");
    let printed = out(&output);
    assert!(printed.starts_with("spend.csv: csv, utf-8\n"), "as check does: {printed}");
    assert!(printed.ends_with("made.ron: 3 lines, £1,279.50; 1 row rejected\n"), "{printed}");
    assert_eq!(output.status.code(), Some(1));
    let totals =
        |file: &str| json(folder.path(), &["totals", file, "--by", "agency,theme", "--format", "json"]);
    assert_eq!(totals("made.ron"), totals("spend.csv"));
    let text = fs::read_to_string(folder.path().join("made.ron")).unwrap();
    assert!(text.contains(", 2024/25\",") && text.contains("year: \"2024/25\"") && text.contains("row: 4"));
}

#[test]
fn import_adds_files_to_a_place() {
    let folder = folder();
    let output = run(folder.path(), &["import", "small.ron", "spend.csv", "-o", "both.ron"], "");
    assert_eq!(output.status.code(), Some(1));
    let value = json(folder.path(), &["totals", "both.ron", "--by", "year", "--format", "json"]);
    assert_eq!((value["lines"].as_u64(), value["total"].as_str()), (Some(6), Some("1729.75")));
}

#[test]
fn sectors_that_nobody_stated_stay_so_through_an_import() {
    let folder = folder();
    run(folder.path(), &["import", "spend.csv", "-o", "made.ron"], "");
    let totals = |file: &str| json(folder.path(), &["totals", file, "--by", "sector", "--format", "json"]);
    assert_eq!(totals("made.ron"), totals("spend.csv"));
    assert_eq!(totals("made.ron")["rows"][0]["sector"], "Not stated");
}

#[test]
fn layout_is_json_to_the_pixel() {
    let folder = folder();
    let graph = r#"{"nodes": [{"id": "a", "name": "A", "layer": 0}, {"id": "b", "name": "B", "layer": 1}],
                    "links": [{"source": "a", "target": "b", "value": 5}]}"#;
    fs::write(folder.path().join("graph.json"), graph).unwrap();
    let value = json(folder.path(), &["layout", "graph.json", "--size", "400x300"]);
    assert_eq!((value["width"].as_f64(), value["height"].as_f64()), (Some(400.0), Some(300.0)));
    assert_eq!(value["nodes"].as_array().map(Vec::len), Some(2));
    assert_eq!(value["links"][0]["value"], 5.0);
    fs::write(folder.path().join("before.json"), value.to_string()).unwrap();
    let again = json(folder.path(), &["layout", "graph.json", "--size", "400x300", "--prev", "before.json"]);
    assert_eq!(again["nodes"], value["nodes"]);
}

#[test]
fn what_cannot_run_says_why_in_one_line() {
    check_refused(&["totals", "none.ron"], "none.ron: there is no such file; check the name and the folder");
    check_refused(&["totals", "."], ".: this is a folder; name a file in it");
    check_refused(
        &["render", "small.ron", "-o", "picture.gif"],
        "picture.gif: the file's ending says what is drawn; use .svg, .png or .pdf, or .txt for the picture in words",
    );
    check_refused(
        &["render", "small.ron", "--year", "2024/25", "-o", "nowhere/picture.svg"],
        "nowhere/picture.svg: its folder does not exist; save it elsewhere",
    );
    check_refused(
        &["render", "small.ron", "--layers", "agency", "-o", "picture.svg"],
        "--layers: a picture of flows has two to six layers; this would have 1",
    );
    check_refused(
        &["import", "spend.csv", "-o", "nowhere/place.ron"],
        "nowhere/place.ron: its folder does not exist; save it elsewhere",
    );
    check_refused(
        &["layout", "none.json"],
        "none.json: there is no such file; check the name and the folder",
    );
}

#[test]
fn mistyped_options_are_told_with_what_would_be_right() {
    let folder = folder();
    for (words, message) in [
        (&["totals", "small.ron", "--by", "agnecy"][..], "Did you mean \"agency\"?"),
        (&["totals", "small.ron", "--where", "theme"], "theme"),
        (&["totals", "small.ron", "--format", "xml"], "[possible values: table, csv, json]"),
        (&["totals"], "required arguments were not provided"),
        (
            &["render", "small.ron", "-o", "a.svg", "--size", "wide"],
            "write WIDTHxHEIGHT in pixels, such as 1280x720",
        ),
        (&["--renderer", "crayon"], "[possible values: auto, gpu, cpu]"),
    ] {
        let output = run(folder.path(), words, "");
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(said(&output).contains(message), "{words:?}: {}", said(&output));
        assert!(out(&output).is_empty());
    }
}

#[test]
fn help_and_version_are_printed() {
    let folder = folder();
    for words in [&["--help"][..], &["totals", "--help"], &["render", "--help"], &["--version"]] {
        let output = run(folder.path(), words, "");
        assert_eq!(output.status.code(), Some(0), "{words:?}");
        assert!(out(&output).contains("shadowpool"), "{words:?}");
    }
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = folder();
    let mut rows = "agency,supplier,amount\n".to_owned();
    rows.extend((0..30_000).map(|number| format!("Council,Supplier {number},{number}.50\n")));
    fs::write(folder.path().join("many.csv"), rows).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_shadowpool"))
        .args(["totals", "many.csv", "--by", "supplier", "--format", "json"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program starts");
    let mut first = [0; 10];
    child.stdout.take().expect("it prints").read_exact(&mut first).expect("some of it");
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((said(&output).as_str(), output.status.code()), ("", Some(0)));
}

#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_told() {
    let folder = folder();
    let full = fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
    let output = Command::new(env!("CARGO_BIN_EXE_shadowpool"))
        .args(["totals", "small.ron"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn()
        .and_then(std::process::Child::wait_with_output)
        .expect("the program runs");
    assert_eq!(output.status.code(), Some(2), "{}", said(&output));
    assert!(said(&output).contains("could not be written"), "{}", said(&output));
}

#[test]
fn without_a_display_the_window_says_what_works_without_one() {
    check_refused(
        &[],
        "there is no display to open a window on; `shadowpool render` draws to a file and `shadowpool totals` prints \
         the sums without one",
    );
}

/// What a picture says its nodes and bands hold: every title with an amount in full.
fn titles(svg: &str) -> Vec<(String, Money)> {
    svg.split("<title>")
        .skip(1)
        .filter_map(|rest| rest.split_once("</title>"))
        .filter_map(|(title, _)| {
            let (name, rest) = title.rsplit_once(": ")?;
            let amount = rest.split(", ").next()?.split(" of ").next()?;
            let amount = amount.replace('\u{2212}', "-").parse().ok()?;
            Some((name.replace("&amp;", "&").replace("&#39;", "'").replace("&quot;", "\""), amount))
        })
        .collect()
}

#[test]
fn a_picture_holds_what_the_totals_hold() {
    let folder = folder();
    let words = ["render", "small.ron", "--layers", "agency,theme,service", "-o", "picture.svg"];
    let output = run(folder.path(), &words, "");
    assert_eq!(output.status.code(), Some(0));
    // Two years are two totals, and so two pictures.
    let newest = "shadowpool: drawn is 2024/25, the newest year; another is chosen with --year\n";
    assert_eq!(said(&output), newest);
    let svg = fs::read_to_string(folder.path().join("picture.svg")).unwrap();
    let mut found = titles(&svg);
    found.sort();
    let expected = [
        ("Council", "300.00"),
        ("Council → Early years", "300.00"),
        ("Early years", "400.00"),
        ("Early years → Midwives", "100.00"),
        ("Early years → Nurseries", "300.00"),
        ("Health", "100.00"),
        ("Health → Early years", "100.00"),
        ("Midwives", "100.00"),
        ("Nurseries", "300.00"),
    ];
    assert_eq!(found, expected.map(|(name, amount)| (name.to_owned(), money(amount))));
    assert!(svg.contains("Total £400.00, the sum of 2 lines."));
}

#[test]
fn the_picture_of_every_sample_adds_up_to_its_totals() {
    let folder = folder();
    for name in SAMPLES {
        let file = sample(name);
        let words = ["render", &file, "--layers", "agency,theme", "--size", "1600x1200", "-o", "picture.svg"];
        assert_eq!(run(folder.path(), &words, "").status.code(), Some(0), "{name}");
        let svg = fs::read_to_string(folder.path().join("picture.svg")).unwrap();
        // The small print under the picture says of how many lines, and of which total, it is a picture.
        let note = svg.split("Total £").nth(1).and_then(|rest| rest.split(", the sum").next());
        let total = money(note.expect("the small print says the total"));
        let bands: Money =
            titles(&svg).into_iter().filter(|(name, _)| name.contains(" → ")).map(|(_, amount)| amount).sum();
        assert_eq!(bands, total, "{name}");
    }
}

#[test]
fn pictures_are_the_same_bytes_on_every_run() {
    let folder = folder();
    let draw = |out: &str| {
        let words = ["render", "small.ron", "-o", out];
        assert_eq!(run(folder.path(), &words, "").status.code(), Some(0));
        fs::read(folder.path().join(out)).unwrap()
    };
    assert_eq!(draw("a.svg"), draw("b.svg"));
    assert_eq!(draw("a.png"), draw("b.png"));
    assert!(draw("a.pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_page_is_as_large_as_the_paper_asked_for() {
    let folder = folder();
    let page = |paper: &[&str]| {
        let words = [&["render", "small.ron", "-o", "page.pdf"], paper].concat();
        assert_eq!(run(folder.path(), &words, "").status.code(), Some(0), "{paper:?}");
        let bytes = fs::read(folder.path().join("page.pdf")).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        let size = text.split("/MediaBox").nth(1).and_then(|rest| rest.split(['[', ']']).nth(1));
        size.expect("a page has a size").trim().to_owned()
    };
    assert_eq!(page(&[]), "0 0 960 600");
    assert_eq!(page(&["--paper", "a4"]), "0 0 841.89 595.28");
    assert_eq!(page(&["--paper", "a3"]), "0 0 1190.55 841.89");
    check_refused(
        &["render", "small.ron", "--paper", "a4", "-o", "picture.svg"],
        "--paper is for a page; write picture.svg as .pdf, or leave --paper out",
    );
}

#[test]
fn every_sample_has_the_same_total_by_every_dimension() {
    const DIMENSIONS: [&str; 14] = [
        "funder",
        "agency",
        "sector",
        "theme",
        "service",
        "provider",
        "cohort",
        "area",
        "year",
        "stage",
        "type",
        "ringfence",
        "evidence",
        "supplier",
    ];
    let folder = folder();
    for name in SAMPLES {
        let file = sample(name);
        let sums = |value: &Value| -> Vec<Money> {
            match value.get("totals") {
                Some(parts) => parts
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(|part| money(part["total"].as_str().unwrap()))
                    .collect(),
                None => vec![money(value["total"].as_str().unwrap())],
            }
        };
        let whole = json(folder.path(), &["totals", &file, "--format", "json"]);
        let all: Money = sums(&whole).into_iter().sum();
        for dimension in DIMENSIONS {
            let value = json(folder.path(), &["totals", &file, "--by", dimension, "--format", "json"]);
            assert_eq!(value["lines"], whole["lines"], "{name} {dimension}");
            assert_eq!(sums(&value).into_iter().sum::<Money>(), all, "{name} {dimension}");
            let rows = value["rows"].as_array().unwrap();
            let sum: Money = rows.iter().map(|row| money(row["amount"].as_str().unwrap())).sum();
            assert_eq!(sum, all, "{name} by {dimension}");
        }
    }
}

#[test]
fn a_fault_of_the_program_is_one_line_and_a_status() {
    /// Whoever reads the output fails on it.
    struct Broken;
    impl std::io::Write for Broken {
        fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
            panic!("/home/somebody/src/made.rs is wrong about Council")
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }
    let folder = folder();
    let spending = folder.path().join("a.csv");
    fs::write(&spending, "Agency,Amount\nCouncil,1.00\n").unwrap();
    let words = ["shadowpool", "totals", spending.to_str().unwrap()];
    let arguments = <shadowpool::cli::Arguments as clap::Parser>::parse_from(words);
    let mut errors = Vec::new();
    let status = shadowpool::cli::run(&arguments.command.unwrap(), &mut Broken, &mut errors);
    let said = String::from_utf8(errors).unwrap();
    assert_eq!(status.code(), 2);
    assert_eq!(said, "shadowpool: something stopped through a fault of the program; nothing more was done\n");
}
