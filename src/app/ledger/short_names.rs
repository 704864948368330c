//! What agencies are called on pictures, to be typed.

use egui::{RichText, TextEdit, Ui};

use crate::app::action::Action;
use crate::app::style;
use crate::app::style::{name_field, space, weak_text};
use crate::dimension::{Dimension, Names};
use crate::figure::visible;
use crate::place::{Command, Place};

/// So many agencies are listed; where there are more, most are small.
const MOST_LISTED: usize = 200;
const FIELD: f32 = 180.0;

/// The short name that is being typed, with its agency.
#[derive(Default)]
pub(super) struct ShortNames {
    typed: Option<(String, String)>,
}

/// A field for each agency of the place.
pub(super) fn short_names_ui(ui: &mut Ui, place: &Place, sheet: &mut ShortNames) -> Option<Action> {
    let names = place.ledger.names(Dimension::Agency);
    let mut agencies: Vec<&str> =
        names.iter().map(|(_, name)| name).filter(|name| !Names::is_remainder(name)).collect();
    agencies.sort_unstable();
    if agencies.is_empty() {
        return None;
    }
    ui.add_space(space::L);
    ui.label(RichText::new("Short names on pictures").font(style::semibold(14.0)));
    weak_text(ui, "Such as DWP or CCG; lines, filters and tables keep the full name.");
    let mut action = None;
    for agency in agencies.iter().take(MOST_LISTED) {
        let known = place.agencies.iter().find(|known| known.name == *agency);
        let short = known.and_then(|known| known.short.clone()).unwrap_or_default();
        let is_typed = sheet.typed.as_ref().is_some_and(|(of, _)| of == agency);
        let mut words = if is_typed {
            sheet.typed.as_ref().map(|(_, words)| words.clone()).unwrap_or_default()
        } else {
            short.clone()
        };
        ui.horizontal(|ui| {
            let field = ui.add(TextEdit::singleline(&mut words).desired_width(FIELD));
            name_field(&field, &words, &format!("Short name of {agency}"));
            ui.label(visible(agency));
            if field.changed() {
                sheet.typed = Some(((*agency).to_owned(), words.clone()));
            }
            if field.lost_focus() && is_typed {
                sheet.typed = None;
                if words.trim() != short {
                    action = Some(Command::NameShortly((*agency).to_owned(), words.clone()).into());
                }
            }
        });
    }
    if agencies.len() > MOST_LISTED {
        weak_text(ui, &format!("and {} more", agencies.len() - MOST_LISTED));
    }
    action
}
