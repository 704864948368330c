//! Every command: do, undo, redo, read back; files survive a round trip and say what is wrong with them.

use std::sync::Arc;

use proptest::prelude::*;
use shadowpool::agree::{
    Apart, ByHand, Counted, Decisions, OneName, PassedOn, Pattern, RejectedRow, Rejects, Rule, StandardRules,
    Test, TestedField, Transfer,
};
use shadowpool::appraisal::{
    AfterProgramme, AgreedShare, Appraisal, AppraisalChange, AppraisedCohort, Bridge, Claim, CostLine,
    Deadweight, DiscountRate, GainPart, InvestmentAgreement, Outcome, OutcomeKind, PaidAfter, PlaceCohort,
    SharingRule,
};
use shadowpool::dimension::{Agency, Date, Dimension, Sector};
use shadowpool::figure::Scheme;
use shadowpool::ledger::{ControlTotal, Filter, Ledger, LineId, LineReference, Source, SpendLine, Totals};
use shadowpool::money::{Amounts, Money, Percent, Weighting};
use shadowpool::place::{
    AddedFiles, Addition, Annotations, AppraisalCommand, Callout, Captured, ColorBy, Command, Comparison,
    Decision, DeltasAgainst, Described, History, Mask, MovedNode, Place, PoolScope, Population, Replay,
    Scene, SceneZoom, Screen, SourceWords, StoryChange, ViewSpec, WholePlace, read_place, write_place,
};
use shadowpool::pool::{
    Allocation, Arrangement, Commitment, Contribution, Lines, OutturnOf, Portion, Purpose, RiskShare,
    Scenario, ScenarioChange,
};
use shadowpool::scene::Sentence;

use crate::support_ledgers::{any_ledger, money, small_place, spend_lines};

/// Three more lines, from a file of their own, with an agency the place does not know yet.
/// The same lines twice over, in two files, one of which takes the place of what was there.
fn two_files() -> AddedFiles {
    let again = Addition { title: "Police spending again".to_owned(), ..addition() };
    AddedFiles {
        name: None,
        replaced: vec!["police.csv".to_owned()],
        additions: vec![Arc::new(addition()), Arc::new(again)],
        control_totals: vec![(
            1,
            ControlTotal { name: "Ledger".to_owned(), amount: money("47.75"), ..ControlTotal::default() },
        )],
    }
}

fn addition() -> Addition {
    let source = Source {
        key: "police.csv".to_owned(),
        title: "Police spending".to_owned(),
        publisher: "Small Town Police".to_owned(),
        file: "police.csv".to_owned(),
        ..Source::default()
    };
    let mut lines = spend_lines(
        &[Dimension::Agency, Dimension::Theme, Dimension::Service],
        "Police   Safety       Patrols    40.00
         Police   Early years  Visits      9.75
         Council  Safety       Lighting   -2.00",
    );
    for (row, line) in (2..).zip(&mut lines) {
        line.source = Some("police.csv".to_owned());
        line.row = Some(row);
    }
    let agencies = vec![
        Agency { name: "Police".to_owned(), short: None, sector: Some(Sector::PoliceAndFire) },
        Agency { name: "Council".to_owned(), short: None, sector: Some(Sector::LocalGovernment) },
    ];
    let sources = vec![source];
    let ledger = Arc::new(Ledger::from_lines(&lines, &sources, &agencies));
    let row = RejectedRow {
        row: 9,
        code: "amount-unreadable".to_owned(),
        reason: "\"lots\" is no amount".to_owned(),
        cells: vec!["lots".to_owned()],
        ..RejectedRow::default()
    };
    let rejects = vec![Rejects { source: "police.csv".to_owned(), rows: vec![row], ..Rejects::default() }];
    Addition { title: "police.csv".to_owned(), sources, agencies, rejects, ledger, left_out: Vec::new() }
}

fn control_total() -> ControlTotal {
    ControlTotal {
        name: "Published".to_owned(),
        amount: money("450.25"),
        lines: Filter::default().only(Dimension::Theme, ["Early years"]),
        source: "book".to_owned(),
        note: "Page 3".to_owned(),
        ..ControlTotal::default()
    }
}

/// A pool of a third of the council's early years, spent on home visits.
fn scenario() -> Scenario {
    let contribution = Contribution {
        partner: "Council".to_owned(),
        lines: Lines::Where(Filter::default().only(Dimension::Theme, ["Early years"])),
        what: Portion::Percent(Percent::new(33)),
        ..Contribution::default()
    };
    let to = Purpose { service: Some("Visits".to_owned()), ..Purpose::default() };
    Scenario {
        name: "Early help".to_owned(),
        pool: "Early years".to_owned(),
        contributions: vec![contribution],
        allocations: vec![Allocation { to, ..Allocation::default() }],
        ..Scenario::default()
    }
}

fn change_scenario(change: ScenarioChange) -> Command {
    Command::ChangeScenario("Early help".to_owned(), Box::new(change))
}

fn change_story(change: StoryChange) -> Command {
    Command::ChangeStory(Box::new(change))
}

/// A scene of the scenario that is copied above, with all that a scene may say.
fn scene(name: &str) -> Scene {
    let view = ViewSpec {
        screen: Screen::Pool,
        scenario: Some("Later help".to_owned()),
        compare: Some(Comparison { with: Some("Later help".to_owned()), ..Comparison::default() }),
        ..ViewSpec::default()
    };
    Scene {
        name: name.to_owned(),
        caption: "What is put in".to_owned(),
        view,
        notes: "Wait for questions".to_owned(),
        ..Scene::default()
    }
}

fn annotations() -> Annotations {
    let council = (Dimension::Agency, "Council".to_owned());
    let callout = Callout { at: vec![council.clone()], words: "Not agreed yet".to_owned() };
    Annotations {
        callouts: vec![callout],
        deltas: Some(DeltasAgainst::Baseline),
        bracket: vec![council.clone()],
        dim_all_but: vec![vec![council, (Dimension::Theme, "Safety".to_owned())]],
    }
}

fn retaken() -> Scene {
    Scene {
        view: ViewSpec { color_by: ColorBy::Agency, ..ViewSpec::default() },
        pinned: vec![(Dimension::Theme, "Safety".to_owned())],
        zoom: Some(SceneZoom { percent: 200, left: 1000, top: 2500 }),
        look: Scheme::Dark,
        big_room: true,
        captured: Some(Captured { total: money("12.34"), finding: "Safety takes £12.34".to_owned() }),
        ..Scene::default()
    }
}

fn moved(name: &str, at: i32) -> MovedNode {
    MovedNode { layer: Dimension::Agency, name: name.to_owned(), at }
}

/// One decision of every kind, in an order in which each can be made.
fn every_decision() -> Vec<Command> {
    let rule = |name: &str| Rule {
        dimension: Dimension::Theme,
        name: name.to_owned(),
        when: vec![Test {
            asked: TestedField::Dimension(Dimension::Service),
            is: Pattern::Words(vec!["nurseries".to_owned()]),
        }],
        reason: "They are for children".to_owned(),
    };
    let line = LineReference::to(&small_place().ledger, LineId(0));
    let (dimension, reason) = (Dimension::Theme, "By hand".to_owned());
    let by_hand = ByHand { line: line.clone(), dimension, name: "Odd".to_owned(), reason };
    let name = |also: &str| OneName {
        dimension: Dimension::Agency,
        name: "Town Council".to_owned(),
        also: vec![also.to_owned()],
    };
    let transfer = Transfer {
        payer: "Town Council".to_owned(),
        receiver: "Health".to_owned(),
        suppliers: ["HEALTH".to_owned()].into(),
        counted: Counted::Once,
    };
    let decisions =
        Decisions { transfers: vec![transfer], rules: vec![rule("Later")], ..Decisions::default() };
    let (payer, receiver) = ("Town Council".to_owned(), "Health".to_owned());
    let apart = Apart { dimension: Dimension::Supplier, names: vec!["A".to_owned(), "B".to_owned()] };
    let source = || "police.csv".to_owned();
    let mended = SpendLine { amount: money("5"), agency: Some("Police".to_owned()), ..SpendLine::default() };
    let decisions = vec![
        Decision::AddRule { at: 0, rule: rule("Children") },
        Decision::AddRule { at: 0, rule: rule("Families") },
        Decision::ChangeRule { at: 0, rule: rule("Parents") },
        Decision::MoveRule { from: 0, to: 1 },
        Decision::RemoveRule(1),
        Decision::UseStandardRules(Some(StandardRules::Version1)),
        Decision::UseStandardRules(None),
        Decision::NameByHand(vec![by_hand]),
        Decision::LeaveToRules { dimension, lines: vec![line.clone()] },
        Decision::OneName(name("Council")),
        Decision::OneName(name("Kouncil")),
        Decision::Take(Box::new(decisions)),
        Decision::Count { payer, receiver, counted: Counted::Twice },
        Decision::CountPassedOn(PassedOn::LeftOut),
        Decision::LeaveOut { lines: vec![line.clone()], reason: "Paid twice".to_owned() },
        Decision::CountAgain(vec![line]),
        Decision::KeepApart(apart),
        Decision::Separate { dimension: Dimension::Agency, name: "Town Council".to_owned() },
        Decision::ExcludeReject { source: source(), row: 9, reason: "Paid twice".to_owned() },
        Decision::ReopenReject { source: source(), row: 9 },
        Decision::FixReject { source: source(), row: 9, cells: vec!["5".to_owned()], lines: vec![mended] },
    ];
    decisions.into_iter().map(|decision| Command::Decide(Box::new(decision))).collect()
}

/// One change of every kind to an appraisal, claims, cohorts and bridges, in an order in which each can be made.
fn every_appraisal_command() -> Vec<Command> {
    let cost = CostLine {
        partner: "Council".to_owned(),
        amounts: vec![money("120.00"), money("60.00")],
        correction: Percent::new(10),
        ..CostLine::default()
    };
    let gain = |value: &str| GainPart {
        partner: "Health".to_owned(),
        part: "Wards".to_owned(),
        value: money(value),
        cashable: Percent::new(30),
        recurrent: false,
    };
    let outcome = |impact| Outcome {
        name: "Visits avoided".to_owned(),
        unit: "visit".to_owned(),
        people: Some(20),
        each: Weighting::new(2),
        engagement: Percent::new(50),
        retention: Percent::new(80),
        impact: Percent::new(impact),
        deadweight: Some(Deadweight::Share(Percent::new(5))),
        profile: vec![Percent::NONE, Percent::WHOLE],
        kind: OutcomeKind::Social,
        correction: Percent::new(-25),
        gains: vec![gain("5")],
        stated: Some(money("5")),
        evidence: None,
        source: "book".to_owned(),
    };
    let appraisal = Appraisal {
        name: "Early visits".to_owned(),
        today: Some("Nothing".to_owned()),
        years: vec!["2024/25".parse().unwrap()],
        prices: "Cash".to_owned(),
        ..Appraisal::default()
    };
    let cohort = AppraisedCohort { name: "Families".to_owned(), people: 30, source: "book".to_owned() };
    let paid = PaidAfter { partner: "Council".to_owned(), amount: money("5") };
    let agreement =
        InvestmentAgreement { after: AfterProgramme::Paid(vec![paid]), ..InvestmentAgreement::default() };
    let shares = vec![AgreedShare { partner: "Council".to_owned(), share: Percent::WHOLE }];
    let rates = vec![DiscountRate { from: 1, rate: "3.5%".parse().unwrap() }];
    let change = |change| AppraisalCommand::Change("Early visits".to_owned(), Box::new(change));
    let claim = |to: &str| {
        Box::new(Claim { name: "Saved".to_owned(), of: "Town".to_owned(), to: money(to), ..Claim::default() })
    };
    let people = |people| PlaceCohort { name: "Families".to_owned(), people, ..PlaceCohort::default() };
    let bridge = |to: &str| Box::new(Bridge { from: "One".to_owned(), to: to.to_owned(), items: Vec::new() });
    let years = ["2024/25", "2025/26"].map(|year| year.parse().unwrap()).to_vec();
    let commands = vec![
        AppraisalCommand::Add(Box::new(appraisal)),
        AppraisalCommand::Duplicate { name: "Early visits".to_owned(), copy: "Later visits".to_owned() },
        AppraisalCommand::Rename { from: "Later visits".to_owned(), to: "Visits".to_owned() },
        change(AppraisalChange::SetScenario(Some("Early help".to_owned()))),
        change(AppraisalChange::SetToday(Some("A few visits".to_owned()))),
        change(AppraisalChange::SetYears(years)),
        change(AppraisalChange::SetPrices("2024/25 prices".to_owned())),
        change(AppraisalChange::SetDiscount(rates, "Green Book".to_owned())),
        change(AppraisalChange::SetCohort(Some(cohort))),
        change(AppraisalChange::AddCost(cost.clone())),
        change(AppraisalChange::AddCost(cost.clone())),
        change(AppraisalChange::ChangeCost(1, CostLine { correction: Percent::NONE, ..cost })),
        change(AppraisalChange::RemoveCost(0)),
        change(AppraisalChange::AddOutcome(Box::new(outcome(30)))),
        change(AppraisalChange::ChangeOutcome(0, Box::new(outcome(40)))),
        change(AppraisalChange::AddGain(0, gain("7"))),
        change(AppraisalChange::ChangeGain(0, 1, gain("8"))),
        change(AppraisalChange::RemoveGain(0, 1)),
        change(AppraisalChange::RemoveOutcome(0)),
        change(AppraisalChange::SetSharing(SharingRule::Fixed(shares))),
        change(AppraisalChange::SetAgreement(Some(Box::new(agreement)))),
        change(AppraisalChange::SetNotes("Tried in May".to_owned())),
        AppraisalCommand::AddClaim(claim("5")),
        AppraisalCommand::ChangeClaim(0, claim("6")),
        AppraisalCommand::AddCohort(people(30)),
        AppraisalCommand::ChangeCohort(0, people(40)),
        AppraisalCommand::AddBridge(bridge("Two")),
        AppraisalCommand::ChangeBridge(0, bridge("Three")),
        AppraisalCommand::RemoveBridge(0),
        AppraisalCommand::RemoveCohort(0),
        AppraisalCommand::RemoveClaim(0),
        AppraisalCommand::Remove("Visits".to_owned()),
    ];
    commands.into_iter().map(|command| Command::Appraise(Box::new(command))).collect()
}

#[test]
fn a_change_of_an_appraisal_that_cannot_be_made_says_why() {
    let appraise = |command| Command::Appraise(Box::new(command));
    let unnamed = Appraisal { name: " ".to_owned(), ..Appraisal::default() };
    check_refused(&appraise(AppraisalCommand::Add(Box::new(unnamed))), "an appraisal needs a name");
    check_refused(
        &appraise(AppraisalCommand::Remove("Visits".to_owned())),
        "there is no appraisal \"Visits\" in Small Town; it has none",
    );
    check_refused(&appraise(AppraisalCommand::RemoveClaim(0)), "there is no claim 1 in this place");
    let mut place = small_place();
    for command in &every_appraisal_command()[..2] {
        command.apply(&mut place).unwrap();
    }
    let mut refused = |command, words: &str| {
        let before = write_place(&place);
        assert_eq!(appraise(command).apply(&mut place).unwrap_err().to_string(), words);
        assert_eq!(write_place(&place), before);
    };
    let rename = AppraisalCommand::Rename { from: "Early visits".to_owned(), to: "Later visits".to_owned() };
    refused(rename, "there is already an appraisal named \"Later visits\"; give this one another name");
    let change = |change| AppraisalCommand::Change("Early visits".to_owned(), Box::new(change));
    refused(change(AppraisalChange::RemoveCost(2)), "there is no cost 3 in this appraisal");
    let years = (2000..2031).map(|year: u16| year.to_string().parse().unwrap()).collect();
    refused(
        change(AppraisalChange::SetYears(years)),
        "an appraisal has at most 30 years; this would have 31",
    );
}

/// One command of every kind, in an order in which each can be done.
pub(crate) fn every_command() -> Vec<Command> {
    // Files come first, for a rejected row to decide about, and go last.
    let mut commands = every_other_command();
    let decisions = every_decision();
    commands.splice(3..3, decisions);
    commands.splice(3..3, every_appraisal_command());
    commands
}

fn every_other_command() -> Vec<Command> {
    let group = || (Dimension::Service, "Early years".to_owned());
    let words = SourceWords { publisher: "The police".to_owned(), ..SourceWords::default() };
    vec![
        Command::Rename("Large Town".to_owned()),
        Command::AddLines(Arc::new(addition())),
        Command::AddFiles(Box::new(two_files())),
        Command::AddControlTotal(control_total()),
        Command::DescribeSource("police.csv".to_owned(), Box::new(words)),
        Command::AddScenario(Box::new(scenario())),
        Command::DuplicateScenario { name: "Early help".to_owned(), copy: "Later help".to_owned() },
        change_scenario(ScenarioChange::SetArrangement(Arrangement::Aligned)),
        change_scenario(ScenarioChange::SetHost(Some("Council".to_owned()))),
        change_scenario(ScenarioChange::SetCommitment(0, Commitment::Agreed)),
        change_scenario(ScenarioChange::SetRiskShare(RiskShare::OwnRisk)),
        change_scenario(ScenarioChange::SetOutturn(
            OutturnOf::Partner("Council".to_owned()),
            Some("12.34".parse().unwrap()),
        )),
        change_scenario(ScenarioChange::RemoveAllocation(0)),
        Command::ShowScenario(Some("Later help".to_owned())),
        change_story(StoryChange::Add { scene: Box::new(scene("Pool")), before: None }),
        Command::RenameScenario { from: "Later help".to_owned(), to: "Help".to_owned() },
        Command::ShowScenario(None),
        Command::Compare(Some(Comparison::default())),
        Command::Several("Show it again".to_owned(), vec![Command::ShowScenario(Some("Help".to_owned()))]),
        Command::RemoveScenario("Help".to_owned()),
        change_story(StoryChange::Add { scene: Box::new(scene("Place")), before: Some("Pool".to_owned()) }),
        change_story(StoryChange::Duplicate { scene: "Place".to_owned(), copy: "Again".to_owned() }),
        change_story(StoryChange::Move { scene: "Place".to_owned(), before: None }),
        change_story(StoryChange::Rename { from: "Pool".to_owned(), to: "The pool".to_owned() }),
        change_story(StoryChange::SetCaption("The pool".to_owned(), "Two put in".to_owned())),
        change_story(StoryChange::SetNotes("The pool".to_owned(), "Ask the trust.\nThen wait.".to_owned())),
        change_story(StoryChange::Annotate("The pool".to_owned(), Box::new(annotations()))),
        change_story(StoryChange::Retake("The pool".to_owned(), Box::new(retaken()))),
        Command::OpenScene("The pool".to_owned(), Box::new(retaken().view)),
        change_story(StoryChange::Remove("Again".to_owned())),
        Command::SetLayers(vec![Dimension::Theme, Dimension::Agency]),
        Command::SetFilter(Filter::default().only(Dimension::Agency, ["Council", "Police"])),
        Command::SetColorBy(ColorBy::Evidence),
        Command::SetPoolScope(PoolScope::WholePlace),
        Command::SetAmounts(Amounts::Both),
        Command::SetMask(Some(Mask::BLIND)),
        Command::NameShortly("Council".to_owned(), "SC".to_owned()),
        Command::Unfold(group().0, group().1),
        Command::Fold(group().0, group().1),
        Command::MoveNode(moved("Council", 250)),
        Command::MoveNode(moved("Council", 750)),
        Command::ReleaseNodes,
        Command::RemoveControlTotal("Published".to_owned()),
        Command::KeepPaymentsToPlace(vec!["police.csv".to_owned()]),
        Command::RemoveSource("book".to_owned()),
        Command::Become("Bring back an earlier version".to_owned(), Box::new(WholePlace(small_place()))),
    ]
}

/// The kinds of command there are; a new one does not compile until it is counted here and tested above.
fn kind(command: &Command) -> usize {
    match command {
        Command::Rename(_) => 0,
        Command::AddLines(_) => 1,
        Command::RemoveSource(_) => 2,
        Command::AddControlTotal(_) => 3,
        Command::RemoveControlTotal(_) => 4,
        Command::SetLayers(_) => 5,
        Command::SetFilter(_) => 6,
        Command::SetColorBy(_) => 7,
        Command::Unfold(..) => 8,
        Command::Fold(..) => 9,
        Command::MoveNode(_) => 10,
        Command::ReleaseNodes => 11,
        Command::AddScenario(_) => 12,
        Command::DuplicateScenario { .. } => 13,
        Command::RenameScenario { .. } => 14,
        Command::RemoveScenario(_) => 15,
        Command::ChangeScenario(..) => 16,
        Command::ShowScenario(_) => 17,
        Command::Compare(_) => 20,
        Command::Several(..) => 18,
        Command::AddFiles(_) => 19,
        Command::Decide(_) => 21,
        Command::KeepPaymentsToPlace(_) => 22,
        Command::Become(..) => 23,
        Command::DescribeSource(..) => 24,
        Command::SetAmounts(_) => 25,
        Command::NameShortly(..) => 26,
        Command::SetPoolScope(_) => 27,
        Command::ChangeStory(_) => 28,
        Command::OpenScene(..) => 29,
        Command::Appraise(_) => 30,
        Command::SetMask(_) => 31,
    }
}
const KINDS: usize = 32;

#[test]
fn every_kind_of_command_is_tested() {
    let mut kinds: Vec<usize> = every_command().iter().map(kind).collect();
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds, (0..KINDS).collect::<Vec<_>>());
}

#[test]
fn every_command_can_be_done_undone_and_done_again() {
    let mut history = History::new(small_place());
    for command in every_command() {
        let before = write_place(history.place());
        let label = command.label_on(history.place());
        history.execute(&command).unwrap();
        let after = write_place(history.place());
        assert_ne!(before, after, "{} changes something", command.label());
        assert_eq!(history.undo().as_deref(), Some(&*label));
        assert_eq!(write_place(history.place()), before, "{} undone", command.label());
        assert_eq!(history.redo().as_deref(), Some(&*label));
        assert_eq!(write_place(history.place()), after, "{} done again", command.label());
    }
}

#[test]
fn undoing_everything_restores_every_penny_and_every_word() {
    let mut history = History::new(small_place());
    let mut states = vec![write_place(history.place())];
    for command in every_command() {
        history.execute(&command).unwrap();
        states.push(write_place(history.place()));
    }
    for state in states.iter().rev().skip(1) {
        history.undo().unwrap();
        assert_eq!(write_place(history.place()), *state);
    }
    assert_eq!((history.undo(), history.undo_label()), (None, None));
    for state in &states[1..] {
        history.redo().unwrap();
        assert_eq!(write_place(history.place()), *state);
    }
    assert_eq!((history.redo(), history.redo_label()), (None, None));
}

#[test]
fn a_command_read_back_from_its_text_does_the_same() {
    let mut place = small_place();
    for command in every_command() {
        let text = ron::to_string(&command).unwrap();
        let read: Command = ron::from_str(&text).unwrap();
        let mut replayed = place.clone();
        command.apply(&mut place).unwrap();
        read.apply(&mut replayed).unwrap();
        assert_eq!(write_place(&replayed), write_place(&place), "{}", command.label());
        let provenance = |place: &Place| -> Vec<String> {
            place.ledger.lines().map(|line| format!("{:?}", line.provenance())).collect()
        };
        assert_eq!(provenance(&replayed), provenance(&place), "{}", command.label());
    }
}

#[test]
fn a_new_change_ends_what_could_be_done_again() {
    let mut history = History::new(small_place());
    history.execute(&Command::Rename("One".to_owned())).unwrap();
    history.undo();
    assert_eq!(history.redo_label(), Some("Rename place"));
    history.execute(&Command::Rename("Two".to_owned())).unwrap();
    assert_eq!(history.redo_label(), None);
    assert_eq!(history.place().name, "Two");
}

#[test]
fn hundreds_of_steps_can_be_undone() {
    let mut history = History::new(small_place());
    for number in 0..300 {
        history.execute(&Command::Rename(format!("Town {number}"))).unwrap();
    }
    while history.undo().is_some() {}
    assert_eq!(history.place().name, "Small Town");
}

/// The command is refused with these words, and the place is as it was.
fn check_refused(command: &Command, words: &str) {
    let mut history = History::new(small_place());
    let before = (write_place(history.place()), history.revision());
    let error = history.execute(command).unwrap_err();
    assert_eq!(error.to_string(), words);
    assert_eq!((write_place(history.place()), history.revision()), before);
    assert!(history.undo_label().is_none() && !history.is_changed());
    let mut place = small_place();
    command.apply(&mut place).unwrap_err();
    assert_eq!(write_place(&place), before.0);
}

#[test]
fn a_command_that_cannot_be_done_says_why_and_changes_nothing() {
    use Dimension::{Agency, Area, Cohort, Funder, Provider, Service, Theme};
    let layers = |layers: &[Dimension]| Command::SetLayers(layers.to_vec());
    check_refused(&Command::Rename("  ".to_owned()), "a place needs a name");
    check_refused(&layers(&[Theme]), "a picture of flows has two to six layers; this would have 1");
    check_refused(
        &layers(&[Funder, Agency, Theme, Service, Provider, Cohort, Area]),
        "a picture of flows has two to six layers; this would have 7",
    );
    check_refused(&layers(&[Theme, Agency, Theme]), "Theme can stand in one layer only");
    check_refused(&Command::RemoveSource("nobody".to_owned()), "there is no source \"nobody\" in this place");
    check_refused(
        &Command::RemoveControlTotal("none".to_owned()),
        "there is no control total named \"none\"",
    );
}

#[test]
fn a_second_control_total_of_one_name_is_refused() {
    let mut history = History::new(small_place());
    let add = Command::AddControlTotal(control_total());
    history.execute(&add).unwrap();
    let error = history.execute(&add).unwrap_err().to_string();
    assert_eq!(error, "there is already a control total named \"Published\"; give this one another name");
    assert_eq!(history.place().control_totals.len(), 1);
}

#[test]
fn added_lines_bring_their_agencies_and_sources() {
    let mut place = small_place();
    Command::AddLines(Arc::new(addition())).apply(&mut place).unwrap();
    assert_eq!(place.ledger.total(), money("498.00"));
    let agencies: Vec<&str> = place.agencies.iter().map(|agency| agency.name.as_str()).collect();
    assert_eq!(agencies, ["Council", "Health", "Police"]);
    let last = place.ledger.lines().last().unwrap();
    assert_eq!(last.provenance().to_string(), "police.csv, row 4");
    Command::RemoveSource("police.csv".to_owned()).apply(&mut place).unwrap();
    assert_eq!(place.ledger.total(), money("450.25"));
    assert_eq!(place.sources.len(), 1);
}

#[test]
fn two_files_of_one_name_are_two_sources() {
    let mut place = small_place();
    Command::AddLines(Arc::new(addition())).apply(&mut place).unwrap();
    let once = place.ledger.total();
    Command::AddLines(Arc::new(addition())).apply(&mut place).unwrap();
    let keys: Vec<&str> = place.sources.iter().map(|source| source.key.as_str()).collect();
    assert_eq!(keys, ["book", "police.csv", "police.csv (2)"]);
    Command::RemoveSource("police.csv (2)".to_owned()).apply(&mut place).unwrap();
    assert_eq!(place.ledger.total(), once);
}

#[test]
fn what_the_place_says_of_an_agency_holds_for_added_lines_too() {
    let mut place = small_place();
    let mut police_says = addition();
    let lines: Vec<_> = police_says
        .ledger
        .lines()
        .map(|line| {
            let mut line = line.to_spend_line();
            line.sector = Some("Housing".to_owned());
            line
        })
        .collect();
    police_says.ledger = Arc::new(Ledger::from_lines(&lines, &police_says.sources, &[]));
    Command::AddLines(Arc::new(police_says)).apply(&mut place).unwrap();
    let by_sector = |place: &Place| Totals::of(&place.ledger, &Filter::default(), &[Dimension::Sector]);
    let reopened = read_place(&write_place(&place)).unwrap();
    assert_eq!(by_sector(&place), by_sector(&reopened));
}

#[test]
fn only_changes_that_the_file_does_not_hold_ask_to_be_saved() {
    let mut history = History::new(small_place());
    assert!(!history.is_changed());
    history.execute(&Command::SetColorBy(ColorBy::Agency)).unwrap();
    assert!(!history.is_changed(), "looking is no change");
    history.execute(&Command::Rename("Large Town".to_owned())).unwrap();
    assert!(history.is_changed());
    history.undo();
    assert!(!history.is_changed(), "what was undone is saved already");
    history.redo();
    history.mark_saved(history.state());
    assert!(!history.is_changed());
    history.undo();
    assert!(history.is_changed(), "the file holds the later name");
    history.execute(&Command::Rename("Other Town".to_owned())).unwrap();
    assert!(history.is_changed(), "another change is not the saved one");
}

#[test]
fn every_state_has_a_number_of_its_own_and_can_be_gone_to() {
    let mut history = History::new(small_place());
    let mut numbers = vec![history.state()];
    for command in [
        Command::Rename("One".to_owned()),
        Command::SetColorBy(ColorBy::Agency),
        Command::Rename("Two".to_owned()),
    ] {
        history.execute(&command).unwrap();
        numbers.push(history.state());
    }
    assert!(history.go_to(numbers[1]) && history.place().name == "One" && !history.go_to(99));
    history.mark_saved(numbers[2]);
    assert!(!history.is_changed(), "what is saved as a view differs from this in the view alone");
    assert!(history.go_to(numbers[3]) && history.is_changed());
    assert!(history.go_to(numbers[0]));
    history.execute(&Command::Rename("Other".to_owned())).unwrap();
    assert!(!numbers.contains(&history.state()), "a number is never used again");
    assert!(!history.go_to(numbers[1]), "what was replaced is gone");
}

#[test]
fn a_history_is_made_again_with_its_numbers_and_what_was_undone() {
    let (one, two) = (Command::Rename("One".to_owned()), Command::Rename("Two".to_owned()));
    let replay = |present| {
        let steps = vec![(4, &one), (9, &two)];
        let replay = Replay { base: small_place(), base_state: 2, steps, present, last: 12 };
        replay.into_history().unwrap()
    };
    let mut history = replay(4);
    assert_eq!((history.state(), history.place().name.as_str()), (4, "One"));
    assert!(history.is_changed() && history.go_to(9) && history.place().name == "Two");
    assert!(history.go_to(2) && history.place().name == "Small Town");
    history.execute(&one).unwrap();
    assert_eq!(history.state(), 13);
    assert_eq!(replay(2).undo_label(), None);
}

#[test]
fn every_change_has_another_revision() {
    let mut history = History::new(small_place());
    let mut revisions = vec![history.revision()];
    history.execute(&Command::ReleaseNodes).unwrap();
    revisions.push(history.revision());
    history.undo();
    revisions.push(history.revision());
    history.redo();
    revisions.push(history.revision());
    let mut once = revisions.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once, revisions);
}

#[test]
fn which_screen_is_shown_is_saved_but_is_no_step() {
    let mut history = History::new(small_place());
    history.show(Screen::Ledger);
    assert_eq!(history.undo_label(), None);
    assert!(write_place(history.place()).contains("screen: Ledger"));
}

/// A place with something in every list.
fn full_place() -> Place {
    let mut place = small_place();
    "What is \"published\",\nand what is not: \\ and £.".clone_into(&mut place.about);
    place.population = Arc::new(vec![
        Population { area: None, people: 12_345, source: "book".to_owned() },
        Population { area: Some("West ward".to_owned()), people: 400, source: String::new() },
    ]);
    let described =
        |name: &str| Arc::new(vec![Described { name: name.to_owned(), about: "So it is.".to_owned() }]);
    (place.funders, place.themes, place.services) =
        (described("Grant"), described("Early years"), described("Nurseries"));
    for command in every_command().into_iter().take(10) {
        command.apply(&mut place).unwrap();
    }
    place
}

#[test]
fn a_place_is_written_byte_for_byte_as_it_was_read() {
    for place in [Place::default(), small_place(), full_place()] {
        let text = write_place(&place);
        let read = read_place(&text).unwrap();
        assert_eq!(write_place(&read), text);
        assert_eq!(read.ledger.total(), place.ledger.total());
        assert_eq!(Sentence::about(&read, &read.view.filter), Sentence::about(&place, &place.view.filter));
    }
}

#[test]
fn a_place_reads_as_a_person_would_write_it() {
    let mut place = small_place();
    place.name = "Small Town".to_owned();
    let expected = r#"(
  format: 1,
  name: "Small Town",
  agencies: [
    (name: "Council", sector: LocalGovernment),
    (name: "Health", sector: Nhs),
  ],
  sources: [
    (key: "book", title: "Budget book", publisher: "Small Town Council", file: "book.csv"),
  ],
  view: (
    screen: Flows,
    layers: [funder, agency, theme, service],
    color_by: Theme,
  ),
  lines: [
    (amount: "300.00", year: "2024/25", agency: "Council", theme: "Early years", service: "Nurseries", sector: "Local government", source: "book", row: 2),
    (amount: "100.00", year: "2024/25", agency: "Health", theme: "Early years", service: "Midwives", sector: "NHS", source: "book", row: 3),
    (amount: "50.25", year: "2023/24", agency: "Council", theme: "Ageing well", service: "Day care", sector: "Local government", source: "book", row: 4),
  ],
)
"#;
    assert_eq!(write_place(&place), expected);
}

#[test]
fn one_changed_thing_changes_one_line_of_the_file() {
    let mut place = small_place();
    let before = write_place(&place);
    Command::Rename("Large Town".to_owned()).apply(&mut place).unwrap();
    let after = write_place(&place);
    let differing = before.lines().zip(after.lines()).filter(|(before, after)| before != after).count();
    assert_eq!((differing, before.lines().count()), (1, after.lines().count()));
}

#[test]
fn a_file_may_be_written_by_hand() {
    let text = "\u{feff}// A comment\n(format: 1, name: \"Here\", lines: [\n  (amount: \"£1,200.50\", year: \"2024-25\", \
                stage: \"prevention\", /* in passing */ type: \"capital\", evidence: \"estimate\"),\n])";
    let place = read_place(text).unwrap();
    let line = place.ledger.lines().next().unwrap();
    assert_eq!(line.amount(), money("1200.50"));
    let names =
        [Dimension::Year, Dimension::Stage, Dimension::Type, Dimension::Evidence].map(|d| line.name(d));
    assert_eq!(names, ["2024/25", "Prevention", "Capital", "Estimated"]);
}

#[test]
fn a_line_keeps_the_day_or_the_month_that_it_states() {
    let lines = [
        "    (amount: \"1.00\", date: \"2024-02-29\"),",
        "    (amount: \"2.00\", date: \"2024-02\"),",
        "    (amount: \"3.00\"),",
    ];
    let place =
        read_place(&format!("(format: 1, name: \"Here\", lines: [\n{}\n])", lines.join("\n"))).unwrap();
    let written = write_place(&place);
    let kept: Vec<&str> = written.lines().filter(|line| line.contains("amount: ")).collect();
    assert_eq!(kept, lines);
    let days: Vec<Option<u8>> = place.ledger.lines().map(|line| line.date().and_then(Date::day)).collect();
    assert_eq!(days, [Some(29), None, None]);
}

/// A file that is no place, and the whole of what is said about it.
fn check_message(text: &str, message: &str) {
    match read_place(text) {
        Ok(place) => panic!("{} was read", place.name),
        Err(error) => assert_eq!(error.to_string(), message),
    }
}

#[test]
fn an_unknown_field_is_told_with_its_place_and_the_nearest_name() {
    check_message(
        "(\n  format: 1,\n  name: \"Here\",\n  agencys: [],\n)",
        "line 4, column 3: there is no field `agencys` here; did you mean `agencies`?",
    );
    check_message(
        "(format: 1, name: \"Here\", lines: [\n    (amount: \"1.00\", theem: \"Safety\"),\n])",
        "line 2, column 22: there is no field `theem` here; did you mean `theme`?",
    );
    check_message(
        "(format: 1, name: \"Here\", view: (\n  screen: Flows,\n  layer: [],\n))",
        "line 3, column 3: there is no field `layer` here; did you mean `layers`?",
    );
    check_message(
        "(format: 1, name: \"Here\", sources: [(key: \"a\", title: \"b\", zzzzzz: 1)])",
        "line 1, column 60: there is no field `zzzzzz` here; the fields here are key, title, publisher, date, \
         licence, address, file, sheet, note, whole, record",
    );
}

#[test]
fn an_unknown_word_is_told_with_the_nearest_right_one() {
    check_message(
        "(format: 1, name: \"Here\", view: (layers: [agency, teme]))",
        "line 1, column 51: `teme` is none of the values this field can have; did you mean `theme`?",
    );
    check_message(
        "(format: 1, name: \"Here\", agencies: [(name: \"Council\", sector: LocalGoverment)])",
        "line 1, column 64: `LocalGoverment` is none of the values this field can have; \
         did you mean `LocalGovernment`?",
    );
    check_message(
        "(format: 1, name: \"Here\", lines: [\n(amount: \"1.00\"),\n(amount: \"2.00\", stage: \"Preventoin\"),\n])",
        "line 3, column 25: \"Preventoin\" is no stage; it can be Prevention, Early help, Acute or reactive, \
         Not classified. Did you mean \"Prevention\"?",
    );
    check_message(
        "(format: 1, name: \"Here\", lines: [(amount: \"1.00\", year: \"next\")])",
        "line 1, column 58: \"next\" is not a financial year, such as 2024/25",
    );
}

#[test]
fn a_field_of_the_wrong_kind_is_told_with_its_place() {
    for (text, message) in [
        ("(\n  format: 1,\n  name: 7,\n)", "line 3, column 8: text in quotation marks belongs here"),
        ("(\n  format: \"one\",\n  name: \"A\",\n)", "line 2, column 10: a whole number belongs here"),
        (
            "(format: 1, name: \"A\", lines: (",
            "line 1, column 30: a list in square brackets belongs here, such as [agency, theme]",
        ),
        (
            "(format: 1, name: \"A\", lines: [(amount: \"lots\")])",
            "line 1, column 42: \"lots\" is not an amount of money, such as 1250.00 or (1,250.00)",
        ),
        (
            "(format: 1, name: \"A\", lines: [(amount: \"1\", date: \"31/08/2024\")])",
            "line 1, column 53: \"31/08/2024\" is not a date, such as 2024-08-31, or 2024-08 for a month",
        ),
        (
            "(format: 1, name: \"A\", lines: [(theme: \"Safety\")])",
            "line 1, column 48: the field `amount` is missing here",
        ),
        ("(format: 1, name: \"A\"", "line 1, column 20: a comma is missing here, or the file ends too early"),
        ("(format: 1, name: \"A", "line 1, column 19: the file ends too early; it may have been cut off"),
        (
            "(format: 1, name: \"A\") and more",
            "line 1, column 23: the place has ended, but more text follows; take it out",
        ),
        (
            "(format: 1, name: \"A\", name: \"B\")",
            "line 1, column 24: the field `name` is here twice; leave one of them out",
        ),
        ("(format: 1)", "line 1, column 11: the field `name` is missing here"),
        (
            "{\"format\": 1}",
            "line 1, column 1: fields in round brackets belong here, such as (name: \"Council\")",
        ),
        ("", "line 1, column 1: fields in round brackets belong here, such as (name: \"Council\")"),
    ] {
        check_message(text, message);
    }
}

#[test]
fn a_line_that_names_an_agency_or_source_the_place_does_not_list_is_refused() {
    check_message(
        "(format: 1, name: \"Here\", agencies: [(name: \"Council\")], lines: [\n(amount: \"1\", agency: \"Council\"),\n\
         (amount: \"1\", agency: \"Councl\")])",
        "line 3, column 23: \"Councl\" is not among the place's agency names; did you mean \"Council\"?",
    );
    check_message(
        "(format: 1, name: \"Here\", lines: [(amount: \"1\", source: \"book\")])",
        "line 1, column 57: \"book\" is not among the place's source names; add it to the place's list, or \
         correct the line",
    );
}

#[test]
fn amounts_beyond_what_a_line_can_hold_are_refused_in_words() {
    for amount in
        ["900000000000001.00", "1.00001", "99999999999999999999999999999999999999999999", "NaN", "1e9"]
    {
        let text = format!("(format: 1, name: \"Here\", lines: [(amount: \"{amount}\")])");
        let message = read_place(&text).unwrap_err().to_string();
        assert!(message.starts_with("line 1, column ") && message.contains(amount), "{message}");
    }
}

#[test]
fn a_file_of_a_newer_format_is_refused_kindly() {
    check_message(
        "(format: 3, name: \"Here\", shadow_pools: [(later: true)])",
        "this file has format 3, and this program reads up to 2; open it with a newer Shadowpool",
    );
}

#[test]
fn words_about_a_format_are_not_the_format() {
    let text = "(name: \"Here\", about: \"Written in format: 9\", format: 1)";
    assert_eq!(read_place(text).unwrap().about, "Written in format: 9");
}

#[test]
fn deeply_nested_text_is_refused_and_does_not_end_the_program() {
    let text = format!("(format: 1, name: \"Here\", about: {}", "[".repeat(200_000));
    assert!(read_place(&text).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_ledger_survives_its_file(ledger in any_ledger(40), name in "\\PC{0,12}", about in ".{0,24}") {
        let place = Place { name, about, ledger: Arc::new(ledger), ..Place::default() };
        let text = write_place(&place);
        let read = read_place(&text).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(&read.name, &place.name);
        prop_assert_eq!(&read.about, &place.about);
        prop_assert_eq!(read.ledger.total(), place.ledger.total());
        prop_assert_eq!(write_place(&read), text);
        let by = [Dimension::Agency, Dimension::Theme, Dimension::Year];
        let totals = |place: &Place| Totals::of(&place.ledger, &Filter::default(), &by);
        prop_assert_eq!(totals(&read), totals(&place));
    }

    #[test]
    fn a_broken_file_is_told_and_never_ends_the_program(at in 0_usize..2_000, byte in any::<u8>()) {
        let text = write_place(&full_place());
        let at = at % text.len();
        let cut: String = String::from_utf8_lossy(&text.as_bytes()[..at]).into_owned();
        prop_assert!(read_place(&cut).is_err(), "cut at {}", at);
        let mut bytes = text.into_bytes();
        bytes[at] = byte;
        let changed = String::from_utf8_lossy(&bytes).into_owned();
        if let Err(error) = read_place(&changed) {
            prop_assert!(!error.to_string().is_empty());
        }
    }

    #[test]
    fn random_changes_can_all_be_undone(picks in prop::collection::vec(0_usize..13, 1..40)) {
        let mut history = History::new(small_place());
        let mut states: Vec<(String, Money)> = Vec::new();
        let state = |history: &History| (write_place(history.place()), history.place().ledger.total());
        for pick in picks {
            let before = state(&history);
            if history.execute(&every_command()[pick]).is_ok() {
                states.push(before);
            } else {
                prop_assert_eq!(state(&history), before);
            }
        }
        for before in states.into_iter().rev() {
            history.undo();
            prop_assert_eq!(state(&history), before);
        }
        prop_assert!(!history.is_changed());
    }
}

#[test]
fn a_scenario_that_is_shown_adds_its_pool_as_a_layer_and_the_baseline_takes_it_away() {
    let mut history = History::new(Place { scenarios: Arc::new(vec![scenario()]), ..small_place() });
    let layers = history.place().view.layers.clone();
    history.execute(&Command::ShowScenario(Some("Early help".to_owned()))).unwrap();
    assert_eq!(
        history.place().view.layers,
        [Dimension::Funder, Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service]
    );
    assert_eq!(history.undo_label(), Some("Show Early help"));
    let only_pool = Filter::default().only(Dimension::Pool, ["Early years"]);
    history.execute(&Command::SetFilter(only_pool)).unwrap();
    history.execute(&Command::ShowScenario(None)).unwrap();
    assert_eq!(history.place().view.layers, layers);
    assert!(history.place().view.filter.is_empty(), "a filter on a pool would hide the whole baseline");
    assert!(!history.is_changed(), "what is looked at is no change of the place");
}

#[test]
fn a_scenario_that_is_shown_stays_so_under_another_name_and_gives_way_to_the_baseline_when_removed() {
    let mut history = History::new(Place { scenarios: Arc::new(vec![scenario()]), ..small_place() });
    let baseline = history.place().clone();
    history.execute(&Command::ShowScenario(Some("Early help".to_owned()))).unwrap();
    let renamed = Command::RenameScenario { from: "Early help".to_owned(), to: "Help".to_owned() };
    history.execute(&renamed).unwrap();
    assert_eq!(history.place().view.scenario.as_deref(), Some("Help"));
    let text = write_place(history.place());
    assert_eq!(read_place(&text).unwrap().view, history.place().view);
    history.execute(&Command::RemoveScenario("Help".to_owned())).unwrap();
    assert!(history.place().shown_scenario().is_none());
    assert_eq!(history.place().view, baseline.view);
    assert!(Arc::ptr_eq(&history.place().ledger, &baseline.ledger));
    history.undo();
    assert_eq!(history.place().shown_scenario().map(|scenario| scenario.name.as_str()), Some("Help"));
}

#[test]
fn several_changes_are_one_step_and_happen_all_or_not_at_all() {
    let mut history = History::new(small_place());
    let add = Command::AddScenario(Box::new(scenario()));
    let show = |name: &str| Command::ShowScenario(Some(name.to_owned()));
    let wrong = Command::Several("Try it".to_owned(), vec![add.clone(), show("Another")]);
    assert!(history.execute(&wrong).is_err());
    assert!(history.place().scenarios.is_empty());
    history.execute(&Command::Several("Try it".to_owned(), vec![add, show("Early help")])).unwrap();
    assert!(history.place().shown_scenario().is_some());
    assert!(history.is_changed());
    assert_eq!(history.undo().as_deref(), Some("Try it"));
    assert!(history.place().scenarios.is_empty() && history.place().view.scenario.is_none());
}

#[test]
fn a_view_of_a_scenario_that_is_gone_shows_the_baseline() {
    let view = ViewSpec { scenario: Some("Gone".to_owned()), ..ViewSpec::default() };
    let place = Place { view: Arc::new(view), ..small_place() };
    let read = read_place(&write_place(&place)).unwrap();
    assert!(read.shown_scenario().is_none());
    assert!(Sentence::about(&read, &Filter::default()).stamp.is_none());
}

#[test]
fn the_sentence_names_the_scenario_its_pool_and_what_is_in_it() {
    let place = Place { scenarios: Arc::new(vec![scenario()]), ..small_place() };
    let (modelled, model) = place.modelled("Early help").unwrap();
    let sentence = Sentence::about(&modelled, &Filter::default());
    let amount = shadowpool::money::in_short(model.balance.into_pool);
    let said = format!(
        "Scenario \u{201c}Early help\u{201d}: {amount} of it is in the pool \u{201c}Early years\u{201d}."
    );
    assert!(sentence.text.ends_with(&said), "{}", sentence.text);
    assert_eq!(sentence.stamp, Some("MODEL, not an offer"));
}

#[test]
fn what_was_made_elsewhere_is_a_step_like_any_other() {
    let command = Command::AddLines(addition().into());
    let mut history = History::new(small_place());
    let before = history.place().clone();
    let mut after = before.clone();
    command.apply(&mut after).unwrap();
    // Meanwhile somebody looks at it in another way.
    let layers = vec![Dimension::Agency, Dimension::Service];
    history.execute(&Command::SetLayers(layers.clone())).unwrap();
    assert!(history.take(&command, &before, after.clone()));
    assert_eq!(history.place().ledger.total(), after.ledger.total());
    assert_eq!(history.place().view.layers, layers, "how it is looked at stays");
    assert_eq!(history.undo(), Some(command.label()));
    assert_eq!(history.place().ledger.total(), before.ledger.total());
    history.redo().unwrap();
    assert_eq!(history.place().ledger.total(), after.ledger.total());
    assert!(history.is_changed());
    // What was made of another place than this is not taken.
    history.execute(&Command::Rename("Other Town".to_owned())).unwrap();
    let revision = history.revision();
    assert!(!history.take(&command, &before, after));
    assert_eq!((history.revision(), history.place().name.as_str()), (revision, "Other Town"));
}

#[test]
fn a_command_says_how_many_lines_it_goes_through() {
    let place = small_place();
    let lines = place.ledger.len();
    let gone_through = |command: &Command| command.lines_gone_through(&place);
    assert_eq!(gone_through(&Command::Rename("Town".to_owned())), 0);
    assert_eq!(gone_through(&Command::SetFilter(Filter::default())), 0);
    assert_eq!(gone_through(&Command::AddFiles(Box::new(two_files()))), lines + 6);
    let apart = Apart { dimension: Dimension::Supplier, names: vec!["A".to_owned(), "B".to_owned()] };
    assert_eq!(gone_through(&Command::Decide(Box::new(Decision::KeepApart(apart)))), 0);
    let standard = Decision::UseStandardRules(Some(StandardRules::LATEST));
    assert_eq!(gone_through(&Command::Decide(Box::new(standard))), lines);
    // A change of a scenario is held against what that comes to.
    assert_eq!(gone_through(&change_scenario(ScenarioChange::SetArrangement(Arrangement::Aligned))), lines);
}
