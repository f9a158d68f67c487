//! One segment of a path: any text goes in, and the same text comes out at the other end.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// What may stand bare in one segment of a path.
const BARE: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b':');

/// Stands before the segments `.` and `..`, which URLs have no way to carry: clients and proxies
/// resolve them as steps in the path, percent-encoded ones too.
const MARK: char = '~';

/// A text as a segment of a path, percent-encoded.
pub(crate) fn to_segment(text: &str) -> String {
    let encoded = utf8_percent_encode(text, BARE).to_string();
    if is_step(text.trim_start_matches(MARK)) {
        return format!("{MARK}{encoded}");
    }
    encoded
}

/// The text that a segment stands for, once its percent-encoding is undone: `~.`, `~..` and those
/// with more tildes lose one of them, and everything else is what it says.
#[must_use]
pub fn from_segment(segment: &str) -> &str {
    match segment.strip_prefix(MARK) {
        Some(rest) if is_step(rest.trim_start_matches(MARK)) => rest,
        _ => segment,
    }
}

fn is_step(text: &str) -> bool {
    matches!(text, "." | "..")
}

#[cfg(test)]
mod tests {
    use super::{from_segment, to_segment};

    #[test]
    fn every_text_has_a_segment_of_its_own_and_none_is_a_step() {
        let texts = [
            "", ".", "..", "...", "~", "~.", "~..", "~~.", "~~..", "~...", ".~", "a.", "web",
        ];
        for text in texts {
            let segment = to_segment(text);
            assert_eq!(from_segment(&segment), text);
            assert!(!matches!(segment.as_str(), "." | ".."), "{text}");
        }
    }

    #[test]
    fn a_common_name_is_written_as_it_is() {
        assert_eq!(to_segment("web-1.example.org"), "web-1.example.org");
        assert_eq!(to_segment("~web"), "~web");
    }
}
