//! Lists of licenses as one text each: of every license how long it is, a colon, and the license.

use std::fmt::Write;

/// The text of a list.
#[must_use]
pub fn packed(licenses: &[String]) -> String {
    let mut text = String::new();
    for license in licenses {
        // To write to a text can't fail.
        let _ = write!(text, "{}:{license}", license.len());
    }
    text
}

/// The licenses of a text, up to where it is none.
pub fn each(text: &str) -> impl Iterator<Item = &str> {
    let mut left = text;
    std::iter::from_fn(move || {
        let (license, rest) = first(left)?;
        left = rest;
        Some(license)
    })
}

/// The list of a text, up to where it is none.
#[must_use]
pub fn read(text: &str) -> Vec<String> {
    each(text).map(str::to_owned).collect()
}

fn first(text: &str) -> Option<(&str, &str)> {
    let (length, rest) = text.split_once(':')?;
    rest.split_at_checked(length.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{packed, read};

    proptest! {
        #[test]
        fn what_is_packed_is_read(licenses in prop::collection::vec("[0-9:aé]{0,12}", 0..5)) {
            prop_assert_eq!(read(&packed(&licenses)), licenses);
        }

        #[test]
        fn a_text_of_any_kind_is_read_to_its_end(text in "[0-9:é]{0,9}") {
            prop_assert!(read(&text).len() <= text.len());
        }
    }
}
