//! The lines that the ledger view shows, filtered and put in order; many of them elsewhere, so that the window goes on.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::Context;

use crate::app::jobs::{Job, Poll};
use crate::ledger::{Filter, Ledger, LineId, Order};
use crate::money::Money;

/// So many lines are put in order within a frame.
const AT_ONCE: usize = 20_000;

/// Work shorter than this is not mentioned.
// Sooner than for other work: rows that are not those that were asked for must say so.
const QUIET: Duration = Duration::from_millis(200);

/// The rows on screen, and those on their way.
#[derive(Default)]
pub(super) struct Rows {
    shown: Option<ShownRows>,
    coming: Option<(WantedRows, Job<Option<ShownRows>>)>,
}

/// Lines in an order, with the ledger they are of: they stay true while others are on their way.
pub(super) struct ShownRows {
    wanted: WantedRows,
    pub(super) lines: Vec<LineId>,
    pub(super) total: Money,
    /// The amount that takes the most room in its column.
    pub(super) widest: Money,
    pub(super) has_description: bool,
    pub(super) has_date: bool,
}

/// What the rows are made from. The ledger is compared by its address, which holds while it is held here.
#[derive(Clone)]
struct WantedRows {
    ledger: Arc<Ledger>,
    filter: Filter,
    order: Order,
}

impl PartialEq for WantedRows {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.ledger, &other.ledger) && self.order == other.order && self.filter == other.filter
    }
}

impl Rows {
    /// Asks for rows and takes those that are ready: few at once, many as soon as they are there.
    pub(super) fn ask(&mut self, ledger: &Arc<Ledger>, filter: &Filter, order: Order, context: &Context) {
        if let Some((wanted, job)) = &self.coming {
            match job.poll() {
                Poll::Done(Some(shown)) => {
                    self.shown = Some(shown);
                    self.coming = None;
                }
                Poll::Done(None) | Poll::Gone => self.coming = None,
                Poll::Working => {
                    let is_wanted = Arc::ptr_eq(&wanted.ledger, ledger)
                        && wanted.order == order
                        && wanted.filter == *filter;
                    if is_wanted {
                        return;
                    }
                }
            }
        }
        let wanted = WantedRows { ledger: Arc::clone(ledger), filter: filter.clone(), order };
        if self.shown.as_ref().is_some_and(|shown| shown.wanted == wanted) {
            self.coming = None;
            return;
        }
        if ledger.len() <= AT_ONCE {
            self.coming = None;
            self.shown = make(wanted, |_| ControlFlow::Continue(()));
            return;
        }
        let work = wanted.clone();
        let job =
            Job::start("Sorting lines", context, move |reporter| make(work, |count| reporter.report(count)));
        self.coming = Some((wanted, job));
    }

    pub(super) fn shown(&self) -> Option<&ShownRows> {
        self.shown.as_ref()
    }

    /// Whether other rows are on their way, and have been for long enough to say so.
    pub(super) fn is_busy(&self, context: &Context) -> bool {
        let Some((_, job)) = &self.coming else { return false };
        let since = Instant::now().duration_since(job.started);
        if since < QUIET {
            context.request_repaint_after(QUIET.saturating_sub(since));
        }
        since >= QUIET
    }
}

impl ShownRows {
    pub(super) fn ledger(&self) -> &Arc<Ledger> {
        &self.wanted.ledger
    }
}

fn make(wanted: WantedRows, progress: impl FnMut(u64) -> ControlFlow<()>) -> Option<ShownRows> {
    let ordered = wanted.ledger.lines_in_order(&wanted.filter, wanted.order, progress)?;
    let (has_description, has_date) = wanted.ledger.has_texts();
    let amounts = ordered.lines.iter().map(|&line| wanted.ledger.amount(line));
    let widest = amounts.max_by_key(|amount| (amount.abs(), amount.is_negative())).unwrap_or_default();
    Some(ShownRows { wanted, lines: ordered.lines, total: ordered.total, widest, has_description, has_date })
}
