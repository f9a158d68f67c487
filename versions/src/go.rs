//! Go's order of module versions, by the Go Modules Reference and `golang.org/x/mod/semver`.

use std::cmp::Ordering;

use crate::semver;
use crate::text::{is_number, take_digits, take_while};

/// Compares two module versions, with or without the leading `v`.
///
/// Pseudo-versions are prereleases and `+incompatible` is build metadata, so neither needs a rule
/// of its own. Invalid versions, such as `(devel)`, are before all valid ones. The standard
/// library goes by the toolchain's versions: `go1.22rc1`.
pub(crate) fn compare(a: &str, b: &str) -> Ordering {
    let (a, b) = (without_go(a), without_go(b));
    is_valid(a)
        .cmp(&is_valid(b))
        .then_with(|| semver::compare(a, b))
}

/// Whether a version is one of a module or of the toolchain.
pub(crate) fn is_readable(version: &str) -> bool {
    is_valid(without_go(version))
}

fn without_go(version: &str) -> &str {
    match version.strip_prefix("go") {
        Some(rest) if rest.starts_with(|c: char| c.is_ascii_digit()) => rest,
        _ => version,
    }
}

fn is_valid(version: &str) -> bool {
    let (prefixed, version) = match version.strip_prefix('v') {
        Some(rest) => (true, rest),
        None => (false, version),
    };
    let (numbers, rest) = take_while(version, |c| c.is_ascii_digit() || c == '.');
    let count = numbers.split('.').count();
    let numbers_are_valid = count <= 3 && numbers.split('.').all(is_canonical_number);
    numbers_are_valid
        && match count {
            _ if rest.is_empty() => true,
            _ if !prefixed && is_toolchain_prerelease(rest) => true,
            3 => is_valid_suffix(rest),
            _ => false,
        }
}

fn is_canonical_number(text: &str) -> bool {
    is_number(text) && (text == "0" || !text.starts_with('0'))
}

/// `rc1` or `beta2`, as the toolchain's own versions have it.
fn is_toolchain_prerelease(rest: &str) -> bool {
    let number = rest
        .strip_prefix("rc")
        .or_else(|| rest.strip_prefix("beta"));
    number.is_some_and(|number| matches!(take_digits(number), (digits, "") if !digits.is_empty()))
}

/// `[-prerelease][+build]`, both of dotted identifiers that are not empty.
fn is_valid_suffix(rest: &str) -> bool {
    let (prerelease, build) = match rest.split_once('+') {
        Some((prerelease, build)) => (prerelease, Some(build)),
        None => (rest, None),
    };
    let prerelease_is_valid = prerelease.is_empty()
        || prerelease.strip_prefix('-').is_some_and(|ids| {
            ids.split('.')
                .all(|id| is_identifier(id) && (!is_number(id) || is_canonical_number(id)))
        });
    prerelease_is_valid && build.is_none_or(|ids| ids.split('.').all(is_identifier))
}

fn is_identifier(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
