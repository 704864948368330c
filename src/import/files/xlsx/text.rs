//! The text of XML, as the thorough reader has it.

/// Appends the text that `raw` stands for; `preserve` keeps the space around it. `None` where it is none of the usual.
pub(super) fn push_text(raw: &[u8], preserve: bool, text: &mut String) -> Option<()> {
    if raw.contains(&b'\r') {
        return None;
    }
    let raw = std::str::from_utf8(raw).ok()?;
    if !raw.contains(['&', '_']) {
        text.push_str(trimmed(raw, preserve));
        return Some(());
    }
    let mut resolved = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((before, after)) = rest.split_once('&') {
        resolved.push_str(before);
        let (entity, after) = after.split_once(';')?;
        resolved.push(character(entity)?);
        rest = after;
    }
    resolved.push_str(rest);
    push_unescaped(trimmed(&resolved, preserve), text)
}

fn trimmed(text: &str, preserve: bool) -> &str {
    if preserve { text } else { text.trim_matches([' ', '\t', '\r', '\n']) }
}

fn character(entity: &str) -> Option<char> {
    Some(match entity {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => {
            let code = entity.strip_prefix('#')?;
            let code = match code.strip_prefix('x') {
                Some(digits) if digits.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(digits, 16).ok()?
                }
                None if code.bytes().all(|b| b.is_ascii_digit()) => code.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code).filter(|c| *c != '\0')?
        }
    })
}

/// Spreadsheets write characters that XML lacks as `_x000D_`.
fn push_unescaped(text: &str, into: &mut String) -> Option<()> {
    let mut rest = text;
    while let Some(at) = rest.find("_x") {
        let Some(code) = rest.get(at + 2..at + 6).filter(|code| code.bytes().all(|b| b.is_ascii_hexdigit()))
        else {
            into.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        };
        if rest.as_bytes().get(at + 6) != Some(&b'_') {
            into.push_str(&rest[..=at]);
            rest = &rest[at + 1..];
            continue;
        }
        into.push_str(&rest[..at]);
        // Halves of a character are left to the thorough reader.
        into.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
        rest = &rest[at + 7..];
    }
    into.push_str(rest);
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(raw: &str, preserve: bool) -> Option<String> {
        let mut text = String::new();
        push_text(raw.as_bytes(), preserve, &mut text).map(|()| text)
    }

    #[test]
    fn text_is_as_a_spreadsheet_shows_it() {
        for (raw, shown) in [
            (" Health &amp; Care\n", "Health & Care"),
            ("&lt;&#163;5&#x26;&gt;", "<£5&>"),
            ("a_b_x", "a_b_x"),
            ("one_x000A_two", "one\ntwo"),
            ("_x00e9_x", "éx"),
            ("__x0041_", "_A"),
            ("£", "£"),
        ] {
            assert_eq!(text(raw, false).as_deref(), Some(shown), "{raw}");
        }
        assert_eq!(text(" a ", true).as_deref(), Some(" a "));
        for raw in ["a\r\nb", "&nbsp;", "&#0;", "_xD83D__xDE00_", "&amp", "&#x;"] {
            assert_eq!(text(raw, false), None, "{raw}");
        }
    }
}
