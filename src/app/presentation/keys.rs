//! What was pressed while a story is shown: keys by what they say and by where they are, letters that only came as text, so
//! that a clicker works with any layout of the keyboard, and with Caps Lock on.

use egui::{Event, Key, Modifiers, Ui};

use crate::scene::{Cover, Cue};

/// What was pressed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) enum Press {
    Cue(Cue),
    /// One step out, as from the lines to what they are of.
    Outwards,
    Spotlight,
    Zoom,
    /// Keeps in view what is picked alone, or all but that.
    Only,
    Without,
    /// What was tried stays.
    Keep,
    BigRoom,
    /// Letters of an amount.
    Letters(String),
    Erase,
    Try,
    StopTyping,
}

/// How keys are understood now.
#[derive(Clone, Copy, Debug)]
pub(super) struct Listening {
    /// An amount is being typed.
    pub(super) is_typing: bool,
    /// Something is picked, so that a sign begins an amount.
    pub(super) has_picked: bool,
    /// A part of the picture has the keyboard, and is pressed by Enter and Space.
    pub(super) has_focus: bool,
}

/// Takes what was pressed out of the input, in its order: nothing else is to hear of it.
pub(super) fn take_presses(ui: &Ui, mut listening: Listening) -> Vec<Press> {
    let mut presses = Vec::new();
    // The text of a key that was understood says nothing more.
    let mut is_understood = false;
    ui.input_mut(|input| {
        input.events.retain(|event| {
            let press = match event {
                Event::Key { key, physical_key, pressed: true, repeat, modifiers } => {
                    // What is picked has lines behind it, which Enter asks for.
                    let is_for_part = listening.has_focus
                        && (*key == Key::Space || (*key == Key::Enter && !listening.has_picked));
                    if is_for_part || *key == Key::Tab {
                        is_understood = is_for_part;
                        return true;
                    }
                    let press = key_press(*key, *physical_key, *modifiers, listening);
                    is_understood = press.is_some();
                    // Held down, only what goes on and back does so again.
                    press.filter(|press| !repeat || may_repeat(press))
                }
                Event::Text(text) => {
                    if std::mem::take(&mut is_understood) {
                        None
                    } else {
                        text_press(text, listening)
                    }
                }
                Event::Copy | Event::Cut | Event::Paste(_) => None,
                _ => return true,
            };
            if let Some(press) = press {
                match press {
                    Press::Letters(_) => listening.is_typing = true,
                    Press::Try | Press::StopTyping | Press::Cue(_) => listening.is_typing = false,
                    _ => {}
                }
                presses.push(press);
            }
            false
        });
    });
    presses
}

const fn may_repeat(press: &Press) -> bool {
    matches!(press, Press::Cue(Cue::Next | Cue::Back) | Press::Erase)
}

fn key_press(key: Key, physical: Option<Key>, modifiers: Modifiers, listening: Listening) -> Option<Press> {
    if modifiers.alt {
        return (key == Key::ArrowLeft).then_some(Press::Outwards);
    }
    // Those of the window are not for here.
    if modifiers.command || modifiers.ctrl {
        return None;
    }
    if listening.is_typing {
        return match key {
            Key::Enter => Some(Press::Try),
            Key::Escape => Some(Press::StopTyping),
            Key::Backspace => Some(Press::Erase),
            // A clicker has no others.
            Key::PageDown => Some(Press::Cue(Cue::Next)),
            Key::PageUp => Some(Press::Cue(Cue::Back)),
            Key::F5 => Some(Press::Cue(Cue::Leave)),
            _ => None,
        };
    }
    let is_sign = matches!(key, Key::Plus | Key::Minus | Key::Equals);
    if listening.has_picked && is_sign {
        return None;
    }
    known(key).or_else(|| physical.and_then(known))
}

fn known(key: Key) -> Option<Press> {
    let cue = match key {
        Key::ArrowRight | Key::ArrowDown | Key::Space | Key::N | Key::PageDown => Cue::Next,
        Key::ArrowLeft | Key::ArrowUp | Key::P | Key::PageUp | Key::Backspace => Cue::Back,
        Key::Home => Cue::First,
        Key::End => Cue::Last,
        Key::Enter => Cue::Enter,
        Key::B | Key::Period => Cue::Cover(Cover::Black),
        Key::W | Key::Comma => Cue::Cover(Cover::White),
        Key::Escape => Cue::StepOut,
        // Clickers send it and Esc in turn: whichever comes, the show ends.
        Key::F5 => Cue::Leave,
        Key::Num0 => Cue::Digit(0),
        Key::Num1 => Cue::Digit(1),
        Key::Num2 => Cue::Digit(2),
        Key::Num3 => Cue::Digit(3),
        Key::Num4 => Cue::Digit(4),
        Key::Num5 => Cue::Digit(5),
        Key::Num6 => Cue::Digit(6),
        Key::Num7 => Cue::Digit(7),
        Key::Num8 => Cue::Digit(8),
        Key::Num9 => Cue::Digit(9),
        Key::L => return Some(Press::Spotlight),
        Key::Z => return Some(Press::Zoom),
        Key::O => return Some(Press::Only),
        Key::X => return Some(Press::Without),
        Key::K => return Some(Press::Keep),
        Key::F11 => return Some(Press::BigRoom),
        _ => return None,
    };
    Some(Press::Cue(cue))
}

fn text_press(text: &str, listening: Listening) -> Option<Press> {
    let is_signed = text.starts_with(['+', '-', '\u{2212}']);
    if listening.is_typing || (listening.has_picked && is_signed) {
        return Some(Press::Letters(text.to_owned()));
    }
    let mut letters = text.chars();
    let (letter, None) = (letters.next()?, letters.next()) else { return None };
    if let Some(digit) = letter.to_digit(10) {
        return Some(Press::Cue(Cue::Digit(digit as u8)));
    }
    known(match letter.to_ascii_lowercase() {
        'b' | '.' => Key::B,
        'w' | ',' => Key::W,
        'n' | ' ' => Key::N,
        'p' => Key::P,
        'l' => Key::L,
        'z' => Key::Z,
        'o' => Key::O,
        'x' => Key::X,
        'k' => Key::K,
        _ => return None,
    })
}
