//! Epochs of versions: `2:1.02.185-2` is version `1.02.185-2` in epoch 2, and without one a
//! version is in epoch 0.

/// Takes the epoch off a version that has one.
pub(crate) fn split(version: &str) -> (Option<&str>, &str) {
    match version.split_once(':') {
        Some((epoch, rest)) if is_epoch(epoch) => (Some(epoch), rest),
        _ => (None, version),
    }
}

/// Whether a text can be an epoch.
pub(crate) fn is_epoch(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

/// Whether two epochs are the same number, however long; none is 0.
pub(crate) fn are_equal(a: Option<&str>, b: Option<&str>) -> bool {
    significant(a) == significant(b)
}

fn significant(epoch: Option<&str>) -> &str {
    epoch.unwrap_or_default().trim_start_matches('0')
}

#[cfg(test)]
mod tests {
    use super::{are_equal, split};

    #[test]
    fn an_epoch_is_a_number_before_the_first_colon() {
        assert_eq!(split("2:1.02"), (Some("2"), "1.02"));
        assert_eq!(split("1.02:3"), (None, "1.02:3"));
        assert_eq!(split(":1"), (None, ":1"));
        assert_eq!(split(""), (None, ""));
    }

    #[test]
    fn no_epoch_is_epoch_zero() {
        assert!(are_equal(None, Some("00")) && are_equal(Some("01"), Some("1")));
        assert!(!are_equal(None, Some("1")));
    }
}
