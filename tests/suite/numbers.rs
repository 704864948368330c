//! The balance of numbers: what became of every cell that holds one, the same by whichever way a file is read.

use std::io::Read;
use std::ops::ControlFlow;

use proptest::prelude::*;
use shadowpool::import::{ImportOptions, Imported, Input, Numbers, import, import_stream};

fn counted(text: &str, thorough: bool) -> Imported {
    let bytes = text.as_bytes().to_vec();
    let open = move || -> std::io::Result<Box<dyn Read + Send>> {
        Ok(Box::new(std::io::Cursor::new(bytes.clone())))
    };
    let options = ImportOptions { thorough, balance: true, ..ImportOptions::default() };
    import_stream("spend.csv", &open, &options, |_| ControlFlow::Continue(())).unwrap()
}

fn told(numbers: &Numbers) -> Vec<String> {
    numbers.told.iter().map(|told| format!("{} {} {}", told.cells, told.what, told.sum)).collect()
}

#[test]
fn rows_that_wait_for_others_are_told_as_what_they_turn_out_to_be() {
    let rows = |last: &str| {
        format!(
            "Date,Supplier,Reference,Amount\n01/05/2024,A,71,5.00\n02/05/2024,B,72,6.00\n,,,3.00\n03/05/2024,C,73,7.00\n{last}"
        )
    };
    let imported = counted(&rows(""), false);
    let numbers = imported.file.numbers.unwrap();
    assert_eq!((numbers.cells, numbers.amounts), (10, 4), "{numbers:#?}");
    assert_eq!(told(&numbers), ["3 date: Date 0.00", "3 reference: Reference 0.00"]);
    let imported = counted(&rows(",,,21.00\n"), false);
    let numbers = imported.file.numbers.unwrap();
    assert_eq!((numbers.cells, numbers.amounts), (11, 4), "{numbers:#?}");
    assert_eq!(told(&numbers)[2], "1 total row 0.00");
}

#[test]
fn more_rows_than_are_listed_are_told_as_well() {
    let mut text = "Date,Supplier,Amount\n01/05/2024,A,5.00\n02/05/2024,B,6.00\n".to_owned();
    for _ in 0..10_100 {
        text.push_str("01/05/2024,C,5.00x\n");
    }
    let imported = import(
        Input { name: "spend.csv", bytes: text.as_bytes() },
        &ImportOptions { balance: true, ..ImportOptions::default() },
        |_| ControlFlow::Continue(()),
    );
    let file = imported.unwrap().file;
    assert_eq!((file.rejects.len(), file.rejected), (10_000, 10_100));
    let numbers = file.numbers.unwrap();
    assert_eq!((numbers.cells, numbers.amounts), (10_104, 2));
    assert_eq!(told(&numbers), ["2 date: Date 0.00", "10100 rejected row 0.00"]);
}

/// Cells that are numbers, that look like some, and that are none.
fn cell() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => (0..2_000_000_i64).prop_map(|pence| format!("{}.{:02}", pence / 100, pence % 100)),
        2 => (1_000_000_000..5_100_000_000_u64).prop_map(|code| code.to_string()),
        2 => (1..29_u32, 1..13_u32).prop_map(|(day, month)| format!("{day:02}/{month:02}/2023")),
        3 => (0..5_000_u32).prop_map(|code| format!("INV{code}")),
        2 => "[A-Za-z]{0,4}[0-9]{0,5}[ /.-]?[A-Za-z]{0,3}[0-9]{0,4}",
        2 => "(GBP|gbp|Apr-|of |Monday |mar|£|\\(|-|\\$|€|¬£|&pound;|\\+)[0-9]{1,4}(\\)|-| CR|m|k|\\*|%)?",
        1 => prop::sample::select(vec![
            "", "n/a", "1.2m", "1.2E+05", "0.30000000000000004", "9th December 2012", "Wednesday 31 August 2011",
            "2011-08-31T00:00:00Z", "79228162514264337593543950336", "\"1,234.50\"", "\" 7 \"", "\"Said \"\"5\"\"\"",
            "\u{a0}5", "  GBP 5.10", "2021/22", "\u{feff}12", "\"Acme, 5 Ltd\"", "24 High Street", "0x10",
        ]).prop_map(str::to_owned),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, max_shrink_iters: 100, ..ProptestConfig::default() })]

    #[test]
    fn the_balance_is_the_same_at_full_speed_and_it_closes(
        rows in proptest::collection::vec((cell(), cell(), cell(), cell(), 0..30_u32, 0..1_000_000_i64), 60..300),
    ) {
        let rows = rows.iter().map(|(note, code, other, beyond, name, pence)| {
            let end = if name % 5 == 0 { format!(",{beyond}") } else { String::new() };
            let amount = if name % 17 == 3 { "12..5".to_owned() } else { format!("{}.{:02}", pence / 100, pence % 100) };
            format!("Council {},{code},0{}/05/2023,Supplier {name},{other},{note},{amount}{end}\n", name % 3, name % 9 + 1)
        });
        let block: String = rows.collect();
        let mut text = "Agency,Reference,Date,Supplier,Cost Centre,Description,Amount\n".to_owned();
        while text.len() < 3 << 20 {
            text.push_str(&block);
        }
        let (fast, slow) = (counted(&text, false).file, counted(&text, true).file);
        prop_assert_eq!(&fast.numbers, &slow.numbers);
        let numbers = fast.numbers.unwrap();
        prop_assert_eq!(numbers.cells, numbers.amounts + numbers.told_cells());
        prop_assert!(numbers.amounts == fast.lines, "{} amounts, {} lines", numbers.amounts, fast.lines);
    }
}
