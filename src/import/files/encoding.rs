//! How the bytes of a text file stand for letters: guessed from its beginning, named, undone where it was
//! done twice. £ is the letter that matters most.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

use encoding_rs::{CoderResult, Decoder};
use serde::{Deserialize, Serialize};

/// How the bytes of a text file stand for letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(EncodingKind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum EncodingKind {
    /// One of the encodings of the web, UTF-8 and UTF-16 among them.
    Web(&'static encoding_rs::Encoding),
    /// The code page of DOS in western Europe, where £ is 0x9C.
    Ibm850,
    /// UTF-8 whose bytes were taken for Windows-1252 and written as UTF-8 again.
    TwiceUtf8,
}

impl Encoding {
    pub const UTF_8: Self = Self(EncodingKind::Web(encoding_rs::UTF_8));
    pub const WINDOWS_1252: Self = Self(EncodingKind::Web(encoding_rs::WINDOWS_1252));
    pub const IBM_850: Self = Self(EncodingKind::Ibm850);
    pub const MAC_ROMAN: Self = Self(EncodingKind::Web(encoding_rs::MACINTOSH));
    pub const TWICE_UTF_8: Self = Self(EncodingKind::TwiceUtf8);

    /// The name shown and accepted: `utf-8`, `windows-1252`, `ibm850`.
    pub fn name(self) -> String {
        match self.0 {
            EncodingKind::Web(encoding) => encoding.name().to_lowercase(),
            EncodingKind::Ibm850 => "ibm850".to_owned(),
            EncodingKind::TwiceUtf8 => "utf-8 encoded twice".to_owned(),
        }
    }

    /// Guesses from the first bytes of a file; `whole` says that there are no more.
    ///
    /// A byte-order mark decides; then strict UTF-8; then £ as code page 850 writes it; then Mac Roman by its dashes
    /// and quotation marks; else Windows-1252, unless the letters are clearly those of another language.
    pub(in crate::import) fn guess(head: &[u8], whole: bool) -> Self {
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(head) {
            return if encoding == encoding_rs::UTF_8 {
                utf_8_once_or_twice(head)
            } else {
                Self(EncodingKind::Web(encoding))
            };
        }
        if let Some(encoding) = utf_16_without_mark(head) {
            return Self(EncodingKind::Web(encoding));
        }
        match std::str::from_utf8(head) {
            Ok(_) => return utf_8_once_or_twice(head),
            // A character cut by the end of what was looked at is no sign against UTF-8.
            Err(error) if error.error_len().is_none() && !whole && error.valid_up_to() > 0 => {
                return utf_8_once_or_twice(&head[..error.valid_up_to()]);
            }
            Err(error) if mostly_utf_8(head, error) => return Self::UTF_8,
            Err(_) => {}
        }
        if is_ibm_850(head) {
            Self::IBM_850
        } else if is_mac_roman(head) {
            Self::MAC_ROMAN
        } else {
            other_single_byte(head)
        }
    }

    /// Whether bytes below 0x80 stand for ASCII and for nothing else: so cells can be told apart before decoding.
    pub(in crate::import) fn keeps_ascii(self) -> bool {
        match self.0 {
            EncodingKind::Web(encoding) => {
                encoding == encoding_rs::UTF_8 || encoding.is_single_byte() && encoding.is_ascii_compatible()
            }
            EncodingKind::Ibm850 | EncodingKind::TwiceUtf8 => true,
        }
    }

    /// The byte of the pound sign, where it is a single one.
    pub(in crate::import) fn pound_byte(self) -> Option<u8> {
        match self.0 {
            EncodingKind::Ibm850 => Some(0x9C),
            EncodingKind::Web(encoding) if encoding.is_single_byte() => match encoding.encode("£").0.as_ref()
            {
                [byte] => Some(*byte),
                _ => None,
            },
            _ => None,
        }
    }

    pub(in crate::import) fn is_utf_8(self) -> bool {
        self == Self::UTF_8
    }

    pub(in crate::import) fn decoder(self) -> TextDecoder {
        match self.0 {
            EncodingKind::Web(encoding) => TextDecoder::Web(encoding.new_decoder_with_bom_removal()),
            EncodingKind::Ibm850 => TextDecoder::Ibm850,
            EncodingKind::TwiceUtf8 => TextDecoder::Twice(encoding_rs::UTF_8.new_decoder_with_bom_removal()),
        }
    }
}

impl fmt::Display for Encoding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

impl FromStr for Encoding {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.trim().to_lowercase().as_str() {
            "ibm850" | "cp850" | "850" | "dos" => Ok(Self::IBM_850),
            "utf-8 encoded twice" | "utf-8 twice" => Ok(Self::TWICE_UTF_8),
            "mac roman" | "macroman" => Ok(Self::MAC_ROMAN),
            label => encoding_rs::Encoding::for_label(label.as_bytes())
                .map(|found| Self(EncodingKind::Web(found)))
                .ok_or_else(|| {
                    format!(
                        "\"{text}\" is no known encoding, such as utf-8, windows-1252, ibm850 or macintosh"
                    )
                }),
        }
    }
}

impl Serialize for Encoding {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Encoding {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

/// Turns blocks of bytes into text.
pub(in crate::import) enum TextDecoder {
    Web(Decoder),
    Ibm850,
    Twice(Decoder),
}

impl TextDecoder {
    /// Appends the text of the next block; says whether some bytes stood for nothing (they become U+FFFD).
    pub(in crate::import) fn decode(&mut self, bytes: &[u8], text: &mut String, last: bool) -> bool {
        match self {
            Self::Web(decoder) => decode_with(decoder, bytes, text, last),
            Self::Ibm850 => {
                text.reserve(bytes.len());
                text.extend(
                    bytes
                        .iter()
                        .map(|&b| if b < 0x80 { char::from(b) } else { IBM_850[usize::from(b - 0x80)] }),
                );
                false
            }
            Self::Twice(decoder) => {
                let mut once = String::new();
                let damaged = decode_with(decoder, bytes, &mut once, last);
                text.push_str(&undone_once(&once));
                damaged
            }
        }
    }
}

fn decode_with(decoder: &mut Decoder, mut bytes: &[u8], text: &mut String, last: bool) -> bool {
    let mut damaged = false;
    loop {
        text.reserve(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3).min(1 << 22));
        let (result, read, replaced) = decoder.decode_to_string(bytes, text, last);
        damaged |= replaced;
        bytes = &bytes[read..];
        if result == CoderResult::InputEmpty {
            return damaged;
        }
    }
}

fn utf_8_once_or_twice(head: &[u8]) -> Encoding {
    if head.is_ascii() {
        return Encoding::UTF_8;
    }
    // Far quicker than to look for what is no UTF-8 as one goes, where there is none.
    let text = str::from_utf8(head).map_or_else(|_| String::from_utf8_lossy(head), Cow::Borrowed);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut runs = 0;
    for run in text.split(|c: char| c.is_ascii()).filter(|run| !run.is_empty()) {
        match once(run) {
            Some(undone) if undone.chars().count() < run.chars().count() => runs += 1,
            _ => return Encoding::UTF_8,
        }
    }
    if runs > 0 { Encoding::TWICE_UTF_8 } else { Encoding::UTF_8 }
}

/// A run of letters beyond ASCII, taken back from UTF-8 to Windows-1252 and read as UTF-8.
fn once(run: &str) -> Option<String> {
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1252.encode(run);
    if unmappable { None } else { String::from_utf8(bytes.into_owned()).ok() }
}

fn undone_once(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut result = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| !c.is_ascii()) {
        result.push_str(&rest[..start]);
        let run = &rest[start..];
        let end = run.find(|c: char| c.is_ascii()).unwrap_or(run.len());
        match once(&run[..end]) {
            Some(undone) => result.push_str(&undone),
            None => result.push_str(&run[..end]),
        }
        rest = &run[end..];
    }
    result.push_str(rest);
    Cow::Owned(result)
}

/// UTF-16 without a mark: every other byte of the beginning is nothing.
fn utf_16_without_mark(head: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = &head[..head.len().min(400)];
    if start.len() < 8 {
        return None;
    }
    let nothing =
        |at: usize| start.iter().skip(at).step_by(2).filter(|&&b| b == 0).count() * 10 / (start.len() / 2);
    match (nothing(0), nothing(1)) {
        (0, 8..) => Some(encoding_rs::UTF_16LE),
        (8.., 0) => Some(encoding_rs::UTF_16BE),
        _ => None,
    }
}

/// Whether a few damaged bytes stand in what is otherwise UTF-8 with real characters beyond ASCII.
fn mostly_utf_8(head: &[u8], first: std::str::Utf8Error) -> bool {
    let (mut damaged, mut sound, mut rest, mut error) = (0_usize, 0_usize, head, Some(first));
    while let Some(found) = error {
        let valid = &rest[..found.valid_up_to()];
        sound += valid.iter().filter(|&&b| b >= 0xC2).count();
        damaged += 1;
        rest = &rest[(found.valid_up_to() + found.error_len().unwrap_or(1)).min(rest.len())..];
        error = std::str::from_utf8(rest).err();
    }
    sound += rest.iter().filter(|&&b| b >= 0xC2).count();
    sound >= damaged * 20
}

fn is_ibm_850(head: &[u8]) -> bool {
    let is_at = |at: usize, wanted: fn(u8) -> bool| head.get(at).is_some_and(|&b| wanted(b));
    let mut dos = 0_usize;
    let mut windows = 0_usize;
    for (at, &b) in head.iter().enumerate().filter(|(_, b)| **b >= 0x80) {
        let before = at.checked_sub(1).and_then(|at| head.get(at));
        let digit_after = is_at(at + 1, |b| b.is_ascii_digit() || b == b'-');
        let alone = before.is_some_and(|&b| matches!(b, b'(' | b' '))
            && is_at(at + 1, |b| matches!(b, b')' | b' ' | b','));
        if b == 0x9C && (digit_after || alone) || b == 0xFF && pads_an_amount(head, at) {
            dos += 1;
        } else if b == 0xA3 && digit_after {
            windows += 1;
        }
    }
    dos > 0 && windows == 0
}

/// Whether a byte stands between the last digit of a number and the end of its cell, as a no-break space does.
fn pads_an_amount(head: &[u8], at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|at| head.get(at));
    let after = head.get(at + 1).copied().unwrap_or(b',');
    before.is_some_and(u8::is_ascii_digit)
        && matches!(after, b',' | b'"' | b';' | b'|' | b'\t' | b'\r' | b'\n')
}

/// Mac Roman's dashes and quotation marks (0xD0 to 0xD5) and its ellipsis (0xC9) are capital letters elsewhere.
fn is_mac_roman(head: &[u8]) -> bool {
    let (mut marks, mut others) = (0_usize, 0_usize);
    for (at, &b) in head.iter().enumerate().filter(|(_, b)| **b >= 0x80 && !matches!(**b, 0xA3 | 0xA0)) {
        let before = at.checked_sub(1).and_then(|at| head.get(at)).copied().unwrap_or(b',');
        let after = head.get(at + 1).copied().unwrap_or(b',');
        let between = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'(' | b')');
        let in_a_cell = |b: u8| matches!(b, b',' | b'"' | b';' | b'\t' | b'\r' | b'\n');
        if (0xD0..=0xD5).contains(&b) && between(before) && between(after)
            || b == 0xC9 && in_a_cell(before) && in_a_cell(after)
            || b == 0xCA && pads_an_amount(head, at)
        {
            marks += 1;
        } else {
            others += 1;
        }
    }
    marks > others
}

/// Windows-1252, unless there are many letters and they are those of another language.
fn other_single_byte(head: &[u8]) -> Encoding {
    let letters = head.iter().filter(|b| **b >= 0xC0).count();
    if letters < 20 {
        return Encoding::WINDOWS_1252;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(head, true);
    Encoding(EncodingKind::Web(detector.guess(Some(b"uk"), chardetng::Utf8Detection::Allow)))
}

const IBM_850: [char; 128] = [
    'Ç', 'ü', 'é', 'â', 'ä', 'à', 'å', 'ç', 'ê', 'ë', 'è', 'ï', 'î', 'ì', 'Ä', 'Å', 'É', 'æ', 'Æ', 'ô', 'ö',
    'ò', 'û', 'ù', 'ÿ', 'Ö', 'Ü', 'ø', '£', 'Ø', '×', 'ƒ', 'á', 'í', 'ó', 'ú', 'ñ', 'Ñ', 'ª', 'º', '¿', '®',
    '¬', '½', '¼', '¡', '«', '»', '░', '▒', '▓', '│', '┤', 'Á', 'Â', 'À', '©', '╣', '║', '╗', '╝', '¢', '¥',
    '┐', '└', '┴', '┬', '├', '─', '┼', 'ã', 'Ã', '╚', '╔', '╩', '╦', '╠', '═', '╬', '¤', 'ð', 'Ð', 'Ê', 'Ë',
    'È', 'ı', 'Í', 'Î', 'Ï', '┘', '┌', '█', '▄', '¦', 'Ì', '▀', 'Ó', 'ß', 'Ô', 'Ò', 'õ', 'Õ', 'µ', 'þ', 'Þ',
    'Ú', 'Û', 'Ù', 'ý', 'Ý', '¯', '´', '\u{ad}', '±', '‗', '¾', '¶', '§', '÷', '¸', '°', '¨', '·', '¹', '³',
    '²', '■', '\u{a0}',
];
