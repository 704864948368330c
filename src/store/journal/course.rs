//! What a journal tells, from its first entry to the last that can be understood: what the steps begin from, the
//! steps in a row with those that were undone behind the others, where somebody stood, and what a file holds.

use super::entry::{Begin, Entry, StepTaken};
use super::known_file::KnownFile;
use super::log::{Framed, LogText, NoLog};
use super::side_file::{KeptPlace, SideFile};
use super::whereabouts::Whereabouts;
use crate::money::Money;

/// What a journal tells.
#[derive(Debug)]
pub(super) struct Course {
    pub(super) begin: Begin,
    pub(super) base_state: u64,
    /// The place that the steps begin from, beside the journal.
    pub(super) kept: Option<KeptPlace>,
    /// Each step with the state it leads to; those that were undone come after the others.
    pub(super) steps: Vec<(u64, StepTaken)>,
    pub(super) standing: Whereabouts,
    /// What the place is called where somebody stood, and what it comes to.
    pub(super) name: String,
    pub(super) total: Money,
    /// The file that the place was last opened from or saved in; none where it was brought back as a copy.
    pub(super) file: Option<KnownFile>,
    /// Each file that held a state, with the state in which that came to be.
    saves: Vec<(u64, KnownFile)>,
    /// The names of journals that it was brought back from.
    pub(super) of: Vec<String>,
    /// When the last entry was written, seconds since 1970.
    pub(super) time: u64,
    /// How many entries were understood, and where they end.
    pub(super) entries: u64,
    pub(super) end: usize,
    /// The files beside the journal that its entries name.
    pub(super) side_files: Vec<SideFile>,
    /// Why it ends before the file does.
    pub(super) broken: Option<Broken>,
}

/// Where a journal stops being what it was.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Broken {
    /// The number of the first entry that is not understood.
    entry: u64,
    what: String,
    /// How many bytes follow, from that entry on.
    bytes: usize,
    /// How many entries look whole among them.
    whole: usize,
}

impl std::fmt::Display for Broken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { entry, what, bytes, whole } = self;
        write!(f, "its entry {entry} {what}; {bytes} bytes from there on are not used, ")?;
        match whole {
            0 => f.write_str("and nothing whole is among them"),
            1 => f.write_str("with 1 entry among them that looks whole"),
            more => write!(f, "with {more} entries among them that look whole"),
        }
    }
}

impl Broken {
    /// Whether anything but the last entry, cut short, may be lost.
    pub(super) fn is_more_than_a_cut(&self) -> bool {
        self.whole > 0
    }
}

impl Course {
    /// Reads a journal as far as it can be understood.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, NoLog> {
        let log = LogText::read(bytes)?;
        let mut entries = log.entries.iter();
        let begun = entries.next().and_then(|first| Some((first, Self::begun(first)?)));
        let (first, mut course) = begun.ok_or(NoLog::NoJournal)?;
        course.end = first.end;
        let mut what = "is cut short or damaged".to_owned();
        for framed in entries {
            let taken = Entry::read(framed.payload).and_then(|entry| course.take(framed.state, entry));
            if let Err(why) = taken {
                what = format!("was written by Shadowpool {} and is not understood ({why})", framed.version);
                break;
            }
            course.entries += 1;
            course.end = framed.end;
            course.time = course.time.max(framed.time);
        }
        if course.end < bytes.len() {
            let (entry, bytes_left) = (course.entries + 1, bytes.len() - course.end);
            let whole = log.whole_after(bytes, course.end);
            course.broken = Some(Broken { entry, what, bytes: bytes_left, whole });
        }
        Ok(course)
    }

    fn begun(first: &Framed<'_>) -> Option<Self> {
        let Ok(Entry::Begin(begin)) = Entry::read(first.payload) else { return None };
        Some(Self {
            base_state: first.state,
            kept: None,
            steps: Vec::new(),
            standing: Whereabouts::new(first.state, begin.is_saved),
            name: begin.name.clone(),
            total: begin.total,
            file: begin.file.clone(),
            saves: begin
                .file
                .iter()
                .filter(|_| begin.is_saved)
                .map(|file| (first.state, file.clone()))
                .collect(),
            of: begin.of.clone(),
            time: first.time,
            entries: 1,
            end: first.end,
            side_files: Vec::new(),
            broken: None,
            begin,
        })
    }

    fn take(&mut self, state: u64, entry: Entry) -> Result<(), String> {
        match entry {
            Entry::Begin(_) => return Err("it begins again".to_owned()),
            Entry::Kept(kept) => {
                self.side_files.extend(kept.files().cloned());
                self.kept = Some(kept);
            }
            Entry::Do(done) => {
                let taken = self.taken();
                if !self.standing.step(state, done.command.is_view()) {
                    return Err(format!("there was a state {state} before"));
                }
                // What was undone before is left behind by another step.
                self.steps.truncate(taken);
                self.side_files.extend(done.lines.iter().flatten().cloned());
                self.total = done.total;
                self.name.clone_from(&done.name);
                self.steps.push((state, *done));
            }
            Entry::GoTo { name, total } => {
                let leads_there =
                    state == self.base_state || self.steps.iter().any(|(step, _)| *step == state);
                if !(leads_there && self.standing.go_to(state)) {
                    return Err(format!("no step leads to state {state}"));
                }
                (self.name, self.total) = (name, total);
            }
            Entry::Saved(file) => {
                self.standing.save(state);
                self.saves.push((self.standing.contents_of(state), file.clone()));
                self.file = Some(file);
            }
            Entry::BroughtBack { of, is_copy } => {
                self.of.extend(of);
                if is_copy {
                    self.standing.lose_file();
                    self.file = None;
                }
            }
        }
        Ok(())
    }

    /// How many of the steps lead to where somebody stood.
    pub(super) fn taken(&self) -> usize {
        let present = self.standing.present();
        self.steps.iter().position(|(state, _)| *state == present).map_or(0, |at| at + 1)
    }

    /// Whether a file holds what was shown though it is not the one that was saved last: a copy that was not changed, or
    /// steps that were all undone.
    pub(super) fn is_in_a_file(&self) -> bool {
        let shown = self.standing.contents_of(self.standing.present());
        self.saves.iter().any(|(contents, file)| *contents == shown && file.found().is_some())
    }

    /// The steps that no file holds, by name, and what the place came to before them.
    pub(super) fn unsaved_steps(&self) -> (Vec<&str>, Money) {
        let taken = &self.steps[..self.taken()];
        let is_saved = |state: u64| self.standing.saved() == Some(self.standing.contents_of(state));
        let saved = taken.iter().rposition(|(state, _)| is_saved(*state)).map_or(0, |at| at + 1);
        let before = saved.checked_sub(1).map_or(self.begin.total, |at| taken[at].1.total);
        (taken[saved..].iter().map(|(_, done)| done.label.as_str()).collect(), before)
    }
}
