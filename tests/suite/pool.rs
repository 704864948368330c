//! Shadow pools: before and after, to the penny; who puts in, who gets back, and whether anyone is worse off.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use shadowpool::cli::{self, Arguments, Status};
use shadowpool::dimension::{Agency, Dimension, Sector};
use shadowpool::ledger::{Filter, Ledger, LineId, SpendLine, Totals};
use shadowpool::money::{Money, Percent, Weighting};
use shadowpool::place::{Command, History, Place, read_place, write_place};
use shadowpool::pool::{
    Allocation, Arrangement, BandShare, Cap, ChangeError, Commitment, Condition, Contribution, Difference,
    FindingSeverity, LineReference, LineRisk, LineShare, Lines, Model, NewMoney, PartnerShare, Portion,
    Purpose, Reference, Rest, RingFence, RiskBand, RiskShare, RiskStep, Scenario, ScenarioChange,
    ScenarioPart, Split, SplitRule, SplitShare,
};

use super::support::small_place;

/// A change checked against a ledger by itself, with nothing worked out before.
trait Checked {
    fn apply(&self, scenario: &Scenario, ledger: &Ledger) -> Result<Scenario, ChangeError>;
}

impl Checked for ScenarioChange {
    fn apply(&self, scenario: &Scenario, ledger: &Ledger) -> Result<Scenario, ChangeError> {
        self.apply_with(scenario, |scenario| Arc::new(scenario.model(ledger)))
    }
}

const POOL: &str = "the pool";

fn pounds(text: &str) -> Money {
    text.parse().unwrap()
}

fn percent(text: &str) -> Portion {
    Portion::Percent(text.parse().unwrap())
}

fn amount(text: &str) -> Portion {
    Portion::Amount(pounds(text))
}

fn themed(theme: &str) -> Filter {
    Filter::default().only(Dimension::Theme, [theme])
}

fn contribution(partner: &str, filter: Filter, what: Portion) -> Contribution {
    Contribution { partner: partner.into(), lines: Lines::Where(filter), what, ..Contribution::default() }
}

fn to_theme(theme: &str) -> Purpose {
    Purpose { theme: Some(theme.into()), ..Purpose::default() }
}

fn to_service(service: &str) -> Purpose {
    Purpose { service: Some(service.into()), ..Purpose::default() }
}

fn allocation(from: Filter, what: Portion, to: Purpose) -> Allocation {
    Allocation { from, what, to, note: String::new() }
}

fn scenario(contributions: Vec<Contribution>, allocations: Vec<Allocation>) -> Scenario {
    Scenario { name: "A".into(), pool: POOL.into(), contributions, allocations, ..Scenario::default() }
}

/// A ledger from text: `agency | theme | service | ring-fence | amount` a line, all of 2024/25; `-` is not stated.
fn ledger(text: &str) -> Ledger {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = |index: usize| (cells[index] != "-").then(|| cells[index].to_owned());
        SpendLine {
            amount: pounds(cells[4]),
            year: Some("2024/25".into()),
            agency: name(0),
            theme: name(1),
            service: name(2),
            ringfence: name(3),
            ..SpendLine::default()
        }
    });
    Ledger::from_lines(&lines.collect::<Vec<_>>(), &[], &[])
}

/// `agency | pool | theme | service | amount`, by name.
fn written(ledger: &Ledger) -> Vec<String> {
    let by = [Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service];
    let mut rows: Vec<String> = Totals::of(ledger, &Filter::default(), &by)
        .rows
        .into_iter()
        .map(|row| {
            let names = row.names.join(" | ").replace("Not stated", "-").replace("Outside the pool", "-");
            format!("{names} | {}", row.amount)
        })
        .collect();
    rows.sort();
    rows
}

#[track_caller]
fn check_model(before: &str, scenario: &Scenario, after: &str) -> Model {
    let ledger = ledger(before);
    let model = scenario.model(&ledger);
    let spaced = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join(" | ");
    let mut right: Vec<String> = after.lines().map(spaced).filter(|line| !line.is_empty()).collect();
    right.sort_unstable();
    assert_eq!(written(&model.ledger), right, "{:?}", model.findings);
    check_balance(&ledger, &model);
    model
}

/// What holds for every scenario, whatever it says.
#[track_caller]
fn check_balance(ledger: &Ledger, model: &Model) {
    let balance = model.balance;
    assert_eq!(balance.into_pool, balance.allocated + balance.unallocated);
    assert_eq!(model.ledger.total(), ledger.total() + balance.new_money);
    assert_eq!(model.sum_of_nets(), -balance.unallocated);
    let puts_in: Money = model.positions.iter().map(|position| position.puts_in).sum();
    assert_eq!(puts_in, balance.into_pool);
    // The sums that were carried over are those of the lines.
    let lines: Vec<SpendLine> = model.ledger.lines().map(|line| line.to_spend_line()).collect();
    let again = Ledger::from_lines(&lines, &[], &[]);
    assert_eq!(written(&again), written(&model.ledger));
    assert_eq!(again.cells().line_count(), model.ledger.cells().line_count());
}

#[track_caller]
fn check_net(model: &Model, right: &[(&str, &str, &str, &str)]) {
    let found: Vec<(String, String, String, String)> = model
        .positions
        .iter()
        .map(|p| (p.agency.clone(), p.puts_in.to_string(), p.gets_back.to_string(), p.net.to_string()))
        .collect();
    let right: Vec<_> =
        right.iter().map(|(a, b, c, d)| ((*a).into(), (*b).into(), (*c).into(), (*d).into())).collect();
    assert_eq!(found, right);
}

#[track_caller]
fn check_finding(model: &Model, part: ScenarioPart, severity: FindingSeverity, words: &str) {
    let found = model.findings.iter().any(|finding| {
        finding.part == part && finding.severity == severity && finding.message.contains(words)
    });
    assert!(found, "{:#?}", model.findings);
}

const EARLY_YEARS: &str = "Council | Early years | Nurseries       | - | 300.00
                           Health  | Early years | Health visiting | - | 100.00";

#[test]
fn a_pooled_theme_keeps_its_total() {
    let share = percent("33%");
    let pool = scenario(
        vec![
            contribution("Council", themed("Early years"), share),
            contribution("Health", themed("Early years"), share),
        ],
        vec![allocation(Filter::default(), Portion::Whole, to_service("Parenting"))],
    );
    let model = check_model(
        EARLY_YEARS,
        &pool,
        "Council | -        | Early years | Nurseries       | 201.00
         Council | the pool | Early years | Parenting       | 99.00
         Health  | -        | Early years | Health visiting | 67.00
         Health  | the pool | Early years | Parenting       | 33.00",
    );
    assert_eq!(model.balance.into_pool, pounds("132.00"));
    // Nobody spends on parenting today, so nobody is known to be responsible for it.
    check_net(
        &model,
        &[
            ("Council", "99.00", "0.00", "-99.00"),
            ("Health", "33.00", "0.00", "-33.00"),
            ("Not stated", "0.00", "132.00", "132.00"),
        ],
    );
}

#[test]
fn by_default_every_pound_keeps_its_purpose_and_nobody_is_worse_off() {
    let pool = scenario(vec![contribution("Council", Filter::default(), Portion::Whole)], vec![]);
    let model = check_model(
        EARLY_YEARS,
        &pool,
        "Council | the pool | Early years | Nurseries       | 300.00
         Health  | -        | Early years | Health visiting | 100.00",
    );
    check_net(&model, &[("Council", "300.00", "300.00", "0.00")]);
    let position = &model.positions[0];
    assert_eq!(position.no_worse_off.reason, "Gets back what it puts in, to the penny");
    assert!(position.no_worse_off.holds);
    assert_eq!(position.share_of_pool.to_approximate(), 1.0);
    assert!(model.findings.is_empty(), "{:?}", model.findings);
}

#[test]
fn what_moves_is_given_back_to_whoever_spends_on_it_today() {
    let pool = scenario(
        vec![contribution("Council", themed("Ageing Well"), amount("90.00"))],
        vec![allocation(Filter::default(), amount("60.00"), to_service("Falls clinic"))],
    );
    let model = check_model(
        "Council | Ageing Well | Home care    | - | 900.00
         Health  | Ageing Well | Falls clinic | - | 200.00
         Charity | Ageing Well | Falls clinic | - | 100.00",
        &pool,
        "Council | -        | Ageing Well | Home care    | 810.00
         Council | the pool | Ageing Well | Home care    | 30.00
         Council | the pool | Ageing Well | Falls clinic | 60.00
         Health  | -        | Ageing Well | Falls clinic | 200.00
         Charity | -        | Ageing Well | Falls clinic | 100.00",
    );
    check_net(
        &model,
        &[
            ("Council", "90.00", "30.00", "-60.00"),
            ("Health", "0.00", "40.00", "40.00"),
            ("Charity", "0.00", "20.00", "20.00"),
        ],
    );
    let badges: Vec<bool> = model.positions.iter().map(|position| position.no_worse_off.holds).collect();
    assert_eq!(badges, [false, true, true]);
    assert_eq!(model.positions[0].no_worse_off.reason, "Puts in £60.00 more than it gets back");
    assert_eq!(model.positions[0].share_of_own.to_approximate(), 0.1);
}

#[test]
fn whoever_answered_in_another_year_gets_nothing_back() {
    let ledger = small_place();
    let other =
        super::support::ledger("Charity | Ageing Well | Falls clinic | 2023/24 | Prevention | 500.00");
    let ledger = ledger.join(&other);
    let this_year = Filter::default().only(Dimension::Year, ["2024/25"]);
    let pool = scenario(
        vec![contribution("Police", this_year, amount("100.00"))],
        vec![allocation(Filter::default(), Portion::Whole, to_service("Falls clinic"))],
    );
    let model = pool.model(&ledger);
    check_net(&model, &[("Police", "100.00", "0.00", "-100.00"), ("Health", "0.00", "100.00", "100.00")]);
}

#[test]
fn what_is_not_allocated_is_a_line_of_its_own() {
    let pool = Scenario {
        rest: Rest::Unallocated,
        ..scenario(
            vec![contribution("Council", Filter::default(), Portion::Whole)],
            vec![allocation(Filter::default(), percent("25%"), to_theme("Living Well"))],
        )
    };
    let model = check_model(
        EARLY_YEARS,
        &pool,
        "Council | the pool | Unallocated | Unallocated     | 225.00
         Council | the pool | Living Well | -               | 75.00
         Health  | -        | Early years | Health visiting | 100.00",
    );
    assert_eq!(model.balance.unallocated, pounds("225.00"));
    check_finding(
        &model,
        ScenarioPart::Scenario,
        FindingSeverity::Warning,
        "£225.00 of the pool is unallocated",
    );
    assert_eq!(model.sum_of_nets(), pounds("-225.00"));
}

#[test]
fn over_allocation_shows_and_blocks_nothing_until_all_is_agreed() {
    let mut pool = scenario(
        vec![contribution("Council", Filter::default(), Portion::Whole)],
        vec![
            allocation(Filter::default(), amount("200.00"), to_theme("Living Well")),
            allocation(Filter::default(), amount("150.00"), to_theme("Ageing Well")),
        ],
    );
    let ledger = ledger(EARLY_YEARS);
    let model = pool.model(&ledger);
    assert_eq!(model.balance.over, pounds("50.00"));
    assert_eq!(model.balance.allocated, pounds("300.00"));
    assert_eq!(model.allocated[1].amount, pounds("100.00"));
    check_balance(&ledger, &model);
    check_finding(
        &model,
        ScenarioPart::Scenario,
        FindingSeverity::Warning,
        "£50.00 more than the pool holds",
    );
    assert_eq!(pool.stamp(), Some("MODEL, not an offer"));

    let agree = ScenarioChange::SetCommitment(0, Commitment::Agreed);
    let refused = agree.apply(&pool, &ledger).unwrap_err().to_string();
    assert!(refused.contains("it is agreed, and its allocations ask for £50.00 more"), "{refused}");
    pool = ScenarioChange::SetAllocation(
        1,
        allocation(Filter::default(), amount("100.00"), to_theme("Ageing Well")),
    )
    .apply(&pool, &ledger)
    .unwrap();
    let agreed = agree.apply(&pool, &ledger).unwrap();
    assert_eq!(agreed.stamp(), None);
}

#[test]
fn more_than_there_is_of_a_line_is_refused_and_both_are_named() {
    let ledger = ledger(EARLY_YEARS);
    let pool = scenario(vec![contribution("Council", themed("Early years"), percent("60%"))], vec![]);
    let nurseries = Filter::default().only(Dimension::Service, ["Nurseries"]);
    let change = ScenarioChange::AddContribution(contribution("Council", nurseries.clone(), percent("50%")));
    let refused = change.apply(&pool, &ledger).unwrap_err().to_string();
    assert_eq!(
        refused,
        "Contribution 2: 50% of Council, Nurseries and contribution 1 (60% of Council, Early years) together take more \
         than there is of \"Council · Early years · Nurseries · 2024/25 · £300.00\"; make one of them smaller, or let \
         them choose different lines"
    );
    let fits = ScenarioChange::AddContribution(contribution("Council", nurseries, percent("40%")));
    let fits = fits.apply(&pool, &ledger).unwrap().model(&ledger);
    assert_eq!(fits.balance.into_pool, pounds("300.00"));
    let too_much =
        ScenarioChange::AddContribution(contribution("Health", Filter::default(), amount("100.01")));
    let refused = too_much.apply(&pool, &ledger).unwrap_err().to_string();
    assert!(refused.contains("asks for £100.01, and its lines hold £100.00 in 2024/25"), "{refused}");
}

#[test]
fn what_is_no_portion_is_left_out() {
    let ledger = ledger(EARLY_YEARS);
    let pool = Scenario {
        new_money: vec![NewMoney {
            partner: "Council".into(),
            amount: pounds("-5.00"),
            ..NewMoney::default()
        }],
        ..scenario(
            vec![
                contribution("Council", Filter::default(), percent("150%")),
                contribution("Health", Filter::default(), amount("-1.00")),
                contribution("Health", Filter::default(), percent("10%")),
            ],
            vec![allocation(Filter::default(), amount("-2.00"), to_theme("Living Well"))],
        )
    };
    let model = pool.model(&ledger);
    check_balance(&ledger, &model);
    assert_eq!(model.balance.into_pool, pounds("10.00"));
    check_finding(
        &model,
        ScenarioPart::Contribution(0),
        FindingSeverity::Broken,
        "150% is not a part of what there is",
    );
    check_finding(
        &model,
        ScenarioPart::Contribution(1),
        FindingSeverity::Broken,
        "£1.00 is less than nothing",
    );
    check_finding(&model, ScenarioPart::NewMoney(0), FindingSeverity::Broken, "is not an amount to put in");
    check_finding(&model, ScenarioPart::Allocation(0), FindingSeverity::Broken, "£2.00 is less than nothing");
}

const FENCED: &str = "Council | Early years | Nurseries     | Schools grant | 200.00
                      Council | Early years | Youth clubs   | -             | 100.00
                      Council | Learning    | Schools       | Schools grant | 500.00
                      Health  | Living Well | Stop smoking  | -             | 50.00";

#[test]
fn ring_fenced_money_funds_what_its_condition_allows_and_can_be_aligned_instead() {
    let ledger = ledger(FENCED);
    let pool = scenario(vec![contribution("Council", themed("Early years"), Portion::Whole)], vec![]);
    let give = |what, to| ScenarioChange::AddAllocation(allocation(Filter::default(), what, to));

    // £100 is free to go anywhere; more would break the condition.
    let free =
        give(amount("100.00"), to_service("Stop smoking")).apply(&pool, &ledger).unwrap().model(&ledger);
    check_balance(&ledger, &free);
    let ChangeError::Refused(finding) =
        give(amount("100.01"), to_service("Stop smoking")).apply(&pool, &ledger).unwrap_err()
    else {
        panic!("the condition is broken")
    };
    assert_eq!(
        finding.to_string(),
        "Allocation 1: £100.01 a year of the pool to Stop smoking: only £100.00 can go there. £200 is ring-fenced: \
         Schools grant may only fund Nurseries and Schools. Ask for less, or align the ring-fenced lines instead"
    );

    // What it funds already is allowed, and so is what the scenario says of it.
    assert!(give(Portion::Whole, to_service("Schools")).apply(&pool, &ledger).is_ok());
    let rule = RingFence { name: "Schools grant".into(), allows: themed("Living Well"), note: String::new() };
    let wider = ScenarioChange::SetRingFences(vec![rule]).apply(&pool, &ledger).unwrap();
    let moved = give(Portion::Whole, to_service("Stop smoking")).apply(&wider, &ledger).unwrap();
    assert_eq!(moved.model(&ledger).balance.allocated, pounds("300.00"));

    let aligned = finding.choices[0].apply(&pool, &ledger).unwrap();
    assert_eq!(aligned.contributions.len(), 2);
    assert!(aligned.contributions[1].aligned);
    let model = aligned.model(&ledger);
    assert_eq!(model.balance.into_pool, pounds("300.00"));
    assert_eq!(model.contributed[1].amount, pounds("200.00"));
}

#[test]
fn money_in_kind_and_aligned_money_keep_their_purpose() {
    let in_kind = Contribution { in_kind: true, ..contribution("Health", Filter::default(), percent("20%")) };
    let pool = Scenario {
        rest: Rest::Unallocated,
        ..scenario(
            vec![in_kind, contribution("Council", Filter::default(), percent("10%"))],
            vec![allocation(Filter::default(), amount("30.00"), to_theme("Living Well"))],
        )
    };
    check_model(
        EARLY_YEARS,
        &pool,
        "Council | -        | Early years | Nurseries       | 270.00
         Council | the pool | Living Well | -               | 30.00
         Health  | -        | Early years | Health visiting | 80.00
         Health  | the pool | Early years | Health visiting | 20.00",
    );
}

#[test]
fn new_money_raises_the_total_by_exactly_itself() {
    let grant = |theme| NewMoney {
        partner: "Home Office".into(),
        amount: pounds("12.34"),
        purpose: theme,
        ..NewMoney::default()
    };
    let pool = Scenario {
        new_money: vec![grant(to_theme("Early years")), grant(Purpose::default())],
        ..scenario(vec![contribution("Health", Filter::default(), percent("50%"))], vec![])
    };
    let model = check_model(
        EARLY_YEARS,
        &pool,
        "Council | -        | Early years | Nurseries       | 300.00
         Health  | -        | Early years | Health visiting | 50.00
         Health  | the pool | Early years | Health visiting | 50.00
         Home Office | the pool | Early years | - | 12.34
         Home Office | the pool | Unallocated | Unallocated | 12.34",
    );
    assert_eq!(model.balance.new_money, pounds("24.68"));
    assert_eq!(model.balance.unallocated, pounds("12.34"));
    let mut new = model.ledger.lines().filter(|line| line.name(Dimension::Agency) == "Home Office");
    assert!(new.all(|line| line.name(Dimension::Year) == "2024/25"));
}

#[test]
fn allocations_that_go_round_in_a_circle_are_refused_and_both_are_named() {
    let ledger = small_place();
    let pool = scenario(
        vec![contribution("Council", Filter::default(), Portion::Whole)],
        vec![allocation(themed("Starting Well"), percent("10%"), to_theme("Ageing Well"))],
    );
    let back = ScenarioChange::AddAllocation(allocation(
        themed("Ageing Well"),
        percent("5%"),
        to_theme("Starting Well"),
    ));
    let refused = back.apply(&pool, &ledger).unwrap_err().to_string();
    assert!(refused.contains("10% of Starting Well to Ageing Well"), "{refused}");
    assert!(refused.contains("5% of Ageing Well to Starting Well"), "{refused}");
    assert!(refused.contains("round in a circle"), "{refused}");

    // Two that move money within one theme, or on from where another brings it, are no circle.
    for (from, to) in [
        (themed("Starting Well"), Purpose { service: Some("Parenting".into()), ..to_theme("Starting Well") }),
        (themed("Ageing Well"), to_theme("Safer Places")),
    ] {
        let on = ScenarioChange::AddAllocation(allocation(from, percent("5%"), to));
        assert!(on.apply(&pool, &ledger).is_ok());
    }
}

#[test]
fn money_moves_between_years_and_stages_and_stays_with_its_partner() {
    let ledger = small_place();
    let acute = Filter::default().only(Dimension::Stage, ["Acute"]).only(Dimension::Year, ["2024/25"]);
    let earlier = Purpose { stage: Some("Prevention".into()), ..Purpose::default() };
    let later = Purpose { year: "2023/24".parse().ok(), ..Purpose::default() };
    let pool = scenario(
        vec![contribution("Council", themed("Ageing Well"), percent("50%"))],
        vec![
            allocation(acute.clone(), amount("100.00"), earlier),
            allocation(Filter::default().only(Dimension::Year, ["2024/25"]), percent("10%"), later),
        ],
    );
    let model = pool.model(&ledger);
    check_balance(&ledger, &model);
    assert_eq!(model.findings, []);
    let moved = Difference::between(&ledger, &model.ledger, &Filter::default(), &[Dimension::Stage]);
    let rows: Vec<(String, String)> =
        moved.rows.iter().map(|row| (row.names[0].clone(), row.change().to_string())).collect();
    assert_eq!(rows, [("Acute".into(), "-100.00".into()), ("Prevention".into(), "100.00".into())]);
    let years = Difference::between(&ledger, &model.ledger, &Filter::default(), &[Dimension::Year]);
    assert_eq!(years.rows[0].change(), pounds("45.03"));
    assert_eq!(years.total, Money::ZERO);
    assert!(model.positions.iter().all(|position| position.net.is_zero()));
}

fn shares(texts: &[(&str, &str)]) -> Vec<SplitShare> {
    let share = |(partner, weight): &(&str, &str)| SplitShare {
        partner: (*partner).into(),
        weight: weight.parse().unwrap(),
    };
    texts.iter().map(share).collect()
}

#[track_caller]
fn check_split(split: Split, right: &[(&str, &str)]) {
    let ledger = ledger(
        "Council | A | One   | - | 1000.00
         Health  | A | Two   | - | 500.00
         Police  | A | Three | - | 100.00",
    );
    let half = |partner| contribution(partner, Filter::default(), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health"), half("Police")], vec![]);
    let pool = ScenarioChange::SetSplit(Some(split)).apply(&pool, &ledger);
    let found: Vec<(String, String)> = match &pool {
        Ok(pool) => {
            let model = pool.model(&ledger);
            check_balance(&ledger, &model);
            assert_eq!(model.balance.into_pool, pounds("800.00"));
            model.positions.iter().map(|p| (p.agency.clone(), p.puts_in.to_string())).collect()
        }
        Err(error) => vec![("refused".into(), error.to_string())],
    };
    let right: Vec<(String, String)> = right.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    assert_eq!(found, right);
}

#[test]
fn contributions_are_split_by_rule_within_what_the_lines_hold() {
    use SplitRule::{AsToday, Benefit, Equal, Fixed, Need, Population};
    let split = |rule, weights: &[(&str, &str)], locked: &[&str]| Split {
        rule,
        shares: shares(weights),
        locked: locked.iter().map(|name| (*name).to_owned()).collect(),
    };
    let today = [("Council", "500.00"), ("Health", "250.00"), ("Police", "50.00")];
    check_split(split(AsToday, &[], &[]), &today);
    check_split(split(Benefit, &[], &[]), &today);
    check_split(
        split(Population, &[("Council", "3"), ("Health", "3"), ("Police", "1")], &[]),
        &[(
            "refused",
            "Split: By population (the pool): Police would put in £114.28, and the lines it offers hold £100.00; let it offer more lines, lock it, or choose another rule",
        )],
    );
    check_split(
        split(Equal, &[], &["Police"]),
        &[("Council", "375.00"), ("Health", "375.00"), ("Police", "50.00")],
    );
    check_split(
        split(Need, &[("Council", "1.25"), ("Health", "1"), ("Police", "0.12")], &[]),
        &[("Council", "421.94"), ("Health", "337.55"), ("Police", "40.51")],
    );
    check_split(
        split(Fixed, &[("Council", "60"), ("Health", "35"), ("Police", "5")], &[]),
        &[("Council", "480.00"), ("Health", "280.00"), ("Police", "40.00")],
    );
    check_split(
        split(Fixed, &[("Council", "60"), ("Health", "35")], &[]),
        &[("refused", "Split: the fixed shares Council 60, Health 35 do not come to 100")],
    );
    check_split(
        split(Equal, &[("Police", "1")], &["Police"]),
        &[("refused", "Split: Police is locked and has a share; unlock it, or take its share out")],
    );
}

#[test]
fn those_who_cannot_put_in_their_share_can_be_locked_by_a_choice() {
    let ledger = ledger(
        "Council | A | One   | - | 1000.00
         Health  | A | Two   | - | 500.00
         Police  | A | Three | - | 100.00",
    );
    let half = |partner| contribution(partner, Filter::default(), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health"), half("Police")], vec![]);
    let choices = |split: Split| match ScenarioChange::SetSplit(Some(split)).apply(&pool, &ledger) {
        Err(ChangeError::Refused(finding)) => finding.choices,
        other => panic!("{other:?}"),
    };
    let equal = Split { rule: SplitRule::Equal, ..Split::default() };
    let [lock] = &choices(equal)[..] else { panic!("one choice") };
    assert_eq!(lock.label(), "Lock Police at what it puts in today");
    let model = lock.apply(&pool, &ledger).unwrap().model(&ledger);
    check_balance(&ledger, &model);
    let puts_in: Vec<String> = model.positions.iter().map(|position| position.puts_in.to_string()).collect();
    assert_eq!(puts_in, ["375.00", "375.00", "50.00"]);

    let fixed = Split {
        rule: SplitRule::Fixed,
        shares: shares(&[("Council", "30"), ("Health", "30"), ("Police", "40")]),
        ..Split::default()
    };
    let [lock] = &choices(fixed)[..] else { panic!("one choice") };
    let locked = lock.apply(&pool, &ledger).unwrap().split.unwrap();
    assert_eq!(locked.shares, shares(&[("Council", "50"), ("Health", "50")]));
    // Where all but one cannot, nothing is left to share out.
    let one = Split {
        rule: SplitRule::Need,
        shares: shares(&[("Council", "0"), ("Health", "1"), ("Police", "9")]),
        ..Split::default()
    };
    assert_eq!(choices(one).len(), 0);
}

#[track_caller]
fn check_bills(rule: RiskShare, overspend: &str, right: &[(&str, &str)]) {
    let ledger = ledger(
        "Council | A | Care    | - | 600.00
         Health  | A | Nursing | - | 300.00
         Police  | A | Beat    | - | 100.00",
    );
    let whole = |partner| contribution(partner, Filter::default(), Portion::Whole);
    let pool = Scenario {
        host: Some("Council".into()),
        arrangement: Arrangement::Pooled,
        ..scenario(
            vec![whole("Council"), whole("Health"), whole("Police")],
            vec![allocation(Filter::default(), amount("50.00"), to_theme("Unallocated"))],
        )
    };
    let pool = ScenarioChange::SetRiskShare(rule).apply(&pool, &ledger).unwrap();
    let bills = pool.model(&ledger).bills(&pool, pounds(overspend));
    assert_eq!(bills.iter().map(|bill| bill.amount).sum::<Money>(), pounds(overspend));
    let found: Vec<(String, String)> =
        bills.into_iter().map(|bill| (bill.payer, bill.amount.to_string())).collect();
    let right: Vec<(String, String)> = right.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    assert_eq!(found, right);
}

#[test]
fn an_overspend_is_paid_as_the_agreement_says_and_the_bills_add_up() {
    let share = |partner: &str, percent: &str| PartnerShare {
        partner: partner.into(),
        share: percent.parse().unwrap(),
    };
    check_bills(
        RiskShare::Proportional,
        "80.00",
        &[("Council", "48.00"), ("Health", "24.00"), ("Police", "8.00")],
    );
    check_bills(RiskShare::Proportional, "0.01", &[("Council", "0.01")]);
    check_bills(
        RiskShare::Proportional,
        "-80.00",
        &[("Council", "-48.00"), ("Health", "-24.00"), ("Police", "-8.00")],
    );
    // 5% of everyone's money waits, so each is responsible for 95% of what it put in.
    check_bills(
        RiskShare::OwnRisk,
        "95.00",
        &[("Council", "57.00"), ("Health", "28.50"), ("Police", "9.50")],
    );
    check_bills(
        RiskShare::PerLine(vec![
            LineRisk { theme: None, service: Some("Care".into()), share: LineShare::Fixed("Council".into()) },
            LineRisk {
                theme: Some("A".into()),
                service: Some("Nursing".into()),
                share: LineShare::Variable(vec![share("Council", "50%"), share("Health", "50%")]),
            },
        ]),
        "100.00",
        &[("Council", "81.00"), ("Health", "18.00"), ("Police", "1.00")],
    );
    check_bills(
        RiskShare::Capped {
            caps: vec![Cap { partner: "Police".into(), most: amount("5.00") }],
            beyond: None,
        },
        "80.00",
        &[("Council", "51.00"), ("Health", "24.00"), ("Police", "5.00")],
    );
    check_bills(
        RiskShare::Banded(vec![
            RiskBand { up_to: "2%".parse().ok(), share: BandShare::Partner("Health".into()) },
            RiskBand { up_to: "5%".parse().ok(), share: BandShare::Proportional },
            RiskBand {
                up_to: None,
                share: BandShare::Shares(vec![share("Council", "70%"), share("Police", "30%")]),
            },
        ]),
        "80.00",
        &[("Council", "39.00"), ("Health", "29.00"), ("Police", "12.00")],
    );
    check_bills(
        RiskShare::InOrder(vec![
            RiskStep::Unallocated,
            RiskStep::Partner { partner: "Police".into(), most: percent("10%") },
            RiskStep::Share(BandShare::Partner("Council".into())),
        ]),
        "80.00",
        &[("Unallocated", "50.00"), ("Council", "20.00"), ("Police", "10.00")],
    );
}

#[test]
fn contradictions_in_a_risk_share_are_refused() {
    let ledger = small_place();
    let pool = scenario(vec![contribution("Council", Filter::default(), Portion::Whole)], vec![]);
    let check = |rule, words: &str| {
        let refused = ScenarioChange::SetRiskShare(rule).apply(&pool, &ledger).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
    };
    let half = PartnerShare { partner: "Council".into(), share: Percent::new(50) };
    check(
        RiskShare::Banded(vec![RiskBand { up_to: None, share: BandShare::Shares(vec![half]) }]),
        "the shares Council 50% come to 50%, not to 100%",
    );
    let band =
        |percent: Option<i32>| RiskBand { up_to: percent.map(Percent::new), share: BandShare::Proportional };
    check(RiskShare::Banded(vec![band(Some(5)), band(Some(3))]), "band 1 goes up to 5%, and band 2 up to 3%");
    check(
        RiskShare::Banded(vec![RiskBand { up_to: None, share: BandShare::Partner("Counsil".into()) }]),
        "no line has an agency \"Counsil\"; did you mean \"Council\"?",
    );
}

#[test]
fn a_partner_that_asks_to_keep_more_is_worse_off_and_the_badge_says_why() {
    let ledger = small_place();
    let ask =
        |keeps| Condition { partner: "Police".into(), keeps, of: Filter::default(), note: String::new() };
    let pool = scenario(vec![contribution("Police", themed("Safer Places"), percent("50%"))], vec![]);
    let badge = |pool: &Scenario| pool.model(&ledger).positions[0].no_worse_off.clone();
    let content = Scenario { conditions: vec![ask(percent("50%"))], ..pool.clone() };
    assert!(badge(&content).holds);
    let asks_more = Scenario { conditions: vec![ask(amount("300.00"))], ..pool.clone() };
    let found = badge(&asks_more);
    assert!(!found.holds);
    assert_eq!(
        found.reason,
        "Gets back what it puts in, to the penny; keeps £217.34 outside the pool, and asks to keep £300.00"
    );
    let twice = ScenarioChange::SetConditions(vec![ask(percent("50%")), ask(percent("10%"))]);
    let refused = twice.apply(&pool, &ledger).unwrap_err().to_string();
    assert!(refused.contains("condition 1 already says what Police must keep"), "{refused}");
}

#[test]
fn what_is_gone_is_kept_shown_with_its_nearest_and_mended_by_a_choice() {
    let ledger = small_place();
    let gone = LineReference {
        key: "0123456789abcdef".into(),
        nth: 1,
        says: "Police · Safer Places · Neighbourhoods · 2024/25 · £400.00".into(),
    };
    let by_hand = Contribution {
        partner: "Police".into(),
        lines: Lines::ByHand(vec![gone, LineReference::to(&ledger, LineId(9))]),
        ..Contribution::default()
    };
    let pool = Scenario {
        host: Some("Counsil".into()),
        years: vec!["2024/25".parse().unwrap(), "2030/31".parse().unwrap()],
        ..scenario(
            vec![
                by_hand,
                contribution("Helth", Filter::default(), percent("50%")),
                contribution("Council", themed("Ageing Wel"), percent("50%")),
            ],
            vec![],
        )
    };
    let mut model = pool.model(&ledger);
    check_balance(&ledger, &model);
    assert_eq!(model.balance.into_pool, pounds("12.34"), "what is there is modelled");
    check_finding(
        &model,
        ScenarioPart::Host,
        FindingSeverity::Broken,
        "no line has an agency \"Counsil\"; did you mean \"Council\"?",
    );
    check_finding(&model, ScenarioPart::Years, FindingSeverity::Broken, "\"2030/31\"");
    check_finding(&model, ScenarioPart::Contribution(1), FindingSeverity::Broken, "did you mean \"Health\"?");
    check_finding(
        &model,
        ScenarioPart::Contribution(2),
        FindingSeverity::Broken,
        "did you mean \"Ageing Well\"?",
    );
    check_finding(
        &model,
        ScenarioPart::Contribution(0),
        FindingSeverity::Broken,
        "the line \"Police · Safer Places · Neighbourhoods · 2024/25 · £400.00\" is gone; the nearest is \"Police · \
         Safer Places · Neighbourhoods · 2024/25 · £410.00\"",
    );

    let mut mended = pool;
    for _ in 0..4 {
        let choice = model
            .broken()
            .filter(|finding| finding.part != ScenarioPart::Years)
            .find_map(|finding| finding.choices.first().cloned())
            .unwrap();
        mended = choice.apply(&mended, &ledger).unwrap();
        model = mended.model(&ledger);
    }
    assert_eq!(model.broken().map(|finding| finding.part).collect::<Vec<_>>(), [ScenarioPart::Years]);
    assert_eq!(model.balance.into_pool, pounds("1017.99"));
    let nothing = ScenarioChange::Mend {
        lost: Reference::Name(Dimension::Agency, "Helth".into()),
        found: Reference::Name(Dimension::Agency, "Health".into()),
    };
    assert_eq!(nothing.apply(&mended, &ledger).unwrap_err(), ChangeError::NothingToMend);
}

#[test]
fn a_line_is_found_again_in_any_order_and_from_any_file() {
    let ledger = small_place();
    let twins = ledger.join(&ledger);
    let references: Vec<LineReference> =
        (0..twins.len() as u32).map(|line| LineReference::to(&twins, LineId(line))).collect();
    assert_eq!(references[0].key, references[10].key);
    assert_eq!((references[0].nth, references[10].nth), (1, 2));

    let mut lines: Vec<SpendLine> = twins.lines().map(|line| line.to_spend_line()).collect();
    lines.reverse();
    for line in &mut lines {
        line.source = Some("another file".into());
        line.row = None;
    }
    let moved = Ledger::from_lines(&lines, &[], &[]);
    for agency in ["Council", "Health", "Police"] {
        let own = references.iter().filter(|reference| reference.says.starts_with(agency)).cloned().collect();
        let pool = scenario(
            vec![Contribution {
                partner: agency.into(),
                lines: Lines::ByHand(own),
                ..Contribution::default()
            }],
            vec![],
        );
        for ledger in [&twins, &moved] {
            let model = pool.model(ledger);
            assert_eq!(model.findings, []);
            let all = Totals::of(ledger, &Filter::default().only(Dimension::Agency, [agency]), &[]).total;
            assert_eq!(model.balance.into_pool, all);
        }
    }
}

/// A place as its file holds it.
fn place() -> Place {
    let agency =
        |(name, sector): (&str, Sector)| Agency { name: name.into(), short: None, sector: Some(sector) };
    let agencies =
        [("Council", Sector::LocalGovernment), ("Health", Sector::Nhs), ("Police", Sector::PoliceAndFire)];
    let place = Place {
        name: "Testshire".into(),
        agencies: Arc::new(agencies.map(agency).to_vec()),
        sources: Arc::new(small_place().sources().iter().map(|source| (**source).clone()).collect()),
        ledger: Arc::new(small_place()),
        ..Place::default()
    };
    read_place(&write_place(&place)).unwrap()
}

#[test]
fn the_quarter_of_a_million_and_back() {
    let mut history = History::new(place());
    let pool = scenario(vec![contribution("Health", themed("Starting Well"), amount("100.00"))], vec![]);
    let bytes = write_place(history.place());
    history.execute(&Command::AddScenario(Box::new(pool))).unwrap();
    let with_pool = write_place(history.place());

    let more = contribution("Health", themed("Starting Well"), amount("150.00"));
    let change = Command::ChangeScenario("A".into(), Box::new(ScenarioChange::ChangeContribution(0, more)));
    history.execute(&change).unwrap();
    assert_eq!(history.undo_label(), Some("Change contribution of Health"));
    let (after, model) = history.place().modelled("A").unwrap();
    assert_eq!(model.balance.into_pool, pounds("300.00"), "a year, in two years");
    assert_eq!(after.ledger.total(), history.place().ledger.total());
    history.undo();
    assert_eq!(write_place(history.place()), with_pool);

    let copy = Command::DuplicateScenario { name: "A".into(), copy: "B".into() };
    history.execute(&copy).unwrap();
    assert_eq!(
        history.execute(&copy).unwrap_err().to_string(),
        "there is already a scenario named \"B\"; give this one another name"
    );
    history.execute(&Command::RenameScenario { from: "B".into(), to: "Bee".into() }).unwrap();
    assert!(history.execute(&Command::RenameScenario { from: "Bee".into(), to: " ".into() }).is_err());
    history.execute(&Command::RemoveScenario("Bee".into())).unwrap();
    assert_eq!(write_place(history.place()), with_pool);
    history.execute(&Command::RemoveScenario("A".into())).unwrap();
    assert_eq!(write_place(history.place()), bytes, "removing a scenario restores the baseline");
    let error = history.execute(&Command::RemoveScenario("A".into())).unwrap_err();
    assert_eq!(error.to_string(), "there is no scenario \"A\" in Testshire; it has none");
}

#[test]
fn a_split_by_population_takes_the_people_the_place_knows() {
    use shadowpool::place::Population;
    let mut place = place();
    place.population = Arc::new(vec![Population { area: None, people: 1000, source: String::new() }]);
    let half = |partner| contribution(partner, themed("Starting Well"), percent("50%"));
    let pool = scenario(vec![half("Council"), half("Health")], vec![]);
    Command::AddScenario(Box::new(pool)).apply(&mut place).unwrap();
    let split = Split { rule: SplitRule::Population, ..Split::default() };
    let change = Command::ChangeScenario("A".into(), Box::new(ScenarioChange::SetSplit(Some(split))));
    change.apply(&mut place).unwrap();
    let split = place.scenarios[0].split.clone().unwrap();
    assert_eq!(split.shares.iter().map(|share| share.weight).collect::<Vec<_>>(), [Weighting::new(1000); 2]);
    let (_, model) = place.modelled("A").unwrap();
    let more = model.positions[0].puts_in - model.positions[1].puts_in;
    assert_eq!(more, pounds("0.01"), "the odd penny");
}

/// Everything that a scenario can say, once.
fn full_scenario() -> Scenario {
    let share = |partner: &str, percent: &str| PartnerShare {
        partner: partner.into(),
        share: percent.parse().unwrap(),
    };
    Scenario {
        name: "Everything".into(),
        pool: "Starting Well \"pool\"".into(),
        host: Some("Council".into()),
        arrangement: Arrangement::LeadCommissioning,
        years: vec!["2024/25".parse().unwrap()],
        contributions: vec![
            Contribution {
                commitment: Commitment::InPrinciple,
                note: "Subject to\nthe cabinet".into(),
                ..contribution("Council", themed("Starting Well"), percent("33.5%"))
            },
            Contribution { in_kind: true, ..contribution("Health", Filter::default(), amount("20.50")) },
            Contribution {
                partner: "Police".into(),
                lines: Lines::ByHand(vec![LineReference::to(&small_place(), LineId(8))]),
                aligned: true,
                ..Contribution::default()
            },
        ],
        new_money: vec![NewMoney {
            partner: "Home Office".into(),
            amount: pounds("5.00"),
            funder: Some("Safer streets fund".into()),
            purpose: to_theme("Safer Places"),
            commitment: Commitment::Indicative,
            note: "Bid".into(),
        }],
        split: Some(Split {
            rule: SplitRule::Need,
            shares: shares(&[("Council", "1.5")]),
            locked: vec!["Police".into()],
        }),
        allocations: vec![Allocation {
            from: themed("Starting Well"),
            what: percent("25%"),
            to: Purpose {
                year: "2024/25".parse().ok(),
                theme: Some("Starting Well".into()),
                service: Some("Parenting".into()),
                provider: Some("Home-Start".into()),
                cohort: Some("Parents".into()),
                area: Some("North".into()),
                stage: Some("Prevention".into()),
                responsible: Some("Health".into()),
            },
            note: "As the plan says".into(),
        }],
        rest: Rest::Unallocated,
        ring_fences: vec![RingFence {
            name: "Grant".into(),
            allows: themed("Starting Well"),
            note: String::new(),
        }],
        conditions: vec![Condition {
            partner: "Police".into(),
            keeps: percent("40%"),
            of: themed("Safer Places"),
            note: "Operational".into(),
        }],
        risk_share: RiskShare::InOrder(vec![
            RiskStep::Unallocated,
            RiskStep::Partner { partner: "Council".into(), most: amount("10.00") },
            RiskStep::Share(BandShare::Shares(vec![share("Council", "50%"), share("Health", "50%")])),
        ]),
        notes: "Two lines.\nThe second.".into(),
    }
}

#[test]
fn a_scenario_is_a_readable_piece_of_the_file_and_comes_back_as_it_was() {
    let risk_shares = [
        RiskShare::OwnRisk,
        RiskShare::PerLine(vec![LineRisk {
            theme: None,
            service: Some("Care".into()),
            share: LineShare::Fixed("Council".into()),
        }]),
        RiskShare::Capped {
            caps: vec![Cap { partner: "Council".into(), most: percent("5%") }],
            beyond: Some("Health".into()),
        },
        RiskShare::Banded(vec![RiskBand { up_to: "2%".parse().ok(), share: BandShare::Proportional }]),
    ];
    let mut scenarios = vec![full_scenario(), scenario(vec![], vec![])];
    for (index, risk_share) in risk_shares.into_iter().enumerate() {
        scenarios.push(Scenario {
            name: index.to_string(),
            pool: "P".into(),
            risk_share,
            ..Scenario::default()
        });
    }
    let place = Place { scenarios: Arc::new(scenarios), ..place() };
    let text = write_place(&place);
    let read = read_place(&text).unwrap();
    assert_eq!(read.scenarios, place.scenarios);
    assert_eq!(write_place(&read), text);
    assert!(text.contains("\n    (\n      name: \"A\",\n      pool: \"the pool\",\n    ),\n"), "{text}");
    assert!(
        text.contains("\n        (partner: \"Health\", what: Amount(\"20.50\"), in_kind: true),\n"),
        "{text}"
    );
    assert!(text.find("scenarios: [").unwrap() < text.find("\n  view: (").unwrap());

    let mistyped = read_place(&text.replace("arrangement:", "arangement:")).unwrap_err().to_string();
    assert!(mistyped.contains("did you mean `arrangement`?"), "{mistyped}");
    let twice = read_place(&text.replace("name: \"A\"", "name: \"Everything\"")).unwrap_err().to_string();
    assert!(twice.contains("two scenarios named \"Everything\""), "{twice}");
}

fn samples() -> impl Iterator<Item = (String, Place)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files.into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "ron")).map(|file| {
        let place = read_place(&fs::read_to_string(&file).unwrap()).unwrap();
        (file.file_name().unwrap().to_string_lossy().into_owned(), place)
    })
}

#[test]
fn every_scenario_of_the_samples_holds_together() {
    for (file, place) in samples() {
        for scenario in place.scenarios.iter() {
            let model = scenario.model(&place.ledger);
            check_balance(&place.ledger, &model);
            let broken: Vec<String> = model.broken().map(ToString::to_string).collect();
            assert_eq!(broken, Vec::<String>::new(), "{file}: {}", scenario.name);
            assert!(model.balance.into_pool.is_positive(), "{file}: {}", scenario.name);
            assert!(!scenario.notes.is_empty(), "{file}: {} says nothing of itself", scenario.name);
            assert!(!scenario.is_agreed(), "{file}: a sample agrees to nothing");
        }
    }
}

#[test]
fn a_large_place_stays_live() {
    let partner = |index: usize| format!("Partner {index}");
    let lines: Vec<SpendLine> = (0..60_000)
        .map(|index| SpendLine {
            amount: Money::from_pence(100_000 + (index as i64 * 7919) % 1_000_003),
            year: Some("2024/25".into()),
            agency: Some(partner(index % 60)),
            theme: Some(format!("Theme {}", index % 11)),
            service: Some(format!("Service {}", index % 3000)),
            ..SpendLine::default()
        })
        .collect();
    let ledger = Ledger::from_lines(&lines, &[], &[]);
    let contributions = (0..60)
        .map(|index| contribution(&partner(index), themed(&format!("Theme {}", index % 11)), percent("40%")));
    let pool = scenario(
        contributions.collect(),
        vec![allocation(Filter::default(), percent("10%"), to_service("Service 7"))],
    );
    let before = Instant::now();
    let model = pool.model(&ledger);
    let took = before.elapsed();
    assert_eq!(model.findings, []);
    check_balance(&ledger, &model);
    assert!(took.as_millis() < 2_000, "even a slow machine takes no {took:?}");
}

// The command.

#[track_caller]
fn run(arguments: &[&str]) -> (Status, String, String) {
    use clap::Parser as _;
    let arguments = Arguments::try_parse_from([&["shadowpool"], arguments].concat()).unwrap();
    let (mut out, mut errors) = (Vec::new(), Vec::new());
    let status = cli::run(&arguments.command.unwrap(), &mut out, &mut errors);
    (status, String::from_utf8(out).unwrap(), String::from_utf8(errors).unwrap())
}

/// A place with one good scenario and one that is broken.
fn saved(folder: &tempfile::TempDir) -> String {
    let good = Scenario {
        years: vec!["2024/25".parse().unwrap()],
        ..scenario(
            vec![
                contribution("Council", themed("Ageing Well"), percent("10%")),
                contribution("Health", Filter::default(), amount("100.00")),
            ],
            vec![allocation(Filter::default(), amount("60.05"), to_service("Falls clinic"))],
        )
    };
    let broken = Scenario { name: "Broken".into(), host: Some("Helth".into()), ..good.clone() };
    let place = Place { scenarios: Arc::new(vec![good, broken]), ..place() };
    let path = folder.path().join("place.ron");
    fs::write(&path, write_place(&place)).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_command_lists_scenarios_and_works_one_out() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let (status, out, _) = run(&["pool", &path, "--format", "json"]);
    assert_eq!(status, Status::Fine);
    let listed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(listed, serde_json::json!({ "scenarios": ["A", "Broken"] }));
    assert_eq!(run(&["pool", &path]).1, "A\nBroken\n");

    let (status, out, errors) = run(&["pool", &path, "--scenario", "A", "--format", "json"]);
    assert_eq!((status, errors.as_str()), (Status::Fine, ""));
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["scenario"], "A");
    assert_eq!(found["pool"], POOL);
    assert_eq!(found["in"], "190.05");
    assert_eq!(found["allocated"], "190.05");
    assert_eq!(found["unallocated"], "0.00");
    assert_eq!(
        found["partners"][0],
        serde_json::json!({
            "agency": "Health", "puts_in": "100.00", "gets_back": "128.46", "net": "28.46", "share_of_pool": "0.526177",
            "share_of_own": "0.343879", "no_worse_off": true, "reason": "Gets back £28.46 more than it puts in",
        })
    );
    assert_eq!(found["partners"][1]["net"], "-28.46");
    assert_eq!(found["partners"][1]["no_worse_off"], false);
    assert_eq!(found["warnings"], serde_json::json!([]));

    let (_, out, _) = run(&["pool", &path, "--scenario", "A", "--format", "csv"]);
    assert_eq!(
        out.lines().next(),
        Some("agency,puts_in,gets_back,net,share_of_pool,share_of_own,no_worse_off,reason")
    );
    let (_, out, _) = run(&["pool", &path, "--scenario", "A"]);
    assert!(out.contains("MODEL, not an offer"), "{out}");
}

#[test]
fn the_command_says_what_is_broken_and_what_there_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let (status, _, errors) = run(&["pool", &path, "--scenario", "Brokn"]);
    assert_eq!(status, Status::CannotRun);
    assert!(
        errors.contains("there is no scenario \"Brokn\" in Testshire; did you mean \"Broken\"?"),
        "{errors}"
    );
    let (status, out, _) = run(&["pool", &path, "--scenario", "Broken", "--format", "json"]);
    assert_eq!(status, Status::DataHasErrors);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found["warnings"][0], "Host: no line has an agency \"Helth\"; did you mean \"Health\"?");
    assert_eq!(run(&["pool", "/nowhere.ron"]).0, Status::CannotRun);
}

#[test]
fn totals_and_pictures_work_on_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = saved(&folder);
    let totals = |more: &[&str]| {
        let (_, out, _) = run(&[&["totals", &path, "--by", "pool", "--format", "json"], more].concat());
        serde_json::from_str::<serde_json::Value>(&out).unwrap()
    };
    let (before, after) = (totals(&[]), totals(&["--scenario", "A"]));
    assert_eq!(before["total"], after["total"]);
    assert_eq!(after["rows"][1], serde_json::json!({ "pool": POOL, "amount": "190.05", "lines": 8 }));

    let picture = folder.path().join("flows.svg");
    let picture = picture.to_str().unwrap();
    let (status, _, errors) = run(&["render", &path, "--scenario", "A", "-o", picture]);
    assert_eq!((status, errors.as_str()), (Status::Fine, ""));
    let drawn = fs::read_to_string(picture).unwrap();
    assert!(drawn.contains(POOL), "the pool is a node");
    assert!(drawn.contains("MODEL, not an offer"), "the picture says what it is");
    assert_eq!(run(&["render", &path, "--scenario", "C", "-o", picture]).0, Status::CannotRun);
}

// Whatever a scenario says.

fn any_filter() -> impl Strategy<Value = Filter> {
    prop_oneof![
        Just(Filter::default()),
        Just(themed("Starting Well")),
        Just(themed("Ageing Well")),
        Just(Filter::default().only(Dimension::Year, ["2024/25"])),
        Just(Filter::default().only(Dimension::Stage, ["Acute", "Early help"])),
        Just(themed("Nowhere")),
    ]
}

fn any_portion() -> impl Strategy<Value = Portion> {
    prop_oneof![
        Just(Portion::Whole),
        (0_i32..=100).prop_map(|share| Portion::Percent(Percent::new(share))),
        (0_i64..60_000).prop_map(|pence| Portion::Amount(Money::from_pence(pence))),
    ]
}

fn any_partner() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("Council".to_owned()),
        Just("Health".to_owned()),
        Just("Police".to_owned()),
        Just("Gone".to_owned())
    ]
}

fn any_contribution() -> impl Strategy<Value = Contribution> {
    (any_partner(), any_filter(), any_portion(), any::<bool>(), any::<bool>()).prop_map(
        |(partner, filter, what, in_kind, agreed)| Contribution {
            in_kind,
            commitment: if agreed { Commitment::Agreed } else { Commitment::Shown },
            ..contribution(&partner, filter, what)
        },
    )
}

fn any_allocation() -> impl Strategy<Value = Allocation> {
    let to = prop_oneof![
        Just(to_theme("Starting Well")),
        Just(to_theme("Safer Places")),
        Just(to_theme("Unallocated")),
        Just(to_service("Falls clinic")),
        Just(to_service("Something new")),
        Just(Purpose { stage: Some("Prevention".into()), ..Purpose::default() }),
        Just(Purpose { responsible: Some("Police".into()), ..to_service("Home care") }),
    ];
    (any_filter(), any_portion(), to).prop_map(|(from, what, to)| allocation(from, what, to))
}

fn any_split() -> impl Strategy<Value = Option<Split>> {
    let rule = prop_oneof![Just(SplitRule::Equal), Just(SplitRule::Benefit)];
    proptest::option::of(
        (rule, proptest::collection::vec(any_partner(), 0..2)).prop_map(|(rule, locked)| Split {
            rule,
            shares: vec![],
            locked,
        }),
    )
}

fn any_scenario() -> impl Strategy<Value = Scenario> {
    let new_money =
        (any_partner(), 0_i64..5_000, any::<bool>()).prop_map(|(partner, pence, stated)| NewMoney {
            partner,
            amount: Money::from_pence(pence),
            purpose: if stated { to_service("Home care") } else { Purpose::default() },
            ..NewMoney::default()
        });
    (
        proptest::collection::vec(any_contribution(), 0..5),
        proptest::collection::vec(any_allocation(), 0..4),
        proptest::collection::vec(new_money, 0..2),
        any_split(),
        any::<bool>(),
        0_usize..5,
    )
        .prop_map(|(contributions, allocations, new_money, split, waits, arrangement)| Scenario {
            new_money,
            split,
            rest: if waits { Rest::Unallocated } else { Rest::KeepsItsPurpose },
            arrangement: Arrangement::ALL[arrangement],
            ..scenario(contributions, allocations)
        })
}

fn any_change() -> impl Strategy<Value = ScenarioChange> {
    prop_oneof![
        any_contribution().prop_map(ScenarioChange::AddContribution),
        (0_usize..3, any_contribution()).prop_map(|(index, c)| ScenarioChange::ChangeContribution(index, c)),
        (0_usize..3).prop_map(ScenarioChange::RemoveContribution),
        any_allocation().prop_map(ScenarioChange::AddAllocation),
        (0_usize..3, any_allocation()).prop_map(|(index, a)| ScenarioChange::SetAllocation(index, a)),
        (0_usize..3).prop_map(ScenarioChange::RemoveAllocation),
        any_split().prop_map(ScenarioChange::SetSplit),
        Just(ScenarioChange::SetRest(Rest::Unallocated)),
        (0_usize..5).prop_map(|index| ScenarioChange::SetArrangement(Arrangement::ALL[index])),
        (0_usize..3).prop_map(|index| ScenarioChange::SetCommitment(index, Commitment::Agreed)),
    ]
}

proptest! {
    #[test]
    fn in_is_allocated_and_unallocated_and_nothing_is_lost(pool in any_scenario()) {
        let ledger = small_place();
        let model = pool.model(&ledger);
        check_balance(&ledger, &model);
        prop_assert!(!model.balance.over.is_negative());
        // What is outside the pool and what came in add up to every partner's own.
        let by = [Dimension::Agency];
        let after = Totals::of(&model.ledger, &Filter::default(), &by);
        for row in Totals::of(&ledger, &Filter::default(), &by).rows {
            let new: Money = pool.new_money.iter().filter(|money| money.partner == row.names[0])
                .map(|_| model.balance.new_money).sum();
            let now = after.rows.iter().find(|other| other.names == row.names).map_or(Money::ZERO, |row| row.amount);
            prop_assert!(now >= row.amount && now <= row.amount + new);
        }
        for overspend in ["0.01", "100.00", "-33.33"] {
            let bills = model.bills(&pool, pounds(overspend));
            prop_assert_eq!(bills.iter().map(|bill| bill.amount).sum::<Money>(), pounds(overspend));
        }
    }

    #[test]
    fn a_scenario_without_contributions_changes_nothing(mut pool in any_scenario()) {
        let ledger = small_place();
        pool.contributions.clear();
        pool.new_money.clear();
        let model = pool.model(&ledger);
        prop_assert_eq!(written(&model.ledger), written(&ledger));
    }

    #[test]
    fn any_order_of_commands_is_undone_to_the_byte(changes in proptest::collection::vec(any_change(), 1..12)) {
        let mut history = History::new(place());
        history.execute(&Command::AddScenario(Box::new(scenario(vec![], vec![])))).unwrap();
        let mut texts = vec![write_place(history.place())];
        for change in changes {
            if history.execute(&Command::ChangeScenario("A".into(), Box::new(change))).is_ok() {
                let text = write_place(history.place());
                prop_assert_eq!(&write_place(&read_place(&text).unwrap()), &text);
                let (after, model) = history.place().modelled("A").unwrap();
                prop_assert_eq!(after.ledger.total(), history.place().ledger.total() + model.balance.new_money);
                texts.push(text);
            }
        }
        while let Some(text) = texts.pop() {
            prop_assert_eq!(write_place(history.place()), text);
            history.undo();
        }
    }
}
