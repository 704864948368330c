//! Which of several dates a heading names.

use super::kinds::{DateKind, Meaning};
use super::rules::Says::First;
use super::rules::{ALWAYS, HeadingRule, Says, any, both};

const fn date(kind: DateKind) -> Says {
    Says::Means(Meaning::Date(kind), 85)
}

pub(super) const DATES: &[HeadingRule] = &[HeadingRule {
    when: &[any("date dated"), both("paid", "on")],
    says: First(&[
        HeadingRule {
            when: &[any(
                "start end planned modified updated released from to due contract order publication published",
            )],
            says: date(DateKind::Never),
        },
        HeadingRule {
            when: &[any("payment paid pay clearing settled cleared")],
            says: date(DateKind::Payment),
        },
        HeadingRule { when: &[any("transaction")], says: date(DateKind::Transaction) },
        HeadingRule { when: &[any("award awarded")], says: date(DateKind::Award) },
        HeadingRule {
            when: &[any("posting posted effective ledger accounting input period")],
            says: date(DateKind::Posting),
        },
        HeadingRule { when: &[any("invoice document")], says: date(DateKind::Invoice) },
        HeadingRule { when: &[ALWAYS], says: date(DateKind::Plain) },
    ]),
}];
