//! The words that were typed before the one that is completed, for completions that depend on them.

use std::sync::OnceLock;

static WORDS: OnceLock<Vec<String>> = OnceLock::new();

/// Remembers all words, of which the last is completed.
pub(super) fn remember(words: &[String]) {
    let _ = WORDS.set(words.to_vec());
}

/// The words before the one that is completed, the program's name among them.
pub(crate) fn before() -> &'static [String] {
    let words = WORDS.get().map_or(&[][..], Vec::as_slice);
    words.split_last().map_or(&[], |(_, before)| before)
}

/// The value of an option that was typed before: `--context prod`, `--context=prod`.
pub(crate) fn value_of(option: &str) -> Option<String> {
    among(before(), option)
}

fn among(words: &[String], option: &str) -> Option<String> {
    let mut words = words.iter();
    while let Some(word) = words.next() {
        if word == option {
            return words.next().cloned();
        }
        let rest = word
            .strip_prefix(option)
            .and_then(|rest| rest.strip_prefix('='));
        if let Some(value) = rest {
            return Some(value.to_owned());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::among;

    #[test]
    fn an_option_is_found_in_both_its_spellings() {
        let words = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let prod = Some("prod".to_owned());
        assert_eq!(among(&words("find --context prod x"), "--context"), prod);
        assert_eq!(among(&words("find --context=prod x"), "--context"), prod);
        assert_eq!(among(&words("find --contexts=prod"), "--context"), None);
        assert_eq!(among(&words("find --context"), "--context"), None);
    }
}
