//! Which partners have a row in a pool's picture, and in which order: who loses most comes first; those whom nothing
//! changes for stand together.

use super::PoolInput;
use super::board::is_partner;
use crate::ledger::{AmountRange, full_or_about, full_or_between, short_or_about};
use crate::money::{Money, Share, nearest, percent};
use crate::pool::{Committed, Model, NetPosition};
use crate::words::counted_plain;

/// What one row says: a partner, or the smallest ones together.
pub(super) struct PartnerRow {
    /// The agency, or "Other (12 partners)".
    pub(super) name: String,
    pub(super) puts_in: Money,
    pub(super) gets_back: Money,
    pub(super) net: Money,
    share_of_pool: Share,
    /// Of several there is none.
    share_of_own: Option<Share>,
    pub(super) committed: Committed,
    /// What is not as the partner asks, though it may get back what it puts in; or how many of several are worse off.
    pub(super) fails: Option<String>,
    reason: String,
    /// What it may put in, where that is not certain.
    pub(super) range: Option<AmountRange>,
    /// Whether what it gets back is not known to the penny.
    pub(super) is_estimate: bool,
}

/// All rows of a pool.
pub(super) struct NetRows {
    /// Those who gain, lose, or do not keep what they ask for.
    pub(super) changed: Vec<PartnerRow>,
    /// Who gets back what it puts in.
    pub(super) unchanged: Vec<PartnerRow>,
    /// What nobody is known to answer for.
    pub(super) nobody: Option<PartnerRow>,
}

/// Who has a row of its own, who loses most first: by this a picture keeps its order while a change is being made.
pub fn net_order(model: &Model) -> Vec<String> {
    let mut changed: Vec<&NetPosition> =
        model.positions.iter().filter(|position| is_changed(position)).collect();
    changed.sort_by(|a, b| a.net.cmp(&b.net).then_with(|| a.agency.cmp(&b.agency)));
    changed.into_iter().map(|position| position.agency.clone()).collect()
}

fn is_changed(position: &NetPosition) -> bool {
    is_partner(&position.agency) && (!position.net.is_zero() || !position.no_worse_off.holds)
}

impl NetRows {
    pub(super) fn of(input: &PoolInput<'_>) -> Self {
        let committed = input.model.committed(input.scenario);
        let own = net_order(input.model);
        let order = input.order.unwrap_or(&own);
        // Whoever begins to gain or lose under a hand comes behind those who are there.
        let place = |agency: &str| {
            let known = order.iter().position(|name| name == agency);
            known.or_else(|| Some(order.len() + own.iter().position(|name| name == agency)?))
        };
        let mut rows = Self { changed: Vec::new(), unchanged: Vec::new(), nobody: None };
        let mut changed: Vec<(usize, PartnerRow)> = Vec::new();
        for position in &input.model.positions {
            let of = committed.get(position.agency.as_str()).copied().unwrap_or_default();
            let row = PartnerRow::of(position, of);
            match place(&position.agency) {
                _ if !is_partner(&position.agency) => rows.nobody = Some(row),
                Some(at) => changed.push((at, row)),
                None => rows.unchanged.push(row),
            }
        }
        changed.sort_by_key(|(at, _)| *at);
        rows.changed = changed.into_iter().map(|(_, row)| row).collect();
        rows
    }

    /// Where there are more rows than have room those who gain or lose least stand together, at the end.
    pub(super) fn fold(&mut self, most: usize) {
        fold(&mut self.changed, most, |row| row.net.abs());
    }
}

/// The rows with the largest of what is asked in their order, and the rest as one.
pub(super) fn fold(rows: &mut Vec<PartnerRow>, most: usize, size: fn(&PartnerRow) -> Money) {
    let most = most.max(2);
    if rows.len() <= most {
        return;
    }
    let mut sizes: Vec<(Money, usize)> = rows.iter().map(size).zip(0..).collect();
    sizes.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let kept: Vec<usize> = sizes[..most - 1].iter().map(|(_, at)| *at).collect();
    let (own, rest): (Vec<_>, Vec<_>) =
        std::mem::take(rows).into_iter().enumerate().partition(|(at, _)| kept.contains(at));
    *rows = own.into_iter().map(|(_, row)| row).collect();
    let rest: Vec<PartnerRow> = rest.into_iter().map(|(_, row)| row).collect();
    rows.push(PartnerRow::folded(&rest));
}

impl PartnerRow {
    fn of(position: &NetPosition, committed: Committed) -> Self {
        let keeps_too_little = !position.no_worse_off.holds && !position.net.is_negative();
        Self {
            name: position.agency.clone(),
            puts_in: position.puts_in,
            gets_back: position.gets_back,
            net: position.net,
            share_of_pool: position.share_of_pool,
            share_of_own: (!position.own.is_zero()).then_some(position.share_of_own),
            committed,
            fails: keeps_too_little.then(|| "keeps less than it asks for".to_owned()),
            reason: position.no_worse_off.reason.clone(),
            range: position.range,
            is_estimate: position.is_estimate,
        }
    }

    /// Several rows as one.
    fn folded(rows: &[Self]) -> Self {
        let sum = |of: fn(&Self) -> Money| -> Money { rows.iter().map(of).sum() };
        let is_worse = |row: &&Self| row.net.is_negative() || row.fails.is_some();
        let worse: Vec<&str> = rows.iter().filter(is_worse).map(|row| row.name.as_str()).collect();
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        let reason =
            if worse.is_empty() { names.join(", ") } else { format!("Worse off: {}", worse.join(", ")) };
        let share = rows.iter().map(|row| row.share_of_pool).try_fold(Share::NONE, Share::checked_add);
        Self {
            name: format!("Other ({})", counted_plain(rows.len(), "partner")),
            puts_in: sum(|row| row.puts_in),
            gets_back: sum(|row| row.gets_back),
            net: sum(|row| row.net),
            share_of_pool: share.unwrap_or(Share::NONE),
            share_of_own: None,
            committed: super::partners::together(rows.iter().map(|row| &row.committed)),
            fails: (!worse.is_empty()).then(|| format!("{} worse off", worse.len())),
            reason,
            range: rows.iter().any(|row| row.range.is_some()).then(|| {
                let ends = rows.iter().map(|row| row.range.unwrap_or(AmountRange::of(row.puts_in)));
                ends.reduce(AmountRange::and).expect("a row has a range")
            }),
            is_estimate: rows.iter().any(|row| row.is_estimate),
        }
    }

    /// What comes back of what is put in: "gets back 96p of each £1".
    pub(super) fn comes_back(&self) -> String {
        if !is_partner(&self.name) {
            return "nobody is known to answer for it".to_owned();
        }
        let (puts_in, gets_back) = (self.puts_in, self.gets_back);
        if !puts_in.is_positive() || gets_back.is_negative() {
            return if puts_in.is_zero() { "puts nothing in".to_owned() } else { String::new() };
        }
        let pence = nearest(gets_back.units(), 100, puts_in.units().unsigned_abs());
        match pence {
            _ if gets_back == puts_in => "gets back all of it".to_owned(),
            // What is not quite a pound is not all of it.
            100 if gets_back < puts_in => "gets back nearly all of it".to_owned(),
            100 => "gets back a little more than that".to_owned(),
            0 if gets_back.is_positive() => "gets back less than 1p of each £1".to_owned(),
            0..100 => format!("gets back {pence}p of each £1"),
            _ => format!("gets back £{}.{:02} for each £1", pence / 100, pence % 100),
        }
    }

    /// "41% of the pool, 0.6% of what they spend".
    fn shares_in_words(&self) -> String {
        let pool = format!("{} of the pool", percent(self.share_of_pool));
        match self.share_of_own {
            Some(own) if is_partner(&self.name) => format!("{pool}, {} of what they spend", percent(own)),
            _ => pool,
        }
    }

    /// What it puts in, to three figures.
    pub(super) fn said_in(&self) -> String {
        format!("{} in", short_or_about(self.puts_in, self.range.is_some()))
    }

    /// What it gets back, to three figures.
    pub(super) fn said_back(&self) -> String {
        format!("{} back", short_or_about(self.gets_back, self.is_estimate && !self.gets_back.is_zero()))
    }

    pub(super) fn tooltip(&self) -> String {
        format!(
            "{}\nPuts in {}, gets back {}, net {}\n{}\n{}",
            self.name,
            full_or_between(self.puts_in, self.range),
            full_or_about(self.gets_back, self.is_estimate),
            full_or_about(self.net, self.is_estimate && !self.net.is_zero()),
            self.shares_in_words(),
            self.reason
        )
    }

    pub(super) fn why(&self) -> String {
        format!("{}\n{}", self.name, self.reason)
    }
}
