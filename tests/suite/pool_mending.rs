//! What a scenario refers to and is gone: kept, told with the nearest there is, mended by a choice.

use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Filter, Ledger, LineId, SpendLine, Totals};
use shadowpool::pool::{
    ChangeError, Contribution, FindingSeverity, LineReference, Lines, Reference, Scenario, ScenarioChange,
    ScenarioPart,
};

use super::support::small_place;
use super::support_pool::Checked as _;
use super::support_pool::{check_balance, check_finding, contribution, percent, pounds, scenario, themed};

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
