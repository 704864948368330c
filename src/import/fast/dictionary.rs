//! The distinct cells of a column as small numbers: a hash table made for tens of millions of look-ups a
//! second, of bytes that are nearly always known already.

/// Cells as small numbers in the order they were first met. Made for speed: bytes in one arena, open addressing, a
/// multiplying hash; a few nanoseconds for a cell that is known.
#[derive(Debug)]
pub(super) struct Dictionary {
    slots: Vec<Slot>,
    mask: usize,
    /// Where each cell's entry starts in the arena: its length, then its bytes.
    places: Vec<usize>,
    arena: Vec<u8>,
    /// What [`Dictionary::ids`] has found so far of the cells at hand.
    found: Vec<(u64, Slot)>,
}

/// Everything that tells whether a cell is the one: what has to be fetched from afar is fetched once.
#[derive(Clone, Copy, Debug, Default)]
struct Slot {
    /// Number plus one; 0 is free.
    number: u32,
    /// The upper half of the hash.
    tag: u32,
    /// Where the cell's entry starts in the arena.
    start: usize,
}

/// Slots up to which a dictionary lies near the processor.
/// 64 KB of slots, which lie in the second cache at the farthest: there is nothing to wait for.
const NEAR: usize = 1 << 12;
/// Bytes that hold a cell's length.
// Before the bytes in the arena, so that length and text come with one fetch.
const LENGTH: usize = 4;

impl Dictionary {
    pub(super) fn new() -> Self {
        Self {
            // Most columns have a few dozen names; a kilobyte each is soon made and soon outgrown.
            slots: vec![Slot::default(); 64],
            mask: 63,
            places: Vec::new(),
            arena: Vec::new(),
            found: Vec::new(),
        }
    }

    /// The number of a cell, and whether it is met for the first time.
    #[inline]
    pub(super) fn id(&mut self, cell: &[u8]) -> (u32, bool) {
        self.id_hashed(cell, hash(cell))
    }

    #[inline]
    fn id_hashed(&mut self, cell: &[u8], hash: u64) -> (u32, bool) {
        let mut at = hash as usize & self.mask;
        loop {
            let slot = self.slots[at];
            if slot.number == 0 {
                return (self.add(cell, hash), true);
            }
            if self.is_in(slot, cell, hash) {
                return (slot.number - 1, false);
            }
            at = (at + 1) & self.mask;
        }
    }

    /// The numbers of many cells of `bytes`, each from where to where; `new` is told the place among them of each that
    /// is met for the first time. They are fetched side by side, as large dictionaries lie far from the processor.
    pub(super) fn ids(
        &mut self,
        bytes: &[u8],
        cells: &[(u32, u32)],
        ids: &mut Vec<u32>,
        mut new: impl FnMut(usize),
    ) {
        let cell_at = |(start, end): (u32, u32)| &bytes[start as usize..end as usize];
        ids.clear();
        if self.slots.len() <= NEAR {
            for (index, &cell) in cells.iter().enumerate() {
                let (id, is_new) = self.id(cell_at(cell));
                ids.push(id);
                if is_new {
                    new(index);
                }
            }
            return;
        }
        let mut found = std::mem::take(&mut self.found);
        found.clear();
        found.extend(cells.iter().map(|&cell| (hash(cell_at(cell)), Slot::default())));
        // Nothing in this loop depends on what was fetched before, so the processor has many fetches under
        // way at once.
        for (hash, slot) in &mut found {
            *slot = self.slots[*hash as usize & self.mask];
        }
        for (index, (&cell, &(hash, slot))) in cells.iter().zip(&found).enumerate() {
            let cell = cell_at(cell);
            // Most cells lie in the first slot of theirs. What does not is looked up anew, as cells of this
            // very list may have been added meanwhile.
            if slot.number != 0 && self.is_in(slot, cell, hash) {
                ids.push(slot.number - 1);
                continue;
            }
            let (id, is_new) = self.id_hashed(cell, hash);
            ids.push(id);
            if is_new {
                new(index);
            }
        }
        self.found = found;
    }

    #[inline]
    fn is_in(&self, slot: Slot, cell: &[u8], hash: u64) -> bool {
        // The tag is the half of the hash that did not choose the slot: it rules nearly every other cell out
        // without touching the arena.
        slot.tag == (hash >> 32) as u32
            && self.arena[slot.start..].split_at_checked(LENGTH).is_some_and(|(length, rest)| {
                length == (cell.len() as u32).to_le_bytes() && same(&rest[..cell.len()], cell)
            })
    }

    #[cold]
    fn add(&mut self, cell: &[u8], hash: u64) -> u32 {
        let id = self.places.len() as u32;
        self.places.push(self.arena.len());
        self.arena.extend_from_slice(&(cell.len() as u32).to_le_bytes());
        self.arena.extend_from_slice(cell);
        // Half full at most: with linear probing runs stay one or two slots long.
        if (self.places.len() + 1) * 2 > self.slots.len() {
            self.grow();
        } else {
            self.place(id, hash);
        }
        id
    }

    fn grow(&mut self) {
        // A table that is small may be sparse.
        // Fourfold while small: a dictionary that grows to a million is then moved a few times rather than
        // ten.
        let size = self.slots.len() * if self.slots.len() < 1 << 14 { 4 } else { 2 };
        self.slots = vec![Slot::default(); size];
        self.mask = size - 1;
        for (id, end) in (0..self.places.len()).zip(1..) {
            let end = self.places.get(end).copied().unwrap_or(self.arena.len());
            let hash = hash(&self.arena[self.places[id] + LENGTH..end]);
            self.place(id as u32, hash);
        }
    }

    fn place(&mut self, id: u32, hash: u64) {
        let mut at = hash as usize & self.mask;
        while self.slots[at].number != 0 {
            at = (at + 1) & self.mask;
        }
        self.slots[at] = Slot { number: id + 1, tag: (hash >> 32) as u32, start: self.places[id as usize] };
    }
}

/// A multiplying hash over eight bytes at a time.
#[inline]
pub(super) fn hash(bytes: &[u8]) -> u64 {
    const K: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = bytes.len() as u64;
    let (eights, rest) = bytes.as_chunks::<8>();
    for eight in eights {
        state = mix(state ^ u64::from_le_bytes(*eight), K);
    }
    if !rest.is_empty() {
        state = mix(state ^ last_word(bytes, rest), K);
    }
    state ^ (state >> 29)
}

#[inline]
fn mix(a: u64, b: u64) -> u64 {
    // Both halves of the product (as in wyhash): low bits alone would forget the high bits of what is
    // multiplied.
    let product = u128::from(a) * u128::from(b);
    product as u64 ^ (product >> 64) as u64
}

/// The last eight bytes, some of them again, where there are eight; else those there are.
#[inline]
fn last_word(bytes: &[u8], rest: &[u8]) -> u64 {
    if let Some(last) = bytes.last_chunk::<8>() {
        // Reading some bytes twice costs nothing and saves a loop over the odd ones.
        return u64::from_le_bytes(*last);
    }
    match (rest.first_chunk::<4>(), rest.last_chunk::<4>(), rest) {
        (Some(first), Some(last), _) => {
            u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32
        }
        (_, _, [first, .., last]) => {
            u64::from(*first) | u64::from(rest[rest.len() / 2]) << 8 | u64::from(*last) << 16
        }
        (_, _, [only]) => u64::from(*only),
        (_, _, []) => 0,
    }
}

/// Whether the cells are alike: short ones, for which a call takes longer than the comparison.
#[inline]
fn same(left: &[u8], right: &[u8]) -> bool {
    if left.len() != right.len() {
        return false;
    }
    let ((lefts, left_rest), (rights, right_rest)) = (left.as_chunks::<8>(), right.as_chunks::<8>());
    for (left, right) in lefts.iter().zip(rights) {
        if u64::from_le_bytes(*left) != u64::from_le_bytes(*right) {
            return false;
        }
    }
    last_word(left, left_rest) == last_word(right, right_rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_every_length_are_told_apart() {
        let mut dictionary = Dictionary::new();
        let text = b"abcdefghijklmnopqrstuvwxyz";
        let mut cells: Vec<Vec<u8>> = Vec::new();
        for length in 0..=text.len() {
            cells.push(text[..length].to_vec());
            for at in 0..length {
                let mut other = text[..length].to_vec();
                other[at] = b'!';
                cells.push(other);
            }
        }
        let bytes = cells.concat();
        let mut end = 0;
        let places: Vec<(u32, u32)> = cells
            .iter()
            .map(|cell| {
                end += cell.len() as u32;
                (end - cell.len() as u32, end)
            })
            .collect();
        let numbers: Vec<u32> = (0..cells.len() as u32).collect();
        let (mut ids, mut new) = (Vec::new(), Vec::new());
        dictionary.ids(&bytes, &places, &mut ids, |index| new.push(index as u32));
        assert_eq!((&ids, &new), (&numbers, &numbers), "all are new");
        new.clear();
        dictionary.ids(&bytes, &places, &mut ids, |index| new.push(index as u32));
        assert_eq!((&ids, &new), (&numbers, &vec![]), "all are known");
    }

    #[test]
    fn a_new_cell_that_comes_twice_among_many_is_new_once() {
        let mut dictionary = Dictionary::new();
        let (mut ids, mut new) = (Vec::new(), Vec::new());
        let numbers: String = (100_000..106_000).map(|number| number.to_string()).collect();
        let many: Vec<(u32, u32)> = (0..6_000).map(|index| (index * 6, index * 6 + 6)).collect();
        for known in [0, 6_000] {
            new.clear();
            dictionary.ids(b"abab", &[(0, 2), (0, 1), (2, 4), (2, 3)], &mut ids, |index| new.push(index));
            let expected =
                if known == 0 { (vec![0, 1, 0, 1], vec![0, 1]) } else { (vec![0, 1, 0, 1], vec![]) };
            assert_eq!((ids.clone(), new.clone()), expected);
            new.clear();
            let twice = [&many[..], &many[..]].concat();
            dictionary.ids(numbers.as_bytes(), &twice, &mut ids, |index| new.push(index));
            assert_eq!(ids[..6_000], ids[6_000..]);
            assert_eq!(new.len(), 6_000 - known);
        }
    }
}
