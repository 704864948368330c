//! Text in, lines and problems out.

use std::fmt::Write as _;
use std::io::Read;
use std::ops::ControlFlow;

use proptest::prelude::*;
use shadowpool::dimension::Dimension;
use shadowpool::import::{
    ColumnMap, Field, ImportError, ImportOptions, Imported, Input, Retention, import, import_stream,
    read_package,
};
use shadowpool::ledger::{Filter, Ledger, Totals};

fn read_as(name: &str, bytes: &[u8], options: &ImportOptions) -> Imported {
    let imported = import(Input { name, bytes }, options, |_| ControlFlow::Continue(()));
    let imported = imported.unwrap_or_else(|error| panic!("{error}"));
    assert!(imported.file.adds_up(), "every row is accounted for");
    imported
}

fn read(bytes: &[u8]) -> Imported {
    read_as("spend.csv", bytes, &ImportOptions::default())
}

/// Lines as text: amount, then what is stated, in the dimensions' order.
fn lines(ledger: &Ledger) -> Vec<String> {
    ledger
        .lines()
        .map(|line| {
            let mut text = line.amount().to_string();
            for dimension in Dimension::ALL {
                if line.name_id(dimension).0 > 0 {
                    write!(text, " {}={}", dimension.key(), line.name(dimension)).unwrap();
                }
            }
            let date = line.date().map_or_else(String::new, |date| date.to_string());
            for (key, value) in [("date", date.as_str()), ("description", line.description())] {
                if !value.is_empty() {
                    write!(text, " {key}={value}").unwrap();
                }
            }
            write!(text, " row={}", line.provenance().row.unwrap_or(0)).unwrap();
            text
        })
        .collect()
}

fn check(text: &str, right: &[&str]) {
    assert_eq!(lines(&read(text.as_bytes()).lines.finish()), right, "{text}");
}

#[test]
fn tidy_headings_are_the_dimensions() {
    check(
        "agency,theme,service,year,stage,type,evidence,amount,description,date\n\
         Council,Ageing Well,Home care,2024-25,prevention,cap,estimate,\"1,250.50\",Rails,31/08/2024\n\
         NHS,,,FY25,,,,(5.10),,\n",
        &[
            "1250.50 agency=Council theme=Ageing Well service=Home care year=2024/25 stage=Prevention type=Capital evidence=Estimated date=2024-08-31 description=Rails row=2",
            "-5.10 agency=NHS year=2024/25 row=3",
        ],
    );
}

#[test]
fn a_council_says_it_in_its_own_words() {
    check(
        "Body Name,Service Area,Expenses Type,Invoice Payment Date,Transaction Number,Net Amount,Supplier Name,,\r\n\
         Anytown,Adults,Grants,03.12.2018,510,\"£11,610.00\",Age Concern,,\r\n\
         Anytown,Adults,Grants,13.12.2018,511,-£534.73,Age Concern,,\r\n",
        &[
            "11610.00 agency=Anytown service=Adults supplier=Age Concern year=2018/19 date=2018-12-03 description=Grants row=2",
            "-534.73 agency=Anytown service=Adults supplier=Age Concern year=2018/19 date=2018-12-13 description=Grants row=3",
        ],
    );
}

#[test]
fn headings_are_found_under_titles_and_on_two_rows() {
    check(
        "Payments over £500,,\n,,\nFinancial year: 2023/24,,\n\nAgency,Payment,\n,Amount,Service\nCouncil,5.00,Parks\nCouncil,6.00,Roads\n",
        &[
            "5.00 agency=Council service=Parks year=2023/24 row=7",
            "6.00 agency=Council service=Roads year=2023/24 row=8",
        ],
    );
}

#[test]
fn thousands_are_read_as_the_heading_says() {
    check("Agency,Amount £000\nCouncil,1.5\n", &["1500.00 agency=Council row=2"]);
    check("All figures in £m\nAgency,Amount\nCouncil,1.5\n", &["1500000.00 agency=Council row=3"]);
}

#[test]
fn commas_are_decimal_where_the_column_says_so() {
    check(
        "agency;amount\nCouncil;1.234,50\nNHS;-12,00\n",
        &["1234.50 agency=Council row=2", "-12.00 agency=NHS row=3"],
    );
}

#[test]
fn the_month_comes_first_where_the_file_proves_it() {
    check(
        "Entity,Date,Amount\nCCG,12/31/2020,5.00\nCCG,01/02/2021,6.00\n",
        &[
            "5.00 agency=CCG year=2020/21 date=2020-12-31 row=2",
            "6.00 agency=CCG year=2020/21 date=2021-01-02 row=3",
        ],
    );
}

#[test]
fn totals_are_struck_out_and_a_supplier_called_total_is_not() {
    let imported = read(
        b"Supplier,Date,Amount\nTOTAL GAS & POWER LTD,01/08/2011,10.00\nAcme,02/08/2011,5.50\n,,15.50\nTotal,,15.50\n",
    );
    assert_eq!((imported.file.lines, imported.file.total.to_string()), (2, "15.50".to_owned()));
    let skipped: Vec<(u32, &str)> =
        imported.file.skipped.iter().map(|skip| (skip.row, skip.reason.words())).collect();
    assert_eq!(skipped, [(4, "total row"), (5, "total row")]);
    assert_eq!(imported.file.stated_total.map(|total| total.to_string()).as_deref(), Some("15.50"));
}

#[test]
fn subtotals_by_group_are_struck_out() {
    let imported = read(
        b"Theme,Service,Amount\nA,x,1.00\nA,y,2.00\nSub-total,,3.00\nB,x,4.00\nB,y,5.00\nSub-total,,9.00\nGrand total,,12.00\n",
    );
    assert_eq!(imported.file.total.to_string(), "12.00");
    assert_eq!(imported.file.lines, 4);
}

#[test]
fn net_is_preferred_and_the_choice_is_said() {
    let imported = read(b"Supplier,Gross,VAT,Net\nAcme,120.00,20.00,100.00\nBee,60.00,10.00,50.00\n");
    assert_eq!(imported.file.total.to_string(), "150.00");
    assert!(
        imported
            .file
            .problems
            .iter()
            .any(|problem| problem.message.contains("\"Gross\" beside it is left out"))
    );
}

#[test]
fn a_column_for_each_year_becomes_a_line_for_each_year() {
    check(
        "Department,Service,2022-23,2023-24\nHome,Police,1.00,2.00\n",
        &[
            "1.00 theme=Home service=Police year=2022/23 row=2",
            "2.00 theme=Home service=Police year=2023/24 row=2",
        ],
    );
}

#[test]
fn services_side_by_side_are_read_once_without_their_total() {
    let imported = read(
        b"E-code,Local authority,Education,Highways,Social care,TOTAL SERVICES,Levies\n\
          E01,Bury,1,2,3,6,9\nE02,Bolton,4,5,6,15,9\nE03,Wigan,7,8,9,24,9\n,England,12,15,18,45,27\n",
    );
    assert_eq!(
        (imported.file.read, imported.file.lines, imported.file.total.to_string()),
        (3, 9, "45.00".to_owned())
    );
}

#[test]
fn expenses_and_revenue_in_one_column_are_not_added() {
    let imported = read(b"year,department,account_type,amount\n2023,Parks,Expense,10\n2023,Parks,Revenue,8\n2023,Parks,Expense,1\n");
    assert_eq!(imported.file.total.to_string(), "11.00");
}

#[test]
fn better_care_fund_sheets_are_known_by_their_columns() {
    check(
        "Scheme ID,Scheme Name,Brief Description of Scheme,Scheme Type,Sub Types,Area of Spend,Commissioner,Provider,Source of Funding,Expenditure 23/24 (£),Expenditure 24/25 (£)\n\
         1,Hub,Reablement at home,Home-based intermediate care,Step down,Community Health,LA,NHS Community Provider,Minimum NHS Contribution,100,110\n",
        &[
            "100.00 funder=Minimum NHS Contribution agency=LA theme=Home-based intermediate care service=Community Health provider=NHS Community Provider year=2023/24 description=Reablement at home row=2",
            "110.00 funder=Minimum NHS Contribution agency=LA theme=Home-based intermediate care service=Community Health provider=NHS Community Provider year=2024/25 description=Reablement at home row=2",
        ],
    );
}

#[test]
fn encodings_are_told_by_the_bytes() {
    let right = ["5.00 agency=Café row=2"];
    let text = "agency,amount\nCafé,£5\n";
    let utf_16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain(text.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let utf_16_be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let with_mark: Vec<u8> = [0xEF, 0xBB, 0xBF].into_iter().chain(text.bytes()).collect();
    let twice: String = text.bytes().map(char::from).collect();
    for (bytes, name) in [
        (text.as_bytes(), "utf-8"),
        (&with_mark, "utf-8"),
        (&utf_16, "utf-16le"),
        (&utf_16_be, "utf-16be"),
        (b"agency,amount\nCaf\xE9,\xA35\n", "windows-1252"),
        (b"agency,amount\nCaf\x82,\x9C5\n", "ibm850"),
        (twice.as_bytes(), "utf-8 encoded twice"),
    ] {
        let imported = read(bytes);
        assert_eq!(imported.file.encoding.map(shadowpool::import::Encoding::name).as_deref(), Some(name));
        assert_eq!(lines(&imported.lines.finish()), right, "{name}");
    }
}

#[test]
fn quoted_cells_may_hold_commas_quotes_and_line_breaks() {
    check(
        "supplier,date,amount\n\"Smith, \"\"Jones\"\"\nLtd\",01/08/2011,5\n5\" pipe,01/08/2011,6\n",
        &[
            "5.00 supplier=Smith, \"Jones\"\nLtd year=2011/12 date=2011-08-01 row=2",
            "6.00 supplier=5\" pipe year=2011/12 date=2011-08-01 row=3",
        ],
    );
}

#[test]
fn the_mark_before_a_formula_is_taken_off() {
    check("agency,description,amount\nCouncil,'=1+2,5\n", &["5.00 agency=Council description==1+2 row=2"]);
}

#[test]
fn blank_rows_and_repeated_headings_are_counted() {
    let mut text = "agency,amount\nA,1\n".to_owned();
    text.push_str(&",\n".repeat(20_000));
    text.push_str("agency,amount\nB,2\n");
    let file = read(text.as_bytes()).file;
    assert_eq!((file.rows, file.read, file.skipped_rows, file.skipped.len()), (20_004, 2, 20_001, 2));
}

#[test]
fn headings_beside_their_columns_are_moved_back() {
    let imported = read(
        b"Supplier,Date,Amount\n17,Acme,01/08/2011,5.50\n18,Bee,02/08/2011,6.50\n19,Cee,03/08/2011,7.50\n",
    );
    assert_eq!(imported.file.total.to_string(), "19.50");
    assert!(imported.file.problems.iter().any(|problem| problem.code.key() == "headings-shifted"));
}

#[test]
fn a_file_without_headings_is_read_by_its_content() {
    let imported = read(
        b"Department of Health,NHS Anytown,01/08/2011,Rent,Estates,Acme Ltd,100001,\"5,000.50\"\n\
          Department of Health,NHS Anytown,02/08/2011,Rent,Estates,Bee Ltd,100002,26000.00\n",
    );
    assert_eq!((imported.file.header_row, imported.file.total.to_string()), (None, "31000.50".to_owned()));
}

#[test]
fn what_holds_for_the_whole_file_is_set_once() {
    let options = ImportOptions {
        set: vec![(Dimension::Agency, "Fire Service".to_owned())],
        ..ImportOptions::default()
    };
    let imported = read_as("spend.csv", b"supplier,amount\nAcme,5\n", &options);
    assert_eq!(lines(&imported.lines.finish()), ["5.00 agency=Fire Service supplier=Acme row=2"]);
}

#[test]
fn a_remembered_shape_is_used_again() {
    let first = read(b"Payee,Paid,What\nAcme,5.00,Rent\n");
    let mut map: ColumnMap = first.file.map.clone();
    map.columns[2].field = Field::Dimension(Dimension::Theme);
    let options = ImportOptions { column_maps: vec![map], ..ImportOptions::default() };
    let again = read_as("next.csv", b"Payee,Paid,What\nBee,6.00,Care\n", &options);
    assert_eq!(lines(&again.lines.finish()), ["6.00 theme=Care supplier=Bee row=2"]);
}

#[test]
fn a_package_says_what_its_columns_are() {
    let descriptor = br#"{"title": "Budget", "resources": [{"path": "data/b.csv", "schema": {"fields": [
        {"name": "x", "columnType": "value"}, {"name": "y", "columnType": "administrator:generic:name"}]}},
        {"path": "../outside.csv"}]}"#;
    let package = read_package(Input { name: "datapackage.json", bytes: descriptor }).unwrap();
    assert_eq!(package.files.len(), 1, "nothing outside the package's folder");
    let options = package.files[0].options(&ImportOptions::default());
    let imported = read_as("b.csv", b"x,y,z\n5,Council,1\n6,Council,2\n", &options);
    assert_eq!(lines(&imported.lines.finish())[0], "5.00 agency=Council row=2");
}

#[test]
fn reading_stops_when_asked_to() {
    let text = format!("agency,amount\n{}", "Council,1.00\n".repeat(10_000));
    let stopped =
        import(Input { name: "spend.csv", bytes: text.as_bytes() }, &ImportOptions::default(), |_| {
            ControlFlow::Break(())
        });
    assert_eq!(stopped.err(), Some(ImportError::Cancelled));
}

/// The same file by the thorough way, at full speed, and as sums.
fn three_ways(text: &str) -> (Imported, Imported, Imported) {
    let bytes = text.as_bytes().to_vec();
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(std::io::Cursor::new(bytes.clone())))
    };
    let go = |_| ControlFlow::Continue(());
    let slow = ImportOptions { thorough: true, ..ImportOptions::default() };
    let by = vec![Dimension::Agency, Dimension::Year, Dimension::Supplier];
    let sums = ImportOptions { keep: Retention::SumsBy(by), ..ImportOptions::default() };
    (
        import_stream("spend.csv", &open, &slow, go).unwrap(),
        import_stream("spend.csv", &open, &ImportOptions::default(), go).unwrap(),
        import_stream("spend.csv", &open, &sums, go).unwrap(),
    )
}

fn assert_same_three_ways(text: &str) {
    let (slow, fast, sums) = three_ways(text);
    let key = |imported: &Imported| {
        let file = &imported.file;
        (
            file.rows,
            file.read,
            file.skipped_rows,
            file.rejected,
            file.lines,
            file.total,
            file.negative_lines,
            file.skipped.clone(),
        )
    };
    assert_eq!(key(&slow), key(&fast));
    assert_eq!(key(&slow), key(&sums));
    for (slow, fast) in slow.file.problems.iter().zip(&fast.file.problems) {
        assert_eq!(slow, fast);
    }
    assert_eq!(slow.file.problems.len(), fast.file.problems.len());
    let (slow, fast, sums) = (slow.lines.finish(), fast.lines.finish(), sums.lines.finish());
    assert_eq!(lines(&slow), lines(&fast));
    let by = [Dimension::Agency, Dimension::Year];
    assert_eq!(Totals::of(&slow, &Filter::default(), &by), Totals::of(&sums, &Filter::default(), &by));
}

fn odd_row() -> impl Strategy<Value = String> {
    prop_oneof![
        20 => (0..40_u32, 1..28_u32, -900_000..900_000_i64, 0..6_u8).prop_map(|(name, day, pence, style)| {
            let (whole, rest) = (pence.abs() / 100, pence.abs() % 100);
            let minus = if pence < 0 { "-" } else { "" };
            let amount = match style {
                0 => format!("\"{minus}£{},{:03}.{rest:02}\"", whole / 1000, whole % 1000),
                1 => format!("({whole}.{rest:02})"),
                2 => format!("\" £ {whole}.{rest:02} \""),
                3 => format!("{minus}{whole}"),
                _ => format!("{minus}{whole}.{rest:02}"),
            };
            format!("Council {},{day:02}/0{}/20{:02},Supplier {name},{amount}", name % 3, name % 9 + 1, 10 + name % 5)
        }),
        1 => Just(",,,".to_owned()),
        1 => Just("Council 1,01/01/2012,\"Line\nbreak, Ltd\",5.00".to_owned()),
        1 => Just("Council 1,01/01/2012,\"Said \"\"so\"\"\",6.00".to_owned()),
        1 => Just("Council 1,01/01/2012,5\" pipe,6.00".to_owned()),
        1 => Just("Council 1,nonsense,Acme,7.00".to_owned()),
        1 => Just("Council 1,01/01/2012,Acme,n/a".to_owned()),
        1 => Just("Council 1,01/01/2012,Acme,1.2m".to_owned()),
        1 => Just("Council 1,01/01/2012,Acme,0.123456".to_owned()),
        1 => Just("Council 1,01/01/2012,Acme,".to_owned()),
        1 => Just("TOTAL,,,1.00".to_owned()),
        1 => Just("Number of payments,,,12".to_owned()),
        1 => Just("\"Memorandum: other\",,,13.00".to_owned()),
        1 => Just("of which: grants,,,14.00".to_owned()),
        1 => Just("Net cost,,,15.00".to_owned()),
        1 => Just("Council 1,01/01/2012,Acme,\"1,234.50*\"".to_owned()),
        1 => Just("Agency,Date,Supplier,Amount".to_owned()),
        1 => Just("Council 1,01/01/2012".to_owned()),
        1 => Just("Council 1,01/01/2012,Café,8.00,extra".to_owned()),
        1 => Just("  Council 1 ,01/01/2012, Acme ,9.00".to_owned()),
        1 => Just("Note: provisional".to_owned()),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn full_speed_gives_what_the_thorough_way_gives(
        rows in proptest::collection::vec(odd_row(), 50..300),
        returns in any::<bool>(),
        last_end in any::<bool>(),
    ) {
        // Enough rows for several blocks.
        let end = if returns { "\r\n" } else { "\n" };
        let block = rows.join(end);
        let mut text = format!("Agency,Date,Supplier,Amount{end}");
        while text.len() < 3 << 20 {
            text.push_str(&block);
            text.push_str(end);
        }
        if !last_end {
            text.truncate(text.trim_end().len());
        }
        assert_same_three_ways(&text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = import(Input { name: "x", bytes: &bytes }, &ImportOptions::default(), |_| ControlFlow::Continue(()));
    }

    #[test]
    fn no_text_makes_it_panic(text in "[a-zA-Z0-9,;\"\n\r\t £.()/'=-]{0,400}", head in 0..4_usize) {
        let heading = ["", "agency,amount\n", "Supplier,Date,Net Amount,2023-24,2024-25\n", "a;Total;b\n\n"][head];
        let whole = format!("{heading}{text}");
        if let Ok(imported) = import(Input { name: "x.csv", bytes: whole.as_bytes() }, &ImportOptions::default(), |_| ControlFlow::Continue(())) {
            prop_assert!(imported.file.adds_up());
            let total = imported.file.total;
            prop_assert_eq!(imported.lines.finish().total(), total);
        }
    }
}

#[test]
fn a_title_that_a_comma_has_split_is_no_heading() {
    let text = "Spending by department, £ million\n\nDepartment,2022-23 outturn,2023-24 plans\n\
        Health,\"1,200.5\",\"1,300.0\"\nRoads,10.0,20.0\n";
    let imported = read(text.as_bytes());
    assert_eq!(imported.file.header_row, Some(3));
    assert_eq!(imported.lines.finish().total().to_string(), "2530500000.00");
}

#[test]
fn headings_that_span_columns_belong_to_each_of_them() {
    let text = "Service,2022/23,,2023/24,\n,Budget,Outturn,Budget,Outturn\n\
        Adults,100,110,200,220\nRoads,10,11,20,22\n";
    check(
        text,
        &[
            "110.00 service=Adults year=2022/23 row=3",
            "220.00 service=Adults year=2023/24 row=3",
            "11.00 service=Roads year=2022/23 row=4",
            "22.00 service=Roads year=2023/24 row=4",
        ],
    );
}

#[test]
fn headings_may_be_questions() {
    check(
        "When,Who we paid,What for,How much\n01/05/2024,Acme,Sand,5.00\n",
        &["5.00 supplier=Acme year=2024/25 date=2024-05-01 description=Sand row=2"],
    );
}

#[test]
fn a_package_maps_its_dimensions() {
    let descriptor =
        br#"{"resources": [{"path": "b.csv", "schema": {"fields": [{"name": "val", "type": "number"}]}}],
        "model": {"measures": {"amount": {"source": "val"}}, "dimensions": {
            "when": {"dimensionType": "datetime", "attributes": {"y": {"source": "yr"}}},
            "what": {"dimensionType": "classification", "classificationType": "functional", "attributes": {
                "a": {"source": "code"}, "b": {"source": "func", "labelfor": "a"}}},
            "who": {"dimensionType": "entity", "attributes": {"o": {"source": "org"}}},
            "recipient": {"dimensionType": "entity", "attributes": {"o": {"source": "to"}}}}}}"#;
    let package = read_package(Input { name: "datapackage.json", bytes: descriptor }).unwrap();
    let options = package.files[0].options(&ImportOptions::default());
    let text = "yr,code,func,org,to,val\n2024,F1,Health,Board,Acme,5.00\n2024,F2,Roads,Council,Bolt,7.00\n";
    let lines_read = lines(&read_as("b.csv", text.as_bytes(), &options).lines.finish());
    assert_eq!(
        lines_read,
        [
            "5.00 agency=Board theme=Health supplier=Acme year=2024/25 row=2",
            "7.00 agency=Council theme=Roads supplier=Bolt year=2024/25 row=3",
        ]
    );
}
