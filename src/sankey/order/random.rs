//! Chance that is the same on every machine.

/// A small generator of random numbers (Vigna's splitmix64: a counter, well mixed).
#[derive(Clone)]
pub(in super::super) struct Random(u64);

impl Random {
    pub(in super::super) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(in super::super) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Puts a list into any order.
    pub(in super::super) fn shuffle<T>(&mut self, list: &mut [T]) {
        for last in (1..list.len()).rev() {
            list.swap(last, self.below(last as u32 + 1) as usize);
        }
    }

    /// A number below `bound`.
    pub(in super::super) fn below(&mut self, bound: u32) -> u32 {
        // A multiplication in place of a remainder (Lemire 2019); the bias of 2⁻³² is of no account here.
        (((self.next() >> 32) * u64::from(bound)) >> 32) as u32
    }
}

/// The natural logarithm of a positive number, from nothing but the four operations, which are alike
/// everywhere.
///
/// `ln x = 2 atanh((x - 1) / (x + 1)) + k ln 2` with x brought near 1 by its power of two.
const fn ln(x: f64) -> f64 {
    let bits = x.to_bits();
    let power = ((bits >> 52) & 0x7FF) as i32 - 1023;
    // The same digits with the power of nothing: a number from 1 up to 2.
    let near = f64::from_bits((bits & 0x000F_FFFF_FFFF_FFFF) | (1023 << 52));
    let z = (near - 1.0) / (near + 1.0);
    let square = z * z;
    let mut sum = 0.0;
    // With z below a third each term is a ninth of the one before: eighteen are more than a float can hold.
    let mut k = 18;
    while k > 0 {
        k -= 1;
        sum = sum * square + 1.0 / (2 * k + 1) as f64;
    }
    2.0 * z * sum + power as f64 * std::f64::consts::LN_2
}

/// How much worse a move may be, in units of the temperature, for each of 2,048 throws (Metropolis).
pub(in super::super) static TOLERANCES: [f64; 2048] = tolerances();

const fn tolerances() -> [f64; 2048] {
    let mut tolerances = [0.0; 2048];
    let mut throw = 0;
    while throw < tolerances.len() {
        tolerances[throw] = -ln((throw as f64 + 0.5) / 2048.0);
        throw += 1;
    }
    tolerances
}
