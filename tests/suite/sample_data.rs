//! The sample places: they load, they are written as the program writes, and their figures stand.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{ControlTotal, Filter, Totals};
use shadowpool::money::Money;
use shadowpool::place::{Place, read_place, write_place};

pub(crate) const SAMPLES: [&str; 7] = [
    "birmingham-total-place.ron",
    "greater-essex.ron",
    "greater-manchester-august-2011.ron",
    "greater-manchester.ron",
    "newcastle-neighbourhoods.ron",
    "tri-borough.ron",
    "west-cheshire.ron",
];

fn path(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data").join(file)
}

fn text(file: &str) -> String {
    fs::read_to_string(path(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

/// A place without what only the second format has.
pub(crate) fn in_first_format(place: Place) -> Place {
    Place { story: Vec::new().into(), appraisals: Vec::new().into(), claims: Vec::new().into(), ..place }
}

pub(crate) fn sample(file: &str) -> Place {
    read_place(&text(file)).unwrap_or_else(|error| panic!("{file}: {error}"))
}

pub(crate) fn samples() -> impl Iterator<Item = (&'static str, Place)> {
    SAMPLES.into_iter().map(|file| (file, sample(file)))
}

fn pounds(text: &str) -> Money {
    text.parse().expect("an amount")
}

/// Sums by one dimension.
fn by(place: &Place, filter: &Filter, dimension: Dimension) -> BTreeMap<String, Money> {
    Totals::of(&place.ledger, filter, &[dimension])
        .rows
        .into_iter()
        .map(|row| (row.names[0].clone(), row.amount))
        .collect()
}

fn sum(place: &Place, filter: &Filter) -> Money {
    Totals::of(&place.ledger, filter, &[]).total
}

fn everything() -> Filter {
    Filter::default()
}

#[test]
fn every_file_of_the_folder_is_told_about() {
    let mut found: Vec<String> = fs::read_dir(path(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "ron"))
        .map(|path| path.file_name().unwrap().to_str().unwrap().to_owned())
        .collect();
    found.sort();
    assert_eq!(found, SAMPLES);
    let readme = text("README.md");
    for file in found {
        assert!(readme.contains(&format!("| `{file}` |")), "the README says nothing about {file}");
    }
}

#[test]
fn samples_are_written_byte_for_byte_as_they_were_read() {
    for (file, place) in samples() {
        let before = text(file);
        let after = write_place(&place);
        for (number, (before, after)) in before.lines().zip(after.lines()).enumerate() {
            assert_eq!(before, after, "{file}, line {}", number + 1);
        }
        assert_eq!(before.len(), after.len(), "{file}");
    }
}

#[test]
fn totals_agree_with_the_readme_to_the_penny() {
    let readme = text("README.md");
    let mut told: BTreeMap<(String, String), (u64, Money)> = BTreeMap::new();
    for line in readme.lines() {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        if let ["", file, year, lines, total, ""] = cells[..]
            && let Ok(lines) = lines.parse()
        {
            told.insert((file.trim_matches('`').to_owned(), year.to_owned()), (lines, pounds(total)));
        }
    }
    let mut found = BTreeMap::new();
    for (file, place) in samples() {
        for row in Totals::of(&place.ledger, &everything(), &[Dimension::Year]).rows {
            found.insert((file.to_owned(), row.names[0].clone()), (row.lines, row.amount));
        }
    }
    let csv = told.remove(&("tidy-example.csv".to_owned(), "2024/25".to_owned())).unwrap();
    assert_eq!(told, found);
    assert_eq!(csv, tidy_example());
}

/// Lines and total of the CSV example, read by itself.
fn tidy_example() -> (u64, Money) {
    let text = text("tidy-example.csv");
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    assert_eq!(
        reader.headers().expect("headings").iter().collect::<Vec<_>>().join(","),
        "amount,year,funder,agency,sector,theme,service,provider,cohort,area,supplier,stage,type,ringfence,\
         evidence,basis,date,description"
    );
    let rows: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().expect("whole rows");
    let agencies: BTreeSet<&str> = rows.iter().map(|row| &row[3]).collect();
    assert_eq!(agencies.len(), 3);
    assert!(rows.iter().all(|row| &row[14] == "Illustrative"));
    (rows.len() as u64, rows.iter().map(|row| pounds(&row[0])).sum())
}

#[test]
fn published_totals_stand_and_other_counts_visibly_differ() {
    let differs: BTreeMap<&str, &str> = BTreeMap::from([
        ("The other count: £10.4 billion", "2600000000.00"),
        ("The other count: £7.5 billion", "-200000000.00"),
    ]);
    let mut seen = 0;
    for (file, place) in samples() {
        for control in place.control_totals.iter() {
            let expected = differs.get(control.name.as_str()).copied().map_or(Money::ZERO, pounds);
            let agreement = control.compare(&place.ledger);
            assert_eq!(agreement.difference, expected, "{file}: {}", control.name);
            if !agreement.agrees() {
                assert!(!control.note.is_empty(), "{file}: {} needs a note", control.name);
                seen += 1;
            }
        }
    }
    assert_eq!(seen, differs.len());
}

#[test]
fn every_line_says_how_well_it_is_known_and_where_it_is_from() {
    for (file, place) in samples() {
        for line in place.ledger.lines() {
            let row = line.id().index() + 1;
            let source = line.provenance().source.unwrap_or_else(|| panic!("{file}, line {row}: no source"));
            let evidence = line.name(Dimension::Evidence);
            if source.key == "illustration" {
                assert_eq!(evidence, "Illustrative", "{file}, line {row}");
                // Nobody has spent or budgeted what is made up.
                assert_eq!(line.name(Dimension::Basis), "Not stated", "{file}, line {row}");
            }
            let rest = line.name(Dimension::Service) == "Not itemised";
            match evidence {
                "Actual" => assert!(!rest, "{file}, line {row}: a remainder is not published"),
                "Estimated" => assert!(!line.description().is_empty(), "{file}, line {row}: say how"),
                "Illustrative" => {
                    assert!(!rest, "{file}, line {row}: what a subtraction leaves is arithmetic");
                }
                other => panic!("{file}, line {row}: evidence {other}"),
            }
            assert!(line.name(Dimension::Year).len() == 7, "{file}, line {row}: no year");
            assert!(!line.amount().is_zero(), "{file}, line {row}: nothing is spent");
        }
    }
}

#[test]
fn a_source_whose_own_title_is_not_known_says_so_and_has_no_line() {
    const SAYS_SO: &str = "(a description; its own title is not known)";
    let readme = text("README.md");
    let mut described = Vec::new();
    for (file, place) in samples() {
        for source in place.sources.iter().filter(|source| source.title.ends_with(SAYS_SO)) {
            let lines = place.ledger.lines();
            let own = lines.filter(|line| line.to_spend_line().source.as_ref() == Some(&source.key)).count();
            assert_eq!(own, 0, "{file}: {}", source.title);
            let said =
                readme.lines().find(|line| line.contains("a description in place of a title")).unwrap();
            assert!(said.contains(file) && said.contains(&source.publisher), "{file}: {said}");
            described.push(file);
        }
    }
    assert_eq!(described, ["newcastle-neighbourhoods.ron", "tri-borough.ron"]);
}

#[test]
fn sources_have_the_titles_they_have_and_no_year_or_period_that_they_do_not_name() {
    const CLES: &str = "Community Budgeting: a transformation of public service delivery? (Clare Cummings), CLES Bulletin 100";
    let mut seen = 0;
    for (file, place) in samples() {
        for source in place.sources.iter() {
            let said = format!("{} {}", source.title, source.note);
            if source.key == "cles-100" {
                assert_eq!(source.title, CLES, "{file}");
                assert!(!said.contains("billion a year") && !said.contains("11/12"), "{file}: {said}");
                seen += 1;
            }
            if source.key == "cypn" && file.starts_with("west") {
                assert_eq!(
                    (source.title.as_str(), source.date.as_str()),
                    ("Community budgets are 'catalyst for change'", "2012")
                );
                assert!(!said.contains("a year"), "{file}: {said}");
                seen += 1;
            }
        }
    }
    assert_eq!(seen, 4);
}

#[test]
fn made_up_amounts_are_round() {
    for (file, place) in samples() {
        for line in place.ledger.lines() {
            if line.provenance().source.is_some_and(|source| source.key == "illustration") {
                let amount = line.amount();
                let round = amount.units() % Money::from_pounds(100).units() == 0;
                assert!(round, "{file}, line {}: {amount} looks measured", line.id().index() + 1);
            }
        }
    }
}

#[test]
fn a_year_holds_one_basis_and_the_first_view_never_adds_two() {
    for (file, place) in samples() {
        for (year, _) in by(&place, &everything(), Dimension::Year) {
            let bases = by(&place, &everything().only(Dimension::Year, [year.as_str()]), Dimension::Basis);
            assert_eq!(bases.len(), 1, "{file}, {year}: {:?}", bases.keys());
        }
        let shown = Totals::of(&place.ledger, &place.view.filter, &[Dimension::Year]);
        assert_eq!(shown.rows.len(), 1, "{file} opens on one year");
        assert!(shown.total.is_positive(), "{file} opens on something");
        assert!((2..=6).contains(&place.view.layers.len()), "{file}");
    }
}

#[test]
fn lists_name_what_the_lines_use_and_names_fit_a_picture() {
    for (file, place) in samples() {
        let used = |dimension| -> BTreeSet<String> {
            by(&place, &everything(), dimension).into_keys().filter(|name| name != "Not stated").collect()
        };
        let agencies: BTreeSet<String> = place.agencies.iter().map(|agency| agency.name.clone()).collect();
        assert_eq!(agencies, used(Dimension::Agency), "{file}");
        for (list, dimension) in [
            (&place.funders, Dimension::Funder),
            (&place.themes, Dimension::Theme),
            (&place.services, Dimension::Service),
        ] {
            let named: BTreeSet<String> = list.iter().map(|described| described.name.clone()).collect();
            assert!(named.is_empty() || named == used(dimension), "{file}, {dimension}");
        }
        for agency in place.agencies.iter() {
            let short = agency.short.as_ref().unwrap_or(&agency.name);
            assert!(short.chars().count() <= 22, "{file}: {short} is long for a picture");
        }
        for service in used(Dimension::Service) {
            assert!(service.chars().count() <= 34, "{file}: {service} is long for a picture");
        }
    }
}

#[test]
fn what_people_and_totals_rest_on_is_listed_among_the_sources() {
    for (file, place) in samples() {
        let keys: BTreeSet<&str> = place.sources.iter().map(|source| source.key.as_str()).collect();
        assert_eq!(keys.len(), place.sources.len(), "{file}: a source is listed twice");
        for ControlTotal { name, source, note, .. } in place.control_totals.iter() {
            assert!(
                keys.contains(source.as_str()) || (source.is_empty() && !note.is_empty()),
                "{file}: {name}"
            );
        }
        for population in place.population.iter() {
            assert!(keys.contains(population.source.as_str()), "{file}: {} people", population.people);
        }
        let sentences = place.about.split_terminator(". ").count();
        assert!((2..=4).contains(&sentences), "{file}: {sentences} sentences about it");
    }
}

#[test]
fn west_cheshire_is_rich_enough_to_be_looked_at() {
    let place = sample("west-cheshire.ron");
    let count = |dimension| by(&place, &everything(), dimension).len();
    assert!((150..=400).contains(&place.ledger.len()));
    assert_eq!(count(Dimension::Year), 3);
    assert!(count(Dimension::Agency) >= 16);
    assert!(count(Dimension::Service) >= 60);
    assert!(count(Dimension::Funder) >= 12);
    assert!(count(Dimension::Provider) >= 20);
    assert!(count(Dimension::Cohort) >= 20);
    assert!(count(Dimension::Ringfence) >= 10);
    assert!(count(Dimension::Area) >= 4);
    assert_eq!(count(Dimension::Type), 3, "revenue, capital and not stated");
    assert_eq!(count(Dimension::Stage), 5, "four stages and not stated");
    let themes: Vec<&str> = place.themes.iter().map(|theme| theme.name.as_str()).collect();
    assert_eq!(
        themes,
        ["Starting Well", "Living Well", "Working Well", "Ageing Well", "Smarter Services", "Not itemised"]
    );
    let credits = place.ledger.lines().filter(|line| line.amount().is_negative()).count();
    assert!(credits >= 6, "{credits} credits");
    assert!(by(&place, &everything(), Dimension::Theme).contains_key("Not stated"));
    assert!(by(&place, &everything(), Dimension::Service).contains_key("Not stated"));
}

#[test]
fn what_west_cheshire_partners_hand_on_counts_once_where_it_is_spent() {
    let place = sample("west-cheshire.ron");
    let partners: BTreeSet<&str> = place.agencies.iter().map(|agency| agency.name.as_str()).collect();
    let handed_on: Vec<_> = place
        .ledger
        .lines()
        .filter(|line| {
            let funder = line.name(Dimension::Funder);
            partners.contains(funder) && funder != "Not itemised"
        })
        .collect();
    assert!(handed_on.iter().all(|line| line.name(Dimension::Funder) != line.name(Dimension::Agency)));
    let services: BTreeSet<&str> = handed_on.iter().map(|line| line.name(Dimension::Service)).collect();
    assert_eq!(services, BTreeSet::from(["Carers' support", "Debt and benefits advice", "Reablement"]));
}

#[test]
fn the_integrated_settlement_stands_as_published() {
    let place = sample("greater-manchester.ron");
    let year = everything().only(Dimension::Year, ["2025/26"]);
    assert_eq!(
        by(&place, &year, Dimension::Theme),
        BTreeMap::from([
            ("Adult skills".to_owned(), pounds("102000000")),
            ("Local growth and place".to_owned(), pounds("61923115")),
            ("Local transport".to_owned(), pounds("283799752")),
            ("Not itemised".to_owned(), pounds("182277133")),
        ])
    );
    let evidence = by(&place, &year, Dimension::Evidence);
    assert_eq!(evidence["Actual"], pounds("447722867"));
    assert_eq!(sum(&place, &year), pounds("630000000"));
    for unknown in ["Growth Hubs", "Create Growth", "Active Travel Fund", "Skills Bootcamps"] {
        assert!(place.about.contains(unknown), "{unknown} had no amount and is told about");
        assert!(!by(&place, &everything(), Dimension::Service).contains_key(unknown));
    }
}

#[test]
fn the_parts_of_essex_and_birmingham_stand_as_published() {
    let essex = by(&sample("greater-essex.ron"), &everything(), Dimension::Sector);
    assert_eq!(essex["Local government"], pounds("4000000000"));
    assert_eq!(essex["NHS"], pounds("2000000000"));
    assert_eq!(essex["Work and welfare"], pounds("3000000000"));
    assert_eq!(essex["Police and fire"] + essex["Justice"], pounds("500000000"));
    assert_eq!(essex["Other"], pounds("3500000000"));

    assert_eq!(
        by(&sample("birmingham-total-place.ron"), &everything(), Dimension::Agency),
        BTreeMap::from([
            ("Birmingham City Council".to_owned(), pounds("3600000000")),
            ("Jobcentre Plus".to_owned(), pounds("699000000")),
            ("Not itemised".to_owned(), pounds("1101000000")),
            ("Primary care trusts".to_owned(), pounds("1900000000")),
        ])
    );
}

#[test]
fn a_fifth_of_people_take_77_percent_of_health_and_care_in_the_tri_borough() {
    let place = sample("tri-borough.ron");
    for year in ["2013/14", "2014/15"] {
        let care =
            everything().only(Dimension::Year, [year]).only(Dimension::Theme, ["Health and social care"]);
        let cohorts = by(&place, &care, Dimension::Cohort);
        let (most, rest) = (cohorts["The fifth with most need"], cohorts["Everyone else"]);
        assert_eq!(cohorts.len(), 2);
        assert_eq!(most.units() * 23, rest.units() * 77);
    }
}

#[test]
fn newcastle_deals_in_thousands_of_pounds() {
    let place = sample("newcastle-neighbourhoods.ron");
    assert!(place.ledger.lines().all(|line| line.amount().abs() < pounds("500000")));
    for area in ["Cowgate", "Kenton Bar", "Montagu"] {
        let total = sum(&place, &everything().only(Dimension::Area, [area]));
        assert!(total > pounds("1000000"), "{area}: {total}");
    }
}

#[test]
fn the_real_month_has_its_exact_flows() {
    let place = sample("greater-manchester-august-2011.ron");
    let local = || everything().only(Dimension::Agency, ["Manchester City Council", "Salford City Council"]);
    let public = [
        "Councils",
        "Joint authorities",
        "NHS hospital and care trusts",
        "NHS primary care trusts",
        "Police",
        "Probation",
    ];
    assert_eq!(sum(&place, &local()), pounds("60817475.10"));
    assert_eq!(sum(&place, &everything()) - sum(&place, &local()), pounds("363225641.70"));
    assert_eq!(sum(&place, &local().only(Dimension::Provider, public)), pounds("7591274.39"));
    assert_eq!(
        sum(&place, &everything().only(Dimension::Service, ["Learning Disabilities PB"])),
        pounds("499918.60")
    );

    let flows: Vec<(String, String, String)> =
        Totals::of(&place.ledger, &everything(), &[Dimension::Agency, Dimension::Provider])
            .rows
            .into_iter()
            .filter(|row| row.names[1] != "Other suppliers")
            .map(|row| (row.names[0].clone(), row.names[1].clone(), row.amount.to_string()))
            .collect();
    let expected = [
        ("Department of Health", "NHS primary care trusts", "353000000.00"),
        ("Manchester City Council", "Joint authorities", "4850512.82"),
        ("Department for Work and Pensions", "Councils", "4609878.00"),
        ("Department of Health", "NHS hospital and care trusts", "2831332.29"),
        ("Salford City Council", "Housing and voluntary bodies", "2162693.99"),
        ("Home Office", "Councils", "1814424.99"),
        ("Manchester City Council", "Housing and voluntary bodies", "1750931.00"),
        ("Salford City Council", "NHS hospital and care trusts", "947791.59"),
        ("Manchester City Council", "Councils", "927658.95"),
        ("Ministry of Justice", "Councils", "586289.85"),
        ("Manchester City Council", "NHS hospital and care trusts", "410290.65"),
        ("Manchester City Council", "Police", "211347.18"),
        ("Department of Health", "Universities", "155407.65"),
        ("Department for Work and Pensions", "Housing and voluntary bodies", "143250.00"),
        ("Salford City Council", "Councils", "106168.18"),
        ("Salford City Council", "NHS primary care trusts", "87956.05"),
        ("Home Office", "Police", "85058.92"),
        ("Manchester City Council", "Probation", "36698.56"),
        ("Salford City Council", "Police", "21700.18"),
        ("Salford City Council", "Probation", "7853.53"),
        ("Manchester City Council", "NHS primary care trusts", "-16703.30"),
    ]
    .map(|(payer, kind, amount)| (payer.to_owned(), kind.to_owned(), amount.to_owned()));
    assert_eq!(flows, expected);
    assert_eq!(by(&place, &everything(), Dimension::Evidence).len(), 1, "all of it is actual");
}
