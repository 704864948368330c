//! The journal: whatever a program was killed in, the state before comes back, with undo; and nothing that
//! anybody would miss is thrown away unasked.

use std::fs;
use std::path::Path;

use shadowpool::place::{ColorBy, Command, History, Place, write_place};
use shadowpool::store::{ComesBack, Journal, JournalHealth, open_place, save_place};

use crate::place::every_command;
use crate::support::say_skipped;
use crate::support_journal::{
    Life, PATIENCE, journal_files, journals, lines_from, offered, only_offer, quick_folder, states,
    written_elsewhere,
};
use crate::support_ledgers::{money, small_place};

/// What was killed comes back with all its states.
fn check_comes_back(folder: &Path, killed: &History) -> Life {
    let one = only_offer(folder);
    let life = Life::bring_back(folder, &one);
    assert_eq!(states(&life.history), states(killed));
    assert!(life.history.is_changed(), "what was brought back is in no file");
    life
}

#[test]
fn steps_and_what_was_undone_come_back() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    life.edit(&Command::SetColorBy(ColorBy::Agency));
    life.rename("Two");
    life.rename("Three");
    life.undo();
    life.undo();
    let killed = life.kill();
    let one = only_offer(folder.path());
    assert_eq!((one.place.as_str(), one.file.as_ref()), ("One", None));
    assert_eq!(one.steps, ["Rename place", "Change colour"]);
    assert_eq!((one.before, one.after), (money("450.25"), money("450.25")));
    check_comes_back(folder.path(), &killed);
}

#[test]
fn undo_past_a_save_and_an_edit_after_it_come_back() {
    let folder = quick_folder();
    let file = folder.path().join("place.ron");
    let mut life = Life::begin(folder.path(), small_place());
    life.edit(&lines_from("a.csv", 4));
    life.edit(&lines_from("b.csv", 5));
    life.save(&file);
    life.undo();
    life.undo();
    life.rename("Without them");
    let total = life.history.place().ledger.total();
    let killed = life.kill();
    assert_eq!(only_offer(folder.path()).after, total);
    let life = check_comes_back(folder.path(), &killed);
    assert_eq!(life.file, Some(file), "its file is as it was");
}

#[test]
fn undone_to_what_the_file_held_before_is_unsaved_and_comes_back() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("Saved");
    life.save(&folder.path().join("place.ron"));
    life.undo();
    let killed = life.kill();
    let mut life = check_comes_back(folder.path(), &killed);
    life.redo();
    assert!(!life.history.is_changed(), "done again it is what the file holds");
}

#[test]
fn two_crashes_in_a_row_lose_nothing() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    let mut killed = life.kill();
    for count in 0..3 {
        let mut life = check_comes_back(folder.path(), &killed);
        if count == 1 {
            life.rename("Two");
            life.undo();
        }
        killed = life.kill();
    }
    // What it was brought back from is set aside until a file holds the place.
    assert_eq!(journal_files(folder.path(), |name| name == "log").len(), 4);
    assert!(offered(folder.path()).1.is_empty(), "what a later one holds is not offered twice");
    let mut life = check_comes_back(folder.path(), &killed);
    life.save(&folder.path().join("place.ron"));
    life.close();
    assert_eq!(offered(folder.path()).0.len() + offered(folder.path()).1.len(), 0);
}

#[test]
fn a_file_that_was_changed_moved_or_lost_is_no_obstacle() {
    for what in ["touched", "changed", "renamed", "moved", "of a newer format"] {
        let (folder, elsewhere) = (quick_folder(), quick_folder());
        let file = folder.path().join("place.ron");
        save_place(&file, &small_place()).unwrap();
        let mut life = Life::begin(folder.path(), Place::default());
        life.open(&file);
        life.rename("One");
        let killed = life.kill();
        match what {
            "touched" => fs::write(&file, write_place(&small_place())).unwrap(),
            "changed" => {
                save_place(&file, &Place { name: "A colleague's".to_owned(), ..small_place() }).unwrap();
            }
            "renamed" => fs::rename(&file, folder.path().join("renamed.ron")).unwrap(),
            "moved" => fs::rename(&file, elsewhere.path().join("place.ron")).unwrap(),
            _ => fs::write(&file, "(format: 99, new: true)").unwrap(),
        }
        let life = check_comes_back(folder.path(), &killed);
        let known = match what {
            "touched" => Some("place.ron"),
            "renamed" => Some("renamed.ron"),
            _ => None,
        };
        assert_eq!(life.file, known.map(|name| folder.path().join(name)), "{what}: else it is a copy");
        assert!(life.is_kept());
    }
}

#[test]
fn a_copy_leaves_the_file_alone() {
    let folder = quick_folder();
    let file = folder.path().join("place.ron");
    let mut life = Life::begin(folder.path(), small_place());
    life.save(&file);
    life.rename("One");
    life.kill();
    let recovered = only_offer(folder.path()).bring_back(ComesBack::AsCopy).unwrap();
    assert!(recovered.file.is_none() && recovered.words.is_empty() && recovered.history.is_changed());
}

#[test]
fn an_edit_made_while_a_save_ran_is_unsaved_and_comes_back() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("Saved");
    let was = life.history.clone();
    life.rename("Meanwhile");
    life.save_as_it_was(&folder.path().join("place.ron"), &was);
    assert!(life.history.is_changed());
    let killed = life.kill();
    assert_eq!(only_offer(folder.path()).steps, ["Rename place"]);
    check_comes_back(folder.path(), &killed);
}

#[test]
fn what_nobody_would_miss_is_not_offered() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.edit(&Command::SetColorBy(ColorBy::Agency));
    life.kill();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    life.undo();
    life.kill();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    life.save(&folder.path().join("place.ron"));
    life.kill();
    Life::begin(folder.path(), small_place()).close();
    assert!(offered(folder.path()).0.is_empty());
    assert!(journal_files(folder.path(), |_| true).is_empty(), "nothing of them is left");
}

#[test]
fn changes_that_were_not_saved_on_purpose_are_set_aside() {
    let folder = quick_folder();
    let file = folder.path().join("place.ron");
    save_place(&file, &small_place()).unwrap();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("Not wanted");
    life.open(&file);
    life.rename("Not wanted either");
    life.close();
    let (offers, set_aside) = offered(folder.path());
    assert_eq!((offers.len(), set_aside.len()), (0, 2));
    let names = |one: &shadowpool::store::LeftBehind| {
        one.bring_back(ComesBack::WithItsFile).unwrap().history.place().name.clone()
    };
    let mut names: Vec<String> = set_aside.iter().map(names).collect();
    names.sort_unstable();
    assert_eq!(names, ["Not wanted", "Not wanted either"]);
    for one in set_aside {
        one.throw_away().unwrap();
    }
    assert!(journal_files(folder.path(), |_| true).is_empty());
}

#[test]
fn no_more_than_twenty_are_set_aside() {
    let folder = quick_folder();
    for number in 0..23 {
        let mut life = Life::begin(folder.path(), small_place());
        life.rename(&format!("Town {number}"));
        life.close();
    }
    assert_eq!(offered(folder.path()).1.len(), 20);
    assert_eq!(offered(folder.path()).1.len(), 20);
}

#[test]
fn the_journal_of_a_window_that_lives_is_not_offered() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("Mine");
    assert!(life.is_kept() && offered(folder.path()).0.is_empty());
    life.kill();
    let one = only_offer(folder.path());
    let recovered = one.bring_back(ComesBack::WithItsFile).unwrap();
    let error = one.bring_back(ComesBack::WithItsFile).unwrap_err().to_string();
    assert!(error.ends_with("another window has taken it up meanwhile"), "{error}");
    drop(recovered);
    assert!(one.bring_back(ComesBack::WithItsFile).is_ok());
}

#[test]
fn every_command_survives_a_kill() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    for command in every_command() {
        life.edit(&command);
    }
    let mut killed = life.kill();
    // Undone half way, past a save, and killed again.
    let mut life = check_comes_back(folder.path(), &killed);
    life.save(&folder.path().join("place.ron"));
    (0..every_command().len() / 2).for_each(|_| life.undo());
    killed = life.kill();
    check_comes_back(folder.path(), &killed);
}

#[test]
fn files_of_very_many_lines_come_back_to_the_penny() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.edit(&lines_from("large.csv", 1_200));
    life.edit(&Command::Several(
        "Two more".to_owned(),
        vec![lines_from("a.csv", 2), lines_from("b.csv", 1_001)],
    ));
    life.rename("Large Town");
    let killed = life.kill();
    assert_eq!(journal_files(folder.path(), |name| name.ends_with(".columns")).len(), 2);
    let mut life = check_comes_back(folder.path(), &killed);
    assert_eq!(life.history.place().ledger.ranges().count(), 2, "what an estimate may come to with them");
    let provenance = |history: &History| -> Vec<String> {
        history.place().ledger.lines().map(|line| line.provenance().to_string()).collect()
    };
    assert_eq!(provenance(&life.history), provenance(&killed));
    // As the place that steps begin from, they are kept in columns too.
    life.save(&folder.path().join("large.ron"));
    life.close();
    let mut life = Life::begin(folder.path(), Place::default());
    life.open(&folder.path().join("large.ron"));
    life.rename("Larger Town");
    let killed = life.kill();
    fs::remove_file(folder.path().join("large.ron")).unwrap();
    check_comes_back(folder.path(), &killed);
}

#[test]
fn lines_that_are_gone_take_the_steps_after_them_along_and_that_is_said() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    life.edit(&lines_from("large.csv", 1_200));
    life.rename("Two");
    life.kill();
    for file in journal_files(folder.path(), |name| name.ends_with(".columns")) {
        let mut bytes = fs::read(&file).unwrap();
        *bytes.last_mut().unwrap() ^= 1;
        fs::write(&file, bytes).unwrap();
    }
    let mut life = Life::begin(folder.path(), Place::default());
    let words = life.take_back(&only_offer(folder.path()));
    assert_eq!(life.history.place().name, "One");
    assert!(
        words[0].starts_with("Add large.csv: its lines are gone, and with them the steps after it"),
        "{words:?}"
    );
    // All of it stays, even when a file holds what came back.
    life.save(&folder.path().join("place.ron"));
    life.close();
    assert_eq!(offered(folder.path()).1.len(), 1);
}

#[test]
fn a_journal_cut_anywhere_brings_back_the_steps_before() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    let steps = ["One", "Two", "Three"];
    for name in steps {
        life.rename(name);
    }
    life.kill();
    let log = journal_files(folder.path(), |name| name == "log").remove(0);
    let whole = fs::read_to_string(&log).unwrap();
    let ends: Vec<usize> = whole.match_indices("\n#").map(|(at, _)| at + 1).skip(3).collect();
    assert_eq!(ends.len(), 2);
    let mut cuts: Vec<usize> = (ends[0]..whole.len()).step_by(7).collect();
    cuts.extend([ends[1], whole.len() - 1]);
    for cut in cuts {
        fs::write(&log, &whole[..cut]).unwrap();
        let one = only_offer(folder.path());
        let recovered = one.bring_back(ComesBack::WithItsFile).unwrap();
        let left = 1 + ends.iter().skip(1).filter(|end| **end <= cut).count();
        assert_eq!(recovered.history.place().name, steps[left - 1], "cut at {cut}");
        assert_eq!(one.trouble.is_some(), !ends.contains(&cut), "cut at {cut}");
        assert_eq!(fs::read_to_string(&log).unwrap().len(), cut, "reading changes nothing");
    }
}

#[test]
fn what_follows_a_damaged_entry_is_said_and_kept() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    for name in ["One", "Two", "Three"] {
        life.rename(name);
    }
    life.kill();
    let log = journal_files(folder.path(), |name| name == "log").remove(0);
    let text = fs::read_to_string(&log).unwrap().replace("\"Two\"", "\"Too\"");
    fs::write(&log, &text).unwrap();
    let one = only_offer(folder.path());
    let bytes = text.len() - text.find("#4").unwrap();
    assert_eq!(
        one.trouble.as_deref(),
        Some(&*format!(
            "Of its journal its entry 4 is cut short or damaged; {bytes} bytes from there on are not used, with 1 entry \
             among them that looks whole"
        ))
    );
    let mut life = Life::bring_back(folder.path(), &one);
    assert_eq!(life.history.place().name, "One");
    life.save(&folder.path().join("place.ron"));
    life.close();
    let kept = journal_files(folder.path(), |name| name == "log");
    assert_eq!(fs::read_to_string(&kept[0]).unwrap(), text, "all of it stays, and can be looked into");
}

#[test]
fn a_journal_of_a_newer_program_is_told_and_kept() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    life.kill();
    let log = journal_files(folder.path(), |name| name == "log").remove(0);
    let text = fs::read_to_string(&log).unwrap().replacen("journal 2", "journal 3", 1);
    fs::write(&log, text).unwrap();
    let one = only_offer(folder.path());
    assert!(!one.can_be_brought_back);
    let what = "it has format 3, and this program reads format 2; a newer Shadowpool may read it";
    assert_eq!(one.trouble.as_deref(), Some(what));
    assert!(one.bring_back(ComesBack::WithItsFile).is_err());
    only_offer(folder.path());
}

#[test]
fn a_journal_whose_folder_goes_is_written_again_elsewhere() {
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    assert!(life.is_kept());
    fs::remove_dir_all(journals(folder.path())).unwrap();
    fs::write(journals(folder.path()), "a file in its way").unwrap();
    life.edit(&lines_from("large.csv", 1_200));
    assert!(!life.journal.flush_blocking(PATIENCE));
    let JournalHealth::Failing { reason, .. } = life.journal.health() else { panic!("it is not kept") };
    assert!(reason.contains("journals: "), "{reason}");
    fs::remove_file(journals(folder.path())).unwrap();
    life.rename("Two");
    assert!(life.is_kept(), "{:?}", life.journal.health());
    let killed = life.kill();
    let life = Life::bring_back(folder.path(), &only_offer(folder.path()));
    assert_eq!(write_place(life.history.place()), write_place(killed.place()));
}

#[test]
fn a_journal_that_could_not_be_forced_to_the_disk_has_every_step_in_the_end() {
    // A folder in the way of the file of lines makes one step fail, and those after it wait.
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.rename("One");
    assert!(life.is_kept());
    let own = journal_files(folder.path(), |name| name == "log").remove(0).with_file_name("lines.new");
    fs::create_dir(&own).unwrap();
    life.edit(&lines_from("large.csv", 1_200));
    life.rename("Two");
    assert!(!life.journal.flush_blocking(PATIENCE));
    fs::remove_dir(&own).unwrap();
    assert!(life.is_kept());
    let killed = life.kill();
    check_comes_back(folder.path(), &killed);
}

#[test]
fn without_a_folder_nothing_is_kept_and_that_is_known() {
    let (journal, writer) = Journal::new(None, || ());
    let writer = written_elsewhere(writer);
    let history = History::new(small_place());
    journal.begin(&history, None);
    assert_eq!(journal.health(), JournalHealth::NoFolder);
    assert!(!journal.flush_blocking(PATIENCE));
    journal.end(PATIENCE);
    drop(journal);
    writer.join().unwrap();
}

#[test]
fn journals_of_older_programs_come_back_too() {
    let folder = quick_folder();
    let text = ron::to_string(&write_place(&small_place())).unwrap();
    let lines = [
        format!("Text(text:{text},file:Some(\"/nowhere/small.ron\"))"),
        "Do(Rename(\"One\"))".to_owned(),
        "Do(Rename(\"Two\"))".to_owned(),
        "Undo".to_owned(),
        "Unwritten(\"Add big.csv\")".to_owned(),
        "Do(Rename(\"Cut".to_owned(),
    ];
    fs::write(folder.path().join("journal-4711-0.ron"), lines.join("\n")).unwrap();
    let one = only_offer(folder.path());
    assert_eq!(one.steps, ["Rename place", "Rename place", "Undo Rename place", "Add big.csv"]);
    let mut life = Life::begin(folder.path(), Place::default());
    let words = life.take_back(&one);
    assert_eq!(words, ["Add big.csv: its lines were too many to be kept; open the files again"]);
    assert_eq!(life.history.place().name, "One");
    assert!(life.file.is_none() && life.history.is_changed());
    // Its new journal begins with the place that came back, and so do those after it.
    let killed = life.kill();
    let life = Life::bring_back(folder.path(), &only_offer(folder.path()));
    assert_eq!(write_place(life.history.place()), write_place(killed.place()));
}

#[test]
fn a_large_journal_begins_anew_when_a_file_holds_everything() {
    let folder = quick_folder();
    let file = folder.path().join("place.ron");
    let mut life = Life::begin(folder.path(), small_place());
    life.edit(&lines_from("large.csv", 1_200));
    assert!(life.is_kept());
    // As if there were many of them.
    let lines = journal_files(folder.path(), |name| name.ends_with(".columns")).remove(0);
    fs::File::create(lines.with_file_name("lines-0.columns"))
        .and_then(|file| file.set_len(65 << 20))
        .unwrap();
    life.save(&file);
    assert!(life.is_kept());
    assert!(journal_files(folder.path(), |name| name.ends_with(".columns")).is_empty());
    // Undone to what was before it began, the place itself is kept.
    life.undo();
    let killed = life.kill();
    let life = Life::bring_back(folder.path(), &only_offer(folder.path()));
    assert_eq!(write_place(life.history.place()), write_place(killed.place()));
    assert_eq!(open_place(&file).unwrap().ledger.len(), 1_203);
}

#[cfg(unix)]
#[test]
fn only_its_person_can_read_a_journal() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = quick_folder();
    let mut life = Life::begin(folder.path(), small_place());
    life.edit(&lines_from("large.csv", 1_200));
    life.kill();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let files = journal_files(folder.path(), |_| true);
    assert!(files.len() > 3);
    for file in files {
        let within = mode(file.parent().unwrap());
        assert_eq!((within, mode(&file)), (0o700, 0o600), "{}", file.display());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_that_is_no_text_is_known_again() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = quick_folder();
    let file = folder.path().join(std::ffi::OsStr::from_bytes(b"caf\xe9.ron"));
    if fs::write(&file, "").is_err() {
        say_skipped("this disk has no such names");
        return;
    }
    let mut life = Life::begin(folder.path(), small_place());
    life.save(&file);
    life.rename("One");
    let killed = life.kill();
    assert_eq!(check_comes_back(folder.path(), &killed).file, Some(file));
}
