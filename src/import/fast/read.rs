//! Blocks of text, taken apart by all cores and put together in their order.

use std::io::Read;
use std::ops::ControlFlow;
use std::sync::{Condvar, Mutex};
use std::time::Duration;

use super::blocks::{BLOCK, Blocks};
use super::merge::Merger;
use super::plan::BlockPlan;
use super::stopped::Stopped;
use super::worker::Worker;
use crate::import::files::THREADS;
use crate::import::lines::LineReader;

/// Reads everything from `reader`; the row numbers go on from `0`.
///
/// # Errors
/// When reading fails or is stopped, or the file is not as plain as it looked: then it must be read the thorough way.
pub(in crate::import) fn read_plain<R: Read + Send>(
    plan: &BlockPlan,
    reader: R,
    lines: &mut LineReader<'_>,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) -> Result<(), Stopped> {
    let blocks = Mutex::new(Blocks::new(reader));
    let threads = THREADS.as_ref().map_err(|error| Stopped::Failed(std::io::Error::other(error)))?;
    // One at a time puts its block to the others; with more than eight they would wait for that.
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

/// Tells how far the workers are, until they are done; stops them when asked to.
fn report_progress(
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
    progress: &mut dyn FnMut(u64) -> ControlFlow<()>,
) {
    let mut told = 0;
    let mut merging = merger.lock().expect("no worker panics");
    while merging.working > 0 {
        // Fifty times a second is more than a window shows, and soon enough for who presses Esc.
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

fn work<R: Read>(
    plan: &BlockPlan,
    blocks: &Mutex<Blocks<R>>,
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
) {
    take_blocks(plan, blocks, merger, turn);
    merger.lock().expect("no worker panics").working -= 1;
    turn.notify_all();
}

fn take_blocks<R: Read>(
    plan: &BlockPlan,
    blocks: &Mutex<Blocks<R>>,
    merger: &Mutex<Merger<'_, '_, '_>>,
    turn: &Condvar,
) {
    let mut worker = Worker::new(plan);
    // With room for a row that does not end with the block.
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
        // Asked after each block: past so many rows none are remembered any more, and none need be made.
        fingerprints = !plan.sums_only && merging.lines.wants_fingerprints();
        merging.next += 1;
        let stopped = merging.stopped.is_some();
        drop(merging);
        turn.notify_all();
        if stopped {
            return;
        }
    }
    if let Some(numbers) = &worker.numbers {
        merger.lock().expect("no worker panics").lines.add_numbers(&numbers.columns);
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
