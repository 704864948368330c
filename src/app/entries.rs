//! The one table of actions as people meet them: menus, keys, palette and the list of shortcuts all read it.

use egui::{Key, KeyboardShortcut, Modifiers};

use super::action::{Action, Picture, PngSize};
use super::screens::SCREENS;
use super::style::Look;
use crate::export::{Paper, StoryFile};
use crate::money::Amounts;
use crate::place::{ColorBy, Command};

/// Where an entry stands in the menus.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Menu {
    File,
    Edit,
    View,
    Help,
}

/// An action as people meet it: in a menu, in the palette, under a key.
pub(super) struct ActionEntry {
    pub(super) action: Action,
    pub(super) text: &'static str,
    pub(super) tip: &'static str,
    pub(super) menu: Menu,
    /// The first is shown; the others work as well.
    pub(super) shortcuts: Vec<KeyboardShortcut>,
    /// Whether a line is drawn above it in its menu.
    pub(super) starts_group: bool,
}

const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);

/// The one table of actions: menus, keys, palette and the list of shortcuts all read it.
pub(super) fn entries() -> Vec<ActionEntry> {
    use Menu::{Edit, File, Help, View};
    let key = |modifiers: Modifiers, key: Key| vec![KeyboardShortcut::new(modifiers, key)];
    let plain = |k: Key| key(Modifiers::NONE, k);
    let entry = |menu, action, text, tip, shortcuts| ActionEntry {
        action,
        text,
        tip,
        menu,
        shortcuts,
        starts_group: false,
    };
    let group = |menu, action, text, tip, shortcuts| ActionEntry {
        action,
        text,
        tip,
        menu,
        shortcuts,
        starts_group: true,
    };
    let mut redo = key(CTRL, Key::Y);
    redo.extend(key(CTRL_SHIFT, Key::Z));
    let mut entries = vec![
        entry(File, Action::New, "New place", "An empty place", key(CTRL, Key::N)),
        entry(File, Action::OpenDialog, "Open…", "A place, or spending files to add", key(CTRL, Key::O)),
        group(File, Action::Save, "Save", "Save the place", key(CTRL, Key::S)),
        entry(File, Action::SaveAs, "Save as…", "Save under another name", key(CTRL_SHIFT, Key::S)),
        entry(
            File,
            Action::ShowVersions,
            "Earlier versions…",
            "What the file held before it was saved over",
            vec![],
        ),
        entry(
            File,
            Action::ShowLeftBehind,
            "Bring back unsaved work…",
            "What was left behind by a window that did not close in good order",
            vec![],
        ),
        group(
            File,
            Action::Export(Picture::Png(PngSize::Twice)),
            "Export as PNG…",
            "The picture as pixels, two to each of the screen's",
            key(CTRL, Key::P),
        ),
        entry(
            File,
            Action::Export(Picture::Png(PngSize::AsOnScreen)),
            "Export as PNG, 1×…",
            "As many pixels as on screen",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Png(PngSize::FourTimes)),
            "Export as PNG, 4×…",
            "Four pixels to each of the screen's, for a wall",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Png(PngSize::A4)),
            "Export as PNG, 300 dpi on A4…",
            "As large as a landscape page of paper",
            vec![],
        ),
        entry(File, Action::Export(Picture::Svg), "Export as SVG…", "The picture, sharp at any size", vec![]),
        entry(
            File,
            Action::Export(Picture::Pdf(Paper::Picture)),
            "Export as PDF…",
            "The picture on a page, to print",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Pdf(Paper::A4)),
            "Export as PDF on A4…",
            "To print, as large as a landscape page has room for",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Pdf(Paper::A3)),
            "Export as PDF on A3…",
            "To print, as large as a landscape page has room for",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Xlsx),
            "Export as XLSX…",
            "Totals, lines and sources as a workbook",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::Csv),
            "Export lines as CSV…",
            "The lines shown, as tidy text",
            vec![],
        ),
        group(
            File,
            Action::Export(Picture::story(StoryFile::Pdf(Paper::A4))),
            "Export story as PDF on A4…",
            "A scene a page, with its caption and its sources",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::story(StoryFile::Pdf(Paper::A3))),
            "Export story as PDF on A3…",
            "A scene a page, with its caption and its sources",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::story(StoryFile::Pptx)),
            "Export story as slides…",
            "PPTX: a slide a scene, with its notes beside it",
            vec![],
        ),
        entry(
            File,
            Action::Export(Picture::story(StoryFile::Html)),
            "Export story as a web page…",
            "One file for any browser, which lights up what is pointed at",
            vec![],
        ),
        group(File, Action::Quit, "Quit", "Close the program", {
            let mut keys = key(CTRL, Key::Q);
            keys.extend(key(CTRL, Key::W));
            keys
        }),
        entry(Edit, Action::Undo, "Undo", "Take the last change back", key(CTRL, Key::Z)),
        entry(Edit, Action::Redo, "Redo", "Make it again", redo),
        entry(Edit, Action::ToggleHistory, "History", "All steps, to go to one of them", key(CTRL, Key::H)),
        group(Edit, Action::CopyPicture, "Copy picture", "To the clipboard", key(CTRL, Key::C)),
        entry(
            Edit,
            Action::CaptureView,
            "Capture as a scene",
            "What is shown, as the next scene of the story",
            key(CTRL, Key::Enter),
        ),
        entry(
            Edit,
            Action::CopyWords,
            "Copy picture in words",
            "Its finding, its five largest flows and what is not known, as text",
            vec![],
        ),
        entry(Edit, Action::CopyTable, "Copy table", "For a spreadsheet", key(CTRL_SHIFT, Key::C)),
        group(Edit, Action::FocusSearch, "Find in lines", "Search the ledger", key(CTRL, Key::F)),
        entry(
            Edit,
            Action::ClearFilter,
            "Clear filter",
            "Show all lines; the key goes back where there is no filter",
            plain(Key::Backspace),
        ),
        group(
            Edit,
            Action::PutPointedInPool,
            "Put in the pool",
            "What is chosen, pinned or pointed at",
            plain(Key::P),
        ),
        entry(
            Edit,
            Action::TakePointedOutOfPool,
            "Take out of the pool",
            "What is chosen, pinned or pointed at",
            plain(Key::Delete),
        ),
        entry(
            Edit,
            Action::Edit(Command::ReleaseNodes),
            "Release moved nodes",
            "Let the layout place them",
            vec![],
        ),
        entry(
            Edit,
            Action::ThemeRules,
            "Theme rules",
            "Give themes to lines that have none, the largest first",
            vec![],
        ),
        entry(
            Edit,
            Action::ShowRejects,
            "Rejected rows",
            "Mend rows that could not be read, or leave them out for a reason",
            vec![],
        ),
        entry(
            Edit,
            Action::ShowCountedOnce,
            "Money counted once",
            "What agencies pay each other, pair by pair, and who is of the place",
            vec![],
        ),
        group(View, Action::ToggleTable, "Table behind", "The figures of the picture", plain(Key::T)),
        entry(
            View,
            Action::ToggleWhoPays,
            "Who else pays for this?",
            "Providers, cohorts and areas that two or more agencies spend on",
            vec![],
        ),
        entry(
            View,
            Action::TogglePoolScope,
            "Only the pool, or the whole place",
            "Flows of a scenario: its pool at a scale of its own, or among all else",
            plain(Key::O),
        ),
        entry(
            View,
            Action::ToggleBlind,
            "Blind mode",
            "Partners as letters and amounts as shares, until revealed",
            plain(Key::B),
        ),
        entry(
            View,
            Action::NextMask,
            "Mask amounts",
            "Hidden, as shares, and shown again; widths and counts of lines stay. Partners are masked in the palette",
            plain(Key::M),
        ),
        group(View, Action::Back, "Back", "Where you were", key(Modifiers::ALT, Key::ArrowLeft)),
        entry(
            View,
            Action::Forward,
            "Forward",
            "Where you came back from",
            key(Modifiers::ALT, Key::ArrowRight),
        ),
        group(View, Action::Fit, "Fit picture", "All of it in view", plain(Key::Num0)),
        entry(View, Action::ZoomIn, "Zoom in", "Closer", plain(Key::Plus)),
        entry(View, Action::ZoomOut, "Zoom out", "Farther", plain(Key::Minus)),
        entry(
            File,
            Action::Present,
            "Present the story",
            "On all of the screen, from its first scene; Esc comes back",
            plain(Key::F5),
        ),
        entry(
            File,
            Action::PresentFromHere,
            "Present from here",
            "From the scene that is chosen, or was shown last",
            key(Modifiers::SHIFT, Key::F5),
        ),
        entry(
            View,
            Action::ToggleBigRoom,
            "Big room",
            "To present: one message in letters for a hall, on all of the screen; Esc comes back",
            plain(Key::F11),
        ),
        entry(
            View,
            Action::FullScreen,
            "Full screen",
            "All of the screen for the window as it is; Esc comes back",
            key(Modifiers::SHIFT, Key::F11),
        ),
        group(View, Action::Edit(Command::SetColorBy(ColorBy::Theme)), "Colour by theme", "", vec![]),
        entry(View, Action::Edit(Command::SetColorBy(ColorBy::Agency)), "Colour by agency", "", vec![]),
        entry(View, Action::Edit(Command::SetColorBy(ColorBy::Sector)), "Colour by sector", "", vec![]),
        entry(View, Action::Edit(Command::SetColorBy(ColorBy::Service)), "Colour by service", "", vec![]),
        entry(View, Action::Edit(Command::SetColorBy(ColorBy::Evidence)), "Colour by evidence", "", vec![]),
        group(
            View,
            Action::Edit(Command::SetAmounts(Amounts::Pounds)),
            "Amounts in £",
            "To three figures",
            vec![],
        ),
        entry(
            View,
            Action::Edit(Command::SetAmounts(Amounts::Percent)),
            "Amounts in %",
            "Of what is in view: the place, a theme, an agency",
            vec![],
        ),
        entry(View, Action::Edit(Command::SetAmounts(Amounts::Both)), "Amounts in £ and %", "Both", vec![]),
        entry(View, Action::ShowPerHead, "Per head", "Themes in £ for each person", vec![]),
        group(View, Action::SetLook(Look::Light), "Light", "Dark on light", vec![]),
        entry(View, Action::SetLook(Look::Dark), "Dark", "Light on dark, a night mode", vec![]),
        entry(
            View,
            Action::SetLook(Look::HighContrast),
            "High contrast",
            "For weak projectors and weak eyes",
            vec![],
        ),
        entry(View, Action::NextLook, "Next look", "Light, dark, high contrast in turn", key(CTRL, Key::L)),
        entry(Edit, Action::ToggleMotion, "Less motion", "Pictures change at once", vec![]),
        entry(View, Action::Larger, "Larger text", "Everything larger, for a room", key(CTRL, Key::Plus)),
        entry(View, Action::Smaller, "Smaller text", "Everything smaller", key(CTRL, Key::Minus)),
        entry(Help, Action::Palette, "Command palette", "Find anything by typing", key(CTRL, Key::K)),
        entry(Help, Action::Help, "Keyboard shortcuts", "All keys", plain(Key::F1)),
    ];
    // Before what else the menu of views has, in the order of their tabs.
    let at = entries.iter().position(|entry| entry.menu == View).unwrap_or(entries.len());
    let screens = SCREENS.iter().map(|screen| {
        entry(View, Action::Show(screen.screen), screen.name, screen.tip, key(CTRL, screen.key))
    });
    entries.splice(at..at, screens);
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_actions_share_a_key() {
        let keys: Vec<(KeyboardShortcut, &str)> = entries()
            .iter()
            .flat_map(|entry| {
                entry.shortcuts.iter().map(|shortcut| (*shortcut, entry.text)).collect::<Vec<_>>()
            })
            .collect();
        for (index, (shortcut, text)) in keys.iter().enumerate() {
            for (other, other_text) in &keys[..index] {
                assert!(shortcut != other, "{text} and {other_text}");
            }
        }
    }
}
