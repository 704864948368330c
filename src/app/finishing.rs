//! What the window does with work that has ended: places opened, saved, exported, files chosen.

use std::path::{Path, PathBuf};

use egui::Context;

use super::App;
use super::dialog::Dialog;
use super::editing::{Brought, Edit, Wanted};
use super::opening::{OpenRequest, OpenWay, OpenedFiles};
use super::save_request::HeldFile;
use super::style::Tone;
use super::tray::TrayOrigin;
use super::window::tell_error;
use super::work::{Done, with_decisions};
use crate::agree::Decisions;
use crate::figure::{Figure, Frame};
use crate::import::{FileReport, Problem, Severity};
use crate::place::{AddedFiles, Command, Decision, NewerFormat, Place};
use crate::store::{self, ContentHash, LockError, PlaceLock};
use crate::words::counted;

/// What came with a place that was opened.
struct OpenedHold<'a> {
    lock: Option<Result<PlaceLock, LockError>>,
    known: Option<ContentHash>,
    newer: Option<&'a NewerFormat>,
    path: &'a Path,
}

impl App {
    /// The words at the foot of the window while nothing is going on.
    pub(super) fn foot_words(&self) -> String {
        let place = self.shown.place();
        // Rows that the place holds to be decided about have words of their own.
        let rejected: u64 = if self.history.place().rejects.is_empty() {
            self.reports.iter().map(|report| report.rejected).sum()
        } else {
            0
        };
        let (lines, sources) = (place.ledger.len(), place.ledger.sources().len());
        let mut words = format!("{} from {}", counted(lines, "line"), counted(sources, "source"));
        if rejected > 0 && sources > 0 {
            words.extend([", ", &counted(rejected, "row"), " rejected"]);
        }
        words
    }

    pub(super) fn collect_finished_work(&mut self, context: &Context) {
        for done in self.work.finished() {
            match done {
                Done::Opened(opened) => self.take_in(*opened),
                Done::Saved(done) => self.take_saved(*done, context),
                Done::Exported(Ok(exported)) => {
                    self.answered = None;
                    let path = exported.path.display();
                    self.notices.tell(Tone::Ok, format!("Exported {path}"));
                    for words in exported.warnings {
                        self.notices.tell(Tone::Warning, format!("{path}: {words}"));
                    }
                }
                Done::Exported(Err(failure)) => self.not_written(failure),
                Done::Versions(versions) => {
                    if let Some(Dialog::Versions(list)) = &mut self.dialog {
                        list.take(versions);
                    }
                }
                Done::Version(path, looked_at) => {
                    if let Some(Dialog::Versions(list)) = &mut self.dialog {
                        list.take_version(&path, looked_at);
                    }
                }
                Done::Failed(name) => {
                    self.forget_what_follows();
                    tell_error(
                        &mut self.notices,
                        format!(
                            "{name}: this stopped through a fault of the program; what is shown is as it was"
                        ),
                    );
                }
                Done::Chosen(Some(paths)) => self.take_chosen(paths, context),
                Done::Chosen(None) => {
                    self.notices.tell(Tone::Plain, "No file was chosen; a path can be typed as well");
                }
            }
        }
    }

    /// One file is put into the field, to be seen first; several are brought.
    fn take_chosen(&mut self, paths: Vec<PathBuf>, context: &Context) {
        if paths.len() > 1 && matches!(self.dialog, Some(Dialog::Open { .. })) {
            self.dialog = None;
            return self.bring(paths, context);
        }
        if let (Some(dialog), Some(path)) = (&mut self.dialog, paths.first()) {
            dialog.set_path(path);
        }
    }

    /// Brings the dialog back in which the path of what failed was typed, to be corrected.
    pub(super) fn ask_again(&mut self) {
        if self.dialog.is_none() {
            self.dialog = self.answered.take();
        }
    }

    /// Shows what was read, and tells of what was not.
    fn take_in(&mut self, opened: OpenedFiles) {
        let OpenedFiles { request, loaded, lock } = opened;
        if loaded.failures.is_empty() {
            self.answered = None;
        } else {
            self.ask_again();
        }
        for failure in &loaded.failures {
            tell_error(&mut self.notices, failure.message.clone());
            // A report of its own, so that a file that could not be read stands among the others.
            self.reports.push(FileReport {
                name: failure.path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
                problems: vec![
                    failure.problem.clone().unwrap_or_else(|| Problem::of_place(&failure.message)),
                ],
                ..FileReport::default()
            });
        }
        for warning in &loaded.warnings {
            self.notices.tell(Tone::Warning, warning.clone());
        }
        let asks = loaded.files.iter().any(FileReport::asks);
        // What waits in the tray is told there.
        for file in loaded.files.iter().filter(|_| !asks) {
            let details: Vec<String> = file
                .problems
                .iter()
                .filter(|problem| problem.severity != Severity::Note)
                // As many as a message has room for; all of them stand on the sheet of problems.
                .take(4)
                .map(|problem| problem.message.clone())
                .collect();
            let tone = if file.rejected > 0 { Tone::Warning } else { Tone::Ok };
            let rejected =
                if file.rejected > 0 { format!(", {} rejected", file.rejected) } else { String::new() };
            let skipped = if file.skipped_rows > 0 {
                format!(", {} passed over", file.skipped_rows)
            } else {
                String::new()
            };
            let lines = counted(file.lines, "line");
            let text = format!("{}: {lines} read{skipped}{rejected}", file.name);
            self.notices.tell_all(tone, text, details, Vec::new());
        }
        let is_spending =
            |path: &&PathBuf| !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        let failed: Vec<&PathBuf> = loaded.failures.iter().map(|failure| &failure.path).collect();
        let read = loaded.asked.iter().filter(is_spending).filter(|path| !failed.contains(path));
        let read: Vec<PathBuf> = read.cloned().collect();
        if let Some((path, place)) = loaded.place {
            if self.history.is_changed() && !request.leaves_changes {
                // The question done with, everything that was asked for is opened, not the place alone.
                let then = super::action::Action::Open(request);
                let name = self.history.place().name.clone();
                self.dialog = Some(Dialog::Unsaved { name, then: Box::new(then) });
                return;
            }
            let held = match self.hold(
                OpenedHold { lock, known: loaded.hash, newer: loaded.newer.as_ref(), path: &path },
                &request,
                &place,
            ) {
                Ok(held) => held,
                Err(question) => {
                    self.dialog = Some(question);
                    return;
                }
            };
            self.reports.clear();
            let is_copy = request.way == OpenWay::Copy;
            self.show_place(place, (!is_copy).then_some(path));
            self.held = held;
        }
        // Decisions alone: they are taken over by themselves.
        if loaded.additions.is_empty() {
            self.reports.extend(loaded.files);
            return self.take_decisions(loaded.decisions);
        }
        // Money that depends on a guess waits until somebody has answered.
        if asks {
            let context = self.context.clone();
            self.put_in_tray(read.into_iter().map(TrayOrigin::File).collect(), &context);
            return self.take_decisions(loaded.decisions);
        }
        let files = AddedFiles { additions: loaded.additions, ..AddedFiles::default() };
        let brought = Brought {
            is_new_place: self.is_untouched_sample(),
            reports: loaded.files,
            files: read,
            ..Brought::default()
        };
        let decisions = loaded.decisions.into_iter().map(|(_, decisions)| decisions);
        let command = with_decisions(Command::AddFiles(Box::new(files)), decisions);
        self.begin_edit(Edit { wanted: Wanted::Command(command), brings: Some(brought), pooled: None });
    }

    /// The hold on the file of a place that was opened, or the question whether it is to be opened all the same.
    fn hold(
        &mut self,
        opened: OpenedHold<'_>,
        request: &OpenRequest,
        place: &Place,
    ) -> Result<HeldFile, Dialog> {
        let OpenedHold { lock, known, newer, path } = opened;
        let lock = match lock {
            Some(Err(error @ (LockError::Held { .. } | LockError::Elsewhere { .. }))) => {
                let can_take_over = matches!(error, LockError::Elsewhere { .. });
                let (words, request) = (error.to_string(), request.clone());
                return Err(Dialog::InUse { words, request, can_take_over });
            }
            // Where the first of several places could not be read, another one is held.
            Some(lock) => lock.ok().filter(|lock| lock.is_of(path)),
            // The place was open here before and is read again.
            None => self.held.take_lock_of(path),
        };
        Ok(match (newer, request.way) {
            (_, OpenWay::Copy) => HeldFile::default(),
            (Some(newer), _) => HeldFile::to_read(newer.to_string()),
            (None, OpenWay::Read) => HeldFile::to_read("somebody else has it open".to_owned()),
            (None, OpenWay::Edit | OpenWay::TakeOver) => HeldFile::opened(known, place.clone(), lock),
        })
    }

    /// Takes over decisions that came in files of their own: with the files of the tray, where some wait there.
    fn take_decisions(&mut self, decisions: Vec<(String, Decisions)>) {
        if let Some(tray) = &mut self.tray {
            tray.decisions.extend(decisions);
            return;
        }
        for (name, decisions) in decisions {
            let take = Command::Decide(Box::new(Decision::Take(Box::new(decisions))));
            let command = Command::Several(format!("Take over {name}"), vec![take]);
            self.begin_edit(Edit { wanted: Wanted::Command(command), brings: None, pooled: None });
            self.notices.tell(Tone::Ok, format!("Took over the decisions of {name}"));
        }
    }

    /// The picture of the screen that is shown, as it leaves the window: in a frame that says all there is to say of it.
    pub(super) fn screen_figure(&mut self) -> Option<Figure> {
        if self.is_in_big_room() {
            return self.big_room_figure();
        }
        let mut figure = if self.blind.is_on() {
            self.blind.figure()?
        } else {
            let (view, shown) = self.here()?;
            let figure = view.figure(&shown)?;
            if view.is_framed() {
                return Some(figure);
            }
            figure
        };
        let captions = (std::mem::take(&mut figure.title), std::mem::take(&mut figure.notes));
        let place = self.blind.hidden().map_or(self.shown.place(), |hidden| &hidden.place).clone();
        let (view, shown) = self.here()?;
        let (title, notes) = view.carried(&shown, &place, captions, store::today());
        let frame = Frame::holding(figure.width, figure.height, &title, &notes);
        Some(frame.around(Figure { title, notes, ..figure }))
    }
}
