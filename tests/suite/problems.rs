//! A catalogue: the smallest file that causes each problem, and its message as a finance officer reads it.

use std::io::Write as _;
use std::ops::ControlFlow;

use shadowpool::import::{ImportError, ImportOptions, Input, import};
use shadowpool::ledger::tidy_headings_with_range;

/// What a file is told: `code: message` of its problems, or why it was refused.
fn told(name: &str, bytes: &[u8]) -> Vec<String> {
    match import(Input { name, bytes }, &ImportOptions::default(), |_| ControlFlow::Continue(())) {
        Ok(imported) => {
            assert!(imported.file.adds_up());
            imported
                .file
                .problems
                .iter()
                .map(|problem| format!("{}: {}", problem.code, problem.message))
                .collect()
        }
        Err(ImportError::Refused(problem)) => vec![format!("{}: {}", problem.code, problem.message)],
        Err(ImportError::Cancelled) => vec!["cancelled".to_owned()],
    }
}

fn check(bytes: impl AsRef<[u8]>, right: &str) {
    let told = told("spend.csv", bytes.as_ref());
    assert!(told.iter().any(|message| message == right), "wanted {right}\ntold {told:#?}");
}

#[test]
fn rows_that_cannot_be_read() {
    check(
        "agency,Amount\nCouncil,n/a\n",
        "amount-unreadable: spend.csv, row 2, Amount: \"n/a\" is not an amount of money, such as 1250.00 or (1,250.00)",
    );
    check(
        "agency,service,Amount\nCouncil,Parks,5\nCouncil,Roads,\nCouncil,Trees,6\n",
        "amount-missing: spend.csv, row 3, Amount: there is no amount; fill it in, or take the row out",
    );
    check(
        "agency,Amount\nCouncil,79228162514264337593543950336\nNHS,5\nNHS,6.50\n",
        "amount-too-large: spend.csv, row 2, Amount: \"79228162514264337593543950336\" is larger than the largest amount a line can hold, £900,000,000,000,000.00",
    );
    check(
        "agency,service,Amount\nCouncil,Parks,5\nCouncil,Roads,\n",
        "file-truncated: spend.csv, row 3: the last row has no amount; the file may have been cut short, so ask its publisher for the whole of it",
    );
}

#[test]
fn rows_that_are_read_and_should_be_looked_at() {
    check(
        "agency,date,Amount\nCouncil,31/02/2024,5\nNHS,28/02/2024,6\n",
        "date-unreadable: spend.csv, row 2, date: \"31/02/2024\" is not a date, such as 31/08/2024; the line is read without one",
    );
    check(
        "agency,year,amount\nCouncil,2024/26,5\nNHS,2024/25,5\n",
        "year-unreadable: spend.csv, row 2, year: \"2024/26\" is not a financial year, such as 2024/25; these lines count as \"Not stated\"",
    );
    check(
        "agency,stage,amount\nCouncil,preventoin,5\n",
        "word-unknown: spend.csv, row 2, stage: \"preventoin\" is no stage; it can be Prevention, Early help, Acute or reactive, Not classified. Did you mean \"Prevention\"?; these lines count as \"Not stated\"",
    );
    check(
        format!("{}\n,Council{}5.00,,,,,6.00,\n", tidy_headings_with_range().join(","), ",".repeat(16)),
        "range-unreadable: spend.csv, row 2, low: low 6.00 is more than the amount 5.00; the line is read without its low and high",
    );
    check(
        "agency,amount\nCouncil,1.2E+05\n",
        "amount-shortened: spend.csv, row 2, amount: \"1.2E+05\" was cut short by a spreadsheet; it is read as 120000.00, and its last digits may be lost",
    );
    check(
        "agency,amount\nCouncil,60110413.53999998\n",
        "amounts-rounded: spend.csv: 1 amount is finer than a hundredth of a penny (the first in row 2) and was rounded to it, as spreadsheets show them; together this changes the total by less than a hundredth of a penny",
    );
    check(
        "agency,date,amount\nCouncil,01/02/2024,5\nNHS,01/02/2024,6\nTotal,,12\n",
        "total-differs: spend.csv, row 4, amount: this total says 12.00, and the rows above add up to 11.00: 1.00 less",
    );
    check(
        "agency,amount\nCouncil,5\nCouncil,5\n",
        "duplicate-lines: spend.csv: 1 row reads exactly as an earlier row does; such rows are common and genuine, so none was left out",
    );
    check(
        "agency,amount\n\"Council,5\n",
        "quote-unclosed: spend.csv, row 2: a quotation mark is opened and never closed; it was read as part of the text",
    );
}

#[test]
fn damaged_rows_are_proposed_for_repair() {
    let swapped = "Supplier,Date,Reference,Amount\nAcme,01/08/2011,17,5.50\nBee,02/08/2011,18,6.25\nCee,03/08/2011,7.25,x19\n,,,19.00\n";
    check(
        swapped,
        "row-damaged: spend.csv, row 4, Amount: its cells stand beside their columns; read as \"Cee, 03/08/2011, x19, 7.25\" its amount would be 7.25",
    );
    let parted = "Supplier,Date,Amount\nAcme,01/08/2011,5.50\nSmith, Jones Ltd,02/08/2011,6.25\nBee,03/08/2011,1.00\nTotal,,12.75\n";
    check(
        parted,
        "row-damaged: spend.csv, row 3, Amount: its cells stand beside their columns; read as \"Smith, Jones Ltd, 02/08/2011, 6.25\" its amount would be 6.25",
    );
    check(
        parted,
        "repairs-proved: spend.csv, row 5, Amount: this total of 12.75 agrees if the damaged rows (3) are read as proposed; mend them so in the file",
    );
}

#[test]
fn choices_that_are_said() {
    check(
        "year,account_type,amount\n2023,Expense,5\n2023,Revenue,4\n",
        "direction-chosen: spend.csv: \"account_type\" tells expenses from revenue; only the expenses are read",
    );
    check(
        "Supplier,Gross,Net\nAcme,6,5\n",
        "amount-chosen: spend.csv: \"Net\" is read as the amount; \"Gross\" beside it is left out",
    );
    check(
        "agency,amount (£000)\nCouncil,5\n",
        "unit-scaled: spend.csv: the amounts are thousands of pounds, as \"amount (£000)\" says; they are multiplied by 1000",
    );
    check(
        "agency,date,amount\nCouncil,12/31/2024,5\n",
        "dates-month-first: spend.csv: \"date\" writes the month before the day, as 12/31/2020 shows",
    );
    check(
        "agency,2023-24,2024-25\nCouncil,5,6\n",
        "wide-table: spend.csv: each row holds amounts for 2 years (2023/24, 2024/25); each is read as a line of its own",
    );
    check(
        "Spending in 2023-24\nagency,amount\nCouncil,5\n",
        "year-from-name: spend.csv: no column gives the year, so 2023/24 was taken from \"Spending in 2023-24\"",
    );
    check(
        "Council,Parks,5.50\nCouncil,Roads,6.50\n",
        "heading-missing: spend.csv: has no row of headings; the columns were recognised by what they hold",
    );
    check(
        "agency,amount\nCouncil,Â£5\n".as_bytes(),
        "encoding-mended: spend.csv: was encoded as UTF-8 twice over (Â£ for £); this was undone",
    );
}

#[test]
fn cells_beyond_the_columns_are_told() {
    check(
        "agency,amount\nCouncil,5,,,checked\nNHS,6\nCouncil,7,,see file\n",
        "cells-beyond: spend.csv: 2 cells stand beyond the last heading, the first in row 2, column E; what stands there is not read",
    );
}

#[test]
fn files_that_cannot_be_read() {
    check("", "file-empty: spend.csv: is empty; export it again, or choose another file");
    check(
        " \n \n",
        "file-empty: spend.csv: holds nothing but blank space; export it again, or choose another file",
    );
    check(
        "<!DOCTYPE html><html><body>502 Bad Gateway</body></html>",
        "file-web-page: spend.csv: is a web page, not a table: most likely an error page saved in the file's place; download the file again",
    );
    check(
        b"%PDF-1.7 ...",
        "file-binary: spend.csv: is a PDF document, not a table; export the figures as CSV or as an Excel workbook",
    );
    check(
        [1_u8, 2, 3, 4, 5, 6, 7, 8, 250, 251],
        "file-binary: spend.csv: is not text and not a workbook that can be read; export the figures as CSV or as an Excel workbook",
    );
    check("agency,amount\n", "no-rows: spend.csv: has headings and no rows of spending below them");
    check(
        "agency,service\nCouncil,Parks\nNHS,Beds\n",
        "no-amounts: spend.csv: no column holds amounts of money: row 1 has the headings \"agency\", \"service\"; an amount is missing. Head the column of amounts \"Amount\", or add one",
    );
    check(
        b"PK\x03\x04 and then nothing",
        "zip-unreadable: spend.csv: is a ZIP archive or a workbook that is damaged or not yet whole; copy or download it again",
    );
    check(
        "{\"a\": 1}",
        "package-unreadable: spend.csv: is JSON and lists no data files; open the package's datapackage.json, or its CSV files",
    );
}

#[test]
fn archives_of_several_files_and_of_harm() {
    let zip = |files: &[(&str, &[u8])]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, bytes) in files {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            writer.write_all(bytes).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    check(
        zip(&[("a.csv", b"x"), ("b.csv", b"y")]),
        "zip-several: spend.csv: is a ZIP archive of 2 data files (a.csv, b.csv); unpack it and choose among them",
    );
    let harm = vec![b'0'; 120 << 20];
    check(
        zip(&[("xl/workbook.xml", b"<workbook/>"), ("xl/sharedStrings.xml", &harm)]),
        "file-too-large: spend.csv: would unpack to far more than its size allows for, as harmful files do; it was not opened. Save its table as CSV",
    );
    let good = zip(&[("readme.md", b"hello"), ("data/spend.csv", b"agency,amount\nCouncil,5\n")]);
    assert_eq!(told("spend.zip", &good), Vec::<String>::new());
}

#[test]
fn personal_data_is_refused_and_never_repeated() {
    check(
        "id,amount\n943 476 5919,5\n943 476 5919,6\n",
        "personal-data: spend.csv: was not loaded because it holds personal data: id holds NHS numbers (2 rows). Take these columns out, or ask for totals instead of people",
    );
    check(
        "ref,amount\nAB123456C,5\nCE 65 43 21 A,6\n",
        "personal-data: spend.csv: was not loaded because it holds personal data: ref holds National Insurance numbers (2 rows). Take these columns out, or ask for totals instead of people",
    );
    check(
        "supplier,Date of birth,amount\nx,01/02/1950,5\ny,03/04/1960,6\n",
        "personal-data: spend.csv: was not loaded because it holds personal data: Date of birth holds dates of birth (2 rows). Take these columns out, or ask for totals instead of people",
    );
    check(
        "who,where,amount\nMrs A Smith,14 Acacia Avenue,5\nJohn Jones,2 Mill Lane,6\nMr P Patel,9 High Street,7\n",
        "personal-data: spend.csv: was not loaded because it holds personal data: who holds names of people beside their addresses or dates of birth (3 rows). Take these columns out, or ask for totals instead of people",
    );
    // Numbers of ten digits are common; one in eleven passes the check.
    let references: Vec<String> = (0..40).map(|index| format!("510{:07},Acme Ltd,5", index * 7919)).collect();
    let references = references.join(
        "
",
    );
    assert_eq!(told("spend.csv", format!("Document No,Supplier,amount\n{references}").as_bytes()).len(), 0);
}

#[test]
fn every_code_is_documented() {
    let document = include_str!("../../docs/DATA.md");
    for code in shadowpool::import::Code::ALL {
        assert!(document.contains(&format!("| `{code}` |")), "{code} is not in docs/DATA.md");
    }
}

#[test]
fn a_workbook_whose_sectors_go_round_is_refused() {
    let mut bytes = vec![0_u8; 2048];
    bytes[..8].copy_from_slice(&[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
    bytes[30] = 9;
    bytes[76..512].fill(0xFF);
    bytes[76..80].fill(0);
    bytes[60..72].fill(0xFF);
    check(
        &bytes,
        "workbook-unreadable: spend.csv: is a workbook that cannot be read (it is damaged, or not yet whole); open it in a spreadsheet and save it again, or save it as CSV",
    );
}
