//! Where delimiters, line ends and quotation marks stand, sixteen bytes at a time.

use wide::u8x16;

/// A bit for each byte that is a delimiter, a line end or a quotation mark.
pub(super) fn mark_special(bytes: &[u8], delimiter: u8, marks: &mut Vec<u64>) {
    marks.clear();
    marks.reserve(bytes.len() / 64 + 1);
    let (blocks, rest) = bytes.as_chunks::<64>();
    for block in blocks {
        marks.push(marks_of(block, delimiter));
    }
    if !rest.is_empty() {
        let mut last = [0_u8; 64];
        last[..rest.len()].copy_from_slice(rest);
        marks.push(marks_of(&last, delimiter));
    }
}

/// Sixteen bytes are compared at once, as every processor can.
#[inline]
fn marks_of(block: &[u8; 64], delimiter: u8) -> u64 {
    let [delimiter, line_end, quote] = [delimiter, b'\n', b'"'].map(u8x16::splat);
    let mut mark = 0_u64;
    for (index, bytes) in block.as_chunks::<16>().0.iter().enumerate() {
        let bytes = u8x16::new(*bytes);
        let found = bytes.simd_eq(delimiter) | bytes.simd_eq(line_end) | bytes.simd_eq(quote);
        mark |= u64::from(found.to_bitmask()) << (index * 16);
    }
    mark
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_special_byte_has_its_bit() {
        let mut bytes = vec![b'x'; 150];
        let special = [(0, b','), (15, b'"'), (16, b'\n'), (63, b','), (64, b'"'), (149, b'\n')];
        for (at, byte) in special {
            bytes[at] = byte;
        }
        let mut marks = Vec::new();
        mark_special(&bytes, b',', &mut marks);
        let found: Vec<usize> = (0..150).filter(|at| marks[at / 64] >> (at % 64) & 1 == 1).collect();
        assert_eq!(found, special.map(|(at, _)| at));
    }
}
