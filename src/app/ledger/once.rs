//! Money that passes between agencies and is counted once: the pairs with what speaks for each, and the public bodies
//! among the suppliers, for somebody to say which of them are of the place.

use egui::{Align, Layout, RichText, ScrollArea, TextEdit, Ui};

use crate::agree::{
    Counted, Decisions, PassedOn, PayeeBody, PooledBudget, TransferPair, payee_bodies, payees_called,
    pooled_budgets,
};
use crate::app::action::Action;
use crate::app::awaited::{Awaited, Seen, is_quick, working_out_ui};
use crate::app::controls::{nothing_ui, scroll_ui};
use crate::app::style;
use crate::app::style::{Colors, Tone, badge, name_field, space, weak_text};
use crate::dimension::Dimension;
use crate::figure::visible;
use crate::ledger::Filter;
use crate::money::{Money, in_full};
use crate::place::{Command, Decision, Place};
use crate::words::counted;

/// So many bodies are shown at a time.
const MOST_BODIES: usize = 60;

#[derive(Default)]
pub(super) struct OnceSheet {
    pairs: Awaited<u64, Pairs>,
    bodies: Awaited<(u64, String), Vec<PayeeBody>>,
    /// A part of the name of a body that is looked for.
    sought: String,
}

/// The pairs of a place, in groups by what is to be thought of them.
struct Pairs {
    groups: Vec<(Group, Vec<TransferPair>)>,
    once: Money,
    passed: Money,
    pooled: Vec<PooledBudget>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Group {
    /// The receiver's own lines are in the place.
    Spent,
    /// The receiver is of the place, and its own spending is not here.
    Named,
    /// A short name alone speaks for the pair.
    Doubtful,
    Both,
}

impl Group {
    const ALL: [Self; 4] = [Self::Doubtful, Self::Spent, Self::Named, Self::Both];

    /// Whether a pair stands in it, and which of its lines with what they come to.
    fn shows(self, pair: &TransferPair) -> Option<(usize, Money)> {
        let lines = (pair.lines.len(), pair.amount);
        let shown = match (self, pair.transfer.counted) {
            (Self::Doubtful, Counted::Twice) if pair.doubt.is_some() => lines,
            (Self::Both, Counted::Twice) if pair.doubt.is_none() => lines,
            (Self::Spent, Counted::Once) => lines,
            (Self::Named, Counted::Once) => (pair.passed.len(), pair.passed_amount),
            _ => (0, Money::ZERO),
        };
        (shown.0 > 0).then_some(shown)
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Doubtful => {
                "To look at: a short name that may be another body's; still counted where it is paid"
            }
            Self::Spent => "Counted once, where the receiver's own lines show it spent",
            Self::Named => "Passed to bodies of the place whose own spending is not here",
            Self::Both => "Counted where it is paid as well",
        }
    }
}

impl Pairs {
    fn of(place: &Place) -> Self {
        let all = place.transfers();
        let group = |group: Group| {
            let pairs: Vec<TransferPair> =
                all.iter().filter(|pair| group.shows(pair).is_some()).cloned().collect();
            (!pairs.is_empty()).then_some((group, pairs))
        };
        let groups = Group::ALL.into_iter().filter_map(group).collect();
        let pooled = pooled_budgets(place.all_lines());
        let (once, passed) = (place.counted_once(&Filter::default()), place.passed_on(&Filter::default()));
        Self { groups, once, passed, pooled }
    }
}

/// What agencies of the place pay each other, pair by pair, and the public bodies that may be of it as well.
pub(super) fn counted_once_ui(
    ui: &mut Ui,
    place: &Place,
    revision: u64,
    sheet: &mut OnceSheet,
) -> Option<Action> {
    let work = place.clone();
    let sought = sheet.sought.trim().to_lowercase();
    let seen = sheet.pairs.get(revision, is_quick(place), ui.ctx(), move || Pairs::of(&work));
    let Some(Seen { value: pairs, is_current }) = seen else {
        working_out_ui(ui);
        return None;
    };
    let (work, wanted) = (place.clone(), sought.clone());
    let make = move || {
        let (all, transfers) = (work.all_lines(), &work.decisions.transfers);
        if wanted.is_empty() { payee_bodies(all, transfers) } else { payees_called(all, transfers, &wanted) }
    };
    let bodies = sheet.bodies.get((revision, sought.clone()), is_quick(place), ui.ctx(), make);
    if pairs.groups.is_empty()
        && pairs.pooled.is_empty()
        && bodies.as_ref().is_some_and(|seen| seen.value.is_empty())
        && sought.is_empty()
    {
        let words =
            "Payments of one agency of the place to another stand here; the receiver spends them again.";
        nothing_ui(ui, "No money passes between the agencies", words);
        return None;
    }
    let words =
        format!("{} is paid by one agency to another and counted where it is spent", in_full(pairs.once));
    ui.label(RichText::new(words).font(style::semibold(14.0)));
    let mut action = None;
    if !pairs.passed.is_zero() {
        let words =
            format!("{} is passed to bodies of the place whose spending is not here", in_full(pairs.passed));
        ui.label(RichText::new(words).font(style::semibold(14.0)));
        let mut counts = place.counts_passed_on();
        let switch = ui.checkbox(&mut counts, "It is part of the total");
        if switch
            .on_hover_text("It is counted nowhere else; without it the total is what is spent here")
            .changed()
        {
            let passed_on = if counts { PassedOn::Counted } else { PassedOn::LeftOut };
            action = Some(Command::Decide(Box::new(Decision::CountPassedOn(passed_on))).into());
        }
    }
    ui.add_space(space::XS);
    scroll_ui(ui, ScrollArea::vertical().id_salt("pairs").auto_shrink(false), |ui| {
        ui.add_enabled_ui(is_current, |ui| {
            for (group, pairs) in &pairs.groups {
                let wish = group_ui(ui, *group, pairs);
                action = action.take().or(wish);
            }
        });
        let wish = pooled_ui(ui, &pairs.pooled);
        action = action.take().or(wish);
        let wish = bodies_ui(ui, &mut sheet.sought, bodies.as_ref());
        action = action.take().or(wish);
    });
    action
}

fn group_title(ui: &mut Ui, words: &str) {
    ui.add_space(space::S);
    let words = RichText::new(words).font(style::semibold(13.0)).color(Colors::of(ui).weak_text);
    ui.add(egui::Label::new(words).wrap());
}

fn group_ui(ui: &mut Ui, group: Group, pairs: &[TransferPair]) -> Option<Action> {
    let sum: Money = pairs.iter().filter_map(|pair| group.shows(pair)).map(|(_, amount)| amount).sum();
    group_title(ui, &format!("{}: {}", group.title(), in_full(sum)));
    let mut action = None;
    for pair in pairs {
        let wish = pair_ui(ui, group, pair);
        action = action.or(wish);
    }
    action
}

fn pair_ui(ui: &mut Ui, group: Group, pair: &TransferPair) -> Option<Action> {
    let mut action = None;
    let (lines, amount) = group.shows(pair)?;
    let transfer = &pair.transfer;
    let is_once = transfer.counted == Counted::Once;
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let (verb, way) =
                if is_once { ("Count both", Counted::Twice) } else { ("Count once", Counted::Once) };
            let name = format!("{verb}: {} to {}", transfer.payer, transfer.receiver);
            let button = ui.button(verb);
            let name = visible(&name).into_owned();
            button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
            if button.clicked() {
                let (payer, receiver) = (transfer.payer.clone(), transfer.receiver.clone());
                let decision = Decision::Count { payer, receiver, counted: way };
                action = Some(Command::Decide(Box::new(decision)).into());
            }
            let (said, tone) = match (is_once, pair.doubt.is_some()) {
                (true, _) if group == Group::Named => ("passed on", Tone::Plain),
                (true, _) => ("once", Tone::Ok),
                (false, true) => ("look", Tone::Warning),
                (false, false) => ("both", Tone::Plain),
            };
            badge(ui, said, tone);
            ui.label(in_full(amount));
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let lines = counted(lines, "line");
                let words = format!("{} pays {} ({lines})", transfer.payer, transfer.receiver);
                let spellings: Vec<&str> = transfer.suppliers.iter().map(String::as_str).collect();
                let evidence = pair.evidence();
                let hover = format!("Matched {evidence}\nSpelled: {}", spellings.join("; "));
                let words = ui.add(egui::Label::new(visible(&words)).truncate());
                words.on_hover_text(visible(&hover));
                let weak = RichText::new(visible(&evidence)).small().color(Colors::of(ui).weak_text);
                ui.add(egui::Label::new(weak).truncate());
            });
        });
    });
    action
}

/// Money that is in a pooled budget today, by what its service is called.
fn pooled_ui(ui: &mut Ui, pooled: &[PooledBudget]) -> Option<Action> {
    if pooled.is_empty() {
        return None;
    }
    let mut action = None;
    group_title(ui, "Pooled budgets today, by their names");
    for budget in pooled {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let button = ui.button("Lines");
                let name = visible(&format!("Lines of {}", budget.name)).into_owned();
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.clicked() {
                    let filter = Filter::default()
                        .only(Dimension::Agency, [budget.agency.as_str()])
                        .only(budget.dimension, [budget.name.as_str()]);
                    action = Some(Action::Drill(budget.name.clone(), filter));
                }
                ui.label(in_full(budget.amount));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let words = format!("{}: {}", budget.agency, budget.name);
                    ui.add(egui::Label::new(visible(&words)).truncate());
                    weak_text(ui, &counted(budget.lines.len(), "line"));
                });
            });
        });
    }
    action
}

/// The public bodies that are paid and are no agencies of the place yet; any payee where a name is looked for.
fn bodies_ui(ui: &mut Ui, sought: &mut String, bodies: Option<&Seen<'_, Vec<PayeeBody>>>) -> Option<Action> {
    let mut taken: Vec<&PayeeBody> = Vec::new();
    group_title(
        ui,
        "Public bodies that are paid: which are of this place? What is paid to them is then counted once",
    );
    let found: &[PayeeBody] = bodies.map_or(&[], |seen| seen.value);
    ui.horizontal(|ui| {
        let hint = "Find who is paid, by a part of the name";
        let edit = ui.add(TextEdit::singleline(sought).hint_text(hint).desired_width(280.0));
        name_field(&edit, sought, "Find who is paid");
        let public: Vec<&PayeeBody> = found.iter().filter(|body| body.kind.is_some()).collect();
        if !sought.trim().is_empty() && public.len() > 1 {
            let words = format!("All {} public bodies found are of the place", public.len());
            if ui.button(words).clicked() {
                taken = public;
            }
        }
    });
    match bodies {
        None => {
            weak_text(ui, "Going through the lines…");
        }
        Some(seen) if seen.value.is_empty() && !sought.trim().is_empty() => {
            weak_text(ui, "Nobody who is paid is called so");
        }
        Some(seen) if !seen.is_current => ui.disable(),
        Some(_) => {}
    }
    for body in found.iter().take(MOST_BODIES) {
        ui.horizontal(|ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let button = ui.button("Of the place");
                let name = visible(&format!("Of the place: {}", body.name)).into_owned();
                button.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if button.clicked() {
                    taken = vec![body];
                }
                ui.label(in_full(body.amount));
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let kind = body.kind.map_or("payee", |kind| kind.words());
                    let lines = counted(body.lines, "line");
                    let also = body.spellings.iter().filter(|spelling| **spelling != body.name);
                    let also: Vec<&str> = also.map(String::as_str).collect();
                    let words =
                        std::iter::once(body.name.as_str()).chain(also).collect::<Vec<_>>().join("  =  ");
                    ui.add(egui::Label::new(visible(&words)).truncate());
                    weak_text(ui, &format!("{kind}, {lines}"));
                });
            });
        });
    }
    if found.len() > MOST_BODIES {
        weak_text(ui, &format!("and {} more; find them by a part of the name", found.len() - MOST_BODIES));
    }
    (!taken.is_empty()).then(|| take_bodies(&taken))
}

/// Takes bodies as agencies of the place, in one step.
fn take_bodies(bodies: &[&PayeeBody]) -> Action {
    let label = match bodies {
        [one] => format!("Take {} as one of the place", one.name),
        several => format!("Take {} bodies as of the place", several.len()),
    };
    let names = bodies.iter().map(|body| body.to_one_name()).collect();
    let decisions = Decisions { names, ..Decisions::default() };
    let decide = Command::Decide(Box::new(Decision::Take(Box::new(decisions))));
    Command::Several(label, vec![decide]).into()
}
