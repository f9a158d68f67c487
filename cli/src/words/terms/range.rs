//! Ranges as npm, Composer and Poetry write them: `lodash@^4.17`, `lodash@~4.17.20`.

use super::value::is_version;
use crate::{
    error::{CliError, Result},
    words::shell,
};

/// Refuses a name or a package URL with such a range, and says what it means in bounds.
pub(super) fn check(term: &str) -> Result<()> {
    let Some((name, is_caret, from)) = parted(term) else {
        return Ok(());
    };
    let line = match below(from, is_caret) {
        Some(to) => format!("{name}>={from},<{to}"),
        None => format!("{name}>={from}"),
    };
    Err(CliError::failed(format!(
        "`{term}` has a range that only package managers understand"
    ))
    .hint(format!("`assetctl find {}`", shell::quote(&line))))
}

/// What stands in front of a range, whether it is one of `^`, and the version in it.
fn parted(term: &str) -> Option<(&str, bool, &str)> {
    let caret = term.split_once('^').map(|(name, from)| (name, true, from));
    let tilde = || {
        term.split_once("@~")
            .map(|(name, from)| (name, false, from))
    };
    let (name, is_caret, from) = caret.or_else(tilde)?;
    let name = name.trim_end().strip_suffix('@').unwrap_or(name.trim_end());
    let is_name = !name.is_empty() && !name.contains(['<', '>', '=', '~', '!', '[']);
    let is_range = is_version(from) && !from.contains(char::is_whitespace);
    (is_name && is_range).then_some((name, is_caret, from))
}

/// The first version that is over it: `^` holds the first number that isn't 0, `~` the second one.
fn below(from: &str, is_caret: bool) -> Option<String> {
    let plain = from.trim_start_matches(['v', 'V']);
    let end = plain.find(|one: char| !one.is_ascii_digit() && one != '.');
    let numbers = plain[..end.unwrap_or(plain.len())].trim_end_matches('.');
    let numbers: Vec<u64> = numbers
        .split('.')
        .map(|one| one.parse().ok())
        .collect::<Option<_>>()?;
    let last = numbers.len() - 1;
    let held = match is_caret {
        true => numbers.iter().position(|one| *one > 0).unwrap_or(last),
        false => last.min(1),
    };
    let mut over = numbers[..=held].to_vec();
    over[held] = over[held].checked_add(1)?;
    let over: Vec<String> = over.iter().map(u64::to_string).collect();
    Some(over.join("."))
}

#[cfg(test)]
mod tests {
    use super::below;

    #[test]
    fn a_range_ends_where_its_package_manager_says() {
        for (from, caret, tilde) in [
            ("4.17.20", "5", "4.18"),
            ("4.17", "5", "4.18"),
            ("4", "5", "5"),
            ("0.2.3", "0.3", "0.3"),
            ("0.0.3", "0.0.4", "0.1"),
            ("0", "1", "1"),
            ("v1.2.0-rc.1", "2", "1.3"),
        ] {
            assert_eq!(below(from, true).as_deref(), Some(caret), "^{from}");
            assert_eq!(below(from, false).as_deref(), Some(tilde), "~{from}");
        }
        assert_eq!(below("99999999999999999999", true), None);
    }
}
