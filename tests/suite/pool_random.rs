//! Whatever a scenario says, nothing is lost, and every step can be undone.

use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Totals};
use shadowpool::money::{Money, Percent};
use shadowpool::place::{Command, History, read_place, write_place};
use shadowpool::pool::{
    Allocation, Arrangement, Commitment, Contribution, NewMoney, Portion, Purpose, Rest, Scenario,
    ScenarioChange, Split, SplitRule,
};

use shadowpool::scene::what_happened;

use super::support::small_place;
use super::support_pool::{
    allocation, check_balance, contribution, place, pounds, scenario, themed, to_service, to_theme, written,
};

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
    proptest::option::of((rule, proptest::collection::vec(any_partner(), 0..2), any::<bool>()).prop_map(
        |(rule, locked, as_near_as_can_be)| Split { rule, shares: vec![], locked, as_near_as_can_be },
    ))
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

#[test]
fn a_sentence_says_what_a_change_has_just_done() {
    let ledger = small_place();
    let whole = || contribution("Council", themed("Starting Well"), Portion::Whole);
    let before = scenario(vec![whole()], vec![]).model(&ledger);
    let half = contribution("Council", themed("Starting Well"), Portion::Percent(Percent::new(50)));
    let after = scenario(vec![half.clone()], vec![]).model(&ledger);
    let words = what_happened(&before, &after).unwrap();
    assert!(words.starts_with("Council puts in £"), "{words}");
    assert!(words.ends_with(" less; as much less comes back: net unchanged."), "{words}");
    let words = what_happened(&after, &before).unwrap();
    assert!(words.ends_with(" more; it keeps its purpose, so it comes back: net unchanged."), "{words}");
    assert_eq!(what_happened(&before, &before), None);
    let waits = Scenario { rest: Rest::Unallocated, ..scenario(vec![whole()], vec![]) }.model(&ledger);
    let words = what_happened(&before, &waits).unwrap();
    assert!(words.starts_with("Net Council \u{2212}£") && words.contains("waits to be allocated"), "{words}");
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
