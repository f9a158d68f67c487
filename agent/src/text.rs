//! Text from outside, made fit for a log or a terminal.

use std::fmt::Write;

/// `text` on one line of at most `longest` characters, with everything that could steer a terminal
/// escaped.
pub(crate) fn plain(text: &str, longest: usize) -> String {
    let mut line = String::new();
    for (count, character) in text.trim().chars().enumerate() {
        if count == longest {
            line.push('…');
            break;
        }
        if steers(character) {
            // Writing to a string can't fail.
            let _ = write!(line, "{}", character.escape_unicode());
        } else {
            line.push(character);
        }
    }
    line
}

/// The last line of `text` that says something.
pub(crate) fn last_line(text: &str) -> &str {
    text.lines()
        .rev()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or_default()
}

/// Control characters, and those that turn the direction of writing or break a line.
fn steers(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::{last_line, plain};

    #[test]
    fn what_steers_a_terminal_is_shown_and_not_obeyed() {
        assert_eq!(plain("a\u{1b}[31m\u{202e}b", 80), "a\\u{1b}[31m\\u{202e}b");
    }

    #[test]
    fn a_long_text_is_cut_visibly() {
        assert_eq!(plain("abcdef", 3), "abc…");
        assert_eq!(plain("abc", 3), "abc");
    }

    #[test]
    fn the_last_line_is_the_last_that_says_something() {
        assert_eq!(last_line("one\ntwo\n\n  \n"), "two");
        assert_eq!(last_line(""), "");
    }
}
