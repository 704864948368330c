//! Many files become one place that agrees: control totals and what explains a difference.

use std::ops::ControlFlow;

use shadowpool::agree::{compare, control_total, left_out};
use shadowpool::import::{ImportOptions, Input, import};
use shadowpool::ledger::Ledger;

use crate::support_ledgers::money;

const SPEND: &str = "\
Agency,Service,Supplier,Date,Amount
Council,Roads,Acme,01/04/2024,1240.00
Council,Roads,Acme,02/04/2024,300.00
Council,Parks,Bolt,02/04/2024,300.00
Council,Parks,Bolt,02/04/2024,77.77
Council,Parks,Bolt,02/04/2024,77.77
Council,Care,Cove,03/04/2024,-55.00
Council,Care,Cove,03/04/2024,913.00
Council,Care,Cove,03/04/2024,lots
Total,,,,2853.54
";

fn read(text: &str) -> (Ledger, Vec<shadowpool::agree::LeftOut>) {
    let input = Input { name: "council.csv", bytes: text.as_bytes() };
    let imported = import(input, &ImportOptions::default(), |_| ControlFlow::Continue(())).unwrap();
    let left_out = left_out(&imported.file);
    (imported.lines.finish(), left_out)
}

/// What is said first when the spending above is held against this figure.
fn check(control: &str, words: &str) {
    let (ledger, left_out) = read(SPEND);
    assert_eq!(ledger.total(), money("2853.54"));
    let control = control_total("council.csv", money(control), &ledger);
    assert_eq!(control.file, "council.csv");
    assert_eq!(compare(&control, &ledger, &left_out).words(), words, "{}", control.amount);
}

#[test]
fn a_difference_is_explained_by_the_likeliest_cause() {
    check("2853.54", "agrees");
    check("1613.54", "differs by £1,240.00 (too much was read): row 2 is exactly that amount");
    check(
        "2963.54",
        "differs by £110.00 (too little was read): row 7 of −£55.00 may be a payment: with the other sign the totals \
         agree",
    );
    check(
        "373.54",
        "differs by £2,480.00 (too much was read): row 2 of £1,240.00 may be a credit: with the other sign the totals \
         agree",
    );
    check(
        "2775.77",
        "differs by £77.77 (too much was read): row 5 and row 6 say exactly the same, and one of them is that amount",
    );
    check(
        "5707.08",
        "differs by £2,853.54 (too little was read): row 10, passed over (total row), has exactly that amount",
    );
    check(
        "3424.25",
        "differs by £570.71 (too little was read): the control total is 20% more than the lines, as amounts with VAT \
         are",
    );
    check(
        "3036.14",
        "differs by £182.60 (too little was read): row 8 may be without VAT where the control total has it: its VAT \
         at 20% is that amount",
    );
    check(
        "2.854",
        "differs by £2,850.686 (too much was read): the control total counts thousands of pounds, and the lines pounds",
    );
    check(
        "1995.54",
        "differs by £858.00 (too much was read): the 2 lines of the service \"Care\" are exactly that amount",
    );
    check(
        "700.54",
        "differs by £2,153.00 (too much was read): row 2 and row 8 are exactly that amount together",
    );
    check(
        "2835.54",
        "differs by £18.00 (too much was read): two digits of the control total may have changed places when it was \
         written down",
    );
    check("2853.53", "differs by £0.01 (too much was read)");
}

#[test]
fn a_control_total_is_that_of_a_file_an_agency_a_year_or_of_all() {
    let (ledger, _) = read(SPEND);
    for (name, counts) in [
        ("COUNCIL", "a file"),
        ("council.csv", "a file"),
        ("2024-25", "a year"),
        ("Ledger of April", "everything"),
    ] {
        let control = control_total(name, money("1"), &ledger);
        let found = match (control.file.is_empty(), control.lines.is_empty()) {
            (false, _) => "a file",
            (true, false) => "a year",
            (true, true) => "everything",
        };
        assert_eq!(found, counts, "{name}");
        assert_eq!(control.compare(&ledger).found, ledger.total(), "{name}");
    }
}
