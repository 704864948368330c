//! Names for files that are offered to be saved: readable, and allowed by every system.

/// A file name made of a label: letters, digits, spaces, `-`, `_` and `.`, at most 80 of them.
///
/// Names that Windows keeps for devices get an underscore.
pub fn file_name(label: &str) -> String {
    // With any ending, in any case; further ports are rare, and a file of that name is merely refused.
    const DEVICES: [&str; 6] = ["con", "prn", "aux", "nul", "com1", "lpt1"];
    let kept: String = label
        .chars()
        .map(|c| if c.is_alphanumeric() || matches!(c, ' ' | '-' | '_' | '.') { c } else { '-' })
        // Room is left for the folder and the ending within the 260 characters that older Windows programs
        // allow a path.
        .take(80)
        .collect();
    // Windows drops spaces and full stops at the end, and a file that begins with a full stop is hidden
    // elsewhere.
    let kept = kept.trim_matches([' ', '.', '-']).to_owned();
    if kept.is_empty() {
        "place".to_owned()
    } else if DEVICES.contains(&kept.to_lowercase().as_str()) {
        format!("{kept}_")
    } else {
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_label_becomes_a_name_that_every_system_takes() {
        assert_eq!(file_name("West Cheshire: 2013/14"), "West Cheshire- 2013-14");
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd");
        assert_eq!(file_name("NUL"), "NUL_");
        assert_eq!(file_name("…"), "place");
        assert_eq!(file_name(&"x".repeat(300)).len(), 80);
    }
}
