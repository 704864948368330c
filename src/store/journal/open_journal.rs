//! A journal that is being written: begun whole, added to, and written whole again where its end may be torn. A
//! file that is there is never opened to be added to.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use super::disk::{self, LOG, Locked};
use super::entry::{Begin, Entry};
use super::log::{framed, title};
use super::present::Present;
use super::recovery::BroughtBackFrom;
use super::side_file::KeptPlace;
use super::whereabouts::Whereabouts;

/// A journal that is being written.
pub(super) struct OpenJournal {
    locked: Locked,
    folder: PathBuf,
    /// None after it was closed to be replaced, and that failed.
    log: Option<File>,
    title: String,
    /// How many entries it has, and how many bytes they are: what comes behind is torn.
    entries: u64,
    length: u64,
}

impl OpenJournal {
    /// Begins a journal with a place as it is shown; all of it is on the disk when this returns.
    pub(super) fn begin(journals: &Path, present: &mut Present) -> io::Result<Self> {
        let is_saved = !present.standing.is_unsaved();
        let state = present.standing.present();
        let begin = Begin {
            name: present.place.name.clone(),
            total: present.place.ledger.total(),
            file: present.file.clone(),
            is_saved,
            of: present.of.clone(),
        };
        let open = Self::make(journals, |folder, open| {
            open.title = title(&open.locked.name);
            open.create(folder, &[])?;
            open.write(state, &Entry::Begin(begin))?;
            if !is_saved {
                open.write(state, &Entry::Kept(KeptPlace::write(folder, &present.place)?))?;
            }
            Ok(())
        })?;
        present.standing = Whereabouts::new(state, is_saved);
        present.base = is_saved.then(|| present.place.clone());
        present.base_file = present.file.clone().filter(|_| is_saved);
        present.owes_base = false;
        Ok(open)
    }

    /// Goes on with a journal that was left behind, as far as it is whole, under another name: nothing of the one that
    /// was left behind changes. None where it has to be begun anew.
    pub(super) fn go_on(
        journals: &Path,
        origin: &BroughtBackFrom,
        present: &mut Present,
    ) -> io::Result<Option<Self>> {
        let Some(whole) = &origin.whole else { return Ok(None) };
        let from = origin.locked.folder();
        let mut bytes = fs::read(from.join(LOG))?;
        bytes.truncate(whole.end);
        let mut standing = whole.standing.clone();
        let open = Self::make(journals, |folder, open| {
            whole.side_files.iter().try_for_each(|file| file.share(&from, folder))?;
            let line_end = bytes.iter().position(|byte| *byte == b'\n').map_or(0, |end| end + 1);
            open.title = String::from_utf8_lossy(&bytes[..line_end]).into_owned();
            open.entries = whole.entries;
            open.create(folder, &bytes)?;
            let (of, is_copy) = (origin.name_to_go(), origin.is_copy);
            open.write(standing.present(), &Entry::BroughtBack { of, is_copy })
        })?;
        if origin.is_copy {
            standing.lose_file();
        }
        present.standing = standing;
        present.of.clone_from(&whole.of);
        present.owes_base = false;
        Ok(Some(open))
    }

    fn make(journals: &Path, write: impl FnOnce(&Path, &mut Self) -> io::Result<()>) -> io::Result<Self> {
        let locked = Locked::make(journals)?;
        let folder = locked.folder();
        let mut open =
            Self { locked, folder: folder.clone(), log: None, title: String::new(), entries: 0, length: 0 };
        let written = write(&folder, &mut open)
            .and_then(|()| open.sync())
            .and_then(|()| disk::sync_folder(&folder))
            .and_then(|()| disk::sync_folder(journals));
        match written {
            Ok(()) => Ok(open),
            Err(error) => {
                // Half a journal is of no use; the first failure is the one to tell.
                let _ = open.close().remove();
                Err(error)
            }
        }
    }

    /// Makes the file with its first line, or with what another one holds.
    fn create(&mut self, folder: &Path, bytes: &[u8]) -> io::Result<()> {
        let bytes = if bytes.is_empty() { self.title.as_bytes() } else { bytes };
        let mut log = disk::make_file(&folder.join(LOG))?;
        log.write_all(bytes)?;
        self.length = bytes.len() as u64;
        self.log = Some(log);
        Ok(())
    }

    /// Adds an entry. It is with the system when this returns: a program that is killed has not lost it.
    pub(super) fn write(&mut self, state: u64, entry: &Entry) -> io::Result<()> {
        let text = framed(&self.title, self.entries + 1, state, disk::now(), &entry.write()?);
        let log = self.log.as_mut().ok_or(io::ErrorKind::NotFound)?;
        log.write_all(text.as_bytes())?;
        self.entries += 1;
        self.length += text.len() as u64;
        Ok(())
    }

    /// Keeps the place that the steps begin from beside the journal, so that a file that is changed or taken away is no
    /// obstacle.
    pub(super) fn keep(&mut self, present: &mut Present) -> io::Result<()> {
        let Some(base) = &present.base else { return Ok(()) };
        let kept = KeptPlace::write(&self.folder, base)?;
        // The entry leads nowhere: it is told with the state where somebody stands.
        self.write(present.standing.present(), &Entry::Kept(kept))?;
        present.base = None;
        present.owes_base = false;
        Ok(())
    }

    pub(super) fn sync(&mut self) -> io::Result<()> {
        self.log.as_ref().map_or(Ok(()), File::sync_data)
    }

    /// Writes the journal whole once more, without the torn end, and puts it in its place.
    pub(super) fn write_anew(&mut self) -> io::Result<()> {
        let (log, beside) = (self.folder.join(LOG), self.folder.join("log.new"));
        let mut bytes = fs::read(&log)?;
        let length = usize::try_from(self.length).map_err(io::Error::other)?;
        if bytes.len() < length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        bytes.truncate(length);
        let read = super::log::LogText::read(&bytes).map_err(io::Error::other)?;
        if read.end != length || read.entries.len() as u64 != self.entries {
            return Err(io::ErrorKind::InvalidData.into());
        }
        let _ = fs::remove_file(&beside);
        let mut file = disk::make_file(&beside)?;
        file.write_all(&bytes)?;
        file.sync_all()?;
        // Closed first: some systems rename nothing over a file that is open.
        self.log = None;
        fs::rename(&beside, &log)?;
        self.log = Some(file);
        disk::sync_folder(&self.folder)
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// How many bytes lie in its folder.
    pub(super) fn size(&self) -> u64 {
        let files = fs::read_dir(&self.folder).into_iter().flatten().filter_map(Result::ok);
        files.filter_map(|file| file.metadata().ok()).map(|known| known.len()).sum()
    }

    /// Lets go of the file, and keeps the lock.
    pub(super) fn close(self) -> Locked {
        self.locked
    }
}
