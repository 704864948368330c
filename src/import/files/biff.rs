//! The records of an older workbook, looked at before they are read: cells that stand far apart would be given room for
//! all that lies between them.

/// More room than any sound list of spending takes.
const MOST_ROOM: u64 = 8_000_000;

/// Records that hold a cell, by its row and column.
const CELLS: [u16; 8] = [0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00BD, 0x00D6, 0x00FD];
const BEGIN: u16 = 0x0809;

/// Whether the cells of each sheet stand near enough to each other to be read into memory.
pub(super) fn is_dense_enough(stream: &[u8]) -> bool {
    let mut rest = stream;
    let mut corners: Option<[u16; 4]> = None;
    while let [id_low, id_high, length_low, length_high, after @ ..] = rest {
        let id = u16::from_le_bytes([*id_low, *id_high]);
        let length = usize::from(u16::from_le_bytes([*length_low, *length_high]));
        let Some((data, next)) = after.split_at_checked(length) else { break };
        rest = next;
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
}
