//! What goes on in the background: reading, saving, exporting, and the system's own file dialog.

use std::path::PathBuf;
use std::time::Duration;

use egui::Context;

use super::action::{Picture, PngSize};
use super::dialog::Dialog;
use super::jobs::{Job, Poll, Reporter};
use super::opening::{OpenRequest, OpenedFiles, lock_of};
use super::save_request::{ExportedFile, SaveDone, SaveRequest, WriteFailure};
use super::tray::in_bytes;
use super::version_list::{LookedAt, ShownVersion};
use super::view::MakeWorkbook;
use crate::agree::Decisions;
use crate::dimension::Dimension;
use crate::export::{self, PictureFile, StoryOptions};
use crate::figure::Figure;
use crate::import::{ColumnMap, ImportOptions};
use crate::ledger::Totals;
use crate::place::{Command, Decision, Place};
use crate::pool::Scenario;
use crate::store;
use crate::words::counted;

/// Work shorter than this is not mentioned.
// As for changes: what is over that soon is told by its result.
const QUIET: Duration = Duration::from_millis(300);

#[derive(Default)]
pub(super) struct Work {
    jobs: Vec<Going>,
}

struct Going {
    job: Job<Done>,
    kind: WorkKind,
}

/// What becomes of work that is stopped.
#[derive(Clone, Copy, PartialEq, Eq)]
enum WorkKind {
    /// It is dropped, and nothing has happened.
    Reads,
    /// It is asked to stop, and says whether it did: a file may be in its place by then.
    Exports,
    Saves,
}

/// What became of the wish to stop.
pub(super) enum Stopping {
    NothingToStop,
    Stopped,
    /// What is being written says itself how it ends.
    Asked,
}

/// What a job brings back.
pub(super) enum Done {
    Opened(Box<OpenedFiles>),
    Saved(Box<SaveDone>),
    Exported(Result<ExportedFile, WriteFailure>),
    Chosen(Option<Vec<PathBuf>>),
    Versions(Vec<ShownVersion>),
    Version(PathBuf, Result<Box<LookedAt>, String>),
    /// The work of this name ended without a result.
    Failed(String),
}

impl Work {
    fn start(
        &mut self,
        kind: WorkKind,
        name: &str,
        context: &Context,
        work: impl FnOnce(&Reporter) -> Done + Send + 'static,
    ) {
        self.jobs.push(Going { job: Job::start(name, context, work), kind });
    }

    /// Reads places and files; those of a known shape as they were read before. A place is taken for editing where the
    /// window does not have it already.
    pub(super) fn open(
        &mut self,
        request: OpenRequest,
        column_maps: Vec<ColumnMap>,
        held: Option<PathBuf>,
        context: &Context,
    ) {
        let name = match &request.files[..] {
            [one] => format!("Reading {}", one.file_name().unwrap_or_default().to_string_lossy()),
            several => format!("Reading {} files", several.len()),
        };
        self.start(WorkKind::Reads, &name, context, move |reporter| {
            let nothing = || Err(std::io::ErrorKind::Unsupported.into());
            let options = ImportOptions { column_maps, balance: true, ..ImportOptions::default() };
            // Before it is read: what is saved in between would not be seen.
            let lock = lock_of(&request, held.as_deref());
            let mut loaded =
                store::load(&request.files, &options, nothing, |reading| reporter.report_reading(reading));
            loaded.note_hashes();
            loaded.ask_of_lines_twice(None);
            Done::Opened(Box::new(OpenedFiles { request, loaded, lock }))
        });
    }

    /// Saves a place; what comes back says how it went.
    pub(super) fn save(&mut self, request: SaveRequest, context: &Context) {
        let name = if request.only_compares { "Comparing" } else { "Saving" };
        self.start(WorkKind::Saves, name, context, move |reporter| {
            Done::Saved(Box::new(request.carry_out(&mut |bytes| reporter.report_writing(bytes))))
        });
    }

    /// Lists the earlier versions of a place.
    pub(super) fn list_versions(&mut self, file: PathBuf, context: &Context) {
        self.start(WorkKind::Reads, "Looking for earlier versions", context, move |_| {
            Done::Versions(store::versions(&file).into_iter().map(ShownVersion::of).collect())
        });
    }

    /// Opens an earlier version and holds it against the place.
    pub(super) fn look_at_version(&mut self, path: PathBuf, present: Place, context: &Context) {
        self.start(WorkKind::Reads, "Opening an earlier version", context, move |_| {
            let looked_at = store::open_place(&path).map(|place| Box::new(LookedAt::of(place, &present)));
            Done::Version(path, looked_at.map_err(|error| error.to_string()))
        });
    }

    pub(super) fn export(
        &mut self,
        picture: Picture,
        path: PathBuf,
        place: Place,
        figure: Option<Figure>,
        context: &Context,
    ) {
        self.start(WorkKind::Exports, "Exporting", context, move |reporter| {
            let mut told = Vec::new();
            let bytes = match (picture, figure) {
                (Picture::Story { file, with_notes }, _) => {
                    let options = StoryOptions { file, with_notes, made: store::today() };
                    export::story(&place, options, &mut |scenes| reporter.report(scenes))
                        .map(|story| {
                            told = story.told;
                            story.bytes
                        })
                        .map_err(WriteFailure::from)
                }
                (Picture::Xlsx, _) => workbook(&place).map_err(WriteFailure::from),
                (Picture::Rejects, _) => Ok(export::rejects_csv(&place.rejects).into_bytes()),
                (Picture::Audit, _) => Ok(export::audit_csv(&crate::scene::audit(&place)).into_bytes()),
                (Picture::Csv | Picture::Problems, _) => {
                    let lines = place.ledger.lines_where(&place.view.filter);
                    let stamp = place.shown_scenario().and_then(Scenario::stamp);
                    Ok(export::lines_csv_stamped(&place.ledger, &lines, stamp).into_bytes())
                }
                (Picture::Svg, Some(figure)) => drawn(&figure, PictureFile::Svg),
                (Picture::Png(size), Some(figure)) => drawn(
                    &figure,
                    match size {
                        PngSize::AsOnScreen => PictureFile::Png(1.0),
                        PngSize::Twice => PictureFile::Png(2.0),
                        PngSize::FourTimes => PictureFile::Png(4.0),
                        PngSize::A4 => PictureFile::PngOnA4,
                    },
                ),
                (Picture::Pdf(paper), Some(figure)) => drawn(&figure, PictureFile::Pdf(paper)),
                (_, None) if place.ledger.is_empty() => {
                    Err("there is nothing to draw; the place has no lines yet".to_owned().into())
                }
                (_, None) => Err("this view has no picture; go to Flows or Themes".to_owned().into()),
            };
            Done::Exported(write_out(path, bytes, reporter).map(|exported| exported.with_warnings(told)))
        });
    }

    /// Writes a workbook that a screen makes of its own.
    pub(super) fn export_workbook(&mut self, path: PathBuf, make: MakeWorkbook, context: &Context) {
        self.start(WorkKind::Exports, "Exporting", context, move |reporter| {
            Done::Exported(write_out(path, make(), reporter))
        });
    }

    /// Writes a text to a file.
    pub(super) fn write(&mut self, path: PathBuf, text: String, context: &Context) {
        self.start(WorkKind::Exports, "Exporting", context, move |reporter| {
            Done::Exported(write_out(path, Ok::<_, String>(text.into_bytes()), reporter))
        });
    }

    /// Asks the system for a file, for the dialog that is open.
    pub(super) fn browse(&mut self, dialog: &Dialog, context: &Context) {
        let saves = match dialog {
            Dialog::SaveAs { path, .. } | Dialog::Export { path, .. } => Some(path.clone()),
            _ => None,
        };
        self.start(WorkKind::Reads, "Choosing a file", context, move |_| {
            let dialog = rfd::FileDialog::new();
            Done::Chosen(match saves {
                Some(path) => dialog.set_file_name(path).save_file().map(|path| vec![path]),
                None => dialog.pick_files(),
            })
        });
    }

    /// Stops what is going on: what only reads at once, and what writes as soon as it can.
    pub(super) fn cancel(&mut self) -> Stopping {
        if self.jobs.is_empty() {
            return Stopping::NothingToStop;
        }
        self.jobs.retain(|going| going.kind != WorkKind::Reads);
        for going in &self.jobs {
            going.job.ask_to_stop();
        }
        if self.jobs.is_empty() { Stopping::Stopped } else { Stopping::Asked }
    }

    /// Whether a file is being written.
    pub(super) fn is_writing(&self) -> bool {
        self.jobs.iter().any(|going| going.kind != WorkKind::Reads)
    }

    pub(super) fn is_saving(&self) -> bool {
        self.jobs.iter().any(|going| going.kind == WorkKind::Saves)
    }

    /// What is going on, in words, once it takes long enough to be mentioned.
    pub(super) fn words(&self, context: &Context) -> Option<String> {
        let Going { job, kind } = self.jobs.first()?;
        let counted_are = if *kind == WorkKind::Exports { "scene" } else { "row" };
        let since = job.started.elapsed();
        if since < QUIET {
            context.request_repaint_after(QUIET.saturating_sub(since));
            return None;
        }
        // Ten times a second is as often as anybody reads a number that runs.
        context.request_repaint_after(Duration::from_millis(100));
        Some(match (job.count(), job.bytes()) {
            (0, 0) => format!("{}…", job.name),
            (0, bytes) => format!("{}: {}", job.name, in_bytes(bytes)),
            (scenes, 0) if *kind == WorkKind::Exports => {
                format!("{}: {}", job.name, counted(scenes, counted_are))
            }
            (rows, bytes) => format!("{}: {}, {}", job.name, counted(rows, counted_are), in_bytes(bytes)),
        })
    }

    pub(super) fn finished(&mut self) -> Vec<Done> {
        let mut done = Vec::new();
        self.jobs.retain(|Going { job, .. }| match job.poll() {
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

/// Writes what was made, unless it is stopped first.
fn write_out(
    path: PathBuf,
    bytes: Result<Vec<u8>, impl Into<WriteFailure>>,
    reporter: &Reporter,
) -> Result<ExportedFile, WriteFailure> {
    let bytes = bytes.map_err(Into::into)?;
    let saved =
        store::save_with(&path, &mut |bytes| reporter.report_writing(bytes), |file| file.write_all(&bytes))?;
    Ok(ExportedFile { path, warnings: saved.warnings })
}

fn drawn(figure: &Figure, file: PictureFile) -> Result<Vec<u8>, WriteFailure> {
    export::picture(figure, file).map_err(|error| error.to_string().into())
}

/// A place's view as a workbook: its totals by layer and by theme and agency, its lines and sources.
fn workbook(place: &Place) -> Result<Vec<u8>, String> {
    let (title, notes) = crate::scene::captions(place, crate::scene::Audience::DESK);
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
