//! Headings that are about a person.

use super::kinds::Meaning;
use super::rules::Says::Means;
use super::rules::{HeadingRule, all, any, both};

pub(super) const PEOPLE: &[HeadingRule] = &[HeadingRule {
    when: &[
        any("surname forename forenames firstname lastname nino dob uprn nhsno patient claimant birth born"),
        both("nhs", "number"),
        both("national", "insurance"),
        both("first last given", "name"),
        all("service", "user", "name id number"),
        both("child pupil tenant resident", "name"),
    ],
    says: Means(Meaning::Person, 90),
}];
