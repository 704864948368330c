//! The outer shell of older workbooks, an OLE2 compound file: whether its chains of sectors come to an end,
//! and the stream that holds the sheets. Looked at before a library follows them.

/// Sector numbers from here on are no sectors but marks: free, end of chain, table.
const FIRST_MARK: u32 = 0xFFFF_FFFA;

/// A modern workbook behind a password is kept inside the older kind of file, in a part of this name.
pub(in crate::import) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memchr::memmem::find(&bytes[..bytes.len().min(1 << 20)], &name).is_some()
        || memchr::memmem::find(&bytes[bytes.len().saturating_sub(1 << 20)..], &name).is_some()
}

/// Whether every chain of sectors in the outer shell of an older workbook comes to an end inside the file: one that
/// goes round would be followed for ever.
pub(super) fn chains_end(bytes: &[u8]) -> bool {
    check(bytes).is_some()
}

/// How the streams inside an older workbook are put together.
struct Tables {
    /// Bytes of a sector.
    size: usize,
    /// For each sector the next one of its stream.
    table: Vec<u32>,
    /// The same for the sectors of 64 bytes that small streams have.
    small: Vec<u32>,
}

/// The bytes of the stream that holds the sheets.
pub(super) fn workbook_stream(bytes: &[u8]) -> Option<Vec<u8>> {
    let tables = check(bytes)?;
    let whole = |start: u32| -> Option<Vec<u8>> {
        let mut stream = Vec::new();
        let mut next = start;
        while next < FIRST_MARK {
            let from = (next as usize).checked_add(1)?.checked_mul(tables.size)?;
            stream.extend_from_slice(bytes.get(from..)?.get(..tables.size).unwrap_or(bytes.get(from..)?));
            next = *tables.table.get(next as usize)?;
        }
        Some(stream)
    };
    let folder = whole(number(bytes, 48)?)?;
    let (entries, _) = folder.as_chunks::<128>();
    let small_size = number(bytes, 56)?;
    let found = entries.iter().find(|entry| {
        ["Workbook", "Book"].iter().any(|name| {
            let wide: Vec<u8> = name.bytes().flat_map(|b| [b.to_ascii_lowercase(), 0]).collect();
            entry[..wide.len()].eq_ignore_ascii_case(&wide) && usize::from(entry[64]) == wide.len() + 2
        })
    })?;
    let (start, length) = (number(found, 116)?, number(found, 120)?);
    if length >= small_size {
        return whole(start);
    }
    // Small streams stand in the stream of the first entry.
    let small = whole(number(entries.first()?, 116)?)?;
    let mut stream = Vec::new();
    let mut next = start;
    while next < FIRST_MARK {
        let from = (next as usize).checked_mul(64)?;
        stream.extend_from_slice(small.get(from..from + 64)?);
        next = *tables.small.get(next as usize)?;
    }
    Some(stream)
}

fn check(bytes: &[u8]) -> Option<Tables> {
    let shift = u16::from_le_bytes(bytes.get(30..32)?.try_into().ok()?);
    if !matches!(shift, 9 | 12) {
        return None;
    }
    let size = 1_usize << shift;
    let sector = |id: u32| -> Option<&[u8]> {
        let start = (id as usize).checked_add(1)?.checked_mul(size)?;
        bytes.get(start..).map(|rest| &rest[..rest.len().min(size)])
    };
    let mut table_sectors: Vec<u32> = numbers(bytes.get(76..512)?).filter(|id| *id < FIRST_MARK).collect();
    // Large files list more sectors of the table in a chain of its own.
    let mut next = number(bytes, 68)?;
    let mut seen = 0;
    while next < FIRST_MARK {
        let listed: Vec<u32> = numbers(sector(next)?).collect();
        let (last, ids) = listed.split_last()?;
        table_sectors.extend(ids.iter().filter(|id| **id < FIRST_MARK));
        next = *last;
        seen += 1;
        if seen > bytes.len() / size + 1 {
            return None;
        }
    }
    if table_sectors.len() > bytes.len() / size + 1 {
        return None;
    }
    let mut table: Vec<u32> = Vec::new();
    for id in table_sectors {
        table.extend(numbers(sector(id)?));
    }
    all_end(&table)?;
    // Small streams have a table of their own, kept in a chain of the first.
    let mut small: Vec<u32> = Vec::new();
    let mut next = number(bytes, 60)?;
    while next < FIRST_MARK {
        small.extend(numbers(sector(next)?));
        next = *table.get(next as usize)?;
    }
    all_end(&small)?;
    Some(Tables { size, table, small })
}

/// Whether no chain in the table goes round, or leaves it.
fn all_end(table: &[u32]) -> Option<()> {
    let mut walked_by = vec![0_u32; table.len()];
    for start in 0..table.len() {
        let walk = start as u32 + 1;
        let mut at = start;
        while walked_by[at] == 0 {
            walked_by[at] = walk;
            match table[at] {
                FIRST_MARK.. => break,
                next if (next as usize) < table.len() => at = next as usize,
                _ => return None,
            }
        }
        let ended = table[at] >= FIRST_MARK || walked_by[at] != walk;
        // A walk that ends on its own steps has gone round.
        if !ended {
            return None;
        }
    }
    Some(())
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.as_chunks::<4>().0.iter().map(|four| u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use super::*;

    const END_OF_CHAIN: u32 = 0xFFFF_FFFE;

    #[test]
    fn a_chain_that_goes_round_is_found() {
        assert!(all_end(&[1, 2, END_OF_CHAIN, END_OF_CHAIN]).is_some());
        assert!(all_end(&[1, 2, 0]).is_none());
        assert!(all_end(&[1, 1]).is_none());
        assert!(all_end(&[9]).is_none());
        assert!(!chains_end(b"\xD0\xCF\x11\xE0"));
    }
}
