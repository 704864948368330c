//! The parts of a workbook's archive.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::text::push_text;

/// Bytes that are unpacked at a time.
// Stays near the processor while it is scanned.
const CHUNK: usize = 128 * 1024;
/// Parts that are read whole are never larger than this where they are sound.
// Relations, styles and the list of sheets; what is larger is a bomb or nothing for this way.
const MOST_WHOLE: u64 = 16 << 20;

/// A part that is unpacked piece by piece.
pub(super) struct XmlPart<R> {
    reader: R,
    buffer: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> XmlPart<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, buffer: Vec::new(), at: 0, ended: false }
    }

    /// What is unpacked and not yet passed.
    pub(super) fn rest(&self) -> &[u8] {
        &self.buffer[self.at..]
    }

    pub(super) fn pass(&mut self, bytes: usize) {
        self.at += bytes;
    }

    /// Unpacks more; `false` at the end, or where there is more than `most` that has not been passed.
    pub(super) fn more(&mut self, most: usize) -> bool {
        if self.ended || self.rest().len() > most {
            return false;
        }
        // What was passed goes, so that the buffer stays as small as the longest row.
        self.buffer.drain(..self.at);
        self.at = 0;
        let before = self.buffer.len();
        // What is longer than a piece is met with pieces as long, so that it is not looked through too often.
        let wanted = CHUNK.max(before) as u64;
        match (&mut self.reader).take(wanted).read_to_end(&mut self.buffer) {
            Ok(count) => self.ended = (count as u64) < wanted,
            Err(_) => self.ended = true,
        }
        self.buffer.len() > before
    }

    /// Whether the part begins as XML in UTF-8 does, with the tag `first` within its beginning; passes on to that tag.
    pub(super) fn begin(&mut self, first: &[u8]) -> Option<()> {
        loop {
            if let Some(at) = memchr::memmem::find(self.rest(), first) {
                let before = &self.rest()[..at];
                let declared = memchr::memmem::find(before, b"encoding=").is_none_or(|at| {
                    before.get(at + 10..at + 15).is_some_and(|name| name.eq_ignore_ascii_case(b"utf-8"))
                });
                let after = match before.strip_prefix(b"<?") {
                    Some(declaration) => {
                        memchr::memmem::find(declaration, b"?>").map(|end| &declaration[end + 2..])
                    }
                    None => Some(before),
                };
                let is_plain = after.is_some_and(|after| {
                    let is_odd = |odd: &[u8]| memchr::memmem::find(after, odd).is_some();
                    after.trim_ascii_start().first().is_none_or(|b| *b == b'<')
                        && !is_odd(b"<!")
                        && !is_odd(b"<?")
                        && memchr::memchr_iter(b'<', after).all(|at| tag_end(&after[at..]).is_some())
                });
                self.pass(at);
                return (declared && is_plain).then_some(());
            }
            // A megabyte before the first row is no beginning that a spreadsheet writes.
            if !self.more(1 << 20) {
                return None;
            }
        }
    }
}

/// The value of an attribute in a start tag, as it is written; `None` where it has none, or is written oddly.
pub(super) fn attribute(tag: &[u8], is_it: impl Fn(&[u8]) -> bool) -> Option<&[u8]> {
    let mut rest = tag;
    while let Some(equals) = memchr::memchr(b'=', rest) {
        let key = rest[..equals].trim_ascii();
        let key = key.rsplit(u8::is_ascii_whitespace).next().unwrap_or(key);
        let value = rest[equals + 1..].strip_prefix(b"\"")?;
        let end = memchr::memchr(b'"', value)?;
        if is_it(key) {
            return Some(&value[..end]);
        }
        rest = &value[end + 1..];
    }
    None
}

/// Where a tag ends, as long as its quotation marks come in pairs and hold no such end.
pub(super) fn tag_end(xml: &[u8]) -> Option<usize> {
    let end = memchr::memchr(b'>', xml)?;
    let tag = &xml[..end];
    let is_plain = memchr::memchr_iter(b'"', tag).count().is_multiple_of(2) && !tag.contains(&b'\'');
    is_plain.then_some(end)
}

/// The sheets' names with the parts they are in.
pub(super) fn sheet_paths(zip: &mut ZipArchive<Cursor<&[u8]>>) -> Option<Vec<(String, String)>> {
    let root = whole(zip, "_rels/.rels")?;
    let is_document = |tag: &&&[u8]| {
        attribute(tag, |key| key == b"Type")
            .is_some_and(|kind| kind.ends_with(b"/relationships/officeDocument"))
    };
    let roots = tags(&root, b"Relationship")?;
    let document = roots.iter().rfind(is_document)?;
    matches!(attribute(document, |key| key == b"Target")?, b"xl/workbook.xml" | b"/xl/workbook.xml")
        .then_some(())?;
    let relations = whole(zip, "xl/_rels/workbook.xml.rels")?;
    let targets: Vec<(String, String)> = tags(&relations, b"Relationship")?
        .into_iter()
        .map(|tag| {
            let id = decoded(attribute(tag, |key| key == b"Id")?)?;
            let target = decoded(attribute(tag, |key| key == b"Target")?)?;
            Some((id, target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), str::to_owned)))
        })
        .collect::<Option<_>>()?;
    let workbook = whole(zip, "xl/workbook.xml")?;
    tags(&workbook, b"sheet")?
        .into_iter()
        .map(|tag| {
            let name = decoded(attribute(tag, |key| key == b"name")?)?;
            let id = decoded(attribute(tag, |key| key == b"id" || key.ends_with(b":id"))?)?;
            let (_, path) = targets.iter().rev().find(|(known, _)| *known == id)?;
            Some((name, path.clone()))
        })
        .collect()
}

/// The start tags of one name, without `<` and `>`.
fn tags<'x>(xml: &'x [u8], name: &[u8]) -> Option<Vec<&'x [u8]>> {
    let mut found = Vec::new();
    for start in memchr::memchr_iter(b'<', xml) {
        let tag = &xml[start + 1..];
        if tag.first() == Some(&b'!') {
            return None;
        }
        if let Some(rest) = tag.strip_prefix(name)
            && rest.first().is_some_and(u8::is_ascii_whitespace)
        {
            found.push(&rest[..tag_end(rest)?]);
        }
    }
    Some(found)
}

fn decoded(value: &[u8]) -> Option<String> {
    let mut text = String::new();
    push_text(value, true, &mut text)?;
    Some(text)
}

/// A small part, whole.
pub(super) fn whole(zip: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let read = zip.by_name(path).ok()?.take(MOST_WHOLE).read_to_end(&mut bytes).ok()?;
    ((read as u64) < MOST_WHOLE).then_some(bytes)
}
