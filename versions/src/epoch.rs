//! Epochs, which outweigh the rest of a version: read from it, or else from its package URL.

use std::borrow::Cow;
use std::cmp::Ordering;

use percent_encoding::percent_decode_str;

use crate::text::{compare_numbers, is_number, take_digits};

/// A version, and the package URL that may know an epoch which the version leaves out.
pub(crate) type WithPurl<'a> = (&'a str, Option<&'a str>);

/// Compares the epochs and then, by `rest`, what follows them; no epoch is epoch 0.
pub(crate) fn compare(
    (a, a_purl): WithPurl<'_>,
    (b, b_purl): WithPurl<'_>,
    rest: fn(&str, &str) -> Ordering,
) -> Ordering {
    let (a_epoch, a) = split(a);
    let (b_epoch, b) = split(b);
    compare_numbers(&effective(a_epoch, a_purl), &effective(b_epoch, b_purl))
        .then_with(|| rest(a, b))
}

/// Splits `epoch:rest`; a colon after anything but digits belongs to the version.
pub(crate) fn split(version: &str) -> (Option<&str>, &str) {
    let (epoch, rest) = take_digits(version);
    match rest.strip_prefix(':') {
        Some(rest) => (Some(epoch), rest),
        None => (None, version),
    }
}

/// The version's own epoch, even an explicit 0, wins over the package URL's.
fn effective<'a>(own: Option<&'a str>, purl: Option<&'a str>) -> Cow<'a, str> {
    match own {
        Some(epoch) => Cow::Borrowed(epoch),
        None => purl.and_then(qualifier).unwrap_or_default(),
    }
}

/// The value of a package URL's `epoch` qualifier, unless it is no number.
///
/// Source: the purl specification, "how to parse a purl": the subpath is cut off first, then the
/// qualifiers; a key is matched without regard to case, a value is percent-encoded.
fn qualifier(purl: &str) -> Option<Cow<'_, str>> {
    let purl = purl.rsplit_once('#').map_or(purl, |(before, _)| before);
    let (_, qualifiers) = purl.rsplit_once('?')?;
    qualifiers
        .split('&')
        .filter_map(|pair| pair.split_once('='))
        .find(|(key, _)| key.eq_ignore_ascii_case("epoch"))
        .and_then(|(_, value)| percent_decode_str(value).decode_utf8().ok())
        .filter(|value| is_number(value))
}
