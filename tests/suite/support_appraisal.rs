//! Appraisals written as their files have them, and what they come to by name.

use shadowpool::appraisal::{Appraised, SharingRule};
use shadowpool::place::{Place, read_place};

use crate::support_ledgers::money;

/// A place of these agencies with these appraisals, and whatever else a file may have.
pub(crate) fn appraised_place(agencies: &[&str], appraisals: &str, others: &str) -> Place {
    let agencies: Vec<String> = agencies.iter().map(|name| format!("(name: \"{name}\")")).collect();
    let text = format!(
        "(format: 2, name: \"Testshire\", agencies: [{}], appraisals: [{appraisals}], {others} view: (), lines: [])",
        agencies.join(", ")
    );
    read_place(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The first appraisal of a place under a rule, or its own.
pub(crate) fn appraise(place: &Place, rule: Option<&SharingRule>) -> Appraised {
    place.appraise(&place.appraisals[0], rule)
}

/// Columns of the partners, each partner's by name, as pounds.
#[track_caller]
pub(crate) fn check_partners(
    appraised: &Appraised,
    of: fn(&shadowpool::appraisal::SharedPartner) -> shadowpool::money::Money,
    right: &[(&str, &str)],
) {
    for (name, amount) in right {
        let partner = appraised.shared.partners.iter().find(|partner| partner.name == *name).unwrap();
        assert_eq!(of(partner), money(amount), "{name}");
    }
}

/// A programme against domestic abuse: published unit costs, all else made up to be worked out by hand.
pub(crate) fn abuse(deadweight: &str) -> Place {
    let cost = |partner: &str, kind: &str, amounts: &str| {
        format!(
            "(partner: \"{partner}\", kind: {kind}, what: \"Work\", amounts: [{amounts}], correction: \"10%\")"
        )
    };
    let three = |amount: &str| [format!("\"{amount}\"").as_str(); 3].join(", ");
    let costs = [
        cost("Local authority", "Revenue", &three("210000.00")),
        cost("Local authority", "Capital", "\"50000.00\""),
        cost("Police", "Revenue", &three("90000.00")),
        cost("NHS", "InKind", &three("20000.00")),
    ];
    let gains = [
        ("NHS", "1171.00", "30%"),
        ("Criminal justice", "581.00", "20%"),
        ("Police", "415.00", "25%"),
        ("Local authority", "193.00", "60%"),
        ("Local authority", "110.00", "80%"),
    ]
    .map(|(partner, value, cash)| {
        format!("(partner: \"{partner}\", value: \"{value}\", cashable: \"{cash}\")")
    });
    let appraisal = format!(
        "(name: \"Abuse\", today: \"Support for a few\", \
         years: [\"2014/15\", \"2015/16\", \"2016/17\", \"2017/18\", \"2018/19\"], prices: \"2008/09 prices\", \
         discount: [(from: 1, rate: \"3.5%\")], cohort: (name: \"Victims\", people: 2000), costs: [{}], outcomes: [(\
         name: \"Incidents avoided\", unit: \"incident\", each: \"4\", engagement: \"50%\", retention: \"80%\", \
         impact: \"30%\", deadweight: {deadweight}, profile: [\"0%\", \"50%\", \"100%\", \"80%\", \"64%\"], \
         kind: Fiscal, correction: \"-25%\", gains: [{}])])",
        costs.join(", "),
        gains.join(", ")
    );
    appraised_place(&["Local authority", "Police", "NHS", "Criminal justice"], &appraisal, "")
}
