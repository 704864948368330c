//! Damaged versions of sound inputs: each is made by a number, so that any of them can be made again.

/// A small generator of random numbers (`SplitMix64`).
pub(super) struct Random(u64);

impl Random {
    pub(super) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0x5851_F42D_4C95_7F2D)
    }

    pub(super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 where there is none.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() >> 16).unwrap_or(usize::MAX).checked_rem(end).unwrap_or(0)
    }

    fn pick<'p>(&mut self, from: &[&'p [u8]]) -> &'p [u8] {
        from.get(self.below(from.len())).copied().unwrap_or(b"")
    }
}

/// Bytes that have broken readers before.
const TROUBLE: [&[u8]; 24] = [
    b"\0",
    b"\"",
    b"\"\"",
    b"\r",
    b"\n",
    b"\r\n",
    b",",
    b";",
    b"\t",
    b"\xC2\xA3",
    b"\xA3",
    b"\xFF",
    b"\xEF\xBB\xBF",
    b"\xF0\x9F\x92\xB7",
    b"\xE2\x88\x92",
    b"-",
    b"(",
    b")",
    b"e999",
    b"0",
    b"99999999999999999999999999999999999999999999",
    b"18446744073709551616",
    b"-9223372036854775808",
    b"Total",
];

/// One of `corpus`, changed in one to eight places.
pub(super) fn mutated(random: &mut Random, corpus: &[&[u8]], tokens: &[&[u8]], longest: usize) -> Vec<u8> {
    let mut bytes = random.pick(corpus).to_vec();
    for _ in 0..=random.below(8) {
        change(random, &mut bytes, corpus, tokens);
    }
    bytes.truncate(longest);
    bytes
}

fn change(random: &mut Random, bytes: &mut Vec<u8>, corpus: &[&[u8]], tokens: &[&[u8]]) {
    let at = random.below(bytes.len() + 1);
    match random.below(11) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << random.below(8);
            }
        }
        1 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = random.next() as u8;
            }
        }
        2 => bytes.insert(at, random.next() as u8),
        3 => {
            let end = (at + 1 + random.below(8)).min(bytes.len());
            bytes.drain(at..end);
        }
        4 => insert(bytes, at, random.pick(&TROUBLE)),
        5 | 6 => insert(bytes, at, random.pick(if tokens.is_empty() { &TROUBLE } else { tokens })),
        7 => {
            let end = at + random.below(bytes.len() - at + 1).min(200);
            let copied = bytes[at..end].to_vec();
            let to = random.below(bytes.len() + 1);
            insert(bytes, to, &copied);
        }
        8 => {
            let other = random.pick(corpus);
            let from = random.below(other.len() + 1);
            bytes.truncate(at);
            bytes.extend_from_slice(&other[from..]);
        }
        9 => bytes.truncate(at),
        _ => {
            let digits: Vec<usize> = (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit()).collect();
            if let Some(&at) = digits.get(random.below(digits.len())) {
                bytes[at] = b'0' + (random.next() % 10) as u8;
            }
        }
    }
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    bytes.splice(at..at, new.iter().copied());
}
