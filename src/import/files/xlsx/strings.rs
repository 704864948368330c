//! The texts that the cells of a modern workbook share, kept end to end in one string.

use std::io::Cursor;

use zip::ZipArchive;
use zip::result::ZipError;

use super::parts::{XmlPart, attribute, tag_end};
use super::text::push_text;

/// The texts that the cells of a workbook share, by number.
pub(super) struct Strings {
    text: String,
    ends: Vec<u32>,
}

/// A text longer than this is left to the thorough way.
// A cell holds 32,767 letters; a hundred times as much is its fonts and colours.
const LONGEST: usize = 4 << 20;

impl Strings {
    pub(super) fn read(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Option<Self> {
        let mut strings = Self { text: String::new(), ends: Vec::new() };
        let entry = match zip.by_name("xl/sharedStrings.xml") {
            Ok(entry) => entry,
            Err(ZipError::FileNotFound) => return Some(strings),
            Err(_) => return None,
        };
        let mut part = XmlPart::new(entry);
        part.begin(b"<sst")?;
        while memchr::memchr(b'>', part.rest()).is_none() {
            part.more(LONGEST).then_some(())?;
        }
        let end = tag_end(part.rest())?;
        if part.rest()[..end].ends_with(b"/") {
            return Some(strings);
        }
        part.pass(end + 1);
        let end_of_item = memchr::memmem::Finder::new(b"</si>");
        loop {
            let rest = part.rest();
            let rest = rest.trim_ascii_start();
            let space = part.rest().len() - rest.len();
            let empty = [b"<si/>".as_slice(), b"<si />"].into_iter().find(|empty| rest.starts_with(empty));
            if let Some(empty) = empty {
                strings.end()?;
                part.pass(space + empty.len());
            } else if rest.starts_with(b"<si>") {
                if let Some(end) = end_of_item.find(rest) {
                    strings.push(&rest[4..end])?;
                    part.pass(space + end + 5);
                } else {
                    part.more(LONGEST).then_some(())?;
                }
            } else if rest.starts_with(b"</sst>") {
                return Some(strings);
            } else {
                (rest.len() < 7 && part.more(LONGEST)).then_some(())?;
            }
        }
    }

    /// Takes what stands in one item: a text, or several that differ in font; how it is pronounced is left out.
    fn push(&mut self, item: &[u8]) -> Option<()> {
        let mut rest = item;
        let mut is_phonetic = false;
        while let Some(start) = memchr::memchr(b'<', rest) {
            let end = start + tag_end(&rest[start..])?;
            let tag = &rest[start + 1..end];
            rest = &rest[end + 1..];
            let name = tag.split(u8::is_ascii_whitespace).next().unwrap_or(tag);
            match name {
                b"t" if !is_phonetic && !tag.ends_with(b"/") => {
                    let end = memchr::memchr(b'<', rest)?;
                    if !rest[end..].starts_with(b"</t>") {
                        return None;
                    }
                    let space = attribute(&tag[1..], |key| key == b"xml:space");
                    push_text(&rest[..end], space == Some(b"preserve"), &mut self.text)?;
                    rest = &rest[end + 4..];
                }
                b"rPh" => is_phonetic = !tag.ends_with(b"/"),
                b"/rPh" => is_phonetic = false,
                b"si" | b"si/" => return None,
                _ if name.starts_with(b"!") || name.contains(&b':') => return None,
                _ => {}
            }
        }
        self.end()
    }

    fn end(&mut self) -> Option<()> {
        self.ends.push(u32::try_from(self.text.len()).ok()?);
        Some(())
    }

    pub(super) fn get(&self, index: usize) -> Option<&str> {
        let end = *self.ends.get(index)?;
        let start = if index == 0 { 0 } else { self.ends[index - 1] };
        Some(&self.text[start as usize..end as usize])
    }
}
