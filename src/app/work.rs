//! What goes on in the background: reading, saving, exporting, and the system's own file dialog.

use std::path::PathBuf;
use std::time::Duration;

use egui::Context;

use super::action::Picture;
use super::dialog::Dialog;
use super::editing::{Brought, Edit, Wanted};
use super::jobs::{Job, Poll};
use super::style::Tone;
use super::tray::in_bytes;
use super::view::MakeWorkbook;
use super::{App, tell_error};
use crate::agree::Decisions;
use crate::dimension::Dimension;
use crate::export;
use crate::figure::Figure;
use crate::import::{ColumnMap, FileReport, ImportOptions, Problem, Severity};
use crate::ledger::Totals;
use crate::place::{AddedFiles, Command, Decision, History, Place};
use crate::pool::Scenario;
use crate::store::{self, Loaded};
use crate::words::counted;

/// Work shorter than this is not mentioned.
const QUIET: Duration = Duration::from_millis(300);

#[derive(Default)]
pub(super) struct Work {
    jobs: Vec<Job<Done>>,
}

/// What a job brings back.
enum Done {
    Opened(Box<Loaded>),
    /// Where the place was saved, and the state of it that was.
    Saved(Result<(PathBuf, u64), String>),
    Exported(Result<PathBuf, String>),
    Chosen(Option<Vec<PathBuf>>),
    /// The work of this name ended without a result.
    Failed(String),
}

impl Work {
    /// Reads places and files; those of a known shape as they were read before.
    pub(super) fn open(&mut self, files: Vec<PathBuf>, column_maps: Vec<ColumnMap>, context: &Context) {
        let name = match &files[..] {
            [one] => format!("Reading {}", one.file_name().unwrap_or_default().to_string_lossy()),
            several => format!("Reading {} files", several.len()),
        };
        self.jobs.push(Job::start(&name, context, move |reporter| {
            let nothing = || Err(std::io::ErrorKind::Unsupported.into());
            let options = ImportOptions { column_maps, ..ImportOptions::default() };
            let loaded = store::load(&files, &options, nothing, |reading| reporter.report_reading(reading));
            Done::Opened(Box::new(loaded))
        }));
    }

    pub(super) fn save(&mut self, path: PathBuf, history: &History, context: &Context) {
        let (place, state) = (history.place().clone(), history.state());
        self.jobs.push(Job::start("Saving", context, move |_| {
            let saved = store::save_place(&path, &place);
            Done::Saved(saved.map(|()| (path, state)).map_err(|error| error.to_string()))
        }));
    }

    pub(super) fn export(
        &mut self,
        picture: Picture,
        path: PathBuf,
        place: Place,
        figure: Option<Figure>,
        context: &Context,
    ) {
        self.jobs.push(Job::start("Exporting", context, move |_| {
            let bytes = match (picture, figure) {
                (Picture::Xlsx, _) => workbook(&place),
                (Picture::Rejects, _) => Ok(export::rejects_csv(&place.rejects).into_bytes()),
                (Picture::Audit, _) => Ok(export::audit_csv(&crate::scene::audit(&place)).into_bytes()),
                (Picture::Csv | Picture::Problems, _) => {
                    let lines = place.ledger.lines_where(&place.view.filter);
                    let stamp = place.shown_scenario().and_then(Scenario::stamp);
                    Ok(export::lines_csv_stamped(&place.ledger, &lines, stamp).into_bytes())
                }
                (Picture::Svg, Some(figure)) => Ok(export::svg(&figure).into_bytes()),
                (Picture::Png, Some(figure)) => export::png(&figure, 2.0).map_err(|error| error.to_string()),
                (Picture::Pdf, Some(figure)) => {
                    export::pdf(&figure, export::Paper::Picture).map_err(|error| error.to_string())
                }
                (_, None) => Err("this view has no picture; go to Flows or Themes".to_owned()),
            };
            let saved = bytes
                .and_then(|bytes: Vec<u8>| {
                    store::save_bytes(&path, &bytes).map_err(|error| error.to_string())
                })
                .map(|()| path);
            Done::Exported(saved)
        }));
    }

    /// Writes a workbook that a screen makes of its own.
    pub(super) fn export_workbook(&mut self, path: PathBuf, make: MakeWorkbook, context: &Context) {
        self.jobs.push(Job::start("Exporting", context, move |_| {
            let saved = make()
                .and_then(|bytes| store::save_bytes(&path, &bytes).map_err(|error| error.to_string()))
                .map(|()| path);
            Done::Exported(saved)
        }));
    }

    /// Writes a text to a file.
    pub(super) fn write(&mut self, path: PathBuf, text: String, context: &Context) {
        self.jobs.push(Job::start("Exporting", context, move |_| {
            let saved = store::save_bytes(&path, text.as_bytes()).map_err(|error| error.to_string());
            Done::Exported(saved.map(|()| path))
        }));
    }

    /// Asks the system for a file, for the dialog that is open.
    pub(super) fn browse(&mut self, dialog: &Dialog, context: &Context) {
        let saves = match dialog {
            Dialog::SaveAs { path } | Dialog::Export { path, .. } => Some(path.clone()),
            _ => None,
        };
        self.jobs.push(Job::start("Choosing a file", context, move |_| {
            let dialog = rfd::FileDialog::new();
            Done::Chosen(match saves {
                Some(path) => dialog.set_file_name(path).save_file().map(|path| vec![path]),
                None => dialog.pick_files(),
            })
        }));
    }

    /// Stops what is going on; false where nothing is.
    pub(super) fn cancel(&mut self) -> bool {
        let was_working = !self.jobs.is_empty();
        self.jobs.clear();
        was_working
    }

    /// What is going on, in words, once it takes long enough to be mentioned.
    pub(super) fn words(&self, context: &Context) -> Option<String> {
        let job = self.jobs.first()?;
        let since = job.started.elapsed();
        if since < QUIET {
            context.request_repaint_after(QUIET.saturating_sub(since));
            return None;
        }
        context.request_repaint_after(Duration::from_millis(100));
        Some(match (job.count(), job.bytes()) {
            (0, 0) => format!("{}…", job.name),
            (rows, bytes) => format!("{}: {}, {}", job.name, counted(rows, "row"), in_bytes(bytes)),
        })
    }

    fn finished(&mut self) -> Vec<Done> {
        let mut done = Vec::new();
        self.jobs.retain(|job| match job.poll() {
            Poll::Working => true,
            Poll::Done(result) => {
                done.push(result);
                false
            }
            Poll::Gone => {
                done.push(Done::Failed(job.name.clone()));
                false
            }
        });
        done
    }
}

/// A place's view as a workbook: its totals by layer and by theme and agency, its lines and sources.
fn workbook(place: &Place) -> Result<Vec<u8>, String> {
    let (title, notes) = crate::scene::captions(place);
    let lines = place.ledger.lines_where(&place.view.filter);
    let by = |dimensions: &[Dimension]| Totals::of(&place.ledger, &place.view.filter, dimensions);
    let totals = [
        by(&place.view.layers),
        by(&[Dimension::Theme, Dimension::Agency]),
        by(&[Dimension::Agency]),
        by(&[Dimension::Year]),
    ];
    let audit = crate::scene::audit(place);
    let content = export::WorkbookContent {
        title: &title,
        notes: &notes,
        ledger: &place.ledger,
        lines: &lines,
        totals: &totals,
        audit: Some(&audit),
    };
    export::workbook(&content).map_err(|error| error.to_string())
}

/// A command that adds files, and then takes over decisions about them, as one step.
pub(super) fn with_decisions(command: Command, decisions: impl Iterator<Item = Decisions>) -> Command {
    let take = |decisions| Command::Decide(Box::new(Decision::Take(Box::new(decisions))));
    let label = command.label();
    let mut commands: Vec<Command> = decisions.map(take).collect();
    if commands.is_empty() {
        return command;
    }
    commands.insert(0, command);
    Command::Several(label, commands)
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
                Done::Opened(loaded) => self.take_in(*loaded),
                Done::Saved(Ok((path, state))) => {
                    self.answered = None;
                    self.saved_to(path, state, context);
                }
                Done::Exported(Ok(path)) => {
                    self.answered = None;
                    self.notices.tell(Tone::Ok, format!("Exported {}", path.display()));
                }
                Done::Saved(Err(message)) | Done::Exported(Err(message)) => {
                    self.afterwards = None;
                    self.ask_again();
                    tell_error(&mut self.notices, message);
                }
                Done::Failed(name) => {
                    self.afterwards = None;
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
    fn ask_again(&mut self) {
        if self.dialog.is_none() {
            self.dialog = self.answered.take();
        }
    }

    /// Shows what was read, and tells of what was not.
    fn take_in(&mut self, loaded: Loaded) {
        if loaded.failures.is_empty() {
            self.answered = None;
        } else {
            self.ask_again();
        }
        let leaves_changes = std::mem::take(&mut self.leaves_changes);
        for failure in &loaded.failures {
            tell_error(&mut self.notices, failure.message.clone());
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
        for file in &loaded.files {
            let details: Vec<String> = file
                .problems
                .iter()
                .filter(|problem| problem.severity != Severity::Note)
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
            self.notices.tell_all(tone, text, details, None);
        }
        let is_spending =
            |path: &&PathBuf| !path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("ron"));
        let failed: Vec<&PathBuf> = loaded.failures.iter().map(|failure| &failure.path).collect();
        let read = loaded.asked.iter().filter(is_spending).filter(|path| !failed.contains(path));
        let read: Vec<PathBuf> = read.cloned().collect();
        if let Some((path, place)) = loaded.place {
            if self.history.is_changed() && !leaves_changes {
                // The question done with, everything that was asked for is opened, not the place alone.
                let then = super::action::Action::Open(loaded.asked);
                let name = self.history.place().name.clone();
                self.dialog = Some(Dialog::Unsaved { name, then: Box::new(then) });
                return;
            }
            self.reports.clear();
            self.show_place(place, Some(path));
        }
        if loaded.additions.is_empty() {
            self.reports.extend(loaded.files);
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
        self.begin_edit(Edit { wanted: Wanted::Command(command), brings: Some(brought) });
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
            self.begin_edit(Edit { wanted: Wanted::Command(command), brings: None });
            self.notices.tell(Tone::Ok, format!("Took over the decisions of {name}"));
        }
    }

    /// The figure of the screen that is shown, with its captions, as exports draw it.
    pub(super) fn screen_figure(&mut self) -> Option<Figure> {
        if self.blind.is_on() {
            return self.blind.figure();
        }
        let (view, shown) = self.here();
        view.figure(&shown)
    }
}
