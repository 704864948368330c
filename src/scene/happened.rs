//! What a change of a pool has just done, in a sentence: who puts in more or less, and what that leaves them with.

use std::collections::BTreeSet;

use crate::dimension::Names;
use crate::money::{Money, in_short};
use crate::pool::Model;
use crate::words::{capitalised, counted_as};

/// What one partner puts in, and what it is left with, more than before, £.
struct Moved<'a> {
    agency: &'a str,
    puts_in: Money,
    net: Money,
}

/// What has changed from one model to the next; nothing where no pound has.
pub fn what_happened(before: &Model, after: &Model) -> Option<String> {
    let moved = moved(before, after);
    let put_in: Vec<&Moved<'_>> = moved.iter().filter(|one| !one.puts_in.is_zero()).collect();
    let lead = put_in.iter().max_by_key(|one| one.puts_in.abs());
    let mut parts: Vec<String> = Vec::new();
    if let Some(lead) = lead {
        let is_more = lead.puts_in.is_positive();
        parts.push(match put_in.len() {
            1 => format!("{} puts in {}", lead.agency, more_or_less(lead.puts_in)),
            count => {
                let sum: Money = put_in.iter().map(|one| one.puts_in).sum();
                let who = counted_as(count, "partner puts", "partners put");
                let most = format!("{} {}", lead.agency, signed(lead.puts_in));
                if sum.is_zero() {
                    format!("{who} in other sums, the same together, {most} most of all")
                } else {
                    format!("{who} in {} together, {most} most of all", more_or_less(sum))
                }
            }
        });
        if moved.iter().all(|one| one.net.is_zero()) {
            parts.push(if is_more {
                "it keeps its purpose, so it comes back: net unchanged".to_owned()
            } else {
                "as much less comes back: net unchanged".to_owned()
            });
        }
    }
    let stated = || moved.iter().filter(|one| one.agency != Names::NOT_STATED);
    let gains = stated().max_by_key(|one| one.net).filter(|one| one.net.is_positive());
    let loses = stated().min_by_key(|one| one.net).filter(|one| one.net.is_negative());
    let nets: Vec<String> = [gains, loses]
        .into_iter()
        .flatten()
        .map(|one| format!("{} {}", one.agency, signed(one.net)))
        .collect();
    if !nets.is_empty() {
        parts.push(format!("net {}", nets.join(", ")));
    }
    let (was, is) = (before.balance, after.balance);
    if was.unallocated != is.unallocated {
        parts.push(if is.unallocated.is_positive() {
            format!("{} waits to be allocated", in_short(is.unallocated))
        } else {
            "all of it is allocated".to_owned()
        });
    }
    if was.over != is.over && is.over.is_positive() {
        parts.push(format!("{} more is allocated than there is", in_short(is.over)));
    }
    (!parts.is_empty()).then(|| capitalised(&format!("{}.", parts.join("; "))))
}

fn moved<'a>(before: &'a Model, after: &'a Model) -> Vec<Moved<'a>> {
    let of = |model: &'a Model, agency: &str| {
        let found = model.positions.iter().find(|position| position.agency == agency);
        found.map_or((Money::ZERO, Money::ZERO), |position| (position.puts_in, position.net))
    };
    let all = before.positions.iter().chain(&after.positions);
    let agencies: BTreeSet<&str> = all.map(|position| position.agency.as_str()).collect();
    let change = |agency: &'a str| {
        let (was, is) = (of(before, agency), of(after, agency));
        Moved { agency, puts_in: is.0 - was.0, net: is.1 - was.1 }
    };
    agencies.into_iter().map(change).filter(|one| !one.puts_in.is_zero() || !one.net.is_zero()).collect()
}

fn more_or_less(amount: Money) -> String {
    format!("{} {}", in_short(amount.abs()), if amount.is_negative() { "less" } else { "more" })
}

fn signed(amount: Money) -> String {
    if amount.is_positive() { format!("+{}", in_short(amount)) } else { in_short(amount) }
}
