//! The lines, what could not be read, the control totals and the sources.

use std::sync::Arc;
use std::time::{Duration, Instant};

use egui::{Align, Layout, Panel, RichText, TextEdit, Ui};

use super::audit::audit_ui;
use super::columns::{title, words};
use super::control::{ControlForm, control_totals_ui, verdicts};
use super::detail::{LinesWish, TypedForLines, detail_ui};
use super::foot::{Foot, foot_ui};
use super::lines::{LinesTable, columns_menu_ui, lines_table_ui};
use super::name_proposals::{NamesSheet, names_ui};
use super::once::{OnceSheet, counted_once_ui};
use super::rejects::rejects_ui;
use super::rows::{Rows, ShownRows};
use super::rules::{RulesSheet, rules_ui, words_of as rule_words};
use super::sources::{SourceTotal, SourcesSheet, source_totals, sources_ui};
use crate::agree::{Verdict, Why, left_out};
use crate::app::action::{Action, Picture};
use crate::app::awaited::{Awaited, is_quick, working_out_ui};
use crate::app::controls::{Complaint, RejectForm, all_complaints, problems_ui};
use crate::app::memo::Memo;
use crate::app::style;
use crate::app::style::{Colors, Icon, icon_button, name_field, space, tab, weak_text};
use crate::app::trail::Drill;
use crate::dimension::Dimension;
use crate::export::{TableCell, cells_tsv};
use crate::import::FileReport;
use crate::ledger::{Filter, Ledger, LineId, OfLedger, OrderBy};
use crate::money::in_full;
use crate::place::Place;
use crate::scene::{Audit, audit, name_compared};
use crate::words::{counted, thousands};

/// What the ledger's view remembers.
#[derive(Default)]
pub(in crate::app) struct LedgerView {
    sheet: Sheet,
    /// Whether the files of the place are still where they were read from.
    pub(in crate::app) can_look_again: bool,
    search: String,
    /// When the search was last typed in; it is looked for a moment later.
    typed: Option<Instant>,
    /// What is looked for.
    sought: String,
    wants_focus: bool,
    /// What was drilled into when the lines were last shown.
    drill: Option<Drill>,
    rows: Rows,
    table: LinesTable,
    verdicts: Awaited<(u64, usize), Vec<Verdict>>,
    control: ControlForm,
    reject: RejectForm,
    rules: RulesSheet,
    names: NamesSheet,
    once: OnceSheet,
    audit: Awaited<u64, Audit>,
    why: Awaited<(u64, LineId), String>,
    typed_for_lines: TypedForLines,
    foot: Foot,
    sources: Awaited<u64, Vec<SourceTotal>>,
    sheet_of_sources: SourcesSheet,
    complaints: Memo<(u64, usize, usize), Vec<Complaint>>,
}

/// The sheets of the ledger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Sheet {
    #[default]
    Lines,
    Problems,
    Rejects,
    ControlTotals,
    Sources,
    Rules,
    Names,
    CountedOnce,
    Audit,
}

/// After so long without another letter the search begins.
const PAUSE: Duration = Duration::from_millis(180);

/// More lines than this are exported rather than copied.
const MOST_COPIED: usize = 100_000;

impl LedgerView {
    pub(in crate::app) fn focus_search(&mut self) {
        self.sheet = Sheet::Lines;
        self.wants_focus = true;
    }

    /// Shows what agencies pay each other.
    pub(in crate::app) fn show_counted_once(&mut self) {
        self.sheet = Sheet::CountedOnce;
    }

    /// Shows the rows that could not be read.
    pub(in crate::app) fn show_rejects(&mut self) {
        self.sheet = Sheet::Rejects;
    }

    /// Lets go of what is chosen, then of the search; false where there is neither.
    pub(in crate::app) fn let_go(&mut self) -> bool {
        if self.table.choice.clear() {
            return true;
        }
        let had = !self.search.is_empty();
        self.search.clear();
        self.sought.clear();
        had
    }

    pub(in crate::app) fn show_rules(&mut self) {
        self.sheet = Sheet::Rules;
    }

    /// Whether what is shown is about all lines, whatever the filter: rules are.
    pub(in crate::app) fn is_of_all_lines(&self) -> bool {
        self.sheet == Sheet::Rules
    }

    /// The lines that are chosen, where some are.
    pub(in crate::app) fn chosen(&self) -> Option<OfLedger<Vec<LineId>>> {
        let rows = self.rows.shown()?;
        let chosen = self.table.choice.of(rows.ledger(), &rows.lines);
        chosen.of(rows.ledger()).is_some_and(|lines| !lines.is_empty()).then_some(chosen)
    }

    /// The chosen lines for a spreadsheet, or all that are shown where none is chosen, with how many they are.
    ///
    /// # Errors
    /// Where they are too many for a clipboard.
    pub(in crate::app) fn copy(&self) -> Result<(String, usize), String> {
        let Some(rows) = self.rows.shown() else { return Ok((String::new(), 0)) };
        let chosen = self.chosen();
        let lines = chosen.as_ref().and_then(|chosen| chosen.of(rows.ledger())).unwrap_or(&rows.lines);
        if lines.len() > MOST_COPIED {
            return Err(format!(
                "{} lines are too many to copy; export them as CSV, or choose fewer",
                thousands(lines.len())
            ));
        }
        Ok((lines_tsv(rows.ledger(), rows, lines), lines.len()))
    }
}

/// Lines as cells that paste into a spreadsheet: every column that the ledger has, amounts as numbers.
fn lines_tsv(ledger: &Ledger, rows: &ShownRows, lines: &[LineId]) -> String {
    let columns = super::columns::possible(ledger, rows);
    let headings = columns.iter().map(|column| TableCell::Text(title(*column).into())).collect();
    let cells = lines.iter().map(|&id| {
        let line = ledger.line(id);
        let cell = |column: &OrderBy| match column {
            OrderBy::Amount => TableCell::Amount(line.amount()),
            _ => TableCell::Text(words(*column, line).into()),
        };
        columns.iter().map(cell).collect()
    });
    cells_tsv(std::iter::once(headings).chain(cells))
}

/// The lines under the filter, or those behind what was drilled into, and what belongs to them.
#[must_use]
pub(in crate::app) fn ledger_view_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    drill: Option<&Drill>,
    reports: &[FileReport],
    view: &mut LedgerView,
) -> Option<Action> {
    if drill != view.drill.as_ref() {
        view.drill = drill.cloned();
        if drill.is_some() {
            // Whoever drills wants all the lines behind, whatever was looked at before.
            view.sheet = Sheet::Lines;
            view.search.clear();
        }
    }
    let told = (revision, reports.len(), reports.iter().map(|report| report.problems.len()).sum());
    let complaint_count = view.complaints.get(told, || all_complaints(reports, place)).len();
    let (key, work) = ((revision, reports.len()), place.clone());
    let left_out: Vec<_> =
        if view.verdicts.is_of(&key) { Vec::new() } else { reports.iter().flat_map(left_out).collect() };
    let make = move || verdicts(&work, &left_out);
    let agreements = view.verdicts.get(key, is_quick(place), ui.ctx(), make);
    let agreements = agreements.map_or(&[][..], |seen| seen.value);
    let differing = agreements.iter().filter(|verdict| !verdict.agreement.agrees()).count();
    let control = if differing > 0 {
        format!("Control totals ({differing} of {} differ)", agreements.len())
    } else if agreements.is_empty() {
        "Control totals".to_owned()
    } else {
        format!("Control totals ({} agree)", agreements.len())
    };
    let problems =
        if complaint_count == 0 { "Problems".to_owned() } else { format!("Problems ({complaint_count})") };
    let rejects = match place.open_rejects() {
        0 => "Rejects".to_owned(),
        open => format!("Rejects ({open})"),
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        for (sheet, words) in [
            (Sheet::Lines, "Lines".to_owned()),
            (Sheet::Rejects, rejects),
            (Sheet::Problems, problems),
            (Sheet::ControlTotals, control),
            (Sheet::Sources, format!("Sources ({})", place.ledger.sources().len())),
            (Sheet::Rules, "Theme rules".to_owned()),
            (Sheet::Names, "Names".to_owned()),
            (Sheet::CountedOnce, "Counted once".to_owned()),
            (Sheet::Audit, "Audit".to_owned()),
        ] {
            if tab(ui, &words, view.sheet == sheet).clicked() {
                view.sheet = sheet;
            }
        }
    });
    ui.add_space(space::XS);
    match view.sheet {
        Sheet::Lines => lines_ui(ui, place, revision, drill, view),
        Sheet::Problems => problems_ui(ui, view.complaints.get(told, || all_complaints(reports, place)))
            .then_some(Action::Export(Picture::Problems)),
        Sheet::Rejects => rejects_ui(ui, place, &mut view.reject),
        Sheet::Rules => rules_ui(ui, place, revision, &mut view.rules),
        Sheet::Names => names_ui(ui, place, revision, &mut view.names),
        Sheet::CountedOnce => counted_once_ui(ui, place, revision, &mut view.once),
        Sheet::Audit => {
            let work = place.clone();
            if let Some(seen) = view.audit.get(revision, is_quick(place), ui.ctx(), move || audit(&work)) {
                audit_ui(ui, seen.value)
            } else {
                working_out_ui(ui);
                None
            }
        }
        Sheet::ControlTotals => {
            let verdicts = view.verdicts.kept().map_or(&[][..], Vec::as_slice);
            control_totals_ui(ui, place, verdicts, &mut view.control)
        }
        Sheet::Sources => {
            let ledger = Arc::clone(&place.ledger);
            let make = move || source_totals(&ledger);
            if let Some(seen) = view.sources.get(revision, is_quick(place), ui.ctx(), make) {
                sources_ui(ui, place, seen.value, view.can_look_again, &mut view.sheet_of_sources)
            } else {
                working_out_ui(ui);
                None
            }
        }
    }
}

fn lines_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    drill: Option<&Drill>,
    view: &mut LedgerView,
) -> Option<Action> {
    let base = drill.map_or(&place.view.filter, |drill| &drill.filter);
    let mut filter = base.clone();
    seek(ui, place, view);
    if !view.sought.is_empty() {
        filter.text.clone_from(&view.sought);
    }
    view.rows.ask(&place.ledger, &filter, view.table.order, ui.ctx());
    let mut action = head_ui(ui, place, drill, view);
    let Some(rows) = view.rows.shown() else {
        ui.add_space(ui.available_height() * 0.3);
        ui.vertical_centered(Ui::spinner);
        return action;
    };
    let chosen = view.table.choice.at(rows.ledger()).filter(|_| view.table.choice.count() > 0);
    let frame = egui::Frame::new().inner_margin(egui::Margin { top: 10, ..egui::Margin::ZERO });
    let height = if ui.available_height() > 700.0 { 156.0 } else { 132.0 };
    // Its room is kept while no line is chosen: the first that is picked would lie under it, and the next would move.
    let strip = Panel::bottom("line").frame(frame).resizable(false).exact_size(height);
    if chosen.is_none() && !rows.lines.is_empty() {
        let foot = &mut view.foot;
        action = action
            .or(strip.show(ui, |ui| foot_ui(ui, place, (revision, &filter), drill.is_some(), foot)).inner);
    } else if let Some(line) = chosen {
        // A scenario's lines are not those that the rules speak of.
        let is_baseline = Arc::ptr_eq(rows.ledger(), &place.ledger) && place.view.scenario.is_none();
        let work = place.clone();
        let make = move || {
            if is_baseline { why_words(&work.why(line, Dimension::Theme)) } else { String::new() }
        };
        let why = view.why.get((revision, line), is_quick(place), ui.ctx(), make);
        let why = why.filter(|seen| seen.is_current).map_or("", |seen| seen.value);
        let mut wish = None;
        strip.show(ui, |ui| {
            let ledger = rows.ledger();
            wish = detail_ui(ui, ledger.line(line), why, &mut view.typed_for_lines, |dimension| {
                !ledger.names(dimension).is_empty()
            });
        });
        let chosen = || view.table.choice.of(rows.ledger(), &rows.lines);
        let typed = match wish {
            Some(LinesWish::GiveTheme) => std::mem::take(&mut view.typed_for_lines.theme),
            Some(LinesWish::LeaveOut) => std::mem::take(&mut view.typed_for_lines.reason),
            None => String::new(),
        };
        let words = typed.trim().to_owned();
        if let Some(wish) = wish.filter(|_| !words.is_empty()) {
            action = Some(match wish {
                LinesWish::GiveTheme => {
                    let reason = std::mem::take(&mut view.typed_for_lines.theme_reason);
                    Action::GiveTheme(chosen(), words, reason.trim().to_owned())
                }
                LinesWish::LeaveOut => Action::LeaveOut(chosen(), words),
            });
        }
    }
    if rows.lines.is_empty() {
        ui.add_space(ui.available_height() * 0.28);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new("No line is found").font(style::semibold(16.0)));
            let words = nothing_found(&filter);
            ui.label(RichText::new(words).color(Colors::of(ui).weak_text));
        });
        return action;
    }
    lines_table_ui(ui, rows, &mut view.table);
    action
}

/// Why a line has its theme: "rule 3, Housing: service contains "homeless"".
fn why_words(why: &Why) -> String {
    match why {
        Why::Stated => "its file says so".to_owned(),
        Why::Rule(number, rule) => {
            let reason = if rule.reason.is_empty() { String::new() } else { format!(" ({})", rule.reason) };
            format!("rule {}, {}{reason}", number + 1, rule_words(rule))
        }
        Why::ByHand(by_hand) if by_hand.reason.is_empty() => "given by hand".to_owned(),
        Why::ByHand(by_hand) => format!("given by hand: {}", by_hand.reason),
        Why::Unclassified => "no rule fits".to_owned(),
    }
}

fn nothing_found(filter: &Filter) -> String {
    match (filter.text.is_empty(), filter.chips.is_empty()) {
        (false, true) => format!("No name, description or amount is like “{}”.", filter.text),
        (false, false) => {
            format!("Under this filter, no name, description or amount is like “{}”.", filter.text)
        }
        _ => "No line passes this filter; Esc clears it.".to_owned(),
    }
}

/// Takes up what was typed, after a moment's pause where there are many lines.
fn seek(ui: &Ui, place: &Place, view: &mut LedgerView) {
    let wanted = view.search.trim();
    if wanted == view.sought {
        view.typed = None;
        return;
    }
    let since = view.typed.map_or(PAUSE, |typed| typed.elapsed());
    if since >= PAUSE || place.ledger.len() < 20_000 {
        wanted.clone_into(&mut view.sought);
        view.typed = None;
    } else {
        ui.ctx().request_repaint_after(PAUSE.saturating_sub(since));
    }
}

/// What the lines are of, the search, and what they and the chosen ones come to.
fn head_ui(ui: &mut Ui, place: &Place, drill: Option<&Drill>, view: &mut LedgerView) -> Option<Action> {
    let mut action = None;
    if let Some(drill) = drill {
        ui.horizontal(|ui| {
            if icon_button(ui, Icon::Back, "Back to the picture").clicked() {
                action = Some(Action::Back);
            }
            let side = if drill.is_before { format!(", {}", name_compared(place)) } else { String::new() };
            let words = format!("Lines behind {}{side}", drill.title);
            let words = RichText::new(crate::figure::visible(&words)).font(style::semibold(15.0));
            ui.add(egui::Label::new(words).truncate());
        });
    }
    ui.horizontal(|ui| {
        let edit = TextEdit::singleline(&mut view.search)
            .hint_text("Find a name, a word or an amount")
            .desired_width(260.0);
        let edit = ui.add(edit);
        name_field(&edit, &view.search, "Find in lines");
        if edit.changed() {
            view.typed = Some(Instant::now());
        }
        if std::mem::take(&mut view.wants_focus) {
            edit.request_focus();
        }
        if !view.search.is_empty() && icon_button(ui, Icon::Close, "Clear the search").clicked() {
            view.search.clear();
        }
        let busy = view.rows.is_busy(ui.ctx());
        if let Some(rows) = view.rows.shown() {
            let count = rows.lines.len();
            weak_text(ui, &format!("{}, together {}", counted(count, "line"), in_full(rows.total)));
        }
        if busy {
            ui.add(egui::Spinner::new().size(14.0));
            weak_text(ui, "sorting…");
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(rows) = view.rows.shown() {
                columns_menu_ui(ui, place, rows, &mut view.table);
            }
            choice_ui(ui, view);
        });
    });
    ui.add_space(space::XS);
    action
}

/// Count, sum and average of the chosen lines, as a spreadsheet says them.
fn choice_ui(ui: &mut Ui, view: &LedgerView) {
    let choice = &view.table.choice;
    let Some(average) = choice.average().filter(|_| choice.count() > 1) else { return };
    let words = format!(
        "{} chosen: sum {}, average {}",
        thousands(choice.count()),
        in_full(choice.sum()),
        in_full(average)
    );
    ui.add(egui::Label::new(RichText::new(words).font(style::semibold(13.0))).truncate());
}
