//! Plain delimited files at full speed: blocks are taken apart on all cores, and whatever is out of the ordinary is
//! left to [`LineReader`], so that the results are those of the thorough way.

mod blocks;
mod cells;
mod dictionary;
mod marks;
mod merge;
mod plan;
mod sums;
mod worker;

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use rayon::slice::ParallelSliceMut as _;

use super::files::THREADS;
use super::lines::LineReader;
use blocks::{BLOCK, Blocks};
use merge::Merger;
pub(super) use plan::Plan;
use worker::Worker;

/// Fewer numbers than these are in order sooner on one core.
const MANY: usize = 50_000;

/// Reads everything from `reader`; the row numbers go on from `0`.
///
/// # Errors
/// When reading fails or is stopped, or the file is not as plain as it looked: then it must be read the thorough way.
pub(super) fn read_plain<R: Read + Send>(
    plan: &Plan,
    reader: R,
    lines: &mut LineReader<'_>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), Stopped> {
    let blocks = Mutex::new(Blocks::new(reader));
    let threads = THREADS.as_ref().map_err(|error| Stopped::Failed(std::io::Error::other(error)))?;
    let workers = threads.current_num_threads().min(8);
    let merger = Mutex::new(Merger { lines, next: 0, rows: 0, working: workers, stopped: None, plan });
    let turn = Condvar::new();
    if threads.current_thread_index().is_some() {
        // On one of these threads waiting would keep a worker from its work.
        threads.scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| work(plan, &blocks, &merger, &turn));
            }
        });
    } else {
        threads.in_place_scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|_| work(plan, &blocks, &merger, &turn));
            }
            report_progress(&merger, &turn, progress);
        });
    }
    let merger = merger.into_inner().expect("no worker panics");
    if let Some(stopped) = merger.stopped {
        return Err(stopped);
    }
    let blocks = blocks.into_inner().expect("no worker panics");
    match blocks.failed {
        Some(error) => Err(Stopped::Failed(error)),
        None => Ok(()),
    }
}

/// Puts numbers in order, on all cores.
pub(super) fn sort(numbers: &mut [u64]) {
    match THREADS.as_ref() {
        Ok(threads) if numbers.len() >= MANY => threads.install(|| numbers.par_sort_unstable()),
        _ => numbers.sort_unstable(),
    }
}

/// Tells how far the workers are, until they are done; stops them when asked to.
fn report_progress(
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) {
    let mut told = 0;
    let mut merging = merger.lock().expect("no worker panics");
    while merging.working > 0 {
        merging = turn.wait_timeout(merging, Duration::from_millis(20)).expect("no worker panics").0;
        let rows = merging.rows;
        if rows == told || merging.stopped.is_some() {
            continue;
        }
        told = rows;
        drop(merging);
        let asked_to_stop = progress(rows).is_break();
        merging = merger.lock().expect("no worker panics");
        if asked_to_stop {
            merging.stopped = Some(Stopped::Cancelled);
            turn.notify_all();
        }
    }
}

/// Why the fast way ended early.
#[derive(Debug)]
pub(super) enum Stopped {
    Cancelled,
    /// Quotation marks without their pair: the thorough way reads such files.
    NotPlain,
    Failed(std::io::Error),
}

fn work<R: Read>(plan: &Plan, blocks: &Mutex<Blocks<R>>, merger: &Mutex<Merger<'_, '_, '_>>, turn: &Condvar) {
    take_blocks(plan, blocks, merger, turn);
    merger.lock().expect("no worker panics").working -= 1;
    turn.notify_all();
}

fn take_blocks<R: Read>(
    plan: &Plan,
    blocks: &Mutex<Blocks<R>>,
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
) {
    let mut worker = Worker::new(plan);
    let mut buffer = Vec::with_capacity(BLOCK + 4096);
    let mut fingerprints = !plan.sums_only;
    loop {
        let number = blocks.lock().expect("no worker panics").next(&mut buffer);
        let Some(number) = number else { break };
        let result = worker.take_apart(&buffer, number == 0, fingerprints);
        // Each block is put to the others in its turn.
        let merging = merger.lock().expect("no worker panics");
        let mut merging = turn
            .wait_while(merging, |merging| merging.next != number && merging.stopped.is_none())
            .expect("no worker panics");
        if merging.stopped.is_none() {
            merging.take(&result, &buffer, &mut worker.global);
        }
        fingerprints = !plan.sums_only && merging.lines.wants_fingerprints();
        merging.next += 1;
        let stopped = merging.stopped.is_some();
        drop(merging);
        turn.notify_all();
        if stopped {
            return;
        }
    }
    if plan.sums_only {
        let mut merging = merger.lock().expect("no worker panics");
        for (ids, amount, lines) in worker.sums.iter(plan.kept.len()) {
            let global: Vec<u32> =
                ids.iter().zip(&worker.global).map(|(&id, global)| global[id as usize]).collect();
            merging.lines.add_sum(&global, amount, lines);
        }
    }
}
