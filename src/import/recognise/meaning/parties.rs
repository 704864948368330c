//! Headings that name who is paid, whose the money is, who spends it, and where.

use super::kinds::Meaning::{Department, DepartmentFamily, Passed};
use super::rules::Says::{First, Means};
use super::rules::{ALWAYS, CODE, Rule, any, both, dimension};
use crate::dimension::Dimension::{Agency, Area, Funder, Supplier};

/// "Paid to", "Who we paid".
pub(super) const PAID_TO: &[Rule] = &[Rule {
    when: &[
        both("paid payable", "to").without("date amount"),
        both("paid payable", "who whom").without("by date amount"),
    ],
    says: dimension(Supplier, 80),
}];

pub(super) const SUPPLIERS: &[Rule] = &[
    Rule {
        when: &[any("supplier vendor beneficiary payee creditor recipient contractor recipients suppliers")],
        says: First(&[
            Rule {
                when: &[
                    any(CODE),
                    any(
                        "type category address city county country description class status street geographic",
                    ),
                ],
                says: Means(Passed, 80),
            },
            Rule { when: &[any("location")], says: dimension(Area, 40) },
            Rule { when: &[any("site").without("name")], says: Means(Passed, 50) },
            Rule { when: &[any("text")], says: dimension(Supplier, 80) },
            Rule { when: &[ALWAYS], says: dimension(Supplier, 90) },
        ]),
    },
    Rule { when: &[both("merchant", "category code group type")], says: Means(Passed, 70) },
    Rule { when: &[any("merchant")], says: dimension(Supplier, 80) },
];

pub(super) const FUNDERS: &[Rule] = &[
    // "Funding organisation" gives a grant and spends by it.
    Rule {
        when: &[both("funder funding", "organisation")],
        says: First(&[
            Rule { when: &[any(CODE)], says: Means(Passed, 70) },
            Rule { when: &[any("department")], says: Means(Department, 80) },
            Rule { when: &[ALWAYS], says: dimension(Agency, 75) },
        ]),
    },
    Rule {
        when: &[
            any("funder funders funding"),
            any("fund").without("manager"),
            both("grant", "name stream source"),
        ],
        says: First(&[
            Rule { when: &[any(CODE)], says: dimension(Funder, 45) },
            Rule { when: &[ALWAYS], says: dimension(Funder, 85) },
        ]),
    },
];

/// Bodies, and the departments inside and above them.
pub(super) const BODIES: &[Rule] = &[
    Rule { when: &[both("department departmental", "family familly")], says: Means(DepartmentFamily, 90) },
    Rule {
        when: &[any("entity body authority agency council ccg trust icb commissioner ou organisation")
            .without("type class level group nhs la joint spend description")],
        says: First(&[
            Rule { when: &[any(CODE)], says: Means(Passed, 60) },
            Rule {
                when: &[any("name label entity commissioner agency ccg icb authority")],
                says: dimension(Agency, 90),
            },
            Rule { when: &[ALWAYS], says: dimension(Agency, 80) },
        ]),
    },
    Rule {
        when: &[any("directorate department departmental organisational client dept faculty")],
        says: First(&[
            Rule { when: &[any(CODE)], says: Means(Passed, 50) },
            Rule { when: &[ALWAYS], says: Means(Department, 80) },
        ]),
    },
];

pub(super) const AREAS: &[Rule] = &[
    Rule {
        when: &[any("ward district locality region geography neighbourhood constituency borough nuts")],
        says: First(&[
            Rule { when: &[any(CODE)], says: Means(Passed, 50) },
            Rule { when: &[ALWAYS], says: dimension(Area, 85) },
        ]),
    },
    Rule { when: &[any("country county")], says: dimension(Area, 30) },
];
