//! What agencies of a place pay each other: what speaks for a pair, and what against it.

use shadowpool::agree::{Counted, Decisions, OneName, control_total};
use shadowpool::dimension::Dimension;
use shadowpool::import::ImportOptions;
use shadowpool::ledger::Filter;
use shadowpool::place::{Command, Decision, Place, read_place, write_place};

use crate::agree::opened;
use crate::support_ledgers::money;

fn place_of(files: &[(&str, &str)]) -> Place {
    opened(files, &ImportOptions::default()).to_place()
}

fn name_agencies(place: &mut Place, names: &[&str]) {
    let one =
        |name: &&str| OneName { dimension: Dimension::Agency, name: (*name).to_owned(), also: Vec::new() };
    let decisions = Decisions { names: names.iter().map(one).collect(), ..Decisions::default() };
    Command::Decide(Box::new(Decision::Take(decisions.into()))).apply(place).unwrap();
}

#[test]
fn a_payment_that_the_receiver_shows_as_received_is_marked() {
    let council = "Agency,Supplier,Date,Amount\n\
        Town Council,Town ICB,01/05/2024,100.00\n\
        Town Council,Town ICB,02/05/2024,40.00\n\
        Town Council,Acme,02/05/2024,7.00\n";
    let icb = "Agency,Supplier,Funder,Date,Amount\n\
        Town ICB,Care Ltd,,10/05/2024,90.00\n\
        Town ICB,TOWN COUNCIL,,20/05/2024,-100.00\n\
        Town ICB,Pills Ltd,Town Council,20/12/2024,40.00\n";
    let place = place_of(&[("council.csv", council), ("icb.csv", icb)]);
    let pairs = place.transfers();
    let pair = pairs.iter().find(|pair| pair.transfer.payer == "Town Council").unwrap();
    // The second has a receipt of its amount, but half a year later.
    assert_eq!((pair.lines.len(), pair.receipts), (2, 1));
    assert_eq!(pair.evidence(), "by name; 1 of 2 by amount and date as well");
}

#[test]
fn a_short_name_that_may_be_another_body_is_left_for_somebody_to_say() {
    let north = "Agency,Service,Supplier,Date,Amount\n\
        North Council,Public Health,Weston East,01/05/2024,100.00\n\
        North Council,Roads,Acme,01/05/2024,9.00\n";
    let south = "Agency,Service,Supplier,Date,Amount\n\
        South Council,Chief Executive,Weston East,01/05/2024,30.00\n\
        South Council,Grants,Weston East Mental Health NHS Trust,01/05/2024,5.00\n";
    let mut place = place_of(&[("north.csv", north), ("south.csv", south)]);
    name_agencies(&mut place, &["Weston East", "Weston East Mental Health NHS Trust"]);
    let pairs = place.transfers();
    let said: Vec<(&str, &str, Counted, bool)> = pairs
        .iter()
        .map(|pair| {
            let transfer = &pair.transfer;
            (transfer.payer.as_str(), transfer.receiver.as_str(), transfer.counted, pair.doubt.is_some())
        })
        .collect();
    let trust = "Weston East Mental Health NHS Trust";
    assert_eq!(
        said,
        [
            ("North Council", "Weston East", Counted::Once, false),
            ("South Council", "Weston East", Counted::Twice, true),
            ("South Council", trust, Counted::Once, false),
        ]
    );
    // Their own spending is not here, so what they are paid stays; what may be another body is not said to be passed on.
    assert_eq!(place.ledger.total(), money("144.00"));
    assert_eq!(place.passed_on(&Filter::default()), money("105.00"));
}

#[test]
fn who_only_passes_on_what_others_spend_is_paid_for_something_else() {
    let council = "Agency,Supplier,Date,Amount\n\
        Town Council,Ministry of Roads,01/05/2024,10.00\n\
        Town Council,Acme,01/05/2024,50.00\n";
    let ministry = "Agency,Supplier,Date,Amount\n\
        Ministry of Roads,Town Council,02/05/2024,30.00\n\
        Ministry of Roads,Far Council,02/05/2024,900.00\n";
    let mut place = place_of(&[("council.csv", council), ("ministry.csv", ministry)]);
    assert_eq!(place.ledger.total(), money("950.00"));
    Command::KeepPaymentsToPlace(vec!["ministry.csv".to_owned()]).apply(&mut place).unwrap();
    // The ministry's payment is spent by the council; what the council pays the ministry is spent elsewhere.
    assert_eq!(place.all_lines().total(), money("90.00"));
    assert_eq!(place.ledger.total(), money("60.00"));
    let note = "only what is paid to agencies of the place: 1 of 2 lines, £30.00 of £930.00";
    assert_eq!(place.sources[1].note, note);
    // A control total of the file goes on meeting all of it, also when the place is opened again.
    let control = control_total("ministry.csv", money("930.00"), place.all_lines());
    place = read_place(&write_place(&place)).unwrap();
    assert_eq!((place.compare(&control).found, place.compare(&control).agrees()), (money("930.00"), true));
    let missing = Command::KeepPaymentsToPlace(vec!["other.csv".to_owned()]);
    assert!(missing.apply(&mut place).is_err());
}
