//! Small files that each show one habit of publishers, and what they come to.

use std::ops::ControlFlow;

use shadowpool::dimension::Dimension;
use shadowpool::import::{ImportOptions, Input, import};
use shadowpool::ledger::{Filter, Totals};

/// The file is read as so many lines, which come to this.
fn check(text: &str, lines: u64, total: &str) {
    let imported =
        import(Input { name: "spend.csv", bytes: text.as_bytes() }, &ImportOptions::default(), |_| {
            ControlFlow::Continue(())
        });
    let imported = imported.unwrap_or_else(|error| panic!("{error}\n{text}"));
    let file = imported.file;
    assert_eq!((file.lines, file.total.to_string().as_str()), (lines, total), "{text}\n{:#?}", file.problems);
}

/// The lines by a dimension: "name amount".
fn check_by(text: &str, dimension: Dimension, right: &[&str]) {
    let imported =
        import(Input { name: "spend.csv", bytes: text.as_bytes() }, &ImportOptions::default(), |_| {
            ControlFlow::Continue(())
        });
    let ledger = imported.unwrap_or_else(|error| panic!("{error}\n{text}")).lines.finish();
    let totals = Totals::of(&ledger, &Filter::default(), &[dimension]);
    let said: Vec<String> =
        totals.rows.iter().map(|row| format!("{} {}", row.names[0], row.amount)).collect();
    assert_eq!(said, right, "{text}");
}

#[test]
fn headings_in_words_that_nobody_knows_are_known_by_what_is_below() {
    check(
        "Leverantör;Förfallodag;Belopp;Förvaltning\n\
         Acme;2024-05-01;1234,50;Skola\nBolt;2024-05-02;-4,50;Vård\nCove;2024-05-03;70,00;Vård\n",
        3,
        "1300.00",
    );
    check(
        "Empfänger;Buchungsdatum;Betrag\nAcme;01.05.2024;1.234,50\nBolt;02.05.2024;70.140,16\n",
        2,
        "71374.66",
    );
    check(
        "Bénéficiaire;Date;Montant\nAcme;01/05/2024;53 895,80 €\nBolt;02/05/2024;1 000,20 €\n",
        2,
        "54896.00",
    );
    check(
        "Ministry,2019,2020,2021\nRoads,1.50,2.50,3.00\nCare,4.00,5.00,6.00\nParks,1.00,1.00,1.00\n",
        9,
        "25.00",
    );
}

#[test]
fn a_budget_of_one_year_has_its_year_in_the_heading() {
    check_by("Service,Budget 2023/24\nRoads,100\nCare,250\n", Dimension::Year, &["2023/24 350.00"]);
    check(
        "Net revenue budget (£000)\n\nService,Budget 2023/24\nRoads,100\nCare,250\nTotal,350\n",
        2,
        "350000.00",
    );
}

#[test]
fn amounts_are_read_with_their_marks_and_units() {
    check("Supplier,Amount\nAcme,\"1,234.50*\"\nBolt,70.00†\n", 2, "1304.50");
    check("Supplier,Amount (pence)\nAcme,123450\nBolt,-50\n", 2, "1234.00");
    check("Vendor,Amount in local currency\nAcme,(5.50)\nBolt,10.00\n", 2, "4.50");
}

#[test]
fn quarters_of_a_year_are_parts_of_it() {
    let text = "Service,Q1 2023/24,Q2 2023/24,Q3 2023/24,Q4 2023/24,Full year 2023/24\n\
        Roads,1.00,2.00,3.00,4.00,10.00\nCare,5.00,5.00,5.00,5.00,20.00\n";
    check(text, 8, "30.00");
    check_by(text, Dimension::Year, &["2023/24 30.00"]);
}

#[test]
fn bodies_side_by_side_are_agencies() {
    check_by(
        "Programme,North Council,North ICB,North Police\nHomes,1.50,2.00,3.00\nSafety,4.00,5.00,6.00\nPlay,1.00,1.00,1.00\n",
        Dimension::Agency,
        &["North Police 10.00", "North ICB 8.00", "North Council 6.50"],
    );
}

#[test]
fn two_parts_and_their_sum_are_the_parts() {
    let text = "Project,Capital £,Revenue £,Total £\nSchool,10.50,2.00,12.50\nBridge,4.00,5.00,9.00\nPark,1.00,1.00,2.00\n";
    check(text, 6, "23.50");
    // Net and tax are no parts of that kind.
    check(
        "Payee,Date,Net £,VAT £,Gross £\nAcme,01/05/2024,10.00,2.00,12.00\nBolt,02/05/2024,5.00,1.00,6.00\n\
         Cove,03/05/2024,1.00,0.20,1.20\n",
        3,
        "16.00",
    );
}

#[test]
fn of_several_sums_the_one_that_was_given_or_spent_is_read() {
    check(
        "Applicant,Total project cost,Grant awarded (£)\nAcme,100.00,20.00\nBolt,50.00,10.00\n",
        2,
        "30.00",
    );
    check(
        "Department,Original Budget,Amended Budget,Expended,Encumbered,Remaining\n\
         Roads,90.00,95.00,60.00,5.00,30.00\nParks,10.00,12.00,7.00,0.00,5.00\n",
        2,
        "67.00",
    );
}

#[test]
fn sums_of_deeper_rows_are_not_counted_again() {
    check(
        "Service,Part,Budget 2024/25\nCare,,30.00\n,Adults,10.00\n,Children,20.00\nRoads,,7.00\n,Repairs,3.00\n,Lights,4.00\n",
        4,
        "37.00",
    );
    // A service without parts has its own money.
    check(
        "Service,Part,Budget 2024/25\nCare,,30.00\n,Adults,10.00\n,Children,25.00\nRoads,,7.00\n,Repairs,3.00\n",
        5,
        "75.00",
    );
}

#[test]
fn groups_of_one_payment_have_totals_too() {
    check(
        "Supplier,Date,Amount\nAcme,01/05/2024,5.00\nAcme Total,,5.00\nBolt,02/05/2024,2.00\nBolt,03/05/2024,3.00\n\
         Bolt Total,,5.00\nGrand Total,,10.00\n",
        3,
        "10.00",
    );
    check("Supplier,Date,Amount\nAcme,01/05/2024,5.00\nTOTAL GAS LTD,02/05/2024,5.00\n", 2, "10.00");
}

#[test]
fn what_is_about_a_table_is_not_in_it() {
    check(
        "Supplier,Date,Amount\nAcme,01/05/2024,5.00\nBolt,02/05/2024,2.00\nNumber of payments,,2\nTotal value,,7.00\n",
        2,
        "7.00",
    );
    check(
        "Service,2022/23,2023/24\nRoads,10,20\nCare,1,2\nTotal,11,22\nMemorandum: schools,100,200\n",
        4,
        "33.00",
    );
}

#[test]
fn the_sum_of_a_budget_goes_by_several_names() {
    check(
        "Subjective,2024/25 Budget £\nPay,500.00\nFees,(90.00)\nGrants,(10.00)\nNet budget,400.00\n",
        3,
        "400.00",
    );
    check("Supplier,Date,Amount\nAcme,01/05/2024,5.00\nNet Cost Ltd,02/05/2024,6.00\n", 2, "11.00");
}

#[test]
fn a_unit_named_like_a_body_is_who_spends() {
    check_by(
        "Organisational Unit,Supplier,Amount\nNorth Council,Acme,5.00\nNorth Council,Bolt,6.00\n",
        Dimension::Agency,
        &["North Council 11.00"],
    );
    check_by(
        "Organisational Unit,Supplier,Amount\nHighways,Acme,5.00\nAdult care,Bolt,6.00\n",
        Dimension::Service,
        &["Adult care 6.00", "Highways 5.00"],
    );
}
