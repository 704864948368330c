//! Themes by rules: the list that is asked in its order, and the money that no rule names yet, largest first.

use std::collections::BTreeSet;

use egui::{Align, ComboBox, Key, Layout, RichText, ScrollArea, TextEdit, Ui, vec2};

use crate::agree::{Pattern, Rule, StandardRules, Test, TestedField, Unclassified, unclassified};
use crate::app::action::Action;
use crate::app::awaited::{Awaited, Seen, is_quick, working_out_ui};
use crate::app::controls::{chooser_ui, nothing_ui, scroll_ui};
use crate::app::style;
use crate::app::style::{Icon, icon_button, name_field, space, weak_text};
use crate::dimension::{Dimension, NameId};
use crate::figure::visible;
use crate::ledger::Ledger;
use crate::money::{Money, in_full};
use crate::place::{Command, Decision, Place};
use crate::words::{all_of, any_of, counted, thousands};

/// So many groups of lines without a theme are listed.
const MOST_GROUPS: usize = 100;
/// So many rules are listed.
const MOST_RULES: usize = 300;
const ASKED: [(TestedField, &str); 5] = [
    (TestedField::Dimension(Dimension::Service), "Service"),
    (TestedField::Dimension(Dimension::Supplier), "Supplier"),
    (TestedField::Dimension(Dimension::Agency), "Agency"),
    (TestedField::Description, "Description"),
    (TestedField::Dimension(Dimension::Theme), "Theme"),
];
const WAYS: [&str; 4] = ["contains", "has the word", "equals", "is like"];

/// A rule as it is being typed, and what the sheet shows.
#[derive(Default)]
pub(super) struct RulesSheet {
    name: String,
    asked: usize,
    way: usize,
    text: String,
    /// Services that the rule is for as well.
    also: Vec<String>,
    reason: String,
    /// Services of the list that are ticked.
    ticked: BTreeSet<String>,
    /// Whether the theme to give is to have the keyboard.
    wants_theme: bool,
    worked_out: Awaited<u64, ShownRules>,
}

struct ShownRules {
    rules: Vec<(Rule, u64, Money)>,
    /// How many of them are the place's own, which can be changed.
    own: usize,
    groups: Vec<Unclassified>,
    /// Themes that lines have, by name.
    themes: Vec<String>,
}

impl ShownRules {
    fn of(place: &Place) -> Self {
        let totals = place.decisions.rule_totals(place.lines_as_read());
        let asked = place.decisions.asked_rules();
        let rules = asked.into_iter().zip(totals).map(|(rule, (lines, sum))| (rule.clone(), lines, sum));
        let by = [Dimension::Agency, Dimension::Service];
        Self {
            rules: rules.collect(),
            own: place.decisions.rules.len(),
            groups: unclassified(&place.ledger, Dimension::Theme, &by),
            themes: themes_of(&place.ledger),
        }
    }
}

fn themes_of(ledger: &Ledger) -> Vec<String> {
    let names = ledger.names(Dimension::Theme);
    let occurring = ledger.cells().occurring(Dimension::Theme).into_iter();
    let mut themes: Vec<String> =
        occurring.filter(|id| *id != NameId::NOT_STATED).map(|id| names.name(id).to_owned()).collect();
    themes.sort_unstable();
    themes
}

pub(super) fn rules_ui(ui: &mut Ui, place: &Place, revision: u64, sheet: &mut RulesSheet) -> Option<Action> {
    let mut decided = form_ui(ui, place, sheet);
    ui.add_space(space::S);
    let RulesSheet { name, asked, way, text, also, ticked, wants_theme, worked_out, .. } = sheet;
    let work = place.clone();
    let seen = worked_out.get(revision, is_quick(place), ui.ctx(), move || ShownRules::of(&work));
    let Some(Seen { value: shown, is_current }) = seen else {
        working_out_ui(ui);
        return decided.map(|decision| Command::Decide(Box::new(decision)).into());
    };
    let mut wanted = None;
    ui.columns(2, |columns| {
        if !is_current {
            // Its numbers are those of rules that may have moved.
            columns[0].disable();
        }
        if let Some(decision) = list_ui(&mut columns[0], shown) {
            decided = Some(decision);
        }
        wanted = groups_ui(&mut columns[1], shown, ticked);
    });
    if let Some(services) = wanted {
        // The rule is begun; what it gives is for the person to say.
        let mut services = services.into_iter();
        (*asked, *way, *text) = (0, 2, services.next().unwrap_or_default());
        *also = services.collect();
        ticked.clear();
        name.clear();
        *wants_theme = true;
    }
    decided.map(|decision| Command::Decide(Box::new(decision)).into())
}

fn form_ui(ui: &mut Ui, place: &Place, sheet: &mut RulesSheet) -> Option<Decision> {
    let mut decided = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        let field = |ui: &mut Ui, text: &mut String, hint: &str, width: f32, takes_focus: bool| {
            let edit = ui.add(TextEdit::singleline(text).hint_text(hint).desired_width(width));
            name_field(&edit, text, hint);
            if takes_focus {
                edit.request_focus();
            }
            edit.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter))
        };
        let takes_focus = std::mem::take(&mut sheet.wants_theme);
        let mut entered = field(ui, &mut sheet.name, "Theme to give", 130.0, takes_focus);
        themes_ui(ui, sheet);
        let label = ui.label("where");
        let asked = ComboBox::from_id_salt("asked").width(96.0).selected_text(ASKED[sheet.asked].1);
        let asked = asked.show_index(ui, &mut sheet.asked, ASKED.len(), |index| ASKED[index].1);
        asked.labelled_by(label.id);
        let way = ComboBox::from_id_salt("way").width(110.0).selected_text(WAYS[sheet.way]);
        way.show_index(ui, &mut sheet.way, WAYS.len(), |index| WAYS[index]).labelled_by(label.id);
        entered |= field(ui, &mut sheet.text, "Text to look for", 150.0, false);
        if !sheet.also.is_empty() {
            let words = format!("or {} more", thousands(sheet.also.len()));
            ui.label(words).on_hover_text(sheet.also.join("\n"));
            if icon_button(ui, Icon::Close, "Not the others").clicked() {
                sheet.also.clear();
            }
        }
        entered |= field(ui, &mut sheet.reason, "Reason", 130.0, false);
        let is_whole = !sheet.name.trim().is_empty() && !sheet.text.trim().is_empty();
        let added = ui.add_enabled(is_whole, egui::Button::new("Add rule")).clicked();
        if is_whole && (added || entered) {
            let mut texts = vec![sheet.text.trim().to_owned()];
            texts.append(&mut sheet.also);
            let is = match sheet.way {
                0 => Pattern::Contains(texts),
                1 => Pattern::Words(texts),
                2 => Pattern::Equals(texts),
                _ => Pattern::Like(texts),
            };
            let rule = Rule {
                dimension: Dimension::Theme,
                name: sheet.name.trim().to_owned(),
                when: vec![Test { asked: ASKED[sheet.asked].0, is }],
                reason: sheet.reason.trim().to_owned(),
            };
            sheet.text.clear();
            decided = Some(Decision::AddRule { at: usize::MAX, rule });
        }
        let mut standard = place.decisions.standard_rules.is_some();
        let tip = "Headings of the transparency code, SeRCOP and COFOG, asked after your own rules";
        if ui.checkbox(&mut standard, "Standard rules").on_hover_text(tip).changed() {
            decided = Some(Decision::UseStandardRules(standard.then_some(StandardRules::LATEST)));
        }
    });
    decided
}

/// The themes that lines have, to take one of them.
fn themes_ui(ui: &mut Ui, sheet: &mut RulesSheet) {
    let RulesSheet { name, worked_out, .. } = sheet;
    let themes = worked_out.kept().map_or(&[][..], |shown| &shown.themes);
    if themes.is_empty() {
        return;
    }
    let choices: Vec<(&str, bool)> = themes.iter().map(|theme| (theme.as_str(), theme == name)).collect();
    let combo = ComboBox::from_id_salt("themes").width(24.0).height(420.0).selected_text("");
    let (shown, chosen) = chooser_ui(ui, combo, &choices);
    shown.on_hover_text("Themes that lines have");
    if let Some(chosen) = chosen {
        themes[chosen].clone_into(name);
    }
}

/// The rules in the order they are asked; the place's own can be moved and taken away.
fn list_ui(ui: &mut Ui, shown: &ShownRules) -> Option<Decision> {
    let mut decided = None;
    ui.label(RichText::new("Rules, the first that fits decides").font(style::semibold(14.0)));
    if shown.rules.is_empty() {
        weak_text(ui, "No rule yet: add one above, or use the standard rules.");
    }
    scroll_ui(ui, ScrollArea::vertical().id_salt("rules").auto_shrink(false), |ui| {
        for (index, (rule, lines, amount)) in shown.rules.iter().enumerate().take(MOST_RULES) {
            let is_own = index < shown.own;
            // Rules that come with the program and decide nothing here are not worth a line.
            if !is_own && *lines == 0 {
                continue;
            }
            ui.horizontal(|ui| {
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if is_own {
                        if icon_button(ui, Icon::Close, &format!("Remove rule {}", index + 1)).clicked() {
                            decided = Some(Decision::RemoveRule(index));
                        }
                        let down = format!("Move rule {} down", index + 1);
                        if index + 1 < shown.own && icon_button(ui, Icon::ChevronDown, &down).clicked() {
                            decided = Some(Decision::MoveRule { from: index, to: index + 1 });
                        }
                        let up = format!("Move rule {} up", index + 1);
                        if index > 0 && icon_button(ui, Icon::ChevronUp, &up).clicked() {
                            decided = Some(Decision::MoveRule { from: index, to: index - 1 });
                        }
                    }
                    weak_text(ui, &format!("{}, {}", counted(*lines, "line"), in_full(*amount)));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        let words = format!("{}. {}", index + 1, words_of(rule));
                        let label = ui.add(egui::Label::new(visible(&words)).truncate());
                        if rule.reason.is_empty() {
                            label
                        } else {
                            label.on_hover_text(&rule.reason)
                        };
                    });
                });
            });
        }
    });
    decided
}

/// "Housing: service contains homeless".
pub(super) fn words_of(rule: &Rule) -> String {
    let tests: Vec<String> = rule.when.iter().map(test_words).collect();
    format!("{}: {}", rule.name, all_of(&tests))
}

fn test_words(test: &Test) -> String {
    let (way, texts) = match &test.is {
        Pattern::Contains(texts) => ("contains", texts),
        Pattern::Words(texts) => ("has the word", texts),
        Pattern::Equals(texts) => ("equals", texts),
        Pattern::Like(texts) => ("is like", texts),
    };
    let some: Vec<String> = texts.iter().take(3).map(|text| format!("\"{text}\"")).collect();
    let more = if texts.len() > 3 { format!(" or {} others", texts.len() - 3) } else { String::new() };
    format!("{} {way} {}{more}", test.asked, any_of(&some))
}

/// What has no theme; the services that a rule is to be made for: that of one row, or of all that are ticked.
fn groups_ui(ui: &mut Ui, shown: &ShownRules, ticked: &mut BTreeSet<String>) -> Option<Vec<String>> {
    if shown.groups.is_empty() {
        nothing_ui(ui, "Every line has a theme", "Money without one stands here, the largest first.");
        return None;
    }
    let mut wanted = None;
    // What has a theme by now is ticked no longer.
    ticked.retain(|service| shown.groups.iter().any(|group| group.names[1] == *service));
    let sum: Money = shown.groups.iter().map(|group| group.amount).sum();
    let words = format!("Without a theme: {} in {} groups", in_full(sum), thousands(shown.groups.len()));
    ui.horizontal(|ui| {
        ui.label(RichText::new(words).font(style::semibold(14.0)));
        if ticked.len() > 1 && ui.button(format!("One rule for {} services", ticked.len())).clicked() {
            wanted = Some(ticked.iter().cloned().collect());
        }
    });
    scroll_ui(ui, ScrollArea::vertical().id_salt("without a theme").auto_shrink(false), |ui| {
        for group in shown.groups.iter().take(MOST_GROUPS) {
            let service = &group.names[1];
            ui.horizontal(|ui| {
                let mut is_ticked = ticked.contains(service);
                let tick = ui.checkbox(&mut is_ticked, "");
                tick.widget_info(|| {
                    let name = format!("{service}, for a rule with others");
                    egui::WidgetInfo::selected(egui::Role::CheckBox, true, is_ticked, name)
                });
                if tick.changed() && !ticked.remove(service) {
                    ticked.insert(service.clone());
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if icon_button(ui, Icon::Plus, &format!("Rule for {service}")).clicked() {
                        wanted = Some(vec![service.clone()]);
                    }
                    ui.label(in_full(group.amount));
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.set_min_size(vec2(40.0, 0.0));
                        let lines = counted(group.lines.len(), "line");
                        let words = format!("{service}, {} ({lines})", group.names[0]);
                        ui.add(egui::Label::new(visible(&words)).truncate());
                    });
                });
            });
        }
    });
    wanted
}
