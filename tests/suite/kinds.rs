//! Files that are not one plain list: the smallest of each kind, what it comes to, and what is said of it.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use rust_xlsxwriter::{Format, Formula, Workbook};
use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportError, ImportOptions, Imported, Input, Severity, import};
use shadowpool::ledger::{Filter, Totals};

fn read_as(name: &str, bytes: &[u8], options: &ImportOptions) -> Result<Imported, ImportError> {
    import(Input { name, bytes }, options, |_| ControlFlow::Continue(()))
}

fn read(text: &str) -> Imported {
    let imported = read_as("spend.csv", text.as_bytes(), &ImportOptions::default());
    let imported = imported.unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(imported.file.adds_up(), "every row is accounted for");
    imported
}

fn is_told(imported: &Imported, code: &str) {
    let told = &imported.file.problems;
    assert!(told.iter().any(|problem| problem.code.key() == code), "{code} in {told:#?}");
}

/// The file is read as so many lines, which come to this, and this is said of it; "" where nothing need be.
fn check(text: &str, lines: u64, total: &str, code: &str) {
    check_read(&read(text), lines, total, code);
}

fn check_read(imported: &Imported, lines: u64, total: &str, code: &str) {
    let file = &imported.file;
    assert_eq!(
        (file.lines, file.total.to_string().as_str()),
        (lines, total),
        "{:#?}\n{:#?}",
        file.problems,
        file.columns()
    );
    if !code.is_empty() {
        is_told(imported, code);
    }
}

fn check_book(mut book: Workbook, lines: u64, total: &str, code: &str) -> Imported {
    let bytes = book.save_to_buffer().unwrap();
    let read = |thorough| {
        let options = ImportOptions { thorough, ..ImportOptions::default() };
        read_as("book.xlsx", &bytes, &options).unwrap_or_else(|error| panic!("{error}"))
    };
    let (imported, thorough) = (read(false), read(true));
    check_read(&imported, lines, total, code);
    assert_eq!(imported.file.problems, thorough.file.problems, "either way the same is said");
    imported
}

/// The sums by a dimension, as `name amount`.
fn sums(imported: Imported, dimension: Dimension) -> Vec<String> {
    let totals = Totals::of(&imported.lines.finish(), &Filter::default(), &[dimension]);
    let mut sums: Vec<String> =
        totals.rows.iter().map(|row| format!("{} {}", row.names[0], row.amount)).collect();
    sums.sort_unstable();
    sums
}

/// Payments to the penny, and below them what else the file ends with.
fn payments(below: &str) -> String {
    let mut text = "Paid on,Payee,Reference,Team,Net\n".to_owned();
    for day in 1..=6 {
        writeln!(text, "0{day}/05/2024,Firm {day} Ltd,R{day},Parks,{day}00.01").unwrap();
    }
    text + below
}

#[test]
fn a_total_is_struck_out_wherever_it_is_labelled_and_however_far_off() {
    check(&payments(",,,,2100.47\n"), 6, "2100.06", "total-supposed");
    check(&payments(",,,,2100.06\n,,,,2520.07\n"), 6, "2100.06", "total-supposed");
    check(&payments("Total,,,,2100.47\n"), 6, "2100.06", "total-differs");
    check(&payments(",,Grand total,,2310.00\n"), 6, "2100.06", "total-differs");
    check("Team,Job,Amount\nA,x,1.5\nA,y,2.5\nA,Total,4\nB,x,3.5\nB,y,1.5\nB,Total,5\n", 4, "9.00", "");
    check("Team,Job,Amount\nA,x,1.5\nA,y,2.5\nA Total,,4\nB,x,1.5\nB,y,2.5\nB Total,,4\n", 4, "8.00", "");
    // In the midst of a list a row that lacks all but its amount may be one of it.
    check(&payments(",,,,50.00\n07/05/2024,Firm 7 Ltd,R7,Parks,7.00\n"), 8, "2157.06", "");
}

#[test]
fn a_row_that_looks_like_a_total_is_a_payment_where_a_person_says_so() {
    let text = payments(",,,,2100.47\n");
    let options = ImportOptions { lines_at: vec![8], ..ImportOptions::default() };
    let imported = read_as("spend.csv", text.as_bytes(), &options).unwrap();
    check_read(&imported, 7, "4200.53", "");
    let asked = read(&text).file.problems;
    let question = asked.iter().find(|problem| problem.severity == Severity::Question).unwrap();
    let totals: Vec<String> = question.readings.iter().map(|reading| reading.total.to_string()).collect();
    assert_eq!(totals, ["2100.06", "4200.53"]);
}

#[test]
fn a_formula_that_adds_up_its_column_is_a_total_whatever_it_comes_to() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Supplier", "Service", "Amount"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    for row in 1..=4_u32 {
        sheet.write(row, 0, format!("Firm {row}")).unwrap();
        sheet.write(row, 1, "Roads").unwrap();
        sheet.write(row, 2, f64::from(row) * 10.5).unwrap();
    }
    sheet.write(5, 0, "Roads in all").unwrap();
    sheet.write(5, 1, "Roads").unwrap();
    sheet.write(5, 2, Formula::new("=SUM(C2:C4)").set_result("63")).unwrap();
    check_book(book, 4, "105.00", "total-differs");
}

#[test]
fn a_list_from_sap_is_told_from_its_frame_and_its_stars() {
    check(
        "05.06.2024   List\n\n-----------------\n|Date|Supplier|Net Amount|\n-----------------\n|01/05/2024|A Ltd|1,000.10|\n|02/05/2024|B Ltd|1,001.10|\n-----------------\n|*||2,001.20|\n",
        2,
        "2001.20",
        "",
    );
}

#[test]
fn levels_of_one_budget_are_not_added() {
    check(
        "Code,Name,Amount\n0,All,60.5\n01,Care,40.5\n011,Home,30.5\n012,Beds,10\n02,Roads,20\n021,Repairs,20\n",
        3,
        "60.50",
        "",
    );
    check(
        "Row Labels,Sum of Amount\nCare,40.5\nHome,30.5\nBeds,10\nRoads,20\nRepairs,15\nSigns,5\nGrand Total,60.5\n",
        4,
        "60.50",
        "",
    );
}

#[test]
fn versions_of_one_budget_are_not_added() {
    for headings in
        ["Original,Revised,Actual", "Proposed,Approved,Executed", "Base budget,Amended budget,Outturn"]
    {
        let text = format!("Service,{headings}\nCare,10,11,12\nRoads,20,21,22\nParks,30,31,32\n");
        let imported = read(&text);
        check_read(&imported, 3, "66.00", "version-chosen");
        let question = imported.file.problems.iter().find(|problem| problem.code.key() == "version-chosen");
        let totals: Vec<String> =
            question.unwrap().readings.iter().map(|reading| reading.total.to_string()).collect();
        assert_eq!(totals, ["66.00", "60.00", "63.00"], "{headings}");
    }
    // Headings that stand over what they name stay there.
    check(
        "Budgeted Expenditure,Actuals,Approved,Change\nStaff,10,11,1\nRent,20,22,2\n",
        2,
        "30.00",
        "version-chosen",
    );
}

#[test]
fn years_over_measures_are_read_with_an_empty_corner() {
    check(
        ",2022/23,,,2023/24,,\nService,Gross,Income,Net,Gross,Income,Net\nCare,10,-1,9,20,-2,18\nRoads,5,0,5,6,0,6\nParks,7,-1,6,8,-1,7\n",
        6,
        "51.00",
        "amount-chosen",
    );
    check(
        "Service,Actual 2022/23,,Budget 2023/24,\n,£000,£000,£000,£000\n,Gross,Net,Gross,Net\nCare,10,9,20,18\nRoads,5,5,6,6\n",
        4,
        "38000.00",
        "unit-scaled",
    );
}

#[test]
fn months_and_quarters_side_by_side_are_no_agencies() {
    check(
        "CARDS,,,\n,,,\n,Apr-24,May-24,Jun-24\n,,,\nPaper,1.00,2.00,3.00\nRail,4.00,5.00,6.00\n",
        6,
        "21.00",
        "wide-table",
    );
    check(
        "Service,April 24,May 24,Year to date\nCare,10,20,30\nRoads,1,2,3\nParks,5,5,10\n",
        6,
        "43.00",
        "wide-table",
    );
    let quarters =
        read("Service,Q1,Q2,Q3,Q4,Full year\nCare,1,2,3,4,10\nRoads,2,3,4,5,14\nParks,1,1,1,1,4\n");
    check_read(&quarters, 12, "28.00", "wide-table");
    assert_eq!(sums(quarters, Dimension::Agency), ["Not stated 28.00"]);
}

#[test]
fn codes_counts_and_ranks_are_no_money() {
    check(
        "Charity No,amount,count,Rank\n205533,326497083,3021,3\n206510,326496083,3020,4\n",
        2,
        "652993166.00",
        "",
    );
    check(
        "ICB,Programme,Allocation 2024/25 (£)\nNHS A,Core,30000000\nNHS B,Core,31370001\n",
        2,
        "61370001.00",
        "",
    );
    check("CCG,Count,Value (m),Value (%)\nA,36,12.5,0.4\nB,49,8.5,2.0\n", 2, "21000000.00", "unit-scaled");
    let mut codes = "Year,Type,Chapter,Article,Concept,Description\n".to_owned();
    for row in 0..12 {
        writeln!(codes, "2014,G,{},{},{},Pay of unit {row}", row % 7 + 1, row + 10, row + 100).unwrap();
    }
    assert!(read_as("codes.csv", codes.as_bytes(), &ImportOptions::default()).is_err());
    let spend = read("Service,Transactions,Suppliers,Spend\nCare,12,3,1000\nRoads,7,4,300\nParks,5,2,500\n");
    check_read(&spend, 3, "1800.00", "");
    assert_eq!(sums(spend, Dimension::Supplier), ["Not stated 1800.00"]);
}

#[test]
fn the_line_and_not_the_whole_invoice_is_the_amount() {
    check(
        "Supplier,Voucher,Line amount,Invoice amount,Net amount\nA,V1,100.25,240.30,200.25\nA,V1,100,240.30,200.25\nB,V2,50.5,72.60,60.5\nB,V2,10,72.60,60.5\n",
        4,
        "260.75",
        "amount-chosen",
    );
    check(
        "ocid,buyer/name,tender/value/amount,awards/0/value/amount\nx-1,Council,200,150\nx-2,Council,201,151\n",
        2,
        "301.00",
        "amount-chosen",
    );
    check(
        "Supplier,Date,Gross,VAT Amount\nA,01/04/2024,120.00,20.00\nB,02/04/2024,240.00,40.00\n",
        2,
        "360.00",
        "amount-chosen",
    );
}

#[test]
fn an_amount_in_another_currency_is_kept_back() {
    check(
        "Date,Supplier,Amount\n01/05/2024,A,100.00\n02/05/2024,B,200.50\n03/05/2024,C,€50.00\n",
        2,
        "300.50",
        "currency-other",
    );
    check(
        "Supplier,Amount,Currency\nA,100.00,GBP\nB,200.50,GBP\nC,50.00,EUR\n",
        2,
        "300.50",
        "currency-other",
    );
    check("Supplier,Amount\nA,€100.00\nB,€200.50\n", 2, "300.50", "currency-other");
}

#[test]
fn points_of_thousands_are_asked_about() {
    check(
        "Date;Supplier;Amount\n01/05/2024;A;1.100\n02/05/2024;B;2.101\n03/05/2024;C;3.102\n",
        3,
        "6303.00",
        "thousands-by-points",
    );
    check(
        "Date,Supplier,Amount\n01/05/2024,A,1.100\n02/05/2024,B,2.101\n03/05/2024,C,3.102\n",
        3,
        "6.303",
        "thousands-by-points",
    );
}

#[test]
fn a_lost_pound_sign_is_read_as_one() {
    check(
        "Date,Supplier,Amount\n01/05/2024,A,?100.00\n02/05/2024,B,\"?1,050.00\"\n",
        2,
        "1150.00",
        "pound-sign-lost",
    );
    check(
        "Date,Supplier,Amount\n01/05/2024,A,¬£100.00\n02/05/2024,B,¬£50.00\n",
        2,
        "150.00",
        "pound-sign-lost",
    );
    check(
        "Date,Supplier,Amount\n01/05/2024,A,&pound;100.00\n02/05/2024,B,&pound;50.00\n",
        2,
        "150.00",
        "pound-sign-lost",
    );
}

#[test]
fn amounts_only_shown_in_thousands_are_pounds() {
    let mut book = Workbook::new();
    let thousands = Format::new().set_num_format("#,##0,");
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Service").unwrap();
    sheet.write(0, 1, "Budget £000").unwrap();
    for (row, amount) in [(1, 1_234_567.5), (2, 2_000_000.0)] {
        sheet.write(row, 0, format!("Service {row}")).unwrap();
        sheet.write_with_format(row, 1, amount, &thousands).unwrap();
    }
    check_book(book, 2, "3234567.50", "unit-scaled");
}

#[test]
fn sheets_that_carry_a_list_on_and_sheets_by_service_are_read() {
    let write = |book: &mut Workbook, name: &str, headed: bool, amounts: [f64; 3]| {
        let sheet = book.add_worksheet();
        sheet.set_name(name).unwrap();
        let mut row = 0;
        if headed {
            for (column, heading) in ["Inv Date", "Payee", "Details", "£ (net)"].into_iter().enumerate() {
                sheet.write(0, column as u16, heading).unwrap();
            }
            row = 1;
        }
        for amount in amounts {
            sheet.write(row, 0, "16/05/2024").unwrap();
            sheet.write(row, 1, format!("Firm {row} Ltd")).unwrap();
            sheet.write(row, 2, "Works").unwrap();
            sheet.write(row, 3, amount).unwrap();
            row += 1;
        }
    };
    let mut pages = Workbook::new();
    write(&mut pages, "Page 1", true, [10.5, 11.5, 12.5]);
    write(&mut pages, "Page 2", false, [20.5, 21.5, 22.5]);
    check_book(pages, 6, "99.00", "sheets-joined");
    let mut services = Workbook::new();
    write(&mut services, "Adults", true, [10.5, 11.5, 12.5]);
    write(&mut services, "Places", true, [20.5, 21.5, 22.5]);
    let services = check_book(services, 6, "99.00", "sheets-joined");
    assert_eq!(sums(services, Dimension::Service), ["Adults 34.50", "Places 64.50"]);
}

#[test]
fn hidden_rows_are_said_and_merged_cells_hold_for_all_their_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in ["Directorate", "Service", "Amount"].into_iter().enumerate() {
        sheet.write(0, column as u16, heading).unwrap();
    }
    for (row, (service, amount)) in
        [("Home care", 200.0), ("Nursing", 400.25), ("Fostering", 300.0)].iter().enumerate()
    {
        sheet.write(row as u32 + 1, 1, *service).unwrap();
        sheet.write(row as u32 + 1, 2, *amount).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "Adults", &Format::new()).unwrap();
    sheet.write(3, 0, "Children").unwrap();
    sheet.set_row_hidden(2).unwrap();
    let imported = check_book(book, 3, "900.25", "rows-hidden");
    assert_eq!(sums(imported, Dimension::Theme), ["Adults 600.25", "Children 300.00"]);
}

#[test]
fn another_table_below_is_not_added() {
    check(
        "Supplier,Service,Amount\nA,Roads,100\nB,Roads,101\n,,\nIncome,,\nSource,Service,Amount\nGrant,Roads,1000\n",
        2,
        "201.00",
        "table-apart",
    );
}

#[test]
fn text_is_taken_apart_by_what_parts_its_headings() {
    check(
        "Date,Supplier,Notes,Amount\n01/05/2024,A,a;b;c;d;e,1.50\n02/05/2024,B,a;b;c;d;e,2.50\n",
        2,
        "4.00",
        "",
    );
    check(
        "Date,Supplier,Notes,Amount\n01/05/2024,A,a | b | c | d | e,1.50\n02/05/2024,B,a | b | c | d | e,2.50\n",
        2,
        "4.00",
        "",
    );
    check(
        "Date        Supplier      Net Amount\n01/05/2024  Firm 0 Ltd      1,000.10\n02/05/2024  Firm 10 Ltd        50.00\n",
        2,
        "1050.10",
        "",
    );
    check(
        "=\"Date\",=\"Supplier\",\"Amount\"\n=\"01/05/2024\",=\"Acme, Ltd\",\"1,000.10\"\n=\"02/05/2024\",=\"Bee\",\"5.00\"\n",
        2,
        "1005.10",
        "",
    );
    let page = "<html><body><table><tr><td>Date</td><td>Supplier</td><td>Amount</td></tr><tr><td>01/05/2024</td><td>A</td><td>1,000.10</td></tr></table></body></html>";
    let imported = read_as("report.xls", page.as_bytes(), &ImportOptions::default()).unwrap();
    check_read(&imported, 1, "1000.10", "");
}

#[test]
fn rows_with_one_cell_fewer_are_read_by_what_they_hold() {
    check(
        "Supplier Name,Transaction Number,Paid Date,Paid Amount,Department\nA Ltd,900000,4521.12,Adults\nB Ltd,900001,34.12,Adults\nC Ltd,900002,47.12,Roads\n",
        3,
        "4602.36",
        "headings-shifted",
    );
}

#[test]
fn nothing_spent_and_nothing_available_are_said_as_what_they_are() {
    check("Entity,Date,Supplier,Amount\n,,,\nNIL RETURN,,,\n", 0, "0.00", "nil-return");
    check(
        "Authority,Service,Amount\nA,Care,100\nB,Care,[c]\nC,Care,..\nD,Care,low\nE,Care,50\n",
        2,
        "150.00",
        "not-available",
    );
}

#[test]
fn a_reference_that_comes_again_and_again_is_no_number_of_a_patient() {
    let mut text = "Date,Supplier,Transaction No,Amount\n".to_owned();
    for day in 10..30 {
        writeln!(text, "{day}/05/2024,Rail Ltd,4000023683,{day}.50").unwrap();
    }
    check(&text, 20, "400.00", "");
}

#[test]
fn headings_again_in_other_words_spoil_no_dates() {
    let imported = read(
        "Vendor Name,Payment Date,Net Amount,Service\nA Ltd,01/12/2025,100.00,Roads\nVendor Name for Publication,Payment Date,Net Amount,\nB Ltd,02/12/2025,200.00,Roads\n",
    );
    check_read(&imported, 2, "300.00", "");
    assert!(imported.file.problems.is_empty(), "{:?}", imported.file.problems);
}

#[test]
fn directorates_are_no_agencies() {
    let text = "Payment Date,Supplier Name,Directorate,Service,Net Amount\n01/05/2024,A,Places,Parks,100.50\n02/05/2024,B,Adults,Beds,101.00\n";
    let imported = read(text);
    is_told(&imported, "agency-missing");
    assert_eq!(sums(imported, Dimension::Agency), ["Not stated 201.50"]);
    let named = read_as("Midshire_Council_spend.csv", text.as_bytes(), &ImportOptions::default()).unwrap();
    assert_eq!(sums(named, Dimension::Agency), ["Midshire Council 201.50"]);
    let named = read(
        "Local Authority Department,Beneficiary,Date,Amount\nAdults,A,01/05/2024,5.50\nPlaces,B,02/05/2024,6.50\n",
    );
    assert_eq!(sums(named, Dimension::Service), ["Adults 5.50", "Places 6.50"]);
}

#[test]
fn a_name_that_stands_once_holds_for_the_empty_cells_below_it() {
    let imported = read(
        "Directorate,Service,Amount\nAdults,Care,200.50\n,Beds,100\nChildren,Fostering,300\n,Adoption,10\n",
    );
    check_read(&imported, 4, "610.50", "cells-filled-down");
    assert_eq!(sums(imported, Dimension::Theme), ["Adults 300.50", "Children 310.00"]);
}

#[test]
fn periods_give_the_year() {
    for period in ["P01 2024/25", "Q2 2024/25", "2024-07", "07/2024", "2024M07"] {
        let heading = if period.contains(' ') { "Period" } else { "Date" };
        let text =
            format!("{heading},Supplier,Service,Amount\n{period},A,Roads,100.50\n{period},B,Roads,101.50\n");
        assert_eq!(sums(read(&text), Dimension::Year), ["2024/25 202.00"], "{period}");
    }
}

#[test]
fn suppliers_are_told_by_what_a_column_holds() {
    for heading in ["Supplier id(T)", "Updated Beneficiary", "Supplier description"] {
        let text = format!(
            "Strgrp(T),TransNo,{heading},Amount\nRoads,42340001,FIRM 1 LTD,10.56\nCare,42340002,FIRM 2 LTD,20.56\n"
        );
        assert_eq!(
            sums(read(&text), Dimension::Supplier),
            ["FIRM 1 LTD 10.56", "FIRM 2 LTD 20.56"],
            "{heading}"
        );
    }
}

#[test]
fn a_record_that_a_line_break_has_broken_is_read_as_one() {
    check(
        "Year,Code,Description,Amount\n2018,77,ROADS,100.00\n2018,78,PRECIOUS AND RARE\n MATERIALS FUND,250.50\n2018,79,WATER,300.25\n",
        3,
        "650.75",
        "row-broken",
    );
}

#[test]
fn a_kind_of_document_that_nobody_knows_is_asked_about() {
    let imported =
        read("Supplier,Doc type,Amount\nA,INV,10.00\nB,INV,20.00\nC,CRN,5.00\nD,INV,7.00\nE,ZZ,3.00\n");
    check_read(&imported, 5, "35.00", "direction-chosen");
    assert!(imported.file.problems.iter().any(|problem| problem.severity == Severity::Question));
    // The same words in a column of something else take nothing off.
    check("Supplier,Grade,Amount\nA,C,10.50\nB,D,20.00\nC,D,5.00\n", 3, "35.50", "");
}

#[test]
fn blocks_of_one_shape_are_read_by_one_measure() {
    let imported = read(
        "Authority,Education,,,Highways,,\n,Staff,Running,Total,Staff,Running,Total\nA Council,10,5,15,20,1,21\nB Council,11,5,16,21,1,22\nC Council,12,5,17,22,1,23\n",
    );
    check_read(&imported, 6, "114.00", "wide-table");
    assert_eq!(sums(imported, Dimension::Service), ["Education 48.00", "Highways 66.00"]);
}

#[test]
fn a_total_above_the_headings_is_held_against_the_rows() {
    let titled = |total: &str| {
        format!("Total spend,,\"{total}\"\n\nDate,Supplier,Amount\n01/05/2024,A,100.50\n02/05/2024,B,150\n")
    };
    assert_eq!(
        read(&titled("£250.50")).file.stated_total.map(|total| total.to_string()).as_deref(),
        Some("250.50")
    );
    check(&titled("£270.50"), 2, "250.50", "total-differs");
}

#[test]
fn every_number_is_an_amount_or_told_as_something_else() {
    let text = payments(",,,,2100.06\n");
    let options = ImportOptions { balance: true, ..ImportOptions::default() };
    let imported = read_as("spend.csv", text.as_bytes(), &options).unwrap();
    let numbers = imported.file.numbers.unwrap();
    assert_eq!((numbers.cells, numbers.amounts, numbers.told_cells()), (13, 6, 7));
    let told: Vec<(&str, u64)> = numbers.told.iter().map(|told| (told.what.as_str(), told.cells)).collect();
    assert_eq!(told, [("date: Paid on", 6), ("total row", 1)]);
}

#[test]
fn a_sheet_is_asked_about_where_another_comes_to_another_sum_and_its_numbers_are_counted() {
    let book = |second: f64| {
        let mut book = Workbook::new();
        for (name, heading, amount) in [("Paid", "Amount", 10.5), ("Grants", "Grant amount", second)] {
            let sheet = book.add_worksheet();
            sheet.set_name(name).unwrap();
            for (column, text) in ["Supplier", "Date", "Ward", heading].into_iter().enumerate() {
                let text = if name == "Grants" && column < 3 {
                    ["Recipient", "Paid on", "Purpose"][column]
                } else {
                    text
                };
                sheet.write(0, column as u16, text).unwrap();
            }
            for row in 1..=4_u32 {
                sheet.write(row, 0, format!("Firm {row}")).unwrap();
                sheet.write(row, 1, format!("0{row}/05/2024")).unwrap();
                sheet.write(row, 2, "North").unwrap();
                sheet.write(row, 3, amount).unwrap();
            }
        }
        book.save_to_buffer().unwrap()
    };
    let options = ImportOptions { balance: true, ..ImportOptions::default() };
    let read =
        |second: f64, options: &ImportOptions| read_as("book.xlsx", &book(second), options).unwrap().file;
    let file = read(2000.5, &options);
    let asked = file.problems.iter().find(|problem| problem.code.key() == "sheet-chosen").unwrap();
    assert_eq!(asked.severity, Severity::Question, "{:#?}", file.problems);
    let totals: Vec<String> =
        asked.readings.iter().map(|way| format!("{} {}", way.choose, way.total)).collect();
    assert_eq!(totals, ["--sheet \"Paid\" 42.00", "--sheet \"Grants\" 8002.00"]);
    assert_eq!(asked.readings[1].rows.len(), 4, "rows of the other sheet are shown");
    let numbers = file.numbers.unwrap();
    assert_eq!(numbers.cells, numbers.amounts + numbers.told_cells());
    assert_eq!((numbers.cells, numbers.amounts_not_read().1.to_string().as_str()), (16, "8002.00"));
    let same = read(10.5, &options);
    assert!(
        same.problems.iter().all(|problem| problem.severity != Severity::Question),
        "{:#?}",
        same.problems
    );
    let named = ImportOptions { sheet: Some("Grants".to_owned()), ..options };
    assert!(read(2000.5, &named).problems.iter().all(|problem| problem.severity != Severity::Question));
}

/// The question of this code, as what each way comes to and the option that chooses it.
fn ways(text: &str, code: &str) -> Vec<String> {
    let options = ImportOptions { balance: true, ..ImportOptions::default() };
    let imported = read_as("spend.csv", text.as_bytes(), &options).unwrap();
    let asked = imported.file.problems.iter().find(|problem| problem.code.key() == code).unwrap();
    assert_eq!(asked.severity, Severity::Question, "{}", asked.message);
    asked.readings.iter().map(|way| format!("{} {} {}", way.total, way.lines, way.choose)).collect()
}

#[test]
fn another_table_another_currency_and_moved_headings_are_asked_with_the_ways_to_read_them() {
    let tables = "Date,Supplier,Amount\n01/05/2024,A,100.00\n02/05/2024,B,50.00\n\nGrants\nGiven on,Body,Amount,Purpose\n\
        03/05/2024,C,7.00,Play\n04/05/2024,D,8.00,Art\n";
    assert_eq!(ways(tables, "table-apart"), ["150.00 2 ", "15.00 2 --headings 6"]);
    let options = ImportOptions { header_row: Some(6), ..ImportOptions::default() };
    check_read(&read_as("spend.csv", tables.as_bytes(), &options).unwrap(), 2, "15.00", "");

    let euros = "Date,Supplier,Amount\n01/05/2024,A,€100.00\n02/05/2024,B,€50.00\n";
    assert_eq!(ways(euros, "currency-other"), ["150.00 2 ", "150.00 2 --pounds"]);
    let options = ImportOptions { pounds: true, ..ImportOptions::default() };
    let said = read_as("spend.csv", euros.as_bytes(), &options).unwrap();
    check_read(&said, 2, "150.00", "currency-other");
    assert!(!said.file.asks());

    let short = "Supplier Name,Transaction Number,Paid Date,Paid Amount,Department\nA Ltd,900000,4521.12,Adults\n\
        B Ltd,900001,34.12,Adults\nC Ltd,900002,47.12,Roads\n";
    assert_eq!(ways(short, "headings-shifted"), ["4602.36 3 "]);
    let proved = read(&format!("Total spend,,\"£4,602.36\"\n\n{short}"));
    check_read(&proved, 3, "4602.36", "headings-shifted");
    assert!(!proved.file.asks(), "the file's own total agrees: {:#?}", proved.file.problems);

    let titled = "Total spend,,\"£270.50\"\n\nDate,Supplier,Amount\n01/05/2024,A,100.50\n02/05/2024,B,150\n";
    assert_eq!(ways(titled, "total-differs"), ["250.50 2 "]);
}

#[test]
fn pages_that_carry_a_list_on_may_have_records_over_two_rows() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Page 1").unwrap();
    for (column, heading) in ["Inv Date", "Ref", "Payee", "Details", "Net"].iter().enumerate() {
        sheet.write(0, column as u16, *heading).unwrap();
    }
    for row in 1..9 {
        sheet.write(row, 0, format!("{row:02}/05/2024")).unwrap();
        sheet.write(row, 1, 100 + row).unwrap();
        sheet.write(row, 2, format!("Firm {row} Ltd")).unwrap();
        sheet.write(row, 3, "work").unwrap();
        sheet.write(row, 4, 10.0).unwrap();
    }
    let sheet = book.add_worksheet().set_name("Page 2").unwrap();
    sheet.write(0, 3, "Payments made").unwrap();
    for record in 0..5_u32 {
        let row = 1 + record * 2;
        sheet.write(row, 0, format!("{:02}-Jun-24", record + 1)).unwrap();
        sheet.write(row, 1, "CG").unwrap();
        sheet.write(row, 2, format!("Friends {record}")).unwrap();
        sheet.write(row, 3, "a grant for what is").unwrap();
        sheet.write(row, 4, 7.0).unwrap();
        sheet.write(row + 1, 2, "of the Park").unwrap();
        sheet.write(row + 1, 3, "good for it.").unwrap();
    }
    let imported = check_book(book, 13, "115.00", "sheets-joined");
    assert!(!imported.file.asks());
}

#[test]
fn a_currency_that_only_the_labels_of_totals_say_is_asked_about() {
    let mut text = "Country,Fund,Amount\n".to_owned();
    for country in ["Poland", "Italy", "Spain"] {
        for (fund, amount) in [("Cohesion Fund", 3), ("Rural Fund", 4), ("Total (€)", 7)] {
            writeln!(text, "{country},{fund},{amount}000000").unwrap();
        }
    }
    check(&text, 6, "21000000.00", "currency-other");
    let pounds = ImportOptions { pounds: true, ..ImportOptions::default() };
    assert!(
        !read_as("spend.csv", text.as_bytes(), &pounds).unwrap().file.asks(),
        "they are pounds, as was said"
    );
}

#[test]
fn a_place_in_a_tree_is_no_name_of_a_body() {
    for heading in ["org_path", "organisation slug", "Organisation"] {
        let mut text = format!("{heading},dep,org_clas,budget\n");
        for row in 1..=9 {
            let (path, department) = if row % 4 == 0 { ("/", "Treasurer") } else { ("/manager", "Works") };
            writeln!(text, "{path},{department},Operations,{row}50.25").unwrap();
        }
        assert_eq!(sums(read(&text), Dimension::Agency), ["Not stated 4952.25"], "{heading}");
        let by_service = ["Treasurer 1300.50", "Works 3651.75"];
        assert_eq!(sums(read(&text), Dimension::Service), by_service, "{heading}");
    }
}

#[test]
fn a_sheet_without_headings_that_holds_a_list_of_its_own_is_asked_about() {
    let book = |other: &[(&str, f64)], hidden: bool| {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet().set_name("Payments").unwrap();
        for (column, heading) in ["Date", "Supplier", "Amount"].iter().enumerate() {
            sheet.write(0, column as u16, *heading).unwrap();
        }
        for row in 1..=9 {
            sheet.write(row, 0, format!("0{row}/05/2024")).unwrap();
            sheet.write(row, 1, format!("Firm {row} Ltd")).unwrap();
            sheet.write(row, 2, 10.25).unwrap();
        }
        let sheet = book.add_worksheet().set_name("Grants").unwrap();
        sheet.set_hidden(hidden);
        for (row, (name, amount)) in other.iter().enumerate() {
            sheet.write(row as u32, 0, *name).unwrap();
            sheet.write(row as u32, 1, *amount).unwrap();
        }
        let options = ImportOptions { balance: true, ..ImportOptions::default() };
        read_as("book.xlsx", &book.save_to_buffer().unwrap(), &options).unwrap()
    };
    let groups = [("Friends of the Park", 50.5), ("Scouts", 60.25), ("Choir", 70.75), ("Band", 80.5)];
    let asks = book(&groups, false);
    check_read(&asks, 9, "92.25", "sheet-chosen");
    let asked = asks.file.problems.iter().find(|problem| problem.severity == Severity::Question).unwrap();
    assert_eq!(asked.readings[1].choose, "--sheet \"Grants\"");
    assert_eq!((asked.readings[1].lines, asked.readings[1].total.to_string().as_str()), (4, "262.00"));
    // What is hidden is said; a summary has the total of what was read; a remark has a number or two.
    assert!(!book(&groups, true).file.asks());
    let summary = [("April", 70.5), ("May", 92.25), ("June", 60.25), ("July", 10.5)];
    assert!(!book(&summary, false).file.asks());
    let (extract, rates) =
        ([("Firm 1", 10.25), ("Firm 2", 10.25), ("Firm 3", 10.25)], [("A", 0.2), ("B", 0.25), ("C", 0.1)]);
    assert!(!book(&extract, false).file.asks() && !book(&rates, false).file.asks());
    assert!(!book(&[("Payments from", 500.0), ("Spent in the year", 1234.5)], false).file.asks());
}
