//! Where people live: postcodes and streets.

pub(super) fn is_postcode(text: &str) -> bool {
    let Some((outward, inward)) = text.rsplit_once(' ') else { return false };
    let (outward, inward) = (outward.as_bytes(), inward.as_bytes());
    inward.len() == 3
        && inward[0].is_ascii_digit()
        && inward[1..].iter().all(u8::is_ascii_alphabetic)
        && (2..=4).contains(&outward.len())
        && outward[0].is_ascii_alphabetic()
        && outward.iter().any(u8::is_ascii_digit)
}

pub(super) fn is_street_address(text: &str) -> bool {
    const STREETS: [&str; 16] = [
        " street",
        " road",
        " avenue",
        " lane",
        " close",
        " drive",
        " crescent",
        " gardens",
        " terrace",
        " grove",
        " way",
        " court",
        " st",
        " rd",
        " ave",
        " place",
    ];
    let lower = text.to_lowercase();
    let starts = lower.starts_with(|c: char| c.is_ascii_digit()) || lower.starts_with("flat ");
    starts && STREETS.iter().any(|street| lower.split(',').any(|part| part.trim_end().ends_with(street)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn streets_are_known_by_a_number_and_their_last_word() {
        assert!(is_street_address("14 Acacia Avenue") && is_street_address("Flat 2, 9 Mill Lane, Bury"));
    }
}
