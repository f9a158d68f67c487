//! What a terminal, a log or a document may be sent: whatever a terminal would obey, or nobody
//! would see, is shown escaped.
//!
//! Names come from hosts, and hosts may be hostile: an escape sequence in a container's name must
//! not move the cursor, and a bidirectional control must not make one name look like another.

use std::{
    borrow::Cow,
    fmt::{self, Write},
};

/// The text with `\n`, `\x1b` or `\u{202e}` in place of what can't be shown as it is.
#[must_use]
pub fn escaped(text: &str) -> Cow<'_, str> {
    escaped_but(text, |_| false)
}

/// The text [`escaped`], without the space around it, and cut to at most `longest` characters:
/// the last of them is then `…`.
#[must_use]
pub fn on_one_line(text: &str, longest: usize) -> String {
    let (mut line, mut length) = (String::new(), 0);
    // Where the line is cut, should more follow than fits.
    let mut cut = 0;
    for one in text.trim().chars() {
        if length < longest {
            cut = line.len();
        }
        let start = line.len();
        let _ = write!(line, "{}", Shown(one));
        length += line[start..].chars().count();
        if length > longest {
            line.truncate(cut);
            line.extend((longest > 0).then_some('…'));
            break;
        }
    }
    line
}

/// The JSON with `\u202e` in place of what a terminal would obey.
///
/// It only has to look at characters: in JSON's own text none of these stands outside a string,
/// but for the line ends that pretty printing puts there.
#[must_use]
pub fn escaped_json(json: &str) -> Cow<'_, str> {
    let is_hidden = |one: char| one != '\n' && is_hidden(one);
    if !json.contains(is_hidden) {
        return Cow::Borrowed(json);
    }
    let mut shown = String::with_capacity(json.len() + 64);
    for one in json.chars() {
        if !is_hidden(one) {
            shown.push(one);
            continue;
        }
        for unit in one.encode_utf16(&mut [0; 2]) {
            let _ = write!(shown, "\\u{unit:04x}");
        }
    }
    Cow::Owned(shown)
}

/// Lines of text, [`escaped`] but for their ends.
#[must_use]
pub fn escaped_lines(text: &str) -> Cow<'_, str> {
    escaped_but(text, |one| one == '\n')
}

/// A line of a log, [`escaped`] but for its end, and for what begins its own colors where it has
/// some: values are in it without a raw escape.
#[must_use]
pub fn escaped_log_line(line: &str, colored: bool) -> Cow<'_, str> {
    let begins_color = |one| one == '\x1b' && colored;
    match line.strip_suffix('\n') {
        Some(inner) if inner.contains(|one| is_hidden(one) && !begins_color(one)) => {
            let mut shown = escaped_but(inner, begins_color).into_owned();
            shown.push('\n');
            Cow::Owned(shown)
        }
        Some(_) => Cow::Borrowed(line),
        None => escaped_but(line, begins_color),
    }
}

/// The text with what is hidden escaped, but for characters that stay.
fn escaped_but(text: &str, stays: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(|one| is_hidden(one) && !stays(one)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for one in text.chars() {
        if stays(one) {
            shown.push(one);
        } else {
            // Writing to a string can't fail.
            let _ = write!(shown, "{}", Shown(one));
        }
    }
    Cow::Owned(shown)
}

/// Whether a character acts on the terminal or on the order of others, or can't be seen.
#[must_use]
pub fn is_hidden(one: char) -> bool {
    one.is_control()
        || matches!(one,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
            | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// A character as it may be shown.
struct Shown(char);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            one if !is_hidden(one) => f.write_char(one),
            '\n' => f.write_str(r"\n"),
            '\r' => f.write_str(r"\r"),
            '\t' => f.write_str(r"\t"),
            one if one.is_ascii() => write!(f, r"\x{:02x}", u32::from(one)),
            one => write!(f, r"\u{{{:x}}}", u32::from(one)),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use proptest::prelude::*;

    use super::{escaped, escaped_json, escaped_lines, escaped_log_line, is_hidden, on_one_line};

    #[test]
    fn ordinary_text_of_any_script_stays_as_it_is() {
        for text in ["web-1", "zażółć", "日本語", "e\u{301}", "🦀", r"C:\x", ""] {
            assert_eq!(escaped(text), text);
        }
    }

    #[test]
    fn whatever_a_terminal_would_obey_is_shown_escaped() {
        assert_eq!(escaped("a\x1b[31mb"), r"a\x1b[31mb");
        assert_eq!(escaped("a\nb\tc\rd"), r"a\nb\tc\rd");
        assert_eq!(escaped("\0\x07\x7f"), r"\x00\x07\x7f");
        assert_eq!(escaped("\u{9b}31m"), r"\u{9b}31m");
    }

    #[test]
    fn whatever_turns_text_around_or_hides_in_it_is_shown_escaped() {
        for one in "\u{202a}\u{202e}\u{2066}\u{2069}\u{200e}\u{200f}\u{61c}\u{200b}\u{200d}\u{2028}\u{2029}\u{feff}\u{ad}\u{e0041}".chars() {
            let shown = escaped(&format!("a{one}b")).into_owned();
            assert_eq!(shown, format!("a\\u{{{:x}}}b", u32::from(one)));
        }
    }

    #[test]
    fn json_stays_the_same_value_without_a_raw_control() {
        let value = serde_json::json!({"name": "a\x1b\u{202e}\u{7f}\u{85}\u{e0041}\"\\日"});
        let raw = serde_json::to_string_pretty(&value).unwrap();
        let shown = escaped_json(&raw);
        assert_eq!(
            serde_json::from_str::<serde_json::Value>(&shown).unwrap(),
            value
        );
        assert!(!shown.chars().any(|one| one != '\n' && is_hidden(one)));
        assert!(shown.contains(r"\u202e") && shown.contains("日"), "{shown}");
    }

    #[test]
    fn a_line_of_a_log_keeps_its_end_and_its_own_colors_alone() {
        let line = "\x1b[32mINFO\x1b[0m a\u{202e}b\u{9b}c\nd\r\n";
        assert_eq!(
            escaped_log_line(line, true),
            "\x1b[32mINFO\x1b[0m a\\u{202e}b\\u{9b}c\\nd\\r\n"
        );
        assert_eq!(escaped_log_line("\x1b[2Ja\n", false), "\\x1b[2Ja\n");
        assert_eq!(escaped_log_line("\x1b[2Ja", false), "\\x1b[2Ja");
        assert_eq!(escaped_log_line("web-1 zażółć\n", false), "web-1 zażółć\n");
    }

    #[test]
    fn lines_keep_their_ends_alone() {
        assert_eq!(escaped_lines("a\r\nb\x1b[2J\n"), "a\\r\nb\\x1b[2J\n");
    }

    #[test]
    fn a_long_text_is_cut_visibly_on_a_line_of_its_own() {
        assert_eq!(on_one_line(" abc\n", 3), "abc");
        assert_eq!(on_one_line("abcd", 3), "ab…");
        assert_eq!(on_one_line("one\ntwo", 80), r"one\ntwo");
        // An escape is never cut in two.
        assert_eq!(on_one_line("ab\x1b", 5), "ab…");
        assert_eq!(on_one_line("ab\x1b", 6), r"ab\x1b");
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_of_any_text(text in ".*", longest in 0..40_usize) {
            prop_assert!(!escaped(&text).contains(is_hidden));
            let line = on_one_line(&text, longest);
            prop_assert!(!line.contains(is_hidden));
            prop_assert!(line.chars().count() <= longest, "{}", line);
        }
    }
}
