//! Estimates with a low and a high beside the amount: in files, in sums, in words.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::sync::Arc;

use clap::Parser as _;
use shadowpool::cli::{self, Arguments};
use shadowpool::dimension::Dimension;
use shadowpool::export::{lines_csv_stamped, partners_tsv, separate_csv, separate_json, separate_text};
use shadowpool::figure::{Figure, Measure, Scheme, Shape, themes_sentence};
use shadowpool::flow::breakdown::Breakdown;
use shadowpool::import::{ImportOptions, Input, Retention, import};
use shadowpool::ledger::{AmountRange, Filter, Ledger, LineId, Periods, SeparateTotals, SpendLine};
use shadowpool::place::{Command, History, Place, merge, read_place, write_lines, write_place};
use shadowpool::pool::{Allocation, Model, Portion, Purpose};
use shadowpool::scene::{Audience, Sentence, pool_captions, pool_picture, themes_picture};
use shadowpool::store::open_place;

use super::cli::{out, run, said as said_aloud};
use super::support_pool::{allocation, contribution, percent, pounds, scenario, themed, to_theme};

fn line(agency: &str, theme: &str, amount: &str, range: Option<(&str, &str)>) -> SpendLine {
    SpendLine {
        amount: pounds(amount),
        low: range.map(|(low, _)| pounds(low)),
        high: range.map(|(_, high)| pounds(high)),
        year: Some("2024/25".into()),
        agency: Some(agency.into()),
        theme: Some(theme.into()),
        ..SpendLine::default()
    }
}

fn town() -> Place {
    let lines = [
        line("Council", "Ageing Well", "100000000.00", None),
        line("Health", "Ageing Well", "80000000.00", Some(("71000000.00", "95000000.00"))),
        line("Police", "Safety", "3000000.00", None),
    ];
    let ledger = Arc::new(Ledger::from_lines(&lines, &[], &[]));
    Place { name: "Testshire".into(), ledger, ..Place::default() }
}

/// What stands in a picture.
fn figure_words(figure: &Figure) -> Vec<String> {
    let words = figure.marks.iter().filter_map(|mark| match &mark.shape {
        Shape::Label(text) => Some(text.content.clone()),
        _ => None,
    });
    words.collect()
}

fn totals(by: &[Dimension]) -> SeparateTotals {
    SeparateTotals::of(&town().ledger, &Filter::default(), by, Periods::Yearly)
}

#[test]
fn a_sum_with_an_estimate_among_its_lines_says_between_what_it_lies() {
    let text = separate_text(&totals(&[Dimension::Theme]));
    let right = "Theme         Amount (£)  Lines  Estimate
-----------------------------------------------------------
Ageing Well  180,000,000         2  between £171m and £195m
Safety         3,000,000.00      1
-----------------------------------------------------------
Total        183,000,000         3  between £174m and £198m
";
    assert_eq!(text.replace(' ', ""), right.replace(' ', ""), "{text}");
    let rows: Vec<&str> = text.lines().filter(|line| line.contains("000,000")).collect();
    let point = rows[1].find(".00").unwrap();
    assert!(rows.iter().all(|row| row[..point].ends_with("000,000")), "pounds stand below pounds: {text}");
}

#[test]
fn programs_are_told_the_low_and_the_high_and_nothing_where_there_is_no_estimate() {
    let json: serde_json::Value =
        serde_json::from_str(&separate_json(&totals(&[Dimension::Theme]), None)).unwrap();
    assert_eq!(
        (&json["total"], &json["low"], &json["high"]),
        (&"183000000.00".into(), &"174000000.00".into(), &"198000000.00".into())
    );
    assert_eq!(json["rows"][0]["high"], "195000000.00");
    assert_eq!(json["rows"][1].get("high"), None);
    let csv = separate_csv(&totals(&[Dimension::Agency]), None);
    assert_eq!(
        csv,
        "agency,amount,lines,low,high
Council,100000000.00,1,100000000.00,100000000.00
Health,80000000.00,1,71000000.00,95000000.00
Police,3000000.00,1,3000000.00,3000000.00
"
    );
}

#[test]
fn the_sentence_of_what_is_seen_says_it_too() {
    let text = Sentence::about(&town(), &Filter::default()).text;
    assert!(text.contains("3 agencies spend between £174m and £198m in Testshire"), "{text}");
    let safety = Sentence::about(&town(), &Filter::default().only(Dimension::Theme, ["Safety"])).text;
    assert!(safety.contains("Police spends £3m in"), "{safety}");
}

#[test]
fn a_file_keeps_them_and_one_without_any_is_what_it_was() {
    let text = write_place(&town());
    assert!(text.contains("format: 2,"), "{text}");
    assert!(
        text.contains("(amount: \"80000000.00\", low: \"71000000.00\", high: \"95000000.00\", year:"),
        "{text}"
    );
    let read = read_place(&text).unwrap();
    assert_eq!(read.ledger.range(LineId(1)), town().ledger.range(LineId(1)));
    assert_eq!(write_place(&read), text);

    let wrong = read_place(&text.replace("71000000.00", "81000000.00")).unwrap_err().to_string();
    assert!(wrong.contains("low 81000000.00 is more than the amount 80000000.00"), "{wrong}");

    let certain = Ledger::from_lines(&[line("Council", "A", "1.00", None)], &[], &[]);
    let certain = Place { ledger: Arc::new(certain), ..town() };
    assert!(write_place(&certain).contains("format: 1,"));
    let mut beside = Vec::new();
    write_lines(&certain.ledger, &mut beside).unwrap();
    assert!(!String::from_utf8(beside).unwrap().contains("low"), "no heading where there is none");
    let mut beside = Vec::new();
    write_lines(&town().ledger, &mut beside).unwrap();
    let beside = String::from_utf8(beside).unwrap();
    assert!(beside.lines().next().unwrap().ends_with(",source,row,low,high"), "{beside}");
    assert!(beside.contains(",71000000.00,95000000.00\n"), "{beside}");
}

#[test]
fn a_pool_divides_an_estimate_as_it_divides_the_amount() {
    let half = contribution("Health", themed("Ageing Well"), percent("50%"));
    let pool = scenario(vec![half], vec![]);
    let model = pool.model(&town().ledger);
    let sum = |filter: &Filter| model.ledger.range_where(filter).unwrap();
    let inside = Filter::default().only(Dimension::Pool, [pool.pool.as_str()]);
    assert_eq!(sum(&inside), AmountRange { low: pounds("35500000.00"), high: pounds("47500000.00") });
    assert_eq!(sum(&Filter::default()), town().ledger.range_where(&Filter::default()).unwrap());
    let whole = scenario(vec![contribution("Health", Filter::default(), Portion::Whole)], vec![]);
    let model = whole.model(&town().ledger);
    assert_eq!(model.ledger.range(LineId(1)), town().ledger.range(LineId(1)));
}

#[test]
fn another_estimate_is_another_line_to_whoever_puts_versions_together() {
    let base = town();
    let lines: Vec<SpendLine> = base.ledger.lines().map(|line| line.to_spend_line()).collect();
    let wider = |high: &str| {
        let mut lines = lines.clone();
        lines[1].high = Some(pounds(high));
        Place { ledger: Arc::new(Ledger::from_lines(&lines, &[], &[])), ..town() }
    };
    let theirs = wider("99000000.00");
    let merged = merge(&base, &theirs, &base).merged.expect("only they have changed it");
    let high = merged.ledger.ranges().map(|(_, range)| range.high).next();
    assert_eq!(high, Some(pounds("99000000.00")));
}

#[test]
fn undo_brings_an_estimate_back() {
    let mut history = History::new(town());
    let before = write_place(history.place());
    let change = scenario(vec![contribution("Health", Filter::default(), percent("10%"))], vec![]);
    history.execute(&Command::AddScenario(Box::new(change))).unwrap();
    history.undo();
    assert_eq!(write_place(history.place()), before);
    let ranges: BTreeMap<LineId, AmountRange> = history.place().ledger.ranges().collect();
    assert_eq!(ranges.len(), 1);
}

#[test]
fn themes_say_that_they_are_estimates_and_between_what_they_lie() {
    let place = town();
    let breakdown = Breakdown::of(&place.ledger, &Filter::default());
    let said = themes_sentence(&breakdown);
    assert!(said.starts_with("Between £174m and £198m in 2 themes"), "{said}");
    assert!(said.ends_with("Ageing Well is the largest, about £180m (98%)"), "{said}");
    assert_eq!(breakdown.themes[0].amount.in_full(), "between £171m and £195m");
    assert_eq!(breakdown.themes[1].amount.in_full(), "£3,000,000.00");
    let health = breakdown.agencies.parts.iter().find(|part| part.name == "Health").unwrap();
    assert_eq!(health.amount.in_short(), "about £80m");
    assert_eq!(breakdown.years.parts[0].amount.range(), breakdown.total.range());

    let figure = themes_picture(&place, Scheme::Light, Measure::Amount, (1200.0, 800.0));
    let words = figure_words(&figure);
    for right in ["about £183m", "about £180m", "£3m", "about £80m"] {
        assert!(words.iter().any(|words| words == right), "{right}: {words:?}");
    }
}

#[test]
fn a_cell_too_narrow_for_the_word_has_a_sign_and_none_is_left_empty() {
    let lines: Vec<SpendLine> = (0..14)
        .map(|agency| SpendLine {
            agency: Some(format!("Agency {agency}")),
            theme: Some("Ageing Well".into()),
            amount: pounds("123000000.00"),
            low: Some(pounds("100000000.00")),
            high: Some(pounds("150000000.00")),
            ..SpendLine::default()
        })
        .collect();
    let place = Place { ledger: Arc::new(Ledger::from_lines(&lines, &[], &[])), ..town() };
    for width in [1024.0, 1920.0] {
        let figure = themes_picture(&place, Scheme::Light, Measure::Amount, (width, 1080.0));
        let cells = figure.marks.iter().filter(|mark| mark.tooltip.contains("between £100m and £150m"));
        assert!(cells.count() >= 10, "at {width}");
        let signs = figure_words(&figure).into_iter().filter(|words| words == "~£123m").count();
        // In the row, and below it as sums.
        assert!(signs >= 12, "{signs} at {width}");
    }
}

#[test]
fn a_pool_says_that_it_is_an_estimate_wherever_it_says_how_much_it_is() {
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let pool = scenario(vec![whole("Council"), whole("Health")], vec![]);
    let place = Place { scenarios: Arc::new(vec![pool.clone()]), ..town() };
    let model = pool.model(&place.ledger);
    assert_eq!(model.range, Some(AmountRange { low: pounds("171000000.00"), high: pounds("195000000.00") }));
    let (said, notes) = pool_captions(&place, &pool, &model, Audience::DESK);
    assert_eq!(said, "Nobody would gain or lose: each gets back what it puts in");
    assert!(notes[1].ends_with("2 partners put in."), "{notes:?}");
    assert!(notes[1].contains("In the pool between £171m and £195m, allocated about £180m, "), "{notes:?}");

    // Each has its own back: what the council puts in is as certain as it was.
    let own = |agency: &str| model.positions.iter().find(|position| position.agency == agency).unwrap();
    assert_eq!((own("Council").range, own("Council").is_estimate), (None, false));
    assert!(own("Health").is_estimate);
    assert_eq!(own("Health").no_worse_off.reason, "Gets back what it puts in, to the penny");
    let figure = pool_picture(&place, &pool, &model, Scheme::Light, (1200.0, 800.0));
    let words = figure_words(&figure);
    for right in ["Between £171m and £195m in the pool", "£100m in", "about £80m in", "about £80m back"]
    {
        assert!(words.iter().any(|words| words == right), "{right}: {words:?}");
    }
    let told = figure.marks.iter().find(|mark| mark.tooltip.starts_with("Health puts in")).unwrap();
    assert!(told.tooltip.contains("about £80m"), "{}", told.tooltip);
    let table = partners_tsv(&model);
    assert!(table.lines().next().unwrap().ends_with("Why\tPuts in, low (£)\tPuts in, high (£)"), "{table}");
    assert!(table.contains("\t71000000.00\t95000000.00\n"), "{table}");

    // Where money is mixed, what comes back to one is as uncertain as the pool is, and not where the pool is certain.
    let mixed = |partners: &[&'static str]| {
        let away = allocation(Filter::default(), percent("10%"), to_theme("Safety"));
        let pool = scenario(partners.iter().map(|partner| whole(partner)).collect(), vec![away]);
        pool.model(&place.ledger)
    };
    let is_estimate = |model: &Model, agency: &str| {
        model.positions.iter().find(|position| position.agency == agency).unwrap().is_estimate
    };
    assert!(is_estimate(&mixed(&["Council", "Health"]), "Council"));
    assert!(!is_estimate(&mixed(&["Council", "Police"]), "Council"));

    // A pool without estimates says what it always did.
    let certain = scenario(vec![whole("Council")], vec![]);
    let model = certain.model(&place.ledger);
    assert_eq!(model.range, None);
    assert!(
        pool_captions(&place, &certain, &model, Audience::DESK).1[1]
            .contains("In the pool £100,000,000.00, allocated £100,0")
    );
    assert!(!partners_tsv(&model).contains("low"));
}

#[test]
fn what_is_lost_of_an_estimate_is_no_sum_to_the_penny() {
    let away = allocation(Filter::default(), percent("10%"), to_theme("Safety"));
    let pool = scenario(vec![contribution("Health", Filter::default(), Portion::Whole)], vec![away]);
    let model = pool.model(&town().ledger);
    let health = model.positions.iter().find(|position| position.agency == "Health").unwrap();
    let right =
        "Puts in about £8m more than it gets back; 90p of each £1 comes back; allocation 1 takes about £8m";
    assert!(health.no_worse_off.reason.starts_with(right), "{}", health.no_worse_off.reason);
}

#[test]
fn the_command_says_of_a_pool_what_it_may_come_to() {
    let pool = scenario(vec![contribution("Health", Filter::default(), Portion::Whole)], vec![]);
    let place = Place { scenarios: Arc::new(vec![pool]), ..town() };
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("place.ron");
    std::fs::write(&path, write_place(&place)).unwrap();
    let run = |format: &str| {
        let words = ["shadowpool", "pool", path.to_str().unwrap(), "--scenario", "A", "--format", format];
        let arguments = Arguments::try_parse_from(words).unwrap();
        let mut out = Vec::new();
        cli::run(&arguments.command.unwrap(), &mut out, &mut Vec::new());
        String::from_utf8(out).unwrap()
    };
    let table = run("table");
    let has = |row: &str| {
        table.lines().any(|line| line.split_whitespace().collect::<Vec<_>>().join(" ").starts_with(row))
    };
    assert!(has("In the pool 80,000,000 between £71m and £95m"), "{table}");
    assert!(has("Health 80,000,000 between £71m and £95m 80,000,000 0.00"), "{table}");
    let csv = run("csv");
    assert!(csv.lines().next().unwrap().ends_with(",illustrative,puts_in_low,puts_in_high,model"), "{csv}");
    assert!(csv.contains(",71000000.00,95000000.00,"), "{csv}");
    let json: serde_json::Value = serde_json::from_str(&run("json")).unwrap();
    assert_eq!((&json["low"], &json["high"]), (&"71000000.00".into(), &"95000000.00".into()));
    assert_eq!(json["allocations"][0]["high"], "95000000.00");
    assert_eq!(json["partners"][0]["low"], "71000000.00");
}

#[test]
fn a_tidy_file_is_read_back_with_the_lows_and_the_highs_it_was_written_with() {
    let ledger = town().ledger;
    let lines: Vec<LineId> = ledger.lines().map(|line| line.id()).collect();
    let text = lines_csv_stamped(&ledger, &lines, None);
    assert!(text.lines().next().unwrap().ends_with(",source,row,low,high"), "{text}");
    let read = |text: &str, options: &ImportOptions| {
        let input = Input { name: "town.csv", bytes: text.as_bytes() };
        let read = import(input, options, |_| ControlFlow::Continue(())).expect("a list");
        (read.lines.finish(), read.file)
    };
    let (again, file) = read(&text, &ImportOptions::default());
    assert_eq!(again.ranges().collect::<Vec<_>>(), ledger.ranges().collect::<Vec<_>>());
    assert_eq!(again.total(), ledger.total());
    assert_eq!(lines_csv_stamped(&again, &lines, None).lines().next(), text.lines().next());
    assert!(file.columns().iter().any(|(field, heading)| field.key() == "low" && heading == "low"));
    // Sums have them too, whatever is kept of the lines.
    let keep = Retention::SumsBy(vec![Dimension::Agency]);
    let (sums, _) = read(&text, &ImportOptions { keep, ..ImportOptions::default() });
    let right = AmountRange { low: pounds("174000000.00"), high: pounds("198000000.00") };
    assert_eq!(sums.range_where(&Filter::default()), Some(right));
}

#[test]
fn in_other_files_a_person_says_which_columns_are_the_low_and_the_high() {
    let folder = tempfile::tempdir().unwrap();
    let text = "Agency,Year,Central,Low,High\nCouncil,2024/25,100.00,,\nHealth,2024/25,80.00,71.00,95.00\n\
        Police,2024/25,3.00,4.00,9.00\n";
    std::fs::write(folder.path().join("town.csv"), text).unwrap();
    let said = ["--column", "Central=amount", "--column", "Low=low", "--column", "High=high"];
    let words = [&["import", "town.csv"][..], &said, &["-o", "town.ron"]].concat();
    let output = run(folder.path(), &words, "");
    let place = open_place(&folder.path().join("town.ron")).expect("a place");
    assert_eq!(place.ledger.total(), pounds("183.00"), "{}{}", out(&output), said_aloud(&output));
    let ranges: Vec<AmountRange> = place.ledger.ranges().map(|(_, range)| range).collect();
    assert_eq!(ranges, [AmountRange { low: pounds("71.00"), high: pounds("95.00") }]);
    let notes = &place.sources[0].record.as_ref().unwrap().notes;
    let right = "low 4.00 is more than the amount 3.00; the line is read without its low and high";
    assert!(
        notes.iter().any(|note| note.code == "range-unreadable" && note.message.ends_with(right)),
        "{notes:?}"
    );
    // Unasked they are no such columns: they may be anything, and are no amounts that are added.
    run(folder.path(), &["import", "town.csv", "--column", "Central=amount", "-o", "plain.ron"], "");
    let plain = open_place(&folder.path().join("plain.ron")).expect("a place");
    assert!(!plain.ledger.has_ranges());
}

#[test]
fn the_net_of_a_partner_says_between_what_it_lies_where_that_can_be_worked_out() {
    let ledger = town().ledger;
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let nets = |pool: &shadowpool::pool::Scenario| {
        let model = pool.model(&ledger);
        let net = |position: &shadowpool::pool::NetPosition| {
            let range = position.net_range.map(|range| format!("{} to {}", range.low, range.high));
            (position.agency.clone(), (position.net.to_string(), range))
        };
        model.positions.iter().map(net).collect::<BTreeMap<_, _>>()
    };
    // A quarter of health's estimate goes to the police, who alone spend on safety.
    let quarter = allocation(
        themed("Ageing Well").only(Dimension::Agency, ["Health"]),
        percent("25%"),
        to_theme("Safety"),
    );
    let pool = scenario(vec![whole("Health"), whole("Police")], vec![quarter.clone()]);
    let found = nets(&pool);
    let certain = |net: &str, range: Option<&str>| (net.to_owned(), range.map(str::to_owned));
    assert_eq!(found["Health"], certain("-20000000.00", Some("-23750000.00 to -17750000.00")));
    assert_eq!(found["Police"], certain("20000000.00", Some("17750000.00 to 23750000.00")));
    let model = pool.model(&ledger);
    let health = model.positions.iter().find(|position| position.agency == "Health").unwrap();
    let reason = &health.no_worse_off.reason;
    assert!(reason.ends_with("; its net lies between \u{2212}£23.8m and \u{2212}£17.8m"), "{reason}");
    let range = AmountRange { low: pounds("71000000.00"), high: pounds("95000000.00") };
    assert_eq!(model.contributed[0].range, Some(range));
    assert_eq!(model.contributed[1].range, None);
    // What comes back to whoever has put it in changes nothing, however little is known of it.
    let back = allocation(themed("Ageing Well"), Portion::Whole, to_theme("Ageing Well"));
    let own = scenario(
        vec![whole("Health")],
        vec![Allocation { to: Purpose { responsible: Some("Health".into()), ..back.to.clone() }, ..back }],
    );
    assert_eq!(nets(&own)["Health"], certain("0.00", Some("0.00 to 0.00")));
    // A fixed sum makes up for what a line may be less: then it is not worked out.
    let fixed = Allocation { what: Portion::Amount(pounds("1000000.00")), ..quarter };
    assert_eq!(nets(&scenario(vec![whole("Health")], vec![fixed]))["Health"].1, None);
}
