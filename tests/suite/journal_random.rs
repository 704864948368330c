//! Any sequence of edits, undo, redo, saves, openings, kills, recoveries and refusals, on the real disk: what was
//! there before a kill comes back, and what was declined or discarded is still there at the end.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use shadowpool::place::{ColorBy, Command, Place};
use shadowpool::store::{ComesBack, left_behind, save_place};
use tempfile::TempDir;

use crate::support_journal::{Life, journals, lines_from, offered, quick_folder, states, text};
use crate::support_ledgers::small_place;

/// What may happen to somebody.
#[derive(Clone, Copy, Debug)]
enum Event {
    Rename,
    Look,
    AddLines,
    AddManyLines,
    Undo(u8),
    Redo(u8),
    GoTo(u8),
    Save,
    SaveAs(u8),
    EditWhileSaving,
    Open(u8),
    /// Somebody else writes to the file, or takes it away.
    FileChanges,
    FileGoes,
    KillAndBringBack,
    KillAndDecline,
    Close,
}

fn any_event() -> impl Strategy<Value = Event> {
    use Event::{
        AddLines, AddManyLines, Close, EditWhileSaving, FileChanges, FileGoes, GoTo, KillAndBringBack,
        KillAndDecline, Look, Open, Redo, Rename, Save, SaveAs, Undo,
    };
    prop_oneof![
        6 => Just(Rename),
        2 => Just(Look),
        3 => Just(AddLines),
        1 => Just(AddManyLines),
        5 => (1_u8..4).prop_map(Undo),
        3 => (1_u8..3).prop_map(Redo),
        2 => any::<u8>().prop_map(GoTo),
        4 => Just(Save),
        2 => (0_u8..3).prop_map(SaveAs),
        2 => Just(EditWhileSaving),
        2 => (0_u8..3).prop_map(Open),
        1 => Just(FileChanges),
        1 => Just(FileGoes),
        5 => Just(KillAndBringBack),
        1 => Just(KillAndDecline),
        1 => Just(Close),
    ]
}

/// Somebody, with what they may not lose.
struct Somebody {
    folder: TempDir,
    life: Option<Life>,
    /// A number for each thing that is done, so that no two places are alike.
    count: usize,
    /// Places that were not saved and not brought back, and are to be found at the end.
    declined: BTreeSet<String>,
}

impl Somebody {
    fn new() -> Self {
        let folder = quick_folder();
        let mut somebody = Self { folder, life: None, count: 0, declined: BTreeSet::new() };
        somebody.begin();
        somebody
    }

    fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn next(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn begin(&mut self) {
        let name = format!("Place {}", self.next());
        self.life = Some(Life::begin(self.folder.path(), Place { name, ..small_place() }));
    }

    fn life(&mut self) -> &mut Life {
        self.life.as_mut().expect("a window is open")
    }

    fn file(&self, number: u8) -> PathBuf {
        self.folder().join(format!("place-{number}.ron"))
    }

    fn rename(&mut self) {
        let name = format!("Name {}", self.next());
        self.life().rename(&name);
    }

    /// What is shown is left unsaved, on purpose or not.
    fn leaves_it(&mut self) {
        let history = &self.life().history;
        if history.is_changed() {
            let text = text(history.place());
            self.declined.insert(text);
        }
    }

    fn meets(&mut self, event: Event) {
        match event {
            Event::Rename => self.rename(),
            Event::Look => {
                let color_by = ColorBy::ALL[self.next() % ColorBy::ALL.len()];
                self.life().edit(&Command::SetColorBy(color_by));
            }
            Event::AddLines | Event::AddManyLines => {
                let count = if matches!(event, Event::AddLines) { 2 } else { 1_001 };
                let lines = lines_from(&format!("file-{}.csv", self.next()), count);
                self.life().edit(&lines);
            }
            Event::Undo(times) => (0..times).for_each(|_| self.life().undo()),
            Event::Redo(times) => (0..times).for_each(|_| self.life().redo()),
            Event::GoTo(number) => {
                let life = self.life();
                let (states, _) = states(&life.history);
                assert!(life.history.go_to(states[usize::from(number) % states.len()].0));
                life.journal.go_to(&life.history);
            }
            Event::Save => {
                let file = self.life().file.clone().unwrap_or_else(|| self.file(0));
                self.life().save(&file);
            }
            Event::SaveAs(number) => {
                let file = self.file(number);
                self.life().save(&file);
            }
            Event::EditWhileSaving => {
                let file = self.life().file.clone().unwrap_or_else(|| self.file(1));
                let was = self.life().history.clone();
                self.rename();
                self.life().save_as_it_was(&file, &was);
            }
            Event::Open(number) => {
                let file = self.file(number);
                if shadowpool::store::open_place(&file).is_ok() {
                    self.leaves_it();
                    self.life().open(&file);
                }
            }
            Event::FileChanges => {
                let name = format!("A colleague's {}", self.next());
                if let Some(file) = self.life().file.clone() {
                    save_place(&file, &Place { name, ..small_place() }).unwrap();
                }
            }
            Event::FileGoes => {
                if let Some(file) = &self.life().file {
                    let _ = fs::remove_file(file);
                }
            }
            Event::KillAndBringBack => self.is_killed_and_brings_back(),
            Event::KillAndDecline => {
                self.leaves_it();
                self.life.take().expect("a window is open").kill();
                self.begin();
            }
            Event::Close => {
                self.leaves_it();
                self.life.take().expect("a window is open").close();
                self.begin();
            }
        }
    }

    fn is_killed_and_brings_back(&mut self) {
        let killed = self.life.take().expect("a window is open").kill();
        let wanted = text(killed.place());
        let (mut offers, set_aside) = offered(self.folder());
        // Where another file holds it as it is, it is no news.
        offers.extend(set_aside.into_iter().filter(|one| one.is_in_a_file));
        let found = offers.iter().find(|one| {
            one.bring_back(ComesBack::AsCopy).is_ok_and(|recovered| text(recovered.history.place()) == wanted)
        });
        if !killed.is_changed() {
            return self.begin();
        }
        let found = found.unwrap_or_else(|| panic!("{wanted} is not among {offers:#?}"));
        assert_eq!(found.after, killed.place().ledger.total());
        self.begin();
        self.life().take_back(found);
        assert!(self.life().history.is_changed(), "what was brought back counts as changed");
        assert_eq!(states(&self.life().history), states(&killed), "undo and redo are as before");
    }

    /// Nothing that was declined is lost.
    fn comes_to_an_end(mut self) {
        self.leaves_it();
        self.life.take().expect("a window is open").kill();
        let left = left_behind(&journals(self.folder()), self.folder());
        let found: BTreeSet<String> =
            left.iter().map(|one| text(one.bring_back(ComesBack::AsCopy).unwrap().history.place())).collect();
        let lost: Vec<&String> = self.declined.difference(&found).collect();
        assert!(lost.is_empty(), "{lost:#?}");
    }
}

/// How many sequences are tried: a few in passing, thousands where `SEQUENCES` says so.
fn sequences() -> u32 {
    std::env::var("SEQUENCES").ok().and_then(|count| count.parse().ok()).unwrap_or(100)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: sequences(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_the_state_before_a_kill_comes_back(events in prop::collection::vec(any_event(), 1..24)) {
        let mut somebody = Somebody::new();
        for event in events {
            somebody.meets(event);
        }
        somebody.comes_to_an_end();
    }
}
