//! The sections of an agreement that are numbers: who commits what in which year, cost, return, who pays whom.

use std::collections::BTreeSet;

use super::{AgreementBlock, AgreementParts, AgreementSection, AgreementTable, said, section, table};
use crate::appraisal::{ReturnRatio, SharedPartner};
use crate::dimension::Evidence;
use crate::money::{Money, Share, in_full, percent};
use crate::words::{capitalised, list};

/// As many columns of amounts as stand side by side on A4.
const YEARS_OF_A_TABLE: usize = 5;

impl AgreementParts<'_> {
    pub(super) fn commitments(&self) -> AgreementSection {
        let names: Vec<&str> =
            self.appraised.figures.partners.iter().map(|partner| partner.name.as_str()).collect();
        let columns: Vec<&[Money]> =
            self.appraised.schedule.iter().map(|year| year.bears.as_slice()).collect();
        // Years in which nobody pays would be columns of noughts.
        let paid = columns.iter().rposition(|column| column.iter().any(|amount| !amount.is_zero()));
        let columns = &columns[..paid.map_or(0, |last| last + 1)];
        let tables = columns
            .chunks(YEARS_OF_A_TABLE)
            .enumerate()
            .map(|(chunk, columns)| self.of_years(&names, chunk * YEARS_OF_A_TABLE, columns));
        section("What each partner commits, by year", tables)
    }

    /// A row for each partner, a column for each year from the first, and one for all of these.
    fn of_years(&self, names: &[&str], first: usize, columns: &[&[Money]]) -> AgreementBlock {
        let years =
            self.appraisal.years[first..].iter().take(columns.len()).map(|year| format!("{year} (£)"));
        let titles: Vec<String> =
            ["Partner".to_owned()].into_iter().chain(years).chain(["All of these (£)".to_owned()]).collect();
        let row = |name: &str, amounts: Vec<Money>| {
            let sum = amounts.iter().copied().sum();
            [name.to_owned()].into_iter().chain(amounts.into_iter().chain([sum]).map(plain)).collect()
        };
        let mut rows: Vec<Vec<String>> = names
            .iter()
            .enumerate()
            .map(|(at, name)| row(name, columns.iter().map(|column| column[at]).collect()))
            .collect();
        rows.push(row("All", columns.iter().map(|column| column.iter().copied().sum()).collect()));
        AgreementBlock::Table(AgreementTable { titles, rows, numbers_from: 1, has_total: true })
    }

    pub(super) fn cost(&self) -> AgreementSection {
        let figures = &self.appraised.figures;
        let rows: Vec<Vec<String>> = figures
            .costs
            .iter()
            .map(|cells| {
                let cost = &self.appraisal.costs[cells.cost];
                let sum: Money = cells.years.iter().map(|cell| cell.amount).sum();
                vec![
                    cost.partner.clone(),
                    cost.what.clone(),
                    cost.kind.name().to_owned(),
                    cost.commitment.name().to_owned(),
                    plain(sum),
                ]
            })
            .collect();
        let sum = figures.cost_sum();
        let words = format!(
            "{} in all, {} as a present value ({}, {}).",
            in_full(sum.amount),
            in_full(sum.present),
            self.appraisal.prices,
            figures.discounting.in_words(&self.appraisal.years)
        );
        let words = said(words).filter(|_| !rows.is_empty());
        let titles = ["Partner", "For", "Kind", "Commitment", "Cost with correction (£)"];
        section("Cost", words.into_iter().chain(table(&titles, rows, 4)))
    }

    pub(super) fn returns(&self) -> AgreementSection {
        let figures = &self.appraised.figures;
        if !figures.has_baseline || figures.partners.is_empty() {
            return section("Return", None);
        }
        let short =
            |ratio: Option<ReturnRatio>| ratio.map_or_else(|| "no cost".to_owned(), |ratio| ratio.short());
        let paid = |year: Option<usize>| {
            let year = year.and_then(|year| self.appraisal.years.get(year));
            year.map_or_else(|| "not within these years".to_owned(), |year| format!("in {year}"))
        };
        let discounted = if figures.discounting.is_discounted() { "discounted" } else { "not discounted" };
        let mut words = format!(
            "Against today, benefits of {} for a cost of {}, {} of them cash (present values). For each £1 there is a \
             return of {}, in cash {}. It has paid back {} ({discounted}), in cash {}.",
            in_full(figures.benefit()),
            in_full(figures.cost()),
            in_full(figures.cash()),
            short(figures.financial_return()),
            short(figures.cash_return()),
            paid(figures.payback()),
            paid(figures.cash_payback())
        );
        if figures.is_cash_short() {
            words.push_str(&format!(" {}.", capitalised(&figures.cash_short_in_words())));
        }
        let partners: Vec<&SharedPartner> =
            self.appraised.rows().into_iter().map(|row| &self.appraised.shared.partners[row]).collect();
        let columns: [fn(&SharedPartner) -> Money; 6] = [
            |partner| partner.pays,
            |partner| partner.gains,
            |partner| partner.cashable,
            SharedPartner::net,
            SharedPartner::bears,
            SharedPartner::shared_net,
        ];
        let row = |partner: &&SharedPartner| {
            let amounts = columns.iter().map(|of| plain(of(partner)));
            [partner.name.clone()].into_iter().chain(amounts).collect()
        };
        let mut rows: Vec<Vec<String>> = partners.iter().map(row).collect();
        let sums = columns.iter().map(|of| plain(partners.iter().map(|partner| of(partner)).sum()));
        rows.push(["All".to_owned()].into_iter().chain(sums).collect());
        let titles = [
            "Partner",
            "Pays (£)",
            "Gains (£)",
            "Of which cash (£)",
            "Net (£)",
            "Bears (£)",
            "Net, shared (£)",
        ];
        let titles = titles.map(str::to_owned).to_vec();
        let table = AgreementTable { titles, rows, numbers_from: 1, has_total: true };
        section("Return", said(words).into_iter().chain([AgreementBlock::Table(table)]))
    }

    pub(super) fn sharing(&self) -> AgreementSection {
        let rule = &self.appraised.shared.rule;
        let partners = &self.appraised.figures.partners;
        let mut lines = Vec::new();
        if rule.shares_cost() {
            for (year, schedule) in self.appraisal.years.iter().zip(&self.appraised.schedule) {
                let of = partners
                    .iter()
                    .map(|partner| partner.name.as_str())
                    .zip(schedule.transfers.iter().copied());
                lines.extend(payments(&year.to_string(), of));
            }
        } else {
            let of =
                self.appraised.shared.partners.iter().map(|partner| (partner.name.as_str(), partner.payment));
            lines.extend(payments("As a present value", of));
        }
        let none = lines.is_empty().then(|| AgreementBlock::Words("Nobody pays another.".to_owned()));
        let lines = (!lines.is_empty()).then_some(AgreementBlock::List(lines));
        let blocks = said(rule.in_words()).into_iter().chain(none).chain(lines);
        section("How it is shared, and who pays whom", blocks)
    }

    pub(super) fn evidence(&self) -> AgreementSection {
        let figures = &self.appraised.figures;
        let (cost, benefit) = (figures.illustrative_cost(), figures.illustrative_benefit());
        let mut blocks = Vec::new();
        if cost == Share::NONE && benefit == Share::NONE {
            blocks.extend(said("Nothing in it is illustrative."));
        } else {
            blocks.extend(said(format!(
                "{} of the cost and {} of the benefit are illustrative: made up to show how it might look.",
                percent(cost),
                percent(benefit)
            )));
        }
        let costs = self.appraisal.costs.iter().map(|cost| (cost.evidence, cost.source.as_str()));
        let outcomes =
            self.appraisal.outcomes.iter().map(|outcome| (outcome.evidence, outcome.source.as_str()));
        let used: BTreeSet<(Option<Evidence>, &str)> =
            costs.chain(outcomes).filter(|(_, source)| !source.is_empty()).collect();
        let lines: Vec<String> = used
            .into_iter()
            .map(|(evidence, source)| {
                format!("{}: {}", evidence.map_or("Not stated", Evidence::name), self.source(source))
            })
            .collect();
        blocks.extend((!lines.is_empty()).then_some(AgreementBlock::List(lines)));
        let found: Vec<String> =
            self.appraised.findings.iter().map(|finding| capitalised(&finding.message)).collect();
        blocks.extend((!found.is_empty()).then_some(AgreementBlock::List(found)));
        section("Evidence, and what is illustrative", blocks)
    }
}

/// An amount as tables have it, whose column says that it is pounds.
fn plain(amount: Money) -> String {
    in_full(amount).replace('£', "")
}

/// "2013/14: Health pays £50.00; the council receives £30.00 and the police receive £20.00"; nothing where nobody pays.
fn payments<'a>(when: &str, of: impl Iterator<Item = (&'a str, Money)>) -> Option<String> {
    let (mut pay, mut receive) = (Vec::new(), Vec::new());
    for (name, payment) in of {
        if payment.is_negative() {
            pay.push(format!("{name} pays {}", in_full(payment.abs())));
        } else if payment.is_positive() {
            receive.push(format!("{name} receives {}", in_full(payment)));
        }
    }
    (!pay.is_empty()).then(|| format!("{when}: {}; {}.", list(&pay), list(&receive)))
}
