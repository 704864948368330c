//! What publishers' files leave unsaid, or say in another place: whose money, credits, sheets, totals, damaged rows.

use std::io::Write as _;
use std::ops::ControlFlow;

use rust_xlsxwriter::Workbook;
use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportError, ImportOptions, Imported, Input, import};
use shadowpool::ledger::{Filter, Ledger, Totals};

fn read_as(name: &str, bytes: &[u8], options: &ImportOptions) -> Imported {
    let imported = import(Input { name, bytes }, options, |_| ControlFlow::Continue(()));
    let imported = imported.unwrap_or_else(|error| panic!("{error}"));
    assert!(imported.file.adds_up(), "every row is accounted for");
    imported
}

fn read(text: &str) -> Imported {
    read_as("spend.csv", text.as_bytes(), &ImportOptions::default())
}

/// The sums by a dimension, as `name amount`.
fn sums(ledger: &Ledger, dimension: Dimension) -> Vec<String> {
    let totals = Totals::of(ledger, &Filter::default(), &[dimension]);
    totals.rows.iter().map(|row| format!("{} {}", row.names[0], row.amount)).collect()
}

fn codes(imported: &Imported) -> Vec<String> {
    imported.file.problems.iter().map(|problem| problem.code.key()).collect()
}

fn check(text: &str, by: Dimension, right: &[&str], code: &str) {
    let imported = read(text);
    assert!(codes(&imported).contains(&code.to_owned()), "{code} in {:?}", imported.file.problems);
    assert_eq!(sums(&imported.lines.finish(), by), right, "{text}");
}

#[test]
fn a_department_is_the_agency_of_its_own_parts() {
    check(
        "Department Family,Entity,Date,Supplier,Amount\n\
         Ministry of Works,Corporate,01/08/2011,Acme,5.00\n\
         Ministry of Works,Roads,02/08/2011,Bee,6.00\n",
        Dimension::Agency,
        &["Ministry of Works 11.00"],
        "agency-chosen",
    );
    // A misspelt entity is no agency of its own.
    check(
        "Department Family,Entity,Date,Supplier,Amount\n\
         Ministry of Works,Ministry of Works,01/08/2011,Acme,5.00\n\
         Ministry of Works,Ministry of Works,01/08/2011,Acme,6.00\n\
         Ministry of Works,Minstry of Works,02/08/2011,Bee,7.00\n",
        Dimension::Agency,
        &["Ministry of Works 18.00"],
        "agency-chosen",
    );
    let trusts = read(
        "Department Family,Entity,Date,Supplier,Amount\n\
         Department of Health,NHS Anytown Trust,01/08/2011,Acme,5.00\n\
         Department of Health,NHS Othertown Trust,02/08/2011,Bee,6.00\n",
    );
    assert_eq!(
        sums(&trusts.lines.finish(), Dimension::Agency),
        ["NHS Othertown Trust 6.00", "NHS Anytown Trust 5.00"]
    );
}

#[test]
fn titles_and_file_names_say_whose_money_it_is() {
    check(
        "Anytown Borough Council: payments over £500,,\n\nSupplier,Date,Amount\nAcme,01/08/2011,5.00\n",
        Dimension::Agency,
        &["Anytown Borough Council 5.00"],
        "agency-from-name",
    );
    let text = b"Supplier,Date,Amount\nAcme,01/08/2011,5.00\n";
    let named = read_as("midshire-police-august-2011.csv", text, &ImportOptions::default());
    assert_eq!(sums(&named.lines.finish(), Dimension::Agency), ["Midshire Police 5.00"]);
}

#[test]
fn credits_told_by_another_column_are_taken_off() {
    check(
        "Date,Supplier,Amount,DR/CR\n01/02/2024,Acme,5.50,DR\n02/02/2024,Bee,6.50,DR\n03/02/2024,Bee,1.00,CR\n",
        Dimension::Supplier,
        &["Acme 5.50", "Bee 5.50"],
        "direction-chosen",
    );
    check(
        "Date,Supplier,Debit,Credit\n01/02/2024,Acme,5.50,\n02/02/2024,Bee,6.50,\n03/02/2024,Bee,,1.00\n",
        Dimension::Supplier,
        &["Acme 5.50", "Bee 5.50"],
        "amount-chosen",
    );
}

#[test]
fn a_row_of_units_below_the_headings_is_no_line() {
    check(
        "Agency,Service,2022-23,2023-24\n,,£000,£000\nCouncil,Parks,1,2\nHealth,Care,5,6\n",
        Dimension::Agency,
        &["Health 11000.00", "Council 3000.00"],
        "unit-scaled",
    );
}

#[test]
fn budget_and_outturn_of_a_year_are_not_added() {
    check(
        "Agency,Service,Budget 2023/24,Outturn 2023/24\nCouncil,Parks,100,90\nCouncil,Roads,50,60\n",
        Dimension::Year,
        &["2023/24 150.00"],
        "version-chosen",
    );
}

#[test]
fn agencies_side_by_side_are_read_without_their_total() {
    check(
        "Theme,Council,ICB,Police,Total\nA,1,2,3,6\nB,4,5,6,15\nC,7,8,9,24\nTotal,12,15,18,45\n",
        Dimension::Agency,
        &["Police 18.00", "ICB 15.00", "Council 12.00"],
        "wide-table",
    );
}

#[test]
fn a_wide_table_keeps_its_own_total() {
    let rows: Vec<String> = (1..30)
        .map(|row| format!("E{row:02},Town {row},{row},{row},{row},{}\n", row * 3 + row / 29))
        .collect();
    let rows = rows.concat();
    let imported = read(&format!("E-code,Local authority,Education,Highways,Care,TOTAL SERVICES\n{rows}"));
    assert_eq!(imported.file.total.to_string(), "1306.00");
    assert!(codes(&imported).contains(&"total-not-itemised".to_owned()));
    let by_service = sums(&imported.lines.finish(), Dimension::Service);
    assert!(by_service.contains(&"Not itemised 1.00".to_owned()), "{by_service:?}");
}

const DAMAGED: &str = "Supplier,Date,Reference,Amount\nAcme,01/08/2011,A17,5.50\nBee, Sons,02/08/2011,A18,6.25\n\
     Cee 03/08/2011,A19,7.25\nDee 04/08/2011 A20 8.00\nEe,05/08/2011,9.00,A21\nTotal,,,36.00\n";

#[test]
fn damaged_rows_are_read_as_proposed_where_the_total_proves_it() {
    let kept_back = read(DAMAGED);
    assert_eq!((kept_back.file.read, kept_back.file.rejected), (1, 4), "{:?}", kept_back.file.problems);
    assert!(codes(&kept_back).contains(&"repairs-proved".to_owned()));
    let mend = ImportOptions { mend: true, ..ImportOptions::default() };
    let mended = read_as("spend.csv", DAMAGED.as_bytes(), &mend);
    assert_eq!((mended.file.total.to_string().as_str(), mended.file.rejected), ("36.00", 0));
    assert!(codes(&mended).contains(&"rows-mended".to_owned()));
    // Without a total that proves them, they stay proposals.
    let unproved = DAMAGED.replace("36.00", "37.00");
    assert_eq!(read_as("spend.csv", unproved.as_bytes(), &mend).file.rejected, 4);
}

fn sheet(book: &mut Workbook, name: &str, rows: &[(&str, &str, f64)]) {
    let sheet = book.add_worksheet().set_name(name).expect("a name");
    for (column, heading) in (0..).zip(["Supplier", "Date", "Amount"]) {
        sheet.write(0, column, heading).expect("a cell");
    }
    for (row, (supplier, date, amount)) in (1..).zip(rows) {
        sheet.write(row, 0, *supplier).expect("a cell");
        sheet.write(row, 1, *date).expect("a cell");
        sheet.write(row, 2, *amount).expect("a cell");
    }
}

fn read_book(book: &mut Workbook) -> Imported {
    let bytes = book.save_to_buffer().expect("a workbook");
    read_as("spend.xlsx", &bytes, &ImportOptions::default())
}

#[test]
fn sheets_of_the_same_headings_are_one_list() {
    let (april, may) =
        ([("Acme", "01/04/2024", 5.5)], [("Bee", "01/05/2024", 6.5), ("Acme", "02/05/2024", 1.0)]);
    let mut book = Workbook::new();
    sheet(&mut book, "April", &april);
    sheet(&mut book, "May", &may);
    let imported = read_book(&mut book);
    assert!(codes(&imported).contains(&"sheets-joined".to_owned()));
    let ledger = imported.lines.finish();
    assert_eq!(sums(&ledger, Dimension::Supplier), ["Acme 6.50", "Bee 6.50"]);
    let from: Vec<String> = ledger.lines().map(|line| line.provenance().to_string()).collect();
    assert_eq!(
        from,
        ["spend.xlsx, sheet April, row 2", "spend.xlsx, sheet May, row 2", "spend.xlsx, sheet May, row 3"]
    );
    // A sheet that gathers the others is read alone.
    let mut book = Workbook::new();
    sheet(&mut book, "April", &april);
    sheet(&mut book, "May", &may);
    sheet(&mut book, "All", &[april[0], may[0], may[1]]);
    assert_eq!(read_book(&mut book).file.total.to_string(), "13.00");
}

/// A workbook of one sheet, written by a program that works nothing out.
fn uncalculated_book(rows: &str) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let link = |kind: &str, to: &str| {
        format!(
            r#"<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{LINKS}/{kind}" Target="{to}"/></Relationships>"#
        )
    };
    let parts = [
        ("[Content_Types].xml", format!(r#"<Types xmlns="{PACKAGE}/content-types"/>"#)),
        ("_rels/.rels", link("officeDocument", "xl/workbook.xml")),
        ("xl/_rels/workbook.xml.rels", link("worksheet", "worksheets/sheet1.xml")),
        (
            "xl/workbook.xml",
            format!(
                r#"<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets><sheet name="Spend" sheetId="1" r:id="rId1"/></sheets></workbook>"#
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(r#"<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>"#),
        ),
    ];
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, text) in parts {
        book.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        book.write_all(text.as_bytes()).expect("memory");
    }
    book.finish().expect("a workbook").into_inner()
}

#[test]
fn formulas_without_results_are_told_by_row() {
    let text = |cell: &str| format!(r#"<c t="inlineStr"><is><t>{cell}</t></is></c>"#);
    let row = |supplier: &str, date: &str, amount: &str| {
        format!("<row>{}{}{amount}</row>", text(supplier), text(date))
    };
    let rows = [
        row("Supplier", "Date", &text("Amount")),
        row("Acme", "01/04/2024", "<c><v>5.5</v></c>"),
        row("Bee", "02/04/2024", "<c><f>3*2</f></c>"),
        row("Cee", "03/04/2024", "<c><v>7</v></c>"),
        "<row><c/><c/><c><f>SUM(C2:C4)</f></c></row>".to_owned(),
    ];
    let bytes = uncalculated_book(&rows.concat());
    let imported = read_as("spend.xlsx", &bytes, &ImportOptions::default());
    assert_eq!((imported.file.lines, imported.file.rejected), (2, 1), "{:?}", imported.file.problems);
    assert_eq!(
        imported.file.problems[0].message,
        "spend.xlsx, row 3, Amount: the formula \"=3*2\" holds no value; open the file in a spreadsheet, let it calculate, and save it again"
    );
}

/// An `OpenDocument` spreadsheet of one sheet.
fn open_document(rows: &[u8]) -> Vec<u8> {
    let mut book = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let parts = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet".as_slice()),
        (
            "content.xml",
            &[
                b"<?xml version='1.0'?><office:document-content><table:table table:name='Spend'>",
                rows,
                b"</table:table></office:document-content>",
            ]
            .concat(),
        ),
    ];
    for (name, bytes) in parts {
        book.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        book.write_all(bytes).expect("memory");
    }
    book.finish().expect("a spreadsheet").into_inner()
}

#[test]
fn an_open_document_is_read_as_far_as_its_elements_can_be_told_apart() {
    let cell = |text: &[u8]| [b"<table:table-cell><text:p>", text, b"</text:p></table:table-cell>"].concat();
    let row = |supplier: &[u8], amount: &[u8]| {
        let cells = [cell(supplier), cell(b"01/04/2024"), amount.to_vec()].concat();
        [b"<table:table-row>", cells.as_slice(), b"</table:table-row>"].concat()
    };
    let heading = [cell(b"Supplier"), cell(b"Date"), cell(b"Amount")].concat();
    let amount = b"<table:table-cell office:value=\"5.50\"/>";
    let rows = [
        [b"<table:table-row>", heading.as_slice(), b"</table:table-row>"].concat(),
        row(b"A &amp; B &#163;&#x24; Ltd", amount),
        row(b"<![CDATA[Bee <b> Ltd]]>", amount),
        row(b"Cee<!-- a > b --> Ltd", amount),
        row(b"Dee &c; & Ltd", amount),
        // A letter of another encoding.
        row(b"Caf\xE9 Ltd", amount),
        row(b"<text:span>Eff</text:span> Ltd", amount),
        row(b"Gee<text:s/>Ltd", b"<table:table-cell table:formula='of:=IF(1>0;5.5;0)' office:value='5.50'/>"),
    ];
    let imported = read_as("spend.ods", &open_document(&rows.concat()), &ImportOptions::default());
    let ledger = imported.lines.finish();
    let suppliers: Vec<&str> = ledger.lines().map(|line| line.name(Dimension::Supplier)).collect();
    assert_eq!(
        suppliers,
        [
            "A & B £$ Ltd",
            "Bee <b> Ltd",
            "Cee Ltd",
            "Dee \u{fffd} & Ltd",
            "Caf\u{fffd} Ltd",
            "Eff Ltd",
            "Gee Ltd"
        ]
    );
    assert_eq!(ledger.total().to_string(), "38.50");
}

fn refused(text: &str) -> Option<String> {
    match import(Input { name: "list.csv", bytes: text.as_bytes() }, &ImportOptions::default(), |_| {
        ControlFlow::Continue(())
    }) {
        Err(ImportError::Refused(problem)) => Some(problem.message),
        _ => None,
    }
}

#[test]
fn people_are_told_by_what_columns_hold() {
    for (text, column, value) in [
        ("NI Number,Amount\nAB123456C,5.00\n", "NI Number", "AB123456C"),
        ("Claim,Service,Amount\nAB123456C,Care,5\nCE 12 34 56 A,Care,6\n", "Claim", "AB123456C"),
        ("Email,Amount\nsomeone@example.org,5.00\n", "Email", "someone"),
        ("NHS Number,Amount\n943 476 5919,5.00\n", "NHS Number", "943"),
        ("Client,Mobile,Amount\nA,07700 900123,5.00\n", "Mobile", "07700"),
        ("Service,DOB,Amount\nCare,01/02/1938,5.00\n", "DOB", "1938"),
        ("Name,Address,Amount\nMr A Sample,12 Mill Lane,5.00\n", "Name", "Sample"),
        ("Surname,Forename,Amount\nExample,Barbara,5.00\n", "Surname", "Barbara"),
    ] {
        let message = refused(text).unwrap_or_else(|| panic!("{text} is refused"));
        assert!(message.contains(&format!("{column} holds ")), "{message}");
        assert!(!message.contains(value), "{message}");
    }
    for text in [
        "Supplier,Supplier Postcode,VAT Number,Company Number,Invoice No,Amount\n\
         Mrs J Smith,M1 4BT,123456789,01234567,5100479476,5.00\nMr K Jones,OX1 1BX,GB123456789,SC123456,5100479477,6.00\n",
        "Supplier,Date,Amount\nREDACTED PERSONAL DATA,01/08/2011,5.00\nRedacted,02/08/2011,6.00\n",
        "Transaction Number,Supplier,Amount\n9434765919,Acme,5.00\n",
        "Contract start,Supplier,Date,Amount\n01/04/1998,Acme,01/08/2011,5.00\n01/04/2003,Bee,02/08/2011,6.00\n",
    ] {
        assert_eq!(refused(text), None, "{text}");
    }
}
