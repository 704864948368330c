//! An investment agreement as a document: headings in the order of Greater Manchester's template, words and tables,
//! whatever file it is written to.

mod money;
mod words;

use crate::appraisal::{Appraisal, Appraised};
use crate::place::Place;
use crate::words::counted_as;

/// A document: headings with words, lists and tables below each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementText {
    pub title: String,
    /// What stands above all: the stamp, and how many headings have nothing said.
    pub opening: Vec<String>,
    pub sections: Vec<AgreementSection>,
}

/// What stands under a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementSection {
    pub heading: &'static str,
    /// None where nothing is said yet.
    pub blocks: Vec<AgreementBlock>,
}

/// A paragraph, a list or a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AgreementBlock {
    Words(String),
    List(Vec<String>),
    Table(AgreementTable),
}

/// A table with a row of titles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AgreementTable {
    pub titles: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// From this column on cells are numbers, which stand to the right.
    pub numbers_from: usize,
    /// Whether the last row is a total.
    pub has_total: bool,
}

/// What stands where a heading has nothing.
pub const NOT_YET_SAID: &str = "Not yet said";

impl AgreementText {
    /// The agreement of an appraisal that was worked out under the rule it is to have.
    pub fn of(place: &Place, appraisal: &Appraisal, appraised: &Appraised) -> Self {
        let of = AgreementParts { place, appraisal, appraised };
        let sections = vec![
            of.programme(),
            of.parties(),
            of.delivered(),
            of.location(),
            of.dates(),
            of.commitments(),
            of.cost(),
            of.outcomes(),
            of.progress(),
            of.returns(),
            of.sharing(),
            of.repayment(),
            of.afterwards(),
            of.risk_share(),
            of.milestones(),
            of.review(),
            of.evidence(),
            of.stamp(),
            of.signatures(),
        ];
        let unsaid = sections.iter().filter(|section| section.blocks.is_empty()).count();
        let unsaid = match unsaid {
            0 => None,
            some => Some(format!(
                "{} not yet said.",
                counted_as(some, "heading of this agreement is", "headings of this agreement are")
            )),
        };
        let stamp = appraisal.stamp().map(|stamp| format!("{stamp}."));
        Self {
            title: format!("Investment agreement: {}", appraisal.name),
            opening: stamp.into_iter().chain(unsaid).collect(),
            sections,
        }
    }
}

/// What the sections are made from.
struct AgreementParts<'a> {
    place: &'a Place,
    appraisal: &'a Appraisal,
    appraised: &'a Appraised,
}

fn section(heading: &'static str, blocks: impl IntoIterator<Item = AgreementBlock>) -> AgreementSection {
    AgreementSection { heading, blocks: blocks.into_iter().collect() }
}

/// A paragraph, where there are words for it.
fn said(words: impl Into<String>) -> Option<AgreementBlock> {
    let words = words.into();
    (!words.trim().is_empty()).then_some(AgreementBlock::Words(words))
}

/// A table, where it has rows.
fn table(titles: &[&str], rows: Vec<Vec<String>>, numbers_from: usize) -> Option<AgreementBlock> {
    let titles = titles.iter().map(|title| (*title).to_owned()).collect();
    let table = AgreementTable { titles, rows, numbers_from, has_total: false };
    (!table.rows.is_empty()).then_some(AgreementBlock::Table(table))
}

/// Words, or that there are none.
fn or_unsaid(words: &str) -> String {
    if words.trim().is_empty() { NOT_YET_SAID.to_owned() } else { words.to_owned() }
}
