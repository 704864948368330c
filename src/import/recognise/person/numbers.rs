//! Numbers and addresses by which one person is known.

/// Ten digits whose last is the check digit, by modulus 11.
pub(super) fn is_nhs_number(text: &str) -> bool {
    let digits: Vec<u32> = text.chars().filter_map(|c| c.to_digit(10)).collect();
    if digits.len() != 10 || !text.chars().all(|c| c.is_ascii_digit() || matches!(c, ' ' | '-')) {
        return false;
    }
    if digits.iter().all(|digit| *digit == digits[0]) {
        return false;
    }
    let sum: u32 = digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    check != 10 && check == digits[9]
}

/// Two letters, six digits, a letter from A to D.
pub(super) fn is_insurance_number(text: &str) -> bool {
    let compact: Vec<u8> =
        text.bytes().filter(|b| !matches!(b, b' ' | b'-')).map(|b| b.to_ascii_uppercase()).collect();
    let [first, second, digits @ .., last] = compact.as_slice() else { return false };
    digits.len() == 6
        && digits.iter().all(u8::is_ascii_digit)
        && first.is_ascii_uppercase()
        && !b"DFIQUV".contains(first)
        && second.is_ascii_uppercase()
        && !b"DFIQUVO".contains(second)
        && (b'A'..=b'D').contains(last)
}

pub(super) fn is_email(text: &str) -> bool {
    let Some((name, domain)) = text.split_once('@') else { return false };
    !name.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.contains('@')
        && !text.contains([' ', '/', ','])
}

/// Whether this is the number of a British telephone, and whether it can only be of a mobile one.
pub(super) fn telephone(text: &str) -> (bool, bool) {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '(' | ')' | '+' | '.');
    if !text.chars().all(is_part) || text.matches('.').count() > 2 {
        return (false, false);
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = digits
        .strip_prefix("0044")
        .or_else(|| digits.strip_prefix("44").filter(|_| text.contains('+')))
        .map_or_else(|| digits.clone(), |rest| format!("0{}", rest.trim_start_matches('0')));
    let telephone = matches!(national.len(), 10 | 11) && national.starts_with('0');
    (telephone, telephone && national.len() == 11 && national.starts_with("07"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_people_are_known_by_their_check() {
        assert!(is_nhs_number("943 476 5919"));
        assert!(!is_nhs_number("943 476 5918"));
        assert!(is_insurance_number("AB 12 34 56 C"));
        assert!(!is_insurance_number("GB123456C"[..8].into()));
        assert!(!is_insurance_number("QQ123456Z"));
        assert!(is_email("someone@example.org") && !is_email("3 @ 5.00") && !is_email("@"));
        assert_eq!(telephone("07700 900123"), (true, true));
        assert_eq!(telephone("+44 (0)20 7946 0000"), (true, false));
        assert_eq!(telephone("5100479476"), (false, false));
    }
}
