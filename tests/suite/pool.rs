//! Shadow pools: before and after, to the penny; who puts in, who gets back, and whether anyone is worse off.

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Totals};
use shadowpool::money::Money;
use shadowpool::pool::{
    ChangeError, Commitment, Condition, Contribution, Difference, FindingSeverity, NewMoney, Portion,
    Purpose, Rest, RingFence, Scenario, ScenarioChange, ScenarioPart,
};

use super::support::small_place;
use super::support_pool::Checked as _;
use super::support_pool::{
    allocation, amount, check_balance, check_finding, check_model, check_net, contribution, ledger, percent,
    pounds, scenario, themed, to_service, to_theme,
};

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
    assert_eq!(
        model.positions[0].no_worse_off.reason,
        "Puts in £60.00 more than it gets back; 33p of each £1 comes back; allocation 1 takes £60.00 to Falls clinic"
    );
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
fn money_that_stays_in_its_theme_keeps_what_it_is_for_and_new_money_is_found_like_any_line() {
    let ledger = ledger("Council | Care | Schools | - | 200.00");
    let purpose = Purpose {
        service: Some("Schools".into()),
        stage: Some("Prevention".into()),
        provider: Some("Charity".into()),
        cohort: Some("Under fives".into()),
        ..to_theme("Care")
    };
    let new =
        NewMoney { partner: "Charity".into(), amount: pounds("100.00"), purpose, ..NewMoney::default() };
    let pool = |from: Filter, to: Purpose| Scenario {
        new_money: vec![new.clone()],
        ..scenario(
            vec![contribution("Council", Filter::default(), Portion::Whole)],
            vec![allocation(from, percent("50%"), to)],
        )
    };
    let by = [Dimension::Service, Dimension::Stage, Dimension::Provider, Dimension::Cohort];
    let rows = |pool: &Scenario| {
        let totals = Totals::of(&pool.model(&ledger).ledger, &Filter::default(), &by);
        totals.rows.into_iter().map(|row| (row.names.join(", "), row.amount.to_string())).collect::<Vec<_>>()
    };
    let row = |names: &str, amount: &str| (names.to_owned(), amount.to_owned());
    assert_eq!(
        rows(&pool(Filter::default(), to_theme("Care"))),
        [
            row("Schools, Not stated, Not stated, Not stated", "200.00"),
            row("Schools, Prevention, Charity, Under fives", "100.00")
        ]
    );
    let schools = Filter { text: "school".into(), ..Filter::default() };
    let model = pool(schools, to_theme("Other")).model(&ledger);
    assert_eq!(model.allocated[0].of, pounds("300.00"));
}

#[test]
fn credits_never_hide_that_more_is_asked_for_than_there_is() {
    let ledger = ledger(
        "Council | Care | Home | - | 1000.00
         Council | Care | Fees | - | -100.00",
    );
    let fees = Filter::default().only(Dimension::Service, ["Fees"]);
    let whole = contribution("Council", Filter::default(), Portion::Whole);
    let asks = vec![
        allocation(Filter::default(), amount("1000.00"), to_theme("Home care")),
        allocation(fees.clone(), Portion::Whole, to_theme("Other")),
    ];
    let model = scenario(vec![whole.clone()], asks).model(&ledger);
    assert_eq!(model.balance.over, pounds("100.00"));
    // Nor is a credit there twice.
    let twice = ["A", "B"].map(|theme| allocation(fees.clone(), Portion::Whole, to_theme(theme)));
    let model = scenario(vec![whole], twice.to_vec()).model(&ledger);
    assert_eq!(model.balance.over, pounds("100.00"));
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
         Schools grant may only fund Nurseries and Schools. Ask for less"
    );

    // What it funds already is allowed, and so is what the scenario says of it.
    assert!(give(Portion::Whole, to_service("Schools")).apply(&pool, &ledger).is_ok());
    let rule = RingFence { name: "Schools grant".into(), allows: themed("Living Well"), note: String::new() };
    let wider = ScenarioChange::SetRingFences(vec![rule]).apply(&pool, &ledger).unwrap();
    let moved = give(Portion::Whole, to_service("Stop smoking")).apply(&wider, &ledger).unwrap();
    assert_eq!(moved.model(&ledger).balance.allocated, pounds("300.00"));

    let ways: Vec<String> = finding.choices.iter().map(ScenarioChange::label).collect();
    assert_eq!(
        ways,
        [
            "Move what may move: £100 (100%)",
            "Align Schools grant: it keeps its purpose, and move what may move: £100 (100%)",
            "Suppose Schools grant may fund Stop smoking"
        ]
    );
    let moved = finding.choices[0].apply(&pool, &ledger).unwrap().model(&ledger);
    check_balance(&ledger, &moved);
    assert_eq!(moved.balance.allocated, free.balance.allocated, "all that is free, and no more");
    let supposed = finding.choices[2].apply(&pool, &ledger).unwrap();
    assert_eq!(supposed.ring_fences.len(), 1);

    let give_all = give(Portion::Whole, to_service("Stop smoking"));
    let ChangeError::Refused(finding) = give_all.apply(&pool, &ledger).unwrap_err() else {
        panic!("the condition is broken")
    };
    let aligned = finding.choices[1].apply(&pool, &ledger).unwrap();
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
fn new_money_keeps_its_funder_and_is_found_by_the_names_it_brings() {
    let grant = NewMoney {
        partner: "Home Office".into(),
        amount: pounds("12.00"),
        funder: Some("Safer Streets Fund".into()),
        purpose: to_theme("Safety"),
        commitment: Commitment::Agreed,
        ..NewMoney::default()
    };
    let health = Contribution {
        commitment: Commitment::Indicative,
        ..contribution("Health", Filter::default(), Portion::Whole)
    };
    let pool = Scenario {
        new_money: vec![grant],
        ..scenario(vec![health], vec![allocation(themed("Safety"), Portion::Whole, to_service("Lighting"))])
    };
    let model = check_model(
        EARLY_YEARS,
        &pool,
        "Council     | -        | Early years | Nurseries       | 300.00
         Health      | the pool | Early years | Health visiting | 100.00
         Home Office | the pool | Safety      | Lighting        | 12.00",
    );
    assert_eq!(model.findings, []);
    let funded = model.ledger.lines().find(|line| line.name(Dimension::Agency) == "Home Office").unwrap();
    assert_eq!(funded.name(Dimension::Funder), "Safer Streets Fund");
    let committed = model.committed(&pool);
    assert_eq!(committed["Health"].parts().collect::<Vec<_>>(), [(Commitment::Indicative, pounds("100.00"))]);
    assert_eq!(committed["Home Office"].parts().collect::<Vec<_>>(), [(Commitment::Agreed, pounds("12.00"))]);
    // What neither a line nor new money has is told.
    let lost = Scenario {
        allocations: vec![allocation(themed("Parks"), Portion::Whole, to_service("Lighting"))],
        ..pool
    };
    let model = lost.model(&ledger(EARLY_YEARS));
    check_finding(&model, ScenarioPart::Allocation(0), FindingSeverity::Broken, "Parks");
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
