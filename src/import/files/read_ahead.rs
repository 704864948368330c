//! Reading ahead on another thread, and the threads that are for reading only.

use std::io::{self, Read};
use std::sync::LazyLock;
use std::sync::mpsc::{Receiver, sync_channel};

use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

/// Bytes that are handed over at a time.
// What is handed over stays near the processor that takes it.
const CHUNK: usize = 128 * 1024;
/// So many of them wait.
// Enough that neither waits for a moment's delay of the other; more would only lie there.
const WAITING: usize = 4;

/// Threads for reading only: who paints the window on rayon's common ones must not wait until a file is read.
pub(in crate::import) static THREADS: LazyLock<Result<ThreadPool, ThreadPoolBuildError>> =
    LazyLock::new(|| ThreadPoolBuilder::new().thread_name(|_| "Reading".to_owned()).build());

/// Reads from `reader` on another thread, ahead of `take`, which is given the same bytes: for readers that take as long
/// as what is done with what they give.
pub(in crate::import) fn read_ahead<R: Read + Send, T>(
    mut reader: R,
    take: impl FnOnce(&mut dyn Read) -> T,
) -> T {
    let Some(threads) = THREADS.as_ref().ok().filter(|threads| threads.current_thread_index().is_none())
    else {
        return take(&mut reader);
    };
    threads.in_place_scope(|scope| {
        let (sender, chunks) = sync_channel(WAITING);
        scope.spawn(move |_| {
            loop {
                let mut chunk = Vec::with_capacity(CHUNK);
                let read = (&mut reader).take(CHUNK as u64).read_to_end(&mut chunk);
                let is_last = read.as_ref().map_or(true, |count| *count == 0);
                // Nobody takes more once enough was read.
                if sender.send(read.map(|_| chunk)).is_err() || is_last {
                    return;
                }
            }
        });
        take(&mut Ahead { chunks, chunk: Vec::new(), at: 0 })
    })
}

/// What another thread has read.
struct Ahead {
    chunks: Receiver<io::Result<Vec<u8>>>,
    chunk: Vec<u8>,
    at: usize,
}

impl Read for Ahead {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.at == self.chunk.len() {
            match self.chunks.recv() {
                Ok(chunk) => (self.chunk, self.at) = (chunk?, 0),
                Err(_) => return Ok(0),
            }
        }
        let rest = &self.chunk[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_ahead_is_what_there_is() {
        let bytes: Vec<u8> = (0..1_000_000_u32).map(|number| (number % 251) as u8).collect();
        let mut all = Vec::new();
        let count =
            read_ahead(&bytes[..], |reader| reader.read_to_end(&mut all).expect("memory can be read"));
        assert_eq!((count, all == bytes), (bytes.len(), true));
        let mut first = [0; 10];
        read_ahead(&bytes[..], |reader| reader.read_exact(&mut first).expect("memory can be read"));
        assert_eq!(first, bytes[..10]);
    }

    #[test]
    fn a_reader_that_fails_says_so() {
        struct Failing;
        impl Read for Failing {
            fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
                Err(io::Error::other("torn out"))
            }
        }
        let said =
            read_ahead(Failing, |reader| reader.read_to_end(&mut Vec::new()).map_err(|e| e.to_string()));
        assert_eq!(said, Err("torn out".to_owned()));
    }
}
