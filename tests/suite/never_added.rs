//! Where a picture would add what is never added, it says so and asks which.

use shadowpool::dimension::Dimension::{self, Agency, Basis, Theme, Year};
use shadowpool::ledger::Filter;
use shadowpool::place::Place;
use shadowpool::scene::Sentence;

use super::pool_view::window_on;
use super::support_ledgers::ledger;

const COLUMNS: [Dimension; 4] = [Agency, Theme, Year, Basis];

fn town() -> Place {
    let lines = "Council  Early years  2023/24  Outturn  90.00
                 Council  Early years  2024/25  Budget   100.00
                 Council  Early years  2024/25  Outturn  110.00
                 Health   Early years  2024/25  Budget   40.00";
    Place { name: "Town".into(), ledger: ledger(&COLUMNS, lines).into(), ..Place::default() }
}

#[test]
fn what_is_never_added_is_named_the_newest_year_first() {
    let apart = |filter: &Filter| {
        let sentence = Sentence::about(&town(), filter);
        let kinds = sentence
            .apart
            .iter()
            .map(|apart| format!("{}: {}", apart.dimension.key(), apart.names.join(", ")));
        (kinds.collect::<Vec<_>>(), sentence.warning)
    };
    let (kinds, words) = apart(&Filter::default());
    assert_eq!(kinds, ["year: 2024/25, 2023/24", "basis: Budget, Outturn"]);
    assert_eq!(
        words,
        "This adds different things: figures of 2024/25 and 2023/24; budget and outturn. Choose one."
    );
    let budget = Filter::default().only(Basis, ["Budget"]);
    assert_eq!(apart(&budget), (Vec::new(), String::new()));
    let mut by_year = town();
    std::sync::Arc::make_mut(&mut by_year.view).layers = vec![Year, Agency];
    let sentence = Sentence::about(&by_year, &Filter::default().only(Basis, ["Outturn"]));
    assert_eq!(sentence.warning, "", "side by side, years are not added");
}

#[test]
fn the_picture_asks_which_and_shows_what_was_chosen() {
    let folder = tempfile::tempdir().unwrap();
    let mut window = window_on(&folder, &town());
    window.click_like("This adds different things: figures of 2024/25 and 2023/24");
    window.click("Only 2024/25");
    assert_eq!(window.place().view.filter, Filter::default().only(Year, ["2024/25"]));
    window.click_like("This adds different things: budget and outturn");
    window.click("Only Budget");
    let chosen = Filter::default().only(Year, ["2024/25"]).only(Basis, ["Budget"]);
    assert_eq!(window.place().view.filter, chosen);
    assert!(window.names_like("This adds").is_empty());
}
