//! What each action does, and Esc, which steps outwards one thing at a time. Whatever changes the place does
//! so here, between frames.

use std::path::{Path, PathBuf};

use egui::{Context, ViewportCommand};

use super::action::{Action, Picture};
use super::dialog::Dialog;
use super::jobs::let_go;
use super::opening::OpenRequest;
use super::save_request::{HeldFile, Then};
use super::screens::{BREAKDOWNS, LINES};
use super::style::{self, Look, Tone};
use super::trail::{Drill, Trail, Visit};
use super::window::tell_error;
use super::work::Stopping;
use super::{App, sample};
use crate::export;
use crate::ledger::Filter;
use crate::place::{Command, History, Mask, Place, read_place};
use crate::store::Known;

impl App {
    /// What each action does, one short arm each.
    pub(super) fn perform(&mut self, action: Action, context: &Context) {
        // The dialog comes back for what failed last; anything else that is done closes the matter.
        if !asks_for_path(&action) {
            self.answered = None;
        }
        match action {
            Action::Edit(command) => self.edit(&command),
            Action::GiveTheme(lines, name, reason) => self.give_theme(&lines, name, &reason),
            Action::LeaveOut(lines, reason) => self.leave_out(&lines, reason),
            // What is still being made is the last thing that was asked for.
            Action::Undo if self.stop_editing() => self.tell_stopped(),
            Action::Undo => self.say_step("Undone", App::undo_step),
            Action::Redo => self.say_step("Done again", App::redo_step),
            Action::GoToStep(step) => self.go_to_step(step),
            Action::ToggleHistory => self.history_is_open = !self.history_is_open,
            Action::ToggleWhoPays => self.who_pays.is_open = !self.who_pays.is_open,
            Action::New | Action::OpenSample(_) | Action::Quit => self.leave_place(action, context),
            Action::OpenDialog => self.dialog = Some(Dialog::Open { path: String::new() }),
            Action::Open(request) => {
                // Should the program not survive what a file does to it, nothing is lost.
                self.keeping.journal.flush();
                let held = self.file.clone().filter(|_| self.held.read_only.is_none());
                self.work.open(request, self.shapes.maps.clone(), held, context);
            }
            Action::Bring(files) => self.bring(files, context),
            Action::Paste(text) => self.paste(&text, context),
            Action::AddTray => self.add_tray(),
            Action::CloseTray => self.close_tray(),
            Action::ShowWaiting => self.show_waiting(),
            Action::LookAgain => self.look_again(context),
            Action::Save => self.save(None, context),
            Action::SaveAs => {
                self.dialog = Some(Dialog::SaveAs { path: self.suggested_path("ron"), then: None });
            }
            Action::SaveTo(path, then) => {
                // The ending first, since the file that would be replaced is the one of the whole name.
                let path = with_ending(path, "ron");
                self.save_unless_it_exists(path, then, context);
            }
            Action::SaveOver(path, then) => self.save_to(path, Known::Anything, then, context),
            Action::SaveCopy => self.ask_for_copy(None),
            Action::SaveAnd(then) => self.save(Some(then), context),
            Action::Discard(then) => self.discard(*then, context),
            Action::TakeTheirs(meanwhile) => self.take_theirs(&meanwhile, context),
            Action::MergeTheirs(meanwhile) => self.merge_theirs(&meanwhile, context),
            Action::SaveOverTheirs(meanwhile) => self.save_over_theirs(&meanwhile, context),
            Action::ShowVersions => self.show_versions(context),
            Action::OfVersion(wish) => self.do_of_version(wish, context),
            Action::ShowCopy(place) => self.show_place(Place::clone(&place), None),
            Action::Show(screen) => self.go(Visit { screen, drill: None }),
            Action::Drill(title, filter) => self.drill(Drill { title, filter, is_before: false }),
            Action::DrillBefore(title, filter) => self.drill(Drill { title, filter, is_before: true }),
            Action::ThemeRules | Action::ShowRejects | Action::ShowCountedOnce => {
                self.go(Visit { screen: LINES, drill: None });
                self.do_own(&action);
            }
            Action::Back => self.step_along(Trail::back),
            Action::Forward => self.step_along(Trail::forward),
            Action::ToggleTable => self.table_is_open = !self.table_is_open,
            Action::OpenTable => self.table_is_open = true,
            Action::CopyTable => self.copy_table(context),
            Action::CopyPicture => self.copy_picture(context),
            Action::CopyWords => self.copy_words(context),
            Action::Copy(text) => context.copy_text(text),
            Action::Export(picture) => {
                self.dialog = Some(Dialog::Export { picture, path: self.suggested_path(picture.ending()) });
            }
            Action::ExportTo(picture, path) => {
                let path = with_ending(path, picture.ending());
                self.unless_it_exists(Action::ExportOver(picture, path.clone()), path, context);
            }
            Action::ExportOver(picture, path) => self.export(picture, path, context),
            Action::Palette => {
                let (place, blind) = (self.history.place(), self.blind.words());
                self.palette = Some(super::command_palette::CommandPalette::of(place, blind));
            }
            Action::Help => self.dialog = Some(Dialog::Keys { search: String::new() }),
            Action::SetLook(look) => self.set_look(look, context),
            Action::NextLook => self.set_look(next(self.look), context),
            Action::ZoomIn | Action::ZoomOut | Action::Fit => self.do_own(&action),
            Action::FullScreen => set_full_screen(context, !is_full_screen(context)),
            Action::Present => self.present(false, context),
            Action::PresentFromHere => self.present(true, context),
            Action::ToggleBigRoom => self.toggle_big_room(context),
            Action::ToggleMotion => style::set_motion(context, !style::has_less_motion(context)),
            // From six tenths to two and a half: beyond either nothing of a window is legible, or nothing
            // fits.
            Action::Larger => context.set_zoom_factor((context.zoom_factor() + 0.1).min(2.5)),
            Action::Smaller => context.set_zoom_factor((context.zoom_factor() - 0.1).max(0.6)),
            Action::ToggleBlind => self.blind.toggle(),
            Action::NextMask => {
                let mask = Mask::next(self.history.place().view.mask.as_ref());
                self.act(Some(Command::SetMask(mask).into()), context);
            }
            Action::AskToDuplicate(name) => self.ask_to_duplicate(name),
            Action::Duplicate { .. } => self.duplicate(&action),
            Action::TogglePoolScope => self.toggle_pool_scope(),
            Action::CompareWith(comparison) => self.compare_with(comparison),
            Action::PutPointedInPool => {
                if self.put_pointed_in_pool() {
                    self.do_own(&action);
                }
            }
            Action::TakePointedOutOfPool => self.take_pointed_out_of_pool(),
            Action::PutInPool(lines, title, entry) => {
                self.put_in_pool(&lines, &title, entry);
            }
            Action::PutLinesInPool(lines, entry) => {
                self.put_lines_in_pool(&lines, entry);
            }
            Action::TakeOutOfPool(lines, title) => self.take_out_of_pool(&lines, &title),
            Action::TakeLinesOutOfPool(lines) => self.take_lines_out_of_pool(&lines),
            Action::AlignLinesInPool(lines) => self.align_lines_in_pool(&lines),
            Action::AlignInPool(lines, title) => self.align_in_pool(&lines, &title),
            Action::ShowPerHead => {
                self.go(Visit { screen: BREAKDOWNS, drill: None });
                self.do_own(&action);
            }
            Action::CaptureView => self.capture_view(),
            Action::OpenScene(name) => self.open_scene(&name, context),
            Action::RetakeScene(name) => self.retake_scene(name),
            Action::RemoveScene(name) => self.remove_scene(name),
            Action::ClearFilter => self.clear_filter(),
            Action::FocusSearch => {
                self.go(Visit { screen: LINES, ..self.trail.here().clone() });
                self.do_own(&action);
            }
            Action::Cancel => self.step_outwards(context),
            Action::ShowLeftBehind => self.look_for_left_behind(true, context),
            Action::BringBack(one, how) => self.bring_back(one, how, context),
            Action::ShowBroughtBack => self.show_brought_back(context),
            Action::ThrowAway(one) => self.throw_away(&one),
        }
    }

    /// Has the screen do what it alone knows how to do.
    fn do_own(&mut self, action: &Action) {
        if let Some((view, _)) = self.here() {
            view.do_own(action);
        }
    }

    pub(super) fn undo_step(&mut self) -> Option<String> {
        let label = self.history.undo()?;
        // What was looked at then may have been another screen; who undoes stays where they are.
        self.history.show(self.trail.here().screen);
        self.keep_where_it_stands();
        Some(label)
    }

    pub(super) fn redo_step(&mut self) -> Option<String> {
        let label = self.history.redo()?;
        self.history.show(self.trail.here().screen);
        self.keep_where_it_stands();
        Some(label)
    }

    /// Undoes or redoes, and names the step.
    fn say_step(&mut self, verb: &str, step: impl FnOnce(&mut Self) -> Option<String>) {
        match step(self) {
            Some(label) => self.notices.tell(Tone::Plain, format!("{verb}: {label}")),
            None => self.notices.tell(Tone::Plain, format!("Nothing to be {}", verb.to_lowercase())),
        }
    }

    /// Saves under a name, asking first where another file would be replaced.
    fn save_unless_it_exists(&mut self, path: PathBuf, then: Then, context: &Context) {
        if self.file.as_ref() == Some(&path) {
            self.save(then, context);
        } else if path.exists() {
            let write = Box::new(Action::SaveOver(path.clone(), then));
            self.dialog = Some(Dialog::Replace { path, write });
        } else {
            self.save_to(path, Known::NoFile, then, context);
        }
    }

    /// Writes a file, asking first where one of that name would be replaced; the place's own may be.
    fn unless_it_exists(&mut self, write: Action, path: PathBuf, context: &Context) {
        if path.exists() && self.file.as_ref() != Some(&path) {
            self.dialog = Some(Dialog::Replace { path, write: Box::new(write) });
        } else {
            self.perform(write, context);
        }
    }

    /// Shows a place in place of the one before.
    pub(super) fn show_place(&mut self, place: Place, file: Option<PathBuf>) {
        self.trail = Trail::new(place.view.screen);
        self.stop_editing();
        let_go(std::mem::replace(&mut self.history, History::new(place)));
        self.views.start_afresh();
        self.read_files.clear();
        self.shown.start_afresh();
        self.held = HeldFile::default();
        self.place_number += 1;
        self.forget_what_follows();
        if let Some(file) = &file {
            self.remember(file);
        }
        self.file = file;
        self.begin_journal();
    }

    pub(super) fn show_sample(&mut self, index: usize) {
        let place = read_place(sample::SAMPLES[index].text).expect("a test opens every sample");
        self.show_place(place, None);
    }

    /// Whether what is shown is a sample, or nothing, that nobody would miss.
    pub(super) fn is_untouched_sample(&self) -> bool {
        self.file.is_none() && !self.history.is_changed()
    }

    pub(super) fn remember(&mut self, file: &Path) {
        self.recent.add(file, &self.history.place().name);
        if let Some(folder) = &self.folder
            && let Err(error) = self.recent.save(&folder.join(super::window::RECENT))
        {
            self.notices.tell(Tone::Warning, format!("The list of recent places could not be kept. {error}"));
        }
    }

    /// Goes on without the changes; where a file has to be read first, they stay until it is.
    fn discard(&mut self, then: Action, context: &Context) {
        match then {
            Action::Open(request) => {
                self.perform(Action::Open(OpenRequest { leaves_changes: true, ..request }), context);
            }
            Action::BringBack(..) | Action::ShowBroughtBack => {
                self.bringing_back.may_leave = Some(self.history.state());
                self.perform(then, context);
            }
            then => self.leave(then, context),
        }
    }

    pub(super) fn suggested_path(&self, ending: &str) -> String {
        match &self.file {
            Some(file) => file.with_extension(ending).display().to_string(),
            None => format!("{}.{ending}", export::file_name(&self.history.place().name)),
        }
    }

    pub(super) fn go(&mut self, visit: Visit) {
        self.history.show(visit.screen);
        self.trail.go(visit);
    }

    fn step_along(&mut self, step: impl FnOnce(&mut Trail) -> Option<Visit>) {
        if let Some(visit) = step(&mut self.trail) {
            self.history.show(visit.screen);
        }
    }

    pub(super) fn set_look(&mut self, look: Look, context: &Context) {
        self.look = look;
        style::set_look(context, look);
    }

    fn clear_filter(&mut self) {
        if let Some(cleared) = self.cleared_filter() {
            self.edit(&Command::SetFilter(cleared));
        }
    }

    /// What clearing makes of the filter; none where there is nothing to clear.
    pub(super) fn cleared_filter(&self) -> Option<Filter> {
        let year = crate::dimension::Dimension::Year;
        let filter = &self.history.place().view.filter;
        // The year has a switch of its own and is no part of what is cleared.
        let kept = filter.names(year).cloned().unwrap_or_default();
        let cleared = Filter::default().only(year, kept);
        (*filter != cleared).then_some(cleared)
    }

    fn drill(&mut self, drill: Drill) {
        self.go(Visit { screen: LINES, drill: Some(drill) });
    }

    /// Esc: work that runs is stopped, a message closed, a pin taken off, a drill left, the filter cleared, all of the
    /// screen given back, in turn.
    fn step_outwards(&mut self, context: &Context) {
        if self.here().is_some_and(|(view, _)| view.cancel_drag())
            || std::mem::take(&mut self.history_is_open)
            || std::mem::take(&mut self.who_pays.is_open)
            || self.stop_working()
        {
        } else if self.tray_is_open() && !self.notices.is_bad_news() {
            self.put_tray_aside();
        } else if self.captured.take().is_some() || self.notices.close_newest() || self.lets_go() {
        } else if self.trail.here().drill.is_some() {
            self.step_along(Trail::back);
        } else if self.cleared_filter().is_some() {
            self.clear_filter();
        } else if self.big_room.is_on() {
            self.toggle_big_room(context);
        } else if is_full_screen(context) {
            set_full_screen(context, false);
        }
    }

    /// The big room takes all of the screen, and gives back what it took.
    pub(super) fn toggle_big_room(&mut self, context: &Context) {
        self.big_room.toggle();
        if self.big_room.is_on() {
            self.big_room.has_taken_screen = !is_full_screen(context);
            set_full_screen(context, true);
        } else if std::mem::take(&mut self.big_room.has_taken_screen) {
            set_full_screen(context, false);
        }
    }

    /// Stops what is going on and what was to follow it; false where nothing is.
    fn stop_working(&mut self) -> bool {
        let follows = self.closing.is_some() || self.waiting_save.is_some();
        self.forget_what_follows();
        match self.work.cancel() {
            // It says itself how it ends.
            Stopping::Asked => {}
            Stopping::Stopped => self.tell_stopped(),
            Stopping::NothingToStop if self.stop_editing() || self.stop_reading() => self.tell_stopped(),
            Stopping::NothingToStop => return follows,
        }
        true
    }

    pub(super) fn tell_stopped(&mut self) {
        self.notices.tell(Tone::Plain, "Stopped; nothing was changed");
    }

    /// The innermost thing on the screen that is shown is given up: a search, an edit, a pin.
    fn lets_go(&mut self) -> bool {
        if self.is_in_big_room() {
            return self.big_room.let_go();
        }
        if self.blind.is_on() {
            return self.blind.let_go();
        }
        self.here().is_some_and(|(view, shown)| view.let_go(&shown))
    }

    fn copy_table(&mut self, context: &Context) {
        if self.blind.is_on() {
            match self.divided_by().and_then(|by| self.blind.table_tsv(&by)) {
                Some(text) => context.copy_text(text),
                None => self.notices.tell(Tone::Warning, HIDDEN),
            }
            return;
        }
        let Some((view, shown)) = self.here() else {
            self.notices.tell(Tone::Plain, "There is not a line to copy");
            return;
        };
        match view.table(&shown) {
            Ok(table) => {
                context.copy_text(table.text);
                self.notices.tell(Tone::Ok, table.words);
            }
            Err(message) => self.notices.tell(Tone::Warning, message),
        }
    }

    fn copy_picture(&mut self, context: &Context) {
        match self.screen_figure().map(|figure| export::pixels(&figure, 2.0)) {
            Some(Ok(pixels)) => {
                let size = [pixels.width as usize, pixels.height as usize];
                context.copy_image(egui::ColorImage::from_rgb(size, &pixels.rgb));
                self.notices.tell(Tone::Ok, "Picture copied");
            }
            Some(Err(error)) => tell_error(&mut self.notices, error.to_string()),
            None => self.copy_table(context),
        }
    }

    fn copy_words(&mut self, context: &Context) {
        match self.screen_figure() {
            Some(figure) => {
                context.copy_text(export::words(&figure));
                self.notices.tell(Tone::Ok, "Picture copied in words");
            }
            None => self.notices.tell(Tone::Plain, "This view has no picture; go to Flows or Themes"),
        }
    }

    fn export(&mut self, picture: Picture, path: PathBuf, context: &Context) {
        let mut place = self.shown.place().clone();
        if let Some(lines) = self.here().and_then(|(view, shown)| view.pinned_lines(&shown)) {
            std::sync::Arc::make_mut(&mut place.view).filter = lines;
        }
        if self.blind.is_on() && picture.names_partners() {
            self.notices.tell(Tone::Warning, HIDDEN);
            return;
        }
        if matches!(picture, Picture::Story { .. }) {
            // As its file has it: each scene looks at it in its own way.
            self.work.export(picture, path, self.history.place().clone(), None, context);
            return;
        }
        if picture == Picture::Problems {
            self.work.write(
                path,
                super::controls::problems_csv(&self.reports, self.history.place()),
                context,
            );
            return;
        }
        if picture == Picture::Xlsx
            && let Some(make) = self.here().and_then(|(view, shown)| view.workbook(&shown))
        {
            self.work.export_workbook(path, make, context);
            return;
        }
        let figure = self.screen_figure();
        self.work.export(picture, path, place, figure, context);
    }
}

/// Whether the window has all of the screen.
pub(super) fn is_full_screen(context: &Context) -> bool {
    context.input(|input| input.viewport().fullscreen).unwrap_or(false)
}

pub(super) fn set_full_screen(context: &Context, is_full: bool) {
    context.send_viewport_cmd(ViewportCommand::Fullscreen(is_full));
}

/// Whether a path for it may have been typed in a dialog.
const fn asks_for_path(action: &Action) -> bool {
    use Action::{Bring, ExportOver, ExportTo, Open, SaveOver, SaveTo};
    matches!(action, Open(_) | Bring(_) | SaveTo(..) | SaveOver(..) | ExportTo(..) | ExportOver(..))
}

/// Why lines are not written while partners are letters.
const HIDDEN: &str = "Lines name partners and amounts; Reveal, at the foot of the window, comes first";

/// A path that says what it holds: `town` and `town.csv` become `town.ron` and `town.csv.ron`.
fn with_ending(path: PathBuf, ending: &str) -> PathBuf {
    if path.extension().is_some_and(|found| found.eq_ignore_ascii_case(ending)) {
        return path;
    }
    let mut name = path.into_os_string();
    name.push(format!(".{ending}"));
    name.into()
}

fn next(look: Look) -> Look {
    let at = Look::ALL.iter().position(|other| *other == look).unwrap_or(0);
    Look::ALL[(at + 1) % Look::ALL.len()]
}
