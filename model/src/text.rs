//! Text as it is kept and looked for: without NUL, and in the order of its bytes.

/// A text without NUL, which an index of pieces would end at; no ecosystem knows it. What comes
/// in and what is asked for both pass here, so that one finds the other.
#[must_use]
pub fn without_nul(text: String) -> String {
    match text.contains('\0') {
        true => text.replace('\0', "\u{fffd}"),
        false => text,
    }
}

/// The first text, by the order of bytes, that comes after every text with this prefix; `None`
/// where no text does.
#[must_use]
pub fn after_prefix(prefix: &str) -> Option<String> {
    let kept = prefix.trim_end_matches(char::MAX);
    let last = kept.chars().next_back()?;
    let next = match last {
        // Between these two there are no characters.
        '\u{d7ff}' => '\u{e000}',
        _ => char::from_u32(u32::from(last) + 1)?,
    };
    let mut after = kept[..kept.len() - last.len_utf8()].to_owned();
    after.push(next);
    Some(after)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{after_prefix, without_nul};

    #[test]
    fn the_end_of_a_prefix_is_behind_the_last_character_there_is() {
        let after = |prefix| after_prefix(prefix).unwrap_or_default();
        assert_eq!(after("zz"), "z{");
        assert_eq!(after("a\u{10ffff}"), "b");
        assert_eq!(after("\u{d7ff}"), "\u{e000}");
        assert_eq!(after_prefix("\u{10ffff}\u{10ffff}"), None);
        assert_eq!(after_prefix(""), None);
    }

    #[test]
    fn nul_is_replaced() {
        assert_eq!(without_nul("n\0ul".to_owned()), "n\u{fffd}ul");
    }

    proptest! {
        #[test]
        fn a_text_begins_with_a_prefix_exactly_where_it_stands_in_its_range(
            prefix in "[ab\u{7f}\u{d7ff}\u{10ffff}]{0,3}|\\PC{0,2}",
            text in "[abc\u{7f}\u{80}\u{d7ff}\u{e000}\u{10ffff}]{0,5}|\\PC{0,3}",
        ) {
            let in_range = text >= prefix
                && after_prefix(&prefix).is_none_or(|end| text.as_str() < &*end);
            prop_assert_eq!(in_range, text.starts_with(&prefix));
        }
    }
}
