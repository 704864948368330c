//! Columns of small numbers in one, two or four bytes each, or in none where the whole column is one number:
//! ten million lines of seventeen dimensions have to fit in a laptop. A column whose names are others is the column it
//! was made of and a table.

use std::sync::Arc;

/// A column of small numbers, as narrow as its largest allows; the same number throughout takes no room.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum IdColumn {
    /// One number, so many times.
    Same(u32, usize),
    Narrow(Vec<u8>),
    Middle(Vec<u16>),
    Wide(Vec<u32>),
    /// Another column, none of this kind, and for each number in it the one that stands here.
    Renamed(Arc<IdColumn>, Arc<[u32]>),
}

impl Default for IdColumn {
    fn default() -> Self {
        Self::Same(0, 0)
    }
}

impl IdColumn {
    #[inline]
    pub(super) fn push(&mut self, id: u32) {
        match self {
            Self::Same(same, count) if *same == id => *count += 1,
            Self::Narrow(column) if u8::try_from(id).is_ok() => column.push(id as u8),
            Self::Middle(column) if u16::try_from(id).is_ok() => column.push(id as u16),
            Self::Wide(column) => column.push(id),
            _ => self.push_wider(id),
        }
    }

    /// The number does not fit as the column is. Names are numbered as they are met, so a column widens twice at most,
    /// however long it gets.
    #[cold]
    fn push_wider(&mut self, id: u32) {
        *self = match self {
            Self::Same(_, 0) => Self::Same(id, 0),
            Self::Same(same, count) => {
                let (same, count) = (*same, *count);
                match (u8::try_from(same), u16::try_from(same)) {
                    (Ok(same), _) => Self::Narrow(vec![same; count]),
                    (_, Ok(same)) => Self::Middle(vec![same; count]),
                    _ => Self::Wide(vec![same; count]),
                }
            }
            Self::Narrow(column) => Self::Middle(column.iter().copied().map(u16::from).collect()),
            Self::Middle(column) => Self::Wide(column.iter().copied().map(u32::from).collect()),
            Self::Wide(_) | Self::Renamed(..) => self.written_out(),
        };
        self.push(id);
    }

    /// Adds many at once, none of them beyond `largest`.
    pub(super) fn extend(&mut self, largest: u32, ids: impl IntoIterator<Item = u32>) {
        let mut ids = ids.into_iter();
        if matches!(self, Self::Renamed(..)) {
            *self = self.written_out();
        }
        // While it is one number throughout, the first other one makes it a list; then it is made wide enough.
        while matches!(self, Self::Same(..)) {
            let Some(id) = ids.next() else { return };
            self.push(id);
        }
        let fits = match self {
            Self::Same(..) | Self::Wide(_) => true,
            Self::Narrow(_) => u8::try_from(largest).is_ok(),
            Self::Middle(_) => u16::try_from(largest).is_ok(),
            Self::Renamed(..) => false,
        };
        if !fits {
            *self = self.widened(largest);
        }
        match self {
            Self::Same(..) | Self::Renamed(..) => {}
            Self::Narrow(column) => column.extend(ids.map(|id| id as u8)),
            Self::Middle(column) => column.extend(ids.map(|id| id as u16)),
            Self::Wide(column) => column.extend(ids),
        }
    }

    /// Adds the same number many times.
    pub(super) fn extend_same(&mut self, id: u32, count: usize) {
        if let Self::Same(same, already) = self
            && (*same == id || *already == 0)
        {
            *same = id;
            *already += count;
            return;
        }
        for _ in 0..count {
            self.push(id);
        }
    }

    /// Puts another number in a place.
    pub(super) fn set(&mut self, index: usize, id: u32) {
        match self {
            Self::Same(same, _) if *same == id => {}
            Self::Narrow(column) if u8::try_from(id).is_ok() => column[index] = id as u8,
            Self::Middle(column) if u16::try_from(id).is_ok() => column[index] = id as u16,
            Self::Wide(column) => column[index] = id,
            Self::Renamed(..) => {
                *self = self.written_out();
                self.set(index, id);
            }
            _ => {
                *self = self.widened(id);
                self.set(index, id);
            }
        }
    }

    /// The same numbers, with room for numbers as large as `id`.
    fn widened(&self, id: u32) -> Self {
        // Judged by what the width allows and not by what is there, which saves a pass; a column is never
        // made narrower again.
        let (count, most) = match self {
            Self::Same(same, count) => (*count, *same),
            Self::Narrow(column) => (column.len(), u8::MAX.into()),
            Self::Middle(column) => (column.len(), u16::MAX.into()),
            Self::Wide(column) => (column.len(), u32::MAX),
            Self::Renamed(of, ids) => (of.len(), ids.iter().copied().max().unwrap_or_default()),
        };
        let ids = (0..count).map(|index| self.get(index));
        match most.max(id) {
            most if u8::try_from(most).is_ok() => Self::Narrow(ids.map(|id| id as u8).collect()),
            most if u16::try_from(most).is_ok() => Self::Middle(ids.map(|id| id as u16).collect()),
            _ => Self::Wide(ids.collect()),
        }
    }

    /// Where a number stands, in order.
    pub(super) fn positions(&self, id: u32) -> Vec<usize> {
        fn of<T: PartialEq>(column: &[T], id: Option<T>) -> Vec<usize> {
            let Some(id) = id else { return Vec::new() };
            let found = column.iter().enumerate().filter(|(_, known)| **known == id);
            found.map(|(index, _)| index).collect()
        }
        match self {
            Self::Same(same, count) => (0..*count).filter(|_| *same == id).collect(),
            Self::Narrow(column) => of(column, u8::try_from(id).ok()),
            Self::Middle(column) => of(column, u16::try_from(id).ok()),
            Self::Wide(column) => of(column, Some(id)),
            Self::Renamed(of, _) => (0..of.len()).filter(|&index| self.get(index) == id).collect(),
        }
    }

    pub(super) fn get(&self, index: usize) -> u32 {
        match self {
            Self::Same(same, _) => *same,
            Self::Narrow(column) => u32::from(column[index]),
            Self::Middle(column) => u32::from(column[index]),
            Self::Wide(column) => column[index],
            Self::Renamed(of, ids) => ids[of.get(index) as usize],
        }
    }

    pub(super) fn len(&self) -> usize {
        match self {
            Self::Same(_, count) => *count,
            Self::Narrow(column) => column.len(),
            Self::Middle(column) => column.len(),
            Self::Wide(column) => column.len(),
            Self::Renamed(of, _) => of.len(),
        }
    }

    /// The same numbers without the column they were made of.
    fn written_out(&self) -> Self {
        let mut column = Self::default();
        for index in 0..self.len() {
            column.push(self.get(index));
        }
        column
    }

    /// A column with other numbers in place of those that another has: a table, whatever its length.
    pub(super) fn renamed(of: &Arc<Self>, ids: &[u32]) -> Self {
        match &**of {
            // One number throughout takes no room as it is.
            Self::Same(same, count) => Self::Same(ids.get(*same as usize).copied().unwrap_or(*same), *count),
            Self::Renamed(of, known) => {
                Self::Renamed(Arc::clone(of), known.iter().map(|&id| ids[id as usize]).collect())
            }
            _ => Self::Renamed(Arc::clone(of), ids.into()),
        }
    }

    /// The numbers of some of the lines.
    pub(super) fn picked(&self, lines: &[u32]) -> Self {
        match self {
            Self::Same(same, _) => Self::Same(*same, lines.len()),
            Self::Narrow(column) => Self::Narrow(lines.iter().map(|&line| column[line as usize]).collect()),
            Self::Middle(column) => Self::Middle(lines.iter().map(|&line| column[line as usize]).collect()),
            Self::Wide(column) => Self::Wide(lines.iter().map(|&line| column[line as usize]).collect()),
            Self::Renamed(of, ids) => Self::Renamed(Arc::new(of.picked(lines)), Arc::clone(ids)),
        }
    }

    /// Takes the column that another was made of for its own, where both say the same.
    pub(super) fn share_with(&mut self, former: &Self) {
        if let (Self::Renamed(of, ids), Self::Renamed(former, former_ids)) = (self, former) {
            if !Arc::ptr_eq(of, former) && of == former {
                *of = Arc::clone(former);
            }
            if ids == former_ids {
                *ids = Arc::clone(former_ids);
            }
        }
    }

    /// What it takes of memory, by address: itself under `own`, and what it was made of.
    pub(super) fn parts(&self, own: usize, part: &mut dyn FnMut(usize, &dyn Fn() -> usize)) {
        match self {
            Self::Same(..) => {}
            Self::Narrow(column) => part(own, &|| column.capacity()),
            Self::Middle(column) => part(own, &|| column.capacity() * 2),
            Self::Wide(column) => part(own, &|| column.capacity() * 4),
            Self::Renamed(of, ids) => {
                of.parts(Arc::as_ptr(of).addr(), part);
                part(ids.as_ptr().addr(), &|| ids.len() * 4);
            }
        }
    }

    /// Appends the ids from `start` on to the numbers in `keys`, as one more digit of base `base` each.
    pub(super) fn pack(&self, start: usize, base: u64, keys: &mut [u64]) {
        match self {
            Self::Same(same, _) => {
                for key in keys {
                    *key = *key * base + u64::from(*same);
                }
            }
            Self::Narrow(column) => pack(column.get(start..), base, keys),
            Self::Middle(column) => pack(column.get(start..), base, keys),
            Self::Wide(column) => pack(column.get(start..), base, keys),
            Self::Renamed(of, ids) => match &**of {
                Self::Narrow(column) => pack_renamed(column.get(start..), ids, base, keys),
                Self::Middle(column) => pack_renamed(column.get(start..), ids, base, keys),
                _ => {
                    for (index, key) in (start..).zip(keys) {
                        *key = *key * base + u64::from(ids[of.get(index) as usize]);
                    }
                }
            },
        }
    }

    /// Keeps in `lines` only those whose id is in `mask`.
    pub(super) fn retain(&self, lines: &mut Vec<u32>, mask: &[bool]) {
        match self {
            Self::Same(same, _) => {
                if !mask[*same as usize] {
                    lines.clear();
                }
            }
            Self::Narrow(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
            Self::Middle(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
            Self::Wide(column) => lines.retain(|&line| mask[column[line as usize] as usize]),
            Self::Renamed(of, ids) => {
                let mask: Vec<bool> = ids.iter().map(|&id| mask[id as usize]).collect();
                of.retain(lines, &mask);
            }
        }
    }
}

// A loop of its own for each width, without a choice inside it, is one the compiler turns into vector
// instructions.
fn pack<I: Copy + Into<u64>>(ids: Option<&[I]>, base: u64, keys: &mut [u64]) {
    for (key, &id) in keys.iter_mut().zip(ids.unwrap_or_default()) {
        *key = *key * base + id.into();
    }
}

fn pack_renamed<I: Copy + Into<u32>>(column: Option<&[I]>, ids: &[u32], base: u64, keys: &mut [u64]) {
    for (key, &id) in keys.iter_mut().zip(column.unwrap_or_default()) {
        let id: u32 = id.into();
        *key = *key * base + u64::from(ids[id as usize]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_widens_as_far_as_its_largest_number_needs() {
        let mut column = IdColumn::default();
        column.extend_same(7, 3);
        for (index, id) in [(1, 7), (1, 200), (2, 300), (0, 70_000), (2, 5)] {
            column.set(index, id);
        }
        assert_eq!((0..3).map(|index| column.get(index)).collect::<Vec<_>>(), [70_000, 200, 5]);
        assert!(matches!(column, IdColumn::Wide(_)));
    }

    #[test]
    fn many_at_once_are_as_one_by_one() {
        for ids in [vec![3, 3, 3], vec![3, 3, 9, 3], vec![3, 300, 2], vec![70_000, 1], vec![]] {
            for before in [vec![], vec![3], vec![1, 2], vec![400]] {
                let (mut one, mut many) = (IdColumn::default(), IdColumn::default());
                for &id in before.iter().chain(&ids) {
                    one.push(id);
                }
                many.extend(500, before.iter().copied());
                many.extend(70_000, ids.iter().copied());
                let count = before.len() + ids.len();
                let list = |column: &IdColumn| (0..count).map(|index| column.get(index)).collect::<Vec<_>>();
                assert_eq!(list(&one), list(&many), "{before:?} {ids:?}");
            }
        }
    }

    #[test]
    fn a_renamed_column_is_as_one_that_is_written_anew() {
        for ids in [vec![2, 2, 2], vec![1, 0, 2, 1], vec![300, 1, 300, 0], vec![70_000, 2, 1, 2]] {
            let mut column = IdColumn::default();
            for &id in &ids {
                column.push(id);
            }
            let table: Vec<u32> = (0..=70_000).map(|id| id / 2).collect();
            let mut renamed = IdColumn::renamed(&Arc::new(column), &table);
            let twice = IdColumn::renamed(&Arc::new(renamed.clone()), &table);
            let list = |column: &IdColumn| (0..column.len()).map(|at| column.get(at)).collect::<Vec<_>>();
            let halves = |by: u32| ids.iter().map(|id| id / by).collect::<Vec<_>>();
            assert_eq!((list(&renamed), list(&twice)), (halves(2), halves(4)));
            let mut keys = vec![0; ids.len()];
            renamed.pack(0, 100_000, &mut keys);
            assert_eq!(keys, halves(2).into_iter().map(u64::from).collect::<Vec<_>>());
            let lines: Vec<u32> = (1..ids.len() as u32).collect();
            assert_eq!(list(&renamed.picked(&lines)), halves(2)[1..]);
            let mut kept = lines.clone();
            let mask: Vec<bool> = (0..=70_000).map(|id| id == 1).collect();
            renamed.retain(&mut kept, &mask);
            assert!(lines.iter().all(|&line| kept.contains(&line) == (ids[line as usize] / 2 == 1)));
            renamed.set(0, 5);
            renamed.push(9);
            assert_eq!((renamed.get(0), renamed.get(ids.len())), (5, 9));
        }
    }
}
