//! OLE2, the kind of file that older workbooks are kept in: a file system of its own, with a stream for the sheets.

use std::io::{Cursor, Read as _, Write as _};
use std::path::PathBuf;

use cfb::{CompoundFile, Entry, Version};

/// What the stream of the sheets is called; a file that has both is read by the first, as spreadsheets do.
const NAMES: [&str; 2] = ["Workbook", "Book"];

/// A modern workbook behind a password is kept inside the older kind of file, in a part of this name.
pub(in crate::import) fn is_encrypted(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage".bytes().flat_map(|b| [b, 0]).collect();
    memchr::memmem::find(&bytes[..bytes.len().min(1 << 20)], &name).is_some()
        || memchr::memmem::find(&bytes[bytes.len().saturating_sub(1 << 20)..], &name).is_some()
}

/// The stream of an older workbook that holds its sheets.
pub(super) struct SheetStream {
    path: PathBuf,
    pub(super) bytes: Vec<u8>,
}

impl SheetStream {
    /// # Errors
    /// In words, where there is none, or where a chain of sectors goes round or leaves the file.
    pub(super) fn of(bytes: &[u8]) -> Result<Self, &'static str> {
        let damaged = |_| "it is damaged, or not yet whole";
        let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(damaged)?;
        let path = NAMES.iter().find_map(|name| {
            let called = |entry: &Entry| entry.is_stream() && entry.name().eq_ignore_ascii_case(name);
            file.read_root_storage().find(called).map(|entry| entry.path().to_owned())
        });
        let path = path.ok_or("it holds no sheets")?;
        let mut stream = Vec::new();
        file.open_stream(&path).and_then(|mut found| found.read_to_end(&mut stream)).map_err(damaged)?;
        Ok(Self { path, bytes: stream })
    }

    /// A sound file with nothing but this stream, for a reader that trusts the sectors of a file.
    pub(super) fn into_file(self) -> Vec<u8> {
        let written = || -> std::io::Result<Vec<u8>> {
            let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new()))?;
            file.create_stream(&self.path)?.write_all(&self.bytes)?;
            file.flush()?;
            Ok(file.into_inner().into_inner())
        };
        written().expect("memory takes whatever is written")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(names: &[(&str, &[u8])]) -> Vec<u8> {
        let mut file = CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).unwrap();
        for (name, bytes) in names {
            file.create_stream(name).unwrap().write_all(bytes).unwrap();
        }
        file.flush().unwrap();
        file.into_inner().into_inner()
    }

    #[test]
    fn the_stream_of_the_sheets_is_found_and_stands_alone() {
        let book = vec![7; 10_000];
        let whole = file(&[("Book", b"older"), ("WORKBOOK", &book), ("Pictures", &[1; 5_000])]);
        let stream = SheetStream::of(&whole).unwrap();
        assert!(stream.bytes == book);
        let alone = stream.into_file();
        assert!(alone.len() < whole.len());
        assert!(SheetStream::of(&alone).unwrap().bytes == book);
        assert_eq!(SheetStream::of(&file(&[("Book", b"older")])).unwrap().bytes, b"older");
        assert_eq!(
            SheetStream::of(&file(&[("WordDocument", b"a letter")])).err(),
            Some("it holds no sheets")
        );
    }

    #[test]
    fn what_goes_round_or_is_cut_off_is_not_followed() {
        let sound = file(&[("Workbook", &[7; 10_000])]);
        assert!(SheetStream::of(&sound[..sound.len() - 1_024]).is_err());
        assert!(SheetStream::of(b"\xD0\xCF\x11\xE0").is_err());
        // Each sector whose successor stands in the table is made its own successor.
        let table = (u32::from_le_bytes(sound[76..80].try_into().unwrap()) as usize + 1) * 512;
        let mut rounds = 0;
        for sector in 0..30_u32 {
            let at = table + sector as usize * 4;
            let next = u32::from_le_bytes(sound[at..at + 4].try_into().unwrap());
            if next < 30 {
                let mut round = sound.clone();
                round[at..at + 4].copy_from_slice(&sector.to_le_bytes());
                assert!(SheetStream::of(&round).is_err(), "{sector}");
                rounds += 1;
            }
        }
        assert!(rounds > 10);
    }
}
