//! Blind mode: nothing that is drawn names a partner or an amount.

use std::collections::BTreeMap;
use std::sync::Arc;

use shadowpool::dimension::{Agency, Dimension, Names};
use shadowpool::figure::{Blind, Figure, Mark, MarkId, Measure, Rect, Scheme, Shape};
use shadowpool::flow::breakdown::Breakdown;
use shadowpool::ledger::{Filter, Totals};
use shadowpool::money::Money;
use shadowpool::place::{ColorBy, Command, Place};
use shadowpool::scene::{
    Audience, BlindPlace, PageOptions, blind_compare_captions, blind_of_changes, captions, compare_captions,
    compare_picture, difference_picture, flows_picture, pool_captions, pool_picture, themes_page,
    themes_picture,
};

/// Every word of a figure: on it, in its tooltips, above and below.
fn words(figure: &Figure) -> Vec<String> {
    let mut words = vec![figure.title.clone()];
    words.extend(figure.notes.iter().cloned());
    for mark in &figure.marks {
        words.push(mark.tooltip.clone());
        if let Shape::Label(text) = &mark.shape {
            words.push(text.content.clone());
        }
    }
    words
}

/// The names that partners of a place go by.
fn partners(place: &Place) -> Vec<String> {
    let of_lines = place.ledger.names(Dimension::Agency).iter().map(|(_, name)| name.to_owned());
    let of_list = place.agencies.iter().flat_map(|agency| {
        [Some(agency.name.clone()), agency.short.clone()].into_iter().flatten().collect::<Vec<_>>()
    });
    of_lines.chain(of_list).filter(|name| !Names::is_remainder(name)).collect()
}

fn is_word(text: &str, at: usize, length: usize) -> bool {
    let is_free = |side: Option<char>| side.is_none_or(|c| !c.is_alphanumeric());
    is_free(text[..at].chars().next_back()) && is_free(text[at + length..].chars().next())
}

/// Nothing names a partner or an amount; the name of the place is said, though a partner may have its short name of it.
#[track_caller]
fn check_tells_nothing(figure: &Figure, partners: &[String], place: &str) {
    let place = place.to_lowercase();
    for said in words(figure) {
        assert!(!said.contains('£'), "an amount: {said}");
        let whole = said.to_lowercase();
        let elsewhere = if place.is_empty() { whole.clone() } else { whole.replace(&place, "") };
        for partner in partners {
            let name = partner.to_lowercase();
            let lower = if name.contains(&place) { &whole } else { &elsewhere };
            let told = lower.match_indices(&name).any(|(at, _)| is_word(lower, at, name.len()));
            assert!(!told, "{partner} is named: {said}");
        }
    }
}

#[test]
fn no_picture_of_any_sample_names_a_partner_or_an_amount() {
    for (_, place) in crate::sample_data::samples() {
        let names = partners(&place);
        let mut places = vec![place.clone()];
        for scenario in place.scenarios.iter().take(2) {
            let mut shown = place.clone();
            Command::ShowScenario(Some(scenario.name.clone())).apply(&mut shown).unwrap();
            places.push(shown.modelled(&scenario.name).unwrap().0);
        }
        for shown in &places {
            let hidden = BlindPlace::of(shown);
            let size = (1100.0, 640.0);
            let with_captions = |figure: Figure, (title, notes)| Figure { title, notes, ..figure };
            let own = &hidden.place;
            let before = hidden.hide(&places[0]);
            let figures = [
                with_captions(
                    flows_picture(own, Scheme::Light, size),
                    captions(own, Audience::DESK.blind(true)),
                ),
                with_captions(
                    themes_picture(own, Scheme::Dark, Measure::Amount, size),
                    captions(own, Audience::DESK.blind(true)),
                ),
                with_captions(
                    compare_picture(&before, own, Scheme::Light, size, 1),
                    compare_captions(&before, own, false, Audience::DESK.blind(true)),
                ),
                with_captions(
                    difference_picture(&before, own, Scheme::Light, size),
                    compare_captions(&before, own, true, Audience::DESK.blind(true)),
                ),
            ];
            for figure in figures {
                assert!(!figure.marks.is_empty());
                check_tells_nothing(&hidden.blind.figure(figure), &names, &place.name);
            }
            if let Some(scenario) = shown.shown_scenario() {
                let model = scenario.model(&place.ledger);
                let agencies = Arc::new(hidden.blind.agencies(&place.agencies, &place.ledger));
                let lettered = Place { agencies, ..place.clone() };
                let figure = pool_picture(&lettered, scenario, &model, Scheme::Light, size);
                let figure = with_captions(
                    figure,
                    pool_captions(&place, scenario, &model, Audience::DESK.blind(true)),
                );
                check_tells_nothing(&hidden.blind.figure(figure), &names, &place.name);
            }
        }
    }
}

/// The bars of a figure, with where they lie.
fn bars(figure: &Figure) -> Vec<(MarkId, Rect)> {
    let bar = |mark: &Mark| match mark.shape {
        Shape::Bar(rect) => Some((mark.id, rect)),
        _ => None,
    };
    figure.marks.iter().filter_map(bar).collect()
}

#[test]
fn hiding_who_is_who_moves_no_bar_of_themes_and_none_of_a_pool() {
    for (file, place) in crate::sample_data::samples() {
        let mut places = vec![place.clone()];
        for scenario in place.scenarios.iter().take(1) {
            let mut shown = place.clone();
            Command::ShowScenario(Some(scenario.name.clone())).apply(&mut shown).unwrap();
            places.push(shown.modelled(&scenario.name).unwrap().0);
        }
        for shown in &places {
            let hidden = BlindPlace::of(shown);
            let breakdown = Breakdown::of(&shown.ledger, &shown.view.filter);
            for size in [(1248.0, 560.0), (992.0, 540.0)] {
                let page = |blind: Option<&Blind>| {
                    let (scheme, measure) = (Scheme::Light, Measure::Amount);
                    let page = PageOptions { scheme, measure, size, scroll_bar_px: 14.0, blind };
                    themes_page(shown, &breakdown, &page).figure
                };
                let (open, blind) = (page(None), hidden.blind.figure(page(Some(&hidden.blind))));
                check_tells_nothing(&blind, &partners(shown), &place.name);
                assert!(!bars(&open).is_empty());
                assert_eq!(bars(&open), bars(&blind), "{file} at {size:?}");
                assert_eq!((open.width, open.height), (blind.width, blind.height));
            }
            let Some(scenario) = shown.shown_scenario() else { continue };
            let model = scenario.model(&place.ledger);
            let agencies = Arc::new(hidden.blind.agencies(&place.agencies, &place.ledger));
            let lettered = Place { agencies, ..place.clone() };
            for size in [(1248.0, 620.0), (992.0, 580.0)] {
                let pool = |place: &Place| pool_picture(place, scenario, &model, Scheme::Light, size);
                let blind = hidden.blind.figure(pool(&lettered));
                assert_eq!(bars(&pool(&place)), bars(&blind), "the pool of {file} at {size:?}");
            }
        }
    }
}

#[test]
fn amounts_become_shares_and_partners_letters_wherever_they_stand() {
    let agencies = vec![
        Agency { name: "Small Town Council".to_owned(), short: Some("Council".to_owned()), sector: None },
        Agency { name: "Health".to_owned(), short: None, sector: None },
    ];
    let place = crate::support_ledgers::small_place();
    let blind = Blind::of(&agencies, &place.ledger, Money::from_pounds(200_000_000));
    let letters: Vec<String> =
        ["Small Town Council", "Council", "Health"].iter().map(|name| blind.say(name)).collect();
    assert!(letters.iter().all(|letter| letter.starts_with("Partner ")), "{letters:?}");
    assert_ne!(letters[0], letters[2]);
    assert_eq!(
        blind.say("Health: £4.32m, of £200m; healthy. \u{2212}£1,000,000.00 and £250k, £0.00."),
        format!("{}: 2.2%, of 100%; healthy. \u{2212}0.5% and 0.1%, 0%.", letters[2])
    );
    assert_eq!(blind.say("Amount (£)"), "Amount (share)");
    assert_eq!(blind.say("SMALL TOWN COUNCIL's"), format!("{}'s", letters[0]));
}

#[test]
fn the_name_of_a_place_is_said_as_it_is() {
    let mut place = crate::support_ledgers::small_place();
    place.name = "Town Council of the North".to_owned();
    let agencies = Arc::make_mut(&mut place.agencies);
    let [council, _] = &mut agencies[..] else { panic!("two agencies") };
    council.short = Some("North".to_owned());
    let before = place.clone();
    // A place that is called as a partner is, is that partner's.
    assert!(BlindPlace::of(&before).place.name.contains("Partner "));
    place.name = "The North of it".to_owned();
    let hidden = BlindPlace::of(&place);
    assert_eq!(hidden.place.name, place.name);
    let (title, _) = hidden.blind.captions(captions(&hidden.place, Audience::DESK));
    assert!(title.contains(&place.name), "{title}");
    let said = hidden.blind.say("The North of it: North, Council");
    assert!(said.starts_with("The North of it: Partner ") && !said.contains("Council"), "{said}");
    for (file, place) in crate::sample_data::samples() {
        assert_eq!(BlindPlace::of(&place).place.name, place.name, "{file}");
    }
}

#[test]
fn a_hidden_difference_keeps_nets_and_says_shares_of_the_pool() {
    let mut seen = 0;
    for (file, place) in crate::sample_data::samples() {
        for scenario in place.scenarios.iter() {
            let mut shown = place.clone();
            Command::ShowScenario(Some(scenario.name.clone())).apply(&mut shown).unwrap();
            let after = shown.modelled(&scenario.name).unwrap().0;
            let hidden = BlindPlace::of(&after);
            let before = hidden.hide(&place.without_scenario());
            let (_, open) = compare_captions(&place.without_scenario(), &after, true, Audience::DESK);
            let open = open.join(" ");
            let (_, told) = blind_compare_captions(&hidden.blind, &before, &hidden.place, true);
            let told = told.join(" ");
            assert_eq!(open.contains("Largest gain"), told.contains("Largest gain"), "{file}: {told}");
            assert_eq!(
                open.contains("No partner gains"),
                told.contains("No partner gains"),
                "{file}: {told}"
            );
            let figure = difference_picture(&before, &hidden.place, Scheme::Light, (1100.0, 640.0));
            let figure = blind_of_changes(&hidden.blind, &before, &hidden.place).figure(figure);
            let shares: Vec<String> = words(&figure).into_iter().filter(|said| said.contains('%')).collect();
            let says_more = shares.iter().any(|said| !said.contains("<0.1%"));
            assert!(shares.is_empty() || says_more, "{file}: {}: {shares:?}", scenario.name);
            seen += usize::from(open.contains("Largest gain"));
        }
    }
    assert!(seen > 0, "in some sample somebody gains");
}

#[test]
fn a_place_is_hidden_to_the_same_letters_in_both_sides_of_a_comparison() {
    let place = crate::support_ledgers::small_place();
    let hidden = BlindPlace::of(&place);
    let again = hidden.hide(&place);
    let names = |place: &Place| -> Vec<String> {
        place.ledger.names(Dimension::Agency).iter().map(|(_, name)| name.to_owned()).collect()
    };
    assert_eq!(names(&hidden.place), names(&again));
    assert_eq!(hidden.place.ledger.total(), place.ledger.total());
}

#[test]
fn a_funder_of_one_partner_is_a_grant_and_colors_say_nothing_of_partners() {
    for (file, mut place) in crate::sample_data::samples() {
        Command::SetColorBy(ColorBy::Sector).apply(&mut place).unwrap();
        let hidden = BlindPlace::of(&place);
        assert_eq!(hidden.place.view.color_by, ColorBy::Theme, "{file}");
        assert!(hidden.place.control_totals.is_empty(), "{file}: another whole than that of the view");
        let by = [Dimension::Funder, Dimension::Agency];
        let mut partners_of: BTreeMap<String, usize> = BTreeMap::new();
        for row in Totals::of(&hidden.place.ledger, &Filter::default(), &by).rows {
            *partners_of.entry(row.names[0].clone()).or_default() += 1;
        }
        for (funder, partners) in partners_of {
            let tells = partners == 1 && !funder.starts_with("A grant (") && !Names::is_remainder(&funder);
            assert!(!tells, "{file}: {funder} gives to one partner alone");
        }
        assert_eq!(hidden.hide(&place).ledger.total(), place.ledger.total());
    }
}
