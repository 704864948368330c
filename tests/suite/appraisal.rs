//! Appraisals to the penny: worked examples, rules that share, refusals, and what holds of every appraisal.

use proptest::prelude::*;
use shadowpool::appraisal::{
    AgreedShare, Appraisal, AppraisalCode, Appraised, CostLine, Deadweight, DiscountRate, GainPart, Outcome,
    SharedPartner, SharingRule,
};
use shadowpool::money::{Money, Percent, Weighting};
use shadowpool::place::Place;

use crate::support_appraisal::{abuse, appraise, appraised_place, check_partners};
use crate::support_ledgers::money;

fn pounds(amounts: impl IntoIterator<Item = Money>) -> Vec<String> {
    amounts.into_iter().map(|amount| amount.to_string()).collect()
}

#[test]
fn who_pays_and_who_gains_with_deadweight_in_points() {
    let place = abuse("Points(\"10%\")");
    let found = appraise(&place, None);
    assert_eq!(found.figures.outcomes[0].effect(), "640");
    assert_eq!(
        pounds(found.figures.outcomes[0].benefit.iter().copied()),
        ["0.00", "592800.00", "1185600.00", "948480.00", "758784.00"]
    );
    let years = found.figures.by_year();
    assert_eq!(
        pounds(years.iter().map(|year| year.cost)),
        ["407000.00", "352000.00", "352000.00", "0.00", "0.00"]
    );
    check_partners(
        &found,
        |partner| partner.pays,
        &[
            ("Local authority", "724829.38"),
            ("Police", "287069.73"),
            ("NHS", "63793.28"),
            ("Criminal justice", "0.00"),
        ],
    );
    check_partners(
        &found,
        |partner| partner.gains,
        &[
            ("Local authority", "392088.74"),
            ("Police", "537019.23"),
            ("NHS", "1515300.04"),
            ("Criminal justice", "751826.93"),
        ],
    );
    check_partners(
        &found,
        |partner| partner.cashable,
        &[
            ("Local authority", "263721.74"),
            ("Police", "134254.81"),
            ("NHS", "454590.02"),
            ("Criminal justice", "150365.39"),
        ],
    );
    check_partners(
        &found,
        SharedPartner::net,
        &[
            ("Local authority", "-332740.64"),
            ("Police", "249949.50"),
            ("NHS", "1451506.76"),
            ("Criminal justice", "751826.93"),
        ],
    );
    let figures = &found.figures;
    assert_eq!(
        pounds([figures.cost(), figures.benefit(), figures.cash()]),
        ["1075692.39", "3196234.94", "1002931.96"]
    );
    let (cost, benefit) = (figures.cost_sum(), figures.sum_of(shadowpool::appraisal::OutcomeKind::Fiscal));
    assert_eq!(
        pounds([cost.amount, benefit.amount, benefit.cashable]),
        ["1111000.00", "3485664.00", "1093750.56"]
    );
    assert_eq!(figures.financial_return().map(|ratio| ratio.full()).as_deref(), Some("2.9713"));
    assert_eq!(figures.cash_return().map(|ratio| ratio.full()).as_deref(), Some("0.9324"));
    assert_eq!((figures.payback(), figures.cash_payback()), (Some(2), None));
    assert_eq!(
        pounds(years.iter().map(|year| year.cumulative)),
        ["-407000.00", "-174343.00", "603831.50", "1459306.12", "2120542.55"]
    );
    assert_eq!(
        pounds(years.iter().map(|year| year.cumulative_cash)),
        ["-407000.00", "-567374.88", "-548682.27", "-280246.79", "-72760.43"]
    );
}

#[test]
fn each_rule_shares_to_the_penny_and_its_payments_come_to_nothing() {
    let place = abuse("Points(\"10%\")");
    let names = ["Local authority", "Police", "NHS", "Criminal justice"];
    let check = |rule: SharingRule, received: [&str; 4]| {
        let found = appraise(&place, Some(&rule));
        let payments = found.shared.partners.iter().map(|partner| partner.payment);
        assert_eq!(payments.clone().sum::<Money>(), Money::ZERO);
        check_partners(
            &found,
            |partner| partner.payment,
            &names.into_iter().zip(received).collect::<Vec<_>>(),
        );
        found
    };
    check(SharingRule::AsItFalls, ["0.00"; 4]);
    let benefit =
        check(SharingRule::CostFollowsBenefit, ["592871.97", "106335.99", "-446180.72", "-253027.24"]);
    check_partners(
        &benefit,
        SharedPartner::shared_net,
        &[
            ("Local authority", "260131.33"),
            ("Police", "356285.49"),
            ("NHS", "1005326.04"),
            ("Criminal justice", "498799.69"),
        ],
    );
    assert_eq!(
        pounds(benefit.schedule[0].bears.iter().copied()),
        ["49927.53", "68382.59", "192954.25", "95735.63"]
    );
    for year in [1, 2] {
        assert_eq!(
            pounds(benefit.schedule[year].bears.iter().copied()),
            ["43180.57", "59141.70", "166879.35", "82798.38"]
        );
        assert_eq!(benefit.schedule[year].transfers.iter().copied().sum::<Money>(), Money::ZERO);
    }
    let police = &benefit.shared.partners[1];
    assert!(police.badges.no_worse_off && !police.badges.no_worse_off_in_cash);
    assert_eq!(pounds([police.cashable, police.bears()]), ["134254.81", "180733.74"]);
    let equal = check(SharingRule::EqualNet, ["862876.28", "280186.14", "-921371.12", "-221691.30"]);
    assert_eq!(
        pounds(equal.shared.partners.iter().map(SharedPartner::shared_net)),
        ["530135.64", "530135.64", "530135.64", "530135.63"]
    );
    check(SharingRule::BenefitFollowsCost, ["1761617.11", "315959.10", "-1325749.28", "-751826.93"]);
    check(SharingRule::CostFollowsCash, ["441975.23", "143075.04", "-423776.21", "-161274.06"]);
}

#[test]
fn deadweight_as_a_share_is_another_effect() {
    let found = appraise(&abuse("Share(\"10%\")"), None);
    assert_eq!(found.figures.outcomes[0].effect(), "864");
    assert_eq!(found.figures.outcomes[0].net_impact(), "0.27");
    assert_eq!(pounds([found.figures.benefit(), found.figures.cash()]), ["4314917.17", "1353958.12"]);
    assert_eq!(found.figures.financial_return().map(|ratio| ratio.full()).as_deref(), Some("4.0113"));
    assert_eq!(found.figures.cash_return().map(|ratio| ratio.full()).as_deref(), Some("1.2587"));
    assert_eq!((found.figures.payback(), found.figures.cash_payback()), (Some(1), Some(4)));
    check_partners(
        &found,
        SharedPartner::net,
        &[
            ("Local authority", "-195509.59"),
            ("Police", "437906.24"),
            ("NHS", "1981861.78"),
            ("Criminal justice", "1014966.35"),
        ],
    );
}

/// Three partners, three people and a penny: nothing is left over and nothing is lost.
fn pennies() -> Place {
    let gains = [("A", "11.12", "50%"), ("B", "11.12", "50%"), ("C", "11.11", "33.333333%")];
    let gains = gains.map(|(name, value, cash)| {
        format!("(partner: \"{name}\", value: \"{value}\", cashable: \"{cash}\")")
    });
    let appraisal = format!(
        "(name: \"Pennies\", today: \"Nothing\", years: [\"2013/14\", \"2014/15\", \"2015/16\"], prices: \"Cash\", \
         discount: [(from: 1, rate: \"3.5%\")], cohort: (name: \"People\", people: 3), \
         costs: [(partner: \"A\", amounts: [\"100.00\", \"0.01\", \"33.33\"])], \
         outcomes: [(name: \"Good\", impact: \"100%\", deadweight: Points(\"0%\"), \
         profile: [\"100%\", \"100%\", \"100%\"], gains: [{}])])",
        gains.join(", ")
    );
    appraised_place(&["A", "B", "C"], &appraisal, "")
}

#[test]
fn left_over_pennies_go_to_the_largest_remainders_in_the_order_of_the_file() {
    let found = appraise(&pennies(), Some(&SharingRule::CostFollowsBenefit));
    let figures = &found.figures;
    assert_eq!(pounds(figures.outcomes[0].benefit.iter().copied()), ["100.05"; 3]);
    let first_year = figures.gains.iter().map(|gain| gain.years[0].amount);
    assert_eq!(pounds(first_year), ["33.36", "33.36", "33.33"]);
    assert_eq!(figures.cost(), money("131.12"));
    let column = |of: fn(&SharedPartner) -> Money| pounds(found.shared.partners.iter().map(of));
    assert_eq!(column(|partner| partner.gains), ["96.73", "96.73", "96.64"]);
    assert_eq!(column(|partner| partner.cashable), ["48.37", "48.37", "32.21"]);
    assert_eq!(column(|partner| partner.payment), ["87.40", "-43.72", "-43.68"]);
    assert_eq!(pounds(found.schedule[1].bears.iter().copied()), ["0.01", "0.00", "0.00"]);
    assert_eq!(figures.payback(), Some(0));
}

#[test]
fn present_values_are_sums_of_rounded_cells() {
    let years: Vec<String> = (2013..2019).map(|year| format!("\"{year}\"")).collect();
    let appraisal = format!(
        "(name: \"Years\", today: \"Nothing\", years: [{}], prices: \"Cash\", \
         discount: [(from: 1, rate: \"3.5%\")], cohort: (name: \"People\", people: 1), \
         costs: [(partner: \"A\", amounts: [\"100.00\"])], \
         outcomes: [(name: \"Good\", impact: \"100%\", deadweight: Share(\"0%\"), \
         profile: [\"0%\", \"100%\", \"100%\", \"100%\", \"100%\", \"100%\"], gains: [(partner: \"A\", value: \"30.00\")])])",
        years.join(", ")
    );
    let found = appraise(&appraised_place(&["A"], &appraisal, ""), None);
    assert_eq!(
        pounds(found.figures.gains[0].years.iter().map(|cell| cell.present)),
        ["0.00", "28.99", "28.01", "27.06", "26.14", "25.26"]
    );
    assert_eq!(found.figures.benefit() - found.figures.cost(), money("35.46"));
}

/// A cost of £10 and a benefit as large as is said, in one year.
fn one_year(benefit: &str) -> Place {
    let appraisal = format!(
        "(name: \"One\", today: \"Nothing\", years: [\"2013/14\"], prices: \"Cash\", \
         cohort: (name: \"People\", people: 1), costs: [(partner: \"A\", amounts: [\"10.00\"])], \
         outcomes: [(name: \"Good\", impact: \"100%\", deadweight: Share(\"0%\"), profile: [\"100%\"], \
         gains: [(partner: \"B\", value: \"{benefit}\", cashable: \"0%\")])])"
    );
    appraised_place(&["A", "B"], &appraisal, "")
}

#[track_caller]
fn check_impossible(place: &Place, rule: &SharingRule, message: &str) {
    let found = appraise(place, Some(rule));
    assert_eq!(found.shared.rule, SharingRule::AsItFalls);
    assert!(found.shared.partners.iter().all(|partner| partner.payment.is_zero()));
    let said: Vec<&str> = found
        .findings
        .iter()
        .filter(|finding| finding.code == AppraisalCode::SharingImpossible)
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(said, [message]);
    assert!(found.is_broken());
}

#[test]
fn what_cannot_be_shared_is_refused_and_stays_as_it_falls() {
    let less = one_year("9.00");
    let fixed = SharingRule::Fixed(vec![AgreedShare { partner: "A".to_owned(), share: Percent::WHOLE }]);
    let words = "the benefits (£9.00) are less than the cost (£10.00): there is nothing to share";
    check_impossible(&less, &SharingRule::EqualNet, words);
    check_impossible(&less, &fixed, words);
    check_impossible(
        &less,
        &SharingRule::CostFollowsCash,
        "nobody gains in cash, so the cost cannot follow it",
    );
    check_impossible(
        &one_year("-9.00"),
        &SharingRule::CostFollowsBenefit,
        "B gains \u{2212}£9.00, and nobody can have less than no share",
    );
    // As much as it costs is nothing to share, and no refusal.
    let even = appraise(&one_year("10.00"), Some(&fixed));
    assert_eq!(pounds(even.shared.partners.iter().map(|partner| partner.payment)), ["10.00", "-10.00"]);
}

#[test]
fn agreed_shares_may_name_who_neither_pays_nor_gains() {
    let place = appraised_place(&["A", "B", "C"], &one_year_text("30.00"), "");
    let share =
        |partner: &str, percent| AgreedShare { partner: partner.to_owned(), share: Percent::new(percent) };
    let rule = SharingRule::Fixed(vec![share("C", 45), share("B", 55)]);
    let found = appraise(&place, Some(&rule));
    assert_eq!(found.shared.rule.key(), "fixed");
    let ends: Vec<(&str, String)> = found
        .shared
        .partners
        .iter()
        .map(|partner| (partner.name.as_str(), partner.shared_net().to_string()))
        .collect();
    let right = [("A", "0.00"), ("B", "11.00"), ("C", "9.00")];
    assert_eq!(ends, right.map(|(name, amount)| (name, amount.to_owned())));
}

fn one_year_text(benefit: &str) -> String {
    format!(
        "(name: \"One\", today: \"Nothing\", years: [\"2013/14\"], prices: \"Cash\", \
         cohort: (name: \"People\", people: 1), costs: [(partner: \"A\", amounts: [\"10.00\"])], \
         outcomes: [(name: \"Good\", impact: \"100%\", deadweight: Share(\"0%\"), profile: [\"100%\"], \
         gains: [(partner: \"B\", value: \"{benefit}\", cashable: \"0%\")])])"
    )
}

#[test]
fn a_part_that_loses_is_taken_off_what_the_others_gain() {
    let appraisal = "(name: \"Loss\", today: \"Nothing\", years: [\"2013/14\"], prices: \"Cash\", \
         cohort: (name: \"People\", people: 3), \
         outcomes: [(name: \"Good\", impact: \"33.333333%\", deadweight: Share(\"0%\"), profile: [\"100%\"], \
         gains: [(partner: \"A\", value: \"100.01\"), (partner: \"B\", value: \"-30.02\"), (partner: \"A\", value: \"0.05\")]), \
         (name: \"Shift\", impact: \"50%\", deadweight: Share(\"0%\"), profile: [\"100%\"], \
         gains: [(partner: \"A\", value: \"10.01\"), (partner: \"B\", value: \"-10.01\")])])";
    let found = appraise(&appraised_place(&["A", "B"], appraisal, ""), None);
    let cells = pounds(found.figures.gains.iter().map(|gain| gain.years[0].amount));
    assert_eq!(cells, ["100.01", "-30.02", "0.05", "15.02", "-15.02"]);
    assert_eq!(pounds(found.figures.outcomes.iter().map(|outcome| outcome.benefit[0])), ["70.04", "0.00"]);
}

fn percent(tenths: i32) -> Percent {
    format!("{}.{}%", tenths / 10, tenths % 10).parse().unwrap()
}

prop_compose! {
    fn any_cost()(
        partner in 0_usize..5, pence in prop::collection::vec(0_i64..5_000_000, 0..5), tenths in 0..500,
    ) -> CostLine {
        CostLine {
            partner: format!("Partner {partner}"),
            amounts: pence.into_iter().map(Money::from_pence).collect(),
            correction: percent(tenths),
            ..CostLine::default()
        }
    }
}

prop_compose! {
    fn any_outcome()(
        people in 0_u64..3000,
        [engagement, retention, impact] in prop::array::uniform3(0..=1000),
        profile in prop::collection::vec(0..=1000, 0..5),
        gains in prop::collection::vec((0_usize..5, 0_i64..300_000, 0..=1000), 0..5),
    ) -> Outcome {
        let gain = |(partner, value, cashable)| GainPart {
            partner: format!("Partner {partner}"),
            part: String::new(),
            value: Money::from_pence(value),
            cashable: percent(cashable),
            recurrent: true,
        };
        Outcome {
            name: "Good".to_owned(),
            unit: String::new(),
            people: Some(people),
            each: Weighting::new(2),
            engagement: percent(engagement),
            retention: percent(retention),
            impact: percent(impact),
            deadweight: Some(Deadweight::Share(percent(105))),
            profile: profile.into_iter().map(percent).collect(),
            kind: shadowpool::appraisal::OutcomeKind::Fiscal,
            correction: percent(125).negated(),
            gains: gains.into_iter().map(gain).collect(),
            stated: None,
            evidence: None,
            source: String::new(),
        }
    }
}

prop_compose! {
    fn any_appraisal()(
        costs in prop::collection::vec(any_cost(), 0..6),
        outcomes in prop::collection::vec(any_outcome(), 0..4),
        rates in prop::collection::vec(0..120, 0..2),
    ) -> Appraisal {
        Appraisal {
            name: "Random".to_owned(),
            today: Some("As it is".to_owned()),
            years: (2020..2024).map(|year: u16| year.to_string().parse().unwrap()).collect(),
            prices: "Cash".to_owned(),
            discount: rates.into_iter().map(|tenths| DiscountRate { from: 1, rate: percent(tenths) }).collect(),
            costs,
            outcomes,
            ..Appraisal::default()
        }
    }
}

fn worked_out(appraisal: &Appraisal, rule: &SharingRule) -> Appraised {
    Place::default().appraise(appraisal, Some(rule))
}

proptest! {
    #[test]
    fn every_table_closes_both_ways(appraisal in any_appraisal(), rule in 0..SharingRule::PLAIN.len()) {
        let found = worked_out(&appraisal, &SharingRule::PLAIN[rule]);
        let figures = &found.figures;
        let years = figures.by_year();
        let partners = &found.shared.partners;
        prop_assert_eq!(years.iter().map(|year| year.cost).sum::<Money>(), figures.cost_sum().amount);
        prop_assert_eq!(figures.cost_sum().present, figures.cost());
        prop_assert_eq!(
            years.last().map(|year| year.cumulative).unwrap_or_default(),
            figures.benefit() - figures.cost()
        );
        let of_outcomes: Money = figures.outcomes.iter().flat_map(|outcome| outcome.benefit.iter().copied()).sum();
        prop_assert_eq!(years.iter().map(|year| year.benefit).sum::<Money>(), of_outcomes);
        prop_assert_eq!(partners.iter().map(|partner| partner.payment).sum::<Money>(), Money::ZERO);
        prop_assert_eq!(partners.iter().map(SharedPartner::bears).sum::<Money>(), figures.cost());
        prop_assert_eq!(
            partners.iter().map(SharedPartner::shared_net).sum::<Money>(),
            partners.iter().map(SharedPartner::net).sum::<Money>()
        );
        for (year, schedule) in years.iter().zip(&found.schedule) {
            prop_assert_eq!(schedule.bears.iter().copied().sum::<Money>(), year.cost);
            prop_assert_eq!(schedule.transfers.iter().copied().sum::<Money>(), Money::ZERO);
        }
        for cell in figures.gains.iter().flat_map(|gain| &gain.years) {
            prop_assert!(cell.cashable <= cell.amount && cell.cashable_present <= cell.present);
            prop_assert_eq!(cell.amount.units() % 100, 0);
        }
        if found.shared.rule == SharingRule::CostFollowsBenefit {
            let agrees =
                |partner: &SharedPartner| partner.badges.subsidises_nobody == partner.badges.no_worse_off;
            prop_assert!(partners.iter().all(agrees));
        }
    }

    #[test]
    fn the_order_of_costs_and_outcomes_changes_no_total(appraisal in any_appraisal()) {
        let mut turned = appraisal.clone();
        turned.costs.reverse();
        turned.outcomes.reverse();
        let [one, other] = [&appraisal, &turned].map(|appraisal| worked_out(appraisal, &SharingRule::AsItFalls));
        prop_assert_eq!(one.figures.cost_sum(), other.figures.cost_sum());
        prop_assert_eq!(
            (one.figures.benefit(), one.figures.cash()),
            (other.figures.benefit(), other.figures.cash())
        );
        prop_assert_eq!(one.figures.by_year(), other.figures.by_year());
    }

    #[test]
    fn a_hundred_times_the_money_is_the_same_return(appraisal in any_appraisal()) {
        let mut larger = appraisal.clone();
        let times = |amount: &mut Money| *amount = Money::from_units(amount.units() * 100);
        larger.costs.iter_mut().flat_map(|cost| &mut cost.amounts).for_each(times);
        larger.outcomes.iter_mut().flat_map(|outcome| &mut outcome.gains).for_each(|gain| times(&mut gain.value));
        let [one, other] = [&appraisal, &larger].map(|appraisal| worked_out(appraisal, &SharingRule::AsItFalls));
        let cost = one.figures.cost().to_approximate();
        prop_assume!(cost >= 1.0);
        let [one, other] = [one, other].map(|found| found.figures.financial_return().unwrap().full());
        let [one, other] = [one, other].map(|ratio| ratio.parse::<f64>().unwrap());
        // Each of at most some hundred amounts is rounded by half a penny, which shows the more the less there is in all.
        let rounded = 500.0 * 0.005 / cost * (1.0 + one.abs());
        prop_assert!((one - other).abs() < 2.1e-4 + rounded, "{one} {other}");
    }
}
