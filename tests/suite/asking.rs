//! Questions on the command line: check and import ask the same, and how each is answered.

use std::fs;
use std::path::Path;

use crate::cli::{out, run, said};

/// A row of nothing but an amount at the end, which may be a total that misses or a payment.
const LIST: &str = "\
Paid on,Payee,Reference,Team,Net
01/05/2024,Firm 1 Ltd,R1,Parks,100.01
02/05/2024,Firm 2 Ltd,R2,Parks,200.01
03/05/2024,Firm 3 Ltd,R3,Parks,300.01
,,,,600.50
";

/// What a command prints and says; it must end with this status.
fn ends(folder: &Path, words: &str, status: i32) -> (String, String) {
    let words: Vec<&str> = words.split(' ').collect();
    let output = run(folder, &words, "");
    assert_eq!(output.status.code(), Some(status), "{words:?}: {}{}", out(&output), said(&output));
    (out(&output), said(&output))
}

fn in_folder(text: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    fs::write(folder.path().join("list.csv"), text).expect("a file");
    folder
}

#[test]
fn import_asks_what_check_asks_and_writes_nothing_meanwhile() {
    let folder = in_folder(LIST);
    let folder = folder.path();
    let (checked, _) = ends(folder, "check list.csv", 1);
    let (asked, told) = ends(folder, "import list.csv -o place.ron", 1);
    let question: Vec<&str> = checked
        .lines()
        .filter(|line| line.contains("total-supposed") || line.contains("--line-at"))
        .collect();
    assert_eq!(question.len(), 2, "{checked}");
    for line in question {
        assert!(asked.contains(line), "{line}\nin {asked}");
    }
    assert!(told.contains("1 question is open, and nothing was written"), "{told}");
    assert!(!folder.join("place.ron").exists(), "a place of a guess would pass for a place of what is known");
}

#[test]
fn a_question_is_answered_by_accepting_by_its_option_or_by_a_control_total() {
    for (answer, total) in
        [("--accept", "£600.03"), ("--line-at 5", "£1,200.53"), ("--control list.csv=600.03", "£600.03")]
    {
        let folder = in_folder(LIST);
        let folder = folder.path();
        let (written, _) = ends(folder, &format!("import list.csv -o place.ron {answer}"), 0);
        let lines = if answer.contains("line-at") { 4 } else { 3 };
        assert!(written.contains(&format!("place.ron: {lines} lines, {total}")), "{answer}: {written}");
        ends(folder, &format!("check list.csv {answer}"), 0);
    }
    let folder = in_folder(LIST);
    ends(folder.path(), "import list.csv -o place.ron --control list.csv=600.50", 1);
    assert!(!folder.path().join("place.ron").exists(), "a total that is missed answers nothing");
}

#[test]
fn versions_and_decimals_are_chosen_by_their_options_in_every_command() {
    let versions = "Service,Original,Revised\nCare,10,11\nRoads,20,21\nParks,30,31\n";
    let folder = in_folder(versions);
    let (checked, _) = ends(folder.path(), "check list.csv", 1);
    assert!(checked.contains("as it is read: £"), "{checked}");
    for (answer, total) in [("--column Original=amount", "£60.00"), ("--column Revised=amount", "£63.00")] {
        let (checked, _) = ends(folder.path(), &format!("check list.csv {answer}"), 0);
        assert!(checked.ends_with(&format!("3 lines, {total}\n")), "{checked}");
    }
    let points = "Date,Supplier,Amount\n01/05/2024,A,1.100\n02/05/2024,B,2.250\n03/05/2024,C,3.500\n04/05/2024,D,9.125\n";
    let folder = in_folder(points);
    let (checked, _) = ends(folder.path(), "check list.csv", 1);
    assert!(checked.contains("--decimals comma: £15975.00, 4 lines"), "{checked}");
    for (answer, total) in [("point", "£15.975"), ("comma", "£15,975.00")] {
        let (checked, _) = ends(folder.path(), &format!("check list.csv --decimals {answer}"), 0);
        assert!(checked.ends_with(&format!("4 lines, {total}\n")), "{checked}");
    }
}

#[test]
fn the_balance_of_numbers_says_what_amounts_are_not_read() {
    let folder = in_folder(
        "Date,Supplier,Net Amount,VAT,Gross Amount\n01/05/2024,A Ltd,10.00,2.00,12.00\n02/05/2024,B Ltd,20.00,4.00,24.00\n",
    );
    let (checked, _) = ends(folder.path(), "check list.csv", 0);
    assert!(checked.contains("8 numbers: 2 read as amounts"), "{checked}");
    assert!(checked.contains("2 not read: Gross Amount (£36.00)"), "{checked}");
}
