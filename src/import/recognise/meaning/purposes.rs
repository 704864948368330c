//! Headings that name what money was for: themes, services, descriptions, types; and what is of no use.

use super::kinds::Meaning::{Description, ExpenseType, Passed, Period, Reference, SomeType, Year};
use super::rules::Says::{First, Means};
use super::rules::{ALWAYS, CODE, HeadingRule, all, any, both, dimension};
use crate::dimension::Dimension::{Cohort, Provider, Ringfence, Service, Theme, Type};

/// "Expense type", "Area of expenditure".
const EXPENSE: &str = "expense expenses expenditure spend";

/// "Invoice number", "Document", "PO".
const TRANSACTION: &str =
    "transaction transactions document invoice voucher check cheque requisition order po";

/// What is said of a transaction besides its number.
const OF_TRANSACTION: &str = "type description category purpose narrative";

/// Known, and of no use here.
pub(super) const OF_NO_USE: &[HeadingRule] = &[HeadingRule {
    when: &[
        any("postcode postal uri url web website email latitude longitude sme vcse homepage telephone \
             phone fax % percentage percent duration"),
        any("updated modified").without("beneficiary supplier vendor payee recipient amount budget value"),
        any("currency").without("amount value"),
        both("post", "code"),
        both("vat", "registration reg number regno"),
        both("company charity", "number registration registered reg"),
    ],
    says: Means(Passed, 80),
}];

pub(super) const KINDS_OF_MONEY: &[HeadingRule] = &[
    HeadingRule {
        when: &[any("ringfence ringfenced"), both("ring", "fence fenced")],
        says: dimension(Ringfence, 90),
    },
    HeadingRule { when: &[both("capital", "revenue")], says: dimension(Type, 95) },
];

pub(super) const TIMES: &[HeadingRule] = &[
    HeadingRule {
        when: &[both("financial fiscal", "year"), any("fy year").at_most(2)],
        says: Means(Year, 85),
    },
    HeadingRule { when: &[any("period month").without("amount budget").at_most(3)], says: Means(Period, 75) },
];

pub(super) const TRANSACTIONS: &[HeadingRule] = &[
    HeadingRule {
        when: &[
            both(TRANSACTION, CODE).without(OF_TRANSACTION),
            both(TRANSACTION, "doc").without(OF_TRANSACTION),
            any(TRANSACTION).at_most(1),
        ],
        says: Means(Reference, 75),
    },
    HeadingRule {
        when: &[any("scheme")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 60) },
            HeadingRule { when: &[any("description")], says: Means(Description, 85) },
            HeadingRule { when: &[any("type").without("sub specify other")], says: dimension(Theme, 85) },
            HeadingRule { when: &[any("name")], says: Means(Description, 80) },
            HeadingRule { when: &[ALWAYS], says: Means(Passed, 40) },
        ]),
    },
];

pub(super) const DESCRIPTIONS: &[HeadingRule] = &[
    HeadingRule { when: &[both("what", "for")], says: Means(Description, 75) },
    HeadingRule { when: &[any("specify outputs units")], says: Means(Passed, 60) },
    HeadingRule {
        when: &[any("description narrative purpose details detail descriptions discription")],
        says: First(&[
            HeadingRule { when: &[any("centre")], says: dimension(Service, 62) },
            HeadingRule {
                when: &[any(
                    "expense expenses expenditure account ledger object subjective cost category group",
                )],
                says: Means(ExpenseType, 70),
            },
            HeadingRule {
                when: &[any("unit area directorate service division segment")],
                says: dimension(Service, 60),
            },
            HeadingRule { when: &[any("purpose")], says: Means(Description, 88) },
            HeadingRule { when: &[ALWAYS], says: Means(Description, 85) },
        ]),
    },
];

pub(super) const THEMES: &[HeadingRule] = &[
    HeadingRule {
        when: &[any("cofog function theme themes"), both("outcome", "area")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: dimension(Theme, 30) },
            HeadingRule { when: &[any("function theme")], says: dimension(Theme, 88) },
            // "COFOG 0", "COFOG Division": the first level.
            HeadingRule { when: &[ALWAYS.ending("0"), any("division")], says: dimension(Theme, 80) },
            HeadingRule { when: &[ALWAYS], says: dimension(Theme, 60) },
        ]),
    },
    HeadingRule { when: &[any("subfunction")], says: dimension(Service, 75) },
    HeadingRule {
        when: &[any("procurement proclass thomson cpv unspsc classification ogc")],
        says: Means(Passed, 60),
    },
];

pub(super) const SERVICES: &[HeadingRule] = &[
    HeadingRule {
        when: &[
            any("service services sercop strategic bvacop division"),
            both(EXPENSE, "area areas analysis"),
            both("business operating", "unit area"),
        ],
        says: First(&[
            HeadingRule { when: &[all("sercop", EXPENSE, "type category")], says: Means(ExpenseType, 60) },
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 60) },
            HeadingRule { when: &[any("division")], says: dimension(Service, 70) },
            HeadingRule { when: &[any("area label")], says: dimension(Service, 90) },
            HeadingRule { when: &[ALWAYS], says: dimension(Service, 85) },
        ]),
    },
    HeadingRule {
        when: &[any("cohort beneficiaries"), both("client age", "group")],
        says: dimension(Cohort, 80),
    },
    HeadingRule {
        when: &[any("provider providers")],
        says: First(&[
            HeadingRule { when: &[any(CODE), any("type")], says: Means(Passed, 60) },
            HeadingRule { when: &[ALWAYS], says: dimension(Provider, 85) },
        ]),
    },
];

/// What any column may be called: codes, types, categories.
pub(super) const TYPES: &[HeadingRule] = &[
    HeadingRule { when: &[any(CODE)], says: Means(Passed, 40) },
    HeadingRule { when: &[both(EXPENSE, "type"), any("type").at_most(2)], says: Means(SomeType, 70) },
    HeadingRule {
        when: &[
            both(EXPENSE, "category subjective group head reason lookup"),
            both("account", "name description category"),
            any("subjective"),
            both("cost", "type category"),
        ],
        says: Means(ExpenseType, 80),
    },
    HeadingRule {
        when: &[both("cost", "centre element"), any("project contract centre")],
        says: Means(Passed, 50),
    },
    HeadingRule { when: &[any("programme program")], says: dimension(Service, 40) },
];
