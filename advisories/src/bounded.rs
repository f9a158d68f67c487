//! What bounds foreign JSON before it is kept: how deep it lies, and how long a list is.

use std::fmt;

use model::bounds;
use serde::{
    Deserializer,
    de::{IgnoredAny, SeqAccess, Visitor},
};
use serde_json::value::RawValue;

/// Whether objects and lists lie deeper within each other than is taken. Only brackets and strings are
/// looked at.
pub(crate) fn is_too_deep(json: &[u8]) -> bool {
    let (mut depth, mut in_string, mut is_escaped) = (0_usize, false, false);
    for byte in json {
        match byte {
            _ if is_escaped => is_escaped = false,
            b'\\' if in_string => is_escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > bounds::ADVISORY_DEPTH {
            return true;
        }
    }
    false
}

/// The first elements of a list, each as it stands: a list of small ones would take many times its
/// length.
#[derive(Default)]
pub(crate) struct First<'a> {
    /// At most as many as are wanted.
    pub(crate) elements: Vec<&'a RawValue>,
    /// How many the list has.
    pub(crate) count: usize,
}

impl<'a> First<'a> {
    /// At most so many elements of a list.
    ///
    /// # Errors
    /// It is no list.
    pub(crate) fn of(json: &'a str, most: usize) -> serde_json::Result<Self> {
        let mut json = serde_json::Deserializer::from_str(json);
        let first = json.deserialize_seq(List(most))?;
        json.end().map(|()| first)
    }
}

struct List(usize);

impl<'de> Visitor<'de> for List {
    type Value = First<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut first = First::default();
        while first.elements.len() < self.0 {
            let Some(element) = list.next_element()? else {
                break;
            };
            first.elements.push(element);
        }
        first.count = first.elements.len();
        while list.next_element::<IgnoredAny>()?.is_some() {
            first.count += 1;
        }
        Ok(first)
    }
}

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn brackets_count_where_they_are_in_no_string() {
        let nested = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
        assert!(!is_too_deep(nested(bounds::ADVISORY_DEPTH).as_bytes()));
        assert!(is_too_deep(nested(bounds::ADVISORY_DEPTH + 1).as_bytes()));
        let text = format!(r#"{{"a\"{}":"\\"}}"#, "[".repeat(1_000));
        assert!(!is_too_deep(text.as_bytes()));
    }

    #[test]
    fn of_a_list_the_first_are_kept_and_all_are_counted() {
        let read = |json| First::of(json, 2);
        let first = read(r#"[1, {"a": []}, 3, 4]"#).unwrap();
        assert_eq!((first.elements.len(), first.count), (2, 4));
        assert_eq!(first.elements[1].get(), r#"{"a": []}"#);
        assert_eq!(read("[]").unwrap().count, 0);
        assert!(read("[1, 2, 3").is_err());
        assert!(read("{}").is_err());
    }
}
