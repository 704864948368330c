//! Amounts in pounds, as percentages, or both, always of what is said.

use std::sync::Arc;

use shadowpool::dimension::Dimension;
use shadowpool::figure::{Figure, Measure, Scheme, Shape};
use shadowpool::ledger::Filter;
use shadowpool::money::Amounts;
use shadowpool::place::{Command, History, Place, read_place, write_place};
use shadowpool::scene::{Audience, captions, flows_picture, pool_picture, themes_picture};

use super::sample_data::sample;

const SIZE: (f64, f64) = (1280.0, 720.0);

fn words(figure: &Figure) -> Vec<&str> {
    let words = figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Label(text) => Some(text.content.as_str()),
        _ => None,
    });
    words.collect()
}

fn showing(amounts: Amounts, filter: Option<Filter>) -> Place {
    let mut place = sample("west-cheshire.ron").without_scenario();
    for command in filter.map(Command::SetFilter).into_iter().chain([Command::SetAmounts(amounts)]) {
        command.apply(&mut place).unwrap();
    }
    place
}

fn flows(place: &Place) -> Figure {
    flows_picture(place, Scheme::Light, SIZE)
}

#[test]
fn flows_say_pounds_parts_or_both_and_of_what() {
    for (amounts, right, heading) in [
        (Amounts::Pounds, "£756m", "Funder"),
        (Amounts::Percent, "25%", "Funder, % of the place"),
        (Amounts::Both, "£756m 25%", "Funder, £ and % of the place"),
    ] {
        let figure = flows(&showing(amounts, None));
        let said = words(&figure);
        assert!(said.contains(&right) && said.contains(&heading), "{amounts:?}: {said:?}");
    }
    let year = Filter::default().only(Dimension::Year, ["2013/14"]);
    let theme = showing(Amounts::Percent, Some(year.clone().only(Dimension::Theme, ["Starting Well"])));
    assert!(words(&flows(&theme)).contains(&"Funder, % of Starting Well"));
    let (_, notes) = captions(&theme, Audience::DESK);
    assert!(
        notes.iter().any(|note| note == "Percentages are of Starting Well, £501,499,000.00."),
        "{notes:?}"
    );
    let agency =
        showing(Amounts::Percent, Some(year.only(Dimension::Agency, ["Department for Work and Pensions"])));
    assert!(words(&flows(&agency)).contains(&"Funder, % of DWP"));
}

#[test]
fn themes_have_both_numbers_in_a_cell() {
    let place = showing(Amounts::Both, None);
    let figure = themes_picture(&place, Scheme::Light, Measure::Both, SIZE);
    let said = words(&figure);
    // DWP's Ageing Well: £536m of £3bn.
    assert!(said.contains(&"£536m") && said.contains(&"18%"), "{said:?}");
    assert!(said.iter().any(|words| words.starts_with("£ and % of £3bn")), "{said:?}");
}

#[test]
fn a_pool_in_shares_keeps_what_is_told_of_its_marks() {
    let place = sample("west-cheshire.ron");
    let scenario = &place.scenarios[1];
    let model = place.models.of(&place.ledger, scenario);
    let pounds = pool_picture(&place, scenario, &model, Scheme::Light, SIZE);
    let shares = pounds.clone().in_shares_of(model.balance.into_pool);
    assert!(words(&pounds).iter().any(|words| words.contains('£')));
    assert!(!words(&shares).iter().any(|words| words.contains('£')), "{:?}", words(&shares));
    // "£15.8m, 68%" does not become "68%, 68%".
    let is_twice = |words: &&str| words.split_once(", ").is_some_and(|(one, other)| one == other);
    assert!(!words(&shares).iter().any(is_twice), "{:?}", words(&shares));
    let told = |figure: &Figure| figure.marks.iter().map(|mark| mark.tooltip.clone()).collect::<Vec<_>>();
    assert_eq!(told(&pounds), told(&shares));
}

#[test]
fn a_file_says_it_only_where_it_is_not_pounds_and_undo_takes_it_back() {
    let place = sample("west-cheshire.ron");
    let text = write_place(&place);
    let mut history = History::new(place);
    history.execute(&Command::SetAmounts(Amounts::Both)).unwrap();
    let both = write_place(history.place());
    assert!(both.contains("amounts: Both") && both.contains("format: 2,"), "{}", &both[..600]);
    assert_eq!(read_place(&both).unwrap().view.amounts, Amounts::Both);
    assert!(!history.is_changed(), "looking is no change");
    history.undo();
    assert_eq!(write_place(history.place()), text);
}

#[test]
fn an_agency_has_one_short_name_that_is_no_other_agency_s() {
    let place = sample("west-cheshire.ron");
    let text = write_place(&place);
    let mut history = History::new(place);
    let name = |agency: &str, short: &str| Command::NameShortly(agency.to_owned(), short.to_owned());
    history.execute(&name("Skills Funding Agency", " SFA ")).unwrap();
    assert!(write_place(history.place()).contains("short: \"SFA\""));
    assert!(words(&flows(&history.place().without_scenario())).contains(&"SFA"));
    assert!(history.is_changed());
    for (agency, short) in [("NHS England", "SFA"), ("NHS England", "DWP"), ("Nobody", "N")] {
        assert!(history.execute(&name(agency, short)).is_err(), "{agency}: {short}");
    }
    history.execute(&name("Skills Funding Agency", "")).unwrap();
    assert_eq!(write_place(history.place()), text);
    history.undo();
    history.undo();
    assert_eq!(write_place(history.place()), text);
    // Of an agency that the place lists only for its short name nothing is left.
    let mut small = super::support_ledgers::small_place();
    small.agencies = Arc::default();
    name("Council", "SC").apply(&mut small).unwrap();
    assert_eq!(small.agencies.len(), 1);
    name("Council", "Council").apply(&mut small).unwrap();
    assert!(small.agencies.is_empty());
}
