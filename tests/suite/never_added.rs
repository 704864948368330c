//! Where a picture would add what is never added, it says so and asks which.

use shadowpool::dimension::Dimension::{self, Agency, Basis, Theme, Year};
use shadowpool::ledger::Filter;
use shadowpool::place::{Place, write_place};
use shadowpool::pool::Portion;
use shadowpool::scene::{Audience, Sentence, pool_captions};

use super::cli::{run, said};
use super::pool_view::window_on;
use super::support_ledgers::ledger;
use super::support_pool::{contribution, scenario};

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

#[test]
fn a_picture_for_a_file_draws_the_newest_year_and_is_refused_where_bases_would_be_added() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    std::fs::write(folder.join("town.ron"), write_place(&town())).unwrap();
    for view in ["flows", "themes"] {
        let ends = |more: &[&str]| {
            let words = ["render", "town.ron", "--view", view, "-o", "town.svg"];
            let output = run(folder, &[&words[..], more].concat(), "");
            (output.status.code(), said(&output))
        };
        let (status, told) = ends(&[]);
        assert_eq!(status, Some(2), "{told}");
        let right = "the picture would add lines of different basis (Budget and Outturn), which are never added; choose \
                     one with --where basis=\"Budget\" or --where basis=\"Outturn\"";
        assert!(told.contains(right) && !folder.join("town.svg").exists(), "{told}");
        let (status, told) = ends(&["--where", "basis=Outturn"]);
        assert!(status == Some(0) && told.contains("drawn is 2024/25, the newest year"), "{told}");
        let drawn = std::fs::read_to_string(folder.join("town.svg")).unwrap();
        assert!(
            drawn.contains("Total £110.00, the sum of 1 lines") || drawn.contains("Total £110.00"),
            "{drawn}"
        );
        assert!(!drawn.contains("This adds different things"));
        std::fs::remove_file(folder.join("town.svg")).unwrap();
    }
}

#[test]
fn the_picture_of_a_pool_says_what_it_adds() {
    let lines = "Council  Early years  2024/25  Budget   100.00
                 Health   Early years  2024/25  Outturn  40.00";
    let place = Place { ledger: ledger(&COLUMNS, lines).into(), ..town() };
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let both = scenario(vec![whole("Council"), whole("Health")], Vec::new());
    let notes = |pool: &shadowpool::pool::Scenario| {
        pool_captions(&place, pool, &pool.model(&place.ledger), Audience::DESK).1.join("\n")
    };
    assert!(notes(&both).contains("This adds different things: budget and outturn."), "{}", notes(&both));
    let one = scenario(vec![whole("Council")], Vec::new());
    assert!(!notes(&one).contains("This adds"), "{}", notes(&one));
}
