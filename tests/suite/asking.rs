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

const MAY: &str =
    "Date,Supplier,Amount\n01/05/2024,A Ltd,10.00\n02/05/2024,B Ltd,20.00\n03/05/2024,C Ltd,30.00\n";

#[test]
fn the_same_lines_under_another_name_are_asked_about_and_not_added() {
    let folder = in_folder(MAY);
    let folder = folder.path();
    fs::write(folder.join("copy.csv"), MAY).expect("a file");
    let (checked, _) = ends(folder, "check list.csv copy.csv --format json", 1);
    let json: serde_json::Value = serde_json::from_str(&checked).expect("JSON");
    let problems = json["files"][1]["problems"].as_array().expect("problems");
    let twice = problems.iter().find(|problem| problem["code"] == "lines-twice").expect("the question");
    assert_eq!(twice["severity"], "question", "{twice}");
    assert_eq!(
        (&twice["readings"][0]["total"], &twice["readings"][0]["lines"]),
        (&"60.00".into(), &3.into())
    );
    let set = "--set agency=Council";
    let (_, told) = ends(folder, &format!("import list.csv copy.csv {set} -o both.ron"), 1);
    assert!(told.contains("nothing was written") && !folder.join("both.ron").exists(), "{told}");
    ends(folder, &format!("import list.csv copy.csv {set} --accept -o both.ron"), 0);
    // Against a place: under another name and under its own.
    ends(folder, &format!("import list.csv {set} -o place.ron"), 0);
    for again in ["copy.csv", "list.csv"] {
        let (asked, _) = ends(folder, &format!("import place.ron {again} {set} -o more.ron"), 1);
        assert!(asked.contains("all of its 3 lines (£60.00) are in list.csv too"), "{asked}");
    }
    ends(folder, &format!("import place.ron copy.csv {set} --replace list.csv -o place.ron"), 0);
}

#[test]
fn what_was_said_of_a_file_is_kept_with_its_map_for_the_next_month() {
    let text = MAY.replace(",10.00", ",$10.00").replace(",20.00", ",$20.00").replace(",30.00", ",$30.00");
    let folder = in_folder(&text);
    let folder = folder.path();
    ends(folder, "import list.csv -o may.ron", 1);
    ends(
        folder,
        "import list.csv --set agency=Council --set year=2024/25 --pounds --save-map maps.ron -o may.ron",
        0,
    );
    let maps = fs::read_to_string(folder.join("maps.ron")).expect("maps");
    assert!(maps.contains("Council") && maps.contains("pounds: ") && !maps.contains("2024/25"), "{maps}");
    fs::write(folder.join("june.csv"), text.replace("/05/", "/06/")).expect("a file");
    let (read, _) = ends(folder, "import june.csv --map maps.ron -o june.ron", 0);
    assert!(read.contains("june.ron: 3 lines, £60.00"), "{read}");
    let (by_agency, _) = ends(folder, "totals june.ron --by agency --format csv", 0);
    assert!(by_agency.contains("Council"), "{by_agency}");
}

#[test]
fn a_newer_version_is_read_as_the_one_it_replaces() {
    let folder = in_folder("Day,Original,Revised\n01/05/2024,10,11\n02/05/2024,20,22\n03/05/2024,30,33\n");
    let folder = folder.path();
    ends(folder, "import list.csv --column Revised=amount --set agency=Council -o place.ron", 0);
    fs::write(
        folder.join("new.csv"),
        "Day,Original,Revised\n01/05/2024,10,11\n02/05/2024,20,25\n03/05/2024,30,33\n",
    )
    .expect("a file");
    let (written, told) = ends(folder, "import place.ron new.csv --replace list.csv -o place.ron", 0);
    assert!(told.contains("read as list.csv was: its columns and agency Council"), "{told}");
    assert!(
        written.contains("place.ron: 3 lines, £69.00") && written.contains("amount was £22.00"),
        "{written}"
    );
    let (by_agency, _) = ends(folder, "totals place.ron --by agency --format csv", 0);
    assert!(by_agency.contains("Council") && by_agency.contains("69.00"), "{by_agency}");
}

#[test]
fn what_was_said_of_the_older_file_holds_for_the_newer_one() {
    let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let table = |caption: &str, amounts: &[&str]| {
        let rows: String = amounts.iter().map(|amount| row(&["01/05/2024", "A Ltd", "CR", amount])).collect();
        let headings = row(&["Date", "Supplier", "Document type", "Amount"]);
        format!("<table><caption>{caption}</caption>{headings}{rows}</table>")
    };
    let page = |june: &[&str]| {
        format!("<html>{}{}</html>", table("May", &["$10.00", "$20.00", "$30.00"]), table("June", june))
    };
    let folder = in_folder("");
    let folder = folder.path();
    fs::write(folder.join("page.xls"), page(&["$7.00", "$8.00"])).expect("a file");
    let said = "--sheet June --pounds --credits off --set agency=Council";
    let (written, _) = ends(folder, &format!("import page.xls {said} -o place.ron"), 0);
    assert!(written.contains("2 lines, £15.00"), "{written}");
    fs::write(folder.join("newer.xls"), page(&["$7.00", "$9.00"])).expect("a file");
    let (written, told) = ends(folder, "import place.ron newer.xls --replace page.xls -o place.ron", 0);
    for words in ["sheet \"June\"", "its amounts as pounds", "no credits taken off", "agency Council"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(written.contains("place.ron: 2 lines, £16.00"), "{written}");
    // And for the one after it, of which nothing was said by hand.
    fs::write(folder.join("third.xls"), page(&["$7.00", "$10.00"])).expect("a file");
    let (written, _) = ends(folder, "import place.ron third.xls --replace newer.xls -o place.ron", 0);
    assert!(written.contains("place.ron: 2 lines, £17.00"), "{written}");
}

#[test]
fn the_unit_that_was_said_of_the_older_file_holds_for_the_newer_one_and_is_shown_with_it() {
    let folder = in_folder(MAY);
    let folder = folder.path();
    let said = "--unit thousands --decimals point --set agency=Council";
    let (written, _) = ends(folder, &format!("import list.csv {said} -o place.ron"), 0);
    assert!(written.contains("3 lines, £60,000.00"), "{written}");
    fs::write(folder.join("new.csv"), MAY.replace(",30.00", ",31.00")).expect("a file");
    let (written, told) = ends(folder, "import place.ron new.csv --replace list.csv -o place.ron", 0);
    for words in ["its amounts in thousands of pounds", "a point before the pence", "agency Council"] {
        assert!(told.contains(words), "{words}: {told}");
    }
    assert!(written.contains("place.ron: 3 lines, £61,000.00"), "{written}");
    let kept = fs::read_to_string(folder.join("place.ron")).expect("a place");
    assert!(
        kept.contains("new.csv: read as list.csv was: its columns and ") && kept.contains("unit: "),
        "{kept}"
    );
    // What is said now goes before what was said then, and is what holds next.
    ends(folder, "import place.ron new.csv --unit pounds --replace new.csv -o pounds.ron", 0);
    fs::write(folder.join("third.csv"), MAY).expect("a file");
    let (written, told) = ends(folder, "import pounds.ron third.csv --replace new.csv -o pounds.ron", 0);
    assert!(told.contains("its amounts in pounds") && written.contains("3 lines, £60.00"), "{told}{written}");
    let (_, told) = ends(folder, "import list.csv --unit dozens -o other.ron", 2);
    assert!(told.contains("write pence, pounds, thousands or millions"), "{told}");
}

#[test]
fn a_currency_that_was_accepted_is_not_asked_about_again_in_a_newer_version() {
    let text = MAY.replace(",10.00", ",$10.00").replace(",20.00", ",$20.00").replace(",30.00", ",$30.00");
    let folder = in_folder(&text);
    let folder = folder.path();
    ends(folder, "import list.csv --accept --set agency=Council -o place.ron", 0);
    fs::write(folder.join("new.csv"), text.replace("$30.00", "$31.00")).expect("a file");
    let (written, told) = ends(folder, "import place.ron new.csv --replace list.csv -o place.ron", 0);
    assert!(told.contains("its currency as it stands"), "{told}");
    assert!(written.contains("place.ron: 3 lines, £61.00"), "{written}");
}

#[test]
fn months_of_a_newer_version_are_read_as_they_were_and_a_new_one_is_read_too() {
    let folder = in_folder(
        "Service,Apr-24,May-24,Jun-24\nParks,10.00,20.00,400.00\nRoads,1.00,2.00,40.00\nCare,5.00,6.00,70.00\n",
    );
    let folder = folder.path();
    let said = "--column Jun-24=passed --set agency=Council";
    let (written, _) = ends(folder, &format!("import list.csv {said} -o place.ron"), 0);
    assert!(written.contains("6 lines, £44.00"), "{written}");
    fs::write(
        folder.join("new.csv"),
        "Service,Apr-24,May-24,Jun-24,Jul-24\nParks,10.00,20.00,400.00,3.00\nRoads,1.00,2.00,40.00,4.00\nCare,5.00,7.00,70.00,5.00\n",
    )
    .expect("a file");
    let (written, told) = ends(folder, "import place.ron new.csv --replace list.csv -o place.ron", 0);
    assert!(told.contains("read as list.csv was: its columns and agency Council"), "{told}");
    assert!(written.contains("place.ron: 9 lines, £57.00"), "{written}");
}

#[test]
fn of_several_tables_in_a_web_page_one_is_chosen_by_its_name() {
    let row = |cells: &[&str]| format!("<tr><td>{}</td></tr>", cells.join("</td><td>"));
    let table = |caption: &str, amounts: &[&str]| {
        let rows: String = amounts.iter().map(|amount| row(&["01/05/2024", "A Ltd", amount])).collect();
        format!("<table><caption>{caption}</caption>{}{rows}</table>", row(&["Date", "Supplier", "Amount"]))
    };
    let page = format!(
        "<html>{}{}</html>",
        table("May", &["10.00", "20.00", "30.00"]),
        table("June", &["7.00", "8.00"])
    );
    let folder = in_folder("");
    fs::write(folder.path().join("page.xls"), page).expect("a file");
    let (checked, _) = ends(folder.path(), "check page.xls", 1);
    assert!(checked.contains("as it is read: £60.00, 3 lines"), "{checked}");
    assert!(checked.contains("--sheet \"June\": £15.00, 2 lines"), "{checked}");
    let (chosen, _) = ends(folder.path(), "check page.xls --sheet June", 0);
    assert!(chosen.ends_with("2 lines, £15.00\n"), "{chosen}");
    let (_, told) = ends(folder.path(), "check page.xls --sheet July", 1);
    assert!(told.contains("its tables are \"May\" and \"June\""), "{told}");
}

#[test]
fn words_that_take_amounts_off_can_be_switched_off() {
    let folder = in_folder(
        "Date,Supplier,Document type,Amount\n01/05/2024,A Ltd,INV,10.00\n02/05/2024,B Ltd,CR,4.00\n03/05/2024,C Ltd,INV,30.00\n",
    );
    let (on, _) = ends(folder.path(), "check list.csv", 0);
    assert!(on.ends_with("3 lines, £36.00\n"), "{on}");
    let (off, _) = ends(folder.path(), "check list.csv --credits off", 0);
    assert!(off.ends_with("3 lines, £44.00\n"), "{off}");
}

#[test]
fn what_was_decided_about_rejected_rows_holds_for_a_newer_version_or_is_said_to_be_gone() {
    let list = "Agency,Date,Supplier,Amount\nCouncil,01/05/2024,A Ltd,10.00\nCouncil,02/05/2024,B Ltd,12.3.4\n\
        Council,03/05/2024,C Ltd,n/k yet\nCouncil,04/05/2024,D Ltd,40.00\n";
    let folder = in_folder(list);
    let folder = folder.path();
    ends(
        folder,
        "import list.csv --fix list.csv:3:Amount=12.34 --exclude list.csv:4=unknown -o place.ron",
        1,
    );
    // The first row is as bad as before and stands elsewhere; the other was put right by who sent it.
    let newer = "Agency,Date,Supplier,Amount\nCouncil,04/05/2024,D Ltd,40.00\nCouncil,01/05/2024,A Ltd,10.00\n\
        Council,03/05/2024,C Ltd,30.00\nCouncil,02/05/2024,B Ltd,12.3.4\n";
    fs::write(folder.join("list.csv"), newer).expect("a file");
    let (written, _) = ends(folder, "import place.ron list.csv --replace list.csv -o place.ron", 1);
    assert!(written.contains("place.ron: 4 lines, £92.34"), "{written}");
    assert!(
        written.contains("row 4 was excluded: unknown, and no such row is rejected any more"),
        "{written}"
    );
}
