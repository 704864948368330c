//! Headings that name who is paid, whose the money is, who spends it, and where.

use super::kinds::Meaning::{Department, DepartmentFamily, Passed};
use super::rules::Says::{First, Means};
use super::rules::{ALWAYS, CODE, HeadingRule, any, both, dimension};
use crate::dimension::Dimension::{Agency, Area, Funder, Supplier};

/// "Paid to", "Who we paid".
pub(super) const PAID_TO: &[HeadingRule] = &[HeadingRule {
    when: &[
        both("paid payable", "to").without("date amount"),
        both("paid payable", "who whom").without("by date amount"),
    ],
    says: dimension(Supplier, 80),
}];

/// Words for who is paid.
pub(super) const PAID: &str =
    "supplier vendor beneficiary payee creditor recipient contractor recipients suppliers";

pub(super) const SUPPLIERS: &[HeadingRule] = &[
    HeadingRule {
        when: &[any(PAID)],
        says: First(&[
            HeadingRule {
                when: &[
                    any(CODE),
                    any(
                        "type category address city county country description class status street geographic",
                    ),
                ],
                says: Means(Passed, 80),
            },
            HeadingRule { when: &[any("location")], says: dimension(Area, 40) },
            HeadingRule { when: &[any("site").without("name")], says: Means(Passed, 50) },
            HeadingRule { when: &[any("text")], says: dimension(Supplier, 80) },
            HeadingRule { when: &[ALWAYS], says: dimension(Supplier, 90) },
        ]),
    },
    HeadingRule { when: &[both("merchant", "category code group type")], says: Means(Passed, 70) },
    HeadingRule { when: &[any("merchant")], says: dimension(Supplier, 80) },
];

pub(super) const FUNDERS: &[HeadingRule] = &[
    // "Funding organisation" gives a grant and spends by it.
    HeadingRule {
        when: &[both("funder funding", "organisation")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 70) },
            HeadingRule { when: &[any("department")], says: Means(Department, 80) },
            HeadingRule { when: &[ALWAYS], says: dimension(Agency, 75) },
        ]),
    },
    HeadingRule {
        when: &[
            any("funder funders funding"),
            any("fund").without("manager"),
            both("grant", "name stream source"),
        ],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: dimension(Funder, 45) },
            HeadingRule { when: &[ALWAYS], says: dimension(Funder, 85) },
        ]),
    },
];

/// Bodies, and the departments inside and above them.
pub(super) const BODIES: &[HeadingRule] = &[
    HeadingRule {
        when: &[both("department departmental", "family familly")],
        says: Means(DepartmentFamily, 90),
    },
    // "Local authority department": a part of the authority.
    HeadingRule {
        when: &[both("department departmental directorate division", "authority council body organisation")
            .without("name label agency entity family code id funding funder")],
        says: Means(Department, 80),
    },
    HeadingRule {
        when: &[any("entity body authority agency council ccg trust icb commissioner ou organisation")
            .without("type class level group nhs la joint spend description")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 60) },
            HeadingRule {
                when: &[any("name label entity commissioner agency ccg icb authority")],
                says: dimension(Agency, 90),
            },
            HeadingRule { when: &[ALWAYS], says: dimension(Agency, 80) },
        ]),
    },
    HeadingRule {
        when: &[any("directorate department departmental organisational client dept faculty")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 50) },
            HeadingRule { when: &[ALWAYS], says: Means(Department, 80) },
        ]),
    },
];

pub(super) const AREAS: &[HeadingRule] = &[
    HeadingRule {
        when: &[any("ward district locality region geography neighbourhood constituency borough nuts")],
        says: First(&[
            HeadingRule { when: &[any(CODE)], says: Means(Passed, 50) },
            HeadingRule { when: &[ALWAYS], says: dimension(Area, 85) },
        ]),
    },
    HeadingRule { when: &[any("country county")], says: dimension(Area, 30) },
];
