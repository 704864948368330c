//! Who pays an over- or underspend, against the plain model of `pool_plain` and by its rounding, to the penny: every
//! rule of section 75 agreements, with an outturn and without, of one year and of several with credits among the lines.
//! Whoever is owed by a pool on balance pays nothing in proportion, and has a cap of nothing.

use std::collections::BTreeMap;

use shadowpool::dimension::Names;
use shadowpool::money::{Money, Percent};
use shadowpool::pool::{
    BandShare, Cap, LineRisk, LineShare, Outturn, OutturnOf, PartnerShare, Portion, RiskBand, RiskShare,
    RiskStep,
};

use super::pool_plain::{AGENCIES, Kind, Outcome, Plain, hundredths, pence, shared};
use super::support_chance::Chance;

/// Who pays, pence.
type Pays = BTreeMap<String, i128>;

/// What an outcome says that bills are made of: partners as a list of them has them, with what they put in and get back.
struct Shared<'a> {
    partners: Vec<(String, i128, i128)>,
    outcome: &'a Outcome,
    pays: Pays,
}

impl<'a> Shared<'a> {
    fn of(outcome: &'a Outcome) -> Self {
        let names = AGENCIES.into_iter().chain([Names::NOT_STATED]);
        let of = |by: &Pays, name: &str| by.get(name).copied().unwrap_or_default();
        let mut partners: Vec<(String, i128, i128)> = names
            .map(|name| (name.to_owned(), of(&outcome.puts_in, name), of(&outcome.gets_back, name)))
            .filter(|(_, puts_in, gets_back)| *puts_in != 0 || *gets_back != 0)
            .collect();
        partners.sort_by_key(|(name, puts_in, gets_back)| {
            (name == Names::NOT_STATED, -puts_in, -gets_back, name.clone())
        });
        Self { partners, outcome, pays: Pays::new() }
    }

    fn pay(&mut self, who: &str, pence: i128) {
        *self.pays.entry(who.to_owned()).or_default() += pence;
    }

    fn by(&mut self, sum: i128, weights: &[(String, i128)]) {
        let numbers: Vec<i128> = weights.iter().map(|(_, weight)| (*weight).max(0)).collect();
        if numbers.iter().sum::<i128>() == 0 {
            return self.pay(Names::NOT_STATED, sum);
        }
        for ((who, _), part) in weights.iter().zip(shared(sum, &numbers)) {
            self.pay(who, part);
        }
    }

    fn in_proportion(&mut self, sum: i128) {
        let weights: Vec<_> = self.partners.iter().map(|(who, puts_in, _)| (who.clone(), *puts_in)).collect();
        self.by(sum, &weights);
    }

    fn puts_in(&self, who: &str) -> i128 {
        self.partners.iter().find(|(name, ..)| name == who).map_or(0, |(_, puts_in, _)| *puts_in)
    }

    /// In proportion; above a cap it falls to those without one, or to whoever is named.
    fn capped(&mut self, caps: &[(&str, i128)], beyond: Option<&str>, sum: i128) {
        self.in_proportion(sum);
        if sum <= 0 {
            return;
        }
        let mut rest = 0;
        for (who, percent) in caps.iter().filter(|(who, _)| beyond != Some(who)) {
            let most = hundredths(self.puts_in(who).max(0), *percent);
            let pays = self.pays.get(*who).copied().unwrap_or_default();
            if pays > most {
                self.pay(who, most - pays);
                rest += pays - most;
            }
        }
        match beyond {
            _ if rest == 0 => {}
            Some(who) => self.pay(who, rest),
            None => {
                let is_open = |who: &str| caps.iter().all(|(capped, _)| *capped != who);
                let open = self.partners.iter().filter(|(who, ..)| is_open(who));
                let open: Vec<_> = open.map(|(who, puts_in, _)| (who.clone(), *puts_in)).collect();
                self.by(rest, &open);
            }
        }
    }

    /// What falls on rows that had so much planned: where a row is said to have cost more or less, that; the rest in
    /// proportion on rows of which nothing is said, or else on all. Where no row has anything planned, the rest is left.
    fn falls(planned: &[i128], said: &BTreeMap<usize, i128>, sum: i128) -> (Vec<i128>, i128) {
        let mut falls: Vec<i128> =
            (0..planned.len()).map(|at| said.get(&at).map_or(0, |spent| spent - planned[at])).collect();
        let rest = sum - falls.iter().sum::<i128>();
        let open = |at: &usize| !said.contains_key(at);
        let open: Vec<usize> = (0..planned.len()).filter(open).collect();
        let among = if open.iter().any(|at| planned[*at] > 0) { open } else { (0..planned.len()).collect() };
        let weights: Vec<i128> = among.iter().map(|at| planned[*at].max(0)).collect();
        if weights.iter().sum::<i128>() == 0 {
            return (falls, rest);
        }
        for (at, part) in among.iter().zip(shared(rest, &weights)) {
            falls[*at] += part;
        }
        (falls, 0)
    }

    /// What each partner's own services cost more is its own.
    fn own(&mut self, said: &BTreeMap<String, i128>, sum: i128) {
        let planned: Vec<i128> = self.partners.iter().map(|(.., gets_back)| *gets_back).collect();
        let at = |who: &String| self.partners.iter().position(|(name, ..)| name == who).unwrap();
        let said = said.iter().map(|(who, spent)| (at(who), *spent)).collect();
        let (falls, rest) = Self::falls(&planned, &said, sum);
        let who: Vec<String> = self.partners.iter().map(|(who, ..)| who.clone()).collect();
        who.iter().zip(falls).for_each(|(who, part)| self.pay(who, part));
        self.pay(Names::NOT_STATED, rest);
    }

    /// "Safety 1" is the council's alone, "Ageing 0" three to one the council's and health's, all else in proportion.
    fn by_line(&mut self, said: &BTreeMap<(String, String), i128>, sum: i128) {
        let mut lines: Vec<(&(String, String), i128)> =
            self.outcome.spends.iter().map(|(line, pence)| (line, *pence)).collect();
        lines.sort_by_key(|(line, pence)| (-pence, (*line).clone()));
        let planned: Vec<i128> = lines.iter().map(|(_, pence)| *pence).collect();
        let at = |line: &(String, String)| lines.iter().position(|(other, _)| *other == line).unwrap();
        let said = said.iter().map(|(line, spent)| (at(line), *spent)).collect();
        let (falls, rest) = Self::falls(&planned, &said, sum);
        for (((_, service), _), part) in lines.iter().zip(falls) {
            match service.as_str() {
                "Safety 1" => self.pay("Council", part),
                "Ageing 0" => self.by(part, &[("Council".to_owned(), 75), ("Health".to_owned(), 25)]),
                _ => self.in_proportion(part),
            }
        }
        self.in_proportion(rest);
    }

    /// The first two hundredths of the pool are health's, up to five in proportion, then seven to three.
    fn banded(&mut self, sum: i128) {
        let (pool, size, way) = (self.outcome.into_pool, sum.abs(), sum.signum());
        let [two, five] = [2, 5].map(|percent| hundredths(pool, percent).clamp(0, size));
        self.pay("Health", two * way);
        self.in_proportion((five - two) * way);
        self.by((size - five) * way, &[("Council".to_owned(), 70), ("Police".to_owned(), 30)]);
    }

    /// Money that waits, the police up to a tenth of what they put in, the council the rest; an underspend as it came.
    fn in_order(&mut self, sum: i128) {
        if sum < 0 {
            return self.in_proportion(sum);
        }
        let waits = self.outcome.unallocated.clamp(0, sum);
        let police = hundredths(self.puts_in("Police").max(0), 10).min(sum - waits);
        self.pay("Unallocated", waits);
        self.pay("Police", police);
        self.pay("Council", sum - waits - police);
    }
}

fn share(partner: &str, percent: i32) -> PartnerShare {
    PartnerShare { partner: partner.to_owned(), share: Percent::new(percent) }
}

fn line(service: &str, share: LineShare) -> LineRisk {
    LineRisk { theme: None, service: Some(service.to_owned()), share }
}

#[test]
fn bills_of_pools_at_random_are_those_of_the_plain_model() {
    let mut chance = Chance(3);
    let (mut outturns, mut credits) = (0, 0);
    for round in 0..600 {
        let plain = Plain::any(&mut chance, if round < 200 { Kind::OneYear } else { Kind::All });
        let (ledger, mut pool) = (plain.ledger(), plain.scenario());
        let right = plain.worked_out();
        if right.into_pool == 0 {
            continue;
        }
        let sum = i128::from(chance.below(2_000_000)) - 600_000;
        let mut by = Shared::of(&right);
        let spent = |chance: &mut Chance| i128::from(chance.below(900_000));
        let said = |of: OutturnOf, pence: i128| Outturn { of, spent: Money::from_pence(pence as i64) };
        match chance.below(8) {
            0 => by.in_proportion(sum),
            1 | 2 => {
                pool.risk_share = RiskShare::OwnRisk;
                let known: Vec<String> = by
                    .partners
                    .iter()
                    .map(|(who, ..)| who.clone())
                    .filter(|who| who != Names::NOT_STATED && chance.below(2) == 0)
                    .collect();
                let known: BTreeMap<String, i128> =
                    known.into_iter().map(|who| (who, spent(&mut chance))).collect();
                pool.outturn =
                    known.iter().map(|(who, spent)| said(OutturnOf::Partner(who.clone()), *spent)).collect();
                by.own(&known, sum);
            }
            3 | 4 => {
                let shares = vec![share("Council", 75), share("Health", 25)];
                pool.risk_share = RiskShare::PerLine(vec![
                    line("Safety 1", LineShare::Fixed("Council".into())),
                    line("Ageing 0", LineShare::Variable(shares)),
                ]);
                let lines: Vec<(String, String)> =
                    right.spends.keys().filter(|_| chance.below(3) == 0).cloned().collect();
                let known: BTreeMap<(String, String), i128> =
                    lines.into_iter().map(|line| (line, spent(&mut chance))).collect();
                let of = |(theme, service): &(String, String)| OutturnOf::Line {
                    theme: Some(theme.clone()),
                    service: Some(service.clone()),
                };
                pool.outturn = known.iter().map(|(line, spent)| said(of(line), *spent)).collect();
                by.by_line(&known, sum);
            }
            5 => {
                let caps = [("Health", 20), ("Police", 5)];
                let beyond = (chance.below(2) == 0).then_some("Police");
                let cap = |(partner, percent): (&str, i32)| Cap {
                    partner: partner.to_owned(),
                    most: Portion::Percent(Percent::new(percent)),
                };
                let all = caps.into_iter().map(cap).collect();
                pool.risk_share = RiskShare::Capped { caps: all, beyond: beyond.map(str::to_owned) };
                by.capped(&caps.map(|(who, percent)| (who, i128::from(percent))), beyond, sum);
            }
            6 => {
                let band = |up_to: Option<i32>, share| RiskBand { up_to: up_to.map(Percent::new), share };
                pool.risk_share = RiskShare::Banded(vec![
                    band(Some(2), BandShare::Partner("Health".into())),
                    band(Some(5), BandShare::Proportional),
                    band(None, BandShare::Shares(vec![share("Council", 70), share("Police", 30)])),
                ]);
                by.banded(sum);
            }
            _ => {
                pool.risk_share = RiskShare::InOrder(vec![
                    RiskStep::Unallocated,
                    RiskStep::Partner { partner: "Police".into(), most: Portion::Percent(Percent::new(10)) },
                    RiskStep::Share(BandShare::Partner("Council".into())),
                ]);
                by.in_order(sum);
            }
        }
        outturns += pool.outturn.len();
        credits +=
            usize::from(right.puts_in.values().chain(right.gets_back.values()).any(|pence| *pence < 0));
        let found: Pays = pool
            .model(&ledger)
            .bills(&pool, Money::from_pence(sum as i64))
            .into_iter()
            .map(|bill| (bill.payer, pence(bill.amount)))
            .collect();
        by.pays.retain(|_, pence| *pence != 0);
        assert_eq!(found, by.pays, "round {round}, {sum}: {pool:#?}");
        assert_eq!(found.values().sum::<i128>(), sum, "round {round}: the bills come to the whole");
    }
    assert!(outturns > 300 && credits > 10, "{outturns} outturns, {credits} pools that owe somebody");
}
