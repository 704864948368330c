//! What the shell knows of a screen: the trait [`View`]. It asks whichever screen is shown and knows none by name.

use egui::{Key, Ui};

use super::action::Action;
use super::controls::{TablePanel, table_panel_ui};
use super::headline::Headline;
use super::shown_place::ShownPlace;
use super::style::Look;
use super::trail::Drill;
use crate::dimension::{Date, Dimension};
use crate::export;
use crate::figure::{Figure, Scheme};
use crate::import::FileReport;
use crate::ledger::{Filter, LineId, OfLedger, Totals};
use crate::place::{Command, CommandError, MarkNames, Place, SceneZoom, Screen};
use crate::pool::{Scenario, ScenarioChange};
use crate::scene::{Audience, BlindPlace, carried, flows_title};
use crate::words::counted_plain;

/// A screen as people meet it: its tab, its entry in the menu, its key (with Ctrl).
pub(super) struct ScreenEntry {
    pub(super) screen: Screen,
    pub(super) name: &'static str,
    pub(super) tip: &'static str,
    pub(super) key: Key,
    pub(super) make: fn() -> Box<dyn View>,
}

/// What a screen is given to show.
#[derive(Clone, Copy)]
pub(super) struct Shown<'a> {
    /// The place as it is shown, what it is compared with, and the baseline.
    pub(super) at: &'a ShownPlace,
    pub(super) look: Look,
    /// The lines that were drilled into.
    pub(super) drill: Option<&'a Drill>,
    /// What was read from each file since the place was opened.
    pub(super) reports: &'a [FileReport],
    /// Whether the files of the place are still where they were read from.
    pub(super) can_look_again: bool,
}

impl<'a> Shown<'a> {
    pub(super) fn place(&self) -> &'a Place {
        self.at.place()
    }

    pub(super) fn revision(&self) -> u64 {
        self.at.revision()
    }
}

/// One screen: all that the shell needs to know of it.
pub(super) trait View {
    /// Shows it in what is left of the window; the lines of the place are never none.
    fn show(&mut self, ui: &mut Ui, shown: &Shown<'_>) -> Option<Action>;

    /// What is on screen with its captions, for export, clipboard and print; `None` where there is no picture.
    fn figure(&mut self, _shown: &Shown<'_>) -> Option<Figure> {
        None
    }

    /// Whether that picture has its captions around it already.
    fn is_framed(&self) -> bool {
        false
    }

    /// What is seen beside what the place's view says: what is lit, and the part that is zoomed into.
    fn seen(&self, _shown: &Shown<'_>) -> LitAndZoomed {
        LitAndZoomed::default()
    }

    /// Lights what is named, and zooms to a part.
    fn see(&mut self, _seen: &LitAndZoomed) {}

    /// The title and small print of that picture with all that a picture has to say where it stands alone. In blind mode the
    /// place is the hidden one.
    fn carried(
        &self,
        _shown: &Shown<'_>,
        place: &Place,
        captions: (String, Vec<String>),
        made: Date,
    ) -> (String, Vec<String>) {
        carried(place, captions, made)
    }

    /// How far below the upper edge of its room the picture begins: what stands above it, in points.
    fn picture_top(&self) -> f32 {
        0.0
    }

    /// The same picture, in the same place, with nothing in it that tells who is who, at a size in px; `None` where it would tell.
    fn hidden_figure(
        &mut self,
        _shown: &Shown<'_>,
        _hidden: &BlindPlace,
        _scheme: Scheme,
        _size: (f64, f64),
    ) -> Option<Figure> {
        None
    }

    /// What the table behind is divided by; `None` where the screen is a table itself.
    fn divided_by(&self, place: &Place) -> Option<Vec<Dimension>> {
        Some(place.view.layers.clone())
    }

    /// The table behind: the same filter, the same order, the same total.
    fn table_ui(&mut self, ui: &mut Ui, shown: &Shown<'_>, panel: &mut TablePanel) -> Option<Action> {
        let by = self.divided_by(shown.place())?;
        table_panel_ui(ui, shown.place(), &by, shown.revision(), panel)
    }

    /// That table for a spreadsheet.
    ///
    /// # Errors
    /// Where it is too long for a clipboard.
    fn table(&mut self, shown: &Shown<'_>) -> Result<CopiedTable, String> {
        let place = shown.place();
        Ok(CopiedTable::of_totals(place, &self.divided_by(place).unwrap_or_default()))
    }

    /// A workbook of its own, to be made on a job's thread; `None` where it is the place's.
    fn workbook(&self, _shown: &Shown<'_>) -> Option<MakeWorkbook> {
        None
    }

    /// What is seen, in words.
    fn headline(&self, shown: &Shown<'_>) -> Headline {
        Headline::of_view(shown.at)
    }

    /// The same in a room that is not to know who is who: its title names no partner and no amount.
    fn hidden_title(&self, shown: &Shown<'_>) -> String {
        let place = shown.place();
        flows_title(place, &place.view.filter, Audience::DESK.blind(true))
    }

    /// What is looked at more closely than the view's filter does, as numbers: where they are others, the sentence is.
    fn looks_at(&self) -> Option<(u64, u64)> {
        None
    }

    /// What is pointed at, in words that stand in place of the headline's meanwhile.
    fn pointed_sentence(&self, _shown: &Shown<'_>) -> Option<String> {
        None
    }

    /// What the foot says in place of what the picture counts.
    fn foot_sum(&self, _shown: &Shown<'_>) -> Option<String> {
        None
    }

    /// The lines that are pinned: those that are exported.
    fn pinned_lines(&self, _shown: &Shown<'_>) -> Option<Filter> {
        None
    }

    /// Chips beside those of the filter that belong to this screen alone.
    fn chips_ui(&self, _ui: &mut Ui, _place: &Place, _said: &dyn Fn(&str) -> String) -> Option<Action> {
        None
    }

    /// Choices after the filter that belong to this screen alone.
    fn choices_ui(&self, _ui: &mut Ui, _place: &Place, _said: &dyn Fn(&str) -> String) -> Option<Action> {
        None
    }

    /// What P, Delete, Enter and Space act on.
    fn pointed(&self, shown: &Shown<'_>) -> Option<Pointed>;

    /// Stops a drag, and nothing has happened; false where nothing is dragged.
    fn cancel_drag(&mut self) -> bool {
        false
    }

    /// Gives up the innermost thing (a search, an edit, a pin); false where there is none.
    fn let_go(&mut self, shown: &Shown<'_>) -> bool;

    /// Does what the screen alone knows how to do: zoom, search, open a sheet.
    fn do_own(&mut self, _action: &Action) {}

    /// A command that was asked for here was not carried out; false where it is to be told elsewhere.
    fn refused(&mut self, _command: &Command, _error: &CommandError) -> bool {
        false
    }

    /// A change that was asked for somewhere was not carried out, or was stopped: what was shown of it is not so.
    fn not_made(&mut self) {}

    /// Forgets all: another place is shown.
    fn start_afresh(&mut self);
}

/// What is seen beside what the place's view says.
#[derive(Clone, Debug, Default)]
pub(super) struct LitAndZoomed {
    /// What is lit, by its names.
    pub(super) pinned: MarkNames,
    pub(super) zoom: Option<SceneZoom>,
}

/// The bytes of a workbook, made on another thread.
pub(super) type MakeWorkbook = Box<dyn FnOnce() -> Result<Vec<u8>, String> + Send>;

/// What is pointed at, chosen or pinned.
pub(super) enum Pointed {
    Lines(Filter, String),
    /// Lines that were picked.
    Picked(OfLedger<Vec<LineId>>),
    /// A part of the scenario: how to put in all of it, and how to take it away.
    Part {
        whole: Option<Box<ScenarioChange>>,
        away: Box<ScenarioChange>,
    },
    /// A scene of the story, by its name.
    Scene(String),
}

/// A table as text, and what is said once it is in the clipboard.
pub(super) struct CopiedTable {
    pub(super) text: String,
    pub(super) words: String,
}

impl CopiedTable {
    /// What passes the filter, divided by these.
    pub(super) fn of_totals(place: &Place, by: &[Dimension]) -> Self {
        let totals = Totals::of(&place.ledger, &place.view.filter, by);
        Self::stamped(export::totals_tsv(&totals), totals.rows.len(), "row", place)
    }

    /// Rows of a place, with the scenario's stamp where one is shown.
    pub(super) fn stamped(mut text: String, rows: usize, noun: &str, place: &Place) -> Self {
        if let Some(stamp) = place.shown_scenario().and_then(Scenario::stamp) {
            text.extend([stamp, "\n"]);
        }
        Self { text, words: format!("{} copied for a spreadsheet", counted_plain(rows, noun)) }
    }
}
