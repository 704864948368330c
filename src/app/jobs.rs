//! Work on another thread, with progress and a way to stop. The only place with threads.

use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, sync_channel};
use std::time::Instant;

use egui::Context;

use crate::figure::visible;
use crate::store::Reading;

/// Work that is going on elsewhere; dropping it stops it at its next report.
pub(super) struct Job<T> {
    /// What it does, in words: "Reading spend-2024.csv".
    pub(super) name: String,
    pub(super) started: Instant,
    progress: Arc<JobProgress>,
    result: Receiver<T>,
}

#[derive(Default)]
struct JobProgress {
    count: AtomicU64,
    bytes: AtomicU64,
    stop: AtomicBool,
}

/// The other end of a job: it says how far it is, and hears whether it should stop.
pub(super) struct Reporter {
    progress: Arc<JobProgress>,
}

impl Reporter {
    /// As [`Reporter::report`], of a file that is being read.
    pub(super) fn report_reading(&self, reading: Reading) -> ControlFlow<()> {
        // Relaxed, for all of these: a number on screen may be a moment old, and the result comes through its
        // channel.
        self.progress.bytes.store(reading.bytes, Ordering::Relaxed);
        self.report(reading.rows)
    }

    /// As [`Reporter::report`], of a file that is being written.
    pub(super) fn report_writing(&self, bytes: u64) -> ControlFlow<()> {
        self.progress.bytes.store(bytes, Ordering::Relaxed);
        self.report(0)
    }

    pub(super) fn report(&self, count: u64) -> ControlFlow<()> {
        self.progress.count.store(count, Ordering::Relaxed);
        if self.progress.stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

/// How a job stands.
pub(super) enum Poll<T> {
    Working,
    Done(T),
    /// It ended without a result: it was stopped, or it failed in a way nobody foresaw.
    Gone,
}

impl<T: Send + 'static> Job<T> {
    /// Starts work on a thread of its own; the screen wakes when it ends.
    pub(super) fn start(
        name: &str,
        context: &Context,
        work: impl FnOnce(&Reporter) -> T + Send + 'static,
    ) -> Self {
        let progress = Arc::new(JobProgress::default());
        // Room for the one result, so that the thread ends whether or not anybody asks for it.
        let (sender, result) = sync_channel(1);
        let reporter = Reporter { progress: Arc::clone(&progress) };
        let context = context.clone();
        // A name may be of a place: one with a NUL in it is none for a thread.
        let name = visible(name).into_owned();
        let thread = std::thread::Builder::new().name(name.clone());
        let started = thread.spawn(move || {
            give_way_to_the_window();
            // A fault ends the job and not the program; the window hears of it as of a result.
            let done = catch_unwind(AssertUnwindSafe(|| work(&reporter)));
            if let Ok(done) = done {
                // Nobody listens when the job was dropped.
                let _ = sender.send(done);
            }
            drop(sender);
            context.request_repaint();
        });
        // Where no thread can be had the sender is gone, and so the job is.
        drop(started);
        Self { name, started: Instant::now(), progress, result }
    }

    /// Asks it to stop at its next report; what comes of that is still its result.
    pub(super) fn ask_to_stop(&self) {
        self.progress.stop.store(true, Ordering::Relaxed);
    }

    pub(super) fn poll(&self) -> Poll<T> {
        match self.result.try_recv() {
            Ok(result) => Poll::Done(result),
            Err(TryRecvError::Empty) => Poll::Working,
            Err(TryRecvError::Disconnected) => Poll::Gone,
        }
    }

    /// How far it is: rows, mostly.
    pub(super) fn count(&self) -> u64 {
        self.progress.count.load(Ordering::Relaxed)
    }

    /// How many bytes of a file it has read.
    pub(super) fn bytes(&self) -> u64 {
        self.progress.bytes.load(Ordering::Relaxed)
    }
}

/// Gives memory back on a thread of its own: a million names take longer than a frame.
pub(super) fn let_go(value: impl Send + 'static) {
    let thread = std::thread::Builder::new().name("memory given back".to_owned());
    // Where no thread can be had it goes here, and a frame is late.
    drop(thread.spawn(move || {
        give_way_to_the_window();
        drop(value);
    }));
}

/// Where both want a processor, the window's frame comes first; the threads that this one begins do as it does.
///
/// On Linux alone, where a thread has a weight of its own.
fn give_way_to_the_window() {
    /// A third of the weight of the window's thread: a frame waits no longer than it must, and the work still goes on
    /// beside another program that never rests.
    #[cfg(target_os = "linux")]
    const NICE: i32 = 5;
    // Where it may not be set it is as anywhere else: a frame may be late.
    #[cfg(target_os = "linux")]
    let _ = rustix::process::setpriority_process(Some(rustix::thread::gettid()), NICE);
}

impl<T> Drop for Job<T> {
    fn drop(&mut self) {
        self.progress.stop.store(true, Ordering::Relaxed);
    }
}
