//! Which of several dates a heading names.

use super::kinds::{DateKind, Meaning};
use super::rules::Says::First;
use super::rules::{ALWAYS, Rule, Says, any, both};

const fn date(kind: DateKind) -> Says {
    Says::Means(Meaning::Date(kind), 85)
}

pub(super) const DATES: &[Rule] = &[Rule {
    when: &[any("date dated"), both("paid", "on")],
    says: First(&[
        Rule {
            when: &[any(
                "start end planned modified updated released from to due contract order publication published",
            )],
            says: date(DateKind::Never),
        },
        Rule { when: &[any("payment paid pay clearing settled cleared")], says: date(DateKind::Payment) },
        Rule { when: &[any("transaction")], says: date(DateKind::Transaction) },
        Rule { when: &[any("award awarded")], says: date(DateKind::Award) },
        Rule {
            when: &[any("posting posted effective ledger accounting input period")],
            says: date(DateKind::Posting),
        },
        Rule { when: &[any("invoice document")], says: date(DateKind::Invoice) },
        Rule { when: &[ALWAYS], says: date(DateKind::Plain) },
    ]),
}];
