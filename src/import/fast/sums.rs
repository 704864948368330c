//! Sums by combinations of a few names, for totals of files too large to keep line by line. Exact however
//! large they grow.

use crate::money::Money;

/// More numbers than these tell no combination apart.
/// A key is then 32 bytes, compared and hashed without a loop; nobody asks for totals by nine dimensions.
pub(super) const MOST_SUMMED: usize = 8;

/// Sums by combinations of small numbers: open addressing, [`MOST_SUMMED`] numbers at most.
#[derive(Debug)]
pub(super) struct Sums {
    slots: Vec<u32>,
    mask: usize,
    keys: Vec<[u32; MOST_SUMMED]>,
    /// The sum, what has overflown it, and how many lines were added.
    amounts: Vec<(i64, i128, u32)>,
}

impl Default for Sums {
    fn default() -> Self {
        // Places and themes combine into hundreds: so many fit without moving.
        Self { slots: vec![0; 1024], mask: 1023, keys: Vec::new(), amounts: Vec::new() }
    }
}

impl Sums {
    #[inline]
    pub(super) fn add(&mut self, key: [u32; MOST_SUMMED], amount: i64) {
        let mut at = hash_of(&key) as usize & self.mask;
        let index = loop {
            match self.slots[at] {
                0 => break self.insert(key, at),
                slot if self.keys[slot as usize - 1] == key => break slot as usize - 1,
                _ => at = (at + 1) & self.mask,
            }
        };
        let (sum, wide, lines) = &mut self.amounts[index];
        *lines += 1;
        // 64 bits hold all but sums beyond a line's largest amount, and are added in one step; what overflows
        // is put aside in 128.
        if let Some(more) = sum.checked_add(amount) {
            *sum = more;
        } else {
            *wide += i128::from(*sum);
            *sum = amount;
        }
    }

    #[cold]
    fn insert(&mut self, key: [u32; MOST_SUMMED], at: usize) -> usize {
        self.keys.push(key);
        self.amounts.push((0, 0, 0));
        self.slots[at] = self.keys.len() as u32;
        if self.keys.len() * 2 > self.slots.len() {
            let size = self.slots.len() * 4;
            self.slots = vec![0; size];
            self.mask = size - 1;
            for (index, key) in self.keys.iter().enumerate() {
                let mut at = hash_of(key) as usize & self.mask;
                while self.slots[at] != 0 {
                    at = (at + 1) & self.mask;
                }
                self.slots[at] = index as u32 + 1;
            }
        }
        self.keys.len() - 1
    }

    pub(super) fn iter(&self, count: usize) -> impl Iterator<Item = (&[u32], Money, u32)> {
        self.keys.iter().zip(&self.amounts).map(move |(key, (sum, wide, lines))| {
            (&key[..count], Money::from_units(i128::from(*sum) + wide), *lines)
        })
    }
}

#[inline]
fn hash_of(key: &[u32; MOST_SUMMED]) -> u64 {
    let mut state = 0_u64;
    for pair in key.as_chunks::<2>().0 {
        let word = u64::from(pair[0]) | u64::from(pair[1]) << 32;
        // Turned before each word, or keys with the same numbers in other places would meet.
        state = (state.rotate_left(23) ^ word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
    state ^ (state >> 32)
}
