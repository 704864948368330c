//! Many files become one place that agrees: control totals and what explains a difference.

use std::ops::ControlFlow;
use std::sync::Arc;

use calamine::Reader as _;
use proptest::prelude::*;
use shadowpool::agree::{
    Apart, ByHand, Changed, Counted, Fate, Likeness, OneName, PassedOn, Pattern, Rule, StandardRules, Test,
    TestedField, VersionTotals, Why, compare, compare_versions, control_total, left_out, name_proposals,
    unclassified,
};
use shadowpool::dimension::Dimension;
use shadowpool::export::{audit_csv, audit_text, audit_workbook, rejects_csv};
use shadowpool::figure::{Figure, Scheme};
use shadowpool::flow::{FlowEnds, Focus, aggregate, imbalances};
use shadowpool::import::{Field, ImportOptions, Input, import};
use shadowpool::ledger::{Filter, Ledger, LineId, LineReference, Totals};
use shadowpool::money::{Money, in_full};
use shadowpool::place::{
    AddedFiles, Addition, Command, Decision, History, Place, read_decisions, read_place, write_decisions,
    write_place,
};
use shadowpool::scene::{AuditCell, Sentence, audit, flow_graph, flow_spec, flows_picture};
use shadowpool::store::{self, Shapes};

use crate::support_ledgers::{any_ledger, money};

const SPEND: &str = "\
Agency,Service,Supplier,Date,Amount
Council,Roads,Acme,01/04/2024,1240.00
Council,Roads,Acme,02/04/2024,300.00
Council,Parks,Bolt,02/04/2024,300.00
Council,Parks,Bolt,02/04/2024,77.77
Council,Parks,Bolt,02/04/2024,77.77
Council,Care,Cove,03/04/2024,-55.00
Council,Care,Cove,03/04/2024,913.00
Council,Care,Cove,03/04/2024,lots
Total,,,,2853.54
";

fn read(text: &str) -> (Ledger, Vec<shadowpool::agree::LeftOut>) {
    let input = Input { name: "council.csv", bytes: text.as_bytes() };
    let imported = import(input, &ImportOptions::default(), |_| ControlFlow::Continue(())).unwrap();
    let left_out = left_out(&imported.file);
    (imported.lines.finish(), left_out)
}

/// What is said first when the spending above is held against this figure.
fn check(control: &str, words: &str) {
    let (ledger, left_out) = read(SPEND);
    assert_eq!(ledger.total(), money("2853.54"));
    let control = control_total("council.csv", money(control), &ledger);
    assert_eq!(control.file, "council.csv");
    assert_eq!(compare(&control, &ledger, &[], &left_out).words(), words, "{}", control.amount);
}

#[test]
fn a_difference_is_explained_by_the_likeliest_cause() {
    check("2853.54", "agrees");
    check("1613.54", "differs by £1,240.00 (too much was read): row 2 is exactly that amount");
    check(
        "2963.54",
        "differs by £110.00 (too little was read): row 7 of −£55.00 may be a payment: with the other sign the totals \
         agree",
    );
    check(
        "373.54",
        "differs by £2,480.00 (too much was read): row 2 of £1,240.00 may be a credit: with the other sign the totals \
         agree",
    );
    check(
        "2775.77",
        "differs by £77.77 (too much was read): row 5 and row 6 say exactly the same, and one of them is that amount",
    );
    check(
        "5707.08",
        "differs by £2,853.54 (too little was read): row 10, passed over (total row), has exactly that amount",
    );
    check(
        "3424.25",
        "differs by £570.71 (too little was read): the control total is 20% more than the lines, as amounts with VAT \
         are",
    );
    check(
        "3036.14",
        "differs by £182.60 (too little was read): row 8 may be without VAT where the control total has it: its VAT \
         at 20% is that amount",
    );
    check(
        "2.854",
        "differs by £2,850.686 (too much was read): the control total counts thousands of pounds, and the lines pounds",
    );
    check(
        "1995.54",
        "differs by £858.00 (too much was read): the 2 lines of the service \"Care\" are exactly that amount",
    );
    check(
        "700.54",
        "differs by £2,153.00 (too much was read): row 2 and row 8 are exactly that amount together",
    );
    check(
        "2835.54",
        "differs by £18.00 (too much was read): two digits of the control total may have changed places when it was \
         written down",
    );
    check("2853.53", "differs by £0.01 (too much was read)");
}

#[test]
fn a_control_total_is_that_of_a_file_an_agency_a_year_or_of_all() {
    let (ledger, _) = read(SPEND);
    for (name, counts) in [
        ("COUNCIL", "a file"),
        ("council.csv", "a file"),
        ("2024-25", "a year"),
        ("Ledger of April", "everything"),
    ] {
        let control = control_total(name, money("1"), &ledger);
        let found = match (control.file.is_empty(), control.lines.is_empty()) {
            (false, _) => "a file",
            (true, false) => "a year",
            (true, true) => "everything",
        };
        assert_eq!(found, counts, "{name}");
        assert_eq!(control.compare(&ledger).found, ledger.total(), "{name}");
    }
}

/// A place of files given as text, added in one step.
fn place_of(files: &[(&str, &str)]) -> Place {
    let mut place = Place::default();
    for (name, text) in files {
        let input = Input { name, bytes: text.as_bytes() };
        let imported = import(input, &ImportOptions::default(), |_| ControlFlow::Continue(())).unwrap();
        let ledger = imported.lines.finish();
        let sources = ledger.sources().iter().map(|source| (**source).clone()).collect();
        let addition =
            Addition { title: (*name).to_owned(), sources, ledger: Arc::new(ledger), ..Addition::default() };
        Command::AddLines(Arc::new(addition)).apply(&mut place).unwrap();
    }
    place
}

fn decide(place: &mut Place, decision: Decision) -> Result<(), String> {
    Command::Decide(Box::new(decision)).apply(place).map_err(|error| error.to_string())
}

/// "theme amount" a line, largest first.
fn themes(place: &Place) -> Vec<String> {
    let totals = Totals::of(&place.ledger, &Filter::default(), &[Dimension::Theme]);
    totals.rows.iter().map(|row| format!("{} {}", row.names[0], row.amount)).collect()
}

fn rule(asked: TestedField, is: Pattern, name: &str) -> Rule {
    Rule {
        dimension: Dimension::Theme,
        name: name.to_owned(),
        when: vec![Test { asked, is }],
        reason: format!("because of {name}"),
    }
}

const SERVICES: &str = "\
Agency,Service,Supplier,Description,Theme,Date,Amount
Council,Children's Services,Acme,Toys,,01/04/2024,100.00
Council,Adult social care: older people (65+),Cove,Beds,,01/04/2024,200.00
Council,Adult Social Care,Cove,Chairs,,01/04/2024,40.00
Council,Highways,Bolt,Salt,,01/04/2024,-8.00
Council,Zebra,Bolt,Paint,,01/04/2024,3.50
Council,Zebra,Acme,Toys,,01/04/2024,1.25
Council,Zebra,Acme,Stripes,10.2 Old age,01/04/2024,7.00
";

#[test]
fn rules_are_asked_in_their_order_and_say_why() {
    let mut place = place_of(&[("council.csv", SERVICES)]);
    let before = place.ledger.total();
    decide(&mut place, Decision::UseStandardRules(Some(StandardRules::Version1))).unwrap();
    assert_eq!(
        themes(&place),
        [
            "Ageing Well 207.00",
            "Starting Well 100.00",
            "Living Well 40.00",
            "Not stated 4.75",
            "Roads and Transport -8.00"
        ]
    );
    let zebra =
        rule(TestedField::Dimension(Dimension::Service), Pattern::Equals(vec!["ZEBRA".into()]), "Stripes");
    let toys = rule(TestedField::Description, Pattern::Like(vec!["t?ys*".into()]), "Play");
    decide(&mut place, Decision::AddRule { at: 9, rule: zebra }).unwrap();
    decide(&mut place, Decision::AddRule { at: 0, rule: toys.clone() }).unwrap();
    assert_eq!(
        themes(&place),
        [
            "Ageing Well 207.00",
            "Play 101.25",
            "Living Well 40.00",
            "Stripes 3.50",
            "Roads and Transport -8.00"
        ]
    );
    assert_eq!(place.why(LineId(0), Dimension::Theme), Why::Rule(0, toys));
    assert_eq!(place.why(LineId(0), Dimension::Service), Why::Stated);
    assert!(matches!(place.why(LineId(2), Dimension::Theme), Why::Rule(number, _) if number >= 2));
    decide(&mut place, Decision::MoveRule { from: 0, to: 1 }).unwrap();
    assert_eq!(place.decisions.rules[0].name, "Stripes");
    decide(&mut place, Decision::RemoveRule(0)).unwrap();
    assert_eq!(decide(&mut place, Decision::RemoveRule(7)), Err("there is no rule number 8".to_owned()));
    // By hand it may be anything, whatever the rules and the file say.
    let lines = place.references(&[LineId(6), LineId(1)]);
    let by_hand = |line: &LineReference| ByHand {
        line: line.clone(),
        dimension: Dimension::Theme,
        name: "Odd".to_owned(),
        reason: "I was there".to_owned(),
    };
    decide(&mut place, Decision::NameByHand(lines.iter().map(by_hand).collect())).unwrap();
    assert!(themes(&place).contains(&"Odd 207.00".to_owned()), "{:?}", themes(&place));
    assert!(
        matches!(place.why(LineId(6), Dimension::Theme), Why::ByHand(by_hand) if by_hand.reason == "I was there")
    );
    decide(&mut place, Decision::LeaveToRules { dimension: Dimension::Theme, lines }).unwrap();
    assert!(themes(&place).contains(&"Ageing Well 207.00".to_owned()));
    assert_eq!(place.ledger.total(), before);
    // The file keeps what was read, and the decisions beside it.
    let again = read_place(&write_place(&place)).unwrap();
    assert_eq!(themes(&again), themes(&place));
    assert_eq!(again.decisions, place.decisions);
    assert_eq!(again.lines_as_read().line(LineId(0)).name(Dimension::Theme), "Not stated");
    decide(&mut place, Decision::UseStandardRules(None)).unwrap();
    decide(&mut place, Decision::RemoveRule(0)).unwrap();
    assert!(place.settled.is_none());
}

#[test]
fn a_rule_without_a_name_or_a_condition_is_refused() {
    let mut place = place_of(&[("council.csv", SERVICES)]);
    let nothing = rule(TestedField::Description, Pattern::Contains(vec![" ".into()]), "All");
    assert!(decide(&mut place, Decision::AddRule { at: 0, rule: nothing }).is_err());
    let nameless = rule(TestedField::Description, Pattern::Contains(vec!["a".into()]), " ");
    assert!(decide(&mut place, Decision::AddRule { at: 0, rule: nameless }).is_err());
    assert!(place.decisions.is_empty());
}

#[test]
fn what_no_rule_fits_is_a_work_list_largest_first() {
    let place = place_of(&[("council.csv", SERVICES)]);
    let list = unclassified(&place.ledger, Dimension::Theme, &[Dimension::Service]);
    let said: Vec<String> = list.iter().map(|group| format!("{} {}", group.names[0], group.amount)).collect();
    assert_eq!(
        said,
        [
            "Adult social care: older people (65+) 200.00",
            "Children's Services 100.00",
            "Adult Social Care 40.00",
            "Highways -8.00",
            "Zebra 4.75"
        ]
    );
}

const COUNCIL: &str = "\
Agency,Service,Supplier,Date,Amount
Town Council,Roads,Acme Ltd,01/04/2024,100.00
Town Council,Care,TOWN  ICB.,01/04/2024,30.00
Town Council,Care,Town ICB,02/04/2024,-4.00
Town Council,Care,Town ICB,02/04/2019,9.00
Town Council,Care,Town Council,02/04/2024,1.00
";
const ICB: &str = "\
Agency,Service,Supplier,Date,Amount
Town ICB,Clinics,ACME LIMITED,01/05/2024,50.00
Town ICB,Care,Town Council,01/05/2024,5.00
";

#[test]
fn what_agencies_pay_each_other_is_counted_once_and_each_pair_can_be_undone() {
    let mut history = History::new(place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]));
    let pairs = history.place().transfers();
    let said: Vec<String> = pairs
        .iter()
        .map(|pair| format!("{} > {} {}", pair.transfer.payer, pair.transfer.receiver, pair.amount))
        .collect();
    // What was paid in a year the receiver's spending is not there for stays.
    assert_eq!(said, ["Town Council > Town ICB 26.00", "Town ICB > Town Council 5.00"]);
    let all = money("191.00");
    assert_eq!(history.place().all_lines().total(), all);
    assert_eq!(history.place().ledger.total(), money("160.00"));
    assert_eq!(history.place().counted_once(&Filter::default()), money("31.00"));
    let sentence = Sentence::about(history.place(), &Filter::default());
    assert!(sentence.text.contains("that agencies pay each other is counted once"), "{}", sentence.text);
    assert_eq!(sentence.total, money("160.00"));
    let count = |counted| {
        let (payer, receiver) = ("Town Council".to_owned(), "Town ICB".to_owned());
        Command::Decide(Box::new(Decision::Count { payer, receiver, counted }))
    };
    history.execute(&count(Counted::Twice)).unwrap();
    assert_eq!(history.place().ledger.total(), money("186.00"));
    history.undo();
    assert_eq!(history.place().ledger.total(), money("160.00"));
    history.redo();
    // A file holds all lines; what was decided about them stands beside them.
    let mut again = read_place(&write_place(history.place())).unwrap();
    assert_eq!(again.lines_as_read().total(), all);
    assert_eq!(again.ledger.total(), money("186.00"));
    Command::RemoveSource("icb.csv".to_owned()).apply(&mut again).unwrap();
    assert_eq!(again.ledger.total(), money("136.00"));
    let gone = Decision::Count { payer: "A".into(), receiver: "B".into(), counted: Counted::Once };
    assert!(decide(&mut again, gone).is_err());
}

#[test]
fn what_is_paid_to_a_body_whose_spending_is_not_here_stays_and_three_sums_say_so() {
    let mut place = place_of(&[("council.csv", COUNCIL)]);
    let all = place.ledger.total();
    let named = OneName { dimension: Dimension::Agency, name: "Town ICB".to_owned(), also: Vec::new() };
    decide(&mut place, Decision::OneName(named)).unwrap();
    let passed = place.passed_on(&Filter::default());
    assert!(passed > Money::ZERO && place.ledger.total() == all, "{passed}");
    assert_eq!(place.counted_once(&Filter::default()), Money::ZERO);
    let words = place.sums_in_words(&Filter::default()).unwrap();
    assert!(
        words.contains(&format!("{} is passed to bodies whose spending is not here", in_full(passed))),
        "{words}"
    );
    assert!(Sentence::about(&place, &Filter::default()).text.contains("of it is passed to bodies"));
    assert_eq!(place.transfers()[0].passed_amount, passed);
    // In the flows it ends at a node of its own, and so do its lines.
    let graph = flow_graph(&place, 700.0);
    assert_eq!(imbalances(&graph), []);
    let (end, node) =
        graph.nodes.iter().enumerate().find(|(_, node)| &*node.name == "Town ICB (passed on)").unwrap();
    assert_eq!((node.layer, node.amount), (graph.layers.len() - 1, passed));
    let last = graph.layer(graph.layers.len() - 1);
    for (index, node) in last.chain([(end, node)]) {
        let lines =
            graph.filter_of(Focus::Node(index), &Filter::default()).resolve(&place.ledger).cells(false);
        assert_eq!((lines.total(), lines.line_count()), (node.amount, node.lines), "{}", node.name);
    }
    let svg = shadowpool::export::svg(&flows_picture(&place, Scheme::Light, (900.0, 600.0)));
    assert!(svg.contains("Town ICB (passed on)"));
    let again = read_place(&write_place(&place)).unwrap();
    assert_eq!(again.passed_on(&Filter::default()), passed);
    decide(&mut place, Decision::CountPassedOn(PassedOn::LeftOut)).unwrap();
    assert_eq!((place.ledger.total(), place.counted_once(&Filter::default())), (all - passed, Money::ZERO));
    let text = write_place(&place);
    assert!(text.starts_with("(\n  format: 2,") && text.contains("passed_on: LeftOut"), "{text}");
    assert_eq!(read_place(&text).unwrap().ledger.total(), all - passed);
    let page = audit(&place);
    let amounts: Money = page.sections[0].rows[..3]
        .iter()
        .map(|row| match row[2] {
            AuditCell::Amount(amount) => amount,
            _ => panic!("an amount"),
        })
        .sum();
    assert_eq!(amounts, place.ledger.total(), "read, less both, is what is counted");
    // Its own lines are loaded: from then on it is counted where it is spent.
    let mut both = place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]);
    assert_eq!(both.counted_once(&Filter::default()), money("31.00"));
    // Lines of a year of which the receiver has none are passed on.
    let of_other_year = both.passed_on(&Filter::default());
    decide(&mut both, Decision::CountPassedOn(PassedOn::LeftOut)).unwrap();
    assert_eq!(both.ledger.total(), money("160.00") - of_other_year);
}

#[test]
fn what_was_decided_about_a_line_that_is_gone_says_so() {
    let mut place = place_of(&[("council.csv", COUNCIL)]);
    let (line, total) = (LineReference::to(place.lines_as_read(), LineId(0)), place.ledger.total());
    let leave_out = Decision::LeaveOut { lines: vec![line], reason: "paid twice".to_owned() };
    decide(&mut place, leave_out).unwrap();
    assert_eq!(place.ledger.total(), total - money("100.00"));
    assert_eq!(place.counted_once(&Filter::default()), Money::ZERO);
    let again = read_place(&write_place(&place)).unwrap();
    assert_eq!(again.ledger.total(), place.ledger.total());
    assert!(place.decisions.without_line(place.lines_as_read()).is_empty());
    // The newer version of the file has another amount there.
    let newer = place_of(&[("council.csv", &COUNCIL.replace("100.00", "90.00"))]);
    let gone = place.decisions.without_line(newer.lines_as_read());
    assert_eq!(gone.len(), 1);
    assert!(gone[0].contains("£100.00 (left out: paid twice)"), "{gone:?}");
    let nothing = Decision::LeaveOut { lines: Vec::new(), reason: " ".to_owned() };
    assert!(decide(&mut place, nothing).is_err());
}

#[test]
fn within_one_file_nothing_is_left_out() {
    let both = format!("{COUNCIL}{}", ICB.split_once('\n').unwrap().1);
    let place = place_of(&[("both.csv", &both)]);
    assert_eq!(place.ledger.total(), money("191.00"));
    assert!(place.transfers().is_empty());
}

#[test]
fn every_view_leaves_the_same_money_out() {
    let place = place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]);
    let right = money("160.00");
    for dimension in Dimension::ALL {
        let totals = Totals::of(&place.ledger, &Filter::default(), &[dimension]);
        assert_eq!(totals.total, right);
        assert_eq!(totals.rows.iter().map(|row| row.amount).sum::<Money>(), right, "{dimension}");
        let pool = name_proposals(&place.ledger, dimension, &[]);
        assert!(pool.len() <= 1, "{dimension}");
    }
    let graph = aggregate(&place.ledger, &flow_spec(&place, 700.0), FlowEnds::default());
    assert_eq!(graph.total, right);
}

#[test]
fn spellings_are_proposed_and_never_merged_unasked() {
    let mut place = place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]);
    let proposals = name_proposals(&place.ledger, Dimension::Supplier, &[]);
    let acme = &proposals[0];
    let said: Vec<String> =
        acme.spellings.iter().map(|spelling| format!("{} {}", spelling.name, spelling.amount)).collect();
    assert_eq!(said, ["Acme Ltd 100.00", "ACME LIMITED 50.00"]);
    assert_eq!(acme.likeness, Likeness::SameWords);
    let total = place.ledger.total();
    decide(&mut place, Decision::OneName(acme.to_one_name())).unwrap();
    let suppliers = Totals::of(&place.ledger, &Filter::default(), &[Dimension::Supplier]);
    assert_eq!(suppliers.rows[0].names[0], "Acme Ltd");
    assert_eq!(suppliers.rows[0].amount, money("150.00"));
    assert_eq!(place.ledger.total(), total);
    // The next file brings it in under the same name.
    let text = write_decisions(&place.decisions);
    let mut other = place_of(&[("icb.csv", ICB)]);
    decide(&mut other, Decision::Take(Box::new(read_decisions(&text).unwrap()))).unwrap();
    let suppliers = Totals::of(&other.ledger, &Filter::default(), &[Dimension::Supplier]);
    assert_eq!(suppliers.rows[0].names[0], "Acme Ltd");
    let separate = Decision::Separate { dimension: Dimension::Supplier, name: "Acme Ltd".to_owned() };
    decide(&mut place, separate).unwrap();
    assert_eq!(name_proposals(&place.ledger, Dimension::Supplier, &[]), proposals);
    let names = vec!["Acme Ltd".to_owned(), "ACME LIMITED".to_owned()];
    decide(&mut place, Decision::KeepApart(Apart { dimension: Dimension::Supplier, names })).unwrap();
    assert!(name_proposals(&place.ledger, Dimension::Supplier, &place.decisions.apart).is_empty());
}

#[test]
fn names_a_letter_apart_are_proposed_and_numbers_are_not() {
    let names = [
        ("Manchester Shipping", "Manchester Shiping", true),
        ("Northern Power", "Nothern Power", true),
        ("Greenfield Care", "Greenfeild Care", true),
        ("Academy School 1", "Academy School 2", false),
        ("Smith", "Smyth", false),
        ("Northern Power", "Southern Power", false),
    ];
    for (one, other, is_proposed) in names {
        let place = place_of(&[("a.csv", &format!("Agency,Supplier,Amount\nA,{one},1\nA,{other},2\n"))]);
        let proposals = name_proposals(&place.ledger, Dimension::Supplier, &[]);
        assert_eq!(!proposals.is_empty(), is_proposed, "{one}, {other}");
    }
}

#[test]
fn lists_of_rules_and_of_names_are_read_as_decisions() {
    let rules = r#"[(name: "Play", when: [(in: "description", is: Contains(["toys"]))])]"#;
    assert_eq!(read_decisions(rules).unwrap().rules.len(), 1);
    let names = "// bodies\n[(dimension: agency, name: \"Police\", also: [\"GMP\"])]";
    assert_eq!(read_decisions(names).unwrap().names.len(), 1);
    let both = r#"(names: [(dimension: agency, name: "Police")], standard_rules: Version1)"#;
    assert_eq!(read_decisions(both).unwrap().standard_rules, Some(StandardRules::Version1));
    let error =
        read_decisions(r#"[(name: "Play", when: [(in: "servise", is: Contains(["toys"]))])]"#).unwrap_err();
    assert!(error.to_string().contains("Did you mean \"service\"?"), "{error}");
}

/// The files of a folder for a moment, opened as the program opens them.
pub(crate) fn opened(files: &[(&str, &str)], options: &ImportOptions) -> store::Loaded {
    let folder = tempfile::tempdir().expect("a folder for a moment");
    let paths: Vec<_> = files
        .iter()
        .map(|(name, text)| {
            let path = folder.path().join(name);
            std::fs::write(&path, text).expect("a file");
            path
        })
        .collect();
    store::load(&paths, options, || Ok(Vec::new()), |_| ControlFlow::Continue(()))
}

const MARCH: &str = "\
Agency,Service,Supplier,Date,Amount
Council,Roads,Acme,01/03/2024,100.00
Council,Roads,Acme,01/03/2024,100.00
Council,Parks,Bolt,02/03/2024,40.00
Council,Care,Cove,03/03/2024,7.00
Council,Care,Dove,04/03/2024,9.00
";
/// One of the twins is gone, the parks cost more, the care is called otherwise, a line is gone and one is new.
const MARCH_AGAIN: &str = "\
Agency,Service,Supplier,Date,Amount
Council,Streets,Echo,05/03/2024,-3.00
Council,Adult care,Cove,03/03/2024,7.00
Council,Parks,Bolt,02/03/2024,44.00
Council,Roads,Acme,01/03/2024,100.00
Council,Care,Dove,04/03/2024,9.00
";

#[test]
fn a_newer_version_says_what_changes_before_it_does() {
    let options = ImportOptions::default();
    let older = opened(&[("march.csv", MARCH)], &options);
    let newer = opened(&[("march-v2.csv", MARCH_AGAIN)], &options);
    let before = older.to_place();
    let changes = compare_versions(&before.ledger, &newer.additions[0].ledger);
    assert_eq!(
        changes.words(),
        [
            "2 lines unchanged, £109.00",
            "2 lines changed, £47.00 before, £51.00 now",
            "1 line new, −£3.00",
            "1 line removed, £100.00"
        ]
    );
    let kinds: Vec<Changed> = changes.changed.iter().map(|line| line.what).collect();
    assert_eq!(kinds, [Changed::Words, Changed::Amount]);
    assert_eq!(before_and_after(changes.totals), (before.ledger.total(), newer.additions[0].ledger.total()));
    assert!(compare_versions(&before.ledger, &before.ledger).is_same());
    // One step puts it in place, under the key that everything else knows; one step takes it back.
    let mut history = History::new(before);
    history
        .execute(&Command::AddControlTotal(control_total("march.csv", money("157"), &history.place().ledger)))
        .unwrap();
    let saved = write_place(history.place());
    let additions = newer.additions.clone();
    let replaced = vec!["march.csv".to_owned()];
    let files = AddedFiles { replaced, additions, ..AddedFiles::default() };
    history.execute(&Command::AddFiles(Box::new(files))).unwrap();
    assert_eq!(history.place().ledger.total(), money("157.00"));
    let source = &history.place().sources[0];
    assert_eq!((source.key.as_str(), source.file.as_str()), ("march.csv", "march-v2.csv"));
    assert!(history.place().verdicts(&[])[0].agreement.agrees());
    history.undo().unwrap();
    assert_eq!(write_place(history.place()), saved);
}

/// The sums of both versions, from the four kinds of lines.
fn before_and_after(totals: VersionTotals) -> (Money, Money) {
    let VersionTotals { unchanged, changed_before, changed_after, new, removed } = totals;
    (unchanged + changed_before + removed, unchanged + changed_after + new)
}

proptest! {
    #[test]
    fn every_line_of_two_versions_is_in_one_list(before in any_ledger(30), after in any_ledger(30)) {
        let changes = compare_versions(&before, &after);
        prop_assert_eq!(changes.unchanged.len() + changes.changed.len() + changes.removed.len(), before.len());
        prop_assert_eq!(changes.unchanged.len() + changes.changed.len() + changes.new.len(), after.len());
        prop_assert_eq!(before_and_after(changes.totals), (before.total(), after.total()));
    }

    #[test]
    fn whatever_is_decided_no_penny_is_lost(ledger in any_ledger(30), words in proptest::collection::vec("[a-z]{1,3}", 1..4)) {
        let total = ledger.total();
        let lines = ledger.len();
        let mut place = Place { ledger: Arc::new(ledger), ..Place::default() };
        for (index, word) in words.iter().enumerate() {
            let is = Pattern::Contains(vec![word.clone()]);
            let rule = rule(TestedField::Dimension(Dimension::Service), is, &format!("Theme {index}"));
            decide(&mut place, Decision::AddRule { at: 0, rule }).unwrap();
        }
        let agencies: Vec<String> = place.ledger.names(Dimension::Agency).iter().skip(1).map(|(_, name)| name.to_owned()).collect();
        if let Some((first, rest)) = agencies.split_first() {
            let one = OneName { dimension: Dimension::Agency, name: first.clone(), also: rest.to_vec() };
            decide(&mut place, Decision::OneName(one)).unwrap();
        }
        prop_assert_eq!(place.all_lines().len(), lines);
        prop_assert_eq!(place.all_lines().total(), total);
        prop_assert_eq!(place.ledger.total() + place.counted_once(&Filter::default()), total);
        prop_assert_eq!(place.lines_as_read().total(), total);
        for line in place.ledger.lines() {
            // What a line is called is what it is said to be called for.
            let name = line.name(Dimension::Theme);
            match place.why(line.id(), Dimension::Theme) {
                Why::Rule(_, rule) => prop_assert_eq!(name, rule.name),
                Why::Unclassified => prop_assert_eq!(name, "Not stated"),
                Why::Stated => prop_assert!(!name.is_empty()),
                Why::ByHand(_) => prop_assert!(false, "nothing was named by hand"),
            }
        }
    }
}

#[test]
fn a_rejected_row_is_fixed_or_left_out_and_comes_back_from_the_file() {
    let loaded = opened(&[("council.csv", SPEND)], &ImportOptions::default());
    let mut history = History::new(loaded.to_place());
    let before = history.place().ledger.total();
    let rejects = &history.place().rejects[0];
    let row = rejects.rows[0].clone();
    assert_eq!((row.row, row.code.as_str(), row.cells[4].as_str()), (9, "amount-unreadable", "lots"));
    assert!(row.reason.contains("\"lots\" is not an amount of money"), "{}", row.reason);
    let source = history.place().sources[0].clone();
    let wrong = rejects.read_again(&source, 9, &row.cells).unwrap_err();
    assert!(wrong.contains("row 9"), "{wrong}");
    let mut cells = row.cells.clone();
    cells[4] = "£12.50".to_owned();
    let lines = rejects.read_again(&source, 9, &cells).unwrap();
    assert_eq!(lines[0].agency.as_deref(), Some("Council"));
    assert_eq!(lines[0].year.as_deref(), Some("2024/25"));
    let fix = Decision::FixReject { source: source.key.clone(), row: 9, cells, lines };
    history.execute(&Command::Decide(Box::new(fix))).unwrap();
    assert_eq!(history.place().ledger.total() - before, money("12.50"));
    let line = history.place().ledger.lines().last().unwrap();
    assert_eq!(line.provenance().to_string(), "council.csv, row 9");
    let again = read_place(&write_place(history.place())).unwrap();
    assert_eq!(again.rejects, history.place().rejects);
    // Thinking better of it takes the line out again.
    let reason = "Paid by the NHS".to_owned();
    let exclude = Decision::ExcludeReject { source: source.key.clone(), row: 9, reason };
    history.execute(&Command::Decide(Box::new(exclude))).unwrap();
    assert_eq!(history.place().ledger.total(), before);
    let csv = rejects_csv(&history.place().rejects);
    assert!(csv.contains("excluded: Paid by the NHS,Council,Care,Cove,03/04/2024,lots"), "{csv}");
    let page = audit(history.place());
    let section =
        page.sections.iter().find(|section| section.title == "Rows that could not be read").unwrap();
    assert!(section.rows[0].contains(&AuditCell::from("excluded: Paid by the NHS")));
    while history.undo().is_some() {}
    assert_eq!(history.place().rejects[0].rows[0].fate, Fate::Open);
    let nothing = Decision::ExcludeReject { source: source.key, row: 9, reason: " ".to_owned() };
    let mut place = history.place().clone();
    assert_eq!(decide(&mut place, nothing), Err("say why the row is left out".to_owned()));
}

#[test]
fn the_audit_adds_up_and_is_safe_in_a_spreadsheet() {
    let mut place = place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]);
    let one = OneName {
        dimension: Dimension::Supplier,
        name: "=Acme".to_owned(),
        also: vec!["Acme Ltd".to_owned()],
    };
    decide(&mut place, Decision::OneName(one)).unwrap();
    let page = audit(&place);
    let amount = |row: usize| match page.sections[0].rows[row][2] {
        AuditCell::Amount(amount) => amount,
        _ => panic!("an amount"),
    };
    assert_eq!(amount(0) + amount(1), amount(2));
    assert_eq!(amount(2), place.ledger.total());
    let sources: Money = page.sections[1]
        .rows
        .iter()
        .map(|row| match row[8] {
            AuditCell::Amount(amount) => amount,
            _ => panic!("an amount"),
        })
        .sum();
    assert_eq!(sources, amount(0));
    assert!(
        page.sections.iter().all(|section| section.rows.iter().all(|row| row.len() == section.columns.len()))
    );
    let csv = audit_csv(&page);
    assert!(csv.contains("'=Acme"), "{csv}");
    assert!(audit_text(&page).contains("Money between agencies"));
    let bytes = audit_workbook("Town", &page).unwrap();
    let mut book = calamine::Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Audit"]);
    let range = book.worksheet_range("Audit").unwrap();
    assert!(range.used_cells().any(|(_, _, cell)| *cell == calamine::Data::String("=Acme".to_owned())));
}

#[test]
fn the_next_file_of_a_layout_asks_nothing_and_says_why() {
    let mut shapes = Shapes::default();
    let april = "Body,What,Paid to,When,Wert\nCouncil,Roads,Acme,01/04/2024,5\n";
    let may = "Body,What,Paid to,When,Wert\nCouncil,Roads,Acme,01/05/2024,6\n";
    let told = ImportOptions {
        columns: vec![
            ("Wert".to_owned(), Field::Amount),
            ("What".to_owned(), Field::Dimension(Dimension::Theme)),
        ],
        ..ImportOptions::default()
    };
    let loaded = opened(&[("april.csv", april)], &told);
    assert!(shapes.remember(&loaded.files[0].map, "april.csv"));
    assert!(!shapes.remember(&loaded.files[0].map, "april.csv"));
    let mailed = Shapes::read(&shapes.write()).unwrap();
    assert_eq!(mailed, shapes);
    let options = ImportOptions { column_maps: mailed.maps, ..ImportOptions::default() };
    let loaded = opened(&[("may.csv", may)], &options);
    let said: Vec<&str> = loaded.files[0].problems.iter().map(|problem| problem.message.as_str()).collect();
    assert!(
        said.contains(&"may.csv: has the same layout as april.csv, and was read the same way"),
        "{said:?}"
    );
    assert_eq!(loaded.additions[0].ledger.line(LineId(0)).name(Dimension::Theme), "Roads");
    // Another way of reading the same layout takes its place.
    let other = opened(
        &[("may.csv", may)],
        &ImportOptions { columns: vec![("Wert".to_owned(), Field::Amount)], ..ImportOptions::default() },
    );
    assert!(shapes.remember(&other.files[0].map, "may.csv"));
    assert_eq!(shapes.maps.len(), 1);
    assert!(Shapes::read("[(columns: [], colums: 3)]").unwrap_err().contains("colums"));
}

/// What agencies are found to pay each other in these files: "payer > receiver amount".
fn found_pairs(files: &[(&str, &str)]) -> Vec<String> {
    let place = opened(files, &ImportOptions::default()).to_place();
    place
        .transfers()
        .iter()
        .map(|pair| format!("{} > {} {}", pair.transfer.payer, pair.transfer.receiver, pair.amount))
        .collect()
}

#[test]
fn a_payment_is_matched_by_a_variant_of_the_receivers_name() {
    let council = "Agency,Supplier,Date,Amount\n\
        Weston City Council,NHS WESTON ICB (G),03/05/2024,100.00\n\
        Weston City Council,Weston Integrated Care Board,04/05/2024,20.00\n\
        Weston City Council,Weston West Hospice,05/05/2024,3.00\n\
        Weston City Council,Acme,05/05/2024,9.00\n";
    let icb = "Agency,Supplier,Date,Amount\n\
        NHS Weston Integrated Care Board,Care Ltd,10/05/2024,90.00\n\
        NHS Weston Integrated Care Board,Weston Council,11/05/2024,7.00\n";
    let pairs = found_pairs(&[("council.csv", council), ("icb.csv", icb)]);
    assert_eq!(
        pairs,
        [
            "NHS Weston Integrated Care Board > Weston City Council 7.00",
            "Weston City Council > NHS Weston Integrated Care Board 120.00"
        ]
    );
}

#[test]
fn a_payment_long_before_the_receivers_own_lines_is_not_spent_again_in_them() {
    let council = "Agency,Supplier,Date,Amount\n\
        Town Council,Town ICB,03/04/2024,100.00\nTown Council,Town ICB,03/12/2024,40.00\n";
    let icb = "Agency,Supplier,Date,Amount\nTown ICB,Care Ltd,10/01/2025,90.00\nTown ICB,Pills Ltd,10/02/2025,9.00\n";
    let pairs = found_pairs(&[("council.csv", council), ("icb.csv", icb)]);
    assert_eq!(pairs, ["Town Council > Town ICB 40.00"]);
}

#[test]
fn what_agencies_pay_each_other_is_drawn_beside_the_flows() {
    let mut place = place_of(&[("council.csv", COUNCIL), ("icb.csv", ICB)]);
    let drawn = |place: &Place| shadowpool::scene::flows_picture(place, Scheme::Light, (1000.0, 640.0));
    let words = |figure: &Figure| {
        let text = |mark: &shadowpool::figure::Mark| match &mark.shape {
            shadowpool::figure::Shape::Label(text) => Some(text.content.clone()),
            _ => None,
        };
        figure.marks.iter().filter_map(text).collect::<Vec<_>>()
    };
    let transfers = place.transfer_sums(&Filter::default());
    assert_eq!(transfers.iter().map(|one| one.amount).sum::<Money>(), place.counted_once(&Filter::default()));
    let said = words(&drawn(&place));
    for pipe in &transfers {
        let says = format!("{} \u{2192} {}", pipe.payer, pipe.receiver);
        assert!(said.iter().any(|words| words.starts_with(&says)), "{says} in {said:?}");
    }
    // Undone, nothing is left to be drawn, and the flows have all of the height.
    for pipe in transfers {
        let undo = Decision::Count { payer: pipe.payer, receiver: pipe.receiver, counted: Counted::Twice };
        decide(&mut place, undo).unwrap();
    }
    assert!(!words(&drawn(&place)).iter().any(|words| words.starts_with("Counted once")));
}
