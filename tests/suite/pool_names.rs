//! Names in a scenario: those that only its new money has, those that nothing has, and whose part is whose.

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger, LineId, Totals};
use shadowpool::pool::{
    Arrangement, BandShare, Commitment, FindingSeverity, NewMoney, Outturn, OutturnOf, Portion, RiskBand,
    RiskShare, Scenario, ScenarioPart, ring_fenced_lines_in_words,
};

use super::support_pool::{
    allocation, check_balance, check_bills_of, check_finding, contribution, ledger, percent, pounds,
    scenario, themed, to_theme,
};

fn place() -> Ledger {
    ledger(
        "Council | Early years | Nurseries | -       | 300.00
         Council | Ageing well | Day care  | Schools | 200.00
         Health  | Early years | Midwives  | -       | 100.00",
    )
}

fn given(partner: &str, amount: &str, commitment: Commitment) -> NewMoney {
    NewMoney { partner: partner.into(), amount: pounds(amount), commitment, ..NewMoney::default() }
}

fn banded(partner: &str) -> RiskShare {
    RiskShare::Banded(vec![RiskBand { up_to: None, share: BandShare::Partner(partner.into()) }])
}

#[track_caller]
fn check_bills(pool: &Scenario, right: &[(&str, &str)]) {
    check_bills_of(pool, &place(), "10.00", right);
}

#[test]
fn an_allocation_may_draw_on_names_that_only_new_money_has() {
    let ledger = place();
    let mut pool = scenario(
        vec![contribution("Health", Filter::default(), Portion::Whole)],
        vec![
            allocation(
                Filter::default().only(Dimension::Funder, ["Lottery"]),
                Portion::Whole,
                to_theme("Ageing well"),
            ),
            allocation(themed("Ageing wel"), Portion::Whole, to_theme("Early years")),
        ],
    );
    pool.new_money =
        vec![NewMoney { funder: Some("Lottery".into()), ..given("Health", "50.00", Commitment::default()) }];
    let model = pool.model(&ledger);
    check_balance(&ledger, &model);
    let lottery = Filter::default().only(Dimension::Funder, ["Lottery"]);
    let by_theme = Totals::of(&model.ledger, &lottery, &[Dimension::Theme]);
    let by_theme: Vec<_> =
        by_theme.rows.iter().map(|row| (row.names[0].as_str(), row.amount.to_string())).collect();
    assert_eq!(by_theme, [("Ageing well", "50.00".to_owned())], "it has its funder wherever it goes");
    assert!(model.findings.iter().all(|finding| finding.part != ScenarioPart::Allocation(0)));
    let part = ScenarioPart::Allocation(1);
    check_finding(&model, part, FindingSeverity::Broken, "did you mean \"Ageing well\"?");
}

#[test]
fn a_longer_form_of_names_that_are_there_finds_each_of_them() {
    let pool = scenario(
        vec![contribution("Council", themed("Early years and Ageing well"), percent("50%"))],
        vec![],
    );
    let model = pool.model(&place());
    let finding = model.broken().next().expect("the theme is gone");
    assert_eq!(finding.choices.len(), 2, "{:#?}", finding.choices);
    // Names of three letters stand in others by chance.
    let short = ledger("Council | Old | Care | - | 1.00\nCouncil | Folders | Care | - | 1.00");
    let pool = scenario(vec![contribution("Council", themed("Household income"), percent("50%"))], vec![]);
    let model = pool.model(&short);
    let choices = &model.broken().next().expect("the theme is gone").choices;
    assert!(choices.iter().all(|choice| !format!("{choice:?}").contains("\"Old\"")), "{choices:#?}");
}

#[test]
fn what_each_partner_puts_in_is_as_firm_as_it_says_itself() {
    let ledger = place();
    let whole = |partner: &str, commitment| {
        let mut whole = contribution(partner, themed("Early years"), Portion::Whole);
        whole.commitment = commitment;
        whole
    };
    let mut pool =
        scenario(vec![whole("Council", Commitment::Agreed), whole("Health", Commitment::Shown)], vec![]);
    pool.new_money = vec![given("Health", "40.00", Commitment::Agreed)];
    let model = pool.model(&ledger);
    let committed = model.committed(&pool);
    let of = |partner: &str, commitment| committed[partner].of(commitment).to_string();
    assert_eq!(of("Council", Commitment::Agreed), "300.00");
    assert_eq!(of("Council", Commitment::Shown), "0.00");
    assert_eq!(of("Health", Commitment::Shown), "100.00");
    assert_eq!(of("Health", Commitment::Agreed), "40.00");
    assert_eq!(model.new_money(&pool), [pounds("40.00")]);
}

#[test]
fn of_picked_lines_is_said_what_is_ring_fenced() {
    let ledger = place();
    assert_eq!(ring_fenced_lines_in_words(&ledger, &[LineId(0), LineId(2)]), None);
    let words = ring_fenced_lines_in_words(&ledger, &[LineId(0), LineId(1)]).expect("one is ring-fenced");
    assert!(words.contains("£200") && words.contains("Day care"), "{words}");
}

#[test]
fn whoever_only_gives_new_money_may_share_a_risk() {
    let mut pool = scenario(vec![contribution("Council", Filter::default(), Portion::Whole)], vec![]);
    pool.new_money = vec![given("Foundation", "50.00", Commitment::default())];
    pool.risk_share = banded("Foundation");
    assert_eq!(pool.model(&place()).broken().count(), 0);
    check_bills(&pool, &[("Foundation", "10.00")]);
    pool.risk_share = banded("Helth");
    assert_eq!(pool.model(&place()).broken().count(), 1);
}

#[test]
fn a_rule_that_is_broken_counts_as_proportional_and_whatever_else_is_broken_leaves_it() {
    let whole = |partner| contribution(partner, themed("Early years"), Portion::Whole);
    let mut pool = scenario(vec![whole("Council"), whole("Health")], vec![]);
    pool.host = Some("Counsil".into());
    pool.risk_share = banded("Health");
    check_bills(&pool, &[("Health", "10.00")]);
    pool.risk_share = banded("Helth");
    check_bills(&pool, &[("Council", "7.50"), ("Health", "2.50")]);
}

#[test]
fn an_outturn_of_whoever_gets_nothing_back_is_theirs_alone() {
    let mut pool = scenario(vec![contribution("Council", themed("Early years"), Portion::Whole)], vec![]);
    pool.risk_share = RiskShare::OwnRisk;
    pool.outturn = vec![Outturn { of: OutturnOf::Partner("Health".into()), spent: pounds("10.00") }];
    check_bills(&pool, &[("Health", "10.00")]);
}

#[test]
fn who_holds_the_money_is_asked_where_one_partner_must() {
    let must = [Arrangement::LeadCommissioning, Arrangement::Pooled];
    let need_not = [Arrangement::Separate, Arrangement::Shadow, Arrangement::Aligned];
    assert!(
        must.into_iter().all(Arrangement::needs_host) && !need_not.into_iter().any(Arrangement::needs_host)
    );
}
