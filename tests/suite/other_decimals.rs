//! A thousand random ledgers, read and added by this program and by another one with decimals of its own: the same to
//! the penny, in every group.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::ErrorKind;
use std::path::Path;
use std::process::Command;

use clap::Parser as _;
use serde_json::Value;
use shadowpool::cli::{Arguments, Status, run};
use shadowpool::money::Money;

use crate::support::say_skipped;
use crate::support_chance::Chance;
use crate::support_ledgers::money;
use crate::support_window::folder;

const LEDGERS: usize = 1_000;
/// A ledger has up to so many lines.
const MOST_LINES: usize = 200;

/// Reads each file of a folder with Python's own CSV and adds with its decimals: a line of JSON for each.
const PYTHON: &str = r#"
import csv, decimal, json, os, sys
decimal.getcontext().prec = 60
def amount(text):
    is_taken = text.startswith(("(", "-")) or text.endswith(("-", "CR"))
    digits = "".join(c for c in text if c in "0123456789.")
    return -decimal.Decimal(digits) if is_taken else decimal.Decimal(digits)
for name in sorted(os.listdir(sys.argv[1])):
    sums = {}
    with open(os.path.join(sys.argv[1], name), encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            group = sums.setdefault(row["Agency"] + "|" + (row["Theme"] or "Not stated"), [decimal.Decimal(0), 0])
            group[0] += amount(row["Amount"])
            group[1] += 1
    print(json.dumps({group: [format(total, "f"), lines] for group, (total, lines) in sums.items()}))
"#;

const AGENCIES: [&str; 5] = ["Council", "Smith, Jones & Co", "The \"New\" Trust", "Ünïted Health", "Police"];
const THEMES: [&str; 6] = ["Early years", "Homes", "", "Ageing well", "Safety", "Work, skills"];

/// An amount as publishers write it: of pence to hundreds of millions, of whole pounds to hundredths of a penny.
fn amount(chance: &mut Chance) -> String {
    let most = 10_u64.pow(chance.below(10) as u32);
    let pounds = chance.below(most);
    let mut digits = if chance.below(4) == 0 { in_thousands(pounds) } else { pounds.to_string() };
    match chance.below(10) {
        0 => {}
        1 => drop(write!(digits, ".{:04}", chance.below(10_000))),
        _ => drop(write!(digits, ".{:02}", chance.below(100))),
    }
    match chance.below(12) {
        0 => format!("({digits})"),
        1 => format!("-{digits}"),
        2 => format!("{digits}-"),
        3 => format!("{digits} CR"),
        4 => format!("£{digits}"),
        5 => format!("-£{digits}"),
        _ => digits,
    }
}

fn in_thousands(pounds: u64) -> String {
    let digits = pounds.to_string();
    let first = (digits.len() - 1) % 3 + 1;
    let rest = digits.as_bytes()[first..].chunks(3).map(String::from_utf8_lossy);
    rest.fold(digits[..first].to_owned(), |said, three| format!("{said},{three}"))
}

fn cell(text: &str) -> String {
    if text.contains([',', '"']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text.to_owned() }
}

fn ledger(seed: u64) -> String {
    let mut chance = Chance(seed);
    let mut text = "Agency,Theme,Supplier,Year,Amount\n".to_owned();
    for row in 0..=chance.below(MOST_LINES as u64) {
        let (agency, theme) = (chance.one_of(&AGENCIES), chance.one_of(&THEMES));
        let (amount, supplier) = (amount(&mut chance), row % 17);
        let (agency, theme, amount) = (cell(agency), cell(theme), cell(&amount));
        let _ = writeln!(text, "{agency},{theme},Supplier {supplier},2024/25,{amount}");
    }
    text
}

/// Each group with its sum and its lines.
type Sums = BTreeMap<String, (Money, u64)>;

/// What the command for totals says of a file.
fn ours(file: &Path) -> Sums {
    let words = ["shadowpool", "totals", "--by", "agency,theme", "--format", "json"].map(str::to_owned);
    let arguments = Arguments::try_parse_from(words.into_iter().chain([file.display().to_string()])).unwrap();
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let status = run(&arguments.command.unwrap(), &mut out, &mut errors);
    let said = String::from_utf8_lossy(&errors).into_owned();
    assert_eq!(status, Status::Fine, "{}: {said}", file.display());
    let value: Value = serde_json::from_slice(&out).unwrap();
    let text = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    let sums: Sums = value["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let group = format!("{}|{}", text(row, "agency"), text(row, "theme"));
            (group, (money(&text(row, "amount")), row["lines"].as_u64().unwrap()))
        })
        .collect();
    let total: Money = sums.values().map(|(sum, _)| *sum).sum();
    assert_eq!(money(&text(&value, "total")), total, "{}", file.display());
    sums
}

fn theirs(line: &str) -> Sums {
    let value: BTreeMap<String, (String, u64)> = serde_json::from_str(line).unwrap();
    value.into_iter().map(|(group, (sum, lines))| (group, (money(&sum), lines))).collect()
}

#[test]
fn a_thousand_random_ledgers_add_up_as_with_the_decimals_of_another_program() {
    let folder = folder();
    for number in 0..LEDGERS {
        fs::write(folder.path().join(format!("ledger-{number:04}.csv")), ledger(number as u64)).unwrap();
    }
    let python = Command::new("python3").arg("-c").arg(PYTHON).arg(folder.path()).output();
    let python = match python {
        Err(error) if error.kind() == ErrorKind::NotFound => return say_skipped("python3 is not here"),
        output => output.unwrap(),
    };
    let said = String::from_utf8_lossy(&python.stderr);
    assert!(python.status.success(), "{said}");
    let all = String::from_utf8(python.stdout).unwrap();
    assert_eq!(all.lines().count(), LEDGERS);
    for (number, line) in all.lines().enumerate() {
        let file = folder.path().join(format!("ledger-{number:04}.csv"));
        assert_eq!(ours(&file), theirs(line), "{}", fs::read_to_string(&file).unwrap());
    }
}
