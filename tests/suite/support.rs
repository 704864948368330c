//! What the stories share: tiny ledgers from text, and a word about what is not looked at here.

use std::io::Write as _;

use shadowpool::cli::{self, Arguments, Status};
use shadowpool::dimension::{Agency, Sector};
use shadowpool::ledger::{Ledger, LineId, Source, SpendLine};

/// The command line, run in this process: how it ended, what it said, and what it complained of.
#[track_caller]
pub(crate) fn run_command(arguments: &[&str]) -> (Status, String, String) {
    use clap::Parser as _;
    let arguments = Arguments::try_parse_from([&["shadowpool"], arguments].concat()).unwrap();
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let status = cli::run(&arguments.command.unwrap(), &mut out, &mut errors);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

/// A small ledger from text: `agency | theme | service | year | stage | amount` a line; `-` is not stated.
pub(super) fn ledger(text: &str) -> Ledger {
    let lines: Vec<SpendLine> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .enumerate()
        .map(|(index, line)| {
            let cells: Vec<&str> = line.split('|').map(str::trim).collect();
            let name =
                |index: usize| cells.get(index).filter(|cell| **cell != "-").map(|cell| (*cell).to_owned());
            SpendLine {
                agency: name(0),
                theme: name(1),
                service: name(2),
                year: name(3),
                stage: name(4),
                amount: cells[5].parse().unwrap(),
                source: Some("accounts".into()),
                row: Some(index as u32 + 2),
                ..SpendLine::default()
            }
        })
        .collect();
    let source = Source {
        key: "accounts".into(),
        title: "Accounts".into(),
        publisher: "The Council".into(),
        ..Source::default()
    };
    let agency = |name: &str, sector| Agency { name: name.into(), short: None, sector: Some(sector) };
    let agencies = [
        agency("Council", Sector::LocalGovernment),
        agency("Health", Sector::Nhs),
        agency("Police", Sector::PoliceAndFire),
    ];
    Ledger::from_lines(&lines, &[source], &agencies)
}

pub(super) fn all_lines(ledger: &Ledger) -> Vec<LineId> {
    (0..ledger.len() as u32).map(LineId).collect()
}

/// A place with three agencies, three themes, two years, a credit and a line without a theme.
pub(super) fn small_place() -> Ledger {
    ledger(
        "Council | Starting Well | Children's centres | 2023/24 | Prevention | 300.00
         Council | Starting Well | Children's centres | 2024/25 | Prevention | 320.10
         Council | Ageing Well   | Home care          | 2023/24 | Acute      | 900.00
         Council | Ageing Well   | Home care          | 2024/25 | Acute      | 950.55
         Council | Ageing Well   | Home care          | 2024/25 | Acute      | -50.05
         Health  | Starting Well | Health visiting    | 2023/24 | Early help | 200.00
         Health  | Starting Well | Health visiting    | 2024/25 | Early help | 210.00
         Health  | Ageing Well   | Falls clinic       | 2024/25 | Prevention | 80.80
         Police  | Safer Places  | Neighbourhoods     | 2024/25 | Acute      | 410.00
         Police  | -             | -                  | 2024/25 | -          | 12.34",
    )
}

/// Says that something is not looked at here, and why: aloud, for a test's own words are kept back when it passes.
pub(super) fn say_skipped(what: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {what}");
}
