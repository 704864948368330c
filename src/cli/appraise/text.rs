//! An appraisal as a table to read: each partner as its money falls and as it is shared, and what that means in words.

use std::fmt::Write as _;

use crate::appraisal::{Appraisal, Appraised, OutcomeKind, SharedPartner};
use crate::export::{TextColumn, table_text};
use crate::money::{Money, Share, in_full, percent};
use crate::words::{list, thousands, uncapitalised};

pub(super) fn table(appraisal: &Appraisal, appraised: &Appraised) -> String {
    let figures = &appraised.figures;
    let mut out = heading(appraisal, appraised);
    let rows = appraised.rows();
    let partners: Vec<&SharedPartner> = rows.iter().map(|row| &appraised.shared.partners[*row]).collect();
    let names = partners.iter().map(|partner| partner.name.as_str()).chain(["All"]);
    let column = |title: &str, of: fn(&SharedPartner) -> Money| {
        let amounts: Vec<Money> = partners.iter().map(|partner| of(partner)).collect();
        let sum = amounts.iter().copied().sum();
        TextColumn::amounts(title, &amounts.into_iter().chain([sum]).collect::<Vec<_>>())
    };
    let badge = |title: &str, of: fn(&SharedPartner) -> bool| {
        let badges = partners.iter().map(|partner| if of(partner) { "yes" } else { "no" });
        TextColumn::names(title, badges.chain([""]))
    };
    let mut columns = vec![
        TextColumn::names("Partner", names),
        column("Pays (£)", |partner| partner.pays),
        column("Gains (£)", |partner| partner.gains),
        column("Of which cash (£)", |partner| partner.cashable),
    ];
    if figures.has_baseline {
        columns.push(column("Net (£)", SharedPartner::net));
    }
    columns.push(column("Bears (£)", SharedPartner::bears));
    if figures.has_baseline {
        columns.extend([
            column("Net, shared (£)", SharedPartner::shared_net),
            column("In cash (£)", SharedPartner::cash_net),
            badge("No worse off", |partner| partner.badges.no_worse_off),
            badge("Subsidises nobody", |partner| partner.badges.subsidises_nobody),
        ]);
    }
    let _ = write!(out, "\n{}\n", table_text(&columns, true));
    out.push_str(&in_words(appraisal, appraised));
    out
}

/// What it is, and what it says of itself.
fn heading(appraisal: &Appraisal, appraised: &Appraised) -> String {
    let figures = &appraised.figures;
    let mut parts = Vec::new();
    if let Some(cohort) = &appraisal.cohort {
        parts.push(format!("{} {}", thousands(cohort.people), uncapitalised(&cohort.name)));
    }
    match &appraisal.years[..] {
        [] => {}
        [one] => parts.push(one.to_string()),
        [first, .., last] => parts.push(format!("{first} to {last}")),
    }
    parts.push(appraisal.prices.clone());
    parts.push(figures.discounting.in_words(&appraisal.years));
    let mut out = super::super::printable(&format!("{}: {}", appraisal.name, parts.join(", "))) + "\n";
    let illustrative = [(figures.illustrative_cost(), "cost"), (figures.illustrative_benefit(), "effect")];
    let said: Vec<String> = illustrative
        .into_iter()
        .filter(|_| illustrative.iter().any(|(share, _)| *share != Share::NONE))
        .map(|(share, of)| format!("{} of the {of}", percent(share)))
        .collect();
    let said = (!said.is_empty()).then(|| format!("{} illustrative", said.join(" and ")));
    let stamp: Vec<String> = appraisal.stamp().map(str::to_owned).into_iter().chain(said).collect();
    if !stamp.is_empty() {
        out.push_str(&stamp.join("; "));
        out.push('\n');
    }
    out
}

/// Return, payback, how far benefits may fall, and who loses.
fn in_words(appraisal: &Appraisal, appraised: &Appraised) -> String {
    let figures = &appraised.figures;
    if !figures.has_baseline {
        return "It does not say what would be done without it, so no saving, return or payback is shown.\n"
            .to_owned();
    }
    let mut out = String::new();
    let year = |index: Option<usize>| index.and_then(|index| appraisal.years.get(index));
    let paid = |index: Option<usize>| {
        year(index).map_or_else(|| "not within these years".to_owned(), |year| format!("in {year}"))
    };
    let discounted = if figures.discounting.is_discounted() { "discounted" } else { "not discounted" };
    let returns = match (figures.financial_return(), figures.cash_return()) {
        (Some(all), Some(cash)) => format!("Return {} for each £1, in cash {}", all.short(), cash.short()),
        _ => "Return: no cost".to_owned(),
    };
    let _ = writeln!(
        out,
        "{returns}; payback {} ({discounted}), in cash {}",
        paid(figures.payback()),
        paid(figures.cash_payback())
    );
    if [OutcomeKind::Economic, OutcomeKind::Social]
        .iter()
        .any(|kind| !figures.sum_of(*kind).present.is_zero())
    {
        let all = OutcomeKind::ALL.into_iter().map(|kind| figures.sum_of(kind).present).sum();
        let ratio = figures.public_value_return().map_or_else(|| "no cost".to_owned(), |ratio| ratio.short());
        let _ = writeln!(
            out,
            "Public value, with economic and social benefits: {}; {ratio} for each £1",
            in_full(all)
        );
    }
    let (cost, benefit) = (figures.cost(), figures.benefit());
    let break_even = match Share::of(benefit - cost, benefit) {
        Some(share) if benefit >= cost && benefit.is_positive() => {
            format!("Benefits may fall by {} before it loses.", percent(share))
        }
        _ => format!("It loses {}.", in_full(cost - benefit)),
    };
    let worse = |net: fn(&SharedPartner) -> Money| {
        let partners = appraised.rows().into_iter().map(|row| &appraised.shared.partners[row]);
        let worse = partners.filter(|partner| net(partner).is_negative());
        worse
            .map(|partner| format!("{} is {} worse off", partner.name, in_full(net(partner).abs())))
            .collect::<Vec<_>>()
    };
    let worse = worse(SharedPartner::net);
    let falls = if worse.is_empty() { String::new() } else { format!(" As it falls, {}.", list(&worse)) };
    let _ = writeln!(out, "{break_even}{falls}");
    if figures.is_cash_short() {
        let words = crate::words::capitalised(&figures.cash_short_in_words());
        let _ = writeln!(out, "{words}.");
    }
    out
}
