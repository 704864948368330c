use std::ops::ControlFlow;

use shadowpool::dimension::FinancialYear;
use shadowpool::import::{
    AmountStyle, DateOrder, ImportOptions, Imported, Input, Retention, Unit, amount_in, date_in, import,
    read_package,
};
use shadowpool::money::read_amount;
use shadowpool::place::{read_place, write_place};

use crate::journal;
use crate::parts::{self, Part};

/// Something that reads, and what its inputs are made of.
pub(super) struct Target {
    pub(super) name: &'static str,
    pub(super) run: fn(&[u8]),
    pub(super) tokens: &'static [&'static [u8]],
    pub(super) longest: usize,
}

pub(super) const TARGETS: [Target; 15] = [
    Target { name: "amounts", run: amounts, tokens: &AMOUNT_TOKENS, longest: 200 },
    Target { name: "dates", run: dates, tokens: &DATE_TOKENS, longest: 100 },
    Target { name: "csv", run: csv, tokens: &CSV_TOKENS, longest: 8_000 },
    Target { name: "plain", run: plain, tokens: &CSV_TOKENS, longest: 3_000 },
    Target { name: "encodings", run: csv, tokens: &BYTE_TOKENS, longest: 4_000 },
    Target { name: "sheet", run: sheet, tokens: &SHEET_TOKENS, longest: 8_000 },
    Target { name: "strings", run: strings, tokens: &SHEET_TOKENS, longest: 8_000 },
    Target { name: "book", run: book, tokens: &SHEET_TOKENS, longest: 8_000 },
    Target { name: "workbook", run: workbook, tokens: &[], longest: 60_000 },
    Target { name: "ods", run: ods, tokens: &ODS_TOKENS, longest: 8_000 },
    Target { name: "package", run: package, tokens: &PACKAGE_TOKENS, longest: 8_000 },
    Target { name: "place", run: place, tokens: &PLACE_TOKENS, longest: 20_000 },
    Target { name: "journal", run: journal::damaged, tokens: &JOURNAL_TOKENS, longest: 20_000 },
    Target { name: "journal-entries", run: journal::entries, tokens: &JOURNAL_TOKENS, longest: 20_000 },
    Target { name: "journal-lines", run: journal::lines, tokens: &[], longest: 8_000 },
];

const JOURNAL_TOKENS: [&[u8]; 16] = [
    b"\n#",
    b"\n3 ",
    b"\n0 ",
    b"18446744073709551615 ",
    b" state ",
    b" bytes 0 check ",
    b"Do((label:\"x\",total:\"1\",command:Rename(\"One\")))",
    b"GoTo(total:\"1\")",
    b"Saved((path:Text(\"/none.ron\"),hash:\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"))",
    b"BroughtBack(of:None,is_copy:true)",
    b"Kept((place:(name:\"../x\",hash:\"",
    b"lines:[",
    b"Several(\"x\",[",
    b"AddLines((",
    b"None",
    b"Some(",
];

const AMOUNT_TOKENS: [&[u8]; 16] = [
    b".", b",", b"CR", b"DR", b"m", b"bn", b"k", b" ", b"E+05", b"e-9", b"000", b"GBP", b"$", b"+", b"'",
    b"#N/A",
];
const DATE_TOKENS: [&[u8]; 14] =
    [b"/", b"-", b".", b" ", b"Apr", b"september", b"th", b"20", b"24", b"FY", b"00:00", b"T", b"Z", b"to"];
const CSV_TOKENS: [&[u8]; 22] = [
    b"Supplier",
    b"Amount",
    b"Amount (\xC2\xA3000)",
    b"Date",
    b"Service Area",
    b"2023-24",
    b"2024/25",
    b"Apr-24",
    b"Net",
    b"Gross",
    b"VAT",
    b"Total",
    b"Grand total",
    b"\"a,b\"",
    b"\"x\ny\"",
    b",,,,,",
    b"\n\n",
    b"1,234.50",
    b"(5.00)",
    b"31/08/2011",
    b"12/31/2020",
    b"Expense",
];
const BYTE_TOKENS: [&[u8]; 12] = [
    b"\xEF\xBB\xBF",
    b"\xFF\xFE",
    b"\xFE\xFF",
    b"\x9C",
    b"\xA3",
    b"\xC3\x82\xC2\xA3",
    b"\xC2",
    b"\xE9",
    b"\xD0\xD1",
    b"\x1A",
    b"\0\0",
    b"\r",
];
const SHEET_TOKENS: [&[u8]; 20] = [
    b"<c r=\"XFD1048576\"><v>1</v></c>",
    b"<row r=\"1048576\">",
    b"</row>",
    b"t=\"s\"",
    b"t=\"inlineStr\"",
    b"t=\"e\"",
    b"<v>99999</v>",
    b"<is><t>x</t></is>",
    b"<f>A1</f>",
    b"&amp;",
    b"&#x0;",
    b"<!-- -->",
    b"<![CDATA[x]]>",
    b"r=\"\"",
    b"s=\"99\"",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b"</sheetData>",
    b"<dimension ref=\"A1:XFD1048576\"/>",
    b"r=\"A0\"",
    b"count=\"4294967295\"",
];
const ODS_TOKENS: [&[u8]; 12] = [
    b"table:number-columns-repeated=\"16384\"",
    b"table:number-rows-repeated=\"1048576\"",
    b"<table:table-row/>",
    b"<table:table-cell/>",
    b"office:value=\"1e999\"",
    b"<text:p>x</text:p>",
    b"</table:table>",
    b"&#xFFFFFFFF;",
    b"table:name=\"\"",
    b"<office:annotation>",
    b"<text:s text:c=\"99\"/>",
    b"<table:table>",
];
const PACKAGE_TOKENS: [&[u8]; 10] = [
    b"\"path\"",
    b"[",
    b"]",
    b"{",
    b"}",
    b"null",
    b"\"columnType\": \"value\"",
    b"\"factor\": 1e300",
    b"\"..\"",
    b"\"measures\"",
];
const PLACE_TOKENS: [&[u8]; 16] = [
    b"(",
    b")",
    b"[",
    b"]",
    b"Some(",
    b"None",
    b"format: 2",
    b"amount: \"",
    b"\\u{0}",
    b"r#\"",
    b"agency: ",
    b"/*",
    b"//",
    b"[[[[[[[[[[[[[[[[",
    b"1e400",
    b"lines: [",
];

fn amounts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for unit in [Unit::Pounds, Unit::Thousands, Unit::Billions] {
        for decimal_comma in [false, true] {
            let style = AmountStyle { unit, decimal_comma };
            if let Some(money) = amount_in(&text, style) {
                let plain = AmountStyle::default();
                assert_eq!(amount_in(&money.to_string(), plain), Some(money), "what is read is read again");
            }
        }
    }
    if let Ok(money) = read_amount(&text) {
        assert_eq!(read_amount(&money.to_string()), Ok(money));
        assert_eq!(read_amount(&(-money).to_string()), Ok(-money));
    }
}

fn dates(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    for order in [DateOrder::DayFirst, DateOrder::MonthFirst] {
        if let Some(date) = date_in(&text, order) {
            let written = date.to_string();
            assert_eq!(written.parse(), Ok(date), "what is written in a place is read there");
            // A month, "2024-08", is read by publishers' spellings only where it was written as one.
            assert!(!date.is_day() || date_in(&written, order) == Some(date), "what is read is read again");
        }
    }
    if let Ok(year) = text.parse::<FinancialYear>() {
        assert_eq!(year.to_string().parse::<FinancialYear>(), Ok(year));
    }
}

fn read(name: &str, bytes: &[u8], options: &ImportOptions) -> Option<Imported> {
    let imported = import(Input { name, bytes }, options, |_| ControlFlow::Continue(())).ok()?;
    assert!(imported.file.adds_up());
    Some(imported)
}

/// Reads a file; its lines add up to what is reported.
fn csv(bytes: &[u8]) {
    if let Some(imported) = read("spend.csv", bytes, &ImportOptions::default()) {
        let (total, lines) = (imported.file.total, imported.file.lines);
        let ledger = imported.lines.finish();
        assert_eq!((ledger.total(), ledger.len() as u64), (total, lines));
    }
}

/// The same rows often enough for the fast way, which must come to what the thorough way comes to.
fn plain(bytes: &[u8]) {
    let mut long = Vec::with_capacity(300 * 1024);
    long.extend_from_slice(
        b"Supplier,Service Area,Date,Amount\nAcme,Parks,01/08/2011,5.00\nBee,Roads,02/08/2011,6.25\n",
    );
    while long.len() < 270 * 1024 {
        long.extend_from_slice(bytes);
        long.extend_from_slice(b"\nCee,Roads,03/08/2011,\"1,234.50\"\n");
    }
    let fast = ImportOptions { balance: true, ..ImportOptions::default() };
    let thorough = ImportOptions { thorough: true, ..fast.clone() };
    let sums = ImportOptions { keep: Retention::SumsBy(Vec::new()), ..ImportOptions::default() };
    let key = |imported: Imported| {
        let file = imported.file;
        let rows = (file.rows, file.read, file.rejected, file.skipped_rows, file.total, file.negative_lines);
        (rows, file.numbers)
    };
    let slow = read("spend.csv", &long, &thorough).map(key);
    assert_eq!(read("spend.csv", &long, &fast).map(key), slow);
    let (sums, slow) = (read("spend.csv", &long, &sums).map(key), slow);
    assert_eq!(sums.map(|(rows, _)| rows), slow.map(|(rows, _)| rows));
}

/// A workbook with one part of its own, which must come to what it comes to the thorough way, where that reads it.
fn part(part: Part, bytes: &[u8]) {
    let bytes = parts::xlsx(part, bytes);
    let thorough = ImportOptions { thorough: true, ..ImportOptions::default() };
    let quick = read("spend.xlsx", &bytes, &ImportOptions::default());
    let Some(slow) = read("spend.xlsx", &bytes, &thorough) else { return };
    let quick = quick.expect("what is read the thorough way is read");
    assert_eq!(format!("{:?}", quick.file), format!("{:?}", slow.file));
    let lines = |imported: Imported| -> Vec<String> {
        let ledger = imported.lines.finish();
        ledger.lines().map(|line| format!("{:?}", line.to_spend_line())).collect()
    };
    assert_eq!(lines(quick), lines(slow));
}

fn sheet(bytes: &[u8]) {
    part(Part::Sheet, bytes);
}

fn strings(bytes: &[u8]) {
    part(Part::Strings, bytes);
}

/// The parts that say what the others are.
fn book(bytes: &[u8]) {
    for damaged in [Part::Book, Part::Links, Part::Styles] {
        part(damaged, bytes);
    }
}

/// A whole file of any kind.
fn workbook(bytes: &[u8]) {
    read("spend", bytes, &ImportOptions::default());
}

fn ods(bytes: &[u8]) {
    read("spend.ods", &parts::ods(bytes), &ImportOptions::default());
}

fn package(bytes: &[u8]) {
    if let Ok(package) = read_package(Input { name: "datapackage.json", bytes }) {
        for file in &package.files {
            let options = file.options(&ImportOptions::default());
            read("b.csv", b"x,y,z\n5,Council,1\n6,Council,2\n", &options);
        }
    }
}

fn place(bytes: &[u8]) {
    if let Ok(place) = read_place(&String::from_utf8_lossy(bytes)) {
        let text = write_place(&place);
        let again = read_place(&text).expect("what is written can be read");
        assert_eq!(write_place(&again), text, "a place is read as it was written");
    }
}
