//! What goes on in the background: reading, saving, exporting, and the system's own file dialog.

use std::path::PathBuf;
use std::time::Duration;

use egui::Context;

use super::action::Picture;
use super::dialog::Dialog;
use super::jobs::{Job, Poll};
use super::tray::in_bytes;
use super::view::MakeWorkbook;
use crate::agree::Decisions;
use crate::dimension::Dimension;
use crate::export::{self, PictureFile};
use crate::figure::Figure;
use crate::import::{ColumnMap, ImportOptions};
use crate::ledger::Totals;
use crate::place::{Command, Decision, History, Place};
use crate::pool::Scenario;
use crate::store::{self, Loaded};
use crate::words::counted;

/// Work shorter than this is not mentioned.
// As for changes: what is over that soon is told by its result.
const QUIET: Duration = Duration::from_millis(300);

#[derive(Default)]
pub(super) struct Work {
    jobs: Vec<Job<Done>>,
}

/// What a job brings back.
pub(super) enum Done {
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
            Done::Saved(saved.map(|_| (path, state)).map_err(|error| error.to_string()))
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
                (Picture::Svg, Some(figure)) => drawn(&figure, PictureFile::Svg),
                // Twice the pixels: pictures are pasted into documents, which are printed.
                (Picture::Png, Some(figure)) => drawn(&figure, PictureFile::Png(2.0)),
                (Picture::Pdf(paper), Some(figure)) => drawn(&figure, PictureFile::Pdf(paper)),
                (_, None) => Err("this view has no picture; go to Flows or Themes".to_owned()),
            };
            let saved = bytes
                .and_then(|bytes: Vec<u8>| {
                    store::save_bytes(&path, &bytes).map_err(|error| error.to_string())
                })
                .map(|_| path);
            Done::Exported(saved)
        }));
    }

    /// Writes a workbook that a screen makes of its own.
    pub(super) fn export_workbook(&mut self, path: PathBuf, make: MakeWorkbook, context: &Context) {
        self.jobs.push(Job::start("Exporting", context, move |_| {
            let saved = make()
                .and_then(|bytes| store::save_bytes(&path, &bytes).map_err(|error| error.to_string()))
                .map(|_| path);
            Done::Exported(saved)
        }));
    }

    /// Writes a text to a file.
    pub(super) fn write(&mut self, path: PathBuf, text: String, context: &Context) {
        self.jobs.push(Job::start("Exporting", context, move |_| {
            let saved = store::save_bytes(&path, text.as_bytes()).map_err(|error| error.to_string());
            Done::Exported(saved.map(|_| path))
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
        // Ten times a second is as often as anybody reads a number that runs.
        context.request_repaint_after(Duration::from_millis(100));
        Some(match (job.count(), job.bytes()) {
            (0, 0) => format!("{}…", job.name),
            (rows, bytes) => format!("{}: {}, {}", job.name, counted(rows, "row"), in_bytes(bytes)),
        })
    }

    pub(super) fn finished(&mut self) -> Vec<Done> {
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

fn drawn(figure: &Figure, file: PictureFile) -> Result<Vec<u8>, String> {
    export::picture(figure, file).map_err(|error| error.to_string())
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
    // The files first, since what is decided is about their lines.
    commands.insert(0, command);
    Command::Several(label, commands)
}
