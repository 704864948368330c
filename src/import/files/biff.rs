//! The records of an older workbook, looked at before they are read: cells that stand far apart would be given room for
//! all that lies between them, and a sheet for all the cells that it says it has.

/// More room than any sound list of spending takes.
const MOST_ROOM: u64 = 8_000_000;

/// Records that hold a cell, by its row and column.
const CELLS: [u16; 8] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6, 0x00FD];
/// Begins a sheet, or what is inside of one.
const BEGIN: u16 = 0x0809;
/// Where a sheet begins, and its name.
const SHEET: u16 = 0x0085;
/// What a sheet says of its own size.
const SIZE: u16 = 0x0200;

/// The records of a stream as far as they are whole: where each begins, what it is, what it holds.
fn records(stream: &[u8]) -> impl Iterator<Item = (usize, u16, &[u8])> {
    let mut next = 0;
    std::iter::from_fn(move || {
        let (&[id_low, id_high, length_low, length_high], after) = stream.get(next..)?.split_first_chunk()?;
        let data = after.get(..usize::from(u16::from_le_bytes([length_low, length_high])))?;
        let begun = next;
        next += 4 + data.len();
        Some((begun, u16::from_le_bytes([id_low, id_high]), data))
    })
}

/// Whether each sheet begins where its records do. In a damaged workbook it may begin in the middle of something else,
/// whose records nobody has looked at.
pub(super) fn sheets_begin_at_records(stream: &[u8]) -> bool {
    let (mut begun, mut sheets) = (Vec::new(), Vec::new());
    for (at, id, data) in records(stream) {
        match (id, data.first_chunk::<4>()) {
            (BEGIN, _) => begun.push(at),
            (SHEET, Some(place)) => sheets.push(u32::from_le_bytes(*place) as usize),
            _ => {}
        }
    }
    sheets.iter().all(|sheet| begun.binary_search(sheet).is_ok())
}

/// Blots out what sheets say of their own size: room would be made for it before the first cell is read, which ends the
/// program where a damaged sheet says that it has thousands of millions of cells.
pub(super) fn blot_out_sizes(stream: &mut [u8]) {
    let sizes: Vec<(usize, usize)> =
        records(stream).filter(|(_, id, _)| *id == SIZE).map(|(at, _, data)| (at + 4, data.len())).collect();
    for (at, length) in sizes {
        stream[at..at + length].fill(0);
    }
}

/// Whether the cells of each sheet stand near enough to each other to be read into memory.
pub(super) fn is_dense_enough(stream: &[u8]) -> bool {
    let mut corners: Option<[u16; 4]> = None;
    for (_, id, data) in records(stream) {
        if id == BEGIN {
            corners = None;
        }
        if !CELLS.contains(&id) {
            continue;
        }
        let [row_low, row_high, column_low, column_high, ..] = *data else { continue };
        let row = u16::from_le_bytes([row_low, row_high]);
        let first = u16::from_le_bytes([column_low, column_high]);
        // Several numbers of one row end with their last column.
        let last = match data {
            [.., low, high] if id == 0x00BD => u16::from_le_bytes([*low, *high]),
            _ => first,
        };
        let [top, bottom, left, right] = corners.unwrap_or([row, row, first, last]);
        let [top, bottom, left, right] =
            [top.min(row), bottom.max(row), left.min(first).min(last), right.max(last).max(first)];
        if (u64::from(bottom - top) + 1) * (u64::from(right - left) + 1) > MOST_ROOM {
            return false;
        }
        corners = Some([top, bottom, left, right]);
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(row: u16, column: u16) -> Vec<u8> {
        let mut record = vec![0x7E, 0x02, 10, 0];
        record.extend(row.to_le_bytes());
        record.extend(column.to_le_bytes());
        record.extend([0; 6]);
        record
    }

    #[test]
    fn far_cells_are_seen() {
        let near = [cell(0, 0), cell(60_000, 20)].concat();
        assert!(is_dense_enough(&near));
        assert!(!is_dense_enough(&[cell(0, 0), cell(u16::MAX, u16::MAX)].concat()));
        // A cell of another sheet is no neighbour.
        assert!(is_dense_enough(&[cell(0, 0), vec![9, 8, 0, 0], cell(u16::MAX, u16::MAX)].concat()));
        assert!(is_dense_enough(b""));
    }

    #[test]
    fn a_sheet_that_begins_in_the_middle_of_something_is_seen() {
        let sheet = |at: u8| vec![0x85, 0, 5, 0, at, 0, 0, 0, 7];
        let begin = vec![9, 8, 2, 0, 6, 5];
        assert!(sheets_begin_at_records(&[begin.clone(), sheet(15), begin.clone()].concat()));
        assert!(!sheets_begin_at_records(&[begin.clone(), sheet(14), begin.clone()].concat()));
        assert!(!sheets_begin_at_records(&[begin.clone(), sheet(6), begin].concat()));
    }

    #[test]
    fn what_a_sheet_says_of_its_size_is_blotted_out_and_nothing_else() {
        let head = [0x00, 0x02, 14, 0];
        let record = |size: u8| [head.as_slice(), &[size; 14]].concat();
        let cut_off = [head.as_slice(), &[7]].concat();
        let mut stream = [cell(1, 2), record(0xFF), cell(3, 4), cut_off.clone()].concat();
        blot_out_sizes(&mut stream);
        assert_eq!(stream, [cell(1, 2), record(0), cell(3, 4), cut_off].concat());
    }
}
