//! Scenarios of shadow pools as a few words, and what holds for every model of one.

use std::sync::Arc;

use shadowpool::dimension::{Agency, Dimension, Sector};
use shadowpool::ledger::{Filter, Ledger, SpendLine, Totals};
use shadowpool::money::Money;
use shadowpool::place::{Place, read_place, write_place};
use shadowpool::pool::{
    Allocation, ChangeError, Contribution, FindingSeverity, Lines, Model, Portion, Purpose, Scenario,
    ScenarioChange, ScenarioPart, SplitShare,
};

use super::support::small_place;

/// A change checked against a ledger by itself, with nothing worked out before.
pub(super) trait Checked {
    fn apply(&self, scenario: &Scenario, ledger: &Ledger) -> Result<Scenario, ChangeError>;
}

impl Checked for ScenarioChange {
    fn apply(&self, scenario: &Scenario, ledger: &Ledger) -> Result<Scenario, ChangeError> {
        self.apply_with(scenario, |scenario| Arc::new(scenario.model(ledger)))
    }
}

pub(super) const POOL: &str = "the pool";

pub(super) fn pounds(text: &str) -> Money {
    text.parse().unwrap()
}

pub(super) fn percent(text: &str) -> Portion {
    Portion::Percent(text.parse().unwrap())
}

pub(super) fn amount(text: &str) -> Portion {
    Portion::Amount(pounds(text))
}

pub(super) fn themed(theme: &str) -> Filter {
    Filter::default().only(Dimension::Theme, [theme])
}

pub(super) fn contribution(partner: &str, filter: Filter, what: Portion) -> Contribution {
    Contribution { partner: partner.into(), lines: Lines::Where(filter), what, ..Contribution::default() }
}

pub(super) fn to_theme(theme: &str) -> Purpose {
    Purpose { theme: Some(theme.into()), ..Purpose::default() }
}

pub(super) fn to_service(service: &str) -> Purpose {
    Purpose { service: Some(service.into()), ..Purpose::default() }
}

pub(super) fn allocation(from: Filter, what: Portion, to: Purpose) -> Allocation {
    Allocation { from, what, to, note: String::new() }
}

pub(super) fn scenario(contributions: Vec<Contribution>, allocations: Vec<Allocation>) -> Scenario {
    Scenario { name: "A".into(), pool: POOL.into(), contributions, allocations, ..Scenario::default() }
}

/// A ledger from text: `agency | theme | service | ring-fence | amount` a line, all of 2024/25; `-` is not stated.
pub(super) fn ledger(text: &str) -> Ledger {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let name = |index: usize| (cells[index] != "-").then(|| cells[index].to_owned());
        SpendLine {
            amount: pounds(cells[4]),
            year: Some("2024/25".into()),
            agency: name(0),
            theme: name(1),
            service: name(2),
            ringfence: name(3),
            ..SpendLine::default()
        }
    });
    Ledger::from_lines(&lines.collect::<Vec<_>>(), &[], &[])
}

/// `agency | pool | theme | service | amount`, by name.
pub(super) fn written(ledger: &Ledger) -> Vec<String> {
    let by = [Dimension::Agency, Dimension::Pool, Dimension::Theme, Dimension::Service];
    let mut rows: Vec<String> = Totals::of(ledger, &Filter::default(), &by)
        .rows
        .into_iter()
        .map(|row| {
            let names = row.names.join(" | ").replace("Not stated", "-").replace("Outside the pool", "-");
            format!("{names} | {}", row.amount)
        })
        .collect();
    rows.sort();
    rows
}

#[track_caller]
pub(super) fn check_model(before: &str, scenario: &Scenario, after: &str) -> Model {
    let ledger = ledger(before);
    let model = scenario.model(&ledger);
    let spaced = |line: &str| line.split('|').map(str::trim).collect::<Vec<_>>().join(" | ");
    let mut right: Vec<String> = after.lines().map(spaced).filter(|line| !line.is_empty()).collect();
    right.sort_unstable();
    assert_eq!(written(&model.ledger), right, "{:?}", model.findings);
    check_balance(&ledger, &model);
    model
}

/// What holds for every scenario, whatever it says.
#[track_caller]
pub(super) fn check_balance(ledger: &Ledger, model: &Model) {
    let balance = model.balance;
    assert_eq!(balance.into_pool, balance.allocated + balance.unallocated);
    assert_eq!(model.ledger.total(), ledger.total() + balance.new_money);
    assert_eq!(model.sum_of_nets(), -balance.unallocated);
    let puts_in: Money = model.positions.iter().map(|position| position.puts_in).sum();
    assert_eq!(puts_in, balance.into_pool);
    // The sums that were carried over are those of the lines.
    let lines: Vec<SpendLine> = model.ledger.lines().map(|line| line.to_spend_line()).collect();
    let again = Ledger::from_lines(&lines, &[], &[]);
    assert_eq!(written(&again), written(&model.ledger));
    assert_eq!(again.cells().line_count(), model.ledger.cells().line_count());
}

#[track_caller]
pub(super) fn check_net(model: &Model, right: &[(&str, &str, &str, &str)]) {
    let found: Vec<(String, String, String, String)> = model
        .positions
        .iter()
        .map(|p| (p.agency.clone(), p.puts_in.to_string(), p.gets_back.to_string(), p.net.to_string()))
        .collect();
    let right: Vec<_> =
        right.iter().map(|(a, b, c, d)| ((*a).into(), (*b).into(), (*c).into(), (*d).into())).collect();
    assert_eq!(found, right);
}

#[track_caller]
pub(super) fn check_finding(model: &Model, part: ScenarioPart, severity: FindingSeverity, words: &str) {
    let found = model.findings.iter().any(|finding| {
        finding.part == part && finding.severity == severity && finding.message.contains(words)
    });
    assert!(found, "{:#?}", model.findings);
}

/// The bills of a pool add up to what was overspent, and are these.
#[track_caller]
pub(super) fn check_bills_of(pool: &Scenario, ledger: &Ledger, overspend: &str, right: &[(&str, &str)]) {
    let bills = pool.model(ledger).bills(pool, pounds(overspend));
    assert_eq!(bills.iter().map(|bill| bill.amount).sum::<Money>(), pounds(overspend));
    let found: Vec<(String, String)> =
        bills.into_iter().map(|bill| (bill.payer, bill.amount.to_string())).collect();
    let right: Vec<(String, String)> = right.iter().map(|(a, b)| ((*a).into(), (*b).into())).collect();
    assert_eq!(found, right);
}

/// A place as its file holds it.
pub(super) fn place() -> Place {
    let agency =
        |(name, sector): (&str, Sector)| Agency { name: name.into(), short: None, sector: Some(sector) };
    let agencies =
        [("Council", Sector::LocalGovernment), ("Health", Sector::Nhs), ("Police", Sector::PoliceAndFire)];
    let place = Place {
        name: "Testshire".into(),
        agencies: Arc::new(agencies.map(agency).to_vec()),
        sources: Arc::new(small_place().sources().iter().map(|source| (**source).clone()).collect()),
        ledger: Arc::new(small_place()),
        ..Place::default()
    };
    read_place(&write_place(&place)).unwrap()
}

pub(super) fn shares(texts: &[(&str, &str)]) -> Vec<SplitShare> {
    let share = |(partner, weight): &(&str, &str)| SplitShare {
        partner: (*partner).into(),
        weight: weight.parse().unwrap(),
    };
    texts.iter().map(share).collect()
}

/// With partners that are in the ledger.
pub(super) fn at_home(mut scenario: Scenario, ledger: &Ledger) -> Scenario {
    let names: Vec<String> =
        ledger.names(Dimension::Agency).iter().skip(1).map(|(_, name)| name.to_owned()).collect();
    for (index, contribution) in scenario.contributions.iter_mut().enumerate() {
        if let Some(name) = names.get(index % names.len().max(1)) {
            contribution.partner.clone_from(name);
        }
    }
    scenario
}
