//! A file in blocks that end where a row ends, so that each can be taken apart by itself, on any core.

use std::io::Read;

use memchr::{memchr_iter, memrchr, memrchr_iter};

/// Bytes that one core takes apart at a time.
/// Small enough that a block and what is made of it stay near the core, large enough that handing it over
/// costs nothing beside it.
pub(super) const BLOCK: usize = 2 << 20;

/// Reads blocks whole rows at a time.
pub(super) struct Blocks<R> {
    reader: R,
    carry: Vec<u8>,
    number: usize,
    ended: bool,
    pub(super) failed: Option<std::io::Error>,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, carry: Vec::new(), number: 0, ended: false, failed: None }
    }

    /// The next block and its number; it ends with a row, as far as quotation marks in pairs can tell.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> Option<usize> {
        if self.ended && self.carry.is_empty() {
            return None;
        }
        buffer.clear();
        buffer.append(&mut self.carry);
        // What was carried over is part of a row already: with less than twice as much a very long row would
        // be read again and again.
        let mut wanted = BLOCK.max(buffer.len() * 2);
        loop {
            let start = buffer.len();
            if !self.ended {
                let missing = (wanted - start) as u64;
                match (&mut self.reader).take(missing).read_to_end(buffer) {
                    Ok(count) => self.ended = (count as u64) < missing,
                    Err(error) => {
                        self.failed = Some(error);
                        self.ended = true;
                    }
                }
            }
            if self.ended {
                break;
            }
            if let Some(end) = last_row_end(buffer) {
                self.carry.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                break;
            }
            // A cell of a hundred megabytes is none: somewhere a mark was opened that nobody closed.
            if buffer.len() > 64 * BLOCK {
                // A quotation mark without its pair: the tokenizer will see it and the thorough way takes over.
                let end = memrchr(b'\n', buffer).map_or(buffer.len(), |at| at + 1);
                self.carry.extend_from_slice(&buffer[end..]);
                buffer.truncate(end);
                break;
            }
            wanted = buffer.len() * 2;
        }
        if buffer.is_empty() {
            return None;
        }
        self.number += 1;
        Some(self.number - 1)
    }
}

/// Where the last row of a block ends: at the last line end with an even number of quotation marks before it.
fn last_row_end(bytes: &[u8]) -> Option<usize> {
    let mut quotes = memchr_iter(b'"', bytes).count();
    let mut end = bytes.len();
    for line_end in memrchr_iter(b'\n', bytes) {
        quotes -= memchr_iter(b'"', &bytes[line_end..end]).count();
        if quotes.is_multiple_of(2) {
            return Some(line_end + 1);
        }
        end = line_end;
    }
    None
}
