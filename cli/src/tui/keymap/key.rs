//! A key as people write it: `enter`, `ctrl-c`, `shift-tab`, `/`.

use std::fmt;

use ratatui::crossterm::event::{KeyCode, KeyEvent, KeyModifiers};

/// A key with its modifiers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Key {
    code: KeyCode,
    ctrl: bool,
    alt: bool,
}

/// The keys that have a name instead of a character.
const NAMED: [(KeyCode, &str); 16] = [
    (KeyCode::Enter, "enter"),
    (KeyCode::Esc, "esc"),
    (KeyCode::Tab, "tab"),
    (KeyCode::BackTab, "shift-tab"),
    (KeyCode::Backspace, "backspace"),
    (KeyCode::Delete, "delete"),
    (KeyCode::Insert, "insert"),
    (KeyCode::Up, "up"),
    (KeyCode::Down, "down"),
    (KeyCode::Left, "left"),
    (KeyCode::Right, "right"),
    (KeyCode::Home, "home"),
    (KeyCode::End, "end"),
    (KeyCode::PageUp, "pgup"),
    (KeyCode::PageDown, "pgdn"),
    (KeyCode::Char(' '), "space"),
];

/// The keys that lines and overlays know by themselves, whatever the table says.
impl Key {
    pub(crate) const ENTER: Self = Self::plain(KeyCode::Enter);
    pub(crate) const ESC: Self = Self::plain(KeyCode::Esc);
    pub(crate) const TAB: Self = Self::plain(KeyCode::Tab);
    pub(crate) const UP: Self = Self::plain(KeyCode::Up);
    pub(crate) const DOWN: Self = Self::plain(KeyCode::Down);
    pub(crate) const LEFT: Self = Self::plain(KeyCode::Left);
    pub(crate) const RIGHT: Self = Self::plain(KeyCode::Right);
    pub(crate) const HOME: Self = Self::plain(KeyCode::Home);
    pub(crate) const END: Self = Self::plain(KeyCode::End);
    pub(crate) const PAGE_UP: Self = Self::plain(KeyCode::PageUp);
    pub(crate) const PAGE_DOWN: Self = Self::plain(KeyCode::PageDown);
    pub(crate) const BACKSPACE: Self = Self::plain(KeyCode::Backspace);
    pub(crate) const DELETE: Self = Self::plain(KeyCode::Delete);
    pub(crate) const CTRL_A: Self = Self::with_ctrl('a');
    pub(crate) const CTRL_E: Self = Self::with_ctrl('e');
    pub(crate) const CTRL_U: Self = Self::with_ctrl('u');
    pub(crate) const CTRL_W: Self = Self::with_ctrl('w');

    const fn plain(code: KeyCode) -> Self {
        Self {
            code,
            ctrl: false,
            alt: false,
        }
    }

    const fn with_ctrl(letter: char) -> Self {
        Self {
            code: KeyCode::Char(letter),
            ctrl: true,
            alt: false,
        }
    }
}

impl Key {
    /// The key of an event. Shift shows in the character itself.
    pub(crate) fn of(event: KeyEvent) -> Self {
        let shift = event.modifiers.contains(KeyModifiers::SHIFT);
        let code = match event.code {
            KeyCode::Tab if shift => KeyCode::BackTab,
            // Some terminals report the letter as it is printed on the key.
            KeyCode::Char(one) if shift => KeyCode::Char(one.to_ascii_uppercase()),
            other => other,
        };
        Self {
            code,
            ctrl: event.modifiers.contains(KeyModifiers::CONTROL),
            alt: event.modifiers.contains(KeyModifiers::ALT),
        }
    }

    /// Reads a key as people write it.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (mut rest, mut ctrl, mut alt) = (text, false, false);
        while let Some((modifier, behind)) = rest.split_once('-').filter(|(_, b)| !b.is_empty()) {
            match modifier {
                "ctrl" => ctrl = true,
                "alt" => alt = true,
                _ => break,
            }
            rest = behind;
        }
        let named = NAMED.iter().find(|(_, name)| *name == rest);
        let code = match named {
            Some((code, _)) => *code,
            None => function_key(rest).or_else(|| character(rest))?,
        };
        Some(Self { code, ctrl, alt })
    }

    /// The same without Alt, where it has that.
    pub(crate) fn without_alt(self) -> Option<Self> {
        self.alt.then_some(Self { alt: false, ..self })
    }

    /// The character, where the key types one.
    pub(crate) fn typed(self) -> Option<char> {
        match self.code {
            KeyCode::Char(one) if !self.ctrl && !self.alt => Some(one),
            _ => None,
        }
    }
}

fn function_key(text: &str) -> Option<KeyCode> {
    let number = text.strip_prefix('f')?.parse().ok()?;
    (1..=12).contains(&number).then_some(KeyCode::F(number))
}

fn character(text: &str) -> Option<KeyCode> {
    let mut characters = text.chars();
    let one = characters.next()?;
    let is_one = characters.next().is_none() && !one.is_control();
    is_one.then_some(KeyCode::Char(one))
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.ctrl {
            f.write_str("ctrl-")?;
        }
        if self.alt {
            f.write_str("alt-")?;
        }
        let named = NAMED.iter().find(|(code, _)| *code == self.code);
        match (self.code, named) {
            (_, Some((_, name))) => f.write_str(name),
            (KeyCode::Char(one), None) => write!(f, "{one}"),
            (KeyCode::F(number), None) => write!(f, "f{number}"),
            _ => f.write_str("?"),
        }
    }
}
