//! The text of a journal: a line that says what it is, then entries, each with a line of its own before it that
//! says its number, its length and a check of all of it. Whatever was cut, changed, left out or doubled shows.

use sha2::{Digest as _, Sha256};

/// The format that is written and read. It rises when older programs would misread a journal.
pub(super) const FORMAT: u32 = 2;

/// No line before an entry is longer: numbers have twenty digits at most, and versions are short.
const LONGEST_HEAD: usize = 256;

/// How a journal begins, whatever its format.
const TITLE: &str = "shadowpool journal ";

/// The first line of a journal, with a name that no other has: entries of another one do not fit behind it.
pub(super) fn title(name: &str) -> String {
    format!("{TITLE}{FORMAT} {name}\n")
}

/// An entry as it was written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Framed<'a> {
    pub(super) number: u64,
    /// The state of the history that it leads to, or that it is about.
    pub(super) state: u64,
    /// Seconds since 1970.
    pub(super) time: u64,
    /// The program's version that wrote it.
    pub(super) version: &'a str,
    pub(super) payload: &'a str,
    /// Where it ends in the journal.
    pub(super) end: usize,
}

/// A journal as far as it is whole.
#[derive(Debug)]
pub(super) struct LogText<'a> {
    pub(super) title: &'a str,
    pub(super) entries: Vec<Framed<'a>>,
    /// Where the entries end that are whole and in their order.
    pub(super) end: usize,
}

/// A text that is no journal of this format.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum NoLog {
    #[error("it does not say that it is a journal")]
    NoJournal,
    #[error("it has format {0}, and this program reads format {FORMAT}; a newer Shadowpool may read it")]
    Newer(u32),
}

/// An entry with the line before it, to be written after the entries so far.
pub(super) fn framed(title: &str, number: u64, state: u64, time: u64, payload: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    let bytes = payload.len();
    let head =
        format!("#{number} state {state} format {FORMAT} version {version} time {time} bytes {bytes} check ");
    let check = check(title, &head, payload.as_bytes());
    format!("{head}{check}\n{payload}\n")
}

/// The first eight bytes of the SHA-256 of the title, the line before an entry and the entry, in hexadecimal digits.
fn check(title: &str, head: &str, payload: &[u8]) -> String {
    let mut hasher = Sha256::new();
    for part in [title.as_bytes(), head.as_bytes(), payload] {
        hasher.update(part);
    }
    let digest: [u8; 32] = hasher.finalize().into();
    let first = digest[..8].try_into().expect("a digest has more than eight bytes");
    format!("{:016x}", u64::from_be_bytes(first))
}

impl<'a> LogText<'a> {
    /// Reads the entries up to the first that is not whole or not the next one.
    pub(super) fn read(bytes: &'a [u8]) -> Result<Self, NoLog> {
        let line_end = bytes.iter().take(LONGEST_HEAD).position(|byte| *byte == b'\n');
        let first = line_end.and_then(|end| std::str::from_utf8(&bytes[..=end]).ok());
        let title = first.ok_or(NoLog::NoJournal)?;
        let format = title.strip_prefix(TITLE).ok_or(NoLog::NoJournal)?;
        let format = format.split(' ').next().and_then(|format| format.parse().ok());
        match format {
            Some(FORMAT) => {}
            Some(newer) if newer > FORMAT => return Err(NoLog::Newer(newer)),
            _ => return Err(NoLog::NoJournal),
        }
        let (mut entries, mut end) = (Vec::new(), title.len());
        while let Some(entry) = entry_at(title, bytes, end).filter(|it| it.number == entries.len() as u64 + 1)
        {
            end = entry.end;
            entries.push(entry);
        }
        Ok(Self { title, entries, end })
    }

    /// How many entries look whole after a place where the journal is not.
    pub(super) fn whole_after(&self, bytes: &[u8], end: usize) -> usize {
        let (mut count, mut at) = (0, end);
        while let Some(found) = next_head(bytes, at) {
            match entry_at(self.title, bytes, found) {
                Some(entry) => {
                    count += 1;
                    at = entry.end;
                }
                None => at = found + 1,
            }
        }
        count
    }
}

/// Where the next line may begin that stands before an entry. The end of the line before it may be what is damaged.
fn next_head(bytes: &[u8], at: usize) -> Option<usize> {
    memchr::memchr(b'#', bytes.get(at..)?).map(|found| at + found)
}

/// The entry that begins there, if it is whole.
fn entry_at<'a>(title: &str, bytes: &'a [u8], at: usize) -> Option<Framed<'a>> {
    let rest = bytes.get(at..)?;
    let line_end = rest.iter().take(LONGEST_HEAD).position(|byte| *byte == b'\n')?;
    let line = std::str::from_utf8(&rest[..line_end]).ok()?;
    let words: Vec<&str> = line.split(' ').collect();
    let [
        number,
        "state",
        state,
        "format",
        _,
        "version",
        version,
        "time",
        time,
        "bytes",
        length,
        "check",
        said,
    ] = words[..]
    else {
        return None;
    };
    let length: usize = length.parse().ok()?;
    let start = line_end + 1;
    let end = start.checked_add(length)?;
    // The line's end behind it is part of an entry: one without it was cut.
    if *rest.get(end)? != b'\n' {
        return None;
    }
    let payload = &rest[start..end];
    let head = &line[..line.len() - said.len()];
    if check(title, head, payload) != said {
        return None;
    }
    Some(Framed {
        number: number.strip_prefix('#')?.parse().ok()?,
        state: state.parse().ok()?,
        time: time.parse().ok()?,
        version,
        payload: std::str::from_utf8(payload).ok()?,
        end: at + end + 1,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn journal(payloads: &[&str]) -> String {
        let mut text = title("1700000000-7-0");
        for (number, payload) in (1..).zip(payloads) {
            text += &framed(&title("1700000000-7-0"), number, number * 10, 1_700_000_000, payload);
        }
        text
    }

    /// How many entries are read, and how many look whole behind them.
    fn check_read(bytes: &[u8], read: usize, behind: usize) {
        let log = LogText::read(bytes).expect("the title is whole");
        let found = (log.entries.len(), log.whole_after(bytes, log.end));
        assert_eq!(found, (read, behind), "{}", String::from_utf8_lossy(bytes));
    }

    #[test]
    fn entries_are_read_as_they_were_written() {
        let text = journal(&["one", "two\nlines", ""]);
        let log = LogText::read(text.as_bytes()).expect("it is one");
        let read: Vec<_> =
            log.entries.iter().map(|entry| (entry.number, entry.state, entry.payload)).collect();
        assert_eq!(read, [(1, 10, "one"), (2, 20, "two\nlines"), (3, 30, "")]);
        assert_eq!(log.end, text.len());
    }

    #[test]
    fn a_journal_that_was_cut_ends_at_the_last_whole_entry() {
        let text = journal(&["one", "two", "three"]);
        let ends: Vec<usize> = LogText::read(text.as_bytes())
            .expect("it is one")
            .entries
            .iter()
            .map(|entry| entry.end)
            .collect();
        for cut in title("1700000000-7-0").len()..text.len() {
            check_read(&text.as_bytes()[..cut], ends.iter().filter(|end| **end <= cut).count(), 0);
        }
    }

    #[test]
    fn no_bit_of_an_entry_can_change_unseen() {
        let text = journal(&["one", "two", "three"]);
        let second = text.find("#2").expect("there is one")..text.find("#3").expect("there is one");
        for at in second {
            for bit in 0..8 {
                let mut bytes = text.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                check_read(&bytes, 1, 1);
            }
        }
    }

    #[test]
    fn an_entry_left_out_or_doubled_shows_and_so_does_one_of_another_journal() {
        let text = journal(&["one", "two", "three"]);
        let parts: Vec<&str> = text.split_inclusive('\n').collect();
        let of = |order: &[usize]| {
            let mut text = parts[0].to_owned();
            for entry in order {
                text += parts[entry * 2 - 1];
                text += parts[entry * 2];
            }
            text
        };
        check_read(of(&[1, 2, 3]).as_bytes(), 3, 0);
        check_read(of(&[1, 3]).as_bytes(), 1, 1);
        check_read(of(&[1, 2, 2, 3]).as_bytes(), 2, 2);
        check_read(of(&[1, 3, 2]).as_bytes(), 1, 2);
        let other = text.replacen("1700000000-7-0", "1700000000-8-0", 1);
        check_read(other.as_bytes(), 0, 0);
    }

    #[test]
    fn what_is_no_journal_or_a_newer_one_is_told_apart() {
        for text in ["", "shadowpool", "(format: 1)\n", "shadowpool journal\n", "shadowpool journal 1 x\n"] {
            assert_eq!(LogText::read(text.as_bytes()).expect_err("it is none"), NoLog::NoJournal, "{text}");
        }
        let newer = LogText::read(b"shadowpool journal 3 x\n#1 else\n").expect_err("it is newer");
        assert_eq!(newer, NoLog::Newer(3));
    }
}
