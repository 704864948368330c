//! Two versions of a place whose same file, or same kind of decision, both have changed: merged line by line and
//! decision by decision, and what collides is named.

use std::collections::BTreeMap;

use proptest::prelude::*;
use shadowpool::agree::{
    Apart, Decisions, Fate, OneName, Pattern, RejectedRow, Rejects, Rule, Test, TestedField,
};
use shadowpool::dimension::Dimension;
use shadowpool::ledger::{Ledger, SpendLine};
use shadowpool::money::Money;
use shadowpool::place::{Place, PlaceMerge, merge, read_place, write_place};

use crate::support_ledgers::{money, small_place};

fn lines_of(place: &Place) -> Vec<SpendLine> {
    place.ledger.lines().map(|line| line.to_spend_line()).collect()
}

/// The small place with other lines.
fn with_lines(lines: &[SpendLine]) -> Place {
    let base = small_place();
    Place { ledger: Ledger::from_lines(lines, &base.sources, &base.agencies).into(), ..base }
}

/// The lines of the small place, changed.
fn changed(change: impl FnOnce(&mut Vec<SpendLine>)) -> Place {
    let mut lines = lines_of(&small_place());
    change(&mut lines);
    with_lines(&lines)
}

fn conflicts(merge: &PlaceMerge) -> Vec<String> {
    merge.conflicts().map(|change| format!("{}: {} / {}", change.part, change.theirs, change.mine)).collect()
}

#[test]
fn edits_of_different_lines_of_one_file_are_put_together() {
    let theirs = changed(|lines| {
        lines[0].amount = money("310.00");
        lines.remove(1);
    });
    let mine = changed(|lines| {
        lines[2].theme = Some("Homes".to_owned());
        let added = SpendLine { row: Some(5), amount: money("5.00"), ..lines[2].clone() };
        lines.push(added);
    });
    let both = merge(&small_place(), &theirs, &mine);
    assert_eq!(conflicts(&both), Vec::<String>::new());
    let merged = both.merged.unwrap();
    let of = |line: &SpendLine| (line.row, line.theme.clone(), line.amount.to_string());
    let expected = |row, theme: &str, amount: &str| (Some(row), Some(theme.to_owned()), amount.to_owned());
    assert_eq!(
        lines_of(&merged).iter().map(of).collect::<Vec<_>>(),
        [expected(2, "Early years", "310.00"), expected(4, "Homes", "50.25"), expected(5, "Homes", "5.00")]
    );
}

#[test]
fn a_line_that_both_have_changed_is_named_by_its_row() {
    let theirs = changed(|lines| lines[0].amount = money("310.00"));
    let mine = changed(|lines| {
        lines[0].amount = money("320.00");
        lines[1].amount = money("1.00");
    });
    let both = merge(&small_place(), &theirs, &mine);
    assert_eq!(
        conflicts(&both),
        ["Lines of book, row 2: changed to: Council · Early years · Nurseries · 2024/25 · £310.00 / \
          changed to: Council · Early years · Nurseries · 2024/25 · £320.00"]
    );
    assert!(both.merged.is_none());
    let gone = changed(|lines| drop(lines.remove(0)));
    let both = merge(&small_place(), &theirs, &gone);
    assert!(conflicts(&both)[0].ends_with("/ taken out, or changed into another"), "{:?}", both.changes);
}

#[test]
fn where_rows_do_not_tell_lines_apart_what_they_say_does() {
    let without_rows = |change: &dyn Fn(&mut Vec<SpendLine>)| {
        changed(|lines| {
            for line in lines.iter_mut() {
                line.row = None;
            }
            change(lines);
        })
    };
    let base = without_rows(&|_| ());
    let theirs = without_rows(&|lines| lines[0].amount = money("310.00"));
    let other = without_rows(&|lines| lines[1].amount = money("90.00"));
    let both = merge(&base, &theirs, &other);
    assert_eq!(both.merged.unwrap().ledger.total(), money("450.25"));
    // One line, changed in two ways, would be there twice.
    let same = without_rows(&|lines| lines[0].amount = money("320.00"));
    let both = merge(&base, &theirs, &same);
    assert!(both.merged.is_none());
    assert!(conflicts(&both)[0].starts_with("Lines of book, Council · Early years · Nurseries"), "{both:?}");
    let gone = without_rows(&|lines| drop(lines.remove(0)));
    assert!(merge(&base, &theirs, &gone).merged.is_none(), "they have changed what I have taken out");
    assert_eq!(merge(&base, &other, &gone).merged.unwrap().ledger.total(), money("140.25"));
}

#[test]
fn the_lines_of_one_row_of_a_wide_table_stay_together() {
    let wide = |amounts: [&[&str]; 2]| {
        let like = lines_of(&small_place())[0].clone();
        let row = |(row, amounts): (u32, &[&str])| {
            let line = |amount: &&str| SpendLine { row: Some(row), amount: money(amount), ..like.clone() };
            amounts.iter().map(line).collect::<Vec<_>>()
        };
        with_lines(&(2..).zip(amounts).flat_map(row).collect::<Vec<_>>())
    };
    let base = wide([&["1.00", "2.00"], &["3.00", "4.00"]]);
    let both =
        merge(&base, &wide([&["2.00"], &["3.00", "4.00"]]), &wide([&["1.00", "2.00"], &["3.00", "5.00"]]));
    assert_eq!(both.merged.unwrap().ledger.total(), money("10.00"));
    // Of one row each has taken out another line: nobody has said that both go.
    let both = merge(&base, &wide([&["2.00"], &["3.00", "4.00"]]), &wide([&["1.00"], &["3.00", "4.00"]]));
    assert_eq!(both.conflicts().count(), 1);
}

#[test]
fn a_line_that_both_have_added_is_taken_once_and_said() {
    let add = |lines: &mut Vec<SpendLine>| {
        let added = SpendLine { row: Some(9), amount: money("7.00"), ..lines[0].clone() };
        lines.push(added);
    };
    let theirs = changed(add);
    let mine = changed(|lines| {
        lines[1].amount = money("1.00");
        add(lines);
    });
    let both = merge(&small_place(), &theirs, &mine);
    let said = both.changes.iter().find(|change| change.part == "Lines of book, added by both").unwrap();
    assert_eq!(said.theirs, "1 line (£7.00), taken once");
    assert_eq!(both.merged.unwrap().ledger.total(), money("358.25"));
}

#[test]
fn of_thousands_of_collisions_twenty_are_named_and_the_others_are_counted() {
    let many = |amount: &str| {
        let line =
            |row| SpendLine { row: Some(row), amount: money(amount), ..lines_of(&small_place())[0].clone() };
        with_lines(&(2..2_002).map(line).collect::<Vec<_>>())
    };
    let both = merge(&many("1.00"), &many("2.00"), &many("3.00"));
    let said = conflicts(&both);
    assert_eq!(said.len(), 21);
    assert!(said[20].starts_with("Lines of book, 1,980 more lines"), "{}", said[20]);
}

fn deciding(decisions: Decisions) -> Place {
    Place { decisions: decisions.into(), ..small_place() }
}

fn one_name(name: &str, also: &[&str]) -> OneName {
    let also = also.iter().map(|also| (*also).to_owned()).collect();
    OneName { dimension: Dimension::Supplier, name: name.to_owned(), also }
}

fn rule(contains: &str, name: &str) -> Rule {
    let asked = TestedField::Dimension(Dimension::Service);
    let when = vec![Test { asked, is: Pattern::Contains(vec![contains.to_owned()]) }];
    Rule { dimension: Dimension::Theme, name: name.to_owned(), when, reason: String::new() }
}

#[test]
fn different_decisions_are_put_together_one_by_one() {
    let base = deciding(Decisions { rules: vec![rule("day", "Ageing well")], ..Decisions::default() });
    let decided = |names, apart: &[&str], rules| {
        let apart = Apart {
            dimension: Dimension::Supplier,
            names: apart.iter().map(|name| (*name).to_owned()).collect(),
        };
        deciding(Decisions { names, apart: vec![apart], rules, ..Decisions::default() })
    };
    let theirs = decided(
        vec![one_name("Acme", &["ACME LTD"])],
        &["A", "B"],
        vec![rule("mid", "Health"), rule("day", "Ageing well"), rule("nurs", "Early years")],
    );
    let mine = decided(
        vec![one_name("Care Co", &["CARE"])],
        &["C", "D"],
        vec![rule("day", "Homes"), rule("care", "Homes")],
    );
    let both = merge(&base, &theirs, &mine);
    assert_eq!(conflicts(&both), Vec::<String>::new());
    let decisions = both.merged.unwrap().decisions;
    let names: Vec<&str> = decisions.names.iter().map(|one| one.name.as_str()).collect();
    assert_eq!((names, decisions.apart.len()), (vec!["Care Co", "Acme"], 2));
    // The first that fits decides: what they put before another rule stays before it.
    let rules: Vec<String> = decisions.rules.iter().map(ToString::to_string).collect();
    assert_eq!(
        rules,
        [
            "service contains \"mid\": Health",
            "service contains \"day\": Homes",
            "service contains \"care\": Homes",
            "service contains \"nurs\": Early years"
        ]
    );
}

#[test]
fn decisions_that_cannot_both_hold_are_named() {
    let base = small_place();
    let theirs = deciding(Decisions { names: vec![one_name("Acme", &["ACME LTD"])], ..Decisions::default() });
    let mine =
        deciding(Decisions { names: vec![one_name("Acme plc", &["ACME LTD"])], ..Decisions::default() });
    let both = merge(&base, &theirs, &mine);
    assert_eq!(
        conflicts(&both),
        ["Names that are one: supplier \"ACME LTD\": given another name / given another name"]
    );
    let ruled = |names: [&str; 3]| {
        deciding(Decisions {
            rules: names.iter().map(|name| rule(name, name)).collect(),
            ..Decisions::default()
        })
    };
    let both = merge(&ruled(["a", "b", "c"]), &ruled(["b", "a", "c"]), &ruled(["c", "a", "b"]));
    assert_eq!(conflicts(&both), ["Rules: in another order / in another order"]);
    let both = merge(&ruled(["a", "b", "c"]), &ruled(["b", "a", "c"]), &ruled(["a", "b", "d"]));
    let order: Vec<String> =
        both.merged.unwrap().decisions.rules.iter().map(|rule| rule.name.clone()).collect();
    assert_eq!(order, ["b", "a", "d"], "their order, without what I have taken out, with what I have added");
}

#[test]
fn rejected_rows_are_decided_about_one_by_one() {
    let decided = |fates: [Fate; 2]| {
        let row = |(row, fate): (u32, Fate)| RejectedRow { row, fate, ..RejectedRow::default() };
        let rows = (2..).zip(fates).map(row).collect();
        Place {
            rejects: vec![Rejects { source: "book".to_owned(), rows, ..Rejects::default() }].into(),
            ..small_place()
        }
    };
    let out = |why: &str| Fate::Excluded(why.to_owned());
    let base = decided([Fate::Open, Fate::Open]);
    let both = merge(&base, &decided([out("twice"), Fate::Open]), &decided([Fate::Open, out("a total")]));
    let rows = &both.merged.unwrap().rejects[0].rows;
    assert_eq!((rows[0].fate.clone(), rows[1].fate.clone()), (out("twice"), out("a total")));
    let both = merge(&base, &decided([out("twice"), Fate::Open]), &decided([out("a total"), Fate::Open]));
    assert_eq!(conflicts(&both), ["Rejected rows: book: changed / changed"]);
}

/// What becomes of some of twelve rows: another amount, or none.
fn any_edits() -> impl Strategy<Value = BTreeMap<u32, Option<i64>>> {
    prop::collection::btree_map(2..14_u32, prop::option::of(1..500_i64), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn any_edits_of_lines_are_merged_as_a_table_of_rows_would_be(theirs in any_edits(), mine in any_edits()) {
        let amounts = |edits: &BTreeMap<u32, Option<i64>>| {
            let mut rows: BTreeMap<u32, i64> = (2..12).map(|row| (row, 1_000 + i64::from(row))).collect();
            for (row, amount) in edits {
                match amount {
                    Some(pence) => drop(rows.insert(*row, *pence)),
                    None => drop(rows.remove(row)),
                }
            }
            rows
        };
        let place = |rows: &BTreeMap<u32, i64>| {
            let like = lines_of(&small_place())[0].clone();
            let line = |(row, pence): (&u32, &i64)| {
                SpendLine { row: Some(*row), amount: Money::from_pence(*pence), ..like.clone() }
            };
            with_lines(&rows.iter().map(line).collect::<Vec<_>>())
        };
        let base = amounts(&BTreeMap::new());
        let (they, me) = (amounts(&theirs), amounts(&mine));
        let (mut expected, mut clashes) = (BTreeMap::new(), 0);
        for row in 2..14 {
            let [was, is, own] = [&base, &they, &me].map(|rows| rows.get(&row));
            let chosen = if is == own || was == is { own } else if was == own { is } else {
                clashes += 1;
                None
            };
            expected.extend(chosen.map(|pence| (row, *pence)));
        }
        let both = merge(&place(&base), &place(&they), &place(&me));
        prop_assert_eq!(both.conflicts().count(), clashes);
        prop_assert_eq!(both.merged.is_none(), clashes > 0);
        if let Some(merged) = both.merged {
            let pence = |line: SpendLine| (line.row.unwrap(), line.amount);
            let rows: BTreeMap<u32, Money> = lines_of(&merged).into_iter().map(pence).collect();
            let expected: BTreeMap<u32, Money> =
                expected.into_iter().map(|(row, pence)| (row, Money::from_pence(pence))).collect();
            prop_assert_eq!(rows, expected);
            let text = write_place(&merged);
            prop_assert_eq!(write_place(&read_place(&text).unwrap()), text);
        }
    }
}
