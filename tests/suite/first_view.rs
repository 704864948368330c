//! How a place of files is named and looked at before anybody has chosen.

use shadowpool::dimension::Dimension::{
    self, Agency, Area, Funder, Provider, Service, Supplier, Theme, Year,
};
use shadowpool::import::ImportOptions;
use shadowpool::place::{ColorBy, Place, first_name, first_view};
use shadowpool::scene::Sentence;
use shadowpool::store;

use crate::support_ledgers::ledger;

/// The layers and the color that lines of these columns are first drawn in.
fn check(columns: &[Dimension], lines: &str, layers: &[Dimension], color_by: ColorBy) {
    let view = first_view(&ledger(columns, lines));
    assert_eq!((&view.layers[..], view.color_by), (layers, color_by), "{lines}");
}

#[test]
fn a_layer_that_nobody_fills_is_not_drawn() {
    check(
        &[Agency, Service, Supplier],
        "Council  Roads    Tarmac Ltd  300.00
         Council  Schools  Chalk Ltd   100.00",
        &[Agency, Service, Supplier],
        ColorBy::Service,
    );
}

#[test]
fn who_delivers_stands_before_who_was_paid() {
    check(
        &[Agency, Service, Provider, Supplier],
        "Council  Roads    Highways team  Tarmac Ltd  300.00
         Health   Schools  Nurses         Chalk Ltd   100.00",
        &[Agency, Service, Provider],
        ColorBy::Agency,
    );
}

#[test]
fn four_stated_layers_are_the_usual_four() {
    check(
        &[Funder, Agency, Theme, Service],
        "Grant  Council  Ageing Well    Day care   300.00
         Tax    Health   Starting Well  Midwives   100.00",
        &[Funder, Agency, Theme, Service],
        ColorBy::Theme,
    );
}

#[test]
fn a_dimension_that_few_pounds_state_is_no_layer() {
    check(
        &[Funder, Agency, Service],
        "Grant  Council  Roads     5.00
         -      Council  Schools  95.00",
        &[Agency, Service],
        ColorBy::Service,
    );
}

#[test]
fn credits_count_as_much_as_payments() {
    check(
        &[Agency, Theme, Service],
        "Council  Ageing Well  Day care  -300.00
         Council  -            Roads      310.00",
        &[Agency, Theme, Service],
        ColorBy::Service,
    );
}

#[test]
fn lines_that_say_little_still_have_two_layers() {
    check(&[Area], "North  1.00\n South  2.00", &[Area, Agency], ColorBy::Agency);
    check(&[Agency, Year], "Council  2024/25  1.00", &[Agency, Year], ColorBy::Agency);
    check(&[], "1.00", &[Agency, Service], ColorBy::Agency);
}

#[test]
fn a_place_is_named_after_who_spends_and_when() {
    let named = |lines: &str| first_name(&[&ledger(&[Agency, Year], lines)], "spend_2024-05.csv");
    assert_eq!(named("Council  2024/25  1.00"), "Council, 2024/25");
    assert_eq!(
        named("Council  2024/25  1.00\n Health  2023/24  5.00"),
        "Health and Council, 2023/24 to 2024/25"
    );
    assert_eq!(named("A  -  1.00\n B  -  5.00\n C  -  5.00"), "3 agencies");
    assert_eq!(named("-  2024/25  1.00"), "spend 2024-05");
}

/// What the sentence says of a place of these files' texts.
fn sentence(files: &[(&str, &str)]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            path
        })
        .collect();
    let nothing = || Err(std::io::ErrorKind::Unsupported.into());
    let loaded =
        store::load(&paths, &ImportOptions::default(), nothing, |_| std::ops::ControlFlow::Continue(()));
    let place: Place = loaded.into_place();
    let sentence = Sentence::about(&place, &place.view.filter).text;
    (place.name, sentence)
}

#[test]
fn a_month_of_one_body_is_named_after_both_and_the_sentence_says_it_once() {
    let may = "Body Name,Service Area,Supplier Name,Payment Date,Net Amount\n\
               Town Council,Roads,Tarmac Ltd,03/05/2024,300.00\nTown Council,Parks,Seeds Ltd,09/05/2024,100.00\n";
    let (name, text) = sentence(&[("may.csv", may)]);
    assert_eq!(name, "Town Council, May 2024");
    assert_eq!(text, "In 2024/25, Town Council spends £400, on 2 services.");
    let (name, text) =
        sentence(&[("may.csv", may), ("police.csv", "agency,theme,amount\nPolice,Safety,50.00\n")]);
    assert_eq!(name, "Town Council and Police, 2024/25");
    assert_eq!(text, "In 2024/25, 2 agencies spend £450, on 1 theme and 2 services.");
}
