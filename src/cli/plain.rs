//! What a terminal is given: text from files may hold what steers it, which is shown as a small sign and never sent.

use std::io::{self, Write};

use crate::figure::visible_lines;

/// Writes text for somebody to read, whoever has said it.
#[derive(Debug)]
pub struct Plain<W> {
    inner: W,
    /// What was begun and may go on: a letter of several bytes, or the end of a line of which half is here.
    waiting: Vec<u8>,
}

impl<W: Write> Plain<W> {
    pub fn new(inner: W) -> Self {
        Self { inner, waiting: Vec::new() }
    }

    /// Sends what waits, up to the last letter that is whole; all of it where nothing follows.
    fn send(&mut self, is_all: bool) -> io::Result<()> {
        let bytes = std::mem::take(&mut self.waiting);
        let mut whole = if is_all { bytes.len() } else { whole_letters(&bytes) };
        if !is_all && bytes[..whole].ends_with(b"\r") {
            whole -= 1;
        }
        self.waiting = bytes[whole..].to_vec();
        let text = String::from_utf8_lossy(&bytes[..whole]);
        self.inner.write_all(visible_lines(&text).as_bytes())
    }
}

/// How many bytes are letters that are whole, or none at all.
fn whole_letters(bytes: &[u8]) -> usize {
    // A letter has four bytes at most: only what begins in the last three may go on.
    let begun = (1..=3.min(bytes.len())).find(|back| bytes[bytes.len() - back] >= 0xC0);
    let tail = begun.map_or(&[][..], |back| &bytes[bytes.len() - back..]);
    match std::str::from_utf8(tail) {
        Err(error) if error.error_len().is_none() => bytes.len() - tail.len(),
        _ => bytes.len(),
    }
}

impl<W: Write> Write for Plain<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.waiting.extend_from_slice(bytes);
        self.send(false)?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.send(true)?;
        self.inner.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is sent of a text that comes in pieces.
    fn sent(pieces: &[&[u8]]) -> String {
        let mut plain = Plain::new(Vec::new());
        for piece in pieces {
            plain.write_all(piece).unwrap();
        }
        plain.flush().unwrap();
        String::from_utf8(plain.inner).unwrap()
    }

    #[test]
    fn nothing_that_steers_a_terminal_is_sent_however_it_comes() {
        let text = "\u{1b}[31mCafé\u{202e}\u{200b}\u{7}\ttidy\r\nand\rmore £5\n";
        let shown = "\u{25a1}[31mCafé\u{25a1}\u{25a1}\u{25a1}\ttidy\r\nand\u{25a1}more £5\n";
        assert_eq!(sent(&[text.as_bytes()]), shown);
        for size in 1..9 {
            let pieces: Vec<&[u8]> = text.as_bytes().chunks(size).collect();
            assert_eq!(sent(&pieces), shown, "in pieces of {size}");
        }
        assert_eq!(sent(&[b"half a letter \xC3"]), "half a letter \u{fffd}");
        assert_eq!(sent(&[b"\xE2\x80", b"\xAE", b"\xFF\xC3\xA9"]), "\u{25a1}\u{fffd}é");
    }
}
