//! Titles: a finding for each view, true at every filter, scenario and year, on samples, made-up places and published
//! files.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::dimension::{Agency, Dimension, Names};
use shadowpool::import::ImportOptions;
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::{Money, in_short};
use shadowpool::place::{Command, Place};
use shadowpool::scene::{Audience, BlindPlace, change_title, flows_title, pool_title, themes_title};
use shadowpool::store;

use super::sample_data::samples;
use super::support::say_skipped;
use super::support_ledgers::{ledger, small_place, spend_lines};

/// A place of lines with these columns.
fn place(columns: &[Dimension], lines: &str) -> Place {
    Place { name: "Testshire".to_owned(), ledger: ledger(columns, lines).into(), ..Place::default() }
}

fn shown(place: &Place, scenario: &str) -> Place {
    let mut shown = place.clone();
    Command::ShowScenario(Some(scenario.to_owned())).apply(&mut shown).unwrap();
    shown.modelled(scenario).unwrap().0
}

fn filtered(filter: Filter, place: &Place) -> Place {
    let mut filtered = place.clone();
    Command::SetFilter(filter).apply(&mut filtered).unwrap();
    filtered
}

const AUDIENCES: [(&str, Audience); 3] =
    [("desk", Audience::DESK), ("hall", Audience::HALL), ("blind", Audience::DESK.blind(true))];

/// How many lines of so many letters a title takes.
fn lines_of(title: &str, most: usize) -> usize {
    let mut lines: Vec<String> = vec![String::new()];
    for word in title.split(' ') {
        let last = lines.last_mut().unwrap();
        if !last.is_empty() && last.chars().count() + 1 + word.chars().count() > most {
            lines.push(word.to_owned());
        } else {
            if !last.is_empty() {
                last.push(' ');
            }
            last.push_str(word);
        }
    }
    lines.len()
}

/// Every title of a place: as it is, by theme, over all years, each scenario.
fn titles(place: &Place) -> String {
    let mut text = String::new();
    let mut say = |view: &str, title: &dyn Fn(Audience) -> String| {
        for (name, to) in AUDIENCES {
            let title = title(to);
            let most = if name == "hall" { 44 } else { 90 };
            assert!(lines_of(&title, most) <= 2, "{view}, {name}: {title}");
            assert!(name != "blind" || !title.contains('£'), "{title}");
            let _ = writeln!(text, "{view}, {name}: {title}");
        }
    };
    let filter = &place.view.filter;
    let mut every_year = filter.clone();
    every_year.set_only(Dimension::Year, BTreeSet::new());
    let baseline = place.without_scenario();
    say("flows", &|to| flows_title(&baseline, filter, to));
    say("themes", &|to| themes_title(&baseline, filter, to));
    say("over years", &|to| themes_title(&baseline, &every_year, to));
    for scenario in place.scenarios.iter() {
        let shown = shown(place, &scenario.name);
        let model = place.models.of(&place.ledger, scenario);
        say(&format!("{}: flows", scenario.name), &|to| flows_title(&shown, &shown.view.filter, to));
        say(&format!("{}: pool", scenario.name), &|to| pool_title(place, scenario, &model, to));
        say(&format!("{}: change", scenario.name), &|to| change_title(&baseline, &shown, to));
    }
    text
}

#[test]
fn every_sample_has_a_finding_for_each_view() {
    let mut text = String::new();
    for (file, place) in samples() {
        let _ = writeln!(text, "{file}\n{}", titles(&place));
    }
    check_kept("samples.txt", &text);
}

#[test]
fn published_files_have_a_finding() {
    let real = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/real"));
    if !real.is_dir() {
        say_skipped("the published files are not here");
        return;
    }
    let mut text = String::new();
    for file in [
        "manchester-city-council/aug-2011.csv",
        "salford-city-council/2011-08.csv",
        "dwp/dwp-payments-august11.csv",
        "department-of-health/August-2011-amd.csv",
        "mhclg-revenue-budget/RA_2023-24_data_Part_1.csv",
        "hmt-cra/CRA_2014_Combined_Database_for_Publication.xlsx",
    ] {
        let nothing = || Err(std::io::ErrorKind::Unsupported.into());
        let go_on = |_| ControlFlow::Continue(());
        let place = store::load(&[real.join(file)], &ImportOptions::default(), nothing, go_on).into_place();
        let _ = writeln!(text, "{file}\n{}", titles(&place));
    }
    check_kept("files.txt", &text);
}

/// Holds a text against the one that is kept.
fn check_kept(name: &str, text: &str) {
    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/titles").join(name);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        fs::create_dir_all(kept.parent().unwrap()).unwrap();
        fs::write(&kept, text).unwrap();
    }
    let known = fs::read_to_string(&kept).unwrap_or_default();
    assert!(known == text, "titles differ from {}; UPDATE_SNAPSHOTS=1 keeps these:\n{text}", kept.display());
}

const WHO_AND_WHAT: [Dimension; 3] = [Dimension::Agency, Dimension::Theme, Dimension::Year];

/// What the flows and the themes of a place are titled.
fn both(place: &Place) -> [String; 2] {
    let filter = &place.view.filter;
    [flows_title(place, filter, Audience::DESK), themes_title(place, filter, Audience::DESK)]
}

#[test]
fn who_is_largest_is_said_of_what_is_itemised_and_a_remainder_is_never_the_largest() {
    let town = place(
        &WHO_AND_WHAT,
        "Council        Care           2024/25  40.00
         Health         Care           2024/25  30.00
         Police         Safety         2024/25  10.00
         Not itemised   Not itemised   2024/25  920.00",
    );
    assert_eq!(
        both(&town),
        [
            "Council spends £40, half of the £80 that is itemised, all on Care; £920 is not itemised",
            "Care takes £70, 88% of the £80 that is itemised; £920 is not itemised",
        ]
    );
    let care = filtered(Filter::default().only(Dimension::Theme, ["Care"]), &town);
    assert_eq!(both(&care)[0], "Council spends £40, more than half of the £70 spent on Care");
    let two = filtered(Filter::default().only(Dimension::Agency, ["Health", "Police"]), &town);
    assert_eq!(
        both(&two),
        [
            "Health spends £30, three quarters of the £40 in view, all on Care",
            "Care takes £30, three quarters of the £40 in view"
        ]
    );
}

#[test]
fn what_has_no_theme_is_told_where_it_is_much() {
    let town = place(
        &WHO_AND_WHAT,
        "Council  Care    2024/25  40.00
         Health   Safety  2024/25  30.00
         Council  -       2024/25  30.00",
    );
    assert_eq!(
        both(&town),
        [
            "Council spends £70, 70% of the £100 spent in Testshire, mostly on Care",
            "Care takes £40, two fifths of the £100 spent in Testshire; £30 states no theme",
        ]
    );
}

#[test]
fn ties_are_ties_and_one_alone_is_no_largest() {
    let tied = |lines: &str| both(&place(&WHO_AND_WHAT, lines));
    let two = "Council  Care    2024/25  10.00
               Health   Safety  2024/25  10.00
               Police   Roads   2024/25   5.00";
    assert_eq!(
        tied(two),
        [
            "Council and Health spend £10 each, of the £25 spent in Testshire",
            "Care and Safety take £10 each, of the £25 spent in Testshire",
        ]
    );
    let all = "Council  Care    2024/25  10.00
               Health   Safety  2024/25  10.00
               Police   Roads   2024/25  10.00";
    assert_eq!(tied(all)[0], "Each of 3 agencies spends £10, of the £30 spent in Testshire");
    let one = "Council  Care  2024/25  10.00";
    assert_eq!(tied(one), ["Council spends £10 on Care in Testshire"; 2]);
    let agency = "Council  Care    2024/25  10.00
                  Council  Safety  2024/25  30.00";
    assert_eq!(tied(agency), ["Safety takes £30, three quarters of the £40 that Council spends"; 2]);
    assert_eq!(tied("-  -  2024/25  10.00"), ["£10 is spent in Testshire"; 2]);
}

#[test]
fn credits_make_no_fractions() {
    let said = |lines: &str| both(&place(&WHO_AND_WHAT, lines))[0].clone();
    let more = "Council  Care    2024/25   10.00
                Health   Safety  2024/25  -30.00";
    assert_eq!(said(more), "Credits outweigh what is spent in Testshire: \u{2212}£20 in all");
    let less = "Council  Care    2024/25  30.00
                Health   Safety  2024/25  -10.00";
    assert_eq!(said(less), "Council spends £30; credits leave £20 in all");
}

#[test]
fn an_empty_filter_and_an_empty_place_say_so() {
    let town = Place { name: "Testshire".to_owned(), ..small_place() };
    let nothing = filtered(Filter::default().only(Dimension::Agency, ["Nobody"]), &town);
    assert_eq!(both(&nothing), ["No line passes this filter."; 2]);
    let empty = Place { name: "Testshire".to_owned(), ..Place::default() };
    assert_eq!(both(&empty), ["Testshire has no spending yet."; 2]);
}

#[test]
fn over_years_a_title_says_what_changes() {
    let lines = "Council  Care    2022/23  10.00
                 Health   Safety  2022/23  30.00
                 Council  Care    2024/25  15.00
                 Health   Safety  2024/25  28.00";
    let mut town = place(&WHO_AND_WHAT, lines);
    assert_eq!(both(&town)[1], "£43 in 2024/25, £3 more than in 2022/23; Care grows most, by £5");
    // Added up, years are no change.
    assert!(both(&town)[0].contains("over 2 years"), "{}", both(&town)[0]);
    Arc::make_mut(&mut town.view).layers = vec![Dimension::Year, Dimension::Agency];
    assert_eq!(both(&town)[0], both(&town)[1]);
    let same = place(&WHO_AND_WHAT, &lines.replace("15.00", "12.00"));
    assert_eq!(both(&same)[1], "£40 in 2024/25, as much as in 2022/23");
}

#[test]
fn an_agency_is_called_by_its_short_name_and_capitals_are_words() {
    let mut town = place(
        &WHO_AND_WHAT,
        "DEPARTMENT FOR WORK  ADULT CARE  2024/25  30.00
         Health               SAFETY      2024/25  10.00",
    );
    assert_eq!(
        both(&town)[0],
        "Department for Work spends £30, three quarters of the £40 spent in Testshire, all on Adult care"
    );
    let agency =
        Agency { name: "DEPARTMENT FOR WORK".to_owned(), short: Some("DWP".to_owned()), sector: None };
    town.agencies = vec![agency].into();
    assert_eq!(
        both(&town)[0],
        "DWP spends £30, three quarters of the £40 spent in Testshire, all on Adult care"
    );
    assert_eq!(both(&town)[1], "Adult care takes £30, three quarters of the £40 spent in Testshire");
}

#[test]
fn a_hall_has_two_short_lines_and_a_name_is_never_cut() {
    let name = "The Very Long Name of a Body that Nobody could ever Say in One Breath even if They Tried";
    let mut lines = spend_lines(&WHO_AND_WHAT, "Health  Care  2024/25  10.00\nX  Care  2024/25  20.00");
    lines[1].agency = Some(name.to_owned());
    let town = Place { ledger: Ledger::from_lines(&lines, &[], &[]).into(), ..Place::default() };
    let title = flows_title(&town, &Filter::default(), Audience::HALL);
    assert_eq!(title, "The largest of 2 agencies spends £20");
    assert!(flows_title(&town, &Filter::default(), Audience::DESK).starts_with(name));
}

/// Lines of few names, credits among them.
fn chance() -> impl Strategy<Value = Vec<SpendLine>> {
    let name = |names: &'static [&'static str]| proptest::sample::select(names);
    let agency = name(&["Council", "Health", "Police", "Not itemised", ""]);
    let theme = name(&["Care", "Safety", "Not itemised", "", "Unallocated"]);
    let year = name(&["2023/24", "2024/25"]);
    let line = (agency, theme, year, -3_000_i64..30_000).prop_map(|(agency, theme, year, pence)| SpendLine {
        agency: Some(agency.to_owned()),
        theme: Some(theme.to_owned()),
        year: Some(year.to_owned()),
        amount: Money::from_pence(pence),
        ..SpendLine::default()
    });
    proptest::collection::vec(line, 1..12)
}

proptest! {
    #[test]
    fn what_a_title_claims_is_so(lines in chance(), year in proptest::option::of(0..2)) {
        let place = Place { ledger: Ledger::from_lines(&lines, &[], &[]).into(), ..Place::default() };
        let filter = match year {
            Some(0) => Filter::default().only(Dimension::Year, ["2023/24"]),
            Some(_) => Filter::default().only(Dimension::Year, ["2024/25"]),
            None => Filter::default(),
        };
        for (title, dimension) in [
            (flows_title(&place, &filter, Audience::DESK), Dimension::Agency),
            (themes_title(&place, &filter, Audience::HALL), Dimension::Theme),
        ] {
            let totals = Totals::of(&place.ledger, &filter, &[dimension]);
            // "Council spends £40": it is the sum of its lines, nobody has more, and it is somebody.
            let verb = if dimension == Dimension::Agency { " spends £" } else { " takes £" };
            let Some((name, after)) = title.split_once(verb) else { continue };
            let Some(row) = totals.rows.iter().find(|row| row.names[0] == name) else { continue };
            prop_assert!(!Names::is_remainder(name), "{}", title);
            let amount = in_short(row.amount);
            prop_assert!(format!("£{after}").starts_with(&amount), "{title}: {amount}");
            let more = totals.rows.iter().filter(|other| !Names::is_remainder(&other.names[0]));
            prop_assert!(more.clone().all(|other| other.amount <= row.amount), "{}", title);
        }
        let hidden = BlindPlace::of(&place);
        let title = flows_title(&hidden.place, &filter, Audience::DESK.blind(true));
        prop_assert!(!title.contains('£') && !title.contains("Council"), "{}", title);
    }
}
