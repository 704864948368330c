//! Input that hurts: files that are broken, made to do harm, or larger than anybody thought; each is refused in words
//! that say what to do.

use std::fs;
use std::io::{Cursor, Write as _};
use std::ops::ControlFlow;

use shadowpool::cli::layout_json;
use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportError, ImportOptions, Input, import};
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::place::{Place, read_place, write_place};
use shadowpool::pool::{Contribution, Scenario};
use shadowpool::store::{Loaded, load};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::support_ledgers::small_place;
use crate::support_window::folder;

/// What is read of a file: how many lines, or why none.
fn told(name: &str, bytes: &[u8]) -> Result<u64, String> {
    match import(Input { name, bytes }, &ImportOptions::default(), |_| ControlFlow::Continue(())) {
        Ok(imported) => Ok(imported.file.lines),
        Err(ImportError::Refused(problem)) => Err(format!("{}: {}", problem.code, problem.message)),
        Err(ImportError::Cancelled) => Err("cancelled".to_owned()),
    }
}

#[track_caller]
fn refused(name: &str, bytes: &[u8], code: &str) {
    let said = told(name, bytes);
    assert!(said.as_ref().is_err_and(|said| said.starts_with(code)), "{said:?}");
}

fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

const ROWS: &str = "<table:table-row><table:table-cell><text:p>agency</text:p></table:table-cell>\
    <table:table-cell><text:p>amount</text:p></table:table-cell></table:table-row>\
    <table:table-row><table:table-cell><text:p>Council</text:p></table:table-cell>\
    <table:table-cell office:value=\"5\"><text:p>5</text:p></table:table-cell></table:table-row>";

/// An open document's spreadsheet with these rows, and what follows them.
fn ods(rows: &str, end: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\"?><office:document-content xmlns:office=\"o\" xmlns:table=\"t\" xmlns:text=\"x\">\
         <office:body><office:spreadsheet><table:table table:name=\"Spend\">{rows}{end}"
    );
    archive(&[("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", &content)])
}

const END: &str = "</table:table></office:spreadsheet></office:body></office:document-content>";

#[test]
fn a_workbook_that_is_cut_short_or_not_sound_xml_is_refused_as_a_whole() {
    assert_eq!(told("spend.ods", &ods(ROWS, END)), Ok(1));
    refused("spend.ods", &ods(ROWS, ""), "workbook-unreadable");
    refused("spend.ods", &ods(ROWS, "</table:table></office:spreadsheet>"), "workbook-unreadable");
    refused("spend.ods", &ods(&ROWS.replace("Council", "Coun < cil"), END), "workbook-unreadable");
    refused("spend.ods", &ods(&ROWS.replacen("</table:table-cell>", "", 1), END), "workbook-unreadable");
}

#[test]
fn an_archive_with_two_files_of_one_name_is_refused() {
    let mut bytes = archive(&[("one.csv", "agency,amount\nA,1\n"), ("two.csv", "agency,amount\nA,2\n")]);
    while let Some(at) = bytes.windows(7).position(|window| window == b"two.csv") {
        bytes[at..at + 7].copy_from_slice(b"one.csv");
    }
    refused("spend.zip", &bytes, "zip-unreadable");
}

#[test]
fn an_archive_of_sixty_thousand_files_is_refused_in_words() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for number in 0..60_000 {
        zip.start_file(format!("{number}.csv"), SimpleFileOptions::default()).unwrap();
    }
    refused("spend.zip", &zip.finish().unwrap().into_inner(), "zip-several");
}

#[test]
fn a_text_without_a_line_end_is_refused_by_its_first_megabyte() {
    let endless = "a".repeat(3 << 20);
    refused("spend.csv", endless.as_bytes(), "file-binary");
    let mut noise: Vec<u8> =
        (0..3_u32 << 20).map(|at| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    noise[0] = 3;
    refused("spend.csv", &noise, "file-binary");
}

fn package(resources: &str, files: &[(&str, &str)]) -> Loaded {
    let folder = folder();
    let inner = folder.path().join("package");
    fs::create_dir(&inner).unwrap();
    fs::write(folder.path().join("secret.csv"), "agency,amount\nElsewhere,9\n").unwrap();
    for (name, text) in files {
        fs::write(inner.join(name), text).unwrap();
    }
    #[cfg(unix)]
    std::os::unix::fs::symlink(folder.path().join("secret.csv"), inner.join("link.csv")).unwrap();
    let path = inner.join("datapackage.json");
    fs::write(&path, format!(r#"{{"resources": [{resources}]}}"#)).unwrap();
    load(&[path], &ImportOptions::default(), || Ok(Vec::new()), |_| ControlFlow::Continue(()))
}

#[test]
fn a_package_takes_nothing_from_outside_its_folder_and_says_so() {
    let inside = ("spend.csv", "agency,amount\nCouncil,5\n");
    let loaded =
        package(r#"{"path": "spend.csv"}, {"path": "../secret.csv"}, {"path": "link.csv"}"#, &[inside]);
    assert_eq!(loaded.additions.len(), 1);
    let codes: Vec<String> =
        loaded.files[0].problems.iter().map(|problem| problem.code.to_string()).collect();
    assert!(codes.contains(&"package-file-outside".to_owned()), "{codes:?}");
    let alone = package(r#"{"path": "../secret.csv"}"#, &[]);
    assert!(alone.additions.is_empty());
    assert_eq!(alone.failures[0].problem.as_ref().unwrap().code.to_string(), "package-file-outside");
}

#[test]
fn a_package_of_twenty_thousand_files_is_refused_in_words() {
    let listed = vec![r#"{"path": "spend.csv"}"#; 20_000].join(",");
    let loaded = package(&listed, &[("spend.csv", "agency,amount\nCouncil,5\n")]);
    assert!(loaded.failures[0].message.contains("lists 20,000 files"), "{}", loaded.failures[0].message);
}

#[test]
fn a_layout_of_less_than_nothing_is_refused() {
    let layout = |value: &str| {
        let graph = format!(
            r#"{{"nodes": [{{"id": "a"}}, {{"id": "b"}}], "links": [{{"source": "a", "target": "b", "value": {value}}}]}}"#
        );
        layout_json(&graph, None, (400.0, 300.0), None, &|_| 10.0).map_err(|error| error.to_string())
    };
    assert!(layout("2").is_ok() && layout("0").is_ok());
    let said = layout("-2.5").unwrap_err();
    assert_eq!(
        said,
        "link 1: its value is -2.5; a link is as wide as what it carries, so write 2.5, or leave it out"
    );
    for none in ["NaN", "1e999", "Infinity", "-1e999"] {
        assert!(layout(none).is_err(), "{none}");
    }
}

#[test]
fn a_place_with_a_name_of_megabytes_is_refused_by_a_limit() {
    let mut line = SpendLine::default();
    line.set(Dimension::Service, Some("x".repeat(3 << 20)));
    let place =
        Place { ledger: std::sync::Arc::new(Ledger::from_lines([&line], &[], &[])), ..Place::default() };
    let said = read_place(&write_place(&place)).unwrap_err().to_string();
    assert!(said.contains("the service that begins") && said.contains("3,145,728 bytes"), "{said}");
    let long = SpendLine { description: Some("y".repeat(100_000)), ..SpendLine::default() };
    let place =
        Place { ledger: std::sync::Arc::new(Ledger::from_lines([&long], &[], &[])), ..Place::default() };
    assert!(read_place(&write_place(&place)).is_ok(), "a hundred thousand letters are read");
}

#[test]
fn a_hundred_thousand_contributions_are_refused_in_words() {
    let mut place = small_place();
    let contribution = Contribution { partner: "Council".to_owned(), ..Contribution::default() };
    let scenario = Scenario {
        name: "Everything".to_owned(),
        pool: "Pool".to_owned(),
        contributions: vec![contribution; 100_000],
        ..Scenario::default()
    };
    place.scenarios = std::sync::Arc::new(vec![scenario]);
    let said = read_place(&write_place(&place)).unwrap_err().to_string();
    assert!(said.contains("the scenario \"Everything\" has 100,000 contributions"), "{said}");
}
